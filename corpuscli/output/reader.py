"""Show an article on a terminal as a page to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from ..captions import find_credit, find_date, find_place
from ..model import Article, Caption
from .stdout import Stdout
from .terminal import NO_TITLE, draw, heading, indented, screen_width, wants_color
from .visible import visible

MEASURE = 72
"""The most columns in a line of text: longer lines are tiring to read."""


def print_articles(articles: Iterable[Article], out: Stdout, color: str) -> None:
    """Print articles for reading."""
    width, in_color = min(MEASURE, screen_width()), wants_color(out, color)
    for article in articles:
        out.write(_page(article, width, in_color).encode("utf-8", "backslashreplace"))
    out.close()


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
