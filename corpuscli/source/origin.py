"""What a dump is read from: a file, a pipe, or anything else that has bytes in sequence."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ..errors import InputError, reason_of
from .compressed import BLOCK, LONGEST_MAGIC, compression
from .text import trim

STDIN = "-"

SHRANK = "shrank while it was read"

CHANGED = "changed while it was read"


class Readable(Protocol):
    """Bytes that can be read in sequence."""

    def read(self, size: int, /) -> bytes | None:
        """Return up to `size` bytes; none at the end."""


class Ranges(Protocol):
    """Bytes of which any part can be read."""

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes `[start, end)`; raise InputError if they are not all there."""


class FileRanges(NamedTuple):
    """An open regular file. Forked processes share it."""

    name: str
    file: int
    """The file descriptor."""

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes `[start, end)`; raise InputError if they cannot be read, or not all."""
        parts = []
        while start < end:
            try:
                part = os.pread(self.file, end - start, start)
            except OSError as error:
                raise InputError(self.name, reason_of(error)) from error
            if not part:
                raise InputError(self.name, SHRANK)
            parts.append(part)
            start += len(part)
        return b"".join(parts)

    def read_into(self, buffer: memoryview, start: int) -> int:
        """Read from `start` into `buffer` as far as possible; return the number of bytes read.

        Raises InputError if there are none, or if they cannot be read.
        """
        try:
            if hasattr(os, "preadv"):
                count = os.preadv(self.file, [buffer], start)
            else:
                part = os.pread(self.file, len(buffer), start)
                count = len(part)
                buffer[:count] = part
        except OSError as error:
            raise InputError(self.name, reason_of(error)) from error
        if not count:
            raise InputError(self.name, SHRANK)
        return count


class PathRanges(NamedTuple):
    """A regular file, by path. It can be pickled, and read wherever the same file is visible."""

    name: str
    path: str
    """Absolute."""
    size: int
    changed: int
    """The time of the last modification, in nanoseconds."""

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes `[start, end)`, as `FileRanges.read` does.

        Raises InputError also if the file is not the one it was.
        """
        try:
            file = open(self.path, "rb", buffering=0)
        except (OSError, ValueError) as error:
            raise InputError(self.name, reason_of(error)) from error
        with file:
            status = os.fstat(file.fileno())
            if (status.st_size, status.st_mtime_ns) != (self.size, self.changed):
                raise InputError(self.name, CHANGED)
            return FileRanges(self.name, file.fileno()).read(start, end)


class Stored(NamedTuple):
    """What is known about a dump before it is read."""

    name: str
    """The path or URL as given; `-` for standard input."""
    status: os.stat_result | None
    """The status of a file on this machine when it was opened; None for other inputs."""
    size: int | None
    """The size in bytes, as stored; None if unknown."""
    is_compressed: bool
    """Always False for an input that can only be read in sequence."""

    @property
    def is_regular(self) -> bool:
        """Return True for a regular file on this machine."""
        return self.status is not None and stat.S_ISREG(self.status.st_mode)


@dataclass(frozen=True, slots=True)
class Source:
    """An open input."""

    name: str
    """The path or URL as given; `-` for standard input."""
    file: Readable
    """Unbuffered, positioned at the input's first byte."""
    size: int | None
    """How many bytes there were from the first one on when the input was opened, as stored; None if
    unknown. A file in /proc has size 0 and is not empty."""
    status: os.stat_result | None = None
    """The status when it was opened; None if it is not a file on this machine."""
    ranges: Ranges | None = None
    """Reads any part of the stored bytes; None for an input that can only be read in sequence."""
    start: int = 0
    """The byte at which reading starts: part of standard input may already have been read."""
    head: bytes = b""
    """The first bytes, if they are already there: requesting them takes long."""

    @property
    def is_regular(self) -> bool:
        """Return True for a regular file on this machine."""
        return self.status is not None and stat.S_ISREG(self.status.st_mode)

    @property
    def stored(self) -> Stored:
        return Stored(self.name, self.status, self.size, self.is_compressed)

    def shared_ranges(self, path: str) -> Ranges | None:
        """Return `ranges` for any process that sees the same file at `path`, as it was opened."""
        status = self.status
        if self.ranges is None or status is None:
            return self.ranges
        return PathRanges(self.name, os.path.abspath(path), status.st_size, status.st_mtime_ns)

    def can_be_cut(self, size: int) -> bool:
        """Return True if reading may start anywhere and there is text in the first `size` bytes.

        Only then does each part of `size` bytes tell by itself what it is part of: white space at
        the beginning belongs to an article that may start much later.
        """
        if self.ranges is None or self.start or self.is_compressed:
            return False
        head = self._first(min(size, BLOCK))
        return bool(trim(head.decode("utf-8", "ignore")))

    @property
    def is_compressed(self) -> bool:
        """Return True if the first bytes say so; False if they cannot be read by range.

        Takes nothing from `file`.
        """
        return compression(self._first(LONGEST_MAGIC)) is not None

    def _first(self, size: int) -> bytes:
        """Return up to `size` bytes from the start; raise InputError if they cannot be read."""
        if self.ranges is None:
            return b""
        size = min(size, self.size or 0)
        if size <= len(self.head):
            return self.head[:size]
        return self.ranges.read(self.start, self.start + size)


@contextmanager
def open_file(path: str, name: str | None = None) -> Iterator[Source]:
    """Yield the file at `path`, or standard input, opened; raise InputError if that fails.

    It is called `name` if the user named it differently.
    """
    name = path if name is None else name
    try:
        file = (
            open(0, "rb", buffering=0, closefd=False)
            if path == STDIN
            else open(path, "rb", buffering=0)
        )
        status = os.fstat(file.fileno())
        is_regular = stat.S_ISREG(status.st_mode)
        start = file.tell() if path == STDIN and is_regular else 0
    except (OSError, ValueError) as error:
        raise InputError(name or "''", reason_of(error)) from error
    with file:
        if is_regular:
            ranges = FileRanges(name, file.fileno())
            size = max(0, status.st_size - start)
            yield Source(name, file, size, status, ranges, start)
        else:
            yield Source(name, file, None, status)


class Counted:
    """An input that counts the bytes read from it."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self.count = 0

    def read(self, size: int, /) -> bytes | None:
        data = self._file.read(size)
        self.count += len(data or b"")
        return data
