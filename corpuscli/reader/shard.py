"""One shard: a byte range of a dump, its headers, and the articles that start in it.

A shard says how many articles and lines it has; told which number, line and state count from there,
it gives the articles. Whoever reads all shards of a dump, whether processes of one machine or many,
gets the same articles whatever the cuts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar, overload

from ..errors import InputError
from ..model import Header
from ..source import Ranges
from ..source.transcode import UTF8
from .headers import Text
from .layouts import Layout
from .limits import MARGIN
from .lines import count_lines, first_text
from .reading import LONGEST_ARTICLE, MOST_LINES, Look, Piece, new_piece, too_long
from .settling import Settler, State, state_at
from .starts import find_headers

Result = TypeVar("Result")

BEHIND = 64 * 1024
"""Bytes behind a shard that are looked at with it, for the header that ends its last article."""

MORE = 256 * 1024
"""Bytes that are looked at behind a shard at a time, to see where its last article ends."""


class Dump(NamedTuple):
    """A dump in UTF-8 that can be cut, and how it is read."""

    name: str
    ranges: Ranges
    size: int
    layout: Layout


class Scan(NamedTuple):
    """What a shard says of itself before its articles are read."""

    first: int
    """Where the first header starts that was looked at; the dump's size if there is none."""
    articles: int
    lines: int
    """Line ends in the shard."""
    state: State
    """For the shards after it."""


class Shard(NamedTuple):
    """A byte range `[start, end)` of a dump."""

    start: int
    end: int
    is_wanted: bool
    """False if its articles need only be counted, but for the last, which goes on behind it."""


class Start(NamedTuple):
    """What is known of a dump where a shard starts."""

    number: int = 1
    """Of the first article that starts there or behind."""
    line: int = 1
    state: State = ()

    def has_a_say(self, scan: Scan) -> bool:
        """True if a header from before reaches behind the first that was found without knowing."""
        return max(self.state, default=0) > scan.first

    def after(self, scan: Scan) -> Start:
        """What is known where that shard ends."""
        state = tuple(map(max, self.state, scan.state)) if self.state else scan.state
        return Start(self.number + scan.articles, self.line + scan.lines, state)


class Headers:
    """A byte range of a dump, the headers found in it, and as many behind it as are needed."""

    def __init__(self, dump: Dump, shard: Shard) -> None:
        start, end, self._is_wanted = shard
        self._dump = dump
        self._start = start
        self._end = end
        self._base = max(0, start - MARGIN)
        behind = min(dump.size, end + BEHIND)
        self._data = dump.ranges.read(self._base, min(dump.size, behind + MARGIN))
        text = Text(self._data, dump.layout, self._base)
        headers = find_headers(text, start - self._base, behind - self._base)
        own = bisect_left(headers, end, key=lambda header: header.start)
        self._found: list[tuple[list[Header], int]] = [(headers[:own], end)]
        if behind > end:
            self._found.append((headers[own:], behind))
        self._state: State | None = None
        self._standing: list[Header] = []
        self._seen: list[Header] = []
        self._limit = end

    def settle(self, state: State) -> None:
        """Find which headers stand, given the state before the shard, and the first one behind."""
        if state == self._state:
            return
        settler = Settler(state)
        self._state = state
        standing: list[Header] = []
        place = 0
        while True:
            if place == len(self._found):
                self._look_behind()
            headers, upto = self._found[place]
            standing += settler.add(headers, upto)
            place += 1
            behind = next((h.start for h in standing if h.start >= self._end), None)
            if upto == self._dump.size or behind is not None:
                break
            owns = self._start == 0 or any(h.start < self._end for h in standing)
            if settler.known >= self._end and not owns:
                break
            if upto - self._end > LONGEST_ARTICLE + MORE:
                behind = upto
                break
        self._standing = [h for h in standing if h.start < self._end]
        self._limit = behind if behind is not None else self._dump.size
        self._seen = [h for headers, _ in self._found[:place] for h in headers]

    def __sizeof__(self) -> int:
        """Bytes of memory, about, with what it finds out when it is asked."""
        return 3 * len(self._data)

    def scan(self) -> Scan:
        """What the parent must know. It must be settled before."""
        lines = count_lines(self._data, self._start - self._base, self._end - self._base)
        return Scan(
            first=self._seen[0].start if self._seen else self._dump.size,
            articles=len(self._standing) + self._has_untitled,
            lines=lines,
            state=state_at(self._state or (), self._standing, self._end),
        )

    def made(
        self,
        number: int,
        line: int,
        make: Callable[[Sequence[Piece]], Result],
        look: Look | None,
    ) -> tuple[list[Result], InputError | None]:
        """What `make` makes of the articles, if any is wanted, and why it cannot be read on.

        They are numbered from `number` on, and the shard starts on line `line`. It must be settled
        before.
        """
        fault = None
        pieces = self._pieces(number, line)
        if pieces and (place := pieces.first_too_long()) is not None:
            pieces, line = pieces.before(place)
            fault = InputError(self._dump.name, too_long(line))
        is_wanted = self._is_wanted or (look is not None and bool(pieces) and look(pieces[-1].data))
        return ([make(pieces)] if is_wanted else []), fault

    def _pieces(self, number: int, line: int) -> _Pieces:
        data, base = self._data, self._base
        if self._limit > base + len(data):
            data = data + self._dump.ranges.read(base + len(data), self._limit)
        headers: list[Header | None] = [*self._standing]
        starts = [header.start for header in self._standing]
        if self._has_untitled:
            headers, starts = [None, *headers], [0, *starts]
        elif self._start == 0 and starts:
            starts[0] = 0
        cuts = [*starts, self._limit]
        line += count_lines(data, self._start - base, cuts[0] - base)
        return _Pieces(data, base, headers, cuts, number, line)

    @property
    def _has_untitled(self) -> bool:
        """True if the dump begins here, and with text before its first header."""
        if self._start > 0:
            return False
        end = self._standing[0].start if self._standing else self._end
        return first_text(self._data) < end

    def _look_behind(self) -> None:
        """Find the headers of some more bytes behind the shard."""
        start = self._found[-1][1]
        end = min(start + MORE, self._dump.size)
        base = max(0, start - MARGIN)
        data = self._dump.ranges.read(base, min(self._dump.size, end + MARGIN))
        text = Text(data, self._dump.layout, base)
        self._found.append((find_headers(text, start - base, end - base), end))


class _Pieces(Sequence[Piece]):
    """The articles of a shard. Each is made when it is asked for."""

    def __init__(
        self,
        data: bytes,
        base: int,
        headers: list[Header | None],
        cuts: list[int],
        number: int,
        line: int,
    ) -> None:
        """Each article has a cut at its start and its end, the first of them on `line`.

        `data` starts at `base`.
        """
        self._data = data
        self._base = base
        self._headers = headers
        self._cuts = cuts
        self._number = number
        self._line = line
        self._lines = [0]
        for at, cut in pairwise(cuts):
            self._lines.append(self._lines[-1] + count_lines(data, at - base, cut - base))

    def __len__(self) -> int:
        return len(self._headers)

    @overload
    def __getitem__(self, index: int) -> Piece: ...
    @overload
    def __getitem__(self, index: slice) -> list[Piece]: ...
    def __getitem__(self, index: int | slice) -> Piece | list[Piece]:
        places = range(len(self))[index]
        return self._piece(places) if isinstance(places, int) else list(map(self._piece, places))

    def __iter__(self) -> Iterator[Piece]:
        return map(self._piece, range(len(self)))

    def first_too_long(self) -> int | None:
        """The index of the first article that is no article."""
        cuts, lines = self._cuts, self._lines
        if cuts[-1] - cuts[-2] <= LONGEST_ARTICLE and lines[-1] - lines[0] <= MOST_LINES:
            return None
        for at in range(len(self)):
            size, count = cuts[at + 1] - cuts[at], lines[at + 1] - lines[at]
            if size > LONGEST_ARTICLE or count > MOST_LINES:
                return at
        return None

    def before(self, index: int) -> tuple[_Pieces, int]:
        """The articles before the one at `index`, and the line on which that starts."""
        kept = _Pieces(
            self._data,
            self._base,
            self._headers[:index],
            self._cuts[: index + 1],
            self._number,
            self._line,
        )
        return kept, self._line + self._lines[index]

    def _piece(self, at: int) -> Piece:
        start, end = self._cuts[at], self._cuts[at + 1]
        within = start - self._base
        raw = self._data[within : end - self._base]
        number, line = self._number + at, self._line + self._lines[at]
        return new_piece(number, raw, raw, UTF8, start, start, line, self._headers[at])
