"""`corpuscli duplicates`: which articles are the same, or nearly?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from ..engine.duplicates import editions_of, find_duplicates, readable_again
from ..engine.inputs import Inputs
from ..errors import UsageError
from ..inspection.duplicates import LOWEST, THRESHOLD, Search, Wanted
from ..inspection.selection import Undated
from ..output.stdout import Stdout
from ..records.differences import Difference
from ..records.duplicates import MEMBER, PAIR, PAIR_COLUMNS, Member, Pair
from ..source.text import path_text
from .browse import counted, is_read, sum_up
from .destination import results_to
from .edits import print_differences
from .filters import filter_of
from .inputs import inputs
from .options import (
    Dumps,
    FilterOptions,
    PrintingOptions,
    Quiet,
    ReadingOptions,
    SavingOptions,
    command,
    one_at_most,
)
from .printing import chosen_fields, printing, values_of
from .rows import note_undated

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli duplicates dump.txt",
    "corpuscli duplicates --across --json old.txt new.txt | jq -r '.[].title'",
    "corpuscli duplicates --pairs --threshold 0.6 dump.txt",
    "corpuscli duplicates --text 1 dump.txt",
    common="threshold exact across pairs text since title json fields to_file",
)
def duplicates(
    choosing: FilterOptions,
    print_as: SavingOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    threshold: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="How much of their text two articles must share, from 0.3 to 1 (all of it); by "
            f"default {THRESHOLD}.",
        ),
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Only articles with the same title and paragraphs.")
    ] = False,
    across: Annotated[
        bool, typer.Option("--across", help="Only groups with articles from more than one dump.")
    ] = False,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Print one row for each pair of similar articles.")
    ] = False,
    text: Annotated[
        int | None,
        typer.Option(
            metavar="GROUP",
            min=1,
            help="Show how the other articles of this group differ from its first.",
        ),
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Find articles that are the same, or nearly the same.

    Dumps are full of them: updates of a story, reprints, pages scraped twice. They are printed in
    groups, one row per article, in the order of the dumps. Two articles are compared by the runs of
    five words that their titles and paragraphs have in common (five characters in scripts without
    spaces). Short texts must share more. The exit code is 0 if there are duplicates, 1 if there are
    none, and 2 if a dump could not be read. The dumps are read twice, and about 400 bytes of memory
    are used per article.
    """
    one_at_most(exact=exact, threshold=threshold is not None)
    if threshold is not None and not LOWEST <= threshold <= 1:
        raise UsageError("", f"--threshold must be a number from {LOWEST} to 1")
    one_at_most(pairs=pairs, text=text is not None)
    source = inputs(dumps, reading, quiet=quiet, to_files=print_as.to_file is not None)
    wanted = Wanted(None if exact else threshold or THRESHOLD, filter_of(choosing))
    is_text = text is not None
    with (
        results_to(print_as, source, is_text=is_text) as out,
        readable_again(source),
    ):
        search, undated = find_duplicates(source, wanted, across=across)
        with search:
            if text is not None:
                _print_text(source, search, text, print_as, out)
            elif pairs:
                _print_pairs(search, print_as, out)
            else:
                _print_groups(source, search, print_as, out)
            note_undated(source, Undated(undated))
            return source.exit_code(0 if search.count else 1)


def _print_groups(source: Inputs, search: Search, print_as: PrintingOptions, out: Stdout) -> None:
    groups = (list(_members(search, group)) for group in range(1, search.count + 1))
    if is_read(out, print_as):
        from ..output.copies import print_groups

        count, articles = print_groups(groups, out, print_as.color)
        found = f"{counted(articles, 'article')} in {counted(count, 'group')}"
        sum_up(found if count else "no duplicates", source)
        return
    names = [field.name for field in MEMBER]
    fields = chosen_fields(print_as, out, MEMBER, names, names)
    with printing(print_as, out, fields, "member") as printer:
        for members in groups:
            for member in members:
                printer.row(values_of(fields, member))


def _members(search: Search, group: int) -> Iterator[Member]:
    for index, similarity in search.similarities(group):
        yield Member(group, similarity, search.copy(index))


def _print_pairs(search: Search, print_as: PrintingOptions, out: Stdout) -> None:
    names = [field.name for field in PAIR]
    fields = chosen_fields(print_as, out, PAIR, PAIR_COLUMNS, names)
    with printing(print_as, out, fields, "pair") as printer:
        for group in range(1, search.count + 1):
            for one, other, similarity in search.pairs(group):
                pair = Pair(group, similarity, search.copy(one), search.copy(other))
                printer.row(values_of(fields, pair))


def _print_text(
    source: Inputs, search: Search, group: int, print_as: PrintingOptions, out: Stdout
) -> None:
    """Print what differs in a group; raises UsageError if there is no such group."""
    if group > search.count:
        there = counted(search.count, "group") if search.count else "no duplicates"
        raise UsageError("", f"no group {group} (there are {there})".replace("are 1 ", "is 1 "))
    print_differences(_differences(source, search, group), print_as, out, text=True)


def _differences(source: Inputs, search: Search, group: int) -> Iterator[Difference]:
    editions = editions_of(source, search, group)
    names = list(map(path_text, source.names))
    dump, first = next(editions)
    for other, edition in editions:
        change = "same" if edition.id == first.id else "changed"
        yield Difference(change, names[dump], names[other], first, edition)
