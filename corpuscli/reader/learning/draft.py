"""A draft of a layout: its statements, each with the pages that bear it out and an example."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .comments import find_comments
from .entries import Entry
from .keys import (
    EXACT,
    GAP,
    LABEL,
    PAIR,
    PREFIX,
    SPECIFIC,
    TEMPLATE,
    Key,
    Line,
    escape,
    is_sentence,
    pattern_of,
)
from .names import says_author, says_credit
from .pages import Pages
from .rhythm import is_free, is_text
from .sections import find_section
from .titles import MOST_LINES, Slot, Titles

FEW = 4
"""Exact lines that stand in their list; more are kept in `[lines]`."""

MOST_BOXES = 20
"""Boxes of a layout, at most; those on the most pages are kept."""

SHORT_TEXT = r".{1,70}[^.!?…。:;,»”\"]"
"""A line that does not end like a sentence: a name, an author and a role."""


TAGGED = r"<\w[^>]*>(.*)</\w+>"
"""A line between the tags of an element."""


@dataclass(slots=True)
class Draft:
    """The statements of a layout that is being learnt."""

    pages: int
    begin: list[Entry] = field(default_factory=list)
    begin_is_after: bool = False
    gap: int = 0
    cover: bool = False
    slot: Slot = Slot("first", None, 0)  # noqa: RUF009
    title: list[Entry] = field(default_factory=list)
    form: list[Entry] = field(default_factory=list)
    head: dict[str, list[Entry]] = field(default_factory=dict)
    after: list[Entry] = field(default_factory=list)
    tail: list[Entry] = field(default_factory=list)
    drop: list[Entry] = field(default_factory=list)
    strip: list[Entry] = field(default_factory=list)
    boxes: list[tuple[Entry, int]] = field(default_factory=list)
    copies: bool = False
    titles: tuple[str, ...] = ()


def draft_layout(pages: Pages, titles: Titles) -> Draft:
    """Return the statements that say of these pages where each part is."""
    return _Drafter(pages, titles).draft()


class _Seen:
    """Where a key comes in the bodies: how much text is above it, and below."""

    __slots__ = ("above", "below", "example", "pages", "places")

    def __init__(self) -> None:
        self.pages = 0
        self.above: list[int] = []
        self.below: list[int] = []
        self.places: list[int] = []
        self.example = ""


class _Drafter:
    def __init__(self, pages: Pages, titles: Titles) -> None:
        self.pages = pages
        self.lines = pages.lines
        self.positions = pages.positions
        self.titles = titles
        self.size = len(pages.spans)
        self.draft_ = Draft(self.size)
        self.above: list[Entry] = []
        self.known = {self.lines[at].text for at in titles.at if at >= 0}
        self.counts = Counter(line.text for line in pages.lines)

    def draft(self) -> Draft:
        draft, slot = self.draft_, self.titles.slot
        draft.slot = slot
        if slot.key is not None and slot.kind in ("after", "before", "label"):
            draft.title = [self.entry(slot.key)]
        texts = [self.lines[at].text for at in self.titles.at if at >= 0]
        if slot.kind == "label" and slot.key:
            texts = [text[len(slot.key[1]) :].strip() for text in texts]
        draft.titles = tuple(dict.fromkeys(filter(None, texts)))
        self._form(texts)
        self._begin()
        starts = self._without_comments(self._regions())
        head, tail, inside = self._kinds(starts)
        self._write_head(starts, head)
        self._write_date_above()
        self._write_tags(starts)
        draft.head.update(find_section(self.pages, self.titles, draft.head))
        self._write_tail(starts, tail, inside)
        self._write_boxes(inside, starts)
        return draft

    def entry(self, key: Key, count: int | None = None) -> Entry:
        """The statement of a key."""
        at = self.positions.get(key, [])
        example = self.lines[at[len(at) // 3]].text if at else key[1]
        exact = key[1] if key[0] == EXACT else ""
        pages = count if count is not None else len(self._pages_of(at))
        return Entry(pattern_of(key) if key[0] != GAP else "", exact, pages, example)

    def _pages_of(self, places: Iterable[int]) -> set[int]:
        from bisect import bisect_right

        firsts = [span[0] for span in self.pages.spans]
        return {bisect_right(firsts, place) - 1 for place in places}

    def _form(self, texts: Sequence[str]) -> None:
        """A number before every title, or the site's name behind, is no part of it."""
        texts = [text for text in texts if text]
        if not texts:
            return
        numbered = sum(re.match(r"\d+[.)] \S", text) is not None for text in texts)
        if numbered >= 0.9 * len(texts):
            self.draft_.form = [Entry(r"\d+[.)] (.+)", "", numbered, texts[0])]
            return
        tagged = sum(re.fullmatch(TAGGED, text) is not None for text in texts)
        if tagged >= 0.9 * len(texts):
            self.draft_.form = [Entry(TAGGED, "", tagged, texts[0])]
            return
        ends = Counter(
            match.group() for text in texts if (match := re.search(r" [-|–—] [^-|–—]+$", text))
        )
        end, count = ends.most_common(1)[0] if ends else ("", 0)
        if count >= 0.9 * len(texts):
            self.draft_.form = [Entry(f"(.+){escape(end)}", "", count, texts[0])]

    def _begin(self) -> None:
        draft, begin, slot = self.draft_, self.pages.begin, self.titles.slot
        covered = sum(at >= 0 for at in self.titles.at)
        if begin.key[0] == GAP:
            draft.gap = int(begin.key[1])
            return
        draft.begin = [self.entry(begin.key)]
        draft.begin_is_after = begin.is_after
        draft.cover = begin.cover
        if not begin.is_after:
            return
        if slot.kind == "start" and slot.lines == 1 and not begin.cover:
            # The line below the title may be on more pages than the one that ends them.
            key = self._below_title()
            if key is not None and len(self.positions[key]) > len(self.positions[begin.key]):
                pattern = f".+\\n{pattern_of(key)}"
                draft.begin = [self.entry(key)._replace(pattern=pattern, exact="")]
                draft.begin_is_after = False
                draft.slot = Slot("before", key, 1)
                draft.title = [self.entry(key)]
            return
        if slot.kind == "before" and slot.key is not None and slot.lines == 1:
            spans = self.pages.spans
            first = sum(at == span[0] for at, span in zip(self.titles.at, spans, strict=True))
            if begin.cover or first >= 0.9 * covered:
                # The title's own line begins the page: known by the one below.
                pattern = f".+\\n{pattern_of(slot.key)}"
                draft.begin = [self.entry(slot.key)._replace(pattern=pattern, exact="")]
                draft.begin_is_after = False
                self._end_above()
        elif begin.cover:
            first_key = self.pages.anchors[0].key
            if first_key[0] != GAP:
                draft.begin, draft.begin_is_after = [self.entry(first_key)], False

    def _below_title(self) -> Key | None:
        """The key that is on the line below the title on nearly every page."""
        for anchor in self.pages.anchors:
            if anchor.key[0] not in (EXACT, TEMPLATE, LABEL):
                continue
            here = [
                (at, title) for at, title in zip(anchor.at, self.titles.at, strict=True) if at >= 0
            ]
            if sum(at == title + 1 for at, title in here) >= 0.95 * len(here):
                return anchor.key
        return None

    def _end_above(self) -> None:
        """The lines between the last anchor and a title that begins the page end the one before."""
        counts: Counter[Key] = Counter()
        for (start, _), title in zip(self.pages.spans, self.titles.at, strict=True):
            for at in range(start, max(start, title)):
                counts.update(self._best_key(self.lines[at]))
        self.above = [
            self.entry(key, count) for key, count in counts.items() if not self._claims_titles(key)
        ]

    def _regions(self) -> list[tuple[int, int]]:
        """The lines of each page from its body's beginning, by the anchors, to its end."""
        found = []
        for page in range(self.size):
            start, end = self.pages.bounds(page)
            title = self.titles.at[page]
            if self.titles.slot.kind == "label":
                title = -1
            found.append((max(start, title + 1), max(end, title + 1, start)))
        return found

    def _without_comments(self, regions: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The lines of each body up to the comments below it, if pages have some."""
        comments = find_comments(self.lines, self.positions, regions)
        if comments is None:
            return list(regions)
        key, places = comments
        self.above.append(self.entry(key, len(places)))
        return [(start, places.get(page, end)) for page, (start, end) in enumerate(regions)]

    def _keys(self, line: Line, few: float) -> list[Key]:
        """The keys of a line that come back, the most telling first."""
        return [
            key
            for key in (line.exact, line.template, line.label)
            if key is not None and len(self.positions.get(key, ())) >= max(3, few)
        ]

    def _kinds(
        self, regions: Sequence[tuple[int, int]]
    ) -> tuple[dict[Key, _Seen], dict[Key, _Seen], dict[Key, _Seen]]:
        """The keys that come in the bodies: above the text, below it, and inside."""
        seen: dict[Key, _Seen] = defaultdict(_Seen)
        few = 0.025 * self.size
        for start, end in regions:
            texts = [
                is_text(self.lines[at]) and is_free(self.lines[at], self.positions)
                for at in range(start, end)
            ]
            total = sum(texts)
            above = 0
            here: set[Key] = set()
            for at in range(start, end):
                is_body = texts[at - start]
                if is_body:
                    above += 1
                keys = self._keys(self.lines[at], few)
                if self.lines[at].prefix is not None and not is_body:
                    keys.append(self.lines[at].prefix)  # type: ignore[arg-type]
                for key in keys:
                    one = seen[key]
                    one.pages += key not in here
                    one.above.append(above - is_body)
                    one.below.append(total - above)
                    one.places.append(at)
                    one.example = one.example or self.lines[at].text
                    here.add(key)
        head: dict[Key, _Seen] = {}
        tail: dict[Key, _Seen] = {}
        inside: dict[Key, _Seen] = {}
        for key, one in seen.items():
            if key[0] == EXACT and one.pages < max(2, few) and len(one.places) < 3:
                continue
            if key[0] == TEMPLATE and one.pages < max(3, 2 * few):
                continue
            if key[0] == LABEL and one.pages < max(3, 2 * few):
                continue
            if key[0] == PREFIX and one.pages < 0.25 * self.size:
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

    def _write_head(self, regions: Sequence[tuple[int, int]], head: dict[Key, _Seen]) -> None:
        draft, pages = self.draft_, self.pages
        above = pages.anchors[pages.first] if pages.first >= 0 else None
        lists: dict[str, list[Entry]] = defaultdict(list)
        between: Counter[Key] = Counter()
        below_title = 0
        if above is not None and self.titles.slot.kind != "label":
            below_title = sum(
                0 <= title < at for title, at in zip(self.titles.at, above.at, strict=True)
            )
        is_strip = above is not None and above.key[0] == LABEL and self._holds_text(above.at)
        if above is not None and is_strip:
            name = pattern_of(above.key)
            draft.strip = [
                self.entry(above.key)._replace(
                    pattern=name[:-2] + " ?(.*)" if name.endswith(".*") else name
                )
            ]
        elif above is not None and (
            below_title > 0.5 * self.size or self.titles.slot.kind == "label"
        ):
            draft.after = [self.entry(above.key)]
        for (start, _), title, span in zip(regions, self.titles.at, pages.spans, strict=True):
            first = title + 1 if title >= 0 else span[0]
            if self.titles.slot.kind in ("first", "start", "label"):
                first = span[0]
            for at in range(first, start):
                if at == title and self.titles.slot.kind != "label":
                    continue
                between.update(self._best_key(self.lines[at]))
        few = max(3, 0.025 * self.size)
        strips = {above.key} if above is not None and is_strip else set()
        for key, count in between.items():
            is_place = key == self.titles.slot.key and self.titles.slot.kind != "before"
            if count >= few and not is_place and key not in strips:
                if self._claims_titles(key):
                    continue
                lists[self._name(key)].append(self.entry(key, min(count, self.size)))
        for key, one in head.items():
            if self._claims_titles(key):
                continue
            entry = self.entry(key, one.pages)._replace(example=one.example)
            lists[self._name(key)].append(entry)
            # The head ends at a line of no kind, such as a deck: say again what comes below one.
            below = sum(above > 0 for above in one.above)
            if key[0] in (EXACT, TEMPLATE) and below >= 0.05 * len(one.above):
                draft.drop.append(entry)
        draft.head = {name: _unique(entries) for name, entries in lists.items()}
        if draft.after and above is not None and (count := self._contents(regions)):
            contents = draft.after.pop()
            draft.boxes.append((contents, count))
            for name, entries in draft.head.items():
                draft.head[name] = [one for one in entries if one.pattern != contents.pattern]
        self._write_captions(regions, head)
        if self.titles.slot.kind in ("first", "start"):
            self._write_frame()

    def _contents(self, regions: Sequence[tuple[int, int]]) -> int:
        """How many headings are listed above each body, as a table of contents; 0 for none.

        One line may be anything, such as an author's name.
        """
        counts: Counter[int] = Counter()
        for start, end in regions:
            at = start
            while at < end and not is_text(self.lines[at]):
                at += 1
            # Headings do not go on in the next line; a paragraph that is cut at links does.
            is_cut = any(_goes_on(self.lines[place].text) for place in range(start, at))
            counts[0 if is_cut else at - start] += 1
        count, pages = counts.most_common(1)[0]
        return count if count > 1 and pages >= 0.9 * len(regions) else 0

    def _write_frame(self) -> None:
        """The lines above a title that is the first which no statement claims."""
        titles = self.titles.at
        spans = [
            (span[0], at if at >= 0 else span[0])
            for at, span in zip(titles, self.pages.spans, strict=True)
        ]
        counts: Counter[Key] = Counter()
        for start, stop in spans:
            for at in range(start, stop):
                counts.update(self._best_key(self.lines[at]))
        begin = self.pages.begin
        known = {entry.pattern for entries in self.draft_.head.values() for entry in entries}
        known |= {entry.pattern.split("(")[0].rstrip(" ?") + ".*" for entry in self.draft_.strip}
        drops = [
            self.entry(key, count)
            for key, count in counts.items()
            if not (key == begin.key and not begin.is_after)
            and not self._claims_titles(key)
            and pattern_of(key) not in known
        ]
        self.draft_.head["drop"] = _unique([*self.draft_.head.get("drop", []), *drops])

    def _best_key(self, line: Line) -> list[Key]:
        """The most telling key of a line of the frame, if it has one that comes back."""
        keys = [
            key
            for key in (line.exact, line.template, line.label, line.prefix)
            if key is not None and len(self.positions.get(key, ())) >= self._fewest(key)
        ]
        if not keys:
            return []
        most = max(len(self.positions[key]) for key in keys)
        for key in sorted(keys, key=lambda key: SPECIFIC[key[0]]):
            if len(self.positions[key]) >= (0.5 if key[0] != PREFIX else 0.8) * most:
                return [key]
        return [keys[0]]

    def _fewest(self, key: Key) -> float:
        """How often a key must come to be one of the frame."""
        if key[0] == PREFIX:
            return max(3, 0.3 * self.size)
        return max(3, 0.025 * self.size)

    def _claims_titles(self, key: Key) -> bool:
        """True if a key is also that of many titles, and must not be dropped above them."""
        places = set(self.positions.get(key, ()))
        hits = sum(at in places for at in self.titles.at)
        return self.titles.slot.kind != "label" and hits > max(0, 0.01 * self.size)

    def _name(self, key: Key) -> str:
        """The list of the head that a key belongs to."""
        text = key[1]
        if key[0] in (TEMPLATE, LABEL, PREFIX) and self._is_date(key):
            return "date"
        if key[0] in (LABEL, PREFIX, EXACT) and says_author(text):
            return "byline"
        if says_credit(text):
            return "credit"
        return "drop"

    def _write_date_above(self) -> None:
        """A line with a day above the title is the article's, if none is below."""
        if self.draft_.head.get("date") or self.titles.slot.kind == "label":
            return
        titles = self.titles.at
        for anchor in reversed(self.pages.anchors[: self.pages.first + 1]):
            if anchor.key[0] not in (TEMPLATE, LABEL, PREFIX) or not self._is_date(anchor.key):
                continue
            near = sum(
                0 <= at < title <= at + MOST_LINES
                for at, title in zip(anchor.at, titles, strict=True)
            )
            if near >= 0.8 * self.size:
                self.draft_.head["date"] = [self.entry(anchor.key)]
                drops = self.draft_.head.get("drop", [])
                pattern = pattern_of(anchor.key)
                self.draft_.head["drop"] = [one for one in drops if one.pattern != pattern]
                return

    def _write_tags(self, regions: Sequence[tuple[int, int]]) -> None:
        """The tags around paragraphs: `<p>…</p>`."""
        texts = [
            line.text for start, end in regions for line in self.lines[start:end] if is_text(line)
        ]
        tagged = [text for text in texts if re.fullmatch(TAGGED, text)]
        if tagged and len(tagged) >= 0.9 * len(texts):
            self.draft_.strip.append(Entry(TAGGED, "", self.size, tagged[0]))

    def _is_date(self, key: Key) -> bool:
        """True if lines of a key hold a day."""
        from .dates import holds_day

        places = self.positions.get(key, [])[:40]
        return bool(places) and sum(holds_day(self.lines[at].text) for at in places) >= 0.8 * len(
            places
        )

    def _holds_text(self, places: Sequence[int]) -> bool:
        """True if behind a label on many pages a paragraph follows in the same line."""
        here = [self.lines[at] for at in places if at >= 0]
        return sum(is_text(line) for line in here) > 0.4 * len(here)

    def _write_captions(self, regions: Sequence[tuple[int, int]], head: dict[Key, _Seen]) -> None:
        """Copies of captions, and names between the head and the body."""
        twins = 0
        free = many = rest_short = rest = 0
        names: set[str] = set()
        claimed = set(head)
        example = ""
        for start, end in regions:
            at = start
            while at < end:
                line = self.lines[at]
                if at + 1 < end and line.text == self.lines[at + 1].text and is_text(line):
                    twins += 1
                    at += 2
                elif {line.exact, line.template, line.label, line.prefix} & claimed:
                    if at == start and line.exact in claimed:
                        names.add(line.text)
                    at += 1
                else:
                    break
            if at >= end:
                continue
            many += 1
            is_cut = at + 1 < end and _goes_on(self.lines[at + 1].text)
            name = not is_text(self.lines[at]) and is_free(self.lines[at], self.positions)
            if name and not is_cut:
                free += 1
                example = example or self.lines[at].text
            for later in range(at + 1, end):
                if is_free(self.lines[later], self.positions):
                    rest += 1
                    rest_short += not is_text(self.lines[later])
        self.draft_.copies = twins >= max(2, 0.02 * self.size)
        # Names: some come back, and some do not.
        varied = len(names) >= 4 and free >= 0.02 * many
        if many and (free > 0.5 * many or varied) and rest_short < 0.25 * max(1, rest):
            self.draft_.head.setdefault("byline", []).append(Entry(SHORT_TEXT, "", free, example))

    def _write_tail(
        self,
        regions: Sequence[tuple[int, int]],
        tail: dict[Key, _Seen],
        inside: dict[Key, _Seen],
    ) -> None:
        draft, pages = self.draft_, self.pages
        entries = []
        # Only a line that comes first below some body need be said.
        first: Counter[Key] = Counter()
        for start, end in regions:
            at = end
            for place in range(end - 1, start - 1, -1):
                if is_text(self.lines[place]) and is_free(self.lines[place], self.positions):
                    break
                at = place
            for place in range(at, end):
                keys = [key for key in self._all_keys(self.lines[place]) if key in tail]
                if keys:
                    first[min(keys, key=lambda key: SPECIFIC[key[0]])] += 1
                    break
        for key, one in tail.items():
            if first[key]:
                entries.append(self.entry(key, one.pages)._replace(example=one.example))
        below = 0
        for anchor in pages.anchors[pages.last :]:
            if anchor.key[0] == GAP or anchor.key in inside:
                continue
            entries.append(self.entry(anchor.key))
            below += 1
            if below == 6:
                break
        draft.tail = _unique([*entries, *self.above])
        self._write_last(regions, tail)

    def _all_keys(self, line: Line) -> list[Key]:
        return [
            key
            for key in (line.exact, line.template, line.label, line.prefix)
            if key is not None and key in self.positions
        ]

    def _write_last(self, regions: Sequence[tuple[int, int]], tail: dict[Key, _Seen]) -> None:
        """A name that stands below nearly every body is no paragraph."""
        free = many = 0
        names: set[str] = set()
        belows: Counter[Key] = Counter()
        example = ""
        for start, end in regions:
            at = end
            while at > start and any(key in tail for key in self._all_keys(self.lines[at - 1])):
                at -= 1
            if at < end and self.lines[at].exact in tail:
                names.add(self.lines[at].text)
            if at - start < 3 or at >= len(self.lines):
                continue
            many += 1
            last = self.lines[at - 1]
            if not is_text(last) and is_free(last, self.positions) and len(last.text) <= 70:
                free += 1
                example = example or last.text
                keys = self._all_keys(self.lines[at])
                if keys:
                    belows[min(keys, key=lambda key: SPECIFIC[key[0]])] += 1
        varied = len(names) >= 4 and free >= 0.02 * many
        if not many or not (free > 0.5 * many or varied):
            return
        exact = sum(1 for entry in self.draft_.tail if entry.exact)
        for key, count in belows.most_common(12):
            if key[0] in (GAP, PAIR) or count < 2:
                continue
            if key[0] == EXACT and exact > FEW:
                continue
            pattern = f"{SHORT_TEXT}\\n{pattern_of(key)}"
            self.draft_.tail.append(Entry(pattern, "", count, example))
        if exact > FEW:
            self.draft_.tail.append(Entry(f"{SHORT_TEXT}\\n{{body-tail}}", "", free, example))

    def _write_boxes(self, inside: dict[Key, _Seen], regions: Sequence[tuple[int, int]]) -> None:
        """The lines inside bodies that are no text, and those below them that go with them."""
        usual = self._headline_share(
            [at for start, end in regions for at in range(start + 1, end)][:5000]
        )
        for key, one in inside.items():
            if key[0] == LABEL and not self._leads_to_headlines(one, key):
                continue
            if key[0] == EXACT and self._is_headline(self.lines[one.places[0]]) and one.pages < 3:
                continue
            if key[0] in (EXACT, TEMPLATE) and self._continues(one.places):
                continue
            entry = self.entry(key, one.pages)._replace(example=one.example)
            lines = 0
            ends = {at + 1 for at in one.places}
            while lines < 3:
                places = [at for at in ends if at < len(self.lines)]
                if self._headline_share(places) < max(0.75, usual + 0.2):
                    break
                lines += 1
                ends = {at + 1 for at in ends}
            # A time of day may come twice by chance, each time above another headline.
            is_often = one.pages >= max(3, 0.025 * self.size)
            says = key[0] == EXACT or (key[0] == TEMPLATE and _LETTERS.search(key[1]) is not None)
            if lines and says and key[1] not in self.known and is_often:
                self.draft_.boxes.append((entry, lines))
            else:
                self.draft_.drop.append(entry)
        self.draft_.drop = _unique(self.draft_.drop)
        self.draft_.boxes = sorted(self.draft_.boxes, key=lambda box: -box[0].pages)[:MOST_BOXES]

    def _continues(self, places: Sequence[int]) -> bool:
        """True if a line is mostly within a sentence: text is cut at links, as in `of`.

        The line above has words of its own and no end, and what follows does not begin anew.
        """
        cut = sum(
            at > 0
            and is_free(self.lines[at - 1], self.positions)
            and not is_sentence(self.lines[at - 1].text)
            and any(_goes_on(line.text) for line in self.lines[at : at + 2])
            for at in places
        )
        return cut >= 0.7 * len(places)

    def _headline_share(self, places: Sequence[int]) -> float:
        """The share of these lines that are titles of other pages, or like one, and no frame."""
        if not places:
            return 0.0
        return sum(self._is_headline(self.lines[at]) for at in places) / len(places)

    def _is_headline(self, line: Line) -> bool:
        if line.text in self.known:
            return True
        # The same headline may be in boxes of several pages.
        is_rare = self.counts[line.text] <= max(2, 0.1 * self.size)
        return is_rare and not is_text(line) and 15 < len(line.text) < 120

    def _leads_to_headlines(self, seen: _Seen, key: Key) -> bool:
        """True if behind a label stand headlines, not sentences."""
        rest = [self.lines[at].text[len(key[1]) :].strip() for at in seen.places]
        known = sum(text in self.known or self.counts[text] > 1 for text in rest)
        plain = sum(not is_sentence(text) and len(text) < 130 for text in rest)
        return known >= 0.3 * len(rest) or plain >= 0.85 * len(rest)


_LETTERS = re.compile(r"(?<!\{)\b[^\W\d_]{2,}\b(?!\})")
"""A word of a template, which is no placeholder."""


def _unique(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, each pattern once, the most pages first."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.pattern and entry.pattern not in found:
            found[entry.pattern] = entry
    return sorted(found.values(), key=lambda one: (-one.pages, one.pattern))


def _goes_on(text: str) -> bool:
    """True of a line that begins within a sentence: with a small letter, or with its end."""
    return text[0].islower() or text[0] in ",.;:!?)"
