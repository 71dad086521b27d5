"""Pages of another kind in a sample: they have a frame of their own.

A dump may hold articles and, between them, pages of videos or of live reports, which have other
lines above and below their text. To the pages of the first kind, these are lines that belong to no
page. There they are found and taken out; then the first kind is found again without them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

from .entries import Entry
from .found import FEWEST_PAGES, Found, Refused, doubt, find
from .keys import EXACT, GAP, LABEL, TEMPLATE, Key, Line, pattern_of
from .pages import Pages
from .rhythm import Anchor, is_free, is_text
from .variants import find_variant

FEWEST_LINES = 3
"""Lines of a frame of its own that another kind of page has, at least."""

MOST = 3
"""Other kinds, at most."""


class Other(NamedTuple):
    """Pages of another kind, and a line that they have, and no other page."""

    found: Found
    when: Entry
    end: Entry | None
    """The line that they end with, if they begin with the other; None if they begin as the rest."""


class Kinds(NamedTuple):
    """The kinds of pages of a sample."""

    first: Found
    others: tuple[Other, ...] = ()

    @property
    def pages(self) -> int:
        """Return how many pages there are of all kinds."""
        return len(self.first.pages.spans) + sum(len(one.found.pages.spans) for one in self.others)


def find_kinds(lines: Sequence[Line], whole: bool) -> Kinds | Refused:
    """Return the kinds of pages; `whole` says that the sample begins where the dump does."""
    first = find(lines, whole)
    if isinstance(first, Refused):
        return first
    if reason := doubt(first):
        return Refused(reason)
    others: list[Other] = []
    while len(others) < MOST:
        places = _outside(first.pages)
        rest = [first.pages.lines[at] for at in places]
        second = _find_second(rest)
        if second is None:
            break
        taken = {places[at] for at in _inside(second.pages)}
        left = [line for at, line in enumerate(first.pages.lines) if at not in taken]
        again = find(left, whole)
        if isinstance(again, Refused) or doubt(again):
            # Without them the first pages have no text: these lines are parts of theirs.
            break
        begin, end = _ends(second.pages, {line.exact for line in left} | _keys_of(left))
        if begin is None or end is None or again.pages.begin.key[0] == GAP:
            return Refused(_apart(again, second))
        first = again
        others.append(Other(second, begin, end))
    if variant := find_variant(first):
        first = variant.rest
        others.append(Other(variant.found, variant.when, None))
    return Kinds(first, tuple(others))


def _apart(one: Found, other: Found) -> str:
    """Return why two kinds of pages are not told apart."""
    counts = f"{len(one.pages.spans)} and {len(other.pages.spans)}"
    return f"there are two kinds of pages, {counts} of them, and no line tells which is which"


def _find_second(rest: Sequence[Line]) -> Found | None:
    """Return the pages with a frame of their own among lines that are on no page, if any."""
    counts = Counter(line.exact for line in rest)
    if sum(count >= FEWEST_PAGES for count in counts.values()) < FEWEST_LINES:
        return None
    found = find(rest, False)
    if isinstance(found, Refused) or doubt(found):
        return None
    keys = [anchor.key for anchor in found.pages.anchors]
    if sum(key[0] in (EXACT, TEMPLATE) for key in keys) < FEWEST_LINES or not _has_bodies(found):
        return None
    return found


def _has_bodies(found: Found) -> bool:
    """Return True if most of the pages have text besides their title; comments have none."""
    pages = found.pages
    count = sum(
        any(
            at != title and is_text(pages.lines[at]) and is_free(pages.lines[at], pages.positions)
            for at in range(start, end)
        )
        for (start, end), title in zip(pages.spans, found.titles.at, strict=True)
    )
    return count >= 0.6 * len(pages.spans)


def _core(pages: Pages, page: int) -> tuple[int, int]:
    """Return the lines `[first, end)` of a page from its first anchor to its last."""
    at = [anchor.at[page] for anchor in pages.anchors if anchor.at[page] >= 0]
    return (min(at), max(at) + 1) if at else (0, 0)


def _inside(pages: Pages) -> list[int]:
    """Return the lines that are on a page, from its first anchor to its last."""
    cores = [_core(pages, page) for page in range(len(pages.spans))]
    return [at for start, end in cores for at in range(start, end)]


def _outside(pages: Pages) -> list[int]:
    """Return the other lines."""
    inside = set(_inside(pages))
    return [at for at in range(len(pages.lines)) if at not in inside]


def _keys_of(lines: Sequence[Line]) -> set[Key]:
    return {key for line in lines for key in (line.template, line.label) if key is not None}


def _ends(pages: Pages, known: Set[Key]) -> tuple[Entry | None, Entry | None]:
    """Return the lines with which all pages begin and end; None for one that others have, too."""
    return _own(pages, pages.anchors[0], known), _own(pages, pages.anchors[-1], known)


def _own(pages: Pages, anchor: Anchor, known: Set[Key]) -> Entry | None:
    """Return the statement of an anchor's line; None if lines of other pages match it, too."""
    lines = [pages.lines[at] for at in anchor.at if at >= 0]
    key, count = Counter(line.exact for line in lines).most_common(1)[0]
    if count < 0.95 * len(lines):
        key = anchor.key
    if key[0] not in (EXACT, TEMPLATE, LABEL) or key in known:
        return None
    exact = key[1] if key[0] == EXACT else ""
    return Entry(pattern_of(key), exact, len(lines), lines[0].text)
