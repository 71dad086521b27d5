"""`split -o PLACE --as parquet|jsonl`: part files, for programs that read many at once."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from clusters import RunningCluster, running_cluster
from conftest import COMMAND, DATA, EXAMPLES, Run, environment
from servers import Store
from trials import attempt, contents, dump_of

pytest.importorskip("pyarrow")
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

DUMPS = [EXAMPLES / "harbour-news.txt", DATA / "arabic.txt", DATA / "mixed.txt"]

DUMP = b"".join(
    dump_of(150).replace(b"4 May 2023", b"4 May %d" % year)
    + f"Undated {year}\n\nTT\n\nUndated {year}\n\nNobody took a photo.\n\n\n\n".encode()
    for year in (2019, 2023, 2020)
)
"""Articles of three years, which do not come in order, and some of none."""

KINDS = ("jsonl", "parquet")

SIZE = "--part-size=20000"
"""Several parts of each year."""

SUCCESS, MANIFEST, RUNNING = "_SUCCESS", "_manifest", "_RUNNING"


def plain(value: Any) -> Any:
    """A value that a reader gives, as JSON has it."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if value is None or value != value:
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value


def records_in(data: bytes, kind: str) -> list[Any]:
    if kind == "jsonl":
        return [json.loads(line) for line in data.splitlines()]
    found: list[Any] = plain(pq.read_table(pa.BufferReader(data)).to_pylist())
    return found


def parts_in(folder: Path) -> dict[str, bytes]:
    """The part files, by name, in order."""
    return {
        name: data
        for name, data in sorted(contents(folder).items())
        if not os.path.basename(name).startswith("_")
    }


def listed(stdout: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_bytes(DUMP)
    return path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("options", [(), (SIZE,), ("--part-size=47111",)], ids=" ".join)
def test_the_parts_in_a_row_are_what_json_has(
    corpuscli: Run, tmp_path: Path, dump: Path, kind: str, options: tuple[str, ...]
) -> None:
    done = corpuscli("split", "-o", "out", "--as", kind, *options, "dump.txt")
    assert (done.returncode, done.stderr) == (0, b"")
    parts = parts_in(tmp_path / "out")
    assert len(parts) > 3 if options else list(parts) == [f"part-000000.{kind}"]
    right = json.loads(corpuscli("split", "--json", "dump.txt").stdout)
    assert [one for data in parts.values() for one in records_in(data, kind)] == right
    if kind == "jsonl":
        assert b"".join(parts.values()) == corpuscli("split", "dump.txt").stdout
    assert (tmp_path / "out" / SUCCESS).read_bytes() == b""
    assert not (tmp_path / "out" / RUNNING).exists()


@pytest.mark.parametrize(
    "kind", [("jsonl",), ("parquet", "--partition-by", "photo_year")], ids=" ".join
)
def test_the_parts_are_the_same_whoever_writes_them(
    corpuscli: Run, cluster: RunningCluster, tmp_path: Path, dump: Path, kind: tuple[str, ...]
) -> None:
    (tmp_path / "dump.gz").write_bytes(gzip.compress(DUMP))
    ways: dict[str, tuple[str, ...]] = {
        "one": ("-j1", "dump.txt"),
        "two": ("-j2", "dump.txt"),
        "packed": ("-j1", "dump.gz"),
        "two packed": ("-j2", "dump.gz"),
        "pipe": ("-j1",),
        "two by pipe": ("-j2",),
        "cluster": ("--scheduler", cluster.address, "dump.txt"),
        "cluster packed": ("--scheduler", cluster.address, "dump.gz"),
        "cluster by pipe": ("--scheduler", cluster.address, "-"),
    }
    # The dump has a different name each time.
    fields = ("--fields", "number,id,title,photo_date,start,end,captions,paragraphs")

    def write(way: str) -> tuple[dict[str, bytes], list[list[bytes]]]:
        call = ("split", "-o", way, "--as", *kind, SIZE, *fields, *ways[way])
        done = corpuscli(*call, stdin=DUMP)
        assert (done.returncode, done.stderr) == (0, b""), way
        rows = [line.split(b"\t")[1:] for line in done.stdout.splitlines()]
        return parts_in(tmp_path / way), rows

    first, *others = attempt(partial(write, way) for way in ways)
    assert len(first[0]) > 6 and len(first[1]) == len(first[0])
    for way, found in zip(list(ways)[1:], others, strict=True):
        assert found == first, way


@pytest.mark.parametrize("kind", KINDS)
def test_the_manifest_is_stdout_and_agrees_with_the_files(
    corpuscli: Run, tmp_path: Path, dump: Path, kind: str
) -> None:
    call = ("split", "-o", "out", "--as", kind, SIZE, "--partition-by", "photo_year")
    done = corpuscli(*call, "--format=jsonl", "dump.txt", *DUMPS)
    manifest = (tmp_path / "out" / MANIFEST).read_bytes()
    assert done.stdout == manifest
    parts = parts_in(tmp_path / "out")
    rows = listed(manifest)
    assert sorted(row["file"] for row in rows) == sorted(parts)
    for row in rows:
        assert list(row) == ["dump", "file", "articles", "first", "last", "bytes"]
        found = records_in(parts[row["file"]], kind)
        assert {one["dump"] for one in found} == {row["dump"]}
        assert row["articles"] == len(found)
        assert (row["first"], row["last"]) == (found[0]["number"], found[-1]["number"])
        assert row["bytes"] == len(parts[row["file"]])
    assert {row["dump"] for row in rows} == {"dump.txt", *map(str, DUMPS)}


def test_the_rows_are_tsv_in_a_pipe_and_the_manifest_is_json(
    corpuscli: Run, tmp_path: Path, dump: Path
) -> None:
    options = ("--fields", "title")
    done = corpuscli("split", "-o", "out", "--as", "jsonl", SIZE, *options, "dump.txt")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    saved = listed((tmp_path / "out" / MANIFEST).read_bytes())
    assert rows == [[str(value) for value in row.values()] for row in saved]
    titles = b"".join(parts_in(tmp_path / "out").values())
    assert titles == corpuscli("split", "--fields", "title", "dump.txt").stdout


@pytest.mark.parametrize(
    "options",
    [
        ("--since", "2020", "--until", "2021"),
        ("--title", "7"),
        ("--until", "1999"),
        ("--layout", "plain"),
        ("--encoding", "latin-1"),
    ],
    ids=" ".join,
)
def test_options_choose_as_on_stdout(
    corpuscli: Run, tmp_path: Path, dump: Path, options: tuple[str, ...]
) -> None:
    done = corpuscli("split", "-o", "out", "--as", "jsonl", SIZE, *options, "dump.txt")
    right = corpuscli("split", *options, "dump.txt")
    assert (done.returncode, done.stderr) == (0, right.stderr)
    assert b"".join(parts_in(tmp_path / "out").values()) == right.stdout
    assert all(row["articles"] for row in listed((tmp_path / "out" / MANIFEST).read_bytes()))
    assert (tmp_path / "out" / SUCCESS).exists()


@pytest.mark.parametrize("data", [b"", b"\n\n \n"])
@pytest.mark.parametrize("kind", KINDS)
def test_of_an_empty_dump_there_is_no_part_but_a_mark(
    corpuscli: Run, tmp_path: Path, data: bytes, kind: str
) -> None:
    done = corpuscli("split", "-o", "out", "--as", kind, stdin=data)
    assert (done.returncode, done.stdout) == (0, b"")
    said = b"-: is blank: it has no articles" if data else b"standard input is empty; name a dump"
    assert done.stderr.startswith(b"corpuscli: " + said)
    assert contents(tmp_path) == {f"out/{SUCCESS}": b"", f"out/{MANIFEST}": b""}


# Readers


def by_duckdb(folder: Path, kind: str) -> Iterable[Any]:
    duckdb = pytest.importorskip("duckdb")
    read = "read_parquet" if kind == "parquet" else "read_json"
    # What begins with `_` is data to DuckDB.
    table = f"{read}('{folder}/*/*.{kind}', hive_partitioning=true)"
    found = duckdb.sql(f"select number, title, photo_year from {table}")
    return [tuple(row) for row in found.fetchall()]


def by_polars(folder: Path, kind: str) -> Iterable[Any]:
    polars = pytest.importorskip("polars")
    files = f"{folder}/*/*.{kind}"
    if kind == "parquet":
        frame = polars.read_parquet(files, hive_partitioning=True)
        return [tuple(row) for row in frame["number", "title", "photo_year"].rows()]
    frame = polars.scan_ndjson(files, include_file_paths="file").collect()
    year = frame["file"].str.extract(r"photo_year=([^/]+)/")
    rows = zip(frame["number"], frame["title"], year, strict=True)
    return [(number, title, year_of(year)) for number, title, year in rows]


def by_arrow(folder: Path, kind: str) -> Iterable[Any]:
    form = "parquet" if kind == "parquet" else "json"
    found = ds.dataset(folder, format=form, partitioning="hive")
    rows = found.to_table(columns=["number", "title", "photo_year"]).to_pylist()
    return [tuple(row.values()) for row in rows]


def by_pandas(folder: Path, kind: str) -> Iterable[Any]:
    pandas = pytest.importorskip("pandas")
    if kind == "parquet":
        # By default Arrow makes categories of directories, and cannot where one is of no value.
        frame = pandas.read_parquet(folder, partitioning=ds.partitioning(flavor="hive"))
        frame = frame[["number", "title", "photo_year"]]
        return [tuple(row) for row in frame.itertuples(index=False)]
    rows: list[Any] = []
    for file in folder.glob("*/*.jsonl"):
        year = year_of(file.parent.name.removeprefix("photo_year="))
        frame = pandas.read_json(file, lines=True)
        rows += [(*row, year) for row in zip(frame.number, frame.title, strict=True)]
    return rows


def year_of(directory: str) -> str | None:
    """What Hive means by the name after `photo_year=`, for readers that do not use it."""
    return None if directory == "__HIVE_DEFAULT_PARTITION__" else directory


@pytest.mark.parametrize("reader", [by_duckdb, by_polars, by_arrow, by_pandas])
@pytest.mark.parametrize("kind", KINDS)
def test_readers_find_every_article_in_its_year(
    corpuscli: Run,
    tmp_path: Path,
    dump: Path,
    reader: Callable[[Path, str], Iterable[Any]],
    kind: str,
) -> None:
    call = ("split", "-o", "out", "--as", kind, SIZE, "--partition-by", "photo_year")
    assert corpuscli(*call, "dump.txt").returncode == 0
    found = [
        (number, title, None if year is None or year != year else int(year))
        for number, title, year in reader(tmp_path / "out", kind)
    ]
    right = [
        (one["number"], one["title"], int(one["photo_date"][:4]) if one["photo_date"] else None)
        for one in listed(corpuscli("split", "dump.txt").stdout)
    ]
    assert {year for _, _, year in right} == {2019, 2020, 2023, None}
    assert sorted(found, key=lambda row: row[0]) == right


# What is there already


@pytest.mark.parametrize("by", [(), ("--partition-by", "year")], ids=" ".join)
def test_parts_that_are_there_are_left_alone_without_force(
    corpuscli: Run, tmp_path: Path, dump: Path, by: tuple[str, ...]
) -> None:
    call = ("split", "-o", "out", "--as", "jsonl", SIZE, *by, "dump.txt")
    corpuscli(*call)
    before = contents(tmp_path)
    done = corpuscli(*call)
    said = b"corpuscli: out: holds parts; --force replaces them\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", said)
    assert contents(tmp_path) == before


def test_by_force_no_part_of_a_longer_run_stays_and_all_else_does(
    corpuscli: Run, tmp_path: Path, dump: Path
) -> None:
    corpuscli("split", "-o", "out", "--as", "parquet", SIZE, "--partition-by", "year", "dump.txt")
    (tmp_path / "out" / "notes").write_bytes(b"of someone")
    done = corpuscli("split", "-o", "out", "--as", "jsonl", "--force", DUMPS[0])
    assert (done.returncode, done.stderr) == (0, b"")
    names = ["_SUCCESS", "_manifest", "notes", "part-000000.jsonl"]
    assert sorted(contents(tmp_path / "out")) == names
    assert sorted(os.listdir(tmp_path / "out")) == names


@pytest.mark.parametrize(
    "way", ["path", "stdin", "file://", "FILE://", "local://", "simplecache::file://"]
)
def test_an_input_among_the_parts_is_never_written_over(
    corpuscli: Run, tmp_path: Path, way: str
) -> None:
    (tmp_path / "out").mkdir()
    dump = tmp_path / "out" / "part-000000.jsonl"
    dump.write_bytes(DUMP)
    call = ["bash", "-c", '"$@" < out/part-000000.jsonl', "bash", COMMAND, "split", "-o", "out"]
    named = {"path": ["out/part-000000.jsonl"], "stdin": []}.get(way, [f"{way}{dump}"])
    options = ["--as", "jsonl", "--force", *named]
    done = subprocess.run([*call, *options], cwd=tmp_path, env=environment(), capture_output=True)
    said = b"corpuscli: out/part-000000.jsonl: is one of the inputs\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", said)
    assert contents(tmp_path) == {"out/part-000000.jsonl": DUMP}


def test_a_link_is_no_place_for_parts(corpuscli: Run, tmp_path: Path, dump: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to("elsewhere")
    for place in ("link", "link/", f"file://{tmp_path}/link"):
        done = corpuscli("split", "-o", place, "--as", "jsonl", "dump.txt")
        assert done.returncode == 2 and b"is a symbolic link" in done.stderr
        assert done.stderr.count(b"\n") == 1
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "photo_year=2023").symlink_to(tmp_path / "elsewhere")
    by_year = ("--partition-by", "photo_year")
    for jobs in ("-j1", "-j2"):
        done = corpuscli("split", "-o", "out", "--as", "jsonl", jobs, SIZE, *by_year, "dump.txt")
        said = b"corpuscli: out/photo_year=2023: is a symbolic link\n"
        assert (done.returncode, done.stderr) == (2, said)
        assert os.listdir(tmp_path / "elsewhere") == []
        assert os.listdir(tmp_path / "out") == ["photo_year=2023"]


# What cannot be done


def test_what_was_read_of_a_damaged_dump_is_there_without_a_mark(
    corpuscli: Run, cluster: RunningCluster, tmp_path: Path, dump: Path
) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(DUMP)[:-1200])
    inputs = ("cut.gz", "missing.txt", "dump.txt")
    right = corpuscli("split", *inputs)
    assert right.returncode == 2 and right.stderr.count(b"\n") == 2
    for way in [("-j1",), ("-j2",), ("--scheduler", cluster.address)]:
        place = "out" + way[0]
        done = corpuscli("split", "-o", place, "--as", "jsonl", SIZE, *way, *inputs)
        assert (done.returncode, done.stderr) == (2, right.stderr)
        assert b"".join(parts_in(tmp_path / place).values()) == right.stdout
        assert {MANIFEST} == {name for name in os.listdir(tmp_path / place) if name[0] == "_"}
    done = corpuscli("split", "-o", "out-j1", "--as", "jsonl", "dump.txt")
    assert b"holds parts of an unfinished run; --force" in done.stderr
    done = corpuscli("split", "-o", "out-j1", "--as", "jsonl", "--force", "dump.txt")
    assert done.returncode == 0 and (tmp_path / "out-j1" / SUCCESS).exists()


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--unique",), "--unique"),
        (("--sort", "title"), "--sort"),
        (("--limit", "3"), "--limit"),
        (("--reverse",), "--reverse"),
        (("--name", "{id}"), "--name"),
        (("--fields", "title,file"), "'file'"),
        (("--partition-by", "month"), "--partition-by"),
        (("--as", "text", "--partition-by", "photo_year"), "--partition-by"),
        (("--as", "text", "-o", "memory://out"), "memory://out"),
        (("--as", "raw", "-o", "s3://bucket/out"), "s3://bucket/out"),
        (("-o", "Memory://out"), "memory is gone when the command ends"),
        (
            ("-o", "out.parquet", "--as", "parquet", "--partition-by", "photo_year"),
            "--partition-by",
        ),
        (("-o", "-"), "-o '-'"),
        (("-o", ""), "-o ''"),
        (("--title", "("), "'('"),
    ],
    ids=str,
)
def test_what_does_not_go_with_parts_is_a_usage_error(
    corpuscli: Run, tmp_path: Path, options: tuple[str, ...], named: str
) -> None:
    done = corpuscli("split", "-o", "out", "--as", "jsonl", *options, DUMPS[0])
    assert (done.returncode, done.stdout) == (2, b"")
    assert named in done.stderr.decode() and done.stderr.count(b"\n") == 1
    assert os.listdir(tmp_path) == []


def test_parts_on_stdout_are_what_split_prints(corpuscli: Run, tmp_path: Path) -> None:
    assert (
        corpuscli("split", "--as", "jsonl", DUMPS[0]).stdout == corpuscli("split", DUMPS[0]).stdout
    )
    done = corpuscli("split", "--partition-by", "photo_year", DUMPS[0])
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1


def test_without_the_package_it_is_said_what_to_install(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError")
    call = ("split", "-o", "out", "--as", "parquet", DUMPS[0])
    done = corpuscli(*call, PYTHONPATH=str(tmp_path))
    said = b"corpuscli: Parquet needs another package: pip install 'corpuscli[parquet]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", said)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@pytest.mark.parametrize("limit", [0, 2000])
def test_a_file_that_cannot_grow_is_one_line_and_leaves_nothing(
    tmp_path: Path, dump: Path, kind: str, jobs: str, limit: int
) -> None:
    done = subprocess.run(
        [COMMAND, "split", "-o", "out", "--as", kind, jobs, SIZE, "dump.txt"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    # Without any space, not even the directory can be created.
    where = f"out/part-000000.{kind}" if limit else "out"
    said = f"corpuscli: {where}: File too large\n"
    assert (done.returncode, done.stderr.decode()) == (2, said)
    assert contents(tmp_path) == {"dump.txt": DUMP}


def test_a_full_stdout_is_one_line_and_leaves_no_mark(tmp_path: Path, dump: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [COMMAND, "split", "-o", "out", "--as", "jsonl", SIZE, "dump.txt"],
            cwd=tmp_path,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
        )
    said = b"corpuscli: standard output: No space left on device\n"
    assert (done.returncode, done.stderr) == (2, said)


def test_a_reader_that_leaves_stops_no_part(tmp_path: Path, dump: Path) -> None:
    run = f"{COMMAND} split -o out --as jsonl --part-size=1 dump.txt | head -1"
    done = subprocess.run(["bash", "-c", run], cwd=tmp_path, env=environment(), capture_output=True)
    assert done.stderr == b""
    assert (tmp_path / "out" / SUCCESS).exists()
    right = subprocess.run(
        [COMMAND, "split", "dump.txt"], cwd=tmp_path, env=environment(), capture_output=True
    )
    assert b"".join(parts_in(tmp_path / "out").values()) == right.stdout


# Ends by signals

LONG = DUMP * 5


def begun(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """A run that has written some of its parts, and has others to write."""
    (folder / "long.txt").write_bytes(LONG)
    call = ("split", "-o", "out", "--as", "jsonl", "--partition-by", "year", SIZE, *options)
    run = subprocess.Popen(
        [COMMAND, *call, "long.txt"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 30
    while len(list(folder.glob("out/*/part-*"))) < 5:
        assert time.monotonic() < deadline and run.poll() is None
        time.sleep(0.002)
    return run


WAYS = ["one", "two", "cluster"]


def options_of(way: str, request: pytest.FixtureRequest) -> tuple[str, ...]:
    if way == "cluster":
        cluster: RunningCluster = request.getfixturevalue("cluster")
        return ("--scheduler", cluster.address)
    return ("-j1",) if way == "one" else ("-j2",)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_no_part(
    tmp_path: Path, way: str, number: signal.Signals, request: pytest.FixtureRequest
) -> None:
    run = begun(tmp_path, *options_of(way, request))
    run.send_signal(number)
    stderr = run.communicate(timeout=60)[1]
    assert run.returncode in (-number, 128 + number)
    assert stderr == b""
    assert contents(tmp_path) == {"long.txt": LONG}
    # What had been begun elsewhere does not come after it.
    time.sleep(0.5)
    assert contents(tmp_path) == {"long.txt": LONG}


@pytest.mark.parametrize("way", WAYS)
def test_a_kill_leaves_whole_parts_and_no_mark(
    corpuscli: Run, tmp_path: Path, way: str, request: pytest.FixtureRequest
) -> None:
    options = options_of(way, request)
    run = begun(tmp_path, *options)
    run.kill()
    run.communicate()
    time.sleep(1)
    left = contents(tmp_path / "out")
    assert RUNNING in left and SUCCESS not in left
    call = ("split", "-o", "out", "--as", "jsonl", "--partition-by", "year", SIZE, "long.txt")
    refused = corpuscli(*call)
    said = b"corpuscli: out: holds parts of an unfinished run; --force replaces them\n"
    assert (refused.returncode, refused.stdout, refused.stderr) == (2, b"", said)
    assert corpuscli(*call, "--force", *options).returncode == 0
    whole = parts_in(tmp_path / "out")
    assert {name: data for name, data in left.items() if name[0] != "_"}.items() <= whole.items()
    assert not list(tmp_path.glob("out/**/.*"))


def test_a_worker_that_is_killed_changes_no_part(
    corpuscli: Run, cluster: RunningCluster, tmp_path: Path
) -> None:
    run = begun(tmp_path, "--scheduler", cluster.address)
    cluster.kill()
    assert run.communicate(timeout=60)[1] == b""
    assert run.returncode == 0
    call = ("--as", "jsonl", "--partition-by", "year", SIZE, "-j1", "long.txt")
    corpuscli("split", "-o", "right", *call)
    assert contents(tmp_path / "out") == contents(tmp_path / "right")


def test_a_scheduler_that_goes_leaves_no_part(tmp_path: Path) -> None:
    with running_cluster(tmp_path / "cluster") as running:
        (tmp_path / "work").mkdir()
        run = begun(tmp_path / "work", "--scheduler", running.address)
        running.end()
        said = run.communicate(timeout=30)[1].decode()
    assert run.returncode == 2
    assert said.startswith(f"corpuscli: {running.address}: the scheduler is gone")
    assert said.count("\n") == 1
    assert contents(tmp_path / "work") == {"long.txt": LONG}


# Places at URLs


@pytest.mark.parametrize(("kind", "way"), [("jsonl", "two"), ("parquet", "cluster")])
def test_parts_go_to_a_store_as_to_a_directory(
    corpuscli: Run,
    store: Store,
    tmp_path: Path,
    kind: str,
    way: str,
    request: pytest.FixtureRequest,
) -> None:
    options = (*options_of(way, request), "--partition-by", "photo_year", SIZE)
    (tmp_path / "dump.txt").write_bytes(DUMP)
    here = corpuscli("split", "-o", "out", "--as", kind, *options, "dump.txt")
    url = store.url(f"parts-{kind}-{way}")
    call = ("split", "-o", url, "--as", kind, *options, "dump.txt")
    there = corpuscli(*call, **store.environment)
    assert (there.returncode, there.stdout, there.stderr) == (0, here.stdout, b"")
    assert objects(store, url) == contents(tmp_path / "out")
    again = corpuscli(*call, **store.environment)
    said = f"corpuscli: {url}: holds parts; --force replaces them\n".encode()
    assert (again.returncode, again.stderr) == (2, said)
    by_force = corpuscli(*call, "--force", "--until", "2019", "-q", **store.environment)
    assert (by_force.returncode, by_force.stderr) == (0, b"")
    names = objects(store, url)
    assert len(names) < len(contents(tmp_path / "out"))
    assert all(name[0] == "_" or name.startswith("photo_year=2019/") for name in names)


def objects(store: Store, url: str) -> dict[str, bytes]:
    """What is in a store under a URL, asked for by another process: it has no stale connections."""
    program = (
        "import fsspec, sys, pickle\n"
        "fs, path = fsspec.url_to_fs(sys.argv[1])\n"
        "found = {n.removeprefix(path + '/'): fs.cat_file(n) for n in fs.find(path)}\n"
        "sys.stdout.buffer.write(pickle.dumps(found))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, url],
        env=environment(**store.environment),
        capture_output=True,
        check=True,
    )
    found: dict[str, bytes] = pickle.loads(done.stdout)
    return found


def test_a_store_that_is_not_there_is_one_line(corpuscli: Run, store: Store, dump: Path) -> None:
    place = "s3://no-such-bucket/out"
    done = corpuscli("split", "-o", place, "--as", "jsonl", "dump.txt", **store.environment)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"corpuscli: s3://no-such-bucket/out")
    assert done.stderr.count(b"\n") == 1


def test_an_input_in_a_store_is_never_written_over(
    corpuscli: Run, store: Store, tmp_path: Path
) -> None:
    url = store.put("itself/part-000000.jsonl", DUMP)
    call = ("split", "-o", store.url("itself"), "--as", "jsonl", "--force", url)
    done = corpuscli(*call, **store.environment)
    said = f"corpuscli: {url}: is one of the inputs\n".encode()
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", said)
    assert objects(store, store.url("itself")) == {"part-000000.jsonl": DUMP}
