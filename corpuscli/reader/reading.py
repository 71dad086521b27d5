"""Turn a source into its articles: the path that every command uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby
from typing import Generic, NamedTuple, TypeVar

from ..errors import ChecksumError, InputError, TrailingGarbageError
from ..model import Article, Evidence, Header, Span
from ..source import Source, Stored, open_source, read_blocks
from ..source.text import is_blank, path_text
from ..source.transcode import HEAD, UTF8, Tape, check_encoding, encoding_of
from .article import parse_article
from .blocks import block_headers, cut_blocks
from .layouts import Layout, load_layout
from .layouts.layout import Bare
from .limits import MARGIN
from .settling import Settler
from .weighing import MANY, STRONG, Choice, headers_of, weak_titles, weigh

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
    """Counts the bytes of a dump that have reached the reader."""

    size: int = 0
    is_whole: bool = False
    """True once all bytes have been counted."""
    is_blank: bool = False
    """True if all bytes are white space, and belong to no article."""

    def count(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the chunks of a dump, and count their bytes."""
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
    """Its first bytes, decompressed, `HEAD` at most."""
    choice: Choice | None = None
    """How `auto` came to the layout."""
    position: int = 0
    """The 0-based index of this dump among those read together."""
    total: Total | None = None
    """The count of its bytes; None if this process does not read it."""

    is_damaged: bool = False
    """True if even its beginning could not be read to the end."""

    @property
    def has_no_headers(self) -> bool:
        """Return True if `auto` found at most blank lines to separate the articles."""
        return self.choice is not None and self.choice.how in ("gaps", "nothing")

    @property
    def note(self) -> str:
        """Return the note on how the dump is read; empty if it is read as `page`, or as asked."""
        return self.choice.note if self.choice is not None else ""

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
        """Return the same work, with the place of its articles in each result."""
        return Work(partial(_placed, self.make), self.look, self.blank, self.part)


class Placed(NamedTuple, Generic[Result]):
    """The result for the articles in the bytes `[start, end)` of a dump."""

    start: int
    """-1 for a result without an article."""
    end: int
    made: Result


def _placed(make: Make[Result], reading: Reading, pieces: Sequence[Piece]) -> Placed[Result]:
    """Return what `make` returns for some articles, and where they are."""
    made = make(reading, pieces)
    if not pieces:
        return Placed(-1, -1, made)
    return Placed(pieces[0].span.start, pieces[-1].span.end, made)


def read_whole(
    name: str, placed: Iterable[Placed[Result]], total: Callable[[], int | None], *, whole: bool
) -> Iterator[Placed[Result]]:
    """Yield the results of a dump, and check that every byte belongs to exactly one article.

    If the results are not for the `whole` dump, there may be bytes between them. At the end `total`
    returns the bytes of the dump; None if that is unknown. Raises InputError if bytes were lost or
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
    named = None if options.layout == "auto" else load_layout(options.layout)
    choice, chunks = _choose(chunks, named)
    layout = choice.layout
    dump = path_text(name)
    found = _found_headers(chunks, layout, options.shard_size or BLOCK_SIZE)
    tiles = _tiles(name, found, fault, encoding, tape, total)
    return Reading(
        dump, layout, encoding, tiles, head[:HEAD], choice, total=total, is_damaged=bool(fault)
    )


def read_articles(path: str, options: Options | None = None) -> Iterator[Article]:
    """Yield the articles of the dump at `path`, in order.

    Raises InputError if it cannot be read, or not to its end; the articles before that point are
    yielded first.
    """
    with open_source(path) as source:
        reading = read_source(source, options or Options())
        yield from map(reading.parse, reading.pieces)


def _choose(chunks: Iterator[bytes], named: Layout | None) -> tuple[Choice, Iterator[bytes]]:
    """Return how a dump is read, chosen by its beginning, and the chunks again.

    Without a layout that is `named`, the beginning is weighed. If titles appear twice, the
    beginning also has a say in a named layout. Most dumps show what they are at once; then only
    that much is read.
    """
    if named is not None and not named.start.twice:
        return Choice(named, "named"), chunks
    layout = named or load_layout("page")
    reach = AUTO_REACH // 16
    while True:
        start, chunks = _peek(chunks, reach + MARGIN)
        is_all = len(start) < reach + MARGIN
        sample = start if is_all else start[: start.rfind(b"\n", 0, reach) + 1] or start[:reach]
        headers = headers_of(sample, layout)
        if named and (is_all or reach == AUTO_REACH or len(headers) >= MANY):
            return Choice(replace(named, bare=weak_titles(sample, headers)), "named"), chunks
        if is_all or reach == AUTO_REACH or sum(h.evidence in STRONG for h in headers) >= MANY:
            return weigh(sample), chunks
        reach *= 2


class _MoreNeeded(Exception):
    """The beginning of a dump is too short to tell how it is read."""


def is_chosen(reading: Reading) -> bool:
    """Return True if the beginning of the dump has a say in its layout."""
    if reading.choice is None:
        return False
    return reading.choice.how != "named" or reading.layout.start.twice


def would_be_read_alike(reading: Reading, start: bytes, *, is_all: bool) -> bool | None:
    """Return whether a dump that begins with `start`, or is all of it, is read the same way.

    That is, with the same layout, which must be one that `is_chosen`. None if it depends on what
    follows.
    """
    is_named = reading.choice is not None and reading.choice.how == "named"
    named = replace(reading.layout, bare=Bare()) if is_named else None

    def chunks() -> Iterator[bytes]:
        yield start
        if not is_all:
            raise _MoreNeeded

    try:
        choice, _ = _choose(chunks(), named)
    except _MoreNeeded:
        return None
    return choice.layout == reading.layout


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
    data = held[at - held_from :]
    if fault and not isinstance(fault[0], TrailingGarbageError | ChecksumError):
        raise fault[0] if is_blank(data) else _cut_off(fault[0], number)
    if data.count(b"\n") > MOST_LINES:
        raise InputError(name, too_long(line))
    raw = tape.rest() if tape else data
    nothing = total.is_blank = header is None and is_blank(data)
    if start + len(raw) != total.size:
        raise InputError(name, _lost(total.size - start - len(raw), False))
    yield new_piece(0 if nothing else number, data, raw, encoding, at, start, line, header)
    if fault:
        raise fault[0]


def _cut_off(error: InputError, number: int) -> InputError:
    """Return the error, with the article in which it lies."""
    reason = f"{error.reason}; article {number} is cut off there and left out"
    return InputError(error.path, reason)


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
