"""Turn a source into its articles: the path that every command uses."""

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
"""How many bytes of a dump are searched for headers at a time."""

AUTO_REACH = 4 * 1024 * 1024
"""How many bytes of a dump `auto` looks at to choose a layout."""

LONGEST_ARTICLE = 64 * 1024 * 1024
"""The most bytes an article may have. A longer text is not an article, and would not fit in memory.
"""

MOST_LINES = 500_000
"""The most lines an article may have; each uses about 400 bytes while it is read."""


@dataclass(frozen=True, slots=True)
class Options:
    """How dumps are read."""

    layout: str = "auto"
    encoding: str = "auto"
    shard_size: int | None = None
    """How many bytes of a dump are read at a time; None lets the reader choose."""

    def check(self) -> None:
        """Raise UsageError for an unknown layout or encoding, InputError for an invalid layout."""
        if self.layout != "auto":
            load_layout(self.layout)
        check_encoding(self.encoding)

    @property
    def says_utf8(self) -> bool:
        """Return True if the user said that the encoding is UTF-8, so it need not be doubted."""
        return check_encoding(self.encoding) == UTF8


class Piece(NamedTuple):
    """An article's place in a dump, and its bytes."""

    span: Span
    data: bytes
    """UTF-8, from which everything is read."""
    raw: bytes
    """The bytes as they are in the dump; the same object if the dump is UTF-8."""
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
    """The encoding's standard name: `utf-8`, `utf-16-le`, `windows-1256` and so on."""
    tiles: Iterator[Piece]
    """The dump's articles in order; they tile the dump. Raises InputError where reading fails.

    A dump of white space has no article, but it has one tile, with number 0.
    """
    head: bytes = b""
    """The first bytes, decompressed, at most `HEAD`."""
    has_no_headers: bool = False
    """True if `auto` found only blank lines to separate the articles."""
    position: int = 0
    """The 0-based index of this dump among those read together."""
    total: Total | None = None
    """What has come of it in this process."""

    @property
    def alone(self) -> Reading:
        """Return only what is needed to parse pieces, without `tiles`; it can be pickled."""
        return self._replace(tiles=iter(()), head=b"", total=None)

    @property
    def pieces(self) -> Iterator[Piece]:
        """Yield the dump's articles, as in `tiles`."""
        return (piece for piece in self.tiles if piece.span.number)

    def parse(self, piece: Piece) -> Article:
        return parse_article(self.dump, piece.span, piece.data, self.layout)


Make = Callable[[Reading, Sequence[Piece]], Result]
"""Makes something of consecutive articles of a dump. It may run in other processes, so what it
returns must be picklable."""

Look = Callable[[bytes | memoryview], bool]
"""Returns whether some whole lines may contain part of a wanted article. It is called in threads.
"""


class Work(NamedTuple, Generic[Result]):
    """What to make of dumps, and which of their articles to take together."""

    make: Make[Result]
    look: Look | None = None
    """Returns False for bytes whose articles may be skipped."""
    blank: bool = False
    """True if the single tile of a blank dump is to be used, too."""
    part: int | None = None
    """If set, all articles that start in the same range of this many bytes are taken together."""

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
    """The results for its articles, some at a time, in order. Raises InputError where reading
    fails. Use it up before taking the next dump."""


def read_source(source: Source, options: Options, position: int = 0) -> Reading:
    """Begin to read a dump: its first bytes decide how.

    `position` is its 0-based index in the call.
    """
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
    # A file name that is not UTF-8 must not lead to invalid JSON.
    dump = os.fsencode(name).decode("utf-8", "replace")
    found = _found_headers(chunks, layout, options.shard_size or BLOCK_SIZE)
    tiles = _tiles(name, found, fault, encoding, tape, total)
    has_no_headers = options.layout == "auto" and layout.gap > 0
    return Reading(dump, layout, encoding, tiles, head[:HEAD], has_no_headers, total=total)


def read_articles(path: str, options: Options | None = None) -> Iterator[Article]:
    """Yield the articles of the dump at `path`, in order.

    Raises InputError if it cannot be read, or not to its end; the articles before that point are
    yielded first.
    """
    with open_source(path) as source:
        reading = read_source(source, options or Options())
        yield from map(reading.parse, reading.pieces)


def _choose_layout(chunks: Iterator[bytes]) -> tuple[Layout, Iterator[bytes]]:
    """Return the layout and the chunks again.

    The layout is `page` if a header starts in the first 4 MiB, otherwise `plain`.
    """
    page = load_layout("page")
    reach = AUTO_REACH // 16
    while True:
        # Most dumps show a header early; read no more than that needs.
        start, chunks = _peek(chunks, reach + MARGIN)
        if len(start) < reach + MARGIN:
            # This is the whole dump.
            reach = AUTO_REACH
        if has_header(start[: reach + MARGIN], reach, page):
            return page, chunks
        if reach == AUTO_REACH:
            return page if not start.strip() else load_layout("plain"), chunks
        reach *= 2


def has_header(start: bytes, reach: int, layout: Layout) -> bool:
    """Return True if a header starts in the first `reach` bytes; the dump begins with `start`."""
    return any(
        header.start < reach
        for block in cut_blocks([start], reach)
        for header in block_headers(block, layout)
    )


def _peek(chunks: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """Return the start of a dump, at least `size` bytes or all there are, and the chunks again."""
    head: list[bytes] = []
    seen = 0
    for chunk in chunks:
        head.append(chunk)
        seen += len(chunk)
        if seen >= size:
            break
    return b"".join(head), chain(head, chunks)


def grouped(pieces: Iterable[Piece], size: int) -> Iterator[list[Piece]]:
    """Yield groups of articles that start in the same range of `size` bytes of the dump.

    Where reading fails, the articles before come first, as if they were their whole group.
    """
    pieces, fault = until_fault(pieces)
    for _, group in groupby(pieces, lambda piece: piece.span.start // size):
        yield list(group)
    if fault:
        raise fault[0]


def until_fault(parts: Iterable[Part]) -> tuple[Iterator[Part], list[InputError]]:
    """Return the parts before an input fails, and a list to which the error is then added."""
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
    """Yield the articles of a dump: each from its header's start to the next header's."""
    held = b""
    # `at` counts in UTF-8, `start` in the dump itself.
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
    """Yield the headers of a dump as they are found, with the bytes read in the meantime."""
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
    """Return the article that starts at `at` in UTF-8 and at `start` in the dump itself."""
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
