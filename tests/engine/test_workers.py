"""Processes that work for this one: what they answer, and how they end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from corpuscli.engine import workers as module
from corpuscli.engine.pipes import Pipe
from corpuscli.engine.workers import Workers, can_fork
from corpuscli.errors import CorpusError, InputError, OutputError

pytestmark = pytest.mark.skipif(not can_fork(), reason="processes cannot be forked here")


@pytest.fixture(autouse=True)
def no_process_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    made: list[int] = []
    fork = os.fork

    def noted() -> int:
        if pid := fork():
            made.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", noted)
    yield
    for pid in made:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look at stopped workers takes no second."""
    monkeypatch.setattr(module, "LOOK", 0.02)


def double(message: object, pipe: Pipe) -> None:
    """Answer with the message twice, or with the number of the process, or fail as told."""
    if message == "who":
        pipe.send(os.getpid())
    elif isinstance(message, BaseException):
        raise message
    else:
        pipe.send([message, message])


def test_answers_come_from_the_worker_of_a_place() -> None:
    with Workers("dump", double) as workers:
        workers.start(3)
        assert len(workers) == 3
        for place in range(9):
            workers.send(place, place)
        assert [workers.receive(place) for place in range(9)] == [[n, n] for n in range(9)]


@pytest.mark.parametrize("size", [0, 1, 65_536, 3_000_000])
def test_messages_are_of_any_size(size: int) -> None:
    message = os.urandom(size)
    with Workers("dump", double) as workers:
        workers.start(2)
        for place in range(4):
            workers.send(place, message)
            workers.send(place, message)
        for place in range(4):
            assert workers.receive(place) == [message, message]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (InputError("a", "is damaged"), "a: is damaged"),
        (OutputError("b", "is full"), "b: is full"),
        (PermissionError(13, "Permission denied"), "dump: Permission denied"),
        (MemoryError(), "gave up: MemoryError"),
        (RecursionError(), "gave up: RecursionError"),
        (ValueError("7"), "internal error, please report it: ValueError: 7"),
    ],
)
def test_what_goes_wrong_in_a_worker_is_raised_here(
    error: Exception, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with Workers("dump", double) as workers:
        workers.start(2)
        workers.send(0, error)
        with pytest.raises(CorpusError) as caught:
            workers.receive(0)
        assert str(caught.value) == words
        workers.send(0, 1)
        assert workers.receive(0) == [1, 1]
    assert capfd.readouterr() == ("", "")


def test_what_a_worker_cannot_send_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    def task(message: object, pipe: Pipe) -> None:
        pipe.send(lambda: message)

    with Workers("dump", task) as workers:
        workers.start(1)
        workers.send(0, 1)
        with pytest.raises(CorpusError, match="internal error, please report it"):
            workers.receive(0)
    assert capfd.readouterr() == ("", "")


def numbers_of(workers: Workers) -> list[int]:
    for place in range(len(workers)):
        workers.send(place, "who")
    return [cast(int, workers.receive(place)) for place in range(len(workers))]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGKILL, "a worker process was killed, perhaps because memory ran out"),
        (signal.SIGUSR1, f"a worker process was ended by signal {int(signal.SIGUSR1)}"),
    ],
)
@pytest.mark.parametrize("sends", [False, True])
def test_a_worker_that_ends_is_an_error(number: int, words: str, sends: bool) -> None:
    with Workers("dump", double) as workers:
        workers.start(2)
        os.kill(numbers_of(workers)[1], number)
        with pytest.raises(InputError) as caught:
            while sends:
                workers.send(1, bytes(1_000_000))
            workers.receive(1)
        assert str(caught.value) == f"dump: {words}; try --jobs 1"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("sends", [False, True])
def test_a_worker_that_is_stopped_is_given_up(sends: bool) -> None:
    with Workers("dump", double) as workers:
        workers.start(2)
        stopped = numbers_of(workers)[1]
        os.kill(stopped, signal.SIGSTOP)
        with pytest.raises(InputError) as caught:
            # What it does not read stays in the pipe, until that is full.
            workers.send(1, bytes(1_000_000 if sends else 1))
            workers.receive(1)
        words = f"dump: worker process {stopped} was stopped and did not continue; try --jobs 1"
        assert str(caught.value) == words


@pytest.mark.usefixtures("impatient")
def test_a_worker_that_goes_on_is_not_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STOPPED", 500)
    with Workers("dump", double) as workers:
        workers.start(1)
        (stopped,) = numbers_of(workers)
        begin = time.monotonic()
        for _ in range(3):
            os.kill(stopped, signal.SIGSTOP)
            with subprocess.Popen(["sh", "-c", f"sleep 0.2; kill -CONT {stopped}"]):
                workers.send(0, 1)
                assert workers.receive(0) == [1, 1]
        assert time.monotonic() - begin > 0.5


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_goes_to_the_whole_group_is_the_parent_s_to_answer(number: int) -> None:
    with Workers("dump", double) as workers:
        workers.start(2)
        for pid in numbers_of(workers):
            os.kill(pid, number)
        workers.send(1, 1)
        assert workers.receive(1) == [1, 1]


@pytest.mark.parametrize("moment", ["before", "after_in_parent"])
def test_an_interrupt_during_a_fork_is_raised_after_it(
    moment: str, capfd: pytest.CaptureFixture[str]
) -> None:
    is_due = [True]

    def interrupt() -> None:
        if is_due:
            is_due.clear()
            os.kill(os.getpid(), signal.SIGINT)

    # What is registered stays so: it does nothing any more.
    os.register_at_fork(**{moment: interrupt})
    with Workers("dump", double) as workers:
        with pytest.raises(KeyboardInterrupt):
            workers.start(2)
        assert len(workers) == 1
    assert capfd.readouterr() == ("", "")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_where_no_process_can_be_made_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    monkeypatch.setattr(os, "fork", fails)
    with Workers("dump", double) as workers:
        with pytest.raises(InputError, match="Resource temporarily unavailable; try --jobs 1"):
            workers.start(2)
    assert before in (0, len(os.listdir("/proc/self/fd")))
