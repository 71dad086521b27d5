"""Measure dumps that are made to be slow: does twice the size take more than twice the time?

    python benchmarks/evil.py --scale 0.2 --output evil.md

makes each dump at a size and at twice that size, runs the commands on both, and prints a table of
times, their ratio and the peak memory. With `--scale 1` the larger dumps have the sizes that
`--list` shows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from measure import Call, NotMeasured, watch
from prepare import find_corpuscli
from report import MISSING, NONE, number, size, table, yes

GOAL = 2.3
"""The time for the larger dump may be at most this many times that for the smaller one."""

JUDGED = 0.5
"""Seconds that the larger dump must take; what is shorter is mostly the start of the program."""

COMMANDS = {
    "list": ("list", "DUMP"),
    "split": ("split", "DUMP"),
    "grep": ("grep", "-l", "[a-z]+", "DUMP"),
    "check": ("check", "DUMP"),
    "stats": ("stats", "DUMP"),
    "diff": ("diff", "DUMP", "LONGER"),
    "sort": ("list", "--sort", "title", "DUMP"),
    "unique": ("list", "--unique", "DUMP"),
}
"""What runs on every dump; `LONGER` is the dump with one more page."""

LAST_PAGE = b"\n\n\nOne More Page\n\nTT\n\nOne More Page\n\nIt is the last page.\n"

Chunks = Iterator[bytes]


@dataclass(frozen=True)
class Shape:
    """One kind of dump."""

    about: str
    """What is in it, with `{n}` for the count."""
    count: int
    """The count of the larger dump at scale 1."""
    chunks: Callable[[int], Chunks]
    """Yields the bytes of a dump with a given count."""


def repeated(text: str) -> Callable[[int], Chunks]:
    """Return a function that yields the text `n` times."""
    data = text.encode()

    def chunks(count: int) -> Chunks:
        for _ in range(count // 1000):
            yield data * 1000
        yield data * (count % 1000)

    return chunks


def numbered(text: str) -> Callable[[int], Chunks]:
    """Return a function that yields the text `n` times, with a number for each `{i}`."""
    return lambda count: (text.replace("{i}", str(i)).encode() for i in range(count))


def page(above: Chunks, body: Chunks) -> Chunks:
    """Yield a page with other lines above the control and in the body."""
    yield b"A Page\n\n"
    yield from above
    yield b"TT\n\nA Page\n\n"
    yield from body
    yield b"\n"


def one_line(count: int) -> Chunks:
    text = b"A line that does not end goes on and on, and ends where the dump ends. "
    for _ in range(count // len(text)):
        yield text
    yield b"\n"


def captions(count: int) -> Chunks:
    lines = (f"{i % 28 + 1} May 2024, Vik: Boat {i} leaves. (dpa)\n".encode() for i in range(count))
    return page((line * 2 for line in lines), iter([b"The boats left.\n"]))


def letters(count: int) -> Chunks:
    return page(iter([]), (b"abcdefghij"[i % 10 : i % 10 + 1] + b"\n" for i in range(count)))


def trailing_spaces(count: int) -> Chunks:
    """Yield two pages whose ten lines share `count` spaces."""
    end = b" " * (count // 10) + b"\n"
    for title in (b"One Page", b"Other Page"):
        lines = (title, b"", b"TT", b"", title, b"", b"Its body.", b"Its end.", b"")
        yield from (line + end if line else b"\n" for line in lines)


def combining_marks(count: int) -> Chunks:
    """Yield a page whose title has marks that normalisation has to sort."""
    title = "A" + "\u0301\u0323" * (count // 2)
    yield f"{title}\n\nTT\n\n{title}\n\nIts body.\n".encode()


SHAPES = {
    "one-line": Shape("one line of {n} bytes", 100_000_000, one_line),
    "tiny": Shape("{n} tiny articles", 2_000_000, numbered("T{i}\n\nTT\n\nT{i}\n\nb\n\n")),
    "equal-titles": Shape(
        "{n} pages with the same title",
        1_000_000,
        numbered("Same\n\nTT\n\nSame\n\nBody {i}.\n\n\n\n"),
    ),
    "only-tt": Shape("{n} lines `TT`", 10_000_000, repeated("TT\n")),
    "only-blank": Shape("{n} blank lines", 50_000_000, repeated("\n")),
    "alternating": Shape("two titles in turn, {n} lines", 1_000_000, repeated("One\n\nTwo\n\n")),
    "same-block": Shape("the same block {n} times", 100_000, repeated("A line.\nIts end.\n\n")),
    "captions": Shape("{n} captions in one header", 300_000, captions),
    "letters": Shape("a body of {n} letters on separate lines", 400_000, letters),
    "spaces": Shape("lines that end in {n} spaces together", 40_000_000, trailing_spaces),
    "marks": Shape("titles of {n} combining marks", 1_000_000, combining_marks),
    "only-nbsp": Shape("{n} lines of a no-break space", 10_000_000, repeated("\u00a0\n")),
}


@dataclass(frozen=True)
class Row:
    """A command on a shape at both sizes."""

    shape: str
    command: str
    sizes: tuple[int, int]
    """The bytes of both dumps."""
    seconds: tuple[float, float] | None = None
    memory: tuple[int, int] | None = None
    """The peaks in bytes."""
    missing: str = ""
    """The reason why figures are missing."""

    @property
    def ratio(self) -> float | None:
        return self.seconds[1] / self.seconds[0] if self.seconds else None

    @property
    def met(self) -> bool | None:
        """Return whether the goal is met; None if the times are too short to tell."""
        if self.ratio is None or self.seconds is None:
            return False
        return None if self.seconds[1] < JUDGED else self.ratio <= GOAL


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure dumps that are made to be slow.")
    add = parser.add_argument
    add("--scale", type=float, default=0.2, help="of the sizes that --list shows, 0.2 by default")
    add("--shapes", nargs="+", metavar="NAME", choices=list(SHAPES), default=list(SHAPES))
    add("--commands", nargs="+", metavar="NAME", choices=list(COMMANDS), default=list(COMMANDS))
    add("--runs", type=int, default=1, help="the fastest of these runs counts, 1 by default")
    add("--limit", type=float, default=120, metavar="SECONDS", help="stop a run after this time")
    add("--corpuscli", metavar="PATH", help="the command to measure")
    add("--output", type=Path, metavar="FILE.md", help="write the table here, not to stdout")
    add("--list", action="store_true", help="list the shapes and their sizes")
    options = parser.parse_args()
    if options.scale <= 0 or options.limit <= 0 or options.runs < 1:
        parser.error("--scale, --limit and --runs must be more than 0")
    options.corpuscli = find_corpuscli(options.corpuscli)
    if not options.corpuscli:
        parser.error("corpuscli is not installed; give its path with --corpuscli")
    return options


def main() -> None:
    options = parse()
    if options.list:
        for name, shape in SHAPES.items():
            print(f"{name}: {shape.about.format(n=f'{shape.count:,}')}")
        return
    rows = []
    for name in options.shapes:
        with tempfile.TemporaryDirectory() as folder:
            rows += measure(name, options, Path(folder))
    if options.output:
        options.output.write_text(report(rows, options.scale), "utf-8")
    else:
        print(report(rows, options.scale), end="")


def measure(name: str, options: argparse.Namespace, folder: Path) -> list[Row]:
    """Measure the commands on one shape."""
    shape = SHAPES[name]
    larger = max(2, round(shape.count * options.scale))
    dumps = [made(folder / f"{count}.txt", shape, count) for count in (larger // 2, larger)]
    sizes = (dumps[0].stat().st_size, dumps[1].stat().st_size)
    rows = []
    for command in options.commands:
        print(f"{name}, {command}", file=sys.stderr, flush=True)
        runs: list[tuple[float, int]] = []
        try:
            for dump in dumps:
                runs.append(best(call(options.corpuscli, command, dump), options))
        except NotMeasured as error:
            which = f"larger (smaller: {runs[0][0]:.2f} s)" if runs else "smaller"
            rows.append(Row(name, command, sizes, missing=f"{which}, {error}"))
        else:
            (seconds, memory), (more_seconds, more_memory) = runs
            figures = (seconds, more_seconds), (memory, more_memory)
            rows.append(Row(name, command, sizes, *figures))
    return rows


def best(run: Call, options: argparse.Namespace) -> tuple[float, int]:
    """Return the seconds of the fastest run, and the most memory of all runs."""
    runs = [watch(run, options.limit) for _ in range(options.runs)]
    return min(taken for taken, _ in runs), max(memory for _, memory in runs)


def made(path: Path, shape: Shape, count: int) -> Path:
    """Write a dump, and beside it the same with one more page."""
    with open(path, "wb") as dump, open(longer(path), "wb") as other:
        chunks = shape.chunks(count)
        while data := b"".join(islice(chunks, 1000)):
            dump.write(data)
            other.write(data)
        other.write(LAST_PAGE)
    return path


def longer(path: Path) -> Path:
    return path.with_suffix(".longer.txt")


def call(corpuscli: str, command: str, dump: Path) -> Call:
    """Return a command, ready to run; it may find problems or differences, but must not fail."""
    paths = {"DUMP": str(dump), "LONGER": str(longer(dump))}
    words = [paths.get(word, word) for word in COMMANDS[command]]
    return Call([corpuscli, *words], dump.parent, codes=(0, 1), notes=True)


def report(rows: Sequence[Row], scale: float) -> str:
    """Return the table in Markdown."""
    shapes = dict.fromkeys(row.shape for row in rows)
    about = "\n".join(
        f"- `{name}`: {SHAPES[name].about.format(n=f'{round(SHAPES[name].count * scale):,}')}"
        for name in shapes
    )
    header = ["dump", "command", "sizes", "seconds", "ratio", "met", "peak memory"]
    return (
        "# Dumps that are made to be slow\n\n"
        "Each command runs once on a dump and once on one of twice the size. The ratio is that of "
        f"the two times; the goal is {GOAL} at most. It is not judged where the larger dump takes "
        f"less than {JUDGED} s. The memory is the PSS of all processes.\n\n"
        f"The larger dumps:\n\n{about}\n\n{table(header, map(cells, rows))}\n"
    )


def cells(row: Row) -> list[str]:
    sizes = f"{size(row.sizes[0])}, {size(row.sizes[1])}"
    if row.seconds is None or row.memory is None or row.ratio is None:
        return [
            row.shape,
            row.command,
            sizes,
            f"{MISSING}: {row.missing}",
            NONE,
            yes(row.met),
            NONE,
        ]
    return [
        row.shape,
        row.command,
        sizes,
        f"{row.seconds[0]:.2f}, {row.seconds[1]:.2f}",
        number(row.ratio),
        yes(row.met),
        f"{row.memory[0] / 10**6:.0f}, {row.memory[1] / 10**6:.0f} MB",
    ]


if __name__ == "__main__":
    main()
