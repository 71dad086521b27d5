"""`stats`: what is in this dump, in figures and pictures?"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from compose import Page, render
from conftest import COMMAND, DATA, EXAMPLES, Run, environment
from screen import on_terminal

from .test_output import HOSTILE, assert_one_line

HARBOUR = EXAMPLES / "harbour-news.txt"
ARABIC = DATA / "arabic.txt"
DUMPS = [HARBOUR, ARABIC]


def stats(corpuscli: Run, *arguments: str | Path, stdin: bytes = b"") -> list[dict[str, Any]]:
    result = corpuscli("stats", "--json", *arguments, stdin=stdin)
    assert (result.returncode, result.stderr) == (0, b"")
    return list(json.loads(result.stdout))


def test_the_figures_agree_with_the_other_commands(corpuscli: Run) -> None:
    (record,) = stats(corpuscli, HARBOUR)
    (totals,) = json.loads(corpuscli("check", "--totals", "--json", HARBOUR).stdout)
    for name in ("dump", "layout", "encoding", "articles"):
        assert record[name] == totals[name]
    for name in ("header_bytes", "body_bytes", "other_bytes"):
        assert record[name] == totals[name]
    assert record["evidence"] == {name: totals[name] for name in record["evidence"]}
    codes = corpuscli("check", "--fields=code", HARBOUR).stdout.decode().split()
    assert {k: n for k, n in record["problems"].items() if n} == {k: codes.count(k) for k in codes}
    articles = [json.loads(line) for line in corpuscli("split", HARBOUR).stdout.splitlines()]
    captions = [caption for article in articles for caption in article["captions"]]
    assert record["words"] == sum(article["words"] for article in articles)
    assert record["most_words"] == max(article["words"] for article in articles)
    assert record["captions"] == len(captions)
    assert record["first_date"] == min(caption["date"] for caption in captions)
    assert record["last_date"] == max(caption["date"] for caption in captions)
    credits = [caption["credit"] for caption in captions]
    for entry in record["credits"]:
        assert entry["captions"] == credits.count(entry["credit"])
    assert record["distinct_credits"] == len(set(credits))


def test_piped_it_prints_a_figure_a_row(corpuscli: Run) -> None:
    result = corpuscli("stats", HARBOUR)
    assert (result.returncode, result.stderr) == (0, b"")
    rows = [line.split("\t") for line in result.stdout.decode().splitlines()]
    assert {row[0] for row in rows} == {str(HARBOUR)}
    assert [str(HARBOUR), "total", "articles", "18"] in rows
    assert [str(HARBOUR), "credits", "dpa", "4"] in rows
    printed = corpuscli("stats", "--format=csv", HARBOUR).stdout.decode()
    assert list(csv.reader(io.StringIO(printed))) == [["dump", "group", "key", "value"], *rows]


def test_fields_are_those_of_the_record_in_every_format(corpuscli: Run) -> None:
    fields = "--fields=articles,first_date,evidence"
    (record,) = stats(corpuscli, fields, HARBOUR)
    assert list(record) == ["articles", "first_date", "evidence"]
    row = corpuscli("stats", fields, HARBOUR).stdout.decode().rstrip("\n").split("\t")
    assert row[:2] == ["18", "2022-05-02"]
    assert json.loads(row[2]) == record["evidence"]
    result = corpuscli("stats", "--fields=key", HARBOUR)
    assert result.returncode == 2
    assert b"duplicate_articles" in result.stderr and result.stderr.count(b"\n") == 1


def test_several_dumps_are_counted_each_and_together(corpuscli: Run) -> None:
    one, other, both = stats(corpuscli, *DUMPS)
    assert (one["dump"], other["dump"], both["dump"]) == (*map(str, DUMPS), None)
    assert both["layout"] is both["encoding"] is None
    for name in ("articles", "words", "captions", "duplicate_captions", "body_bytes"):
        assert both[name] == one[name] + other[name]
    assert both["first_date"] == min(one["first_date"], other["first_date"])
    assert [one] == stats(corpuscli, HARBOUR)
    joined = corpuscli("stats", *DUMPS).stdout.decode().splitlines()
    assert f"\ttotal\tarticles\t{both['articles']}" in joined


def test_an_article_that_stands_in_two_dumps_is_a_duplicate_only_of_both_together(
    corpuscli: Run,
) -> None:
    one, again, both = stats(corpuscli, HARBOUR, HARBOUR)
    assert one == again
    assert one["duplicate_articles"] == one["problems"]["duplicate-article"] == 1
    assert both["duplicate_articles"] == 1 + 18


@pytest.mark.parametrize("options", [("--json",), ("--group-by=credit",)])
def test_the_cuts_and_the_way_in_change_nothing(
    corpuscli: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    data = HARBOUR.read_bytes() * 5
    (tmp_path / "-").write_bytes(data)
    plain = corpuscli("stats", *options, "--jobs=1", "./-").stdout.replace(b"./-", b"-")
    assert plain
    cuts = ("--jobs=3", "--shard-size=1")
    assert corpuscli("stats", *options, *cuts, "./-").stdout.replace(b"./-", b"-") == plain
    for jobs, stdin in (("1", data), ("2", gzip.compress(data))):
        result = corpuscli("stats", *options, "--jobs", jobs, stdin=stdin)
        assert (result.returncode, result.stdout, result.stderr) == (0, plain, b"")


def test_filters_choose_what_is_counted(corpuscli: Run) -> None:
    result = corpuscli("stats", "--json", "--since=2024", "--until=2024-02", HARBOUR)
    listed = corpuscli("list", "--json", "--since=2024", "--until=2024-02", HARBOUR)
    (record,), articles = json.loads(result.stdout), json.loads(listed.stdout)
    assert record["articles"] == len(articles) > 0
    assert record["words"] == sum(article["words"] for article in articles)
    assert result.stderr == listed.stderr == b"corpuscli: 5 articles left out: no date\n"
    assert stats(corpuscli, "--title=Cod", HARBOUR)[0]["articles"] == 2
    assert stats(corpuscli, "--title=no such title", HARBOUR)[0]["header_bytes"] == 0


@pytest.mark.parametrize("by", ["credit", "place", "year"])
def test_groups_are_a_row_each(corpuscli: Run, by: str) -> None:
    result = corpuscli("stats", "--group-by", by, "--json", HARBOUR)
    groups = json.loads(result.stdout)
    assert (result.returncode, result.stderr) == (0, b"")
    assert {group["by"] for group in groups} == {by}
    assert groups[-1]["key"] is None
    assert len({group["key"] for group in groups}) == len(groups)
    rows = corpuscli("stats", "--group-by", by, HARBOUR).stdout.decode().splitlines()
    assert len(rows) == len(groups)
    top = corpuscli("stats", "--group-by", by, "--top=1", "--fields=key", HARBOUR)
    assert len(top.stdout.splitlines()) == 2
    table = corpuscli("stats", "--group-by", by, "--format=table", HARBOUR).stdout.decode()
    assert table.split()[:3] == ["key", "articles", "words"]


def test_groups_of_a_year_are_what_list_finds(corpuscli: Run) -> None:
    groups = json.loads(corpuscli("stats", "--group-by=year", "--json", HARBOUR).stdout)
    for group in groups[:-1]:
        year = group["key"]
        listed = corpuscli("list", "--quiet", "--since", year, "--until", year, HARBOUR)
        assert group["articles"] == len(listed.stdout.splitlines())


def test_top_says_how_many_credits_and_places(corpuscli: Run) -> None:
    (record,) = stats(corpuscli, "--top=2", HARBOUR)
    assert (len(record["credits"]), len(record["places"])) == (2, 2)
    assert record["distinct_credits"] == 10
    assert corpuscli("stats", "--top=0", HARBOUR).returncode == 2


def test_an_empty_dump_has_all_fields(corpuscli: Run) -> None:
    (empty,) = stats(corpuscli, "-q")
    (full,) = stats(corpuscli, HARBOUR)
    assert list(empty) == list(full)
    assert (empty["articles"], empty["median_words"], empty["first_date"]) == (0, None, None)
    (blank,) = stats(corpuscli, "-q", stdin=b"\n" * 9)
    assert (blank["articles"], blank["other_bytes"]) == (0, 9)


def test_of_a_dump_that_cannot_be_read_to_its_end_the_articles_before_are_counted(
    corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(HARBOUR.read_bytes())[:-9])
    listed = json.loads(corpuscli("list", "--json", "cut.gz").stdout)
    result = corpuscli("stats", "--json", "missing", "cut.gz", ARABIC)
    cut, other, both = json.loads(result.stdout)
    assert result.returncode == 2
    assert result.stderr.count(b"\n") == 2
    assert cut["articles"] == len(listed) > 0
    assert cut["words"] == sum(article["words"] for article in listed)
    assert both["articles"] == cut["articles"] + other["articles"]


def test_no_report_is_written_of_a_dump_that_cannot_be_read_to_its_end(
    corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(HARBOUR.read_bytes())[:-9])
    for option, name in (("--svg", "x.svg"), ("--html", "x.html"), ("-o", "x.json")):
        assert corpuscli("stats", option, name, "cut.gz").returncode == 2
        assert not (tmp_path / name).exists()


# Pictures


@pytest.mark.parametrize("columns", [1, 12, 40, 80, 120, 200])
def test_on_a_terminal_the_figures_are_drawn_and_fit(tmp_path: Path, columns: int) -> None:
    code, seen = on_terminal(
        "stats", "--color=never", *DUMPS, folder=tmp_path, columns=columns, rows=50
    )
    assert code == 0
    lines = seen.splitlines()
    if columns >= 40:
        assert max(map(width, lines)) <= columns
        assert "All dumps together" in lines
        assert any(re.search(r"2024 Q1 9 █+", line) for line in lines)
        assert any(line.startswith("Credits") for line in lines)
        side_by_side = any("Photo dates" in line and "Article lengths" in line for line in lines)
        assert side_by_side == (columns >= 100)


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def test_colour_is_as_wanted(tmp_path: Path) -> None:
    assert "\x1b[36m" in on_terminal("stats", HARBOUR, folder=tmp_path)[1]
    for changes in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_terminal("stats", HARBOUR, folder=tmp_path, changes=changes)[1]


def test_a_picture_can_be_piped(corpuscli: Run) -> None:
    result = corpuscli("stats", "--format=table", HARBOUR)
    lines = result.stdout.decode().splitlines()
    assert "Photo dates  photos" in lines
    assert max(map(len, lines)) <= 80
    assert not any(line.endswith(" ") for line in lines)


def hostile_dump() -> bytes:
    """A dump whose credits and places try to drive what shows them."""
    names = [text.replace("\0", "").replace("\r", "") for text in HOSTILE]
    captions = [f"1 March 2024, Velmark, {n}: A boat. Photo: {n} <b>/dpa" for n in names]
    return render([Page(f"Title {n}", ("Body.",), captions=(c,)) for n, c in enumerate(captions)])


def test_text_of_the_dump_drives_neither_terminal_nor_browser(
    corpuscli: Run, tmp_path: Path
) -> None:
    name = "\x1b[2J<script>x[bold]"
    (tmp_path / name).write_bytes(hostile_dump())
    code, seen = on_terminal("stats", "--color=never", "--top=99", name, folder=tmp_path)
    assert code == 0
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", seen
    )
    assert "[bold]" in seen
    result = corpuscli("stats", "--top=99", "--svg=r.svg", "--html=r.html", name)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    for report in ("r.svg", "r.html"):
        text = (tmp_path / report).read_text("utf-8")
        assert "<script" not in text and "<b>" not in text
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


# Reports


def test_reports_are_written_whole_and_nothing_is_printed(corpuscli: Run, tmp_path: Path) -> None:
    result = corpuscli("stats", "--svg", "r.svg", "--html", "r.html", *DUMPS)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    assert sorted(os.listdir(tmp_path)) == ["r.html", "r.svg"]
    root = ElementTree.parse(tmp_path / "r.svg").getroot()
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "All dumps together" in texts and "2024 Q1" in texts
    page = (tmp_path / "r.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>") and page.endswith("</html>\n")
    assert page.count("<article>") == page.count("</article>") == 3
    for text in (page, (tmp_path / "r.svg").read_text("utf-8")):
        assert "prefers-color-scheme: dark" in text
        assert not re.search(r"<script|src=|href|@import|url\(", text)


def test_a_report_and_records_are_both_given_when_both_are_asked_for(
    corpuscli: Run, tmp_path: Path
) -> None:
    result = corpuscli("stats", "--html", "r.html", "--json", HARBOUR)
    assert json.loads(result.stdout) == stats(corpuscli, HARBOUR)
    assert (tmp_path / "r.html").exists()


def test_no_report_is_written_of_dumps_that_could_not_be_read(
    corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "r.html").write_text("old")
    result = corpuscli("stats", "--html", "r.html", "--svg", "r.svg", HARBOUR, "missing")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == b"corpuscli: missing: No such file or directory\n"
    assert os.listdir(tmp_path) == ["r.html"]
    assert (tmp_path / "r.html").read_text() == "old"


def test_a_report_never_takes_the_place_of_a_dump(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(HARBOUR.read_bytes())
    (tmp_path / "link").symlink_to("dump")
    for name in ("dump", "link"):
        result = corpuscli("stats", "--svg", name, "dump")
        assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert (tmp_path / "dump").read_bytes() == HARBOUR.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--svg", "r", "--html", "./r"], b"same file"),
        (["--svg", "r", "--group-by", "year"], b"--group-by"),
        (["--svg", "no/such/folder/r"], b"no/such/folder/r"),
        (["--group-by", "title"], b"credit, place, year"),
    ],
)
def test_what_does_not_go_together_is_said_in_one_line(
    corpuscli: Run, tmp_path: Path, arguments: list[str], said: bytes
) -> None:
    result = corpuscli("stats", *arguments, HARBOUR)
    assert (result.returncode, result.stdout) == (2, b"")
    assert said in result.stderr and result.stderr.count(b"\n") == 1
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("arguments", [["stats"], ["stats", "--json"], ["diff", "--json", ARABIC]])
def test_a_full_disk_is_an_error_in_a_line(arguments: list[str | Path]) -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [COMMAND, *arguments, HARBOUR], stdout=full, stderr=subprocess.PIPE, env=environment()
        )
    assert_one_line(result)
    assert b"No space left on device" in result.stderr


def test_a_report_that_cannot_be_written_is_an_error_in_a_line(
    corpuscli: Run, tmp_path: Path
) -> None:
    result = corpuscli("stats", "--svg", "r.svg", "--html", "/dev/full", HARBOUR)
    assert_one_line(result)
    assert b"/dev/full: No space left on device" in result.stderr
    assert os.listdir(tmp_path) == []


def test_help_states_the_memory_it_takes(corpuscli: Run) -> None:
    words = b" ".join(corpuscli("stats", "--help").stdout.split())
    assert b"about 16 bytes of memory per article" in words
    assert b"100,000 different" in words
