"""The options that commands share, as types."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import UsageError
from ..output import FORMATS

READING = "How dumps are read"
PRINTING = "How results are printed"
CHOOSING = "Which articles"


def _format(value: str | None) -> str | None:
    if value is not None and value not in FORMATS:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(FORMATS)}")
    return value


def _color(value: str) -> str:
    if value not in ("auto", "always", "never"):
        raise typer.BadParameter(f"{value!r} is none of auto, always, never")
    return value


Dumps = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DUMP]...", show_default=False, help="Paths, or - for standard input."),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        callback=_format,
        help="How records are printed.",
        rich_help_panel=PRINTING,
        show_default="table on a terminal, tsv in a pipe",
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="Same as --format json.", rich_help_panel=PRINTING)
]
Fields = Annotated[
    str | None,
    typer.Option(
        "--fields",
        metavar="A,B,C",
        help="The fields to print, in this order.",
        rich_help_panel=PRINTING,
    ),
]
Header = Annotated[
    bool | None,
    typer.Option(
        "--header/--no-header",
        help="Print the names of the fields first, or do not.",
        show_default="only in csv",
        rich_help_panel=PRINTING,
    ),
]
Color = Annotated[
    str,
    typer.Option(
        "--color",
        metavar="auto|always|never",
        callback=_color,
        help="Colour on terminals.",
        rich_help_panel=PRINTING,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "-q", "--quiet", help="Say nothing on stderr but errors.", rich_help_panel=PRINTING
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose", help="Say on stderr what was chosen and done.", rich_help_panel=PRINTING
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "-j",
        "--jobs",
        metavar="N",
        min=1,
        help="Processes to use, at most.",
        show_default="as many as there are cores",
        rich_help_panel=READING,
    ),
]
ShardSize = Annotated[
    int | None,
    typer.Option(
        "--shard-size",
        metavar="BYTES",
        min=1,
        help="Bytes of a dump read at a time; any value gives the same output.",
        show_default="4 MiB",
        rich_help_panel=READING,
    ),
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="auto|NAME",
        help="The encoding of the dumps.",
        rich_help_panel=READING,
    ),
]
Layout = Annotated[
    str,
    typer.Option(
        "--layout",
        metavar="auto|NAME",
        help="How articles are told apart: auto, page or plain.",
        rich_help_panel=READING,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DATE",
        help="With a photo date not before this day, month or year.",
        rich_help_panel=CHOOSING,
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="DATE",
        help="With a photo date not after this day, month or year.",
        rich_help_panel=CHOOSING,
    ),
]
Title = Annotated[
    str | None,
    typer.Option(
        "--title",
        metavar="PATTERN",
        help="With a title that matches this regular expression.",
        rich_help_panel=CHOOSING,
    ),
]
Unique = Annotated[
    bool,
    typer.Option(
        "--unique",
        help="Only the first article with an id; takes about 100 bytes of memory an article.",
        rich_help_panel=CHOOSING,
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="FIELD",
        help="In the order of this field; takes about 200 bytes of memory an article, "
        "and what is printed waits in a temporary file.",
        rich_help_panel=CHOOSING,
    ),
]
Reverse = Annotated[
    bool,
    typer.Option("--reverse", help="In reverse order; as --sort.", rich_help_panel=CHOOSING),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        min=0,
        help="At most so many articles.",
        rich_help_panel=CHOOSING,
    ),
]


def chosen_format(name: str | None, json: bool) -> str | None:
    """The format asked for, if one was; raises UsageError if two were."""
    if json and name not in (None, "json"):
        raise UsageError("", f"--json and --format {name} contradict each other")
    return "json" if json else name
