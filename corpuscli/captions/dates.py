"""The day a photo was taken, as its caption writes it.

A caption may hold several dates: of the picture, of what happened before, of what is to come. Every
full date (day, month and year all written) is a candidate; `story` tells which belong to the
picture, and the first of those is the answer. Nothing is ever filled in.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from corpuscli.captions import story, tokens
from corpuscli.captions.lexicon import DATE_BIT, MONTHS, WEEKDAYS
from corpuscli.captions.tokens import Tokens, cut, one_line

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

NUMBER = cython.declare(cython.int, tokens.NUMBER)
WORD = cython.declare(cython.int, tokens.WORD)

_MONTH = cython.declare(cython.longlong, DATE_BIT["month"])
_WEEKDAY = cython.declare(cython.longlong, DATE_BIT["weekday"])
_JOINT = cython.declare(cython.longlong, DATE_BIT["date-joint"])
_RANGE = cython.declare(cython.longlong, DATE_BIT["range"])
_FILLER = cython.declare(cython.longlong, DATE_BIT["filler"])

# Signs that before a day make it a price, a score, a time, or a part of a larger number.
_BEFORE_NO_DAY = frozenset(map(ord, "$€£¥:/#+"))
# Signs that are part of no date: `3 May, "2021"`.
_IN_NO_DATE = frozenset(map(ord, ':;!?"%&+=<>#@*|[]{}“”'))
_CJK_MONTH = frozenset("月월")
_CJK_DAY = frozenset("日일号號")
_CJK_YEAR = frozenset("年년")
_MOST = 9  # tokens between a day and its year
_LONGEST = 20_000  # characters that are read: no caption is longer


class Found:
    """A full date: the tokens `first` up to `last`, and its day in ISO 8601."""

    __slots__ = ("day", "first", "last")

    def __init__(self, first: int, last: int, day: str) -> None:
        self.first = first
        self.last = last
        self.day = day


def find_date(text: str) -> str | None:
    """Return the full day the photo was taken, ISO 8601; None when the caption has none."""
    text = text[:_LONGEST]
    if not may_have_year(text):
        return None
    tokens = cut(one_line(text))
    return choose_date(tokens, find_dates(tokens))


def may_have_year(text: str) -> bool:
    """Return whether a text has four digits in a row: one that has not is not read at all."""
    n: cython.Py_ssize_t = len(text)
    i: cython.Py_ssize_t = 3
    c: cython.Py_UCS4
    while i < n:  # every fourth character: one of four digits is among them
        c = text[i]
        if ("0" <= c <= "9" or (c > "\x7f" and c.isdecimal())) and _has_four(text, i, n):
            return True
        i += 4
    return False


@cython.cfunc
def _has_four(text: str, i: cython.Py_ssize_t, n: cython.Py_ssize_t) -> cython.bint:
    first: cython.Py_ssize_t = i
    last: cython.Py_ssize_t = i
    while first > 0 and i - first < 4 and text[first - 1].isdecimal():
        first -= 1
    while last + 1 < n and last - i < 4 and text[last + 1].isdecimal():
        last += 1
    return last - first == 3


def find_dates(tokens: Tokens) -> list[Found]:
    """Return all full dates of a caption, in their order."""
    found: list[Found] = []
    reader = _Reader(tokens)
    i: cython.Py_ssize_t
    n: cython.Py_ssize_t = reader.n
    after: cython.Py_ssize_t = 0  # the last date, whose tokens are no part of the next
    for i in range(n):
        if reader.kinds[i] == NUMBER and reader.length(i) == 4 and reader.is_year(i):
            one = reader.read(i, after)
            if one is not None:
                found.append(one)
                after = one.last
    return found


def choose_date(tokens: Tokens, found: list[Found]) -> str | None:
    """Return the day of the first date that is the picture's."""
    if found and found[0].first == 0 and not story.is_told_after(tokens, found[0].last):
        return found[0].day
    plain: str | None = None
    for i, one in enumerate(found):
        if len(found) > 1 and _is_range_end(tokens, found, i):
            continue
        role = story.role_of(tokens, one.first, one.last)
        if role == story.PICTURE:
            return one.day
        if role == story.PLAIN and plain is None:
            plain = one.day
    return plain or _dateline_day(tokens, found)


@cython.cclass
class _Reader:
    """The tokens of one caption, and how a date among them is read."""

    text: str
    starts: list[int]
    ends: list[int]
    kinds: list[int]
    roles: list[int]
    words: list[str]
    n: cython.Py_ssize_t

    def __init__(self, tokens: Tokens) -> None:
        self.text = tokens.text
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.kinds = tokens.kinds
        self.roles = tokens.dates
        self.words = tokens.words
        self.n = len(tokens.kinds)

    @cython.cfunc
    @cython.inline
    def has_role(self, i: cython.Py_ssize_t, wanted: cython.longlong) -> cython.bint:
        """Whether token `i` has one of these roles."""
        found: cython.longlong = self.roles[i]
        return (found & wanted) != 0

    @cython.cfunc
    @cython.inline
    def length(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        return self.ends[i] - self.starts[i]

    @cython.cfunc
    def number(self, i: cython.Py_ssize_t) -> cython.int:
        """The value of a number of a few digits, in any script."""
        value: cython.int = 0
        k: cython.Py_ssize_t
        for k in range(self.starts[i], self.ends[i]):
            c: cython.Py_UCS4 = self.text[k]
            if c > "9":
                return int(self.text[self.starts[i] : self.ends[i]])
            value = value * 10 + ord(c) - 48
        return value

    @cython.cfunc
    @cython.inline
    def is_glued(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether token `i` follows the one before it without a space."""
        return i > 0 and i < self.n and self.starts[i] == self.ends[i - 1]

    @cython.cfunc
    def kind(self, i: cython.Py_ssize_t) -> cython.int:
        return self.kinds[i] if 0 <= i < self.n else 0

    @cython.cfunc
    def is_year(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether four digits are a year of photography."""
        return 1800 <= self.number(i) < 2100

    @cython.cfunc
    def letter(self, i: cython.Py_ssize_t) -> cython.Py_UCS4:
        """The first letter of a word."""
        if i < self.n and self.kinds[i] == WORD:
            return self.text[self.starts[i]]
        return " "

    @cython.cfunc
    def read(self, i: cython.Py_ssize_t, after: cython.Py_ssize_t) -> Found | None:
        """Return the date whose year is token `i`, which begins at token `after` or later."""
        found = self.read_year_first(i)
        if found is None and not self.is_run_on(i):
            found = self.read_numbers(i, after)
            if found is None:
                found = self.read_named(i, after)
        return found

    @cython.cfunc
    def is_run_on(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether a year is a part of a word: `2023-born`, `2023abc`."""
        at: cython.Py_ssize_t = i + 1
        if self.is_glued(at) and (self.kinds[at] == 45 or self.kinds[at] == 47):
            at += 1
        if not self.is_glued(at) or self.kinds[at] != WORD or self.length(at) < 3:
            return False
        return self.text[self.starts[at]].isascii()

    @cython.cfunc
    def read_year_first(self, i: cython.Py_ssize_t) -> Found | None:
        """`2024-04-17`, `2023年10月1日`, `2023년 10월 1일`."""
        if i + 4 < self.n and self.kinds[i + 2] == NUMBER and self.kinds[i + 4] == NUMBER:
            sign: cython.int = self.kinds[i + 1]
            if sign == 45 or sign == 46 or sign == 47:
                if self.kinds[i + 3] == sign and self.is_glued(i + 1) and self.is_glued(i + 3):
                    last: cython.Py_ssize_t = i + 5
                    if self.length(i + 2) < 3 and self.length(i + 4) < 3 and self.may_begin(i):
                        if not self.goes_on(last):
                            day = _day(self.number(i), self.number(i + 2), self.number(i + 4))
                            return Found(i, last, day) if day else None
            elif self.letter(i + 1) in _CJK_YEAR and self.letter(i + 3) in _CJK_MONTH:
                if self.letter(i + 5) in _CJK_DAY and self.length(i + 1) == 1 == self.length(i + 3):
                    if self.length(i + 2) < 3 and self.length(i + 4) < 3:
                        day = _day(self.number(i), self.number(i + 2), self.number(i + 4))
                        return Found(i, i + 6, day) if day else None
        return None

    @cython.cfunc
    def goes_on(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether a number goes on after `i`: `1.2.2021.5`."""
        if not self.is_glued(i) or not self.is_glued(i + 1):
            return False
        return self.kinds[i + 1] == NUMBER and self.kinds[i] in (45, 46, 47)

    @cython.cfunc
    def may_begin(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether a date may begin at the number `i`, by what is glued to it."""
        if not self.is_glued(i):
            return True
        before: cython.int = self.kinds[i - 1]
        if before == WORD:
            return True
        if before in _BEFORE_NO_DAY:
            return False
        if before == 45 and self.is_glued(i - 1) and self.kinds[i - 2] == WORD:
            return False  # A-3 May
        if before in (46, 44, 45, 0x2013) and self.is_glued(i - 1):
            return self.kinds[i - 2] != NUMBER and self.kinds[i - 2] != 46
        return True

    @cython.cfunc
    def read_numbers(self, i: cython.Py_ssize_t, after: cython.Py_ssize_t) -> Found | None:
        """`17.04.2024`, `15/06/2024`, `14. 3. 2021`: day first when dotted, or what can be."""
        first: cython.Py_ssize_t = i - 4
        if first < after or self.kinds[i - 2] != NUMBER or self.kinds[first] != NUMBER:
            return None
        sign: cython.int = self.kinds[i - 1]
        if (sign != 46 and sign != 47 and sign != 45) or self.kinds[i - 3] != sign:
            return None
        if not (self.is_glued(i - 1) and self.is_glued(i - 3)):
            return None
        if self.length(first) > 2 or self.length(i - 2) > 2 or not self.may_begin(first):
            return None
        if self.goes_on(i + 1):
            return None
        a: cython.int = self.number(first)
        b: cython.int = self.number(i - 2)
        year: cython.int = self.number(i)
        day_first = _day(year, b, a)
        month_first = _day(year, a, b)
        day: str | None
        if sign == 46 or day_first == month_first:
            day = day_first
        elif day_first and month_first:
            day = self.proven(first, i, day_first, month_first)
        else:
            day = day_first or month_first
        return Found(first, i + 1, day) if day else None

    @cython.cfunc
    def proven(
        self, first: cython.Py_ssize_t, i: cython.Py_ssize_t, day_first: str, month_first: str
    ) -> str | None:
        """`12/02/2019` with `este martes`: of two orders only one is of that weekday."""
        weekday = self.weekday_before(first)
        if weekday == 0:
            weekday = self.this_weekday(i)
        if weekday == 0:
            return None
        fits = [
            d for d in (day_first, month_first) if date.fromisoformat(d).isoweekday() == weekday
        ]
        return fits[0] if len(fits) == 1 else None

    @cython.cfunc
    def weekday_before(self, i: cython.Py_ssize_t) -> int:
        """`Tuesday, 5/3/2019`, `martes el 5/3/2019`."""
        i -= 1
        if i >= 0 and self.kinds[i] == WORD and self.has_role(i, _FILLER):
            if not self.has_role(i, _WEEKDAY):
                i -= 1
        elif i >= 0 and self.kinds[i] == 44:
            i -= 1
        return self.weekday(i) if i >= 0 else 0

    @cython.cfunc
    def this_weekday(self, i: cython.Py_ssize_t) -> int:
        """`este martes`, `this Tuesday`, somewhere after the date."""
        stop: cython.Py_ssize_t = min(self.n - 1, i + 60)
        while i < stop:
            if self.has_role(i + 1, _WEEKDAY) and self.kinds[i] == WORD:
                word = self.words[i]
                if word == "este" or word == "this" or word == "hoy":
                    return self.weekday(i + 1)
            i += 1
        return 0

    @cython.cfunc
    def weekday(self, i: cython.Py_ssize_t) -> int:
        if not self.has_role(i, _WEEKDAY):
            return 0
        return WEEKDAYS.get(self.words[i], 0)

    @cython.cfunc
    def read_named(self, i: cython.Py_ssize_t, after: cython.Py_ssize_t) -> Found | None:
        """`14 March 2021`, `March 14th, 2021`, `14 de marzo de 2021`, `14 مارس (آذار) 2021`."""
        at: cython.Py_ssize_t = i - 1
        stop: cython.Py_ssize_t = max(after, i - _MOST)
        month: cython.int = 0
        found: cython.int
        while at >= stop and self.kinds[at] != NUMBER:
            if self.kinds[at] == WORD:
                found = self.month(at)
                if found:
                    if month and found != month:
                        return None
                    month = found
                    if self.is_second(at):
                        at -= 1
                elif not self.has_role(at, _JOINT):
                    return None
            elif self.kinds[at] in _IN_NO_DATE:
                return None
            at -= 1
        if at < stop or self.length(at) > 2 or self.starts[i] - self.ends[at] > 41:
            return None
        if month == 0:
            return self.read_month_first(at, i, after)
        if not self.may_begin(at) or not self.may_follow(at):
            return None
        if self.follows_range(at):
            return None
        day = _day(self.number(i), month, self.number(at))
        return Found(at, i + 1, day) if day else None

    @cython.cfunc
    def may_follow(self, at: cython.Py_ssize_t) -> cython.bint:
        """Whether a month may follow the day `at`: not a comma that ends an age, nor a bracket."""
        sign: cython.int = self.kinds[at + 1]
        if sign == 40 or sign == 47:
            return False
        if sign == 44:  # `12, December, 2020`: in commas
            return self.kinds[at + 2] == WORD and self.kinds[at + 3] in (44, 46)
        return True

    @cython.cfunc
    def follows_range(self, at: cython.Py_ssize_t) -> cython.bint:
        """`10 to 14 April 2020`: a day that ends a span."""
        i: cython.Py_ssize_t = at - 1
        if i < 1:
            return False
        if self.kinds[i] == WORD:
            if not self.has_role(i, _RANGE):
                return False
        elif self.kinds[i] != 45 and self.kinds[i] != 0x2013:
            return False
        i -= 1
        if self.kinds[i] == 46:
            i -= 1
        return i >= 0 and self.kinds[i] == NUMBER and self.length(i) < 3

    @cython.cfunc
    def read_month_first(
        self, at: cython.Py_ssize_t, i: cython.Py_ssize_t, after: cython.Py_ssize_t
    ) -> Found | None:
        """`March 14, 2021`, `Mar. 14th 2021`; and `tháng 10` of `1 tháng 10 năm 2023`."""
        if not self.may_begin(at):
            return None
        if self.kinds[at + 1] == 46 and i - at > 1 and not self.is_glued(at + 1):
            return None
        before: cython.Py_ssize_t = at - 1
        if before >= after and self.kinds[before] == 46:
            before -= 1
        if before < after or self.kinds[before] != WORD:
            return None
        if self.is_word(before, "tháng"):
            return self.read_vietnamese(before, at, i)
        month: cython.int = self.month(before)
        if month == 0:
            return None
        day = _day(self.number(i), month, self.number(at))
        if self.is_second(before):
            before -= 1
        return Found(before, i + 1, day) if day else None

    @cython.cfunc
    def read_vietnamese(
        self, word: cython.Py_ssize_t, at: cython.Py_ssize_t, i: cython.Py_ssize_t
    ) -> Found | None:
        """`ngày 1 tháng 10 năm 2023`."""
        if word < 1 or self.kinds[word - 1] != NUMBER or self.length(word - 1) > 2:
            return None
        if not self.may_begin(word - 1) or self.follows_range(word - 1):
            return None
        day = _day(self.number(i), self.number(at), self.number(word - 1))
        return Found(word - 1, i + 1, day) if day else None

    @cython.cfunc
    def is_word(self, i: cython.Py_ssize_t, word: str) -> bool:
        return self.words[i] == word

    @cython.cfunc
    def is_second(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether this is the second word of a month's name: `تشرين الأول`."""
        if i < 1 or self.kinds[i - 1] != WORD:
            return False
        return self.words[i - 1] in ("كانون", "تشرين")

    @cython.cfunc
    def month(self, i: cython.Py_ssize_t) -> cython.int:
        """The month that word `i` names, alone or with the one before it; 0 for none."""
        word = self.words[i]
        if self.is_second(i):
            first = self.words[i - 1]
            return MONTHS.get(first + word, 0)
        return MONTHS.get(word, 0) if self.has_role(i, _MONTH) else 0


def _is_range_end(tokens: Tokens, found: list[Found], i: int) -> bool:
    """Whether this date and a neighbour are the two ends of a span of days."""
    for a, b in ((i - 1, i), (i, i + 1)):
        if a < 0 or b == len(found):
            continue
        first, last = found[a].last, found[b].first
        if last - first == 2 and tokens.kinds[first] == 40:
            first += 1
        if last - first == 1:
            kind = tokens.kinds[first]
            if kind == WORD:
                if tokens.dates[first] & _RANGE:
                    return True
            elif kind in (45, 0x2013, 0x2014):
                return True
    return False


def _dateline_day(tokens: Tokens, found: list[Found]) -> str | None:
    """The day of `CAIRO, EGYPT - MARCH 12:` when the caption has one year for it."""
    kinds = tokens.kinds
    colon = kinds.index(58) if 58 in kinds[:40] else 0
    if colon < 4 or colon + 1 >= len(kinds):
        return None
    first, second = colon - 2, colon - 1
    if kinds[second] == NUMBER and kinds[first] in (WORD, 46):
        day = second
        month = first if kinds[first] == WORD else first - 1
        dash = month - 1
    elif kinds[first] == NUMBER and kinds[second] == WORD:
        day, month, dash = first, second, first - 1
    else:
        return None
    if kinds[dash] not in (45, 0x2013, 0x2014) or NUMBER in kinds[:dash]:
        return None
    number = MONTHS.get(tokens.words[month], 0)
    digits = tokens.text[tokens.starts[day] : tokens.ends[day]]
    if not number or len(digits) > 2:
        return None
    for one in found:
        if one.day == _day(int(one.day[:4]), number, int(digits)):
            return one.day
    years = {year for i in range(colon, len(kinds)) if (year := _signed_year(tokens, found, i))}
    return _day(years.pop(), number, int(digits)) if len(years) == 1 else None


def _signed_year(tokens: Tokens, found: list[Found], i: int) -> int:
    """The year at `i` if it is the picture's: `© 2023`, `Getty Images 2023)`, `, 2023.`."""
    kinds, text = tokens.kinds, tokens.text
    if kinds[i] != NUMBER or tokens.ends[i] - tokens.starts[i] != 4:
        return 0
    year = int(text[tokens.starts[i] : tokens.ends[i]])
    if not 1800 <= year < 2100 or any(one.first <= i < one.last for one in found):
        return 0
    before = text[max(0, tokens.starts[i] - 62) : tokens.starts[i]]
    if before.rstrip().lower().endswith(("©", "(c)", "copyright")):
        return year
    rest = text[tokens.ends[i] :]
    if before.endswith(", "):
        return year if rest[:1] in (".", ")") and rest[:1] else 0
    slash = before.rfind("/")
    named = before[slash + 1 :]
    is_signed = slash >= 0 and len(named) > 2 and named[-1] == " " and "(" not in named
    return year if is_signed and rest in ("", ")") and ")" not in named else 0


@lru_cache(maxsize=8192)
def _day(year: int, month: int, day: int) -> str | None:
    """The day as ISO 8601; None when the calendar lacks it."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
