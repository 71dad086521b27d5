"""The same dump without the repeated captions."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Article
from ..reader.caption_lines import Range, body_twins, read_captions, redundant_lines
from ..reader.lines import Lines
from ..reader.reading import Piece
from ..records.fields import Duplicate
from ..source.text import decode, fold
from ..source.transcode import split_lines


def lines_to_delete(piece: Piece, body: bool) -> list[Range]:
    """The whole lines, line ends included, that can go without a caption being lost, in order.

    With `body`, also the copies of captions of photos in the body, which read as paragraphs then.
    """
    header = piece.span.header
    text = Lines(piece.data)
    lines: list[Range] = []
    body_start = 0
    if header is not None and not header.is_plain:
        captions = read_captions(text, header)
        body_start = captions.body
        lines = [(one.start, one.end) for one in redundant_lines(captions, header.evidence)]
    if body:
        lines += body_twins(text, body_start)
    size = len(piece.data)
    return [(start, min(end + 1, size)) for start, end in lines]


def without(piece: Piece, ranges: list[Range]) -> bytes:
    """The bytes of the dump that the article has, less the lines at `ranges` of its UTF-8."""
    if not ranges:
        return piece.raw
    if piece.raw is not piece.data:
        ranges = _same_lines(piece, ranges)
    kept = []
    at = 0
    for start, end in ranges:
        kept.append(piece.raw[at:start])
        at = end
    kept.append(piece.raw[at:])
    return b"".join(kept)


def _same_lines(piece: Piece, ranges: list[Range]) -> list[Range]:
    """Where the lines at `ranges` of the article's UTF-8 stand in its bytes."""
    newline = "\n".encode(piece.encoding)
    starts = [0]
    for line in split_lines(piece.raw, newline):
        starts.append(starts[-1] + len(line) + len(newline))
    starts[-1] = len(piece.raw)
    lines = (piece.data.count(b"\n", 0, start) for start, _ in ranges)
    return [(starts[line], starts[line + 1]) for line in lines]


def duplicates(article: Article, piece: Piece, body: bool) -> Iterator[Duplicate]:
    """What `lines_to_delete` names, a record a caption."""
    lines: dict[str, list[tuple[int, int]]] = {}
    ranges = lines_to_delete(piece, body)
    raw = ranges if piece.raw is piece.data else _same_lines(piece, ranges)
    for (start, end), (raw_start, raw_end) in zip(ranges, raw, strict=True):
        key = fold(decode(piece.data[start:end]))
        line = piece.data.count(b"\n", 0, start)
        lines.setdefault(key, []).append((line, raw_end - raw_start))
    first = article.span.line
    for caption in article.captions:
        removed = lines.get(fold(caption.text))
        if removed:
            yield Duplicate(
                article=article,
                caption=caption.text,
                kept_line=first + caption.line,
                removed_lines=tuple(first + line for line, _ in removed),
                bytes_saved=sum(size for _, size in removed),
            )
