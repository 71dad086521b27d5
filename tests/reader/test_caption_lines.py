"""The lines of a header that are captions."""

from __future__ import annotations

from corpuscli.reader.caption_lines import body_twins, read_captions, redundant_lines
from corpuscli.reader.lines import Lines
from corpuscli.reader.reading import Options, read_chunks

CAPTION = "A ship at the quay, 3 May 2024. (dpa)"


def captions(text: str) -> tuple[list[tuple[str, bool, bool]], str, int]:
    """The caption lines of a page: key, above or not, touching or not; its body; how many go."""
    (piece,) = read_chunks("dump", [text.encode()], Options(layout="page")).pieces
    assert piece.span.header is not None
    found = read_captions(Lines(piece.data), piece.span.header)
    lines = [(line.key.decode(), line.above, line.touching) for line in found.lines]
    redundant = redundant_lines(found, piece.span.header.evidence)
    return lines, piece.data[found.body :].decode().strip(), len(redundant)


def page(above: str, below: str, body: str) -> str:
    return f"Title of it\n\n{above}TT\n20\n\nTitle of it\n\n{below}\n{body}\n"


ABOVE = (CAPTION, True, True)
BELOW = (CAPTION, False, False)


def test_copies_below_the_title_are_captions_and_no_body() -> None:
    twice = f"{CAPTION}\n" * 2
    assert captions(page(twice, twice, "Body.")) == ([ABOVE] * 2 + [BELOW] * 2, "Body.", 3)
    assert captions(page(twice, "", "Body.")) == ([ABOVE] * 2, "Body.", 1)
    assert captions(page(twice, twice, "")) == ([ABOVE] * 2 + [BELOW] * 2, "", 3)


def test_a_copy_may_be_written_differently() -> None:
    twice = f"{CAPTION}\n" * 2
    for copy in (f"\ufeff{CAPTION}\n", f"{CAPTION} \n", f"  {CAPTION}\xa0\r\n"):
        assert captions(page(twice, copy, "Body.")) == ([ABOVE, ABOVE, BELOW], "Body.", 2)


def test_without_captions_above_two_same_lines_below_are_some() -> None:
    assert captions(page("", f"{CAPTION}\n" * 2, "Body.")) == ([BELOW] * 2, "Body.", 0)
    assert captions(page("", f"{CAPTION}\n", "Body.")) == ([], f"{CAPTION}\n\nBody.", 0)


def test_only_the_block_on_the_controls_touches_them() -> None:
    lines, body, _ = captions(page(f"{CAPTION}\n{CAPTION}\n\nOther one\nOther one\n", "", "Body."))
    assert [touching for _, _, touching in lines] == [False, False, True, True]
    assert body == "Body."


def test_the_twins_of_a_body_are_lines_that_repeat_the_one_before() -> None:
    text = Lines(b"a\na \n\nb\n\nb\nc\nc")
    assert body_twins(text, 0) == [(2, 4), (13, 14)]
