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
from pathlib import Path

import chart
import machine
import report
from make_dump import byte_count
from measure import Call, NotMeasured, can_see_memory, peak, seconds
from prepare import Place, find_corpuscli
from results import Growth, Line, Peak, Results, Timing
from works import WORKS, Dump, Words, Work, shown

WAYS = ("file", "pipe", "gzip")


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser = argparse.ArgumentParser(description="Measure corpuscli against its peers.")
    add = parser.add_argument
    add("--size", type=size, action="append", metavar="SIZE", help="of the dump; again for growth")
    add("--files-size", type=size, default="100MB", metavar="SIZE", help="of the dump for split -o")
    add("--dir", type=Path, default=kept / "corpuscli-benchmarks", help="where the dumps are kept")
    add("--runs", type=int, default=5, help="runs of every command that are counted")
    add("--only", nargs="+", metavar="NAME", choices=[work.name for work in WORKS])
    add("--corpuscli", metavar="PATH", help="the command to measure")
    add("--output", type=Path, metavar="FILE.md", help="the report; the chart goes beside it")
    add("--json", type=Path, metavar="FILE", help="all figures, for programs")
    options = parser.parse_args(arguments)
    if options.runs < 1:
        parser.error("--runs must be 1 or more")
    options.corpuscli = find_corpuscli(options.corpuscli)
    if not options.corpuscli:
        parser.error("corpuscli is not installed: say where it is with --corpuscli")
    options.size = sorted(set(options.size or [byte_count("1GB")]))
    options.output = options.output or options.dir / "report.md"
    return options


def size(text: str) -> int:
    try:
        count = byte_count(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if count <= 0:
        raise argparse.ArgumentTypeError("a size is more than nothing")
    return count


def main() -> None:
    options = parse()
    works = [work for work in WORKS if not options.only or work.name in options.only]
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
    write(results, options.output, options.json)


def write(results: Results, output: Path, figures: Path | None) -> None:
    """The report, the chart beside it, and the figures."""
    picture = output.with_suffix(".svg")
    picture.write_text(chart.svg(results.lines), "utf-8")
    output.write_text(report.markdown(results, picture.name), "utf-8")
    if figures:
        figures.write_text(json.dumps(results.json(), indent=2) + "\n", "utf-8")
    say(f"wrote {output}, {picture}" + (f", {figures}" if figures else ""))


def measure(works: Sequence[Work], places: Sequence[Place], runs: int) -> Results:
    """All works with the first dump, and what grows with the others."""
    first = places[0]
    programs = dict.fromkeys(work.peer[0] for work in works if work.peer)
    programs.pop("python", None)
    results = Results(
        machine.describe(),
        machine.versions(first.corpuscli, first.python, [*programs, "cat"]),
        runs,
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
    """What a reader should know about these figures."""
    found = []
    if places[0].part_size < places[0].size:
        found.append("`split -o` is given a smaller dump, for it writes a file an article.")
    if (available := machine.memory()) and places[-1].size > available / 2:
        found.append("The largest dump has more than half of the memory: it may not stay cached.")
    if (os.cpu_count() or 1) < 2:
        found.append("There is one core only: `-j2` cannot gain anything.")
    return found


def arms(work: Work) -> dict[str, Words]:
    """The commands that are run in turn."""
    found = {"ours": work.ours}
    if work.peer:
        found["peer"] = work.peer
    if work.has_jobs:
        for jobs in ("-j1", "-j2"):
            found[jobs] = (*work.ours[:2], jobs, *work.ours[2:])
    return found


def time_work(work: Work, place: Place, runs: int, commands: dict[str, Words]) -> Line:
    """A first run of each command that is not counted, then all of them in turn."""
    say(f"{work.name}, {report.size(place.path(work.dump).stat().st_size)}")
    line = Line(work, place.path(work.dump).stat().st_size)
    calls: dict[str, Call] = {}
    for arm, command in commands.items():
        try:
            calls[arm] = place.call(work, command)
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
    """One run; where files are written, nothing of the run before is still on its way to disk."""
    if work.writes:
        place.clear()
        os.sync()
    return seconds(call)


def grow(line: Line, place: Place, runs: int, results: Results) -> list[Growth]:
    """The same work with a larger dump, ours alone."""
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
    """The memory that a command takes, given the dump in one way."""
    say(f"{work.name}, memory, {way}")
    plain = place.path(work.dump)
    found = Peak(work.name, shown(work.ours), way, plain.stat().st_size)
    try:
        if not can_see_memory():
            raise NotMeasured("there is no /proc/PID/smaps_rollup here")
        if work.writes:
            place.clear()
        found.bytes = peak(given(place.call(work, work.ours), place, work.dump, way))
    except NotMeasured as error:
        found.missing = str(error)
    return found


def given(call: Call, place: Place, dump: Dump, way: str) -> Call:
    """A command with its dump as a file, through a pipe, or compressed."""
    plain = place.path(dump)
    if way == "file":
        return call
    instead = "-" if way == "pipe" else str(place.compressed(dump))
    command = [instead if word == str(plain) else word for word in call.command]
    source = plain if way == "pipe" else None
    return Call(command, call.folder, call.code, call.piped, source)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
