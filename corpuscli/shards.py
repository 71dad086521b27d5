"""A dump in shards: byte ranges that are read by processes side by side, with one result.

A shard owns the articles that start in it. A process scans one for headers and says how many there
are; the parent, which knows all shards before, answers with the number and the line that count from
there, and gets what the process made of the articles. Where a header stands across a seam, the
process is told and looks again: so the result does not depend on the cuts.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, TypeVar, cast, overload

from .boundaries import Settler, State, find_headers, state_at
from .errors import CorpusError, InputError
from .headers import MARGIN, Text
from .layouts import Layout
from .lazy import lazy
from .model import Header
from .reading import LONGEST_ARTICLE, MOST_LINES, Piece, new_piece, too_long
from .survey import Place, Survey
from .text import Codec
from .transcode import UTF8
from .workers import Workers

Result = TypeVar("Result")

LONGEST_LINE = 256 * 1024
"""Bytes on either side of a shard in which the lines that reach into it end, if they are short
enough to be looked at; otherwise something that is wanted may stand there."""

BEHIND = 64 * 1024
"""Bytes behind a shard that are looked at with it, for the header that ends its last article."""

MORE = 256 * 1024
"""Bytes that are looked at behind a shard at a time, to see where its last article ends."""


FIRST = 1024 * 1024
"""Bytes in the first shard of a dump, at most; `Source.can_be_cut` looks at as many."""


class Dump(NamedTuple):
    """A dump in a regular file, in UTF-8, and how it is read."""

    name: str
    file: int
    """A descriptor that can be read from at any place."""
    size: int
    layout: Layout


class Scan(NamedTuple):
    """What a process says of a shard before it reads the articles."""

    first: int
    """Where the first header starts that was looked at; the dump's size if there is none."""
    articles: int
    lines: int
    """Line ends in the shard."""
    state: State
    """For the shards after it."""


Look = Callable[[bytes], bool]
"""Whether an article that is wanted may stand in some whole lines. It is called in threads."""


def read_shards(
    dump: Dump,
    make: Callable[[Sequence[Piece]], Result],
    *,
    jobs: int,
    size: int,
    look: Look | None = None,
) -> Iterator[Result]:
    """What `make` makes of the articles of each shard, in order.

    Shards have at most `size` bytes, the first ones fewer: who waits for the first need not wait
    for long. With one job this process reads them all; otherwise `make` must give something that
    can be pickled. With `look`, articles of shards in which nothing is wanted are only counted, and
    those behind the last one that is wanted not even that. Raises InputError where the dump cannot
    be read on; the results before come first. The dump must not begin with white space that is
    longer than its first shard.
    """
    ranges = list(_ranges(dump.size, size))
    place = _Place()
    if jobs == 1:
        for shards in _wanted_shards(dump, ranges, look, jobs):
            yield from _read_here(dump, make, look, shards, place)
        return
    with ExitStack() as stack:
        workers = None
        for shards in _wanted_shards(dump, ranges, look, jobs):
            if workers is None:
                # Not before they are needed; and no thread is running when they are made.
                read = partial(_read_shard, dump, make, look)
                workers = stack.enter_context(Workers(min(jobs, len(ranges)), dump.name, read))
            yield from _read_all(workers, shards, place)


class Shard(NamedTuple):
    """A byte range `[start, end)` of a dump."""

    start: int
    end: int
    is_wanted: bool
    """False if its articles need only be counted, but for the last, which goes on behind it."""


@dataclass(slots=True)
class _Place:
    """What is known of the dump where the shards that were scanned end."""

    number: int = 1
    line: int = 1
    state: State = ()

    def move(self, scan: Scan) -> None:
        """Go on to where the next shard begins."""
        self.number += scan.articles
        self.line += scan.lines
        self.state = tuple(map(max, self.state, scan.state)) if self.state else scan.state


def _ranges(size: int, largest: int) -> Iterator[tuple[int, int]]:
    """The shards of a dump of `size` bytes."""
    start, length = 0, min(FIRST, largest)
    while start < size:
        end = min(start + length, size)
        yield start, end
        start, length = end, min(2 * length, largest)


def _wanted_shards(
    dump: Dump, ranges: Sequence[tuple[int, int]], look: Look | None, jobs: int
) -> Iterator[list[Shard]]:
    """The shards up to the last one that is wanted, some at a time."""
    if look is None:
        yield [Shard(start, end, True) for start, end in ranges]
        return
    waiting: list[Shard] = []
    done, count = 0, 4 * jobs
    while done < len(ranges):
        # The first hit of a long dump should not wait for all of it.
        some = ranges[done : done + count]
        with ThreadPoolExecutor(jobs) as threads:
            flags = threads.map(partial(_may_hold, dump, look), some)
            waiting += [Shard(*shard, flag) for shard, flag in zip(some, flags, strict=True)]
        done, count = done + len(some), 2 * count
        last = max((at for at, shard in enumerate(waiting, 1) if shard.is_wanted), default=0)
        if last:
            yield waiting[:last]
            del waiting[:last]


def _may_hold(dump: Dump, look: Look, within: tuple[int, int]) -> bool:
    """True if something that is wanted may stand in the lines that touch a range of the dump."""
    start, end = within
    before = max(0, start - LONGEST_LINE)
    data = _read(dump, before, min(dump.size, end + LONGEST_LINE))
    first = data.rfind(b"\n", 0, start - before) + 1
    last = data.find(b"\n", end - before)
    if (not first and before) or (last < 0 and end + LONGEST_LINE < dump.size):
        return True
    return look(data[first : last if last >= 0 else len(data)])


def _read_all(workers: Workers, shards: Sequence[Shard], at: _Place) -> Iterator[Any]:
    """What was made of the shards that are wanted, in order; `at` is where they begin, and moves.

    Each worker is sent its next shard with the answer to the last: it never waits for one.
    """
    count = len(workers)
    for place, shard in enumerate(shards[:count]):
        workers.send(place, shard)
    scanned = 0
    for place in range(len(shards)):
        while scanned < min(place + count, len(shards)):
            scan = cast(Scan, workers.receive(scanned))
            if max(at.state, default=0) > scan.first:
                workers.send(scanned, at.state)
                scan = cast(Scan, workers.receive(scanned))
            workers.send(scanned, (at.number, at.line))
            if scanned + count < len(shards):
                workers.send(scanned, shards[scanned + count])
            at.move(scan)
            scanned += 1
        results, fault = cast("tuple[list[object], CorpusError | None]", workers.receive(place))
        yield from results
        if fault is not None:
            raise fault


def _read_here(
    dump: Dump,
    make: Callable[[Sequence[Piece]], Result],
    look: Look | None,
    shards: Sequence[Shard],
    at: _Place,
) -> Iterator[Result]:
    """As `_read_all`, by this process."""
    for wanted in shards:
        shard = _Headers(dump, wanted.start, wanted.end)
        shard.settle(at.state)
        number, line = at.number, at.line
        at.move(shard.scan())
        results, fault = _made(shard.pieces(number, line), dump, make, look, wanted)
        yield from results
        if fault is not None:
            raise fault


def _read_shard(
    dump: Dump,
    make: Callable[[Sequence[Piece]], object],
    look: Look | None,
    wanted: Shard,
    pipe: Connection,
) -> None:
    """Answer for one shard: what was found, then, told where it stands, what was made of it."""
    shard = _Headers(dump, wanted.start, wanted.end)
    shard.settle(())
    pipe.send(shard.scan())
    told = pipe.recv()
    if len(told) > 2:
        shard.settle(told)
        pipe.send(shard.scan())
        told = pipe.recv()
    pipe.send(_made(shard.pieces(*told), dump, make, look, wanted))


def _made(
    pieces: _Pieces,
    dump: Dump,
    make: Callable[[Sequence[Piece]], Result],
    look: Look | None,
    wanted: Shard,
) -> tuple[list[Result], InputError | None]:
    """What was made of the articles of a shard, if any is wanted, and why it cannot be read on."""
    fault = None
    if pieces and (place := pieces.first_too_long()) is not None:
        pieces, line = pieces.before(place)
        fault = InputError(dump.name, too_long(line))
    is_wanted = wanted.is_wanted or (look is not None and bool(pieces) and look(pieces[-1].data))
    return ([make(pieces)] if is_wanted else []), fault


class _Headers:
    """A byte range of a dump, the headers found in it, and as many behind it as are needed."""

    def __init__(self, dump: Dump, start: int, end: int) -> None:
        self._dump = dump
        self._codec = Codec()
        self._start = start
        self._end = end
        self._base = max(0, start - MARGIN)
        behind = min(dump.size, end + BEHIND)
        self._data = _read(dump, self._base, min(dump.size, behind + MARGIN))
        self._survey = Survey(self._data)
        text = Text(self._data, self._codec, dump.layout, self._base, self._survey)
        headers = find_headers(text, start - self._base, behind - self._base)
        own = bisect_left(headers, end, key=lambda header: header.start)
        self._found: list[tuple[list[Header], int]] = [(headers[:own], end)]
        if behind > end:
            self._found.append((headers[own:], behind))
        self._state: State = ()
        self._standing: list[Header] = []
        self._seen: list[Header] = []
        self._limit = end

    def settle(self, state: State) -> None:
        """Find which headers stand, given the state before the shard, and the first one behind."""
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

    def scan(self) -> Scan:
        """What the parent must know."""
        bounds = [self._start - self._base, self._end - self._base]
        before, upto = self._survey.line_ends_before(bounds)
        return Scan(
            first=self._seen[0].start if self._seen else self._dump.size,
            articles=len(self._standing) + self._has_untitled,
            lines=upto - before,
            state=state_at(self._state, self._standing, self._end),
        )

    def pieces(self, number: int, line: int) -> _Pieces:
        """The articles, numbered from `number` on; the shard starts on line `line`."""
        data, base, survey = self._data, self._base, self._survey
        if self._limit > base + len(data):
            data = data + _read(self._dump, base + len(data), self._limit)
            survey = Survey(data)
        headers: list[Header | None] = [*self._standing]
        starts = [header.start for header in self._standing]
        if self._has_untitled:
            headers, starts = [None, *headers], [0, *starts]
        elif self._start == 0 and starts:
            starts[0] = 0
        line -= survey.line_ends_before([self._start - base])[0]
        return _Pieces(data, base, survey, headers, [*starts, self._limit], number, line)

    @property
    def _has_untitled(self) -> bool:
        """True if the dump begins here, and with text before its first header."""
        if self._start > 0:
            return False
        end = self._standing[0].start if self._standing else self._end
        return not self._codec.is_blank(self._data[:end])

    def _look_behind(self) -> None:
        """Find the headers of some more bytes behind the shard."""
        start = self._found[-1][1]
        end = min(start + MORE, self._dump.size)
        base = max(0, start - MARGIN)
        data = _read(self._dump, base, min(self._dump.size, end + MARGIN))
        text = Text(data, self._codec, self._dump.layout, base)
        self._found.append((find_headers(text, start - base, end - base), end))


class _Pieces(Sequence[Piece]):
    """The articles of a shard. Each is made when it is asked for."""

    def __init__(
        self,
        data: bytes,
        base: int,
        survey: Survey,
        headers: list[Header | None],
        cuts: list[int],
        number: int,
        line: int,
    ) -> None:
        """`data` starts at `base`, on line `line`; each article has a cut at its start and end."""
        self._data = data
        self._base = base
        self._headers = headers
        self._cuts = cuts
        self._number = number
        self._line = line
        self._survey = survey

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
            self._survey,
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
        place = Place(self._survey, within)
        return new_piece(number, raw, raw, UTF8, start, start, line, self._headers[at], place)

    @lazy
    def _lines(self) -> list[int]:
        """For each cut, the line ends before it."""
        return self._survey.line_ends_before([cut - self._base for cut in self._cuts])


def _read(dump: Dump, start: int, end: int) -> bytes:
    """Those bytes of the dump; raises InputError if it has become shorter."""
    parts = []
    while start < end:
        part = os.pread(dump.file, end - start, start)
        if not part:
            raise InputError(dump.name, "shrank while it was read")
        parts.append(part)
        start += len(part)
    return b"".join(parts)
