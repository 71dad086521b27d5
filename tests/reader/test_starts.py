"""Where articles start: the evidence, and how overlapping evidence is settled."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from compose import Page, pages, render
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.model import Evidence, Header
from corpuscli.reader.blocks import cut_blocks
from corpuscli.reader.headers import Text
from corpuscli.reader.layouts import load_layout
from corpuscli.reader.limits import LOOK_BEHIND, MARGIN, REACH
from corpuscli.reader.reading import Options, Piece, read_chunks
from corpuscli.reader.starts import find_headers

E = Evidence


def read(data: bytes, **options: int | str) -> list[Piece]:
    return list(read_chunks("dump", [data], Options(**options)).pieces)  # type: ignore[arg-type]


def evidence(text: str) -> list[tuple[str, str]]:
    """The evidence of each article, and the first line of its bytes."""
    pieces = read(text.encode(), layout="page")
    return [(p.span.evidence.value, p.data.decode().lstrip().split("\n")[0]) for p in pieces]


def test_a_byline_may_open_a_file_that_was_joined_to_another() -> None:
    data = "One.\n\nTwo.\ufeffA. Writer\nEditor\nTT\n\nT\n\nBody.\n".encode()
    (header,) = find_headers(Text(data, load_layout("page"), 0), 0, len(data))
    assert (header.evidence, header.start) == (E.BYLINE, data.index(b"\xef\xbb\xbf"))


def test_a_title_above_and_below_the_controls_is_a_header() -> None:
    assert evidence("T\n\nC\nC\nTT\n20\n\nT\n\nB.\n") == [("chrome", "T")]


def test_blank_lines_alone_start_no_article() -> None:
    assert evidence("T\n\nTT\n\nT\n\nB.\n\n\n\n\n\nAnother text.\n") == [("chrome", "T")]


@pytest.mark.parametrize("blanks", range(8))
def test_a_header_starts_an_article_after_any_number_of_blank_lines(blanks: int) -> None:
    text = "T\n\nTT\n\nT\n\nB.\n" + "\n" * blanks + "U\n\nTT\n\nU\n\nB.\n"
    assert evidence(text) == [("chrome", "T"), ("chrome", "U")]


def test_controls_in_a_body_are_body() -> None:
    assert evidence("T\n\nTT\n\nT\n\nA.\n\nTT\n\n20\n\nB.\n\nTT\n20\n\nC.\n") == [("chrome", "T")]


def test_nothing_but_controls_is_one_article_without_title() -> None:
    assert evidence("TT\n" * 50) == [("none", "TT")]
    assert evidence("TT\n\n" * 50) == [("none", "TT")]


def test_captions_that_stand_twice_are_evidence_without_controls() -> None:
    assert evidence("T\n\nC.\nC.\n\nT\n\nB.\n") == [("captions", "T")]
    assert evidence("T\n\nC.\n\nT\n\nC.\n\nB.\n") == [("captions", "T")]
    assert evidence("T\n\nD\n\nC.\nC.\n\nT\n\nC.\nC.\n\nB.\n") == [("captions", "T")]


def test_a_caption_that_stands_once_is_none() -> None:
    assert evidence("B.\n\nT\n\nC.\n\nT\n\nB.\n") == [("none", "B.")]


def test_a_deck_alone_is_no_evidence() -> None:
    assert evidence("B.\n\nT\n\nD\n\nT\n\nB.\n") == [("none", "B.")]


def test_a_title_twice_with_nothing_between_is_a_header() -> None:
    assert evidence("B.\n\nT\n\nT\n\nB.\n") == [("none", "B."), ("title", "T")]


def test_a_sentence_twice_in_a_body_is_none() -> None:
    assert evidence("T\n\nTT\n\nT\n\nB.\n\nWe stay.\n\nWe stay.\n\nB.\n") == [("chrome", "T")]


@pytest.mark.parametrize("line", ["20", "TT", "***", "-----", "•"])
def test_a_line_that_says_nothing_is_no_title(line: str) -> None:
    text = f"T\n\nTT\n\nT\n\nB.\n\n{line}\n\n{line}\n\nB.\n"
    assert evidence(text) == [("chrome", "T")]


def test_a_teaser_of_the_next_page_belongs_to_the_body() -> None:
    text = "T\n\nTT\n\nT\n\nB.\n\nU\n\n\n\nU\n\nC.\nC.\n{}\nU\n\nC.\nC.\n\nB.\n"
    for controls in ("TT\n20\n", ""):
        pieces = read(text.format(controls).encode())
        assert [piece.data.count(b"U\n") for piece in pieces] == [1, 2]


def test_author_and_role_above_the_controls_are_an_opinion_page() -> None:
    text = "T\n\nTT\n\nT\n\nB.\n\n\n\nAda Holm\nWriter in Vik\nTT\n\nU\n\nB.\n"
    assert evidence(text) == [("chrome", "T"), ("byline", "Ada Holm")]


def test_a_sentence_above_a_stray_control_is_no_author() -> None:
    assert evidence("T\n\nTT\n\nT\n\nB.\n\nOne sentence.\nTT\n\nTwo.\n\nB.\n") == [("chrome", "T")]


def test_doubled_captions_on_controls_are_a_header_whose_title_stands_once() -> None:
    assert evidence("T\n\nC.\nC.\nTT\n20\n\nB.\n\nB.\n") == [("unrepeated", "T")]
    assert evidence("C.\nC.\nTT\n20\n\nT\n\nC.\nC.\n\nB.\n") == [("unrepeated", "C.")]


def test_of_five_same_lines_two_are_a_title_and_so_are_the_next_two() -> None:
    assert evidence("T\n\nT\n\nT\n\nT\n\nT\n\nB.\n") == [("title", "T"), ("title", "T")]


def test_a_byte_order_mark_in_a_line_is_where_two_files_were_joined() -> None:
    data = "T\n\nTT\n\nT\n\nThe end.\ufeffU\n\nTT\n\nU\n\nB.\n".encode()
    first, second = read(data)
    assert first.data.endswith(b"The end.")
    assert second.data.startswith("\ufeffU".encode())


def test_a_page_that_occurs_again_word_for_word_is_an_article_again() -> None:
    page = "T\n\nC.\nC.\n\nT\n\nC.\nC.\n\nOne.\n\nTwo.\n\n\n\n"
    assert evidence(page * 3) == [("captions", "T")] * 3


def test_text_before_the_first_header_is_an_article_of_its_own() -> None:
    assert evidence("Headless.\n\nT\n\nTT\n\nT\n\nB.\n") == [("none", "Headless."), ("chrome", "T")]


def test_blank_lines_before_the_first_header_belong_to_its_article() -> None:
    (piece,) = read(b"\n \n\nT\n\nTT\n\nT\n\nB.\n")
    assert piece.span.start == 0
    assert piece.span.header is not None
    assert piece.data[piece.span.header.title :].startswith(b"T")


@pytest.mark.parametrize("data", [b"", b"\n", b" \n\xc2\xa0\n\xef\xbb\xbf"])
def test_a_dump_of_white_space_has_no_article(data: bytes) -> None:
    reading = read_chunks("dump", [data], Options())
    tiles = list(reading.tiles)
    assert b"".join(tile.data for tile in tiles) == data
    assert not [tile for tile in tiles if tile.span.number]


def test_without_any_header_three_blank_lines_part_articles() -> None:
    pieces = read(b"One\n\na\n\n\n\nTwo\n\nb\n\n\nc\n\n\n\n\n\nThree\n")
    assert [p.data.split(b"\n")[0] for p in pieces] == [b"One", b"Two", b"Three"]
    assert {p.span.evidence for p in pieces} == {E.GAP}


def test_one_header_is_enough_to_read_a_dump_by_headers() -> None:
    data = b"a\n\n\n\nb\n\n\n\nT\n\nTT\n\nT\n\nB.\n"
    assert [p.span.evidence for p in read(data)] == [E.NONE, E.CHROME]


@given(pages(noisy=True), st.integers(1024, 5000))
def test_blocks_tile_the_dump(pages_: list[Page], size: int) -> None:
    data = render(pages_)
    for chunk in (1, 997, len(data) + 1):
        chunks = [data[at : at + chunk] for at in range(0, len(data), chunk)]
        blocks = list(cut_blocks(chunks, size))
        assert b"".join(b.data[b.start : b.end] for b in blocks) == data
        assert all(data[b.base :].startswith(b.data) for b in blocks)


@given(pages(largest=8, noisy=True), st.integers(1, 3000))
def test_the_size_of_blocks_changes_nothing(pages_: list[Page], size: int) -> None:
    data = render(pages_) * 2
    assert read(data, shard_size=size, layout="page") == read(data, layout="page")


def test_a_header_across_every_edge_of_a_block_is_found() -> None:
    page = "Title\n\nC.\nC.\nTT\n20\n\nTitle\n\nC.\nC.\n\nBody.\n\n\n\n"
    data = ("x\n" + page * 3).encode()
    for size in range(1, len(page) * 2):
        assert [p.span.evidence for p in read(data, shard_size=size)][1:] == [E.CHROME] * 3


def test_a_header_longer_than_its_reach_is_none() -> None:
    def header(deck: int) -> bytes:
        return b"T\n\n" + b"d" * deck + b"\n\nTT\n\nT\n\nB.\n"

    assert [p.span.evidence for p in read(header(REACH - 100), layout="page")] == [E.CHROME]
    assert [p.span.evidence for p in read(header(REACH), layout="page")] == [E.NONE]
    assert MARGIN > REACH


def found(data: bytes, layout: str = "page") -> list[Header]:
    """The headers of a dump, found at once."""
    return find_headers(Text(data, load_layout(layout), 0), 0, len(data))


def found_in_parts(data: bytes, cut: int, layout: str = "page") -> list[Header]:
    """The headers of a dump that is cut there, each part with no more around it than it needs."""
    headers: list[Header] = []
    for start, end in ((0, cut), (cut, len(data))):
        base = max(0, start - MARGIN)
        text = Text(data[base : end + MARGIN], load_layout(layout), base)
        headers += find_headers(text, start - base, end - base)
    return headers


@given(pages(largest=6, noisy=True), st.sampled_from(["\n", "\r\n"]), st.data())
def test_a_cut_anywhere_changes_no_header(
    pages_: list[Page], newline: str, draw: st.DataObject
) -> None:
    data = render(pages_, newline=newline)
    cut = draw.draw(st.integers(0, len(data)))
    assert found_in_parts(data, cut) == found(data)


# Marks in an order that NFC changes: shadda before tanwin, as it is typed, and Hebrew points.
MARKED = ("\u0633\u0631\u0651\u064b\u0627 في المدينة", "\u05e9\u05b8\u05c1 בעיר העתיקה היום",
          "И\u0487\u0301 в старом городе сегодня")  # fmt: skip
ODD = st.sampled_from(
    ["T", "A title of some length", "A title  of some length", "A title of some length\xa0 ",
     "Cafe\u0301 and more of the same", "Café and more of the same", "“Quoted” and of length”",
     "\u2003A title of some length", "TT", "20", "", "", " ", "\u2028", "\xa0", "أعلن المجلس اليوم",
     "ا\u0654علن المجلس اليوم", "Some length\u2009", "Some length, and\u2009more of it",
     *(odd + line for odd in ("", "\xa0", "\u202f") for line in MARKED),
     *(normalize("NFC", line) for line in MARKED)]
)  # fmt: skip


@given(st.lists(ODD, max_size=40))
def test_of_odd_lines_the_same_headers_are_found_in_parts(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    whole = found(data)
    for cut in range(0, len(data), 7):
        assert found_in_parts(data, cut) == whole


CLOSE = st.sampled_from(
    [
        "A title of some length",
        "A title of\xa0some length",
        "A caption that is long enough. (dpa)",
        "TT",
        "20",
        "",
        "",
        " ",
    ]
)


@pytest.mark.parametrize("line", MARKED)
@pytest.mark.parametrize("odd", ["\xa0", "\u202f"])
def test_titles_with_marks_in_another_order_are_a_header(line: str, odd: str) -> None:
    for other in (odd + line, normalize("NFC", line)):
        data = f"{line}\n\n{other}\n\nBody of the page.\n".encode()
        assert len(found(data)) == 1


def test_a_caption_that_is_the_title_but_for_white_space_is_no_caption() -> None:
    title = "Two Words in the title line"
    page = f"{title}\n\n{title.replace(' ', chr(0xA0), 1)}\nTT\n\n{title}\n\nBody.\n"
    assert [header.start for header in found(page.encode())] == [len(title) + 2]


@given(st.lists(CLOSE, max_size=40))
def test_of_lines_that_are_nearly_headers_the_same_are_found_in_parts(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    whole = found(data)
    for cut in range(0, len(data), 11):
        assert found_in_parts(data, cut) == whole


PLAIN_LINES = st.sampled_from(
    ["A title", "Text.", " x", "", "", "", " ", "\u00a0", "\r", " " * 1100]
)


@given(st.lists(PLAIN_LINES), st.booleans(), st.data())
def test_every_gap_is_found_wherever_the_dump_is_cut(
    of_lines: list[str], ends: bool, draw: st.DataObject
) -> None:
    data = ("\n".join(of_lines) + "\n" * ends).encode()
    cut = draw.draw(st.integers(0, len(data)))
    # At the beginning of a dump, only blank lines are as good as a gap.
    blank = 3
    expected = []
    at = 0
    for line in data.split(b"\n"):
        if line.decode().strip():
            expected += [at] if blank >= 3 else []
            blank = 0
        else:
            blank = blank + 1 if len(line) < LOOK_BEHIND else 0
        at += len(line) + 1
    assert [header.start for header in found(data, "plain")] == expected
    assert found_in_parts(data, cut, "plain") == found(data, "plain")


def test_a_file_joined_inside_a_line_begins_no_article_where_gaps_separate_them() -> None:
    """The line has text before the mark, or too few blank lines before it."""
    for before in ("x", " ", "no final newline"):
        assert [h.start for h in found(f"One\n\n\n{before}\ufeffTwo\n".encode(), "plain")] == [0]


def test_a_dump_of_nothing_but_controls_is_looked_at_once() -> None:
    for controls in ("TT\n", "TT\n20\n\n"):
        assert found((controls * 1000).encode()) == []
