"""The slot of the title: where, on every page, a line is that is like a headline and no other's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from .keys import GAP, LABEL, PREFIX, Key, Line
from .names import says_author
from .pages import Pages
from .rhythm import is_free, is_text

MOST_LINES = 6
"""Lines between a title and the line that tells where it is, at most."""

_WORDS = re.compile(r"[^\W\d_]{4,}|[\u3040-\u9fff\uac00-\ud7af]{2}")


class Slot(NamedTuple):
    """Where a title is: so many lines after or before a key, or the first line of its kind."""

    kind: str
    """`after`, `before`, `first` or `label`."""
    key: Key | None
    lines: int


class Titles(NamedTuple):
    """What is at a slot, page by page, and how good it is as a title."""

    slot: Slot
    at: tuple[int, ...]
    """The line on each page; -1 where there is none."""
    score: float
    coverage: float
    distinct: float


def rank_titles(pages: Pages) -> list[Titles]:
    """Return the slots a title may have, the best first."""
    body = [_body_start(pages, page) for page in range(len(pages.spans))]
    judge = _Judge(pages, body)
    found: dict[tuple[int, ...], Titles] = {}
    for slot, at in _slots(pages, body):
        titles = judge.score(slot, at)
        if titles is not None and (at not in found or _is_better(titles, found[at])):
            found[at] = titles
    ranked = sorted(found.values(), key=lambda one: -one.score)
    for most, margin, is_it in (
        (5, 2.0, _is_listed_by),
        (3, 1.0, _are_series),
        (7, 2.0, _has_byline),
        (7, 1.5, _has_deck),
        (9, 1.0, _comes_first),
    ):
        for place, other in enumerate(ranked[1 : most + 1], 1):
            if other.score > ranked[0].score - margin and is_it(pages, other, ranked[0]):
                ranked.insert(0, ranked.pop(place))
                break
    return ranked


def _comes_first(pages: Pages, one: Titles, below: Titles) -> bool:
    """Return True if the lines at `one` are as likely titles, and above those at `below`.

    Where a title is nearly as good as another, it is the first: decks and text are below it. In
    the body, below the last line that all pages have above their text, there is no title if one is
    above that.
    """
    if one.distinct < 0.9 or one.coverage < 0.95:
        return False
    pairs = [pair for pair in zip(one.at, below.at, strict=True) if min(pair) >= 0]
    above = [pages.lines[at].text for at, under in pairs if at < under]
    if len(above) < 0.1 * len(pairs) or sum(at > under for at, under in pairs) > 0.05 * len(pairs):
        return False
    # Where only some are above, these may be sections that few pages have.
    if median(map(_width, above)) < HEADLINE or len(set(above)) < 0.9 * len(above):
        return False
    # A fixed place would pass over lines of their own above it.
    near = 1.0 if one.slot.kind == "first" else 0.5
    return one.score > below.score - near or _is_in_body(pages, below, one)


def _is_in_body(pages: Pages, below: Titles, one: Titles) -> bool:
    """Return True if an anchor is between the lines at `one` and those at `below`."""
    if pages.first < 0:
        return False
    last = pages.anchors[pages.first].at
    between = sum(
        0 <= at < middle < under for at, middle, under in zip(one.at, last, below.at, strict=True)
    )
    return between >= 0.8 * len(last)


def _are_series(pages: Pages, fixed: Titles, first: Titles) -> bool:
    """Return True if the lines at a fixed place are the titles, although some come back.

    A letters page has the same title every week. Where the line at `fixed` is passed over because
    it comes back, the first line of no kind is a paragraph.
    """
    if first.slot.kind != "first" or fixed.slot.kind != "before":
        return False
    pairs = list(zip(fixed.at, first.at, strict=True))
    others = [(at, below) for at, below in pairs if at != below]
    if not others or len(others) > 0.3 * len(pairs):
        return False
    passed = sum(
        0 <= at and at + fixed.slot.lines < below and is_text(pages.lines[below])
        for at, below in others
    )
    return passed >= 0.8 * len(others)


def _has_byline(pages: Pages, one: Titles, below: Titles) -> bool:
    """Return True if an author's name or a date is between the lines at `one` and at `below`.

    Then those below are the first lines of the text.
    """
    if one.distinct < 0.85 or one.coverage < 0.95:
        return False
    for anchor in pages.anchors[: pages.first + 1]:
        between = sum(
            0 <= at < middle < under
            for at, middle, under in zip(one.at, anchor.at, below.at, strict=True)
        )
        if between >= 0.8 * len(one.at) and says_author(anchor.key[1]):
            return True
    return False


HEADLINE = 30
"""The least usual width of lines that are the titles, and not the words above them."""


def _has_deck(pages: Pages, one: Titles, below: Titles) -> bool:
    """Return True if the lines at `below` are the decks of the titles at `one`.

    A deck is the line under the title, and longer. What is above a title is short.
    """
    pairs = [
        (pages.lines[at].text, pages.lines[under].text)
        for at, under in zip(one.at, below.at, strict=True)
        if at >= 0 and under == at + 1
    ]
    if len(pairs) < 0.8 * len(one.at) or one.distinct < 0.9:
        return False
    title = median(_width(text) for text, _ in pairs)
    return HEADLINE <= title <= 0.9 * median(_width(text) for _, text in pairs)


def _is_better(one: Titles, other: Titles) -> bool:
    """Return True if `one` is a safer way to find the same lines.

    The first line of no kind depends on all lines above it, and other pages may have more of them.
    """
    firsts = one.slot.kind == "first", other.slot.kind == "first"
    return one.score > other.score if firsts[0] == firsts[1] else firsts[1]


def _is_listed_by(pages: Pages, one: Titles, other: Titles) -> bool:
    """Return True if at `other` are titles of other pages, which have them at `one`."""
    texts, titles = (
        [pages.lines[at].text if at >= 0 else "" for at in titles.at] for titles in (other, one)
    )
    if sum(a == b for a, b in zip(texts, titles, strict=True)) > 0.1 * len(texts):
        return False
    own, others = set(titles), set(texts)
    listed = sum(text in own for text in texts if text) / max(1, sum(map(bool, texts)))
    back = sum(text in others for text in titles if text) / max(1, sum(map(bool, titles)))
    return listed > 0.5 and listed > back + 0.1


def _body_start(pages: Pages, page: int) -> int:
    """The first line of a page's body that reads like a paragraph."""
    start, end = pages.bounds(page)
    for place in range(start, end):
        line = pages.lines[place]
        if is_text(line) and is_free(line, pages.positions):
            return place
    return end


def _slots(pages: Pages, body: Sequence[int]) -> Iterable[tuple[Slot, tuple[int, ...]]]:
    """Every slot above the body, and where it is on each page."""
    spans = pages.spans
    for lines in range(1, MOST_LINES + 1):
        yield (
            Slot("start", pages.begin.key, lines),
            tuple(_within(span[0] + lines - 1, *span) for span in spans),
        )
    for anchor in pages.anchors[: pages.first + 1]:
        if anchor.key[0] == GAP:
            continue
        for lines in range(1, MOST_LINES + 1):
            extra = 1 if anchor.key[0] == "&" else 0
            yield (
                Slot("after", anchor.key, lines),
                tuple(
                    _within(at + lines + extra, *span) if at >= 0 else -1
                    for at, span in zip(anchor.at, spans, strict=True)
                ),
            )
            yield (
                Slot("before", anchor.key, lines),
                tuple(
                    _within(at - lines, *span) if at >= 0 else -1
                    for at, span in zip(anchor.at, spans, strict=True)
                ),
            )
        if anchor.key[0] == LABEL:
            yield Slot("label", anchor.key, 0), anchor.at
    frame = frame_above(pages, body)
    yield (
        Slot("first", None, 0),
        tuple(
            next(
                (
                    at
                    for at in range(start, min(stop + 1, end))
                    if not is_frame(pages.lines[at], frame)
                ),
                -1,
            )
            for (start, end), stop in zip(spans, body, strict=True)
        ),
    )


def _within(place: int, start: int, end: int) -> int:
    return place if start <= place < end else -1


def frame_above(pages: Pages, body: Sequence[int]) -> set[Key]:
    """Return the keys that come above the body on many pages: those of the frame."""
    counts: Counter[Key] = Counter()
    for (start, _), stop in zip(pages.spans, body, strict=True):
        seen = {
            key
            for line in pages.lines[start:stop]
            for key in (line.exact, line.template, line.label)
            if key is not None
        }
        counts.update(seen)
    few = max(3, 0.025 * len(pages.spans))
    many = 0.3 * len(pages.spans)
    return {key for key, count in counts.items() if count >= (few if key[0] != LABEL else many)}


def is_frame(line: Line, frame: set[Key]) -> bool:
    """Return True if a line has one of the keys."""
    return (
        line.exact in frame
        or (line.template is not None and line.template in frame)
        or (line.label is not None and line.label in frame)
    )


class _Judge:
    """Tells how like a title the lines of a slot are."""

    def __init__(self, pages: Pages, body: Sequence[int]) -> None:
        self.pages = pages
        self.where: dict[str, int] = Counter(line.text for line in pages.lines)
        self.body = body
        self.bodies = [self._words(page) for page in range(len(pages.spans))]
        self.common: Counter[str] = Counter()
        for words in self.bodies:
            self.common.update(words)
        self.is_anchor = {
            place for anchor in pages.anchors if anchor.key[0] != GAP for place in anchor.at
        }

    def _words(self, page: int) -> set[str]:
        lines = self.pages.lines[self.body[page] : self.pages.bounds(page)[1]]
        return {word for line in lines for word in _WORDS.findall(line.text.lower())}

    def score(self, slot: Slot, at: tuple[int, ...]) -> Titles | None:
        """Return what is at a slot; None if that can be no title."""
        pages = self.pages
        label = slot.kind == "label"
        places = [place for place in at if place >= 0]
        if len(places) < 0.7 * len(at):
            return None
        texts = [pages.lines[place].text for place in places]
        if label and slot.key:
            texts = [text[len(slot.key[1]) :].strip() for text in texts]
        filled = [text for text in texts if text]
        if len(filled) < 0.3 * len(at):
            return None
        size = len(filled)
        distinct = len(set(filled)) / size
        anchored = 0 if label else sum(place in self.is_anchor for place in places) / len(places)
        lengths = sorted(map(_width, filled))
        middle = median(lengths)
        thin = len(pages.anchors) <= 4
        if distinct < 0.6 or anchored > 0.3 or middle < 10 or middle > (400 if thin else 220):
            return None
        ends = (
            sum(
                text.endswith((".", "。", ".”", ":")) and not text.endswith("...")
                for text in filled
            )
            / size
        )
        masked = (
            sum(
                pages.lines[place].template is not None
                and pages.lines[place].template in pages.positions
                and len(pages.positions[pages.lines[place].template]) > 0.3 * len(at)  # type: ignore[index]
                for place in places
            )
            / size
        )
        again = sum(self.where[text] > 1 for text in filled) / size
        firsts = Counter(text.split(" ", 1)[0] for text in filled)
        prefixed = firsts.most_common(1)[0][1] / size
        own, others = self._overlap(at, slot)
        words = median([len(_WORDS.findall(text)) for text in filled])
        score = (
            2.0 * len(filled) / len(at)
            + 1.5 * distinct
            - 1.6 * ends
            - 3.0 * masked
            - 2.0 * anchored
            + 0.8 * again
            - 1.5 * max(0.0, prefixed - 0.25)
            + 2.0 * max(0.0, own - others)
            + 0.4 * min(1.0, words / 5)
            - 0.8 * (middle > 120)
            - 0.4 * (middle > 85)
            - 0.6 * (middle < 22)
            + 0.8 * label * _says_title(slot)
            - 0.02 * slot.lines
            - 0.15 * (slot.kind == "after" and slot.key is not None and slot.key[0] == PREFIX)
            - 0.5 * (slot.kind == "first" and pages.begin.cover)
            - 0.3 * (slot.kind == "start" and slot.lines > 1)
            + 1.5 * (thin and self._opens(slot))
            + 0.1 * (slot.kind in ("before", "after", "start") and slot.lines == 1)
        )
        return Titles(slot, at, score, len(filled) / len(at), distinct)

    def _opens(self, slot: Slot) -> bool:
        """True for the first line of an article, the line that begins it apart."""
        begin = self.pages.begin
        if begin.is_after:
            # Below the one line that ends every page.
            return slot.kind == "start" and slot.lines == 1 and len(self.pages.anchors) == 1
        if slot.kind == "start":
            return slot.lines == (1 if begin.key[0] == GAP else 2)
        return slot.kind == "after" and slot.key == begin.key and slot.lines == 1

    def _overlap(self, at: tuple[int, ...], slot: Slot) -> tuple[float, float]:
        """The shares of the words of these lines that are in their own bodies, and in others'."""
        own = other = total = 0
        size = len(at)
        for page, place in enumerate(at):
            if place < 0:
                continue
            text = self.pages.lines[place].text.lower()
            if slot.kind == "label" and slot.key:
                text = text[len(slot.key[1]) :]
            for word in set(_WORDS.findall(text)):
                if self.common[word] > 0.3 * size:
                    continue
                total += 1
                own += word in self.bodies[page]
                other += word in self.bodies[(page + 1 + size // 3) % size]
        return (own / total, other / total) if total else (0.0, 0.0)


def _width(text: str) -> int:
    """The length of a text in letters of an alphabet: one of CJK counts for two."""
    return len(text) + sum(
        "\u2e80" <= one <= "\u9fff" or "\uac00" <= one <= "\ud7af" for one in text
    )


def _says_title(slot: Slot) -> bool:
    name = slot.key[1].strip(" :：|").lower() if slot.key else ""
    return name in {
        "title", "headline", "hd", "titel", "titre", "título", "titulo", "titolo", "제목", "标题",
        "標題", "العنوان", "عنوان", "заголовок", "başlık", "judul", "タイトル", "overskrift", "kop",
    }  # fmt: skip
