"""Reading a place where a caption writes one: its name, and the regions and countries with it.

`Elmont, New York`; `Wuyan, near Srinagar`; `Yemen's capital Sanaa`; `the northern Lebanese city of
Tripoli`, which is `Tripoli`; `the West Bank city of Jenin`, which names its region and stays whole.
"""

import re
from typing import NamedTuple

from corpuscli.captions.gazetteer import CITIES, LANDMARKS, PLACES
from corpuscli.captions.months import MONTHS, WEEKDAYS
from corpuscli.captions.words import word_set


class Place(NamedTuple):
    """A place at `text[start:end]`."""

    start: int
    end: int
    is_known: bool  # the gazetteer has its first name
    is_set_out: bool  # a region, a country or a word like `town` stands with it


DATE_WORDS = WEEKDAYS.union(*MONTHS)

# Capitalised words after a preposition that begin no place.
_NOT_PLACES = DATE_WORDS | word_set(
    """
    parliament congress senate court cabinet government army navy police ramadan eid easter
    christmas hajj english arabic french german spanish russian chinese hebrew persian turkish
    ukrainian muslim islam islamic christian group round game match operation covid covid-19 world
    olympic olympics premier league super cup champions formula grand serie bundesliga wimbledon
    president prime minister king queen prince princess crown pope sheikh dr general house state
    supreme high security foreign interior defense defence mr mrs ms sir lord lady allah god jesus
    i he she they it this these those an a the his her their photo image picture file left right
    front first second nato eu european un hamas hezbollah houthi taliban isis fatah israeli
    palestinian lebanese syrian iraqi iranian saudi egyptian american british republican
    democratic conservative labour labor reuters afp ap dpa epa xinhua getty spa day memorial
    independence victory national international federal royal air force fashion instagram twitter
    facebook telegram tiktok youtube whatsapp x google apple handschellen trümmern flammen betrieb
    uniform sicht deckung tracht kraft zivil haft aktion richtung schutzkleidung bundestag landtag
    gericht kanzleramt stellung position anwesenheit begleitung совете совет госдуме кремле
    """
)  # fmt: skip

_UPPER = "A-ZÀ-ÖØ-ÞĀČĆĐĞİŁŌŚŞŠŪŽА-ЯЁ"
_WORD = (
    rf"(?:(?:St|Ft|Mt)\. )?(?:[A-Za-z]{{1,3}}[-'’])?[{_UPPER}]"
    r"(?:[\w-]|['’](?![sS]\b)|/(?=[A-Z])|\.(?=[A-Z]))*"
)
_LINK = (
    "(?:de la|de los|de las|de|del|da|do|dos|di|du|des|la|las|los|le|el|al|of the|of|am|an der|upon"
    "|y)"
)
NAME = rf"{_WORD}(?: (?:{_LINK} )?{_WORD}){{0,4}}"
_NAME = re.compile(NAME)

_SIDE = "(?:north|south|east|west|central)(?:-?(?:east|west))?(?:ern)?"
_MODIFIER = (
    rf"(?:{_SIDE}|downtown|rural|coastal|mainland|occupied|upper|lower"
    r"|[A-Z][a-z]+-(?:occupied|annexed|administered|controlled|held)|[a-z]+-held"
    r"|(?:nörd|süd|öst|west)lichen)"
)
_MODIFIERS = re.compile(rf"(?:the |l['’]|la |le |el )?((?:{_MODIFIER} ){{0,3}})")

_TOWN = "(?:port city|capital city|city|town|village|township|hamlet|settlement|capital|port)"
_AREA = (
    "(?:region|province|state|district|county|governorate|islands?|peninsula|valley|desert|camp"
    "|crossing|countryside|oblast|prefecture|municipality|neighbou?rhood|suburbs?|outskirts|area"
    "|archipelago|highlands|mountains?|hills?|forest|river|lake|quarter|coast|borough|mine|base"
    "|airport|terminal|street|square|avenue)"
)
_KIND_AFTER = re.compile(
    r" (?:(?:refugee|border|air|naval|military|autonomous|displacement|mountain|industrial|port"
    r"|[a-z]+i) )?"
    rf"(?:({_AREA})|(?!capital|port){_TOWN})\b"
)
# `the northern Lebanese city of Tripoli`, `the outskirts of Jerusalem`: what leads to a name.
_STOPS = r"(?:in|on|at|near|of|from|and|for|with|to|by|after|during)\b"
_CIUDAD = re.compile(
    r"(?:la |el |le |l['’]|der |die |im )?(?:ciudad|localidad|pueblo|municipio|barrio|aldea|ville"
    r"|village|commune|localité|Stadt|Ortschaft|Gemeinde)(?: [a-zà-ÿ]+){0,2}?"
    r" (?:(?:de|von) |d['’])?(?:la |las |los |el )?(?=[^\W\d_a-zß-öø-ÿ])"
)
_TOWN_BEFORE = re.compile(
    rf"(?:the |a |an )?(?:(?!{_STOPS})[\w'’.-]+ ){{0,5}}?"
    rf"(?:{_TOWN}(?: of| called| named)?|{_AREA} of|streets of)(?: the)? "
)
_AREA_OF = re.compile(
    rf"(?:the )?((?:{_MODIFIER} )?(?:outskirts|suburbs?|coast|countryside) of )(?:the )?"
)
_OWNED = re.compile(r"['’]s ((?:(?!(?:in|on|at|near|after|during)\b)[a-z-]+ ){0,5})")
_OWNED_AREA = re.compile(rf"['’]s (?:(?!(?:in|on|at|near)\b)[a-z-]+ ){{0,3}}?{_AREA}\b")
_REGION_WORDS = word_set(
    """
    Province Region County State District Governorate Oblast Island Islands Prefecture Department
    Village Town Township
    """
)

_WAY = (
    rf"(?:(?:about |some |around )?\d+ (?:kms?|kilomet(?:er|re)s|miles) "
    rf"(?:\([^()]{{2,20}}\) )?)?{_SIDE} of"
    r"|(?:en|dans|au|à|am) (?:el |le |la |l['’])?(?:norte|sur|este|oeste|centro|nord|sud|est|ouest"
    r"|noreste|noroeste|sureste|suroeste)(?:-est|-ouest)? (?:de|du|de la|d['’]|des)"
    "|near|outside|just outside|on the outskirts of|on the border with|close to"
    "|on the [a-z]+ outskirts of|in|en|im|au|aux|à|près de|cerca de|bei|nahe|под|возле|dans|em"
)
_PART = re.compile(rf"(,)?(?: ({_WAY}|of))? ")
_IN_BRACKETS = re.compile(rf" \(({NAME})\)")


def read_place(text: str, pos: int, *, alone: bool) -> Place | None:
    """The place written at `pos`, just after a preposition, or None.

    `alone` for a venue or a place of the story: what follows it after `in` is another place.
    """
    start, pos, is_set_out = _read_before(text, pos)
    end = _read_name(text, pos)
    if end is None:
        return None
    name = text[pos:end]
    if name.casefold() in LANDMARKS and text[end : end + 2] != ", ":
        return None
    known = is_known(name)
    if not known and _GERMAN_NOUN.search(name) and _GERMAN.search(text) and not is_dated(text, end):
        return None
    if text[end : end + 2] in ("'s", "’s"):
        if not known:
            return None
        owned = _read_owned(text, end)
        if owned is None:
            return Place(start, end, known, False)
        end = owned
    kind = _KIND_AFTER.match(text, end)
    is_kind = bool(kind) or name.rpartition(" ")[2] in _REGION_WORDS
    end, regions = _read_parts(text, kind.end() if kind else end, alone, is_kind)
    is_set_out = is_set_out or bool(kind) or regions > 0
    if not (known or is_set_out) and is_adjective(text, end):
        return None
    return Place(start, end, known, is_set_out)


def _read_owned(text: str, pos: int) -> int | None:
    """Where `'s capital Sanaa` or `'s southern suburbs` ends, which begins at `pos`."""
    owned = _OWNED.match(text, pos)
    if owned is None:
        return None
    name = _read_name(text, owned.end())
    if name is not None:
        kind = _KIND_AFTER.match(text, name)
        return kind.end() if kind else name
    area = _OWNED_AREA.match(text, pos)
    return area.end() if area else None


def is_known(name: str) -> bool:
    """Whether the gazetteer has this name, alone or with a word before or after its city's."""
    if len(name) == 2:
        return name.isupper() and name.casefold() in PLACES
    folded = name.casefold()
    if folded in PLACES:
        return True
    first, _, rest = folded.partition(" ")
    return bool(rest) and (first in CITIES or rest in CITIES or folded.rsplit(" ", 1)[1] in CITIES)


def is_dated(text: str, end: int) -> bool:
    """Whether a date, or a part of one, follows the place that ends at `end`."""
    for word in text[end : end + 40].lstrip(",").split()[:3]:
        bare = word.strip(".,").lower()
        if bare.isdigit() and word.endswith(",") and len(bare) < 4:
            return False  # an age
        if bare[:1].isdigit() or bare in DATE_WORDS:
            return not word.startswith("(")
        if bare not in _BEFORE_DATES:
            return False
    return False


def is_adjective(text: str, end: int) -> bool:
    """Whether a noun follows: `in Israeli custody`."""
    word = _LOWER_WORD.match(text, end)
    return word is not None and word[1] not in _AFTER_PLACES and bool(_ENGLISH.search(text))


# `in Schutzanzügen`: German nouns have capitals too.
_GERMAN_NOUN = re.compile(r"^\S+(?:en|ern|eln|ung|heit|keit|schaft|tion)$")
_GERMAN = re.compile(
    r" (?:der|die|das|und|ein|eine|mit|auf|den|dem|des|im|am|von|zum|zur|ist|wird|sich|nicht) "
)
_LOWER_WORD = re.compile(r" ([a-zß-ÿа-я][^\W\d_]*)")
_ENGLISH = re.compile(r" (?:the|an?|of|and|on|at|with|for|after|is) ")
_AFTER_PLACES = word_set(
    """
    on in at near during after before as for and where to with by while when following amid ahead
    of from over under since until against early late this last that which who is are was were has
    have am le el vom den um bei mit nach während und wird ist zu lors pendant durante y et во в
    на после
    """
)
_BEFORE_DATES = word_set(
    """
    on am le el vom late early den the this
    """
)


def _read_before(text: str, pos: int) -> tuple[int, int, bool]:
    """Where a place starts, where its name does, and whether a word like `town` leads to it."""
    area = _AREA_OF.match(text, pos)
    if area:
        return area.start(1), _read_before(text, area.end())[1], True
    modifiers = _MODIFIERS.match(text, pos)
    start, name = (modifiers.start(1), modifiers.end()) if modifiers else (pos, pos)
    named = _NAME.match(text, name)
    if named is None or _is_demonym(text, named):
        town = _leads_to_town(text, pos)
        if town:
            return town, town, True
    return start, name, name > start


def _is_demonym(text: str, named: re.Match[str]) -> bool:
    """Whether a name only describes the town that follows: `Lebanese city of Tripoli`."""
    if not _LOWER_WORD.match(text, named.end()) or is_known(named[0]):
        return False
    kind = _KIND_AFTER.match(text, named.end())
    return kind is None or kind[1] is None


def _leads_to_town(text: str, pos: int) -> int | None:
    """Where the name begins to which `the northern Lebanese city of` leads."""
    town = _TOWN_BEFORE.match(text, pos) or _CIUDAD.match(text, pos)
    if town is None:
        return None
    name = _NAME.match(text, town.end())
    if name is None or name[0].split(" ", 1)[0].casefold() in DATE_WORDS:
        return None
    return _leads_to_town(text, town.end()) or town.end()


def _read_name(text: str, pos: int) -> int | None:
    """Where the name that begins at `pos` ends; a date's words are no part of it."""
    match = _NAME.match(text, pos)
    if match is None:
        return None
    end = match.end()
    words = match[0].split(" ")
    if match[0].casefold() not in PLACES:
        if words[0].casefold() in _NOT_PLACES and not is_known(" ".join(words[:2])):
            return None
        kept = 1
        while kept < len(words) and words[kept].casefold() not in DATE_WORDS:
            kept += 1
        while kept > 1 and words[kept - 1].islower():
            kept -= 1
        end = pos + len(" ".join(words[:kept]))
    if text[end : end + 1] == "." and text[pos : end + 1].casefold() in PLACES:
        end += 1
    return end


def _read_parts(text: str, end: int, alone: bool, is_kind: bool) -> tuple[int, int]:
    """The end of the regions and countries that follow a name, and how many there are.

    A part that the gazetteer lacks counts when it looks like a region, leads up to one that it has
    (`Palu, Central Sulawesi, Indonesia`), or when the date follows.
    """
    regions = 0
    reached = end
    unknown = False
    for _ in range(4):
        part = _PART.match(text, reached)
        if part is None or not (part[1] or part[2]):
            break
        if alone and not is_kind and part[2] in ("in", "en", "im", "au", "em", "dans"):
            break
        if part[2] == "of" and not is_kind:
            break
        _, pos, is_set_out = _read_before(text, part.end())
        stop = _read_name(text, pos)
        if stop is None:
            break
        name = text[pos:stop]
        known = is_known(name) or is_known(name.rpartition(" of ")[2])
        if known:
            stop = _read_owned(text, stop) or stop
        if kind := _KIND_AFTER.match(text, stop):
            stop = kind.end()
        is_kind = bool(kind) or name.split()[-1] in _REGION_WORDS
        is_set_out = is_set_out or is_kind or bool(part[2] and len(part[2]) > 3) or part[2] == "of"
        if not (part[1] or known or is_set_out):
            break
        reached = stop
        if known or is_set_out or name.split()[-1] in _REGION_WORDS or is_dated(text, stop):
            end = stop
            regions += 1
        elif text[stop : stop + 1] != "," or unknown:
            break
        else:
            unknown = True  # one part may be unknown, two are a name: `CGT, Ada Blanc, à Lyon`
    bracketed = _IN_BRACKETS.match(text, end)
    if bracketed and is_known(bracketed[1]):
        return bracketed.end(), regions + 1
    return end, regions
