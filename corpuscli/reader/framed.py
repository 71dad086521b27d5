"""Read the texts of an article whose layout says which lines are text and which are labels."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Unit
from ..source.text import decode, fold, trim
from .layouts import Layout


def labelled_byline(data: bytes, title_end: int, layout: Layout) -> tuple[Unit | None, int]:
    """Return the lines below a title that the layout takes for the byline, and the body's start."""
    first = body = title_end + 1
    if layout.byline is None:
        return None, min(body, len(data))
    found: list[str] = []
    at = body
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        line = decode(data[at:end])
        text = trim(line)
        match = layout.byline.fullmatch(text)
        if match:
            found.append(trim(next(filter(None, match.groups()), text)))
            first = first if len(found) > 1 else at
            body = end + 1
        elif text and not layout.is_dropped(line):
            break
        at = end + 1
    byline = Unit(", ".join(found), data.count(b"\n", 0, first)) if found else None
    return byline, min(body, len(data))


def texts_of_layout(data: bytes, start: int, layout: Layout) -> list[list[Unit]]:
    """Return the texts from `start` on, each grouped with the same texts directly below it."""
    first = data.count(b"\n", 0, start)
    body = decode(data[start:])
    if layout.by_blocks:
        return [[block] for block in _blocks(body, first, layout)]
    return _runs(body, first, layout)


def _runs(body: str, first: int, layout: Layout) -> list[list[Unit]]:
    """Return the non-blank lines of a body, each grouped with the same lines directly below it."""
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
    """Yield the blocks of a body, with the lines of each joined by spaces.

    If `drop-block` matches the line that opens a block, all lines below it in the block are dropped
    with it, because they continue it; this does not apply to a label that ends in a colon.
    """
    block: list[str] = []
    opened = 0
    dropping = False
    for place, line in enumerate([*body.split("\n"), ""], first):
        text = trim(line)
        if not text:
            if block:
                yield Unit(" ".join(block), opened)
                block = []
            dropping = False
        elif layout.is_dropped(line):
            opens = not block and not text.endswith(":")
            dropping = dropping or (opens and layout.drops_block(line))
        elif not dropping:
            opened = opened if block else place
            block.append(text)
