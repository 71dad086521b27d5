"""`corpuscli show`: what does article N say?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from .. import records
from ..errors import UsageError
from ..output.stdout import Stdout
from ..reading import Piece, Reading
from ..selection import Selector, parse_selector
from .messages import say
from .options import Dumps, PrintingOptions, Quiet, ReadingOptions, command
from .session import Inputs, chosen_fields, inputs, printing, values_of

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli show 3 dump.txt",
    "corpuscli show 4-6,last,id:3f9a dump.txt",
    "corpuscli show --raw 2 dump.txt > second.txt",
)
def show(
    selector: Annotated[
        str,
        typer.Argument(
            metavar="SELECTOR", help="2, 4-6, 4-, last or id:3f9a; several with commas."
        ),
    ],
    print_as: PrintingOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    quiet: Quiet = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Print the article's bytes as they are in the dump.")
    ] = False,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Never show a long text through a pager.")
    ] = False,
) -> int:
    """Print articles as clean text, in the order of the dump."""
    wanted = parse_selector(selector)
    if raw and print_as.wants_records:
        raise UsageError("", "--raw prints bytes: it goes with no --format and no --fields")
    out = Stdout()
    source = inputs(dumps, reading, quiet=quiet)
    missing = Missing()
    found = selected(source, wanted, missing)
    if raw:
        for _, piece in found:
            out.write(piece.raw)
        out.close()
    elif print_as.wants_records:
        _print_records(found, print_as, out)
    else:
        _print_texts(found, print_as.color, out, pager=not no_pager)
    return source.exit_code(1 if missing.said else 0)


class Missing:
    """Whether something that was asked for is not there."""

    said = False

    def say(self, dump: str, what: str) -> None:
        say(dump, what)
        self.said = True


def selected(source: Inputs, wanted: Selector, missing: Missing) -> Iterator[tuple[Reading, Piece]]:
    """The articles that are wanted, of each dump; what a dump does not have is said."""
    for one in source.each():
        yield from _selected_of_one(one, wanted, missing)


def _selected_of_one(
    source: Inputs, wanted: Selector, missing: Missing
) -> Iterator[tuple[Reading, Piece]]:
    """As `selected`, of the one dump of `source`."""
    ids = dict.fromkeys(wanted.ids, False)
    last: tuple[Reading, Piece] | None = None
    count = 0
    for reading, piece in source.pieces():
        count = piece.span.number
        if last is not None:
            yield from _if_wanted(last, wanted, ids)
        last = reading, piece
        if wanted.ends_before(count):
            last = None
            break
    if last is not None:
        yield from _if_wanted(last, wanted, ids, is_last=not source.failed)
    if source.failed:
        return
    for numbers in wanted.numbers:
        if numbers.first > count or (numbers.last or 0) > count:
            there = f"there are {count} articles" if count != 1 else "there is 1 article"
            missing.say(source.names[0], f"no article {numbers.wanted}: {there}")
    if wanted.last and not count:
        missing.say(source.names[0], "no article last: there are 0 articles")
    for prefix, seen in ids.items():
        if not seen:
            missing.say(source.names[0], f"no article has an id that begins with {prefix}")


def _if_wanted(
    found: tuple[Reading, Piece], wanted: Selector, ids: dict[str, bool], *, is_last: bool = False
) -> Iterator[tuple[Reading, Piece]]:
    """The article, if it is wanted; notes in `ids` which prefixes its id begins with."""
    reading, piece = found
    chosen = wanted.has_number(piece.span.number) or (is_last and wanted.last)
    if ids:
        digest = records.article_id(reading.parse(piece))
        for prefix in ids:
            if digest.startswith(prefix):
                ids[prefix] = chosen = True
    if chosen:
        yield found


def _print_records(
    found: Iterator[tuple[Reading, Piece]], print_as: PrintingOptions, out: Stdout
) -> None:
    names = tuple(field.name for field in records.ARTICLE)
    fields = chosen_fields(print_as, out, records.ARTICLE, names, names)
    with printing(print_as, out, fields) as printer:
        for reading, piece in found:
            printer.row(values_of(fields, reading.parse(piece)))


def _print_texts(
    found: Iterator[tuple[Reading, Piece]], color: str, out: Stdout, *, pager: bool
) -> None:
    articles = (reading.parse(piece) for reading, piece in found)
    if out.is_terminal:
        from ..output.reader import page_articles

        page_articles(articles, out, color, pager=pager)
        return
    from ..output.page import article_text

    between = ""
    for article in articles:
        out.write((between + article_text(article)).encode())
        between = "\n"
    out.close()
