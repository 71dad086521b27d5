"""Where the bytes come from: a file, a pipe, `-`, a URL; plain or compressed.

A source gives the bytes of a dump, decompressed, in blocks from first to last. A file is read, not
mapped (one that is truncated meanwhile would kill the process), and only as far as it went when it
was opened. What stands behind a URL is a source like any other.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from ..errors import InputError
from .blocks import read_blocks
from .compressed import BLOCK, compression
from .origin import (
    CHANGED,
    STDIN,
    Counted,
    FileRanges,
    PathRanges,
    Ranges,
    Readable,
    Source,
    Stored,
    open_file,
)

__all__ = [
    "BLOCK",
    "CHANGED",
    "STDIN",
    "Counted",
    "FileRanges",
    "PathRanges",
    "Ranges",
    "Readable",
    "Source",
    "Stored",
    "compression",
    "expand",
    "is_url",
    "open_each",
    "open_source",
    "path_of",
    "read_blocks",
    "refuse_own_output",
]  # fmt: skip

_URL = re.compile(r"(?:[a-z0-9_]+::)*[a-z][a-z0-9+.-]+://", re.IGNORECASE)
"""How a URL begins: a scheme, before it perhaps others that it is read through (fsspec's chains).
A file that is called so can be named as `./s3://…`."""

_FILE = re.compile(r"(?:file|local)://", re.IGNORECASE)


def is_url(name: str) -> bool:
    """True if a dump, or a place to write to, of that name is no path of this machine."""
    return _URL.match(name) is not None


def path_of(url: str) -> str | None:
    """The path of this machine that a URL stands for; None if for none."""
    scheme = _FILE.match(url)
    return url[scheme.end() :] if scheme else None


def open_source(path: str, name: str | None = None) -> AbstractContextManager[Source]:
    """The input at that path or URL, opened; raises InputError if it cannot be.

    It is called `name` where the user named it otherwise.
    """
    if is_url(path):
        from .remote import open_url

        return open_url(path)
    return open_file(path, name)


def open_each(paths: Sequence[str]) -> Iterator[AbstractContextManager[Source]]:
    """The inputs at those paths and URLs, in order, each to be opened as `open_source` does.

    What is not entered is not opened. At objects in stores it is looked ahead, some at a time.
    """
    stored = [path for path in paths if _is_stored(path)]
    if len(stored) < 2:
        yield from map(open_source, paths)
        return
    from .ahead import Ahead

    in_turn = map(Ahead(stored).open, range(len(stored)))
    for path in paths:
        yield next(in_turn) if _is_stored(path) else open_source(path)


def _is_stored(path: str) -> bool:
    """True for URLs of what is made for many requests at a time. Of web servers some answer one
    after another, and others refuse whoever asks too much at once."""
    if not is_url(path):
        return False
    from .remote import is_web_url

    return not is_web_url(path)


def expand(name: str) -> list[str]:
    """The dumps that a name stands for: of a URL that is a pattern, all that match it, sorted.

    Raises InputError if nothing matches, or a store cannot be asked.
    """
    if not is_url(name):
        return [name]
    from .remote import expand_url

    return expand_url(name)


def refuse_own_output(dump: Stored, output: int = 1) -> None:
    """Raise InputError if the file descriptor `output`, or standard output, writes to the file that
    is read."""
    try:
        target = os.fstat(output)
    except OSError:
        return
    if dump.status and dump.is_regular and os.path.samestat(dump.status, target):
        raise InputError(dump.name, "input file is output file")
