"""The pieces of a place that a caption writes: what leads to its name, the name, what it owns."""

import re

from corpuscli.captions.gazetteer import PLACES
from corpuscli.captions.place_known import is_known
from corpuscli.captions.place_words import (
    AREA_OF,
    ARTICLES,
    CITY_WORD,
    CIUDAD,
    DATE_WORDS,
    DEMONYM,
    GERMAN_VENUE,
    KIND_AFTER,
    KIND_NOUN,
    MAY_MODIFY,
    MODIFIERS,
    NAME_ENDS,
    NAMED,
    NOT_PLACES,
    OWNED,
    OWNED_AREA,
    RUSSIAN_ADJECTIVE,
    TOWN_BEFORE,
)


def read_before(text: str, pos: int) -> tuple[int, re.Match[str] | None, bool]:
    """Where a place starts, its name, and whether a word like `town` leads to it."""
    start = name = pos
    if MAY_MODIFY.match(text, pos):
        area = AREA_OF.match(text, pos)
        if area:
            return area.start(1), read_before(text, area.end())[1], True
        modifiers = MODIFIERS.match(text, pos)
        if modifiers:
            start, name = modifiers.start(1), modifiers.end()
    if kind := KIND_NOUN.match(text, name):
        return kind.end(), NAMED.match(text, kind.end()), True
    if venue := _read_venue(text, pos):
        return venue.start(), venue, True
    named = NAMED.match(text, name)
    if named is None or _is_demonym(text, named):
        town = _leads_to_town(text, pos)
        if town:
            return town, NAMED.match(text, town), True
    return start, named, name > start


def _read_venue(text: str, pos: int) -> re.Match[str] | None:
    """The city after `der polizeilichen Beratungsstelle`, or None."""
    if not (text.startswith(ARTICLES, pos) or text[pos - 2 : pos] == "m "):
        return None
    venue = GERMAN_VENUE.match(text, pos)
    if venue is None:
        return None
    named = NAMED.match(text, venue.end())
    if named is None or named[0].casefold() not in PLACES:
        named = CITY_WORD.match(text, venue.end())  # im Tierpark Berlin Heu
    return named if named and named[0].casefold() in PLACES else None


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


def read_name(text: str, match: re.Match[str] | None) -> int | None:
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


def read_owned(text: str, pos: int) -> int | None:
    """Where `'s capital Sanaa` or `'s southern suburbs` ends, which begins at `pos`."""
    owned = OWNED.match(text, pos)
    if owned is None:
        return None
    name = read_name(text, NAMED.match(text, owned.end()))
    if name is not None:
        kind = KIND_AFTER.match(text, name)
        return kind.end() if kind else name
    area = OWNED_AREA.match(text, pos)
    return area.end() if area else None
