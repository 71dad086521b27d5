"""Find the pages of a sample and their titles, by the rhythm with the best score."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log10
from typing import NamedTuple

from .dates import holds_day
from .draft import draft_layout
from .entries import Draft
from .keys import EXACT, GAP, LABEL, PAIR, PREFIX, TEMPLATE, Line, is_sentence
from .pages import Pages, find_pages
from .rhythm import find_rhythms, is_free, is_text, positions_of
from .titles import Titles, rank_titles

FEWEST_PAGES = 6

FEWEST_MARKED = 10
"""The same, if one line is all that they have in common."""

SURE = 5.0
"""The least score of titles that are headlines without a doubt."""


class Refused(NamedTuple):
    """Why nothing was learnt."""

    reason: str


class Found(NamedTuple):
    """Pages, and where the title of each is."""

    pages: Pages
    titles: Titles
    score: float
    rivals: tuple[Titles, ...]
    is_counted: bool = False
    """True if a line counts the pages, one by one."""

    def draft(self) -> Draft:
        """Return the statements that say of the pages where each part is."""
        return draft_layout(self.pages, self.titles)


def find(lines: Sequence[Line], whole: bool) -> Found | Refused:
    """Return the pages and their titles by the rhythm with the best score."""
    positions = positions_of(lines)
    best: Found | None = None
    reason = "no lines come back once a page"
    for rhythm in find_rhythms(lines, positions):
        pages = find_pages(lines, positions, rhythm, whole)
        if pages is None:
            reason = "there is no free text between the lines that come back"
            continue
        ranked = rank_titles(pages)
        if not ranked:
            reason = "no place on the pages has a headline of its own on each"
            continue
        texts = _text_pages(pages)
        score = ranked[0].score + 3 * texts + (0.5 if rhythm.counter else 0)
        score += min(1.5, 0.5 * _strong(pages)) + min(1.0, len(lines) and _share(pages))
        # A paragraph that comes in a few articles makes fewer pages than a frame does.
        score += 0.7 * log10(max(1.0, rhythm.weight))
        counted = rhythm.counter is not None
        found = Found(pages, ranked[0], score, tuple(ranked[1:4]), counted)
        # What is doubtful comes after what is not.
        if doubt(found):
            found = found._replace(score=score - 100)
        if best is None or found.score > best.score:
            best = found
    if best is None:
        return Refused(reason)
    return best


def _share(pages: Pages) -> float:
    """The share of the lines of the sample that are on these pages' anchors."""
    return len(pages.anchors) * len(pages.spans) / max(1, len(pages.lines))


def _strong(pages: Pages) -> int:
    """How many kinds of lines come once a page, gaps and first words apart."""
    keys = {anchor.key for anchor in pages.anchors}
    if pages.begin.is_after:
        keys.add(pages.begin.key)
    return sum(key[0] in (EXACT, TEMPLATE, LABEL, PAIR) for key in keys)


_MARK = re.compile(r"[^\w\s]{2}.*|[^\w\s]*(?:\{\w+\}[^\w\s]*\s*)+")
"""What is written only to separate: signs in a row first, or nothing but a date or numbers."""
_CHAPTER = re.compile(
    r"(?i)\b(?:chapter|part|book|canto|scene|act|section|kapitel|teil|chapitre|partie|cap[ií]tulo"
    r"|capitolo|hoofdstuk|rozdział|розділ|глава|часть|bölüm|bab|chương)\b|فصل|باب|פרק|अध्याय|[章回장]"
)
"""How a part of one long text is called."""
_QUOTES = "\"'“‘«„»—–-"


def _is_marked(found: Found) -> bool:
    """Return True if pages have one line in common, but that can only be made to separate them.

    It counts them, or is a rule or a date; or all headlines are in capitals. And each page has a
    headline of its own, as chapters and the scenes of a novel have not.
    """
    pages, titles = found.pages, found.titles
    if len(pages.spans) < FEWEST_MARKED or titles.distinct < 0.9 or titles.coverage < 0.9:
        return False
    if titles.score < SURE:
        return False
    texts = [pages.lines[at].text for at in titles.at if at >= 0]
    if sum(is_sentence(text) or text[0] in _QUOTES for text in texts) > 0.2 * len(texts):
        return False
    if pages.begin.key[0] == GAP:
        return sum(text.isupper() for text in texts) >= 0.95 * len(texts)
    keys = [pages.begin.key, *(anchor.key for anchor in pages.anchors)]
    if any(_CHAPTER.search(key[1]) for key in keys):
        return False
    return found.is_counted or any(
        key[0] in (EXACT, TEMPLATE, PREFIX) and _MARK.fullmatch(key[1]) for key in keys
    )


def _is_dated(pages: Pages) -> bool:
    """True if articles are separated by blank lines, and each has a line with a day."""
    if not any(anchor.key[0] == GAP for anchor in pages.anchors):
        return False
    for anchor in pages.anchors:
        if anchor.key[0] in (TEMPLATE, LABEL):
            texts = [pages.lines[at].text for at in anchor.at if at >= 0]
            if sum(map(holds_day, texts)) > 0.8 * len(texts):
                return True
    return False


def _text_pages(pages: Pages) -> float:
    """The share of pages with a paragraph where the body is."""
    count = 0
    for page in range(len(pages.spans)):
        start, end = pages.bounds(page)
        first = max(0, start - 1)
        count += any(
            is_text(pages.lines[at]) and is_free(pages.lines[at], pages.positions)
            for at in range(first, end)
        )
    return count / len(pages.spans)


def doubt(found: Found) -> str:
    """Why the evidence is too thin; nothing where it is not."""
    pages, titles = found.pages, found.titles
    if len(pages.spans) < FEWEST_PAGES:
        return f"there are only {len(pages.spans)} pages"
    if _strong(pages) < 2 and not _is_dated(pages) and not _is_marked(found):
        return "only one kind of line comes back once a page, and headings do that in any text"
    if _text_pages(pages) < 0.6:
        return "most of the pages have no text between the lines that come back"
    if titles.score < 3.0:
        return "no place on the pages has a headline of its own on each"
    return ""
