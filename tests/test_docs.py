"""What the documents show is what the command prints, and every recipe runs."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from conftest import COMMAND, EXAMPLES, ROOT, environment

DUMP = str(EXAMPLES / "harbour-news.txt")

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def shell(command: str) -> str:
    """What a command prints, run from the root of the project."""
    path = f"{Path(COMMAND).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        env=environment(PATH=path, LC_ALL="C.UTF-8"),
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def sessions(document: Path) -> list[str]:
    return re.findall(r"^```console\n(.*?)^```$", document.read_text("utf-8"), re.M | re.S)


def run_again(session: str, folder: Path) -> str:
    """The session with what its commands print now; `/tmp` in it is an empty folder."""
    lines = []
    for command in re.findall(r"^\$ (.*)$", session, re.M):
        printed = shell(command.replace("/tmp/", f"{folder}/")).replace(f"{folder}/", "/tmp/")
        lines.append(f"$ {command}\n{printed}")
    return "".join(lines)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_shows_is_what_is_printed(document: Path, tmp_path: Path) -> None:
    text = document.read_text("utf-8")
    for session in sessions(document):
        again = run_again(session, tmp_path)
        text = text.replace(session, again)
    if os.environ.get("WRITE_DOCS"):
        document.write_text(text, "utf-8")
    assert text == document.read_text("utf-8"), "run the tests with WRITE_DOCS=1 to renew it"


def test_the_readme_shows_five_examples() -> None:
    assert len(sessions(ROOT / "README.md")) == 5


def recipe(name: str, *arguments: str | Path) -> str:
    return shell(" ".join([f"examples/{name}", *map(str, arguments)]))


def test_recipe_titles_by_date() -> None:
    dates = [line.split("\t")[0] for line in recipe("titles-by-date.sh", DUMP).splitlines()]
    assert len(dates) == 13
    assert dates == sorted(dates, reverse=True)


def test_recipe_most_repeated() -> None:
    printed = recipe("most-repeated.sh", DUMP)
    assert printed == "2\tCod Prices Climb as the Fleet Stays in Port\n"


def test_recipe_mentions(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("Vikhaven\nnowhere\n")
    printed = recipe("mentions.sh", tmp_path / "words", DUMP)
    assert re.fullmatch(r"[1-9]\d*\tVikhaven\n0\tnowhere\n", printed)


def test_recipe_check_a_cleaned_dump(tmp_path: Path) -> None:
    printed = recipe("check-a-cleaned-dump.sh", DUMP, tmp_path / "clean.txt")
    assert re.fullmatch(r"saved [1-9]\d* bytes\n", printed)
    assert os.listdir(tmp_path) == ["clean.txt"]
