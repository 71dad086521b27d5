"""Dumps behind URLs: object stores, web servers and whatever else fsspec opens.

Which schemes there are, and how one gets credentials and options, is fsspec's business; here only
ranges of bytes are asked for. Needs `corpuscli[remote]`.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeGuard

from ..errors import InputError
from .origin import CHANGED, SHRANK, Source

EXTRA = "URLs need more packages: pip install 'corpuscli[remote]'"

FIRST = 1024 * 1024
LARGEST = 8 * 1024 * 1024
"""Bytes that are asked for at a time by who reads from first to last: first few, then more."""

MOST_FILES = 8
"""Objects that a thread holds open to read parts of."""

MOST_WORDS = 300
"""Characters of what a library says, at most: some say all that they have tried."""

PATIENCE = 60
"""Seconds in which a web server must say something."""

_STATES = ("ETag", "etag", "generation", "LastModified", "Last-Modified", "mtime", "updated")
"""What a store may say of an object that is another when the object has changed."""

_WEB = re.compile(r"(?:^|::)https?://", re.IGNORECASE)

_PATTERN = re.compile(r"[*?\[]")
_WEB_PATTERN = re.compile(r"[*\[]")
"""In the URL of a web page a question mark begins a query."""


class UrlRanges(NamedTuple):
    """An object in a store or on a server. It can be pickled, and read by any process or thread."""

    name: str
    """Its URL."""
    size: int
    state: tuple[str, ...]
    """As the store gives it; another if the object has changed."""

    def read(self, start: int, end: int) -> bytes:
        """The bytes `[start, end)`; raises InputError if they cannot be read, or are not there."""
        if start >= end:
            return b""
        with naming(self.name):
            file, is_pinned = _files.of(self)
            file.seek(start)
            data: bytes = file.read(end - start)
            if not is_pinned:
                self._check()
        if len(data) != end - start:
            raise InputError(self.name, SHRANK)
        return data

    def open(self) -> tuple[Any, bool]:
        """The object as a file without a cache, and whether the store gives no other by its name.

        Raises InputError if it is not what it was.
        """
        fs, path = new_filesystem(self.name)
        options = _web_options(fs, self.size) if _is_web(fs) else {}
        file = fs.open(path, "rb", cache_type="none", **options)
        is_pinned = any("IfMatch" in getattr(file, name, {}) for name in ("read_kw", "req_kw"))
        if is_pinned:
            # Only now: it may have become another before it was opened.
            self._check()
        return file, is_pinned

    def _check(self) -> None:
        """Raise InputError if the object is not what it was."""
        if _size_and_state(*new_filesystem(self.name)) != (self.size, self.state):
            raise InputError(self.name, CHANGED)


class _Files(threading.local):
    """The objects that this thread of this process reads parts of."""

    def __init__(self) -> None:
        self._process = os.getpid()
        self._open: dict[UrlRanges, tuple[Any, bool]] = {}

    def of(self, ranges: UrlRanges) -> tuple[Any, bool]:
        """As `UrlRanges.open`, but only once."""
        if self._process != os.getpid():
            # Connections do not survive a fork.
            self.__init__()  # type: ignore[misc]
        if ranges not in self._open:
            if len(self._open) >= MOST_FILES:
                file, _ = self._open.pop(next(iter(self._open)))
                file.close()
            self._open[ranges] = ranges.open()
        return self._open[ranges]


_files = _Files()


class _InOrder:
    """An object from first to last, in requests that grow: the first bytes come soon."""

    def __init__(self, ranges: UrlRanges, head: bytes) -> None:
        """`head` are its first bytes, which have been read."""
        self._ranges = ranges
        self._at = len(head)
        self._step = 2 * FIRST
        self._data = memoryview(head)

    def read(self, size: int, /) -> bytes:
        if not self._data:
            end = min(self._at + self._step, self._ranges.size)
            self._data = memoryview(self._ranges.read(self._at, end))
            self._at, self._step = end, min(2 * self._step, LARGEST)
        part, self._data = self._data[:size], self._data[size:]
        return bytes(part)


class Looked(NamedTuple):
    """What is known of an object before it is read."""

    size: int | None
    """In bytes, if the store says it."""
    ranges: UrlRanges | None
    """None if the server gives no ranges: it can only be read from first to last."""
    head: bytes = b""
    """Its first bytes, at most FIRST of them, if it has ranges."""


def look_at(url: str) -> Looked:
    """Look at what stands behind a URL; raises InputError if it cannot be read."""
    with naming(url):
        fs, path = new_filesystem(url)
        size, state = _size_and_state(fs, path)
        if size is None:
            return Looked(None, None)
        ranges = UrlRanges(url, size, state)
        if not _gives_ranges(fs, path, ranges):
            return Looked(size, None)
    return Looked(size, ranges, ranges.read(0, min(size, FIRST)))


@contextmanager
def open_url(url: str, looked: Looked | None = None) -> Iterator[Source]:
    """What stands behind a URL, opened; raises InputError if it cannot be.

    `looked` is what `look_at` has said of it, if that was asked before.
    """
    size, ranges, head = looked or look_at(url)
    if ranges is not None:
        yield Source(url, _InOrder(ranges, head), size, ranges=ranges, head=head)
        return
    with naming(url):
        fs, path = new_filesystem(url)
        options = _web_options(fs, size) if _is_web(fs) else {}
        # A file without blocks is a stream.
        stream = fs.open(path, "rb", block_size=0, **options)
    with stream:
        yield Source(url, _Stream(url, stream), None)


class _Stream:
    """A response that is read as it comes, and says whose it is where it fails."""

    def __init__(self, url: str, file: Any) -> None:
        self._url = url
        self._file = file

    def read(self, size: int, /) -> bytes:
        with naming(self._url):
            data: bytes = self._file.read(size)
            return data


def expand_url(url: str) -> list[str]:
    """The URLs that a pattern (`*`, `?`, `[…]`, `**`) matches, sorted.

    It is the URL itself where it is no pattern, or something is called so. Raises InputError if
    nothing matches, or the store cannot be asked.
    """
    # In a chain the pattern is in the first link that has a path.
    prefix, link, suffix = _links(url)
    is_web = is_web_url(link)
    if not (_WEB_PATTERN if is_web else _PATTERN).search(link):
        return [url]
    with naming(url):
        fs, path = new_filesystem(link + suffix)
        if not is_web and fs.isfile(path):
            return [url]
        found = fs.glob(path, detail=True)
        names = [name for name, info in found.items() if info.get("type") != "directory"]
        urls = [prefix + fs.unstrip_protocol(name) + suffix for name in sorted(names)]
        if not urls:
            raise InputError(url, "nothing matches this pattern")
        for name in names:
            if "::" in name and is_chain(fs.unstrip_protocol(name)):
                # It would be another object, and who names objects would say which.
                raise InputError(url, f"{name} would be read as a chain of URLs; name the others")
    return urls


def is_web_url(url: str) -> bool:
    """True if a web server is asked for it, perhaps through others."""
    return _WEB.search(url) is not None


def _links(url: str) -> tuple[str, str, str]:
    """What stands before the first link of a chain that has a path, the link, and the rest."""
    links = url.split("::") if is_chain(url) else [url]
    at = next(place for place, link in enumerate(links) if "://" in link)
    return (
        "".join(f"{link}::" for link in links[:at]),
        links[at],
        "".join(f"::{link}" for link in links[at + 1 :]),
    )


def is_chain(url: str) -> bool:
    """True if `::` parts URLs, the last of which has a scheme; else it is a part of a name."""
    return "::" in url and "://" in url.rpartition("::")[2]


_COLONS = "\ue000"
"""Stands for `::` in a name that fsspec must not take apart."""


def new_filesystem(url: str) -> tuple[Any, str]:
    """The file system that a URL is in, and its path there."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise InputError(url, EXTRA) from error
    # The names of schemes are of any case.
    scheme, rest = re.match(r"([^:]*)(.*)", url, re.DOTALL).groups()  # type: ignore[union-attr]
    whole = scheme.lower() + (rest if is_chain(url) else rest.replace("::", _COLONS))
    fs, path = url_to_fs(whole)
    path = path.replace(_COLONS, "::")
    _kept[id(fs)] = fs
    # A process may live long, and a store be changed by others.
    fs.invalidate_cache()
    return fs, path


_kept: dict[int, Any] = {}
"""Every file system there was. In a process that was forked fsspec forgets them, and one that is
forgotten waits for its connections to close, which are the parent's, and deletes its copies of what
it has read, which are the parent's too."""


def _is_web(fs: Any) -> bool:
    return "http" in fs.protocol


def _web_options(fs: Any, size: int | None) -> dict[str, Any]:
    """How to ask a web server for a page of which one knows the size, or knows that it has none."""
    # Packed on the way it would have no parts. The user's own headers are among these.
    headers = {**fs.kwargs.get("headers", {}), "Accept-Encoding": "identity"}
    # With a size fsspec does not ask for it again.
    return {"headers": headers, "size": size or 1, **_web_patience(fs)}


def _web_patience(fs: Any) -> dict[str, Any]:
    """How long to wait for a web server, if the user has not said it."""
    from aiohttp import ClientTimeout

    if "timeout" in {**fs.client_kwargs, **fs.kwargs}:
        return {}
    # Usually the whole answer must be there in five minutes, however long it is.
    return {"timeout": ClientTimeout(total=None, sock_connect=PATIENCE, sock_read=PATIENCE)}


def _size_and_state(fs: Any, path: str) -> tuple[int | None, tuple[str, ...]]:
    """The size of an object, if it is known, and its state."""
    info = _web_info(fs, path) if _is_web(fs) else fs.info(path)
    if info.get("type") == "directory":
        raise IsADirectoryError("is a directory: name what is in it, as in …/*.txt")
    size = info.get("size")
    if size == 0 and _is_web(fs):
        # Servers say so of pages that they make when they are asked for.
        size = None
    return size, tuple(str(info[name]) for name in _STATES if info.get(name) is not None)


def _web_info(fs: Any, path: str) -> dict[str, Any]:
    """What a web server says of a page, if it says it in time."""
    from fsspec.asyn import sync

    async def info() -> dict[str, Any]:
        # What is not asynchronous takes a time limit for itself.
        told: dict[str, Any] = await fs._info(path, **_web_patience(fs))
        return told

    told: dict[str, Any] = sync(fs.loop, info)
    return told


def _gives_ranges(fs: Any, path: str, ranges: UrlRanges) -> bool:
    """False for a web server that answers a request for a part with another, or with the whole."""
    if not _is_web(fs) or ranges.size < 2:
        return True
    from fsspec.asyn import sync

    try:
        answer = sync(fs.loop, _answer, fs, path, ranges.size)
    except Exception:
        # Why it fails is seen when the whole is read.
        return False
    return bool(answer == (206, f"bytes 1-1/{ranges.size}"))


async def _answer(fs: Any, path: str, size: int) -> tuple[int, str]:
    """The status of the answer to a request for the second byte, and which part it says it is."""
    options = {**fs.kwargs, **_web_options(fs, size)}
    del options["size"]
    options["headers"] = {**options["headers"], "Range": "bytes=1-1"}
    session = await fs.set_session()
    async with session.get(fs.encode_url(path), **options) as response:
        return response.status, response.headers.get("Content-Range", "").strip().lower()


@contextmanager
def naming(url: str) -> Iterator[None]:
    """Turn whatever a store's library raises, each its own, into an InputError for `url`."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise InputError(url, _words(error)) from error


_ERRNO = re.compile(r"^\[Errno -?\d+\] ")

_KNOWN = {
    "FileExpired": CHANGED,
    "ClientPayloadError": "the connection was cut in the middle of an answer",
}
"""Exceptions of the libraries of some stores, which are not imported for that."""


def _words(error: Exception) -> str:
    """What went wrong, in a line."""
    cause = error.__cause__
    if isinstance(error, FileNotFoundError) and _is_answer(cause):
        # Whatever a web server answers, and if it does not, is this to fsspec.
        error = cause
    status = getattr(error, "status", None)
    if isinstance(error, FileNotFoundError) or status in (404, 410):
        return "not found"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if words := _KNOWN.get(type(error).__name__):
        return words
    words = _ERRNO.sub("", " ".join(str(error).split())) or type(error).__name__
    words = f"{words[:MOST_WORDS]}…" if len(words) > MOST_WORDS else words
    if isinstance(error, ImportError):
        is_ours = any(name in words for name in ("s3fs", "gcsfs", "aiohttp"))
        return f"{EXTRA} ({words})" if is_ours else words
    if status is not None:
        return f"{status} {getattr(error, 'message', '')}".rstrip()
    return words


def _is_answer(cause: BaseException | None) -> TypeGuard[Exception]:
    """True for what became of asking a web server."""
    if isinstance(cause, TimeoutError):
        return True
    return isinstance(cause, Exception) and type(cause).__module__.startswith("aiohttp.")
