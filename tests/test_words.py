"""Words are those that `str.split` finds, compiled or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpuscli.text import WHITE
from corpuscli.words import count_words

PIECES = st.sampled_from([character.encode() for character in ("a", "\0", "é", "字", *WHITE)])
NEAR = st.sampled_from([bytes([byte]) for byte in (0xC2, 0xE1, 0xE2, 0xE3, 0x80, 0x81, 0x9F, 0xFF)])
BYTES = st.lists(PIECES | NEAR | st.binary(max_size=3)).map(b"".join)


@given(BYTES)
def test_words_are_those_of_split(data: bytes) -> None:
    assert count_words(data) == len(data.decode("utf-8", "replace").split())
