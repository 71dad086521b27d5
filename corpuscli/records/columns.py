"""Convert records to Arrow columns and to Parquet, typed by each field's JSON Schema.

Needs `corpuscli[parquet]`; without it, importing this module raises UsageError.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from ..errors import UsageError
from .fields import JSON, Field, Record

EXTRA = "Parquet needs another package: pip install 'corpuscli[parquet]'"

# numpy would start one thread per core for algebra that is not used here, and where it cannot start
# them it ends the process with a page of text.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

try:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
    from numpy.typing import NDArray
except ImportError as error:
    raise UsageError("", EXTRA) from error

# Arrow looks for pandas when it first makes an array; do that now, during the import.
pa.array([])

COMPRESSION = "zstd"

LEVEL = 3
"""The compression level. Any level above 1 makes the files a fifth smaller and writing a tenth
slower; levels above 3 are not worth their time."""

GROUP_BYTES = 16 * 1024 * 1024
"""The most bytes of values in a row group, unless it has only one row. A reader gives each thread a
row group to work on; the writer has to hold one in memory."""

GROUP_ROWS = 100_000
"""The most rows in a row group; it matters where `--fields` keeps little of each article."""

RECORD = b"corpuscli.record"
"""The key in a schema's metadata whose value names the record, as `corpuscli schema` does."""

Ends = NDArray[np.int64]
"""How many bytes of values come before each row; the last item is the total for all rows."""

_ELEMENT = "element"
"""The name that Parquet gives to the items of a list."""


def schema_of(fields: Sequence[Field[Record]], record: str = "article") -> pa.Schema:
    """Return the Arrow schema of records with these fields.

    `record` is the record's name in `corpuscli schema`. Raises ValueError for a field whose values
    have several types.
    """
    columns = [
        _column(field.name, field.schema, pa.date32()).with_metadata({"description": field.about})
        for field in fields
    ]
    return pa.schema(columns, metadata={RECORD: record.encode()})


def table_of(
    fields: Sequence[Field[Record]], rows: Sequence[Sequence[JSON]], record: str = "article"
) -> pa.Table:
    """Return a table of rows; the values of each row are in the order of the fields."""
    schema = schema_of(fields, record)
    values = zip(*rows, strict=True) if rows else [()] * len(fields)
    arrays = [
        _array(column, _column(field.name, field.schema, pa.string()).type, to.type)
        for field, to, column in zip(fields, schema, values, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: Sequence[JSON], read_as: pa.DataType, to: pa.DataType) -> pa.Array:
    """Return an array of values whose dates are in ISO 8601.

    Arrow parses a whole column of dates at once; Python would parse them one by one.
    """
    array = pa.array(values, read_as)
    return array if read_as == to else array.cast(to)


def _column(name: str, schema: Mapping[str, JSON], date: pa.DataType) -> pa.Field:
    """Return the column that a JSON Schema describes; dates get the type `date`."""
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
    """Return a table in Arrow's IPC format, to send it from one process to another."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return cast(bytes, sink.getvalue().to_pybytes())


def batches_of(stream: bytes) -> Iterator[pa.RecordBatch]:
    """Yield the record batches in what `stream_of` returned; they share the memory of `stream`."""
    with pa.ipc.open_stream(stream) as batches:
        yield from batches


def parquet_of(table: pa.Table) -> bytes:
    """Return a whole Parquet file. Equal tables give the same bytes, however they are chunked."""
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
    """Return a writer of one Parquet file. If collected before it is closed, it still writes."""
    return pq.ParquetWriter(sink, schema, compression=COMPRESSION, compression_level=LEVEL)


def write_group(writer: pq.ParquetWriter, batches: Sequence[pa.RecordBatch]) -> None:
    """Write one row group."""
    # The chunks decide where pages end, so there must be one chunk.
    table = pa.Table.from_batches(batches).combine_chunks()
    writer.write_table(table, row_group_size=table.num_rows)


def give_back() -> None:
    """Return the memory that Arrow no longer uses to the system.

    Arrow would keep it for later: a fifth of the memory of all processes together.
    """
    pa.default_memory_pool().release_unused()


def group_end(ends: Ends, start: int, rows: int = 0, size: int = 0) -> int:
    """Return the row at which a row group ends that already has `rows` rows, `size` bytes in all.

    `start` is the next row. The result is `start` itself if the group has no room for that row; an
    empty group has room for any row.
    """
    room = ends[start] + GROUP_BYTES - size
    end = int(np.searchsorted(ends, room, side="right")) - 1
    return max(min(end, start + GROUP_ROWS - rows), start if rows else start + 1)


def ends_of(batch: pa.RecordBatch) -> Ends:
    """Return the bytes of values before each row, then the total, without Arrow's overhead."""
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
