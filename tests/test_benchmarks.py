"""The benchmarks run on a tiny dump, and report what they could not measure."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import BESIDE, COMMAND, ROOT, environment

from corpuscli.records import fields as records

BENCHMARKS = ROOT / "benchmarks"


def benchmark(folder: Path, *arguments: str, path: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARKS / "run.py"), "--dir", str(folder), "--size", "100KB"]
    return subprocess.run(
        [*command, "--runs", "1", "--corpuscli", COMMAND, *arguments],
        env=environment(PATH=path, **BESIDE),
        capture_output=True,
        text=True,
        timeout=120,
    )


def report_of(folder: Path, *arguments: str, path: str) -> tuple[str, dict[str, Any]]:
    """Return the report and the figures."""
    report, figures = folder / "out" / "report.md", folder / "out" / "figures.json"
    where = ["--output", str(report), "--json", str(figures)]
    done = benchmark(folder, *where, *arguments, path=path)
    assert not done.returncode, done.stderr
    return report.read_text("utf-8"), json.loads(figures.read_text("utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the dumps and of the report."""
    return tmp_path_factory.mktemp("benchmarks")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH without ripgrep, whether or not it is installed."""
    programs = tmp_path_factory.mktemp("bin")
    for program in ("cat", "csplit"):
        found = shutil.which(program)
        if not found:
            pytest.skip(f"{program} is not installed")
        (programs / program).symlink_to(found)
    return str(programs)


@pytest.fixture(scope="module")
def measured(folder: Path, path: str) -> tuple[str, dict[str, Any]]:
    works = ["literal-none", "split-no-captions", "split", "split-files-raw", "start-list"]
    given = ["--size", "150KB", "--only", *works, "--profile", "split"]
    return report_of(folder, *given, path=path)


@pytest.fixture(scope="module")
def report(measured: tuple[str, dict[str, Any]]) -> str:
    return measured[0]


@pytest.fixture(scope="module")
def works(measured: tuple[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {work["name"]: work for work in measured[1]["works"]}


def test_a_work_has_a_ratio_and_the_gain_of_more_cores(works: dict[str, dict[str, Any]]) -> None:
    split, start = works["split"], works["start-list"]
    medians = {arm: timing["median"] for arm, timing in split["timings"].items()}
    assert split["ratio"] == pytest.approx(medians["ours"] / medians["peer"])
    assert split["all_cores"] == pytest.approx(medians["-j1"] / medians["ours"])
    assert split["met"] is (split["ratio"] <= split["goal"] == 0.2)
    assert start["all_cores"] is None
    assert 100_000 <= split["size"] < 120_000
    assert len(split["timings"]["ours"]["seconds"]) == 1
    assert len(start["timings"]["ours"]["seconds"]) == 4


def test_split_without_captions_prints_all_other_fields(works: dict[str, dict[str, Any]]) -> None:
    command = shlex.split(works["split-no-captions"]["timings"]["ours"]["command"])
    every = [field.name for field in records.ARTICLE]
    assert command[command.index("--fields") + 1].split(",") == [
        name for name in every if name not in ("captions", "photo_date")
    ]


def test_a_profile_names_functions(report: str, measured: tuple[str, dict[str, Any]]) -> None:
    (profile,) = measured[1]["profiles"]
    assert profile["command"] == "corpuscli split -j1 DUMP"
    assert profile["seconds"] > 0 and len(profile["steps"]) == 15
    assert "\n## Profile: split\n\n" in report


def test_works_that_write_leave_nothing(folder: Path, works: dict[str, dict[str, Any]]) -> None:
    assert works["split-files-raw"]["ratio"] > 0
    assert not list(folder.glob("run-*"))


def test_the_second_dump_shows_the_growth(measured: tuple[str, dict[str, Any]]) -> None:
    growths = {growth["name"]: growth for growth in measured[1]["growth"]}
    assert list(growths) == ["literal-none", "split-no-captions", "split"]
    assert "seconds_per_gigabyte" in growths["split"]


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")
def test_memory_is_measured_for_a_file_and_a_pipe(measured: tuple[str, dict[str, Any]]) -> None:
    peaks = [peak for peak in measured[1]["memory"] if peak["name"] == "split"]
    assert [peak["way"] for peak in peaks] == ["file", "pipe"] * 2
    assert all(peak["bytes"] > 5_000_000 for peak in peaks)


def test_the_report_has_its_tables(report: str) -> None:
    titles = ("Ratios", "Memory", "One core and all cores", "Growth", "Machine and versions")
    for title in titles:
        assert f"\n## {title}\n\n" in report
    row = r"^\| `split` to JSON Lines \| `python plain_split.py DUMP` \| 1[01]\d KB \| \d"
    assert re.search(row, report, re.M)
    assert re.search(r"^\| corpuscli \| corpuscli \d", report, re.M)


def test_the_report_says_what_the_dump_is_made_of(report: str) -> None:
    assert "Pages by script: Latin 66.6 %, accented Latin 10 %, Cyrillic 7.5 %, Arabic" in report


def test_a_peer_that_is_not_installed_is_named(
    report: str, measured: tuple[str, dict[str, Any]], works: dict[str, dict[str, Any]]
) -> None:
    assert works["literal-none"]["ratio"] is None
    assert works["literal-none"]["timings"]["ours"]["median"] > 0
    assert measured[1]["versions"]["rg"] == "not installed"
    assert measured[1]["not_measured"] == ["literal-none, peer: rg is not installed"]
    assert "\n## Not measured\n\n- literal-none, peer: rg is not installed\n" in report
    assert re.search(r"`rg -c labradorite DUMP`.* not measured \| 2 \| –", report)


def test_the_chart_has_a_bar_for_every_ratio_with_a_goal(folder: Path, report: str) -> None:
    assert "![Ratios against goals](report.svg)" in report
    root = ElementTree.parse(folder / "out" / "report.svg").getroot()
    words = [one.text or "" for one in root.iter() if one.tag.endswith("text")]
    assert "split to JSON Lines" in words and "grep -l, literal, no hit" not in words
    assert sum(word.endswith(("met", "missed")) for word in words) == 3


def test_a_command_that_breaks_has_no_time(folder: Path, path: str) -> None:
    broken = folder / "corpuscli"
    broken.write_text("#!/bin/sh\necho 'corpuscli: it broke' >&2\nexit 1\n")
    broken.chmod(0o755)
    other = folder / "other"
    given = ("--only", "literal-none", "--corpuscli", str(broken), "--dir", str(folder))
    report, figures = report_of(other, *given, path=path)
    assert figures["works"][0]["timings"] == {}
    assert "literal-none, ours, -j1: exit code 1: corpuscli: it broke" in report


@pytest.mark.parametrize(
    "arguments",
    [("--size", "much"), ("--size", "0MB"), ("--runs", "0"), ("--only", "nothing")],
    ids=" ".join,
)
def test_a_wrong_option_is_rejected(tmp_path: Path, path: str, arguments: tuple[str, ...]) -> None:
    done = benchmark(tmp_path, *arguments, path=path)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: ")
    assert os.listdir(tmp_path) == []


def made(path: Path, size: str) -> str:
    command = [sys.executable, str(BENCHMARKS / "make_dump.py"), size, str(path)]
    subprocess.run(command, env=environment(**BESIDE), check=True)
    return path.read_text("utf-8")


def test_a_dump_is_the_same_every_time_and_has_what_is_searched(
    folder: Path, tmp_path: Path, report: str
) -> None:
    dump = made(tmp_path / "again.txt", "100KB")
    (kept,) = folder.glob("dump-100000-*.txt")
    assert kept.read_text("utf-8") == dump
    assert dump.count("Granodiorite") == 1 and "labradorite" not in dump
    assert dump.count("Basalt and basalt.") in (1, 2)
    assert re.search(r"Ilmenor \w+", dump)


def test_a_dump_mixes_scripts_shapes_captions_and_boxes(tmp_path: Path) -> None:
    dump = made(tmp_path / "dump.txt", "4MB")
    for script in (
        "[А-я]{3}",
        "[ء-ي]{3}",
        "[äöüß]",
        "[éèê]",
        "ñ",
        "[一-鿿]{3}",
        "[あ-ん]",
        "[가-힣]",
    ):
        assert re.search(script, dump), script
    for sign in ("’", "“", "„", "«", "\N{NO-BREAK SPACE}percent", "\N{NO-BREAK SPACE} \n"):
        assert sign in dump, sign
    captions = (
        "(dpa)",
        "/File Photo",
        "(AP Photo/",
        " / AFP)",
        ". Foto: ",
        "(رويترز)",
        "/ТАСС",
        "EFE",
    )
    for caption in captions:
        assert caption in dump, caption
    assert "\n\nAdvertisement\n\nAdvertisement\n\n" in dump
    assert "\n\n\n\nSubscribe to our newsletter" in dump
    doubled = re.findall(r"^(.+)\n\1\n", dump, re.M)
    assert len(doubled) > 1000
    # Twice on a page, above and below the second title; a photo in the body is there once.
    assert max(doubled.count(caption) for caption in set(doubled[:200])) <= 4


EVIL = ("check", "diff", "grep", "list", "sort", "split", "stats", "unique")


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")
@pytest.mark.parametrize(
    "given",
    [("--commands", "check"), ("--shapes", "captions", "--commands", *EVIL)],
    ids=["every shape", "every command"],
)
def test_evil_dumps_are_measured_at_two_sizes(tmp_path: Path, given: tuple[str, ...]) -> None:
    report = tmp_path / "evil.md"
    command = [sys.executable, str(BENCHMARKS / "evil.py"), "--scale", "0.0005"]
    where = ["--output", str(report), "--corpuscli", COMMAND]
    done = subprocess.run(
        [*command, *where, *given],
        env=environment(**BESIDE),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert not done.returncode, done.stderr
    rows = re.findall(r"^\| [a-z-]+ \| [a-z]+ \| .*", report.read_text("utf-8"), re.M)[1:]
    assert len(rows) == (12 if "--shapes" not in given else 8)
    assert all(re.search(r" \| \d+\.\d\d, \d+\.\d\d \| [\d.]+ \| ", row) for row in rows), rows
