"""Signals where Python alone would lose them: in imports, in forks, in what it calls by itself."""

from __future__ import annotations

# The program begins here: each import is time in which an interrupt shows a traceback of Python's.
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
    """From now on SIGINT ends the process at once, with status 130, unless it raises instead."""
    _set_handler(signal.default_int_handler, _leave)
    sys.unraisablehook = _leave_if_interrupted


@contextmanager
def interrupts_leave() -> Iterator[None]:
    """Within the block SIGINT ends the process at once, with status 130; for imports above all.

    As an exception it could get lost inside an import, crash a module in C that is half set up, or
    be seen by what a library runs in threads. A signal that is ignored or handled already is left
    alone, as is every thread but the main one.
    """
    is_ours = _set_handler(signal.default_int_handler, _leave)
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def interrupts_raise() -> Iterator[None]:
    """Within the block SIGINT raises KeyboardInterrupt, if it would end the process at once."""
    is_ours = _set_handler(_leave, signal.default_int_handler)
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, _leave)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Let INT, TERM and HUP wait for the end of the block, which forks a process.

    Python runs functions of its own before and after a fork, and ignores what is raised in them:
    an exception from a signal would be lost there. The handlers are exchanged, and not the signals
    blocked, because with several threads the signal comes to one that has not blocked it.
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


def _set_handler(old: Handler, new: Handler) -> bool:
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
    """End the process by an interrupt that was raised where Python ignores exceptions.

    Of others, as libraries raise them when they let go of a connection, Python would show the
    traceback, and go on.
    """
    if isinstance(lost.exc_value, KeyboardInterrupt):
        os._exit(128 + signal.SIGINT)
    if sys.flags.dev_mode:
        sys.__unraisablehook__(lost)
