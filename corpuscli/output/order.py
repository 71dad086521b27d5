"""Records in another order than that of the dump."""

from __future__ import annotations

import heapq
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from ..errors import UsageError
from ..model import Article
from ..records import ARTICLE, JSON, pick_fields

Row = Sequence[JSON]

FEW = 1000
"""Articles whose rows are kept in memory; those of more wait in a temporary file."""


class _Key(NamedTuple):
    """What articles are ordered by: those without a value last, equal ones as they come."""

    missing: bool
    value: Any
    place: int


@dataclass(frozen=True, slots=True)
class Order:
    """In which order, and how many."""

    key: Callable[[Article], JSON] | None
    reverse: bool
    limit: int | None

    @classmethod
    def of(cls, sort: str | None, reverse: bool, limit: int | None) -> Order:
        """The order by the field `sort`; raises UsageError if it cannot be ordered by."""
        if sort is None:
            return cls((lambda article: None) if reverse else None, reverse, limit)
        field = pick_fields(ARTICLE, [sort])[0]
        if field.schema["type"] == "array":
            raise UsageError("", f"--sort: {sort} is a list; sort by a single value")
        return cls(field.get, reverse, limit)

    def rows(self, groups: Iterable[tuple[Article, Sequence[Row]]]) -> Iterator[Row]:
        """The rows of the articles, in this order; those of one article stay together.

        Without a key they stream. With one and a small limit only that many are kept; otherwise
        the rows wait in a temporary file and each article costs some 200 bytes of memory.
        """
        if self.key is None:
            for _, rows in islice(groups, self.limit):
                yield from rows
            return
        keyed = (
            (self._key(article, place), rows) for place, (article, rows) in enumerate(groups)
        )
        if self.limit is not None and self.limit <= FEW:
            for _, rows in heapq.nsmallest(self.limit, keyed, key=_first):
                yield from rows
        else:
            yield from islice(self._through_file(keyed), self.limit)

    def _key(self, article: Article, place: int) -> _Key:
        value = self.key(article) if self.key else None
        if self.reverse and value is not None:
            return _Key(False, _Descending(value), -place)
        return _Key(value is None, 0 if value is None else value, -place if self.reverse else place)

    def _through_file(
        self, keyed: Iterable[tuple[_Key, Sequence[Row]]]
    ) -> Iterator[Row]:
        with closing(TemporaryFile()) as spool:
            places = []
            for key, rows in keyed:
                places.append((key, spool.tell()))
                pickle.dump([list(row) for row in rows], spool)
            for _, at in sorted(places, key=_first):
                spool.seek(at)
                yield from pickle.load(spool)


def _first(pair: tuple[_Key, Any]) -> _Key:
    return pair[0]


class _Descending:
    """A value that sorts the other way round."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: _Descending) -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Descending) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)
