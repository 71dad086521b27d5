"""What a name, and the words after it, tell of whether it is a place."""

from corpuscli.captions.gazetteer import CITIES, PLACES
from corpuscli.captions.place_words import (
    AFTER_PLACES,
    AGE,
    BEFORE_DATES,
    DATE_WORDS,
    ENGLISH,
    LOWER_WORD,
    SIDES,
)


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
