"""Dumps at URLs: every command reads them like files, and a failure is one line."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import COMMAND, DATA, EXAMPLES, Run, environment
from servers import Page, Store, Website

from .test_output import Result, assert_one_line

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HARBOUR = EXAMPLES / "harbour-news.txt"
ARABIC = DATA / "arabic.txt"
MIB = 1024 * 1024

COMMANDS = (
    ("list", "--json"),
    ("show", "2,last"),
    ("grep", "-i", "the", "--json"),
    ("split",),
    ("check",),
    ("stats", "--json"),
    ("dedupe-captions",),
)

GONE = "http://127.0.0.1:1"
"""Where no server is."""


class Place:
    """A place with URLs: the object store, or the web server."""

    def __init__(self, server: Store | Website) -> None:
        self.server = server
        self.environment = server.environment if isinstance(server, Store) else {}

    def put(self, name: str, data: bytes) -> str:
        """Put something there; gives its URL."""
        return self.server.put(f"cli/{name}", data)

    def url(self, name: str) -> str:
        return self.server.url(f"cli/{name}")


@pytest.fixture(params=["s3", "http"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    yield Place(request.getfixturevalue("store" if request.param == "s3" else "website"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump that is read in shards."""
    path = tmp_path_factory.mktemp("large") / "dump"
    path.write_bytes(HARBOUR.read_bytes() * 48)
    return path


def called(name: str | Path, result: Result) -> tuple[int, bytes, bytes]:
    """What a command printed, for any name of the dump."""
    dump = str(name).encode()
    return (
        result.returncode,
        result.stdout.replace(dump, b"DUMP"),
        result.stderr.replace(dump, b"DUMP"),
    )


# All that is right


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_url_says_what_the_file_says(
    command: tuple[str, ...], place: Place, corpuscli: Run
) -> None:
    url = place.put("harbour.txt", HARBOUR.read_bytes())
    remote = corpuscli(*command, url, **place.environment)
    assert called(url, remote) == called(HARBOUR, corpuscli(*command, HARBOUR))
    assert remote.stdout and not remote.stderr


@pytest.mark.parametrize(("command", "jobs"), [("list", "-j1"), ("dedupe-captions", "-j2")])
def test_shards_of_a_url_are_those_of_the_file(
    command: str, jobs: str, place: Place, corpuscli: Run, large: Path
) -> None:
    url = place.put("large.txt", large.read_bytes())
    options = (command, jobs, "--shard-size", "16384")
    remote = corpuscli(*options, url, **place.environment)
    assert called(url, remote) == called(large, corpuscli(*options, large))
    assert remote.stdout and not remote.stderr


def test_several_dumps_are_named_by_a_pattern_packed_or_not(place: Place, corpuscli: Run) -> None:
    dump = HARBOUR.read_bytes()
    urls = [
        place.put("all/a.txt", dump),
        place.put("all/b.txt.gz", gzip.compress(dump)),
        place.put("all/c.txt.zst", zstd.compress(dump)),
    ]
    place.put("all/d.csv", b"no dump")
    if isinstance(place.server, Website):
        place.put("all/", b"".join(b'<a href="%b">.</a>' % url.encode() for url in urls))
    result = corpuscli("list", "--json", place.url("all/*.txt*"), **place.environment)
    (rows, seen) = (
        json.loads(result.stdout),
        json.loads(corpuscli("list", "--json", HARBOUR).stdout),
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert rows == [article | {"dump": url} for url in urls for article in seen]


def test_urls_stand_beside_files_and_standard_input(place: Place, corpuscli: Run) -> None:
    url = place.put("arabic.txt", ARABIC.read_bytes())
    dump = HARBOUR.read_bytes()
    result = corpuscli("stats", "--json", HARBOUR, url, "-", stdin=dump, **place.environment)
    assert [row["dump"] for row in json.loads(result.stdout)] == [str(HARBOUR), url, "-", None]
    assert (result.returncode, result.stderr) == (0, b"")


def test_a_server_without_ranges_says_the_same(
    website: Website, corpuscli: Run, large: Path
) -> None:
    said = corpuscli("list", large).stdout
    for page in (
        Page(large.read_bytes(), ranges=False),
        Page(large.read_bytes(), length=False),
        Page(large.read_bytes(), packs=True),
    ):
        result = corpuscli("list", "-j2", website.put("large.txt", page))
        assert (result.returncode, result.stdout, result.stderr) == (0, said, b"")


# How much of it is sent


def test_the_first_article_takes_a_small_part_of_a_large_dump(
    website: Website, corpuscli: Run
) -> None:
    url = website.put("large.txt", HARBOUR.read_bytes() * (30 * MIB // HARBOUR.stat().st_size))
    result = corpuscli("show", "1", url)
    assert (result.returncode, result.stderr) == (0, b"")
    assert 0 < website.sent < 3 * MIB


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_a_whole_dump_is_sent_hardly_more_than_once(
    jobs: str, website: Website, corpuscli: Run
) -> None:
    dump = HARBOUR.read_bytes() * 400
    result = corpuscli("list", jobs, website.put("large.txt", dump))
    assert (result.returncode, result.stderr) == (0, b"")
    assert len(dump) <= website.sent < 2 * len(dump)


# What goes wrong


def test_of_two_dumps_the_one_that_is_there_is_read(place: Place, corpuscli: Run) -> None:
    url = place.put("harbour.txt", HARBOUR.read_bytes())
    for missing, reason in (
        (place.url("missing.txt"), "not found"),
        (place.url("missing/*.txt"), "nothing matches this pattern"),
    ):
        result = corpuscli("list", "--no-dump", missing, url, **place.environment)
        assert_one_line(result)
        assert result.stderr == f"corpuscli: {missing}: {reason}\n".encode()
        assert result.stdout == corpuscli("list", HARBOUR).stdout


def test_what_a_store_refuses_is_one_line(store: Store, website: Website, corpuscli: Run) -> None:
    website.put("newsroom/dump", Page(b"", status=403))
    for url, reason, changes in (
        ("s3://newsroom/dump", "Forbidden", {"AWS_ENDPOINT_URL_S3": website.address}),
        ("s3://newsroom/dump", "Could not connect", {"AWS_ENDPOINT_URL_S3": GONE}),
        ("s3://nobody/dump", "not found", {}),
        ("s3://nobody/*", "nothing matches this pattern", {}),
        ("s3://newsroom", "is a directory", {}),
    ):
        result = corpuscli("list", url, **(store.environment | changes))
        assert_one_line(result)
        assert result.stderr.startswith(f"corpuscli: {url}: {reason}".encode())
        assert result.stdout == b""


def test_what_a_web_server_refuses_is_one_line(website: Website, corpuscli: Run) -> None:
    refused = website.put("refused", Page(b"", status=403))
    for url, reason in (
        (refused, "403 Forbidden"),
        (website.url("missing"), "not found"),
        (f"{GONE}/dump", "cannot connect to"),
        (f"{GONE}/*.txt", "cannot connect to"),
    ):
        result = corpuscli("list", url)
        assert_one_line(result)
        assert result.stderr.startswith(f"corpuscli: {url}: {reason}".encode())
        assert result.stdout == b""


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_a_connection_that_is_cut_goes_on_where_it_was_cut(
    jobs: str, website: Website, corpuscli: Run, large: Path
) -> None:
    url = website.put("cut", Page(large.read_bytes(), cut=900_000))
    result = corpuscli("list", jobs, url)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == corpuscli("list", large).stdout


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_a_stream_that_is_cut_is_one_line(
    jobs: str, website: Website, corpuscli: Run, large: Path
) -> None:
    url = website.put("cut", Page(large.read_bytes(), ranges=False, cut=900_000))
    result = corpuscli("list", jobs, url)
    assert_one_line(result)
    assert b"the connection was cut" in result.stderr
    assert corpuscli("list", large).stdout.startswith(result.stdout)


def test_what_is_asked_again_is_said_to_who_wants_to_know(website: Website, corpuscli: Run) -> None:
    data = HARBOUR.read_bytes()
    right = corpuscli("list", HARBOUR).stdout
    for options in ((), ("--verbose",)):
        page = Page(data, status=429, refusals=2, retry_after="0")
        url = website.put("busy", page)
        result = corpuscli("list", *options, url)
        assert (result.returncode, result.stdout) == (0, right)
        said = f"corpuscli: {url}: 429 Too Many Requests; trying again in 0.0 s"
        assert (said in result.stderr.decode().splitlines()) is bool(options)


@pytest.mark.parametrize("url", ["data://,abc", "http:///x", "filecache::http://x", "ftp://"])
def test_a_url_that_cannot_be_one_is_one_line(url: str, corpuscli: Run) -> None:
    result = corpuscli("list", url)
    assert_one_line(result)
    assert result.stderr.startswith(f"corpuscli: {url}: ".encode())


def test_a_dump_that_is_replaced_is_not_read_on(place: Place, tmp_path: Path, large: Path) -> None:
    url = place.put("replaced.txt", large.read_bytes())
    # The output is more than a pipe holds: it waits there in the middle.
    with subprocess.Popen(
        [COMMAND, "split", "-j1", "--shard-size", "16384", url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**place.environment),
        cwd=tmp_path,
    ) as process:
        assert process.stdout
        first = process.stdout.readline()
        place.put("replaced.txt", large.read_bytes().replace(b"the", b"THE"))
        rest, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (
        2,
        f"corpuscli: {url}: changed while it was read\n".encode(),
    )
    assert b"THE" not in first + rest


def test_an_interrupt_does_not_wait_for_the_server(
    website: Website, tmp_path: Path, large: Path
) -> None:
    for page in (
        Page(large.read_bytes(), pause=60),
        Page(large.read_bytes(), ranges=False, pause=60),
    ):
        url = website.put("slow", page)
        with subprocess.Popen(
            [COMMAND, "list", url], stderr=subprocess.PIPE, env=environment(), cwd=tmp_path
        ) as process:
            while process.poll() is None and "GET" not in [one.method for one in website.log]:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=5)
        assert (process.returncode, said) == (130, b"")


def test_an_interrupt_does_not_wait_for_those_that_are_looked_at_together(
    website: Website, store: Store, tmp_path: Path
) -> None:
    # To who only reads, an object store is a web server.
    data = HARBOUR.read_bytes()
    for n in range(8):
        website.put(f"newsroom/{n}", Page(data, pause=60 if n else 0))
    environ = store.environment | {"AWS_ENDPOINT_URL_S3": website.address}
    with subprocess.Popen(
        [COMMAND, "list", *(f"s3://newsroom/{n}" for n in range(8))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**environ),
        cwd=tmp_path,
    ) as process:
        while process.poll() is None and not {"newsroom/1", "newsroom/2"} <= {
            one.path for one in website.log if one.method == "GET"
        }:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        listed, said = process.communicate(timeout=5)
    assert (process.returncode, said) == (130, b"")
    assert len(listed.splitlines()) == 18


def test_many_small_dumps_are_listed_as_the_files_are(
    place: Place, corpuscli: Run, tmp_path: Path
) -> None:
    names = []
    for n in range(40):
        (tmp_path / f"{n:02}.txt").write_bytes(HARBOUR.read_bytes()[: 900 * (n + 1)])
        names.append(f"{n:02}.txt")
    urls = [place.put(f"many/{name}", (tmp_path / name).read_bytes()) for name in names]
    options = ("list", "--fields", "number,start,words,title")
    of_files = corpuscli(*options, *names)
    of_urls = corpuscli(*options, *urls, **place.environment)
    assert of_files.returncode == of_urls.returncode == 0
    assert of_urls.stdout == of_files.stdout


def test_what_is_no_file_is_not_edited_in_place(place: Place, corpuscli: Run) -> None:
    url = place.put("harbour.txt", HARBOUR.read_bytes())
    result = corpuscli("dedupe-captions", "--in-place", url, **place.environment)
    assert_one_line(result)
    assert result.stderr.startswith(f"corpuscli: {url}: ".encode())
    assert corpuscli("list", url, **place.environment).stdout == corpuscli("list", HARBOUR).stdout


def test_without_the_extra_it_is_named(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "fsspec.py").write_text("raise ImportError('no fsspec')\n")
    for url in ("s3://bucket/dump", "https://example.org/*.txt"):
        without = {"PYTHONPATH": str(tmp_path / "without")}
        result = corpuscli("list", "--no-dump", url, HARBOUR, **without)
        assert_one_line(result)
        assert (
            result.stderr
            == (
                f"corpuscli: {url}: URLs need more packages: pip install 'corpuscli[remote]'\n"
            ).encode()
        )
        assert result.stdout == corpuscli("list", HARBOUR).stdout
