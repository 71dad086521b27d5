"""What has to be there to measure: the programs, the dumps, and what else peers read."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path

import make_dump
from measure import Call, NotMeasured, environment
from works import Dump, Words, Work

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "examples" / "harbour-news.txt"


def find_corpuscli(given: str | None) -> str | None:
    """The command to measure: as given, beside the running interpreter, or on the PATH."""
    beside = Path(sys.executable).parent / "corpuscli"
    found = given or (str(beside) if beside.exists() else "corpuscli")
    path = shutil.which(found)
    return path and os.path.abspath(path)


def interpreter(script: str) -> str:
    """The Python that a script runs with, from its first line; else the running one."""
    with open(script, "rb") as file:
        first = file.readline(4096).decode("utf-8", "replace").strip()
    path = first.removeprefix("#!").strip()
    is_python = first.startswith("#!") and Path(path).name.startswith("python")
    return path if is_python and os.access(path, os.X_OK) else sys.executable


def made(path: Path, write: Callable[[str], None]) -> Path:
    """A file that is written once and kept; it appears whole or not at all."""
    if not path.exists():
        print(f"making {path.name}", file=sys.stderr, flush=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            write(str(partial))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return path


class Place:
    """The programs, the dumps of one size, and a directory to work in."""

    def __init__(self, corpuscli: str, kept: Path, scratch: Path, size: int, part: int) -> None:
        self.corpuscli = corpuscli
        self.python = interpreter(corpuscli)
        self.kept = kept
        """Where the dumps stay from one time to the next."""
        self.folder = scratch / "run"
        """Where commands run."""
        self.scratch = scratch
        self.size = size
        self.part_size = min(size, part)

    def dump(self, size: int) -> Path:
        makers = b"".join((HERE / name).read_bytes() for name in ("make_dump.py", "languages.py"))
        code = hashlib.sha256(makers).hexdigest()[:8]
        path = self.kept / f"dump-{size}-{code}.txt"
        return made(path, lambda partial: make_dump.write_dump(size, partial))

    def path(self, dump: Dump) -> Path:
        sizes = {Dump.WHOLE: self.size, Dump.PART: self.part_size}
        return self.dump(sizes[dump]) if dump in sizes else SAMPLE

    def compressed(self, dump: Dump) -> Path:
        plain = self.path(dump)

        def write(partial: str) -> None:
            with (
                open(plain, "rb") as source,
                open(partial, "wb") as raw,
                gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw, mtime=0) as target,
            ):
                shutil.copyfileobj(source, target, 1024 * 1024)

        return made(plain.with_name(f"{plain.name}.gz"), write)

    @cached_property
    def tar(self) -> Path:
        """The files of `split -o` in an archive."""
        self.clear()
        self.output("split", "-o", "articles", self.path(Dump.PART))
        path = self.scratch / f"articles-{self.part_size}.tar"
        with tarfile.open(path, "w") as archive:
            archive.add(self.folder / "articles", "articles")
        return path

    @cached_property
    def lines(self) -> list[str]:
        """The lines on which articles begin, but for the first."""
        dump = self.path(Dump.PART)
        starts = [int(start) for start in self.output("list", "--fields", "start", dump).split()]
        data = dump.read_bytes()
        ends = accumulate(data.count(b"\n", one, two) for one, two in pairwise(starts))
        return [str(before + 1) for before in ends]

    def output(self, *arguments: str | Path) -> str:
        """What corpuscli prints."""
        done = subprocess.run(
            [self.corpuscli, *arguments],
            cwd=self.folder,
            env=environment(),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise NotMeasured(": ".join([f"corpuscli {arguments[0]} fails", *said[-1:]]))
        return done.stdout

    def clear(self) -> None:
        """Leave the directory where commands run empty."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def call(self, work: Work, command: Words) -> Call:
        """A command of a work, ready to run; there are reasons why it may not be."""
        if command[0] not in ("corpuscli", "python") and not shutil.which(command[0]):
            raise NotMeasured(f"{command[0]} is not installed")
        dump = self.path(work.dump)
        self.folder.mkdir(exist_ok=True)
        words = [one for word in command for one in self.meant(word, dump)]
        return Call(words, self.folder, work.code, work.piped)

    def meant(self, word: str, dump: Path) -> list[str]:
        """What a word of a command stands for."""
        match word:
            case "DUMP":
                return [str(dump)]
            case "TAR":
                return [str(self.tar)]
            case "LINES":
                return self.lines
            case "corpuscli" | "python":
                return [getattr(self, word)]
            case "plain_split.py" | "bare_typer.py":
                return [str(HERE / word)]
            case _:
                return [word]
