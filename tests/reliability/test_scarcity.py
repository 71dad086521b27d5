"""Several processes, and little of what they need: one line, and files that are old or new."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import COMMAND, environment
from trials import Job, contents, parallel_jobs

JOBS = parallel_jobs()

WRITERS = [name for name in JOBS if not name.startswith("list")]

SECONDS = 60
"""Seconds after which a command that has not ended hangs."""


def run(
    command: list[str], folder: Path, limits: dict[int, int] | None = None, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    def limit() -> None:
        for what, much in (limits or {}).items():
            resource.setrlimit(what, (much, much))

    return subprocess.run(
        command,
        cwd=folder,
        env=environment(**changes),
        capture_output=True,
        preexec_fn=limit,
        timeout=SECONDS,
    )


def assert_refused(done: subprocess.CompletedProcess[bytes], words: str) -> None:
    """Fail unless it ended with exit code 2, and said so in one line, or one for each file."""
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 2, lines
    assert words in lines[0]
    assert all(line.startswith("corpuscli: ") for line in lines)
    assert len(lines) == 1 + ("out.parquet: was not written" in lines[-1]), lines


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_cannot_grow_leaves_all_as_it_was(name: str, tmp_path: Path) -> None:
    job = JOBS[name]
    done = run(job.command(), job.lay_out(tmp_path / "a"), {resource.RLIMIT_FSIZE: 5000})
    assert_refused(done, "File too large")
    assert contents(tmp_path / "a") == job.start


@pytest.mark.parametrize("name", JOBS)
def test_with_few_files_to_open_it_is_done_or_refused(name: str, tmp_path: Path) -> None:
    good = JOBS[name].lay_out(tmp_path / "good")
    right = run(JOBS[name].command(), good)
    assert right.returncode == 0
    codes = []
    for most in range(6, 15):
        folder = JOBS[name].lay_out(tmp_path / str(most))
        done = run(JOBS[name].command(), folder, {resource.RLIMIT_NOFILE: most})
        codes.append(done.returncode)
        if done.returncode == 0:
            assert (done.stdout, done.stderr) == (right.stdout, b"")
            assert contents(folder) == contents(good)
        elif b"module" in done.stderr or b"import" in done.stderr.lower():
            # Python itself cannot open what it is made of.
            assert done.stderr.count(b"\n") == 1
        else:
            assert_refused(done, "Too many open files")
            if JOBS[name].is_whole:
                assert contents(folder) == JOBS[name].start
    assert codes[-1] == 0
    assert 2 in codes


def test_a_process_too_many_is_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may have as many processes as it wants")
    job = JOBS["list"]
    done = run(job.command(), job.lay_out(tmp_path / "a"), {resource.RLIMIT_NPROC: 1})
    assert_refused(done, "try --jobs 1")


def test_a_worker_out_of_memory_is_one_line(tmp_path: Path) -> None:
    program = (
        "import resource, sys\n"
        "from corpuscli.reader.reading import Reading\n"
        "from corpuscli.cli.app import run\n"
        "def parse(self, piece): return bytearray(1 << 60)\n"
        "Reading.parse = parse\n"
        "run()\n"
    )
    job = JOBS["parts"]
    folder = job.lay_out(tmp_path / "a")
    done = run([sys.executable, "-c", program, *job.arguments], folder)
    assert_refused(done, "gave up: MemoryError")
    assert contents(folder) == job.start


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for a dump, and little more."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(place)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(command).returncode:
        pytest.skip("may not mount here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_leaves_all_as_it_was(name: str, disk: Path) -> None:
    job: Job = JOBS[name]
    for file, content in job.start.items():
        (disk / file).write_bytes(content)
    room = os.statvfs(disk)
    (disk / "filler").write_bytes(bytes(room.f_bavail * room.f_frsize - 8192))
    before = contents(disk)
    assert_refused(run(job.command(), disk), "No space left on device")
    after = contents(disk)
    if not job.is_whole:
        after = {name: data for name, data in after.items() if not name.startswith("out/")}
    assert after == before


def test_a_temporary_directory_without_room_is_named(tmp_path: Path) -> None:
    job = JOBS["list"]
    command = [COMMAND, "list", "--jobs", "2", "--sort", "title", "dump.txt"]
    folder = job.lay_out(tmp_path / "a")
    right = run(command, folder)
    # One that does not exist is passed over.
    assert run(command, folder, TMPDIR="/nowhere").stdout == right.stdout != b""
    done = run(command, folder, {resource.RLIMIT_FSIZE: 1000})
    assert_refused(
        done, "temporary file: File too large; set TMPDIR to a directory with enough room"
    )


def test_shared_memory_is_not_needed(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    job = JOBS["list"]
    log = tmp_path / "log"
    traced = [strace, "-f", "-qq", "-e", "trace=%file", "-o", str(log), *job.command()]
    assert run(traced, job.lay_out(tmp_path / "a")).returncode == 0
    assert "/dev/shm" not in log.read_text()
