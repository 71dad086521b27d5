"""The parts of an article, and what is odd about it."""

from __future__ import annotations

import laws
import pytest
from compose import Page, pages, render
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.model import Article
from corpuscli.reader.reading import Options, read_chunks
from corpuscli.records.fields import article_id, article_line
from corpuscli.source.text import fold


def read(text: str | bytes) -> list[Article]:
    data = text.encode() if isinstance(text, str) else text
    reading = read_chunks("dump", [data], Options(layout="page"))
    return [reading.parse(piece) for piece in reading.pieces]


def only(text: str | bytes) -> Article:
    (article,) = read(text)
    return article


def captions(article: Article) -> list[tuple[str, int]]:
    return [(caption.text, caption.copies) for caption in article.captions]


def paragraphs(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


HEADER = "T\n\nC.\nC.\nTT\n20\n\nT\n\nC.\nC.\n\n"


def test_the_first_line_below_the_title_that_is_no_caption_begins_the_body() -> None:
    article = only(HEADER + "One.\n\nC.\n\nTwo.\n")
    assert captions(article) == [("C.", 4)]
    assert paragraphs(article) == ["One.", "C.", "Two."]


def test_the_block_parted_from_the_controls_is_the_deck() -> None:
    article = only("T\n\nD one\nD two\n\nC.\nC.\nTT\n\nT\n\nB.\n")
    assert article.deck is not None
    assert article.deck.text == "D one D two"
    assert captions(article) == [("C.", 2)]


def test_a_deck_without_photo_is_no_caption() -> None:
    article = only("T\n\nD\n\nTT\n\nT\n\nB.\n")
    assert article.deck is not None
    assert article.captions == ()


def test_lines_twice_in_a_row_in_the_body_are_a_caption() -> None:
    article = only(HEADER + "One.\n\nP.\nP.\n\nTwo.\nTwo.\nTwo.\nThree.\n")
    assert captions(article) == [("C.", 4), ("P.", 2), ("Two.", 3)]
    assert paragraphs(article) == ["One.", "Three."]


def test_the_same_line_across_a_blank_one_is_two_paragraphs() -> None:
    assert paragraphs(only(HEADER + "One.\n\nOne.\n")) == ["One.", "One."]


def test_a_caption_in_the_body_that_stands_in_the_header_counts_as_a_copy() -> None:
    assert captions(only(HEADER + "One.\n\nC.\nC.\n")) == [("C.", 6)]


def test_without_captions_above_runs_below_the_title_are_captions() -> None:
    article = only("T\n\nTT\n\nT\n\nC.\nC.\nP.\nP.\n\nOne.\n")
    assert captions(article) == [("C.", 2), ("P.", 2)]
    assert article.duplicate_captions == 0


def test_line_ends_that_are_none_stay_in_the_text() -> None:
    body = "a\u2028b\u0085c\x0bd\x0ce\rf\x1cg"
    assert paragraphs(only(HEADER + body + "\r\n")) == [body]


def test_text_is_trimmed_and_otherwise_untouched() -> None:
    assert paragraphs(only(HEADER + "\ufeff\xa0 a \xa0 b\u0301 \xa0\r\n")) == ["a \xa0 b\u0301"]


def test_a_line_counts_as_grep_counts() -> None:
    article = read("x\n\ny\n\n" + HEADER + "One.\u2028\n\nTwo.\n")[1]
    assert article.span.line == 5
    assert article.title is not None
    assert article_line(article) == 5
    assert [article.span.line + p.line for p in article.paragraphs] == [17, 19]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (HEADER + "One.\n", ()),
        ("One.\n", ("no-title",)),
        (HEADER, ("no-body",)),
        ("T\n\nC.\nC.\nTT\n20\n\nB.\n", ("title-not-repeated",)),
        ("T\n\nC.\nC.\nTT\n\nT\n\nE.\nE.\n\nB.\n", ("captions-differ",)),
        ("T\n\nC.\nC.\nTT\n\nT\n\nB.\n", ()),
        (HEADER + "One.\n\n\n\nTwo.\n", ("unexplained-gap",)),
        (HEADER + "One.\n\n\nTwo.\n\n\n\n\n", ()),
        (HEADER.encode() + b"One \xff.\n", ("undecodable-bytes",)),
        (HEADER + "One\x1b[2J.\n", ("control-characters",)),
        (HEADER + "One\x9b.\n", ("control-characters",)),
        (HEADER + "One\t.\r\n", ()),
    ],
)
def test_what_is_odd_about_an_article(text: str | bytes, problems: tuple[str, ...]) -> None:
    assert only(text).problems == problems


@pytest.mark.parametrize(
    "text",
    [
        "X\n\nlost text\n\nTT\n\nh\n\nc\nc\n\nX\n\nbody",
        "X\n\nA\nR\nTT\n\nT\n\nb\n\nTT\n\nh\n\nc\nc\n\nX\n",
        "\nX\n\n\nc\nc\nTT\n\nTT\n\nX\n\nX",
        "\nX\n\n\n\nA\n\nA\nTT\nc\nc\n\n\n\n\n\nX\nX",
        "\nX\n\n\nR\n\n20\nTT\n\nc\nc\n\nd\n\nX\n\nd\n20\n",
        "\nR\n\nA\n\nX\nX\nTT\nc\nc\nc\nc\n\nA\n",
        "X\n\n\n\n\n\n20\n\nTT\nR\nA\n20\nA\n\nTT\n\n\nX",
    ],
)
def test_no_line_is_lost_where_controls_stand_between_same_lines(text: str) -> None:
    assert lost_lines(text.encode()) == set()


def lost_lines(data: bytes) -> set[str]:
    """The lines of a dump that are neither controls nor in any field of any article."""
    kept = set()
    for article in read(data):
        units = (article.title, article.deck, article.byline, *article.paragraphs)
        for text in [u.text for u in units if u] + [c.text for c in article.captions]:
            kept |= {fold(text), *map(fold, text.split(", "))}
    lines = {fold(line) for line in data.decode().split("\n")}
    return {
        line
        for line in lines - kept
        if line not in ("", "TT", "20") and not any(line in text for text in kept)
    }


def clean(data: bytes, *, body: bool = False) -> bytes:
    return laws.cleaned(read_chunks("dump", [data], Options()), body)


def content(data: bytes) -> list[object]:
    """What must not change when captions are deduplicated."""
    reading = read_chunks("dump", [data], Options())
    return [
        (
            article_id(a),
            a.title and a.title.text,
            a.deck and a.deck.text,
            a.byline and a.byline.text,
            [caption.text for caption in a.captions],
            paragraphs(a),
        )
        for a in map(reading.parse, reading.pieces)
    ]


@given(pages(largest=6, noisy=True))
def test_deduplicated_pages_read_the_same_and_twice_is_once(composed: list[Page]) -> None:
    data = render(composed)
    once = clean(data)
    assert content(once) == content(data)
    assert clean(once) == once


LINES = st.sampled_from(["T", "U", "C.", "D", "TT", "20", "", "", " C.", "P.", "B b"])


@given(st.lists(LINES, max_size=30))
def test_deduplicating_any_lines_only_deletes_lines_and_twice_is_once(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    once = clean(data)
    rest = iter(data.split(b"\n"))
    assert all(line in rest for line in once.removesuffix(b"\n").split(b"\n"))
    assert clean(once) == once
    assert content(once) == content(data)


@given(st.lists(LINES, max_size=30))
def test_of_any_lines_none_is_lost(lines: list[str]) -> None:
    assert lost_lines("\n".join(lines).encode()) == set()


def test_on_a_page_without_controls_one_copy_above_and_one_below_stay() -> None:
    page = b"T\n\nC.\nC.\n\nT\n\nC.\nC.\n\nB.\n"
    assert clean(page) == b"T\n\nC.\n\nT\n\nC.\n\nB.\n"


def test_a_pair_in_the_body_stays_unless_told_otherwise() -> None:
    page = b"T\n\nTT\n\nT\n\nB.\n\nP.\nP.\nP.\n"
    assert clean(page) == page
    assert clean(page, body=True) == b"T\n\nTT\n\nT\n\nB.\n\nP.\n"
