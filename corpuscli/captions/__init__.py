"""What a photo's caption says of the photo: its date, its place, its credit.

A caption is read in this order: `tokens` cuts it, and `lexicon` tells what each word can be; then
`dates` finds its dates, and `story` tells which of them is the picture's; `credits` finds who is
credited, and `places` looks for the place in what is left. Modules are loaded when they are first
needed: `list`, which needs dates only, loads neither names of places nor of agencies.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

__all__ = ["find_credit", "find_date", "find_place", "only_date", "read_caption"]

_LONGEST = 2000  # characters of a caption that is worth remembering
_reads_all = False
_find: Callable[[str], str | None] | None = None
"""`dates.find_date`, once it is loaded."""


def read_caption(text: str) -> tuple[str | None, str | None, str | None]:
    """Return the date, the place and the credit of a caption, each as `find_…` returns it.

    Captions that were just read are remembered: dumps repeat them, and newsrooms use photos again.
    """
    return _remembered(text) if len(text) < _LONGEST else _read(text)


def find_date(text: str) -> str | None:
    """Return the full day a photo was taken, ISO 8601; None when the caption does not write it."""
    if len(text) >= _LONGEST:
        return _date(text)
    # Who has asked for a place or a credit will ask for those of this caption, too.
    return _remembered(text)[0] if _reads_all else _remembered_date(text)


def only_date(text: str) -> str | None:
    """Return the day, ISO 8601, that a text names and nothing else; otherwise None."""
    from corpuscli.captions import dates

    return dates.only_date(text)


def find_place(text: str) -> str | None:
    """Return where a photo was taken, with region and country as written, or None."""
    return read_caption(text)[1]


def find_credit(text: str) -> str | None:
    """Return photographer and agency as a caption writes them, or None."""
    return read_caption(text)[2]


def _read(text: str) -> tuple[str | None, str | None, str | None]:
    global _reads_all
    from corpuscli.captions.reader import read

    _reads_all = True
    return read(text)


def _date(text: str) -> str | None:
    global _find
    if _find is None:
        from corpuscli.captions.dates import find_date

        _find = find_date
    return _find(text)


_remembered = lru_cache(maxsize=1024)(_read)
_remembered_date = lru_cache(maxsize=1024)(_date)
