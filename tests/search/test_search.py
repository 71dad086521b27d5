"""Searching the clean article."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.errors import UsageError
from corpuscli.model import Article
from corpuscli.reader.reading import Options, read_chunks
from corpuscli.search.query import Query, compile_patterns, matches_of
from corpuscli.search.scan import new_scan

PAGE = (
    "Ferries return\n\nAfter the storm\n\nBoats at Vik. (dpa)\nBoats at Vik. (dpa)\nTT\n20\n\n"
    "Ferries return\n\nBoats at Vik. (dpa)\nBoats at Vik. (dpa)\n\n"
    "The ferries of Vik sail.\n\nПутин и Straße.\n\nقال الوزير اليوم.\n\nLast ferry, last word.\n"
)


def article() -> Article:
    reading = read_chunks("dump", [PAGE.encode()], Options())
    (piece,) = reading.pieces
    return reading.parse(piece)


def find(*patterns: str, **options: bool) -> list[tuple[str, int, list[str]]]:
    query = Query(compile_patterns(patterns, **options))
    return [
        (text.field, text.nth, [text.text[s:e] for s, e in spans])
        for text, spans in query.find(article())
    ]


def test_every_text_of_the_article_is_searched_once() -> None:
    assert find("Vik|torm|turn") == [
        ("title", 1, ["turn"]),
        ("deck", 1, ["torm"]),
        ("caption", 1, ["Vik"]),
        ("paragraph", 1, ["Vik"]),
    ]


def test_case_and_words_know_unicode() -> None:
    assert find("ПУТИН", ignore_case=True) == [("paragraph", 2, ["Путин"])]
    assert find(r"\w+", whole_words=True)[-2] == ("paragraph", 3, ["قال", "الوزير", "اليوم"])
    assert find("Путин", whole_words=True) == [("paragraph", 2, ["Путин"])]
    assert find("Пути", whole_words=True) == []


def test_smart_case_ignores_case_unless_there_is_a_capital() -> None:
    assert len(find("ferries", smart_case=True)) == 2
    assert len(find("Ferries", smart_case=True)) == 1
    assert len(find(r"\Sferries", smart_case=True)) == 0
    assert len(find(r"\bferries", smart_case=True)) == 2


def test_a_fixed_string_is_no_pattern() -> None:
    assert find("(dpa)", fixed=True) == [("caption", 1, ["(dpa)"])]


def test_the_ends_of_a_text_are_the_ends_of_a_pattern() -> None:
    assert find(r"^The|word\.$") == [("paragraph", 1, ["The"]), ("paragraph", 4, ["word."])]


def test_matches_of_several_patterns_that_overlap_are_one() -> None:
    assert find("ferries of", "of Vik") == [("paragraph", 1, ["ferries of Vik"])]


def test_all_patterns_may_be_wanted() -> None:
    query = Query(compile_patterns(["dpa", "Straße"]), needs_all=True)
    assert len(query.find(article())) == 2
    assert not Query(compile_patterns(["dpa", "nowhere"]), needs_all=True).find(article())


def test_context_is_paragraphs_without_matches() -> None:
    query = Query(compile_patterns(["Straße"]))
    found = list(matches_of(article(), query.find(article()), (1, 1)))
    assert [(m.nth, bool(m.matches)) for m in found] == [(1, False), (2, True), (3, False)]
    assert [m.line for m in found] == [15, 17, 19]


def test_only_what_matches_can_be_wanted() -> None:
    query = Query(compile_patterns(["last"], ignore_case=True))
    found = list(matches_of(article(), query.find(article()), None))
    assert [(m.text, m.matches) for m in found] == [("Last", ((0, 4),)), ("last", ((0, 4),))]


@pytest.mark.parametrize(
    "pattern", ["(?V0)(?V1)x", "(", "[", "*a", r"\p{Nonsense}", "a{2,1}", "x" * 100_000]
)
def test_a_pattern_that_is_none_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError, match="pattern"):
        compile_patterns([pattern])


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*)*x"])
def test_a_pattern_that_would_take_for_ever_ends(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpuscli.search.query.TIME_LIMIT", 0.2)
    data = f"T\n\nTT\n\nT\n\n{'a' * 40}!\n".encode()
    reading = read_chunks("dump", [data], Options())
    (piece,) = reading.pieces
    began = time.monotonic()
    try:
        Query(compile_patterns([pattern])).find(reading.parse(piece))
    except UsageError as error:
        assert pattern in str(error)
    assert time.monotonic() - began < 5


WORDS = st.sampled_from(
    ["Vik", "ferries", "of Vik", "Straße", "nowhere", "dpa)", "storm, x", "ry, l"]
)


@given(st.lists(WORDS, min_size=1, max_size=3), st.booleans(), st.booleans())
def test_what_is_left_out_unread_would_not_have_matched(
    patterns: list[str], needs_all: bool, ignore_case: bool
) -> None:
    compiled = compile_patterns(patterns, fixed=True, ignore_case=ignore_case)
    scan = new_scan(patterns, fixed=True, ignore_case=ignore_case, whole_words=False)
    plainly = Query(compiled, needs_all=needs_all)
    quickly = Query(compiled, needs_all=needs_all, scan=scan)
    assert quickly.find(article()) == plainly.find(article())


def test_a_pattern_may_ask_for_the_newer_behaviour() -> None:
    assert find("(?V1)[[a-z]--[aeiou]]{4,}") == find("[b-df-hj-np-tv-z]{4,}")
    assert find("(?V1)(?i)STRASSE") == [("paragraph", 2, ["Straße"])]
