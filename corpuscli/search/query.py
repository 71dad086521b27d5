"""Search the clean article: title, deck, byline, each caption once, each paragraph.

Each of these texts is searched separately. Patterns are those of the `regex` module, with Unicode
classes and case, look-around and back-references. A search that takes longer than `TIME_LIMIT` is
abandoned, and so is one that falls that far behind `PACE`.
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
    """Of `regex`, a pattern that may fail in odd ways; of `re`, one without special characters."""

FIELDS = ("title", "deck", "byline", "caption", "paragraph")

TIME_LIMIT = 5.0
"""Seconds that one pattern may take on one text."""

PACE = 20_000
"""Characters per second that a search must average; it is abandoned when it falls `TIME_LIMIT`
seconds behind. A word with up to four errors is searched for ten times as fast."""

LONGEST_PATTERN = 64 * 1024
"""The most characters in a pattern."""

MOST_MEMORY = 256 * 1024 * 1024
"""The most bytes of memory for compiling a pattern, or for searching one text for it. Each level of
nested repetition doubles what is needed, and a pattern that calls itself takes all there is."""

LARGE = 1024 * 1024
"""A search may need much memory if a text's characters times the pattern's groups reach this
number."""

MOST_COMPARED = 500_000_000
"""The most characters that `regex` may compare without looking at the clock, which takes about five
seconds."""

FOLDING = 40
"""One comparison with full case-folding costs as much as this many plain comparisons."""


class Text(NamedTuple):
    """One text of an article that can be searched."""

    field: str
    nth: int
    """1-based position among the article's texts of that field."""
    line: int
    """1-based line in the dump."""
    text: str


Found = tuple[tuple[int, int], ...]
"""Where a text matches: character offsets, end exclusive, in order, without overlaps."""


class Budget:
    """The time that a process may still spend on searching.

    Without it, a pattern that takes long on each of many texts, but never longer than one text is
    allowed, could run forever. It counts processor time, so a busy machine does not end a search
    sooner.
    """

    __slots__ = ("behind",)

    def __init__(self) -> None:
        self.behind = 0.0
        """Seconds spent beyond what the texts searched so far were worth; never below 0."""

    @property
    def left(self) -> float:
        """Return the seconds that the next text may take."""
        return max(0.01, TIME_LIMIT - self.behind)

    def spend(self, seconds: float, characters: int) -> None:
        """Record that searching `characters` characters took `seconds`."""
        self.behind = max(0.0, self.behind + seconds - characters / PACE)


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, and where."""

    patterns: tuple[Pattern, ...]
    fields: Collection[str] = FIELDS
    needs_all: bool = False
    """True if an article matches only when every pattern does, each in any of its texts."""
    scan: Scan | None = None
    """Finds where in the bytes of a dump a matching article may be; None if that cannot be told."""
    budget: Budget = field(default_factory=Budget, compare=False, repr=False)

    def may_match(self, data: bytes | memoryview) -> bool:
        """Return False if `data`, some whole lines, contains no part of a matching article."""
        return self.scan is None or self.scan.finds(data)

    def find(self, article: Article) -> list[tuple[Text, Found]]:
        """Return the matching texts of the article with their matches; empty if it does not match.

        Raises UsageError for a pattern that takes too long.
        """
        if not article.holds(self.may_match):
            # Most articles end here, before any of their text is decoded.
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
    """Return the patterns, ready to search; raise UsageError for an invalid one.

    With `smart_case`, case is ignored unless a pattern contains an upper-case letter.
    """
    if smart_case and not any(_has_upper(pattern, fixed) for pattern in patterns):
        ignore_case = True
    if any(len(pattern) > LONGEST_PATTERN for pattern in patterns):
        raise UsageError("", f"a pattern is longer than {LONGEST_PATTERN} characters")
    if not (ignore_case or whole_words) and all(fixed or _is_plain(one) for one in patterns):
        # For such a pattern `re` finds the same, and `regex` need not be imported.
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
            # The error's message ends with the place: "missing ) at position 4".
            raise UsageError("", f"pattern {quote(pattern)}: {error}") from error
        # Before 2026, `regex` raises KeyError for flags that cannot be used together.
        except (RecursionError, OverflowError, MemoryError, ValueError, KeyError) as error:
            raise UsageError("", f"pattern {quote(pattern)} is too complex") from error
    return tuple(compiled)


def article_texts(article: Article, fields: Collection[str] = FIELDS) -> Iterator[Text]:
    """Yield the texts of an article to search, in the order in which `show` prints them."""
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
    """Yield the match records of an article: one per matching text, and its context.

    `around` is how many paragraphs of context come before and after each match. If it is None,
    there is one record per match, whose text is only what matched.
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
    """Return the spans in order, overlapping ones merged."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _has_upper(pattern: str, fixed: bool) -> bool:
    """Return True if a pattern looks for an upper-case letter; the one in `\\S` does not count."""
    if not fixed:
        pattern = re.sub(r"\\(?:[pP](?:\{[^}]*\}|.)|N\{[^}]*\}|.)", "", pattern)
    return any(map(str.isupper, pattern))


def _is_plain(pattern: str) -> bool:
    """Return True if every character of a pattern stands for itself."""
    return not any(letter in r"\.^$*+?{}[]()|" for letter in pattern)


def has_match(pattern: Pattern, budget: Budget, text: str) -> bool:
    """Return True if `pattern` matches anywhere in `text`; the time is taken from `budget`."""
    began = thread_time()
    found = bool(_matches(pattern, text, budget.left))
    budget.spend(thread_time() - began, len(text))
    return found


def _matches(pattern: Pattern, text: str, limit: float) -> list[tuple[int, int]]:
    """Return where `pattern` matches in `text`; empty matches count only if there are no others.

    The search may take `limit` seconds, but no more than `TIME_LIMIT`.
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
    """Return the weighted length, in characters, of the longest alternative.

    At one place of a text, that many may be compared without a look at the clock.
    """
    import regex

    longest = max(map(len, re.split(r"(?<!\\)\|", pattern.pattern)))
    return longest * FOLDING if pattern.flags & regex.FULLCASE else longest


@cache
def _calls_itself(pattern: regex.Pattern[str]) -> bool:
    return re.search(r"\(\?(?:R|[-+]?[0-9]|&|P>)", pattern.pattern) is not None
