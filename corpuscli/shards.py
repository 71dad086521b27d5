"""A dump in shards: byte ranges that are read by processes side by side, with one result.

A shard owns the articles that start in it. A process scans one for headers and says how many there
are; the parent, which knows all shards before, answers with the number and the line that count from
there, and gets what the process made of the articles. Where a header stands across a seam, the
process is told and looks again: so the result does not depend on the cuts.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import NamedTuple, TypeVar, cast

from .boundaries import Settler, State, find_headers, state_at
from .errors import CorpusError, InputError
from .headers import MARGIN, Text
from .layouts import Layout
from .model import Header
from .reading import LONGEST_ARTICLE, Piece, new_piece, too_long
from .text import Codec
from .transcode import UTF8

Result = TypeVar("Result")

SIZE = 8 * 1024 * 1024
"""Bytes in a shard."""

MORE = 256 * 1024
"""Bytes that are looked at behind a shard at a time, to see where its last article ends."""


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


def can_fork() -> bool:
    """True where processes can be made that share what this one has opened."""
    return "fork" in get_all_start_methods()


def read_shards(
    dump: Dump, make: Callable[[list[Piece]], Result], *, jobs: int, size: int = SIZE
) -> Iterator[Result]:
    """What `make` makes of the articles of each shard, in order.

    It must give something that can be pickled. Raises InputError where the dump cannot be read on;
    the results before come first. The dump must not begin with white space longer than a shard.
    """
    ranges = [(start, min(start + size, dump.size)) for start in range(0, dump.size, size)]
    with _Workers(min(jobs, len(ranges)), dump, make) as workers:
        for worker, shard in zip(workers, ranges, strict=False):
            worker.send(shard)
        number = line = 1
        state: State = ()
        scanned = 0
        for place in range(len(ranges)):
            while scanned < min(place + len(workers), len(ranges)):
                worker = workers[scanned % len(workers)]
                scan = cast(Scan, _receive(worker))
                if max(state, default=0) > scan.first:
                    worker.send(state)
                    scan = cast(Scan, _receive(worker))
                worker.send((number, line))
                number += scan.articles
                line += scan.lines
                state = tuple(map(max, state, scan.state)) if state else scan.state
                scanned += 1
            worker = workers[place % len(workers)]
            result, fault = cast("tuple[Result, CorpusError | None]", _receive(worker))
            if place + len(workers) < len(ranges):
                worker.send(ranges[place + len(workers)])
            yield result
            if fault is not None:
                raise fault


class _Workers:
    """Processes that read shards, known by the ends of the pipes to them."""

    def __init__(self, count: int, dump: Dump, make: Callable[[list[Piece]], Result]) -> None:
        context = get_context("fork")
        self._ends: list[Connection] = []
        self._processes: list[BaseProcess] = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            self._ends.append(ours)
            process = context.Process(
                target=_work, args=(theirs, list(self._ends), dump, make), daemon=True
            )
            process.start()
            theirs.close()
            self._processes.append(process)

    def __enter__(self) -> list[Connection]:
        return self._ends

    def __exit__(self, *exception: object) -> None:
        for end in self._ends:
            end.close()
        for process in self._processes:
            process.terminate()
            process.join()


def _receive(worker: Connection) -> object:
    """The next answer of a process; raises what it raised."""
    try:
        answer = worker.recv()
    except (EOFError, ConnectionError) as error:
        raise CorpusError("", "a process ended unexpectedly; try --jobs 1") from error
    if isinstance(answer, CorpusError):
        raise answer
    return cast(object, answer)


def _work(
    pipe: Connection,
    others: list[Connection],
    dump: Dump,
    make: Callable[[list[Piece]], Result],
) -> None:
    """Read the shards that come through the pipe until it is closed."""
    # Ctrl-C goes to the whole group; the parent alone answers it, by closing the pipes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with_parent()
    for end in others:
        # Else it would not be seen that the parent has gone.
        end.close()
    with suppress(EOFError, ConnectionError):
        while True:
            start, end_of_shard = pipe.recv()
            try:
                _read_shard(pipe, dump, make, start, end_of_shard)
            except CorpusError as error:
                pipe.send(error)
            except ConnectionError:
                raise
            except OSError as error:
                pipe.send(InputError(dump.name, error.strerror or str(error)))
            except MemoryError:
                pipe.send(CorpusError("", "gave up: MemoryError"))
    os._exit(0)


def _die_with_parent() -> None:
    """Let this process be killed when its parent ends, however that ends; Linux can do that."""
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, int(signal.SIGKILL))


def _read_shard(
    pipe: Connection,
    dump: Dump,
    make: Callable[[list[Piece]], Result],
    start: int,
    end: int,
) -> None:
    """Answer for one shard: what was found, then, told where it stands, what was made of it."""
    shard = _Shard(dump, start, end)
    shard.settle(())
    pipe.send(shard.scan())
    told = pipe.recv()
    if len(told) > 2:
        shard.settle(told)
        pipe.send(shard.scan())
        told = pipe.recv()
    number, line = told
    pieces = shard.pieces(number, line)
    fault = None
    if pieces and pieces[-1].span.end - pieces[-1].span.start > LONGEST_ARTICLE:
        fault = InputError(dump.name, too_long(pieces.pop().span.line))
    pipe.send((make(pieces), fault))


class _Shard:
    """A byte range of a dump, the headers found in it, and as many behind it as are needed."""

    def __init__(self, dump: Dump, start: int, end: int) -> None:
        self._dump = dump
        self._codec = Codec()
        self._start = start
        self._end = end
        self._base = max(0, start - MARGIN)
        self._data = self._read(self._base, min(dump.size, end + MARGIN))
        text = Text(self._data, self._codec, dump.layout, self._base)
        own = find_headers(text, start - self._base, end - self._base)
        self._found: list[tuple[list[Header], int]] = [(own, end)]
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
        inside = self._data[self._start - self._base : self._end - self._base]
        return Scan(
            first=self._seen[0].start if self._seen else self._dump.size,
            articles=len(self._standing) + self._has_untitled,
            lines=inside.count(b"\n"),
            state=state_at(self._state, self._standing, self._end),
        )

    def pieces(self, number: int, line: int) -> list[Piece]:
        """The articles, numbered from `number` on; the shard starts on line `line`."""
        data, base = self._data, self._base
        if self._limit > base + len(data):
            data = data + self._read(base + len(data), self._limit)
        headers: list[Header | None] = [*self._standing]
        starts = [header.start for header in self._standing]
        if self._has_untitled:
            headers, starts = [None, *headers], [0, *starts]
        elif self._start == 0 and starts:
            starts[0] = 0
        pieces = []
        line += data.count(b"\n", self._start - base, starts[0] - base) if starts else 0
        for header, start, end in zip(headers, starts, [*starts[1:], self._limit], strict=False):
            raw = data[start - base : end - base]
            pieces.append(new_piece(number, raw, raw, UTF8, start, start, line, header))
            number += 1
            line += raw.count(b"\n")
        return pieces

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
        data = self._read(base, min(self._dump.size, end + MARGIN))
        text = Text(data, self._codec, self._dump.layout, base)
        self._found.append((find_headers(text, start - base, end - base), end))

    def _read(self, start: int, end: int) -> bytes:
        """Those bytes of the file; raises InputError if it has become shorter."""
        parts = []
        while start < end:
            part = os.pread(self._dump.file, end - start, start)
            if not part:
                raise InputError(self._dump.name, "shrank while it was read")
            parts.append(part)
            start += len(part)
        return b"".join(parts)
