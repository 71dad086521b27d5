"""What the options that choose articles mean."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from ..inspection.selection import Filter, parse_bound
from .options import ChoosingOptions, FilterOptions


def as_text(argument: str) -> str:
    """An argument of the command line as UTF-8, whatever the locale says it is."""
    return os.fsencode(argument).decode("utf-8", "surrogateescape")


def filter_of(choosing: FilterOptions) -> Filter:
    """The filter of these options; raises UsageError for a date or a pattern that is none."""
    matches: Callable[[str], bool] | None = None
    if choosing.title is not None:
        from ..search.query import Budget, compile_patterns, has_match

        matches = partial(has_match, compile_patterns([as_text(choosing.title)])[0], Budget())
    return Filter(
        since=parse_bound(choosing.since, upper=False) if choosing.since is not None else None,
        until=parse_bound(choosing.until, upper=True) if choosing.until is not None else None,
        title=matches,
        unique=choosing.unique if isinstance(choosing, ChoosingOptions) else None,
    )
