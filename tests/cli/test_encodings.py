"""`--encoding`: dumps that are not UTF-8, and the message if the encoding does not fit."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from compose import Page, Photo, render
from conftest import DATA, Run

WORDS = {
    "utf-16-le": "Café ميناء порт 港",
    "windows-1256": "ميناء المدينة",
    "windows-1251": "порт города",
    "cp037": "Café größer",
    "shift_jis": "港の船ソ表",
}
MARKED = ("utf-8-sig", "utf-16")
"""Those that Python writes with a byte order mark."""

SOME = ("windows-1256", "utf-16-le", "shift_jis", *MARKED)

COMMANDS = [
    ("list",),
    ("show", "1"),
    ("grep", "x"),
    ("split",),
    ("dedupe-captions",),
    ("dedupe-captions", "--report"),
    ("stats",),
]


def text(words: str) -> str:
    return render(
        [
            Page(f"Ferries {words}", (f"One {words}.", "Two."), captions=(f"Quay {words}. (dpa)",)),
            Page("Bread", ("Three.", Photo(f"A {words}.")), captions=("Loaves.",), chrome=False),
        ],
        newline="\r\n",
    ).decode()


def records(result: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert (result.returncode, result.stderr) == (0, b"")
    return [json.loads(line) for line in result.stdout.splitlines()]


def without_places(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in ("start", "end", "dump")}


@pytest.mark.parametrize("encoding", SOME)
def test_a_dump_reads_the_same_in_every_encoding_and_passes_through_byte_for_byte(
    encoding: str, corpuscli: Run, tmp_path: Path
) -> None:
    dump = text(WORDS.get(encoding, WORDS["utf-16-le"]))
    data = dump.encode(encoding)
    option = () if encoding in MARKED else ("--encoding", encoding)
    (tmp_path / "dump.txt").write_bytes(data)
    (tmp_path / "dump.gz").write_bytes(gzip.compress(data))
    right = records(corpuscli("split", stdin=dump.encode()))
    whole = corpuscli("split", *option, "dump.txt")
    found = records(whole)
    assert [without_places(record) for record in found] == [without_places(r) for r in right]
    edges = [record["start"] for record in found] + [len(data)]
    assert edges == [0] + [record["end"] for record in found]
    cut = corpuscli("split", *option, "-j3", "--shard-size=1024", "dump.gz").stdout
    assert cut.replace(b"dump.gz", b"dump.txt") == whole.stdout
    corpuscli("split", "-o", "pieces", "--as=raw", *option, "dump.txt")
    pieces = [path.read_bytes() for path in sorted((tmp_path / "pieces").iterdir())]
    assert b"".join(pieces) == data


@pytest.mark.parametrize("encoding", SOME)
def test_the_captions_deleted_are_those_of_the_same_dump_in_utf_8(
    encoding: str, corpuscli: Run
) -> None:
    dump = text(WORDS.get(encoding, WORDS["utf-16-le"]))
    option = () if encoding in MARKED else ("--encoding", encoding)
    once = corpuscli("dedupe-captions", *option, stdin=dump.encode(encoding)).stdout
    assert corpuscli("dedupe-captions", *option, stdin=once).stdout == once
    clean = corpuscli("dedupe-captions", stdin=dump.encode()).stdout
    assert once == clean.decode().encode(encoding)


def test_what_a_report_says_was_saved_is_bytes_of_the_dump(corpuscli: Run) -> None:
    data = text(WORDS["windows-1256"]).encode("windows-1256")
    option = ("--encoding", "windows-1256")
    report = records(
        corpuscli("dedupe-captions", "--report", "--format=jsonl", *option, stdin=data)
    )
    after = corpuscli("dedupe-captions", *option, stdin=data).stdout
    assert sum(record["bytes_saved"] for record in report) == len(data) - len(after)


def test_a_dump_is_cleaned_in_place_in_its_own_encoding(corpuscli: Run, tmp_path: Path) -> None:
    data = text(WORDS["windows-1251"]).encode("windows-1251")
    (tmp_path / "dump.txt").write_bytes(data)
    option = ("--encoding", "windows-1251")
    result = corpuscli("dedupe-captions", "-i", *option, "dump.txt")
    assert (result.returncode, result.stderr) == (0, b"")
    assert (tmp_path / "dump.txt").read_bytes() == corpuscli(
        "dedupe-captions", *option, stdin=data
    ).stdout  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "bad"),
    [("utf-8", b"\xff"), ("utf-16-le", b"\0\xd8"), ("windows-1251", b"\x98"), ("gbk", b"\xff")],
)
def test_bytes_that_are_not_valid_are_marked_told_and_kept(
    encoding: str, bad: bytes, corpuscli: Run
) -> None:
    data = text("x").encode(encoding) + bad + "end.\r\n".encode(encoding)
    option = ("--encoding", encoding)
    last = records(corpuscli("split", *option, stdin=data))[-1]
    assert last["paragraphs"][-1] == "\ufffdend."
    assert last["problems"] == ["undecodable-bytes"]
    checked = corpuscli("check", "--fields=number,code", *option, stdin=data)
    assert (checked.returncode, checked.stdout) == (1, b"2\tundecodable-bytes\n")
    assert corpuscli("show", "--raw", "1-", *option, stdin=data).stdout == data
    after = corpuscli("dedupe-captions", *option, stdin=data).stdout
    assert after.endswith(bad + "end.\r\n".encode(encoding))


def test_lines_count_as_grep_counts_them(corpuscli: Run, tmp_path: Path) -> None:
    names = []
    for character in "\r\0\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        names.append(f"{ord(character):04x}.txt")
        body = f"One{character}more{character}{character}."
        dump = f"T\n\nTT\n\nT\n\n{body}\n\nU\n\nTT\n\nU\n\nNeedle.\n"
        (tmp_path / names[-1]).write_text(dump, "utf-8", newline="")
    command = ["grep", "-a", "-n", "-m1", "-e", "Needle", *names]
    counted = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    lines = [line.split(b":")[:2] for line in counted.splitlines()]
    found = corpuscli("grep", "--format=tsv", "--fields=dump,line", "Needle", *names).stdout
    assert [line.split(b"\t") for line in found.splitlines()] == lines
    assert len(lines) == 10


# What is refused


@pytest.mark.parametrize(
    ("command", "name"),
    [("list", "iso2022_jp"), ("check", "rot13"), ("dedupe-captions", "klingon")],
)
def test_an_encoding_that_no_dump_can_have_is_refused_in_one_line(
    command: str, name: str, corpuscli: Run
) -> None:
    result = corpuscli(command, "--encoding", name, DATA / "seed.txt")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"corpuscli: ")
    assert result.stderr.count(b"\n") == 1
    assert (b"iconv -f ISO-2022-JP -t UTF-8" in result.stderr) == (name == "iso2022_jp")


# The message if the encoding does not fit


ARABIC = "انتقل سوق المدينة القديمة إلى تحت سقف جديد من الخشب.\n\n" * 4
RUSSIAN = "Рынок старого города переехал под новую деревянную крышу.\n\n" * 4
FRENCH = "Le marché couvert a été rénové; les boulangers où l’on s’arrête…\n\n" * 4
HEADER = "T\n\nTT\n\nT\n\n"
NOT_UTF8 = "text that is not UTF-8; try --encoding"
NO_MARK = "UTF-16 without a byte order mark; try --encoding"
ODD = {
    "windows-1256": (ARABIC, f"{NOT_UTF8} windows-1256"),
    "windows-1251": (RUSSIAN, f"{NOT_UTF8} windows-1251"),
    "windows-1252": (FRENCH, f"{NOT_UTF8} windows-1252"),
    "utf-16-le": (FRENCH, f"{NO_MARK} utf-16-le"),
    "utf-16-be": (ARABIC, f"{NO_MARK} utf-16-be"),
}


def odd(encoding: str) -> bytes:
    return (HEADER + ODD[encoding][0]).encode(encoding)


@pytest.mark.parametrize("encoding", ODD)
def test_what_looks_like_another_encoding_is_said_with_the_option_that_helps(
    encoding: str, corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "dump.txt").write_bytes(odd(encoding))
    said = f"corpuscli: dump.txt: looks like {ODD[encoding][1]}\n".encode()
    result = corpuscli("list", "dump.txt")
    assert (result.returncode, result.stderr) == (0, said)
    assert corpuscli("list", "--encoding", encoding, "dump.txt").stderr == b""


def test_it_is_said_of_piped_and_of_compressed_dumps(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "dump.gz").write_bytes(gzip.compress(odd("utf-16-be")))
    said = f"looks like {ODD['utf-16-be'][1]}\n".encode()
    assert corpuscli("list", "dump.gz").stderr == b"corpuscli: dump.gz: " + said
    assert corpuscli("list", stdin=odd("utf-16-be")).stderr == b"corpuscli: -: " + said


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_reading_command_says_it_once_and_not_when_quiet(
    command: tuple[str, ...], corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_bytes(odd("windows-1256"))
    said = b"looks like text that is not UTF-8; try --encoding windows-1256\n"
    result = corpuscli(*command, "one.txt")
    assert result.stderr == b"corpuscli: one.txt: " + said
    quiet = corpuscli(*command, "--quiet", "one.txt")
    assert (quiet.returncode, quiet.stderr) == (result.returncode, b"")
    if command[0] == "grep":
        assert quiet.stdout == b""
    else:
        assert quiet.stdout == result.stdout


def test_it_is_said_of_each_dump_and_of_no_other(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(odd("windows-1256"))
    (tmp_path / "two.txt").write_bytes(odd("utf-16-le"))
    (tmp_path / "good.txt").write_text(HEADER + RUSSIAN, "utf-8")
    names = ("one.txt", "good.txt", "two.txt")
    for arguments in (("list", *names), ("show", "1", *names)):
        lines = corpuscli(*arguments).stderr.splitlines()
        assert [line.split(b": ")[1] for line in lines] == [b"one.txt", b"two.txt"]


def test_captions_cleaned_in_place_or_into_a_file_say_it_too(
    corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_bytes(odd("windows-1256"))
    said = b"corpuscli: one.txt: looks like text that is not UTF-8; try --encoding windows-1256\n"
    assert corpuscli("dedupe-captions", "-o", "out.txt", "one.txt").stderr == said
    assert corpuscli("dedupe-captions", "-i", "one.txt").stderr == said
    assert corpuscli("dedupe-captions", "-q", "-i", "one.txt").stderr == b""
    assert (tmp_path / "one.txt").read_bytes() == odd("windows-1256")


def test_check_says_it_as_a_problem_and_not_on_stderr(corpuscli: Run) -> None:
    result = corpuscli("check", "--fields=code,message", stdin=odd("utf-16-le"))
    assert (result.returncode, result.stderr) == (1, b"")
    assert f"other-encoding\tthis looks like {ODD['utf-16-le'][1]}\n".encode() in result.stdout


def test_utf_8_that_is_read_as_something_else_is_said(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(HEADER + ARABIC, "utf-8")
    said = b"corpuscli: dump.txt: looks like UTF-8; try --encoding utf-8\n"
    for name in ("windows-1256", "utf-16-le", "cp037"):
        assert corpuscli("list", "--encoding", name, "dump.txt").stderr == said
    assert corpuscli("list", "--encoding", "utf-8", "dump.txt").stderr == b""


def test_a_few_damaged_bytes_are_no_other_encoding(corpuscli: Run) -> None:
    data = (HEADER + ARABIC).encode() + b"\xe4\xf6\xfc\xdf\xe9\xe8\xe0\xf1"
    assert corpuscli("list", stdin=data).stderr == b""


def test_a_dump_of_clean_utf_8_is_given_no_second_look(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(HEADER + ARABIC, "utf-8")
    program = (
        "import sys, os\n"
        "sys.argv = ['corpuscli', 'list', sys.argv[1]]\n"
        "from corpuscli.cli.app import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "os.write(2, b'looks' if 'corpuscli.source.looks' in sys.modules else b'')"
    )
    dump = str(tmp_path / "dump.txt")
    done = subprocess.run([sys.executable, "-c", program, dump], capture_output=True, check=True)
    assert done.stderr == b""
