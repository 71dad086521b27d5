"""An interrupt (Ctrl-C) while there is nothing yet to undo."""

from __future__ import annotations

import os
import signal
import threading
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
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _leave(number: int, frame: FrameType | None) -> None:
    os._exit(128 + number)
