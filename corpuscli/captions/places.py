"""Where a photo was taken, as its caption writes it.

First the forms in which agencies set the place apart: `18 August 2018, Region, City: …`,
`CITY, COUNTRY - MARCH 12: …`. Then the sentence: every place to which a preposition leads is a
candidate, weighed by what stands around it. One beside the date is the picture's; one after `the
war` or `president of` is the story's.
"""

import re
from string import ascii_letters

from corpuscli.captions.agencies import AGENCIES
from corpuscli.captions.arabic_places import find_arabic_place
from corpuscli.captions.credits import find_credit
from corpuscli.captions.gazetteer import CITIES, COUNTRIES, PLACES
from corpuscli.captions.months import WEEKDAYS
from corpuscli.captions.place_forms import (
    ALONE,
    BESIDE_DATE,
    DURING,
    ENOUGH,
    FOR,
    GLUED,
    IN_BRACKETS,
    ITALIAN,
    ITALIAN_WORDS,
    LIVES,
    OF_CITY,
    PEOPLE,
    PHOTOS,
    PREPOSITIONS,
    RELATIVES,
    RUNS_ON,
    SENTENCE_END,
    SET_OFF,
    SLUG,
    SURE,
    TAKEN,
    TELLING,
    TOLD,
    UNSEEN,
    VENUE,
    VIEWS,
)
from corpuscli.captions.place_known import is_adjective, is_dated
from corpuscli.captions.place_leads import find_first, find_lead
from corpuscli.captions.place_names import Place, may_begin, read_place
from corpuscli.captions.place_rest import find_otherwise
from corpuscli.captions.place_words import NOT_PLACES, WATER
from corpuscli.captions.words import name_set

_AGENCIES = name_set(AGENCIES) - name_set("Petra; Saba; Sana; Map; Tap; AA; INA; ONA")

# A caption says its place early: of a longer text only so many characters are read.
_LONGEST = 3000
_LETTERS = frozenset(ascii_letters)  # a text that begins otherwise may begin with its credit
_BEFORE_DE = ("cerca", "près", "Cerca", "Près")


def find_place(text: str) -> str | None:
    """Where the photo was taken, with region and country as written, or None."""
    if len(text) > _LONGEST or "  " in text or not text.isprintable():
        text = " ".join(text[: 2 * _LONGEST].split())[:_LONGEST]
    text = text.strip()
    if text[:1] not in _LETTERS or _may_run_on(text):
        text = SLUG.sub("", _without_credit(text))
    found = _find(text)
    if found and " " in found and RUNS_ON.match(text, text.find(found) + len(found)):
        found = _find(_without_credit(text))
    return _without_weekday(found) if found else None


def _without_weekday(place: str) -> str:
    """The place of `LIMA, Monday, 03/04/2019`."""
    name, comma, last = place.rpartition(", ")
    return name if comma and last.casefold() in WEEKDAYS else place


def _may_run_on(text: str) -> bool:
    """Whether the text may end with a credit that nothing sets off from its sentence."""
    return text[-1:].isalpha() and ". " not in text[-70:] and not SET_OFF.search(text)


def _find(text: str) -> str | None:
    """The place in a text of one line, whose credit may still end it."""
    if lead := find_lead(text):
        return _without_venue(lead)
    if first := find_first(text):
        return first
    if not text.isascii() and (arabic := find_arabic_place(text)):
        return arabic
    text = f" {text}"
    found = _find_set_apart(text) or _find_italian(text) or _find_in_sentence(text)
    if found:
        return _without_venue(found)
    return find_otherwise(text)


def _find_set_apart(text: str) -> str | None:
    """`(Bern, 25. 10. 2023)`, `fotografiert im Auenried`: what says that it is the picture's."""
    if ", " in text and (bracketed := IN_BRACKETS.search(text)):
        name = bracketed[1].casefold()
        # `(Keystone, 4. März 2020)` is a credit.
        if name not in _AGENCIES and NOT_PLACES.isdisjoint(name.replace(",", "").split()):
            return bracketed[1]
    may_be_taken = "otogra" in text or "aufgenommen" in text or "ictured" in text or "taken" in text
    taken = TAKEN.search(text) if may_be_taken else None
    if taken is None:
        return None
    word, _, _ = text[taken.end() :].partition(" ")
    place = _read_candidate(text, word, taken.end() + len(word), 2)
    if place is None:
        return _find_in_sentence(text[taken.end() - 1 :])
    if word == "from" and not (place.is_known or place.is_set_out):
        return None
    return text[place.start : place.end]


def _without_credit(text: str) -> str:
    """The text without a credit that ends or begins it: `in Paris Name Surname/Reuters`."""
    credit = find_credit(text)
    if credit is None or 2 * len(credit) > len(text) > 60:
        return text
    if glued := GLUED.match(credit):
        credit = credit[glued.end() :]  # en Tokio.NAME SURNAME | EFE
    elif " в " in credit:
        credit = credit[credit.rfind(" в ") + 3 :]
    if text.endswith(f" в {credit}"):
        credit = credit.partition(" ")[2] or credit  # в Казани Имя Фамилия / ТАСС
    at = text.find(credit)
    if at < 12:
        return text[at + len(credit) :].lstrip(")].|:–—- ") if 0 <= at < 3 else text
    at = text.rfind(credit)
    rest = text[at + len(credit) :]
    return f"{text[:at].rstrip(' ([@|')} ({rest}" if len(rest) < 40 else text


def _without_venue(place: str) -> str:
    """A place without the building before its city: `Empire State Building in New York`."""
    place = place.removeprefix("downtown ")
    city = OF_CITY.match(place)
    if city and city[1].casefold() in CITIES:
        return city[1]
    venue = VENUE.match(place)
    rest = place[venue.end() :] if venue else ""
    if venue is None or "National" in venue[0] or rest.casefold() in COUNTRIES:
        return place
    if venue[0].endswith(", ") and rest.partition(",")[0].casefold() not in CITIES:
        return place  # Sioux Center, Iowa
    named = read_place(rest, 0, alone=False)
    return rest if named and (named.is_known or named.is_set_out) else place


def _find_italian(text: str) -> str | None:
    """`a Bari, in Italia`: what follows the Italian `a`, which is a word of other languages too."""
    may_be = ", in " in text or ", nel" in text or ", a " in text
    found = ITALIAN.search(text) if may_be else None
    if found is None or not ITALIAN_WORDS.search(text):
        return None
    place = read_place(text, found.end(), alone=False)
    return text[place.start : place.end] if place and place.is_set_out else None


def _find_in_sentence(text: str) -> str | None:
    best: Place | None = None
    best_weight = ENOUGH - 1
    sentence = SENTENCE_END.search(text, 40)
    sentence_end = sentence.start() if sentence else len(text)
    words = text.split(" ")
    start = -1  # of the word, with the space before it
    last = 0
    for i in [i for i, word in enumerate(words) if word in PREPOSITIONS]:
        start += len(" ".join(words[last:i])) + (i > last)
        last, word = i, words[i]
        firmness = PREPOSITIONS[word]
        if may_begin(words, i + 1) and not (best and start < best.end):
            is_second = sentence_end < start
            if best and is_second:
                break  # the first sentence says it
            before = words[max(0, i - 3) : i]
            end = start + len(word) + 1
            if firmness == 0:
                firmness = _firmness_of(word, before)
                if _is_joint(word, before, words[i + 1]):
                    end = start - len(before[-1]) - 1
            place = _read_candidate(text, word, end, firmness)
            weight = _weigh(text, firmness, before, place) - is_second if place else 0
            is_city = best and place and VENUE.fullmatch(text, best.start, place.start)
            if weight > best_weight or (is_city and weight == best_weight):
                best, best_weight = place, weight
                if weight >= SURE:
                    break
    return text[best.start : best.end] if best else None


def _firmness_of(word: str, before: list[str]) -> int:
    """How firmly `of` or `from` leads to the picture's place, by the words before it."""
    if before and before[-1].lower() in PHOTOS:
        return 1 if word in ("of", "de", "von") else 2  # of a person, too
    if _is_view(word, before):
        return 2
    return -3 if word == "from" else 0  # where somebody came from


def _is_joint(word: str, before: list[str], after: str) -> bool:
    """Whether a preposition is part of a name: `Rio de Janeiro`, `Gulf of Oman`."""
    if not before or not before[-1][:1].isupper():
        return False
    whole = f"{before[-1]} {word} {after.rstrip('.,;)')}"
    return WATER.match(whole) is not None or whole.casefold() in PLACES


def _is_view(word: str, before: list[str]) -> bool:
    """`the port of`, `les dunes désertiques de`."""
    nouns = before[-2:] if word == "de" else before[-1:]
    return any(re.split("['’]", noun)[-1].lower() in VIEWS for noun in nouns)


def _read_candidate(text: str, word: str, end: int, firmness: int) -> Place | None:
    """The place to which the preposition `word` leads, which ends at `end`."""
    if text.startswith(" de ", end) and word in _BEFORE_DE:
        end += 3  # cerca de
    place = read_place(text, end + 1, alone=firmness < 2 and word in ALONE)
    if place and place.is_known and word == "at":
        return read_place(text, end + 1, alone=False)  # a town, no venue
    return place


def _weigh(text: str, firmness: int, before: list[str], place: Place) -> int:
    """How much speaks for a place after a preposition; `ENOUGH` is enough."""
    if firmness == 0 and text[place.end - 1] == ")":
        firmness = 2  # un parque de Handan (China)
    if firmness < 2 and not (place.is_known or place.is_set_out):
        return 0
    if firmness < 2 and text.startswith(("'s", "’s"), place.end):
        return 0
    if firmness < 2 and not place.is_set_out and is_adjective(text, place.end):
        return 0
    dated = is_dated(text, place.end) or _ends_with_year(before)
    if firmness == 0 and not dated:
        firmness = -1
    weight = firmness + place.is_known + place.is_set_out
    if LIVES.match(text, place.end) or (before and before[-1].lower() in ("born", "died")):
        return 0
    told = _is_told(before) and not DURING.search(text, max(0, place.start - 80), place.start)
    weight += dated * BESIDE_DATE + told * TOLD
    if weight >= ENOUGH and UNSEEN.search(text, max(0, place.start - 140), place.start):
        return weight + TOLD
    return weight


def _is_told(before: list[str]) -> bool:
    """Whether the words before a preposition make its place one of the story's."""
    near = [word.lower() for word in before[-2:]]
    if len(near) > 1 and before[-1].istitle() and before[-2] in ("Rights", "War", "Peace"):
        return False  # Human Rights Watch
    if not TELLING.isdisjoint(near):
        return True
    if near and near[0] in RELATIVES:
        return True  # the plane that crashed in …
    if len(near) > 1 and near[1] in PEOPLE and near[0] in FOR:
        return True  # in support of Palestinians in …
    # the 2010 earthquake in …
    return len(before) == 3 and before[0].lower() == "the" and before[1].isdigit()


def _ends_with_year(before: list[str]) -> bool:
    """`on March 24, 2024 in Sydney`."""
    year = before[-1].strip(",") if before else ""
    return len(year) == 4 and year.isdigit()
