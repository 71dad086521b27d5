"""Completion: what is offered, and that the real shells offer it."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from conftest import COMMAND, EXAMPLES, Run, environment

from corpuscli.cli.app import COMMANDS
from corpuscli.cli.candidates import VALUES

FREE = {
    "since", "until", "title", "limit", "jobs", "shard_size", "patterns", "pattern_files",
    "max_count", "context", "directory", "name", "output", "backup", "expect",
    "top", "svg", "html", "scheduler", "part_size", "threshold", "text", "to_file", "files_from",
    "empty", "before", "after",
}  # fmt: skip
"""Options whose values are not known: numbers, dates, patterns, and files, which shells know."""


def offered(corpuscli: Run, *words: str) -> list[str]:
    result = corpuscli("completion", "--words", "--", *words)
    assert (result.returncode, result.stderr) == (0, b"")
    return [line.split("\t")[0] for line in result.stdout.decode().splitlines()[1:]]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["li"], ["list"]),
        (["--no"], ["--no-config"]),
        (["list", "--fo"], ["--format"]),
        (["list", "--format", "js"], ["json", "jsonl"]),
        (["list", "--format=js"], ["--format=json", "--format=jsonl"]),
        (["list", "--format", "=", "c"], ["csv"]),
        (["list", "--layout", "a"], ["auto", "archive"]),
        (["list", "--fields", "para"], ["paragraph_count", "paragraphs"]),
        (["list", "--fields", "title,para"], ["title,paragraph_count", "title,paragraphs"]),
        (["list", "--fields", "title,number,ti"], []),
        (["grep", "--fields", "ma"], ["matches"]),
        (["grep", "-c", "--fields", "cou"], ["count"]),
        (["grep", "-il", "--fields", "wo"], ["words"]),
        (["grep", "-c", "--sort", "cou"], ["count"]),
        (["grep", "-C", "--fo"], []),
        (["grep", "-C1", "--fo"], ["--format"]),
        (["grep", "--in", "p"], ["paragraph"]),
        (["split", "--fields", "fi"], []),
        (["split", "-o", "x", "--fields", "fi"], ["file"]),
        (["split", "--as", ""], ["text", "json", "raw", "jsonl", "parquet"]),
        (["check", "--ignore", "no-b"], ["no-body"]),
        (["check", "--explain", "al"], ["all"]),
        (["check", "--totals", "--fields", "bod"], ["body_bytes"]),
        (["dedupe-captions", "--report", "--fields", "rem"], ["removed_lines"]),
        (["layouts", ""], ["show"]),
        (["layouts", "show", "pl"], ["plain"]),
        (["schema", "ar"], ["article"]),
        (["schema", "match", "--fields", "ind"], ["index"]),
        (["show", ""], ["first", "last"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["list", "--", "--fo"], []),
        (["nothing", "--fo"], []),
        (["list", "ex"], []),
    ],
    ids=lambda value: " ".join(value),
)
def test_what_may_stand_there_is_offered(
    corpuscli: Run, words: list[str], wanted: list[str]
) -> None:
    assert offered(corpuscli, *words) == wanted


def test_every_command_is_offered(corpuscli: Run) -> None:
    assert offered(corpuscli, "") == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_values_of_every_option_are_known_or_nobodys(name: str) -> None:
    import typer
    from typer.main import get_command

    from corpuscli.cli.group import app

    root = get_command(app)
    command = root.get_command(typer.Context(root), name)  # type: ignore[attr-defined]
    taking = {p.name for p in command.params if p.param_type_name == "option" and not p.is_flag}
    assert taking <= FREE | set(VALUES)


def type_into(shell: list[str], setup: str, steps: list[tuple[str, str]], home: Path) -> None:
    """Type into a shell; after each step its terminal must say something before the next."""
    path = f"{Path(COMMAND).parent}:{os.environ['PATH']}"
    env = environment(PATH=path, HOME=str(home), TERM="xterm", COLUMNS="150", LC_ALL="C.UTF-8")
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(home)
        os.execvpe(shell[0], shell, env)
    try:
        for keys, wanted in [(f"{setup}; echo rea''dy\n", "ready"), *steps]:
            os.write(terminal, keys.encode())
            screen = b""
            end = time.monotonic() + 20
            while not re.search(wanted, _plain(screen)):
                assert time.monotonic() < end, (keys, _plain(screen))
                if select.select([terminal], [], [], 0.1)[0]:
                    screen += os.read(terminal, 65536)
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)


def _plain(screen: bytes) -> str:
    """The text of a screen without what moves the cursor."""
    text = screen.decode("utf-8", "replace")
    return re.sub(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\a]*\a|[()][A-B0])|\x08|\r", "", text)


SHELLS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        "source <(corpuscli completion bash)",
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        "autoload -Uz compinit; compinit -u -D; source <(corpuscli completion zsh)",
    ),
    "fish": (["fish", "--no-config", "-i"], "corpuscli completion fish | source"),
}


@pytest.mark.parametrize("name", SHELLS)
def test_a_real_shell_completes_options_fields_layouts_and_files(name: str, tmp_path: Path) -> None:
    shell, setup = SHELLS[name]
    if not shutil.which(shell[0]):
        pytest.skip(f"{name} is not here")
    shutil.copy(EXAMPLES / "harbour-news.txt", tmp_path / "harbour.txt")
    steps = [
        ("corpuscli list --fie\t", "lds"),
        ("numb\t", "er"),
        # fish writes the comma itself.
        ("titl\t" if name == "fish" else ",titl\t", "e"),
        (" --layo\t", "ut"),
        ("pag\t", "e"),
        ("harb\t", "our.txt"),
        ("\n", "2  Ferries Sail Again"),
    ]
    type_into(shell, setup, steps, tmp_path)


def test_the_scripts_are_sound_shell(corpuscli: Run, tmp_path: Path) -> None:
    for shell in ("bash", "zsh", "fish"):
        result = corpuscli("completion", shell)
        assert (result.returncode, result.stderr) == (0, b"")
        script = tmp_path / shell
        script.write_bytes(result.stdout)
        if shutil.which(shell):
            subprocess.run([shell, "-n", script], check=True)
