"""Files named by titles that cannot be trusted: plain names, all different, all in one place."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from unicodedata import normalize

import pytest
from conftest import Run

from corpuscli.output.filenames import LONGEST, Names

TITLES = (
    *("../x", "../../../../etc/passwd", "/etc/passwd", "/", ".", "..", "...", "a/b", "a\\b"),
    *("CON", "con.txt", "NUL", "aux", "COM1", "COM¹", "LPT9.tar", "desktop.ini", 'a:b*?"<>|'),
    *("-rf", "--force", "--", ".hidden", "name.", "name...", "a" * 400, "ä" * 400, "م" * 128),
    *("مرحبا بالعالم", "\u202etxt.exe\u202c", "e\u0301te\u0301", "été", "Été", "ÉTÉ", "STRASSE"),
    *("Straße", "ﬁ", "fi", "ǅ", "İ", "ı", "i", "K", "\u212a", "👩\u200d🚀", "!!!", "字"),
    *("a\0b", "a\tb", "a\rb", "a\vb", "a\u2028b", "\x1b[31mred", "$(touch x)", "`id`", "Title"),
    *("TITLE", "title", "Title", "title 2", "title-2", "a" * 79 + "-" + "b" * 9, "a b" * 90),
    *("\ufeffx", "a;b", "%s", "{slug}", "C:x", "~root", "Thumbs.db"),
)  # fmt: skip
TEMPLATES = ("{number:09}-{slug}", "{slug}", "{slug}{slug}{slug}", "{photo_date}", "con", ".{slug}",
             "-{slug}", "{slug:>200}")  # fmt: skip

PLAIN = re.compile(r"[A-Za-z0-9_+=@,][A-Za-z0-9._+=@,-]*\.txt")
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def page(title: str) -> bytes:
    return f"{title}\n\nTT\n\n{title}\n\nThe body of {title}\n\n\n\n".encode()


def same(name: str) -> str:
    """What a file system that folds case and composes letters takes a name for."""
    return normalize("NFC", name).casefold()


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_name_is_plain_and_its_own(corpuscli: Run, tmp_path: Path, template: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "dump").write_bytes(b"".join(map(page, TITLES)))
    ended = corpuscli(
        "split", "--as", "raw", "--name", template, "-o", "out", "--fields", "file", "in/dump"
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    names = ended.stdout.decode().split("\n")[:-1]
    assert len(names) == len(TITLES)
    assert sorted(os.listdir(tmp_path / "out")) == sorted(names)
    assert sorted(os.listdir(tmp_path)) == ["in", "out"]
    assert len({same(name) for name in names}) == len(names)
    for name in names:
        assert PLAIN.fullmatch(name) and not DEVICE.match(name) and len(name) <= LONGEST
    pieces = [(tmp_path / "out" / name).read_bytes() for name in names]
    assert pieces == [page(title) for title in TITLES]


def test_equal_names_take_no_longer_the_more_there_are() -> None:
    names = Names("{slug}", ".txt", ["dump"])
    began = time.process_time()
    given = [names.name(0, {"slug": "the-same"}) for _ in range(30_000)]
    assert time.process_time() - began < 5
    assert given[1] == "the-same-2.txt" and len(set(given)) == len(given)


@pytest.mark.parametrize("folder", [".", "in", "in/../in", "in/deeper"])
def test_the_directory_may_be_that_of_the_dump(corpuscli: Run, tmp_path: Path, folder: str) -> None:
    dump = tmp_path / "in" / "title.txt"
    dump.parent.mkdir()
    dump.write_bytes(page("Title") + page("Other"))
    for force in ([], ["--force"]):
        name = ("--name", "{slug}", *force)
        ended = corpuscli("split", "-o", folder, *name, "--fields", "file", "in/title.txt")
        assert dump.read_bytes() == page("Title") + page("Other")
        assert b"Traceback" not in ended.stderr and ended.stderr.count(b"\n") < 2
        if folder.endswith("in"):
            assert ended.returncode == 2
            assert ended.stderr.startswith(f"corpuscli: {folder}/title.txt: ".encode())
        else:
            assert (ended.returncode, ended.stdout) == (0, b"title.txt\nother.txt\n")


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("there", ["a file", "a link", "a dangling link", "a directory", "a pipe"])
def test_what_is_in_place_is_replaced_only_where_that_harms_nothing(
    corpuscli: Run, tmp_path: Path, there: str, force: bool
) -> None:
    (tmp_path / "out").mkdir()
    place, other = tmp_path / "out" / "title.txt", tmp_path / "other"
    other.write_bytes(b"precious")
    match there:
        case "a file":
            place.write_bytes(b"old")
        case "a link":
            place.symlink_to(other)
        case "a dangling link":
            place.symlink_to(tmp_path / "nowhere")
        case "a directory":
            place.mkdir()
        case _:
            os.mkfifo(place)
    options = ("-o", "out", "--name", "{slug}", *(["--force"] if force else []))
    ended = corpuscli("split", *options, "-", stdin=page("Title"))
    assert other.read_bytes() == b"precious" and not (tmp_path / "nowhere").exists()
    if force and there != "a directory":
        assert (ended.returncode, ended.stderr) == (0, b"")
        assert place.is_file() and not place.is_symlink()
        assert place.read_bytes() == b"Title\n\nThe body of Title\n"
    else:
        assert ended.returncode == 2
        assert ended.stderr.startswith(b"corpuscli: out/title.txt: ")
        assert ended.stderr.count(b"\n") == 1
    assert os.listdir(tmp_path / "out") == ["title.txt"]


def test_a_directory_holds_as_many_as_there_are(
    corpuscli: Run, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    count = 100_000 if request.config.getoption("--long") else 3_000
    (tmp_path / "dump").write_bytes(b"".join(page(f"Title {n % 7}") for n in range(count)))
    for template in ("{number}", "{slug}"):
        ended = corpuscli("split", "-o", "out-" + template[1:5], "--name", template, "dump")
        assert (ended.returncode, ended.stderr) == (0, b"")
        assert len(os.listdir(tmp_path / ("out-" + template[1:5]))) == count
