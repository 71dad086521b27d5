"""Inputs: plain and compressed, whole and damaged."""

from __future__ import annotations

import bz2
import errno
import gzip
import lzma
import os
import pickle
import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from corpuscli.errors import InputError
from corpuscli.source import (
    Counted,
    FileRanges,
    PathRanges,
    Source,
    Stored,
    compression,
    open_source,
    path_of,
    read_blocks,
    refuse_own_output,
)
from corpuscli.source.compressed import BLOCK, STEP

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DATA = random.Random(1).randbytes(300_000) + b"words and words\n" * 50_000

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": lambda data: zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1}),
}

each_kind = pytest.mark.parametrize("kind", PACKERS)


def read(path: Path) -> bytes:
    with open_source(str(path)) as source:
        return b"".join(read_blocks(source))


def read_until_it_fails(path: Path) -> tuple[bytes, str]:
    blocks = []
    with open_source(str(path)) as source:
        try:
            for block in read_blocks(source):
                blocks.append(block)
        except InputError as error:
            return b"".join(blocks), error.reason
    return b"".join(blocks), ""


@each_kind
def test_compression_is_known_by_the_first_bytes(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "dump.txt"
    file.write_bytes(PACKERS[kind](DATA))
    assert compression(file.read_bytes()) == kind
    assert read(file) == DATA


def test_a_name_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "plain.gz"
    file.write_bytes(b"plain text\n")
    assert read(file) == b"plain text\n"


@each_kind
def test_several_members_are_one_dump(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "dump"
    file.write_bytes(PACKERS[kind](b"one\n") + PACKERS[kind](b"") + PACKERS[kind](DATA))
    assert read(file) == b"one\n" + DATA


@each_kind
def test_zero_padding_is_let_be(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "dump"
    file.write_bytes(PACKERS[kind](DATA) + bytes(5000))
    assert read(file) == DATA


@each_kind
def test_garbage_at_the_end_is_said(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "dump"
    file.write_bytes(PACKERS[kind](DATA) + b"garbage")
    assert read_until_it_fails(file) == (
        DATA,
        f"trailing garbage after the {kind} data was ignored",
    )


@each_kind
def test_a_truncated_input_gives_what_it_has(kind: str, tmp_path: Path) -> None:
    packed = PACKERS[kind](DATA)
    file = tmp_path / "dump"
    for size in (7, len(packed) // 2, len(packed) - 1):
        file.write_bytes(packed[:size])
        data, reason = read_until_it_fails(file)
        assert DATA.startswith(data)
        assert reason == f"truncated: the {kind} data ends too early"


def gzip_with_wrong_checksum(data: bytes) -> bytes:
    packed = bytearray(gzip.compress(data))
    packed[-8] ^= 1
    return bytes(packed)


@pytest.mark.parametrize("size", [10, 5000, 2 * BLOCK + 77])
def test_a_wrong_checksum_of_gzip_loses_no_text(size: int, tmp_path: Path) -> None:
    text = (DATA + DATA)[:size] + (b"one more line\n" * 99)
    file = tmp_path / "dump"
    file.write_bytes(gzip.compress(b"whole\n") + gzip_with_wrong_checksum(text))
    assert read_until_it_fails(file) == (
        b"whole\n" + text,
        "damaged gzip data: the checksum is wrong; its text may be, too",
    )


def test_damaged_gzip_gives_all_that_is_before_the_damage(tmp_path: Path) -> None:
    stored = b"\0" + (5000).to_bytes(2, "little") + (5000 ^ 0xFFFF).to_bytes(2, "little")
    head = b"\x1f\x8b\x08" + bytes(7)
    file = tmp_path / "dump"
    # A block that is there as it is, then one of a type that does not exist.
    file.write_bytes(head + stored + DATA[:5000] + b"\x07" + DATA)
    data, reason = read_until_it_fails(file)
    assert data == DATA[:5000]
    assert reason.startswith("damaged gzip data")


def test_damage_in_the_last_byte_of_gzip_loses_little(tmp_path: Path) -> None:
    # In a block with this header, a 0 bit is the letter a, and a 1 bit is the end of the block.
    header = bytes.fromhex("04e081080000000020b0ee2f71")
    # The last byte is a letter, the end, and a block of a type that does not exist.
    packed = header + bytes(4096 // 8) + b"\x1e"
    file = tmp_path / "dump"
    file.write_bytes(b"\x1f\x8b\x08" + bytes(7) + packed)
    data, reason = read_until_it_fails(file)
    assert set(data) == set(b"a") and 4096 <= len(data) <= 4097
    assert reason == "damaged gzip data"


@pytest.mark.parametrize("kind", ["bzip2", "xz", "zstd"])
def test_damaged_data_of_other_kinds_lose_little(kind: str, tmp_path: Path) -> None:
    packed = PACKERS[kind](DATA[:300_000])
    damaged = bytearray(packed)
    damaged[-30 if kind == "xz" else -2] ^= 0x55
    file = tmp_path / "dump"
    file.write_bytes(PACKERS[kind](b"whole\n" * 300) + damaged)
    data, reason = read_until_it_fails(file)
    assert (b"whole\n" * 300 + DATA).startswith(data)
    assert len(data) >= 1800 + 300_000 - STEP
    assert reason


@each_kind
def test_a_flipped_bit_never_passes_for_good_data(kind: str, tmp_path: Path) -> None:
    packed = PACKERS[kind](DATA)
    rng = random.Random(kind)
    file = tmp_path / "dump"
    for _ in range(30):
        flipped = bytearray(packed)
        flipped[rng.randrange(12, len(packed))] ^= 1 << rng.randrange(8)
        file.write_bytes(flipped)
        data, reason = read_until_it_fails(file)
        assert reason or data == DATA


@each_kind
def test_a_bomb_is_read_in_small_blocks(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "bomb"
    file.write_bytes(PACKERS[kind](bytes(50_000_000)))
    with open_source(str(file)) as source:
        assert max(map(len, read_blocks(source))) <= 4 * 1024 * 1024


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "none", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(InputError, match=reason):
            read(path)
    with pytest.raises(InputError, match="null"):
        read(Path("a\0b"))


def test_a_fifo_is_read_to_its_end(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    writer = threading.Thread(target=fifo.write_bytes, args=(DATA,))
    writer.start()
    assert read(fifo) == DATA
    writer.join()


def test_a_file_of_proc_has_size_zero_and_is_not_empty() -> None:
    assert b"MemTotal" in read(Path("/proc/meminfo"))


def test_a_file_that_shrinks_is_said(tmp_path: Path) -> None:
    file = tmp_path / "dump"
    file.write_bytes(bytes(3_000_000))
    with open_source(str(file)) as source:
        blocks = read_blocks(source)
        next(blocks)
        os.truncate(file, 1_500_000)
        with pytest.raises(InputError, match="shrank while it was read"):
            list(blocks)


def test_of_a_file_that_grows_is_read_what_it_had(tmp_path: Path) -> None:
    file = tmp_path / "dump"
    file.write_bytes(b"one\n")
    with open_source(str(file)) as source:
        with open(file, "ab") as more:
            more.write(b"two\n")
        assert b"".join(read_blocks(source)) == b"one\n"


def test_the_file_that_is_written_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "dump"
    file.write_bytes(b"one\n")
    with open_source(str(file)) as source, open(file, "ab") as output:
        with pytest.raises(InputError, match="input file is output file"):
            refuse_own_output(source.stored, output.fileno())


def test_any_part_of_a_file_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(DATA)
    with (tmp_path / "dump").open("rb") as file:
        ranges = FileRanges("dump", file.fileno())
        assert ranges.read(7, 300_007) == DATA[7:300_007]
        assert ranges.read(5, 5) == b""
        with pytest.raises(InputError, match="shrank while it was read"):
            ranges.read(0, len(DATA) + 1)


def test_a_part_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(DATA)
    with (tmp_path / "dump").open("rb") as file:
        ranges = FileRanges("dump", file.fileno())
    with pytest.raises(InputError, match="Bad file descriptor"):
        ranges.read(0, 1)


@pytest.mark.parametrize("has_preadv", [True, False])
def test_a_buffer_is_filled_as_far_as_the_file_goes(
    has_preadv: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_preadv:
        # As on older versions of macOS.
        monkeypatch.delattr(os, "preadv")
    (tmp_path / "dump").write_bytes(b"one two three")
    buffer = bytearray(b"." * 8)
    with (tmp_path / "dump").open("rb") as file:
        ranges = FileRanges("dump", file.fileno())
        assert ranges.read_into(memoryview(buffer), 4) == 8
        assert buffer == b"two thre"
        assert ranges.read_into(memoryview(buffer), 8) == 5
        assert buffer == b"threehre"
        with pytest.raises(InputError, match="shrank while it was read"):
            ranges.read_into(memoryview(buffer), 13)
    with pytest.raises(InputError, match="Bad file descriptor"):
        ranges.read_into(memoryview(buffer), 0)


def test_a_window_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}]
    (tmp_path / "dump").write_bytes(lzma.compress(DATA, filters=filters))
    got, reason = read_until_it_fails(tmp_path / "dump")
    assert got == b"" and reason.endswith("of memory to decompress: its window is too large")


def test_a_file_whose_first_bytes_cannot_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    (tmp_path / "dump").write_bytes(DATA)
    with open_source(str(tmp_path / "dump")) as source:
        monkeypatch.setattr(os, "pread", fails)
        with pytest.raises(InputError, match="Input/output error"):
            source.can_be_cut(1000)


def test_a_part_is_read_by_the_path_alone_while_it_is_the_same_file(tmp_path: Path) -> None:
    file = tmp_path / "dump"
    file.write_bytes(DATA)
    status = file.stat()
    ranges = PathRanges("dump", str(file), status.st_size, status.st_mtime_ns)
    assert pickle.loads(pickle.dumps(ranges)).read(7, 300_007) == DATA[7:300_007]
    os.utime(file, (1, 1))
    with pytest.raises(InputError, match="changed while it was read"):
        ranges.read(0, 1)
    file.unlink()
    with pytest.raises(InputError, match="No such file"):
        ranges.read(0, 1)


class Slowly:
    """Bytes that come three at a time, and only once."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int, /) -> bytes:
        part, self._data = self._data[:3], self._data[3:]
        return part


@each_kind
def test_members_may_come_in_small_pieces(kind: str) -> None:
    packed = PACKERS[kind](b"one\n") + bytes(7) + PACKERS[kind](b"two\n")
    assert b"".join(read_blocks(Source("dump", Slowly(packed), None))) == b"one\ntwo\n"


def test_of_what_comes_once_nothing_is_known_before() -> None:
    source = Source("dump", Slowly(b"text"), None)
    assert source.stored == Stored("dump", None, None, False)
    assert source.shared_ranges("dump") is None and not source.can_be_cut(100)


def test_the_bytes_that_were_read_are_counted() -> None:
    source = Counted(Slowly(b"four"))
    counts = [(source.read(9), source.count) for _ in range(3)]
    assert counts == [(b"fou", 3), (b"r", 4), (b"", 4)]


def test_first_bytes_that_are_at_hand_are_not_asked_for_again() -> None:
    class Never:
        def read(self, start: int, end: int) -> bytes:
            raise AssertionError

    source = Source("dump", Slowly(b""), 9, ranges=Never(), head=b"some text")
    assert source.can_be_cut(9) and not source.is_compressed
    assert isinstance(source.shared_ranges("dump"), Never)


def test_a_url_of_a_file_stands_for_its_path() -> None:
    for url in ("file:///a/b::c", "FILE:///a/b::c", "local:///a/b::c"):
        assert path_of(url) == "/a/b::c"
    for url in ("s3://a/b", "simplecache::file:///a", "files:///a", "/file:///a"):
        assert path_of(url) is None


def test_ranges_that_others_share_are_those_of_the_path(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(DATA)
    with open_source(str(tmp_path / "dump"), "called so") as source:
        ranges = source.shared_ranges(source.name)
        shared = source.shared_ranges(str(tmp_path / "dump"))
    assert isinstance(ranges, PathRanges) and ranges.path == os.path.abspath("called so")
    assert shared is not None and shared.read(5, 300_005) == DATA[5:300_005]
