# cython: language_level=3
"""Find the lines of a header that are captions, and where the body starts.

Offsets are bytes from the start of the article; ends are exclusive.
"""

from __future__ import annotations

from ..model import Evidence, Header

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.reader.lines import Lines
    from cython.cimports.libc.string import memcmp
else:
    from .lines import Lines

NEAR = 8
"""How many lines before a caption line are compared with it by their bytes."""

Range = tuple[int, int]
"""Bytes `[start, end)` of an article."""


@cython.cclass
class CaptionLine:
    """A line of a header that is a caption: bytes `[start, end)` of the article."""

    start: cython.Py_ssize_t
    end: cython.Py_ssize_t
    key: bytes
    above: cython.bint
    """True above the title's second copy."""
    touching: cython.bint
    """True in the block directly above the page's controls."""


@cython.cfunc
def _line(
    text: Lines,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    above: cython.bint,
    earlier: list[CaptionLine],
) -> CaptionLine:
    # When compiled, this makes an object without a Python call.
    line: CaptionLine = CaptionLine.__new__(CaptionLine)
    line.start = start
    line.end = end
    line.key = _key(text, start, end, earlier)
    line.above = above
    line.touching = False
    return line


@cython.cfunc
def _key(
    text: Lines, start: cython.Py_ssize_t, end: cython.Py_ssize_t, earlier: list[CaptionLine]
) -> bytes:
    """Return the key of a line; mostly, one of the `NEAR` lines before it has the same bytes."""
    if cython.compiled:
        size: cython.Py_ssize_t = end - start
        count: cython.Py_ssize_t = len(earlier)
        at: cython.Py_ssize_t
        for at in range(count - 1, max(count - NEAR, 0) - 1, -1):
            line: CaptionLine = earlier[at]
            if line.end - line.start == size:
                if memcmp(text.p + line.start, text.p + start, size) == 0:
                    return line.key
    return text.key(start, end)


@cython.cclass
class CaptionLines:
    """The caption lines of a header, in order, and where its body starts."""

    lines: list[CaptionLine]
    body: cython.Py_ssize_t

    def __init__(self, lines: list[CaptionLine], body: cython.Py_ssize_t) -> None:
        self.lines = lines
        self.body = body


@cython.ccall
def read_captions(text: Lines, header: Header) -> CaptionLines:
    """Return the caption lines of a header, and where the body of the article starts.

    Below the title are copies of the captions above it; if there are none above, two or more equal
    lines in a row below it are captions.
    """
    above = _captions_above(text, header.captions, header.above_end)
    if above:
        return _copies_below(text, header.end + 1, above)
    return _runs_below(text, header.end + 1)


@cython.cfunc
def _captions_above(
    text: Lines, start: cython.Py_ssize_t, above_end: cython.Py_ssize_t
) -> list[CaptionLine]:
    """Return the caption lines between the title's first copy and the controls."""
    found: list[CaptionLine] = []
    touching_from: cython.Py_ssize_t = start
    at: cython.Py_ssize_t = start
    end: cython.Py_ssize_t
    while at < above_end:
        end = min(text.line_end(at), above_end)
        if not text.is_blank(at, end):
            found.append(_line(text, at, end, True, found))
        elif end < above_end:
            touching_from = end + 1
        at = end + 1
    for line in found:
        line.touching = line.start >= touching_from
    return found


@cython.cfunc
def _copies_below(text: Lines, start: cython.Py_ssize_t, found: list[CaptionLine]) -> CaptionLines:
    """Add the copies of captions that are below the title, and return where the body starts."""
    keys = {line.key for line in found}
    at: cython.Py_ssize_t = start
    body: cython.Py_ssize_t = start
    end: cython.Py_ssize_t
    while at < text.size:
        end = text.line_end(at)
        if not text.is_blank(at, end):
            line = _line(text, at, end, False, found)
            if line.key not in keys:
                break
            found.append(line)
            body = end + 1
        at = end + 1
    return CaptionLines(found, min(body, text.size))


@cython.cfunc
def _runs_below(text: Lines, start: cython.Py_ssize_t) -> CaptionLines:
    """Return the lines below the title that appear twice or more in a row."""
    captions: list[CaptionLine] = []
    run: list[CaptionLine] = []
    at: cython.Py_ssize_t = start
    body: cython.Py_ssize_t = start
    end: cython.Py_ssize_t
    while at < text.size:
        end = text.line_end(at)
        if text.is_blank(at, end):
            line = None
        else:
            line = _line(text, at, end, False, run)
            if run and run[0].key == line.key:
                run.append(line)
                at = end + 1
                continue
        if len(run) == 1:
            break
        if run:
            captions += run
            body = run[len(run) - 1].end + 1
        run = [line] if line is not None else []
        at = end + 1
    else:
        if len(run) > 1:
            captions += run
            body = run[len(run) - 1].end + 1
    return CaptionLines(captions, min(body, text.size))


@cython.ccall
def redundant_lines(captions: CaptionLines, evidence: Evidence) -> list[CaptionLine]:
    """Return the caption lines of a header that the article reads the same without.

    The first line of each caption stays. If copies are the evidence that the lines are captions at
    all, one more stays: in a header without controls, the first one below the title, if there is
    one; if a blank line separates captions from the controls, or none are above, the next one.
    """
    redundant: list[CaptionLine] = []
    by_chrome: cython.bint = evidence is Evidence.CHROME
    below = {line.key for line in captions.lines if not line.above}
    kept: dict[bytes, int] = {}
    proof: dict[bytes, bool] = {}
    for line in captions.lines:
        if line.key not in proof:
            proof[line.key] = not (by_chrome and line.touching)
        waits: cython.bint = not by_chrome and line.above and line.key in below
        copies = kept.get(line.key, 0)
        if not copies or (copies == 1 and proof[line.key] and not waits):
            kept[line.key] = copies + 1
        else:
            redundant.append(line)
    return redundant


def body_twins(text: Lines, body: int) -> list[Range]:
    """Return the lines from `body` on that repeat the line before them."""
    twins = []
    previous = b""
    at = body
    while at < text.size:
        end = text.line_end(at)
        key = text.key(at, end)
        if key and key == previous:
            twins.append((at, end))
        previous = key
        at = end + 1
    return twins
