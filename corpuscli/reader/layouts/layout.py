"""A layout, as values: what its file says, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .classes import LineTable
from .patterns import LinePattern, Lines, Part, needle_of_line

NONE = Lines()


class Start(NamedTuple):
    """Where an article starts."""

    twice: bool = False
    """Where its title appears twice, on the evidence between the copies."""
    at: Lines = NONE
    """At such a line, which may hold its title in a group of that name."""
    after: Lines = NONE
    """Below such a line."""
    glued: Lines = NONE
    """At such a line, which may also stand at the end of the line before."""
    gap: int = 0
    """After this many blank lines or more; 0: never."""
    every_line: bool = False
    """At every line that is not blank."""
    cover: bool = False
    """True if text before the first start is a cover, and not an article."""
    closing: bool = False
    """True if text below the last start is not an article where no line of a title is in it."""


class Title(NamedTuple):
    """Where the title is; by default the first line that no statement of the head claims."""

    line: Lines = NONE
    """Lines that are the title; a group is the part that counts."""
    after: Lines = NONE
    before: Lines = NONE
    lines: int = 1
    """How many lines after, or before, blank ones not counted."""
    form: Lines = NONE
    """What a title looks like that has more in its line; the group is the title."""
    none: bool = False
    """True if articles have no title."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines between an article's start and its body are."""

    date: Lines = NONE
    byline: Lines = NONE
    name: Lines = NONE
    """Patterns of bylines without any fixed text: they take what no other statement
    claims below the title."""
    section: Lines = NONE
    deck: Lines = NONE
    caption: Lines = NONE
    credit: Lines = NONE
    drop: Lines = NONE
    controls: Lines = NONE
    """The page's own controls, where titles appear twice."""
    controls_tail: Lines = NONE

    mask: int = field(init=False, repr=False)
    """The bits of all its lists but the controls."""
    single: int = field(init=False, repr=False)
    """The bits of those of its lines that stand alone."""

    def __post_init__(self) -> None:
        mask = single = 0
        for lines in (
            self.date, self.byline, self.name, self.section, self.deck, self.caption, self.credit,
            self.drop,
        ):  # fmt: skip
            mask |= lines.mask
            single |= lines.single
        object.__setattr__(self, "mask", mask)
        object.__setattr__(self, "single", single)


class Body(NamedTuple):
    """Where the body begins and ends, and which of its lines are no text."""

    after: Lines = NONE
    tail: Lines = NONE
    drop: Lines = NONE
    caption: Lines = NONE
    strip: Lines = NONE
    """Labels that stand before text in its line."""
    by_blocks: bool = False
    """True: a paragraph ends at a blank line. False: every line is one."""
    copies: bool = True
    """True if two same lines in a row are a caption."""


class Box(NamedTuple):
    """Lines of a body that belong together and are no text."""

    first: Lines
    lines: int = 0
    to: Lines = NONE
    to_blank: bool = False


class Page(NamedTuple):
    """How the articles of one kind of page are read."""

    when: Lines = NONE
    """Lines that only pages of this kind have."""
    title: Title = Title()
    head: Head = Head()
    body: Body = Body()
    boxes: tuple[Box, ...] = ()


class Bare(NamedTuple):
    """Which titles that appear twice with nothing between start an article."""

    everywhere: bool = True
    """False: only those with two blank lines above, and the first text of the dump."""
    furniture: frozenset[str] = frozenset()
    """Folded lines that are doubled in many bodies: they start none."""


ANY_TITLE = Bare()


class LineTest(NamedTuple):
    """Tells whether a folded line is in a list of one-line forms."""

    exact: frozenset[str]
    patterns: tuple[LinePattern, ...]

    @classmethod
    def of(cls, lines: Lines) -> LineTest:
        parts = [form.parts[0] for form in lines.forms]
        exact = frozenset().union(*(part.lines for part in parts if part.pattern is None))
        return cls(exact, tuple(part.pattern for part in parts if part.pattern is not None))

    def fits(self, line: str) -> bool:
        """Return True if the line, which is folded, is in the list."""
        if line in self.exact:
            return True
        for pattern in self.patterns:
            if pattern.fullmatch(line) is not None:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Layout:
    """How one site's articles are told apart and read."""

    name: str
    description: str
    start: Start
    pages: tuple[Page, ...]
    """The kinds of pages; the last is that of all others."""
    parts: tuple[tuple[int, Part], ...] = ()
    bare: Bare = ANY_TITLE
    """Settled from the beginning of each dump: `weighing.weak_titles`."""
    table: LineTable = field(init=False, compare=False, repr=False)
    """Tells the class of a line: made where it is needed, and not pickled."""

    controls: LineTest = field(init=False, compare=False, repr=False)
    """Tells a line of the page's own controls."""
    controls_tail: LineTest = field(init=False, compare=False, repr=False)
    """Tells a line that may follow a line of controls directly."""
    start_needles: re.Pattern[bytes] | None = field(init=False, compare=False, repr=False)
    """Finds bytes that every line holds at which, or below which, an article starts."""
    longest_chrome: int = field(init=False, compare=False, repr=False)
    """Bytes that a line of controls may have, white space around it included; -1: there is none."""
    by_blocks: bool = field(init=False, compare=False, repr=False)
    """True: a paragraph ends at a blank line. False: every line is one."""
    drops: bool = field(init=False, compare=False, repr=False)
    """True if any line of a body is no text."""

    def __post_init__(self) -> None:
        head, body = self.pages[-1].head, self.pages[-1].body
        exact = [line for form in head.controls.forms for line in form.parts[0].lines]
        longest = max((len(line.encode()) for line in exact), default=0) + 16
        if any(form.parts[0].pattern for form in head.controls.forms):
            longest = 64
        object.__setattr__(self, "table", LineTable(self.parts))
        object.__setattr__(self, "controls", LineTest.of(head.controls))
        object.__setattr__(self, "controls_tail", LineTest.of(head.controls_tail))
        object.__setattr__(self, "longest_chrome", longest if head.controls else -1)
        object.__setattr__(self, "start_needles", _start_needles(self.start))
        object.__setattr__(self, "by_blocks", body.by_blocks)
        object.__setattr__(self, "drops", bool(body.drop))

    @property
    def is_framed(self) -> bool:
        """True if articles start at lines, records or gaps, not where a title appears twice."""
        return not self.start.twice

    # What the reader of titles that appear twice asks.

    @property
    def gap(self) -> int:
        """This many blank lines or more separate two articles; 0: blank lines never do."""
        return self.start.gap

    def is_dropped(self, line: str) -> bool:
        """Return True for a line, as it is in the dump, that is no text."""
        return any(form.parts[0].fits(line) for form in self.pages[-1].body.drop.forms)


def _start_needles(start: Start) -> re.Pattern[bytes] | None:
    """A pattern of bytes, one of which is in every line that starts or ends an article.

    None where some line need not hold any, or white space alone starts articles.
    """
    if start.twice or start.gap or start.every_line or start.glued:
        return None
    needles: set[bytes] = set()
    for lines in (start.at, start.after):
        for form in lines.forms:
            part = form.parts[0]
            found = {needle_of_line(line) for line in part.lines} or {part.needle}
            if b"" in found:
                return None
            needles |= found
    return re.compile(b"|".join(map(re.escape, sorted(needles)))) if needles else None
