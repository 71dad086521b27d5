"""Where in the bytes it is worth looking for a header: controls, and lines that stand twice.

An anchor says where to look, `headers` says what is there: an anchor too many costs time, one too
few would lose an article.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from .headers import (
    REACH,
    Line,
    Text,
    continues_chrome,
    gap_header,
    header_at_chrome,
    header_between,
    opens_by_gap,
)
from .model import Header

LARGE = 512 * 1024
"""Bytes from which on it pays to import numpy."""

NEAR = 3
"""Blocks from a title's first copy to its second, at most: a deck and captions stand between."""


class Anchors(NamedTuple):
    """Places to look at, as offsets in a `Text`, in order."""

    chrome: list[int]
    """Lines of the page's own controls."""
    pairs: list[tuple[int, int]]
    """Lines that may be the same and each begin a block, the first of them alone in its own."""


def find_headers(text: Text, start: int, end: int) -> list[Header]:
    """Every header that starts in `text.data[start:end]`, in order; they may overlap.

    `text.data` must hold `headers.MARGIN` bytes before `start` and after `end`, or as many as the
    dump has; then the answer does not depend on where it was cut.
    """
    first = first_line(text, start)
    if not text.layout.title_repeats:
        return [
            gap_header(text, line)
            for line in lines(text, first, end)
            if opens_by_gap(text, line.start)
        ]
    chrome, pairs = find_anchors(text, first, end)
    base = text.base
    headers = []
    titles = set()
    for at in chrome:
        if not continues_chrome(text, at):
            header = header_at_chrome(text, at)
            if header is not None and start <= header.start - base < end:
                headers.append(header)
                titles.add(header.start - base)
    for one, other in pairs:
        # A header with controls is stronger than one without that starts at the same place.
        if one not in titles:
            header = header_between(text, one, other)
            if header is not None:
                headers.append(header)
    headers.sort(key=lambda header: (header.start, header.end))
    return headers


def find_anchors(text: Text, first: int, end: int) -> Anchors:
    """The anchors of headers that start from the line at `first` on and before `end`."""
    if len(text.data) >= LARGE and text.codec.is_utf8:
        from .vectors import find_anchors_fast

        anchors = find_anchors_fast(text, first, end)
        if anchors is not None:
            return anchors
    return find_anchors_plainly(text, first, end)


def find_anchors_plainly(text: Text, first: int, end: int) -> Anchors:
    """As `find_anchors`, one line after the other."""
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
