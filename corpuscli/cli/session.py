"""What the commands have in common: going through the inputs, and printing records."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from ..errors import InputError, UsageError
from ..model import Article
from ..output import Printer, new_printer
from ..output.stdout import STDOUT, Stdout
from ..reading import BLOCK_SIZE, Options, Piece, Reading, read_source
from ..records import JSON, Field, Record, pick_fields
from ..selection import Filter, Undated, choose, parse_bound
from ..source import STDIN, open_source, refuse_own_output
from .messages import say


@dataclass(slots=True)
class Inputs:
    """The dumps of a call, read one after another; one that fails does not stop the others."""

    names: Sequence[str]
    options: Options
    verbose: bool = False
    quiet: bool = False
    failed: bool = field(default=False, init=False)
    """True once an input could not be read, or not to its end."""

    def pieces(self) -> Iterator[tuple[Reading, Piece]]:
        """Every article of every dump. A failure is said on stderr, and the next dump follows."""
        for name in self.names:
            try:
                with open_source(name) as source:
                    refuse_own_output(source, STDOUT)
                    reading = read_source(source, self.options)
                    if self.verbose:
                        say(name, f"layout {reading.layout.name}, encoding {reading.codec.name}")
                    for piece in reading.pieces:
                        yield reading, piece
            except InputError as error:
                self.report(error)

    def each(self) -> Iterator[Inputs]:
        """The dumps one at a time; what fails in one is remembered here."""
        for name in self.names:
            one = Inputs([name], self.options, self.verbose, self.quiet)
            yield one
            self.failed |= one.failed

    def articles(self) -> Iterator[Article]:
        """Every article of every dump, parsed."""
        for reading, piece in self.pieces():
            yield reading.parse(piece)

    def report(self, error: InputError) -> None:
        """Say what is wrong with an input; the exit code will be 2."""
        say(error.path, error.reason)
        self.failed = True

    def note(self, message: str) -> None:
        """Say something that is no error, unless stderr is to be quiet."""
        if not self.quiet:
            say("", message)

    def exit_code(self, code: int = 0) -> int:
        return 2 if self.failed else code


def inputs(
    dumps: Sequence[str] | None,
    *,
    layout: str,
    encoding: str,
    shard_size: int | None,
    verbose: bool,
    quiet: bool,
) -> Inputs:
    """The dumps that a call names, or standard input; raises UsageError if that is a terminal."""
    if not dumps:
        if os.isatty(0):
            reason = "no DUMP given: name a file, or pipe one in (- is standard input)"
            raise UsageError("", reason)
        dumps = [STDIN]
    options = Options(layout, encoding, shard_size or BLOCK_SIZE)
    options.check()
    return Inputs(dumps, options, verbose, quiet)


def article_filter(
    since: str | None, until: str | None, title: str | None, unique: bool
) -> Filter:
    """The filter of these options; raises UsageError for a date or a pattern that is none."""
    matches: Callable[[str], bool] | None = None
    if title is not None:
        from ..search import compile_patterns, has_match

        matches = partial(has_match, compile_patterns([title])[0])
    return Filter(
        since=parse_bound(since, upper=False) if since is not None else None,
        until=parse_bound(until, upper=True) if until is not None else None,
        title=matches,
        unique=unique,
    )


def chosen_articles(source: Inputs, wanted: Filter) -> Iterator[Article]:
    """The articles that the filter lets through; says how many had no date to be judged by."""
    undated = Undated()
    yield from choose(source.articles(), wanted, undated)
    if undated.count:
        plural = "article has" if undated.count == 1 else "articles have"
        source.note(f"{undated.count} {plural} no photo date and were left out")


@dataclass(frozen=True, slots=True)
class Format:
    """How records are to be printed."""

    name: str | None
    """None: a table on a terminal, TSV elsewhere."""
    fields: str | None
    header: bool | None
    color: str

    def resolve(self, out: Stdout) -> str:
        return self.name or ("table" if out.is_terminal else "tsv")


def chosen_fields(
    form: Format, out: Stdout, fields: Iterable[Field[Record]], columns: Sequence[str],
    json_names: Sequence[str],
) -> list[Field[Record]]:
    """The fields to print: those asked for, else all in JSON and the columns elsewhere."""
    if form.fields is not None:
        names: Sequence[str] = [name.strip() for name in form.fields.split(",") if name.strip()]
        if not names:
            raise UsageError("", "--fields names no field")
    else:
        names = json_names if form.resolve(out) in ("json", "jsonl") else columns
    return pick_fields(fields, names)


@contextmanager
def printing(form: Format, out: Stdout, names: Sequence[str]) -> Iterator[Printer]:
    """A printer of records with these fields, closed whole also when an input fails."""
    kind = form.resolve(out)
    if kind == "table":
        from ..output.table import TablePrinter
        from ..output.terminal import new_console

        printer: Printer = TablePrinter(
            names, form.header is not False, new_console(out, form.color)
        )
    else:
        printer = new_printer(kind, names, form.header, out.write)
    try:
        yield printer
    except KeyboardInterrupt:
        printer.close()
        out.flush()
        raise
    printer.close()
    out.close()


def values_of(fields: Sequence[Field[Record]], record: Record) -> list[JSON]:
    """The values of a record, in the order of the fields."""
    return [field.get(record) for field in fields]
