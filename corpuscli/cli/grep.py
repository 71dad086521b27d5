"""`corpuscli grep`: which articles say this, and where?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

import typer

from ..engine.inputs import Inputs
from ..errors import InputError, UsageError, reason_of
from ..inspection.selection import Filter
from ..model import Article
from ..output import Printer
from ..output.order import Order
from ..output.stdout import Stdout
from ..reader.reading import Piece
from ..records.fields import ARTICLE, COUNT, MATCH, MATCH_COLUMNS, Field, Match, MatchCount, Record
from ..search.query import FIELDS, Found, Query, Text, compile_patterns, matches_of
from ..search.scan import new_scan
from ..source import STDIN
from .browse import counted, is_read, print_list, sum_up
from .filters import as_text, filter_of
from .inputs import inputs
from .options import (
    ChoosingOptions,
    Group,
    PrintingOptions,
    ReadingOptions,
    command,
    one_at_most,
    one_of,
)
from .printing import chosen_fields, printing, values_of
from .rows import Look, Result, Rows, print_rows, results_in_order

app = typer.Typer(add_completion=False, rich_markup_mode=None)

SEARCHING = "What to look for"
SHOWING = "What to print"

LONGEST_FILE = 1024 * 1024
"""Bytes in a file of patterns, at most: each of them is looked for in every text."""

Hit = tuple[Article, list[tuple[Text, Found]]]
"""An article, and the texts of it that match."""


def _fields_only(values: list[str] | None) -> list[str] | None:
    for value in values or ():
        one_of(*FIELDS)(value)
    return values


def _flag(panel: str, text: str, *names: str) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=panel)


class SearchOptions(Group):
    """What to look for."""

    ignore_case: Annotated[bool, _flag(SEARCHING, "Ignore case.", "-i", "--ignore-case")] = False
    smart_case: Annotated[
        bool,
        _flag(SEARCHING, "Ignore case if no pattern has a capital.", "-S", "--smart-case"),
    ] = False
    fixed: Annotated[
        bool, _flag(SEARCHING, "Patterns are plain strings.", "-F", "--fixed-strings")
    ] = False
    whole_words: Annotated[
        bool, _flag(SEARCHING, "Match whole words only.", "-w", "--word-regexp")
    ] = False
    patterns: Annotated[
        list[str] | None,
        typer.Option(
            "-e",
            "--regexp",
            metavar="PATTERN",
            help="A pattern; may be repeated. Every argument is a DUMP then.",
            rich_help_panel=SEARCHING,
        ),
    ] = None
    pattern_files: Annotated[
        list[str] | None,
        typer.Option(
            "-f",
            "--file",
            metavar="FILE",
            help="Patterns, one a line; - for standard input.",
            rich_help_panel=SEARCHING,
        ),
    ] = None
    needs_all: Annotated[
        bool, _flag(SEARCHING, "Every pattern must occur in the article.", "--all")
    ] = False
    fields_in: Annotated[
        list[str] | None,
        typer.Option(
            "--in",
            metavar="|".join(FIELDS),
            callback=_fields_only,
            help="Search only there; may be repeated.",
            rich_help_panel=SEARCHING,
        ),
    ] = None

    def query(self, arguments: list[str]) -> Query:
        """The query; takes the pattern out of `arguments` unless an option gave one."""
        wanted = [as_text(pattern) for pattern in self.patterns or ()]
        if self.patterns is None and self.pattern_files is None:
            if not arguments:
                raise UsageError("", "no PATTERN given; see 'corpuscli grep --help'")
            wanted.append(as_text(arguments.pop(0)))
        for name in self.pattern_files or ():
            wanted += _patterns_in(name)
        wanted = list(dict.fromkeys(wanted))
        compiled = compile_patterns(
            wanted,
            ignore_case=self.ignore_case,
            smart_case=self.smart_case,
            fixed=self.fixed,
            whole_words=self.whole_words,
        )
        scan = new_scan(
            wanted,
            ignore_case=self.ignore_case or self.smart_case,
            fixed=self.fixed,
            whole_words=self.whole_words,
            needs_all=self.needs_all,
        )
        return Query(compiled, tuple(self.fields_in or FIELDS), self.needs_all, scan)


class ShowOptions(Group):
    """What to print of what was found."""

    def check(self, print_as: PrintingOptions) -> None:
        """Raise UsageError where one of these options would do away with another."""
        silent = self.silent or self.quiet
        if silent and print_as.wants_records:
            raise UsageError(
                "", "-q prints nothing: it goes with no --format, --fields or --header"
            )
        shown = {"c": self.count, "o": self.only_matching, "C": self.context > 0}
        one_at_most(q=silent, l=self.list_only, **shown)
        one_at_most(v=self.invert, **shown)

    invert: Annotated[
        bool, _flag(SHOWING, "Only the articles without a match.", "-v", "--invert-match")
    ] = False
    count: Annotated[
        bool, _flag(SHOWING, "The number of matches in each article.", "-c", "--count")
    ] = False
    list_only: Annotated[
        bool, _flag(SHOWING, "Only the articles.", "-l", "--articles-with-matches")
    ] = False
    only_matching: Annotated[bool, _flag(SHOWING, "A row a match.", "-o", "--only-matching")] = (
        False
    )
    silent: Annotated[bool, _flag(SHOWING, "Print nothing; the exit code tells.", "-q")] = False
    max_count: Annotated[
        int | None,
        typer.Option(
            "-m",
            "--max-count",
            metavar="N",
            min=0,
            help="Stop after so many articles.",
            rich_help_panel=SHOWING,
        ),
    ] = None
    context: Annotated[
        int,
        typer.Option(
            "-C",
            "--context",
            metavar="N",
            min=0,
            help="Print so many paragraphs before and after a match.",
            rich_help_panel=SHOWING,
        ),
    ] = 0
    quiet: Annotated[
        bool,
        _flag(SHOWING, "As -q, and say nothing on stderr but errors.", "--quiet"),
    ] = False


@command(
    app,
    "corpuscli grep ferry dump.txt",
    "corpuscli grep -i --in title --in deck 'strike|walkout' dump.txt",
    "corpuscli grep -l --all -e Vik -e harbour *.txt.gz",
)
def grep(
    searching: SearchOptions,
    showing: ShowOptions,
    print_as: PrintingOptions,
    choosing: ChoosingOptions,
    reading: ReadingOptions,
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATTERN [DUMP]...",
            show_default=False,
            help="A regular expression, then paths, URLs, or - for standard input.",
        ),
    ] = None,
) -> int:
    """Search the clean text of the articles.

    Every caption is searched once. A pattern is a regular expression with Unicode classes; it is
    searched in one title, deck, byline, caption or paragraph at a time, and ^ and $ are its ends.
    """
    showing.check(print_as)
    one_at_most(i=searching.ignore_case, S=searching.smart_case)
    dumps = list(arguments or ())
    query = searching.query(dumps)
    if STDIN in (searching.pattern_files or ()) and (not dumps or STDIN in dumps):
        raise UsageError("", "-f - takes standard input for the patterns: name a DUMP beside it")
    source = inputs(dumps, reading, quiet=showing.quiet)
    if showing.silent:
        source.progress = None
    search = _Search(
        source=source,
        wanted=filter_of(choosing),
        query=query,
        invert=showing.invert,
        order=_order(choosing, showing, query),
    )
    if showing.silent or showing.quiet:
        found = search.order.limit != 0 and next(search.results(_yes), None) is not None
        # As in grep(1): what was found is found, whatever else could not be read.
        return 0 if found else search.source.exit_code(1)
    found = _print(search, showing, print_as)
    return search.source.exit_code(0 if found else 1)


def _order(choosing: ChoosingOptions, showing: ShowOptions, query: Query) -> Order:
    """The order by a field of the articles, or by the number of matches in each."""
    limits = [n for n in (choosing.limit, showing.max_count) if n is not None]
    by_name = {field.name: field for field in COUNT}
    count: Field[Article] = Field(
        "count",
        by_name["count"].schema,
        by_name["count"].about,
        lambda article: _total(query.find(article)),
    )
    fields = (*ARTICLE, count)
    return Order.of(choosing.sort, choosing.reverse, min(limits, default=None), fields)


@dataclass(frozen=True, slots=True)
class _Search:
    """A search: where, for what, and in which order."""

    source: Inputs
    wanted: Filter
    query: Query
    invert: bool
    order: Order

    @property
    def look(self) -> Look | None:
        """Tells which parts of a dump need not be read, if any need not."""
        return None if self.invert or self.query.scan is None else self.query.may_match

    @property
    def hit_of(self) -> Callable[[Article], Hit | None]:
        """Gives an article with what matches in it; with `invert`, if nothing does.

        It is no method: other processes, which get it, can do without the rest.
        """
        return partial(_hit, self.query, self.invert)

    def results(self, result_of: Callable[[Hit], Result]) -> Iterator[Result]:
        """What `result_of` makes of the articles that match, in order."""
        give = partial(_result, self.hit_of, result_of)
        found = results_in_order(self.source, self.wanted, self.order, give, self.look)
        return (result for _, result in found)


def _hit(query: Query, invert: bool, article: Article) -> Hit | None:
    texts = query.find(article)
    return (article, texts) if bool(texts) != invert else None


def _result(
    hit_of: Callable[[Article], Hit | None],
    result_of: Callable[[Hit], Result],
    article: Article,
    piece: Piece,
) -> Result | None:
    hit = hit_of(article)
    return None if hit is None else result_of(hit)


def _yes(hit: Hit) -> bool:
    return True


def _print(search: _Search, showing: ShowOptions, print_as: PrintingOptions) -> bool:
    """Print what was found; False if nothing was."""
    out = Stdout()
    if showing.invert or showing.list_only:

        def print_them(fields: Sequence[Field[Article]], printer: Printer) -> bool:
            return _print_with(search, lambda hit: [hit[0]], fields, printer)

        return print_list(search.source, out, print_as, print_them)
    if showing.count:
        names = [field.name for field in COUNT]
        return _print_rows(search, _count, COUNT, (names, names), print_as, out)

    def matches(hit: Hit) -> list[Match]:
        context = None if showing.only_matching else showing.context
        return list(matches_of(*hit, context))

    if is_read(out, print_as):
        from ..output.matches import print_matches

        shown = print_matches(search.results(matches), out, print_as.color)
        if shown.articles:
            articles = counted(shown.articles, "article")
            sum_up(f"{counted(shown.matches, 'match')} in {articles}", search.source)
        return shown.articles > 0
    names = [field.name for field in MATCH]
    columns = (MATCH_COLUMNS, names)
    return _print_rows(search, matches, MATCH, columns, print_as, out)


def _print_rows(
    search: _Search,
    records_of: Callable[[Hit], Sequence[Record]],
    fields: Sequence[Field[Record]],
    names: tuple[Sequence[str], Sequence[str]],
    print_as: PrintingOptions,
    out: Stdout,
) -> bool:
    """Print the records of each hit, with the fields of these names, the second in JSON."""
    chosen = chosen_fields(print_as, out, fields, *names)
    with printing(print_as, out, chosen) as printer:
        return _print_with(search, records_of, chosen, printer)


def _print_with(
    search: _Search,
    records_of: Callable[[Hit], Sequence[Record]],
    fields: Sequence[Field[Record]],
    printer: Printer,
) -> bool:
    """As `_print_rows`, with just these fields, by this printer."""

    hit_of = search.hit_of

    def rows_of(article: Article) -> Rows:
        hit = hit_of(article)
        return [values_of(fields, record) for record in records_of(hit)] if hit else []

    return print_rows(search.source, search.wanted, search.order, printer, rows_of, search.look)


def _count(hit: Hit) -> list[MatchCount]:
    article, texts = hit
    return [MatchCount(article, _total(texts))]


def _total(texts: Sequence[tuple[Text, Found]]) -> int:
    """Matches in these texts."""
    return sum(len(spans) for _, spans in texts)


def _patterns_in(name: str) -> list[str]:
    """The lines of a file as patterns; a file without any finds nothing, an empty line all."""
    try:
        with open(0 if name == STDIN else name, "rb", closefd=name != STDIN) as file:
            data = file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise InputError(name, reason_of(error)) from error
    except ValueError as error:
        raise InputError(name, str(error)) from error
    if len(data) > LONGEST_FILE:
        raise InputError(name, f"is longer than {LONGEST_FILE // 1024 // 1024} MiB of patterns")
    lines = data.decode("utf-8-sig", "replace").split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]
