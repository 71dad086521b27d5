"""`duplicates` in a large dump: the time, the memory, and every copy found."""

from __future__ import annotations

import random
import subprocess
import time
import tracemalloc
from array import array
from pathlib import Path

import pytest
from conftest import COMMAND, environment, weighed
from stories import Writer

from corpuscli.inspection.duplicates import Search, Sketches
from corpuscli.inspection.shingles import Banding


def write_dump(path: Path, size: int) -> tuple[int, int]:
    """Write a dump of that many bytes or a few more; return its articles, and how many of them are
    earlier ones, half of these with a word changed."""
    rng = random.Random(6)
    streams = [Writer(rng, script).words(1_000_000) for script in ("latin", "arabic", "accented")]
    old: list[tuple[str, list[str]]] = []
    articles = copies = written = 0
    with path.open("wb") as file:
        while written < size:
            articles += 1
            if articles % 8 == 0:
                copies += 1
                title, body = old.pop(rng.randrange(len(old)))
                if articles % 16 == 0:
                    body = [*body[:-1], "changed " + body[-1]]
            else:
                words = streams[0 if articles % 3 else rng.randrange(3)]

                def text(count: int, words: list[str] = words) -> str:
                    at = rng.randrange(len(words) - count)
                    return " ".join(words[at : at + count])

                title = f"{text(7)} {articles}"
                body = [text(rng.randint(25, 60)) for _ in range(rng.randint(8, 16))]
                old.append((title, body))
                del old[:-500]
            page = f"{title}\n\nTT\n20\n\n{title}\n\n" + "\n\n".join(body) + "\n\n\n\n"
            written += file.write(page.encode())
    return articles, copies


def test_the_copies_in_a_large_dump_are_found_in_bounded_memory(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """With --long, a dump of 1 GB, on two cores without other work."""
    is_long = request.config.getoption("--long")
    dump = tmp_path / "dump"
    articles, copies = write_dump(dump, 1_000_000_000 if is_long else 12_000_000)
    begun = time.monotonic()
    done = subprocess.run(
        [*weighed(tmp_path / "memory"), COMMAND, "duplicates", "-j2", "--fields=group", str(dump)],
        env=environment(),
        capture_output=True,
        check=True,
    )
    seconds = time.monotonic() - begun
    assert done.stderr == b""
    rows = done.stdout.split()
    assert len(rows) == 2 * copies
    assert len(set(rows)) == copies
    # Of the largest of three processes, in KiB.
    assert int((tmp_path / "memory").read_text()) < 240 * 1024
    if is_long:
        assert articles > 200_000
        assert seconds < 60


def test_an_article_uses_the_memory_that_the_docs_state() -> None:
    count = 60_000
    rng = random.Random(7)
    bands = Banding.of(0.8).bands
    tracemalloc.start()
    try:
        with Search(0.8) as search:
            search.begin_dump()
            for first in range(1, count, 1000):
                numbers = array("I", range(first, first + 1000))
                digests = array("Q", (rng.getrandbits(48) for _ in range(1000)))
                values = array("I", (rng.getrandbits(32) for _ in range(1000 * bands)))
                none = array("Q"), array("B")
                search.add(Sketches(numbers, digests, values, *none, 0))
            search.flags(told=True)
            _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Beside them, the 32 MB that all articles share.
    assert 250 < (peak - 2**25) / count < 400
