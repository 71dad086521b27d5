"""The program: which command was asked for, and the one place where errors become exit codes."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from io import StringIO
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from ..engine.interrupts import interrupts_leave
from ..errors import CorpusError, UsageError, meant, reason_of
from .help import Rows, examples_of, names_of, sections, write_examples, write_sections
from .messages import say
from .options import NO_CONFIG, NoConfig

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
    "schema": "schema",
    "config": "config",
    "completion": "completion",
}
"""Each command and the module of this package that holds it."""

ABOUT = ("layouts", "schema", "config", "completion")
"""The commands that read no dump."""

ClickError: type[Exception] = next(
    c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException"
)


class LazyGroup(TyperGroup):
    """Commands are imported when they are called: a start must not pay for all of them."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        groups: dict[str, Rows] = {"Commands": [], "About corpuscli itself": []}
        first, last = groups.values()
        for name in COMMANDS:
            about = self.get_command(ctx, name).get_short_help_str(60)
            (last if name in ABOUT else first).append((name, about))
        write_sections(formatter, groups | sections(self, ctx))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        write_examples(formatter, self.epilog)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = meant(name, COMMANDS)
            if not near and os.path.exists(name):
                near = f" (a command comes before the DUMP: corpuscli list {name})"
            raise UsageError("", f"no command is called {name!r}{near}; see 'corpuscli --help'")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        module_name = COMMANDS.get(cmd_name)
        if module_name is None:
            return super().get_command(ctx, cmd_name)
        with interrupts_leave():
            module = import_module(f".{module_name}", __package__)
        command = get_command(module.app)
        command.name = cmd_name
        return command


app = typer.Typer(
    name="corpuscli",
    cls=LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from .. import __version__
        from ..reader.lines import COMPILED

        typer.echo(f"corpuscli {__version__} ({'compiled' if COMPILED else 'interpreted'})")
        raise typer.Exit


@app.callback(
    invoke_without_command=True,
    epilog=examples_of(
        "corpuscli list dump.txt                        what is in it? a row an article",
        "corpuscli list dump.txt | wc -l                how many articles are there?",
        "corpuscli show 3 dump.txt                      read the third",
        "corpuscli grep -i ferry dump.txt               find all that mention a ferry",
        "corpuscli split --json dump.txt > all.json     all of them, clean, as JSON",
        "corpuscli dedupe-captions dump.txt > new.txt   the dump, every caption once",
    ),
)
def main(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
    no_config: NoConfig = False,
) -> None:
    """Make a raw dump of news pages readable: list, show, search and split its articles.

    A DUMP is a path, a URL, or - for standard input; gzip, bzip2, xz and zstd are recognised. On
    a terminal commands draw tables and pages, in a pipe they print a record a line.
    """
    context.meta[NO_CONFIG] = no_config
    if context.invoked_subcommand is None:
        raise UsageError("", "no command given; see 'corpuscli --help'")


def run() -> None:
    """Run the command line and end the process with its exit code."""
    # Articles are made of many small values without cycles: to look for some as often as Python
    # does by itself takes a quarter of the time of a `split`.
    gc.set_threshold(20_000, 50, 50)
    # numpy would start a thread for each core, for algebra that nothing here does, and end the
    # process with a page of text where it may not.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    code = _guarded(sys.argv[1:])
    # Nothing may be left for the interpreter to flush: it would report a failure its own way.
    sys.stdout = sys.stderr = None
    sys.exit(code)


def _guarded(arguments: list[str]) -> int:
    """The exit code of a command line; what went wrong is said in one line on stderr."""
    _occupy_standard_descriptors()
    try:
        code = _run_command(arguments)
    except KeyboardInterrupt:
        return 130
    except CorpusError as error:
        say(error.path, error.reason)
        return 2
    except typer.Abort:
        return 130
    except ClickError as error:
        say("", _one_line(error))
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
    """True if an interrupt was turned into that error, as within an import it can be."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _run_command(arguments: list[str]) -> object:
    """Run a command; gives what it gave. What typer prints (`--help`, `--version`) goes the way of
    all output: typer itself would end in its own way where that fails."""
    sys.stdout = printed = StringIO()
    code = get_command(app).main(arguments, prog_name="corpuscli", standalone_mode=False)
    if text := printed.getvalue():
        from ..output.stdout import Stdout

        out = Stdout()
        out.write(text.encode("utf-8", "backslashreplace"))
        out.close()
    return code


def _one_line(error: Any) -> str:
    """Typer's words for a usage error, on one line, and where help is."""
    context: Any = getattr(error, "ctx", None)
    command = context.command_path.split(" {")[0] if context else "corpuscli"
    message = " ".join(error.format_message().split()).rstrip(".")
    message = message.replace("not a valid int range", "no whole number")
    if type(error).__name__ == "NoSuchOption":
        known = [name for p in context.command.get_params(context) for name in names_of(p)]
        message = f"no option is called {error.option_name}{meant(error.option_name, known)}"
    return f"{message}; see '{command} --help'"


def _occupy_standard_descriptors() -> None:
    """Open what is closed of descriptors 0, 1 and 2, so that no file gets their number.

    They are opened the wrong way round: whoever uses them is told, as if they were closed.
    """
    for number, flags in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)
