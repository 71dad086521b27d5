"""`corpuscli list`: what is in this dump?"""

from __future__ import annotations

import typer

from .. import records
from ..output.order import Order
from ..output.stdout import Stdout
from . import options as o
from .session import (
    Format,
    article_filter,
    chosen_articles,
    chosen_fields,
    inputs,
    printing,
    values_of,
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Examples: corpuscli list DUMP · corpuscli list --json DUMP | jq '.[].title'")
def list_articles(
    dumps: o.Dumps = None,
    format_: o.Format = None,
    json: o.Json = False,
    fields: o.Fields = None,
    header: o.Header = None,
    since: o.Since = None,
    until: o.Until = None,
    title: o.Title = None,
    unique: o.Unique = False,
    sort: o.Sort = None,
    reverse: o.Reverse = False,
    limit: o.Limit = None,
    layout: o.Layout = "auto",
    encoding: o.Encoding = "auto",
    jobs: o.Jobs = None,
    shard_size: o.ShardSize = None,
    color: o.Color = "auto",
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
) -> int:
    """List the articles of a dump, a row each."""
    form = Format(o.chosen_format(format_, json), fields, header, color)
    wanted = article_filter(since, until, title, unique)
    order = Order.of(sort, reverse, limit)
    out = Stdout()
    columns = chosen_fields(
        form, out, records.ARTICLE, records.LIST_COLUMNS, records.LIST_JSON
    )
    source = inputs(
        dumps,
        layout=layout,
        encoding=encoding,
        shard_size=shard_size,
        verbose=verbose,
        quiet=quiet,
    )
    with printing(form, out, [field.name for field in columns]) as printer:
        articles = chosen_articles(source, wanted)
        for row in order.rows((a, [values_of(columns, a)]) for a in articles):
            printer.row(row)
    return source.exit_code()
