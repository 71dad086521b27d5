"""Help: `-h` is one screen, `--help` is everything, both in 80 columns at most.

The man pages and the completion of the shells come from the same parameters.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

OWN = "Options"
OTHER = "Other"

WIDEST = 26
"""Columns of an option that its description can be beside; it is below a longer one."""

USUAL = "since title limit sort fields format json to_file quiet no_pager"
"""The options that `-h` shows of a command that does not name its own."""

Rows = list[tuple[str, str]]


FORMAT_OF = {"show": "text", "split": "jsonl"}
"""What commands print by default that print no table."""

BARE = {"unique": "exact"}
"""The options whose value may be left out, by the names of their parameters, and what it is then.
A value can only follow `=`: the next word is something else."""


class GroupedCommand(TyperCommand):
    """A command whose help shows its options in groups, or the few that people use."""

    common: str = USUAL
    """The names of the parameters in the short help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if "--json" in args or "--unique" in args:
            from .hints import refuse_stray_value

            refuse_stray_value(str(ctx.info_name), args)
        return super().parse_args(ctx, with_values(args, self.get_params(ctx)))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        arguments = [p for p in self.get_params(ctx) if p.param_type_name == "argument"]
        return ["[OPTIONS]", *(str(p.metavar or p.name) for p in arguments)]

    def get_help_option(self, ctx: Any) -> Any:
        return renamed(super().get_help_option(ctx))

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        write_text(formatter, self.help or "")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        write_sections(formatter, sections(self, ctx))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        write_examples(formatter, self.epilog)

    def short_help_text(self, ctx: Any) -> str:
        """Return usage, the common options and two examples."""
        formatter = ctx.make_formatter()
        self.format_usage(ctx, formatter)
        write_text(formatter, (self.help or "").partition("\n\n")[0])
        by_name = {p.name: p for p in self.get_params(ctx) if p.param_type_name != "argument"}
        found = [by_name[name] for name in self.common.split() if name in by_name]
        rows = [(term, first_clause(text)) for term, text in map(_row(ctx), found)]
        write_sections(formatter, {OWN: rows})
        write_examples(formatter, "\n".join((self.epilog or "").splitlines()[:2]))
        write_end(formatter, f"'{ctx.command_path} --help' explains every option.")
        return str(formatter.getvalue())


def _row(ctx: Any) -> Any:
    return lambda parameter: _plain(parameter.get_help_record(ctx))


def _plain(row: tuple[str, str]) -> tuple[str, str]:
    """Return the row of an option without typer's remarks on ranges and plain defaults."""
    term, about = row
    return term, re.sub(r"\s+\[(?:x>=[0-9]+|default: \(?(?:auto|)\)?)\]$", "", about)


def first_clause(about: str) -> str:
    """Return the first clause of a description, which says most of it."""
    return re.split(r"; |: | \(|, a regular|(?<=\.)\s", about, maxsplit=1)[0].rstrip(".:") + "."


def renamed(option: Any) -> Any:
    """Return the option --help, described in our words."""
    if option is not None:
        option.help = "Explain every option."
    return option


def _print_short_help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        command: Any = context.command
        typer.echo(command.short_help_text(context), nl=False)
        raise typer.Exit


ShortHelp = Annotated[
    bool,
    typer.Option(
        "-h",
        is_eager=True,
        callback=_print_short_help,
        help="Show the options that people use most.",
        rich_help_panel=OTHER,
    ),
]


def with_values(words: Sequence[str], parameters: Sequence[Any]) -> list[str]:
    """Return a command line in which the options in `BARE` have a value."""
    by_name = {name: parameter for parameter in parameters for name in names_of(parameter)}
    written: list[str] = []
    is_value = False
    for at, word in enumerate(words):
        if is_value:
            is_value = False
        elif word == "--":
            return [*written, *words[at:]]
        elif word in by_name and by_name[word].name in BARE:
            word = f"{word}={BARE[by_name[word].name]}"
        elif word.startswith("-") and word != "-":
            is_value = _wants_value(word, by_name)
        written.append(word)
    return written


def _wants_value(word: str, by_name: Mapping[str, Any]) -> bool:
    """Return True if the word after an option, or after a group of short ones, is its value."""
    if word.startswith("--"):
        return word in by_name and not by_name[word].is_flag
    for place, letter in enumerate(word[1:], 2):
        option = by_name.get(f"-{letter}")
        if option is not None and not option.is_flag:
            return place == len(word)
    return False


def sections(command: Any, ctx: Any) -> dict[str, Rows]:
    """Return the parameters of a command as they are written and what they mean, by group.

    The command's own come first, those that every command has come last.
    """
    found: dict[str, Rows] = {"Arguments": [], OWN: []}
    for parameter in command.get_params(ctx):
        row = parameter.get_help_record(ctx)
        if row is None:
            continue
        row = _plain(row)
        if parameter.param_type_name == "argument":
            group = "Arguments"
            # As it is written: typer's releases differ in the brackets they add.
            row = (parameter.metavar or row[0], row[1])
        else:
            group = OTHER if parameter.name == "help" else parameter.rich_help_panel or OWN
            if parameter.name in ("fields", "sort"):
                row = (row[0], _with_fields(row[1], ctx.info_name or "", parameter.name))
            if parameter.name == "format" and ctx.info_name in FORMAT_OF:
                formats = row[1].partition("; ")[0]
                row = (row[0], f"{formats}; by default {FORMAT_OF[ctx.info_name]}.")
        found.setdefault(group, []).append(row)
    found[OTHER] = found.pop(OTHER, [])
    return {group: rows for group, rows in found.items() if rows}


def _with_fields(about: str, command: str, option: str) -> str:
    """Return the description of an option that takes fields, with their names."""
    from .candidates import fields_of

    names = ", ".join(fields_of(command, option))
    if not names:
        return about
    first, semicolon, rest = about.rstrip(".").partition("; ")
    return f"{first}: {names}{semicolon}{rest}."


def names_of(parameter: Any) -> list[str]:
    """Return the names of an option on the command line; an empty list for an argument."""
    if parameter.param_type_name == "argument":
        return []
    return [*parameter.opts, *parameter.secondary_opts]


def write_sections(formatter: Any, groups: dict[str, Rows]) -> None:
    """Write groups below one another, their second columns aligned."""
    terms = [term for rows in groups.values() for term, _ in rows]
    width = max((len(term) for term in terms if len(term) <= WIDEST), default=0)
    for group, rows in groups.items():
        if not rows:
            continue
        with formatter.section(group):
            for term, about in rows:
                formatter.write(_row_of(term, about, width, formatter.width))


def _row_of(term: str, about: str, width: int, screen: int) -> str:
    """Return an option and its description beside it, or below it if there is no room."""
    space = " " * (width + 4)
    lines = _wrapped(about, screen, space)
    if len(term) <= width:
        lines[0] = f"  {term.ljust(width)}  {lines[0].lstrip()}"
    else:
        lines.insert(0, f"  {term}")
    return "".join(f"{line}\n" for line in lines)


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    """Return text in lines of that width; no word is broken."""
    return textwrap.wrap(
        " ".join(text.split()),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def write_text(formatter: Any, text: str) -> None:
    """Write the paragraphs of a description."""
    for paragraph in text.split("\n\n"):
        lines = _wrapped(paragraph, formatter.width, "  ")
        formatter.write("\n" + "".join(f"{line}\n" for line in lines))


def write_end(formatter: Any, text: str) -> None:
    """Write the last lines of a short help."""
    formatter.write("".join(f"{line}\n" for line in _wrapped(text, formatter.width, "")))


def write_examples(formatter: Any, epilog: str | None) -> None:
    """Write examples, which a narrow screen gets on several lines that a shell reads as one."""
    with formatter.section("Examples"):
        for example in (epilog or "").splitlines():
            formatter.write("".join(f"  {line}\n" for line in _folded(example, formatter.width)))


def _folded(example: str, width: int) -> list[str]:
    """Return an example in lines of that width, with its remark above it if it needs several."""
    if len(example) + 2 <= width:
        return [example]
    call, *remark = re.split(r" {3,}", example)
    lines = textwrap.wrap(
        call,
        width - 4,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    folded = [f"{line} \\" for line in lines[:-1]] + lines[-1:]
    return [*(f"# {text}" for text in remark), *folded]


def examples_of(*examples: str) -> str:
    """Return examples as the end of a help text."""
    return "\n".join(examples)


def with_bold_headings(text: str) -> str:
    """Return a help text with its headings in bold, for a terminal."""
    return re.sub(r"^(Usage:|[A-Z][^\n:]*:$)", "\x1b[1m\\1\x1b[0m", text, flags=re.MULTILINE)
