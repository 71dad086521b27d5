"""An application of typer's that does nothing, to see what such a start costs at least.

python benchmarks/bare_typer.py dump.txt
"""

from pathlib import Path

import typer

app = typer.Typer(add_completion=False)


@app.command()
def nothing(dump: Path) -> None:
    """Do nothing."""


if __name__ == "__main__":
    app()
