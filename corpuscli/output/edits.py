"""What changed between two editions of an article, as lines to read, in the manner of `diff -u`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..records.differences import Difference, Edition, hunks


class Line(NamedTuple):
    """A line of such a text."""

    sign: str
    """`-` or `+` before a text that one edition has; `@` a place; `=` a heading; else `<` or `>`
    where the article stands in the old dump and in the new one."""
    text: str


_SIGNS = {"=": "", "<": "--- ", ">": "+++ ", "@": "@@ ", "-": "-", "+": "+"}


def edits_text(difference: Difference) -> str:
    """The lines as text, a blank one behind them; nothing in them is changed or shortened."""
    return "".join(f"{_SIGNS[line.sign]}{line.text}\n" for line in edit_lines(difference)) + "\n"


def edit_lines(difference: Difference) -> Iterator[Line]:
    """The heading, where the article stands, and, place by place, what changed in it."""
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
