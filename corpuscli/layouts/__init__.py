"""Layouts: what a site's pages look like, as data. The built-in ones are TOML files beside this.

A layout is read from a file of a dozen keys, all but `title` optional:

    name, description   for people
    title               "repeated": an article starts where a title stands twice, on the evidence
                        between the copies; "first": an article's first line is its title
    chrome, chrome-tail lines of the page's own controls, and lines that may follow one directly
    gap                 so many blank lines or more part two articles; 0: blank lines never do
    boundary            lines that part two articles
    boundary-opens      true: the first one stands before the first article, and what stands before
                        that is no article of this layout; false: they stand between articles only
    byline              lines below the title that are the byline; a group is the part that counts
    drop                lines that are no text; a pattern sees the white space before them
    paragraph           "line": every line is a paragraph; "block": lines up to a blank one are

Lines are given as lists of regular expressions that match a whole line without the white space
around it (but see `drop`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..errors import InputError, UsageError, reason_of
from ..text import trim

BUILT_IN = ("page", "plain", "archive", "digest")

_LISTS = ("chrome", "chrome-tail", "boundary", "byline", "drop")
_CHOICES = {"title": ("repeated", "first"), "paragraph": ("line", "block")}


@dataclass(frozen=True, slots=True)
class Layout:
    """How one site's articles are told apart and read."""

    name: str
    description: str
    title_repeats: bool
    """True: a header is where a title stands twice. False: an article's first line is its title."""
    chrome: re.Pattern[str] | None = None
    """Matches a whole trimmed line of the page's own controls."""
    chrome_tail: re.Pattern[str] | None = None
    """Matches a line that may follow a line of controls directly."""
    gap: int = 0
    """So many blank lines or more part two articles; 0: blank lines never do."""
    boundary: re.Pattern[str] | None = None
    """Matches a line that parts two articles."""
    boundary_opens: bool = False
    """True if such a line stands before the first article, too."""
    byline: re.Pattern[str] | None = None
    """Matches a line below the title that is the byline."""
    drop: re.Pattern[str] | None = None
    """Matches a line that is no text, white space before it included."""
    by_blocks: bool = False
    """True: a paragraph ends at a blank line. False: every line is one."""

    @property
    def drops(self) -> bool:
        """True if any line is no text."""
        return self.drop is not None or self.boundary is not None

    def is_dropped(self, line: str) -> bool:
        """True for a line, as it stands in the dump, that is no text."""
        if self.boundary is not None and self.is_boundary(line):
            return True
        return self.drop is not None and self.drop.fullmatch(line.rstrip()) is not None

    def is_boundary(self, line: str) -> bool:
        """True for a line that parts two articles."""
        return self.boundary is not None and self.boundary.fullmatch(trim(line)) is not None


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
        known = ", ".join(("auto", *BUILT_IN))
        raise UsageError("", f"no layout is called {name!r}; there are {known}, and FILE.toml")
    try:
        return Path(name).read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise InputError(name, reason) from error


def parse_layout(name: str, source: str) -> Layout:
    """The layout that `source`, the text of the file `name`, describes; raises InputError."""
    import tomllib

    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise InputError(name, f"is not TOML: {error}") from error
    for key, fault in _faults(table):
        raise InputError(name, f"{key}: {fault}{_at_line(source, key)}")
    return Layout(
        name=str(table.get("name", Path(name).stem)),
        description=str(table.get("description", "")),
        title_repeats=table["title"] == "repeated",
        chrome=_either(table.get("chrome", [])),
        chrome_tail=_either(table.get("chrome-tail", [])),
        gap=table.get("gap", 0),
        boundary=_either(table.get("boundary", [])),
        boundary_opens=table.get("boundary-opens", False),
        byline=_either(table.get("byline", [])),
        drop=_either(table.get("drop", [])),
        by_blocks=table.get("paragraph", "line") == "block",
    )


def _faults(table: dict[str, object]) -> Iterator[tuple[str, str]]:
    """What is wrong with a layout: a key, and what is wrong with it."""
    known = ("name", "description", *_CHOICES, "gap", "boundary-opens", *_LISTS)
    for key, value in table.items():
        if key not in known:
            yield key, f"no such key; the keys are {', '.join(known)}"
        elif key in _LISTS:
            yield from ((key, fault) for fault in _pattern_faults(value))
        elif key in _CHOICES and value not in _CHOICES[key]:
            yield key, f"must be {' or '.join(repr(choice) for choice in _CHOICES[key])}"
        elif key == "gap" and not (type(value) is int and 0 <= value <= 100):
            yield key, "must be a number of blank lines from 0 to 100"
        elif key == "boundary-opens" and not isinstance(value, bool):
            yield key, "must be true or false"
        elif key in ("name", "description") and not isinstance(value, str):
            yield key, "must be a string"
    if "title" not in table:
        yield "title", "is missing: say where the title is, 'repeated' or 'first'"
    elif table["title"] == "first" and not (table.get("gap") or table.get("boundary")):
        yield "title", "'first' needs a gap or a boundary to part the articles"


def _pattern_faults(value: object) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        yield "must be a list of regular expressions"
        return
    for pattern in value:
        try:
            re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as error:
            yield f"{pattern!r} is no regular expression: {error}"
        else:
            if re.compile(pattern).fullmatch(""):
                yield f"{pattern!r} matches an empty line"


def _at_line(source: str, key: str) -> str:
    """Where `key` stands in the file, as words; nothing if it stands nowhere."""
    for number, line in enumerate(source.split("\n"), 1):
        if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return f" (line {number})"
    return ""


def _either(patterns: list[str]) -> re.Pattern[str] | None:
    """One pattern that matches what any of `patterns` matches; None if there is none."""
    return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None
