"""Inputs of every kind and in every state: read, or refused in a line, in linear time and bounded
memory. `--long` damages every bit, and reads larger dumps."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import random
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import COMMAND, Run, environment, weighed

from corpuscli.errors import InputError
from corpuscli.reader.reading import Options, read_chunks
from corpuscli.records.fields import ARTICLE
from corpuscli.source import open_source, read_blocks

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHECKED: dict[int, int] = {zstd.CompressionParameter.checksum_flag: 1}
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": lambda data: zstd.compress(data, options=CHECKED),
}
each_kind = pytest.mark.parametrize("kind", PACK)

MOST_MEMORY = 400 * 1024
"""KiB of memory that a process may use at most, whatever it reads."""


def page(number: int, body: str = "Body") -> bytes:
    title = f"Title of page {number}"
    return f"{title}\n\nTT\n20\n\n{title}\n\n{body} {number}\n\n\n\n".encode()


def pages(count: int, body: str = "Body") -> bytes:
    return b"".join(page(number, body) for number in range(count))


class Ended(NamedTuple):
    code: int
    stdout: bytes
    stderr: bytes
    memory: int
    """Return KiB: the most of this process or one that it started."""


def measured(folder: Path, *arguments: str | bytes, feed: str = "") -> Ended:
    """A run, and what memory it took; with `feed`, what that shell command prints is piped in."""
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        feeder = None
        if feed:
            feeder = subprocess.Popen(
                ["bash", "-c", feed], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        process = subprocess.Popen(
            [*weighed(folder / "memory"), COMMAND, *arguments],
            stdin=feeder.stdout if feeder else subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=folder,
            env=environment(),
        )
        if feeder and feeder.stdout:
            feeder.stdout.close()
        process.wait()
        if feeder:
            feeder.kill()
            feeder.wait()
    stdout, stderr = (folder / "stdout").read_bytes(), (folder / "stderr").read_bytes()
    memory = int((folder / "memory").read_text())
    return Ended(process.returncode, stdout, stderr, memory)


def assert_refused(ended: Ended | subprocess.CompletedProcess[bytes], reason: str) -> None:
    """Exit code 2, and one line that says why."""
    code = ended.code if isinstance(ended, Ended) else ended.returncode
    assert code == 2
    assert ended.stderr.startswith(b"corpuscli: ") and ended.stderr.count(b"\n") == 1
    assert reason in ended.stderr.decode()


# Compressed


def read_as_far_as_it_goes(path: Path) -> tuple[bytes, str]:
    blocks = []
    try:
        with open_source(str(path)) as source:
            for block in read_blocks(source):
                blocks.append(block)
    except InputError as error:
        return b"".join(blocks), error.reason
    return b"".join(blocks), ""


@each_kind
def test_a_cut_is_seen_wherever_it_is(kind: str, tmp_path: Path) -> None:
    data = pages(3)
    packed = PACK[kind](data) + PACK[kind](data)
    second = len(packed) // 2
    for size in range(7, len(packed)):
        if size == second:
            continue
        (tmp_path / "cut").write_bytes(packed[:size])
        got, reason = read_as_far_as_it_goes(tmp_path / "cut")
        assert (data + data).startswith(got)
        assert reason in (
            f"truncated: the {kind} data ends too early",
            f"trailing garbage after the {kind} data was ignored",
        ), size


@each_kind
@pytest.mark.parametrize(
    "command",
    [
        ("list", "--format", "csv"),
        ("stats", "--json"),
        ("stats", "--group-by", "year"),
        ("check", "--totals"),
        ("split",),
        ("dedupe-captions",),
    ],
    ids=" ".join,
)
def test_what_came_before_the_damage_is_given(
    kind: str, command: tuple[str, ...], corpuscli: Run, tmp_path: Path
) -> None:
    packed = [PACK[kind](page(number)) for number in range(60)]
    (tmp_path / "cut").write_bytes(b"".join(packed[:40]) + packed[40][:-9])
    got, _ = read_as_far_as_it_goes(tmp_path / "cut")
    ends = [int(end) for end in corpuscli("list", "--fields=end", stdin=got).stdout.split()]
    ended = corpuscli(*command, "cut")
    assert_refused(ended, f"article {len(ends)} is cut off there and left out")
    (tmp_path / "cut").write_bytes(got[: ends[-2]])
    expected = corpuscli(*command, "cut")
    assert ended.stdout == expected.stdout
    assert expected.stdout


@each_kind
def test_a_flipped_bit_is_seen_wherever_it_is(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = pages(20)
    packed = PACK[kind](data)
    bits = range(8 * len(packed))
    if not request.config.getoption("--long"):
        bits = sorted(random.Random(kind).sample(bits, 300))  # type: ignore[assignment]
    for bit in bits:
        flipped = bytearray(packed)
        flipped[bit // 8] ^= 1 << bit % 8
        (tmp_path / "flipped").write_bytes(flipped)
        got, reason = read_as_far_as_it_goes(tmp_path / "flipped")
        # In its first bytes it makes a file of another kind, and in a gzip header another name.
        assert reason or got in (data, bytes(flipped)), bit
        assert "\n" not in reason


@each_kind
def test_parts_in_a_row_are_one_dump(kind: str, corpuscli: Run, tmp_path: Path) -> None:
    parts = [PACK[kind](page(number)) for number in range(30)]
    (tmp_path / "parts").write_bytes(b"".join([*parts[:10], PACK[kind](b""), *parts[10:]]))
    (tmp_path / "padded").write_bytes(b"".join([*parts, bytes(4096)]))
    expected = corpuscli("list", stdin=pages(30))
    for name in ("parts", "padded"):
        ended = corpuscli("list", name)
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, expected.stdout, b"")
    (tmp_path / "other").write_bytes(b"".join([*parts[:5], PACK["gzip"](b"x"), PACK["xz"](b"y")]))
    if kind != "gzip":
        ended = corpuscli("list", "other")
        assert_refused(ended, f"trailing garbage after the {kind} data was ignored")
        assert ended.stdout.count(b"\n") == 5


def test_skippable_frames_of_zstd_are_skipped(corpuscli: Run) -> None:
    """pzstd begins with one, and a seekable file ends with one."""
    skippable = b"\x5e\x2a\x4d\x18" + struct.pack("<I", 5) + b"hello"
    first, second = (zstd.compress(page(number)) for number in (1, 2))
    for data in (skippable + first + skippable + second, first + second + skippable):
        ended = corpuscli("list", stdin=data)
        assert (ended.returncode, ended.stdout.count(b"\n"), ended.stderr) == (0, 2, b"")


def with_large_window(kind: str, data: bytes) -> bytes:
    """`data` compressed, its header changed to ask for a window of gigabytes."""
    if kind == "zstd":
        compressor = zstd.ZstdCompressor()
        packed = bytearray(compressor.compress(data) + compressor.flush())
        assert not packed[4] & 0x20, "a frame of one segment has no window"
        packed[5] = (31 - 10) << 3
        return bytes(packed)
    packed = bytearray(lzma.compress(data))
    size = (packed[12] + 1) * 4
    at = packed.index(b"\x21\x01", 12) + 2
    packed[at] = 39
    struct.pack_into("<I", packed, 12 + size - 4, zlib.crc32(packed[12 : 12 + size - 4]))
    return bytes(packed)


@pytest.mark.parametrize("kind", ["xz", "zstd"])
def test_a_window_that_is_too_large_is_refused(kind: str, tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(with_large_window(kind, pages(5)))
    ended = measured(tmp_path, "list", "dump")
    assert_refused(ended, "takes more than 128 MiB of memory to decompress")
    assert ended.memory < MOST_MEMORY


@each_kind
def test_a_bomb_takes_no_more_memory_than_a_dump(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    size = 3_000_000_000 if request.config.getoption("--long") else 100_000_000
    part = PACK[kind](b"x" * 10_000_000)
    with (tmp_path / "bomb").open("wb") as bomb:
        bomb.write(PACK[kind](pages(3)))
        for _ in range(size // 10_000_000):
            bomb.write(part)
    ended = measured(tmp_path, "list", "bomb")
    assert_refused(ended, "longer than 64 MiB")
    assert ended.stdout.count(b"\n") == 2
    assert ended.memory < MOST_MEMORY


# Kinds of files


def test_what_is_no_dump_is_refused_in_a_line(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.symlink("loop", tmp_path / "loop")
    with socket.socket(socket.AF_UNIX) as end:
        path = os.path.relpath(tmp_path / "socket")
        end.bind(path if len(path) < 100 else str(tmp_path / "socket"))
    for name in ("", "folder", "loop", "socket", "missing", "missing/x", "a" * 300, b"\xff\xfe"):
        ended = corpuscli("grep", "-c", "Body", name, "-", stdin=page(1))
        assert_refused(ended, "")
        assert ended.stdout.startswith(b"-\t1\t")


def test_devices_end(corpuscli: Run) -> None:
    assert corpuscli("list", "/dev/null").returncode == 0
    for name in ("/dev/zero", "/dev/full"):
        ended = corpuscli("list", name)
        assert ended.returncode == 2 and ended.stdout == b""
        assert ended.stderr.endswith(
            b"longer than 64 MiB or 500,000 lines; is this a dump of pages?\n"
        )
    assert_refused(corpuscli("grep", "-f", "/dev/zero", "-"), "patterns may take 1 MiB")
    assert_refused(corpuscli("list", "--layout", "/dev/zero.toml"), "No such file")


def test_pipes_by_any_name_are_read(corpuscli: Run, tmp_path: Path) -> None:
    data = pages(3000)
    (tmp_path / "dump").write_bytes(data)
    os.mkfifo(tmp_path / "fifo")
    script = (
        f"{COMMAND} split <(cat dump) | sed 's#/dev/fd/[0-9]*#-#' | cksum\n"
        f'cat dump > fifo & {COMMAND} split fifo | sed \'s#"fifo"#"-"#\' | cksum\n'
        f"cat dump | {COMMAND} split /dev/stdin | sed 's#/dev/stdin#-#' | cksum\n"
        f"cat dump | {COMMAND} split | cksum; {COMMAND} split - < dump | cksum\n"
    )
    sums = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment(), capture_output=True, timeout=60
    )
    assert sums.stderr == b""
    assert len(sums.stdout.splitlines()) == 5 and len(set(sums.stdout.splitlines())) == 1


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "closed").write_bytes(page(1))
    (tmp_path / "closed").chmod(0)
    (tmp_path / "open").write_bytes(page(2))
    command: list[str] = [COMMAND, "list", "closed", "open"]
    if os.geteuid() == 0:
        # In its own user namespace, root has the same rights as others.
        command = ["unshare", "-U", *command]
        if not shutil.which("unshare") or subprocess.run(["unshare", "-U", "true"]).returncode:
            pytest.skip("root reads every file, and there are no user namespaces")
    ended = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True)
    assert_refused(ended, "closed: Permission denied")
    assert ended.stdout.count(b"\n") == 1


# Files that change while they are read


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("change", ["shrinks", "grows", "is replaced", "is removed"])
def test_a_file_that_changes_is_read_as_it_was_or_refused(
    change: str, jobs: str, tmp_path: Path
) -> None:
    dump = tmp_path / "dump"
    dump.write_bytes(pages(6000, "Body " * 400))
    split = [COMMAND, "split", "--fields", "number,paragraphs", "-j", jobs, "dump"]
    with subprocess.Popen(
        split, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        got = process.stdout.readline()
        match change:
            case "shrinks":
                os.truncate(dump, 4_000_000)
            case "grows":
                with dump.open("ab") as file:
                    file.write(pages(10))
            case "is replaced":
                (tmp_path / "new").write_bytes(b"something else\n")
                os.replace(tmp_path / "new", dump)
            case _:
                dump.unlink()
        got += process.stdout.read()
        said = process.stderr.read()
        code = process.wait(60)
    if change == "shrinks":
        assert (code, said) == (2, b"corpuscli: dump: shrank while it was read\n")
        assert got.endswith(b"}\n")
    else:
        assert (code, said, got.count(b"\n")) == (0, b"", 6000)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not here")
@pytest.mark.parametrize("call", ["list -j1", "list -j2", "grep -j2 -c Body", "check -j2 -q"])
@pytest.mark.parametrize("when", [1, 3])
def test_a_read_that_fails_is_said(call: str, when: int, tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(pages(6000, "Body " * 400))
    inject = f"inject=pread64:error=EIO:when={when}"
    strace = ["strace", "-f", "-qq", "-o", "log", "-P", str(tmp_path / "dump"), "-e", inject]
    ended = subprocess.run(
        [*strace, COMMAND, *call.split(), "dump"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        timeout=120,
    )
    if b"ptrace" in ended.stderr:
        pytest.skip("strace may not trace here")
    assert_refused(ended, "dump: Input/output error")
    assert not ended.stdout or ended.stdout.endswith(b"\n")


# As much as there is


LINES = {
    "one line": r"tr '\0' x < /dev/zero",
    "nulls": "cat /dev/zero",
    "one letter a line, then another": "yes 'a b' | tr '\\n' ' '",
}


@pytest.mark.parametrize("feed", LINES.values(), ids=LINES)
@pytest.mark.parametrize("command", [("list",), ("dedupe-captions", "-o", "out")], ids=" ".join)
def test_an_endless_line_is_refused_before_it_fills_the_memory(
    command: tuple[str, ...], feed: str, tmp_path: Path
) -> None:
    ended = measured(tmp_path, *command, "-", feed=feed)
    assert ended.code == 2 and ended.stdout == b""
    assert ended.stderr.endswith(
        b"is longer than 64 MiB or 500,000 lines; is this a dump of pages?\n"
    )
    assert ended.memory < MOST_MEMORY
    assert not (tmp_path / "out").exists()


SHAPES: dict[str, Callable[[int], bytes]] = {
    "controls only": lambda size: b"TT\n" * (size // 3),
    "controls and numbers": lambda size: b"TT\n20\n\n" * (size // 7),
    "headers in a row": lambda size: b"".join(
        page(number).partition(b"Body")[0] for number in range(size // 50)
    ),
    "one header again and again": lambda size: b"A title\n\nTT\n20\n\nA title\n\n" * (size // 25),
    "tiny paragraphs": lambda size: page(1) + b"a\n" * (size // 2),
    "tiny lines without a header": lambda size: b"a\n" * (size // 2),
    "two lines in turn": lambda size: b"a\nb\n" * (size // 4),
    "pairs": lambda size: page(1) + b"a\na\n\n" * (size // 5),
    "blank lines": lambda size: page(1) + b"\n" * size + b"a\n",
    "spaces": lambda size: page(1) + b" " * size + b"a\n",
    "gaps": lambda size: b"a\n\n\n\n\n" * (size // 30),
    "byte order marks": lambda size: b"\xef\xbb\xbf\n" * (size // 4),
    "bytes that are no text": lambda size: b"\xff\n" * (size // 2),
    "nulls": bytes,
    "carriage returns": lambda size: b"a\r" * (size // 2),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_no_faster_than_the_dump(shape: str, request: pytest.FixtureRequest) -> None:
    small = 1_000_000 if request.config.getoption("--long") else 60_000

    def seconds(size: int) -> float:
        data = SHAPES[shape](size)
        began = time.process_time()
        reading = read_chunks("dump", [data], Options())
        for piece in reading.pieces:
            article = reading.parse(piece)
            for field in ARTICLE:
                field.get(article)
        return time.process_time() - began

    seconds(1000)
    assert seconds(4 * small) < 7 * seconds(small) + 0.5


# Limits of the system


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="takes root, and setpriv"
)
@pytest.mark.parametrize("call", ["list -j4", "split -j4", "check -q -j4", "list -j1"])
def test_too_few_processes_are_an_error_that_says_what_to_do(call: str, tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(pages(6000, "Body " * 400))
    limited = (
        "setpriv --reuid 65534 --clear-groups "
        "--inh-caps=+dac_override --ambient-caps=+dac_override "
        f"bash -c 'ulimit -u 1; exec {COMMAND} {call} dump'"
    )
    ended = subprocess.run(
        ["bash", "-c", limited], cwd=tmp_path, env=environment(), capture_output=True, timeout=60
    )
    if b"setpriv" in ended.stderr:
        pytest.skip("setpriv may not do that here")
    if "-j1" in call:
        assert (ended.returncode, ended.stderr) == (0, b"")
    else:
        assert_refused(ended, "try --jobs 1")


def memory_of(leader: int) -> int:
    """KiB of memory of the processes of a session, what they share counted once."""
    total = 0
    for entry in os.scandir("/proc"):
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == leader:
                lines = Path(entry.path, "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except OSError:
            continue
    return total


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is told by /proc")
@pytest.mark.parametrize("way", ["dump", "-"])
def test_a_slow_reader_does_not_fill_the_memory(
    way: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "dump").write_bytes(
        pages(200_000 if request.config.getoption("--long") else 15_000, "Body " * 400)
    )
    with (
        (tmp_path / "dump").open("rb") as dump,
        subprocess.Popen(
            [COMMAND, "split", "-j2", way],
            cwd=tmp_path,
            env=environment(),
            stdin=dump if way == "dump" else subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        ) as process,
    ):
        assert process.stdout is not None
        if process.stdin:
            feeder = subprocess.Popen(["cat", tmp_path / "dump"], stdout=process.stdin)
            process.stdin.close()
        process.stdout.readline()
        time.sleep(2)
        assert memory_of(process.pid) < MOST_MEMORY
        os.killpg(process.pid, signal.SIGKILL)
        if way == "-":
            feeder.wait()
