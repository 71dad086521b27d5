"""Decide which articles lose their repeated captions: those that still read the same.

The law of `dedupe-captions`: every article reads the same afterwards, a second run finds nothing
more, and only lines of captions are deleted. Deleting a line can break it: blank lines meet, a line
is left alone, two equal lines come together. So the cleaned articles are read again, from first to
last. The first one that reads differently is left alone, and reading continues a little before it;
if that does not help, its neighbours are left alone, too. A second run finds the same: articles
cleaned before, in which nothing is left to delete, and those left alone, which it tries again
beside the same neighbours, and leaves alone again.

An article is judged with its neighbours on both sides. A process with only some articles of a dump
decides those in the middle, and passes the others on (`Part`) to the one that has the articles
before and after (`decide`). The answer is the same wherever a dump was cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Generic, NamedTuple, TypeVar

from ..errors import InputError
from ..model import Header
from ..reader.article import parse_article
from ..reader.bodies import CONTROLS, INVALID, look_at
from ..reader.caption_lines import CaptionLine, body_twins, read_captions, redundant_lines
from ..reader.filtered import texts_of_layout
from ..reader.headers import Text
from ..reader.layouts import Layout
from ..reader.limits import LOOK_BEHIND, MARGIN
from ..reader.lines import Lines, first_text
from ..reader.reading import (
    AUTO_REACH,
    Piece,
    Reading,
    is_chosen,
    until_fault,
    would_be_read_alike,
)
from ..reader.settling import Settler
from ..reader.starts import find_headers
from ..source.text import is_blank
from .dedupe import Entry

Made = TypeVar("Made")

NEIGHBOURS = 16
"""Articles on either side that can have a say in how one is read, at most: a header reaches over no
more blocks. Fewer, if they have `MARGIN` bytes."""

TAIL = 4 * LOOK_BEHIND
"""Bytes before an article that can have a say in whether its header starts there."""

FEW = 32
"""Articles that are read again at a time at first, and after one that did not read the same."""

MANY = 4096
"""The same where all is well."""

APART = 2 * NEIGHBOURS
"""Articles between two changes, at most, that are read again together."""

TOGETHER = 256
"""Articles that come one by one and are decided together, at most."""

WAITING = 1024 * 1024
"""Bytes of them, after which no more are waited for."""

_OTHER_LAYOUT = "the dump would be read with another layout"

_TANGLED = "its captions and headers are too entangled to be cleaned in parts; please report this"


class Part(NamedTuple, Generic[Made]):
    """Articles that follow one another, the ones in the middle of which are decided."""

    before: list[Entry]
    """The first articles; all of them if there are few."""
    decided: int
    """From which of `before` on they are decided."""
    middle: list[Made]
    """The results for those in the middle; empty if there are none."""
    after: list[Entry]
    """The last articles."""
    open: int
    """From which of `after` on they are not decided."""


class Rule(NamedTuple):
    """How the articles of a dump are cleaned."""

    reading: Reading
    body: bool
    """With the copies of captions of photos in the body."""


def clean_part(
    rule: Rule, pieces: Sequence[Piece], make: Callable[[Sequence[Entry]], Made]
) -> Part[Made]:
    """Decide which of these articles are cleaned, and apply `make` to those.

    The ones at both ends are passed on, with as many around them as are needed to decide them.
    """
    entries = [Entry(piece, rule.body) for piece in pieces]
    count = len(entries)
    at_start = count > 0 and pieces[0].span.start == 0
    # Before the middle: not decided, then decided twice to see that both agree, then a margin.
    first = 0 if at_start else _behind(entries, 0)
    third = 0 if at_start else _behind(entries, _behind(entries, first))
    end = _ahead(entries, count)
    last = _kept(entries, end)
    is_beginning = count > 0 and _is_in_beginning(pieces[0]) and is_chosen(rule.reading)
    if third >= last or is_beginning:
        return Part(entries, count, [], [], 0)
    _sweep(_Sight(rule, entries, at_start, False), first, end, first)
    return Part(entries[:third], first, [make(entries[third:last])], entries[last:], end - last)


def decide(
    rule: Rule, parts: Iterable[Part[Made]], make: Callable[[Sequence[Entry]], Made]
) -> Iterator[Made]:
    """Yield the results for all articles of a dump, in order, given its parts in order.

    Raises InputError where the parts do, after the results before it, and if articles depend on one
    another from one part into the middle of the next.
    """
    parts, fault = until_fault(parts)
    held: list[Entry] = []
    decided = waiting = 0
    at_start = True
    beginning = _Beginning(rule)
    for part in parts:
        known = len(held)
        held += part.before
        beginning.meet(part.before)
        sight = _Sight(rule, held, at_start, False)
        if not part.middle:
            waiting += sum([len(entry.cleaned) for entry in part.before])
            if len(held) - decided < TOGETHER and waiting < WAITING:
                continue
            end = _ahead(held, len(held))
            last = _kept(held, end)
            if last > 0:
                _go_on(sight, decided, end)
                decided, waiting = end, 0
                if beginning.settle(held[:end]):
                    _go_on(sight, 0, end)
                if beginning.is_settled:
                    yield make(held[:last])
                    held, decided, at_start = held[last:], end - last, False
            continue
        if held:
            _join(sight, decided, known, known + part.decided)
            if beginning.settle(held, must=True):
                _join(sight, 0, known, known + part.decided)
            yield make(held)
        yield from part.middle
        held, decided, at_start = [*part.after], part.open, False
        waiting = 0
    if held:
        sight = _Sight(rule, held, at_start, True)
        _go_on(sight, decided, len(held))
        if beginning.settle(held, is_all=True):
            _go_on(sight, 0, len(held))
        yield make(held)
    if fault:
        raise fault[0]


class _Beginning:
    """The articles by which the layout of a dump is chosen: it must be chosen again.

    If it were not, they are all left alone.
    """

    def __init__(self, rule: Rule) -> None:
        self._reading = rule.reading
        self._next = 0
        """Bytes that there must be before it is tried again."""
        self._is_left = False
        self.is_settled = not is_chosen(rule.reading)
        """True once it is known whether the same layout would be chosen."""

    def meet(self, entries: Sequence[Entry]) -> None:
        """Leave those alone that belong to a beginning that must be."""
        if self._is_left:
            for entry in entries:
                if entry.ranges and _is_in_beginning(entry.piece):
                    entry.reason = _OTHER_LAYOUT

    def settle(self, entries: Sequence[Entry], *, must: bool = False, is_all: bool = False) -> bool:
        """Choose a layout for the articles with which the dump begins; True if they must be left.

        With `must` more cannot be waited for; with `is_all` there are no more.
        """
        if self.is_settled:
            return False
        size = sum([len(entry.text) for entry in entries])
        if size < self._next and not must and not is_all:
            return False
        self._next = 2 * size
        alike: bool | None = True
        if any(entry.is_changed for entry in entries):
            start = b"".join([entry.text for entry in entries])
            alike = would_be_read_alike(self._reading, start, is_all=is_all)
        elif not (is_all or must) and _is_in_beginning(entries[-1].piece):
            alike = None
        if alike is None and not must:
            return False
        self.is_settled = True
        self._is_left = not alike
        self.meet(entries)
        return self._is_left


def _is_in_beginning(piece: Piece) -> bool:
    """Return True if an article may have a say in the layout that is chosen."""
    return piece.span.start < AUTO_REACH + MARGIN


class _Sight(NamedTuple):
    """A run of articles, as far as they are known."""

    rule: Rule
    entries: list[Entry]
    at_start: bool
    """True if the dump begins with them."""
    at_end: bool
    """True if it ends with them."""


def _join(sight: _Sight, decided: int, known: int, again: int) -> None:
    """Decide the articles at a seam, from `decided` on.

    Those from `known` on belong to the next part, which has decided those from `again` on.
    """
    held = sight.entries
    before = [entry.reason is None for entry in held[again:]]
    end = _ahead(held, len(held))
    for entry in held[known:end]:
        entry.reason = None
    _go_on(sight, decided, end)
    if [entry.reason is None for entry in held[again:]] != before:
        raise InputError(sight.rule.reading.dump, _TANGLED)


def _go_on(sight: _Sight, decided: int, end: int) -> None:
    """Decide the articles `[decided, end)`; a few of those before may have to be left alone, too.

    Raises InputError if it were more than a few.
    """
    floor = 0 if sight.at_start else _behind(sight.entries, 0)
    if _sweep(sight, decided, end, floor) < floor:
        raise InputError(sight.rule.reading.dump, _TANGLED)


def _kept(entries: Sequence[Entry], end: int) -> int:
    """Return the first of the articles that must be kept to decide those from `end` on.

    One margin of them is only looked at; in the others it may show that one must be left alone.
    """
    return _ahead(entries, _ahead(entries, _ahead(entries, end)))


def _behind(entries: Sequence[Entry], at: int) -> int:
    """Return the index after the neighbours of the article at `at`."""
    size = 0
    end = min(at + NEIGHBOURS, len(entries))
    while at < end and size < MARGIN:
        size += len(entries[at].cleaned)
        at += 1
    return at


def _ahead(entries: Sequence[Entry], at: int) -> int:
    """Return the index of the first of the neighbours before the article at `at`."""
    size = 0
    end = max(at - NEIGHBOURS, 0)
    while at > end and size < MARGIN:
        at -= 1
        size += len(entries[at].cleaned)
    return at


def _sweep(sight: _Sight, start: int, end: int, floor: int) -> int:
    """Decide the articles `[start, end)`: leave those alone that would not read the same.

    None before `floor` is looked at again. Returns the lowest index that had to be.
    """
    at, step, lowest = start, FEW, start
    while at < end:
        upto = min(at + step, end)
        fault = _first_fault(sight, at, upto)
        if fault is None:
            at, step = upto, min(2 * step, MANY)
            continue
        place, what = fault
        number = sight.entries[place].piece.span.number
        first = _leave(sight.entries, place, f"article {number} would read differently: {what}")
        back = _ahead(sight.entries, first)
        at, step, lowest = max(floor, back), FEW, min(lowest, back)
    return lowest


def _leave(entries: list[Entry], place: int, reason: str) -> int:
    """Leave an article alone; return the index of the first that changes.

    If nothing is deleted there, leave its neighbours alone, or the nearest with deletions.
    """
    for reach in range(len(entries)):
        around = range(max(0, place - reach), min(place + reach + 1, len(entries)))
        changed = [at for at in around if entries[at].is_changed]
        for at in changed:
            entries[at].reason = reason
        if changed:
            return min(changed[0], place)
    raise AssertionError("an unchanged article reads differently")


Found = tuple[int, str] | None
"""The index of an article that would not read the same, and what would differ."""


def _first_fault(sight: _Sight, start: int, end: int) -> Found:
    """Return the first of the articles `[start, end)` that would not read the same, if any."""
    entries = sight.entries
    around = range(_ahead(entries, start), _behind(entries, end))
    changed = [at for at in around if entries[at].is_changed]
    # What is far from any change reads as it did.
    while changed:
        count = next(
            (n for n, (one, other) in enumerate(pairwise(changed), 1) if other - one > APART),
            len(changed),
        )
        first = max(start, _ahead(entries, changed[0]))
        last = min(end, _behind(entries, changed[count - 1] + 1))
        if first < last:
            fault = _Window(sight, first, last).first_fault()
            if fault is not None:
                return fault
        del changed[:count]
    return None


class _Window:
    """Some articles as they will be, with their neighbours, read again."""

    def __init__(self, sight: _Sight, start: int, end: int) -> None:
        """The articles `[start, end)` are the ones that are looked at."""
        rule, entries, at_start, at_end = sight
        self._rule = rule
        self._entries = entries
        self._start, self._end = start, end
        first, last = _ahead(entries, start), _behind(entries, end)
        self._begins = at_start and first == 0
        self._ends = at_end and last == len(entries)
        if first == 0 and not at_start:
            # The first article that is known is needed for its end.
            first = 1
        self._first = first
        tail = b""
        for entry in reversed(entries[:first]):
            tail = entry.text[-TAIL:] + tail
            if len(tail) >= TAIL:
                break
        texts = [entry.text for entry in entries[first:last]]
        self._starts = list(accumulate(map(len, texts), initial=len(tail)))
        self._data = b"".join([tail, *texts])
        self._base = 0 if self._begins else 1
        """The offset of the first byte: any but 0 if the dump does not begin with it."""
        self._found = self._headers(rule.reading.layout, len(tail))
        if self._begins and self._found and first == 0:
            self._begin()

    def _headers(self, layout: Layout, start: int) -> list[Header]:
        """Return the headers that count, from `start` of the bytes on."""
        size = len(self._data)
        found = find_headers(Text(self._data, layout, self._base), start, size)
        return Settler().add(found, self._base + size)

    def _begin(self) -> None:
        """Count white space before the first header of the dump as its article's."""
        header = self._found[0]
        if 0 < header.start and is_blank(self._data[: header.start]):
            self._found[0] = header.begun_earlier(header.start)

    def first_fault(self) -> Found:
        """Return the first article that would not read the same, and what would differ."""
        headers, base = self._found, self._base
        place = 0
        for at in range(self._start, self._end):
            start = base + self._starts[at - self._first]
            end = base + self._starts[at - self._first + 1]
            while place < len(headers) and headers[place].start < start:
                place += 1
            header = None
            if place < len(headers) and headers[place].start == start:
                header = headers[place]
                place += 1
            what = self._difference(at, header)
            if what is None and place < len(headers) and headers[place].start < end:
                what = "another article would begin inside it"
            if what is not None:
                return at, what
        return None

    def _difference(self, at: int, header: Header | None) -> str | None:
        """Return what would differ in an article that is read with that header, if anything."""
        entry = self._entries[at]
        old = entry.piece.span.header
        if header is None or old is None:
            if header is not old:
                return "it would begin elsewhere"
        elif not entry.is_changed:
            same = header[1:-2] == old[1:-2] and header.evidence is old.evidence
            return None if same else "its header would differ"
        if not entry.is_changed:
            return None
        is_last = self._ends and at == len(self._entries) - 1
        if entry.ranges[-1][1] == len(entry.piece.data) and not is_last:
            if not entry.piece.data.endswith(b"\n"):
                return "the next article begins on its last line"
        what = None
        if header is not None and old is not None:
            if entry.image is not None and entry.image == (*header[1:8], header.evidence):
                return _difference_in_problems(entry)
            what = _difference_in_header(entry, header, old)
        if self._rule.body:
            return what or _difference_in_body(self._rule, entry, header)
        return what or _difference_in_bytes(entry, header) or _difference_in_problems(entry)


def _difference_in_header(entry: Entry, header: Header, old: Header) -> str | None:
    """Return what differs in the header of an article that is changed, if anything."""
    data, text = entry.piece.data, entry.cleaned
    if header.evidence is not old.evidence:
        return "its header would differ"
    if text[header.title : header.title_end] != data[old.title : old.title_end]:
        return "its title would differ"
    if header.is_plain:
        return None
    if text[header.deck : header.captions] != data[old.deck : old.captions]:
        return "its deck or byline would differ"
    captions = read_captions(Lines(text), header)
    firsts = {line.key: text[line.start : line.end] for line in reversed(captions.lines)}
    olds = {line.key: data[line.start : line.end] for line in reversed(entry.captions.lines)}
    if firsts != olds or _order(captions.lines) != _order(entry.captions.lines):
        return "its captions would differ"
    if redundant_lines(captions, header.evidence):
        return "a second run would delete more"
    return None


def _order(lines: Sequence[CaptionLine]) -> list[bytes]:
    """Return the keys of caption lines in the order of their first copies."""
    return list(dict.fromkeys([line.key for line in lines]))


def _difference_in_bytes(entry: Entry, header: Header | None) -> str | None:
    """Return what differs in an article whose body must be the same bytes, if anything."""
    data, text = entry.piece.data, entry.cleaned
    plain = header is None or header.is_plain
    body = 0 if header is None or plain else read_captions(Lines(text), header).body
    # Blank lines below the title belong to the body if no copy of a caption is left there.
    new, old = text[body:], data[entry.captions.body :]
    if new[first_text(new) :] != old[first_text(old) :]:
        return "its body would differ"
    return None


def _difference_in_problems(entry: Entry) -> str | None:
    """Return what differs in an article where only lines of captions went, if anything."""
    data, text = entry.piece.data, entry.cleaned
    removed = b"".join([data[start:end] for start, end in entry.ranges])
    odd = CONTROLS | INVALID
    if look_at(Lines(removed)) & odd and look_at(Lines(data)) & odd != look_at(Lines(text)) & odd:
        return "its problems would differ"
    return None


def _difference_in_body(rule: Rule, entry: Entry, header: Header | None) -> str | None:
    """Return what differs in a body, except copies of captions; None if nothing does."""
    layout, dump = rule.reading.layout, rule.reading.dump
    span = entry.piece.span._replace(header=header)
    old = parse_article(dump, entry.piece.span, entry.piece.data, layout)
    new = parse_article(dump, span, entry.cleaned, layout)
    if (old.byline and old.byline.text) != (new.byline and new.byline.text):
        return "its byline would differ"
    body = 0 if header is None or header.is_plain else new.body_start
    if body_twins(Lines(entry.cleaned), body):
        return "a second run would delete more"
    olds = [run[0].text for run in texts_of_layout(entry.piece.data, old.body_start, layout)]
    news = [run[0].text for run in texts_of_layout(entry.cleaned, new.body_start, layout)]
    return None if olds == news else "its paragraphs would differ"
