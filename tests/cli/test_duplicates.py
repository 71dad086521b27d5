"""`duplicates`, and --unique=near: which articles are the same, or nearly?"""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from compose import Page, render
from conftest import COMMAND, EXAMPLES, Run, environment
from screen import on_terminal
from stories import Writer

from .test_output import HOSTILE

HARBOUR = EXAMPLES / "harbour-news.txt"

WRITER = Writer(random.Random(1), "latin")
STORM = Page("Storm", tuple(WRITER.text(40) for _ in range(12)), captions=("1 May 2024: A boat.",))
UPDATE = Page("Storm: what we know", (*STORM.paragraphs, WRITER.text(20)))
CALM = Page("Calm", tuple(WRITER.text(40) for _ in range(5)))
MARKET = Page("Market", tuple(WRITER.text(40) for _ in range(8)))

MONDAY = render([CALM, STORM, MARKET])
TUESDAY = render([UPDATE, Page("Rain", (WRITER.text(40),)), MARKET])


@pytest.fixture(autouse=True)
def dumps(tmp_path: Path) -> None:
    (tmp_path / "monday").write_bytes(MONDAY)
    (tmp_path / "tuesday").write_bytes(TUESDAY)


def records(corpuscli: Run, *arguments: str | Path, **more: Any) -> list[dict[str, Any]]:
    result = corpuscli("duplicates", "--json", *arguments, **more)
    assert (result.returncode, result.stderr) == (0, b"")
    return list(json.loads(result.stdout))


def test_a_row_per_article_of_a_group_the_first_first(corpuscli: Run) -> None:
    result = corpuscli("duplicates", "--no-config", "monday", "tuesday")
    assert (result.returncode, result.stderr) == (0, b"")
    rows = [line.split("\t") for line in result.stdout.decode().splitlines()]
    storm, update, market, again = rows
    assert storm[:4] == ["1", "1.0", "monday", "2"]
    assert storm[5:] == ["2024-05-01", "480", "Storm"]
    assert update[:1] + update[2:4] == ["1", "tuesday", "1"] and 0.8 <= float(update[1]) < 1
    assert update[5:] == ["", "500", "Storm: what we know"]
    assert market[:4] == ["2", "1.0", "monday", "3"]
    assert again[:4] == ["2", "1.0", "tuesday", "3"] and market[4] == again[4]


def test_the_exit_code_is_1_if_there_are_none(corpuscli: Run) -> None:
    for option in ((), ("--exact",), ("--pairs",)):
        result = corpuscli("duplicates", *option, "monday")
        assert (result.returncode, result.stdout, result.stderr) == (1, b"", b"")
    assert corpuscli("duplicates", "--json", "monday").stdout == b"[]\n"
    assert corpuscli("duplicates", "-", stdin=b"\n\n").returncode == 1


def test_exact_is_the_same_title_and_paragraphs(corpuscli: Run) -> None:
    found = records(corpuscli, "--exact", "monday", "tuesday")
    assert [(r["dump"], r["number"]) for r in found] == [("monday", 3), ("tuesday", 3)]


def test_across_is_groups_of_several_dumps(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "wednesday").write_bytes(render([CALM, CALM]))
    found = records(corpuscli, "--across", "tuesday", "wednesday", "monday")
    assert [(r["group"], r["dump"], r["number"]) for r in found] == [
        (1, "tuesday", 1), (1, "monday", 2), (2, "tuesday", 3), (2, "monday", 3),
        (3, "wednesday", 1), (3, "wednesday", 2), (3, "monday", 1),
    ]  # fmt: skip
    assert corpuscli("duplicates", "--across", "wednesday").returncode == 1


def test_pairs_are_a_row_for_every_two(corpuscli: Run) -> None:
    found = records(corpuscli, "--pairs", "monday", "tuesday", "monday")
    places = [
        (r["group"], r["first_number"], r["first_dump"], r["second_number"], r["second_dump"])
        for r in found
    ]
    assert places == [
        (1, 1, "monday", 1, "monday"),
        (2, 2, "monday", 1, "tuesday"),
        (2, 2, "monday", 2, "monday"),
        (2, 1, "tuesday", 2, "monday"),
        (3, 3, "monday", 3, "tuesday"),
        (3, 3, "monday", 3, "monday"),
        (3, 3, "tuesday", 3, "monday"),
    ]
    assert [r["similarity"] == 1 for r in found] == [True, False, True, False, True, True, True]


def test_text_shows_what_differs(corpuscli: Run) -> None:
    result = corpuscli("duplicates", "--text", "1", "monday", "tuesday")
    assert (result.returncode, result.stderr) == (0, b"")
    lines = result.stdout.decode().splitlines()
    assert lines[0] == "changed: Storm: what we know"
    assert lines[1].startswith("--- monday: article 2, line ")
    assert lines[2].startswith("+++ tuesday: article 1, line ")
    assert lines[3:6] == ["@@ title @@", "-Storm", "+Storm: what we know"]
    assert lines[-2:] == [f"+{UPDATE.paragraphs[-1]}", ""]
    (change,) = records(corpuscli, "--text=1", "monday", "tuesday")
    assert [p["change"] for p in change["paragraphs"]] == ["added"]
    (same,) = records(corpuscli, "--text=2", "monday", "tuesday")
    assert (same["change"], same["paragraphs"]) == ("same", [])


def test_a_group_that_does_not_exist_is_a_usage_error(corpuscli: Run) -> None:
    result = corpuscli("duplicates", "--text", "3", "monday", "tuesday")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == b"corpuscli: no group 3 (there are 2 groups)\n"
    result = corpuscli("duplicates", "--text", "1", "monday")
    assert result.stderr == b"corpuscli: no group 1 (there are no duplicates)\n"


@pytest.mark.parametrize(
    "options",
    [
        ("--exact", "--threshold=0.9"),
        ("--pairs", "--text=1"),
        ("--threshold=0.1",),
        ("--text=0",),
        ("--threshold=nan",),
        ("--threshold=inf",),
    ],
)
def test_options_that_contradict_each_other_are_usage_errors(
    corpuscli: Run, options: tuple[str, ...]
) -> None:
    result = corpuscli("duplicates", *options, "monday")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.count(b"\n") == 1


def test_filters_say_which_articles_are_compared(corpuscli: Run) -> None:
    found = records(corpuscli, "--title=Market", "monday", "tuesday")
    assert [r["title"] for r in found] == ["Market", "Market"]
    result = corpuscli("duplicates", "--since=2024", "monday", "tuesday")
    assert result.returncode == 1
    assert result.stderr == b"corpuscli: 5 articles left out: no date\n"


BOTH = render([CALM, STORM, MARKET, UPDATE, Page("Rain", ("Falls.",)), MARKET])


def test_pipes_and_compressed_dumps_are_read_twice_as_well(corpuscli: Run, tmp_path: Path) -> None:
    def places(*arguments: str | Path, **more: Any) -> list[tuple[int, int]]:
        return [(r["group"], r["number"]) for r in records(corpuscli, *arguments, **more)]

    (tmp_path / "both").write_bytes(BOTH)
    (tmp_path / "both.gz").write_bytes(gzip.compress(BOTH))
    expected = [(1, 2), (1, 4), (2, 3), (2, 6)]
    assert places("both") == places("both.gz") == expected
    assert places("-", stdin=BOTH) == places("-", stdin=gzip.compress(BOTH)) == expected
    shell = f"{COMMAND} duplicates --fields group,number --header <(cat both)"
    done = subprocess.run(
        ["bash", "-c", shell], cwd=tmp_path, env=environment(), capture_output=True, check=True
    )
    assert done.stdout.split()[2:] == b"1 2 1 4 2 3 2 6".split()


def test_standard_input_may_be_a_file_that_was_read_from(tmp_path: Path) -> None:
    (tmp_path / "both").write_bytes(render([CALM]) + b"\n\n\n" + BOTH)
    skip = f"import os; os.read(0, {len(render([CALM]))})"
    skipping = f"{sys.executable} -c '{skip}'; {COMMAND} duplicates --fields number"
    with (tmp_path / "both").open("rb") as file:
        done = subprocess.run(
            ["bash", "-c", skipping], stdin=file, env=environment(), capture_output=True, check=True
        )
    assert done.stdout.split() == b"2 4 3 6".split()


def test_what_cannot_be_read_is_said_once(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(BOTH)[:-20])
    result = corpuscli("duplicates", "--fields=dump,number", "gone", "cut.gz", "monday")
    assert result.returncode == 2
    assert result.stderr.count(b"\n") == 2
    assert b"gone" in result.stderr and b"cut.gz" in result.stderr
    assert b"cut.gz\t2\n" in result.stdout
    result = corpuscli("list", "--unique=near", "--fields=dump,number", "gone", "cut.gz", "monday")
    assert (result.returncode, result.stderr.count(b"\n")) == (2, 3)


def test_on_a_terminal_groups_are_set_apart(tmp_path: Path) -> None:
    code, seen = on_terminal("duplicates", "--color=never", "monday", "tuesday", folder=tmp_path)
    assert code == 0
    blocks = seen.replace("\r", "").split("\n\n")
    assert len(blocks) == 3
    storm = blocks[0].splitlines()
    assert storm[0] == "1  Storm"
    assert storm[1].split()[:2] == ["1.00", "monday"]
    assert storm[2].split()[1] == "tuesday" and storm[2].endswith("Storm: what we know")
    assert blocks[1].splitlines()[0] == "2  Market"
    assert blocks[2].strip() == "4 articles in 2 groups"


def test_hostile_text_is_shown_on_a_terminal_and_not_obeyed(tmp_path: Path) -> None:
    pages = [Page(title, STORM.body) for title in HOSTILE]
    (tmp_path / "d").write_bytes(render([STORM, *pages]))
    code, seen = on_terminal("duplicates", "d", folder=tmp_path, columns=200)
    assert code == 0 and "\\x1b" in seen and "[bold]" in seen


def test_unique_near_takes_the_first_of_each_group(corpuscli: Run) -> None:
    result = corpuscli("list", "--unique=near", "--fields=dump,number", "monday", "tuesday")
    assert result.stdout == b"monday\t1\nmonday\t2\nmonday\t3\ntuesday\t2\n"
    note = b"corpuscli: 2 articles left out: the same, or nearly the same, as an earlier one\n"
    assert (result.returncode, result.stderr) == (0, note)
    result = corpuscli("split", "--unique=near", "-q", "--fields=number", "-", stdin=BOTH)
    assert (result.stdout, result.stderr) == (b'{"number":1}\n{"number":2}\n{"number":3}\n'
                                              b'{"number":5}\n', b"")  # fmt: skip


def test_unique_says_how_many_are_left_out(corpuscli: Run) -> None:
    for option in ("--unique", "--unique=exact"):
        result = corpuscli("list", option, "--fields=dump,number", "monday", "tuesday")
        assert result.stdout.count(b"\n") == 5
        assert result.stderr == b"corpuscli: 1 article left out: the same as an earlier one\n"
    result = corpuscli("list", "--unique=nearly", "monday")
    assert result.returncode == 2 and b"exact, near" in result.stderr


def test_a_search_finds_the_first_of_a_group_that_matches(corpuscli: Run) -> None:
    fixed = " ".join(UPDATE.paragraphs[-1].split()[3:9])
    result = corpuscli(
        "grep", "-l", "-F", "--unique=near", "--fields=dump,number", fixed, "monday", "tuesday"
    )
    assert result.stdout == b"tuesday\t1\n"


def test_a_pattern_that_looks_like_the_option_is_a_pattern(corpuscli: Run) -> None:
    dump = render([Page("T", ("It says --unique here.",))])
    for call in (("-F", "-e", "--unique"), ("-Fe", "--unique"), ("-F", "--", "--unique")):
        result = corpuscli("grep", "-c", "--fields=count", *call, "-", stdin=dump)
        assert result.stdout == b"1\n", result.stderr


def test_a_table_and_files_have_the_first_of_each_group(corpuscli: Run, tmp_path: Path) -> None:
    result = corpuscli("split", "--unique=near", "-o", "out", "monday", "tuesday")
    assert result.returncode == 0
    assert len(os.listdir(tmp_path / "out")) == 4
    result = corpuscli("split", "--unique=near", "-o", "parts", "--as", "jsonl", "monday")
    assert result.returncode == 2 and b"--unique" in result.stderr


def test_stats_counts_near_duplicates_if_asked(corpuscli: Run) -> None:
    fields = "--fields=dump,near_duplicate_articles"
    result = corpuscli("stats", "--near", fields, "monday", "tuesday", "monday")
    assert result.stdout == b"monday\t0\ntuesday\t0\nmonday\t0\n\t5\n"
    assert corpuscli("stats", fields, "monday").stdout == b"monday\t\n"
    assert corpuscli("stats", "--near", fields, "-", stdin=BOTH).stdout == b"-\t2\n"
    result = corpuscli("stats", "--near", "--group-by=credit", "monday")
    assert result.returncode == 2


def test_without_its_library_only_exact_duplicates_are_found(
    corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "rensa.py").write_text("raise ImportError\n")
    path = str(tmp_path / "lib")
    for call in (("duplicates",), ("list", "--unique=near"), ("stats", "--near")):
        result = corpuscli(*call, "monday", PYTHONPATH=path)
        assert (result.returncode, result.stdout) == (2, b"")
        assert result.stderr.startswith(b"corpuscli: near duplicates need rensa")
        assert result.stderr.count(b"\n") == 1
    result = corpuscli("duplicates", "--exact", "--fields=number", "monday", "tuesday",
                       PYTHONPATH=path)  # fmt: skip
    assert result.stdout == b"3\n3\n"


def test_check_knows_exact_duplicates_only(corpuscli: Run) -> None:
    result = corpuscli("check", "--fields=number,code", "-", stdin=BOTH)
    assert result.stdout == b"6\tduplicate-article\n"


def test_a_dump_that_changes_meanwhile_is_an_error(corpuscli: Run, tmp_path: Path) -> None:
    """What is read the second time must be what was read the first time."""
    from corpuscli.inspection.duplicates import Search, Wanted, make_copies, make_sketches
    from corpuscli.reader.reading import Options, read_source
    from corpuscli.source import open_source

    def pieces(path: Path) -> Any:
        with open_source(str(path)) as source:
            reading = read_source(source, Options())
            return reading, list(reading.pieces)

    with Search(0.8) as search:
        search.begin_dump()
        (tmp_path / "both").write_bytes(BOTH)
        search.add(make_sketches(Wanted(), *pieces(tmp_path / "both")))
        flags = search.flags(told=True)
        assert search.keep(0, make_copies(flags, *pieces(tmp_path / "both")))
        (tmp_path / "both").write_bytes(BOTH.replace(b"Market", b"Morket"))
        assert not search.keep(0, make_copies(flags, *pieces(tmp_path / "both")))


def test_a_story_under_many_headlines_is_one_story(corpuscli: Run, tmp_path: Path) -> None:
    story = tuple(WRITER.text(40) for _ in range(8))
    pages = [Page(f"{WRITER.text(6)} {n}", story) for n in range(30)]
    (tmp_path / "wire").write_bytes(render(pages))
    found = records(corpuscli, "wire")
    assert [row["number"] for row in found] == list(range(1, 31))


def test_a_notice_under_many_headlines_is_no_story(corpuscli: Run, tmp_path: Path) -> None:
    notice = tuple(WRITER.text(30) for _ in range(3))
    pages = [Page(f"{WRITER.text(6)} {n}", notice) for n in range(30)]
    (tmp_path / "notices").write_bytes(render(pages))
    assert corpuscli("duplicates", "notices").returncode == 1
