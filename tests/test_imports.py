"""Imports go one way, downwards, and a start pays only for what a call needs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import corpuscli

PACKAGE = Path(corpuscli.__file__).parent

ORDER = [
    "interpreted",
    "errors",
    "interrupts",
    "lazy",
    "memory",
    "text",
    "toml",
    "excerpts",
    "layouts",
    "model",
    "source",
    "transcode",
    "atomic",
    "captions",
    "survey",
    "headers",
    "anchors",
    "line_hashes",
    "vectors",
    "boundaries",
    "faults",
    "caption_lines",
    "parse",
    "reading",
    "shard",
    "workers",
    "shards",
    "batches",
    "tasks",
    "cluster",
    "codes",
    "records",
    "figures",
    "differences",
    "schema",
    "config",
    "looks",
    "check",
    "dedupe",
    "literals",
    "scan",
    "search",
    "selection",
    "stats",
    "pictures",
    "diff",
    "filenames",
    "columns",
    "output",
    "targets",
    "parts",
    "api",
    "dask",
    "cli",
]
"""The rooms of the house, each above those it may import from."""


DUMP = Path(__file__).parent.parent / "examples" / "harbour-news.txt"


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def imported(path: Path) -> set[str]:
    """The modules of this package that a file imports, wherever in it."""
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
def test_a_module_imports_only_from_the_rooms_below_it(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own in ("__init__", "__main__"):
        return
    for name in imported(path):
        other = room(name)
        if other and other != own and other in ORDER:
            assert ORDER.index(other) < ORDER.index(own), f"{path.name} imports {name}"


def test_every_room_has_its_place_in_the_order() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules()}
    assert rooms - {"__init__", "__main__"} == set(ORDER)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_typer_is_imported_in_cli_only(path: Path) -> None:
    if "cli" not in path.relative_to(PACKAGE).parts:
        assert "import typer" not in path.read_text("utf-8")


def test_a_piped_list_imports_nothing_it_does_not_need() -> None:
    program = (
        "import sys\n"
        f"sys.argv = ['corpuscli', 'list', '--fields', 'number,words,title', {str(DUMP)!r}]\n"
        "from corpuscli.cli.app import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "heavy = {'rich', 'dateutil', 'regex', 'orjson', 'numpy', 'tempfile', 'json', 'email',\n"
        " 'hyperscan', 'multiprocessing', 'concurrent.futures', 'corpuscli.captions.dates',\n"
        " 'corpuscli.captions.credits', 'corpuscli.captions.places'}\n"
        "import os; os.write(2, ' '.join(sorted(heavy & set(sys.modules))).encode())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stderr == b""
