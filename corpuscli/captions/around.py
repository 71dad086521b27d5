"""A date and the words around it, parted as `story` reads them."""

import re
from typing import NamedTuple

from corpuscli.captions.months import WEEKDAYS
from corpuscli.captions.story_words import DAYTIMES, FILLERS

# How far a caption is read before a date, in characters.
_BEFORE = 160
_PHRASE = re.compile(r"[^.;:()\[\]/|–—]{0,40}")


class Around(NamedTuple):
    """A date and the words before it, up to the beginning of its sentence."""

    text: str
    start: int
    end: int
    clause: str  # as written
    words: list[str]  # in lower case, without what leads to the date
    leads: list[str]  # `on`, `am Montag,`: what stood between, from the date outwards
    is_later: bool  # whether a sentence stands before this one


def look_around(text: str, start: int, end: int) -> Around:
    """The date `text[start:end]` with its sentence before it."""
    before = text[max(0, start - _BEFORE) : start]
    clause = _last_clause(before)
    words = clause.lower().split()
    if words and words[-1] == "a" and " de " in text[start:end]:
        words.pop()  # a 15 de mayo de 2025
    leads = []
    if words and words[-1] == "of" and not DAYTIMES.isdisjoint(words[-2:]):
        # in the early morning hours of
        while words and words[-1] not in ("in", "on", "during"):
            words.pop()
        leads = words[-1:]
        del words[-1:]
    while words and words[-1].strip(",.") in FILLERS:
        leads.append(words.pop().strip(",."))
    if words and words[-1] in ("in", "at") and leads and leads[-1] in WEEKDAYS:
        words.pop()  # in Monday, a slip
    is_later = before[: -len(clause) - 1].endswith((".", "?")) if clause else False
    return Around(text, start, end, clause, words, leads, is_later)


def is_behind_name(date: Around) -> bool:
    """Whether the word before what leads to a date is a name."""
    before = date.text[max(0, date.start - 80) : date.start].split()
    return len(before) > len(date.leads) and before[-1 - len(date.leads)][0].isupper()


def _last_clause(before: str) -> str:
    """The end of `before`, from the last stop that is no abbreviation's."""
    at = before.rfind(". ")
    while at > 3 and not before[at - 4 : at].isalpha():
        at = before.rfind(". ", 0, at)
    at = max(at, before.rfind("; "), before.rfind(") "), before.rfind("? "))
    return before[at + 2 :] if at > 3 else before


def following_words(text: str, end: int) -> list[str]:
    """The two words after a date that belong to its phrase."""
    if text[end : end + 1] in ("", ".", ":", ")"):
        return []
    phrase = _PHRASE.match(text, end)
    return phrase[0].lower().replace(",", " ").split(None, 2)[:2] if phrase else []
