"""What a dump is read from: a file, a pipe, or what else has bytes from a first to a last."""

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
    """Bytes that come one after another."""

    def read(self, size: int, /) -> bytes | None:
        """Up to `size` bytes; none at the end."""


class Ranges(Protocol):
    """Bytes of which any part can be read."""

    def read(self, start: int, end: int) -> bytes:
        """The bytes `[start, end)`; raises InputError if they are not all there."""


class FileRanges(NamedTuple):
    """An open regular file. Processes that are forked share it."""

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
                raise InputError(self.name, SHRANK)
            parts.append(part)
            start += len(part)
        return b"".join(parts)

    def read_into(self, buffer: memoryview, start: int) -> int:
        """Read from `start` on into `buffer`, as far as it goes; return how many bytes.

        Raises InputError if there are none, or they cannot be read.
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
    """A regular file by its path. It can be pickled, and read wherever the same file is seen."""

    name: str
    path: str
    """Absolute."""
    size: int
    changed: int
    """When it was changed last, in nanoseconds."""

    def read(self, start: int, end: int) -> bytes:
        """As `FileRanges.read`; raises InputError also if it is not the file it was."""
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
    """What is known of a dump before it is read."""

    name: str
    """The path or URL as given; `-` for standard input."""
    status: os.stat_result | None
    """Of a file of this machine, as it was when it was opened."""
    size: int | None
    """Bytes that are stored of it; None if that is unknown."""
    is_compressed: bool
    """Always False for what can only be read from first to last."""

    @property
    def is_regular(self) -> bool:
        """True for a regular file of this machine."""
        return self.status is not None and stat.S_ISREG(self.status.st_mode)


@dataclass(frozen=True, slots=True)
class Source:
    """An opened input."""

    name: str
    """The path or URL as given; `-` for standard input."""
    file: Readable
    """Unbuffered, at its first byte."""
    size: int | None
    """Bytes there were from its first on when it was opened, as stored; None if that is unknown.
    A file of /proc has none and is not empty."""
    status: os.stat_result | None = None
    """As it was when it was opened; None for what is no file of this machine."""
    ranges: Ranges | None = None
    """Reads any part of what is stored; None for what can only be read from first to last."""
    start: int = 0
    """Where reading begins: standard input may have been read from before."""
    head: bytes = b""
    """Its first bytes, where they are at hand: to ask for them takes long."""

    @property
    def is_regular(self) -> bool:
        """True for a regular file of this machine."""
        return self.status is not None and stat.S_ISREG(self.status.st_mode)

    @property
    def stored(self) -> Stored:
        return Stored(self.name, self.status, self.size, self.is_compressed)

    def shared_ranges(self, path: str) -> Ranges | None:
        """As `ranges`, for any process that sees `path`, where it was opened, as this one does."""
        status = self.status
        if self.ranges is None or status is None:
            return self.ranges
        return PathRanges(self.name, os.path.abspath(path), status.st_size, status.st_mtime_ns)

    def can_be_cut(self, size: int) -> bool:
        """True for what may be read from any place on, and has text in its first part.

        Only then do parts of `size` bytes say by themselves what they are parts of: white space
        at the beginning belongs to an article that may start far behind.
        """
        if self.ranges is None or self.start or self.is_compressed:
            return False
        head = self._first(min(size, BLOCK))
        return bool(trim(head.decode("utf-8", "ignore")))

    @property
    def is_compressed(self) -> bool:
        """By the first bytes, where any part can be read; else False. Takes nothing from `file`."""
        return compression(self._first(LONGEST_MAGIC)) is not None

    def _first(self, size: int) -> bytes:
        """Up to `size` bytes from its start on; raises InputError if they cannot be read."""
        if self.ranges is None:
            return b""
        size = min(size, self.size or 0)
        if size <= len(self.head):
            return self.head[:size]
        return self.ranges.read(self.start, self.start + size)


@contextmanager
def open_file(path: str, name: str | None = None) -> Iterator[Source]:
    """The file at that path, or standard input, opened; raises InputError if it cannot be.

    It is called `name` where the user named it otherwise.
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
    """An input, and how many bytes were read of it."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self.count = 0

    def read(self, size: int, /) -> bytes | None:
        data = self._file.read(size)
        self.count += len(data or b"")
        return data
