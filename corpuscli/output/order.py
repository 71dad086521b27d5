"""Sort records into an order other than that of the dump."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from ..errors import UsageError
from ..model import Article
from ..records.fields import ARTICLE, JSON, Field, pick_fields

Result = TypeVar("Result")
"""What an article gives: its row, or all its rows."""

FEW = 1000
"""The most results kept in memory; more wait in a temporary file."""


class _Key(NamedTuple):
    """The sort key of an article: those without a value come last, ties keep their order."""

    missing: bool
    value: Any
    place: int


def _no_value(article: Article) -> None:
    """Return None for every article: the key for the dump's own order, or its reverse."""


class Order(NamedTuple):
    """A sort order and a limit."""

    key: Callable[[Article], JSON] | None
    reverse: bool
    limit: int | None

    @classmethod
    def of(
        cls,
        sort: str | None,
        reverse: bool,
        limit: int | None,
        fields: Sequence[Field[Article]] = ARTICLE,
    ) -> Order:
        """Return the order by the field called `sort`; raise UsageError if that is impossible."""
        if sort is None:
            return cls(_no_value if reverse else None, reverse, limit)
        field = pick_fields(fields, [sort])[0]
        if field.schema["type"] == "array":
            raise UsageError("", f"--sort: {sort} is a list; sort by a single value")
        return cls(field.get, reverse, limit)

    @property
    def ends_soon(self) -> bool:
        """Return True if only the first few articles are wanted, in the order of the dump."""
        return self.key is None and self.limit is not None and self.limit <= FEW

    @property
    def is_plain(self) -> bool:
        """Return True if all articles are wanted, in the order of the dump."""
        return self.key is None and self.limit is None

    def apply(self, results: Iterable[tuple[JSON, Result]]) -> Iterator[Result]:
        """Yield the results in this order; each comes with the value of its article's `key`.

        Without a key, results are streamed. With a key and a small limit, only that many are kept;
        otherwise the results wait in a temporary file, and each article uses about 300 bytes of
        memory.
        """
        if self.key is None:
            yield from islice((result for _, result in results), self.limit)
            return
        keyed = ((self._key(v, place), result) for place, (v, result) in enumerate(results))
        if self.limit is not None and self.limit <= FEW:
            import heapq

            for _, result in heapq.nsmallest(self.limit, keyed, key=_first):
                yield result
        else:
            yield from islice(_through_file(keyed), self.limit)

    def _key(self, value: JSON, place: int) -> _Key:
        if self.reverse and value is not None:
            return _Key(False, _Descending(value), -place)
        return _Key(value is None, 0 if value is None else value, -place if self.reverse else place)


def _through_file(keyed: Iterable[tuple[_Key, Result]]) -> Iterator[Result]:
    """Yield the results in the order of their keys; they wait in a temporary file."""
    import pickle
    from tempfile import TemporaryFile

    with TemporaryFile() as spool:
        places = []
        for key, result in keyed:
            places.append((key, spool.tell()))
            pickle.dump(result, spool)
        for _, at in sorted(places, key=_first):
            spool.seek(at)
            yield pickle.load(spool)


def _first(pair: tuple[_Key, Any]) -> _Key:
    return pair[0]


class _Descending:
    """A value that sorts in reverse."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: _Descending) -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Descending) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)
