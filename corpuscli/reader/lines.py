# cython: language_level=3
"""Read the lines of a stretch of UTF-8: where they are, which are blank, and which are the same.

A line ends at `\\n` or at the end of the stretch. White space is what `str.isspace` accepts, and
U+FEFF. Two lines are the same if they are equal in NFC, with U+FEFF dropped and each run of white
space replaced by one space (FORMAT.md, "Words"). Offsets are bytes from the start of the stretch;
ends are exclusive.
"""

from __future__ import annotations

from ..source.text import BOM, WHITE, fold, trim
from .limits import OPENING

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.libc.string import memchr

BOM_UTF8 = BOM.encode()

_SETTLED = (
    (0xA1, 0x300), (0x390, 0x3A2), (0x3A3, 0x483), (0x48A, 0x530), (0x531, 0x557), (0x561, 0x588),
    (0x5D0, 0x5EB), (0x600, 0x610), (0x61B, 0x64B), (0x660, 0x670), (0x671, 0x6D6), (0x6EE, 0x70E),
    (0x904, 0x929), (0x92A, 0x931), (0x935, 0x93C), (0x93D, 0x94D), (0x964, 0x981), (0xE01, 0xE38),
    (0xE3F, 0xE48), (0x10D0, 0x1161), (0x1E00, 0x1F00), (0x200B, 0x2028), (0x202A, 0x202F),
    (0x2030, 0x205F), (0x2070, 0x2072), (0x2074, 0x208F), (0x20A0, 0x20C0), (0x2100, 0x2126),
    (0x212C, 0x218C), (0x2190, 0x2329), (0x232B, 0x2427), (0x2460, 0x2ADC), (0x3001, 0x302A),
    (0x3030, 0x3040), (0x3041, 0x3097), (0x309B, 0x3100), (0x3131, 0x318F), (0x3220, 0xA48D),
    (0xAC00, 0xD7A4), (0xFF01, 0xFFBF),
)  # fmt: skip
"""Characters that NFC leaves unchanged, whatever is beside them.

None of them is white space or a mark, and none composes with the character before it. There are
others; those only take longer to compare.
"""


def _settled_table() -> bytes:
    table = bytearray(0x10000)
    for first, end in _SETTLED:
        table[first:end] = b"\1" * (end - first)
    return bytes(table)


_FEW = 192
"""The number of bytes whose line ends are counted in one byte."""

_SEED = 0x0BF29CE484222325
_PRIME = 0x100000001B3
_IS_SETTLED = _settled_table()
_settled = _IS_SETTLED


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def white_width(
    p: cython.p_const_uchar, at: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Return the length in bytes of the white space at `at`, before `end`; 0 if there is none."""
    one: cython.int = p[at]
    if one < 0x80:
        return one == 0x20 or 0x09 <= one <= 0x0D or 0x1C <= one <= 0x1F
    if one == 0xC2:
        return 2 if at + 1 < end and (p[at + 1] == 0x85 or p[at + 1] == 0xA0) else 0
    if one < 0xE1 or one > 0xEF or at + 2 >= end:
        return 0
    two: cython.int = p[at + 1]
    three: cython.int = p[at + 2]
    if one == 0xE2:
        if two == 0x80:
            spaces: cython.bint = 0x80 <= three <= 0x8A or 0xA8 <= three <= 0xA9 or three == 0xAF
            return 3 if spaces else 0
        return 3 if two == 0x81 and three == 0x9F else 0
    if one == 0xE1:
        return 3 if two == 0x9A and three == 0x80 else 0
    if one == 0xE3:
        return 3 if two == 0x80 and three == 0x80 else 0
    return 3 if one == 0xEF and two == 0xBB and three == 0xBF else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def text_start(
    p: cython.p_const_uchar, at: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Return the offset of the first byte in `[at, end)` that is not white space, or `end`."""
    width: cython.int
    while at < end:
        if 0x20 < p[at] < 0x7F:
            break
        width = white_width(p, at, end)
        if width == 0:
            break
        at += width
    return at


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def text_end(
    p: cython.p_const_uchar, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Return where the white space at the end of `[start, end)` begins; `start` if all is."""
    while end > start:
        if 0x20 < p[end - 1] < 0x7F:
            break
        if white_width(p, end - 1, end) == 1:
            end -= 1
        elif end - 2 >= start and white_width(p, end - 2, end) == 2:
            end -= 2
        elif end - 3 >= start and white_width(p, end - 3, end) == 3:
            end -= 3
        else:
            break
    return end


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def settled_width(
    p: cython.p_const_uchar, at: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.int:
    """Return the length in bytes of the character at `at`, if folding leaves it alone; otherwise 0.

    The character is not white space. Invalid UTF-8 gives 0.
    """
    one: cython.int = p[at]
    code: cython.int
    if one < 0x80:
        return 1
    if one < 0xE0:
        if one < 0xC2 or at + 1 >= end or p[at + 1] & 0xC0 != 0x80:
            return 0
        code = (one & 0x1F) << 6 | (p[at + 1] & 0x3F)
        return 2 if _settled[code] else 0
    if one > 0xEF or at + 2 >= end or p[at + 1] & 0xC0 != 0x80 or p[at + 2] & 0xC0 != 0x80:
        return 0
    code = (one & 0x0F) << 12 | (p[at + 1] & 0x3F) << 6 | (p[at + 2] & 0x3F)
    return 3 if code >= 0x800 and _settled[code] else 0


@cython.cclass
class Lines:
    """A stretch of UTF-8, read line by line."""

    data: bytes
    size: cython.Py_ssize_t
    p: cython.p_const_uchar

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = len(data)
        self.p = self.data

    @cython.ccall
    @cython.exceptval(check=False)
    def line_end(self, start: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Return the end of the line that contains `start`: its `\\n`, or the stretch's end."""
        if cython.compiled:
            found: cython.p_const_uchar = cython.cast(
                cython.p_const_uchar, memchr(self.p + start, 0x0A, self.size - start)
            )
            return self.size if found == cython.NULL else found - self.p
        end = self.data.find(b"\n", start)
        return self.size if end < 0 else end

    @cython.ccall
    @cython.exceptval(check=False)
    def line_start(self, at: cython.Py_ssize_t, floor: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Return the start of the line that contains the byte before `at`; not before `floor`."""
        if cython.compiled:
            while at > floor and self.p[at - 1] != 0x0A:
                at -= 1
            return at
        return max(self.data.rfind(b"\n", floor, at) + 1, floor)

    @cython.ccall
    @cython.exceptval(check=False)
    def is_blank(self, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.bint:
        """Return whether `[start, end)` is only white space."""
        if start >= end:
            return True
        if 0x20 < self.p[start] < 0x7F:
            return False
        if cython.compiled:
            return text_start(self.p, start, end) == end
        line = self.data[start:end]
        return not line.strip() or not trim(line.decode("utf-8", "replace"))

    @cython.ccall
    def key(self, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> bytes:
        """Return a key that is equal for exactly those lines that are the same."""
        if cython.compiled:
            p: cython.p_const_uchar = self.p
            start = text_start(p, start, end)
            end = text_end(p, start, end)
            at: cython.Py_ssize_t = _plain_end(p, start, end)
            if at == end:
                return self.data[start:end]
            key = _with_single_spaces(self, start, at, end)
            if key is not None:
                return key
        text = self.data[start:end].decode("utf-8", "replace")
        return fold(text).encode("utf-8", "surrogatepass")

    @cython.ccall
    def opening(self, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.longlong:
        """Return a number that is equal for lines that are the same; for others it rarely is.

        It is made of the first `OPENING` bytes of the line's key.
        """
        if cython.compiled:
            return _opening(self, start, end)
        return hash(self.key(start, end))


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _plain_end(
    p: cython.p_const_uchar, at: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Return how far the bytes from `at` to `end`, which is after a letter, are their own key."""
    width: cython.int
    while at < end:
        if 0x20 < p[at] < 0x7F:
            at += 1
            continue
        if p[at] == 0x20 and (
            0x20 < p[at + 1] < 0x7F or (p[at + 1] > 0x7F and not white_width(p, at + 1, end))
        ):
            at += 1
            continue
        width = settled_width(p, at, end) if p[at] > 0x20 else 0
        if width == 0:
            break
        at += width
    return at


@cython.cfunc
def _with_single_spaces(
    lines: Lines, start: cython.Py_ssize_t, at: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> bytes | None:
    """Return the key of `[start, end)`, whose bytes before `at` are their own key.

    Returns None if more than white space changes in it.
    """
    p: cython.p_const_uchar = lines.p
    key = bytearray(lines.data[start:end])
    q: cython.p_uchar = key
    size: cython.Py_ssize_t = at - start
    following: cython.Py_ssize_t
    place: cython.Py_ssize_t
    while at < end:
        following = text_start(p, at, end)
        if following == at or _find_bom(p, at, following) >= 0:
            return None
        q[size] = 0x20
        size += 1
        at = _plain_end(p, following, end)
        for place in range(following, at):
            q[size] = p[place]
            size += 1
    return bytes(key[:size])


@cython.cfunc
def _opening(lines: Lines, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.longlong:
    p: cython.p_const_uchar = lines.p
    number: cython.ulonglong = _SEED
    count: cython.int = 0
    width: cython.int
    place: cython.int
    following: cython.Py_ssize_t
    at: cython.Py_ssize_t = text_start(p, start, end)
    while at < end:
        if 0x20 < p[at] < 0x7F and count < OPENING:
            number = (number ^ p[at]) * _PRIME
            count += 1
            at += 1
            continue
        width = settled_width(p, at, end) if p[at] > 0x20 else 0
        if width == 0:
            following = text_start(p, at, end)
            if following == at or _find_bom(p, at, following) >= 0:
                break
            # A run of white space counts as one space, and as none at the end.
            if following == end or count >= OPENING:
                return number
            number = (number ^ 0x20) * _PRIME
            count += 1
            at = following
            continue
        # A mark that follows would change the last character, so one more is looked at.
        if count >= OPENING:
            return number
        for place in range(width):
            if count < OPENING:
                number = (number ^ p[at + place]) * _PRIME
                count += 1
        at += width
    if at >= end:
        return number
    number = _SEED
    letter: cython.uchar
    for letter in lines.key(start, end)[:OPENING]:
        number = (number ^ letter) * _PRIME
    return number


@cython.ccall
def find_bom(data: bytes, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Return the offset of the first U+FEFF in `data[start:end]`; -1 if there is none."""
    if not cython.compiled:
        return data.find(BOM_UTF8, start, end)
    return _find_bom(data, start, min(end, len(data)))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find_bom(
    p: cython.p_const_uchar, at: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    if cython.compiled:
        found: cython.p_const_uchar
        while at < end:
            found = cython.cast(cython.p_const_uchar, memchr(p + at, 0xEF, end - at))
            if found == cython.NULL:
                break
            at = found - p
            if at + 2 < end and p[at + 1] == 0xBB and p[at + 2] == 0xBF:
                return at
            at += 1
    return -1


@cython.ccall
def count_lines(data: bytes, start: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Return how many line ends are in `data[start:end]`."""
    if not cython.compiled:
        return data.count(b"\n", start, end)
    p: cython.p_const_uchar = data
    count: cython.Py_ssize_t
    end = min(end, len(data))
    with cython.nogil:
        count = _count_lines(p, start, end)
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_lines(
    p: cython.p_const_uchar, at: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    count: cython.Py_ssize_t = 0
    place: cython.Py_ssize_t
    few: cython.uchar
    while at + _FEW <= end:
        # The compiler turns this loop into a few instructions on many bytes at once.
        few = 0
        for place in range(at, at + _FEW):
            few += p[place] == 0x0A
        count += few
        at += _FEW
    for place in range(at, end):
        count += p[place] == 0x0A
    return count


@cython.ccall
def first_text(data: bytes) -> cython.Py_ssize_t:
    """Return the offset of the first byte of `data` that is not white space, or its size."""
    if not cython.compiled:
        return len(data) - len(
            data.decode("utf-8", "surrogateescape").lstrip(WHITE).encode("utf-8", "surrogateescape")
        )
    p: cython.p_const_uchar = data
    return text_start(p, 0, len(data))
