"""Write the results as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from measure import INTERVAL
from results import Growth, Line, Peak, Profile, Results
from works import MEMORY_GOAL, Work, shown

NONE = "–"
MISSING = "not measured"

ABOUT = """\
A ratio is corpuscli's median time divided by the peer's: less is better. The commands of a row run
in turn. Each runs once before that without being counted, so the dump is in the page cache. A
command that fails gets no figure."""


def markdown(results: Results, chart: str) -> str:
    """Return the whole report; `chart` is a path relative to the report."""
    parts = [
        "# Benchmarks",
        ABOUT,
        f"The dump is made by `benchmarks/make_dump.py`. {results.composition}",
        f"![Ratios against goals]({chart})",
        ratios(results),
        memory(results.peaks),
        cores(results.lines),
        growth(results.growth),
        *map(profile, results.profiles),
        section("Not measured", bullets(results.missing())),
        section("Machine and versions", pairs(results)),
        section("Commands", commands(results.lines)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def section(title: str, *paragraphs: str) -> str:
    """Return a heading and what is below it; nothing if there is nothing below it."""
    if not any(paragraphs):
        return ""
    return "\n\n".join([f"## {title}", *filter(None, paragraphs)])


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; nothing without rows."""
    lines = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    head = [" | ".join(header), " | ".join(["---"] * len(header))]
    return "\n".join(f"| {line} |" for line in head + lines) if lines else ""


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def ratios(results: Results) -> str:
    """Return the table of works and peers."""
    header = [
        "work",
        "against",
        "dump",
        "ratio",
        "goal",
        "met",
        "corpuscli: min, median, max",
        "peer: min, median, max",
    ]
    return section("Ratios", table(header, map(ratio_row, results.lines)))


def ratio_row(line: Line) -> list[str]:
    work = line.work
    ratio = MISSING if work.peer and line.ratio() is None else number(line.ratio())
    return [
        work.title,
        peer(work),
        size(line.size),
        ratio,
        number(work.goal),
        yes(line.met),
        spread(line, "ours"),
        spread(line, "peer"),
    ]


def peer(work: Work) -> str:
    """Return the peer's command; a pipe to `cat` is shown with it."""
    if not work.peer:
        return NONE
    return f"`{shown(work.peer)}{' | cat' if 'peer' in work.pipes else ''}`"


def spread(line: Line, arm: str) -> str:
    """Return the least, median and most seconds of a command."""
    timing = line.timings.get(arm)
    if not timing:
        return MISSING if arm in line.missing else NONE
    figures = (min(timing.seconds), timing.median, max(timing.seconds))
    return ", ".join(f"{figure:.3f}" for figure in figures) + " s"


def number(value: float | None) -> str:
    """Return a figure with three significant digits; more would be noise."""
    if value is None:
        return NONE
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def yes(met: bool | None) -> str:
    return NONE if met is None else "yes" if met else "no"


def size(count: int) -> str:
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "KB")):
        if count >= unit:
            return f"{count / unit:.3g} {name}"
    return f"{count} bytes"


def memory(peaks: Sequence[Peak]) -> str:
    """Return the table of memory: one row per command, one column per kind of input."""
    about = (
        f"The PSS of all processes of a command together, in MB (10^6 bytes), sampled every "
        f"{INTERVAL * 1000:.0f} ms; a peak between two samples is missed. Goal: {MEMORY_GOAL} MB."
    )
    rows: dict[tuple[str, int], dict[str, str]] = {}
    for peak in peaks:
        shown_peak = MISSING if peak.bytes is None else f"{peak.bytes / 10**6:.0f}"
        over = " (over)" if peak.met is False else ""
        rows.setdefault((peak.command, peak.size), {})[peak.way] = shown_peak + over
    ways = list(dict.fromkeys(peak.way for peak in peaks))
    cells = [
        [f"`{command}`", size(count), *(row.get(way, NONE) for way in ways)]
        for (command, count), row in rows.items()
    ]
    return section("Memory", about, table(["command", "dump", *ways], cells)) if rows else ""


def cores(lines: Sequence[Line]) -> str:
    """Return what more processes gain."""
    rows = [
        [
            f"`{shown(line.work.ours)}`",
            number(line.ratio("-j1", "ours")),
            spread(line, "-j1"),
            spread(line, "ours"),
        ]
        for line in lines
        if "-j1" in {*line.timings, *line.missing}
    ]
    header = ["command", "gain", "`-j1`: min, median, max", "all cores: min, median, max"]
    return section("One core and all cores", table(header, rows))


def growth(found: Sequence[Growth]) -> str:
    """Return the table of what one more gigabyte costs."""
    rows = [
        [
            f"`{one.command}`",
            f"{one.seconds[0]:.3f} s for {size(one.sizes[0])}",
            f"{one.seconds[1]:.3f} s for {size(one.sizes[1])}",
            f"{one.per_gigabyte:.2f} s",
        ]
        for one in found
    ]
    header = ["command", "median", "median", "per additional GB"]
    return section("Growth", table(header, rows))


def profile(found: Profile) -> str:
    """Return the functions that take the most time."""
    about = (
        f"`{found.command}`, {size(found.size)}: {found.seconds:.2f} s under Python's profiler, "
        "which slows Python functions down more than compiled ones. The seconds are those of the "
        "function itself, without the functions it calls."
    )
    rows = [
        [
            f"`{step.name}`",
            f"{step.calls:,}",
            f"{step.seconds:.2f} s",
            share(step.seconds, found.seconds),
        ]
        for step in found.steps
    ]
    found_table = table(["function", "calls", "seconds", "share"], rows)
    return section(f"Profile: {found.name}", about, found_table) if rows else ""


def share(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else NONE


def pairs(results: Results) -> str:
    found = {**results.machine, **results.versions, "runs": str(results.runs)}
    about = "\n".join(results.notes)
    facts = table(["", ""], [[name, value] for name, value in found.items()])
    return f"{facts}\n\n{about}" if about else facts


def commands(lines: Sequence[Line]) -> str:
    """Return the exact commands."""
    about = (
        "`DUMP` is the dump, `TAR` an archive of the files that `split -o` wrote, `LINES` the "
        "lines on which articles begin. Output goes to /dev/null, unless a pipe is shown. Starts "
        "read the sample in examples/."
    )
    rows = [
        [
            line.work.name,
            f"`{shown(line.work.ours)}`",
            peer(line.work),
        ]
        for line in lines
    ]
    return f"{about}\n\n{table(['name', 'corpuscli', 'peer'], rows)}"
