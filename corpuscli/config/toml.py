"""Read TOML files that a user wrote, and find where in them a fault is.

Python's own reader gives a line only for a syntax error, so other lines are found in the text.
"""

from __future__ import annotations

import re
from typing import Any

from ..errors import InputError, reason_of

LONGEST_FILE = 1024 * 1024
"""The most bytes that a file may have."""


def toml_source(name: str, kind: str) -> str:
    """Return the text of the file `name`, which should be a `kind`.

    Raises InputError if it cannot be read or is not UTF-8.
    """
    try:
        with open(name, "rb") as file:
            source = file.read(LONGEST_FILE + 1)
        if len(source) > LONGEST_FILE:
            raise InputError(name, f"is too long to be a {kind}")
        return source.decode("utf-8-sig")
    except OSError as error:
        raise InputError(name, reason_of(error)) from error
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise InputError(name, f"is not UTF-8 (line {line})") from error
    except ValueError as error:
        raise InputError(name, str(error)) from error


def parse_toml(name: str, source: str) -> dict[str, Any]:
    """Return the contents of the file `name`, whose text is `source`.

    Raises InputError if it is not TOML.
    """
    import tomllib

    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise InputError(name, _toml_fault(source, str(error))) from error
    except RecursionError as error:
        raise InputError(name, "is not TOML: too deep") from error


def line_of(source: str, key: str, value: str = "") -> int | None:
    """Return the 1-based line of `key`, or of a string in its value; None if it is not found."""
    lines = source.split("\n")
    for number, line in enumerate(lines, 1):
        if _key_on(line) != key:
            continue
        written = (value, value.replace("\\", "\\\\"))
        for at, text in enumerate(lines[number - 1 :], number):
            if any(way in text for way in written):
                return at
        return number
    return None


def at_line(source: str, key: str, value: str = "") -> str:
    """Return the line that `line_of` finds, in words; an empty string if it finds none."""
    line = line_of(source, key, value)
    return "" if line is None else f" (line {line})"


def _toml_fault(source: str, error: str) -> str:
    """Return what is wrong with a file that is not TOML, preceded by the key on that line."""
    lines = source.split("\n")
    where = re.search(r"at line (\d+)", error)
    for number in range(int(where.group(1)) if where else len(lines), 0, -1):
        if key := _key_on(lines[number - 1]):
            line = "" if where else f" (line {number})"
            return f"{key}: is not TOML: {error}{line}"
    return f"is not TOML: {error}"


def _key_on(line: str) -> str | None:
    """Return the key at the start of a line of TOML; None if it does not start with one."""
    match = re.match(r"""\s*\[*\s*(?:(["'])(.+?)\1|([\w-]+))\s*[].=]""", line)
    return match and (match.group(2) or match.group(3))
