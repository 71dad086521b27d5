"""Lines compared all at once: a number for each, which those that are the same have in common.

It is made of a line's first and last eight bytes, which lines that are the same have in common,
unless white space or letters that are not in NFC stand there; such lines are folded one by one. So
two lines too many may seem the same, never two too few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .headers import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Bytes = NDArray[np.uint8]
    Hashes = NDArray[np.uint64]

SHORT = 16
"""Bytes below which a line is folded in any case."""

WINDOW = 11
"""Bytes at each end of a line that decide whether it must be folded: a character of three bytes
may reach into the eight that are compared."""

_NEVER_ODD = np.zeros(256, bool)
_NEVER_ODD[0x20:0x7F] = True
_NEVER_ODD[0x80:0xC0] = True
_NEVER_ODD[0xC3:0xCC] = True
_NEVER_ODD[0xCE:0xD2] = True
_NEVER_ODD[0xD3:0xD6] = True
_NEVER_ODD[0xDA] = True
_NEVER_ODD[0xE4:0xEA] = True
_NEVER_ODD[0xEB:0xEF] = True

_FIRST_MARKS = np.full(256, 0xFF, np.uint8)
_LAST_MARKS = np.full(256, 0xFF, np.uint8)
for _lead, _first, _last in (
    (0xD2, 0x83, 0x87),  # Cyrillic
    (0xD6, 0x91, 0xBF),  # Hebrew
    (0xD7, 0x80, 0x8F),
    (0xD8, 0x90, 0x9A),  # Arabic
    (0xD9, 0x8B, 0x9F),
    (0xDB, 0x96, 0xAD),
    (0xEA, 0x80, 0xAF),  # before the Korean syllables
):
    _FIRST_MARKS[_lead], _LAST_MARKS[_lead] = _first, _last
"""For a byte that begins a character, which next ones make it a mark, or may: NFC can order marks
anew, or compose them with the letter before."""


def line_hashes(text: Text, first: int, block: Bytes, starts: Offsets, ends: Offsets) -> Hashes:
    """A number for each line of a block that starts at `first` in `text`."""
    ends = _trimmed(block, starts, ends)
    folded = ends - starts < SHORT
    inside = ~folded
    head, tail = starts[inside], ends[inside]
    words = np.ndarray((len(block) - 7,), "<u8", block.data, strides=(1,))
    both = words[head], words[tail - 8]
    hashes = np.empty(len(starts), np.uint64)
    hashes[inside] = _mix(*both)
    folded[inside] = _odd_ends(block, head, tail, both)
    places = np.flatnonzero(folded)
    values = _folded_ends(text, starts[places] + first, ends[places] + first)
    if values:
        hashes[places] = _mix(*np.array(values, np.uint64).T)
    return hashes


def _folded_ends(text: Text, starts: Offsets, ends: Offsets) -> list[tuple[int, int]]:
    """The first and the last eight bytes of lines, folded, as the words of a block have them."""
    data, codec = text.data, text.codec
    known: dict[bytes, tuple[int, int]] = {}
    found = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        line = data[start:end]
        both = known.get(line)
        if both is None:
            key = codec.fold(line).encode("utf-8", "surrogatepass")
            both = int.from_bytes(key[:8], "little"), int.from_bytes(key[-8:], "little")
            known[line] = both
        found.append(both)
    return found


def _mix(head: Hashes, tail: Hashes) -> Hashes:
    return head * np.uint64(0x9E3779B97F4A7C15) ^ tail * np.uint64(0xC2B2AE3D27D4EB4F)


def _trimmed(block: Bytes, starts: Offsets, ends: Offsets) -> Offsets:
    """The ends of the lines without the spaces and no-break spaces that titles end in."""
    ends = ends.copy()
    todo = np.arange(len(ends))
    while len(todo):
        last = block[ends[todo] - 1]
        drop = ((last == 0x20) | (last == 0x0D)).astype(np.int64)
        drop[(last == 0xA0) & (block[ends[todo] - 2] == 0xC2)] = 2
        todo, drop = todo[drop > 0], drop[drop > 0]
        ends[todo] -= drop
        todo = todo[ends[todo] - starts[todo] > 2]
    return ends


def _odd_ends(block: Bytes, starts: Offsets, ends: Offsets, words: tuple[Hashes, Hashes]) -> Flags:
    """Which lines have white space other than single spaces, or what may not be NFC, at an end."""
    odd: Flags = block[starts] == 0x20
    for at, word in ((starts, words[0]), (ends - WINDOW, words[1])):
        doubtful = ~_is_plain(word)
        if at is starts:
            # A letter that is not ASCII may combine with the one before.
            doubtful |= block[starts + 8] > 0x7F
        places = np.flatnonzero(doubtful)
        # Two bytes more show what the last character of a window is; behind a line's end is none.
        more = 2 if at is starts else 0
        odd[places] |= _odd(block[at[places][:, None] + np.arange(WINDOW + more)])
    return odd


def _is_plain(words: Hashes) -> Flags:
    """Which eights of bytes are printable ASCII without two spaces in a row."""
    high, low, one = (np.uint64(byte * 0x0101010101010101) for byte in (0x80, 0x7F, 0x01))
    controls = (words - one * np.uint64(0x20)) & ~words & high
    apart = words ^ (one * np.uint64(0x20))
    spaces = ~(((apart & low) + low) | apart | low)
    plain: Flags = ((words & high) | controls | (spaces & (spaces << np.uint64(8)))) == 0
    return plain


def _odd(window: Bytes) -> Flags:
    """Which rows of bytes hold such white space or letters, or might, were they longer."""
    odd: Flags = ((window[:, 1:] == 0x20) & (window[:, :-1] == 0x20)).any(axis=1)
    doubtful = np.flatnonzero(~_NEVER_ODD[window[:, :WINDOW]].all(axis=1))
    rows = window[doubtful]
    one, two, three = rows, _shifted(rows, 1), _shifted(rows, 2)
    fine = (
        _NEVER_ODD[one]
        | ((one == 0xC2) & (two != 0x85) & (two != 0xA0) & (two != 0))
        | (
            (_FIRST_MARKS[one] != 0xFF)
            & ((two < _FIRST_MARKS[one]) | (two > _LAST_MARKS[one]))
            & ((one != 0xD9) | (two != 0xB0))
            & (two != 0)
        )
        | ((one == 0xE2) & (two == 0x80) & (((three > 0x8A) & (three < 0xA8)) | (three > 0xAF)))
    )
    odd[doubtful[~fine[:, :WINDOW].all(axis=1)]] = True
    return odd


def _shifted(rows: Bytes, by: int) -> Bytes:
    """The bytes `by` places further on; 0 where the window ends."""
    shifted = np.zeros_like(rows)
    shifted[:, :-by] = rows[:, by:]
    return shifted
