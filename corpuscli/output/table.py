"""Records as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ..records import JSON
from .tsv import plain
from .visible import visible

if TYPE_CHECKING:
    from rich.console import Console

SETTLING = 100
"""Rows that are looked at before the widths of the columns are settled."""

LONG = 16
"""Columns from which on a text is long: titles and captions are, dates and numbers are not."""

NARROWEST = 8
"""Columns that a long text is not shortened below."""

PATHS = ("dump", "file")
"""Fields whose values differ at their end."""

_GAP = "  "


class TablePrinter:
    """Columns aligned; texts shortened with an ellipsis where the screen is too narrow."""

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
        """A table is drawn when it is known how wide its columns are."""

    def put(self, rows: bytes) -> None:
        raise NotImplementedError("a table encodes nothing")

    def close(self) -> None:
        if not self._widths and self._waiting:
            self._settle()

    def _settle(self) -> None:
        """Fix the widths by the rows seen so far, and print them."""
        columns = list(zip(*self._waiting, strict=True))
        self._numeric = [
            any(isinstance(value, int) for value in column)
            and all(isinstance(value, int | None) for value in column)
            for column in columns
        ]
        inner = [max(cell_len(_cell(value)) for value in column) for column in columns]
        outer = inner
        if self._header:
            outer = [max(width, cell_len(n)) for width, n in zip(inner, self._fields, strict=True)]
        self._widths = _fit(outer, inner, self._console.width)
        if self._header:
            self._draw(self._fields, style="bold")
        for values in self._waiting:
            self._draw(values)
        self._waiting = []

    def _draw(self, values: Sequence[JSON], style: str = "") -> None:
        cells = []
        for name, value, width, numeric in zip(
            self._fields, values, self._widths, self._numeric, strict=True
        ):
            cell = shorten(_cell(value), width, from_left=name in PATHS and value != name)
            padding = " " * (width - cell_len(cell))
            cells.append(padding + cell if numeric else cell + padding)
        self._console.print(Text(_GAP.join(cells).rstrip(), style=style))


def _cell(value: JSON) -> str:
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return visible(" ".join(map(str, value)))
    return visible(plain(value))


def shorten(text: str, width: int, *, from_left: bool = False) -> str:
    """`text` on at most `width` columns, with an ellipsis where something is missing."""
    if cell_len(text) <= width:
        return text
    if from_left:
        while text and cell_len(text) >= width:
            text = text[1:]
        return "…" + text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def _fit(widths: list[int], inner: list[int], screen: int) -> list[int]:
    """Widths that fit the screen: long texts give way first, then names of fields, then all texts.

    `inner` are the widths of the values alone.
    """
    widths = list(widths)
    room = screen - len(_GAP) * (len(widths) - 1)
    short = [max(3, width) for width in inner]
    floors_in_turn = (
        [LONG if inside > LONG else width for width, inside in zip(widths, inner, strict=True)],
        [min(inside, LONG) for inside in short],
        [NARROWEST if inside > LONG else inside for inside in short],
    )
    for floors in floors_in_turn:
        while sum(widths) > room:
            place = max(range(len(widths)), key=lambda n: widths[n] - floors[n])
            if widths[place] <= floors[place]:
                break
            widths[place] -= 1
    return widths
