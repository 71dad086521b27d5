"""`corpuscli list`: what is in this dump?"""

from __future__ import annotations

from collections.abc import Sequence

import typer

from ..model import Article
from ..output import Printer
from ..output.order import Order
from ..records.fields import Field
from .browse import print_list
from .destination import results_to
from .filters import filter_of
from .inputs import inputs
from .options import ArticleOptions, ChoosingOptions, Dumps, Quiet, ReadingOptions, command
from .printing import values_of
from .rows import print_rows

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli list dump.txt",
    "corpuscli list --since 2024-03 --sort words --reverse --limit 10 dump.txt",
    "corpuscli list --json dump.txt.gz | jq -r '.[].title'",
    common="since until title sort reverse limit fields json to_file null",
)
def list_articles(
    choosing: ChoosingOptions,
    print_as: ArticleOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    quiet: Quiet = False,
) -> int:
    """List the articles of a dump, one per row."""
    order = Order.of(choosing.sort, choosing.reverse, choosing.limit)
    wanted = filter_of(choosing, verbose=reading.verbose)
    source = inputs(dumps, reading, quiet=quiet, to_files=print_as.to_file is not None)

    def print_them(fields: Sequence[Field[Article]], printer: Printer) -> bool:
        return print_rows(source, wanted, order, printer, lambda a: [values_of(fields, a)])

    with results_to(print_as, source) as out:
        print_list(source, out, print_as, print_them)
    return source.exit_code()
