"""`corpuscli split -o DIR`: one file per article."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from ..engine.inputs import statuses_of
from ..errors import OutputError
from ..model import Article
from ..output.atomic import Folder, open_folder
from ..output.filenames import Names, readable, slug
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
from .browse import counted, is_read, sum_up
from .filters import filter_of
from .printing import chosen_fields, printing, refuse_records, values_of
from .rows import results_in_order
from .split_call import ALL, Call, check_directory

ENDINGS = {"text": ".txt", "json": ".json", "raw": ".txt"}
"""The ending of a file with one article, by its content."""


def write_pieces(directory: str, kind: str, template: str, call: Call) -> None:
    """Write one file per article into a directory, and list the files."""
    source = call.source
    names = Names(template, ENDINGS[kind], source.names)
    check_directory(directory)
    wanted = filter_of(call.choosing, verbose=source.verbose)
    # A reader of the manifest may leave: the files are not for it alone.
    out = Stdout(goes_on=True)
    refuse_records(source.quiet, call.print_as)
    manifest = (*(("dump",) if source.several else ()), *LIST_COLUMNS, "file")
    if call.print_as.null:
        manifest = ("file",)
    whole = (*LIST_JSON, "file")
    fields = chosen_fields(call.print_as, out, WRITTEN, manifest, whole)
    # On a terminal thousands of rows say less than how many there are.
    lists = not (source.quiet or is_read(out, call.print_as)) or source.verbose
    count = 0
    with (
        printing(call.print_as, out, fields, "written") as printer,
        open_folder(directory, inputs=list(statuses_of(source))) as folder,
    ):
        draft = partial(_draft, kind, fields)
        for dump, found in results_in_order(source, wanted, call.order, draft):
            file = names.name(dump, found.values)
            _create(folder, file, found.content, force=call.force)
            count += 1
            if lists:
                printer.row(
                    [
                        file if field.name == "file" else value
                        for field, value in zip(fields, found.row, strict=True)
                    ]
                )
    if not lists:
        sum_up(f"{counted(count, 'file')} written to {directory}", source)


def _create(folder: Folder, file: str, content: bytes, *, force: bool) -> None:
    """Write a file; raises OutputError if it exists, without `force`, or cannot be written."""
    try:
        folder.create(file, content, force=force)
    except OutputError as error:
        if error.reason != os.strerror(errno.EEXIST):
            raise
        raise OutputError(error.path, "exists; --force replaces existing files") from error


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
    """Return the values that a template for names can contain."""
    digest = article_id(article)
    title = article.title.text if article.title else ""
    return {
        "number": article.span.number,
        "id": digest,
        "slug": slug(title) or digest,
        "title": readable(title) or digest,
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
