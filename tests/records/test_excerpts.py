"""Some lines around one of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpuscli.records.excerpts import LONGEST, Line, clip, lines_around

LINES = st.lists(st.sampled_from([b"", b" ", b"One.", b"Two.", "\u00a0".encode()]), min_size=1)


@given(LINES, st.data())
def test_the_line_comes_with_the_text_around_it(lines: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    shown = lines_around(b"\n".join(lines), at, 10)
    numbers = [line.number for line in shown]
    assert 10 + at in numbers and numbers == sorted(set(numbers))
    assert all(line.text == lines[line.number - 10].decode() for line in shown)
    texts = [number for number, line in enumerate(lines, 10) if line.strip(b" \xc2\xa0")]
    before = [number for number in texts if number < 10 + at][-1:]
    after = [number for number in texts if number > 10 + at][:1]
    assert [n for n in numbers if n != 10 + at and n in texts] == before + after
    assert len(shown) <= 8


def test_many_blank_lines_are_left_out() -> None:
    shown = lines_around(b"One." + b"\n" * 100 + b"Two.", 1, 1)
    assert shown == (Line(1, "One."), Line(2, ""), Line(101, "Two."))


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_of_a_long_line_the_part_that_is_odd_is_kept(before: int, after: int) -> None:
    line = "a" * before + "\x07" + "b" * after
    short = clip(line)
    assert "\x07" in short and len(short) <= LONGEST + 2
    assert short.strip("…") in line
    assert (short == line) == (len(line) <= LONGEST)
