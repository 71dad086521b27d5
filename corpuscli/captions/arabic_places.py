"""Places in Arabic captions. Arabic has no capitals, so only the gazetteer tells a name.

`في خان يونس جنوب قطاع غزة` is one place with its region.
"""

import re

from corpuscli.captions.gazetteer import PLACES

_WORD = r"[\u0621-\u064a\u0671-\u06d3]+"
_LETTER = re.compile("[\u0621-\u064a]")
_WORDS = rf"({_WORD}(?: {_WORD}){{0,2}})"
_SIDE = "(?:شمال|جنوب|شرق|غرب|وسط|شمالي|جنوبي|شرقي|غربي)"
_PREPOSITION = f"(?:في|فوق|قرب|داخل|خارج|قبالة|أمام|محيط|بمحيط|قبالة سواحل|{_SIDE})"
_KIND = (
    "(?:[بل]?(?:مدينة|بلدة|قرية|محافظة|ولاية|منطقة|ضاحية|ميناء|مطار|سوق|شوارع|ساحة|العاصمة|مخيم"
    "|ريف|مدرسة|مستشفى|حي|مديرية(?: أمن)?|مقر|مبنى|ديوان|محكمة|جامعة|محطة(?: قطارات)?"
    "|سواحل|محيط|معبر|ضواحي|أطراف|مشارف|طوارئ|شاطئ|كورنيش|ملعب|استاد|بلدية))"
)
# What the story tells of a place: the situation in, the war in, concerning.
_TOLD = re.compile(
    r"(?:الوضع|الأوضاع|الحرب|الأزمة|الصراع|النزاع|التطورات|السلام|الهدنة|الانتخابات|بشأن|حول|ضد)"
    r"(?: \w+)?\Z"
)
# The words themselves are only looked at: one that is no place may be the next preposition.
_AFTER_PREPOSITION = re.compile(
    rf"(?<!\w)(?:(?:{_PREPOSITION} )?(?:{_KIND} ){{1,3}}|{_PREPOSITION} حدود |{_PREPOSITION} |ب)"
    rf"(?={_WORDS})"
)
_TOWN = re.compile("مدينة|بلدة|محافظة|ولاية|قرية|مخيم|مديرية(?! أمن)")
# `محافظة الشرقية`, which is only an adjective alone.
_ADJECTIVE = re.compile("محافظة (?=ال[^ ]+ية$)")
_PART = re.compile(rf"،? (?:(?:في|قرب) )?(?:ريف )?(?:{_SIDE} )?{_WORDS}")


def find_arabic_place(text: str) -> str | None:
    """The first place after a preposition, with the regions that follow it, or None."""
    if not _LETTER.search(text):
        return None
    for match in _AFTER_PREPOSITION.finditer(text):
        if _TOLD.search(text[max(0, match.start() - 24) : match.start()].rstrip()):
            continue
        end = _read_name(match)
        if end is None and _TOWN.search(match[0]):
            # A town that the gazetteer lacks is one word long.
            end = match.start(1) + len(match[1].partition(" ")[0])
        if end is None:
            continue
        start = match.start(1)
        if _ADJECTIVE.search(text, match.start(), end):
            start -= len("محافظة ")
        while (part := _PART.match(text, end)) and (stop := _read_name(part)):
            end = stop
        return text[start:end]
    return None


def _read_name(match: re.Match[str]) -> int | None:
    """Where the longest name at the first of the matched words ends."""
    name = match[1]
    while name not in PLACES:
        name, space, _ = name.rpartition(" ")
        if not space:
            return None
    return match.start(1) + len(name)
