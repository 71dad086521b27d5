"""Keep inputs that can be read only once in a temporary file, so that they can be read again."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import NamedTuple

from ..errors import InputError, reason_of
from .compressed import BLOCK
from .origin import STDIN, FileRanges, Source, open_file


class Kept(NamedTuple):
    """An input that can be opened as often as needed."""

    name: str
    """As the user named it."""
    file: io.FileIO
    start: int
    """The byte of the file at which the input starts."""

    @contextmanager
    def open(self) -> Iterator[Source]:
        """Open the input at its first byte."""
        self.file.seek(self.start)
        status = os.fstat(self.file.fileno())
        ranges = FileRanges(self.name, self.file.fileno())
        size = max(0, status.st_size - self.start)
        yield Source(self.name, self.file, size, status, ranges, self.start)

    def close(self) -> None:
        """Delete the temporary file."""
        self.file.close()


def keep(name: str) -> Kept | None:
    """Return the input at the path `name` in a form that can be read again.

    Returns None for an input that can be opened again by its path. A pipe is copied as it is, so
    the temporary file grows to the size of what comes through the pipe. Raises InputError if the
    input cannot be opened or read.
    """
    with open_file(name) as source:
        if source.ranges is None:
            return Kept(name, _copied(source), 0)
        if name != STDIN:
            return None
        return Kept(name, io.FileIO(os.dup(0)), source.start)


def _copied(source: Source) -> io.FileIO:
    """Return a temporary file with all the bytes of a source."""
    copy = TemporaryFile(buffering=0)
    assert isinstance(copy, io.FileIO)
    try:
        while data := source.file.read(BLOCK):
            view = memoryview(data)
            while view:
                view = view[copy.write(view) :]
    except OSError as error:
        copy.close()
        raise InputError(source.name, reason_of(error)) from error
    return copy
