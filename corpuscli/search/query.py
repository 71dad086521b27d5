"""Searching the clean article: title, deck, byline, each caption once, each paragraph.

The unit searched is one such text. Patterns are those of the `regex` module: Unicode classes and
case, look-around and back-references; a search that takes longer than `TIME_LIMIT` is given up,
and so is one that falls as far behind `PACE`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache
from time import thread_time
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError, quote
from ..model import Article
from ..records.fields import Match
from .memory import memory_limit
from .scan import Scan

if TYPE_CHECKING:
    import regex

    Pattern = regex.Pattern[str] | re.Pattern[str]
    """One that may fail in odd ways, or, of `re`, one without any special characters."""

FIELDS = ("title", "deck", "byline", "caption", "paragraph")

TIME_LIMIT = 5.0
"""Seconds that one pattern may take on one text."""

PACE = 20_000
"""Characters that a second of searching must get through, on average; else the search is given up
when it is `TIME_LIMIT` behind. A word with up to four errors gets through ten times as many."""

LONGEST_PATTERN = 64 * 1024
"""Characters in a pattern, at most."""

MOST_MEMORY = 256 * 1024 * 1024
"""Bytes that it may take to compile a pattern, or to search one text for it. Repetitions inside one
another double it at every level, and a pattern that calls itself takes all there is."""

LARGE = 1024 * 1024
"""Characters of text and groups, multiplied, from which on a search may take much memory."""

MOST_COMPARED = 500_000_000
"""Characters that may be compared while `regex` does not look at the clock: about five seconds."""

FOLDING = 40
"""As many comparisons of plain characters one takes with full case-folding."""


class Text(NamedTuple):
    """One searchable text of an article."""

    field: str
    nth: int
    """1-based among the article's texts of that field."""
    line: int
    """1-based line in the dump."""
    text: str


Found = tuple[tuple[int, int], ...]
"""Where a text matches: character offsets, end exclusive, in order, none overlapping."""


class Budget:
    """The time that a process may still search: a pattern that takes long on each of many texts,
    but never as long as one text may take, would have no bound otherwise.

    It is processor time, so a machine that is busy does not end a search sooner.
    """

    __slots__ = ("behind",)

    def __init__(self) -> None:
        self.behind = 0.0
        """Seconds more than the texts searched were worth; never less than none."""

    @property
    def left(self) -> float:
        """Seconds that the next text may take."""
        return max(0.01, TIME_LIMIT - self.behind)

    def spend(self, seconds: float, characters: int) -> None:
        """Note that to search so many characters took so long."""
        self.behind = max(0.0, self.behind + seconds - characters / PACE)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and where."""

    patterns: tuple[Pattern, ...]
    fields: Collection[str] = FIELDS
    needs_all: bool = False
    """True: an article matches when every pattern does, in whichever of its texts."""
    scan: Scan | None = None
    """Tells where in the bytes of a dump an article may be that matches, if that can be told."""
    budget: Budget = field(default_factory=Budget, compare=False, repr=False)

    def may_match(self, data: bytes | memoryview) -> bool:
        """False if no article that matches has a part in `data`, some whole lines."""
        return self.scan is None or self.scan.finds(data)

    def find(self, article: Article) -> list[tuple[Text, Found]]:
        """The texts of the article that match, with their matches; empty if it does not match.

        Raises UsageError for a pattern that takes too long.
        """
        if not article.holds(self.may_match):
            # Most articles are left at this, before anything of them is decoded.
            return []
        found = []
        hit: set[int] = set()
        for text in article_texts(article, self.fields):
            spans: list[tuple[int, int]] = []
            began = thread_time()
            for number, pattern in enumerate(self.patterns):
                if matches := _matches(pattern, text.text, self.budget.left):
                    hit.add(number)
                    spans += matches
            self.budget.spend(thread_time() - began, len(text.text))
            if spans:
                found.append((text, merge_spans(spans)))
        if self.needs_all and len(hit) < len(self.patterns):
            return []
        return found


def compile_patterns(
    patterns: Sequence[str],
    *,
    ignore_case: bool = False,
    smart_case: bool = False,
    fixed: bool = False,
    whole_words: bool = False,
) -> tuple[Pattern, ...]:
    """The patterns, ready to search; raises UsageError for one that is not valid.

    With `smart_case`, case is ignored when no pattern has an upper-case letter.
    """
    if smart_case and not any(_has_upper(pattern, fixed) for pattern in patterns):
        ignore_case = True
    if any(len(pattern) > LONGEST_PATTERN for pattern in patterns):
        raise UsageError("", f"a pattern is longer than {LONGEST_PATTERN} characters")
    if not (ignore_case or whole_words) and all(fixed or _is_plain(one) for one in patterns):
        # What `re` finds is the same then, and it need not be imported.
        return tuple(re.compile(re.escape(pattern)) for pattern in patterns)
    import regex

    flags = regex.IGNORECASE if ignore_case else 0
    compiled = []
    for pattern in patterns:
        source = regex.escape(pattern) if fixed else pattern
        try:
            with memory_limit(MOST_MEMORY):
                regex.compile(source, flags)
                if whole_words:
                    source = rf"(?<!\w)(?:{source})(?!\w)"
                compiled.append(regex.compile(source, flags))
        except regex.error as error:
            # Its words end in where: "missing ) at position 4".
            raise UsageError("", f"pattern {quote(pattern)}: {error}") from error
        # A KeyError is what `regex` makes of flags that contradict each other before 2026.
        except (RecursionError, OverflowError, MemoryError, ValueError, KeyError) as error:
            raise UsageError("", f"pattern {quote(pattern)} is too complex") from error
    return tuple(compiled)


def article_texts(article: Article, fields: Collection[str] = FIELDS) -> Iterator[Text]:
    """The searchable texts of an article, in the order in which `show` prints them."""
    first = article.span.line
    units = {
        "title": (article.title,),
        "deck": (article.deck,),
        "byline": (article.byline,),
        "caption": article.captions,
        "paragraph": article.paragraphs,
    }
    for name in FIELDS:
        if name in fields:
            for index, unit in enumerate(units[name], 1):
                if unit is not None:
                    yield Text(name, index, first + unit.line, unit.text)


def matches_of(
    article: Article, found: list[tuple[Text, Found]], around: tuple[int, int] | None
) -> Iterator[Match]:
    """Yield the match records of an article: one per text, and those around it as context.

    `around` are the paragraphs of context before and after each. If it is None, yield one record
    per match, whose text is what matched.
    """
    if around is None:
        for text, spans in found:
            for start, end in spans:
                only = text.text[start:end]
                yield Match(article, *text[:3], only, ((0, len(only)),))
        return
    matched = {(text.field, text.nth): spans for text, spans in found}
    wanted = set(matched)
    for text, _ in found:
        if text.field == "paragraph":
            near = range(text.nth - around[0], text.nth + around[1] + 1)
            wanted.update(("paragraph", index) for index in near)
    for text in article_texts(article):
        if (text.field, text.nth) in wanted:
            yield Match(article, *text, matched.get((text.field, text.nth), ()))


def merge_spans(spans: list[tuple[int, int]]) -> Found:
    """The spans in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _has_upper(pattern: str, fixed: bool) -> bool:
    """True if a letter of the pattern is upper case; in `\\S` it is not one that is looked for."""
    if not fixed:
        pattern = re.sub(r"\\(?:[pP](?:\{[^}]*\}|.)|N\{[^}]*\}|.)", "", pattern)
    return any(map(str.isupper, pattern))


def _is_plain(pattern: str) -> bool:
    """True if every character of a pattern stands for itself."""
    return not any(letter in r"\.^$*+?{}[]()|" for letter in pattern)


def has_match(pattern: Pattern, budget: Budget, text: str) -> bool:
    """True if `pattern` matches anywhere in `text`; the time it takes is taken from `budget`."""
    began = thread_time()
    found = bool(_matches(pattern, text, budget.left))
    budget.spend(thread_time() - began, len(text))
    return found


def _matches(pattern: Pattern, text: str, limit: float) -> list[tuple[int, int]]:
    """Where `pattern` matches in `text`; an empty match counts where there is no other.

    It may take `limit` seconds, but no more than `TIME_LIMIT`.
    """
    if isinstance(pattern, re.Pattern):
        spans = [match.span() for match in pattern.finditer(text)]
        return [span for span in spans if span[0] < span[1]] or spans[:1]
    if len(text) * _longest_alternative(pattern) > MOST_COMPARED:
        reason = (
            f"pattern {quote(pattern.pattern)} is too long for a text of {len(text)} characters"
        )
        raise UsageError("", reason)
    is_large = len(text) * (1 + pattern.groups) > LARGE or _calls_itself(pattern)
    try:
        with memory_limit(MOST_MEMORY) if is_large else nullcontext():
            spans = [
                match.span() for match in pattern.finditer(text, timeout=min(limit, TIME_LIMIT))
            ]
    except TimeoutError as error:
        reason = f"pattern {quote(pattern.pattern)} takes too long; simplify its repetitions"
        raise UsageError("", reason) from error
    except (MemoryError, RecursionError) as error:
        reason = f"pattern {quote(pattern.pattern)} takes too much memory"
        raise UsageError("", reason) from error
    return [span for span in spans if span[0] < span[1]] or spans[:1]


@cache
def _longest_alternative(pattern: regex.Pattern[str]) -> int:
    """Characters of the longest alternative, weighed: as much may be compared at a place of a text
    without a look at the clock."""
    import regex

    longest = max(map(len, re.split(r"(?<!\\)\|", pattern.pattern)))
    return longest * FOLDING if pattern.flags & regex.FULLCASE else longest


@cache
def _calls_itself(pattern: regex.Pattern[str]) -> bool:
    return re.search(r"\(\?(?:R|[-+]?[0-9]|&|P>)", pattern.pattern) is not None
