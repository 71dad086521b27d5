"""Whom a caption credits for its photo.

A caption is read as agencies set it: a sentence or two, and then, or before them, the credit: in
brackets, after a label, after a dash, or bare (`REUTERS/Name`, `Name/AFP`). Of several the first is
the answer.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpuscli.captions.agencies import JOINTS, PARTIES
from corpuscli.captions.credit_forms import (
    AGENCY,
    ALONE_BEFORE,
    ANY_BRACKET,
    ASIDE,
    BARE_LABEL,
    BEFORE_COLON,
    BRACKETS,
    BYLINE,
    DATELINE,
    ENDNOTE,
    FIRM,
    FIRMS_LAST,
    HALVES,
    HOUSE,
    INITIAL,
    LABEL,
    LABEL_END,
    NAME_WORD,
    SIGNED,
    SOURCE,
    STOP,
    TWO_NAMES,
    WHERE,
)

# Credits stand at the ends of a caption: of a longer text only these many characters are read.
_HEAD, _TAIL = 400, 2000
_LONGEST = 160


def find_credit(text: str) -> str | None:
    """Photographer and agency as the caption writes them, without brackets and label, or None."""
    text = " ".join(text.split())
    if len(text) > _HEAD + _TAIL:
        return _read_credit(f"{text[:_HEAD]}\n{text[-_TAIL:]}")
    return _read_credit(_part_copies(text))


# A caption stands on its page four times, and its place is read without its credit.
@lru_cache(maxsize=256)
def _read_credit(text: str) -> str | None:
    found = [credit for credit in (_bracketed(text), _labelled(text), _byline(text)) if credit]
    if not found:
        found = [credit for credit in [_signed(text)] if credit]
    if found:
        return min(found)[1]
    last = _last_words(text) or _first_words(text) or _last_agency(text)
    if last is None and (dateline := DATELINE.search(text, 0, 90)):
        return dateline[1]
    return last


def _part_copies(text: str) -> str:
    """The text with a line's end between a caption and its copy."""
    copy = text.find(text[:40], 40) if len(text) > 80 else -1
    return f"{text[: copy - 1]}\n{text[copy:]}" if copy > 0 and text[copy - 1] == " " else text


def _bracketed(text: str) -> tuple[int, str] | None:
    """The first credit in brackets, with its place."""
    for match in BRACKETS.finditer(text):
        inner = match[1].strip()
        label = LABEL.match(inner) or BARE_LABEL.match(inner)
        credit = _tidy(_unlabelled(inner[label.end() :]) if label else inner)
        if not credit or _is_aside(credit) or (not label and _is_aside(inner)):
            continue
        if label and not credit.islower():
            return match.start(), credit
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip(" .*")
        is_apart = not before or before.endswith((".", "!", "?", "…", '"', "”", ")", "]"))
        if not is_apart and after[:1] not in ("", "(", "[", "\n"):
            continue
        is_told = AGENCY.search(credit) or not after or _is_courtesy(credit)
        if (is_told and _is_names(credit)) or SOURCE.search(credit):
            name = _name_before(text, match.start()) if AGENCY.search(credit) else None
            if name is not None:
                return name, text[name : match.end()]
            return match.start(), credit
    return None


def _name_before(text: str, bracket: int) -> int | None:
    """Where the photographer's name begins that is a sentence with the bracket after it."""
    if text[bracket - 2 : bracket] == ". ":
        return None
    start = max(0, bracket - 60)
    stops = [stop.end() for stop in STOP.finditer(text, start, bracket)]
    if not stops or text[: stops[-1]].rstrip()[-1:] not in (".", "!", "?"):
        return None
    name = text[stops[-1] : bracket]
    return stops[-1] if ALONE_BEFORE.fullmatch(name) and _is_names(name) else None


def _labels(text: str) -> Iterator[re.Match[str]]:
    """The labels of a caption: looked for only just before what can end one."""
    read = 0
    for end in LABEL_END.finditer(text):
        at = end.start()
        if end[0] in (":", "|", "by ", "..."):
            if not text[max(0, at - 30) : at].rstrip(" ").lower().endswith(BEFORE_COLON):
                continue
        match = LABEL.search(text, max(read, at - 36), end.end() + 12)
        if match and at <= match.end():
            read = match.end()
            yield match


def _labelled(text: str) -> tuple[int, str] | None:
    """The first credit after a label outside brackets, with its place."""
    for match in _labels(text):
        start, limit = match.end(), match.end() + _LONGEST
        for _ in range(2):  # Credit: Photo: PA
            if label := LABEL.match(text, start):
                start = label.end()
        rest = text[start:limit]
        halves = HALVES.split(_tidy(rest.split("\n", 1)[0]))
        if len(halves) == 2 and all(_is_names(x) or x.isalnum() or FIRM.match(x) for x in halves):
            if halves[1].casefold() in halves[0].casefold():
                return match.start(), _tidy(halves[0])
            return match.start(), f"{halves[0]}{rest[len(halves[0]) :][:3]}{halves[1]}"
        stops = (STOP.search(text, start, limit), ANY_BRACKET.search(text, start, limit))
        end = min((stop.start() for stop in stops if stop), default=len(text[:limit]))
        bracket = BRACKETS.match(text, end)
        if bracket and end > start and AGENCY.search(bracket[1]):
            if not AGENCY.search(text, start, end):
                end = bracket.end()
        credit = _tidy(text[start:end])
        if match.start() == 0 and (text[end : end + 1] == "(" or not _is_names(credit)):
            # © Getty Images LONDON (BRITAIN), …
            first = FIRM.match(credit) or TWO_NAMES.match(credit)
            credit = first[0] if first else ""
        again = BYLINE.search(credit, 5)
        if again and credit[again.start() - 1] == " " and FIRM.search(credit[: again.start()]):
            credit = credit[: again.start() - 1]  # Name/Reuters REUTERS/Name
        if credit.startswith("Provided by "):
            continue
        is_user = "/" in credit and credit.count(" ") < 5 and FIRM.search(credit)
        if is_user or (
            _is_names(credit) and not credit.isdigit() and credit.lower() not in PARTIES
        ):
            return match.start(), credit
    return None


def _byline(text: str) -> tuple[int, str] | None:
    """The first `REUTERS/Name`, with its place."""
    if "/" not in text and " via " not in text:
        return None
    for match in BYLINE.finditer(text):
        before = text[: match.start()]
        if before and (before[-1] != " " or before.endswith("/ ")):
            continue
        stop = STOP.search(match[0])
        credit = _tidy(match[0][: stop.start()] if stop else match[0])
        if _is_names(credit):
            return match.start(), credit
    return None


def _signed(text: str) -> tuple[int, str] | None:
    """The first `Name/AFP`, which nothing needs to set apart, with its place."""
    for match in SIGNED.finditer(text):
        start = match.start() - text.endswith(" ", 0, match.start())
        words = text[max(0, start - 80) : start].split(" ")
        first = len(words)
        while first > 0 and (NAME_WORD.fullmatch(words[first - 1]) or words[first - 1] == "via"):
            if words[first - 1].endswith(".") and len(words[first - 1]) > 3:
                break
            first -= 1
        handles = [i for i in range(first, len(words)) if words[i].startswith("@")]
        if handles:
            first = handles[0]
        elif first and words[first - 1].lower() in WHERE:
            # in Paris Name Surname/AFP
            first = len(words) - 2 - (words[-1] in ("II", "III", "Jr."))
            while first > 0 and INITIAL.fullmatch(words[first]):
                first -= 1
        while first < len(words) and words[first].islower():
            first += 1
        if not 0 < len(words) - first < 6:
            continue
        credit = text[start - len(" ".join(words[first:])) : match.end()]
        rest = _tidy(text[match.end() :].partition("\n")[0])
        if rest and len(rest) < 60 and rest[0] not in "()[]" and _is_names(rest):
            whole = _tidy(text[match.end() - len(credit) :])
            if _is_names(whole) and not STOP.search(whole):
                credit = whole
        return start, _tidy(credit)
    return None


def _last_words(text: str) -> str | None:
    """A credit set as the caption's last sentence, or after its last dash."""
    tail = _tidy(text[-_LONGEST - 40 :])
    starts = [stop.end() for stop in STOP.finditer(tail)]
    if len(text) < 60 and (text.lower() != text.upper() or text.count(" ") < 4):
        starts.insert(0, 0)
    for start in reversed(starts):
        credit = _tidy(tail[start:])
        if _is_names(credit) and (
            "/" in credit
            or AGENCY.search(credit)
            or _is_courtesy(credit)
            or (start and " " in credit and HOUSE.search(credit))
        ):
            return credit
    return None


def _first_words(text: str) -> str | None:
    """A credit before the caption's first dash or colon."""
    stop = STOP.search(text, 0, _LONGEST)
    ends = [end for end in (stop.start() if stop else -1, text.find(": ", 0, 80)) if end > 0]
    credit = _tidy(text[: min(ends, default=0)])
    return credit if _is_names(credit) and AGENCY.search(credit) else None


def _last_agency(text: str) -> str | None:
    """An agency that ends the caption with nothing before it: `in Madrid Getty Images`."""
    tail = text[-60:]
    match = FIRMS_LAST.search(tail)
    if match is None or match.start() < 2:
        return None
    before = tail[: match.start()].split()
    return None if before and before[-1].lower() in JOINTS else match[0]


def _unlabelled(credit: str) -> str:
    """A credit without a second label: `Credit: Photo: PA`."""
    label = LABEL.match(credit)
    return credit[label.end() :] if label else credit


def _is_aside(credit: str) -> bool:
    return credit.lower() in PARTIES or ASIDE.fullmatch(credit) is not None


def _is_courtesy(credit: str) -> bool:
    return credit.lower().startswith(("courtesy", "handout", "via ", "supplied", "cortesía"))


def _is_names(credit: str) -> bool:
    """Whether these are names and what joins them, no sentence."""
    if len(credit) > _LONGEST:
        return False
    words = credit.replace("/", " ").split()
    return 0 < len(words) <= 16 and all(
        not word[0].islower()
        or word.strip(".,'’") in JOINTS
        or not word.islower()  # al-Sayed, d'Amico, iStock
        or "." in word  # picturedesk.com
        for word in words
    )


def _tidy(credit: str) -> str:
    if note := ENDNOTE.search(credit):
        credit = credit[: note.start()].rstrip(" ,.")
    credit = credit.strip(' ,;:|\u200e\u200f\ufeff"“”')
    credit = credit.lstrip("-–—/ ") if not credit.startswith(("-/", "–/", "—/")) else credit
    credit = credit.rstrip("-–—/ ")
    if credit.endswith(".") and not credit.endswith(("Inc.", "Ltd.", "Jr.", "Co.")):
        credit = credit[:-1].rstrip()
    return credit
