"""Run the program: its commands, and the one place where errors become exit codes.

`group` imports Typer, for every call but `--version`.
"""

from __future__ import annotations

import gc
import os
import sys
import warnings

from ..engine.interrupts import interrupts_leave, interrupts_raise
from ..errors import CorpusError, reason_of
from .messages import say

COMMANDS = {
    "list": "list_articles",
    "show": "show",
    "grep": "grep",
    "split": "split",
    "dedupe-captions": "dedupe_captions",
    "layouts": "layouts",
    "check": "check",
    "stats": "stats",
    "diff": "diff",
    "duplicates": "duplicates",
    "schema": "schema",
    "config": "config",
    "completion": "completion",
    "help": "help_command",
}
"""Each command and the module of this package that holds it."""

ABOUT = ("layouts", "schema", "config", "completion", "help")
"""The commands that read no dump."""

SUMMARIES = {
    "list": "List the articles of a dump, one per row.",
    "show": "Print articles as clean text, in the order of the dump.",
    "grep": "Search the clean text of the articles.",
    "split": "Print the articles as JSON, or write them to files.",
    "dedupe-captions": "Delete lines that only repeat a caption.",
    "layouts": "List or print built-in layouts, or learn one from dumps.",
    "check": "Check dumps; print one row per problem.",
    "stats": "Count articles, words, photos; draw them on a terminal.",
    "duplicates": "Find articles that are the same, or nearly the same.",
    "diff": "Show what was added, removed or changed between two dumps.",
    "schema": "Print the JSON Schema of a record.",
    "config": "Show the defaults, and where each comes from.",
    "completion": "Print a shell completion script.",
    "help": "Explain a command and all of its options.",
}
"""The first sentence of each command's help: a list of them imports no command."""


def run() -> None:
    """Run the command line and end the process with its exit code."""
    # Articles are many small values without cycles. With Python's default settings, looking for
    # cycles takes a quarter of the time of a `split`.
    gc.set_threshold(20_000, 50, 50)
    if not sys.warnoptions:
        # What a library warns of is for developers, and stderr is for messages of one line.
        warnings.simplefilter("ignore")
    code = _guarded(sys.argv[1:])
    # The interpreter must have nothing left to flush: it would report a failure its own way.
    sys.stdout = sys.stderr = None
    sys.exit(code)


def _guarded(arguments: list[str]) -> int:
    """Run a command line and return its exit code; say in one line on stderr what went wrong."""
    _occupy_standard_descriptors()
    try:
        # What is raised here is caught below; before and after, an interrupt ends the process.
        with interrupts_raise():
            code = _run_command(arguments)
    except KeyboardInterrupt:
        return 130
    except CorpusError as error:
        say(error.path, error.reason)
        return 2
    except OSError as error:
        say(error.filename if isinstance(error.filename, str) else "", reason_of(error))
        return 2
    except (MemoryError, RecursionError) as error:
        say("", f"gave up: {type(error).__name__}")
        return 2
    except Exception as error:
        if _was_interrupted(error):
            return 130
        say("", f"internal error, please report it: {type(error).__name__}: {error}")
        return 2
    return code if isinstance(code, int) else 0


def _was_interrupted(error: BaseException | None) -> bool:
    """Return True if an interrupt was turned into that error, as can happen in an import."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _run_command(arguments: list[str]) -> object:
    """Run a command and return what it returns.

    `--help` and `--version` print like all other output: typer would handle a failure of stdout its
    own way.
    """
    if arguments == ["--version"]:
        # Typer takes longer to import than everything else here.
        _print(version())
        return 0
    with interrupts_leave():
        from .group import invoke
    # Without anything it is help that is wanted.
    code, printed = invoke(arguments or ["-h"])
    if printed:
        _print(styled(printed))
    return code


def styled(text: str) -> str:
    """Return a help text as it is printed: with bold headings on a terminal."""
    wants_none = os.environ.get("NO_COLOR") or os.environ.get("TERM") in ("dumb", "", None)
    if wants_none or not os.isatty(1):
        return text
    from .help import with_bold_headings

    return with_bold_headings(text)


def version() -> str:
    """Return the line that `--version` prints."""
    from .. import __version__
    from ..reader.limits import COMPILED

    return f"corpuscli {__version__} ({'compiled' if COMPILED else 'interpreted'})\n"


def _print(text: str) -> None:
    from ..output.stdout import Stdout

    out = Stdout()
    out.write(text.encode("utf-8", "backslashreplace"))
    out.close()


def _occupy_standard_descriptors() -> None:
    """Open those of descriptors 0, 1 and 2 that are closed, so that no file gets their number.

    They are opened the wrong way round: using them fails, as if they were closed.
    """
    for number, flags in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)
