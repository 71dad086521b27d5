"""Whether a date in a caption is the picture's or the story's.

Agencies write the picture's date at the lead, or at the end of the sentence that says what the
picture shows, mostly with its place before it. A date of the story hangs on another word: `since
May 3, 2023`, `the May 3, 2023 attack`, `who died on May 3, 2023`. The words are read from the date
outwards; a comma that closes the phrase before the date frees it again: `ahead of the vote, in
Quito, May 3, 2023`. `story_words` has the tables.
"""

import re
from enum import Enum

from corpuscli.captions.months import WEEKDAYS
from corpuscli.captions.story_words import (
    AFTER,
    AHEAD,
    AWAITED,
    BINDERS,
    COMING,
    DETERMINERS,
    DURING,
    ENGLISH_FILLERS,
    EVENT_NOUNS,
    EVENTS,
    FILLERS,
    FUTURE,
    GERMAN_PASTS,
    LIVES,
    NOW,
    OCCASIONS,
    PASTS,
    PICTURE_BINDERS,
    PICTURES,
    READS,
    RELATIVES,
    RUSSIAN_EVENTS,
    SCENES,
    SHOWN,
    TAKEN,
    TELLING,
    TOLD_ENDINGS,
    TOLD_ENDS,
    TOLD_NEXT,
    TOLD_PASTS,
    TOLD_PHRASES,
    TOLD_VERBS,
    WHERE,
)


class Role(Enum):
    """What a date stands for, as far as the words around it tell."""

    PICTURE = "said to be the picture's"
    PLAIN = "nothing hints at a story"
    STORY = "of something told"


# How far a caption is read before and after a date, in characters.
_BEFORE = 160
_NOUN_AFTER = re.compile(r" ([a-zß-ÿ][\w'’-]*)")
_SENTENCE = re.compile(r"[^.;:()\[\]]{0,120}(?=[.;:()\[\]]|$)")
_TAKEN_THEN = re.compile(r"[^.]{0,80} (?:aufgenommen|fotografiert)")
_PLACE_AFTER = re.compile(r",? (?:in|at|near|outside) (?:the )?[^\W\d_a-zß-ÿ]")
_PHRASE = re.compile(r"[^.;:()\[\]/|–—]{0,40}")


def role_of(text: str, start: int, end: int) -> Role:
    """What the date `text[start:end]` stands for."""
    if text[start - 2 : start] == ", " and text[end : end + 2].strip() in ("", ".", "("):
        # The commonest form, and one that needs no more looking: `…, Spain, May 3, 2023.`
        if text[max(0, start - 20) : start - 2].rsplit(" ", 1)[-1].lower() not in FILLERS:
            return Role.PLAIN
    written = _last_clause(text[max(0, start - _BEFORE) : start])
    clause = written.lower()
    words = clause.split()
    if clause.rstrip().endswith(TOLD_PHRASES):
        return Role.STORY
    if words[-1:] == ["am"] and words[-2:-1] and words[-2] in GERMAN_PASTS:
        return Role.PLAIN if _TAKEN_THEN.match(text, end) else Role.STORY
    if words[-1:] == ["am"] and words[-2:-1] and words[-2] in ("der", "die", "das", "des"):
        return Role.STORY  # die am 3. Mai 2021 verstorbene
    if words and words[-1] == "a" and " de " in text[start:end]:
        words.pop()  # a 15 de mayo de 2025
    fillers = 0
    last = ""
    while words and words[-1].strip(",.") in FILLERS:
        last = words.pop()
        fillers += 1
    following = _following(text, end)
    if _is_pictures(words, following):
        return Role.PICTURE
    if following and (following[0] in EVENT_NOUNS or (fillers and following[0] in TOLD_NEXT)):
        return Role.STORY
    is_english = not fillers or last.strip(",.") in ENGLISH_FILLERS
    if is_english and (noun := _NOUN_AFTER.match(text, end)) and noun[1] not in AFTER:
        return Role.STORY
    if "été" in words[-4:] or (words and not fillers and words[-1] in READS):
        return Role.STORY
    if not words:
        return Role.STORY if fillers and _ends_told(text, end) else Role.PLAIN
    if words[-1].endswith((",", ":", "،", "-", "–", "—", "|", "/", ")", "(")):
        is_story = fillers > 0 and not _is_after_place(words) and _is_told(clause, words)
    elif words[-2:] == ["on", "the"] and not fillers and text[start].isdigit():
        is_story = False  # on the 4th of July 2023
    else:
        is_story = (
            not TOLD_VERBS.isdisjoint(words[-4:])
            or _hangs_on(words, fillers > 0)
            or _is_told(clause, words)
            or (
                fillers > 0
                and (
                    (
                        last.strip(",.") not in WEEKDAYS
                        and _follows_past(written.split()[: len(words)])
                    )
                    or _ends_told(text, end)
                )
            )
            or (
                fillers > 0
                and len(clause) < min(start, _BEFORE) - 2
                and _is_second(text, end, words)
            )
        )
    return Role.STORY if is_story else Role.PLAIN


def _last_clause(before: str) -> str:
    """The end of `before`, from the last stop that is no abbreviation's."""
    at = before.rfind(". ")
    while at > 3 and not before[at - 4 : at].isalpha():
        at = before.rfind(". ", 0, at)
    at = max(at, before.rfind("; "), before.rfind(") "), before.rfind("? "))
    return before[at + 2 :] if at > 3 else before


def _following(text: str, end: int) -> list[str]:
    """The two words after a date that belong to its phrase."""
    if text[end : end + 1] in ("", ".", ":", ")"):
        return []
    phrase = _PHRASE.match(text, end)
    return phrase[0].lower().replace(",", " ").split(None, 2)[:2] if phrase else []


def _is_pictures(words: list[str], following: list[str]) -> bool:
    """`taken on`, `in this photo released by the army on`, `… file photo`."""
    if not PICTURES.isdisjoint(following):
        return True
    near = words[-10:]
    if len(near) > 1 and near[-1] in PICTURE_BINDERS:
        near.pop()  # Archivfoto vom, photo from
    if not near or near[-1].endswith(","):
        return False
    if near[-1] in PICTURES or (near[-1] in TAKEN and near[-1] not in EVENTS):
        return True
    if PICTURES.isdisjoint(near):
        return False
    picture = max(i for i, word in enumerate(near) if word in PICTURES)
    rest = near[picture + 1 :]
    return not TAKEN.isdisjoint(rest) and RELATIVES.isdisjoint(rest)


def _hangs_on(words: list[str], is_set_off: bool) -> bool:
    """Whether the word before the date makes it the story's.

    `is_set_off` when `on`, `am`, `le` or a weekday stood between them.
    """
    last = words[-1]
    if last in BINDERS or last in DETERMINERS or last.endswith(("'s", "’s")):
        return True
    if last in EVENTS or last.startswith(RUSSIAN_EVENTS):
        return len(words) < 2 or words[-2] not in NOW
    if not is_set_off:
        return last.endswith("ing") and words[-2:-1] != [] and words[-2] in PASTS
    if last in AWAITED:
        return DURING.isdisjoint(words[-5:-1])
    if last in OCCASIONS and ("to" in words[-4:-1] or "for" in words[-4:-1]):
        return True
    # `took office on`, `was last seen alive on`, but not `were arrested in Rome on`.
    near = words[-5:]
    return not PASTS.isdisjoint(near) and WHERE.isdisjoint(near) and TAKEN.isdisjoint(near[-1:])


def _is_after_place(words: list[str]) -> bool:
    """`that was hit in Dnipro, Ukraine,`: a place with its country frees the date after it."""
    return len(words) > 2 and words[-2].endswith(",") and not WHERE.isdisjoint(words[-4:-1])


def _follows_past(words: list[str]) -> bool:
    """`sanctions imposed on`, `last seen on`, `entró en vigor el`: no place between them."""
    if not LIVES.isdisjoint(map(str.lower, words[-6:])):
        return True
    for i in range(len(words) - 1, max(-1, len(words) - 9), -1):
        word = words[i]
        if word in WHERE and _leads_to_name(words[i + 1 : i + 5]):
            return False
        if word.endswith(",") or word in NOW or word in SHOWN or word in PICTURES:
            return False
        if not word.islower():
            continue  # Mohammed, United States
        if i < len(words) - 6:
            if word in EVENTS:
                return True
            continue  # of the words that far only the plainest count
        if word in TOLD_VERBS or (i > len(words) - 4 and word.endswith(TOLD_ENDINGS)):
            return True
        if (
            (len(words) - i < 3 and word.endswith("ra") and len(word) > 5)
            or word in PASTS
            or word in EVENTS
            or word in TOLD_PASTS
        ):
            return i == 0 or words[i - 1] not in NOW
        if (
            word.endswith("ed")
            and "-" not in word
            and len(word) > 4
            and word not in SCENES
            and word not in TAKEN
        ):
            return i == 0 or words[i - 1] not in NOW
    return False


def _leads_to_name(words: list[str]) -> bool:
    """Whether what follows `in` is a place: `in the city of Basra`, but not `in prison`."""
    return any(word[:1] != word[:1].lower() or not word[:1].isascii() for word in words)


def _ends_told(text: str, end: int) -> bool:
    """Whether the sentence ends with the verb of a story: `am 13.04.2025 in Lima gestorben.`"""
    phrase = _SENTENCE.match(text, end)
    return phrase is not None and phrase[0].rpartition(" ")[2].lower() in TOLD_ENDS


def _is_second(text: str, end: int, words: list[str]) -> bool:
    """Whether the date is in a later sentence, with neither a verb of the picture nor a place."""
    if not (SHOWN.isdisjoint(words) and NOW.isdisjoint(words)):
        return False
    return WHERE.isdisjoint(words[-6:]) and not _PLACE_AFTER.match(text, end)


def _is_told(clause: str, words: list[str]) -> bool:
    """Whether the words before the date open a clause of the story that runs up to the date."""
    if TELLING.isdisjoint(words):
        return False
    if not COMING.isdisjoint(words[-4:]) or " to be " in clause[-24:]:
        return True
    tail = words[-12:]
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


def _opens_past(words: list[str]) -> bool:
    """Whether a relative clause is in the past, with no verb of the picture after it."""
    if not words or any(word in TAKEN and word not in EVENTS for word in words[:3]):
        return False
    verb = words[0]
    if verb not in PASTS and verb not in EVENTS and not verb.endswith("ed"):
        return False
    return not any(word in NOW or word in SHOWN for word in words[1:])


def _is_ahead(clause: str) -> bool:
    """`ahead of the vote on`, but not `ahead of the vote in Quito on`."""
    for words in AHEAD:
        at = clause.rfind(words)
        if at >= 0:
            rest = clause[at + len(words) :].split()
            if rest and rest[-1] in FILLERS:
                return not any(word in WHERE for word in rest[:-1])
    return False
