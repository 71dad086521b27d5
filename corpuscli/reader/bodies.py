# cython: language_level=3
"""Count the lines, words and gaps of a body in one pass over its bytes."""

from __future__ import annotations

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.reader.lines import (
        Lines,
        find_bom,
        text_end,
        text_start,
        white_width,
    )
else:
    from .lines import Lines, find_bom, text_end, text_start, white_width

import re

from ..model import Unit
from ..source.text import BOM, decode, trim

_BLOCK = 64

GAP = 3
"""This many blank lines inside a body need an explanation."""

QUOTES = 1
"""The bytes contain a quotation mark or a backslash, which JSON escapes."""
CONTROLS = 2
"""The bytes contain a control character other than a tab or a line end; a lone carriage return does
not end a line."""
INVALID = 4
"""The bytes are not all valid UTF-8."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?=[^\r\n])")


@cython.cclass
class Body:
    """The counts of a body's lines. A line that is not blank is a text."""

    texts: cython.Py_ssize_t
    has_gap: cython.bint
    """True if `GAP` or more blank lines are between two texts."""
    has_twins: cython.bint
    """True if two consecutive texts, with no blank line between, are the same."""
    has_touching: cython.bint
    """True if two texts have no blank line between them."""

    def __init__(self) -> None:
        self.texts = 0
        self.has_gap = False
        self.has_twins = False
        self.has_touching = False


@cython.ccall
def count_body(lines: Lines, start: cython.Py_ssize_t) -> Body:
    """Return the counts of the body from `start` to the end of `lines`."""
    body = Body()
    at: cython.Py_ssize_t = start
    end: cython.Py_ssize_t
    blank: cython.Py_ssize_t = 0
    one: cython.Py_ssize_t = -1
    one_end: cython.Py_ssize_t = -1
    opening: cython.longlong = 0
    known: cython.bint = False
    while at < lines.size:
        end = lines.line_end(at)
        if lines.is_blank(at, end):
            blank += 1
        else:
            body.texts += 1
            if blank >= GAP and one >= 0:
                body.has_gap = True
            if one >= 0 and blank == 0:
                body.has_touching = True
                if not body.has_twins:
                    if not known:
                        opening = lines.opening(one, one_end)
                    following: cython.longlong = lines.opening(at, end)
                    if opening == following and lines.key(one, one_end) == lines.key(at, end):
                        body.has_twins = True
                    opening = following
                    known = True
            else:
                known = False
            one, one_end = at, end
            blank = 0
        at = end + 1
    return body


@cython.ccall
def count_words(
    lines: Lines, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Return how many words, separated by white space, the lines in `[start, end)` have.

    The count is what `str.split` finds after `trim`: U+FEFF does not separate words, but is removed
    from the ends.
    """
    if not cython.compiled:
        return _count_words(lines.data[start:end])
    if find_bom(lines.data, start, end) >= 0:
        return _count_words(lines.data[start:end])
    count: cython.Py_ssize_t
    with cython.nogil:
        count = _count_plain_words(lines.p, start, end)
    return count


def _count_words(data: bytes) -> int:
    text = decode(data)
    if BOM not in text:
        return len(text.split())
    return sum([len(trim(line).split()) for line in text.split("\n")])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_plain_words(
    p: cython.p_const_uchar, at: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Return how many words are in `[at, end)`, which contains no U+FEFF."""
    count: cython.Py_ssize_t = 0
    place: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    letter: cython.uchar
    after: cython.uchar
    last: cython.uchar
    is_odd: cython.uchar
    begun: cython.uchar
    width: cython.int
    inside: cython.bint = False
    while at < end:
        # In most blocks, all white space is spaces, tabs and line ends; the others are odd. The
        # compiler turns this loop into a few instructions on many bytes at once.
        if at + _BLOCK + 2 < end:
            is_odd = 0
            begun = 0
            for place in range(at, at + _BLOCK):
                letter = p[place]
                after = p[place + 1]
                last = p[place + 2]
                # NEL and NBSP; then U+1680, U+2000 to U+200A, U+2028 to U+203F, U+205F, U+3000.
                is_odd |= (
                    ((letter == 0xC2) & ((after == 0x85) | (after == 0xA0)))
                    | ((letter == 0xE2) & (after == 0x80) & ((last < 0x8B) | (last > 0xA7)))
                    | ((letter == 0xE2) & (after == 0x81))
                    | ((letter == 0xE1) & (after == 0x9A))
                    | ((letter == 0xE3) & (after == 0x80) & (last == 0x80))
                    | ((letter < 0x20) & (letter != 0x0A) & (letter != 0x0D) & (letter != 0x09))
                )
                begun += (letter <= 0x20) & (after > 0x20)
            if not is_odd:
                # The last byte may be followed by a word that belongs to the next block.
                count += begun
                if not inside and p[at] > 0x20:
                    count += 1
                at += _BLOCK
                inside = True
                if p[at - 1] <= 0x20:
                    count -= p[at] > 0x20
                    inside = False
                continue
        stop = min(at + _BLOCK, end)
        while at < stop:
            width = 0 if 0x20 < p[at] < 0xC2 else white_width(p, at, end)
            if width:
                inside = False
                at += width
            else:
                count += not inside
                inside = True
                at += 1
    return count


@cython.ccall
def texts_of(lines: Lines, start: cython.Py_ssize_t, first: cython.Py_ssize_t) -> list[Unit]:
    """Return the texts from `start` to the end, trimmed, each with the line ends before it.

    `first` is the number of line ends before `start`.
    """
    found: list[Unit] = []
    at: cython.Py_ssize_t = start
    end: cython.Py_ssize_t
    while at < lines.size:
        end = lines.line_end(at)
        if not lines.is_blank(at, end):
            found.append(Unit(trim(decode(lines.data[at:end])), first))
        first += 1
        at = end + 1
    return found


@cython.ccall
def raw_texts_of(lines: Lines, start: cython.Py_ssize_t) -> list[bytes]:
    """Return the texts from `start` to the end, trimmed, as bytes."""
    found: list[bytes] = []
    at: cython.Py_ssize_t = start
    end: cython.Py_ssize_t
    while at < lines.size:
        end = lines.line_end(at)
        if cython.compiled:
            first: cython.Py_ssize_t = text_start(lines.p, at, end)
            if first < end:
                found.append(lines.data[first : text_end(lines.p, first, end)])
        elif text := trim(lines.data[at:end].decode("utf-8", "surrogateescape")):
            found.append(text.encode("utf-8", "surrogateescape"))
        at = end + 1
    return found


@cython.ccall
def look_at(lines: Lines) -> cython.int:
    """Return what is odd about the bytes: the sum of `QUOTES`, `CONTROLS` and `INVALID`."""
    if not cython.compiled:
        return _look_at(lines.data)
    p: cython.p_const_uchar = lines.p
    size: cython.Py_ssize_t = lines.size
    at: cython.Py_ssize_t = 0
    has_quotes: cython.bint = False
    has_controls: cython.bint = False
    is_invalid: cython.bint = False
    quotes: cython.uchar
    is_odd: cython.uchar
    letter: cython.uchar
    width: cython.Py_ssize_t
    place: cython.Py_ssize_t
    stop: cython.Py_ssize_t
    with cython.nogil:
        while at < size:
            stop = at + _BLOCK
            if stop < size:
                # The compiler turns this loop into a few instructions on many bytes at once.
                quotes = 0
                is_odd = 0
                for place in range(at, stop):
                    letter = p[place]
                    quotes |= (letter == 0x22) | (letter == 0x5C)
                    is_odd |= (letter > 0x7E) | (
                        (letter < 0x20)
                        & (letter != 0x0A)
                        & (letter != 0x09)
                        & ((letter != 0x0D) | (p[place + 1] != 0x0A))
                    )
                has_quotes |= quotes != 0
                if not is_odd:
                    at = stop
                    continue
            else:
                stop = size
            while at < stop:
                if 0x20 <= p[at] < 0x7F:
                    has_quotes |= (p[at] == 0x22) | (p[at] == 0x5C)
                    at += 1
                elif p[at] < 0x80:
                    if p[at] == 0x0D:
                        if at + 1 < size and p[at + 1] != 0x0A and p[at + 1] != 0x0D:
                            has_controls = True
                    elif p[at] != 0x0A and p[at] != 0x09:
                        has_controls = True
                    at += 1
                elif 0xC2 < p[at] < 0xE0 and at + 1 < size and p[at + 1] & 0xC0 == 0x80:
                    at += 2
                else:
                    width = _valid_width(p, at, size)
                    if width == 0:
                        is_invalid = True
                        width = 1
                    elif p[at] == 0xC2 and p[at + 1] < 0xA0:
                        has_controls = True
                    at += width
    found = QUOTES if has_quotes else 0
    found |= CONTROLS if has_controls else 0
    return found | INVALID if is_invalid else found


def _look_at(data: bytes) -> int:
    found = QUOTES if b'"' in data or b"\\" in data else 0
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = decode(data)
        found |= INVALID
    return found | CONTROLS if _CONTROL.search(text) else found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _valid_width(
    p: cython.p_const_uchar, at: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Return the length of the non-ASCII character at `at`; 0 if it is not valid UTF-8.

    The length is in bytes. The table is that of well-formed byte sequences, The Unicode Standard,
    3.9, table 3-7.
    """
    one: cython.int = p[at]
    least: cython.int = 0x80
    most: cython.int = 0xBF
    width: cython.int = 2 if one < 0xE0 else 3 if one < 0xF0 else 4
    place: cython.int
    if one < 0xC2 or one > 0xF4 or at + width > end:
        return 0
    if one == 0xE0:
        least = 0xA0
    elif one == 0xED:
        most = 0x9F
    elif one == 0xF0:
        least = 0x90
    elif one == 0xF4:
        most = 0x8F
    if p[at + 1] < least or p[at + 1] > most:
        return 0
    for place in range(2, width):
        if p[at + place] & 0xC0 != 0x80:
            return 0
    return width
