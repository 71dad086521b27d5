"""The lines of an article that only repeat a caption, and the article without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Article, Evidence, Header
from ..reader.caption_lines import (
    CaptionLines,
    Range,
    body_twins,
    read_captions,
    redundant_lines,
)
from ..reader.lines import Lines
from ..reader.reading import Piece, Reading
from ..records.fields import Duplicate
from ..source.text import decode, fold
from ..source.transcode import split_lines

NO_CAPTIONS = CaptionLines([], 0)


class Entry:
    """An article, the lines that can go out of it, and whether they do."""

    __slots__ = ("captions", "cleaned", "image", "piece", "ranges", "reason")

    def __init__(self, piece: Piece, body: bool) -> None:
        """With `body`, the copies of captions of photos in the body can go, too."""
        data, header = piece.data, piece.span.header
        text = Lines(data)
        self.piece = piece
        self.captions: CaptionLines = NO_CAPTIONS
        self.ranges: list[Range] = []
        """Whole lines of the article's UTF-8, line ends included, in order."""
        self.image: tuple[object, ...] | None = None
        """Where the parts of its header will be if it still reads the same; None if more must be
        looked at to know."""
        self.reason: str | None = None
        """Why the lines stay; None if they go."""
        if header is not None and not header.is_plain:
            captions = self.captions = read_captions(text, header)
            if redundant := redundant_lines(captions, header.evidence):
                size = len(data)
                self.ranges = [(line.start, min(line.end + 1, size)) for line in redundant]
                if not body and captions.lines[0].above:
                    self.image = _image(captions, header, self.ranges)
        if body:
            size = len(data)
            self.ranges += [
                (start, min(end + 1, size)) for start, end in body_twins(text, self.captions.body)
            ]
        self.cleaned = _without(data, self.ranges)
        """Its UTF-8 without those lines."""

    @property
    def is_changed(self) -> bool:
        """Return True if lines are removed from it."""
        return bool(self.ranges) and self.reason is None

    @property
    def text(self) -> bytes:
        """Return its UTF-8 after cleaning."""
        return self.cleaned if self.reason is None else self.piece.data

    @property
    def raw(self) -> bytes:
        """Return the bytes of the dump that are left of it."""
        piece = self.piece
        if piece.raw is piece.data:
            return self.text
        if not self.is_changed:
            return piece.raw
        return _without(piece.raw, _same_lines(piece, self.ranges))


def _image(
    captions: CaptionLines, header: Header, ranges: Sequence[Range]
) -> tuple[object, ...] | None:
    """Return the parts of a header, from its title to its evidence, after its lines are removed.

    If a header with captions above is read there again, it has the captions that are left, and none
    that is redundant: with controls each is left once, otherwise once above and once below. The
    same body follows, because its first line is not a copy of any of them. Returns None if that is
    not so.
    """
    evidence = header.evidence
    if evidence is Evidence.CHROME:
        if len(captions.lines) - len(ranges) != len({line.key for line in captions.lines}):
            return None
    elif evidence is not Evidence.CAPTIONS:
        return None
    above_end = header.above_end
    shift = 0
    for start, end in ranges:
        if start < above_end:
            shift += end - start
    return (
        *header[1:5],
        above_end - shift,
        header.second - shift,
        header.end - shift,
        evidence,
    )


def _without(data: bytes, ranges: Sequence[Range]) -> bytes:
    """Return `data` less the bytes at `ranges`."""
    if not ranges:
        return data
    kept = []
    at = 0
    for start, end in ranges:
        kept.append(data[at:start])
        at = end
    kept.append(data[at:])
    return b"".join(kept)


def _same_lines(piece: Piece, ranges: Sequence[Range]) -> list[Range]:
    """Return where the lines at `ranges` of the article's UTF-8 are in its bytes."""
    newline = "\n".encode(piece.encoding)
    starts = [0]
    for line in split_lines(piece.raw, newline):
        starts.append(starts[-1] + len(line) + len(newline))
    starts[-1] = len(piece.raw)
    lines = (piece.data.count(b"\n", 0, start) for start, _ in ranges)
    return [(starts[line], starts[line + 1]) for line in lines]


def duplicates(reading: Reading, entry: Entry) -> Iterator[Duplicate]:
    """Yield a record for each caption with lines to delete, or kept for a reason."""
    if not entry.ranges:
        return
    piece = entry.piece
    article: Article = reading.parse(piece)
    raw = entry.ranges if piece.raw is piece.data else _same_lines(piece, entry.ranges)
    lines: dict[str, list[tuple[int, int]]] = {}
    for (start, end), (raw_start, raw_end) in zip(entry.ranges, raw, strict=True):
        key = fold(decode(piece.data[start:end]))
        line = piece.data.count(b"\n", 0, start)
        lines.setdefault(key, []).append((line, raw_end - raw_start))
    first = article.span.line
    for caption in article.captions:
        found = lines.get(fold(caption.text))
        if found:
            removed = found if entry.reason is None else []
            yield Duplicate(
                article=article,
                caption=caption.text,
                kept_line=first + caption.line,
                removed_lines=tuple(first + line for line, _ in removed),
                bytes_saved=sum(size for _, size in removed),
                left_because=entry.reason,
            )
