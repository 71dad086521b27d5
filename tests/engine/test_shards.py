"""A dump read in shards by several processes reads as it does in one piece."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile, TemporaryFile

import pytest
from compose import Page, pages, random_pages, render
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuscli.engine.shards import may_hold, not_too_many, ranges_of, read_shards
from corpuscli.errors import InputError
from corpuscli.reader.layouts import load_layout
from corpuscli.reader.reading import Look, Options, Piece, Result, read_chunks
from corpuscli.reader.shard import Dump
from corpuscli.source import FileRanges


def read(
    dump: Dump,
    make: Callable[[Sequence[Piece]], Result],
    *,
    jobs: int,
    size: int,
    look: Look | None = None,
) -> Iterator[Result]:
    return read_shards(dump, make, jobs=jobs, ranges=ranges_of(dump.size, size), look=look)


def itself(pieces: Sequence[Piece]) -> list[Piece]:
    return list(pieces)


def in_shards(data: bytes, size: int, jobs: int = 2, layout: str = "page") -> list[Piece]:
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        # The beginning of a dump has a say in its layout.
        chosen = read_chunks("dump", [data], Options(layout=layout)).layout
        dump = Dump("dump", FileRanges("dump", file.fileno()), len(data), chosen)
        return [p for part in read(dump, itself, jobs=jobs, size=size) for p in part]


def whole(data: bytes, layout: str = "page") -> list[Piece]:
    return list(read_chunks("dump", [data], Options(layout=layout)).pieces)


@settings(max_examples=25)
@given(pages(largest=8, noisy=True), st.integers(200, 4000), st.integers(1, 4))
def test_shards_of_any_size_give_the_same_articles(
    composed: list[Page], size: int, jobs: int
) -> None:
    data = render(composed) * 2
    assert in_shards(data, size, jobs) == whole(data)


LINES = st.sampled_from(
    ["T", "U", "C.", "C.", "D", "TT", "20", "", "", "B\ufeffT", "\ufeffU", "B b"]
)


@settings(max_examples=25)
@given(st.lists(LINES, min_size=5, max_size=60), st.integers(8, 60))
def test_shards_cut_inside_headers_give_the_same_articles(lines: list[str], size: int) -> None:
    data = ("B.\n" + "\n".join(lines)).encode()
    assert in_shards(data, size) == whole(data)


@settings(max_examples=25)
@given(pages(largest=8, noisy=True), st.integers(200, 4000), st.data())
def test_a_look_at_the_bytes_spares_work_and_no_article(
    composed: list[Page], size: int, draw: st.DataObject
) -> None:
    data = render(composed) * 2
    lines = [line for line in data.split(b"\n") if line.strip()] or [b"none"]
    needle = draw.draw(st.sampled_from([*lines, b"nowhere"]))

    def wanted(pieces: Sequence[Piece]) -> list[Piece]:
        return [piece for piece in itself(pieces) if needle in piece.data]

    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        layout = read_chunks("dump", [data], Options(layout="page")).layout
        dump = Dump("dump", FileRanges("dump", file.fileno()), len(data), layout)
        parts = read_shards(
            dump,
            wanted,
            jobs=2,
            ranges=ranges_of(dump.size, size),
            look=lambda part: needle in bytes(part),
        )
        assert [piece for part in parts for piece in part] == wanted(whole(data))


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=30),
    st.randoms(use_true_random=False),
    st.sampled_from([64, 100, 200]),
    st.sampled_from([8, 16, 32]),
)
def test_what_stands_in_the_lines_of_a_range_is_seen_through_a_small_buffer(
    lengths: list[int], rng: Random, buffer: int, longest: int
) -> None:
    lines = ["".join(rng.choice("abc") for _ in range(length)) for length in lengths]
    data = "\n".join(lines).encode() + b"\n" * rng.randrange(2)
    if not data:
        return
    start = rng.randrange(len(data))
    end = rng.randint(start + 1, len(data))
    needle = "".join(rng.choice("abc") for _ in range(rng.randint(1, 4))).encode()
    first = data.rfind(b"\n", 0, start) + 1
    last = data.find(b"\n", end - 1)
    with pytest.MonkeyPatch.context() as patch, TemporaryFile() as file:
        patch.setattr("corpuscli.engine.shards.LONGEST_LINE", longest)
        patch.setattr("corpuscli.engine.shards.BEHIND", rng.choice([1, 4, 16]))
        file.write(data)
        file.flush()
        dump = Dump("dump", FileRanges("dump", file.fileno()), len(data), load_layout("page"))
        seen = may_hold(dump, lambda part: needle in bytes(part), (start, end), bytearray(buffer))
    assert seen or needle not in data[first : last if last >= 0 else len(data)]
    if seen and max(lengths) < longest // 2:
        assert needle in data


def test_a_fault_in_a_thread_that_looks_is_raised(tmp_path: Path) -> None:
    path = tmp_path / "dump"
    path.write_bytes(b"T\n\nTT\n\nT\n\nBody.\n" * 100)
    with open(path, "rb") as file:
        dump = Dump("dump", FileRanges("dump", file.fileno()), 4000, load_layout("page"))
        with pytest.raises(InputError, match="shrank while it was read"):
            list(
                read_shards(dump, len, jobs=3, ranges=ranges_of(4000, 500), look=lambda part: False)
            )


def test_shards_in_which_nothing_is_wanted_are_not_read(tmp_path: Path) -> None:
    data = b"".join(b"T%d\n\nTT\n\nT%d\n\nBody.\n\n\n\n" % (n, n) for n in range(2000))
    path = tmp_path / "dump"
    path.write_bytes(data)
    with open(path, "rb") as file:
        dump = Dump("dump", FileRanges("dump", file.fileno()), len(data), load_layout("page"))
        parts = read_shards(
            dump,
            len,
            jobs=2,
            ranges=ranges_of(dump.size, 1000),
            look=lambda part: b"T1000\n" in bytes(part),
        )
        numbers = list(parts)
        assert 0 < len(numbers) < 4
        assert not list(
            read_shards(
                dump, len, jobs=2, ranges=ranges_of(dump.size, 1000), look=lambda part: False
            )
        )


@pytest.mark.parametrize("layout", ["plain", "digest", "archive"])
def test_other_layouts_are_read_in_shards_too(layout: str) -> None:
    data = b"".join(
        b"%d of 9 DOCUMENTS\n\nTitle %d\nBy Ada\n\nText.\n\n\n\n-----\n" % (n, n) for n in range(40)
    )
    assert in_shards(data, 100, layout=layout) == whole(data, layout)


def test_a_thousand_pages_are_the_same_in_shards() -> None:
    data = render(random_pages(Random(5), 300, noisy=True))
    for size in (3000, 50_000):
        assert in_shards(data, size, 3) == whole(data)


def test_a_dump_that_shrinks_ends_with_a_fault_not_a_signal(tmp_path: Path) -> None:
    path = tmp_path / "dump"
    data = b"".join(b"T%d\n\nTT\n\nT%d\n\nBody.\n\n\n\n" % (n, n) for n in range(20_000))
    path.write_bytes(data)
    with open(path, "rb") as file:
        dump = Dump("dump", FileRanges("dump", file.fileno()), len(data), load_layout("page"))
        parts: Iterator[list[Piece]] = read_shards(
            dump, itself, jobs=2, ranges=ranges_of(dump.size, 100_000)
        )
        next(parts)
        os.truncate(path, 200_000)
        with pytest.raises(InputError, match="shrank while it was read"):
            list(parts)


def test_an_article_of_too_many_lines_is_refused_in_shards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corpuscli.reader.shard.MOST_LINES", 1000)
    data = b"".join(b"%b\n\nTT\n\n%b\n\n" % (t, t) + b"a\n" * n for t, n in LENGTHS)
    for jobs in (1, 2):
        with NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            dump = Dump("dump", FileRanges("dump", file.fileno()), len(data), load_layout("page"))
            found: list[int] = []
            with pytest.raises(InputError, match="at line 907 is longer than"):
                for numbers in read_shards(
                    dump, its_numbers, jobs=jobs, ranges=ranges_of(dump.size, 100_000)
                ):
                    found += numbers
            assert found == [1]


LENGTHS = ((b"T", 900), (b"U", 1100), (b"V", 900))


def its_numbers(pieces: Sequence[Piece]) -> list[int]:
    return [piece.span.number for piece in pieces]


def test_an_article_beyond_all_measure_is_refused_in_shards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corpuscli.reader.shard.LONGEST_ARTICLE", 10_000)
    data = b"T\n\nTT\n\nT\n\n" + b"word " * 9000 + b"\n\nU\n\nTT\n\nU\n\nBody.\n"
    with pytest.raises(InputError, match="the article that starts at line 1 is longer than"):
        in_shards(data, 5000)


def test_shards_are_neither_very_many_nor_very_large() -> None:
    assert not_too_many(16_384, 1_000_000) == 16_384
    assert not_too_many(16_384, 100_000_000) == 100_000
    assert not_too_many(16_384, 10**13) == 8 * 1024 * 1024
    assert not_too_many(10**9, 10**13) == 10**9
