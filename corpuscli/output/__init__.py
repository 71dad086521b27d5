"""Records on their way out: one module a format behind one small interface.

A format takes rows of values and writes bytes; it knows neither articles nor options.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from ..records.fields import JSON

FORMATS = ("table", "tsv", "csv", "json", "jsonl")

MARK = ""
"""The name of a column of marks: it has no heading, and stands in the gap before the next one."""

Write = Callable[[bytes], None]
"""Where a format puts its bytes."""


class Printer(Protocol):
    """A format at work: rows in, bytes out."""

    def row(self, values: Sequence[JSON]) -> None:
        """Print one record, its values in the order of the fields."""

    def encode(self, rows: Sequence[Sequence[JSON]]) -> bytes | None:
        """Some records as bytes, to be printed later; None if they can only be drawn at once."""

    def put(self, rows: bytes) -> None:
        """Print records that were encoded before, at least one."""

    def close(self) -> None:
        """Print what stands after the last record. It is called also when an input failed."""


class Style(NamedTuple):
    """How TSV and CSV write values."""

    empty: str = ""
    """What stands for a missing value."""
    null: bool = False
    """True if a NUL byte ends each row of TSV, and nothing is escaped."""


PLAIN = Style()


def new_printer(
    name: str, fields: Sequence[str], header: bool | None, write: Write, style: Style = PLAIN
) -> Printer:
    """Return a printer of that format, which is not `table`: that is `terminal`'s.

    `header` None leaves it to the format whether names of fields come first.
    """
    if name == "tsv":
        from .tsv import TSVPrinter

        return TSVPrinter(fields, bool(header), write, style)
    if name == "csv":
        from .csv import CSVPrinter

        return CSVPrinter(fields, header is not False, write, style)
    from .json import JSONLinesPrinter, JSONPrinter

    return JSONPrinter(fields, write) if name == "json" else JSONLinesPrinter(fields, write)
