"""Where new content goes: to a file that nobody sees yet, or straight through to a stream."""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

from .descriptors import duplicate, naming, open_file

_BUFFER = 1 << 20


class Draft(io.BufferedWriter):
    """Takes the new content; `abandon()` leaves the file untouched."""

    abandoned = False

    def abandon(self) -> None:
        self.abandoned = True


class _NamedFile(io.FileIO):
    """A borrowed descriptor; a failed write names the file."""

    def __init__(self, descriptor: int, path: str) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self._path = path

    def write(self, data: ReadableBuffer, /) -> int:
        with naming(self._path):
            return super().write(data)


@contextmanager
def drafting(descriptor: int, path: str) -> Iterator[Draft]:
    raw = _NamedFile(descriptor, path)
    draft = Draft(raw, _BUFFER)
    try:
        yield draft
        if not (draft.abandoned or draft.closed):
            draft.flush()
    finally:
        raw.close()  # first, or what is still buffered is written when the draft is collected


def _standard_descriptor(path: str) -> int | None:
    """Return the N of /dev/fd/N and its aliases; None for other paths.

    If it were opened by name, a file would be written from its beginning, and a socket not at all.
    """
    path = {"/dev/stdout": "/dev/fd/1", "/dev/stderr": "/dev/fd/2"}.get(path, path)
    match = re.fullmatch(r"/(?:dev|proc/self)/fd/(\d+)", path)
    return int(match[1]) if match else None


def is_stream(path: str) -> bool:
    try:
        return _standard_descriptor(path) is not None or not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


@contextmanager
def writing_through(path: str) -> Iterator[Draft]:
    with naming(path):
        number = _standard_descriptor(path)
        if number is None:
            descriptor = open_file(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
        else:
            descriptor = duplicate(number)
    try:
        with drafting(descriptor, path) as draft:
            yield draft
    except BaseException:
        os.close(descriptor)
        raise
    with naming(path):
        os.close(descriptor)
