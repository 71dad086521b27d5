"""The results in words: tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from measure import INTERVAL
from results import Growth, Line, Peak, Results
from works import MEMORY_GOAL, shown

NONE = "–"
MISSING = "not measured"

ABOUT = """\
Ratios are those of the medians: corpuscli's seconds by the peer's. The commands of a line run in
turn, after a run of each that is not counted, so the page cache is warm. A command that fails gets
no figure."""


def markdown(results: Results, chart: str) -> str:
    """The whole report; the chart is a path from where the report is."""
    parts = [
        "# Benchmarks",
        ABOUT,
        f"![Ratios against goals]({chart})",
        ratios(results),
        memory(results.peaks),
        cores(results.lines),
        growth(results.growth),
        section("Not measured", bullets(results.missing())),
        section("Machine and versions", pairs(results)),
        section("Commands", commands(results.lines)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def section(title: str, *paragraphs: str) -> str:
    """A heading and what stands under it; nothing where there is nothing."""
    if not any(paragraphs):
        return ""
    return "\n\n".join([f"## {title}", *filter(None, paragraphs)])


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing without rows."""
    lines = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    head = [" | ".join(header), " | ".join(["---"] * len(header))]
    return "\n".join(f"| {line} |" for line in head + lines) if lines else ""


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def ratios(results: Results) -> str:
    """The table of works and peers."""
    header = [
        "work",
        "against",
        "dump",
        "output",
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
        f"`{shown(work.peer)}`" if work.peer else NONE,
        size(line.size),
        "pipe" if work.piped else "/dev/null",
        ratio,
        number(work.goal),
        yes(line.met),
        spread(line, "ours"),
        spread(line, "peer"),
    ]


def spread(line: Line, arm: str) -> str:
    """Least, middle and most seconds of a command."""
    timing = line.timings.get(arm)
    if not timing:
        return MISSING if arm in line.missing else NONE
    figures = (min(timing.seconds), timing.median, max(timing.seconds))
    return ", ".join(f"{figure:.3f}" for figure in figures) + " s"


def number(value: float | None) -> str:
    """Three digits that count; more would be noise."""
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
    """The table of memory: a row a command, a column a way in."""
    about = (
        f"PSS of all processes of a command together, in MB of 10^6 bytes, looked at every "
        f"{INTERVAL * 1000:.0f} ms: a peak between two looks is missed. Goal: {MEMORY_GOAL} MB."
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
    """What a second process is worth."""
    rows = [
        [
            f"`{shown(line.work.ours)}`",
            number(line.ratio("-j1", "-j2")),
            spread(line, "-j1"),
            spread(line, "-j2"),
        ]
        for line in lines
        if {"-j1", "-j2"} & {*line.timings, *line.missing}
    ]
    header = ["command", "`-j1` / `-j2`", "`-j1`: min, median, max", "`-j2`: min, median, max"]
    return section("The second core", table(header, rows))


def growth(found: Sequence[Growth]) -> str:
    """What a further gigabyte costs."""
    rows = [
        [
            f"`{one.command}`",
            f"{one.seconds[0]:.3f} s for {size(one.sizes[0])}",
            f"{one.seconds[1]:.3f} s for {size(one.sizes[1])}",
            f"{one.per_gigabyte:.2f} s",
        ]
        for one in found
    ]
    header = ["command", "median", "median", "a further GB"]
    return section("Growth", table(header, rows))


def pairs(results: Results) -> str:
    found = {**results.machine, **results.versions, "runs": str(results.runs)}
    about = "\n".join(results.notes)
    facts = table(["what", "which"], [[name, value] for name, value in found.items()])
    return f"{facts}\n\n{about}" if about else facts


def commands(lines: Sequence[Line]) -> str:
    """What exactly was run."""
    about = (
        "`DUMP` is the dump, `TAR` an archive of the files that `split -o` wrote, `LINES` the "
        "lines on which articles begin. Starts read the sample in examples/."
    )
    rows = [
        [
            line.work.name,
            f"`{shown(line.work.ours)}`",
            f"`{shown(line.work.peer)}`" if line.work.peer else NONE,
        ]
        for line in lines
    ]
    return f"{about}\n\n{table(['name', 'corpuscli', 'peer'], rows)}"
