"""`corpuscli split -o DIR`: a file an article."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from .. import records
from ..atomic import open_folder
from ..filenames import Names, slug
from ..model import Article
from ..output.json import dumps as dump_json
from ..output.page import article_text
from ..output.stdout import Stdout
from ..reading import Piece
from ..records import Written
from .filters import filter_of
from .inputs import statuses_of
from .printing import chosen_fields, printing, values_of
from .rows import results_in_order
from .split_call import ALL, Call, check_directory

ENDINGS = {"text": ".txt", "json": ".json", "raw": ".txt"}
"""Of a file that holds an article, by what it holds of it."""


def write_pieces(directory: str, kind: str, template: str, call: Call) -> None:
    """Write a file an article into a directory, and print what was written."""
    source = call.source
    names = Names(template, ENDINGS[kind], source.names)
    check_directory(directory)
    # A reader of the manifest may leave: the files are not for it alone.
    out = Stdout(goes_on=True)
    manifest = (*records.LIST_COLUMNS, "file")
    whole = (*records.LIST_JSON, "file")
    fields = chosen_fields(call.print_as, out, records.WRITTEN, manifest, whole)
    with (
        printing(call.print_as, out, fields) as printer,
        open_folder(directory, inputs=list(statuses_of(source))) as folder,
    ):
        draft = partial(_draft, kind, fields)
        for dump, found in results_in_order(source, filter_of(call.choosing), call.order, draft):
            file = names.name(dump, found.values)
            folder.create(file, found.content, force=call.force)
            printer.row(
                [
                    file if field.name == "file" else value
                    for field, value in zip(fields, found.row, strict=True)
                ]
            )


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
