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
        lines = ["\t".join([_cell(value) for value in values]) for values in rows]
        return "\n".join([*lines, ""]).encode()

    def _raw(self, value: JSON) -> str:
        return self._empty if value is None else plain(value)

    def put(self, rows: bytes) -> None:
        self._write(rows)

    def close(self) -> None:
        pass


def _cell(value: JSON) -> str:
    if isinstance(value, str):
        return value.translate(_ESCAPES) if _needs_escape(value) else value
    return plain(value).translate(_ESCAPES)


def _needs_escape(value: str) -> bool:
    return "\\" in value or "\t" in value or "\n" in value or "\r" in value


def plain(value: JSON) -> str:
    """Return a value as the text of a cell: empty for null, JSON for an array."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    from .json import dumps

    return dumps(value).decode()
