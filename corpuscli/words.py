# cython: boundscheck=False, wraparound=False
"""Words of UTF-8 text: how many there are."""

from __future__ import annotations

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

COMPILED: bool = cython.compiled
"""True if this module runs compiled; the build compiles all modules or none."""


def count_words(data: bytes) -> int:
    """Return the number of words in `data`, as `str.split` separates them.

    Bytes that are not valid UTF-8 belong to words.
    """
    if not cython.compiled:
        # What the loop counts. Interpreted, it would take a hundred times as long.
        return len(data.decode("utf-8", "replace").split())
    return _count(data, len(data))


@cython.cfunc
def _count(data: cython.p_const_uchar, size: cython.Py_ssize_t) -> cython.Py_ssize_t:
    count: cython.Py_ssize_t = 0
    place: cython.Py_ssize_t = 0
    width: cython.Py_ssize_t
    inside: cython.bint = False
    while place < size:
        width = _white(data, place, size)
        if width:
            inside = False
            place += width
        else:
            count += not inside
            inside = True
            place += 1
    return count


@cython.cfunc
@cython.inline
def _white(
    data: cython.p_const_uchar, place: cython.Py_ssize_t, size: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Return the length of the white space character at `place`, or 0 if there is none."""
    one: cython.uchar = data[place]
    two: cython.uchar
    three: cython.uchar
    if one < 0x80:
        return one == 0x20 or 0x09 <= one <= 0x0D or 0x1C <= one <= 0x1F
    # U+0085 and U+00A0
    if one == 0xC2 and place + 1 < size:
        two = data[place + 1]
        return 2 if two == 0x85 or two == 0xA0 else 0
    if not 0xE1 <= one <= 0xE3 or place + 2 >= size:
        return 0
    two = data[place + 1]
    three = data[place + 2]
    if one == 0xE1:
        # U+1680
        return 3 if two == 0x9A and three == 0x80 else 0
    if one == 0xE3:
        # U+3000
        return 3 if two == 0x80 and three == 0x80 else 0
    if two == 0x81:
        # U+205F
        return 3 if three == 0x9F else 0
    # U+2000 to U+200A, U+2028, U+2029 and U+202F
    if two == 0x80 and 0x80 <= three <= 0xAF:
        return 3 if three <= 0x8A or three == 0xA8 or three == 0xA9 or three == 0xAF else 0
    return 0
