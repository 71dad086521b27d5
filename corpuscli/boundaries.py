"""Where each article of a dump starts and ends, and on what evidence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .anchors import Anchors, find_anchors, first_line, lines
from .headers import (
    MARGIN,
    REACH,
    Text,
    continues_chrome,
    gap_header,
    header_at_boundary,
    header_at_chrome,
    header_between,
    opens_by_gap,
)
from .layouts import Layout
from .model import Evidence, Header
from .text import Codec

STRENGTH = {
    Evidence.CHROME: 0,
    Evidence.CAPTIONS: 1,
    Evidence.BYLINE: 2,
    Evidence.UNREPEATED: 2,
    Evidence.TITLE: 3,
    Evidence.GAP: 0,
    Evidence.BOUNDARY: 0,
}
"""Where two headers overlap, the one of the smaller number stands."""


LARGE = 512 * 1024
"""Bytes from which on it pays to import numpy."""


class Block(NamedTuple):
    """A part of a dump, with enough of what surrounds it to find the headers that start in it."""

    base: int
    """The offset in the dump of `data[0]`."""
    data: bytes
    start: int
    """The part is `data[start:end]`; the rest is margin."""
    end: int
    final: bool
    """True if the dump ends with it."""


def cut_blocks(chunks: Iterable[bytes], size: int) -> Iterator[Block]:
    """The bytes of a dump as blocks of `size` bytes that tile it, each with its margins."""
    data = b""
    base = start = 0
    waiting: list[bytes] = []
    ready = 0
    for chunk in chunks:
        waiting.append(chunk)
        ready += len(chunk)
        while len(data) + ready - start >= size + MARGIN:
            data = b"".join([data, *waiting])
            waiting, ready = [], 0
            yield Block(base, data, start, start + size, False)
            drop = max(0, start + size - MARGIN)
            base, start, data = base + drop, start + size - drop, data[drop:]
    data = b"".join([data, *waiting])
    yield Block(base, data, start, len(data), True)


def block_headers(block: Block, codec: Codec, layout: Layout) -> list[Header]:
    """The headers that start in `block`, offsets from the start of the dump; they may overlap."""
    return find_headers(Text(block.data, codec, layout, block.base), block.start, block.end)


def find_headers(text: Text, start: int, end: int) -> list[Header]:
    """Every header that starts in `text.data[start:end]`, in order; they may overlap.

    `text.data` must hold `headers.MARGIN` bytes before `start` and after `end`, or as many as the
    dump has; then the answer does not depend on where it was cut.
    """
    first = first_line(text, start)
    if text.layout.boundary is not None:
        return list(_bounded(text, first, end))
    if not text.layout.title_repeats:
        return [
            gap_header(text, line)
            for line in lines(text, first, end)
            if opens_by_gap(text, line.start)
        ]
    chrome, pairs = _anchors(text, first, end)
    base = text.base
    headers = []
    titles = set()
    for at in chrome:
        if not continues_chrome(text, at):
            header = header_at_chrome(text, at)
            if header is not None and start <= header.start - base < end:
                headers.append(header)
                titles.add(header.start - base)
    for one, other in pairs:
        # A header with controls is stronger than one without that starts at the same place.
        if one not in titles:
            header = header_between(text, one, other)
            if header is not None:
                headers.append(header)
    headers.sort(key=lambda header: (header.start, header.end))
    return headers


def _bounded(text: Text, first: int, end: int) -> Iterator[Header]:
    """The headers of a layout with boundaries, from the line at `first` on and before `end`."""
    if text.at_start and first == 0 and not text.layout.boundary_opens:
        opening = text.first_below(0, REACH)
        if opening is not None and opening.start < end and not text.is_boundary(opening):
            if header := header_at_boundary(text, opening.start):
                yield header
    for line in lines(text, first, end):
        if text.is_boundary(line) and (header := header_at_boundary(text, line.start)):
            yield header


def _anchors(text: Text, first: int, end: int) -> Anchors:
    """The anchors of headers that start from the line at `first` on and before `end`."""
    if len(text.data) >= LARGE and text.codec.is_utf8:
        from .vectors import find_anchors_fast

        anchors = find_anchors_fast(text, first, end)
        if anchors is not None:
            return anchors
    return find_anchors(text, first, end)


def settle(found: Iterable[tuple[list[Header], int]]) -> Iterator[tuple[list[Header], int]]:
    """The headers that stand, of those found: no two overlap.

    Takes and gives pairs of headers, in the order of the dump, and the offset up to which these
    are all. Of two that overlap the stronger stands, and of two that are equally strong the first:
    of five same lines in a row the first two are a title, and the third begins another.
    """
    levels: list[_Level] = [_Level() for _ in range(max(STRENGTH.values()) + 1)]
    given = 0
    for headers, upto in found:
        for header in headers:
            levels[STRENGTH[header.evidence]].waiting.append(header)
        known = upto
        standing: list[Header] = []
        for level in levels:
            known = level.decide(standing, known)
            standing = sorted(standing + level.standing, key=lambda header: header.start)
        yield [h for h in standing if given <= h.start < known], known
        given = known
        for level in levels:
            level.standing = [h for h in level.standing if h.below_end > known]


class _Level:
    """The headers of one strength: those not decided yet, and those that stand."""

    __slots__ = ("standing", "taken", "waiting")

    def __init__(self) -> None:
        self.waiting: list[Header] = []
        self.standing: list[Header] = []
        self.taken = 0
        """Where the last header that stands ends."""

    def decide(self, stronger: list[Header], known: int) -> int:
        """Decide what can be, given the stronger headers that start before `known`.

        Gives the offset before which every header of this strength is decided.
        """
        starts = [header.start for header in stronger]
        for place, header in enumerate(self.waiting):
            if header.end > known:
                del self.waiting[:place]
                return header.start
            before = bisect_left(starts, header.end)
            taken = max(self.taken, stronger[before - 1].below_end if before else 0)
            if header.start >= taken:
                self.standing.append(header)
                self.taken = header.below_end
        self.waiting.clear()
        return known
