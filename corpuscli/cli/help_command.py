"""`corpuscli help`: what can a command do?"""

from __future__ import annotations

from typing import Annotated

import typer

from ..output.stdout import Stdout
from .options import command

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(app, "corpuscli help", "corpuscli help grep")
def show_help(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[COMMAND]", show_default=False, help="The command to explain."),
    ] = None,
) -> int:
    """Explain a command and all of its options."""
    from .app import styled
    from .group import invoke

    _, text = invoke([*([name] if name else []), "--help"])
    out = Stdout()
    out.write(styled(text).encode("utf-8", "backslashreplace"))
    out.close()
    return 0
