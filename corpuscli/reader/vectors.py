"""The headers of a large block, all lines at once, by numpy."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..model import Evidence, Header
from .anchors import NEAR, Anchors
from .headers import LOOK_BEHIND, REACH, Line, Text
from .line_hashes import WINDOW, line_hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Bytes = NDArray[np.uint8]
    Hashes = NDArray[np.uint64]


_PLAIN_START = np.zeros(256, bool)
_PLAIN_START[0x21:0x7F] = True
_PLAIN_START[0xC3:0xE1] = True
_PLAIN_START[0xE4:0xEF] = True
_PLAIN_START[0xF0:0xF5] = True


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
    hashes: Hashes
    """For each of `full`, a number that lines which are the same have in common."""
    head_hashes: Hashes
    """Those of `heads`."""


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
    headers, rest = _clean_headers(text, first, end, block, lines, controls)
    chrome = lines.starts[rest] + first
    pairs = _pairs(lines, first, end, np.array([h.start for h in headers], np.int64) - text.base)
    return headers, Anchors(chrome[chrome < end + REACH].tolist(), pairs)


def look_for_gaps(text: Text, first: int, end: int) -> list[int] | None:
    """Where lines start that a layout's number of blank lines stands before, if it has one.

    From the line at `first` on and before `end`; a place too many may come out, never one too few.
    None if the block has to be read line by line.
    """
    block = np.frombuffer(text.data, np.uint8)[first:end]
    if text.data.find(text.codec.bom, first, end) >= 0:
        return None
    starts, ends = _lines(text, first, block)
    full = np.flatnonzero(~_blank_lines(text, first, block, starts, ends))
    # Before the first line it is not known what stands.
    opens = np.diff(full, prepend=-1 - text.layout.gap) > text.layout.gap
    found: list[int] = (starts[full[opens]] + first).tolist()
    return found


def _read_lines(text: Text, first: int, block: Bytes) -> _Lines:
    starts, ends = _lines(text, first, block)
    blank = _blank_lines(text, first, block, starts, ends)
    full = np.flatnonzero(~blank)
    parts = blank & (ends - starts < LOOK_BEHIND)
    opens = parts[full - 1]
    if len(full) and full[0] == 0:
        opens[0] = text.opens_block(first)
    heads = full[opens]
    closes = np.append(blank, True)[heads + 1]
    hashes = line_hashes(text, first, block, starts[full], ends[full])
    return _Lines(starts, ends, full, heads, closes, hashes, hashes[opens])


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
    text: Text, first: int, end: int, block: Bytes, lines: _Lines, controls: _Controls
) -> tuple[list[Header], Offsets]:
    """The headers of the commonest shapes, and the lines of controls that are in none of them.

    Most are: a title that is a block of its own, perhaps a deck of one line, one block of captions
    or none, the controls, and the same bytes of title again. What is else, or nearly that, wants a
    closer look.
    """
    full, heads, hashes = lines.full, lines.heads, lines.head_hashes
    chrome = controls.chrome
    # Ranks and indexes one too far are harmless here: what they lead to is not the same title.
    rank = np.searchsorted(full, chrome)
    padded = np.append(full, [len(lines.starts)] * 2)
    below = padded[rank + 1]
    has_tail = (below == chrome + 1) & np.append(controls.tail, [False])[below]
    last = chrome + has_tail
    second = padded[rank + 1 + has_tail]
    # No header begins with controls below controls, or has controls for a title.
    is_chrome = np.zeros(len(lines.starts) + 1, bool)
    is_chrome[chrome] = True
    hopeful = chrome[~is_chrome[chrome - 1] & ~(is_chrome[second] & (second > last + 1))]
    captions = np.searchsorted(heads, chrome, side="right") - 1
    again = np.searchsorted(heads, second)
    fits = controls.clean & (captions > 0) & (second > last + 1) & (again < len(heads))
    chrome, rank, second, captions, again = (
        column[fits] for column in (chrome, rank, second, captions, again)
    )
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
    chrome, rank, second, title, captions = (
        column[fits] for column in (chrome, rank, second, title, captions)
    )
    parts = _Parts(
        lines.starts[heads[title]],
        lines.ends[heads[title]],
        lines.starts[heads[title + 1]],
        lines.starts[heads[captions]],
        lines.starts[chrome],
        lines.starts[second],
        lines.ends[second],
    )
    same = _have_same_bytes(block, parts)
    titles = np.searchsorted(full, heads[title])
    found = same & _differ_between(lines.hashes, titles, rank, title < captions - 1)
    headers = _headers(text.base + first, _Parts(*(part[found] for part in parts)))
    doubtful = np.flatnonzero(same & ~found)
    columns = [part[doubtful].tolist() for part in parts]
    for place, *offsets in zip(doubtful.tolist(), *columns, strict=True):
        if header := _clean_header(text, first, *offsets):
            headers.append(header)
            found[place] = True
    return headers, hopeful[~np.isin(hopeful, chrome[found])]


class _Parts(NamedTuple):
    """Where the parts of headers stand, a column for each; see `Header`."""

    title: Offsets
    title_end: Offsets
    deck: Offsets
    captions: Offsets
    above_end: Offsets
    second: Offsets
    end: Offsets


def _headers(base: int, parts: _Parts) -> list[Header]:
    """The headers with these parts; offsets count from `base`."""
    starts = (parts.title + base).tolist()
    columns = [(part - parts.title).tolist() for part in parts]
    ends = columns[-1]
    return list(map(Header, starts, *columns, ends, repeat(Evidence.CHROME)))


def _have_same_bytes(block: Bytes, parts: _Parts) -> Flags:
    """For which headers the title's two copies are the same bytes."""
    sizes = parts.title_end - parts.title
    same: Flags = sizes == parts.end - parts.second
    places = np.flatnonzero(same)
    if len(places):
        sizes = sizes[places]
        firsts = np.cumsum(sizes) - sizes
        within = np.arange(int(sizes.sum())) - np.repeat(firsts, sizes)
        one = block[within + np.repeat(parts.title[places], sizes)]
        other = block[within + np.repeat(parts.second[places], sizes)]
        same[places] = np.logical_and.reduceat(one == other, firsts)
    return same


def _differ_between(hashes: Hashes, title: Offsets, chrome: Offsets, has_deck: Flags) -> Flags:
    """For which headers no line between title and controls can be the same as title or deck.

    The lines are given by their ranks; a header with many lines between is not looked at.
    """
    differ: Flags = chrome - title <= MANY
    deck = np.where(has_deck, hashes[title + 1], hashes[title])
    for distance in range(1, MANY):
        places = np.flatnonzero(differ & (title + distance < chrome))
        if not len(places):
            break
        line = hashes[title[places] + distance]
        same = line == hashes[title[places]]
        if distance > 1:
            same |= line == deck[places]
        differ[places[same]] = False
    return differ


MANY = 32
"""Lines between title and controls that are compared for all headers at once."""


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


def _lines(text: Text, first: int, block: Bytes) -> tuple[Offsets, Offsets]:
    """Where the lines of a block start and end, line ends excluded."""
    if text.survey:
        newlines = text.survey.line_ends(first, first + len(block))
    else:
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
    starts, hashes = lines.starts[lines.heads] + first, lines.head_hashes
    wanted = lines.closes & (starts < end) & ~np.isin(starts, known)
    found: list[tuple[int, int]] = []
    for distance in range(1, NEAR + 1):
        same = np.flatnonzero((hashes[:-distance] == hashes[distance:]) & wanted[:-distance])
        found += zip(starts[same].tolist(), starts[same + distance].tolist(), strict=True)
    return sorted(found)
