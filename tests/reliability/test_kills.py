"""A command that writes is killed at a random moment: its files stay whole, nothing is left."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import COMMAND, environment
from trials import Job, attempt, jobs

JOBS = jobs(pages=100)

SHARES = {"in place": 4, "to a file": 2, "split": 4}
"""Of ten kills, how many strike which job."""

KILLS = {False: 300, True: 10_000}
SIGNALS = {False: 12, True: 100}
"""Trials without and with --long; of the signals, for each job."""

ENDS = {"SIGINT": (130, -2), "SIGTERM": (-15,), "SIGHUP": (-1,)}
"""How a command ends by a signal. Before and after corpuscli's own code INT kills, as it always
does: to a shell that is 130, too."""

STARTED = """
import json, os, sys, time
from corpuscli.cli import app, dedupe_captions, split
for line in sys.stdin:
    folder, arguments, delay = json.loads(line)
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.argv = ["corpuscli", *arguments]
        app.run()
    if delay is not None:
        time.sleep(delay)
        os.kill(child, 9)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(json.dumps([status, time.perf_counter() - begin]), flush=True)
"""
"""The installed command as it is just after its start, as often as needed.

Thousands of kills need not wait for Python to start, and none is spent on that.
"""


class Started:
    """Processes in which the command has just started, one for each thread that asks."""

    def __init__(self) -> None:
        self._mine = threading.local()
        self._all: list[subprocess.Popen[str]] = []

    def run(self, job: Job, folder: Path, delay: float | None) -> tuple[int, float]:
        """Run a job, kill it after a while, if at all; return its status and its duration."""
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
        process.stdin.write(json.dumps([str(folder), job.arguments, delay]) + "\n")
        process.stdin.flush()
        status, seconds = json.loads(process.stdout.readline())
        return status, seconds

    def end(self) -> None:
        for process in self._all:
            process.communicate()


@pytest.fixture(scope="module")
def started() -> Iterator[Started]:
    processes = Started()
    yield processes
    processes.end()


class Window(NamedTuple):
    """The seconds of a run between which a signal is sent."""

    begin: float
    end: float

    def moment(self, seed: object) -> float:
        return random.Random(str(seed)).uniform(*self)


def seconds(command: list[str], folder: Path) -> float:
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


_windows: dict[str, Window] = {}


def window_of(name: str, folder: Path) -> Window:
    """Return moments from the parsing of the command line to a little after the end.

    They are measured once per job, with as many runs at a time as in the trials.
    """
    if name not in _windows:
        job = JOBS[name]
        job.rehearse(folder / "good")
        times = attempt(partial(_time, job, folder / f"timed-{n}") for n in range(4))
        begin = min(start for start, _ in times) * 0.7
        _windows[name] = Window(begin, sorted(end for _, end in times)[2] * 1.05)
    return _windows[name]


def _time(job: Job, folder: Path) -> tuple[float, float]:
    job.lay_out(folder)
    return seconds([COMMAND, "--version"], folder), seconds(job.command(), folder)


def strike(job: Job, number: int, folder: Path, delay: float) -> tuple[int, str]:
    """Run a job and send it a signal after a while; gives its status, and what it said."""
    job.lay_out(folder)
    with subprocess.Popen(
        job.command(),
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as child:
        time.sleep(delay)
        child.send_signal(number)
        said = child.communicate(timeout=120)[1].decode()
    return child.returncode, said


def kill(job: Job, started: Started, folder: Path, delay: float) -> str:
    status, _ = started.run(job, job.lay_out(folder), delay)
    assert status in (-9, 0)
    left = job.judge(folder)
    if "pieces" in job.arguments:
        count = len(list(folder.glob("pieces/*.txt")))
        found = "new" if count == len(job.good) - 1 else "some" if count else "old"
    else:
        found = "old" if is_old(job, folder) else "new"
    if left:
        job.repeat(folder)
    shutil.rmtree(folder)
    return f"{'killed' if status else 'done'} {found}{', left over' if left else ''}"


def is_old(job: Job, folder: Path) -> bool:
    return all((folder / name).read_bytes() == content for name, content in job.start.items())


@pytest.mark.parametrize("name", SHARES)
def test_a_kill_leaves_the_old_or_the_new_and_the_next_run_sweeps(
    name: str, started: Started, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    job, count = JOBS[name], KILLS[bool(request.config.getoption("--long"))] * SHARES[name] // 10
    job.rehearse(tmp_path / "good")
    times = attempt(
        partial(started.run, job, job.lay_out(tmp_path / f"timed-{n}"), None) for n in range(10)
    )
    assert {status for status, _ in times} == {0}
    window = Window(0, sorted(seconds for _, seconds in times)[5])
    ends = Counter(
        attempt(
            partial(kill, job, started, tmp_path / str(n), window.moment((name, n)))
            for n in range(count)
        )
    )
    print(f"{name}: {count} kills: {dict(ends)}")
    killed = sum(count for end, count in ends.items() if end.startswith("killed"))
    assert killed > count // 3, "most came too late to mean anything"
    assert sum(count for end, count in ends.items() if "left" in end) <= 1 + killed // 50


def interrupt(job: Job, name: str, folder: Path, delay: float) -> str:
    status, said = strike(job, getattr(signal, name), folder, delay)
    if said and not (name == "SIGINT" and is_of_the_interpreter(said)):
        return f"status {status}: {said}"
    if not said and status not in (*ENDS[name], 0):
        return f"status {status}"
    left = job.judge(folder)
    shutil.rmtree(folder)
    if left:
        return f"left over: {left}"
    return "done" if status == 0 else "rolled back"


def is_of_the_interpreter(said: str) -> bool:
    """True of a traceback from Python's own start, before the program's first line."""
    # `site`, which Python imports first, has a function `main`, too.
    return '__main__.py", line' not in said


@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize("name", SHARES)
def test_a_signal_rolls_back_and_ends_the_command_as_signals_do(
    name: str, number: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    job, count = JOBS[name], SIGNALS[bool(request.config.getoption("--long"))]
    window = window_of(name, tmp_path)
    ends = Counter(
        attempt(
            partial(interrupt, job, number, tmp_path / str(n), window.moment((name, number, n)))
            for n in range(count)
        )
    )
    print(f"{name}, {number}: {count} signals: {dict(ends)}")
    assert set(ends) <= {"done", "rolled back"}
    assert ends["rolled back"]
