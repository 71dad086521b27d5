"""`corpuscli split -o PLACE --as parquet|jsonl`: part files, for who reads many at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from ..errors import UsageError
from ..model import Article
from ..output.json import dumps
from ..output.stdout import Stdout
from ..parts import PART, SIZE, PartWriter, finish, writing_parts
from ..records import Field
from ..selection import Filter, Undated
from ..targets import Target
from .inputs import Inputs
from .options import ChoosingOptions, PrintingOptions
from .printing import chosen_fields, printing, values_of
from .rows import note_undated


def split_to_parts(
    source: Inputs,
    target: Target,
    kind: str,
    fields: Sequence[Field[Article]],
    wanted: Filter,
    print_as: PrintingOptions,
    *,
    by_year: bool,
    force: bool,
) -> None:
    """Write the articles as parts, and print a row for each; what failed is reported."""
    size = source.options.shard_size or SIZE
    several = len(source.names) > 1
    writer = PartWriter(target, kind, fields, wanted, by_year, several, size)
    # A reader of the rows may leave: the files are not for it alone.
    out = Stdout(goes_on=True)
    names = [field.name for field in PART]
    columns = chosen_fields(print_as, out, PART, names, names)
    undated = Undated()
    manifest = []
    with printing(print_as, out, columns) as printer, writing_parts(target, force=force):
        # Who writes must have ended before what they wrote can be taken away.
        with closing(source.results(writer, part=size)) as results:
            for written in results:
                undated.count += written.undated
                for part in written.parts:
                    record = dict(zip(names, values_of(PART, part), strict=True))
                    manifest.append(dumps(record) + b"\n")
                    printer.row(values_of(columns, part))
        finish(target, manifest, whole=not source.failed)
    note_undated(source, undated)


def refuse_order(choosing: ChoosingOptions) -> None:
    """Raise UsageError for what needs all articles in one place."""
    given = {
        "--unique": choosing.unique,
        "--sort": choosing.sort is not None,
        "--reverse": choosing.reverse,
        "--limit": choosing.limit is not None,
    }
    for option, is_given in given.items():
        if is_given:
            raise UsageError("", f"{option} does not go with parts, each of which is written alone")
