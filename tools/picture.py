"""Draw the README's picture: what a terminal shows of these commands, as SVG.

python tools/picture.py > docs/terminal.svg
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "tests"))

from screen import on_terminal  # noqa: E402

COLUMNS = 88

COMMANDS = (
    "list --limit 4 --since 2024 harbour-news.txt",
    "grep -i --in title --in caption 'ferr(y|ies)' harbour-news.txt",
    "show --no-pager 4 harbour-news.txt",
)

# Rich's own template fetches a font from elsewhere; a picture in a document must fetch nothing.
SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>corpuscli on a terminal</title>
<style>
.{unique_id}-matrix {{
    font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    font-size: {char_height}px;
    line-height: {line_height}px;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture() -> str:
    """Return the SVG."""
    console = Console(
        record=True,
        file=io.StringIO(),
        width=COLUMNS,
        height=24,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        _environ={},
    )
    for command in COMMANDS:
        console.print(Text.assemble(("$ ", "dim"), f"corpuscli {command}"))
        _, seen = on_terminal(
            shell=f"$CORPUSCLI {command}", folder=ROOT / "examples", columns=COLUMNS
        )
        console.print(Text.from_ansi(seen.rstrip()), end="\n\n")
    return console.export_svg(
        title="", theme=SVG_EXPORT_THEME, code_format=SVG, unique_id="terminal"
    )


if __name__ == "__main__":
    sys.stdout.write(picture())
