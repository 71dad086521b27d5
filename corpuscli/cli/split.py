"""`corpuscli split`: give me the articles one by one."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import UsageError
from ..output.filenames import DEFAULT, FIELDS
from ..output.order import Order
from ..output.stdout import Stdout
from ..records.fields import ARTICLE
from ..source import is_url
from .filters import filter_of
from .inputs import inputs
from .options import ChoosingOptions, Dumps, PrintingOptions, Quiet, ReadingOptions, command, one_of
from .printing import chosen_fields, printing, values_of
from .rows import print_rows
from .split_call import ALL, Call
from .split_pieces import ENDINGS, write_pieces
from .split_table import is_table, write_table

app = typer.Typer(add_completion=False, rich_markup_mode=None)

KINDS = ("jsonl", "parquet")
"""What parts hold: all articles of a part in one file."""

CONTENTS = (*ENDINGS, *KINDS)
"""What --as takes."""

PARTITIONS = ("photo_year", "year")
"""What --partition-by takes; `stats` calls it a year, the directories a photo_year."""


@command(
    app,
    "corpuscli split dump.txt > articles.jsonl",
    "corpuscli split -o articles/ dump.txt",
    "corpuscli split -o pieces/ --as raw --name '{number:05}' dump.txt.gz",
    "corpuscli split -o articles.parquet --since 2024 dump.txt",
    "corpuscli split -o s3://newsroom/parts --as parquet dump.txt",
)
def split(
    print_as: PrintingOptions,
    choosing: ChoosingOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR|FILE.parquet|URL",
            help="Write a file an article into DIR, and print a list; or all into one table; or, "
            "--as parquet or jsonl, parts into a directory or to a URL.",
        ),
    ] = None,
    content: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="|".join(CONTENTS),
            callback=one_of(*CONTENTS),
            help="What the files hold: the clean text (default), the record, or the bytes of an "
            "article; jsonl, parquet: the records of many.",
        ),
    ] = None,
    name: Annotated[
        str,
        typer.Option(metavar="TEMPLATE", help="File names; of " + ", ".join(FIELDS) + "."),
    ] = DEFAULT,
    part_size: Annotated[
        int | None,
        typer.Option(
            metavar="BYTES",
            min=1,
            help="A part for the articles in so many bytes of a dump; by default 32 MiB.",
        ),
    ] = None,
    partition_by: Annotated[
        str | None,
        typer.Option(
            metavar=PARTITIONS[0],
            callback=one_of(*PARTITIONS),
            help="Parts in a directory for each year of a photo date.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
    quiet: Quiet = False,
) -> int:
    """Print or write the articles one by one.

    Each is printed as a JSON line, or written to a file of its own in the directory -o. With -o
    FILE.parquet the records become one table, a row an article; with --as parquet or jsonl there is
    a part for every 32 MiB of a dump, and _SUCCESS when all are there. Files appear whole or not at
    all, and what exists is left alone without --force.
    """
    source = inputs(dumps, reading, quiet=quiet, to_files=output is not None)
    order = Order.of(choosing.sort, choosing.reverse, choosing.limit)
    call = Call(source, choosing, print_as, order, force)
    for_parts = {"--partition-by": partition_by, "--part-size": part_size}
    _check_options(output, content, name, for_parts, force=force)
    if output is None:
        _print_articles(call)
    elif is_table(output, content):
        write_table(output, call)
    elif content in KINDS:
        from .split_parts import write_parts

        write_parts(output, content, call, by_year=partition_by is not None, size=part_size)
    else:
        write_pieces(output, content or "text", name, call)
    return source.exit_code()


def _check_options(
    output: str | None,
    content: str | None,
    name: str,
    for_parts: dict[str, str | int | None],
    *,
    force: bool,
) -> None:
    """Raise UsageError where one option needs another, or would do away with it."""
    if output is None:
        if content in ("text", "raw"):
            raise UsageError("", f"--as {content} needs -o DIR: on stdout the pieces would run on")
        if content == "parquet":
            raise UsageError("", "--as parquet needs -o FILE.parquet, or -o PLACE for parts")
        if force or name != DEFAULT:
            raise UsageError("", "--force and --name go with -o DIR")
    to_parts = output is not None and content in KINDS and not is_table(output, content)
    for option, value in for_parts.items():
        if value is not None and not to_parts:
            raise UsageError("", f"{option} goes with -o PLACE --as parquet or --as jsonl")
    if name != DEFAULT and output is not None and (to_parts or is_table(output, content)):
        raise UsageError("", "--name goes with files of single articles")
    if output is not None and is_url(output) and not to_parts:
        raise UsageError("", f"-o {output}: to a URL go parts, --as parquet or --as jsonl")
    if output is not None and output.lower().startswith("memory://"):
        raise UsageError("", f"-o {output}: what is in memory is gone when the command has ended")


def _print_articles(call: Call) -> None:
    """Print whole articles, as JSON Lines unless told otherwise."""
    out = Stdout()
    print_as = call.print_as.with_default("jsonl")
    fields = chosen_fields(print_as, out, ARTICLE, ALL, ALL)
    with printing(print_as, out, fields) as printer:
        wanted = filter_of(call.choosing)
        print_rows(call.source, wanted, call.order, printer, lambda a: [values_of(fields, a)])
