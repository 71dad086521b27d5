"""The day a photo was taken, as its caption writes it.

A caption may hold several dates: of the picture, of what happened before, of what is to come. Every
full date (day, month and year all written) is a candidate; `story` tells what each stands for, and
the first that stands for the picture is the answer. Nothing is ever filled in.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from corpuscli.captions.months import WEEKDAY_NUMBERS, month_number
from corpuscli.captions.story import Role, role_of
from corpuscli.captions.words import word_set

# Years of photography. Arabic-Indic and Persian digits count: `int` reads them too.
_YEAR = r"(?:1[89]|20|١[٨٩]|٢٠|۱[۸۹]|۲۰)\d\d(?!\d)"
_ANY_YEAR = re.compile(_YEAR)
_HAS_YEAR = re.compile(r"[12١٢۱۲][890٠٨٩۰۸۹]\d\d")  # at less than half the time

# A date is either a day, then at most 40 characters without a digit, then a year: the month's name
# is among these characters (`3 de mayo de 2023`), or is the word before the day (`May 3, 2023`). Or
# it is three numbers with the same sign between them (`17.04.2024`, `15/06/2024`, `2024-04-17`).
# The pattern begins with a digit, not with what may not stand before it, so that the engine skips
# from digit to digit. The signs that may not stand before make it a price, a score, a time, the end
# of a range or a part of a larger number.
_DATE = re.compile(
    r"[0-9٠-٩۰-۹](?<![\d$€£¥:/#+].)(?<!\d[.,–-].)(?<!\w-.)(?<!\.[–-].)"
    rf"(?:(\d?(?!\d))([^\d:;!?\"%&+=<>#@*|\[\]{{}}]{{1,40}})({_YEAR})(?![-/]?[A-Za-z]{{3}})"
    r"|\d{0,3}([./-]) ?\d\d?\4 ?\d{1,4}(?!\d|[./-]\d))"
)
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\s\d_.,:()\[\]/\"'“„«-]+[.,]?$")
# `12, December, 2020`: the commas that no name and no age have.
_IN_COMMAS = re.compile(r", [^\W\d_]{3,}\.?, ?$")
# `este martes`, `Tuesday, 5/3/2019`: the weekday of the picture.
_THIS_WEEKDAY = re.compile(r"\b(?:este|hoy,?|this) ([^\W\d_]{3,})")
_WEEKDAY_BEFORE = re.compile(r"([^\W\d_]{3,}),? (?:on |am |el |le )?$")
# `10 to 14 April 2020`: the first of the days of a span.
_SPAN = re.compile(r"(?<!\d)\d\d?\.? ?(?:[–-]|to|bis|au|al|по|and|und|et|y|и) ?$")
# Between a day and a year whose month stands before them: `3, `, `3rd of `.
_NO_MONTH = re.compile(r"(?:st|nd|rd|th)?[ ,.،]*(?:of |de |del )?")

# `CAIRO, EGYPT - MARCH 12:`, the day and the month of the picture; its year stands elsewhere.
_DATELINE = re.compile(
    r"[^:\d]{2,80} [-–—] (?:([^\W\d_]{3,12})\.? (\d{1,2})|(\d{1,2}) ([^\W\d_]{3,12})\.?) ?:"
)
# A year that stands for the picture's date: signed (`© 2023`, `Getty Images 2023`), or set apart
# at the end of a sentence.
_SIGNED_YEAR = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright) ?(\d{4})(?!\d)|, (\d{4})[.)]|/[^()\d]{2,60} (\d{4})\)?$"
)

# Words that join a day to its month and a month to its year.
_JOINTS = word_set("""
    st nd rd th of the in
    de del d er º ª
    года год г го е ое
    من عام لعام سنة العام شهر م
""")
_RANGE_SIGNS = word_set("- – — to until through till bis au al hasta по до إلى حتى")


class _Candidate(NamedTuple):
    """A full date at `text[start:end]`, as an ISO 8601 day."""

    start: int
    end: int
    day: str


def find_date(text: str) -> str | None:
    """The full day the photo was taken, ISO 8601, or None when the caption does not write it."""
    if _HAS_YEAR.search(text) is None:
        return None
    candidates = _find_candidates(text)
    if candidates and candidates[0].start == 0:
        return candidates[0].day
    plain: str | None = None
    for i, candidate in enumerate(candidates):
        if len(candidates) > 1 and _is_range_end(text, candidates, i):
            continue
        role = role_of(text, candidate.start, candidate.end)
        if role is Role.PICTURE:
            return candidate.day
        if role is Role.PLAIN and plain is None:
            plain = candidate.day
    return plain or _dateline_day(text, candidates)


def _find_candidates(text: str) -> list[_Candidate]:
    found = []
    for match in _DATE.finditer(text):
        start, end = match.span()
        second_digit, middle, year, _ = match.groups()
        if year is None:
            day = _parse_numeric(match[0]) or _proven_by_weekday(text, start, match[0])
        else:
            number = text[start] + second_digit
            if middle == ", " or _NO_MONTH.fullmatch(middle):
                before = text[max(0, start - 24) : start].rsplit(None, 1)
                if not before:
                    continue
                middle = before[-1]
                if not middle.isalpha():
                    word = _LAST_WORD.search(middle)
                    middle = word[0] if word else ""
                start = text.rfind(middle, 0, start) if middle else start
            elif _IN_COMMAS.fullmatch(middle):
                middle = middle[1:]
            day = _parse_named(number, middle, year)
        if day and not (start == match.start() and _SPAN.search(text, max(0, start - 8), start)):
            found.append(_Candidate(start, end, day))
    return found


def _proven_by_weekday(text: str, start: int, written: str) -> str | None:
    """`12/02/2019` with `este martes`: of two orders only one is of that weekday."""
    first, second, third = _NUMBER.findall(written)
    named = _WEEKDAY_BEFORE.search(text[max(0, start - 24) : start])
    named = named or _THIS_WEEKDAY.search(text, start, start + 300)
    weekday = WEEKDAY_NUMBERS.get(named[1].lower()) if named else None
    if weekday is None or not _ANY_YEAR.fullmatch(third):
        return None
    days = {_day(int(third), int(a), int(b)) for a, b in ((first, second), (second, first))}
    proven = {day for day in days if day and date.fromisoformat(day).weekday() == weekday}
    return proven.pop() if len(proven) == 1 else None


def _is_range_end(text: str, candidates: list[_Candidate], i: int) -> bool:
    """Whether this date and a neighbour are the two ends of a span of days."""
    for a, b in ((i - 1, i), (i, i + 1)):
        if a >= 0 and b < len(candidates):
            gap = text[candidates[a].end : candidates[b].start]
            if len(gap) < 12 and gap.strip(" (").lower() in _RANGE_SIGNS:
                return True
    return False


def _dateline_day(text: str, candidates: list[_Candidate]) -> str | None:
    """The day of a Getty dateline, when a date says its year or exactly one year stands for it."""
    dateline = _DATELINE.match(text)
    if dateline is None:
        return None
    month, day, other_day, other_month = dateline.groups()
    day, month = day or other_day, month or other_month
    for candidate in candidates:
        if candidate.day == _parse_named(day, month, candidate.day[:4]):
            return candidate.day
    years = {
        year
        for match in _SIGNED_YEAR.finditer(text, dateline.end())
        for year in match.groups()
        if year and not any(c.start <= match.start() < c.end for c in candidates)
    }
    if len(years) != 1 or not _ANY_YEAR.fullmatch(year := years.pop()):
        return None
    return _parse_named(day, month, year)


# A dump repeats few distinct dates.
@lru_cache(maxsize=8192)
def _parse_named(day: str, month: str, year: str) -> str | None:
    if month.lstrip()[:1] in (",", "،", "(", "/"):
        return None
    words = _WORD.findall(unicodedata.normalize("NFC", month).lower())
    number = month_number([word for word in words if word not in _JOINTS])
    return _day(int(year), number, int(day)) if number else None


@lru_cache(maxsize=8192)
def _parse_numeric(written: str) -> str | None:
    """Year first, or day first when dotted; with other signs, what only one order can mean."""
    first, second, third = _NUMBER.findall(written)
    if _ANY_YEAR.fullmatch(first):
        return _day(int(first), int(second), int(third)) if len(third) < 3 else None
    if not _ANY_YEAR.fullmatch(third):
        return None
    day_first = _day(int(third), int(second), int(first))
    month_first = _day(int(third), int(first), int(second))
    if "." in written or day_first == month_first:
        return day_first
    return None if day_first and month_first else day_first or month_first


def _day(year: int, month: int, day: int) -> str | None:
    """The day as ISO 8601; None when the calendar lacks it."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
