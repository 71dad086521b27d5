"""Tell the format of a file by the extension of its name."""

from __future__ import annotations

ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
"""The format of a file of records, by its extension."""


def format_of(path: str) -> str | None:
    """Return the format that a file's extension stands for; None for any other.

    Case does not matter.
    """
    name = path.lower()
    return next((kind for ending, kind in ENDINGS.items() if name.endswith(ending)), None)
