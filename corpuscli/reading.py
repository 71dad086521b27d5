"""From a source to its articles: the spine that every command stands on."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from .boundaries import block_headers, cut_blocks, settle
from .errors import InputError, UsageError
from .headers import MARGIN
from .layouts import BUILT_IN, Layout, load_layout
from .model import Article, Evidence, Header, Span
from .parse import parse_article
from .source import Source, open_source, read_blocks
from .text import Codec

BLOCK_SIZE = 4 * 1024 * 1024
"""Bytes of a dump that are searched for headers at a time."""

AUTO_REACH = 4 * 1024 * 1024
"""Bytes of a dump that `auto` looks at to choose a layout."""

LONGEST_ARTICLE = 64 * 1024 * 1024
"""Bytes an article may have. A longer one is no article, and would not fit in memory."""


@dataclass(frozen=True, slots=True)
class Options:
    """How dumps are read."""

    layout: str = "auto"
    encoding: str = "auto"
    block_size: int = BLOCK_SIZE

    def check(self) -> None:
        """Raise UsageError if a name in them stands for nothing."""
        if self.layout != "auto" and self.layout not in BUILT_IN:
            known = ", ".join(("auto", *BUILT_IN))
            raise UsageError("", f"no layout is called {self.layout!r}; there are {known}")
        try:
            codecs.lookup("utf-8" if self.encoding == "auto" else self.encoding)
        except LookupError as error:
            raise UsageError("", f"no encoding is called {self.encoding!r}") from error


class Piece(NamedTuple):
    """An article's place in a dump, and its bytes."""

    span: Span
    data: bytes


class Reading(NamedTuple):
    """A dump that is being read, once, from its first byte to its last."""

    dump: str
    layout: Layout
    codec: Codec
    tiles: Iterator[Piece]
    """Its articles in order; they tile the dump. Raises InputError where it cannot go on.

    A dump of white space has no article, but one tile, of number 0.
    """

    @property
    def pieces(self) -> Iterator[Piece]:
        """Its articles, as `tiles`."""
        return (piece for piece in self.tiles if piece.span.number)

    def parse(self, piece: Piece) -> Article:
        return parse_article(self.dump, piece.span, piece.data, self.codec)


def read_source(source: Source, options: Options) -> Reading:
    """Begin to read a dump: decide how, from its beginning."""
    return read_chunks(source.name, read_blocks(source), options)


def read_chunks(name: str, chunks: Iterable[bytes], options: Options) -> Reading:
    """Begin to read a dump whose bytes come as `chunks`."""
    codec = Codec("utf-8" if options.encoding == "auto" else options.encoding)
    chunks = iter(chunks)
    if options.layout == "auto":
        layout, chunks = _choose_layout(chunks, codec)
    else:
        layout = load_layout(options.layout)
    # A file name that is not UTF-8 must not make JSON that is not.
    dump = os.fsencode(name).decode("utf-8", "replace")
    return Reading(dump, layout, codec, _tiles(name, chunks, codec, layout, options.block_size))


def read_articles(path: str, options: Options | None = None) -> Iterator[Article]:
    """The articles of the dump at `path`, in order.

    Raises InputError if it cannot be read, or not to its end; the articles before come first.
    """
    with open_source(path) as source:
        reading = read_source(source, options or Options())
        yield from map(reading.parse, reading.pieces)


def _choose_layout(chunks: Iterator[bytes], codec: Codec) -> tuple[Layout, Iterator[bytes]]:
    """`page` if a header starts in the first 4 MiB, otherwise `plain`; and the chunks again."""
    page = load_layout("page")
    head: list[bytes] = []
    fault: InputError | None = None
    try:
        size = 0
        for chunk in chunks:
            head.append(chunk)
            size += len(chunk)
            if size >= AUTO_REACH + MARGIN:
                break
    except InputError as error:
        fault = error
    start = b"".join(head)[: AUTO_REACH + MARGIN]
    has_header = any(
        header.start < AUTO_REACH
        for block in cut_blocks([start], AUTO_REACH // 16)
        for header in block_headers(block, codec, page)
    )
    layout = page if has_header or not start.strip() else load_layout("plain")
    return layout, chain(head, _raise(fault) if fault else chunks)


def _raise(fault: InputError) -> Iterator[bytes]:
    raise fault
    yield b""


def _tiles(
    name: str, chunks: Iterator[bytes], codec: Codec, layout: Layout, block_size: int
) -> Iterator[Piece]:
    """The articles of a dump: each from its header's start to the next header's."""
    fault: list[InputError] = []
    held = b""
    held_from = start = 0
    header: Header | None = None
    number = line = 1
    for headers, fresh in _found_headers(_until_fault(chunks, fault), codec, layout, block_size):
        held = held[start - held_from :] + fresh
        held_from = start
        for following in headers:
            data = held[start - held_from : following.start - held_from]
            if header is None and codec.is_blank(data):
                # White space before the first header belongs to that header's article.
                header = following
                continue
            yield _piece(number, data, start, line, header)
            line += data.count(b"\n")
            number += 1
            start, header = following.start, following
        if held_from + len(held) - start > LONGEST_ARTICLE:
            raise InputError(name, _too_long(line))
    if fault:
        raise fault[0]
    data = held[start - held_from :]
    is_blank = header is None and codec.is_blank(data)
    yield _piece(0 if is_blank else number, data, start, line, header)


def _until_fault(chunks: Iterator[bytes], fault: list[InputError]) -> Iterator[bytes]:
    """The chunks before the input fails; what failed is put in `fault`."""
    try:
        yield from chunks
    except InputError as error:
        fault.append(error)


def _found_headers(
    chunks: Iterable[bytes], codec: Codec, layout: Layout, block_size: int
) -> Iterator[tuple[list[Header], bytes]]:
    """The headers of a dump as they are found, and the bytes that were read meanwhile."""
    fresh: list[bytes] = []

    def candidates() -> Iterator[tuple[list[Header], int]]:
        for block in cut_blocks(chunks, block_size):
            fresh.append(block.data[block.start : block.end])
            yield block_headers(block, codec, layout), block.base + block.end

    for headers, _ in settle(candidates()):
        yield headers, fresh.pop()


def _piece(number: int, data: bytes, start: int, line: int, header: Header | None) -> Piece:
    evidence = header.evidence if header else Evidence.NONE
    relative = header.moved(-start) if header else None
    return Piece(Span(number, start, start + len(data), line, relative, evidence), data)


def _too_long(line: int) -> str:
    return (
        f"the article that starts at line {line} is longer than "
        f"{LONGEST_ARTICLE // 1024 // 1024} MiB; is this a dump of pages?"
    )
