"""What is measured: a table of works, each with the peer that it is held against and a goal.

In a command, `DUMP` stands for the dump's path, `TAR` for an archive of the files that `split -o`
wrote, `LINES` for the lines on which articles begin, and `corpuscli`, `python` and the scripts of
this directory for the ones that are measured.
"""

from __future__ import annotations

import enum
import shlex
from dataclasses import dataclass

MEMORY_GOAL = 250
"""MB that all processes of a command may have together."""

Words = tuple[str, ...]


class Dump(enum.Enum):
    """Which dump a work reads."""

    WHOLE = "whole"
    """Of the size that was asked for."""
    PART = "part"
    """A smaller one, where a file is written for every article."""
    SAMPLE = "sample"
    """The small one in examples/, to see what a start costs."""


@dataclass(frozen=True)
class Work:
    """One line of the table."""

    name: str
    """As `--only` takes it."""
    title: str
    ours: Words
    peer: Words | None
    goal: float | None
    """The ratio of the medians, ours to the peer's, that should not be exceeded."""
    piped: bool = True
    """Whether the output goes through a pipe to `cat`, or straight to /dev/null."""
    code: int = 0
    """The exit code that both must give."""
    dump: Dump = Dump.WHOLE
    memory: bool = False
    """Whether this work stands for its command where memory is measured."""
    times: int = 1
    """How many times as often as others it is run, being short."""

    @property
    def writes(self) -> bool:
        """Whether files are written, for which every run gets an empty directory."""
        return self.dump is Dump.PART

    @property
    def has_jobs(self) -> bool:
        """Whether a second core could be of use."""
        return self.dump is not Dump.SAMPLE


def words(text: str) -> Words:
    return tuple(shlex.split(text))


def search(
    name: str, title: str, options: str, pattern: str, goal: float, found: bool = True
) -> Work:
    """Only which articles have it, against ripgrep's count of lines."""
    return Work(
        name=name,
        title=f"`grep -l`, {title}",
        ours=("corpuscli", "grep", "-l", *words(options), pattern, "DUMP"),
        peer=("rg", "-c", *words(options), pattern, "DUMP"),
        goal=goal,
        piped=False,
        code=0 if found else 1,
        memory=name == "ignore-case-none",
    )


SEARCHES = [
    search("literal-none", "literal, no hit", "", "labradorite", 1.5, found=False),
    search("literal-few", "literal, a few hits", "", "Granodiorite", 2.5),
    search("ignore-case-none", "literal, `-i`, no hit", "-i", "labradorite", 0.8, found=False),
    search("ignore-case-few", "literal, `-i`, a few hits", "-i", "granodiorite", 1.5),
    search("regex-none", "regex, no hit", "", "[Ss]er(pent|ic)[a-z]+ite", 0.8, found=False),
    search("regex-few", "regex, a few hits", "", "[Qq]uar(tz|k)[a-z]+ite", 1.5),
]
"""The words are planted in the dump or stand nowhere in it: see make_dump.py."""

PRINTING = [
    Work(
        name="grep-many",
        title="`grep`, a word of 5 % of the articles",
        ours=words("corpuscli grep basalt DUMP"),
        peer=words("rg --json basalt DUMP"),
        goal=1.5,
        memory=True,
    ),
    Work(
        name="grep-many-jsonl",
        title="`grep` to JSON Lines, the same word",
        ours=words("corpuscli grep --format jsonl basalt DUMP"),
        peer=words("rg --json basalt DUMP"),
        goal=1.5,
    ),
    Work(
        name="list",
        title="`list`",
        ours=words("corpuscli list DUMP"),
        peer=words("wc -w DUMP"),
        goal=0.5,
        memory=True,
    ),
    Work(
        name="split",
        title="`split` to JSON Lines",
        ours=words("corpuscli split DUMP"),
        peer=words("python plain_split.py DUMP"),
        goal=0.08,
        memory=True,
    ),
    Work(
        name="dedupe-captions",
        title="`dedupe-captions`",
        ours=words("corpuscli dedupe-captions DUMP"),
        peer=words("cat DUMP"),
        goal=4,
        memory=True,
    ),
    Work(
        name="show-last",
        title="`show last`",
        ours=words("corpuscli show last DUMP"),
        peer=words("rg -c ^TT$ DUMP"),
        goal=2,
        piped=False,
        memory=True,
    ),
    Work(
        name="check",
        title="`check`",
        ours=words("corpuscli check DUMP"),
        peer=None,
        goal=None,
        memory=True,
    ),
]

FILES = [
    Work(
        name="split-files",
        title="`split -o`, against unpacking the same files",
        ours=words("corpuscli split -o articles DUMP"),
        peer=words("tar -x -f TAR"),
        goal=1.5,
        piped=False,
        dump=Dump.PART,
        memory=True,
    ),
    Work(
        name="split-files-raw",
        title="`split -o --as raw`, against cutting at known lines",
        ours=words("corpuscli split -o articles --as raw DUMP"),
        peer=words("csplit -s -z -n 9 DUMP LINES"),
        goal=1.5,
        piped=False,
        dump=Dump.PART,
    ),
]

STARTS = [
    Work(
        name="start-fields",
        title="start: `list --fields` of three",
        ours=words("corpuscli list --fields number,words,title DUMP"),
        peer=words("python -c pass"),
        goal=7.5,
        dump=Dump.SAMPLE,
        times=4,
    ),
    Work(
        name="start-list",
        title="start: `list`",
        ours=words("corpuscli list DUMP"),
        peer=words("python -c pass"),
        goal=11,
        dump=Dump.SAMPLE,
        times=4,
    ),
    Work(
        name="start-typer",
        title="start: a bare typer app, for reference",
        ours=words("python bare_typer.py DUMP"),
        peer=words("python -c pass"),
        goal=None,
        dump=Dump.SAMPLE,
        times=4,
    ),
]

WORKS = [*SEARCHES, *PRINTING, *FILES, *STARTS]


def shown(command: Words) -> str:
    """A command as a report shows it."""
    return shlex.join(command)
