"""The pages of a sample and their titles, by the rhythm that speaks most for itself."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import NamedTuple

from .dates import holds_day
from .draft import Draft, draft_layout
from .keys import EXACT, GAP, LABEL, PAIR, TEMPLATE, Line
from .pages import Pages, find_pages
from .rhythm import find_rhythms, is_free, is_text, positions_of
from .titles import Titles, rank_titles

FEWEST_PAGES = 6


class Refused(NamedTuple):
    """Why nothing was learnt."""

    reason: str


class Found(NamedTuple):
    """Pages, and where the title of each is."""

    pages: Pages
    titles: Titles
    score: float
    rivals: tuple[Titles, ...]

    def draft(self) -> Draft:
        """Return the statements that say of the pages where each part is."""
        return draft_layout(self.pages, self.titles)


def find(lines: Sequence[Line], whole: bool) -> Found | Refused:
    """The pages, the title and the statements, by the rhythm that speaks most for itself."""
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
        found = Found(pages, ranked[0], score, tuple(ranked[1:4]))
        # What is in doubt stands back behind what is not.
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
    return sum(anchor.key[0] in (EXACT, TEMPLATE, LABEL, PAIR) for anchor in pages.anchors) + (
        pages.begin.is_after and pages.begin.key[0] != GAP
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
    if _strong(pages) < 2 and not _is_dated(pages):
        return "only one kind of line comes back once a page, and headings do that in any text"
    if _text_pages(pages) < 0.6:
        return "most of the pages have no text between the lines that come back"
    if titles.score < 3.0:
        return "no place on the pages has a headline of its own on each"
    return ""
