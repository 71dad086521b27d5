"""Where a photo was taken, as its caption writes it.

First the forms in which agencies set the place apart: `18 August 2018, Region, City: …`,
`CITY, COUNTRY - MARCH 12: …`. Then the sentence: every place to which a preposition leads is a
candidate, weighed by the words around it. One beside the date is the picture's; one after `the
war` or `president of` is the story's. At last what no preposition leads to: `a Harare street`.

The gazetteer is short on purpose: how a caption is set tells a place, and the gazetteer only tells
`Harare` in `a Harare street` from `Toyota`, and `Cairo, Egypt` from `Cairo, Prime Minister`.
"""

from __future__ import annotations

from corpuscli.captions import lexicon, tokens
from corpuscli.captions.credits import Credit, read_credit
from corpuscli.captions.dates import find_dates
from corpuscli.captions.lexicon import DATE_BIT, PLACE_BIT, PLACE_NAMES, fold, load_places
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
CASELESS = cython.declare(cython.longlong, lexicon.CASELESS)
DEMONYM = cython.declare(cython.longlong, lexicon.DEMONYM)
FRENCH_TOWN = cython.declare(cython.longlong, lexicon.FRENCH_TOWN)
GERMAN_NOUN = cython.declare(cython.longlong, lexicon.GERMAN_NOUN)
GERMAN_TOWN = cython.declare(cython.longlong, lexicon.GERMAN_TOWN)
GERMAN_VENUE = cython.declare(cython.longlong, lexicon.GERMAN_VENUE)
LOWER = cython.declare(cython.longlong, lexicon.LOWER)
RUSSIAN = cython.declare(cython.longlong, lexicon.RUSSIAN)
RUSSIAN_ADJECTIVE = cython.declare(cython.longlong, lexicon.RUSSIAN_ADJECTIVE)
RUSSIAN_CASE = cython.declare(cython.longlong, lexicon.RUSSIAN_CASE)
UPPER = cython.declare(cython.longlong, lexicon.UPPER)

_MONTH = cython.declare(cython.longlong, DATE_BIT["month"])
_TAKEN = cython.declare(cython.longlong, DATE_BIT["taken"] | DATE_BIT["picture"])
_WEEKDAY = cython.declare(cython.longlong, DATE_BIT["weekday"])
_FUTURE = cython.declare(cython.longlong, DATE_BIT["future"])
_COMING = cython.declare(cython.longlong, DATE_BIT["coming"])
_AWAITED = cython.declare(cython.longlong, DATE_BIT["awaited"])
_IN = cython.declare(cython.longlong, PLACE_BIT["place-in"])
_AT = cython.declare(cython.longlong, PLACE_BIT["place-at"])
_OF = cython.declare(cython.longlong, PLACE_BIT["place-of"])
_PREPOSITION = cython.declare(cython.longlong, _IN | _AT | _OF)
_ALONE = cython.declare(cython.longlong, PLACE_BIT["alone"])
_TELLING = cython.declare(cython.longlong, PLACE_BIT["telling-place"])
_RELATIVE = cython.declare(cython.longlong, PLACE_BIT["place-relative"])
_PEOPLE = cython.declare(cython.longlong, PLACE_BIT["people"])
_FOR = cython.declare(cython.longlong, PLACE_BIT["for"])
_PHOTO = cython.declare(cython.longlong, PLACE_BIT["photo-of"])
_VIEW = cython.declare(cython.longlong, PLACE_BIT["view"])
_BUILDING = cython.declare(cython.longlong, PLACE_BIT["building"])
_NOT_LEAD = cython.declare(cython.longlong, PLACE_BIT["not-lead"])
_HOUSE = cython.declare(cython.longlong, PLACE_BIT["house"])
_ON_MAP = cython.declare(cython.longlong, PLACE_BIT["on-map"])
_NOT_PLACE = cython.declare(cython.longlong, PLACE_BIT["not-place"])
_NAME_END = cython.declare(cython.longlong, PLACE_BIT["name-end"])
_REGION_WORD = cython.declare(cython.longlong, PLACE_BIT["region-word"])
_ARTICLE = cython.declare(cython.longlong, PLACE_BIT["place-article"])
_OPENER = cython.declare(cython.longlong, PLACE_BIT["opener"])
_LEADER = cython.declare(cython.longlong, PLACE_BIT["leader"])
_AREA = cython.declare(cython.longlong, PLACE_BIT["area"])
_TOWN_KIND = cython.declare(cython.longlong, PLACE_BIT["town-kind"])
_KIND_PREFIX = cython.declare(cython.longlong, PLACE_BIT["kind-prefix"])
_MODIFIER = cython.declare(cython.longlong, PLACE_BIT["modifier"])
_WAY_SIDE = cython.declare(cython.longlong, PLACE_BIT["way-side"])
_HELD = cython.declare(cython.longlong, PLACE_BIT["held"])
_SIDE = cython.declare(cython.longlong, PLACE_BIT["side"])
_AFTER_PLACE = cython.declare(cython.longlong, PLACE_BIT["after-place"])
_BEFORE_DATE = cython.declare(cython.longlong, PLACE_BIT["before-date"])
_LINK = cython.declare(cython.longlong, PLACE_BIT["link"])
_GERMAN = cython.declare(cython.longlong, PLACE_BIT["german"])
_ENGLISH = cython.declare(cython.longlong, PLACE_BIT["english"])
_FRENCH = cython.declare(cython.longlong, PLACE_BIT["french"])
_ITALIAN = cython.declare(cython.longlong, PLACE_BIT["italian"])
_WATER = cython.declare(cython.longlong, PLACE_BIT["water"])
_DEMONYM = cython.declare(cython.longlong, PLACE_BIT["demonym"])
_VENUE = cython.declare(cython.longlong, PLACE_BIT["venue"])
_VENUE_LOWER = cython.declare(cython.longlong, PLACE_BIT["venue-lower"])
_VENUE_FIRST = cython.declare(cython.longlong, PLACE_BIT["venue-first"])
_FESTIVAL = cython.declare(cython.longlong, PLACE_BIT["festival"])
_SHOW = cython.declare(cython.longlong, PLACE_BIT["show"])
_CLUB = cython.declare(cython.longlong, PLACE_BIT["club"])
_LEADS_TO = cython.declare(cython.longlong, PLACE_BIT["leads-to"])
_KIND_NOUN = cython.declare(cython.longlong, PLACE_BIT["kind-noun"])
_ARABIC_IN = cython.declare(cython.longlong, PLACE_BIT["arabic-in"])
_ARABIC_SIDE = cython.declare(cython.longlong, PLACE_BIT["arabic-side"])
_ARABIC_KIND = cython.declare(cython.longlong, PLACE_BIT["arabic-kind"])
_ARABIC_TOWN = cython.declare(cython.longlong, PLACE_BIT["arabic-town"])
_CITY = cython.declare(cython.longlong, PLACE_BIT["city"])
_COUNTRY = cython.declare(cython.longlong, PLACE_BIT["country"])
_DOTTED = cython.declare(cython.longlong, PLACE_BIT["dotted"])
_LANDMARK = cython.declare(cython.longlong, PLACE_BIT["landmark"])
_PLACE = cython.declare(cython.longlong, _CITY | _COUNTRY | PLACE_BIT["region"])

_LONGEST = 3000  # a caption says its place early: of a longer text only so many characters are read
_DASHES = frozenset((45, 0x2013, 0x2014))
_COMMA, _STOP, _COLON, _OPEN, _CLOSE = 44, 46, 58, 40, 41
_MOST_PARTS = 4  # regions and countries of one place

# What a candidate needs to be the answer, and what its surroundings add.
_ENOUGH = 2
_BESIDE_DATE = 3
_TOLD = -3
_SURE = 7  # a known place with its country, beside the date, after `in`


class Place:
    """A place, the tokens `start` up to `end`."""

    __slots__ = ("end", "is_known", "is_set_out", "start")

    def __init__(self, start: int, end: int, is_known: bool, is_set_out: bool) -> None:
        self.start = start
        self.end = end
        self.is_known = is_known  # the gazetteer has its first name
        self.is_set_out = is_set_out  # it has a region, a country or a word like `town`


def find_place(text: str) -> str | None:
    """Return where the photo was taken, with region and country as written, or None."""
    load_places()
    tokens = cut(one_line(text[: 2 * _LONGEST])[:_LONGEST])
    return choose_place(tokens, read_credit(tokens, find_dates(tokens)))


def choose_place(tokens: Tokens, credit: Credit | None) -> str | None:
    """Return the place of a caption whose credit was found."""
    return _Reader(tokens, credit).find()


@cython.cclass
class _Reader:
    """The tokens of one caption without its credit, and how a place among them is read."""

    text: str
    starts: list[int]
    ends: list[int]
    kinds: list[int]
    roles: list[int]
    shapes: list[int]
    words: list[str]
    dates: list[int]
    low: cython.Py_ssize_t
    n: cython.Py_ssize_t
    union: cython.longlong
    is_arabic: cython.bint
    is_russian: cython.bint

    def __init__(self, tokens: Tokens, credit: Credit | None) -> None:
        self.text = tokens.text
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.kinds = tokens.kinds
        self.roles = tokens.places
        self.shapes = tokens.shapes
        self.words = tokens.words
        self.dates = tokens.dates
        self.low = 0
        self.n = len(tokens.kinds)
        if credit is not None:
            self.without(credit)
        if self.kind(0) == _OPEN and self.kind(1) == NUMBER and self.kind(3) == 45:
            self.low = 5  # (230131) -- CITY, …
        self.union = 0
        self.is_arabic = False
        self.is_russian = False
        i: cython.Py_ssize_t
        for i in range(self.low, self.n):
            self.union |= self.roles[i]
            if self.has_shape(i, ARABIC):
                self.is_arabic = True
            elif self.has_shape(i, RUSSIAN):
                self.is_russian = True

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
    def has_date_role(self, i: cython.Py_ssize_t, wanted: cython.longlong) -> cython.bint:
        """Whether token `i` has one of these roles around a date."""
        found: cython.longlong = self.dates[i]
        return (found & wanted) != 0

    @cython.cfunc
    def without(self, credit: Credit) -> cython.int:
        """Leave out a credit that begins or ends the caption."""
        last: cython.Py_ssize_t = credit.last
        if self.starts[credit.first] < 12:
            while last < self.n and self.kinds[last] in (41, 93, 46, 124, 58, 45, 0x2013, 0x2014):
                last += 1
            self.low = last
        elif len(self.text) - self.ends[last - 1] < 45 and self.kind(last) != _OPEN:
            self.n = credit.block
        return 0

    # What a token is.

    @cython.cfunc
    @cython.inline
    def is_glued(self, i: cython.Py_ssize_t) -> cython.bint:
        return 0 < i < self.n and self.starts[i] == self.ends[i - 1]

    @cython.cfunc
    @cython.inline
    def kind(self, i: cython.Py_ssize_t) -> cython.int:
        return self.kinds[i] if self.low <= i < self.n else 0

    @cython.cfunc
    @cython.inline
    def role(self, i: cython.Py_ssize_t) -> cython.longlong:
        return self.roles[i] if self.low <= i < self.n else 0

    @cython.cfunc
    @cython.inline
    def is_plain(self, i: cython.Py_ssize_t, role: cython.longlong) -> cython.bint:
        """Whether token `i` is a word in lower case with this role."""
        if i < self.low or i >= self.n:
            return False
        return (self.roles[i] & role) != 0 and (self.has_shape(i, LOWER)) != 0

    @cython.cfunc
    @cython.inline
    def is_name(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether token `i` is a word with a capital: `Cairo`, `al-Hol`."""
        if i < self.low or i >= self.n or self.kinds[i] != WORD:
            return False
        return not self.has_shape(i, LOWER | CASELESS)

    @cython.cfunc
    @cython.inline
    def word(self, i: cython.Py_ssize_t) -> str:
        return self.words[i] if self.low <= i < self.n else ""

    @cython.cfunc
    def slice(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> str:
        return self.text[self.starts[first] : self.ends[last - 1]]

    # Names, and what the gazetteer has.

    @cython.cfunc
    def long_name(self, i: cython.Py_ssize_t, roles: cython.longlong) -> cython.Py_ssize_t:
        """Where the longest name of several words ends that the gazetteer has at `i`, or `i`."""
        if not self.has_shape(i, BEGINS_NAME):
            return i
        last: cython.Py_ssize_t = min(self.n, i + 7)
        while last > i + 1:
            if self.kinds[last - 1] <= OWNER or self.kinds[last - 1] == _STOP:
                if PLACE_NAMES.get(fold(self.slice(i, last)), 0) & roles:
                    return last
            last -= 1
        return i

    @cython.cfunc
    def has_exactly(
        self, first: cython.Py_ssize_t, last: cython.Py_ssize_t, roles: cython.longlong
    ) -> cython.bint:
        """Whether the gazetteer has these words as one name."""
        if last - first == 1:
            if self.is_dotted(first):
                return True
            if self.ends[first] - self.starts[first] == 2 and not self.has_shape(first, UPPER):
                return False
            return (self.roles[first] & roles) != 0
        return last > first and (PLACE_NAMES.get(fold(self.slice(first, last)), 0) & roles) != 0

    @cython.cfunc
    def is_dotted(self, i: cython.Py_ssize_t) -> cython.bint:
        """`Calif.`"""
        return (self.role(i) & _DOTTED) != 0 and self.is_glued(i + 1) and self.kinds[i + 1] == _STOP

    @cython.cfunc
    def is_known(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """Whether the gazetteer has a name, alone or with a word before or after its city's."""
        if self.kind(last - 1) == _STOP and last - first == 2:
            last -= 1
        if self.has_exactly(first, last, _PLACE):
            return True
        if last - first < 2:
            return False
        if self.has_role(first, _CITY) or self.has_role(last - 1, _CITY):
            return True
        if self.has_exactly(first + 1, last, _CITY):
            return True
        return bool(self.has_role(first, _SIDE)) and self.has_exactly(first + 1, last, _PLACE)

    @cython.cfunc
    def end_of_words(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where the words with capitals end that begin at `i`, `de la` included; or `i`."""
        k: cython.Py_ssize_t = i
        count: cython.int = 0
        last: cython.Py_ssize_t
        while count < 5:
            last = k
            if count:
                while last < k + 2 and self.is_plain(last, _LINK) and not self.is_glued(last):
                    last += 1
                if last > k and self.word(k) == "am" and self.is_no_river(last):
                    break
                if last == k + 2 and self.word(k) == "of" and self.word(k + 1) != "the":
                    break
            if not self.is_name(last) or (
                count
                and self.is_glued(last)
                and self.kinds[last - 1] <= 3
                and not self.is_elided(last - 1)
            ):
                break
            k = last + 1
            if self.kind(k) == _STOP and self.is_saint(last) and self.is_name(k + 1):
                k += 2  # St. Louis
            count += 1
            if self.is_glued(k):
                if self.kinds[k] == 47 and self.is_glued(k + 1) and self.is_name(k + 1):
                    k += 2
                else:
                    break
        return k

    @cython.cfunc
    def is_no_river(self, i: cython.Py_ssize_t) -> cython.bint:
        """`Frankfurt am Main`, but not `Berlin am Mittwoch`, `am Strand`."""
        word = self.word(i)
        return not (word.endswith("see") or word in ("main", "rhein", "inn", "neckar", "lech"))

    @cython.cfunc
    def is_elided(self, i: cython.Py_ssize_t) -> cython.bint:
        return self.ends[i] - self.starts[i] == 2 and self.text[self.ends[i] - 1] in "'’"

    @cython.cfunc
    def is_saint(self, i: cython.Py_ssize_t) -> cython.bint:
        return self.word(i) in ("st", "ft", "mt", "ste")

    @cython.cfunc
    def end_of_name(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where the name of a place ends that begins at `i`; a date's words are no part of it."""
        if i < self.low or i >= self.n or self.kinds[i] != WORD:
            return i
        known: cython.Py_ssize_t = self.long_name(i, _PLACE | _LANDMARK)
        k: cython.Py_ssize_t
        if not self.is_name(i):
            # mar de Ojotsk, el río Ebro
            if not self.is_plain(i, _WATER):
                return known
            k = i + 1
            if self.is_plain(k, _LINK):
                k += 1
            return k + 1 if self.is_name(k) else known
        last: cython.Py_ssize_t = self.end_of_words(i)
        if known >= last or (known > i and self.kind(known - 1) == _STOP):
            return known
        if self.has_exactly(i, last, _PLACE):
            return last + 1 if self.is_dotted(i) and last == i + 1 else last
        if self.has_role(i, _NOT_PLACE) and self.word(i + 1) != "de":
            if not (last > i + 1 and self.is_known(i, i + 2)) and known == i:
                return i
        k = i + 1
        while k < last and not self.has_role(k, _NAME_END):
            if self.has_shape(i, RUSSIAN) and self.ends_russian(k):
                break
            k += 1
        while k > i + 1 and (self.has_shape(k - 1, LOWER) or self.is_german_noun(k - 1)):
            k -= 1
        if known > k:
            return known
        return k + 1 if k == i + 1 and self.is_dotted(i) else k

    @cython.cfunc
    def is_german_noun(self, k: cython.Py_ssize_t) -> cython.bint:
        """`in Cavallino Treporti Verwüstungen`"""
        if not self.union & _GERMAN or not self.has_shape(k, GERMAN_NOUN):
            return False
        return not (self.has_shape(k, GERMAN_TOWN) or self.has_role(k, _PLACE))

    @cython.cfunc
    def ends_russian(self, k: cython.Py_ssize_t) -> cython.bint:
        """Whether a Russian place ends before `k`: `в Казани Имя`, not `в Нижнем Новгороде`."""
        return not (self.has_shape(k - 1, RUSSIAN_ADJECTIVE) or self.has_shape(k, RUSSIAN_CASE))

    # Days, with or without a year.

    @cython.cfunc
    def end_of_day(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where a day ends that begins at `i`: `MARCH 12`, `3. Mai 2021`, `03/04/2019`; or `i`."""
        k: cython.Py_ssize_t = i
        if self.kind(k) == NUMBER and self.ends[k] - self.starts[k] < 3:
            k += 1
            if self.kind(k) in (46, 47, 45) and self.kind(k + 1) == NUMBER:
                if self.kind(k + 2) == self.kinds[k] and self.kind(k + 3) == NUMBER:
                    return k + 4
            while self.kind(k) == WORD and self.is_glued(k) and self.ends[k] - self.starts[k] < 3:
                k += 1
            if self.kind(k) == _STOP or self.kind(k) == 45:
                k += 1
            while self.word(k) in ("of", "de"):
                k += 1
            if not (self.low <= k < self.n and self.has_date_role(k, _MONTH)):
                return i
            k += 1
        elif self.low <= k < self.n and self.has_date_role(k, _MONTH):
            k += 1
            if self.kind(k) == _STOP:
                k += 1
            if self.kind(k) != NUMBER or self.ends[k] - self.starts[k] > 2:
                return i
            k += 1
            while self.kind(k) == WORD and self.is_glued(k) and self.ends[k] - self.starts[k] < 3:
                k += 1
        elif self.kind(k) == NUMBER and self.kind(k + 1) == 45 and self.kind(k + 4) == NUMBER:
            return k + 5 if self.kind(k + 2) == NUMBER and self.kind(k + 3) == 45 else i
        else:
            return i
        return self.end_of_year(k)

    @cython.cfunc
    def end_of_year(self, k: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where the year ends that may follow a day and a month: `. 2021`, `, 2021`, ` de 2021`."""
        i: cython.Py_ssize_t = k
        while self.kind(i) in (_STOP, _COMMA) or self.word(i) == "de":
            i += 1
        if i < k + 3 and self.kind(i) == NUMBER and self.ends[i] - self.starts[i] == 4:
            return i + 1
        return k + 1 if self.kind(k) == _STOP and self.kind(k + 1) in (45, 0x2013) else k

    @cython.cfunc
    def is_dated(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether a date, or a part of one, follows the place that ends before token `i`."""
        k: cython.Py_ssize_t
        count: cython.int = 0
        if self.kind(i) == _COMMA:
            i += 1
        for k in range(i, min(self.n, i + 6)):
            if self.kinds[k] == NUMBER:
                if self.ends[k] - self.starts[k] < 4 and self.kind(k + 1) == _COMMA:
                    return False  # an age
                return not self.is_age(k)
            if self.kinds[k] == WORD:
                if self.has_date_role(k, _MONTH | _WEEKDAY):
                    return True
                count += 1
                if not self.has_role(k, _BEFORE_DATE) or count > 2:
                    return False
            elif self.kinds[k] != _COMMA and self.kinds[k] != _STOP:
                return False
        return False

    @cython.cfunc
    def is_age(self, k: cython.Py_ssize_t) -> cython.bint:
        return self.word(k + 1) in ("ans", "años", "jahre", "years", "лет", "anni")

    # A place, where a caption writes one.

    @cython.cfunc
    def read(self, i: cython.Py_ssize_t, alone: bool) -> Place | None:
        """Return the place written at token `i`, just after a preposition, or None.

        `alone` for a venue or a place of the story: what follows it after `in` is another place.
        """
        if i >= self.n or i < self.low:
            return None
        has_article: cython.bint = self.word(i) in ("der", "die", "den", "dem")
        start: cython.Py_ssize_t
        name: cython.Py_ssize_t
        start, name, is_set_out = self.before(i)
        end: cython.Py_ssize_t = self.end_of_name(name)
        if end <= name:
            return None
        if end > name + 1 and name > 0 and self.german_venue(i) == name:
            if not self.has_exactly(name, end, _PLACE):
                end = name + 1  # im Tierpark Berlin Heu
        first_end: cython.Py_ssize_t = end
        known: cython.bint = self.is_known(name, end) or self.is_town(name, end)
        if end - name > 1 and self.has_role(end - 1, _CLUB):
            return None
        if not known and ((has_article and not is_set_out) or self.is_no_place(name, end)):
            return None
        if self.kind(end) == OWNER:
            if not known:
                return None
            owned: cython.Py_ssize_t = self.end_of_owned(end)
            if owned == 0:
                return Place(start, end, known, False)
            end = owned
        kind: cython.Py_ssize_t = self.end_of_kind(end)
        if kind == end and self.word(end) == "border" and "-" in self.word(end - 1):
            kind = end + 1  # Turkish-Syrian border in
        is_kind: cython.bint = (
            kind > end
            or self.is_region_word(end - 1)
            or (self.word(name) == "joint" and self.word(name + 1) == "base")
        )
        if self.word(start) == "outskirts":
            alone = False
        regions: cython.int
        end, regions = self.parts(kind, alone, is_kind, known or self.is_on_map(name, first_end))
        if kind > first_end or regions or self.is_water(name, first_end):
            is_set_out = True
        if not (known or is_set_out) and self.is_adjective(end):
            return None
        return Place(start, end, known, is_set_out)

    @cython.cfunc
    def is_region_word(self, i: cython.Py_ssize_t) -> cython.bint:
        return (self.has_role(i, _REGION_WORD)) != 0 and self.is_name(i)

    @cython.cfunc
    def is_water(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """`North Sea`, `Gulf of Oman`, `mar de Ojotsk`."""
        if last - first < 2:
            return False
        if self.has_role(first, _WATER) and (
            self.word(first + 1) == "of" or self.has_shape(first, LOWER)
        ):
            return True
        return (self.has_role(last - 1, _WATER)) != 0

    @cython.cfunc
    def is_town(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """Whether a name that the gazetteer lacks ends or is joined as only a town's is."""
        if self.has_shape(first, FRENCH_TOWN):
            return True
        if not self.union & _GERMAN:
            return False
        if last - first == 1 and self.has_shape(first, GERMAN_TOWN):
            return True
        return last - first == 2 and self.word(first) == "bad"

    @cython.cfunc
    def is_no_place(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """Whether a name that the gazetteer lacks is a building's, an office's or a German noun."""
        if self.has_exactly(first, last, _LANDMARK):
            return self.kind(last) != _COMMA
        if (
            last - first == 1
            and self.has_shape(first, UPPER)
            and self.ends[first] - self.starts[first] < 5
        ):
            return True
        if self.word(last) in ("und", "and"):
            return True
        if last - first > 1 or not self.has_shape(first, GERMAN_NOUN) or not self.union & _GERMAN:
            return False
        return not self.is_dated(last)

    @cython.cfunc
    def is_adjective(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether a noun follows: `in Israeli custody`."""
        if self.kind(i) != WORD or self.is_glued(i) or not self.has_shape(i, LOWER):
            return False
        return not self.has_role(i, _AFTER_PLACE) and (self.union & _ENGLISH) != 0

    @cython.cfunc
    def end_of_kind(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where `province`, `refugee camp` or `village` ends after a name; or `i`."""
        k: cython.Py_ssize_t = i
        if self.kind(k) != WORD or not self.has_shape(k, LOWER):
            return i
        if self.is_kind_word(k + 1) and (
            self.has_role(k, _KIND_PREFIX) or self.text[self.ends[k] - 1] == "i"
        ):
            return k + 2
        last: cython.Py_ssize_t = self.long_name(k, _AREA)
        if last > k:
            return last
        return k + 1 if self.is_kind_word(k) else i

    @cython.cfunc
    def is_kind_word(self, i: cython.Py_ssize_t) -> cython.bint:
        if not self.is_plain(i, _AREA | _TOWN_KIND):
            return False
        return bool(self.has_role(i, _AREA)) or self.word(i) not in ("capital", "port")

    @cython.cfunc
    def before(self, i: cython.Py_ssize_t) -> tuple[int, int, bool]:
        """Where a place starts, its name, and whether a word like `town` leads to it."""
        start: cython.Py_ssize_t = i
        name: cython.Py_ssize_t = i
        k: cython.Py_ssize_t = i
        if self.is_plain(k, _ARTICLE) and self.word(k) not in (
            "a",
            "an",
            "un",
            "una",
            "une",
            "das",
        ):
            k += 1
        first: cython.Py_ssize_t = k
        while k < first + 3 and self.is_modifier(k):
            k += 2 if self.is_name(k) and self.is_plain(k + 1, _HELD) else 1
        if self.is_area_of(k):
            start = first
            k = self.after_of(k)
            return start, self.before(k)[1], True
        if k > first:
            start, name = first, k
        elif first > i:
            start, name = first, first
        if self.role(name) & _KIND_NOUN and self.is_name(name) and self.is_name(name + 1):
            if not self.is_glued(name + 1):
                return name + 1, name + 1, True
        venue: cython.Py_ssize_t = self.german_venue(i)
        if venue:
            return venue, venue, True
        if (not self.is_name(name) and not (self.is_plain(name, _WATER))) or self.is_people(name):
            town: cython.Py_ssize_t = self.leads_to_town(i)
            if town:
                return town, town, True
        return start, name, name > i and start == first and k > first

    @cython.cfunc
    def is_modifier(self, i: cython.Py_ssize_t) -> cython.bint:
        """`northern`, `Israeli-occupied`, `Indian controlled`, `rebel-held`."""
        if self.is_plain(i, _MODIFIER):
            return True
        if self.kind(i) != WORD or i + 1 >= self.n:
            return False
        if self.is_name(i) and self.is_plain(i + 1, _HELD) and self.is_name(i + 2):
            return True
        word = self.word(i)
        if "-" not in word:
            return False
        return word.rpartition("-")[2] in (
            "occupied",
            "annexed",
            "administered",
            "controlled",
            "held",
        )

    @cython.cfunc
    def is_area_of(self, i: cython.Py_ssize_t) -> cython.bint:
        """`outskirts of`, `mountains of`, `Norden von`."""
        word = self.word(i)
        if self.word(i + 1) == "of":
            return word in (
                *("outskirts", "suburb", "suburbs", "coast", "countryside", "mountains", "hills"),
            )
        if self.word(i + 1) not in ("von", "der", "des"):
            return False
        return word in ("norden", "süden", "osten", "westen")

    @cython.cfunc
    def after_of(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        return i + 3 if self.word(i + 2) == "the" else i + 2

    @cython.cfunc
    def is_people(self, name: cython.Py_ssize_t) -> cython.bint:
        """Whether a name only describes the town that follows: `Lebanese city of Tripoli`."""
        end: cython.Py_ssize_t = self.end_of_words(name)
        if not self.is_plain(end, -1) or self.is_glued(end) or self.is_known(name, end):
            return False
        kind: cython.Py_ssize_t = self.end_of_kind(end)
        if kind == end or not self.has_role(kind - 1, _AREA):
            return True
        return (
            end - name == 1
            and (self.has_shape(name, DEMONYM) or self.has_role(name, _DEMONYM)) != 0
        )

    @cython.cfunc
    def leads_to_town(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where the name begins to which `the northern Lebanese city of` leads, or 0."""
        k: cython.Py_ssize_t = i
        last: cython.Py_ssize_t
        town: cython.Py_ssize_t = 0
        if self.role(k) & _ARTICLE:
            k += 1
        last = k + 6
        while k < last and k < self.n and self.kinds[k] <= OWNER and not town:
            if self.has_role(k, _LEADS_TO):
                town = self.after_leader(k)
                break
            if (
                self.is_name(k)
                and self.has_shape(k + 1 if k + 1 < self.n else k, LOWER)
                and (not self.has_role(k + 1, _TOWN_KIND | _AREA))
                and self.union & _GERMAN
            ):
                return 0  # Zinnowitz auf der Insel Usedom
            if self.is_plain(k, _TOWN_KIND | _AREA) or self.word(k) == "streets":
                town = self.after_town(k)
                if town:
                    break
            if self.is_plain(k, _PREPOSITION | _FOR) and self.word(k) not in ("la", "le", "el"):
                return 0
            k += 1
        if not town or not self.is_name(town) or self.has_date_role(town, _MONTH | _WEEKDAY):
            return 0
        if self.has_role(town, _LEADS_TO) or not self.is_people(town):
            return town
        return self.leads_to_town(town) or town

    @cython.cfunc
    def after_town(self, k: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where the name begins after `city of`, `port city of the`, `village called`, `town`."""
        i: cython.Py_ssize_t = k + 1
        if self.is_plain(i, _TOWN_KIND):
            i += 1
        if self.word(i) == "of" or (
            self.has_role(k, _TOWN_KIND) and self.word(i) in ("called", "named")
        ):
            i += 1
        elif not self.has_role(k, _TOWN_KIND):
            return 0
        if self.word(i) == "the":
            i += 1
        return i if self.is_name(i) else 0

    @cython.cfunc
    def after_leader(self, k: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where the name begins after `ciudad de`, `ville de`, `Stadt`, `городе`."""
        i: cython.Py_ssize_t = k + 1
        while i < k + 5 and i < self.n and self.kinds[i] == WORD and not self.is_name(i):
            i += 1
        return i if self.is_name(i) and not self.is_stopped(k, i) else 0

    @cython.cfunc
    def is_stopped(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        for k in range(first + 1, last):
            if self.has_role(k, _PREPOSITION) and not self.has_role(k, _LINK):
                if self.word(k) not in ("de", "von"):
                    return True
        return False

    @cython.cfunc
    def german_venue(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """The city after `der polizeilichen Beratungsstelle`, `im Tierpark`; or 0."""
        k: cython.Py_ssize_t = i
        if self.word(k) in ("der", "die", "den", "dem", "das"):
            k += 1
        elif self.word(k - 1) not in ("im", "am", "vom", "zum"):
            return 0
        last: cython.Py_ssize_t = k + 2
        while k < last and self.kind(k) == WORD and self.has_shape(k, LOWER):
            k += 1
        if not self.is_name(k) or not self.has_shape(k, GERMAN_VENUE) or self.is_glued(k + 1):
            return 0
        k += 1
        if not self.is_name(k):
            return 0
        last = self.end_of_words(k)
        if self.has_exactly(k, last, _PLACE) or self.has_exactly(k, k + 1, _PLACE):
            return k
        return 0

    @cython.cfunc
    def end_of_owned(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where `'s capital Sanaa` or `'s southern suburbs` ends, which begins at `i`; or 0."""
        k: cython.Py_ssize_t = i + 1
        area: cython.Py_ssize_t = 0
        while k < i + 6 and self.kind(k) == WORD:
            if self.is_name(k):
                end: cython.Py_ssize_t = self.end_of_words(k)
                if not self.has_role(end - 1, _REGION_WORD | _ON_MAP | _VENUE):
                    end = self.end_of_name(k)
                return self.end_of_kind(end) if end > k else area
            if self.has_role(k, _IN | _ALONE | _AFTER_PLACE):
                break
            if self.has_role(k, _AREA):
                area = k + 1
            k += 1
        return area

    # The regions and countries that follow a name: `Palu, Central Sulawesi, Indonesia`.

    @cython.cfunc
    def parts(self, i: int, alone: bool, is_kind: bool, known: bool) -> tuple[int, int]:
        """The end of the regions and countries that follow a name, and how many there are.

        A part that the gazetteer lacks counts when it looks like a region, leads up to one that it
        has (`Palu, Central Sulawesi, Indonesia`), or when the date follows.
        """
        end: cython.Py_ssize_t = i
        regions: cython.int = 0
        reached: cython.Py_ssize_t = i
        unknown: cython.bint = False
        # Venezuela, Nicolás Maduro, en La Habana
        is_country: cython.bint = (self.role(i - 1) & _COUNTRY) != 0
        k: cython.Py_ssize_t
        if self.kind(i) == _OPEN and self.is_name(i + 1):  # Kyiv (Kiev), Ukraine
            k = self.end_of_words(i + 1)
            if self.kind(k) == _CLOSE and self.kind(k + 1) == _COMMA:
                reached = k + 1
        for _ in range(_MOST_PARTS):
            part = self.part(reached, alone, is_kind, known or regions > 0)
            if part is None:
                break
            reached, is_sure, is_kind = part
            if not is_sure and not unknown:
                k = self.end_of_area(reached)
                if k:
                    reached = k
                    is_sure = True
            if is_sure:
                end = reached
                regions += 1
            elif self.kind(reached) != _COMMA or unknown or is_country:
                break
            else:
                unknown = True  # one part may be unknown, two are a name
        if self.kind(end) == _OPEN and self.is_name(end + 1):  # Toledo (España)
            k = self.end_of_words(end + 1)
            if self.kind(k) == _COMMA and self.is_name(k + 1):
                k = self.end_of_words(k + 1)
            if self.kind(k) == _CLOSE and self.is_known(end + 1, self.end_of_words(end + 1)):
                return k + 1, regions + 1
        return end, regions

    @cython.cfunc
    def part(
        self, i: cython.Py_ssize_t, alone: bool, is_kind: bool, known_before: bool
    ) -> tuple[int, bool, bool] | None:
        """The name after the one that ends at `i`: its end, and whether it is sure, and a kind."""
        has_comma: cython.bint = self.kind(i) == _COMMA
        k: cython.Py_ssize_t = i + 1 if has_comma else i
        way: cython.Py_ssize_t = self.end_of_way(k)
        if not has_comma and way == k:
            return None
        is_of: cython.bint = way == k + 1 and self.word(k) == "of"
        if is_of and not is_kind and not (self.word(i - 1) == "city" and self.is_name(i - 1)):
            if not self.is_plain(way, _OPENER):
                return None  # of south China's …
        is_in: cython.bint = way == k + 1 and self.word(k) in ("in", "en", "im", "au", "em", "dans")
        if is_in and not is_kind:
            if alone:
                return None
            if not (known_before and has_comma) and self.is_city_with_country(way):
                return None
        if is_in or (has_comma and self.word(k) == "à"):
            if not known_before and not is_kind and self.is_city(way):
                return None  # Gare du Nord, in Paris
        name: cython.Py_ssize_t
        _, name, is_set_out = self.before(way)
        stop: cython.Py_ssize_t = self.end_of_name(name)
        if stop <= name:
            return None
        known: cython.bint = self.is_known(name, stop) or self.is_of_known(name, stop)
        if known and self.kind(stop) == OWNER:
            stop = self.end_of_owned(stop) or stop
        if way > k and (is_kind or has_comma or way - k > 1 or self.ends[k] - self.starts[k] > 3):
            is_set_out = True
        kind: cython.Py_ssize_t = self.end_of_kind(stop)
        if kind > stop:
            stop = kind
        elif "-" in self.word(name) and self.word(stop) == "border":
            stop += 1
            is_set_out = True
        is_region: cython.bint = kind == stop and kind > name + 1 and self.is_plain(kind - 1, -1)
        is_region = is_region or self.is_region_word(stop - 1)
        is_region = is_region or (self.word(stop - 1) == "city" and self.word(stop) == "of")
        if not (has_comma or known or is_set_out or is_region):
            return None
        is_sure: cython.bint = known or is_set_out or is_region or self.is_dated(stop)
        return stop, is_sure, is_region

    @cython.cfunc
    def is_city(self, i: cython.Py_ssize_t) -> cython.bint:
        return self.is_name(i) and self.has_exactly(i, self.end_of_name(i), _CITY)

    @cython.cfunc
    def is_on_map(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """`Umayyad Square`, `Hamra district`: not a building but a place itself."""
        if self.has_role(last - 1, _ON_MAP | _REGION_WORD) or self.has_role(first, _ON_MAP):
            return True
        return self.end_of_kind(last) > last

    @cython.cfunc
    def is_of_known(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> cython.bint:
        """`Henan Province of China`"""
        k: cython.Py_ssize_t
        for k in range(first + 1, last - 1):
            if self.word(k) == "of":
                return self.is_known(k + 1, last)
        return False

    @cython.cfunc
    def is_city_with_country(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether a city with its country follows, so that the name before is another place."""
        if self.word(i) in ("downtown", "central"):
            i += 1
        if not self.is_name(i):
            return False
        end: cython.Py_ssize_t = self.end_of_words(i)
        return (
            self.has_exactly(i, end, _CITY) and self.kind(end) == _COMMA and self.is_name(end + 1)
        )

    @cython.cfunc
    def end_of_area(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where ` in the Some Hills, Country` ends, which begins at `i`; or 0."""
        if self.word(i) != "in" or self.word(i + 1) != "the" or not self.is_name(i + 2):
            return 0
        k: cython.Py_ssize_t = self.end_of_words(i + 2)
        if self.kind(k) != _COMMA or not self.is_name(k + 1):
            return 0
        end: cython.Py_ssize_t = self.end_of_words(k + 1)
        return end if self.is_known(k + 1, end) else 0

    @cython.cfunc
    def end_of_way(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where `near`, `south of`, `220 kilometers northwest of`, `capital of` ends; or `i`."""
        k: cython.Py_ssize_t = i
        word = self.word(i)
        after = self.word(i + 1)
        if self.kind(i) == NUMBER or word in ("about", "some", "around"):
            if self.kind(i) != NUMBER:
                k += 1
            if self.kind(k) != NUMBER or self.word(k + 1) not in (
                *("km", "kms", "kilometers", "kilometres", "miles", "kilometer", "kilometre"),
            ):
                return i
            k += 2
            if self.kind(k) == _OPEN:
                while k < self.n and self.kinds[k] != _CLOSE:
                    k += 1
                k += 1
            return k + 2 if self.is_plain(k, _WAY_SIDE) and self.word(k + 1) == "of" else i
        if self.is_plain(i, _WAY_SIDE) and after == "of":
            return i + 2
        if word in ("en", "dans", "au", "à", "am", "nel", "nell'", "nell’", "a"):
            k = self.end_of_romance_way(i)
            if k:
                return k
        if word in ("the", "a", "an") or word == "capital":
            return self.end_of_seat(i)
        if word == "on" and after == "the":
            return self.end_of_shore(i)
        if word == "on" and self.is_name(i + 1):  # on Shikoku Island
            last = self.words[self.end_of_words(i + 1) - 1]
            return i + 1 if last in ("island", "islands") else i
        if word == "auf":
            return (
                i + 3
                if after == "der" and self.word(i + 2) == "insel"
                else i + (2 if after == "dem" else 1)
            )
        if word in ("near", "close", "along") and self.word(i + 1) in ("the", "to"):
            k = i + 2
            while k < i + 4 and self.kind(k) == WORD and self.word(k) != "border":
                k += 1
            if self.word(k) == "border" and self.word(k + 1) == "with":
                return k + 2
            return i + 2 if word == "close" else i + 1 if word == "near" else i
        if word == "just" and after == "outside":
            return i + 2
        if word in ("près", "cerca") and after in ("de", "d'", "d’"):
            return i + 2
        if word in ("aux", "à") and after in ("abords", "la"):
            k = i + 2 if after == "abords" else i + 3
            if after == "abords" or self.word(i + 2) == "périphérie":
                return k + 1
        if word in ("en", "a") and after == "las" and self.word(i + 2) == "afueras":
            return i + 4
        if word in (
            *("near", "outside", "off", "in", "en", "im", "au", "aux", "à", "bei", "nahe", "под"),
            *("возле", "dans", "em", "of"),
        ):
            return i + 1
        return i

    @cython.cfunc
    def end_of_romance_way(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """`en el norte de`, `dans l'ouest de l'`, `au centre du`, `nel sud della`; or 0."""
        k: cython.Py_ssize_t = i + 1
        if self.word(k) in ("el", "le", "la", "l'", "l’"):
            k += 1
        side = self.word(k)
        if side.partition("-")[0] not in (
            *("norte", "sur", "este", "oeste", "centro", "nord", "sud", "est", "ouest", "centre"),
            *("noreste", "noroeste", "sureste", "suroeste", "ovest", "sudest", "sudovest"),
            *("nordest", "nordovest"),
        ):
            return 0
        k += 1
        if self.word(k) in (
            "de",
            "du",
            "d'",
            "d’",
            "des",
            "del",
            "della",
            "dell'",
            "dell’",
            "di",
            "dei",
        ):
            k += 1
            if self.word(k) in ("la", "l'", "l’"):
                k += 1
            return k
        return 0

    @cython.cfunc
    def end_of_seat(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """`the capital of`, `a county in`, `the main town of`, `capital of`; or `i`."""
        k: cython.Py_ssize_t = i
        while k < i + 4 and self.kind(k) == WORD and self.has_shape(k, LOWER):
            if self.word(k) in (
                "town",
                "city",
                "county",
                "village",
                "suburb",
                "seat",
                "capital",
                "district",
            ):
                if self.word(k + 1) == "city":
                    k += 1
                if self.word(k + 1) in ("of", "in", "on", "near"):
                    return k + 2
            k += 1
        return i

    @cython.cfunc
    def end_of_shore(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """`on the northern Greek island of`, `on the outskirts of`, `on the shores of`; or `i`."""
        k: cython.Py_ssize_t = i + 2
        while k < i + 5 and self.kind(k) == WORD:
            if self.word(k + 1) == "of" and self.word(k) in (
                *("island", "islands", "isle", "coast", "shore", "shores", "banks", "outskirts"),
            ):
                return k + 2
            k += 1
        return self.end_of_border(i)

    @cython.cfunc
    def end_of_border(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        k: cython.Py_ssize_t = i + 2
        if self.word(k) != "border":
            k += 1
        return k + 2 if self.word(k) == "border" and self.word(k + 1) == "with" else i

    # The rules, in the order in which they are asked.

    @cython.cfunc
    def find(self) -> str | None:
        """Return the caption's place."""
        if self.low >= self.n:
            return None
        place = self.lead()
        if place is not None:
            return self.told(self.without_venue(place))
        place = self.first()
        if place is None and self.is_arabic:
            place = self.arabic()
        if place is not None:
            return self.told(place)
        place = self.set_apart() or self.italian() or self.in_sentence(self.low)
        if place is not None:
            return self.told(self.without_venue(place))
        place = self.otherwise()
        return self.told(place) if place is not None else None

    @cython.cfunc
    def told(self, place: Place) -> str:
        """A place as it is written, without the weekday of `LIMA, Monday, 03/04/2019`."""
        last: cython.Py_ssize_t = place.end
        if (
            last - place.start > 2
            and self.has_date_role(last - 1, _WEEKDAY)
            and self.kinds[last - 2] == 44
        ):
            last -= 2
        return self.slice(place.start, last)

    @cython.cfunc
    def without_venue(self, place: Place) -> Place:
        """A place without the building before its city: `Empire State Building in New York`."""
        i: cython.Py_ssize_t = place.start
        end: cython.Py_ssize_t = place.end
        if self.word(i) == "downtown":
            i += 1
        k: cython.Py_ssize_t = i
        if self.is_name(i) and self.kind(end - 1) == WORD and self.is_of_city(end - 1):
            k = self.long_name(i, _CITY)
            if k == i and self.has_role(i, _CITY):
                k = i + 1
            if k > i and self.end_of_words(i) == end:
                return Place(i, k, True, False)
        k = self.end_of_venue(i, end)
        if not k:
            return Place(i, end, place.is_known, place.is_set_out)
        if end - k == 1 and self.has_exactly(k, end, _COUNTRY):
            return Place(i, end, place.is_known, place.is_set_out)
        first: cython.Py_ssize_t = self.end_of_name(k)
        if self.kinds[k - 1] == _COMMA and not self.has_exactly(k, first, _CITY):
            return Place(i, end, place.is_known, place.is_set_out)  # Sioux Center, Iowa
        named = self.read(k, False)
        if named is not None and (named.is_known or named.is_set_out):
            return Place(k, end, True, True)
        return Place(i, end, place.is_known, place.is_set_out)

    @cython.cfunc
    def is_of_city(self, i: cython.Py_ssize_t) -> cython.bint:
        """`Venice International Film Festival`, `Sanaa University`, `Berlin Police`."""
        return bool(self.has_role(i, _FESTIVAL)) or self.word(i) in ("university", "zoo", "police")

    @cython.cfunc
    def end_of_venue(self, i: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where a city begins after its building: `Empire State Building in`; or 0."""
        k: cython.Py_ssize_t = i
        if self.has_role(i, _VENUE_FIRST) and self.is_name(i):
            k = i + 1
            while k < min(end, i + 7):
                if self.word(k) in ("en", "à", "de") and self.is_name(k + 1) and k > i + 1:
                    return k + 1
                k += 1
        k = i
        while k < end and k < i + 6 and self.kinds[k] == WORD:
            if self.word(k) == "national":
                return 0
            if self.has_role(k, _VENUE) or self.is_plain(k, _VENUE_LOWER):
                k += 1
                if self.kind(k) == _COMMA:
                    k += 1
                    if self.word(k) == "in":
                        k += 1
                elif self.word(k) == "in":
                    k += 1
                else:
                    continue
                if self.word(k) == "the":
                    k += 1
                return k if k < end else 0
            k += 1
        return 0

    # What agencies set apart at a caption's beginning.

    @cython.cfunc
    def lead(self) -> Place | None:
        """`18 August 2018, Region, City: …`, `CITY, COUNTRY - MARCH 12: …`."""
        low: cython.Py_ssize_t = self.low
        i: cython.Py_ssize_t = low
        end: cython.Py_ssize_t
        limit: cython.Py_ssize_t = min(self.n, low + 40)
        if self.is_russian and (place := self.soviet()):
            return place
        while i < limit:  # the first day
            if self.kinds[i] == NUMBER or self.has_date_role(i, _MONTH):
                end = self.end_of_day(i)
                if end > i:
                    return self.lead_with_day(i, end) or self.capitals()
            i += 1
        return self.capitals()

    @cython.cfunc
    def lead_with_day(self, day: cython.Py_ssize_t, end: cython.Py_ssize_t) -> Place | None:
        """The place beside the first day, which is tokens `day` up to `end`."""
        low: cython.Py_ssize_t = self.low
        k: cython.Py_ssize_t
        if day == low or (day - low < 16 and self.kinds[day - 1] in (58, 45, 0x2013, 0x2014)):
            # ARCHIV - 09.06.2024, Region, City: …; 27 Dec. 2014; City, ST, USA; …
            k = end
            if self.kind(k) == 59 and day == low:
                return self.up_to(k + 1, (59,))
            while self.kind(k) in (_COMMA, 45, 0x2013):
                k += 1
            if k > end and (day == low or self.is_prefix(day)):
                if place := self.up_to(k, (58, 45, 0x2013, 0x2014)):
                    return place
        if day - low < 1 or self.kinds[day - 1] not in (_COMMA, 45, 0x2013, 0x2014, _STOP):
            return None
        k = end
        if self.kind(k) == _OPEN:
            while k < self.n and self.kinds[k] != _CLOSE:
                k += 1
            k += 1
        if (
            self.kind(k) in (58, 45, 0x2013, 0x2014, _STOP)
            and self.text[self.starts[day - 1]] != "،"
        ):
            place = self.segment(low, day - 1)
            if place is not None:
                return place
        # Soccer Football - Serie A - Stadium, City, Country - May 19, 2024
        if self.text[self.starts[day - 1]] == "،":
            return None
        k = day - 2
        while k > low and not (self.kinds[k] in _DASHES and not self.is_glued(k)):
            if self.kinds[k] == _COLON:
                return None
            k -= 1
        if k > low and (self.kinds[day - 1] != _COMMA or self.kind(end) in _DASHES):
            if self.kinds[day - 1] in _DASHES or self.kinds[day - 1] == _COMMA:
                return self.checked(k + 1, day - 1, True)
        return None

    @cython.cfunc
    def is_prefix(self, day: cython.Py_ssize_t) -> cython.bint:
        """`ARCHIV - `, `FILE PHOTO: `, before a lead's day."""
        return self.kinds[day - 1] == _COLON or day - self.low < 4

    @cython.cfunc
    def up_to(self, i: cython.Py_ssize_t, signs: tuple[int, ...]) -> Place | None:
        """The place from token `i` up to one of these signs."""
        k: cython.Py_ssize_t = i
        while k < self.n and self.starts[k] - self.starts[i] < 90:
            if self.kinds[k] in signs and (self.kinds[k] in (58, 59) or not self.is_glued(k)):
                return self.checked(i, k, True)
            if self.kinds[k] == NUMBER or self.kinds[k] == _COLON:
                return None
            k += 1
        return None

    @cython.cfunc
    def segment(self, first: cython.Py_ssize_t, last: cython.Py_ssize_t) -> Place | None:
        """The place that a dateline begins with: `QUITO (ECUADOR)`, `LIM03. LIMA`."""
        k: cython.Py_ssize_t
        if self.kind(first + 1) == _STOP and self.is_code(first):
            first += 2
        if self.ends[last - 1] - self.starts[first] > 84:
            return None
        for k in range(first, last):
            if self.kinds[k] == NUMBER or self.kinds[k] == _COLON or self.kinds[k] == 34:
                return None
            if self.kinds[k] in _DASHES and not self.is_glued(k):
                return None
            if self.kinds[k] == _OPEN and not (
                (self.kind(k + 2) == _CLOSE and k + 3 == last) or self.kind(k + 3) == _CLOSE
            ):
                return None
        return self.checked(first, last, True)

    @cython.cfunc
    def is_code(self, i: cython.Py_ssize_t) -> cython.bint:
        """`LIM03`, an agency's number of a picture."""
        word = self.text[self.starts[i] : self.ends[i]]
        return len(word) > 3 and word[:2].isupper() and word[-1].isdigit()

    @cython.cfunc
    def checked(
        self, first: cython.Py_ssize_t, last: cython.Py_ssize_t, is_dated: bool
    ) -> Place | None:
        """Tokens as a place, if their words can be one."""
        k: cython.Py_ssize_t
        words: cython.int = 0
        while first < last and self.kinds[first] in (_COMMA, 45, 0x2013, 0x2014):
            first += 1
        while first < last and self.kinds[last - 1] in (_COMMA, 45, 0x2013, 0x2014):
            last -= 1
        if first >= last or self.has_role(first, _NOT_LEAD):
            return None
        if self.kinds[last - 1] == WORD and self.has_date_role(last - 1, _MONTH | _WEEKDAY):
            if self.kind(last - 2) != _COMMA:
                return None
        for k in range(first, last):
            if self.kinds[k] == WORD:
                words += not self.is_glued(k)
                if self.has_shape(k, LOWER) and not self.is_lead_link(k):
                    return None
        is_caseless: cython.bint = (self.has_shape(first, CASELESS)) != 0
        if words > (4 if is_caseless and first == self.low else 9) or words == 0:
            return None
        if not is_dated:
            if is_caseless and not self.has_role(first, _PLACE):
                return None
        if self.kinds[last - 1] == _STOP and not self.is_dotted(last - 2):
            last -= 1
        return Place(first, last, True, True)

    @cython.cfunc
    def is_lead_link(self, k: cython.Py_ssize_t) -> cython.bint:
        if self.has_role(k, _LINK | _AREA | _REGION_WORD) or self.is_elided(k):
            return True
        return self.word(k) in (
            "and",
            "near",
            "the",
            "bei",
            "in",
            "stadium",
            "arena",
            "region",
            "и",
        )

    @cython.cfunc
    def soviet(self) -> Place | None:
        """`Март 1991 г. Россия. Республика Карелия. …`: a country, and its parts, as sentences."""
        i: cython.Py_ssize_t = self.low
        k: cython.Py_ssize_t
        while i < min(self.n, self.low + 8):
            if self.word(i) in (
                *("россия", "ссср", "рсфср", "украина", "белоруссия", "казахстан"),
            ):
                break
            i += 1
        else:
            return None
        if i > self.low and self.kinds[i - 1] not in (_STOP, _COLON):
            return None
        k = i + 1
        while self.kind(k) == _STOP and self.is_soviet_part(k + 1):
            k += 3 if self.kind(k + 2) == WORD else 2
        return Place(i, k, True, True) if self.kind(k) == _STOP else None

    @cython.cfunc
    def is_soviet_part(self, i: cython.Py_ssize_t) -> cython.bint:
        """`Москва.`, `Республика Карелия.`, `Пермская область.`"""
        if not self.is_name(i):
            return False
        if self.kind(i + 1) == _STOP:
            return True
        if self.kind(i + 2) != _STOP:
            return False
        if self.word(i) == "республика":
            return True
        return self.word(i + 1) in ("область", "край", "район", "асср", "сср")

    @cython.cfunc
    def capitals(self) -> Place | None:
        """`CITY, Country (AGENCY) - …`, `CITY: …`."""
        i: cython.Py_ssize_t = self.low
        k: cython.Py_ssize_t = i
        if not self.is_name(i) or not self.has_shape(i, UPPER) or self.has_role(i, _NOT_LEAD):
            return None
        while k < self.n and self.kinds[k] == WORD and self.has_shape(k, UPPER):
            k += 1
        if self.kind(k) == _COMMA and self.is_name(k + 1):
            k = self.end_of_words(k + 1)
        end: cython.Py_ssize_t = k
        if self.kind(k) == _OPEN:
            while k < self.n and self.kinds[k] != _CLOSE:
                k += 1
            k += 1
        if self.ends[i] - self.starts[i] < 3 and end == i + 1:
            return None
        if self.kind(k) in _DASHES and not self.is_glued(k):
            return self.checked(i, end, False)
        if self.kind(k) == _COLON and (k > end or self.is_known(i, i + 1) or self.is_known(i, end)):
            return self.checked(i, end, False)
        return None

    @cython.cfunc
    def first(self) -> Place | None:
        """`Al-Hol camp in Hasakah province, on Feb. 24`, `Lima, Peru. A …`."""
        i: cython.Py_ssize_t = self.low
        if self.is_plain(i + 1, _LEADS_TO | _TOWN_KIND) and self.role(i) & _ARTICLE:
            return self.town_first(i)
        if self.has_role(i, _ENGLISH | _IN) or self.word(i) == "this":
            return None
        if self.has_role(i, _NOT_LEAD):
            if self.has_role(i + 1 if i + 1 < self.n else i, _NOT_LEAD):
                i += 1  # FILE PHOTO
            i += 1
            if self.kind(i) not in (58, 45, 0x2013, 0x2014):
                return None
            i += 1
        if not self.is_name(i):
            return None
        end: cython.Py_ssize_t = self.end_of_words(i)
        if not (self.is_known(i, end) or self.has_role(i, _PLACE) or self.has_map_word(i, end)):
            return self.pair(i, end)
        if self.kind(end) == _STOP and self.is_name(end + 1) and not self.is_glued(end + 1):
            if self.has_exactly(i, end, _CITY):
                return Place(i, end, True, False)  # Пермь. Горожане …
        place = self.read(i, False)
        if place is None or place.start != i or not place.is_set_out:
            return None
        end = place.end
        if self.kind(end) == _COLON and self.has_role(i, _COUNTRY):
            return None  # Iran, Israel: …
        k: cython.Py_ssize_t = end
        if self.kind(k) in (_STOP, _COLON):
            return place
        if self.kind(k) == _COMMA:
            k += 1
        if k >= self.n or self.kinds[k] == _OPEN or self.word(k) == "on":
            return place
        if self.kinds[k] in _DASHES and not self.is_glued(k):
            return place
        if self.kinds[k] == NUMBER and self.ends[k] - self.starts[k] == 4:
            return place
        return None

    @cython.cfunc
    def town_first(self, i: cython.Py_ssize_t) -> Place | None:
        """`Le village de Taroudant après le séisme`, `The town of Ask after the landslide`."""
        name: cython.Py_ssize_t = self.leads_to_town(i)
        if not name or name > i + 3:
            return None
        place = self.read(name, False)
        if place is None or self.kind(place.end) == OWNER or self.is_adjective(place.end):
            return None
        return place

    @cython.cfunc
    def has_map_word(self, i: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
        """`Tahrir Square`, `Moria camp`."""
        if end - i > 1 and self.has_role(end - 1, _ON_MAP | _REGION_WORD):
            return True
        return self.is_plain(end, _AREA | _TOWN_KIND)

    @cython.cfunc
    def pair(self, i: cython.Py_ssize_t, end: cython.Py_ssize_t) -> Place | None:
        """`Reims, France. A baker …`, `Sarmada (Syrie), 29 décembre`: a town with its country."""
        if end != i + 1 or self.has_role(i, _NOT_PLACE) or not self.is_name(end + 1):
            return None
        k: cython.Py_ssize_t = self.end_of_words(end + 1)
        if not self.has_exactly(end + 1, k, _PLACE):
            return None
        if self.kind(end) == _OPEN:
            is_one = self.kind(k) == _CLOSE and self.kind(k + 1) in (_COMMA, _STOP, _COLON)
            return Place(i, k + 1, True, True) if is_one else None
        if self.kind(end) != _COMMA or self.has_exactly(end + 1, k, _CITY):
            return None
        is_sentence: cython.bint = self.is_name(k + 1) or self.kind(k + 1) == _OPEN
        if self.kind(k) == _COLON or (self.kind(k) == _STOP and is_sentence):
            return Place(i, k, True, True)
        return None

    # The sentence.

    @cython.cfunc
    def set_apart(self) -> Place | None:
        """`(Bern, 25. 10. 2023)`, `fotografiert im Auenried`: said to be the picture's."""
        i: cython.Py_ssize_t
        k: cython.Py_ssize_t
        end: cython.Py_ssize_t
        for i in range(self.low, self.n - 2):
            if self.kinds[i] == _OPEN and self.is_name(i + 1):
                k = self.end_of_words(i + 1)
                if (
                    self.kind(k) == _COMMA
                    and self.is_name(k + 1)
                    and not self.has_date_role(k + 1, _MONTH)
                ):
                    k = self.end_of_words(k + 1)
                end = self.end_of_day(k + 1)
                if end == k + 1 and self.kind(k + 2) == NUMBER and end < self.n:
                    if self.has_date_role(k + 1, _MONTH):
                        end = k + 3  # (Khartoum, April 2023)
                if self.kind(k) == _COMMA and end > k + 1:
                    if self.kind(end) == _CLOSE and not self.has_role(i + 1, _NOT_PLACE):
                        return Place(i + 1, k, True, True)
            elif (
                self.kinds[i] == WORD and self.has_date_role(i, _TAKEN) and self.is_photographed(i)
            ):
                k = self.after_taken(i)
                if k and (place := self.read(k, False)):
                    if self.word(k - 1) != "from" or place.is_known or place.is_set_out:
                        return place
        return None

    @cython.cfunc
    def is_photographed(self, i: cython.Py_ssize_t) -> cython.bint:
        word = self.word(i)
        if word == "taken":
            return self.word(i + 1) == "from"
        return word in ("aufgenommen", "pictured") or "otogra" in word

    @cython.cfunc
    def after_taken(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where a place may begin after `fotografiert am 3. Mai in`; or 0."""
        k: cython.Py_ssize_t = i + 1
        if self.word(k) == "here":
            k += 1
        if self.word(k) in ("am", "on", "le", "el"):
            end: cython.Py_ssize_t = self.end_of_day(k + 1)
            if end > k + 1:
                k = end + 1 if self.kind(end) == _COMMA else end
        if self.word(k) in ("in", "im", "bei", "nahe", "near", "à", "en", "from"):
            return k + 1
        return 0

    @cython.cfunc
    def italian(self) -> Place | None:
        """`a Bari, in Italia`: `a` leads to a place in Italian alone."""
        i: cython.Py_ssize_t
        end: cython.Py_ssize_t
        if not self.union & _ITALIAN:
            return None
        for i in range(self.low, self.n - 4):
            if self.word(i) in ("a", "ad") and self.is_name(i + 1) and self.has_shape(i, LOWER):
                end = self.end_of_words(i + 1)
                if self.kind(end) == _COMMA and self.word(end + 1) in (
                    "in",
                    "nel",
                    "nell'",
                    "nell’",
                    "a",
                ):
                    place = self.read(i + 1, False)
                    if place is not None and place.is_set_out:
                        return place
        return None

    @cython.cfunc
    def in_sentence(self, low: int) -> Place | None:
        """The place after a preposition for which the most speaks."""
        best: Place | None = None
        best_weight: cython.int = _ENOUGH - 1
        best_end: cython.Py_ssize_t = low
        i: cython.Py_ssize_t
        firmness: cython.int
        weight: cython.int
        after: cython.Py_ssize_t
        sentence_end: cython.Py_ssize_t = self.end_of_sentence(low)
        for i in range(low, self.n - 1):
            if self.is_area_of(i) and self.word(i - 1) == "the":  # blankets the mountains of
                if i > best_end and not self.role(i - 2) & _PREPOSITION:
                    place = self.read(i - 1, False)
                    if place is not None and best_weight < 3:
                        best = place
                        best_weight = 3
                        best_end = place.end
                continue
            if not self.has_role(i, _PREPOSITION) or self.is_glued(i) or self.is_glued(i + 1):
                continue
            if self.has_shape(i, UPPER) or i < best_end or not self.may_begin(i + 1):
                continue
            if best is not None and i > sentence_end:
                break  # the first sentence says it
            after = i + 1
            firmness = 2 if self.has_role(i, _IN) else 1 if self.has_role(i, _AT) else 0
            if firmness == 0:
                firmness = self.firmness_of(i)
                if self.is_joint(i):
                    after = i - 1
            place = self.candidate(i, after, firmness)
            if place is None:
                continue
            weight = self.weigh(firmness, i, place) - (i > sentence_end)
            if weight > best_weight or (
                weight == best_weight and best is not None and self.is_venue_of(best, place)
            ):
                best = place
                best_weight = weight
                best_end = place.end
                if weight >= _SURE:
                    break
        return best

    @cython.cfunc
    def end_of_sentence(self, low: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """The stop that ends the first sentence: not that of `St.`, `Ave.` or `Gov.`"""
        i: cython.Py_ssize_t
        start: cython.Py_ssize_t = self.starts[low]
        for i in range(low, self.n - 1):
            if self.kinds[i] == _STOP and self.starts[i] - start > 38 and not self.is_glued(i + 1):
                k: cython.Py_ssize_t = i - 1
                if self.kinds[k] in (34, 0x201D, 41):
                    k -= 1
                if self.kinds[k] == WORD and self.ends[k] - self.starts[k] > 3:
                    if self.text[self.ends[k] - 4 : self.ends[k]].islower() or (
                        self.ends[k] - self.starts[k] > 4
                    ):
                        return i
                elif self.kinds[k] == NUMBER and self.ends[k] - self.starts[k] > 3:
                    return i
        return self.n

    @cython.cfunc
    def may_begin(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether token `i` may begin a place: a look at words is cheaper than to read one."""
        if self.kind(i) != WORD:
            return False
        if not self.has_shape(i, LOWER):
            return True
        if self.word(i) in ("der", "die", "den", "dem") or self.word(i - 1) in ("im", "am"):
            return True
        if self.has_role(i, _ARTICLE) and i + 1 < self.n:
            i += 1
            if not self.has_shape(i, LOWER):
                return True
        if self.has_role(i, _OPENER | _WATER) or "-" in self.word(i) or self.is_elided(i):
            return True
        k: cython.Py_ssize_t
        for k in range(i, min(self.n, i + 8)):
            if self.has_role(k, _LEADER):
                return True
        return False

    @cython.cfunc
    def firmness_of(self, i: cython.Py_ssize_t) -> cython.int:
        """How firmly `of` or `from` leads to the picture's place, by the words before it."""
        word = self.word(i)
        before: cython.Py_ssize_t = i - 1
        if self.kind(before) == WORD and self.has_role(before, _PHOTO):
            return 1 if word in ("of", "de", "von") else 2  # of a person, too
        if self.kind(before) == WORD:
            if self.has_role(before, _VIEW):
                return 2  # the port of
            if word == "de" and self.kind(before - 1) == WORD and self.has_role(before - 1, _VIEW):
                return 2  # les dunes désertiques de
        return -3 if word == "from" else 0  # where somebody came from

    @cython.cfunc
    def is_joint(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether a preposition is part of a name: `Rio de Janeiro`, `Gulf of Oman`."""
        if not self.is_name(i - 1) or not self.is_name(i + 1):
            return False
        if self.has_role(i - 1, _WATER) and self.word(i) == "of":
            return True
        return self.has_exactly(i - 1, i + 2, _PLACE)

    @cython.cfunc
    def candidate(
        self, i: cython.Py_ssize_t, after: cython.Py_ssize_t, firmness: int
    ) -> Place | None:
        """The place to which the preposition `i` leads, which begins at `after`."""
        if self.word(after) in ("de", "d'", "d’") and self.word(i) in ("cerca", "près"):
            after += 1
        place = self.read(after, firmness < 2 and bool(self.has_role(i, _ALONE)))
        if place is not None and place.is_known and self.word(i) == "at":
            return self.read(after, False)  # a town, no venue
        return place

    @cython.cfunc
    def is_venue_of(self, venue: Place, place: Place) -> cython.bint:
        """Whether the best so far is a building in the place: `at Lumen Arena in Ostrava`."""
        return self.end_of_venue(venue.start, place.end) == place.start

    @cython.cfunc
    def weigh(self, firmness: cython.int, i: cython.Py_ssize_t, place: Place) -> cython.int:
        """How much speaks for a place after the preposition `i`; `_ENOUGH` is enough."""
        known: cython.bint = place.is_known
        set_out: cython.bint = place.is_set_out
        end: cython.Py_ssize_t = place.end
        if firmness == 0 and self.kinds[end - 1] == _CLOSE:
            firmness = 2  # un parque de Handan (China)
        if firmness < 2 or (self.word(i) == "en" and self.union & _FRENCH):
            if not (known or set_out) or self.kind(end) == OWNER:
                return 0
            if not set_out and self.is_adjective(end):
                return 0
        dated: cython.bint = self.is_dated(end) or self.is_behind_year(i)
        if firmness == 0 and not dated:
            firmness = -1
        weight: cython.int = firmness + known + set_out
        if self.word(end) in ("gestorben", "geboren", "ermordet", "getötet"):
            return 0
        if self.word(i - 1) in ("born", "died"):
            return 0
        if dated:
            weight += _BESIDE_DATE
        if self.is_told(i) and not self.is_during(i):
            weight += _TOLD
        if weight >= _ENOUGH and self.is_unseen(i):
            return weight + _TOLD
        if firmness > 0 and not dated and not known and self.is_behind_of(place.start):
            weight += _BESIDE_DATE  # the deserted town of Pripyat, some 3 km from the plant in
        return weight

    @cython.cfunc
    def is_behind_of(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether `town of` leads to the name at `i`."""
        if self.word(i - 1) != "of" or self.kind(i - 2) != WORD:
            return False
        return (self.has_role(i - 2, _TOWN_KIND)) != 0

    @cython.cfunc
    def is_behind_year(self, i: cython.Py_ssize_t) -> cython.bint:
        """`on March 24, 2024 in Sydney`."""
        i -= 1
        if self.kind(i) == _COMMA:
            i -= 1
        return self.kind(i) == NUMBER and self.ends[i] - self.starts[i] == 4

    @cython.cfunc
    def is_told(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether the words before a preposition make its place one of the story's."""
        first: cython.Py_ssize_t = i - 2
        second: cython.Py_ssize_t = i - 1
        if self.kind(second) == WORD:
            if (
                self.is_name(second)
                and self.word(first) in ("rights", "war", "peace")
                and (self.is_name(first))
            ):
                return False  # Human Rights Watch
            if self.has_role(second, _TELLING):
                return True
            if self.kind(first) == WORD:
                if self.has_role(first, _TELLING | _RELATIVE):
                    return True  # the plane that crashed in …
                if self.has_role(second, _PEOPLE) and self.has_role(first, _FOR):
                    return True  # in support of Palestinians in …
        # the 2010 earthquake in …
        return self.kind(first) == NUMBER and self.word(i - 3) == "the"

    @cython.cfunc
    def is_during(self, i: cython.Py_ssize_t) -> cython.bint:
        """`during the municipal election in`: what the picture shows."""
        if self.kind(i - 1) != WORD or not self.has_date_role(i - 1, _AWAITED):
            return False
        k: cython.Py_ssize_t
        for k in range(max(self.low, i - 6), i - 1):
            if self.word(k) in ("during", "amid"):
                return True
        return False

    @cython.cfunc
    def is_unseen(self, i: cython.Py_ssize_t) -> cython.bint:
        """`will perform in`, `, 41, allegedly stabbed … in`: nothing that can be seen."""
        k: cython.Py_ssize_t = i - 1
        limit: cython.Py_ssize_t = self.starts[i] - 140
        while k >= self.low and self.starts[k] > limit:
            if self.kinds[k] > OWNER and self.kinds[k] in (44, 46, 58, 34, 0x201C, 0x201D):
                return False
            if self.has_date_role(k, _FUTURE) and self.word(k) in ("will", "would"):
                return True
            if self.word(k) == "to" and self.kind(k - 1) == WORD:
                if self.has_date_role(k - 1, _COMING) or self.word(k - 1) in (
                    "had",
                    "plan",
                    "plans",
                ):
                    return True
            if self.word(k) == "allegedly" and self.kind(k - 1) == _COMMA:
                return True
            k -= 1
        return False

    # What no preposition leads to.

    @cython.cfunc
    def otherwise(self) -> Place | None:
        """The place in a text whose sentence has none after a preposition, or None."""
        i: cython.Py_ssize_t
        for i in range(self.low, self.n):
            if self.has_role(i, _BUILDING | _SHOW) and (place := self.adjective(i)):
                return place
        for i in range(self.low, self.n - 3):
            if self.word(i) == "the" and (town := self.town(i)):
                return town
        for i in range(self.low, self.n - 1):
            if place := self.after_noun(i):
                return place
        place = self.before_day() or self.landmark() or self.on_map()
        return place or self.at_last() or self.last_city()

    @cython.cfunc
    def adjective(self, i: cython.Py_ssize_t) -> Place | None:
        """`a Harare street`, `outside Beirut's port`, `the 2024 Paris, France, premiere`."""
        k: cython.Py_ssize_t = i - 1
        if self.has_role(i, _SHOW) and self.kind(k) == _COMMA:
            k -= 1
        while k > self.low and k > i - 4 and self.kinds[k] == WORD and self.has_shape(k, LOWER):
            k -= 1
        if self.kind(k) == OWNER:
            k -= 1
        if not self.is_name(k):
            return None
        first: cython.Py_ssize_t = k
        while (
            first > self.low
            and first > k - 6
            and (
                self.is_name(first - 1)
                or (self.kinds[first - 1] == _COMMA and self.is_name(first - 2))
            )
        ):
            first -= 1
        while first <= k and not (
            self.has_exactly(first, k + 1, _PLACE)
            or (self.has_role(i, _SHOW) and self.is_city_with_country(first))
        ):
            first += 1
        if first > k:
            return None
        before: cython.Py_ssize_t = first - 1
        if self.has_role(i, _SHOW) and self.kind(before) == NUMBER:
            before -= 1
        if self.word(before) in (
            *("a", "an", "the", "in", "at", "outside", "inside", "near", "on", "of", "from"),
        ):
            return Place(first, k + 1, True, False)
        return None

    @cython.cfunc
    def town(self, i: cython.Py_ssize_t) -> Place | None:
        """`patrol the northern town of Tripoli`, with no preposition."""
        k: cython.Py_ssize_t
        for k in range(i + 1, min(self.n - 1, i + 6)):
            if self.kinds[k] != WORD:
                return None
            if self.word(k + 1) == "of" and self.word(k) in (
                *("city", "town", "village", "province", "district"),
            ):
                place = self.read(i, False)
                return place if place is not None and not self.is_unseen(i) else None
        return None

    @cython.cfunc
    def after_noun(self, i: cython.Py_ssize_t) -> Place | None:
        """`das Landgericht Aschaffenburg`, `la mairie d'Almaty`, `the Venice Film Festival`."""
        k: cython.Py_ssize_t
        end: cython.Py_ssize_t
        if self.has_role(i, _HOUSE) and self.is_name(i) and self.is_name(i + 1):
            if self.word(i - 1) in ("am", "im", "vom", "zum", "beim", "dem", "der") or (
                self.word(i - 1).endswith("er")
                and self.word(i - 2) in ("am", "im", "vom", "zum", "dem")
            ):
                return Place(i + 1, self.end_of_words(i + 1), True, False)
        if self.is_elided(i) and self.text[self.starts[i]] == "d" and self.kind(i - 1) == WORD:
            if place := self.read(i + 1, False):
                if self.role(i + 1) & _CITY or self.has_role(i - 1, _VIEW):
                    return place
        if self.has_role(i, _CITY) and self.is_name(i) and self.kind(i - 1) != OWNER:
            end = self.end_of_words(i)
            for k in range(i + 1, end):
                if self.has_role(k, _FESTIVAL):
                    return Place(i, i + 1, True, False)
        return None

    @cython.cfunc
    def before_day(self) -> Place | None:
        """`…, Cairo, Egypt, May 3, 2021`, with no preposition."""
        i: cython.Py_ssize_t
        k: cython.Py_ssize_t
        first: cython.Py_ssize_t
        for i in range(self.low + 1, self.n):
            if self.kinds[i] != NUMBER and not self.has_date_role(i, _MONTH):
                continue
            if self.end_of_day(i) == i:
                continue
            k = i
            if (
                self.kinds[k - 1] == _COMMA
                and k - 2 > self.low
                and self.has_date_role(k - 2, _WEEKDAY)
            ):
                k -= 2
            if self.word(k - 1) in ("on", "am", "le", "el"):
                k -= 1
            if self.kinds[k - 1] in (_COMMA, 45, 0x2013):
                k -= 1
            if k <= self.low or not self.is_name(k - 1):
                continue
            first = k
            while first > self.low and (
                self.is_name(first - 1)
                or (self.kinds[first - 1] == _COMMA and self.is_name(first - 2) and first > 1)
            ):
                first -= 1
            if self.word(first - 1) in ("in", "at") and self.word(first - 2) in ("born", "died"):
                continue
            if self.word(first) in ("am", "vom", "on", "date"):
                continue
            if first == self.low or self.kinds[first - 1] != _STOP:
                while first < k and (
                    self.has_role(first, _NOT_PLACE)
                    or not self.is_known(first, self.end_of_words(first))
                ):
                    first = self.end_of_words(first)
                    if self.kind(first) == _COMMA:
                        first += 1
                    elif first < k:
                        first = k
            if first < k and self.has_role(k - 1, _CITY) and not self.has_exactly(first, k, _PLACE):
                if self.end_of_words(first) == k:
                    first = k - 1  # Filmfestspielen Berlin
            if first < k:
                return Place(first, k, True, False)
        return None

    @cython.cfunc
    def last_city(self) -> Place | None:
        """`…, Москва`: a city after a comma that ends the caption."""
        end: cython.Py_ssize_t = self.n
        if self.kind(end - 1) == _STOP:
            end -= 1
        if self.kind(end - 2) == _COMMA and self.is_name(end - 1) and self.has_role(end - 1, _CITY):
            return Place(end - 1, end, True, False)
        return None

    @cython.cfunc
    def landmark(self) -> Place | None:
        """`at the White House`, with no city."""
        i: cython.Py_ssize_t
        end: cython.Py_ssize_t
        for i in range(self.low + 1, self.n):
            if not self.has_shape(i, BEGINS_NAME) and not self.has_role(i, _LANDMARK):
                continue
            end = self.long_name(i, _LANDMARK)
            if end == i and self.has_role(i, _LANDMARK) and self.is_name(i):
                end = i + 1
            if end == i:
                continue
            k: cython.Py_ssize_t = i - 1
            if self.kind(k) == NUMBER and self.word(i) == "downing":
                i = k
                k -= 1
            if self.word(k) in ("the", "dem", "la"):
                k -= 1
            if self.word(k) in (
                *("at", "in", "inside", "outside", "near", "on", "im", "vor", "en", "à", "из", "в"),
            ):
                return Place(i, end, True, False)
        return None

    @cython.cfunc
    def on_map(self) -> Place | None:
        """`on Backwater Bridge`, `off Mount Orno`: a piece of the map, with no city."""
        i: cython.Py_ssize_t
        k: cython.Py_ssize_t
        end: cython.Py_ssize_t
        for i in range(self.low + 1, self.n):
            if not self.has_role(i, _ON_MAP) or not self.is_name(i):
                continue
            k = i
            while k > self.low and self.is_name(k - 1) and not self.is_glued(k):
                k -= 1
            end = self.end_of_words(i) if self.word(i) == "mount" else i + 1
            if end - k < 2 or (self.is_name(end) and not self.is_glued(end)):
                continue
            if self.word(k - 1) == "the":
                k -= 1
            if self.word(k - 1) in (
                *("at", "in", "on", "of", "near", "over", "off", "outside", "crosses", "leaves"),
                "approaches",
            ):
                return Place(k + 1 if self.word(k) == "the" else k, end, True, False)
        return None

    @cython.cfunc
    def at_last(self) -> Place | None:
        """`the lifeboat crew at Whitby.`: a name after `at` that ends the sentence."""
        i: cython.Py_ssize_t
        end: cython.Py_ssize_t
        for i in range(self.low, self.n - 1):
            if (
                self.word(i) == "at"
                and self.is_name(i + 1)
                and not self.has_role(i + 1, _NOT_PLACE)
            ):
                end = self.end_of_words(i + 1)
                if (end >= self.n or self.kinds[end] == _STOP) and not self.has_shape(i + 1, UPPER):
                    if not self.is_told(i) and not self.is_unseen(i):
                        return Place(i + 1, end, False, False)
        return None

    # Arabic, which has no capitals: only the gazetteer tells a name.

    @cython.cfunc
    def arabic(self) -> Place | None:
        """`في خان يونس جنوب قطاع غزة`: the first place after a preposition, with its regions."""
        i: cython.Py_ssize_t
        k: cython.Py_ssize_t
        end: cython.Py_ssize_t
        stop: cython.Py_ssize_t
        for i in range(self.low, self.n - 1):
            k = self.after_arabic(i)
            if k == i or self.is_told_in_arabic(i):
                continue
            end = self.end_of_arabic(k)
            if end == k:
                if not self.has_arabic_town(i, k) or self.kind(k) != WORD:
                    continue
                end = k + 1  # a town that the gazetteer lacks is one word long
            if self.text[self.starts[k] : self.ends[k]].endswith("ية") and (
                self.word(k - 1).endswith("محافظة") and self.has_role(k, _PLACE) == 0
            ):
                k -= 1
            while True:
                stop = end + 1 if self.kind(end) == _COMMA else end
                while self.role(stop) & (_ARABIC_SIDE | _ARABIC_IN) or self.word(stop) == "ريف":
                    stop += 1
                last: cython.Py_ssize_t = self.end_of_arabic(stop)
                if last == stop:
                    break
                end = last
            return Place(k, end, True, True)
        return None

    @cython.cfunc
    def after_arabic(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where a name may begin after a preposition and `مدينة`; `i` if there is neither."""
        k: cython.Py_ssize_t = i
        if self.role(k) & (_ARABIC_IN | _ARABIC_SIDE):
            k += 1
        while k < i + 4 and self.role(k) & _ARABIC_KIND:
            k += 1
        return k if k < self.n else i

    @cython.cfunc
    def has_arabic_town(self, i: cython.Py_ssize_t, k: cython.Py_ssize_t) -> cython.bint:
        while i < k:
            if self.has_role(i, _ARABIC_TOWN):
                return True
            i += 1
        return False

    @cython.cfunc
    def is_told_in_arabic(self, i: cython.Py_ssize_t) -> cython.bint:
        return (self.role(i - 1) & _TELLING) != 0 or (self.role(i - 2) & _TELLING) != 0

    @cython.cfunc
    def end_of_arabic(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where the longest name ends that the gazetteer has at `i`; or `i`."""
        if i >= self.n or i < self.low or not self.has_shape(i, ARABIC):
            return i
        end: cython.Py_ssize_t = self.long_name(i, _PLACE)
        if end > i:
            return end
        return i + 1 if self.has_role(i, _PLACE) else i
