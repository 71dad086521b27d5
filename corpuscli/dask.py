"""Read articles as Dask collections: a DataFrame, or a bag of records; needs `corpuscli[dask]`.

    import corpuscli.dask

    articles = corpuscli.dask.read_articles("s3://bucket/dumps/*.txt")
    articles.groupby("photo_date").words.sum().compute()

A partition is a shard of a dump, read by the same functions that the processes of one machine use.
An article's number and line count from the top of its dump, so each dump is read twice: first for
its headers, which takes a tenth of the time, then for its contents.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar
from uuid import uuid4

from .engine.shards import even_ranges
from .engine.tasks import cut_dump
from .errors import InputError, UsageError
from .reader.reading import Options, Piece, Reading, read_source, until_fault
from .reader.settling import State
from .reader.shard import Dump, Headers, Scan, Shard, Start
from .records.fields import ARTICLE, JSON, pick_fields
from .source import expand, is_url, open_source

EXTRA = "Dask needs another package: pip install 'corpuscli[dask]'"

try:
    from dask._task_spec import DataNode, List, Task, TaskRef
    from dask.base import compute
    from dask.delayed import delayed
    from dask.utils import parse_bytes
except ImportError as error:
    raise UsageError("", EXTRA) from error

if TYPE_CHECKING:
    import dask.bag
    import dask.dataframe
    import pandas as pd

BLOCKSIZE = "64MiB"
"""Bytes of a dump per partition. Reading one uses about eight times as much memory."""

NAME = "corpuscli"
"""The prefix of the keys of the tasks."""

TOGETHER = 100
"""How many shards learn together where they start: a list of all would go to every worker."""

Rows = list[list[JSON]]

Result = TypeVar("Result")


class _Give(NamedTuple, Generic[Result]):
    """What to build from each partition."""

    names: tuple[str, ...]
    """The names of the fields."""
    made: Callable[[tuple[str, ...], Rows], Result]
    strict: bool = True
    """If False, the articles before a fault are enough."""

    def of(
        self, reading: Reading, pieces: Iterable[Piece], fault: Sequence[InputError] = ()
    ) -> Result:
        """Return the result for some articles; `fault` is checked after they are read."""
        fields = pick_fields(ARTICLE, self.names)
        rows: Rows = [[field.get(a) for field in fields] for a in map(reading.parse, pieces)]
        if fault and self.strict:
            raise fault[0]
        return self.made(self.names, rows)


class _Seen(NamedTuple):
    """What is known about a dump once its first bytes are read."""

    name: str
    path: str
    position: int
    reading: Reading
    dump: Dump | None
    """How its shards are read; None if the dump is one partition."""


def read_articles(
    urls: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    blocksize: int | str = BLOCKSIZE,
    *,
    layout: str = "auto",
    encoding: str = "auto",
    fields: Sequence[str] | None = None,
    errors: str = "raise",
) -> dask.dataframe.DataFrame:
    """Return the articles of some dumps as a Dask DataFrame, one row per article, in order.

    `urls` are paths and URLs; a URL with `*` stands for all that match. The columns are the fields
    of the article record, or those in `fields`, with Arrow types: strings, int64, date32, lists and
    structs. `blocksize` is in bytes, or text such as `"64MiB"`; the rows do not depend on it. A
    dump that is compressed, or not UTF-8, is one partition.

    The call itself reads only the first bytes of the dumps, with the scheduler that is Dask's
    default at that time. Raises UsageError for an unknown layout, encoding or field, and InputError
    for a dump that cannot be opened. If a dump cannot be read to its end, `errors` decides:
    `"raise"` raises InputError when the collection is computed, `"keep"` keeps the articles before
    the fault.
    """
    import dask.dataframe as dd

    names = _names_of(fields)
    graph = _graph(urls, blocksize, layout, encoding, errors, _Give(names, _frame))
    meta, keys = _frame(names, []), graph.partitions()
    divisions = (None,) * (len(keys) + 1)
    frame: dask.dataframe.DataFrame = dd.from_graph(graph, meta, divisions, keys, NAME)
    return frame


def read_bag(
    urls: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    blocksize: int | str = BLOCKSIZE,
    *,
    layout: str = "auto",
    encoding: str = "auto",
    fields: Sequence[str] | None = None,
    errors: str = "raise",
) -> dask.bag.Bag:
    """Return the articles as a Dask Bag of dictionaries: the records of `split --json`.

    Everything else is as in `read_articles`.
    """
    import dask.bag as db

    give = _Give(_names_of(fields), _dicts)
    graph = _graph(urls, blocksize, layout, encoding, errors, give)
    return db.Bag(graph, graph.name, graph.count)


class _Graph(dict[Any, Any]):
    """The tasks that read some dumps: two per shard, and a few per dump.

    It is built as one graph. With one of Dask's `Delayed` per shard, each would hold all the tasks
    before it, and building them would take time quadratic in their number.
    """

    def __init__(self, give: _Give[Any], options: Options) -> None:
        self._token = uuid4().hex
        self.name = f"{NAME}-{self._token}"
        self.count = 0
        self._options = options
        self._give = self._data("give", give)
        self._is_strict = give.strict

    def __dask_tokenize__(self) -> str:
        return self._token

    def partitions(self) -> list[tuple[str, int]]:
        """Return the keys of the partitions, in order."""
        return [(self.name, place) for place in range(self.count)]

    def add(self, seen: _Seen, size: int) -> None:
        """Add the partitions of one more dump."""
        which = seen.position
        if seen.dump is None:
            self.partition(_of_dump, seen, self._options, self._give)
            return
        # This is a task rather than data because everything starts with it: with as many beginnings
        # as ends, each end needing each beginning, Dask takes quadratic time to order them.
        there = self._task(f"dump-{which}", _itself, seen)
        shards = [Shard(*within, True) for within in even_ranges(seen.dump.size, size)]
        scans = List(
            *(
                self._task(f"scan-{which}-{place}", _scan, there, shard, self._is_strict)
                for place, shard in enumerate(shards)
            )
        )
        starts = self._task(f"starts-{which}", _starts, there, shards, scans, self._is_strict)
        for first in range(0, len(shards), TOGETHER):
            some = self._task(f"starts-{which}-{first}", _slice, starts, first, first + TOGETHER)
            for place, shard in enumerate(shards[first : first + TOGETHER]):
                self.partition(_of_shard, there, shard, some, place, self._give)

    def partition(self, function: Callable[..., Any], *arguments: Any) -> None:
        key = (self.name, self.count)
        self[key] = Task(key, function, *arguments)
        self.count += 1

    def _task(self, role: str, function: Callable[..., Any], *arguments: Any) -> Any:
        key = f"{NAME}-{role}-{self._token}"
        self[key] = Task(key, function, *arguments)
        return TaskRef(key)

    def _data(self, role: str, value: object) -> Any:
        """Return the key of a value that many tasks take, which the graph holds once."""
        key = f"{NAME}-{role}-{self._token}"
        self[key] = DataNode(key, value)
        return TaskRef(key)


def _graph(
    urls: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    blocksize: int | str,
    layout: str,
    encoding: str,
    errors: str,
    give: _Give[Any],
) -> _Graph:
    """Return the tasks that read some dumps, after looking at the first bytes of each."""
    if errors not in ("raise", "keep"):
        raise ValueError(f"errors must be 'raise' or 'keep', not {errors!r}")
    options = Options(layout, encoding)
    options.check()
    size = int(parse_bytes(blocksize))
    if size < 1:
        raise ValueError("blocksize must be positive")
    look = delayed(_look_at, pure=False)
    graph = _Graph(give._replace(strict=errors == "raise"), options)
    for seen in compute(*(look(*dump, options, size) for dump in _dumps(urls))):
        graph.add(seen, size)
    if not graph.count:
        graph.partition(_nothing, give)
    return graph


def _names_of(fields: Sequence[str] | None) -> tuple[str, ...]:
    if fields is None:
        return tuple(field.name for field in ARTICLE)
    return tuple(field.name for field in pick_fields(ARTICLE, fields))


def _dumps(
    urls: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
) -> list[tuple[str, str, int]]:
    """Return for each dump its name, a path where every worker finds it, and its position."""
    given = [urls] if isinstance(urls, str | os.PathLike) else urls
    names = [name for one in given for name in expand(os.fspath(one))]
    paths = [name if is_url(name) else os.path.abspath(name) for name in names]
    return list(zip(names, paths, range(len(names)), strict=True))


# What workers are asked to do


def _itself(seen: _Seen) -> _Seen:
    return seen


def _look_at(name: str, path: str, position: int, options: Options, size: int) -> _Seen:
    """Look at the first bytes of a dump; raise InputError if it cannot be opened."""
    with open_source(path, name) as source:
        reading = read_source(source, options, position)
        dump = cut_dump(source, path, reading, size)
        return _Seen(name, path, position, reading.alone, dump)


class _Scanned(NamedTuple):
    """What a shard reports about itself."""

    scan: Scan
    fails: bool
    """True if reading the dump fails there, and what follows is then not wanted."""


def _scan(seen: _Seen, shard: Shard, strict: bool, state: State = ()) -> _Scanned:
    """Return what a shard reports about itself, given the state at its start."""
    headers = _headers(seen, shard, state)
    fails = not strict and headers.made(1, 1, len, None)[1] is not None
    return _Scanned(headers.scan(), fails)


Starts = Sequence[Start | None]
"""The counts at the start of each shard; None for shards after one that fails."""


def _starts(
    seen: _Seen, shards: Sequence[Shard], scans: Sequence[_Scanned], strict: bool
) -> Starts:
    """Return where the shards start: the only step that goes through them in order."""
    start = Start()
    starts: list[Start | None] = []
    for shard, scanned in zip(shards, scans, strict=True):
        starts.append(start)
        if start.has_a_say(scanned.scan):
            scanned = _scan(seen, shard, strict, start.state)
        if scanned.fails:
            break
        start = start.after(scanned.scan)
    return starts + [None] * (len(shards) - len(starts))


def _slice(starts: Starts, first: int, end: int) -> Starts:
    return starts[first:end]


def _of_shard(seen: _Seen, shard: Shard, starts: Starts, place: int, give: _Give[Result]) -> Result:
    """Return the result for the shard at `place`, which starts as `starts` says."""
    start = starts[place]
    if start is None:
        return _nothing(give)
    headers = _headers(seen, shard, start.state)
    made, fault = headers.made(start.number, start.line, list, None)
    return give.of(seen.reading, made[0], [fault] if fault else [])


def _headers(seen: _Seen, shard: Shard, state: State) -> Headers:
    assert seen.dump is not None
    headers = Headers(seen.dump, shard)
    headers.settle(state)
    return headers


def _of_dump(seen: _Seen, options: Options, give: _Give[Result]) -> Result:
    """Return the result for a whole dump."""
    with open_source(seen.path, seen.name) as source:
        reading = read_source(source, options, seen.position)
        pieces, fault = until_fault(reading.pieces)
        return give.of(reading, pieces, fault)


def _nothing(give: _Give[Result]) -> Result:
    """Return the result for no dump at all."""
    return give.made(give.names, [])


def _frame(names: tuple[str, ...], rows: Rows) -> pd.DataFrame:
    """Return rows as a pandas DataFrame."""
    import pandas as pd

    from .records.columns import table_of

    fields = pick_fields(ARTICLE, names)
    frame: pd.DataFrame = table_of(fields, rows).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _dicts(names: tuple[str, ...], rows: Rows) -> list[dict[str, JSON]]:
    """Return rows as dictionaries of JSON values."""
    return [
        {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in zip(names, row, strict=True)
        }
        for row in rows
    ]
