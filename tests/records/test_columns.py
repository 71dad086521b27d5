"""Columns: the twin of the JSON Schema, and rows that come back as they went in."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.records.fields import ARTICLE, JSON, Field
from corpuscli.records.schema import SHAPES

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402

from corpuscli.records import columns  # noqa: E402

WITHOUT_COLUMNS = {"setting": "value"}
"""Records with a field whose values are of several types."""


def fields_of(name: str) -> list[Field[Any]]:
    """Return the fields of a shape; they cannot be read from a record."""
    table = SHAPES[name].fields
    return [Field(field, schema, about, lambda r: r) for field, (schema, about) in table.items()]


def kinds_of(schema: Any) -> list[str]:
    kinds = schema["type"]
    return [kinds] if isinstance(kinds, str) else list(kinds)


def assert_twins(schema: Any, column: Any) -> None:
    """A column holds what the schema says, all the way down."""
    kinds = kinds_of(schema)
    assert column.nullable == ("null" in kinds), column
    of = column.type
    if "array" in kinds:
        assert pa.types.is_list(of)
        assert_twins(schema["items"], of.value_field)
    elif "object" in kinds:
        properties = schema["properties"]
        assert [of.field(n).name for n in range(of.num_fields)] == list(properties)
        for n, inner in enumerate(properties.values()):
            assert_twins(inner, of.field(n))
    elif "integer" in kinds:
        assert of == pa.int64()
    elif "number" in kinds:
        assert of == pa.float64()
    elif "boolean" in kinds:
        assert of == pa.bool_()
    else:
        assert "string" in kinds
        assert of == (pa.date32() if schema.get("format") == "date" else pa.string())


@pytest.mark.parametrize("name", [name for name in SHAPES if name not in WITHOUT_COLUMNS])
def test_columns_are_the_twin_of_the_json_schema(name: str) -> None:
    schema = columns.schema_of(fields_of(name), name)
    assert schema.names == list(SHAPES[name].fields)
    assert schema.metadata == {b"corpuscli.record": name.encode()}
    for column, (inner, about) in zip(schema, SHAPES[name].fields.values(), strict=True):
        assert_twins(inner, column)
        assert column.metadata == {b"description": about.encode()}


@pytest.mark.parametrize("name", WITHOUT_COLUMNS)
def test_values_of_several_types_have_no_column(name: str) -> None:
    with pytest.raises(ValueError, match=WITHOUT_COLUMNS[name]):
        columns.schema_of(fields_of(name), name)


TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from("\0\ufffd\ufeff漢"))


def values(schema: Any) -> st.SearchStrategy[Any]:
    """What a schema allows, as `values_of` gives it: lists also as tuples, dates as text."""
    found: list[st.SearchStrategy[Any]] = []
    for kind in kinds_of(schema):
        if kind == "null":
            found.append(st.none())
        elif kind == "integer":
            found.append(st.integers(0, 2**63 - 1))
        elif kind == "number":
            found.append(st.floats(0, 1))
        elif kind == "boolean":
            found.append(st.booleans())
        elif kind == "array":
            lists = st.lists(values(schema["items"]), max_size=3)
            found += [lists, lists.map(tuple)]
        elif kind == "object":
            found.append(
                st.fixed_dictionaries({k: values(v) for k, v in schema["properties"].items()})
            )
        elif schema.get("format") == "date":
            found.append(st.dates().map(str))
        else:
            found.append(TEXT)
    return st.one_of(found)


def rows_of(name: str) -> st.SearchStrategy[list[list[Any]]]:
    row = st.tuples(*(values(schema) for schema, _ in SHAPES[name].fields.values()))
    return st.lists(row.map(list), max_size=5)


def plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return value.isoformat() if isinstance(value, datetime.date) else value


def read(parquet: bytes) -> Any:
    return pq.read_table(io.BytesIO(parquet))


@given(st.data(), st.sampled_from(["article", "match", "difference", "problem", "written"]))
def test_rows_come_back_as_they_went_in(data: st.DataObject, name: str) -> None:
    fields = fields_of(name)
    rows = data.draw(rows_of(name))
    table = columns.table_of(fields, rows, name)
    names = [field.name for field in fields]
    wanted = [dict(zip(names, plain(row), strict=True)) for row in rows]
    assert plain(table.to_pylist()) == wanted
    table.validate(full=True)
    again = read(columns.parquet_of(table))
    assert plain(again.to_pylist()) == wanted
    assert again.schema.equals(columns.schema_of(fields, name), check_metadata=True)


def cut(table: Any, places: Iterable[int]) -> Any:
    """The same table in chunks."""
    ends = [*sorted({place % (len(table) + 1) for place in places}), len(table)]
    starts = [0, *ends[:-1]]
    return pa.concat_tables([table[a:b] for a, b in zip(starts, ends, strict=True)])


@given(rows_of("article"), st.lists(st.integers(0, 5), max_size=3))
def test_a_file_is_the_same_however_the_table_is_cut(rows: list[list[Any]], at: list[int]) -> None:
    table = columns.table_of(ARTICLE, rows)
    assert columns.parquet_of(cut(table, at)) == columns.parquet_of(table)


def size_of(value: Any, schema: Any) -> int:
    """Return the bytes of a value, by its schema: a number has 8, a date 4, a text its UTF-8."""
    kinds = kinds_of(schema)
    if "array" in kinds:
        return sum(size_of(one, schema["items"]) for one in value or ())
    if "object" in kinds:
        return sum(size_of(value[name], inner) for name, inner in schema["properties"].items())
    if "integer" in kinds or schema.get("format") == "date":
        return 8 if "integer" in kinds else 4
    return len((value or "").encode())


@given(st.data(), st.sampled_from(["article", "difference", "stats"]), st.integers(0, 5))
def test_bytes_are_those_of_the_values_wherever_they_stand(
    data: st.DataObject, name: str, start: int
) -> None:
    rows = data.draw(rows_of(name))
    schemas = [schema for schema, _ in SHAPES[name].fields.values()]
    table = columns.table_of(fields_of(name), rows, name)[start:]
    (batch,) = table.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], table.schema)]
    sizes = [sum(map(size_of, row, schemas)) for row in rows[start:]]
    assert list(np.diff(columns.ends_of(batch))) == sizes
    assert columns.ends_of(batch)[0] == 0


TITLE = [field for field in ARTICLE if field.name == "title"]


def groups(parquet: bytes) -> list[int]:
    """The rows of each row group."""
    metadata = pq.read_metadata(io.BytesIO(parquet))
    return [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]


def titles(lengths: Sequence[int]) -> Iterator[list[JSON]]:
    return (["x" * length] for length in lengths)


@pytest.mark.parametrize(
    ("lengths", "wanted"),
    [
        ([], []),
        ([0] * 5, [3, 2]),
        ([40, 60, 1], [2, 1]),
        ([1000, 1, 1000, 50, 50, 1], [1, 1, 1, 2, 1]),
        ([1000], [1]),
    ],
)
def test_a_row_group_ends_by_its_bytes_or_its_rows(
    lengths: list[int], wanted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "GROUP_BYTES", 100)
    monkeypatch.setattr(columns, "GROUP_ROWS", 3)
    table = columns.table_of(TITLE, list(titles(lengths)))
    assert groups(columns.parquet_of(table)) == wanted


def test_a_file_says_how_it_is_compressed_and_what_its_columns_mean() -> None:
    file = columns.parquet_of(columns.table_of(TITLE, list(titles([5]))))
    column = pq.read_metadata(io.BytesIO(file)).row_group(0).column(0)
    assert column.compression == "ZSTD"
    schema = pq.read_schema(io.BytesIO(file))
    assert schema.field("title").metadata[b"description"] == TITLE[0].about.encode()
