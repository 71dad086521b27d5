"""The build: compile the modules that import `cython`, or leave them as they are.

`pip install` never fails because of a compiler. It uses the one of this machine, or that of
`ziglang`; without Python's headers, or if anything goes wrong, the modules are installed as Python
and run interpreted. `CORPUSCLI_BUILD=interpreted` does not try; with `CORPUSCLI_BUILD=compiled` a
failure ends the build.

`python hatch_build.py DIRECTORY` writes the compiled modules below DIRECTORY.
"""

from __future__ import annotations

import ast
import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "corpuscli"
SUFFIX: str = sysconfig.get_config_var("EXT_SUFFIX") or ".so"
WINDOWS = sys.platform == "win32"

ZIG_PLATFORMS = {
    "linux": {"x86_64", "i686", "aarch64", "armv7l", "ppc64le", "riscv64", "s390x"},
    "darwin": {"x86_64", "arm64"},
    "win32": {"amd64", "x86", "arm64"},
}
"""Where there is a wheel of ziglang: elsewhere, asking for it would fail."""


class Hook(BuildHookInterface[Any]):
    """What hatchling calls."""

    def dependencies(self) -> list[str]:
        """Return what the build needs beside `build-system.requires`."""
        return ["ziglang"] if wanted() and needs_zig() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the modules, and add them to the wheel or to the source tree."""
        self.target = tempfile.mkdtemp()
        root = Path(self.root)
        editable = version == "editable"
        modules = compiled_modules(root)
        if editable:
            for module in modules:
                (root / module).with_suffix(SUFFIX).unlink(missing_ok=True)
        if not wanted():
            return
        command = [sys.executable, __file__, self.target]
        done = subprocess.run(
            command,
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        if done.returncode:
            if os.environ.get("CORPUSCLI_BUILD") == "compiled":
                raise RuntimeError(f"{PACKAGE} could not be compiled:\n{done.stdout}")
            self.app.display_warning(
                f"{PACKAGE} could not be compiled and will run interpreted, slower: "
                f"{reason(done.stdout)}"
            )
            return
        for module in modules:
            extension = module.with_suffix(SUFFIX)
            if editable:
                shutil.copy2(self.target / extension, root / extension)
            else:
                build_data["force_include"][str(self.target / extension)] = extension.as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled once it is in the wheel."""
        shutil.rmtree(self.target, ignore_errors=True)


def wanted() -> bool:
    """Return False if the modules are not to be compiled."""
    mode = os.environ.get("CORPUSCLI_BUILD", "")
    if mode not in ("", "interpreted", "compiled"):
        raise ValueError(f"CORPUSCLI_BUILD is {mode!r}; use 'compiled' or 'interpreted'")
    return mode != "interpreted"


def compiled_modules(root: Path) -> list[Path]:
    """Return the paths of the modules to compile, from `root`: those that import `cython`."""
    return [
        path.relative_to(root)
        for path in sorted((root / PACKAGE).rglob("*.py"))
        if imports_cython(path.read_text("utf-8"))
    ]


def imports_cython(source: str) -> bool:
    """Return True if the code has a statement `import cython`."""
    return "import cython" in source and any(
        isinstance(node, ast.Import) and any(alias.name == "cython" for alias in node.names)
        for node in ast.walk(ast.parse(source))
    )


def reason(output: str) -> str:
    """Return the line of a compiler's output that says what is wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "error:" in line.lower()]
    return (errors[:1] or lines[-1:] or ["no reason given"])[0]


# Compilers.


def needs_zig() -> bool:
    """Return True if the compiler of ziglang is the only one that can help."""
    machines = ZIG_PLATFORMS.get(sys.platform, set())
    return (
        platform.machine().lower() in machines
        and any((Path(folder) / "Python.h").exists() for folder in include_folders())
        and find_compiler() is None
    )


def include_folders() -> list[str]:
    """Return the folders of Python's headers."""
    paths = sysconfig.get_paths()
    return list(dict.fromkeys((paths["include"], paths["platinclude"])))


def find_compiler() -> str | None:
    """Return the command of the first C compiler that makes a shared library, if any does."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "one.c")
        source.write_text("int one(void) { return 1; }\n")
        if WINDOWS:
            return "msvc" if msvc_compiles(source) else None
        flags = ["-shared", "-fPIC", str(source), "-o", str(Path(folder, "one.so"))]
        commands = [os.environ.get("CC"), sysconfig.get_config_var("CC"), "cc", "gcc", "clang"]
        for command in filter(None, commands):
            if runs([*shlex.split(command), *flags]):
                return str(command)
    return None


def runs(command: list[str]) -> bool:
    """Return True if a command can be run and succeeds."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


def msvc_compiles(source: Path) -> bool:
    """Return True if setuptools finds a compiler on Windows, and it compiles `source`."""
    try:
        from setuptools import Distribution  # noqa: F401
        from setuptools._distutils.ccompiler import new_compiler

        new_compiler().compile([str(source)], output_dir=str(source.parent))
    except Exception:
        return False
    return True


# Compiling, in a process of its own: hatchling survives whatever happens there.


def main(target: Path) -> None:
    """Write the compiled modules below `target`, or exit with a message."""
    modules = compiled_modules(Path())
    with tempfile.TemporaryDirectory() as folder:
        extensions = translated(modules, folder)
        compiler = find_compiler()
        failure: BaseException | None = None
        if compiler:
            try:
                compile_with(compiler, extensions, target, folder)
                return
            except (Exception, SystemExit) as error:
                failure = error
        if not find_spec("ziglang"):
            sys.exit(f"error: {failure or 'there is no C compiler'}")
        print("trying ziglang", flush=True)
        compile_with_zig(extensions, target, folder)


def translated(modules: list[Path], folder: str) -> list[Any]:
    """Return the modules as extensions whose sources are C files in `folder`."""
    from Cython.Build import cythonize
    from setuptools import Extension

    extensions = [
        Extension(
            ".".join(module.with_suffix("").parts),
            [module.as_posix()],
            extra_compile_args=["/O2" if WINDOWS else "-O3"],
        )
        for module in modules
    ]
    found: list[Any] = cythonize(
        extensions, build_dir=folder, force=True, compiler_directives={"language_level": 3}
    )
    return found


def compile_with(compiler: str, extensions: list[Any], target: Path, folder: str) -> None:
    """Compile with a compiler of this machine, the way of setuptools."""
    from setuptools import Distribution

    if not WINDOWS and compiler != sysconfig.get_config_var("CC"):
        os.environ["CC"] = compiler
    command = Distribution({"name": PACKAGE, "ext_modules": extensions}).get_command_obj(
        "build_ext"
    )
    command.build_lib = str(target)
    command.build_temp = folder
    command.parallel = os.cpu_count()
    command.ensure_finalized()
    command.run()
    try_to_load(extensions, target)


def compile_with_zig(extensions: list[Any], target: Path, folder: str) -> None:
    """Compile with ziglang: one command per module, the same on all systems."""
    os.environ.setdefault("ZIG_GLOBAL_CACHE_DIR", os.path.join(folder, "zig"))
    os.environ.setdefault("ZIG_LOCAL_CACHE_DIR", os.path.join(folder, "zig"))
    # A wheel may move to another processor, so it is not compiled for this one.
    flags = ["-shared", "-fPIC", "-O3", "-DNDEBUG", "-fwrapv", "-mcpu=baseline"]
    flags += [f"-I{include}" for include in include_folders()]
    if sys.platform == "darwin":
        flags += ["-undefined", "dynamic_lookup"]
    if WINDOWS:
        version = f"{sys.version_info.major}{sys.version_info.minor}"
        flags += [f"-L{Path(sys.base_prefix, 'libs')}", f"-lpython{version}"]
    for extension in extensions:
        output = built(extension, target)
        output.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "ziglang", "cc", *flags, *extension.sources]
        subprocess.run([*command, "-o", str(output)], check=True)
    try_to_load(extensions, target)


def built(extension: Any, target: Path) -> Path:
    """Return the path of an extension below `target`."""
    return target.joinpath(*extension.name.split(".")).with_suffix(SUFFIX)


def try_to_load(extensions: list[Any], target: Path) -> None:
    """Raise CalledProcessError if this machine cannot load what it compiled for itself."""
    if "_PYTHON_HOST_PLATFORM" in os.environ or os.environ.get("CORPUSCLI_BUILD") == "compiled":
        # For another machine, or by someone who tests the result.
        return
    program = "import ctypes, sys\nfor path in sys.argv[1:]: ctypes.PyDLL(path)"
    paths = [str(built(extension, target)) for extension in extensions]
    subprocess.run([sys.executable, "-c", program, *paths], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
