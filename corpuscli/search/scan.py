"""A fast look at the raw bytes of a dump: where may an article be that a pattern matches?

It may say yes too often, and never no wrongly. A text of an article stands in the bytes as it is,
with three exceptions: white space around it is gone, bytes that are not valid are U+FFFD, and
where it was several lines, each without the white space around it, they are joined by a space or,
in a byline, by `, `. So what must stand in a text (`literals`) must stand in the bytes, but for
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
"""Bytes of a buffer for each hit, at least, on average: else a scan tells too little."""

LARGEST = 100_000
"""Bytes of expressions that are looked for at once, at most; that many compile in two seconds."""


class Scan:
    """Tells where in a buffer an article may be that one of the patterns matches.

    Call it with whole lines of UTF-8, less than 4 GiB. It gives byte offsets, ascending, of which
    one at least lies in the part of each such article that matches; or None where there are so
    many that every article may be one. It may be called from several threads, which run side by
    side, and be pickled.
    """

    __slots__ = ("_database", "_local", "_needles")

    def __init__(self, needles: Sequence[bytes]) -> None:
        """Raises hyperscan.error for a processor that it does not know, or too large a pattern."""
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
        """True if such an article may be in `data`; stops at the first place."""
        from hyperscan import ScanTerminated

        try:
            self._database.scan(cast("bytes", data), _stop, scratch=self._scratch)
        except ScanTerminated:
            return True
        return False

    @property
    def _scratch(self) -> Scratch:
        """Room to work in, which no two threads may share."""
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
            # A match may end where its article ends: its last byte is what lies inside.
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
    """A scan for articles that any of `patterns` matches; None if parsing them all is as good.

    The patterns and flags are those of `search.compile_patterns`, which must have taken them.
    With `whole_lines` no text starts or ends inside a line of the dump, which holds where the
    layout has no `byline`; without, phrases with a comma and whole words are looked for less well.
    With `needs_all` an article must match every pattern: the one that says most is looked for.
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
    """Expressions of which one matches the bytes of any text that `run` stands in; none if none.

    A line's end is `$`, and no match goes beyond its line.
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
    # A joint is the first in the run, or it is the last: one side of it stands as it is.
    if joints and bits_of(run[: joints[0][0]]) >= bits_of(run[joints[-1][1] :]):
        for end, _ in joints:
            yield _expression(run[:end], starts_word, False) + _WHITE + b"$"
    else:
        for _, start in joints:
            yield b"^" + _WHITE + _expression(run[start:], False, ends_word)


def _trimmed(run: Run) -> tuple[Run, bool, bool]:
    """The run without what may be part of a joint at its ends; if it begins and ends a word."""
    start, end = 0, len(run)
    while start < end and (run[start] == EDGE or _may_be(" ", run[start])):
        start += 1
    while start < end and (run[end - 1] == EDGE or _may_be(" ,", run[end - 1])):
        end -= 1
    starts_word = start > 0 and run[start - 1] == EDGE
    ends_word = end < len(run) and run[end] == EDGE
    return tuple(unit for unit in run[start:end] if unit != EDGE), starts_word, ends_word


def _cheap_part(run: Run) -> Run:
    """The part of a run that is looked for fast and says nearly as much as all of it.

    Wide classes at its ends say little. A letter that has kin of another length in UTF-8, as `s`
    and `ſ` without case, makes a word no string of the same length, which takes twice as long.
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
"""What says less is a class of half the letters, or may be a joint."""

ENOUGH_BITS = 24.0
"""What five letters say, about."""


def _may_be(chars: str, unit: Unit) -> bool:
    return not unit.chars.isdisjoint(chars)


def _joints(run: Run) -> Iterator[tuple[int, int]]:
    """Where the units `[start, end)` of a run may be a joint of two lines."""
    for at, unit in enumerate(run):
        if _may_be(" ", unit):
            yield at, at + 1
        if _may_be(",", unit) and at + 1 < len(run) and _may_be(" ", run[at + 1]):
            yield at, at + 2


def _between_commas(run: Run) -> Iterator[Run]:
    """The pieces of a run between what may be joints with a comma."""
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
    """The UTF-8 of any of the unit's characters; an edge is seen only of letters in ASCII."""
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
    """Expressions for characters of several bytes each, of the same number; perhaps for more."""
    tails: dict[bytes, list[int]] = {}
    for code in codes:
        tails.setdefault(code[:-1], []).append(code[-1])
    columns = [sorted(set(column)) for column in zip(*codes, strict=True)]
    # A few letters too many cost less than alternatives: `рР` is one of two bytes, twice.
    if len(tails) > MOST_HEADS or 1 < prod(map(len, columns)) <= 2 * len(codes):
        return [b"".join(map(_any_byte, columns))]
    return [_literally(head) + _any_byte(tail) for head, tail in tails.items()]


MOST_HEADS = 8
"""Alternatives for one character, at most; hyperscan does not take the 75 that `\\d` would be."""


def _literally(data: bytes) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in data)


def _any_byte(data: Iterable[int]) -> bytes:
    several = _literally(bytes(data))
    return several if len(several) == 4 else b"[" + several + b"]"


_WORD = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_WHITE = _any_byte(sorted(set(WHITE.replace("\n", "").encode()))) + b"*"
"""At least what `trim` takes from a line."""
