"""What is said on stderr: one line each, and nothing of it may harm a terminal."""

from __future__ import annotations

import os
from contextlib import suppress


def say(path: str, message: str) -> None:
    """Print `corpuscli: PATH: message`, controls made visible; a stderr that fails is let be."""
    from ..output.visible import visible

    line = ": ".join(part for part in ("corpuscli", path, message) if part)
    # Where stderr fails, too, there is nowhere left to say so.
    with suppress(OSError):
        os.write(2, (visible(line) + "\n").encode("utf-8", "backslashreplace"))
