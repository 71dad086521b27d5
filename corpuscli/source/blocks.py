"""Read a source as one stream of decompressed bytes."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import InputError, reason_of
from .compressed import BLOCK, LONGEST_MAGIC, compression, decompress
from .origin import SHRANK, Source


def read_blocks(source: Source) -> Iterator[bytes]:
    """Yield the bytes of the dump, decompressed, in blocks that are never empty.

    Raises InputError where reading fails, after yielding every byte before that point. Raises
    TrailingGarbageError at the end if the compressed data is followed by something else.
    """
    raw = _read_raw(source)
    head = b""
    for block in raw:
        head += block
        if len(head) >= LONGEST_MAGIC:
            break
    kind = compression(head)
    if kind is not None:
        yield from decompress(source.name, kind, head, raw)
        return
    if head:
        yield head
    yield from raw


def _read_raw(source: Source) -> Iterator[bytes]:
    """Yield the bytes of the file as they are."""
    # Files in /proc have size 0 and are not empty; a file that was already read to its end is.
    left = source.size if source.size or source.start else None
    while left is None or left:
        try:
            block = source.file.read(BLOCK if left is None else min(left, BLOCK))
        except (OSError, ValueError) as error:
            raise InputError(source.name, reason_of(error)) from error
        if not block:
            break
        if left is not None:
            left -= len(block)
        yield block
    if left:
        raise InputError(source.name, SHRANK)
