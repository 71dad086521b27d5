"""Build the JSON Schema (draft 2020-12) of the records from the tables of their fields.

A schema describes one object: an item of the array that `--json` prints, or one line of `--format
jsonl`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import UsageError, meant
from . import differences, duplicates, figures
from . import fields as records
from .fields import JSON, Field, Record

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known about a kind of record without reading a dump."""

    about: str
    """What the record is, and which command prints it."""
    fields: dict[str, tuple[dict[str, JSON], str]]
    """For each field that `--fields` accepts, the schema of its values and what it means."""
    default: tuple[str, ...]
    """The fields that JSON has without `--fields`."""


def _shape(
    about: str, fields: Iterable[Field[Record]], default: Iterable[str] | None = None
) -> Shape:
    table = {field.name: (field.schema, field.about) for field in fields}
    return Shape(about, table, tuple(table if default is None else default))


SHAPES = {
    "article": _shape("a whole article: split, show --json", records.ARTICLE),
    "listing": _shape(
        "an article without captions and paragraphs: list --json, grep -l --json",
        records.ARTICLE,
        records.LIST_JSON,
    ),
    "match": _shape("a text with matches: grep --json", records.MATCH),
    "count": _shape("the matches in an article: grep -c --json", records.COUNT),
    "written": _shape(
        "an article and its file: split -o DIR --json", records.WRITTEN, records.WRITTEN_JSON
    ),
    "part": _shape(
        "a file of many articles: split -o PLACE --as parquet|jsonl --json", records.PART
    ),
    "duplicate": _shape(
        "a caption that is repeated: dedupe-captions --report --json", records.DUPLICATE
    ),
    "problem": _shape("a problem: check --json", records.PROBLEM),
    "totals": _shape("a dump in numbers: check --totals --json", records.TOTALS),
    "stats": _shape("a dump at a glance: stats --json", figures.STATS),
    "group": _shape("a credit, place or year: stats --group-by --json", figures.GROUP),
    "difference": _shape(
        "a difference between articles: diff --json, duplicates --text --json",
        differences.DIFFERENCE,
    ),
    "member": _shape("an article that is the same as others: duplicates --json", duplicates.MEMBER),
    "pair": _shape("two articles that are the same: duplicates --pairs --json", duplicates.PAIR),
    "explanation": _shape("a kind of problem: check --explain --json", records.EXPLANATION),
    "setting": _shape("a default, and where it comes from: config --json", records.SETTING),
}


def record_schema(name: str, fields: Sequence[str] | None = None) -> dict[str, JSON]:
    """Return the schema of the records called `name`, or of what `fields` leaves of them.

    Raises UsageError for an unknown record or field.
    """
    if name not in SHAPES:
        near = meant(name, SHAPES)
        raise UsageError("", f"unknown record {name!r}{near}; the records are {', '.join(SHAPES)}")
    shape = SHAPES[name]
    wanted = shape.default if fields is None else fields
    unknown = next((field for field in wanted if field not in shape.fields), None)
    if unknown is not None:
        valid = ", ".join(shape.fields)
        near = meant(unknown, shape.fields)
        raise UsageError("", f"unknown field {unknown!r}{near}; the fields are {valid}")
    properties: dict[str, JSON] = {}
    for field in wanted:
        schema, about = shape.fields[field]
        properties[field] = {"description": about, **schema}
    return {
        "$schema": DRAFT,
        "title": name,
        "description": shape.about,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
