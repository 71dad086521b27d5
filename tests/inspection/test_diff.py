"""Compare two dumps: every article is accounted for once, and none is guessed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from compose import Page, pages, render
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.inspection.diff import Comparison, make_entries
from corpuscli.model import Article
from corpuscli.reader.reading import Options, read_chunks
from corpuscli.records.differences import Difference, ParagraphChange, changed_paragraphs, hunks
from corpuscli.records.fields import article_id

PAGE = Options(layout="page")


def compare(old: bytes, new: bytes, parts: int = 1000) -> tuple[list[Difference], int]:
    """Return the differences, with this many articles read at a time, and how many are the same."""
    with Comparison("old", "new") as comparison:
        for data, known, add in (
            (old, frozenset[int](), comparison.add_old),
            (new, comparison.known, comparison.add_new),
        ):
            reading = read_chunks("dump", [data], PAGE)
            pieces = list(reading.pieces)
            for start in range(0, len(pieces), parts):
                add(make_entries(known, True, reading, pieces[start : start + parts]))
        return list(comparison.differences()), comparison.same


def articles(data: bytes) -> list[Article]:
    reading = read_chunks("dump", [data], PAGE)
    return list(map(reading.parse, reading.pieces))


def told(differences: Sequence[Difference]) -> list[tuple[str, int | None, int | None]]:
    return [
        (d.change, d.old.number if d.old else None, d.new.number if d.new else None)
        for d in differences
    ]


def page(title: str | None, *body: str) -> Page:
    return Page(title, body or ("Body.",))


SAME_TITLES = [page("Tide", "One."), page("Tide", "Two."), page("Wind", "Three.")]


@given(pages(largest=6, noisy=True), pages(largest=6, noisy=True), st.data())
def test_every_article_is_told_of_once_or_is_the_same(
    one: list[Page], other: list[Page], draw: st.DataObject
) -> None:
    titled = [composed for composed in (*one, *other) if composed.title]
    choice = st.lists(st.sampled_from(titled), min_size=1, max_size=8) if titled else st.just(one)
    old, new = render(draw.draw(choice)), render(draw.draw(choice))
    found, same = compare(old, new)
    old_ids = {article_id(article) for article in articles(old)}
    new_ids = {article_id(article) for article in articles(new)}
    assert same == len(old_ids & new_ids)
    assert Counter(d.old.id for d in found if d.old) == Counter(old_ids - new_ids)
    assert Counter(d.new.id for d in found if d.new) == Counter(new_ids - old_ids)
    for difference in found:
        if difference.change == "changed":
            assert difference.old and difference.new
            assert difference.old.title is not None
    assert compare(old, new, parts=1) == (found, same)
    backwards = Counter(d.change for d in compare(new, old)[0])
    counts = Counter(d.change for d in found)
    assert (backwards["added"], backwards["removed"], backwards["changed"]) == (
        counts["removed"],
        counts["added"],
        counts["changed"],
    )


def test_what_is_new_comes_in_its_order_and_what_is_gone_last() -> None:
    old = render([page("A"), page("B", "Old."), page("C")])
    new = render([page("D"), page("C"), page("B", "New."), page("E")])
    found, same = compare(old, new)
    assert told(found) == [
        ("added", None, 1),
        ("changed", 2, 3),
        ("added", None, 4),
        ("removed", 1, None),
    ]
    assert same == 1


def test_equal_titles_are_matched_in_their_order_once_the_same_articles_are_set_aside() -> None:
    new = [page("Tide", "Two."), page("Tide", "Zero."), page("Tide", "Nought.")]
    found, same = compare(render(SAME_TITLES), render(new))
    assert told(found) == [("changed", 1, 2), ("added", None, 3), ("removed", 3, None)]
    assert same == 1


def test_an_article_that_comes_twice_counts_once_by_its_first_copy() -> None:
    twice = [*SAME_TITLES, *SAME_TITLES]
    assert compare(render(SAME_TITLES), render(twice)) == ([], 3)
    assert compare(render(twice), render(SAME_TITLES)) == ([], 3)
    found, _ = compare(render([page("A")]), render([page("A"), *twice]))
    assert told(found) == [("added", None, 2), ("added", None, 3), ("added", None, 4)]


def test_titles_are_the_same_whatever_their_white_space() -> None:
    old, new = (render([page(title, text)]) for title, text in (("A  B", "x"), ("A\u00a0B", "y")))
    (difference,) = compare(old, new)[0]
    assert (difference.change, difference.edition.title) == ("changed", "A\u00a0B")


def test_what_has_no_title_is_never_changed() -> None:
    found, _ = compare(b"Old text.\n", b"New text.\n")
    assert told(found) == [("added", None, 1), ("removed", 1, None)]


def test_an_empty_dump_has_nothing_in_common_with_any() -> None:
    dump = render(SAME_TITLES)
    assert compare(b"", b"") == ([], 0)
    assert [d.change for d in compare(b"", dump)[0]] == ["added"] * 3
    assert [d.change for d in compare(dump, b"")[0]] == ["removed"] * 3


# Paragraphs

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12)


@given(TEXTS, TEXTS)
def test_the_changes_turn_the_old_text_into_the_new_one(old: list[str], new: list[str]) -> None:
    changes = changed_paragraphs(old, new)
    gone = {change.old_index for change in changes if change.change == "removed"}
    came = {change.new_index: change.text for change in changes if change.change == "added"}
    assert all(old[c.old_index - 1] == c.text for c in changes if c.change == "removed")
    kept = iter(text for place, text in enumerate(old, 1) if place not in gone)
    size = len(old) - len(gone) + len(came)
    assert [came[n] if n in came else next(kept) for n in range(1, size + 1)] == new
    assert bool(changes) == (old != new)


@given(TEXTS, TEXTS)
def test_hunks_are_the_changes_with_nothing_between(old: list[str], new: list[str]) -> None:
    changes = changed_paragraphs(old, new)
    parts = list(hunks(changes))
    assert [change for part in parts for change in part] == changes
    for part in parts:
        removed = [change.old_index for change in part if change.change == "removed"]
        added = [change.new_index for change in part if change.change == "added"]
        assert removed == list(range(removed[0], removed[0] + len(removed))) if removed else True
        assert added == list(range(added[0], added[0] + len(added))) if added else True
        assert [c.change for c in part] == ["removed"] * len(removed) + ["added"] * len(added)
    for part, following in pairwise(parts):
        last, first = part[-1], following[0]
        after_old = last.old_index + (last.change == "removed")
        assert first.old_index > after_old


def test_a_paragraph_that_came_says_where_it_would_have_stood() -> None:
    assert changed_paragraphs(["a", "b"], ["a", "x", "b", "y"]) == [
        ParagraphChange("added", 2, 2, "x"),
        ParagraphChange("added", 3, 4, "y"),
    ]
    assert changed_paragraphs(["a", "b"], ["c", "b"]) == [
        ParagraphChange("removed", 1, 1, "a"),
        ParagraphChange("added", 2, 1, "c"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["x", *"ab" * 20_000], [*"ba" * 20_000, "y"]),
        ([str(n) for n in range(30_000)], [str(n) for n in range(30_000, 0, -1)]),
    ],
)
def test_hostile_texts_are_compared_in_bounded_time(old: list[str], new: list[str]) -> None:
    start = time.process_time()
    assert changed_paragraphs(old, new)
    assert time.process_time() - start < 10
