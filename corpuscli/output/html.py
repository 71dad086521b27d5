"""Show a dump at a glance as one HTML file: no script, nothing fetched, light or dark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .markup import escaped
from .pictures import Panel, Picture

_STYLE = """\
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5b6570; --line: #d8dde3;
  --page: #ffffff; --bar: #2f6fb0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebee; --soft: #9aa5b1; --line: #363d45; --page: #15181b; --bar: #6aa7e0; }
}
body { margin: 2rem auto; padding: 0 1.5rem; max-width: 68rem; color: var(--ink);
  background: var(--page); font: 15px/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; overflow-wrap: anywhere; }
h2 { margin: 0 0 .5rem; font-size: 1rem; }
h2 span { color: var(--soft); font-weight: normal; }
p { margin: .3rem 0 0; color: var(--soft); }
article + article { margin-top: 3rem; padding-top: 2rem; border-top: 1px solid var(--line); }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 1rem;
  margin: 1.5rem 0; padding: 1rem 0; border: solid var(--line); border-width: 1px 0; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
.panels { display: grid; gap: 2rem 3rem;
  grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); }
table { width: 100%; border-collapse: collapse; }
th { width: 1%; padding: .1rem .75rem .1rem 0; font-weight: normal; text-align: left;
  white-space: nowrap; }
.text th { width: 50%; white-space: normal; overflow-wrap: anywhere; }
td { padding: .1rem 0; }
td + td { width: 1%; padding-left: .75rem; text-align: right;
  font-variant-numeric: tabular-nums; }
td div { height: .8rem; min-width: 2px; background: var(--bar); border-radius: 0 2px 2px 0; }
td div.none { min-width: 0; }
@media print { body { margin: 0; } td div { print-color-adjust: exact; } }
"""

_HEAD = f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<style>
{_STYLE}</style>
</head>
<body>
""".replace("%", "%%").replace("<title>%%s", "<title>%s")


def html_report(pictures: Sequence[Picture]) -> str:
    """Return the page, with a final newline."""
    title = ", ".join(picture.title for picture in pictures) or "No dump"
    return "".join([_HEAD % escaped(title), *_articles(pictures), "</body>\n</html>\n"])


def _articles(pictures: Iterable[Picture]) -> Iterator[str]:
    for picture in pictures:
        yield f"<article>\n<h1><bdi>{escaped(picture.title)}</bdi></h1>\n"
        yield f"<p>{escaped(picture.subtitle)}</p>\n<dl>\n"
        for fact in picture.facts:
            yield f"<div><dt>{escaped(fact.label)}</dt><dd>{escaped(fact.value)}</dd></div>\n"
        yield '</dl>\n<div class="panels">\n'
        for panel in picture.panels:
            yield from _section(panel)
        yield "</div>\n</article>\n"


def _section(panel: Panel) -> Iterator[str]:
    """Yield a panel as a table, one row per bar, so that it can be read aloud and copied."""
    yield '<section class="text">\n' if panel.is_text else "<section>\n"
    yield f"<h2>{escaped(panel.title)} <span>{escaped(panel.unit)}</span></h2>\n<table>\n"
    most = max(bar.value for bar in panel.bars)
    for bar in panel.bars:
        width = f"{bar.value * 1000 // most / 10:g}%"
        none = "" if bar.value else ' class="none"'
        yield (
            f'<tr><th scope="row"><bdi>{escaped(bar.label)}</bdi></th>'
            f'<td><div{none} style="width: {width}"></div></td><td>{bar.value:,}</td></tr>\n'
        )
    yield "</table>\n"
    if panel.note:
        yield f"<p>{escaped(panel.note)}</p>\n"
    yield "</section>\n"
