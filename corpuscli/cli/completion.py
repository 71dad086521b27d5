"""`corpuscli completion`: the shell completes commands, options and values."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError, meant
from ..output.stdout import Stdout
from .options import command

app = typer.Typer(add_completion=False, rich_markup_mode=None)

SHELLS = ("bash", "zsh", "fish")


@command(
    app,
    "corpuscli completion bash >> ~/.bashrc",
    "corpuscli completion zsh > ~/.zfunc/_corpuscli",
    "corpuscli completion fish > ~/.config/fish/completions/corpuscli.fish",
)
def completion(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="bash|zsh|fish", show_default=False, help="The shell."),
    ] = None,
    complete: Annotated[
        bool, typer.Option("--words", hidden=True, help="Complete the last of these words.")
    ] = False,
) -> int:
    """Print a shell completion script.

    It completes commands, options and values: formats, layouts, encodings, codes and fields. Put it
    where your shell looks for such scripts, then open a new shell. For zsh that is a directory in
    $fpath: in .zshrc, before compinit, write fpath+=~/.zfunc.
    """
    out = Stdout()
    if complete:
        from .app import COMMANDS
        from .candidates import offer
        from .group import app as root

        found = offer(root, tuple(COMMANDS), words or [""])
        lines = ["nospace" if found.goes_on else "space"]
        lines += [f"{value}\t{' '.join(about.split())}" for value, about in found.candidates]
        out.write("".join(f"{line}\n" for line in lines).encode())
    else:
        shell = (words or [""])[0]
        if len(words or ()) != 1 or shell not in SHELLS:
            reason = f"name a shell after 'corpuscli completion': {', '.join(SHELLS)}"
            raise UsageError("", reason + meant(shell, SHELLS))
        out.write((Path(__file__).parent / "shells" / f"corpuscli.{shell}").read_bytes())
    out.close()
    return 0
