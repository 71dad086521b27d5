"""The Parquet printer: one file, with the same bytes however the rows arrive."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuscli.errors import OutputError
from corpuscli.records.fields import ARTICLE, JSON, pick_fields

pytest.importorskip("pyarrow")
import pyarrow.parquet as pq

from corpuscli.output import parquet
from corpuscli.output.parquet import ParquetPrinter
from corpuscli.records import columns

FIELDS = pick_fields(ARTICLE, ["number", "title", "photo_date", "paragraphs"])

ROWS = st.lists(
    st.tuples(
        st.integers(1, 99),
        st.none() | st.text("añ漢\0", max_size=9),
        st.none() | st.dates().map(str),
        st.lists(st.text("añ漢", max_size=9), max_size=3),
    ).map(list),
    max_size=12,
)


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Row groups of a few rows, so that a test has several."""
    monkeypatch.setattr(columns, "GROUP_BYTES", 60)
    monkeypatch.setattr(columns, "GROUP_ROWS", 4)
    monkeypatch.setattr(parquet, "FEW", 3)
    monkeypatch.setattr(parquet, "LONG", 120)
    yield


def printed(rows: list[list[JSON]], sizes: list[int]) -> bytes:
    """Write some rows to a file: a few encoded together, one alone, and so on."""
    file = io.BytesIO()
    printer: ParquetPrinter[Any] = ParquetPrinter(FIELDS, file.write)
    for size in sizes:
        some, rows = rows[:size], rows[size:]
        if len(some) == 1:
            printer.row(some[0])
        elif some:
            printer.put(printer.encode(some))
    for row in rows:
        printer.row(row)
    printer.close()
    return file.getvalue()


@given(ROWS, st.lists(st.integers(1, 6), max_size=4))
def test_the_pieces_in_which_rows_come_leave_no_trace(
    rows: list[list[JSON]], sizes: list[int]
) -> None:
    file = printed(rows, sizes)
    assert file == columns.parquet_of(columns.table_of(FIELDS, rows))


def test_without_rows_it_is_a_file_all_the_same() -> None:
    table = pq.read_table(io.BytesIO(printed([], [])))
    assert (table.num_rows, table.schema.names) == (0, [field.name for field in FIELDS])


def test_a_file_that_is_given_up_gets_no_end() -> None:
    written: list[bytes] = []
    with pytest.raises(KeyError), ParquetPrinter(FIELDS, written.append) as printer:
        printer.row([1, None, None, []])
        raise KeyError
    del printer
    gc.collect()
    assert written == [b"PAR1"]


def test_a_failed_write_is_the_error_that_it_was() -> None:
    def write(data: bytes) -> None:
        raise OutputError("articles.parquet", "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        ParquetPrinter(FIELDS, write).close()
