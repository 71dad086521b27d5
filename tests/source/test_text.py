"""Lines, white space, and when two lines are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.source.text import STRETCH, WHITE, decode, fold, is_blank, trim


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A title", "A title\xa0 "),
        ("A title", " A  title"),
        ("A title", "A\ttitle\r"),
        ("A title", "\ufeffA title"),
        ("A title", "A ti\ufefftle"),
        ("Café", "Cafe\u0301"),
        ("أعلن", "ا\u0654علن"),
    ],
)
def test_lines_that_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("A title", "a title"), ("Atitle", "A title")])
def test_lines_that_are_not_the_same(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_white_space_is_what_python_calls_so_and_the_byte_order_mark() -> None:
    spaces = {chr(code) for code in range(0x110000) if chr(code).isspace()}
    assert set(WHITE) == spaces | {"\ufeff"}


def test_trimming_leaves_the_inside_alone() -> None:
    assert trim("\ufeff\xa0 a\xa0 b\u2028 \r") == "a\xa0 b"


@pytest.mark.parametrize("line", [b"", b" \t\r", "\xa0 ".encode(), "\ufeff".encode(), b"\x1c"])
def test_a_line_of_white_space_is_blank(line: bytes) -> None:
    assert is_blank(line)


@pytest.mark.parametrize("line", [b"x", b"\0", b" . ", b"\xff", "\u200b".encode(), b"\xa0"])
def test_a_line_with_anything_else_is_not_blank(line: bytes) -> None:
    assert not is_blank(line)


@given(st.binary(max_size=20))
def test_a_line_is_blank_when_its_text_is_white_space(line: bytes) -> None:
    assert is_blank(line) == (trim(decode(line)) == "")


def test_a_word_of_marks_alone_is_normalised_in_pieces() -> None:
    marks = "\u0301\u0327" * STRETCH
    assert fold(f"e\u0301 {marks} e\u0301").split(" ")[0] == "é"
    assert len(fold(f"a {marks} b")) == len(marks) + 4
