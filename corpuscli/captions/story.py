"""Whether a date in a caption is the picture's or the story's.

Agencies write the picture's date at the lead, or at the end of the sentence that says what the
picture shows, mostly with its place before it. A date of the story hangs on another word: `since
May 3, 2023`, `the May 3, 2023 attack`, `who died on May 3, 2023`. The words are read from the date
outwards; a comma that closes the phrase before the date frees it again: `ahead of the vote, in
Quito, May 3, 2023`. `story_words` has the tables, `tenses` reads the sentence's verb.
"""

import re
from enum import Enum

from corpuscli.captions.around import Around, following_words, is_behind_name, look_around
from corpuscli.captions.clauses import (
    ends_german_clause,
    ends_german_passive,
    ends_told,
    follows_past,
    hangs_on,
    is_charged,
    is_told,
    is_unplaced,
)
from corpuscli.captions.months import WEEKDAYS
from corpuscli.captions.story_words import (
    AFTER,
    BINDERS,
    CHARGED,
    DETERMINERS,
    ENGLISH_FILLERS,
    EVENT_NOUNS,
    EVENTS,
    FILLERS,
    GERMAN_ARTICLES,
    GERMAN_LEADS,
    GERMAN_PASTS,
    LIVES,
    PASTS,
    PICTURE_BINDERS,
    PICTURES,
    PRONOUNS,
    PUBLISHED,
    READS,
    RELATIVES,
    RELEASED,
    SUBJECT_ENDS,
    TAKEN,
    TELLING,
    TOLD_NEXT,
    TOLD_PASTS,
    TOLD_PHRASES,
    TOLD_VERBS,
    WHERE,
)
from corpuscli.captions.tenses import may_tell_past, shows, tells_past
from corpuscli.captions.verb_words import DONE, ENDED, POSED


class Role(Enum):
    """What a date stands for, as far as the words around it tell."""

    PICTURE = "said to be the picture's"
    PLAIN = "nothing hints at a story"
    STORY = "of something told"


_NOUN_AFTER = re.compile(r" ([a-zß-ÿ][\w'’-]*)")
_TAKEN_THEN = re.compile(r"[^.]{0,80} (?:aufgenommen|fotografiert)")
_SENTENCE = re.compile(r"[^.;:()\[\]]{0,120}")
_STORY_HINTS = PICTURES | TELLING | CHARGED | LIVES | TOLD_VERBS
_PAST_HINTS = EVENTS | PASTS | TOLD_PASTS | ENDED | TOLD_VERBS | LIVES
_NO_PLACES = FILLERS | BINDERS | DETERMINERS
_PLAIN_ENDS = (" in ", ", in ", " after ", ", after ", ", amid ", " amid ", " during ", ", during ")
_REPORTED = EVENTS | PUBLISHED
_MARKS = (",", ":", "،", "-", "–", "—", "|", "/", ")", "(")


def role_of(text: str, start: int, end: int) -> Role:
    """What the date `text[start:end]` stands for."""
    ends_sentence = text[end : end + 2].strip() in ("", ".", "(")
    if ends_sentence and _is_set_off(text, start):
        return Role.PLAIN
    date = look_around(text, start, end)
    if (ends_sentence or text.startswith(_PLAIN_ENDS, end)) and _is_scene(date):
        return Role.PLAIN
    if date.clause.lower().endswith(TOLD_PHRASES):
        return Role.STORY
    following = following_words(text, end)
    if date.words and date.words[-1] in RELEASED:
        return Role.STORY
    if _is_pictures(date.words, following):
        return Role.PICTURE
    if _is_told_around(date, following):
        return Role.STORY
    if not date.words:
        is_story = _is_lead_told(date)
    elif date.words[-1].endswith(_MARKS):
        is_story = _is_told_before_comma(date)
    else:
        is_story = _is_told_before(date)
    return Role.STORY if is_story else Role.PLAIN


def _is_set_off(text: str, start: int) -> bool:
    """The commonest forms, which need no more looking.

    `…, Spain, May 3, 2023.`, `…, Spain, Friday, May 3, 2023.` and `…, Spain May 3, 2023.`
    """
    before = text[max(0, start - 40) : start].rsplit(None, 2)
    if len(before) < 3:
        return False
    _, first, last = before
    if last[-1] != ",":
        return first[-1] == "," and last[0].isupper() and last.lower() not in _NO_PLACES
    last = last[:-1].lower()
    return last not in FILLERS or (last in WEEKDAYS and first[-1] == ",")


def _is_scene(date: Around) -> bool:
    """Whether a date stands behind a name, with no word before it that could tell a story.

    Most dates do, and this one look at the words spares them all the others.
    """
    words, clause = date.words, date.clause
    if not words or date.is_later or not _STORY_HINTS.isdisjoint(words):
        return False
    if words[-1].endswith("'s") or may_tell_past(clause, words) or not is_behind_name(date):
        return False
    return not WHERE.isdisjoint(words[-6:-1]) or not _may_follow_past(clause, words)


def _may_follow_past(clause: str, words: list[str]) -> bool:
    return "ed " in clause or not _PAST_HINTS.isdisjoint(words)


def _is_pictures(words: list[str], following: list[str]) -> bool:
    """`taken on`, `in this photo released by the army on`, `… file photo`."""
    if not PICTURES.isdisjoint(following):
        return True
    near = words[-10:]
    if len(near) > 1 and near[-1] in PICTURE_BINDERS:
        near.pop()  # Archivfoto vom, photo from
        if near[-1] == "stammt" or (near[-1].endswith(",") and words[-1] in ("vom", "von")):
            return True
    if not near or near[-1].endswith(","):
        return False
    if near[-1] in PICTURES or (near[-1] in TAKEN and near[-1] not in _REPORTED):
        return True
    if PICTURES.isdisjoint(near):
        return False
    picture = max(i for i, word in enumerate(near) if word in PICTURES)
    rest = near[picture + 1 :]
    return not TAKEN.isdisjoint(rest) and RELATIVES.isdisjoint(rest)


def _is_told_around(date: Around, following: list[str]) -> bool:
    """Whether the words right at the date, before it or after it, make it the story's."""
    words, leads = date.words, date.leads
    if leads == ["am"] and words:
        if words[-1] in GERMAN_ARTICLES:
            return True  # die am 3. Mai 2021 verstorbene
        if words[-1].endswith(("te", "ten")) and words[-1] not in POSED and _is_verb(date):
            return True  # kündigte am
        if words[-1] in GERMAN_PASTS:
            return _TAKEN_THEN.match(date.text, date.end) is None
    if following:
        if following[0] in EVENT_NOUNS or (leads and following[0] in TOLD_NEXT):
            return True
        if following[0] in SUBJECT_ENDS and words and date.text[date.end] == ",":
            return TAKEN.isdisjoint(words)  # those killed on May 3, 2023, were tourists
        is_english = not leads or leads[-1] in ENGLISH_FILLERS
        noun = _NOUN_AFTER.match(date.text, date.end) if is_english else None
        if noun and noun[1] not in AFTER:
            return True
    return "été" in words[-4:] or (words != [] and not leads and words[-1] in READS)


def _is_verb(date: Around) -> bool:
    """Whether the last word before `am` is one: a German noun has a capital."""
    return date.clause.split()[len(date.words) - 1].islower()


def _is_lead_told(date: Around) -> bool:
    """Whether a sentence that begins with its date tells of the past: `On May 3, 2021, fire …`."""
    if not date.leads:
        return False
    if _ends_told(date):
        return True
    sentence = _SENTENCE.match(date.text, date.end)
    clause = sentence[0].lower().replace(",", " ") if sentence else ""
    words = clause.split()
    if not words or not PICTURES.isdisjoint(words):
        return False  # Oslo. Friday 3 March 2023. A tram …
    return tells_past(clause, words) or (date.is_later and not any(map(shows, words)))


def _is_told_before_comma(date: Around) -> bool:
    """Whether a date is the story's although a comma sets it off."""
    words, leads = date.words, date.leads
    if not leads:
        return False
    if len(words) > 2 and words[-2].endswith(",") and not WHERE.isdisjoint(words[-4:-1]):
        # `that was hit in Dnipro, Ukraine,`: only the sentence's own verb reaches beyond a country.
        return tells_past(date.clause, words)
    if is_told(date.clause.lower(), words) or tells_past(date.clause, words):
        return True
    return _ends_told(date)


def _is_told_before(date: Around) -> bool:
    """Whether the clause that runs up to a date makes it the story's."""
    words, leads, clause = date.words, date.leads, date.clause
    if words[-2:] == ["on", "the"] and not leads and date.text[date.start].isdigit():
        return False  # on the 4th of July 2023
    if leads == ["am"] and words[-1] in ("wird", "werden"):
        return not ends_german_passive(date.text, date.end)
    if not TOLD_VERBS.isdisjoint(words[-4:]) or hangs_on(words, bool(leads)):
        return True
    if is_told(clause.lower(), words) and (leads or not is_behind_name(date)):
        return True  # not in Odesa May 3, 2022
    if tells_past(date.clause, words) or _is_embedded(date):
        return True
    if not leads:
        return False
    is_english = leads[-1] in ENGLISH_FILLERS
    if leads[-1] not in WEEKDAYS and (not is_english or _may_follow_past(clause, words)):
        if follows_past(clause.split()[: len(words)]):
            return True
    if is_charged(words) or _ends_told(date):
        return True
    if not date.is_later or (leads == ["am"] and words[-1].endswith("t")):
        return False  # the later sentence's verb is in the present: spricht am
    return words[0] in PRONOUNS or is_unplaced(date.text, date.end, words)


def _ends_told(date: Around) -> bool:
    """`Am 3. Mai 2021 wurde er in Bonn verurteilt`: only German has its verb so late."""
    if date.leads[-1] not in GERMAN_LEADS:
        return False
    if ends_told(date.text, date.end):
        return True
    return ends_german_clause(date.text, date.end, date.words)


def _is_embedded(date: Around) -> bool:
    """`The pact, signed in Bern on May 3, 2021, is on show`: set in between commas."""
    if date.text[date.end : date.end + 1] != ",":
        return False
    words = date.words
    commas = [i for i in range(len(words) - 1) if words[i].endswith(",")]
    if not commas:
        return False
    opening = words[commas[-1] + 1]
    return opening in EVENTS or opening in DONE or opening in ENDED
