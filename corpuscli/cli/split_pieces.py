"""`corpuscli split -o DIR`: a file an article."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from ..engine.inputs import statuses_of
from ..model import Article
from ..output.atomic import open_folder
from ..output.filenames import Names, slug
from ..output.json import dumps as dump_json
from ..output.page import article_text
from ..output.stdout import Stdout
from ..reader.reading import Piece
from ..records.fields import (
    ARTICLE,
    JSON,
    LIST_COLUMNS,
    LIST_JSON,
    WRITTEN,
    Field,
    Written,
    article_id,
    article_line,
    photo_date,
)
from .filters import filter_of
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
    manifest = (*LIST_COLUMNS, "file")
    whole = (*LIST_JSON, "file")
    fields = chosen_fields(call.print_as, out, WRITTEN, manifest, whole)
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
    row: list[JSON]
    """Of the manifest; the file has no name yet."""


def _draft(kind: str, fields: Sequence[Field[Written]], article: Article, piece: Piece) -> _Draft:
    row = values_of(fields, Written(article, ""))
    return _Draft(_values(article), _content(kind, article, piece.raw), row)


def _values(article: Article) -> dict[str, str | int]:
    """What a template for names may hold."""
    digest = article_id(article)
    return {
        "number": article.span.number,
        "id": digest,
        "slug": slug(article.title.text if article.title else "") or digest,
        "photo_date": photo_date(article) or "undated",
        "line": article_line(article),
        "start": article.span.start,
    }


def _content(kind: str, article: Article, data: bytes) -> bytes:
    if kind == "raw":
        return data
    if kind == "text":
        return article_text(article).encode()
    values = values_of(ARTICLE, article)
    return dump_json(dict(zip(ALL, values, strict=True))) + b"\n"
