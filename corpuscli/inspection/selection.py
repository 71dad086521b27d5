"""Decide which articles are wanted: selectors such as `2,4-6,last`, and date and title filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ..errors import UsageError
from ..model import Article
from ..records.fields import article_date

_SELECTOR = (
    r"(?P<start>first)|last(?:(?P<last>)|-(?P<back>[0-9]{1,18}))"
    r"|id:(?P<id>[0-9a-f]{4,12})|(?P<bare>(?=[0-9]*[a-f])[0-9a-f]{4,12}|[0-9a-f]{12})"
    r"|(?P<first>[0-9]+)(?P<dash>-(?P<until>[0-9]*))?"
)

FARTHEST = 1000
"""How far back from the last article one can be selected: those articles are kept in memory."""


class Numbers(NamedTuple):
    """The articles `first` to `last`, 1-based and inclusive; if `last` is None, to the end."""

    first: int
    last: int | None
    wanted: str
    """As the user wrote it."""


class Selector(NamedTuple):
    """What `show` was asked for."""

    numbers: tuple[Numbers, ...]
    ids: tuple[str, ...]
    """Prefixes of ids, in lower case."""
    from_last: frozenset[int]
    """How many articles before the last one each is; 0 is the last itself."""

    @property
    def reach(self) -> int:
        """Return how many of the last articles may be wanted."""
        return max(self.from_last, default=-1) + 1

    def has_number(self, number: int) -> bool:
        return any(n.first <= number and (n.last is None or number <= n.last) for n in self.numbers)

    def ends_before(self, number: int) -> bool:
        """Return True if no article from `number` on can be wanted."""
        if self.ids or self.from_last:
            return False
        return all(n.last is not None and n.last < number for n in self.numbers)


EVERYTHING = Selector((Numbers(1, None, "1-"),), (), frozenset())


def is_selector(text: str) -> bool:
    """Return True if `text` is a selector."""
    try:
        parse_selector(text)
    except UsageError:
        return False
    return True


def parse_selector(text: str) -> Selector:
    """Return the selector written as `text`; raise UsageError if it is not a valid one."""
    numbers: list[Numbers] = []
    ids: list[str] = []
    from_last: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(_SELECTOR, part.strip(), re.IGNORECASE)
        if match is None:
            reason = (
                f"{part!r} is not a valid selector; write a number (2), a range (4-6, 4-), first, "
                "last, last-1, or an id (4 digits or more)"
            )
            raise UsageError("", reason)
        if match["start"]:
            numbers.append(Numbers(1, 1, match[0]))
        elif match["last"] is not None:
            from_last.add(0)
        elif match["back"]:
            from_last.add(_back(match))
        elif digits := match["id"] or match["bare"]:
            ids.append(digits.lower())
        else:
            numbers.append(_numbers(match))
    return Selector(tuple(numbers), tuple(ids), frozenset(from_last))


def _back(match: re.Match[str]) -> int:
    back = int(match["back"])
    if back > FARTHEST:
        raise UsageError("", f"{match[0]!r}: last-N goes back {FARTHEST:,} articles at most")
    return back


def _numbers(match: re.Match[str]) -> Numbers:
    first = _small(match["first"])
    last = first
    if match["dash"]:
        last = _small(match["until"]) if match["until"] else 0
    if first == 0:
        raise UsageError("", f"{match[0]!r}: articles are numbered from 1")
    if match["until"] and last < first:
        raise UsageError("", f"{match[0]!r} ends before it starts")
    return Numbers(first, None if match["dash"] and not match["until"] else last, match[0])


def _small(digits: str) -> int:
    """Return the number, or one that no article has: even a thousand digits are a number."""
    return int(digits[:18]) if len(digits) <= 18 else 10**18


class Filter(NamedTuple):
    """Which articles `list`, `grep` and `split` were asked for."""

    since: str | None = None
    """ISO 8601, inclusive: of the article's own day, else of its photos'."""
    until: str | None = None
    title: Callable[[str], bool] | None = None
    unique: str | None = None
    """Keep only the first of several articles that are the same: by id (exact), or nearly (near).
    """

    @property
    def is_by_date(self) -> bool:
        return self.since is not None or self.until is not None


class Undated:
    """How many articles a filter by date left out because they have no date."""

    __slots__ = ("count",)

    def __init__(self, count: int = 0) -> None:
        self.count = count


def choose(
    articles: Iterable[Article],
    wanted: Filter,
    undated: Undated,
    counts: Callable[[Article], bool],
) -> Iterator[Article]:
    """Yield the articles that pass the filter `wanted`.

    `unique` is ignored, because it needs to know all articles before. Of the articles without a
    date, `undated` counts those that would have led to some output: `counts` decides.
    """
    for article in articles:
        if wanted.title and not (article.title and wanted.title(article.title.text)):
            continue
        if wanted.is_by_date:
            date = article_date(article)
            if date is None:
                undated.count += counts(article)
                continue
            if (wanted.since and date < wanted.since) or (wanted.until and date > wanted.until):
                continue
        yield article


def parse_bound(text: str, *, upper: bool) -> str:
    """Return the day that bounds a date range, ISO 8601; raise UsageError for an invalid date.

    A year or a month stands for its first day as a lower bound, and for its last day as an upper
    bound.
    """
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", text.strip())
    parts = [int(part) for part in match.groups() if part] if match else _read_date(text)
    if parts:
        year = parts[0]
        month = parts[1] if len(parts) > 1 else (12 if upper else 1)
        if year and 1 <= month <= 12:
            from calendar import monthrange

            days = monthrange(year, month)[1]
            day = parts[2] if len(parts) > 2 else (days if upper else 1)
            if 1 <= day <= days:
                return f"{year:04}-{month:02}-{day:02}"
    way = "2024, 2024-03, 2024-03-05, 5 March 2024, yesterday, 7d or 2 weeks ago"
    if len(re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", text)) == 2:
        way = "one day; a range is --since DATE --until DATE"
    raise UsageError("", f"{text!r} is not a date; write {way}")


def _read_date(text: str) -> list[int]:
    """Return year, month and day of a date in words, as far as they are written.

    The list is empty if the text is not a date.
    """
    from datetime import datetime

    from dateutil.parser import ParserError, parse

    from ..captions import only_date

    if day := only_date(text):
        return [int(part) for part in day.split("-")]
    # In digits alone, a date that `only_date` rejects may be either of two days: 03/04/2024.
    if len(text) > 40 or not re.search(r"[^\W\d].*(?<![0-9])[0-9]{4}(?![0-9])", text):
        return []
    try:
        # A part that is the same with two different defaults was written, not filled in.
        one = parse(text, default=datetime(1904, 1, 1), ignoretz=True)
        other = parse(text, default=datetime(1908, 2, 2), ignoretz=True)
    except (ParserError, OverflowError, ValueError, TypeError):
        return []
    if one.year != other.year:
        return []
    if one.month != other.month:
        return [one.year] if one.day != other.day else []
    return [one.year, one.month] + ([one.day] if one.day == other.day else [])
