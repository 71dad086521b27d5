"""Measure corpuscli against its peers, and write a report.

    python benchmarks/run.py --size 1GB --output report.md

makes the dumps, runs every command in turn with its peer, and writes tables and a chart.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import chart
import machine
import profiles
import report
from make_dump import byte_count, composition
from measure import Call, NotMeasured, can_see_memory, peak, seconds, split_variables
from prepare import Place, find_corpuscli
from results import Growth, Line, Peak, Results, Timing
from works import WORKS, Dump, Words, Work, shown, with_jobs

WAYS = ("file", "pipe")


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    names = [work.name for work in WORKS]
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser = argparse.ArgumentParser(description="Measure corpuscli against its peers.")
    add = parser.add_argument
    add(
        "--size",
        type=size,
        action="append",
        metavar="SIZE",
        help="the size of the dump, 1GB by default; give it again to measure growth and memory",
    )
    add("--files-size", type=size, default="100MB", metavar="SIZE", help="the dump for split -o")
    add("--dir", type=Path, default=kept / "corpuscli-benchmarks", help="where dumps are kept")
    add("--runs", type=int, default=3, help="counted runs of every command, 3 by default")
    add("--only", nargs="+", metavar="NAME", choices=names, help="measure these works only")
    add("--profile", nargs="+", metavar="NAME", choices=names, help="profile these works, too")
    add("--corpuscli", metavar="PATH", help="the command to measure")
    add("--output", type=Path, metavar="FILE.md", help="the report; the chart is written beside it")
    add("--json", type=Path, metavar="FILE", help="write all figures as JSON")
    options = parser.parse_args(arguments)
    if options.runs < 1:
        parser.error("--runs must be 1 or more")
    options.corpuscli = find_corpuscli(options.corpuscli)
    if not options.corpuscli:
        parser.error("corpuscli is not installed; give its path with --corpuscli")
    options.size = sorted(set(options.size or [byte_count("1GB")]))
    options.output = options.output or options.dir / "report.md"
    return options


def size(text: str) -> int:
    try:
        count = byte_count(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if count <= 0:
        raise argparse.ArgumentTypeError("a size is more than 0")
    return count


def main() -> None:
    options = parse()
    works = [work for work in WORKS if not options.only or work.name in options.only]
    profiled = [work for work in WORKS if work.name in (options.profile or [])]
    for path in (options.dir, options.output.parent, (options.json or options.output).parent):
        path.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.dir, prefix="run-") as scratch:
        places = [
            Place(
                options.corpuscli,
                options.dir.resolve(),
                Path(scratch).resolve(),
                count,
                options.files_size,
            )
            for count in options.size
        ]
        results = measure(works, places, options.runs)
        results.profiles = [profiles.profile(work, places[0], results) for work in profiled]
    write(results, options.output, options.json)


def write(results: Results, output: Path, figures: Path | None) -> None:
    """Write the report, the chart beside it, and the figures."""
    picture = output.with_suffix(".svg")
    picture.write_text(chart.svg(results.lines), "utf-8")
    output.write_text(report.markdown(results, picture.name), "utf-8")
    if figures:
        figures.write_text(json.dumps(results.json(), indent=2) + "\n", "utf-8")
    say(f"wrote {output}, {picture}" + (f", {figures}" if figures else ""))


def measure(works: Sequence[Work], places: Sequence[Place], runs: int) -> Results:
    """Measure all works with the first dump, and growth and memory with the others, too."""
    first = places[0]
    programs = dict.fromkeys(split_variables(list(work.peer))[1][0] for work in works if work.peer)
    others = [program for program in programs if program not in ("python", "corpuscli")]
    results = Results(
        machine.describe(),
        machine.versions(first.corpuscli, first.python, [*others, "cat"]),
        runs,
        composition(),
        notes=notes(places),
    )
    for work in works:
        results.lines.append(time_work(work, first, runs, arms(work)))
    for place in places[1:]:
        for line in results.lines:
            if line.work.dump is Dump.WHOLE:
                results.growth += grow(line, place, runs, results)
    for place in places:
        for work in works:
            if work.memory and (place is first or work.dump is Dump.WHOLE):
                results.peaks += [look(work, place, way) for way in WAYS]
    return results


def notes(places: Sequence[Place]) -> list[str]:
    """Return what a reader should know about these figures."""
    found = []
    if places[0].part_size < places[0].size:
        found.append("`split -o` reads a smaller dump, because it writes one file per article.")
    if (available := machine.memory()) and places[-1].size > available / 2:
        found.append("The largest dump is over half of the memory: it may not stay in the cache.")
    if (os.cpu_count() or 1) < 2:
        found.append("There is only one core: more processes gain nothing.")
    return found


def arms(work: Work) -> dict[str, Words]:
    """Return the commands that run in turn."""
    found = {"ours": work.ours}
    if work.peer:
        found["peer"] = work.peer
    if work.has_jobs:
        found["-j1"] = with_jobs(work.ours, "-j1")
    return found


def time_work(work: Work, place: Place, runs: int, commands: dict[str, Words]) -> Line:
    """Run each command once without counting it, then all of them in turn."""
    say(f"{work.name}, {report.size(place.path(work.dump).stat().st_size)}")
    line = Line(work, place.path(work.dump).stat().st_size)
    calls: dict[str, Call] = {}
    for arm, command in commands.items():
        try:
            calls[arm] = place.call(work, command, arm)
            run(calls[arm], work, place)
        except NotMeasured as error:
            line.missing[arm] = str(error)
        else:
            line.timings[arm] = Timing(shown(command))
    for _ in range(runs * work.times):
        for arm in list(line.timings):
            try:
                line.timings[arm].seconds.append(run(calls[arm], work, place))
            except NotMeasured as error:
                line.missing[arm] = str(error)
                del line.timings[arm]
    return line


def run(call: Call, work: Work, place: Place) -> float:
    """Return the seconds of one run; the files of the last run are removed and synced first."""
    if work.writes:
        place.clear()
        os.sync()
    return seconds(call)


def grow(line: Line, place: Place, runs: int, results: Results) -> list[Growth]:
    """Measure the same work with a larger dump, without its peer."""
    larger = time_work(line.work, place, runs, {"ours": line.work.ours})
    if "ours" not in larger.timings or "ours" not in line.timings:
        results.failures += larger.failures() or [f"{line.work.name}, growth: see above"]
        return []
    return [
        Growth(
            line.work.name,
            shown(line.work.ours),
            (line.size, larger.size),
            (line.timings["ours"].median, larger.timings["ours"].median),
        )
    ]


def look(work: Work, place: Place, way: str) -> Peak:
    """Measure the memory of a command that gets its dump in one way."""
    say(f"{work.name}, memory, {way}")
    found = Peak(work.name, shown(work.ours), way, place.path(work.dump).stat().st_size)
    try:
        if not can_see_memory():
            raise NotMeasured("this system has no /proc/PID/smaps_rollup")
        if work.writes:
            place.clear()
        found.bytes = peak(given(place.call(work, work.ours), place.path(work.dump), way))
    except NotMeasured as error:
        found.missing = str(error)
    return found


def given(call: Call, dump: Path, way: str) -> Call:
    """Return a command that gets its dump as a file or through a pipe."""
    if way == "file":
        return call
    command = ["-" if word == str(dump) else word for word in call.command]
    return replace(call, command=command, source=dump)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
