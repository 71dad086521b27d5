"""Define what a notebook imports: the articles of a dump as plain values.

`Article` has the fields of the record that `split --json` prints, with the same names; each field
is read when it is first needed. These names are stable; the rest of the package may change.
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
    """A photo caption, given once however often it appears on the page."""

    text: str
    date: str | None
    """The full day of the photo, ISO 8601."""
    place: str | None
    credit: str | None
    copies: int


class Article:
    """One clean article. Offsets are bytes of the decompressed dump; `end` is exclusive."""

    def __init__(self, article: model.Article) -> None:
        self._article = article

    def __repr__(self) -> str:
        return f"<Article {self.number} of {self.dump!r}: {self.title!r}>"

    @property
    def dump(self) -> str:
        """Return the path as given; `-` for an input without a path."""
        return self._article.dump

    @property
    def number(self) -> int:
        """Return the article's 1-based position in the dump."""
        return self._article.span.number

    @cached_property
    def id(self) -> str:
        """Return 12 hex digits of the SHA-256 of title and paragraphs."""
        return article_id(self._article)

    @property
    def title(self) -> str | None:
        """Return the title; None for text before the first header."""
        return _text(self._article.title)

    @property
    def deck(self) -> str | None:
        """Return the deck, which is the line under the title."""
        return _text(self._article.deck)

    @property
    def byline(self) -> str | None:
        """Return the author and role of an opinion page."""
        return _text(self._article.byline)

    @cached_property
    def date(self) -> str | None:
        """Return the article's own date, ISO 8601, if the layout names its line."""
        return own_date(self._article)

    @property
    def section(self) -> str | None:
        """Return the section of the paper that it is in, if the layout names its line."""
        return _text(self._article.section)

    @cached_property
    def photo_date(self) -> str | None:
        """Return the latest full date among the captions, ISO 8601: of a photo, not the article."""
        return photo_date(self._article)

    @property
    def words(self) -> int:
        """Return the number of words in the paragraphs; white space separates words."""
        return self._article.words

    @cached_property
    def captions(self) -> tuple[Caption, ...]:
        """Return the captions in order of first appearance."""
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
        """Return the body."""
        return tuple(paragraph.text for paragraph in self._article.paragraphs)

    @property
    def paragraph_count(self) -> int:
        return len(self._article.paragraphs)

    @property
    def caption_count(self) -> int:
        """Return the number of distinct captions."""
        return len(self._article.captions)

    @property
    def duplicate_captions(self) -> int:
        """Return the number of caption lines that `dedupe-captions` would delete."""
        return self._article.duplicate_captions

    @property
    def line(self) -> int:
        """Return the 1-based line of the title's first copy."""
        return article_line(self._article)

    @property
    def start(self) -> int:
        """Return the offset of the article's first byte in the dump."""
        return self._article.span.start

    @property
    def end(self) -> int:
        """Return the offset of the byte after its last."""
        return self._article.span.end

    @property
    def problems(self) -> tuple[str, ...]:
        """Return the codes of what is odd about the article, as in `check`."""
        return self._article.problems

    @property
    def text(self) -> str:
        """Return the clean text as `show` prints it.

        It has the title, deck, byline, captions (each once) and paragraphs.
        """
        return article_text(self._article)

    def to_dict(self) -> dict[str, JSON]:
        """Return the record that `split --json` prints, made of JSON values."""
        values = ((field.name, field.get(self._article)) for field in ARTICLE)
        return {name: list(v) if isinstance(v, tuple) else v for name, v in values}


def read_articles(
    source: str | os.PathLike[str] | bytes | Iterable[bytes],
    *,
    layout: str = "auto",
    encoding: str = "auto",
) -> Iterator[Article]:
    """Yield the articles of a dump in order, one at a time: a dump may be larger than memory.

    `source` is a path, `-` for standard input, or a URL (with `*`, all that match), and may be
    compressed; or it is the dump itself, as bytes or in blocks of any size, such as a file opened
    in binary mode. `layout` and `encoding` take the same values as the options of those names; no
    configuration is read.

    Raises UsageError immediately for an unknown layout or encoding, and InputError if a dump cannot
    be read, or not to its end; the articles before that point are yielded first.
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
