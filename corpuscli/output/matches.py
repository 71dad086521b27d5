"""What `grep` found, on a terminal: grouped by article, the matches highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from ..records import Match
from .stdout import Stdout
from .terminal import new_console
from .visible import visible


def print_matches(groups: Iterable[Sequence[Match]], out: Stdout, color: str) -> bool:
    """Print the matches of each article under its heading; False if there are none."""
    console = new_console(out, color)
    found = False
    for matches in groups:
        if found:
            console.print()
        found = True
        article = matches[0].article
        title = article.title.text if article.title else "(no title)"
        console.print(
            Text(visible(article.dump), style="magenta")
            + Text(f":{article.span.number}  ", style="green")
            + Text(visible(title), style="bold")
        )
        for match in matches:
            console.print(_line(match), soft_wrap=False)
    out.close()
    return found


def _line(match: Match) -> Text:
    """A matching text behind its place; a row of context has `-` where a match has `:`."""
    mark = ":" if match.matches else "-"
    line = Text(f"{match.line}{mark}{match.field} {match.nth}{mark} ", style="dim")
    at = 0
    for start, end in match.matches:
        line.append(visible(match.text[at:start]), style="not dim")
        line.append(visible(match.text[start:end]), style="not dim bold red")
        at = end
    line.append(visible(match.text[at:]), style="not dim")
    return line
