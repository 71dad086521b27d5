"""What the ways of `split` have in common."""

from __future__ import annotations

import os
from dataclasses import dataclass

from ..engine.inputs import Inputs
from ..errors import UsageError
from ..output.endings import LISTED, OF_FILES
from ..output.order import Order
from ..records.fields import ARTICLE
from ..source import STDIN
from .options import ChoosingOptions, PrintingOptions

ALL = tuple(field.name for field in ARTICLE)


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked for, wherever it goes."""

    source: Inputs
    choosing: ChoosingOptions
    print_as: PrintingOptions
    order: Order
    force: bool
    """Replace what exists."""


def check_directory(path: str) -> None:
    """Raise UsageError if the path cannot be a directory to write to."""
    if path in ("", STDIN):
        raise UsageError("", f"-o {path!r}: name a directory, or omit -o to print to stdout")
    if path.lower().endswith(OF_FILES) and not os.path.isdir(path):
        raise UsageError(
            "",
            f"-o {path}: many files go to a directory; write {path}/ for a directory of that name, "
            f"or for one file a name that ends in {LISTED}",
        )
    if os.path.islink(path.rstrip("/")):
        raise UsageError("", f"-o {path} is a symbolic link: name the directory that it leads to")
