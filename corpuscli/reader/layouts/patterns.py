"""What a line looks like: a pattern, or an exact line, and how to find it without trying it.

A pattern is a regular expression that matches a whole line without the white space around it. A
space in it stands for any run of white space, NBSP included, and `{date}` and its like stand for
what they name. Two lines, one below the other, are written with `\\n` between them. A pattern
without any special character is a line that is looked up and not matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from unicodedata import normalize

from ...errors import InputError, quote
from ...source.text import BOM, WHITE, fold

if TYPE_CHECKING:
    import regex

TIME_LIMIT = 5.0
"""Seconds that a pattern of a layout file may take on one line."""

LONGEST_LINE = 4096
"""Bytes of a line that may start an article. A longer one never does."""

_WORD = r"[^\W\d_][^\W\d_\u0300-\u036f]*\.?"
_YEAR = r"(?:1[89]|20|[\u0661\u06f1][\u0668\u0669\u06f8\u06f9]|[\u0662\u06f2][\u0660\u06f0])\d\d"
_TIME = (
    r"\d{1,2}(?:[:.h\u2236]|\s?h\s|時|时|시\s?)\d{2}"
    r"(?:(?::|分|분)\d{0,2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
)
_DATE = (
    rf"(?:(?:{_WORD},?،?\s)?(?:"
    rf"\d{{1,2}}\.?(?:st|nd|rd|th|º|er)?(?:\s(?:de|of|di))?\s{_WORD},?(?:\s(?:de|del))?\s{_YEAR}"
    rf"|{_WORD}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}"
    rf"|\d{{1,2}}[./\u2010-\u2015-]\s?\d{{1,2}}[./\u2010-\u2015-]\s?{_YEAR}"
    rf"|\d{{1,2}}[-/. ]{_WORD}[-/ ]{_YEAR}"
    rf"|{_YEAR}[./\u2010-\u2015-]\s?\d{{1,2}}[./\u2010-\u2015-]\s?\d{{1,2}}\.?"
    rf"|{_YEAR}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일]))"
)

PLACEHOLDERS = {
    "date": _DATE,
    "time": f"(?:{_TIME})",
    "number": r"(?:\d+(?:[.,٬٫'\u202f\u00a0]\d+)*)",
    "month": f"(?:{_WORD})",
    "weekday": f"(?:{_WORD})",
    "word": r"(?:\S+)",
}
"""What a name in braces stands for. Names of months and days are words: no list has them all."""

_NAME = re.compile(r"(?<!\\)\{([a-z][a-z0-9-]*)\}")
_SPECIAL = re.compile(r"[\\.^$*+?{}()|\[\]]")
_NOT_A_PATTERN = (RecursionError, OverflowError, MemoryError, TimeoutError, ValueError, KeyError)


MOST_BITS = 62
"""Bits in the class of a line, which is a number of 64 bits."""


class Match(Protocol):
    """What was found in a line that a pattern matches."""

    def groups(self) -> tuple[Any, ...]: ...

    def groupdict(self) -> dict[str, Any]: ...


class LinePattern(Protocol):
    """What some lines of a site look like."""

    def fullmatch(self, line: str, /) -> Match | None: ...


@dataclass(frozen=True, slots=True)
class Timed:
    """A pattern of a layout file, which may be one that takes exponential time."""

    file: str
    key: str
    pattern: regex.Pattern[str]
    written: str

    def fullmatch(self, line: str, /) -> Match | None:
        try:
            return self.pattern.fullmatch(line, timeout=TIME_LIMIT)
        except TimeoutError as error:
            reason = f"takes more than {TIME_LIMIT:g} seconds on one line of the dump"
            raise InputError(self.file, f"{self.key}: {quote(self.written)} {reason}") from error


class Part(NamedTuple):
    """One line of a pattern: exact lines, or a regular expression and what a line needs for it."""

    lines: frozenset[str] = frozenset()
    """Folded lines, one of which it is; empty where it is a pattern."""
    pattern: LinePattern | None = None
    sees_indent: bool = False
    """True if the pattern sees the white space before the line."""
    needle: bytes = b""
    """UTF-8 that every line contains which the pattern matches; empty where none is known."""
    at_start: bool = False
    """True if such a line begins with the needle."""
    is_title: bool = False
    """True for `{title}`: the line is the same as the article's title."""
    is_any: bool = False
    """True for `.+`: every line of text is one."""

    def match(self, line: str) -> Match | None:
        """Return what the pattern finds in a line, given without its line end."""
        if self.pattern is None:
            return None
        # A text keeps a U+FEFF inside it where the pattern matches all the same.
        found = self.pattern.fullmatch(_trimmed(line, self.sees_indent))
        if found is None and BOM in line:
            found = self.pattern.fullmatch(visible(line, self.sees_indent))
        return found

    def fits(self, line: str) -> bool:
        """Return True if the line is one of the exact lines or the pattern matches it."""
        if self.pattern is None:
            return fold(line) in self.lines
        return self.match(line) is not None


def visible(line: str, with_indent: bool) -> str:
    """Return the line as a pattern sees it: no U+FEFF, no white space at its ends."""
    return _trimmed(line.replace(BOM, ""), with_indent)


def _trimmed(line: str, with_indent: bool) -> str:
    return line.rstrip(WHITE) if with_indent else line.strip(WHITE)


class Form(NamedTuple):
    """One entry of a list: a line, or two or more that follow one another, blank ones apart."""

    parts: tuple[Part, ...]
    bit: int
    """The bit of the first line in the class of a line."""
    rest: tuple[int, ...] = ()
    """The bits of the lines below it."""


class Lines(NamedTuple):
    """A list of a layout: what some lines look like."""

    forms: tuple[Form, ...] = ()
    mask: int = 0
    """The bits of all first lines."""
    single: int = 0
    """The bits of the forms of one line."""

    def __bool__(self) -> bool:
        return bool(self.forms)

    def groups(self, line: str) -> Match | None:
        """Return what the first one-line pattern that matches the line finds in it."""
        for form in self.forms:
            if len(form.parts) == 1 and (match := form.parts[0].match(line)):
                return match
        return None


@dataclass(slots=True)
class Compiler:
    """Makes the forms of one layout, and gives each its bit."""

    file: str
    timed: bool
    """True for a file that a user wrote: its patterns are checked, and timed."""
    named: dict[str, frozenset[str]] = field(default_factory=dict)
    """The exact lines of `[lines]`, folded, by the name of their list."""
    parts: list[tuple[int, Part]] = field(default_factory=list)
    """Each bit, and what a line is that has it."""
    _bits: int = 0
    _rest: dict[str, int] = field(default_factory=dict)

    def lines(self, key: str, entries: Iterable[str]) -> Lines:
        """Return the list `key`; `fault_of` has found nothing wrong with its entries."""
        single = 0
        forms: list[Form] = []
        mask = 0
        exact: set[str] = set()
        for entry in entries:
            written = split_lines(entry)
            parts = tuple(self._part(key, one) for one in written)
            if len(parts) == 1:
                single = single or self._bit()
                if parts[0].lines:
                    exact |= parts[0].lines
                    continue
                self.parts.append((single, parts[0]))
                forms.append(Form(parts, single))
            else:
                bits = tuple(map(self._bit_of, written, parts))
                forms.append(Form(parts, bits[0], bits[1:]))
                mask |= bits[0]
        if exact:
            part = Part(frozenset(exact))
            self.parts.append((single, part))
            forms.insert(0, Form((part,), single))
        return Lines(tuple(forms), mask | single, single)

    def is_loose(self, entry: str) -> bool:
        """Return True for a pattern of one line without any text that the line must have."""
        parts = split_lines(entry)
        part = self._part("", parts[0])
        return len(parts) == 1 and part.pattern is not None and not part.needle

    def _bit(self) -> int:
        if self._bits == MOST_BITS:
            reason = (
                f"has more than {MOST_BITS} lists of lines, boxes and lines of several; put lines "
                "that mean the same into one list"
            )
            raise InputError(self.file, reason)
        self._bits += 1
        return 1 << (self._bits - 1)

    def _bit_of(self, written: str, part: Part) -> int:
        """The bit of a line of several, the same for the same line in another list."""
        bit = self._rest.get(written)
        if bit is None:
            bit = self._rest[written] = self._bit()
            self.parts.append((bit, part))
        return bit

    def _part(self, key: str, written: str) -> Part:
        name = _NAME.fullmatch(written)
        if name and name.group(1) == "title":
            return Part(is_title=True)
        if name and name.group(1) in self.named:
            return Part(self.named[name.group(1)])
        if not _SPECIAL.search(written):
            return Part(frozenset({fold(written)}))
        source = expand(written)
        sees_indent = source.startswith(r"\s")
        needle, at_start = needle_of(written)
        pattern: LinePattern
        if self.timed:
            import regex

            pattern = Timed(self.file, key, regex.compile(source), written)
        else:
            pattern = re.compile(source)
        return Part(
            pattern=pattern,
            sees_indent=sees_indent,
            needle=needle,
            at_start=at_start and not sees_indent,
            is_any=written == ".+",
        )


def split_lines(entry: str) -> list[str]:
    """Return the lines of a pattern: what is between its `\\n`."""
    return re.split(r"(?<!\\)(?:\\n|\n)", entry)


def expand(written: str) -> str:
    """Return the regular expression of a pattern: placeholders replaced, spaces any white space."""
    if not re.match(r"\(\?[a-zA-Z]*x", written):
        written = re.sub(r"\\? +(?=[*+?{])", r"\\s", _outside_classes(written))
    return _NAME.sub(lambda name: PLACEHOLDERS.get(name.group(1), name.group()), written)


def _outside_classes(written: str) -> str:
    """Return a pattern whose spaces outside `[...]` are runs of white space.

    A space before a quantifier is left alone: the quantifier says how many.
    """
    parts = re.split(r"(\\.|\[\^?\]?(?:\\.|[^\]\\])*\])", written, flags=re.DOTALL)
    for place, part in enumerate(parts):
        if part.startswith("[") and place % 2:
            parts[place] = part.replace(" ", r"\s")
        elif part == "\\ ":
            parts[place] = r"\s"
        elif not place % 2:
            parts[place] = re.sub(r" +(?![*+?{ ])", r"\\s+", part)
    return "".join(parts)


def fault_of(entry: str, named: Iterable[str], may_use_title: bool) -> str:
    """Return what is wrong with a pattern; nothing where it is sound."""
    import regex

    for written in split_lines(entry):
        for name in _NAME.findall(written):
            if name == "title" and not may_use_title:
                return "'{title}' may only be used in body.after, on a line of its own"
            if name in named or name == "title":
                if _NAME.fullmatch(written) is None:
                    return f"'{{{name}}}' stands for whole lines: nothing may be beside it"
            elif name not in PLACEHOLDERS:
                known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
                return f"{quote(entry)}: no placeholder {{{name}}}; there are {known}, and [lines]"
        if _NAME.fullmatch(written) and _NAME.findall(written)[0] not in PLACEHOLDERS:
            continue
        try:
            found = regex.compile(expand(written)).fullmatch("", timeout=TIME_LIMIT)
        except (regex.error, *_NOT_A_PATTERN) as error:
            return f"{quote(entry)} is not a regular expression: {error}"
        if found is not None:
            return f"{quote(entry)} matches an empty line"
    return ""


def needle_of(written: str) -> tuple[bytes, bool]:
    """Return bytes that every line holds which the pattern matches, and whether it starts so.

    Empty where none is sure: alternatives, flags, and letters that may be composed either way.
    """
    if re.search(r"\(\?[a-zA-Z-]+[:)]|\\[xuUNpP0-9]", written):
        return b"", False
    runs: list[tuple[str, bool]] = []
    run, opens, at, depth = "", True, 0, 0

    def close() -> None:
        nonlocal run, opens
        if run:
            runs.append((run, opens))
        run, opens = "", False

    while at < len(written):
        one = written[at]
        step = 1
        literal = ""
        if one == "\\" and at + 1 < len(written):
            step = 2
            literal = written[at + 1] if not written[at + 1].isalnum() else ""
        elif one == "[":
            end = re.match(r"\[\^?\]?(?:\\.|[^\]\\])*\]", written[at:])
            step = end.end() if end else 1
        elif name := _NAME.match(written, at):
            step = len(name.group())
        elif one == "(":
            depth += 1
        elif one == ")":
            depth -= 1
        elif one == "|":
            if depth == 0:
                return b"", False
        elif one not in ".^$*+?{}":
            literal = one
        following = written[at + step : at + step + 1]
        quantified = following in ("*", "?") or bool(
            re.match(r"\{\d*,?\d*\}", written[at + step :])
        )
        if literal and depth == 0 and not literal.isspace() and _is_stable(literal):
            if quantified:
                close()
            else:
                run += literal
        else:
            close()
        if one == "{" and not _NAME.match(written, at):
            end = re.match(r"\{\d*,?\d*\}", written[at:])
            step = end.end() if end else 1
        at += step
    close()
    best = max(runs, key=lambda one: len(one[0].encode()), default=("", False))
    return best[0].encode(), best[1]


def needle_of_line(line: str) -> bytes:
    """Return bytes that every line holds which is the same as this one; empty if none is sure."""
    runs: list[str] = [""]
    for letter in line:
        if letter.isspace() or not _is_stable(letter):
            runs.append("")
        else:
            runs[-1] += letter
    # A mark behind a letter would be composed with it.
    return max(runs, key=lambda run: len(run.encode())).encode()


def _is_stable(letter: str) -> bool:
    """True if a letter is written one way only, composed or not."""
    return normalize("NFD", letter) == letter == normalize("NFC", letter)
