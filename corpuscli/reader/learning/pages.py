"""The pages of a dump: where one begins, where its body is, and which of its lines are frame."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .keys import GAP, LABEL, Key, Line
from .rhythm import Anchor, Rhythm, in_order, is_free, is_text


class Begin(NamedTuple):
    """How a page begins: at a key, or below one."""

    key: Key
    is_after: bool
    cover: bool


class Pages(NamedTuple):
    """The whole pages of a sample."""

    lines: Sequence[Line]
    positions: dict[Key, list[int]]
    begin: Begin
    spans: tuple[tuple[int, int], ...]
    """The lines `[first, end)` of each page."""
    anchors: tuple[Anchor, ...]
    """In the order of a page; their places are those of `spans`."""
    first: int
    """The anchor above the body; -1 where the body begins with the page."""
    last: int
    """The anchor below it; the number of anchors where it ends with the page."""

    def bounds(self, page: int) -> tuple[int, int]:
        """The lines `[first, end)` of a page in which its body is, anchors excluded."""
        start, end = self.spans[page]
        for anchor in self.anchors[: self.first + 1]:
            if anchor.at[page] >= 0:
                start = max(start, anchor.at[page] + 1)
        for anchor in self.anchors[self.last :]:
            if anchor.at[page] >= 0:
                end = min(end, max(start, anchor.at[page]))
        return start, end


def find_pages(
    lines: Sequence[Line], positions: dict[Key, list[int]], rhythm: Rhythm, whole: bool
) -> Pages | None:
    """Return the pages of that rhythm; `whole` says that the sample begins as the dump does."""
    begin = _begin(positions, rhythm, whole, len(lines))
    places = positions[begin.key]
    step = 1 if begin.is_after else 0
    firsts = [place + step for place in places]
    if (begin.is_after or begin.key[0] == GAP) and firsts[0] > 0:
        firsts.insert(0, 0)
    ends = [*firsts[1:], len(lines)]
    spans = [(one, end) for one, end in zip(firsts, ends, strict=True) if end > one]
    often = []
    for anchor in rhythm.anchors:
        at = tuple(_once(positions[anchor.key], *span) for span in spans)
        if sum(place >= 0 for place in at) >= 0.85 * len(spans):
            often.append(Anchor(anchor.key, at))
    anchors = in_order(often, len(spans))
    found = _body(lines, positions, spans, anchors)
    if found is None:
        return None
    first, last = found
    return Pages(lines, positions, begin, tuple(spans), anchors, first, last)


def _once(places: list[int], start: int, end: int) -> int:
    """The one place in `[start, end)`; -1 if there is none, or more."""
    low = bisect_left(places, start)
    return places[low] if bisect_left(places, end) - low == 1 else -1


def _begin(positions: dict[Key, list[int]], rhythm: Rhythm, whole: bool, count: int) -> Begin:
    """Where a page begins: where the dump does, or below the line that ends a page."""
    anchors = rhythm.anchors
    first = min(anchors, key=lambda one: positions[one.key][0])
    before = positions[first.key][0]
    place = anchors.index(first)
    last = anchors[place - 1]
    gaps = sorted(
        (at - end if at > end else other - end)
        for at, end, other in zip(first.at, last.at, (*first.at[1:], -1), strict=True)
        if at >= 0 and end >= 0 and other >= 0
    )
    usual = gaps[int(0.97 * (len(gaps) - 1))] - 1 if gaps else 0
    between = gaps[len(gaps) // 2] - 1 if gaps else 0
    if rhythm.counter is not None and positions[rhythm.counter][0] <= before:
        return Begin(rhythm.counter, False, before > 0)
    if len(anchors) == 1 and before > 0 and positions[first.key][-1] == count - 1:
        # It is below the last page as it is below the others.
        return Begin(first.key, True, False)
    if before == usual == 0 and _coverage(last) > 1.01 * _coverage(first):
        # The line that ends a page is on more of them than the one that begins it.
        return Begin(last.key, True, False)
    if before == 0 or not whole or (len(anchors) == 1 and before > 3):
        return Begin(first.key, False, before > 0)
    gap = next((one.key for one in (last, first) if one.key[0] == GAP), None)
    if gap is not None:
        # The line below the blank ones begins the page.
        return Begin(gap, False, False)
    if between > 0 or before <= usual + 1:
        # Lines between the last and the first belong to the page that follows, as at the top.
        return Begin(last.key, True, before > usual + 1)
    return Begin(first.key, False, True)


def _coverage(anchor: Anchor) -> int:
    """On how many pages an anchor is, once."""
    return sum(at >= 0 for at in anchor.at)


def _body(
    lines: Sequence[Line],
    positions: dict[Key, list[int]],
    spans: Sequence[tuple[int, int]],
    anchors: Sequence[Anchor],
) -> tuple[int, int] | None:
    """The anchors around the free text, which is the most that there is between two."""
    gaps = [_Gap(lines, positions) for _ in range(len(anchors) + 1)]
    for page, (start, end) in enumerate(spans):
        bounds = [start, *_places(anchors, page, start), end]
        for place, gap in enumerate(gaps):
            # Behind a label the text may stand in the same line.
            is_label = place > 0 and anchors[place - 1].key[0] == LABEL
            low = bounds[place] + (place > 0 and not is_label)
            gap.add(low, max(low, bounds[place + 1]))
    most = max(gap.pages for gap in gaps)
    # Comments may be longer than what they are about, but not on every page.
    best = max(
        range(len(gaps)),
        key=lambda place: gaps[place].mass * (gaps[place].pages / max(1, most)) ** 4,
    )
    if gaps[best].mass == 0:
        return None
    first = last = best
    while (near := _next(gaps, last, 1)) is not None:
        if not _goes_on(gaps, near, best, [one.key for one in anchors[last:near]]):
            break
        last = near
    while (near := _next(gaps, first, -1)) is not None:
        if not _goes_on(gaps, near, best, [one.key for one in anchors[near:first]]):
            break
        first = near
    return first - 1, last


def _places(anchors: Sequence[Anchor], page: int, start: int) -> Iterator[int]:
    """Where the anchors are on a page, in order; a missing one is where the one before it is."""
    at = start
    for anchor in anchors:
        at = max(at, anchor.at[page])
        yield at


class _Gap:
    """What is between two anchors, on all pages."""

    def __init__(self, lines: Sequence[Line], positions: dict[Key, list[int]]) -> None:
        self.lines = lines
        self.positions = positions
        self.mass = 0
        self.texts = 0
        self.alone = 0
        self.pages = 0

    def add(self, start: int, end: int) -> None:
        texts = []
        for place in range(start, end):
            line = self.lines[place]
            texts.append(is_text(line) and is_free(line, self.positions))
            self.mass += min(len(line.text), 600) * texts[-1]
        self.pages += any(texts)
        self.texts += sum(texts)
        around = [False, *texts, False]
        self.alone += sum(
            one and not around[place] and not around[place + 2] for place, one in enumerate(texts)
        )


MOST_BETWEEN = 6
"""Anchors that a box inside a body has, at most."""


def _next(gaps: Sequence[_Gap], place: int, step: int) -> int | None:
    """Return the next gap with a good deal of text, at most `MOST_BETWEEN` anchors on, if any."""
    most = max(gap.mass for gap in gaps)
    for other in range(place + step, place + (MOST_BETWEEN + 1) * step, step):
        if 0 <= other < len(gaps) and gaps[other].mass >= 0.15 * most:
            return other
    return None


def _goes_on(gaps: Sequence[_Gap], near: int, best: int, between: Sequence[Key]) -> bool:
    """Return True if a gap is more of the body: paragraphs together, not comments or a list.

    A single paragraph is more of it if only an advertisement is between; where that does not say
    what it is, the paragraph must be a good part of the whole.
    """
    gap, main = gaps[near], gaps[best]
    if gap.pages < 0.3 * main.pages or any("©" in key[1] for key in between):
        # A page ends with its copyright.
        return False
    if gap.alone <= 0.5 * gap.texts:
        return True
    if len(between) != 1 or gap.texts >= 1.5 * gap.pages:
        return False
    if _is_advertisement(between[0]):
        return gap.mass * main.texts >= 0.5 * main.mass * gap.texts
    return gap.mass >= 0.5 * main.mass


_ADVERTISEMENTS = (
    "advert", "werbung", "anzeige", "publici", "pubblicit", "reklam", "реклам", "iklan",
    "mainos", "annons", "annonse", "la pub", "広告", "广告", "廣告", "광고", "إعلان", "اعلان",
    "विज्ञापन",
)  # fmt: skip


def _is_advertisement(key: Key) -> bool:
    """Return True if a line says that an advertisement follows."""
    text = key[1].lower()
    return len(text) <= 40 and any(word in text for word in _ADVERTISEMENTS)


def find_copies(pages: Pages) -> set[int]:
    """Return the lines of pages that repeat an earlier one: a story may be scraped several times.

    Nothing is returned if half of the pages or more do: then they are what the dump is made of.
    """
    size = len(pages.spans)
    texts = [_texts(pages, page) for page in range(size)]
    counts = Counter(text for some in texts for text in set(some))
    # What is on many pages is a line of their frame.
    most = max(3, 0.1 * size)
    known: set[str] = set()
    copies: list[int] = []
    for page, some in enumerate(texts):
        own = [text for text in some if counts[text] <= most]
        if own and 2 * sum(text in known for text in own) > len(own):
            copies.append(page)
        known.update(own)
    if 2 * len(copies) >= size:
        return set()
    return {at for page in copies for at in range(*pages.spans[page])}


def _texts(pages: Pages, page: int) -> list[str]:
    """Return the paragraphs of a page."""
    start, end = pages.bounds(page)
    return [line.text for line in pages.lines[start:end] if is_text(line)]
