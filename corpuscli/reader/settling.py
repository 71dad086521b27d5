"""Decide which of the headers found are kept, so that no two overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter

from ..model import Evidence, Header

STRENGTH = {
    Evidence.CHROME: 0,
    Evidence.CAPTIONS: 1,
    Evidence.BYLINE: 2,
    Evidence.UNREPEATED: 2,
    Evidence.TITLE: 3,
    Evidence.GAP: 0,
    Evidence.BOUNDARY: 0,
}
"""If two headers overlap, the one with the smaller number is kept."""

State = tuple[int, ...]
"""For each strength, where the last kept header ends: all that a part of a dump needs to know about
the parts before it."""


class Settler:
    """Decides which of the headers found are kept, so that no two overlap.

    Of two that overlap, the stronger is kept; of two equally strong ones, the first: of five equal
    lines in a row, the first two are a title, and the third begins another.
    """

    def __init__(self, state: State = ()) -> None:
        strengths = range(max(STRENGTH.values()) + 1)
        self._levels = [_Level(state[n] if state else 0) for n in strengths]
        self._given = 0

    def add(self, found: list[Header], upto: int) -> list[Header]:
        """Return the headers now sure to be kept, in order, after those returned before.

        `found` are the next headers, in the order of the dump, and include all that start before
        `upto`.
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
        """Return True if every header in `found` can be kept as it is, which is nearly always so.

        None may overlap another, or one that is not known yet.
        """
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
        """Return the offset before which every kept header has been returned."""
        return self._given


def state_at(state: State, standing: Iterable[Header], end: int) -> State:
    """Return the state at `end`, from the state before and the headers kept in between.

    A header that ends before `end` does not affect what follows.
    """
    taken = list(state or (0,) * (max(STRENGTH.values()) + 1))
    for header in [h for h in standing if h.start < end < h.start + h.below_end]:
        strength = STRENGTH[header.evidence]
        taken[strength] = max(taken[strength], _taken_by(header))
    return tuple(taken)


_start = attrgetter("start")


def _taken_by(header: Header) -> int:
    """Return where the header ends, including the copies of captions that prove it."""
    return header.start + header.below_end


class _Level:
    """The headers of one strength: those not decided yet, and those kept."""

    __slots__ = ("before", "standing", "taken", "waiting")

    def __init__(self, before: int) -> None:
        self.waiting: list[Header] = []
        self.standing: list[Header] = []
        self.before = before
        """Where the last kept header ended when this level began."""
        self.taken = before
        """Where the last kept header ends."""

    def decide(self, stronger: list[Header], known: int, floor: int) -> int:
        """Decide as much as possible, given the stronger headers that start before `known`.

        No header may start before `floor`. Returns the offset before which every header of this
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
