"""The filters of `list`, `grep` and `split`: dates, titles, order, limits."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from compose import Page, render
from conftest import EXAMPLES, Run

HARBOUR = EXAMPLES / "harbour-news.txt"


def photographed(title: str, day: str | None, *more: str) -> Page:
    captions = [f"{one}, Velmark, Vikhaven: A boat. (dpa)" for one in (day, *more) if one]
    return Page(title, (f"Body of {title}.",), captions=tuple(captions))


DATED = render(
    [
        photographed("new year", "1 January 2024"),
        photographed("leap day", "29 February 2024"),
        photographed("march", "1 March 2024"),
        photographed("undated", None),
        photographed("silvester", "31 December 2024"),
        photographed("two photos", "1 January 2025", "3 March 2020"),
    ]
)


def titles(corpuscli: Run, *options: str, dump: bytes = DATED) -> list[str]:
    result = corpuscli("list", "--fields=title", "--quiet", *options, stdin=dump)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode().splitlines()


def harbour() -> list[dict[str, Any]]:
    lines = HARBOUR.with_suffix(".jsonl").read_text("utf-8").splitlines()
    records: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return records


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        ("2024", "2024", ["new year", "leap day", "march", "silvester"]),
        ("2024-02", "2024-02", ["leap day"]),
        ("2024-02-29", "2024-02-29", ["leap day"]),
        ("29 February 2024", "1 March 2024", ["leap day", "march"]),
        ("1 Mar 2024", "2024-12-30", ["march"]),
        ("March 2024", "December 2024", ["march", "silvester"]),
        ("2025", "2020", []),
    ],
)
def test_bounds_are_inclusive_and_round_outwards(
    corpuscli: Run, since: str, until: str, kept: list[str]
) -> None:
    assert titles(corpuscli, f"--since={since}", f"--until={until}") == kept


def test_one_bound_is_enough_and_the_undated_are_out_of_any(corpuscli: Run) -> None:
    assert titles(corpuscli, "--since=2024-12") == ["silvester", "two photos"]
    assert titles(corpuscli, "--until=2024-01") == ["new year"]
    assert "undated" not in titles(corpuscli, "--since=0001") + titles(corpuscli, "--until=9999")


def test_undated_articles_that_a_bound_leaves_out_are_counted_on_stderr(corpuscli: Run) -> None:
    result = corpuscli("list", "--since=2000", stdin=DATED)
    assert result.returncode == 0
    assert result.stderr.startswith(b"corpuscli: ") and b"1 article" in result.stderr
    assert result.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "date",
    [
        *("", "someday", "May", "10:00", "IST", "2024-13", "2023-02-29", "0000", "1" * 20),
        *("9" * 100_000, "2024 2025", "\x1b[31m"),
    ],
)
def test_what_is_no_date_is_a_usage_error(corpuscli: Run, date: str) -> None:
    option = "--since" if len(date) % 2 else "--until"
    result = corpuscli("list", f"{option}={date}", stdin=DATED)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"corpuscli: ")
    assert result.stderr.count(b"\n") == 1
    assert b"\x1b" not in result.stderr


def test_a_title_is_chosen_by_a_pattern(corpuscli: Run) -> None:
    assert titles(corpuscli, "--title", "^.e") == ["new year", "leap day"]
    assert titles(corpuscli, "--title", "(?i)^MARCH$") == ["march"]
    assert titles(corpuscli, "--title", "nothing like it") == []
    headless = render([Page(None, ("No title here.",)), Page("None", ("Body.",))])
    assert titles(corpuscli, "--title", "", dump=headless) == ["None"]


def test_an_invalid_title_pattern_is_a_usage_error_that_names_it(corpuscli: Run) -> None:
    result = corpuscli("list", "--title", "a(b", stdin=DATED)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"a(b" in result.stderr and result.stderr.count(b"\n") == 1


def test_unique_keeps_the_first_article_with_an_id(corpuscli: Run, tmp_path: Path) -> None:
    one, two = Page("One", ("A.",)), Page("Two", ("B.",))
    again = Page("One", ("A.",), captions=("Another photo.",))
    (tmp_path / "d").write_bytes(render([one, two, again, one]))
    result = corpuscli("list", "--unique", "--fields=dump,number", "d", "-", stdin=render([two]))
    assert result.stdout == b"d\t1\nd\t2\n"
    assert corpuscli("split", "--unique", "d").stdout.count(b"\n") == 2
    rows = corpuscli("grep", "-l", "--unique", "--fields=number", "A|B", "d").stdout
    assert rows == b"1\n2\n"


@pytest.mark.parametrize("field", ["words", "id"])
def test_sort_orders_by_a_field_and_reverse_the_other_way(corpuscli: Run, field: str) -> None:
    found = json.loads(corpuscli("list", "--json", "--sort", field, HARBOUR).stdout)
    values = [record[field] for record in found]
    assert values == sorted(values)
    assert (
        sorted(record["number"] for record in found)
        == [r["number"] for r in harbour()][: len(found)]
    )


def harbour_numbers(corpuscli: Run, *options: str) -> list[int]:
    result = corpuscli("list", "--fields=number", *options, HARBOUR)
    assert (result.returncode, result.stderr) == (0, b"")
    return [int(line) for line in result.stdout.splitlines()]


def test_reverse_alone_is_the_dump_backwards(corpuscli: Run) -> None:
    forwards = harbour_numbers(corpuscli)
    assert harbour_numbers(corpuscli, "--reverse") == forwards[::-1]


def test_articles_that_sort_alike_stay_in_dump_order(corpuscli: Run) -> None:
    found = json.loads(corpuscli("list", "--json", "--sort=caption_count", HARBOUR).stdout)
    keys = [(record["caption_count"], record["number"]) for record in found]
    assert keys == sorted(keys)


def test_sort_by_date_loses_no_article_without_one(corpuscli: Run) -> None:
    ordered = titles(corpuscli, "--sort=photo_date")
    dated = ["new year", "leap day", "march", "silvester", "two photos"]
    assert [title for title in ordered if title != "undated"] == dated
    assert len(ordered) == 6


@pytest.mark.parametrize("sort", [(), ("--sort=title", "--reverse")])
def test_limit_is_the_head_of_the_output(corpuscli: Run, sort: tuple[str, ...]) -> None:
    everything = harbour_numbers(corpuscli, *sort)
    for limit in (0, 5, 10_000):
        assert harbour_numbers(corpuscli, *sort, f"--limit={limit}") == everything[:limit]


def test_limit_counts_articles_over_all_dumps(corpuscli: Run) -> None:
    last = harbour()[-1]["number"]
    rows = corpuscli("list", "--fields=number", f"--limit={last + 1}", HARBOUR, HARBOUR).stdout
    assert rows.split()[-2:] == [str(last).encode(), b"1"]


def test_limit_stops_reading(corpuscli: Run) -> None:
    result = corpuscli("list", "--limit=1", HARBOUR, "/no/such/dump")
    assert (result.returncode, result.stdout.count(b"\n")) in ((0, 1), (2, 1))


@pytest.mark.parametrize("value", ["-1", "x", "", "9" * 5000])
def test_what_is_no_limit_is_a_usage_error(corpuscli: Run, value: str) -> None:
    result = corpuscli("list", f"--limit={value}", stdin=DATED)
    if value.isdigit():
        assert (result.returncode, result.stdout.count(b"\n")) in ((0, 6), (2, 0))
    else:
        assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.count(b"\n") == (1 if result.returncode else 0)


def test_an_unknown_sort_field_is_a_usage_error_that_lists_the_valid_ones(corpuscli: Run) -> None:
    result = corpuscli("list", "--sort=size", stdin=DATED)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"photo_date" in result.stderr and result.stderr.count(b"\n") == 1


def test_filters_work_together_in_every_command(corpuscli: Run, tmp_path: Path) -> None:
    chosen = ("--since=2024", "--until=2024", "--title=^[nlm]", "--sort=title", "--limit=2")
    expected = ["leap day", "march"]
    assert titles(corpuscli, *chosen) == expected
    split = corpuscli("split", *chosen, stdin=DATED).stdout.splitlines()
    assert [json.loads(line)["title"] for line in split] == expected
    found = json.loads(corpuscli("grep", "--json", *chosen, "Body", stdin=DATED).stdout)
    assert [match["title"] for match in found] == expected
    manifest = corpuscli("split", "-o", "out", "--json", *chosen, stdin=DATED).stdout
    assert [record["title"] for record in json.loads(manifest)] == expected
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_numbers_stay_positions_in_the_dump(corpuscli: Run) -> None:
    result = corpuscli("list", "--fields=number", "--since=2024-12", "--reverse", stdin=DATED)
    assert result.stdout == b"6\n5\n"


def test_a_filter_that_keeps_nothing_is_no_error_but_in_grep(corpuscli: Run) -> None:
    for command in (("list",), ("split",)):
        result = corpuscli(*command, "--since=2100", "--quiet", stdin=DATED)
        assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    assert json.loads(corpuscli("list", "--json", "--since=2100", stdin=DATED).stdout) == []
    assert corpuscli("grep", "--since=2100", "Body", stdin=DATED).returncode == 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("today", 0),
        ("yesterday", 1),
        ("7d", 7),
        ("1 day", 1),
        ("2w", 14),
        ("2 weeks ago", 14),
        ("a week ago", 7),
        ("Last  Week", 7),
        ("99999 days ago", 99999),
    ],
)
def test_days_ago(corpuscli: Run, text: str, days: int) -> None:
    before = date.today()
    done = corpuscli("list", "--verbose", "--since", text, "-", stdin=DATED)
    assert done.returncode == 0
    found = re.search(rb"--since .* is ([0-9-]+)\n", done.stderr)
    assert found is not None
    expected = [str(one - timedelta(days)) for one in (before, date.today())]
    assert found[1].decode() in expected


def test_days_ago_choose_articles_by_their_photo_date(corpuscli: Run) -> None:
    today = date.today()
    pages = [
        Page(f"Of {days}", ("Text.",), captions=(f"{today - timedelta(days):%d %B %Y}: Sea.",))
        for days in (0, 3, 10, 400)
    ]
    dump = render(pages)

    def titles(*options: str) -> list[str]:
        found = corpuscli("list", "--fields", "title", *options, "-", stdin=dump)
        return found.stdout.decode().splitlines()

    assert titles("--since", "7d") == ["Of 0", "Of 3"]
    assert titles("--since", "last week") == ["Of 0", "Of 3"]
    assert titles("--since", "2 weeks ago", "--until", "yesterday") == ["Of 3", "Of 10"]
    assert titles("--until", "1y") == ["Of 400"]
