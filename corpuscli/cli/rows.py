"""Yield results for the wanted articles, in order, from several processes if possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
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
    """Yield what `result_of` returns for each wanted article, after the index of its dump.

    An article is skipped if `result_of` returns None for it, or if `look` rejects its bytes. The
    results must be picklable. Says at the end how many articles were left out without a date, and
    with `unique` how many are the same as an earlier one. To know those it remembers an id of every
    article, about 100 bytes.
    """
    with ExitStack() as stack:
        is_new = _new_test(source, wanted, stack)
        if order.ends_soon:
            source.stops_soon = True
        make = partial(_given, wanted, order, result_of)
        undated = Undated()

        def each() -> Iterator[tuple[JSON, int, Result]]:
            repeated = 0
            counts: Counter[int] = Counter()
            for given, left_out in source.results(make, look):
                undated.count += left_out
                for value, key, result in given:
                    if key is None or is_new(key):
                        counts[source.current] += 1
                        yield value, source.current, result
                    else:
                        repeated += 1
                if order.key is None and order.per_dump is not None:
                    source.has_enough = counts[source.current] >= order.per_dump
            note_undated(source, undated)
            _note_repeated(source, wanted, repeated)

        yield from order.apply(each())


Key = bytes | int
"""What an article is known again by: its id; or its number, where similar ones are known."""


def _new_test(source: Inputs, wanted: Filter, stack: ExitStack) -> Callable[[Key], bool]:
    """Return what tells for each article whether an earlier one was the same.

    Reads the dumps if it must.
    """
    seen: set[Key] = set()
    if wanted.unique != "near":
        return partial(_add, seen)
    from ..engine.duplicates import find_duplicates, readable_again, silent
    from ..inspection.duplicates import Wanted

    stack.enter_context(readable_again(source))
    among = Wanted(only=wanted._replace(unique=None))
    # Notes on the dumps are printed when they are read for their results.
    search = stack.enter_context(find_duplicates(silent(source), among, told=False)[0])

    def is_new_group(key: Key) -> bool:
        assert isinstance(key, int)
        group = search.group_of(source.current, key)
        return not group or _add(seen, group)

    return is_new_group


def _add(seen: set[Key], key: Key) -> bool:
    """Add a key; False if it was there."""
    before = len(seen)
    seen.add(key)
    return len(seen) > before


def _note_repeated(source: Inputs, wanted: Filter, repeated: int) -> None:
    """Say how many articles were left out for being the same as an earlier one."""
    if repeated:
        count = "1 article" if repeated == 1 else f"{repeated:,} articles"
        nearly = ", or nearly the same," if wanted.unique == "near" else ""
        source.note(f"{count} left out: the same{nearly} as an earlier one")


def _given(
    wanted: Filter,
    order: Order,
    result_of: Callable[[Article, Piece], Result | None],
    reading: Reading,
    pieces: Sequence[Piece],
) -> tuple[list[tuple[JSON, Key | None, Result]], int]:
    """Return the results for some articles, and how many articles were left out without a date."""
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
            given.append((value, _key(article, wanted), result))
    return given, undated.count


def _key(article: Article, wanted: Filter) -> Key | None:
    if wanted.unique == "near":
        return article.span.number
    return bytes.fromhex(article_id(article)) if wanted.unique else None


def print_rows(
    source: Inputs,
    wanted: Filter,
    order: Order,
    printer: Printer,
    rows_of: RowsOf,
    look: Look | None = None,
) -> bool:
    """Print the rows of the wanted articles, in order; return False if there are none.

    Articles whose bytes `look` rejects have no row.
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
    """Return the rows of some articles as bytes, and how many were left out without a date."""
    undated = Undated()
    articles = choose(map(reading.parse, pieces), wanted, undated, lambda a: bool(rows_of(a)))
    rows = [row for article in articles for row in rows_of(article)]
    return (printer.encode(rows) or b"") if rows else b"", undated.count


def note_undated(source: Inputs, undated: Undated) -> None:
    """Say how many articles a filter by date left out."""
    if undated.count:
        count = "1 article" if undated.count == 1 else f"{undated.count} articles"
        source.note(f"{count} left out: no date")
