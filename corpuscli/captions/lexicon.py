# cython: annotation_typing=False
"""What a word of a caption can be: its roles, as `lexicon/` has them, one file per language.

`lexicon/README.md` says how a line is written and what each role means. A word is looked up once
and remembered. The words around a date are loaded first; names of places and agencies only when a
place or a credit is asked for; each script when it is met.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

_FOLDER = Path(__file__).parent / "lexicon"
_LATIN = "en de fr es it pt nl pl tr id vi".split()
# The first and the last letter of a script, and the languages that it writes.
_SCRIPTS = (
    ("\u0400", "\u052f", ["ru", "uk"]),
    ("\u0590", "\u05ff", ["he"]),
    ("\u0600", "\u06ff", ["ar", "fa", "ur"]),
    ("\u0900", "\u097f", ["hi"]),
    ("\u3040", "\u9fff", ["ja", "zh"]),
    ("\uac00", "\ud7af", ["ko"]),
)

# Roles around a date, a place and a credit; `dates` with `story`, `places` and `credits` read them.
DATE_ROLES = """
    month weekday filler english-lead german-lead german-article date-joint range
    binder determiner picture picture-binder taken published released event told-after
    coming future awaited occasion during event-noun relative past where after-date life
    scene reads told-past told-next told-verb told-end daytime german-past pronoun charged
    shown now joining ended done posed auxiliary french-auxiliary after-participle before-object
    modal article ordinal ordinary ahead-of perfect this-day leads-on no-ending
    ed ing te french-participle
""".split()
PLACE_ROLES = """
    place-in place-at place-of alone telling-place place-relative people for photo-of view building
    not-lead house on-map not-place name-end region-word place-article opener leader area town-kind
    kind-prefix modifier way-side held side after-place before-date link german english italian
    french water demonym venue venue-lower venue-first festival show leads-to kind-noun
    arabic-in arabic-side arabic-kind arabic-town
    city country region dotted landmark way way-lead way-noun way-of unit lead-link
    german-town german-venue german-noun russian-adjective
""".split()
CREDIT_ROLES = """
    agency firm byline label label-alone archive-label joint party aside all-aside
    source archive courtesy end-note office after-firm in-label in-name title
""".split()
_BITS = [
    {role: 1 << i for i, role in enumerate(roles)}
    for roles in (DATE_ROLES, PLACE_ROLES, CREDIT_ROLES)
]
DATE_BIT, PLACE_BIT, CREDIT_BIT = _BITS

# The shape of a word: what its letters tell without a lexicon.
CAPITAL, LOWER, UPPER, CASELESS, ASCII, ARABIC, RUSSIAN, TOLD, BEGINS_NAME = (
    1 << i for i in range(9)
)


def bits(domain: dict[str, int], names: str) -> list[int]:
    """Return the bits of some roles, in their order; `one|other` gives the bits of both."""
    return [sum(domain[role] for role in name.split("|")) for name in names.split()]


@cython.cclass
class Word:
    """A word as the lexicon keeps it, with its roles around a date, a place, a credit."""

    def __init__(self, folded: str, roles: tuple[int, int, int], shape: int) -> None:
        self.folded = folded
        self.dates, self.places, self.credits = roles
        self.shape = shape


@cython.cclass
class Name:
    """What the words read so far are: with `after` a longer name, with roles a whole one."""

    def __init__(self) -> None:
        self.after: dict[str, Name] = {}
        self.places = 0
        self.credits = 0
        self.exact: dict[str, int] | None = None  # agencies whose capitals matter


NAMES: dict[str, Name] = {}
"""The names of several words, by their first word."""
KNOWN: dict[str, Word] = {}
"""The words that were looked up, as written."""
MONTHS: dict[str, int] = {}
WEEKDAYS: dict[str, int] = {}
_MOST = 50_000  # words to remember

_NO_ROLES = (0, 0, 0)
# What a name of several words is cut into, as `tokens` cuts a caption.
_NAME_PART = (
    r"(?:d|l|dell)['’]|[^\W\d_](?:\.[^\W\d_](?![^\W\d_]))+\.?"
    r"|[^\W\d_][\w\u0307\u0900-\u0963\u064b-\u065f\u200c]*(?:[-'’](?!s\b)\w[\w\u0900-\u0963]*)*"
    r"|\d+|['’]s|\S"
)


class _Loaded:
    """Which part of the lexicon is loaded."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.languages: list[str] = []
        self.has_places = False
        self.letters: set[str] = set()  # of scripts whose words are loaded, or that need none


_L = _Loaded()
_WORDS: dict[str, tuple[int, int, int]] = {}
# The endings `-ed` and the beginnings `произош-`, by their number of letters.
_ENDINGS: dict[int, dict[str, tuple[int, int, int]]] = {}
_BEGINNINGS: dict[int, dict[str, tuple[int, int, int]]] = {}


def look_up(word: str) -> Word:
    """Return what the lexicon knows of a word, as it is written."""
    if not _L.languages:
        _load(_LATIN)
    if not word.isascii():
        _load_script(word)
    if len(KNOWN) >= _MOST:
        KNOWN.clear()
    folded = fold(word)
    roles = _WORDS.get(folded, _NO_ROLES)
    if word != folded:
        exact = _WORDS.get(word)
        if exact is not None:
            roles = _joined(roles, exact)
    if "-" in word and not roles[2]:
        firm = _WORDS.get(word.partition("-")[0], _NO_ROLES)[2] & _AGENCY  # dpa-Bildfunk
        roles = roles[0], roles[1], firm
    shape = _shape(word, folded)
    if not roles[0] & _NO_ENDING:
        # The ending of a verb counts in lower case only.
        roles = _with_parts(roles, folded, shape & CAPITAL == 0)
    found = Word(folded, roles, shape)
    if len(word) < 40:
        KNOWN[word] = found
    return found


def _with_parts(roles: tuple[int, int, int], word: str, is_lower: bool) -> tuple[int, int, int]:
    """Return the roles of a word, joined with those of its endings and beginnings."""
    longest = len(word) - 2
    for size, parts in _ENDINGS.items():
        if size <= longest:
            part = parts.get(word[-size:])
            if part is not None:
                roles = _joined(roles, (part[0] if is_lower else 0, part[1], 0))
    for size, parts in _BEGINNINGS.items():
        if size <= longest:
            part = parts.get(word[:size])
            if part is not None:
                roles = _joined(roles, (part[0] if is_lower else 0, part[1], 0))
    return roles


def fold(word: str) -> str:
    """Return a word or a name as the lexicon keeps it: in lower case, with a plain apostrophe."""
    lower = word.lower()
    return lower if lower.isascii() else lower.replace("’", "'")


def load_places() -> None:
    """Load names of places and agencies, too; `look_up` then tells them."""
    if not _L.has_places:
        _L.has_places = True
        languages, _L.languages = _L.languages or _LATIN, []
        KNOWN.clear()
        _load(languages)


def _load_script(word: str) -> None:
    """Load the languages of the scripts that `word` is written in."""
    if _L.letters.issuperset(word):
        return
    for first, last, languages in _SCRIPTS:
        if languages[0] not in _L.languages and any(first <= c <= last for c in word):
            _load(languages)
    _L.letters.update(word)


def _joined(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    return one[0] | other[0], one[1] | other[1], one[2] | other[2]


def _load(languages: list[str]) -> None:
    _L.languages = [*_L.languages, *languages]
    masks: dict[str, tuple[int, int, int]] = {}
    for path in (_FOLDER / f"{code}.{kind}" for code in languages for kind in ("txt", "cldr.txt")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            words, equals, roles = line.rpartition(" = ")
            if equals and line[0] != "#":
                if roles not in masks:
                    masks[roles] = _mask(roles.split())
                if masks[roles][0] or _L.has_places:
                    _add(words, masks[roles], roles)


def _mask(roles: Iterable[str]) -> tuple[int, int, int]:
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


_TOLD_AFTER, _NO_ENDING = bits(DATE_BIT, "told-after no-ending")
_AGENCY = CREDIT_BIT["agency"] | CREDIT_BIT["firm"]
_EXACT_CREDIT = _AGENCY | CREDIT_BIT["byline"] | CREDIT_BIT["end-note"]
_EXACT_PLACE = sum(bits(PLACE_BIT, "not-lead venue festival"))


def _add(words: str, mask: tuple[int, int, int], roles: str) -> None:
    """Add the words of a line, which all have these roles."""
    is_exact = mask[2] & _EXACT_CREDIT or mask[1] & _EXACT_PLACE
    first, _, number = roles.partition(" ")[0].rpartition("-")
    for key in (words if is_exact else fold(words)).split("; "):
        if " " in key:
            _add_name(key, mask, bool(is_exact))
        elif len(key) > 1 and "-" in (key[0], key[-1]):
            sizes, part = (_ENDINGS, key[1:]) if key[0] == "-" else (_BEGINNINGS, key[:-1])
            parts = sizes.setdefault(len(part), {})
            parts[part] = _joined(parts.get(part, _NO_ROLES), mask)
        else:
            _WORDS[key] = _joined(_WORDS.get(key, _NO_ROLES), mask)
        if number.isdigit():
            (MONTHS if first == "month" else WEEKDAYS)[key.replace(" ", "")] = int(number)
    if mask[0] & _TOLD_AFTER and words[0] > "\u3000":
        _L.told += words.split("; ")


def _add_name(name: str, mask: tuple[int, int, int], is_exact: bool) -> None:
    """Add a name of several words."""
    after = NAMES
    for part in re.findall(_NAME_PART, fold(name)):
        node = after.setdefault(part, Name())
        after = node.after
    node.places |= mask[1]
    if not is_exact:
        node.credits |= mask[2]
    elif mask[2]:
        node.exact = {**(node.exact or {}), name: mask[2]}


def _shape(word: str, folded: str) -> int:
    shape = BEGINS_NAME if folded in NAMES else 0
    if word.isascii():
        shape |= ASCII
    elif word[0] >= "\u3040" and any(told in word for told in _L.told):
        shape |= TOLD
    elif "\u0600" <= word[0] <= "\u06ff":
        shape |= ARABIC
    elif "а" <= folded[0] <= "ё":
        shape |= RUSSIAN
    if not shape & ASCII and word == word.swapcase():
        return shape | CASELESS
    if word.islower():
        return shape | LOWER
    if word[0].islower():
        return shape
    return shape | CAPITAL | (UPPER if len(word) > 1 and word.isupper() else 0)
