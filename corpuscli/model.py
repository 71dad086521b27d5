"""The nouns: what a dump is made of, as values.

All offsets are byte offsets; every `end` is exclusive. They count from the first byte of the
(decompressed) dump, but for the parts of a header, which count from where it starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple, Protocol


class Evidence(Enum):
    """Why an article starts where it starts, the strongest reason first."""

    CHROME = "chrome"
    """The title stands above and below the page's own controls."""
    CAPTIONS = "captions"
    """The title stands twice, and between the two stand captions that stand twice."""
    BYLINE = "byline"
    """Author and role stand directly above the page's controls, the title below them."""
    UNREPEATED = "unrepeated"
    """Controls and doubled captions as in a header, but the title stands only once."""
    TITLE = "title"
    """The title stands twice with nothing between."""
    BOUNDARY = "boundary"
    """What the layout says of where an article starts: a line, a record, a marker."""
    GAP = "gap"
    """A run of blank lines, in a dump that has no headers."""
    NONE = "none"
    """Text before the first header."""


class Header(NamedTuple):
    """Where a header starts, and where its parts stand, counted from there.

    The parts follow one another: the layout's boundary, if it has one, the title's first copy at
    `title`, then `[deck, captions)`, `[captions, above_end)`, the controls, the title's second
    copy at `second`, and the rest of the article from `end`. Where a part is missing its range is
    empty; where the title stands once, `second` is `title`. On an opinion page the author and role
    stand in place of the deck.
    """

    start: int
    """Counted from the start of the dump, as UTF-8."""
    title: int
    title_end: int
    deck: int
    captions: int
    above_end: int
    second: int
    end: int
    below_end: int
    """Where the copies of captions below the title end that are part of the evidence; else `end`.
    No other header starts before it."""
    evidence: Evidence

    @property
    def is_plain(self) -> bool:
        """True if it is a title and nothing else: no captions, no second copy."""
        return self.evidence in (Evidence.GAP, Evidence.BOUNDARY)

    def begun_earlier(self, by: int) -> Header:
        """The same header, what stands `by` bytes before it included."""
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
    """One article's place in its dump: bytes `[start, end)`, and its header, if it has one.

    The header starts where the article does: white space before the first one belongs to it.
    """

    number: int
    """1-based."""
    start: int
    end: int
    line: int
    """1-based number of the line that `start` stands on; 0 where lines were not counted."""
    header: Header | None
    evidence: Evidence


class Unit(NamedTuple):
    """A piece of an article's clean text: a title, a caption, a paragraph and so on."""

    text: str
    line: int
    """How many line ends stand in the article before it: 0 for a text on its first line."""


class Caption(NamedTuple):
    """A photo caption, once, however often it stands on the page."""

    text: str
    line: int
    """As in `Unit`, of the first copy."""
    copies: int

    def again(self, copies: int) -> Caption:
        """The same caption with so many copies more."""
        return Caption(self.text, self.line, self.copies + copies)


class Fault(NamedTuple):
    """Something odd about an article, at the place where it shows."""

    code: str
    line: int
    """As in `Unit`: how many line ends stand in the article before it."""
    message: str


class Article(Protocol):
    """One article, clean; its parts are read when they are asked for."""

    @property
    def dump(self) -> str:
        """The path as given; `-` for standard input."""

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
        """The article's own date, as written, where the layout names its line."""

    @property
    def section(self) -> Unit | None: ...

    @property
    def captions(self) -> tuple[Caption, ...]:
        """In order of first appearance."""

    @property
    def paragraphs(self) -> tuple[Unit, ...]: ...

    @property
    def words(self) -> int:
        """White-space separated words in the paragraphs."""

    @property
    def paragraph_count(self) -> int: ...

    @property
    def caption_count(self) -> int:
        """How many distinct captions there are."""

    def raw_texts(self) -> list[bytes]:
        """Return the paragraphs as valid UTF-8."""

    @property
    def has_quotes(self) -> bool:
        """True if a quotation mark or a backslash may be in the article."""

    @property
    def has_controls(self) -> bool:
        """True if a control character may be in the article."""

    @property
    def duplicate_captions(self) -> int:
        """Caption lines of the header that the article reads the same without."""

    @property
    def body_start(self) -> int:
        """The byte of the article's UTF-8 where its body starts."""

    def holds(self, test: Callable[[bytes], bool]) -> bool:
        """What `test` says of the article's UTF-8."""

    def find_faults(self) -> Iterator[Fault]:
        """What the article itself shows to be odd, in the order of `check`."""

    @property
    def problems(self) -> tuple[str, ...]:
        """The codes of its faults, once each, in the order of `check`."""
