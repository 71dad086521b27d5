"""What others wrote is shown on a terminal and never obeyed: titles, names, patterns, options."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import COMMAND, Run, environment
from hypothesis import given
from hypothesis import strategies as st
from screen import bytes_on_terminal

from corpuscli.output.visible import visible

OBEYED = (
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u061c\u200e\u200f\u2028\u2029",
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
)
"""Characters that a terminal may obey: C0, DEL, C1, bidirectional controls, other line ends."""

SEQUENCES = (
    "\x1b[2J", "\x1b[H", "\x1b[6n", "\x1b[31m", "\x1b[?1049h", "\x1b]0;owned\a",
    "\x1b]8;;http://x\x1b\\",
    "\x1b]52;c;ZXZpbA==\a", "\x1bP$q\"p\x1b\\", "\x1b_G\x1b\\", "\x1bc", "\x1b(0", "\x9b31m",
    "\x9d0;x\x9c",
    "\x90q\x9c", "\r", "\b\b\b", "\x0e", "\x0f", "\x05",
)  # fmt: skip
"""What is made of them: to clear, to ask, to colour, to name, to link, to copy, to draw."""

MARKUP = (
    "[bold]", "[/bold]", "[/]", "[/b]", "[sic]", "[red on white]", "[link=file:///etc/passwd]",
    "[@click=x]",
    ":smile:", "\\", "\\[", "{0}", "%s", "[", "]", "[[", "<b>",
)  # fmt: skip
"""What a library might read as its own markup."""

WORDS = (
    "word",
    "Wort",
    "слово",
    "كلمة",
    "字",
    "e\u0301",
    "\u200d",
    "👩\u200d🚀",
    " ",
    "'",
    '"',
    "-",
)

OWN_SEQUENCE = re.compile("\x1b\\[[0-9;]*m|\x1b]8;[^\x1b]*\x1b\\\\")


def hostile_text(chance: random.Random) -> str:
    """A line of text made to be obeyed; it begins and ends with a letter, as trimming leaves it."""
    parts = [chance.choice(chance.choice((OBEYED, SEQUENCES, MARKUP, WORDS))) for _ in range(8)]
    return "A" + "".join(parts).replace("\n", "\v") + "z"


def hostile_dump(titles: list[str]) -> bytes:
    return "".join(
        f"{title}\n\nCaption {title}\nCaption {title}\nTT\n\n{title}\n\n{title} in a body\n\n\n\n"
        for title in titles
    ).encode()


def as_shown(text: str) -> str:
    """The text with every character that is obeyed as its escape; by the table of Unicode."""
    names = {"\t": "\\t", "\r": "\\r"}
    return "".join(
        char
        if char not in OBEYED
        else names.get(char, f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}")
        for char in text
    )


def seen_on_terminal(folder: Path, *arguments: str | bytes) -> str:
    """Return what a terminal of many columns gets from a command, without line ends.

    Its standard error is a file: the progress of a slow machine would be seen otherwise.
    """
    environ = environment(TERM="xterm-256color", PAGER="cat", COLUMNS="1000")
    command: list[str | bytes | Path] = [
        "bash",
        "-c",
        'exec "$@" 2>said',
        "bash",
        COMMAND,
        *arguments,
    ]
    _, seen = bytes_on_terminal(command, folder, environ, columns=1000)
    return seen.decode().replace("\r\n", "\n")


def foreign(seen: str) -> Iterator[str]:
    """Return the characters that a terminal would obey, except line ends."""
    return (c for c in seen if c != "\n" and (c in OBEYED or unicodedata.category(c) == "Cs"))


COMMANDS = (
    ("list",),
    ("show", "--no-pager", "1-"),
    ("grep", "body"),
    ("grep", "-o", "A.*z"),
    ("grep", "--format", "table", "."),
    ("check",),
    ("dedupe-captions", "--report"),
)


@pytest.fixture(scope="module")
def titles(request: pytest.FixtureRequest) -> list[str]:
    chance = random.Random(5)
    count = 100_000 if request.config.getoption("--long") else 2_000
    return [hostile_text(chance) for _ in range(count)]


@pytest.fixture(scope="module")
def dump(titles: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump of hostile pages under a hostile name."""
    path = tmp_path_factory.mktemp("hostile") / "\x1b[31mred\u202e[bold]\n.txt"
    path.write_bytes(hostile_dump(titles))
    return path


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_no_control_sequence_of_a_dump_reaches_a_terminal(
    arguments: tuple[str, ...], dump: Path, tmp_path: Path
) -> None:
    seen = seen_on_terminal(tmp_path, *arguments, "--color", "never", str(dump))
    assert seen.count("\n") > 1000
    assert not set(foreign(seen))


@pytest.mark.parametrize("arguments", COMMANDS[:3], ids=lambda arguments: arguments[0])
def test_colour_is_our_own(arguments: tuple[str, ...], dump: Path, tmp_path: Path) -> None:
    with_a_problem = b"A title\n\nTT\n\nA title\n\nText.\n\n\n\n\nMore text.\n"
    pages = hostile_dump(["3 May 2020, Ulm: A word (dpa)", "Ab"])
    (tmp_path / "harmless").write_bytes(pages + with_a_problem)
    harmless = seen_on_terminal(tmp_path, *arguments, "harmless")
    ours = set(OWN_SEQUENCE.findall(harmless))
    assert ours
    seen = seen_on_terminal(tmp_path, *arguments, str(dump))
    assert set(OWN_SEQUENCE.findall(seen)) <= ours
    assert not set(foreign(OWN_SEQUENCE.sub("", seen)))


def test_every_letter_of_a_title_is_shown(dump: Path, titles: list[str], tmp_path: Path) -> None:
    columns = ("list", "--color", "never", "--no-header", "--fields", "title")
    seen = seen_on_terminal(tmp_path, *columns, str(dump))
    lines = seen.splitlines()
    assert len(lines) == len(titles)
    whole = 0
    for line, title in zip(lines, titles, strict=True):
        shown, ellipsis, _ = line.rstrip().partition("…")
        assert as_shown(title).startswith(shown)
        whole += not ellipsis and as_shown(title) == shown
    assert whole > 0.9 * len(titles)


HOSTILE = "\x1b[31mred\u202e[bold]\a"
CALLS = (
    ("list", "--format", HOSTILE),
    ("list", "--jobs", HOSTILE),
    ("list", "--" + HOSTILE),
    ("list", "-" + HOSTILE),
    (HOSTILE,),
    ("list", "--fields", HOSTILE),
    ("list", "--since", HOSTILE),
    ("list", "--title", "(" + HOSTILE),
    ("list", "--encoding", HOSTILE),
    ("list", "--layout", HOSTILE),
    ("list", "--layout", HOSTILE + ".toml"),
    ("show", HOSTILE),
    ("grep", "(" + HOSTILE),
    ("grep", "-f", HOSTILE),
    ("split", "-o", "/dev/null/" + HOSTILE),
    ("split", "-o", "x", "--name", "{" + HOSTILE + "}"),
    ("dedupe-captions", "-o", "nowhere/" + HOSTILE),
    ("schema", HOSTILE),
    ("layouts", "show", HOSTILE),
    ("check", "--ignore", HOSTILE),
    ("list", HOSTILE),
    ("list", b"\xff\x9b31m" + HOSTILE.encode()),
)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: str(call[0])[:9])
def test_a_message_is_one_harmless_line(corpuscli: Run, call: tuple[str | bytes, ...]) -> None:
    ended = corpuscli(*call, stdin=b"T\n\nTT\n\nT\n\nB\n")
    assert (ended.returncode, ended.stdout) == (2, b"")
    said = ended.stderr.decode()
    assert said.startswith("corpuscli: ") and said.count("\n") == 1
    assert not set(foreign(said))


def test_a_layout_file_is_not_trusted_either(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "hostile.toml").write_text('"\\u001b[31m\\u202e" = "\\u0007"\n')
    ended = corpuscli("list", "--layout", "hostile.toml", stdin=b"T\n")
    assert ended.returncode == 2
    assert not set(foreign(ended.stderr.decode()))


@given(st.text(st.characters()))
def test_what_is_visible_is_harmless_and_stays_so(text: str) -> None:
    shown = visible(text)
    assert not set(foreign(shown)) and "\n" not in shown
    assert visible(shown) == shown
