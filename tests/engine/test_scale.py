"""What docs/scale.md says of object stores and clusters is run against real ones."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from clusters import RunningCluster
from conftest import DATA, EXAMPLES, ROOT, Run, environment
from servers import Store

DOCUMENT = (ROOT / "docs" / "scale.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", DOCUMENT, re.M | re.S)
COMMANDS = [
    line.removeprefix("corpuscli ").split(" > ")[0]
    for kind, text in BLOCKS
    if kind == "text"
    for line in text.splitlines()
    if line.startswith("corpuscli ")
]
PROGRAMS = [text for kind, text in BLOCKS if kind == "python"]


@pytest.fixture
def newsroom(store: Store) -> Store:
    """The store with the dumps that the document speaks of."""
    store.put("dumps/mixed.txt", (DATA / "mixed.txt").read_bytes())
    store.put("dumps/harbour.txt", (EXAMPLES / "harbour-news.txt").read_bytes())
    packed = gzip.compress((DATA / "arabic.txt").read_bytes())
    store.put("dumps/2024-05.txt.gz", packed)
    return store


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_with_a_store_or_a_cluster_runs(
    command: str, newsroom: Store, cluster: RunningCluster, corpuscli: Run, tmp_path: Path
) -> None:
    here = command.replace("tcp://HOST:8786", cluster.address)
    here = here.replace("s3://newsroom/articles", newsroom.url(f"articles/{tmp_path.name}"))
    words = [word.strip("'") for word in here.split()]
    assert all(store in newsroom.url("") for store in re.findall("s3://[a-z]+/", command))
    done = corpuscli(*words, **newsroom.environment)
    # No article of the two dumps is the same: so duplicates tells by its exit code.
    expected = 1 if words[0] == "duplicates" else 0
    assert (done.returncode, done.stderr) == (expected, b"")
    assert expected or done.stdout


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_runs(
    program: str, newsroom: Store, cluster: RunningCluster, corpuscli: Run, tmp_path: Path
) -> None:
    assert not corpuscli(
        *("split", "-o", "parts", "--as", "parquet", "--partition-by", "photo_year"),
        EXAMPLES / "harbour-news.txt",
    ).returncode
    done = subprocess.run(
        [sys.executable, "-c", program.replace("tcp://HOST:8786", cluster.address)],
        cwd=tmp_path,
        env=environment(**newsroom.environment),
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()


def test_there_is_something_to_run() -> None:
    assert len(COMMANDS) >= 4 and len(PROGRAMS) >= 2
