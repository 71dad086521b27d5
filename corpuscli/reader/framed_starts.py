"""Where articles start whose layout says so by a line, a record, a gap or a marker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..source.text import BOM, fold, is_blank
from .layouts.layout import Layout
from .layouts.patterns import Lines

BOM_UTF8 = BOM.encode()

LOOK = 64 * 1024
"""Bytes between a line that ends an article and the next, at most."""


def find_starts(data: bytes, layout: Layout, start: int, end: int, is_first: bool) -> Iterator[int]:
    """Yield the offsets in `data[start:end]` where articles start.

    `data` holds `headers.MARGIN` bytes around the range, or as many as the dump has; `is_first`
    says that it begins with the dump. Where articles start at boundaries, the text before the first
    is an article too, unless the layout calls it a cover. What is below the last start is none if
    the layout knows a closing page, and no line of a title is there.
    """
    opening = None
    if is_first and not layout.start.cover:
        opening = _first_text(data, 0)
        if opening is not None and start <= opening < end and _opens(data, opening, layout):
            yield opening
    needles = layout.start_needles
    found = _starts(data, layout, start, end)
    if needles is not None:
        found = _by_needles(data, layout, needles, start, end)
    for at in found:
        if at != opening and start <= at < end and not _is_closing(data, layout, at):
            yield at


def _is_closing(data: bytes, layout: Layout, at: int) -> bool:
    """True if the closing page starts at `at`: the end of the dump is near, and no title below."""
    if not layout.start.closing or len(data) - at > LOOK:
        return False
    if next((other for other in _starts(data, layout, at, len(data)) if other > at), None):
        return False
    while at < len(data):
        stop = data.find(b"\n", at)
        stop = len(data) if stop < 0 else stop
        kind = layout.table.classify(data[at:stop])
        for page in layout.pages:
            title = page.title
            for lines in (title.line, title.after, title.before):
                if kind & lines.mask and _fits(data, at, lines, kind, layout):
                    return False
        at = stop + 1
    return True


def _opens(data: bytes, at: int, layout: Layout) -> bool:
    """True if an article starts with the first text of a dump: not at a rule with nothing below."""
    stop = data.find(b"\n", at)
    stop = len(data) if stop < 0 else stop
    kind = layout.table.classify(data[at:stop])
    return not kind & layout.start.at.single or _has_text(data, at, stop, layout)


def _first_text(data: bytes, start: int) -> int | None:
    """Where the first line starts, from `start` on, that is not blank."""
    while start < len(data):
        stop = data.find(b"\n", start)
        stop = len(data) if stop < 0 else stop
        if not is_blank(data[start:stop]):
            return start
        start = stop + 1
    return None


def _by_needles(
    data: bytes, layout: Layout, needles: re.Pattern[bytes], start: int, end: int
) -> Iterator[int]:
    """As `_starts`, where each line that has a say holds one of some bytes: others are not read."""
    rule = layout.start
    classify = layout.table.classify
    # A line that ends an article has a say in where the next text starts.
    at = data.rfind(b"\n", 0, max(0, start - LOOK)) + 1
    given = -1
    while match := needles.search(data, at):
        first = data.rfind(b"\n", 0, match.start()) + 1
        stop = data.find(b"\n", match.end())
        stop = len(data) if stop < 0 else stop
        at = stop
        if first >= end:
            return
        kind = classify(data[first:stop])
        if kind & rule.at.mask and _fits(data, first, rule.at, kind, layout):
            if first != given and first >= start and _has_text(data, first, stop, layout):
                given = first
                yield first
        if kind & rule.after.mask and _fits(data, first, rule.after, kind, layout):
            below = _first_text(data, stop + 1)
            if below is not None and below != given and below - stop <= LOOK and below < end:
                if below >= start:
                    given = below
                    yield below


def _starts(data: bytes, layout: Layout, start: int, end: int) -> Iterator[int]:
    rule = layout.start
    classify = layout.table.classify
    mask = rule.at.mask | rule.after.mask | rule.glued.mask
    # The line that ends an article may stand before the range, and blank lines below it.
    at = data.rfind(b"\n", 0, start) + 1 if start else 0
    blank = 0
    closed = False
    closed_at = 0
    if at:
        blank, closed = _before(data, at, layout)
        closed_at = at
    while at < len(data):
        stop = data.find(b"\n", at)
        stop = len(data) if stop < 0 else stop
        line = data[at:stop]
        if not line or is_blank(line):
            blank += 1
            at = stop + 1
            continue
        if at >= end:
            return
        kind = classify(line) if mask else 0
        opens = (
            (closed and at - closed_at < LOOK)
            or rule.every_line
            or (rule.gap > 0 and blank >= rule.gap)
        )
        if kind & rule.at.mask and _fits(data, at, rule.at, kind, layout):
            opens = opens or _has_text(data, at, stop, layout)
        if not opens and rule.glued:
            found = _glued(line, rule.glued)
            if found >= 0:
                yield at + found
        if opens:
            yield at
        if rule.at and BOM_UTF8 in line[1:]:
            # Two files were joined, the first without a final newline.
            joined = at + line.rfind(BOM_UTF8)
            if classify(data[joined:stop]) & rule.at.single:
                yield joined
        closed = bool(kind & rule.after.mask) and _fits(data, at, rule.after, kind, layout)
        closed_at = stop + 1
        blank = 0
        at = stop + 1


def _has_text(data: bytes, at: int, stop: int, layout: Layout) -> bool:
    """True if the boundary at `[at, stop)` has text, in it or below, before the next boundary."""
    start = layout.start.at
    match = start.groups(data[at:stop].decode("utf-8", "replace"))
    if match and any(match.groups()):
        return True
    below = _first_text(data, stop + 1)
    if below is None:
        return False
    end = data.find(b"\n", below)
    line = data[below : end if end >= 0 else len(data)]
    return not layout.table.classify(line) & start.single


def _before(data: bytes, at: int, layout: Layout) -> tuple[int, bool]:
    """How many blank lines are before the line at `at`, and whether the one above them closes."""
    blank = 0
    end = at
    while at > 0:
        stop = at - 1
        at = data.rfind(b"\n", 0, stop) + 1
        line = data[at:stop]
        if not is_blank(line):
            kind = layout.table.classify(line)
            after = layout.start.after
            if end - stop > LOOK:
                return blank, False
            return blank, bool(kind & after.mask) and _fits(data, at, after, kind, layout)
        blank += 1
    return max(blank, layout.start.gap), False


def _fits(data: bytes, at: int, lines: Lines, kind: int, layout: Layout) -> bool:
    """True if the line at `at`, of that class, and those below are an entry of `lines`."""
    if kind & lines.single:
        return True
    forms = [form.rest for form in lines.forms if form.rest and kind & form.bit]
    place = data.find(b"\n", at) + 1
    depth = 0
    while forms and place and place < min(len(data), at + LOOK):
        stop = data.find(b"\n", place)
        line = data[place : stop if stop >= 0 else len(data)]
        place = stop + 1
        if is_blank(line):
            continue
        below = layout.table.classify(line)
        forms = [rest for rest in forms if below & rest[depth]]
        depth += 1
        if any(len(rest) == depth for rest in forms):
            return True
    return False


def _glued(line: bytes, lines: Lines) -> int:
    """Where a marker begins that stands at the end of a line; -1 if there is none.

    A marker at the beginning of the line counts, too.
    """
    text = line.decode("utf-8", "replace")
    for form in lines.forms:
        part = form.parts[0]
        if part.pattern is None:
            for exact in part.lines:
                if fold(text).endswith(exact) and (at := text.rfind(exact)) >= 0:
                    return len(text[:at].encode())
            continue
        if part.needle and part.needle not in line:
            continue
        for at in range(len(text)):
            if (at == 0 or part.needle == b"" or text[at:].encode().startswith(part.needle)) and (
                part.match(text[at:])
            ):
                return len(text[:at].encode())
    return -1
