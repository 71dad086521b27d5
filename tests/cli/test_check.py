"""`check`: is this dump sound? Nothing on stdout and exit code 0 if it is."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

import pytest
from conftest import COMMAND, DATA, EXAMPLES, ROOT, Run, environment

from corpuscli.records.codes import CODES, NAMES, OF_ARTICLE, Code

PROBLEMS = DATA / "problems"
FIXTURES = sorted(PROBLEMS.glob("*.txt"))
OPTIONS = {
    "unexpected-count": ["--expect", "3"],
    "unmatched-pattern": ["--layout", "archive"],
    "repeated-title": ["--layout", "digest"],
    "long-article": ["--layout", "digest"],
    "furniture-in-body": ["--layout", "digest"],
    "boundary-in-body": ["--layout", "archive"],
    "counter-broken": ["--layout", "archive"],
    "other-count": ["--layout", "archive"],
    "text-dropped": ["--layout", str(PROBLEMS / "text-dropped.toml")],
}
"""What a fixture needs for its problem to show."""

SOUND = DATA / "seed.txt"
FIELDS = ["dump", "number", "line", "code", "message"]
TOTALS = (
    "dump layout encoding articles header_bytes body_bytes other_bytes "
    "chrome captions byline unrepeated title boundary gap none"
).split()


def test_every_code_has_a_fixture_and_every_fixture_a_code() -> None:
    assert sorted(NAMES) == [fixture.stem for fixture in FIXTURES]


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_a_fixture_has_the_problems_written_beside_it(fixture: Path, corpuscli: Run) -> None:
    options = OPTIONS.get(fixture.stem, [])
    result = corpuscli("check", "--fields=number,line,code,message", *options, fixture)
    assert result.returncode == 1
    # How a dump is read that does not consist of pages
    assert result.stderr.count(b"\n") == (b" layout " in result.stderr)
    assert result.stdout.decode() == fixture.with_suffix(".tsv").read_text("utf-8")
    assert f"\t{fixture.stem}\t" in result.stdout.decode()


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_a_code_that_is_ignored_is_not_found(fixture: Path, corpuscli: Run) -> None:
    options = OPTIONS.get(fixture.stem, [])
    result = corpuscli("check", "--ignore", fixture.stem, *options, fixture)
    assert f"\t{fixture.stem}\t" not in result.stdout.decode()
    everything = [f"--ignore={code}" for code in NAMES]
    result = corpuscli("check", *everything, *options, fixture)
    assert (result.returncode, result.stdout) == (0, b"")


@pytest.mark.parametrize(
    "arguments", [(), ("--json",), ("--format=jsonl",), ("--expect=2",), ("--no-header",)]
)
def test_a_sound_dump_is_silent(corpuscli: Run, arguments: tuple[str, ...]) -> None:
    result = corpuscli("check", *arguments, SOUND)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == (b"[]\n" if "--json" in arguments else b"")


def test_the_real_dump_is_sound(corpuscli: Run, seed: Path) -> None:
    result = corpuscli("check", "--expect", "2", seed)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")


def test_a_row_has_the_fields_in_their_order(corpuscli: Run) -> None:
    dump = PROBLEMS / "no-title.txt"
    row = [str(dump), "1", "1", "no-title", "2 lines before the first header"]
    assert corpuscli("check", dump).stdout.decode() == "\t".join(row) + "\n"
    header = ",".join(FIELDS).encode() + b"\r\n"
    assert corpuscli("check", "--format=csv", dump).stdout.startswith(header)
    (record,) = json.loads(corpuscli("check", "--json", dump).stdout)
    assert list(record) == FIELDS
    assert list(map(str, record.values())) == row


def test_a_problem_of_the_whole_dump_has_no_number_and_no_line(corpuscli: Run) -> None:
    (record,) = json.loads(corpuscli("check", "--json", "--expect=9", SOUND).stdout)
    assert (record["number"], record["line"]) == (None, None)
    result = corpuscli("check", "--expect=9", "-", stdin=SOUND.read_bytes())
    assert result.stdout.startswith(b"-\t\t\tunexpected-count\t")


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_a_problem_stands_on_its_line(fixture: Path, corpuscli: Run) -> None:
    """The lines are those of the file: the one named belongs to the article named."""
    listed = json.loads(corpuscli("list", "--json", fixture).stdout)
    lines = fixture.read_bytes().count(b"\n") + 1
    for record in json.loads(corpuscli("check", "--json", fixture).stdout):
        if record["number"] is None:
            continue
        article = listed[record["number"] - 1]
        following = [a["line"] for a in listed if a["number"] > record["number"]]
        assert article["line"] <= record["line"] < min([*following, lines + 1])
        assert record["code"] in article["problems"] or record["code"] not in OF_ARTICLE


def test_problems_in_one_dump_do_not_hide_that_another_is_unreadable(corpuscli: Run) -> None:
    result = corpuscli("check", "missing", PROBLEMS / "no-title.txt", SOUND)
    assert result.returncode == 2
    assert result.stdout.count(b"\n") == 1
    assert result.stderr == b"corpuscli: missing: No such file or directory\n"


def test_a_truncated_dump_is_unreadable_and_its_count_is_not_judged(
    corpuscli: Run, tmp_path: Path
) -> None:
    whole = gzip.compress((PROBLEMS / "no-title.txt").read_bytes())
    (tmp_path / "cut.gz").write_bytes(whole[:-9])
    result = corpuscli("check", "--expect=9", "cut.gz")
    assert result.returncode == 2
    assert b"truncated" in result.stderr
    assert b"unexpected-count" not in result.stdout


def test_a_compressed_dump_is_checked_as_what_is_in_it(corpuscli: Run, tmp_path: Path) -> None:
    fixture = PROBLEMS / "unexplained-gap.txt"
    (tmp_path / "d.gz").write_bytes(gzip.compress(fixture.read_bytes()))
    fields = "--fields=number,line,code,message"
    result = corpuscli("check", fields, "d.gz")
    assert result.stdout == corpuscli("check", fields, fixture).stdout != b""


def test_every_dump_is_checked_by_itself(corpuscli: Run) -> None:
    result = corpuscli("check", "--expect=2", SOUND, SOUND)
    assert (result.returncode, result.stdout) == (0, b"")


@pytest.mark.parametrize("code", ["nope", "", "No-Title", "all"])
def test_an_unknown_code_is_a_usage_error_that_lists_the_codes(corpuscli: Run, code: str) -> None:
    result = corpuscli("check", "--ignore", code, SOUND)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.count(b"\n") == 1
    assert all(name.encode() in result.stderr for name in NAMES)
    if code != "all":
        assert corpuscli("check", "--explain", code).stderr == result.stderr


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_a_code_is_explained_without_a_dump(corpuscli: Run, code: Code) -> None:
    result = corpuscli("check", "--explain", code.name)
    assert (result.returncode, result.stderr) == (0, b"")
    words = " ".join(result.stdout.decode().split())
    assert words.startswith(code.name)
    assert all(text in words for text in (code.meaning, code.why, code.way_out))
    assert max(map(len, result.stdout.decode().splitlines())) < 80


def test_all_codes_are_explained_at_once(corpuscli: Run) -> None:
    each = [corpuscli("check", "--explain", name).stdout for name in NAMES]
    assert corpuscli("check", "--explain", "all").stdout == b"\n".join(each)


def test_the_totals_are_a_record_a_dump(corpuscli: Run) -> None:
    dumps = [EXAMPLES / "harbour-news.txt", SOUND]
    result = corpuscli("check", "--totals", "--json", *dumps)
    assert (result.returncode, result.stderr) == (1, b"")
    for record, dump in zip(json.loads(result.stdout), dumps, strict=True):
        assert list(record) == TOTALS
        sizes = [record[f"{part}_bytes"] for part in ("header", "body", "other")]
        assert sum(sizes) == dump.stat().st_size
        assert sum(record[name] for name in TOTALS[7:]) == record["articles"]
    assert corpuscli("check", "--totals", SOUND).returncode == 0
    assert corpuscli("check", "--totals", "--fields=articles,chrome", SOUND).stdout == b"2\t2\n"


def test_a_file_of_another_kind_has_no_totals_and_stderr_says_why(corpuscli: Run) -> None:
    result = corpuscli("check", "--totals", PROBLEMS / "not-a-dump.txt")
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"CSV" in result.stderr


def test_verbose_ends_with_the_totals(corpuscli: Run) -> None:
    result = corpuscli("check", "--verbose", SOUND)
    assert (result.returncode, result.stdout) == (0, b"")
    chosen, totals = result.stderr.decode().splitlines()
    assert "layout page" in chosen
    assert "2 articles (chrome 2); bytes: " in totals


def test_the_cuts_change_nothing(corpuscli: Run) -> None:
    dump = EXAMPLES / "harbour-news.txt"
    plain = corpuscli("check", dump).stdout
    assert plain
    for jobs, size in [("1", "1"), ("2", "1000"), ("3", "99999999")]:
        result = corpuscli("check", f"--jobs={jobs}", f"--shard-size={size}", dump)
        assert (result.stdout, result.returncode, result.stderr) == (plain, 1, b"")


def test_a_dump_checked_into_itself_is_refused(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_bytes(SOUND.read_bytes())
    with open(tmp_path / "d.txt", "ab") as output:
        done = subprocess.run(
            [COMMAND, "check", tmp_path / "d.txt"],
            stdout=output,
            stderr=subprocess.PIPE,
            env=environment(),
        )
    assert done.returncode == 2
    assert (tmp_path / "d.txt").read_bytes() == SOUND.read_bytes()


def test_help_states_the_memory_it_takes(corpuscli: Run) -> None:
    words = b" ".join(corpuscli("check", "--help").stdout.split())
    assert b"about 100 bytes of memory per article" in words


def test_the_documents_explain_every_code() -> None:
    text = (ROOT / "docs" / "reference.md").read_text("utf-8")
    for code in CODES:
        (row,) = (line for line in text.split("\n") if line.startswith(f"| `{code.name}` |"))
        assert code.meaning in row


def test_a_table_of_one_dump_leaves_its_name_out(corpuscli: Run) -> None:
    dump = PROBLEMS / "no-body.txt"
    one = corpuscli("check", "--format", "table", dump).stdout.decode().splitlines()
    assert one[0].split() == ["no.", *FIELDS[2:]]
    two = corpuscli("check", "--format", "table", dump, SOUND).stdout.decode().splitlines()
    assert two[0].split() == ["dump", "no.", *FIELDS[2:]]


def test_headers_prove_a_dump_whatever_bytes_it_has(corpuscli: Run) -> None:
    noise = bytes(range(1, 9)) * 40
    result = corpuscli("check", "--fields=code", stdin=SOUND.read_bytes() + noise)
    assert result.stdout == b"control-characters\n"
    assert corpuscli("check", "--fields=code", stdin=noise).stdout == b"not-a-dump\n"


def test_a_code_of_an_earlier_version_may_still_be_ignored(corpuscli: Run) -> None:
    dump = b"One\n\ntext\n\n\n\nTwo\n\ntext\n"
    assert b"no-layout" in corpuscli("check", stdin=dump).stdout
    assert corpuscli("check", "--ignore", "no-headers", stdin=dump).returncode == 0
