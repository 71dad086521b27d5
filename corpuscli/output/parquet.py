"""Write a Parquet file in row groups. It is not text, so only `-o FILE.parquet` writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic

from ..records.columns import (
    batches_of,
    ends_of,
    give_back,
    group_end,
    new_writer,
    schema_of,
    stream_of,
    table_of,
    write_group,
)
from ..records.fields import JSON, Field, Record
from .json import dumps, loads

if TYPE_CHECKING:
    import pyarrow as pa

FEW = 64
"""The fewest rows that are converted to columns together: a conversion takes about a millisecond,
however few values there are."""

LONG = 1024 * 1024
"""Bytes of JSON from which fewer rows are converted, too, because each may be very long."""


class ParquetPrinter(Generic[Record]):
    """Writes one Parquet file.

    A row group ends where the bytes and the number of its rows require it, so how the rows were
    batched makes no difference. The group is held in memory until then, and the footer uses about 4
    KB of memory per group.
    """

    def __init__(
        self,
        fields: Sequence[Field[Record]],
        write: Callable[[bytes], object],
        record: str = "article",
    ) -> None:
        self._fields = fields
        self._record = record
        self._sink = _Sink(write)
        self._writer = new_writer(self._sink, schema_of(fields, record))
        self._waiting: list[Sequence[JSON]] = []
        self._waiting_bytes = 0
        self._group: list[pa.RecordBatch] = []
        self._rows = 0
        self._bytes = 0
        """The bytes of values in the current group."""

    def __reduce__(self) -> tuple[type[ParquetPrinter[Record]], tuple[object, ...]]:
        """Return a printer for another process that can only `encode`: its output would be lost."""
        return ParquetPrinter, (self._fields, len, self._record)

    def __enter__(self) -> ParquetPrinter[Record]:
        return self

    def __exit__(self, *exception: object) -> None:
        """Stop writing: a file that was not closed is not a Parquet file."""
        self._sink.abandon()

    def row(self, values: Sequence[JSON]) -> None:
        self.put(dumps([values]))

    def encode(self, rows: Sequence[Sequence[JSON]]) -> bytes:
        """Return many records as columns, in Arrow's format, or few as JSON, converted later."""
        if len(rows) < FEW:
            return dumps(rows)
        stream = stream_of(table_of(self._fields, rows, self._record))
        give_back()
        return stream

    def put(self, rows: bytes) -> None:
        if rows.startswith(b"["):
            self._waiting += loads(rows)
            self._waiting_bytes += len(rows)
            if len(self._waiting) >= FEW or self._waiting_bytes >= LONG:
                self._put_waiting()
            return
        self._put_waiting()
        for batch in batches_of(rows):
            self._add(batch)

    def close(self) -> None:
        """Write what is left and the footer; until then it is not a Parquet file."""
        self._put_waiting()
        self._end_group()
        self._writer.close()

    def _put_waiting(self) -> None:
        rows, self._waiting, self._waiting_bytes = self._waiting, [], 0
        for batch in table_of(self._fields, rows, self._record).to_batches():
            self._add(batch)

    def _add(self, batch: pa.RecordBatch) -> None:
        ends = ends_of(batch)
        start = 0
        while start < batch.num_rows:
            end = group_end(ends, start, self._rows, self._bytes)
            if end > start:
                self._group.append(batch.slice(start, end - start))
            self._rows += end - start
            self._bytes += int(ends[end] - ends[start])
            if end < batch.num_rows:
                self._end_group()
            start = end

    def _end_group(self) -> None:
        if self._group:
            write_group(self._writer, self._group)
            self._group = []
            self._rows = self._bytes = 0
            give_back()


class _Sink:
    """Takes bytes in the form of a file that Arrow writes to."""

    closed = False

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write

    def write(self, data: bytes) -> int:
        self._write(data)
        return len(data)

    def abandon(self) -> None:
        """Discard everything from now on: Arrow finishes a file even when it is collected."""
        self._write = len

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True
