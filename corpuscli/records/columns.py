"""Records as columns of Arrow, and as Parquet: what each column holds, its JSON Schema says.

Needs `corpuscli[parquet]`; without it the import of this room is a UsageError.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from ..errors import UsageError
from .fields import JSON, Field, Record

EXTRA = "Parquet needs another package: pip install 'corpuscli[parquet]'"

# numpy would start a thread for each core, for algebra that nothing here does, and end the process
# with a page of text where it may not.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

try:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
    from numpy.typing import NDArray
except ImportError as error:
    raise UsageError("", EXTRA) from error

# It looks for pandas when it is first asked for an array: better now, while all is imported.
pa.array([])

COMPRESSION = "zstd"

LEVEL = 3
"""Of the compression. Above 1 it makes the files a fifth smaller, for a tenth more of the time that
writing takes; more than 3 is not worth its time."""

GROUP_BYTES = 16 * 1024 * 1024
"""Bytes of values in a row group, at most, but for one of a single row. Readers take a row group as
the piece that a thread works on; the writer has to hold one."""

GROUP_ROWS = 100_000
"""Rows in a row group, at most: where `--fields` leaves little of each article."""

RECORD = b"corpuscli.record"
"""In the metadata of a schema, what names the record, as `corpuscli schema` does."""

Ends = NDArray[np.int64]
"""The bytes of values before each row, and of all rows."""

_ELEMENT = "element"
"""What Parquet calls what a list holds."""


def schema_of(fields: Sequence[Field[Record]], record: str = "article") -> pa.Schema:
    """The columns of records with these fields: `record` names them as `corpuscli schema` does.

    Raises ValueError for a field whose values are of several types.
    """
    columns = [
        _column(field.name, field.schema, pa.date32()).with_metadata({"description": field.about})
        for field in fields
    ]
    return pa.schema(columns, metadata={RECORD: record.encode()})


def table_of(
    fields: Sequence[Field[Record]], rows: Sequence[Sequence[JSON]], record: str = "article"
) -> pa.Table:
    """Rows of values, in the order of the fields, as columns."""
    schema = schema_of(fields, record)
    values = zip(*rows, strict=True) if rows else [()] * len(fields)
    arrays = [
        _array(column, _column(field.name, field.schema, pa.string()).type, to.type)
        for field, to, column in zip(fields, schema, values, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: Sequence[JSON], read_as: pa.DataType, to: pa.DataType) -> pa.Array:
    """Values with dates in ISO 8601. Arrow reads a column of them at once; Python, one by one."""
    array = pa.array(values, read_as)
    return array if read_as == to else array.cast(to)


def _column(name: str, schema: Mapping[str, JSON], date: pa.DataType) -> pa.Field:
    """What a JSON Schema says, as a column; a date is of the type `date`."""
    kinds = schema["type"]
    names = [kinds] if isinstance(kinds, str) else list(cast("Sequence[str]", kinds))
    match [kind for kind in names if kind != "null"]:
        case ["string"]:
            of = date if schema.get("format") == "date" else pa.string()
        case ["integer"]:
            of = pa.int64()
        case ["number"]:
            of = pa.float64()
        case ["boolean"]:
            of = pa.bool_()
        case ["array"]:
            of = pa.list_(_column(_ELEMENT, _schema(schema["items"]), date))
        case ["object"]:
            properties = _schema(schema["properties"]).items()
            of = pa.struct([_column(key, _schema(value), date) for key, value in properties])
        case _:
            raise ValueError(f"no column holds {name}: {kinds}")
    return pa.field(name, of, nullable="null" in names)


def _schema(value: JSON) -> dict[str, JSON]:
    return cast("dict[str, JSON]", value)


def stream_of(table: pa.Table) -> bytes:
    """A table on its way from one process to another: Arrow's IPC format."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return cast(bytes, sink.getvalue().to_pybytes())


def batches_of(stream: bytes) -> Iterator[pa.RecordBatch]:
    """What `stream_of` was given, in parts; they share the memory of `stream`."""
    with pa.ipc.open_stream(stream) as batches:
        yield from batches


def parquet_of(table: pa.Table) -> bytes:
    """A whole Parquet file. The same table gives the same bytes, however it is cut in chunks."""
    sink = pa.BufferOutputStream()
    with new_writer(sink, table.schema) as writer:
        for batch in table.combine_chunks().to_batches():
            ends = ends_of(batch)
            start = 0
            while start < batch.num_rows:
                end = group_end(ends, start)
                write_group(writer, [batch.slice(start, end - start)])
                start = end
    return cast(bytes, sink.getvalue().to_pybytes())


def new_writer(sink: Any, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer of one Parquet file. It writes also when it is collected before it was closed."""
    return pq.ParquetWriter(sink, schema, compression=COMPRESSION, compression_level=LEVEL)


def write_group(writer: pq.ParquetWriter, batches: Sequence[pa.RecordBatch]) -> None:
    """Write one row group."""
    # Where pages end depends on the chunks: so there must be one.
    table = pa.Table.from_batches(batches).combine_chunks()
    writer.write_table(table, row_group_size=table.num_rows)


def give_back() -> None:
    """Let the system have the memory that Arrow has done with. Arrow would keep it for what may
    come: a fifth of what all processes have together."""
    pa.default_memory_pool().release_unused()


def group_end(ends: Ends, start: int, rows: int = 0, size: int = 0) -> int:
    """Where the row group ends that has `rows` rows of `size` bytes before the row `start`.

    It is `start` itself where the group has no room for that row; an empty group has room for any.
    """
    room = ends[start] + GROUP_BYTES - size
    end = int(np.searchsorted(ends, room, side="right")) - 1
    return max(min(end, start + GROUP_ROWS - rows), start if rows else start + 1)


def ends_of(batch: pa.RecordBatch) -> Ends:
    """The bytes of values before each row, and of all; how Arrow keeps them does not count."""
    return _sum_of(batch.columns, batch.num_rows)


def _sum_of(arrays: Sequence[pa.Array], count: int) -> Ends:
    ends = np.zeros(count + 1, np.int64)
    for array in arrays:
        ends += _ends(array)
    return ends


def _ends(array: pa.Array) -> Ends:
    if pa.types.is_list(array.type):
        of_elements = _ends(array.values)
        ends: Ends = of_elements[np.asarray(array.offsets)] if len(array) else of_elements[:1]
        ends -= ends[0]
        return ends
    if pa.types.is_struct(array.type):
        return _sum_of(array.flatten(), len(array))
    if pa.types.is_string(array.type):
        lengths = pc.binary_length(array).fill_null(0)
        return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    width: int = max(1, array.type.bit_width // 8)
    return np.arange(0, (len(array) + 1) * width, width, dtype=np.int64)
