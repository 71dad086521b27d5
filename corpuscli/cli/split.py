"""`corpuscli split`: give me the articles one by one."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ..errors import UsageError
from ..output.endings import ENDINGS as FORMAT_ENDINGS
from ..output.endings import format_of
from ..output.filenames import DEFAULT, FIELDS
from ..output.order import Order
from ..output.stdout import Stdout
from ..records.fields import ARTICLE
from ..source import is_url
from .filters import filter_of
from .inputs import inputs
from .options import ChoosingOptions, Dumps, ManifestOptions, Quiet, ReadingOptions, command, one_of
from .printing import chosen_fields, printing, values_of
from .rows import print_rows
from .split_call import ALL, Call
from .split_file import PARTS, is_file, write_file
from .split_pieces import ENDINGS, write_pieces

app = typer.Typer(add_completion=False, rich_markup_mode=None)

CONTENTS = (*ENDINGS, *PARTS)
"""What --as takes."""

PARTITIONS = ("photo_year", "year")
"""What --partition-by takes; `stats` calls it a year, the directories a photo_year."""


@command(
    app,
    "corpuscli split -o articles.json dump.txt",
    "corpuscli split -o articles/ dump.txt",
    "corpuscli split -o pieces/ --as raw --name '{number:05}' dump.txt.gz",
    "corpuscli split --format csv --fields number,title dump.txt > titles.csv",
    "corpuscli split -o s3://newsroom/parts --as parquet dump.txt",
    common="output content name force since title limit fields json format",
)
def split(
    print_as: ManifestOptions,
    choosing: ChoosingOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR|FILE|URL",
            help="Write one file per article to DIR. If the name ends in "
            f"{', '.join(FORMAT_ENDINGS)}, write all articles to that FILE. With --as parquet or "
            "jsonl, write parts to a directory or a URL.",
        ),
    ] = None,
    content: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="|".join(CONTENTS),
            callback=one_of(*CONTENTS),
            help="What to write: text (the default) is the clean text of an article, "
            "json its record, raw its bytes; jsonl and parquet hold the records of many articles.",
        ),
    ] = None,
    name: Annotated[
        str,
        typer.Option(
            metavar="TEMPLATE",
            help="A template for file names; its fields: " + ", ".join(FIELDS) + ".",
        ),
    ] = DEFAULT,
    part_size: Annotated[
        int | None,
        typer.Option(
            metavar="BYTES",
            min=1,
            help="Write one part per BYTES of a dump; by default 32 MiB.",
        ),
    ] = None,
    partition_by: Annotated[
        str | None,
        typer.Option(
            metavar=PARTITIONS[0],
            callback=one_of(*PARTITIONS),
            help="Put parts into one directory per year of the photo date.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
    quiet: Quiet = False,
) -> int:
    """Print the articles as JSON, or write them to files.

    Without -o, each article is printed as one line of JSON. -o DIR writes one file per article;
    -o articles.json writes all of them to one file. With --as parquet or jsonl, -o DIR gets one
    part per 32 MiB of a dump, and a file _SUCCESS when all are there. Files appear whole or not at
    all. Existing files are kept unless you give --force.
    """
    source = inputs(dumps, reading, quiet=quiet, to_files=output is not None)
    order = Order.of(choosing.sort, choosing.reverse, choosing.limit)
    call = Call(source, choosing, print_as, order, force)
    for_parts = {"--partition-by": partition_by, "--part-size": part_size}
    _check_options(output, content, name, for_parts, force=force)
    if output is None:
        _print_articles(call)
    elif is_file(output, content):
        write_file(output, call)
    elif content in PARTS:
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
    """Raise UsageError if one option needs another, or would override it."""
    if output is None:
        if content in ("text", "raw"):
            raise UsageError(
                "", f"--as {content} needs -o DIR: on stdout nothing would separate the articles"
            )
        if content == "parquet":
            raise UsageError("", "--as parquet needs -o FILE.parquet, or -o PLACE for parts")
        if force or name != DEFAULT:
            raise UsageError("", "--force and --name need -o")
    to_file = output is not None and is_file(output, content)
    to_parts = output is not None and content in PARTS and not to_file
    for option, value in for_parts.items():
        if value is not None and not to_parts:
            raise UsageError("", f"{option} needs -o PLACE and --as parquet or --as jsonl")
    if name != DEFAULT and (to_parts or to_file):
        raise UsageError("", "--name needs -o DIR, which gets one file per article")
    if (
        output
        and content
        and format_of(output)
        and not (to_parts or to_file or os.path.isdir(output))
    ):
        raise UsageError(
            "",
            f"-o {output} is one file, but --as {content} writes one file per article: name a DIR",
        )
    if output is not None and is_url(output) and not to_parts:
        raise UsageError("", f"-o {output}: only parts can be written to a URL; add --as parquet")
    if output is not None and output.lower().startswith("memory://"):
        raise UsageError(
            "", f"-o {output}: memory is gone when the command ends; name another place"
        )


def _print_articles(call: Call) -> None:
    """Print whole articles, as JSON Lines unless told otherwise."""
    out = Stdout()
    print_as = call.print_as.with_default("jsonl")
    fields = chosen_fields(print_as, out, ARTICLE, ALL, ALL)
    with printing(print_as, out, fields) as printer:
        wanted = filter_of(call.choosing, verbose=call.source.verbose)
        print_rows(call.source, wanted, call.order, printer, lambda a: [values_of(fields, a)])
