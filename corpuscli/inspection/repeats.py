# cython: language_level=3
"""Count the repeats among very many ids: sorted in place, eight bytes each."""

from __future__ import annotations

from array import array

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]


def count_repeats(ids: array[int]) -> int:
    """Return how many of `ids` equal an earlier one; changes their order.

    `ids` are unsigned 64-bit numbers. When compiled, it allocates nothing.
    """
    if cython.compiled:
        size: cython.Py_ssize_t = len(ids)
        address: cython.size_t = ids.buffer_info()[0]
        repeats: cython.Py_ssize_t
        with cython.nogil:
            repeats = _count(cython.cast(cython.p_ulonglong, address), size)
        return repeats
    return len(ids) - len(set(ids))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count(ids: cython.p_ulonglong, size: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Sort `ids` with heapsort, which needs no extra memory and no luck; count equal neighbours."""
    at: cython.Py_ssize_t
    repeats: cython.Py_ssize_t = 0
    for at in range(size // 2 - 1, -1, -1):
        _sift(ids, at, size)
    for at in range(size - 1, 0, -1):
        ids[0], ids[at] = ids[at], ids[0]
        _sift(ids, 0, at)
    for at in range(1, size):
        repeats += ids[at] == ids[at - 1]
    return repeats


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sift(ids: cython.p_ulonglong, at: cython.Py_ssize_t, size: cython.Py_ssize_t) -> cython.void:
    """Let the id at `at` sink to its place in the heap of the first `size`."""
    child: cython.Py_ssize_t
    sinking: cython.ulonglong = ids[at]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and ids[child + 1] > ids[child]:
            child += 1
        if ids[child] <= sinking:
            break
        ids[at] = ids[child]
        at = child
    ids[at] = sinking
