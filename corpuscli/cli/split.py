"""`corpuscli split`: give me the articles one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, NamedTuple

import typer

from .. import records
from ..atomic import open_folder
from ..errors import UsageError
from ..filenames import DEFAULT, FIELDS, Names, slug
from ..model import Article
from ..output.json import dumps as dump_json
from ..output.order import Order
from ..output.page import article_text
from ..output.stdout import Stdout
from ..reading import Piece
from ..records import Written
from ..source import STDIN
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

ALL = tuple(field.name for field in records.ARTICLE)


@command(
    app,
    "corpuscli split dump.txt > articles.jsonl",
    "corpuscli split -o articles/ dump.txt",
    "corpuscli split -o pieces/ --as raw --name '{number:05}' dump.txt.gz",
)
def split(
    print_as: PrintingOptions,
    choosing: ChoosingOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    directory: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Write a file an article there, and print a list."
        ),
    ] = None,
    content: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="|".join(ENDINGS),
            callback=one_of(*ENDINGS),
            help="What the files hold: the clean text (default), the record, or the bytes.",
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

    Each is printed as a JSON line, or written to a file of its own in the directory -o. The files
    appear whole or not at all, and what exists is left alone without --force.
    """
    source = inputs(dumps, reading, quiet=quiet, to_files=directory is not None)
    order = Order.of(choosing.sort, choosing.reverse, choosing.limit)
    if directory is None:
        if content in ("text", "raw"):
            raise UsageError("", f"--as {content} needs -o DIR: on stdout the pieces would run on")
        if force or name != DEFAULT:
            raise UsageError("", "--force and --name go with -o DIR")
        _print_articles(source, choosing, print_as, order)
        return source.exit_code()
    _check_directory(directory)
    names = Names(name, ENDINGS[content or "text"], source.names)
    # A reader of the manifest may leave: the files are not for it alone.
    out = Stdout(goes_on=True)
    manifest = (*records.LIST_COLUMNS, "file")
    whole = (*records.LIST_JSON, "file")
    fields = chosen_fields(print_as, out, records.WRITTEN, manifest, whole)
    with (
        printing(print_as, out, fields) as printer,
        open_folder(directory, inputs=list(_statuses(source))) as folder,
    ):
        draft = partial(_draft, content or "text", fields)
        for dump, found in results_in_order(source, filter_of(choosing), order, draft):
            file = names.name(dump, found.values)
            folder.create(file, found.content, force=force)
            printer.row(
                [
                    file if field.name == "file" else value
                    for field, value in zip(fields, found.row, strict=True)
                ]
            )
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
