"""From a source to its articles: the spine that every command stands on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby
from typing import Generic, NamedTuple, TypeVar

from ..errors import InputError, TrailingGarbageError
from ..model import Article, Evidence, Header, Span
from ..source import Source, Stored, open_source, read_blocks
from ..source.text import is_blank
from ..source.transcode import HEAD, UTF8, Tape, check_encoding, encoding_of
from .article import parse_article
from .blocks import block_headers, cut_blocks
from .layouts import Layout, load_layout
from .limits import MARGIN
from .settling import Settler

Part = TypeVar("Part")
Result = TypeVar("Result")

BLOCK_SIZE = 4 * 1024 * 1024
"""Bytes of a dump that are searched for headers at a time."""

AUTO_REACH = 4 * 1024 * 1024
"""Bytes of a dump that `auto` looks at to choose a layout."""

LONGEST_ARTICLE = 64 * 1024 * 1024
"""Bytes an article may have. A longer one is no article, and would not fit in memory."""

MOST_LINES = 500_000
"""Lines an article may have; each takes some 400 bytes while it is read."""


@dataclass(frozen=True, slots=True)
class Options:
    """How dumps are read."""

    layout: str = "auto"
    encoding: str = "auto"
    shard_size: int | None = None
    """Bytes of a dump that are read at a time; None: as many as are good."""

    def check(self) -> None:
        """Raise UsageError if a name in them stands for nothing, InputError for a bad layout."""
        if self.layout != "auto":
            load_layout(self.layout)
        check_encoding(self.encoding)

    @property
    def says_utf8(self) -> bool:
        """True if the encoding need not be doubted, for it was said to be UTF-8."""
        return check_encoding(self.encoding) == UTF8


class Piece(NamedTuple):
    """An article's place in a dump, and its bytes."""

    span: Span
    data: bytes
    """As UTF-8, which is what everything is read from."""
    raw: bytes
    """As they are in the dump; the same object where the dump is UTF-8."""
    encoding: str


@dataclass(slots=True)
class Total:
    """How many bytes of a dump have come to the reader."""

    size: int = 0
    is_whole: bool = False
    """True once all have come."""
    is_blank: bool = False
    """True if they are all white space, and belong to no article."""

    def count(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the chunks of a dump, counted."""
        for chunk in chunks:
            self.size += len(chunk)
            yield chunk
        self.is_whole = True


class Reading(NamedTuple):
    """A dump that is being read, once, from its first byte to its last."""

    dump: str
    layout: Layout
    encoding: str
    """A standard name: `utf-8`, `utf-16-le`, `windows-1256` and so on."""
    tiles: Iterator[Piece]
    """Its articles in order; they tile the dump. Raises InputError where it cannot go on.

    A dump of white space has no article, but one tile, of number 0.
    """
    head: bytes = b""
    """Its first bytes, decompressed, `HEAD` at most."""
    has_no_headers: bool = False
    """True if `auto` found nothing but blank lines to tell its articles apart by."""
    position: int = 0
    """Which one it is of the dumps that are read together, from 0."""
    total: Total | None = None
    """What has come of it in this process."""

    @property
    def alone(self) -> Reading:
        """What it takes to parse pieces, without what begins to be read: it can be pickled."""
        return self._replace(tiles=iter(()), head=b"", total=None)

    @property
    def pieces(self) -> Iterator[Piece]:
        """Its articles, as `tiles`."""
        return (piece for piece in self.tiles if piece.span.number)

    def parse(self, piece: Piece) -> Article:
        return parse_article(self.dump, piece.span, piece.data, self.layout)


Make = Callable[[Reading, Sequence[Piece]], Result]
"""What is made of some articles of a dump that follow one another. Other processes may do it: it
must give something that can be pickled."""

Look = Callable[[bytes | memoryview], bool]
"""Whether an article that is wanted may stand in some whole lines. It is called in threads."""


class Work(NamedTuple, Generic[Result]):
    """What is made of dumps, and of which of their articles together."""

    make: Make[Result]
    look: Look | None = None
    """Says no to bytes whose articles may be left out."""
    blank: bool = False
    """True if something is made of the one tile of a blank dump, too."""
    part: int | None = None
    """If something is made of all articles that start in the same so many bytes: how many."""

    def placed(self) -> Work[Placed[Result]]:
        """The same, each result with the bytes of its articles."""
        return Work(partial(_placed, self.make), self.look, self.blank, self.part)


class Placed(NamedTuple, Generic[Result]):
    """What was made of the articles in the bytes `[start, end)` of a dump."""

    start: int
    """-1 if it was made of no article."""
    end: int
    made: Result


def _placed(make: Make[Result], reading: Reading, pieces: Sequence[Piece]) -> Placed[Result]:
    """What `make` makes of some articles, and where they are."""
    made = make(reading, pieces)
    if not pieces:
        return Placed(-1, -1, made)
    return Placed(pieces[0].span.start, pieces[-1].span.end, made)


def read_whole(
    name: str, placed: Iterable[Placed[Result]], total: Callable[[], int | None], *, whole: bool
) -> Iterator[Placed[Result]]:
    """Yield the results of a dump, and see that every byte was in exactly one article.

    Where they are not the `whole` dump, there may be bytes between them. `total` is asked at the
    end for the bytes of the dump; None if that is unknown. Raises InputError if bytes were lost or
    read twice.
    """
    at = 0
    for result in placed:
        if result.start >= 0:
            if result.start < at or (whole and result.start > at):
                raise InputError(name, _lost(abs(result.start - at), result.start < at))
            at = result.end
        yield result
    size = total() if whole else None
    if size is not None and size != at:
        raise InputError(name, _lost(abs(size - at), size < at))


def _lost(count: int, twice: bool) -> str:
    what = "belong to two articles" if twice else "belong to no article"
    return f"{count} bytes {what}; please report this"


class Opened(NamedTuple, Generic[Result]):
    """A dump that is about to be read."""

    stored: Stored
    reading: Reading
    results: Iterator[Result]
    """What was made of its articles, some at a time, in order. Raises InputError where it cannot be
    read on. To be taken before the next dump is."""


def read_source(source: Source, options: Options, position: int = 0) -> Reading:
    """Begin to read a dump, the one at that position in a call: decide how, from its beginning."""
    return read_chunks(source.name, read_blocks(source), options)._replace(position=position)


def read_chunks(name: str, chunks: Iterable[bytes], options: Options) -> Reading:
    """Begin to read a dump whose bytes come as `chunks`."""
    total = Total()
    chunks, fault = until_fault(total.count(chunks))
    head, chunks = _peek(chunks, HEAD)
    encoding = encoding_of(head, check_encoding(options.encoding))
    tape = None
    if encoding != UTF8:
        tape = Tape(encoding)
        chunks = tape.transcode(name, chunks)
    if options.layout == "auto":
        layout, chunks = _choose_layout(chunks)
    else:
        layout = load_layout(options.layout)
    # A file name that is not UTF-8 must not make JSON that is not.
    dump = os.fsencode(name).decode("utf-8", "replace")
    found = _found_headers(chunks, layout, options.shard_size or BLOCK_SIZE)
    tiles = _tiles(name, found, fault, encoding, tape, total)
    has_no_headers = options.layout == "auto" and layout.gap > 0
    return Reading(dump, layout, encoding, tiles, head[:HEAD], has_no_headers, total=total)


def read_articles(path: str, options: Options | None = None) -> Iterator[Article]:
    """The articles of the dump at `path`, in order.

    Raises InputError if it cannot be read, or not to its end; the articles before come first.
    """
    with open_source(path) as source:
        reading = read_source(source, options or Options())
        yield from map(reading.parse, reading.pieces)


def _choose_layout(chunks: Iterator[bytes]) -> tuple[Layout, Iterator[bytes]]:
    """`page` if a header starts in the first 4 MiB, otherwise `plain`; and the chunks again."""
    page = load_layout("page")
    reach = AUTO_REACH // 16
    while True:
        # Most dumps show a header at once; no more is read than that needs.
        start, chunks = _peek(chunks, reach + MARGIN)
        if len(start) < reach + MARGIN:
            # That is all of the dump.
            reach = AUTO_REACH
        if has_header(start[: reach + MARGIN], reach, page):
            return page, chunks
        if reach == AUTO_REACH:
            return page if not start.strip() else load_layout("plain"), chunks
        reach *= 2


def has_header(start: bytes, reach: int, layout: Layout) -> bool:
    """True if a header starts in the first `reach` bytes of a dump that begins with `start`."""
    return any(
        header.start < reach
        for block in cut_blocks([start], reach)
        for header in block_headers(block, layout)
    )


def _peek(chunks: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """The first `size` bytes or a few more, if there are as many; and the chunks again."""
    head: list[bytes] = []
    seen = 0
    for chunk in chunks:
        head.append(chunk)
        seen += len(chunk)
        if seen >= size:
            break
    return b"".join(head), chain(head, chunks)


def grouped(pieces: Iterable[Piece], size: int) -> Iterator[list[Piece]]:
    """The articles, those together that start in the same `size` bytes of the dump.

    Where it fails, the articles before come first, as if they were all of their group.
    """
    pieces, fault = until_fault(pieces)
    for _, group in groupby(pieces, lambda piece: piece.span.start // size):
        yield list(group)
    if fault:
        raise fault[0]


def until_fault(parts: Iterable[Part]) -> tuple[Iterator[Part], list[InputError]]:
    """The parts of an input before it fails, and a list that what failed will be in."""
    fault: list[InputError] = []

    def before() -> Iterator[Part]:
        try:
            yield from parts
        except InputError as error:
            fault.append(error)

    return before(), fault


def _tiles(
    name: str,
    found: Iterator[tuple[list[Header], bytes]],
    fault: list[InputError],
    encoding: str,
    tape: Tape | None,
    total: Total,
) -> Iterator[Piece]:
    """The articles of a dump: each from its header's start to the next header's."""
    held = b""
    # In UTF-8; in the dump itself, `start`.
    held_from = at = start = 0
    header: Header | None = None
    number = line = 1
    for headers, fresh in found:
        held = held[at - held_from :] + fresh
        held_from = at
        for following in headers:
            data = held[at - held_from : following.start - held_from]
            if header is None and is_blank(data):
                # White space before the first header belongs to that header's article.
                header = following
                continue
            lines = data.count(b"\n")
            if len(data) > LONGEST_ARTICLE or lines > MOST_LINES:
                raise InputError(name, too_long(line))
            raw = tape.take(data) if tape else data
            yield new_piece(number, data, raw, encoding, at, start, line, header)
            line += lines
            number += 1
            start += len(raw)
            at, header = following.start, following
        waiting = held_from + len(held) - at
        if waiting > LONGEST_ARTICLE or (
            waiting > MOST_LINES and held.count(b"\n", at - held_from) > MOST_LINES
        ):
            raise InputError(name, too_long(line))
    if fault and not isinstance(fault[0], TrailingGarbageError):
        raise fault[0]
    data = held[at - held_from :]
    if data.count(b"\n") > MOST_LINES:
        raise InputError(name, too_long(line))
    raw = tape.rest() if tape else data
    nothing = total.is_blank = header is None and is_blank(data)
    if start + len(raw) != total.size:
        raise InputError(name, _lost(total.size - start - len(raw), False))
    yield new_piece(0 if nothing else number, data, raw, encoding, at, start, line, header)
    if fault:
        raise fault[0]


def _found_headers(
    chunks: Iterable[bytes], layout: Layout, block_size: int
) -> Iterator[tuple[list[Header], bytes]]:
    """The headers of a dump as they are found, and the bytes that were read meanwhile."""
    settler = Settler()
    for block in cut_blocks(chunks, block_size):
        headers = settler.add(block_headers(block, layout), block.base + block.end)
        yield headers, block.data[block.start : block.end]


def new_piece(
    number: int,
    data: bytes,
    raw: bytes,
    encoding: str,
    at: int,
    start: int,
    line: int,
    header: Header | None,
) -> Piece:
    """The article whose UTF-8 starts at `at` and whose bytes start at `start`."""
    evidence = header.evidence if header else Evidence.NONE
    if header and header.start > at:
        header = header.begun_earlier(header.start - at)
    span = Span(number, start, start + len(raw), line, header, evidence)
    return Piece(span, data, raw, encoding)


def too_long(line: int) -> str:
    return (
        f"the article that starts at line {line} is longer than {LONGEST_ARTICLE >> 20} MiB or "
        f"{MOST_LINES:,} lines; is this a dump of pages?"
    )
