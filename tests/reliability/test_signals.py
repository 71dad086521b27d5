"""A signal arrives at any system call of a run with several processes: it is never lost."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from conftest import environment
from trials import Job, attempt, contents, parallel_jobs

JOBS = parallel_jobs()

STATUSES = {"SIGINT": (130, -2), "SIGTERM": (-15, 143), "SIGHUP": (-1, 129)}
"""How a command ends by a signal. When the interpreter has begun to end, INT kills, as usual."""

A_FEW = 6
"""Calls of a job at which a signal arrives, without --long."""

LAUNCH = "import os; from corpuscli.__main__ import main; os.access('begin', 0); main()"
"""The installed command, with a mark in the trace where the interpreter's own start has ended."""

NONE = {"exit", "exit_group", "execve", "vfork", "rt_sigreturn"}
"""Calls that do not come back, or from a signal; and one at whose end the process is another's."""


@pytest.fixture(scope="session")
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed")
    trial = [found, "-f", "-e", "inject=close:signal=SIGCHLD", "true"]
    if subprocess.run(trial, capture_output=True).returncode:
        pytest.skip("strace may not trace here")
    return found


def traced(
    strace: str, job: Job, folder: Path, *options: str
) -> tuple[subprocess.CompletedProcess[bytes], str]:
    """Run a job under strace; return how it ended, and the trace."""
    log = folder.with_suffix(".trace")
    command = [strace, "-qq", "-f", "-o", str(log), *options]
    done = subprocess.run(
        [*command, sys.executable, "-c", LAUNCH, *job.arguments],
        cwd=folder,
        env=environment(PYTHONHASHSEED="0"),
        capture_output=True,
        timeout=120,
    )
    return done, log.read_text("utf-8", "replace")


def calls_in(trace: str) -> list[tuple[str, int]]:
    """Return the calls of the first process from the mark on, each with its turn among those of its
    name."""
    first = trace.split(maxsplit=1)[0]
    turns: Counter[str] = Counter()
    calls = []
    begun = False
    for line in trace.splitlines():
        match = re.match(r"(\d+) +(\w+)\(", line)
        if match is None or match[1] != first:
            continue
        turns[match[2]] += 1
        if begun and match[2] not in NONE:
            calls.append((match[2], turns[match[2]]))
        begun = begun or '"begin"' in line
    return calls


def interrupt(
    strace: str, job: Job, stdout: bytes, folder: Path, call: tuple[str, int], signal: str
) -> str:
    """Send a signal at one call and judge the end; return what was wrong, or how it ended."""
    name, turn = call
    job.lay_out(folder)
    fault = f"inject={name}:signal={signal}:when={turn}"
    done, trace = traced(strace, job, folder, "-e", f"trace={name}", "-e", fault)
    where = f"{name} {turn} {signal}: exit {done.returncode}, {done.stderr.decode()!r}, "
    if f"--- {signal} " not in trace:
        return "no such call"
    found = contents(folder)
    try:
        left = job.judge(folder)
    except AssertionError as wrong:
        return f"{where}{wrong}"
    if done.stderr or left:
        return f"{where}left over: {left}"
    if done.returncode == 0:
        if found != job.good or done.stdout != stdout:
            return f"{where}but not done"
        shutil.rmtree(folder)
        return "done"
    if done.returncode not in STATUSES[signal]:
        return f"{where}another status"
    if job.is_whole and found not in (job.start, job.good):
        return f"{where}neither done nor rolled back: {sorted(found)}"
    shutil.rmtree(folder)
    return "ended"


@pytest.mark.parametrize("name", JOBS)
def test_a_signal_at_any_call_ends_the_command_or_finds_it_done(
    name: str, strace: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    job = replace(JOBS[name], good={})
    folder = job.lay_out(tmp_path / "good")
    done, trace = traced(strace, job, folder)
    assert (done.returncode, done.stderr) == (0, b"")
    assert trace.count(" clone") + trace.count(" fork(") > 1, "no processes were made"
    job.good.update(contents(folder))
    calls = calls_in(trace)
    if not request.config.getoption("--long"):
        forks = [call for call in calls if call[0].startswith(("clone", "fork"))]
        calls = forks + calls[:: len(calls) // A_FEW + 1]
    signals = list(STATUSES)
    ends = Counter(
        attempt(
            partial(interrupt, strace, job, done.stdout, tmp_path / str(n), call, signals[n % 3])
            for n, call in enumerate(calls)
        )
    )
    print(f"{name}: {len(calls)} calls: {dict(ends)}")
    assert set(ends) <= {"done", "ended", "no such call"}
    assert ends["ended"] > len(calls) // 4
