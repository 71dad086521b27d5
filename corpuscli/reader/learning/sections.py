"""Where the section of a page is: a word that the menu has, too, or a breadcrumb."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .entries import Entry
from .keys import EXACT, escape, is_sentence
from .pages import Pages
from .titles import Titles

PLACES = (-1, -2, 1, 2)
"""The lines where a section may be, counted from the title."""

LONGEST = 60
"""Characters of a section."""

SURE = 0.9
"""The share of pages that must have it."""

_ARROW = re.compile(r"\s*[>›»→]\s*|\s+/\s+")


def find_section(
    pages: Pages, titles: Titles, head: dict[str, list[Entry]]
) -> dict[str, list[Entry]]:
    """Return the lists of the head that are other ones once the section has its own.

    Empty where the evidence is not clear: where no line near the title comes from a few words,
    which the menu has, too, or is a breadcrumb.
    """
    if titles.slot.kind == "label" or head.get("section"):
        return {}
    menu = _menu(pages)
    for place in PLACES:
        found = _at(pages, titles, place)
        words = Counter(pages.lines[at].text for at in found if at >= 0)
        if not _is_vocabulary(words, len(found)):
            continue
        entries = _breadcrumbs(words)
        if not entries and sum(n for text, n in words.items() if text.casefold() in menu) >= (
            0.5 * words.total()
        ):
            entries = _menu_words(pages, found, words)
        if entries:
            patterns = {entry.pattern for entry in entries}
            drops = [entry for entry in head.get("drop", ()) if entry.pattern not in patterns]
            if all(entry.exact for entry in entries):
                return {"section": entries, "drop": drops}
            drops = [one for one in drops if not (one.exact in words and _is_arrowed(one.exact))]
            return {"section": entries, "drop": drops}
    return {}


def _menu(pages: Pages) -> set[str]:
    """Return the lines that are on every page, in small letters."""
    return {anchor.key[1].casefold() for anchor in pages.anchors if anchor.key[0] == EXACT} | {
        key[1].casefold()
        for key, at in pages.positions.items()
        if key[0] == EXACT and len(at) >= SURE * len(pages.spans)
    }


def _at(pages: Pages, titles: Titles, place: int) -> list[int]:
    """Return the line so far from the title, page by page; -1 where the page ends before."""
    return [
        title + place if title >= 0 and start <= title + place < end else -1
        for title, (start, end) in zip(titles.at, pages.spans, strict=True)
    ]


def _is_vocabulary(words: Counter[str], pages: int) -> bool:
    """Return True if the lines are a few short words that come back."""
    total = words.total()
    if total < SURE * pages or not 2 <= len(words) <= max(4, 0.3 * pages):
        return False
    again = sum(count for count in words.values() if count > 1)
    short = sum(
        count
        for text, count in words.items()
        if len(text) <= LONGEST and not re.search(r"\d", text) and not is_sentence(text)
    )
    return again >= SURE * total and short >= SURE * total


def _is_arrowed(text: str) -> bool:
    return len(_ARROW.split(text)) > 1


def _breadcrumbs(words: Counter[str]) -> list[Entry]:
    """Return the entry of lines like `Home > Politics`: what is between their common ends."""
    paths = {text: _ARROW.split(text) for text in words}
    if sum(words[text] for text, path in paths.items() if len(path) > 1) < SURE * words.total():
        return []
    texts = [text for text, path in paths.items() if len(path) > 1]
    before = _end_of_arrow(_common(texts))
    rest = [text[len(before) :][::-1] for text in texts]
    after = _common(rest)[::-1]
    match = _ARROW.search(after)
    after = after[match.start() :] if match else ""
    pattern = f"{escape(before)}(.{{1,{LONGEST}}}?){escape(after)}"
    return [Entry(pattern, "", words.total(), words.most_common(1)[0][0])] if before else []


def _common(texts: Sequence[str]) -> str:
    """Return what all texts begin with."""
    low, high = min(texts), max(texts)
    return next((low[:at] for at in range(len(low)) if low[at] != high[at : at + 1]), low)


def _end_of_arrow(text: str) -> str:
    ends = [match.end() for match in _ARROW.finditer(text)]
    return text[: ends[-1]] if ends else ""


def _menu_words(pages: Pages, at: Sequence[int], words: Counter[str]) -> list[Entry]:
    """Return the entries of words that the menu has, too: told from it by the line above."""
    often = [text for text, count in words.most_common() if count > 1]
    lines = pages.lines
    alone = sum(
        place >= 0
        and sum(lines[one].text == lines[place].text for one in range(start, place + 1)) == 1
        for place, (start, _) in zip(at, pages.spans, strict=True)
    )
    if alone >= SURE * len(at):
        return [Entry(escape(text), text, words[text], text) for text in often]
    above = Counter(lines[place - 1].text for place in at if place > 0)
    text, count = above.most_common(1)[0]
    if count < SURE * len(at):
        return []
    names = "|".join(escape(name) for name in often)
    return [Entry(f"{escape(text)}\\n({names})", "", count, often[0])]
