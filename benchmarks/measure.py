"""Run a command and say how long it took, or how much memory its processes had at most."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

INTERVAL = 0.02
"""Seconds between two samples of the memory."""

PROC = Path("/proc")


class NotMeasured(Exception):
    """Why there is no figure."""


@dataclass(frozen=True)
class Call:
    """A command, and what it is connected to."""

    command: list[str]
    folder: Path
    """Where it runs."""
    code: int = 0
    """The exit code of a run that did its work."""
    piped: bool = True
    """Whether its output goes through a pipe to `cat`, or straight to /dev/null."""
    source: Path | None = None
    """What `cat` pipes into it, if anything."""


def environment() -> dict[str, str]:
    """What every command gets: UTF-8, and no settings of the user's own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "LC_")) and name != "RIPGREP_CONFIG_PATH"
    }
    return kept | {"LC_ALL": "C.UTF-8"}


def seconds(call: Call) -> float:
    """How long it took until all of the output had arrived."""
    with tempfile.TemporaryFile() as errors:
        with connected(call) as (stdin, stdout):
            begin = time.perf_counter()
            process = start(call, stdin, stdout, errors)
            stdout.close()
            code = process.wait()
        taken = time.perf_counter() - begin
        complain(call, code, errors)
    return taken


def peak(call: Call) -> int:
    """The most memory that was seen, in bytes: the PSS of the command and all that it started."""
    most = 0
    with tempfile.TemporaryFile() as errors:
        with connected(call) as (stdin, stdout):
            process = start(call, stdin, stdout, errors)
            stdout.close()
            while process.poll() is None:
                most = max(most, sum(map(proportional, tree(process.pid))))
                time.sleep(INTERVAL)
        complain(call, process.returncode, errors)
    if not most:
        raise NotMeasured("no sample: it ended too soon, or /proc says nothing here")
    return most


@contextmanager
def connected(call: Call) -> Iterator[tuple[int | IO[bytes], IO[bytes]]]:
    """Input and output of a command; at the end all of the output has been read.

    Whoever gets them closes the output once the command has it, so that `cat` sees its end.
    """
    with ExitStack() as stack:
        stdin: int | IO[bytes] = subprocess.DEVNULL
        if call.source:
            feeder = popen(["cat", str(call.source)], stdout=subprocess.PIPE)
            stack.enter_context(feeder)
            assert feeder.stdout
            stdin = feeder.stdout
        if call.piped:
            drain = popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
            stack.enter_context(drain)
            assert drain.stdin
            stdout = drain.stdin
        else:
            stdout = stack.enter_context(open(os.devnull, "wb"))
        yield stdin, stdout


def start(
    call: Call, stdin: int | IO[bytes], stdout: IO[bytes], errors: IO[bytes]
) -> subprocess.Popen[bytes]:
    process = popen(call.command, stdin=stdin, stdout=stdout, stderr=errors, cwd=call.folder)
    if not isinstance(stdin, int):
        stdin.close()
    return process


def popen(
    command: list[str],
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    stdout: int | IO[bytes] = subprocess.DEVNULL,
    stderr: int | IO[bytes] = subprocess.DEVNULL,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command, stdin=stdin, stdout=stdout, stderr=stderr, cwd=cwd, env=environment()
        )
    except OSError as error:
        raise NotMeasured(f"{Path(command[0]).name} does not start: {error.strerror}") from error


def complain(call: Call, code: int, errors: IO[bytes]) -> None:
    """Refuse a run that did not do its work: its time would be worth nothing.

    One that finds nothing and one that breaks may end with the same code; the first is silent.
    """
    errors.seek(0)
    said = errors.read().decode("utf-8", "replace").strip().splitlines()
    if code != call.code or (code and said):
        raise NotMeasured(": ".join([f"exit code {code}, for {call.code}", *said[-1:]]))


def can_see_memory() -> bool:
    return (PROC / "self" / "smaps_rollup").exists()


def tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            children.setdefault(parent(entry), []).append(int(entry.name))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def parent(process: Path) -> int:
    """The id of the process that started it; 0 if it has ended meanwhile."""
    try:
        stat = (process / "stat").read_bytes()
    except OSError:
        return 0
    # The name of the program stands in brackets and may hold anything.
    return int(stat.rpartition(b")")[2].split()[1])


def proportional(process: int) -> int:
    """Its PSS in bytes, where what processes share counts in parts; 0 if it has ended meanwhile."""
    try:
        rollup = (PROC / str(process) / "smaps_rollup").read_bytes()
    except OSError:
        return 0
    for line in rollup.splitlines():
        if line.startswith(b"Pss:"):
            return int(line.split()[1]) * 1024
    return 0
