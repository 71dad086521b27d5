from __future__ import annotations

import warnings

import pytest

from corpuscli.records.days import line_day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published March 5, 2024 10:02am EST", "2024-03-05"),
        ("5 Mar 2024, 10:02 NPT", "2024-03-05"),
        ("2024年3月5日 10:02", "2024-03-05"),
        ("5 March, 10:02 EST", None),
        ("3/4/2024 10:02 PST", None),
    ],
)
def test_a_date_line_has_a_day_and_its_time_zone_is_nobodys_business(
    line: str, day: str | None
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert line_day(line) == day
