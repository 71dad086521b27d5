"""Was a dump read rightly? What its articles, side by side, say against its layout."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ..model import Article, Evidence
from ..reader.framed import Parts
from ..reader.framed_article import FramedArticle
from ..reader.layouts import BUILT_IN, Layout, Lines
from ..reader.reading import Reading
from ..records.fields import Problem, article_line
from ..source.text import decode, fold

GAP = 3
"""Blank lines above an article that speak for it."""

FEW = 5
"""Articles from which on they can be compared."""

LONG = 20
"""Times the usual length that is too long."""

LONG_BYTES = 10 * 1024

SHARE = 0.3
"""The share of bodies that may not begin, or end, alike."""

_COUNT_LINES = (
    re.compile(
        r"(?i)(?:total|documents|articles|results|items|stories|number of articles)\b"
        r"\W{1,12}(\d{1,7})\b\W*(?:articles|documents)?\W*"
    ),
    re.compile(r"(?i)(?:total\W+)?(\d{1,7}) (?:articles|documents|results|stories)(?: found)?\W*"),
)
_OF = re.compile(r"(\d{1,7}) (?:of|von|de|di|of the|van|из|من|/) ?(\d{1,7})\b")
_DIGITS = re.compile(r"\d+")


class Seen(NamedTuple):
    """What one article shows of how it was read. It can be pickled."""

    number: int
    line: int
    size: int
    """Bytes of its text."""
    kinds: int
    """The lists of the layout that its lines are in."""
    title: int
    """The hash of its title; 0 without one."""
    first: int
    """The hash of its first paragraph, numbers masked; 0 without one."""
    last: int
    counter: int
    """The number in its boundary; -1 without one."""
    of: int
    """The number of articles that its boundary states; -1 without one."""
    lookalike: int
    """The line, from 1, of text that is like its boundary; 0 without any."""
    is_weak: bool
    """True if it rests on a repeated line alone."""
    blank: int
    """Blank lines below its text."""
    dropped: int
    """Lines of its body that were dropped though they read like paragraphs."""


def look(article: Article, reading: Reading, data: bytes) -> Seen:
    """Return what an article shows."""
    parts = article.parts if isinstance(article, FramedArticle) else None
    paragraphs = article.paragraphs if parts is not None else ()
    counter, of = _counter(parts)
    return Seen(
        article.span.number,
        article_line(article),
        sum(len(text.text) for text in paragraphs),
        parts.kinds if parts else 0,
        hash_of(article.title.text) if article.title and parts is not None else 0,
        _hash(paragraphs[0].text) if len(paragraphs) > 1 else 0,
        _hash(paragraphs[-1].text) if len(paragraphs) > 1 else 0,
        counter,
        of,
        _lookalike(article, parts) if parts else 0,
        _is_weak(article, reading),
        _blank_below(data),
        parts.dropped if parts else 0,
    )


def hash_of(text: str) -> int:
    """Return a number that the same texts have in common; it is not 0."""
    from zlib import crc32

    data = fold(text).encode("utf-8", "replace")
    return crc32(data) << 20 | len(data) & 0xFFFFF | 1 << 60


def _hash(text: str) -> int:
    return hash_of(_DIGITS.sub("#", text))


def _blank_below(data: bytes) -> int:
    """Return the number of blank lines at the end of an article."""
    return max(0, data.count(b"\n", len(data.rstrip())) - 1)


def _counter(parts: Parts | None) -> tuple[int, int]:
    if parts is None or not parts.boundary or len(parts.boundary) > 120:
        return -1, -1
    if match := _OF.search(parts.boundary):
        return int(match[1]), int(match[2])
    numbers = _DIGITS.findall(parts.boundary)
    words = parts.boundary.split()
    # A heading that counts: `### 3`, `[3]`, `Article 3`; not a title with a year in it.
    if len(numbers) == 1 and len(words) <= 3 and len(numbers[0]) < 7:
        return int(numbers[0]), -1
    return -1, -1


def _loose(text: str) -> str:
    return re.sub(r"[\W_]+", "", _DIGITS.sub("#", text.casefold()).replace("#", "0"))


def _lookalike(article: Article, parts: Parts) -> int:
    """Return the line of a paragraph that equals the boundary, except in case and signs."""
    if not parts.boundary or len(parts.boundary) > 120 or (parts.title and parts.title.line == 0):
        return 0
    wanted = _loose(parts.boundary)
    if len(wanted) < 3:
        return 0
    for text, line in article.paragraphs:
        if len(text) <= len(parts.boundary) + 12 and _loose(text) == wanted:
            return article.span.line + line
    return 0


def _is_weak(article: Article, reading: Reading) -> bool:
    """Return True for a header whose only evidence is a repeated line."""
    if article.span.evidence is not Evidence.TITLE or reading.layout.bare.everywhere:
        return False
    return article.span.number > 1 and article.span.header is not None


class Doubts:
    """Compares the articles of a dump as they come."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.sizes = array("q")
        self.lines = array("q")
        self.kinds: Counter[int] = Counter()
        self.titles: Counter[int] = Counter()
        self.title_lines: dict[int, int] = {}
        self.firsts: Counter[int] = Counter()
        self.lasts: Counter[int] = Counter()
        self.declared: Counter[int] = Counter()
        self.counted = 0
        """The last number that went on."""
        self.blank = 0
        self.dropped = 0
        self.droppers = 0

    def add(self, seen: Seen) -> Iterator[Problem]:
        """Count an article; yield what it shows against those before."""
        self.sizes.append(seen.size)
        self.lines.append(seen.line)
        kinds = seen.kinds
        while kinds:
            low = kinds & -kinds
            self.kinds[low] += 1
            kinds ^= low
        if len(self.titles) < 1_000_000:
            self.titles[seen.title] += seen.title != 0
            self.firsts[seen.first] += seen.first != 0
            self.lasts[seen.last] += seen.last != 0
        if seen.of >= 0:
            self.declared[seen.of] += 1
        if seen.counter >= 0:
            if self.counted and seen.counter not in (self.counted + 1, 1):
                yield self._problem(
                    "counter-broken",
                    f"its boundary has number {seen.counter}, the one before {self.counted}",
                    seen,
                )
            else:
                self.counted = seen.counter
        if seen.lookalike:
            message = (
                "a paragraph looks like the line that starts an article, but was not read as one"
            )
            yield self._problem("boundary-in-body", message, seen._replace(line=seen.lookalike))
        self.dropped += seen.dropped
        self.droppers += seen.dropped > 0
        blank, self.blank = self.blank, seen.blank
        if seen.is_weak and blank < GAP:
            message = "it starts at a line that appears twice, with no other evidence"
            yield self._problem("weak-evidence", message, seen)

    def _problem(self, code: str, message: str, seen: Seen | None = None) -> Problem:
        number = seen.number if seen else None
        line = seen.line if seen else None
        return Problem(self.reading.dump, number, line, code, message)

    def end(self) -> Iterator[Problem]:
        """Yield what all articles together show."""
        count = len(self.sizes)
        layout = self.reading.layout
        yield from self._unmatched(count)
        yield from self._count(count)
        if not layout.is_framed or count < FEW:
            return
        yield from self._long(count)
        yield from self._dropped(count)
        title, often = max(self.titles.items(), key=lambda one: one[1], default=(0, 0))
        if title and often >= 3 and often > 0.2 * count:
            yield self._problem(
                "repeated-title", f"{often} of {count} articles have the same title"
            )
        for edge, name in ((self.firsts, "begin"), (self.lasts, "end")):
            text, often = max(edge.items(), key=lambda one: one[1], default=(0, 0))
            if text and often >= 3 and often > SHARE * count:
                message = f"{often} of {count} bodies {name} with the same text"
                yield self._problem("furniture-in-body", message)

    def _dropped(self, count: int) -> Iterator[Problem]:
        if self.reading.layout.name not in BUILT_IN and self.droppers > 0.05 * count:
            message = (
                f"in {self.droppers} of {count} articles body.drop or a box takes out lines that "
                f"read like paragraphs ({self.dropped} in all)"
            )
            yield self._problem("text-dropped", message)

    def _long(self, count: int) -> Iterator[Problem]:
        usual = sorted(self.sizes)[count // 2]
        longest = max(self.sizes)
        if longest > LONG_BYTES and longest > LONG * max(1, usual):
            number = self.sizes.index(longest) + 1
            message = f"it is {longest // max(1, usual)} times as long as the median article"
            line = self.lines[number - 1]
            yield Problem(self.reading.dump, number, line, "long-article", message)

    def _unmatched(self, count: int) -> Iterator[Problem]:
        layout = self.reading.layout
        if not count or not layout.is_framed:
            return
        start = layout.start
        for key, lines in (("at", start.at), ("after", start.after), ("glued", start.glued)):
            if lines and not self._share(lines):
                message = f"start.{key}: no line of the dump matches it"
                yield self._problem("unmatched-pattern", message)
        if layout.name in BUILT_IN or count < FEW:
            return
        yield from self._statements(layout, count)

    def _statements(self, layout: Layout, count: int) -> Iterator[Problem]:
        """Yield statements of the layout of one kind of page that match nothing, or too little."""
        page = layout.pages[-1]
        if len(layout.pages) > 1:
            return
        often = (
            ("title.line", page.title.line), ("title.after", page.title.after),
            ("title.before", page.title.before), ("body.after", page.body.after),
        )  # fmt: skip
        for key, lines in often:
            if not lines or any(part.is_title for form in lines.forms for part in form.parts):
                continue
            share = self._share(lines)
            if share < 0.5 * count:
                message = f"{key} matches a line in {share} of {count} articles only"
                yield self._problem("unmatched-pattern", message)
        seldom = [
            (f"head.{key}", getattr(page.head, key))
            for key in ("date", "byline", "section", "caption", "credit", "drop")
        ]
        seldom += [(f"body.{key}", getattr(page.body, key)) for key in ("tail", "drop", "strip")]
        for key, lines in seldom:
            if lines and not self._share(lines):
                yield self._problem("unmatched-pattern", f"{key}: no line of the dump matches it")

    def _share(self, lines: Lines) -> int:
        """Return the number of articles that have a line of the list."""
        bits = [bit for bit in self.kinds if bit & lines.mask]
        return max((self.kinds[bit] for bit in bits), default=0)

    def _count(self, count: int) -> Iterator[Problem]:
        """Yield a problem if the dump states a different number of articles."""
        says = None
        if self.declared:
            says, often = self.declared.most_common(1)[0]
            if often < 0.6 * count:
                says = None
        if says is None and self.reading.layout.is_framed:
            says = _declared(self.reading.head)
        if says is not None and says != count:
            there = "1 article was" if count == 1 else f"{count} articles were"
            message = f"the dump says that it has {says}; {there} read"
            yield self._problem("other-count", message)


def _declared(head: bytes) -> int | None:
    """Return the number of articles that a line at the top of a dump states; None without one."""
    for line in decode(head).split("\n")[:40]:
        text = fold(line)
        if len(text) > 80:
            return None
        for pattern in _COUNT_LINES:
            if (match := pattern.fullmatch(text)) and 0 < int(match[1]) < 10**6:
                return int(match[1])
    return None
