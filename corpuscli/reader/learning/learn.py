"""Learn a layout from a sample of a dump, and try it on pages it was not learnt from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ...source.text import trim
from ..framed import read_parts
from ..framed_starts import find_starts
from ..layouts import Layout, parse_layout
from .dates import holds_day
from .draft import Draft, draft_layout
from .keys import EXACT, GAP, LABEL, PAIR, TEMPLATE, Line, line_of
from .pages import Pages, find_pages
from .rhythm import find_rhythms, is_free, is_text, positions_of
from .titles import Titles, rank_titles
from .write import write_layout

FEWEST_PAGES = 6
FEWEST_TO_TRY = 10
"""Pages from which on a layout is learnt on one half and tried on the other."""


class Learnt(NamedTuple):
    """A layout that was learnt, and what speaks for it."""

    source: str
    layout: Layout
    pages: int
    explained: float
    """The share of the lines of the sample that it knows what to make of."""
    agreed: float
    """The share of the pages of one half that a layout of the other half reads the same."""
    titles: tuple[str, ...]
    runner_up: str


class Refused(NamedTuple):
    """Why nothing was learnt."""

    reason: str


class _Found(NamedTuple):
    pages: Pages
    titles: Titles
    score: float
    rivals: tuple[Titles, ...]

    def draft(self) -> Draft:
        """Return the statements that say of the pages where each part is."""
        return draft_layout(self.pages, self.titles)


def lines_of(data: bytes) -> list[Line]:
    """Return the lines of a sample that are not blank, each with its keys."""
    found: list[Line] = []
    blank = 0
    for raw in data.decode("utf-8", "replace").split("\n"):
        if trim(raw):
            found.append(line_of(raw, blank))
            blank = 0
        else:
            blank += 1
    return found


def learn_layout(data: bytes, name: str, whole: bool = True) -> Learnt | Refused:
    """Learn from a sample, UTF-8; `whole` says that it begins where the dump does."""
    lines = lines_of(data)
    if len(lines) < 3 * FEWEST_PAGES:
        return Refused("it is too short: there are fewer than six pages")
    found = _find(lines, whole)
    if isinstance(found, Refused):
        return found
    reason = _doubt(found)
    if reason:
        return Refused(reason)
    draft = found.draft()
    source = write_layout(draft, name, ())
    layout = parse_layout(f"{name}.toml", source, built_in=True)
    agreed = 1.0
    if len(found.pages.spans) >= FEWEST_TO_TRY:
        tried = _try(data, lines, found, name)
        if isinstance(tried, Refused):
            return tried
        agreed = tried
    explained = _explained(found)
    notes = _notes(found, explained, agreed)
    source = write_layout(draft, name, notes)
    return Learnt(
        source,
        layout,
        len(found.pages.spans),
        explained,
        agreed,
        draft.titles[:5],
        _rival(found),
    )


def _find(lines: Sequence[Line], whole: bool) -> _Found | Refused:
    """The pages, the title and the statements, by the rhythm that speaks most for itself."""
    positions = positions_of(lines)
    best: _Found | None = None
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
        found = _Found(pages, ranked[0], score, tuple(ranked[1:4]))
        # What is in doubt stands back behind what is not.
        if _doubt(found):
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


def _doubt(found: _Found) -> str:
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


def _texts(pages: Pages, titles: Titles) -> list[str]:
    texts = [pages.lines[at].text if at >= 0 else "" for at in titles.at]
    if titles.slot.kind == "label" and titles.slot.key:
        texts = [text[len(titles.slot.key[1]) :].strip() for text in texts]
    return texts


def _try(data: bytes, lines: Sequence[Line], found: _Found, name: str) -> float | Refused:
    """Learn on the first half of the pages, read the second, and compare."""
    pages = found.pages
    half = pages.spans[len(pages.spans) // 2][0]
    learnt = _find(lines[:half], True)
    if isinstance(learnt, Refused):
        return Refused(f"half of the pages are too few: {learnt.reason}")
    layout = parse_layout("half.toml", write_layout(learnt.draft(), name, ()), built_in=True)
    rest = _bytes_from(data, half)
    read = [one for one in _read(rest, layout) if one]
    titles = layout.pages[-1].title
    expected = [
        next(filter(None, match.groups()), "") if (match := titles.form.groups(text)) else text
        for text in _texts(pages, found.titles)[len(pages.spans) // 2 :]
    ]
    same = _common(read, expected)
    agreed = same / max(1, len(expected), len(read) - 1)
    if agreed < 0.8:
        return Refused(
            f"what one half of the pages teaches reads only {agreed:.0%} of the other half the same"
        )
    return agreed


def _common(read: Sequence[str], expected: Sequence[str]) -> int:
    """How many titles that were read are expected."""
    left = Counter(read)
    return sum((left & Counter(expected)).values())


def _bytes_from(data: bytes, line: int) -> bytes:
    """The bytes of a sample from the line of that place on, blank lines not counted."""
    seen = at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        if trim(data[at:end].decode("utf-8", "replace")):
            if seen == line:
                return data[at:]
            seen += 1
        at = end + 1
    return b""


def _read(data: bytes, layout: Layout) -> list[str]:
    """The titles of the articles of a stretch of a dump."""
    from ...source.text import fold

    starts = [*find_starts(data, layout, 0, len(data), True), len(data)]
    found = []
    for start, end in pairwise(starts):
        title = read_parts(data[start:end], layout).title
        found.append(fold(title.text) if title else "")
    return found


def _explained(found: _Found) -> float:
    """The share of the lines that come back, are a title, or are text of a body."""
    pages = found.pages
    titles = set(found.titles.at)
    known = 0
    for page in range(len(pages.spans)):
        first, last = pages.spans[page]
        start, end = pages.bounds(page)
        for at in range(first, last):
            known += (
                start <= at < end or at in titles or not is_free(pages.lines[at], pages.positions)
            )
    return known / max(1, sum(end - start for start, end in pages.spans))


def _rival(found: _Found) -> str:
    """The next best place of the title, in words."""
    texts = _texts(found.pages, found.titles)
    for rival in found.rivals:
        others = _texts(found.pages, rival)
        if sum(one != other for one, other in zip(texts, others, strict=True)) > 0.3 * len(texts):
            example = next(filter(None, others), "")
            return f"the title {_where(rival)}: {example}"
    return ""


def _where(titles: Titles) -> str:
    slot = titles.slot
    if slot.kind == "label" and slot.key:
        return f"behind {slot.key[1]!r}"
    if slot.kind in ("after", "before") and slot.key:
        lines = "line" if slot.lines == 1 else f"{slot.lines} lines"
        return f"{lines} {slot.kind} {slot.key[1]!r}"
    return "on the first line" if slot.lines < 2 else f"on line {slot.lines}"


def _notes(found: _Found, explained: float, agreed: float) -> list[str]:
    size = len(found.pages.spans)
    notes = [
        f"Learnt from {size} pages. It knows what to make of {explained:.0%} of their lines;",
        f"learnt from one half, it reads {agreed:.0%} of the other half the same.",
    ]
    if rival := _rival(found):
        text = "".join(one if one.isprintable() else " " for one in rival)
        notes.append(f"Runner-up: {text[:80]}")
    return notes
