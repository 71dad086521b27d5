"""`corpuscli split -o FILE.parquet`: all articles as one table."""

from __future__ import annotations

import os

from ..engine.inputs import Inputs, statuses_of
from ..engine.interrupts import interrupts_leave
from ..errors import OutputError, UsageError
from ..output.atomic import replace_file
from ..records.fields import ARTICLE, pick_fields
from ..source import is_url
from .filters import filter_of
from .printing import values_of
from .rows import print_rows
from .split_call import ALL, Call

TABLE = ".parquet"
"""The ending of a name, in letters of any case, that makes -o one file of all articles."""


def is_table(path: str, content: str | None) -> bool:
    """True if -o is the one file that all articles go into, as a table."""
    is_named_so = path.lower().endswith(TABLE) and not is_url(path)
    return is_named_so and content in (None, "parquet") and not os.path.isdir(path)


def write_table(path: str, call: Call) -> None:
    """Write the records into one file of Parquet; where an input fails, leave it as it was."""
    source, print_as = call.source, call.print_as
    if print_as.asked_format is not None or print_as.header is not None:
        raise UsageError(
            "", f"--format, --json and --header do not go with -o {path}: it is no text"
        )
    fields = pick_fields(ARTICLE, print_as.asked_fields or ALL)
    with interrupts_leave():
        from ..output.parquet import ParquetPrinter
    wanted = filter_of(call.choosing)
    _check_file(path, source, force=call.force)
    with (
        replace_file(path, force=call.force) as draft,
        ParquetPrinter(fields, draft.write) as printer,
    ):
        print_rows(source, wanted, call.order, printer, lambda a: [values_of(fields, a)])
        if source.failed:
            draft.abandon()
            source.report(OutputError(path, "was not written, for not all could be read"))
        else:
            printer.close()


def _check_file(path: str, source: Inputs, *, force: bool) -> None:
    """Raise OutputError for a file that must not be replaced."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        status = None
    if status and any(os.path.samestat(status, one) for one in statuses_of(source)):
        raise OutputError(path, "is one of the inputs")
    if not force and (os.path.isfile(path) or os.path.islink(path)):
        raise OutputError(path, "exists; --force replaces it")
