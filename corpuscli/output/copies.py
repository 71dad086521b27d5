"""Print groups of articles that are the same, or nearly, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from ..records.duplicates import Member, shown
from .stdout import Stdout
from .terminal import NO_TITLE, draw, heading, screen_width, wants_color
from .visible import visible


def print_groups(groups: Iterable[Sequence[Member]], out: Stdout, color: str) -> tuple[int, int]:
    """Print each group under its title, its first article first.

    Returns how many groups and articles there were.
    """
    count = articles = 0
    for members in groups:
        parts = [Text("")] if count else []
        parts += [_title(members), *_lines(members)]
        page = draw(parts, screen_width(), wants_color(out, color))
        out.write(page.encode("utf-8", "backslashreplace"))
        count += 1
        articles += len(members)
    out.close()
    return count, articles


def _title(members: Sequence[Member]) -> Text:
    first = members[0]
    title = visible(first.article.title or NO_TITLE)
    return Text.assemble((f"{first.group}", "dim"), "  ", (title, "bold"))


def _lines(members: Sequence[Member]) -> Iterable[Text]:
    """Yield a line per article: how similar it is, where it is, and its title if that differs."""
    first = members[0].article
    places = [heading(member.article.dump, member.article.number) for member in members]
    widest = max(place.cell_len for place in places)
    for member, place in zip(members, places, strict=True):
        article = member.article
        line = Text(f"  {shown(member.similarity):.2f}  ")
        place.pad_right(widest - place.cell_len)
        line.append_text(place)
        line.append(f"  {article.date or '':<10}  {article.words:>6,} words", style="dim")
        if article.title != first.title:
            line.append("  ").append(visible(article.title or NO_TITLE))
        line.truncate(screen_width(), overflow="ellipsis")
        yield line
