"""The day that a date line of an article holds."""

from __future__ import annotations

import re
from functools import lru_cache

from .. import captions

# Compiled when they are first needed: few layouts name the line of a date.
_CJK = r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]"
_LATE = r"(?i)\b(?:update[ds]?|aktualisiert|mis à jour|modifié|actualizado|обновлено)\b"
LONGEST = 120
"""Characters of a date line, at most."""


@lru_cache(maxsize=4096)
def line_day(text: str) -> str | None:
    """Return the full day that a date line holds, ISO 8601; None where it is not sure.

    Of two days the first counts. Nothing is filled in: a line without its year has no day.
    """
    if match := re.search(_CJK, text):
        from datetime import date

        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            return None
    if day := captions.find_date(text):
        return day
    late = re.search(_LATE, text)
    if late and late.start() > 8:
        text = text[: late.start()]
    return _by_dateutil(text) if len(text) <= LONGEST else None


def _by_dateutil(text: str) -> str | None:
    """Return the date that dateutil reads; None unless it is the same with two defaults."""
    if not re.search(r"\d{4}", text):
        return None
    from datetime import datetime

    from dateutil.parser import ParserError, parse

    try:
        one = parse(text, default=datetime(1904, 1, 1), fuzzy=True, ignoretz=True)
        other = parse(text, default=datetime(1908, 2, 2), fuzzy=True, ignoretz=True)
    except (ParserError, OverflowError, ValueError, TypeError, AttributeError):
        return None
    same = one.date() == other.date()
    # A day and a month in figures may be either way round.
    figures = re.fullmatch(r"\D*(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b.*", text)
    if figures and int(figures[1]) <= 12 and int(figures[2]) <= 12 and figures[1] != figures[2]:
        return None
    return one.date().isoformat() if same else None
