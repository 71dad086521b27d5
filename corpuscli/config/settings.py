"""Defaults of the user's own: environment variables, and the file `corpuscli.toml`.

The file is the nearest in the working directory or above it; where there is none, that in
`$XDG_CONFIG_HOME/corpuscli` (`~/.config/corpuscli`). One file counts, they are not merged. What the
command line says goes before a variable, and a variable before the file. Nothing in a file can
make a command run a program or write anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import InputError, UsageError, meant

FILE = "corpuscli.toml"
PREFIX = "CORPUSCLI_"

NO_SETTINGS = ("CORPUSCLI_PAGER", "CORPUSCLI_INTERPRETED", "CORPUSCLI_BUILD")
"""The variables with that prefix that other code reads."""

Value = str | int | list[str] | None
"""What a default may be."""

Checks = Mapping[str, Callable[[object], Value]]
"""What can be set: for each name, a function that returns the value to use. It raises ValueError or
UsageError for an invalid one; a variable gives it a string, a file whatever TOML has."""


class Setting(NamedTuple):
    """A default of an option, and where it comes from."""

    name: str
    value: Value
    source: str = "default"
    """default, environment or file."""
    origin: str | None = None
    """The variable, or the absolute path of the file."""
    line: int | None = None
    """In the file, from 1."""

    @property
    def place(self) -> str:
        """Where it comes from, in a message."""
        return f"{self.origin}:{self.line}" if self.line else self.origin or self.source


Settings = dict[str, Setting]
"""What the user has set, by name."""


def load_settings(checks: Checks, *, read_file: bool = True) -> Settings:
    """What the user has set.

    Raises UsageError for a variable, InputError for a file that says what cannot be; the reason
    names the key and the line.
    """
    settings: Settings = {}
    if read_file and (path := find_file()):
        settings.update((one.name, one) for one in _from_file(path, checks))
    if any(name.startswith(PREFIX) for name in os.environ):
        settings.update((one.name, one) for one in _from_environment(checks))
    return settings


def find_file() -> str | None:
    """The absolute path of the file that counts, if there is one."""
    try:
        folder = os.getcwd()
    except OSError:
        folder = ""
    while folder:
        path = os.path.join(folder, FILE)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        folder = above if above != folder else ""
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    path = os.path.join(home, "corpuscli", FILE)
    return path if os.path.isabs(path) and os.path.isfile(path) else None


def _from_file(path: str, checks: Checks) -> Iterator[Setting]:
    from .toml import at_line, line_of, parse_toml, toml_source

    source = toml_source(path, "configuration")
    table: dict[str, Any] = parse_toml(path, source)
    for key, value in table.items():
        if key not in checks:
            reason = f"no such key{meant(key, checks)}; the keys are {', '.join(checks)}"
            raise InputError(path, f"{key}: {reason}{at_line(source, key)}")
        try:
            checked = checks[key](value)
        except (ValueError, UsageError) as error:
            raise InputError(path, f"{key}: {error}{at_line(source, key)}") from error
        if key == "layout" and isinstance(checked, str) and checked.endswith(".toml"):
            # A path in a file counts from where the file is, as in other tools' files.
            checked = os.path.join(os.path.dirname(path), checked)
        yield Setting(key, checked, "file", path, line_of(source, key))


def _from_environment(checks: Checks) -> Iterator[Setting]:
    for key, check in checks.items():
        name = PREFIX + key.upper()
        if value := os.environ.get(name):
            try:
                yield Setting(key, check(value), "environment", name)
            except (ValueError, UsageError) as error:
                raise UsageError("", f"{name}: {error}") from error


def unknown_variables(checks: Checks) -> list[str]:
    """The variables that look like settings and are none."""
    known = {PREFIX + key.upper() for key in checks}.union(NO_SETTINGS)
    return sorted(n for n in os.environ if n.startswith(PREFIX) and n not in known)
