"""What numpy does for large dumps: the headers of a block, all lines at once, and words.

Two lines are compared by their first and last eight bytes: those that are the same have these in
common, unless white space or letters that are not in NFC stand there; such lines are folded one by
one. So a pair too many may come out, never one too few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .anchors import NEAR, Anchors
from .headers import LOOK_BEHIND, REACH, Line, Text
from .model import Evidence, Header

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Bytes = NDArray[np.uint8]
    _Ends = tuple[NDArray[np.uint64], NDArray[np.uint64]]

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


class _Lines(NamedTuple):
    """The lines of a block. A line is known by its index; those that are not blank by a rank, too.

    Offsets count from the block's start.
    """

    starts: Offsets
    ends: Offsets
    """Without the line ends."""
    full: Offsets
    """The lines that are not blank."""
    heads: Offsets
    """Those that begin a block of lines."""
    closes: Flags
    """For each of `heads`, whether a blank line follows it."""
    hashes: NDArray[np.uint64]
    """For each of `heads`, a number that lines which are the same have in common."""


class _Controls(NamedTuple):
    """What the lines are that are short enough to be controls."""

    short: Flags
    """For each line, whether it is that short."""
    chrome: Offsets
    """The lines of controls."""
    clean: Flags
    """For each of `chrome`, whether no white space stands around it."""
    tail: Flags
    """For each line, whether it may follow controls, without white space around it."""


def look_for_headers(text: Text, first: int, end: int) -> tuple[list[Header], Anchors] | None:
    """As `anchors.find_anchors`, but headers of the commonest shape are found at once.

    They come first, and are not among the anchors. None if the block has to be read line by line.
    """
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
    lines = _read_lines(text, first, block)
    controls = _find_controls(text, first, lines)
    headers, rest = _clean_headers(text, first, end, lines, controls)
    chrome = lines.starts[rest] + first
    pairs = _pairs(lines, first, end, np.array([h.start for h in headers], np.int64) - text.base)
    return headers, Anchors(chrome[chrome < end + REACH].tolist(), pairs)


def _read_lines(text: Text, first: int, block: Bytes) -> _Lines:
    starts, ends = _lines(block)
    blank = _blank_lines(text, first, block, starts, ends)
    full = np.flatnonzero(~blank)
    parts = blank & (ends - starts < LOOK_BEHIND)
    opens = parts[full - 1]
    if len(full) and full[0] == 0:
        opens[0] = text.opens_block(first)
    heads = full[opens]
    closes = np.append(blank, True)[heads + 1]
    hashes = _hashes(text, first, block, starts[heads], ends[heads])
    return _Lines(starts, ends, full, heads, closes, hashes)


def _find_controls(text: Text, first: int, lines: _Lines) -> _Controls:
    """The lines of controls among those that are short enough to be any."""
    data = text.data
    places = lines.full[(lines.ends - lines.starts)[lines.full] <= text.layout.longest_chrome]
    short = np.zeros(len(lines.starts), bool)
    short[places] = True
    tail = np.zeros(len(lines.starts), bool)
    kinds: dict[bytes, int] = {}
    found = []
    starts, ends = (lines.starts[places] + first).tolist(), (lines.ends[places] + first).tolist()
    for start, end in zip(starts, ends, strict=True):
        line = data[start:end]
        kind = kinds.get(line)
        if kind is None:
            kind = kinds[line] = _kind(text, line)
        found.append(kind)
    kind_of = np.array(found, np.int8)
    tail[places] = kind_of == _TAIL
    is_chrome = kind_of >= _CHROME
    return _Controls(short, places[is_chrome], kind_of[is_chrome] == _CLEAN_CHROME, tail)


_TAIL, _CHROME, _CLEAN_CHROME = 1, 2, 3


def _kind(text: Text, line: bytes) -> int:
    """What a short line is: 0 for what has nothing to do with controls."""
    if text.is_clean_chrome(line):
        return _CLEAN_CHROME
    if text.is_chrome_line(Line(0, len(line), text.codec.fold(line))):
        return _CHROME
    return _TAIL if text.is_clean_tail(line) else 0


def _clean_headers(
    text: Text, first: int, end: int, lines: _Lines, controls: _Controls
) -> tuple[list[Header], Offsets]:
    """The headers of the commonest shapes, and the lines of controls that are in none of them.

    Most are: a title that is a block of its own, perhaps a deck of one line, one block of captions
    or none, the controls, and the same bytes of title again. What is else, or nearly that, wants a
    closer look.
    """
    full, heads, hashes = lines.full, lines.heads, lines.hashes
    chrome = controls.chrome
    # Ranks and indexes one too far are harmless here: what they lead to is not the same title.
    rank = np.searchsorted(full, chrome)
    padded = np.append(full, [len(lines.starts)] * 2)
    below = padded[rank + 1]
    has_tail = (below == chrome + 1) & np.append(controls.tail, [False])[below]
    last = chrome + has_tail
    second = padded[rank + 1 + has_tail]
    captions = np.searchsorted(heads, chrome, side="right") - 1
    again = np.searchsorted(heads, second)
    fits = controls.clean & (captions > 0) & (second > last + 1) & (again < len(heads))
    chrome, second, captions, again = (a[fits] for a in (chrome, second, captions, again))
    parted = (captions > 1) & lines.closes[captions - 1]
    has_deck = parted & (hashes[captions - 1] != hashes[again])
    title = captions - 1 - has_deck
    shorts = np.append(0, np.cumsum(controls.short))
    first_line = heads[title]
    fits = (
        (heads[again] == second)
        & (hashes[title] == hashes[again])
        & lines.closes[title]
        & (shorts[chrome] == shorts[first_line])
        & ~controls.short[second]
        & (lines.ends[second] - lines.starts[first_line] < REACH)
        & (lines.starts[first_line] + first < end)
    )
    chrome, second, title, captions = (a[fits] for a in (chrome, second, title, captions))
    columns = [
        column.tolist()
        for column in (
            lines.starts[heads[title]],
            lines.ends[heads[title]],
            lines.starts[heads[title + 1]],
            lines.starts[heads[captions]],
            lines.starts[chrome],
            lines.starts[second],
            lines.ends[second],
        )
    ]
    headers, found = [], []
    for line, *parts in zip(chrome.tolist(), *columns, strict=True):
        if header := _clean_header(text, first, *parts):
            headers.append(header)
            found.append(line)
    return headers, controls.chrome[~np.isin(controls.chrome, np.array(found, np.int64))]


def _clean_header(
    text: Text,
    first: int,
    title: int,
    title_end: int,
    deck: int,
    captions: int,
    above_end: int,
    second: int,
    end: int,
) -> Header | None:
    """The header with these parts, counted from `first`, if no byte of it speaks against it."""
    data = text.data[first + title : first + end]
    words = data[: title_end - title]
    deck -= title
    captions -= title
    above_end -= title
    between = data[deck:above_end].split(b"\n")
    if words != data[second - title :] or text.holds_same(between, words):
        return None
    if deck < captions and text.holds_same(between[1:], between[0]):
        return None
    end -= title
    return Header(
        text.base + first + title,
        0,
        title_end - title,
        deck,
        captions,
        above_end,
        second - title,
        end,
        end,
        Evidence.CHROME,
    )


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


def _pairs(lines: _Lines, first: int, end: int, known: Offsets) -> list[tuple[int, int]]:
    """The pairs among lines that begin blocks, but for titles of headers that start at `known`."""
    starts, hashes = lines.starts[lines.heads] + first, lines.hashes
    wanted = lines.closes & (starts < end) & ~np.isin(starts, known)
    found: list[tuple[int, int]] = []
    for distance in range(1, NEAR + 1):
        same = np.flatnonzero((hashes[:-distance] == hashes[distance:]) & wanted[:-distance])
        found += zip(starts[same].tolist(), starts[same + distance].tolist(), strict=True)
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
    both = words[head], words[tail - 8]
    hashes = np.empty(len(starts), np.uint64)
    hashes[inside] = _mix(*both)
    folded[inside] = _odd_ends(block, head, tail, both)
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


def _odd_ends(block: Bytes, starts: Offsets, ends: Offsets, words: _Ends) -> Flags:
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


def _is_plain(words: NDArray[np.uint64]) -> Flags:
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


def count_words_fast(data: bytes) -> int | None:
    """Words in bytes of UTF-8; None if they may be parted by more than spaces and line ends."""
    codes = np.frombuffer(data, np.uint8)
    if np.count_nonzero(codes < 0x20) != data.count(b"\n"):
        return None
    if not data.isascii() and _may_have_wide_space(codes):
        return None
    space = codes <= 0x20
    return int(np.count_nonzero(space[1:] > space[:-1])) + (not space[-1])


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
