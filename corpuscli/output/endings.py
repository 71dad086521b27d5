"""File names that say in which format a file is."""

from __future__ import annotations

ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
"""The format of a file of records, by the ending of its name."""


def format_of(path: str) -> str | None:
    """Return the format that the ending of a file's name stands for, in letters of any case."""
    name = path.lower()
    return next((kind for ending, kind in ENDINGS.items() if name.endswith(ending)), None)
