"""What the articles that are wanted give, in order: by several processes where that is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from ..engine.inputs import Inputs
from ..inspection.selection import Filter, Undated, choose
from ..model import Article
from ..output import Printer
from ..output.order import Order
from ..reader.reading import Piece, Reading
from ..records.fields import JSON, article_id

Rows = Sequence[Sequence[JSON]]

RowsOf = Callable[[Article], Rows]
"""The rows that an article gives; none if it is not wanted."""

Look = Callable[[bytes | memoryview], bool]
"""Whether anything may come of some lines of a dump."""

Result = TypeVar("Result")


def results_in_order(
    source: Inputs,
    wanted: Filter,
    order: Order,
    result_of: Callable[[Article, Piece], Result | None],
    look: Look | None = None,
) -> Iterator[tuple[int, Result]]:
    """What `result_of` makes of each article that is wanted, behind the index of its dump.

    An article of which it makes None, as of all whose bytes `look` says no to, is not wanted.
    It must give something that can be pickled. Says at the end how many articles had no date to be
    judged by. `unique` remembers an id of every article, about 100 bytes.
    """
    if order.ends_soon:
        source.stops_soon = True
    make = partial(_given, wanted, order, result_of)
    seen: set[bytes] = set()
    undated = Undated()

    def each() -> Iterator[tuple[JSON, tuple[int, Result]]]:
        for given, left_out in source.results(make, look):
            undated.count += left_out
            for value, digest, result in given:
                if digest is None or digest not in seen:
                    seen.update([digest] if digest else [])
                    yield value, (source.current, result)
        note_undated(source, undated)

    yield from order.apply(each())


def _given(
    wanted: Filter,
    order: Order,
    result_of: Callable[[Article, Piece], Result | None],
    reading: Reading,
    pieces: Sequence[Piece],
) -> tuple[list[tuple[JSON, bytes | None, Result]], int]:
    """What some articles gave, and how many were left out for having no date."""
    undated = Undated()
    given = []
    last: list[Piece] = []

    def articles() -> Iterator[Article]:
        for piece in pieces:
            last[:] = [piece]
            yield reading.parse(piece)

    def counts(article: Article) -> bool:
        return result_of(article, last[0]) is not None

    for article in choose(articles(), wanted, undated, counts):
        result = result_of(article, last[0])
        if result is not None:
            value = order.key(article) if order.key else None
            digest = bytes.fromhex(article_id(article)) if wanted.unique else None
            given.append((value, digest, result))
    return given, undated.count


def print_rows(
    source: Inputs,
    wanted: Filter,
    order: Order,
    printer: Printer,
    rows_of: RowsOf,
    look: Look | None = None,
) -> bool:
    """Print the rows of the articles that are wanted, in order; False if there are none.

    No row comes of an article whose bytes `look` says no to.
    """
    found = False
    if order.is_plain and not wanted.unique and printer.encode([]) is not None:
        undated = Undated()
        for rows, left_out in source.results(partial(_encoded, wanted, printer, rows_of), look):
            undated.count += left_out
            if rows:
                found = True
                printer.put(rows)
        note_undated(source, undated)
        return found
    some = partial(_some, rows_of)
    for _, rows_of_one in results_in_order(source, wanted, order, some, look):
        found = True
        for row in rows_of_one:
            printer.row(row)
    return found


def _some(rows_of: RowsOf, article: Article, piece: Piece) -> Rows | None:
    return rows_of(article) or None


def _encoded(
    wanted: Filter, printer: Printer, rows_of: RowsOf, reading: Reading, pieces: Sequence[Piece]
) -> tuple[bytes, int]:
    """The rows of some articles as bytes, and how many were left out for having no date."""
    undated = Undated()
    articles = choose(map(reading.parse, pieces), wanted, undated, lambda a: bool(rows_of(a)))
    rows = [row for article in articles for row in rows_of(article)]
    return (printer.encode(rows) or b"") if rows else b"", undated.count


def note_undated(source: Inputs, undated: Undated) -> None:
    """Say how many articles a filter by date left out."""
    if undated.count:
        count = "1 article" if undated.count == 1 else f"{undated.count} articles"
        source.note(f"{count} left out: no date")
