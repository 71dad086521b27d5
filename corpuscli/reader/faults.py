"""Find what is odd about an article in its own bytes: faults, each with its line and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Evidence, Fault, Header, Span
from ..source.text import WHITE, decode, fold, is_blank, trim

GAP = 3
"""This many blank lines inside a body need an explanation."""

REPLACEMENT = "\ufffd"
"""What invalid bytes are read as."""

_BLANK = "[" + re.escape(WHITE.replace("\n", "")) + "]"
_GAP = re.compile(rf"\n(?:{_BLANK}*\n){{{GAP},}}")
"""A line end and the blank lines after it, in a text that begins and ends with a word."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?=[^\r\n])")
"""Control characters other than tab and line ends; a lone carriage return does not end a line."""

_CONTROL_BYTES = bytes(set(range(0x20)) - set(b"\t\n\r")) + b"\x7f"
_LONE_RETURN = re.compile(rb"\r[^\r\n]")
_C1_UTF8 = re.compile(b"\xc2[\x80-\x9f]")

_ONCE = "the title appears only once, with doubled captions and the page's controls"


def find_faults(span: Span, data: bytes, start: int, has_body: bool) -> Iterator[Fault]:
    """Yield the faults of the article whose bytes are `data`, in the order of `check`.

    This reads the article a second time, so call it only if faults are wanted.
    """
    header = span.header
    text = decode(data[start:])
    first = _line(data, start) + text.count("\n", 0, len(text) - len(text.lstrip(WHITE)))
    text = trim(text)
    top = _line(data, header.title) if header else first
    if span.evidence is Evidence.NONE:
        lines = sum(not is_blank(line) for line in data.split(b"\n"))
        count = "1 line" if lines == 1 else f"{lines} lines"
        yield Fault("no-title", top, f"{count} before the first header")
    if span.evidence is Evidence.UNREPEATED:
        yield Fault("title-not-repeated", top, _ONCE)
    if not has_body:
        yield Fault("no-body", top, "the article has no paragraphs")
    if header:
        yield from _differing_captions(data, header, text, first)
    if span.evidence is not Evidence.BOUNDARY:
        yield from _gaps(text, first)
    yield from _undecodable(data)
    yield from _controls(data)


def _differing_captions(data: bytes, header: Header, text: str, first: int) -> Iterator[Fault]:
    """Yield a fault if a body opens with repeated lines although captions are above the title."""
    if is_blank(data[header.captions : header.above_end]):
        return
    lines = text.split("\n", 2)
    if len(lines) > 1 and trim(lines[1]) and fold(lines[0]) == fold(lines[1]):
        message = "the caption that opens the body is not one of those above the title"
        yield Fault("captions-differ", first, message)


def _gaps(text: str, first: int) -> Iterator[Fault]:
    """Yield the runs of blank lines inside a body, whose trimmed `text` begins on line `first`."""
    line, counted = first, 0
    for gap in _GAP.finditer(text):
        line += text.count("\n", counted, gap.start() + 1)
        counted = gap.start() + 1
        size = gap.group().count("\n") - 1
        yield Fault("unexplained-gap", line, f"{size} blank lines inside the body")


def _undecodable(data: bytes) -> Iterator[Fault]:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        lost = decode(data).count(REPLACEMENT) - _replacements(data)
        where = "1 place" if lost == 1 else f"{lost} places"
        message = f"bytes in {where} are not valid in the encoding of the dump"
        yield Fault("undecodable-bytes", _line(data, error.start), message)


def _replacements(data: bytes) -> int:
    """Return how many U+FFFD characters are in the dump itself: those are valid."""
    return data.count(REPLACEMENT.encode())


def _controls(data: bytes) -> Iterator[Fault]:
    if not _has_controls(data):
        return
    text = decode(data)
    found = _CONTROL.finditer(text)
    first = next(found)
    count = 1 + sum(1 for _ in found)
    name = f"U+{ord(first.group()):04X}"
    message = (
        f"1 control character: {name}"
        if count == 1
        else f"{count} control characters, the first is {name}"
    )
    yield Fault("control-characters", text.count("\n", 0, first.start()), message)


def _has_controls(data: bytes) -> bool:
    """Return True if there is a control character; this is faster than decoding the bytes."""
    if len(data.translate(None, _CONTROL_BYTES)) < len(data):
        return True
    if b"\r" in data and _LONE_RETURN.search(data):
        return True
    if data.isascii():
        return False
    return _C1_UTF8.search(data) is not None


def _line(data: bytes, at: int) -> int:
    """Return how many line ends come before the byte `at`."""
    return data.count(b"\n", 0, at)
