"""`corpuscli schema`: the JSON Schema of what the commands print."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import UsageError
from ..output.stdout import Stdout
from ..records.schema import SHAPES, record_schema
from .options import PrintingOptions, command

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli schema article > article.schema.json",
    "corpuscli schema article --fields number,title,captions",
    "corpuscli schema",
)
def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[RECORD]",
            show_default=False,
            help=f"{', '.join(SHAPES)}; without one, schema lists them.",
        ),
    ] = None,
    fields: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,C", help="Print the schema of records that have only these fields."
        ),
    ] = None,
) -> int:
    """Print the JSON Schema of a record.

    The schema (draft 2020-12) describes one object in the JSON that commands print: an element of
    the array of --json, or a line of --format jsonl.
    """
    out = Stdout()
    wanted = PrintingOptions(fields=fields).asked_fields
    if name is None and wanted is not None:
        raise UsageError("", "--fields needs a record: corpuscli schema RECORD --fields A,B,C")
    if name is None:
        width = max(map(len, SHAPES))
        for each, shape in SHAPES.items():
            between = " " * (width - len(each) + 2) if out.is_terminal else "\t"
            out.write(f"{each}{between}{shape.about}\n".encode())
    else:
        import json

        text = json.dumps(record_schema(name, wanted), indent=2, ensure_ascii=False)
        out.write(text.encode() + b"\n")
    out.close()
    return 0
