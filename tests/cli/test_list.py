"""`list`: what is in this dump? One row per article."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from compose import Gap, Page, expect, pages, render
from conftest import COMMAND, DATA, EXAMPLES, Run, environment
from hypothesis import Phase, given, settings

FIXTURES = [*sorted(DATA.glob("*.txt")), EXAMPLES / "harbour-news.txt"]
FIELDS = (
    "dump number id title deck byline date section photo_date words paragraph_count caption_count "
    "duplicate_captions line start end problems captions paragraphs"
).split()
LISTED = FIELDS[:-2]


def expected(dump: Path) -> list[dict[str, Any]]:
    """The records written beside the fixture."""
    return [json.loads(line) for line in dump.with_suffix(".jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def listed() -> dict[str, list[dict[str, Any]]]:
    """What `list --json` says of every fixture, by dump."""
    result = subprocess.run(
        [COMMAND, "list", "--json", *FIXTURES], capture_output=True, env=environment(), check=True
    )
    assert result.stderr == b""
    records: dict[str, list[dict[str, Any]]] = {str(dump): [] for dump in FIXTURES}
    for record in json.loads(result.stdout):
        records[record["dump"]].append(record)
    return records


@pytest.mark.parametrize("dump", FIXTURES, ids=lambda dump: dump.stem)
def test_a_fixture_is_listed_as_the_records_beside_it(
    dump: Path, listed: dict[str, list[dict[str, Any]]]
) -> None:
    records = listed[str(dump)]
    assert len(records) == len(expected(dump))
    for record, right in zip(records, expected(dump), strict=True):
        assert list(record) == LISTED
        assert {name: record[name] for name in right if name in LISTED} == {
            name: value for name, value in right.items() if name in LISTED
        }


@pytest.mark.parametrize("dump", FIXTURES, ids=lambda dump: dump.stem)
def test_articles_tile_their_dump(dump: Path, listed: dict[str, list[dict[str, Any]]]) -> None:
    records = listed[str(dump)]
    assert [record["number"] for record in records] == list(range(1, len(records) + 1))
    assert [record["start"] for record in records] == [0, *(r["end"] for r in records[:-1])]
    assert records[-1]["end"] == dump.stat().st_size


def test_the_real_dump_has_two_articles(corpuscli: Run, seed: Path) -> None:
    result = corpuscli("list", seed)
    assert result.returncode == 0
    assert result.stderr == b""
    assert result.stdout.decode().splitlines() == [
        "1\t2018-08-18\t551\t1\t"
        "Russia Considering Downgrading Relations with the West, the Kremlin Says",
        "2\t2025-06-11\t273\t1\tFrontex: Irregular Migrant Crossings Into EU Drop 20% in 2025",
    ]


def test_the_real_dump_as_json(corpuscli: Run, seed: Path) -> None:
    first, second = json.loads(corpuscli("list", "--json", seed).stdout)
    assert (first["id"], second["id"]) == ("0e45ee82ae07", "70d194476f79")
    assert (first["paragraph_count"], second["paragraph_count"]) == (16, 10)
    assert (first["words"], second["words"]) == (551, 273)
    assert (first["line"], first["start"]) == (1, 0)
    assert (first["end"], second["end"]) == (second["start"], seed.stat().st_size)
    assert seed.read_bytes().split(b"\n")[second["line"] - 1].startswith(b"Frontex: ")
    for record in (first, second):
        assert list(record) == LISTED
        assert record["dump"] == str(seed)
        assert record["duplicate_captions"] == 3
        assert (record["deck"], record["byline"]) == (None, None)
        assert record["problems"] == []


def test_the_id_is_computed_from_title_and_paragraphs_alone(corpuscli: Run) -> None:
    body = ("One.", "Two.")
    plain, dressed = Page("Title", body), Page("Title", body, captions=("A photo.",), deck="Deck")
    result = corpuscli("list", "--fields", "id", stdin=render([plain, dressed]))
    assert result.stdout == b"676425c90a80\n676425c90a80\n"


def test_fields_are_printed_in_the_order_asked_for(corpuscli: Run) -> None:
    dump = DATA / "deck.txt"
    names = "title,number,deck"
    assert corpuscli("list", "--fields", names, dump).stdout.decode().splitlines()[1] == (
        "The Town Hall Clock Is Right Again\t2\tSeven minutes, gone in an afternoon"
    )
    second = json.loads(corpuscli("list", "--json", "--fields", names, dump).stdout)[1]
    assert list(second.items()) == [
        ("title", "The Town Hall Clock Is Right Again"),
        ("number", 2),
        ("deck", "Seven minutes, gone in an afternoon"),
    ]


def test_list_can_print_every_field_of_the_record(corpuscli: Run) -> None:
    dump = DATA / "opinion.txt"
    result = corpuscli("list", "--format", "jsonl", "--fields", ",".join(FIELDS), dump)
    assert result.stdout == corpuscli("split", dump).stdout
    assert list(json.loads(result.stdout.splitlines()[0])) == FIELDS


@pytest.mark.parametrize("names", ["nope", "title,Nope", "count", "number;title"])
def test_an_unknown_field_is_a_usage_error_that_lists_the_valid_ones(
    corpuscli: Run, names: str
) -> None:
    result = corpuscli("list", "--fields", names, DATA / "seed.txt")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.count(b"\n") == 1
    assert all(name.encode() in result.stderr for name in FIELDS)


def test_tsv_has_a_header_only_where_one_is_asked_for(corpuscli: Run) -> None:
    bare = corpuscli("list", DATA / "seed.txt").stdout
    header = b"number\tphoto_date\twords\tcaption_count\ttitle\n"
    assert corpuscli("list", "--header", DATA / "seed.txt").stdout == header + bare
    assert corpuscli("list", "--format", "tsv", DATA / "seed.txt").stdout == bare
    assert corpuscli("list", "--header", stdin=b"").stdout == header


def test_csv_has_a_header_unless_told_otherwise(corpuscli: Run) -> None:
    with_header = corpuscli("list", "--format", "csv", DATA / "seed.txt").stdout
    without = corpuscli("list", "--format", "csv", "--no-header", DATA / "seed.txt").stdout
    assert with_header == b"number,photo_date,words,caption_count,title\r\n" + without
    assert without.count(b"\r\n") == without.count(b"\n") == 2


def test_csv_is_read_back_by_a_csv_reader(corpuscli: Run) -> None:
    title = 'He said "a, b",\tand\\left\rat once'
    page = Page(title, ("One.", 'A "quoted" paragraph, too'), captions=("C, D",))
    result = corpuscli("list", "--format=csv", f"--fields={','.join(FIELDS)}", stdin=render([page]))
    (row,) = csv.DictReader(io.StringIO(result.stdout.decode(), newline=""), strict=True)
    assert row["title"] == title
    assert (row["deck"], row["byline"], row["photo_date"]) == ("", "", "")
    assert json.loads(row["paragraphs"]) == ["One.", 'A "quoted" paragraph, too']
    assert json.loads(row["captions"]) == [
        {"text": "C, D", "date": None, "place": None, "credit": None, "copies": 4}
    ]


def test_tsv_keeps_a_record_on_a_line_by_escapes(corpuscli: Run) -> None:
    title = "tab\there, return\rthere, C:\\new"
    result = corpuscli("list", "--fields=title,number", stdin=render([Page(title, ("Body.",))]))
    assert result.stdout == b"tab\\there, return\\rthere, C:\\\\new\t1\n"


def test_the_name_of_a_dump_is_escaped_in_tsv_and_exact_in_json(
    corpuscli: Run, tmp_path: Path
) -> None:
    name = "a\tb\nc\\d.txt"
    (tmp_path / name).write_bytes(render([Page("T", ("Body.",))]))
    result = corpuscli("list", "--fields", "dump", name)
    assert result.stdout == b"a\\tb\\nc\\\\d.txt\n"
    assert json.loads(corpuscli("list", "--json", name).stdout)[0]["dump"] == name


def test_arrays_in_tsv_are_json(corpuscli: Run) -> None:
    dump = DATA / "several-photos.txt"
    lines = corpuscli("list", "--fields=captions,paragraphs", dump).stdout.decode().split("\n")
    for line, right in zip(lines[:-1], expected(dump), strict=True):
        captions, paragraphs = (
            json.loads(value.replace("\\\\", "\\")) for value in line.split("\t")
        )
        assert captions == right["captions"]
        assert paragraphs == right["paragraphs"]


def test_what_has_no_value_is_null_in_json_and_empty_in_rows(corpuscli: Run) -> None:
    dump = DATA / "headless.txt"
    names = "title,deck,byline,photo_date,line"
    first = corpuscli("list", "--fields", names, dump).stdout.split(b"\n")[0]
    assert first == b"\t\t\t\t1"
    record = json.loads(
        corpuscli("list", "--fields", names, "--format=jsonl", dump).stdout.split(b"\n")[0]
    )
    assert record == {"title": None, "deck": None, "byline": None, "photo_date": None, "line": 1}


def test_json_is_one_array_and_jsonl_one_object_a_line(corpuscli: Run) -> None:
    array = corpuscli("list", "--format", "json", DATA / "mixed.txt").stdout
    lines = corpuscli("list", "--format", "jsonl", DATA / "mixed.txt").stdout
    assert [json.loads(line) for line in lines.splitlines()] == json.loads(array)
    assert corpuscli("list", "--json", DATA / "mixed.txt").stdout == array


@pytest.mark.parametrize("text", [b"", b" \n\t\n\xc2\xa0\r\n\n\n", b"\xef\xbb\xbf\n"])
def test_a_dump_of_white_space_has_no_article(corpuscli: Run, text: bytes) -> None:
    for arguments, nothing in [((), b""), (("--json",), b"[]")]:
        result = corpuscli("list", *arguments, "-", stdin=text)
        what = b"blank" if text else b"empty"
        said = b"corpuscli: -: is " + what + b": it has no articles\n"
        assert (result.returncode, result.stderr) == (0, said)
        assert b"".join(result.stdout.split()) == nothing


def test_standard_input_is_called_dash(corpuscli: Run) -> None:
    text = (DATA / "seed.txt").read_bytes()
    implied = corpuscli("list", "--json", stdin=text)
    named = corpuscli("list", "--json", "-", stdin=text)
    from_file = corpuscli("list", "--json", DATA / "seed.txt")
    assert implied.stdout == named.stdout
    assert [record["dump"] for record in json.loads(named.stdout)] == ["-", "-"]
    assert named.stdout == from_file.stdout.replace(str(DATA / "seed.txt").encode(), b"-")


def test_several_dumps_are_listed_in_their_order_and_numbered_each_from_one(
    corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "b").write_bytes((DATA / "seed.txt").read_bytes())
    (tmp_path / "a").write_bytes((DATA / "no-photo.txt").read_bytes())
    rows = corpuscli("list", "--fields=dump,number,start", "b", "-", "a", "b", stdin=b"T\n\nT\n\nB")
    assert [row.split(b"\t") for row in rows.stdout.splitlines()] == [
        *([b"b", b"1", b"0"], [b"b", b"2", b"777"]),
        [b"-", b"1", b"0"],
        *([b"a", b"1", b"0"], [b"a", b"2", b"316"]),
        *([b"b", b"1", b"0"], [b"b", b"2", b"777"]),
    ]


def test_a_line_ends_at_newline_and_nowhere_else(corpuscli: Run) -> None:
    odd = "One\u2028two\x85three\vfour\ffive\x1csix\rseven\u2029eight"
    dump = render([Page("First", (odd, "Two.")), Page("Second", ("Three.",))])
    rows = corpuscli("list", "--fields=line,words,paragraphs", stdin=dump).stdout.decode()
    first, second = rows.split("\n")[:2]
    assert (first.split("\t")[0], second.split("\t")[0]) == ("1", "14")
    line = dump.split(b"\n")[13]
    assert line == b"Second"
    paragraphs = json.loads(first.split("\t")[2].replace("\\\\", "\\"))
    assert paragraphs == [odd, "Two."]


def test_jobs_and_shard_sizes_change_nothing(corpuscli: Run) -> None:
    dump = EXAMPLES / "harbour-news.txt"
    plain = corpuscli("list", "--json", dump).stdout
    for jobs, size in [("1", "1"), ("2", "1000"), ("4", "5000")]:
        result = corpuscli("list", "--json", f"--jobs={jobs}", f"--shard-size={size}", dump)
        assert (result.returncode, result.stderr) == (0, b"")
        assert result.stdout == plain


def test_verbose_says_which_layout_was_chosen(corpuscli: Run) -> None:
    page = corpuscli("list", "--verbose", DATA / "seed.txt")
    assert b"page" in page.stderr
    plain = corpuscli("list", "--verbose", stdin=b"One\n\ntext\n\n\n\nTwo\n\ntext\n")
    assert b"plain" in plain.stderr
    assert [row.split(b"\t")[-1] for row in plain.stdout.splitlines()] == [b"One", b"Two"]


def test_a_layout_can_be_demanded(corpuscli: Run) -> None:
    text = b"One\n\ntext\n\n\n\nTwo\n\ntext\n"
    (record,) = json.loads(corpuscli("list", "--json", "--layout=page", stdin=text).stdout)
    assert (record["title"], record["paragraph_count"]) == (None, 4)
    assert "no-title" in record["problems"]
    two = json.loads(corpuscli("list", "--json", "--layout=plain", stdin=text).stdout)
    assert [record["title"] for record in two] == ["One", "Two"]


def test_an_article_says_what_is_wrong_with_it(corpuscli: Run) -> None:
    gap = Page("With a gap", ("One.", Gap(3), "Two."))
    empty = Page("Without a body", (), captions=("Photo.",))
    broken = render([Page("Damaged", ("Caf\N{REPLACEMENT CHARACTER}",))]).replace(
        b"\xef\xbf\xbd", b"\xff"
    )
    control = Page("Ringing", ("\a",), gap=1)
    dump = render([gap, empty]) + b"\n" + broken + b"\n" + render([control])
    records = json.loads(corpuscli("list", "--json", stdin=dump).stdout)
    assert [record["problems"] for record in records] == [
        ["unexplained-gap"],
        ["no-body"],
        ["undecodable-bytes"],
        ["control-characters"],
    ]


@given(pages(4))
@settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_composed_dumps_are_listed_as_composed(dump: list[Page]) -> None:
    result = subprocess.run(
        [COMMAND, "list", "--json", "-"],
        input=render(dump),
        capture_output=True,
        env=environment(),
    )
    assert (result.returncode, result.stderr) == (0, b"")
    right: list[Any] = list(expect(dump))
    for record, page in zip(json.loads(result.stdout), right, strict=True):
        assert {name: record[name] for name in page if name in record} == {
            name: value for name, value in page.items() if name in LISTED
        }
