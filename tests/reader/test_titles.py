"""Which of two places has the titles, where both might."""

from __future__ import annotations

from sites import other_site

from corpuscli.reader.learning.found import Found, find
from corpuscli.reader.learning.learn import lines_of
from corpuscli.reader.learning.titles import Slot, Titles, _comes_first

SHAPE = "The Post\nLog in\n{title}\n{deck}\nShare\n{text}\n{more}\nAbout us\n"


def found() -> Found:
    one = find(lines_of(other_site(SHAPE)), True)
    assert isinstance(one, Found)
    return one


def below(titles: Titles, lines: int, score: float) -> Titles:
    """Return the lines so far below some titles, with another score."""
    slot = Slot("after", ("=", "Log in"), 1 + lines)
    at = tuple(place + lines for place in titles.at)
    return titles._replace(slot=slot, at=at, score=score)


def test_of_two_that_are_nearly_as_likely_the_first_has_the_titles() -> None:
    pages, titles, *_ = found()
    deck = below(titles, 1, titles.score + 0.4)
    assert _comes_first(pages, titles, deck)
    assert not _comes_first(pages, deck, titles)
    assert not _comes_first(pages, titles, deck._replace(score=titles.score + 0.6))


def test_below_the_last_line_of_the_head_a_likelier_line_is_text() -> None:
    pages, titles, *_ = found()
    assert _comes_first(pages, titles, below(titles, 3, titles.score + 0.9))


def test_sections_that_few_pages_have_are_no_titles() -> None:
    pages, titles, *_ = found()
    # On every fifth page the other place is the menu.
    at = tuple(place - 1 if n % 5 == 0 else place for n, place in enumerate(titles.at))
    menu = titles._replace(at=at, score=titles.score - 0.1)
    assert not _comes_first(pages, menu, titles)
