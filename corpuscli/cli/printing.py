"""How records are printed: which fields, in which format, on what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..engine.interrupts import interrupts_leave
from ..errors import UsageError
from ..output import Printer, Style, new_printer
from ..output.stdout import Stdout
from ..records.fields import JSON, LIST_COLUMNS, Field, Record, pick_fields
from .options import PrintingOptions

if TYPE_CHECKING:
    from ..output.parquet import ParquetPrinter


def format_on(out: Stdout, print_as: PrintingOptions) -> str:
    """Return the format asked for; otherwise a table on a terminal and TSV elsewhere."""
    return print_as.asked_format or ("table" if out.is_terminal else "tsv")


def chosen_fields(
    print_as: PrintingOptions,
    out: Stdout,
    fields: Iterable[Field[Record]],
    columns: Sequence[str],
    json_names: Sequence[str],
) -> list[Field[Record]]:
    """Return the fields to print: those asked for, or the default ones.

    The default is `json_names` in JSON and `columns` elsewhere.
    """
    kind = format_on(out, print_as)
    is_json = kind in ("json", "jsonl")
    is_whole = is_json or kind == "parquet"
    if print_as.header and is_whole:
        raise UsageError("", f"--header needs table, tsv or csv: {kind} names every field anyway")
    names = print_as.asked_fields
    if names is None:
        names = json_names if is_whole else columns
        if columns == LIST_COLUMNS and kind == "table" and out.is_terminal:
            names = print_as.columns or columns
    picked = pick_fields(fields, with_dump(print_as, names))
    return [field.as_json() for field in picked] if is_json else picked


def with_dump(print_as: PrintingOptions, names: Sequence[str]) -> Sequence[str]:
    """Return the names of fields with the dump first, or without it, if the user says so."""
    if print_as.with_dump is None:
        return names
    if print_as.with_dump:
        return names if "dump" in names else ["dump", *names]
    if print_as.asked_fields is not None and "dump" in names:
        raise UsageError("", "--no-dump and --fields dump cannot be used together")
    return [name for name in names if name != "dump"]


def refuse_records(quiet: bool, print_as: PrintingOptions) -> None:
    """Raise UsageError if records are asked for that -q would not print."""
    if quiet and print_as.to_file is None and print_as.wants_records:
        raise UsageError("", "-q prints nothing, so --format, --fields and --header need -o FILE")


@contextmanager
def printing(
    print_as: PrintingOptions,
    out: Stdout,
    fields: Sequence[Field[Record]],
    record: str = "article",
) -> Iterator[Printer]:
    """Yield a printer of records with these fields, closed also when it is interrupted.

    `record` names them as `corpuscli schema` does. Raises UsageError for a format that cannot hold
    the fields.
    """
    if format_on(out, print_as) == "parquet":
        with _parquet(fields, out, record) as table:
            yield table
            table.close()
        return
    names = [field.name for field in fields]
    kind = format_on(out, print_as)
    if kind == "table":
        from ..output.table import Column, TablePrinter, heading_of
        from ..output.terminal import new_console

        console = new_console(out, print_as.color)
        out.header_lines = int(print_as.header is not False)
        columns = [Column(f.name, heading_of(f.name), f.is_text, f.is_number) for f in fields]
        printer: Printer = TablePrinter(columns, print_as.header is not False, console)
    else:
        if print_as.empty and kind not in ("tsv", "csv"):
            raise UsageError(
                "", f"--empty needs tsv or csv: {kind} shows missing values its own way"
            )
        style = Style(empty=print_as.empty, null=print_as.null)
        printer = new_printer(kind, names, print_as.header, out.write, style)
    try:
        yield printer
    except (KeyboardInterrupt, UsageError):
        printer.close()
        out.flush()
        raise
    printer.close()
    out.close()


def _parquet(fields: Sequence[Field[Record]], out: Stdout, record: str) -> ParquetPrinter[Record]:
    with interrupts_leave():
        from ..output.parquet import ParquetPrinter
    try:
        return ParquetPrinter(fields, out.write, record)
    except ValueError as error:
        raise UsageError("", f"{error}; Parquet cannot hold that, JSON can") from error


def values_of(fields: Sequence[Field[Record]], record: Record) -> list[JSON]:
    """Return the values of a record, in the order of the fields."""
    return [field.get(record) for field in fields]
