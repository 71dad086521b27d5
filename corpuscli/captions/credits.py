"""Whom a caption credits for its photo.

A caption is read as agencies set it: a sentence or two, and then, or before them, the credit: in
brackets, after a label, after a dash, or bare (`REUTERS/Name`). Of several the first is the answer.
"""

import re

from corpuscli.captions.agencies import AGENCIES, BYLINES, JOINTS, LABELS, PARTIES

# Credits stand at the ends of a caption: of a longer text only these many characters are read.
_HEAD, _TAIL = 400, 2000
_LONGEST = 160


def _any_of(table: str) -> str:
    """A pattern of the names of a table, the longest first."""
    names = sorted((" ".join(name.split()) for name in table.split(";")), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, names)) + ")"


_AGENCY = re.compile(rf"(?<![\w.]){_any_of(AGENCIES)}(?!\w)")

# `Photo:`, `File photo by`, `Photo courtesy`, `©`. Looking for a label takes long, so it is looked
# for only where one of its ends is.
_LABEL = re.compile(
    r"(?:(?<!\w)(?:(?:file|archive|undated|handout|stock|illustrative) )?"
    rf"{_any_of(LABELS)}(?: credits?| source)?(?: should read)?"
    r" ?(?:(?::|©|\|) ?©?|\.\.\.|by\b:?|(?=courtesy\b))"
    r"|(?:\A|(?<=[.!?)] ))(?:file )?(?:photo|foto)(?:/(?=\w)| (?=(?:AFP|AP|EPA|EFE|Reuters|dpa)\b))"
    r"|(?<=[.!?)] )(?:photo|foto) (?=\w)"
    r"|(?:(?:file|archive) (?:photo|picture|image)s?|(?:صورة )?أرشيفية) ?[-–—,:]"
    r"|©) ?",
    re.IGNORECASE,
)
_LABEL_END = re.compile(r"[:©|]| by |\.\.\.|oto[ /]|courtesy")

# Brackets that say where a person stands, or what kind of photo it is, are no credits.
_ASIDE = re.compile(
    r"(?:(?:far|top|bottom|front|back|upper|lower|second|\d(?:st|nd|rd|th)) )*"
    r"(?:[lrcm]|left|right|cent(?:er|re)|middle|top|bottom|front|back|rear|above|below|row)"
    r"(?: to (?:r|l|right|left))?|l-r"
    r"|(?:\w+ )?from .*|unseen|not (?:seen|pictured|in .*)|pictured|seen.*|\d.*|age[ds]? .*"
    r"|(?:in )?(?:red|white|blue|black|green|yellow)|[rdi]-[\w.]+"
    r"|(?:archive|files?|undated|stock|illustrative)(?: (?:photo|picture|image|pic)s?)?"
    r"|photo|picture|image"
    r"|links|rechts|mitte|archiv|archivbild|archivfoto|symbolbild|(?:bündnis 90/)?die .*"
    r"|(?:à )?(?:gauche|droite)|au centre|[dg]|archives?"
    r"|(?:a la )?(?:izquierda|derecha)(?: .*)?|centro|[di]|archivo|foto de archivo"
    r"|слева|справа|в центре|архив(?:ное фото)?"
    r"|(?:صورة )?أرشيفية|أرشيف|يسار|يمين|يساراً|يميناً",
    re.IGNORECASE,
)

# What besides an agency gives a photo to the press.
_SOURCE = re.compile(
    r"\b(?:website|social media|press (?:office|service)|media office|ministry|presidency"
    r"|news agency|delegation|government|embassy|council|army|police|state tv|state media"
    r"|royal court|via (?:x|twitter|facebook|instagram))\b",
    re.IGNORECASE,
)

_BYLINE = re.compile(
    rf"(?:{_any_of(BYLINES)} ?/{{1,2}} ?|(?:Handout|HANDOUT|Pool) via )(?<!/ )"
    r"[^\s().:;][^().:;]{1,100}(?:\.(?=\w)[^().:;]{1,40})?"
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,200})[)\]]")
_ANY_BRACKET = re.compile(r"[()\[\]\n]")

# Where a sentence ends, or a dash sets off what follows. No initial and no title ends one.
_STOP = re.compile(
    r"(?<![\s.(][A-ZА-ЯÀ-Þ])(?<!\b[A-Z][a-z])[.!?…]['\"”’»)]* +| [-–—|]{1,2} ?|(?<=\w)[—|] ?"
)
# What an agency says to editors after a credit.
_ENDNOTE = re.compile(
    r"[ ,.]*(?:\+\+\+|\b(?:TPX IMAGES|ATTENTION|(?:[A-Z]+ )?OUT\b(?=[. ]|$)|EDITORIAL USE"
    r"|MANDATORY|BEST QUALITY|NO (?:RESALES|COMMERCIAL|USE|ARCHIVES?)|[Aa]ll rights reserved"
    r"|Editorial use)).*$"
)
_PARTICLE = re.compile(r"[a-z]{1,3}[-'’][A-Z]")  # al-Sayed, d'Amico


def find_credit(text: str) -> str | None:
    """Photographer and agency as the caption writes them, without brackets and label, or None."""
    text = " ".join(text.split())
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    found = [credit for credit in (_bracketed(text), _labelled(text), _byline(text)) if credit]
    if found:
        return min(found)[1]
    return _last_words(text) or _first_words(text)


def _bracketed(text: str) -> tuple[int, str] | None:
    """The first credit in brackets, with its place."""
    for match in _BRACKETS.finditer(text):
        inner = match[1].strip()
        label = _LABEL.match(inner)
        credit = _tidy(inner[label.end() :] if label else inner)
        if not credit or _is_aside(credit):
            continue
        if label and not credit.islower():
            return match.start(), credit
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip(" .*")
        is_apart = not before or before.endswith((".", "!", "?", "…", '"', "”", ")", "]"))
        if not is_apart and after[:1] not in ("", "(", "["):
            continue
        is_told = _AGENCY.search(credit) or not after or _is_courtesy(credit)
        if _SOURCE.search(credit) or (is_told and _is_names(credit)):
            return match.start(), credit
    return None


def _labelled(text: str) -> tuple[int, str] | None:
    """The first credit after a label outside brackets, with its place."""
    if not _LABEL_END.search(text):
        return None
    for match in _LABEL.finditer(text):
        rest = text[match.end() : match.end() + _LONGEST]
        stops = [stop.start() for stop in (_STOP.search(rest), _ANY_BRACKET.search(rest)) if stop]
        credit = _tidy(rest[: min(stops, default=len(rest))])
        if _is_names(credit) and not credit.isdigit() and credit.lower() not in PARTIES:
            return match.start(), credit
    return None


def _byline(text: str) -> tuple[int, str] | None:
    """The first `REUTERS/Name`, with its place."""
    for match in _BYLINE.finditer(text):
        before = text[: match.start()]
        if before and (before[-1] != " " or before.endswith("/ ")):
            continue
        stop = _STOP.search(match[0])
        credit = _tidy(match[0][: stop.start()] if stop else match[0])
        if _is_names(credit):
            return match.start(), credit
    return None


def _last_words(text: str) -> str | None:
    """A credit set as the caption's last sentence, or after its last dash."""
    tail = text[-_LONGEST - 40 :]
    starts = [stop.end() for stop in _STOP.finditer(tail)]
    if len(text) < 60:
        starts.insert(0, 0)
    for start in reversed(starts):
        credit = _tidy(tail[start:])
        if _is_names(credit) and ("/" in credit or _AGENCY.search(credit) or _is_courtesy(credit)):
            return credit
    return None


def _first_words(text: str) -> str | None:
    """A credit before the caption's first dash or colon."""
    stop = _STOP.search(text, 0, _LONGEST)
    ends = [end for end in (stop.start() if stop else -1, text.find(": ", 0, 80)) if end > 0]
    credit = _tidy(text[: min(ends, default=0)])
    return credit if _is_names(credit) and _AGENCY.search(credit) else None


def _is_aside(credit: str) -> bool:
    return credit.lower() in PARTIES or _ASIDE.fullmatch(credit) is not None


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
        or _PARTICLE.match(word)
        or "." in word  # picturedesk.com
        for word in words
    )


def _tidy(credit: str) -> str:
    credit = _ENDNOTE.sub("", credit).strip(' ,;:-–—|/\u200e\u200f\ufeff"“”')
    if credit.endswith(".") and not credit.endswith(("Inc.", "Ltd.", "Jr.", "Co.")):
        credit = credit[:-1].rstrip()
    return credit
