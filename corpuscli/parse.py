"""The bytes of one article, read: title, deck, byline, captions once each, paragraphs."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .faults import find_faults
from .layouts import Layout
from .lazy import lazy
from .model import Article, Caption, Evidence, Fault, Header, Span, Unit
from .text import Codec, count_words, fold, trim


class CaptionLine(NamedTuple):
    """A line of a header that is a caption: bytes `[start, end)` of the article."""

    start: int
    end: int
    text: str
    key: str
    above: bool
    """True above the title's second copy."""
    touching: bool
    """True in the block that stands directly above the page's controls."""


class _Line(NamedTuple):
    """A text of a body, by its place among the lines of the body."""

    text: str
    place: int


class ParsedArticle:
    """An `Article` over its bytes: each part is read when it is first asked for."""

    def __init__(self, dump: str, span: Span, data: bytes, codec: Codec, layout: Layout) -> None:
        self.dump = dump
        self.span = span
        self._data = data
        self._codec = codec
        self._layout = layout
        header = span.header
        self._header = header
        self._is_plain = header is not None and header.evidence in (Evidence.GAP, Evidence.BOUNDARY)

    @lazy
    def title(self) -> Unit | None:
        header = self._header
        return self._unit(header.title, header.title_end) if header else None

    @lazy
    def deck(self) -> Unit | None:
        header = self._header
        if header is None or self._is_plain or header.evidence is Evidence.BYLINE:
            return None
        return self._unit(header.deck, header.captions)

    @lazy
    def byline(self) -> Unit | None:
        header = self._header
        if header is not None and header.evidence is Evidence.BYLINE:
            return self._unit(header.deck, header.captions, ", ")
        return self._labels[0]

    @lazy
    def captions(self) -> tuple[Caption, ...]:
        found: dict[str, Caption] = {}
        for start, _, text, key, _, _ in self._caption_lines[0]:
            seen = found.get(key)
            line = self._data.count(b"\n", 0, start) if seen is None else seen.line
            found[key] = Caption(text, line, 1) if seen is None else seen.again(1)
        for run in self._runs if self._has_tight_lines else ():
            if len(run) > 1:
                key = fold(run[0].text)
                seen = found.get(key) or Caption(run[0].text, self._body_line + run[0].place, 0)
                found[key] = seen.again(len(run))
        return tuple(found.values())

    @lazy
    def paragraphs(self) -> tuple[Unit, ...]:
        first = self._body_line
        if self._has_plain_lines and not self._has_tight_lines:
            body = self._codec.decode(self._data[self.body_start :])
            lines = enumerate(body.split("\n"), first)
            return tuple([Unit(text, place) for place, line in lines if (text := trim(line))])
        return tuple(Unit(run[0].text, first + run[0].place) for run in self._runs if len(run) == 1)

    @property
    def words(self) -> int:
        if not self._has_plain_lines or self._has_tight_lines:
            return sum(len(paragraph.text.split()) for paragraph in self.paragraphs)
        return _count_words(self._data[self.body_start :])

    @property
    def duplicate_captions(self) -> int:
        header = self._header
        return len(redundant_captions(self._caption_lines[0], header)) if header else 0

    @property
    def body_start(self) -> int:
        return self._labels[1] if self._is_plain else self._caption_lines[1]

    def holds(self, test: Callable[[bytes], bool]) -> bool:
        return test(self._data)

    def find_faults(self) -> Iterator[Fault]:
        has_body = bool(self.paragraphs)
        return find_faults(self.span, self._data, self._codec, self.body_start, has_body)

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fault.code for fault in self.find_faults()))

    @lazy
    def _caption_lines(self) -> tuple[list[CaptionLine], int]:
        """The caption lines of the header, and where the body starts."""
        if self._header is None or self._is_plain:
            return [], 0
        return read_captions(self._data, self._header, self._codec)

    @lazy
    def _labels(self) -> tuple[Unit | None, int]:
        """The byline that the layout knows by its form, and where the body starts."""
        if self._header is None or not self._is_plain:
            return None, 0
        return _labelled_byline(self._data, self._header, self._codec, self._layout)

    @lazy
    def _runs(self) -> list[list[_Line]]:
        """The lines of the body that are not blank, each with the same lines directly below it."""
        text = self._codec.decode(self._data[self.body_start :])
        if self._layout.by_blocks:
            return [[block] for block in _blocks(text, self._layout)]
        return _runs(text, self._layout)

    @lazy
    def _body_line(self) -> int:
        """How many line ends stand in the article before the body."""
        return self._data.count(b"\n", 0, self.body_start)

    @property
    def _has_plain_lines(self) -> bool:
        """True where every line of a body is text, and a paragraph."""
        return not (self._layout.drops or self._layout.by_blocks)

    @lazy
    def _has_tight_lines(self) -> bool:
        """False where every line has a blank one above and below, and so none is a caption."""
        body = self._data[self.body_start :].strip(b"\n")
        if body.count(b"\n") == 2 * body.count(b"\n\n"):
            return False
        return any(b"\n" in part.strip(b"\n") for part in body.split(b"\n\n"))

    def _unit(self, start: int, end: int, joint: str = " ") -> Unit | None:
        return _unit(self._data, start, end, self._codec, joint)


def parse_article(dump: str, span: Span, data: bytes, codec: Codec, layout: Layout) -> Article:
    """The article whose bytes, from `span.start` to `span.end`, are `data` as UTF-8."""
    return ParsedArticle(dump, span, data, codec, layout)


def _count_words(data: bytes) -> int:
    """White-space separated words in UTF-8."""
    if "numpy" in sys.modules and data:
        # It is there where a dump is large, and counts several times as fast.
        from .vectors import count_words_fast

        count = count_words_fast(data)
        if count is not None:
            return count
    return count_words(data)


def _labelled_byline(
    data: bytes, header: Header, codec: Codec, layout: Layout
) -> tuple[Unit | None, int]:
    """The lines below a title that the layout knows for the byline, and where the body starts."""
    if layout.byline is None:
        return None, min(header.end + 1, len(data))
    found: list[str] = []
    first = body = header.end + 1
    for start, end in _lines(data, header.end + 1):
        line = codec.decode(data[start:end])
        text = trim(line)
        match = layout.byline.fullmatch(text)
        if match:
            found.append(trim(next(filter(None, match.groups()), text)))
            first = first if len(found) > 1 else start
            body = end + 1
        elif text and not layout.is_dropped(line):
            break
    byline = Unit(", ".join(found), data.count(b"\n", 0, first)) if found else None
    return byline, min(body, len(data))


def read_captions(data: bytes, header: Header, codec: Codec) -> tuple[list[CaptionLine], int]:
    """The caption lines of a header, and the byte of the article where its body starts.

    Below the title stand copies of the captions above it; where there are none above, two or more
    same lines in a row there are captions.
    """
    above = _captions_above(data, header, codec)
    if above:
        below, body = _copies_below(data, header, above, codec)
    else:
        below, body = _runs_below(data, header, codec)
    return above + below, body


def redundant_captions(lines: list[CaptionLine], header: Header) -> list[CaptionLine]:
    """Those of a header's caption lines without which the article reads the same.

    Each caption's first stays. Where copies are the evidence that they are captions at all, one
    more stays: in a header without controls the first below the title, if there is one, and where
    a blank line parts captions from the controls, or none stand above, the next.
    """
    redundant = []
    kept: Counter[str] = Counter()
    below = {line.key for line in lines if not line.above}
    proof: dict[str, bool] = {}
    for line in lines:
        by_chrome = header.evidence is Evidence.CHROME
        if line.key not in proof:
            proof[line.key] = not (by_chrome and line.touching)
        waits = not by_chrome and line.above and line.key in below
        if not kept[line.key] or (kept[line.key] == 1 and proof[line.key] and not waits):
            kept[line.key] += 1
        else:
            redundant.append(line)
    return redundant


def body_twins(data: bytes, body: int, codec: Codec) -> list[tuple[int, int]]:
    """The lines of a body that repeat the line before them: bytes `[start, end)` of the article."""
    twins = []
    previous = None
    for start, end in _lines(data, body):
        line = data[start:end]
        key = None if codec.is_blank(line) else codec.fold(line)
        if key is not None and key == previous:
            twins.append((start, end))
        previous = key
    return twins


def _lines(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The lines of `data` from the one at `start` on, without their line ends."""
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        yield start, end
        start = end + 1


def _captions_above(data: bytes, header: Header, codec: Codec) -> list[CaptionLine]:
    """The caption lines between the title's first copy and the controls."""
    touching_from = at = header.captions
    texts: dict[bytes, tuple[str, str]] = {}
    found = []
    for line in data[at : header.above_end].split(b"\n"):
        end = at + len(line)
        if line in texts:
            found.append((at, end, line))
        elif line and not codec.is_blank(line):
            text = codec.decode(line)
            texts[line] = trim(text), fold(text)
            found.append((at, end, line))
        elif end < header.above_end:
            touching_from = end + 1
        at = end + 1
    return [
        CaptionLine(at, end, *texts[line], True, at >= touching_from) for at, end, line in found
    ]


def _copies_below(
    data: bytes, header: Header, above: list[CaptionLine], codec: Codec
) -> tuple[list[CaptionLine], int]:
    """The copies below the title of captions above it, and where the body starts."""
    texts = {data[line.start : line.end]: (line.text, line.key) for line in above}
    keys = {line.key for line in above}
    firsts = {key[0] for key in keys}
    copies = []
    body = header.end + 1
    for start, end in _lines(data, body):
        line = data[start:end]
        same = texts.get(line)
        if same is None:
            if not line or codec.is_blank(line):
                continue
            # The first letter, or the first words, tell nearly every paragraph from a caption.
            if 0x20 < line[0] < 0x7F and line[1:2] < b"\x80" and chr(line[0]) not in firsts:
                break
            begins = fold(codec.decode(line[:BEGINNING]))[: -len("a\u0301")]
            if len(line) > BEGINNING and not any(key.startswith(begins) for key in keys):
                break
            text = codec.decode(line)
            same = trim(text), fold(text)
            if same[1] not in keys:
                break
        copies.append(CaptionLine(start, end, *same, False, False))
        body = end + 1
    return copies, min(body, len(data))


BEGINNING = 48
"""Bytes of a line that are compared before the whole line is."""


def _runs_below(data: bytes, header: Header, codec: Codec) -> tuple[list[CaptionLine], int]:
    """The lines below the title that stand twice or more in a row, and where the body starts."""
    captions: list[CaptionLine] = []
    run: list[CaptionLine] = []
    body = header.end + 1
    for start, end in _lines(data, header.end + 1):
        blank = codec.is_blank(data[start:end])
        text = codec.decode(data[start:end])
        key = fold(text)
        if not blank and run and run[0].key == key:
            run.append(CaptionLine(start, end, trim(text), key, False, False))
            continue
        if len(run) == 1:
            break
        if run:
            captions += run
            body = run[-1].end + 1
        run = [] if blank else [CaptionLine(start, end, trim(text), key, False, False)]
    else:
        if len(run) > 1:
            captions += run
            body = run[-1].end + 1
    return captions, min(body, len(data))


def _unit(data: bytes, start: int, end: int, codec: Codec, joint: str = " ") -> Unit | None:
    """The lines of `data[start:end]` as one text; None if all are blank."""
    if start >= end:
        return None
    text = trim(codec.decode(data[start:end]))
    if "\n" in text:
        text = joint.join(filter(None, map(trim, text.split("\n"))))
    return Unit(text, data.count(b"\n", 0, start)) if text else None


def _runs(body: str, layout: Layout) -> list[list[_Line]]:
    """The lines of a body that are not blank, each with the same lines directly below it."""
    runs: list[list[_Line]] = []
    drops = layout.drops
    for place, line in enumerate(body.split("\n")):
        text = trim(line)
        if not text or (drops and layout.is_dropped(line)):
            continue
        last = runs[-1][-1] if runs else None
        if last and last.place == place - 1 and fold(last.text) == fold(text):
            runs[-1].append(_Line(text, place))
        else:
            runs.append([_Line(text, place)])
    return runs


def _blocks(body: str, layout: Layout) -> Iterator[_Line]:
    """The blocks of a body, the lines of each joined by spaces.

    A line that `drop-block` matches and that opens its block goes with all below it, which continue
    it; not so a label that ends in a colon.
    """
    block: list[str] = []
    first = 0
    dropping = False
    for place, line in enumerate([*body.split("\n"), ""]):
        text = trim(line)
        if not text:
            if block:
                yield _Line(" ".join(block), first)
                block = []
            dropping = False
        elif layout.is_dropped(line):
            opens = not block and not text.endswith(":")
            dropping = dropping or (opens and layout.drops_block(line))
        elif not dropping:
            first = first if block else place
            block.append(text)
