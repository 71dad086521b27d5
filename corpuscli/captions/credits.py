"""Whom a caption credits for its photo.

A caption is read as agencies set it: a sentence or two, and then, or before them, the credit: in
brackets, after a label, after a dash, or bare (`REUTERS/Name`, `Name/AFP`). Of several the first is
the answer. Its brackets, its label, a year and a day are no part of it.
"""

from __future__ import annotations

from corpuscli.captions import lexicon, tokens
from corpuscli.captions.dates import Found, find_dates
from corpuscli.captions.lexicon import (
    CREDIT_BIT,
    CREDIT_NAMES,
    PLACE_BIT,
    PLACE_NAMES,
    fold,
    load_places,
)
from corpuscli.captions.tokens import Tokens, cut, one_line

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

NUMBER = cython.declare(cython.int, tokens.NUMBER)
OWNER = cython.declare(cython.int, tokens.OWNER)
WORD = cython.declare(cython.int, tokens.WORD)
ARABIC = cython.declare(cython.longlong, lexicon.ARABIC)
BEGINS_NAME = cython.declare(cython.longlong, lexicon.BEGINS_NAME)
CAPITAL = cython.declare(cython.longlong, lexicon.CAPITAL)
CASELESS = cython.declare(cython.longlong, lexicon.CASELESS)
LOWER = cython.declare(cython.longlong, lexicon.LOWER)
RUSSIAN = cython.declare(cython.longlong, lexicon.RUSSIAN)
UPPER = cython.declare(cython.longlong, lexicon.UPPER)

_AGENCY = cython.declare(cython.longlong, CREDIT_BIT["agency"] | CREDIT_BIT["firm"])
_FIRM = cython.declare(cython.longlong, CREDIT_BIT["firm"])
_BYLINE = cython.declare(cython.longlong, CREDIT_BIT["byline"])
_LABEL = cython.declare(cython.longlong, CREDIT_BIT["label"])
_ALONE = cython.declare(cython.longlong, CREDIT_BIT["label-alone"])
_ARCHIVE_LABEL = cython.declare(cython.longlong, CREDIT_BIT["archive-label"])
_JOINT = cython.declare(cython.longlong, CREDIT_BIT["joint"])
_PARTY = cython.declare(cython.longlong, CREDIT_BIT["party"])
_ASIDE = cython.declare(cython.longlong, CREDIT_BIT["aside"])
_ALL_ASIDE = cython.declare(cython.longlong, CREDIT_BIT["all-aside"])
_SOURCE = cython.declare(cython.longlong, CREDIT_BIT["source"])
_ARCHIVE = cython.declare(cython.longlong, CREDIT_BIT["archive"])
_COURTESY = cython.declare(cython.longlong, CREDIT_BIT["courtesy"])
_END_NOTE = cython.declare(cython.longlong, CREDIT_BIT["end-note"])
_OFFICE = cython.declare(cython.longlong, CREDIT_BIT["office"])
_AFTER_FIRM = cython.declare(cython.longlong, CREDIT_BIT["after-firm"])
_PLACE_IN = cython.declare(
    cython.longlong, PLACE_BIT["place-in"] | PLACE_BIT["place-at"] | PLACE_BIT["place-of"]
)
_PLACE = cython.declare(
    cython.longlong, PLACE_BIT["city"] | PLACE_BIT["country"] | PLACE_BIT["region"]
)
_TRIGGER = cython.declare(cython.longlong, _LABEL | _ALONE | _ARCHIVE_LABEL | _BYLINE)

# Credits are at the ends of a caption: only this many characters of a longer text are read.
_HEAD, _TAIL = 400, 2000
LONGEST = _HEAD + _TAIL
_MOST = 160  # characters of a credit
_BRACKETS = frozenset(map(ord, "()[]"))
_DASHES = frozenset(map(ord, "-–—|"))
_STRIPPED = frozenset(map(ord, ",;:|\"“”'’\u200e\u200f\ufeff"))
_ENDS_SENTENCE = frozenset(map(ord, ".!?…"))
_SETS_APART = frozenset(map(ord, '.!?…"”)]'))


class Credit:
    """A credit: the tokens `first` up to `last`; its brackets or its label begin at `block`."""

    __slots__ = ("block", "first", "last")

    def __init__(self, block: int, first: int, last: int) -> None:
        self.block = block
        self.first = first
        self.last = last


def find_credit(text: str) -> str | None:
    """Return photographer and agency as the caption writes them, or None."""
    load_places()
    text = one_line(text)
    if len(text) > LONGEST:
        tokens = cut(text[:_HEAD])
        if credit := _Reader(tokens, find_dates(tokens)).marked():
            return credit_text(tokens, credit)
        text = text[-_TAIL:]
    tokens = cut(text)
    return credit_text(tokens, read_credit(tokens, find_dates(tokens)))


def credit_text(tokens: Tokens, credit: Credit | None) -> str | None:
    """Return a credit as it is written."""
    if credit is None:
        return None
    return tokens.text[tokens.starts[credit.first] : tokens.ends[credit.last - 1]]


def read_credit(tokens: Tokens, found: list[Found]) -> Credit | None:
    """Return the credit of a caption whose dates were found."""
    reader = _Reader(tokens, found)
    credit = reader.marked() or reader.unmarked()
    if credit is None and reader.n < len(tokens.kinds):
        reader.n = len(tokens.kinds)
        credit = reader.marked() or reader.unmarked()
    return credit


@cython.cclass
class _Reader:
    """The tokens of one caption, and how a credit among them is read."""

    text: str
    starts: list[int]
    ends: list[int]
    kinds: list[int]
    roles: list[int]
    places: list[int]
    shapes: list[int]
    words: list[str]
    n: cython.Py_ssize_t
    found: list[Found]

    def __init__(self, tokens: Tokens, found: list[Found]) -> None:
        self.text = tokens.text
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.kinds = tokens.kinds
        self.roles = tokens.credits
        self.places = tokens.places
        self.shapes = tokens.shapes
        self.words = tokens.words
        self.n = len(tokens.kinds)
        self.found = found
        text = tokens.text
        copy = text.find(text[:40], 40) if len(text) > 80 else -1
        if copy > 0 and text[copy - 1] == " ":  # a caption that is written twice
            while self.starts[self.n - 1] >= copy:
                self.n -= 1

    @cython.cfunc
    @cython.inline
    def has_role(self, i: cython.Py_ssize_t, wanted: cython.longlong) -> cython.bint:
        """Whether token `i` has one of these roles."""
        found: cython.longlong = self.roles[i]
        return (found & wanted) != 0

    @cython.cfunc
    @cython.inline
    def has_shape(self, i: cython.Py_ssize_t, wanted: cython.longlong) -> cython.bint:
        """Whether token `i` has one of these shapes."""
        found: cython.longlong = self.shapes[i]
        return (found & wanted) != 0

    @cython.cfunc
    @cython.inline
    def has_place_role(self, i: cython.Py_ssize_t, wanted: cython.longlong) -> cython.bint:
        """Whether token `i` has one of these roles around a place."""
        found: cython.longlong = self.places[i]
        return (found & wanted) != 0

    # What a token is.

    @cython.cfunc
    @cython.inline
    def is_glued(self, i: cython.Py_ssize_t) -> cython.bint:
        return 0 < i < self.n and self.starts[i] == self.ends[i - 1]

    @cython.cfunc
    @cython.inline
    def kind(self, i: cython.Py_ssize_t) -> cython.int:
        return self.kinds[i] if 0 <= i < self.n else 0

    @cython.cfunc
    @cython.inline
    def word(self, i: cython.Py_ssize_t) -> str:
        return self.words[i] if 0 <= i < self.n else ""

    @cython.cfunc
    def name_roles(self, i: cython.Py_ssize_t) -> cython.longlong:
        """The roles of the name that begins with token `i`, of one word or of several."""
        return self.roles[i] | self.long_name(i)[0]

    @cython.cfunc
    def long_name(self, i: cython.Py_ssize_t) -> tuple[int, int]:
        """The roles of the longest name of several words at token `i`, and where it ends."""
        if not self.has_shape(i, BEGINS_NAME):
            return 0, i
        last: cython.Py_ssize_t = min(self.n, i + 6)
        while last > i + 1:
            name = self.text[self.starts[i] : self.ends[last - 1]]
            roles = CREDIT_NAMES.get(name) or CREDIT_NAMES.get(fold(name))
            if roles:
                return roles, last
            last -= 1
        return 0, i

    @cython.cfunc
    def end_of_name(self, i: cython.Py_ssize_t, roles: cython.longlong) -> cython.Py_ssize_t:
        """Where a name with one of these roles ends that begins with token `i`; or `i`."""
        found = self.long_name(i)
        if found[0] & roles:
            return found[1]
        return i + 1 if self.roles[i] & roles else i

    @cython.cfunc
    def is_stop(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether a sentence ends with sign `i`, or a dash sets off what follows."""
        kind: cython.int = self.kinds[i]
        if kind <= OWNER or i == 0:
            return False
        if kind in _DASHES:
            if not self.is_glued(i):
                return True
            return (kind == 0x2014 or kind == 124) and self.kinds[i - 1] <= OWNER
        if kind not in _ENDS_SENTENCE or not self.is_glued(i):
            return False
        before: cython.Py_ssize_t = self.ends[i - 1] - self.starts[i - 1]
        if kind == 46 and self.kinds[i - 1] == WORD and self.has_shape(i - 1, CAPITAL):
            if before == 1 or (before == 2 and not self.has_shape(i - 1, UPPER)):
                return False  # J. Smith, Mr. Smith
        if not self.is_glued(i + 1):
            return True
        if self.kinds[i + 1] != WORD:
            return self.kinds[i + 1] > OWNER and not self.is_glued(i + 2)  # .” He
        # mayo.Carla
        if kind != 46 or before < 3 or not self.has_shape(i - 1, LOWER):
            return False
        return bool(self.has_shape(i + 1, CAPITAL)) and not self.has_shape(i + 1, UPPER)

    @cython.cfunc
    def begins_sentence(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether token `i` is the first, or follows a stop, a quotation mark or a dash."""
        if i == 0:
            return True
        kind: cython.int = self.kinds[i - 1]
        return kind in _SETS_APART or kind in _DASHES or kind == 0xBB or kind == 62

    # What tokens `first` up to `last` are together.

    @cython.cfunc
    def has(
        self, roles: cython.longlong, first: cython.Py_ssize_t, last: cython.Py_ssize_t
    ) -> cython.bint:
        """Whether a name with one of these roles is among them, not glued to a stop before it."""
        while first < last:
            if self.name_roles(first) & roles:
                if self.kind(first - 1) != 46 or not self.is_glued(first):
                    return True
            first += 1
        return False

    @cython.cfunc
    def has_sign(
        self, kind: cython.int, first: cython.Py_ssize_t, last: cython.Py_ssize_t
    ) -> cython.bint:
        while first < last:
            if self.kinds[first] == kind:
                return True
            first += 1
        return False

    @cython.cfunc
    def is_names(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """Whether these are names and what joins them, no sentence."""
        if first >= last or self.ends[last - 1] - self.starts[first] > _MOST:
            return False
        count: cython.int = 0
        i: cython.Py_ssize_t
        for i in range(first, last):
            if i == first or not self.is_glued(i):
                count += 1
            if self.kinds[i] == WORD and self.has_shape(i, LOWER) and not self.is_joint(i):
                return False
        return count <= (8 if self.has_shape(first, CASELESS) else 16)

    @cython.cfunc
    def is_joint(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether a word in lower case may be part of a credit."""
        if self.has_role(i, _JOINT | _AGENCY):
            return True
        if self.is_glued(i) and self.kinds[i - 1] in (64, 46, 39, 0x2019):
            return True  # @name
        return "." in self.text[self.starts[i] : self.ends[i]]  # picturedesk.com

    @cython.cfunc
    def is_day(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """Whether these are a date or a number, not a name: `Photo: 12 April 2026`."""
        if self.kinds[last - 1] != NUMBER:
            return False
        if last - first == 1:
            return True
        for one in self.found:
            if one.last == last and one.first >= first:
                return True
        return False

    @cython.cfunc
    def is_courtesy(self, first: cython.Py_ssize_t) -> cython.bint:
        return (self.has_role(first, _COURTESY)) != 0

    @cython.cfunc
    def tidy(self, block: cython.Py_ssize_t, first: int, last: int) -> Credit:
        """Return tokens without the signs around them, notes to editors, years and days."""
        a: cython.Py_ssize_t = first
        b: cython.Py_ssize_t = last
        i: cython.Py_ssize_t
        for i in range(a, b):
            if i > a and (self.kinds[i] == 43 or self.name_roles(i) & _END_NOTE):
                b = i
                break
        while True:
            while a < b and self.is_around(a) and not self.is_dash_before_slash(a):
                a += 1
            while a < b and self.is_behind(a, b):
                b -= 1
            if b - a > 1 and self.is_year(a) and self.kinds[a + 1] == WORD:
                a += 1  # © 2019 Reuters
            elif b - a > 1 and self.is_year(b - 1):
                i = self.start_of_day(a, b)
                if i == a:
                    break
                b = i
                if self.has_place_role(b - 1, _PLACE_IN) and self.has_shape(b - 1, LOWER):
                    b -= 1  # Judge Amara Diallo in 2019
            else:
                break
        return Credit(block, a, b)

    @cython.cfunc
    def is_around(self, i: cython.Py_ssize_t) -> cython.bint:
        kind: cython.int = self.kinds[i]
        return kind in _STRIPPED or kind in _DASHES or kind == 47 or kind in (41, 93, 40, 91)

    @cython.cfunc
    def is_dash_before_slash(self, i: cython.Py_ssize_t) -> cython.bint:
        return self.kinds[i] != 47 and self.is_glued(i + 1) and self.kinds[i + 1] == 47

    @cython.cfunc
    def is_behind(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """Whether the last token is a sign that does not belong to a credit."""
        kind: cython.int = self.kinds[last - 1]
        if kind == 41 or kind == 93:
            return not self.has_sign(kind - 1 if kind == 41 else 91, first, last - 1)
        if kind == 46:
            return self.word(last - 2) not in ("inc", "ltd", "jr", "co")
        return (
            kind > OWNER
            and kind not in (0xBB, 33)
            and (self.is_around(last - 1) or kind in (40, 91, 44, 42))
        )

    @cython.cfunc
    def is_year(self, i: cython.Py_ssize_t) -> cython.bint:
        if self.kinds[i] != NUMBER or self.ends[i] - self.starts[i] != 4:
            return False
        return self.text[self.starts[i] : self.starts[i] + 2] in ("18", "19", "20")

    @cython.cfunc
    def start_of_day(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where the day, the month or the year begins that ends a credit."""
        for one in self.found:
            if one.last == last:
                return one.first if one.first > first and self.kinds[one.first - 1] == 44 else first
        return last - 1

    # Credits that something sets apart: brackets, a label, or the agency's own name and a slash.

    @cython.cfunc
    def marked(self) -> Credit | None:
        """Return the first credit that brackets, a label or an agency's slash mark as one."""
        i: cython.Py_ssize_t = 0
        kind: cython.int
        if headed := self.headed():
            return headed
        while i < self.n:
            kind = self.kinds[i]
            credit: Credit | None = None
            if kind == 40 or kind == 91:
                credit = self.bracketed(i)
            elif kind == 169:
                credit = self.labelled(i, i + 1)
            elif kind == WORD and (self.has_role(i, _TRIGGER) or self.has_shape(i, BEGINS_NAME)):
                credit = self.after_label(i)
                if credit is None and self.name_roles(i) & _BYLINE:
                    credit = self.byline(i)
            if credit is not None:
                return credit
            i += 1
        return None

    @cython.cfunc
    def headed(self) -> Credit | None:
        """`Image copyright Getty Images Image caption …`, as the BBC begins."""
        if self.word(0) != "image" or self.word(1) not in ("copyright", "source"):
            return None
        i: cython.Py_ssize_t
        for i in range(3, min(self.n - 1, 20)):
            if self.word(i) == "image" and self.word(i + 1) == "caption":
                return self.tidy(0, 2, i)
        return None

    @cython.cfunc
    def bracketed(self, i: cython.Py_ssize_t) -> Credit | None:
        """`(Photo by Name / AFP)`, `[Name/Anadolu Agency]`, `(AFP)`, left open at the end, too."""
        end: cython.Py_ssize_t = self.closing(i)
        if end <= i + 1:
            return None
        first: cython.Py_ssize_t = self.end_of_label(i + 1)
        if first == 0:
            first = self.bare_label(i + 1)
        is_labelled: cython.bint = first > 0
        if is_labelled:
            first = self.end_of_label(first) or first
        else:
            first = i + 1
        credit = self.tidy(i, first, end)
        a: cython.Py_ssize_t = credit.first
        b: cython.Py_ssize_t = credit.last
        if a >= b or self.is_aside(a, b) or (not is_labelled and self.is_aside(i + 1, end)):
            return None
        if is_labelled and not self.is_lower(a, b):
            return credit if end < self.n or self.is_names(a, b) else None
        after: cython.Py_ssize_t = end + 1
        while self.kind(after) == 46 or self.kind(after) == 42:
            after += 1
        is_last: cython.bint = after >= self.n
        is_apart: cython.bint = i == 0 or self.kinds[i - 1] in _SETS_APART
        if not (is_apart or is_last or self.kinds[after] == 40 or self.kinds[after] == 91):
            return None
        if self.has(_AGENCY, a, b) and self.is_names(a, b):
            name: cython.Py_ssize_t = self.name_before(i)
            if name >= 0:
                return Credit(name, name, min(end + 1, self.n))
            return credit
        if end >= self.n or self.kinds[end] == 40:
            return None
        if self.has(_SOURCE, a, b) or self.is_courtesy(a):
            return credit
        if not is_last or not self.is_names(a, b) or self.is_where_or_when(i + 1, end):
            return None
        if is_apart or self.has_sign(47, a, b) or self.has_shape(a, ARABIC):
            return credit
        return None

    @cython.cfunc
    def closing(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """The bracket that closes bracket `i`; the end of the caption; or 0."""
        k: cython.Py_ssize_t = i + 1
        limit: cython.Py_ssize_t = self.starts[i] + 200
        while k < self.n and self.starts[k] < limit:
            if self.kinds[k] in _BRACKETS:
                if self.kinds[k] != 40:
                    return k if self.kinds[k] != 91 else 0
                # (Name / Keystone (Genf, 8. 9. 2022))
                last: cython.Py_ssize_t = k + 1
                while last < self.n and self.kinds[last] not in _BRACKETS:
                    last += 1
                if self.kind(last) == 41 and self.kind(last + 1) == 41 and self.is_year(last - 1):
                    return k
                return 0
            k += 1
        return k if k == self.n else 0

    @cython.cfunc
    def bare_label(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """In brackets a label needs no colon: `(Photo AFP)`, `(File photo Name)`."""
        k: cython.Py_ssize_t = i
        while k < self.n and self.has_role(k, _LABEL | _ALONE | _ARCHIVE_LABEL) and k < i + 2:
            k += 1
        if k == i or k >= self.n:
            return 0
        if self.word(k) in ("supplied", "provided") and self.word(k + 1) == "by":
            return k + 2
        if self.kinds[k] == 58 or self.kinds[k] == 45 or self.ends_photo(k):
            k += 1
            return k if self.kind(k) == WORD and not self.has_shape(k, LOWER) else 0
        if self.kind(k) != WORD or not self.has_shape(k, CAPITAL | CASELESS):
            return 0
        return k if not self.is_glued(k) else 0

    @cython.cfunc
    def ends_photo(self, k: cython.Py_ssize_t) -> cython.bint:
        """`Photo/Anadolu Agency`, not `File/SPA`."""
        return self.kinds[k] == 47 and (self.has_role(k - 1, _ALONE)) != 0

    @cython.cfunc
    def is_lower(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        return self.text[self.starts[first] : self.ends[last - 1]].islower()

    @cython.cfunc
    def is_aside(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """Whether words in brackets are a remark: `left`, `2nd from right`, or a party."""
        i: cython.Py_ssize_t
        if self.kinds[first] == NUMBER or self.has_role(first, _ALL_ASIDE):
            return True
        if self.word(first) == "from" or self.word(first + 1) == "from":
            return True
        for i in range(first, last):
            if self.kinds[i] == WORD and not self.has_role(i, _ASIDE | _PARTY):
                return False
            if self.kinds[i] == NUMBER:
                return False
        return True

    @cython.cfunc
    def is_where_or_when(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """Whether words in brackets, which name no agency, say where or in which year."""
        if self.is_year(last - 1):
            return True
        for part in self.text[self.starts[first] : self.ends[last - 1]].split(", "):
            if not self.is_place(part):
                return False
        return True

    @cython.cfunc
    def is_place(self, name: str) -> bool:
        if " " in name:
            return bool(PLACE_NAMES.get(fold(name), 0) & _PLACE)
        for i in range(self.n):
            if self.text[self.starts[i] : self.ends[i]] == name:
                return bool(self.has_place_role(i, _PLACE))
        return False

    @cython.cfunc
    def name_before(self, bracket: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where a name begins that is one sentence with its bracket: `mayo.Carla Pons (EFE)`."""
        i: cython.Py_ssize_t = bracket - 1
        count: cython.int = 0
        while i >= 0 and self.kinds[i] == WORD and self.has_shape(i, CAPITAL | CASELESS):
            count += 1
            i -= 1
            if self.kind(i) == 46 and self.ends[i] - self.starts[i - 1] == 2 and i > 1:
                i -= 1  # J. Smith
        if i < 0 or not 1 < count < 5 or self.kinds[i] not in (46, 33, 63):
            return -1
        return i + 1

    # Labels.

    @cython.cfunc
    def end_of_label(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where the label ends that begins with token `i`, with its colon or its `by`; or 0."""
        k: cython.Py_ssize_t = i
        if self.kind(k) == 169:
            return k + 1
        last: cython.Py_ssize_t = min(self.n, i + 7)
        while k < last and self.kinds[k] == WORD:
            if not self.has_role(k, _LABEL | _ARCHIVE_LABEL | _ALONE):
                if k == i or not self.is_in_label(k):
                    break
            k += 1
        if k == i or k >= self.n:
            return 0
        if self.word(k - 1) == "read" or self.word(k) == "courtesy":
            return k
        kind: cython.int = self.kinds[k]
        if kind == 58 or kind == 169 or kind == 124:
            k += 1
            return k + 1 if self.kind(k) == 169 else k
        if kind == 46 and self.is_glued(k + 2) and self.kinds[k + 2] == 46:
            return k + 3  # Credit...Name
        if kind == 46 and self.has_role(k - 1, _ALONE) and self.word(k - 1) == "fot":
            return k + 1
        if self.word(k) == "by":
            return k + 2 if self.kind(k + 1) == 58 else k + 1
        if kind not in _DASHES or self.is_glued(k):
            return 0
        if self.has_archive(i, k) and (k > i + 1 or self.has_shape(i, ARABIC)):
            return k + 1  # صورة أرشيفية - رويترز
        return 0

    @cython.cfunc
    def has_archive(self, i: cython.Py_ssize_t, k: cython.Py_ssize_t) -> cython.bint:
        while i < k:
            if self.has_role(i, _ARCHIVE_LABEL):
                return True
            i += 1
        return False

    @cython.cfunc
    def is_in_label(self, k: cython.Py_ssize_t) -> cython.bint:
        """Whether a word joins two of a label: `foto de archivo`, `photo credit should read`."""
        return self.word(k) in ("d'", "d’", "de", "should", "read", "credit", "credits", "source")

    @cython.cfunc
    def after_label(self, i: cython.Py_ssize_t) -> Credit | None:
        """The credit after a label at token `i`, or None."""
        if i and self.kinds[i - 1] <= OWNER:
            if self.is_glued(i) or self.has_role(i - 1, _LABEL | _ARCHIVE_LABEL | _ALONE):
                return None
        end: cython.Py_ssize_t = self.end_of_label(i)
        if end == 0 and self.has_role(i, _ALONE | _ARCHIVE_LABEL) and self.begins_sentence(i):
            end = i + 1  # Photo Name, Foto/ EFE, Credit Name
            while self.kind(end) == WORD and self.has_role(end, _ALONE):
                end += 1
            if self.kind(end) == 47 and self.has_role(end - 1, _ALONE):
                end += 1
            elif end < self.n and self.is_year(end):
                end += 1  # Copyright 2020 Reuters
            elif not self.has_role(i, _ALONE):
                return None
            elif i == 0 and not self.has_byline(end) and self.word(i) in ("photo", "foto"):
                return None
            if self.kind(end) != WORD or self.has_shape(end, LOWER):
                return None
        if end == 0 and self.word(i) == "source" and self.word(i - 1) == "x":
            end = i + 1  # DATE 12/09/2023 SIZE x SOURCE
        return self.labelled(i, end) if 0 < end < self.n else None

    @cython.cfunc
    def has_byline(self, i: cython.Py_ssize_t) -> cython.bint:
        return 0 <= i < self.n and (self.name_roles(i) & _AGENCY) != 0

    @cython.cfunc
    def labelled(self, i: cython.Py_ssize_t, first: int) -> Credit | None:
        """The credit that begins with token `first`, after the label at token `i`."""
        a: cython.Py_ssize_t = first
        k: cython.Py_ssize_t
        for _ in range(2):  # Credit: Photo: PA
            if 0 < self.end_of_label(a) < self.n:
                a = self.end_of_label(a)
        if a >= self.n or self.word(a) == "provided":
            return None
        b: cython.Py_ssize_t = self.end_of_credit(a)
        if self.kind(b) == 40 and b > a and not self.has(_AGENCY, a, b):
            k = self.closing(b)
            if k and self.has(_AGENCY, b, k):
                b = min(k + 1, self.n)  # Photo: Name (AFP)
        elif self.kind(b) in (124, 45) and not self.is_glued(b):
            if halves := self.halves(i, a, b):
                return halves
        credit = self.tidy(i, a, b)
        a = credit.first
        b = credit.last
        if a >= b:
            return None
        if i == 0 or (i == 1 and self.kinds[0] in (40, 91)):
            b = self.ahead(i, a, b)
        for k in range(a + 1, b):  # Name/Reuters REUTERS/Name
            if not self.is_glued(k) and self.name_roles(k) & _BYLINE and self.has(_FIRM, a, k):
                if self.kind(self.end_of_name(k, _BYLINE)) == 47:
                    b = k
                    break
        if a >= b or (self.has_role(a, _PARTY) and b == a + 1):
            return None
        if self.has_sign(47, a, b) and b - a < 10 and self.has(_FIRM, a, b):
            return Credit(i, a, b)
        if self.is_names(a, b) and not self.is_day(a, b):
            return Credit(i, a, b)
        return None

    @cython.cfunc
    def end_of_credit(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where the sentence of a credit ends: at a stop or a bracket."""
        limit: cython.Py_ssize_t = self.starts[i] + _MOST
        k: cython.Py_ssize_t = i
        while k < self.n and self.starts[k] < limit:
            if self.kinds[k] in _BRACKETS or self.is_stop(k):
                return k
            k += 1
        return k

    @cython.cfunc
    def halves(self, block: int, a: cython.Py_ssize_t, b: cython.Py_ssize_t) -> Credit | None:
        """`dpa | Name`, `Getty - Contributor`: a second half that belongs to the first."""
        last: cython.Py_ssize_t = self.end_of_credit(b + 1) if b + 1 < self.n else b
        if self.kinds[b] == 45 and self.word(b + 1) not in (
            *("contributor", "stringer", "pool", "handout"),
        ):
            return None
        first, second = self.tidy(block, a, b), self.tidy(block, b + 1, last)
        for half in (first, second):
            if not self.is_names(half.first, half.last):
                return None
        repeated = self.text[self.starts[second.first] : self.ends[second.last - 1]].lower()
        if repeated in self.text[self.starts[a] : self.ends[first.last - 1]].lower():
            return first
        return Credit(block, first.first, second.last)

    @cython.cfunc
    def ahead(
        self, i: cython.Py_ssize_t, a: cython.Py_ssize_t, b: cython.Py_ssize_t
    ) -> cython.Py_ssize_t:
        """Where a credit ends whose label begins the caption: `© Getty Images LONDON (…)`."""
        end: cython.Py_ssize_t = self.end_of_name(a, _FIRM)
        k: cython.Py_ssize_t
        if end == a and not self.has_sign(47, a, b):
            for k in range(i, a):
                if self.has_role(k, _ARCHIVE_LABEL):
                    return a  # FILE PHOTO: The …
        if self.has_shape(a, CASELESS) and (
            self.has_role(i, _ARCHIVE_LABEL) or self.count_words(a, b) > 4
        ):
            return a
        if self.is_names(a, b) and self.kind(b) != 40:
            return b
        if end > a:
            return self.photographer(end)
        if self.has_role(a, _JOINT) or self.word(a) == "an":
            return a
        k = self.two_names(a)  # © Jan Ott People wait
        return k if k < b and self.kinds[k] == WORD and self.has_shape(k, CAPITAL) else a

    @cython.cfunc
    def photographer(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where `/Name Surname` ends after an agency."""
        if self.kind(i) != 47 or self.kind(i + 1) != WORD:
            return i
        return self.two_names(i + 1)

    @cython.cfunc
    def two_names(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where a name and a surname end: `Jan Ott`, `Ann B. Lee`."""
        k: cython.Py_ssize_t = i + 1
        if self.kind(i) != WORD or not self.has_shape(i, CAPITAL):
            return i
        if self.kind(k + 1) == 46 and self.ends[k] - self.starts[k] == 1:
            k += 2
        if self.kind(k) != WORD or not self.has_shape(k, CAPITAL):
            return i
        return k + 1

    @cython.cfunc
    def byline(self, i: cython.Py_ssize_t) -> Credit | None:
        """`REUTERS/Name`, `Handout via Reuters`, anywhere in a caption."""
        end: cython.Py_ssize_t = self.end_of_name(i, _BYLINE)
        first: cython.Py_ssize_t = i
        k: cython.Py_ssize_t
        if end <= i:
            return None
        if self.word(end - 1) != "via":
            if self.kind(end) != 47:
                return None
            end += 2 if self.kind(end + 1) == 47 else 1
        if end >= self.n or self.kinds[end] in (40, 41, 46, 58, 59):
            return None
        if self.word(i - 1) == "via":
            k = i - 1
            while k > 0 and self.starts[i] - self.starts[k - 1] < 80:
                if self.is_stop(k - 1) or self.kinds[k - 1] == NUMBER:
                    break
                k -= 1
            if k > 0 and self.is_names(k, i):
                first = k  # Action Images via Reuters/Name
        elif i and (self.is_glued(i) or self.is_second(i)):
            return None
        stop: cython.Py_ssize_t = end
        while stop < self.n and self.starts[stop] - self.starts[end] < 100:
            if self.kinds[stop] in (40, 41, 58, 59) or self.is_stop(stop):
                break
            if self.kinds[stop] == 46 and not self.is_initial(stop) and not self.is_glued(stop + 1):
                break
            stop += 1
        if self.kind(stop) == 58 and self.has_role(stop - 1, _LABEL):
            stop -= 1  # EFE/Name Foto: EFE
        credit = self.tidy(first, first, stop)
        return credit if self.is_names(credit.first, credit.last) else None

    @cython.cfunc
    def is_initial(self, stop: cython.Py_ssize_t) -> cython.bint:
        return self.ends[stop - 1] - self.starts[stop - 1] == 1

    @cython.cfunc
    def is_second(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether the words before a slash belong to the credit: `Name / AFP / …`."""
        return self.kinds[i - 1] == 47 and not (i > 1 and self.kinds[i - 2] in (46, 33, 63, 41))

    # Credits that nothing sets apart.

    @cython.cfunc
    def unmarked(self) -> Credit | None:
        """Return a credit that only its names tell."""
        i: cython.Py_ssize_t
        for i in range(1, self.n):
            if self.name_roles(i) & (_FIRM if self.kind(i - 3) != 64 else _AGENCY) and (
                self.is_signed(i)
            ):
                if credit := self.signed(i):
                    return credit
        return self.last_words() or self.first_words() or self.last_agency() or self.dateline()

    @cython.cfunc
    def is_signed(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether a slash, `|` or a long dash comes before an agency: `Name/AFP`."""
        k: cython.Py_ssize_t = i - 1
        if self.word(k) in ("via", "pool") and self.kind(k - 1) == 47:
            k -= 1
        elif self.is_year(k) and self.word(k - 1) == "copyright":
            k -= 2
        if self.kinds[k] == 47:
            return True
        if self.kinds[k] == 124:
            return not self.is_glued(k) and not self.is_glued(i)
        return self.kinds[k] == 0x2014 and self.is_glued(k) and self.is_glued(i)

    @cython.cfunc
    def signed(self, i: cython.Py_ssize_t) -> Credit | None:
        """`Name Surname/AFP`, `Name / Pool / AFP`: the names before the slash, and the agency."""
        last: cython.Py_ssize_t = self.end_of_firm(i)
        if self.is_glued(last) and self.kinds[last] == 47:
            return None
        slash: cython.Py_ssize_t = i - 1
        while self.kinds[slash] == WORD or self.kinds[slash] == NUMBER:
            slash -= 1
        first: cython.Py_ssize_t = slash
        while first > 0 and self.starts[slash] - self.starts[first - 1] < 80:
            if not self.is_name_token(first - 1):
                break
            if (self.shapes[first - 1] ^ self.shapes[slash - 1]) & CASELESS:
                if self.kinds[first - 1] == WORD == self.kinds[slash - 1]:
                    break  # another script
            first -= 1
        first = self.without_place(first, slash, i)
        while first < slash and self.kinds[first] == WORD and self.has_shape(first, LOWER):
            first += 1
        if first >= slash or self.count_words(first, slash) > 5:
            return None
        rest: cython.Py_ssize_t = last
        while rest < self.n and self.kinds[rest] not in _BRACKETS and not self.is_stop(rest):
            rest += 1
        if rest == self.n and last < rest and self.ends[rest - 1] - self.ends[last - 1] < 60:
            if self.kinds[last] <= OWNER or self.kinds[last] in (47, 44):
                whole = self.tidy(first, first, rest)
                if self.is_names(whole.first, whole.last):
                    return whole
        return self.tidy(first, first, last)

    @cython.cfunc
    def end_of_firm(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where an agency ends, with what belongs to it: `AFP via Getty Images`, `AP/File`."""
        end: cython.Py_ssize_t = self.end_of_name(i, _AGENCY)
        k: cython.Py_ssize_t
        while end < self.n:
            k = end
            if (
                self.kinds[k] == 47
                or self.word(k) == "via"
                or (self.kinds[k] == 45 and not self.is_glued(k))
            ):
                k += 1
            if k >= self.n or not self.name_roles(k) & (_AGENCY | _AFTER_FIRM):
                break
            if k == end and not self.has_role(k, _AFTER_FIRM):
                break
            end = self.end_of_name(k, _AGENCY | _AFTER_FIRM)
        return end

    @cython.cfunc
    def is_name_token(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether token `i` may be part of a photographer's name."""
        kind: cython.int = self.kinds[i]
        if kind == WORD:
            if self.has_shape(i, CAPITAL | CASELESS):
                return True
            if self.is_glued(i) and self.kinds[i - 1] == 64:
                return True
            return (self.has_role(i, _AFTER_FIRM)) != 0 or self.word(i) in (
                *("via", "de", "van", "von", "al", "el", "bin", "der", "d'", "l'"),
            )
        if kind == 46:  # B. Name
            return (
                self.is_glued(i)
                and self.kinds[i - 1] == WORD
                and (self.ends[i - 1] - self.starts[i - 1] < 3 or self.word(i - 1) == "jr")
            )
        return kind == 64 or (kind == 47 and i > 0) or kind in (39, 0x2019) or kind == OWNER

    @cython.cfunc
    def without_place(
        self, first: cython.Py_ssize_t, slash: cython.Py_ssize_t, firm: cython.Py_ssize_t
    ) -> cython.Py_ssize_t:
        """Where a name begins that runs on from its place: `in Paris Name Surname/AFP`."""
        i: cython.Py_ssize_t = slash
        while i > 0 and self.starts[slash] - self.starts[i - 1] < 80 and not self.is_stop(i - 1):
            i -= 1
            if self.has_role(i, _OFFICE):
                return i  # Пресс-служба президента России/ТАСС
        for i in range(first, slash):
            if self.kinds[i] == 64:
                return i  # @name
        if self.kinds[slash - 1] == WORD and self.has_shape(slash - 1, RUSSIAN):
            if self.count_words(first, slash) > 2 and first and self.kinds[first - 1] != 46:
                return slash - 2
        if first == 0 or not self.has_place_role(first - 1, _PLACE_IN):
            return first
        if self.count_words(first, slash) == 1:
            return firm  # in Rabat / AFP
        i = slash - 2
        if self.word(slash - 1) in ("ii", "iii"):
            i -= 1
        while i > first and (
            self.kinds[i] == 46 or self.ends[i] - self.starts[i] == 1 or self.has_shape(i, LOWER)
        ):
            i -= 1
        return i

    @cython.cfunc
    def count_words(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.Py_ssize_t:
        count: cython.Py_ssize_t = 0
        while first < last:
            if self.kinds[first] == WORD and not (count and self.is_glued(first)):
                count += 1
            first += 1
        return count

    @cython.cfunc
    def last_words(self) -> Credit | None:
        """A credit set as the caption's last sentence, or after its last dash."""
        i: cython.Py_ssize_t = self.n - 1
        limit: cython.Py_ssize_t = len(self.text) - _MOST - 40
        while i >= 0 and self.starts[i] >= limit:
            if (i and self.is_stop(i - 1)) or (i == 0 and self.is_short()):
                credit = self.tidy(i, i, self.n)
                if self.is_names(credit.first, credit.last) and self.is_credit(credit, i > 0):
                    return credit
            i -= 1
        return None

    @cython.cfunc
    def is_short(self) -> cython.bint:
        if len(self.text) >= 60:
            return False
        return self.text.count(" ") < 4 or not self.has_shape(0, ARABIC)

    @cython.cfunc
    def is_credit(self, credit: Credit, is_later: bool) -> bool:
        first: cython.Py_ssize_t = credit.first
        last: cython.Py_ssize_t = credit.last
        if self.has_sign(47, first, last) or self.has(_AGENCY, first, last):
            return True
        if self.is_courtesy(first):
            return True
        return is_later and last - first > 1 and bool(self.has_role(last - 1, _ARCHIVE))

    @cython.cfunc
    def first_words(self) -> Credit | None:
        """A credit before the caption's first dash or colon: `AFP | A farmer …`."""
        i: cython.Py_ssize_t = 0
        while i < self.n and self.starts[i] < 80:
            if self.is_stop(i) or (self.kinds[i] == 58 and not self.is_glued(i + 1)):
                credit = self.tidy(0, 0, i)
                is_one = self.is_names(credit.first, credit.last)
                return credit if is_one and self.has(_AGENCY, credit.first, credit.last) else None
            i += 1
        return None

    @cython.cfunc
    def last_agency(self) -> Credit | None:
        """An agency that ends the caption with nothing before it: `in Madrid Getty Images`."""
        i: cython.Py_ssize_t
        for i in range(max(1, self.n - 8), self.n):
            if self.name_roles(i) & _FIRM and self.end_of_firm(i) == self.n:
                return None if self.has_role(i - 1, _JOINT) else Credit(i, i, self.n)
        return None

    @cython.cfunc
    def dateline(self) -> Credit | None:
        """`HARBIN, Jan. 15, 2024 (Xinhua) -- People …`: the agency of a dateline."""
        i: cython.Py_ssize_t = 0
        while i < self.n and self.starts[i] < 90:
            if self.kinds[i] == 40 and self.name_roles(i + 1 if i + 1 < self.n else i) & _FIRM:
                end: cython.Py_ssize_t = self.end_of_name(i + 1, _FIRM)
                if self.kind(end) == 41 and self.kind(end + 1) in (45, 0x2013, 0x2014):
                    return Credit(i, i + 1, end)
            i += 1
        return None
