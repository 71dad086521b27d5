"""Run a command and measure how long it takes, or how much memory its processes use."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

INTERVAL = 0.02
"""Seconds between two samples of the memory."""

PROC = Path("/proc")


class NotMeasured(Exception):
    """The reason why a figure is missing."""


@dataclass(frozen=True)
class Call:
    """A command and what it is connected to."""

    command: list[str]
    """The words of the command; it may begin with variables, as in `LC_ALL=C wc`."""
    folder: Path
    """The directory it runs in."""
    codes: tuple[int, ...] = (0,)
    """The exit codes of a run that did its work."""
    piped: bool = False
    """Whether its output goes through a pipe to `cat`, and not straight to /dev/null."""
    notes: bool = False
    """Whether it may write to stderr and return another code than 0."""
    source: Path | None = None
    """The file that `cat` pipes into it, if any."""


def environment() -> dict[str, str]:
    """Return the variables that every command gets: UTF-8, and no settings of your own."""
    dropped = ("PYTHON", "LC_", "CORPUSCLI_")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(dropped) and name != "RIPGREP_CONFIG_PATH"
    }
    return kept | {"LC_ALL": "C.UTF-8"}


def split_variables(command: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the variables that a command begins with, and the rest of it."""
    first = next((n for n, word in enumerate(command) if not is_variable(word)), len(command))
    return dict(word.split("=", 1) for word in command[:first]), command[first:]


def is_variable(word: str) -> bool:
    name, equals, _ = word.partition("=")
    return bool(equals) and name.isidentifier() and name.isupper()


def seconds(call: Call) -> float:
    """Return the seconds until the command has ended and all of its output has been read."""
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
    """Return the most memory seen, in bytes: the PSS of the command and all it started."""
    return watch(call)[1]


def watch(call: Call, limit: float | None = None) -> tuple[float, int]:
    """Return the seconds a run took and the most memory seen, in bytes.

    Looking at the memory takes time, too. A run of more than `limit` seconds is killed, and raises
    NotMeasured.
    """
    most = 0
    with tempfile.TemporaryFile() as errors:
        with connected(call) as (stdin, stdout):
            begin = time.perf_counter()
            process = start(call, stdin, stdout, errors)
            stdout.close()
            while process.poll() is None:
                most = max(most, sum(map(proportional, tree(process.pid))))
                if limit and time.perf_counter() - begin > limit:
                    kill(tree(process.pid))
                    process.wait()
                    raise NotMeasured(f"stopped after {limit:g} seconds")
                time.sleep(INTERVAL)
        taken = time.perf_counter() - begin
        complain(call, process.returncode, errors)
    if not most:
        raise NotMeasured("no sample: it ended too soon, or /proc has no figures")
    return taken, most


def kill(processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


@contextmanager
def connected(call: Call) -> Iterator[tuple[int | IO[bytes], IO[bytes]]]:
    """Yield the input and the output of a command; on exit all of the output has been read.

    Close the output once the command has it, so that `cat` sees its end.
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
    variables, words = split_variables(command)
    try:
        return subprocess.Popen(
            words,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            cwd=cwd,
            env=environment() | variables,
        )
    except OSError as error:
        raise NotMeasured(f"{Path(words[0]).name} does not start: {error.strerror}") from error


def complain(call: Call, code: int, errors: IO[bytes]) -> None:
    """Raise NotMeasured for a run that did not do its work: its time would mean nothing.

    A search without a hit and a broken run may return the same code; only the second prints an
    error.
    """
    errors.seek(0)
    said = errors.read().decode("utf-8", "replace").strip().splitlines()
    if code not in call.codes or (code and said and not call.notes):
        raise NotMeasured(": ".join([f"exit code {code}", *said[-1:]]))


def can_see_memory() -> bool:
    return (PROC / "self" / "smaps_rollup").exists()


def tree(root: int) -> list[int]:
    """Return the ids of a process and of all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            children.setdefault(parent(entry), []).append(int(entry.name))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def parent(process: Path) -> int:
    """Return the id of the process that started this one; 0 if it has ended."""
    try:
        stat = (process / "stat").read_bytes()
    except OSError:
        return 0
    # The name of the program is in brackets and may contain anything.
    return int(stat.rpartition(b")")[2].split()[1])


def proportional(process: int) -> int:
    """Return the PSS of a process in bytes, where shared memory is divided; 0 if it has ended."""
    try:
        rollup = (PROC / str(process) / "smaps_rollup").read_bytes()
    except OSError:
        return 0
    for line in rollup.splitlines():
        if line.startswith(b"Pss:"):
            return int(line.split()[1]) * 1024
    return 0
