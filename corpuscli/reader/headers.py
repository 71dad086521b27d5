# cython: language_level=3
"""Decide whether there is a header at a place in the bytes, and where its parts are.

The decision is made only here; the rule is FORMAT.md, "Reading it". Whether there is a header at a
place depends only on the `REACH` bytes from there and on the few lines before, wherever a dump is
cut for reading. Offsets count bytes from the start of the stretch; ends are exclusive; only
`Header.start` counts from the start of the dump.
"""

from __future__ import annotations

from ..model import Evidence, Header

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.reader.lines import Lines, find_bom
else:
    from .lines import Lines, find_bom

from ..source.text import has_letter
from .layouts import Layout
from .limits import LOOK_BEHIND, MAX_BLOCKS, MAX_BYLINE, REACH
from .lines import BOM_UTF8

SENTENCE_ENDS = tuple(".!?:;,…؟،؛۔。！？")

CHROME = 1
CHROME_TAIL = 2
"""The role of a line in the page's own controls: one of them, or one that may follow directly."""

MOST_KINDS = 4096


@cython.cclass
class Line:
    """A line that is not blank: bytes `[start, end)` without the line end.

    Its key, once it is known, is never empty.
    """

    start: cython.Py_ssize_t
    end: cython.Py_ssize_t
    key: bytes


@cython.cfunc
def _line(start: cython.Py_ssize_t, end: cython.Py_ssize_t, key: bytes) -> Line:
    # When compiled, this makes an object without a Python call.
    line: Line = Line.__new__(Line)
    line.start = start
    line.end = end
    line.key = key
    return line


@cython.cclass
class Text(Lines):
    """A stretch of a dump to look for headers in."""

    layout: Layout
    base: cython.Py_ssize_t
    at_start: cython.bint
    has_marks: cython.bint
    longest_chrome: cython.Py_ssize_t
    _kinds: dict[bytes, int]

    def __init__(self, data: bytes, layout: Layout, base: cython.Py_ssize_t) -> None:
        """Take the stretch; `base` is the offset of its first byte in the dump."""
        Lines.__init__(self, data)
        self.layout = layout
        self.base = base
        self.at_start = base == 0
        # A byte order mark inside the stretch shows that files were joined there.
        self.has_marks = find_bom(data, 1, len(data)) >= 0
        self.longest_chrome = layout.longest_chrome
        self._kinds = {}

    @cython.ccall
    def line(self, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> Line:
        return _line(start, end, self.key(start, end))

    @cython.ccall
    def kind(self, key: bytes) -> cython.int:
        """Return the role of a line with that key in the page's controls; 0 if it has none."""
        known = self._kinds.get(key)
        if known is None:
            known = self._find_kind(key.decode("utf-8", "replace"))
            if len(self._kinds) < MOST_KINDS:
                self._kinds[key] = known
        return known

    def _find_kind(self, key: str) -> int:
        if self.layout.controls.fits(key):
            return CHROME
        return CHROME_TAIL if self.layout.controls_tail.fits(key) else 0

    @cython.ccall
    def is_chrome(self, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
        """Return whether the line is one of the page's own controls."""
        if end - start > self.longest_chrome:
            return False
        return self.kind(self.key(start, end)) == CHROME

    @cython.ccall
    def may_be_title(self, key: bytes) -> cython.bint:
        """Return False if `key` is, or may be, a line of the page's own controls."""
        return len(key) > 0 and (len(key) > 64 or self.kind(key) == 0)

    @cython.ccall
    def previous_line(
        self, start: cython.Py_ssize_t, floor: cython.Py_ssize_t
    ) -> cython.Py_ssize_t:
        """Return the start of the line before the one at `start`.

        Returns -1 if that is before `floor` or cannot be known.
        """
        if start <= floor:
            return -1
        lowest: cython.Py_ssize_t = floor - 1 if floor > 0 else 0
        before: cython.Py_ssize_t = self.line_start(start - 1, lowest)
        if before == lowest and not (floor <= 0 and self.at_start):
            return -1
        return before

    @cython.ccall
    def blank_above(self, start: cython.Py_ssize_t) -> cython.bint:
        """Return whether the line before `start` is blank, or there is none.

        A line of `LOOK_BEHIND` bytes or more does not count as blank, so that the answer is the
        same wherever the dump is cut.
        """
        if start == 0:
            return self.at_start
        lowest: cython.Py_ssize_t = max(0, start - 1 - LOOK_BEHIND)
        before: cython.Py_ssize_t = self.line_start(start - 1, lowest)
        return start - 1 - before < LOOK_BEHIND and self.is_blank(before, start - 1)

    @cython.ccall
    def blank_below(self, end: cython.Py_ssize_t) -> cython.bint:
        """Return whether the line after the one that ends at `end` is blank, or there is none."""
        if end + 1 >= self.size:
            return True
        after: cython.Py_ssize_t = self.line_end(end + 1)
        return after - end - 1 < LOOK_BEHIND and self.is_blank(end + 1, after)

    @cython.ccall
    def opens_block(self, start: cython.Py_ssize_t) -> cython.bint:
        """Return whether no line of text is directly above `start`, or a file begins there."""
        return self.blank_above(start) or self.begins_file(start)

    @cython.ccall
    def begins_file(self, start: cython.Py_ssize_t) -> cython.bint:
        """Return whether a byte order mark is at `start`, where a file was joined to others."""
        return self.has_marks and self.data.startswith(BOM_UTF8, start)

    @cython.ccall
    def joined_line(self, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> Line | None:
        """Return what follows the last byte order mark inside a line; None if nothing does.

        Two files were joined there, the first without a final newline.
        """
        if not self.has_marks:
            return None
        at: cython.Py_ssize_t = self.data.rfind(BOM_UTF8, start + 1, end)
        while at > start:
            line = self.line(at, end)
            if line.key:
                return line
            at = self.data.rfind(BOM_UTF8, start + 1, at)
        return None

    @cython.ccall
    def is_alone(self, line: Line) -> cython.bint:
        """Return whether `line` is the only line of its block."""
        return self.opens_block(line.start) and self.blank_below(line.end)

    @cython.ccall
    def first_below(self, start: cython.Py_ssize_t, limit: cython.Py_ssize_t) -> Line | None:
        """Return the first non-blank line from `start` on that ends by `limit`, if any."""
        end: cython.Py_ssize_t
        while start < self.size:
            end = self.line_end(start)
            if end > limit:
                return None
            if not self.is_blank(start, end):
                return self.line(start, end)
            start = end + 1
        return None


@cython.cclass
class Above:
    """What is above the controls, or above a title's second copy."""

    title: Line | None
    """The nearest line that is the same as the title below; None if none is in reach."""
    blocks: list[list[Line]]
    """The blocks in between, in the order of the dump; without a title, the nearest two."""


@cython.ccall
def header_at_chrome(text: Text, chrome: cython.Py_ssize_t) -> Header | None:
    """Return the header whose controls begin with the line at `chrome`; None if it is not one."""
    second = text.first_below(_chrome_end(text, chrome), chrome + REACH)
    if second is None or not text.may_be_title(second.key):
        return None
    above = _look_up(text, chrome, max(0, second.end - REACH), second)
    blocks = above.blocks
    touching: cython.bint = len(blocks) > 0 and _last(blocks).end + 1 == chrome
    header = None
    if above.title is not None:
        header = _titled(text, above.title, blocks, touching, chrome, second)
    if header is None and touching:
        header = _unrepeated(text, blocks, chrome, second)
        if header is None:
            header = _byline(text, blocks, chrome, second)
    return header


@cython.ccall
def continues_chrome(text: Text, chrome: cython.Py_ssize_t) -> cython.bint:
    """Return whether the controls that the line at `chrome` belongs to begin above it."""
    floor: cython.Py_ssize_t = max(0, chrome - LOOK_BEHIND)
    tail_may_follow: cython.bint = False
    end: cython.Py_ssize_t
    at: cython.Py_ssize_t = text.previous_line(chrome, floor)
    end = chrome - 1
    while at >= 0 and end - at <= text.longest_chrome and at < end:
        kind = text.kind(text.key(at, end))
        if kind == CHROME:
            return True
        if tail_may_follow or kind != CHROME_TAIL:
            return False
        tail_may_follow = True
        end = at - 1
        at = text.previous_line(at, floor)
    return False


@cython.ccall
def header_between(text: Text, one: cython.Py_ssize_t, other: cython.Py_ssize_t) -> Header | None:
    """Return the header without controls whose titles are the lines at `one` and `other`.

    Between the two there may be nothing, or captions each of which appears at least twice in the
    header, with or without a deck before them. Otherwise, returns None.
    """
    first = text.line(one, text.line_end(one))
    second = text.line(other, text.line_end(other))
    if first.key != second.key or not text.may_be_title(first.key):
        return None
    if second.end - first.start > REACH:
        return None
    if not text.is_alone(first) or not text.opens_block(second.start):
        return None
    floor = text.data.rfind(b"\n", 0, one) + 1
    above = _look_up(text, second.start, floor, second)
    if above.title is None or above.title.start != one:
        return None
    if not above.blocks:
        return _bare(text, first, second)
    return _proven_by_captions(text, first, above.blocks, second)


@cython.cfunc
def _last(blocks: list[list[Line]]) -> Line:
    """Return the last line of some blocks."""
    return blocks[-1][-1]


@cython.cfunc
def _chrome_end(text: Text, chrome: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Return where the controls that begin at `chrome` end: the start of the line after them."""
    after: cython.Py_ssize_t = chrome
    end: cython.Py_ssize_t
    tail_may_follow: cython.bint = False
    while after < text.size:
        end = text.line_end(after)
        if end > chrome + REACH or end == after:
            break
        kind = text.kind(text.key(after, end))
        if kind != CHROME and not (tail_may_follow and kind == CHROME_TAIL):
            break
        tail_may_follow = kind == CHROME
        after = end + 1
    return after


@cython.cfunc
def _look_up(text: Text, start: cython.Py_ssize_t, floor: cython.Py_ssize_t, title: Line) -> Above:
    """Return the nearest line above `start` that is the same as `title`, and the blocks between.

    The search goes up to `floor`, but not past other controls, or more blocks than a header has. A
    byte order mark inside a line starts a line here: two files were joined there, the first without
    a final newline.
    """
    blocks: list[list[Line]] = []
    block: list[Line] = []
    parted: cython.bint = True
    opening: cython.longlong = text.opening(title.start, title.end)
    found: Line | None = None
    at: cython.Py_ssize_t = start
    end: cython.Py_ssize_t
    while True:
        end = at - 1
        at = text.previous_line(at, floor)
        if at < 0:
            break
        if text.is_blank(at, end):
            parted = True
            continue
        line = None
        if text.opening(at, end) == opening:
            line = text.line(at, end)
            if line.key == title.key:
                found = line
                break
        first: cython.Py_ssize_t = at
        if text.has_marks:
            joined = text.joined_line(at, end)
            if joined is not None:
                if joined.key == title.key:
                    found = joined
                    break
                line, first = joined, joined.start
        if text.is_chrome(first, end):
            break
        if parted:
            if len(blocks) == MAX_BLOCKS:
                break
            block = []
            blocks.append(block)
            parted = False
        block.append(line or _line(first, end, b""))
    if found is None:
        del blocks[2:]
    blocks.reverse()
    for block in blocks:
        block.reverse()
    above: Above = Above.__new__(Above)
    above.title = found
    above.blocks = blocks
    return above


@cython.cfunc
def _titled(
    text: Text,
    first: Line,
    blocks: list[list[Line]],
    touching: cython.bint,
    chrome: cython.Py_ssize_t,
    second: Line,
) -> Header | None:
    """Return the header between two titles, if `blocks` are what may be there; otherwise None.

    The block that touches the controls is captions. Another block is captions if each of its lines
    appears there at least twice; otherwise it is the deck, and must be the first block.
    """
    captions: cython.Py_ssize_t = len(blocks) - touching
    if captions > 0:
        copies = _count(text, [line for block in blocks for line in block])
        while captions > 0 and _are_doubled(blocks[captions - 1], copies):
            captions -= 1
    if captions > 1:
        return None
    return _with_parts(text, first, blocks, captions, chrome, second, Evidence.CHROME)


@cython.cfunc
def _key(text: Text, line: Line) -> bytes:
    """Return the key of a line, which most headers do not need."""
    if not line.key:
        line.key = text.key(line.start, line.end)
    return line.key


@cython.cfunc
def _count(text: Text, lines: list[Line]) -> dict[bytes, int]:
    """Return how often each key is among the lines."""
    copies: dict[bytes, int] = {}
    for line in lines:
        key = _key(text, line)
        copies[key] = copies.get(key, 0) + 1
    return copies


@cython.cfunc
def _are_doubled(lines: list[Line], copies: dict[bytes, int]) -> cython.bint:
    """Return whether each of the lines, which were counted, has two or more copies."""
    for line in lines:
        if copies.get(line.key, 0) < 2:
            return False
    return True


@cython.cfunc
def _proven_by_captions(
    text: Text, first: Line, blocks: list[list[Line]], second: Line
) -> Header | None:
    """Return the header of two titles, if only captions are between them; otherwise None.

    The captions are one block, each of whose lines appears at least twice in the header, above and
    below the second title together; a deck may come before them.
    """
    captions = blocks[-1]
    copies = _count(text, captions)
    below_end = _count_below(text, copies, second, first.start + REACH)
    if len(blocks) > 2 or not _are_doubled(captions, copies):
        return None
    deck = len(blocks) - 1
    header = _with_parts(text, first, blocks, deck, second.start, second, Evidence.CAPTIONS)
    return header._replace(below_end=below_end - first.start)


@cython.cfunc
def _count_below(
    text: Text, copies: dict[bytes, int], title: Line, limit: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Count the `copies` directly below `title`; return where the last of them ends.

    Only lines that end by `limit` count.
    """
    last_end: cython.Py_ssize_t = title.end
    at: cython.Py_ssize_t = title.end + 1
    end: cython.Py_ssize_t
    while at < text.size:
        end = text.line_end(at)
        if end > limit:
            break
        if not text.is_blank(at, end):
            key = text.key(at, end)
            if key not in copies:
                break
            copies[key] += 1
            last_end = end
        at = end + 1
    return last_end


@cython.cfunc
def _bare(text: Text, first: Line, second: Line) -> Header | None:
    """Return the header of a title that appears twice with nothing between; otherwise None.

    A sentence or a number may also be doubled in a body; to be a title, it needs more blank lines
    before it than paragraphs have, or to be the first text of the dump. A rule of dashes is never a
    title.
    """
    title = first.key.decode("utf-8", "replace")
    if not text.is_alone(second) or not any(map(str.isalnum, title)):
        return None
    if (title.endswith(".") or not has_letter(title)) and not _gap_above(text, first.start):
        return None
    return _with_parts(text, first, [], 0, second.start, second, Evidence.TITLE)


@cython.cfunc
def _gap_above(text: Text, start: cython.Py_ssize_t) -> cython.bint:
    """Return whether two or more lines before `start` are blank, or nothing is before it."""
    before: cython.Py_ssize_t = text.previous_line(start, max(0, start - LOOK_BEHIND))
    if before < 0:
        return start == 0 and text.at_start
    if not text.is_blank(before, start - 1):
        return False
    return text.blank_above(before)


@cython.cfunc
def _unrepeated(
    text: Text, blocks: list[list[Line]], chrome: cython.Py_ssize_t, below: Line
) -> Header | None:
    """Return the header whose title appears once, with doubled captions above the controls.

    If copies of the captions follow the line below the controls, that line is the title; otherwise
    it is the line above the captions.
    """
    captions = blocks[-1]
    start: cython.Py_ssize_t = captions[0].start
    copies = _count(text, captions)
    above = sum(copies.values())
    _count_below(text, copies, below, start + REACH)
    if not _are_doubled(captions, copies) or below.end - start > REACH:
        return None
    if sum(copies.values()) > above:
        return _header(
            text,
            Evidence.UNREPEATED,
            start,
            below.start,
            below.end,
            start,
            start,
            chrome,
            below.start,
            below.end,
        )
    if len(blocks) < 2 or len(blocks[-2]) > 1:
        return None
    title = blocks[-2][0]
    words = _key(text, title).decode("utf-8", "replace")
    if words.endswith(".") or not has_letter(words):
        return None
    return _header(
        text,
        Evidence.UNREPEATED,
        title.start,
        title.start,
        title.end,
        start,
        start,
        chrome,
        title.start,
        _chrome_end(text, chrome) - 1,
    )


@cython.cfunc
def _byline(
    text: Text, blocks: list[list[Line]], chrome: cython.Py_ssize_t, title: Line
) -> Header | None:
    """Return the header of an opinion page; None if it is not one.

    Author and role, or only the author, are directly above the controls, and the title is below
    them.
    """
    author = blocks[-1]
    if len(author) > 2:
        return None
    keys = [_key(text, line) for line in author]
    if len(keys) == 2 and keys[0] == keys[1]:
        return None
    names = [key.decode("utf-8", "replace") for key in keys]
    if not has_letter(names[0]) or not text.is_alone(title) or not all(map(_is_name, names)):
        return None
    start = author[0].start
    if not text.opens_block(start):
        return None
    return _header(
        text,
        Evidence.BYLINE,
        start,
        title.start,
        title.end,
        start,
        chrome,
        chrome,
        title.start,
        title.end,
    )


def _is_name(line: str) -> bool:
    """Return whether `line` may be an author or a role: short, and not the end of a sentence."""
    if len(line) > MAX_BYLINE:
        return False
    # "Jr.", "U.S." and "Ph.D." end in a full stop, too.
    return not line.endswith(SENTENCE_ENDS) or len(line.rsplit(" ", 1)[-1]) <= 5


@cython.cfunc
def _with_parts(
    text: Text,
    first: Line,
    blocks: list[list[Line]],
    captions: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    second: Line,
    evidence: Evidence,
) -> Header:
    """Return the header of two titles and the blocks between.

    The blocks from index `captions` on are captions.
    """
    captions_start: cython.Py_ssize_t = end
    if captions < len(blocks):
        captions_start = blocks[captions][0].start
    return _header(
        text,
        evidence,
        first.start,
        first.start,
        first.end,
        blocks[0][0].start if captions else captions_start,
        captions_start,
        end,
        second.start,
        second.end,
    )


@cython.ccall
def _header(
    text: Text,
    evidence: Evidence,
    start: cython.Py_ssize_t,
    title: cython.Py_ssize_t,
    title_end: cython.Py_ssize_t,
    deck: cython.Py_ssize_t,
    captions: cython.Py_ssize_t,
    above_end: cython.Py_ssize_t,
    second: cython.Py_ssize_t,
    second_end: cython.Py_ssize_t,
) -> Header:
    """Return the header that starts at `start` of `text`; its parts count from there, too."""
    end: cython.Py_ssize_t = second_end - start
    # The tuple that `Header` makes of these, without a call of Python.
    return tuple.__new__(
        Header,
        (
            text.base + start,
            title - start,
            title_end - start,
            deck - start,
            captions - start,
            above_end - start,
            second - start,
            end,
            end,
            evidence,
        ),
    )


def title_only(text: Text, evidence: Evidence, start: int, title: int, end: int) -> Header:
    """Return the header that starts at `start` and is only a title at `[title, end)`."""
    return _header(text, evidence, start, title, end, end, end, end, title, end)
