"""Words of a command line as a user can type them."""

from __future__ import annotations

import shlex


def quoted(word: str) -> str:
    """Return a word as a shell reads it; a very long one is cut."""
    return shlex.quote(word if len(word) <= 200 else word[:199] + "…")
