"""Whether the verb that a date goes with tells of the past.

A caption says what its picture shows in the present (`Smoke rises on …`), with a participle, or
with no verb at all. A finite verb in the past, of the kind that a news story reports, makes the
date the story's: `Iran fired missiles on …`. What merely happened before the camera (`met`,
`visited`, `marched`) stays the picture's, in whatever tense a newsroom writes.
"""

import re

from corpuscli.captions.verb_words import (
    ARTICLES,
    DONE,
    ENDED,
    FRENCH_AUXILIARIES,
    FRENCH_ENDINGS,
    ING_NOUNS,
    JOINING,
    MODALS,
    NOW,
    OBJECTS,
    ORDINALS,
    ORDINARY,
    PARTICIPLE_NEXT,
    POSED,
    RUSSIAN_ENDINGS,
    RUSSIAN_NOUNS,
    SHOWN,
    WERE,
)

_PAST = DONE | ENDED
_STOPS = JOINING | SHOWN | NOW
_HINTS = _PAST | ORDINALS | (FRENCH_AUXILIARIES - {"a"})
_TELLS_ED = re.compile(r"ed (?:a|an|the|h[ie][sr]|its|their|our|two|three|four|five|\w+s) ")


def may_tell_past(clause: str, words: list[str]) -> bool:
    """Whether any word of a sentence is of those that `tells_past` looks for."""
    if not clause.isascii() or not _HINTS.isdisjoint(words):
        return True
    return "ed " in clause and _TELLS_ED.search(clause) is not None


def tells_past(clause: str, words: list[str]) -> bool:
    """Whether a sentence, up to its date or on from it, reports an event of the past."""
    if not may_tell_past(clause, words):
        return False
    for i, word in enumerate(words):
        if word in _STOPS:
            if word in JOINING or not i or words[i - 1] not in MODALS:
                return False
        elif word in POSED:
            break
        elif is_past(words, i):
            # What was taken for the past of the sentence may be a participle before its verb.
            return not any(
                later in NOW or (later in SHOWN and words[k] not in MODALS)
                for k, later in enumerate(words[i + 1 :], i)
            )
        elif _is_doing(word) and (not i or words[i - 1] not in ARTICLES):
            return False
    return _is_milestone(words)


def shows(word: str) -> bool:
    """Whether a word is a verb in the form that captions use for what is in the picture."""
    if word in SHOWN or word in NOW:
        return True
    return _is_doing(word)


def _is_doing(word: str) -> bool:
    return word[-3:] == "ing" and len(word) > 4 and word not in ING_NOUNS


def is_past(words: list[str], i: int) -> bool:
    """Whether `words[i]` is a finite verb in the past."""
    word = words[i]
    if word in _PAST:
        return _is_finite(words, i)
    if word[-2:] == "ed":
        return i > 0 and words[i + 1 : i + 2] != [] and words[i + 1] in OBJECTS
    if i and words[i - 1] in FRENCH_AUXILIARIES:
        return word.endswith(FRENCH_ENDINGS)
    if word.isascii():
        return False
    return word.endswith(RUSSIAN_ENDINGS) and len(word) > 5 and word not in RUSSIAN_NOUNS


def _is_finite(words: list[str], i: int) -> bool:
    """Whether the past form `words[i]` is its clause's verb, not a participle."""
    before = words[i - 1] if i else ""
    if before.endswith("ly") and i > 1:
        before = words[i - 2]  # was fatally shot
    if before in WERE:
        return True
    if before in ("has", "have", "to") or (before in ARTICLES and words[i].isascii()):
        return False
    if words[i] == "hit" and before.endswith("s"):
        return False  # police officers hit
    return words[i] in ENDED or words[i + 1 : i + 2] == [] or words[i + 1] not in PARTICIPLE_NEXT


def _is_milestone(words: list[str]) -> bool:
    """`the first patients were treated`, `hosted its last match`, but not `met the first lady`."""
    if ORDINALS.isdisjoint(words):
        return False
    if not any(word in WERE or word in POSED or word.endswith("ed") for word in words):
        return False
    ordinal = min(i for i, word in enumerate(words) if word in ORDINALS)
    return words[ordinal + 1 : ordinal + 2] != [] and words[ordinal + 1] not in ORDINARY
