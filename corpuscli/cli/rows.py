"""Articles as rows, printed as they come: by several processes where that is possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ..model import Article
from ..output import Printer
from ..output.order import Order
from ..reading import Piece, Reading
from ..records import JSON
from ..selection import Filter, Undated, choose
from .session import Inputs, chosen_articles, note_undated

Rows = Sequence[Sequence[JSON]]

RowsOf = Callable[[Article], Rows]
"""The rows that an article gives; none if it is not wanted."""


def print_rows(
    source: Inputs,
    wanted: Filter,
    order: Order,
    printer: Printer,
    rows_of: RowsOf,
    look: Callable[[bytes], bool] | None = None,
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
    articles = chosen_articles(source, wanted)
    results = ((article, some) for article in articles if (some := rows_of(article)))
    for some in order.apply(results):
        found = True
        for row in some:
            printer.row(row)
    return found


def _encoded(
    wanted: Filter, printer: Printer, rows_of: RowsOf, reading: Reading, pieces: Sequence[Piece]
) -> tuple[bytes, int]:
    """The rows of some articles as bytes, and how many were left out for having no date."""
    undated = Undated()
    articles = choose(map(reading.parse, pieces), wanted, undated)
    rows = [row for article in articles for row in rows_of(article)]
    return (printer.encode(rows) or b"") if rows else b"", undated.count
