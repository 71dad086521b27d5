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
        count = self._words_before(end) - self._words_before(start)
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
    def _words(self) -> tuple[bytes, Offsets]:
        """A bit for each byte with which a word begins, and how many there are before each 64."""
        parted = np.ones(len(self._codes) // 64 * 64 + 65, bool)
        np.less_equal(self._codes, 0x20, out=parted[1 : len(self._codes) + 1])
        begins = np.packbits(parted[:-1] > parted[1:], bitorder="little")
        counts = np.bitwise_count(begins.view("<u8"))
        before = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts, out=before[1:])
        return begins.tobytes(), before

    def _words_before(self, offset: int) -> int:
        begins, before = self._words
        place = offset >> 6
        part = int.from_bytes(begins[place << 3 : (place + 1) << 3], "little")
        return int(before[place]) + (part & ((1 << (offset & 63)) - 1)).bit_count()

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
