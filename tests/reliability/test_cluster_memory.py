"""Workers with little memory read a dump many times as large, and one of them is killed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clusters import RunningCluster, running_cluster
from conftest import BESIDE, COMMAND, ROOT, environment

pytest.importorskip("distributed")

LIMIT = int(os.environ.get("CORPUSCLI_TEST_LIMIT", 256))
"""MiB that a worker may have. Its nanny kills it at 95 of 100, and it takes no more at 80."""

TIMES = 10

COMMANDS: tuple[tuple[str, ...], ...] = (("list",), ("split",), ("dedupe-captions",))


@pytest.fixture(scope="module")
def dump(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    if not request.config.getoption("--long"):
        pytest.skip("a proof of minutes: --long")
    path = tmp_path_factory.mktemp("dump") / "dump.txt"
    size = f"{LIMIT * TIMES * 1024 * 1024 // 10**6 + 1}MB"
    command = [sys.executable, str(ROOT / "benchmarks" / "make_dump.py"), size, str(path)]
    subprocess.run(command, env=environment(**BESIDE), check=True)
    yield path
    path.unlink()


def hashed(run: subprocess.Popen[bytes], cluster: RunningCluster | None, kill_at: int) -> str:
    """Return the hash of a run's output; kill a worker after this many bytes of it."""
    assert run.stdout
    found = hashlib.sha256()
    size = 0
    while data := run.stdout.read(1 << 20):
        found.update(data)
        if cluster and size <= kill_at < size + len(data):
            cluster.kill()
        size += len(data)
    assert run.wait() == 0
    assert size > kill_at, "it was over before a worker could be killed"
    return f"{found.hexdigest()} {size}"


@contextmanager
def peaks_of(cluster: RunningCluster) -> Iterator[dict[int, int]]:
    """Return the most memory each worker used, in MiB, those killed included."""
    peaks: dict[int, int] = {}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            for pid in cluster.pids():
                try:
                    status = Path(f"/proc/{pid}/status").read_text()
                except OSError:
                    continue
                for line in status.splitlines():
                    if line.startswith("VmHWM:"):
                        peaks[pid] = int(line.split()[1]) >> 10

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_dump_ten_times_their_memory_is_read_by_two_workers_though_one_is_killed(
    dump: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    call = [COMMAND, *command, "dump.txt"]

    def start(*options: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*call, *options], cwd=dump.parent, env=environment(), stdout=subprocess.PIPE
        )

    begin = time.monotonic()
    with start("--jobs", "1") as run:
        right = hashed(run, None, 0)
    alone = time.monotonic() - begin
    with running_cluster(tmp_path / "cluster", memory_limit=f"{LIMIT}MiB") as cluster:
        begin = time.monotonic()
        with peaks_of(cluster) as peaks, start("--scheduler", cluster.address) as run:
            found = hashed(run, cluster, int(right.split()[1]) // 3)
        took = time.monotonic() - begin
    log = (tmp_path / "cluster" / "log").read_text()
    restarts = log.count("Restarting worker")
    print(
        f"{' '.join(command)}: {dump.stat().st_size >> 20} MiB, limit {LIMIT} MiB, peaks {peaks}, "
        f"{restarts} restarts, {alone:.0f} s by one process, {took:.0f} s by the cluster"
    )
    assert found == right
    # Only the one that was killed: none exceeded its memory.
    assert len(peaks) == 3 and "exceeded" not in log
    assert max(peaks.values()) < LIMIT
