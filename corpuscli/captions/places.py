"""Where a photo was taken, as its caption writes it.

First the forms in which agencies set the place apart: `18 August 2018, Region, City: …`,
`CITY, COUNTRY - MARCH 12: …`. Then the sentence: every place to which a preposition leads is a
candidate, weighed by what stands around it. One beside the date is the picture's; one after `the
war` or `president of` is the story's.
"""

import re

from corpuscli.captions.arabic_places import find_arabic_place
from corpuscli.captions.credits import find_credit
from corpuscli.captions.gazetteer import COUNTRIES, LANDMARKS, PLACES
from corpuscli.captions.place_names import (
    DATE_WORDS,
    NAME,
    Place,
    is_adjective,
    is_dated,
    is_known,
    read_place,
)
from corpuscli.captions.words import word_set

# A caption says its place early: of a longer text only so many characters are read.
_LONGEST = 3000

# How firmly a preposition says that the place after it is the picture's.
_PREPOSITIONS = {
    **dict.fromkeys(word_set("in near outside inside off nahe à en près cerca"), 2),
    **dict.fromkeys(word_set("в во возле около близ em"), 2),
    **dict.fromkeys(word_set("at on along across around above over into through down"), 1),
    **dict.fromkeys(word_set("bei vor im au aux dans под на"), 1),
    **dict.fromkeys(word_set("from of to de von aus"), 0),
}
_PREPOSITION = re.compile(
    rf" ({'|'.join(f'{word}|{word.capitalize()}' for word in _PREPOSITIONS)})(?: de)?(?= \S)"
)
# No place is further from its preposition: `in the port city of Derna`.
_LIFE = re.compile(r"(?:[Bb]orn|[Dd]ied) (?:in|at) \Z")
_LIVES = re.compile(" (?:gestorben|geboren|ermordet|getötet)")
_CAPITAL_AHEAD = re.compile(
    r" (?:[^\W\d_A-ZÀ-ÖØ-ÞА-Я][^\s.,;:()]* ){0,7}[^\s.,;:()]*[^\sa-zß-öø-ÿ.,;:()]"
)
# After these only what has a comma belongs to the place: `at the White House in Washington`.
_ALONE = word_set("at of from to on")

# What a candidate needs to be the answer, and what its surroundings add.
_ENOUGH = 2
_BESIDE_DATE = 3
_TOLD = -3

# Before a preposition: what the story tells of a place that the picture need not show.
_TELLING = word_set("""
    war wars conflict crisis ceasefire truce situation coup genocide famine about against regarding
    president minister king queen mayor ambassador invasion fighting elections election peace
    rights ties relations deal agreement policy sanctions influence violence involvement
    intervention born died escalation developments unrest role exports killings over
    missiles rockets
    krieg konflikt bürgermeister
    guerre conflit maire président
    guerra conflicto presidente
    войны война конфликта президент
""")
# Before `of` or `de`: what can be seen of a place.
_VIEWS = word_set("""
    photo picture image footage video view views visit trip bild foto aufnahme imagen aérienne
    residents skyline streets port center centre heart side rathaus hafen
    gare ville village rue rues habitants
    vista vecinos incendio mercado playa barrio universidad puerto ciudad calle calles plaza
    casa estación aeropuerto centro
""")

_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th|er|\.)?[ -](?:of |de )?[^\W\d]{3,10}\.?,?(?: (?:de )?\d{4})?"
    r"|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d"
    r"|[^\W\d]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?(?:, ?\d{4}| \d{4})?)"
)
_LEADS = (
    # ARCHIV - 09.06.2024, Region, City: …
    re.compile(
        rf"(?:\W?[^\W\d]{{4,12}}(?: PHOTO)?\W{{1,4}})?{_DAY} ?[,،–-]+ ?"
        r"([^:\d]{2,90}?)(?::| [–—-]) "
    ),
    # CITY, COUNTRY - MARCH 12: …
    re.compile(
        rf"([^\W\d_](?:(?! [–—-] )[^:\d()]){{1,80}}?)(?:,| ?[–—-]|\.) ?{_DAY}"
        r" ?(?:\([^()]{2,20}\) ?)?[–—:.-]"
    ),
    # Soccer Football - Serie A - Stadium, City, Country - May 19, 2024
    re.compile(rf"(?:[^–—:-]{{2,60}} [–—-] ){{1,4}}([^–—:-]{{2,80}}) [–—-] {_DAY}"),
    re.compile(rf"(?:[^–—:-]{{2,60}} [–—-] ){{1,4}}([^–—:-]{{2,80}}), {_DAY} [–—-] "),
    # Dec 27, 2014; City, ST, USA; …
    re.compile(rf"{_DAY}; ([^:;\d]{{2,80}});"),
    # CITY, Country (AGENCY) - …
    re.compile(
        r"((?:[^\W\d_a-zß-öø-ÿа-яё]|[’'. -]){3,40}(?:, [A-Z][\w .]{2,20}?)?)"
        r" ?(?:\([\w/ ]{2,20}\) ?)?(?:[–—-]{1,2}|:) "
    ),
)
_NOT_LEADS = word_set("""
    FILE FILED FILES PHOTO ARCHIV ARCHIVO ARCHIVE ARCHIVES UPDATE EDITORS EDS NOTE TOPSHOT COMBO
    HANDOUT VIDEO AFP AP REUTERS EPA PRODUKTION SYMBOLBILD
""")
_LINKS = word_set("of de del al am an der and near la the bei in")

_SLUG = re.compile(r"^\(\d{6}\) -- ")  # (230131) -- CITY, …
_LABEL = re.compile(r"(?:FILE PHOTO|FILE|TOPSHOT|ARCHIV|ARCHIVO)(?::| [-–—]) ")
_FIRST_NAME = re.compile(
    r"(?:[A-Z][\w'’-]+ ){1,3}(?:Square|Street|Avenue|Bridge|Palace|Airport|Port|Island|Bay|Lake"
    r"|Mountain|camp|village|town|city|district|province|island|crossing|neighbou?rhood)\b"
)
_ENDS = re.compile(r"[.,]? ?(?:\d{4}\b|on |\(|[-–—] |$)|\. ")

# `a Harare street`, `outside Beirut's port`
_ADJECTIVE = re.compile(
    r" (?:[Aa]n?|[Tt]he|[Ii]n|[Aa]t|[Oo]utside|[Ii]nside|[Nn]ear|[Oo]n|of|from) (?:an? |the )?"
    rf"({NAME})(?:['’]s)?(?: [a-z-]+){{0,2}}? "
    r"(?:street|road|market|airport|port|harbou?r|suburb|skyline|hospital|shop|store|mall|hotel"
    r"|court|courtroom|courthouse|beach|square|caf[eé]|restaurant|school|university|mosque|church"
    r"|cathedral|cemetery|slum|prison|park|stadium|neighbou?rhood|district|apartment|building"
    r"|factory|plant|station|metro|subway|bridge|waterfront|corniche|souk|bazaar|bakery|studio"
    r"|gallery|museum|clinic|camp|border|crossing|zoo|highway|alley|rooftop|bank|pharmacy|gym"
    r"|nightclub)s?\b"
)
# `the 2024 Paris, France, premiere`
_PREMIERE = re.compile(
    rf" the (?:\d{{4}} )?({NAME}(?:, {NAME})?),? (?:premiere|screening|show|marathon|derby)\b"
)
_TOWN = re.compile(r" [Tt]he (?=(?:[\w-]+ ){0,4}(?:city|town|village|province|district) of )")
_VENUE = re.compile(
    r"(?:[\w’'.-]+ ){0,5}(?:Building|University|Highway|Street|Avenue|Road|Stadium|Zoo|Park"
    r"|Hospital|Palace|Hotel|Museum|Hall|Church|Mosque|Cathedral|Theat(?:re|er)|Station|Bridge|School|Court"
    r"|Arena|Plaza|Tower|Mall|Prison|Cemetery|Institute|Club|Library|House|Cent(?:er|re))"
    r"(?:,? in |, )(?:the )?"
    r"|(?:Plaza|Calle|Catedral|Universidad|Estadio|Avenida|Place|Palais|Stade|Rue|Inmaculada)"
    r"(?: [\w’'.-]+){1,4}?,? (?:en|à|de) (?=[A-Z])"
)
_RUN = re.compile(
    rf"(?<![\w'’-])({NAME}(?:, {NAME}){{0,3}})(?=(?:,| -| –)? (?:on )?(?:[A-Z][a-z]+,? )?{_DAY})"
)
_IN_BRACKETS = re.compile(rf"\(({NAME}(?:, {NAME})?), {_DAY}\)")
# What is no venue but a piece of the map.
_MAP = re.compile(
    rf" (?:at|in|on|of|near|over|off|outside|crosses|leaves) (?:the )?(Mount {NAME}"
    rf"|{NAME} (?:Airport|Bridge"
    r"|Island|Islands|Beach|Square|Sea|Gulf|Strait|Canal|Desert|Mountains?|Lake|River|Valley|Bay))"
    r"(?![\w’'-]| [A-Z])"
)
_AT_LANDMARK = re.compile(
    rf" (?:at|in|inside|outside|near|on|im|vor dem|en la|à la|из|в) (?:the )?((?:10 )?{NAME})"
)


def find_place(text: str) -> str | None:
    """Where the photo was taken, with region and country as written, or None."""
    text = _without_credit(" ".join(text[: 2 * _LONGEST].split())[:_LONGEST])
    text = _SLUG.sub("", text)
    lead = _find_lead(text) or _find_first(text)
    if lead:
        return lead
    text = f" {text}"
    found = _find_in_sentence(text)
    return (
        (_without_venue(found) if found else None)
        or _find_adjective(text)
        or _find_town(text)
        or _find_before_date(text)
        or _find_landmark(text)
        or _find_on_map(text)
        or find_arabic_place(text)
    )


def _without_credit(text: str) -> str:
    """The text without a credit that ends or begins it: `in Paris Name Surname/Reuters`."""
    credit = find_credit(text)
    if credit is None:
        return text
    at = text.find(credit)
    if at < 12:
        return text[at + len(credit) :].lstrip(")].|:–—- ") if 0 <= at < 3 else text
    at = text.rfind(credit)
    rest = text[at + len(credit) :]
    return f"{text[:at].rstrip(' ([@|')} ({rest}" if len(rest) < 40 else text


def _find_lead(text: str) -> str | None:
    for form in _LEADS:
        match = form.match(text)
        if match is None:
            continue
        words = match[1].replace(",", " ").split()
        if (
            0 < len(words) <= (9 if match[0][0].isdigit() or words[0] != words[0].lower() else 4)
            and words[0] not in _NOT_LEADS
            and words[-1].strip(".").lower() not in DATE_WORDS
            and (
                match[0][-2:] != ": "
                or "(" in match[0]
                or not words[0].isupper()
                or any(c.isdigit() for c in match[0])
                or is_known(match[1].split(",")[0])
            )
            and all(_begins_name(word) or word in _LINKS for word in words if word[0].isalpha())
        ):
            return _without_stop(match[1].strip(" ,،–—-"))
    return None


def _without_venue(place: str) -> str:
    """A place without the building before its city: `Empire State Building in New York`."""
    venue = _VENUE.match(place)
    rest = place[venue.end() :] if venue else ""
    if venue is None or "National" in venue[0] or rest.casefold() in COUNTRIES:
        return place
    named = read_place(rest, 0, alone=False)
    return rest if named and (named.is_known or named.is_set_out) else place


def _without_stop(name: str) -> str:
    """A name without the stop of a sentence; `U.S.` and `Calif.` keep theirs."""
    is_short = name.rpartition(", ")[2].casefold() in PLACES
    return name if is_short else name.rstrip(".")


def _begins_name(word: str) -> bool:
    """Whether a word has a capital, or is in a script without any."""
    return word[0] == word[0].upper()


def _find_first(text: str) -> str | None:
    """`Al-Hol camp in Hasakah province, on Feb. 24`: a caption that begins with its place."""
    if text.startswith(("A ", "An ", "The ", "In ", "This ")):
        return None
    label = _LABEL.match(text)
    start = label.end() if label else 0
    place = read_place(text, start, alone=False)
    if (
        place
        and place.start == start
        and place.is_set_out
        and (place.is_known or _FIRST_NAME.match(text, start))
        and _ENDS.match(text, place.end)
    ):
        return text[place.start : place.end]
    return None


def _find_in_sentence(text: str) -> str | None:
    best: Place | None = None
    best_weight = _ENOUGH - 1
    sentence_end = text.find(". ", 40)
    for match in _PREPOSITION.finditer(text):
        if best and match.start() < best.end:
            continue
        if not _CAPITAL_AHEAD.match(text, match.end()):
            continue
        firmness = _PREPOSITIONS[match[1].lower()]
        before = text[max(0, match.start() - 60) : match.start()].split()[-3:]
        if firmness == 0 and before and before[-1].lower() in _VIEWS:
            firmness = 2
        alone = firmness < 2 and match[1] in _ALONE
        place = read_place(text, match.end() + 1, alone=alone)
        if place and place.is_known and match[1] == "at":
            place = read_place(text, match.end() + 1, alone=False)  # a town, no venue
        if place is None:
            continue
        weight = _weigh(text, firmness, before, place)
        weight -= 0 < sentence_end < match.start()
        if weight > best_weight:
            best, best_weight = place, weight
    return text[best.start : best.end] if best else None


def _weigh(text: str, firmness: int, before: list[str], place: Place) -> int:
    """How much speaks for a place after a preposition; `_ENOUGH` is enough."""
    if firmness < 2 and not (place.is_known or place.is_set_out):
        return 0
    if firmness < 2 and not place.is_set_out and is_adjective(text, place.end):
        return 0
    dated = is_dated(text, place.end) or _ends_with_year(before)
    if firmness == 0 and not dated:
        firmness = -1
    weight = firmness + place.is_known + place.is_set_out
    if _LIVES.match(text, place.end) or (before and before[-1].lower() in ("born", "died")):
        return 0
    return weight + dated * _BESIDE_DATE + _is_told(before) * _TOLD


def _is_told(before: list[str]) -> bool:
    """Whether the words before a preposition make its place one of the story's."""
    if any(word.lower() in _TELLING for word in before[-2:]):
        return True
    # the 2010 earthquake in …
    return len(before) == 3 and before[0].lower() == "the" and before[1].isdigit()


def _ends_with_year(before: list[str]) -> bool:
    """`on March 24, 2024 in Sydney`."""
    year = before[-1].strip(",") if before else ""
    return len(year) == 4 and year.isdigit()


def _find_adjective(text: str) -> str | None:
    premiere = _PREMIERE.search(text)
    if premiere and premiere[1].split(",")[0].casefold() in PLACES:
        return premiere[1]
    for match in _ADJECTIVE.finditer(text):
        if match[1].casefold() in PLACES:
            return match[1]
    return None


def _find_town(text: str) -> str | None:
    """`patrol the northern town of Tripoli`, with no preposition."""
    for match in _TOWN.finditer(text):
        place = read_place(text, match.end(), alone=False)
        if place:
            return text[place.start : place.end]
    return None


def _find_before_date(text: str) -> str | None:
    """`…, Cairo, Egypt, May 3, 2021`, with no preposition."""
    for match in _RUN.finditer(text):
        names = match[1].split(", ")
        if _LIFE.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        if text[: match.start()].endswith(". "):
            return match[1]  # a sentence of its own
        while names and not is_known(names[0]):
            names.pop(0)
        if names:
            return ", ".join(names)
    return None


def _find_on_map(text: str) -> str | None:
    """`on Backwater Bridge`, with no city."""
    bracketed = _IN_BRACKETS.search(text)
    found = bracketed or _MAP.search(text)
    return found[1] if found else None


def _find_landmark(text: str) -> str | None:
    """`at the White House`, with no city."""
    for match in _AT_LANDMARK.finditer(text):
        name = match[1]
        while name:
            if name.casefold() in LANDMARKS:
                return name
            name = name.rpartition(" ")[0]
    return None
