"""The same dump without the repeated captions."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Article
from .parse import CaptionLine, body_twins, read_captions, redundant_captions
from .reading import Piece
from .records import Duplicate
from .text import Codec, fold

Range = tuple[int, int]
"""Bytes `[start, end)` of an article."""


def redundant_lines(piece: Piece, codec: Codec, body: bool) -> list[Range]:
    """The whole lines, line ends included, that can go without a caption being lost, in order.

    With `body`, also the copies of captions of photos in the body, which read as paragraphs then.
    """
    header = piece.span.header
    captions: list[CaptionLine] = []
    body_start = 0
    if header is not None:
        captions, body_start = read_captions(piece.data, header, codec)
        captions = redundant_captions(captions, header)
    lines = [(line.start, line.end) for line in captions]
    if body:
        lines += body_twins(piece.data, body_start, codec)
    size = len(piece.data)
    return [(start, min(end + 1, size)) for start, end in lines]


def without(data: bytes, ranges: list[Range]) -> bytes:
    """`data` less the ranges, which are in order and do not overlap."""
    if not ranges:
        return data
    kept = []
    at = 0
    for start, end in ranges:
        kept.append(data[at:start])
        at = end
    kept.append(data[at:])
    return b"".join(kept)


def duplicates(article: Article, piece: Piece, codec: Codec, body: bool) -> Iterator[Duplicate]:
    """What `redundant_lines` deletes, a record a caption."""
    lines: dict[str, list[Range]] = {}
    for start, end in redundant_lines(piece, codec, body):
        lines.setdefault(codec.fold(piece.data[start:end]), []).append((start, end))
    first = article.span.line
    for caption in article.captions:
        removed = lines.get(fold(caption.text))
        if removed:
            yield Duplicate(
                article=article,
                caption=caption.text,
                kept_line=first + caption.line,
                removed_lines=tuple(first + piece.data.count(b"\n", 0, s) for s, _ in removed),
                bytes_saved=sum(end - start for start, end in removed),
            )
