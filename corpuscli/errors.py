"""Define what can go wrong with an input, an output or a call, as one-line exceptions.

A fault inside an article is not an exception but data: an entry of the article's `problems`.
"""

from __future__ import annotations

from collections.abc import Iterable


class CorpusError(Exception):
    """An error that the user is told in one line; the command ends with exit code 2.

    `path` is the input or output concerned, as the user wrote it (`-` for a standard stream), or an
    empty string if the error concerns the call as a whole.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


class InputError(CorpusError):
    """An input that cannot be read, or not to its end. Other inputs are still worth reading."""


class TrailingGarbageError(InputError):
    """An input that was read to its end but is followed by bytes that do not belong to it."""


class ChecksumError(InputError):
    """Compressed data whose text was decompressed to its end, but whose checksum is wrong."""


class OutputError(CorpusError):
    """An output that could not be written, or must not be."""


class UsageError(CorpusError):
    """A call that asks for what does not exist, or for options that exclude each other."""


def reason_of(error: OSError | ValueError) -> str:
    """Return the operating system's own words for `error`, without the errno and the file name."""
    words = error.strerror if isinstance(error, OSError) else None
    return words or str(error) or type(error).__name__


def meant(name: str, names: Iterable[str], *, like: float = 0.6) -> str:
    """Return ` (did you mean 'title'?)` if one of `names` is like `name`; otherwise nothing.

    `like` is the least similarity, from 0 to 1: how much of both names they share.
    """
    from difflib import get_close_matches

    known, name = list(names), name.lower()
    near = get_close_matches(name, known, n=1, cutoff=like)
    if not near and len(name) > 2:
        near = [one for one in known if name in one]
    return f" (did you mean {near[0]!r}?)" if near else ""


def quote(pattern: str) -> str:
    """Return a pattern for a message: as it was written, but short enough for one line."""
    return f"'{pattern[:60]}…'" if len(pattern) > 61 else f"'{pattern}'"
