"""Learn a layout from a sample of a dump, and try it on pages it was not learnt from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ...errors import InputError
from ...source.text import trim
from ..framed import read_parts
from ..framed_starts import find_starts
from ..layouts import Layout, parse_layout
from .found import FEWEST_PAGES, Found, Refused, find
from .keys import Line, line_of
from .kinds import Kinds, find_kinds
from .pages import Pages
from .rhythm import is_free
from .titles import Titles
from .write import write_layout

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
    kinds = find_kinds(lines, whole)
    if isinstance(kinds, Refused):
        return kinds
    try:
        layout = _layout_of(kinds, name)
    except InputError:
        return Refused("its pages have too many different boxes and lines of several")
    agreed: float | Refused = 1.0
    if kinds.others:
        agreed = _try_kinds(data, layout, kinds)
    elif kinds.pages >= FEWEST_TO_TRY:
        agreed = _try(data, lines, kinds.first, name)
    if isinstance(agreed, Refused):
        return agreed
    pages = kinds.pages
    if kinds.others:
        # By the lines that only they have there may be a few less.
        pages = sum(1 for _ in find_starts(data, layout, 0, len(data), True))
    explained = _explained(kinds)
    draft = kinds.first.draft()
    return Learnt(
        _write(kinds, name, pages, _notes(kinds, pages, explained, agreed)),
        layout,
        pages,
        explained,
        agreed,
        draft.titles[:5],
        _rival(kinds.first),
    )


def _write(kinds: Kinds, name: str, pages: int, notes: Sequence[str] = ()) -> str:
    """Return the source of the layout that reads these kinds of pages."""
    others = [(one.found.draft(), one.begin, one.end) for one in kinds.others]
    return write_layout(kinds.first.draft(), name, pages, notes, others)


def _layout_of(kinds: Kinds, name: str) -> Layout:
    return parse_layout(f"{name}.toml", _write(kinds, name, kinds.pages), built_in=True)


def _try_kinds(data: bytes, layout: Layout, kinds: Kinds) -> float | Refused:
    """Read all pages, and the second half of them as the first half teaches, and compare."""
    pages = (layout.pages[-1], *layout.pages[:-1])
    expected: list[str] = []
    for page, found in zip(pages, (kinds.first, *(one.found for one in kinds.others)), strict=True):
        for text in _texts(found.pages, found.titles):
            match = page.title.form.groups(text)
            expected.append(next(filter(None, match.groups()), "") if match else text)
    agreed = _alike(_read(data, layout), expected)
    starts = list(find_starts(data, layout, 0, len(data), True))
    half = starts[len(starts) // 2] if starts else 0
    learnt = find_kinds(lines_of(data[:half]), True)
    if isinstance(learnt, Refused):
        return Refused(f"half of the pages are too few: {learnt.reason}")
    rest = data[half:]
    agreed = min(agreed, _alike(_read(rest, _layout_of(learnt, "half")), _read(rest, layout)))
    if agreed < 0.8:
        sizes = [str(len(one.pages.spans)) for one in (kinds.first, kinds.others[0].found)]
        return Refused(
            f"there are two kinds of pages, {' and '.join(sizes)} of them, and one layout reads "
            f"only {agreed:.0%} of both"
        )
    return agreed


def _texts(pages: Pages, titles: Titles) -> list[str]:
    texts = [pages.lines[at].text if at >= 0 else "" for at in titles.at]
    if titles.slot.kind == "label" and titles.slot.key:
        texts = [text[len(titles.slot.key[1]) :].strip() for text in texts]
    return texts


def _try(data: bytes, lines: Sequence[Line], found: Found, name: str) -> float | Refused:
    """Learn on the first half of the pages, read the second, and compare."""
    pages = found.pages
    half = pages.spans[len(pages.spans) // 2][0]
    learnt = find(lines[:half], True)
    if isinstance(learnt, Refused):
        return Refused(f"half of the pages are too few: {learnt.reason}")
    layout = parse_layout("half.toml", write_layout(learnt.draft(), name, 0), built_in=True)
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


def _alike(read: Sequence[str], expected: Sequence[str]) -> float:
    """How many titles are both read and expected, as a share of all."""
    return _common(read, expected) / max(1, len(read), len(expected))


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


def _explained(kinds: Kinds) -> float:
    """The share of the lines that come back, are a title, or are text of a body."""
    known = total = 0
    for found in (kinds.first, *(one.found for one in kinds.others)):
        pages, titles = found.pages, set(found.titles.at)
        for page, (first, last) in enumerate(pages.spans):
            start, end = pages.bounds(page)
            for at in range(first, last):
                known += (
                    start <= at < end
                    or at in titles
                    or not is_free(pages.lines[at], pages.positions)
                )
            total += last - first
    return known / max(1, total)


def _rival(found: Found) -> str:
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


def _notes(kinds: Kinds, pages: int, explained: float, agreed: float) -> list[str]:
    several = f" of {len(kinds.others) + 1} kinds" if kinds.others else ""
    notes = [
        f"Learnt from {pages} pages{several}. It knows what to make of {explained:.0%} of "
        "their lines;",
        f"learnt from one half, it reads {agreed:.0%} of the other half the same.",
    ]
    if rival := _rival(kinds.first):
        text = "".join(one if one.isprintable() else " " for one in rival)
        notes.append(f"Runner-up: {text[:80]}")
    return notes
