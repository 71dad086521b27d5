"""A dump that comes through a pipe: articles are found by this process and read by others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import TypeVar, cast

from ..reader.reading import Piece, grouped, until_fault
from .pipes import Pipe
from .workers import Workers

Result = TypeVar("Result")

FIRST = 4 * 1024 * 1024
"""Bytes of articles that are read before processes are started: most dumps are no longer."""

SIZE = 512 * 1024
"""Bytes of articles that are sent to a process at a time, at least; the last may have fewer."""


def read_batches(
    name: str,
    pieces: Iterable[Piece],
    make: Callable[[Sequence[Piece]], Result],
    *,
    jobs: int,
    part: int | None = None,
) -> Iterator[Result]:
    """Yield what `make` returns for the articles of the dump `name`, some at a time, in order.

    With `part`, each time for all that start in the same `part` bytes. The results must be
    picklable. Raises the InputError that `pieces` raises, after the results before it.
    """
    given = 0
    pieces, fault = until_fault(pieces)
    for piece in pieces if part is None else ():
        yield make([piece])
        given += len(piece.data)
        if given >= FIRST:
            break
    with ExitStack() as stack:
        workers = None
        count = done = 0
        for batch in batches_of(pieces) if part is None else grouped(pieces, part):
            if workers is None:

                def task(batch: list[Piece], pipe: Pipe) -> None:
                    pipe.send([make(batch)])

                workers = stack.enter_context(Workers(name, task))
                workers.start(jobs)
            if count >= len(workers):
                # It has nothing to answer then, and waits for what is sent.
                yield from cast("list[Result]", workers.receive(done))
                done += 1
            workers.send(count, batch)
            count += 1
        while workers is not None and done < count:
            yield from cast("list[Result]", workers.receive(done))
            done += 1
    if fault:
        raise fault[0]


def batches_of(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces, some at a time."""
    batch: list[Piece] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece.data)
        if size >= SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
