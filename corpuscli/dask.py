"""Articles as Dask collections: a DataFrame, or a bag of records; needs `corpuscli[dask]`.

    import corpuscli.dask

    articles = corpuscli.dask.read_articles("s3://bucket/dumps/*.txt")
    articles.groupby("photo_date").words.sum().compute()

A partition is a shard of a dump, read by the functions that the processes of one machine call. As
an article's number and line count from the top of its dump, each dump is gone through twice: first
for its headers, which takes a tenth of the time, then for what is wanted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from . import records
from .boundaries import State
from .errors import InputError, UsageError
from .reading import Options, Piece, Reading, read_source, until_fault
from .records import JSON
from .shard import Dump, Headers, Scan, Shard, Start
from .shards import even_ranges
from .source import is_url, open_source
from .tasks import cut_dump

EXTRA = "Dask needs another package: pip install 'corpuscli[dask]'"

try:
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
"""Bytes of a dump in a partition. To read one takes some eight times as much memory."""

Rows = list[list[JSON]]

Result = TypeVar("Result")


class _Give(NamedTuple, Generic[Result]):
    """What is wanted of each partition."""

    names: tuple[str, ...]
    """Of fields."""
    made: Callable[[tuple[str, ...], Rows], Result]
    strict: bool
    """False: the articles before a fault are enough."""

    def of(
        self, reading: Reading, pieces: Iterable[Piece], fault: Sequence[InputError] = ()
    ) -> Result:
        """What is made of some articles; `fault` is looked at when they have been read."""
        fields = records.pick_fields(records.ARTICLE, self.names)
        rows: Rows = [[field.get(a) for field in fields] for a in map(reading.parse, pieces)]
        if fault and self.strict:
            raise fault[0]
        return self.made(self.names, rows)


class _Seen(NamedTuple):
    """What is known of a dump when its first bytes were read."""

    name: str
    path: str
    position: int
    reading: Reading
    dump: Dump | None
    """As its shards are read; None if it is one partition."""


def read_articles(
    urls: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    blocksize: int | str = BLOCKSIZE,
    *,
    layout: str = "auto",
    encoding: str = "auto",
    fields: Sequence[str] | None = None,
    errors: str = "raise",
) -> dask.dataframe.DataFrame:
    """The articles of some dumps as a Dask DataFrame, a row an article, in order.

    `urls` are paths and URLs; of a URL with `*`, all that match. Its columns are the fields of the
    article record, or those named, in Arrow's types: strings, int64, date32, lists and structs.
    `blocksize` is in bytes, or as `"64MiB"`; any gives the same rows. A dump that is compressed, or
    not UTF-8, is one partition.

    Only the first bytes of the dumps are read at once, by the scheduler that is Dask's default when
    this is called. Raises UsageError for a layout, an encoding or a field that there is none of,
    and InputError for a dump that cannot be opened. Where one cannot be read to its end, `errors`
    tells what happens: `"raise"` raises InputError when the collection is computed, `"keep"` keeps
    the articles before.
    """
    import dask.dataframe as dd

    names = _names_of(fields)
    parts = _parts(urls, blocksize, layout, encoding, errors, names, _frame)
    frame: dask.dataframe.DataFrame = dd.from_delayed(
        parts, meta=_frame(names, []), verify_meta=False
    )
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
    """The articles as a Dask Bag of dictionaries: the records of `split --json`.

    All else as in `read_articles`.
    """
    import dask.bag as db

    names = _names_of(fields)
    parts = _parts(urls, blocksize, layout, encoding, errors, names, _dicts)
    bag: dask.bag.Bag = db.from_delayed(parts)
    return bag


def _parts(
    urls: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    blocksize: int | str,
    layout: str,
    encoding: str,
    errors: str,
    names: tuple[str, ...],
    made: Callable[[tuple[str, ...], Rows], Result],
) -> list[Any]:
    """What is `made` of each partition's rows, as Dask's delayed calls."""
    if errors not in ("raise", "keep"):
        raise ValueError(f"errors must be 'raise' or 'keep', not {errors!r}")
    options = Options(layout, encoding)
    options.check()
    size = int(parse_bytes(blocksize))
    if size < 1:
        raise ValueError("blocksize must be positive")
    look = delayed(_look_at, pure=False)
    seen = compute(*(look(*dump, options, size) for dump in _dumps(urls)))
    give = _Give(names, made, errors == "raise")
    parts = [part for one in seen for part in _parts_of(one, options, size, give)]
    return parts or [delayed(made)(names, [])]


def _names_of(fields: Sequence[str] | None) -> tuple[str, ...]:
    if fields is None:
        return tuple(field.name for field in records.ARTICLE)
    return tuple(field.name for field in records.pick_fields(records.ARTICLE, fields))


def _dumps(
    urls: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
) -> list[tuple[str, str, int]]:
    """Each dump's name, where every worker finds it, and its position."""
    given = [urls] if isinstance(urls, str | os.PathLike) else list(urls)
    names: list[str] = []
    for name in (os.fspath(one) for one in given):
        if is_url(name):
            from .source.remote import expand

            names += expand(name)
        else:
            names.append(name)
    paths = [name if is_url(name) else os.path.abspath(name) for name in names]
    return list(zip(names, paths, range(len(names)), strict=True))


def _parts_of(seen: _Seen, options: Options, size: int, give: _Give[Result]) -> list[Any]:
    """What is made of each partition of a dump, as delayed calls."""
    if seen.dump is None:
        read = delayed(_of_dump, pure=False)
        return [read(seen.name, seen.path, seen.position, options, give)]
    # Once for all partitions, not in each.
    dump, reading, made = (delayed(one, pure=False) for one in (seen.dump, seen.reading, give))
    shards = [Shard(*within, True) for within in even_ranges(seen.dump.size, size)]
    scans = [delayed(_scan, pure=False)(dump, shard, give.strict) for shard in shards]
    starts = delayed(_starts, pure=False)(dump, shards, scans, give.strict)
    read = delayed(_of_shard, pure=False)
    return [read(dump, shard, starts[at], reading, made) for at, shard in enumerate(shards)]


# What workers are asked to do


def _look_at(name: str, path: str, position: int, options: Options, size: int) -> _Seen:
    """Look at the first bytes of a dump; raises InputError if it cannot be opened."""
    with open_source(path, name) as source:
        reading = read_source(source, options, position)
        dump = cut_dump(source, path, reading, size)
        return _Seen(name, path, position, reading.alone, dump)


class _Scanned(NamedTuple):
    """What a shard says of itself."""

    scan: Scan
    fails: bool
    """True if the dump cannot be read on there, and what is behind is not wanted then."""


def _scan(dump: Dump, shard: Shard, strict: bool, state: State = ()) -> _Scanned:
    """What a shard says of itself, given the state where it starts."""
    headers = Headers(dump, shard)
    headers.settle(state)
    fails = not strict and headers.made(1, 1, len, None)[1] is not None
    return _Scanned(headers.scan(), fails)


def _starts(
    dump: Dump, shards: Sequence[Shard], scans: Sequence[_Scanned], strict: bool
) -> list[Start | None]:
    """What counts from the start of each shard: the one pass that goes from first to last.

    It is None for those behind one that fails.
    """
    start = Start()
    starts: list[Start | None] = []
    for shard, scanned in zip(shards, scans, strict=True):
        starts.append(start)
        if start.has_a_say(scanned.scan):
            scanned = _scan(dump, shard, strict, start.state)
        if scanned.fails:
            break
        start = start.after(scanned.scan)
    return starts + [None] * (len(shards) - len(starts))


def _of_shard(
    dump: Dump, shard: Shard, start: Start | None, reading: Reading, give: _Give[Result]
) -> Result:
    """What is made of a shard that starts there."""
    if start is None:
        return give.of(reading, [])
    headers = Headers(dump, shard)
    headers.settle(start.state)
    made, fault = headers.made(start.number, start.line, list, None)
    return give.of(reading, made[0], [fault] if fault else [])


def _of_dump(name: str, path: str, position: int, options: Options, give: _Give[Result]) -> Result:
    """What is made of a whole dump."""
    with open_source(path, name) as source:
        reading = read_source(source, options, position)
        pieces, fault = until_fault(reading.pieces)
        return give.of(reading, pieces, fault)


def _frame(names: tuple[str, ...], rows: Rows) -> pd.DataFrame:
    """Rows as a DataFrame of pandas."""
    import pandas as pd

    from .columns import table_of

    fields = records.pick_fields(records.ARTICLE, names)
    frame: pd.DataFrame = table_of(fields, rows).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _dicts(names: tuple[str, ...], rows: Rows) -> list[dict[str, JSON]]:
    """Rows as dictionaries, of values that JSON has."""
    return [
        {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in zip(names, row, strict=True)
        }
        for row in rows
    ]
