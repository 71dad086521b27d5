"""Scan the raw bytes of a dump quickly: where may an article be that a pattern matches?

A scan may say yes too often, but a no is never wrong. The text of an article is in the dump as it
is, with three exceptions: white space around it is removed, invalid bytes become U+FFFD, and a text
of several lines is joined by a space or, in a byline, by `, `, after the white space around each
line is removed. So whatever a text must contain (`literals`) must be in the bytes, except for
characters that may be such a joint; there a line ends.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import TYPE_CHECKING, cast

from ..source.text import WHITE
from .literals import EDGE, Run, Unit, bits_of, bits_of_runs, needed_runs

if TYPE_CHECKING:
    from hyperscan import Scratch

PER_HIT = 2048
"""The fewest bytes of a buffer per hit, on average; with more hits, a scan tells too little."""

LARGEST = 100_000
"""The most bytes of expressions to look for at once; this many compile in two seconds."""


class Scan:
    """Tells where in a buffer an article may be that one of the patterns matches.

    Call it with whole lines of UTF-8, less than 4 GiB. It returns ascending byte offsets, of which
    at least one lies in the matching part of each such article; or None if there are so many that
    every article may match. Several threads can call it at the same time, and it can be pickled.
    """

    __slots__ = ("_database", "_local", "_needles")

    def __init__(self, needles: Sequence[bytes]) -> None:
        """Raise hyperscan.error for an unknown processor, or for a pattern that is too large."""
        import hyperscan

        self._needles = tuple(needles)
        self._local = threading.local()
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=list(self._needles),
            ids=list(range(len(self._needles))),
            flags=hyperscan.HS_FLAG_MULTILINE,
        )

    def __reduce__(self) -> tuple[type[Scan], tuple[tuple[bytes, ...]]]:
        return Scan, (self._needles,)

    def finds(self, data: bytes | memoryview) -> bool:
        """Return True if a matching article may be in `data`; stop at the first place."""
        from hyperscan import ScanTerminated

        try:
            self._database.scan(cast("bytes", data), _stop, scratch=self._scratch)
        except ScanTerminated:
            return True
        return False

    @property
    def _scratch(self) -> Scratch:
        """Return working memory, which no two threads may share."""
        scratch: Scratch | None = getattr(self._local, "scratch", None)
        if scratch is None:
            from hyperscan import Scratch

            scratch = self._local.scratch = Scratch(self._database)
        return scratch

    def __call__(self, data: bytes | memoryview) -> list[int] | None:
        from hyperscan import ScanTerminated

        most = 16 + len(data) // PER_HIT
        hits: list[int] = []

        def hit(_id: int, _start: int, end: int, _flags: int, _context: object) -> bool:
            # A match may end where its article ends, so the offset reported is that of its last
            # byte.
            hits.append(end - 1)
            return len(hits) > most

        try:
            self._database.scan(cast("bytes", data), hit, scratch=self._scratch)
        except ScanTerminated:
            return None
        return sorted(set(hits))


def _stop(*match: object) -> bool:
    return True


def new_scan(
    patterns: Sequence[str],
    *,
    ignore_case: bool,
    fixed: bool,
    whole_words: bool,
    whole_lines: bool = False,
    needs_all: bool = False,
) -> Scan | None:
    """Return a scan for articles that match any of `patterns`; None if parsing all is as good.

    The patterns and flags are those of `search.compile_patterns`, which must have accepted them.
    `whole_lines` says that no text starts or ends inside a line of the dump, which is true if the
    layout has no `byline`; without it, phrases with a comma and whole words are found less
    precisely. With `needs_all` an article must match every pattern, so the scan looks for the one
    with most bits.
    """
    needed = [
        needed_runs(pattern, ignore_case=ignore_case, fixed=fixed, whole_words=whole_words)
        for pattern in patterns
    ]
    if needs_all:
        needed = [max((runs for runs in needed if runs), key=bits_of_runs, default=None)]
    needles: dict[bytes, None] = {}
    for runs in needed:
        if runs is None:
            return None
        for run in runs:
            found = dict.fromkeys(_needles(run, whole_lines))
            if not found:
                return None
            needles |= found
    if not 0 < sum(map(len, needles)) <= LARGEST:
        return None
    try:
        import hyperscan
    except ImportError:
        return None
    try:
        return Scan(tuple(needles))
    except hyperscan.error:
        return None


def _needles(run: Run, whole_lines: bool) -> Iterator[bytes]:
    """Yield expressions, one of which matches the bytes of any text that contains `run`.

    Yields none if there is nothing to look for. The end of a line is `$`, and no match extends
    beyond its line.
    """
    run, starts_word, ends_word = _trimmed(run)
    if len(cheap := _cheap_part(run)) < len(run):
        run, starts_word, ends_word = cheap, False, False
    if not whole_lines:
        starts_word = ends_word = False
        run = max(_between_commas(run), key=bits_of)
    if not run:
        return
    yield _expression(run, starts_word, ends_word)
    joints = list(_joints(run))
    # A joint is either the first in the run or the last: one side of it appears as it is.
    if joints and bits_of(run[: joints[0][0]]) >= bits_of(run[joints[-1][1] :]):
        for end, _ in joints:
            yield _expression(run[:end], starts_word, False) + _WHITE + b"$"
    else:
        for _, start in joints:
            yield b"^" + _WHITE + _expression(run[start:], False, ends_word)


def _trimmed(run: Run) -> tuple[Run, bool, bool]:
    """Return a run without the possible joints at its ends; then if it starts and ends a word."""
    start, end = 0, len(run)
    while start < end and (run[start] == EDGE or _may_be(" ", run[start])):
        start += 1
    while start < end and (run[end - 1] == EDGE or _may_be(" ,", run[end - 1])):
        end -= 1
    starts_word = start > 0 and run[start - 1] == EDGE
    ends_word = end < len(run) and run[end] == EDGE
    return tuple(unit for unit in run[start:end] if unit != EDGE), starts_word, ends_word


def _cheap_part(run: Run) -> Run:
    """Return the part of a run that is fast to look for and carries nearly as much information.

    Wide classes at the ends carry little. A letter with a variant of another length in UTF-8, such
    as `s` and `ſ` when case is ignored, keeps a word from being a string of fixed length, and the
    search takes twice as long.
    """
    start, end = 0, len(run)
    while end - start > 1 and run[start].bits < LEAST_UNIT_BITS:
        start += 1
    while end - start > 1 and run[end - 1].bits < LEAST_UNIT_BITS:
        end -= 1
    run = run[start:end]
    pieces: list[Run] = [()]
    for unit in run:
        if unit.others or len({len(_utf8(char)) for char in unit.chars}) > 1:
            pieces.append(())
        else:
            pieces[-1] += (unit,)
    piece = max(pieces, key=bits_of)
    return piece if bits_of(piece) >= max(ENOUGH_BITS, bits_of(run) / 2) else run


LEAST_UNIT_BITS = 1.0
"""A unit with fewer bits is a class of half the letters, or a possible joint."""

ENOUGH_BITS = 24.0
"""About the bits of five letters."""


def _may_be(chars: str, unit: Unit) -> bool:
    return not unit.chars.isdisjoint(chars)


def _joints(run: Run) -> Iterator[tuple[int, int]]:
    """Yield where the units `[start, end)` of a run may be a joint of two lines."""
    for at, unit in enumerate(run):
        if _may_be(" ", unit):
            yield at, at + 1
        if _may_be(",", unit) and at + 1 < len(run) and _may_be(" ", run[at + 1]):
            yield at, at + 2


def _between_commas(run: Run) -> Iterator[Run]:
    """Yield the pieces of a run between possible joints that have a comma."""
    start = 0
    for at, end in _joints(run):
        if _may_be(",", run[at]):
            yield run[start:at]
            start = end
    yield run[start:]


def _expression(run: Run, starts_word: bool, ends_word: bool) -> bytes:
    last = len(run) - 1
    return b"".join(
        _unit_expression(unit, starts_word and at == 0, ends_word and at == last)
        for at, unit in enumerate(run)
    )


def _unit_expression(unit: Unit, starts_word: bool, ends_word: bool) -> bytes:
    """Return an expression for the UTF-8 of any of the unit's characters.

    Word edges are seen only beside ASCII letters.
    """
    codes = sorted(map(_utf8, unit.chars))
    single = b"".join(code for code in codes if len(code) == 1)
    words = [byte for byte in single if byte in _WORD]
    signs = [byte for byte in single if byte not in _WORD]
    either = [part for size in (2, 3, 4) for part in _wide([c for c in codes if len(c) == size])]
    if words:
        edge = rb"\b"
        either.append(edge * starts_word + _any_byte(words) + edge * ends_word)
    if signs:
        either.append(_any_byte(signs))
    if unit.others:
        either.append(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
    return either[0] if len(either) == 1 else b"(?:" + b"|".join(either) + b")"


def _utf8(char: str) -> bytes:
    return char.encode("utf-8", "surrogatepass")


def _wide(codes: list[bytes]) -> list[bytes]:
    """Return expressions for characters of one length, several bytes each; they may match more."""
    tails: dict[bytes, list[int]] = {}
    for code in codes:
        tails.setdefault(code[:-1], []).append(code[-1])
    columns = [sorted(set(column)) for column in zip(*codes, strict=True)]
    # Matching a few extra letters costs less than alternatives: `рР` is one of two bytes, twice.
    if len(tails) > MOST_HEADS or 1 < prod(map(len, columns)) <= 2 * len(codes):
        return [b"".join(map(_any_byte, columns))]
    return [_literally(head) + _any_byte(tail) for head, tail in tails.items()]


MOST_HEADS = 8
"""The most alternatives for one character; hyperscan rejects the 75 that `\\d` would need."""


def _literally(data: bytes) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in data)


def _any_byte(data: Iterable[int]) -> bytes:
    several = _literally(bytes(data))
    return several if len(several) == 4 else b"[" + several + b"]"


_WORD = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_WHITE = _any_byte(sorted(set(WHITE.replace("\n", "").encode()))) + b"*"
"""All the white space that `trim` removes from a line, perhaps more."""
