"""`corpuscli list`: what is in this dump?"""

from __future__ import annotations

import typer

from .. import records
from ..output.order import Order
from ..output.stdout import Stdout
from .options import ChoosingOptions, Dumps, PrintingOptions, Quiet, ReadingOptions, command
from .rows import print_rows
from .session import chosen_fields, filter_of, inputs, printing, values_of

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli list dump.txt",
    "corpuscli list --since 2024-03 --sort words --reverse --limit 10 dump.txt",
    "corpuscli list --json dump.txt.gz | jq -r '.[].title'",
)
def list_articles(
    choosing: ChoosingOptions,
    print_as: PrintingOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    quiet: Quiet = False,
) -> int:
    """List the articles of a dump, a row each."""
    out = Stdout()
    fields = chosen_fields(print_as, out, records.ARTICLE, records.LIST_COLUMNS, records.LIST_JSON)
    order = Order.of(choosing.sort, choosing.reverse, choosing.limit)
    wanted = filter_of(choosing)
    source = inputs(dumps, reading, quiet=quiet)
    with printing(print_as, out, fields) as printer:
        print_rows(source, wanted, order, printer, lambda a: [values_of(fields, a)])
    return source.exit_code()
