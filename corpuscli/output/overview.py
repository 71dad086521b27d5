"""Draw a dump at a glance on a terminal: figures, and bars under headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from .pictures import Fact, Panel, Picture
from .table import shorten
from .visible import visible

if TYPE_CHECKING:
    from rich.console import Console

PIPED = 80
"""Columns when there is no terminal."""

WIDEST = 160
"""The most columns used: longer bars show no more."""

TWO_COLUMNS = 100
"""The screen width from which two panels are drawn side by side."""

FACT = 30
"""Columns for a figure and its label."""

LONGEST_BAR = 40

_GAP = 4
_EIGHTHS = " ▏▎▍▌▋▊▉"


def draw_pictures(pictures: Iterable[Picture], console: Console, screen: int | None) -> None:
    """Draw pictures one below the other; `screen` is its columns, None without a terminal."""
    width = min(screen or PIPED, WIDEST)
    for place, picture in enumerate(pictures):
        if place:
            console.print()
        for line in _lines(picture, width):
            console.print(line)


def _lines(picture: Picture, width: int) -> list[Text]:
    """Return the lines of a picture."""
    title = shorten(visible(picture.title), width, from_left=True)
    lines = [Text(title, style="bold"), *_wrapped(picture.subtitle, width), Text()]
    lines += _facts(picture.facts, width)
    if width < TWO_COLUMNS:
        for panel in picture.panels:
            lines += [Text(), *_panel(panel, width)]
        return lines
    half = (width - _GAP) // 2
    panels = [_panel(panel, half) for panel in picture.panels]
    for place in range(0, len(panels), 2):
        lines += [Text(), *_side_by_side(panels[place : place + 2], half + _GAP)]
    return lines


def _side_by_side(panels: Sequence[list[Text]], width: int) -> Iterator[Text]:
    """Yield the lines of one panel, or of two, the second starting at column `width`."""
    for line, *others in zip_longest(*panels, fillvalue=Text()):
        for other in others:
            line = line + Text(" " * (width - line.cell_len)) + other if other else line
        yield line


def _facts(facts: Sequence[Fact], width: int) -> list[Text]:
    """Return the figures in as many columns as fit."""
    columns = max(1, min((width + _GAP) // (FACT + _GAP), 4))
    lines = []
    rows = -(-len(facts) // columns)
    for row in range(rows):
        line = Text()
        for place, fact in enumerate(facts[row::rows]):
            line.append(" " * (_GAP if place else 0))
            line.append(f"{fact.label:<18}", style="dim")
            line.append(f"{fact.value:>{FACT - 18}}", style="bold")
        lines.append(line)
    return lines


def _panel(panel: Panel, width: int) -> list[Text]:
    """Return a panel `width` columns wide."""
    heading = Text(shorten(panel.title, width), style="bold")
    unit = f"  {panel.unit}"
    if cell_len(panel.title + unit) <= width:
        heading.append(unit, style="not bold dim")
    values = [f"{bar.value:,}" for bar in panel.bars]
    value_width = max(map(len, values))
    names = [visible(bar.label) for bar in panel.bars]
    room = width - value_width - 2
    name_width = min(max(map(cell_len, names)), room // 2 if panel.is_text else room)
    bar_width = max(0, min(LONGEST_BAR, room - name_width))
    most = max(bar.value for bar in panel.bars)
    lines = [heading]
    for bar, name, value in zip(panel.bars, names, values, strict=True):
        label = shorten(name, name_width)
        line = Text(label + " " * (name_width - cell_len(label)) + " ")
        line.append(f"{value:>{value_width}}", style="dim")
        if bar.value and bar_width:
            line.append(" " + _bar(bar.value, most, bar_width), style="cyan")
        lines.append(line)
    return lines + _wrapped(panel.note, width)


def _wrapped(text: str, width: int) -> list[Text]:
    return [Text(line, style="dim") for line in wrap(text, width)]


def _bar(value: int, most: int, width: int) -> str:
    """Return a bar for a value; the longest takes `width` columns, and even the shortest shows."""
    eighths = max(1, value * width * 8 // most)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].rstrip()
