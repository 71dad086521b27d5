"""Tables that cut no number, a pager for what is long, and a line that sums up what was done."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from compose import Page, render
from conftest import EXAMPLES, Run
from rich.cells import cell_len
from screen import on_terminal

HARBOUR = EXAMPLES / "harbour-news.txt"
PLAIN = {"NO_COLOR": "1"}


@pytest.fixture
def growing(tmp_path: Path) -> str:
    """A dump whose numbers become larger after the rows that settle the widths of the columns."""
    pages = [Page(f"A title of some length {n}", ("Text.",)) for n in range(120)]
    lines = [f"Line {n}." for n in range(6000)]
    pages += [Page("At the end " * 9, ("word " * 123_456, *lines))] * 2
    (tmp_path / "growing.txt").write_bytes(render(pages))
    return "growing.txt"


# Tables


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_a_table_cuts_no_number(corpuscli: Run, tmp_path: Path, growing: str, columns: int) -> None:
    fields = "number,photo_date,words,line,start,end,title"
    listing = ("list", "--fields", fields, growing)
    _, seen = on_terminal(
        *listing, "--format=table", "--no-pager", folder=tmp_path, columns=columns, changes=PLAIN
    )
    heading, *rows = seen.splitlines()
    assert heading.split() == "no. photo date words line start end title".split()
    wanted = corpuscli(*listing).stdout.decode().splitlines()
    assert len(rows) == len(wanted)
    for row, line in zip(rows, wanted, strict=True):
        *numbers, title = line.split("\t")
        assert row.split()[:5] == [number for number in numbers if number]
        assert title[:2] in row
        assert cell_len(row) <= columns


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_a_table_cuts_no_path(tmp_path: Path, growing: str, columns: int) -> None:
    folder = "a directory with a long name, in which the dumps of last year are kept"
    (tmp_path / folder).mkdir()
    path = (tmp_path / growing).rename(tmp_path / folder / growing).relative_to(tmp_path)
    for command in (("list", "-H", "--limit=3"), ("grep", "-c", "-e", ".", "--limit=3")):
        _, seen = on_terminal(*command, path, folder=tmp_path, columns=columns, changes=PLAIN)
        rows = seen.splitlines()[1:4]
        assert all(row.startswith(f"{path} ") for row in rows)
        # What does not fit is broken by the terminal, so that a copied path is whole.
        assert [row.removeprefix(str(path)).split()[0] for row in rows] == ["1", "2", "3"]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_an_explanation_breaks_no_word(tmp_path: Path, columns: int) -> None:
    _, seen = on_terminal("check", "--explain", "all", folder=tmp_path, columns=columns)
    assert max(map(len, seen.splitlines())) <= min(columns, 80)


@pytest.mark.parametrize("columns", [60, 80])
def test_a_table_of_many_columns_keeps_its_headings(tmp_path: Path, columns: int) -> None:
    fields = "dump,number,caption,kept_line,removed_lines,bytes_saved"
    command = ("dedupe-captions", "--report", "--fields", fields, HARBOUR)
    _, seen = on_terminal(*command, folder=tmp_path, columns=columns, changes=PLAIN)
    heading, *rows = seen.splitlines()
    for name in ("no.", "kept line", "removed lines", "bytes saved"):
        assert name in heading
    assert all(re.search(r" \[\d+(,\d+)*\] +\d+$", row) for row in rows)


def test_headings_are_for_people_and_names_for_programs(corpuscli: Run, tmp_path: Path) -> None:
    _, seen = on_terminal("list", HARBOUR, folder=tmp_path, changes=PLAIN)
    assert seen.split("\n")[0].split("  ")[-4:] == ["photo date", " words", "photos", "title"]
    piped = corpuscli("list", "--header", HARBOUR).stdout
    assert piped.startswith(b"number\tphoto_date\twords\tcaption_count\ttitle\n")


def test_an_article_without_a_title_says_how_it_begins(corpuscli: Run, tmp_path: Path) -> None:
    _, seen = on_terminal("list", HARBOUR, folder=tmp_path, columns=120, changes=PLAIN)
    assert "(no title) … and by evening the last of the herring crates" in seen
    assert corpuscli("list", "--limit", "1", HARBOUR).stdout == b"1\t\t55\t0\t\n"


# A pager


@pytest.fixture
def pager(tmp_path: Path) -> dict[str, str]:
    """The environment of a user whose pager marks what it shows."""
    return {"PAGER": "sed 's/^/paged: /'", "NO_COLOR": "1"}


@pytest.mark.parametrize(
    "command",
    ["list", "grep -i the", "grep -l .", "check", "stats", "list --format table", "show 1-"],
)
def test_what_is_longer_than_the_screen_is_paged(
    tmp_path: Path, pager: dict[str, str], command: str
) -> None:
    words = command.split()
    code, seen = on_terminal(*words, HARBOUR, folder=tmp_path, rows=9, changes=pager)
    assert code == (1 if command == "check" else 0)
    assert seen.startswith("paged: ") and seen.count("paged: ") > 9
    whole = on_terminal(*words, "--no-pager", HARBOUR, folder=tmp_path, rows=9, changes=pager)[1]
    assert "paged: " not in whole and seen.replace("paged: ", "") == whole
    fits = on_terminal(*words, HARBOUR, folder=tmp_path, rows=999, changes=pager)[1]
    assert fits == whole


def test_a_pager_that_is_left_ends_the_work(tmp_path: Path, growing: str) -> None:
    quits = {"PAGER": "head -n 1", "NO_COLOR": "1"}
    for command, code in (("list", 0), ("grep .", 0), ("check", 1)):
        done = on_terminal(*command.split(), growing, folder=tmp_path, rows=9, changes=quits)
        assert done[0] == code and "error, please" not in done[1]
        assert "Line 5999" not in done[1]


@pytest.mark.parametrize(("version", "keeps"), [("less 643", True), ("less 590", False)])
def test_less_keeps_the_header_in_sight_if_it_can(
    tmp_path: Path, version: str, keeps: bool
) -> None:
    less = tmp_path / "bin" / "less"
    less.parent.mkdir()
    less.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo "{version}" && exit\necho "with: $*"\ncat\n'
    )
    less.chmod(0o755)
    changes = {"PAGER": "less", "PATH": f"{less.parent}{os.pathsep}{os.environ['PATH']}"}
    _, seen = on_terminal("list", HARBOUR, folder=tmp_path, rows=9, changes=changes | PLAIN)
    assert seen.startswith("with: --header=1\n" if keeps else "with: \n")
    _, text = on_terminal("show", "2", HARBOUR, folder=tmp_path, rows=9, changes=changes | PLAIN)
    assert text.startswith("with: \n")


# What was done


def test_split_says_how_many_files_it_wrote(tmp_path: Path) -> None:
    split = ("split", "-o", "articles", HARBOUR)
    _, seen = on_terminal(*split, folder=tmp_path, changes=PLAIN)
    assert seen == "\n18 files written to articles\n"
    again = (*split, "--force", "--verbose")
    _, verbose = on_terminal(*again, folder=tmp_path, columns=200, changes=PLAIN)
    assert "000000002-ferries" in verbose
    _, listed = on_terminal(*split, "--force", "--json", folder=tmp_path, changes=PLAIN)
    assert listed.count('"file":') == 18 and "written" not in listed
    _, quiet = on_terminal(*split, "--force", "-q", folder=tmp_path, changes=PLAIN)
    assert quiet == ""


def test_check_says_that_there_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_bytes(render([Page("One", ("A text.",))] * 2))
    check = ("check", "--ignore", "duplicate-article", "dump.txt")
    assert on_terminal(*check, folder=tmp_path) == (0, "\n2 articles, no problems\n")


def test_dedupe_captions_says_what_it_removed(tmp_path: Path) -> None:
    _, seen = on_terminal("dedupe-captions", "-o", "clean.txt", HARBOUR, folder=tmp_path)
    assert seen == "\n46 lines removed (5,442 bytes)\n"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(HARBOUR.read_bytes())
    _, two = on_terminal("dedupe-captions", "-i", "a.txt", "b.txt", folder=tmp_path)
    assert two == "\n92 lines removed from 2 dumps (10,884 bytes)\n"
    assert (tmp_path / "a.txt").read_bytes() == (tmp_path / "clean.txt").read_bytes()


# Asking


def test_show_without_a_selector_asks(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_bytes(HARBOUR.read_bytes())
    code, seen = on_terminal(
        "show", "--no-pager", "dump.txt", folder=tmp_path, changes=PLAIN, typed=b"4\n"
    )
    assert code == 0
    listed, asked, shown = re.split(r"(Which article.*\? )", seen)
    assert "Bakers of Lundsey" in listed and "18 articles" in listed
    assert asked and "dump.txt #4  102 words" in shown
    for answer, reason in ((b"\n", "no article was named"), (b"bread\n", "not a valid selector")):
        code, seen = on_terminal(
            "show", "--no-pager", "dump.txt", folder=tmp_path, changes=PLAIN, typed=answer
        )
        assert code == 2 and reason in seen
