"""Recognise compressed data by its first bytes, and decompress it in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from ..errors import InputError, TrailingGarbageError

BLOCK = 1024 * 1024
"""How many bytes are read, or decompressed, at a time."""


class Decompressor(Protocol):
    """What the decompressors of `bz2`, `lzma` and `zstd` have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def compression(head: bytes) -> str | None:
    """Return how a file that begins with `head` is compressed; None if it is not."""
    for kind, (magics, _) in _KINDS.items():
        if head.startswith(magics):
            return kind
    return None


def decompress(name: str, kind: str, head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the members or frames of a compressed file, one after another, as one stream."""
    magics, new = _KINDS[kind]
    decompressor = new()
    data = head
    while True:
        if decompressor.eof:
            data = decompressor.unused_data + data
            # Tapes and block devices pad with zeros, which gzip ignores.
            while len(data) < LONGEST_MAGIC and (block := next(rest, b"")):
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
        except Exception as error:  # each library raises its own exception for damaged data
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
    """Gives `zlib`'s decompressor the interface of the others."""

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
"""The most bytes of memory that a decompressor may use."""

_SKIPPABLE = tuple(bytes([0x50 + n]) + b"\x2a\x4d\x18" for n in range(16))
"""The first bytes of frames that a zstd decompressor skips; pzstd and seekable files have some (RFC
8878, 3.1.2)."""

_KINDS: dict[str, tuple[tuple[bytes, ...], Callable[[], Decompressor]]] = {
    "gzip": ((b"\x1f\x8b\x08",), _Gzip),
    "bzip2": ((b"BZh",), _bzip2),
    "xz": ((b"\xfd7zXZ\0",), _xz),
    "zstd": ((b"\x28\xb5\x2f\xfd", *_SKIPPABLE), _zstd),
}

LONGEST_MAGIC = 6
