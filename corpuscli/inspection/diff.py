"""Compare two dumps: which articles and paragraphs were added, removed or changed.

Articles are the same if they have the same id. An article that appears several times in a dump
counts once, by its first copy. Of the articles that only one dump has, the first with some title in
the old dump and the first with that title in the new one are one changed article; then the second
of each, and so on. All others were added or removed. An article without a title never counts as
changed.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from hashlib import blake2b
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from ..model import Article
from ..reader.reading import Piece, Reading
from ..records.differences import Difference, Edition
from ..records.fields import article_id, article_line, photo_date
from ..source.text import fold

UNTITLED = 0
"""Takes the place of the key of a title."""


class Entry(NamedTuple):
    """An article as the process that read it reports it. It can be pickled."""

    digest: int
    """The article's id, as a number."""
    title: int
    """A key that equal titles share; `UNTITLED` without a title."""
    edition: bytes
    """What to report about the article, pickled; empty if it is known that nothing will be
    reported."""


def make_entries(
    known: Container[int], with_text: bool, reading: Reading, pieces: Sequence[Piece]
) -> list[Entry]:
    """Return an entry per article; entries whose id is `known` carry nothing to report."""
    return [_entry(reading.parse(piece), known, with_text) for piece in pieces]


def _entry(article: Article, known: Container[int], with_text: bool) -> Entry:
    name = article_id(article)
    digest = int(name, 16)
    if digest in known:
        return Entry(digest, UNTITLED, b"")
    edition = Edition(
        number=article.span.number,
        id=name,
        line=article_line(article),
        title=article.title.text if article.title else None,
        photo_date=photo_date(article),
        words=article.words,
        paragraphs=tuple(p.text for p in article.paragraphs) if with_text else None,
    )
    return Entry(digest, _title_key(edition.title), pickle.dumps(tuple(edition)))


def _title_key(title: str | None) -> int:
    if title is None:
        return UNTITLED
    folded = fold(title).encode("utf-8", "replace")
    return int.from_bytes(blake2b(folded, digest_size=8).digest()) or 1


class Shelf:
    """The distinct articles of a dump, in order, with their contents in a temporary file.

    Uses about 110 bytes of memory per article.
    """

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool
        self.places: dict[int, int] = {}
        """The 0-based place of each id, in the order of the dump."""
        self.titles = array("Q")
        self._offsets = array("Q", [spool.tell()])

    def add(self, entry: Entry) -> None:
        """Append an article, unless its id is already there."""
        if entry.digest not in self.places:
            self.places[entry.digest] = len(self.places)
            self.titles.append(entry.title)
            self._spool.write(entry.edition)
            self._offsets.append(self._offsets[-1] + len(entry.edition))

    def edition(self, place: int) -> Edition:
        start, end = self._offsets[place : place + 2]
        self._spool.seek(start)
        return Edition(*pickle.loads(self._spool.read(end - start)))


class Comparison:
    """Two dumps, the old one read first, and then their differences."""

    def __init__(self, old: str, new: str) -> None:
        self._names = old, new
        self._old_spool, self._new_spool = TemporaryFile(), TemporaryFile()
        self._old, self._new = Shelf(self._old_spool), Shelf(self._new_spool)
        self._kept = bytearray()
        """For each place of the old dump, 1 if the new dump has that article, too."""
        self.same = 0
        """The number of articles that both dumps have."""

    def __enter__(self) -> Comparison:
        return self

    def __exit__(self, *exception: object) -> None:
        self._old_spool.close()
        self._new_spool.close()

    @property
    def known(self) -> Container[int]:
        """Return the ids of the old dump."""
        return self._old.places

    def add_old(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._old.add(entry)

    def add_new(self, entries: Iterable[Entry]) -> None:
        if not self._kept:
            self._kept = bytearray(len(self._old.places))
        for entry in entries:
            place = self._old.places.get(entry.digest)
            if place is None:
                self._new.add(entry)
            elif not self._kept[place]:
                self._kept[place] = 1
                self.same += 1

    def differences(self) -> Iterator[Difference]:
        """Yield what was added or changed, in the order of the new dump, then what was removed."""
        kept = self._kept or bytearray(len(self._old.places))
        waiting, following = self._gone_by_title(kept)
        for place, title in enumerate(self._new.titles):
            old = waiting.pop(title, None)
            edition = self._new.edition(place)
            if old is None:
                yield Difference("added", *self._names, None, edition)
                continue
            if following[old] != old:
                waiting[title] = following[old]
            kept[old] = 1
            yield Difference("changed", *self._names, self._old.edition(old), edition)
        for place in range(len(kept)):
            if not kept[place]:
                yield Difference("removed", *self._names, self._old.edition(place), None)

    def _gone_by_title(self, kept: bytearray) -> tuple[dict[int, int], array[int]]:
        """Return the places that were not kept, linked by title.

        The first value maps each title to its first such place; the second gives for each place the
        next place with that title, or the place itself.
        """
        waiting: dict[int, int] = {}
        following = array("Q", range(len(kept)))
        for place in reversed(range(len(kept))):
            title = self._old.titles[place]
            if title != UNTITLED and not kept[place]:
                following[place] = waiting.get(title, place)
                waiting[title] = place
        return waiting, following
