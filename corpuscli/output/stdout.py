"""Write to standard output, and handle its failures."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..errors import OutputError, reason_of

STDOUT = 1
BUFFER = 64 * 1024
"""How many bytes are collected before they are written to a pipe or a file."""


class Stdout:
    """Standard output as bytes, written in order and in large pieces; immediately on a terminal.

    If the reader has gone away, the process ends by SIGPIPE, as coreutils do, even if the parent
    ignored that signal. Any other failure is an OutputError.
    """

    def __init__(self, *, goes_on: bool = False) -> None:
        """Take over standard output.

        `goes_on` says that there is more to do than print, so a reader that has gone away ends the
        process only after that, in `close`.
        """
        self._goes_on = goes_on
        self._is_deserted = False
        self._parts: list[bytes] = []
        self._size = 0
        self.is_terminal = os.isatty(STDOUT)
        self.header_lines = 0
        """How many lines at the top should stay in sight, if possible."""

    def write(self, data: bytes) -> None:
        self._parts.append(data)
        self._size += len(data)
        if self._size >= BUFFER or self.is_terminal:
            self.flush()

    def flush(self) -> None:
        """Write what was collected; raise OutputError if that fails."""
        data = memoryview(b"".join(self._parts))
        if data and self.is_terminal:
            from .progress import give_way

            give_way()
        self._parts, self._size = [], 0
        if self._is_deserted:
            return
        with writing_stdout():
            try:
                while data:
                    data = data[os.write(STDOUT, data) :]
            except BrokenPipeError:
                if not self._goes_on:
                    raise
                self._is_deserted = True

    def close(self) -> None:
        """Write what was collected and close: some file systems report a full disk only then."""
        self.flush()
        if self._is_deserted:
            die_by(signal.SIGPIPE)
        with writing_stdout():
            os.close(os.dup(STDOUT))


class FileOutput(Stdout):
    """A file in place of standard output. The caller that opened the file completes it."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self.is_terminal = False
        self.header_lines = 0

    def __reduce__(self) -> tuple[type[Stdout], tuple[()]]:
        """Return a stand-in for another process, which only encodes."""
        return Stdout, ()

    def write(self, data: bytes) -> None:
        self._write(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


@contextmanager
def writing_stdout() -> Iterator[None]:
    """Handle a failure to write to standard output inside the block as `Stdout` says."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            die_by(signal.SIGPIPE)
        raise OutputError("standard output", reason_of(error)) from error


def die_by(number: signal.Signals) -> None:
    """End the process by a signal, whatever it did about that signal before."""
    signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
    os.kill(os.getpid(), number)
