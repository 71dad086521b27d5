"""Describe the machine, and the versions of what was measured."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

PACKAGES = ["numpy", "orjson", "regex", "python-dateutil", "typer"]

ASK = """
import importlib.metadata, json, platform, sys
def version(name):
    try: return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError: return "not installed"
found = {name: version(name) for name in sys.argv[1:]}
print(json.dumps({"Python": platform.python_version(), **found}))
"""


def describe() -> dict[str, str]:
    """Return a description of the machine."""
    return {
        "CPU": value_of("/proc/cpuinfo", "model name") or platform.processor() or "unknown",
        "cores": str(os.cpu_count() or "unknown"),
        "memory": f"{memory() / 10**9:.1f} GB" if memory() else "unknown",
        "kernel": f"{platform.system()} {platform.release()}",
        "load before": " ".join(f"{load:.2f}" for load in os.getloadavg()),
    }


def memory() -> int:
    """Return the bytes of memory; 0 if the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        return 0


def value_of(path: str, key: str) -> str | None:
    """Return the first value of a key in a file of `key : value` lines."""
    if not Path(path).exists():
        return None
    for line in Path(path).read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return None


def versions(corpuscli: str, python: str, programs: Iterable[str]) -> dict[str, str]:
    """Return the versions of everything that runs."""
    asked = subprocess.run([python, "-c", ASK, *PACKAGES], capture_output=True, text=True)
    found: dict[str, str] = json.loads(asked.stdout) if not asked.returncode else {}
    return {
        "corpuscli": version(corpuscli),
        **found,
        **{program: version(program) for program in programs},
    }


def version(program: str) -> str:
    """Return the first line that a program prints for --version."""
    path = shutil.which(program)
    if not path:
        return "not installed"
    done = subprocess.run([path, "--version"], capture_output=True, text=True, errors="replace")
    said = done.stdout.splitlines()
    return said[0] if said and not done.returncode else "unknown"
