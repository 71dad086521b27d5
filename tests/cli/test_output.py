"""What every command promises about its output, its input and its end."""

from __future__ import annotations

import bz2
import codecs
import gzip
import json
import lzma
import os
import re
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from compose import Page, render
from conftest import COMMAND, DATA, EXAMPLES, Run, environment
from screen import on_terminal

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SEED = DATA / "seed.txt"
HARBOUR = EXAMPLES / "harbour-news.txt"
COMMANDS = [
    ("list",),
    ("show", "1-"),
    ("grep", "."),
    ("split",),
    ("dedupe-captions",),
]
LOCALES = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "utf-16", "FORCE_COLOR": "1", "COLUMNS": "1", "TERM": "dumb"},
    {"TZ": "Asia/Kathmandu", "LANGUAGE": "de", "PYTHONWARNINGS": "error", "NO_COLOR": "1"},
]
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": lambda data: zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1}),
}
HOSTILE = [
    "[bold]loud[/bold]",
    "[link=file:///etc/passwd]x[/link]",
    "[/b] :smile: trailing \\",
    "\x1b[2J\x1b[31mred",
    "\x1b]8;;http://evil\x1b\\x\x1b]8;;\x1b\\",
    "\x1b]52;c;ZXZpbA==\a",
    "\x9b31mC1",
    "\u202egnp.exe\u202c",
    "\u2066isolated\u2069 \u200f",
    "bell\a back\b\b return\rover",
    "nul\0 del\x7f",
]
Result = subprocess.CompletedProcess[bytes]


def big_dump(articles: int) -> bytes:
    return b"".join(
        f"{title}\n\nTT\n\n{title}\n\nBody {n * n}.\n\n\n\n".encode()
        for n in range(articles)
        for title in [f"Title {n} of a dump that is long enough to fill a pipe and more than one"]
    )


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump whose output fills any pipe."""
    path = tmp_path_factory.mktemp("big") / "dump"
    path.write_bytes(big_dump(1200))
    return path


def shell(command: str, folder: Path, **changes: str) -> Result:
    return subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        cwd=folder,
        env=environment(CORPUSCLI=COMMAND, **changes),
        timeout=60,
    )


def assert_one_line(result: Result, code: int = 2) -> None:
    assert result.returncode == code
    assert result.stderr.startswith(b"corpuscli: ")
    assert result.stderr.endswith(b"\n") and result.stderr.count(b"\n") == 1
    assert b"Traceback" not in result.stderr


# Formats


def test_output_is_the_same_whatever_the_locale(corpuscli: Run) -> None:
    dump = DATA / "arabic.txt"
    for arguments in [("split",), ("list", "--format=csv")]:
        plain = corpuscli(*arguments, dump)
        assert (plain.returncode, plain.stderr) == (0, b"")
        plain.stdout.decode("utf-8")
        for locale in LOCALES:
            assert corpuscli(*arguments, dump, **locale).stdout == plain.stdout, locale


def test_patterns_and_titles_are_unicode_in_any_locale(corpuscli: Run) -> None:
    dump = render([Page("Путин", ("قال الوزير",))])
    for locale in LOCALES[:2]:
        found = corpuscli("grep", "-o", "-i", "ПУТИН|وزير", "-", stdin=dump, **locale)
        assert found.stdout.decode().split("\n")[:2] == [
            "-\t1\ttitle\t1\tПутин",
            "-\t1\tparagraph\t8\tوزير",
        ]
        failed = corpuscli("grep", "مشكلة(", "-", stdin=dump, **locale)
        assert_one_line(failed)


def test_hostile_text_is_exact_in_json_and_tsv(corpuscli: Run) -> None:
    titles = [title.replace("\0", "") for title in HOSTILE]
    dump = render([Page(title, ("Body.",)) for title in titles])
    records = json.loads(corpuscli("list", "--json", stdin=dump).stdout)
    assert [record["title"] for record in records] == titles
    lines = corpuscli("list", "--fields=title", stdin=dump).stdout.decode().split("\n")
    assert lines[:-1] == [title.replace("\\", "\\\\").replace("\r", "\\r") for title in titles]
    assert corpuscli("show", "--raw", "1-", stdin=dump).stdout == dump


def test_every_json_line_passes_a_strict_parser(corpuscli: Run) -> None:
    bad = b'\xed\xa0\x80 \xff \xc3\xa9 \x00 \xf4\x90\x80\x80 \xe2\x80\xa8 \xef\xbf\xbe \x1f\x7f "'
    dump = b"T " + bad + b"\n\nTT\n\nT " + bad + b"\n\n" + bad + b"\n"
    for arguments in [("split",), ("grep", "--format=jsonl", "T"), ("list", "--json")]:
        out = corpuscli(*arguments, "-", stdin=dump).stdout.decode("utf-8", "strict")
        for line in [out] if "--json" in arguments else out.split("\n")[:-1]:
            text = json.dumps(json.loads(line), ensure_ascii=False)
            assert not any(unicodedata.category(letter) == "Cs" for letter in text)


def test_no_colour_in_a_pipe_unless_asked_for(corpuscli: Run) -> None:
    forced = {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "TERM": "xterm"}
    for arguments in [("list", "--json"), ("show", "1"), ("grep", "bench")]:
        result = corpuscli(*arguments, SEED, **forced)
        assert result.returncode == 0
        assert b"\x1b" not in result.stdout
    always = corpuscli("grep", "--color=always", "--format=table", "bench", SEED)
    assert b"\x1b[" in always.stdout
    for form in ("json", "tsv"):
        result = corpuscli("grep", "--color=always", f"--format={form}", "bench", SEED)
        assert b"\x1b" not in result.stdout


# Terminals


def test_a_terminal_gets_a_table_no_wider_than_itself(tmp_path: Path) -> None:
    code, seen = on_terminal("list", "--color=never", HARBOUR, folder=tmp_path, columns=60)
    assert code == 0
    lines = seen.splitlines()
    assert lines[0].split() == "no. photo date words photos title".split()
    rows, summary = lines[1:-2], lines[-1]
    assert len(rows) == len(HARBOUR.with_suffix(".jsonl").read_text("utf-8").splitlines())
    assert all(len(line) <= 60 for line in rows)
    assert summary.startswith("18 articles, ")
    assert "\x1b" not in seen


def test_a_terminal_gets_colour_unless_told_otherwise(tmp_path: Path) -> None:
    assert "\x1b[" in on_terminal("list", SEED, folder=tmp_path)[1]
    assert "\x1b" not in on_terminal("list", SEED, folder=tmp_path, changes={"NO_COLOR": "1"})[1]
    assert "\x1b" not in on_terminal("list", "--color=never", SEED, folder=tmp_path)[1]


@pytest.mark.parametrize("arguments", [("list",), ("show", "--no-pager", "1-"), ("grep", ".")])
def test_hostile_text_is_shown_and_never_obeyed(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    pages = [Page(title, (title + " in a body",), captions=(title + "!",)) for title in HOSTILE]
    name = "\x1b[31mred\u202e[bold].txt"
    (tmp_path / name).write_bytes(render(pages))
    code, seen = on_terminal(
        *(*arguments[:1], "--color=never", *arguments[1:], name), folder=tmp_path, columns=200
    )
    assert code == 0
    controls = {letter for letter in seen if unicodedata.category(letter) in ("Cc", "Cf")}
    assert controls <= {"\n"}
    for shown in ("[bold]loud[/bold]", "[/b] :smile: trailing \\", r"\x1b[2J", r"\u202egnp.exe"):
        assert shown in seen
    assert r"\x9b31mC1" in seen and r"\x1b]52;c;ZXZpbA==\x07" in seen


def test_error_messages_show_hostile_names(corpuscli: Run, tmp_path: Path) -> None:
    name = "\x1b[31mred\n\u202e[bold]\r"
    for arguments in [("list", name), ("list", "--fields", name, SEED), ("grep", "(" + name, SEED)]:
        result = corpuscli(*arguments)
        assert_one_line(result)
        text = result.stderr.decode().rstrip("\n")
        assert "\x1b" not in text and "\u202e" not in text and "\r" not in text
        assert "[bold]" in text
    code, seen = on_terminal("list", name, folder=tmp_path)
    assert code == 2 and r"\x1b[31mred\n\u202e[bold]\r" in seen


def test_no_dump_on_a_terminal_is_a_usage_error(tmp_path: Path) -> None:
    for arguments in COMMANDS:
        code, seen = on_terminal(*arguments, folder=tmp_path)
        assert code == 2
        assert seen.startswith("corpuscli: ") and seen.count("\n") == 1


def test_show_pages_only_what_is_longer_than_the_screen(tmp_path: Path) -> None:
    (tmp_path / "pager").write_text("#!/bin/sh\nsed 's/^/paged: /'\n")
    (tmp_path / "pager").chmod(0o755)
    pager = {"PAGER": str(tmp_path / "pager")}
    show = ("show", "1", SEED)
    assert "paged: " in on_terminal(*show, folder=tmp_path, rows=5, changes=pager)[1]
    assert "paged: " not in on_terminal(*show, folder=tmp_path, rows=50, changes=pager)[1]
    plain = on_terminal(*show, "--no-pager", folder=tmp_path, rows=5, changes=pager)
    assert plain[0] == 0 and "paged: " not in plain[1]


# Readers that go away, writes that fail


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_a_reader_that_goes_away_ends_the_command_silently(
    arguments: tuple[str, ...], big: Path
) -> None:
    words = " ".join(arguments)
    run = f"$CORPUSCLI {words} {big} | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    result = shell(f"{run}; trap '' PIPE; {run}", big.parent)
    assert (result.stdout, result.stderr) == (b"141\n141\n", b"")


def test_a_reader_that_is_gone_already_is_no_failure(tmp_path: Path) -> None:
    command = f"(sleep 0.5; $CORPUSCLI grep -c bench {SEED}; echo $? >&2) | true"
    assert shell(command, tmp_path).stderr in (b"141\n", b"")
    assert b"1\n" != shell(command, tmp_path).stderr


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_a_full_disk_is_an_error_in_a_line(arguments: tuple[str, ...], big: Path) -> None:
    for dump in (SEED, big) if arguments == ("list",) else (SEED,):
        with open("/dev/full", "wb") as full:
            result = subprocess.run(
                [COMMAND, *arguments, dump],
                stdout=full,
                stderr=subprocess.PIPE,
                env=environment(),
            )
        assert_one_line(result)
        assert b"No space left on device" in result.stderr


@pytest.mark.parametrize("arguments", COMMANDS[::4], ids=lambda arguments: arguments[0])
def test_closed_streams(arguments: tuple[str, ...], tmp_path: Path) -> None:
    words = " ".join(arguments)
    assert_one_line(shell(f"$CORPUSCLI {words} {SEED} >&-", tmp_path))
    expected = shell(f"$CORPUSCLI {words} {SEED}", tmp_path)
    for closed in ("2>&-", "<&- 2>&-"):
        result = shell(f"$CORPUSCLI {words} {SEED} {closed}", tmp_path)
        assert (result.returncode, result.stdout) == (0, expected.stdout), closed
    assert shell(f"$CORPUSCLI {words} - <&-", tmp_path).returncode == 2
    assert shell(f"$CORPUSCLI {words} {SEED} <&- >&- 2>&-", tmp_path).returncode == 2


def test_an_error_that_cannot_be_told_keeps_its_code(tmp_path: Path) -> None:
    for command in ("$CORPUSCLI list --nope", "$CORPUSCLI list missing"):
        for closed in ("2>/dev/full", "2>&- >&-"):
            assert shell(f"{command} {closed} </dev/null", tmp_path).returncode == 2
    help_lost = shell("$CORPUSCLI --help >/dev/full", tmp_path)
    assert_one_line(help_lost)
    assert_one_line(shell("$CORPUSCLI --version >/dev/full", tmp_path))


def test_endless_input_into_a_full_disk_stops(tmp_path: Path) -> None:
    began = time.monotonic()
    article = r"T\n\nTT\n\nT\n\n" + "A long body. " * 200 + r"\n\n\n"
    result = shell(f"yes $'{article}' 2>/dev/null | $CORPUSCLI list >/dev/full", tmp_path)
    assert_one_line(result)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_says_nothing_and_leaves_nothing(
    tmp_path: Path, sent: signal.Signals
) -> None:
    process = subprocess.Popen(
        [COMMAND, "dedupe-captions", "-o", "clean", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(),
    )
    assert process.stdin is not None
    process.stdin.write(big_dump(20_000))
    process.stdin.flush()
    process.send_signal(sent)
    out, err = process.communicate(timeout=30)
    assert process.returncode in ((130,) if sent == signal.SIGINT else (-sent, 128 + sent))
    assert out == b"" and b"Traceback" not in err and err.count(b"\n") <= 1
    assert os.listdir(tmp_path) == []


# Inputs


def test_any_way_in_gives_the_same_bytes(corpuscli: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for words in ("split", "dedupe-captions"):
        plain = corpuscli(*words.split(), "-", stdin=HARBOUR.read_bytes()).stdout
        assert plain
        assert shell(f"$CORPUSCLI {words} - < {HARBOUR}", tmp_path).stdout == plain
        fifo = shell(f"cat {HARBOUR} > fifo & $CORPUSCLI {words} fifo", tmp_path).stdout
        assert fifo.replace(b'"dump":"fifo"', b'"dump":"-"') == plain
        slow = f"(head -c 1000 {HARBOUR}; sleep 0.2; tail -c +1001 {HARBOUR}) | $CORPUSCLI {words}"
        assert shell(slow, tmp_path).stdout == plain


def test_a_dump_has_any_name(corpuscli: Run, tmp_path: Path) -> None:
    names = [b"-n", b"--json", b"a b", b"new\nline", b"caf\xe9", b"\xff\xfe", "дамп".encode(), b"*"]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_bytes(b"T\n\nT\n\nB\n")
    for locale in ({}, LOCALES[0]):
        result = corpuscli("list", "--format=jsonl", "--", *names, **locale)
        assert (result.returncode, result.stderr) == (0, b"")
        dumps = [json.loads(line)["dump"] for line in result.stdout.decode().splitlines()]
        assert len(set(dumps)) == len(names)
        assert (dumps[3], dumps[6]) == ("new\nline", "дамп")
        tsv = corpuscli("list", "--fields=dump,title", "--", *names, **locale).stdout
        assert tsv.count(b"\n") == len(names)
        tsv.decode("utf-8")


def test_an_unreadable_input_is_an_error_and_the_others_are_read(
    corpuscli: Run, tmp_path: Path
) -> None:
    good = corpuscli("list", SEED, SEED).stdout
    for bad in (".", "loop", "/proc/self/mem", SEED / "x", "n" * 300):
        if bad == "loop":
            (tmp_path / "loop").symlink_to("loop")
        result = corpuscli("list", SEED, bad, SEED)
        assert_one_line(result)
        assert result.stdout == good
        assert result.stderr.startswith(f"corpuscli: {bad}: ".encode())
    array = corpuscli("list", "--json", SEED, "missing")
    assert array.returncode == 2 and len(json.loads(array.stdout)) == 2
    assert json.loads(corpuscli("list", "--json", "missing").stdout) == []


def test_files_without_a_size_are_read(corpuscli: Run) -> None:
    result = corpuscli("list", "--json", "--layout=plain", "/proc/version", "/proc/cpuinfo")
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout)[0]["title"].startswith("Linux version")


def test_encodings(corpuscli: Run) -> None:
    text = HARBOUR.read_text("utf-8")
    plain = json.loads(corpuscli("split", "--json", HARBOUR).stdout)
    moved = {"dump", "start", "end"}
    for encoded, options in [
        (codecs.BOM_UTF8 + text.encode(), ()),
        (codecs.BOM_UTF16_LE + text.encode("utf-16-le"), ()),
        (codecs.BOM_UTF16_BE + text.encode("utf-16-be"), ()),
        (text.encode("utf-16-le"), ("--encoding=utf-16-le",)),
    ]:
        result = corpuscli("split", "--json", *options, stdin=encoded)
        assert (result.returncode, result.stderr) == (0, b"")
        records = json.loads(result.stdout)
        assert [{k: v for k, v in record.items() if k not in moved} for record in records] == [
            {k: v for k, v in record.items() if k not in moved} for record in plain
        ]
        assert records[-1]["end"] == len(encoded)
        assert corpuscli("show", *options, "--raw", "1-", stdin=encoded).stdout == encoded
    summer = b"\xc9t\xe9\n\nTT\n\n\xc9t\xe9\n\nB"
    old = corpuscli("list", "--fields=title", "--encoding=cp1252", stdin=summer)
    assert old.stdout.decode() == "Été\n"
    assert_one_line(corpuscli("list", "--encoding=nope", SEED))


# Compression


@pytest.mark.parametrize("kind", COMPRESS)
def test_compressed_dumps_are_known_by_their_first_bytes(
    corpuscli: Run, tmp_path: Path, kind: str
) -> None:
    plain, compress = HARBOUR.read_bytes(), COMPRESS[kind]
    for name, data in [
        ("dump.txt", compress(plain)),
        ("members", compress(b"") + compress(plain[:9999]) + compress(plain[9999:])),
    ]:
        (tmp_path / name).write_bytes(data)
        expected = corpuscli("split", "-", stdin=plain).stdout
        result = corpuscli("split", name)
        assert (result.returncode, result.stderr) == (0, b""), name
        assert result.stdout.replace(f'"dump":"{name}"'.encode(), b'"dump":"-"') == expected
        piped = corpuscli("split", stdin=data)
        assert (piped.returncode, piped.stdout) == (0, expected)
    (tmp_path / "plain.gz").write_bytes(plain)
    assert corpuscli("show", "--raw", "1-", "plain.gz").stdout == plain


@pytest.mark.parametrize("kind", COMPRESS)
def test_damaged_compression_gives_what_is_before_it_and_an_error(
    corpuscli: Run, tmp_path: Path, kind: str
) -> None:
    plain = big_dump(1000)
    data = COMPRESS[kind](plain)
    whole = corpuscli("list", stdin=plain).stdout
    (tmp_path / "cut").write_bytes(data[: len(data) * 3 // 4])
    (tmp_path / "tail").write_bytes(data[:-4])
    flipped = bytearray(data)
    flipped[len(data) // 2] ^= 0x55
    (tmp_path / "flipped").write_bytes(flipped)
    (tmp_path / "second").write_bytes(data + data[: len(data) // 2])
    results = {name: corpuscli("list", name) for name in ("cut", "tail", "flipped", "second")}
    for name, result in results.items():
        assert_one_line(result)
        assert result.stderr.startswith(f"corpuscli: {name}: ".encode())
        assert result.stdout == b"" or result.stdout.endswith(b"\n")
    assert whole.startswith(results["cut"].stdout)
    assert results["second"].stdout.startswith(whole[: whole.rindex(b"\n", 0, -1)])
    if kind in ("gzip", "xz"):
        assert results["cut"].stdout.count(b"\n") > 300
        assert results["tail"].stdout.count(b"\n") >= 999
    array = corpuscli("list", "--json", "cut")
    assert array.returncode == 2
    assert len(json.loads(array.stdout)) == results["cut"].stdout.count(b"\n")


def test_a_wrong_checksum_loses_no_article(corpuscli: Run, tmp_path: Path) -> None:
    plain = big_dump(30)
    whole = corpuscli("list", stdin=plain).stdout
    packed = bytearray(gzip.compress(plain))
    packed[-8] ^= 1
    (tmp_path / "dump").write_bytes(packed)
    result = corpuscli("list", "dump")
    assert result.stdout == whole
    assert result.returncode == 2
    assert b"checksum is wrong" in result.stderr
    assert corpuscli("dedupe-captions", "dump", "-o", "clean.txt").returncode == 2
    assert not (tmp_path / "clean.txt").exists()


def test_what_follows_a_compressed_dump(corpuscli: Run, tmp_path: Path) -> None:
    data = gzip.compress(SEED.read_bytes())
    good = corpuscli("list", SEED).stdout
    (tmp_path / "padded").write_bytes(data + bytes(512))
    padded = corpuscli("list", "padded")
    assert (padded.returncode, padded.stdout, padded.stderr) == (0, good, b"")
    (tmp_path / "garbage").write_bytes(data + b"garbage")
    garbage = corpuscli("list", "garbage")
    assert garbage.stdout == good
    assert garbage.returncode in (0, 2) and garbage.stderr.count(b"\n") == 1


def test_a_few_magic_bytes_are_no_crash(corpuscli: Run) -> None:
    for magic in (b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"):
        result = corpuscli("list", stdin=magic)
        assert result.returncode in (0, 2)
        assert result.stderr.count(b"\n") == 1
        assert b"internal error" not in result.stderr


# Usage errors


@pytest.mark.parametrize(
    "words",
    [
        *("nope", "--nope", "list --nope", "list --format", "list --format=xml", "list -j0"),
        *("list --shard-size=0", "list --color=maybe", "list --layout=nope"),
        *("list --json=1", "split --as=pdf", "list --backup=x", "LIST"),
    ],
)
def test_a_usage_error_is_one_line_and_code_2(corpuscli: Run, words: str) -> None:
    result = corpuscli(*words.split(), stdin=SEED.read_bytes())
    assert_one_line(result)
    assert result.stdout == b""


def test_a_usage_error_reads_well(corpuscli: Run) -> None:
    assert len(corpuscli().stderr) < 200
    long = corpuscli("list", "--" + "x" * 100_000)
    assert_one_line(long)


def test_help_and_version(corpuscli: Run) -> None:
    for arguments in [(), *((command[0],) for command in COMMANDS)]:
        long = corpuscli(*arguments, "--help")
        assert (long.returncode, long.stderr) == (0, b"")
        assert b"Usage: corpuscli" in long.stdout and b"\x1b" not in long.stdout
    short, whole = corpuscli("list", "-h").stdout, corpuscli("list", "--help").stdout
    assert short.startswith(b"Usage: corpuscli list") and len(short) < len(whole)
    version = corpuscli("--version")
    assert version.returncode == 0
    assert re.fullmatch(rb"corpuscli [\d.]+ \((compiled|interpreted)\)\n", version.stdout)


def test_json_and_format_that_disagree_do_not_crash(corpuscli: Run) -> None:
    result = corpuscli("list", "--json", "--format=csv", SEED)
    if result.returncode == 0:
        assert len(json.loads(result.stdout)) == 2
    else:
        assert_one_line(result)
