"""The lines of a header that are captions, and where the body starts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple
from unicodedata import is_normalized

from ..model import Evidence, Header
from ..source.text import Codec, fold, trim

Range = tuple[int, int]
"""Bytes `[start, end)` of an article."""


class CaptionLine(NamedTuple):
    """A line of a header that is a caption: bytes `[start, end)` of the article."""

    start: int
    end: int
    text: str
    key: str
    above: bool
    """True above the title's second copy."""
    touching: bool
    """True in the block that stands directly above the page's controls."""


class SoleCaption(NamedTuple):
    """The caption of a header that has one, all copies of it the same bytes."""

    line: bytes
    starts: list[int]
    """Where its copies start."""
    touching: bool
    """True if those above stand directly above the page's controls."""
    body: int
    """The byte of the article where its body starts."""


def read_sole_caption(data: bytes, header: Header, codec: Codec) -> SoleCaption | None:
    """The only caption above the title's second copy and below it: so it is on most pages.

    None where there is none or more than one, or where it wants a closer look: `read_captions`.
    """
    start = header.captions
    size = data.find(b"\n", start, header.above_end) + 1 - start
    line = data[start : start + size]
    if size <= 1 or codec.is_blank(line):
        return None
    starts = [start]
    at = start + size
    while data.startswith(line, at, header.above_end):
        starts.append(at)
        at += size
    touching = at == header.above_end
    if not touching and data[at : header.above_end].strip(b"\n"):
        return None
    at = body = header.end + 1
    while True:
        while data.startswith(b"\n", at):
            at += 1
        if not data.startswith(line, at):
            break
        starts.append(at)
        at = body = at + size
    if at < len(data) and not _differ_at_once(data[at : at + 8], line, codec):
        end = data.find(b"\n", at)
        below = data[at : end if end >= 0 else len(data)]
        if codec.is_blank(below) or _may_be_copy(below, [codec.fold(line[:-1])], codec):
            return None
    return SoleCaption(line[:-1], starts, touching, min(body, len(data)))


def read_captions(data: bytes, header: Header, codec: Codec) -> tuple[list[CaptionLine], int]:
    """The caption lines of a header, and the byte of the article where its body starts.

    Below the title stand copies of the captions above it; where there are none above, two or more
    same lines in a row there are captions.
    """
    above = _captions_above(data, header, codec)
    if above:
        below, body = _copies_below(data, header, above, codec)
    else:
        below, body = _runs_below(data, header, codec)
    return above + below, body


def redundant_lines(
    data: bytes, header: Header, codec: Codec, sole: SoleCaption | None
) -> tuple[list[Range], int]:
    """The caption lines of a header without which the article reads the same, and its body's start.

    Each caption's first stays. Where copies are the evidence that they are captions at all, one
    more stays: in a header without controls the first below the title, if there is one, and where
    a blank line parts captions from the controls, or none stand above, the next. `sole` is what
    `read_sole_caption` says.
    """
    if sole and sole.touching and header.evidence is Evidence.CHROME:
        size = len(sole.line)
        return [(start, start + size) for start in sole.starts[1:]], sole.body
    lines, body = read_captions(data, header, codec)
    redundant = []
    kept: Counter[str] = Counter()
    below = {line.key for line in lines if not line.above}
    proof: dict[str, bool] = {}
    for line in lines:
        by_chrome = header.evidence is Evidence.CHROME
        if line.key not in proof:
            proof[line.key] = not (by_chrome and line.touching)
        waits = not by_chrome and line.above and line.key in below
        if not kept[line.key] or (kept[line.key] == 1 and proof[line.key] and not waits):
            kept[line.key] += 1
        else:
            redundant.append((line.start, line.end))
    return redundant, body


def body_twins(data: bytes, body: int, codec: Codec) -> list[Range]:
    """The lines of a body that repeat the line before them: bytes `[start, end)` of the article."""
    twins = []
    previous = None
    for start, end in lines_from(data, body):
        line = data[start:end]
        key = None if codec.is_blank(line) else codec.fold(line)
        if key is not None and key == previous:
            twins.append((start, end))
        previous = key
    return twins


def lines_from(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The lines of `data` from the one at `start` on, without their line ends."""
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        yield start, end
        start = end + 1


def _captions_above(data: bytes, header: Header, codec: Codec) -> list[CaptionLine]:
    """The caption lines between the title's first copy and the controls."""
    touching_from = at = header.captions
    texts: dict[bytes, tuple[str, str]] = {}
    found = []
    for line in data[at : header.above_end].split(b"\n"):
        end = at + len(line)
        if line in texts:
            found.append((at, end, line))
        elif line and not codec.is_blank(line):
            text = codec.decode(line)
            texts[line] = trim(text), fold(text)
            found.append((at, end, line))
        elif end < header.above_end:
            touching_from = end + 1
        at = end + 1
    return [
        CaptionLine(at, end, *texts[line], True, at >= touching_from) for at, end, line in found
    ]


def _copies_below(
    data: bytes, header: Header, above: list[CaptionLine], codec: Codec
) -> tuple[list[CaptionLine], int]:
    """The copies below the title of captions above it, and where the body starts."""
    texts = {data[line.start : line.end]: (line.text, line.key) for line in above}
    keys = {line.key for line in above}
    copies = []
    body = header.end + 1
    for start, end in lines_from(data, body):
        line = data[start:end]
        same = texts.get(line)
        if same is None:
            if not line or codec.is_blank(line):
                continue
            if not _may_be_copy(line, keys, codec):
                break
            text = codec.decode(line)
            same = trim(text), fold(text)
            if same[1] not in keys:
                break
        copies.append(CaptionLine(start, end, *same, False, False))
        body = end + 1
    return copies, min(body, len(data))


def _may_be_copy(line: bytes, keys: Collection[str], codec: Codec) -> bool:
    """False for nearly every paragraph: the first letter, or the first words, are no caption's."""
    first = _first_letter(line, codec)
    if first and not any(key.startswith(first) for key in keys):
        return False
    if len(line) <= BEGINNING:
        return True
    begins = fold(codec.decode(line[:BEGINNING]))[: -len("a\u0301")]
    return any(key.startswith(begins) for key in keys)


def _differ_at_once(one: bytes, other: bytes, codec: Codec) -> bool:
    """True if the first letters tell two lines apart."""
    first, second = _first_letter(one, codec), _first_letter(other, codec)
    return first is not None and second is not None and first != second


def _first_letter(line: bytes, codec: Codec) -> str | None:
    """The first letter of all lines that are the same as this one; None where it wants more care.

    It is none if white space stands before it, or if it may compose with what follows.
    """
    if b" " < line[:1] < b"\x7f" and line[1:2] < b"\x80":
        return chr(line[0])
    text = codec.decode(line[:8])[:2]
    is_plain = len(text) == 2 and text[0].isalpha() and (text[1].isalpha() or text[1].isascii())
    return text[0] if is_plain and is_normalized("NFC", text) else None


BEGINNING = 48
"""Bytes of a line that are compared before the whole line is."""


def _runs_below(data: bytes, header: Header, codec: Codec) -> tuple[list[CaptionLine], int]:
    """The lines below the title that stand twice or more in a row, and where the body starts."""
    captions: list[CaptionLine] = []
    run: list[CaptionLine] = []
    body = header.end + 1
    for start, end in lines_from(data, header.end + 1):
        line = None
        if not codec.is_blank(data[start:end]):
            text = codec.decode(data[start:end])
            line = CaptionLine(start, end, trim(text), fold(text), False, False)
            if run and run[0].key == line.key:
                run.append(line)
                continue
        if len(run) == 1:
            break
        if run:
            captions += run
            body = run[-1].end + 1
        run = [line] if line else []
    else:
        if len(run) > 1:
            captions += run
            body = run[-1].end + 1
    return captions, min(body, len(data))
