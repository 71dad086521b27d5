"""`schema`: the JSON Schema of the records, and that every command's JSON keeps to it.

Run with WRITE_SCHEMAS=1 to renew the snapshots: what programs read is a contract.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from conftest import DATA, EXAMPLES, Run
from jsonschema import Draft202012Validator

SNAPSHOTS = DATA / "schema"
NAMES = [
    "article", "listing", "match", "count", "written", "part", "duplicate", "problem", "totals",
    "stats", "group", "difference", "member", "pair", "explanation", "setting",
]  # fmt: skip
DUMPS = [EXAMPLES / "harbour-news.txt", DATA / "arabic.txt", DATA / "mixed.txt"]

PRINTED = [
    ("article", ["split", *DUMPS]),
    ("article", ["show", "--json", "1-", *DUMPS]),
    ("article", ["list", "--json", "--fields", "{fields}", *DUMPS]),
    ("listing", ["list", "--json", *DUMPS]),
    ("listing", ["grep", "-l", "--json", "a", *DUMPS]),
    ("listing", ["grep", "-v", "--json", "ferry", *DUMPS]),
    ("match", ["grep", "--json", "-C1", "the", *DUMPS]),
    ("match", ["grep", "--json", "-o", "the", *DUMPS]),
    ("count", ["grep", "--json", "-c", "the", *DUMPS]),
    ("written", ["split", "--json", "-o", "pieces", *DUMPS]),
    ("part", ["split", "--json", "--as", "jsonl", "-o", "parts", *DUMPS]),
    ("duplicate", ["dedupe-captions", "--report", "--json", *DUMPS]),
    ("problem", ["check", "--json", *DUMPS, *sorted((DATA / "problems").glob("*.txt"))]),
    ("totals", ["check", "--totals", "--json", *DUMPS]),
    ("stats", ["stats", "--json", *DUMPS]),
    ("group", ["stats", "--json", "--group-by", "year", *DUMPS]),
    ("difference", ["diff", "--json", "--text", DUMPS[0], DUMPS[2]]),
    ("difference", ["duplicates", "--text", "2", "--json", *4 * DUMPS]),
    ("member", ["duplicates", "--json", *DUMPS, *DUMPS]),
    ("pair", ["duplicates", "--pairs", "--json", *DUMPS, *DUMPS]),
    ("explanation", ["check", "--explain", "all", "--json"]),
    ("setting", ["config", "--json"]),
]


def schema(corpuscli: Run, *arguments: str) -> dict[str, Any]:
    result = corpuscli("schema", *arguments)
    assert (result.returncode, result.stderr) == (0, b"")
    parsed: dict[str, Any] = json.loads(result.stdout)
    Draft202012Validator.check_schema(parsed)
    return parsed


def records(output: bytes) -> list[Any]:
    """The records of a JSON array or of JSON Lines."""
    if output.startswith(b"["):
        return list(json.loads(output))
    return [json.loads(line) for line in output.splitlines()]


def test_alone_it_lists_the_names(corpuscli: Run) -> None:
    result = corpuscli("schema")
    assert (result.returncode, result.stderr) == (0, b"")
    rows = [line.split("\t") for line in result.stdout.decode().splitlines()]
    assert [row[0] for row in rows] == NAMES
    assert all(row[1] for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_as_it_was(corpuscli: Run, name: str) -> None:
    snapshot = SNAPSHOTS / f"{name}.json"
    printed = corpuscli("schema", name).stdout
    if os.environ.get("WRITE_SCHEMAS"):
        snapshot.write_bytes(printed)
    assert printed == snapshot.read_bytes(), "run the tests with WRITE_SCHEMAS=1 to renew it"
    assert sorted(path.stem for path in SNAPSHOTS.glob("*")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_says_what_each_field_means(corpuscli: Run, name: str) -> None:
    printed = schema(corpuscli, name)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (printed["title"], printed["additionalProperties"]) == (name, False)
    assert printed["required"] == list(printed["properties"])
    assert all(field["description"] for field in printed["properties"].values())


@pytest.mark.parametrize(("name", "arguments"), PRINTED)
def test_what_a_command_prints_keeps_to_its_schema(
    corpuscli: Run, name: str, arguments: list[str | Path]
) -> None:
    printed = schema(corpuscli, name)
    every = ",".join(printed["properties"])
    call = [every if argument == "{fields}" else argument for argument in arguments]
    result = corpuscli(*call)
    assert result.returncode in (0, 1)
    found = records(result.stdout)
    assert len(found) > 2
    validator = Draft202012Validator(printed, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for record in found:
        validator.validate(record)
        assert list(record) == list(printed["properties"])


def test_a_schema_refuses_what_is_no_such_record(corpuscli: Run) -> None:
    validator = Draft202012Validator(schema(corpuscli, "listing"))
    (record, *_) = json.loads(corpuscli("list", "--json", DUMPS[0]).stdout)
    assert validator.is_valid(record)
    for change in [{"number": 0}, {"id": "3F"}, {"problems": ["odd"]}, {"more": 1}]:
        assert not validator.is_valid(record | change)
    assert not validator.is_valid({k: v for k, v in record.items() if k != "deck"})


def test_the_schema_of_some_fields_is_that_of_the_same_fields_printed(corpuscli: Run) -> None:
    printed = schema(corpuscli, "article", "--fields", "title,captions,number")
    assert printed["required"] == ["title", "captions", "number"]
    validator = Draft202012Validator(printed)
    result = corpuscli("list", "--json", "--fields", "title,captions,number", DUMPS[0])
    assert all(validator.is_valid(record) for record in json.loads(result.stdout))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nope"], "article, listing, match"),
        (["problem", "--fields", "title"], "dump, number, line, code, message"),
        (["--fields", "title"], "--fields"),
        (["article", "--fields", ","], "--fields"),
    ],
)
def test_a_name_there_is_none_of_is_a_usage_error(
    corpuscli: Run, arguments: list[str], named: str
) -> None:
    result = corpuscli("schema", *arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert named in result.stderr.decode()
    assert result.stderr.count(b"\n") == 1
