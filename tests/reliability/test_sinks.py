"""Commands x sinks x environments x sizes: every command ends well.

However stdout and stderr end, and whatever the environment is, a command ends as the page on exit
codes says, with at most one line on stderr. `--long` runs every combination; without it each
command meets a third of the sinks, some commands all of them, and the environments take turns.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import COMMAND, environment
from screen import bytes_on_terminal

DUMP, FOLDER = "<dump>", "<folder>"
"""In a command: the dump, and a folder that does not exist."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("list", DUMP),
    ("list", "--sort", "title", "--json", DUMP),
    ("show", "1-", DUMP),
    ("show", "--raw", "1-", DUMP),
    ("grep", "body", DUMP),
    ("grep", "-c", "body", DUMP),
    ("split", DUMP),
    ("split", "-o", FOLDER, DUMP),
    ("dedupe-captions", DUMP),
    ("dedupe-captions", "--report", DUMP),
    ("check", DUMP),
    ("check", "--totals", DUMP),
)
"""Commands that print something for each article, or for each dump."""

SHORT: tuple[tuple[str, ...], ...] = (
    ("check", "--explain", "all"),
    ("layouts",),
    ("schema",),
    ("--help",),
    ("grep", "--help"),
    ("--version",),
    (),
)
"""Commands that read no dump."""

WRONG: tuple[tuple[str, ...], ...] = (
    ("nonsense",),
    ("list", "--nope", DUMP),
    ("list", "--format", "nope", DUMP),
    ("list", "missing"),
)
"""Calls that print only an error."""

HELP: tuple[tuple[str, ...], ...] = (("--help",), ("grep", "--help"), ())
"""Calls whose lines are as long as COLUMNS says, in a pipe, too."""

ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {
    "plain": environment(),
    "unbuffered": environment(PYTHONUNBUFFERED="1"),
    "C locale": environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
    "empty": {},
    "dumb": environment(TERM="dumb"),
    "one column": environment(COLUMNS="1"),
    "coloured": environment(FORCE_COLOR="1", CLICOLOR_FORCE="1"),
}

THOROUGHLY = (("list", DUMP), ("--version",), ("list", "--nope", DUMP))
"""Calls that meet every sink, in any case: a command, one that reads nothing, an error."""

CALL = tuple[str, ...]


class Ended(NamedTuple):
    """How a run ended; a signal's number is negative."""

    code: int
    stdout: bytes
    stderr: bytes


def run_into(
    call: CALL,
    environ: Mapping[str, str],
    *,
    stdout: int | None = subprocess.PIPE,
    stderr: int | None = subprocess.PIPE,
    close: tuple[int, ...] = (),
    ignore_sigpipe: bool = False,
) -> Ended:
    """Run with these streams; `close` are descriptors that are not open."""

    def prepare() -> None:
        for number in close:
            os.close(number)
        if ignore_sigpipe:
            signal.signal(signal.SIGPIPE, signal.SIG_IGN)

    done = subprocess.run(
        [COMMAND, *call],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        env=dict(environ),
        preexec_fn=prepare,
        restore_signals=not ignore_sigpipe,
        timeout=300,
    )
    return Ended(done.returncode, done.stdout or b"", done.stderr or b"")


def into_a_pipe(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    return run_into(call, environ)


def into_a_file(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    path = folder / "out"
    with path.open("wb") as file:
        ended = run_into(call, environ, stdout=file.fileno())
    return ended._replace(stdout=path.read_bytes())


def onto_a_full_disk(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    with open("/dev/full", "wb") as full:
        return run_into(call, environ, stdout=full.fileno())


def into_nothing(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    return run_into(call, environ, stdout=None, close=(1,))


def to_a_reader_that_is_gone(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    return _gone(call, environ, ignore_sigpipe=False)


def to_one_gone_unheard(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    return _gone(call, environ, ignore_sigpipe=True)


def _gone(call: CALL, environ: Mapping[str, str], *, ignore_sigpipe: bool) -> Ended:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        return run_into(call, environ, stdout=write_end, ignore_sigpipe=ignore_sigpipe)
    finally:
        os.close(write_end)


def to_a_reader_of_one_line(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(
                [COMMAND, *call],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=dict(environ),
            )
        )
        assert process.stdout is not None and process.stderr is not None
        line = process.stdout.readline()
        process.stdout.close()
        stderr = process.stderr.read()
        return Ended(process.wait(300), line, stderr)


def beside_a_full_stderr(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    with open("/dev/full", "wb") as full:
        return run_into(call, environ, stderr=full.fileno())


def beside_a_closed_stderr(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    return run_into(call, environ, stderr=None, close=(2,))


def with_nothing_open(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    return run_into(call, environ, stdout=None, stderr=None, close=(0, 1, 2))


def onto_a_terminal(call: CALL, environ: Mapping[str, str], folder: Path) -> Ended:
    code, seen = bytes_on_terminal([COMMAND, *call], folder, {"PAGER": "cat", **environ})
    return Ended(code, seen, b"")


Sink = Callable[[CALL, Mapping[str, str], Path], Ended]

SINKS: tuple[Sink, ...] = (
    into_a_pipe,
    into_a_file,
    onto_a_full_disk,
    into_nothing,
    to_a_reader_that_is_gone,
    to_one_gone_unheard,
    to_a_reader_of_one_line,
    beside_a_full_stderr,
    beside_a_closed_stderr,
    with_nothing_open,
    onto_a_terminal,
)


@dataclass(frozen=True, slots=True)
class Case:
    call: CALL
    sink: Sink
    environ: str
    articles: int

    def __str__(self) -> str:
        words = " ".join(self.call) or "no command"
        return f"{words}, {self.sink.__name__}, {self.environ}, {self.articles} articles"


def dump_of(articles: int) -> bytes:
    """A dump whose every article has something to print for every command."""
    return b"Text before the first header\n\n\n\n" + b"".join(
        f"{title}\n\nA photo.\nA photo.\nTT\n\n{title}\n\nA photo.\nA photo.\n\n"
        f"The body of {number}\n\n\n\n\nafter a gap.\n\n\n\n".encode()
        for number in range(articles)
        for title in [f"Title {number}, long enough for a pipe to be full soon, with ü and 漢"]
    )


PIPE = 128 * 1024
"""More bytes than a pipe and a reader's buffer hold."""

FEW = 1
MANY = 2000
"""Articles whose output fills a pipe, except that of `check --totals`."""

MANY_LONG = 15_000
"""The same for `--long`: over 200,000 lines."""


def cases(long: bool) -> Iterator[Case]:
    many = MANY_LONG if long else MANY
    names = list(ENVIRONMENTS)
    for number, call in enumerate((*COMMANDS, *SHORT, *WRONG)):
        for turn, sink in enumerate(SINKS):
            sizes = [FEW, many] if call in COMMANDS else [FEW]
            if long:
                yield from (Case(call, sink, name, size) for name in names for size in sizes)
            elif sink is to_a_reader_of_one_line and call in COMMANDS:
                yield Case(call, sink, "plain", many)
            elif (number + turn) % 3 == 0 or call in THOROUGHLY:
                yield Case(call, sink, names[(number + turn) % len(names)], FEW)


def check(case: Case, dumps: Mapping[int, Path], expected: Ended, folder: Path) -> str:
    """Return what is wrong with how a case ends; empty if it is right."""
    folder.mkdir()
    call = placed(case.call, dumps[case.articles], folder)
    ended = case.sink(call, ENVIRONMENTS[case.environ], folder)
    wanted = wanted_end(case, expected)
    if case.sink is onto_a_terminal:
        seen = ended.stdout.replace(b"\r\n", b"\n")
        if wanted.stderr and seen != wanted.stderr:
            return f"shows {seen[:300]!r}, not {wanted.stderr!r}"
        if not seen or b"Traceback" in seen:
            return f"shows {seen[-300:]!r}"
        return "" if ended.code == wanted.code else f"ends with {ended.code}, not {wanted.code}"
    differing = [
        f"{name} {got[:300] if isinstance(got, bytes) else got!r}, not "
        f"{want[:300] if isinstance(want, bytes) else want!r}"
        for name, got, want in zip(Ended._fields, ended, wanted, strict=True)
        if got != want
    ]
    return "; ".join(differing)


def wanted_end(case: Case, expected: Ended) -> Ended:
    """How a case must end, by how it ends in a pipe."""
    full = b"corpuscli: standard output: No space left on device\n"
    closed = b"corpuscli: standard output: Bad file descriptor\n"
    prints = bool(expected.stdout)
    match case.sink.__name__:
        case "onto_a_full_disk" if prints:
            return Ended(2, b"", full)
        case "into_nothing" if prints:
            return Ended(2, b"", closed)
        case "with_nothing_open" if prints:
            return Ended(2, b"", b"")
        case "to_a_reader_that_is_gone" | "to_one_gone_unheard" if prints:
            return Ended(-signal.SIGPIPE, b"", b"")
        case "to_a_reader_of_one_line" if prints:
            code = -signal.SIGPIPE if len(expected.stdout) > PIPE else expected.code
            line, end, _ = expected.stdout.partition(b"\n")
            return Ended(code, line + end, expected.stderr)
        case "beside_a_full_stderr" | "beside_a_closed_stderr":
            return expected._replace(stderr=b"")
        case "onto_a_full_disk" | "into_nothing":
            return expected
        case "with_nothing_open":
            return expected._replace(stderr=b"")
        case _:
            return expected


def placed(call: CALL, dump: Path, folder: Path) -> CALL:
    """The call with its dump and its folder."""
    places = {DUMP: str(dump), FOLDER: str(folder / "pieces")}
    return tuple(places.get(word, word) for word in call)


class Kind(NamedTuple):
    """What the output of a case depends on."""

    call: CALL
    articles: int
    environ: str


def kind(case: Case) -> Kind:
    return Kind(case.call, case.articles, case.environ if case.call in HELP else "plain")


def test_every_command_ends_as_promised_at_every_sink(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    every = list(cases(request.config.getoption("--long")))
    dumps = {size: tmp_path / f"dump-{size}" for size in {case.articles for case in every}}
    for size, path in dumps.items():
        path.write_bytes(dump_of(size))
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        kinds = list(dict.fromkeys(map(kind, every)))
        ends = threads.map(
            lambda number, of: into_a_pipe(
                placed(of.call, dumps[of.articles], tmp_path / f"expected-{number}"),
                ENVIRONMENTS[of.environ],
                tmp_path,
            ),
            range(len(kinds)),
            kinds,
        )
        expected = dict(zip(kinds, ends, strict=True))
        for (call, _, _), ended in expected.items():
            assert b"Traceback" not in ended.stderr
            assert ended.stderr.count(b"\n") == (1 if call in WRONG else 0), call
        folders = [tmp_path / str(number) for number in range(len(every))]
        wrong = threads.map(
            lambda case, folder: check(case, dumps, expected[kind(case)], folder),
            every,
            folders,
        )
        said = [f"{case}: {what}" for case, what in zip(every, wrong, strict=True) if what]
    assert not said, "\n".join(said)
