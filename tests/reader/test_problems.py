"""What makes a dump unsound, and what its parts add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from unicodedata import category

import pytest
from compose import Page, pages, render
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.errors import InputError
from corpuscli.inspection.check import Begun, Checks, Tally, begin_check, find_problems
from corpuscli.reader.layouts import BUILT_IN
from corpuscli.reader.reading import Options, read_chunks
from corpuscli.records.codes import CODES, NAMES
from corpuscli.records.fields import Problem


def header(title: str) -> str:
    return f"{title}\n\nC.\nC.\nTT\n20\n\n{title}\n\nC.\nC.\n\n"


HEADER = header("T")


def begin(chunks: Iterable[bytes], options: Options) -> Begun:
    return begin_check(read_chunks("dump", chunks, options), options)


def problems(
    text: str | bytes,
    *,
    layout: str = "page",
    encoding: str = "auto",
    expect: int | None = None,
    ignore: str = "",
) -> list[Problem]:
    data = text.encode() if isinstance(text, str) else text
    begun = begin([data] if data else [], Options(layout, encoding))
    return list(find_problems(begun, Checks(expect, frozenset(ignore.split()))))


def places(
    text: str | bytes, *, layout: str = "page", ignore: str = ""
) -> list[tuple[int | None, int | None, str]]:
    return [(p.number, p.line, p.code) for p in problems(text, layout=layout, ignore=ignore)]


def test_a_sound_dump_has_no_problems() -> None:
    assert problems(HEADER + "One.\n\n\n\n" + header("U") + "Two.") == []


@pytest.mark.parametrize("text", ["", "\n\n\n", " \xa0\r\n"])
def test_a_dump_of_white_space_has_no_articles(text: str) -> None:
    assert [problem.code for problem in problems(text, layout="auto")] == ["no-articles"]


def test_each_gap_is_a_problem_at_its_first_blank_line() -> None:
    text = "x\n\n" + HEADER + "One.\n\n\n\nTwo.\n\n\nThree.\n \n\t\r\n\xa0\n\nFour.\n\n\n\n"
    found = [p for p in problems(text) if p.code == "unexplained-gap"]
    assert [(p.number, p.line) for p in found] == [(2, 16), (2, 23)]
    assert [p.message.split()[0] for p in found] == ["3", "4"]


def test_damaged_bytes_are_counted_and_the_first_has_its_line() -> None:
    text = HEADER.encode() + "One \ufffd.\n".encode() + b"Two \xff \xe2\x82 \xfe.\n"
    (problem,) = problems(text)
    assert (problem.line, problem.code) == (14, "undecodable-bytes")
    assert problem.message == "bytes in 3 places are not valid in the encoding of the dump"


def test_control_characters_are_one_problem_an_article() -> None:
    text = HEADER + "One\x9b.\n\n\x1b[2J\x07\n" + header("U") + "Two\ta.\r\n\0"
    found = problems(text)
    assert [(p.number, p.line) for p in found] == [(1, 13), (2, 29)]
    assert "3 control characters" in found[0].message
    assert "U+009B" in found[0].message
    assert "U+0000" in found[1].message


def test_a_carriage_return_that_ends_no_line_is_a_control_character() -> None:
    assert places(HEADER + "One\rtwo.\n") == [(1, 13, "control-characters")]
    assert places(HEADER.replace("\n", "\r\n") + "One.\r\r\n\r\nTwo.\r") == []


FRAGMENTS = [b"\r", b"\n", b"\t", b"\0", b"\x7f", b"\xc2", b"\x85", b"\xa0", b"\xe2\x80", b"a"]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(b"".join))
def test_control_characters_are_those_of_the_decoded_text(body: bytes) -> None:
    """Against the plain reading: look at one character after another."""
    (piece,) = (reading := read_chunks("dump", [HEADER.encode() + body], Options("page"))).pieces
    text = piece.data.decode("utf-8", "replace")
    controls = [
        char
        for char, after in pairwise(f"{text}\n")
        if (after not in "\r\n" if char == "\r" else char not in "\t\n" and category(char) == "Cc")
    ]
    faults = [f for f in reading.parse(piece).find_faults() if f.code == "control-characters"]
    assert [f.message.split()[0] for f in faults] == ([str(len(controls))] if controls else [])


def test_a_caption_that_differs_has_its_line() -> None:
    text = "T\n\nC.\nC.\nTT\n\nT\n\nC.\nC.\n\nE.\n E.\n\nB.\n"
    assert places(text) == [(1, 12, "captions-differ")]


def test_an_article_without_title_or_paragraph_has_the_line_of_its_first_text() -> None:
    text = "\n\n\xa0\none\n\n" + HEADER
    assert places(text) == [(1, 4, "no-title"), (2, 6, "no-body")]


def test_a_duplicate_names_the_first_with_its_text() -> None:
    page = HEADER + "One.\n\n"
    other = page.replace("One", "Two")
    found = problems(page + other + page + "\n\n" + page)
    assert [(p.number, p.line, p.code) for p in found] == [
        (3, 29, "duplicate-article"),
        (4, 45, "duplicate-article"),
    ]
    assert all(p.message.endswith("article 1") for p in found)
    assert problems(page + page, ignore="duplicate-article") == []


def test_captions_do_not_make_articles_different() -> None:
    other = HEADER.replace("C.", "Another.") + "One.\n"
    assert places(HEADER + "One.\n\n" + other)[-1][2] == "duplicate-article"


@pytest.mark.parametrize(("expect", "codes"), [(1, []), (0, ["unexpected-count"]), (None, [])])
def test_the_number_of_articles_can_be_expected(expect: int | None, codes: list[str]) -> None:
    found = problems(HEADER + "One.\n", expect=expect)
    assert [p.code for p in found] == codes
    assert all((p.number, p.line) == (None, None) for p in found)


def test_a_dump_read_by_gaps_says_so_unless_that_was_asked_for() -> None:
    text = "One\n\ntext\n\n\n\nTwo\n\ntext\n"
    assert places(text, layout="auto") == [(None, None, "no-layout")]
    assert places(text, layout="plain") == []


def test_problems_before_a_failure_are_given_and_the_count_is_not_judged() -> None:
    def chunks() -> Iterator[bytes]:
        yield HEADER.encode()
        yield b"One\x1b.\n"
        raise InputError("dump", "damaged")

    begun = begin(chunks(), Options())
    found = []
    with pytest.raises(InputError):
        for problem in find_problems(begun, Checks(expect=7)):
            found.append(problem.code)
    assert "unexpected-count" not in found


LINES = st.sampled_from(["T", "U", "C.", "TT", "20", "", "", "", " \xa0", "\r", "P.", "B b"])


@given(st.lists(LINES, max_size=40))
def test_gaps_are_the_blank_runs_between_texts_of_a_body(lines: list[str]) -> None:
    """Against the plain reading: walk the lines below the header."""
    data = "\n".join(lines).encode()
    reading = read_chunks("dump", [data], Options(layout="page"))
    for piece in reading.pieces:
        article = reading.parse(piece)
        rows = piece.data.decode().split("\n")
        units = [u.line for u in article.paragraphs]
        runs = []
        line = 0
        for blank, run in groupby(rows, key=lambda row: not row.strip()):
            size = len(list(run))
            if blank and size >= 3 and any(u < line for u in units):
                runs.append(line)
            line += size
        last = max((n for n, row in enumerate(rows) if row.strip()), default=0)
        expected = [run for run in runs if run < last]
        found = [f.line for f in article.find_faults() if f.code == "unexplained-gap"]
        # A caption that opens the body may have a gap below it before any paragraph.
        assert [line for line in found if any(u < line for u in units)] == expected


@given(pages(largest=5, noisy=True))
def test_composed_pages_are_a_dump_and_readable(composed: list[Page]) -> None:
    codes = {p.code for p in problems(render(composed), layout="auto")}
    assert not codes & {"undecodable-bytes", "not-a-dump", "other-encoding", "captions-differ"}


ANY_LINES = LINES | st.sampled_from(["1 of 2 DOCUMENTS", "BYLINE: N N", "-" * 40, "By N N"])


@given(st.lists(ANY_LINES, max_size=40), st.sampled_from(BUILT_IN))
def test_the_totals_add_up_to_the_dump(lines: list[str], layout: str) -> None:
    data = "\n".join(lines).encode()
    begun = begin([data], Options(layout))
    tally = Tally()
    list(find_problems(begun, Checks(), tally))
    totals = tally.totals(begun.reading)
    assert totals.header_bytes + totals.body_bytes + totals.other_bytes == len(data)
    assert sum(totals.evidence.values()) == totals.articles
    assert totals.articles == sum(1 for _ in read_chunks("", [data], Options(layout)).pieces)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32-be", "cp1256"])
def test_the_totals_are_of_the_bytes_in_the_dump(encoding: str) -> None:
    text = "\n\n" + HEADER + "خبز.\n\n\n" + header("U") + "سمك."
    data = text.encode(encoding)
    begun = begin([data], Options("page", encoding))
    tally = Tally()
    assert list(find_problems(begun, Checks(), tally)) == []
    totals = tally.totals(begun.reading)
    assert totals.encoding == encoding
    assert totals.other_bytes == len("\n\n\n\n".encode(encoding))
    assert totals.header_bytes + totals.body_bytes + totals.other_bytes == len(data)


def test_damaged_bytes_show_in_every_encoding() -> None:
    data = (HEADER + "One.\n").encode("windows-1253") + b"Two \xaa.\n"
    (problem,) = problems(data, encoding="windows-1253")
    assert (problem.line, problem.code) == (14, "undecodable-bytes")


def test_what_an_article_says_of_itself_are_codes_of_articles() -> None:
    of_article = [code.name for code in CODES if code.of_article]
    dump = "x\n\n\n\ny\x1b\n" + HEADER
    assert {p.code for p in problems(dump)} <= set(of_article)
    assert len(set(NAMES)) == len(CODES)


TEXTS = {
    "CSV": b"number,title,date\n1,One,2024\n2,Two,2024\n",
    "HTML": b"<!DOCTYPE html>\n<html><body>\n<p>Ferry</p>\n",
    "JSON": b'{"title": "Ferry"}\n',
}
"""Texts of other kinds."""


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_of_another_kind_is_named_instead_of_read(name: str) -> None:
    (problem,) = problems(TEXTS[name], layout="auto", expect=7)
    assert (problem.number, problem.line, problem.code) == (None, None, "not-a-dump")
    assert name in problem.message
    found = places(TEXTS[name], layout="auto", ignore="not-a-dump")
    assert (None, None, "no-layout") in found[:2]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_with_headers_is_a_dump_whatever_it_begins_with(name: str) -> None:
    assert places(TEXTS[name] + b"\n\n\n" + HEADER.encode() + b"One.\n", layout="auto") == [
        (1, 1, "no-title")
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_whose_layout_is_named_is_read(name: str) -> None:
    assert "not-a-dump" not in {p.code for p in problems(TEXTS[name], layout="plain")}


def test_a_file_format_is_no_dump_whatever_layout_is_named() -> None:
    (problem,) = problems(b"%PDF-1.7\n", layout="page")
    assert problem.code == "not-a-dump"


def test_an_encoding_that_was_named_is_not_doubted() -> None:
    text = HEADER + "Рынок старого города переехал под новую деревянную крышу.\n"
    data = text.encode("windows-1251")
    assert [p.code for p in problems(data)] == ["other-encoding", "undecodable-bytes"]
    assert problems(data, encoding="windows-1251") == []
