"""Define the fields of the records of `stats` once: figures about a dump."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model import Evidence
from . import fields as records
from .codes import CODES
from .fields import JSON, Field

LENGTH_STEP = 50
"""The width, in words, of a class of lengths in JSON and in flat rows: the same for every dump."""

CODES_COUNTED = (*(code.name for code in CODES if code.of_article), "duplicate-article")
"""The problems that are counted: those of single articles, and articles that appear twice."""


class Group(NamedTuple):
    """Articles that have something in common: a credit, a place or a year."""

    dump: str | None
    """None for all dumps together."""
    by: str
    """`credit`, `place` or `year`."""
    key: str | None
    """None for articles that have no such value."""
    articles: int
    words: int
    captions: int
    first_date: str | None
    last_date: str | None


class Stats(NamedTuple):
    """Figures about one dump, or several together."""

    dump: str | None
    """None for all dumps together."""
    layout: str | None
    encoding: str | None
    articles: int
    words: int
    paragraphs: int
    captions: int
    duplicate_articles: int
    duplicate_captions: int
    articles_with_problems: int
    dated: int
    """Captions with a date. The next fields count captions in the same way."""
    credited: int
    placed: int
    first_date: str | None
    last_date: str | None
    header_bytes: int
    body_bytes: int
    other_bytes: int
    evidence: Mapping[Evidence, int]
    problems: Mapping[str, int]
    lengths: Mapping[int, int]
    """How many articles have each number of words."""
    months: Mapping[str, int]
    """How many captions are dated in each month; a month is written `2024-03`."""
    credits: Sequence[Group]
    """The most frequent first, up to the number asked for; captions without a credit are left out.
    """
    places: Sequence[Group]
    distinct_credits: int | None
    """None if there are too many to count."""
    distinct_places: int | None
    credits_missed: int
    """A count may be too low by up to this many captions; 0 if every credit was kept."""
    places_missed: int
    near_duplicate_articles: int | None = None
    """None unless near-duplicates were looked for."""

    def words_at(self, share: int) -> int | None:
        """Return a number of words that `share` percent of the articles do not exceed.

        None without articles.
        """
        seen = 0
        for words, articles in sorted(self.lengths.items()):
            seen += articles
            if 100 * seen >= share * self.articles:
                return words
        return None

    @property
    def longest(self) -> int | None:
        return max(self.lengths, default=None)

    @property
    def size(self) -> int:
        """Return the bytes of all articles."""
        return self.header_bytes + self.body_bytes + self.other_bytes


class Figure(NamedTuple):
    """One number about a dump, for flat formats."""

    dump: str | None
    group: str
    """`total`, or the field of `STATS` that contains it."""
    key: str
    value: str | int | None


def _classes(stats: Stats) -> list[JSON]:
    """Return how many articles are in each class of lengths, without the empty classes."""
    counts: dict[int, int] = {}
    for words, articles in sorted(stats.lengths.items()):
        start = words - words % LENGTH_STEP
        counts[start] = counts.get(start, 0) + articles
    return [
        {"from": start, "to": start + LENGTH_STEP - 1, "articles": articles}
        for start, articles in counts.items()
    ]


def _top(groups: Sequence[Group], name: str) -> list[JSON]:
    return [
        {name: group.key, "captions": group.captions, "articles": group.articles}
        for group in groups
    ]


_STRING: dict[str, JSON] = {"type": "string"}
_NAME: dict[str, JSON] = {"type": ["string", "null"]}
_DATE: dict[str, JSON] = {"type": ["string", "null"], "format": "date"}
_COUNT: dict[str, JSON] = {"type": "integer", "minimum": 0}
_COUNT_OR_NULL: dict[str, JSON] = {"type": ["integer", "null"], "minimum": 0}
_MONTH: dict[str, JSON] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}


def _objects(**properties: JSON) -> dict[str, JSON]:
    """Return the schema of a list of objects with exactly these properties."""
    return {"type": "array", "items": records.object_schema(**properties)}


_DUMP = "the path as given; null for all dumps together"

STATS: tuple[Field[Stats], ...] = (
    Field("dump", _NAME, _DUMP, lambda s: s.dump),
    Field("layout", _NAME, "the layout it was read with", lambda s: s.layout),
    Field("encoding", _NAME, "the encoding it was read in", lambda s: s.encoding),
    Field("articles", _COUNT, "articles", lambda s: s.articles),
    Field("words", _COUNT, "white-space separated words in the paragraphs", lambda s: s.words),
    Field(
        "median_words",
        _COUNT_OR_NULL,
        "the median number of words in an article",
        lambda s: s.words_at(50),
    ),
    Field("most_words", _COUNT_OR_NULL, "the words of the longest article", lambda s: s.longest),
    Field("paragraphs", _COUNT, "paragraphs", lambda s: s.paragraphs),
    Field(
        "captions", _COUNT, "captions; an article's repeated ones count once", lambda s: s.captions
    ),
    Field(
        "duplicate_articles",
        _COUNT,
        "articles with the same id as an earlier one",
        lambda s: s.duplicate_articles,
    ),
    Field(
        "near_duplicate_articles",
        _COUNT_OR_NULL,
        "with --near, articles that are the same as an earlier one, or nearly; else null",
        lambda s: s.near_duplicate_articles,
    ),
    Field(
        "duplicate_captions",
        _COUNT,
        "caption lines that dedupe-captions would delete",
        lambda s: s.duplicate_captions,
    ),
    Field(
        "articles_with_problems",
        _COUNT,
        "articles that list marks: those with codes in problems",
        lambda s: s.articles_with_problems,
    ),
    Field("dated", _COUNT, "captions with a full date", lambda s: s.dated),
    Field("first_date", _DATE, "the earliest date of a caption", lambda s: s.first_date),
    Field("last_date", _DATE, "the latest date of a caption", lambda s: s.last_date),
    Field("credited", _COUNT, "captions with a credit", lambda s: s.credited),
    Field(
        "distinct_credits",
        _COUNT_OR_NULL,
        "different credits; null if there were too many to keep",
        lambda s: s.distinct_credits,
    ),
    Field(
        "credits_missed",
        _COUNT,
        "how many captions a count of a credit may lack",
        lambda s: s.credits_missed,
    ),
    Field("placed", _COUNT, "captions with a place", lambda s: s.placed),
    Field(
        "distinct_places",
        _COUNT_OR_NULL,
        "different places; null if there were too many to keep",
        lambda s: s.distinct_places,
    ),
    Field(
        "places_missed",
        _COUNT,
        "how many captions a count of a place may lack",
        lambda s: s.places_missed,
    ),
    Field("header_bytes", _COUNT, "bytes in headers", lambda s: s.header_bytes),
    Field("body_bytes", _COUNT, "bytes in bodies", lambda s: s.body_bytes),
    Field("other_bytes", _COUNT, "bytes in neither", lambda s: s.other_bytes),
    Field(
        "evidence",
        records.object_schema(**{evidence.value: _COUNT for evidence in Evidence}),
        "articles by how they were recognised, as in check --totals",
        lambda s: {evidence.value: s.evidence.get(evidence, 0) for evidence in Evidence},
    ),
    Field(
        "problems",
        records.object_schema(**dict.fromkeys(CODES_COUNTED, _COUNT)),
        "problems of articles by code, the same as check reports",
        lambda s: {code: s.problems.get(code, 0) for code in CODES_COUNTED},
    ),
    Field(
        "credits",
        _objects(credit=_STRING, captions=_COUNT, articles=_COUNT),
        "the most frequent credits",
        lambda s: _top(s.credits, "credit"),
    ),
    Field(
        "places",
        _objects(place=_STRING, captions=_COUNT, articles=_COUNT),
        "the most frequent places",
        lambda s: _top(s.places, "place"),
    ),
    Field(
        "months",
        _objects(month=_MONTH, captions=_COUNT),
        "captions by the month of their date",
        lambda s: [{"month": month, "captions": n} for month, n in sorted(s.months.items())],
    ),
    Field(
        "lengths",
        _objects(**{"from": _COUNT, "to": _COUNT, "articles": _COUNT}),
        f"articles by their words, in classes of {LENGTH_STEP}, both ends inclusive",
        _classes,
    ),
)

FIGURE: tuple[Field[Figure], ...] = (
    Field("dump", _NAME, _DUMP, lambda f: f.dump),
    Field(
        "group",
        _STRING,
        "total, or its list: evidence, problems, credits, places, months, lengths",
        lambda f: f.group,
    ),
    Field("key", _STRING, "which total, credit, month and so on", lambda f: f.key),
    Field("value", {"type": ["string", "integer", "null"]}, "how many", lambda f: f.value),
)

GROUP: tuple[Field[Group], ...] = (
    Field("dump", _NAME, _DUMP, lambda g: g.dump),
    Field(
        "by",
        {"type": "string", "enum": ["credit", "place", "year"]},
        "what they have in common",
        lambda g: g.by,
    ),
    Field("key", _NAME, "which credit, place or year; null for those without", lambda g: g.key),
    Field("articles", _COUNT, "articles", lambda g: g.articles),
    Field("words", _COUNT, "words of these articles", lambda g: g.words),
    Field("captions", _COUNT, "captions", lambda g: g.captions),
    Field("first_date", _DATE, "the earliest date of these captions", lambda g: g.first_date),
    Field("last_date", _DATE, "the latest date of these captions", lambda g: g.last_date),
)


def figures_of(stats: Stats) -> Iterator[Figure]:
    """Yield everything in `STATS`, one number per row: totals first, then the items of lists."""
    values = {field.name: field.get(stats) for field in STATS if field.name != "dump"}
    for name, value in values.items():
        if isinstance(value, str | int | None):
            yield Figure(stats.dump, "total", name, value)
    for name, value in values.items():
        if isinstance(value, dict):
            for key, count in value.items():
                yield Figure(stats.dump, name, key, _scalar(count))
        elif isinstance(value, list):
            for item in value:
                yield _figure(stats.dump, name, item)


def _figure(dump: str | None, group: str, item: JSON) -> Figure:
    """Return the row for an item of a list: its first value is the key, its second the number."""
    assert isinstance(item, dict)
    if "from" in item:
        return Figure(dump, group, f"{item['from']}-{item['to']}", _scalar(item["articles"]))
    key, count, *_ = item.values()
    return Figure(dump, group, str(key), _scalar(count))


def _scalar(value: JSON) -> str | int | None:
    assert isinstance(value, str | int | None)
    return value
