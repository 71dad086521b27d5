"""Dask clusters for tests: a scheduler and workers on this machine, in their own processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest
from servers import Store

PROGRAM = """
import json, os, sys
from distributed import LocalCluster
cluster = LocalCluster(
    n_workers=int(sys.argv[1]),
    threads_per_worker=1,
    memory_limit=sys.argv[2],
    host="127.0.0.1",
    dashboard_address="127.0.0.1:0",
    worker_dashboard_address=None,
)
print(json.dumps(cluster.scheduler_address), flush=True)
for line in sys.stdin:
    print(json.dumps([worker.pid for worker in cluster.workers.values()]), flush=True)
os._exit(0)
"""
"""A cluster that lives as long as the pipe that it reads, so as long as its parent.

Its workers end with it. A line that it reads asks for the ids of its workers.
"""


class RunningCluster:
    """A scheduler, and workers with a nanny each, which starts them again when they end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin and process.stdout
        self._process = process
        self._asking = threading.Lock()
        self._stdin: IO[str] = process.stdin
        self._stdout: IO[str] = process.stdout
        self.address: str = self._told()

    def pids(self) -> list[int]:
        """Return the processes that are workers now, without those about to be restarted."""
        with self._asking:
            self._stdin.write("\n")
            self._stdin.flush()
            found: list[int | None] = self._told()
        return [pid for pid in found if pid]

    def kill(self, count: int = 1) -> None:
        """Kill this many workers, at once and without notice."""
        pids = self.pids()[:count]
        assert len(pids) == count
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill the scheduler, and the nannies with it."""
        self._process.kill()
        self._process.wait()

    def _told(self) -> Any:
        line = self._stdout.readline()
        assert line, "the cluster has ended"
        return json.loads(line)


@contextmanager
def running_cluster(
    folder: Path,
    workers: int = 2,
    memory_limit: str = "0",
    environ: Mapping[str, str] | None = None,
) -> Iterator[RunningCluster]:
    """Start a cluster in a directory of its own, which also holds its log."""
    folder.mkdir()
    changes = {"DASK_TEMPORARY_DIRECTORY": str(folder), "OPENBLAS_NUM_THREADS": "1"}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(workers), memory_limit],
            cwd=folder,
            env={**os.environ, **changes, **(environ or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        cluster = RunningCluster(process)
        pids = cluster.pids()
        try:
            yield cluster
            if process.poll() is None:
                pids = cluster.pids()
        finally:
            cluster.end()
            _wait_for_the_end_of(pids)


def _wait_for_the_end_of(pids: list[int]) -> None:
    """Fail if workers outlive their cluster."""
    for _ in range(100):
        pids = [pid for pid in pids if is_running(pid)]
        if not pids:
            return
        time.sleep(0.1)
    raise TimeoutError(f"workers are still there: {pids}")


def is_running(pid: int) -> bool:
    """Return True if the process exists and is not only waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][:1] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Iterator[RunningCluster]:
    """A cluster of two workers that all tests share; it knows the store."""
    folder = tmp_path_factory.mktemp("cluster") / "elsewhere"
    with running_cluster(folder, environ=store.environment) as running:
        yield running
