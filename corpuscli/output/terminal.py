"""A terminal to draw on, through rich: colours as wanted, and text never read as markup."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .stdout import Stdout

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

UNLIMITED = 1_000_000
"""The width of anything that is not a terminal: nothing is shortened or wrapped there."""

NO_TITLE = "(no title)"
"""Appears where an article has no title."""

ENOUGH = 24
"""Enough columns to read a text in; with fewer, the text gets all there are."""


class _Screen(io.TextIOBase):
    """A file for rich to print on: characters in, bytes to standard output."""

    def __init__(self, out: Stdout) -> None:
        self._out = out

    def write(self, text: str) -> int:
        self._out.write(text.encode("utf-8", "backslashreplace"))
        return len(text)

    def isatty(self) -> bool:
        return self._out.is_terminal


def new_console(out: Stdout, color: str) -> Console:
    """Return a console that prints plain `Text` on `out`.

    It prints in colour if `color` and the terminal allow it.
    """
    return _console(
        _Screen(out), screen_width() if out.is_terminal else UNLIMITED, wants_color(out, color)
    )


def draw(parts: Iterable[RenderableType], width: int, color: bool) -> str:
    """Return `parts` as printed one below the other, wrapped at `width` columns."""
    screen = io.StringIO()
    console = _console(screen, width, color)
    for part in parts:
        console.print(part, soft_wrap=False)
    return screen.getvalue()


def heading(dump: str, number: int) -> Text:
    """Return a heading that says which article it is."""
    from rich.text import Text

    from .visible import visible

    # Not a colon: editors would take the number for a line.
    return Text.assemble((visible(dump), "magenta"), " ", (f"#{number}", "green"))


def hung(label: Text, text: Text, width: int) -> Text:
    """Return `text` after `label`, in lines of `width` columns, with a hanging indent.

    If that leaves too little room, the text goes below the label, slightly indented.
    """
    from rich.text import Text

    if width - label.cell_len >= ENOUGH:
        return indented(text, label, Text(" " * label.cell_len), width)
    below = Text(" " * min(2, width - 1))
    label.rstrip()
    return Text("\n").join([label, indented(text, below, below, width)])


def indented(text: Text, first: Text, others: Text, width: int) -> Text:
    """Return `text` in lines of `width` columns; `first` precedes the first, `others` the rest."""
    from rich.text import Text

    room = max(1, width - first.cell_len)
    lines: list[Text] = []
    for line in text.wrap(_console(io.StringIO(), width, False), room, overflow="fold"):
        line.rstrip()
        lines.append(Text.assemble(others if lines else first, line))
    return Text("\n").join(lines) if lines else first


def _console(file: io.TextIOBase, width: int, color: bool) -> Console:
    from rich.console import Console

    return Console(
        file=file,  # type: ignore[arg-type]
        width=width,
        # Without both, rich takes a dumb terminal for one of 80 columns.
        height=24,
        force_terminal=color,
        no_color=not color,
        # The 16 colours that every terminal has, in shades that its owner can read.
        color_system="standard" if color else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        soft_wrap=True,
    )


def wants_color(out: Stdout, color: str) -> bool:
    """Return whether to print in colour.

    `always` and `never` decide; otherwise on a terminal, unless it or the user says no.
    """
    if color != "auto":
        return color == "always"
    told = os.environ.get
    if told("NO_COLOR"):
        return False
    if told("CLICOLOR_FORCE", "0") != "0" or told("FORCE_COLOR", "0") != "0":
        return True
    if told("CLICOLOR") == "0":
        return False
    return out.is_terminal and told("TERM") not in ("dumb", "", None)


def screen_width() -> int:
    """Return the columns of the terminal, at least 1."""
    return max(1, shutil.get_terminal_size((80, 24)).columns)
