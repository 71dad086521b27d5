"""Signals where Python alone would lose them: in imports, in forks, in what it calls by itself."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sys import UnraisableHookArgs

HANDED_ON = ("SIGINT", "SIGTERM", "SIGHUP")


def leave_at_interrupts() -> None:
    """Make SIGINT end the process at once, with status 130, until it is made to raise."""
    _set_handler(signal.SIG_DFL, _leave)
    _set_handler(signal.default_int_handler, _leave)
    sys.unraisablehook = _leave_if_interrupted


@contextmanager
def interrupts_leave() -> Iterator[None]:
    """Make SIGINT end the process at once within the block, with status 130; mainly for imports.

    As an exception it could get lost inside an import, crash a C module that is half set up, or be
    seen by threads of a library. A signal that is already ignored or handled is left alone, and so
    is every thread but the main one.
    """
    is_ours = _set_handler(signal.default_int_handler, _leave)
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def interrupts_raise() -> Iterator[None]:
    """Make SIGINT raise KeyboardInterrupt within the block, if it would end the process at once."""
    is_ours = _set_handler(_leave, signal.default_int_handler)
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, _leave)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Delay INT, TERM and HUP until the end of the block, which forks a process.

    Python runs functions of its own before and after a fork, and ignores exceptions in them: an
    exception from a signal would be lost there. The handlers are exchanged, rather than the signals
    blocked, because with several threads the signal is delivered to one that has not blocked it.
    """
    came: list[int] = []
    handlers: dict[signal.Signals, Handler] = {}
    try:
        for name in HANDED_ON:
            number = getattr(signal, name, None)
            handler = number and signal.getsignal(number)
            if number and callable(handler):
                # What has come already is raised here, by the old handler.
                signal.signal(number, lambda number, frame: came.append(number))
                handlers[number] = handler
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for arrived in dict.fromkeys(came):
            os.kill(os.getpid(), arrived)


Handler = Callable[[int, "FrameType | None"], object]


def _set_handler(old: Handler | signal.Handlers, new: Handler) -> bool:
    """Let `new` take the interrupts that `old` took; return False if `old` did not."""
    if signal.getsignal(signal.SIGINT) is not old:
        return False
    try:
        signal.signal(signal.SIGINT, new)
    except ValueError:
        # Signals are for the main thread.
        return False
    return True


def _leave(number: int, frame: FrameType | None) -> None:
    os._exit(128 + number)


def _leave_if_interrupted(lost: UnraisableHookArgs) -> None:
    """End the process for an interrupt that was raised where Python ignores exceptions.

    For other exceptions, such as those of libraries that close a connection, Python would show the
    traceback and go on.
    """
    if isinstance(lost.exc_value, KeyboardInterrupt):
        os._exit(128 + signal.SIGINT)
    if sys.flags.dev_mode:
        sys.__unraisablehook__(lost)
