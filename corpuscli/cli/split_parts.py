"""`corpuscli split -o PLACE --as parquet|jsonl`: part files, for who reads many at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from uuid import uuid4

from ..engine.inputs import statuses_of
from ..engine.interrupts import interrupts_leave
from ..errors import UsageError
from ..inspection.selection import Filter, Undated, choose
from ..output.part_files import SIZE, SMALLEST, PartWriter, finish, writing_parts
from ..output.stdout import Stdout
from ..output.targets import FolderTarget, target_of
from ..reader.reading import Piece, Reading
from ..records.fields import ARTICLE, PART, Part, pick_fields
from ..source import is_url
from .filters import filter_of
from .options import ChoosingOptions
from .printing import chosen_fields, printing, refuse_records, values_of
from .rows import note_undated
from .split_call import ALL, Call, check_directory


def write_parts(place: str, kind: str, call: Call, *, by_year: bool, size: int | None) -> None:
    """Write the articles as parts, one per stretch of bytes, and print a row for each."""
    _refuse_order(call.choosing)
    source = call.source
    # They choose the fields inside the parts; the row of a part always has the same fields.
    fields = pick_fields(ARTICLE, call.print_as.asked_fields or ALL)
    if kind == "parquet":
        # Says at once if what it needs is not there.
        with interrupts_leave():
            from ..records.columns import schema_of
        schema_of(fields)
    target = target_of(place, statuses_of(source), filter(is_url, source.names))
    if isinstance(target, FolderTarget):
        check_directory(target.name)
    size = max(SMALLEST, size or SIZE)
    run = uuid4().hex.encode()
    writer = PartWriter(
        target=target,
        kind=kind,
        fields=fields,
        by_year=by_year,
        several=len(source.names) > 1,
        size=size,
        run=run,
    )
    make = partial(_written, writer, filter_of(call.choosing, verbose=call.source.verbose))
    # A reader of the rows may leave: the files are not for it alone.
    out = Stdout(goes_on=True)
    names = [field.name for field in PART]
    print_as = call.print_as.but(fields=None)
    columns = chosen_fields(print_as, out, PART, names, names)
    undated = Undated()
    parts = []
    refuse_records(source.quiet, print_as)
    lists = not source.quiet
    with (
        printing(print_as, out, columns, "part") as printer,
        writing_parts(target, force=call.force, run=run),
    ):
        # The writers must have ended before their files can be deleted.
        with closing(source.results(make, part=size)) as results:
            for written in results:
                some, left_out = written
                undated.count += left_out
                for part in some:
                    parts.append(part)
                    if lists:
                        printer.row(values_of(columns, part))
        finish(target, parts, whole=not source.failed, run=run)
    note_undated(source, undated)


def _written(
    writer: PartWriter, wanted: Filter, reading: Reading, pieces: Sequence[Piece]
) -> tuple[list[Part], int]:
    """Write the part that some articles make; return its files, and how many had no date."""
    undated = Undated()
    chosen = choose(map(reading.parse, pieces), wanted, undated, lambda _: True)
    at = pieces[0].span.start if pieces else 0
    return writer.write(reading.dump, reading.position, at, chosen), undated.count


def _refuse_order(choosing: ChoosingOptions) -> None:
    """Raise UsageError for what needs all articles in one place."""
    given = {
        "--unique": choosing.unique,
        "--sort": choosing.sort is not None,
        "--reverse": choosing.reverse,
        "--limit": choosing.limit is not None,
    }
    for option, is_given in given.items():
        if is_given:
            raise UsageError(
                "", f"{option} cannot be used with parts, which are written one by one"
            )
