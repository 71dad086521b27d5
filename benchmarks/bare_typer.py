"""A typer app that does nothing: the least that a start of such a program costs.

python benchmarks/bare_typer.py dump.txt
python benchmarks/bare_typer.py --version
python benchmarks/bare_typer.py --help
"""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)


def print_version(wanted: bool) -> None:
    if wanted:
        typer.echo("bare 1.0")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=print_version, is_eager=True, help="Print the version."),
]


@app.command()
def nothing(dump: Path, version: Version = False) -> None:
    """Do nothing."""


if __name__ == "__main__":
    app()
