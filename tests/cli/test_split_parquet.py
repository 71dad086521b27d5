"""`split -o FILE.parquet`: all articles as one table, for those who compute with them."""

from __future__ import annotations

import datetime
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import COMMAND, DATA, EXAMPLES, ROOT, Run, environment
from trials import contents, dump_of

pytest.importorskip("pyarrow")
import pyarrow.parquet as pq

DUMPS = [EXAMPLES / "harbour-news.txt", DATA / "arabic.txt", DATA / "mixed.txt"]

OLD = b"an older file\n"


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
    return value.isoformat() if isinstance(value, datetime.date) else value


def by_duckdb(path: Path) -> Any:
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(f"select * from '{path}'")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def by_polars(path: Path) -> Any:
    return pytest.importorskip("polars").read_parquet(path).to_dicts()


def by_pandas(path: Path) -> Any:
    return pytest.importorskip("pandas").read_parquet(path).to_dict("records")


def by_arrow(path: Path) -> Any:
    return pq.read_table(path).to_pylist()


@pytest.mark.parametrize("reader", [by_arrow, by_duckdb, by_polars, by_pandas])
def test_readers_find_what_json_has(corpuscli: Run, tmp_path: Path, reader: Any) -> None:
    done = corpuscli("split", "-o", "articles.parquet", *DUMPS)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    right = json.loads(corpuscli("split", "--json", *DUMPS).stdout)
    assert len(right) > 20 and any(record["captions"] for record in right)
    assert plain(reader(tmp_path / "articles.parquet")) == right


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--as", "parquet"),
        ("--fields", "title,captions,number"),
        ("--since", "2024", "--until", "March 2024"),
        ("--title", "the"),
        ("--sort", "words", "--reverse"),
        ("--sort", "title", "--limit", "7"),
        ("--limit", "3"),
        ("--limit", "0"),
        ("--unique",),
        ("--reverse",),
    ],
    ids=" ".join,
)
def test_options_choose_as_for_json(
    corpuscli: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    dumps = [*DUMPS, DUMPS[0]]
    done = corpuscli("split", "-q", "-o", "Articles.PARQUET", *options, *dumps)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    rest = [option for option in options if option not in ("--as", "parquet")]
    right = json.loads(corpuscli("split", "-q", "--json", *rest, *dumps).stdout)
    found = pq.read_table(tmp_path / "Articles.PARQUET")
    assert plain(found.to_pylist()) == right
    if "--fields" in options:
        assert found.schema.names == ["title", "captions", "number"]


def test_the_same_dump_gives_the_same_bytes(corpuscli: Run, tmp_path: Path) -> None:
    dump = dump_of(4000)
    (tmp_path / "dump.txt").write_bytes(dump)
    ways: list[tuple[str, ...]] = [
        ("-j1", "dump.txt"),
        ("-j2", "dump.txt"),
        ("-j2", "--shard-size=50000", "dump.txt"),
        ("-j1", "--shard-size=70000", "dump.txt"),
        ("--sort=start", "dump.txt"),
    ]
    files = []
    for number, way in enumerate(ways):
        done = corpuscli("split", "-o", f"{number}.parquet", *way)
        assert (done.returncode, done.stderr) == (0, b"")
        files.append((tmp_path / f"{number}.parquet").read_bytes())
    assert pq.read_metadata(tmp_path / "0.parquet").num_rows == 4000
    assert len(set(files)) == 1
    for jobs in ("-j1", "-j2"):
        corpuscli("split", "--force", "-o", f"{jobs}.parquet", jobs, stdin=dump)
    assert (tmp_path / "-j1.parquet").read_bytes() == (tmp_path / "-j2.parquet").read_bytes()


@pytest.mark.parametrize("dump", [b"", b"\n\n \n"])
def test_of_an_empty_dump_it_is_a_file_without_rows(
    corpuscli: Run, tmp_path: Path, dump: bytes
) -> None:
    assert corpuscli("split", "-o", "x.parquet", stdin=dump).returncode == 0
    for reader in (by_arrow, by_duckdb, by_polars, by_pandas):
        assert reader(tmp_path / "x.parquet") == []
    assert pq.read_schema(tmp_path / "x.parquet").names[:2] == ["dump", "number"]


def test_any_characters_come_through(corpuscli: Run, tmp_path: Path) -> None:
    dump = (
        "Title \0 \ufffd\n\nTT\n\nTitle \0 \ufffd\n\nBody \0 漢 \U0001f6a2.\n".encode() + b"\xff\n"
    )
    corpuscli("split", "-q", "-o", "x.parquet", stdin=dump)
    right = json.loads(corpuscli("split", "-q", "--json", stdin=dump).stdout)
    assert "\0" in right[0]["title"]
    for reader in (by_arrow, by_duckdb, by_polars, by_pandas):
        assert plain(reader(tmp_path / "x.parquet")) == right


def test_a_file_that_exists_is_left_alone_without_force(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(OLD)
    done = corpuscli("split", "-o", "x.parquet", DUMPS[0])
    said = b"corpuscli: x.parquet: exists; --force replaces it\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", said)
    assert contents(tmp_path) == {"x.parquet": OLD}
    assert corpuscli("split", "-o", "x.parquet", "--force", DUMPS[0]).returncode == 0
    assert by_arrow(tmp_path / "x.parquet")
    assert os.listdir(tmp_path) == ["x.parquet"]


@pytest.mark.parametrize("options", [(), ("--force",)])
def test_a_symbolic_link_needs_force_and_stays_one(
    corpuscli: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    (tmp_path / "x.parquet").symlink_to("target")
    done = corpuscli("split", "-o", "x.parquet", *options, DUMPS[0])
    assert (tmp_path / "x.parquet").is_symlink()
    assert done.returncode == (0 if options else 2)
    assert (tmp_path / "target").exists() == bool(options)


@pytest.mark.parametrize("output", ["x.parquet", "linked.parquet", "./x.parquet"])
def test_an_input_is_never_written_over(corpuscli: Run, tmp_path: Path, output: str) -> None:
    dump = DUMPS[0].read_bytes()
    (tmp_path / "x.parquet").write_bytes(dump)
    (tmp_path / "linked.parquet").symlink_to("x.parquet")
    done = corpuscli("split", "--force", "-o", output, DUMPS[1], "x.parquet")
    said = f"corpuscli: {output}: is one of the inputs; name another file\n"
    assert (done.returncode, done.stderr.decode()) == (2, said)
    assert (tmp_path / "x.parquet").read_bytes() == dump


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--name", "{id}"), "--name"),
        (("--json",), "--json"),
        (("--format", "csv"), "--format"),
        (("--no-header",), "--header"),
        (("--fields", "title,file"), "'file'"),
        (("--title", "("), "pattern"),
    ],
)
def test_what_does_not_go_with_it_is_a_usage_error(
    corpuscli: Run, tmp_path: Path, options: tuple[str, ...], named: str
) -> None:
    done = corpuscli("split", "-o", "x.parquet", *options, DUMPS[0])
    assert (done.returncode, done.stdout) == (2, b"")
    assert named in done.stderr.decode() and done.stderr.count(b"\n") == 1
    assert os.listdir(tmp_path) == []


def test_as_parquet_wants_a_place_to_write_to(corpuscli: Run, tmp_path: Path) -> None:
    done = corpuscli("split", "--as", "parquet", DUMPS[0])
    assert (done.returncode, done.stdout) == (2, b"")
    assert b".parquet" in done.stderr and done.stderr.count(b"\n") == 1
    assert os.listdir(tmp_path) == []


def test_a_directory_may_be_called_so(corpuscli: Run, tmp_path: Path) -> None:
    for name, options in (("one.parquet", ("--as", "text")), ("two.parquet", ())):
        (tmp_path / name).mkdir()
        corpuscli("split", "-o", name, *options, DUMPS[0])
    found = [sorted(os.listdir(tmp_path / name)) for name in ("one.parquet", "two.parquet")]
    assert found[0] == found[1] and len(found[0]) == 18


@pytest.mark.parametrize("old", [None, OLD])
@pytest.mark.parametrize("missing", ["missing.txt", "cut.txt.gz"])
def test_an_input_that_fails_leaves_the_file_as_it_was(
    corpuscli: Run, tmp_path: Path, old: bytes | None, missing: str
) -> None:
    import gzip

    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(dump_of(3000))[:-100])
    if old is not None:
        (tmp_path / "x.parquet").write_bytes(old)
    before = contents(tmp_path)
    done = corpuscli("split", "--force", "-o", "x.parquet", DUMPS[0], missing)
    first, second = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (2, b"")
    assert first.startswith(f"corpuscli: {missing}: ")
    assert (
        second
        == "corpuscli: x.parquet: was not written, because not all of the input could be read"
    )
    assert contents(tmp_path) == before


@pytest.mark.parametrize("limit", [0, 100, 20_000])
def test_a_file_that_cannot_grow_is_one_line_and_leaves_nothing(tmp_path: Path, limit: int) -> None:
    (tmp_path / "dump.txt").write_bytes(dump_of(3000))
    before = contents(tmp_path)
    done = subprocess.run(
        [COMMAND, "split", "-o", "x.parquet", "dump.txt"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert (done.returncode, done.stderr) == (2, b"corpuscli: x.parquet: File too large\n")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_an_end_by_a_signal_leaves_the_old_file(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "x.parquet").write_bytes(OLD)
    with subprocess.Popen(
        [COMMAND, "split", "--force", "-o", "x.parquet"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdin and run.stderr
        # More than is read before other processes are started; the end of the input never comes.
        run.stdin.write(dump_of(12_000))
        run.stdin.flush()
        time.sleep(0.5)
        run.send_signal(number)
        assert run.wait(60) in (-number, 128 + number)
        assert run.stderr.read() == b""
    assert contents(tmp_path) == {"x.parquet": OLD}


@pytest.mark.parametrize("package", ["duckdb", "polars", "pandas"])
def test_the_examples_of_the_page_on_records_run(
    corpuscli: Run, tmp_path: Path, package: str
) -> None:
    pytest.importorskip(package)
    page = (ROOT / "docs" / "records.md").read_text("utf-8")
    (example,) = re.findall(rf"^```python\n(import {package}.*?)^```$", page, re.M | re.S)
    corpuscli("split", "-o", "articles.parquet", DUMPS[0])
    call = [sys.executable, "-c", example]
    done = subprocess.run(call, cwd=tmp_path, env=environment(), capture_output=True, check=True)
    assert b"dpa" in done.stdout and b"AFP" in done.stdout


def test_a_named_pipe_is_written_straight_through(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.parquet")
    run = f"cat x.parquet > copy & {COMMAND} split -o x.parquet {DUMPS[0]} && wait"
    assert subprocess.run(["bash", "-c", run], cwd=tmp_path, env=environment()).returncode == 0
    assert len(by_arrow(tmp_path / "copy")) == 18


def test_without_the_package_it_is_said_what_to_install(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError")
    done = corpuscli("split", "-o", "x.parquet", DUMPS[0], PYTHONPATH=str(tmp_path))
    said = b"corpuscli: Parquet needs another package: pip install 'corpuscli[parquet]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", said)
    assert not (tmp_path / "x.parquet").exists()


def test_nothing_else_imports_the_package() -> None:
    program = (
        "import sys\n"
        f"sys.argv = ['corpuscli', 'split', {str(DUMPS[0])!r}]\n"
        "from corpuscli.cli.app import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "import os; os.write(2, b'imported' if 'pyarrow' in sys.modules else b'')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stderr == b""
