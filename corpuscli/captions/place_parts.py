"""The regions and countries that follow a place's name: `Palu, Central Sulawesi, Indonesia`."""

from typing import NamedTuple

from corpuscli.captions.gazetteer import CITIES
from corpuscli.captions.place_known import is_dated, is_known
from corpuscli.captions.place_pieces import read_before, read_name, read_owned
from corpuscli.captions.place_words import (
    ALIAS,
    CITY,
    IN,
    IN_AREA,
    IN_BRACKETS,
    KIND_AFTER,
    OPENERS,
    PART,
    REGION_WORDS,
)

_MOST = 4  # parts of one place


class _Part(NamedTuple):
    """What follows a name: another name, up to `end`."""

    end: int
    is_sure: bool  # known, or looks like a region
    is_kind: bool  # ends with a word like `province`


def read_parts(text: str, end: int, alone: bool, is_kind: bool) -> tuple[int, int]:
    """The end of the regions and countries that follow a name, and how many there are.

    A part that the gazetteer lacks counts when it looks like a region, leads up to one that it has
    (`Palu, Central Sulawesi, Indonesia`), or when the date follows.
    """
    regions = 0
    alias = ALIAS.match(text, end) if text.startswith(" (", end) else None
    reached = alias.end() if alias else end
    unknown = False
    for _ in range(_MOST):
        part = _read_part(text, reached, alone, is_kind)
        if part is None:
            break
        reached, is_sure, is_kind = part
        if not is_sure and not unknown and (area := _read_area(text, reached)):
            reached, is_sure = area, True
        if is_sure:
            end = reached
            regions += 1
        elif text[reached : reached + 1] != "," or unknown:
            break
        else:
            unknown = True  # one part may be unknown, two are a name: `CGT, Ada Blanc, à Lyon`
    if text[end : end + 2] != " (":
        return end, regions
    bracketed = IN_BRACKETS.match(text, end)
    if bracketed and is_known(bracketed[1]):
        return bracketed.end(), regions + 1
    return end, regions


def _read_way(text: str, pos: int) -> tuple[bool, str, int]:
    """What joins a name that ends at `pos` to a next one: a comma, a way, and where they end."""
    following = text[pos : pos + 3]
    if following[:2] == ", " and following[2:].isupper():
        return True, "", pos + 2  # by far the commonest
    if following[:1] not in (" ", ","):
        return False, "", pos
    part = PART.match(text, pos)
    return (part[1] is not None, part[2] or "", part.end()) if part else (False, "", pos)


def _leads_on(text: str, reached: int, alone: bool, is_kind: bool) -> tuple[bool, str, int] | None:
    """What joins a name to a part of the same place, or None when there is no such part."""
    comma, way, pos = _read_way(text, reached)
    if not (comma or way):
        return None
    if way == "of" and not (is_kind or text.endswith(" City", 0, reached)):
        if text[pos : pos + 20].partition(" ")[0] not in OPENERS:  # of south China's …
            return None
    if way in IN and not is_kind:
        if alone:
            return None
        city = None if comma else CITY.match(text, pos)
        if city and city[1].casefold() in CITIES:
            return None  # a city with its country, of which the first is no part
    return comma, way, pos


def _read_part(text: str, reached: int, alone: bool, is_kind: bool) -> _Part | None:
    """The name after the one that ends at `reached`, if it may be a part of the same place."""
    joint = _leads_on(text, reached, alone, is_kind)
    if joint is None:
        return None
    comma, way, pos = joint
    _, named, is_set_out = read_before(text, pos)
    stop = read_name(text, named)
    if named is None or stop is None:
        return None
    name = text[named.start() : stop]
    known = is_known(name) or is_known(name.rpartition(" of ")[2])
    if known:
        stop = read_owned(text, stop) or stop
    is_set_out = is_set_out or bool(way and (is_kind or comma or len(way) > 3))
    kind = KIND_AFTER.match(text, stop) if text[stop + 1 : stop + 2].islower() else None
    if kind:
        stop = kind.end()
    elif "-" in name and text.startswith(" border", stop):
        stop += len(" border")
        is_set_out = True
    is_region = bool(kind) or name.split()[-1] in REGION_WORDS
    is_region = is_region or (name.endswith(" City") and text.startswith(" of ", stop))
    if not (comma or known or is_set_out or is_region):
        return None
    return _Part(stop, known or is_set_out or is_region or is_dated(text, stop), is_region)


def _read_area(text: str, pos: int) -> int | None:
    """Where ` in the Some Hills, Country` ends, which begins at `pos`."""
    area = IN_AREA.match(text, pos) if text.startswith(" in the ", pos) else None
    return area.end() if area and is_known(area[1]) else None
