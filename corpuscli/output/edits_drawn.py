"""Show what changed between two editions of an article in colour, with differing words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from ..records.differences import Difference, differing
from .edits import Line, edit_lines
from .visible import visible

if TYPE_CHECKING:
    from rich.console import Console

_WORDS = re.compile(r"\s+|\w+|[^\s\w]")
"""The units compared within a paragraph: words, white space, and any other single character."""

_STYLES = {"=": "bold", "<": "dim", ">": "dim", "@": "cyan", "-": "red", "+": "green"}
_HEADS = {"<": "--- ", ">": "+++ ", "@": "@@ "}


def draw_edits(differences: Iterable[Difference], console: Console, width: int) -> None:
    """Draw differences one below the other, `width` columns wide, separated by blank lines."""
    for place, difference in enumerate(differences):
        if place:
            console.print()
        for is_edit, lines in groupby(edit_lines(difference), lambda line: line.sign in "-+"):
            if is_edit:
                _draw_edit(list(lines), console, width)
                continue
            for line in lines:
                text = _HEADS.get(line.sign, "") + visible(line.text)
                console.print(Text(text, style=_STYLES[line.sign]))


def _draw_edit(lines: Sequence[Line], console: Console, width: int) -> None:
    """Draw removed and added paragraphs, with the sign before each of their lines.

    If as many were added as removed, the words that differ are marked.
    """
    texts = [Text(visible(line.text), style=_STYLES[line.sign]) for line in lines]
    old = [text for text, line in zip(texts, lines, strict=True) if line.sign == "-"]
    new = [text for text, line in zip(texts, lines, strict=True) if line.sign == "+"]
    if len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            _mark_words(one, other)
    for text, line in zip(texts, lines, strict=True):
        for part in text.wrap(console, max(1, width - 1)):
            part.rstrip()
            console.print(Text(line.sign, style=_STYLES[line.sign]) + part)


def _mark_words(old: Text, new: Text) -> None:
    """Mark the words that only one of two paragraphs has, unless they have little in common."""
    words, others = _WORDS.findall(old.plain), _WORDS.findall(new.plain)
    ranges = list(differing(words, others))
    changed = sum(i_end - i for i, i_end, _, _ in ranges)
    if 2 * changed > len(words):
        return
    for i, i_end, j, j_end in ranges:
        for text, tokens, start, end in ((old, words, i, i_end), (new, others, j, j_end)):
            at = sum(map(len, tokens[:start]))
            text.stylize("bold reverse", at, at + sum(map(len, tokens[start:end])))
