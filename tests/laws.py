"""What is true of any bytes at all, whether hypothesis, a fuzzer or a person wrote them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from unicodedata import category

from corpuscli.captions.credits import find_credit
from corpuscli.captions.dates import find_date
from corpuscli.captions.places import find_place
from corpuscli.inspection.cleaning import Part, Rule, clean_part, decide
from corpuscli.inspection.dedupe import Entry, duplicates
from corpuscli.model import Article
from corpuscli.output.filenames import DEFAULT, LONGEST, Names, slug
from corpuscli.output.visible import visible
from corpuscli.reader.reading import Options, Piece, Reading, read_chunks
from corpuscli.records.fields import ARTICLE, JSON

PAGES = (
    *(b"T\n\n", b"U\n\n", b"A title\n", b"TT\n", b"TT\n20\n\n", b"20\n", b"\n", b"\n\n\n\n"),
    *(b"C.\n", b"C.\nC.\n", b"D.\nD.\n", b"Ada Arn\n", b"Reporter\n", b"By Ada Arn\n", b"B b.\n\n"),
    *(b"4 May 2023, Velmark: A ship. (dpa)\n", b"On Nov. 4, 2023. (AP Photo/Ada Arn)\n"),
    *(b"T\n\nTT\n20\n\nT\n\n", b"T\n\nC.\nC.\nTT\n\nT\n\nC.\nC.\n\nB b.\n\n\n\n", b"T\n\nT\n\n"),
)  # fmt: skip
"""Parts that dumps consist of."""

TRAPS = (
    *(b"\0", b"\r", b"\r\n", b"\t", b" ", b"\\", b"[b]", b"\xff", b"\xc3", b"\xef\xbb\xbf"),
    *(b"\x0b", b"\x0c", b"\x1c", b"\xc2\x85", b"\xc2\x9b", b"\xc2\xa0", b"\xe2\x80\xa8"),
    *(b"\x1b[2J", b"\xe2\x80\xae", b"\xff\xfe", b"\xfe\xff", b"e\xcc\x81\n", b"\xc3\xa9\n"),
    *(b"\xd9\x85\xd9\x8a\n", b"x" * 300),
)  # fmt: skip
"""Bytes that have broken readers of text before."""

FRAGMENTS = PAGES + TRAPS

MAY_DIFFER = {"copies", "duplicate_captions", "line", "start", "end"}
"""The fields of an article's record that `dedupe-captions` may change."""


def read(
    data: bytes, layout: str = "page", encoding: str = "auto", block: int = 1 << 20
) -> Reading:
    return read_chunks("dump", [data] if data else [], Options(layout, encoding, block))


def reading_loses_nothing(data: bytes, layout: str = "page", encoding: str = "auto") -> None:
    """Check that pieces join to the dump, spans tile it, and lines count as in `grep -n`."""
    at = lines = 0
    for number, tile in enumerate(read(data, layout, encoding).tiles, 1):
        span = tile.span
        assert (span.start, span.end) == (at, at + len(tile.raw))
        # A dump of white space is one tile that is not an article.
        assert span.number == number or (span.number, len(tile.raw)) == (0, len(data))
        assert span.line == 1 + lines
        lines += tile.data.count(b"\n")
        at = span.end
    assert at == len(data)


def blocks_do_not_matter(data: bytes, size: int, layout: str = "page") -> None:
    """Check that blocks of any size give the same articles."""
    assert list(read(data, layout, block=size).tiles) == list(read(data, layout).tiles)


def every_article_is_read(data: bytes, layout: str = "page", encoding: str = "auto") -> None:
    """Check that articles become records, with faults and duplicates, as strict JSON."""
    reading = read(data, layout, encoding)
    for piece in reading.pieces:
        article = reading.parse(piece)
        text = json.dumps(record_of(article), allow_nan=False, ensure_ascii=False)
        assert json.loads(text.encode("utf-8"))
        for body in (False, True):
            assert all(d.bytes_saved > 0 for d in duplicates(reading, Entry(piece, body)))


def deduping_only_deletes_lines(
    data: bytes, body: bool, encoding: str = "auto", layout: str = "auto"
) -> None:
    """Check that the result consists of lines of the dump, and that articles stay the same.

    Doing it a second time changes nothing.
    """
    once = cleaned(read(data, layout, encoding), body)
    rest = iter(lines_of(data))
    assert all(line in rest for line in lines_of(once))
    assert cleaned(read(once, layout, encoding), body) == once
    if not body:
        assert as_read(once, encoding, layout) == as_read(data, encoding, layout)


def cleaned(reading: Reading, body: bool = False) -> bytes:
    """Return a dump without the lines that only repeat a caption."""
    return cleaned_in_parts(reading, list(reading.tiles), 1, body)


def cleaned_in_parts(reading: Reading, tiles: Sequence[Piece], size: int, body: bool) -> bytes:
    """Return the same as `cleaned`, worked out `size` articles at a time."""
    rule = Rule(reading, body)
    parts: Iterator[Part[bytes]] = (
        clean_part(rule, tiles[at : at + size], joined) for at in range(0, len(tiles), size)
    )
    whole: Iterator[bytes] = decide(rule, parts, joined)
    return b"".join(whole)


def joined(entries: Sequence[Entry]) -> bytes:
    """Return what is left of some articles."""
    return b"".join(entry.raw for entry in entries)


def lines_of(data: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+", data)


def record_of(article: Article) -> dict[str, JSON]:
    return {field.name: field.get(article) for field in ARTICLE}


def as_read(data: bytes, encoding: str = "auto", layout: str = "auto") -> list[dict[str, object]]:
    reading = read(data, layout, encoding)
    found = json.loads(json.dumps([record_of(reading.parse(p)) for p in reading.pieces]))
    for record in found:
        record["captions"] = [
            {name: value for name, value in caption.items() if name not in MAY_DIFFER}
            for caption in record["captions"]
        ]
    return [{n: v for n, v in record.items() if n not in MAY_DIFFER} for record in found]


def captions_are_read(text: str) -> None:
    """Check that a date is a day or None, and that a place and a credit are not empty."""
    day = find_date(text)
    assert day is None or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day)
    assert find_place(text) != ""
    assert find_credit(text) != ""


def names_are_of_plain_files(titles: Sequence[str]) -> None:
    """Check that names are ASCII, short, visible, not paths, and differ even if case is ignored."""
    for template in (DEFAULT, "{slug}", "{slug}.{id}", "x-{photo_date}"):
        names = Names(template, ".txt", ["dump"])
        made = list(_names(names, titles))
        assert len({name.lower() for name in made}) == len(made)
        for name in made:
            assert name.isascii() and name.isprintable() and len(name) <= LONGEST
            assert os.path.basename(name) == name and name[0] not in "-." and "\\" not in name


def _names(names: Names, titles: Sequence[str]) -> Iterator[str]:
    number = 0
    for title in titles:
        for text in (title, slug(title)):
            number += 1
            values: dict[str, str | int] = {"number": number, "slug": text, "photo_date": text}
            yield names.name(0, {**values, "id": "0123456789ab", "line": 1, "start": 0})


BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def nothing_is_obeyed(text: str) -> None:
    """Check that a terminal gets nothing that it would obey."""
    shown = visible(text)
    assert not any(category(char) in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    assert not any(char in BIDIRECTIONAL for char in shown)
    assert visible(shown) == shown
    assert len(shown) >= len(text)
