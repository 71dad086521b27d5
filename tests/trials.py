"""Runs that are made to fail: what each starts from, what it may leave, and how that is judged."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from conftest import COMMAND, environment

PAGE = (
    "Ferry {0} Is Late Again\n\n4 May 2023, Velmark: The ferry waits in port {0}. (dpa)\n"
    "4 May 2023, Velmark: The ferry waits in port {0}. (dpa)\nTT\n20\n\nFerry {0} Is Late Again\n\n"
    "4 May 2023, Velmark: The ferry waits in port {0}. (dpa)\n"
    "4 May 2023, Velmark: The ferry waits in port {0}. (dpa)\n\n"
    "Ship number {0} was late again, said its captain.\n\nNobody knew why.\n\n\n\n"
)

OLDER = b"an older file\n" * 50

Told = TypeVar("Told")

AT_ONCE = 2
"""Trials at a time."""


def dump_of(pages: int) -> bytes:
    return "".join(PAGE.format(number) for number in range(pages)).encode()


@dataclass(frozen=True, slots=True)
class Job:
    """A command that writes, run in a folder of its own that holds `start`."""

    arguments: tuple[str, ...]
    start: Mapping[str, bytes]
    again: tuple[str, ...] = ()
    """What is done after an accident, if it is not the same again."""
    good: dict[str, bytes] = field(default_factory=dict)
    """What a run without accident leaves; filled by `rehearse`."""
    is_whole: bool = True
    """False where a run that is ended early leaves some of its files, each whole."""

    def lay_out(self, folder: Path) -> Path:
        folder.mkdir()
        for name, content in self.start.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        return folder

    def command(self) -> list[str]:
        return [COMMAND, *self.arguments]

    def rehearse(self, folder: Path) -> None:
        """Run it undisturbed, to know what it makes."""
        run(self.command(), self.lay_out(folder))
        self.good.update(contents(folder))
        assert any(self.good[name] != self.start.get(name) for name in self.good)

    def judge(self, folder: Path) -> list[str]:
        """The temporary names left in the folder; fails unless every file is the old or the new."""
        left = []
        found = contents(folder)
        for name, content in found.items():
            if Path(name).name.startswith(".corpuscli-"):
                left.append(name)
            else:
                assert content in (self.start.get(name), self.good.get(name)), f"{name} is neither"
        assert not self.start.keys() - found.keys(), "a file is gone"
        if ".orig" in self.arguments:
            assert self.start["dump.txt"] in (found["dump.txt"], found["dump.txt.orig"])
        return left

    def repeat(self, folder: Path) -> None:
        """Run it again without accidents: the result must be as if there had been none."""
        run([COMMAND, *(self.again or self.arguments)], folder)
        found = contents(folder)
        if ".orig" in self.arguments and found != self.good:
            # The first run had got as far as its end, so the second had nothing to do.
            found["dump.txt.orig"] = self.good["dump.txt.orig"]
        assert found == self.good


def jobs(pages: int) -> dict[str, Job]:
    """Every way in which corpuscli writes files."""
    dump = {"dump.txt": dump_of(pages)}
    clean = ("dedupe-captions", "--jobs", "1")
    split = ("split", "--jobs", "1", "-o", "pieces", "dump.txt")
    pieces = {f"pieces/{n + 1:09}-ferry-{n}-is-late-again.txt": OLDER for n in range(pages)}
    return {
        "in place": Job((*clean, "--in-place", "dump.txt"), dump),
        "with backup": Job(
            (*clean, "--in-place", "--backup", ".orig", "dump.txt"),
            dump | {"dump.txt.orig": OLDER},
        ),
        "to a file": Job((*clean, "-o", "clean.txt", "dump.txt"), dump | {"clean.txt": OLDER}),
        "to a new file": Job((*clean, "-o", "clean.txt", "dump.txt"), dump),
        "split": Job(split, dump, again=(*split, "--force")),
        "split by force": Job((*split, "--force"), dump | pieces),
    }


LONG = "".join(f"Paragraph {n} of a long page, which says nothing new.\n\n" for n in range(400))


def long_dump() -> bytes:
    """Return a dump of few pages that is long enough to be read by several processes."""
    pages = (PAGE.format(number).replace("Nobody knew why.\n\n", LONG) for number in range(60))
    return "".join(pages).encode()


def parallel_jobs() -> dict[str, Job]:
    """Return every way in which corpuscli reads with two processes, and writes."""
    start = {"dump.txt": long_dump()}
    two = ("--jobs", "2", "--shard-size", "150000")
    clean = ("dedupe-captions", *two)
    split = ("split", *two)
    to = ("-o", "out")
    size = ("--part-size", "150000")
    return {
        "list": Job(("list", *two, "dump.txt"), start),
        "list as JSON": Job(("list", *two, "--json", "dump.txt"), start),
        "in place": Job((*clean, "--in-place", "dump.txt"), start),
        "to a file": Job((*clean, "-o", "clean.txt", "dump.txt"), start | {"clean.txt": OLDER}),
        "split": Job((*split, *to, "dump.txt"), start, is_whole=False),
        "table": Job((*split, "-o", "out.parquet", "dump.txt"), start),
        "parts": Job((*split, *to, "--as", "jsonl", *size, "dump.txt"), start),
        "Parquet parts": Job(
            (*split, *to, "--as", "parquet", "--partition-by", "photo_year", *size, "dump.txt"),
            start,
        ),
    }


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(Path(where, name).relative_to(folder)): Path(where, name).read_bytes()
        for where, _, names in os.walk(folder)
        for name in names
    }


def attempt(trials: Iterable[Callable[[], Told]]) -> list[Told]:
    """What every trial tells, in order; some are made at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda trial: trial(), trials))
