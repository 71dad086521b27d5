"""What numpy tells of a long stretch of a dump at once: its lines, words, and lines that touch.

A pass over all bytes and a look at each article's two ends are several times as fast as a pass over
the bytes of each.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .lazy import lazy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Bytes = NDArray[np.uint8]

_OTHER_CONTROLS = np.zeros(256, bool)
_OTHER_CONTROLS[:0x09] = True
_OTHER_CONTROLS[0x0E:0x1C] = True
"""Bytes below the space that are no white space."""

_BELOW = [(1 << place) - 1 for place in range(64)]
"""For each of 64 bits, those below it."""


PAYS = 24
"""Articles from which on it pays to count the words of all."""


class Survey:
    """A stretch of a dump, in UTF-8. All offsets count bytes from its first."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._codes = np.frombuffer(data, np.uint8)
        self._asked = 0

    def line_ends_before(self, offsets: list[int]) -> list[int]:
        """For each of the offsets, how many line ends stand before it."""
        before: list[int] = np.searchsorted(self._line_ends, offsets).tolist()
        return before

    def line_ends(self, start: int, end: int) -> Offsets:
        """Where lines end in `[start, end)`, counted from `start`."""
        first, last = np.searchsorted(self._line_ends, (start, end))
        return self._line_ends[first:last] - start

    def count_words(self, start: int, end: int) -> int | None:
        """Words in `[start, end)`, of an article.

        None for the first ones, and where they may be parted by more than ASCII white space.
        """
        self._asked += 1
        if self._asked < PAYS:
            return None
        doubts = self._doubts
        if doubts:
            place = bisect_left(doubts, start)
            if place < len(doubts) and doubts[place] < end:
                return None
        begins, before = self._words
        first, last = start >> 6, end >> 6
        count = before[last] + (begins[last] & _BELOW[end & 63]).bit_count()
        count -= before[first] + (begins[first] & _BELOW[start & 63]).bit_count()
        if 0 < start < end:
            # A word that goes on from before the start has begun inside it, too.
            count += self._data[start] > 0x20 and self._data[start - 1] > 0x20
        return count

    def has_touching_lines(self, start: int, end: int) -> bool:
        """True if two lines of `[start, end)` that are not empty have no empty one between."""
        touching = self._touching
        place = bisect_left(touching, start + 1)
        return place < len(touching) and touching[place] < end - 1

    @lazy
    def _line_ends(self) -> Offsets:
        return np.flatnonzero(self._codes == 0x0A)

    @lazy
    def _touching(self) -> list[int]:
        """The line ends that stand between two lines that are not empty."""
        ends = self._line_ends
        apart = np.diff(ends, prepend=-1, append=len(self._codes)) > 1
        touching: list[int] = ends[apart[:-1] & apart[1:]].tolist()
        return touching

    @lazy
    def _words(self) -> tuple[memoryview[int], memoryview[int]]:
        """For each 64 bytes, a bit for each with which a word begins, and how many begin before."""
        parted = np.ones(len(self._codes) // 64 * 64 + 65, bool)
        np.less_equal(self._codes, 0x20, out=parted[1 : len(self._codes) + 1])
        begins = np.packbits(parted[:-1] > parted[1:], bitorder="little").view("<u8")
        before = np.zeros(len(begins), np.int64)
        np.cumsum(np.bitwise_count(begins[:-1]), out=before[1:])
        # Python reads one number from a view several times as fast as from an array.
        return begins.astype(np.uint64).data, before.data

    @lazy
    def _doubts(self) -> list[int]:
        """Where the bytes do not tell words apart: controls, and white space that is not ASCII."""
        codes = self._codes
        doubtful = []
        if np.count_nonzero(codes < 0x20) != len(self._line_ends):
            doubtful.append(np.flatnonzero(_OTHER_CONTROLS[codes]))
        if not self._data.isascii():
            doubtful.append(_wide_spaces(codes))
        places: list[int] = np.sort(np.concatenate(doubtful)).tolist() if doubtful else []
        return places


class Place(NamedTuple):
    """Where an article's bytes stand."""

    survey: Survey
    start: int


def _wide_spaces(codes: Bytes) -> Offsets:
    """The first byte of each character in UTF-8 that is white space and not ASCII."""
    places = np.flatnonzero(((codes & 0xFC) == 0xE0) | (codes == 0xC2))
    last = len(codes) - 1
    one = codes[places]
    two = codes[np.minimum(places + 1, last)]
    three = codes[np.minimum(places + 2, last)]
    wide: Flags = (
        ((one == 0xC2) & ((two == 0x85) | (two == 0xA0)))
        | ((one == 0xE1) & (two == 0x9A) & (three == 0x80))
        | ((one == 0xE2) & (two == 0x80) & ((three <= 0x8A) | (three == 0xAF)))
        | ((one == 0xE2) & (two == 0x80) & ((three == 0xA8) | (three == 0xA9)))
        | ((one == 0xE2) & (two == 0x81) & (three == 0x9F))
        | ((one == 0xE3) & (two == 0x80) & (three == 0x80))
    )
    return np.asarray(places[wide])
