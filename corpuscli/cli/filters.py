"""What the options that choose articles mean."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from ..inspection.days import relative_day
from ..inspection.selection import Filter, parse_bound
from .messages import say
from .options import ChoosingOptions, FilterOptions


def as_text(argument: str) -> str:
    """Return an argument of the command line as UTF-8, whatever the locale is."""
    return os.fsencode(argument).decode("utf-8", "surrogateescape")


def filter_of(choosing: FilterOptions, *, verbose: bool = False) -> Filter:
    """Return the filter of these options; `verbose` says which day a word such as 7d stands for.

    Raises UsageError for a date or a pattern that is not one.
    """
    matches: Callable[[str], bool] | None = None
    if choosing.title is not None:
        from ..search.query import Budget, compile_patterns, has_match

        matches = partial(has_match, compile_patterns([as_text(choosing.title)])[0], Budget())
    return Filter(
        since=_bound("--since", choosing.since, upper=False, verbose=verbose),
        until=_bound("--until", choosing.until, upper=True, verbose=verbose),
        title=matches,
        unique=choosing.unique if isinstance(choosing, ChoosingOptions) else None,
    )


def _bound(option: str, text: str | None, *, upper: bool, verbose: bool) -> str | None:
    """Return the day that an option names; raises UsageError if it names none."""
    if text is None:
        return None
    relative = relative_day(text)
    if relative is None:
        return parse_bound(text, upper=upper)
    if verbose:
        say("", f"{option} {text} is {relative}")
    return relative
