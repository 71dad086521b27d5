"""What is measured: the works, each with the peer it is compared with and a goal.

In a command, `DUMP` is the path of the dump, `TAR` an archive of the files that `split -o` wrote,
and `LINES` the numbers of the lines on which articles begin. `corpuscli`, `python` and the scripts
of this directory are the ones under test. A command may begin with variables: `LC_ALL=C wc`.
"""

from __future__ import annotations

import enum
import shlex
from dataclasses import dataclass

MEMORY_GOAL = 200
"""MB that all processes of a command may use together."""

Words = tuple[str, ...]


class Dump(enum.Enum):
    """Which dump a work reads."""

    WHOLE = "whole"
    """A dump of the size you ask for."""
    PART = "part"
    """A smaller one, for works that write one file per article."""
    SAMPLE = "sample"
    """The small one in examples/, to measure a start."""


@dataclass(frozen=True)
class Work:
    """One row of the table."""

    name: str
    """The name that `--only` takes."""
    title: str
    ours: Words
    peer: Words | None
    goal: float | None
    """The ratio of the medians, ours to the peer's, that should not be exceeded."""
    pipes: tuple[str, ...] = ()
    """The commands, of `ours` and `peer`, that write to a pipe; the others write to /dev/null."""
    codes: tuple[int, ...] = (0,)
    """The exit codes of corpuscli that mean its work is done."""
    peer_codes: tuple[int, ...] = (0,)
    dump: Dump = Dump.WHOLE
    memory: bool = False
    """Whether memory is measured with this work, for its command."""
    times: int = 1
    """It runs this many times as often as others, because it is short."""
    has_jobs: bool = True
    """Whether it can use a second core."""

    @property
    def writes(self) -> bool:
        """Return True if it writes files; each run then gets an empty directory."""
        return self.dump is Dump.PART


def words(text: str) -> Words:
    return tuple(shlex.split(text))


def search(
    name: str, title: str, options: str, pattern: str, goal: float, found: bool = True
) -> Work:
    """Return a search for the articles that match, against ripgrep's count of lines."""
    return Work(
        name=name,
        title=f"`grep -l`, {title}",
        ours=("corpuscli", "grep", "-l", *words(options), pattern, "DUMP"),
        peer=("rg", "-c", *words(options), pattern, "DUMP"),
        goal=goal,
        codes=(0,) if found else (1,),
        peer_codes=(0,) if found else (1,),
        memory=name == "ignore-case-few",
    )


SEARCHES = [
    search("literal-few", "literal, a few hits", "", "Granodiorite", 5),
    search("ignore-case-few", "literal, `-i`, a few hits", "-i", "granodiorite", 5),
    search("regex-few", "regex, a few hits", "", "[Qq]uar(tz|k)[a-z]+ite", 5),
    search("unicode-few", "regex with a Unicode class, a few hits", "", r"Ilmenor \w+", 5),
    search("literal-none", "literal, no hit", "", "labradorite", 2, found=False),
    search("ignore-case-none", "literal, `-i`, no hit", "-i", "labradorite", 1.5, found=False),
    search("regex-none", "regex, no hit", "", "[Ss]er(pent|ic)[a-z]+ite", 1.5, found=False),
]
"""The words are planted in the dump or appear nowhere in it: see make_dump.py."""

ALL_BUT_CAPTIONS = (
    "dump,number,id,title,deck,byline,date,section,words,paragraph_count,caption_count,duplicate_captions,"
    "line,start,end,problems,paragraphs"
)
"""Every field of an article except `captions` and `photo_date`, which need captions to be read."""

READING = [
    Work(
        name="list",
        title="`list`",
        ours=words("corpuscli list DUMP"),
        peer=words("LC_ALL=C wc -w DUMP"),
        goal=0.35,
        memory=True,
    ),
    Work(
        name="split-no-captions",
        title="`split` to JSON Lines, without what captions say",
        ours=("corpuscli", "split", "--fields", ALL_BUT_CAPTIONS, "DUMP"),
        peer=words("python plain_split.py DUMP"),
        goal=0.15,
    ),
    Work(
        name="split",
        title="`split` to JSON Lines",
        ours=words("corpuscli split DUMP"),
        peer=words("python plain_split.py DUMP"),
        goal=0.2,
        memory=True,
    ),
    Work(
        name="show-last",
        title="`show last`",
        ours=words("corpuscli show last DUMP"),
        peer=words("rg -c ^TT$ DUMP"),
        goal=5,
        memory=True,
    ),
    Work(
        name="dedupe-captions",
        title="`dedupe-captions`",
        ours=words("corpuscli dedupe-captions DUMP"),
        peer=words("cat DUMP"),
        pipes=("peer",),
        goal=2,
        memory=True,
    ),
    Work(
        name="check",
        title="`check`",
        ours=words("corpuscli check DUMP"),
        peer=words("LC_ALL=C wc -w DUMP"),
        goal=0.5,
        codes=(0, 1),
        memory=True,
    ),
    Work(
        name="stats",
        title="`stats`",
        ours=words("corpuscli stats DUMP"),
        peer=words("LC_ALL=C wc -w DUMP"),
        goal=0.6,
        memory=True,
    ),
]

FILES = [
    Work(
        name="split-files",
        title="`split -o`, against unpacking the same files",
        ours=words("corpuscli split -o articles DUMP"),
        peer=words("tar -x -f TAR"),
        goal=None,
        dump=Dump.PART,
        memory=True,
    ),
    Work(
        name="split-files-raw",
        title="`split -o --as raw`, against cutting at known lines",
        ours=words("corpuscli split -o articles --as raw DUMP"),
        peer=words("csplit -s -z -n 9 DUMP LINES"),
        goal=None,
        dump=Dump.PART,
    ),
]


def start(name: str, title: str, argument: str, goal: float) -> Work:
    """Return a start of corpuscli, against that of a typer app that does nothing."""
    ours = ("corpuscli", "list", argument) if argument == "DUMP" else ("corpuscli", argument)
    return Work(
        name=name,
        title=f"start: {title}",
        ours=ours,
        peer=("python", "bare_typer.py", argument),
        goal=goal,
        dump=Dump.SAMPLE,
        times=4,
        has_jobs=False,
    )


STARTS = [
    start("start-list", "`list` of the sample", "DUMP", 1.6),
    start("start-version", "`--version`", "--version", 1.3),
    start("start-help", "`--help`", "--help", 1.3),
]

INTERPRETED = Work(
    name="interpreted",
    title="`list`, interpreted, against compiled",
    ours=words("CORPUSCLI_INTERPRETED=1 corpuscli list DUMP"),
    peer=words("corpuscli list DUMP"),
    goal=None,
    has_jobs=False,
)
"""The variable selects the Python code where a compiled module exists beside it."""

WORKS = [*SEARCHES, *READING, *FILES, *STARTS, INTERPRETED]


def with_jobs(command: Words, jobs: str) -> Words:
    """Return a command of corpuscli with an option for the number of processes."""
    place = command.index("corpuscli") + 2
    return (*command[:place], jobs, *command[place:])


def shown(command: Words) -> str:
    """Return a command as a report shows it."""
    return shlex.join(command)
