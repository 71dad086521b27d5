"""Write the reference of commands, records, codes and layouts, from the code, as Markdown.

python tools/reference.py > docs/reference.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import typer
from typer.main import get_command

from corpuscli.cli.app import COMMANDS
from corpuscli.cli.group import app
from corpuscli.cli.help import Rows, sections
from corpuscli.cli.man import ENVIRONMENT, EXIT_STATUS, FILES
from corpuscli.cli.options import CHOOSING, PRINTING, READING
from corpuscli.reader.layouts import BUILT_IN, load_layout
from corpuscli.records.codes import CODES
from corpuscli.records.fields import JSON
from corpuscli.records.schema import SHAPES, Shape

HEAD = """\
# Reference

[docs](README.md)

Made from the code by `tools/reference.py`.

- [Commands](#commands), and the [options that several have](#options-of-several-commands)
- [Records](#records): what commands print for programs
- [Exit codes](#exit-codes)
- [Problem codes](#problem-codes)
- [Layouts](#layouts)
- [Environment and files](#environment-and-files)
"""

SHARED = (PRINTING, CHOOSING, READING)
"""The groups of options that are described once, each as in the command that has the most of it."""


def reference() -> str:
    """Return the whole page."""
    root: Any = get_command(app)
    context: Any = typer.Context(root, info_name="corpuscli", help_option_names=["--help"])
    found = {name: root.get_command(context, name) for name in COMMANDS}
    groups = {
        name: sections(command, typer.Context(command, info_name=name, parent=context))
        for name, command in found.items()
    }
    shared = {
        title: max((of.get(title, []) for of in groups.values()), key=len) for title in SHARED
    }
    lines = [HEAD, "## Commands", ""]
    for name, command in found.items():
        lines += _command(name, command, groups[name], shared)
    lines += ["## Options of several commands", ""]
    for title, rows in shared.items():
        lines += [f"### {title}", "", *_table(("option", "meaning"), _coded(rows))]
    lines += ["## Records", "", "`corpuscli schema NAME` prints the JSON Schema of each.", ""]
    for name, shape in SHAPES.items():
        lines += _record(name, shape)
    lines += ["## Exit codes", "", *_table(("code", "meaning"), EXIT_STATUS)]
    lines += ["## Problem codes", "", *_codes()]
    lines += ["## Layouts", "", *_layouts()]
    lines += ["## Environment and files", ""]
    lines += _table(("name", "meaning"), _coded([*ENVIRONMENT, *FILES]))
    return "\n".join(lines).rstrip() + "\n"


def _command(
    name: str, command: Any, groups: dict[str, Rows], shared: dict[str, Rows]
) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(typer.Context(command)))
    yield from (f"### corpuscli {name}", "", f"`corpuscli {name} {usage}`", "")
    for paragraph in (command.help or "").split("\n\n"):
        yield from (_prose(" ".join(paragraph.split())), "")
    own = {title: rows for title, rows in groups.items() if title not in shared}
    yield from _table(("argument or option", "meaning"), _coded(chain(*own.values())))
    links = [_part(title, groups[title], rows) for title, rows in shared.items() if title in groups]
    if links:
        yield from (f"And {'; '.join(links)}.", "")
    yield from ("```text", *(command.epilog or "").splitlines(), "```", "")


def _part(title: str, rows: Rows, all_rows: Rows) -> str:
    """Return a link to a group, and which of its options the command has, unless it has all."""
    link = f"[{title.lower()}](#{title.lower().replace(' ', '-')})"
    names = ", ".join(f"`{term.split()[0].rstrip(',')}`" for term, _ in rows)
    return link if len(rows) == len(all_rows) else f"of {link} {names}"


def _record(name: str, shape: Shape) -> Iterator[str]:
    yield from (f"### {name}", "", f"{shape.about[:1].upper()}{shape.about[1:]}.", "")
    article = SHAPES["article"].fields
    fields = shape.fields
    if shape is not SHAPES["article"] and article.items() <= fields.items():
        less = " and ".join(f"`{field}`" for field in fields if field not in shape.default)
        yield f"The fields of [article](#article), but {less} only where `--fields` names them."
        yield ""
        fields = {field: what for field, what in fields.items() if field not in article}
    rows = [(f"`{field}`", _type(schema), about) for field, (schema, about) in fields.items()]
    if rows:
        yield from _table(("field", "type", "meaning"), rows)


def _type(schema: JSON) -> str:
    """Return a schema in words."""
    assert isinstance(schema, dict)
    kinds = schema["type"]
    names = [str(kind) for kind in kinds] if isinstance(kinds, (list, tuple)) else [str(kinds)]
    if schema.get("format") == "date":
        names[names.index("string")] = "date"
    if "enum" in schema and len(names) == 1 and isinstance(schema["enum"], (list, tuple)):
        values = schema["enum"]
        names = ["a problem code"] if len(values) > 5 else [" or ".join(f"`{v}`" for v in values)]
    if "items" in schema and "array" in names:
        names[names.index("array")] = f"array of {_items(schema['items'])}"
    if "properties" in schema:
        properties = schema["properties"]
        assert isinstance(properties, dict)
        names = [f"object of {', '.join(f'`{each}`' for each in properties)}"]
    return " or ".join(names)


def _items(schema: JSON) -> str:
    """Return what an array contains, in the plural."""
    words = _type(schema)
    first, _, rest = words.partition(" ")
    return "problem codes" if words == "a problem code" else f"{first}s {rest}".rstrip()


def _codes() -> Iterator[str]:
    yield "Codes of an article are also in its field `problems`."
    yield ""
    rows = [
        (
            f"`{code.name}`",
            "article" if code.of_article else "dump",
            code.meaning,
            f"{code.why} {code.way_out}",
        )
        for code in CODES
    ]
    yield from _table(("code", "of", "what it means", "why it matters, and what to do"), rows)


def _layouts() -> Iterator[str]:
    yield "[layouts.md](layouts.md) says how to write one."
    yield ""
    layouts = map(load_layout, BUILT_IN)
    yield from _table(
        ("layout", "how articles are told apart"),
        [(f"`{layout.name}`", layout.description) for layout in layouts],
    )


def _coded(rows: Iterable[tuple[str, str]]) -> Rows:
    return [(f"`{term}`", about) for term, about in rows]


def _prose(text: str) -> str:
    """Return text with everything escaped that Markdown would take for markup."""
    return text.replace("*", r"\*").replace("<", r"\<")


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield a table and the blank line after it."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        cells = (cell.replace("|", r"\|") for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(reference())
