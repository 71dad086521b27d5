"""`--help`: the options in groups, in 80 columns, and examples.

The man pages and the completion of the shells come from the same parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typer.core import TyperCommand

OWN = "Options"
OTHER = "Other"

WIDEST = 26
"""Columns of an option that its description stands beside; it stands below a longer one."""


BARE = {"unique": "exact"}
"""The options whose value may be left out, by the names of their parameters, and what it is then.
A value can only follow `=`: the next word is something else."""


class GroupedCommand(TyperCommand):
    """A command whose help shows its options in groups."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, with_values(args, self.get_params(ctx)))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        arguments = [p for p in self.get_params(ctx) if p.param_type_name == "argument"]
        return ["[OPTIONS]", *(str(p.metavar or p.name) for p in arguments)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        write_sections(formatter, sections(self, ctx))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        write_examples(formatter, self.epilog)


Rows = list[tuple[str, str]]


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
    """True if the word after an option, or some of one letter each, is its value."""
    if word.startswith("--"):
        return word in by_name and not by_name[word].is_flag
    for place, letter in enumerate(word[1:], 2):
        option = by_name.get(f"-{letter}")
        if option is not None and not option.is_flag:
            return place == len(word)
    return False


def sections(command: Any, ctx: Any) -> dict[str, Rows]:
    """The parameters of a command as they are written and what they mean, by group.

    The command's own come first, those that every command has come last.
    """
    found: dict[str, Rows] = {"Arguments": [], OWN: []}
    for parameter in command.get_params(ctx):
        row = parameter.get_help_record(ctx)
        if row is None:
            continue
        if parameter.param_type_name == "argument":
            group = "Arguments"
            # As it is written: typer's releases differ in the brackets they add.
            row = (parameter.metavar or row[0], row[1])
        else:
            group = OTHER if parameter.name == "help" else parameter.rich_help_panel or OWN
        found.setdefault(group, []).append(row)
    found[OTHER] = found.pop(OTHER, [])
    return {group: rows for group, rows in found.items() if rows}


def names_of(parameter: Any) -> list[str]:
    """What an option may be called on the command line; nothing for an argument."""
    if parameter.param_type_name == "argument":
        return []
    return [*parameter.opts, *parameter.secondary_opts]


def write_sections(formatter: Any, groups: dict[str, Rows]) -> None:
    """Write groups below one another, their second columns aligned."""
    terms = [term for rows in groups.values() for term, _ in rows]
    width = max((len(term) for term in terms if len(term) <= WIDEST), default=0)
    for group, rows in groups.items():
        with formatter.section(group):
            formatter.write_dl([(term.ljust(width), about) for term, about in rows], col_max=width)


def write_examples(formatter: Any, epilog: str | None) -> None:
    with formatter.section("Examples"):
        for example in (epilog or "").splitlines():
            formatter.write(f"  {example}\n")


def examples_of(*examples: str) -> str:
    """Examples as the end of a help text."""
    return "\n".join(examples)
