"""`--help` and the man pages: what they show fits, runs, and is the same in both."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import COMMAND, EXAMPLES, ROOT, Run, environment
from screen import on_terminal
from servers import Store

from corpuscli.cli.app import COMMANDS, SUMMARIES
from corpuscli.cli.man import pages

EVERY = [[], *([name] for name in COMMANDS)]
MAN = ROOT / "man"


def help_of(corpuscli: Run, *command: str, **changes: str) -> str:
    result = corpuscli(*command, "--help", **changes)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode()


def examples(text: str) -> list[str]:
    lines = text.split("\nExamples:\n")[1].splitlines()
    return [line.strip() for line in lines if line.startswith("  ")]


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_help_fits_80_columns_and_has_two_examples(corpuscli: Run, command: list[str]) -> None:
    text = help_of(corpuscli, *command, COLUMNS="80")
    assert [line for line in text.splitlines() if len(line) > 80] == []
    assert len(examples(text)) >= 2
    assert help_of(corpuscli, *command, COLUMNS="200") == text


def words_of(text: str) -> list[str]:
    """Return the words of an example, its continuation lines joined."""
    return re.sub(r" \\\n|^  #", " ", text, flags=re.M).split()


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_on_60_columns_no_word_is_broken(corpuscli: Run, command: list[str]) -> None:
    for option in ("--help", "-h"):
        narrow = corpuscli(*command, option, COLUMNS="60").stdout.decode()
        assert [line for line in narrow.splitlines() if len(line) > 60] == []
        wide = corpuscli(*command, option, COLUMNS="80").stdout.decode()
        assert sorted(words_of(narrow)) == sorted(words_of(wide))


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_h_is_one_screen_with_two_examples(corpuscli: Run, command: list[str]) -> None:
    text = corpuscli(*command, "-h", COLUMNS="80").stdout.decode()
    lines = text.splitlines()
    assert len(lines) <= 23 and all(len(line) <= 80 for line in lines)
    assert len(examples(text)) >= 2
    assert "--shard-size" not in text and "--scheduler" not in text and "memory" not in text
    assert "--help" in lines[-1]


@pytest.mark.parametrize("command", [["list"], ["grep"], ["split"]], ids=" ".join)
def test_h_shows_ten_options(corpuscli: Run, command: list[str]) -> None:
    text = corpuscli(*command, "-h").stdout.decode()
    assert len(re.findall(r"^  -", text, re.M)) == 10
    whole = help_of(corpuscli, *command)
    assert "--shard-size" in whole and "--scheduler" in whole and "memory" in whole


def test_without_a_command_help_is_shown(corpuscli: Run) -> None:
    short = corpuscli()
    assert (short.returncode, short.stderr) == (0, b"")
    assert short.stdout == corpuscli("-h").stdout
    assert corpuscli("help").stdout.decode() == help_of(corpuscli)
    assert corpuscli("help", "grep").stdout.decode() == help_of(corpuscli, "grep")
    unknown = corpuscli("help", "grp")
    assert (unknown.returncode, b"'grep'" in unknown.stderr) == (2, True)


@pytest.mark.parametrize(
    ("command", "option", "field"),
    [
        ("list", "--fields", "paragraph_count"),
        ("list", "--sort", "photo_date"),
        ("grep", "--fields", "matches"),
        ("check", "--fields", "message"),
        ("diff", "--fields", "change"),
    ],
)
def test_fields_are_named_where_they_are_asked_for(
    corpuscli: Run, command: str, option: str, field: str
) -> None:
    text = help_of(corpuscli, command)
    about = re.split(r"\n  -", text.split(f"\n  {option} ")[1])[0]
    assert field in about


def test_headings_are_bold_on_a_terminal(tmp_path: Path) -> None:
    for call in (["-h"], ["help", "list"], ["grep", "--help"]):
        _, seen = on_terminal(*call, folder=tmp_path)
        assert "\x1b[1mUsage:\x1b[0m" in seen and "\x1b[1mExamples:\x1b[0m" in seen
        _, plain = on_terminal(*call, folder=tmp_path, changes={"NO_COLOR": "1"})
        assert "\x1b" not in plain


def test_the_options_stand_in_groups(corpuscli: Run) -> None:
    groups = re.findall(r"^([A-Z].*):$", help_of(corpuscli, "grep"), re.M)
    assert groups == [
        "Arguments", "What to look for", "What to print", "How results are printed",
        "Which articles", "How dumps are read", "Other", "Examples",
    ]  # fmt: skip


def test_commands_that_read_dumps_stand_apart(corpuscli: Run) -> None:
    first, second = help_of(corpuscli).split("About corpuscli itself:")
    assert "\n  list " in first and "\n  check " in first
    assert "\n  config " in second and "\n  list " not in second


@pytest.mark.parametrize("name", COMMANDS)
def test_a_summary_is_the_first_sentence_of_the_help(corpuscli: Run, name: str) -> None:
    paragraph = help_of(corpuscli, name).split("\n\n")[1]
    assert " ".join(paragraph.split()) == SUMMARIES[name]
    assert len(SUMMARIES[name]) <= 60


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_every_example_runs(
    corpuscli: Run, tmp_path: Path, command: list[str], store: Store
) -> None:
    store.put("dumps/harbour.txt", (EXAMPLES / "harbour-news.txt").read_bytes())
    for name in ("dump.txt", "old.txt", "new.txt"):
        shutil.copy(EXAMPLES / "harbour-news.txt", tmp_path / name)
    (tmp_path / "dump.txt.gz").write_bytes(gzip.compress((tmp_path / "dump.txt").read_bytes()))
    (tmp_path / "mine.toml").write_bytes(corpuscli("layouts", "show", "page").stdout)
    (tmp_path / ".zfunc").mkdir()
    (tmp_path / ".config" / "fish" / "completions").mkdir(parents=True)
    path = f"{Path(COMMAND).parent}{os.pathsep}{os.environ['PATH']}"
    for example in examples(help_of(corpuscli, *command)):
        line = re.split(r" {3,}", example)[0]
        if not shutil.which("jq"):
            line = re.sub(r" \| jq .*", "", line)
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            cwd=tmp_path,
            env=environment(PATH=path, HOME=str(tmp_path), **store.environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
        assert done.returncode in (0, 1), (line, done.stderr)


def test_the_man_pages_say_what_help_says() -> None:
    written = {path.name: path.read_text("utf-8") for path in MAN.iterdir()}
    assert written == dict(pages()), "python -m corpuscli.cli.man man"


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not here")
def test_mandoc_has_nothing_to_say_but_that_there_is_no_date() -> None:
    lint = ["mandoc", "-T", "lint", "-W", "warning", *map(str, sorted(MAN.iterdir()))]
    said = subprocess.run(lint, capture_output=True, text=True).stdout
    assert [line for line in said.splitlines() if "missing date" not in line] == []


@pytest.mark.skipif(not shutil.which("man"), reason="man is not here")
def test_man_shows_options_as_they_are_typed() -> None:
    show = ["man", "-l", str(MAN / "corpuscli-grep.1")]
    done = subprocess.run(
        show, capture_output=True, text=True, env=environment(MANWIDTH="100", LC_ALL="C.UTF-8")
    )
    assert done.stderr == ""
    assert re.search(r"^ +-C, --context N$", done.stdout, re.M)
    assert "'strike|walkout'" in done.stdout
