"""Man pages, made from the same words as `--help`: `python -m corpuscli.cli.man DIR` writes them.

The pages are in man(7), which every man reads. They hold no date: the same help, the same bytes.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from .app import COMMANDS
from .group import app
from .help import sections

EXIT_STATUS = (
    (
        "0",
        "Done; grep, show, duplicates: something was found; check: every dump is sound; diff: the "
        "same articles.",
    ),
    (
        "1",
        "grep: no match; duplicates: none; show: a number or id that is not there; check: problems "
        "found; diff: a difference.",
    ),
    (
        "2",
        "Usage error, unreadable input, failed write: one line on stderr; other inputs are still "
        "processed.",
    ),
    ("130", "Interrupted."),
)

ENVIRONMENT = (
    (
        "CORPUSCLI_LAYOUT, CORPUSCLI_ENCODING, CORPUSCLI_JOBS, CORPUSCLI_COLOR, CORPUSCLI_COLUMNS",
        "Defaults; see corpuscli-config(1).",
    ),
    (
        "NO_COLOR, CLICOLOR=0, CLICOLOR_FORCE, FORCE_COLOR",
        "No colour, or colour also where there is no terminal.",
    ),
    ("CORPUSCLI_PAGER, PAGER", "What shows a long text on a terminal; by default less."),
)

FILES = (
    (
        "corpuscli.toml, ~/.config/corpuscli/corpuscli.toml",
        "Defaults; the nearest file in the working directory or above it counts.",
    ),
)


def pages() -> Iterator[tuple[str, str]]:
    """Yield the file name of each page, and the page."""
    root: Any = get_command(app)
    context: Any = typer.Context(root, info_name="corpuscli", help_option_names=["--help"])
    names = [f"corpuscli-{name}" for name in COMMANDS]
    commands = [(f"corpuscli-{n}(1)", root.get_command(context, n).get_short_help_str(200))
                for n in COMMANDS]  # fmt: skip
    yield "corpuscli.1", _page("corpuscli", root, context, {"Commands": commands}, names)
    for name in COMMANDS:
        command = root.get_command(context, name)
        inner = typer.Context(command, info_name=name, parent=context)
        yield f"corpuscli-{name}.1", _page(f"corpuscli-{name}", command, inner, {}, ["corpuscli"])


def _page(
    name: str, command: Any, context: Any, before: dict[str, list[tuple[str, str]]], see: list[str]
) -> str:
    first, _, rest = (command.help or "").partition("\n\n")
    about = " ".join(first.split()).rstrip(".")
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [
        f'.TH {name.upper()} 1 "" "corpuscli" "User Commands"',
        ".SH NAME",
        f"{_text(name)} \\- {_text(about[:1].lower() + about[1:])}",
        ".SH SYNOPSIS",
        f".B {_text(name.replace('corpuscli-', 'corpuscli ', 1))}",
        _text(usage),
        ".SH DESCRIPTION",
        _prose(f"{about}."),
    ]
    for paragraph in filter(None, rest.split("\n\n")):
        lines += [".PP", _prose(paragraph)]
    for title, rows in {**before, **sections(command, context)}.items():
        lines += [f".SH {title.upper()}", *_list(rows)]
    lines += [".SH EXIT STATUS", *_list(EXIT_STATUS)]
    lines += [".SH ENVIRONMENT", *_list(ENVIRONMENT), ".SH FILES", *_list(FILES)]
    lines += [".SH EXAMPLES", ".nf", *map(_text, (command.epilog or "").splitlines()), ".fi"]
    lines += [
        ".SH SEE ALSO",
        *(f".BR {_text(other)} (1)," for other in see[:-1]),
        f".BR {_text(see[-1])} (1)",
    ]
    return "\n".join(lines) + "\n"


def _list(rows: Any) -> Iterator[str]:
    """Yield the lines of a list of terms and their meanings."""
    for term, about in rows:
        yield from (".TP", f".B {_text(term)}", _prose(about))


def _prose(text: str) -> str:
    """Return text wrapped to lines that fit in an editor."""
    lines = textwrap.wrap(" ".join(text.split()), 72, break_on_hyphens=False)
    return "\n".join(map(_text, lines))


def _text(text: str) -> str:
    """Return text escaped for man(7), so that nothing in it is a request or an escape."""
    for plain, escaped in (("\\", "\\e"), ("-", "\\-"), ("~", "\\(ti"), ("^", "\\(ha")):
        text = text.replace(plain, escaped)
    return re.sub(r"^(?=[.'])", r"\\&", text)


def write(folder: Path) -> None:
    """Write all pages into `folder`, and delete those that no longer exist."""
    folder.mkdir(parents=True, exist_ok=True)
    known = dict(pages())
    for old in folder.glob("*.1"):
        if old.name not in known:
            old.unlink()
    for name, page in known.items():
        (folder / name).write_text(page, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
