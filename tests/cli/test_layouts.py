"""`--layout` and `layouts`: dumps of other sites, and the files that say how they are read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from conftest import DATA, Run

from corpuscli.reader.layouts import BUILT_IN

LAYOUTS = DATA / "layouts"
FIXTURES = {"archive": "archive", "digest": "digest", "mysite": str(LAYOUTS / "mysite.toml")}
BUT_DUMP = "--fields=number,id,title,byline,line,start,end,captions,paragraphs"


def fixture(name: str) -> Path:
    return LAYOUTS / f"{name}.txt"


def test_the_built_in_layouts_are_listed(corpuscli: Run) -> None:
    result = corpuscli("layouts")
    assert (result.returncode, result.stderr) == (0, b"")
    names = [line.split(b"\t")[0].decode() for line in result.stdout.splitlines()]
    assert names == list(BUILT_IN)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_layout_that_is_shown_reads_as_a_file_what_it_reads_by_name(
    name: str, corpuscli: Run, tmp_path: Path
) -> None:
    shown = corpuscli("layouts", "show", name)
    assert (shown.returncode, shown.stderr) == (0, b"")
    (tmp_path / "x.toml").write_bytes(shown.stdout)
    dumps = [*map(fixture, FIXTURES), DATA / "seed.txt", DATA / "gap-in-body.txt"]
    by_name = corpuscli("split", "--layout", name, *dumps)
    by_file = corpuscli("split", "--layout", "x.toml", *dumps)
    assert by_file.stdout == by_name.stdout
    assert (by_file.returncode, by_file.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments", [("show",), ("show", "pages"), ("shw", "page"), ("show", "page", "plain")]
)
def test_what_is_no_layout_is_a_usage_error_of_one_line(
    arguments: tuple[str, ...], corpuscli: Run
) -> None:
    result = corpuscli("layouts", *arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", ["list", "grep x", "dedupe-captions", "check"])
def test_a_faulty_layout_is_said_in_one_line_before_anything_is_read(
    command: str, corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "x.toml").write_text("title = 'first'\ngap = 3\nboundery = ['-+']\n")
    result = corpuscli(*command.split(), "--layout", "x.toml", fixture("digest"))
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"corpuscli: x.toml: boundery: no such key; the keys are name")
    assert result.stderr.endswith(b" (line 3)\n")
    assert result.stderr.count(b"\n") == 1


def test_a_layout_file_may_not_drive_the_terminal(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("title = 'first'\ngap = 3\n\"\\u001b[2J\" = 1\n")
    result = corpuscli("list", "--layout", "x.toml", fixture("digest"))
    assert result.returncode == 2
    assert b"\x1b" not in result.stderr


@pytest.mark.parametrize("name", FIXTURES)
def test_neither_shards_nor_the_way_in_change_what_is_read(
    name: str, corpuscli: Run, tmp_path: Path
) -> None:
    data = fixture(name).read_bytes() * 4
    (tmp_path / "dump.txt").write_bytes(data)
    (tmp_path / "dump.gz").write_bytes(gzip.compress(data))
    base = ("split", "--layout", FIXTURES[name], BUT_DUMP)
    whole = corpuscli(*base, "-j1", "dump.txt")
    assert (whole.returncode, whole.stderr) == (0, b"")
    assert whole.stdout.count(b"\n") >= 9
    cut = (*base, "-j3", "--shard-size=1024")
    assert corpuscli(*cut, "dump.txt").stdout == whole.stdout
    assert corpuscli(*cut, "dump.gz").stdout == whole.stdout
    assert corpuscli(*cut, stdin=data).stdout == whole.stdout


@pytest.mark.parametrize("name", FIXTURES)
def test_the_raw_pieces_of_any_layout_are_the_dump(
    name: str, corpuscli: Run, tmp_path: Path
) -> None:
    for layout in ("auto", "page", FIXTURES[name]):
        folder = tmp_path / Path(layout).stem
        options = ("--layout", layout, "--as", "raw", "--force", "-o", folder)
        result = corpuscli("split", *options, fixture(name))
        assert (result.returncode, result.stderr) == (0, b"")
        pieces = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
        assert pieces == fixture(name).read_bytes()


@pytest.mark.parametrize("name", FIXTURES)
def test_a_dump_of_another_site_is_sound_in_its_own_layout(name: str, corpuscli: Run) -> None:
    result = corpuscli("check", "--expect=3", "--layout", FIXTURES[name], fixture(name))
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")


@pytest.mark.parametrize("name", FIXTURES)
def test_check_says_where_a_dump_was_read_by_a_layout_that_is_not_its_own(
    name: str, corpuscli: Run
) -> None:
    for layout, code in {"auto": "no-headers", "page": "no-title"}.items():
        result = corpuscli("check", "--json", "--layout", layout, fixture(name))
        assert result.returncode == 1
        assert code in [problem["code"] for problem in json.loads(result.stdout)]


@pytest.mark.parametrize("name", FIXTURES)
def test_a_dump_of_another_site_reads_the_same_without_its_repeated_captions(
    name: str, corpuscli: Run
) -> None:
    layout = ("--layout", FIXTURES[name])
    before = fixture(name).read_bytes()
    after = corpuscli("dedupe-captions", *layout, fixture(name)).stdout
    assert (len(after) < len(before)) == (name == "mysite")
    assert corpuscli("dedupe-captions", *layout, stdin=after).stdout == after
    expected = [json.loads(line) for line in fixture(name).with_suffix(".jsonl").open("rb")]
    fields = ("id", "title", "byline", "photo_date", "paragraphs")
    found = corpuscli("split", *layout, "--fields", ",".join(fields), stdin=after).stdout
    assert [json.loads(line) for line in found.splitlines()] == [
        {field: record[field] for field in fields} for record in expected
    ]


def test_the_layout_is_said_on_verbose(corpuscli: Run) -> None:
    result = corpuscli("list", "--verbose", "--layout", FIXTURES["mysite"], fixture("mysite"))
    assert (
        result.stderr.decode() == f"corpuscli: {fixture('mysite')}: layout mysite, encoding utf-8\n"
    )
