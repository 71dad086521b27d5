"""Several dumps, directories of dumps, and lists of them."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest
from compose import Page, render
from conftest import COMMAND, EXAMPLES, Run, environment

HARBOUR = EXAMPLES / "harbour-news.txt"
ONE = render([Page("The Ferry", ("A ferry left.", "It came back.")), Page("Bread", ("Bread.",))])
TWO = render([Page("A Ferry Again", ("The ferry left again.",)), Page("Ferry", ("No.",))])


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    """A directory with two dumps and a file that is not one."""
    folder = tmp_path / "dumps"
    (folder / "b").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "a.txt").write_bytes(ONE)
    (folder / "b" / "two.txt.gz").write_bytes(gzip.compress(TWO))
    (folder / "b.txt").write_bytes(ONE)
    (folder / ".hidden.txt").write_bytes(ONE)
    (folder / ".git" / "x.txt").write_bytes(ONE)
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "all.json").write_bytes(b'[\n{"title":"The Ferry"}\n]\n')
    os.mkfifo(folder / "fifo")
    return folder


def names(output: bytes) -> list[str]:
    return list(dict.fromkeys(line.split("\t")[0] for line in output.decode().splitlines()))


def test_a_directory_is_the_dumps_below_it(corpuscli: Run, dumps: Path) -> None:
    done = corpuscli("list", "dumps")
    assert names(done.stdout) == ["dumps/a.txt", "dumps/b/two.txt.gz", "dumps/b.txt"]
    said = "corpuscli: dumps: skipped: 2 hidden, 2 not page text\n"
    assert (done.returncode, done.stderr.decode()) == (0, said)
    assert corpuscli("list", "-q", "dumps").stderr == b""
    assert corpuscli("grep", "-l", "ferry left again", "dumps/b").stdout.startswith(b"dumps/b/two")


def test_an_empty_directory_is_an_error(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    done = corpuscli("list", "none")
    assert (done.returncode, done.stderr) == (2, b"corpuscli: none: contains no dumps\n")


@pytest.mark.parametrize("separator", [b"\n", b"\0"])
def test_a_list_of_dumps(corpuscli: Run, dumps: Path, tmp_path: Path, separator: bytes) -> None:
    (tmp_path / "names").write_bytes(separator.join([b"dumps/b.txt", b"dumps/b", b""]))
    from_file = corpuscli("list", "-q", "--files-from", "names")
    assert names(from_file.stdout) == ["dumps/b.txt", "dumps/b/two.txt.gz"]
    piped = corpuscli("list", "-q", "--files-from", "-", stdin=(tmp_path / "names").read_bytes())
    assert piped.stdout == from_file.stdout
    missing = corpuscli("list", "--files-from", "nowhere")
    assert (missing.returncode, missing.stderr.count(b"\n")) == (2, 1)


COLUMNS = [("list",), ("grep", "-l", "."), ("grep", "-v", "nowhere")]


@pytest.mark.parametrize("command", COLUMNS, ids=" ".join)
def test_of_several_dumps_the_dump_comes_first(
    corpuscli: Run, dumps: Path, command: tuple[str, ...]
) -> None:
    one = corpuscli(*command, "dumps/a.txt").stdout.decode().splitlines()
    two = corpuscli(*command, "dumps/a.txt", "dumps/b.txt").stdout.decode().splitlines()
    assert two == [f"{name}\t{row}" for name in ("dumps/a.txt", "dumps/b.txt") for row in one]
    bare = corpuscli(*command, "--no-dump", "dumps/a.txt", "dumps/b.txt").stdout.decode()
    assert bare.splitlines() == one * 2
    for option in ("-H", "--with-dump"):
        named = corpuscli(*command, option, "dumps/a.txt").stdout.decode().splitlines()
        assert named == [f"dumps/a.txt\t{row}" for row in one]


def test_the_dump_beside_chosen_fields(corpuscli: Run, dumps: Path) -> None:
    assert corpuscli("list", "-H", "--fields", "number", "dumps/a.txt").stdout == (
        b"dumps/a.txt\t1\ndumps/a.txt\t2\n"
    )
    twice = ("dumps/a.txt", "dumps/b.txt")
    assert corpuscli("list", "--fields", "number", *twice).stdout == b"1\n2\n1\n2\n"
    found = corpuscli("grep", "--no-dump", "Bread", "dumps/a.txt").stdout.decode()
    assert found.startswith("2\ttitle\t")
    both = corpuscli("list", "--no-dump", "--fields", "dump", "dumps/a.txt")
    assert (both.returncode, b"cannot be used together" in both.stderr) == (2, True)


def test_totals_of_all_dumps_are_told_from_those_of_one(corpuscli: Run, dumps: Path) -> None:
    done = corpuscli("stats", "--fields", "articles", "dumps/a.txt", "dumps/b.txt")
    assert done.stdout == b"dumps/a.txt\t2\ndumps/b.txt\t2\n\t4\n"
    records = corpuscli("stats", "--json", "--fields", "articles", "dumps/a.txt", "dumps/b.txt")
    assert [one["dump"] for one in json.loads(records.stdout)][-1] is None
    assert corpuscli("stats", "--fields", "articles", "dumps/a.txt").stdout == b"2\n"


def test_m_counts_in_each_dump(corpuscli: Run, dumps: Path) -> None:
    files = ("dumps/a.txt", "dumps/b/two.txt.gz")
    first = corpuscli("grep", "-l", "-m", "1", "-i", "ferry", "--fields", "dump,number", *files)
    assert first.stdout == b"dumps/a.txt\t1\ndumps/b/two.txt.gz\t1\n"
    limited = corpuscli("grep", "-l", "--limit", "1", "-i", "ferry", "--fields", "dump", *files)
    assert limited.stdout == b"dumps/a.txt\n"
    most = ("--sort", "words", "--reverse", "--fields", "dump,number")
    ordered = corpuscli("grep", "-l", "-m", "1", "-i", "ferry", *most, *files)
    assert sorted(ordered.stdout.splitlines()) == sorted(first.stdout.splitlines())
    assert corpuscli("grep", "-m", "0", "-i", "ferry", *files).returncode == 1
    assert corpuscli("grep", "-q", "-m", "0", "-i", "ferry", *files).returncode == 1


def test_rows_for_xargs(corpuscli: Run, dumps: Path, tmp_path: Path) -> None:
    odd = "dumps/a\tname\nof 2 lines.txt"
    (tmp_path / odd).write_bytes(ONE)
    done = corpuscli("list", "-0", "--fields", "dump", "--limit", "1", odd)
    assert done.stdout == odd.encode() + b"\0"
    found = corpuscli("grep", "-l0", "--fields", "dump", "Bread", odd)
    assert found.stdout == odd.encode() + b"\0"
    written = corpuscli("split", "-0", "-o", "articles", odd).stdout
    assert sorted(written.decode().split("\0")[:-1]) == sorted(os.listdir(tmp_path / "articles"))
    line = '"$0" split -0 --force -o articles "$1" | (cd articles && xargs -0 cat) | wc -l'
    run = ["bash", "-c", line, COMMAND, odd]
    count = subprocess.run(run, cwd=tmp_path, env=environment(), capture_output=True, check=True)
    assert int(count.stdout) > 2


# What -q means


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("grep", "ferry"), 0),
        (("grep", "nowhere"), 1),
        (("check",), 1),
        (("check", "--totals"), 1),
        (("diff", "dumps/a.txt"), 1),
        (("split", "-o", "articles"), 0),
        (("split", "-o", "parts", "--as", "jsonl"), 0),
        (("dedupe-captions", "-o", "clean.txt"), 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_q_prints_nothing_where_something_else_is_the_answer(
    corpuscli: Run, dumps: Path, command: tuple[str, ...], code: int
) -> None:
    done = corpuscli(*command, "-q", HARBOUR)
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


def test_q_goes_with_a_file_but_not_with_records_on_stdout(corpuscli: Run, tmp_path: Path) -> None:
    for command in ("check", "split -o x"):
        done = corpuscli(*command.split(), "-q", "--json", HARBOUR)
        assert (done.returncode, b"-q prints nothing" in done.stderr) == (2, True)
    assert corpuscli("check", "-q", "-o", "problems.json", HARBOUR).returncode == 1
    assert len(json.loads((tmp_path / "problems.json").read_bytes())) == 4


# A dump without articles, and how many articles have problems


def test_an_empty_dump_is_a_problem(corpuscli: Run) -> None:
    for text in (b"", b"\n \n\n"):
        done = corpuscli("check", "--fields", "code", stdin=text)
        assert (done.returncode, done.stdout) == (1, b"no-articles\n")
    assert corpuscli("check", "--ignore", "no-articles", stdin=b"").returncode == 0
    listed = corpuscli("list", stdin=b"\n")
    assert (listed.returncode, listed.stdout) == (0, b"")
    assert listed.stderr == b"corpuscli: -: is blank: it has no articles\n"


def test_list_stats_and_check_agree_which_articles_have_problems(corpuscli: Run) -> None:
    listed = corpuscli("list", "--fields", "number,problems", HARBOUR).stdout.decode().splitlines()
    odd = [row.split("\t")[0] for row in listed if not row.endswith("[]")]
    (stats,) = json.loads(corpuscli("stats", "--json", HARBOUR).stdout)
    assert stats["articles_with_problems"] == len(odd)
    rows = corpuscli("check", "--fields", "number,code", HARBOUR).stdout.decode().splitlines()
    checked = {row.split("\t")[0] for row in rows if not row.endswith("duplicate-article")}
    assert sorted(checked) == sorted(odd)


# Context


def test_context_rows_say_so(corpuscli: Run, dumps: Path) -> None:
    rows = corpuscli("grep", "-C1", "ferry left", "dumps/a.txt").stdout.decode().splitlines()
    assert [row.split("\t")[-1] for row in rows] == ["false", "true"]
    plain = corpuscli("grep", "ferry left", "dumps/a.txt").stdout.decode()
    assert plain.endswith("\tA ferry left.\n")
    records = json.loads(corpuscli("grep", "--json", "-C1", "ferry left", "dumps/a.txt").stdout)
    assert [record["context"] for record in records] == [False, True]


def test_paragraphs_before_and_after(corpuscli: Run) -> None:
    dump = render([Page("Title", ("One.", "Two.", "Three.", "Four.", "Five."))])

    def around(*options: str) -> list[str]:
        found = corpuscli("grep", *options, "--fields", "text", "Three", "-", stdin=dump)
        return found.stdout.decode().split()

    assert around("-A1") == ["Three.", "Four."]
    assert around("-B1") == ["Two.", "Three."]
    assert around("-C1", "-A0") == ["Two.", "Three."]
    assert around("-A2", "-B1") == ["Two.", "Three.", "Four.", "Five."]


def test_fields_to_search_may_be_separated_by_commas(corpuscli: Run, dumps: Path) -> None:
    one = corpuscli("grep", "-i", "--in", "title,deck", "ferry", "dumps/a.txt").stdout
    assert one == corpuscli("grep", "-i", "--in=title", "--in=deck", "ferry", "dumps/a.txt").stdout
    wrong = corpuscli("grep", "--in", "title,dek", "ferry", "dumps/a.txt")
    assert (wrong.returncode, b"'deck'" in wrong.stderr) == (2, True)
