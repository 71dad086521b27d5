"""Dumps are opened in order, and many objects in a store are looked at together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from servers import Page, Website

pytest.importorskip("fsspec")
pytest.importorskip("aiohttp")

from corpuscli.errors import InputError
from corpuscli.source import open_each, read_blocks
from corpuscli.source.ahead import MOST
from corpuscli.source.remote import FIRST, Looked, look_at

AHEAD = "corpuscli.source.ahead.look_at"


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The URLs that were looked at so far."""
    urls: list[str] = []

    def look(url: str) -> Looked:
        urls.append(url)
        return look_at(url)

    monkeypatch.setattr(AHEAD, look)
    return urls


def contents(paths: list[str]) -> Iterator[bytes]:
    for path, opening in zip(paths, open_each(paths), strict=True):
        with opening as source:
            assert source.name == path
            yield b"".join(read_blocks(source))


def test_paths_and_urls_come_in_their_order(
    website: Website, tmp_path: Path, looked: list[str]
) -> None:
    datas = [bytes([n]) * (n + 1) * 100 for n in range(50)]
    paths = []
    for n, data in enumerate(datas):
        (tmp_path / str(n)).write_bytes(data)
        page = Page(data, ranges=n % 5 > 0, length=n % 7 > 0)
        paths.append(str(tmp_path / str(n)) if n % 3 == 0 else website.put(str(n), page))
    urls = [path for path in paths if path.startswith("http")]
    assert list(contents(paths)) == datas
    assert sorted(looked) == sorted(urls)


def test_more_and_more_are_looked_at_together(website: Website, looked: list[str]) -> None:
    urls = [website.put(f"{n:02}", b"dump") for n in range(60)]
    counts = []
    for _ in contents(urls):
        counts.append(len(looked))
    assert counts == [1] + [3] * 2 + [7] * 4 + [15] * 8 + [31] * MOST + [47] * MOST + [60] * 13


def test_they_are_looked_at_side_by_side(website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    together = Barrier(2)

    def look(url: str) -> Looked:
        if not url.endswith("/0"):
            together.wait(60)
        return look_at(url)

    monkeypatch.setattr(AHEAD, look)
    urls = [website.put(f"{n}", b"dump %d" % n) for n in range(3)]
    assert list(contents(urls)) == [b"dump 0", b"dump 1", b"dump 2"]


def test_where_no_threads_are_allowed_each_is_looked_at_in_its_turn(
    website: Website, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [website.put(f"{n}", b"dump %d" % n) for n in range(10)]
    openings = open_each(urls)
    with next(openings) as source:
        assert b"".join(read_blocks(source)) == b"dump 0"

    class Refused(Thread):
        def start(self) -> None:
            raise RuntimeError("can't start new thread")

    monkeypatch.setattr("corpuscli.source.ahead.Thread", Refused)
    for opening in openings:
        with opening as source:
            assert b"".join(read_blocks(source)).startswith(b"dump ")
    assert looked == urls


def test_what_cannot_be_opened_fails_in_its_turn_and_alone(website: Website) -> None:
    urls = [website.put("a", b"a"), website.url("none"), website.put("b", b"b"), website.url("no")]
    found: list[object] = []
    for opening in open_each(urls):
        try:
            with opening as source:
                found.append(b"".join(read_blocks(source)))
        except InputError as error:
            found.append((os.path.basename(error.path), error.reason))
    assert found == [b"a", ("none", "not found"), b"b", ("no", "not found")]


def test_what_is_not_entered_is_not_asked_for(website: Website, looked: list[str]) -> None:
    urls = [website.put(f"{n}", b"dump %d" % n) for n in range(5)]
    openings = list(open_each(urls))
    assert looked == []
    with openings[3] as source:
        assert b"".join(read_blocks(source)) == b"dump 3"
    assert looked == urls[3:4]


def test_what_has_changed_since_it_was_looked_at_is_refused(website: Website) -> None:
    data = b"a" * (2 * FIRST)
    urls = [website.put(name, data) for name in "abc"]
    openings = open_each(urls)
    for _ in range(2):
        with next(openings) as source:
            assert b"".join(read_blocks(source)) == data
    website.put("c", b"b" * (2 * FIRST))
    with pytest.raises(InputError, match="changed while it was read"), next(openings) as source:
        b"".join(read_blocks(source))
