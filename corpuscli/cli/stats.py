"""`corpuscli stats`: what is in this dump, in figures and pictures?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Annotated

import typer

from ..engine.inputs import Inputs
from ..errors import InputError, UsageError
from ..inspection.selection import Filter
from ..inspection.stats import Count, count_articles, find_groups, summarise
from ..output.atomic import replace_file
from ..output.stdout import Stdout
from ..reader.reading import Reading, Work
from ..records import figures
from ..records.figures import Stats
from ..source import STDIN
from .destination import results_to
from .filters import filter_of
from .inputs import inputs
from .options import (
    Dumps,
    FilterOptions,
    ListingOptions,
    PrintingOptions,
    Quiet,
    ReadingOptions,
    command,
    one_at_most,
    one_of,
)
from .printing import chosen_fields, format_on, printing, values_of

app = typer.Typer(add_completion=False, rich_markup_mode=None)

GROUPS = ("credit", "place", "year")

TOP = 10
"""Credits and places, unless told otherwise."""


@command(
    app,
    "corpuscli stats dump.txt",
    "corpuscli stats --json dump.txt.gz | jq '.[0].articles'",
    "corpuscli stats --group-by credit --top 20 dump.txt",
    "corpuscli stats --html report.html *.txt",
    common="group_by top svg html since until title fields json to_file",
)
def stats(
    choosing: FilterOptions,
    print_as: ListingOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    group_by: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(GROUPS),
            callback=one_of(*GROUPS),
            help="Print one row per credit, place or year (of the photo date) instead.",
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help=f"Print at most N credits, places or groups; by default {TOP} credits, "
            f"{TOP} places and all groups.",
        ),
    ] = None,
    near: Annotated[
        bool,
        typer.Option(
            "--near",
            help="Also count articles that are nearly the same as an earlier one, as 'corpuscli "
            "duplicates' finds them.",
        ),
    ] = False,
    svg: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write the figures as a picture to an SVG file."),
    ] = None,
    html: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write the figures as a page to an HTML file."),
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Count articles, words, photos; draw them on a terminal.

    stats counts articles, words, photos and problems, and shows when, where and by whom the photos
    were taken. In a pipe, it prints one figure per row. With several dumps, it counts each one and
    then all of them together; that row has no dump. To find duplicates, it uses about 16 bytes of
    memory per article. It keeps up to 100,000 different credits and places.
    """
    source = inputs(dumps, reading, quiet=quiet)
    wanted = filter_of(choosing, verbose=reading.verbose)
    one_at_most(near=near, group_by=group_by is not None)
    draws = svg is not None or html is not None
    if group_by is not None and draws:
        raise UsageError("", "--group-by prints rows: it cannot be used with --svg or --html")
    with ExitStack() as stack:
        repeated = _repeated(source, wanted, stack) if near else None
        if draws:
            _report(source, wanted, {"svg": svg, "html": html}, print_as, top, repeated)
            return source.exit_code()
        with results_to(print_as, source) as out:
            if group_by is None:
                found = _stats(_counted(source, wanted), top, repeated)
                _print_stats(found, print_as, out, several=len(source.names) > 1)
            else:
                _print_groups(source, wanted, group_by, print_as, top, out)
    return source.exit_code()


Repeated = Callable[[int | None], int]
"""Returns how many articles, of the dump at that position or of all, nearly repeat earlier ones."""


def _repeated(source: Inputs, wanted: Filter, stack: ExitStack) -> Repeated:
    """Find articles that are nearly the same before anything is counted."""
    from ..engine.duplicates import find_duplicates, readable_again, silent
    from ..inspection.duplicates import Wanted

    stack.enter_context(readable_again(source))
    search, _ = find_duplicates(silent(source), Wanted(only=wanted), told=False)
    return stack.enter_context(search).left_out


Counted = tuple[Count, Reading | None]
"""What was counted in a dump, and how that was read; None for all dumps together."""


def _counted(source: Inputs, wanted: Filter) -> Iterator[Counted]:
    """Counts of every dump that could be read; of several, then all of them together.

    Of one that could not be read to its end, the articles before are counted.
    """
    together = Count()
    undated = 0
    for opened in source.opened(Work(partial(count_articles, wanted), blank=True)):
        count = Count()
        try:
            for parts in opened.results:
                for part in parts:
                    count.merge(part)
        except InputError as error:
            source.report(error)
            if not count.tally.was_used:
                continue
        undated += count.undated
        if len(source.names) > 1:
            together.merge(count)
            together.thin_out()
        yield count, opened.reading
    if len(source.names) > 1:
        yield together, None
    if undated:
        articles = "1 article" if undated == 1 else f"{undated} articles"
        source.note(f"{articles} left out: no date")


def _stats(
    counted: Iterator[Counted], top: int | None, repeated: Repeated | None
) -> Iterator[Stats]:
    for count, reading in counted:
        position = None
        names: tuple[str | None, str | None, str | None] = (None, None, None)
        if reading is not None:
            position = reading.position
            names = (reading.dump, reading.layout.name, reading.encoding)
        found = summarise(count, *names, top or TOP)
        yield found._replace(near_duplicate_articles=repeated and repeated(position))


def _print_stats(
    found: Iterator[Stats], print_as: PrintingOptions, out: Stdout, *, several: bool
) -> None:
    """Draw what was found, or print one record per dump, in flat formats one row per figure.

    What `--fields` asks for is of the record, in any format.
    """
    kind = format_on(out, print_as)
    if kind == "table" and print_as.asked_fields is None:
        _draw(found, out, print_as.color)
    elif kind in ("json", "jsonl", "parquet") or print_as.asked_fields is not None:
        names = [field.name for field in figures.STATS]
        if several and print_as.asked_fields is not None and print_as.with_dump is None:
            # Otherwise nothing would distinguish the totals of all dumps from those of one.
            print_as = print_as.but(with_dump=True)
        fields = chosen_fields(print_as, out, figures.STATS, names, names)
        with printing(print_as, out, fields, "stats") as printer:
            for stats in found:
                printer.row(values_of(fields, stats))
    else:
        with printing(print_as, out, figures.FIGURE) as printer:
            for stats in found:
                for figure in figures.figures_of(stats):
                    printer.row(values_of(figures.FIGURE, figure))


def _draw(found: Iterator[Stats], out: Stdout, color: str) -> None:
    from ..output.overview import draw_pictures
    from ..output.pictures import picture_of
    from ..output.terminal import new_console, screen_width

    console = new_console(out, color)
    screen = screen_width() if out.is_terminal else None
    draw_pictures(map(picture_of, found), console, screen)
    out.close()


def _print_groups(
    source: Inputs,
    wanted: Filter,
    by: str,
    print_as: PrintingOptions,
    top: int | None,
    out: Stdout,
) -> None:
    """Print what the articles have in common, one row each."""
    names = [field.name for field in figures.GROUP]
    only_one = format_on(out, print_as) == "table" and not source.several
    columns = names[2:] if only_one else names
    fields = chosen_fields(print_as, out, figures.GROUP, columns, names)
    with printing(print_as, out, fields, "group") as printer:
        for count, reading in _counted(source, wanted):
            for group in find_groups(count, reading and reading.dump, by, top):
                printer.row(values_of(fields, group))


def _report(
    source: Inputs,
    wanted: Filter,
    files: dict[str, str | None],
    print_as: PrintingOptions,
    top: int | None,
    repeated: Repeated | None,
) -> None:
    """Write the reports, none if a dump could not be read; print records if they are asked for."""
    paths = {kind: path for kind, path in files.items() if path is not None}
    if len(set(map(os.path.realpath, paths.values()))) < len(paths):
        raise UsageError("", "--svg and --html name the same file")
    for path in paths.values():
        _refuse_input(path, source)
    with ExitStack() as stack:
        drafts = {kind: stack.enter_context(replace_file(path)) for kind, path in paths.items()}
        found = list(_stats(_counted(source, wanted), top, repeated))
        if source.failed:
            for draft in drafts.values():
                draft.abandon()
            return
        for kind, draft in drafts.items():
            draft.write(_writer(kind)(found).encode())
    if print_as.wants_records:
        with results_to(print_as, source) as out:
            _print_stats(iter(found), print_as, out, several=len(source.names) > 1)


def _writer(kind: str) -> Callable[[Sequence[Stats]], str]:
    """Return the function that makes a report of that kind."""
    from ..output.pictures import picture_of

    if kind == "svg":
        from ..output.svg import svg_report

        return lambda found: svg_report(list(map(picture_of, found)))
    from ..output.html import html_report

    return lambda found: html_report(list(map(picture_of, found)))


def _refuse_input(path: str, source: Inputs) -> None:
    """Raise UsageError if a report would replace a dump."""
    for name in source.names:
        try:
            if os.path.samestat(os.stat(path), os.fstat(0) if name == STDIN else os.stat(name)):
                raise UsageError(path, "is one of the inputs; name another file")
        except (OSError, ValueError):
            continue
