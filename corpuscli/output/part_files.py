"""Write whole articles into part files, the output of `split` for programs that read many files.

A part holds the articles that start in the same range of N bytes of a dump, so the parts are the
same whatever reads the dump, one machine or many. `_SUCCESS` is written last, as Hadoop and Spark
do: a place without it does not hold a complete result. Such readers ignore names that begin with
`_`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from ..errors import CorpusError, OutputError
from ..model import Article
from ..records.fields import PART, Field, Part, photo_date
from . import Printer
from .atomic import signals_roll_back
from .json import JSONLinesPrinter, dumps
from .targets import Target

SIZE = 32 * 1024 * 1024
"""Default bytes of a dump per part. Making a part uses about seven times as much memory; with
Parquet, ten times."""

SMALLEST = 16 * 1024
"""The fewest bytes of a dump per part: smaller parts would be mostly overhead."""

KINDS = ("jsonl", "parquet")

SUCCESS = "_SUCCESS"
MANIFEST = "_manifest"
"""One line of JSON per part. The name has no extension, because a program that reads every `.jsonl`
would take it for a part."""
RUNNING = "_RUNNING"
"""Present while parts are written; it names the run that writes them, so another run's late workers
stop."""

GIVEN_UP = b"given up"

PARTITION = "photo_year"
"""The field by which parts can also be divided, in directories with Hive's naming."""

NO_VALUE = "__HIVE_DEFAULT_PARTITION__"

_OURS = re.compile(
    rf"(?:{PARTITION}=(?:[0-9]{{4}}|{NO_VALUE})/)?part-[0-9]{{6,}}(?:-[0-9]{{6,}})?\.(?:jsonl|parquet)"
    rf"|{SUCCESS}|{MANIFEST}|{RUNNING}"
)


@dataclass(frozen=True, slots=True)
class PartWriter:
    """Writes the articles of a part to a target. It can be pickled."""

    target: Target
    kind: str
    fields: Sequence[Field[Article]]
    by_year: bool
    """If True, write into one directory per year of the photo date."""
    several: bool
    """True if the parts come from several dumps, which their names must distinguish."""
    size: int = SIZE
    run: bytes = b""
    """Identifies this run among others that may write there."""

    def write(self, dump: str, position: int, at: int, articles: Iterable[Article]) -> list[Part]:
        """Write the wanted articles of the part that begins at byte `at` of a dump.

        `position` is the index of the dump in the call. Raises OutputError.
        """
        drafts: dict[str, _Draft] = {}
        for article in articles:
            directory = self._directory(article)
            if directory not in drafts:
                drafts[directory] = _Draft(self.kind, self.fields)
            drafts[directory].add(article)
        number = at // self.size
        which = f"{position:06}-{number:06}" if self.several else f"{number:06}"
        parts = []
        for directory, draft in sorted(drafts.items()):
            file = f"{directory}part-{which}.{self.kind}"
            data = draft.data()
            # These two steps need the lock: between them this process may be stopped, and continue
            # only when another run has ended there.
            with self.target.held(shared=True):
                if self.target.get(RUNNING) != self.run:
                    reason = "was abandoned while parts of it were written"
                    raise OutputError(self.target.name, reason)
                self.target.put(file, data)
            parts.append(Part(dump, file, len(draft), draft.first, draft.last, len(data)))
        return parts

    def _directory(self, article: Article) -> str:
        if not self.by_year:
            return ""
        date = photo_date(article)
        return f"{PARTITION}={date[:4] if date else NO_VALUE}/"


class _Draft:
    """A part while it is filled, as bytes: as values, the articles would use much more memory."""

    def __init__(self, kind: str, fields: Sequence[Field[Article]]) -> None:
        self._fields = fields
        self._chunks: list[bytes] = []
        self._printer: Printer
        if kind == "parquet":
            from .parquet import ParquetPrinter

            self._printer = ParquetPrinter(fields, self._chunks.append)
        else:
            names = [field.name for field in fields]
            self._printer = JSONLinesPrinter(names, self._chunks.append)
        self._count = self.first = self.last = 0

    def __len__(self) -> int:
        return self._count

    def add(self, article: Article) -> None:
        self._printer.row([field.get(article) for field in self._fields])
        self.last = article.span.number
        self.first = self.first or self.last
        self._count += 1

    def data(self) -> bytes:
        """Return the contents of the file."""
        self._printer.close()
        return b"".join(self._chunks)


@contextmanager
def writing_parts(target: Target, *, force: bool, run: bytes = b"") -> Iterator[None]:
    """Allow parts to be written to the target inside the block; remove them all on an exception.

    Raises OutputError if parts are already there, unless `force` removes them first. Another `run`
    that does so takes the place over: what is there then is left alone.
    """
    with signals_roll_back():
        try:
            with target.held():
                _begin(target, run, force=force)
            yield
        except BaseException:
            with suppress(CorpusError), target.held():
                if target.get(RUNNING) == run:
                    _give_up(target)
            raise


def _begin(target: Target, run: bytes, *, force: bool) -> None:
    """Take the place; raise OutputError if parts are already there, unless `force` is true."""
    there = _ours(target)
    if there and not force:
        what = "parts" if SUCCESS in there else "parts of an unfinished run"
        raise OutputError(target.name, f"holds {what}; --force replaces them")
    # The mark is removed first: without it, nothing there counts as a result.
    target.remove(sorted(there, key=lambda name: name != SUCCESS))
    target.put(RUNNING, run)


def finish(target: Target, parts: Sequence[Part], *, whole: bool, run: bytes = b"") -> None:
    """Record which parts there are and, if `whole`, that they are complete.

    If an input failed, there may also be parts of what comes after the failure: they are removed;
    and if no part was written, nothing stays. Raises OutputError if another run has taken the place
    over.
    """
    with target.held():
        if target.get(RUNNING) != run:
            raise OutputError(target.name, "was taken over by another run")
        _finish(target, parts, whole=whole)


def _finish(target: Target, parts: Sequence[Part], *, whole: bool) -> None:
    if not parts and not whole:
        _clear(target)
        return
    known = {part.file for part in parts}
    target.remove(name for name in _ours(target) if name not in known and name != RUNNING)
    target.put(MANIFEST, b"".join(map(_line, parts)))
    # Even after a power cut, there must be no mark without the parts.
    target.settle()
    if whole:
        target.put(SUCCESS, b"")
        target.settle()
    target.remove([RUNNING])


def _give_up(target: Target) -> None:
    """Remove the parts of a run that failed."""
    with suppress(CorpusError):
        # Late workers then stop writing, and no new ones begin. On a full disk this cannot be
        # written.
        target.put(RUNNING, GIVEN_UP)
    _clear(target)


def _clear(target: Target) -> None:
    """Remove the parts; the file that says that they are being written goes last."""
    target.remove(sorted(_ours(target), key=lambda name: name == RUNNING))


def _line(part: Part) -> bytes:
    """Return the manifest's line for a part."""
    return dumps({field.name: field.get(part) for field in PART}) + b"\n"


def _ours(target: Target) -> list[str]:
    """Return the names of the files there that `split` wrote, parts and files about them."""
    return [name for name in target.names() if _OURS.fullmatch(name)]
