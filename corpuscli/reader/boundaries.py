"""Where each article of a dump starts and ends, and on what evidence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from ..model import Evidence, Header
from ..source.text import Codec
from .anchors import Anchors, find_anchors, first_line, line_of, lines
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


FIRST = 64 * 1024
"""Bytes in the first block of a dump."""


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
    """The bytes of a dump as blocks that tile it, each with its margins.

    They have `size` bytes, the first ones fewer: who looks at the beginning need not wait.
    """
    data = b""
    base = start = 0
    waiting: list[bytes] = []
    ready = 0
    part = min(size, FIRST)
    for chunk in chunks:
        waiting.append(chunk)
        ready += len(chunk)
        while len(data) + ready - start >= part + MARGIN:
            data = b"".join([data, *waiting])
            waiting, ready = [], 0
            yield Block(base, data, start, start + part, False)
            drop = max(0, start + part - MARGIN)
            base, start, data = base + drop, start + part - drop, data[drop:]
            part = min(size, 2 * part)
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
    # A header may start inside a line, where two files were joined.
    first = first_line(text, start) if start == 0 else line_of(text, start)
    if text.layout.boundary is not None:
        found = _bounded(text, first, end)
    elif not text.layout.title_repeats:
        found = _parted_by_gaps(text, first, end)
    else:
        found = _with_titles_twice(text, first, end)
    start, end = text.base + start, text.base + end
    return sorted([h for h in found if start <= h.start < end], key=_place)


def _with_titles_twice(text: Text, first: int, end: int) -> Iterator[Header]:
    """The headers of a layout in which titles repeat, from the line at `first` on."""
    headers, anchors = _look_for_headers(text, first, end)
    yield from headers
    titles = {header.start - text.base for header in headers}
    for at in anchors.chrome:
        if not continues_chrome(text, at):
            header = header_at_chrome(text, at)
            if header is not None:
                titles.add(header.start - text.base)
                yield header
    for one, other in anchors.pairs:
        # A header with controls is stronger than one without that starts at the same place.
        if one not in titles:
            header = header_between(text, one, other)
            if header is not None:
                yield header


def _parted_by_gaps(text: Text, first: int, end: int) -> Iterator[Header]:
    """The headers of a layout in which blank lines part articles."""
    for start in _look_for_gaps(text, first, end):
        if opens_by_gap(text, start):
            yield gap_header(text, text.line(start, text.line_end(start)))


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


def _look_for_headers(text: Text, first: int, end: int) -> tuple[list[Header], Anchors]:
    """Headers that start from the line at `first` on and before `end`, and where others may."""
    if _is_large(text):
        from .vectors import look_for_headers

        found = look_for_headers(text, first, end)
        if found is not None:
            return found
    return [], find_anchors(text, first, end)


def _look_for_gaps(text: Text, first: int, end: int) -> Iterable[int]:
    """Where lines start, from `first` on and before `end`, that blank lines may stand before."""
    if _is_large(text):
        from .vectors import look_for_gaps

        found = look_for_gaps(text, first, end)
        if found is not None:
            return found
    return (line.start for line in lines(text, first, end))


def _is_large(text: Text) -> bool:
    return len(text.data) >= LARGE and text.codec.is_utf8


State = tuple[int, ...]
"""For each strength, where the last header that stands ends: all that a part of a dump must know
of the parts before it."""


class Settler:
    """Which headers stand, of those found: no two overlap.

    Of two that overlap the stronger stands, and of two that are equally strong the first: of five
    same lines in a row the first two are a title, and the third begins another.
    """

    def __init__(self, state: State = ()) -> None:
        strengths = range(max(STRENGTH.values()) + 1)
        self._levels = [_Level(state[n] if state else 0) for n in strengths]
        self._given = 0

    def add(self, found: list[Header], upto: int) -> list[Header]:
        """The headers that are sure to stand now, in order, after those given before.

        `found` are the next headers, in the order of the dump, all that start before `upto`.
        """
        levels = self._levels
        if self._all_stand(found, upto):
            self._given = upto
            return found
        for header in found:
            levels[STRENGTH[header.evidence]].waiting.append(header)
        known = upto
        floor = 0
        standing: list[Header] = []
        for level in levels:
            known = level.decide(standing, known, floor)
            floor = max(floor, level.before)
            if level.standing:
                standing = sorted(standing + level.standing, key=_start)
        given = [h for h in standing if self._given <= h.start < known]
        self._given = known
        for level in levels:
            level.standing = [h for h in level.standing if _taken_by(h) > known]
        return given

    def _all_stand(self, found: list[Header], upto: int) -> bool:
        """True if none of `found` overlaps another, or what is not known yet: as nearly always."""
        taken = 0
        for level in self._levels:
            if level.waiting or level.standing:
                return False
            taken = max(taken, level.taken)
        for header in found:
            start = header.start
            if start < taken:
                return False
            taken = start + header.below_end
        return taken <= upto

    @property
    def known(self) -> int:
        """Every header that starts before this offset has been given."""
        return self._given


def state_at(state: State, standing: Iterable[Header], end: int) -> State:
    """The state at `end`, from the one before and the headers that stand between.

    A header that ends before has no say in what stands behind.
    """
    taken = list(state or (0,) * (max(STRENGTH.values()) + 1))
    for header in [h for h in standing if h.start < end < h.start + h.below_end]:
        strength = STRENGTH[header.evidence]
        taken[strength] = max(taken[strength], _taken_by(header))
    return tuple(taken)


_start = attrgetter("start")
_place = attrgetter("start", "end")


def _taken_by(header: Header) -> int:
    """Where the header ends, the copies of captions that prove it included."""
    return header.start + header.below_end


class _Level:
    """The headers of one strength: those not decided yet, and those that stand."""

    __slots__ = ("before", "standing", "taken", "waiting")

    def __init__(self, before: int) -> None:
        self.waiting: list[Header] = []
        self.standing: list[Header] = []
        self.before = before
        """Where the last header that stands ended when this began."""
        self.taken = before
        """Where the last header that stands ends."""

    def decide(self, stronger: list[Header], known: int, floor: int) -> int:
        """Decide what can be, given the stronger headers that start before `known`.

        No header may start before `floor`. Gives the offset before which every header of this
        strength is decided.
        """
        starts = [header.start for header in stronger]
        for place, header in enumerate(self.waiting):
            end = header.start + header.end
            if end > known:
                del self.waiting[:place]
                return min(known, header.start)
            before = bisect_left(starts, end)
            taken = max(self.taken, floor, _taken_by(stronger[before - 1]) if before else 0)
            if header.start >= taken:
                self.standing.append(header)
                self.taken = _taken_by(header)
        self.waiting.clear()
        return known
