# cython: language_level=3
"""The lines of an article that are not blank, each with its class, found in one pass."""

from __future__ import annotations

from typing import Any

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.reader.lines import Lines
else:
    from .lines import Lines


@cython.cclass
class Row:
    """A line that is not blank: bytes `[start, end)` of the article, its number and its class."""

    start: cython.Py_ssize_t
    end: cython.Py_ssize_t
    place: cython.Py_ssize_t
    """How many line ends are before it in the article."""
    kind: cython.longlong
    """The bits of the lists of the layout that it is in."""

    def __init__(
        self,
        start: cython.Py_ssize_t,
        end: cython.Py_ssize_t,
        place: cython.Py_ssize_t,
        kind: cython.longlong,
    ) -> None:
        self.start = start
        self.end = end
        self.place = place
        self.kind = kind


@cython.ccall
def find_rows(
    lines: Lines,
    start: cython.Py_ssize_t,
    place: cython.Py_ssize_t,
    known: Any,
    classify: Any,
) -> list[Row]:
    """Return the rows from the byte `start` on; `place` line ends are before it.

    `known` holds the classes of lines that came before, as most lines of a frame did; `classify`
    tells that of any other.
    """
    classes: dict[bytes, int] = known
    rows: list[Row] = []
    at: cython.Py_ssize_t = start
    end: cython.Py_ssize_t
    while at < lines.size:
        end = lines.line_end(at)
        if end > at:
            line = lines.data[at:end]
            kind = classes.get(line)
            if kind is not None:
                rows.append(Row(at, end, place, kind))
            elif not lines.is_blank(at, end):
                rows.append(Row(at, end, place, classify(line)))
        place += 1
        at = end + 1
    return rows


@cython.ccall
def kinds_of(rows: list[Row]) -> cython.longlong:
    """Return the bits of all lists that one of the rows is in."""
    kinds: cython.longlong = 0
    row: Row
    for row in rows:
        kinds |= row.kind
    return kinds
