# cython: annotation_typing=False, infer_types=True, boundscheck=False, wraparound=False
# cython: initializedcheck=False
"""Where a photo was taken, as its caption writes it.

First the forms in which agencies set the place apart: `18 August 2018, Region, City: …`,
`CITY, COUNTRY - MARCH 12: …`. Then the sentence: every place to which a preposition leads is a
candidate, weighed by the words around it. One beside the date is the picture's; one after `the
war` or `president of` is the story's. At last what no preposition leads to: `a Harare street`.

The gazetteer is short on purpose: how a caption is set tells a place, and the gazetteer only tells
`Harare` in `a Harare street` from `Toyota`, and `Cairo, Egypt` from `Cairo, Prime Minister`.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.captions.credits import Credit, read_credit
    from cython.cimports.corpuscli.captions.tokens import FIRST, NUMBER, OWNER, WORD, Tokens, cut
else:
    from corpuscli.captions.credits import Credit, read_credit
    from corpuscli.captions.tokens import FIRST, NUMBER, OWNER, WORD, Tokens, cut

from corpuscli.captions.dates import find_dates
from corpuscli.captions.lexicon import (
    ARABIC,
    CASELESS,
    DATE_BIT,
    LOWER,
    PLACE_BIT,
    RUSSIAN,
    UPPER,
    bits,
    load_places,
)
from corpuscli.captions.tokens import one_line, release

_MONTH, _DAY_WORD, _WEEKDAY, _COMING, _AWAITED, _TAKEN, _LIFE = bits(
    DATE_BIT, "month month|weekday weekday coming awaited taken life"
)
_IN, _AT, _PREPOSITION, _BEFORE_NAME, _ALONE, _FOR = bits(
    PLACE_BIT,
    "place-in place-at place-in|place-at|place-of place-in|place-at|place-of|for alone for",
)
_CITY, _COUNTRY, _PLACE, _LANDMARK, _NAMED, _DOTTED = bits(
    PLACE_BIT,
    "city country city|country|region landmark city|country|region|landmark dotted",
)
_NOT_LEAD, _NOT_PLACE, _NAME_END, _ARTICLE, _LINK, _AFTER_PLACE, _BEFORE_DATE, _LEAD_LINK = bits(
    PLACE_BIT,
    "not-lead not-place name-end place-article link after-place before-date "
    "link|area|region-word|lead-link",
)
_AREA, _TOWN, _KIND, _REGION_WORD, _ON_MAP, _MAP_WORD, _KIND_PREFIX, _KIND_NOUN, _WATER = bits(
    PLACE_BIT,
    "area town-kind area|town-kind region-word on-map on-map|region-word kind-prefix kind-noun "
    "water",
)
_MODIFIER, _HELD, _SIDE, _WAY_SIDE, _OPENER, _LEADS_TO, _LEADER = bits(
    PLACE_BIT, "modifier held side way-side opener|water leads-to leader"
)
_WAY, _WAY_LEAD, _WAY_NOUN, _WAY_OF, _UNIT = bits(
    PLACE_BIT, "way way-lead way-noun|side|town-kind|area way-of unit"
)
_TELLING, _RELATIVE, _PEOPLE, _PHOTO, _VIEW = bits(
    PLACE_BIT, "telling-place telling-place|place-relative people photo-of view"
)
_BUILDING, _HOUSE, _VENUE, _VENUE_LOWER, _VENUE_FIRST, _FESTIVAL, _SHOW = bits(
    PLACE_BIT, "building|show house venue venue-lower venue-first festival show"
)
_GERMAN, _ENGLISH, _FRENCH, _ITALIAN, _DEMONYM = bits(
    PLACE_BIT, "german english french italian demonym"
)
_GERMAN_TOWN, _GERMAN_VENUE, _GERMAN_NOUN, _RUSSIAN_ADJECTIVE = bits(
    PLACE_BIT, "german-town|city|country|region german-venue german-noun russian-adjective"
)
_ARABIC_WAY, _ARABIC_KIND, _ARABIC_TOWN = bits(
    PLACE_BIT, "arabic-in|arabic-side arabic-kind arabic-town"
)

_COMMA, _STOP, _COLON, _SEMICOLON, _OPEN, _CLOSE, _HYPHEN, _QUOTE, _SLASH = map(ord, ',.:;()-"/')
_DASHES = frozenset(map(ord, "-–—"))
_SETS_OFF = frozenset(map(ord, ":-–—"))
_COMMA_OR_DASH = frozenset(map(ord, ",-–—"))
_BEFORE_DAY = frozenset(map(ord, ",-–—."))
_ENDS_DATELINE = frozenset(map(ord, ":-–—."))
_AFTER_CREDIT = frozenset(map(ord, ")].|:-–—"))
_ENDS_CLAUSE = frozenset(map(ord, ',.:"“”'))
_MOST_PARTS = 4  # regions and countries of one place

# What a candidate needs to be the answer, and what its surroundings add.
_ENOUGH = 2
_BESIDE_DATE = 3
_TOLD = -3


@cython.cclass
class Place:
    """A place, the tokens `start` up to `end`."""

    def __init__(self, start: int, end: int, is_known: bool, is_set_out: bool) -> None:
        self.start = start
        self.end = end
        self.is_known = is_known  # the gazetteer has its first name
        self.is_set_out = is_set_out  # it has a region, a country or a word like `town`


def find_place(text: str) -> str | None:
    """Return where the photo was taken, with region and country as written, or None."""
    load_places()
    tokens = cut(one_line(text))
    place = choose_place(tokens, read_credit(tokens, find_dates(tokens)))
    release(tokens)
    return place


def choose_place(t: Tokens, credit: Credit | None) -> str | None:
    """Return the place of a caption whose credit was found; the credit's tokens are emptied."""
    low = FIRST
    if credit is not None:
        low = _without(t, credit)
    if t.kinds[low] == _OPEN and t.kinds[low + 1] == NUMBER and t.kinds[low + 3] == _HYPHEN:
        low += 5  # (230131) -- CITY, …
    t.low = low
    t.union = 0
    looks = 0
    for i in range(low, t.n):
        t.union |= t.places[i]
        looks |= t.shapes[i]
    place = _lead(t, looks & RUSSIAN != 0)
    if place is None:
        found = _first(t)
        if found is None and looks & ARABIC:
            found = _arabic(t)
        if found is None:
            place = _own_sentence(t) or _set_apart(t) or _italian(t) or _in_sentence(t)
            if place is None:
                found = _otherwise(t)
        if found is not None:
            return t.slice(found.start, found.end)
    return None if place is None else _without_venue(t, place)


def _without(t: Tokens, credit: Credit) -> int:
    """Leave out a credit that begins or ends the caption; return where the rest begins."""
    last = credit.last
    if t.starts[credit.first] < 12:
        while t.kinds[last] in _AFTER_CREDIT:
            last += 1
        t.clear(FIRST, last)
        return last
    if len(t.text) - t.ends[last - 1] < 45 and t.kinds[last] != _OPEN:
        t.clear(credit.block, t.n)
        t.n = credit.block
    return FIRST


# What tokens are.


def _is_plain(t: Tokens, i: int, roles: int) -> bool:
    """Whether a token is a word in lower case with one of these roles."""
    return t.places[i] & roles != 0 and t.shapes[i] & LOWER != 0


def _is_dash(t: Tokens, i: int) -> bool:
    """Whether a token is a dash that sets off what follows."""
    return t.kinds[i] in _DASHES and not t.is_glued(i)


def _is_elided(t: Tokens, i: int) -> bool:
    """`d'`, `l'`"""
    return t.length(i) == 2 and t.text[t.ends[i] - 1] in "'’"


# Names, and what the gazetteer has.


def _has_exactly(t: Tokens, first: int, last: int, roles: int) -> bool:
    """Whether the gazetteer has these words as one name."""
    if last - first == 1:
        if _is_dotted(t, first):
            return True
        return t.places[first] & roles != 0 and (
            t.length(first) != 2 or t.shapes[first] & (UPPER | CASELESS) != 0
        )
    return t.name_ends[first] == last and t.name_places[first] & roles != 0


def _is_dotted(t: Tokens, i: int) -> bool:
    """`Calif.`"""
    return t.places[i] & _DOTTED != 0 and t.kinds[i + 1] == _STOP and t.is_glued(i + 1)


def _is_known(t: Tokens, first: int, last: int) -> bool:
    """Whether the gazetteer has a name, alone or with a word before or after its city's."""
    if t.kinds[last - 1] == _STOP and last - first == 2:
        last -= 1
    if _has_exactly(t, first, last, _PLACE):
        return True
    if last - first < 2:
        return False
    if (t.places[first] | t.places[last - 1]) & _CITY:
        return True
    for k in range(first + 1, last - 1):
        if t.words[k] == "of":
            return _is_known(t, k + 1, last)  # Henan Province of China
    return _has_exactly(t, first + 1, last, _PLACE if t.places[first] & _SIDE else _CITY)


def _end_of_words(t: Tokens, i: int) -> int:
    """Where the words with capitals end that begin at `i`, `de la` included; or `i`."""
    k = i
    for count in range(5):
        last = k
        if count:
            while last < k + 2 and _is_plain(t, last, _LINK) and not t.is_glued(last):
                last += 1
            if last > k and t.words[k] == "am" and not _is_river(t, last):
                break
            if last == k + 2 and t.words[k] == "of" and t.words[k + 1] != "the":
                break
            if t.is_glued(last) and t.kinds[last - 1] <= OWNER and not _is_elided(t, last - 1):
                break
        if not t.is_name(last):
            break
        k = last + 1
        if t.kinds[k] == _STOP and t.words[last] in ("st", "ft", "mt", "ste") and t.is_name(k + 1):
            k += 2  # St. Louis
        if t.is_glued(k):
            if t.kinds[k] != _SLASH or not t.is_glued(k + 1) or not t.is_name(k + 1):
                break
            k += 2
    return k


def _is_river(t: Tokens, i: int) -> bool:
    """`Frankfurt am Main`, but not `Berlin am Mittwoch`, `am Strand`."""
    return t.words[i] in ("main", "rhein", "inn", "neckar", "lech") or t.words[i].endswith("see")


def _end_of_name(t: Tokens, i: int) -> int:
    """Where the name of a place ends that begins at `i`; a date's words do not belong to it."""
    known = t.name_ends[i] if t.name_places[i] & _NAMED else i
    if not t.is_name(i):
        k = i + 2 if _is_plain(t, i + 1, _LINK) else i + 1
        return k + 1 if _is_plain(t, i, _WATER) and t.is_name(k) else known  # mar de Ojotsk
    last = _end_of_words(t, i)
    if known >= last or (known > i and t.kinds[known - 1] == _STOP):
        return known
    if _has_exactly(t, i, last, _PLACE):
        return last + 1 if last == i + 1 and _is_dotted(t, i) else last
    if t.places[i] & _NOT_PLACE and t.words[i + 1] != "de" and known == i:
        if last == i + 1 or not _is_known(t, i, i + 2):
            return i
    k = i + 1
    while k < last and not t.places[k] & _NAME_END:
        if t.shapes[i] & RUSSIAN and not (t.places[k - 1] | t.places[k]) & _RUSSIAN_ADJECTIVE:
            break  # в Казани Имя, but not в Нижнем Новгороде
        k += 1
    while k > i + 1 and (t.shapes[k - 1] & LOWER or _is_german_noun(t, k - 1)):
        k -= 1
    return max(known, k)


def _is_german_noun(t: Tokens, k: int) -> bool:
    """`in Cavallino Treporti Verwüstungen`"""
    return t.union & _GERMAN != 0 and t.places[k] & (_GERMAN_NOUN | _GERMAN_TOWN) == _GERMAN_NOUN


# Days, with or without a year.


def _end_of_day(t: Tokens, i: int) -> int:
    """Where a day ends that begins at `i`: `MARCH 12`, `3. Mai 2021`, `03/04/2019`; or `i`."""
    k = i
    if t.kinds[i] == NUMBER:
        sign = t.kinds[i + 1]
        if t.kinds[i + 2] == NUMBER and t.kinds[i + 3] == sign and t.kinds[i + 4] == NUMBER:
            if sign in (_STOP, _SLASH, _HYPHEN):
                return i + 5
        if not t.is_day(i):
            return i
        k = i + 1
        while t.kinds[k] in (_STOP, _HYPHEN) or (
            t.kinds[k] == WORD and t.length(k) < 3 and not t.dates[k] & _MONTH
        ):
            k += 1  # th, of, de
        if not t.dates[k] & _MONTH:
            return i
        k += 1
    elif t.dates[i] & _MONTH:
        k = i + 2 if t.kinds[i + 1] == _STOP else i + 1
        if not t.is_day(k):
            return i
        k += 1
        if t.kinds[k] == WORD and t.is_glued(k):
            k += 1
    else:
        return i
    year = k
    while year < k + 2 and (t.kinds[year] in (_STOP, _COMMA) or t.words[year] == "de"):
        year += 1
    if t.kinds[year] == NUMBER and t.length(year) == 4:
        return year + 1
    return k + 1 if t.kinds[k] == _STOP and t.kinds[k + 1] in _DASHES else k


def _is_dated(t: Tokens, i: int) -> bool:
    """Whether a date, or a part of one, follows the place that ends before token `i`."""
    count = 0
    for k in range(i, i + 6):
        kind = t.kinds[k]
        if kind == NUMBER:
            if t.length(k) < 4 and t.kinds[k + 1] == _COMMA:
                return False  # an age
            return t.words[k + 1] not in ("ans", "años", "jahre", "years", "лет", "anni")
        if kind == WORD:
            if t.dates[k] & _DAY_WORD:
                return True
            count += 1
            if not t.places[k] & _BEFORE_DATE or count > 2:
                return False
        elif kind != _COMMA and kind != _STOP:
            return False
    return False


# A place, where a caption writes one.


def _read(t: Tokens, i: int, alone: bool) -> Place | None:
    """Return the place written at token `i`, just after a preposition, or None.

    `alone` for a venue or a place of the story: what follows it after `in` is another place.
    """
    has_article = t.words[i] in ("der", "die", "den", "dem")
    before = _before(t, i)
    start, name, is_set_out = before.start, before.end, before.is_set_out
    end = _end_of_name(t, name)
    if end <= name:
        return None
    if is_set_out:
        alone = False
    if t.union & _GERMAN and t.places[name] & _CITY and t.is_name(name + 1):
        if not (t.places[end - 1] & (_MAP_WORD | _VENUE) or _has_exactly(t, name, end, _PLACE)):
            end = name + 1  # im Tierpark Berlin Heu
    first_end = end
    known = _is_known(t, name, end) or _is_town(t, name, end)
    if not known and ((has_article and not is_set_out) or _is_no_place(t, name, end)):
        return None
    if t.kinds[end] == OWNER:
        if not known:
            return None
        owned = _end_of_owned(t, end)
        if owned == 0:
            return Place(start, end, known, False)
        end = owned
    kind = _end_of_kind(t, end)
    is_kind = (
        kind > end
        or t.places[name] & _ON_MAP != 0  # Mount Etna in
        or (t.places[end - 1] & _REGION_WORD != 0 and t.is_name(end - 1))
    )
    is_map = (t.places[first_end - 1] | t.places[name]) & _MAP_WORD != 0 or kind > end
    end = _end_of_parts(t, kind, alone, is_kind, known or is_map)
    if kind > first_end or end > kind or _is_water(t, name, first_end):
        is_set_out = True
    if not (known or is_set_out) and _is_adjective(t, end):
        return None
    return Place(start, end, known, is_set_out)


def _is_water(t: Tokens, first: int, last: int) -> bool:
    """`North Sea`, `Gulf of Oman`, `mar de Ojotsk`."""
    if last - first < 2:
        return False
    is_first = t.words[first + 1] == "of" or t.shapes[first] & LOWER != 0
    return (t.places[last - 1] | (t.places[first] if is_first else 0)) & _WATER != 0


def _is_town(t: Tokens, first: int, last: int) -> bool:
    """Whether a name that the gazetteer lacks is formed as only a town's is: `Choisy-le-Roi`."""
    if last - first == 1 and t.words[first].count("-") > 1:
        return True
    if not t.union & _GERMAN:
        return False
    if last - first == 1:
        return t.places[first] & _GERMAN_TOWN != 0
    return last - first == 2 and t.words[first] == "bad"


def _is_no_place(t: Tokens, first: int, last: int) -> bool:
    """Whether a name that the gazetteer lacks is a building's, an office's or a German noun."""
    if _has_exactly(t, first, last, _LANDMARK):
        return t.kinds[last] != _COMMA
    if t.words[last] in ("und", "and"):
        return True
    if last - first > 1:
        return False
    if (t.shapes[first] & UPPER and t.length(first) < 5) or t.places[first] & _KIND_NOUN:
        return True
    if not _is_german_noun(t, first) or _end_of_bracket(t, last) > last:  # in Ypern (Belgien)
        return False
    return not _is_dated(t, last)


def _is_adjective(t: Tokens, i: int) -> bool:
    """Whether a noun follows: `in Israeli custody`."""
    if not t.shapes[i] & LOWER or t.places[i] & _AFTER_PLACE or t.is_glued(i):
        return False
    return t.union & (_ENGLISH | _GERMAN) == _ENGLISH


def _end_of_kind(t: Tokens, i: int) -> int:
    """Where `province`, `refugee camp` or `village` ends after a name; or `i`."""
    if not t.shapes[i] & LOWER:
        return i
    if t.name_places[i] & _AREA:
        return t.name_ends[i]
    if _is_kind_word(t, i + 1) and (t.places[i] & _KIND_PREFIX or t.words[i].endswith("i")):
        return i + 2
    return i + 1 if _is_kind_word(t, i) else i


def _is_kind_word(t: Tokens, i: int) -> bool:
    return _is_plain(t, i, _KIND) and t.words[i] not in ("capital", "port")


def _before(t: Tokens, i: int) -> Place:
    """Where a place starts, and its name as `end`; and whether a word like `town` leads to it."""
    k = i
    if _is_plain(t, k, _ARTICLE) and t.words[k] not in ("a", "an", "un", "una", "une", "das"):
        k += 1
    is_foreign = t.words[k].endswith("ischen")  # im chinesischen
    if is_foreign:
        k += 1
    first = k
    while k < first + 3 and _is_modifier(t, k):
        k += 2 if t.is_name(k) and _is_plain(t, k + 1, _HELD) else 1
    if _is_area_of(t, k):
        name = k + 3 if t.words[k + 2] == "the" else k + 2
        return Place(first, _before(t, name).end, False, True)
    venue = _german_venue(t, i)
    if t.places[k] & _KIND_NOUN and t.is_name(k) and t.is_name(k + 1) and not t.is_glued(k + 1):
        venue = k + 1
    if not venue and (not (t.is_name(k) or _is_plain(t, k, _WATER)) or _is_people(t, k)):
        venue = _leads_to_town(t, i)
    if venue:
        return Place(venue, venue, False, True)
    return Place(first, k, False, is_foreign or k > first)


def _is_modifier(t: Tokens, i: int) -> bool:
    """`northern`, `Israeli-occupied`, `Indian controlled`, `rebel-held`."""
    if _is_plain(t, i, _MODIFIER):
        return True
    if t.kinds[i] != WORD:
        return False
    if t.is_name(i) and _is_plain(t, i + 1, _HELD) and t.is_name(i + 2):
        return True
    return "-" in t.words[i] and t.words[i].endswith(
        ("-occupied", "-annexed", "-administered", "-controlled", "-held")
    )


def _is_area_of(t: Tokens, i: int) -> bool:
    """`outskirts of`, `mountains of`, `Norden von`."""
    if t.words[i + 1] == "of":
        return t.words[i] in (
            *("outskirts", "suburb", "suburbs", "coast", "countryside", "mountains", "hills"),
        )
    return t.words[i] in ("norden", "süden", "osten", "westen") and t.words[i + 1] in (
        *("von", "der", "des"),
    )


def _is_people(t: Tokens, name: int) -> bool:
    """Whether a name only describes the town that follows: `Lebanese city of Tripoli`."""
    end = _end_of_words(t, name)
    if not t.shapes[end] & LOWER or t.places[end] == 0 or t.is_glued(end):
        return False
    if _is_known(t, name, end):
        return False
    kind = _end_of_kind(t, end)
    if kind == end or not t.places[kind - 1] & _AREA:
        return True
    return end - name == 1 and t.places[name] & _DEMONYM != 0


def _leads_to_town(t: Tokens, i: int) -> int:
    """Where the name begins to which `the northern Lebanese city of` leads, or 0."""
    town = 0
    first = i + 1 if t.places[i] & _ARTICLE else i
    for k in range(first, first + 6):
        if t.kinds[k] != WORD and t.kinds[k] != NUMBER and t.kinds[k] != OWNER:
            break
        if t.places[k] & _LEADS_TO:
            town = _after_leader(t, k)
            break
        if t.union & _GERMAN and t.is_name(k) and t.shapes[k + 1] & LOWER:
            if not t.places[k + 1] & _KIND:
                return 0  # Zinnowitz auf der Insel Usedom
        if _is_plain(t, k, _KIND) or t.words[k] == "streets":
            town = _after_town(t, k)
            if town:
                break
        if _is_plain(t, k, _BEFORE_NAME) and not t.places[k] & _ARTICLE:
            return 0
    if not town or t.dates[town] & _DAY_WORD:
        return 0
    if t.places[town] & _LEADS_TO or not _is_people(t, town):
        return town
    return _leads_to_town(t, town) or town


def _after_town(t: Tokens, k: int) -> int:
    """Where the name begins after `city of`, `port city of the`, `village called`, `town`."""
    i = k + 2 if _is_plain(t, k + 1, _TOWN) else k + 1
    is_town = t.places[k] & _TOWN != 0
    if t.words[i] == "of" or (is_town and t.words[i] in ("called", "named")):
        i += 1
    elif not is_town:
        return 0
    if t.words[i] == "the":
        i += 1
    return i if t.is_name(i) else 0


def _after_leader(t: Tokens, k: int) -> int:
    """Where the name begins after `ciudad de`, `ville de`, `Stadt`, `городе`."""
    i = k + 1
    while i < k + 5 and t.kinds[i] == WORD and not t.is_name(i):
        if t.places[i] & _PREPOSITION and not t.places[i] & _LINK and t.words[i] != "von":
            return 0
        if t.words[i].startswith("ein"):
            return 0  # in der Nähe eines Waldes
        i += 1
    return i if t.is_name(i) else 0


def _german_venue(t: Tokens, i: int) -> int:
    """The city after `der polizeilichen Beratungsstelle`, `im Tierpark`; or 0."""
    k = i
    if t.words[k] in ("der", "die", "den", "dem", "das"):
        k += 1
    elif t.words[k - 1] not in ("im", "am", "vom", "zum"):
        return 0
    if t.shapes[k] & LOWER:
        k += 1
    if not t.places[k] & _GERMAN_VENUE or not t.is_name(k) or t.is_glued(k + 1):
        return 0
    k += 1
    if _has_exactly(t, k, _end_of_words(t, k), _PLACE) or _has_exactly(t, k, k + 1, _PLACE):
        return k
    return 0


def _end_of_owned(t: Tokens, i: int) -> int:
    """Where `'s capital Sanaa` or `'s southern suburbs` ends, which begins at `i`; or 0."""
    area = 0
    for k in range(i + 1, i + 6):
        if t.kinds[k] != WORD:
            break
        if t.is_name(k):
            end = _end_of_words(t, k)
            if not t.places[end - 1] & (_MAP_WORD | _VENUE):
                end = _end_of_name(t, k)
            return _end_of_kind(t, end) if end > k else area
        if t.places[k] & (_IN | _ALONE | _AFTER_PLACE):
            break
        if t.places[k] & _AREA:
            area = k + 1
            if t.words[area] == "of" and t.is_name(area + 1):
                return _end_of_name(t, area + 1)  # Syria's northern province of Idlib
    return area


# The regions and countries that follow a name: `Palu, Central Sulawesi, Indonesia`.


def _end_of_parts(t: Tokens, i: int, alone: bool, is_kind: bool, known: bool) -> int:
    """Where the regions and countries end that follow a name.

    A part that the gazetteer lacks counts when it looks like a region, leads up to one that it
    has (`Palu, Central Sulawesi, Indonesia`), or when the date follows.
    """
    end = i
    unknown = False
    is_country = t.places[i - 1] & _COUNTRY != 0  # Venezuela, Nicolás Maduro, en La Habana
    reached = _end_of_bracket(t, i)  # Toledo (España); Kyiv (Kiev), Ukraine
    if reached > i:
        end = reached if _is_known(t, i + 1, _end_of_words(t, i + 1)) else i
    for _ in range(_MOST_PARTS):
        part = _part(t, reached, alone, is_kind, known or end > i)
        if part is None:
            break
        reached, is_kind = part.end, part.is_set_out
        if part.is_known:
            end = reached
        elif unknown or is_country or (t.kinds[reached] != _COMMA and t.words[reached] != "in"):
            break
        else:
            unknown = True  # one part may be unknown, two are a name
    if end > i and _end_of_bracket(t, end) > end:
        if _is_known(t, end + 1, _end_of_words(t, end + 1)):
            return _end_of_bracket(t, end)
    return end


def _end_of_bracket(t: Tokens, i: int) -> int:
    """Where `(Kiev)` or `(Toledo, España)` ends; or `i`."""
    if t.kinds[i] != _OPEN or (t.shapes[i + 1] & UPPER and t.length(i + 1) < 3):
        return i
    k = _end_of_words(t, i + 1)
    if k > i + 1 and t.kinds[k] == _COMMA:
        k = _end_of_words(t, k + 1)
    return k + 1 if k > i + 1 and t.kinds[k] == _CLOSE else i


def _part(t: Tokens, i: int, alone: bool, is_kind: bool, known_before: bool) -> Place | None:
    """The name after the one that ends at `i`; known if it counts, set out if it is a kind."""
    has_comma = t.kinds[i] == _COMMA
    k = i + 1 if has_comma else i
    way = _end_of_way(t, k)
    if not has_comma and way == k:
        return None
    if alone and not is_kind and t.places[k] & _WAY and t.places[k] & _WAY_LEAD:
        return None  # at the Arena in
    if way == k + 1:
        if t.words[k] == "of":
            is_city = t.words[i - 1] == "city" and t.is_name(i - 1)
            if not (is_kind or is_city or _is_plain(t, way, _OPENER)):
                return None  # of south China's …
        if t.places[k] & _WAY and t.places[k] & _WAY_LEAD:  # in
            if not is_kind and not (known_before and has_comma) and _is_city_with_country(t, way):
                return None
            if not known_before and not is_kind and t.is_name(way):
                city = _end_of_name(t, way)
                if _end_of_kind(t, city) == city and _has_exactly(t, way, city, _CITY):
                    return None  # Gare du Nord, in Paris
    before = _before(t, way)
    name, is_set_out = before.end, before.is_set_out
    stop = _end_of_name(t, name)
    if stop <= name or name > way + 5:
        return None
    known = _is_known(t, name, stop)
    if known and t.kinds[stop] == OWNER:
        stop = _end_of_owned(t, stop) or stop
    if way > k and (is_kind or has_comma or way - k > 1 or t.length(k) > 3):
        is_set_out = True
    kind = _end_of_kind(t, stop)
    if t.words[stop] == "border" and "-" in t.words[name]:
        kind = stop + 1  # near the Turkish-Syrian border
    is_region = kind > stop or (t.places[stop - 1] & _REGION_WORD != 0 and t.is_name(stop - 1))
    is_region = is_region or (t.words[kind - 1] == "city" and t.words[kind] == "of")
    if way > k and t.words[way] == "the" and t.kinds[kind] == _COMMA:
        if _is_known(t, kind + 1, _end_of_words(t, kind + 1)):
            is_set_out = True  # in the Black Mountains, Wales
    if not (has_comma or known or is_set_out or is_region):
        return None
    is_sure = known or is_set_out or is_region or _is_dated(t, kind)
    return Place(k, kind, is_sure, is_region)


def _is_city_with_country(t: Tokens, i: int) -> bool:
    """Whether a city with its country follows, so that the name before is another place."""
    if t.words[i] in ("downtown", "central"):
        i += 1
    end = _end_of_words(t, i)
    return t.kinds[end] == _COMMA and t.is_name(end + 1) and _has_exactly(t, i, end, _CITY)


def _end_of_way(t: Tokens, i: int) -> int:
    """Where the words end that join two names; or `i`.

    `near`, `south of`, `220 kilometers northwest of`, `dans l'ouest de l'`, `the capital of`, `on
    the northern Greek island of`, `near the border with`.
    """
    k = i
    if t.kinds[i] == NUMBER or t.kinds[i + 1] == NUMBER:
        k = i + 1 if t.kinds[i] == NUMBER else i + 2
        if t.kinds[k] in (_STOP, _COMMA) and t.kinds[k + 1] == NUMBER:
            k += 2  # 4.8 km
        if not t.places[k] & _UNIT:
            return i
        k += 1
        if t.kinds[k] == _OPEN:
            while t.kinds[k] and t.kinds[k] != _CLOSE:
                k += 1
            k += 1
    if t.places[k] & _WAY_SIDE and t.words[k + 1] == "of":
        return k + 2
    if t.places[i] & (_WAY | _WAY_LEAD):
        for k in range(i, i + 5):
            if t.kinds[k] != WORD or (k > i and t.shapes[k] & LOWER and t.places[k] & _IN):
                break
            if _is_plain(t, k, _WAY_NOUN):
                last = k + 1 if t.words[k + 1] == "city" else k
                if t.places[last + 1] & (_WAY_OF | (_IN if t.places[last] & _KIND else 0)):
                    last += 2
                    return last + 1 if _is_plain(t, last, _ARTICLE) else last
    if t.name_places[i] & _WAY:
        return t.name_ends[i]
    return i + 1 if _is_plain(t, i, _WAY) else i


# A building before its city.


def _without_venue(t: Tokens, place: Place) -> str:
    """A place without the building before its city: `Empire State Building in New York`."""
    i, end = place.start, place.end
    if t.words[i] == "downtown":
        i += 1
    last = t.words[end - 1]
    if t.places[end - 1] & _FESTIVAL or last in ("university", "zoo", "police"):
        if t.is_name(i) and _end_of_words(t, i) == end and _end_of_city(t, i) > i:
            return t.slice(i, _end_of_city(t, i))  # Venice International Film Festival
    k = _end_of_venue(t, i, end)
    if not k or _has_exactly(t, k, end, _COUNTRY):
        return t.slice(i, end)
    if t.kinds[k - 1] == _COMMA and not _has_exactly(t, k, _end_of_name(t, k), _CITY):
        return t.slice(i, end)  # Sioux Center, Iowa
    named = _read(t, k, False)
    if named is not None and (named.is_known or named.is_set_out):
        return t.slice(k, end)
    return t.slice(i, end)


def _end_of_city(t: Tokens, i: int) -> int:
    """Where a city of the gazetteer ends that begins at `i`; or `i`."""
    if t.name_places[i] & _CITY:
        return t.name_ends[i]
    return i + 1 if t.places[i] & _CITY else i


def _end_of_venue(t: Tokens, i: int, end: int) -> int:
    """Where a city begins after its building: `Empire State Building in`; or 0."""
    if t.places[i] & _VENUE_FIRST and t.is_name(i):
        for k in range(i + 2, min(end, i + 7)):
            if t.words[k] in ("en", "à", "de") and t.is_name(k + 1):
                return k + 1
    for k in range(i, min(end, i + 6)):
        if t.kinds[k] != WORD or t.words[k] == "national":
            return 0
        if t.places[k] & _VENUE or _is_plain(t, k, _VENUE_LOWER):
            city = k + 2 if t.kinds[k + 1] == _COMMA else k + 1
            if t.words[city] == "in":
                city += 1
            if city > k + 1:
                if t.words[city] == "the":
                    city += 1
                return city if city < end else 0
    return 0


# What agencies set apart at a caption's beginning.


def _lead(t: Tokens, is_russian: bool) -> Place | None:
    """`18 August 2018, Region, City: …`, `CITY, COUNTRY - MARCH 12: …`."""
    if is_russian and (place := _soviet(t)):
        return place
    for i in range(t.low, min(t.n, t.low + 40)):  # the first day
        end = _end_of_day(t, i)
        if end > i:
            return _lead_with_day(t, i, end) or _capitals(t)
    return _capitals(t)


def _lead_with_day(t: Tokens, day: int, end: int) -> Place | None:
    """The place beside the first day, which is tokens `day` up to `end`."""
    low = t.low
    before = t.kinds[day - 1]
    if day == low or (day < low + 16 and before in _SETS_OFF):
        # ARCHIV - 09.06.2024, Region, City: …; 27 Dec. 2014; City, ST, USA; …
        if t.kinds[end] == _SEMICOLON and day == low:
            return _up_to(t, end + 1, True)
        if t.kinds[end] in _COMMA_OR_DASH and (before == _COLON or day < low + 4):
            if place := _up_to(t, end + 1, False):
                return place
    if day == low or before not in _BEFORE_DAY or t.text[t.starts[day - 1]] == "،":
        return None
    after = _end_of_bracket(t, end)  # HARBIN, Jan. 15, 2024 (Xinhua) -- …
    first = day - 1
    while first > low and not _is_dash(t, first - 1):
        kind = t.kinds[first - 1]
        if kind == NUMBER or kind == _COLON or kind == _QUOTE:
            return None
        first -= 1
    if t.kinds[low + 1] == _STOP and t.text[t.ends[low] - 1].isdecimal() and first == low:
        first += 2  # LIM03. LIMA, an agency's number of the picture
    is_dateline = first <= low + 2 and t.kinds[after] in _ENDS_DATELINE
    # Soccer Football - Serie A - Stadium, City, Country - May 19, 2024
    is_last_part = before in _DASHES or (before == _COMMA and t.kinds[end] in _DASHES)
    if is_dateline or (first > low + 2 and is_last_part):
        return _checked(t, first, day - 1, True)
    return None


def _up_to(t: Tokens, i: int, is_listed: bool) -> Place | None:
    """The place from token `i` up to a colon or a dash; up to a semicolon in a list of those."""
    k = i
    while k < t.n and t.starts[k] - t.starts[i] < 90:
        kind = t.kinds[k]
        if kind == _SEMICOLON if is_listed else kind == _COLON or _is_dash(t, k):
            return _checked(t, i, k, True)
        if kind == NUMBER or kind == _COLON:
            return None
        k += 1
    return None


def _checked(t: Tokens, first: int, last: int, is_dated: bool) -> Place | None:
    """Tokens as a place, if their words can be one."""
    while first < last and t.kinds[first] in _COMMA_OR_DASH:
        first += 1
    while first < last and t.kinds[last - 1] in _COMMA_OR_DASH:
        last -= 1
    if t.dates[last - 1] & _DAY_WORD and last - first > 1:  # LIMA, Monday, 03/04/2019
        if t.kinds[last - 2] != _COMMA:
            return None
        last -= 2
    if first >= last or t.places[first] & _NOT_LEAD:
        return None
    words = 0
    for k in range(first, last):
        if t.kinds[k] == WORD:
            words += not t.is_glued(k)
            if t.shapes[k] & LOWER and not (t.places[k] & _LEAD_LINK or _is_elided(t, k)):
                return None
    is_caseless = t.shapes[first] & CASELESS != 0
    if words > (4 if is_caseless and first == t.low else 9) or words == 0:
        return None
    if not is_dated and is_caseless and not t.places[first] & _PLACE:
        return None
    if t.kinds[last - 1] == _STOP and not _is_dotted(t, last - 2):
        last -= 1
    return Place(first, last, True, True)


def _soviet(t: Tokens) -> Place | None:
    """`Март 1991 г. Россия. Республика Карелия. …`: a country, and its parts, as sentences."""
    for i in range(t.low, min(t.n, t.low + 8)):
        if t.words[i] in ("россия", "ссср", "рсфср", "украина", "белоруссия", "казахстан"):
            if i > t.low and t.kinds[i - 1] not in (_STOP, _COLON):
                return None
            k = i + 1
            while t.kinds[k] == _STOP and t.is_name(k + 1):
                if t.kinds[k + 2] != _STOP and not (
                    t.kinds[k + 3] == _STOP and (t.places[k + 1] | t.places[k + 2]) & _AREA
                ):
                    break
                k += 2 if t.kinds[k + 2] == _STOP else 3
            return Place(i, k, True, True) if t.kinds[k] == _STOP else None
    return None


def _capitals(t: Tokens) -> Place | None:
    """`CITY, Country (AGENCY) - …`, `CITY: …`."""
    i = k = t.low
    if t.places[i] & _NOT_LEAD:
        return None
    while t.shapes[k] & UPPER:
        k += 1
    if k == i or (k == i + 1 and t.length(i) < 3):
        return None
    if t.kinds[k] == _COMMA:
        k = max(k, _end_of_words(t, k + 1))
    end = k
    if t.kinds[k] == _OPEN:
        while t.kinds[k] and t.kinds[k] != _CLOSE:
            k += 1
        k += 1
    if _is_dash(t, k):
        return _checked(t, i, end, False)
    if t.kinds[k] == _COLON and (k > end or _is_known(t, i, i + 1) or _is_known(t, i, end)):
        return _checked(t, i, end, False)
    return None


def _first(t: Tokens) -> Place | None:
    """`Al-Hol camp in Hasakah province, on Feb. 24`, `Lima, Peru. A …`."""
    i = t.low
    if t.places[i] & _ARTICLE and _is_plain(t, i + 1, _LEADS_TO | _TOWN):
        # Le village de Taroudant après le séisme
        name = _leads_to_town(t, i)
        place = _read(t, name, False) if name and name <= i + 3 else None
        if place is None or t.kinds[place.end] == OWNER or _is_adjective(t, place.end):
            return None
        return place
    if t.places[i] & _NOT_LEAD:
        while t.places[i] & _NOT_LEAD:
            i += 1  # FILE PHOTO
        if t.kinds[i] not in _SETS_OFF:
            return None
        i += 1
    if not t.is_name(i) or t.places[i] & (_ENGLISH | _IN):
        return None
    end = _end_of_words(t, i)
    is_map = (end > i + 1 and t.places[end - 1] & _MAP_WORD) or _is_plain(t, end, _KIND)
    if not (is_map or _is_known(t, i, end)):
        return _pair(t, i, end)
    if t.kinds[end] == _STOP and t.is_name(end + 1) and not t.is_glued(end + 1):
        if _has_exactly(t, i, end, _CITY):
            return Place(i, end, True, False)  # Пермь. Горожане …
    place = _read(t, i, False)
    if place is None or place.start != i or not place.is_set_out:
        return None
    k = place.end
    if t.kinds[k] == _COLON and t.places[i] & _COUNTRY:
        return None  # Iran, Israel: …
    if t.kinds[k] == _STOP or t.kinds[k] == _COLON:
        return place
    if t.kinds[k] == _COMMA:
        k += 1
    if k >= t.n or t.kinds[k] == _OPEN or t.words[k] == "on" or _is_dash(t, k):
        return place
    return place if t.kinds[k] == NUMBER and t.length(k) == 4 else None


def _pair(t: Tokens, i: int, end: int) -> Place | None:
    """`Reims, France. A baker …`, `Sarmada (Syrie), 29 décembre`: a town with its country."""
    if end != i + 1 or t.places[i] & _NOT_PLACE or not t.is_name(end + 1):
        return None
    k = _end_of_words(t, end + 1)
    if not _has_exactly(t, end + 1, k, _PLACE):
        return None
    if t.kinds[end] == _OPEN:
        is_one = t.kinds[k] == _CLOSE and t.kinds[k + 1] in (_COMMA, _STOP, _COLON)
        return Place(i, k + 1, True, True) if is_one else None
    if t.kinds[end] != _COMMA or _has_exactly(t, end + 1, k, _CITY):
        return None
    is_sentence = t.kinds[k] == _STOP and (t.is_name(k + 1) or t.kinds[k + 1] == _OPEN)
    return Place(i, k, True, True) if is_sentence or t.kinds[k] == _COLON else None


# The sentence.


def _own_sentence(t: Tokens) -> Place | None:
    """`… wait in the rain. Rome, 19 October 2013.`: a place and a day that are a sentence."""
    for i in range(t.low + 2, t.n):
        if t.kinds[i - 1] == _COMMA and _end_of_day(t, i) > i:
            first = i - 1
            while t.is_name(first - 1) or (t.kinds[first - 1] == _COMMA and t.is_name(first - 2)):
                first -= 1
            is_end = t.length(first - 2) > 3 or _is_known(t, first, i - 1)
            if t.kinds[first - 1] == _STOP and first < i - 1 and is_end:
                return None if t.places[first] & _NOT_PLACE else Place(first, i - 1, True, True)
    return None


def _set_apart(t: Tokens) -> Place | None:
    """`(Bern, 25. 10. 2023)`, `fotografiert im Auenried`: said to be the picture's."""
    for i in range(t.low, t.n - 2):
        if t.kinds[i] == _OPEN and t.is_name(i + 1) and not t.places[i + 1] & _NOT_PLACE:
            k = _end_of_words(t, i + 1)
            if t.kinds[k] == _COMMA and t.is_name(k + 1) and not t.dates[k + 1] & _MONTH:
                k = _end_of_words(t, k + 1)
            end = _end_of_day(t, k + 1)
            if t.dates[k + 1] & _MONTH and end == k + 1:
                end = k + 3  # (Khartoum, April 2023)
            if t.kinds[k] == _COMMA and end > k + 1 and t.kinds[end] == _CLOSE:
                return Place(i + 1, k, True, False)
        elif t.dates[i] & _TAKEN and _is_photographed(t, i):
            k = i + 2 if t.words[i + 1] == "here" else i + 1
            if t.places[k] & _BEFORE_DATE:
                k = max(k, _end_of_day(t, k + 1))
                if t.kinds[k] == _COMMA:
                    k += 1
            if t.places[k] & (_IN | _WAY) or t.words[k] == "from":
                place = _read(t, k + 1, False)
                if place and (t.words[k] != "from" or place.is_known or place.is_set_out):
                    return place
    return None


def _is_photographed(t: Tokens, i: int) -> bool:
    word = t.words[i]
    return (
        "otogra" in word
        or word in ("aufgenommen", "pictured")
        or (word == "taken" and t.words[i + 1] == "from")
    )


def _italian(t: Tokens) -> Place | None:
    """`a Bari, in Italia`: `a` leads to a place in Italian alone."""
    if t.union & _ITALIAN:
        for i in range(t.low, t.n - 1):
            if t.words[i] in ("a", "ad") and t.is_name(i + 1):
                place = _read(t, i + 1, False)
                if place is None:
                    continue
                is_first = t.shapes[i] & LOWER == 0 and t.kinds[place.end] == _COMMA  # A Roma, …
                if place.is_set_out or (place.is_known and is_first):
                    return place
    return None


def _in_sentence(t: Tokens) -> Place | None:
    """The place after a preposition for which the most speaks."""
    best: Place | None = None
    best_weight = _ENOUGH - 1
    best_end = t.low
    sentence_end = _end_of_sentence(t)
    for i in range(t.low, t.n - 1):
        if t.words[i - 1] in ("the", "a") and _is_area_of(t, i):  # blankets the mountains of
            if i > best_end and best_weight < 3 and not t.places[i - 2] & _PREPOSITION:
                place = _read(t, i - 1, False)
                if place is not None:
                    best = place
                    best_weight = 3
                    best_end = place.end
            continue
        roles = t.places[i]
        if not roles & _PREPOSITION or i < best_end or t.shapes[i] & UPPER:
            continue
        if t.is_glued(i) or t.is_glued(i + 1) or not _may_begin(t, i + 1):
            continue
        if best is not None and i > sentence_end:
            break  # the first sentence says it
        after = i + 1
        firmness = 2 if roles & _IN else 1 if roles & _AT else 0
        if firmness == 0:
            firmness = _firmness_of(t, i)
            if _is_joint(t, i):
                after = i - 1
        if t.words[after] in ("de", "d'", "d’") and t.words[i] in ("cerca", "près"):
            after += 1
        place = _read(t, after, firmness < 2 and roles & _ALONE != 0)
        if place is not None and place.is_known and t.words[i] == "at":
            place = _read(t, after, False)  # a town, no venue
        if place is None:
            continue
        weight = _weigh(t, firmness, i, place) - (i > sentence_end)
        if weight == best_weight and best is not None:
            weight += _end_of_venue(t, best.start, place.end) == place.start  # at the Arena in
        if weight > best_weight:
            best = place
            best_weight = weight
            best_end = place.end
    return best


def _end_of_sentence(t: Tokens) -> int:
    """The stop that ends the first sentence: not that of `St.`, `Ave.` or `Gov.`"""
    for i in range(t.low, t.n - 1):
        if t.kinds[i] == _STOP and not t.is_glued(i + 1) and t.starts[i] - t.starts[t.low] > 38:
            k = i - 2 if t.kinds[i - 1] in (_QUOTE, 0x201D, _CLOSE) else i - 1
            if t.kinds[k] == NUMBER and t.length(k) > 3:
                return i
            if t.kinds[k] == WORD and t.length(k) > (3 if t.shapes[k] & LOWER else 4):
                return i
    return t.n


def _may_begin(t: Tokens, i: int) -> bool:
    """Whether token `i` may begin a place: a look at words is cheaper than to read one."""
    if not t.shapes[i] & LOWER or t.words[i - 1] in ("im", "am"):
        return t.kinds[i] == WORD
    if t.places[i] & _ARTICLE:
        if t.words[i] in ("der", "die", "den", "dem") or not t.shapes[i + 1] & LOWER:
            return True
        i += 1
    if t.places[i] & _OPENER or "-" in t.words[i] or _is_elided(t, i):
        return True
    for k in range(i, i + 8):
        if t.places[k] & _LEADER:
            return True
    return False


def _firmness_of(t: Tokens, i: int) -> int:
    """How firmly `of` or `from` leads to the picture's place, by the words before it."""
    before = t.places[i - 1]
    if before & _PHOTO:
        return 1 if t.words[i] in ("of", "de", "von") else 2  # of a person, too
    if before & (_VIEW | _GERMAN_VENUE) or (t.words[i] == "de" and t.places[i - 2] & _VIEW):
        return 2  # the port of, les dunes désertiques de
    return -3 if t.words[i] == "from" else 0  # where somebody came from


def _is_joint(t: Tokens, i: int) -> bool:
    """Whether a preposition is part of a name: `Rio de Janeiro`, `Gulf of Oman`."""
    if not t.is_name(i - 1) or not t.is_name(i + 1):
        return False
    if t.places[i - 1] & _WATER and t.words[i] == "of":
        return True
    return _has_exactly(t, i - 1, i + 2, _PLACE)


def _weigh(t: Tokens, firmness: int, i: int, place: Place) -> int:
    """How much speaks for a place after the preposition `i`; `_ENOUGH` is enough."""
    end = place.end
    known, set_out = place.is_known, place.is_set_out
    if firmness == 0 and t.kinds[end - 1] == _CLOSE:
        firmness = 2  # un parque de Handan (China)
    if firmness < 2 or (t.words[i] == "en" and t.union & _FRENCH):
        if not (known or set_out) or t.kinds[end] == OWNER:
            return 0
        if not set_out and _is_adjective(t, end):
            return 0
    if t.dates[end] & _LIFE or t.words[end] in ("ermordet", "getötet"):
        return 0  # in Bern gestorben
    if t.dates[i - 1] & _LIFE:
        return 0  # born in
    k = i - 2 if t.kinds[i - 1] == _COMMA else i - 1
    dated = _is_dated(t, end) or (t.kinds[k] == NUMBER and t.length(k) == 4)
    if firmness == 0 and not dated:
        firmness = -1
    weight = firmness + known + set_out + (_BESIDE_DATE if dated else 0)
    if _is_told(t, i) and not _is_during(t, i):
        weight += _TOLD
    if weight >= _ENOUGH and _is_unseen(t, i):
        return weight + _TOLD
    return weight


def _is_told(t: Tokens, i: int) -> bool:
    """Whether the words before a preposition make its place one of the story's."""
    first, second = i - 2, i - 1
    if t.is_name(second) and t.is_name(first) and t.words[first] in ("rights", "war", "peace"):
        return False  # Human Rights Watch
    if t.places[second] & _TELLING:
        return True
    if t.kinds[second] == WORD:
        if t.places[first] & _RELATIVE:
            return True  # the plane that crashed in …
        if t.places[second] & _PEOPLE and t.places[first] & _FOR:
            return True  # in support of Palestinians in …
    return t.kinds[first] == NUMBER and t.words[i - 3] == "the"  # the 2010 earthquake in …


def _is_during(t: Tokens, i: int) -> bool:
    """`during the municipal election in`: what the picture shows."""
    if t.dates[i - 1] & _AWAITED:
        for k in range(i - 6, i - 1):
            if t.words[k] in ("during", "amid"):
                return True
    return False


def _is_unseen(t: Tokens, i: int) -> bool:
    """`will perform in`, `, 41, allegedly stabbed … in`: nothing that can be seen."""
    for k in range(i - 1, t.low - 1, -1):
        if t.kinds[k] in _ENDS_CLAUSE or t.starts[i] - t.starts[k] > 140:
            return False
        if t.words[k] in ("will", "would"):
            return True
        if t.words[k] == "to" and (
            t.dates[k - 1] & _COMING or t.words[k - 1] in ("had", "plan", "plans")
        ):
            return True
        if t.words[k] == "allegedly" and t.kinds[k - 1] == _COMMA:
            return True
    return False


# What no preposition leads to.


def _otherwise(t: Tokens) -> Place | None:
    """The place in a text whose sentence has none after a preposition, or None."""
    for i in range(t.low, t.n):
        if t.places[i] & _BUILDING and (place := _adjective(t, i)):
            return place
    for i in range(t.low, t.n - 3):
        if t.words[i] == "the" and (place := _town(t, i)):
            return place
    for i in range(t.low, t.n - 1):
        if place := _after_noun(t, i):
            return place
    return _before_day(t) or _landmark(t) or _on_map(t) or _at_last(t)


def _adjective(t: Tokens, i: int) -> Place | None:
    """`a Harare street`, `outside Beirut's port`, `the 2024 Paris, France, premiere`."""
    is_show = t.places[i] & _SHOW != 0
    k = i - 2 if is_show and t.kinds[i - 1] == _COMMA else i - 1
    while k > i - 4 and t.shapes[k] & LOWER:
        k -= 1
    if t.kinds[k] == OWNER:
        k -= 1
    first = k
    while first > k - 6 and (
        t.is_name(first - 1) or (t.kinds[first - 1] == _COMMA and t.is_name(first - 2))
    ):
        first -= 1
    while first <= k and not (
        _has_exactly(t, first, k + 1, _PLACE) or (is_show and _is_city_with_country(t, first))
    ):
        first += 1
    if first > k or not t.is_name(k):
        return None
    before = first - 2 if is_show and t.kinds[first - 1] == NUMBER else first - 1
    if t.places[before] & (_ARTICLE | _PREPOSITION):
        return Place(first, k + 1, True, False)
    return None


def _town(t: Tokens, i: int) -> Place | None:
    """`patrol the northern town of Tripoli`, with no preposition."""
    for k in range(i + 1, i + 6):
        if t.kinds[k] != WORD:
            return None
        if t.words[k + 1] == "of" and t.places[k] & _KIND:
            place = _read(t, i, False)
            return place if place is not None and not _is_unseen(t, i) else None
    return None


def _after_noun(t: Tokens, i: int) -> Place | None:
    """`das Landgericht Aschaffenburg`, `la mairie d'Almaty`, `the Venice Film Festival`."""
    if not t.is_name(i):
        if _is_elided(t, i) and t.words[i][0] == "d" and t.kinds[i - 1] == WORD:
            if (t.places[i + 1] & _CITY) or t.places[i - 1] & _VIEW:
                return _read(t, i + 1, False)
        return None
    if t.places[i] & _HOUSE and t.is_name(i + 1):
        return Place(i + 1, _end_of_words(t, i + 1), True, False)
    if t.places[i] & _CITY and t.kinds[i - 1] != OWNER:
        for k in range(i + 1, _end_of_words(t, i)):
            if t.places[k] & _FESTIVAL:
                return Place(i, i + 1, True, False)
    return None


def _before_day(t: Tokens) -> Place | None:
    """`…, Cairo, Egypt, May 3, 2021`, with no preposition; `…, Москва`."""
    for i in range(t.low + 1, t.n + 1):
        is_end = i == t.n or (i == t.n - 1 and t.kinds[i] == _STOP)
        if not is_end and _end_of_day(t, i) == i:
            continue
        k = i
        if t.kinds[k - 1] == _COMMA and t.dates[k - 2] & _WEEKDAY:
            k -= 2
        if t.places[k - 1] & _BEFORE_DATE and t.shapes[k - 1] & LOWER:
            k -= 1
        if t.kinds[k - 1] in _COMMA_OR_DASH:
            k -= 1
        if not t.is_name(k - 1):
            continue
        first = k
        while t.is_name(first - 1) or (t.kinds[first - 1] == _COMMA and t.is_name(first - 2)):
            first -= 1
        if is_end:
            if t.kinds[k - 2] != _COMMA or not t.places[k - 1] & _CITY:
                continue
            first = k - 1
        if t.places[first - 1] & _PREPOSITION and t.dates[first - 2] & _LIFE:
            continue
        while (
            t.kinds[first - 1] != _STOP
            and first < k
            and (t.places[first] & _NOT_PLACE or not _is_known(t, first, _end_of_words(t, first)))
        ):
            first = _end_of_words(t, first)
            first = first + 1 if t.kinds[first] == _COMMA else k
        if first < k and t.places[k - 1] & _CITY and _end_of_words(t, first) == k:
            if not _has_exactly(t, first, k, _PLACE):
                first = k - 1  # Filmfestspielen Berlin
        if first < k:
            return Place(first, k, True, False)
    return None


def _landmark(t: Tokens) -> Place | None:
    """`at the White House`, with no city."""
    for i in range(t.low + 1, t.n):
        end = t.name_ends[i] if t.name_places[i] & _LANDMARK else i
        if end == i and t.places[i] & _LANDMARK and t.is_name(i):
            end = i + 1
        if end > i:
            k = i - 2 if t.places[i - 1] & _ARTICLE else i - 1
            if t.places[k] & _PREPOSITION:
                return Place(i, end, True, False)
    return None


def _on_map(t: Tokens) -> Place | None:
    """`on Backwater Bridge`, `off Mount Orno`: a piece of the map, with no city."""
    for i in range(t.low + 1, t.n):
        if t.places[i] & _ON_MAP and t.is_name(i):
            k = i
            while t.is_name(k - 1) and not t.is_glued(k):
                k -= 1
            end = _end_of_words(t, i) if t.words[i] == "mount" else i + 1
            if end - k < 2 or (t.is_name(end) and not t.is_glued(end)):
                continue
            before = k - 2 if t.words[k - 1] == "the" else k - 1
            if t.places[before] & _PREPOSITION or t.words[before] in (
                *("crosses", "leaves", "approaches"),
            ):
                return Place(k, end, True, False)
    return None


def _at_last(t: Tokens) -> Place | None:
    """`the lifeboat crew at Whitby.`: a name after `at` before the end, or before the date."""
    for i in range(t.low, t.n - 1):
        if t.words[i] == "at" and t.is_name(i + 1) and not t.places[i + 1] & _NOT_PLACE:
            end = _end_of_words(t, i + 1)
            is_end = end >= t.n or t.kinds[end] == _STOP or _is_dated(t, end)
            if is_end and not t.shapes[i + 1] & UPPER:
                if not _is_told(t, i) and not _is_unseen(t, i):
                    return Place(i + 1, end, False, False)
    return None


# Arabic, which has no capitals: only the gazetteer tells a name.


def _arabic(t: Tokens) -> Place | None:
    """`في خان يونس جنوب قطاع غزة`: the first place after a preposition, with its regions."""
    for i in range(t.low, t.n - 1):
        k = i + 1 if t.places[i] & _ARABIC_WAY else i
        is_town = False
        while k < i + 4 and t.places[k] & _ARABIC_KIND:
            is_town = is_town or t.places[k] & _ARABIC_TOWN != 0
            k += 1
        if k == i or t.kinds[k] != WORD or (t.places[i - 1] | t.places[i - 2]) & _TELLING:
            continue
        end = _end_of_arabic(t, k)
        if end == k:
            if not is_town:
                continue
            end = k + 1  # a town that the gazetteer lacks is one word long
        while True:
            stop = end + 1 if t.kinds[end] == _COMMA else end
            while t.places[stop] & _ARABIC_WAY or t.words[stop] == "ريف":
                stop += 1
            last = _end_of_arabic(t, stop)
            if last == stop:
                return Place(k, end, True, True)
            end = last
    return None


def _end_of_arabic(t: Tokens, i: int) -> int:
    """Where the longest name ends that the gazetteer has at `i`; or `i`."""
    if t.name_places[i] & _PLACE:
        return t.name_ends[i]
    return i + 1 if t.places[i] & _PLACE and t.shapes[i] & ARABIC else i
