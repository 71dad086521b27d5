"""An article on a terminal: a page to read, through a pager when it is longer than the screen."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ..captions import find_credit, find_date, find_place
from ..model import Article
from .stdout import Stdout
from .terminal import screen_width, wants_color
from .visible import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

MEASURE = 80
"""Columns of a line of text: longer ones are tiring to read."""


def page_articles(articles: Iterable[Article], out: Stdout, color: str, *, pager: bool) -> None:
    """Print articles for reading, through `$PAGER` if they do not fit the screen."""
    pages = (_drawn(article, wants_color(out, color)) for article in articles)
    height = shutil.get_terminal_size((80, 24)).lines
    head: list[str] = []
    lines = 0
    for page in pages:
        head.append(page)
        lines += page.count("\n")
        if lines >= height:
            break
    command = _pager() if pager and lines >= height else []
    if command:
        _through(command, chain(head, pages))
        return
    for page in chain(head, pages):
        out.write(page.encode("utf-8", "backslashreplace"))
    out.close()


def _drawn(article: Article, color: bool) -> str:
    """The article as lines for the screen, in colour or not."""
    screen = StringIO()
    console = Console(
        file=screen,
        width=min(MEASURE, screen_width()),
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in _parts(article):
        console.print(part)
        console.print()
    return screen.getvalue()


def _parts(article: Article) -> Iterator[RenderableType]:
    """The parts of the page, from the title on."""
    title = article.title.text if article.title else "(no title)"
    number = Text(f"{article.span.number}  ", style="dim")
    yield number + Text(visible(title), style="bold")
    if article.deck:
        yield Text(visible(article.deck.text), style="italic")
    if article.byline:
        yield Text(visible(article.byline.text), style="green")
    for caption in article.captions:
        facts = (find_date(caption.text), find_place(caption.text), find_credit(caption.text))
        known = " · ".join(visible(fact) for fact in facts if fact)
        text = Text(visible(caption.text), style="cyan")
        yield Padding(text + Text(f"\n{known}" if known else "", style="dim"), (0, 0, 0, 2))
    for paragraph in article.paragraphs:
        yield Text(visible(paragraph.text))


def _pager() -> list[str]:
    """The command of the user's pager; empty if there is none."""
    wanted = os.environ.get("CORPUSCLI_PAGER", os.environ.get("PAGER", "less"))
    command = shlex.split(wanted)
    return command if command and shutil.which(command[0]) else []


def _through(command: list[str], pages: Iterable[str]) -> None:
    """Feed a pager; that it is left before the end is no failure."""
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}
    pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    assert pager.stdin is not None
    try:
        for page in pages:
            pager.stdin.write(page.encode("utf-8", "backslashreplace"))
        pager.stdin.close()
    except BrokenPipeError:
        pass
    while True:
        try:
            pager.wait()
            return
        except KeyboardInterrupt:
            # Ctrl-C belongs to the pager as long as it runs.
            continue
