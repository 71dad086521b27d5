"""Lines of UTF-8: the compiled reader agrees with Python's own text functions."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from corpuscli.reader import lines as module
from corpuscli.reader.lines import Lines, count_lines, find_bom, first_text
from corpuscli.source.text import BOM, WHITE, decode, fold, trim

pieces = st.sampled_from(
    [
        *WHITE,
        *"ab.-",
        "é",
        "e\u0301",
        "ب",
        "ب\u0651",
        "“",
        "가",
        "\u1100\u1161",
        "\u11a8",
        "😀",
        "\x01",
        "x" * 15,
        "x" * 16,
        "Å",
        "\u212b",
        "\u0958",
        "ﬁ",
        "ａ",
        "\ufffd",
    ]
)
texts = st.lists(pieces, max_size=12).map(lambda parts: "".join(parts).replace("\n", ""))
some_bytes = st.one_of(
    texts.map(str.encode), st.binary(max_size=24).map(lambda data: data.replace(b"\n", b""))
)


def in_a_stretch(line: bytes) -> tuple[Lines, int, int]:
    """A line between others, and where it is."""
    return Lines(b"before\n" + line + b"\nafter"), 7, 7 + len(line)


@given(some_bytes)
@example(b"\xe2\x80")
@example(b"a\xc2")
@example(("x" * 16 + "\u0301").encode())
def test_a_line_is_folded_as_its_text_is(line: bytes) -> None:
    stretch, start, end = in_a_stretch(line)
    assert stretch.line_end(start) == end
    assert stretch.line_start(end, 0) == start
    assert stretch.key(start, end) == fold(decode(line)).encode()
    assert stretch.is_blank(start, end) == (not trim(decode(line)))


@given(some_bytes)
def test_what_opens_a_line_is_that_of_its_key(line: bytes) -> None:
    stretch, start, end = in_a_stretch(line)
    key = stretch.key(start, end)
    assert stretch.opening(start, end) == Lines(key).opening(0, len(key))


@given(st.lists(some_bytes, max_size=6), st.data())
def test_line_ends_and_marks_are_found_as_by_python(
    lines: list[bytes], data: st.DataObject
) -> None:
    text = b"\n".join(lines)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert count_lines(text, start, end) == text.count(b"\n", start, end)
    assert find_bom(text, start, end) == text.find(BOM.encode(), start, end)


@given(some_bytes)
def test_the_first_text_is_where_trimming_stops(line: bytes) -> None:
    white = line[: first_text(line)]
    assert not trim(decode(white))
    rest = decode(line[len(white) :])
    assert rest == rest.lstrip(WHITE)


def test_what_normalising_leaves_alone_is_left_alone_by_this_python_too() -> None:
    composes = set()
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            composes.add(int(parts[1], 16))
    hangul = {*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}
    for first, end in module._SETTLED:
        for code in range(first, end):
            letter = chr(code)
            assert unicodedata.category(letter) not in ("Mn", "Mc") or not unicodedata.combining(
                letter
            )
            assert unicodedata.is_normalized("NFC", letter), hex(code)
            assert unicodedata.combining(letter) == 0, hex(code)
            assert letter not in WHITE, hex(code)
            if code in composes | hangul:
                assert unicodedata.normalize("NFC", "e" + letter) == "e" + letter, hex(code)
