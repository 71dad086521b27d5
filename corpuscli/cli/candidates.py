"""List what the word at the cursor may be, for shells to offer when Tab is pressed.

Options come from the commands themselves; this file knows the values of some of them. Nothing is
read: no dump, no configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import typer
from typer.main import get_command

from ..output import FORMATS
from ..reader.layouts import BUILT_IN
from ..records import differences, duplicates, figures
from ..records.codes import CODES
from ..records.fields import (
    ARTICLE,
    COUNT,
    DUPLICATE,
    EXPLANATION,
    LAYOUT,
    MATCH,
    PROBLEM,
    SETTING,
    TOTALS,
    WRITTEN,
    Field,
)
from ..records.schema import SHAPES
from ..search.query import FIELDS
from .completion import SHELLS
from .defaults import COLORS
from .help import BARE, names_of
from .options import UNIQUE
from .split import CONTENTS, PARTITIONS
from .stats import GROUPS


class Candidate(NamedTuple):
    """A word, or the end of one, and what it means."""

    value: str
    about: str = ""


class Offer(NamedTuple):
    """The candidates; without any, the shell may offer files."""

    candidates: Sequence[Candidate]
    goes_on: bool = False
    """True if more may follow in the same word."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A command line as written so far, before the word that is being completed."""

    command: str
    given: frozenset[str]
    """The names of the parameters that are given."""
    arguments: tuple[str, ...]
    pending: Any
    """The option that the next word is the value of, if it is one's."""
    no_options: bool
    """True after `--`."""


def offer(app: typer.Typer, commands: Sequence[str], words: Sequence[str]) -> Offer:
    """Return what may replace the last of `words`, the words after the program's name."""
    before, word = _joined(words)
    root = get_command(app)
    context = typer.Context(root)
    name = next((one for one in before if not one.startswith("-")), None)
    if name is None:
        if word.startswith("-"):
            return Offer(_that_begin(word, _options(root, context)))
        abouts = ((one, root.get_command(context, one).get_short_help_str(60)) for one in commands)  # type: ignore[attr-defined]
        return Offer(_that_begin(word, (Candidate(*pair) for pair in abouts)))
    if name not in commands:
        return Offer([])
    command: Any = root.get_command(context, name)  # type: ignore[attr-defined]
    parameters = command.get_params(context)
    line = _parse(name, parameters, before[before.index(name) + 1 :])
    if line.pending is not None:
        return _values(line, line.pending.name, word)
    if word.startswith("-") and not line.no_options:
        option, equals, value = word.partition("=")
        if not equals:
            return Offer(_that_begin(word, _options(command, context)))
        owner = next((p for p in parameters if option in names_of(p)), None)
        found = _values(line, owner.name if owner else "", value)
        whole = [Candidate(f"{option}={one}", about) for one, about in found.candidates]
        return Offer(whole, found.goes_on)
    return Offer(_that_begin(word, _arguments(line)))


def _joined(words: Sequence[str]) -> tuple[list[str], str]:
    """Return the words before the last, and the last.

    An `=` that bash made a word of its own is left out.
    """
    *before, word = words or [""]
    if word == "=":
        word = ""
    return [one for one in before if one != "="], word


def _parse(command: str, parameters: Iterable[Any], words: Sequence[str]) -> _Line:
    by_name = {name: p for p in parameters for name in names_of(p)}
    given: set[str] = set()
    arguments: list[str] = []
    pending = None
    for at, word in enumerate(words):
        if pending is not None:
            pending = None
        elif word == "--":
            rest = tuple(words[at + 1 :])
            return _Line(command, frozenset(given), (*arguments, *rest), None, True)
        elif word.startswith("--"):
            option, equals, _ = word.partition("=")
            pending = _note(by_name.get(option), given)
            pending = None if equals else pending
        elif word.startswith("-") and word != "-":
            for place, letter in enumerate(word[1:], 2):
                if pending := _note(by_name.get(f"-{letter}"), given):
                    # What is left of the word is its value.
                    pending = pending if place == len(word) else None
                    break
        else:
            arguments.append(word)
    return _Line(command, frozenset(given), tuple(arguments), pending, False)


def _note(option: Any, given: set[str]) -> Any:
    """Remember an option; gives it back if it takes a value."""
    if option is None:
        return None
    given.add(option.name)
    return None if option.is_flag or option.name in BARE else option


def _options(command: Any, context: Any) -> Iterable[Candidate]:
    for parameter in command.get_params(context):
        for name in names_of(parameter):
            if not parameter.hidden:
                yield Candidate(name, parameter.help or "")


def _that_begin(word: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    return [one for one in candidates if one.value.startswith(word)]


def _values(line: _Line, option: str, word: str) -> Offer:
    """Return what the value of an option may be."""
    candidates = VALUES[option](line) if option in VALUES else ()
    if option != "fields":
        return Offer(_that_begin(word, candidates))
    done, comma, _ = word.rpartition(",")
    used = done.split(",")
    rest = (Candidate(done + comma + one, about) for one, about in candidates if one not in used)
    return Offer(_that_begin(word, rest), goes_on=True)


def _arguments(line: _Line) -> Iterable[Candidate]:
    """Return what the next argument may be, where that is known."""
    if line.command == "layouts":
        return _plain(("show",) if not line.arguments else BUILT_IN)
    if not line.arguments:
        if line.command == "schema":
            return [Candidate(name, shape.about) for name, shape in SHAPES.items()]
        if line.command == "completion":
            return _plain(SHELLS)
        if line.command == "show":
            return [Candidate("first", "the first article"), Candidate("last", "the last article")]
    return ()


def _plain(values: Iterable[str]) -> list[Candidate]:
    return [Candidate(value) for value in values]


def _fields(line: _Line) -> list[Candidate]:
    """Return the fields of what the command, as written so far, prints."""
    if line.command == "schema":
        shape = SHAPES.get(line.arguments[0]) if line.arguments else None
        return [Candidate(n, about) for n, (_, about) in shape.fields.items()] if shape else []
    return [Candidate(field.name, field.about) for field in _record(line)]


def _record(line: _Line) -> Sequence[Field[Any]]:
    if line.command == "grep" and not {"invert", "list_only"} & line.given:
        return COUNT if "count" in line.given else MATCH
    if line.command == "split" and "output" in line.given:
        return WRITTEN
    if line.command == "check" and {"totals", "explain"} & line.given:
        return TOTALS if "totals" in line.given else EXPLANATION
    if line.command == "duplicates" and {"pairs", "text"} & line.given:
        return duplicates.PAIR if "pairs" in line.given else differences.DIFFERENCE
    return _RECORDS.get(line.command, ARTICLE)


_RECORDS: dict[str, Sequence[Field[Any]]] = {
    "dedupe-captions": DUPLICATE,
    "check": PROBLEM,
    "layouts": LAYOUT,
    "config": SETTING,
    "stats": figures.STATS,
    "diff": differences.DIFFERENCE,
    "duplicates": duplicates.MEMBER,
}
"""What a command prints, unless its options say otherwise or it is articles."""


def _sorts(line: _Line) -> list[Candidate]:
    fields: list[Field[Any]] = [*ARTICLE]
    if line.command == "grep" and "count" in line.given:
        fields += (field for field in COUNT if field.name == "count")
    return [Candidate(f.name, f.about) for f in fields if f.schema["type"] != "array"]


def _codes(line: _Line) -> list[Candidate]:
    return [Candidate(code.name, code.meaning) for code in CODES]


ENCODINGS = (
    "auto", "utf-8", "utf-16", "utf-32", "windows-1250", "windows-1251", "windows-1252",
    "windows-1256", "iso-8859-1", "iso-8859-6", "iso-8859-15", "koi8-r", "gb18030", "big5",
    "shift_jis", "euc-kr",
)  # fmt: skip
"""Those that dumps are likely to have; --encoding takes many more."""

VALUES: dict[str, Callable[[_Line], Iterable[Candidate]]] = {
    "format": lambda line: _plain(FORMATS),
    "color": lambda line: _plain(COLORS),
    "layout": lambda line: _plain(("auto", *BUILT_IN)),
    "encoding": lambda line: _plain(ENCODINGS),
    "fields": _fields,
    "sort": _sorts,
    "fields_in": lambda line: _plain(FIELDS),
    "content": lambda line: _plain(CONTENTS),
    "partition_by": lambda line: _plain(PARTITIONS[:1]),
    "ignore": _codes,
    "unique": lambda line: _plain(UNIQUE),
    "group_by": lambda line: _plain(GROUPS),
    "explain": lambda line: [Candidate("all", "all of them"), *_codes(line)],
}
"""The values of options, by the names of their parameters."""


def fields_of(command: str, option: str) -> list[str]:
    """Return the names of the fields that an option of a command takes, unless others say more."""
    line = _Line(command, frozenset(), (), None, False)
    if option == "sort":
        return [candidate.value for candidate in _sorts(line)]
    if command == "schema":
        return []
    return [field.name for field in _record(line)]
