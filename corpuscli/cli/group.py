"""The command line as typer sees it: which command is called, with which words."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import StringIO
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from ..engine.interrupts import interrupts_leave
from ..errors import UsageError, meant
from .app import ABOUT, COMMANDS, SUMMARIES, version
from .help import Rows, examples_of, names_of, sections, write_examples, write_sections
from .options import NO_CONFIG, NoConfig

ClickError: type[Exception] = next(
    c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException"
)


class LazyGroup(TyperGroup):
    """Commands are imported when they are called: a start must not pay for all of them."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        groups: dict[str, Rows] = {"Commands": [], "About corpuscli itself": []}
        first, last = groups.values()
        for name in COMMANDS:
            (last if name in ABOUT else first).append((name, SUMMARIES[name]))
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
        typer.echo(version(), nl=False)
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


def invoke(arguments: list[str]) -> tuple[object, str]:
    """Run a command; return what it returned, and what typer printed (`--help`).

    Raises UsageError for a call that typer rejects.
    """
    stdout, sys.stdout = sys.stdout, StringIO()
    printed = sys.stdout
    try:
        code = get_command(app).main(arguments, prog_name="corpuscli", standalone_mode=False)
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    except ClickError as error:
        raise UsageError("", _one_line(error)) from error
    finally:
        sys.stdout = stdout
    return code, printed.getvalue()


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
