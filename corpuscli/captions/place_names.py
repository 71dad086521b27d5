"""Reading a place where a caption writes one: its name, and the regions and countries with it.

`Elmont, New York`; `Wuyan, near Srinagar`; `Yemen's capital Sanaa`; `the northern Lebanese city of
Tripoli`, which is `Tripoli`; `the West Bank city of Jenin`, which names its region and stays whole.
"""

from typing import NamedTuple

from corpuscli.captions.gazetteer import LANDMARKS, PLACES
from corpuscli.captions.place_known import is_adjective, is_dated, is_known
from corpuscli.captions.place_parts import read_parts
from corpuscli.captions.place_pieces import (
    read_before,
    read_name,
    read_owned,
)
from corpuscli.captions.place_words import (
    ARTICLE,
    ARTICLES,
    CLUB,
    FRENCH_TOWN,
    GERMAN,
    GERMAN_ARTICLES,
    GERMAN_NOUN,
    GERMAN_TOWN,
    KIND_AFTER,
    LEADERS,
    NAMED,
    OPENERS,
    REGION_WORDS,
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
    if first in GERMAN_ARTICLES or words[i - 1] in ("im", "am"):
        return True  # der polizeilichen Beratungsstelle Frankfurt
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
    start, named, is_set_out = read_before(text, pos)
    end = read_name(text, named)
    if named is None or end is None:
        return None
    name = text[named.start() : end]
    known = is_known(name) or _is_town(text, name)
    if CLUB.search(name) or (not known and (has_article or _is_no_place(text, name, end))):
        return None
    if text[end : end + 2] in ("'s", "’s"):
        if not known:
            return None
        owned = read_owned(text, end)
        if owned is None:
            return Place(start, end, known, False)
        end = owned
    kind = KIND_AFTER.match(text, end) if text[end + 1 : end + 2].islower() else None
    is_kind = bool(kind) or name.rpartition(" ")[2] in REGION_WORDS or name.startswith("Joint Base")
    alone = alone and not text.startswith("outskirts", start)
    end, regions = read_parts(text, kind.end() if kind else end, alone, is_kind)
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
