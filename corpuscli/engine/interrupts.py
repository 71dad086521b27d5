"""An interrupt (Ctrl-C) while there is nothing yet to undo."""

from __future__ import annotations

# The program begins here: each import is time in which an interrupt shows a traceback of Python's.
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interrupts_leave() -> Iterator[None]:
    """Within the block SIGINT ends the process at once, with status 130; for imports above all.

    As an exception it could get lost inside an import, crash a module in C that is half set up, or
    be seen by what a library runs in threads. A signal that is ignored or handled already is left
    alone, as is every thread but the main one.
    """
    is_ours = _set_handler()
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _set_handler() -> bool:
    """True if an interrupt leaves from now on."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return False
    try:
        signal.signal(signal.SIGINT, _leave)
    except ValueError:
        # Signals are for the main thread.
        return False
    return True


def _leave(number: int, frame: FrameType | None) -> None:
    os._exit(128 + number)
