"""Read the user's own defaults: environment variables, and the file `corpuscli.toml`.

The nearest file counts, in the working directory or above it; if there is none, the one in
`$XDG_CONFIG_HOME/corpuscli` (`~/.config/corpuscli`). Only one file is read; files are not merged.
The command line overrides a variable, and a variable overrides the file. Nothing in a file can make
a command run a program or write anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import InputError, UsageError, meant

FILE = "corpuscli.toml"
PREFIX = "CORPUSCLI_"

NO_SETTINGS = ("CORPUSCLI_PAGER", "CORPUSCLI_INTERPRETED", "CORPUSCLI_BUILD")
"""Variables with the same prefix that other code reads."""

Value = str | int | list[str] | None
"""The possible values of a default."""

Checks = Mapping[str, Callable[[object], Value]]
"""The settings that exist: for each name, a function that returns the value to use. It raises
ValueError or UsageError for an invalid value. A variable passes it a string, a file any TOML value.
"""


class Setting(NamedTuple):
    """The default of an option, and where it comes from."""

    name: str
    value: Value
    source: str = "default"
    """`default`, `environment` or `file`."""
    origin: str | None = None
    """The name of the variable, or the absolute path of the file."""
    line: int | None = None
    """1-based line in the file."""

    @property
    def place(self) -> str:
        """Return where the setting comes from, for use in a message."""
        return f"{self.origin}:{self.line}" if self.line else self.origin or self.source


Settings = dict[str, Setting]
"""The settings that the user made, by name."""


def load_settings(checks: Checks, *, read_file: bool = True) -> Settings:
    """Return the settings that the user made.

    Raises UsageError for an invalid variable, and InputError for an invalid file; the reason names
    the key and the line.
    """
    settings: Settings = {}
    if read_file and (path := find_file()):
        settings.update((one.name, one) for one in _from_file(path, checks))
    if any(name.startswith(PREFIX) for name in os.environ):
        settings.update((one.name, one) for one in _from_environment(checks))
    return settings


def find_file() -> str | None:
    """Return the absolute path of the file that counts; None if there is none."""
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
            # As in other tools' files, a relative path starts from the folder of the file.
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
    """Return the variables that look like settings but are not."""
    known = {PREFIX + key.upper() for key in checks}.union(NO_SETTINGS)
    return sorted(n for n in os.environ if n.startswith(PREFIX) and n not in known)
