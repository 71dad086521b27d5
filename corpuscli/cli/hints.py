"""What a call that makes no sense was meant to be: answers to habits from other programs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from ..errors import UsageError, meant
from .app import COMMANDS
from .help import names_of
from .quoting import quoted

OTHER_NAMES = {
    "search": "grep",
    "find": "grep",
    "rg": "grep",
    "cat": "show",
    "view": "show",
    "read": "show",
    "print": "show",
    "ls": "list",
    "count": "stats --fields articles",
    "wc": "stats --fields articles",
    "export": "split",
    "convert": "split",
    "dedupe": "dedupe-captions",
    "dedup": "dedupe-captions",
    "validate": "check",
    "lint": "check",
    "version": "--version",
}
"""Commands of other programs, and what they are here."""

OTHER_OPTIONS = {
    ("grep", "-n"): "every row has its line already; --fields line,text prints only that",
    ("grep", "--line-number"): "every row has its line already",
    ("grep", "-r"): "a directory means all dumps below it",
    ("grep", "-R"): "a directory means all dumps below it",
    ("grep", "--recursive"): "a directory means all dumps below it",
    ("grep", "-L"): "-v lists the articles without a match",
    ("grep", "--files-without-match"): "-v lists the articles without a match",
    ("grep", "-E"): "every pattern is an extended regular expression",
    ("grep", "-P"): "every pattern is a regular expression with Unicode classes",
    ("list", "-n"): "--limit N lists the first N articles",
    ("list", "-r"): "--reverse lists the last article first",
    ("list", "-l"): "-o FILE or --json give all fields",
    ("split", "-n"): "--limit N takes the first N articles",
    ("split", "-f"): "--force replaces existing files, --format chooses the format",
}
"""What to write for options of other programs, by command and option."""


def of_command(name: str, rest: Sequence[str]) -> str:
    """Return what to write for a command that does not exist, as the end of a sentence."""
    words = " ".join(map(quoted, rest))
    if name in OTHER_NAMES:
        call = OTHER_NAMES[name]
        return f"; use: {f'corpuscli {call} {words}'.rstrip()}"
    if near := meant(name, COMMANDS):
        return f"{near}; see 'corpuscli --help'"
    if os.path.exists(name):
        return f"; the command comes first: corpuscli list {quoted(name)}"
    return "; see 'corpuscli --help'"


def of_usage_error(error: Any, arguments: Sequence[str]) -> str:
    """Return typer's usage error in our words, in one line that says what to do."""
    context = getattr(error, "ctx", None)
    command = context.command_path.split(" {")[0] if context else "corpuscli"
    kind = type(error).__name__
    option = _option(error)
    if context is None and arguments and arguments[0] in COMMANDS:
        context = _context_of(arguments[0])
        command = f"corpuscli {arguments[0]}"
    if kind == "NoSuchOption":
        return _unknown(error.option_name, context, command, arguments)
    if kind == "BadOptionUsage" and "requires" in error.message:
        return f"{option} needs a value: {option} {_metavar(context, option)}"
    if kind == "BadOptionUsage":
        return f"{option} takes no value"
    if kind == "MissingParameter":
        pieces = context.command.collect_usage_pieces(context) if context else [""]
        usage = " ".join(pieces[1:])
        return f"{error.param.metavar or error.param.name} is missing: {command} {usage}"
    message = " ".join(error.message.split()).rstrip(".")
    if kind == "BadParameter" and error.param is not None:
        return f"{option}: {_value(message, error.param)}; see '{command} --help'"
    if message.startswith("Got unexpected extra argument"):
        words = message[message.rindex("(") + 1 :].rstrip(")")
        return f"unexpected argument: {words}; see '{command} --help'"
    return f"{message}; see '{command} --help'"


def _context_of(name: str) -> Any:
    """Return the context of a command: an error of the parser does not always say it."""
    from typer.main import get_command

    from .group import app

    root: Any = get_command(app)
    context: Any = typer.Context(root, info_name="corpuscli")
    return typer.Context(root.get_command(context, name), info_name=name, parent=context)


def _option(error: Any) -> str:
    """Return the name of the option that an error is about."""
    if name := getattr(error, "option_name", None):
        return str(name)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    return max(names_of(parameter), key=len, default="") or str(parameter.metavar or "")


def _metavar(context: Any, option: str) -> str:
    for parameter in context.command.get_params(context) if context else ():
        if option in names_of(parameter):
            return str(parameter.metavar or parameter.name.upper())
    return "VALUE"


def _value(message: str, parameter: Any) -> str:
    """Return what is wrong with the value of an option."""
    if "is not in the range" in message:
        least = getattr(parameter.type, "min", 0)
        return f"{message.split()[0]} is too small; write {least} or more"
    if "valid int" in message:
        return f"{message.split(' is not')[0]} is not a whole number"
    if "valid float" in message:
        return f"{message.split(' is not')[0]} is not a number such as 0.8"
    return message


def _unknown(option: str, context: Any, command: str, arguments: Sequence[str]) -> str:
    """Return what to say of an option that does not exist."""
    name = command.removeprefix("corpuscli").strip()
    if not name:
        return _too_early(option, context, arguments)
    if option[1:2].isdigit() or option[2:3].isdigit():
        if name == "show":
            return f"unknown option {option}; last is the last article, last-1 the one before it"
        return f"unknown option {option}; put ./ before a file name that begins with -"
    if hint := OTHER_OPTIONS.get((name, option)):
        return f"unknown option {option}; {hint}"
    near = _meant(option, context)
    return f"unknown option {option}{near}; see '{command} --help'"


def _too_early(option: str, context: Any, arguments: Sequence[str]) -> str:
    """Return what to say of an unknown option before the command."""
    place = next((n for n, word in enumerate(arguments) if word in COMMANDS), None)
    if place is None:
        return f"unknown option {option}{_meant(option, context)}; see 'corpuscli --help'"
    words = [arguments[place], *arguments[:place], *arguments[place + 1 :]]
    call = " ".join(map(quoted, words))
    return f"{option} comes after the command: corpuscli {call}"


def _meant(option: str, context: Any) -> str:
    known: Iterable[str] = (
        name for parameter in context.command.get_params(context) for name in names_of(parameter)
    )
    return meant(option, known)


def refuse_pattern_behind_dump(pattern: str, dumps: Sequence[str]) -> None:
    """Raise UsageError if a search names a file as its pattern, and a dump that is not there."""
    if dumps and os.path.isfile(pattern) and not os.path.exists(dumps[0]) and dumps[0] != "-":
        call = " ".join(map(quoted, (dumps[0], pattern, *dumps[1:])))
        raise UsageError(
            "", f"{dumps[0]}: no such file; the pattern comes first: corpuscli grep {call}"
        )
