"""Layouts: what a layout file can contain, what is wrong with one, and how it reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import DATA
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.errors import InputError, UsageError
from corpuscli.reader import reading as spine
from corpuscli.reader.layouts import BUILT_IN, Layout, layout_source, load_layout, parse_layout
from corpuscli.reader.reading import Options, Piece, read_chunks
from corpuscli.records.fields import ARTICLE
from corpuscli.records.written import dumps, loads

LAYOUTS = DATA / "layouts"
MYSITE = str(LAYOUTS / "mysite.toml")
FIXTURES = {name: name for name in BUILT_IN if name not in ("page", "plain")} | {"mysite": MYSITE}
"""A dump of each kind, and the layout that it is read by."""

FIELDS = {field.name: field.get for field in ARTICLE}


def layout(source: str) -> Layout:
    return parse_layout("x.toml", source)


def first(*lines: str) -> Layout:
    return layout("\n".join(("layout = 2", "[start]", "gap = 3", *lines)))


def fault(source: str) -> str:
    with pytest.raises(InputError) as caught:
        layout(source)
    assert caught.value.path == "x.toml"
    return caught.value.reason


def pieces(data: bytes, layout: str, *, size: int | None = None, chunk: int = 0) -> list[Piece]:
    cuts = range(0, len(data), chunk or max(1, len(data)))
    chunks = [data[at : at + (chunk or len(data))] for at in cuts]
    return list(read_chunks("dump", chunks, Options(layout=layout, shard_size=size)).tiles)


def articles(text: str, layout: Layout, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is read by a layout that is in no file."""
    monkeypatch.setattr(spine, "load_layout", lambda _: layout)
    reading = read_chunks("dump", [text.encode()], Options(layout="x.toml"))
    return [
        loads(dumps({name: get(reading.parse(piece)) for name, get in FIELDS.items()}))
        for piece in reading.pieces
    ]


# What is wrong with a file


FAULTS = [
    ("layout = 2\n[start]\ngap = 3\n[body]\ndrp = ['x']\n", "drp", 5, "did you mean 'drop'?"),
    ("layout = 2\nchrome = ['TT']\n[start]\ngap = 3\n", "chrome", 2, "no such key"),
    ("layout = 2\n[start]\ngap = -1\n", "gap", 3, "must be a number from 1 to 100"),
    ("layout = 2\n[start]\ngap = true\n", "gap", 3, "must be a number from 1 to 100"),
    ("layout = 2\n[start]\ntitle-twice = 1\n", "title-twice", 3, "must be true or false"),
    ("layout = 2\n[start]\nat = 'x'\n", "at", 3, "must be a list of patterns"),
    ("layout = 2\n[start]\nat = ['x', '(b']\n", "at", 3, "'(b' is not a regular expression"),
    ("layout = 2\n[start]\nat = [\n 'x',\n '(b',\n]\n", "at", 5, "missing )"),
    ("layout = 2\n[start]\nat = ['b*']\n", "at", 3, "'b*' matches an empty line"),
    ("layout = 2\n[start]\nat = ['{dat}']\n", "at", 3, "no placeholder {dat}"),
    ("layout = 2\n[start]\nat = ['{title}']\n", "at", 3, "only be used in body.after"),
    ("layout = 2\n[start]\ngap = 3\nat = ['x']\n", "gap", 3, "goes not with"),
    ("layout = 2\n[start]\ngap = 3\ncover = true\n", "cover", 4, "without at or glued"),
    ("layout = 2\n[start]\nafter = ['x']\nclosing = true\n", "closing", 4, "without title.line"),
    ("layout = 2\n[start]\n", "start", 2, "says not where an article starts"),
    ("layout = 2\n[title]\nnone = true\n", "start", 0, "says not where an article starts"),
    ("layout = 2\n[start]\ngap = 3\n[[box]]\nlines = 1\n", "box", 4, "needs 'from'"),
    ("layout = 2\n[start]\ngap = 3\n[[box]]\nfrom = ['x']\n", "box", 4, "needs one of lines"),
    ("layout = 2\n[start]\ngap = 3\n[[page]]\n", "page", 4, "needs 'when'"),
    ("layout = 2\n[start]\ngap = 3\n[head]\ncontrols = ['x']\n", "controls", 5, "title-twice"),
    ("layout = 2\n[start]\ntitle-twice = true\n[title]\nlines = 2\n", "lines", 5, "goes not with"),
    ("layout = 2\n[start]\ngap = 3\n[body]\nparagraph = 'word'\n", "paragraph", 5, "'line' or"),
    ("layout = 2\n[start]\ngap = 3\n[lines]\nMenu = 'x'\n", "Menu", 5, "small letters"),
    ("layout = 2\nname = 5\n[start]\ngap = 3\n", "name", 2, "must be a string"),
    ("layout = 2\n[start]\ngap = 3\ngap = 3\n", "gap", 4, "is not TOML: "),
]  # fmt: skip


@pytest.mark.parametrize(("source", "key", "line", "words"), FAULTS)
def test_a_fault_names_the_key_and_the_line(source: str, key: str, line: int, words: str) -> None:
    reason = fault(source)
    assert key in reason.split(":")[0]
    assert words in reason
    assert not line or f"line {line}" in reason
    assert "\n" not in reason


def test_a_layout_of_version_1_is_told_what_to_change() -> None:
    reason = fault("title = 'first'\nboundary = ['-+']\nboundary-opens = true\n")
    assert reason.startswith("layout: this is a layout of version 1; write layout = 2: ")
    assert "boundary is now start.at" in reason
    assert "boundary-opens is now start.cover" in reason
    assert "title-twice" in fault("title = 'repeated'\nchrome = ['TT']\n")


@given(st.text(max_size=60))
def test_any_text_is_a_layout_or_a_fault_of_one_line(source: str) -> None:
    for text in (source, "layout = 2\n[start]\nat = ['''" + source + "''']\n"):
        try:
            layout(text)
        except InputError as error:
            assert error.reason


# Files


def test_a_name_that_is_no_file_and_not_built_in_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UsageError, match=r"auto, page, plain, archive, .*, or FILE\.toml"):
        load_layout("pages")


def test_a_file_that_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"layout = 2\nname = 'Caf\xe9'\n")
    long = tmp_path / "long.toml"
    long.write_bytes(b"#" * 2_000_000)
    for path, reason in [
        (folder, "Is a directory"),
        (tmp_path / "none.toml", "No such file or directory"),
        (latin, r"is not UTF-8 \(line 2\)"),
        (long, "is too long to be a layout"),
    ]:
        with pytest.raises(InputError, match=reason):
            load_layout(str(path))


def test_a_byte_order_mark_and_crlf_are_fine_in_a_layout_file(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbflayout = 2\r\n[start]\r\ngap = 2\r\n")
    assert load_layout(str(path)).gap == 2
    assert load_layout(str(path)).name == "windows"


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_layout_is_sound_as_a_file(name: str) -> None:
    built_in, copied = load_layout(name), layout(layout_source(name))
    assert built_in.name == copied.name == name
    assert built_in.description
    assert built_in.start.gap == copied.start.gap
    assert len(built_in.parts) == len(copied.parts)


# Patterns


def boundary(*patterns: str) -> Layout:
    listed = ", ".join(f"'{pattern}'" for pattern in patterns)
    return layout(f"layout = 2\n[start]\nat = [{listed}]\n")


def matches(read: Layout, line: str) -> bool:
    return bool(read.table.classify(line.encode()) & read.start.at.mask)


def test_a_pattern_matches_a_whole_line_without_the_white_space_around_it() -> None:
    read = boundary("-{3,}", r"\d+ of \d+", "End of Page 1")
    for line in ("---", " -----\xa0\r", "\ufeff\t7 of 20", "7\xa0of  20", "End\xa0of Page 1 "):
        assert matches(read, line), line
    for line in ("--", "--- ---", "a ---", "7 of 20 ports", "", "End of Page 12"):
        assert not matches(read, line), line


def test_a_pattern_that_begins_with_white_space_sees_that_before_the_line() -> None:
    read = boundary(r"\s{8,}\S.*", "Advertisement")
    assert matches(read, " " * 8 + "The Vikhaven Courier \r")
    assert matches(read, "\xa0" * 8 + "centred")
    assert matches(read, "  Advertisement")
    assert not matches(read, "    not enough")


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        ("Published {date}", "Published 26 February 2024"),
        ("Published {date}", "Published 26.02.2024"),
        ("{date}, {time} Uhr", "26.02.2024, 16:06 Uhr"),
        ("{weekday}، {date}", "الاثنين، ٢٦ فبراير ٢٠٢٤"),
        ("{date} {time}", "2024年3月9日 12:30"),
        ("Updated {month} {number}", "Updated March 7"),
        ("{number} comments", "1,204 comments"),
    ],
)
def test_a_placeholder_stands_for_a_day_a_time_or_a_number(pattern: str, line: str) -> None:
    assert matches(boundary(pattern), line)
    assert not matches(boundary(pattern), f"{line} and more")


def test_flags_groups_and_back_references_are_each_pattern_s_own() -> None:
    read = boundary("(?i)share", "Print", "(?P<a>x)y", r"(?P<a>.)\1")
    assert all(matches(read, line) for line in ("SHARE", "Print", "xy", "--"))
    assert not any(matches(read, line) for line in ("PRINT", "-x"))


def test_long_lists_of_exact_lines_are_looked_up() -> None:
    lines = "\n".join(f"Rubric ({number}) [x]" for number in range(5000))
    read = layout(f'layout = 2\n[start]\nat = [\'{{menu}}\']\n[lines]\nmenu = """\n{lines}\n"""\n')
    assert matches(read, "Rubric (4999) [x]")
    assert not matches(read, "Rubric (5000) [x]")


def test_a_pattern_of_exponential_time_ends_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuscli.reader.layouts.patterns.TIME_LIMIT", 0.2)
    slow = boundary("Advertisement", "(a|b|ab)*[cd]")
    with pytest.raises(InputError, match=r"start.at: '\(a\|b\|ab\)\*\[cd\]' takes more than 0.2"):
        matches(slow, "ab" * 3000)


# What is read


@pytest.mark.parametrize("name", FIXTURES)
def test_a_dump_of_another_site_reads_as_the_records_beside_it(name: str) -> None:
    data = (LAYOUTS / f"{name}.txt").read_bytes()
    lines = (LAYOUTS / f"{name}.jsonl").read_text("utf-8").splitlines()
    expected = [json.loads(line) for line in lines]
    reading = read_chunks("dump", [data], Options(layout=FIXTURES[name]))
    found = [reading.parse(piece) for piece in reading.pieces]
    for article, right in zip(found, expected, strict=True):
        assert loads(dumps({key: FIELDS[key](article) for key in right})) == right
        assert article.problems == ()


@pytest.mark.parametrize("name", FIXTURES)
@pytest.mark.parametrize("size", [1, 7, 100, 1024, 4096, None])
def test_the_reading_of_a_layout_does_not_depend_on_how_the_dump_is_cut(
    name: str, size: int | None
) -> None:
    data = (LAYOUTS / f"{name}.txt").read_bytes() * 3
    whole = pieces(data, FIXTURES[name])
    assert b"".join(piece.raw for piece in whole) == data
    for chunk in (0, 13, 1000):
        assert pieces(data, FIXTURES[name], size=size, chunk=chunk) == whole


ODD = st.sampled_from(
    ["1 of 3 DOCUMENTS", "  2 of 3 DOCUMENTS\r", "-----", "=====", "----- -", "T", "U", "T", "C.",
     "Share", "Print", "3 comments", "TT", "20", "BYLINE: A", "By B", "by: C", "2024-03-04",
     "Read also: x", " " * 9 + "centred", "LENGTH: 3 words", "", "", "", "", " \xa0", "\ufeffT",
     "B. B", "T\ufeff-----", "End of Document", "Body", "HD\tT", "AN Document 3", "WARC/1.0",
     "WARC-Type: conversion", "Title: T", "Title:", "Content: x", "### 3", "# T", "_" * 30]
)  # fmt: skip


@given(
    st.sampled_from([*BUILT_IN, MYSITE]),
    st.lists(ODD, max_size=40),
    st.integers(1, 300),
    st.integers(1, 300),
)
def test_any_lines_are_read_the_same_in_shards_of_any_size(
    name: str, lines: list[str], size: int, chunk: int
) -> None:
    data = "\n".join(lines).encode()
    whole = pieces(data, name)
    assert pieces(data, name, size=size, chunk=chunk) == whole
    assert b"".join(piece.raw for piece in whole) == data
    for piece in whole:
        parsed = read_chunks("dump", [data], Options(layout=name)).parse(piece)
        assert FIELDS["words"](parsed) == sum(len(p.text.split()) for p in parsed.paragraphs)


def titles(found: list[dict[str, Any]]) -> list[Any]:
    return [article["title"] for article in found]


def test_lines_of_a_body_that_are_dropped_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    page = layout(
        "layout = 2\n[start]\ntitle-twice = true\n[head]\ncontrols = ['Share']\n"
        "[body]\ndrop = ['Ad', 'Read also: .*']"
    )
    text = "T\n\nC.\nC.\nShare\n\nT\n\nC.\nC.\n\nRead also: x\n\nOne.\nAd\nTwo.\n\nAd\nAd\n"
    (article,) = articles(text, page, monkeypatch)
    assert article["paragraphs"] == ["One.", "Two."]
    assert [caption["text"] for caption in article["captions"]] == ["C."]


def test_with_a_gap_the_title_is_the_first_block_where_paragraphs_are_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocks = first("[body]", "paragraph = 'block'")
    found = articles("One\ntwo\n\nText\nof it.\n\n\n\nThree\n\nMore.\n", blocks, monkeypatch)
    assert titles(found) == ["One two", "Three"]
    assert found[0]["paragraphs"] == ["Text of it."]


@pytest.mark.parametrize("start", ["gap = 3", "at = ['-{5,}']"])
def test_a_dropped_line_above_the_title_is_not_the_title(
    start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = layout(
        f"layout = 2\n[start]\n{start}\n[head]\ndrop = ['{{date}}, p. {{number}}']\n"
        "[body]\ntail = ['© .*']\n"
    )
    between = "\n\n\n" if start.startswith("gap") else "-----\n"
    text = f"03-03-2024, p. 7\n\nT\n\nOne.\n\n© M\n{between}04-03-2024, p. 2\n\nU\n\nTwo.\n\n© M\n"
    found = articles(text, read, monkeypatch)
    assert titles(found) == ["T", "U"]
    assert [article["paragraphs"] for article in found] == [["One."], ["Two."]]


def test_the_title_may_be_in_the_boundary(monkeypatch: pytest.MonkeyPatch) -> None:
    read = boundary("Title: ?(?P<title>.*)")
    found = articles("Title: T\nOne.\nTitle:\nTwo.\nTitle: V\nThree.\n", read, monkeypatch)
    assert titles(found) == ["T", None, "V"]
    assert [article["paragraphs"] for article in found] == [["One."], ["Two."], ["Three."]]


PLACES = [
    ("after = ['Menu']", "Menu\nT\nOne.\n"),
    ("after = ['Menu']\nlines = 2", "Menu\nSport\nT\nOne.\n"),
    ("before = ['{date}']", "Menu\nSport\nT\n3 March 2024\nOne.\n"),
    ("before = ['{date}']\nlines = 2", "Sport\nT\nA deck\n3 March 2024\nOne.\n"),
    ("line = ['HD (.+)']", "SE News\nHD\tT\nOne.\n"),
    ("lines = 2", "Sport\nT\nOne.\n"),
    ("form = ['(.+) - Mysite']", "T - Mysite\nOne.\n"),
]


@pytest.mark.parametrize(("place", "text"), PLACES)
def test_a_title_is_where_the_layout_says(
    place: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = layout(f"layout = 2\n[start]\nat = ['#']\n[title]\n{place}\n")
    found = articles(f"#\n{text}#\n{text}", read, monkeypatch)
    assert titles(found) == ["T", "T"]


def test_an_article_may_have_no_title(monkeypatch: pytest.MonkeyPatch) -> None:
    read = layout("layout = 2\n[start]\nevery-line = true\n[title]\nnone = true\n")
    found = articles("One. Two.\n\nThree.\n", read, monkeypatch)
    assert [(one["title"], one["paragraphs"]) for one in found] == [
        (None, ["One. Two."]),
        (None, ["Three."]),
    ]


FRAMED = """
layout = 2
[start]
after = ['© Mysite']
[title]
before = ['By (.+)']
[head]
byline = ['By (.+)']
date = ['Published {date}']
credit = ['Photo: .+']
drop = ['Share', '{number} comments']
[body]
after = ['Share']
tail = ['Topics']
drop = ['Advertisement']
strip = ['Text: ?(.*)']
[[box]]
from = ['Read also']
lines = 1
"""

PAGE = """Home
News
T
By A. Writer
Published 3 March 2024
A quay.
Photo: B. Lens
Share
Text: One.
Advertisement
Two.
Read also
Another title
Published 3 March 2024
Three.
Topics
Harbours
© Mysite
"""


def test_a_framed_page_is_read_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    found = articles(PAGE * 2, layout(FRAMED), monkeypatch)
    assert len(found) == 2
    for article in found:
        assert (article["title"], article["byline"], article["date"]) == (
            "T", "A. Writer", "2024-03-03",
        )  # fmt: skip
        assert [caption["text"] for caption in article["captions"]] == ["A quay. Photo: B. Lens"]
        # What is a date line in the head is text in the body.
        assert article["paragraphs"] == ["One.", "Two.", "Published 3 March 2024", "Three."]


def test_a_marker_may_be_glued_to_the_end_of_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    read = layout("layout = 2\n[start]\nglued = ['###ARTICLE {number}']\n")
    found = articles("###ARTICLE 1\nT\nOne.###ARTICLE 2\nU\nTwo.\n", read, monkeypatch)
    assert [(one["title"], one["paragraphs"]) for one in found] == [
        ("T", ["One."]),
        ("U", ["Two."]),
    ]


def test_a_pattern_of_two_lines_tells_a_menu_from_a_footer(monkeypatch: pytest.MonkeyPatch) -> None:
    read = layout("layout = 2\n[start]\nat = ['Home\\nNews']\n[head]\ndrop = ['Home', 'News']\n")
    found = articles("Home\n\nNews\nT\nOne.\nHome\n|\nHome\nNews\nU\nTwo.\n", read, monkeypatch)
    assert titles(found) == ["T", "U"]


def test_a_cover_is_bytes_of_the_first_article_and_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    read = layout("layout = 2\n[start]\nat = ['#\\d+']\ncover = true")
    found = articles("Search results\n\n#1\nT\n\nOne.\n#2\n\nU\nTwo.\n#3\n", read, monkeypatch)
    assert [(one["title"], one["start"], one["line"]) for one in found] == [
        ("T", 0, 4),
        ("U", 27, 9),
    ]


CLOSING = """layout = 2
[start]
after = ['Contact', 'Follow us']
closing = true
[title]
after = ['Menu', 'Home\\nNews']
[body]
tail = ['Contact']
"""


def test_a_closing_page_is_bytes_of_the_last_article_and_no_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = "Legal\nMenu\n{0}\nThe text of {0}.\nContact\n"
    dump = page.format("One") + page.format("Two") + "Legal\nImprint\n"
    found = articles(dump, layout(CLOSING), monkeypatch)
    assert titles(found) == ["One", "Two"]
    assert found[1]["paragraphs"] == ["The text of Two."]
    assert found[1]["end"] == len(dump)
    # With a title, in one line or two, it is an article; so is a dump without any.
    assert titles(articles(dump + "Menu\nThree\n", layout(CLOSING), monkeypatch))[-1] == "Three"
    assert titles(articles(dump + "Home\nNews\nU\n", layout(CLOSING), monkeypatch))[-1] == "U"
    assert len(articles("Legal\nImprint\n", layout(CLOSING), monkeypatch)) == 1


def test_a_byline_without_fixed_text_is_below_the_title(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The text of an article, which is longer than any author's name can be."
    (one,) = articles(
        f"Port\nA title\nAda Lindvane\n{text}\n",
        first("[head]", "byline = ['.{1,40}']", "drop = ['Port']"),
        monkeypatch,
    )
    assert (one["title"], one["byline"], one["paragraphs"]) == ("A title", "Ada Lindvane", [text])


def test_boundaries_with_nothing_between_are_no_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    found = articles(
        "---\n\nT\n\nOne.\n---\n\n---\nU\n\nTwo.\n---\n", boundary("-{3,}"), monkeypatch
    )
    assert [(a["title"], a["paragraphs"]) for a in found] == [("T", ["One."]), ("U", ["Two."])]


def test_kinds_of_pages_are_told_apart_by_a_line_of_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    read = layout(
        "layout = 2\n[start]\nat = ['#']\n[[page]]\nwhen = ['Opinion']\n[page.title]\n"
        "after = ['Opinion']\n"
    )
    found = articles("#\nT\nOne.\n#\nA. Writer\nOpinion\nU\nTwo.\n", read, monkeypatch)
    assert titles(found) == ["T", "U"]


def test_copies_of_captions_may_be_off(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "T\n\nHome\nHome\n\nOne.\n"
    (on,) = articles(text, first(), monkeypatch)
    (off,) = articles(text, first("[body]", "copies = false"), monkeypatch)
    assert (on["paragraphs"], on["caption_count"]) == (["One."], 1)
    assert (off["paragraphs"], off["caption_count"]) == (["Home", "Home", "One."], 0)


def test_the_body_may_begin_below_the_title_s_second_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    read = first("[body]", "after = ['{title}']")
    (article,) = articles("T\nViews 3\nShare\nT\nOne.\n", read, monkeypatch)
    assert article["paragraphs"] == ["One."]


def test_a_byline_on_two_lines_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (
        "1 of 1 DOCUMENTS\n\nT\n\nBYLINE: Oda Kjeld and Harald\nBrenn\n\n"
        "LENGTH: 3 words\n\nOne\ntwo.\n"
    )
    (article,) = articles(data, load_layout("archive"), monkeypatch)
    assert (article["byline"], article["paragraphs"]) == (
        "Oda Kjeld and Harald Brenn",
        ["One two."],
    )


def test_an_indented_table_and_a_word_with_a_colon_are_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = (
        "1 of 1 DOCUMENT\n\n" + " " * 30 + "The Post\n\nT\n\nLENGTH: 9 words\n\nOne.\n\n"
        + " " * 12 + "12.   6.\n\nCITY: that was the answer.\n\nGRAPHIC: A quay.\n\nLOAD-DATE: x\n"
    )  # fmt: skip
    (article,) = articles(data, load_layout("archive"), monkeypatch)
    assert article["paragraphs"] == ["One.", "12.   6.", "CITY: that was the answer."]
    assert [caption["text"] for caption in article["captions"]] == ["A quay."]


def test_a_byline_without_fixed_text_takes_what_nothing_else_claims_below_the_title(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = layout(
        "layout = 2\n[start]\nat = ['#']\n[title]\nafter = ['Menu']\n[head]\nbyline = ['.{1,40}']\n"
        "section = ['Sport']\ndrop = ['Share', 'Views .+']\n[body]\nafter = ['---']\n"
    )
    body = "The ferry sails again, and the whole town came to see it leave."
    text = f"#\nHome\nMenu\nT\nSport\nShare\nViews 3\nAda Lindvane\n---\n{body}\n"
    (article,) = articles(text, read, monkeypatch)
    assert (article["byline"], article["section"]) == ("Ada Lindvane", "Sport")
    assert article["paragraphs"] == [body]
