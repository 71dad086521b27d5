"""The user's own defaults: which count, where they count, and what is printed about them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import COMMAND, DATA, EXAMPLES, Run, environment

DUMP = str(EXAMPLES / "harbour-news.txt")
ARCHIVE = str(DATA / "layouts" / "archive.txt")


def settings(corpuscli: Run, *arguments: str, **changes: str) -> dict[str, Any]:
    result = corpuscli("config", "--json", *arguments, **changes)
    assert (result.returncode, result.stderr) == (0, b"")
    return {record["name"]: record for record in json.loads(result.stdout)}


def on_terminal(folder: Path, *arguments: str, **changes: str) -> str:
    """What a command draws on a terminal of 100 columns."""
    parent, child = pty.openpty()
    env = environment(TERM="xterm-256color", COLUMNS="100", **changes)
    with subprocess.Popen(
        [COMMAND, *arguments], stdin=child, stdout=child, stderr=child, cwd=folder, env=env
    ) as process:
        os.close(child)
        drawn = b""
        try:
            while data := os.read(parent, 65536):
                drawn += data
        except OSError:
            pass
        os.close(parent)
        process.wait(30)
    return drawn.decode()


def test_without_any_everything_is_as_it_comes(corpuscli: Run) -> None:
    found = settings(corpuscli)
    assert {record["source"] for record in found.values()} == {"default"}
    assert {name: record["value"] for name, record in found.items()} == {
        "layout": "auto",
        "encoding": "auto",
        "jobs": None,
        "color": "auto",
        "columns": ["number", "photo_date", "words", "caption_count", "title"],
    }


def test_each_value_says_where_it_comes_from(corpuscli: Run, tmp_path: Path) -> None:
    file = tmp_path / "corpuscli.toml"
    file.write_text('# mine\nlayout = "archive"\njobs = 3\n')
    found = settings(corpuscli, CORPUSCLI_JOBS="2", CORPUSCLI_COLUMNS="number, title")
    assert found["layout"] == {
        "name": "layout", "value": "archive", "source": "file", "origin": str(file), "line": 2,
    }  # fmt: skip
    assert found["jobs"] == {
        "name": "jobs", "value": 2, "source": "environment", "origin": "CORPUSCLI_JOBS",
        "line": None,
    }  # fmt: skip
    assert found["columns"]["value"] == ["number", "title"]
    assert found["color"]["source"] == "default"


def test_the_nearest_file_counts_alone(corpuscli: Run, tmp_path: Path) -> None:
    home = tmp_path / "home" / "corpuscli"
    home.mkdir(parents=True)
    (home / "corpuscli.toml").write_text("jobs = 9\n")
    inner = tmp_path / "project" / "deep" / "deeper"
    inner.mkdir(parents=True)

    def jobs() -> object:
        done = subprocess.run(
            [COMMAND, "config", "--json"],
            cwd=inner,
            env=environment(XDG_CONFIG_HOME=str(tmp_path / "home")),
            capture_output=True,
            check=True,
        )
        return {one["name"]: one["value"] for one in json.loads(done.stdout)}["jobs"]

    assert jobs() == 9
    (tmp_path / "project" / "corpuscli.toml").write_text('color = "never"\n')
    assert jobs() is None
    (inner / "corpuscli.toml").write_text("jobs = 4\n")
    assert jobs() == 4


@pytest.mark.parametrize("place", [("--no-config", "config"), ("config", "--no-config")])
def test_no_config_leaves_the_file_unread(
    corpuscli: Run, tmp_path: Path, place: tuple[str, ...]
) -> None:
    (tmp_path / "corpuscli.toml").write_text("this is no TOML")
    result = corpuscli(*place, "--json")
    assert (result.returncode, result.stderr) == (0, b"")
    assert {record["source"] for record in json.loads(result.stdout)} == {"default"}


def test_a_layout_or_an_encoding_from_it_is_named(corpuscli: Run, tmp_path: Path) -> None:
    file = tmp_path / "corpuscli.toml"
    file.write_text('layout = "archive"\n')
    said = corpuscli("list", ARCHIVE, CORPUSCLI_ENCODING="utf-8")
    asked = corpuscli("list", "--no-config", "--layout", "archive", ARCHIVE)
    assert said.stdout == asked.stdout != b""
    assert said.stderr.decode() == (
        f"corpuscli: layout archive, set by {file}:1\n"
        "corpuscli: encoding utf-8, set by CORPUSCLI_ENCODING\n"
    )
    assert corpuscli("list", "-q", ARCHIVE).stderr == b""
    assert corpuscli("grep", "--quiet", "a", ARCHIVE).stderr == b""
    assert asked.stderr == b""


def test_the_command_line_goes_first(corpuscli: Run, tmp_path: Path) -> None:
    (tmp_path / "corpuscli.toml").write_text('layout = "archive"\n')
    plain = corpuscli("list", "--no-config", DUMP)
    told = corpuscli("list", "--layout", "auto", DUMP)
    assert (told.stdout, told.stderr) == (plain.stdout, b"")


def test_a_layout_file_counts_from_where_the_configuration_is(
    corpuscli: Run, tmp_path: Path
) -> None:
    (tmp_path / "corpuscli.toml").write_text('layout = "site.toml"\n')
    (tmp_path / "site.toml").write_bytes(corpuscli("layouts", "show", "archive").stdout)
    (tmp_path / "deep").mkdir()
    done = subprocess.run(
        [COMMAND, "list", "-q", ARCHIVE],
        cwd=tmp_path / "deep",
        env=environment(),
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == corpuscli("list", "--layout", "archive", ARCHIVE).stdout


def test_columns_and_colour_mean_nothing_in_a_pipe(corpuscli: Run, tmp_path: Path) -> None:
    before = [corpuscli(*c, DUMP).stdout for c in (["list"], ["list", "--format", "table"])]
    (tmp_path / "corpuscli.toml").write_text('columns = ["title"]\ncolor = "always"\n')
    after = [corpuscli(*c, DUMP).stdout for c in (["list"], ["list", "--format", "table"])]
    assert after == before
    assert b"\x1b" not in after[1]


def test_columns_and_colour_count_on_a_terminal(tmp_path: Path) -> None:
    usual = on_terminal(tmp_path, "list", DUMP)
    assert "words" in usual and "\x1b[" in usual
    (tmp_path / "corpuscli.toml").write_text('columns = ["line", "title"]\ncolor = "never"\n')
    mine = on_terminal(tmp_path, "list", DUMP)
    assert mine.split()[:2] == ["line", "title"] and "words" not in mine
    assert "\x1b[" not in mine
    assert "words" in on_terminal(tmp_path, "list", "--no-config", DUMP)
    asked = on_terminal(tmp_path, "list", "--fields", "words", DUMP)
    assert asked.split()[0] == "words" and "title" not in asked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jobs = 2\ncolor =\n", "line 2"),
        ('jobs = 2\ncolour = "never"\n', "colour: no such key (did you mean 'color'?)"),
        ('\n\ncolor = "blue"\n', "color: must be auto, always, never (line 3)"),
        ('layout = "archiv"\n', "(did you mean 'archive'?) (line 1)"),
        ('encoding = "klingon"\n', "unknown encoding 'klingon' (line 1)"),
        ("jobs = 0\n", "(line 1)"),
        ("jobs = true\n", "(line 1)"),
        ('columns = ["number",\n "titel"]\n', "unknown field 'titel'"),
        ("columns = []\n", "must be a list of fields (line 1)"),
        ("[layout]\nname = 1\n", "(line 1)"),
        ("jobs = 1\n\xff", "is not UTF-8 (line 2)"),
    ],
)
def test_a_broken_file_is_one_line_that_says_where(
    corpuscli: Run, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "corpuscli.toml"
    file.write_bytes(text.encode("latin-1"))
    for arguments in (["list", DUMP], ["config"], ["layouts"]):
        result = corpuscli(*arguments)
        assert (result.returncode, result.stdout) == (2, b"")
        line = result.stderr.decode()
        assert line.startswith(f"corpuscli: {file}: ") and line.count("\n") == 1
        assert said in line and "line " in line


@pytest.mark.parametrize(
    ("name", "value"),
    [("LAYOUT", "nowhere"), ("ENCODING", "x"), ("JOBS", "many"), ("COLOR", "red"),
     ("COLUMNS", "number,nmber")],
)  # fmt: skip
def test_a_variable_that_cannot_be_is_one_line(corpuscli: Run, name: str, value: str) -> None:
    result = corpuscli("list", DUMP, **{f"CORPUSCLI_{name}": value})
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(f"corpuscli: CORPUSCLI_{name}: ".encode())
    assert result.stderr.count(b"\n") == 1


def test_an_empty_variable_sets_nothing(corpuscli: Run) -> None:
    assert settings(corpuscli, CORPUSCLI_LAYOUT="")["layout"]["source"] == "default"


def test_a_variable_that_sets_nothing_is_named(corpuscli: Run) -> None:
    result = corpuscli("config", CORPUSCLI_LAYOUTS="page")
    assert result.returncode == 0
    assert result.stderr == (
        b"corpuscli: CORPUSCLI_LAYOUTS sets nothing (did you mean 'CORPUSCLI_LAYOUT'?)\n"
    )


def test_a_directory_that_is_gone_has_no_configuration(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f'cd "{gone}" && rmdir "{gone}" && exec "{COMMAND}" list --limit 1 "{DUMP}"'
    done = subprocess.run(["sh", "-c", script], capture_output=True, env=environment())
    assert (done.returncode, done.stderr) == (0, b"")
