"""Counting what is in a dump: partial sums that add up to the same, however the dump is cut.

A process counts some articles and gives a `Count`; counts are merged in the order of the dump. What
there may be any number of, credits and places, is bounded: see `Ranking`.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

# At once, not when they are first called: processes made later share them.
from ..captions import find_credit, find_place
from ..model import Article
from ..reader.reading import Piece, Reading
from ..records.fields import article_id, caption_date, photo_date
from ..records.figures import Group, Stats
from .check import Tally
from .repeats import count_repeats
from .selection import Filter, Undated, choose

MOST_KEYS = 100_000
"""Different credits, or places, of which none is forgotten."""

LONGEST_KEY = 200
"""Characters of a credit or a place; of a longer one the rest is left out."""

STRETCH = 16 * 1024 * 1024
"""Bytes after which too many keys are thinned out. Counted from the top of the dump, so that the
same keys fall wherever it was cut to be read."""

Key = str | None


@dataclass(slots=True)
class Sums:
    """What adds up in a group of articles; `captions` are those that put them there."""

    articles: int = 0
    words: int = 0
    captions: int = 0
    first: str | None = None
    last: str | None = None

    def add(self, other: Sums) -> None:
        self.articles += other.articles
        self.words += other.words
        self.captions += other.captions
        self.meet(other.first)
        self.meet(other.last)

    def meet(self, date: str | None) -> None:
        """Widen the range of dates, ISO 8601, to this one."""
        if date is not None:
            if self.first is None or date < self.first:
                self.first = date
            if self.last is None or date > self.last:
                self.last = date


@dataclass(slots=True)
class Ranking:
    """Groups by a key, bounded: when there are more than `MOST_KEYS`, only half as many stay.

    Those with the fewest captions fall. A key that comes again counts from nothing, so its count
    may be too low, by `missed` at most.
    """

    groups: dict[Key, Sums] = field(default_factory=dict)
    missed: int = 0

    def group(self, key: Key) -> Sums:
        sums = self.groups.get(key)
        if sums is None:
            sums = self.groups[key] = Sums()
        return sums

    def merge(self, other: Ranking) -> None:
        for key, sums in other.groups.items():
            self.group(key).add(sums)
        self.missed += other.missed

    def thin_out(self) -> None:
        """Let the rarest keys fall if there are too many; those without a key always stay."""
        if len(self.groups) <= MOST_KEYS:
            return
        without = self.groups.pop(None, None)
        ranked = self.ranked()
        self.missed += ranked[MOST_KEYS // 2][1].captions
        self.groups = dict(ranked[: MOST_KEYS // 2])
        if without is not None:
            self.groups[None] = without

    def ranked(self) -> list[tuple[str, Sums]]:
        """The groups that have a key: most captions first, equal ones by articles, then by key."""
        keyed = [(key, sums) for key, sums in self.groups.items() if key is not None]
        return sorted(keyed, key=lambda g: (-g[1].captions, -g[1].articles, g[0]))


@dataclass(slots=True)
class Count:
    """What was counted in some articles, or in a whole dump. It can be pickled."""

    tally: Tally = field(default_factory=Tally)
    words: int = 0
    paragraphs: int = 0
    captions: int = 0
    duplicate_captions: int = 0
    articles_with_problems: int = 0
    credited: int = 0
    placed: int = 0
    undated: int = 0
    """Articles that a filter by date left out because they have none."""
    dates: Sums = field(default_factory=Sums)
    problems: Counter[str] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)
    """Articles by their words. There are few: a dump with k lengths has k² / 2 words or more."""
    months: Counter[str] = field(default_factory=Counter)
    credits: Ranking = field(default_factory=Ranking)
    places: Ranking = field(default_factory=Ranking)
    years: Ranking = field(default_factory=Ranking)
    ids: array[int] = field(default_factory=lambda: array("Q"))
    """Eight bytes an article."""
    stretch: int = 0
    """Which one, from 0, the articles start in that were merged last."""

    def add(self, article: Article) -> None:
        """Count an article."""
        words = article.words
        self.words += words
        self.lengths[words] += 1
        self.paragraphs += len(article.paragraphs)
        self.duplicate_captions += article.duplicate_captions
        codes = [fault.code for fault in article.find_faults()]
        self.articles_with_problems += bool(codes)
        self.problems.update(codes)
        self.ids.append(int(article_id(article), 16))
        self._add_captions(article, words)

    def _add_captions(self, article: Article, words: int) -> None:
        """Count the captions, and the article once in each of the groups that they put it in."""
        credits: set[Key] = set()
        places: set[Key] = set()
        self.captions += len(article.captions)
        for caption in article.captions:
            date = caption_date(caption.text)
            if date is not None:
                self.dates.captions += 1
                self.dates.meet(date)
                self.months[date[:7]] += 1
            credit, place = _facts(caption.text)
            self.credited += credit is not None
            self.placed += place is not None
            for key, keys, ranking in (
                (credit, credits, self.credits),
                (place, places, self.places),
            ):
                keys.add(key)
                sums = ranking.group(key)
                sums.captions += 1
                sums.meet(date)
        for keys, ranking in ((credits, self.credits), (places, self.places)):
            for key in keys or {None}:
                sums = ranking.group(key)
                sums.articles += 1
                sums.words += words
        day = photo_date(article)
        self.years.group(day and day[:4]).add(Sums(1, words, len(article.captions), day, day))

    def merge(self, other: Count) -> None:
        """Count what another count has, too, and keep to the bounds."""
        self.tally.merge(other.tally)
        self.words += other.words
        self.paragraphs += other.paragraphs
        self.captions += other.captions
        self.duplicate_captions += other.duplicate_captions
        self.articles_with_problems += other.articles_with_problems
        self.credited += other.credited
        self.placed += other.placed
        self.undated += other.undated
        self.dates.add(other.dates)
        self.problems.update(other.problems)
        self.lengths.update(other.lengths)
        self.months.update(other.months)
        self.ids.extend(other.ids)
        if other.stretch != self.stretch:
            self.thin_out()
            self.stretch = other.stretch
        self.credits.merge(other.credits)
        self.places.merge(other.places)
        self.years.merge(other.years)

    def thin_out(self) -> None:
        """Keep to the bounds; `merge` does at the end of a stretch, but not at that of a dump."""
        self.credits.thin_out()
        self.places.thin_out()

    def duplicates(self) -> int:
        """Articles with an id that an earlier one has. Puts the ids in another order."""
        return count_repeats(self.ids)


@lru_cache(maxsize=4096)
def _facts(caption: str) -> tuple[str | None, str | None]:
    """Credit and place; pages that come twice have the same captions."""
    return _key(find_credit(caption)), _key(find_place(caption))


def _key(text: str | None) -> Key:
    """What is counted under: short enough that all keys together are, too."""
    return text[: LONGEST_KEY - 1] + "…" if text and len(text) > LONGEST_KEY else text


def count_articles(wanted: Filter, reading: Reading, tiles: Sequence[Piece]) -> list[Count]:
    """Counts of some tiles of a dump that follow one another, one a stretch of the dump.

    `Filter.unique` is not heeded: for that, one must know all articles before.
    """
    counts: list[Count] = []
    is_filtered = wanted != Filter()
    for tile in tiles:
        stretch = tile.span.start // STRETCH
        if not counts or counts[-1].stretch != stretch:
            counts.append(Count(stretch=stretch))
        count = counts[-1]
        article = reading.parse(tile) if tile.span.number else None
        if is_filtered and not (article and _is_wanted(article, wanted, count)):
            continue
        count.tally.add(tile, article)
        if article:
            count.add(article)
    return counts


def _is_wanted(article: Article, wanted: Filter, count: Count) -> bool:
    undated = Undated()
    found = any(True for _ in choose([article], wanted, undated, lambda _: True))
    count.undated += undated.count
    return found


def summarise(
    count: Count, dump: str | None, layout: str | None, encoding: str | None, top: int | None
) -> Stats:
    """The record of what was counted, with the `top` most frequent credits and places."""
    tally = count.tally
    duplicates = count.duplicates()
    problems = count.problems + Counter({"duplicate-article": duplicates})
    return Stats(
        dump=dump,
        layout=layout,
        encoding=encoding,
        articles=tally.articles,
        words=count.words,
        paragraphs=count.paragraphs,
        captions=count.captions,
        duplicate_articles=duplicates,
        duplicate_captions=count.duplicate_captions,
        articles_with_problems=count.articles_with_problems,
        dated=count.dates.captions,
        credited=count.credited,
        placed=count.placed,
        first_date=count.dates.first,
        last_date=count.dates.last,
        header_bytes=tally.header_bytes,
        body_bytes=tally.body_bytes,
        other_bytes=tally.other_bytes,
        evidence=tally.evidence,
        problems=problems,
        lengths=count.lengths,
        months=count.months,
        credits=list(_groups(count.credits, dump, "credit"))[:top],
        places=list(_groups(count.places, dump, "place"))[:top],
        distinct_credits=_distinct(count.credits),
        distinct_places=_distinct(count.places),
        credits_missed=count.credits.missed,
        places_missed=count.places.missed,
    )


def _distinct(ranking: Ranking) -> int | None:
    return None if ranking.missed else len(ranking.groups) - (None in ranking.groups)


def find_groups(count: Count, dump: str | None, by: str, top: int | None) -> list[Group]:
    """The groups by credit or place, the most frequent first, or by year, the earliest first.

    With `top` only so many, of years the latest; what has none comes last, and always.
    """
    if by == "year":
        years = sorted(_groups(count.years, dump, by), key=lambda group: group.key or "")
        found = years[-top:] if top else years
        ranking = count.years
    else:
        ranking = count.credits if by == "credit" else count.places
        found = list(_groups(ranking, dump, by))[:top]
    without = ranking.groups.get(None)
    if without is not None:
        found.append(_group(dump, by, None, without))
    return found


def _groups(ranking: Ranking, dump: str | None, by: str) -> Iterator[Group]:
    return (_group(dump, by, key, sums) for key, sums in ranking.ranked())


def _group(dump: str | None, by: str, key: Key, sums: Sums) -> Group:
    return Group(dump, by, key, sums.articles, sums.words, sums.captions, sums.first, sums.last)
