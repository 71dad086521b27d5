"""What a picture shows: few bars, nothing lost, and what is far off does not spoil the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.output.html import html_report
from corpuscli.output.pictures import (
    MOST_BARS,
    Bar,
    Fact,
    Panel,
    Picture,
    date_bars,
    length_bars,
)
from corpuscli.output.svg import svg_report

MONTHS = st.builds("{:04}-{:02}".format, st.integers(1, 9999), st.integers(1, 12))
COUNTS = st.integers(1, 10**9)

HOSTILE = "<script>alert(1)</script>\x1b]8;;http://evil\x07 & \"'\x00\ufffe\ud800\u202e[bold]"


@given(st.dictionaries(MONTHS, COUNTS, min_size=1))
def test_no_photo_is_lost_and_the_bars_are_few(months: dict[str, int]) -> None:
    bars = date_bars(months)
    assert sum(bar.value for bar in bars) == sum(months.values())
    assert len(bars) <= MOST_BARS + 3
    assert len({bar.label for bar in bars}) == len(bars)


@given(st.dictionaries(st.integers(0, 32 * 1024 * 1024), COUNTS, min_size=1))
def test_no_length_is_lost_and_the_bars_are_few(lengths: dict[int, int]) -> None:
    bars = length_bars(lengths)
    assert sum(bar.value for bar in bars) == sum(lengths.values())
    assert len(bars) <= MOST_BARS + 3


def test_nothing_has_no_bars() -> None:
    assert date_bars({}) == length_bars({}) == []


@pytest.mark.parametrize(
    ("months", "labels"),
    [
        ({"2024-03": 5}, ["2024-03"]),
        ({"2024-03": 5, "2024-05": 1}, ["2024-03", "2024-04", "2024-05"]),
        (
            {"2022-10": 5, "2024-01": 1},
            "2022 Q4,2023 Q1,2023 Q2,2023 Q3,2023 Q4,2024 Q1".split(","),
        ),
        ({"2014-06": 5, "2024-12": 5}, [str(year) for year in range(2014, 2025)]),
        ({"1999-01": 5, "2024-12": 5}, [f"{y}–{y + 1}" for y in range(1998, 2025, 2)]),
    ],
)
def test_the_classes_of_dates_suit_their_range(months: dict[str, int], labels: list[str]) -> None:
    assert [bar.label for bar in date_bars(months)] == labels


def test_one_old_photo_does_not_press_the_others_together() -> None:
    months = {f"2024-{month:02}": 100 for month in range(1, 13)}
    bars = date_bars({"1923-05": 1, **months, "2091-01": 2})
    assert [bars[0], bars[-1]] == [Bar("before 2024-01", 1), Bar("after 2024-12", 2)]
    assert [bar.value for bar in bars[1:-1]] == [100] * 12


def test_lengths_are_in_classes_of_a_round_number_of_words() -> None:
    assert length_bars({12: 1, 95: 2, 99: 1}) == [
        *(Bar(f"{n}–{n + 9}", 1 if n == 10 else 0) for n in range(10, 90, 10)),
        Bar("90–99", 3),
    ]
    bars = length_bars({**dict.fromkeys(range(0, 1500, 10), 9), 90_000: 1})
    assert [bars[0], bars[-1]] == [Bar("0–99", 90), Bar("more", 1)]


def hostile() -> Picture:
    bars = [Bar(HOSTILE, 3), Bar("", 0), Bar("عنوان " * 30, 1)]
    panels = [Panel("Credits", "photos", bars, HOSTILE, is_text) for is_text in (True, False)]
    return Picture(HOSTILE, HOSTILE, [Fact(HOSTILE, HOSTILE)], panels)


@pytest.mark.parametrize("report", [svg_report, html_report])
def test_text_of_a_dump_is_neither_mark_up_nor_a_control(
    report: Callable[[Sequence[Picture]], str],
) -> None:
    text = report([hostile(), hostile()])
    assert not re.search(r"<script|href|src=|url\(|@import", text)
    assert not re.search(r"[^\n\x20-\x7e\xa0-\u1fff\u2010-\u2027\u2030-\u205f\u2500-\uffdc]", text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\x1b]8;;http://evil\\x07 &amp; &quot;" in text
    assert "[bold]" in text
    text.encode()


@pytest.mark.parametrize("report", [svg_report, html_report])
def test_a_report_of_nothing_is_whole(report: Callable[[Sequence[Picture]], str]) -> None:
    assert report([]).endswith((">\n",))
    assert "No dump" in report([])


def test_an_svg_report_is_xml() -> None:
    root = ElementTree.fromstring(svg_report([hostile()]))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "style", "rect", "text", "line"}


def test_every_bar_of_an_svg_report_stands_on_the_page() -> None:
    bars = [Bar("x" * 200, 10**12), Bar("y", 1)]
    root = ElementTree.fromstring(
        svg_report([Picture("t", "s", [], [Panel("P", "u", bars, "", False)])])
    )
    width, height = int(root.attrib["width"]), int(root.attrib["height"])
    for rect in root.iter("{http://www.w3.org/2000/svg}rect"):
        x, y = int(rect.get("x", 0)), int(rect.get("y", 0))
        assert 0 <= x <= x + int(rect.attrib["width"]) <= width
        assert 0 <= y <= y + int(rect.attrib["height"]) <= height
