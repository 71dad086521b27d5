"""`--scheduler`: the workers of a cluster read, and the output does not show it."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import queue
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from clusters import RunningCluster, is_running, running_cluster
from compose import random_pages, render
from conftest import COMMAND, DATA, EXAMPLES, Run, environment
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from servers import Store
from trials import attempt, contents, dump_of

pytest.importorskip("distributed")

SHARD = "--shard-size=16384"
"""The smallest shards that there are."""


def fixtures() -> bytes:
    """Every fixture of a page shape, one after another."""
    pages = [path.read_bytes() for path in (*sorted(DATA.glob("*.txt")), *EXAMPLES.glob("*.txt"))]
    return b"\n\n\n\n".join(pages) + b"\n\n\n\n"


def composed(size: int, seed: int = 1) -> bytes:
    """Return a dump of at least that many bytes, in which fixtures are among random pages."""
    rng = random.Random(seed)
    dump = b""
    while len(dump) < size:
        dump += render(random_pages(rng, 100, noisy=True)) + b"\n\n\n" + fixtures()
    return dump


DUMP = composed(120_000)


class Ended(NamedTuple):
    """How a run ended, and what is in its directory then."""

    code: int
    stdout: bytes
    stderr: bytes
    files: Mapping[str, bytes]


STARTED = """
import json, os, sys
import distributed
import corpuscli.engine.cluster
from corpuscli.cli import app, check, dedupe_captions, grep, list_articles, show, split, stats
for line in sys.stdin:
    folder, arguments, environ = json.loads(line)
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update(environ)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, name in (1, "../stdout"), (2, "../stderr"):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT), number)
        sys.argv = ["corpuscli", *arguments]
        app.run()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""The installed command as it is just after its start, as often as needed.

Importing what a cluster needs takes longer than most calls.
"""

_idle: queue.SimpleQueue[subprocess.Popen[str]] = queue.SimpleQueue()


@pytest.fixture(scope="module", autouse=True)
def started_processes() -> Iterator[None]:
    """Two processes in which the command has just started."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", STARTED],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        _idle.put(process)
    yield
    for process in processes:
        process.communicate()


def ended(folder: Path, files: Mapping[str, bytes], *call: str, **changes: str) -> Ended:
    """Run the command in a new folder that holds some files."""
    work = folder / "work"
    work.mkdir(parents=True)
    for name, content in files.items():
        (work / name).write_bytes(content)
    process = _idle.get()
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps([str(work), call, changes]) + "\n")
    process.stdin.flush()
    code = int(process.stdout.readline())
    _idle.put(process)
    stdout, stderr = ((folder / name).read_bytes() for name in ("stdout", "stderr"))
    return Ended(code, stdout, stderr, contents(work))


def both(
    cluster: RunningCluster,
    folder: Path,
    files: Mapping[str, bytes],
    *call: str,
    environ: Mapping[str, str] | None = None,
) -> tuple[Ended, Ended]:
    """How a call ends with the cluster, and how without."""
    calls = [(*call, SHARD, "--scheduler", cluster.address), (*call, "--jobs", "1")]
    with_it, without = attempt(
        partial(ended, folder / str(n), files, *words, **(environ or {}))
        for n, words in enumerate(calls)
    )
    return with_it, without


ON_MANY_SHARDS: tuple[tuple[str, ...], ...] = (
    ("list", "--json"),
    ("show", "7,40-60,last"),
    ("grep", "the"),
    ("grep", "-c", "bridge"),
    ("grep", "-l", "الميناء"),
    ("grep", "-v", "the"),
    ("grep", "-C", "1", "--json", "of and|market"),
    ("grep", "--in", "caption", "-i", "reuters"),
    ("grep", "a text that is nowhere"),
    ("split", "--unique", "--since", "2024-04", "--sort", "title", "--reverse"),
    ("split", "-o", "pieces", "--as", "raw", "--name", "{number}"),
    ("split", "-o", "articles.parquet"),
    ("check",),
    ("check", "--totals"),
    ("stats", "--json"),
    ("duplicates", "--json"),
    ("duplicates", "--pairs", "--threshold", "0.5"),
    ("list", "--unique=near"),
    ("dedupe-captions",),
    ("dedupe-captions", "-o", "clean.txt"),
    ("dedupe-captions", "--in-place", "--backup", ".old"),
    ("dedupe-captions", "--report"),
)


@pytest.mark.parametrize("call", ON_MANY_SHARDS, ids=" ".join)
def test_a_dump_in_many_shards_is_as_one_process_reads_it(
    cluster: RunningCluster, tmp_path: Path, call: tuple[str, ...]
) -> None:
    with_it, without = both(cluster, tmp_path, {"dump.txt": DUMP}, *call, "dump.txt")
    assert with_it == without
    assert without.code in (0, 1)
    assert without.stdout or len(without.files) > 1 or "nowhere" in call[-1]


def test_two_dumps_are_compared_as_by_one_process(cluster: RunningCluster, tmp_path: Path) -> None:
    files = {"old.txt": DUMP, "new.txt": DUMP[:120_000] + composed(40_000, seed=2)}
    with_it, without = both(cluster, tmp_path, files, "diff", "old.txt", "new.txt")
    assert with_it == without
    assert without.code == 1 and without.stdout


def test_a_large_dump_is_as_one_process_reads_it(cluster: RunningCluster, tmp_path: Path) -> None:
    with_it, without = both(cluster, tmp_path, {"dump.txt": composed(500_000)}, "split", "dump.txt")
    assert with_it == without and without.code == 0


KINDS: dict[str, bytes] = {
    "one.txt": DUMP[:40_000],
    "two.txt.gz": gzip.compress(DUMP[50_000:90_000]),
    "three.bz2": bz2.compress(DUMP[:20_000]),
    "four.xz": lzma.compress(DUMP[:9_000]),
    "five": DUMP[:20_000].decode("utf-8", "ignore").encode("utf-16"),
    "six": DUMP[:10_000].decode("utf-8", "ignore").encode("utf-16-be"),
    "blanks": b" \n\n\xc2\xa0\n" * 4000,
    "nothing": b"",
    "late": b"\n \n" * 7000 + DUMP[:20_000],
    "very late": b"\n \n" * 360_000 + DUMP[:4_000],
    "no pages": b"only a line of text\n" * 3000,
    "any bytes": bytes(range(256)) * 100,
    "a name that is no UTF-8 \udcff": DUMP[:30_000],
    "same.txt": DUMP[:20_000],
}


@pytest.mark.parametrize(
    "call",
    [("list", "--json"), ("check", "--totals")],
    ids=" ".join,
)
def test_dumps_of_all_kinds_come_in_order(
    cluster: RunningCluster, tmp_path: Path, call: tuple[str, ...]
) -> None:
    with_it, without = both(cluster, tmp_path, KINDS, *call, *KINDS)
    assert with_it == without
    assert without.stdout


def test_zstandard_is_read_by_workers_too(cluster: RunningCluster, tmp_path: Path) -> None:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    files = {"dump": zstd.compress(DUMP)}
    with_it, without = both(cluster, tmp_path, files, "split", "dump")
    assert with_it == without and without.stdout


def test_what_a_worker_cannot_read_this_process_does(
    cluster: RunningCluster, tmp_path: Path
) -> None:
    def read(number: int, *options: str) -> tuple[int, bytes, bytes]:
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "dump.txt").write_bytes(DUMP)
        os.mkfifo(folder / "pipe")
        command = f'cat dump.txt > pipe & "$@" dump.txt - pipe dump.txt < {EXAMPLES}/*.txt'
        done = subprocess.run(
            ["bash", "-c", command, "bash", COMMAND, "list", "--json", *options],
            cwd=folder,
            env=environment(),
            capture_output=True,
        )
        return done.returncode, done.stdout, done.stderr

    without = read(0)
    assert read(1, SHARD, "--scheduler", cluster.address) == without
    assert without[0] == 0 and without[1].count(b'"dump":"-"') == 18


def test_a_dump_that_is_missing_does_not_stop_the_others(
    cluster: RunningCluster, tmp_path: Path
) -> None:
    files = {"one.txt": DUMP, "two.txt": DUMP[:30_000]}
    call = ("list", "one.txt", "missing.txt", "too/missing.txt", "two.txt")
    with_it, without = both(cluster, tmp_path, files, *call)
    assert with_it == without
    assert without.code == 2 and without.stderr.count(b"\n") == 2


@pytest.mark.parametrize("call", [("list",), ("dedupe-captions", "-o", "clean.txt")], ids=" ".join)
def test_of_a_damaged_dump_the_articles_before_are_there(
    cluster: RunningCluster, tmp_path: Path, call: tuple[str, ...]
) -> None:
    packed = gzip.compress(DUMP)
    files = {"cut.gz": packed[:-20_000], "garbage.gz": packed + b"x"}
    for name in files:
        with_it, without = both(cluster, tmp_path / name, files, *call, name)
        assert with_it == without
        assert without.code == 2 and without.stderr.count(b"\n") in (1, 2)
        assert without.stdout or "-o" in call


def test_what_was_read_behind_a_fault_is_not_taken_for_the_next_dump(
    cluster: RunningCluster, tmp_path: Path
) -> None:
    endless = DUMP[:100_000] + b"\n\n\n\nT\n\nTT\n\nT\n\n" + b"a\n" * 510_000 + b"\n\n\n" + DUMP
    files = {"endless.txt": endless, "next.txt": DUMP * 3}
    call = ("list", *files)
    ends = [
        ended(tmp_path / str(n), files, *call, *options)
        for n, options in enumerate(
            [("-j1",), ("--shard-size=300000", "--scheduler", cluster.address)]
        )
    ]
    assert ends[0] == ends[1]
    assert ends[0].code == 2 and b"is longer than" in ends[0].stderr


def test_what_is_a_file_of_this_process_alone_is_read_by_it(
    cluster: RunningCluster, tmp_path: Path
) -> None:
    with_it, without = (
        subprocess.run(
            ["bash", "-c", '"$@" < ' + str(EXAMPLES / "harbour-news.txt"), "bash", COMMAND, *call],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
        )
        for files in [("list", "/dev/stdin", "/proc/self/fd/0", "/dev/fd/0")]
        for call in [(*files, "--scheduler", cluster.address), files]
    )
    assert (with_it.returncode, with_it.stdout, with_it.stderr) == (0, without.stdout, b"")


def test_what_cannot_be_edited_is_refused_as_ever(cluster: RunningCluster, tmp_path: Path) -> None:
    files = {"dump.txt": DUMP[:60_000], "packed.gz": gzip.compress(DUMP[:60_000])}
    call = ("dedupe-captions", "--in-place", "packed.gz", "dump.txt")
    with_it, without = both(cluster, tmp_path, files, *call)
    assert with_it == without and without.code == 2
    assert len(without.files["dump.txt"]) < 60_000


@settings(max_examples=4, phases=[Phase.generate])
@given(st.integers(0, 10**9), st.integers(5, 150), st.integers(16_384, 70_000), st.booleans())
def test_random_dumps_in_random_shards_are_as_one_process_reads_them(
    cluster: RunningCluster,
    tmp_path_factory: pytest.TempPathFactory,
    seed: int,
    count: int,
    size: int,
    split: bool,
) -> None:
    dump = render(random_pages(random.Random(seed), count, noisy=True))
    folder = tmp_path_factory.mktemp("random")
    call = ("split" if split else "dedupe-captions", "dump.txt")
    options = (f"--shard-size={size}", "--scheduler", cluster.address)
    with_it, without = attempt(
        partial(ended, folder / str(n), {"dump.txt": dump}, *call, *some)
        for n, some in enumerate([options, ("-j1",)])
    )
    assert with_it == without and without.code == 0


def test_dumps_of_a_store_are_read_by_workers(
    cluster: RunningCluster, store: Store, tmp_path: Path
) -> None:
    urls = [store.put(f"workers/{name}.txt", DUMP[:at]) for name, at in (("a", 90_000), ("b", -1))]
    urls.append(store.put("workers/c.gz", gzip.compress(DUMP[:30_000])))
    missing = store.url("workers/missing.txt")
    call = ("list", "--json", urls[0], missing, *urls[1:])
    with_it, without = both(cluster, tmp_path, {}, *call, environ=store.environment)
    assert with_it == without
    assert without.code == 2 and without.stderr.count(b"\n") == 1
    call = ("list", "--json", store.url("workers/*"))
    with_it, without = both(cluster, tmp_path / "all", {}, *call, environ=store.environment)
    assert with_it == without
    assert (without.code, without.stderr) == (0, b"")


# Ends


def started(folder: Path, *call: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [COMMAND, *call],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    )


LARGE = dump_of(9000)
"""More than a pipe holds, and the workers read ahead."""


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.txt"
    path.write_bytes(LARGE)
    return path


SHARDS = "--shard-size=60000"


def test_a_reader_that_has_enough_ends_it_quietly(
    cluster: RunningCluster, tmp_path: Path, large: Path
) -> None:
    with started(tmp_path, "split", SHARDS, "--scheduler", cluster.address, "large.txt") as run:
        assert run.stdout and run.stderr
        assert run.stdout.readline().startswith(b'{"dump":"large.txt","number":1,')
        run.stdout.close()
        begin = time.monotonic()
        assert run.stderr.read() == b""
        assert run.wait(30) == -signal.SIGPIPE
        assert time.monotonic() - begin < 5


@pytest.mark.parametrize("moment", [0.0, 0.2, 0.5, 1.0, "first"])
def test_an_interrupt_ends_it_at_once(
    cluster: RunningCluster, tmp_path: Path, large: Path, moment: float | str
) -> None:
    with started(tmp_path, "split", SHARDS, "--scheduler", cluster.address, "large.txt") as run:
        assert run.stdout and run.stderr
        if isinstance(moment, float):
            time.sleep(moment)
        else:
            run.stdout.readline()
        begin = time.monotonic()
        run.send_signal(signal.SIGINT)
        said = run.communicate(timeout=30)[1]
        assert time.monotonic() - begin < 5
        # Before Python has begun it is Python's, or the signal's.
        assert run.returncode in (130, -2) and (said == b"" or moment == 0.0)


def test_a_large_dump_is_read_again_where_workers_are_killed(
    cluster: RunningCluster, tmp_path: Path, large: Path
) -> None:
    right = ended(tmp_path / "right", {"large.txt": LARGE}, "split", "-j1", "large.txt")
    for count in (1, 2):
        call = ("split", SHARDS, "--scheduler", cluster.address, "large.txt")
        with started(tmp_path, *call) as run:
            assert run.stdout and run.stderr
            first = run.stdout.readline()
            cluster.kill(count)
            rest, said = run.communicate(timeout=60)
        assert (run.returncode, said) == (0, b"")
        assert first + rest == right.stdout


def refused(folder: Path, address: str, patience: float, **changes: str) -> tuple[int, str, float]:
    """Run `list` with less patience than it has; gives its code, what it said, and the seconds."""
    program = (
        "import sys; from corpuscli.engine import cluster; from corpuscli.cli.app import run\n"
        f"cluster.PATIENCE = {patience}; sys.argv[1:] = "
        f"['list', '--scheduler', {address!r}, {str(EXAMPLES / 'harbour-news.txt')!r}]; run()"
    )
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=environment(**changes),
        capture_output=True,
        timeout=60,
    )
    assert done.stdout == b""
    return done.returncode, done.stderr.decode(), time.monotonic() - begin


@pytest.mark.parametrize(
    "address", ["nonsense", "127.0.0.1", "", "http://127.0.0.1:80", "tcp://h:port", "tcp://h"]
)
def test_what_is_no_address_is_said_at_once(tmp_path: Path, address: str) -> None:
    code, said, seconds = refused(tmp_path, address, patience=30)
    assert said.startswith(
        f"corpuscli: --scheduler: {address!r} is not the address of a scheduler: "
    )
    assert (code, said.count("\n")) == (2, 1)
    assert seconds < 10


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1", "tcp://a.invalid:8786"])
def test_a_scheduler_that_is_not_there_is_one_line(tmp_path: Path, address: str) -> None:
    code, said, seconds = refused(tmp_path, address, patience=1)
    assert said.startswith(f"corpuscli: {address}: no scheduler answers there: ")
    assert (code, said.count("\n")) == (2, 1)
    assert seconds < 10


def test_something_else_at_that_address_is_one_line(tmp_path: Path, store: Store) -> None:
    address = store.address.replace("http", "tcp")
    code, said, seconds = refused(tmp_path, address, patience=1)
    said_right = f"corpuscli: {address}: what answers there is not a scheduler\n"
    assert (code, said) == (2, said_right)
    assert seconds < 10


def test_a_cluster_without_workers_is_one_line(tmp_path: Path) -> None:
    with running_cluster(tmp_path / "cluster", workers=0) as running:
        code, said, seconds = refused(tmp_path, running.address, patience=1)
    said_right = f"corpuscli: {running.address}: no worker joined this scheduler within 1 seconds\n"
    assert (code, said) == (2, said_right)
    assert seconds < 10


@pytest.mark.parametrize("call", [("split",), ("dedupe-captions", "-o", "clean.txt")], ids=" ".join)
def test_a_scheduler_that_goes_is_one_line(
    tmp_path: Path, large: Path, call: tuple[str, ...]
) -> None:
    with running_cluster(tmp_path / "cluster") as running:
        options = ("--shard-size=20000", "--scheduler", running.address, "large.txt")
        with started(tmp_path, *call, *options) as run:
            assert run.stdout and run.stderr
            if call == ("split",):
                run.stdout.readline()
            else:
                time.sleep(1.5)
            running.end()
            begin = time.monotonic()
            said = run.communicate(timeout=60)[1].decode()
            assert time.monotonic() - begin < 15
    assert run.returncode == 2
    # On a slow machine it goes before it was connected to.
    gone = ["the scheduler is gone", "no scheduler answered within 10 seconds"]
    assert said in [f"corpuscli: {running.address}: {reason}\n" for reason in gone]
    assert not (tmp_path / "clean.txt").exists()


def test_a_dump_that_changes_while_it_is_read_is_one_line(
    cluster: RunningCluster, tmp_path: Path, large: Path
) -> None:
    with started(tmp_path, "split", SHARDS, "--scheduler", cluster.address, "large.txt") as run:
        assert run.stdout and run.stderr
        run.stdout.readline()
        os.truncate(large, 500_000)
        said = run.communicate(timeout=60)[1]
    assert run.returncode == 2
    assert said == b"corpuscli: large.txt: changed while it was read\n"


def test_a_pattern_that_takes_too_long_is_one_line(cluster: RunningCluster, tmp_path: Path) -> None:
    page = f"T\n\nTT\n\nT\n\n{'a' * 20_000}\n\n".encode()
    files = {"dump.txt": page * 3}
    with_it, without = both(cluster, tmp_path, files, "grep", r"(a+)\1+b!", "dump.txt")
    assert with_it == without


def test_without_the_package_it_is_said_what_to_install(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError")
    dump = EXAMPLES / "harbour-news.txt"
    call = ("list", "--scheduler", "tcp://127.0.0.1:8786", dump)
    done = corpuscli(*call, PYTHONPATH=str(tmp_path))
    said = (
        b"corpuscli: --scheduler: a cluster needs another package: pip install 'corpuscli[dask]'\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", said)


def test_the_cluster_of_a_test_ends_with_the_test(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, clusters; folder = pathlib.Path('cluster')\n"
        "with clusters.running_cluster(folder) as c: print(*c.pids()); os.kill(os.getpid(), 9)"
    )
    path = str(Path(__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment(PYTHONPATH=path, PYTHONUNBUFFERED="1"),
        capture_output=True,
    )
    pids = [int(word) for word in done.stdout.split()]
    assert len(pids) == 2
    deadline = time.monotonic() + 10
    while any(map(is_running, pids)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
