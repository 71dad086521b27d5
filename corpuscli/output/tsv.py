"""Write tab-separated values: one record per line, whatever the text contains."""

from __future__ import annotations

from collections.abc import Sequence

from ..records.fields import JSON
from . import PLAIN, Style, Write

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class TSVPrinter:
    """Escapes tab, newline, carriage return and backslash in a value; nothing is quoted."""

    def __init__(
        self, fields: Sequence[str], header: bool, write: Write, style: Style = PLAIN
    ) -> None:
        self._write = write
        self._empty = style.empty
        self._null = style.null
        if header:
            self.row(fields)

    def row(self, values: Sequence[JSON]) -> None:
        self._write(self.encode([values]))

    def encode(self, rows: Sequence[Sequence[JSON]]) -> bytes:
        if self._null:
            return "".join(["\t".join(map(self._raw, values)) + "\0" for values in rows]).encode()
        if self._empty:
            empty = self._empty
            rows = [[empty if value is None else value for value in values] for values in rows]
        return "".join(map(_line, rows)).encode()

    def _raw(self, value: JSON) -> str:
        return self._empty if value is None else plain(value)

    def put(self, rows: bytes) -> None:
        self._write(rows)

    def close(self) -> None:
        pass


def _line(values: Sequence[JSON]) -> str:
    """Return a row as a line; its cells are looked through together, as few need an escape."""
    cells = [value if value.__class__ is str else plain(value) for value in values]
    line = "\t".join(cells)
    if "\\" in line or "\n" in line or "\r" in line or line.count("\t") >= len(cells):
        line = "\t".join([cell.translate(_ESCAPES) for cell in cells])
    return line + "\n"


def plain(value: JSON) -> str:
    """Return a value as the text of a cell: empty for null, JSON for an array."""
    if value is None:
        return ""
    if value.__class__ is int:
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    from .json import dumps

    return dumps(value).decode()
