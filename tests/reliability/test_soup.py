"""Dumps of soup break no law, however they are read and wherever they are cut.

500 dumps are tried, 100,000 with `--long`; `--soup 7000:8000` tries those.
"""

from __future__ import annotations

import gzip
import os
import random
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import laws
import pytest
import regex
from soup import soup

from corpuscli.engine import batches
from corpuscli.engine.batches import read_batches
from corpuscli.engine.shards import even_ranges, read_shards
from corpuscli.errors import InputError
from corpuscli.model import Article
from corpuscli.reader import shard
from corpuscli.reader.reading import Options, Piece, read_chunks, read_source
from corpuscli.reader.shard import Dump
from corpuscli.search.query import Query, compile_patterns
from corpuscli.search.scan import new_scan
from corpuscli.source import compression, open_source
from corpuscli.source.text import trim

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LAYOUTS = ("page", "page", "plain", "archive", "digest")

SOME = 50
"""Dumps that one test tries."""

SHORT = 500
"""Bytes in a dump that is cut at each of them, at most."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "numbers" in metafunc.fixturenames:
        first, end = numbers_asked_for(metafunc.config)
        slices = [range(at, min(at + SOME, end)) for at in range(first, end, SOME)]
        metafunc.parametrize("numbers", slices, ids=[f"{s.start}:{s.stop}" for s in slices])


def numbers_asked_for(config: pytest.Config) -> tuple[int, int]:
    asked: str | None = config.getoption("--soup")
    if asked is None:
        return (0, 100_000) if config.getoption("--long") else (0, 500)
    first, _, end = asked.partition(":")
    return int(first), int(end)


def layout_of(number: int) -> str:
    return LAYOUTS[number % len(LAYOUTS)]


def whole(data: bytes, layout: str) -> list[Piece]:
    return list(laws.read(data, layout, "utf-8").pieces)


def itself(pieces: Sequence[Piece]) -> list[Piece]:
    return list(pieces)


class InMemory(NamedTuple):
    """Bytes of which any part can be read."""

    data: bytes

    def read(self, start: int, end: int) -> bytes:
        assert 0 <= start <= end <= len(self.data)
        return self.data[start:end]


def in_shards(
    data: bytes, layout: str, ranges: Sequence[tuple[int, int]], jobs: int = 1
) -> list[Piece]:
    # The beginning of a dump has a say in its layout.
    dump = Dump("dump", InMemory(data), len(data), laws.read(data, layout, "utf-8").layout)
    return [p for some in read_shards(dump, itself, jobs=jobs, ranges=ranges) for p in some]


def can_begin(data: bytes) -> bool:
    """Return True if a dump may be cut after these bytes; see `Source.can_be_cut`."""
    return bool(trim(data.decode("utf-8", "ignore")))


@pytest.fixture
def near_sighted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Make shards look only this many bytes back at a time."""

    def look(size: int) -> None:
        monkeypatch.setattr(shard, "BEHIND", size)
        monkeypatch.setattr(shard, "MORE", size)

    yield look


def test_articles_tile_the_dump(numbers: range) -> None:
    for number in numbers:
        for layout in {layout_of(number), "auto"}:
            laws.reading_loses_nothing(soup(number), layout)


def test_every_article_becomes_a_record(numbers: range) -> None:
    for number in numbers:
        laws.every_article_is_read(soup(number), layout_of(number))


def test_blocks_of_any_size_give_the_same_articles(numbers: range) -> None:
    for number in numbers:
        laws.blocks_do_not_matter(soup(number), 1 + number % 301, layout_of(number))


def test_shards_of_any_size_give_the_same_articles(
    numbers: range, near_sighted: Callable[[int], None]
) -> None:
    for number in numbers:
        data, layout = soup(number), layout_of(number)
        near_sighted(1 + number % 97)
        for size in (1 + number % 61, 1 + number % 1009):
            if can_begin(data[:size]):
                found = in_shards(data, layout, even_ranges(len(data), size))
                assert found == whole(data, layout), (number, size)


def test_a_cut_at_every_byte_gives_the_same_articles(
    numbers: range, near_sighted: Callable[[int], None]
) -> None:
    for number in numbers:
        data, layout = soup(number), layout_of(number)
        if len(data) > SHORT:
            continue
        near_sighted(1 + number % 7)
        articles = whole(data, layout)
        for cut in range(1, len(data)):
            if can_begin(data[:cut]):
                found = in_shards(data, layout, [(0, cut), (cut, len(data))])
                assert found == articles, (number, cut)


def test_two_processes_read_the_same(numbers: range, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in numbers[::25]:
        data, layout = soup(number, 300), layout_of(number)
        articles = whole(data, layout)
        if can_begin(data[:999]):
            assert in_shards(data, layout, even_ranges(len(data), 999), 2) == articles, number
        monkeypatch.setattr(batches, "FIRST", 500)
        monkeypatch.setattr(batches, "SIZE", 500)
        found = read_batches("dump", iter(articles), itself, jobs=2)
        assert [piece for batch in found for piece in batch] == articles, number


def pieces_of(path: str, layout: str) -> list[Piece]:
    with open_source(path) as source:
        return list(read_source(source, Options(layout)).pieces)


def through_a_pipe(data: bytes, layout: str) -> list[Piece]:
    reading_end, writing_end = os.pipe()

    def write() -> None:
        with open(writing_end, "wb") as pipe:
            pipe.write(data)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        return pieces_of(f"/dev/fd/{reading_end}", layout)
    finally:
        os.close(reading_end)
        writer.join()


def test_a_file_a_pipe_and_compressed_files_read_the_same(numbers: range, tmp_path: Path) -> None:
    path = tmp_path / "dump"
    for number in numbers:
        data, layout = soup(number), layout_of(number)
        if compression(data):
            continue
        articles = list(read_chunks("dump", [data] if data else [], Options(layout)).pieces)
        path.write_bytes(data)
        assert pieces_of(str(path), layout) == articles, number
        assert through_a_pipe(data, layout) == articles, number
        for pack in (gzip.compress, zstd.compress):
            path.write_bytes(pack(data))
            assert pieces_of(str(path), layout) == articles, (number, pack)


def test_deduping_changes_no_article_and_twice_is_once(numbers: range) -> None:
    for number in numbers:
        for layout in (layout_of(number), "auto"):
            laws.deduping_only_deletes_lines(soup(number), False, layout=layout)
            laws.deduping_only_deletes_lines(soup(number), True, layout=layout)


def test_deduping_in_parts_of_any_size_leaves_the_same(numbers: range) -> None:
    for number in (numbers[0], numbers[-1]):
        data = b"".join(map(soup, range(number, number + 60)))
        reading = laws.read(data, layout_of(number), "utf-8")
        tiles = list(reading.tiles)
        if number % 2:
            # So short a dump is all beginning, and would be decided in one part.
            reading = reading._replace(choice=None)
        for body in (False, True):
            once = laws.cleaned_in_parts(reading, tiles, 1, body)
            for size in (90, 200, len(tiles)):
                assert laws.cleaned_in_parts(reading, tiles, size, body) == once, (number, size)


PATTERNS = (
    *("Harbour", "harbour", r"\bb\b", "^b$", r"^.{0,3}$", "c|C", r"caf[eé]", r"\d{4}", "صورة"),
    *("Порт", r"\w+@", "x{200}", r"(?i)straße", r"TT", r"[^\x00-\x7f]", "\ufffd", "a.b", r"\s\s"),
    *("", r"(?=A)A", "nowhere at all", r"May 4|4 May", "\x1b", "passengers on board\\.$"),
)  # fmt: skip


def test_what_grep_finds_is_what_a_plain_search_finds(numbers: range) -> None:
    for number in numbers:
        rng = random.Random(number)
        reading = laws.read(soup(number), layout_of(number), "utf-8")
        articles = [reading.parse(piece) for piece in reading.pieces]
        for pattern in rng.sample(PATTERNS, 4):
            ignores = rng.random() < 0.4
            compiled = compile_patterns([pattern], ignore_case=ignores)
            scan = new_scan([pattern], ignore_case=ignores, fixed=False, whole_words=False)
            query = Query(compiled, scan=scan)
            for article in articles:
                found = [(text.field, text.text, spans) for text, spans in query.find(article)]
                assert found == plain_search(pattern, ignores, article), (number, pattern)


def plain_search(
    pattern: str, ignores: bool, article: Article
) -> list[tuple[str, str, tuple[tuple[int, int], ...]]]:
    """Return what `regex` finds in each text; empty matches count only without others."""
    texts = [
        *(("title", unit) for unit in (article.title,)),
        *(("deck", unit) for unit in (article.deck,)),
        *(("byline", unit) for unit in (article.byline,)),
        *(("caption", unit) for unit in article.captions),
        *(("paragraph", unit) for unit in article.paragraphs),
    ]
    found = []
    for field, unit in texts:
        if unit is None:
            continue
        spans = [m.span() for m in regex.finditer(pattern, unit.text, regex.I if ignores else 0)]
        if spans:
            found.append((field, unit.text, tuple([s for s in spans if s[0] < s[1]] or spans[:1])))
    return found


def test_a_byte_that_no_article_has_is_an_error() -> None:
    from corpuscli.reader.reading import Placed, read_whole

    def total() -> int:
        return 30

    def placed(*ranges: tuple[int, int]) -> list[Placed[None]]:
        return [Placed(start, end, None) for start, end in ranges]

    assert len(list(read_whole("d", placed((0, 10), (-1, -1), (10, 30)), total, whole=True))) == 3
    for ranges, message in (
        (((0, 10), (11, 30)), "1 bytes belong to no article"),
        (((0, 10), (9, 30)), "1 bytes belong to two articles"),
        (((0, 10), (10, 27)), "3 bytes belong to no article"),
        (((0, 10), (10, 31)), "1 bytes belong to two articles"),
    ):
        with pytest.raises(InputError, match=message):
            list(read_whole("d", placed(*ranges), total, whole=True))
    assert list(read_whole("d", placed((5, 10), (20, 25)), total, whole=False))
