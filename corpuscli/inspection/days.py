"""Read days that are named by how long ago they are."""

from __future__ import annotations

import re

_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}

_AGO = (
    r"(?:(?P<count>[0-9]{1,5}|an?|one|last)\s*)"
    r"(?:(?P<short>[dwmy])|(?P<long>day|week|month|year)s?(?:\s+ago)?)"
)


def relative_day(text: str) -> str | None:
    """Return the day, ISO 8601, that words such as `yesterday`, `7d` or `2 weeks ago` name.

    It is counted back from today on this machine. Returns None for other text.
    """
    word = " ".join(text.lower().split())
    match = re.fullmatch(_AGO, word)
    if match is None and word not in ("today", "yesterday"):
        return None
    from datetime import date

    from dateutil.relativedelta import relativedelta

    if match is None:
        count, unit = int(word == "yesterday"), "days"
    else:
        digits = match["count"]
        count = int(digits) if digits.isdigit() else 1
        unit = _UNITS[(match["short"] or match["long"])[0]]
    try:
        back = relativedelta(**{unit: count})  # type: ignore[arg-type]
        return (date.today() - back).isoformat()
    except (OverflowError, ValueError):
        return date.min.isoformat()
