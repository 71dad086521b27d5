"""Print records as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ..records.fields import JSON
from . import MARK
from .tsv import plain
from .visible import visible

if TYPE_CHECKING:
    from rich.console import Console

SETTLING = 100
"""How many rows are read before the widths of the columns are fixed."""

LONG = 16
"""A value with this many columns counts as long: titles and captions do, dates and numbers do not.
"""

NARROWEST = 8
"""A long text is not shortened to fewer columns than this."""

SHORTEST_NAME = 3
"""The name of a field is not cut to fewer columns than this."""

PATHS = ("dump", "file")
"""Fields whose values differ at their end."""

STYLES = {
    MARK: "bold red",
    "dump": "magenta",
    "file": "magenta",
    "number": "green",
    "code": "red",
    "problems": "red",
}
"""Colours that are readable on a dark and on a light screen."""


class TablePrinter:
    """Aligned columns; texts are shortened with an ellipsis if the screen is too narrow."""

    def __init__(self, fields: Sequence[str], header: bool, console: Console) -> None:
        self._fields = fields
        self._header = header
        self._console = console
        self._waiting: list[Sequence[JSON]] = []
        self._widths: list[int] = []

    def row(self, values: Sequence[JSON]) -> None:
        if self._widths:
            self._draw(values)
            return
        self._waiting.append(values)
        if len(self._waiting) == SETTLING:
            self._settle()

    def encode(self, rows: Sequence[Sequence[JSON]]) -> None:
        """Return None: a table can be drawn only when the widths of its columns are known."""

    def put(self, rows: bytes) -> None:
        raise NotImplementedError("a table encodes nothing")

    def close(self) -> None:
        if not self._widths and self._waiting:
            self._settle()

    def _settle(self) -> None:
        """Fix the widths based on the rows seen so far, and print those rows."""
        columns = list(zip(*self._waiting, strict=True))
        self._numeric = [
            any(isinstance(value, int) for value in column)
            and all(isinstance(value, int | None) for value in column)
            for column in columns
        ]
        inner = [
            1 if name == MARK else max(cell_len(_cell(value)) for value in column)
            for name, column in zip(self._fields, columns, strict=True)
        ]
        outer = inner
        if self._header:
            outer = [max(width, cell_len(n)) for width, n in zip(inner, self._fields, strict=True)]
        self._widths, space = _fit(outer, inner, self._fields, self._console.width)
        self._gaps = _gaps(self._fields, space)
        if self._header:
            self._draw_names()
        for values in self._waiting:
            self._draw(values)
        self._waiting = []

    def _draw_names(self) -> None:
        self._print(
            [
                Text(_aligned(set_cell_size(name, min(width, cell_len(name))), width, right=right))
                for name, width, right in zip(
                    self._fields, self._widths, self._numeric, strict=True
                )
            ],
            "bold",
        )

    def _draw(self, values: Sequence[JSON]) -> None:
        cells = []
        for name, value, width, numeric in zip(
            self._fields, values, self._widths, self._numeric, strict=True
        ):
            cell = shorten(_cell(value), width, from_left=name in PATHS)
            cells.append(Text(_aligned(cell, width, right=numeric), style=STYLES.get(name, "")))
        self._print(cells)

    def _print(self, cells: Sequence[Text], style: str = "") -> None:
        line = Text(style=style)
        for gap, cell in zip(self._gaps, cells, strict=True):
            line.append(" " * gap).append_text(cell)
        line.rstrip()
        self._console.print(line)


def _cell(value: JSON) -> str:
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return visible(" ".join(map(str, value)))
    return visible(plain(value))


def _aligned(cell: str, width: int, *, right: bool) -> str:
    padding = " " * (width - cell_len(cell))
    return padding + cell if right else cell + padding


def shorten(text: str, width: int, *, from_left: bool = False) -> str:
    """Return `text` in at most `width` columns, with an ellipsis where something is missing."""
    if cell_len(text) <= width:
        return text
    if from_left:
        while text and cell_len(text) >= width:
            text = text[1:]
        return "…" + text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def _gaps(names: Sequence[str], space: int) -> list[int]:
    """Return how many columns are left empty before each column."""
    return [
        0 if name == MARK or not place else max(1, space - (names[place - 1] == MARK))
        for place, name in enumerate(names)
    ]


def _fit(
    widths: Sequence[int], inner: Sequence[int], names: Sequence[str], screen: int
) -> tuple[list[int], int]:
    """Return widths that fit the screen, and how wide the gaps are.

    Long texts shrink first, then the gaps, then names of fields, then all texts. `inner` are the
    widths of the values alone.
    """
    widths = list(widths)
    short = [max(min(len(name), SHORTEST_NAME), w) for name, w in zip(names, inner, strict=True)]
    floors_in_turn = (
        (2, [LONG if inside > LONG else w for w, inside in zip(widths, inner, strict=True)]),
        (1, [LONG if inside > LONG else w for w, inside in zip(widths, inner, strict=True)]),
        (1, [min(inside, LONG) for inside in short]),
        (1, [NARROWEST if inside > LONG else inside for inside in short]),
    )
    for space, floors in floors_in_turn:
        room = screen - sum(_gaps(names, space))
        while sum(widths) > room:
            place = max(range(len(widths)), key=lambda n: widths[n] - floors[n])
            if widths[place] <= floors[place]:
                break
            widths[place] -= 1
        if sum(widths) <= room:
            break
    return widths, space
