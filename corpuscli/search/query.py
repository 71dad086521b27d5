"""Searching the clean article: title, deck, byline, each caption once, each paragraph.

The unit searched is one such text. Patterns are those of the `regex` module: Unicode classes and
case, look-around and back-references; a search that takes longer than `TIME_LIMIT` is given up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError, quote
from ..model import Article
from ..records.fields import Match
from .memory import memory_limit
from .scan import Scan

if TYPE_CHECKING:
    import regex

FIELDS = ("title", "deck", "byline", "caption", "paragraph")

TIME_LIMIT = 5.0
"""Seconds that one pattern may take on one text."""

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


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and where."""

    patterns: tuple[regex.Pattern[str], ...]
    fields: Collection[str] = FIELDS
    needs_all: bool = False
    """True: an article matches when every pattern does, in whichever of its texts."""
    scan: Scan | None = None
    """Tells where in the bytes of a dump an article may be that matches, if that can be told."""

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
            for number, pattern in enumerate(self.patterns):
                if matches := _matches(pattern, text.text):
                    hit.add(number)
                    spans += matches
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
) -> tuple[regex.Pattern[str], ...]:
    """The patterns, ready to search; raises UsageError for one that is not valid.

    With `smart_case`, case is ignored when no pattern has an upper-case letter.
    """
    import regex

    if smart_case and not any(_has_upper(pattern, fixed) for pattern in patterns):
        ignore_case = True
    flags = regex.IGNORECASE if ignore_case else 0
    compiled = []
    for pattern in patterns:
        if len(pattern) > LONGEST_PATTERN:
            raise UsageError("", f"a pattern is longer than {LONGEST_PATTERN} characters")
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
    for field in FIELDS:
        if field in fields:
            for index, unit in enumerate(units[field], 1):
                if unit is not None:
                    yield Text(field, index, first + unit.line, unit.text)


def matches_of(
    article: Article, found: list[tuple[Text, Found]], context: int | None
) -> Iterator[Match]:
    """The match records of an article: a row a text, with `context` paragraphs around each.

    With `context` None a row a match, its text no more than what matched.
    """
    if context is None:
        for text, spans in found:
            for start, end in spans:
                only = text.text[start:end]
                yield Match(article, *text[:3], only, ((0, len(only)),))
        return
    matched = {(text.field, text.nth): spans for text, spans in found}
    wanted = set(matched)
    for text, _ in found:
        if text.field == "paragraph":
            near = range(text.nth - context, text.nth + context + 1)
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
        from re import sub

        pattern = sub(r"\\(?:[pP](?:\{[^}]*\}|.)|N\{[^}]*\}|.)", "", pattern)
    return any(map(str.isupper, pattern))


def has_match(pattern: regex.Pattern[str], text: str) -> bool:
    """True if `pattern` matches anywhere in `text`."""
    return bool(_matches(pattern, text))


def _matches(pattern: regex.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where `pattern` matches in `text`; an empty match counts where there is no other."""
    if len(text) * _longest_alternative(pattern) > MOST_COMPARED:
        reason = (
            f"pattern {quote(pattern.pattern)} is too long for a text of {len(text)} characters"
        )
        raise UsageError("", reason)
    is_large = len(text) * (1 + pattern.groups) > LARGE or _calls_itself(pattern)
    try:
        with memory_limit(MOST_MEMORY) if is_large else nullcontext():
            spans = [match.span() for match in pattern.finditer(text, timeout=TIME_LIMIT)]
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
    import re

    import regex

    longest = max(map(len, re.split(r"(?<!\\)\|", pattern.pattern)))
    return longest * FOLDING if pattern.flags & regex.FULLCASE else longest


@cache
def _calls_itself(pattern: regex.Pattern[str]) -> bool:
    import re

    return re.search(r"\(\?(?:R|[-+]?[0-9]|&|P>)", pattern.pattern) is not None
