"""What the lines of some pages are like, once their titles are known."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from .dates import holds_day
from .entries import FEW, Entry
from .keys import EXACT, GAP, LABEL, PREFIX, SPECIFIC, TEMPLATE, Key, Line, escape, pattern_of
from .pages import Pages
from .rhythm import is_free, is_text
from .titles import Titles


class Survey:
    """The pages and their titles, and what their lines are like."""

    def __init__(self, pages: Pages, titles: Titles) -> None:
        self.pages = pages
        self.lines = pages.lines
        self.positions = pages.positions
        self.titles = titles
        self.size = len(pages.spans)
        self.known = {self.lines[at].text for at in titles.at if at >= 0}
        self.counts = Counter(line.text for line in pages.lines)
        self._firsts = [span[0] for span in pages.spans]

    def entry(self, key: Key, count: int | None = None) -> Entry:
        """The statement of a key."""
        at = self.positions.get(key, [])
        example = self.lines[at[len(at) // 3]].text if at else key[1]
        exact = key[1] if key[0] == EXACT else ""
        pages = count if count is not None else len(self.pages_of(at))
        pattern = "" if key[0] == GAP else pattern_of(key)
        if key[0] == PREFIX and (texts := self._only_texts(at)):
            # Few lines begin with that word on all pages: any other line that does is none of them.
            exact = texts[0] if len(texts) == 1 else ""
            pattern = escape(exact) if exact else f"(?:{'|'.join(map(escape, texts))})"
        return Entry(pattern, exact, pages, example)

    def _only_texts(self, places: Sequence[int]) -> list[str]:
        """The few texts that nearly all of these lines have; empty if they have many."""
        counts = Counter(self.lines[place].text for place in places)
        texts = [text for text, _ in counts.most_common(FEW)]
        if texts and counts[texts[0]] >= 0.9 * len(places):
            return texts[:1]
        return texts if sum(counts[text] for text in texts) >= 0.97 * len(places) > 0 else []

    def pages_of(self, places: Iterable[int]) -> set[int]:
        """The pages that have some of these lines."""
        return {bisect_right(self._firsts, place) - 1 for place in places}

    def keys_of(self, line: Line, few: float) -> list[Key]:
        """The keys of a line that come back, the most telling first."""
        return [
            key
            for key in (line.exact, line.template, line.label)
            if key is not None and len(self.positions.get(key, ())) >= max(3, few)
        ]

    def all_keys(self, line: Line) -> list[Key]:
        """All keys of a line that come back, the most telling first."""
        return [
            key
            for key in (line.exact, line.template, line.label, line.prefix)
            if key is not None and key in self.positions
        ]

    def best_key(self, line: Line) -> list[Key]:
        """The most telling key of a line of the frame, if it has one that comes back."""
        keys = [
            key
            for key in (line.exact, line.template, line.label, line.prefix)
            if key is not None and len(self.positions.get(key, ())) >= self.fewest(key)
        ]
        if not keys:
            return []
        most = max(len(self.positions[key]) for key in keys)
        for key in sorted(keys, key=lambda key: SPECIFIC[key[0]]):
            if len(self.positions[key]) >= (0.5 if key[0] != PREFIX else 0.8) * most:
                return [key]
        return [keys[0]]

    def fewest(self, key: Key) -> float:
        """How often a key must come to be one of the frame."""
        if key[0] == PREFIX:
            return max(3, 0.3 * self.size)
        return max(3, 0.025 * self.size)

    def claims_titles(self, key: Key) -> bool:
        """True if a key is also that of many titles, and must not be dropped above them."""
        places = set(self.positions.get(key, ()))
        hits = sum(at in places for at in self.titles.at)
        return self.titles.slot.kind != "label" and hits > max(0, 0.01 * self.size)

    def is_date(self, key: Key) -> bool:
        """True if lines of a key hold a day."""
        places = self.positions.get(key, [])[:40]
        return bool(places) and sum(holds_day(self.lines[at].text) for at in places) >= 0.8 * len(
            places
        )

    def holds_text(self, places: Sequence[int]) -> bool:
        """True if behind a label on many pages a paragraph follows in the same line."""
        here = [self.lines[at] for at in places if at >= 0]
        return sum(is_text(line) for line in here) > 0.4 * len(here)

    def headline_share(self, places: Sequence[int]) -> float:
        """The share of these lines that are titles of other pages, or like one, and no frame."""
        if not places:
            return 0.0
        return sum(self.is_headline(self.lines[at]) for at in places) / len(places)

    def is_headline(self, line: Line) -> bool:
        if line.text in self.known:
            return True
        # The same headline may be in boxes of several pages.
        is_rare = self.counts[line.text] <= max(2, 0.1 * self.size)
        return is_rare and not is_text(line) and 15 < len(line.text) < 120


class Seen:
    """Where lines of a key are in the bodies: how much text is above each, and below."""

    __slots__ = ("above", "below", "example", "pages", "places")

    def __init__(self) -> None:
        self.pages = 0
        self.above: list[int] = []
        self.below: list[int] = []
        self.places: list[int] = []
        self.example = ""


def keys_in_bodies(
    survey: Survey, regions: Sequence[tuple[int, int]]
) -> tuple[dict[Key, Seen], dict[Key, Seen], dict[Key, Seen]]:
    """The keys that come in the bodies: above the text, below it, and inside."""
    seen: dict[Key, Seen] = defaultdict(Seen)
    few = 0.025 * survey.size
    for start, end in regions:
        texts = [
            is_text(survey.lines[at]) and is_free(survey.lines[at], survey.positions)
            for at in range(start, end)
        ]
        total = sum(texts)
        above = 0
        here: set[Key] = set()
        for at in range(start, end):
            is_body = texts[at - start]
            if is_body:
                above += 1
            keys = survey.keys_of(survey.lines[at], few)
            if survey.lines[at].prefix is not None and not is_body:
                keys.append(survey.lines[at].prefix)  # type: ignore[arg-type]
            for key in keys:
                one = seen[key]
                one.pages += key not in here
                one.above.append(above - is_body)
                one.below.append(total - above)
                one.places.append(at)
                one.example = one.example or survey.lines[at].text
                here.add(key)
    head: dict[Key, Seen] = {}
    tail: dict[Key, Seen] = {}
    inside: dict[Key, Seen] = {}
    for key, one in seen.items():
        if key[0] == EXACT and one.pages < max(2, few) and len(one.places) < 3:
            continue
        if key[0] == TEMPLATE and one.pages < max(3, 2 * few):
            continue
        if key[0] == LABEL and one.pages < max(3, 2 * few):
            continue
        if key[0] == PREFIX and one.pages < 0.25 * survey.size:
            continue
        size = len(one.places)
        last = sum(below == 0 for below in one.below) / size
        first = sum(above == 0 for above in one.above) / size
        early = sum(above <= 1 for above in one.above) / size
        if last >= 0.9 and first < 0.9:
            tail[key] = one
        elif first >= 0.9 or (early >= 0.97 and last < 0.5 and first >= 0.5 and size >= 6):
            head[key] = one
        elif key[0] != PREFIX:
            inside[key] = one
    return head, tail, inside
