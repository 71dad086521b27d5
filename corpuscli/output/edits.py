"""Show what changed between two editions of an article as lines of text, much like `diff -u`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..records.differences import Difference, Edition, hunks


class Line(NamedTuple):
    """A line of that text."""

    sign: str
    """`-` or `+` before a text that only one edition has; `@` before a place; `=` before a heading;
    `<` or `>` before where the article is in the old or the new dump."""
    text: str


_SIGNS = {"=": "", "<": "--- ", ">": "+++ ", "@": "@@ ", "-": "-", "+": "+"}


def edits_text(difference: Difference) -> str:
    """Return the lines as text, with a blank line at the end; nothing is altered or shortened."""
    return "".join(f"{_SIGNS[line.sign]}{line.text}\n" for line in edit_lines(difference)) + "\n"


def edit_lines(difference: Difference) -> Iterator[Line]:
    """Yield the heading, where the article is, and each change with its place."""
    old, new = difference.old, difference.new
    yield Line("=", f"{difference.change}: {difference.edition.title or '(no title)'}")
    if old:
        yield Line("<", _place(difference.old_dump, old))
    if new:
        yield Line(">", _place(difference.new_dump, new))
    if old and new and old.title != new.title:
        yield Line("@", "title @@")
        yield Line("-", old.title or "")
        yield Line("+", new.title or "")
    for hunk in hunks(difference.paragraphs or ()):
        yield Line("@", f"paragraph {hunk[0].new_index} @@")
        for change in hunk:
            yield Line("-" if change.change == "removed" else "+", change.text)


def _place(dump: str, edition: Edition) -> str:
    return f"{dump}: article {edition.number}, line {edition.line}"
