"""Processes that work for this one, each at the end of a pipe: `shards` and `batches` use them."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, cast

from ..errors import CorpusError, InputError

Task = Callable[[Any, Connection], None]
"""What a process does with a message: it sends the answers, none or several, through the pipe."""


def can_fork() -> bool:
    """True where processes can be made that share what this one has opened."""
    return "fork" in get_all_start_methods()


class Workers:
    """Some processes. What comes to place n goes to the worker n modulo their number.

    They share what this process has opened and made; they end with it, however it ends.
    """

    def __init__(self, count: int, name: str, task: Task) -> None:
        """`name` is that of the dump, for errors. Raises InputError if the system gives no more."""
        self._name = name
        self._ends: list[Connection] = []
        self._processes: list[BaseProcess] = []
        try:
            for _ in range(count):
                self._start(task)
        except OSError as error:
            self._end()
            raise InputError(name, f"{error.strerror}; try --jobs 1") from error
        self._answers: dict[Connection, deque[object]] = {end: deque() for end in self._ends}

    def _start(self, task: Task) -> None:
        context = get_context("fork")
        ours, theirs = context.Pipe()
        self._ends.append(ours)
        with theirs:
            process = context.Process(
                target=_work, args=(theirs, list(self._ends), self._name, task), daemon=True
            )
            process.start()
        self._processes.append(process)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *exception: object) -> None:
        self._end()

    def _end(self) -> None:
        for end in self._ends:
            end.close()
        for process in self._processes:
            process.terminate()
            process.join()

    def __len__(self) -> int:
        return len(self._ends)

    def send(self, place: int, message: object) -> None:
        """Send something to a worker. It must be small, or the worker must wait for it.

        Raises InputError if the worker has ended.
        """
        try:
            self._ends[place % len(self)].send(message)
        except OSError as error:
            raise self._ended() from error

    def receive(self, place: int) -> object:
        """The next answer of a worker; raises the CorpusError that it sent instead.

        What others answer meanwhile is taken and kept, so that they can go on.
        """
        end = self._ends[place % len(self)]
        while not self._answers[end]:
            for ready in cast("list[Connection]", wait(self._ends)):
                try:
                    self._answers[ready].append(ready.recv())
                except (EOFError, OSError) as error:
                    raise self._ended() from error
        answer = self._answers[end].popleft()
        if isinstance(answer, CorpusError):
            raise answer
        return answer

    def _ended(self) -> InputError:
        return InputError(self._name, "a process that read it ended unexpectedly; try --jobs 1")


def _work(pipe: Connection, others: list[Connection], name: str, task: Task) -> None:
    """Do what comes through the pipe until it is closed."""
    # Ctrl-C goes to the whole group; the parent alone answers it, by closing the pipes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with_parent()
    for end in others:
        # Else it would not be seen that the parent has gone.
        end.close()
    # A message may end in the middle, too, where the parent was interrupted.
    with suppress(EOFError, OSError):
        while True:
            message = pipe.recv()
            try:
                task(message, pipe)
            except CorpusError as error:
                pipe.send(error)
            except ConnectionError:
                raise
            except OSError as error:
                pipe.send(InputError(name, error.strerror or str(error)))
            except MemoryError:
                pipe.send(CorpusError("", "gave up: MemoryError"))
    os._exit(0)


def _die_with_parent() -> None:
    """Let this process be killed when its parent ends, however that ends; Linux can do that."""
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, int(signal.SIGKILL))
