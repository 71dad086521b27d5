"""Options about reading become a request to the engine."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..engine.inputs import (
    MOST_JOBS,
    SMALLEST_SHARD,
    Inputs,
    cluster_at,
    expanded,
    size_of,
)
from ..errors import InputError, UsageError, reason_of
from ..reader.reading import Options
from ..source import STDIN, is_url
from .messages import say
from .options import ReadingOptions


def inputs(
    dumps: Sequence[str] | None, reading: ReadingOptions, *, quiet: bool, to_files: bool = False
) -> Inputs:
    """Return the dumps that a call names, or standard input.

    `to_files` is True if the results do not go to standard output. Raises UsageError if standard
    input is a terminal.
    """
    if quiet and reading.verbose:
        raise UsageError("", "-q and --verbose cannot be used together")
    dumps = [*(dumps or ()), *_listed(reading.files_from)]
    is_unnamed = not dumps and reading.files_from is None
    if is_unnamed:
        if os.isatty(0):
            reason = "no DUMP given: name a file or a directory, or pipe a dump in"
            raise UsageError("", reason)
        dumps = [STDIN]
    shard = None if reading.shard_size is None else max(SMALLEST_SHARD, reading.shard_size)
    options = Options(reading.layout, reading.encoding, shard)
    options.check()
    for note in () if quiet else reading.notes:
        say("", note)
    jobs = min(reading.jobs or len(os.sched_getaffinity(0)), MOST_JOBS)
    source = Inputs([], options, say, reading.verbose, quiet, jobs)
    if reading.scheduler is not None:
        source.cluster = cluster_at(reading.scheduler)
    source.is_unnamed = is_unnamed
    source.names = [name for dump in dumps for name in expanded(dump, source)]
    source.several = len(source.names) > 1 or any(map(_is_many, dumps))
    if not quiet and os.isatty(2):
        from ..output.progress import Progress, can_be_shown

        if can_be_shown(beside_pipe=to_files):
            source.progress = Progress([size_of(name) for name in source.names])
    return source


def _is_many(dump: str) -> bool:
    """Return True for the name of a directory, whatever is in it."""
    return dump != STDIN and not is_url(dump) and os.path.isdir(dump)


def _listed(name: str | None) -> list[str]:
    """Return the names in a file, one per line or each followed by a NUL byte."""
    if name is None:
        return []
    try:
        with open(0 if name == STDIN else name, "rb", closefd=name != STDIN) as file:
            data = file.read()
    except (OSError, ValueError) as error:
        raise InputError(name, reason_of(error)) from error
    names = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(one) for one in names if one]
