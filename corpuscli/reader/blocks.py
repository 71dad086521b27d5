"""Cut the bytes of a dump into blocks, each with enough context to find its headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..model import Header
from .headers import Text
from .layouts import Layout
from .limits import MARGIN
from .starts import find_headers

FIRST = 64 * 1024
"""The size of the first block of a dump, in bytes."""


class Block(NamedTuple):
    """A part of a dump, with enough of its surroundings to find the headers that start in it."""

    base: int
    """The offset in the dump of `data[0]`."""
    data: bytes
    start: int
    """The part is `data[start:end]`; the rest is margin."""
    end: int
    final: bool
    """True if the dump ends with this block."""


def cut_blocks(chunks: Iterable[bytes], size: int) -> Iterator[Block]:
    """Yield the bytes of a dump as blocks that tile it, each with its margins.

    Blocks have `size` bytes; the first ones are smaller, so the beginning is ready early.
    """
    data = b""
    base = start = 0
    waiting: list[bytes] = []
    ready = 0
    part = min(size, FIRST)
    for chunk in chunks:
        waiting.append(chunk)
        ready += len(chunk)
        while len(data) + ready - start >= part + MARGIN:
            data = b"".join([data, *waiting])
            waiting, ready = [], 0
            yield Block(base, data, start, start + part, False)
            drop = max(0, start + part - MARGIN)
            base, start, data = base + drop, start + part - drop, data[drop:]
            part = min(size, 2 * part)
    data = b"".join([data, *waiting])
    yield Block(base, data, start, len(data), True)


def block_headers(block: Block, layout: Layout) -> list[Header]:
    """Return the headers that start in `block`, with offsets from the start of the dump.

    Headers may overlap.
    """
    return find_headers(Text(block.data, layout, block.base), block.start, block.end)
