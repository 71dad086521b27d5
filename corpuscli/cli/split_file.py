"""`corpuscli split -o FILE.json`: all articles in one file, in the format that its ending names."""

from __future__ import annotations

import os

from ..errors import UsageError
from ..output.endings import format_of
from ..records.fields import ARTICLE
from ..source import is_url
from .destination import results_to
from .filters import filter_of
from .printing import chosen_fields, printing, values_of
from .rows import print_rows
from .split_call import ALL, Call

PARTS = ("jsonl", "parquet")
"""What --as writes as many parts, unless -o names one file of that format."""


def is_file(path: str, content: str | None) -> bool:
    """Return True if -o names one file for all articles, by its ending."""
    kind = format_of(path)
    if kind is None or is_url(path) or os.path.isdir(path):
        return False
    # Directories of parts are often called so.
    return content in (None, "json", kind)


def write_file(path: str, call: Call) -> None:
    """Write the records to one file; if an input fails, leave it as it was."""
    source = call.source
    if call.print_as.header is not None and format_of(path) == "parquet":
        raise UsageError(
            "", f"--header cannot be used with -o {path}, which names every field anyway"
        )
    wanted = filter_of(call.choosing, verbose=call.source.verbose)
    print_as = call.print_as.but(to_file=path)
    with results_to(print_as, source, force=call.force) as out:
        fields = chosen_fields(print_as, out, ARTICLE, ALL, ALL)
        with printing(print_as, out, fields) as printer:
            print_rows(source, wanted, call.order, printer, lambda a: [values_of(fields, a)])
