"""Sort records into an order other than that of the dump."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from ..errors import OutputError, UsageError, reason_of
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
    per_dump: int | None = None
    """The most articles from each dump."""

    @classmethod
    def of(
        cls,
        sort: str | None,
        reverse: bool,
        limit: int | None,
        fields: Sequence[Field[Article]] = ARTICLE,
        per_dump: int | None = None,
    ) -> Order:
        """Return the order by the field called `sort`; raise UsageError if that is impossible."""
        if sort is None:
            return cls(_no_value if reverse else None, reverse, limit, per_dump)
        field = pick_fields(fields, [sort])[0]
        if field.schema["type"] == "array":
            raise UsageError("", f"--sort: {sort} is a list; sort by a single value")
        return cls(field.get, reverse, limit, per_dump)

    @property
    def ends_soon(self) -> bool:
        """Return True if only the first few articles are wanted, in the order of the dump."""
        limits = [limit for limit in (self.limit, self.per_dump) if limit is not None]
        return self.key is None and min(limits, default=FEW + 1) <= FEW

    @property
    def is_plain(self) -> bool:
        """Return True if all articles are wanted, in the order of the dump."""
        return self.key is None and self.limit is None and self.per_dump is None

    def apply(self, results: Iterable[tuple[JSON, int, Result]]) -> Iterator[tuple[int, Result]]:
        """Yield the results in this order, each after the index of its dump.

        In `results`, each comes after the value of its article's `key` and the index of its dump.
        Without a key, results are streamed. With a key and a small limit, only that many are kept;
        otherwise they wait in a temporary file, and each article uses about 300 bytes of memory.
        """
        if self.key is None:
            yield from islice(self._of_each_dump((d, r) for _, d, r in results), self.limit)
            return
        keyed = (
            (self._key(value, place), (dump, result))
            for place, (value, dump, result) in enumerate(results)
        )
        if self.limit is not None and self.limit <= FEW and self.per_dump is None:
            import heapq

            for _, found in heapq.nsmallest(self.limit, keyed, key=_first):
                yield found
        else:
            yield from islice(self._of_each_dump(_through_file(keyed)), self.limit)

    def _of_each_dump(self, found: Iterable[tuple[int, Result]]) -> Iterator[tuple[int, Result]]:
        """Yield the results, or only the first few of each dump if there is such a limit."""
        counts: Counter[int] = Counter()
        for dump, result in found:
            counts[dump] += 1
            if self.per_dump is None or counts[dump] <= self.per_dump:
                yield dump, result

    def _key(self, value: JSON, place: int) -> _Key:
        if self.reverse and value is not None:
            return _Key(False, _Descending(value), -place)
        return _Key(value is None, 0 if value is None else value, -place if self.reverse else place)


def _through_file(keyed: Iterable[tuple[_Key, Result]]) -> Iterator[Result]:
    """Yield the results in the order of their keys; they wait in a temporary file."""
    import pickle
    from tempfile import TemporaryFile

    with _naming(), TemporaryFile() as spool:
        places = []
        for key, result in keyed:
            places.append((key, spool.tell()))
            pickle.dump(result, spool)
        for _, at in sorted(places, key=_first):
            spool.seek(at)
            yield pickle.load(spool)


@contextmanager
def _naming() -> Iterator[None]:
    """Raise an OSError in the block as an error about the temporary file."""
    try:
        yield
    except OSError as error:
        reason = f"{reason_of(error)}; set TMPDIR to a directory with enough room"
        raise OutputError("temporary file", reason) from error


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
