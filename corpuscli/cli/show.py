"""`corpuscli show`: what does article N say?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Generic, TypeVar

import typer

from ..engine.inputs import Inputs
from ..errors import UsageError
from ..inspection.selection import Selector, parse_selector
from ..model import Article
from ..output.stdout import Stdout
from ..reader.reading import Piece, Reading
from ..records.fields import ARTICLE, JSON, Field, article_id
from .inputs import inputs
from .messages import say
from .options import Dumps, PrintingOptions, Quiet, ReadingOptions, command
from .printing import chosen_fields, printing, values_of

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
    if raw:
        for data in selected(source, wanted, _bytes, missing):
            out.write(data)
        out.close()
    elif print_as.wants_records:
        names = tuple(field.name for field in ARTICLE)
        fields = chosen_fields(print_as, out, ARTICLE, names, names)
        with printing(print_as, out, fields) as printer:
            for row in selected(source, wanted, partial(_row, fields), missing):
                printer.row(row)
    elif out.is_terminal:
        from ..output.reader import page_articles

        articles = selected(source, wanted, Reading.parse, missing)
        missing.waits = True
        page_articles(articles, out, print_as.color, pager=not no_pager)
        missing.say_all()
    else:
        between = b""
        for text in selected(source, wanted, _text, missing):
            out.write(between + text)
            between = b"\n"
        out.close()
    return source.exit_code(1 if missing.said else 0)


def _bytes(reading: Reading, piece: Piece) -> bytes:
    return piece.raw


def _text(reading: Reading, piece: Piece) -> bytes:
    from ..output.page import article_text

    return article_text(reading.parse(piece)).encode()


def _row(fields: Sequence[Field[Article]], reading: Reading, piece: Piece) -> list[JSON]:
    return values_of(fields, reading.parse(piece))


class Missing:
    """Whether something that was asked for is not there."""

    def __init__(self) -> None:
        self.said = False
        self.waits = False
        """True while a pager has the screen."""
        self._waiting: list[tuple[str, str]] = []

    def say(self, dump: str, what: str) -> None:
        self.said = True
        if self.waits:
            self._waiting.append((dump, what))
        else:
            say(dump, what)

    def say_all(self) -> None:
        """Say what has waited."""
        for dump, what in self._waiting:
            say(dump, what)


Result = TypeVar("Result")

NEAR = 2000
"""Articles that are looked through faster than other processes begin to help."""


@dataclass(frozen=True, slots=True)
class _Part(Generic[Result]):
    """What some articles that follow one another have of those that are wanted."""

    upto: int
    """The number of the last of them; 0 if there is none."""
    chosen: list[Result]
    last: list[Result]
    """The last of them, if it is wanted only where no other follows."""
    ids: list[str]
    """The prefixes of ids that were found."""


Render = Callable[[Reading, Piece], Result]
"""What is printed of an article; something that can be pickled."""


def selected(
    source: Inputs, wanted: Selector, render: Render[Result], missing: Missing
) -> Iterator[Result]:
    """The articles that are wanted, of each dump, rendered; what a dump does not have is said."""
    for one in source.each():
        yield from _selected_of_one(one, wanted, render, missing)


def _selected_of_one(
    source: Inputs, wanted: Selector, render: Render[Result], missing: Missing
) -> Iterator[Result]:
    """As `selected`, of the one dump of `source`."""
    if wanted.ends_before(NEAR):
        source.stops_soon = True
    unseen = dict.fromkeys(wanted.ids)
    last: list[Result] = []
    count = 0
    for part in source.results(partial(_look_through, wanted, render)):
        yield from part.chosen
        if part.upto:
            count, last = part.upto, part.last
        for prefix in part.ids:
            unseen.pop(prefix, None)
        if wanted.ends_before(count + 1):
            break
    if source.failed:
        return
    yield from last
    for numbers in wanted.numbers:
        if numbers.first > count or (numbers.last or 0) > count:
            there = f"there are {count} articles" if count != 1 else "there is 1 article"
            missing.say(source.names[0], f"no article {numbers.wanted}: {there}")
    if wanted.last and not count:
        missing.say(source.names[0], "no article last: there are 0 articles")
    for prefix in unseen:
        missing.say(source.names[0], f"no article has an id that begins with {prefix}")


def _look_through(
    wanted: Selector, render: Render[Result], reading: Reading, pieces: Sequence[Piece]
) -> _Part[Result]:
    """What is wanted of some articles."""
    if not pieces:
        return _Part(0, [], [], [])
    first = pieces[0].span.number
    upto = first + len(pieces) - 1
    numbers: set[int] = set()
    for some in wanted.numbers:
        numbers.update(range(max(first, some.first), min(upto, some.last or upto) + 1))
    seen: list[str] = []
    for piece in pieces if wanted.ids else ():
        digest = article_id(reading.parse(piece))
        found = [prefix for prefix in wanted.ids if digest.startswith(prefix)]
        seen += found
        numbers.update([piece.span.number] if found else [])
    chosen = [render(reading, pieces[number - first]) for number in sorted(numbers)]
    is_last = wanted.last and upto not in numbers
    last = [render(reading, pieces[-1])] if is_last else []
    return _Part(upto, chosen, last, seen)
