"""`corpuscli.dask`: the articles of the API, as collections that a cluster computes."""

from __future__ import annotations

import datetime
import gzip
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clusters import RunningCluster
from compose import Page, pages, random_pages, render
from conftest import DATA, EXAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from servers import Store
from trials import dump_of

pytest.importorskip("dask.dataframe")
pytest.importorskip("pyarrow")
import dask
import pandas as pd
import pyarrow as pa
from dask.order import order

import corpuscli
import corpuscli.dask
from corpuscli.dask import read_articles, read_bag
from corpuscli.errors import InputError, UsageError
from corpuscli.records.columns import schema_of
from corpuscli.records.fields import ARTICLE, pick_fields
from corpuscli.source import FileRanges

HARBOUR = EXAMPLES / "harbour-news.txt"

NAMES = [field.name for field in ARTICLE]

DUMP = render(random_pages(random.Random(3), 120, noisy=True))


@pytest.fixture(autouse=True)
def in_this_thread() -> Iterator[None]:
    """A test has a cluster only if it asks for one; errors come from where they arise."""
    with dask.config.set(scheduler="synchronous"):
        yield


def of_api(*paths: Path, layout: str = "auto") -> list[Any]:
    """The records of the API, as plain values."""
    return [a.to_dict() for path in paths for a in corpuscli.read_articles(path, layout=layout)]


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as JSON has them."""
    rows: list[dict[str, Any]]
    rows = plain(pa.Table.from_pandas(frame, preserve_index=False).to_pylist())
    return rows


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_bytes(DUMP)
    return path


def test_the_rows_are_the_articles_of_the_api() -> None:
    frame = read_articles(HARBOUR).compute()
    assert list(frame.columns) == NAMES
    assert rows_of(frame) == of_api(HARBOUR)
    assert read_bag(HARBOUR).compute() == of_api(HARBOUR)


def test_several_dumps_come_in_order(dump: Path) -> None:
    paths: list[str | Path] = [HARBOUR, str(dump), DATA / "mixed.txt", HARBOUR]
    right = of_api(HARBOUR, dump, DATA / "mixed.txt", HARBOUR)
    assert rows_of(read_articles(paths, blocksize=5000).compute()) == right
    assert read_bag(iter(paths), blocksize=5000).compute() == right


@settings(max_examples=15)
@given(pages(largest=20, noisy=True), st.integers(300, 4000))
def test_any_blocksize_gives_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, composed: list[Page], size: int
) -> None:
    path = tmp_path_factory.mktemp("dask") / "dump"
    path.write_bytes(render(composed))
    right = of_api(path, layout="page")
    bag = read_bag(path, size, layout="page")
    assert bag.compute() == right
    assert bag.npartitions == -(-path.stat().st_size // size) or bag.npartitions == 1


@pytest.mark.parametrize(("given_as", "size"), [(9000, 9000), ("20kB", 20_000), (1e4, 10_000)])
def test_a_partition_is_so_many_bytes(dump: Path, given_as: Any, size: int) -> None:
    frame = read_articles(dump, given_as)
    assert frame.npartitions == -(-len(DUMP) // size)
    assert rows_of(frame.compute()) == of_api(dump)
    assert read_articles(dump).npartitions == 1


@pytest.mark.parametrize("kind", ["gzip", "utf-16", "late"])
def test_a_dump_that_cannot_be_cut_is_one_partition(tmp_path: Path, kind: str) -> None:
    data = {
        "gzip": gzip.compress(DUMP),
        "utf-16": DUMP.decode().encode("utf-16"),
        "late": b" \n" * 9000 + DUMP,
    }
    path = tmp_path / "dump"
    path.write_bytes(data[kind])
    frame = read_articles(path, 4000)
    assert frame.npartitions == 1
    assert rows_of(frame.compute()) == of_api(path)


# Types


def dtypes_of(names: list[str]) -> dict[str, Any]:
    schema = schema_of(pick_fields(ARTICLE, names))
    return {field.name: pd.ArrowDtype(field.type) for field in schema}


@pytest.mark.parametrize("data", [DUMP, b"", b"\n\n"])
@pytest.mark.parametrize("fields", [None, ["title", "captions", "photo_date", "words"]])
def test_columns_have_the_types_that_arrow_has_for_them(
    tmp_path: Path, data: bytes, fields: list[str] | None
) -> None:
    path = tmp_path / "dump"
    path.write_bytes(data)
    frame = read_articles(path, 40_000, fields=fields)
    right = dtypes_of(fields or NAMES)
    assert str(right["title"]) == "string[pyarrow]" and str(right["words"]) == "int64[pyarrow]"
    assert str(right["photo_date"]) == "date32[day][pyarrow]"
    for seen in (frame.dtypes, frame._meta.dtypes, frame.compute().dtypes):
        assert {name: str(kind) for name, kind in seen.items()} == {
            name: str(kind) for name, kind in right.items()
        }
        assert dict(seen) == right
    for part in frame.to_delayed():
        assert dict(part.compute().dtypes) == right


def test_no_dumps_are_a_frame_without_rows() -> None:
    frame = read_articles([])
    assert len(frame) == 0 and dict(frame.dtypes) == dtypes_of(NAMES)
    assert read_bag([]).compute() == []


def test_fields_are_in_the_order_asked_for(dump: Path) -> None:
    frame = read_articles(dump, 5000, fields=["words", "number"])
    right = [{"words": one["words"], "number": one["number"]} for one in of_api(dump)]
    assert list(frame.columns) == ["words", "number"]
    assert frame.compute().to_dict("records") == right
    assert read_bag(dump, 5000, fields=["words", "number"]).compute() == right


def test_it_computes_as_data_frames_do(dump: Path) -> None:
    frame = read_articles([dump, HARBOUR], 5000)
    right = pd.DataFrame(of_api(dump, HARBOUR))
    assert frame.words.sum().compute() == right.words.sum()
    by_dump = frame.groupby("dump").words.max().compute()
    assert by_dump.to_dict() == right.groupby("dump").words.max().to_dict()
    found = frame[frame.title.str.contains("the", na=False)].number.compute()
    assert found.tolist() == right[right.title.str.contains("the", na=False)].number.tolist()


# Faults


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"layout": "nope"}, UsageError, "nope"),
        ({"encoding": "nope"}, UsageError, "nope"),
        ({"fields": ["title", "nope"]}, UsageError, "nope"),
        ({"errors": "ignore"}, ValueError, "errors must be"),
        ({"blocksize": 0}, ValueError, "must be positive"),
        ({"blocksize": -5}, ValueError, "must be positive"),
        ({"blocksize": "many"}, ValueError, "many"),
    ],
    ids=str,
)
@pytest.mark.parametrize("read", [read_articles, read_bag])
def test_what_there_is_none_of_is_said_at_once(
    read: Any, options: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        read("missing.txt", **options)


@pytest.mark.parametrize("path", ["missing.txt", ".", "memory://missing.txt"])
def test_a_dump_that_is_not_there_is_said_at_once(path: str) -> None:
    with pytest.raises(InputError) as error:
        read_articles(path)
    assert error.value.path == path


@pytest.mark.parametrize("read", [read_articles, read_bag])
def test_a_damaged_dump_is_an_error_or_what_can_be_read(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(dump_of(3000))[:-9000])
    with pytest.raises(InputError, match=r"cut\.gz: truncated"):
        read(path).compute()
    kept = read([path, HARBOUR], errors="keep", fields=["number"]).compute()
    numbers = kept.number.tolist() if read is read_articles else [one["number"] for one in kept]
    assert numbers == [*range(1, len(numbers) - 17), *range(1, 19)]
    assert len(numbers) > 1000


@pytest.mark.parametrize("errors", ["raise", "keep"])
def test_an_article_beyond_all_measure_ends_its_dump(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, errors: str
) -> None:
    monkeypatch.setattr("corpuscli.reader.shard.MOST_LINES", 1000)
    lengths = ((b"T", 900), (b"U", 1100), (b"V", 900))
    data = b"".join(b"%b\n\nTT\n\n%b\n\n" % (t, t) + b"a\n" * n for t, n in lengths)
    path = tmp_path / "dump"
    path.write_bytes(data)
    bag = read_bag(path, 1000, errors=errors, fields=["number"])
    if errors == "raise":
        with pytest.raises(InputError, match="at line 907 is longer than"):
            bag.compute()
    else:
        assert bag.compute() == [{"number": 1}]


def test_a_dump_that_changes_is_not_read_half_and_half(dump: Path) -> None:
    bag = read_bag(dump, 3000)
    dump.write_bytes(DUMP[:-10])
    with pytest.raises(InputError, match="changed while it was read"):
        bag.compute()


def test_before_it_is_computed_only_the_first_bytes_are_read(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump.write_bytes(DUMP * 40)
    ends: list[int] = []
    read = FileRanges.read

    def watched(self: FileRanges, start: int, end: int) -> bytes:
        ends.append(end)
        return read(self, start, end)

    monkeypatch.setattr(FileRanges, "read", watched)
    frame = read_articles(dump, 400_000)
    assert frame.npartitions > 5
    assert ends and max(ends) <= 1024 * 1024


# URLs and clusters


@pytest.mark.parametrize("read", [read_articles, read_bag])
def test_to_put_its_tasks_in_order_takes_no_square_of_their_number(dump: Path, read: Any) -> None:
    # As each partition needs the headers of each shard before it, this is easily so.
    peaks = []
    for partitions in (400, 1600):
        made = read(dump, blocksize=-(-len(DUMP) // partitions))
        assert made.npartitions == pytest.approx(partitions, rel=0.05)
        graph = dict(made.__dask_graph__())
        tracemalloc.start()
        order(graph)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 8 * peaks[0]


def test_a_pattern_of_urls_is_all_that_match() -> None:
    fsspec = pytest.importorskip("fsspec")
    fs = fsspec.filesystem("memory")
    for name in ("b", "a", "c"):
        fs.pipe_file(f"/dask/{name}.txt", dump_of(30).replace(b"Ferry", name.encode()))
    try:
        bag = read_bag("memory://dask/*.txt", 2000, fields=["dump", "number"])
        right = [(f"/dask/{name}.txt", n) for name in "abc" for n in range(1, 31)]
        found = [(one["dump"], one["number"]) for one in bag.compute()]
        assert [(dump.removeprefix("memory://"), number) for dump, number in found] == right
    finally:
        fs.rm("/dask", recursive=True)


def test_a_cluster_reads_files_and_stores(
    cluster: RunningCluster, store: Store, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client

    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    for name in ("x", "y"):
        store.put(f"dask/{name}.txt", DUMP)
    monkeypatch.chdir(dump.parent)
    with dask.config.set(scheduler=None), Client(cluster.address) as client:
        frame = read_articles("dump.txt", 9000)
        assert frame.npartitions > 3
        found = frame.compute()
        assert set(found["dump"]) == {"dump.txt"}
        assert [{**row, "dump": str(dump)} for row in rows_of(found)] == of_api(dump)
        stored = read_articles(store.url("dask/*.txt"), "9kB", fields=["dump", "number", "id"])
        right = [(one["number"], one["id"]) for one in of_api(dump)]
        rows = stored.compute()
        assert list(zip(rows.number, rows.id, strict=True)) == right * 2
        assert list(rows["dump"].unique()) == [store.url(f"dask/{name}.txt") for name in "xy"]
        with pytest.raises(InputError, match="not found"):
            read_articles(store.url("dask/missing.txt"))
        assert client.status == "running"


def test_without_the_package_it_is_said_what_to_install() -> None:
    program = "import sys; sys.modules['dask'] = None; import corpuscli.dask"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "pip install 'corpuscli[dask]'" in done.stderr.splitlines()[-1]
