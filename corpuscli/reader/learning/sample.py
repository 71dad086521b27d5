"""Samples of dumps: their beginning, their middle and their end, in UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...source import Source, read_blocks
from ...source.transcode import HEAD, UTF8, Tape, check_encoding, encoding_of
from ..layouts import layout_source
from ..reading import until_fault
from ..weighing import Choice, weigh
from .found import Refused
from .learn import Learnt, learn_layout

MOST_READ = 64 * 1024 * 1024
"""Bytes of a dump that are read, at most."""

PART = 512 * 1024
"""Bytes of each of the three parts of a sample."""


class Lesson(NamedTuple):
    """What dumps teach: the text of a layout file, and what is said of it."""

    source: str
    pages: int
    explained: float | None
    """None where a built-in layout reads the dump."""
    titles: tuple[str, ...]
    runner_up: str


def sample_of(source: Source, encoding: str) -> bytes:
    """Return the beginning, the middle and the end of a dump; all of it where it is short.

    Raises InputError where nothing can be read.
    """
    if source.can_be_cut(PART) and source.ranges is not None:
        size = source.size or 0
        head = source.ranges.read(0, min(size, HEAD))
        if encoding_of(head, check_encoding(encoding)) == UTF8:
            if size <= 3 * PART:
                return source.ranges.read(0, size)
            middle = size // 2 - PART // 2
            parts = [(0, PART), (middle, middle + PART), (size - PART, size)]
            return b"".join(
                _whole_lines(source.ranges.read(start, end), start > 0, end < size)
                for start, end in parts
            )
    data = _read(source, encoding)
    if len(data) <= 3 * PART:
        return data
    middle = len(data) // 2 - PART // 2
    return (
        _whole_lines(data[:PART], False, True)
        + _whole_lines(data[middle : middle + PART], True, True)
        + _whole_lines(data[-PART:], True, False)
    )


def _read(source: Source, encoding: str) -> bytes:
    """The first bytes of what can only be read from first to last, as UTF-8."""
    chunks, fault = until_fault(read_blocks(source))
    kept: list[bytes] = []
    size = 0
    for chunk in chunks:
        kept.append(chunk)
        size += len(chunk)
        if size >= MOST_READ:
            break
    if not kept and fault:
        raise fault[0]
    data = b"".join(kept)
    name = encoding_of(data[:HEAD], check_encoding(encoding))
    if name == UTF8:
        return data
    return b"".join(Tape(name).transcode(source.name, iter([data])))


def _whole_lines(data: bytes, cut_above: bool, cut_below: bool) -> bytes:
    """The bytes without the lines that were cut."""
    if cut_above:
        data = data[data.find(b"\n") + 1 :]
    if cut_below:
        data = data[: data.rfind(b"\n") + 1]
    return data if not data or data.endswith(b"\n") else data + b"\n"


def learn_from(samples: Iterable[bytes], name: str) -> Lesson | Refused:
    """Return what samples of dumps of one kind teach; the same samples teach the same.

    Where a built-in layout reads them, that is what is learnt.
    """
    data = b"".join(samples)
    choice = weigh(data, learns=False)
    if choice.how in ("page", "built-in") and choice.articles:
        return _lesson_of(choice)
    learnt = learn_layout(data, name)
    if isinstance(learnt, Refused):
        return learnt
    return _lesson(learnt)


def _lesson_of(choice: Choice) -> Lesson:
    name = choice.layout.name
    notes = (
        f"# The built-in layout {name}, which {choice.articles} articles of the sample bear out.\n"
    )
    return Lesson(notes + layout_source(name), choice.articles, None, choice.titles, "")


def _lesson(learnt: Learnt) -> Lesson:
    return Lesson(learnt.source, learnt.pages, learnt.explained, learnt.titles, learnt.runner_up)
