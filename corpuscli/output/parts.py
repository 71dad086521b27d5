"""Print what a dump consists of on a terminal: its bytes, and how articles were recognised."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from ..records.fields import STARTS, Totals
from .stdout import Stdout
from .terminal import draw, hung, screen_width, wants_color
from .visible import visible

LONGEST_BAR = 40
"""Columns of a bar that stands for 100 percent."""


def print_parts(totals: Totals, *, out: Stdout, color: str) -> None:
    """Print the totals of a dump, followed by an empty line."""
    width = screen_width()
    page = draw([*_parts(totals, width), Text("")], width, wants_color(out, color))
    out.write(page.encode("utf-8", "backslashreplace"))


def _parts(totals: Totals, width: int) -> Iterator[Text]:
    sizes = {
        "headers": totals.header_bytes,
        "bodies": totals.body_bytes,
        "neither": totals.other_bytes,
    }
    size = sum(sizes.values())
    articles = "1 article" if totals.articles == 1 else f"{totals.articles:,} articles"
    yield Text.assemble((visible(totals.dump), "magenta"), f"  {articles}, {size:,} bytes")
    yield Text(f"layout {visible(totals.layout)}, encoding {visible(totals.encoding)}", style="dim")
    wide = max(len(f"{number:,}") for number in (size, totals.articles))
    for name, part in sizes.items():
        label = Text(f"  {part:>{wide},}  bytes in {name:<7}  ")
        room = min(LONGEST_BAR, width - label.cell_len - len("100 %  "))
        share = part / size if size else 0
        label.append(f"{share:>4.0%}  ".replace("%", " %"))
        yield label.append("█" * round(share * room), style="magenta") if room >= 8 else label
    for evidence, what in STARTS.items():
        if count := totals.evidence.get(evidence, 0):
            label = Text(f"  {count:>{wide},}  ", style="green")
            yield hung(label, Text(f"recognised by {what}"), width)
