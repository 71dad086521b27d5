"""Define the fields of the records of `duplicates` once: articles that are the same, or nearly."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .fields import ARTICLE, JSON, Field

_ABOUT = {field.name: field for field in ARTICLE}


class Copy(NamedTuple):
    """An article that is the same as another, or nearly."""

    dump: str
    number: int
    id: str
    date: str | None
    words: int
    title: str | None


class Member(NamedTuple):
    """An article that belongs to a group."""

    group: int
    similarity: float
    article: Copy


class Pair(NamedTuple):
    """Two articles that are the same, or nearly; the first comes first in the dumps."""

    group: int
    similarity: float
    first: Copy
    second: Copy


def shown(similarity: float) -> float:
    """Return a similarity rounded down to four decimals: 1 means that the texts are the same."""
    return int(similarity * 10_000 + 1e-9) / 10_000


_GROUP: dict[str, JSON] = {"type": "integer", "minimum": 1}
_SHARE: dict[str, JSON] = {"type": "number", "minimum": 0, "maximum": 1}
_DATE: dict[str, JSON] = {"type": ["string", "null"], "format": "date"}

_DETAILS: tuple[Field[Copy], ...] = (
    Field("dump", _ABOUT["dump"].schema, _ABOUT["dump"].about, lambda c: c.dump),
    Field("number", _ABOUT["number"].schema, _ABOUT["number"].about, lambda c: c.number),
    Field("id", _ABOUT["id"].schema, _ABOUT["id"].about, lambda c: c.id),
    Field("date", _DATE, "its date; without one, its photo date", lambda c: c.date),
    Field("words", _ABOUT["words"].schema, _ABOUT["words"].about, lambda c: c.words),
    Field("title", _ABOUT["title"].schema, _ABOUT["title"].about, lambda c: c.title),
)


def _of(copy: Callable[[Member], Copy]) -> tuple[Field[Member], ...]:
    def field(inner: Field[Copy]) -> Field[Member]:
        return Field(inner.name, inner.schema, inner.about, lambda m: inner.get(copy(m)))

    return tuple(map(field, _DETAILS))


def _of_pair(prefix: str, copy: Callable[[Pair], Copy]) -> tuple[Field[Pair], ...]:
    def field(inner: Field[Copy]) -> Field[Pair]:
        about = f"{prefix} article: {inner.about}"
        return Field(f"{prefix}_{inner.name}", inner.schema, about, lambda p: inner.get(copy(p)))

    return tuple(map(field, _DETAILS))


MEMBER: tuple[Field[Member], ...] = (
    Field("group", _GROUP, "the group, from 1, in the order of first articles", lambda m: m.group),
    Field(
        "similarity",
        _SHARE,
        "the share of runs of five words in common with the first article of the group",
        lambda m: shown(m.similarity),
    ),
    *_of(lambda m: m.article),
)

PAIR: tuple[Field[Pair], ...] = (
    Field("group", _GROUP, "the group that both are in", lambda p: p.group),
    Field(
        "similarity",
        _SHARE,
        "the share of runs of five words that both have",
        lambda p: shown(p.similarity),
    ),
    *_of_pair("first", lambda p: p.first),
    *_of_pair("second", lambda p: p.second),
)
PAIR_COLUMNS = (
    "group", "similarity", "first_dump", "first_number", "second_dump", "second_number",
    "second_title",
)  # fmt: skip
