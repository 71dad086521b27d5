"""What is asked of a whole stretch of a dump is what each article's own bytes say."""

from __future__ import annotations

from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from corpuscli import survey
from corpuscli.survey import Survey
from corpuscli.text import WHITE
from corpuscli.words import count_words

PIECES = st.sampled_from(
    ["a", "word ", "\n", "\n\n", " ", "\t", "\r\n", "\x00", "\x1b", "é", "ا", "“", "字", *WHITE]
)
TEXTS = st.lists(PIECES, max_size=200).map(lambda parts: "".join(parts).encode())
BYTES = TEXTS | st.binary(max_size=300)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[bytes, int, int]:
    """Some bytes, and a part `[start, end)` of them."""
    data = draw(BYTES)
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
    return data, start, end


@given(stretches())
def test_words_are_those_that_splitting_at_white_space_finds(
    stretch: tuple[bytes, int, int],
) -> None:
    data, start, end = stretch
    with mock.patch.object(survey, "PAYS", 0):
        count = Survey(data).count_words(start, end)
    part = data[start:end]
    assert count is None or count == count_words(part)
    if all(0x20 <= byte < 0x7F or byte in b"\t\n\r" for byte in data):
        assert count is not None


def test_words_are_counted_once_it_pays() -> None:
    asked = Survey(b"two words\n")
    counts = [asked.count_words(0, 10) for _ in range(survey.PAYS + 1)]
    assert set(counts[: survey.PAYS - 1]) == {None}
    assert counts[-1] == 2


@given(stretches())
def test_lines_touch_that_have_no_empty_one_between(stretch: tuple[bytes, int, int]) -> None:
    data, start, end = stretch
    blocks = [b"", *data[start:end].strip(b"\n").split(b"\n"), b""]
    touching = any(map(lambda one, other: one and other, blocks, blocks[1:]))
    # A part that begins in the middle of a line is none of an article.
    if start == 0 or data[start - 1] == 0x0A:
        assert Survey(data).has_touching_lines(start, end) == touching


@given(BYTES, st.lists(st.integers(0, 300)))
def test_line_ends_are_counted_up_to_any_place(data: bytes, offsets: list[int]) -> None:
    counted = [data.count(b"\n", 0, offset) for offset in offsets]
    assert Survey(data).line_ends_before(offsets) == counted


@given(stretches())
def test_line_ends_of_a_part_count_from_its_start(stretch: tuple[bytes, int, int]) -> None:
    data, start, end = stretch
    expected = [at for at, byte in enumerate(data[start:end]) if byte == 0x0A]
    assert Survey(data).line_ends(start, end).tolist() == expected
