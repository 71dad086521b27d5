"""Some lines of an article around one of them, to show what is odd about it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from ..source.text import decode, is_blank

ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]")
"""What a line may be shown for: control characters, what stands for bytes that are not valid."""

WHOLE = 8
"""Lines that are all shown, at most; of more, the blank ones in between are left out."""

LONGEST = 400
"""Characters of a line that are kept."""


class Line(NamedTuple):
    """A line of a dump, or a part of it, without its line end."""

    number: int
    """1-based."""
    text: str


def lines_around(data: bytes, wanted: int, first: int) -> tuple[Line, ...]:
    """The line `wanted` of `data`, from 0, and from the text before it to the text after it.

    Of many blank lines in between only one that is `wanted` itself comes along. The first line of
    `data` has the number `first`.
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
    """At most so many characters of a line, with what is odd about it, an ellipsis at each cut."""
    if len(line) <= longest:
        return line
    odd = ODD.search(line)
    start = max(0, odd.start() - longest // 3) if odd else 0
    start = min(start, len(line) - longest)
    end = start + longest
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
