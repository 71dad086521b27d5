"""Print messages on stderr: one line each, and harmless for a terminal."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext, suppress

LONGEST = 5000
"""Characters in a line, at most: any path fits, and an option of a megabyte need not be seen."""

TAIL = 500
"""Characters at the end of a longer line that are shown, too: there it says what to do."""


def say(path: str, message: str) -> None:
    """Print `corpuscli: PATH: message` with visible controls; ignore a failing stderr."""
    line = ": ".join(part for part in ("corpuscli", path, message) if part)
    if len(line) > LONGEST:
        line = line[: LONGEST - TAIL] + "…" + line[-TAIL:]
    place: AbstractContextManager[None] = nullcontext()
    try:
        from ..output.progress import aside
        from ..output.visible import visible

        line, place = visible(line), aside()
    except Exception:
        # What there is to say may be that modules cannot be read: those of Python, too, which then
        # fail in any way.
        line = ascii(line)[1:-1]
    # Where stderr fails, too, there is nowhere left to say so.
    with place, suppress(OSError):
        os.write(2, (line + "\n").encode("utf-8", "backslashreplace"))
