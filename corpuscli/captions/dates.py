"""The day a photo was taken, as its caption writes it.

A caption may hold several dates: of the picture, of what happened before, of what is to come. Every
full date (day, month and year all written) is a candidate; `story` tells what each stands for, and
the first that stands for the picture is the answer. Nothing is ever filled in.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from corpuscli.captions.months import MONTHS, month_number
from corpuscli.captions.story import Role, role_of

# Years of photography. Arabic-Indic and Persian digits are digits to `\d` and `int` alike.
_YEAR = r"(?:1[89]|20|١[٨٩]|٢٠|۱[۸۹]|۲۰)\d\d(?!\d)"
_ANY_YEAR = re.compile(_YEAR)

# A day, then at most 40 characters without a digit, then a year: the month's name is among these
# characters (`3 de mayo de 2023`) or is the word before the day (`May 3, 2023`). What may not stand
# before the day makes it a price, a score, a time, a range or a part of a larger number.
_NAMED = re.compile(
    r"(?<![\d$€£¥:/#+])(?<!\d[.,–-])(?<!\w-)"
    r"(\d{1,2})(?!\d)([^\d:;!?\"%&+=<>#@*|\[\]{}]{1,40}?)(" + _YEAR + ")(?![-/]?[A-Za-z]{3})"
)
_NUMERIC = re.compile(
    r"(?<![\w$€£¥:/.,+])(?<!\d-)"
    r"(?:(\d{1,2})(?:\. ?(\d{1,2})\. ?|([/-])(\d{1,2})\3)(" + _YEAR + r")"
    r"|(" + _YEAR + r")([./-])(\d{1,2})\7(\d{1,2}))(?!\d|[./-]\d)"
)
_WORD = re.compile(r"[^\W\d_]+")

# `CAIRO, EGYPT - MARCH 12:`, the day and the month of the picture; its year stands elsewhere.
_DATELINE = re.compile(
    r"[^:\d]{2,80}? [-–—] (?:([^\W\d_]{3,12})\.? (\d{1,2})|(\d{1,2}) ([^\W\d_]{3,12})\.?) ?:"
)
# A year that stands for the picture's date: signed (`© 2023`, `Getty Images 2023`), or set apart at
# the end of a sentence.
_SIGNED_YEAR = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright) ?(\d{4})(?!\d)|, (\d{4})[.)]|/[^()\d]{2,60} (\d{4})\)?$"
)

# Words that join a day to its month and a month to its year.
_JOINTS = frozenset(
    [
        "st",
        "nd",
        "rd",
        "th",
        "of",
        "the",
        "in",
        "de",
        "del",
        "d",
        "er",
        "º",
        "ª",
        "года",
        "год",
        "г",
        "го",
        "е",
        "ое",
        "من",
        "عام",
        "لعام",
        "سنة",
        "العام",
        "في",
        "شهر",
        "م",
    ]
)


class _Candidate(NamedTuple):
    start: int
    end: int
    day: str


def find_date(text: str) -> str | None:
    """The full day the photo was taken, ISO 8601, or None when the caption does not write it."""
    if not _ANY_YEAR.search(text):
        return None
    candidates = _candidates(text)
    if candidates and candidates[0].start == 0:
        return candidates[0].day
    plain: str | None = None
    for i, candidate in enumerate(candidates):
        if _is_range_end(text, candidates, i):
            continue
        role = role_of(text, candidate.start, candidate.end)
        if role is Role.PICTURE:
            return candidate.day
        if role is Role.PLAIN and plain is None:
            plain = candidate.day
    return plain or _dateline_day(text, candidates)


def _candidates(text: str) -> list[_Candidate]:
    found = [*_named(text), *_numeric(text)]
    found.sort()
    return found


def _named(text: str) -> Iterator[_Candidate]:
    for match in _NAMED.finditer(text):
        start, end = match.span()
        day, middle, year = match.groups()
        if len(middle) < 8 and not middle.strip(" ,.،stndrhofdel"):
            before = text[max(0, start - 24) : start].rsplit(None, 1)
            name = before[-1] if before else ""
            iso = _parse_named(day, name, year)
            start -= len(text[:start]) - text.rfind(name, 0, start)
        else:
            iso = _parse_named(day, middle, year)
        if iso:
            yield _Candidate(start, end, iso)


def _numeric(text: str) -> Iterator[_Candidate]:
    for match in _NUMERIC.finditer(text):
        day, month, _, slashed, year, first_year, _, second, third = match.groups()
        if first_year:
            iso = _parse_iso(first_year, second, third)
        else:
            iso = _parse_numeric(day, month or slashed, year, bool(month))
        if iso:
            yield _Candidate(match.start(), match.end(), iso)


def _is_range_end(text: str, candidates: list[_Candidate], i: int) -> bool:
    """Whether this date and a neighbour are the two ends of a span of days."""
    for a, b in ((i - 1, i), (i, i + 1)):
        if a >= 0 and b < len(candidates):
            gap = text[candidates[a].end : candidates[b].start]
            if len(gap) < 12 and gap.strip(" (").lower() in _RANGE_SIGNS:
                return True
    return False


_RANGE_SIGNS = frozenset(
    [
        "-",
        "–",
        "—",
        "to",
        "until",
        "through",
        "till",
        "bis",
        "au",
        "al",
        "hasta",
        "по",
        "до",
        "إلى",
        "حتى",
    ]
)


def _dateline_day(text: str, candidates: list[_Candidate]) -> str | None:
    dateline = _DATELINE.match(text)
    if not dateline:
        return None
    month, day, other_day, other_month = dateline.groups()
    years = {
        year
        for match in _SIGNED_YEAR.finditer(text, dateline.end())
        for year in match.groups()
        if year
        and not any(c.start <= match.start(match.lastindex or 0) < c.end for c in candidates)
    }
    if len(years) != 1 or not _ANY_YEAR.fullmatch(year := years.pop()):
        return None
    return _parse_named(day or other_day, month or other_month, year)


# One dump repeats few distinct dates, and dateutil takes 24 µs for each.
@lru_cache(maxsize=8192)
def _parse_named(day: str, month: str, year: str) -> str | None:
    words = _WORD.findall(unicodedata.normalize("NFC", month).lower())
    number = month_number([word for word in words if word not in _JOINTS])
    if number is None or re.match(r" ?[,،(] ?\w", month):
        return None
    return _parse(f"{int(day)} {MONTHS[number - 1][0]} {int(year)}")


@lru_cache(maxsize=8192)
def _parse_numeric(day: str, month: str, year: str, dotted: bool) -> str | None:
    """Day first when dotted; with slashes, only what both orders read alike."""
    written = f"{int(day):02}/{int(month):02}/{int(year)}"
    readings = {_parse(written, dayfirst=True)}
    if not dotted:
        readings.add(_parse(written, dayfirst=False))
    return readings.pop() if len(readings) == 1 else None


@lru_cache(maxsize=8192)
def _parse_iso(year: str, month: str, day: str) -> str | None:
    from dateutil.parser import isoparse

    try:
        return isoparse(f"{int(year)}-{int(month):02}-{int(day):02}").date().isoformat()
    except ValueError:
        return None


def _parse(written: str, dayfirst: bool = False) -> str | None:
    from dateutil.parser import ParserError, parse

    try:
        return parse(written, dayfirst=dayfirst).date().isoformat()
    except (ParserError, OverflowError):
        return None
