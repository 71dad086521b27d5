"""The parent, a worker, or all of them are killed at a random moment: old or new, and no orphan."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import environment
from trials import Job, attempt, contents, parallel_jobs

JOBS = {name: job for name, job in parallel_jobs().items() if not name.startswith("list")}

KILLS = {False: 300, True: 3_000}
"""The total number of kills, without and with --long."""

SIGNALS = {False: 12, True: 300}
"""The number of signals per job, without and with --long."""

STATUSES = {2: (130, -2), 15: (-15, 143), 1: (-1, 129)}
"""How a command ends by INT, TERM and HUP."""

WHOM = ("parent", "worker", "all")

SECONDS = 60
"""Seconds after which a command that has not ended hangs."""

STARTED = """
import ctypes, json, os, signal, sys, time
from corpuscli.__main__ import main
from corpuscli.cli import app, dedupe_captions, split

def workers_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return list(map(int, file.read().split()))
    except OSError:
        return []

def strike(child, whom, number):
    workers = workers_of(child)
    struck = {"parent": [child], "worker": workers[:1], "all": [child, *workers]}[whom]
    for pid in struck:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass
    return len(workers)

def waited(child, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.killpg(child, 9)
    os.waitpid(child, 0)
    return "hangs"

def left_in(group):
    for _ in range(500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.01)
    os.killpg(group, 9)
    return True

# What has lost its parent comes here, and is taken away: else it would seem to live on.
ctypes.CDLL(None).prctl(36, 1)
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
for line in sys.stdin:
    folder, arguments, said, whom, number, delay, seconds = json.loads(line)
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT, 0o600), 2)
        sys.argv = ["corpuscli", *arguments]
        main()
    workers = 0
    if whom:
        time.sleep(delay)
        workers = strike(child, whom, number)
    status = waited(child, seconds)
    took = time.perf_counter() - begin
    try:
        while os.waitpid(-1, 0):
            pass
    except ChildProcessError:
        pass
    print(json.dumps([status, took, workers, left_in(child)]), flush=True)
"""
"""Processes in which the command has just started, as in `test_kills`."""


class Started:
    """One for each thread that asks."""

    def __init__(self) -> None:
        self._mine = threading.local()
        self._all: list[subprocess.Popen[str]] = []

    def run(
        self, job: Job, folder: Path, whom: str, number: int = 9, delay: float = 0
    ) -> tuple[Any, float, int, bool, str]:
        """Run a job, and strike it; return its status, the seconds that it took, how many workers
        there were then, whether a process is left, and what it said."""
        if not hasattr(self._mine, "process"):
            self._mine.process = subprocess.Popen(
                [sys.executable, "-c", STARTED],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment(),
                text=True,
            )
            self._all.append(self._mine.process)
        process: subprocess.Popen[str] = self._mine.process
        assert process.stdin and process.stdout
        said = folder.with_suffix(".said")
        said.touch()
        order = [str(folder), job.arguments, str(said), whom, number, delay, SECONDS]
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
        status, took, workers, is_left = json.loads(process.stdout.readline())
        return status, took, workers, is_left, said.read_text()

    def end(self) -> None:
        for process in self._all:
            process.communicate()


@pytest.fixture(scope="module")
def started() -> Iterator[Started]:
    if not Path("/proc/self/task").exists():
        pytest.skip("who works for whom cannot be seen here")
    processes = Started()
    yield processes
    processes.end()


def rehearsed(name: str, started: Started, folder: Path) -> tuple[Job, float]:
    """Return a job that knows what it makes, and the seconds that it takes."""
    job = replace(JOBS[name], good={})
    assert started.run(job, job.lay_out(folder / "good"), "")[0] == 0
    job.good.update(contents(folder / "good"))
    runs = (partial(started.run, job, job.lay_out(folder / f"timed-{n}"), "") for n in range(4))
    return job, sorted(run[1] for run in attempt(runs))[1]


def judge(job: Job, folder: Path) -> list[str]:
    """As `Job.judge`; of parts only what is about them may be of a run that has not ended.

    `_RUNNING` goes last, so it may also be beside `_SUCCESS`.
    """
    (folder / "out" / "_RUNNING").unlink(missing_ok=True)
    if not (folder / "out" / "_SUCCESS").exists():
        (folder / "out" / "_manifest").unlink(missing_ok=True)
    return job.judge(folder)


def kill(job: Job, started: Started, folder: Path, whom: str, delay: float) -> str:
    run = started.run(job, job.lay_out(folder), whom, 9, delay)
    status, _, workers, is_left, said = run
    where = f"{whom} after {delay:.3f} s: {status}, {said!r}, "
    if status == "hangs" or is_left:
        return f"{where}a process is left"
    try:
        left = judge(job, folder)
        if status == 0:
            assert contents(folder) == job.good
    except AssertionError as wrong:
        return f"{where}{wrong}"
    if left and whom == "worker" and status == 2 and job.is_whole:
        return f"{where}left over: {left}"
    shutil.rmtree(folder)
    lines = said.splitlines()
    if status in (-9, 0) and not lines:
        return "killed" if status else "done"
    if status == 2 and whom == "worker" and workers and len(lines) <= 2:
        if lines[0] == KILLED and lines[1:] in ([], [UNWRITTEN]):
            return "refused"
    return where


KILLED = (
    "corpuscli: dump.txt: a worker process was killed, perhaps because memory ran out; try --jobs 1"
)

UNWRITTEN = "corpuscli: out.parquet: was not written, because not all of the input could be read"


@pytest.mark.parametrize("name", JOBS)
def test_whoever_is_killed_files_are_whole_and_no_process_is_left(
    name: str, started: Started, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    count = KILLS[bool(request.config.getoption("--long"))] // len(JOBS)
    job, seconds = rehearsed(name, started, tmp_path)
    ends = Counter(
        attempt(
            partial(
                kill,
                job,
                started,
                tmp_path / str(n),
                WHOM[n % 3],
                random.Random(f"{name} {n}").uniform(0, seconds),
            )
            for n in range(count)
        )
    )
    print(f"{name}: {count} kills: {dict(ends)}")
    assert set(ends) <= {"killed", "done", "refused"}
    assert ends["killed"] and ends["refused"]


@pytest.mark.parametrize("name", ["in place", "split", "parts"])
def test_a_worker_that_is_stopped_ends_the_command_in_time(
    name: str, started: Started, tmp_path: Path
) -> None:
    job, seconds = rehearsed(name, started, tmp_path)
    for n in range(20):
        folder = job.lay_out(tmp_path / str(n))
        delay = random.Random(f"{name} {n}").uniform(0.3, 0.7) * seconds
        status, took, _, is_left, said = started.run(job, folder, "worker", 19, delay)
        judge(job, folder)
        assert not is_left
        assert status in (0, 2) and took < 30
        if status == 2:
            assert "was stopped and did not continue; try --jobs 1" in said
            return
        assert said == ""
    raise AssertionError("no worker was stopped while it was needed")


def interrupt(job: Job, started: Started, folder: Path, whom: str, number: int, at: float) -> str:
    run = started.run(job, job.lay_out(folder), whom, number, at)
    status, _, _, is_left, said = run
    where = f"signal {number} to {whom} after {at:.3f} s: {status}, {said!r}, "
    if status == "hangs" or is_left:
        return f"{where}a process is left"
    try:
        left = job.judge(folder)
    except AssertionError as wrong:
        return f"{where}{wrong}"
    found = contents(folder)
    if left or said or (job.is_whole and found not in (job.start, job.good)):
        return f"{where}left over: {sorted(found)}"
    if status == 0:
        return "done" if found == job.good else f"{where}not done"
    shutil.rmtree(folder)
    return "rolled back" if status in STATUSES[number] else where


@pytest.mark.parametrize("name", JOBS)
def test_a_signal_to_the_parent_or_to_all_rolls_back_and_leaves_no_process(
    name: str, started: Started, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    count = SIGNALS[bool(request.config.getoption("--long"))]
    job, seconds = rehearsed(name, started, tmp_path)
    ends = Counter(
        attempt(
            partial(
                interrupt,
                job,
                started,
                tmp_path / str(n),
                ("parent", "all")[n % 2],
                list(STATUSES)[n % 3],
                random.Random(f"{name} {n}").uniform(0.02, seconds),
            )
            for n in range(count)
        )
    )
    print(f"{name}: {count} signals: {dict(ends)}")
    assert set(ends) <= {"done", "rolled back"}
    assert ends["rolled back"]
