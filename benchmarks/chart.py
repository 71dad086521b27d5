"""Draw the results as SVG: how far every ratio is from its goal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from report import number
from results import Line

WIDTH = 900
LEFT = 350
RIGHT = 700
TOP = 70
STEP = 26

MET = "#2b6cb0"
MISSED = "#c05621"
GREY = "#718096"
INK = "#1a202c"


def svg(lines: Sequence[Line]) -> str:
    """Return a picture with a bar for every ratio with a goal.

    A bar starts at the line of the goal; it goes to the left if the ratio is less, which is faster.
    """
    drawn = [line for line in lines if line.met is not None]
    axis = Axis.of(drawn)
    height = TOP + STEP * max(len(drawn), 1) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        text(10, 22, "Time divided by the peer's time, as a multiple of the goal", weight="bold"),
        *rule(axis, height),
    ]
    for index, line in enumerate(drawn):
        parts += bar(line, TOP + STEP * index, axis)
    if not drawn:
        parts.append(text(10, TOP + 16, "Nothing with a goal was measured."))
    return "\n".join([*parts, "</svg>"]) + "\n"


class Axis(NamedTuple):
    """The ends of the axis, in doublings from the goal."""

    least: int
    most: int

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Axis:
        octaves = [math.log2(share) for line in lines for share in shares_of(line)]
        return cls(math.floor(min([-2, *octaves])), math.ceil(max([2, *octaves])))

    def x(self, share: float) -> float:
        """Return the place of a multiple of the goal."""
        part = (math.log2(share) - self.least) / (self.most - self.least)
        return LEFT + part * (RIGHT - LEFT)


def shares_of(line: Line) -> list[float]:
    """Return the ratio in multiples of the goal, then the least and the most of a round."""
    ratio, goal = line.ratio(), line.work.goal
    if ratio is None or goal is None:
        return []
    return [one / goal for one in (ratio, min(line.rounds()), max(line.rounds()))]


def rule(axis: Axis, height: int) -> list[str]:
    """Return a line for every doubling or every few; the line of the goal is the strongest."""
    parts = []
    step = math.ceil((axis.most - axis.least) / 7)
    for octave in range(math.ceil(axis.least / step) * step, axis.most + 1, step):
        at = axis.x(2.0**octave)
        label = "goal" if octave == 0 else f"×{2**octave}" if octave > 0 else f"×1/{2**-octave}"
        colour, width = (INK, 1.5) if octave == 0 else ("#e2e8f0", 1)
        parts.append(
            f'<line x1="{at:.1f}" y1="{TOP - 8}" x2="{at:.1f}" y2="{height - 15}" '
            f'stroke="{colour}" stroke-width="{width}"/>'
        )
        parts.append(text(at, TOP - 15, label, anchor="middle", colour=GREY))
    return parts


def bar(line: Line, y: int, axis: Axis) -> list[str]:
    """Return a name, a bar, the range of the rounds, and the figures."""
    share, least, most = (axis.x(one) for one in shares_of(line))
    goal = axis.x(1)
    colour = MET if line.met else MISSED
    verdict = "met" if line.met else "missed"
    figures = f"{number(line.ratio())} of {number(line.work.goal)}, {verdict}"
    return [
        text(LEFT - 12, y + 14, line.work.title.replace("`", ""), anchor="end"),
        f'<rect x="{min(share, goal):.1f}" y="{y + 3}" width="{abs(share - goal):.1f}" '
        f'height="{STEP - 10}" fill="{colour}"/>',
        f'<line x1="{least:.1f}" y1="{y + 11}" x2="{most:.1f}" y2="{y + 11}" stroke="{INK}"/>',
        text(RIGHT + 16, y + 14, figures, colour=colour),
    ]


def text(
    x: float, y: float, words: str, anchor: str = "start", colour: str = INK, weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )
