"""Read bytes from where they are: a file, a pipe, `-`, or a URL; plain or compressed.

A source gives the bytes of a dump, decompressed, in blocks from first to last. A file is read, not
mapped (if it is truncated meanwhile, a mapped file kills the process), and only up to the size that
it had when it was opened. A URL is a source like any other.
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

_URL = r"(?i)(?:[a-z0-9_]+::)*[a-z][a-z0-9+.-]+://"
"""The start of a URL: a scheme, possibly after others that it is read through (fsspec's chains). A
file with such a name can be given as `./s3://…`."""

_FILE = r"(?i)(?:file|local)://"


def is_url(name: str) -> bool:
    """Return True if `name`, of a dump or a place to write to, is not a path on this machine."""
    return "://" in name and re.match(_URL, name) is not None


def path_of(url: str) -> str | None:
    """Return the path on this machine that a URL stands for; None for any other URL."""
    scheme = re.match(_FILE, url)
    return url[scheme.end() :] if scheme else None


def open_source(path: str, name: str | None = None) -> AbstractContextManager[Source]:
    """Return the input at a path or URL, opened on entry; raise InputError if that fails.

    It is called `name` if the user named it differently.
    """
    if is_url(path):
        from .remote import open_url

        return open_url(path)
    return open_file(path, name)


def open_each(paths: Sequence[str]) -> Iterator[AbstractContextManager[Source]]:
    """Yield the inputs at these paths and URLs in order, each as `open_source` returns it.

    An input that is not entered is not opened. Objects in stores are looked up ahead, a few at a
    time.
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
    """Return True for URLs of stores, which are made for many requests at a time.

    Some web servers answer one request after another, and others refuse a client that sends many at
    once.
    """
    if not is_url(path):
        return False
    from .remote import is_web_url

    return not is_web_url(path)


def expand(name: str) -> list[str]:
    """Return the dumps that a name stands for: for a URL pattern, all that match it, sorted.

    Raises InputError if nothing matches, or if a store cannot be listed.
    """
    if not is_url(name):
        return [name]
    from .remote import expand_url

    return expand_url(name)


def refuse_own_output(dump: Stored, output: int = 1) -> None:
    """Raise InputError if the descriptor `output` writes to the file that is read.

    The default is standard output.
    """
    try:
        target = os.fstat(output)
    except OSError:
        return
    if dump.status and dump.is_regular and os.path.samestat(dump.status, target):
        raise InputError(dump.name, "input file is output file")
