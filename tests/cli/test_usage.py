"""Usage errors: one line that names what is wrong, and what may have been meant."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import EXAMPLES, Run

DUMP = str(EXAMPLES / "harbour-news.txt")


def refused(corpuscli: Run, *arguments: str) -> str:
    """Return the message for a call that makes no sense."""
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


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["split", "-o", "x", "--name", "{", DUMP], "a { or } has no partner"),
        (["split", "-o", "x", "--name", "{id!r}", DUMP], "{id!r} has too much in it; write {id}"),
        (["split", "-o", "x", "--name", "{line:c}", DUMP], "write {line} or {line:05}"),
        (["split", "-o", "x", "--name", "{title:d}", DUMP], "write {title} or {title:.20}"),
        (["list", "--limit", "ten"], "--limit: 'ten' is not a whole number"),
        (["list", "--limit", "-1"], "--limit: -1 is too small; write 0 or more"),
        (["grep", "-C", "-2", "a"], "--context: -2 is too small"),
        (["list", "--limit"], "--limit needs a value: --limit N"),
        (["list", "--since"], "--since needs a value: --since DATE"),
        (["list", "--json=x"], "--json takes no value"),
        (["diff", "one.txt"], "NEW is missing: corpuscli diff OLD NEW"),
        (["config", "x"], "unexpected argument: x;"),
        (["search", "ferry", "a b"], "use: corpuscli grep ferry 'a b'"),
        (["count", "a.txt"], "use: corpuscli stats --fields articles a.txt"),
        (["cat", "2", "a.txt"], "use: corpuscli show 2 a.txt"),
        (["view", "2", "a.txt"], "use: corpuscli show 2 a.txt"),
        (["ls"], "use: corpuscli list"),
        (["version"], "use: corpuscli --version"),
        (["--json", "list", "a.txt"], "comes after the command: corpuscli list --json a.txt"),
        (["--limit", "3", "list", "a"], "comes after the command: corpuscli list --limit 3 a"),
        (["grep", "-n", "a"], "every row has its line already"),
        (["grep", "-r", "a"], "a directory means all dumps below it"),
        (["grep", "-L", "a"], "-v lists the articles without a match"),
        (["grep", DUMP, "ferry"], f"the pattern comes first: corpuscli grep ferry {DUMP}"),
        (["grep"], "corpuscli grep PATTERN DUMP"),
        (["show", "2", "3", DUMP], f"commas: corpuscli show 2,3 {DUMP}"),
        (["show", "Bakers", DUMP], f"corpuscli show --title Bakers {DUMP}"),
        (["show", "Two Words"], "corpuscli show --title 'Two Words' DUMP"),
        (["show", DUMP], f"'corpuscli list {DUMP}' lists them"),
        (["show"], "which article?"),
        (["show", "-1", DUMP], "last is the last article, last-1 the one before it"),
        (["show", "last-2000", DUMP], "1,000 articles at most"),
        (["list", "--since", "soon", DUMP], "'soon' is not a date; write 2024"),
        (["list", "--since", "2024-02-05 to 2024-02-10", DUMP], "--since DATE --until DATE"),
        (["list", "--since", "2024-02-05,2024-02-10", DUMP], "--since DATE --until DATE"),
        (["list", "--since", "<2024-02-05", DUMP], "'<2024-02-05' is not a date"),
        (["list", "--since", "not 2024-02-05", DUMP], "'not 2024-02-05' is not a date"),
        (["list", "--until", "5 March 2024 or so", DUMP], "or so' is not a date"),
        (["list", "--until", "2024-02-05x", DUMP], "'2024-02-05x' is not a date"),
        (["show", DUMP, "3"], f"the selector comes first: corpuscli show 3 {DUMP}"),
        (["show", "3", "--title", "Bakers", DUMP], "--title, --since and --until replace"),
        (["list", "--json", "title,number", DUMP], "--fields title,number --json"),
        (["list", "--unique", "near", DUMP], "write --unique=near"),
        (["list", "--count", DUMP], "'corpuscli stats --fields articles' counts them"),
        (["list", "--head", "5", DUMP], "--limit N takes the first N"),
        (["list", "-5", DUMP], "--limit 5 takes the first 5"),
        (["grep", "-5", "ferry", DUMP], "-C 5 prints 5 paragraphs around a match"),
        (["list", "--csv", DUMP], "--format csv"),
        (["dedupe-captions", "--dry-run", DUMP], "--report says what would be deleted"),
        (["diff", "-u", "a", "b"], "--text shows what changed"),
        (["-V"], "write --version"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else "",
)
def test_a_habit_gets_the_answer_that_was_wanted(
    corpuscli: Run, arguments: list[str], answer: str
) -> None:
    said = refused(corpuscli, *arguments)
    assert answer in said
    assert "Usage:" not in said and "Invalid value" not in said and "argument(" not in said


def test_what_is_like_nothing_suggests_nothing(corpuscli: Run) -> None:
    assert "did you mean" not in refused(corpuscli, "list", "--xyzzy", DUMP)
    # All options begin with the same two letters.
    assert "did you mean" not in refused(corpuscli, "grep", "--include-me", "ferry", DUMP)
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
        ["grep", "-o", "-A", "1", "-B", "1", "a"],
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


@pytest.mark.parametrize(
    "day",
    ["5 March 2024", "Tuesday, 5 March 2024", "5 de marzo de 2024", "2024年3月5日", "5.3.2024"],
)
def test_a_day_may_be_written_in_any_way(corpuscli: Run, day: str) -> None:
    assert corpuscli("list", "--since", day, DUMP).stdout == (
        corpuscli("list", "--since", "2024-03-05", DUMP).stdout
    )


def test_without_any_dump_an_empty_standard_input_is_named(corpuscli: Run) -> None:
    said = corpuscli("list", stdin=b"").stderr
    assert said == b"corpuscli: standard input is empty; name a dump, or pipe one in\n"


def test_codes_to_ignore_may_be_separated_by_commas(corpuscli: Run) -> None:
    apart = ["--ignore", "no-title", "--ignore", "unexplained-gap"]
    together = ["--ignore", "no-title,unexplained-gap"]
    assert corpuscli("check", *together, DUMP).stdout == corpuscli("check", *apart, DUMP).stdout
    assert b"no-title" not in corpuscli("check", *together, DUMP).stdout
