"""Learn a layout from a sample of a dump, and try it on pages it was not learnt from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...errors import InputError
from ...source.text import trim
from ..framed import read_parts
from ..framed_starts import find_starts
from ..layouts import Layout, parse_layout
from ..layouts.layout import Title
from .dates import holds_day
from .entries import Draft
from .found import FEWEST_PAGES, Found, Refused, find
from .keys import TEMPLATE, Line, behind_words, line_of
from .kinds import Kinds, find_kinds
from .pages import Pages, find_copies
from .rhythm import is_free
from .titles import Titles
from .write import Other, write_layout

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
    distinct: float
    """The share of the titles that no other page has."""
    titles: tuple[str, ...]
    runner_up: str

    @property
    def sure(self) -> float:
        """Return how sure it is that these are the titles of the pages, from 0 to 1."""
        return min(self.agreed, self.distinct)


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
    return _with_dates(found)


def _with_dates(lines: list[Line]) -> list[Line]:
    """Return the lines; those that differ in the words before a date, too, have the same key."""
    counts = Counter(line.template for line in lines)
    return [
        line._replace(template=(TEMPLATE, text))
        if line.template is not None
        and counts[line.template] < 3
        and holds_day(line.text)
        and (text := behind_words(line.template[1])) is not None
        else line
        for line in lines
    ]


def learn_layout(data: bytes, name: str, whole: bool = True) -> Learnt | Refused:
    """Learn from a sample, UTF-8; `whole` says that it begins where the dump does."""
    lines = lines_of(data)
    if len(lines) < 3 * FEWEST_PAGES:
        return Refused("it is too short: there are fewer than six pages")
    kinds = find_kinds(lines, whole)
    if isinstance(kinds, Refused):
        return kinds
    if copies := find_copies(kinds.first.pages):
        # Their paragraphs come back, and would be taken for lines of the frame.
        learnt = learn_layout(_without(data, copies), name, whole)
        if not isinstance(learnt, Refused):
            return learnt
    draft, others = _drafts(kinds)
    try:
        layout = _layout(write_layout(draft, name, kinds.pages, (), others))
    except InputError:
        return Refused("its pages have too many different boxes and lines of several")
    # A closing page is none.
    pages = kinds.pages - (draft.closing and kinds.first.titles.at[-1] < 0)
    agreed: float | Refused = 1.0
    if kinds.others:
        read = _read(data, layout)
        # Told by lines that only one kind has, a few pages may be left out.
        pages = len(read)
        agreed = _try_kinds(data, layout, kinds, read)
    elif kinds.pages >= FEWEST_TO_TRY:
        agreed = _try(data, lines, kinds.first)
    if isinstance(agreed, Refused):
        return agreed
    explained = _explained(kinds)
    notes = _notes(kinds, pages, explained, agreed)
    return Learnt(
        write_layout(draft, name, pages, notes, others),
        layout,
        pages,
        explained,
        agreed,
        kinds.first.titles.distinct,
        draft.titles[:5],
        _rival(kinds.first),
    )


def _drafts(kinds: Kinds) -> tuple[Draft, list[Other]]:
    """Return the statements of the first kind of pages, and those of the others."""
    others = [(one.found.draft(), one.when, one.end) for one in kinds.others]
    return kinds.first.draft(), others


def _layout(source: str) -> Layout:
    return parse_layout("learnt.toml", source, built_in=True)


def _try_kinds(data: bytes, layout: Layout, kinds: Kinds, read: Sequence[str]) -> float | Refused:
    """Compare what was `read` with what is expected, and its second half with what the first half
    teaches."""
    expected = _titles(kinds.first, layout.pages[-1].title)
    for page, other in zip(layout.pages, kinds.others, strict=False):
        expected += _titles(other.found, page.title)
    agreed = _alike(read, expected)
    starts = list(find_starts(data, layout, 0, len(data), True))
    half = starts[len(starts) // 2] if starts else 0
    learnt = find_kinds(lines_of(data[:half]), True)
    if isinstance(learnt, Refused):
        return Refused(f"half of the pages are too few: {learnt.reason}")
    draft, others = _drafts(learnt)
    of_half = _layout(write_layout(draft, "half", learnt.pages, (), others))
    agreed = min(agreed, _alike(_read(data[half:], of_half), read[len(starts) // 2 :]))
    if agreed < 0.8:
        sizes = [str(len(one.pages.spans)) for one in (kinds.first, kinds.others[0].found)]
        return Refused(
            f"there are two kinds of pages, {' and '.join(sizes)} of them, and one layout reads "
            f"only {agreed:.0%} of both"
        )
    return agreed


def _titles(found: Found, title: Title) -> list[str]:
    """The titles of some pages, as a layout with that statement reads them."""
    return [
        next(filter(None, match.groups()), "") if (match := title.form.groups(text)) else text
        for text in _texts(found.pages, found.titles)
    ]


def _texts(pages: Pages, titles: Titles) -> list[str]:
    texts = [pages.lines[at].text if at >= 0 else "" for at in titles.at]
    if titles.slot.kind == "label" and titles.slot.key:
        texts = [text[len(titles.slot.key[1]) :].strip() for text in texts]
    return texts


def _try(data: bytes, lines: Sequence[Line], found: Found) -> float | Refused:
    """Learn on the first half of the pages, read the second, and compare."""
    pages = found.pages
    half = pages.spans[len(pages.spans) // 2][0]
    learnt = find(lines[:half], True)
    if isinstance(learnt, Refused):
        return Refused(f"half of the pages are too few: {learnt.reason}")
    layout = _layout(write_layout(learnt.draft(), "half", 0))
    rest = _bytes_from(data, half)
    read = [one for one in _read(rest, layout) if one]
    expected = _titles(found, layout.pages[-1].title)[len(pages.spans) // 2 :]
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
    return next((data[start:] for at, start, _, _ in _places(data) if at == line), b"")


def _without(data: bytes, left_out: Container[int]) -> bytes:
    """The bytes of a sample without some lines and the blank ones above them."""
    return b"".join(data[above:end] for at, _, end, above in _places(data) if at not in left_out)


def _places(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield the number of each line that is not blank, where it starts, where it ends, and where
    the blank lines above it start."""
    number = at = above = 0
    while at < len(data):
        end = data.find(b"\n", at) + 1 or len(data)
        if trim(data[at:end].decode("utf-8", "replace")):
            yield number, at, end, above
            number += 1
            above = end
        at = end


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
