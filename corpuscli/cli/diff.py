"""`corpuscli diff`: which articles were added, removed or changed between two dumps?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Annotated

import typer

from ..errors import UsageError
from ..inspection.diff import Comparison, make_entries
from ..records.differences import Difference
from ..source import STDIN
from ..source.text import path_text
from .destination import results_to
from .edits import print_differences
from .inputs import inputs
from .options import Quiet, ReadingOptions, SavingOptions, command
from .printing import refuse_records

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli diff old.txt new.txt",
    "corpuscli diff --text old.txt new.txt",
    "corpuscli diff --json old.txt new.txt | jq length",
    common="text fields json to_file quiet",
)
def diff(
    print_as: SavingOptions,
    reading: ReadingOptions,
    old: Annotated[str, typer.Argument(metavar="OLD", help="A path, a URL, or - for stdin.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The dump to compare it with.")],
    text: Annotated[
        bool,
        typer.Option("--text", help="Show which paragraphs of changed articles changed, and how."),
    ] = False,
    quiet: Quiet = False,
) -> int:
    """Show what was added, removed or changed between two dumps.

    An article has changed if its title is the same and its text differs. The exit code is 0 if both
    have the same articles, 1 if not, and 2 if one could not be read. With -q, diff prints nothing
    else. It compares ids, so an article that appears twice counts once. It uses about 250 bytes of
    memory per article, and a temporary file that, with --text, is as large as the texts of OLD.
    """
    if old == new == STDIN:
        raise UsageError("", "only one of the two can be standard input")
    if reading.files_from is not None:
        raise UsageError("", "--files-from cannot be used with diff, which compares two dumps")
    refuse_records(quiet, print_as)
    silent = quiet and print_as.to_file is None
    source = inputs([old, new], reading, quiet=quiet, to_files=print_as.to_file is not None)
    if source.failed:
        return source.exit_code()
    if len(source.names) != 2:
        many = next((name for name in (old, new) if name not in source.names), new)
        raise UsageError("", f"{many} names several dumps, and diff compares one with one")
    with (
        results_to(print_as, source, is_text=text, left=1) as out,
        Comparison(path_text(old), path_text(new)) as comparison,
    ):
        steps = (frozenset[int](), comparison.add_old), (comparison.known, comparison.add_new)
        for one, (known, add) in zip(source.each(), steps, strict=True):
            for entries in one.results(partial(make_entries, known, text)):
                add(entries)
        counts: Counter[str] = Counter()
        found = iter(()) if source.failed else _counted(comparison.differences(), counts)
        if silent:
            for _ in found:
                pass
        else:
            print_differences(found, print_as, out, text=text)
    if not source.failed and (source.verbose or out.is_terminal):
        source.note(_summary(counts, comparison.same))
    return source.exit_code(1 if counts else 0)


def _counted(differences: Iterator[Difference], counts: Counter[str]) -> Iterator[Difference]:
    """Yield the differences, and count each kind."""
    for difference in differences:
        counts[difference.change] += 1
        yield difference


def _summary(counts: Counter[str], same: int) -> str:
    parts = [f"{counts[change]} {change}" for change in ("added", "removed", "changed")]
    return f"{', '.join(parts)}, {same} the same"
