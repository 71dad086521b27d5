"""`corpuscli` and `python -m corpuscli`: where the program begins."""

from __future__ import annotations

import os
import signal
from types import FrameType


def main() -> None:
    """Run the command line; an interrupt counts from here on, also while modules are imported."""
    # As an exception it could get lost inside an import, and there is nothing yet to undo.
    is_usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_usual:
        signal.signal(signal.SIGINT, _leave)
    from .cli.app import run

    if is_usual:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _leave(number: int, frame: FrameType | None) -> None:
    os._exit(128 + number)


if __name__ == "__main__":
    main()
