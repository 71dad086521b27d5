"""Read dumps at URLs: object stores, web servers and whatever else fsspec opens.

fsspec decides which schemes there are, and where credentials and options come from; here only
ranges of bytes are requested. Needs `corpuscli[remote]`.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..errors import InputError
from .origin import CHANGED, SHRANK, Source
from .retries import BUSY, Told, cause_of, retrying

EXTRA = "URLs need more packages: pip install 'corpuscli[remote]'"

FIRST = 1024 * 1024
LARGEST = 8 * 1024 * 1024
"""Bytes per request when an object is read from first to last: few at first, then more."""

MOST_FILES = 8
"""Objects that a thread holds open to read parts of."""

MOST_WORDS = 300
"""Characters of what a library says, at most: some say all that they have tried."""

PATIENCE = 60
"""Seconds in which a web server must say something."""

_WEB_STATES = ("ETag", "Last-Modified")
_STATES = (
    *("ETag", "etag", "generation", "sha", "LastModified", "Last-Modified", "last_modified"),
    *("mtime", "updated", "modify", "modificationTime", "last_write_time", "created"),
)
"""The fields of a store's or server's answer that change when an object changes."""

_WEB = re.compile(r"(?:^|::)https?://", re.IGNORECASE)

_PATTERN = re.compile(r"[*?\[]")
_WEB_PATTERN = re.compile(r"[*\[]")
"""In the URL of a web page a question mark begins a query."""


class UrlRanges(NamedTuple):
    """An object in a store or on a server. It can be pickled, and read by any process or thread."""

    name: str
    """Its URL."""
    size: int
    state: tuple[tuple[str, str], ...]
    """The fields that change when the object changes, and their values."""

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes `[start, end)`; raise InputError if that is not possible."""
        if start >= end:
            return b""
        with naming(self.name):
            fs, path = new_filesystem(self.name)
            if _is_web(fs):
                data = self._read_page(fs, path, start, end)
            else:
                data = _asking(self.name, partial(self._read_object, start, end))
        if len(data) != end - start:
            raise InputError(self.name, SHRANK)
        return data

    def _read_object(self, start: int, end: int) -> bytes:
        file, is_pinned = _files.of(self)
        file.seek(start)
        data: bytes = file.read(end - start)
        if not is_pinned:
            self._check()
        return data

    def _read_page(self, fs: Any, path: str, start: int, end: int) -> bytes:
        """Read from a web server, which goes on where a connection was cut."""
        from fsspec.asyn import sync

        data = bytearray()
        is_same = _asking(
            self.name, lambda: sync(fs.loop, _fetch, fs, path, self, start, end, data)
        )
        if not is_same:
            self._check()
        return bytes(data)

    def open(self) -> tuple[Any, bool]:
        """Return the object as a file without a cache, and True if the store then serves no other.

        Raises InputError if the object has changed.
        """
        fs, path = new_filesystem(self.name)
        file = fs.open(path, "rb", cache_type="none")
        is_pinned = any("IfMatch" in getattr(file, name, {}) for name in ("read_kw", "req_kw"))
        if is_pinned:
            # Only now: it may have become another before it was opened.
            self._check()
        return file, is_pinned

    def _check(self) -> None:
        """Raise InputError if the object is not what it was."""
        now = _asking(self.name, lambda: _size_and_state(*new_filesystem(self.name)))
        if now != (self.size, self.state):
            raise InputError(self.name, CHANGED)


class _Files(threading.local):
    """The objects that this thread of this process reads parts of."""

    def __init__(self) -> None:
        self._process = os.getpid()
        self._open: dict[UrlRanges, tuple[Any, bool]] = {}

    def of(self, ranges: UrlRanges) -> tuple[Any, bool]:
        """Return what `UrlRanges.open` returns, but open it only once."""
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
    """Look at what is at a URL; raise InputError if it cannot be read."""
    with naming(url):
        fs, path = new_filesystem(url)
        size, state = _asking(url, lambda: _size_and_state(fs, path))
        if size is None:
            return Looked(None, None)
        ranges = UrlRanges(url, size, state)
        if not _gives_ranges(fs, path, ranges):
            return Looked(size, None)
    return Looked(size, ranges, ranges.read(0, min(size, FIRST)))


@contextmanager
def open_url(url: str, looked: Looked | None = None) -> Iterator[Source]:
    """Return what is at a URL, opened; raise InputError if it cannot be opened.

    `looked` is what `look_at` returned for it, if that was called before.
    """
    size, ranges, head = looked or look_at(url)
    if ranges is not None:
        yield Source(url, _InOrder(ranges, head), size, ranges=ranges, head=head)
        return
    with naming(url):
        fs, path = new_filesystem(url)
        options = _web_options(fs, size) if _is_web(fs) else {}
        # A file without blocks is a stream.
        stream = _asking(url, lambda: fs.open(path, "rb", block_size=0, **options))
    with stream:
        yield Source(url, _Stream(url, stream), None)


class _Stream:
    """A response that is read as it arrives, and names its URL if it fails."""

    def __init__(self, url: str, file: Any) -> None:
        self._url = url
        self._file = file

    def read(self, size: int, /) -> bytes:
        with naming(self._url):
            data: bytes = self._file.read(size)
            return data


def expand_url(url: str) -> list[str]:
    """Return the URLs that match a pattern (`*`, `?`, `[…]`, `**`), sorted.

    A URL that is not a pattern, or that exists under exactly this name, is returned itself. Raises
    InputError if nothing matches, or the store cannot be asked.
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
        found = _asking(url, lambda: fs.glob(path, detail=True))
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
    """Return True if a web server is asked for it, perhaps through others."""
    return _WEB.search(url) is not None


def _links(url: str) -> tuple[str, str, str]:
    """Return what is before the first link with a path in a chain, the link, and the rest."""
    links = url.split("::") if is_chain(url) else [url]
    at = next(place for place, link in enumerate(links) if "://" in link)
    return (
        "".join(f"{link}::" for link in links[:at]),
        links[at],
        "".join(f"::{link}" for link in links[at + 1 :]),
    )


def is_chain(url: str) -> bool:
    """Return True if `::` separates URLs, the last with a scheme, and is not part of a name."""
    return "::" in url and "://" in url.rpartition("::")[2]


_COLONS = "\ue000"
"""Stands for `::` in a name that fsspec must not take apart."""


def check_url(url: str) -> None:
    """Raise InputError for a URL in which nothing says what to ask for, or whom."""
    for link in url.split("::") if is_chain(url) else [url]:
        if not is_web_url(link):
            continue
        try:
            parts = urlsplit(link)
            host, _ = parts.hostname, parts.port
        except ValueError:
            host = None
        if not host or " " in host:
            raise InputError(
                url, "is not a web address: its host is missing or not valid (http://HOST/…)"
            )


def new_filesystem(url: str) -> tuple[Any, str]:
    """Return the file system of a URL, and its path there; raise InputError if there is none."""
    check_url(url)
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
    """Return how to ask a web server for a page whose size is known, or known to be missing."""
    # Packed on the way it would have no parts. The user's own headers are among these.
    headers = {**fs.kwargs.get("headers", {}), "Accept-Encoding": "identity"}
    # With a size fsspec does not ask for it again.
    return {"headers": headers, "size": size or 1, **_web_patience(fs)}


def _web_patience(fs: Any) -> dict[str, Any]:
    """Return how long to wait for a web server, if the user has not said it."""
    from aiohttp import ClientTimeout

    if "timeout" in {**fs.client_kwargs, **fs.kwargs}:
        return {}
    # Usually the whole answer must be there in five minutes, however long it is.
    return {"timeout": ClientTimeout(total=None, sock_connect=PATIENCE, sock_read=PATIENCE)}


def _asking(url: str, ask: Callable[[], Told]) -> Told:
    """Return what `ask` returns; if a web server fails, ask again where that may help.

    The clients of stores do so by themselves.
    """
    return retrying(url, ask, _words) if is_web_url(url) else ask()


def _size_and_state(fs: Any, path: str) -> tuple[int | None, tuple[tuple[str, str], ...]]:
    """Return the size of an object, if it is known, and its state."""
    info = _web_info(fs, path) if _is_web(fs) else fs.info(path)
    if info.get("type") == "directory":
        raise IsADirectoryError("is a directory: name what is in it, as in …/*.txt")
    size = info.get("size")
    if size == 0 and _is_web(fs):
        # Servers report this for pages that they create on request.
        size = None
    return size, _state(info, _STATES)


def _state(info: Mapping[str, Any], names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(info[name])) for name in names if info.get(name) is not None)


def _web_info(fs: Any, path: str) -> dict[str, Any]:
    """Return what a web server reports about a page, if it answers in time."""
    from fsspec.asyn import sync

    async def info() -> dict[str, Any]:
        # What is not asynchronous takes a time limit for itself.
        told: dict[str, Any] = await fs._info(path, **_web_patience(fs))
        return told

    told: dict[str, Any] = sync(fs.loop, info)
    return told


def _gives_ranges(fs: Any, path: str, ranges: UrlRanges) -> bool:
    """Return False for a web server that answers a range request with other bytes or the whole."""
    if not _is_web(fs) or ranges.size < 2:
        return True
    from fsspec.asyn import sync

    try:
        answer = _asking(ranges.name, lambda: sync(fs.loop, _answer, fs, path, ranges.size))
    except Exception:
        # Why it fails is seen when the whole is read.
        return False
    return bool(answer == (206, f"bytes 1-1/{ranges.size}"))


async def _answer(fs: Any, path: str, size: int) -> tuple[int, str]:
    """Return the status of the answer to a request for the second byte, and its stated range."""
    session = await fs.set_session()
    async with session.get(fs.encode_url(path), **_part_options(fs, size, 1, 2)) as response:
        if response.status in BUSY:
            response.raise_for_status()
        return response.status, _part_of(response)


async def _fetch(
    fs: Any, path: str, ranges: UrlRanges, start: int, end: int, data: bytearray
) -> bool:
    """Add the bytes up to `end` to `data`, which has those from `start` on.

    Returns False if the answer does not say whether the page has changed. Raises InputError if it
    says that it has.
    """
    at = start + len(data)
    if at == end:
        # The connection was cut after the last byte, and what it said of the page is forgotten.
        return False
    session = await fs.set_session()
    options = _part_options(fs, ranges.size, at, end)
    async with session.get(fs.encode_url(path), **options) as response:
        if response.status == 416:
            raise InputError(ranges.name, CHANGED)
        response.raise_for_status()
        known, now = dict(ranges.state), dict(_state(response.headers, _WEB_STATES))
        said = next((name for name in _WEB_STATES if name in known and name in now), None)
        if said is not None and known[said] != now[said]:
            raise InputError(ranges.name, CHANGED)
        wanted = (206, f"bytes {at}-{end - 1}/{ranges.size}")
        is_whole = response.status == 200 and (at, end) == (0, ranges.size)
        if not is_whole and (response.status, _part_of(response)) != wanted:
            raise InputError(ranges.name, "the server sent a different part than requested")
        async for piece in response.content.iter_any():
            data += piece
            if len(data) > end - start:
                raise InputError(ranges.name, "the server sent more than requested")
    return said is not None


def _part_options(fs: Any, size: int, start: int, end: int) -> dict[str, Any]:
    """Return how to ask a web server for the bytes `[start, end)` of a page of that size."""
    options = {**fs.kwargs, **_web_options(fs, size)}
    del options["size"]
    options["headers"] = {**options["headers"], "Range": f"bytes={start}-{end - 1}"}
    return options


def _part_of(response: Any) -> str:
    """Return which part of a page an answer says it is."""
    said: str = response.headers.get("Content-Range", "")
    return said.strip().lower()


@contextmanager
def naming(url: str) -> Iterator[None]:
    """Turn any exception of a store's library into an InputError for `url`."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise InputError(url, _words(error)) from error


_KNOWN = {
    "FileExpired": CHANGED,
    "ClientPayloadError": "the connection was cut in the middle of an answer",
    "ServerDisconnectedError": "the connection was cut before an answer",
    "ConnectionResetError": "the connection was cut",
    "InvalidURL": "is not the URL of a page",
    "InvalidUrlClientError": "is not the URL of a page",
    "TooManyRedirects": "too many redirects",
}
"""Exceptions of the libraries of some stores, which are not imported for that."""

_OF_A_PROGRAM = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NameError, TypeError),
    *(ValueError, NotImplementedError, RecursionError),
)
"""What libraries raise when a URL is not what they expected; their words are about themselves."""


def _words(error: Exception) -> str:
    """Return what went wrong, in one line."""
    # To fsspec, any answer of a web server, and none, means a missing file.
    error = cause_of(error)
    status = getattr(error, "status", None)
    if isinstance(error, FileNotFoundError) or status in (404, 410):
        return "not found"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if words := _KNOWN.get(type(error).__name__):
        return words
    if host := getattr(error, "host", None):
        reason = getattr(getattr(error, "os_error", None), "strerror", None)
        return f"cannot connect to {host}:{getattr(error, 'port', '')}" + (
            f" ({reason})" if reason and "[" not in reason else ""
        )
    if isinstance(error, OSError) and error.errno and error.strerror:
        words = error.strerror
    else:
        words = str(error)
    words = " ".join(words.split()) or type(error).__name__
    words = f"{words[:MOST_WORDS]}…" if len(words) > MOST_WORDS else words
    if isinstance(error, ImportError):
        is_ours = any(name in words for name in ("s3fs", "gcsfs", "aiohttp"))
        return f"{EXTRA} ({words})" if is_ours else f"this URL needs another package: {words}"
    if words.startswith("Protocol not known"):
        return f"unknown kind of URL{words.removeprefix('Protocol not known')}"
    if isinstance(error, _OF_A_PROGRAM):
        return f"fsspec cannot open such a URL ({type(error).__name__})"
    if status is not None:
        return f"{status} {getattr(error, 'message', '')}".rstrip()
    return words
