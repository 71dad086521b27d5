"""How records are printed: which fields, in which format, on what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from ..errors import UsageError
from ..output import Printer, new_printer
from ..output.stdout import Stdout
from ..records.fields import JSON, LIST_COLUMNS, Field, Record, pick_fields
from .options import PrintingOptions


def format_on(out: Stdout, print_as: PrintingOptions) -> str:
    """The format asked for, else a table on a terminal and TSV elsewhere."""
    return print_as.asked_format or ("table" if out.is_terminal else "tsv")


def chosen_fields(
    print_as: PrintingOptions,
    out: Stdout,
    fields: Iterable[Field[Record]],
    columns: Sequence[str],
    json_names: Sequence[str],
) -> list[Field[Record]]:
    """The fields to print: those asked for, else `json_names` in JSON and `columns` elsewhere."""
    kind = format_on(out, print_as)
    is_json = kind in ("json", "jsonl")
    if print_as.header and is_json:
        raise UsageError("", f"--header goes with table, tsv and csv: {kind} names every field")
    names = print_as.asked_fields
    if names is None:
        names = json_names if is_json else columns
        if columns == LIST_COLUMNS and kind == "table" and out.is_terminal:
            names = print_as.columns or columns
    picked = pick_fields(fields, names)
    return [field.as_json() for field in picked] if is_json else picked


@contextmanager
def printing(
    print_as: PrintingOptions, out: Stdout, fields: Sequence[Field[Record]]
) -> Iterator[Printer]:
    """A printer of records with these fields, closed whole also when it is interrupted."""
    names = [field.name for field in fields]
    kind = format_on(out, print_as)
    if kind == "table":
        from ..output.table import TablePrinter
        from ..output.terminal import new_console

        console = new_console(out, print_as.color)
        printer: Printer = TablePrinter(names, print_as.header is not False, console)
    else:
        printer = new_printer(kind, names, print_as.header, out.write)
    try:
        yield printer
    except (KeyboardInterrupt, UsageError):
        printer.close()
        out.flush()
        raise
    printer.close()
    out.close()


def values_of(fields: Sequence[Field[Record]], record: Record) -> list[JSON]:
    """The values of a record, in the order of the fields."""
    return [field.get(record) for field in fields]
