"""Measure what a cluster costs: local processes and Dask workers read the same shards.

    python benchmarks/scale.py --size 400MB --runs 5

starts a scheduler and two workers on this machine, and prints tables.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from make_dump import byte_count, pages, write_dump
from measure import Call, proportional, seconds, tree
from prepare import find_corpuscli

WORKERS = 2

WORKS = {
    "list": ["list"],
    "split": ["split"],
    "dedupe-captions": ["dedupe-captions"],
    "check": ["check", "--totals"],
    "stats": ["stats", "--json"],
    "split to parts": ["split", "--as", "parquet", "--force", "-o", "PARTS"],
}

SHARDS = (1_000_000, 4_000_000, 8_000_000, 32_000_000)

MANY = 75_000
"""Partitions of a graph that the scheduler gets and never runs: 10 TB in pieces of 128 MiB."""


def parse() -> argparse.Namespace:
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser = argparse.ArgumentParser(description="Measure what a cluster costs.")
    parser.add_argument("--size", type=byte_count, default=byte_count("400MB"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dir", type=Path, default=kept / "corpuscli-benchmarks")
    return parser.parse_args()


def main() -> None:
    options = parse()
    corpuscli = find_corpuscli(None)
    if corpuscli is None:
        sys.exit("corpuscli is not installed")
    options.dir.mkdir(parents=True, exist_ok=True)
    dump = options.dir / f"dump-{options.size}.txt"
    if not dump.exists():
        write_dump(options.size, str(dump))
    with tempfile.TemporaryDirectory() as folder, cluster(Path(folder)) as (address, scheduler):
        place = Path(folder)
        # The workers import what they need at first.
        timed(corpuscli, ["list", "--scheduler", address], dump, place, 1)
        compare(corpuscli, address, scheduler, dump, place, options.runs)
        by_shard(corpuscli, address, dump, place, options.runs)
    numbering(dump)
    with (
        tempfile.TemporaryDirectory() as folder,
        cluster(Path(folder), workers=0) as (address, scheduler),
    ):
        held(address, scheduler, dump)


@contextmanager
def cluster(folder: Path, workers: int = WORKERS) -> Iterator[tuple[str, int]]:
    """Yield the address of a scheduler with `workers` workers, and the id of its process."""
    described = folder / "scheduler.json"
    dask = str(Path(sys.executable).with_name("dask"))
    command = [dask, "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file"]
    running = [started([*command, str(described)], folder)]
    try:
        while not described.exists():
            time.sleep(0.1)
        address = json.loads(described.read_text())["address"]
        for _ in range(workers):
            command = [dask, "worker", address, "--nthreads", "1", "--no-dashboard"]
            running.append(started(command, folder))
        yield address, running[0].pid
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait()


def started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a command that prints nothing."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet)


def timed(corpuscli: str, words: list[str], dump: Path, folder: Path, runs: int) -> float:
    """Return the median of some runs, in seconds."""
    command = [corpuscli, *(str(folder / word) if word == "PARTS" else word for word in words)]
    return statistics.median(seconds(Call([*command, str(dump)], folder)) for _ in range(runs))


def compare(
    corpuscli: str, address: str, scheduler: int, dump: Path, folder: Path, runs: int
) -> None:
    """Measure each work with local processes and with the cluster, in turn."""
    size = dump.stat().st_size
    print(
        f"{size / 1e6:.0f} MB, shards of 8 MB, {WORKERS} processes or workers, median of {runs}\n"
    )
    print("| work | local | cluster | ratio |\n| --- | --- | --- | --- |")
    for name, words in WORKS.items():
        words = [*words, "--shard-size", str(8_000_000)]
        here, there = [], []
        for _ in range(runs):
            here.append(timed(corpuscli, [*words, "-j", str(WORKERS)], dump, folder, 1))
            there.append(timed(corpuscli, [*words, "--scheduler", address], dump, folder, 1))
        a, b = statistics.median(here), statistics.median(there)
        print(f"| {name} | {a:.2f} s | {b:.2f} s | {b / a:.2f} |")
    small = dump.with_name("small.txt")
    small.write_bytes(b"".join(islice(pages(), 3)))
    a = timed(corpuscli, ["list"], small, folder, runs)
    b = timed(corpuscli, ["list", "--scheduler", address], small, folder, runs)
    print(f"| three articles: the start | {a:.2f} s | {b:.2f} s | {b / a:.2f} |")
    memory = sum(map(proportional, tree(scheduler)))
    print(f"\nAfter that the scheduler uses {memory / 1e6:.0f} MB.\n")


def by_shard(corpuscli: str, address: str, dump: Path, folder: Path, runs: int) -> None:
    """Measure what a shard costs: the same dump in many shards and in few."""
    size = dump.stat().st_size
    print("| shard | shards | `list`, local | cluster |\n| --- | --- | --- | --- |")
    for shard in SHARDS:
        words = ["list", "--shard-size", str(shard)]
        here = timed(corpuscli, [*words, "-j", str(WORKERS)], dump, folder, runs)
        there = timed(corpuscli, [*words, "--scheduler", address], dump, folder, runs)
        count = -(-size // shard)
        print(f"| {shard // 10**6} MB | {count} | {here:.2f} s | {there:.2f} s |")
    print()


def numbering(dump: Path) -> None:
    """Measure the pass that counts the articles of each shard, and the reading after it."""
    from corpuscli.engine.shards import even_ranges
    from corpuscli.reader.layouts import load_layout
    from corpuscli.reader.reading import Options, Piece, Reading, read_source
    from corpuscli.reader.shard import Dump, Headers, Shard, Start
    from corpuscli.records.fields import ARTICLE
    from corpuscli.source import open_source

    def whole(reading: Reading, pieces: Sequence[Piece]) -> int:
        rows = [[f.get(a) for f in ARTICLE] for a in map(reading.parse, pieces)]
        return len(rows)

    with open_source(str(dump)) as source:
        reading = read_source(source, Options())
        assert source.ranges
        size = min(dump.stat().st_size, 64_000_000)
        there = Dump(source.name, source.ranges, dump.stat().st_size, load_layout("page"))
        passes = {"numbering": 0.0, "reading": 0.0}
        start = Start()
        for within in even_ranges(size, 8_000_000):
            begin = time.perf_counter()
            headers = Headers(there, Shard(*within, True))
            headers.settle(start.state)
            scan = headers.scan()
            passes["numbering"] += time.perf_counter() - begin
            begin = time.perf_counter()
            headers.made(start.number, start.line, lambda p: whole(reading, p), None)
            passes["reading"] += time.perf_counter() - begin
            start = start.after(scan)
    per_mb = {name: taken / size * 1e9 for name, taken in passes.items()}
    print("| pass | ms per MB, one core |\n| --- | --- |")
    for name, cost in per_mb.items():
        print(f"| {name} | {cost:.1f} |")
    print()


def held(address: str, scheduler: int, dump: Path) -> None:
    """Measure the scheduler's memory for a graph of many partitions, before any is read."""
    from distributed import Client

    import corpuscli.dask as dask

    blocksize = max(1, dump.stat().st_size // MANY)
    before = sum(map(proportional, tree(scheduler)))
    articles = dask.read_articles(str(dump), blocksize=blocksize)
    with Client(address, timeout=10) as client:
        begin = time.perf_counter()
        kept = client.persist(articles)
        while not client.run_on_scheduler(count_tasks):
            time.sleep(0.2)
        taken = time.perf_counter() - begin
        tasks = client.run_on_scheduler(count_tasks)
        after = sum(map(proportional, tree(scheduler)))
        del kept
    grown = after - before
    print(
        f"{articles.npartitions} partitions are {tasks} tasks; the scheduler uses "
        f"{grown / 1e6:.0f} MB for them, {grown / tasks:.0f} bytes per task, "
        f"and accepts them in {taken:.1f} s."
    )


def count_tasks(dask_scheduler: object = None) -> int:
    return len(dask_scheduler.tasks)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
