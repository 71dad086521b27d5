"""Defaults of the user's own: environment variables, and the file `corpuscli.toml`.

The file is the nearest in the working directory or above it; where there is none, that in
`$XDG_CONFIG_HOME/corpuscli` (`~/.config/corpuscli`). One file counts, they are not merged. What the
command line says goes before a variable, and a variable before the file. Nothing in a file can
make a command run a program or write anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

from .errors import InputError, UsageError, meant
from .records import ARTICLE, JSON, LIST_COLUMNS, Setting, pick_fields

FILE = "corpuscli.toml"
PREFIX = "CORPUSCLI_"

NO_SETTINGS = ("CORPUSCLI_PAGER", "CORPUSCLI_INTERPRETED", "CORPUSCLI_BUILD")
"""The variables with that prefix that other code reads."""

COLORS = ("auto", "always", "never")


Settings = dict[str, Setting]
"""What the user has set, by name; what is not in it is as in `DEFAULTS`."""


def _layout(value: object) -> str:
    from .layouts import BUILT_IN

    known = ("auto", *BUILT_IN)
    if not isinstance(value, str) or not (value in known or value.endswith(".toml")):
        raise ValueError(f"must be {', '.join(known)} or FILE.toml{_meant(value, known)}")
    return value


def _encoding(value: object) -> str:
    from .transcode import check_encoding

    if not isinstance(value, str):
        raise ValueError("must be auto or the name of an encoding")
    check_encoding(value)
    return value


def _jobs(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:9])
    if type(value) is not int or value < 1:
        raise ValueError("must be a number of processes, at least 1")
    return value


def _color(value: object) -> str:
    if not isinstance(value, str) or value not in COLORS:
        raise ValueError(f"must be {', '.join(COLORS)}{_meant(value, COLORS)}")
    return value


def _columns(value: object) -> list[str]:
    if isinstance(value, str):
        value = [name.strip() for name in value.split(",") if name.strip()]
    if not isinstance(value, list) or not value or not all(isinstance(n, str) for n in value):
        raise ValueError("must be a list of fields")
    pick_fields(ARTICLE, value)
    return value


def _meant(value: object, known: tuple[str, ...]) -> str:
    return meant(value, known) if isinstance(value, str) else ""


CHECKS: dict[str, Callable[[object], JSON]] = {
    "layout": _layout,
    "encoding": _encoding,
    "jobs": _jobs,
    "color": _color,
    "columns": _columns,
}
"""What can be set. Each gives the value, or raises ValueError or UsageError for one that is none;
a variable's is a string, a file's whatever TOML has."""

DEFAULTS: dict[str, JSON] = {
    "layout": "auto",
    "encoding": "auto",
    "jobs": None,
    "color": "auto",
    "columns": LIST_COLUMNS,
}


def load_settings(*, read_file: bool = True) -> Settings:
    """What the user has set.

    Raises UsageError for a variable, InputError for a file that says what cannot be; the reason
    names the key and the line.
    """
    settings: Settings = {}
    if read_file and (path := find_file()):
        settings.update((one.name, one) for one in _from_file(path))
    if any(name.startswith(PREFIX) for name in os.environ):
        settings.update((one.name, one) for one in _from_environment())
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


def _from_file(path: str) -> Iterator[Setting]:
    from .toml import at_line, line_of, parse_toml, toml_source

    source = toml_source(path, "configuration")
    table: dict[str, Any] = parse_toml(path, source)
    for key, value in table.items():
        if key not in CHECKS:
            reason = f"no such key{meant(key, CHECKS)}; the keys are {', '.join(CHECKS)}"
            raise InputError(path, f"{key}: {reason}{at_line(source, key)}")
        try:
            checked = CHECKS[key](value)
        except (ValueError, UsageError) as error:
            raise InputError(path, f"{key}: {error}{at_line(source, key)}") from error
        if key == "layout" and isinstance(checked, str) and checked.endswith(".toml"):
            # A path in a file counts from where the file is, as in other tools' files.
            checked = os.path.join(os.path.dirname(path), checked)
        yield Setting(key, checked, "file", path, line_of(source, key))


def _from_environment() -> Iterator[Setting]:
    for key, check in CHECKS.items():
        name = PREFIX + key.upper()
        if value := os.environ.get(name):
            try:
                yield Setting(key, check(value), "environment", name)
            except (ValueError, UsageError) as error:
                raise UsageError("", f"{name}: {error}") from error


def unknown_variables() -> list[str]:
    """The variables that look like settings and are none."""
    known = {PREFIX + key.upper() for key in CHECKS}.union(NO_SETTINGS)
    return sorted(n for n in os.environ if n.startswith(PREFIX) and n not in known)
