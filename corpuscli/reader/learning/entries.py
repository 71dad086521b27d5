"""What is learnt of a layout: each statement with what bears it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .titles import Slot

FEW = 4
"""Exact lines that stay in their list; more are kept in `[lines]`."""

SHORT_TEXT = r".{1,70}[^.!?…。:;,»”\"]"
"""A line that does not end like a sentence: a name, an author and a role."""


class Entry(NamedTuple):
    """A pattern, or an exact line, of a list."""

    pattern: str
    exact: str
    """The line itself, where it is one; otherwise empty."""
    pages: int
    example: str


@dataclass(slots=True)
class Draft:
    """The statements of a layout that is being learnt."""

    pages: int
    begin: list[Entry] = field(default_factory=list)
    begin_is_after: bool = False
    gap: int = 0
    cover: bool = False
    closing: bool = False
    slot: Slot = Slot("first", None, 0)  # noqa: RUF009
    title: list[Entry] = field(default_factory=list)
    form: list[Entry] = field(default_factory=list)
    head: dict[str, list[Entry]] = field(default_factory=dict)
    after: list[Entry] = field(default_factory=list)
    tail: list[Entry] = field(default_factory=list)
    drop: list[Entry] = field(default_factory=list)
    strip: list[Entry] = field(default_factory=list)
    boxes: list[tuple[Entry, int]] = field(default_factory=list)
    copies: bool = False
    titles: tuple[str, ...] = ()


def unique(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, each pattern once, the most pages first."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.pattern and entry.pattern not in found:
            found[entry.pattern] = entry
    return sorted(found.values(), key=lambda one: (-one.pages, one.pattern))
