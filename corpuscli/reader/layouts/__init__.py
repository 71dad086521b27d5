"""Layouts: what a site's pages look like, as data. The built-in ones are TOML files beside this.

A layout is read from a file of a dozen keys, all but `title` optional:

    name, description   for people
    title               "repeated": an article starts where a title stands twice, on the evidence
                        between the copies; "first": an article's first line is its title
    drop                lines that are no text; a pattern sees the white space before them
    drop-block          the same, with the lines below each up to a blank one, which continue it
    paragraph           "line": every line is a paragraph; "block": lines up to a blank one are

Where the title is repeated:

    chrome, chrome-tail lines of the page's own controls, and lines that may follow one directly

Where it is the first line, one of `gap` and `boundary`:

    gap                 so many blank lines or more part two articles
    boundary            lines that part two articles; where titles are repeated, too, each article
                        is read like a page where it begins like one

Beside either, where they are needed:

    boundary-opens      true: the first one stands before the first article, and what stands before
                        that is no article of this layout; false: they stand between articles only
    byline              lines below the title that are the byline; a group is the part that counts

Lines are given as lists of regular expressions that match a whole line without the white space
around it (but see `drop`). A key that would change nothing is a fault: whoever wrote it thinks it
does something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ...config.toml import at_line, parse_toml, toml_source
from ...errors import InputError, UsageError, meant, quote
from ...source.text import BOM, WHITE, trim

if TYPE_CHECKING:
    import regex

BUILT_IN = ("page", "plain", "archive", "digest")

TIME_LIMIT = 5.0
"""Seconds that a pattern of a layout file may take on one line."""

_LISTS = ("chrome", "chrome-tail", "boundary", "byline", "drop", "drop-block")
_CHOICES = {"title": ("repeated", "first"), "paragraph": ("line", "block")}
_GOES_WITH = {
    "chrome": "repeated",
    "chrome-tail": "repeated",
    "gap": "first",
}
"""Where the title must be for a key to mean anything."""


_NO_PATTERN = (RecursionError, OverflowError, MemoryError, TimeoutError, ValueError, KeyError)
"""What `regex` raises beside its own error for a pattern that is none."""


class LineMatch(Protocol):
    """What was found in a line that a pattern matches."""

    def groups(self) -> tuple[Any, ...]: ...


class LinePattern(Protocol):
    """What some lines of a site look like."""

    def fullmatch(self, line: str, /) -> LineMatch | None: ...


@dataclass(frozen=True, slots=True)
class _AnyOf:
    """Matches what one of several patterns matches; groups and flags are each pattern's own."""

    patterns: tuple[LinePattern, ...]

    def fullmatch(self, line: str, /) -> LineMatch | None:
        for pattern in self.patterns:
            if match := pattern.fullmatch(line):
                return match
        return None


@dataclass(frozen=True, slots=True)
class _Timed:
    """A pattern of a layout file, which may be one that takes exponential time."""

    file: str
    key: str
    pattern: regex.Pattern[str]

    def fullmatch(self, line: str, /) -> LineMatch | None:
        try:
            return self.pattern.fullmatch(line, timeout=TIME_LIMIT)
        except TimeoutError as error:
            reason = f"takes more than {TIME_LIMIT:g} seconds on one line of the dump"
            raise InputError(
                self.file, f"{self.key}: {quote(self.pattern.pattern)} {reason}"
            ) from error


@dataclass(frozen=True, slots=True)
class Layout:
    """How one site's articles are told apart and read."""

    name: str
    description: str
    title_repeats: bool
    """True: a header is where a title stands twice. False: an article's first line is its title."""
    chrome: LinePattern | None = None
    """Matches a whole trimmed line of the page's own controls."""
    chrome_tail: LinePattern | None = None
    """Matches a line that may follow a line of controls directly."""
    gap: int = 0
    """So many blank lines or more part two articles; 0: blank lines never do."""
    boundary: LinePattern | None = None
    """Matches a line that parts two articles."""
    boundary_opens: bool = False
    """True if such a line stands before the first article, too."""
    byline: LinePattern | None = None
    """Matches a line below the title that is the byline."""
    drop: LinePattern | None = None
    """Matches a line that is no text, white space before it included."""
    drop_block: LinePattern | None = None
    """The same, of a line that opens a block of lines none of which is text."""
    by_blocks: bool = False
    """True: a paragraph ends at a blank line. False: every line is one."""

    longest_chrome: int = 64
    """Bytes that a line of controls may have, white space around it included."""

    @property
    def drops(self) -> bool:
        """True if any line is no text."""
        return any((self.drop, self.drop_block, self.boundary))

    def is_dropped(self, line: str) -> bool:
        """True for a line, as it stands in the dump, that is no text."""
        if self.boundary is not None and self.is_boundary(line):
            return True
        return _fits(self.drop, line) or self.drops_block(line)

    def drops_block(self, line: str) -> bool:
        """True for a line that is no text, nor are those that continue it."""
        return _fits(self.drop_block, line)

    def is_byline(self, line: str) -> bool:
        """True for a line that is the byline, or a part of it."""
        return self.byline is not None and self.byline.fullmatch(trim(line)) is not None

    def is_boundary(self, line: str) -> bool:
        """True for a line that parts two articles."""
        return self.boundary is not None and self.boundary.fullmatch(trim(line)) is not None


def _fits(pattern: LinePattern | None, line: str) -> bool:
    """True if `pattern` matches the line, the white space before it included."""
    if pattern is None:
        return False
    line = line.rstrip(WHITE)
    return pattern.fullmatch(line.replace(BOM, "") if BOM in line else line) is not None


@cache
def load_layout(name: str) -> Layout:
    """The built-in layout of that name, or the one in the file `name`, which ends in `.toml`.

    Raises UsageError for a name there is none of, InputError for a file that is no layout; its
    reason names the key and the line.
    """
    return parse_layout(name, layout_source(name))


def layout_source(name: str) -> str:
    """The TOML of a layout, as it is written; raises as `load_layout` does."""
    if name in BUILT_IN:
        return Path(__file__).with_name(f"{name}.toml").read_text("utf-8")
    if not name.endswith(".toml"):
        known = ("auto", *BUILT_IN)
        reason = f"no layout is called {name!r}{meant(name, known)}"
        raise UsageError("", f"{reason}; there are {', '.join(known)}, and FILE.toml")
    return toml_source(name, "layout")


def parse_layout(name: str, source: str) -> Layout:
    """The layout that `source`, the text of the file `name`, describes; raises InputError."""
    table = parse_toml(name, source)
    # The built-in ones are sound, and a call need not wait for `regex`.
    timed = name not in BUILT_IN
    for key, fault, pattern in _faults(table) if timed else ():
        raise InputError(name, f"{key}: {fault}{at_line(source, key, pattern)}")

    def lines(key: str) -> LinePattern | None:
        return _any_of(name, key, table.get(key, []), timed)

    return Layout(
        name=str(table.get("name", Path(name).stem)),
        description=str(table.get("description", "")),
        title_repeats=table["title"] == "repeated",
        chrome=lines("chrome"),
        chrome_tail=lines("chrome-tail"),
        longest_chrome=_longest(table.get("chrome", [])),
        gap=table.get("gap", 0),
        boundary=lines("boundary"),
        boundary_opens=table.get("boundary-opens", False),
        byline=lines("byline"),
        drop=lines("drop"),
        drop_block=lines("drop-block"),
        by_blocks=table.get("paragraph", "line") == "block",
    )


def _faults(table: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a layout: a key, what is wrong with it, and the pattern that is."""
    known = ("name", "description", *_CHOICES, "gap", "boundary-opens", *_LISTS)
    for key, value in table.items():
        if key not in known:
            yield key, f"no such key; the keys are {', '.join(known)}", ""
        elif key in _LISTS:
            yield from ((key, fault, pattern) for fault, pattern in _pattern_faults(value))
        elif key in _CHOICES and value not in _CHOICES[key]:
            yield key, f"must be {' or '.join(repr(choice) for choice in _CHOICES[key])}", ""
        elif key == "gap" and not (type(value) is int and 0 <= value <= 100):
            yield key, "must be a number of blank lines from 0 to 100", ""
        elif key == "boundary-opens" and not isinstance(value, bool):
            yield key, "must be true or false", ""
        elif key in ("name", "description") and not isinstance(value, str):
            yield key, "must be a string", ""
    yield from ((key, fault, "") for key, fault in _contradictions(table))


def _contradictions(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Keys that are sound by themselves and do not go together."""
    if "title" not in table:
        yield "title", "is missing: say where the title is, 'repeated' or 'first'"
        return
    for key, title in _GOES_WITH.items():
        if table.get(key) and table["title"] != title:
            yield key, f"means something only where title = '{title}'"
    if table["title"] == "first" and not (table.get("gap") or table.get("boundary")):
        yield "title", "'first' needs a gap or a boundary to part the articles"
    if table.get("gap") and table.get("boundary"):
        yield "gap", "means nothing beside a boundary, which alone parts the articles"
    if table.get("byline") and table["title"] != "first" and not table.get("boundary"):
        yield "byline", "means something only where title = 'first', or beside a boundary"
    if table.get("drop-block") and table.get("paragraph") != "block":
        yield "drop-block", "means something only where paragraph = 'block'"
    for key, other in (("boundary-opens", "boundary"), ("chrome-tail", "chrome")):
        if table.get(key) and not table.get(other):
            yield key, f"means nothing without {other}"


def _pattern_faults(value: object) -> Iterator[tuple[str, str]]:
    """What is wrong with a list of patterns, and with which; an empty one is all of them."""
    import regex

    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        yield "must be a list of regular expressions", ""
        return
    for pattern in value:
        try:
            matches_nothing = regex.compile(pattern).fullmatch("", timeout=TIME_LIMIT) is not None
        except (regex.error, *_NO_PATTERN) as error:
            yield f"{quote(pattern)} is no regular expression: {error}", pattern
        else:
            if matches_nothing:
                yield f"{quote(pattern)} matches an empty line", pattern


def _any_of(name: str, key: str, patterns: list[str], timed: bool) -> LinePattern | None:
    """What matches any of `patterns`; None if there is none."""
    if not patterns:
        return None
    compiled: tuple[LinePattern, ...]
    if timed:
        import regex

        compiled = tuple(_Timed(name, key, regex.compile(pattern)) for pattern in patterns)
    else:
        compiled = tuple(map(re.compile, patterns))
    return compiled[0] if len(compiled) == 1 else _AnyOf(compiled)


def _longest(patterns: list[str]) -> int:
    """Bytes that a line which one of `patterns` matches may have: few, if they are plain words."""
    if all(re.fullmatch(r"[\w ]*", pattern) for pattern in patterns):
        return max((len(pattern.encode()) for pattern in patterns), default=0) + 16
    return 64
