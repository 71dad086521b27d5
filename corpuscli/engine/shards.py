"""Read a dump in shards: byte ranges that several processes read side by side, with one result.

A shard owns the articles that start in it. A process scans its shard for headers and reports how
many there are. The parent, which knows all earlier shards, answers with the number and the line to
count from, and gets the results for the articles. If a header crosses a seam, the process is told
and looks again, so the result does not depend on the cuts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..errors import CorpusError
from ..reader.reading import Look, Piece
from ..reader.shard import Dump, Headers, Scan, Shard, Start
from ..source.origin import FileRanges

if TYPE_CHECKING:
    from .pipes import Pipe
    from .workers import Workers

Result = TypeVar("Result")

Results = Generator[Any, None, Start]

Range = tuple[int, int]
"""Bytes `[start, end)` of a dump."""

LONGEST_LINE = 256 * 1024
"""Bytes on either side of a shard in which the lines that reach into it must end.

If they are longer, something that is wanted may be in them.
"""

BEHIND = 16 * 1024
"""Bytes that are read at a time to see where the last line of a range ends."""

BUFFER = 1024 * 1024
"""Bytes of a file that are looked at together: few enough to stay in a processor's cache."""

LARGEST_FORCED = 8 * 1024 * 1024
"""Bytes in a shard, at most, where fewer were asked for."""

FIRST = 1024 * 1024
"""Bytes in the first shard of a dump, at most; `Source.can_be_cut` looks at the same number."""


def read_shards(
    dump: Dump,
    make: Callable[[Sequence[Piece]], Result],
    *,
    jobs: int,
    ranges: Sequence[Range],
    look: Look | None = None,
) -> Iterator[Result]:
    """Yield what `make` returns for the articles of each shard, in order.

    The shards are these `ranges`, which cover the dump. With one job this process reads them all;
    otherwise the results must be picklable. With `look`, articles of shards in which nothing is
    wanted are only counted, and those after the last wanted one not even that. Raises InputError if
    the dump cannot be read on, after the results before the fault. The dump must not begin with
    white space that is longer than its first shard.
    """
    start = Start()
    flags = None if look is None else partial(_flags, partial(may_hold, dump, look), jobs)
    wanted = wanted_shards(ranges, flags, 4 * jobs)
    if jobs == 1:
        for shards in wanted:
            start = yield from _read_here(dump, make, look, shards, start)
        return
    with ExitStack() as stack:
        workers = None
        for shards in wanted:
            if workers is None:
                # Not before they are needed; and no thread is running when they are made.
                from .workers import Workers

                read = partial(_read_shard, dump, make, look)
                workers = stack.enter_context(Workers(dump.name, read))
                workers.start(min(jobs, len(ranges)))
            start = yield from _read_all(workers, shards, start)


def ranges_of(size: int, largest: int) -> list[Range]:
    """Return the shards of a dump of `size` bytes, each of at most `largest`.

    The first ones are smaller, so that the first results arrive soon.
    """
    ranges = []
    start, length = 0, min(FIRST, largest)
    while start < size:
        end = min(start + length, size)
        ranges.append((start, end))
        start, length = end, min(2 * length, largest)
    return ranges


def not_too_many(wanted: int, size: int) -> int:
    """Return the bytes in a shard of a dump of `size` bytes, where `wanted` were asked for.

    With very many small shards, reading the bytes around them takes longer than reading them.
    """
    return max(wanted, min(size // 1000, LARGEST_FORCED))


def even_ranges(size: int, length: int) -> list[Range]:
    """Return the shards of a dump of `size` bytes, all but the last of `length` bytes."""
    return [(start, min(start + length, size)) for start in range(0, size, length)]


def wanted_shards(
    ranges: Sequence[Range], flags: Callable[[Sequence[Range]], list[bool]] | None, count: int
) -> Iterator[list[Shard]]:
    """Yield the shards up to the last one that is wanted, some at a time; `count` at first.

    `flags` tells which shards may contain what is wanted; without it, all are wanted.
    """
    if flags is None:
        yield [Shard(start, end, True) for start, end in ranges]
        return
    waiting: list[Shard] = []
    done = 0
    while done < len(ranges):
        # The first hit of a long dump should not wait for all of it.
        some = ranges[done : done + count]
        waiting += [Shard(*shard, flag) for shard, flag in zip(some, flags(some), strict=True)]
        done, count = done + len(some), 2 * count
        last = max((at for at, shard in enumerate(waiting, 1) if shard.is_wanted), default=0)
        if last:
            yield waiting[:last]
            del waiting[:last]


def _flags(
    ask: Callable[[Range, bytearray], bool], jobs: int, ranges: Sequence[Range]
) -> list[bool]:
    """Return what `ask` returns for each shard, asked in `jobs` threads, this one included.

    There are fewer threads if the system allows no more. Each has its own buffer.
    """
    answers: list[bool | Exception] = [True] * len(ranges)
    places = deque(range(len(ranges)))

    def work() -> None:
        buffer = bytearray(BUFFER)
        with suppress(IndexError):
            while True:
                place = places.popleft()
                try:
                    answers[place] = ask(ranges[place], buffer)
                except Exception as error:
                    answers[place] = error

    threads: list[Thread] = []
    try:
        with suppress(RuntimeError):
            for _ in range(min(jobs, len(ranges)) - 1):
                thread = Thread(target=work)
                thread.start()
                threads.append(thread)
        work()
    finally:
        places.clear()
        for thread in threads:
            thread.join()
    flags = []
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
        flags.append(answer)
    return flags


def may_hold(dump: Dump, look: Look, within: Range, buffer: bytearray | None = None) -> bool:
    """Return True if what is wanted may be in the lines that touch a range of the dump.

    A local file is read through `buffer`, which stays in the processor's cache.
    """
    if isinstance(dump.ranges, FileRanges):
        return _may_hold_here(dump, dump.ranges, look, within, buffer or bytearray(BUFFER))
    start, end = within
    before = max(0, start - LONGEST_LINE)
    data = dump.ranges.read(before, min(dump.size, end + LONGEST_LINE))
    first = data.rfind(b"\n", 0, start - before) + 1
    last = data.find(b"\n", end - before)
    if (not first and before) or (last < 0 and end + LONGEST_LINE < dump.size):
        return True
    return look(data[first : last if last >= 0 else len(data)])


def _may_hold_here(
    dump: Dump, ranges: FileRanges, look: Look, within: Range, buffer: bytearray
) -> bool:
    start, end = within
    found = _line_start(ranges, start)
    if found is None:
        return True
    at, held = found, 0
    view = memoryview(buffer)
    while True:
        # The buffer holds the beginning of a line; the rest follows.
        wanted = min(max(end - at, 0) + BEHIND, dump.size - at)
        count = ranges.read_into(view[held : held + wanted], at)
        at, held = at + count, held + count
        last = at >= end
        if last:
            cut = buffer.find(b"\n", max(0, end - (at - held)), held)
            cut = held - 1 if cut < 0 and at == dump.size else cut
        else:
            cut = buffer.rfind(b"\n", 0, held)
        if cut < 0:
            if held > LONGEST_LINE:
                return True
            continue
        if look(view[: cut + 1]):
            return True
        if last:
            return False
        view[: held - cut - 1] = view[cut + 1 : held]
        held -= cut + 1


def _line_start(ranges: FileRanges, place: int) -> int | None:
    """Return where the line containing the byte at `place` starts; None if that is too far away."""
    size = 4096
    while True:
        before = max(0, place - size)
        end = ranges.read(before, place).rfind(b"\n")
        if end >= 0:
            return before + end + 1
        if not before:
            return 0
        if size >= LONGEST_LINE:
            return None
        size *= 8


def _read_all(workers: Workers, shards: Sequence[Shard], start: Start) -> Results:
    """Yield the results of the wanted shards, in order; return where the last shard ends.

    The first shard starts at `start`. Each worker gets its next shard with the answer to the last,
    so it never waits for one.
    """
    count = len(workers)
    for place, shard in enumerate(shards[:count]):
        workers.send(place, shard)
    scanned = 0
    for place in range(len(shards)):
        while scanned < min(place + count, len(shards)):
            scan = cast(Scan, workers.receive(scanned))
            if start.has_a_say(scan):
                workers.send(scanned, start.state)
                scan = cast(Scan, workers.receive(scanned))
            workers.send(scanned, (start.number, start.line))
            if scanned + count < len(shards):
                workers.send(scanned, shards[scanned + count])
            start = start.after(scan)
            scanned += 1
        results, fault = cast("tuple[list[object], CorpusError | None]", workers.receive(place))
        yield from results
        if fault is not None:
            raise fault
    return start


def _read_here(
    dump: Dump,
    make: Callable[[Sequence[Piece]], Any],
    look: Look | None,
    shards: Sequence[Shard],
    start: Start,
) -> Results:
    """Yield the same as `_read_all`, read by this process."""
    for shard in shards:
        headers = Headers(dump, shard)
        headers.settle(start.state)
        results, fault = headers.made(start.number, start.line, make, look)
        yield from results
        if fault is not None:
            raise fault
        start = start.after(headers.scan())
    return start


def _read_shard(
    dump: Dump,
    make: Callable[[Sequence[Piece]], object],
    look: Look | None,
    shard: Shard,
    pipe: Pipe,
) -> None:
    """Answer for one shard: report what was found, then, given where it starts, the results."""
    headers = Headers(dump, shard)
    headers.settle(())
    pipe.send(headers.scan())
    told = cast("tuple[Any, ...]", pipe.recv())
    if len(told) > 2:
        headers.settle(told)
        pipe.send(headers.scan())
        told = cast("tuple[Any, ...]", pipe.recv())
    number, line = told
    pipe.send(headers.made(number, line, make, look))
