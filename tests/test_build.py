"""Modules run compiled or interpreted: the build, the stand-in for cython, and who can tell."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT, Run, environment

import corpuscli as package
from corpuscli import interpreted
from corpuscli.reader.limits import COMPILED

PACKAGE = Path(package.__file__).parent


def load_build() -> ModuleType:
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = load_build()
MODULES: list[Path] = build.compiled_modules(ROOT)


def printed(program: str, **changes: str) -> list[str]:
    """The words that a Python program prints."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        text=True,
        env=environment(**changes),
    )
    return done.stdout.split()


# The mode.


def test_the_version_tells_the_mode(corpuscli: Run) -> None:
    mode = "compiled" if COMPILED else "interpreted"
    assert corpuscli("--version").stdout.endswith(f" ({mode})\n".encode())


def test_a_variable_makes_everything_interpreted(corpuscli: Run) -> None:
    version = corpuscli("--version", CORPUSCLI_INTERPRETED="1")
    assert version.stdout.endswith(b" (interpreted)\n")
    assert corpuscli("config", CORPUSCLI_INTERPRETED="1").stderr == b""


def test_the_variable_holds_in_subpackages_and_worker_processes() -> None:
    program = (
        "import multiprocessing as m\n"
        "def files(_):\n"
        "    import corpuscli.reader.lines, corpuscli.captions.dates\n"
        "    return corpuscli.reader.lines.__file__ + ' ' + corpuscli.captions.dates.__file__\n"
        "if __name__ == '__main__':\n"
        "    with m.get_context('fork').Pool(1) as pool: print(*pool.map(files, [0]), files(0))"
    )
    files = printed(program, CORPUSCLI_INTERPRETED="1")
    assert len(files) == 4 and all(file.endswith(".py") for file in files)


def test_the_stand_in_costs_a_compiled_program_nothing() -> None:
    program = "import sys, corpuscli.reader.lines; print('corpuscli.interpreted' in sys.modules)"
    if COMPILED:
        assert printed(program) == ["False"]


def test_all_modules_are_compiled_or_none() -> None:
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    found = {(PACKAGE.parent / module).with_suffix(suffix).exists() for module in MODULES}
    assert len(found) == 1
    if COMPILED:
        assert found == {True}


# The stand-in.


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_the_stand_in_has_all_names_that_a_module_uses(module: Path) -> None:
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "cython"
    }
    assert used and used <= set(dir(interpreted))


def test_the_stand_in_changes_nothing() -> None:
    from corpuscli import interpreted as cython

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(-1, check=False)
    @cython.boundscheck(False)
    @cython.returns(cython.int)
    @cython.locals(number=cython.int)
    def double(number: int) -> int:
        with cython.nogil, cython.wraparound(False):
            return 2 * cython.cast(cython.Py_ssize_t, number)

    @cython.cclass
    @cython.final
    @cython.freelist(8)
    class Pair:
        one: cython.Py_ssize_t = cython.declare(cython.Py_ssize_t, 1)

    assert not cython.compiled
    assert (double(4), Pair.one, cython.address(7)[0]) == (8, 1, 7)
    assert cython.cast(cython.pointer(cython.uchar), b"x") == b"x"
    assert cython.cast(cython.p_const_uchar, b"x")[0] == 0x78
    assert cython.declare(number=cython.int) is cython.NULL is None


# The build.


def test_a_module_that_imports_cython_is_compiled() -> None:
    assert Path("corpuscli/reader/lines.py") in MODULES
    assert Path("corpuscli/interpreted.py") not in MODULES
    assert build.imports_cython("try:\n    import cython\nexcept ImportError:\n    pass\n")
    assert not build.imports_cython('"""import cython"""')


def test_ziglang_is_asked_for_where_only_a_compiler_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(build.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(build, "find_compiler", lambda: None)
    monkeypatch.setattr(build, "include_folders", lambda: [str(tmp_path)])
    assert not build.needs_zig()
    (tmp_path / "Python.h").touch()
    assert build.needs_zig()
    monkeypatch.setattr(build.platform, "machine", lambda: "sparc64")
    assert not build.needs_zig()
    monkeypatch.setattr(build.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(build, "find_compiler", lambda: "cc")
    assert not build.needs_zig()


def test_a_compiler_counts_only_if_it_compiles(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build.sysconfig, "get_config_var", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CC", "cc -pthread")
    assert build.find_compiler() is None
    for code, found in ((1, None), (0, "cc -pthread")):
        (tmp_path / "cc").write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / "cc").chmod(0o755)
        assert build.find_compiler() == found


def test_a_mode_that_does_not_exist_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for mode, wanted in (("", True), ("compiled", True), ("interpreted", False)):
        monkeypatch.setenv("CORPUSCLI_BUILD", mode)
        assert build.wanted() is wanted
    monkeypatch.setenv("CORPUSCLI_BUILD", "fast")
    with pytest.raises(ValueError, match="use 'compiled' or 'interpreted'"):
        build.wanted()


def test_the_reason_of_a_failure_is_one_line() -> None:
    output = "gcc words.c\nwords.c:34: fatal error: Python.h: No such file\ncompilation ended\n"
    assert build.reason(output) == "words.c:34: fatal error: Python.h: No such file"
    assert build.reason("one\ntwo\n\n") == "two"
    assert build.reason("") == "no reason given"
