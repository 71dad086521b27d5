"""Find the similar texts among a few thousand candidates by comparing them exactly, in pairs."""

from __future__ import annotations

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .shingles import Shingles, own_grams

FEW = 64
"""Up to this many texts, each is compared with every other; above it, an index first tells which
may be similar."""

SHORT = 50
"""If a text has fewer shingles than this, the pair must be more similar than the threshold."""

STORY = 200
"""If a text of this many shingles or more is nothing but furniture below its title, it is a story
that many papers print, each under a headline of its own."""

MOST_GRAMS = 1_000_000
"""The most shingles held at a time; each takes about 70 bytes."""

_COUNTERS = 1 << 20


class Text(NamedTuple):
    """A text in the form in which it is compared."""

    grams: frozenset[int]
    own: frozenset[int]
    """The shingles that touch no furniture; the same object if there is no furniture, or only that.
    """


class Texts:
    """Texts that are read when needed; the most recent ones are kept in memory."""

    def __init__(
        self, read: Callable[[int], Shingles], is_furniture: Callable[[int], bool]
    ) -> None:
        self._read = read
        self._is_furniture = is_furniture
        self._held: OrderedDict[int, Text] = OrderedDict()
        self._grams = 0

    def text(self, place: int) -> Text:
        """Return the text with number `place`."""
        text = self._held.get(place)
        if text is not None:
            self._held.move_to_end(place)
            return text
        stored = self._read(place)
        grams = frozenset(stored.grams)
        own = grams
        furniture = frozenset(filter(self._is_furniture, stored.units))
        others = sum([unit not in furniture for unit in stored.units])
        if furniture and (others > 1 or len(grams) < STORY):
            own = own_grams(stored, furniture)
        text = self._held[place] = Text(grams, own)
        self._grams += len(grams)
        while self._grams > MOST_GRAMS and len(self._held) > 2:
            self._grams -= len(self._held.popitem(last=False)[1].grams)
        return text


def similarity(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the Jaccard similarity of two sets; 0 if both are empty."""
    shared = len(one & other)
    either = len(one) + len(other) - shared
    return shared / either if either else 0.0


def needed(threshold: float, size: int) -> float:
    """Return how similar two texts must be if the shorter one has `size` shingles."""
    if size >= SHORT:
        return threshold
    return 1 - (1 - threshold) * size / SHORT


def near(one: Text, other: Text, threshold: float) -> float | None:
    """Return the similarity of two texts; None if it is too low, or due to furniture."""
    if not _may_be(one.grams, other.grams, threshold):
        return None
    found = similarity(one.grams, other.grams)
    if found < threshold:
        return None
    own = found
    if one.own is not one.grams or other.own is not other.grams:
        own = similarity(one.own, other.own)
    size = min(len(one.own), len(other.own))
    return found if own >= needed(threshold, size) else None


def _may_be(one: frozenset[int], other: frozenset[int], threshold: float) -> bool:
    """Return False if the lengths of two texts differ so much that they cannot be similar."""
    short, long = sorted((len(one), len(other)))
    return short >= threshold * long


def find_groups(texts: Texts, places: Sequence[int], threshold: float) -> Iterator[list[int]]:
    """Yield groups of texts that are similar to one another, directly or through other texts.

    `places` are the numbers of the texts, in ascending order, and so is each group; a text that is
    similar to no other is in no group.
    """
    peers = _peers(texts, places, threshold)
    left = dict.fromkeys(places)
    for first in places:
        if first not in left:
            continue
        del left[first]
        group = [first]
        # The group grows during this loop.
        for place in group:
            text = texts.text(place)
            for other in peers(place, left):
                if near(text, texts.text(other), threshold) is not None:
                    del left[other]
                    group.append(other)
        if len(group) > 1:
            yield sorted(group)


def find_pairs(
    texts: Texts, places: Sequence[int], threshold: float
) -> Iterator[tuple[int, int, float]]:
    """Yield each two texts that are similar, the lower number first, and their similarity."""
    peers = _peers(texts, places, threshold)
    left = dict.fromkeys(places)
    for place in places:
        del left[place]
        text = texts.text(place)
        for other in peers(place, left):
            found = near(text, texts.text(other), threshold)
            if found is not None:
                yield place, other, found


Peers = Callable[[int, dict[int, None]], list[int]]
"""Returns, in ascending order, which of the texts that are left may be similar to the given one."""


def _peers(texts: Texts, places: Sequence[int], threshold: float) -> Peers:
    if len(places) <= FEW:
        return lambda place, left: list(left)
    return _Index(texts, places, threshold).peers


class _Index:
    """Tells which texts share one of their rarest shingles.

    Two texts of n shingles whose similarity reaches the threshold t differ in so few that they
    share one of the first (1 - t) n + 1 in any order; with the rarest first, few other texts share
    one. Uses about a kilobyte of memory per text.
    """

    def __init__(self, texts: Texts, places: Sequence[int], threshold: float) -> None:
        self._texts = texts
        self._threshold = threshold
        # Any order will do as long as it is always the same, so shingles may share a counter.
        self._counts = array("I", [0]) * _COUNTERS
        for place in places:
            for gram in texts.text(place).grams:
                self._counts[gram % _COUNTERS] += 1
        holding = array("I", [0]) * _COUNTERS
        for place in places:
            for gram in self._rarest(place):
                holding[gram % _COUNTERS] += 1
        self._places: defaultdict[int, list[int]] = defaultdict(list)
        for place in places:
            for gram in self._rarest(place):
                if holding[gram % _COUNTERS] > 1:
                    self._places[gram].append(place)

    def _rarest(self, place: int) -> list[int]:
        counts = self._counts
        grams = self._texts.text(place).grams
        # One more than necessary: a product of fractions may be slightly too large.
        size = len(grams) - int(self._threshold * len(grams)) + 1
        return sorted(grams, key=lambda gram: (counts[gram % _COUNTERS], gram))[:size]

    def peers(self, place: int, left: dict[int, None]) -> list[int]:
        found: set[int] = set()
        for gram in self._rarest(place):
            holding = self._places.get(gram)
            if holding:
                # Texts that are no longer left never need to be looked at again.
                holding[:] = [other for other in holding if other in left]
                found.update(holding)
        return sorted(found)
