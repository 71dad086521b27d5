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
from ..output.endings import ENDINGS
from ..output.order import Order
from ..output.stdout import Stdout
from ..reader.reading import Piece
from ..records.fields import ARTICLE, COUNT, MATCH, MATCH_COLUMNS, Field, Match, MatchCount, Record
from ..search.query import FIELDS, Found, Query, Text, compile_patterns, matches_of
from ..search.scan import new_scan
from ..source import STDIN
from .browse import counted, is_read, print_list, sum_up
from .destination import results_to
from .filters import as_text, filter_of
from .hints import refuse_pattern_behind_dump
from .inputs import inputs
from .options import (
    PRINTING,
    ChoosingOptions,
    Group,
    NoPager,
    Null,
    PrintingOptions,
    ReadingOptions,
    WithDump,
    command,
    one_at_most,
    one_of,
    separated,
)
from .printing import chosen_fields, printing, refuse_records, values_of
from .rows import Look, Result, Rows, print_rows, results_in_order

app = typer.Typer(add_completion=False, rich_markup_mode=None)

SEARCHING = "What to look for"
SHOWING = "What to print"

LONGEST_FILE = 1024 * 1024
"""Bytes in a file of patterns, at most: each of them is looked for in every text."""

Hit = tuple[Article, list[tuple[Text, Found]]]
"""An article, and the texts of it that match."""


def _fields_only(values: list[str] | None) -> list[str] | None:
    """Return the fields named, once each, also those that commas separate in one value."""
    if values is None:
        return None
    names = separated(values)
    for name in names:
        one_of(*FIELDS)(name)
    return list(dict.fromkeys(names))


def _paragraphs(text: str, *names: str) -> Any:
    return typer.Option(*names, metavar="N", min=0, help=text, rich_help_panel=SHOWING)


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
            help="A pattern; you can repeat the option. Every argument is then a DUMP.",
            rich_help_panel=SEARCHING,
        ),
    ] = None
    pattern_files: Annotated[
        list[str] | None,
        typer.Option(
            "-f",
            "--file",
            metavar="FILE",
            help="Patterns, one per line; - for standard input.",
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
            help="Search only in this field; separate several with commas.",
            rich_help_panel=SEARCHING,
        ),
    ] = None

    def query(self, arguments: list[str]) -> Query:
        """Return the query; take the pattern out of `arguments` unless an option gave one."""
        wanted = [as_text(pattern) for pattern in self.patterns or ()]
        if self.patterns is None and self.pattern_files is None:
            if not arguments:
                raise UsageError("", "no pattern given: corpuscli grep PATTERN DUMP")
            pattern = arguments.pop(0)
            refuse_pattern_behind_dump(pattern, arguments)
            wanted.append(as_text(pattern))
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
        """Raise UsageError if one of these options would override another."""
        refuse_records(self.quiet, print_as)
        # These three can be used together, so only the first is named.
        given = {"A": self.after, "B": self.before, "C": self.context}
        first = next((name for name, count in given.items() if count is not None), "C")
        shown = {"c": self.count, "o": self.only_matching, first: self.around is not None}
        one_at_most(q=self.quiet, l=self.list_only, **shown)
        one_at_most(v=self.invert, **shown)

    invert: Annotated[
        bool, _flag(SHOWING, "Print only the articles without a match.", "-v", "--invert-match")
    ] = False
    count: Annotated[
        bool, _flag(SHOWING, "Print the number of matches in each article.", "-c", "--count")
    ] = False
    list_only: Annotated[
        bool,
        _flag(
            SHOWING, "Print only the articles, not the matches.", "-l", "--articles-with-matches"
        ),
    ] = False
    only_matching: Annotated[
        bool, _flag(SHOWING, "Print only the matches, one per row.", "-o", "--only-matching")
    ] = False
    max_count: Annotated[
        int | None,
        typer.Option(
            "-m",
            "--max-count",
            metavar="N",
            min=0,
            help="Stop after N articles of each dump.",
            rich_help_panel=SHOWING,
        ),
    ] = None
    after: Annotated[
        int | None,
        _paragraphs("Print N paragraphs after a match.", "-A", "--after-context"),
    ] = None
    before: Annotated[
        int | None,
        _paragraphs("Print N paragraphs before a match.", "-B", "--before-context"),
    ] = None
    context: Annotated[
        int | None,
        _paragraphs("Print N paragraphs before and after a match.", "-C", "--context"),
    ] = None
    quiet: Annotated[
        bool,
        _flag(SHOWING, "Print only errors; the exit code is the answer.", "-q", "--quiet"),
    ] = False

    @property
    def around(self) -> tuple[int, int] | None:
        """Return how many paragraphs to print before and after a match; None without an option."""
        if self.after is None and self.before is None and self.context is None:
            return None
        usual = self.context or 0
        before = usual if self.before is None else self.before
        return before, usual if self.after is None else self.after


class GrepOptions(PrintingOptions):
    """How records are printed, and into which file; -o is taken by --only-matching."""

    to_file: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help=f"Write to FILE, all of it or nothing; {', '.join(ENDINGS)} set the format.",
            rich_help_panel=PRINTING,
        ),
    ] = None
    no_pager: NoPager = False
    with_dump: WithDump = None
    null: Null = False


@command(
    app,
    "corpuscli grep ferry dump.txt",
    "corpuscli grep -i --in title --in deck 'strike|walkout' dump.txt",
    "corpuscli grep -l --all -e Vik -e harbour *.txt.gz",
    common="ignore_case whole_words fixed fields_in list_only count invert context max_count json",
)
def grep(
    searching: SearchOptions,
    showing: ShowOptions,
    print_as: GrepOptions,
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

    Each caption is searched once. A pattern is a regular expression with Unicode classes. It is
    matched against one title, deck, byline, caption or paragraph at a time; ^ and $ match its ends.
    """
    showing.check(print_as)
    one_at_most(i=searching.ignore_case, S=searching.smart_case)
    dumps = list(arguments or ())
    query = searching.query(dumps)
    if STDIN in (searching.pattern_files or ()) and (not dumps or STDIN in dumps):
        raise UsageError("", "-f - reads the patterns from standard input: name a DUMP, too")
    to_files = print_as.to_file is not None
    source = inputs(dumps, reading, quiet=showing.quiet, to_files=to_files)
    search = _Search(
        source=source,
        wanted=filter_of(choosing, verbose=reading.verbose),
        query=query,
        invert=showing.invert,
        order=_order(choosing, showing, query),
    )
    if showing.quiet and print_as.to_file is None:
        wants_any = 0 not in (search.order.limit, search.order.per_dump)
        found = wants_any and next(search.results(_yes), None) is not None
        # As in grep(1), a match counts even if other dumps could not be read.
        return 0 if found else search.source.exit_code(1)
    with results_to(print_as, source, left=0) as out:
        found = _print(search, showing, print_as, out)
    return search.source.exit_code(0 if found else 1)


def _order(choosing: ChoosingOptions, showing: ShowOptions, query: Query) -> Order:
    """Return the order by a field of the articles, or by the number of matches in each."""
    by_name = {field.name: field for field in COUNT}
    count: Field[Article] = Field(
        "count",
        by_name["count"].schema,
        by_name["count"].about,
        lambda article: _total(query.find(article)),
    )
    fields = (*ARTICLE, count)
    return Order.of(choosing.sort, choosing.reverse, choosing.limit, fields, showing.max_count)


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
        """Return a function that gives an article with its matches; with `invert`, one without any.

        It is not a method, because it is sent to other processes, which do not need the rest.
        """
        return partial(_hit, self.query, self.invert)

    def results(self, result_of: Callable[[Hit], Result]) -> Iterator[Result]:
        """Yield what `result_of` returns for the articles that match, in order."""
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


def _print(search: _Search, showing: ShowOptions, print_as: PrintingOptions, out: Stdout) -> bool:
    """Print what was found; return False if nothing was."""
    if showing.invert or showing.list_only:

        def print_them(fields: Sequence[Field[Article]], printer: Printer) -> bool:
            return _print_with(search, lambda hit: [hit[0]], fields, printer)

        return print_list(search.source, out, print_as, print_them)
    if showing.count:
        names = [field.name for field in COUNT]
        return _print_rows(search, _count, COUNT, "count", (names, names), print_as, out)

    around = None if showing.only_matching else showing.around or (0, 0)

    def matches(hit: Hit) -> list[Match]:
        return list(matches_of(*hit, around))

    if is_read(out, print_as):
        from ..output.matches import print_matches

        shown = print_matches(search.results(matches), out, print_as.color)
        if shown.articles:
            articles = counted(shown.articles, "article")
            sum_up(f"{counted(shown.matches, 'match')} in {articles}", search.source)
        return shown.articles > 0
    names = [field.name for field in MATCH]
    # Mark the rows of context, if there may be any.
    columns = (*MATCH_COLUMNS, "context") if showing.around else MATCH_COLUMNS
    return _print_rows(search, matches, MATCH, "match", (columns, names), print_as, out)


def _print_rows(
    search: _Search,
    records_of: Callable[[Hit], Sequence[Record]],
    fields: Sequence[Field[Record]],
    record: str,
    names: tuple[Sequence[str], Sequence[str]],
    print_as: PrintingOptions,
    out: Stdout,
) -> bool:
    """Print the records of each hit, with the fields of these names, the second in JSON."""
    chosen = chosen_fields(print_as, out, fields, *names)
    with printing(print_as, out, chosen, record) as printer:
        return _print_with(search, records_of, chosen, printer)


def _print_with(
    search: _Search,
    records_of: Callable[[Hit], Sequence[Record]],
    fields: Sequence[Field[Record]],
    printer: Printer,
) -> bool:
    """Print like `_print_rows`, with exactly these fields and this printer."""

    hit_of = search.hit_of

    def rows_of(article: Article) -> Rows:
        hit = hit_of(article)
        return [values_of(fields, record) for record in records_of(hit)] if hit else []

    return print_rows(search.source, search.wanted, search.order, printer, rows_of, search.look)


def _count(hit: Hit) -> list[MatchCount]:
    article, texts = hit
    return [MatchCount(article, _total(texts))]


def _total(texts: Sequence[tuple[Text, Found]]) -> int:
    """Return the number of matches in these texts."""
    return sum(len(spans) for _, spans in texts)


def _patterns_in(name: str) -> list[str]:
    """Return the lines of a file as patterns.

    An empty file matches nothing; an empty line matches everything.
    """
    try:
        with open(0 if name == STDIN else name, "rb", closefd=name != STDIN) as file:
            data = file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise InputError(name, reason_of(error)) from error
    except ValueError as error:
        raise InputError(name, str(error)) from error
    if len(data) > LONGEST_FILE:
        raise InputError(name, f"is too long: patterns may take {LONGEST_FILE // 1024 // 1024} MiB")
    lines = data.decode("utf-8-sig", "replace").split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]
