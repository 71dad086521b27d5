"""The forms in which agencies set a picture's place apart, at a caption's beginning."""

import re

from corpuscli.captions.gazetteer import CITIES, COUNTRIES, PLACES
from corpuscli.captions.place_forms import (
    ENDS,
    FIRST_NAME,
    FIRST_PAIR,
    LABEL,
    LEADS,
    LINKS,
    MAY_LEAD,
    NOT_LEADS,
)
from corpuscli.captions.place_known import is_known
from corpuscli.captions.place_names import read_known, read_place
from corpuscli.captions.place_words import DATE_WORDS, NOT_PLACES


def find_lead(text: str) -> str | None:
    """`18 August 2018, Region, City: …`, `CITY, COUNTRY - MARCH 12: …`: the place, or None."""
    if not MAY_LEAD.search(text, 0, 110):
        return None
    for form in LEADS:
        match = form.match(text)
        if match and _is_place(match):
            return _without_stop(match[1].strip(" ,،–—-"))
    return None


def find_first(text: str) -> str | None:
    """`Al-Hol camp in Hasakah province, on Feb. 24`, `Lima, Peru. A …`: the place that begins."""
    if text.startswith(("A ", "An ", "The ", "In ", "This ")):
        return None
    label = LABEL.match(text)
    start = label.end() if label else 0
    if not (read_known(text, start) or FIRST_NAME.match(text, start)):
        return _find_pair(text, start)
    place = read_place(text, start, alone=False)
    if place is None or place.start != start or not place.is_set_out:
        return None
    found = text[start : place.end]
    if text[place.end : place.end + 1] == ":" and found.partition(",")[0].casefold() in COUNTRIES:
        return None  # Iran, Israel: …
    return found if ENDS.match(text, place.end) else None


def _find_pair(text: str, start: int) -> str | None:
    """`Reims, France. A baker …`: a town that the gazetteer lacks, with its country."""
    pair = FIRST_PAIR.match(text, start)
    if pair is None or pair[1].partition(",")[0].casefold() in NOT_PLACES:
        return None
    country = pair[2].casefold()
    return pair[1] if country in PLACES and country not in CITIES else None


def _is_place(match: re.Match[str]) -> bool:
    """Whether what stands where a form has its place can be one."""
    words = match[1].replace(",", " ").split()
    if not words or words[0] in NOT_LEADS or words[-1].strip(".").lower() in DATE_WORDS:
        return False
    is_caseless = words[0] == words[0].swapcase()
    is_dated = any(c.isdigit() for c in match[0])
    if len(words) > (4 if is_caseless and not match[0][0].isdigit() else 9):
        return False
    if not is_dated:
        first = match[1].replace("،", ",").partition(",")[0].strip()
        if is_caseless and first not in PLACES:
            return False
        if match[0][-2:] == ": " and "(" not in match[0] and words[0].isupper():
            if not is_known(first):
                return False
    return all(
        _begins_name(word) or word.strip(".") in LINKS for word in words if word[0].isalpha()
    )


def _without_stop(name: str) -> str:
    """A name without the stop of a sentence; `U.S.` and `Calif.` keep theirs."""
    is_short = name.rpartition(", ")[2].casefold() in PLACES
    return name if is_short else name.rstrip(".")


def _begins_name(word: str) -> bool:
    """Whether a word has a capital, or is in a script without any."""
    return word[0] == word[0].upper()
