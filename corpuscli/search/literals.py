"""Find strings that a text must contain for a pattern to match it, by a careful partial parse.

The patterns are those of the `regex` module. Anything not fully understood is treated as unknown,
and the characters that a class can match are asked of that module itself, so case and classes are
as it knows them. The idea is the literal extraction of ripgrep and of Russ Cox's code search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from math import log2
from typing import NamedTuple

REPLACEMENT = "\ufffd"
"""This character may stand for any invalid bytes, so nothing can be required of them."""

MOST_STRINGS = 64
"""The most alternatives of one run."""

LONGEST = 24
"""The most characters in a run."""

SHORTEST_PIECE = 3
"""The fewest characters in a piece of a word that may contain errors."""

DEEPEST = 40
"""The deepest nesting of groups."""

LEAST_BITS = 5.0
"""A run with fewer bits than this is in nearly every article."""


BITS_OF_OTHERS = 6.5
"""The bits of a punctuation mark, or of a letter beyond ASCII."""

_SMALL = {
    "e": 3.3, "t": 3.7, "a": 3.9, "o": 4.0, "i": 4.1, "n": 4.1, "s": 4.3, "r": 4.3, "h": 4.4,
    "l": 4.9, "d": 4.9, "c": 5.3, "u": 5.4, "m": 5.6, "f": 5.8, "p": 5.9, "g": 5.9, "w": 5.9,
    "y": 6.1, "b": 6.3, "v": 7.0, "k": 7.2, "x": 9.5, "j": 9.8, "q": 10.3, "z": 10.5,
}  # fmt: skip
_BITS = _SMALL | {letter.upper(): bits + 4.5 for letter, bits in _SMALL.items()}
"""The bits of each letter: one more for a letter that is half as frequent in English."""


class Unit(NamedTuple):
    """A required character: one of `chars`, or, if `others` is true, any beyond ASCII."""

    chars: frozenset[str]
    others: bool = False

    @property
    def bits(self) -> float:
        """Return roughly how much information it carries; a possible joint carries none."""
        if not self.chars.isdisjoint(" ,"):
            return 0.0
        share = sum(2.0 ** -_BITS.get(char, BITS_OF_OTHERS) for char in self.chars)
        return max(0.0, -log2(share + self.others or 1))


EDGE = Unit(frozenset())
"""Not a character: the characters on both sides of it must not both be letters of a word."""

Run = tuple[Unit, ...]
"""Characters in a row."""

Runs = tuple[Run, ...]
"""Alternatives, any one of which may match."""


class Part(NamedTuple):
    """What is known about a part of a pattern."""

    exact: Runs | None = None
    """Everything that the part can match; None if that is too much to list."""
    needed: Runs | None = None
    """One of these is in every text in which the part matches; None if nothing is known."""


ANYTHING = Part()
EMPTY = Part(((),))
WORD_EDGE = Part(((EDGE,),))


class _NotUnderstoodError(Exception):
    """The pattern, or a part of it, is beyond what this module understands."""


def needed_runs(pattern: str, *, ignore_case: bool, fixed: bool, whole_words: bool) -> Runs | None:
    """Return runs of which every text that `pattern` matches contains one; None if not known.

    `pattern` must be valid, and the flags are those of `search.compile_patterns`.
    """
    # A flag anywhere is applied everywhere: ignoring case finds more, never less.
    folds = ignore_case or (not fixed and _IGNORES_CASE.search(pattern) is not None)
    try:
        part = (
            _sequence([_one(letter, folds) for letter in pattern])
            if fixed
            else _Reader(pattern, folds).read()
        )
    except _NotUnderstoodError:
        return None
    if whole_words:
        part = _sequence([WORD_EDGE, part, WORD_EDGE])
    runs = _better(part.exact, part.needed)
    return runs if runs is not None and bits_of_runs(runs) >= LEAST_BITS else None


_IGNORES_CASE = re.compile(r"\(\?[A-Za-z]*i")


class _Reader:
    """Reads a pattern from left to right; `at` is the offset of the next character."""

    def __init__(self, pattern: str, folds: bool) -> None:
        self.pattern = pattern
        self.folds = folds
        self.at = 0
        self.depth = 0

    def read(self) -> Part:
        part = self._alternatives()
        if self.at < len(self.pattern):
            raise _NotUnderstoodError
        return part

    def _take(self, expected: re.Pattern[str]) -> re.Match[str]:
        match = expected.match(self.pattern, self.at)
        if match is None:
            raise _NotUnderstoodError
        self.at = match.end()
        return match

    def _alternatives(self) -> Part:
        branches = [self._branch()]
        while self.pattern.startswith("|", self.at):
            self.at += 1
            branches.append(self._branch())
        if len(branches) == 1:
            return branches[0]
        return Part(
            _any_of(branch.exact for branch in branches),
            _any_of(_better(branch.exact, branch.needed) for branch in branches),
        )

    def _branch(self) -> Part:
        parts: list[Part] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            parts += self._repeated(self._atom())
        return _sequence(parts)

    def _repeated(self, part: Part) -> list[Part]:
        """Return the part repeated as the quantifier after it says."""
        if not self.pattern.startswith(("*", "+", "?", "{"), self.at):
            return [part]
        if part.exact in (((),), ((EDGE,),)):
            # In `a(?i)?` it is the `a` that may be missing.
            raise _NotUnderstoodError
        match = self._take(_REPEAT)
        if match["errors"]:
            return [_with_errors(part, match["errors"])]
        if sign := match["sign"]:
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        else:
            least = int(match["least"] or 0)
            most = int(match["most"]) if match["most"] else None if match["comma"] else least
        if (least, most) == (0, 1) and part.exact is not None:
            return [Part(_any_of([part.exact, ((),)]))]
        if not least:
            return [ANYTHING]
        some = [part] * min(least, LONGEST)
        return some if most == len(some) else [*some, ANYTHING, *some]

    def _atom(self) -> Part:
        letter = self.pattern[self.at]
        if letter == "(":
            return self._group()
        if letter == "\\":
            return self._escape()
        if letter == "[":
            return _class(self._take(_SET)[0], self.folds)
        if letter in "*+?{}]":
            raise _NotUnderstoodError
        self.at += 1
        if letter in "^$":
            return EMPTY
        return ANYTHING if letter == "." else _one(letter, self.folds)

    def _group(self) -> Part:
        match = self._take(_GROUP)
        if match["flags"]:
            return EMPTY
        if match["back"]:
            return ANYTHING
        self.depth += 1
        if self.depth > DEEPEST:
            raise _NotUnderstoodError
        part = self._alternatives()
        self._take(_CLOSE)
        self.depth -= 1
        if match["around"]:
            # A look-around has no width; what it sees ahead or behind is in the same text.
            seen = None if match["around"].endswith("!") else _better(part.exact, part.needed)
            return Part(EMPTY.exact, seen)
        return part

    def _escape(self) -> Part:
        match = self._take(_ESCAPE)
        if match["edge"]:
            return WORD_EDGE
        if match["place"]:
            return EMPTY
        if match["back"]:
            return ANYTHING
        return _one(match[0][1], self.folds) if match["sign"] else _class(match[0], self.folds)


_REPEAT = re.compile(
    r"(?:(?P<sign>[*+?])|\{(?=\d|,\d)(?P<least>\d{0,4})(?:(?P<comma>,)(?P<most>\d{0,4}))?\})"
    r"[?+]?(?![*+?{])|\{(?P<errors>[^{}\[\]:]*[eisd][^{}\[\]:]*)\}(?![*+?{])",
    re.ASCII,
)
_GROUP = re.compile(
    r"\((?:(?P<around>\?<?[=!])|(?P<flags>\?[aims]+\))|(?P<back>\?P=\w+\))"
    r"|\?(?:[ims]*(?:-[ims]+)?:|>|\||P?<\w+>)|(?!\?))"
)
_CLOSE = re.compile(r"\)")
_SET = re.compile(r"\[\^?(?!\])(?:\\[^\n]|\[:\^?[a-z]+:\]|(?!--|&&|\|\||~~)[^\\\[\]])+\]")
_ESCAPE = re.compile(
    r"\\(?:(?P<edge>b)|(?P<place>[BAZKmM])|(?P<back>[1-9](?!\d)|[RX])"
    r"|(?P<sign>[-!\"#$%&()*+,./:;=?@\[\\\]^_{|}~ ])"
    r"|[dDwWsStnrfva]|[pP](?:\{\^?[\w =:-]+\}|[A-Z])|N\{[\w -]+\}"
    r"|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})",
    re.ASCII,
)


def _sequence(parts: Iterable[Part]) -> Part:
    """Return one part that matches the given parts one after another."""
    runs: Runs = ((),)
    needed: Runs | None = None
    is_exact = True
    for part in parts:
        needed = _better(needed, part.needed)
        longer = _product(runs, part.exact)
        if longer is not None:
            runs = longer
            continue
        is_exact = False
        needed = _better(runs, needed)
        runs = part.exact or ((),)
    return Part(runs if is_exact else None, _better(runs, needed))


def _with_errors(part: Part, errors: str) -> Part:
    """Return a part that may differ from its pattern in a few characters: `(?:lighthouse){e<=1}`.

    N errors spoil at most N pieces of a word, so of N + 1 pieces one is whole.
    """
    limit = re.fullmatch(r"e<=(\d{1,2})", errors)
    if limit is None or part.exact is None or len(part.exact) != 1 or EDGE in part.exact[0]:
        return ANYTHING
    (run,) = part.exact
    count = int(limit[1]) + 1
    size = len(run) // count
    if size < SHORTEST_PIECE:
        return ANYTHING
    return Part(None, tuple(run[at * size : (at + 1) * size] for at in range(count)))


def _product(runs: Runs, following: Runs | None) -> Runs | None:
    if following is None or len(runs) * len(following) > MOST_STRINGS:
        return None
    if max(map(len, runs)) + max(map(len, following), default=0) > LONGEST:
        return None
    return tuple(dict.fromkeys(run + more for run in runs for more in following))


def _any_of(each: Iterable[Runs | None]) -> Runs | None:
    """Return all runs of all alternatives; None if too many, or if any of them is None."""
    together: dict[Run, None] = {}
    for runs in each:
        if runs is None:
            return None
        together |= dict.fromkeys(runs)
    return tuple(together) if len(together) <= MOST_STRINGS else None


def _better(one: Runs | None, other: Runs | None) -> Runs | None:
    """Return whichever of the two is in fewer texts."""
    if one is None or other is None:
        return one if other is None else other
    return one if bits_of_runs(one) >= bits_of_runs(other) else other


def bits_of(run: Run) -> float:
    """Return roughly how much information a run carries.

    Each bit halves the number of texts that contain it.
    """
    return sum(unit.bits for unit in run if unit != EDGE)


def bits_of_runs(runs: Runs) -> float:
    """Return roughly how much information it carries that one of the runs is there."""
    return min(map(bits_of, runs)) - log2(len(runs)) if runs else 0.0


# Which characters


def _one(letter: str, folds: bool) -> Part:
    """Return the part for a letter, in either case if `folds`."""
    if folds:
        return _kin(letter)
    return ANYTHING if letter == REPLACEMENT else Part(((Unit(frozenset(letter)),),))


@cache
def _kin(letter: str) -> Part:
    """Return the part for a letter in any case."""
    import regex

    pattern = regex.compile(regex.escape(letter), regex.VERSION0 | regex.IGNORECASE)
    chars = frozenset([letter, *pattern.findall(_cased())])
    return ANYTHING if REPLACEMENT in chars else Part(((Unit(chars),),))


@cache
def _class(source: str, folds: bool) -> Part:
    """Return what a pattern for a single character can match."""
    import regex

    is_listed = _LISTED.fullmatch(source) is not None
    chars: set[str] = set()
    try:
        # A class that excludes letters matches more when case counts.
        for flag in {0, regex.IGNORECASE if folds else 0}:
            pattern = regex.compile(source, regex.VERSION0 | flag)
            chars.update(pattern.findall(_letters() if is_listed else _ASCII + REPLACEMENT))
    except (regex.error, ValueError, OverflowError) as error:
        raise _NotUnderstoodError from error
    if REPLACEMENT in chars or not all(len(char) == 1 for char in chars):
        return ANYTHING
    ascii_ones = frozenset(filter(str.isascii, chars))
    if not is_listed or len(chars) - len(ascii_ones) > MOST_CHARS:
        return Part(((Unit(ascii_ones, True),),))
    return Part(((Unit(frozenset(chars)),),)) if chars else ANYTHING


MOST_CHARS = 1000
"""The most characters beyond ASCII that a unit lists. There are 760 digits."""

_LISTED = re.compile(
    r"\\(?:[dstnrfvaxuUN]|\W).*|[^\\\[]|\[(?!\^)(?:[^\\\U00020000-\U0010ffff]|\\[^\w\s])+\]",
    re.DOTALL,
)
"""Matches classes whose characters are all in `_letters`, or none of them."""

_ASCII = "".join(map(chr, range(128)))


CASED = (
    (0x0000, 0x0600), (0x1000, 0x1100), (0x1300, 0x1400), (0x1C00, 0x2200), (0x2400, 0x2500),
    (0x2C00, 0x2E00), (0xA600, 0xA800), (0xAB00, 0xAC00), (0xFB00, 0xFC00), (0xFF00, 0x10000),
    (0x10400, 0x10600), (0x10C00, 0x10E00), (0x11800, 0x11900), (0x16E00, 0x16F00),
    (0x1D400, 0x1D800), (0x1DF00, 0x1E000), (0x1E900, 0x1EA00),
)  # fmt: skip
"""The ranges of code points that contain every character with case; ends are exclusive."""


@cache
def _cased() -> str:
    return "".join(map(chr, chain.from_iterable(range(*one) for one in CASED)))


@cache
def _letters() -> str:
    """Return the characters of planes 0 and 1; in the other planes no character has case."""
    return "".join(map(chr, range(0x20000)))
