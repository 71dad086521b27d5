"""An article of a layout that says where its parts are: each is read when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..model import Article, Caption, Fault, Header, Span, Unit
from ..source.text import is_blank
from . import faults
from .bodies import CONTROLS, INVALID, QUOTES, look_at
from .framed import Parts, Text, read_parts
from .layouts import Layout
from .lines import Lines


class FramedArticle:
    """An `Article` over its bytes, read by its layout's statements."""

    __slots__ = ("_looked", "_parts", "data", "dump", "header", "layout", "span")

    def __init__(self, dump: str, span: Span, data: bytes, layout: Layout) -> None:
        self.dump = dump
        self.span = span
        self.data = data
        self.layout = layout
        self.header: Header | None = span.header
        self._parts: Parts | None = None
        self._looked = -1

    @property
    def parts(self) -> Parts:
        """All of it."""
        if self._parts is None:
            if self.header is None and self.layout.start.cover:
                self._parts = _only_text(self.data)
            else:
                start = self.header.title if self.header else 0
                self._parts = read_parts(self.data, self.layout, start)
        return self._parts

    @property
    def title(self) -> Unit | None:
        return self.parts.title

    @property
    def deck(self) -> Unit | None:
        return self.parts.deck

    @property
    def byline(self) -> Unit | None:
        return self.parts.byline

    @property
    def date(self) -> Unit | None:
        return self.parts.date

    @property
    def section(self) -> Unit | None:
        return self.parts.section

    @property
    def captions(self) -> tuple[Caption, ...]:
        return self.parts.captions

    @property
    def caption_texts(self) -> Sequence[str]:
        return [caption.text for caption in self.captions]

    @property
    def paragraphs(self) -> tuple[Unit, ...]:
        return tuple([text.unit(self.data) for text in self.parts.texts])

    @property
    def words(self) -> int:
        lines = Lines(self.data)
        return sum([text.words(lines) for text in self.parts.texts])

    @property
    def paragraph_count(self) -> int:
        return len(self.parts.texts)

    @property
    def caption_count(self) -> int:
        return len(self.parts.captions)

    @property
    def duplicate_captions(self) -> int:
        return 0

    @property
    def body_start(self) -> int:
        return self.parts.body_start

    def raw_texts(self) -> list[bytes]:
        """Return the paragraphs as UTF-8, with bytes that are not valid as U+FFFD."""
        return [text.encode() for text, _ in self.paragraphs]

    @property
    def has_quotes(self) -> bool:
        return bool(self.look() & QUOTES)

    @property
    def has_controls(self) -> bool:
        return bool(self.look() & CONTROLS) or b"\t" in self.data or b"\r" in self.data

    def look(self) -> int:
        """Return what is odd about the bytes, as `bodies.look_at` does."""
        if self._looked < 0:
            self._looked = look_at(Lines(self.data))
        return self._looked

    def holds(self, test: Callable[[bytes], bool]) -> bool:
        """Return what `test` says of the article's UTF-8."""
        return test(self.data)

    def find_faults(self) -> Iterator[Fault]:
        """Yield what the article itself shows to be odd, in the order of `check`."""
        has_body = bool(self.parts.texts)
        if self.header is not None and has_body and not self.look() & (CONTROLS | INVALID):
            return iter(())
        return faults.find_faults(self.span, self.data, self.body_start, has_body)

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fault.code for fault in self.find_faults()))


def _only_text(data: bytes) -> Parts:
    """A cover without an article behind it: every line is text."""
    found: list[Text] = []
    at = 0
    for place, line in enumerate(data.split(b"\n")):
        if not is_blank(line):
            found.append(Text(place, ((at, at + len(line)),)))
        at += len(line) + 1
    return Parts(None, None, None, None, None, (), tuple(found), 0, len(data), 0)


def framed_article(dump: str, span: Span, data: bytes, layout: Layout) -> Article:
    """Return the article whose bytes, from `span.start` to `span.end`, are `data` as UTF-8."""
    return FramedArticle(dump, span, data, layout)
