"""The documents show what the commands print, and every recipe runs.

`WRITE_DOCS=1 pytest tests/test_docs.py` renews all output; then read the diff.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import COMMAND, EXAMPLES, ROOT, environment
from screen import on_terminal

from corpuscli.cli.man import EXIT_STATUS

DUMP = str(EXAMPLES / "harbour-news.txt")
PATH = f"{Path(COMMAND).parent}{os.pathsep}{os.environ['PATH']}"

README = ROOT / "README.md"
DOCS = ROOT / "docs"
COOKBOOK = DOCS / "cookbook.md"
DOCUMENTS = [README, *sorted(DOCS.glob("*.md"))]
ALL = [*sorted(ROOT.glob("*.md")), *DOCUMENTS[1:], *sorted(ROOT.glob("*/README.md"))]

TOOLS = ("duckdb", "git", "iconv", "jq", "make", "parallel", "sqlite-utils", "watch")
"""What documents use and not every machine has; without it their sessions are skipped."""

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
COMMANDS = re.compile(r"^\$ (.*(?:\n> .*)*)", re.M)
"""A command; it goes on in lines with `> `, as in a shell."""


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


def parts(document: Path) -> list[str]:
    """What is run in one folder: a recipe of the cookbook, any other document as a whole."""
    text = document.read_text("utf-8")
    return re.split(r"^(?=## )", text, flags=re.M) if document == COOKBOOK else [text]


def heading(part: str) -> str:
    return part.splitlines()[0].strip("# ")


PARTS = [
    pytest.param(document, n, id=f"{name_of(document)}: {heading(part)}")
    for document in DOCUMENTS
    for n, part in enumerate(parts(document))
    if COMMANDS.search(part)
]


# The author of a recipe's commits, if git knows nobody.
DESK = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "desk"), ("EMAIL", "desk@example.org"))
}


def shell(command: str, home: Path = ROOT) -> str:
    """What a command prints, run from the root of the project."""
    usual = {"PATH": PATH, "LC_ALL": "C.UTF-8", "HOME": str(home), "TERM": "xterm"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        env=environment(**usual, **DESK),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout + done.stderr


def seen(command: str) -> str:
    """What a person sees of it on a terminal of 80 columns without colours."""
    changes = {"PATH": PATH, "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    _, text = on_terminal(shell=command, folder=ROOT, changes=changes)
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip() + "\n"


def run_again(kind: str, session: str, folder: Path) -> str:
    """The session with what its commands print now; `/tmp` and `~` in it are an empty folder."""
    shown = []
    for command in COMMANDS.findall(session):
        if kind == "terminal":
            printed = seen(command)
        else:
            here = command.replace("\n> ", "\n").replace("/tmp/", f"{folder}/")
            printed = shell(here, folder).replace(f"{folder}/", "/tmp/")
        assert not re.search(r"command not found|No such file", printed), printed
        shown.append(f"$ {command}\n{printed}")
    return ("\n" if kind == "terminal" else "").join(shown)


@pytest.mark.parametrize("document, n", PARTS)
def test_what_a_document_shows_is_what_is_printed(document: Path, n: int, tmp_path: Path) -> None:
    part = parts(document)[n]
    commands = " ".join(COMMANDS.findall(part))
    for tool in TOOLS:
        if re.search(rf"(?<![\w./-]){tool}(?![\w.-])", commands) and not shutil.which(
            tool, path=PATH
        ):
            pytest.skip(f"{tool} is not here")
    again = BLOCK.sub(
        lambda block: (
            f"```{block[1]}\n{run_again(block[1], block[2], tmp_path)}```"
            if block[1] in ("console", "terminal")
            else block[0]
        ),
        part,
    )
    if os.environ.get("WRITE_DOCS"):
        document.write_text(document.read_text("utf-8").replace(part, again), "utf-8")
    else:
        assert again == part, "WRITE_DOCS=1 pytest tests/test_docs.py renews it"


@pytest.mark.parametrize("document", ALL, ids=name_of)
def test_no_command_is_shown_that_is_not_run(document: Path) -> None:
    text = document.read_text("utf-8")
    assert len(re.findall(r"^ *```", text, re.M)) == 2 * len(BLOCK.findall(text))
    for kind, block in BLOCK.findall(text):
        is_run = kind in ("console", "terminal") and document in DOCUMENTS
        assert is_run == bool(COMMANDS.match(block)), block
        assert is_run or "\n$ " not in block, block
        # CI runs the two commands of the README, in an environment of their own.
        assert kind != "sh" or document == README, block


def anchors(document: Path) -> list[str]:
    """Return the anchors of the headings in a document."""
    titles = re.findall(r"^#+ (.*)$", BLOCK.sub("", document.read_text("utf-8")), re.M)
    return [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles]


@pytest.mark.parametrize("document", ALL, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    text = BLOCK.sub("", document.read_text("utf-8"))
    for link in re.findall(r"\]\((?!https?:)([^)]*)\)", text):
        path, _, place = link.partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), link
        assert not place or anchors(there).count(place) == 1, link


def test_the_index_and_the_pages_lead_to_each_other() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    for page in DOCS.glob("*.md"):
        if page.name != "README.md":
            assert f"]({page.name})" in index
            assert "[docs](README.md)" in page.read_text("utf-8").splitlines()[2], page.name
    assert "](docs/README.md)" in README.read_text("utf-8")


def test_the_readme_is_a_screen_with_two_commands_and_five_examples() -> None:
    text = README.read_text("utf-8")
    kinds = [kind for kind, _ in BLOCK.findall(text)]
    assert kinds == ["sh", "sh", *["console"] * 5]
    assert len(text.splitlines()) <= 80


def test_the_cookbook_has_twenty_two_recipes() -> None:
    recipes = parts(COOKBOOK)[1:]
    assert len(recipes) == 22
    assert all(COMMANDS.search(recipe) for recipe in recipes)


def test_the_readme_tells_the_exit_codes_as_the_man_pages_do() -> None:
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", README.read_text("utf-8"), re.M)
    assert [(code, about.replace("`", "")) for code, about in rows] == list(EXIT_STATUS)


@pytest.mark.parametrize(
    "script, file", [("reference", "reference.md"), ("picture", "terminal.svg")]
)
def test_what_a_script_makes_is_up_to_date(script: str, file: str) -> None:
    made = subprocess.run(
        [sys.executable, f"tools/{script}.py"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    if os.environ.get("WRITE_DOCS"):
        (DOCS / file).write_bytes(made)
    assert made == (DOCS / file).read_bytes(), f"python tools/{script}.py > docs/{file}"


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
