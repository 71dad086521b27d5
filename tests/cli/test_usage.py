"""Usage errors: one line that names what is wrong, and what may have been meant."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import EXAMPLES, Run

DUMP = str(EXAMPLES / "harbour-news.txt")


def refused(corpuscli: Run, *arguments: str) -> str:
    """What is said to a call that makes no sense."""
    result = corpuscli(*arguments)
    assert (result.returncode, result.stdout) == (2, b""), arguments
    line = result.stderr.decode()
    assert line.startswith("corpuscli: ") and line.count("\n") == 1 and line.endswith("\n")
    return line


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["lst", DUMP], "'list'"),
        (["list", "--feilds", "number", DUMP], "'--fields'"),
        (["grep", "--only-match", "a", DUMP], "'--only-matching'"),
        (["list", "--fields", "numbr", DUMP], "'number'"),
        (["list", "--sort", "Words", DUMP], "'words'"),
        (["list", "--format", "jason", DUMP], "'json'"),
        (["list", "--layout", "archiv", DUMP], "'archive'"),
        (["grep", "--in", "titles", "a", DUMP], "'title'"),
        (["check", "--ignore", "no-bodies", DUMP], "'no-body'"),
        (["check", "--explain", "gap"], "'unexplained-gap'"),
        (["schema", "artikel"], "'article'"),
        (["schema", "article", "--fields", "titel"], "'title'"),
        (["layouts", "show", "plane"], "'plain'"),
        (["split", "-o", "x", "--name", "{numbr}", DUMP], "'number'"),
        (["completion", "fsh"], "'fish'"),
        ([DUMP], f"corpuscli list {DUMP}"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else "",
)
def test_the_nearest_is_suggested(corpuscli: Run, arguments: list[str], meant: str) -> None:
    assert meant in refused(corpuscli, *arguments)


def test_a_number_that_is_none_is_named(corpuscli: Run) -> None:
    assert "'--limit': 'ten' is no whole number" in refused(corpuscli, "list", "--limit", "ten")


def test_what_is_like_nothing_suggests_nothing(corpuscli: Run) -> None:
    assert "did you mean" not in refused(corpuscli, "list", "--xyzzy", DUMP)
    assert "did you mean" not in refused(corpuscli, "list", "--fields", "xyzzy", DUMP)


@pytest.mark.parametrize(
    "arguments",
    [
        ["grep", "-c", "-v", "a"],
        ["grep", "-c", "-l", "a"],
        ["grep", "-c", "-o", "a"],
        ["grep", "-l", "-o", "a"],
        ["grep", "-v", "-o", "a"],
        ["grep", "-q", "-l", "a"],
        ["grep", "-q", "-c", "a"],
        ["grep", "-q", "--json", "a"],
        ["grep", "--quiet", "--fields", "number", "a"],
        ["grep", "-c", "-C", "1", "a"],
        ["grep", "-o", "-C", "1", "a"],
        ["grep", "-v", "-C", "1", "a"],
        ["grep", "-i", "-S", "a"],
        ["list", "--json", "--header"],
        ["list", "--format", "jsonl", "--header"],
        ["list", "--json", "--format", "csv"],
        ["list", "-q", "--verbose"],
        ["list", "--fields", "number,title,number"],
        ["show", "--raw", "--json", "1"],
        ["show", "--raw", "--header", "1"],
        ["split", "--header"],
        ["split", "--as", "raw"],
        ["split", "-o", "-"],
        ["split", "-o", ""],
        ["split", "-o", "new", "--name", ""],
        ["dedupe-captions", "--report", "--backup", ".x"],
        ["dedupe-captions", "--report", "-o", "x"],
        ["dedupe-captions", "--report", "--in-place"],
        ["dedupe-captions", "--in-place", "-o", "x"],
        ["dedupe-captions", "--header"],
        ["dedupe-captions", "-o", "-"],
        ["check", "--explain", "all"],
        ["check", "--explain", "all", "--totals"],
    ],
    ids=" ".join,
)
def test_options_that_would_do_away_with_one_another_are_refused(
    corpuscli: Run, tmp_path: Path, arguments: list[str]
) -> None:
    refused(corpuscli, *arguments, DUMP)
    assert os.listdir(tmp_path) == []


def test_a_layout_that_is_shown_is_no_record(corpuscli: Run) -> None:
    refused(corpuscli, "layouts", "show", "page", "--json")


def test_split_writes_through_no_link(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there")
    for name in ("link", "link/"):
        assert "symbolic link" in refused(corpuscli, "split", "-o", name, DUMP)
    assert os.listdir(tmp_path / "there") == []


def test_what_goes_together_still_does(corpuscli: Run) -> None:
    for arguments in (["-l", "-v"], ["-q", "-v"], ["-q", "-m", "1"], ["-c", "--json"], ["-vl"]):
        result = corpuscli("grep", *arguments, "ferry", DUMP)
        assert (result.returncode, result.stderr) == (0, b""), arguments


def test_articles_may_be_sorted_by_how_often_they_match(corpuscli: Run) -> None:
    counted = corpuscli("grep", "-c", "--fields", "count", "the", DUMP).stdout.split()
    by_count = ["--sort", "count", "--reverse"]
    ordered = corpuscli("grep", "-c", *by_count, "--fields", "count", "the", DUMP)
    assert list(map(int, ordered.stdout.split())) == sorted(map(int, counted), reverse=True)
    assert len(set(counted)) > 1
    first = corpuscli("grep", "-l", *by_count, "--limit", "1", "--fields", "number", "the", DUMP)
    most = corpuscli("grep", "-c", *by_count, "--limit", "1", "--fields", "number", "the", DUMP)
    assert first.stdout == most.stdout != b""


def test_an_explanation_may_be_a_record(corpuscli: Run) -> None:
    one = json.loads(corpuscli("check", "--explain", "no-body", "--json").stdout)
    assert [record["code"] for record in one] == ["no-body"]
    assert list(one[0]) == ["code", "meaning", "why", "way_out"]
    every = corpuscli("check", "--explain", "all", "--fields", "code").stdout.splitlines()
    assert b"no-body" in every and len(every) > 10


def test_show_with_a_header_prints_records(corpuscli: Run) -> None:
    printed = corpuscli("show", "--header", "--format", "tsv", "2", DUMP).stdout
    assert printed == corpuscli("show", "--header", "2", DUMP).stdout
    assert printed.startswith(b"dump\tnumber\t")
