"""The bytes of one article, read: title, deck, byline, captions once each, paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from .faults import find_faults
from .model import Article, Caption, Evidence, Header, Span, Unit
from .text import Codec, fold, trim


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


class _Line(NamedTuple):
    """A line of a body that is not blank, by its place among the lines of the body."""

    text: str
    place: int


def parse_article(dump: str, span: Span, data: bytes, codec: Codec) -> Article:
    """The article whose bytes, from `span.start` to `span.end`, are `data`."""
    header = span.header
    if header is None:
        return _article(dump, span, data, codec, None, [], 0)
    caption_lines, body = read_captions(data, header, codec)
    return _article(dump, span, data, codec, header, caption_lines, body)


def read_title(span: Span, data: bytes, codec: Codec) -> str | None:
    """The title alone, without reading the rest."""
    header = span.header
    return trim(codec.decode(data[header.title : header.title_end])) if header else None


def read_captions(data: bytes, header: Header, codec: Codec) -> tuple[list[CaptionLine], int]:
    """The caption lines of a header, and the byte of the article where its body starts.

    Below the title stand copies of the captions above it; where there are none above, two or more
    same lines in a row there are captions.
    """
    above = list(_captions_above(data, header, codec))
    if above:
        below, body = _copies_below(data, header, {line.key for line in above}, codec)
    else:
        below, body = _runs_below(data, header, codec)
    return above + below, body


def redundant_captions(lines: list[CaptionLine], header: Header) -> list[CaptionLine]:
    """Those of a header's caption lines without which the article reads the same.

    Each caption's first stays. Where copies are the evidence that they are captions at all, one
    more stays: in a header without controls the first below the title, if there is one, and where
    a blank line parts captions from the controls, or none stand above, the next.
    """
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
            redundant.append(line)
    return redundant


def body_twins(data: bytes, body: int, codec: Codec) -> list[tuple[int, int]]:
    """The lines of a body that repeat the line before them: bytes `[start, end)` of the article."""
    twins = []
    previous = None
    for start, end in _lines(data, body):
        line = data[start:end]
        key = None if codec.is_blank(line) else codec.fold(line)
        if key is not None and key == previous:
            twins.append((start, end))
        previous = key
    return twins


def _lines(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The lines of `data` from the one at `start` on, without their line ends."""
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        yield start, end
        start = end + 1


def _captions_above(data: bytes, header: Header, codec: Codec) -> Iterator[CaptionLine]:
    """The caption lines between the title's first copy and the controls."""
    touching_from = header.captions
    lines = []
    for start, end in _lines(data[: header.above_end], header.captions):
        if codec.is_blank(data[start:end]):
            touching_from = end + 1
        else:
            lines.append((start, end))
    for start, end in lines:
        text = codec.decode(data[start:end])
        yield CaptionLine(start, end, trim(text), fold(text), True, start >= touching_from)


def _copies_below(
    data: bytes, header: Header, captions: set[str], codec: Codec
) -> tuple[list[CaptionLine], int]:
    """The copies of `captions` below the title, and where the body starts."""
    copies = []
    body = header.end + 1
    for start, end in _lines(data, header.end + 1):
        if codec.is_blank(data[start:end]):
            continue
        text = codec.decode(data[start:end])
        key = fold(text)
        if key not in captions:
            break
        copies.append(CaptionLine(start, end, trim(text), key, False, False))
        body = end + 1
    return copies, min(body, len(data))


def _runs_below(data: bytes, header: Header, codec: Codec) -> tuple[list[CaptionLine], int]:
    """The lines below the title that stand twice or more in a row, and where the body starts."""
    captions: list[CaptionLine] = []
    run: list[CaptionLine] = []
    body = header.end + 1
    for start, end in _lines(data, header.end + 1):
        blank = codec.is_blank(data[start:end])
        text = codec.decode(data[start:end])
        key = fold(text)
        if not blank and run and run[0].key == key:
            run.append(CaptionLine(start, end, trim(text), key, False, False))
            continue
        if len(run) == 1:
            break
        if run:
            captions += run
            body = run[-1].end + 1
        run = [] if blank else [CaptionLine(start, end, trim(text), key, False, False)]
    else:
        if len(run) > 1:
            captions += run
            body = run[-1].end + 1
    return captions, min(body, len(data))


def _article(
    dump: str,
    span: Span,
    data: bytes,
    codec: Codec,
    header: Header | None,
    caption_lines: list[CaptionLine],
    body: int,
) -> Article:
    """The article of these parts; `body` is the byte where its body starts."""
    body_line = data.count(b"\n", 0, body)
    runs = _runs(codec.decode(data[body:]))
    paragraphs = tuple(Unit(run[0].text, body_line + run[0].place) for run in runs if len(run) == 1)
    captions = _merge(
        [(line.key, line.text, data.count(b"\n", 0, line.start)) for line in caption_lines]
        + [
            (fold(line.text), line.text, body_line + line.place)
            for run in runs
            if len(run) > 1
            for line in run
        ]
    )
    redundant = redundant_captions(caption_lines, header) if header else []
    return Article(
        dump=dump,
        span=span,
        title=_unit(data, header.title, header.title_end, codec) if header else None,
        deck=_unit(data, header.deck, header.captions, codec) if header else None,
        byline=_byline(data, header, codec) if header else None,
        captions=captions,
        paragraphs=paragraphs,
        duplicate_captions=len(redundant),
        find_faults=partial(find_faults, span, data, codec, body, bool(paragraphs)),
    )


def _byline(data: bytes, header: Header, codec: Codec) -> Unit | None:
    """Author and role of an opinion page."""
    if header.evidence is not Evidence.BYLINE:
        return None
    return _unit(data, header.start, header.above_end, codec, ", ")


def _unit(data: bytes, start: int, end: int, codec: Codec, joint: str = " ") -> Unit | None:
    """The lines of `data[start:end]` as one text; None if all are blank."""
    if start >= end:
        return None
    lines = [trim(line) for line in codec.decode(data[start:end]).split("\n")]
    text = joint.join(line for line in lines if line)
    return Unit(text, data.count(b"\n", 0, start)) if text else None


def _runs(body: str) -> list[list[_Line]]:
    """The lines of a body that are not blank, each with the same lines directly below it."""
    runs: list[list[_Line]] = []
    for place, line in enumerate(body.split("\n")):
        text = trim(line)
        if not text:
            continue
        last = runs[-1][-1] if runs else None
        if last and last.place == place - 1 and fold(last.text) == fold(text):
            runs[-1].append(_Line(text, place))
        else:
            runs.append([_Line(text, place)])
    return runs


def _merge(copies: list[tuple[str, str, int]]) -> tuple[Caption, ...]:
    """Captions once each, from every copy's folded text, text and line."""
    captions: dict[str, Caption] = {}
    for key, text, line in copies:
        seen = captions.get(key)
        captions[key] = seen._replace(copies=seen.copies + 1) if seen else Caption(text, line, 1)
    return tuple(captions.values())
