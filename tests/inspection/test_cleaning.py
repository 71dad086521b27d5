"""Articles lose the lines that repeat a caption, except those that would read differently."""

from __future__ import annotations

from collections.abc import Sequence

import laws
import pytest
from soup import soup

from corpuscli.errors import InputError
from corpuscli.inspection import cleaning
from corpuscli.inspection.cleaning import Part, Rule, clean_part, decide
from corpuscli.inspection.dedupe import Entry
from corpuscli.reader.limits import MARGIN
from corpuscli.reader.reading import Reading

PAGE = "Title {0}\n\nA ship {0}.\nA ship {0}.\nTT\n\nTitle {0}\n\nA ship {0}.\n\nText.\n\n\n\n"
CLEAN = "Title {0}\n\nA ship {0}.\nTT\n\nTitle {0}\n\n\nText.\n\n\n\n"

ODD = {
    "B\nT\nC\nTT\nB\n\n\nC\nU\n\nU\n": "another article would begin inside it",
    "C\nTT\nC\nB\nB\nC\nC\nB\nB\nC\nTT\nT\n": "a second run would delete more",
    "B\nTT\nC\nC\nB\nB\nTT\nT\nC\n": "it would begin elsewhere",
    "T\n\na b\na\x0bb\nTT\n\nT\n\nB\n": "its problems would differ",
    "T\n\nC\nC\nTT\n\nT\n\nC\ufeffU\n\nTT\n\nU\n\nB\n": "the next article begins on its last line",
}
"""Dumps with an article that must be left alone, and why."""


def begun(data: bytes, layout: str = "page") -> Reading:
    return laws.read(data, layout)


def chosen(data: bytes) -> Reading:
    """A dump with a layout in which its beginning has no say: parts of it can be decided."""
    return begun(data)._replace(choice=None)


def reasons(data: bytes, layout: str = "page", *, body: bool = False) -> dict[int, str]:
    """Why articles are left alone, by their number."""
    reading = begun(data, layout)
    rule = Rule(reading, body)
    left: dict[int, str] = {}

    def note(entries: Sequence[Entry]) -> None:
        left.update({e.piece.span.number: e.reason for e in entries if e.reason})

    parts: list[Part[None]] = [clean_part(rule, list(reading.tiles), note)]
    assert list(decide(rule, parts, note))
    return left


def pages(*numbers: int) -> bytes:
    return "".join(PAGE.format(number) for number in numbers).encode()


def cleaned_pages(*numbers: int) -> bytes:
    return "".join(CLEAN.format(number) for number in numbers).encode()


def test_repeated_captions_go() -> None:
    assert laws.cleaned(begun(pages(1, 2, 3))) == cleaned_pages(1, 2, 3)
    assert reasons(pages(1, 2, 3)) == {}


@pytest.mark.parametrize(("dump", "why"), ODD.items(), ids=ODD.values())
def test_an_article_that_would_read_differently_is_left_alone(dump: str, why: str) -> None:
    data = dump.encode()
    left = reasons(data)
    assert any(reason.endswith(f"would read differently: {why}") for reason in left.values())
    laws.deduping_only_deletes_lines(data, False, "utf-8", "page")


@pytest.mark.parametrize("dump", ODD, ids=ODD.values())
def test_articles_around_one_that_is_left_alone_are_cleaned(dump: str) -> None:
    data = pages(*range(60)) + dump.encode() + b"\n\n\n" + pages(*range(60, 120))
    once = laws.cleaned(begun(data))
    # Its neighbours may have to be left alone, too.
    assert once.startswith(cleaned_pages(*range(58)))
    assert once.endswith(cleaned_pages(*range(62, 120)))
    laws.deduping_only_deletes_lines(data, False, "utf-8", "page")


def test_copies_in_a_body_stay_where_they_are_no_captions() -> None:
    wrapped = b"1 of 1 DOCUMENTS\n\nA Title\n\nso it is\nso it is\n"
    assert list(reasons(wrapped, "archive", body=True)) == [1]
    assert laws.cleaned(begun(wrapped, "archive"), True) == wrapped


def test_a_dump_read_by_gaps_gets_no_header() -> None:
    data = b"One\nOne\n\nOne\n\nText.\n"
    assert laws.read(data, "auto").has_no_headers
    laws.deduping_only_deletes_lines(data, True)


def test_parts_of_any_size_are_cleaned_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "TOGETHER", 100)
    odd = "\n\n\n".join(ODD).encode() + b"\n\n\n"
    data = b"".join(pages(*range(at, at + 37)) + odd for at in range(0, 400, 37))
    reading = chosen(data)
    tiles = list(reading.tiles)
    once = laws.cleaned_in_parts(reading, tiles, len(tiles), False)
    assert once.count(b"A ship 7.") == 1
    for size in (1, 7, 80, 101, 150, 333):
        assert laws.cleaned_in_parts(reading, tiles, size, False) == once


def test_little_is_held_of_articles_that_come_one_by_one() -> None:
    reading = chosen(pages(*range(2000)))
    rule = Rule(reading, False)
    held = 0

    def parts() -> list[Part[int]]:
        return [clean_part(rule, [tile], len) for tile in reading.tiles]

    for count in decide(rule, parts(), len):
        assert count <= 2 * cleaning.TOGETHER
        held += count
    assert held == 2000


def test_what_comes_before_a_fault_is_cleaned() -> None:
    reading = begun(pages(*range(30)))
    rule = Rule(reading, False)

    def parts() -> object:
        for tile in reading.tiles:
            yield clean_part(rule, [tile], laws.joined)
        raise InputError("dump", "cut off")

    done: list[bytes] = []
    with pytest.raises(InputError, match="cut off"):
        done.extend(decide(rule, parts(), laws.joined))  # type: ignore[arg-type]
    assert b"".join(done) == cleaned_pages(*range(30))


def test_parts_that_disagree_are_refused() -> None:
    """What one part has decided, and who has both sides would decide otherwise, is not written."""
    reading = chosen(pages(*range(400)))
    tiles = list(reading.tiles)
    rule = Rule(reading, False)
    parts = [clean_part(rule, tiles[:200], len), clean_part(rule, tiles[200:], len)]
    assert parts[1].middle and 0 < parts[1].decided < len(parts[1].before)
    parts[1].before[parts[1].decided].reason = "something else"
    with pytest.raises(InputError, match="too entangled to be cleaned in parts"):
        list(decide(rule, parts, len))


def test_soup_is_cleaned_the_same_in_parts() -> None:
    data = b"".join(map(soup, range(100)))
    reading = chosen(data)
    tiles = list(reading.tiles)
    assert laws.cleaned_in_parts(reading, tiles, 120, False) == laws.cleaned(chosen(data))


def test_a_beginning_without_which_the_layout_would_be_another_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is deleted from the beginning, and after it everything that can be."""
    monkeypatch.setattr(cleaning, "AUTO_REACH", 1000 - MARGIN)
    monkeypatch.setattr(cleaning, "TOGETHER", 40)
    monkeypatch.setattr(cleaning, "would_be_read_alike", lambda *start, is_all: False)
    data = pages(*range(400))
    reading = begun(data)
    tiles = list(reading.tiles)
    in_beginning = sum(tile.span.start < 1000 for tile in tiles)
    assert 5 < in_beginning < 20
    left = pages(*range(in_beginning)) + cleaned_pages(*range(in_beginning, 400))
    for size in (1, 30, 150, 400):
        assert laws.cleaned_in_parts(reading, tiles, size, False) == left


def test_more_is_waited_for_where_that_has_a_say_in_the_layout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cleaning, "TOGETHER", 40)
    asked: list[bool] = []

    def alike(reading: Reading, start: bytes, *, is_all: bool) -> bool | None:
        asked.append(is_all)
        return True if is_all else None

    monkeypatch.setattr(cleaning, "would_be_read_alike", alike)
    reading = begun(pages(*range(400)))
    assert laws.cleaned_in_parts(reading, list(reading.tiles), 1, False) == cleaned_pages(
        *range(400)
    )
    assert asked[-1] and 1 < len(asked) < 9
