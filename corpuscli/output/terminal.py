"""A terminal to draw on, through rich: colours as wanted, and nothing read as markup."""

from __future__ import annotations

import io
import os
import shutil
from typing import TYPE_CHECKING

from .stdout import Stdout

if TYPE_CHECKING:
    from rich.console import Console

UNLIMITED = 1_000_000
"""Columns of what is not a terminal: nothing is shortened or wrapped there."""


class _Screen(io.TextIOBase):
    """What rich prints on: characters in, bytes to standard output."""

    def __init__(self, out: Stdout) -> None:
        self._out = out

    def write(self, text: str) -> int:
        self._out.write(text.encode("utf-8", "backslashreplace"))
        return len(text)

    def isatty(self) -> bool:
        return self._out.is_terminal


def new_console(out: Stdout, color: str) -> Console:
    """A console that prints plain `Text` on `out`, in colour if `color` and the terminal allow."""
    from rich.console import Console

    return Console(
        file=_Screen(out),  # type: ignore[arg-type]
        width=screen_width() if out.is_terminal else UNLIMITED,
        force_terminal=wants_color(out, color),
        no_color=not wants_color(out, color),
        color_system="auto" if wants_color(out, color) else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        soft_wrap=True,
    )


def wants_color(out: Stdout, color: str) -> bool:
    """Whether to print in colour: as told, else on a terminal unless it or the user says no."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return out.is_terminal and os.environ.get("TERM") not in ("dumb", "", None)


def screen_width() -> int:
    """Columns of the terminal, at least 1."""
    return max(1, shutil.get_terminal_size((80, 24)).columns)
