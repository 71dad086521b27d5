"""Turn INT, TERM and HUP into exceptions, so that unfinished work is undone before the end."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

AGAIN = 0.001
"""Seconds after which a signal is sent again if Python has ignored the exception it raised."""


class Terminated(SystemExit):
    """SIGTERM or SIGHUP arrived. It is a SystemExit, so even at the top it shows no traceback."""

    def __init__(self, signum: int) -> None:
        super().__init__(128 + signum)
        self.signum = signum


class _Signals:
    """Which signal has arrived, in the process that `signals_roll_back` watches over."""

    owner = 0
    received = 0
    raised: BaseException | None = None
    held = False
    hook = staticmethod(sys.__unraisablehook__)
    """The hook that otherwise gets the exceptions that Python ignores."""

    @classmethod
    def arrive(cls, signum: int, frame: FrameType | None) -> None:
        if os.getpid() != cls.owner:
            _die(signum)
        cls.received = cls.received or signum
        cls.raise_unless_held()

    @classmethod
    def raise_unless_held(cls) -> None:
        if cls.received and not cls.held and not cls.raised:
            is_interrupt = cls.received == signal.SIGINT
            cls.raised = KeyboardInterrupt() if is_interrupt else Terminated(cls.received)
            raise cls.raised

    @classmethod
    def come_again(cls, lost: UnraisableHookArgs) -> None:
        """Send a signal again that raised where Python ignores exceptions, as in `__del__`."""
        if cls.raised is None or lost.exc_value is not cls.raised:
            cls.hook(lost)
            return
        cls.raised = None
        # A thread sends it, because here, too, the exception would be ignored. If no thread can
        # start, the signal waits for the end of a `signals_held` block, or for the next signal.
        with suppress(RuntimeError):
            _thread.start_new_thread(_send_again, (cls.received,))


def _send_again(signum: int) -> None:
    time.sleep(AGAIN)
    os.kill(os.getpid(), signum)


def _die(signum: int) -> NoReturn:
    signal.signal(signum, signal.SIG_DFL)
    os.kill(os.getpid(), signum)
    raise Terminated(signum)


@contextmanager
def signals_roll_back() -> Iterator[None]:
    """Let SIGTERM, SIGHUP and SIGINT raise inside the block, so that it can undo its work.

    After the block, TERM and HUP end the process as they would have without it: its parent sees a
    death by that signal. INT is a KeyboardInterrupt, which the caller handles. Only the first
    signal counts: systemd sends TERM and HUP together, and the second must not cut the clean-up
    short. A signal that is ignored (nohup) or already handled is left alone, as is every thread but
    the main one; so blocks nest. A worker forked inside the block is killed by the signal
    immediately.
    """
    previous: dict[signal.Signals, signal._HANDLER] = {}
    hook = sys.unraisablehook
    try:
        with signals_held():
            try:
                _take_signals(previous)
                with signals_held(False):
                    yield
            finally:
                if previous:
                    sys.unraisablehook = hook
                for signum, handler in previous.items():
                    signal.signal(signum, handler)
    finally:
        if previous and _Signals.received not in (0, signal.SIGINT):
            _die(_Signals.received)


def _take_signals(previous: dict[signal.Signals, signal._HANDLER]) -> None:
    """Handle the signals that have their default effect, and note the old handler in `previous`."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        signum = getattr(signal, name, None)
        handler = signum and signal.getsignal(signum)
        if signum and handler in (signal.SIG_DFL, signal.default_int_handler):
            if not previous:
                _Signals.owner, _Signals.received, _Signals.raised = os.getpid(), 0, None
                _Signals.hook = staticmethod(sys.unraisablehook)
                sys.unraisablehook = _Signals.come_again
            previous[signum] = handler
            signal.signal(signum, _Signals.arrive)


@contextmanager
def signals_held(held: bool = True) -> Iterator[None]:
    """Hold back signals until the end of the block, which is short and must not stop half-way.

    `held=False` lets them in again. Only for the main thread: the state belongs to the process.
    """
    before, _Signals.held = _Signals.held, held
    try:
        _Signals.raise_unless_held()
        yield
    finally:
        _Signals.held = before
    _Signals.raise_unless_held()
