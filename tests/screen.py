"""A terminal, as a person sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from conftest import COMMAND, environment

ERASE = "\r\x1b[2K"


def on_terminal(
    *arguments: str | bytes | Path,
    folder: Path,
    shell: str = "",
    columns: int = 80,
    rows: int = 24,
    changes: Mapping[str, str] = MappingProxyType({}),
    raw: bool = False,
    typed: bytes = b"",
) -> tuple[int, str]:
    """Return the exit code and what a person sees of a run on one terminal.

    With `shell`, run that command; `$CORPUSCLI` is the command under test. Erased lines are not
    seen, such as those of progress on a slow machine; `raw` returns them, too. `typed` is what the
    person types.
    """
    usual = {"TERM": "xterm-256color", "PAGER": "cat", "CORPUSCLI": COMMAND}
    code, seen = bytes_on_terminal(
        ["bash", "-c", shell] if shell else [COMMAND, *arguments],
        folder,
        environment(**(usual | dict(changes))),
        columns=columns,
        rows=rows,
        typed=typed,
    )
    text = seen.decode().replace("\r\n", "\n")
    return code, text if raw else last_seen(text)


def bytes_on_terminal(
    command: list[str | bytes | Path],
    folder: Path,
    environ: Mapping[str, str],
    *,
    columns: int = 80,
    rows: int = 24,
    typed: bytes = b"",
) -> tuple[int, bytes]:
    """The same of any command: what the terminal gets, byte for byte."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    with subprocess.Popen(
        command,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=folder,
        env=environ,
        start_new_session=True,
    ) as process:
        os.close(slave)
        os.write(master, typed)
        seen = []
        while select.select([master], [], [], 60)[0]:
            try:
                chunk = os.read(master, 65536)
            except OSError:
                break
            if not chunk:
                break
            seen.append(chunk)
        code = process.wait(60)
    os.close(master)
    return code, b"".join(seen)


def last_seen(text: str) -> str:
    """Return what is on the screen, without what was erased."""
    return "\n".join(line.split(ERASE)[-1] for line in text.split("\n"))
