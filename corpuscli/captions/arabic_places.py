"""Places in Arabic captions. Arabic has no capitals, so only the gazetteer tells a name.

`في خان يونس جنوب قطاع غزة` is one place with its region.
"""

import re

from corpuscli.captions.gazetteer import PLACES

_WORD = r"[\u0621-\u064a\u0671-\u06d3]+"
_WORDS = rf"({_WORD}(?: {_WORD}){{0,2}})"
_SIDE = "(?:شمال|جنوب|شرق|غرب|وسط|شمالي|جنوبي|شرقي|غربي)"
_PREPOSITION = f"(?:في|فوق|قرب|داخل|خارج|قبالة|{_SIDE})"
_KIND = "(?:ب?(?:مدينة|بلدة|قرية|محافظة|ولاية|منطقة|ضاحية|ميناء|مطار|سوق|شوارع|ساحة|العاصمة))"
# The words themselves are only looked at: one that is no place may be the next preposition.
_AFTER_PREPOSITION = re.compile(
    rf"(?<!\w)(?:(?:{_PREPOSITION} )?{_KIND} |{_PREPOSITION} |ب)(?={_WORDS})"
)
_TOWN = re.compile("مدينة|بلدة|محافظة|ولاية|قرية")
_PART = re.compile(rf"،? (?:(?:في|قرب) )?(?:{_SIDE} )?{_WORDS}")


def find_arabic_place(text: str) -> str | None:
    """The first place after a preposition, with the regions that follow it, or None."""
    if text.isascii():
        return None
    named = None
    for match in _AFTER_PREPOSITION.finditer(text):
        end = _read_name(match)
        if end is None:
            if named is None and _TOWN.search(match[0]):
                named = match[1].partition(" ")[0]  # a town that the gazetteer lacks
            continue
        while (part := _PART.match(text, end)) and (stop := _read_name(part)):
            end = stop
        return text[match.start(1) : end]
    return named


def _read_name(match: re.Match[str]) -> int | None:
    """Where the longest name at the first of the matched words ends."""
    name = match[1]
    while name not in PLACES:
        name, space, _ = name.rpartition(" ")
        if not space:
            return None
    return match.start(1) + len(name)
