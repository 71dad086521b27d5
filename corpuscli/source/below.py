"""Find the dumps below a directory."""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

from ..errors import InputError
from .blocks import read_blocks
from .looks import HEAD, Kind, looks_like
from .origin import open_file


class Below(NamedTuple):
    """What was found below a directory."""

    dumps: list[str]
    """Paths that begin with the directory's own path, sorted by name."""
    hidden: int
    """How many files and directories were left out because their names begin with a dot."""
    others: int
    """How many files were left out because they are not text, or another kind of text, such as
    JSON."""
    unreadable: list[InputError]
    """Errors for directories that could not be read."""


def dumps_below(directory: str, *, is_named: bool = False) -> Below:
    """Return the dumps below a directory, at any depth; links to directories are not followed.

    Set `is_named` if the user names the layout: then text of any kind may be a dump.
    """
    found: list[str] = []
    unreadable: list[InputError] = []
    hidden = others = 0

    def note(error: OSError) -> None:
        unreadable.append(InputError(str(error.filename), error.strerror or str(error)))

    for folder, folders, files in os.walk(directory, onerror=note):
        hidden += sum(name.startswith(".") for name in (*folders, *files))
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = os.path.join(folder, name)
            if name.startswith(".") or not _is_regular(path):
                continue
            if _may_be_dump(path, is_named=is_named):
                found.append(path)
            else:
                others += 1
    return Below(sorted(found, key=lambda path: path.split(os.sep)), hidden, others, unreadable)


def _is_regular(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        # What is wrong with the file is reported when it is read.
        return True


def _may_be_dump(path: str, *, is_named: bool) -> bool:
    """Return False if the first bytes of a file, decompressed, are not those of a dump."""
    head = b""
    try:
        with open_file(path) as source:
            for block in read_blocks(source):
                head += block
                if len(head) >= HEAD:
                    break
    except InputError:
        # What is wrong with the file is reported when it is read.
        return True
    look = looks_like(head)
    if look is None or look.kind is Kind.ENCODING:
        return True
    return is_named and look.name != "binary data" and look.kind is Kind.CONTENT
