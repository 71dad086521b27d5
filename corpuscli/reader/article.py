# cython: language_level=3
"""Read the bytes of one article: title, deck, byline, each caption once, paragraphs.

Each part is read when it is needed. Offsets are bytes from the start of the article's UTF-8; ends
are exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.reader.bodies import Body, count_body, count_words
    from cython.cimports.corpuscli.reader.caption_lines import (
        CaptionLine,
        CaptionLines,
        read_captions,
    )
    from cython.cimports.corpuscli.reader.lines import Lines
else:
    from .bodies import Body, count_body, count_words
    from .caption_lines import CaptionLine, CaptionLines, read_captions
    from .lines import Lines

from ..model import Article, Caption, Evidence, Fault, Header, Span, Unit
from ..source.text import decode, trim
from . import faults
from .bodies import CONTROLS, INVALID, QUOTES, look_at, raw_texts_of, texts_of
from .caption_lines import redundant_lines
from .filtered import texts_of_layout
from .framed_article import framed_article
from .layouts import Layout


@cython.cclass
class ParsedArticle:
    """An `Article` over its bytes."""

    dump: str
    span: Span
    layout: Layout
    header: Header | None
    is_plain: cython.bint
    """True if the header is only a title."""
    text: Lines
    _captions: CaptionLines | None
    _body: Body | None
    _runs: list[list[Unit]] | None
    _looked: cython.int

    def __init__(self, dump: str, span: Span, data: bytes, layout: Layout) -> None:
        """Take `data`, the article's UTF-8, from `span.start` to `span.end` of the dump."""
        self.dump = dump
        self.span = span
        self.layout = layout
        self.header = span.header
        self.is_plain = span.evidence is Evidence.BOUNDARY or span.evidence is Evidence.GAP
        self.text = Lines(data)
        self._captions = None
        self._body = None
        self._runs = None
        self._looked = -1

    @property
    def data(self) -> bytes:
        """Return the article's UTF-8."""
        return self.text.data

    @property
    def title(self) -> Unit | None:
        header = self.header
        return self._unit(header.title, header.title_end, " ") if header else None

    @property
    def deck(self) -> Unit | None:
        header = self.header
        if header is None or self.is_plain or header.evidence is Evidence.BYLINE:
            return None
        return self._unit(header.deck, header.captions, " ")

    @property
    def byline(self) -> Unit | None:
        header = self.header
        if header is not None and header.evidence is Evidence.BYLINE:
            return self._unit(header.deck, header.captions, ", ")
        return None

    @property
    def date(self) -> Unit | None:
        return None

    @property
    def section(self) -> Unit | None:
        return None

    @property
    def captions(self) -> tuple[Caption, ...]:
        firsts: dict[bytes, CaptionLine] = {}
        copies: dict[bytes, int] = {}
        line: CaptionLine
        for line in self.caption_lines().lines:
            firsts.setdefault(line.key, line)
            copies[line.key] = copies.get(line.key, 0) + 1
        found = {
            key: Caption(
                trim(decode(self.text.data[line.start : line.end])),
                self.text.data.count(b"\n", 0, line.start),
                copies[key],
            )
            for key, line in firsts.items()
        }
        for run in self._all_runs() if self._has_runs() else ():
            if len(run) > 1:
                raw = run[0].text.encode()
                key = Lines(raw).key(0, len(raw))
                one = found.get(key) or Caption(run[0].text, run[0].line, 0)
                found[key] = one.again(len(run))
        return tuple(found.values())

    @property
    def caption_texts(self) -> Sequence[str]:
        if self._has_runs():
            return [caption.text for caption in self.captions]
        data = self.text.data
        known: set[bytes] = set()
        texts: list[str] = []
        line: CaptionLine
        for line in self.caption_lines().lines:
            if line.key not in known:
                known.add(line.key)
                texts.append(trim(decode(data[line.start : line.end])))
        return texts

    @property
    def paragraphs(self) -> tuple[Unit, ...]:
        if self._has_runs():
            return tuple([run[0] for run in self._all_runs() if len(run) == 1])
        start = self.body_start
        return tuple(texts_of(self.text, start, self.text.data.count(b"\n", 0, start)))

    @property
    def words(self) -> int:
        if self._has_runs():
            return sum([len(run[0].text.split()) for run in self._all_runs() if len(run) == 1])
        return count_words(self.text, self.body_start, self.text.size)

    @property
    def paragraph_count(self) -> int:
        if self._has_runs():
            return sum([len(run) == 1 for run in self._all_runs()])
        return self._counts().texts

    @property
    def caption_count(self) -> int:
        if self._has_runs():
            return len(self.captions)
        return len({one.key for one in self.caption_lines().lines})

    @property
    def duplicate_captions(self) -> int:
        if self.header is None or self.is_plain:
            return 0
        return len(redundant_lines(self.caption_lines(), self.header.evidence))

    @property
    def body_start(self) -> int:
        return self.caption_lines().body

    def raw_texts(self) -> list[bytes]:
        """Return the paragraphs as UTF-8, with invalid bytes as U+FFFD."""
        if self._has_runs():
            return [run[0].text.encode() for run in self._all_runs() if len(run) == 1]
        texts = raw_texts_of(self.text, self.body_start)
        if self.look() & INVALID:
            return [decode(text).encode() for text in texts]
        return texts

    @cython.ccall
    def look(self) -> cython.int:
        """Return what is odd about the bytes, as `bodies.look_at` does."""
        if self._looked < 0:
            self._looked = look_at(self.text)
        return self._looked

    @property
    def has_quotes(self) -> bool:
        return bool(self.look() & QUOTES)

    @property
    def has_controls(self) -> bool:
        return bool(self.look() & CONTROLS) or b"\t" in self.text.data or b"\r" in self.text.data

    def holds(self, test: Callable[[bytes], bool]) -> bool:
        """Return the result of `test` for the article's UTF-8."""
        return test(self.text.data)

    def find_faults(self) -> Iterator[Fault]:
        """Yield what is odd about the article by itself, in the order of `check`."""
        if self._is_sound():
            return iter(())
        has_body = self.paragraph_count > 0
        return faults.find_faults(self.span, self.text.data, self.body_start, has_body)

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([fault.code for fault in self.find_faults()]))

    @cython.cfunc
    def _is_sound(self) -> cython.bint:
        """Return whether the counts alone show that there is no fault."""
        if self.header is None or self.header.evidence is Evidence.UNREPEATED or self._has_runs():
            return False
        counts = self._counts()
        return counts.texts > 0 and not counts.has_gap and not self.look() & (CONTROLS | INVALID)

    @cython.ccall
    def caption_lines(self) -> CaptionLines:
        """Return the caption lines of the header, and where the body starts."""
        if self._captions is None:
            if self.header is None or self.is_plain:
                self._captions = CaptionLines([], 0)
            else:
                self._captions = read_captions(self.text, self.header)
        return self._captions

    @cython.cfunc
    def _counts(self) -> Body:
        if self._body is None:
            self._body = count_body(self.text, self.body_start)
        return self._body

    @cython.cfunc
    def _has_runs(self) -> cython.bint:
        """Return whether the body needs more than one paragraph per line of text."""
        return self.layout.drops or self.layout.by_blocks or self._counts().has_twins

    def _all_runs(self) -> list[list[Unit]]:
        """Return the texts of the body, each grouped with the same texts directly below it."""
        if self._runs is None:
            self._runs = texts_of_layout(self.text.data, self.body_start, self.layout)
        return self._runs

    @cython.cfunc
    def _unit(self, start: cython.Py_ssize_t, end: cython.Py_ssize_t, joint: str) -> Unit | None:
        """Return the lines in `[start, end)` as one text; None if all are blank."""
        if start >= end:
            return None
        data = self.text.data
        text = trim(decode(data[start:end]))
        if "\n" in text:
            text = joint.join(filter(None, map(trim, text.split("\n"))))
        return Unit(text, data.count(b"\n", 0, start)) if text else None


def parse_article(dump: str, span: Span, data: bytes, layout: Layout) -> Article:
    """Return the article whose bytes, from `span.start` to `span.end`, are `data` as UTF-8."""
    if layout.is_framed:
        return framed_article(dump, span, data, layout)
    return ParsedArticle(dump, span, data, layout)
