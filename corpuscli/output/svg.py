"""Draw a dump at a glance as one SVG picture: no script, nothing fetched, light or dark.

Lengths are in pixels; the coordinates of a text are those of its baseline.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len

from .markup import escaped
from .pictures import Fact, Panel, Picture
from .table import shorten
from .visible import visible

WIDTH = 960
MARGIN = 32
GAP = 48
COLUMN = (WIDTH - 2 * MARGIN - GAP) // 2
LINE = 21
CELL = 7.4
"""Pixels, wider than a column of most texts at 13 pixels: text shortened to fit by this does fit.
"""

FACTS_A_ROW = 5

_STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1c2024; }
.page { fill: #ffffff; } .bar { fill: #2f6fb0; } .line { stroke: #d8dde3; }
text.soft { fill: #5b6570; } text.head { font-weight: bold; font-size: 15px; }
text.title { font-weight: bold; font-size: 22px; } text.fact { font-size: 19px; }
text.end { text-anchor: end; }
@media (prefers-color-scheme: dark) {
  text { fill: #e8ebee; } .page { fill: #15181b; } .bar { fill: #6aa7e0; }
  .line { stroke: #363d45; } text.soft { fill: #9aa5b1; }
}
"""


class _Drawn(NamedTuple):
    """Elements, and where the next thing below them may begin."""

    marks: list[str]
    below: int


def svg_report(pictures: Sequence[Picture]) -> str:
    """Return the pictures one below the other, with a final newline."""
    marks: list[str] = []
    y = MARGIN
    for place, picture in enumerate(pictures):
        if place:
            marks.append(_line(y))
            y += MARGIN
        drawn = _picture(picture, y)
        marks += drawn.marks
        y = drawn.below + MARGIN
    title = ", ".join(picture.title for picture in pictures) or "No dump"
    height = max(y, 2 * MARGIN)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" role="img">',
            f"<title>{escaped(title)}</title>",
            f"<style>\n{_STYLE}</style>",
            f'<rect class="page" width="{WIDTH}" height="{height}"/>',
            *marks,
            "</svg>\n",
        ]
    )


def _picture(picture: Picture, y: int) -> _Drawn:
    title = shorten(visible(picture.title), int((WIDTH - 2 * MARGIN) / CELL * 13 / 22))
    marks = [_text(MARGIN, y + 22, title, "title"), _text(MARGIN, y + 46, picture.subtitle, "soft")]
    drawn = _facts(picture.facts, y + 66)
    marks += drawn.marks
    y = drawn.below
    for pair in zip_longest(picture.panels[::2], picture.panels[1::2]):
        belows = [y]
        for place, panel in enumerate(pair):
            if panel is not None:
                drawn = _panel(panel, MARGIN + place * (COLUMN + GAP), y)
                marks += drawn.marks
                belows.append(drawn.below)
        y = max(belows)
    return _Drawn(marks, y)


def _facts(facts: Sequence[Fact], y: int) -> _Drawn:
    marks = [_line(y)]
    width = (WIDTH - 2 * MARGIN) // FACTS_A_ROW
    for place, fact in enumerate(facts):
        row, column = divmod(place, FACTS_A_ROW)
        x, top = MARGIN + column * width, y + row * 52
        marks.append(_text(x, top + 24, fact.label, "soft"))
        marks.append(_text(x, top + 47, fact.value, "fact"))
    y += -(-len(facts) // FACTS_A_ROW) * 52 + 12
    return _Drawn([*marks, _line(y)], y + 12)


def _panel(panel: Panel, x: int, y: int) -> _Drawn:
    """Return labels, bars and values in a column of the page."""
    marks = [_text(x, y + 24, panel.title, "head")]
    marks.append(_text(x + COLUMN, y + 24, panel.unit, "soft end"))
    names = [visible(bar.label) for bar in panel.bars]
    values = [f"{bar.value:,}" for bar in panel.bars]
    most = max(bar.value for bar in panel.bars)
    after = round(max(map(len, values)) * CELL) + 8
    widest = COLUMN // 2 if panel.is_text else COLUMN - after
    cells = min(max(map(cell_len, names)), int(widest / CELL))
    start = x + round(cells * CELL) + 10
    room = max(0, x + COLUMN - after - start)
    y += 24
    for bar, name, value in zip(panel.bars, names, values, strict=True):
        y += LINE
        marks.append(_text(x, y, shorten(name, cells), ""))
        if bar.value:
            width = max(1, room * bar.value // most)
            marks.append(
                f'<rect class="bar" x="{start}" y="{y - 10}" width="{width}" height="11" rx="1"/>'
            )
        marks.append(_text(x + COLUMN, y, value, "end"))
    if panel.note:
        y += LINE + 2
        marks.append(_text(x, y, shorten(panel.note, int(COLUMN / CELL * 1.15)), "soft"))
    return _Drawn(marks, y + MARGIN)


def _text(x: int, y: int, text: str, classes: str) -> str:
    kind = f' class="{classes}"' if classes else ""
    return f'<text x="{x}" y="{y}"{kind}>{escaped(text)}</text>'


def _line(y: int) -> str:
    return f'<line class="line" x1="{MARGIN}" y1="{y}" x2="{WIDTH - MARGIN}" y2="{y}"/>'
