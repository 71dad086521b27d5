"""What the commands promise about files, as far as a run without accidents shows it."""

from __future__ import annotations

import fcntl
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import COMMAND, Run, environment
from trials import contents, dump_of

from corpuscli.cli import app, dedupe_captions
from corpuscli.output import Write
from corpuscli.reader.reading import Opened

DUMP = dump_of(3)

ONTO_ITSELF = pytest.mark.parametrize(
    "arguments", [("--in-place", "dump.txt"), ("-o", "dump.txt", "dump.txt")], ids=["-i", "-o"]
)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_bytes(DUMP)
    return path


@ONTO_ITSELF
def test_lines_that_come_while_a_dump_is_cleaned_are_not_lost(
    dump: Path,
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    write = dedupe_captions._write

    def write_while_it_grows(
        opened: Opened[dedupe_captions.Clean], to: Write
    ) -> dedupe_captions._Removed:
        removed = write(opened, to)
        with open(dump, "ab") as more:
            more.write(b"A late line.\n")
        return removed

    monkeypatch.setattr(dedupe_captions, "_write", write_while_it_grows)
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.chdir(dump.parent)
    assert app._guarded(["dedupe-captions", *arguments]) == 2
    assert capfd.readouterr().err == "corpuscli: dump.txt: changed while it was read\n"
    assert dump.read_bytes() == DUMP + b"A late line.\n"


@ONTO_ITSELF
def test_a_second_writer_is_refused(corpuscli: Run, dump: Path, arguments: tuple[str, ...]) -> None:
    with open(dump) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = corpuscli("dedupe-captions", *arguments)
    said = b"corpuscli: dump.txt: is being written by another process\n"
    assert (done.returncode, done.stderr) == (2, said)
    assert dump.read_bytes() == DUMP
    assert corpuscli("dedupe-captions", *arguments).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [("--in-place", "linked"), ("-o", "linked", "dump.txt"), ("-o", "dump.txt", "linked")],
)
def test_names_of_one_file_are_not_parted(
    corpuscli: Run, dump: Path, arguments: tuple[str, ...]
) -> None:
    os.link(dump, dump.parent / "linked")
    done = corpuscli("dedupe-captions", *arguments)
    path = "dump.txt" if arguments[1] == "dump.txt" else "linked"
    said = f"corpuscli: {path}: has 2 names (hard links), and only this one would change\n"
    assert (done.returncode, done.stderr.decode()) == (2, said)
    assert dump.samefile(dump.parent / "linked")
    assert dump.read_bytes() == DUMP


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (("dedupe-captions", "--in-place", "dump.txt"), ""),
        (("dedupe-captions", "-o", "clean.txt", "dump.txt"), ""),
        (("split", "-o", "pieces", "dump.txt"), "pieces"),
    ],
)
def test_what_a_killed_run_left_is_swept_and_nothing_else(
    corpuscli: Run, dump: Path, arguments: tuple[str, ...], where: str
) -> None:
    folder = dump.parent / where
    folder.mkdir(exist_ok=True)
    for name in (".corpuscli-0123456789abcdef.tmp", ".corpuscli-notes.txt", ".corpuscli-1.tmp"):
        (folder / name).write_bytes(b"something")
    assert corpuscli(*arguments).returncode == 0
    left = {path.name for path in folder.glob(".corpuscli-*")}
    assert left == {".corpuscli-notes.txt", ".corpuscli-1.tmp"}


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("--in-place", "--backup", ".orig", "dump.txt"), "dump.txt"),
        (("-o", "clean.txt", "dump.txt"), "clean.txt"),
        (("-o", "pieces", "dump.txt"), "pieces/000000001-ferry-0-is-late-again.txt"),
    ],
)
def test_a_file_that_cannot_grow_is_one_line_and_leaves_nothing(
    dump: Path, arguments: tuple[str, ...], path: str
) -> None:
    command = "split" if "pieces" in arguments else "dedupe-captions"
    done = subprocess.run(
        [COMMAND, command, "--jobs", "1", *arguments],
        cwd=dump.parent,
        env=environment(),
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
    )
    said = f"corpuscli: {path}: File too large\n"
    assert (done.returncode, done.stderr.decode()) == (2, said)
    assert contents(dump.parent) == {"dump.txt": DUMP}
