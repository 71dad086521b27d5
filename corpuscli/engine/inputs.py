"""Going through the inputs of a call: one after another, by this process, by several, or many."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from ..errors import InputError, OutputError
from ..reader.reading import (
    Look,
    Make,
    Opened,
    Options,
    Placed,
    Reading,
    Work,
    grouped,
    read_source,
    read_whole,
)
from ..source import (
    STDIN,
    Counted,
    Source,
    expand,
    is_url,
    open_each,
    open_source,
    path_of,
    refuse_own_output,
)
from ..source.text import is_blank
from ..source.transcode import HEAD, UTF8, is_clean

if TYPE_CHECKING:
    from ..source.kept import Kept
    from .cluster import Cluster, Reader

Result = TypeVar("Result")

SHARD = 8 * 1024 * 1024
"""Bytes in a shard that a cluster reads, unless told otherwise."""

HERE = 4 * 1024 * 1024
"""Bytes in a shard that this machine reads, at most, unless told otherwise. Larger ones are no
faster, and what is made of them waits in memory for its turn."""

SMALL = 1024 * 1024
"""Bytes in a file that one process reads before another has begun."""

MOST_JOBS = 256
"""Processes, at most."""

SMALLEST_SHARD = 16 * 1024
"""Bytes in a shard, at least: smaller ones would be mostly surroundings."""


class Progress(Protocol):
    """Shows how far the reading has come."""

    def of_dump(
        self, index: int, size: int | None, counted: Counted | None = None
    ) -> AbstractContextManager[None]:
        """Show the progress of one dump while the context lasts."""

    def reach(self, end: int) -> None:
        """Note that everything before the byte `end` of the dump is done."""

    def count(self, done: int, of: int) -> None:
        """Note how many shards of the dump are done."""

    def watching(self, look: Look, size: int) -> Look:
        """Return a `look` that notes the parts of at most `size` bytes it has seen."""


Say = Callable[[str, str], None]
"""Tells the user something about a path, or about the whole call where the path is empty."""


def shard_size(size: int, jobs: int, wanted: int | None) -> int:
    """Return the bytes in a shard of a file of `size` bytes.

    There are several shards per process, so that none waits long at the end, but not so many that
    reading the bytes around them takes longer than reading them.
    """
    if wanted is not None:
        from .shards import not_too_many

        return not_too_many(wanted, size)
    return max(HERE // 2, min(HERE, size // (4 * jobs)))


@dataclass(slots=True)
class Inputs:
    """The dumps of a call, read one after another; one that fails does not stop the others."""

    names: Sequence[str]
    options: Options
    say: Say
    verbose: bool = False
    quiet: bool = False
    jobs: int = 1
    """Processes that may be used."""
    cluster: Cluster | None = None
    """Reads what its workers can see, instead of local processes."""
    is_unnamed: bool = False
    """True if the user named no dump: then standard input is read."""
    several: bool = False
    """True if the user named several dumps, or what may be several, such as a directory."""
    stops_soon: bool = False
    """True if few articles are wanted: then they are read one by one, unless a look finds them."""
    progress: Progress | None = None
    """Shows how far the reading has come, if it is to be shown."""
    kept: Mapping[int, Kept] = field(default_factory=dict)
    """The inputs that must not be opened by their names, by their indexes."""
    failed: bool = field(default=False, init=False)
    """True once an input could not be read, or not to its end."""
    any_opened: bool = field(default=False, init=False)
    """True once an input could be opened."""
    current: int = field(default=0, init=False)
    """The index of the dump that is being read."""
    sources: Sequence[AbstractContextManager[Source]] | None = None
    """The dumps, ready to be opened, if looking ahead at them has begun."""
    has_enough: bool = field(default=False, init=False)
    """Set to True by who needs no more results of the current dump; the next one follows."""

    def results(
        self, make: Make[Result], look: Look | None = None, *, part: int | None = None
    ) -> Generator[Result, None, None]:
        """Yield what `make` returns for the articles of every dump, some at a time, in order.

        Articles whose bytes `look` rejects may be skipped. With `part`, `make` gets all articles
        that start in the same `part` bytes of a dump together.
        """
        for opened in self.opened(Work(make, look, part=part)):
            self.has_enough = False
            try:
                for result in opened.results:
                    yield result
                    if self.has_enough:
                        break
            except InputError as error:
                self.report(error)

    def opened(self, work: Work[Result], *, doubt: bool = True) -> Iterator[Opened[Result]]:
        """Yield the dumps, each with the results of some work on it.

        Reports dumps that cannot be opened. Says how the others are read, if that is wanted, and
        with `doubt` which of them do not look like a dump.
        """
        reader = None if self.cluster is None else self._reader(self.cluster, work.placed())
        # What a cluster reads is not opened here.
        sources: Iterable[AbstractContextManager[Source]]
        sources = open_each(self.names) if reader is None else map(open_source, self.names)
        sources = self.sources or sources
        with nullcontext() if reader is None else closing(reader):
            for index, (name, here) in enumerate(zip(self.names, sources, strict=True)):
                self.current = index
                again = self.kept.get(index)
                try:
                    with self._opened(
                        here if again is None else again.open(), work.placed(), reader
                    ) as opened:
                        self.any_opened = True
                        if self.verbose:
                            reading = opened.reading
                            self.say(
                                name, f"layout {reading.layout.name}, encoding {reading.encoding}"
                            )
                        if not self.quiet:
                            self._tell_how(name, opened.reading, doubt=doubt)
                        results = self._followed(opened, whole=work.look is None)
                        yield Opened(opened.stored, opened.reading, results)
                except InputError as error:
                    self.report(error)

    def _tell_how(self, name: str, reading: Reading, *, doubt: bool) -> None:
        """Say, in at most one line, what is odd about a dump or about how it is read.

        Without `doubt`, the caller says what the dump looks like.
        """
        looks = "" if self.options.says_utf8 else _doubt(reading)
        if looks and doubt:
            if self.is_unnamed and not reading.head:
                self.say("", "standard input is empty; name a dump, or pipe one in")
            else:
                self.say(name, looks)
        elif reading.note and not looks:
            self.say(name, reading.note)

    def _reader(self, cluster: Cluster, work: Work[Result]) -> Reader:
        from .cluster import Reader
        from .tasks import Job

        return Reader(
            cluster, self.names, Job(self.options, self.options.shard_size or SHARD, work)
        )

    @contextmanager
    def _opened(
        self, here: AbstractContextManager[Source], work: Work[Result], reader: Reader | None
    ) -> Iterator[Opened[Result]]:
        """Return the current dump; raise InputError if it cannot be opened."""
        if reader is not None and reader.can_read(self.current):
            there = reader.open(self.current, self._tell)
            if there is not None:
                refuse_own_output(there.stored)
                with self._shown(there.stored.size):
                    yield there
                return
        with here as source:
            stored = source.stored
            refuse_own_output(stored)
            count = None
            if source.ranges is None or stored.is_compressed:
                # Its articles do not say how much of what is stored was read.
                count = Counted(source.file)
                source = replace(source, file=count)
            with self._shown(stored.size, count):
                reading = read_source(source, self.options, self.current)
                yield Opened(stored, reading, self._read(source, reading, work))

    @contextmanager
    def _shown(self, size: int | None, count: Counted | None = None) -> Iterator[None]:
        """Show within the block how much of the current dump was read, if that is wanted."""
        if self.progress is None:
            yield
            return
        with self.progress.of_dump(self.current, size, count):
            yield

    def _tell(self, done: int, of: int) -> None:
        """Record that this many shards of the current dump are done."""
        if self.progress is not None:
            self.progress.count(done, of)

    def _followed(self, opened: Opened[Placed[Result]], *, whole: bool) -> Iterator[Result]:
        """Yield the results, show the progress, and check that no byte is lost.

        Raises InputError where the results do, or if a byte is lost.
        """
        total = partial(_bytes_of, opened)
        for placed in read_whole(opened.stored.name, opened.results, total, whole=whole):
            if self.progress is not None and placed.end >= 0:
                self.progress.reach(placed.end)
            yield placed.made

    def _read(self, source: Source, reading: Reading, work: Work[Result]) -> Iterator[Result]:
        """Return the results of a dump that was opened, from several processes if that pays."""
        size = source.size or 0
        shard = work.part or shard_size(size, self.jobs, self.options.shard_size)
        # Data that is read here would be copied into every process.
        make = partial(work.make, reading.alone)
        pieces = reading.tiles if work.blank else reading.pieces
        jobs = self.jobs
        is_small = source.ranges is not None and size <= SMALL
        # A look finds the few that are wanted sooner than reading one after another.
        if not is_small and (work.look is not None or not self.stops_soon):
            # `workers` makes them, and is imported when the first is needed.
            can_fork = hasattr(os, "fork")
            jobs = jobs if can_fork and not (source.ranges is not None and size <= shard) else 1
            if reading.encoding == UTF8 and source.can_be_cut(shard) and source.ranges is not None:
                from ..reader.shard import Dump
                from .shards import even_ranges, ranges_of, read_shards

                look = work.look
                if look is not None and self.progress is not None:
                    look = self.progress.watching(look, shard)
                dump = Dump(source.name, source.ranges, size, reading.layout)
                ranges = even_ranges(size, shard) if work.part else ranges_of(size, shard)
                yield from read_shards(dump, make, jobs=jobs, ranges=ranges, look=look)
                return
            if jobs > 1 and not self.stops_soon:
                from .batches import read_batches

                yield from read_batches(source.name, pieces, make, jobs=jobs, part=work.part)
                return
        for batch in grouped(pieces, work.part) if work.part else ([piece] for piece in pieces):
            yield make(batch)

    def each(self) -> Iterator[Inputs]:
        """Yield the dumps one at a time; remember what fails in one."""
        sources = open_each(self.names) if not self.cluster else map(open_source, self.names)
        for name, source in zip(self.names, sources, strict=True):
            one = replace(self, names=[name], sources=[source])
            yield one
            self.failed |= one.failed

    def report(self, error: InputError | OutputError) -> None:
        """Say what is wrong with one input, or its output; the exit code will be 2."""
        self.say(error.path, error.reason)
        self.failed = True

    def note(self, message: str) -> None:
        """Print a note that is not an error, unless stderr is to be quiet."""
        if not self.quiet:
            self.say("", message)

    def exit_code(self, code: int = 0) -> int:
        return 2 if self.failed else code


def _bytes_of(opened: Opened[Placed[Result]]) -> int | None:
    """Return the bytes in the articles of a dump read to its end; None if unknown."""
    stored, total = opened.stored, opened.reading.total
    if total is not None and total.is_whole:
        return None if total.is_blank else total.size
    return None if stored.is_compressed else stored.size


def statuses_of(source: Inputs) -> Iterator[os.stat_result]:
    """Return the status of each input, so that none is overwritten; skip those that are missing."""
    for name in source.names:
        # The file that others are read through, such as an archive, is in the last link of a chain.
        path = path_of(name.rpartition("::")[2]) or path_of(name) or name
        try:
            yield os.fstat(0) if name == STDIN else os.stat(path)
        except (OSError, ValueError):
            continue


def _doubt(reading: Reading) -> str:
    """Return what a dump looks like, if that is empty, or another kind of file or encoding."""
    if len(reading.head) < HEAD and is_blank(reading.head):
        what = "is blank" if reading.head else "is empty"
        return "" if reading.is_damaged else f"{what}: it has no articles"
    if reading.encoding == UTF8 and is_clean(reading.head) and not reading.has_no_headers:
        return ""
    from ..source.looks import looks_like, other_encoding

    look = looks_like(reading.head) if reading.encoding == UTF8 else None
    if look is not None and look.is_foreign(not reading.has_no_headers):
        return f"looks like {look.name}, not like a dump of pages"
    look = other_encoding(reading.head, reading.encoding)
    return f"looks like {look.name}; {look.advice}" if look else ""


def cluster_at(address: str) -> Cluster:
    """Return the cluster with the scheduler at that address; raise UsageError if there is none."""
    _hush_libraries()
    from .cluster import Cluster

    return Cluster(address)


def _hush_libraries() -> None:
    """Silence the logs of the libraries behind fsspec and Dask: they also raise what they log."""
    import logging
    import warnings

    logging.disable()
    warnings.simplefilter("ignore")


def expanded(name: str, source: Inputs) -> Sequence[str]:
    """Return the dumps that a name means: those below a directory, those that match a URL.

    Reports what cannot be read, and how many files of a directory are left out.
    """
    if name != STDIN and not is_url(name) and os.path.isdir(name):
        return _below(name, source)
    if is_url(name):
        _hush_libraries()
        from ..source.retries import report_to

        report_to(source.say if source.verbose else None)
    try:
        return expand(name)
    except InputError as error:
        source.report(error)
        return []


def _below(directory: str, source: Inputs) -> Sequence[str]:
    from ..source.below import dumps_below

    below = dumps_below(directory, is_named=source.options.layout != "auto")
    for error in below.unreadable:
        source.report(error)
    counts = {"hidden": below.hidden, "not page text": below.others}
    parts = [f"{count:,} {what}" for what, count in counts.items() if count]
    if parts and not source.quiet:
        source.say(directory, f"skipped: {', '.join(parts)}")
    if not below.dumps and not below.unreadable:
        source.report(InputError(directory, "contains no dumps"))
    return below.dumps


def size_of(name: str) -> int | None:
    """Return the bytes of that input as stored; None if that is not known yet."""
    with suppress(OSError, ValueError):
        status = os.fstat(0) if name == STDIN else os.stat(name)
        if stat.S_ISREG(status.st_mode):
            return status.st_size - (os.lseek(0, 0, os.SEEK_CUR) if name == STDIN else 0)
    return None
