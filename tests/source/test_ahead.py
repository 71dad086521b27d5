"""Dumps are opened in order, and many objects in a store are looked at together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from servers import Page, Put, Store, Website

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
    website: Website, memory: Put, tmp_path: Path, looked: list[str]
) -> None:
    datas = [bytes([n]) * (n + 1) * 100 for n in range(50)]
    paths = []
    for n, data in enumerate(datas):
        (tmp_path / str(n)).write_bytes(data)
        page = Page(data, ranges=n % 5 > 0, length=n % 7 > 0)
        kinds = (str(tmp_path / str(n)), website.put(str(n), page), memory(str(n), data))
        paths.append(kinds[n * n % 7 % 3])
    assert list(contents(paths)) == datas
    assert set(looked) < {path for path in paths if path.startswith("memory:")}


def test_more_and_more_are_looked_at_together(memory: Put, looked: list[str]) -> None:
    urls = [memory(f"{n:02}", b"dump") for n in range(60)]
    counts = []
    for _ in contents(urls):
        counts.append(len(looked))
    # The first by itself.
    assert counts == [0] + [2] * 2 + [6] * 4 + [14] * 8 + [30] * MOST + [46] * MOST + [59] * 13


def test_they_are_looked_at_side_by_side(memory: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    together = Barrier(2)

    def look(url: str) -> Looked:
        together.wait(60)
        return look_at(url)

    monkeypatch.setattr(AHEAD, look)
    urls = [memory(f"{n}", b"dump %d" % n) for n in range(3)]
    assert list(contents(urls)) == [b"dump 0", b"dump 1", b"dump 2"]


def test_a_web_server_is_asked_for_one_page_after_another(
    website: Website, looked: list[str]
) -> None:
    urls = [website.put(f"{n}", b"dump %d" % n) for n in range(9)]
    chain = f"simplecache::{website.put('9', b'dump 9')}"
    assert list(contents([*urls, chain])) == [b"dump %d" % n for n in range(10)]
    assert looked == []


def test_where_no_threads_are_allowed_each_is_looked_at_in_its_turn(
    memory: Put, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refused(Thread):
        def start(self) -> None:
            raise RuntimeError("can't start new thread")

    monkeypatch.setattr("corpuscli.source.ahead.Thread", Refused)
    urls = [memory(f"{n}", b"dump %d" % n) for n in range(10)]
    assert list(contents(urls)) == [b"dump %d" % n for n in range(10)]
    assert looked == []


def test_what_cannot_be_looked_at_together_is_looked_at_alone(
    memory: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def look(url: str) -> Looked:
        asked.append(url)
        if url.endswith(("2", "5")):
            raise InputError(url, "503 Slow Down")
        return look_at(url)

    monkeypatch.setattr(AHEAD, look)
    urls = [memory(f"{n}", b"dump %d" % n) for n in range(7)]
    assert list(contents(urls)) == [b"dump %d" % n for n in range(7)]
    assert sorted(asked) == urls[1:]


def test_what_cannot_be_opened_fails_in_its_turn_and_alone(memory: Put) -> None:
    urls = [memory("a", b"a"), "memory://none", memory("b", b"b"), "memory://no"]
    found: list[object] = []
    for opening in open_each(urls):
        try:
            with opening as source:
                found.append(b"".join(read_blocks(source)))
        except InputError as error:
            found.append((os.path.basename(error.path), error.reason))
    assert found == [b"a", ("none", "not found"), b"b", ("no", "not found")]


def test_what_is_not_entered_is_not_asked_for(memory: Put, looked: list[str]) -> None:
    urls = [memory(f"{n}", b"dump %d" % n) for n in range(5)]
    openings = list(open_each(urls))
    for place in (1, 3):
        with openings[place] as source:
            assert b"".join(read_blocks(source)) == b"dump %d" % place
    assert sorted(looked) == urls[3:]


def test_what_has_changed_since_it_was_looked_at_is_refused(objects: Store) -> None:
    data = b"a" * (2 * FIRST)
    openings = open_each([objects.put(f"ahead/{name}", data) for name in "abc"])
    for _ in range(2):
        with next(openings) as source:
            assert b"".join(read_blocks(source)) == data
    objects.put("ahead/c", b"b" * (2 * FIRST))
    with pytest.raises(InputError, match="changed while it was read"), next(openings) as source:
        b"".join(read_blocks(source))
