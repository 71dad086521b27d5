"""Imports go one way, downwards, and a start pays only for what a call needs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import corpuscli

PACKAGE = Path(corpuscli.__file__).parent

NOUNS = {"errors", "interpreted", "model"}

MAY_IMPORT = {
    "config": {"errors"},
    "source": {"errors"},
    "captions": {"interpreted", "source"},
    "reader": NOUNS | {"config", "source"},
    "records": NOUNS | {"captions", "config", "reader", "source"},
    "search": NOUNS | {"records", "source"},
    "inspection": NOUNS | {"captions", "reader", "records", "source"},
    "engine": NOUNS | {"inspection", "reader", "records", "search", "source"},
    "output": NOUNS | {"captions", "records", "source"},
    "api": NOUNS | {"captions", "output", "reader", "records", "source"},
    "dask": NOUNS | {"engine", "reader", "records", "source"},
    "cli": NOUNS
    | {"config", "engine", "inspection", "output", "reader", "records", "search", "source"},
    "errors": set(),
    "interpreted": set(),
    "model": set(),
}
"""The rooms of the house, and the rooms each may import from."""

ENTRANCES = {"__init__", "__main__"}
"""Entry points: they may import anything."""


DUMP = Path(__file__).parent.parent / "examples" / "harbour-news.txt"


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def imported(path: Path) -> set[str]:
    """Return the modules of this package that a file imports, anywhere in it."""
    parts = ("corpuscli", *path.relative_to(PACKAGE).with_suffix("").parts)
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.level:
                base = parts[: len(parts) - node.level]
                if path.name == "__init__.py":
                    base = parts[: len(parts) - node.level]
                module = ".".join((*base, *([node.module] if node.module else [])))
                if node.module is None:
                    names |= {f"{module}.{alias.name}" for alias in node.names}
                    continue
            else:
                module = node.module or ""
            names.add(module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.split(".")[0] == "corpuscli"}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_from_rooms_it_may(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own in ENTRANCES:
        return
    others = {room(name) for name in imported(path)} - {own, "", "__version__"}
    assert others <= MAY_IMPORT[own]


def test_every_room_is_in_the_plan() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules()}
    assert rooms - ENTRANCES == set(MAY_IMPORT)


def test_no_two_rooms_import_each_other() -> None:
    seen: set[str] = set()
    while len(seen) < len(MAY_IMPORT):
        ready = {name for name, below in MAY_IMPORT.items() if below <= seen} - seen
        assert ready, "rooms import each other in a circle"
        seen |= ready


def test_every_room_says_in_a_sentence_what_happens_there() -> None:
    for name in set(MAY_IMPORT) - {"errors", "interpreted", "model", "api", "dask"}:
        docstring = ast.get_docstring(
            ast.parse((PACKAGE / name / "__init__.py").read_text("utf-8"))
        )
        assert docstring, name


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_typer_is_imported_in_cli_only(path: Path) -> None:
    if "cli" not in path.relative_to(PACKAGE).parts:
        assert "import typer" not in path.read_text("utf-8")


HEAVY = {
    "rich", "dateutil", "regex", "orjson", "numpy", "tempfile", "json", "email", "hyperscan",
    "multiprocessing", "concurrent.futures", "heapq", "corpuscli.output.progress",
    "corpuscli.captions.dates", "corpuscli.captions.credits", "corpuscli.captions.places",
}  # fmt: skip
"""What takes long to import, and most calls do without."""


def modules_of(*arguments: str) -> set[str]:
    """The modules that a call has imported when it ends."""
    program = (
        "import sys, os\n"
        "from corpuscli.cli.app import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "os.write(2, ' '.join(sys.modules).encode())"
    )
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, check=True)
    return set(done.stderr.decode().split())


def test_a_piped_list_imports_nothing_it_does_not_need() -> None:
    # typer imports heapq.
    found = modules_of("list", "--fields", "number,words,title", str(DUMP))
    assert found & HEAVY - {"heapq"} == set()


def test_the_version_is_told_without_typer_and_help_without_the_commands() -> None:
    assert modules_of("--version") & {"typer", "inspect", "corpuscli.cli.options"} == set()
    found = modules_of("--help")
    assert found & HEAVY - {"heapq"} == set()
    assert {name for name in found if name.split(".")[1:2] and name.startswith("corpuscli.")} & {
        "corpuscli.reader", "corpuscli.records", "corpuscli.engine.inputs", "corpuscli.source",
    } == set()  # fmt: skip


def test_a_search_that_finds_nothing_imports_no_reader_of_several_processes() -> None:
    found = modules_of("grep", "nowhere to be found", str(DUMP))
    assert found & HEAVY - {"heapq", "hyperscan"} == set()
    assert "regex" in modules_of("grep", "nowhere|never", str(DUMP))
