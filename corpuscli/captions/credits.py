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
    ARCHIVE,
    BARE_LABEL,
    BEFORE_COLON,
    BRACKETS,
    BYLINE,
    CYRILLIC,
    DATELINE,
    FIRM,
    FIRM_FIRST,
    FIRMS_LAST,
    HALVES,
    HEADED,
    HOUSE,
    INITIAL,
    LABEL,
    LABEL_END,
    NAME_WORD,
    OFFICE,
    SIGNED,
    SOURCE,
    STOP,
    TWO_NAMES,
    WHERE,
)
from corpuscli.captions.credit_words import (
    LONGEST,
    is_arabic,
    is_aside,
    is_courtesy,
    is_day,
    is_names,
    is_where_or_when,
    tidy,
    unlabelled,
)

# Credits stand at the ends of a caption: of a longer text only these many characters are read.
_HEAD, _TAIL = 400, 2000
_FIRST_SLASHES = (". / ", "! / ", "? / ", ") / ")


def find_credit(text: str) -> str | None:
    """Photographer and agency as the caption writes them, without brackets and label, or None."""
    text = " ".join(text.split())
    if len(text) > _HEAD + _TAIL:
        return _read_credit(f"{text[:_HEAD]}\n{text[-_TAIL:]}")
    return _read_credit(_part_copies(text))


# A caption stands on its page four times, and its place is read without its credit.
@lru_cache(maxsize=256)
def _read_credit(text: str) -> str | None:
    if headed := HEADED.match(text):
        return headed[1]
    limit, credit = len(text), None
    for read in (_bracketed, _labelled, _byline):  # each looks only before what stands already
        if found := read(text, limit):
            limit, credit = found
    credit = credit or _signed(text)
    if credit:
        return credit
    last = _last_words(text) or _first_words(text) or _last_agency(text)
    if last is None and (dateline := DATELINE.search(text, 0, 90)):
        return dateline[1]
    return last


def _part_copies(text: str) -> str:
    """The text with a line's end between a caption and its copy."""
    copy = text.find(text[:40], 40) if len(text) > 80 else -1
    return f"{text[: copy - 1]}\n{text[copy:]}" if copy > 0 and text[copy - 1] == " " else text


def _bracketed(text: str, limit: int) -> tuple[int, str] | None:
    """The first credit in brackets, with its place."""
    for match in BRACKETS.finditer(text, 0, limit):
        inner = match[1].strip()
        label = LABEL.match(inner) or BARE_LABEL.match(inner)
        credit = tidy(unlabelled(inner[label.end() :]) if label else inner)
        if not credit or is_aside(credit) or (inner != credit and not label and is_aside(inner)):
            continue
        if label and not credit.islower():
            return match.start(), credit
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip(" .*")
        is_apart = not before or before.endswith((".", "!", "?", "…", '"', "”", ")", "]"))
        if not is_apart and after[:1] not in ("", "(", "[", "\n"):
            continue
        if AGENCY.search(credit) and is_names(credit):
            name = _name_before(text, match.start())
            return (match.start(), credit) if name is None else (name, text[name : match.end()])
        if match[0][-1] not in ")]":
            continue
        if SOURCE.search(credit) or is_courtesy(credit):
            return match.start(), credit
        is_set_off = not after and (is_apart or "/" in credit or is_arabic(credit))
        if is_set_off and is_names(credit) and not is_where_or_when(inner):
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
    return stops[-1] if ALONE_BEFORE.fullmatch(name) and is_names(name) else None


def _labels(text: str, limit: int) -> Iterator[re.Match[str]]:
    """The labels of a caption: looked for only just before what can end one."""
    read = 0
    for end in LABEL_END.finditer(text, 0, limit):
        at = end.start()
        if end[0] in (":", "|", "by ", "..."):
            if not text[max(0, at - 30) : at].rstrip(" ").lower().endswith(BEFORE_COLON):
                continue
        match = LABEL.search(text, max(read, at - 36), end.end() + 12)
        if match and at <= match.end():
            read = match.end()
            yield match


def _labelled(text: str, limit: int) -> tuple[int, str] | None:
    """The first credit after a label outside brackets, with its place."""
    for match in _labels(text, limit):
        start, stop = match.end(), match.end() + LONGEST
        for _ in range(2):  # Credit: Photo: PA
            if label := LABEL.match(text, start):
                start = label.end()
        rest = text[start:stop]
        halves = HALVES.split(tidy(rest.split("\n", 1)[0])) if HALVES.search(rest) else ()
        if len(halves) == 2 and all(is_names(x) or x.isalnum() or FIRM.match(x) for x in halves):
            if halves[1].casefold() in halves[0].casefold():
                return match.start(), tidy(halves[0])
            return match.start(), f"{halves[0]}{rest[len(halves[0]) :][:3]}{halves[1]}"
        ends = (STOP.search(text, start, stop), ANY_BRACKET.search(text, start, stop))
        end = min((end.start() for end in ends if end), default=len(text[:stop]))
        bracket = BRACKETS.match(text, end)
        if bracket and end > start and AGENCY.search(bracket[1]):
            if not AGENCY.search(text, start, end):
                end = bracket.end()
        credit = tidy(text[start:end])
        if match.start() == 0:
            credit = _ahead(credit, match[0], text.startswith("(", end))
        again = BYLINE.search(credit, 5)
        if again and credit[again.start() - 1] == " " and FIRM.search(credit[: again.start()]):
            credit = credit[: again.start() - 1]  # Name/Reuters REUTERS/Name
        if credit.startswith("Provided by "):
            continue
        is_user = "/" in credit and credit.count(" ") < 5 and FIRM.search(credit)
        if is_user or (is_names(credit) and not is_day(credit) and credit.lower() not in PARTIES):
            return match.start(), credit
    return None


def _ahead(credit: str, label: str, is_cut: bool) -> str:
    """The credit of a label that begins the caption: `© Getty Images LONDON (BRITAIN), …`."""
    if ARCHIVE.match(label) and not FIRM.match(credit) and "/" not in credit:
        return ""  # FILE PHOTO: The …
    if is_names(credit) and not is_cut:
        return credit
    first = FIRM_FIRST.match(credit) or TWO_NAMES.match(credit)
    return first[0] if first else ""


def _byline(text: str, limit: int) -> tuple[int, str] | None:
    """The first `REUTERS/Name`, with its place."""
    if "/" not in text and " via " not in text:
        return None
    for match in BYLINE.finditer(text, 0, limit):
        start = match.start()
        if text.endswith("via ", 0, start):
            start = _via(text, start)
        elif start and (text[start - 1] != " " or _is_second(text, start)):
            continue
        stop = STOP.search(text, match.start(), match.end())
        end = stop.start() if stop else match.end()
        if text.startswith(":", end) and text[:end].lower().endswith(BEFORE_COLON):
            end = text.rfind(" ", 0, end)  # EFE/Name Foto: EFE
        credit = tidy(text[start:end])
        if is_names(credit):
            return start, credit
    return None


def _is_second(text: str, firm: int) -> bool:
    """Whether what stands before a slash is a part of the credit: `Name / AFP / …`."""
    return text.endswith("/ ", 0, firm) and not text.endswith(_FIRST_SLASHES, 0, firm)


def _via(text: str, firm: int) -> int:
    """Where `Action Images via Reuters/Name` begins, of which `Reuters` stands at `firm`."""
    stops = [stop.end() for stop in STOP.finditer(text, max(0, firm - 80), firm)]
    return stops[-1] if stops and is_names(text[stops[-1] : firm]) else firm


def _signed(text: str) -> str | None:
    """The first `Name/AFP`, which nothing needs to set apart."""
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
            if len(words) - first == 1:
                return tidy(text[match.start(1) : match.end()])  # in Rabat / AFP
            # in Paris Name Surname/AFP
            first = len(words) - 2 - (words[-1] in ("II", "III", "Jr."))
            while first > 0 and INITIAL.fullmatch(words[first]):
                first -= 1
        while first < len(words) and words[first].islower():
            first += 1
        if CYRILLIC.search(words[-1]):
            first = _first_russian(words, first)
        if not 0 < len(words) - first < 6:
            continue
        credit = text[start - len(" ".join(words[first:])) : match.end()]
        rest = tidy(text[match.end() :].partition("\n")[0])
        if rest and len(rest) < 60 and rest[0] not in "()[]" and is_names(rest):
            whole = tidy(text[match.end() - len(credit) :])
            if is_names(whole) and not STOP.search(whole):
                credit = whole
        return tidy(credit)
    return None


def _first_russian(words: list[str], first: int) -> int:
    """Which of the words begins a Russian credit, whose names may run on from a place."""
    if office := OFFICE.search(" ".join(words)):
        return len(words) - len(office[0].split(" "))
    if len(words) - first > 2 and first and not words[first - 1].endswith("."):
        return len(words) - 2  # на площади Ленина Имя Фамилия/ТАСС
    return first


def _last_words(text: str) -> str | None:
    """A credit set as the caption's last sentence, or after its last dash."""
    tail = tidy(text[-LONGEST - 40 :])
    starts = [stop.end() for stop in STOP.finditer(tail)]
    if len(text) < 60 and (text.count(" ") < 4 or not is_arabic(text)):
        starts.insert(0, 0)
    for start in reversed(starts):
        credit = tidy(tail[start:])
        if is_names(credit) and (
            "/" in credit
            or AGENCY.search(credit)
            or is_courtesy(credit)
            or (start and " " in credit and HOUSE.search(credit))
        ):
            return credit
    return None


def _first_words(text: str) -> str | None:
    """A credit before the caption's first dash or colon."""
    stop = STOP.search(text, 0, LONGEST)
    ends = [end for end in (stop.start() if stop else -1, text.find(": ", 0, 80)) if end > 0]
    credit = tidy(text[: min(ends, default=0)])
    return credit if is_names(credit) and AGENCY.search(credit) else None


def _last_agency(text: str) -> str | None:
    """An agency that ends the caption with nothing before it: `in Madrid Getty Images`."""
    tail = text[-60:]
    match = FIRMS_LAST.search(tail)
    if match is None or match.start() < 2:
        return None
    before = tail[: match.start()].split()
    return None if before and before[-1].lower() in JOINTS else match[0]
