"""The texts of a page whose layout drops lines, or whose paragraphs are blocks."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Unit
from ..source.text import decode, fold, trim
from .layouts import Layout


def texts_of_layout(data: bytes, start: int, layout: Layout) -> list[list[Unit]]:
    """Return the texts from `start` on, each with the same texts directly below it."""
    first = data.count(b"\n", 0, start)
    body = decode(data[start:])
    if layout.by_blocks:
        return [[block] for block in _blocks(body, first, layout)]
    return _runs(body, first, layout)


def _runs(body: str, first: int, layout: Layout) -> list[list[Unit]]:
    """Return the lines of a body that are not blank, each with the same lines directly below it."""
    runs: list[list[Unit]] = []
    drops = layout.drops
    for place, line in enumerate(body.split("\n"), first):
        text = trim(line)
        if not text or (drops and layout.is_dropped(line)):
            continue
        last = runs[-1][-1] if runs else None
        if last and last.line == place - 1 and fold(last.text) == fold(text):
            runs[-1].append(Unit(text, place))
        else:
            runs.append([Unit(text, place)])
    return runs


def _blocks(body: str, first: int, layout: Layout) -> Iterator[Unit]:
    """Yield the blocks of a body, the lines of each joined by spaces."""
    block: list[str] = []
    opened = 0
    for place, line in enumerate([*body.split("\n"), ""], first):
        text = trim(line)
        if not text:
            if block:
                yield Unit(" ".join(block), opened)
                block = []
        elif not layout.is_dropped(line):
            opened = opened if block else place
            block.append(text)
