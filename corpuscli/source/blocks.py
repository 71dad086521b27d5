"""A source as one stream of bytes, decompressed."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import InputError, reason_of
from .compressed import BLOCK, LONGEST_MAGIC, compression, decompress
from .origin import SHRANK, Source


def read_blocks(source: Source) -> Iterator[bytes]:
    """The bytes of the dump, decompressed, none of the blocks empty.

    Raises InputError where they cannot be read on; every byte before was given by then. After all
    of them, TrailingGarbageError if something follows the compressed data.
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
    """The bytes of the file as they are."""
    # Files of /proc have size 0 and are not empty; one that was read to its end is.
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
