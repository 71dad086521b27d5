"""Find the programs to measure, and make the dumps and other input of the commands."""

from __future__ import annotations

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
from measure import Call, NotMeasured, environment, split_variables
from works import Dump, Words, Work

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "examples" / "harbour-news.txt"


def find_corpuscli(given: str | None) -> str | None:
    """Return the command to measure: the one given, beside the running Python, or on the PATH."""
    beside = Path(sys.executable).parent / "corpuscli"
    found = given or (str(beside) if beside.exists() else "corpuscli")
    path = shutil.which(found)
    return path and os.path.abspath(path)


def interpreter(script: str) -> str:
    """Return the Python that a script names in its first line, or else the running one."""
    with open(script, "rb") as file:
        first = file.readline(4096).decode("utf-8", "replace").strip()
    path = first.removeprefix("#!").strip()
    is_python = first.startswith("#!") and Path(path).name.startswith("python")
    return path if is_python and os.access(path, os.X_OK) else sys.executable


def made(path: Path, write: Callable[[str], None]) -> Path:
    """Return a file that is written once and kept; it appears whole or not at all."""
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
        """Where the dumps stay from one run to the next."""
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

    @cached_property
    def tar(self) -> Path:
        """Return an archive of the files that `split -o` writes."""
        self.clear()
        self.output("split", "-o", "articles", self.path(Dump.PART))
        path = self.scratch / f"articles-{self.part_size}.tar"
        with tarfile.open(path, "w") as archive:
            archive.add(self.folder / "articles", "articles")
        return path

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines on which articles begin, without the first article."""
        dump = self.path(Dump.PART)
        starts = [int(start) for start in self.output("list", "--fields", "start", dump).split()]
        data = dump.read_bytes()
        ends = accumulate(data.count(b"\n", one, two) for one, two in pairwise(starts))
        return [str(before + 1) for before in ends]

    def output(self, *arguments: str | Path) -> str:
        """Return what corpuscli prints."""
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
        """Empty the directory where commands run."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def call(self, work: Work, command: Words, arm: str = "ours") -> Call:
        """Return a command of a work, ready to run; raise NotMeasured if it cannot run."""
        program = split_variables(list(command))[1][0]
        if program not in ("corpuscli", "python") and not shutil.which(program):
            raise NotMeasured(f"{program} is not installed")
        dump = self.path(work.dump)
        self.folder.mkdir(exist_ok=True)
        words = [one for word in command for one in self.meaning(word, dump)]
        codes = work.peer_codes if arm == "peer" else work.codes
        return Call(words, self.folder, codes, piped=arm in work.pipes)

    def meaning(self, word: str, dump: Path) -> list[str]:
        """Return the words that a word of a command stands for."""
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
