"""Servers that tests read dumps from: an object store, and a web server that can be difficult."""

from __future__ import annotations

import gzip
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

Put = Callable[[str, bytes], str]
"""Stores an object of a name; gives its URL."""


class Store:
    """An object store that speaks S3, with one bucket: moto's, in its own process."""

    bucket = "newsroom"

    def __init__(self, address: str) -> None:
        self.address = address
        self._put("")

    @property
    def environment(self) -> dict[str, str]:
        """What makes `s3://` this store, and no other."""
        return {
            "AWS_ENDPOINT_URL_S3": self.address,
            "AWS_ACCESS_KEY_ID": "someone",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            # Neither the user's files nor a cloud's address are used.
            "AWS_CONFIG_FILE": "/nowhere",
            "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
        }

    def put(self, key: str, data: bytes) -> str:
        """Store an object, perhaps instead of another; return its URL."""
        self._put(key, data)
        return self.url(key)

    def url(self, key: str) -> str:
        return f"s3://{self.bucket}/{key}"

    def _put(self, key: str, data: bytes = b"") -> None:
        scope = "someone/20240101/us-east-1/s3/aws4_request"
        request = urllib.request.Request(
            f"{self.address}/{self.bucket}/{key}".rstrip("/"),
            data,
            {
                "Content-Type": "application/octet-stream",
                # moto looks who it is, not whether it is true.
                "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, "
                "Signature=none",
            },
            method="PUT",
        )
        urllib.request.urlopen(request, timeout=10).close()


@contextmanager
def running_store(log: Path) -> Iterator[Store]:
    """Start a store; its output goes to a file, which also names its port."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        yield Store(_address(process, log))
    finally:
        process.terminate()
        process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(300):
        text = log.read_text()
        if found := re.search(r"http://127\.0\.0\.1:\d+", text):
            return found[0]
        assert process.poll() is None, text
        time.sleep(0.1)
    raise TimeoutError(text)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that all tests share: each uses keys of its own."""
    with running_store(tmp_path_factory.mktemp("store") / "log") as running:
        yield running


@pytest.fixture
def memory() -> Iterator[Put]:
    """Puts an object into fsspec's store in memory, and gives its URL."""
    from fsspec.implementations.memory import MemoryFileSystem

    fs = MemoryFileSystem()

    def put(name: str, data: bytes) -> str:
        fs.pipe_file(f"/{name}", data)
        return f"memory://{name}"

    fs.store.clear()
    yield put
    fs.store.clear()


@pytest.fixture
def objects(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The object store, known to this process."""
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    return store


@dataclass(slots=True)
class Page:
    """What a web server has under a path, and how difficult it is about it."""

    data: bytes
    ranges: bool = True
    """False: a request for a part is answered with the whole."""
    length: bool = True
    """False: nothing says how long the answer is, it comes in chunks."""
    packs: bool = False
    """True: it is compressed on the way for who takes that, and then has no parts."""
    status: int | None = None
    """What is answered instead of the page."""
    refusals: int | None = None
    """How many answers have that status, or are cut, before all are as they should be; None if
    all have it."""
    retry_after: str = ""
    """The `Retry-After` that is sent with that status."""
    token: str = ""
    """What only those get it with who say so as `Authorization`."""
    cut: int | None = None
    """Bytes of an answer after which the connection is closed."""
    pause: float = 0
    """Seconds before each `STEP` bytes of an answer."""
    told: int | None = None
    """The length that it states in answer to a HEAD request, if that is wrong."""
    shift: int = 0
    """Bytes by which a part is another than was asked for, as it says."""
    more: bytes = b""
    """What comes after the bytes of a part that was asked for."""
    etag: str | None = None
    """What it says of its version, "" for nothing; None means a checksum."""
    follower: Page | None = None
    """The page that is here after `answers` answers with bytes of this one, or, if that is 0,
    after any answer."""
    answers: int = 0

    def __post_init__(self) -> None:
        if self.etag is None:
            self.etag = f'"{zlib.crc32(self.data):x}"'


STEP = 64 * 1024


@dataclass(slots=True)
class Request:
    """A line of the log."""

    method: str
    path: str
    range: tuple[int, int] | None
    """First and last byte that were asked for, inclusive."""
    sent: int = 0
    """Bytes of the body."""


@dataclass
class Website:
    """A web server that remembers its requests."""

    address: str
    pages: dict[str, Page] = field(default_factory=dict)
    log: list[Request] = field(default_factory=list)

    def put(self, path: str, page: Page | bytes) -> str:
        """Put a page there and forget earlier requests; return its URL."""
        self.pages[path] = Page(page) if isinstance(page, bytes) else page
        self.log.clear()
        return self.url(path)

    def url(self, path: str) -> str:
        return f"{self.address}/{path}"

    @property
    def sent(self) -> int:
        """Bytes of bodies that were sent."""
        return sum(request.sent for request in self.log)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def log_message(self, *arguments: object) -> None:
        """Nothing: tests look at the website's log."""

    def _answer(self, *, with_body: bool) -> None:
        path = self.path.removeprefix("/")
        page = self.server.website.pages.get(path) or Page(b"", status=404)
        if page.refusals is not None:
            page.refusals -= 1
            if page.refusals < 0:
                page.status = page.cut = None
                page.pause = 0
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        part = (int(asked[1]), int(asked[2])) if asked else None
        packed = page.packs and "gzip" in self.headers.get("Accept-Encoding", "")
        start, end = 0, len(page.data)
        if page.token and page.token != self.headers.get("Authorization"):
            end = 0
            self.send_response(401)
        elif page.status is not None:
            end = 0
            self.send_response(page.status)
            if page.retry_after:
                self.send_header("Retry-After", page.retry_after)
        elif part and page.ranges and not packed:
            start, end = part[0] + page.shift, min(part[1] + 1 + page.shift, end)
            self.send_response(206 if start < end else 416)
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(page.data)}")
        else:
            self.send_response(200)
        body = page.data[start:end]
        if part:
            body += page.more
        if packed:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        if page.told is not None and not with_body:
            self.send_header("Content-Length", str(page.told))
        elif page.length:
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Transfer-Encoding", "chunked")
        if page.etag:
            self.send_header("ETag", page.etag)
        # Before the answer is complete: who has got it may look at once.
        request = Request(self.command, path, part)
        self.server.website.log.append(request)
        if page.follower and page.status is None:
            page.answers -= with_body
            if page.answers <= 0:
                self.server.website.pages[path] = page.follower
        self.end_headers()
        if with_body:
            with suppress(ConnectionError):
                self._send(page, body, request)

    def _send(self, page: Page, body: bytes, request: Request) -> None:
        """Send a body, or what is sent of it before the connection is cut."""
        kept = body if page.cut is None else body[: page.cut]
        for at in range(0, len(kept), STEP):
            time.sleep(page.pause)
            piece = kept[at : at + STEP]
            request.sent += len(piece)
            self.wfile.write(piece if page.length else b"%x\r\n%b\r\n" % (len(piece), piece))
        if page.cut is not None and page.cut <= len(body):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif not page.length:
            self.wfile.write(b"0\r\n\r\n")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    website: Website

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore a reader that leaves: it is not an error."""


@pytest.fixture
def website() -> Iterator[Website]:
    """A web server of the test's own."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.website = website = Website(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield website
        finally:
            server.shutdown()
            thread.join()
