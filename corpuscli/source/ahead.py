"""Dumps that are opened one after another: at the next few URLs one looks together, ahead.

To open an object takes a few requests, and to wait for each by itself takes longer than to read
many a small dump.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread

from ..errors import InputError
from .origin import Source
from .remote import Looked, look_at, open_url

MOST = 16
"""Objects that are looked at together. The first bytes of each are kept until it is read."""


class Ahead:
    """Some URLs, to be opened from first to last."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = urls
        self._looked: dict[int, Looked | InputError] = {}
        self._many = 1

    @contextmanager
    def open(self, index: int) -> Iterator[Source]:
        """What stands behind the URL at that index, opened; raises InputError if it cannot be."""
        if index not in self._looked:
            self._look_from(index)
        looked = self._looked.pop(index)
        if isinstance(looked, InputError):
            raise looked
        with open_url(self._urls[index], looked) as source:
            yield source

    def _look_from(self, index: int) -> None:
        """Look at some objects at a time: first at one, for perhaps no other is wanted."""
        some = range(index, min(index + self._many, len(self._urls)))
        self._many = min(2 * self._many, MOST)
        # All have ended before a process is forked; one that is interrupted waits for none.
        threads = []
        for place in some[1:]:
            thread = Thread(target=self._look, args=(place,), daemon=True)
            try:
                thread.start()
            except RuntimeError:  # No more are allowed: the others in their turn.
                break
            threads.append(thread)
        self._look(index)
        for thread in threads:
            thread.join()

    def _look(self, index: int) -> None:
        try:
            self._looked[index] = look_at(self._urls[index])
        except InputError as error:
            self._looked[index] = error
