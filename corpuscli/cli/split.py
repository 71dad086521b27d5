"""`corpuscli split`: give me the articles one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, NamedTuple

import typer

from .. import records
from ..atomic import open_folder, replace_file
from ..errors import OutputError, UsageError
from ..filenames import DEFAULT, FIELDS, Names, slug
from ..model import Article
from ..output.json import dumps as dump_json
from ..output.order import Order
from ..output.page import article_text
from ..output.stdout import Stdout
from ..reading import Piece
from ..records import Written
from ..source import STDIN, is_url
from .filters import filter_of
from .inputs import Inputs, inputs
from .options import (
    ChoosingOptions,
    Dumps,
    PrintingOptions,
    Quiet,
    ReadingOptions,
    command,
    one_of,
)
from .printing import chosen_fields, printing, values_of
from .rows import print_rows, results_in_order

app = typer.Typer(add_completion=False, rich_markup_mode=None)

ENDINGS = {"text": ".txt", "json": ".json", "raw": ".txt"}
"""Of a file that holds an article, by what it holds of it."""

CONTENTS = (*ENDINGS, "parquet")
"""What --as takes."""

TABLE = ".parquet"
"""The ending of a name, in letters of any case, that makes -o one file of all articles."""

ALL = tuple(field.name for field in records.ARTICLE)


@command(
    app,
    "corpuscli split dump.txt > articles.jsonl",
    "corpuscli split -o articles/ dump.txt",
    "corpuscli split -o pieces/ --as raw --name '{number:05}' dump.txt.gz",
    "corpuscli split -o articles.parquet --since 2024 dump.txt",
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
            metavar="DIR|FILE.parquet",
            help="Write a file an article into DIR, and print a list; or all into one table.",
        ),
    ] = None,
    content: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="|".join(CONTENTS),
            callback=one_of(*CONTENTS),
            help="What the files hold: the clean text (default), the record, or the bytes; "
            "parquet: the records of FILE.parquet.",
        ),
    ] = None,
    name: Annotated[
        str,
        typer.Option(metavar="TEMPLATE", help="File names; of " + ", ".join(FIELDS) + "."),
    ] = DEFAULT,
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
    quiet: Quiet = False,
) -> int:
    """Print or write the articles one by one.

    Each is printed as a JSON line, or written to a file of its own in the directory -o. With -o
    FILE.parquet the records become one table, a row an article. Files appear whole or not at all,
    and what exists is left alone without --force.
    """
    source = inputs(dumps, reading, quiet=quiet, to_files=output is not None)
    order = Order.of(choosing.sort, choosing.reverse, choosing.limit)
    if output is None:
        if content in ("text", "raw"):
            raise UsageError("", f"--as {content} needs -o DIR: on stdout the pieces would run on")
        if content == "parquet":
            raise UsageError("", "--as parquet needs -o FILE.parquet")
        if force or name != DEFAULT:
            raise UsageError("", "--force and --name go with -o DIR")
        _print_articles(source, choosing, print_as, order)
    elif _is_table(output, content):
        if name != DEFAULT:
            raise UsageError("", "--name goes with -o DIR")
        _write_table(output, source, choosing, print_as, order, force=force)
    elif content == "parquet":
        raise UsageError("", f"-o {output}: --as parquet writes a file that ends in {TABLE}")
    else:
        kind = content or "text"
        names = Names(name, ENDINGS[kind], source.names)
        _write_pieces(output, kind, names, source, choosing, print_as, order, force=force)
    return source.exit_code()


def _print_articles(
    source: Inputs, choosing: ChoosingOptions, print_as: PrintingOptions, order: Order
) -> None:
    """Print whole articles, as JSON Lines unless told otherwise."""
    out = Stdout()
    print_as = print_as.with_default("jsonl")
    fields = chosen_fields(print_as, out, records.ARTICLE, ALL, ALL)
    with printing(print_as, out, fields) as printer:
        wanted = filter_of(choosing)
        print_rows(source, wanted, order, printer, lambda a: [values_of(fields, a)])


def _is_table(path: str, content: str | None) -> bool:
    """True if -o is the one file that all articles go into, as a table."""
    is_named_so = path.lower().endswith(TABLE) and not is_url(path)
    return is_named_so and content in (None, "parquet") and not os.path.isdir(path)


def _write_table(
    path: str,
    source: Inputs,
    choosing: ChoosingOptions,
    print_as: PrintingOptions,
    order: Order,
    *,
    force: bool,
) -> None:
    """Write the records into one file of Parquet; where an input fails, leave it as it was."""
    if print_as.asked_format is not None or print_as.header is not None:
        raise UsageError(
            "", f"--format, --json and --header do not go with -o {path}: it is no text"
        )
    fields = records.pick_fields(records.ARTICLE, print_as.asked_fields or ALL)
    from ..output.parquet import ParquetPrinter

    wanted = filter_of(choosing)
    _check_file(path, source, force=force)
    with (
        replace_file(path, force=force) as draft,
        ParquetPrinter(fields, draft.write) as printer,
    ):
        print_rows(source, wanted, order, printer, lambda a: [values_of(fields, a)])
        if source.failed:
            draft.abandon()
            source.report(OutputError(path, "was not written, for not all could be read"))
        else:
            printer.close()


def _check_file(path: str, source: Inputs, *, force: bool) -> None:
    """Raise OutputError for a file that must not be replaced."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        status = None
    if status and any(os.path.samestat(status, one) for one in _statuses(source)):
        raise OutputError(path, "is one of the inputs")
    if not force and (os.path.isfile(path) or os.path.islink(path)):
        raise OutputError(path, "exists; --force replaces it")


def _write_pieces(
    directory: str,
    kind: str,
    names: Names,
    source: Inputs,
    choosing: ChoosingOptions,
    print_as: PrintingOptions,
    order: Order,
    *,
    force: bool,
) -> None:
    """Write a file an article into a directory, and print what was written."""
    _check_directory(directory)
    # A reader of the manifest may leave: the files are not for it alone.
    out = Stdout(goes_on=True)
    manifest = (*records.LIST_COLUMNS, "file")
    whole = (*records.LIST_JSON, "file")
    fields = chosen_fields(print_as, out, records.WRITTEN, manifest, whole)
    with (
        printing(print_as, out, fields) as printer,
        open_folder(directory, inputs=list(_statuses(source))) as folder,
    ):
        draft = partial(_draft, kind, fields)
        for dump, found in results_in_order(source, filter_of(choosing), order, draft):
            file = names.name(dump, found.values)
            folder.create(file, found.content, force=force)
            printer.row(
                [
                    file if field.name == "file" else value
                    for field, value in zip(fields, found.row, strict=True)
                ]
            )


def _check_directory(path: str) -> None:
    """Raise UsageError for what is no directory to write to."""
    if path in ("", STDIN):
        raise UsageError("", f"-o {path!r}: name a directory, or leave -o out to print on stdout")
    if os.path.islink(path.rstrip("/")):
        raise UsageError("", f"-o {path} is a symbolic link: name the directory that it leads to")


class _Draft(NamedTuple):
    """An article that is about to be written."""

    values: dict[str, str | int]
    """What a template for names may hold."""
    content: bytes
    row: list[records.JSON]
    """Of the manifest; the file has no name yet."""


def _draft(
    kind: str, fields: Sequence[records.Field[Written]], article: Article, piece: Piece
) -> _Draft:
    row = values_of(fields, Written(article, ""))
    return _Draft(_values(article), _content(kind, article, piece.raw), row)


def _values(article: Article) -> dict[str, str | int]:
    """What a template for names may hold."""
    digest = records.article_id(article)
    return {
        "number": article.span.number,
        "id": digest,
        "slug": slug(article.title.text if article.title else "") or digest,
        "photo_date": records.photo_date(article) or "undated",
        "line": records.article_line(article),
        "start": article.span.start,
    }


def _content(kind: str, article: Article, data: bytes) -> bytes:
    if kind == "raw":
        return data
    if kind == "text":
        return article_text(article).encode()
    values = values_of(records.ARTICLE, article)
    return dump_json(dict(zip(ALL, values, strict=True))) + b"\n"


def _statuses(source: Inputs) -> Iterator[os.stat_result]:
    """What the inputs are, so that none is written over; one that is missing is reported later."""
    for name in source.names:
        try:
            yield os.fstat(0) if name == STDIN else os.stat(name)
        except (OSError, ValueError):
            continue
