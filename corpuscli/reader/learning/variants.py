"""Pages with the same frame whose title is at another place, told by a line above it.

On an opinion page the author may be above the title, and on others below it. The place of the title
is looked for again on the pages that have a line, such as `Opinion`, which the others do not have.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from .entries import Entry
from .found import Found
from .keys import escape
from .pages import Pages
from .rhythm import Anchor
from .titles import MOST_LINES, Titles, rank_titles

FEWEST = 8
"""Pages of a variant, at least."""

LONGEST = 40
"""Characters of a line that names a kind of page, at most."""

MOST_SHARE = 0.5
"""Of all pages, at most: the others are the rule."""

MOST_TRIED = 12
"""Lines that are tried, at most; those on the most pages first."""

BETTER = 1.0
"""By how much another place must be better than the usual one."""


class Variant(NamedTuple):
    """The pages whose title is elsewhere, the line that tells them, and the others."""

    found: Found
    when: Entry
    rest: Found


def find_variant(found: Found) -> Variant | None:
    """Return the pages that a line tells apart, if their titles are clearly elsewhere."""
    size = len(found.pages.spans)
    best: Variant | None = None
    gain = BETTER
    for when, chosen in _candidates(found):
        one, better = _of(found, chosen)
        if one is None or better <= gain:
            continue
        others = [page for page in range(size) if page not in chosen]
        rest, _ = _of(found, others)
        if rest is not None and rest.titles.slot == found.titles.slot:
            best, gain = Variant(one, when, rest), better
    return best


def _candidates(found: Found) -> list[tuple[Entry, list[int]]]:
    """Return lines near the titles that only some pages have, with the numbers of these pages."""
    pages, lines = found.pages, found.pages.lines
    size = len(pages.spans)
    near: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for page, at in enumerate(found.titles.at):
        start, end = pages.spans[page]
        for place in range(max(start, at - MOST_LINES), min(end, at + 2) if at >= 0 else 0):
            if place == at or len(lines[place].text) > LONGEST:
                continue
            near[lines[place].text,].add(page)
            if place > start and place - 1 != at:
                near[lines[place - 1].text, lines[place].text].add(page)
    likely = {
        texts: some for texts, some in near.items() if FEWEST <= len(some) <= MOST_SHARE * size
    }
    all_pages: dict[tuple[str, ...], set[int]] = {texts: set() for texts in likely}
    for page, (start, end) in enumerate(pages.spans):
        for place in range(start, end):
            for first in (place, place - 1):
                texts = tuple(line.text for line in lines[max(first, start) : place + 1])
                if texts in all_pages:
                    all_pages[texts].add(page)
    # A line that other pages have, too, tells nothing; where one is enough, two are not needed.
    candidates = sorted(
        (texts for texts, some in likely.items() if all_pages[texts] == some),
        key=lambda texts: (-len(likely[texts]), len(texts), texts),
    )
    entries: dict[frozenset[int], Entry] = {}
    for texts in candidates:
        chosen = frozenset(likely[texts])
        if chosen not in entries:
            pattern = "\\n".join(map(escape, texts))
            exact = texts[0] if len(texts) == 1 else ""
            entries[chosen] = Entry(pattern, exact, len(chosen), " ".join(texts))
    return [(entry, sorted(chosen)) for chosen, entry in entries.items()][:MOST_TRIED]


def _of(found: Found, chosen: list[int]) -> tuple[Found | None, float]:
    """Return some of the pages with their own best titles, and by how much these are better."""
    pages = _some(found.pages, chosen)
    ranked = rank_titles(pages)
    if not ranked or min(ranked[0].distinct, ranked[0].coverage) < 0.9:
        return None, 0.0
    usual = tuple(found.titles.at[page] for page in chosen)
    score = next((one.score for one in ranked if one.at == usual), 0.0)
    titles: Titles = ranked[0]
    part = found._replace(pages=pages, titles=titles, rivals=tuple(ranked[1:4]))
    return part, titles.score - score if titles.at != usual else 0.0


def _some(pages: Pages, chosen: list[int]) -> Pages:
    """Return some of the pages."""
    spans = tuple(pages.spans[page] for page in chosen)
    inside = {at for start, end in spans for at in range(start, end)}
    positions = {
        key: some
        for key, places in pages.positions.items()
        if (some := [at for at in places if at in inside])
    }
    anchors = tuple(
        Anchor(anchor.key, tuple(anchor.at[page] for page in chosen)) for anchor in pages.anchors
    )
    return pages._replace(positions=positions, spans=spans, anchors=anchors)
