"""Read dumps with the workers of a Dask cluster; needs `corpuscli[dask]`.

This process requests shards, says which number and line each begins with, and takes the results in
order. It holds only a few of either at a time, whatever the size of a dump, and so does the
scheduler.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from typing import Any, NamedTuple

from .. import __version__
from ..errors import CorpusError, InputError, UsageError
from ..reader.reading import Opened
from ..reader.shard import Scan, Shard, Start
from ..source import CHANGED, STDIN, Stored, is_url
from . import tasks
from .interrupts import interrupts_leave
from .shards import Range, even_ranges, not_too_many, ranges_of, wanted_shards
from .tasks import Job, Opening, Order

EXTRA = "a cluster needs another package: pip install 'corpuscli[dask]'"

PATIENCE = 10
"""Seconds to wait for the scheduler, and then for a first worker."""

PERIOD = 5
"""Seconds to wait for something before it is looked if there is still a worker."""

LONGEST_ALONE = 60
"""Seconds without any worker, at most: those that were killed may be started again."""

LAST_WORK = 60
"""Seconds to wait, when a call ends early, for what workers have begun and cannot be stopped."""

AHEAD = 2
"""Shards, or dumps, that are requested at a time for each thread of a worker."""

Told = Callable[[int, int], None]
"""Is told how many shards of a dump are done, and how many there are."""


class Cluster:
    """A scheduler, and the workers that it has."""

    def __init__(self, address: str) -> None:
        """Connect to the scheduler at that address; raises UsageError if there is none."""
        self.address = address
        with interrupts_leave():
            self._connect(address)
        self._check_release()

    def _connect(self, address: str) -> None:
        try:
            from distributed import Client
            from distributed.comm.addressing import get_address_host_port
        except ImportError as error:
            raise UsageError("--scheduler", EXTRA) from error
        try:
            # Client would try for a minute before it says so.
            get_address_host_port(address)
        except ValueError as error:
            reason = f"{address!r} is not the address of a scheduler: {_words(error)}"
            raise UsageError("--scheduler", reason) from error
        _knock(address)
        try:
            self._client = Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            reason = f"no scheduler answered within {PATIENCE} seconds"
            raise UsageError(address, reason) from error
        atexit.register(self.close)
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            reason = f"no worker joined this scheduler within {PATIENCE} seconds"
            raise UsageError(address, reason) from error

    def _check_release(self) -> None:
        """Raise UsageError if a worker has another release, or none: it could do nothing."""
        # It uses only what every Python has, so that any worker can answer.
        found = self._client.run(version, "corpuscli", on_error="return")
        for worker, release in found.items():
            if release == __version__ or isinstance(release, OSError):
                continue
            there = f"corpuscli {release}" if isinstance(release, str) else "no corpuscli"
            reason = f"the worker {worker} has {there}, but this is {__version__}"
            raise UsageError(self.address, reason)

    def close(self) -> None:
        """Leave the cluster; what it still does for this process is dropped."""
        atexit.unregister(self.close)
        with suppress(Exception):
            self._client.close(timeout=2)

    @property
    def width(self) -> int:
        """Return how many results are requested at a time."""
        threads: int = sum(self._client.nthreads().values())
        return max(1, threads) * AHEAD

    def submit(self, function: Callable[..., Any], *arguments: object, priority: int = 0) -> Any:
        """Ask for a call of `function`; the first of these of the highest priority come first."""
        return self._client.submit(function, *arguments, pure=False, priority=priority)

    def map(
        self, function: Callable[..., Any], name: str, arguments: Sequence[object]
    ) -> list[Any]:
        """Yield what `function` returns for each of the arguments; raise as `result` does."""
        futures = self._client.map(function, arguments, pure=False)
        return [self.result(future, name) for future in futures]

    def result(self, future: Any, name: str) -> Any:
        """Return what was requested for the dump called `name`.

        Raises the CorpusError that is the answer, or that says why no answer comes.
        """
        self.first_done(future)
        try:
            return future.result()
        except CorpusError:
            raise
        except (Exception, asyncio.CancelledError) as error:
            raise self._failure(error, name, future.status == "error") from error

    def _failure(self, error: BaseException, name: str, is_answer: bool) -> CorpusError:
        """Return what to say of an exception that is not ours; `is_answer` if a worker sent it."""
        if not is_answer:
            return CorpusError(self.address, "the scheduler is gone")
        if type(error).__name__ == "KilledWorker":
            reason = (
                "workers ended while they read it, one after another: see their logs; "
                "--shard-size can make the parts smaller"
            )
            return InputError(name, reason)
        reason = f"a worker failed: {type(error).__name__}: {_words(error)}"
        if isinstance(error, ImportError) or "deserializ" in reason:
            reason += "; scheduler and workers need the same release of corpuscli"
        return CorpusError(self.address, reason)

    def first_done(self, *futures: Any) -> None:
        """Wait until one of them is done; `result` says how it ended.

        Raises CorpusError if there has been no worker for long.
        """
        from distributed import wait

        alone = 0
        while True:
            try:
                with self._client.as_current():
                    wait(list(futures), timeout=PERIOD, return_when="FIRST_COMPLETED")
                return
            except TimeoutError:
                alone = 0 if self._client.nthreads() else alone + PERIOD
            except (Exception, asyncio.CancelledError):
                return
            if alone >= LONGEST_ALONE:
                reason = f"there has been no worker for {alone} seconds; see their logs"
                raise CorpusError(self.address, reason)

    def drop(self, futures: Sequence[Any], *, wait_for: Sequence[Any]) -> None:
        """Drop some futures; wait for others, whose work may leave files behind."""
        from distributed import wait

        with suppress(Exception, asyncio.CancelledError), self._client.as_current():
            self._client.cancel(list(futures), force=True)
            if wait_for:
                wait(list(wait_for), timeout=LAST_WORK)


class _Ahead(NamedTuple):
    """A shard that was requested."""

    headers: Any
    """A future: it stays with the worker that has read it."""
    scan: Any


class _Opening(NamedTuple):
    """A dump that was requested."""

    status: os.stat_result | None
    """The status of the file before it was requested, if this process sees it, too."""
    future: Any


class Reader:
    """The dumps of a call as a cluster reads them, some opened ahead of the current one."""

    def __init__(self, cluster: Cluster, names: Sequence[str], job: Job) -> None:
        from distributed.protocol.pickle import dumps

        self._cluster = cluster
        self._names = names
        self._job = job
        self._order = Order.of(job, dumps)
        self._opening: dict[int, _Opening] = {}
        self._asked = 0
        self._left: list[Any] = []
        """What was begun for dumps that were not read to their end, and cannot be stopped."""

    def can_read(self, index: int) -> bool:
        """Return False for what only this process can read: standard input, a pipe."""
        name = self._names[index]
        if name == STDIN:
            return False
        with suppress(OSError, ValueError):
            if is_url(name):
                return True
            # `/dev/stdin` is a regular file here, and another one there.
            of_process = os.path.abspath(name).startswith(("/dev/", "/proc/"))
            return stat.S_ISREG(os.stat(name).st_mode) and not of_process
        # Perhaps the workers see it; if not, they say so.
        return True

    def open(self, index: int, told: Told) -> Opened[Any] | None:
        """Return the dump with that index; None if too large to read at once and impossible to cut.

        Raises InputError if it cannot be opened. `told` is called as its results arrive.
        """
        self._ask_ahead(index)
        asked = self._opening.pop(index)
        opening: Opening = self._cluster.result(asked.future, self._names[index])
        stored, reading, dump, results = opening
        stored = stored._replace(status=_same(stored, asked.status))
        if dump is not None:
            return Opened(stored, reading, self._shards(opening, told))
        return None if results is None else Opened(stored, reading, _given(results, told))

    def close(self) -> None:
        """Drop what was requested and not taken; wait for workers that may still write parts."""
        opening = [asked.future for asked in self._opening.values()]
        writes = self._job.work.part is not None
        self._cluster.drop(opening, wait_for=[*self._left, *opening] if writes else ())

    def _ask_ahead(self, index: int) -> None:
        """Request the dump with that index, and some after it."""
        upto = min(len(self._names), index + self._cluster.width)
        for place in range(max(index, self._asked), upto):
            if self.can_read(place):
                name = self._names[place]
                path = name if is_url(name) else os.path.abspath(name)
                ask = (tasks.open_dump, self._order, name, path, place)
                self._opening[place] = _Opening(_status(path), self._cluster.submit(*ask))
        self._asked = max(self._asked, upto)

    def _shards(self, opening: Opening, told: Told) -> Iterator[Any]:
        """Yield the results of a dump that is read in shards, in order."""
        cluster, dump = self._cluster, opening.dump
        assert dump is not None
        reading = opening.reading.alone
        width = cluster.width
        shards = self._wanted(opening)
        more = True
        ahead: deque[_Ahead] = deque()
        making: deque[Any] = deque()
        start = Start()
        fault: InputError | None = None
        total, done = len(self._ranges(dump.size)), 0
        try:
            while True:
                while more and fault is None and len(ahead) + len(making) < width:
                    shard = next(shards, None)
                    if more := shard is not None:
                        headers = cluster.submit(tasks.open_shard, dump, shard)
                        scan = cluster.submit(tasks.scan, headers, priority=1)
                        ahead.append(_Ahead(headers, scan))
                if ahead and self._is_scan_next(ahead[0], making):
                    headers, scanned = ahead.popleft()
                    try:
                        scan = self._scan(dump.name, headers, scanned, start)
                    except InputError as error:
                        # The results before it come first.
                        fault = error
                        ahead.clear()
                        continue
                    made = (headers, start, self._order, reading)
                    making.append(cluster.submit(tasks.made, *made, priority=2))
                    start = start.after(scan)
                elif making:
                    results, failed = cluster.result(making[0], dump.name)
                    making.popleft()
                    done += 1
                    yield from results
                    told(done, total)
                    if failed is not None:
                        raise failed
                elif fault is not None:
                    raise fault
                else:
                    return
        finally:
            cluster.drop([future for one in ahead for future in one], wait_for=())
            self._left += making

    def _is_scan_next(self, one: _Ahead, making: Sequence[Any]) -> bool:
        """Return True if a scan will be ready sooner than the results being made."""
        if making:
            self._cluster.first_done(one.scan, making[0])
            return bool(one.scan.done())
        return True

    def _scan(self, name: str, headers: Any, scanned: Any, start: Start) -> Scan:
        scan: Scan = self._cluster.result(scanned, name)
        if start.has_a_say(scan):
            again = self._cluster.submit(tasks.scan, headers, start.state, priority=1)
            scan = self._cluster.result(again, name)
        return scan

    def _wanted(self, opening: Opening) -> Iterator[Shard]:
        """Yield the shards of a dump, as far as they are wanted."""
        dump, work = opening.dump, self._job.work
        assert dump is not None
        if work.look is None:
            yield from (Shard(*within, True) for within in self._ranges(dump.size))
            return
        ask = partial(self._cluster.map, partial(tasks.looked, self._order, dump), dump.name)
        for some in wanted_shards(self._ranges(dump.size), ask, 2 * self._cluster.width):
            yield from some

    def _ranges(self, size: int) -> Sequence[Range]:
        part = self._job.work.part
        if part:
            return even_ranges(size, part)
        return ranges_of(size, not_too_many(self._job.shard, size))


def _knock(address: str) -> None:
    """Raise UsageError if no scheduler answers: Client would wait for ever for another server."""
    from distributed.comm.core import connect
    from distributed.security import Security

    async def knock() -> None:
        options = Security().get_connection_args("client")
        (await connect(address, timeout=PATIENCE, **options)).abort()

    try:
        asyncio.run(asyncio.wait_for(knock(), PATIENCE + 1))
    except (TimeoutError, MemoryError) as error:
        # It says nothing, or what would be the length of a message is a word.
        raise UsageError(address, "what answers there is not a scheduler") from error
    except Exception as error:
        raise UsageError(address, f"no scheduler answers there: {_words(error)}") from error


def _given(results: tasks.Results, told: Told) -> Iterator[Any]:
    """Yield the results of a dump that was read at once."""
    made, fault = results
    yield from made
    told(1, 1)
    if fault is not None:
        raise fault


def _same(stored: Stored, status: os.stat_result | None) -> os.stat_result | None:
    """Return the status of a file as this process saw it before it was read, if it did.

    Raises InputError if the worker that opened it saw a different one: what replaces the file must
    be made from the file that is replaced.
    """
    there = stored.status
    if status is None or there is None:
        return None
    if (status.st_size, status.st_mtime_ns) != (there.st_size, there.st_mtime_ns):
        raise InputError(stored.name, CHANGED)
    return status


def _status(path: str) -> os.stat_result | None:
    """Return the status of a file as this process sees it; None if it does not."""
    with suppress(OSError, ValueError):
        return os.stat(path)
    return None


def _words(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
