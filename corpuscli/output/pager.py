"""Send long output on a terminal through the user's pager."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import suppress

from .progress import give_way
from .stdout import Stdout

_SHELL = frozenset("|&;<>()$`\\\"'*?[]#~=%!{}\n")
"""Characters in the name of a pager that only a shell understands."""

HAS_HEADER = 600
"""The first version of less that keeps lines at the top of the screen."""


class PagerLeft(Exception):
    """The user has left the pager before the end, so the rest is not needed."""


class PagedOutput(Stdout):
    """Output on a terminal, which goes through `$PAGER` if it is longer than the screen.

    What is written is held back until it fills the screen, or ends. Writing raises PagerLeft once
    the user has left the pager.
    """

    def __init__(self) -> None:
        super().__init__()
        self._height = shutil.get_terminal_size((80, 24)).lines
        self._lines = 0
        self._pager: subprocess.Popen[bytes] | None = None
        self._command = pager_command()

    def write(self, data: bytes) -> None:
        if self._pager is not None:
            self._feed(data)
            return
        self._parts.append(data)
        self._lines += data.count(b"\n")
        if self._lines >= self._height:
            self._begin()

    def close(self) -> None:
        """Write what was held back, or wait until the user has left the pager."""
        if self._pager is None:
            super().close()
        else:
            self.finish()

    def finish(self) -> None:
        """Write what was held back; with a pager, end its input and wait until the user leaves."""
        if self._pager is None:
            self.flush()
            return
        assert self._pager.stdin is not None
        with suppress(BrokenPipeError):
            self._pager.stdin.close()
        _wait(self._pager)

    def flush(self) -> None:
        if self._pager is None:
            super().flush()

    def _begin(self) -> None:
        if self._command is None:
            self.flush()
            return
        give_way()
        self._pager = start_pager(self._command, self.header_lines)
        parts, self._parts = self._parts, []
        self._feed(b"".join(parts))

    def _feed(self, data: bytes) -> None:
        assert self._pager is not None and self._pager.stdin is not None
        try:
            self._pager.stdin.write(data)
            self._pager.stdin.flush()
        except BrokenPipeError as error:
            raise PagerLeft from error


def pager_command() -> str | None:
    """Return the command of the user's pager; None if there is none."""
    wanted = os.environ.get("CORPUSCLI_PAGER", os.environ.get("PAGER", "less")).strip()
    if os.environ.get("TERM") in ("dumb", "", None):
        # On such a terminal, less waits for a key before it shows anything.
        return None
    if not wanted or _SHELL.intersection(wanted):
        return wanted or None
    return wanted if shutil.which(wanted.split()[0]) else None


def start_pager(command: str, header_lines: int = 0) -> subprocess.Popen[bytes]:
    """Start a pager that reads from a pipe, and keep the first lines in sight if possible."""
    is_plain = not _SHELL.intersection(command)
    words = command.split()
    if header_lines and is_plain and _keeps_header(words):
        words.append(f"--header={header_lines}")
    return subprocess.Popen(
        words if is_plain else command,
        shell=not is_plain,
        stdin=subprocess.PIPE,
        env={"LESS": "FRX", "LV": "-c", **os.environ},
    )


def _keeps_header(words: list[str]) -> bool:
    """Return True if the pager is a less that knows --header."""
    if os.path.basename(words[0]) != "less":
        return False
    with suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run(
            [words[0], "--version"], capture_output=True, timeout=5, stdin=subprocess.DEVNULL
        )
        version = re.match(rb"less ([0-9]+)", said.stdout)
        return version is not None and int(version[1]) >= HAS_HEADER
    return False


def _wait(pager: subprocess.Popen[bytes]) -> None:
    while True:
        # While the pager runs, Ctrl-C is meant for it.
        with suppress(KeyboardInterrupt):
            pager.wait()
            return
