"""Share the installed command, the real dump if it is there, and --long among the tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clusters import cluster
from hypothesis import HealthCheck, settings
from servers import memory, objects, store, website

__all__ = ["cluster", "memory", "objects", "store", "website"]

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
EXAMPLES = ROOT / "examples"
SEED = ROOT.parent / "shared" / "seed" / "two-articles.txt"

COMMAND = str(Path(sys.executable).parent / "corpuscli")
"""The installed command, as users run it."""

# The programs of the tests import the installed package, not the sources in the current directory.
os.environ["PYTHONSAFEPATH"] = "1"

BESIDE = {"PYTHONSAFEPATH": ""}
"""What a script needs in its environment to import what is beside it."""

settings.register_profile(
    "ci", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", max_examples=5000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the full-size proofs, for hours")
    parser.addoption("--soup", metavar="FIRST:END", help="try the dumps of soup of these numbers")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "ci")
    if not os.environ.get("CORPUSCLI_INTERPRETED"):
        _refuse_old_extensions()
    # Whoever runs the tests in the background may ignore signals, and programs would inherit that.
    for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _refuse_old_extensions() -> None:
    """Raise UsageError if a module of an editable install has changed since it was compiled."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    for extension in (ROOT / "corpuscli").rglob(f"*{suffix}"):
        source = extension.with_name(extension.name.removesuffix(suffix) + ".py")
        if not source.exists() or source.stat().st_mtime > extension.stat().st_mtime:
            reason = f"{extension.name} is older than its source"
            raise pytest.UsageError(f"{reason}; compile it: pip install --no-deps -e .")


WEIGHING = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(child.pid, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(used.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""


def weighed(memory: Path) -> list[str]:
    """Return a prefix for a command that writes the memory the command uses to a file, in KiB.

    A process is charged with the memory of the one that started it. The test process has imported a
    lot, so a small process starts the command.
    """
    return [sys.executable, "-I", "-S", "-c", WEIGHING, str(memory)]


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of this process without what changes how programs print."""
    drop = {
        "PYTHONUNBUFFERED",
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "LINES",
        "PAGER",
    }
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in drop
        and (not name.startswith("CORPUSCLI_") or name == "CORPUSCLI_INTERPRETED")
    }
    # The user's own preferences must not change what is tested, either.
    return kept | {"XDG_CONFIG_HOME": "/nowhere"} | changes


@pytest.fixture
def corpuscli(tmp_path: Path) -> Run:
    """Run the installed command in an empty directory; return exit code, stdout and stderr."""

    def run(
        *arguments: str | bytes | Path, stdin: bytes = b"", **changes: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [COMMAND, *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env=environment(**changes),
            timeout=120,
        )

    return run


@pytest.fixture
def seed() -> Iterator[Path]:
    """Yield the real dump; tests that need it are skipped if it is absent."""
    if not SEED.exists():
        pytest.skip("the real dump is not here")
    yield SEED
