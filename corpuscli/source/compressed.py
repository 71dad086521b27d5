"""Recognise compressed data by its first bytes, and decompress it in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from ..errors import ChecksumError, InputError, TrailingGarbageError

BLOCK = 1024 * 1024
"""How many bytes are read, or decompressed, at a time."""

STEP = 4 * 1024
"""How many bytes bzip2, xz and zstd give at a time: those of the step that fails are lost."""


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
        except _DamagedError as damaged:
            if damaged.before:
                yield damaged.before
            raise damaged.as_input_error(name, kind) from damaged.__cause__
        data = b""
        if block:
            yield block


class _DamagedError(Exception):
    """Damaged data, with what was decompressed before the damage."""

    def __init__(self, before: bytes, error: Exception) -> None:
        super().__init__(str(error))
        self.before = before
        self.error = error

    def as_input_error(self, name: str, kind: str) -> InputError:
        """Return the error that the user is told."""
        if isinstance(self.error, MemoryError) or "emory" in str(self.error):
            limit = _MEMORY // 1024 // 1024
            reason = f"takes more than {limit} MiB of memory to decompress: its window is too large"
            return InputError(name, reason)
        if _is_checksum(self.error):
            reason = f"damaged {kind} data: the checksum is wrong; its text may be, too"
            return ChecksumError(name, reason)
        return InputError(name, f"damaged {kind} data")


def _is_checksum(error: Exception) -> bool:
    """Return True if all text was decompressed, and only its checksum or its length is wrong."""
    return any(word in str(error) for word in ("incorrect data check", "length check", "checksum"))


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
        data = self._inner.unconsumed_tail + data
        before = self._inner.copy()
        try:
            return self._inner.decompress(data, max(max_length, 0))
        except Exception as error:
            raise _DamagedError(_until_damage(before, data, max_length), error) from error


def _until_damage(inner: _Copied, data: bytes, size: int) -> bytes:
    """Return what can be decompressed of damaged data: in ever smaller steps, then byte by byte.

    What a step gives is lost where the damage follows in the same step.
    """
    found: list[bytes] = []
    for step in (size // 16, size // 256):
        while data:
            before = inner.copy()
            try:
                found.append(inner.decompress(data, step))
            except Exception:  # the same as before
                inner = before
                break
            data = inner.unconsumed_tail
    for place in range(len(data)):
        try:
            found.append(inner.decompress(data[place : place + 1], 0))
        except Exception:  # as above
            break
    return b"".join(found)


class _Copied(Protocol):
    """What `zlib`'s decompressor can do and the others cannot: be copied."""

    @property
    def unconsumed_tail(self) -> bytes: ...
    def copy(self) -> _Copied: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Stepped:
    """Decompresses in small steps, so that little is lost with the step that fails."""

    def __init__(self, inner: Decompressor) -> None:
        self._inner = inner

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return self._inner.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        found: list[bytes] = []
        size = 0
        while size < max_length:
            try:
                block = self._inner.decompress(data, min(STEP, max_length - size))
            except Exception as error:
                raise _DamagedError(b"".join(found), error) from error
            found.append(block)
            size += len(block)
            data = b""
            if self._inner.eof or self._inner.needs_input or not block:
                break
        return b"".join(found)


def _bzip2() -> Decompressor:
    import bz2

    return _Stepped(bz2.BZ2Decompressor())


def _xz() -> Decompressor:
    import lzma

    return _Stepped(lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY))


def _zstd() -> Decompressor:
    import sys

    if sys.version_info >= (3, 14):  # pragma: no cover - the other branch is this, before 3.14
        from compression.zstd import DecompressionParameter, ZstdDecompressor
    else:  # pragma: no cover - as above
        from backports.zstd import DecompressionParameter, ZstdDecompressor

    window = _MEMORY.bit_length() - 1
    return _Stepped(ZstdDecompressor(options={DecompressionParameter.window_log_max: window}))


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
