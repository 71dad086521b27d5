"""Every shape of page is read as FORMAT.md says, alone and in company."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from compose import Expected, Page, expect, pages, random_pages, render
from conftest import DATA, EXAMPLES
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.errors import InputError
from corpuscli.model import Article
from corpuscli.reader.reading import Options, Piece, read_articles, read_chunks
from corpuscli.records.fields import ARTICLE

FIXTURES = sorted(DATA.glob("*.jsonl")) + sorted(EXAMPLES.glob("*.jsonl"))

FIELDS = {field.name: field.get for field in ARTICLE}


def as_expected(article: Article, names: Sequence[str]) -> dict[str, Any]:
    """The fields of an article that an expected record has."""
    return json.loads(json.dumps({name: FIELDS[name](article) for name in names}))  # type: ignore[no-any-return]


def articles(data: bytes, size: int = 1 << 20) -> list[Article]:
    reading = read_chunks("dump", [data], Options(shard_size=size))
    return [reading.parse(piece) for piece in reading.pieces]


def trimmed(records_: Sequence[Expected]) -> list[dict[str, Any]]:
    """Expected records, their captions reduced to what the composer knows."""
    return [json.loads(json.dumps(record)) for record in records_]


def read_whole(data: bytes, wanted: Sequence[Expected]) -> list[dict[str, Any]]:
    names = list(wanted[0]) if wanted else []
    found = [as_expected(article, names) for article in articles(data)]
    for record in found:
        record["captions"] = [{k: c[k] for k in ("text", "copies")} for c in record["captions"]]
    return found


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_fixture_reads_as_expected(path: Path) -> None:
    expected = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = list(read_articles(str(path.with_suffix(".txt"))))
    assert [as_expected(a, list(e)) for a, e in zip(found, expected, strict=True)] == expected


@given(pages())
def test_composed_pages_come_back_exactly(composed: list[Page]) -> None:
    assert read_whole(render(composed), expect(composed)) == trimmed(expect(composed))


@given(pages(), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(0, 4))
def test_line_ends_and_blank_lines_around_change_no_text(
    composed: list[Page], newline: str, final: bool, leading: int
) -> None:
    data = render(composed, newline=newline, final_newline=final, leading=leading)
    wanted = expect(composed, newline=newline, final_newline=final, leading=leading)
    assert read_whole(data, wanted) == trimmed(wanted)


@pytest.mark.parametrize("noisy", [False, True], ids=["plain", "noisy"])
def test_of_a_thousand_random_pages_nearly_all_come_back_whole(
    noisy: bool, request: pytest.FixtureRequest
) -> None:
    rounds = 200 if request.config.getoption("--long") else 4
    total = whole = 0
    for seed in range(rounds):
        composed = random_pages(random.Random(seed), 1000, noisy=noisy)
        wanted = trimmed(expect(composed))
        found = {
            record["start"]: record for record in read_whole(render(composed), expect(composed))
        }
        total += len(wanted)
        whole += sum(found.get(record["start"]) == record for record in wanted)
    assert whole / total >= 0.9995


@given(st.binary(max_size=400), st.integers(1, 500))
def test_any_bytes_are_read_and_none_is_lost(data: bytes, size: int) -> None:
    reading = read_chunks("dump", [data], Options(shard_size=size))
    tiles = list(reading.tiles)
    assert b"".join(tile.raw for tile in tiles) == data
    for tile in tiles:
        reading.parse(tile)


LINES = st.sampled_from(["T", "U", "C.", "D", "TT", "20", "", "", "", " \xa0", "\ufeffT", "B. B"])


@given(st.lists(LINES, max_size=40), st.integers(1, 60))
def test_any_lines_are_read_the_same_in_blocks_of_any_size(lines: list[str], size: int) -> None:
    data = "\n".join(lines).encode()
    whole = read_chunks("dump", [data], Options(layout="page"))
    parts = read_chunks("dump", [data], Options(layout="page", shard_size=size))
    assert list(whole.tiles) == list(parts.tiles)


def test_what_was_read_before_an_input_fails_is_kept() -> None:
    page = b"T%d\n\nTT\n\nT%d\n\nB.\n\n\n\n"
    data = b"".join(page % (n, n) for n in range(5))

    def chunks() -> Any:
        yield data
        raise InputError("dump", "truncated")

    reading = read_chunks("dump", chunks(), Options())
    found: list[Piece] = []
    with pytest.raises(InputError, match="truncated"):
        found.extend(reading.pieces)
    # The last article may have gone on after the damage.
    assert [piece.span.number for piece in found] == [1, 2, 3, 4]


def test_an_article_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuscli.reader.reading.LONGEST_ARTICLE", 10_000)
    reading = read_chunks("dump", [b"T\n\nTT\n\nT\n\n" + b"word " * 9000], Options(shard_size=1000))
    with pytest.raises(InputError, match="the article that starts at line 1 is longer than"):
        list(reading.pieces)


def test_an_article_of_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuscli.reader.reading.MOST_LINES", 1000)
    short, long = b"T\n\nTT\n\nT\n\n" + b"a\n" * 900, b"U\n\nTT\n\nU\n\n" + b"a\n" * 1100
    for dump in (short + b"\n" + long, short + b"\n" + long + b"\n" + short):
        found: list[Piece] = []
        with pytest.raises(InputError, match="the article that starts at line 908 is longer than"):
            found.extend(read_chunks("dump", [dump], Options()).pieces)
        assert [piece.span.number for piece in found] == [1]


def _name(number: int) -> bytes:
    """Return a different word for each number."""
    return bytes(ord("a") + int(digit) for digit in f"{number:06}")


def test_the_layout_is_chosen_by_the_first_four_mebibytes() -> None:
    header = b"T\n\nTT\n\nT\n\nB.\n"
    filler = b"".join(
        b"News of %s\n\nA body of some words.\n\n\n\n" % _name(number) for number in range(120_000)
    )
    early, late = (
        read_chunks("a", [header + filler], Options()),
        read_chunks("b", [filler + header], Options()),
    )
    assert (early.layout.name, late.layout.name) == ("page", "plain")
