"""Define the fields of every record that commands print, once.

`--fields`, table columns, JSON and its schema all come from these tables. The names and their order
are part of the command-line interface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, Union

from .. import captions
from ..config.settings import Setting
from ..errors import UsageError, meant
from ..model import Article, Caption, Evidence, Unit
from ..reader.layouts import Layout
from .codes import CODES, NAMES, Code
from .days import line_day

if TYPE_CHECKING:
    from .excerpts import Line
    from .written import Fragment

JSON = Union[str, int, float, bool, None, Sequence["JSON"], dict[str, "JSON"], "Fragment"]
"""The possible values of a field; each has one form in JSON and one as text."""

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Field(Generic[Record]):
    """A field of a record."""

    name: str
    schema: dict[str, JSON]
    """The JSON Schema of its values."""
    about: str
    get: Callable[[Record], JSON]
    written: Callable[[Record], Fragment] | None = None
    """Return the same value as ready-made JSON, for fields where that is faster."""

    @property
    def is_text(self) -> bool:
        """Return True if the values are texts of any length, or contain such texts."""
        return _holds_text(self.schema)

    @property
    def is_number(self) -> bool:
        """Return True if its values are numbers, or missing."""
        kinds = self.schema.get("type")
        names = kinds if isinstance(kinds, list) else [kinds]
        return not set(map(str, names)) - {"integer", "number", "null"}

    def as_json(self) -> Field[Record]:
        """Return the field as used in JSON output; other formats cannot read its values."""
        return self if self.written is None else replace(self, get=self.written)


def _holds_text(schema: JSON) -> bool:
    """Return True if values with that JSON Schema are, or contain, strings of any length."""
    if not isinstance(schema, dict):
        return False
    kinds = schema.get("type")
    if "string" in (kinds if isinstance(kinds, list) else [kinds]):
        return not {"enum", "pattern", "format"} & schema.keys()
    properties = schema.get("properties")
    inner = properties.values() if isinstance(properties, dict) else [schema.get("items")]
    return any(map(_holds_text, inner))


class Match(NamedTuple):
    """A field of an article in which `grep` found a match, or one that is printed as context."""

    article: Article
    field: str
    """title, deck, byline, caption or paragraph."""
    nth: int
    """1-based position among the article's texts of that field."""
    line: int
    """1-based line in the dump of the text's first copy."""
    text: str
    matches: tuple[tuple[int, int], ...]
    """Character offsets into `text`, end exclusive; empty for context."""


class MatchCount(NamedTuple):
    """How many matches `grep -c` found in an article."""

    article: Article
    matches: int


class Duplicate(NamedTuple):
    """A caption whose extra copies `dedupe-captions` removes from an article, or would remove."""

    article: Article
    caption: str
    kept_line: int
    removed_lines: tuple[int, ...]
    bytes_saved: int
    left_because: str | None
    """Why no line is removed."""


class Written(NamedTuple):
    """An article that `split` wrote to a file."""

    article: Article
    file: str


class Part(NamedTuple):
    """A file to which `split` wrote many articles."""

    dump: str
    file: str
    """Its name inside the output folder or archive."""
    articles: int
    first: int
    last: int
    """`first` and `last` are the numbers of the first and the last article in the file."""
    size: int
    """Bytes of the file."""


class Problem(NamedTuple):
    """Something odd about a dump, or about one of its articles."""

    dump: str
    number: int | None
    """The article's number; None for the dump as a whole."""
    line: int | None
    """1-based line in the dump where the problem is; None for the dump as a whole."""
    code: str
    message: str
    """One sentence, figures included."""
    excerpt: tuple[Line, ...] = ()
    """The lines that show the problem, if they were asked for; not a field of the record."""


class Totals(NamedTuple):
    """What a dump consists of, in numbers; the bytes add up to its size."""

    dump: str
    layout: str
    encoding: str
    articles: int
    header_bytes: int
    body_bytes: int
    other_bytes: int
    evidence: Mapping[Evidence, int]
    """How many articles start with each kind of evidence; a kind with none may be missing."""


def article_id(article: Article) -> str:
    """Return 12 hex digits that identify an article.

    They are the first 12 of the SHA-256 of title and paragraphs, joined by blank lines.
    """
    from hashlib import sha256

    title = article.title
    texts = [title.text.encode()] if title else []
    return sha256(b"\n\n".join(texts + article.raw_texts())).hexdigest()[:12]


def article_line(article: Article) -> int:
    """Return the 1-based line of the title's first copy; without a title, of the first text."""
    if title := article.title:
        return article.span.line + title.line
    lines = [paragraph.line for paragraph in article.paragraphs]
    lines += [caption.line for caption in article.captions]
    return article.span.line + min(lines, default=0)


def photo_date(article: Article) -> str | None:
    """Return the latest full date among the captions: the date of a photo, not of the article."""
    latest = None
    for text in article.caption_texts:
        day = captions.find_date(text)
        if day is not None and (latest is None or day > latest):
            latest = day
    return latest


def article_date(article: Article) -> str | None:
    """Return the article's own day, ISO 8601; its photo date where it has none of its own."""
    return own_date(article) or photo_date(article)


def own_date(article: Article) -> str | None:
    """Return the article's own day, ISO 8601, where its layout names the line that holds it."""
    return line_day(date) if (date := _text(article.date)) else None


def _text(unit: Unit | None) -> str | None:
    return unit.text if unit else None


def _written_paragraphs(article: Article) -> Fragment:
    from .written import json_strings

    return json_strings(
        article.raw_texts(), has_quotes=article.has_quotes, has_controls=article.has_controls
    )


def word_count(article: Article) -> int:
    return article.words


def _caption(caption: Caption) -> dict[str, JSON]:
    day, place, credit = captions.read_caption(caption.text)
    return {
        "text": caption.text,
        "date": day,
        "place": place,
        "credit": credit,
        "copies": caption.copies,
    }


_STRING: dict[str, JSON] = {"type": "string"}
_TEXT_OR_NULL: dict[str, JSON] = {"type": ["string", "null"]}
_DATE_OR_NULL: dict[str, JSON] = {"type": ["string", "null"], "format": "date"}
_COUNT: dict[str, JSON] = {"type": "integer", "minimum": 0}
_POSITIVE: dict[str, JSON] = {"type": "integer", "minimum": 1}
_STRINGS: dict[str, JSON] = {"type": "array", "items": _STRING}
_POSITIVES: dict[str, JSON] = {"type": "array", "items": _POSITIVE}
_POSITIVE_OR_NULL: dict[str, JSON] = {"type": ["integer", "null"], "minimum": 1}
_CODE: dict[str, JSON] = {"type": "string", "enum": NAMES}
_CODES: dict[str, JSON] = {
    "type": "array",
    "items": {"type": "string", "enum": [code.name for code in CODES if code.of_article]},
}
_ID: dict[str, JSON] = {"type": "string", "pattern": "^[0-9a-f]{12}$"}


def object_schema(**properties: JSON) -> dict[str, JSON]:
    """Return the schema of an object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


ARTICLE: tuple[Field[Article], ...] = (
    Field("dump", _STRING, "the path as given; - for standard input", lambda a: a.dump),
    Field("number", _POSITIVE, "its position in the dump, from 1", lambda a: a.span.number),
    Field("id", _ID, "12 hex digits of SHA-256 over title and paragraphs", article_id),
    Field(
        "title",
        _TEXT_OR_NULL,
        "the title; null for text before the first header",
        lambda a: _text(a.title),
    ),
    Field(
        "deck",
        _TEXT_OR_NULL,
        "the line under the title",
        lambda a: _text(a.deck),
    ),
    Field(
        "byline",
        _TEXT_OR_NULL,
        "author and role on an opinion page, or the line that the layout names",
        lambda a: _text(a.byline),
    ),
    Field("date", _DATE_OR_NULL, "its own date, if the layout names the line", own_date),
    Field(
        "section",
        _TEXT_OR_NULL,
        "its section of the paper, if the layout names the line",
        lambda a: _text(a.section),
    ),
    Field("photo_date", _DATE_OR_NULL, "the latest full date among its captions", photo_date),
    Field("words", _COUNT, "white-space separated words in the paragraphs", word_count),
    Field("paragraph_count", _COUNT, "paragraphs", lambda a: a.paragraph_count),
    Field("caption_count", _COUNT, "distinct captions", lambda a: a.caption_count),
    Field(
        "duplicate_captions",
        _COUNT,
        "caption lines that dedupe-captions would delete",
        lambda a: a.duplicate_captions,
    ),
    Field("line", _POSITIVE, "the line of the title's first copy, from 1", article_line),
    Field("start", _COUNT, "the offset of its first byte in the dump", lambda a: a.span.start),
    Field("end", _COUNT, "the offset of the byte after its last", lambda a: a.span.end),
    Field("problems", _CODES, "the codes of its problems, as in check", lambda a: a.problems),
    Field(
        "captions",
        {
            "type": "array",
            "items": object_schema(
                text=_STRING,
                date=_DATE_OR_NULL,
                place=_TEXT_OR_NULL,
                credit=_TEXT_OR_NULL,
                copies=_POSITIVE,
            ),
        },
        "its photo captions, once each",
        lambda a: [_caption(caption) for caption in a.captions],
    ),
    Field(
        "paragraphs",
        _STRINGS,
        "the body",
        lambda a: [paragraph.text for paragraph in a.paragraphs],
        _written_paragraphs,
    ),
)

LIST_COLUMNS = ("number", "photo_date", "words", "caption_count", "title")
LIST_JSON = tuple(field.name for field in ARTICLE if field.name not in ("captions", "paragraphs"))

_BY_NAME = {field.name: field for field in ARTICLE}


def _of_article(record: Callable[[Record], Article], *names: str) -> tuple[Field[Record], ...]:
    """Return fields of an article as fields of a record that holds one."""

    def field(inner: Field[Article]) -> Field[Record]:
        return Field(inner.name, inner.schema, inner.about, lambda r: inner.get(record(r)))

    return tuple(field(_BY_NAME[name]) for name in names)


MATCH: tuple[Field[Match], ...] = (
    *_of_article(lambda m: m.article, "dump", "number", "id", "title"),
    Field("field", _STRING, "title, deck, byline, caption or paragraph", lambda m: m.field),
    Field("index", _POSITIVE, "which one of that field, from 1", lambda m: m.nth),
    Field("line", _POSITIVE, "its line in the dump, of the first copy", lambda m: m.line),
    Field("text", _STRING, "the whole field", lambda m: m.text),
    Field(
        "matches",
        {"type": "array", "items": object_schema(start=_COUNT, end=_COUNT, text=_STRING)},
        "where the matches are, in characters; empty for context",
        lambda m: [{"start": s, "end": e, "text": m.text[s:e]} for s, e in m.matches],
    ),
    Field(
        "context",
        {"type": "boolean"},
        "true if the text has no match and is printed as context",
        lambda m: not m.matches,
    ),
)
MATCH_COLUMNS = ("dump", "number", "field", "line", "text")

COUNT: tuple[Field[MatchCount], ...] = (
    *_of_article(lambda c: c.article, "dump", "number", "id"),
    Field("count", _COUNT, "matches in the article", lambda c: c.matches),
    *_of_article(lambda c: c.article, "title"),
)

DUPLICATE: tuple[Field[Duplicate], ...] = (
    *_of_article(lambda d: d.article, "dump", "number", "id"),
    Field("caption", _STRING, "the caption", lambda d: d.caption),
    Field("kept_line", _POSITIVE, "the line that is kept", lambda d: d.kept_line),
    Field("removed_lines", _POSITIVES, "the lines that are deleted", lambda d: d.removed_lines),
    Field("bytes_saved", _COUNT, "bytes in those lines", lambda d: d.bytes_saved),
    Field(
        "left_because",
        _TEXT_OR_NULL,
        "why no line is deleted; null if lines are",
        lambda d: d.left_because,
    ),
)

WRITTEN: tuple[Field[Written], ...] = (
    *_of_article(lambda w: w.article, *_BY_NAME),
    Field("file", _STRING, "the file, in the output directory", lambda w: w.file),
)
WRITTEN_JSON = (*LIST_JSON, "file")

PART: tuple[Field[Part], ...] = (
    Field("dump", _STRING, _BY_NAME["dump"].about, lambda p: p.dump),
    Field("file", _STRING, "the file, in the output directory or URL", lambda p: p.file),
    Field("articles", _POSITIVE, "articles in it", lambda p: p.articles),
    Field("first", _POSITIVE, "the number of its first article", lambda p: p.first),
    Field("last", _POSITIVE, "the number of its last article", lambda p: p.last),
    Field("bytes", _COUNT, "bytes in the file", lambda p: p.size),
)

PROBLEM: tuple[Field[Problem], ...] = (
    Field("dump", _STRING, _BY_NAME["dump"].about, lambda p: p.dump),
    Field(
        "number",
        _POSITIVE_OR_NULL,
        "the article's position, from 1; null for the dump as a whole",
        lambda p: p.number,
    ),
    Field(
        "line",
        _POSITIVE_OR_NULL,
        "the line of the problem, from 1; null for the dump as a whole",
        lambda p: p.line,
    ),
    Field("code", _CODE, "the code of the problem", lambda p: p.code),
    Field("message", _STRING, "what is wrong, with figures", lambda p: p.message),
)

STARTS = {
    Evidence.CHROME: "the page's controls between its two titles",
    Evidence.CAPTIONS: "doubled captions between its two titles",
    Evidence.BYLINE: "author, controls and title",
    Evidence.UNREPEATED: "doubled captions and controls, with one title",
    Evidence.TITLE: "two titles with nothing between",
    Evidence.BOUNDARY: "a boundary line of the layout",
    Evidence.GAP: "blank lines",
    Evidence.NONE: "nothing: text before the first header",
}


def _starts(evidence: Evidence, what: str) -> Field[Totals]:
    about = f"articles recognised by {what}"
    return Field(evidence.value, _COUNT, about, lambda t: t.evidence.get(evidence, 0))


TOTALS: tuple[Field[Totals], ...] = (
    Field("dump", _STRING, _BY_NAME["dump"].about, lambda t: t.dump),
    Field("layout", _STRING, "the layout it was read with", lambda t: t.layout),
    Field("encoding", _STRING, "the encoding it was read in", lambda t: t.encoding),
    Field("articles", _COUNT, "articles", lambda t: t.articles),
    Field("header_bytes", _COUNT, "bytes in headers", lambda t: t.header_bytes),
    Field("body_bytes", _COUNT, "bytes in bodies", lambda t: t.body_bytes),
    Field(
        "other_bytes",
        _COUNT,
        "bytes in neither: blank lines before the first header and after bodies",
        lambda t: t.other_bytes,
    ),
    *(_starts(evidence, what) for evidence, what in STARTS.items()),
)


LAYOUT: tuple[Field[Layout], ...] = (
    Field("name", _STRING, "what --layout takes", lambda layout: layout.name),
    Field("description", _STRING, "how it tells articles apart", lambda layout: layout.description),
)

SETTING: tuple[Field[Setting], ...] = (
    Field("name", _STRING, "the option", lambda s: s.name),
    Field(
        "value",
        {"type": ["string", "integer", "array", "null"], "items": _STRING},
        "its value; null for jobs means one per core",
        lambda s: s.value,
    ),
    Field(
        "source",
        {"type": "string", "enum": ["default", "environment", "file"]},
        "where the value comes from",
        lambda s: s.source,
    ),
    Field("origin", _TEXT_OR_NULL, "the variable, or the path of the file", lambda s: s.origin),
    Field("line", _POSITIVE_OR_NULL, "the line in the file, from 1", lambda s: s.line),
)

EXPLANATION: tuple[Field[Code], ...] = (
    Field("code", _CODE, "the code of a problem", lambda c: c.name),
    Field("meaning", _STRING, "what it means", lambda c: c.meaning),
    Field("why", _STRING, "why it matters", lambda c: c.why),
    Field("way_out", _STRING, "what to do", lambda c: c.way_out),
)


def pick_fields(fields: Iterable[Field[Record]], names: Iterable[str]) -> list[Field[Record]]:
    """Return the fields called `names`, in that order.

    Raises UsageError for an unknown name, and for a name that appears twice.
    """
    by_name = {field.name: field for field in fields}
    picked = []
    for name in names:
        if name not in by_name:
            valid = ", ".join(by_name)
            near = meant(name, by_name)
            raise UsageError("", f"unknown field {name!r}{near}; the fields are {valid}")
        if by_name[name] in picked:
            raise UsageError("", f"the field {name!r} is named twice")
        picked.append(by_name[name])
    return picked
