"""Turn records into output: one module per format behind one small interface.

A format takes rows of values and writes bytes; it knows nothing of articles or options.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from ..records.fields import JSON

FORMATS = ("table", "tsv", "csv", "json", "jsonl")

MARK = ""
"""The name of a column of marks: it has no heading, and appears in the gap before the next column.
"""

Write = Callable[[bytes], None]
"""Takes the bytes that a format writes."""


class Printer(Protocol):
    """A format in use: rows in, bytes out."""

    def row(self, values: Sequence[JSON]) -> None:
        """Print one record; its values are in the order of the fields."""

    def encode(self, rows: Sequence[Sequence[JSON]]) -> bytes | None:
        """Return some records as bytes, to print later; None if the format needs all rows first."""

    def put(self, rows: bytes) -> None:
        """Print records that `encode` returned; there is at least one."""

    def close(self) -> None:
        """Print what comes after the last record. It is called even if an input failed."""


class Style(NamedTuple):
    """How TSV and CSV write values."""

    empty: str = ""
    """The text for a missing value."""
    null: bool = False
    """True if a NUL byte ends each row of TSV, and nothing is escaped."""


PLAIN = Style()


def new_printer(
    name: str, fields: Sequence[str], header: bool | None, write: Write, style: Style = PLAIN
) -> Printer:
    """Return the printer called `name` (except `table`, which `terminal` makes).

    If `header` is None, the format decides whether the names of the fields come first.
    """
    if name == "tsv":
        from .tsv import TSVPrinter

        return TSVPrinter(fields, bool(header), write, style)
    if name == "csv":
        from .csv import CSVPrinter

        return CSVPrinter(fields, header is not False, write, style)
    from .json import JSONLinesPrinter, JSONPrinter

    return JSONPrinter(fields, write) if name == "json" else JSONLinesPrinter(fields, write)
