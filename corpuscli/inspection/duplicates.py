"""Find articles that are the same, or nearly: first by sketches of all, then by some texts.

The dumps are read twice. `make_sketches` returns each article's id and a sketch of its text; a
`Search` collects them and says which articles must be read again: those whose id appears twice, and
those whose sketches agree in a band. `make_copies` reads these, and `Search.settle` compares their
texts.
"""

from __future__ import annotations

import pickle
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from tempfile import TemporaryFile
from typing import NamedTuple

from ..model import Article
from ..reader.reading import Piece, Reading
from ..records.differences import Edition
from ..records.duplicates import Copy
from ..records.fields import article_date, article_id, article_line, photo_date
from .furniture import TITLES, Furniture
from .selection import Filter, Undated, choose
from .shingles import Banding, Shingles, shingles, sketch
from .similar import Texts, find_groups, find_pairs, similarity

THRESHOLD = 0.8

LOWEST = 0.3
"""The lowest threshold: below it nearly every two articles are compared."""

ALONE, TOLD, COMPARED = range(3)
"""What is wanted of an article when it is read again: nothing, its record, its text as well."""


class Wanted(NamedTuple):
    """Which articles are compared, and how."""

    threshold: float | None = THRESHOLD
    """None: only those with the same id are the same."""
    only: Filter = Filter()


class Sketches(NamedTuple):
    """Some articles that follow one another. It can be pickled."""

    numbers: array[int]
    digests: array[int]
    """Their ids, as numbers."""
    bands: array[int]
    """One per band of the sketch for each article; 0 if it has no text to compare."""
    units: array[int]
    """A hash of each title and paragraph."""
    titles: array[int]
    """For each of these, a hash of the title above it."""
    undated: int
    """Articles that a filter by date left out because they have no date."""


def make_sketches(wanted: Wanted, reading: Reading, pieces: Sequence[Piece]) -> Sketches:
    """Return the sketches of the wanted ones among some articles."""
    made = Sketches(array("I"), array("Q"), array("I"), array("Q"), array("B"), 0)
    banding = None if wanted.threshold is None else Banding.of(wanted.threshold)
    undated = Undated()
    for article in choose(map(reading.parse, pieces), wanted.only, undated, lambda _: True):
        made.numbers.append(article.span.number)
        made.digests.append(int(article_id(article), 16))
        if banding is not None:
            bands, units = sketch(article, banding)
            made.bands.extend(bands or [0] * banding.bands)
            made.units.extend(units)
            title = units[0] % TITLES if units and article.title else 0
            made.titles.extend([title] * len(units))
    return made._replace(undated=undated.count)


class Read(NamedTuple):
    """An article that was read again. It can be pickled."""

    digest: int
    record: bytes
    """Pickled, as `text`: what reads it back need not do so in turn."""
    text: bytes
    """Empty if it is not compared."""


def make_copies(
    flags: Sequence[bytes], reading: Reading, pieces: Sequence[Piece]
) -> list[tuple[int, Read]]:
    """Return what is wanted of some articles, each after its number.

    `flags` tell it for each dump by the number of the article.
    """
    of_dump = flags[reading.position]
    made = []
    for piece in pieces:
        number = piece.span.number
        flag = of_dump[number] if number < len(of_dump) else ALONE
        if flag == ALONE:
            continue
        article = reading.parse(piece)
        text = pickle.dumps(shingles(article)) if flag == COMPARED else b""
        digest = int(article_id(article), 16)
        made.append((number, Read(digest, pickle.dumps(tuple(_copy(article))), text)))
    return made


def make_editions(
    flags: Sequence[bytes], reading: Reading, pieces: Sequence[Piece]
) -> list[tuple[int, Edition]]:
    """Return the wanted articles with their paragraphs, each after its number."""
    of_dump = flags[reading.position]
    found = []
    for piece in pieces:
        number = piece.span.number
        if number < len(of_dump) and of_dump[number]:
            found.append((number, _edition(reading.parse(piece))))
    return found


def _copy(article: Article) -> Copy:
    return Copy(
        dump=article.dump,
        number=article.span.number,
        id=article_id(article),
        date=article_date(article),
        words=article.words,
        title=article.title.text if article.title else None,
    )


def _edition(article: Article) -> Edition:
    return Edition(
        number=article.span.number,
        id=article_id(article),
        line=article_line(article),
        title=article.title.text if article.title else None,
        photo_date=photo_date(article),
        words=article.words,
        paragraphs=tuple(paragraph.text for paragraph in article.paragraphs),
    )


class Search:
    """The articles of some dumps, and which of them are the same.

    An article has an index, from 0 in the order in which they were read, and its text a place;
    articles with the same id share one. Takes about 400 bytes of memory per article at the usual
    threshold: its id in a dictionary, four bytes for each band, and some numbers.
    """

    def __init__(self, threshold: float | None) -> None:
        self._threshold = threshold
        self._banding = None if threshold is None else Banding.of(threshold)
        self._known: dict[int, int] = {}
        self._numbers = array("I")
        self._places = array("I")
        self._bands = array("I")
        self._starts: list[int] = []
        self._spool = TemporaryFile()
        self._again = array("I")
        """The indexes of the articles that were read again, and where they are in the file."""
        self._offsets = array("Q")
        self._firsts = array("I")
        """The index of the first article of each place."""
        self._furniture = Furniture()
        self._groups = array("I")
        """For each article its group, from 1 in the order of their first articles; 0 for none."""
        self._members = array("I")
        self._ends = array("I")
        """The articles of all groups, and where each group ends among them."""

    def __enter__(self) -> Search:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the temporary file back."""
        self._spool.close()

    @property
    def dumps(self) -> int:
        """Return the number of dumps that have begun."""
        return len(self._starts)

    def begin_dump(self) -> None:
        """Note that the articles that follow are of another dump."""
        self._starts.append(len(self._numbers))

    def add(self, sketches: Sketches) -> None:
        """Take in some articles, in the order of the dump."""
        self._numbers.extend(sketches.numbers)
        width = self._banding.bands if self._banding else 0
        for at, digest in enumerate(sketches.digests):
            place = self._known.setdefault(digest, len(self._known))
            if place == len(self._firsts):
                self._firsts.append(len(self._places))
                self._bands.extend(sketches.bands[at * width : (at + 1) * width])
            self._places.append(place)
        self._furniture.add(sketches.units, sketches.titles)

    def flags(self, *, told: bool) -> list[bytes]:
        """Return what is wanted of each article of each dump, by its number.

        Without `told`, the records of articles are not wanted.
        """
        candidates = _Sets(len(self._firsts))
        copies = array("I", [0]) * len(self._firsts)
        for place in self._places:
            copies[place] += 1
        self._join_bands(candidates)
        self._candidates = candidates
        found = []
        for start, end in self._dumps():
            of_dump = bytearray(self._numbers[end - 1] + 1 if end > start else 0)
            for index in range(start, end):
                place = self._places[index]
                if candidates.is_joined(place) and self._firsts[place] == index:
                    of_dump[self._numbers[index]] = COMPARED
                elif told and (candidates.is_joined(place) or copies[place] > 1):
                    of_dump[self._numbers[index]] = TOLD
            found.append(bytes(of_dump))
        return found

    def _join_bands(self, candidates: _Sets) -> None:
        """Join the places that have a band in common."""
        width = self._banding.bands if self._banding else 0
        size = 4 * len(self._firsts) + 1
        for band in range(width):
            values = self._bands[band::width]
            # Most values occur once, and need not be remembered one by one.
            once, twice = bytearray(size), bytearray(size)
            for value in values:
                cell = value % size
                if once[cell]:
                    twice[cell] = 1
                once[cell] = 1
            del once
            firsts: dict[int, int] = {}
            for place, value in enumerate(values):
                if value and twice[value % size]:
                    other = firsts.setdefault(value, place)
                    if other != place:
                        candidates.join(other, place)
        self._bands = array("I")

    def _dumps(self) -> Iterator[tuple[int, int]]:
        return pairwise([*self._starts, len(self._numbers)])

    def index_of(self, dump: int, number: int) -> int | None:
        """Return the index of an article that was compared, by the position of its dump."""
        start = self._starts[dump]
        end = self._starts[dump + 1] if dump + 1 < len(self._starts) else len(self._numbers)
        at = bisect_left(self._numbers, number, start, end)
        return at if at < end and self._numbers[at] == number else None

    def keep(self, dump: int, read: Iterable[tuple[int, Read]]) -> bool:
        """Keep what was read again; return False if an article has changed."""
        for number, one in read:
            index = self.index_of(dump, number)
            if index is None or self._known.get(one.digest) != self._places[index]:
                return False
            self._again.append(index)
            self._offsets.append(self._spool.tell())
            pickle.dump((one.record, one.text), self._spool)
        return True

    def _read(self, index: int) -> tuple[bytes, bytes]:
        self._spool.seek(self._offsets[bisect_left(self._again, index)])
        found: tuple[bytes, bytes] = pickle.load(self._spool)
        return found

    def copy(self, index: int) -> Copy:
        """Return the record of an article that was read again."""
        return Copy(*pickle.loads(self._read(index)[0]))

    def _shingles(self, place: int) -> Shingles:
        found: Shingles = pickle.loads(self._read(self._firsts[place])[1])
        return found

    def settle(self, *, across: bool = False) -> None:
        """Compare the texts that were read again, and form the groups.

        With `across` only those with articles of several dumps.
        """
        self._texts = Texts(self._shingles, self._furniture.test())
        groups = _Sets(len(self._firsts))
        for places in self._candidates.sets():
            assert self._threshold is not None
            for group in find_groups(self._texts, places, self._threshold):
                for place in group:
                    groups.join(group[0], place)
        self._number_groups(groups, across)

    def _number_groups(self, groups: _Sets, across: bool) -> None:
        sizes = array("I", [0]) * len(self._firsts)
        dumps = array("I", [0]) * len(self._firsts)
        spans = bytearray(len(self._firsts))
        for position, (start, end) in enumerate(self._dumps()):
            for index in range(start, end):
                root = groups.root(self._places[index])
                sizes[root] += 1
                spans[root] |= dumps[root] not in (0, position + 1)
                dumps[root] = position + 1
        counts = array("I", [0])
        named: dict[int, int] = {}
        for place in self._places:
            root = groups.root(place)
            if sizes[root] < 2 or (across and not spans[root]):
                self._groups.append(0)
                continue
            group = named.setdefault(root, len(named) + 1)
            if group == len(counts):
                counts.append(0)
            counts[group] += 1
            self._groups.append(group)
        total = 0
        for count in counts:
            total += count
            self._ends.append(total)
        ends = array("I", [0, *self._ends[:-1]])
        self._members = array("I", [0]) * total
        for index, group in enumerate(self._groups):
            if group:
                self._members[ends[group]] = index
                ends[group] += 1

    @property
    def count(self) -> int:
        """Return the number of groups."""
        return max(0, len(self._ends) - 1)

    def group_of(self, dump: int, number: int) -> int:
        """Return the group of an article, from 1; 0 if it is in none."""
        index = self.index_of(dump, number)
        return 0 if index is None else self._groups[index]

    def members(self, group: int) -> Sequence[int]:
        """Return the indexes of the articles of a group, in order."""
        return self._members[self._ends[group - 1] : self._ends[group]]

    def similarities(self, group: int) -> Iterator[tuple[int, float]]:
        """Yield the articles of a group with their similarity to its first."""
        members = self.members(group)
        first = self._places[members[0]]
        for index in members:
            place = self._places[index]
            if place == first:
                yield index, 1.0
            else:
                one, other = self._texts.text(first), self._texts.text(place)
                yield index, similarity(one.grams, other.grams)

    def pairs(self, group: int) -> Iterator[tuple[int, int, float]]:
        """Yield every two articles of a group that are the same, and their similarity."""
        members = self.members(group)
        copies: dict[int, list[int]] = {}
        for index in members:
            copies.setdefault(self._places[index], []).append(index)
        found: list[tuple[int, int, float]] = []
        for indexes in copies.values():
            found += ((a, b, 1.0) for at, a in enumerate(indexes) for b in indexes[at + 1 :])
        if len(copies) > 1:
            assert self._threshold is not None
            places = sorted(copies)
            for one, other, value in find_pairs(self._texts, places, self._threshold):
                found += ((min(a, b), max(a, b), value) for a in copies[one] for b in copies[other])
        yield from sorted(found)

    def flags_of(self, group: int) -> list[bytes]:
        """Return for each dump which articles are in a group, by their numbers."""
        flags = [bytearray() for _ in self._starts]
        for index in self.members(group):
            of_dump = flags[self.dump_of(index)]
            of_dump.extend(bytes(self._numbers[index] + 1 - len(of_dump)))
            of_dump[self._numbers[index]] = 1
        return [bytes(one) for one in flags]

    def dump_of(self, index: int) -> int:
        """Return the position of the dump of an article."""
        return bisect_right(self._starts, index) - 1

    def left_out(self, dump: int | None = None) -> int:
        """Return how many articles are in a group with an earlier one, of that dump or of all."""
        if dump is None:
            return len(self._members) - self.count
        start, end = list(self._dumps())[dump]
        groups = [group for group in self._groups[start:end] if group]
        return len(groups) - len(set(groups))


class _Sets:
    """Numbers that are joined into sets; takes four bytes for each."""

    def __init__(self, size: int) -> None:
        self._above = array("I", range(size))
        self._is_joined = bytearray(size)

    def root(self, number: int) -> int:
        """Return the number that stands for a set: its lowest."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Join the sets that two numbers are in."""
        first, second = sorted((self.root(one), self.root(other)))
        self._above[second] = first
        if one != other:
            self._is_joined[one] = self._is_joined[other] = 1

    def is_joined(self, number: int) -> bool:
        """Return True if a number is in a set with others."""
        return bool(self._is_joined[number])

    def sets(self) -> Iterator[list[int]]:
        """Yield every set of two numbers or more, ascending, by their lowest numbers."""
        found: dict[int, array[int]] = {}
        for number, joined in enumerate(self._is_joined):
            if joined:
                found.setdefault(self.root(number), array("I")).append(number)
        while found:
            yield list(found.pop(next(iter(found))))
