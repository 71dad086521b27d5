"""Tell which paragraphs are furniture: they appear under many titles, and tell no story."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable

TITLES = 64
"""How many titles can be distinguished for each paragraph."""

MANY = 17
"""A paragraph is furniture if it appears under this many of them, which takes about 20 real titles.
One story has fewer headlines."""

_CELLS = 1 << 22


class Furniture:
    """Counts roughly under how many titles each paragraph appears, in 32 MB for dumps of any size.

    Paragraphs share cells and titles share bits in them, so where the cells are full, more than
    `MANY` titles are required: in 2 GB of text about 30. From about 50 GB on, paragraphs cannot be
    told apart, and none counts as furniture. The order of the articles does not matter.
    """

    def __init__(self) -> None:
        self._cells = array("Q")
        self._seen = 0

    def add(self, units: Iterable[int], titles: Iterable[int]) -> None:
        """Add paragraphs by their hashes, each under a title, a number below `TITLES`."""
        if not self._cells:
            self._cells = array("Q", [0]) * _CELLS
        cells = self._cells
        seen = 0
        for unit, title in zip(units, titles, strict=True):
            cells[unit % _CELLS] |= 1 << title
            seen += 1
        self._seen += seen

    def test(self) -> Callable[[int], bool]:
        """Return a function that takes a paragraph's hash and returns True if it is furniture."""
        by_chance = TITLES * -math.expm1(-self._seen / _CELLS / TITLES)
        least = max(MANY, math.ceil(by_chance + 6 * math.sqrt(by_chance)))
        cells = self._cells
        return lambda unit: cells[unit % _CELLS].bit_count() >= least
