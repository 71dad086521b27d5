"""Print what `grep` found on a terminal: grouped by article, with matches highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.text import Text

from ..model import Article
from ..records.fields import Match
from .stdout import Stdout
from .terminal import NO_TITLE, draw, heading, hung, screen_width, wants_color
from .visible import visible


@dataclass(slots=True)
class Shown:
    """Counts of what was printed."""

    articles: int = 0
    matches: int = 0


def print_matches(groups: Iterable[Sequence[Match]], out: Stdout, color: str) -> Shown:
    """Print the matches of each article under its heading."""
    shown = Shown()
    for matches in groups:
        parts = [Text("")] if shown.articles else []
        parts += [_heading(matches[0].article), *_lines(matches)]
        page = draw(parts, screen_width(), wants_color(out, color))
        out.write(page.encode("utf-8", "backslashreplace"))
        shown.articles += 1
        shown.matches += sum(len(match.matches) for match in matches)
    out.close()
    return shown


def _heading(article: Article) -> Text:
    title = article.title.text if article.title else NO_TITLE
    place = heading(article.dump, article.span.number)
    return place.append("  ").append(visible(title), style="bold")


def _lines(matches: Sequence[Match]) -> Iterable[Text]:
    """Yield each text after its line number and its field; `:` marks a match, `-` context."""
    wide = max(len(str(match.line)) for match in matches)
    names = [f"{match.field} {match.nth}" for match in matches]
    widest = max(map(len, names))
    before: Match | None = None
    for match, name in zip(matches, names, strict=True):
        if before is not None and _leaves_out(before, match):
            yield Text(f"{'⋮':>{wide}}", style="dim")
        mark = ":" if match.matches else "-"
        label = Text(f"{match.line:>{wide}}{mark} {name:<{widest}}  ", style="dim")
        yield hung(label, _highlighted(match), screen_width())
        before = match


def _leaves_out(before: Match, match: Match) -> bool:
    """Return True if paragraphs were left out between two texts, one of which is context."""
    return (
        before.field == match.field == "paragraph"
        and match.nth > before.nth + 1
        and not (before.matches and match.matches)
    )


def _highlighted(match: Match) -> Text:
    """Return the text with its matches highlighted; context is dim."""
    if not match.matches:
        return Text(visible(match.text), style="dim")
    text = Text()
    at = 0
    for start, end in match.matches:
        text.append(visible(match.text[at:start]))
        text.append(visible(match.text[start:end]), style="bold red")
        at = end
    return text.append(visible(match.text[at:]))
