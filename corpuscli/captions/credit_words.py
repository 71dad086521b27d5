"""What the words of a credit tell of it: whether they are names at all, and where they end."""

import re

from corpuscli.captions.agencies import JOINTS, PARTIES
from corpuscli.captions.credit_forms import ASIDE, DAY, ENDNOTE, LABEL, YEAR_LAST
from corpuscli.captions.gazetteer import PLACES

LONGEST = 160
_UNWRITTEN = re.compile(r"[\u0600-\u06ff]")
_SUFFIXES = ("Inc.", "Ltd.", "Jr.", "Co.")


def unlabelled(credit: str) -> str:
    """A credit without a second label: `Credit: Photo: PA`."""
    label = LABEL.match(credit)
    return credit[label.end() :] if label else credit


def is_aside(credit: str) -> bool:
    """Whether words in brackets are a remark: `left`, or a party."""
    return credit.lower() in PARTIES or ASIDE.fullmatch(credit) is not None


def is_day(credit: str) -> bool:
    """Whether a date stands where a name should: `Photo: 12 April 2026`."""
    return credit.isdigit() or (credit[-1:].isdigit() and DAY.fullmatch(credit) is not None)


def is_where_or_when(credit: str) -> bool:
    """Whether words in brackets, which name no agency, say where or in which year."""
    if YEAR_LAST.search(credit):
        return True
    return all(part.casefold() in PLACES for part in credit.split(", "))


def is_courtesy(credit: str) -> bool:
    """Whether a credit begins with a word that makes it one."""
    return credit.lower().startswith(("courtesy", "handout", "via ", "supplied", "cortesía"))


def is_names(credit: str) -> bool:
    """Whether these are names and what joins them, no sentence."""
    if len(credit) > LONGEST:
        return False
    words = credit.replace("/", " ").split()
    return 0 < len(words) <= 16 and all(
        not word[0].islower()
        or word.strip(".,'’") in JOINTS
        or not word.islower()  # al-Sayed, d'Amico, iStock
        or "." in word  # picturedesk.com
        for word in words
    )


def is_arabic(text: str) -> bool:
    """Whether a text is in Arabic, whose letters tell no name from a word."""
    return _UNWRITTEN.search(text) is not None


def tidy(credit: str) -> str:
    """A credit without what stands around it: signs, brackets left open, notes to editors."""
    if note := ENDNOTE.search(credit):
        credit = credit[: note.start()].rstrip(" ,.")
    credit = credit.strip(' ,;:|\u200e\u200f\ufeff"“”')
    credit = credit.lstrip("-–—/ ") if not credit.startswith(("-/", "–/", "—/")) else credit
    credit = credit.rstrip("-–—/ ")
    if credit.endswith(")") and "(" not in credit:
        credit = credit.rstrip(") ")
    elif credit.startswith("(") and ")" not in credit:
        credit = credit.lstrip("( ")
    if credit.endswith(".") and not credit.endswith(_SUFFIXES):
        credit = credit[:-1].rstrip()
    return credit
