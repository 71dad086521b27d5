"""The options that commands share, in groups, and how a command takes a group of them.

A group is a dataclass whose fields are options. A command with a parameter of such a type, made
with `command`, has all options of the group on its command line and gets them as one value.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from typing import Annotated, Any, get_type_hints

import typer

from ..errors import UsageError
from ..output import FORMATS

READING = "How dumps are read"
PRINTING = "How results are printed"
CHOOSING = "Which articles"

COLORS = ("auto", "always", "never")


def one_of(*values: str) -> Callable[[str | None], str | None]:
    """A callback that refuses a value that is none of these."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in values:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(values)}")
        return value

    return check


Dumps = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DUMP]...", show_default=False, help="Paths, or - for standard input."),
]


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How dumps are read."""

    layout: Annotated[
        str,
        typer.Option(
            metavar="auto|NAME|FILE.toml",
            help="How articles are told apart; see 'corpuscli layouts'.",
            rich_help_panel=READING,
        ),
    ] = "auto"
    encoding: Annotated[
        str,
        typer.Option(
            metavar="auto|NAME", help="The encoding of the dumps.", rich_help_panel=READING
        ),
    ] = "auto"
    jobs: Annotated[
        int | None,
        typer.Option(
            "-j",
            "--jobs",
            metavar="N",
            min=1,
            help="Processes to use, at most; by default as many as there are cores.",
            rich_help_panel=READING,
        ),
    ] = None
    shard_size: Annotated[
        int | None,
        typer.Option(
            metavar="BYTES",
            min=1,
            help="Bytes of a dump read at a time; any value gives the same output.",
            rich_help_panel=READING,
        ),
    ] = None
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", help="Say on stderr what was chosen and done.", rich_help_panel=READING
        ),
    ] = False


Quiet = Annotated[
    bool,
    typer.Option("-q", "--quiet", help="Say nothing on stderr but errors."),
]


@dataclass(frozen=True, slots=True)
class PrintingOptions:
    """How records are printed."""

    format: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(FORMATS),
            callback=one_of(*FORMATS),
            help="Print records so; by default a table on a terminal, tsv in a pipe (show: text, "
            "split: jsonl).",
            rich_help_panel=PRINTING,
        ),
    ] = None
    json: Annotated[
        bool, typer.Option("--json", help="Same as --format json.", rich_help_panel=PRINTING)
    ] = False
    fields: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,C",
            help="The fields to print, in this order.",
            rich_help_panel=PRINTING,
        ),
    ] = None
    header: Annotated[
        bool | None,
        typer.Option(
            "--header/--no-header",
            help="Print the names of the fields first, or do not; csv and tables do by default.",
            rich_help_panel=PRINTING,
        ),
    ] = None
    color: Annotated[
        str,
        typer.Option(
            metavar="|".join(COLORS),
            callback=one_of(*COLORS),
            help="Colour; auto is on terminals.",
            rich_help_panel=PRINTING,
        ),
    ] = "auto"

    @property
    def asked_format(self) -> str | None:
        """The format asked for, if one was; raises UsageError if two were."""
        if self.json and self.format not in (None, "json"):
            raise UsageError("", f"--json and --format {self.format} contradict each other")
        return "json" if self.json else self.format

    @property
    def asked_fields(self) -> Sequence[str] | None:
        """The fields asked for, if any were; raises UsageError if none is named."""
        if self.fields is None:
            return None
        names = [name.strip() for name in self.fields.split(",") if name.strip()]
        if not names:
            raise UsageError("", "--fields names no field")
        return names

    def with_default(self, name: str) -> PrintingOptions:
        """The same, but with this format where none was asked for."""
        return self if self.asked_format else replace(self, format=name)

    @property
    def wants_records(self) -> bool:
        """True if records were asked for, by their format or their fields."""
        return self.asked_format is not None or self.asked_fields is not None


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """Which articles."""

    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="With a photo date not before this day, month or year.",
            rich_help_panel=CHOOSING,
        ),
    ] = None
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="With a photo date not after this day, month or year.",
            rich_help_panel=CHOOSING,
        ),
    ] = None
    title: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            help="With a title that matches this regular expression.",
            rich_help_panel=CHOOSING,
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class ChoosingOptions(FilterOptions):
    """Which articles, and in which order."""

    unique: Annotated[
        bool,
        typer.Option(
            "--unique",
            help="Only the first article with an id; takes 100 bytes of memory an article.",
            rich_help_panel=CHOOSING,
        ),
    ] = False
    sort: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD",
            help="In the order of this field; takes 300 bytes of memory an article and room "
            "for the output in a temporary file, unless --limit is small.",
            rich_help_panel=CHOOSING,
        ),
    ] = None
    reverse: Annotated[
        bool,
        typer.Option("--reverse", help="In reverse order; as --sort.", rich_help_panel=CHOOSING),
    ] = False
    limit: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=0, help="At most so many articles.", rich_help_panel=CHOOSING
        ),
    ] = None


def command(app: typer.Typer, *examples: str) -> Callable[[Callable[..., int]], None]:
    """Make a function the command of `app`, its groups of options spread out.

    The examples stand at the end of its help.
    """

    def register(function: Callable[..., int]) -> None:
        hints = get_type_hints(function, include_extras=True)
        groups = {name: hint for name, hint in hints.items() if is_dataclass(hint)}
        parameters: list[inspect.Parameter] = []
        for name, parameter in inspect.signature(function).parameters.items():
            if name in groups:
                parameters += _spread(groups[name])
            else:
                parameters.append(parameter.replace(annotation=hints[name], kind=_KEYWORD))

        def run(**options: Any) -> int:
            for name, group in groups.items():
                options[name] = _new(group, options)
            return function(**options)

        run.__doc__ = function.__doc__
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        app.command(epilog=examples_of(*examples))(run)

    return register


def examples_of(*examples: str) -> str:
    """The end of a help text; the first line keeps typer from filling the lines."""
    return "\n".join(["\b", "Examples:", *(f"  {example}" for example in examples)])


_KEYWORD = inspect.Parameter.KEYWORD_ONLY


def _new(group: Any, options: dict[str, Any]) -> Any:
    """A value of the group, its fields taken out of `options`."""
    return group(**{field.name: options.pop(field.name) for field in fields(group)})


def _spread(group: Any) -> list[inspect.Parameter]:
    """The fields of a group as parameters."""
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            _KEYWORD,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(group)
    ]
