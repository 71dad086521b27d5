"""Read one shard: a byte range of a dump, its headers, and the articles that start in it.

A shard reports how many articles and lines it has; given the number, line and state at its start,
it returns the articles. Reading all shards of a dump gives the same articles wherever the dump is
cut, in the processes of one machine or of many.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
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
"""How many bytes after a shard are read with it, to find the header that ends its last article."""

TOGETHER = 16
"""How many articles are looked at together for what is wanted: few enough that a hit costs little.
"""

MORE = 256 * 1024
"""How many more bytes after a shard are read at a time, to find where its last article ends."""


class Dump(NamedTuple):
    """A dump in UTF-8 that can be cut, and how to read it."""

    name: str
    ranges: Ranges
    size: int
    layout: Layout


class Scan(NamedTuple):
    """What a shard reports about itself before its articles are read."""

    first: int
    """Where the first header that was found starts; the dump's size if there is none."""
    articles: int
    lines: int
    """The number of line ends in the shard."""
    state: State
    """The state for the shards after it."""


class Shard(NamedTuple):
    """A byte range `[start, end)` of a dump."""

    start: int
    end: int
    is_wanted: bool
    """False if its articles only need to be counted, except the last, which continues after the
    shard."""


class Start(NamedTuple):
    """What is known about a dump at the start of a shard."""

    number: int = 1
    """The number of the first article that starts there or later."""
    line: int = 1
    state: State = ()

    def has_a_say(self, scan: Scan) -> bool:
        """Return True if an earlier header may overlap the first one that was found on its own."""
        return max(self.state, default=0) > scan.first

    def after(self, scan: Scan) -> Start:
        """Return what is known at the end of the shard that reported `scan`."""
        state = tuple(map(max, self.state, scan.state)) if self.state else scan.state
        return Start(self.number + scan.articles, self.line + scan.lines, state)


class Headers:
    """A byte range of a dump, the headers found in it, and as many after it as are needed."""

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
        self._lines = count_lines(self._data, start - self._base, end - self._base)

    def settle(self, state: State) -> None:
        """Decide which headers are kept, given the state before the shard.

        This includes the first one after the shard.
        """
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
        """Return roughly how many bytes of memory it uses, including what it computes on demand."""
        return 3 * len(self._data)

    def scan(self) -> Scan:
        """Return what the parent process must know. Call `settle` first."""
        return Scan(
            first=self._seen[0].start if self._seen else self._dump.size,
            articles=len(self._standing) + self._has_untitled,
            lines=self._lines,
            state=state_at(self._state or (), self._standing, self._end),
        )

    def made(
        self,
        number: int,
        line: int,
        make: Callable[[Sequence[Piece]], Result],
        look: Look | None,
    ) -> tuple[list[Result], InputError | None]:
        """Return what `make` returns for the articles, and the error that ends reading, if any.

        `make` is called only if articles are wanted, with those that `look` does not reject. They
        are numbered from `number`, and the shard starts on line `line`. Call `settle` first.
        """
        fault = None
        pieces = self._pieces(number, line)
        if pieces and (place := pieces.first_too_long()) is not None:
            pieces, line = pieces.before(place)
            fault = InputError(self._dump.name, too_long(line))
        if look is None:
            return ([make(pieces)] if self._is_wanted else []), fault
        # The last article of a shard goes on in the next.
        found = pieces.holding(look, 0 if self._is_wanted else len(pieces) - 1) if pieces else []
        return ([make(found)] if found else []), fault

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
        before = count_lines(data, self._start - base, cuts[0] - base)
        lines = self._lines - before + count_lines(data, self._end - base, self._limit - base)
        return _Pieces(data, base, headers, cuts, number, line + before, lines)

    @property
    def _has_untitled(self) -> bool:
        """Return True if the dump begins here, with text before its first header."""
        if self._start > 0:
            return False
        end = self._standing[0].start if self._standing else self._end
        return first_text(self._data) < end

    def _look_behind(self) -> None:
        """Find the headers in some more bytes after the shard."""
        start = self._found[-1][1]
        end = min(start + MORE, self._dump.size)
        base = max(0, start - MARGIN)
        data = self._dump.ranges.read(base, min(self._dump.size, end + MARGIN))
        text = Text(data, self._dump.layout, base)
        self._found.append((find_headers(text, start - base, end - base), end))


class _Pieces(Sequence[Piece]):
    """The articles of a shard. Each is made when it is needed."""

    def __init__(
        self,
        data: bytes,
        base: int,
        headers: list[Header | None],
        cuts: list[int],
        number: int,
        line: int,
        lines: int,
    ) -> None:
        """Take the cuts, one at the start and one at the end of each article.

        The first article starts on `line`, all have `lines` line ends together, and `data` starts
        at byte `base` of the dump.
        """
        self._data = data
        self._base = base
        self._headers = headers
        self._cuts = cuts
        self._number = number
        self._line = line
        self._count = lines
        self._known = (0, 0)
        """An index, and the line ends in the articles before it."""

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

    def _lines(self, index: int) -> int:
        """Return the line ends in the articles before `index`, counted on from the last call."""
        known, lines = self._known if self._known[0] <= index else (0, 0)
        start, end = self._cuts[known] - self._base, self._cuts[index] - self._base
        self._known = index, lines + count_lines(self._data, start, end)
        return self._known[1]

    def holding(self, look: Look, first: int) -> list[Piece]:
        """Return the articles from the index `first` on that `look` does not reject.

        It looks at some together, and takes them all where it finds something.
        """
        found: list[Piece] = []
        text = memoryview(self._data)
        for at in range(first, len(self), TOGETHER):
            end = min(at + TOGETHER, len(self))
            if look(text[self._cuts[at] - self._base : self._cuts[end] - self._base]):
                found += map(self._piece, range(at, end))
        return found

    def first_too_long(self) -> int | None:
        """Return the index of the first article that is too long; None if there is none."""
        cuts = self._cuts
        if cuts[-1] - cuts[-2] <= LONGEST_ARTICLE and self._count <= MOST_LINES:
            return None
        for at in range(len(self)):
            before = self._lines(at)
            count = self._lines(at + 1) - before
            if cuts[at + 1] - cuts[at] > LONGEST_ARTICLE or count > MOST_LINES:
                return at
        return None

    def before(self, index: int) -> tuple[_Pieces, int]:
        """Return the articles before `index`, and the line on which the article there starts."""
        kept = _Pieces(
            self._data,
            self._base,
            self._headers[:index],
            self._cuts[: index + 1],
            self._number,
            self._line,
            self._lines(index),
        )
        return kept, self._line + self._lines(index)

    def _piece(self, at: int) -> Piece:
        start, end = self._cuts[at], self._cuts[at + 1]
        within = start - self._base
        raw = self._data[within : end - self._base]
        number, line = self._number + at, self._line + self._lines(at)
        return new_piece(number, raw, raw, UTF8, start, start, line, self._headers[at])
