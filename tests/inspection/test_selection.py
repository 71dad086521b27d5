"""Selectors, and dates that bound a range."""

from __future__ import annotations

import pytest

from corpuscli.errors import UsageError
from corpuscli.inspection.selection import parse_bound, parse_selector


def numbers(text: str) -> list[int]:
    selector = parse_selector(text)
    return [number for number in range(1, 12) if selector.has_number(number)]


def test_numbers_and_ranges() -> None:
    assert numbers("2") == [2]
    assert numbers("4-6, 1") == [1, 4, 5, 6]
    assert numbers("9-") == [9, 10, 11]
    assert numbers("3,3,2-3") == [2, 3]


def test_ids_and_last() -> None:
    selector = parse_selector("last,id:3F9a,last-3,3f9ab,123456789012")
    assert selector.from_last == {0, 3}
    assert selector.ids == ("3f9a", "3f9ab", "123456789012")
    assert not selector.has_number(1)


def test_reading_may_stop_after_the_last_number() -> None:
    assert parse_selector("1,4-6").ends_before(7)
    assert not parse_selector("1,4-6").ends_before(6)
    assert not parse_selector("1,last").ends_before(7)
    assert not parse_selector("1-").ends_before(7)


def test_a_number_of_a_thousand_digits_is_a_number() -> None:
    assert numbers("9" * 1000) == []
    assert parse_selector("9" * 5000).ends_before(1) is False


@pytest.mark.parametrize(
    "text", ["", ",", "0", "-3", "6-4", "id:3f", "id:xyz1", "last-", "last-1001", "1.5", "١"]
)
def test_what_is_no_selector_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_selector(text)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-03", "2024-03-01", "2024-03-31"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("3 March 2024", "2024-03-03", "2024-03-03"),
        ("March 2024", "2024-03-01", "2024-03-31"),
        ("Feb 2023", "2023-02-01", "2023-02-28"),
        ("March 3, 2024", "2024-03-03", "2024-03-03"),
    ],
)
def test_a_lower_bound_rounds_down_and_an_upper_one_up(text: str, lower: str, upper: str) -> None:
    assert parse_bound(text, upper=False) == lower
    assert parse_bound(text, upper=True) == upper


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May",
        "10:00",
        "IST",
        "3",
        "2024-13",
        "2024-02-30",
        "0000",
        "9" * 100_000,
        "someday",
        "03/04/2024",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_bound(text, upper=False)
