"""Reads dumps twice to find the articles in them that are the same, or nearly."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial

from ..errors import InputError
from ..inspection.duplicates import Search, Wanted, make_copies, make_editions, make_sketches
from ..inspection.shingles import minhash
from ..reader.reading import Piece, Reading, Work
from ..records.differences import Edition
from ..source import CHANGED, STDIN
from ..source.kept import Kept, keep
from .inputs import Inputs, Result


@contextmanager
def readable_again(source: Inputs) -> Iterator[None]:
    """Make the dumps readable several times within the block; a pipe waits in a file."""
    names: list[str] = []
    kept: dict[int, Kept] = {}
    try:
        for name in source.names:
            try:
                copy = keep(name) if _is_stream(name) else None
            except InputError as error:
                source.report(error)
                continue
            if copy is not None:
                kept[len(names)] = copy
            names.append(name)
        source.names, source.kept = names, kept
        yield
    finally:
        for copy in kept.values():
            copy.close()


def _is_stream(name: str) -> bool:
    """Return True for standard input and for a local path that is not a regular file."""
    if name == STDIN:
        return True
    with suppress(OSError, ValueError):
        mode = os.stat(name).st_mode
        return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
    return False


def find_duplicates(
    source: Inputs, wanted: Wanted, *, across: bool = False, told: bool = True
) -> tuple[Search, int]:
    """Return the groups of articles that are the same, and how many articles have no date.

    The dumps must be readable again, and the `Search` must be closed. Without `told` the articles
    of the groups are known by their numbers only.
    """
    if wanted.threshold is not None:
        # Workers are forked: what they share is imported before.
        minhash()
    search = Search(wanted.threshold)
    undated = 0
    try:
        for opened in source.opened(Work(partial(make_sketches, wanted))):
            _begin_dumps(search, source.current + 1)
            try:
                for sketches in opened.results:
                    undated += sketches.undated
                    search.add(sketches)
            except InputError as error:
                source.report(error)
        _begin_dumps(search, len(source.names))
        flags = search.flags(told=told)
        for dump, read in _read_again(source, flags, make_copies):
            if not search.keep(dump, read):
                raise InputError(source.names[dump], CHANGED)
        search.settle(across=across)
    except BaseException:
        search.close()
        raise
    return search, undated


def editions_of(source: Inputs, search: Search, group: int) -> Iterator[tuple[int, Edition]]:
    """Yield the articles of a group with their paragraphs, each after the position of its dump."""
    for dump, found in _read_again(source, search.flags_of(group), make_editions):
        for _, edition in found:
            yield dump, edition


def _begin_dumps(search: Search, count: int) -> None:
    """Note that this many dumps have begun; one that cannot be opened has no articles."""
    for _ in range(count - search.dumps):
        search.begin_dump()


def _read_again(
    source: Inputs,
    flags: list[bytes],
    make: Callable[[Sequence[bytes], Reading, Sequence[Piece]], Result],
) -> Generator[tuple[int, Result], None, None]:
    """Yield the results for the articles of the dumps in which any is wanted.

    Each comes after the position of its dump. Notes on the dumps were printed before.
    """
    places = [place for place, of_dump in enumerate(flags) if any(of_dump)]
    again = replace(
        silent(source),
        names=[source.names[place] for place in places],
        kept={at: source.kept[one] for at, one in enumerate(places) if one in source.kept},
        progress=None,
    )
    chosen = partial(make, [flags[place] for place in places])
    for result in again.results(chosen):
        yield places[again.current], result


def silent(source: Inputs) -> Inputs:
    """Return the same dumps without their notes, which are printed only once."""
    return replace(source, say=_say_nothing, verbose=False, quiet=True)


def _say_nothing(path: str, reason: str) -> None:
    """Leave it unsaid."""
