"""`grep`: which articles say this, and where?"""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from compose import Page, pages, render
from conftest import COMMAND, DATA, EXAMPLES, Run, environment
from hypothesis import Phase, given, settings

ONE = Page(
    "The Ferry Sails",
    ("The ferry left at ten.", "Nobody saw it.", "The ferry, a ferry, sank.", "The end."),
    deck="A ferry story",
    captions=("The ferry in port. (dpa)", "The port. (AFP)"),
)
TWO = Page("Bread", ("Bread is cheap.", "Ferry or not."), author="Ada Ferry", role="Baker")
THREE = Page(
    "Путин и мост", ("ПУТИН сказал.", "قال الوزير في القاهرة", "Straße, café, ferry-boat.")
)
DUMP = render([ONE, TWO, THREE])


def grep(dump: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [COMMAND, "grep", *arguments, "-"]
    return subprocess.run(command, input=dump, capture_output=True, env=environment())


def rows(corpuscli: Run, *arguments: str, dump: bytes = DUMP) -> list[list[str]]:
    """What is found, without the name of the dump."""
    result = corpuscli("grep", *arguments, "-", stdin=dump)
    assert result.stderr == b""
    assert result.returncode == (0 if result.stdout else 1)
    return [line.split("\t")[1:] for line in result.stdout.decode().split("\n")[:-1]]


def matches(corpuscli: Run, *arguments: str, dump: bytes = DUMP) -> list[dict[str, Any]]:
    result = corpuscli("grep", "--json", *arguments, "-", stdin=dump)
    assert result.stderr == b""
    found: list[dict[str, Any]] = json.loads(result.stdout)
    assert result.returncode == (0 if found else 1)
    return found


def texts(corpuscli: Run, *arguments: str) -> list[str]:
    """What matched, match by match."""
    return [match["text"] for row in matches(corpuscli, *arguments) for match in row["matches"]]


def test_a_row_a_matching_line(corpuscli: Run) -> None:
    assert rows(corpuscli, "ferry") == [
        ["1", "deck", "3", "A ferry story"],
        ["1", "caption", "5", "The ferry in port. (dpa)"],
        ["1", "paragraph", "19", "The ferry left at ten."],
        ["1", "paragraph", "23", "The ferry, a ferry, sank."],
        ["3", "paragraph", "53", "Straße, café, ferry-boat."],
    ]


def test_a_match_says_where_it_is(corpuscli: Run) -> None:
    found = matches(corpuscli, "ferry")
    assert list(found[0]) == "dump number id title field index line text matches context".split()
    assert [(row["field"], row["index"]) for row in found] == [
        *[("deck", 1), ("caption", 1), ("paragraph", 1), ("paragraph", 3), ("paragraph", 3)]
    ]
    assert found[3]["matches"] == [
        {"start": 4, "end": 9, "text": "ferry"},
        {"start": 13, "end": 18, "text": "ferry"},
    ]
    assert found[3]["title"] == "The Ferry Sails"
    lines = DUMP.decode().split("\n")
    assert all(row["text"] == lines[row["line"] - 1] for row in found)


def test_offsets_count_characters_not_bytes(corpuscli: Run) -> None:
    dump = render([Page("T", ("\U0001f6a2é e\u0301 ferry",))])
    (row,) = matches(corpuscli, "ferry", dump=dump)
    assert row["matches"] == [{"start": 6, "end": 11, "text": "ferry"}]


def test_every_field_is_searched_and_each_can_be_chosen(corpuscli: Run) -> None:
    def where(*fields: str) -> list[tuple[int, str]]:
        options = [f"--in={field}" for field in fields]
        return [(row["number"], row["field"]) for row in matches(corpuscli, "Ferry", *options)]

    assert where() == [(1, "title"), (2, "byline"), (2, "paragraph")]
    assert where("title") == [(1, "title")]
    assert where("byline", "paragraph") == [(2, "byline"), (2, "paragraph")]
    assert where("deck") == where("caption") == []
    (byline,) = matches(corpuscli, "--in=byline", "Baker")
    assert byline["text"] == "Ada Ferry, Baker"


def test_a_caption_is_found_once_and_the_chrome_never(corpuscli: Run) -> None:
    assert [row[1:3] for row in rows(corpuscli, r"port\. \(dpa\)$")] == [["caption", "5"]]
    assert rows(corpuscli, "^TT$") == rows(corpuscli, "^20$") == []
    assert len(rows(corpuscli, "^The Ferry Sails$")) == 1


def test_the_ends_of_a_pattern_are_the_ends_of_a_field(corpuscli: Run) -> None:
    assert texts(corpuscli, r"^The\b") == ["The"] * 6
    assert [row[3] for row in rows(corpuscli, r"sank\.$")] == ["The ferry, a ferry, sank."]
    assert rows(corpuscli, r"ten\.\sNobody") == []
    dump = render([Page("T", ("one\u2028two\rthree",))])
    assert rows(corpuscli, "^two", dump=dump) == rows(corpuscli, "one$", dump=dump) == []
    assert len(rows(corpuscli, "^one.two.three$", dump=dump)) == 1


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("-i", "ПУТИН"), ["Путин", "ПУТИН"]),
        (("-S", "путин"), ["Путин", "ПУТИН"]),
        (("-S", "ПУТИН"), ["ПУТИН"]),
        (("-i", "STRAßE"), ["Straße"]),
        (("-w", "Ferry"), ["Ferry", "Ferry", "Ferry"]),
        (("-w", "Ferr"), []),
        (("-w", "-i", "القاهرة|baker"), ["Baker", "القاهرة"]),
        ((r"\w+ة",), ["القاهرة"]),
        ((r"\bالوزير\b",), ["الوزير"]),
        (("cafe\u0301",), []),
        (("-F", "(dpa)"), ["(dpa)"]),
        (("-F", "--in=title", "."), []),
        (("-F", "-i", "FERRY-BOAT."), ["ferry-boat."]),
        (("-e", "Bread", "-e", "bread|story"), ["story", "Bread", "Bread"]),
        (("-F", "-e", "p.", "-e", "(AFP)"), ["(AFP)", "p."]),
    ],
)
def test_how_a_pattern_matches(
    corpuscli: Run, arguments: tuple[str, ...], found: list[str]
) -> None:
    assert texts(corpuscli, *arguments) == found


def test_only_the_articles(corpuscli: Run) -> None:
    listed = corpuscli("list", "-", stdin=DUMP).stdout.splitlines(keepends=True)
    with_it = corpuscli("grep", "-l", "ferry", "-", stdin=DUMP)
    assert (with_it.returncode, with_it.stdout) == (0, listed[0] + listed[2])
    without = corpuscli("grep", "-v", "ferry", "-", stdin=DUMP)
    assert (without.returncode, without.stdout) == (0, listed[1])
    nothing = corpuscli("grep", "-v", "e|ى|م", "-", stdin=DUMP)
    assert (nothing.returncode, nothing.stdout) == (1, b"")
    (record,) = matches(corpuscli, "-v", "ferry")
    assert record == json.loads(corpuscli("list", "--json", "-", stdin=DUMP).stdout)[1]


def test_counts(corpuscli: Run) -> None:
    assert matches(corpuscli, "-c", "--fields=number,count,title", "-i", "ferry") == [
        {"number": 1, "count": 6, "title": "The Ferry Sails"},
        {"number": 2, "count": 2, "title": "Bread"},
        {"number": 3, "count": 1, "title": "Путин и мост"},
    ]
    (row,) = matches(corpuscli, "-c", "Bread is")
    assert list(row) == "dump number id count title".split()
    assert corpuscli("grep", "-c", "zzz", "-", stdin=DUMP).returncode == 1


def test_a_row_a_match(corpuscli: Run) -> None:
    assert rows(corpuscli, "-o", "(a )?ferry,") == [
        ["1", "paragraph", "23", "ferry,"],
        ["1", "paragraph", "23", "a ferry,"],
    ]


def test_every_pattern_must_occur_in_the_article(corpuscli: Run) -> None:
    def numbers(*arguments: str) -> list[int]:
        return [row["number"] for row in matches(corpuscli, "-l", *arguments)]

    assert numbers("-e", "ferry", "-e", "Bread") == [1, 2, 3]
    assert numbers("--all", "-e", "ferry", "-e", "sank") == [1]
    assert numbers("--all", "-i", "-e", "ferry", "-e", "cheap", "-e", "Baker") == [2]
    assert numbers("--all", "-e", "ferry", "-e", "cheap") == []
    assert numbers("-v", "--all", "-e", "ferry", "-e", "sank") == [2, 3]


def test_context_is_paragraphs_whose_matches_are_empty(corpuscli: Run) -> None:
    found = matches(corpuscli, "-C", "1", "sank")
    assert [(row["index"], bool(row["matches"])) for row in found] == [
        (2, False),
        (3, True),
        (4, False),
    ]
    far = matches(corpuscli, "-C", "99", "--in=paragraph", "ferry")
    assert [(row["number"], row["index"]) for row in far] == [
        *[(1, 1), (1, 2), (1, 3), (1, 4)],
        *[(3, 1), (3, 2), (3, 3)],
    ]
    assert len(matches(corpuscli, "-C0", "sank")) == 1


def test_stop_after_so_many_articles(corpuscli: Run) -> None:
    assert {row["number"] for row in matches(corpuscli, "-m1", "ferry")} == {1}
    assert {row["number"] for row in matches(corpuscli, "-m", "2", "-i", "ferry")} == {1, 2}
    assert matches(corpuscli, "-m0", "ferry") == []


def test_quiet_is_nothing_but_the_exit_code(corpuscli: Run) -> None:
    for option in ("-q", "--quiet"):
        hit = corpuscli("grep", option, "ferry", "-", stdin=DUMP)
        assert (hit.returncode, hit.stdout, hit.stderr) == (0, b"", b"")
        miss = corpuscli("grep", option, "zzz", "-", stdin=DUMP)
        assert (miss.returncode, miss.stdout, miss.stderr) == (1, b"", b"")


def test_an_error_outweighs_a_match(corpuscli: Run) -> None:
    both = corpuscli("grep", "-c", "Bread", "missing", DATA / "seed.txt")
    assert both.returncode == 2
    assert both.stdout.count(b"\n") == 1
    assert both.stderr == b"corpuscli: missing: No such file or directory\n"


def test_patterns_from_a_file(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "p").write_text("cheap\nsank\r\n", encoding="utf-8")
    assert texts(corpuscli, "-f", "p") == ["sank", "cheap"]
    assert texts(corpuscli, "-f", "p", "-e", "Путин") == ["sank", "cheap", "Путин"]
    piped = corpuscli("grep", "-c", "-f", "-", DATA / "seed.txt", stdin=b"Bread\nferry\n")
    assert piped.stdout.count(b"\n") == 2
    for name, content in [("missing", None), ("bad", b"a\n(\n"), (".", None), ("latin", b"\xe9(")]:
        if content is not None:
            (tmp_path / name).write_bytes(content)
        result = corpuscli("grep", "-f", name, DATA / "seed.txt")
        assert (result.returncode, result.stdout) == (2, b""), name
        assert result.stderr.startswith(b"corpuscli: ") and result.stderr.count(b"\n") == 1


def test_a_file_without_patterns_matches_nothing(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "none").write_bytes(b"")
    result = corpuscli("grep", "-f", "none", "-", stdin=DUMP)
    assert (result.returncode, result.stdout, result.stderr) == (1, b"", b"")


def test_a_leading_dash_is_no_obstacle(corpuscli: Run) -> None:
    assert texts(corpuscli, "-e", "-boat") == ["-boat"]
    result = corpuscli("grep", "-c", "--", "-boat", "-", stdin=DUMP)
    assert (result.returncode, result.stdout.count(b"\n")) == (0, 1)


def test_an_empty_pattern_matches_every_field(corpuscli: Run) -> None:
    assert len(rows(corpuscli, "--in=title", "")) == 3
    assert len(rows(corpuscli, "--in=title", "x*")) == 3


@pytest.mark.parametrize("pattern", ["(", "[a", "*", "\\", r"\p{Nope}"])
def test_an_invalid_pattern_is_an_error_that_names_it(corpuscli: Run, pattern: str) -> None:
    result = corpuscli("grep", pattern, "-", stdin=DUMP)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"corpuscli: ") and result.stderr.count(b"\n") == 1
    assert pattern.encode() in result.stderr.replace(b"\\\\", b"\\")


def test_an_exponential_pattern_ends() -> None:
    began = time.monotonic()
    result = grep(render([Page("T", ("a" * 5000 + "!", "more"))]), "-c", "(a+)+$")
    assert time.monotonic() - began < 30
    assert result.returncode in (0, 1, 2)
    if result.returncode == 2:
        assert result.stderr.startswith(b"corpuscli: ") and result.stderr.count(b"\n") == 1
        assert b"(a+)+$" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("-e",),
        ("-C", "-1", "x"),
        ("-C", "x", "x"),
        ("-m", "-1", "x"),
        ("--in", "words", "x"),
        ("--in", "", "x"),
        ("x", "--fields", "words"),
    ],
)
def test_a_wrong_option_is_a_usage_error(corpuscli: Run, arguments: tuple[str, ...]) -> None:
    result = corpuscli("grep", *arguments, stdin=DUMP)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"corpuscli: ") and result.stderr.count(b"\n") == 1


def test_with_e_every_argument_is_a_dump(corpuscli: Run) -> None:
    result = corpuscli("grep", "-c", "-e", "Bread", DATA / "seed.txt", DATA / "deck.txt")
    assert [line.split(b"\t")[1] for line in result.stdout.splitlines()] == [b"2", b"3"]
    first = corpuscli("grep", "-e", "Bread", "Bread", DATA / "seed.txt")
    assert first.returncode == 2
    assert first.stderr.startswith(b"corpuscli: Bread: ")


def test_the_real_dump_says_putin_four_times(corpuscli: Run, seed: Path) -> None:
    result = corpuscli("grep", "-c", "--fields=number,count", "Putin", seed)
    assert result.stdout == b"1\t4\n"
    found = json.loads(corpuscli("grep", "--json", "Meseberg|Dover", seed).stdout)
    assert [(row["field"], row["line"]) for row in found][:2] == [("caption", 3), ("caption", 49)]
    lines = seed.read_text("utf-8").split("\n")
    assert all(row["text"] == lines[row["line"] - 1].strip("\xa0 ") for row in found)


def test_jobs_and_shard_sizes_change_nothing(corpuscli: Run) -> None:
    arguments = ("grep", "--json", "-i", "harbour", EXAMPLES / "harbour-news.txt")
    plain = corpuscli(*arguments).stdout
    assert json.loads(plain)
    for options in [("-j1", "--shard-size=1"), ("-j4", "--shard-size=3000")]:
        assert corpuscli(*arguments, *options).stdout == plain


@given(pages(3))
@settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_every_text_of_a_composed_dump_is_found(dump: list[Page]) -> None:
    result = grep(render(dump), "--json", "(?s)^.+$")
    assert (result.returncode, result.stderr) == (0, b"")
    found = [(row["number"], row["text"]) for row in json.loads(result.stdout)]
    for number, page in enumerate(dump, start=1):
        byline = ", ".join(filter(None, (page.author, page.role)))
        captions = [*page.captions, *(photo.caption for photo in page.photos)]
        right = [page.title, page.deck, byline, *captions, *page.paragraphs]
        assert [text for n, text in found if n == number] == [text for text in right if text]
