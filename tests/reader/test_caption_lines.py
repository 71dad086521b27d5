"""The lines of a header that are captions."""

from __future__ import annotations

from compose import Page, pages, render
from hypothesis import given

from corpuscli.reader.caption_lines import read_captions, read_sole_caption
from corpuscli.reader.reading import Options, read_chunks
from corpuscli.source.text import Codec, trim

CAPTION = "A ship at the quay, 3 May 2024. (dpa)"


def sole(text: str) -> tuple[str, int, str] | None:
    """The caption of a page, its copies, and its body, if it has one caption for sure."""
    (piece,) = read_chunks("dump", [text.encode()], Options(layout="page")).pieces
    assert piece.span.header is not None
    found = read_sole_caption(piece.data, piece.span.header, Codec())
    return found and (
        found.line.decode(),
        len(found.starts),
        piece.data[found.body :].decode().strip(),
    )


def page(above: str, below: str, body: str) -> str:
    return f"Title of it\n\n{above}TT\n20\n\nTitle of it\n\n{below}\n{body}\n"


def test_the_commonest_pages_have_one_caption() -> None:
    twice = f"{CAPTION}\n" * 2
    assert sole(page(twice, twice, "Body.")) == (CAPTION, 4, "Body.")
    assert sole(page(twice, "", "Body.")) == (CAPTION, 2, "Body.")
    assert sole(page(twice, twice, "")) == (CAPTION, 4, "")
    assert sole(page(twice, twice, "А кириллица.")) == (CAPTION, 4, "А кириллица.")


def test_what_wants_a_closer_look_is_left_alone() -> None:
    twice = f"{CAPTION}\n" * 2
    assert sole(page("", "", "Body.")) is None
    assert sole(page(twice, f"\ufeff{CAPTION}\n", "Body.")) is None
    assert sole(page(twice, f"{CAPTION} \n", "Body.")) is None
    assert sole(page(twice + "Another caption, here.\n" * 2, "", "Body.")) is None


@given(pages(largest=3, noisy=True))
def test_a_sole_caption_is_what_a_closer_look_finds(composed: list[Page]) -> None:
    codec = Codec()
    data = render(composed)
    for piece in read_chunks("dump", [data], Options(layout="page")).pieces:
        header = piece.span.header
        found = header and read_sole_caption(piece.data, header, codec)
        if header and found:
            lines, body = read_captions(piece.data, header, codec)
            assert {line.text for line in lines} == {trim(codec.decode(found.line))}
            assert [line.start for line in lines] == found.starts
            assert body == found.body
            above = [line for line in lines if line.above]
            assert all(line.touching for line in above) == found.touching
