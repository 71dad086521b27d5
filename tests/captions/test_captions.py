"""Captions in the styles of the agencies, all of our own making: names and events are invented.

`captions.jsonl` holds one caption a line: `text`, `date`, `place`, `credit`; `trap`, what could
mislead a reader; `open`, the fields that are not yet read rightly, which fail as expected.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpuscli.captions import (
    credits,
    dates,
    find_credit,
    find_date,
    find_place,
    places,
    read_caption,
)

FINDERS: dict[str, Callable[[str], str | None]] = {
    "date": find_date,
    "place": find_place,
    "credit": find_credit,
}
CAPTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "captions.jsonl").read_text(encoding="utf-8").splitlines()
]


def _cases(field: str) -> list[object]:
    return [
        pytest.param(
            caption["text"],
            caption[field],
            id=f"{number}-{caption.get('trap', '')}".replace(" ", "-"),
            marks=[pytest.mark.xfail(strict=True)] if field in caption.get("open", ()) else [],
        )
        for number, caption in enumerate(CAPTIONS, 1)
    ]


@pytest.mark.parametrize(("text", "expected"), _cases("date"))
def test_date(text: str, expected: str | None) -> None:
    assert find_date(text) == expected


@pytest.mark.parametrize(("text", "expected"), _cases("place"))
def test_place(text: str, expected: str | None) -> None:
    assert find_place(text) == expected


@pytest.mark.parametrize(("text", "expected"), _cases("credit"))
def test_credit(text: str, expected: str | None) -> None:
    assert find_credit(text) == expected


def test_a_third_of_the_captions_are_traps() -> None:
    assert len(CAPTIONS) >= 450
    assert 3 * sum("trap" in caption for caption in CAPTIONS) >= len(CAPTIONS)


MONTHS = {
    "English": "January February March April May June July August September October November "
    "December",
    "English, short": "Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sept. Oct. Nov. Dec.",
    "German": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "French": "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre",
    "Spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "Russian": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "Arabic, Gulf": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "Arabic, Maghreb": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "Arabic, Morocco": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "Arabic, Levant": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول "
    "تشرين_الثاني كانون_الأول",
}


@pytest.mark.parametrize("language", MONTHS)
def test_every_month_in_every_language(language: str) -> None:
    for number, month in enumerate(MONTHS[language].split(), 1):
        text = f"Oslo, 7 {month.replace('_', ' ')} 2021 (AFP)"
        assert find_date(text) == f"2021-{number:02}-07", text


@pytest.mark.parametrize(
    "written",
    [
        *("14 March 2021", "14th March 2021", "14th of March, 2021", "March 14, 2021"),
        *("March 14th, 2021", "MARCH 14, 2021", "Mar. 14, 2021", "Mar 14 2021", "14.03.2021"),
        *("14. 3. 2021", "14/03/2021", "03/14/2021", "2021-03-14", "14. März 2021"),
        *("14 de marzo de 2021", "14 mars 2021", "14 марта 2021 года"),
        *("١٤ مارس ٢٠٢١", "۱۴ مارس ۲۰۲۱"),
        *("14 آذار/مارس 2021", "14 مارس (آذار) 2021", "14 مارس آذار 2021"),
    ],
)  # fmt: skip
def test_every_way_to_write_a_day(written: str) -> None:
    for text in (written, f"{written}, Norway, Oslo: A quay.", f"A quay in Oslo, {written}. (NTB)"):
        assert find_date(text) == "2021-03-14", text


def test_today_never_fills_a_hole() -> None:
    for text in ("March 2021", "14 March", "Sunday", "2021", "last week", "10:00", "IST", "May"):
        assert find_date(f"A quay in Oslo, {text}. (NTB)") is None


@given(st.dates(date(1840, 1, 1), date(2099, 12, 31)))
def test_a_date_alone_is_read_back(day: date) -> None:
    assert find_date(f"{day.day} {day:%B} {day.year}") == day.isoformat()
    assert find_date(f"{day:%d.%m.%Y}") == day.isoformat()
    assert find_date(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    "written",
    [
        *("© 2019 Reuters", "(c) 2019 Reuters", "Copyright 2019 Reuters", "(© 2019 Reuters)"),
        *("Photo: Reuters, 2019", "(Reuters, 3 May 2019)", "(Photo: Reuters 2019)", "© Reuters"),
    ],
)
def test_a_year_is_not_part_of_a_credit(written: str) -> None:
    assert find_credit(f"A boat in Vikhaven. {written}") == "Reuters"


def _documented() -> list[tuple[str, str | None]]:
    """The captions and their places in the table of docs/records.md that says how far one goes."""
    page = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    table = page.partition("| rule | caption | `place` |\n")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in row.split("|")[1:4]] for row in table.splitlines()[1:]]
    return [(text, place.strip("`") or None) for _, text, place in cells]


@pytest.mark.parametrize(("text", "place"), _documented())
def test_the_places_of_the_docs_are_read(text: str, place: str | None) -> None:
    assert find_place(text) == place


def test_a_caption_is_read_at_once_as_it_is_read_in_parts() -> None:
    for caption in CAPTIONS:
        text = caption["text"]
        for one in (text, f"{text} {text}", text * 20, text.replace(" ", "\n ")):
            parts = dates.find_date(one), places.find_place(one), credits.find_credit(one)
            assert read_caption(one) == parts


# Text of the pieces that captions are made of meets far more rules than text of any letters.
_PIECES = st.sampled_from(
    """
    in at near of the on who died was to be taken photo Photo: (Photo by / AFP) (AFP) [ ] ( )
    REUTERS/ - – : , . ; © 2023 2023. 12 31 3/4/2021 30.02.2021 1,000 10:00 May March мая مايو
    كانون الثاني ２０２３
    Cairo Egypt, York, New de la São city region capital 's « \u00a0 \ufeff \u200f ٣
    ARCHIV FILE PHOTO: CAIRO, EGYPT MARCH 12: via Courtesy الرياض، غزة Москве
    """.split(" ")
)
_CAPTIONS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map(" ".join))


@given(_CAPTIONS)
@settings(max_examples=400, deadline=None)
@example("9" * 100_000)
@example("May")
@example("10:00")
@example("IST")
@example("")
def test_no_caption_breaks_the_finders(text: str) -> None:
    normalised = " ".join(text.split())
    day, place, credit = find_date(text), find_place(text), find_credit(text)
    assert day is None or date.fromisoformat(day).isoformat() == day
    assert place is None or (place and place in normalised)
    assert credit is None or (credit and credit in normalised)


@pytest.mark.parametrize("finder", FINDERS.values(), ids=FINDERS)
@pytest.mark.parametrize(
    "piece",
    [
        *("1", "12 ", "2023", "1 2023 ", "May 3, 2023 ", "on May 3, 2023 ", "3/4/2021 ", "1.", "."),
        *("a", "A", "Ab ", "in A", "in Ab ", "in the city of ", "Ab, ", "Ab's "),
        *("the ", "of ", " "),
        *("(", "((", "(A) ", "[", "Photo: ", "/", "A/", "REUTERS/A ", "AFP ", " - "),
        *("©", "© ", "Photo by ", "Credit ", "/AFP ", "Name/AFP ", "died on 3 May 2021 ", "Mount "),
        *("\u00a0", "في ", "غزة، ", "т ", "who died ", "ahead of ", "'", '"', "A.", "\n"),
    ],
)  # fmt: skip
def test_time_grows_no_faster_than_the_text(
    finder: Callable[[str], str | None], piece: str
) -> None:
    size = 500_000
    start = time.perf_counter()
    finder(piece * (size // len(piece)))
    assert time.perf_counter() - start < 2.0


def test_finding_dates_loads_neither_places_nor_agencies() -> None:
    script = (
        "import sys; import corpuscli.captions; "
        "before = {m for m in sys.modules if m.startswith('corpuscli.captions.')}; "
        "from corpuscli.captions import find_date; find_date('no date'); "
        "assert not before, before; "
        "assert 'dateutil' not in sys.modules; "
        "assert find_date('3 May 2021') == '2021-05-03'; "
        "assert 'corpuscli.captions.places' not in sys.modules; "
        "assert 'corpuscli.captions.credits' not in sys.modules; "
        "from corpuscli.captions import lexicon; "
        "assert not lexicon.look_up('Oslo').places & lexicon.PLACE_BIT['city']"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
