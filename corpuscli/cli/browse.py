"""The list of articles as a person reads it on a terminal: the odd ones marked, and summed up."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from ..engine.inputs import Inputs
from ..model import Article
from ..output import MARK, Printer
from ..output.stdout import Stdout
from ..output.terminal import NO_TITLE
from ..records.fields import ARTICLE, JSON, LIST_COLUMNS, LIST_JSON, Field, pick_fields
from .options import PrintingOptions
from .printing import chosen_fields, printing, with_dump


def is_read(out: Stdout, print_as: PrintingOptions) -> bool:
    """Return True if the output is for a person: on a terminal, and no records were asked for."""
    return out.is_terminal and not print_as.wants_records


def print_list(
    source: Inputs,
    out: Stdout,
    print_as: PrintingOptions,
    print_rows: Callable[[Sequence[Field[Article]], Printer], bool],
) -> bool:
    """Print a list of articles, for a person or as records; return False if it is empty.

    `print_rows` prints the rows with these fields, and returns whether there are any.
    """
    usual = ("dump", *LIST_COLUMNS) if source.several else LIST_COLUMNS
    if not is_read(out, print_as):
        fields = chosen_fields(print_as, out, ARTICLE, usual, LIST_JSON)
        with printing(print_as, out, fields) as printer:
            return print_rows(fields, printer)
    fields = _fields_to_read(with_dump(print_as, print_as.columns or usual))
    with printing(print_as, out, fields) as printer:
        counting = _Counting(printer, fields)
        found = print_rows(fields, counting)
    sum_up(counting.summary, source)
    return found


def _fields_to_read(columns: Sequence[str]) -> list[Field[Article]]:
    """Return the columns of a list, with a mark beside the number."""
    fields = []
    for field in pick_fields(ARTICLE, columns):
        fields.append(replace(field, get=_title) if field.name == "title" else field)
        if field.name == "number":
            fields.append(_MARKS)
    return fields


def _title(article: Article) -> str:
    """Return the title; without one, how the text begins."""
    if article.title:
        return article.title.text
    texts = [paragraph.text for paragraph in article.paragraphs[:1]]
    return " ".join([NO_TITLE, *texts])


_MARKS: Field[Article] = Field(MARK, {}, "", lambda a: "!" if a.problems else "")


class _Counting:
    """Counts what it prints, as far as its columns allow."""

    def __init__(self, printer: Printer, fields: Sequence[Field[Article]]) -> None:
        self._printer = printer
        self._names = [field.name for field in fields]
        self.articles = self.words = self.marked = 0

    def row(self, values: Sequence[JSON]) -> None:
        record = dict(zip(self._names, values, strict=True))
        words = record.get("words", 0)
        assert isinstance(words, int)
        self.articles += 1
        self.words += words
        self.marked += bool(record.get(MARK))
        self._printer.row(values)

    def encode(self, rows: Sequence[Sequence[JSON]]) -> bytes | None:
        return self._printer.encode(rows)

    def put(self, rows: bytes) -> None:
        self._printer.put(rows)

    def close(self) -> None:
        self._printer.close()

    @property
    def summary(self) -> str:
        """Return a line that sums up what was printed."""
        parts = [counted(self.articles, "article")]
        if "words" in self._names:
            parts.append(counted(self.words, "word"))
        if self.marked:
            parts.append(f"{self.marked:,} with problems (!); 'corpuscli check' lists them")
        return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """Return a number and its noun: `1 match`, `1,200 matches`."""
    ending = "es" if noun.endswith("ch") else "s"
    return f"{number:,} {noun}{'' if number == 1 else ending}"


def sum_up(text: str, source: Inputs) -> None:
    """Say in a line on stderr what was done, if both outputs are terminals and -q is not given.

    Where no dump could be opened, its error says all there is.
    """
    from ..output.progress import STDERR
    from ..output.stdout import STDOUT

    if source.failed and not source.any_opened:
        return
    if not source.quiet and os.isatty(STDERR) and os.isatty(STDOUT):
        with suppress(OSError):
            os.write(STDERR, f"\n{text}\n".encode())
