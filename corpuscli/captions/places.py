"""Where a photo was taken, as its caption writes it.

First the forms in which agencies set the place apart: `18 August 2018, Region, City: …`,
`CITY, COUNTRY - MARCH 12: …`. Then the sentence: every place to which a preposition leads is a
candidate, weighed by what stands around it. One beside the date is the picture's; one after `the
war` or `president of` is the story's.
"""

from corpuscli.captions.arabic_places import find_arabic_place
from corpuscli.captions.credits import find_credit
from corpuscli.captions.gazetteer import COUNTRIES, LANDMARKS, PLACES
from corpuscli.captions.place_forms import (
    ADJECTIVE,
    ALONE,
    AT_LANDMARK,
    BESIDE_DATE,
    CAPITAL_AHEAD,
    ENDS,
    ENOUGH,
    FIRST_NAME,
    IN_BRACKETS,
    LABEL,
    LEADS,
    LIFE,
    LINKS,
    LIVES,
    MAP,
    NOT_LEADS,
    PREMIERE,
    PREPOSITION,
    PREPOSITIONS,
    RUN,
    SLUG,
    TELLING,
    TOLD,
    TOWN,
    VENUE,
    VIEWS,
)
from corpuscli.captions.place_names import (
    DATE_WORDS,
    Place,
    is_adjective,
    is_dated,
    is_known,
    read_place,
)

# A caption says its place early: of a longer text only so many characters are read.
_LONGEST = 3000


def find_place(text: str) -> str | None:
    """Where the photo was taken, with region and country as written, or None."""
    text = _without_credit(" ".join(text[: 2 * _LONGEST].split())[:_LONGEST])
    text = SLUG.sub("", text)
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
    for form in LEADS:
        match = form.match(text)
        if match is None:
            continue
        words = match[1].replace(",", " ").split()
        if (
            0 < len(words) <= (9 if match[0][0].isdigit() or words[0] != words[0].lower() else 4)
            and words[0] not in NOT_LEADS
            and words[-1].strip(".").lower() not in DATE_WORDS
            and (
                match[0][-2:] != ": "
                or "(" in match[0]
                or not words[0].isupper()
                or any(c.isdigit() for c in match[0])
                or is_known(match[1].split(",")[0])
            )
            and all(_begins_name(word) or word in LINKS for word in words if word[0].isalpha())
        ):
            return _without_stop(match[1].strip(" ,،–—-"))
    return None


def _without_venue(place: str) -> str:
    """A place without the building before its city: `Empire State Building in New York`."""
    venue = VENUE.match(place)
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
    label = LABEL.match(text)
    start = label.end() if label else 0
    place = read_place(text, start, alone=False)
    if (
        place
        and place.start == start
        and place.is_set_out
        and (place.is_known or FIRST_NAME.match(text, start))
        and ENDS.match(text, place.end)
    ):
        return text[place.start : place.end]
    return None


def _find_in_sentence(text: str) -> str | None:
    best: Place | None = None
    best_weight = ENOUGH - 1
    sentence_end = text.find(". ", 40)
    for match in PREPOSITION.finditer(text):
        if best and match.start() < best.end:
            continue
        if not CAPITAL_AHEAD.match(text, match.end()):
            continue
        firmness = PREPOSITIONS[match[1].lower()]
        before = text[max(0, match.start() - 60) : match.start()].split()[-3:]
        if firmness == 0 and before and before[-1].lower() in VIEWS:
            firmness = 2
        alone = firmness < 2 and match[1] in ALONE
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
    """How much speaks for a place after a preposition; `ENOUGH` is enough."""
    if firmness < 2 and not (place.is_known or place.is_set_out):
        return 0
    if firmness < 2 and not place.is_set_out and is_adjective(text, place.end):
        return 0
    dated = is_dated(text, place.end) or _ends_with_year(before)
    if firmness == 0 and not dated:
        firmness = -1
    weight = firmness + place.is_known + place.is_set_out
    if LIVES.match(text, place.end) or (before and before[-1].lower() in ("born", "died")):
        return 0
    return weight + dated * BESIDE_DATE + _is_told(before) * TOLD


def _is_told(before: list[str]) -> bool:
    """Whether the words before a preposition make its place one of the story's."""
    if any(word.lower() in TELLING for word in before[-2:]):
        return True
    # the 2010 earthquake in …
    return len(before) == 3 and before[0].lower() == "the" and before[1].isdigit()


def _ends_with_year(before: list[str]) -> bool:
    """`on March 24, 2024 in Sydney`."""
    year = before[-1].strip(",") if before else ""
    return len(year) == 4 and year.isdigit()


def _find_adjective(text: str) -> str | None:
    premiere = PREMIERE.search(text)
    if premiere and premiere[1].split(",")[0].casefold() in PLACES:
        return premiere[1]
    for match in ADJECTIVE.finditer(text):
        if match[1].casefold() in PLACES:
            return match[1]
    return None


def _find_town(text: str) -> str | None:
    """`patrol the northern town of Tripoli`, with no preposition."""
    for match in TOWN.finditer(text):
        place = read_place(text, match.end(), alone=False)
        if place:
            return text[place.start : place.end]
    return None


def _find_before_date(text: str) -> str | None:
    """`…, Cairo, Egypt, May 3, 2021`, with no preposition."""
    for match in RUN.finditer(text):
        names = match[1].split(", ")
        if LIFE.search(text[max(0, match.start() - 12) : match.start()]):
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
    bracketed = IN_BRACKETS.search(text)
    found = bracketed or MAP.search(text)
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
