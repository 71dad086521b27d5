"""What a word of a caption can be: its roles, as `lexicon/` has them, a file per language.

`lexicon/README.md` says how a line is written and what each role means. A word is looked up once,
as it is written, and remembered with its roles and its shape. The words around a date are loaded
first; names of places and agencies only when a place or a credit is asked for; each script when it
is met.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicon"
_LATIN = "en de fr es it pt nl pl tr id vi".split()
# The first and the last letter of a script, and the languages that it writes.
_SCRIPTS = (
    ("\u0400", "\u052f", ("ru", "uk")),
    ("\u0590", "\u05ff", ("he",)),
    ("\u0600", "\u06ff", ("ar", "fa", "ur")),
    ("\u0900", "\u097f", ("hi",)),
    ("\u3040", "\u9fff", ("ja", "zh")),
    ("\uac00", "\ud7af", ("ko",)),
)

# Roles around a date; `captions/dates.py` and `captions/story.py` read them.
DATE_ROLES = """
    month weekday filler english-lead german-lead german-article date-joint range
    binder determiner picture picture-binder taken published released event told-after
    coming future telling awaited occasion during event-noun relative past where after-date life
    scene reads told-past told-next told-verb told-end daytime german-past pronoun charged
    shown now joining ended done posed auxiliary french-auxiliary after-participle before-object
    modal article ordinal ordinary noun-in-ing no-verb ahead-of
""".split()
# Roles around a place; `captions/places.py` reads them.
PLACE_ROLES = """
    place-in place-at place-of alone telling-place place-relative people for photo-of view building
    not-lead house on-map not-place name-end region-word place-article opener leader area town-kind
    kind-prefix modifier way-side held side after-place before-date link german english italian
    french water demonym venue venue-lower venue-first festival show club leads-to kind-noun
    arabic-in arabic-side arabic-kind arabic-town
    city country region dotted landmark
""".split()
# Roles around a credit; `captions/credits.py` reads them.
CREDIT_ROLES = """
    agency firm byline label label-alone archive-label joint party aside all-aside
    source archive courtesy end-note office after-firm
""".split()
DATE_BIT = {role: 1 << i for i, role in enumerate(DATE_ROLES)}
PLACE_BIT = {role: 1 << i for i, role in enumerate(PLACE_ROLES)}
CREDIT_BIT = {role: 1 << i for i, role in enumerate(CREDIT_ROLES)}
assert max(len(DATE_ROLES), len(PLACE_ROLES), len(CREDIT_ROLES)) < 63

# The shape of a word: what its letters tell without a lexicon.
CAPITAL = 1  # it begins with a capital
LOWER = 2  # it has no capital
UPPER = 4  # all its letters are capitals
CASELESS = 8  # its script has no capitals
ASCII = 16
ARABIC = 32
RUSSIAN = 64
ED = 128  # walked
ING = 256  # walking
LY = 512  # fatally
S = 1024  # officers
TE = 2048  # kündigte, stürzten
T = 4096  # spricht
GERMAN_PARTICIPLE = 8192  # geführt, verletzt
SPANISH_PAST = 16384  # llegaron
RA = 32768  # llegara
FRENCH_PARTICIPLE = 65536  # effondré
RUSSIAN_PAST = 131072  # загорелась
RUSSIAN_EVENT = 262144  # погибшего
RUSSIAN_VERB = 524288  # открыли
TOLD = 1048576  # 死亡した
BEGINS_NAME = 2097152  # a longer name begins with it: `New`, of `New York`
GERMAN_NOUN = 4194304  # Schutzanzügen
GERMAN_TOWN = 8388608  # Düsseldorf
RUSSIAN_ADJECTIVE = 16777216  # Нижнем
DEMONYM = 33554432  # Lebanese
GERMAN_VENUE = 67108864  # Beratungsstelle
FRENCH_TOWN = 134217728  # Choisy-le-Roi
RUSSIAN_CASE = 268435456  # Мурманской

_SPANISH_PAST: tuple[str, ...] = (
    "ront",
    "uvo",
    "uvieron",
    "ujo",
    "ará",
    "erá",
    "irá",
    "arán",
    "erán",
    "irán",
)
_SPANISH_PAST += ("ó", "aron", "ieron")
_RUSSIAN_EVENT = ("произош", "случивш", "начавш", "состоявш", "погибш", "убит", "умерш", "родивш")
_RUSSIAN_PAST = ("лся", "лась", "лось", "лись", "рело", "рела", "нула")
_RUSSIAN_VERB = tuple("ал ил ел ула али или ели ала ила ела яли ял лся лась".split())
_RUSSIAN_ADJECTIVE = tuple("ой ей ый ий ая яя ом ем им ого иго ых их".split())
_FRENCH_PARTICIPLE = ("é", "ée", "és", "ées", "ris", "uvert", "ait", "du", "nu")
_GERMAN_NOUN = ("en", "ern", "eln", "ung", "heit", "keit", "schaft", "tion")
_GERMAN_TOWN = tuple(
    """dorf torf burg berg hausen heim ingen feld bach furt haven kirchen münde münster brück rode
    leben walde weiler stedt stetten büttel hagen brunn hofen kreuz rath stein born beck""".split()
)
_GERMAN_VENUE = tuple(
    """stelle schule halle haus bahnhof hafen werk klinik klinikum zentrum zentrale heim stadion
    museum theater universität bibliothek wache anstalt gefängnis institut akademie gericht kaserne
    zoo tierpark""".split()
)
_FRENCH_LINKS = frozenset("sur sous lès les le la en de du aux".split())
_RUSSIAN_CASE = ("ой", "ого", "его")
_DEMONYM = ("ian", "ean", "nese", "ish")


class _Lexicon:
    """All that is loaded, and what was looked up."""

    def __init__(self) -> None:
        self.words: dict[str, tuple[int, int, int]] = {}
        self.place_names: dict[str, int] = {}
        self.credit_names: dict[str, int] = {}
        self.firsts: set[str] = set()
        self.months: dict[str, int] = {}
        self.weekdays: dict[str, int] = {}
        self.told: list[str] = []
        self.known: dict[str, tuple[int, int, int, int, str]] = {}
        self.masks: dict[str, tuple[int, int, int]] = {}
        self.languages: list[str] = []
        self.has_places = False


_L = _Lexicon()
KNOWN = _L.known
"""The words that were looked up, as written, with what was found."""
MONTHS = _L.months
WEEKDAYS = _L.weekdays
PLACE_NAMES = _L.place_names
CREDIT_NAMES = _L.credit_names
"""Names of several words, with their roles; those of places are folded."""
_MOST = 50_000  # words to remember


def look_up(word: str) -> tuple[int, int, int, int, str]:
    """Return the roles of a word around a date, a place and a credit, its shape, and it folded."""
    if not _L.languages:
        _load(_LATIN)
    if not word.isascii():
        _load_script(word)
    if len(KNOWN) >= _MOST:
        KNOWN.clear()
    folded = fold(word)
    date, place, credit = _L.words.get(folded, (0, 0, 0))
    if word != folded and (exact := _L.words.get(word)):
        date, place, credit = date | exact[0], place | exact[1], credit | exact[2]
    if "-" in word and not credit:
        credit = _L.words.get(word.partition("-")[0], (0, 0, 0))[2] & _AGENCY  # dpa-Bildfunk
    found = date, place, credit, _shape(word, folded), folded
    if len(word) < 40:
        KNOWN[word] = found
    return found


def fold(word: str) -> str:
    """Return a word or a name as the lexicon keeps it: in lower case, with a plain apostrophe."""
    return word.lower().replace("’", "'")


def load_places() -> None:
    """Load names of places and agencies, too; `look_up` then tells them."""
    if not _L.has_places:
        _L.has_places = True
        languages, _L.languages = _L.languages or _LATIN, []
        KNOWN.clear()
        _load(languages)


def _load_script(word: str) -> None:
    for first, last, languages in _SCRIPTS:
        if languages[0] not in _L.languages and any(first <= c <= last for c in word):
            _load(languages)


def _load(languages: tuple[str, ...] | list[str]) -> None:
    _L.languages = [*_L.languages, *languages]
    for language in languages:
        for name in (f"{language}.txt", f"{language}.cldr.txt"):
            path = _FOLDER / name
            if path.exists():
                _read(path.read_text(encoding="utf-8"))


def _read(text: str) -> None:
    for line in text.split("\n"):
        words, equals, roles = line.rpartition(" = ")
        if not equals or line[0] == "#":
            continue
        if (mask := _L.masks.get(roles)) is None:
            mask = _L.masks[roles] = _mask(roles.split())
        if mask[0] or _L.has_places:
            _add(words, mask, roles)


def _mask(roles: list[str]) -> tuple[int, int, int]:
    """The roles of a line as bits; a month and a weekday are no places."""
    date = place = credit = 0
    for role in roles:
        base, _, number = role.rpartition("-")
        if number.isdigit():
            date |= DATE_BIT[base] | (DATE_BIT["filler"] if base == "weekday" else 0)
            place |= PLACE_BIT["not-place"] | PLACE_BIT["name-end"]
        elif role in DATE_BIT or role in PLACE_BIT or role in CREDIT_BIT:
            date |= DATE_BIT.get(role, 0)
            place |= PLACE_BIT.get(role, 0)
            credit |= CREDIT_BIT.get(role, 0)
        else:
            raise ValueError(f"unknown role {role}")
    return date, place, credit


_TOLD_AFTER = DATE_BIT["told-after"]
_AGENCY = CREDIT_BIT["agency"] | CREDIT_BIT["firm"]
_EXACT_CREDIT = _AGENCY | CREDIT_BIT["byline"] | CREDIT_BIT["end-note"]
_EXACT_PLACE = sum(PLACE_BIT[role] for role in "not-lead venue festival club".split())


def _add(words: str, mask: tuple[int, int, int], roles: str) -> None:
    """Add the words of a line, which all have these roles."""
    date, place, credit = mask
    folded = fold(words)
    is_exact = credit & _EXACT_CREDIT or place & _EXACT_PLACE
    for key in (words if is_exact else folded).split("; "):
        if " " in key:
            if place:
                _L.place_names[fold(key)] = _L.place_names.get(fold(key), 0) | place
            if credit:
                _L.credit_names[key] = _L.credit_names.get(key, 0) | credit
            _L.firsts.add(fold(key.partition(" ")[0].rstrip(".")))
        elif before := _L.words.get(key):
            _L.words[key] = before[0] | date, before[1] | place, before[2] | credit
        else:
            _L.words[key] = mask
    first = roles.partition(" ")[0]
    if first.startswith("month-"):
        for key in folded.replace(" ", "").split(";"):
            _L.months[key] = int(first[6:])
    elif first.startswith("weekday-"):
        _L.weekdays.update(dict.fromkeys(folded.split("; "), int(first[8:])))
    elif date & _TOLD_AFTER and words[0] > "\u3000":
        _L.told += words.split("; ")


def _shape(word: str, folded: str) -> int:
    shape = BEGINS_NAME if folded in _L.firsts else 0
    if word.isascii():
        shape |= ASCII
    elif word[0] >= "\u3040" and any(told in word for told in _L.told):
        shape |= TOLD
    elif "\u0600" <= word[0] <= "\u06ff":
        shape |= ARABIC
    if word == word.swapcase():
        shape |= CASELESS
    elif word.islower():
        shape |= LOWER | _endings(word)
    if not word[0].islower() and not shape & CASELESS:
        shape |= CAPITAL
        if len(word) > 1 and word.isupper():
            shape |= UPPER
        shape |= _name_endings(word)
    if "а" <= folded[0] <= "ё":
        shape |= _russian(folded)
    return shape


def _endings(word: str) -> int:
    shape = 0
    for ending, bit in _ENDINGS:
        if word.endswith(ending):
            shape |= bit
    if shape & ING and len(word) <= 4:
        shape ^= ING
    if shape & RA and len(word) <= 5:
        shape ^= RA
    if shape & T or word.endswith("en"):
        if "ge" in word[:-3] or (
            shape & T and word.startswith(("ver", "be", "ent", "er", "über", "um"))
        ):
            shape |= GERMAN_PARTICIPLE
    return shape


_ENDINGS: tuple[tuple[str | tuple[str, ...], int], ...] = (
    ("ed", ED),
    ("ing", ING),
    ("ly", LY),
    ("s", S),
    (("te", "ten"), TE),
    ("t", T),
    (_SPANISH_PAST, SPANISH_PAST),
    ("ra", RA),
    (_FRENCH_PARTICIPLE, FRENCH_PARTICIPLE),
)


def _name_endings(word: str) -> int:
    shape = GERMAN_NOUN if word.endswith(_GERMAN_NOUN) and len(word) > 4 else 0
    is_stadt = word.endswith("stadt") and not word.endswith(("nstadt", "tstadt"))
    if is_stadt or word.endswith(_GERMAN_TOWN):
        shape |= GERMAN_TOWN
    if word.endswith(_DEMONYM) and word.isascii():
        shape |= DEMONYM
    if word.lower().endswith(_GERMAN_VENUE):
        shape |= GERMAN_VENUE
    if not _FRENCH_LINKS.isdisjoint(word.split("-")[1:-1]):
        shape |= FRENCH_TOWN
    return shape


def _russian(folded: str) -> int:
    shape = RUSSIAN
    if folded.startswith(_RUSSIAN_EVENT):
        shape |= RUSSIAN_EVENT
    if folded.endswith(_RUSSIAN_PAST):
        shape |= RUSSIAN_PAST
    if folded.endswith(_RUSSIAN_VERB) and len(folded) > 5:
        shape |= RUSSIAN_VERB
    if folded.endswith(_RUSSIAN_ADJECTIVE):
        shape |= RUSSIAN_ADJECTIVE
    if folded.endswith(_RUSSIAN_CASE):
        shape |= RUSSIAN_CASE
    return shape
