"""The command line as typer sees it: which command is called, with which words."""

from __future__ import annotations

import sys
from importlib import import_module
from io import StringIO
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from ..engine.interrupts import interrupts_leave
from ..errors import UsageError
from .app import ABOUT, COMMANDS, SUMMARIES, version
from .help import (
    Rows,
    ShortHelp,
    examples_of,
    renamed,
    sections,
    write_end,
    write_examples,
    write_sections,
    write_text,
)
from .options import NO_CONFIG, NoConfig

ClickError: type[Exception] = next(
    c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException"
)


class LazyGroup(TyperGroup):
    """Imports a command only when it is called: a start must not pay for all of them."""

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        write_text(formatter, self.help or "")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        groups: dict[str, Rows] = {"Commands": [], "About corpuscli itself": []}
        first, last = groups.values()
        for name in COMMANDS:
            (last if name in ABOUT else first).append((name, SUMMARIES[name]))
        write_sections(formatter, groups | sections(self, ctx))

    def short_help_text(self, ctx: Any) -> str:
        """Return the commands and examples of how to begin."""
        formatter = ctx.make_formatter()
        self.format_usage(ctx, formatter)
        write_text(formatter, (self.help or "").partition("\n\n")[0])
        write_sections(
            formatter,
            {"Commands": [(name, SUMMARIES[name]) for name in COMMANDS if name not in ABOUT]},
        )
        write_examples(formatter, self.epilog)
        write_end(
            formatter, "'corpuscli COMMAND -h' shows how to use a command, --help every option."
        )
        return str(formatter.getvalue())

    def get_help_option(self, ctx: Any) -> Any:
        return renamed(super().get_help_option(ctx))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        write_examples(formatter, self.epilog)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from .hints import of_command

            raise UsageError("", f"unknown command {name!r}{of_command(name, args[1:])}")
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
    context_settings={"help_option_names": ["--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version(), nl=False)
        raise typer.Exit


@app.callback(
    invoke_without_command=True,
    epilog=examples_of(
        "corpuscli list dump.txt | wc -l         count the articles",
        "corpuscli list --since 7d dump.txt      list those of the last week",
        "corpuscli show 3 dump.txt               read the third",
        "corpuscli grep -i ferry dump.txt        find all that mention a ferry",
        "corpuscli split -o articles/ dump.txt   write one file per article",
        "corpuscli split -o all.json dump.txt    write all of them as clean JSON",
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
    short_help: ShortHelp = False,
) -> None:
    """Read raw dumps of news pages: list, show, search and split their articles.

    A DUMP is a path, a directory of dumps, a URL, or - for standard input. gzip, bzip2, xz and zstd
    are recognised. On a terminal, commands draw tables and pages; in a pipe, they print one record
    per line.
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
        from .hints import of_usage_error

        raise UsageError("", of_usage_error(error, arguments)) from error
    finally:
        sys.stdout = stdout
    return code, printed.getvalue()
