"""`diff`: which articles were added, removed or changed between two dumps?"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from compose import Page, render
from conftest import EXAMPLES, Run
from screen import on_terminal

from .test_output import HOSTILE

HARBOUR = EXAMPLES / "harbour-news.txt"

OLD = render(
    [
        Page("Tide", ("First.", "Second.", "Third."), captions=("1 March 2024: A boat. (dpa)",)),
        Page("Wind", ("Blows.",)),
        Page("Rain", ("Falls.",)),
    ]
)
NEW = render(
    [
        Page("Snow", ("Lies.",), captions=("2 March 2024: A hill. (dpa)",)),
        Page("Wind", ("Blows.",)),
        Page("Tide", ("First.", "Second, anew.", "Third.", "Fourth.")),
    ]
)


@pytest.fixture(autouse=True)
def dumps(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(OLD)
    (tmp_path / "new").write_bytes(NEW)


def records(corpuscli: Run, *arguments: str) -> list[dict[str, Any]]:
    result = corpuscli("diff", "--json", *arguments, "old", "new")
    assert (result.returncode, result.stderr) == (1, b"")
    return list(json.loads(result.stdout))


def test_piped_it_prints_a_row_a_difference(corpuscli: Run) -> None:
    result = corpuscli("diff", "old", "new")
    assert (result.returncode, result.stderr) == (1, b"")
    assert result.stdout == b"added\t\t1\tSnow\nchanged\t1\t3\tTide\nremoved\t3\t\tRain\n"


def test_the_same_dump_has_no_differences(corpuscli: Run) -> None:
    for name in (HARBOUR, "old"):
        result = corpuscli("diff", name, name)
        assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    assert corpuscli("diff", "--json", "old", "old").stdout == b"[]\n"


def test_a_record_says_where_the_article_stands_in_both_dumps(corpuscli: Run) -> None:
    added, changed, removed = records(corpuscli)
    listed = json.loads(corpuscli("list", "--json", "old", "new").stdout)
    (tide, _, rain, snow, _, new_tide) = listed
    assert {(r["old_dump"], r["new_dump"]) for r in (added, changed, removed)} == {("old", "new")}
    for name in ("number", "id", "line", "words"):
        assert (added[f"old_{name}"], added[f"new_{name}"]) == (None, snow[name])
        assert (changed[f"old_{name}"], changed[f"new_{name}"]) == (tide[name], new_tide[name])
        assert (removed[f"old_{name}"], removed[f"new_{name}"]) == (rain[name], None)
    assert [r["photo_date"] for r in (added, changed, removed)] == ["2024-03-02", None, None]
    assert [r["title"] for r in (added, changed, removed)] == ["Snow", "Tide", "Rain"]
    assert [r["paragraphs"] for r in (added, changed, removed)] == [None] * 3


def test_text_in_json_is_the_changed_paragraphs(corpuscli: Run) -> None:
    added, changed, removed = records(corpuscli, "--text")
    assert added["paragraphs"] is removed["paragraphs"] is None
    assert changed["paragraphs"] == [
        {"change": "removed", "old_index": 2, "new_index": 2, "text": "Second."},
        {"change": "added", "old_index": 3, "new_index": 2, "text": "Second, anew."},
        {"change": "added", "old_index": 4, "new_index": 4, "text": "Fourth."},
    ]
    row = corpuscli("diff", "--text", "--format=tsv", "--fields=paragraphs", "old", "new").stdout
    assert json.loads(row.splitlines()[1]) == changed["paragraphs"]


def test_text_piped_is_plain(corpuscli: Run) -> None:
    result = corpuscli("diff", "--text", "old", "new")
    assert (result.returncode, result.stderr) == (1, b"")
    assert result.stdout.decode() == (
        "added: Snow\n+++ new: article 1, line 1\n\n"
        "changed: Tide\n--- old: article 1, line 1\n+++ new: article 3, line 28\n"
        "@@ paragraph 2 @@\n-Second.\n+Second, anew.\n@@ paragraph 4 @@\n+Fourth.\n\n"
        "removed: Rain\n--- old: article 3, line 32\n\n"
    )


def test_a_title_that_differs_in_white_space_only_is_shown(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(render([Page("A B", ("Same.",))]))
    (tmp_path / "new").write_bytes(render([Page("A  B", ("Same.",))]))
    printed = corpuscli("diff", "--text", "old", "new").stdout.decode()
    assert "@@ title @@\n-A B\n+A  B\n" in printed


@pytest.mark.parametrize("options", [("--text",), ("--json", "--text")])
def test_the_cuts_and_the_way_in_change_nothing(
    corpuscli: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    data = HARBOUR.read_bytes() * 4
    (tmp_path / "one").write_bytes(data[: len(data) // 2 + 1000])
    (tmp_path / "other").write_bytes(data.replace(b"pennies", b"pence"))
    plain = corpuscli("diff", *options, "--jobs=1", "one", "other").stdout
    assert plain
    cuts = ("--jobs=3", "--shard-size=1")
    assert corpuscli("diff", *options, *cuts, "one", "other").stdout == plain
    stdin = gzip.compress((tmp_path / "one").read_bytes())
    piped = corpuscli("diff", *options, "-", "other", stdin=stdin).stdout
    assert re.sub(rb'(--- |"old_dump":")one', rb"\1-", plain) == piped
    piped = corpuscli("diff", *options, "one", "-", stdin=(tmp_path / "other").read_bytes()).stdout
    assert re.sub(rb'(\+\+\+ |"new_dump":")other', rb"\1-", plain) == piped


def test_a_dump_that_cannot_be_read_is_trouble_and_no_difference(
    corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "cut").write_bytes(gzip.compress(OLD)[:-9])
    for arguments in (["missing", "new"], ["old", "missing"], ["cut", "new"], ["old", "cut"]):
        result = corpuscli("diff", *arguments)
        assert (result.returncode, result.stdout) == (2, b"")
        assert result.stderr.count(b"\n") == 1
    assert corpuscli("diff", "--json", "old", "cut").stdout == b"[]\n"


@pytest.mark.parametrize("arguments", [[], ["old"], ["-", "-"], ["old", "new", "more"]])
def test_it_takes_two_dumps(corpuscli: Run, arguments: list[str]) -> None:
    result = corpuscli("diff", *arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.count(b"\n") == 1


def test_a_directory_of_several_dumps_is_not_one(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "dir").mkdir()
    for name in ("a", "b"):
        (tmp_path / "dir" / name).write_bytes(HARBOUR.read_bytes())
    (tmp_path / "none").mkdir()
    for one, other in (("dir", HARBOUR), (HARBOUR, "dir"), ("dir", "dir")):
        done = corpuscli("diff", one, other)
        said = b"corpuscli: dir names several dumps, and diff compares one with one"
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(said) and done.stderr.count(b"\n") == 1
    done = corpuscli("diff", "none", HARBOUR)
    assert (done.returncode, done.stderr) == (2, b"corpuscli: none: contains no dumps\n")


def test_verbose_ends_with_a_summary(corpuscli: Run) -> None:
    said = corpuscli("diff", "--verbose", "old", "new").stderr.decode().splitlines()
    assert said[-1] == "corpuscli: 1 added, 1 removed, 1 changed, 1 the same"


def test_a_file_name_that_is_not_utf8_makes_json_that_is(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "old").rename(tmp_path / "old\udcff")
    result = corpuscli("diff", "--json", b"old\xff", "new")
    assert json.loads(result.stdout)[0]["old_dump"] == "old\ufffd"


def test_on_a_terminal_it_is_a_table_and_a_summary(tmp_path: Path) -> None:
    code, seen = on_terminal("diff", "--color=never", "old", "new", folder=tmp_path)
    assert code == 1
    header, *rows, summary = seen.splitlines()
    assert header.split() == ["change", "old", "number", "new", "number", "title"]
    assert [row.split()[0] for row in rows] == ["added", "changed", "removed"]
    assert summary == "corpuscli: 1 added, 1 removed, 1 changed, 1 the same"


def test_text_on_a_terminal_is_coloured_and_wrapped(tmp_path: Path) -> None:
    code, seen = on_terminal("diff", "--text", "old", "new", folder=tmp_path)
    assert code == 1
    for sign, color in (("-", 31), ("+", 32)):
        start = f"\x1b[{color}m"
        assert f"{start}{sign}\x1b[0m{start}Second" in seen
    plain = on_terminal(
        "diff", "--text", "--color=never", "old", "new", folder=tmp_path, columns=12
    )[1]
    assert "-Second.\n+Second,\n+anew.\n" in plain


def test_text_of_the_dumps_does_not_drive_the_terminal(tmp_path: Path) -> None:
    texts = [text.replace("\0", "") for text in HOSTILE]
    (tmp_path / "old").write_bytes(render([Page(f"T {t}", ("x", t, "-- y")) for t in texts]))
    (tmp_path / "new").write_bytes(render([Page(f"T {t}", ("x", f"{t} z")) for t in texts]))
    code, seen = on_terminal("diff", "--text", "--color=never", "old", "new", folder=tmp_path)
    assert code == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200f\u202a-\u202e\u2066-\u2069]", seen)
    assert "[bold]loud[/bold] z" in seen


def test_help_states_the_memory_it_takes(corpuscli: Run) -> None:
    words = b" ".join(corpuscli("diff", "--help").stdout.split())
    assert b"about 250 bytes of memory per article" in words
