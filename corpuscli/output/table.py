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

NARROWEST = 8
"""Columns that a text is not shortened below."""

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
        widths = []
        for name, column in zip(self._fields, columns, strict=True):
            cells = [_cell(value) for value in column] + ([name] if self._header else [])
            widths.append(max(map(cell_len, cells)))
        self._widths = _fit(widths, self._console.width, self._numeric)
        if self._header:
            self._draw(self._fields, style="bold")
        for values in self._waiting:
            self._draw(values)
        self._waiting = []

    def _draw(self, values: Sequence[JSON], style: str = "") -> None:
        cells = []
        for value, width, numeric in zip(values, self._widths, self._numeric, strict=True):
            cell = shorten(_cell(value), width)
            padding = " " * (width - cell_len(cell))
            cells.append(padding + cell if numeric else cell + padding)
        self._console.print(Text(_GAP.join(cells).rstrip(), style=style))


def _cell(value: JSON) -> str:
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return visible(" ".join(map(str, value)))
    return visible(plain(value))


def shorten(text: str, width: int) -> str:
    """`text` on at most `width` columns, with an ellipsis where something is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def _fit(widths: list[int], screen: int, numeric: Sequence[bool]) -> list[int]:
    """Widths that fit the screen: the widest texts give way, numbers do not."""
    room = screen - len(_GAP) * (len(widths) - 1)
    texts = [place for place, is_number in enumerate(numeric) if not is_number]
    while sum(widths) > room and texts:
        widest = max(texts, key=lambda place: widths[place])
        if widths[widest] <= NARROWEST:
            break
        others = sum(widths) - widths[widest]
        second = max((widths[p] for p in texts if p != widest), default=NARROWEST)
        widths[widest] = max(NARROWEST, room - others, min(second, widths[widest] - 1))
    return widths
