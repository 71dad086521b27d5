"""Reading a place where a caption writes one: its name, and the regions and countries with it.

`Elmont, New York`; `Wuyan, near Srinagar`; `Yemen's capital Sanaa`; `the northern Lebanese city of
Tripoli`, which is `Tripoli`; `the West Bank city of Jenin`, which names its region and stays whole.
"""

import re
from typing import NamedTuple

from corpuscli.captions.gazetteer import CITIES, LANDMARKS, PLACES
from corpuscli.captions.place_words import (
    AFTER_PLACES,
    AGE,
    AREA_OF,
    ARTICLE,
    ARTICLES,
    BEFORE_DATES,
    CITY,
    CIUDAD,
    CLUB,
    DATE_WORDS,
    DEMONYM,
    ENGLISH,
    FRENCH_TOWN,
    GERMAN,
    GERMAN_NOUN,
    GERMAN_TOWN,
    IN,
    IN_BRACKETS,
    KIND_AFTER,
    KIND_NOUN,
    LEADERS,
    LOWER_WORD,
    MAY_MODIFY,
    MODIFIERS,
    NAME_ENDS,
    NAMED,
    NOT_PLACES,
    OPENERS,
    OWNED,
    OWNED_AREA,
    PART,
    REGION_WORDS,
    RUSSIAN_ADJECTIVE,
    SIDES,
    TOWN_BEFORE,
    WATER,
)


class Place(NamedTuple):
    """A place at `text[start:end]`."""

    start: int
    end: int
    is_known: bool  # the gazetteer has its first name
    is_set_out: bool  # a region, a country or a word like `town` stands with it


def read_known(text: str, pos: int) -> bool:
    """Whether a name that the gazetteer has stands at `pos`."""
    named = NAMED.match(text, pos)
    return named is not None and (
        is_known(named[0]) or named[0].partition(" ")[0].casefold() in PLACES
    )


def may_begin(words: list[str], i: int) -> bool:
    """Whether the words from the `i`-th may be a place: a look at words is cheaper than a match."""
    first = words[i] if i < len(words) else ""
    if not first[:1].islower():
        return first != ""
    if first in ARTICLE and i + 1 < len(words):
        first = words[i + 1]
    return (
        not first[:1].islower()
        or first in OPENERS
        or "-" in first
        or "'" in first
        or "’" in first
        or any(word.lower() in LEADERS for word in words[i : i + 8])
    )


def read_place(text: str, pos: int, *, alone: bool) -> Place | None:
    """The place written at `pos`, just after a preposition, or None.

    `alone` for a venue or a place of the story: what follows it after `in` is another place.
    """
    has_article = text.startswith(ARTICLES, pos)
    start, named, is_set_out = _read_before(text, pos)
    end = _read_name(text, named)
    if named is None or end is None:
        return None
    name = text[named.start() : end]
    known = is_known(name) or _is_town(text, name)
    if CLUB.search(name) or (not known and (has_article or _is_no_place(text, name, end))):
        return None
    if text[end : end + 2] in ("'s", "’s"):
        if not known:
            return None
        owned = _read_owned(text, end)
        if owned is None:
            return Place(start, end, known, False)
        end = owned
    kind = KIND_AFTER.match(text, end) if text[end + 1 : end + 2].islower() else None
    is_kind = bool(kind) or name.rpartition(" ")[2] in REGION_WORDS or name.startswith("Joint Base")
    alone = alone and not text.startswith("outskirts", start)
    end, regions = _read_parts(text, kind.end() if kind else end, alone, is_kind)
    is_set_out = is_set_out or bool(kind) or regions > 0 or bool(WATER.match(name))
    if not (known or is_set_out) and is_adjective(text, end):
        return None
    return Place(start, end, known, is_set_out)


def _is_town(text: str, name: str) -> bool:
    """Whether a name that the gazetteer lacks ends or is joined as only a town's is."""
    if GERMAN_TOWN.match(name):
        return GERMAN.search(text) is not None
    return "-" in name and FRENCH_TOWN.match(name) is not None


def _is_no_place(text: str, name: str, end: int) -> bool:
    """Whether a name that the gazetteer lacks is a building's, an office's or a German noun."""
    if name.casefold() in LANDMARKS:
        return text[end : end + 2] != ", "
    if (len(name) < 5 and name.isupper()) or text.startswith((" und ", " and "), end):
        return True
    return bool(GERMAN_NOUN.search(name) and GERMAN.search(text) and not is_dated(text, end))


def _read_owned(text: str, pos: int) -> int | None:
    """Where `'s capital Sanaa` or `'s southern suburbs` ends, which begins at `pos`."""
    owned = OWNED.match(text, pos)
    if owned is None:
        return None
    name = _read_name(text, NAMED.match(text, owned.end()))
    if name is not None:
        kind = KIND_AFTER.match(text, name)
        return kind.end() if kind else name
    area = OWNED_AREA.match(text, pos)
    return area.end() if area else None


def is_known(name: str) -> bool:
    """Whether the gazetteer has this name, alone or with a word before or after its city's."""
    if len(name) == 2:
        return name.isupper() and name.casefold() in PLACES
    folded = name.casefold()
    if folded in PLACES:
        return True
    first, _, rest = folded.partition(" ")
    return bool(rest) and (
        (first in SIDES and rest in PLACES)
        or first in CITIES
        or rest in CITIES
        or folded.rsplit(" ", 1)[1] in CITIES
    )


def is_dated(text: str, end: int) -> bool:
    """Whether a date, or a part of one, follows the place that ends at `end`."""
    for word in text[end : end + 40].lstrip(",").split()[:3]:
        bare = word.strip(".,").lower()
        if bare.isdigit() and len(bare) < 4 and (word.endswith(",") or AGE.match(text, end)):
            return False
        if bare[:1].isdigit() or bare in DATE_WORDS:
            return not word.startswith("(")
        if bare not in BEFORE_DATES:
            return False
    return False


def is_adjective(text: str, end: int) -> bool:
    """Whether a noun follows: `in Israeli custody`."""
    word = LOWER_WORD.match(text, end)
    return word is not None and word[1] not in AFTER_PLACES and bool(ENGLISH.search(text))


def _read_before(text: str, pos: int) -> tuple[int, re.Match[str] | None, bool]:
    """Where a place starts, its name, and whether a word like `town` leads to it."""
    start = name = pos
    if MAY_MODIFY.match(text, pos):
        area = AREA_OF.match(text, pos)
        if area:
            return area.start(1), _read_before(text, area.end())[1], True
        modifiers = MODIFIERS.match(text, pos)
        if modifiers:
            start, name = modifiers.start(1), modifiers.end()
    if kind := KIND_NOUN.match(text, name):
        return kind.end(), NAMED.match(text, kind.end()), True
    named = NAMED.match(text, name)
    if named is None or _is_demonym(text, named):
        town = _leads_to_town(text, pos)
        if town:
            return town, NAMED.match(text, town), True
    return start, named, name > start


def _is_demonym(text: str, named: re.Match[str]) -> bool:
    """Whether a name only describes the town that follows: `Lebanese city of Tripoli`."""
    following = text[named.end() : named.end() + 2]
    if following[:1] != " " or not following[1:].islower() or is_known(named[0]):
        return False
    kind = KIND_AFTER.match(text, named.end())
    return kind is None or kind[1] is None or DEMONYM.fullmatch(named[0]) is not None


def _leads_to_town(text: str, pos: int) -> int | None:
    """Where the name begins to which `the northern Lebanese city of` leads."""
    town = TOWN_BEFORE.match(text, pos) or CIUDAD.match(text, pos)
    if town is None:
        return None
    name = NAMED.match(text, town.end())
    if name is None or name[0].split(" ", 1)[0].casefold() in DATE_WORDS:
        return None
    return _leads_to_town(text, town.end()) or town.end()


def _read_name(text: str, match: re.Match[str] | None) -> int | None:
    """Where the name that was matched ends; a date's words are no part of it."""
    if match is None:
        return None
    end = match.end()
    words = match[0].split(" ")
    if match[0].casefold() not in PLACES:
        if (
            words[0].casefold() in NOT_PLACES
            and words[1:2] != ["de"]  # Mar de Ojotsk
            and not is_known(" ".join(words[:2]))
        ):
            return None
        kept = 1
        while (
            kept < len(words)
            and words[kept].casefold() not in NAME_ENDS
            and not (words[0][0] >= "Ѐ" and _ends_russian(words[kept - 1], words[kept]))
        ):
            kept += 1
        while kept > 1 and words[kept - 1].islower():
            kept -= 1
        end = match.start() + len(" ".join(words[:kept]))
    if text[end : end + 1] == "." and text[match.start() : end + 1].casefold() in PLACES:
        end += 1
    return end


def _ends_russian(last: str, word: str) -> bool:
    """Whether a Russian place ends before `word`: `в Казани Имя`, not `в Нижнем Новгороде`."""
    return not (RUSSIAN_ADJECTIVE.match(last) or word.endswith(("ой", "ого", "его")))


def _read_way(text: str, pos: int) -> tuple[bool, str, int]:
    """What joins a name that ends at `pos` to a next one: a comma, a way, and where they end."""
    following = text[pos : pos + 3]
    if following[:2] == ", " and following[2:].isupper():
        return True, "", pos + 2  # by far the commonest
    if following[:1] not in (" ", ","):
        return False, "", pos
    part = PART.match(text, pos)
    return (part[1] is not None, part[2] or "", part.end()) if part else (False, "", pos)


def _read_parts(text: str, end: int, alone: bool, is_kind: bool) -> tuple[int, int]:
    """The end of the regions and countries that follow a name, and how many there are.

    A part that the gazetteer lacks counts when it looks like a region, leads up to one that it has
    (`Palu, Central Sulawesi, Indonesia`), or when the date follows.
    """
    regions = 0
    reached = end
    unknown = False
    for _ in range(4):
        comma, way, pos = _read_way(text, reached)
        if not (comma or way):
            break
        leads_in = way in IN
        if (alone and not is_kind and leads_in) or (way == "of" and not is_kind):
            break
        if leads_in and not (comma or is_kind) and (city := CITY.match(text, pos)):
            if city[1].casefold() in CITIES:
                break  # a city with its country, of which the first is no part
        _, named, is_set_out = _read_before(text, pos)
        stop = _read_name(text, named)
        if named is None or stop is None:
            break
        name = text[named.start() : stop]
        known = is_known(name) or is_known(name.rpartition(" of ")[2])
        if known:
            stop = _read_owned(text, stop) or stop
        is_set_out = is_set_out or bool(way and (is_kind or comma or len(way) > 3))
        kind = KIND_AFTER.match(text, stop) if text[stop + 1 : stop + 2].islower() else None
        if kind:
            stop = kind.end()
        elif "-" in name and text.startswith(" border", stop):
            stop += len(" border")
            is_set_out = True
        is_kind = bool(kind) or name.split()[-1] in REGION_WORDS
        is_set_out = is_set_out or is_kind
        if not (comma or known or is_set_out):
            break
        reached = stop
        if known or is_set_out or is_dated(text, stop):
            end = stop
            regions += 1
        elif text[stop : stop + 1] != "," or unknown:
            break
        else:
            unknown = True  # one part may be unknown, two are a name: `CGT, Ada Blanc, à Lyon`
    if text[end : end + 2] != " (":
        return end, regions
    bracketed = IN_BRACKETS.match(text, end)
    if bracketed and is_known(bracketed[1]):
        return bracketed.end(), regions + 1
    return end, regions
