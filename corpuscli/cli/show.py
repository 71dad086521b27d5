"""`corpuscli show`: what does article N say?"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Generic, NamedTuple, TypeVar

import typer

from ..engine.inputs import Inputs
from ..errors import UsageError
from ..inspection.selection import (
    EVERYTHING,
    Filter,
    Selector,
    Undated,
    choose,
    is_selector,
    parse_selector,
)
from ..model import Article
from ..reader.reading import Piece, Reading
from ..records.fields import ARTICLE, JSON, Field, article_id
from ..source import STDIN, is_url
from .asking import ask_which, can_ask
from .destination import results_to
from .filters import filter_of
from .inputs import inputs
from .messages import say
from .options import FilterOptions, Quiet, ReadingOptions, SavingOptions, command
from .printing import chosen_fields, printing, values_of
from .quoting import quoted
from .rows import note_undated

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@command(
    app,
    "corpuscli show 3 dump.txt",
    "corpuscli show 4-6,last,3f9a dump.txt",
    "corpuscli show --title Bakers dump.txt",
    "corpuscli show --raw 2 dump.txt > second.txt",
    common="title since raw json fields to_file color no_pager quiet",
)
def show(
    print_as: SavingOptions,
    choosing: FilterOptions,
    reading: ReadingOptions,
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SELECTOR [DUMP]...",
            show_default=False,
            help="2, 4-6, 4-, first, last, last-1 (the one before the last) or an id; separate "
            "several with commas. Then paths, URLs, or - for standard input.",
        ),
    ] = None,
    quiet: Quiet = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Print the article's bytes as they are in the dump.")
    ] = False,
) -> int:
    """Print articles as clean text, in the order of the dump.

    --title, --since and --until replace the SELECTOR: with them, every argument is a DUMP.
    """
    if raw and print_as.wants_records:
        raise UsageError("", "--raw prints bytes: it cannot be used with --format or --fields")
    words = list(arguments or ())
    wanted = filter_of(choosing, verbose=reading.verbose)
    selector = EVERYTHING if wanted != Filter() else _selector(words)
    if selector is EVERYTHING:
        _refuse_selector(words)
    if selector is not EVERYTHING and selector is not None and arguments:
        _refuse_more_selectors(arguments[0], words)
    is_text = not print_as.wants_records
    source = inputs(words, reading, quiet=quiet, to_files=print_as.to_file is not None)
    missing = Missing()
    asked = selector or ask_which(source, print_as)
    request = Request(asked, wanted)
    with results_to(print_as, source, is_text=is_text) as out:
        if raw:
            for data in selected(source, request, _bytes, missing):
                out.write(data)
            out.close()
        elif print_as.wants_records:
            names = tuple(field.name for field in ARTICLE)
            fields = chosen_fields(print_as, out, ARTICLE, names, names)
            with printing(print_as, out, fields) as printer:
                for row in selected(source, request, partial(_row, fields), missing):
                    printer.row(row)
        elif out.is_terminal:
            from ..output.reader import print_articles

            articles = selected(source, request, Reading.parse, missing)
            missing.waits = True
            try:
                print_articles(articles, out, print_as.color)
            finally:
                missing.say_all()
        else:
            between = b""
            for text in selected(source, request, _text, missing):
                out.write(between + text)
                between = b"\n"
            out.close()
    return source.exit_code(1 if missing.said else 0)


def _selector(words: list[str]) -> Selector | None:
    """Take the selector out of the arguments; None if there is none and the user can be asked."""
    if words and is_selector(words[0]):
        return parse_selector(words.pop(0))
    is_dump = bool(words) and (os.path.exists(words[0]) or is_url(words[0]))
    if is_dump and len(words) > 1 and is_selector(words[1]) and not os.path.exists(words[1]):
        call = " ".join([words[1], quoted(words[0]), *map(quoted, words[2:])])
        raise UsageError("", f"the selector comes first: corpuscli show {call}")
    if not words or is_dump:
        if is_dump and can_ask():
            return None
        dump = quoted(words[0]) if words else "DUMP"
        raise UsageError(
            "",
            f"which article? 'corpuscli list {dump}' lists them, 'corpuscli show 1 {dump}' shows "
            "the first",
        )
    word = words[0]
    try:
        parse_selector(word)
    except UsageError as error:
        if word.replace("-", "").replace(",", "").isdigit():
            raise
        rest = " ".join(map(quoted, words[1:])) or "DUMP"
        hint = f"{error.reason}; by title: corpuscli show --title {quoted(word)} {rest}"
        raise UsageError("", hint) from error
    raise AssertionError(word)


def _refuse_selector(dumps: Sequence[str]) -> None:
    """Raise UsageError if one of the dumps is not there, but is a selector."""
    for word in dumps:
        if is_selector(word) and not os.path.exists(word) and word != STDIN:
            raise UsageError(
                word, "no such file; --title, --since and --until replace the SELECTOR"
            )


def _refuse_more_selectors(first: str, dumps: Sequence[str]) -> None:
    """Raise UsageError if the first of the dumps is not there, but is a selector."""
    is_more = [is_selector(word) and not os.path.exists(word) for word in dumps]
    if not is_more or not is_more[0]:
        return
    count = (*is_more, False).index(False)
    call = " ".join([",".join([first, *dumps[:count]]), *map(quoted, dumps[count:] or ["DUMP"])])
    reason = f"no such file; separate selectors with commas: corpuscli show {call}"
    raise UsageError(dumps[0], reason)


def _bytes(reading: Reading, piece: Piece) -> bytes:
    return piece.raw


def _text(reading: Reading, piece: Piece) -> bytes:
    from ..output.page import article_text

    return article_text(reading.parse(piece)).encode()


def _row(fields: Sequence[Field[Article]], reading: Reading, piece: Piece) -> list[JSON]:
    return values_of(fields, reading.parse(piece))


class Missing:
    """Remembers whether something that was asked for does not exist."""

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


class Request(NamedTuple):
    """Which articles are asked for: those that the selector names and the filter lets through."""

    selector: Selector
    wanted: Filter


@dataclass(frozen=True, slots=True)
class _Part(Generic[Result]):
    """What is wanted of some articles that follow one another."""

    upto: int
    """The number of the last of them; 0 without any."""
    chosen: list[tuple[int, bool, Result]]
    """Number, whether the article is wanted wherever it is, and what is printed of it.

    Of the last articles all, if they may be wanted because they are the last.
    """
    ids: list[str]
    """The prefixes of ids that were found."""
    undated: int
    """Articles that a date filter left out because they have no date."""


Render = Callable[[Reading, Piece], Result]
"""What is printed of an article; something that can be pickled."""


def selected(
    source: Inputs, request: Request, render: Render[Result], missing: Missing
) -> Iterator[Result]:
    """Yield the articles asked for, of each dump, rendered; report those that do not exist."""
    for one in source.each():
        yield from _selected_of_one(one, request, render, missing)


def _selected_of_one(
    source: Inputs, request: Request, render: Render[Result], missing: Missing
) -> Iterator[Result]:
    """Yield as `selected` does, from the only dump of `source`."""
    selector = request.selector
    if selector.ends_before(NEAR):
        source.stops_soon = True
    unseen = dict.fromkeys(selector.ids)
    # The last articles so far: only the end of the dump shows which of them are wanted.
    window: deque[tuple[int, bool, Result]] = deque()
    count = undated = 0
    found = False
    for part in source.results(partial(_look_through, request, render)):
        count = part.upto or count
        undated += part.undated
        window.extend(part.chosen)
        while window and window[0][0] <= count - selector.reach:
            _, is_wanted, result = window.popleft()
            if is_wanted:
                found = True
                yield result
        for prefix in part.ids:
            unseen.pop(prefix, None)
        if selector.ends_before(count + 1):
            break
    if source.failed:
        return
    for number, is_wanted, result in window:
        if is_wanted or count - number in selector.from_last:
            found = True
            yield result
    note_undated(source, Undated(undated))
    _say_missing(source.names[0], selector, count, unseen, missing)
    if request.wanted != Filter() and not found:
        missing.say(source.names[0], "no article matches")


def _say_missing(
    dump: str, selector: Selector, count: int, unseen: Iterable[str], missing: Missing
) -> None:
    """Say which of the articles asked for a dump of `count` articles does not have."""
    there = f"(this dump has {count:,})"
    if selector is not EVERYTHING:
        for numbers in selector.numbers:
            if numbers.first > count or (numbers.last or 0) > count:
                missing.say(dump, f"no article {numbers.wanted} {there}")
    for back in sorted(selector.from_last):
        if back >= count:
            missing.say(dump, f"no article last{f'-{back}' if back else ''} {there}")
    for prefix in unseen:
        missing.say(dump, f"no article has an id that begins with {prefix}")


def _look_through(
    request: Request, render: Render[Result], reading: Reading, pieces: Sequence[Piece]
) -> _Part[Result]:
    """Return what is wanted of some articles."""
    if not pieces:
        return _Part(0, [], [], 0)
    selector = request.selector
    first = pieces[0].span.number
    upto = first + len(pieces) - 1
    numbers: set[int] = set()
    for some in selector.numbers:
        numbers.update(range(max(first, some.first), min(upto, some.last or upto) + 1))
    seen: list[str] = []
    for piece in pieces if selector.ids else ():
        digest = article_id(reading.parse(piece))
        found = [prefix for prefix in selector.ids if digest.startswith(prefix)]
        seen += found
        numbers.update([piece.span.number] if found else [])
    undated = Undated()
    if request.wanted != Filter():
        articles = (reading.parse(pieces[number - first]) for number in sorted(numbers))
        kept = choose(articles, request.wanted, undated, lambda _: True)
        numbers = {article.span.number for article in kept}
    maybe = range(max(first, upto - selector.reach + 1), upto + 1)
    chosen = [
        (number, number in numbers, render(reading, pieces[number - first]))
        for number in sorted(numbers.union(maybe))
    ]
    return _Part(upto, chosen, seen, undated.count)
