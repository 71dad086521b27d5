# cython: language_level=3
"""Find where articles may start: each line is looked at once, and headers are tried where it pays.

A header is tried at the page's own controls, and where a line that opens a block appears again a
few blocks later; `headers` decides whether there is one. Layouts with boundaries or gaps are
handled here, too.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Evidence, Header

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.reader.headers import (
        Line,
        Text,
        continues_chrome,
        header_at_chrome,
        header_between,
    )
else:
    from .headers import Line, Text, continues_chrome, header_at_chrome, header_between

from .framed_starts import find_starts
from .headers import title_only
from .limits import LOOK_BEHIND, REACH


def find_headers(text: Text, start: int, end: int) -> list[Header]:
    """Return every header that starts in `[start, end)` of the stretch, in order.

    Headers may overlap. The stretch must contain `headers.MARGIN` bytes before `start` and after
    `end`, or as many as the dump has; then the answer does not depend on where the dump was cut.
    """
    layout = text.layout
    found: Iterable[Header]
    if layout.is_framed:
        # A gap is found in one pass, compiled; the rest by the classes of lines.
        if layout.gap:
            found = _at_gaps(text, _line_of(text, start) if start else 0, end, layout.gap)
        else:
            found = _framed(text, start, end)
    else:
        # A header may start inside a line, where two files were joined.
        first = _first_line(text, start) if start == 0 else _line_of(text, start)
        found = _with_repeated_titles(text, first, end)
    start, end = text.base + start, text.base + end
    return sorted([h for h in found if start <= h.start < end], key=_place)


def _framed(text: Text, start: int, end: int) -> list[Header]:
    """Return the headers of a layout that says where an article starts, all but its parts.

    A cover belongs to the bytes of the first article, if that starts within `REACH`.
    """
    layout, data = text.layout, text.data
    found: list[Header] = []
    first = -1
    if layout.start.cover and text.at_start:
        first = next(find_starts(data, layout, 0, min(REACH, text.size), True), -1)
        opening = text.first_below(0, REACH)
        if first >= 0 and opening is not None and opening.start < end:
            found.append(title_only(text, Evidence.BOUNDARY, opening.start, first, first))
    for at in find_starts(data, layout, start, end, text.at_start):
        if at != first:
            found.append(title_only(text, Evidence.BOUNDARY, at, at, at))
    return found


def _place(header: Header) -> tuple[int, int]:
    return header.start, header.end


def _first_line(text: Text, start: int) -> int:
    """Return the start of the first line that starts at `start` or later."""
    if start == 0 or text.data[start - 1] == 0x0A:
        return start
    newline = text.data.find(b"\n", start)
    return text.size if newline < 0 else newline + 1


def _line_of(text: Text, at: int) -> int:
    """Return the start of the line that contains the byte `at`.

    If that is out of reach, return the start of the next line.
    """
    newline = text.data.rfind(b"\n", 0, at)
    return newline + 1 if newline >= 0 or text.at_start else _first_line(text, at)


def _with_repeated_titles(text: Text, first: int, end: int) -> list[Header]:
    """Return the headers of a layout in which titles repeat, from the line at `first` on."""
    chrome: list[int] = []
    pairs: list[tuple[int, int]] = []
    _find_anchors(text, first, end, chrome, pairs)
    found: list[Header] = []
    titles: set[int] = set()
    for at in chrome:
        if not continues_chrome(text, at):
            header = header_at_chrome(text, at)
            if header is not None:
                titles.add(header.start - text.base)
                found.append(header)
    for one, other in pairs:
        # A header with controls is stronger than one without that starts at the same place.
        if one not in titles:
            header = header_between(text, one, other)
            if header is not None and _has_company(text, header, one):
                found.append(header)
    return found


def _has_company(text: Text, header: Header, start: int) -> bool:
    """Return whether more than the repeated title at `start` speaks for a header.

    A bare one needs it: boxes and buttons are doubled in bodies, too. What counts was settled from
    the beginning of the dump, so that any cut gives the same answer.
    """
    layout = text.layout
    bare = layout.bare
    if header.evidence is not Evidence.TITLE or (bare.everywhere and not layout.drops):
        return True
    title = text.key(start, text.line_end(start)).decode("utf-8", "replace")
    if layout.is_dropped(title):
        return False
    return bare.everywhere or (opens_by_gap(text, start, 2) and title not in bare.furniture)


@cython.cfunc
def _find_anchors(
    text: Text,
    first: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    chrome: list[int],
    pairs: list[tuple[int, int]],
) -> cython.void:
    """Find the lines of controls, and the pairs of lines that may be the same.

    Both lines of a pair begin a block, and the first is the only line of its block, before `end`.
    """
    # The last NEAR lines that open a block, latest first, and what distinguishes them.
    one: cython.Py_ssize_t = -1
    two: cython.Py_ssize_t = -1
    three: cython.Py_ssize_t = -1
    one_opens: cython.longlong = 0
    two_opens: cython.longlong = 0
    three_opens: cython.longlong = 0
    opening: cython.longlong
    at: cython.Py_ssize_t = first
    line: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    limit: cython.Py_ssize_t = min(end + REACH, text.size)
    longest: cython.Py_ssize_t = text.longest_chrome
    opens: cython.bint = first >= text.size or text.opens_block(first)
    alone: cython.bint = True
    joined: Line | None
    while at < limit:
        stop = text.line_end(at)
        if text.is_blank(at, stop):
            opens = stop - at < LOOK_BEHIND
            at = stop + 1
            continue
        line = at
        joined = text.joined_line(at, stop) if text.has_marks else None
        if not opens and text.has_marks:
            opens = text.begins_file(at)
        while True:
            if stop - line <= longest and text.is_chrome(line, stop):
                chrome.append(line)
            if not opens:
                alone = False
            else:
                if not alone:
                    one = -1
                alone = True
                opening = text.opening(line, stop)
                if 0 <= three < end and three_opens == opening:
                    pairs.append((three, line))
                if 0 <= two < end and two_opens == opening:
                    pairs.append((two, line))
                if 0 <= one < end and one_opens == opening:
                    pairs.append((one, line))
                three, three_opens = two, two_opens
                two, two_opens = one, one_opens
                one, one_opens = line, opening
            if joined is None:
                break
            line, opens = joined.start, True
            joined = None
        opens = False
        at = stop + 1
    pairs.sort()


@cython.cfunc
def _at_gaps(
    text: Text, first: cython.Py_ssize_t, end: cython.Py_ssize_t, gap: cython.Py_ssize_t
) -> list[Header]:
    """Return the headers of a layout in which `gap` blank lines or more separate articles."""
    found: list[Header] = []
    blank: cython.Py_ssize_t = 0
    at: cython.Py_ssize_t = first
    stop: cython.Py_ssize_t
    is_known: cython.bint = False
    while at < min(end, text.size):
        stop = text.line_end(at)
        if text.is_blank(at, stop):
            # `opens_by_gap` does not count a longer line as blank, so neither does this.
            blank = blank + 1 if stop - at < LOOK_BEHIND else 0
        else:
            # How many blank lines come before the first line here is not known yet.
            if blank >= gap or (not is_known and opens_by_gap(text, at, gap)):
                found.append(title_only(text, Evidence.GAP, at, at, stop))
            is_known = True
            blank = 0
        at = stop + 1
    return found


@cython.ccall
def opens_by_gap(text: Text, start: cython.Py_ssize_t, gap: cython.Py_ssize_t) -> cython.bint:
    """Return whether at least `gap` blank lines, or nothing else, come before `start`."""
    at: cython.Py_ssize_t = start
    end: cython.Py_ssize_t
    floor: cython.Py_ssize_t = max(0, start - gap * LOOK_BEHIND)
    for _ in range(gap):
        if at == 0:
            return text.at_start
        end = at - 1
        at = text.previous_line(at, floor)
        if at < 0 or end - at >= LOOK_BEHIND or not text.is_blank(at, end):
            return False
    return True
