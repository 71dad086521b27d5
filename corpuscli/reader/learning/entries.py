"""An entry of a layout's list, with what bears it out."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A pattern, or an exact line, of a list."""

    pattern: str
    exact: str
    """The line itself, where it is one; otherwise empty."""
    pages: int
    example: str
