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
from .browse import counted, sum_up
from .inputs import inputs
from .options import Dumps, PrintingOptions, Quiet, ReadingOptions, command, one_at_most
from .printing import chosen_fields, format_on, printing, values_of

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli dedupe-captions dump.txt > clean.txt",
    "corpuscli dedupe-captions --in-place --backup .orig *.txt",
    "corpuscli dedupe-captions --report --json dump.txt",
    common="output in_place backup body report json quiet",
)
def dedupe_captions(
    print_as: PrintingOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to FILE, all of it or nothing."),
    ] = None,
    in_place: Annotated[
        bool, typer.Option("-i", "--in-place", help="Replace each dump with its clean copy.")
    ] = False,
    backup: Annotated[
        str | None,
        typer.Option(
            metavar="SUFFIX", help="With -i, keep the old file with SUFFIX added to its name."
        ),
    ] = None,
    body: Annotated[
        bool,
        typer.Option("--body", help="Also delete copies of captions from bodies."),
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Change nothing; print one row per repeated caption.")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """Delete lines that only repeat a caption.

    No other byte of the dump changes, and every article reads the same.
    """
    one_at_most(report=report, o=output is not None, in_place=in_place)
    if backup is not None and not in_place:
        raise UsageError("", "--backup needs --in-place")
    if output == STDIN:
        raise UsageError("", "-o -: omit -o to write the dump to stdout")
    if output is not None and is_url(output):
        raise UsageError(
            "", f"-o {output}: omit -o and pipe the dump to a program that writes there"
        )
    source = inputs(dumps, reading, quiet=quiet, to_files=in_place or output is not None)
    if report:
        return _report(source, print_as, body=body)
    if print_as.wants_records:
        raise UsageError("", "--format, --json, --fields and --header need --report")
    if in_place:
        return _in_place(source, backup, body=body)
    if len(source.names) > 1:
        raise UsageError("", "with several DUMPs, use --in-place or --report")
    total = _Removed()
    for dump in _cleaned(source, body=body):
        try:
            if output is None:
                _print(dump, Stdout())
            else:
                total.add(_write_to(output, dump))
        except InputError as error:
            source.report(error)
    if total.dumps:
        _sum_up(total, source)
    return source.exit_code()


class _Removed:
    """What was removed from a dump, or from several."""

    def __init__(self) -> None:
        self.lines = 0
        self.bytes = 0
        self.left = 0
        """Articles left alone: without those lines they would read differently."""
        self.dumps = 0

    def add(self, other: _Removed) -> None:
        """Count what was removed from another dump, too."""
        self.lines += other.lines
        self.bytes += other.bytes
        self.left += other.left
        self.dumps += 1


def _sum_up(removed: _Removed, source: Inputs) -> None:
    """Say on a terminal what was removed."""
    lines = counted(removed.lines, "line")
    of = f" from {counted(removed.dumps, 'dump')}" if removed.dumps > 1 else ""
    left = f", {counted(removed.left, 'article')} left alone" if removed.left else ""
    sum_up(f"{lines} removed{of} ({counted(removed.bytes, 'byte')}){left}", source)


Clean = tuple[bytes, int, int, int]
"""Articles without redundant lines, the number of lines removed, the number of articles left
unchanged, and the bytes of the articles."""


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


def _write(dump: Opened[Clean], write: Callable[[bytes], object]) -> _Removed:
    """Write the dump without its redundant lines; return what was removed.

    If not every byte of a plain file has been read, raises InputError before the new file replaces
    the old one.
    """
    removed = _Removed()
    seen = 0
    for text, lines, left, size in dump.results:
        write(text)
        seen += size
        removed.lines += lines
        removed.left += left
        removed.bytes += size - len(text)
    if not dump.stored.is_compressed and seen < (dump.stored.size or 0):
        reason = f"internal error, please report it: {seen} bytes were read"
        raise InputError(dump.stored.name, reason)
    return removed


def _print(dump: Opened[Clean], out: Stdout) -> None:
    """Print the dump as `_write` writes it, as far as it can be read."""
    try:
        _write(dump, out.write)
    except InputError:
        out.close()
        raise
    out.close()


def _write_to(path: str, dump: Opened[Clean]) -> _Removed:
    """Write the dump to a file, which may be its own; return what `_write` does."""
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
        return _write(dump, draft.write)


def _in_place(source: Inputs, backup: str | None, *, body: bool) -> int:
    """Clean each dump in place; one that fails stays as it was, and the next follows."""
    if backup is not None and (not backup or os.path.basename(backup) != backup):
        raise UsageError("", f"--backup {backup!r} is not a valid suffix for a file name")
    if STDIN in source.names:
        raise UsageError("", "standard input cannot be edited in place")
    total = _Removed()
    for dump in _cleaned(source, body=body):
        try:
            removed = _replace(dump, backup)
            total.add(removed)
            if source.verbose:
                source.note(f"{dump.stored.name}: {removed.lines} lines deleted")
                if removed.left:
                    left = f"{removed.left} articles left alone; see --report"
                    source.note(f"{dump.stored.name}: {left}")
        except (InputError, OutputError) as error:
            source.report(error)
    _sum_up(total, source)
    return source.exit_code()


def _replace(dump: Opened[Clean], backup: str | None) -> _Removed:
    """Replace a dump with a clean copy; return what `_write` does."""
    name, status, _, is_compressed = dump.stored
    if is_compressed:
        raise InputError(name, "is compressed and cannot be edited in place; use -o FILE")
    if status is None:
        raise InputError(name, "is not a file on this machine and cannot be edited in place")
    with replace_file(name, like=status, backup=backup) as draft:
        removed = _write(dump, draft.write)
        if not removed.lines:
            draft.abandon()
    return removed


def _report(source: Inputs, print_as: PrintingOptions, *, body: bool) -> int:
    """Print what would be deleted."""
    out = Stdout()
    names = [field.name for field in DUPLICATE]
    # A table of one dump leaves the room that its name would take to the captions.
    only_one = format_on(out, print_as) == "table" and not source.several
    fields = chosen_fields(print_as, out, DUPLICATE, names[1:] if only_one else names, names)
    with printing(print_as, out, fields, "duplicate") as printer:
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
    """Return a row for each repeated caption of some articles."""
    return [values_of(fields, record) for entry in entries for record in duplicates(reading, entry)]
