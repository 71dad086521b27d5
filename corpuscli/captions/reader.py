"""A caption's date, place and credit at once, from one cut into tokens."""

from __future__ import annotations

from corpuscli.captions.credits import credit_text, read_credit
from corpuscli.captions.dates import choose_date, find_dates
from corpuscli.captions.lexicon import load_places
from corpuscli.captions.places import choose_place
from corpuscli.captions.tokens import cut, one_line, release


def read(text: str) -> tuple[str | None, str | None, str | None]:
    """Return the date, the place and the credit of a caption."""
    load_places()
    tokens = cut(one_line(text))
    found = find_dates(tokens)
    day = choose_date(tokens, found)
    credit = read_credit(tokens, found)
    written = credit_text(tokens, credit)
    place = choose_place(tokens, credit)
    release(tokens)
    return day, place, written
