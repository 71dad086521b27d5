"""Define the tasks of a cluster's workers.

They call the same functions as local processes. One task opens a dump. If the dump is short, or
cannot be cut, that task reads it at once; otherwise it says how to read the rest. For each shard
three tasks follow: `open_shard` reads it and finds its headers, `scan` reports how many there are,
and `made`, given the number and line to count from, makes the results.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from .. import __version__
from ..errors import InputError, UsageError
from ..reader.reading import Options, Piece, Reading, Work, grouped, read_source, until_fault
from ..reader.settling import State
from ..reader.shard import Dump, Headers, Scan, Shard, Start
from ..source import Source, Stored, open_source
from ..source.transcode import UTF8
from .batches import batches_of
from .shards import FIRST, Range, may_hold

LARGEST_RESULTS = 32 * 1024 * 1024
"""Bytes of results that a task may give."""

Results = tuple[list[Any], InputError | None]
"""What was made of some articles, and why it cannot be read on."""


class Job(NamedTuple):
    """What is to be made of the dumps of a call."""

    options: Options
    shard: int
    """Bytes in a shard, at most."""
    work: Work[Any]


class Order(NamedTuple):
    """A job on its way: what reads it must be the same release."""

    version: str
    job: bytes

    @classmethod
    def of(cls, job: Job, pickled: Callable[[Job], bytes]) -> Order:
        return cls(__version__, pickled(job))

    def taken(self) -> Job:
        """Return the job; raise UsageError on a worker with another release."""
        if self.version != __version__:
            reason = f"a worker has corpuscli {__version__}, but this is {self.version}"
            raise UsageError("--scheduler", reason)
        return _job(self.job)


@lru_cache(maxsize=4)
def _job(data: bytes) -> Job:
    job: Job = pickle.loads(data)
    return job


class Opening(NamedTuple):
    """What a worker says of a dump that it has opened."""

    stored: Stored
    reading: Reading
    """Without its tiles."""
    dump: Dump | None
    """If it is to be read in shards."""
    results: Results | None
    """If it was read at once; None where they are too large."""


def open_dump(order: Order, name: str, path: str, index: int) -> Opening:
    """Open the dump called `name`, which is at `path`; read it, if it is short or cannot be cut.

    Raises InputError if it cannot be opened.
    """
    job = order.taken()
    with open_source(path, name) as source:
        reading = read_source(source, job.options, index)
        said = reading._replace(tiles=iter(()))
        dump = cut_dump(source, path, reading, job.work.part or job.shard)
        results = None if dump else _made_at_once(reading, job.work)
        return Opening(source.stored, said, dump, results)


def cut_dump(source: Source, path: str, reading: Reading, shard: int) -> Dump | None:
    """Return the dump cut into shards; None if it has only one, or cannot be cut."""
    ranges, size = source.shared_ranges(path), source.size
    if ranges is None or size is None or size <= shard or reading.encoding != UTF8:
        return None
    if not source.can_be_cut(min(FIRST, shard)):
        return None
    return Dump(source.name, ranges, size, reading.layout)


def _made_at_once(reading: Reading, work: Work[Any]) -> Results | None:
    """Return the results for a whole dump; None if they are too large."""
    make = partial(work.make, reading.alone)
    pieces, fault = until_fault(reading.tiles if work.blank else reading.pieces)
    batches: Iterable[Sequence[Piece]]
    batches = grouped(pieces, work.part) if work.part else batches_of(pieces)
    results = []
    size = 0
    for result in map(make, batches):
        results.append(result)
        size += _size_of(result)
        if size > LARGEST_RESULTS:
            return None
    return results, fault[0] if fault else None


def _size_of(result: object) -> int:
    """Return the approximate size of a result in bytes."""
    return len(result) if isinstance(result, bytes) else len(pickle.dumps(result))


def open_shard(dump: Dump, shard: Shard) -> Headers:
    """Read a shard and find its headers; raises InputError if it cannot be read."""
    return Headers(dump, shard)


def scan(headers: Headers, state: State = ()) -> Scan:
    """Return what a shard reports about itself, given the state where it starts."""
    headers.settle(state)
    return headers.scan()


def made(headers: Headers, start: Start, order: Order, reading: Reading) -> Results:
    """Return the job's results for the articles of a shard that starts there."""
    work = order.taken().work
    headers.settle(start.state)
    return headers.made(start.number, start.line, partial(work.make, reading), work.look)


def looked(order: Order, dump: Dump, within: Range) -> bool:
    """Return True if what the job looks for may be in a range of the dump."""
    look = order.taken().work.look
    return look is None or may_hold(dump, look, within)
