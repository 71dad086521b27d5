"""How well dumps of other sites are read: a table of what `auto` and a learnt layout make of them.

python tools/foreign.py [DIRECTORY]

DIRECTORY, by default ../shared, holds `foreign/*.txt` with their truth beside them, `real/*.txt`.
A reading is wrong in silence if it is wrong, and `check` finds nothing odd about it. Where the
directory is missing, nothing is measured.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

COMMAND = str(Path(sys.executable).with_name("corpuscli"))
GOOD = 0.95
WHOLE = 0.85

ODD = {
    "no-layout", "unmatched-pattern", "repeated-title", "long-article", "other-count",
    "boundary-in-body", "counter-broken", "furniture-in-body", "text-dropped", "learnt-layout",
    "weak-evidence", "not-a-dump",
}  # fmt: skip
"""The codes that say a reading may be wrong."""


def main() -> None:
    """Print the table."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    if not (root / "foreign").is_dir():
        print(f"{root}: nothing to measure")
        return
    judge = scorer(root / "foreign" / "score.py")
    print("| dump | by | articles | boundary | title | body | whole | said |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    silent = 0
    for dump in sorted((root / "foreign").glob("*.txt")):
        silent += measured(dump, judge)
    for dump in sorted((root / "real").glob("*.txt")):
        records = split(dump)
        titled = sum(bool(record["title"]) for record in records)
        print(f"| {dump.stem} | auto | {len(records)} | | {titled} titles | | | {said(dump)} |")
    print(f"\nwrong in silence: {silent}")


def scorer(path: Path) -> Any:
    """Return the function that compares records with a truth."""
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score


def measured(dump: Path, judge: Any) -> bool:
    """Print the rows of a dump; return whether `auto` is wrong about it in silence."""
    path = dump.with_suffix("").with_suffix(".truth.jsonl")
    if not path.exists():
        records = split(dump)
        print(f"| {dump.stem} | auto | {len(records)} | | | | | {said(dump)} |")
        return len(records) > 1 and not doubted(dump)
    truth = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    right = row(dump, "auto", judge(truth, split(dump)))
    with tempfile.TemporaryDirectory() as folder:
        layout = Path(folder) / "learnt.toml"
        done = subprocess.run(
            [COMMAND, "layouts", "learn", str(dump), "-o", str(layout)],
            capture_output=True,
            check=False,
        )
        if done.returncode == 0:
            row(dump, "learnt", judge(truth, split(dump, "--layout", str(layout))))
        else:
            print(f"| {dump.stem} | learnt | | | | | | {done.stderr.decode().strip()} |")
    return not right and not doubted(dump)


def row(dump: Path, how: str, score: dict[str, Any]) -> bool:
    """Print one row; return whether the reading is right."""
    boundary, title, body = (score[key] for key in ("boundary", "title", "body"))
    figures = " | ".join(f"{score[key]:.3f}" for key in ("boundary", "title", "body", "whole"))
    print(f"| {dump.stem} | {how} | {score['predicted']} of {score['articles']} | {figures} | |")
    return bool(min(boundary, title, body) > GOOD and score["whole"] > WHOLE)


def split(dump: Path, *options: str) -> list[dict[str, Any]]:
    """Return the records of a dump."""
    done = subprocess.run([COMMAND, "split", *options, str(dump)], capture_output=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def said(dump: Path) -> str:
    """Return what is said of a dump on stderr."""
    done = subprocess.run([COMMAND, "list", str(dump)], capture_output=True, check=False)
    return done.stderr.decode().strip().partition(": ")[2].partition(": ")[2]


def doubted(dump: Path) -> bool:
    """Return whether `check` finds that the reading may be wrong."""
    done = subprocess.run([COMMAND, "check", "--json", str(dump)], capture_output=True, check=False)
    return any(problem["code"] in ODD for problem in json.loads(done.stdout or b"[]"))


if __name__ == "__main__":
    main()
