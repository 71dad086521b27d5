"""What is evidence of a header: given a place in the bytes, is there one, and where are its parts?

The rules are those of FORMAT.md, "Reading it". A header that is longer than `REACH` bytes, from
its first line to its title's second copy, is none: so whether there is a header at a place depends
on no more than the `REACH` bytes from there, wherever a dump is cut to be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..model import Evidence, Header
from ..source.text import Codec, has_letter
from .layouts import Layout

if TYPE_CHECKING:
    from .survey import Survey

REACH = 256 * 1024
"""Bytes, from the start of a header to the end of its title's second copy, at most."""

LOOK_BEHIND = 1024
"""Bytes of a neighbouring line that are looked at to see whether it is blank; a longer one is not.
"""

MARGIN = REACH + 4 * LOOK_BEHIND
"""Bytes before and after a place that can have a say in whether a header starts there."""

MAX_BLOCKS = 12
"""Blocks between a title's two copies, at most: a deck, and captions parted by blank lines."""

MAX_BYLINE = 120
"""Characters in a line of a byline, at most. The longest seen were half as long."""

NEAR_TITLE = 4096
"""Bytes above the controls in which the title of most headers stands."""

SENTENCE_ENDS = tuple(".!?:;,…؟،؛۔。！？")


class Line(NamedTuple):
    """A line that is not blank: bytes `[start, end)` without the line end, and its folded text."""

    start: int
    end: int
    key: str


Block = list[Line]
"""Lines without a blank one between them, in the order of the dump."""


class Text(NamedTuple):
    """A stretch of a dump to look for headers in."""

    data: bytes
    codec: Codec
    layout: Layout
    base: int
    """The offset in the dump of the first byte. Headers are given by offsets in the dump."""
    survey: Survey | None = None
    """Of the same bytes, if they are surveyed anyway."""

    @property
    def at_start(self) -> bool:
        """True where the stretch begins with the dump."""
        return self.base == 0

    def line_end(self, start: int) -> int:
        """Where the line that starts at `start` ends: its `\\n`, or the end of the bytes."""
        end = self.data.find(b"\n", start)
        return len(self.data) if end < 0 else end

    def is_blank(self, start: int, end: int) -> bool:
        return self.codec.is_blank(self.data[start:end])

    def line(self, start: int, end: int) -> Line:
        return Line(start, end, self.codec.fold(self.data[start:end]))

    def is_chrome(self, key: str) -> bool:
        chrome = self.layout.chrome
        return chrome is not None and chrome.fullmatch(key) is not None

    def is_chrome_line(self, line: Line) -> bool:
        return line.end - line.start <= self.layout.longest_chrome and self.is_chrome(line.key)

    def is_clean_chrome(self, line: bytes) -> bool:
        """True if the bytes of a line are controls; False also where they need decoding."""
        return line.isascii() and self.is_chrome(line.decode())

    def is_clean_tail(self, line: bytes) -> bool:
        """As `is_clean_chrome`, of a line that may follow controls."""
        return line.isascii() and self.is_chrome_tail(line.decode())

    def is_boundary(self, line: Line) -> bool:
        return self.layout.is_boundary(self.codec.decode(self.data[line.start : line.end]))

    def is_dropped(self, start: int, end: int) -> bool:
        return self.layout.is_dropped(self.codec.decode(self.data[start:end]))

    def opens_block(self, start: int) -> bool:
        """True if no line of text stands directly above `start`, or a file begins there."""
        return self.blank_above(start) or self.begins_file(start) or self._boundary_above(start)

    def holds_same(self, lines: Iterable[bytes], title: bytes) -> bool:
        """True if one of `lines` is the same as `title`; the first letter tells most from it."""
        first = [title]
        return any(
            not _differs_from_all(line[:2], first)
            and self.codec.fold(line) == self.codec.fold(title)
            for line in lines
        )

    def may_be_title(self, key: str) -> bool:
        """False for what is, or may be, a line of the page's own controls."""
        return bool(key) and not self.is_chrome(key) and not self.is_chrome_tail(key)

    def is_chrome_tail(self, key: str) -> bool:
        tail = self.layout.chrome_tail
        return tail is not None and tail.fullmatch(key) is not None

    def lines_above(self, start: int, floor: int) -> Iterator[tuple[int, int]]:
        """The lines before the one at `start`, the nearest first, down to `floor`."""
        while start > floor:
            end = start - 1
            start = self.data.rfind(b"\n", max(0, floor - 1), end) + 1
            if start == 0 and not (floor == 0 and self.at_start):
                return
            yield start, end

    def lines_below(self, start: int, limit: int) -> Iterator[tuple[int, int]]:
        """The lines from the one at `start` on that end at `limit` or earlier."""
        while start < len(self.data):
            end = self.line_end(start)
            if end > limit:
                return
            yield start, end
            start = end + 1

    def first_below(self, start: int, limit: int) -> Line | None:
        """The first line from `start` on that is not blank and ends at `limit` or earlier."""
        for at, end in self.lines_below(start, limit):
            if not self.is_blank(at, end):
                return self.line(at, end)
        return None

    def blank_above(self, start: int) -> bool:
        """True if the line before `start` is blank, or if there is none.

        A line of more than `LOOK_BEHIND` bytes is not blank to this, so that the answer is the
        same wherever the dump was cut.
        """
        if start == 0:
            return self.at_start
        line = self._line_before(start)
        return line is not None and self.codec.is_blank(line)

    def _line_before(self, start: int) -> bytes | None:
        """The line before the one at `start`; None if it has `LOOK_BEHIND` bytes or more."""
        before = self.data[max(0, start - 1 - LOOK_BEHIND) : start - 1]
        line = before[before.rfind(b"\n") + 1 :]
        return line if len(line) < LOOK_BEHIND else None

    def blank_below(self, end: int) -> bool:
        """True if the line after the one that ends at `end` is blank, or if there is none."""
        after = self.data[end + 1 : end + 1 + LOOK_BEHIND]
        line = after[: after.find(b"\n")] if b"\n" in after else after
        return len(line) < LOOK_BEHIND and self.codec.is_blank(line)

    def _boundary_above(self, start: int) -> bool:
        """True if the line before `start` parts two articles."""
        if self.layout.boundary is None or start == 0:
            return False
        line = self._line_before(start)
        return line is not None and self.layout.is_boundary(self.codec.decode(line))

    def begins_file(self, start: int) -> bool:
        """True if a byte order mark stands at `start`: a file that was joined to others."""
        return bool(self.codec.bom) and self.data.startswith(self.codec.bom, start)

    def joined_line(self, start: int, end: int) -> Line | None:
        """What stands behind the last byte order mark inside a line, if anything does.

        There two files were joined, the first without a final newline.
        """
        bom = self.codec.bom
        at = self.data.rfind(bom, start + 1, end) if bom else -1
        while at > start:
            line = self.line(at, end)
            if line.key:
                return line
            at = self.data.rfind(bom, start + 1, at)
        return None

    def is_alone(self, line: Line) -> bool:
        """True if `line` is a block of its own."""
        return self.opens_block(line.start) and self.blank_below(line.end)


def header_at_chrome(text: Text, chrome: int) -> Header | None:
    """The header whose controls begin with the line at `chrome`, or None if that is no header."""
    return _clean_header(text, chrome) or any_header_at_chrome(text, chrome)


def any_header_at_chrome(text: Text, chrome: int) -> Header | None:
    """As `header_at_chrome`, whatever noise there is."""
    second = text.first_below(_chrome_end(text, chrome), chrome + REACH)
    if second is None or not text.may_be_title(second.key):
        return None
    floor = max(0, second.end - REACH)
    first, blocks = _look_up(text, chrome, floor, second)
    touching = bool(blocks) and blocks[-1][-1].end + 1 == chrome
    header = None
    if first is not None:
        header = _titled(text, first, blocks, touching, chrome, second)
    if header is None and touching:
        header = _unrepeated(text, blocks, chrome, second) or _byline(text, blocks, chrome, second)
    return header


def _clean_header(text: Text, chrome: int) -> Header | None:
    """The header at `chrome` if it is one of the common shapes, letter for letter.

    Most are: a title, captions or none, the controls, and the same bytes of title again, blank
    lines empty. This only saves time: it says None to all that needs a closer look.
    """
    data = text.data
    after = data.find(b"\n", chrome) + 1
    if not after or not text.is_clean_chrome(data[chrome : after - 1]):
        return None
    if data[after : after + 1] != b"\n":
        tail = data.find(b"\n", after)
        if tail < 0 or not text.is_clean_tail(data[after:tail]):
            return None
        after = tail + 1
    second = after
    while data[second : second + 1] == b"\n":
        second += 1
    second_end = data.find(b"\n", second)
    gap = data.rfind(b"\n\n", max(0, chrome - NEAR_TITLE), chrome)
    if second == after or second_end < 0 or gap < 0:
        return None
    title = data[second:second_end]
    first = data.rfind(b"\n", max(0, gap - NEAR_TITLE), gap) + 1
    if data[first:gap] != title or (first == 0 and not text.at_start):
        return None
    captions = data[gap + 2 : chrome]
    longest = text.layout.longest_chrome
    if not _is_clean(title, captions, longest) or text.holds_same(captions.split(b"\n"), title):
        return None
    if not text.may_be_title(text.codec.fold(title)):
        return None
    return _header(
        text,
        Evidence.CHROME,
        first,
        title=(first, gap),
        deck=gap + 2,
        captions=gap + 2,
        above_end=chrome,
        second=(second, second_end),
    )


def _is_clean(title: bytes, captions: bytes, longest_chrome: int) -> bool:
    """True if no line is blank, or may be controls, or holds a byte order mark."""
    if not title or not 0x20 < title[0] < 0xE1 or title[0] == 0xC2:
        return False
    for line in captions.split(b"\n")[:-1]:
        if len(line) <= longest_chrome or not 0x20 < line[0] < 0xE1 or line[0] == 0xC2:
            return False
    return b"\xef\xbb\xbf" not in captions


def continues_chrome(text: Text, chrome: int) -> bool:
    """True if the controls that the line at `chrome` belongs to begin above it."""
    data = text.data
    if data[max(0, chrome - 2) : chrome] == b"\n\n":
        return False
    line = data[chrome : text.line_end(chrome)]
    if data.endswith(b"\n" + line + b"\n", 0, chrome):
        # Controls upon controls; a dump may be nothing but that.
        return True
    tail_may_follow = False
    for start, end in text.lines_above(chrome, max(0, chrome - LOOK_BEHIND)):
        if end - start > text.layout.longest_chrome:
            break
        key = text.codec.fold(text.data[start:end])
        if text.is_chrome(key):
            return True
        if tail_may_follow or not text.is_chrome_tail(key):
            break
        tail_may_follow = True
    return False


def header_between(text: Text, one: int, other: int) -> Header | None:
    """The header without controls that the lines at `one` and `other` are the titles of.

    They are the same, and each begins a block. Nothing may stand between the two, or captions
    each of which stands at least twice in the header, with or without a deck before them. None if
    that is not so.
    """
    return _clean_header_between(text, one, other) or any_header_between(text, one, other)


def _clean_header_between(text: Text, one: int, other: int) -> Header | None:
    """The header with these titles if it is of the common shape, letter for letter.

    That is a title, captions, the same bytes of title again and copies of the captions, blank lines
    empty. Like `_clean_header` this only saves time.
    """
    data = text.data
    end = text.line_end(other)
    title_end = one + end - other
    title, captions = data[one:title_end], data[title_end + 2 : other - 1]
    if data[other - 2 : other] != b"\n\n" or data[title_end : title_end + 2] != b"\n\n":
        return None
    if title != data[other:end] or not captions:
        return None
    if data[max(0, one - 2) : one] != b"\n\n" and not (one == 0 and text.at_start):
        return None
    if not _is_clean(title, captions, text.layout.longest_chrome):
        return None
    if text.holds_same(captions.split(b"\n"), title):
        return None
    copies = Counter(captions.split(b"\n")[:-1])
    below_end = end
    at = end + 2 if data[end : end + 2] == b"\n\n" else end + 1
    while (stop := data.find(b"\n", at)) >= 0 and (line := data[at:stop]) in copies:
        copies[line] += 1
        below_end, at = stop, stop + 1
    while data[at : at + 1] == b"\n":
        at += 1
    if min(copies.values()) < 2 or not _differs_from_all(data[at : at + 2], copies):
        return None
    if below_end - one > REACH or not text.may_be_title(text.codec.fold(title)):
        return None
    header = _header(
        text,
        Evidence.CAPTIONS,
        one,
        title=(one, title_end),
        deck=title_end + 2,
        captions=title_end + 2,
        above_end=other,
        second=(other, end),
    )
    return header._replace(below_end=below_end - one)


def _differs_from_all(beginning: bytes, lines: Iterable[bytes]) -> bool:
    """True if the line with these first two bytes is surely none of `lines`, however written."""
    first = beginning[:1]
    if not b" " < first < b"\x7f" or beginning[1:] > b"\x7f":
        return False
    return all(line[:1] != first for line in lines)


def any_header_between(text: Text, one: int, other: int) -> Header | None:
    """As `header_between`, whatever noise there is."""
    first = text.line(one, text.line_end(one))
    second = text.line(other, text.line_end(other))
    if first.key != second.key or not text.may_be_title(first.key):
        return None
    if second.end - first.start > REACH:
        return None
    if not text.is_alone(first) or not text.opens_block(second.start):
        return None
    floor = text.data.rfind(b"\n", 0, one) + 1
    nearest, blocks = _look_up(text, second.start, floor, second)
    if nearest is None or nearest.start != one:
        return None
    if not blocks:
        return _bare(text, first, second)
    return _proven_by_captions(text, first, blocks, second)


def opens_by_gap(text: Text, start: int) -> bool:
    """True if the layout's number of blank lines stands before `start`, or nothing else does."""
    blank = 0
    at = start
    for at, end in text.lines_above(start, max(0, start - text.layout.gap * LOOK_BEHIND)):
        if not text.is_blank(at, end):
            return False
        blank += 1
        if blank == text.layout.gap:
            return True
    return at == 0 and text.at_start


def header_at_boundary(text: Text, start: int) -> Header | None:
    """The header of the article that opens with the line at `start`, in a layout with boundaries.

    Its title is the first line, or block, that is text. Where the layout's titles are repeated,
    that line may open a header like those of pages without boundaries. None if there is no text
    before the next boundary: the line closes the last article.
    """
    title = title_end = -1
    for at, end in text.lines_below(start, start + REACH):
        if text.is_blank(at, end):
            if title >= 0:
                break
        elif at > start and text.is_boundary(Line(at, end, "")):
            break
        elif title >= 0 and text.layout.is_byline(text.codec.decode(text.data[at:end])):
            break
        elif not text.is_dropped(at, end):
            title = at if title < 0 else title
            title_end = end
            if not text.layout.by_blocks:
                break
    if title < 0:
        return None
    if text.layout.title_repeats and (header := _header_below(text, start, title)):
        return header
    return _title_only(text, Evidence.BOUNDARY, start, title, title_end)


def _header_below(text: Text, start: int, first: int) -> Header | None:
    """The header whose first line is the one at `first`, below a boundary; it starts at `start`.

    None if there are neither controls nor that line again before the next boundary.
    """
    key = ""
    for at, end in text.lines_below(first, start + REACH):
        if text.is_blank(at, end):
            continue
        line = text.line(at, end)
        if text.is_boundary(line):
            return None
        header = None
        if text.is_chrome_line(line):
            header = any_header_at_chrome(text, at)
        elif line.key == key:
            header = header_between(text, first, at)
        else:
            key = key or line.key
            continue
        if header is None or header.start != text.base + first:
            return None
        header = header.begun_earlier(first - start)
        return header if header.below_end <= REACH else None
    return None


def gap_header(text: Text, title: Line) -> Header:
    """The header that consists of a title and nothing else."""
    return _title_only(text, Evidence.GAP, title.start, title.start, title.end)


def _header(
    text: Text,
    evidence: Evidence,
    start: int,
    *,
    title: tuple[int, int],
    deck: int,
    captions: int,
    above_end: int,
    second: tuple[int, int],
) -> Header:
    """The header that starts at `start` of `text`, where its parts stand, too."""
    end = second[1] - start
    return Header(
        start=text.base + start,
        title=title[0] - start,
        title_end=title[1] - start,
        deck=deck - start,
        captions=captions - start,
        above_end=above_end - start,
        second=second[0] - start,
        end=end,
        below_end=end,
        evidence=evidence,
    )


def _title_only(text: Text, evidence: Evidence, start: int, title: int, end: int) -> Header:
    """The header that starts at `start` and has no parts but a title, once, at `[title, end)`."""
    both = (title, end)
    return _header(
        text, evidence, start, title=both, deck=end, captions=end, above_end=end, second=both
    )


def _chrome_end(text: Text, chrome: int) -> int:
    """Where the controls that begin at `chrome` end: the start of the line after them."""
    after = chrome
    tail_may_follow = False
    for start, end in text.lines_below(chrome, chrome + REACH):
        key = text.codec.fold(text.data[start:end])
        is_chrome = text.is_chrome(key)
        if not is_chrome and not (tail_may_follow and text.is_chrome_tail(key)):
            break
        tail_may_follow = is_chrome
        after = end + 1
    return after


def _look_up(text: Text, start: int, floor: int, title: Line) -> tuple[Line | None, list[Block]]:
    """The nearest line above `start` that is the same as `title`, and the blocks between.

    The line is None if there is none above `floor`, before other controls or a boundary, or before
    more blocks than a header has; of the blocks above `start` only the nearest two come then. A
    byte order mark inside a line starts a line here: it is where two files were joined, the first
    without a final newline.
    """
    blocks: list[list[tuple[int, int]]] = []
    parted = True
    found = None
    for at, end in text.lines_above(start, floor):
        if text.is_blank(at, end):
            parted = True
            continue
        if text.layout.boundary is not None and text.is_boundary(text.line(at, end)):
            break
        if _may_be_same(text, at, end, title):
            line = text.line(at, end)
            if line.key != title.key:
                line = text.joined_line(at, end) or line
            if line.key == title.key:
                found = line
                break
            at, end = line.start, line.end
        is_short = end - at <= text.layout.longest_chrome
        if is_short and text.is_chrome(text.line(at, end).key):
            break
        if parted:
            if len(blocks) == MAX_BLOCKS:
                break
            blocks.append([])
            parted = False
        blocks[-1].append((at, end))
    wanted = blocks if found else blocks[:2]
    return found, [[text.line(*line) for line in reversed(block)] for block in reversed(wanted)]


def _may_be_same(text: Text, start: int, end: int, title: Line) -> bool:
    """False where the first letter tells the line at `start`, or what is joined to it, from it."""
    line = text.data[start:end]
    return not _differs_from_all(line[:2], [title.key[:1].encode()]) or text.codec.bom in line


def _titled(
    text: Text, first: Line, blocks: list[Block], touching: bool, chrome: int, second: Line
) -> Header | None:
    """The header between the titles `first` and `second`, if `blocks` are what may stand there.

    The block that touches the controls is captions. Another is captions if each of its lines
    stands there at least twice; else it is the deck, and the first block.
    """
    copies = Counter(line.key for block in blocks for line in block)
    captions = len(blocks) - touching
    while captions and all(copies[line.key] > 1 for line in blocks[captions - 1]):
        captions -= 1
    if captions > 1:
        return None
    return _with_parts(text, first, blocks, captions, chrome, second, Evidence.CHROME)


def _proven_by_captions(
    text: Text, first: Line, blocks: list[Block], second: Line
) -> Header | None:
    """The header of the titles `first` and `second`, if captions are all that stands between.

    They are one block, each of its lines stands at least twice in the header, above and below the
    second title together, and before them may stand a deck.
    """
    captions = Counter(line.key for line in blocks[-1])
    copies, below_end = _copies_below(text, captions, second, first.start + REACH)
    if len(blocks) > 2 or min((captions + copies).values()) < 2:
        return None
    deck = len(blocks) - 1
    header = _with_parts(text, first, blocks, deck, second.start, second, Evidence.CAPTIONS)
    return header._replace(below_end=below_end - first.start)


def _with_parts(
    text: Text,
    first: Line,
    blocks: list[Block],
    captions: int,
    end: int,
    second: Line,
    evidence: Evidence,
) -> Header:
    """The header of two titles and the blocks between: captions from the block of that index on."""
    captions_start = blocks[captions][0].start if captions < len(blocks) else end
    return _header(
        text,
        evidence,
        first.start,
        title=(first.start, first.end),
        deck=blocks[0][0].start if captions else captions_start,
        captions=captions_start,
        above_end=end,
        second=(second.start, second.end),
    )


def _copies_below(
    text: Text, captions: Counter[str], title: Line, limit: int
) -> tuple[Counter[str], int]:
    """How often each of `captions` stands directly below `title`, and where the last copy ends.

    Only lines that end by `limit` count.
    """
    copies: Counter[str] = Counter()
    last_end = title.end
    for start, end in text.lines_below(title.end + 1, limit):
        if text.is_blank(start, end):
            continue
        key = text.codec.fold(text.data[start:end])
        if key not in captions:
            break
        copies[key] += 1
        last_end = end
    return copies, last_end


def _bare(text: Text, first: Line, second: Line) -> Header | None:
    """A title that stands twice with nothing between.

    A sentence or a number may do so in a body too: to be a title it needs more blank lines before
    it than paragraphs have, or to be the first of the dump. A rule of dashes never is one.
    """
    if not text.is_alone(second) or not any(map(str.isalnum, second.key)):
        return None
    doubtful = first.key.endswith(".") or not has_letter(first.key)
    if doubtful and not _gap_above(text, first.start):
        return None
    return _with_parts(text, first, [], 0, second.start, second, Evidence.TITLE)


def _gap_above(text: Text, start: int) -> bool:
    """True if two or more lines before `start` are blank, or nothing stands before it."""
    for at, end in text.lines_above(start, max(0, start - LOOK_BEHIND)):
        if not text.is_blank(at, end):
            return False
        if not text.blank_above(at):
            return at == 0 and text.at_start
        return True
    return start == 0 and text.at_start


def _unrepeated(text: Text, blocks: list[Block], chrome: int, below: Line) -> Header | None:
    """A header whose title stands once: doubled captions touch the controls.

    Where copies of the captions follow the line below the controls, that line is the title;
    otherwise it is the line above the captions.
    """
    captions = blocks[-1]
    above = Counter(line.key for line in captions)
    copies_below, _ = _copies_below(text, above, below, captions[0].start + REACH)
    if min((above + copies_below).values()) < 2 or below.end - captions[0].start > REACH:
        return None
    if copies_below:
        return _header(
            text,
            Evidence.UNREPEATED,
            captions[0].start,
            title=(below.start, below.end),
            deck=captions[0].start,
            captions=captions[0].start,
            above_end=chrome,
            second=(below.start, below.end),
        )
    if len(blocks) < 2 or len(blocks[-2]) > 1:
        return None
    title = blocks[-2][0]
    if title.key.endswith(".") or not has_letter(title.key):
        return None
    return _header(
        text,
        Evidence.UNREPEATED,
        title.start,
        title=(title.start, title.end),
        deck=captions[0].start,
        captions=captions[0].start,
        above_end=chrome,
        second=(title.start, _chrome_end(text, chrome) - 1),
    )


def _byline(text: Text, blocks: list[Block], chrome: int, title: Line) -> Header | None:
    """An opinion page: author and role, or the author alone, directly above the controls."""
    author = blocks[-1]
    if len(author) > 2 or len({line.key for line in author}) < len(author):
        return None
    if not has_letter(author[0].key) or not text.is_alone(title):
        return None
    if not all(_is_name(line.key) for line in author):
        return None
    start = author[0].start
    if not text.opens_block(start):
        return None
    return _header(
        text,
        Evidence.BYLINE,
        start,
        title=(title.start, title.end),
        deck=start,
        captions=chrome,
        above_end=chrome,
        second=(title.start, title.end),
    )


def _is_name(line: str) -> bool:
    """True if `line` may be an author or a role: not long, and not the end of a sentence."""
    if len(line) > MAX_BYLINE:
        return False
    # "Jr.", "U.S." and "Ph.D." end in a full stop, too.
    return not line.endswith(SENTENCE_ENDS) or len(line.rsplit(" ", 1)[-1]) <= 5
