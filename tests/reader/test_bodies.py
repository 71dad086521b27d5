"""What a body says, counted in one pass over its bytes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from corpuscli.reader.bodies import (
    CONTROLS,
    INVALID,
    QUOTES,
    count_body,
    count_words,
    look_at,
    raw_texts_of,
    texts_of,
)
from corpuscli.reader.lines import Lines
from corpuscli.source.text import WHITE, decode, trim

pieces = st.sampled_from(
    [
        *WHITE,
        "a",
        "bc ",
        "\n",
        "\n\n",
        "\r\n",
        "é",
        "ب",
        "“x”",
        "word " * 20,
        "x" * 70,
        '"',
        "\\",
        "\x01",
    ]
)
bodies = st.one_of(
    st.lists(pieces, max_size=20).map(lambda parts: "".join(parts).encode()),
    st.binary(max_size=200),
)


def texts(data: bytes) -> list[str]:
    return [text for line in decode(data).split("\n") if (text := trim(line))]


@given(bodies)
@example(b"a" * 63 + b" b")
@example(b"a" * 64 + b"b")
@example(b"a" * 63 + b"  " + b"b" * 80)
def test_words_are_those_that_splitting_finds(data: bytes) -> None:
    assert count_words(Lines(data), 0, len(data)) == sum(len(text.split()) for text in texts(data))


def test_a_mark_alone_is_no_word() -> None:
    for text in ("\ufeff", "\u00a0\ufeff \n", "\ufeff\n\ufeff"):
        data = text.encode()
        assert count_words(Lines(data), 0, len(data)) == 0
    data = "one \ufeff\n\ufefftwo".encode()
    assert count_words(Lines(data), 0, len(data)) == 2


@given(bodies, st.data())
def test_the_words_of_a_part_are_those_of_its_bytes(data: bytes, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(data)))
    end = draw.draw(st.integers(start, len(data)))
    part = data[start:end]
    found = count_words(Lines(data), start, end)
    assert found == count_words(Lines(part), 0, len(part))


@given(bodies)
def test_texts_are_the_lines_that_are_not_blank(data: bytes) -> None:
    lines = Lines(data)
    assert [unit.text for unit in texts_of(lines, 0, 0)] == texts(data)
    assert [decode(text) for text in raw_texts_of(lines, 0)] == texts(data)
    assert count_body(lines, 0).texts == len(texts(data))
    places = [at for at, line in enumerate(decode(data).split("\n"), 5) if trim(line)]
    assert [unit.line for unit in texts_of(lines, 0, 5)] == places


@given(bodies)
def test_what_is_odd_is_what_python_calls_so(data: bytes) -> None:
    found = look_at(Lines(data))
    text = decode(data)
    assert bool(found & QUOTES) == ('"' in text or "\\" in text)
    assert bool(found & INVALID) == (text.encode() != data)
    lone = any(one == "\r" and other not in "\r\n" for one, other in pairwise(text))
    controls = {chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)]} - set("\t\n\r")
    assert bool(found & CONTROLS) == (lone or bool(controls & set(text)))


def test_a_gap_is_between_two_texts() -> None:
    assert count_body(Lines(b"a\n\n\n\nb\n"), 0).has_gap
    assert not count_body(Lines(b"a\n\n\nb\n\n\n\n"), 0).has_gap
    assert not count_body(Lines(b"\n\n\n\na\n"), 0).has_gap


def test_twins_are_two_same_texts_in_a_row() -> None:
    assert count_body(Lines(b"a  b\n a b\n"), 0).has_twins
    assert not count_body(Lines(b"a b\n\na b\n"), 0).has_twins
