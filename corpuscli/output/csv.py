"""Comma-separated values as RFC 4180 has them: CRLF, quotes where they are needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ..records import JSON
from . import Write
from .tsv import plain


class CSVPrinter:
    """A table that spreadsheets read."""

    def __init__(self, fields: Sequence[str], header: bool, write: Write) -> None:
        self._write = write
        self._line = io.StringIO(newline="")
        self._csv = csv.writer(self._line, lineterminator="\r\n")
        if header:
            self.row(fields)

    def row(self, values: Sequence[JSON]) -> None:
        self._csv.writerow([plain(value) for value in values])
        self._write(self._line.getvalue().encode())
        self._line.seek(0)
        self._line.truncate()

    def close(self) -> None:
        pass
