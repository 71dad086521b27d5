"""`corpuscli` and `python -m corpuscli`: where the program begins."""

from __future__ import annotations

from .engine.interrupts import leave_at_interrupts


def main() -> None:
    """Run the command line; an interrupt counts from here on, also while modules are imported."""
    leave_at_interrupts()
    from .cli.app import run

    run()


if __name__ == "__main__":
    main()
