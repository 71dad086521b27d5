"""Check whether a dump is sound: find its problems while it is read, and count what is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from ..model import Article, Evidence
from ..reader.reading import Options, Piece, Reading
from ..records.excerpts import Line, lines_around
from ..records.fields import Problem, Totals, article_id, article_line
from ..source.looks import WARC, Kind, Look, looks_like
from ..source.text import is_blank
from ..source.transcode import find_newline
from .readings import Doubts, Seen
from .readings import look as look_at


@dataclass(frozen=True, slots=True)
class Checks:
    """What is checked."""

    expect: int | None = None
    """So many articles the dump should have."""
    ignore: frozenset[str] = frozenset()
    """Codes that are not looked for."""
    excerpts: bool = False
    """True if the lines that show a problem are wanted with it."""


class Begun(NamedTuple):
    """A dump whose check has begun: its first bytes were seen."""

    reading: Reading
    options: Options
    look: Look | None

    @property
    def is_foreign(self) -> bool:
        """Return True if it is a file of another kind, unless a layout was named or fits."""
        choice = self.reading.choice
        is_chosen = choice is not None and choice.how in ("named", "built-in", "learnt")
        if is_chosen and self.look is not None and self.look.name == WARC:
            return False
        return self.look is not None and self.look.is_foreign(not self.reading.has_no_headers)


@dataclass(slots=True)
class Tally:
    """Counts what a dump is made of, tile by tile."""

    articles: int = 0
    header_bytes: int = 0
    body_bytes: int = 0
    other_bytes: int = 0
    evidence: Counter[Evidence] = field(default_factory=Counter)
    was_used: bool = False
    """True once there was anything to count: a file of another kind is not read."""

    def add(self, tile: Piece, article: Article | None) -> None:
        """Count a tile and its article, if it has one."""
        self.was_used = True
        header = tile.span.header
        start = _text_start(tile.data) if header else 0
        body = min(article.body_start, len(tile.data)) if article else start
        end = max(body, _text_end(tile.data)) if article else start
        start, body, end = (_raw_offset(tile, cut) for cut in (start, body, end))
        self.header_bytes += body - start
        self.body_bytes += end - body
        self.other_bytes += start + len(tile.raw) - end
        if article:
            self.articles += 1
            self.evidence[tile.span.evidence] += 1

    def merge(self, other: Tally) -> None:
        """Count what another tally counted, too."""
        self.was_used |= other.was_used
        self.articles += other.articles
        self.header_bytes += other.header_bytes
        self.body_bytes += other.body_bytes
        self.other_bytes += other.other_bytes
        self.evidence += other.evidence

    def totals(self, reading: Reading) -> Totals:
        """Return the record of what was counted in that dump."""
        return Totals(
            reading.dump,
            reading.layout.name,
            reading.encoding,
            self.articles,
            self.header_bytes,
            self.body_bytes,
            self.other_bytes,
            self.evidence,
        )


def begin_check(reading: Reading, options: Options) -> Begun:
    """Look at the first bytes of a dump that has begun to be read."""
    return Begun(reading, options, looks_like(reading.head))


class Known(NamedTuple):
    """What an article is known again by."""

    number: int
    digest: int
    """Its id, as a number: a dictionary from one number to another is the least that remembers."""
    line: int
    excerpt: tuple[Line, ...]


class Examined(NamedTuple):
    """What some tiles of a dump that follow one another show. It can be pickled."""

    upto: int
    """The number of the last article; 0 if there is none."""
    faults: list[list[Problem]]
    """For each article, what is odd about it by itself."""
    known: list[Known]
    """For each article, unless `duplicate-article` is ignored."""
    tally: Tally | None
    seen: list[Seen]
    """For each article, what it shows of how it was read."""


def examine(checks: Checks, counting: bool, reading: Reading, tiles: Sequence[Piece]) -> Examined:
    """Look at some tiles, and count what is in them if that is wanted."""
    tally = Tally() if counting else None
    remembers = "duplicate-article" not in checks.ignore
    faults = []
    known = []
    seen = []
    upto = 0
    for tile in tiles:
        article = reading.parse(tile) if tile.span.number else None
        show = partial(_excerpt, tile) if checks.excerpts else _no_excerpt
        if tally is not None:
            tally.add(tile, article)
        if article:
            upto = tile.span.number
            faults.append(_faults(article, show))
            seen.append(look_at(article, reading, tile.data))
            if remembers:
                line = article_line(article)
                known.append(Known(upto, int(article_id(article), 16), line, show(line)))
    return Examined(upto, faults, known, tally, seen)


def find_problems(
    begun: Begun,
    checks: Checks,
    tally: Tally | None = None,
    examined: Iterable[Examined] | None = None,
) -> Iterator[Problem]:
    """Return the problems of a dump: those of the whole, those of each article, and the count.

    `examined` is what `examine` returned for all its tiles, in order, if that was done elsewhere.
    Counts in `tally`, if there is one. Raises InputError if the dump cannot be read on. Remembers
    every article's id, about 100 bytes, unless `duplicate-article` is ignored.
    """
    if examined is None:
        reading = begun.reading
        examined = (examine(checks, tally is not None, reading, [tile]) for tile in reading.tiles)
    found = _problems(begun, checks, tally, examined)
    return (problem for problem in found if problem.code not in checks.ignore)


def _problems(
    begun: Begun, checks: Checks, tally: Tally | None, examined: Iterable[Examined]
) -> Iterator[Problem]:
    dump = begun.reading.dump
    if begun.is_foreign and "not-a-dump" not in checks.ignore:
        yield _foreign(begun)
        return
    yield from _other_encoding(begun)
    seen: dict[int, int] = {}
    doubts = Doubts(begun.reading)
    count = 0
    for part in examined:
        if tally is not None and part.tally is not None:
            tally.merge(part.tally)
        if part.upto and not count:
            yield from _not_as_page(begun)
        count = part.upto or count
        for faults, known, shown in zip_longest(part.faults, part.known, part.seen):
            yield from faults
            yield from doubts.add(shown)
            first = seen.setdefault(known.digest, known.number) if known else 0
            if known and first != known.number:
                message = f"same title and paragraphs as article {first}"
                yield Problem(
                    dump, known.number, known.line, "duplicate-article", message, known.excerpt
                )
    yield from doubts.end()
    if not count:
        yield Problem(dump, None, None, "no-articles", "the dump has no articles")
    if checks.expect is not None and count != checks.expect:
        there = "1 article is" if count == 1 else f"{count} articles are"
        message = f"{there} in the dump, {checks.expect} expected"
        yield Problem(dump, None, None, "unexpected-count", message)


def _foreign(begun: Begun) -> Problem:
    name = begun.look.name if begun.look else "another file"
    message = f"this looks like {name}, not like a dump of pages; it was not read"
    return Problem(begun.reading.dump, None, None, "not-a-dump", message)


def _other_encoding(begun: Begun) -> Iterator[Problem]:
    look = begun.look
    if look and look.kind is Kind.ENCODING and begun.options.encoding == "auto":
        message = f"this looks like {look.name}; {look.advice}"
        yield Problem(begun.reading.dump, None, None, "other-encoding", message)


def _not_as_page(begun: Begun) -> Iterator[Problem]:
    """Yield problems if `auto` found that the dump does not consist of pages."""
    choice, dump = begun.reading.choice, begun.reading.dump
    how = choice.how if choice is not None else ""
    if choice is not None and how == "learnt":
        message = (
            f"read with a layout learnt from {choice.articles} of its own pages, "
            f"{choice.sure:.0%} sure"
        )
        yield Problem(dump, None, None, "learnt-layout", message)
    if how == "gaps":
        message = (
            f"no layout fits the dump; {begun.reading.layout.gap} or more blank lines were taken "
            "for the end of an article"
        )
        yield Problem(dump, None, None, "no-layout", message)
    if how == "nothing":
        message = "no layout fits the dump; it was read as one article"
        yield Problem(dump, None, None, "no-layout", message)


def _excerpt(tile: Piece, line: int) -> tuple[Line, ...]:
    """Return a line of the dump within the tile, and the lines around it."""
    first = tile.span.line
    return lines_around(tile.data, line - first, first)


def _no_excerpt(line: int) -> tuple[Line, ...]:
    return ()


def _faults(article: Article, show: Callable[[int], tuple[Line, ...]]) -> list[Problem]:
    """Return what is odd about an article by itself, in the order of its lines."""
    dump, number, first = article.dump, article.span.number, article.span.line
    return [
        Problem(
            dump,
            number,
            first + fault.line,
            fault.code,
            fault.message,
            show(first + fault.line),
        )
        for fault in sorted(article.find_faults(), key=lambda fault: fault.line)
    ]


def _text_start(data: bytes) -> int:
    """Return where the first line that is not blank starts; 0 if all are blank."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        if not is_blank(data[start:end]):
            return start
        start = end
    return 0


def _text_end(data: bytes) -> int:
    """Return the byte after the last line that is not blank, its line end included."""
    end = len(data)
    while end:
        start = data.rfind(b"\n", 0, end - 1) + 1
        if not is_blank(data[start:end]):
            return end
        end = start
    return 0


def _raw_offset(tile: Piece, at: int) -> int:
    """Return the dump's byte for byte `at` of the tile's UTF-8, which is at a line's start."""
    if tile.raw is tile.data:
        return at
    if at == len(tile.data):
        return len(tile.raw)
    newline = "\n".encode(tile.encoding)
    offset = 0
    for _ in range(tile.data.count(b"\n", 0, at)):
        offset = find_newline(tile.raw, newline, offset) + len(newline)
    return offset
