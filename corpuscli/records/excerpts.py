"""Return a few lines of an article around one line, to show what is odd about it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from ..source.text import decode, is_blank

ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]")
"""Characters that a line may be shown for: control characters, and U+FFFD for invalid bytes."""

WHOLE = 8
"""The most lines that are shown in full; of a longer excerpt, blank lines in between are left out.
"""

LONGEST = 400
"""The most characters of a line that are kept."""


class Line(NamedTuple):
    """A line of a dump, or part of one, without its line end."""

    number: int
    """1-based."""
    text: str


def lines_around(data: bytes, wanted: int, first: int) -> tuple[Line, ...]:
    """Return line `wanted` of `data` (0-based), from the text before it to the text after it.

    Where there are many blank lines in between, only a blank line that is `wanted` itself is kept.
    `first` is the line number of the first line of `data`.
    """
    lines = data.split(b"\n")
    texts = [at for at, line in enumerate(lines) if not is_blank(line)]
    here = bisect_left(texts, wanted)
    behind = bisect_right(texts, wanted)
    before = texts[here - 1] if here else wanted
    after = texts[behind] if behind < len(texts) else wanted
    chosen = list(range(before, after + 1))
    if len(chosen) > WHOLE:
        chosen = sorted({before, wanted, after})
    return tuple(Line(first + at, clip(decode(lines[at]).rstrip("\r"))) for at in chosen)


def clip(line: str, longest: int = LONGEST) -> str:
    """Return up to `longest` characters of a line around what is odd, with an ellipsis per cut."""
    if len(line) <= longest:
        return line
    odd = ODD.search(line)
    start = max(0, odd.start() - longest // 3) if odd else 0
    start = min(start, len(line) - longest)
    end = start + longest
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
