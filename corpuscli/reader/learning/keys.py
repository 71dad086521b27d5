"""The keys of a line: what it has in common with lines of other pages.

A line of a frame comes back as it is, or with other numbers and dates, or with another value behind
the same label. Each of these is a key; what a page is made of is found by counting keys.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...source.text import fold
from .names import NAMES

NUMBER = re.compile(r"\d+(?:[.,٬٫']\d+)*")
_WORD = re.compile(r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:-feira)?\.?")
_LABEL = re.compile(
    r"((?:[^\s:：|]+[ ]){0,3}[^\s:：|]+ ?[:：|])(?:[ \t]|$|(?<=[：|]))|([A-Z]{2,4})[ \t]+(?=\S)"
)
_SENTENCE = re.compile(r"[.!?…。！？؟।][\"'»”“’)\]]*$")

EXACT, TEMPLATE, LABEL, PREFIX, GAP, PAIR = "=", "#", ":", ">", "_", "&"
"""Kinds of keys: as it is; numbers masked; a label; the first word of a short line; a run of blank
lines before it; a line and the one below."""

SPECIFIC = {EXACT: 0, TEMPLATE: 1, LABEL: 2, PREFIX: 3, PAIR: 4, GAP: 5}

TAG = "#"
"""What begins a line that is one tag."""

Key = tuple[str, str]
"""A kind and a text."""

SHORT_LINE = 90
"""Characters of a line whose first word may be a key."""


class Line(NamedTuple):
    """A line of a sample that is not blank."""

    text: str
    """Folded."""
    raw: str
    """As it is, without its line end."""
    blank: int
    """How many blank lines are before it."""
    exact: Key
    template: Key | None
    label: Key | None
    prefix: Key | None


def line_of(raw: str, blank: int) -> Line:
    """Return a line with its keys."""
    text = fold(raw)
    template = label = prefix = None
    if len(text) <= 200:
        masked = mask(text)
        if masked != text:
            template = (TEMPLATE, masked)
        match = _LABEL.match(text)
        if match and len(match.group(1) or match.group(2)) <= 32:
            label = (LABEL, match.group(1) or match.group(2))
        if len(text) <= SHORT_LINE and not is_sentence(text):
            first = text.split(" ", 1)[0]
            if len(first) < len(text) and len(first) <= 24:
                prefix = (PREFIX, mask(first))
            elif len(text) > 1 and text[0] == TAG and first == text:
                prefix = (PREFIX, TAG)
    elif match := _LABEL.match(text):
        label = (LABEL, match.group(1) or match.group(2))
    return Line(text, raw, blank, (EXACT, text), template, label, prefix)


def mask(text: str) -> str:
    """Return the text with its numbers, and names of months and days beside numbers, masked."""
    masked = NUMBER.sub("{number}", text)
    if "{number}" not in masked:
        return masked

    def name(word: re.Match[str]) -> str:
        bare = word.group().rstrip(".").lower().replace("i̇", "i")
        if bare not in NAMES:
            return word.group()
        return "{month}"

    parts = masked.split("{number}")
    return _NOON.sub(r"\1{noon}", "{number}".join(_WORD.sub(name, part) for part in parts))


_NOON = re.compile(r"(?<=\{number\})( ?)[AaPp]\.?[Mm]\b\.?")
"""Before noon, or after it: `7:30 p.m.`."""


_BEFORE_DATE = re.compile(r"([^{]*?[^\W\d_][^{]*?)([^\w\s]*\s[^\w{]*\{(?:number|month)\}.*)")
"""Words, then what is between them and a date."""


def behind_words(masked: str) -> str | None:
    """Return a masked line with `{text}` for what is before its date: `{text} | {number} {month}`.

    Returns None if there are no words before it.
    """
    match = _BEFORE_DATE.fullmatch(masked)
    return "{text}" + match[2] if match else None


def is_sentence(text: str) -> bool:
    """Return True if the text ends like a sentence."""
    return _SENTENCE.search(text) is not None


def pattern_of(key: Key) -> str:
    """Return the pattern of a layout that matches the lines which have that key."""
    kind, text = key
    if kind == EXACT:
        return escape(text)
    if kind == TEMPLATE:
        return escape(text, keep=True)
    if kind == LABEL:
        space = "" if text[-1] in ":：|" else " "
        return f"{escape(text)}{space}.*"
    if key == (PREFIX, TAG):
        return f"{TAG}\\S{{1,{SHORT_LINE}}}"
    if kind == PREFIX:
        return f"{escape(text, keep=True)} .{{1,{SHORT_LINE}}}"
    if kind == PAIR:
        return "\\n".join(escape(line) for line in text.split("\n"))
    raise ValueError(kind)


def escape(text: str, keep: bool = False) -> str:
    """Return a text as a pattern of itself; `keep` leaves the placeholders that `mask` made."""
    parts = re.split(r"(\{number\}|\{month\}|\{text\}|\{noon\})", text) if keep else [text]
    return "".join(
        _OWN.get(part, part)
        if keep and place % 2
        else re.sub(r"([\\.^$*+?{}()|\[\]])", r"\\\1", part)
        for place, part in enumerate(parts)
    )


_OWN = {"{text}": f".{{1,{SHORT_LINE}}}", "{noon}": r"[AaPp]\.?[Mm]\.?"}
"""Placeholders of `mask` that layouts do not have, as patterns."""


def goes_on(text: str) -> bool:
    """True of a line that begins within a sentence: with a small letter, or with its end."""
    return text[0].islower() or text[0] in ",.;:!?)"
