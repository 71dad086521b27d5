"""Write JSON, as one array or as one object per line."""

from __future__ import annotations

from collections.abc import Sequence

from ..records.fields import JSON
from ..records.written import OPT_APPEND_NEWLINE, dumps, loads
from . import Write

__all__ = ["JSONLinesPrinter", "JSONPrinter", "dumps", "loads"]


class JSONLinesPrinter:
    """Writes one object per line, as soon as it is found."""

    def __init__(self, fields: Sequence[str], write: Write) -> None:
        self._fields = fields
        self._write = write

    def row(self, values: Sequence[JSON]) -> None:
        self._write(self.encode([values]))

    def encode(self, rows: Sequence[Sequence[JSON]]) -> bytes:
        fields = self._fields
        return b"".join(
            [
                dumps(dict(zip(fields, values, strict=True)), option=OPT_APPEND_NEWLINE)
                for values in rows
            ]
        )

    def put(self, rows: bytes) -> None:
        self._write(rows)

    def close(self) -> None:
        pass


class JSONPrinter:
    """Writes one array, with one object per line so that `less` and `diff` work well with it."""

    def __init__(self, fields: Sequence[str], write: Write) -> None:
        self._fields = fields
        self._write = write
        self._opening = b"["

    def row(self, values: Sequence[JSON]) -> None:
        self.put(self.encode([values]))

    def encode(self, rows: Sequence[Sequence[JSON]]) -> bytes:
        fields = self._fields
        return b",\n".join([dumps(dict(zip(fields, values, strict=True))) for values in rows])

    def put(self, rows: bytes) -> None:
        self._write(self._opening + b"\n" + rows)
        self._opening = b","

    def close(self) -> None:
        self._write(b"[]\n" if self._opening == b"[" else b"\n]\n")
