"""Print what `check` found on a terminal: each problem with the lines of the dump that show it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from ..records.excerpts import ODD, Line, clip
from ..records.fields import Problem
from .stdout import Stdout
from .terminal import draw, screen_width, wants_color
from .visible import visible


class FindingsPrinter:
    """Prints problems one below the other, separated by empty lines."""

    def __init__(self, out: Stdout, color: str) -> None:
        self._out = out
        self._color = wants_color(out, color)
        self._has_printed = False

    def print(self, problem: Problem) -> None:
        parts = [Text("")] if self._has_printed else []
        parts += [_headline(problem), *_excerpt(problem, screen_width())]
        self._has_printed = True
        page = draw(parts, screen_width(), self._color)
        self._out.write(page.encode("utf-8", "backslashreplace"))

    def close(self) -> None:
        self._out.close()


def _headline(problem: Problem) -> Text:
    """Return where the problem is, in the form that editors and terminals know, and what it is."""
    line = Text.assemble((visible(problem.dump), "magenta"))
    if problem.line is not None:
        line.append(":").append(str(problem.line), style="green")
    line.append(": ").append(problem.code, style="bold red")
    if problem.number is not None:
        line.append(f" in article {problem.number}")
    return line.append(": ").append(visible(problem.message))


def _excerpt(problem: Problem, width: int) -> Iterator[Text]:
    """Yield the lines that show the problem, with a mark at the line in question."""
    wide = max((len(str(line.number)) for line in problem.excerpt), default=0)
    before = None
    for line in problem.excerpt:
        if before is not None and line.number > before + 1:
            yield Text(f"  {'⋮':>{wide}}", style="dim")
        before = line.number
        is_it = line.number == problem.line
        label = Text(f"> {line.number:>{wide}} │ " if is_it else f"  {line.number:>{wide}} │ ")
        label.stylize("red" if is_it else "dim")
        room = max(1, width - label.cell_len)
        shown = _shown(line, room, is_it=is_it)
        shown.truncate(room, overflow="ellipsis")
        yield label.append_text(shown)


def _shown(line: Line, room: int, *, is_it: bool) -> Text:
    """Return the line; if it is the one in question, what is odd in it is highlighted."""
    text = clip(line.text, room)
    if not is_it:
        return Text(visible(text), style="dim")
    shown = Text()
    at = 0
    for odd in ODD.finditer(text):
        shown.append(visible(text[at : odd.start()]))
        shown.append(visible(odd.group()), style="bold red")
        at = odd.end()
    return shown.append(visible(text[at:]))
