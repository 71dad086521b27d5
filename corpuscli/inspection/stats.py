"""Count what is in a dump: partial sums that give the same totals wherever the dump is cut.

A process counts some articles and returns a `Count`; counts are merged in the order of the dump.
Credits and places, of which there can be any number, are bounded: see `Ranking`.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

# Import these now, not at the first call, so that worker processes share them.
from ..captions import read_caption
from ..model import Article
from ..reader.reading import Piece, Reading
from ..records.fields import article_id
from ..records.figures import Group, Stats
from .check import Tally
from .repeats import count_repeats
from .selection import Filter, Undated, choose

MOST_KEYS = 100_000
"""The most different credits, or places, that are all kept."""

LONGEST_KEY = 200
"""The most characters of a credit or a place; a longer one is cut."""

STRETCH = 16 * 1024 * 1024
"""After this many bytes, excess keys are dropped. Stretches count from the top of the dump, so that
the same keys are dropped wherever the dump is cut for reading."""

Key = str | None


@dataclass(slots=True)
class Sums:
    """Sums over a group of articles; `captions` counts those that put them in the group."""

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
        """Extend the range of dates, ISO 8601, to include `date`."""
        if date is not None:
            if self.first is None or date < self.first:
                self.first = date
            if self.last is None or date > self.last:
                self.last = date


@dataclass(slots=True)
class Ranking:
    """Groups by key, bounded: when there are more than `MOST_KEYS`, only half as many stay.

    Those with the fewest captions are dropped. A key that appears again counts from zero, so its
    count may be too low, by up to `missed`.
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
        """Drop the rarest keys if there are too many; the group without a key always stays."""
        if len(self.groups) <= MOST_KEYS:
            return
        without = self.groups.pop(None, None)
        ranked = self.ranked()
        self.missed += ranked[MOST_KEYS // 2][1].captions
        self.groups = dict(ranked[: MOST_KEYS // 2])
        if without is not None:
            self.groups[None] = without

    def ranked(self) -> list[tuple[str, Sums]]:
        """Return the groups that have a key: most captions first, then by articles, then by key."""
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
    """The number of articles that a date filter left out because they have no date."""
    dates: Sums = field(default_factory=Sums)
    problems: Counter[str] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)
    """Articles by number of words. It stays small: a dump with k lengths has at least k² / 2 words.
    """
    months: Counter[str] = field(default_factory=Counter)
    credits: Ranking = field(default_factory=Ranking)
    places: Ranking = field(default_factory=Ranking)
    years: Ranking = field(default_factory=Ranking)
    ids: array[int] = field(default_factory=lambda: array("Q"))
    """Eight bytes per article."""
    stretch: int = 0
    """The 0-based stretch in which the articles start that were merged last."""

    def add(self, article: Article) -> None:
        """Count an article."""
        words = article.words
        self.words += words
        self.lengths[words] += 1
        self.paragraphs += article.paragraph_count
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
        day = None
        found = article.captions
        self.captions += len(found)
        for caption in found:
            date, place, credit = read_caption(caption.text)
            if date is not None:
                self.dates.captions += 1
                self.dates.meet(date)
                self.months[date[:7]] += 1
                day = max(day or date, date)
            self.credited += credit is not None
            self.placed += place is not None
            for text, keys, ranking in (
                (credit, credits, self.credits),
                (place, places, self.places),
            ):
                key = _key(text)
                keys.add(key)
                sums = ranking.group(key)
                sums.captions += 1
                sums.meet(date)
        for keys, ranking in ((credits, self.credits), (places, self.places)):
            for key in keys or {None}:
                sums = ranking.group(key)
                sums.articles += 1
                sums.words += words
        self.years.group(day and day[:4]).add(Sums(1, words, len(found), day, day))

    def merge(self, other: Count) -> None:
        """Add another count to this one, and stay within the bounds."""
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
        """Stay within the bounds; `merge` does so at the end of a stretch, but not of a dump."""
        self.credits.thin_out()
        self.places.thin_out()

    def duplicates(self) -> int:
        """Return how many articles have the id of an earlier one; changes the order of the ids."""
        return count_repeats(self.ids)


def _key(text: str | None) -> Key:
    """Return the key to count under, short enough to bound the memory of all keys together."""
    return text[: LONGEST_KEY - 1] + "…" if text and len(text) > LONGEST_KEY else text


def count_articles(wanted: Filter, reading: Reading, tiles: Sequence[Piece]) -> list[Count]:
    """Return counts of consecutive tiles of a dump, one per stretch.

    `Filter.unique` is ignored, because it needs to know all articles before.
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
    """Return the record of what was counted, with the `top` most frequent credits and places."""
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
    """Return the groups by credit or place, most frequent first, or by year, earliest first.

    With `top`, only that many, and of years the latest; the group without a key is always included,
    last.
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
