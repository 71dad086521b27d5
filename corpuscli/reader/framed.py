"""The parts of an article that starts at a boundary, a gap or a record, read by its layout.

The head is what is between an article's start and its body; its statements never reach into the
body. Lines are told apart by their classes, and only a line that counts is decoded.
"""

from __future__ import annotations

from typing import NamedTuple

from ..model import Caption, Unit
from ..source.text import decode, fold, trim
from .bodies import count_words
from .layouts.layout import Layout, Page
from .layouts.patterns import Lines as Forms
from .lines import Lines
from .rows import Row, find_rows, kinds_of

NOISE = 64
"""Bytes of white space and marks by which two lines that are the same may differ."""

LONG = 160
"""Bytes of a line that may read like a paragraph."""

SENTENCE_ENDS = (".", "!", "?", "…", ".”", ".»", '."', "。", "؟", "।")


class Text(NamedTuple):
    """A paragraph, not decoded yet."""

    line: int
    parts: tuple[tuple[int, int] | str, ...]
    """Bytes `[start, end)` of the article, or what is left of a line without its label."""

    def unit(self, data: bytes) -> Unit:
        """Return it as text."""
        texts = [
            one if isinstance(one, str) else trim(decode(data[one[0] : one[1]]))
            for one in self.parts
        ]
        return Unit(" ".join(texts), self.line)

    def words(self, lines: Lines) -> int:
        """Return how many words it has."""
        return sum(
            [
                len(one.split()) if isinstance(one, str) else count_words(lines, one[0], one[1])
                for one in self.parts
            ]
        )


class Parts(NamedTuple):
    """An article, read."""

    title: Unit | None
    deck: Unit | None
    byline: Unit | None
    date: Unit | None
    section: Unit | None
    captions: tuple[Caption, ...]
    texts: tuple[Text, ...]
    """The paragraphs."""
    body_start: int
    """The byte where the body starts; where the article ends if it has none."""
    body_end: int
    """The byte where the text ends: all from there on is furniture."""
    furniture: int
    """Lines of the body that a statement of the layout took out."""
    kinds: int = 0
    """The bits of all its lines: which lists of the layout they are in."""
    boundary: str = ""
    """The line that it starts at; empty where it starts at none."""
    dropped: int = 0
    """Lines of the body that were taken out though they read like paragraphs."""


def rows_of(data: bytes, layout: Layout, start: int = 0) -> list[Row]:
    """Return the lines of an article's bytes that are not blank, from the byte `start` on."""
    table = layout.table
    place = data.count(b"\n", 0, start)
    return find_rows(Lines(data), start, place, table.known, table.classify)


class Reader:
    """Reads one article: its rows, and where in them it is."""

    __slots__ = ("data", "layout", "page", "rows")

    def __init__(self, data: bytes, layout: Layout, start: int) -> None:
        self.data = data
        self.layout = layout
        self.rows = rows_of(data, layout, start)
        self.page = self._kind()

    def _kind(self) -> Page:
        """The kind of page it is."""
        pages = self.layout.pages
        for page in pages[:-1]:
            if any(self._length(page.when, place) for place in range(len(self.rows))):
                return page
        return pages[-1]

    def text(self, row: Row) -> str:
        return self.data[row.start : row.end].decode("utf-8", "replace")

    def _length(self, lines: Forms, place: int) -> int:
        """How many rows from `place` on are an entry of `lines`; 0 if they are none."""
        kind = self.rows[place].kind
        if not kind & lines.mask:
            return 0
        if kind & lines.single:
            return 1
        for form in lines.forms:
            if form.rest and kind & form.bit and place + len(form.rest) < len(self.rows):
                below = self.rows[place + 1 : place + 1 + len(form.rest)]
                if all(row.kind & bit for row, bit in zip(below, form.rest, strict=True)):
                    return 1 + len(form.rest)
        return 0

    def _value(self, lines: Forms, place: int, end: int) -> str:
        """The part that counts of the rows `[place, end)`, which are an entry of `lines`.

        In a layout of blocks these may be the lines of one block, which are one text.
        """
        rows = self.rows[place:end]
        for form in lines.forms:
            if form.rest and len(form.parts) == len(rows):
                found = [
                    part.match(self.text(row)) for part, row in zip(form.parts, rows, strict=True)
                ]
                groups = [one for match in found if match for one in match.groups() if one]
                if groups:
                    return trim(", ".join(groups))
        text = " ".join(trim(self.text(row)) for row in rows)
        match = lines.groups(text) or (lines.groups(self.text(rows[0])) if rows else None)
        if match and match.groups():
            return trim(next(filter(None, match.groups()), ""))
        return text

    def _same(self, one: Row, other: Row) -> bool:
        return fold(self.text(one)) == fold(self.text(other))

    def _block_end(self, place: int, limit: int) -> int:
        """Where the block of the row at `place` ends: its rows have no blank line between."""
        end = place + 1
        while end < limit and self.rows[end].place == self.rows[end - 1].place + 1:
            end += 1
        return end

    def read(self) -> Parts:
        """Return the article's parts."""
        page, rows, layout = self.page, self.rows, self.layout
        title: Unit | None = None
        has_title = page.title.none
        at = 0
        if rows:
            for start in (layout.start.at, layout.start.glued):
                length = self._length(start, 0)
                if length:
                    title, named = self._named_title(start, length)
                    has_title = has_title or named
                    at = length
                    break
        limit = len(rows)
        first, title_end = at, at
        claimed: set[int] = set()
        if not has_title:
            found = self._find_title(at, limit)
            if found:
                begin, title_end, value = found
                claimed.update(range(begin, title_end))
                title = Unit(value, rows[begin].place) if value else None
                if page.title.line:
                    # Behind a label it may stand anywhere in the head.
                    title_end = at
        boundary = trim(self.text(rows[0])) if at else ""
        kinds = kinds_of(rows)
        captions: dict[str, Caption] = {}
        body = self._body(title_end, limit, title, claimed)
        parts = self._head(first, body, claimed, captions, title)
        body = self._copies(body, limit, captions)
        paragraphs, furniture, last, dropped = self._paragraphs(body, captions)
        begins = rows[body].start if body < len(rows) else len(self.data)
        return Parts(
            title,
            parts.get("deck"),
            parts.get("byline"),
            parts.get("date"),
            parts.get("section"),
            tuple(captions.values()),
            tuple(paragraphs),
            begins,
            max(begins, last),
            furniture,
            kinds,
            boundary,
            dropped,
        )

    def _named_title(self, start: Forms, length: int) -> tuple[Unit | None, bool]:
        """The title that the boundary itself carries, and whether it has a place for one.

        An empty place is an article without title, unless the pattern can do without the place.
        """
        for form in start.forms:
            for part, row in zip(form.parts, self.rows[:length], strict=False):
                match = part.match(self.text(row))
                named = match.groupdict() if match else {}
                value = named.get("title")
                if value is not None:
                    text = self._formed(trim(value))
                    return (Unit(text, row.place) if text else None), True
        return None, False

    def _find_title(self, at: int, limit: int) -> tuple[int, int, str] | None:
        """The rows of the title, and its text."""
        title = self.page.title
        if title.line:
            for place in range(len(self.rows)):
                if length := self._length(title.line, place):
                    end = place + length
                    if self.page.body.by_blocks:
                        end = self._head_block_end(place, len(self.rows))
                    return place, end, self._formed(self._value(title.line, place, end))
            return None
        mask = title.after.mask | title.before.mask
        for place, row in enumerate(self.rows) if mask else ():
            if not row.kind & mask:
                continue
            if length := self._length(title.after, place):
                found = place + length - 1 + title.lines
            elif self._length(title.before, place):
                found = place - title.lines
            else:
                continue
            if not 0 <= found < len(self.rows):
                continue
            return found, found + 1, self._formed(trim(self.text(self.rows[found])))
        if title.after or title.before:
            return None
        count = title.lines
        strip = self.page.body.strip.mask
        # A byline without fixed text is below the title: it would claim every short one.
        claims = 0 if self.page.body.by_blocks else self.page.head.single
        claims &= ~self.page.head.name.mask
        for place in range(at, len(self.rows)):
            kind = self.rows[place].kind
            if kind & claims and not kind & strip:
                continue
            if self._length(self.page.body.strip, place):
                return None
            if not self._head_length(place, names=False):
                count -= 1
                if count:
                    continue
                end = self._head_block_end(place, limit) if self.page.body.by_blocks else place + 1
                text = " ".join(trim(self.text(row)) for row in self.rows[place:end])
                return place, end, self._formed(text)
        return None

    def _formed(self, text: str) -> str:
        form = self.page.title.form
        match = form.groups(text) if form else None
        return trim(next(filter(None, match.groups()), text)) if match else text

    def _head_length(self, place: int, *, names: bool = True) -> int:
        """How many rows from `place` on a statement of the head claims; 0: it claims none.

        Without `names`, bylines without fixed text claim nothing.
        """
        head = self.page.head
        kind = self.rows[place].kind
        if not names:
            kind &= ~head.name.mask
        if not kind & head.mask:
            return 0
        if kind & head.single and not self.page.body.by_blocks:
            return 1
        for lines in (
            head.drop, head.date, head.byline, head.section, head.credit, head.caption, head.deck,
            head.name,
        ):  # fmt: skip
            if lines is head.name and not names:
                continue
            if length := self._length(lines, place):
                if self.page.body.by_blocks and length == 1:
                    return self._head_block_end(place, len(self.rows)) - place
                return length
        return 0

    def _head_block_end(self, place: int, limit: int) -> int:
        """As `_block_end`; a line that has a statement of its own begins another block."""
        mask = self.page.head.mask | self.page.title.line.mask | self.page.body.after.mask
        mask |= self.page.body.strip.mask | self.page.body.tail.mask
        end = place + 1
        while end < self._block_end(place, max(limit, place + 1)):
            if self.rows[end].kind & mask:
                break
            end += 1
        return end

    def _body(self, at: int, limit: int, title: Unit | None, claimed: set[int]) -> int:
        """The row that the body begins with; `at` is the row below the title."""
        after = self.page.body.after
        named = fold(title.text) if title else ""
        if after:
            again = any(form.parts[0].is_title for form in after.forms)
            for place in range(at, limit):
                length = self._length(after, place)
                if not length and again and place not in claimed:
                    length = int(fold(self.text(self.rows[place])) == named)
                if length:
                    at = place + length
                    break
        while at < limit:
            length = self._length(after, at) or self._head_length(at)
            if not length and at in claimed:
                length = 1
            if not length and named and self._reads(at, named):
                length = 1
            if not length and at + 1 < limit and self._length(self.page.head.credit, at + 1):
                # A caption, with its credit below it.
                length = 2
            if not length:
                if not self._twin(at, limit) or not self._head_goes_on(at, limit):
                    break
                length = 2
            at += length
        return at

    def _reads(self, place: int, folded: str) -> bool:
        row = self.rows[place]
        if row.end - row.start > 4 * len(folded.encode()) + 16:
            return False
        return fold(self.text(row)) == folded

    def _may_be_twin(self, place: int, limit: int) -> bool:
        """False where the row below is no copy for sure: it is apart, or of another size."""
        if place + 1 >= limit:
            return False
        one, other = self.rows[place], self.rows[place + 1]
        return (
            other.place == one.place + 1
            and other.kind == one.kind
            and -NOISE <= (other.end - other.start) - (one.end - one.start) <= NOISE
        )

    def _twin(self, place: int, limit: int) -> bool:
        """True if the row below is a copy of the row at `place`, with no blank line between."""
        if not self.page.body.copies or not self._may_be_twin(place, limit):
            return False
        return self._same(self.rows[place], self.rows[place + 1])

    def _head_goes_on(self, place: int, limit: int) -> bool:
        """True if below the copies of captions at `place` the head goes on."""
        while self._twin(place, limit):
            place += 2
        return place < limit and bool(self._head_length(place))

    def _head(
        self,
        at: int,
        end: int,
        claimed: set[int],
        captions: dict[str, Caption],
        title: Unit | None,
    ) -> dict[str, Unit]:
        """Read the lines of the head, rows `[at, end)`: each part by its name; captions apart."""
        head = self.page.head
        parts: dict[str, Unit] = {}
        named = fold(title.text) if title else ""
        free: list[int] = []
        mask = head.mask
        # A line that is dropped and nothing else: as most of a frame.
        only_drop = 0 if self.page.body.by_blocks else head.drop.single
        others = mask & ~only_drop & ~head.name.mask
        keeps_free = bool(head.credit)
        has_copies = self.page.body.copies
        top = title.line if title else -1
        while at < end:
            kind = self.rows[at].kind
            if at in claimed or (kind & only_drop and not kind & others):
                at += 1
                continue
            length, name, lines = self._claim(at, top) if kind & mask else (0, "", head.drop)
            if not length:
                if has_copies and self._twin(at, end):
                    self._add_caption(captions, at, 2)
                    at += 2
                    continue
                if keeps_free and (not named or not self._reads(at, named)):
                    free.append(at)
                at += 1
                continue
            if self.page.body.by_blocks and length == 1:
                length = max(1, min(self._head_block_end(at, len(self.rows)), end) - at)
            if name == "credit":
                self._add_credit(captions, at, free)
            elif name == "caption":
                self._add_text(captions, self._value(lines, at, at + length), self.rows[at])
            elif name and not (name in parts and name in ("date", "section", "deck")):
                value = self._value(lines, at, at + length)
                seen = parts.get(name)
                if seen:
                    parts[name] = Unit(f"{seen.text}, {value}", seen.line)
                elif value:
                    parts[name] = Unit(value, self.rows[at].place)
            at += length
        return parts

    def _claim(self, at: int, top: int) -> tuple[int, str, Forms]:
        """Return the part of the head that the row at `at` is: its rows, its name and its list.

        The name is empty for what is dropped; there are 0 rows if it is none. The title ends at the
        line `top`.
        """
        head, kind = self.page.head, self.rows[at].kind
        for name, forms in (
            ("date", head.date), ("byline", head.byline), ("section", head.section),
            ("credit", head.credit), ("caption", head.caption), ("deck", head.deck),
            ("", head.drop), ("byline", head.name),
        ):  # fmt: skip
            if kind & forms.mask and (length := self._length(forms, at)):
                if forms is not head.name or self._may_be_name(at, top):
                    return length, name, forms
        return 0, "", head.drop

    def _may_be_name(self, place: int, top: int) -> bool:
        """Return True below the title, but for the line below which the body begins."""
        return self.rows[place].place > top and not self._length(self.page.body.after, place)

    def _add_caption(self, captions: dict[str, Caption], place: int, copies: int) -> None:
        row = self.rows[place]
        text = trim(self.text(row))
        seen = captions.get(fold(text)) or Caption(text, row.place, 0)
        captions[fold(text)] = seen.again(copies)

    def _add_text(self, captions: dict[str, Caption], text: str, row: Row) -> None:
        seen = captions.get(fold(text)) or Caption(text, row.place, 0)
        captions[fold(text)] = seen.again(1)

    def _add_credit(self, captions: dict[str, Caption], place: int, free: list[int]) -> None:
        """A credit belongs to the caption above it: the last one, or the free line above."""
        credit = trim(self.text(self.rows[place]))
        if free and free[-1] == place - 1:
            row = self.rows[free.pop()]
            text = f"{trim(self.text(row))} {credit}"
            captions[fold(text)] = Caption(text, row.place, 1)
        elif captions:
            _, last = captions.popitem()
            text = f"{last.text} {credit}"
            captions[fold(text)] = Caption(text, last.line, last.copies)
        else:
            self._add_text(captions, credit, self.rows[place])

    def _copies(self, at: int, limit: int, captions: dict[str, Caption]) -> int:
        """Take the copies of captions that stand where the body would begin."""
        while self._twin(at, limit):
            end = at + 2
            while end < limit and self._same(self.rows[at], self.rows[end]):
                if self.rows[end].place != self.rows[end - 1].place + 1:
                    break
                end += 1
            self._add_caption(captions, at, end - at)
            at = end
        return at

    def _paragraphs(
        self, at: int, captions: dict[str, Caption]
    ) -> tuple[list[Text], int, int, int]:
        """Return the paragraphs from the row `at` on, and where they end.

        Between: how many lines were taken out. Last: how many of those read like paragraphs.
        """
        body = self.page.body
        found: list[Text] = []
        block: list[tuple[int, int] | str] = []
        first = 0
        furniture = dropped = 0
        last = self.rows[at].start if at < len(self.rows) else len(self.data)
        previous = -1
        mask = body.tail.mask | body.drop.mask | body.caption.mask | body.strip.mask
        for box in self.page.boxes:
            mask |= box.first.mask
        # A boundary with nothing below it closes the last article: it is no text.
        edges = self.layout.start.at.single | self.layout.start.after.single
        mask |= edges
        while at < len(self.rows):
            row = self.rows[at]
            if block and (row.place != previous + 1 or not body.by_blocks):
                found.append(Text(first, tuple(block)))
                block = []
            length = 0
            text = ""
            if row.kind & mask:
                if self._length(body.tail, at):
                    break
                length = self._box(at) or self._length(body.drop, at)
                length = length or int(row.kind & edges != 0)
                if not length and (length := self._length(body.caption, at)):
                    end = self._block_end(at, len(self.rows)) if body.by_blocks else at + length
                    self._add_text(captions, self._value(body.caption, at, end), row)
                    length = end - at
                    previous = self.rows[at + length - 1].place
                    last = self.rows[at + length - 1].end + 1
                    at += length
                    continue
                if not length and self._length(body.strip, at):
                    match = body.strip.groups(self.text(row))
                    text = self._stripped(match, self.text(row))
                    if not text:
                        length = 1
            if length:
                furniture += length
                dropped += sum(
                    one.end - one.start >= LONG and self.text(one).rstrip().endswith(SENTENCE_ENDS)
                    for one in self.rows[at : at + length]
                )
                at += length
                previous = self.rows[at - 1].place
                continue
            end = at + 1
            if self._twin(at, len(self.rows)) and not body.by_blocks:
                while end < len(self.rows) and self._same(row, self.rows[end]):
                    if self.rows[end].place != self.rows[end - 1].place + 1:
                        break
                    end += 1
                self._add_caption(captions, at, end - at)
            else:
                first = first if block else row.place
                block.append(text or (row.start, row.end))
            at = end
            previous = self.rows[at - 1].place
            last = self.rows[at - 1].end + 1
        if block:
            found.append(Text(first, tuple(block)))
        return found, furniture, min(last, len(self.data)), dropped

    def _stripped(self, match: object, text: str) -> str:
        """A line without the label that was found in it; it may be empty."""
        groups = [one for one in match.groups() if one] if hasattr(match, "groups") else []
        return trim(groups[0]) if groups else ""

    def _box(self, at: int) -> int:
        """How many rows from `at` on are a box; 0 if none begins there."""
        for box in self.page.boxes:
            length = self._length(box.first, at)
            if not length:
                continue
            if box.to:
                for end in range(at + length, len(self.rows)):
                    if more := self._length(box.to, end):
                        return end + more - at
                return length
            if box.to_blank:
                return max(length, self._block_end(at, len(self.rows)) - at)
            return min(length + box.lines, len(self.rows) - at)
        return 0


def read_parts(data: bytes, layout: Layout, start: int = 0) -> Parts:
    """Return the parts of the article whose bytes are `data`; its start is at the byte `start`."""
    return Reader(data, layout, start).read()
