"""Show reading progress: one line on stderr, on a terminal, when reading takes over a second.

A timer draws it, not the work, so it moves even while nothing is found, costs nothing in between,
and needs no thread, beside which processes could not safely be started.
"""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..source import Counted

STDERR = 2

PATIENCE = 1.0
"""Seconds of work before its progress is shown."""

PERIOD = 0.25
"""Seconds between two updates."""

WIDEST = 100
"""The most columns of the line."""

LONGEST_BAR = 40
SHORTEST_BAR = 8
"""The fewest columns of the bar; with less room there is none."""

_EMPTY = b"\r\x1b[2K"


class _Line:
    """The line of the terminal that is drawn on."""

    is_drawn = False
    is_closed = False
    """True while something else is being printed there."""


_line = _Line()


@contextmanager
def aside() -> Iterator[None]:
    """Keep the line empty inside the block, so that something else can be printed there."""
    was_closed = _line.is_closed
    give_way()
    try:
        yield
    finally:
        _line.is_closed = was_closed


def give_way() -> None:
    """Leave the line empty for good: rows on the same terminal show enough progress."""
    _line.is_closed = True
    _erase()


def _erase() -> None:
    if _line.is_drawn:
        _line.is_drawn = False
        with suppress(OSError):
            os.write(STDERR, _EMPTY)


def can_be_shown(*, beside_pipe: bool) -> bool:
    """Return True if stderr is a terminal on which a line can be redrawn.

    Unless `beside_pipe` is true, return False if standard output is a pipe: its reader may draw on
    the terminal, too.
    """
    if not os.isatty(STDERR) or os.environ.get("TERM") in ("dumb", "", None):
        return False
    with suppress(OSError):
        mode = os.fstat(1).st_mode
        return beside_pipe or not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode))
    return False


class Progress:
    """Tracks how far the dumps of a call have been read. There is at most one."""

    def __init__(self, sizes: Sequence[int | None]) -> None:
        """Take the size of each dump in bytes, as stored; None where it is not known."""
        self._sizes = list(sizes)
        self._began = monotonic()
        self._due = self._began + PATIENCE
        self._before = 0
        self._at = 0
        self._counted: Counted | None = None
        self._looked = 0
        self._has_found = False
        self._shards = (0, 0)

    @property
    def _total(self) -> int | None:
        """Return the bytes of all dumps; None if they are not known."""
        known = [size for size in self._sizes if size is not None]
        return sum(known) if len(known) == len(self._sizes) else None

    @contextmanager
    def of_dump(
        self, index: int, size: int | None, counted: Counted | None = None
    ) -> Iterator[None]:
        """Show the progress of a dump of `size` bytes, as stored, inside the block.

        `counted` knows how many of them have been read, if `reach` is told of other bytes.
        """
        self._sizes[index] = size
        self._counted, self._at, self._looked, self._has_found = counted, 0, 0, False
        self._shards = (0, 0)
        signal.signal(signal.SIGALRM, self._tick)
        signal.setitimer(signal.ITIMER_REAL, max(0.001, self._due - monotonic()), PERIOD)
        try:
            yield
        finally:
            # Keep the handler: a signal that is still on its way would end the process.
            signal.setitimer(signal.ITIMER_REAL, 0)
            _erase()
            self._before += self._position() if size is None else size
            self._at, self._counted = 0, None

    def reach(self, end: int) -> None:
        """Record that everything before byte `end` of the dump is done."""
        self._at = max(self._at, end)
        self._has_found = False

    def count(self, done: int, of: int) -> None:
        """Record that `done` of `of` shards of the dump are done."""
        self._shards = (done, of)

    def watching(
        self, look: Callable[[bytes | memoryview], bool], size: int
    ) -> Callable[[bytes | memoryview], bool]:
        """Return `look`, wrapped to record progress.

        `look` is called in order with parts of up to `size` bytes and what surrounds them. A part
        without a hit is done.
        """

        def watched(data: bytes | memoryview) -> bool:
            found = look(data)
            self._looked += min(size, len(data))
            self._has_found |= found
            if not self._has_found:
                self._at = max(self._at, self._looked)
            return found

        return watched

    def _tick(self, *signal_and_frame: Any) -> None:
        self._due = monotonic() + PERIOD
        # Showing progress is not worth a failure: the signal may arrive while rich is half
        # imported.
        with suppress(Exception):
            if not _line.is_closed and not _is_in_background():
                columns = os.get_terminal_size(STDERR).columns or WIDEST
                line = self.drawn(min(WIDEST, columns - 1)).encode()
                _line.is_drawn = True
                os.write(STDERR, _EMPTY + line)

    def _position(self) -> int:
        """Return how many bytes of this dump have been read."""
        return self._at if self._counted is None else self._counted.count

    def drawn(self, width: int) -> str:
        """Return the current line, at most `width` columns wide."""
        from io import StringIO

        from rich.console import Console
        from rich.filesize import decimal
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        at = self._before + self._position()
        rate = at / max(monotonic() - self._began, 0.001)
        parts = [decimal(at)]
        bar = None
        total = self._total
        if total:
            at = min(at, total)
            parts = [f"{100 * at // total:3} %", f"{parts[0]} of {decimal(total)}"]
        done, of = self._shards
        if of > 1:
            parts.append(f"{done} of {of} shards")
        if rate >= 1:
            parts.append(f"{decimal(int(rate))}/s")
        if total and rate >= 1:
            parts.append(f"{_clock((total - at) / rate)} left")
            room = width - sum(len(part) + 2 for part in parts)
            if room >= SHORTEST_BAR:
                room = min(room, LONGEST_BAR)
                bar = ProgressBar(
                    total, at, width=room, complete_style="magenta", finished_style="magenta"
                )
        if bar is None:
            while len("  ".join(parts)) > width and len(parts) > 1:
                # The percentage and the time left are the last to be dropped.
                del parts[max(1, len(parts) - 2)]
            return "  ".join(parts)[:width]
        row = Table.grid(padding=(0, 2))
        row.add_row(parts[0], bar, *parts[1:])
        screen = StringIO()
        Console(
            file=screen,
            width=width,
            height=1,
            force_terminal=True,
            color_system=None if os.environ.get("NO_COLOR") else "standard",
            legacy_windows=False,
        ).print(row, end="")
        return screen.getvalue().split("\n")[0].rstrip()


def _is_in_background() -> bool:
    """Return True if another process has the terminal, so that this one must not draw on it."""
    try:
        return os.tcgetpgrp(STDERR) != os.getpgrp()
    except OSError:
        return False


def _clock(seconds: float) -> str:
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
