"""The bytes of one article, read: title, deck, byline, captions once each, paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from .caption_lines import (
    CaptionLine,
    SoleCaption,
    lines_from,
    read_captions,
    read_sole_caption,
    redundant_lines,
)
from .faults import find_faults
from .layouts import Layout
from .lazy import lazy
from .model import Article, Caption, Evidence, Fault, Header, Span, Unit
from .text import Codec, fold, trim
from .words import count_words

if TYPE_CHECKING:
    from .survey import Place


class _Line(NamedTuple):
    """A text of a body, by its place among the lines of the body."""

    text: str
    place: int


class ParsedArticle:
    """An `Article` over its bytes: each part is read when it is first asked for."""

    def __init__(
        self,
        dump: str,
        span: Span,
        data: bytes,
        codec: Codec,
        layout: Layout,
        place: Place | None,
    ) -> None:
        self.dump = dump
        self.span = span
        self._data = data
        self._codec = codec
        self._layout = layout
        self._place = place
        header = span.header
        self._header = header
        self._is_plain = header is not None and header.is_plain

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
        sole = self._sole_caption
        if sole and not self._has_tight_lines:
            ends = self._data.count(b"\n", 0, self._header.captions) if self._header else 0
            return (Caption(trim(self._codec.decode(sole.line)), ends, len(sole.starts)),)
        found: dict[str, Caption] = {}
        for start, _, text, key, _, _ in self._caption_lines[0]:
            seen = found.get(key)
            ends = self._data.count(b"\n", 0, start) if seen is None else seen.line
            found[key] = Caption(text, ends, 1) if seen is None else seen.again(1)
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
        if self._place:
            survey, start = self._place
            count = survey.count_words(start + self.body_start, start + len(self._data))
            if count is not None:
                return count
        return count_words(self._data[self.body_start :])

    @property
    def duplicate_captions(self) -> int:
        header = self._header
        if header is None or self._is_plain:
            return 0
        lines, _ = redundant_lines(self._data, header, self._codec, self._sole_caption)
        return len(lines)

    @property
    def body_start(self) -> int:
        if self._sole_caption:
            return self._sole_caption.body
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
    def _sole_caption(self) -> SoleCaption | None:
        """The header's caption, if there is nothing to find out about it."""
        if self._header is None or self._is_plain:
            return None
        return read_sole_caption(self._data, self._header, self._codec)

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
        if self._place:
            survey, start = self._place
            return survey.has_touching_lines(start + self.body_start, start + len(self._data))
        body = self._data[self.body_start :].strip(b"\n")
        if body.count(b"\n") == 2 * body.count(b"\n\n"):
            return False
        return any(b"\n" in part.strip(b"\n") for part in body.split(b"\n\n"))

    def _unit(self, start: int, end: int, joint: str = " ") -> Unit | None:
        return _unit(self._data, start, end, self._codec, joint)


def parse_article(
    dump: str, span: Span, data: bytes, codec: Codec, layout: Layout, place: Place | None = None
) -> Article:
    """The article whose bytes, from `span.start` to `span.end`, are `data` as UTF-8.

    With `place`, what takes a pass over them is asked of the stretch that they stand in.
    """
    return ParsedArticle(dump, span, data, codec, layout, place)


def _labelled_byline(
    data: bytes, header: Header, codec: Codec, layout: Layout
) -> tuple[Unit | None, int]:
    """The lines below a title that the layout knows for the byline, and where the body starts."""
    if layout.byline is None:
        return None, min(header.end + 1, len(data))
    found: list[str] = []
    first = body = header.end + 1
    for start, end in lines_from(data, header.end + 1):
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
