"""Patterns and dates made to take forever: each ends, in bounded time and memory."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from conftest import COMMAND, Run, environment, weighed

from corpuscli.errors import UsageError
from corpuscli.reader.reading import Options, read_chunks
from corpuscli.search.query import LONGEST_PATTERN, Query, compile_patterns

LETTERS = f"T\n\nTT\n\nT\n\n{'a' * 20_000}\n\n{'ab ' * 10_000}\n".encode()
"""A page whose paragraphs have many places for a pattern to begin."""


def nested(repetition: str, depth: int) -> str:
    return "(?:" * depth + "a" + f"){repetition}" * depth


EXPONENTIAL = ["(a+)+$!", "(a|aa)+b!", "(.*)*!$", r"(\w+\s?)*!!", r"(a+)\1+b!", "(a|(?R))*!"]
ENORMOUS = {
    "repetitions in a row": "a{1,1000}" * 40 + "!",
    "a tower": "((((a{1,1000}){1,1000}){1,1000}){1,1000})!",
    "a wide repetition": "a{1,100000}b!",
    "a hundred thousand optional letters": "(?:a?){100000}b",
    "optional letters in a row": "a?" * (LONGEST_PATTERN // 2),
    "optional groups in a row": "(a)?" * (LONGEST_PATTERN // 4),
    "alternatives": "|".join(f"w{n}" for n in range(8000)),
    "a class": "[" + "".join(chr(0x4E00 + n) for n in range(5000)) + "]",
    "classes": r"\p{L}" * (LONGEST_PATTERN // 5),
    "sets": "[[a-z]--[aeiou]]{1000}",
    "a long look behind": f"(?<!{'a' * 1000})b",
    "many groups": "".join(f"(?P<n{n}>a)" for n in range(3000)),
    "many errors": "(?:abcdefghij){e<=8}",
    "a long word": "b" + "a" * (LONGEST_PATTERN - 1),
    "folded letters": f"(?if){'ß' * 2000}",
    "groups inside groups": "(" * 5000 + ")" * 5000,
    "opened groups": "(" * 60_000,
    "opened classes": "[" * 60_000,
    "too long": "x" * (LONGEST_PATTERN + 1),
    "too often": "a{99999999999}",
}
INVALID = ["(", "[", "*", "a{2,1}", "\\", "(?P<a", r"\N{nope}", r"\p{nope}", "(?i", r"\L<x>"]
GREEDY = {
    "calls itself": "(?R)",
    "calls itself first": "(?R)a",
    **{f"{sign} inside itself": nested(sign, 150) for sign in ("+", "{2}", "{1,9}", "{1,1000}")},
    "thousandfold": nested("{1000}", 4),
}
"""Patterns that ask for all the memory there is."""


@pytest.mark.parametrize("whole_words", [False, True])
@pytest.mark.parametrize(
    "pattern",
    [*EXPONENTIAL, *ENORMOUS.values(), *INVALID, "", "a\0b", "\0"],
    ids=[*EXPONENTIAL, *ENORMOUS, *INVALID, "empty", "null between", "null"],
)
def test_a_pattern_ends_in_a_result_or_an_error(
    pattern: str, whole_words: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpuscli.search.query.TIME_LIMIT", 0.2)
    monkeypatch.setattr("corpuscli.search.query.MOST_COMPARED", 20_000_000)
    reading = read_chunks("dump", [LETTERS], Options())
    article = reading.parse(next(reading.pieces))
    began = time.process_time()
    try:
        Query(compile_patterns([pattern], whole_words=whole_words)).find(article)
    except UsageError as error:
        assert "pattern" in str(error) and len(str(error)) < 300
    assert time.process_time() - began < 3


def test_a_pattern_that_takes_long_on_every_text_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuscli.search.query.TIME_LIMIT", 0.5)
    (pattern,) = compile_patterns([r"(?:x|xx)+y"])
    letters, took = 10, 0.0
    while took < 0.05:
        began = time.process_time()
        pattern.search("x" * letters)
        took = time.process_time() - began
        letters += 1
    # No text reaches its limit; together they take ten times as long.
    texts = "".join(f"{'x' * (letters - 1)}! xy {number}\n\n" for number in range(100))
    reading = read_chunks("dump", [f"T\n\nTT\n\nT\n\n{texts}".encode()], Options())
    article = reading.parse(next(reading.pieces))
    began = time.process_time()
    with pytest.raises(UsageError, match="takes too long"):
        Query((pattern,)).find(article)
    assert time.process_time() - began < 2
    few = read_chunks("dump", [b"T\n\nTT\n\nT\n\nxxy\n"], Options())
    assert Query((pattern,)).find(few.parse(next(few.pieces)))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is told by /proc only")
@pytest.mark.parametrize("pattern", GREEDY.values(), ids=GREEDY)
def test_a_pattern_takes_no_more_memory_than_it_may(pattern: str, tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(LETTERS)
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(
            [*weighed(tmp_path / "memory"), COMMAND, "grep", "-j1", "-c", pattern, "dump"],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        process.wait()
    message = (tmp_path / "said").read_bytes()
    assert process.returncode == 2
    assert message.startswith(b"corpuscli: pattern '") and message.count(b"\n") == 1
    assert int((tmp_path / "memory").read_text()) < 400 * 1024


def test_an_empty_pattern_finds_everything(corpuscli: Run) -> None:
    for arguments in (("",), ("-e", ""), ("-w", "-e", ""), ("-F", ""), ("-i", "")):
        ended = corpuscli(
            "grep", "--fields", "field", *arguments, "-", stdin=b"T\n\nTT\n\nT\n\n!\n"
        )
        assert (ended.returncode, ended.stderr) == (0, b""), arguments
        assert ended.stdout == b"title\nparagraph\n" or arguments[0] == "-w"


LONG_DATES = ["1" * 100_000, "1-" * 50_000, "May " * 25_000, "1/1/" * 25_000, "2020 " * 20_000]


@pytest.mark.parametrize("date", LONG_DATES, ids=lambda date: date[:5])
def test_a_date_of_any_length_is_none_or_one(corpuscli: Run, date: str) -> None:
    ended = corpuscli("list", "--since", date, "-", stdin=LETTERS)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.count(b"\n") == 1 and len(ended.stderr) < 6000
    assert b"write 2024" in ended.stderr
    page = f"T\n\n{date}\n{date}\nTT\n\nT\n\n{date}\n{date}\n\nBody.\n"
    fields = ("--fields", "photo_date,caption_count", "-")
    ended = corpuscli("list", *fields, stdin=page.encode())
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"\t1\n", b"")
