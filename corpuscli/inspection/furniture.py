"""Which paragraphs are furniture: those that appear under many titles, and tell no story."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable

TITLES = 64
"""Titles that are told apart for each paragraph."""

MANY = 17
"""Of these, those under which a paragraph appears that is furniture: as many as some 20 titles
are. One story has fewer headlines."""

_CELLS = 1 << 22


class Furniture:
    """Under how many titles each paragraph appears, about; it takes 32 MB, whatever the dumps are.

    Paragraphs share cells and titles share bits of them, so more than `MANY` titles are asked for
    where the cells are full: in 2 GB of text about 30, and where nothing can be told any longer, in
    some 50 GB, no paragraph is furniture. The order of the articles does not matter.
    """

    def __init__(self) -> None:
        self._cells = array("Q")
        self._seen = 0

    def add(self, units: Iterable[int], titles: Iterable[int]) -> None:
        """Note paragraphs by their hashes, each under a title, a number below `TITLES`."""
        if not self._cells:
            self._cells = array("Q", [0]) * _CELLS
        cells = self._cells
        seen = 0
        for unit, title in zip(units, titles, strict=True):
            cells[unit % _CELLS] |= 1 << title
            seen += 1
        self._seen += seen

    def test(self) -> Callable[[int], bool]:
        """Return what tells by its hash if a paragraph is furniture."""
        by_chance = TITLES * -math.expm1(-self._seen / _CELLS / TITLES)
        least = max(MANY, math.ceil(by_chance + 6 * math.sqrt(by_chance)))
        cells = self._cells
        return lambda unit: cells[unit % _CELLS].bit_count() >= least
