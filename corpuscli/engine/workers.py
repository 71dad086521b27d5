"""Run processes that work for this one, each with two pipes: `shards` and `batches` use them.

They are plain forks: no semaphores, no threads and no exit hooks, so neither a missing /dev/shm nor
a signal at a bad moment can leave one behind.
"""

from __future__ import annotations

import os
import select
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from ..errors import CorpusError, InputError
from .interrupts import HANDED_ON, signals_wait
from .pipes import Inbox, Pipe, packed

Task = Callable[[Any, Pipe], None]
"""What a process does with a message: it sends the answers, none or several, through the pipe."""

LOOK = 1.0
"""Seconds without an answer after which one looks whether a worker is stopped."""

STOPPED = 10
"""Looks after which a worker that is stopped is given up. Not seconds: this process may have been
stopped, too, as by Ctrl-Z, and must not blame the worker for that."""


def can_fork() -> bool:
    """Return whether processes can be made that share what this one has opened."""
    return hasattr(os, "fork")


class _Worker:
    """A process, and this one's ends of its pipes."""

    def __init__(self, pid: int, reading: int, writing: int) -> None:
        self.pid = pid
        self.inbox = Inbox(reading)
        self.writing = writing
        self.answers: deque[object] = deque()
        self.is_stopped = False
        self.looks = 0
        """How often it was seen stopped, one time after another."""
        self.status: int | None = None
        """As `os.waitpid` gives it, once it has ended."""

    def close(self) -> None:
        os.close(self.inbox.descriptor)
        os.close(self.writing)

    def look(self, flags: int) -> None:
        """Note whether the process is stopped, and whether it has ended."""
        while self.status is None:
            try:
                pid, status = os.waitpid(self.pid, flags)
            except ChildProcessError:
                # Whoever has begun this process has let its children go by themselves.
                self.status = 0
                return
            if not pid:
                return
            if os.WIFSTOPPED(status) or os.WIFCONTINUED(status):
                self.is_stopped = os.WIFSTOPPED(status)
            else:
                self.status = status


class Workers:
    """Some processes. What comes to place n goes to the worker n modulo their number.

    They share what this process has opened and made; they end with it, however it ends.
    """

    def __init__(self, name: str, task: Task) -> None:
        """Start the processes; `name` is the dump's, for errors."""
        self._name = name
        self._task = task
        self._workers: list[_Worker] = []
        self._ready = select.poll()

    def start(self, count: int) -> None:
        """Make the processes, within the context that ends them.

        Raises InputError if the system gives no more.
        """
        try:
            for _ in range(count):
                # Whatever a signal raises, it raises when the process is known, and can be ended.
                with signals_wait():
                    self._start()
        except OSError as error:
            raise InputError(self._name, f"{error.strerror}; try --jobs 1") from error

    def _start(self) -> None:
        ends: list[int] = []
        try:
            ends += os.pipe()
            ends += os.pipe()
            pid = os.fork()
        except OSError:
            for end in ends:
                os.close(end)
            raise
        told, tell, hear, answer = ends
        if not pid:
            others = [end for one in self._workers for end in (one.inbox.descriptor, one.writing)]
            _work(Pipe(told, answer), [*others, tell, hear], self._name, self._task)
        os.close(told)
        os.close(answer)
        worker = _Worker(pid, hear, tell)
        self._workers.append(worker)
        os.set_blocking(tell, False)
        os.set_blocking(hear, False)
        self._ready.register(hear, select.POLLIN)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *exception: object) -> None:
        # SIGKILL, because a stopped process would not receive anything else. It has nothing to
        # undo: files appear whole or not at all.
        for worker in self._workers:
            worker.close()
            if worker.status is None:
                with suppress(ProcessLookupError):
                    os.kill(worker.pid, signal.SIGKILL)
        for worker in self._workers:
            worker.look(0)
        self._workers.clear()

    def __len__(self) -> int:
        return len(self._workers)

    def send(self, place: int, message: object) -> None:
        """Send something to a worker. It must be small, or the worker must wait for it.

        Raises InputError if the worker has ended, or is stopped.
        """
        worker = self._workers[place % len(self)]
        data = memoryview(packed(message))
        while data:
            try:
                data = data[os.write(worker.writing, data) :]
            except BlockingIOError:
                self._wait(worker.writing)
            except OSError as error:
                raise self._ended(worker) from error

    def receive(self, place: int) -> object:
        """Return the next answer of a worker; raise the CorpusError that it sent instead.

        Answers of other workers are kept meanwhile, so that these can go on. Raises InputError if a
        worker has ended, or is stopped.
        """
        worker = self._workers[place % len(self)]
        while not worker.answers:
            self._wait()
        answer = worker.answers.popleft()
        if isinstance(answer, CorpusError):
            raise answer
        return answer

    def _wait(self, writing: int | None = None) -> None:
        """Take what workers have answered; wait for that, or for room in the pipe `writing`."""
        if writing is not None:
            self._ready.register(writing, select.POLLOUT)
        try:
            ready = {descriptor for descriptor, _ in self._ready.poll(LOOK * 1000)}
        finally:
            if writing is not None:
                self._ready.unregister(writing)
        if not ready:
            self._look_for_stopped()
        for worker in self._workers:
            if worker.inbox.descriptor in ready:
                try:
                    worker.answers.extend(worker.inbox.read())
                except (EOFError, OSError) as error:
                    raise self._ended(worker) from error

    def _look_for_stopped(self) -> None:
        """Raise InputError if a worker has been stopped for long, and others wait for it."""
        for worker in self._workers:
            worker.look(os.WNOHANG | os.WUNTRACED | os.WCONTINUED)
            worker.looks = worker.looks + 1 if worker.is_stopped else 0
            if worker.looks >= STOPPED:
                reason = f"worker process {worker.pid} was stopped and did not continue"
                raise InputError(self._name, f"{reason}; try --jobs 1")

    def _ended(self, worker: _Worker) -> InputError:
        worker.look(0)
        reason = "a worker process ended unexpectedly"
        if worker.status is not None and os.WIFSIGNALED(worker.status):
            reason = f"a worker process was ended by signal {os.WTERMSIG(worker.status)}"
            if os.WTERMSIG(worker.status) == signal.SIGKILL:
                reason = "a worker process was killed, perhaps because memory ran out"
        return InputError(self._name, f"{reason}; try --jobs 1")


def _work(pipe: Pipe, others: list[int], name: str, task: Task) -> NoReturn:
    """Run what comes through the pipe until it is closed; then end, whatever was raised."""
    code = 1
    try:
        # What goes to the whole group is answered by the parent alone, which ends its workers.
        for number in HANDED_ON:
            signal.signal(getattr(signal, number), signal.SIG_IGN)
        _die_with_parent()
        for end in others:
            # Else it would not be seen that the parent has gone.
            os.close(end)
        # A message may end in the middle, too, where the parent was interrupted.
        with suppress(EOFError, ConnectionError):
            while True:
                _answer(pipe, name, task)
        code = 0
    finally:
        os._exit(code)


def _answer(pipe: Pipe, name: str, task: Task) -> None:
    """Run the next message; an exception becomes the answer."""
    try:
        task(pipe.recv(), pipe)
    except CorpusError as error:
        pipe.send(error)
    except (EOFError, ConnectionError):
        raise
    except OSError as error:
        pipe.send(InputError(name, error.strerror or str(error)))
    except (MemoryError, RecursionError) as error:
        pipe.send(CorpusError("", f"gave up: {type(error).__name__}"))
    except Exception as error:
        reason = f"internal error, please report it: {type(error).__name__}: {error}"
        pipe.send(CorpusError("", reason))


def _die_with_parent() -> None:
    """Let this process be killed when its parent ends, however that ends; Linux can do that."""
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, int(signal.SIGKILL))
