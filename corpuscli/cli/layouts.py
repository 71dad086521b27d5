"""`corpuscli layouts`: which layouts exist, what do they say, and which can a dump teach?"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ..errors import InputError, UsageError
from ..output.stdout import Stdout
from ..reader import layouts as known
from ..records.fields import LAYOUT
from .messages import say
from .options import PrintingOptions, command
from .printing import chosen_fields, printing, values_of

app = typer.Typer(add_completion=False, rich_markup_mode=None)

USAGE = (
    "use 'corpuscli layouts', 'corpuscli layouts show NAME' or "
    "'corpuscli layouts learn DUMP... [-o FILE]'"
)


@command(
    app,
    "corpuscli layouts",
    "corpuscli layouts show page > mine.toml",
    "corpuscli layouts learn dump.txt -o mine.toml",
    "corpuscli list --layout mine.toml dump.txt",
)
def layouts(
    print_as: PrintingOptions,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[show NAME | learn DUMP...]",
            show_default=False,
            help="Print this layout, or learn one from dumps.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the learnt layout to FILE."),
    ] = None,
    encoding: Annotated[
        str,
        typer.Option("--encoding", metavar="NAME", help="The encoding of the dumps, or auto."),
    ] = "auto",
) -> int:
    """List or print built-in layouts, or learn one from dumps.

    A printed or learnt layout is a TOML file that you can read, change and keep. 'learn' reads at
    most 64 MiB of each dump. If the evidence is too thin, it writes nothing, says why, and the exit
    code is 1.
    """
    out = Stdout()
    if words:
        if words[0] == "learn":
            if print_as.wants_records:
                raise UsageError(
                    "", "'layouts learn' writes a file: it cannot be used with --format"
                )
            return _learn(words[1:], output, encoding, out)
        if output is not None:
            raise UsageError("", "-o needs 'layouts learn'")
        if len(words) != 2 or words[0] != "show":
            raise UsageError("", USAGE)
        if print_as.wants_records:
            reason = "'layouts show' prints a file: it cannot be used with --format or --fields"
            raise UsageError("", reason)
        out.write(known.layout_source(words[1]).encode())
        out.close()
        return 0
    if output is not None:
        raise UsageError("", "-o needs 'layouts learn'")
    names = [field.name for field in LAYOUT]
    fields = chosen_fields(print_as, out, LAYOUT, names, names)
    with printing(print_as, out, fields) as printer:
        for layout in map(known.load_layout, known.BUILT_IN):
            printer.row(values_of(fields, layout))
    return 0


def _learn(dumps: list[str], output: str | None, encoding: str, out: Stdout) -> int:
    """Learn a layout from the dumps and write it; say how sure it is."""
    from ..reader.learning.found import Refused
    from ..reader.learning.sample import learn_from, sample_of
    from ..source import STDIN, open_source

    if not dumps and os.isatty(0):
        raise UsageError("", "no DUMP given: name a file, or pipe one in (- is standard input)")
    samples = []
    for dump in dumps or [STDIN]:
        try:
            with open_source(dump) as source:
                samples.append(sample_of(source, encoding))
        except InputError as error:
            say(error.path, error.reason)
            return 2
    name = os.path.basename(output).removesuffix(".toml") if output else "learnt"
    lesson = learn_from(samples, name)
    where = dumps[0] if len(dumps) == 1 else ""
    if isinstance(lesson, Refused):
        say(where, f"nothing was learnt: {lesson.reason}")
        return 1
    what = "a built-in layout reads them"
    if lesson.explained is not None:
        what = f"{lesson.explained:.0%} of their lines explained"
    say(where, f"{lesson.pages} pages, {what}")
    for title in lesson.titles:
        say("", f"  title: {title}")
    if lesson.runner_up:
        say("", f"runner-up: {lesson.runner_up}")
    text = lesson.source.encode()
    if output is None or output == STDIN:
        out.write(text)
        out.close()
    else:
        from ..output.atomic.replacing import replace_file

        with replace_file(output) as draft:
            draft.write(text)
    return 0
