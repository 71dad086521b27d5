"""Write comma-separated values as RFC 4180 defines them: CRLF, and quotes where needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ..records.fields import JSON
from . import PLAIN, Style, Write
from .tsv import plain


class CSVPrinter:
    """A table that spreadsheets can read."""

    def __init__(
        self, fields: Sequence[str], header: bool, write: Write, style: Style = PLAIN
    ) -> None:
        self._write = write
        self._empty = style.empty
        self._line = io.StringIO(newline="")
        self._csv = csv.writer(self._line, lineterminator="\r\n")
        if header:
            self.row(fields)

    def row(self, values: Sequence[JSON]) -> None:
        self._write(self.encode([values]))

    def encode(self, rows: Sequence[Sequence[JSON]]) -> bytes:
        for values in rows:
            self._csv.writerow([self._empty if value is None else plain(value) for value in values])
        lines = self._line.getvalue().encode()
        self._line.seek(0)
        self._line.truncate()
        return lines

    def put(self, rows: bytes) -> None:
        self._write(rows)

    def close(self) -> None:
        pass
