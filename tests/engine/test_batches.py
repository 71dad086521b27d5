"""A dump read by several processes from a pipe reads as it does by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unittest import mock

import pytest
from compose import Page, pages, render
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuscli.engine import batches
from corpuscli.engine.batches import read_batches
from corpuscli.errors import CorpusError, InputError
from corpuscli.reader.reading import Options, Piece, read_chunks


def itself(pieces: Sequence[Piece]) -> list[Piece]:
    return list(pieces)


def in_batches(pieces: Iterator[Piece], first: int, size: int, jobs: int) -> Iterator[Piece]:
    with mock.patch.multiple(batches, FIRST=first, SIZE=size):
        for part in read_batches("dump", pieces, itself, jobs=jobs):
            yield from part


@settings(max_examples=25)
@given(pages(largest=8), st.integers(0, 3000), st.integers(1, 3000), st.integers(1, 3))
def test_batches_of_any_size_give_the_same_articles(
    composed: list[Page], first: int, size: int, jobs: int
) -> None:
    data = render(composed) * 2
    whole = list(read_chunks("dump", [data], Options()).pieces)
    again = read_chunks("dump", [data], Options()).pieces
    assert list(in_batches(again, first, size, jobs)) == whole


def failing(data: bytes) -> Iterator[Piece]:
    yield from read_chunks("dump", [data], Options()).pieces
    raise InputError("dump", "is truncated")


@pytest.mark.parametrize("first", [0, 50, 10**6])
def test_what_was_read_before_the_input_failed_comes_first(first: int) -> None:
    data = b"".join(b"T%d\n\nTT\n\nT%d\n\nBody.\n\n\n\n" % (n, n) for n in range(20))
    found = []
    with pytest.raises(InputError, match="is truncated"):
        for piece in in_batches(failing(data), first, 60, 2):
            found.append(piece.span.number)
    assert found == list(range(1, 21))


def test_what_goes_wrong_in_a_process_is_raised_here() -> None:
    def fails(pieces: Sequence[Piece]) -> None:
        if pieces[0].span.number > 1:
            raise CorpusError("", "no")

    data = b"T\n\nTT\n\nT\n\nBody.\n" * 2
    pieces = read_chunks("dump", [data], Options()).pieces
    with mock.patch.object(batches, "FIRST", -1), pytest.raises(CorpusError, match="no"):
        list(read_batches("dump", pieces, fails, jobs=2))
