"""JSON, as one array or as one object a line."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from ..records import JSON
from . import Write

dumps = orjson.dumps


class JSONLinesPrinter:
    """One object a line, written as soon as it is found."""

    def __init__(self, fields: Sequence[str], write: Write) -> None:
        self._fields = fields
        self._write = write

    def row(self, values: Sequence[JSON]) -> None:
        record = dict(zip(self._fields, values, strict=True))
        self._write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        pass


class JSONPrinter:
    """One array; an object a line, so that `less` and `diff` get along with it."""

    def __init__(self, fields: Sequence[str], write: Write) -> None:
        self._fields = fields
        self._write = write
        self._opening = b"["

    def row(self, values: Sequence[JSON]) -> None:
        record = dict(zip(self._fields, values, strict=True))
        self._write(self._opening + b"\n" + orjson.dumps(record))
        self._opening = b","

    def close(self) -> None:
        self._write(b"[]\n" if self._opening == b"[" else b"\n]\n")
