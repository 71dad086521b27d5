"""`-o FILE`: results in a file that appears whole or not at all."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path

import pytest
from compose import Page, render
from conftest import EXAMPLES, Run

HARBOUR = EXAMPLES / "harbour-news.txt"

COMMANDS = [
    ("list", "-o"),
    ("grep", "ferry", "--output"),
    ("check", "-o"),
    ("check", "--totals", "-o"),
    ("stats", "-o"),
    ("stats", "--group-by", "credit", "-o"),
    ("diff", str(HARBOUR), "-o"),
    ("duplicates", "-o"),
    ("duplicates", "--pairs", "-o"),
    ("show", "2,4", "-o"),
    ("split", "-o"),
]


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_ending_of_the_name_is_the_format(
    corpuscli: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    for ending in ("json", "jsonl", "csv", "tsv", "parquet"):
        done = corpuscli(*command, f"out.{ending}", HARBOUR)
        assert (done.returncode in (0, 1), done.stdout, done.stderr) == (True, b"", b"")
    records = json.loads((tmp_path / "out.json").read_bytes())
    assert lines_of(tmp_path / "out.jsonl") == len(records)
    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8"), newline="")))
    assert lines_of(tmp_path / "out.tsv") == len(rows) - 1
    assert (tmp_path / "out.parquet").read_bytes()[:4] == b"PAR1"


def test_a_parquet_file_holds_what_json_does(corpuscli: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    corpuscli("grep", "-C1", "ferry", "--output", "found.parquet", HARBOUR)
    corpuscli("grep", "-C1", "ferry", "--output", "found.json", HARBOUR)
    table = parquet.read_table(tmp_path / "found.parquet")
    assert table.to_pylist() == json.loads((tmp_path / "found.json").read_bytes())
    assert table.schema.metadata[b"corpuscli.record"] == b"match"


def test_a_file_is_what_stdout_would_be(corpuscli: Run, tmp_path: Path) -> None:
    corpuscli("list", "-o", "out.json", HARBOUR)
    assert (tmp_path / "out.json").read_bytes() == corpuscli("list", "--json", HARBOUR).stdout
    corpuscli("show", "3", "-o", "three.txt", HARBOUR)
    assert (tmp_path / "three.txt").read_bytes() == corpuscli("show", "3", HARBOUR).stdout
    corpuscli("show", "--raw", "3", "-o", "raw.txt", HARBOUR)
    assert (tmp_path / "raw.txt").read_bytes() == corpuscli("show", "--raw", "3", HARBOUR).stdout
    corpuscli("list", "--format", "table", "-o", "list.txt", HARBOUR)
    assert (tmp_path / "list.txt").read_bytes().startswith(b"   no.  photo date")


def test_a_cron_job_needs_no_temporary_file(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(HARBOUR.read_bytes())[:-50])
    (tmp_path / "out.json").write_bytes(b"old")
    done = corpuscli("list", "-o", "out.json", HARBOUR, "cut.gz")
    assert done.returncode == 2
    assert b"out.json: was not written, because not all" in done.stderr
    assert (tmp_path / "out.json").read_bytes() == b"old"
    assert corpuscli("list", "-o", "out.json", HARBOUR).returncode == 0
    assert json.loads((tmp_path / "out.json").read_bytes())[0]["number"] == 1
    assert sorted(os.listdir(tmp_path)) == ["cut.gz", "out.json"]


def test_split_makes_one_file_and_replaces_it_only_with_force(
    corpuscli: Run, tmp_path: Path
) -> None:
    assert corpuscli("split", "--json", "-o", "all.json", HARBOUR).returncode == 0
    assert (tmp_path / "all.json").is_file()
    whole = corpuscli("split", "--json", HARBOUR).stdout
    assert (tmp_path / "all.json").read_bytes() == whole
    again = corpuscli("split", "-o", "all.json", HARBOUR)
    assert (again.returncode, b"--force" in again.stderr) == (2, True)
    assert corpuscli("split", "--force", "-o", "all.json", HARBOUR).returncode == 0


def test_a_directory_that_has_the_files_names_force(corpuscli: Run) -> None:
    corpuscli("split", "-o", "articles", HARBOUR)
    again = corpuscli("split", "-o", "articles", HARBOUR)
    assert (again.returncode, again.stdout) == (2, b"")
    assert b"exists; --force replaces" in again.stderr and again.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "-o", "out.txt"), "ends in .json"),
        (("list", "-o", "out.json", "--format", "csv"), "cannot be used together"),
        (("list", "-o", "out.csv", "--json"), "cannot be used together"),
        (("list", "-o", "-"), "name a file"),
        (("list", "-o", ""), "name a file"),
        (("list", "-o", "s3://bucket/out.json"), "on this machine"),
        (("list", "-o", "out.json", "--header"), "--header"),
        (("list", "-0", "-o", "out.json"), "cannot be used together"),
        (("stats", "-o", "stats.txt"), "ends in .json"),
        (("split", "-o", "out.json", "--as", "raw"), "one file per article"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_written_is_refused(
    corpuscli: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = corpuscli(*arguments, HARBOUR)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode() and done.stderr.count(b"\n") == 1
    assert os.listdir(tmp_path) == []


def test_an_input_is_not_an_output(corpuscli: Run, tmp_path: Path) -> None:
    dump = render([Page("One", ("A text.",))])
    (tmp_path / "dump.csv").write_bytes(dump)
    done = corpuscli("list", "-o", "dump.csv", "dump.csv")
    assert (done.returncode, b"is one of the inputs" in done.stderr) == (2, True)
    assert (tmp_path / "dump.csv").read_bytes() == dump


def test_a_device_is_written_straight_through(corpuscli: Run) -> None:
    done = corpuscli("list", "--format", "tsv", "-o", "/dev/stdout", HARBOUR)
    assert done.stdout == corpuscli("list", HARBOUR).stdout
    full = corpuscli("list", "--format", "tsv", "-o", "/dev/full", HARBOUR)
    assert (full.returncode, full.stderr.count(b"\n")) == (2, 1)


@pytest.mark.parametrize("empty", ["-", "\t", ""])
def test_missing_values_can_be_seen(corpuscli: Run, empty: str) -> None:
    tsv = corpuscli("list", "--empty", empty, "--limit", "1", HARBOUR).stdout.decode()
    shown = empty.replace("\t", "\\t")
    assert tsv == f"1\t{shown}\t55\t0\t{shown}\n"
    rows = corpuscli("list", "--empty", empty, "--format=csv", "--no-header", HARBOUR).stdout
    assert next(csv.reader(io.StringIO(rows.decode(), newline=""))) == [
        "1",
        empty,
        "55",
        "0",
        empty,
    ]


def test_empty_is_for_tables_of_text(corpuscli: Run) -> None:
    done = corpuscli("list", "--json", "--empty", "-", HARBOUR)
    assert (done.returncode, b"--empty" in done.stderr) == (2, True)
