"""The options that commands share, in groups, and how a command takes a group of them.

A group is a class whose annotations are options. A command with a parameter of such a type, made
with `command`, has all options of the group on its command line and gets them as one value.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from ..config.settings import Settings, load_settings
from ..errors import UsageError, meant
from ..output import FORMATS
from ..output.endings import ENDINGS, format_of
from .defaults import CHECKS, COLORS
from .help import OTHER, USUAL, GroupedCommand, ShortHelp, examples_of

if TYPE_CHECKING:
    from typing import Self

UNIQUE = ("exact", "near")
"""What --unique takes; without a value it is the first."""

READING = "How dumps are read"
PRINTING = "How results are printed"
CHOOSING = "Which articles"

NO_CONFIG = "corpuscli.no_config"
"""The key of the context's notes under which --no-config before the command is remembered."""


def one_of(*values: str) -> Callable[[str | None], str | None]:
    """Return a callback that rejects a value that is not one of these."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in values:
            near = meant(value, values)
            raise typer.BadParameter(f"{value!r} is not one of {', '.join(values)}{near}")
        return value

    return check


def one_at_most(**given: bool) -> None:
    """Raise UsageError if more than one of these is true; `o` stands for -o, `no_pager` for itself.

    What would win otherwise is for the user to say.
    """
    names = [name.replace("_", "-") for name, is_given in given.items() if is_given]
    if len(names) > 1:
        first, second = (f"-{name}" if len(name) == 1 else f"--{name}" for name in names[:2])
        raise UsageError("", f"{first} and {second} cannot be used together")


class Group:
    """Options that belong together; those that are not given have their defaults.

    A dataclass would do the same, but takes longer to create than a small dump takes to list.
    """

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)

    def but(self, **changes: Any) -> Self:
        """Return the same options with these changes."""
        return type(self)(**{**self.__dict__, **changes})


Dumps = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[DUMP]...",
        show_default=False,
        help="Paths, directories, URLs, or - for standard input.",
    ),
]


class ReadingOptions(Group):
    """How dumps are read."""

    layout: Annotated[
        str,
        typer.Option(
            metavar="NAME|FILE",
            help="How to tell articles apart: auto, a name from 'corpuscli layouts', or FILE.toml.",
            rich_help_panel=READING,
        ),
    ] = "auto"
    encoding: Annotated[
        str,
        typer.Option(
            metavar="auto|NAME", help="The encoding of the dumps.", rich_help_panel=READING
        ),
    ] = "auto"
    files_from: Annotated[
        str | None,
        typer.Option(
            "--files-from",
            metavar="FILE",
            help="Also read the dumps listed in FILE, one per line or NUL-separated; - for "
            "standard input.",
            rich_help_panel=READING,
        ),
    ] = None
    jobs: Annotated[
        int | None,
        typer.Option(
            "-j",
            "--jobs",
            metavar="N",
            min=1,
            help="Use at most N processes; by default one per core.",
            rich_help_panel=READING,
        ),
    ] = None
    shard_size: Annotated[
        int | None,
        typer.Option(
            metavar="BYTES",
            min=1,
            help="Read BYTES of a dump at a time; any value gives the same output.",
            rich_help_panel=READING,
        ),
    ] = None
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Use the workers of this Dask scheduler: tcp://HOST:8786.",
            rich_help_panel=READING,
        ),
    ] = None
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            help="Print more on stderr, such as the layout and encoding used.",
            rich_help_panel=READING,
        ),
    ] = False
    notes: tuple[str, ...] = ()
    """What to tell the user: a layout or an encoding that no option names."""


Quiet = Annotated[
    bool,
    typer.Option(
        "-q",
        "--quiet",
        help="Print no notes on stderr; if the exit code or a file is the answer, print nothing on "
        "stdout.",
        rich_help_panel=OTHER,
    ),
]

NoConfig = Annotated[
    bool,
    typer.Option(
        "--no-config", help="Ignore corpuscli.toml; see 'corpuscli config'.", rich_help_panel=OTHER
    ),
]


class PrintingOptions(Group):
    """How records are printed."""

    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            callback=one_of(*FORMATS),
            help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}; by default a table on a terminal, "
            "tsv in a pipe.",
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
            help="Print these fields, in this order.",
            rich_help_panel=PRINTING,
        ),
    ] = None
    header: Annotated[
        bool | None,
        typer.Option(
            "--header/--no-header",
            help="Print a header row; csv and tables have one by default.",
            rich_help_panel=PRINTING,
        ),
    ] = None
    empty: Annotated[
        str,
        typer.Option(
            "--empty",
            metavar="TEXT",
            help="Print TEXT for missing values in tsv and csv.",
            rich_help_panel=PRINTING,
        ),
    ] = ""
    color: Annotated[
        str,
        typer.Option(
            metavar="|".join(COLORS),
            callback=one_of(*COLORS),
            help="When to use colour; auto means on a terminal.",
            rich_help_panel=PRINTING,
        ),
    ] = "auto"
    columns: tuple[str, ...] = ()
    """The columns that the user wants to see of articles on a terminal; empty: the usual ones."""
    to_file: str | None = None
    """The file to write, in the format that its ending stands for; None for standard output."""
    no_pager: bool = True
    """True if a long output on a terminal is not shown through a pager."""
    null: bool = False
    """True to end each row with a NUL byte; values are then printed as they are."""
    with_dump: bool | None = None
    """True to print the dump of each row first, False not to; None: only with several dumps."""

    @property
    def asked_format(self) -> str | None:
        """Return the format asked for, if any; raise UsageError if two were."""
        if self.json and self.format not in (None, "json"):
            raise UsageError("", f"--json and --format {self.format} cannot be used together")
        asked = "json" if self.json else self.format
        if self.null:
            if asked not in (None, "tsv"):
                raise UsageError("", f"--null and --format {asked} cannot be used together")
            asked = "tsv"
        by_name = format_of(self.to_file) if self.to_file else None
        if asked and by_name and asked != by_name:
            option = "--json" if self.json else f"--format {asked}"
            raise UsageError("", f"-o {self.to_file} and {option} cannot be used together")
        return asked or by_name

    @property
    def asked_fields(self) -> Sequence[str] | None:
        """Return the fields asked for, if any; raise UsageError if the list is empty."""
        if self.fields is None:
            return None
        names = [name.strip() for name in self.fields.split(",") if name.strip()]
        if not names:
            raise UsageError("", "--fields names no fields")
        return names

    def with_default(self, name: str) -> PrintingOptions:
        """Return the same options, with this format if none was asked for."""
        return self if self.asked_format else self.but(format=name)

    @property
    def wants_records(self) -> bool:
        """Return True if records were asked for, by their format, fields or header."""
        asked = (self.asked_format, self.asked_fields, self.header)
        return any(one is not None for one in asked)


NoPager = Annotated[
    bool,
    typer.Option(
        "--no-pager", help="Do not show long output in a pager.", rich_help_panel=PRINTING
    ),
]


class SavingOptions(PrintingOptions):
    """How records are printed, and into which file."""

    to_file: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help=f"Write to FILE, all of it or nothing; {', '.join(ENDINGS)} set the format.",
            rich_help_panel=PRINTING,
        ),
    ] = None
    no_pager: NoPager = False


Null = Annotated[
    bool,
    typer.Option(
        "-0",
        "--null",
        help="End each row with a NUL byte, for 'xargs -0'; escape nothing.",
        rich_help_panel=PRINTING,
    ),
]

WithDump = Annotated[
    bool | None,
    typer.Option(
        "-H/--no-dump",
        "--with-dump",
        help="Print the dump at the start of each row; the default with several dumps.",
        rich_help_panel=PRINTING,
    ),
]


class ListingOptions(SavingOptions):
    """How records of articles are printed, and into which file."""

    with_dump: WithDump = None


class ArticleOptions(ListingOptions):
    """How a list of articles is printed, and into which file."""

    null: Null = False


class ManifestOptions(PrintingOptions):
    """How a list of written files is printed."""

    with_dump: WithDump = None
    null: Null = False


class FilterOptions(Group):
    """Which articles."""

    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Only articles dated DATE or later: 2024, 2024-03, yesterday, 7d, '2 weeks ago'. "
            "An article without a date of its own has that of its newest photo.",
            rich_help_panel=CHOOSING,
        ),
    ] = None
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Only articles dated DATE or earlier.",
            rich_help_panel=CHOOSING,
        ),
    ] = None
    title: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            help="Only articles whose title matches PATTERN, a regular expression; (?i) at its "
            "start ignores case.",
            rich_help_panel=CHOOSING,
        ),
    ] = None


class ChoosingOptions(FilterOptions):
    """Which articles, and in which order."""

    unique: Annotated[
        str | None,
        typer.Option(
            "--unique",
            metavar="[=exact|near]",
            callback=one_of(*UNIQUE),
            help="Skip articles that are the same as an earlier one (exact, the default), or "
            "nearly the same (near, which reads the dumps twice more). Uses about 100 bytes of "
            "memory per article; near uses 400.",
            rich_help_panel=CHOOSING,
        ),
    ] = None
    sort: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD",
            help="Sort by this field; uses about 300 bytes of memory per article and a temporary "
            "file as large as the output, or less with --limit.",
            rich_help_panel=CHOOSING,
        ),
    ] = None
    reverse: Annotated[
        bool,
        typer.Option("--reverse", help="Reverse the order.", rich_help_panel=CHOOSING),
    ] = False
    limit: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=0, help="Print at most N articles.", rich_help_panel=CHOOSING
        ),
    ] = None


def separated(values: Sequence[str]) -> list[str]:
    """Return the names that several options give, each of which may hold some with commas."""
    return [name.strip() for value in values for name in value.split(",")]


def command(
    app: typer.Typer, *examples: str, common: str = USUAL
) -> Callable[[Callable[..., int]], None]:
    """Make a function the command of `app`, its groups of options spread out.

    The examples are at the end of its help; `common` names the parameters in the short help.
    """

    def register(function: Callable[..., int]) -> None:
        hints = get_type_hints(function, include_extras=True)
        groups = {name: hint for name, hint in hints.items() if _is_group(hint)}
        wants_settings = [name for name, hint in hints.items() if hint == Settings]
        parameters: list[inspect.Parameter] = [
            inspect.Parameter("call", _KEYWORD, annotation=typer.Context)
        ]
        for name, parameter in inspect.signature(function).parameters.items():
            if name in groups:
                parameters += _spread(groups[name])
            elif name not in wants_settings:
                parameters.append(parameter.replace(annotation=hints[name], kind=_KEYWORD))
        parameters.append(
            inspect.Parameter("short_help", _KEYWORD, default=False, annotation=ShortHelp)
        )
        if groups:
            parameters.append(
                inspect.Parameter("no_config", _KEYWORD, default=False, annotation=NoConfig)
            )

        def run(call: typer.Context, **options: Any) -> int:
            if groups:
                without = options.pop("no_config") or call.meta.get(NO_CONFIG, False)
                settings = load_settings(CHECKS, read_file=not without)
                options.update(_defaults(settings, call, options))
                options.update(dict.fromkeys(wants_settings, settings))
            for name, group in groups.items():
                options[name] = _new(group, options)
            for name in ("notes", "columns", "short_help"):
                options.pop(name, None)
            return function(**options)

        run.__doc__ = function.__doc__
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        cls = type("Command", (GroupedCommand,), {"common": common})
        app.command(cls=cls, epilog=examples_of(*examples))(run)

    return register


_KEYWORD = inspect.Parameter.KEYWORD_ONLY


def _defaults(settings: Settings, call: typer.Context, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options with a default set by the user that the command line does not name."""
    if not settings:
        return {}
    chosen: dict[str, Any] = {}
    notes = []
    for name, setting in settings.items():
        if name == "columns":
            chosen[name] = setting.value
            continue
        source = call.get_parameter_source(name)
        if name not in options or source is None or source.name != "DEFAULT":
            continue
        # A script must not find codes in its data because of what its user likes to see.
        if name == "color" and not os.isatty(1):
            continue
        chosen[name] = setting.value
        if name in ("layout", "encoding"):
            notes.append(f"{name} {setting.value}, set by {setting.place}")
    return chosen | {"notes": tuple(notes)}


def _new(group: Any, options: dict[str, Any]) -> Any:
    """Return a value of the group, and take its fields out of `options`."""
    return group(**{name: options.pop(name) for name in _fields(group) if name in options})


def _spread(group: Any) -> list[inspect.Parameter]:
    """Return the fields of a group that are options, as parameters."""
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            name,
            _KEYWORD,
            default=getattr(group, name, inspect.Parameter.empty),
            annotation=hints[name],
        )
        for name in _fields(group)
        if hasattr(hints[name], "__metadata__")
    ]


def _is_group(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, Group)


def _fields(group: type[Group]) -> list[str]:
    """Return the names of a group's options, those of its base classes first."""
    names = [
        name for one in reversed(group.__mro__) for name in vars(one).get("__annotations__", ())
    ]
    return list(dict.fromkeys(names))
