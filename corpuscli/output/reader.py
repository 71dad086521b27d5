"""Show an article on a terminal as a page to read, in a pager if it does not fit the screen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain

from rich.text import Text

from ..captions import find_credit, find_date, find_place
from ..model import Article, Caption
from .progress import give_way
from .stdout import Stdout
from .terminal import NO_TITLE, draw, heading, indented, screen_width, wants_color
from .visible import visible

MEASURE = 72
"""The most columns in a line of text: longer lines are tiring to read."""

_SHELL = frozenset("|&;<>()$`\\\"'*?[]#~=%!{}\n")
"""Characters in the name of a pager that need a shell."""


def page_articles(articles: Iterable[Article], out: Stdout, color: str, *, pager: bool) -> None:
    """Print articles for reading, through `$PAGER` if they do not fit the screen."""
    width, in_color = min(MEASURE, screen_width()), wants_color(out, color)
    pages = (_page(article, width, in_color) for article in articles)
    height = shutil.get_terminal_size((80, 24)).lines
    head: list[str] = []
    lines = 0
    for page in pages:
        head.append(page)
        lines += page.count("\n")
        if lines >= height:
            break
    command = _pager() if pager and lines >= height else None
    if command:
        _through(command, chain(head, pages))
        return
    for page in chain(head, pages):
        out.write(_encoded(page))
    out.close()


def _encoded(page: str) -> bytes:
    return page.encode("utf-8", "backslashreplace")


def _page(article: Article, width: int, in_color: bool) -> str:
    parts = (part.append("\n") for part in _parts(article, width))
    return draw(parts, width, in_color)


def _parts(article: Article, width: int) -> Iterator[Text]:
    """Yield the page: its place in the dump, then title to last paragraph, blank lines between."""
    yield _place(article, width)
    title = visible(article.title.text) if article.title else NO_TITLE
    yield _wrapped(title, width, "bold")
    if article.deck:
        yield _wrapped(visible(article.deck.text), width, "italic")
    if article.byline:
        yield _wrapped(visible(article.byline.text), width, "magenta")
    for caption in article.captions:
        yield _caption(caption, width)
    for paragraph in article.paragraphs:
        yield _wrapped(visible(paragraph.text), width)


def _place(article: Article, width: int) -> Text:
    """Return which article it is and what may be odd about it, on a line as wide as the page."""
    words = "1 word" if article.words == 1 else f"{article.words:,} words"
    place = heading(article.dump, article.span.number).append(f"  {words} ", style="dim")
    if article.problems:
        place.append(f" ! {', '.join(article.problems)} ", style="red")
    return place.append("─" * (width - place.cell_len), style="dim")


def _wrapped(text: str, width: int, style: str = "") -> Text:
    nothing = Text()
    return indented(Text(text, style=style), nothing, nothing, width)


def _caption(caption: Caption, width: int) -> Text:
    """Return a caption beside a bar, and under it its date, place and credit."""
    bar = Text("│ ", style="magenta")
    text = indented(Text(visible(caption.text)), bar, bar, width)
    facts = (find_date(caption.text), find_place(caption.text), find_credit(caption.text))
    known = Text(" · ", style="magenta").join(Text(visible(f), style="magenta") for f in facts if f)
    return text.append("\n").append_text(indented(known, bar, bar, width)) if known else text


def _pager() -> str | None:
    """Return the command of the user's pager; None if there is none."""
    wanted = os.environ.get("CORPUSCLI_PAGER", os.environ.get("PAGER", "less")).strip()
    if os.environ.get("TERM") in ("dumb", "", None):
        # On such a terminal, less waits for a key before it shows anything.
        return None
    if not wanted or _SHELL.intersection(wanted):
        return wanted or None
    return wanted if shutil.which(wanted.split()[0]) else None


def _through(command: str, pages: Iterable[str]) -> None:
    """Feed a pager; leaving it before the end is not an error."""
    give_way()
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}
    is_plain = not _SHELL.intersection(command)
    pager = subprocess.Popen(
        command.split() if is_plain else command,
        shell=not is_plain,
        stdin=subprocess.PIPE,
        env=environment,
    )
    assert pager.stdin is not None
    try:
        # While the pager runs, Ctrl-C is meant for it; it also ends the wait for a long dump.
        with suppress(BrokenPipeError, KeyboardInterrupt):
            for page in pages:
                pager.stdin.write(_encoded(page))
                pager.stdin.flush()
    finally:
        with suppress(BrokenPipeError):
            pager.stdin.close()
        _wait(pager)


def _wait(pager: subprocess.Popen[bytes]) -> None:
    while True:
        with suppress(KeyboardInterrupt):
            pager.wait()
            return
