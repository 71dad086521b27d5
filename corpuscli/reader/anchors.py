"""Where in the bytes it is worth looking for a header: controls, and lines that stand twice.

An anchor says where to look, `headers` says what is there: an anchor too many costs time, one too
few would lose an article.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from .headers import REACH, Line, Text

NEAR = 3
"""Blocks from a title's first copy to its second, at most: a deck and captions stand between."""


class Anchors(NamedTuple):
    """Places to look at, as offsets in a `Text`, in order."""

    chrome: list[int]
    """Lines of the page's own controls."""
    pairs: list[tuple[int, int]]
    """Lines that may be the same and each begin a block, the first of them alone in its own."""


def find_anchors(text: Text, first: int, end: int) -> Anchors:
    """The anchors of headers that start from the line at `first` on and before `end`.

    One line is read after the other; `vectors` does the same for many lines at once.
    """
    chrome = []
    pairs = []
    recent: deque[Line] = deque(maxlen=NEAR)
    alone = True
    for line in lines(text, first, end + REACH):
        if text.is_chrome_line(line):
            chrome.append(line.start)
        if not text.opens_block(line.start):
            alone = False
            continue
        if recent and not alone:
            recent[-1] = recent[-1]._replace(key="")
        alone = True
        pairs += [
            (one.start, line.start) for one in recent if one.key == line.key and one.start < end
        ]
        recent.append(line)
    return Anchors(chrome, sorted(pairs))


def first_line(text: Text, start: int) -> int:
    """Where the first line that starts at `start` or later starts."""
    if start == 0 or text.data[start - 1] == 0x0A:
        return start
    newline = text.data.find(b"\n", start)
    return len(text.data) if newline < 0 else newline + 1


def line_of(text: Text, at: int) -> int:
    """Where the line that holds the byte `at` starts; the next line, where that is out of reach."""
    newline = text.data.rfind(b"\n", 0, at)
    return newline + 1 if newline >= 0 or text.at_start else first_line(text, at)


def lines(text: Text, first: int, end: int) -> Iterator[Line]:
    """The lines from `first` on that start before `end` and are not blank.

    What follows a byte order mark inside one comes as a line of its own, too.
    """
    data, codec = text.data, text.codec
    at = first
    while at < min(end, len(data)):
        stop = text.line_end(at)
        line = data[at:stop]
        if line and not codec.is_blank(line):
            yield Line(at, stop, codec.fold(line))
            if joined := text.joined_line(at, stop):
                yield joined
        at = stop + 1
