"""The benchmarks run on a tiny dump, and say what they could not measure."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import COMMAND, ROOT, environment

BENCHMARKS = ROOT / "benchmarks"


def benchmark(folder: Path, *arguments: str, path: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARKS / "run.py"), "--dir", str(folder), "--size", "100KB"]
    return subprocess.run(
        [*command, "--runs", "1", "--corpuscli", COMMAND, *arguments],
        env=environment(PATH=path),
        capture_output=True,
        text=True,
        timeout=120,
    )


def report_of(folder: Path, *arguments: str, path: str) -> tuple[str, dict[str, Any]]:
    """The report and the figures."""
    report, figures = folder / "out" / "report.md", folder / "out" / "figures.json"
    where = ["--output", str(report), "--json", str(figures)]
    done = benchmark(folder, *where, *arguments, path=path)
    assert not done.returncode, done.stderr
    return report.read_text("utf-8"), json.loads(figures.read_text("utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the dumps are kept, and the report of one run is."""
    return tmp_path_factory.mktemp("benchmarks")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH where ripgrep is not found, whether or not it is installed."""
    programs = tmp_path_factory.mktemp("bin")
    for program in ("cat", "csplit"):
        found = shutil.which(program)
        if not found:
            pytest.skip(f"{program} is not here")
        (programs / program).symlink_to(found)
    return str(programs)


@pytest.fixture(scope="module")
def measured(folder: Path, path: str) -> tuple[str, dict[str, Any]]:
    works = ["literal-none", "split", "split-files-raw", "start-typer"]
    return report_of(folder, "--size", "150KB", "--only", *works, path=path)


@pytest.fixture(scope="module")
def report(measured: tuple[str, dict[str, Any]]) -> str:
    return measured[0]


@pytest.fixture(scope="module")
def works(measured: tuple[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {work["name"]: work for work in measured[1]["works"]}


def test_a_work_gets_its_ratio_and_its_second_core(works: dict[str, dict[str, Any]]) -> None:
    split, start = works["split"], works["start-typer"]
    medians = {arm: timing["median"] for arm, timing in split["timings"].items()}
    assert split["ratio"] == pytest.approx(medians["ours"] / medians["peer"])
    assert split["second_core"] == pytest.approx(medians["-j1"] / medians["-j2"])
    assert split["met"] is (split["ratio"] <= split["goal"] == 0.08)
    assert start["second_core"] is None
    assert 100_000 <= split["size"] < 110_000
    assert len(split["timings"]["ours"]["seconds"]) == 1
    assert len(start["timings"]["ours"]["seconds"]) == 4


def test_works_that_write_leave_nothing(folder: Path, works: dict[str, dict[str, Any]]) -> None:
    assert works["split-files-raw"]["ratio"] > 0
    assert not list(folder.glob("run-*"))


def test_the_second_dump_tells_the_growth(measured: tuple[str, dict[str, Any]]) -> None:
    growths = {growth["name"]: growth for growth in measured[1]["growth"]}
    assert list(growths) == ["literal-none", "split"]
    assert "seconds_per_gigabyte" in growths["split"]


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells the memory")
def test_memory_is_measured_for_every_way_in(measured: tuple[str, dict[str, Any]]) -> None:
    peaks = [peak for peak in measured[1]["memory"] if peak["name"] == "split"]
    assert [peak["way"] for peak in peaks] == ["file", "pipe", "gzip"] * 2
    assert all(peak["bytes"] > 5_000_000 for peak in peaks)


def test_the_report_has_its_tables(report: str) -> None:
    for title in ("Ratios", "Memory", "The second core", "Growth", "Machine and versions"):
        assert f"\n## {title}\n\n" in report
    row = r"^\| `split` to JSON Lines \| `python plain_split.py DUMP` \| 10\d KB \| pipe \| \d"
    assert re.search(row, report, re.M)
    assert re.search(r"^\| corpuscli \| corpuscli \d", report, re.M)


def test_a_peer_that_is_not_there_is_named(
    report: str, measured: tuple[str, dict[str, Any]], works: dict[str, dict[str, Any]]
) -> None:
    assert works["literal-none"]["ratio"] is None
    assert works["literal-none"]["timings"]["ours"]["median"] > 0
    assert measured[1]["versions"]["rg"] == "not installed"
    assert measured[1]["not_measured"] == ["literal-none, peer: rg is not installed"]
    assert "\n## Not measured\n\n- literal-none, peer: rg is not installed\n" in report
    assert re.search(r"`rg -c labradorite DUMP`.* not measured \| 1.5 \| –", report)


def test_the_chart_has_a_bar_for_every_ratio_with_a_goal(folder: Path, report: str) -> None:
    assert "![Ratios against goals](report.svg)" in report
    root = ElementTree.parse(folder / "out" / "report.svg").getroot()
    words = [one.text or "" for one in root.iter() if one.tag.endswith("text")]
    assert "split to JSON Lines" in words and "grep -l, literal, no hit" not in words
    assert sum(word.endswith(("met", "missed")) for word in words) == 2


def test_a_command_that_breaks_has_no_time(folder: Path, path: str) -> None:
    broken = folder / "corpuscli"
    broken.write_text("#!/bin/sh\necho 'corpuscli: it broke' >&2\nexit 1\n")
    broken.chmod(0o755)
    other = folder / "other"
    given = ("--only", "literal-none", "--corpuscli", str(broken), "--dir", str(folder))
    report, figures = report_of(other, *given, path=path)
    assert figures["works"][0]["timings"] == {}
    assert "literal-none, ours, -j1, -j2: exit code 1, for 1: corpuscli: it broke" in report


@pytest.mark.parametrize(
    "arguments",
    [("--size", "much"), ("--size", "0MB"), ("--runs", "0"), ("--only", "nothing")],
    ids=" ".join,
)
def test_a_wrong_option_is_refused(tmp_path: Path, path: str, arguments: tuple[str, ...]) -> None:
    done = benchmark(tmp_path, *arguments, path=path)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: ")
    assert os.listdir(tmp_path) == []


def test_a_dump_is_the_same_every_time_and_has_what_is_searched(
    folder: Path, tmp_path: Path, report: str
) -> None:
    again = tmp_path / "again.txt"
    subprocess.run(
        [sys.executable, str(BENCHMARKS / "make_dump.py"), "100KB", str(again)], check=True
    )
    (kept,) = folder.glob("dump-100000-*.txt")
    assert kept.read_bytes() == again.read_bytes()
    dump = again.read_text("utf-8")
    assert dump.count("Granodiorite") == 1 and "labradorite" not in dump
    assert dump.count("Basalt and basalt.") in (1, 2)
