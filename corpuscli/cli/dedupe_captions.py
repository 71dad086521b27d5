"""`corpuscli dedupe-captions`: the same dump without the repeated captions."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated

import typer

from .. import records
from ..atomic import replace_file
from ..dedupe import duplicates, lines_to_delete, without
from ..errors import InputError, OutputError, UsageError
from ..output.stdout import STDOUT, Stdout
from ..reading import Piece, Reading
from ..source import STDIN, Source, refuse_own_output
from .options import Dumps, PrintingOptions, Quiet, ReadingOptions, command, one_at_most
from .session import Inputs, chosen_fields, inputs, printing, values_of

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
        bool, typer.Option("--report", help="Write nothing; print a row a duplicated caption.")
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
    source = inputs(dumps, reading, quiet=quiet, to_files=in_place or output is not None)
    if report:
        return _report(source, print_as, body=body)
    if print_as.wants_records:
        raise UsageError("", "--format, --json, --fields and --header go with --report")
    if in_place:
        return _in_place(source, backup, body=body)
    if len(source.names) > 1:
        raise UsageError("", "several DUMPs need --in-place or --report")
    try:
        with source.opened(source.names[0]) as dump:
            if output is None:
                refuse_own_output(dump, STDOUT)
                out = Stdout()
                _clean(source, dump, out.write, body=body)
                out.close()
            else:
                same = _is_same(dump, output)
                if same and dump.is_compressed:
                    raise InputError(dump.name, "is compressed: -o must be another file")
                with replace_file(output, like=dump.status if same else None) as draft:
                    _clean(source, dump, draft.write, body=body)
    except InputError as error:
        source.report(error)
    return source.exit_code()


def _is_same(dump: Source, path: str) -> bool:
    """True if the dump is the regular file at `path`."""
    try:
        return dump.is_regular and os.path.samestat(dump.status, os.stat(path))
    except (OSError, ValueError):
        return False


def _clean(source: Inputs, dump: Source, write: Callable[[bytes], object], *, body: bool) -> int:
    """Write the dump without its redundant lines; gives how many those were.

    Raises InputError, before the new file can take the place of the old one, if not every byte of
    a plain file has been through the reader.
    """
    deleted = seen = 0
    for text, lines, size in source.results_of(dump, partial(_without, body), blank=True):
        write(text)
        deleted += lines
        seen += size
    if dump.is_regular and not dump.is_compressed and seen < dump.status.st_size - dump.start:
        raise InputError(dump.name, f"internal error, please report it: {seen} bytes were read")
    return deleted


def _without(body: bool, reading: Reading, pieces: Sequence[Piece]) -> tuple[bytes, int, int]:
    """Articles without redundant lines, how many those were, and the bytes of the articles."""
    parts = []
    deleted = 0
    for piece in pieces:
        lines = lines_to_delete(piece, reading.codec, body)
        parts.append(without(piece, lines))
        deleted += len(lines)
    return b"".join(parts), deleted, sum(len(piece.raw) for piece in pieces)


def _in_place(source: Inputs, backup: str | None, *, body: bool) -> int:
    """Clean each dump where it is; one that fails stays as it was, and the next follows."""
    if backup is not None and (not backup or os.path.basename(backup) != backup):
        raise UsageError("", f"--backup {backup!r} is no suffix of a file name")
    if STDIN in source.names:
        raise UsageError("", "standard input cannot be edited in place")
    for name in source.names:
        try:
            with source.opened(name) as dump:
                _replace(source, dump, backup, body=body)
        except (InputError, OutputError) as error:
            source.report(error)
    return source.exit_code()


def _replace(source: Inputs, dump: Source, backup: str | None, *, body: bool) -> None:
    if dump.is_compressed:
        raise InputError(dump.name, "is compressed and cannot be edited in place; use -o FILE")
    with replace_file(dump.name, like=dump.status, backup=backup) as draft:
        deleted = _clean(source, dump, draft.write, body=body)
        if not deleted:
            draft.abandon()
    if source.verbose:
        source.note(f"{dump.name}: {deleted} lines deleted")


def _report(source: Inputs, print_as: PrintingOptions, *, body: bool) -> int:
    """Print what would be deleted."""
    out = Stdout()
    names = [field.name for field in records.DUPLICATE]
    fields = chosen_fields(print_as, out, records.DUPLICATE, names, names)
    with printing(print_as, out, fields) as printer:
        for rows in source.results(partial(_rows, body, fields)):
            for row in rows:
                printer.row(row)
    return source.exit_code()


def _rows(
    body: bool,
    fields: Sequence[records.Field[records.Duplicate]],
    reading: Reading,
    pieces: Sequence[Piece],
) -> list[list[records.JSON]]:
    """A row for each caption of some articles that stands there more often than it need."""
    return [
        values_of(fields, record)
        for piece in pieces
        for record in duplicates(reading.parse(piece), piece, reading.codec, body)
    ]
