"""What a notebook imports: the articles of a dump as plain values.

`Article` has the fields of the record that `split --json` prints, by the same names; each is read
when it is first asked for. These names stay; what else is in this package may change.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from . import captions, model
from .output.page import article_text
from .reader.reading import Options, Reading, read_chunks, read_source
from .records.fields import ARTICLE, JSON, article_id, article_line, own_date, photo_date
from .source import STDIN, expand, open_each


class Caption(NamedTuple):
    """A photo caption, once, however often it stands on the page."""

    text: str
    date: str | None
    """The full day of the photo, ISO 8601."""
    place: str | None
    credit: str | None
    copies: int


class Article:
    """One article, clean. Offsets are bytes of the decompressed dump, `end` exclusive."""

    def __init__(self, article: model.Article) -> None:
        self._article = article

    def __repr__(self) -> str:
        return f"<Article {self.number} of {self.dump!r}: {self.title!r}>"

    @property
    def dump(self) -> str:
        """The path as given; `-` for what has none."""
        return self._article.dump

    @property
    def number(self) -> int:
        """Its position in the dump, from 1."""
        return self._article.span.number

    @cached_property
    def id(self) -> str:
        """12 hex digits of SHA-256 over title and paragraphs."""
        return article_id(self._article)

    @property
    def title(self) -> str | None:
        """None for text before the first header."""
        return _text(self._article.title)

    @property
    def deck(self) -> str | None:
        """The line under the title."""
        return _text(self._article.deck)

    @property
    def byline(self) -> str | None:
        """Author and role of an opinion page."""
        return _text(self._article.byline)

    @cached_property
    def date(self) -> str | None:
        """The article's own day, ISO 8601, where the layout names its line."""
        return own_date(self._article)

    @property
    def section(self) -> str | None:
        """Where in the paper it is, if the layout names its line."""
        return _text(self._article.section)

    @cached_property
    def photo_date(self) -> str | None:
        """The latest full date among its captions, ISO 8601: of a photo, not of the article."""
        return photo_date(self._article)

    @property
    def words(self) -> int:
        """White-space separated words in the paragraphs."""
        return self._article.words

    @cached_property
    def captions(self) -> tuple[Caption, ...]:
        """In order of first appearance."""
        return tuple(
            Caption(
                caption.text,
                captions.find_date(caption.text),
                captions.find_place(caption.text),
                captions.find_credit(caption.text),
                caption.copies,
            )
            for caption in self._article.captions
        )

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The body."""
        return tuple(paragraph.text for paragraph in self._article.paragraphs)

    @property
    def paragraph_count(self) -> int:
        return len(self._article.paragraphs)

    @property
    def caption_count(self) -> int:
        """Distinct captions."""
        return len(self._article.captions)

    @property
    def duplicate_captions(self) -> int:
        """Caption lines that `dedupe-captions` would delete."""
        return self._article.duplicate_captions

    @property
    def line(self) -> int:
        """The line of the title's first copy, from 1."""
        return article_line(self._article)

    @property
    def start(self) -> int:
        """Its first byte in the dump."""
        return self._article.span.start

    @property
    def end(self) -> int:
        """The byte after its last."""
        return self._article.span.end

    @property
    def problems(self) -> tuple[str, ...]:
        """What is odd about it: codes, as in `check`."""
        return self._article.problems

    @property
    def text(self) -> str:
        """The clean text as `show` prints it: title, deck, byline, captions once, paragraphs."""
        return article_text(self._article)

    def to_dict(self) -> dict[str, JSON]:
        """The record as `split --json` prints it, of values that JSON has."""
        values = ((field.name, field.get(self._article)) for field in ARTICLE)
        return {name: list(v) if isinstance(v, tuple) else v for name, v in values}


def read_articles(
    source: str | os.PathLike[str] | bytes | Iterable[bytes],
    *,
    layout: str = "auto",
    encoding: str = "auto",
) -> Iterator[Article]:
    """The articles of a dump, in order, one at a time: a dump may be larger than the memory.

    `source` is a path, or `-` for standard input, or a URL (with `*`, all that match), and may be
    compressed; or the dump itself, as bytes, or in blocks of any size, as of a file opened in
    binary mode. `layout` and `encoding` are what the options of those names take; no configuration
    is read.

    Raises UsageError at once for a layout or an encoding that there is none of, InputError when a
    dump cannot be read, or not to its end: the articles before come first.
    """
    options = Options(layout, encoding)
    options.check()
    return _read(source, options)


def _read(
    source: str | os.PathLike[str] | bytes | Iterable[bytes], options: Options
) -> Iterator[Article]:
    if isinstance(source, str | os.PathLike):
        for opening in open_each(expand(os.fspath(source))):
            with opening as opened:
                yield from _articles(read_source(opened, options))
        return
    name = getattr(source, "name", None)
    blocks = [source] if isinstance(source, bytes) else source
    yield from _articles(read_chunks(name if isinstance(name, str) else STDIN, blocks, options))


def _articles(reading: Reading) -> Iterator[Article]:
    for piece in reading.pieces:
        yield Article(reading.parse(piece))


def _text(unit: model.Unit | None) -> str | None:
    return unit.text if unit else None
