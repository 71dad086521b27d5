"""`corpuscli layouts`: what layouts are there, and what do they say?"""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import UsageError
from ..output.stdout import Stdout
from ..reader import layouts as known
from ..records.fields import LAYOUT
from .options import PrintingOptions, command
from .printing import chosen_fields, printing, values_of

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli layouts",
    "corpuscli layouts show page > mine.toml",
    "corpuscli list --layout mine.toml dump.txt",
)
def layouts(
    print_as: PrintingOptions,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[show NAME]", show_default=False, help="Print this layout."),
    ] = None,
) -> int:
    """List the built-in layouts, or print one.

    What is printed is ready to be copied and changed.
    """
    out = Stdout()
    if words:
        if len(words) != 2 or words[0] != "show":
            raise UsageError("", "write 'corpuscli layouts' or 'corpuscli layouts show NAME'")
        if print_as.wants_records:
            reason = "'layouts show' prints a file: it goes with no --format and no --fields"
            raise UsageError("", reason)
        out.write(known.layout_source(words[1]).encode())
        out.close()
        return 0
    names = [field.name for field in LAYOUT]
    fields = chosen_fields(print_as, out, LAYOUT, names, names)
    with printing(print_as, out, fields) as printer:
        for layout in map(known.load_layout, known.BUILT_IN):
            printer.row(values_of(fields, layout))
    return 0
