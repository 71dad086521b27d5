"""Whether a line holds a day."""

from __future__ import annotations

import re

from .keys import NUMBER
from .names import NAMES

_DAY = re.compile(
    r"\d{1,4}[./\u2010-\u2015-]\s?\d{1,2}[./\u2010-\u2015-]\s?\d{1,4}"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]|\d{1,2}月\s?\d{1,2}日"
)
_WORD = re.compile(r"[^\W\d_]+")


def holds_day(text: str) -> bool:
    """Return True if the line is short and holds a day: in figures, or with a month's name."""
    if len(text) > 120 or not NUMBER.search(text):
        return False
    if _DAY.search(text):
        return True
    return any(len(word) > 2 and word.lower() in NAMES for word in _WORD.findall(text))
