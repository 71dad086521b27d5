"""A caption's date, place and credit at once, from one cut into tokens."""

from __future__ import annotations

from corpuscli.captions.credits import LONGEST, credit_text, find_credit, read_credit
from corpuscli.captions.dates import choose_date, find_date, find_dates
from corpuscli.captions.lexicon import load_places
from corpuscli.captions.places import choose_place, find_place
from corpuscli.captions.tokens import cut, one_line


def read(text: str) -> tuple[str | None, str | None, str | None]:
    """Return the date, the place and the credit of a caption."""
    load_places()
    text = one_line(text)
    if len(text) > LONGEST:
        return find_date(text), find_place(text), find_credit(text)
    tokens = cut(text)
    found = find_dates(tokens)
    credit = read_credit(tokens, found)
    place = choose_place(tokens, credit)
    return choose_date(tokens, found), place, credit_text(tokens, credit)
