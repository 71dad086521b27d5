"""Sources at URLs: parts, streams, patterns, and what may be wrong with them."""

from __future__ import annotations

import gc
import gzip
import io
import os
import pickle
import random
import sys
import tempfile
import zipfile
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from aiohttp import ClientTimeout
from fsspec.config import conf
from fsspec.implementations.cached import SimpleCacheFileSystem
from fsspec.implementations.memory import MemoryFile
from servers import Page, Put, Store, Website

from corpuscli.errors import InputError
from corpuscli.source import Ranges, expand, is_url, open_source, read_blocks, remote, retries
from corpuscli.source.remote import MOST_FILES, UrlRanges, expand_url


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow at once."""
    monkeypatch.setattr(retries, "PAUSE", 0.01)


DATA = random.Random(2).randbytes(3_000_000)
OTHER = DATA[::-1]


def read(url: str) -> bytes:
    with open_source(url) as source:
        return b"".join(read_blocks(source))


def ranges_of(url: str) -> UrlRanges:
    with open_source(url) as source:
        assert isinstance(source.ranges, UrlRanges)
        return source.ranges


def fault_of(read: Callable[[], object]) -> str:
    with pytest.raises(InputError) as caught:
        read()
    assert "\n" not in caught.value.reason
    return caught.value.reason


# Whole dumps


def test_a_url_is_no_path() -> None:
    for name in ("s3://b/k", "http://h", "simplecache::gs://b/k", "zip://a::file:///b.zip"):
        assert is_url(name)
    for name in ("", "-", "dump.txt", "/a/b", "a:b", "./s3://b/k", "c:/dump", "c://dump"):
        assert not is_url(name)


def test_what_is_behind_a_url_is_read_as_a_file_is(
    memory: Put, objects: Store, website: Website, tmp_path: Path
) -> None:
    (tmp_path / "dump").write_bytes(DATA)
    urls = [
        memory("dump", DATA),
        f"file://{tmp_path}/dump",
        "simplecache::memory://dump",
        objects.put("unit/dump", DATA),
        website.put("dump", DATA),
    ]
    for url in urls:
        with open_source(url) as source:
            assert (source.name, source.size, source.status) == (url, len(DATA), None)
            assert b"".join(read_blocks(source)) == DATA
            assert source.ranges is not None
            assert source.ranges.read(7, 2_000_007) == DATA[7:2_000_007]
            assert source.ranges.read(5, 5) == b""
            assert not source.is_regular


def test_it_is_decompressed_by_its_first_bytes(memory: Put, website: Website) -> None:
    packed = gzip.compress(DATA)
    assert read(memory("dump", packed)) == DATA
    assert read(website.put("dump", packed)) == DATA
    assert read(website.put("dump", Page(packed, ranges=False))) == DATA


@pytest.mark.parametrize("size", [0, 1, 2])
def test_the_smallest_dumps_are_read(size: int, memory: Put, website: Website) -> None:
    assert read(memory("dump", DATA[:size])) == DATA[:size]
    for page in (
        Page(DATA[:size]),
        Page(DATA[:size], ranges=False),
        Page(DATA[:size], length=False),
    ):
        assert read(website.put("dump", page)) == DATA[:size]


def test_the_first_bytes_come_soon_and_the_rest_in_large_requests(website: Website) -> None:
    url = website.put("dump", DATA * 8)
    assert read(url) == DATA * 8
    mib = 1024 * 1024
    parts = [request.sent for request in website.log if request.sent > 1]
    assert parts == [1 * mib, 2 * mib, 4 * mib, 8 * mib, len(DATA) * 8 - 15 * mib]


# Web servers


@pytest.mark.parametrize("length", [True, False])
def test_a_server_without_ranges_is_read_as_a_pipe(length: bool, website: Website) -> None:
    url = website.put("dump", Page(DATA, ranges=False, length=length))
    with open_source(url) as source:
        assert (source.size, source.ranges) == (None, None)
        assert b"".join(read_blocks(source)) == DATA


def test_a_server_is_asked_not_to_pack_what_it_sends(website: Website) -> None:
    url = website.put("dump", Page(DATA, packs=True))
    assert ranges_of(url).read(1_000_000, 1_000_007) == DATA[1_000_000:1_000_007]


def test_the_headers_of_the_user_are_sent(
    website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in (Page(DATA, token="Bearer 7"), Page(DATA, token="Bearer 7", ranges=False)):
        url = website.put("dump", page)
        assert fault_of(partial(read, url)) == "401 Unauthorized"
        with monkeypatch.context() as patch:
            patch.setitem(conf, "http", {"headers": {"Authorization": "Bearer 7"}})
            assert read(url) == DATA


def test_a_refusal_is_said_as_the_server_says_it(website: Website) -> None:
    for status, words in ((403, "403 Forbidden"), (404, "not found"), (410, "not found")):
        url = website.put("dump", Page(DATA, status=status))
        assert fault_of(partial(read, url)) == words
    reason = fault_of(partial(read, "http://127.0.0.1:1/dump"))
    assert reason.startswith("cannot connect to 127.0.0.1:1")


def test_a_refusal_in_the_middle_is_said(website: Website) -> None:
    url = website.put("dump", DATA)
    ranges = ranges_of(url)
    website.put("dump", Page(DATA, status=503))
    assert fault_of(lambda: ranges.read(0, 10)) == "503 Service Unavailable"


@pytest.mark.parametrize("page", [Page(DATA), Page(DATA, ranges=False), Page(DATA, length=False)])
def test_a_connection_that_is_cut_is_said(page: Page, website: Website) -> None:
    page.cut = 7_000
    url = website.put("dump", page)
    assert fault_of(partial(read, url)) == "the connection was cut in the middle of an answer"


def test_a_server_that_is_silent_is_not_waited_for_for_ever(
    website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = website.put("dump", DATA)
    website.pages["dump"].pause = 0.5
    monkeypatch.setattr(remote, "PATIENCE", 0.1)
    assert fault_of(partial(read, url)) == "no answer in time"
    monkeypatch.undo()
    # Who has set a time keeps it.
    own = {"client_kwargs": {"timeout": ClientTimeout(total=0.2)}}
    monkeypatch.setitem(conf, "http", own)
    website.pages["dump"].ranges = False
    assert fault_of(partial(read, url)) == "no answer in time"


def test_a_server_that_does_not_even_say_what_it_has_is_given_up(
    website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*arguments: object, **options: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("fsspec.implementations.http._file_info", fails)
    assert fault_of(partial(read, website.put("dump", DATA))) == "no answer in time"


@pytest.mark.parametrize(
    "page",
    [
        Page(DATA, told=0),
        Page(DATA, told=len(DATA) // 2),
        Page(DATA, told=2 * len(DATA)),
        Page(DATA, shift=7),
    ],
    ids=["no length", "half the length", "twice the length", "another part"],
)
def test_a_server_that_is_wrong_about_parts_is_read_as_a_pipe(page: Page, website: Website) -> None:
    url = website.put("dump", page)
    assert read(url) == DATA
    with open_source(url) as source:
        assert source.ranges is None


def test_where_parts_cannot_be_asked_for_the_whole_is(
    website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*arguments: object) -> None:
        raise OSError

    monkeypatch.setattr(remote, "_answer", fails)
    assert read(website.put("dump", DATA)) == DATA


# Parts, in other threads and processes


def parts_read_by(executor: Executor, ranges: Ranges) -> list[bytes]:
    starts = range(0, len(DATA), 100_000)
    return list(executor.map(ranges.read, starts, [start + 100_000 for start in starts]))


def test_threads_read_side_by_side(memory: Put, objects: Store, website: Website) -> None:
    for url in (memory("a", DATA), objects.put("unit/a", DATA), website.put("a", DATA)):
        with ThreadPoolExecutor(4) as threads:
            assert b"".join(parts_read_by(threads, ranges_of(url))) == DATA


def test_processes_that_are_forked_read_side_by_side(
    memory: Put, objects: Store, website: Website
) -> None:
    for url in (memory("a", DATA), objects.put("unit/a", DATA), website.put("a", DATA)):
        ranges = ranges_of(url)
        # Now this process has connections, which are not theirs.
        assert ranges.read(0, 10) == DATA[:10]
        with ProcessPoolExecutor(2, mp_context=get_context("fork")) as processes:
            assert b"".join(parts_read_by(processes, ranges)) == DATA
        assert ranges.read(10, 20) == DATA[10:20]


def test_a_process_of_another_number_opens_it_anew(
    website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranges = ranges_of(website.put("a", DATA))
    before = remote._files.of(ranges)
    assert remote._files.of(ranges) is before
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert remote._files.of(ranges) is not before
    assert ranges.read(10, 20) == DATA[10:20]


def test_a_forked_process_takes_nothing_from_its_parent(
    memory: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SimpleCacheFileSystem.clear_instance_cache()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    memory("a", DATA)
    ranges = ranges_of("simplecache::memory://a")
    assert ranges.read(0, 10) == DATA[:10]
    copies = sorted(tmp_path.glob("*/*"))
    child = os.fork()
    if not child:
        # fsspec forgets here what the parent has, and what is forgotten deletes its files.
        same = ranges.read(10, 20) == DATA[10:20]
        gc.collect()
        os._exit(0 if same else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert copies and set(copies) <= set(tmp_path.glob("*/*"))


def test_parts_can_be_read_wherever_they_are_sent(objects: Store, website: Website) -> None:
    for url in (objects.put("unit/a", DATA), website.put("a", DATA)):
        ranges = ranges_of(url)
        sent = pickle.loads(pickle.dumps(ranges))
        assert sent == ranges
        assert sent.read(5, 15) == DATA[5:15]


def test_not_all_that_was_read_is_kept_open(memory: Put) -> None:
    urls = [memory(f"{number}", DATA[number:]) for number in range(MOST_FILES + 2)]
    every = [ranges_of(url) for url in urls]
    for _ in range(2):
        for number, ranges in enumerate(every):
            assert ranges.read(0, 10) == DATA[number : number + 10]
    assert len(remote._files._open) == MOST_FILES


# What changes meanwhile


def test_an_object_that_was_replaced_is_not_read_on(
    memory: Put, objects: Store, website: Website, tmp_path: Path
) -> None:
    def file(name: str, data: bytes) -> str:
        (tmp_path / name).write_bytes(data)
        return f"file://{tmp_path}/{name}"

    for put in (objects.put, website.put, file):
        is_open, is_not = ranges_of(put("a", DATA)), ranges_of(put("b", DATA))
        assert is_open.read(0, 10) == DATA[:10]
        for name in ("a", "b"):
            put(name, OTHER)
            os.utime(tmp_path / name, (1, 1)) if put is file else None
        for ranges in (is_open, is_not):
            assert fault_of(partial(ranges.read, 10, 20)) == "changed while it was read"
    for other in (DATA[:-1], OTHER):
        ranges = ranges_of(memory("a", DATA))
        memory("a", other)
        assert fault_of(partial(ranges.read, 0, 10)) == "changed while it was read"


def test_a_page_replaced_between_two_requests_is_not_mixed(website: Website) -> None:
    for answers in range(1, 4):
        page = Page(DATA, follower=Page(OTHER), answers=answers)
        url = website.put("a", page)
        try:
            assert read(url) in (DATA, OTHER)
        except InputError as error:
            assert error.reason == "changed while it was read"


def test_a_page_that_says_nothing_of_its_version_is_known_by_its_size(website: Website) -> None:
    url = website.put("a", Page(DATA, etag=""))
    ranges = ranges_of(url)
    website.log.clear()
    assert ranges.read(10, 20) == DATA[10:20]
    assert [one.method for one in website.log] == ["GET", "HEAD"]
    website.put("a", Page(DATA, etag="", told=len(DATA) + 1))
    assert fault_of(partial(ranges.read, 10, 20)) == "changed while it was read"


def test_a_part_that_is_no_longer_there_is_said(website: Website) -> None:
    ranges = ranges_of(website.put("a", DATA))
    website.put("a", DATA[:1000])
    assert fault_of(partial(ranges.read, 2000, 3000)) == "changed while it was read"


def test_a_server_that_gives_more_than_a_part_is_not_believed(website: Website) -> None:
    ranges = ranges_of(website.put("a", DATA))
    website.put("a", Page(DATA, more=b"more"))
    assert fault_of(partial(ranges.read, 10, 20)) == "the server sent more than requested"


def test_an_object_that_is_gone_is_said(website: Website) -> None:
    ranges = ranges_of(website.put("a", DATA))
    del website.pages["a"]
    assert fault_of(partial(ranges.read, 0, 10)) == "not found"


def test_a_store_that_gives_less_than_it_promised_is_said(
    memory: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranges = ranges_of(memory("a", DATA))
    monkeypatch.setattr(MemoryFile, "read", lambda file, size: b"short")
    assert fault_of(partial(ranges.read, 0, 10)) == "shrank while it was read"


# What cannot be opened


def test_what_is_not_there_is_said(memory: Put, objects: Store, website: Website) -> None:
    for url in ("memory://none", objects.url("none"), "s3://nobody/none", website.url("none")):
        assert fault_of(partial(read, url)) == "not found"


def test_a_directory_is_no_dump(memory: Put, objects: Store) -> None:
    memory("folder/a", DATA)
    objects.put("folder/a", DATA)
    for url in ("memory://folder", "memory://folder/", objects.url("folder"), "s3://newsroom"):
        assert fault_of(partial(read, url)).startswith("is a directory")


def test_a_scheme_that_nobody_knows_is_said() -> None:
    assert fault_of(partial(read, "nowhere://a")) == "unknown kind of URL: nowhere"


def test_packages_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each scheme needs its own; this one no machine of ours has.
    monkeypatch.setitem(sys.modules, "adlfs", None)
    reason = fault_of(partial(read, "abfs://container/dump"))
    assert "adlfs" in reason and remote.EXTRA not in reason
    # That of others comes with the extra.
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    reason = fault_of(partial(read, "gs://bucket/dump"))
    assert reason.startswith(remote.EXTRA) and "gcsfs" in reason
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert fault_of(partial(read, "s3://b/k")) == remote.EXTRA
    assert fault_of(partial(expand_url, "s3://b/*")) == remote.EXTRA


def test_an_error_of_the_system_is_said_in_its_words(tmp_path: Path) -> None:
    assert fault_of(partial(read, f"file://{tmp_path}/{'a' * 300}")) == "File name too long"


def test_an_error_without_words_has_its_name(memory: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object) -> None:
        raise EOFError

    ranges = ranges_of(memory("a", DATA))
    monkeypatch.setattr(MemoryFile, "read", fails)
    assert fault_of(partial(ranges.read, 0, 10)) == "EOFError"


# Patterns


def test_a_pattern_stands_for_all_that_match_it(
    memory: Put, objects: Store, tmp_path: Path
) -> None:
    names = ["one.txt", "two.txt", "three.csv", "folder/four.txt", "folder/deep/five.txt"]
    for name in names:
        memory(name, DATA)
        objects.put(f"many/{name}", b"")
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    for root in ("memory://", objects.url("many"), f"file://{tmp_path}", "simplecache::memory://"):
        for pattern, found in (
            ("*.txt", ["one.txt", "two.txt"]),
            ("t??.txt", ["two.txt"]),
            ("[a-o]*.txt", ["one.txt"]),
            ("*/*.txt", ["folder/four.txt"]),
            ("**/*.txt", ["folder/deep/five.txt", "folder/four.txt", "one.txt", "two.txt"]),
            # Directories are not dumps.
            ("*", ["one.txt", "three.csv", "two.txt"]),
        ):
            urls = expand_url(f"{root}/{pattern}")
            assert [url.split("/", 2)[2].removeprefix("newsroom/many/") for url in urls] == [
                f"{tmp_path}/{name}"
                if root.startswith("file")
                else f"/{name}".lstrip("/" if root.startswith("s3") else "")
                for name in found
            ]
            assert all(url.startswith(root.rstrip("/")) for url in urls)


def test_what_is_no_pattern_is_itself(memory: Put) -> None:
    for url in (memory("plain", DATA), "-", "[a].txt", "s3://no/store/is/asked"):
        assert expand(url) == [url]


def test_a_pattern_that_matches_nothing_is_said(memory: Put, objects: Store) -> None:
    for url in ("memory://*.txt", objects.url("none/*")):
        assert fault_of(partial(expand_url, url)) == "nothing matches this pattern"


def test_a_name_may_look_like_a_pattern(memory: Put) -> None:
    url = memory("a[1].txt", DATA)
    assert expand_url(url) == [url]
    assert read(url) == DATA


def test_colons_in_a_name_begin_no_chain(tmp_path: Path, memory: Put) -> None:
    (tmp_path / "a").write_bytes(b"another")
    (tmp_path / "a::b.txt").write_bytes(DATA)
    (url,) = expand_url(f"file://{tmp_path}/*.txt")
    assert url == f"file://{tmp_path}/a::b.txt"
    assert read(url) == DATA
    memory("c::d.txt", DATA)
    assert read("memory://c::d.txt") == DATA


def test_who_names_objects_does_not_choose_what_is_read(memory: Put) -> None:
    memory("x::file:///etc/passwd", DATA)
    said = fault_of(partial(expand_url, "memory://**"))
    assert said.endswith("would be read as a chain of URLs; name the others")


def test_an_object_that_is_called_like_a_pattern_is_itself(memory: Put) -> None:
    memory("a1.txt", b"another")
    assert expand_url(memory("a[1].txt", DATA)) == ["memory://a[1].txt"]


def test_a_question_mark_in_a_web_address_begins_a_query(website: Website) -> None:
    url = website.put("dump?page=1", DATA)
    assert expand_url(url) == [url]
    assert website.log == []
    assert read(url) == DATA


def test_a_pattern_of_web_pages_is_matched_with_the_links_of_the_folder(website: Website) -> None:
    website.put("news/", b'<a href="a.txt">a</a> <a href="b.txt">b</a> <a href="c.csv">c</a>')
    assert expand_url(website.url("news/*.txt")) == [website.url(f"news/{n}.txt") for n in "ab"]


def test_a_pattern_may_be_inside_an_archive(memory: Put) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a.txt", "b.txt", "c.csv"):
            archive.writestr(name, name)
    memory("all.zip", packed.getvalue())
    urls = expand_url("zip://*.txt::memory://all.zip")
    assert urls == ["zip://a.txt::memory://all.zip", "zip://b.txt::memory://all.zip"]
    assert [read(url) for url in urls] == [b"a.txt", b"b.txt"]


def test_a_store_that_cannot_be_asked_for_names_is_said() -> None:
    assert "nowhere" in fault_of(partial(expand_url, "nowhere://*"))


# URLs that are none


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://", "is not a web address"),
        ("http:///x", "is not a web address"),
        ("https://:80/x", "is not a web address"),
        ("http://[::1/x", "is not a web address"),
        ("http://127.0.0.1:99999/x", "is not a web address"),
        ("http://a b/x", "is not a web address"),
        ("filecache::http:///x", "is not a web address"),
        ("filecache::http://127.0.0.1:1", "is not the URL of a page"),
        ("filecache::http://127.0.0.1:1/x", "cannot connect to 127.0.0.1:1"),
        ("data://,abc", "fsspec cannot open such a URL"),
        ("simplecache::data://,abc", "fsspec cannot open such a URL"),
        ("filecache://x", "fsspec cannot open such a URL"),
        ("reference://x", "fsspec cannot open such a URL"),
        ("jupyter://x", "fsspec cannot open such a URL"),
    ],
)
def test_what_is_wrong_with_a_url_is_said_in_our_words(url: str, words: str) -> None:
    reason = fault_of(partial(read, url))
    assert reason.startswith(words)
    for of_a_library in ("__init__", "list index", "ssl:", "Errno", "NoneType"):
        assert of_a_library not in reason
