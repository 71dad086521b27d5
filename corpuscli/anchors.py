"""Where in the bytes it is worth looking for a header: controls, and lines that stand twice."""

from __future__ import annotations

from collections.abc import Iterator

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


def find_headers(text: Text, start: int, end: int) -> list[Header]:
    """Every header that starts in `text.data[start:end]`, in order; they may overlap.

    `text.data` must hold `headers.MARGIN` bytes before `start` and after `end`, or as many as the
    dump has; then the answer does not depend on where it was cut.
    """
    if not text.layout.title_repeats:
        return _find_gaps(text, start, end)
    headers = [
        header
        for chrome in _chrome_starts(text, start, end + REACH)
        if (header := header_at_chrome(text, chrome)) and start <= header.start < end
    ]
    headers += [
        header
        for first, second in _same_lines(text, start, end)
        if (header := header_between(text, first, second))
    ]
    return sorted(headers, key=lambda header: (header.start, header.end))


def _find_gaps(text: Text, start: int, end: int) -> list[Header]:
    """The titles that start in `text.data[start:end]` in a layout that is read by gaps.

    Such a title is the first line of the dump, or the first after as many blank lines as the
    layout demands.
    """
    headers = []
    for line in _lines(text, start):
        if line.start >= end:
            break
        if opens_by_gap(text, line.start):
            headers.append(gap_header(line))
    return headers


def _first_line(text: Text, start: int) -> int:
    """Where the first line that starts at `start` or later starts."""
    if start == 0 or text.data[start - 1] == 0x0A:
        return start
    newline = text.data.find(b"\n", start)
    return len(text.data) if newline < 0 else newline + 1


def _lines(text: Text, start: int) -> Iterator[Line]:
    """The lines from `start` on that are not blank; also what follows a byte order mark in one."""
    data, codec = text.data, text.codec
    at = _first_line(text, start)
    while at < len(data):
        end = text.line_end(at)
        line = data[at:end]
        if line and not codec.is_blank(line):
            yield Line(at, end, codec.fold(line))
            if joined := text.joined_line(at, end):
                yield joined
        at = end + 1


def _chrome_starts(text: Text, start: int, end: int) -> Iterator[int]:
    """Where controls begin, from `start` on and before `end`."""
    for line in _lines(text, start):
        if line.start >= end:
            return
        if text.is_chrome(line.key) and not continues_chrome(text, line.start):
            yield line.start


def _same_lines(text: Text, start: int, end: int) -> Iterator[tuple[Line, Line]]:
    """Lines that start before `end`, each with the next line that is the same."""
    last: dict[str, Line] = {}
    for line in _lines(text, start):
        first = last.get(line.key)
        if first is not None and first.start < end:
            yield first, line
        if line.start >= end + REACH:
            return
        last[line.key] = line
