"""`corpuscli check`: is this dump sound, and did every split happen for a good reason?"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Annotated

import typer

from ..engine.inputs import Inputs
from ..errors import InputError, UsageError
from ..inspection.check import Checks, Examined, Tally, begin_check, examine, find_problems
from ..model import Evidence
from ..output.stdout import Stdout
from ..reader.reading import Opened, Work
from ..records.codes import CODES, OF_ARTICLE, Code, find_code
from ..records.fields import EXPLANATION, PROBLEM, TOTALS, Problem, Totals
from .browse import counted, is_read, sum_up
from .destination import results_to
from .inputs import inputs
from .messages import say
from .options import (
    Dumps,
    ListingOptions,
    PrintingOptions,
    Quiet,
    ReadingOptions,
    command,
    separated,
)
from .printing import chosen_fields, format_on, printing, refuse_records, values_of

app = typer.Typer(add_completion=False, rich_markup_mode=None)

ALL_FIELDS = tuple(field.name for field in PROBLEM)

ALL = "all"


@command(
    app,
    "corpuscli check dump.txt",
    "corpuscli check --expect 231 --ignore unexplained-gap dump.txt.gz",
    "corpuscli check --explain unexplained-gap",
    "corpuscli check --totals --format csv *.txt",
    common="expect ignore explain totals json to_file quiet",
)
def check(
    print_as: ListingOptions,
    reading: ReadingOptions,
    dumps: Dumps = None,
    expect: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="Report a dump that does not have N articles."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE", help="Do not report this problem; separate several with commas."
        ),
    ] = None,
    totals: Annotated[
        bool,
        typer.Option(
            "--totals",
            help="Print one row per dump instead of the problems: its articles, how each was "
            "recognised, and the bytes in headers, bodies and neither.",
        ),
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar=f"CODE|{ALL}", help="Explain a problem and what to do; reads no dump."
        ),
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Check dumps; print one row per problem.

    The exit code is 0 if all dumps are sound, 1 if there are problems, and 2 if a dump could not be
    read. With -q, it prints only errors. To find duplicates, it uses about 100 bytes of memory
    per article; --ignore duplicate-article saves that.
    """
    if explain is not None:
        if dumps or totals or ignore or expect is not None:
            raise UsageError("", "--explain cannot be used with a DUMP or another check")
        if print_as.to_file is not None:
            raise UsageError("", "-o cannot be used with --explain; use > FILE")
        _explain(CODES if explain == ALL else (find_code(explain),), print_as)
        return 0
    refuse_records(quiet, print_as)
    ignored = frozenset(find_code(name).name for name in separated(ignore or ()))
    checks = Checks(expect, ignored)
    source = inputs(dumps, reading, quiet=quiet, to_files=print_as.to_file is not None)
    if quiet and print_as.to_file is None:
        found = _each_total(source, checks, lambda _: None)
        return source.exit_code(1 if found else 0)
    with results_to(print_as, source, left=1) as out:
        if is_read(out, print_as):
            found = (_draw_totals if totals else _draw_problems)(source, checks, print_as, out)
        else:
            found = (_print_totals if totals else _print_problems)(source, checks, print_as, out)
    return source.exit_code(1 if found else 0)


def _print_problems(source: Inputs, checks: Checks, print_as: PrintingOptions, out: Stdout) -> bool:
    """Print the problems of every dump; return False if there are none."""
    fields = chosen_fields(print_as, out, PROBLEM, _columns(print_as, out, source), ALL_FIELDS)
    found = False
    with printing(print_as, out, fields, "problem") as printer:
        for dump in _checked(source, checks, totals=False):
            for problem in dump.problems:
                found = True
                printer.row(values_of(fields, problem))
    return found


def _draw_problems(source: Inputs, checks: Checks, print_as: PrintingOptions, out: Stdout) -> bool:
    """Show a person the problems and where they are; return False if there are none."""
    from ..output.findings import FindingsPrinter

    findings = FindingsPrinter(out, print_as.color)
    count: Counter[str] = Counter()
    articles = odd = 0
    for dump in _checked(source, replace(checks, excerpts=True), totals=False):
        numbers = set()
        for problem in dump.problems:
            findings.print(problem)
            count[problem.code] += 1
            if problem.code in OF_ARTICLE:
                numbers.add(problem.number)
        articles += dump.articles
        odd += len(numbers)
    findings.close()
    if count or not source.failed:
        sum_up(_sentence(articles, odd, count), source)
    return bool(count)


def _sentence(articles: int, odd: int, count: Counter[str]) -> str:
    """Return a sentence about the problems of `articles` articles, `odd` of which have some."""
    there = counted(articles, "article")
    if not count:
        return f"{there}, no problems"
    codes = ", ".join(f"{number:,} {code}" for code, number in count.most_common())
    having = f", {odd:,} with problems" if odd else ""
    return f"{there}{having}: {codes}; --explain CODE says more"


def _print_totals(source: Inputs, checks: Checks, print_as: PrintingOptions, out: Stdout) -> bool:
    """Print the totals of every dump that could be read; return False if none has problems."""
    names = [field.name for field in TOTALS]
    fields = chosen_fields(print_as, out, TOTALS, names, names)
    with printing(print_as, out, fields, "totals") as printer:
        return _each_total(source, checks, lambda t: printer.row(values_of(fields, t)))


def _each_total(source: Inputs, checks: Checks, show: Callable[[Totals], None]) -> bool:
    """Call `show` with the totals of each readable dump; return False if none has problems."""
    found = False
    for dump in _checked(source, checks, totals=True):
        for problem in dump.problems:
            found = True
            if problem.code == "not-a-dump" and not source.quiet:
                say(dump.name, problem.message)
        if dump.totals is not None:
            show(dump.totals)
    return found


def _draw_totals(source: Inputs, checks: Checks, print_as: PrintingOptions, out: Stdout) -> bool:
    """Draw the totals for a person; return as `_print_totals` does."""
    from ..output.parts import print_parts

    return _each_total(source, checks, partial(print_parts, out=out, color=print_as.color))


@dataclass(slots=True)
class _Checked:
    """A dump, its problems, and after these its totals, as far as it could be read."""

    name: str
    problems: Iterator[Problem] = field(init=False)
    totals: Totals | None = None
    articles: int = 0
    """The number of articles read so far."""


def _checked(source: Inputs, checks: Checks, *, totals: bool) -> Iterator[_Checked]:
    """Yield the dumps as they are checked, with `totals` if they are wanted.

    Reports failures, and the totals with --verbose.
    """
    counting = totals or source.verbose
    work = Work(partial(examine, checks, counting), blank=True)
    for opened in source.opened(work, doubt=False):
        checked = _Checked(opened.stored.name)
        checked.problems = _problems(source, opened, checks, checked, counting=counting)
        yield checked


def _problems(
    source: Inputs, opened: Opened[Examined], checks: Checks, checked: _Checked, *, counting: bool
) -> Iterator[Problem]:
    """Yield the problems of a dump that was opened."""
    tally = Tally() if counting else None
    begun = begin_check(opened.reading, source.options)
    try:
        yield from find_problems(begun, checks, tally, _counted(checked, opened.results))
    except InputError as error:
        source.report(error)
    if tally is None or not tally.was_used:
        return
    checked.totals = tally.totals(opened.reading)
    if source.verbose:
        say(checked.name, _summary(checked.totals))


def _counted(checked: _Checked, results: Iterator[Examined]) -> Iterator[Examined]:
    """Yield the results, and count the articles of the dump."""
    for part in results:
        checked.articles = part.upto or checked.articles
        yield part


def _summary(totals: Totals) -> str:
    """Return the totals as a sentence."""
    count = "1 article" if totals.articles == 1 else f"{totals.articles} articles"
    how = ", ".join(
        f"{evidence.value} {totals.evidence[evidence]}"
        for evidence in Evidence
        if totals.evidence.get(evidence)
    )
    return (
        f"{count}{f' ({how})' if how else ''}; bytes: {totals.header_bytes} in headers, "
        f"{totals.body_bytes} in bodies, {totals.other_bytes} in neither"
    )


def _columns(print_as: PrintingOptions, out: Stdout, source: Inputs) -> Sequence[str]:
    """Return the columns; a table of one dump leaves out its name to make room for the message."""
    only_one = format_on(out, print_as) == "table" and not source.several
    return ALL_FIELDS[1:] if only_one else ALL_FIELDS


def _explain(codes: Sequence[Code], print_as: PrintingOptions) -> None:
    """Print what these codes mean: as text, unless records are asked for."""
    out = Stdout()
    if print_as.wants_records:
        names = [field.name for field in EXPLANATION]
        fields = chosen_fields(print_as, out, EXPLANATION, names, names)
        with printing(print_as, out, fields) as printer:
            for code in codes:
                printer.row(values_of(fields, code))
        return
    from ..output.terminal import screen_width

    width = max(1, min(76, screen_width() - 2)) if out.is_terminal else 76
    out.write("\n".join(_explanation(code, width) for code in codes).encode())
    out.close()


def _explanation(code: Code, width: int) -> str:
    """Return the code and, indented below it, its meaning, why it matters and what to do."""
    said = (code.meaning, f"Why it matters: {code.why}", f"What to do: {code.way_out}")
    lines = [line for text in said for line in textwrap.wrap(text, width, break_on_hyphens=False)]
    return "\n".join([code.name, *(f"  {line}" for line in lines)]) + "\n"
