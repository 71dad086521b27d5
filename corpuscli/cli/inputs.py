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
from ..errors import UsageError
from ..reader.reading import Options
from ..source import STDIN
from .messages import say
from .options import ReadingOptions


def inputs(
    dumps: Sequence[str] | None, reading: ReadingOptions, *, quiet: bool, to_files: bool = False
) -> Inputs:
    """The dumps that a call names, or standard input; raises UsageError if that is a terminal.

    `to_files` if what is made of them does not go to standard output.
    """
    if quiet and reading.verbose:
        raise UsageError("", "-q and --verbose do not go together")
    if not dumps:
        if os.isatty(0):
            reason = "no DUMP given: name a file, or pipe one in (- is standard input)"
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
    source.names = [name for dump in dumps for name in expanded(dump, source)]
    if not quiet and os.isatty(2):
        from ..output.progress import Progress, can_be_shown

        if can_be_shown(beside_pipe=to_files):
            source.progress = Progress([size_of(name) for name in source.names])
    return source
