# cython: annotation_typing=False, infer_types=True, boundscheck=False, wraparound=False
# cython: initializedcheck=False
"""The day a photo was taken, as its caption writes it.

A caption may hold several dates: of the picture, of what happened before, of what is to come. Every
full date (day, month and year all written) is a candidate; `story` tells which belong to the
picture, and the first of those is the answer. Nothing is ever filled in.
"""

from __future__ import annotations

from datetime import date

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.captions.story import PICTURE, PLAIN, is_told_after, role_of
    from cython.cimports.corpuscli.captions.tokens import FIRST, NUMBER, WORD, Tokens, cut, one_line
else:
    from corpuscli.captions.story import PICTURE, PLAIN, is_told_after, role_of
    from corpuscli.captions.tokens import FIRST, NUMBER, WORD, Tokens, cut, one_line

from corpuscli.captions.lexicon import DATE_BIT, MONTHS, WEEKDAYS, bits
from corpuscli.captions.tokens import release

_MONTH, _WEEKDAY, _JOINT, _RANGE, _FILLER, _THIS = bits(
    DATE_BIT, "month weekday date-joint range filler this-day"
)
_COMMA, _STOP, _SLASH, _HYPHEN, _COLON = map(ord, ",./-:")
_DASHES = frozenset(map(ord, "-–—"))
# Signs that before a day make it a price, a score, a time, or a part of a larger number.
_BEFORE_NO_DAY = frozenset(map(ord, "$€£¥:/#+"))
# Signs that are part of no date: `3 May, "2021"`.
_IN_NO_DATE = frozenset(map(ord, ':;!?"%&+=<>#@*|[]{}“”'))
_MOST = 9  # tokens between a day and its year


@cython.cclass
class Found:
    """A full date: the tokens `first` up to `last`, and its day in ISO 8601."""

    def __init__(self, first: int, last: int, day: str) -> None:
        self.first = first
        self.last = last
        self.day = day


def find_date(text: str) -> str | None:
    """Return the full day the photo was taken, ISO 8601; None when the caption has none."""
    if not may_have_year(text):
        return None
    tokens = cut(one_line(text))
    day = choose_date(tokens, find_dates(tokens))
    release(tokens)
    return day


def only_date(text: str) -> str | None:
    """Return the day that a text is, ISO 8601; None if it says more than one day, or less.

    A weekday may come before the day: `Tuesday, 5 March 2024`.
    """
    tokens = cut(one_line(text))
    found = find_dates(tokens)
    day = None
    if len(found) == 1 and found[0].last == tokens.n:
        before = found[0].first - 1
        if tokens.kinds[before] == _COMMA:
            before -= 1
        if before >= FIRST and tokens.dates[before] & _WEEKDAY:
            before -= 1
        if before < FIRST:
            day = found[0].day
    release(tokens)
    return day


def may_have_year(text: str) -> bool:
    """Return whether a text has four digits in a row: one that has not is not read at all."""
    digits = 0
    for c in text:
        if c.isdecimal():
            digits += 1
        elif digits == 4:
            return True
        else:
            digits = 0
    return digits == 4


def find_dates(t: Tokens) -> list[Found]:
    """Return all full dates of a caption, in their order."""
    found = []
    after = FIRST  # the end of the last date, whose tokens do not belong to the next
    for i in range(FIRST, t.n):
        if t.kinds[i] == NUMBER and t.is_year(i):
            one = _read(t, i, after)
            if one is not None:
                found.append(one)
                after = one.last
    return found


def choose_date(t: Tokens, found: list[Found]) -> str | None:
    """Return the day of the first date that is the picture's."""
    if found and found[0].first == FIRST and not is_told_after(t, found[0].last):
        return found[0].day
    plain: str | None = None
    for i, one in enumerate(found):
        if (i and _is_span(t, found[i - 1].last, one.first)) or (
            i + 1 < len(found) and _is_span(t, one.last, found[i + 1].first)
        ):
            continue
        role = role_of(t, one.first, one.last)
        if role == PICTURE:
            return one.day
        if role == PLAIN and plain is None:
            plain = one.day
    return plain or _dateline_day(t, found)


# The ways to write a date.


def _read(t: Tokens, i: int, after: int) -> Found | None:
    """Return the date whose year is token `i`, which begins at token `after` or later."""
    found = _year_first(t, i)
    if found is None and not _is_run_on(t, i):
        found = _numbers(t, i, after)
        if found is None:
            found = _named(t, i, after)
    return found


def _found(first: int, last: int, year: int, month: int, day: int) -> Found | None:
    """A date, if the calendar has it."""
    if 1 <= month <= 12 and 1 <= day <= 31:
        try:
            return Found(first, last, date(year, month, day).isoformat())
        except ValueError:
            return None
    return None


def _is_run_on(t: Tokens, i: int) -> bool:
    """Whether a year is a part of a word: `2023-born`, `2023abc`."""
    at = i + 1
    if t.is_glued(at) and (t.kinds[at] == _HYPHEN or t.kinds[at] == _SLASH):
        at += 1
    if t.kinds[at] != WORD or not t.is_glued(at) or t.length(at) < 3:
        return False
    return t.text[t.starts[at]] < "\x7f"


def _year_first(t: Tokens, i: int) -> Found | None:
    """`2024-04-17`, `2023年10月1日`, `2023년 10월 1일`."""
    if not t.is_day(i + 2) or not t.is_day(i + 4):
        return None
    sign = t.kinds[i + 1]
    last = i + 5
    if sign in (_HYPHEN, _STOP, _SLASH):
        if t.kinds[i + 3] != sign or not t.is_glued(i + 1) or not t.is_glued(i + 3):
            return None
        if _goes_on(t, last) or not _may_begin(t, i):
            return None
    elif t.words[i + 1] in ("年", "년") and t.words[i + 3] in ("月", "월"):
        if t.text[t.starts[last] : t.starts[last] + 1] not in ("日", "일", "号", "號"):
            return None
        last += 1
    else:
        return None
    return _found(i, last, t.values[i], t.values[i + 2], t.values[i + 4])


def _goes_on(t: Tokens, i: int) -> bool:
    """Whether a number goes on after `i`: `1.2.2021.5`."""
    if t.kinds[i] not in (_HYPHEN, _STOP, _SLASH) or t.kinds[i + 1] != NUMBER:
        return False
    return t.is_glued(i) and t.is_glued(i + 1)


def _may_begin(t: Tokens, i: int) -> bool:
    """Whether a date may begin at the number `i`, by what is glued to it."""
    before = t.kinds[i - 1]
    if not t.is_glued(i) or before == WORD:
        return True
    if before in _BEFORE_NO_DAY:
        return False
    if before in (_STOP, _COMMA, _HYPHEN, 0x2013) and t.is_glued(i - 1):
        if before == _HYPHEN and t.kinds[i - 2] == WORD:
            return False  # A-3 May
        return t.kinds[i - 2] not in (NUMBER, _STOP)
    return True


def _numbers(t: Tokens, i: int, after: int) -> Found | None:
    """`17.04.2024`, `15/06/2024`, `14. 3. 2021`: day first when dotted, or what can be."""
    first = i - 4
    sign = t.kinds[i - 1]
    if first < after or not t.is_day(first) or not t.is_day(i - 2) or t.kinds[i - 3] != sign:
        return None
    if sign not in (_STOP, _SLASH, _HYPHEN) or not t.is_glued(i - 1) or not t.is_glued(i - 3):
        return None
    if not _may_begin(t, first) or _goes_on(t, i + 1):
        return None
    a, b = t.values[first], t.values[i - 2]
    day_first = _found(first, i + 1, t.values[i], b, a)
    if sign == _STOP:
        return day_first
    month_first = _found(first, i + 1, t.values[i], a, b)
    if day_first is None or month_first is None or a == b:
        return day_first or month_first
    weekday = _weekday_before(t, first) or _this_weekday(t, i)
    fits = [d for d in (day_first, month_first) if _weekday_of(d) == weekday]
    return fits[0] if len(fits) == 1 else None  # of two orders only one is of that weekday


def _weekday_of(found: Found) -> int:
    return date.fromisoformat(found.day).isoweekday()


def _weekday_before(t: Tokens, i: int) -> int:
    """`Tuesday, 5/3/2019`, `martes el 5/3/2019`."""
    i -= 1
    if t.kinds[i] == _COMMA or (t.dates[i] & _FILLER and not t.dates[i] & _WEEKDAY):
        i -= 1
    return WEEKDAYS.get(t.words[i], 0)


def _this_weekday(t: Tokens, i: int) -> int:
    """`este martes`, `this Tuesday`, somewhere after the date."""
    for k in range(i, min(t.n - 1, i + 60)):
        if t.dates[k] & _THIS and t.dates[k + 1] & _WEEKDAY:
            return WEEKDAYS.get(t.words[k + 1], 0)
    return 0


def _named(t: Tokens, i: int, after: int) -> Found | None:
    """`14 March 2021`, `March 14th, 2021`, `14 de marzo de 2021`, `14 مارس (آذار) 2021`."""
    month = 0
    at = i - 1
    while at >= after and at >= i - _MOST and t.kinds[at] != NUMBER:
        if t.kinds[at] == WORD:
            named = _month(t, at)
            if named:
                if month and named != month:
                    return None
                month = named
                if _is_second(t, at):
                    at -= 1
            elif not t.dates[at] & _JOINT:
                return None
        elif t.kinds[at] in _IN_NO_DATE:
            return None
        at -= 1
    if at < after or at < i - _MOST or not t.is_day(at) or t.starts[i] - t.ends[at] > 41:
        return None
    if month == 0:
        return _month_first(t, at, i, after)
    if not _may_begin(t, at) or not _may_follow(t, at) or _ends_range(t, at):
        return None
    return _found(at, i + 1, t.values[i], month, t.values[at])


def _may_follow(t: Tokens, day: int) -> bool:
    """Whether a month may follow a day: not after a comma that ends an age, nor a bracket."""
    sign = t.kinds[day + 1]
    if sign == _COMMA:  # `12, December, 2020`: in commas
        return t.kinds[day + 2] == WORD and t.kinds[day + 3] in (_COMMA, _STOP)
    return sign not in (40, _SLASH)


def _ends_range(t: Tokens, day: int) -> bool:
    """`10 to 14 April 2020`: a day that ends a span."""
    i = day - 1
    if not t.dates[i] & _RANGE and t.kinds[i] not in _DASHES:
        return False
    i -= 1
    if t.kinds[i] == _STOP:
        i -= 1
    return t.is_day(i)


def _month_first(t: Tokens, at: int, i: int, after: int) -> Found | None:
    """`March 14, 2021`, `Mar. 14th 2021`; and `tháng 10` of `1 tháng 10 năm 2023`."""
    if not _may_begin(t, at) or (
        t.kinds[at + 1] == _STOP and i - at > 1 and not t.is_glued(at + 1)
    ):
        return None
    before = at - 1
    if t.kinds[before] == _STOP:
        before -= 1
    if before < after or t.kinds[before] != WORD:
        return None
    if t.words[before] == "tháng":
        day = before - 1
        if not t.is_day(day) or not _may_begin(t, day) or _ends_range(t, day):
            return None
        return _found(day, i + 1, t.values[i], t.values[at], t.values[day])
    month = _month(t, before)
    if _is_second(t, before):
        before -= 1
    return _found(before, i + 1, t.values[i], month, t.values[at])


def _is_second(t: Tokens, i: int) -> bool:
    """Whether this is the second word of a month's name: `تشرين الأول`."""
    return t.words[i - 1] in ("كانون", "تشرين")


def _month(t: Tokens, i: int) -> int:
    """The month that word `i` names, alone or with the one before it; 0 for none."""
    if t.dates[i] & _MONTH and not _is_second(t, i):
        return MONTHS.get(t.words[i], 0)
    return MONTHS.get(t.words[i - 1] + t.words[i], 0) if _is_second(t, i) else 0


# Dates that others settle.


def _is_span(t: Tokens, end: int, start: int) -> bool:
    """Whether two dates are the ends of a span: only `to`, a dash or a bracket between them."""
    if start - end == 2 and t.kinds[end] == 40:
        end += 1
    return start - end == 1 and (t.dates[end] & _RANGE != 0 or t.kinds[end] in _DASHES)


def _dateline_day(t: Tokens, found: list[Found]) -> str | None:
    """The day of `CAIRO, EGYPT - MARCH 12:` when the caption has one year for it."""
    colon = FIRST
    while colon < FIRST + 40 and t.kinds[colon] != _COLON:
        if t.kinds[colon] == 0:
            return None
        colon += 1
    day, month = colon - 1, colon - 2
    if t.kinds[day] != NUMBER:
        day, month = month, day
    elif t.kinds[month] == _STOP:
        month -= 1
    if not t.is_day(day) or not t.dates[month] & _MONTH:
        return None
    if t.kinds[min(day, month) - 1] not in _DASHES:
        return None
    number = MONTHS.get(t.words[month], 0)
    for one in found:
        if (fits := _found(0, 0, int(one.day[:4]), number, t.values[day])) and fits.day == one.day:
            return one.day
    years = set()
    for i in range(colon, t.n):
        if _is_signed_year(t, found, i):
            years.add(t.values[i])
    fits = _found(0, 0, years.pop(), number, t.values[day]) if len(years) == 1 else None
    return fits.day if fits else None


def _is_signed_year(t: Tokens, found: list[Found], i: int) -> bool:
    """Whether a year is the picture's: `© 2023`, `Getty Images 2023)`, `, 2023.`."""
    if not t.is_year(i):
        return False
    for one in found:
        if one.first <= i < one.last:
            return False
    if t.kinds[i - 1] == 169 or t.words[i - 1] == "copyright":
        return True
    if t.kinds[i - 1] == _COMMA:
        return t.is_glued(i + 1) and t.kinds[i + 1] in (_STOP, 41)
    k = i - 1
    while t.kinds[k] == WORD:
        k -= 1
    return k < i - 1 and t.kinds[k] == _SLASH and (t.kinds[i + 1] == 41 or i + 1 >= t.n)
