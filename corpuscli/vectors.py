"""What numpy does for large dumps: the anchors of a block, all lines at once, and words.

Two lines are compared by their first and last eight bytes: those that are the same have these in
common, unless white space or letters that are not in NFC stand there; such lines are folded one by
one. So a pair too many may come out, never one too few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .anchors import NEAR, Anchors
from .headers import LOOK_BEHIND, REACH, Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Bytes = NDArray[np.uint8]

SHORT = 16
"""Bytes below which a line is folded in any case."""

WINDOW = 11
"""Bytes at each end of a line that decide whether it must be folded: a character of three bytes
may reach into the eight that are compared."""

_PLAIN_START = np.zeros(256, bool)
_PLAIN_START[0x21:0x7F] = True
_PLAIN_START[0xC3:0xE1] = True
_PLAIN_START[0xE4:0xEF] = True
_PLAIN_START[0xF0:0xF5] = True

_NEVER_ODD = np.zeros(256, bool)
_NEVER_ODD[0x20:0x7F] = True
_NEVER_ODD[0x80:0xC0] = True
_NEVER_ODD[0xC3:0xCC] = True
_NEVER_ODD[0xCE:0xD9] = True
_NEVER_ODD[0xDA:0xE0] = True
_NEVER_ODD[0xE4:0xEF] = True


def find_anchors_fast(text: Text, first: int, end: int) -> Anchors | None:
    """As `anchors.find_anchors`; None where the block has to be read line by line."""
    data = text.data
    stop = min(len(data), end + REACH)
    if stop < len(data):
        # To the end of a line, or pairs would be looked for in half of one.
        newline = data.find(b"\n", stop)
        stop = len(data) if newline < 0 else newline + 1
    if stop - first < 2 * WINDOW:
        return None
    block = np.frombuffer(data, np.uint8)[first:stop]
    if (block == text.codec.bom[0]).any() and data.find(text.codec.bom, first, stop) >= 0:
        return None
    starts, ends = _lines(block)
    blank = _blank_lines(text, first, block, starts, ends)
    full = np.flatnonzero(~blank)
    chrome = _chrome(text, first, starts, ends, full, end + REACH)

    parts = blank & (ends - starts < LOOK_BEHIND)
    opens = parts[full - 1]
    if len(full) and full[0] == 0:
        opens[0] = text.opens_block(first)
    heads = full[opens]
    closes = np.append(blank, True)[heads + 1]
    pairs = _pairs(text, first, block, starts[heads], ends[heads], closes, end)
    return Anchors(chrome, pairs)


def _lines(block: Bytes) -> tuple[Offsets, Offsets]:
    """Where the lines of a block start and end, line ends excluded."""
    newlines = np.flatnonzero(block == 0x0A)
    starts = np.concatenate(([0], newlines + 1))
    ends = np.append(newlines, len(block))
    if starts[-1] == len(block):
        starts, ends = starts[:-1], ends[:-1]
    return starts, ends


def _blank_lines(text: Text, first: int, block: Bytes, starts: Offsets, ends: Offsets) -> Flags:
    """Which lines are blank; where the first byte does not tell, the line is looked at."""
    blank: Flags = starts == ends
    doubtful = np.flatnonzero(~blank & ~_PLAIN_START[block[np.minimum(starts, len(block) - 1)]])
    for place in doubtful.tolist():
        blank[place] = text.is_blank(first + int(starts[place]), first + int(ends[place]))
    return blank


def _chrome(
    text: Text, first: int, starts: Offsets, ends: Offsets, full: Offsets, end: int
) -> list[int]:
    """The lines of controls among those that are short enough to be any."""
    data = text.data
    short = full[(ends - starts)[full] <= text.layout.longest_chrome]
    known: dict[bytes, bool] = {}
    chrome = []
    for start, stop in zip(
        (starts[short] + first).tolist(), (ends[short] + first).tolist(), strict=True
    ):
        line = data[start:stop]
        is_chrome = known.get(line)
        if is_chrome is None:
            is_chrome = known[line] = text.is_chrome_line(text.line(start, stop))
        if is_chrome and start < end:
            chrome.append(start)
    return chrome


def _pairs(
    text: Text, first: int, block: Bytes, starts: Offsets, ends: Offsets, alone: Flags, end: int
) -> list[tuple[int, int]]:
    """The pairs among lines that begin blocks, `alone` telling which are all of theirs."""
    hashes = _hashes(text, first, block, starts, ends)
    found: list[tuple[int, int]] = []
    for distance in range(1, NEAR + 1):
        same = np.flatnonzero((hashes[:-distance] == hashes[distance:]) & alone[:-distance])
        one, other = starts[same] + first, starts[same + distance] + first
        owned = one < end
        found += zip(one[owned].tolist(), other[owned].tolist(), strict=True)
    return sorted(found)


def _hashes(
    text: Text, first: int, block: Bytes, starts: Offsets, ends: Offsets
) -> NDArray[np.uint64]:
    """A number for each line, the same for lines that are the same."""
    ends = _trimmed(block, starts, ends)
    folded = ends - starts < SHORT
    inside = ~folded
    head, tail = starts[inside], ends[inside]
    words = np.ndarray((len(block) - 7,), "<u8", block.data, strides=(1,))
    hashes = np.empty(len(starts), np.uint64)
    hashes[inside] = _mix(words[head], words[tail - 8])
    odd = _odd_ends(block, head, tail)
    folded[inside] = odd
    data, codec = text.data, text.codec
    places = np.flatnonzero(folded)
    values = [
        _hash_of(codec.fold(data[start:end]).encode("utf-8", "surrogatepass"))
        for start, end in zip(
            (starts[places] + first).tolist(), (ends[places] + first).tolist(), strict=True
        )
    ]
    if values:
        hashes[places] = _mix(*np.array(values, np.uint64).T)
    return hashes


def _mix(head: NDArray[np.uint64], tail: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return head * np.uint64(0x9E3779B97F4A7C15) ^ tail * np.uint64(0xC2B2AE3D27D4EB4F)


def _hash_of(key: bytes) -> tuple[int, int]:
    """The first and the last eight bytes of a folded line, as the words of a block have them."""
    return int.from_bytes(key[:8], "little"), int.from_bytes(key[-8:], "little")


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


def _odd_ends(block: Bytes, starts: Offsets, ends: Offsets) -> Flags:
    """Which lines have white space other than single spaces, or what may not be NFC, at an end."""
    odd = np.zeros(len(starts), bool)
    if len(starts):
        odd |= block[starts] == 0x20
    for at in (starts, ends - WINDOW):
        window = (
            block[at[:, None] + np.arange(WINDOW)] if len(at) else np.zeros((0, WINDOW), np.uint8)
        )
        odd |= _odd(window)
    return odd


def _odd(window: Bytes) -> Flags:
    """Which rows of bytes hold such white space or letters, or might, were they longer."""
    odd: Flags = ((window[:, 1:] == 0x20) & (window[:, :-1] == 0x20)).any(axis=1)
    doubtful = np.flatnonzero(~_NEVER_ODD[window].all(axis=1))
    rows = window[doubtful]
    one, two, three = rows, _shifted(rows, 1), _shifted(rows, 2)
    fine = (
        _NEVER_ODD[one]
        | ((one == 0xC2) & (two != 0x85) & (two != 0xA0) & (two != 0))
        | ((one == 0xD9) & ((two < 0x93) | (two > 0x95)) & (two != 0))
        | ((one == 0xE2) & (two == 0x80) & (((three > 0x8A) & (three < 0xA8)) | (three > 0xAF)))
    )
    odd[doubtful[~fine.all(axis=1)]] = True
    return odd


def _shifted(rows: Bytes, by: int) -> Bytes:
    """The bytes `by` places further on; 0 where the window ends."""
    shifted = np.zeros_like(rows)
    shifted[:, :-by] = rows[:, by:]
    return shifted


_SPACE = bytes(byte in b"\t\n\v\f\r\x1c\x1d\x1e\x1f " for byte in range(256))


def count_words_fast(data: bytes) -> int | None:
    """Words in bytes of UTF-8; None if they may be parted by more than ASCII white space."""
    if not data.isascii() and _may_have_wide_space(np.frombuffer(data, np.uint8)):
        return None
    space = np.frombuffer(data.translate(_SPACE), np.uint8)
    return int(np.count_nonzero(space[:-1] > space[1:])) + (not space[0])


def _may_have_wide_space(data: Bytes) -> bool:
    """True unless no byte begins a no-break space, or a space of U+1680 or beyond."""
    at = np.flatnonzero(((data & 0xFC) == 0xE0) | (data == 0xC2))
    if not len(at):
        return False
    if at[-1] + 2 >= len(data):
        return True
    one, two, three = data[at], data[at + 1], data[at + 2]
    fine = ((one == 0xC2) & (two != 0x85) & (two != 0xA0)) | (one == 0xE0) | (
        # Quotes, dashes and the ellipsis.
        (one == 0xE2) & (two == 0x80) & (three > 0x8A) & (three != 0xA8) & (three != 0xA9)
        & (three != 0xAF)
    )  # fmt: skip
    return not bool(fine.all())
