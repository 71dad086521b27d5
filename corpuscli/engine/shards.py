"""A dump in shards: byte ranges that are read by processes side by side, with one result.

A shard owns the articles that start in it. A process scans one for headers and says how many there
are; the parent, which knows all shards before, answers with the number and the line that count from
there, and gets what the process made of the articles. Where a header stands across a seam, the
process is told and looks again: so the result does not depend on the cuts.
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
"""Bytes on either side of a shard in which the lines that reach into it end, if they are short
enough to be looked at; otherwise something that is wanted may stand there."""

BEHIND = 16 * 1024
"""Bytes that are read at a time to see where the last line of a range ends."""

BUFFER = 1024 * 1024
"""Bytes of a file that are looked at together: few enough to stay in a processor's cache."""

LARGEST_FORCED = 8 * 1024 * 1024
"""Bytes in a shard, at most, where fewer were asked for."""

FIRST = 1024 * 1024
"""Bytes in the first shard of a dump, at most; `Source.can_be_cut` looks at as many."""


def read_shards(
    dump: Dump,
    make: Callable[[Sequence[Piece]], Result],
    *,
    jobs: int,
    ranges: Sequence[Range],
    look: Look | None = None,
) -> Iterator[Result]:
    """What `make` makes of the articles of each shard, in order.

    The shards are these `ranges`, which tile it. With one job this process reads them all;
    otherwise `make` must give something that can be pickled. With `look`, articles of shards in
    which nothing is wanted are only counted, and those behind the last one that is wanted not even
    that. Raises InputError where the dump cannot be read on; the results before come first. The
    dump must not begin with white space that is
    longer than its first shard.
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
    """The shards of a dump of `size` bytes, each of `largest` at most.

    The first ones are smaller: who waits for the first results need not wait for long.
    """
    ranges = []
    start, length = 0, min(FIRST, largest)
    while start < size:
        end = min(start + length, size)
        ranges.append((start, end))
        start, length = end, min(2 * length, largest)
    return ranges


def not_too_many(wanted: int, size: int) -> int:
    """Bytes in a shard of a dump of `size` bytes, where so many are `wanted`: to look at the
    surroundings of very many small ones would take longer than to read them."""
    return max(wanted, min(size // 1000, LARGEST_FORCED))


def even_ranges(size: int, length: int) -> list[Range]:
    """The shards of a dump of `size` bytes, each of `length`, but for the last."""
    return [(start, min(start + length, size)) for start in range(0, size, length)]


def wanted_shards(
    ranges: Sequence[Range], flags: Callable[[Sequence[Range]], list[bool]] | None, count: int
) -> Iterator[list[Shard]]:
    """The shards up to the last one that is wanted, some at a time; `count` at first.

    `flags` says which of some may hold what is wanted; without it all are.
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
    """What `ask` says of each, asked in `jobs` threads, this one included; fewer if the system
    gives no more. Each has a buffer of its own."""
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
    """True if something that is wanted may stand in the lines that touch a range of the dump.

    A file of this machine is read through `buffer`, which stays in the cache of the processor.
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
        # What is held is the beginning of a line; the rest comes behind it.
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
    """Where the line starts that the byte at `place` is on; None if that is too far away."""
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
    """What was made of the shards that are wanted, in order, the first of which starts at `start`.

    Each worker is sent its next shard with the answer to the last: it never waits for one. Returns
    where the last shard ends.
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
    """As `_read_all`, by this process."""
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
    """Answer for one shard: what was found, then, told where it starts, what was made of it."""
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
