"""Where a photo was taken, when no preposition leads to it: the forms to try last.

A caption without any place comes through here, so each form is first asked for by its words.
"""

from corpuscli.captions.credits import find_credit
from corpuscli.captions.gazetteer import CITIES, LANDMARKS, PLACES
from corpuscli.captions.place_forms import (
    ADJECTIVE,
    AT_LANDMARK,
    BUILDINGS,
    CITY_EVENT,
    ELIDED,
    EVENTS,
    HAS_NUMBERS,
    HOUSE,
    HOUSES,
    LANDMARK_WORDS,
    LIFE,
    MAP,
    MAP_WORDS,
    MONTH_WORDS,
    PREMIERE,
    RUN,
    SHOWS,
    TOWN,
    TOWNS,
    UNSEEN,
    VIEWS,
)
from corpuscli.captions.place_known import is_known
from corpuscli.captions.place_names import read_place


def find_otherwise(text: str) -> str | None:
    """The place in a text whose sentence has none after a preposition, or None."""
    words = frozenset(text.replace(",", " ").replace(".", " ").replace("'s ", " ").split())
    return (
        _find_adjective(text, words)
        or (None if TOWNS.isdisjoint(words) else _find_town(text))
        or _find_after_noun(text, words)
        or (_find_before_date(text) if _may_have_day(text, words) else None)
        or (None if LANDMARK_WORDS.isdisjoint(words) else _find_landmark(text))
        or (None if MAP_WORDS.isdisjoint(words) else _find_on_map(text))
    )


def _find_adjective(text: str, words: frozenset[str]) -> str | None:
    """`a Harare street`, `the 2024 Paris, France, premiere`."""
    premiere = PREMIERE.search(text) if not SHOWS.isdisjoint(words) else None
    if premiere and premiere[1].split(",")[0].casefold() in PLACES:
        return premiere[1]
    if BUILDINGS.isdisjoint(words):
        return None
    for match in ADJECTIVE.finditer(text):
        if match[1].casefold() in PLACES:
            return match[1]
    return None


def _find_after_noun(text: str, words: frozenset[str]) -> str | None:
    """`das Landgericht Aschaffenburg`, `l'administration d'Almaty`, `the Venice Film Festival`."""
    if not HOUSES.isdisjoint(words) and (house := HOUSE.search(text)):
        return house[1]
    for match in ELIDED.finditer(text) if "d'" in text or "d’" in text else ():
        place = read_place(text, match.start(2), alone=False)
        if place and (match[2].casefold() in CITIES or match[1].lower() in VIEWS):
            return text[place.start : place.end]
    for match in CITY_EVENT.finditer(text) if not EVENTS.isdisjoint(words) else ():
        if match[1].casefold() in CITIES:
            return match[1]
    return None


def _find_town(text: str) -> str | None:
    """`patrol the northern town of Tripoli`, with no preposition."""
    for match in TOWN.finditer(text):
        place = read_place(text, match.end(), alone=False)
        if place and not UNSEEN.search(text, 0, match.start() + 1):
            return text[place.start : place.end]
    return None


def _may_have_day(text: str, words: frozenset[str]) -> bool:
    return not MONTH_WORDS.isdisjoint(words) or HAS_NUMBERS.search(text) is not None


def _find_before_date(text: str) -> str | None:
    """`…, Cairo, Egypt, May 3, 2021`, with no preposition."""
    for match in RUN.finditer(text):
        names = match[1].split(", ")
        if LIFE.search(text[max(0, match.start() - 12) : match.start()]) or names[0] in (
            "Am",
            "Vom",
            "On",
        ):
            continue
        if not text[: match.start()].endswith(". "):  # a sentence of its own
            while names and not is_known(names[0]):
                names.pop(0)
        found = ", ".join(names)
        if found and found not in (find_credit(text) or ""):
            return found
    return None


def _find_on_map(text: str) -> str | None:
    """`on Backwater Bridge`, with no city."""
    found = MAP.search(text)
    return found[1] if found else None


def _find_landmark(text: str) -> str | None:
    """`at the White House`, with no city."""
    for match in AT_LANDMARK.finditer(text):
        name = match[1]
        while name:
            if name.casefold() in LANDMARKS:
                return name
            name = name.rpartition(" ")[0]
    return None
