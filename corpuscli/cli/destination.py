"""Where results go: to standard output, or to a file that appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from ..engine.inputs import Inputs, statuses_of
from ..errors import OutputError, UsageError
from ..output.endings import LISTED
from ..output.stdout import Stdout
from ..source import STDIN, is_url
from .options import PrintingOptions


@contextmanager
def results_to(
    print_as: PrintingOptions,
    source: Inputs,
    *,
    is_text: bool = False,
    force: bool = True,
    left: int = 0,
) -> Iterator[Stdout]:
    """Yield where the results of a call go; it is complete when the context ends without an error.

    A file is written only if all of `source` could be read. `is_text` if the results are text, so
    that a file of any name can take them. Without `force` an existing file is left alone. `left` is
    the exit code if the user leaves the pager before the end. Raises UsageError or OutputError for
    a file that cannot be the output.
    """
    path = print_as.to_file
    if path is None:
        out = Stdout()
        if print_as.no_pager or not out.is_terminal:
            yield out
        else:
            with _paged(left) as paged:
                yield paged
        return
    _check_name(path, is_text=is_text or print_as.asked_format is not None)
    check_file(path, source, force=force)
    from ..output.atomic import replace_file
    from ..output.stdout import FileOutput

    with replace_file(path, force=force) as draft:
        yield FileOutput(draft.write)
        if source.failed:
            draft.abandon()
            reason = "was not written, because not all of the input could be read"
            source.report(OutputError(path, reason))


@contextmanager
def _paged(left: int) -> Iterator[Stdout]:
    """Yield a terminal with a pager. If the user leaves it, end with the exit code `left`."""
    from ..output.pager import PagedOutput, PagerLeft

    out = PagedOutput()
    try:
        yield out
        out.close()
    except PagerLeft as error:
        raise typer.Exit(left) from error
    finally:
        out.finish()


def _check_name(path: str, *, is_text: bool) -> None:
    """Raise UsageError for a name that no file of results can have."""
    if path in ("", STDIN):
        raise UsageError("", f"-o {path!r}: name a file, or omit -o to print to stdout")
    if is_url(path):
        raise UsageError("", f"-o {path}: name a file on this machine, or pipe the output there")
    if not is_text:
        raise UsageError("", f"-o {path}: name a file that ends in {LISTED}, or add --format")


def check_file(path: str, source: Inputs, *, force: bool) -> None:
    """Raise OutputError for a file that must not be replaced."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        status = None
    if status and any(os.path.samestat(status, one) for one in statuses_of(source)):
        raise OutputError(path, "is one of the inputs; name another file")
    if not force and (os.path.isfile(path) or os.path.islink(path)):
        raise OutputError(path, "exists; --force replaces it")
