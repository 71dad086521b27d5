"""Messages between two processes, through pipes: a length of eight bytes, then a pickle."""

from __future__ import annotations

import os
import pickle

LENGTH = 8
"""Bytes in front of a message that say how long it is."""

MOST = 1 << 20
"""Bytes that are read or written at a time."""


def packed(message: object) -> bytes:
    """Return a message as it goes through a pipe."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(LENGTH, "little") + data


class Inbox:
    """The end of a pipe from which messages come, whole or a piece at a time."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._start_next()

    def _start_next(self) -> None:
        self._is_length = True
        self._data = bytearray(LENGTH)
        self._filled = 0

    def read(self) -> list[object]:
        """Read once and return the message that this completes, or an empty list.

        It waits if nothing has arrived, unless the descriptor does not block. Raises EOFError if
        the other process has closed its end, also in the middle of a message.
        """
        with memoryview(self._data) as view:
            count = os.readv(self.descriptor, [view[self._filled : self._filled + MOST]])
        if not count:
            raise EOFError
        self._filled += count
        if self._filled < len(self._data):
            return []
        data, is_length = self._data, self._is_length
        if is_length:
            self._data, self._filled = bytearray(int.from_bytes(data, "little")), 0
            self._is_length = False
            return []
        self._start_next()
        return [pickle.loads(data)]


class Pipe:
    """The two ends of a worker: one to receive its orders, one to send its answers."""

    def __init__(self, reading: int, writing: int) -> None:
        self._inbox = Inbox(reading)
        self._writing = writing

    def recv(self) -> object:
        """Return the next message; raise EOFError if there will be none."""
        while not (messages := self._inbox.read()):
            pass
        return messages[0]

    def send(self, message: object) -> None:
        """Send a message, however long that takes; raises OSError where nobody reads it."""
        data = memoryview(packed(message))
        while data:
            data = data[os.write(self._writing, data[:MOST]) :]
