"""What the commands have in common: going through the inputs, and printing records."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import BinaryIO, TypeVar, cast

from ..errors import InputError, OutputError, UsageError
from ..output import Printer, new_printer
from ..output.progress import Counted, Progress, can_be_shown
from ..output.stdout import STDOUT, Stdout
from ..reading import Options, Piece, Reading, read_source
from ..records import JSON, LIST_COLUMNS, Field, Record, pick_fields
from ..selection import Filter, parse_bound
from ..source import STDIN, Source, open_source, refuse_own_output
from ..transcode import UTF8, is_clean
from .messages import say
from .options import ChoosingOptions, FilterOptions, PrintingOptions, ReadingOptions

Result = TypeVar("Result")

SHARD = 8 * 1024 * 1024
"""Bytes in a shard, at most, unless told otherwise."""


SMALL = 1024 * 1024
"""Bytes in a file that one process reads before another has begun."""

MOST_JOBS = 256
"""Processes, at most."""

SMALLEST_SHARD = 16 * 1024
"""Bytes in a shard, at least: smaller ones would be mostly surroundings."""


def shard_size(size: int, jobs: int, wanted: int | None) -> int:
    """Bytes in a shard of a file of `size` bytes.

    There are several to each process, so that none waits long at the end, but not so many that
    looking at their surroundings takes longer than reading them.
    """
    if wanted is not None:
        return max(wanted, size // 1000, 1024)
    return max(SHARD // 4, min(SHARD, size // (4 * jobs)))


@dataclass(slots=True)
class Inputs:
    """The dumps of a call, read one after another; one that fails does not stop the others."""

    names: Sequence[str]
    options: Options
    verbose: bool = False
    quiet: bool = False
    jobs: int = 1
    """Processes that may be used."""
    stops_soon: bool = False
    """True if few articles are wanted: then they are read one by one."""
    progress: Progress | None = None
    """Shows how far the reading has come, if it is to be shown."""
    failed: bool = field(default=False, init=False)
    """True once an input could not be read, or not to its end."""
    current: int = field(default=0, init=False)
    """The index of the dump that is being read."""

    @contextmanager
    def opened(self, name: str) -> Iterator[Source]:
        """The input of that name, opened; raises InputError if it cannot be.

        While it is open, it is shown how far it was read, if that is to be shown.
        """
        with open_source(name) as source:
            if self.progress is None:
                yield source
                return
            if not source.is_regular:
                source = replace(source, file=cast(BinaryIO, Counted(source.file)))
            size = _stored_size(source.status, source.start)
            with self.progress.of_dump(size, _position_in(source)):
                yield source

    def begin(self, source: Source) -> Reading:
        """Begin to read a dump, and say how, if that is wanted."""
        reading = read_source(source, self.options)
        if self.verbose:
            say(source.name, f"layout {reading.layout.name}, encoding {reading.encoding}")
        if not self.quiet:
            _doubt(source.name, reading)
        return reading

    def results(
        self,
        make: Callable[[Reading, Sequence[Piece]], Result],
        look: Callable[[bytes], bool] | None = None,
    ) -> Iterator[Result]:
        """What `make` makes of the articles of every dump, some at a time, in order.

        A large file is read by several processes; `make` runs in them, and what it gives must be
        something that can be pickled. It may be spared articles whose bytes `look` says no to.
        """
        for index, name in enumerate(self.names):
            self.current = index
            try:
                with self.opened(name) as source:
                    refuse_own_output(source, STDOUT)
                    yield from self.results_of(source, make, look)
            except InputError as error:
                self.report(error)

    def results_of(
        self,
        source: Source,
        make: Callable[[Reading, Sequence[Piece]], Result],
        look: Callable[[bytes], bool] | None = None,
        *,
        blank: bool = False,
    ) -> Iterator[Result]:
        """As `results`, of one dump; with `blank` also of the one tile of a blank dump.

        Raises InputError where it cannot be read on.
        """
        yield from self.read(source, self.begin(source), make, look, blank=blank)

    def read(
        self,
        source: Source,
        reading: Reading,
        make: Callable[[Reading, Sequence[Piece]], Result],
        look: Callable[[bytes], bool] | None = None,
        *,
        blank: bool = False,
    ) -> Iterator[Result]:
        """As `results_of`, of a dump that was begun to be read."""
        if self.progress is None:
            yield from self._read(source, reading, make, look, blank=blank)
            return
        placed = partial(_with_end, make)
        for end, result in self._read(source, reading, placed, look, blank=blank):
            self.progress.reach(end)
            yield result

    def _read(
        self,
        source: Source,
        reading: Reading,
        make: Callable[[Reading, Sequence[Piece]], Result],
        look: Callable[[bytes], bool] | None,
        *,
        blank: bool,
    ) -> Iterator[Result]:
        """As `read`, without a word about it."""
        size = source.status.st_size
        shard = shard_size(size, self.jobs, self.options.shard_size)
        # What begins to be read here would be taken along into every process.
        told = partial(make, reading._replace(tiles=iter(())))
        pieces = reading.tiles if blank else reading.pieces
        jobs = self.jobs
        is_small = source.is_regular and size <= SMALL
        if not is_small and not self.stops_soon:
            from ..workers import can_fork

            jobs = jobs if can_fork() and not (source.is_regular and size <= shard) else 1
            if reading.encoding == UTF8 and source.can_be_cut(shard):
                from ..shard import Dump
                from ..shards import read_shards
                from ..source import FileRanges

                if look is not None and self.progress is not None:
                    look = self.progress.watching(look, shard)
                ranges = FileRanges(source.name, source.file.fileno())
                dump = Dump(source.name, ranges, size, reading.layout)
                yield from read_shards(dump, told, jobs=jobs, size=shard, look=look)
                return
            if jobs > 1:
                from ..batches import read_batches

                yield from read_batches(source.name, pieces, told, jobs=jobs)
                return
        for piece in pieces:
            yield told([piece])

    def each(self) -> Iterator[Inputs]:
        """The dumps one at a time; what fails in one is remembered here."""
        for name in self.names:
            one = replace(self, names=[name])
            yield one
            self.failed |= one.failed

    def report(self, error: InputError | OutputError) -> None:
        """Say what is wrong with one input, or its output; the exit code will be 2."""
        say(error.path, error.reason)
        self.failed = True

    def note(self, message: str) -> None:
        """Say something that is no error, unless stderr is to be quiet."""
        if not self.quiet:
            say("", message)

    def exit_code(self, code: int = 0) -> int:
        return 2 if self.failed else code


def _doubt(name: str, reading: Reading) -> None:
    """Say it where a dump looks like a file of another kind, or of another encoding."""
    if reading.encoding == UTF8 and is_clean(reading.head) and not reading.has_no_headers:
        return
    from ..looks import looks_like, other_encoding

    look = looks_like(reading.head) if reading.encoding == UTF8 else None
    if look is not None and look.is_foreign(not reading.has_no_headers):
        say(name, f"looks like {look.name}, not like a dump of pages")
    elif look := other_encoding(reading.head, reading.encoding):
        say(name, f"looks like {look.name}; {look.advice}")


def _with_end(
    make: Callable[[Reading, Sequence[Piece]], Result], reading: Reading, pieces: Sequence[Piece]
) -> tuple[int, Result]:
    """What `make` makes of some articles, behind the byte where they end; 0 if there are none."""
    made = make(reading, pieces)
    return pieces[-1].span.end if pieces else 0, made


def _position_in(source: Source) -> Callable[[], int] | None:
    """Tells how much of a source was read, where its articles do not: what is stored is another."""
    file, start = source.file, source.start
    if isinstance(file, Counted):
        return lambda: file.count
    if source.is_regular and source.is_compressed:
        return lambda: file.tell() - start
    return None


def inputs(
    dumps: Sequence[str] | None, reading: ReadingOptions, *, quiet: bool, to_files: bool = False
) -> Inputs:
    """The dumps that a call names, or standard input; raises UsageError if that is a terminal.

    `to_files` if what is made of them does not go to standard output.
    """
    if quiet and reading.verbose:
        raise UsageError("", "-q and --verbose do not go together")
    if not dumps:
        if os.isatty(0):
            reason = "no DUMP given: name a file, or pipe one in (- is standard input)"
            raise UsageError("", reason)
        dumps = [STDIN]
    shard = None if reading.shard_size is None else max(SMALLEST_SHARD, reading.shard_size)
    options = Options(reading.layout, reading.encoding, shard)
    options.check()
    for note in () if quiet else reading.notes:
        say("", note)
    jobs = min(reading.jobs or len(os.sched_getaffinity(0)), MOST_JOBS)
    progress = None
    if not quiet and can_be_shown(beside_pipe=to_files):
        progress = Progress([_size_of(name) for name in dumps])
    return Inputs(dumps, options, reading.verbose, quiet, jobs, progress=progress)


def _size_of(name: str) -> int | None:
    """Bytes of the input of that name, as it is stored; None if that cannot be known."""
    with suppress(OSError, ValueError):
        if name == STDIN:
            return _stored_size(os.fstat(0), os.lseek(0, 0, os.SEEK_CUR))
        return _stored_size(os.stat(name))
    return None


def _stored_size(status: os.stat_result, start: int = 0) -> int | None:
    """Bytes of a file from `start` on; None if that cannot be known, as of a pipe."""
    return status.st_size - start if stat.S_ISREG(status.st_mode) else None


def as_text(argument: str) -> str:
    """An argument of the command line as UTF-8, whatever the locale says it is."""
    return os.fsencode(argument).decode("utf-8", "surrogateescape")


def filter_of(choosing: FilterOptions) -> Filter:
    """The filter of these options; raises UsageError for a date or a pattern that is none."""
    matches: Callable[[str], bool] | None = None
    if choosing.title is not None:
        from ..search import compile_patterns, has_match

        matches = partial(has_match, compile_patterns([as_text(choosing.title)])[0])
    return Filter(
        since=parse_bound(choosing.since, upper=False) if choosing.since is not None else None,
        until=parse_bound(choosing.until, upper=True) if choosing.until is not None else None,
        title=matches,
        unique=isinstance(choosing, ChoosingOptions) and choosing.unique,
    )


def format_on(out: Stdout, print_as: PrintingOptions) -> str:
    """The format asked for, else a table on a terminal and TSV elsewhere."""
    return print_as.asked_format or ("table" if out.is_terminal else "tsv")


def chosen_fields(
    print_as: PrintingOptions,
    out: Stdout,
    fields: Iterable[Field[Record]],
    columns: Sequence[str],
    json_names: Sequence[str],
) -> list[Field[Record]]:
    """The fields to print: those asked for, else `json_names` in JSON and `columns` elsewhere."""
    kind = format_on(out, print_as)
    is_json = kind in ("json", "jsonl")
    if print_as.header and is_json:
        raise UsageError("", f"--header goes with table, tsv and csv: {kind} names every field")
    names = print_as.asked_fields
    if names is None:
        names = json_names if is_json else columns
        if columns == LIST_COLUMNS and kind == "table" and out.is_terminal:
            names = print_as.columns or columns
    return pick_fields(fields, names)


@contextmanager
def printing(
    print_as: PrintingOptions, out: Stdout, fields: Sequence[Field[Record]]
) -> Iterator[Printer]:
    """A printer of records with these fields, closed whole also when it is interrupted."""
    names = [field.name for field in fields]
    kind = format_on(out, print_as)
    if kind == "table":
        from ..output.table import TablePrinter
        from ..output.terminal import new_console

        console = new_console(out, print_as.color)
        printer: Printer = TablePrinter(names, print_as.header is not False, console)
    else:
        printer = new_printer(kind, names, print_as.header, out.write)
    try:
        yield printer
    except (KeyboardInterrupt, UsageError):
        printer.close()
        out.flush()
        raise
    printer.close()
    out.close()


def values_of(fields: Sequence[Field[Record]], record: Record) -> list[JSON]:
    """The values of a record, in the order of the fields."""
    return [field.get(record) for field in fields]
