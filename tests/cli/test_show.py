"""`show`: what does article N say?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from compose import Page, Photo, render
from conftest import DATA, EXAMPLES, Run

SEED = DATA / "seed.txt"
HARBOUR = EXAMPLES / "harbour-news.txt"
FULL = Page(
    "The Title",
    ("First paragraph.", Photo("A photo in the body. (dpa)"), "Second paragraph."),
    deck="The deck",
    captions=("One caption. (AFP)", "Another caption. (AFP)"),
)
OPINION = Page("In Praise of Tea", ("Tea is good.", "So is rain."), author="Ada", role="Brewer")
PAPERS = render([FULL, OPINION, Page("Third", ("Third body.",)), Page("Fourth", ("4th body.",))])


def records(stdout: bytes) -> list[dict[str, Any]]:
    parsed: list[dict[str, Any]] = json.loads(stdout)
    return parsed


def numbers(corpuscli: Run, selector: str, dump: bytes = PAPERS) -> list[int]:
    """The articles that are shown, without any message."""
    result = corpuscli("show", "--json", selector, stdin=dump)
    assert (result.returncode, result.stderr) == (0, b"")
    return [record["number"] for record in records(result.stdout)]


def test_the_text_has_every_part_once_with_a_blank_line_between(corpuscli: Run) -> None:
    result = corpuscli("show", "1", stdin=PAPERS)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode() == (
        "The Title\n\nThe deck\n\nOne caption. (AFP)\n\nAnother caption. (AFP)\n\n"
        "A photo in the body. (dpa)\n\nFirst paragraph.\n\nSecond paragraph.\n"
    )


def test_the_byline_stands_below_the_title(corpuscli: Run) -> None:
    result = corpuscli("show", "2", "-", stdin=PAPERS)
    assert result.stdout == b"In Praise of Tea\n\nAda, Brewer\n\nTea is good.\n\nSo is rain.\n"


def test_text_without_title_begins_with_its_first_paragraph(corpuscli: Run) -> None:
    first = corpuscli("show", "1", DATA / "headless.txt").stdout.decode()
    assert first == (
        "… and the last boat of the day was full.\n\n"
        "It will sail again on Sunday, the company said.\n"
    )


def test_text_keeps_its_characters_and_loses_its_margins(corpuscli: Run) -> None:
    odd = "a\u2028b  c\N{NO-BREAK SPACE}d\te [bold]x[/bold] \\"
    result = corpuscli(
        "show", "1", stdin=render([Page("T", ("x", odd), noise=frozenset(["padded"]))])
    )
    assert result.stdout.decode() == f"T\n\nx\n\n{odd}\n"


def test_the_real_dump_is_shown_clean(corpuscli: Run, seed: Path) -> None:
    blocks = corpuscli("show", "1", seed).stdout.decode().rstrip("\n").split("\n\n")
    assert len(blocks) == 1 + 1 + 16
    assert blocks[1].startswith("18 August 2018, Brandenburg, Meseberg: ")
    first, second = records(corpuscli("show", "1-2", "--json", seed).stdout)
    assert first["captions"][0] | {"text": ""} == {
        "text": "",
        "date": "2018-08-18",
        "place": "Brandenburg, Meseberg",
        "credit": "dpa",
        "copies": 4,
    }
    assert second["captions"][0] | {"text": ""} == {
        "text": "",
        "date": "2025-06-11",
        "place": "United Kingdom, Dover",
        "credit": "Gareth Fuller/PA Wire/dpa",
        "copies": 4,
    }


@pytest.mark.parametrize(
    ("selector", "shown"),
    [
        ("last", [4]),
        ("2-3", [2, 3]),
        ("3-", [3, 4]),
        ("4,1", [1, 4]),
        ("last,2,2,1-2", [1, 2, 4]),
    ],
)
def test_a_selector_picks_articles_in_dump_order(
    corpuscli: Run, selector: str, shown: list[int]
) -> None:
    assert numbers(corpuscli, selector) == shown


def test_articles_are_picked_by_the_prefix_of_an_id(corpuscli: Run) -> None:
    ids = [record["id"] for record in records(corpuscli("list", "--json", stdin=PAPERS).stdout)]
    assert numbers(corpuscli, f"id:{ids[2][:4]}") == [3]
    assert numbers(corpuscli, f"id:{ids[2]}") == [3]
    assert numbers(corpuscli, f"id:{ids[3][:6].upper()},id:{ids[0]}") == [1, 4]


def test_an_id_that_articles_share_shows_them_all(corpuscli: Run) -> None:
    twice = [
        record["number"]
        for record in records(corpuscli("list", "--json", HARBOUR).stdout)
        if record["title"] == "Cod Prices Climb as the Fleet Stays in Port"
    ]
    assert len(twice) == 2
    shared = records(corpuscli("show", "--json", str(twice[0]), HARBOUR).stdout)[0]["id"]
    shown = records(corpuscli("show", "--json", f"id:{shared}", HARBOUR).stdout)
    assert [record["number"] for record in shown] == twice


@pytest.mark.parametrize(
    "selector",
    ["", "0", "x", "-1", "3-2", "id:abc", "id:xyzw", "²"],
)
def test_what_is_no_selector_is_a_usage_error(corpuscli: Run, selector: str) -> None:
    result = corpuscli("show", "--", selector, SEED)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"corpuscli: ")
    assert result.stderr.count(b"\n") == 1


def test_a_number_that_is_not_there_is_exit_code_1_and_the_others_print(corpuscli: Run) -> None:
    result = corpuscli("show", "2,9", SEED)
    assert result.returncode == 1
    assert result.stdout == corpuscli("show", "2", SEED).stdout
    assert result.stderr.startswith(b"corpuscli: ")
    assert result.stderr.count(b"\n") == 1
    assert b"9" in result.stderr.replace(str(SEED).encode(), b"")


def test_an_id_that_is_not_there_is_exit_code_1(corpuscli: Run) -> None:
    result = corpuscli("show", "id:ffff", SEED)
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"ffff" in result.stderr and result.stderr.count(b"\n") == 1
    empty = corpuscli("show", "last", "-", stdin=b"")
    assert (empty.returncode, empty.stdout) == (1, b"")
    assert empty.stderr.decode().splitlines() == [
        "corpuscli: -: is empty: it has no articles",
        "corpuscli: -: no article last (this dump has 0)",
    ]


def test_a_huge_number_is_not_there(corpuscli: Run) -> None:
    for selector in ("99999999999999999999999", "7" * 5000, f"5-{'9' * 5000}"):
        result = corpuscli("show", selector, SEED)
        assert (result.returncode, result.stdout) == (1, b"")
        assert result.stderr.count(b"\n") == 1


def test_raw_is_the_bytes_of_the_article(corpuscli: Run) -> None:
    for name in ("mixed", "crlf", "leading-blanks"):
        dump = DATA / f"{name}.txt"
        whole = dump.read_bytes()
        assert corpuscli("show", "--raw", "1-", dump).stdout == whole
        for line in dump.with_suffix(".jsonl").read_text("utf-8").splitlines()[:1]:
            record = json.loads(line)
            raw = corpuscli("show", "--raw", "1", dump).stdout
            assert raw == whole[record["start"] : record["end"]]


def test_raw_passes_bytes_that_are_no_text(corpuscli: Run) -> None:
    dump = b"T\n\nTT\n\nT\n\n\xff\xfe\x00 \x1b[31m\r\n"
    assert corpuscli("show", "--raw", "last", stdin=dump).stdout == dump
    text = corpuscli("show", "last", stdin=dump).stdout
    assert "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}\0 \x1b[31m" in text.decode()


def test_json_is_the_whole_record(corpuscli: Run) -> None:
    dump = DATA / "several-photos.txt"
    lines = dump.with_suffix(".jsonl").read_text("utf-8").splitlines()
    result = corpuscli("show", "--json", "1-", dump)
    for record, line in zip(records(result.stdout), lines, strict=True):
        right = json.loads(line)
        assert {name: record[name] for name in right} == right
    assert corpuscli("show", "--format=jsonl", "1-", dump).stdout == corpuscli("split", dump).stdout


def test_show_prints_the_fields_asked_for(corpuscli: Run) -> None:
    result = corpuscli("show", "--json", "--fields=words,id", "last", SEED)
    assert records(result.stdout) == [{"words": 42, "id": "f9a704fd63cc"}]


def test_an_article_is_looked_for_in_every_dump(corpuscli: Run) -> None:
    result = corpuscli("show", "--json", "last", SEED, DATA / "mixed.txt", SEED)
    assert [(Path(r["dump"]).stem, r["number"]) for r in records(result.stdout)] == [
        ("seed", 2),
        ("mixed", len((DATA / "mixed.jsonl").read_text("utf-8").splitlines())),
        ("seed", 2),
    ]
    text = corpuscli("show", "last", SEED, SEED).stdout
    once = corpuscli("show", "last", SEED).stdout
    assert text.count(once) == 2


def test_show_without_a_selector_is_a_usage_error(corpuscli: Run) -> None:
    result = corpuscli("show")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.count(b"\n") == 1


# What people ask for


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("first", [1]),
        ("last-1", [17]),
        ("last-3,last", [15, 18]),
        ("last-2,17,first", [1, 16, 17]),
        ("17,last-1", [17]),
        ("last-17", [1]),
        ("f00a506adf4b", [3, 15]),
        ("f00a50,LAST", [3, 15, 18]),
    ],
)
def test_articles_by_what_people_know(corpuscli: Run, selector: str, found: list[int]) -> None:
    for jobs in ("1", "2"):
        options = ("-j", jobs, "--shard-size", "20000")
        done = corpuscli("show", "--fields", "number", *options, selector, HARBOUR)
        assert (done.returncode, done.stderr) == (0, b"")
        assert [int(line) for line in done.stdout.split()] == found


def test_what_is_before_the_first_is_not_there(corpuscli: Run) -> None:
    done = corpuscli("show", "--fields", "number", "last-18,last-99,2", HARBOUR)
    assert (done.returncode, done.stdout) == (1, b"2\n")
    assert [line.split(": ")[-1] for line in done.stderr.decode().splitlines()] == [
        "no article last-18 (this dump has 18)",
        "no article last-99 (this dump has 18)",
    ]


def test_articles_by_title_and_date(corpuscli: Run) -> None:
    by_title = corpuscli("show", "--title", "^Bakers", "--fields", "number", HARBOUR)
    assert (by_title.returncode, by_title.stdout) == (0, b"4\n")
    dates = ("--since", "2024-03-06", "--until", "2024-03-06")
    by_date = corpuscli("show", *dates, "--fields", "number", "-q", HARBOUR)
    assert by_date.stdout == b"12\n"
    both = corpuscli("show", "--title", "Bakers", HARBOUR)
    assert both.stdout == corpuscli("show", "4", HARBOUR).stdout
    nothing = corpuscli("show", "--title", "nowhere", HARBOUR, HARBOUR)
    assert (nothing.returncode, nothing.stdout) == (1, b"")
    assert nothing.stderr.decode().splitlines() == [f"corpuscli: {HARBOUR}: no article matches"] * 2
