"""What a call that makes no sense was meant to be: answers to habits from other programs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import typer

from ..errors import UsageError, meant
from .app import COMMANDS
from .help import names_of
from .options import UNIQUE
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

OF_ANY_COMMAND = {
    "--count": "'corpuscli stats --fields articles' counts them",
    "--csv": "write --format csv, or -o FILE.csv",
    "--head": "--limit N takes the first N",
    "--ignore-case": "a pattern that begins with (?i) ignores case",
    "-i": "a pattern that begins with (?i) ignores case",
    "--jq": "write --json, and pipe to jq",
    "--jsonl": "write --format jsonl, or -o FILE.jsonl",
    "--max-count": "--limit N takes the first N",
    "--order": "--sort FIELD sorts",
    "--order-by": "--sort FIELD sorts",
    "--parquet": "write -o FILE.parquet",
    "--tail": "--reverse --limit N takes the last N",
    "--top": "--limit N takes the first N",
    "--tsv": "write --format tsv, or -o FILE.tsv",
    "--version": "write corpuscli --version, without a command",
    "--where": "--title, --since and --until choose articles; 'corpuscli grep' searches them",
    "-V": "the version is: corpuscli --version",
}
"""What to write for options that other programs have, whatever the command."""

OTHER_OPTIONS = {
    ("", "-V"): "write --version",
    ("", "-v"): "write --version",
    ("check", "--code"): "--ignore CODE leaves one out; --explain CODE explains one",
    ("dedupe-captions", "--dry-run"): "--report says what would be deleted",
    ("dedupe-captions", "-n"): "--report says what would be deleted",
    ("dedupe-captions", "-i"): "write --in-place, with --backup .bak to keep the old file",
    ("diff", "-u"): "--text shows what changed in the texts",
    ("grep", "-a"): "every dump is read as text",
    ("grep", "-x"): "write ^ before the pattern and $ after it",
    ("grep", "--include"): "name the dumps: 'dumps/*.txt'",
    ("show", "-n"): "write the numbers: corpuscli show 1-3 DUMP",
    ("show", "--limit"): "write the numbers: corpuscli show 1-3 DUMP",
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
        fields = "; --fields chooses fields" if option == "--json" else ""
        return f"{option} takes no value{fields}"
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
        number = option.lstrip("-")
        if name == "grep" and number.isdigit():
            return f"unknown option {option}; -C {number} prints {number} paragraphs around a match"
        if number.isdigit() and "--limit" in _names(context):
            return f"unknown option {option}; --limit {number} takes the first {number}"
        return f"unknown option {option}; put ./ before a file name that begins with -"
    if hint := OTHER_OPTIONS.get((name, option)) or OF_ANY_COMMAND.get(option):
        return f"unknown option {option}; {hint}"
    near = _meant(option, context)
    return f"unknown option {option}{near}; see '{command} --help'"


def _too_early(option: str, context: Any, arguments: Sequence[str]) -> str:
    """Return what to say of an unknown option before the command."""
    place = next((n for n, word in enumerate(arguments) if word in COMMANDS), None)
    if place is None and (hint := OTHER_OPTIONS.get(("", option))):
        return f"unknown option {option}; {hint}"
    if place is None:
        return f"unknown option {option}{_meant(option, context)}; see 'corpuscli --help'"
    words = [arguments[place], *arguments[:place], *arguments[place + 1 :]]
    call = " ".join(map(quoted, words))
    return f"{option} comes after the command: corpuscli {call}"


def _names(context: Any) -> list[str]:
    """Return the names of a command's options."""
    return [
        name for parameter in context.command.get_params(context) for name in names_of(parameter)
    ]


def _meant(option: str, context: Any) -> str:
    """Return which option may be meant; the dashes that all have make none like another."""
    known = [name[2:] for name in _names(context) if name.startswith("--")]
    near = meant(option.lstrip("-"), known, like=0.7) if len(option) > 3 else ""
    return near.replace("mean '", "mean '--")


def refuse_stray_value(command: str, words: Sequence[str]) -> None:
    """Raise UsageError if a word is not there as a dump, but the value of the option before it.

    gh's `--json title,number` chooses fields, and `--unique` takes its value behind `=`. Where the
    first argument is not a dump, a single word may be it.
    """
    from .candidates import fields_of

    has_other = command in ("grep", "show")
    for option, word in pairwise(words):
        if word.startswith("-") or os.path.exists(word):
            continue
        if option == "--unique" and word in UNIQUE:
            raise UsageError("", f"--unique takes its value behind =; write --unique={word}")
        names = word.split(",")
        is_other = has_other and len(names) == 1
        if option == "--json" and not is_other and {*names} <= {*fields_of(command, "fields")}:
            raise UsageError(
                "", f"{word}: no such file; --fields chooses fields: --fields {word} --json"
            )


def refuse_pattern_behind_dump(pattern: str, dumps: Sequence[str]) -> None:
    """Raise UsageError if a search names a file as its pattern, and a dump that is not there."""
    if dumps and os.path.isfile(pattern) and not os.path.exists(dumps[0]) and dumps[0] != "-":
        call = " ".join(map(quoted, (dumps[0], pattern, *dumps[1:])))
        raise UsageError(
            "", f"{dumps[0]}: no such file; the pattern comes first: corpuscli grep {call}"
        )
