"""Any bytes can be read, none is lost, and it does not matter how they arrive."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import laws
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpuscli.engine.batches import read_batches
from corpuscli.engine.shards import ranges_of, read_shards
from corpuscli.errors import InputError
from corpuscli.reader.reading import Options, Piece, read_source
from corpuscli.reader.shard import Dump
from corpuscli.source import compression, open_source

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DUMPS = st.lists(
    st.one_of(st.sampled_from(laws.FRAGMENTS), st.binary(max_size=12)), max_size=40
).map(b"".join)

LAYOUTS = st.sampled_from(["page", "plain", "archive", "digest", "auto"])

ENCODINGS = st.sampled_from(["auto", "auto", "utf-16-le", "windows-1256", "shift_jis", "euc_kr"])


@given(DUMPS, LAYOUTS, ENCODINGS)
def test_nothing_is_lost_by_reading(data: bytes, layout: str, encoding: str) -> None:
    laws.reading_loses_nothing(data, layout, encoding)


@given(DUMPS, LAYOUTS, ENCODINGS)
def test_every_article_becomes_a_record(data: bytes, layout: str, encoding: str) -> None:
    laws.every_article_is_read(data, layout, encoding)


@given(DUMPS, st.booleans(), ENCODINGS)
def test_deduping_only_deletes_lines_and_twice_is_once(
    data: bytes, body: bool, encoding: str
) -> None:
    laws.deduping_only_deletes_lines(data, body, encoding)


def itself(pieces: Sequence[Piece]) -> list[Piece]:
    return list(pieces)


def pieces_of(path: str) -> tuple[list[Piece], str]:
    """The articles of a dump, and why it could not be read on."""
    found: list[Piece] = []
    with open_source(path) as source:
        try:
            found.extend(read_source(source, Options()).pieces)
        except InputError as error:
            return found, error.reason
    return found, ""


def through_a_pipe(data: bytes) -> tuple[list[Piece], str]:
    reading_end, writing_end = os.pipe()

    def write() -> None:
        with open(writing_end, "wb") as pipe:
            pipe.write(data)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        return pieces_of(f"/dev/fd/{reading_end}")
    finally:
        os.close(reading_end)
        writer.join()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ways")


@given(DUMPS)
def test_a_file_a_pipe_and_whatever_compresses_it_read_the_same(folder: Path, data: bytes) -> None:
    path = folder / "dump"
    path.write_bytes(data)
    whole = pieces_of(str(path))
    assert through_a_pipe(data) == whole
    # Bytes that begin like compressed data are taken for it, and are damaged most of the time.
    assert not whole[1] or compression(data)
    assume(not compression(data))
    for pack in (gzip.compress, bz2.compress, lzma.compress, zstd.compress):
        path.write_bytes(pack(data))
        assert pieces_of(str(path)) == whole
        path.write_bytes(pack(data[: len(data) // 2]) + pack(data[len(data) // 2 :]))
        assert pieces_of(str(path)) == whole


@settings(max_examples=settings().max_examples // 3)
@given(DUMPS, st.integers(1, 3), st.integers(16, 400))
def test_any_number_of_processes_reads_the_same(
    folder: Path, data: bytes, jobs: int, size: int
) -> None:
    assume(not compression(data))
    path = folder / "dump"
    path.write_bytes(data)
    with open_source(str(path)) as source:
        reading = read_source(source, Options(encoding="utf-8"))
        whole = list(reading.pieces)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("corpuscli.engine.batches.FIRST", size)
            patch.setattr("corpuscli.engine.batches.SIZE", size)
            batches = read_batches("dump", iter(whole), itself, jobs=jobs)
            assert [piece for batch in batches for piece in batch] == whole
        if source.can_be_cut(size):
            assert source.ranges
            dump = Dump("dump", source.ranges, len(data), reading.layout)
            shards = read_shards(dump, itself, jobs=jobs, ranges=ranges_of(len(data), size))
            assert [piece for shard in shards for piece in shard] == whole


@given(st.lists(st.one_of(st.text(), st.sampled_from(["A", "a", "é", "e\u0301", "..", "con", ""]))))
def test_names_of_files_are_plain_and_differ(titles: list[str]) -> None:
    laws.names_are_of_plain_files(titles)


@given(st.text(st.characters(codec=None)))
def test_nothing_of_a_text_is_obeyed_by_a_terminal(text: str) -> None:
    laws.nothing_is_obeyed(text)
