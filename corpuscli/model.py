"""Define the nouns, what a dump consists of, as values.

All offsets are byte offsets; every `end` is exclusive. Offsets count from the first byte of the
(decompressed) dump, except those of the parts of a header, which count from the header's start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple, Protocol


class Evidence(Enum):
    """Why an article starts where it starts; the strongest reason comes first."""

    CHROME = "chrome"
    """The title appears above and below the page's own controls."""
    CAPTIONS = "captions"
    """The title appears twice, with captions between that also appear twice."""
    BYLINE = "byline"
    """Author and role appear directly above the page's controls, the title below them."""
    UNREPEATED = "unrepeated"
    """Controls and doubled captions as in a header, but the title appears only once."""
    TITLE = "title"
    """The title appears twice with nothing between."""
    BOUNDARY = "boundary"
    """What the layout says of where an article starts: a line, a record, a marker."""
    GAP = "gap"
    """A run of blank lines, in a dump that has no headers."""
    NONE = "none"
    """Text before the first header."""


class Header(NamedTuple):
    """Where a header starts, and where its parts are, counted from its start.

    The parts follow one another: the layout's boundary, if it has one, the title's first copy at
    `title`, then `[deck, captions)`, `[captions, above_end)`, the controls, the title's second copy
    at `second`, and the rest of the article from `end`. A missing part has an empty range; if the
    title appears once, `second` equals `title`. On an opinion page the author and role take the
    place of the deck.
    """

    start: int
    """Counted from the start of the dump, in bytes of UTF-8."""
    title: int
    title_end: int
    deck: int
    captions: int
    above_end: int
    second: int
    end: int
    below_end: int
    """Where the caption copies below the title that are part of the evidence end; without any,
    `end`. No other header starts before it."""
    evidence: Evidence

    @property
    def is_plain(self) -> bool:
        """Return True if the header is only a title, without captions and without a second copy."""
        return self.evidence in (Evidence.GAP, Evidence.BOUNDARY)

    def begun_earlier(self, by: int) -> Header:
        """Return the same header, extended to include the `by` bytes before it."""
        return Header(
            self.start - by,
            self.title + by,
            self.title_end + by,
            self.deck + by,
            self.captions + by,
            self.above_end + by,
            self.second + by,
            self.end + by,
            self.below_end + by,
            self.evidence,
        )


class Span(NamedTuple):
    """The place of one article in its dump: bytes `[start, end)`, and its header, if it has one.

    The header starts where the article does: white space before the first header belongs to it.
    """

    number: int
    """1-based."""
    start: int
    end: int
    line: int
    """1-based number of the line that contains `start`; 0 if lines were not counted."""
    header: Header | None
    evidence: Evidence


class Unit(NamedTuple):
    """A piece of an article's clean text: a title, a caption, a paragraph and so on."""

    text: str
    line: int
    """How many line ends come before it in the article: 0 for a text on the first line."""


class Caption(NamedTuple):
    """A photo caption, given once however often it appears on the page."""

    text: str
    line: int
    """As in `Unit`, for the first copy."""
    copies: int

    def again(self, copies: int) -> Caption:
        """Return the same caption with `copies` more copies."""
        return Caption(self.text, self.line, self.copies + copies)


class Fault(NamedTuple):
    """Something odd about an article, and the place where it shows."""

    code: str
    line: int
    """As in `Unit`: how many line ends come before it in the article."""
    message: str


class Article(Protocol):
    """One clean article; each part is read when it is first needed."""

    @property
    def dump(self) -> str:
        """Return the path as given; `-` for standard input."""

    @property
    def span(self) -> Span: ...

    @property
    def title(self) -> Unit | None: ...

    @property
    def deck(self) -> Unit | None: ...

    @property
    def byline(self) -> Unit | None: ...

    @property
    def date(self) -> Unit | None:
        """Return the article's own date, as written, if the layout names its line."""

    @property
    def section(self) -> Unit | None: ...

    @property
    def captions(self) -> tuple[Caption, ...]:
        """Return the captions in order of first appearance."""

    @property
    def caption_texts(self) -> Sequence[str]:
        """Return the texts of the captions alone."""

    @property
    def paragraphs(self) -> tuple[Unit, ...]: ...

    @property
    def words(self) -> int:
        """Return the number of words in the paragraphs; white space separates words."""

    @property
    def paragraph_count(self) -> int: ...

    @property
    def caption_count(self) -> int:
        """Return how many distinct captions there are."""

    def raw_texts(self) -> list[bytes]:
        """Return the paragraphs as valid UTF-8."""

    @property
    def has_quotes(self) -> bool:
        """Return True if the article may contain a quotation mark or a backslash."""

    @property
    def has_controls(self) -> bool:
        """Return True if the article may contain a control character."""

    @property
    def duplicate_captions(self) -> int:
        """Return how many caption lines of the header the article reads the same without."""

    @property
    def body_start(self) -> int:
        """Return the byte offset in the article's UTF-8 at which its body starts."""

    def holds(self, test: Callable[[bytes], bool]) -> bool:
        """Return the result of `test` for the article's UTF-8."""

    def find_faults(self) -> Iterator[Fault]:
        """Yield what is odd about the article by itself, in the order of `check`."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Return the codes of its faults, each one once, in the order of `check`."""
