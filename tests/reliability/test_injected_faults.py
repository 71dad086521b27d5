"""The system fails at one call after another: the files stay whole, and one line says what was."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import environment
from trials import Job, attempt, contents, jobs

JOBS = jobs(pages=2)

ERRORS = ("ENOSPC", "EIO", "EINTR", "EACCES")

A_FEW = 12
"""Faults in a job, at most, without --long."""

IN_FULL = ("in place", "split")
"""The jobs whose other calls are tried, too, with --long; in the rest they are the same."""

LAUNCH = "import os; from corpuscli.cli.app import run; os.access('begin', 0); run()"
"""The installed command, with a mark in the trace where the interpreter's own start has ended."""

HARMLESS = {"mmap", "munmap", "execve", "exit_group", "readlink", "getcwd"}
"""Of the interpreter or its allocator, or without any way to fail."""


class Call(NamedTuple):
    """A system call of a run: the `turn`-th one of that name."""

    name: str
    turn: int
    is_ours: bool
    """True if it is about a file in the folder that the command works on."""


@pytest.fixture(scope="session")
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed")
    trial = [found, "-f", "--seccomp-bpf", "-e", "inject=fsync:error=EIO", "true"]
    if subprocess.run(trial, capture_output=True).returncode:
        pytest.skip("strace may not trace here")
    return found


def traced(strace: str, job: Job, folder: Path, *options: str) -> tuple[int, str, str]:
    """Run a job under strace; gives its exit code, what it said on stderr, and the trace."""
    log = folder.with_suffix(".trace")
    command = [strace, "-qq", "-f", "-y", "--seccomp-bpf", "-o", str(log), *options]
    done = subprocess.run(
        [*command, sys.executable, "-c", LAUNCH, *job.arguments],
        cwd=folder,
        env=environment(PYTHONHASHSEED="0"),
        capture_output=True,
        timeout=120,
    )
    return done.returncode, done.stderr.decode(), log.read_text("utf-8", "replace")


def calls(trace: str, folder: Path) -> Iterator[Call]:
    """The calls of a run that are about files, from the mark on."""
    turns: Counter[str] = Counter()
    begun = False
    for line in trace.splitlines():
        match = re.match(r"\d+ +(\w+)\(", line)
        if match is None or match[1] in HARMLESS:
            continue
        turns[match[1]] += 1
        about = line.replace(f"AT_FDCWD<{folder}>", "")
        is_ours = str(folder) in about or not re.search(r'"/|<(/|pipe|socket)', about)
        if begun:
            yield Call(match[1], turns[match[1]], is_ours)
        begun = begun or '"begin"' in line


def faults_in(name: str, found: list[Call], thoroughly: bool) -> list[tuple[Call, str]]:
    """The faults to try: a few of those about the command's files, or all of these, each with every
    error, and in some jobs all others (of modules that are imported late, above all), each with
    one error."""
    ours = [call for call in found if call.is_ours]
    assert {call.name for call in ours} >= {"openat", "linkat", "write", "close"}
    if not thoroughly:
        ours = ours[:: len(ours) // A_FEW + 1]
        return [(call, ERRORS[n % len(ERRORS)]) for n, call in enumerate(ours)]
    others = [call for call in found if not call.is_ours and name in IN_FULL]
    return [
        *((call, error) for call in ours for error in ERRORS),
        *((call, ERRORS[n % len(ERRORS)]) for n, call in enumerate(others)),
    ]


def inject(strace: str, job: Job, thoroughly: bool, folder: Path, call: Call, error: str) -> str:
    """Let one call fail and judge what is left; return what was wrong, or how it ended."""
    job.lay_out(folder)
    fault = f"inject={call.name}:error={error}:when={call.turn}"
    options = ("-e", f"trace={call.name}", "-e", fault)
    code, said, trace = traced(strace, job, folder, *options)
    where = f"{call.name} {call.turn} {error}: exit {code}, {said!r}, "
    if "(INJECTED)" not in trace:
        return where + "the fault never came"
    try:
        left = job.judge(folder)
        if code == 0:
            assert {name: contents(folder).get(name) for name in job.good} == job.good
        if left and not call.name.startswith("unlink"):
            return f"{where}left over: {left}"
        if left or thoroughly:
            job.repeat(folder)
    except (AssertionError, OSError) as wrong:
        return f"{where}{wrong}"
    shutil.rmtree(folder)
    if not call.is_ours and is_of_a_library(code, said):
        return "a library's end"
    lines = said.splitlines()
    if code == 0 and not lines:
        return "exit 0"
    if code == 2 and len(lines) == 1 and said.startswith("corpuscli: "):
        return "exit 2"
    return where


def is_of_a_library(code: int, said: str) -> bool:
    """Return True for a message printed before corpuscli can act, if Python cannot read a module.

    hashlib, for example, reports the hashes that it does without.
    """
    return code == 0 and said.startswith("ERROR:root:code for hash")


@pytest.mark.parametrize("name", JOBS)
def test_whichever_call_fails_the_files_are_whole_and_one_line_says_so(
    name: str, strace: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    job = JOBS[name]
    job.rehearse(tmp_path / "good")
    traced(strace, job, job.lay_out(tmp_path / "warm"))
    folder = job.lay_out(tmp_path / "trace")
    code, said, trace = traced(strace, job, folder, "-e", "trace=%file,%desc")
    assert (code, said) == (0, "")
    thoroughly = bool(request.config.getoption("--long"))
    faults = faults_in(name, list(calls(trace, folder)), thoroughly)
    ends = Counter(
        attempt(
            partial(inject, strace, job, thoroughly, tmp_path / str(n), call, error)
            for n, (call, error) in enumerate(faults)
        )
    )
    print(f"{name}: {len(faults)} faults: {dict(ends)}")
    assert set(ends) <= {"exit 0", "exit 2", "a library's end"}
    assert ends["exit 2"]


def test_the_files_of_a_split_are_synced_once_at_the_end(strace: str, tmp_path: Path) -> None:
    folder = JOBS["split"].lay_out(tmp_path / "split")
    _, _, trace = traced(strace, JOBS["split"], folder, "-e", "trace=linkat,fsync,syncfs,fdatasync")
    made = re.findall(r"(\w+)\(", trace)
    assert made == ["linkat", "linkat", "fsync", "syncfs"]
