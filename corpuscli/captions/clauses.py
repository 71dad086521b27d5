"""Whether the clause before a date is of the story: what was, or what is to come."""

import re

from corpuscli.captions.story_words import (
    AHEAD,
    AWAITED,
    BINDERS,
    CHARGED,
    COMING,
    DETERMINERS,
    DURING,
    EVENT_NOUNS,
    EVENTS,
    FILLERS,
    FUTURE,
    LIVES,
    OCCASIONS,
    PASTS,
    PICTURES,
    RELATIVES,
    RUSSIAN_EVENTS,
    RUSSIAN_PASTS,
    SCENES,
    TAKEN,
    TELLING,
    TOLD_ENDINGS,
    TOLD_ENDS,
    TOLD_PASTS,
    TOLD_VERBS,
    WHERE,
)
from corpuscli.captions.tenses import is_past, shows
from corpuscli.captions.verb_words import ENDED, JOINING, MODALS, NOW, POSED, SHOWN

_MARK = re.compile(r"[.,;:()\[\]]")
_PLACE_AFTER = re.compile(r",? (?:in|at|near|outside) (?:the )?[^\W\d_a-zß-ÿ]")
# `is led into court`, in German, is no future: `wird in den Saal geführt`.
_GERMAN_PASSIVE = re.compile(r"(?:\w*ge\w+(?:t|en)|(?:ver|be|ent|er|über|um)\w+t)$")


def hangs_on(words: list[str], is_set_off: bool) -> bool:
    """Whether the word before the date makes it the story's.

    `is_set_off` when `on`, `am`, `le` or a weekday stood between them.
    """
    last = words[-1]
    if last in BINDERS or last in DETERMINERS or last.endswith(("'s", "’s")):
        return True
    if last in EVENTS or last.startswith(RUSSIAN_EVENTS) or last.endswith(RUSSIAN_PASTS):
        return len(words) < 2 or words[-2] not in NOW
    if not is_set_off:
        return last.endswith("ing") and words[-2:-1] != [] and words[-2] in PASTS
    if last in AWAITED:
        return DURING.isdisjoint(words[-5:-1])
    if last in OCCASIONS and ("to" in words[-4:-1] or "for" in words[-4:-1]):
        return True
    if is_past(words, len(words) - 1):
        return True
    # `took office on`, `was last seen alive on`, but not `were arrested in Rome on`.
    near = words[-5:]
    return not PASTS.isdisjoint(near) and WHERE.isdisjoint(near) and TAKEN.isdisjoint(near[-1:])


def follows_past(words: list[str]) -> bool:
    """`sanctions imposed on`, `last seen on`, `entró en vigor el`: no place between them."""
    if not LIVES.isdisjoint(map(str.lower, words[-6:])):
        return True
    for i in range(len(words) - 1, max(-1, len(words) - 9), -1):
        word = words[i]
        if word in WHERE and _leads_to_name(words[i + 1 : i + 5]):
            return False
        if word.endswith(",") or word in NOW or word in PICTURES or word in POSED:
            return False
        if word in SHOWN and (not i or words[i - 1] not in MODALS):
            return False
        if not word.islower():
            continue  # Mohammed, United States
        if i < len(words) - 6:
            if word in EVENTS:
                return True
            continue  # of the words that far only the plainest count
        if word in TOLD_VERBS or (i > len(words) - 4 and word.endswith(TOLD_ENDINGS)):
            return True
        if _is_past(word, len(words) - i):
            return i == 0 or words[i - 1] not in NOW
    return False


def _is_past(word: str, distance: int) -> bool:
    if word in PASTS or word in EVENTS or word in TOLD_PASTS or word in ENDED:
        return True
    if word.endswith("ra") and len(word) > 5 and distance < 3:
        return True
    is_participle = word.endswith("ed") and "-" not in word and len(word) > 4
    return is_participle and word not in SCENES and word not in TAKEN


def _leads_to_name(words: list[str]) -> bool:
    """Whether what follows `in` is a place: `in the city of Basra`, but not `in prison`."""
    return any(word[:1] != word[:1].lower() or not word[:1].isascii() for word in words)


def ends_told(text: str, end: int) -> bool:
    """Whether a clause after the date ends with a story's verb: `am 13.04.2025 gestorben`."""
    return any(word.lower() in TOLD_ENDS for word in _last_words(text, end))


def ends_german_clause(text: str, end: int, words: list[str]) -> bool:
    """`dass hier am 3. Mai 2021 die Brücke einstürzte`: a clause of the past runs on."""
    last = _last_words(text, end)[0]
    return last.endswith(("te", "ten")) and last.islower() and not JOINING.isdisjoint(words)


def ends_german_passive(text: str, end: int) -> bool:
    """`wird am 3. Mai 2021 in den Saal geführt`: no future."""
    last = _last_words(text, end)[0]
    return _GERMAN_PASSIVE.match(last) is not None and last not in TOLD_ENDS


def _last_words(text: str, end: int) -> list[str]:
    return [part.rpartition(" ")[2] for part in _MARK.split(text[end : end + 160])]


def is_unplaced(text: str, end: int, words: list[str]) -> bool:
    """Whether neither a verb of the picture nor a place is in the date's sentence."""
    if any(map(shows, words)):
        return False
    return WHERE.isdisjoint(words[-6:]) and not _PLACE_AFTER.match(text, end)


def is_charged(words: list[str]) -> bool:
    """`accused of robbing a bank in Lima on`: the day of the deed."""
    if CHARGED.isdisjoint(words):
        return False
    for i in range(len(words) - 2, -1, -1):
        if words[i].endswith(",") or words[i] in SHOWN:
            return False
        if words[i] in CHARGED:
            return words[i + 1] in ("of", "with", "over")
    return False


def is_told(clause: str, words: list[str]) -> bool:
    """Whether the words before the date open a clause of the story that runs up to the date."""
    if TELLING.isdisjoint(words):
        return False
    if not COMING.isdisjoint(words[-4:]) or _is_to_come(words):
        return True
    tail = words[-20:]
    if FUTURE.isdisjoint(tail) and RELATIVES.isdisjoint(tail):
        return _is_ahead(clause)
    for i in range(len(tail) - 1, -1, -1):
        word = tail[i]
        if word.endswith(",") and i + 1 < len(tail) and tail[i + 1] in WHERE:
            return False
        if word in FUTURE:
            return True
        if word in RELATIVES and _opens_past(tail[i + 1 :]):
            # A relative clause between two commas ends before the date.
            return not (i and tail[i - 1].endswith(",") and tail[-1].endswith(","))
    return _is_ahead(clause)


def _is_to_come(words: list[str]) -> bool:
    """`are set to be under a warning on`, but not `his nomination to be director on`."""
    if words[-3:-1] == ["to", "be"]:
        return True
    for i in range(len(words) - 3, max(0, len(words) - 14), -1):
        if words[i].endswith(","):
            return False
        if words[i] in COMING and words[i + 1] == "to" and words[i + 2] not in DETERMINERS:
            return True
    return False


def _opens_past(words: list[str]) -> bool:
    """Whether a relative clause is in the past, with no verb of the picture after it."""
    if not words:
        return False
    if not any(map(DETERMINERS.__contains__, words[1:2])):  # that made a landing, the record
        if any(word in TAKEN and word not in EVENTS for word in words[:3]):
            return False
    verb = words[0]
    if not (verb in PASTS or verb in EVENTS or verb in ENDED or verb.endswith("ed")):
        return False
    return not any(word in NOW or word in SHOWN for word in words[1:])


def _is_ahead(clause: str) -> bool:
    """`ahead of the vote on`, but not `ahead of the vote in Quito on`."""
    for words in AHEAD:
        at = clause.rfind(words)
        if at >= 0:
            rest = clause[at + len(words) :].split()
            if rest and rest[-1] in FILLERS:
                return not any(
                    (word in WHERE and rest[i - 1] not in EVENT_NOUNS)  # the attack on
                    or word == "capital"  # the fall of the capital Sanaa on
                    for i, word in enumerate(rest[:-1])
                )
    return False
