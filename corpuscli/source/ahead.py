"""Dumps that are opened one after another: at the next few objects one looks together, ahead.

To open an object takes a few requests, and to wait for each by itself takes longer than to read
many a small dump.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread

from ..errors import InputError
from .origin import Source
from .remote import Looked, look_at, open_url

MOST = 16
"""Objects that are looked at together. The first bytes of each are kept until it is read."""


class Ahead:
    """Some URLs in stores, to be opened from first to last."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = urls
        self._looked: dict[int, Looked] = {}
        self._many = 1
        self._end = 0
        """The index after the last that was looked at."""

    @contextmanager
    def open(self, index: int) -> Iterator[Source]:
        """Return what is at the URL with that index, opened; raise InputError if that fails."""
        if index >= self._end:
            self._look_from(index)
        # An object that could not be read ahead may exist now, when it is requested alone.
        with open_url(self._urls[index], self._looked.pop(index, None)) as source:
            yield source

    def _look_from(self, index: int) -> None:
        """Look at this and some more; at none at first, for perhaps no other is wanted."""
        some = range(index, min(index + self._many, len(self._urls)))
        self._end = some.stop
        self._many = min(2 * self._many, MOST)
        if len(some) == 1:
            return
        # All have ended before a process is forked; one that is interrupted waits for none.
        threads = []
        for place in some:
            thread = Thread(target=self._look, args=(place,), daemon=True)
            try:
                thread.start()
            except RuntimeError:  # No more are allowed: the others in their turn.
                break
            threads.append(thread)
        for thread in threads:
            thread.join()

    def _look(self, index: int) -> None:
        with suppress(InputError):
            self._looked[index] = look_at(self._urls[index])
