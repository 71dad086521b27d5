"""The composer is itself sound: its records point at the right bytes of its dumps."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from compose import BOM, NBSP, Expected, Gap, Page, Photo, expect, pages, render
from hypothesis import given
from hypothesis import strategies as st

HERE = Path(__file__).parent
FIXTURES = [*sorted((HERE / "data").glob("*.jsonl")), HERE.parent / "examples/harbour-news.jsonl"]
SEED = Page("Title", ("One.", "Two."), captions=("Caption",))


def assert_records_fit(records: Sequence[Expected], data: bytes) -> None:
    """The records cover the dump, and each one's `line` is a line of its own bytes."""
    assert [record["number"] for record in records] == list(range(1, len(records) + 1))
    assert [record["start"] for record in records] == [0, *(r["end"] for r in records[:-1])]
    assert records[-1]["end"] == len(data)
    for record in records:
        landmark = record["title"] or record["paragraphs"][0]
        lines_before = data[: record["start"]].count(b"\n")
        lines = data[record["start"] : record["end"]].decode().split("\n")
        assert lines[record["line"] - 1 - lines_before].strip(f"{BOM}{NBSP} \r") == landmark


@given(pages(noisy=True), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(0, 3))
def test_records_fit_their_dump(
    dump: list[Page], newline: str, final_newline: bool, leading: int
) -> None:
    data = render(dump, newline=newline, final_newline=final_newline, leading=leading)
    records = expect(dump, newline=newline, final_newline=final_newline, leading=leading)
    assert_records_fit(records, data)


@given(pages())
def test_every_expected_text_stands_in_the_article(dump: list[Page]) -> None:
    data = render(dump)
    for record in expect(dump):
        article = data[record["start"] : record["end"]].decode()
        texts = [*record["paragraphs"], *(caption["text"] for caption in record["captions"])]
        assert all(
            text in article for text in [*texts, record["title"] or "", record["deck"] or ""]
        )


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_fixture_records_fit_their_dump(path: Path) -> None:
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert_records_fit(records, path.with_suffix(".txt").read_bytes())
    for record in records:
        texts = [*filter(None, [record["title"]]), *record["paragraphs"]]
        assert record["id"] == hashlib.sha256("\n\n".join(texts).encode()).hexdigest()[:12]
        assert record["words"] == sum(len(text.split()) for text in record["paragraphs"])
        assert record["paragraph_count"] == len(record["paragraphs"])
        assert record["caption_count"] == len(record["captions"])


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (SEED, "T||C|C|TT|20||T||C|C||1||2|"),
        (Page("Title", ("One.",), number=None), "T||TT||T||1|"),
        (Page("Title", ("One.",), chrome=False), "T||T||1|"),
        (Page("Title", ("One.", "Two."), tight=True, number=None), "T||TT||T||1|2|"),
        (Page("Title", ("One.",), author="Author", role="Role"), "A|R|TT|20||T||1|"),
        (replace(SEED, deck="Deck"), "T||D||C|C|TT|20||T||C|C||1||2|"),
        (replace(SEED, chrome=False, below=1), "T||C|C||T||C||1||2|"),
        (Page("Title", ("One.", Gap(3), "Two.")), "T||TT|20||T||1||||2|"),
        (Page("Title", ("One.", Photo("Caption"), "Two.")), "T||TT|20||T||1||C|C||2|"),
        (Page(None, ("One.", "Two.")), "1||2|"),
    ],
)
def test_shapes_are_rendered_line_by_line(page: Page, text: str) -> None:
    letters = {"T": "Title", "C": "Caption", "D": "Deck", "A": "Author", "R": "Role"}
    letters |= {"1": "One.", "2": "Two."}
    lines = [letters.get(line, line) for line in text.split("|")]
    assert render([page]).decode() == "\n".join(lines)


def test_the_seed_page_reads_as_its_parts() -> None:
    assert expect([SEED, replace(SEED, captions=(), gap=1)])[0] == {
        "title": "Title",
        "deck": None,
        "byline": None,
        "captions": [{"text": "Caption", "copies": 4}],
        "paragraphs": ["One.", "Two."],
        "paragraph_count": 2,
        "caption_count": 1,
        "words": 2,
        "duplicate_captions": 3,
        "line": 1,
        "start": 0,
        "end": len(
            "Title\n\nCaption\nCaption\nTT\n20\n\nTitle\n\nCaption\nCaption\n\nOne.\n\nTwo.\n\n"
        ),
        "id": hashlib.sha256(b"Title\n\nOne.\n\nTwo.").hexdigest()[:12],
        "number": 1,
    }


@pytest.mark.parametrize(
    ("page", "duplicates"),
    [
        (SEED, 3),
        (replace(SEED, above=1, below=0), 0),
        (replace(SEED, chrome=False), 2),
        (replace(SEED, chrome=False, above=1, below=1), 0),
        (Page("Title", (Photo("Caption"), "One.")), 0),
    ],
)
def test_duplicates_are_the_lines_that_may_go(page: Page, duplicates: int) -> None:
    assert expect([page])[0]["duplicate_captions"] == duplicates


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"chrome": False, "deck": "Deck", "captions": ()}, "needs captions"),
        ({"author": "Author"}, "opinion"),
        ({"role": "Role"}, "role"),
        ({"title": None}, "title"),
        ({"body": ("One.", "One.")}, "twice"),
        ({"body": ("One.", Gap(3))}, "gap"),
        ({"gap": 0}, "blank line"),
    ],
)
def test_a_page_that_would_read_as_another_is_refused(changes: dict[str, Any], flaw: str) -> None:
    with pytest.raises(ValueError, match=flaw):
        replace(SEED, **changes)
