"""`corpuscli` and `python -m corpuscli`: where the program begins."""

from __future__ import annotations


def main() -> None:
    """Run the command line.

    An interrupt ends the process from the first line on, first as the system does it: what is
    imported until then is built into Python, and so takes no time in which a traceback could come.
    """
    import _signal

    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    from .engine.interrupts import leave_at_interrupts

    leave_at_interrupts()
    from .cli.app import run

    run()


if __name__ == "__main__":
    main()
