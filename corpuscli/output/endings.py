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

_FIRST = ", ".join([*ENDINGS][:-1])
LISTED = f"{_FIRST} or {[*ENDINGS][-1]}"
"""The extensions, as a message lists them."""

OF_FILES = (
    ".txt", ".md", ".ndjson", ".html", ".xml", ".yaml", ".log",
    ".gz", ".bz2", ".xz", ".zst", ".zip", ".tar",
)  # fmt: skip
"""Other extensions that the name of a file has, and hardly that of a directory."""


def format_of(path: str) -> str | None:
    """Return the format that a file's extension stands for; None for any other.

    Case does not matter.
    """
    name = path.lower()
    return next((kind for ending, kind in ENDINGS.items() if name.endswith(ending)), None)
