"""Where the bytes come from: a file, a pipe, `-`, plain or compressed.

A source gives the bytes of a dump, decompressed, in blocks from first to last. A file is read, not
mapped (one that is truncated meanwhile would kill the process), and only as far as it went when it
was opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple, Protocol

from .errors import InputError, TrailingGarbageError, reason_of
from .text import trim

BLOCK = 1024 * 1024
"""Bytes read, or decompressed, at a time."""

STDIN = "-"


class FileRanges(NamedTuple):
    """A regular file, any part of which can be read."""

    name: str
    file: int
    """Its descriptor."""

    def read(self, start: int, end: int) -> bytes:
        """The bytes `[start, end)`; raises InputError if they cannot be read, or are not there."""
        parts = []
        while start < end:
            try:
                part = os.pread(self.file, end - start, start)
            except OSError as error:
                raise InputError(self.name, reason_of(error)) from error
            if not part:
                raise InputError(self.name, "shrank while it was read")
            parts.append(part)
            start += len(part)
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Source:
    """An opened input."""

    name: str
    """The path as given; `-` for standard input."""
    file: BinaryIO
    """Unbuffered, at its first byte."""
    status: os.stat_result
    """As it was when it was opened."""
    start: int = 0
    """Where reading begins: standard input may have been read from before."""

    @property
    def is_regular(self) -> bool:
        return stat.S_ISREG(self.status.st_mode)

    def can_be_cut(self, size: int) -> bool:
        """True for a file that may be read from any place on, and has text in its first part.

        Only then do parts of `size` bytes say by themselves what they are parts of: white space
        at the beginning belongs to an article that may start far behind.
        """
        if not self.is_regular or self.start or self.is_compressed:
            return False
        head = self._read_at(0, min(size, BLOCK))
        return bool(trim(head.decode("utf-8", "ignore")))

    @property
    def is_compressed(self) -> bool:
        """By the first bytes of a regular file; reads nothing."""
        return compression(self._read_at(self.start, _LONGEST_MAGIC)) is not None

    def _read_at(self, start: int, size: int) -> bytes:
        """Up to `size` bytes from `start` on; raises InputError if they cannot be read."""
        try:
            return os.pread(self.file.fileno(), size, start)
        except OSError as error:
            raise InputError(self.name, reason_of(error)) from error


class Decompressor(Protocol):
    """What `bz2`, `lzma` and `zstd` have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


@contextmanager
def open_source(name: str) -> Iterator[Source]:
    """The input of that name, opened; raises InputError if it cannot be."""
    try:
        file = (
            open(0, "rb", buffering=0, closefd=False)
            if name == STDIN
            else open(name, "rb", buffering=0)
        )
        status = os.fstat(file.fileno())
        start = file.tell() if name == STDIN and stat.S_ISREG(status.st_mode) else 0
    except (OSError, ValueError) as error:
        raise InputError(name or "''", _reason(error)) from error
    with file:
        yield Source(name, file, status, start)


def refuse_own_output(source: Source, output: int) -> None:
    """Raise InputError if the file descriptor `output` writes to the file that is read."""
    try:
        target = os.fstat(output)
    except OSError:
        return
    if source.is_regular and os.path.samestat(source.status, target):
        raise InputError(source.name, "input file is output file")


def read_blocks(source: Source) -> Iterator[bytes]:
    """The bytes of the dump, decompressed, none of the blocks empty.

    Raises InputError where they cannot be read on; every byte before was given by then. After all
    of them, TrailingGarbageError if something follows the compressed data.
    """
    raw = _read_raw(source)
    head = b""
    for block in raw:
        head += block
        if len(head) >= _LONGEST_MAGIC:
            break
    kind = compression(head)
    if kind is not None:
        yield from _decompress(source.name, kind, head, raw)
        return
    if head:
        yield head
    yield from raw


def compression(head: bytes) -> str | None:
    """How a file that begins with `head` is compressed; None if it is not."""
    for kind, (magics, _) in _KINDS.items():
        if head.startswith(magics):
            return kind
    return None


def _read_raw(source: Source) -> Iterator[bytes]:
    """The bytes of the file as they are."""
    # Files of /proc have size 0 and are not empty.
    sized = source.is_regular and source.status.st_size > 0
    left = max(0, source.status.st_size - source.start)
    while not sized or left:
        try:
            block = source.file.read(min(left, BLOCK) if sized else BLOCK)
        except (OSError, ValueError) as error:
            raise InputError(source.name, _reason(error)) from error
        if not block:
            break
        left -= len(block)
        yield block
    if sized and left:
        raise InputError(source.name, "shrank while it was read")


def _decompress(name: str, kind: str, head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """The members or frames of a compressed file, one after another, as one stream."""
    magics, new = _KINDS[kind]
    decompressor = new()
    data = head
    while True:
        if decompressor.eof:
            data = decompressor.unused_data + data
            # Tapes and block devices pad with zeros, and gzip lets them be.
            while len(data) < _LONGEST_MAGIC and (block := next(rest, b"")):
                data = (data + block).lstrip(b"\0")
            data = data.lstrip(b"\0")
            if not data:
                return
            if not data.startswith(magics):
                raise TrailingGarbageError(
                    name, f"trailing garbage after the {kind} data was ignored"
                )
            decompressor = new()
        elif decompressor.needs_input and not data:
            data = next(rest, b"")
            if not data:
                raise InputError(name, f"truncated: the {kind} data ends too early")
        try:
            block = decompressor.decompress(data, BLOCK)
        except Exception as error:  # each library has its own exception for damaged data
            reason = f"damaged {kind} data: {error}"
            if isinstance(error, MemoryError) or "emory" in str(error):
                limit = _MEMORY // 1024 // 1024
                reason = (
                    f"takes more than {limit} MiB of memory to decompress: its window is too large"
                )
            raise InputError(name, reason) from error
        data = b""
        if block:
            yield block


class _Gzip:
    """`zlib`'s decompressor with the manners of the others."""

    def __init__(self) -> None:
        import zlib

        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max(max_length, 0))


def _bzip2() -> Decompressor:
    import bz2

    return bz2.BZ2Decompressor()


def _xz() -> Decompressor:
    import lzma

    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)


def _zstd() -> Decompressor:
    import sys

    if sys.version_info >= (3, 14):  # pragma: no cover - the other branch is this, before 3.14
        from compression.zstd import DecompressionParameter, ZstdDecompressor
    else:  # pragma: no cover - as above
        from backports.zstd import DecompressionParameter, ZstdDecompressor

    window = _MEMORY.bit_length() - 1
    return ZstdDecompressor(options={DecompressionParameter.window_log_max: window})


_MEMORY = 128 * 1024 * 1024
"""Bytes of memory a decompressor may take."""

_SKIPPABLE = tuple(bytes([0x50 + n]) + b"\x2a\x4d\x18" for n in range(16))
"""How frames begin that a zstd decompressor reads as nothing: pzstd and seekable files have some
(RFC 8878, 3.1.2)."""

_KINDS: dict[str, tuple[tuple[bytes, ...], Callable[[], Decompressor]]] = {
    "gzip": ((b"\x1f\x8b\x08",), _Gzip),
    "bzip2": ((b"BZh",), _bzip2),
    "xz": ((b"\xfd7zXZ\0",), _xz),
    "zstd": ((b"\x28\xb5\x2f\xfd", *_SKIPPABLE), _zstd),
}

_LONGEST_MAGIC = 6


def _reason(error: OSError | ValueError) -> str:
    return reason_of(error) if isinstance(error, OSError) else str(error)
