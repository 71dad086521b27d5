"""Define the fields of the record of `diff` once: what happened to an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from typing import NamedTuple

from .fields import JSON, Field, object_schema

MOST_WORK = 50_000_000
"""The most steps a comparison may take, which is a few seconds. Texts that might need more are
reported as wholly different, except for a common beginning and end."""


class Edition(NamedTuple):
    """An article as it appears in one of the two dumps that are compared."""

    number: int
    id: str
    line: int
    title: str | None
    photo_date: str | None
    words: int
    paragraphs: tuple[str, ...] | None
    """None unless the paragraphs are compared."""


class ParagraphChange(NamedTuple):
    """A paragraph that only one of two editions has."""

    change: str
    """`added` or `removed`."""
    old_index: int
    """1-based position in the old edition: where the paragraph is, or where it would be."""
    new_index: int
    text: str


class Difference(NamedTuple):
    """What happened to an article between two dumps."""

    change: str
    """`added`, `removed` or `changed`; `same` only where two articles were picked to be compared.
    """
    old_dump: str
    new_dump: str
    old: Edition | None
    """None if the article was added."""
    new: Edition | None
    """None if the article was removed."""

    @property
    def edition(self) -> Edition:
        """Return the new edition; if the article was removed, the old one."""
        edition = self.new or self.old
        assert edition is not None
        return edition

    @property
    def paragraphs(self) -> list[ParagraphChange] | None:
        """Return the changes to the text.

        None unless the article changed and its texts are there.
        """
        if self.old is None or self.new is None:
            return None
        if self.old.paragraphs is None or self.new.paragraphs is None:
            return None
        return changed_paragraphs(self.old.paragraphs, self.new.paragraphs)


def changed_paragraphs(old: Sequence[str], new: Sequence[str]) -> list[ParagraphChange]:
    """Return the changes that turn the old paragraphs into the new ones, removals first."""
    changes: list[ParagraphChange] = []
    for i, i_end, j, j_end in differing(old, new):
        changes += [ParagraphChange("removed", n + 1, j + 1, old[n]) for n in range(i, i_end)]
        changes += [ParagraphChange("added", i_end + 1, n + 1, new[n]) for n in range(j, j_end)]
    return changes


def differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where two sequences differ, as `(i, i_end, j, j_end)`.

    Where the old sequence has `[i, i_end)`, the new one has `[j, j_end)`.
    """
    start = end = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    at = start, start
    for match in _matches(old[start : len(old) - end], new[start : len(new) - end]):
        i, j = start + match.a, start + match.b
        if at != (i, j):
            yield at[0], i, at[1], j
        at = i + match.size, j + match.size


def _matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Return where two sequences agree; the last match is empty and lies at the end of both."""
    counts = Counter(new)
    pairs = sum(counts[item] for item in old)
    # In the worst case, finding each match means looking at everything that is left.
    if min(len(old), len(new), pairs) * (len(old) + pairs) > MOST_WORK:
        return [Match(len(old), len(new), 0)]
    return SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()


def hunks(changes: Sequence[ParagraphChange]) -> Iterator[list[ParagraphChange]]:
    """Yield runs of adjacent changes: no paragraph between them is in both editions."""
    hunk: list[ParagraphChange] = []
    for change in changes:
        if hunk and not _goes_on(hunk[-1], change):
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _goes_on(change: ParagraphChange, following: ParagraphChange) -> bool:
    """Return True if there is nothing between two changes."""
    is_removed = change.change == "removed"
    old = change.old_index + is_removed
    new = change.new_index + (not is_removed)
    return (old, new) == (following.old_index, following.new_index)


_STRING: dict[str, JSON] = {"type": "string"}
_TEXT_OR_NULL: dict[str, JSON] = {"type": ["string", "null"]}
_DATE_OR_NULL: dict[str, JSON] = {"type": ["string", "null"], "format": "date"}
_POSITIVE: dict[str, JSON] = {"type": "integer", "minimum": 1}
_POSITIVE_OR_NULL: dict[str, JSON] = {"type": ["integer", "null"], "minimum": 1}
_ID_OR_NULL: dict[str, JSON] = {"type": ["string", "null"], "pattern": "^[0-9a-f]{12}$"}
_COUNT_OR_NULL: dict[str, JSON] = {"type": ["integer", "null"], "minimum": 0}


def _of_edition(
    name: str,
    schema: dict[str, JSON],
    about: str,
    get: Callable[[Edition], JSON],
) -> tuple[Field[Difference], ...]:
    """Return two fields: one of the article in the old dump, and one of it in the new dump.

    The first is null if the article was added, the second if it was removed.
    """
    return (
        Field(f"old_{name}", schema, f"{about} in the old dump", lambda d: d.old and get(d.old)),
        Field(f"new_{name}", schema, f"{about} in the new dump", lambda d: d.new and get(d.new)),
    )


def _changes(difference: Difference) -> JSON:
    changes = difference.paragraphs
    return None if changes is None else [change._asdict() for change in changes]


DIFFERENCE: tuple[Field[Difference], ...] = (
    Field("old_dump", _STRING, "the path of the old dump as given", lambda d: d.old_dump),
    Field("new_dump", _STRING, "the path of the new dump as given", lambda d: d.new_dump),
    Field(
        "change",
        {"type": "string", "enum": ["added", "removed", "changed", "same"]},
        "what happened to the article",
        lambda d: d.change,
    ),
    *_of_edition("number", _POSITIVE_OR_NULL, "its position", lambda e: e.number),
    *_of_edition("id", _ID_OR_NULL, "its id", lambda e: e.id),
    *_of_edition("line", _POSITIVE_OR_NULL, "its line", lambda e: e.line),
    *_of_edition("words", _COUNT_OR_NULL, "its words", lambda e: e.words),
    Field(
        "photo_date",
        _DATE_OR_NULL,
        "the latest full date among its captions; of the old ones if it was removed",
        lambda d: d.edition.photo_date,
    ),
    Field(
        "title",
        _TEXT_OR_NULL,
        "its title; the old one if it was removed",
        lambda d: d.edition.title,
    ),
    Field(
        "paragraphs",
        {
            "type": ["array", "null"],
            "items": object_schema(
                change={"type": "string", "enum": ["added", "removed"]},
                old_index=_POSITIVE,
                new_index=_POSITIVE,
                text=_STRING,
            ),
        },
        "with --text, the paragraphs that only one of the dumps has; null if it did not change",
        _changes,
    ),
)
DIFFERENCE_COLUMNS = ("change", "old_number", "new_number", "title")
