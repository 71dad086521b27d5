"""Print records as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

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
"""A text with this many columns is long: titles and captions are, names of fields are not."""

NARROWEST = 8
"""A long text is not shortened to fewer columns than this while there are gaps left between
columns."""

SHORTEST = 1
"""The columns that a long text keeps on any screen, for an ellipsis."""

WHOLE = frozenset(
    ("dump", "old_dump", "new_dump", "first_dump", "second_dump", "file", "origin", "value")
)
"""Fields with texts that are never shortened: paths, and the values of settings. Where they do not
fit, the terminal breaks the row."""

HEADINGS = {
    "number": "no.",
    "caption_count": "photos",
    "paragraph_count": "paragraphs",
    "duplicate_captions": "repeated",
}
"""What people call a field, if not by its name with spaces. A photo's date always gets this
heading, because it is not the article's date."""

COMFORT = 30
"""The columns that long texts should have before room is left for larger numbers."""

DIGITS = {
    "number": 6,
    "line": 8,
    "kept_line": 8,
    "start": 12,
    "end": 12,
    "words": 6,
    "articles": 6,
    "captions": 6,
    "bytes": 12,
    "header_bytes": 12,
    "body_bytes": 12,
    "other_bytes": 12,
}
"""The digits that large dumps need, by field name. If the screen is wide enough, a column has room
for them from the first row."""

STYLES = {
    MARK: "bold red",
    "dump": "magenta",
    "file": "magenta",
    "number": "green",
    "code": "red",
    "problems": "red",
}
"""Colours that are readable on a dark and on a light screen."""


class Column(NamedTuple):
    """What a table needs to know about a field."""

    name: str
    heading: str
    is_text: bool = False
    """True if its values are texts of any length: a title, a caption, a path."""
    is_number: bool = False

    @property
    def may_be_short(self) -> bool:
        """Return True if its values may be shortened."""
        return self.is_text and self.name not in WHOLE


def heading_of(name: str) -> str:
    """Return the heading of a column, given the name of its field."""
    return HEADINGS.get(name, name.replace("_", " "))


class TablePrinter:
    """Prints aligned columns; shortens long texts to fit, but never numbers, dates and paths."""

    def __init__(self, columns: Sequence[Column], header: bool, console: Console) -> None:
        self._columns = columns
        self._header = header
        self._console = console
        self._waiting: list[Sequence[JSON]] = []
        self._widths: list[int] = []
        self._needs: list[int] = []
        """The width of the longest value so far, for each column."""

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
        self._needs = [
            1 if column.name == MARK else max(cell_len(_cell(value)) for value in values)
            for column, values in zip(self._columns, zip(*self._waiting, strict=True), strict=True)
        ]
        self._fit()
        if self._header:
            self._draw_headings()
        for values in self._waiting:
            self._draw(values)
        self._waiting = []

    def _fit(self) -> None:
        """Fit the widths to the screen, with room for larger numbers if it is wide enough."""
        headings = [cell_len(column.heading) if self._header else 0 for column in self._columns]
        needs = list(map(max, self._needs, headings))
        room = [
            max(need, DIGITS.get(column.name, 0) if column.is_number else 0)
            for need, column in zip(needs, self._columns, strict=True)
        ]
        is_long = [
            column.may_be_short and need > LONG
            for column, need in zip(self._columns, self._needs, strict=True)
        ]
        names = [column.name for column in self._columns]
        screen = self._console.width
        for widths, space, floor in (
            (room, 2, COMFORT),
            (needs, 2, LONG),
            (needs, 1, NARROWEST),
            (needs, 1, SHORTEST),
        ):
            gaps = _gaps(names, space)
            self._gaps = gaps
            self._widths = _narrowed(widths, is_long, floor, screen - sum(gaps))
            if sum(self._widths) + sum(gaps) <= screen:
                return
        # The row is too long in any case, so a title need not be a mere ellipsis.
        self._widths = _narrowed(needs, is_long, NARROWEST, 0)

    def _draw_headings(self) -> None:
        cells = [
            Text(_aligned(shorten(column.heading, width), width, right=column.is_number))
            for column, width in zip(self._columns, self._widths, strict=True)
        ]
        self._print(cells, "bold")

    def _draw(self, values: Sequence[JSON]) -> None:
        texts = [_cell(value) for value in values]
        self._make_room(texts)
        cells = []
        for column, text, width in zip(self._columns, texts, self._widths, strict=True):
            cell = shorten(text, width)
            style = STYLES.get(column.name, "")
            cells.append(Text(_aligned(cell, width, right=column.is_number), style=style))
        self._print(cells)

    def _make_room(self, texts: Sequence[str]) -> None:
        """Widen the columns in which a value does not fit that must not be shortened."""
        grown = False
        for place, (column, text) in enumerate(zip(self._columns, texts, strict=True)):
            width = cell_len(text)
            if not column.may_be_short and width > self._widths[place]:
                self._needs[place] = width
                grown = True
        if grown:
            self._fit()

    def _print(self, cells: Sequence[Text], style: str = "") -> None:
        line = Text(style=style)
        for gap, cell in zip(self._gaps, cells, strict=True):
            line.append(" " * gap).append_text(cell)
        line.rstrip()
        self._console.print(line, soft_wrap=True)


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


def _narrowed(widths: Sequence[int], is_long: Sequence[bool], floor: int, room: int) -> list[int]:
    """Return the widths with the longest texts narrowed until all fit in `room` columns.

    No text is narrowed below `floor`, so the widths may still be too large.
    """
    widths = list(widths)
    texts = [place for place, long in enumerate(is_long) if long and widths[place] > floor]
    excess = sum(widths) - room
    while excess > 0 and texts:
        place = max(texts, key=lambda n: widths[n])
        if widths[place] <= floor:
            break
        widths[place] -= 1
        excess -= 1
    return widths
