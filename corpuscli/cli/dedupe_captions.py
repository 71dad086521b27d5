"""`corpuscli dedupe-captions`: the same dump without the repeated captions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Annotated

import typer

from ..engine.inputs import Inputs
from ..errors import InputError, OutputError, UsageError
from ..inspection.cleaning import Part, Rule, clean_part, decide
from ..inspection.dedupe import Entry, duplicates
from ..output.atomic import replace_file
from ..output.stdout import Stdout
from ..reader.reading import Opened, Piece, Reading, Work
from ..records.fields import DUPLICATE, JSON, Duplicate, Field
from ..source import STDIN, is_url
from .inputs import inputs
from .options import Dumps, PrintingOptions, Quiet, ReadingOptions, command, one_at_most
from .printing import chosen_fields, printing, values_of

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli dedupe-captions dump.txt > clean.txt",
    "corpuscli dedupe-captions --in-place --backup .orig *.txt",
    "corpuscli dedupe-captions --report --json dump.txt",
)
def dedupe_captions(
    print_as: PrintingOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the dump there, whole or not."),
    ] = None,
    in_place: Annotated[
        bool, typer.Option("-i", "--in-place", help="Replace each dump by its clean copy.")
    ] = False,
    backup: Annotated[
        str | None,
        typer.Option(metavar="SUFFIX", help="With -i, keep the old file under this suffix."),
    ] = None,
    body: Annotated[
        bool,
        typer.Option("--body", help="Also take the copies of captions out of bodies."),
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Write nothing; print one row per repeated caption.")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """Delete lines that only repeat a caption.

    Every other byte of the dump stays as it was, and every article reads the same.
    """
    one_at_most(report=report, o=output is not None, in_place=in_place)
    if backup is not None and not in_place:
        raise UsageError("", "--backup goes with --in-place")
    if output == STDIN:
        raise UsageError("", "-o -: leave -o out to write the dump to stdout")
    if output is not None and is_url(output):
        raise UsageError("", f"-o {output}: leave -o out and pipe the dump to what writes there")
    source = inputs(dumps, reading, quiet=quiet, to_files=in_place or output is not None)
    if report:
        return _report(source, print_as, body=body)
    if print_as.wants_records:
        raise UsageError("", "--format, --json, --fields and --header go with --report")
    if in_place:
        return _in_place(source, backup, body=body)
    if len(source.names) > 1:
        raise UsageError("", "several DUMPs need --in-place or --report")
    for dump in _cleaned(source, body=body):
        try:
            if output is None:
                out = Stdout()
                _write(dump, out.write)
                out.close()
            else:
                _write_to(output, dump)
        except InputError as error:
            source.report(error)
    return source.exit_code()


Clean = tuple[bytes, int, int, int]
"""Articles without redundant lines, how many lines those were, how many articles were left as they
are, and the bytes of the articles."""


def _cleaned(source: Inputs, *, body: bool) -> Iterator[Opened[Clean]]:
    for dump in source.opened(Work(partial(_clean_part, body), blank=True)):
        rule = Rule(dump.reading.alone, body)
        yield Opened(dump.stored, dump.reading, decide(rule, dump.results, _clean))


def _clean_part(body: bool, reading: Reading, pieces: Sequence[Piece]) -> Part[Clean]:
    return clean_part(Rule(reading, body), pieces, _clean)


def _clean(entries: Sequence[Entry]) -> Clean:
    return (
        b"".join([entry.raw for entry in entries]),
        sum(len(entry.ranges) for entry in entries if entry.is_changed),
        sum(entry.reason is not None for entry in entries),
        sum(len(entry.piece.raw) for entry in entries),
    )


def _write(dump: Opened[Clean], write: Callable[[bytes], object]) -> tuple[int, int]:
    """Write the dump without its redundant lines.

    Returns how many lines were deleted, and how many articles were left as they are.

    Raises InputError, before the new file can take the place of the old one, if not every byte of
    a plain file has been through the reader.
    """
    deleted = left = seen = 0
    for text, lines, alone, size in dump.results:
        write(text)
        deleted += lines
        left += alone
        seen += size
    if not dump.stored.is_compressed and seen < (dump.stored.size or 0):
        reason = f"internal error, please report it: {seen} bytes were read"
        raise InputError(dump.stored.name, reason)
    return deleted, left


def _write_to(path: str, dump: Opened[Clean]) -> None:
    """Write the dump to a file, which may be its own."""
    stored = dump.stored
    try:
        like = stored.status if stored.status and stored.is_regular else None
        if like is not None and not os.path.samestat(like, os.stat(path)):
            like = None
    except (OSError, ValueError):
        like = None
    if like is not None and stored.is_compressed:
        raise InputError(stored.name, "is compressed: -o must be another file")
    with replace_file(path, like=like) as draft:
        _write(dump, draft.write)


def _in_place(source: Inputs, backup: str | None, *, body: bool) -> int:
    """Clean each dump where it is; one that fails stays as it was, and the next follows."""
    if backup is not None and (not backup or os.path.basename(backup) != backup):
        raise UsageError("", f"--backup {backup!r} is no suffix of a file name")
    if STDIN in source.names:
        raise UsageError("", "standard input cannot be edited in place")
    for dump in _cleaned(source, body=body):
        try:
            deleted, left = _replace(dump, backup)
            if source.verbose:
                source.note(f"{dump.stored.name}: {deleted} lines deleted")
                if left:
                    source.note(f"{dump.stored.name}: {left} articles left alone; see --report")
        except (InputError, OutputError) as error:
            source.report(error)
    return source.exit_code()


def _replace(dump: Opened[Clean], backup: str | None) -> tuple[int, int]:
    """Write a clean copy in the place of a dump; returns what `_write` does."""
    name, status, _, is_compressed = dump.stored
    if is_compressed:
        raise InputError(name, "is compressed and cannot be edited in place; use -o FILE")
    if status is None:
        raise InputError(name, "is no file of this machine and cannot be edited in place")
    with replace_file(name, like=status, backup=backup) as draft:
        deleted, left = _write(dump, draft.write)
        if not deleted:
            draft.abandon()
    return deleted, left


def _report(source: Inputs, print_as: PrintingOptions, *, body: bool) -> int:
    """Print what would be deleted."""
    out = Stdout()
    names = [field.name for field in DUPLICATE]
    fields = chosen_fields(print_as, out, DUPLICATE, names, names)
    with printing(print_as, out, fields) as printer:
        for dump in source.opened(Work(partial(_report_part, body, fields))):
            rule = Rule(dump.reading.alone, body)
            make = partial(_rows, fields, rule.reading)
            try:
                for rows in decide(rule, dump.results, make):
                    for row in rows:
                        printer.row(row)
            except InputError as error:
                source.report(error)
    return source.exit_code()


def _report_part(
    body: bool,
    fields: Sequence[Field[Duplicate]],
    reading: Reading,
    pieces: Sequence[Piece],
) -> Part[list[list[JSON]]]:
    return clean_part(Rule(reading, body), pieces, partial(_rows, fields, reading))


def _rows(
    fields: Sequence[Field[Duplicate]], reading: Reading, entries: Sequence[Entry]
) -> list[list[JSON]]:
    """A row for each caption of some articles that stands there more often than it need."""
    return [values_of(fields, record) for entry in entries for record in duplicates(reading, entry)]
