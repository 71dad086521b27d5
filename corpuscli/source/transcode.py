"""Read dumps that are not UTF-8 as UTF-8, and keep their own bytes at hand.

All later code works on UTF-8. Each line of the dump corresponds to one line of its UTF-8, so the
bytes of an article are found by counting its lines.
"""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterator

from ..errors import InputError, UsageError

UTF8 = "utf-8"

LONGEST_LINE = 64 * 1024 * 1024
"""The most bytes in a line of a dump that is not UTF-8."""

INVALID = "\udcff"
"""Replaces invalid bytes; encoded, it is the single byte 0xFF, which is not valid UTF-8 either."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HEAD = 64 * 1024
"""How many of a dump's first bytes are enough to judge its encoding."""

_STATEFUL = ("utf-7", "hz", "iso2022")
_NO_ENCODINGS_OF_TEXT = (
    *("charmap", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"),
)


def check_encoding(name: str) -> str:
    """Return the standard name of an encoding for dumps; raise UsageError for any other.

    A stateful encoding is rejected: a line must mean the same wherever reading begins. `auto`,
    `utf-16` and `utf-32` also count as names; the dump tells the rest (`encoding_of`).
    """
    if name == "auto":
        return name
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError) as error:
        raise UsageError("", f"unknown encoding {name!r}") from error
    standard = info.name.replace("_", "-")
    if standard.startswith(_STATEFUL):
        known_as = standard.upper().replace("ISO2022", "ISO-2022")
        reason = f"{name} is stateful: convert the dump first, iconv -f {known_as} -t UTF-8"
        raise UsageError("", reason)
    if not info._is_text_encoding or standard in _NO_ENCODINGS_OF_TEXT:
        raise UsageError("", f"{name!r} is not a text encoding")
    return UTF8 if standard in (UTF8, "utf-8-sig", "ascii") else standard


def encoding_of(head: bytes, asked: str = "auto") -> str:
    """Return the encoding of a dump that begins with `head`; `asked` is the one asked for.

    For `auto`, the byte order mark decides; without a mark the encoding is UTF-8. For UTF-16 and
    UTF-32 the mark gives the byte order; without a mark it is little-endian.
    """
    if asked in ("auto", "utf-16", "utf-32"):
        for mark, name in _MARKS:
            if head.startswith(mark) and (asked == "auto" or name.startswith(asked)):
                return name
    if asked in ("utf-16", "utf-32"):
        return f"{asked}-le"
    return UTF8 if asked == "auto" else asked


def is_clean(head: bytes) -> bool:
    """Return True if a dump that begins with `head` needs no closer look: UTF-8 without nulls."""
    if b"\0" in head:
        return False
    try:
        codecs.getincrementaldecoder(UTF8)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


class Tape:
    """The original bytes of a dump, from the end of the last article taken."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._newline = "\n".encode(encoding)
        self._parts: deque[bytes] = deque()
        self._data = b""
        self._taken = 0
        """How many bytes of `_data` have been taken."""

    def transcode(self, name: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the chunks as UTF-8 and keep the originals on the tape.

        Raises what `chunks` raises, and InputError for a line longer than `LONGEST_LINE`.
        """
        width = len(self._newline)
        waiting: list[bytes] = []
        size = 0
        odd = b""
        for chunk in chunks:
            # A line end must not straddle two chunks.
            whole = odd + chunk if odd else chunk
            cut = len(whole) - len(whole) % width
            odd, whole = whole[cut:], whole[:cut]
            cut = self._after_last_newline(whole)
            if cut:
                yield self._as_utf8(b"".join([*waiting, whole[:cut]]))
                waiting, size, whole = [], 0, whole[cut:]
            waiting.append(whole)
            size += len(whole)
            if size > LONGEST_LINE:
                limit = LONGEST_LINE // 1024 // 1024
                reason = f"a line is longer than {limit} MiB; is this a dump of pages?"
                raise InputError(name, reason)
        if left := b"".join([*waiting, odd]):
            yield self._as_utf8(left)

    def _as_utf8(self, raw: bytes) -> bytes:
        """Return whole lines as UTF-8, with the same number of lines."""
        self._parts.append(raw)
        text = raw.decode(self._encoding, _HANDLER)
        if text.count("\n") + 1 != len(lines := split_lines(raw, self._newline)):
            # Damaged bytes have swallowed a line end.
            text = "\n".join(line.decode(self._encoding, _HANDLER) for line in lines)
        return text.encode(UTF8, "surrogateescape")

    def take(self, text: bytes) -> bytes:
        """Return the bytes of the dump for `text`, which is the UTF-8 of its next bytes.

        `text` consists of whole lines, or ends at a byte order mark inside a line.
        """
        if self._parts:
            self._data = b"".join([self._data[self._taken :], *self._parts])
            self._parts.clear()
            self._taken = 0
        start = end = self._taken
        for _ in range(text.count(b"\n")):
            end = find_newline(self._data, self._newline, end) + len(self._newline)
        if part := text[text.rfind(b"\n") + 1 :]:
            end += self._length(part.decode(UTF8, "surrogateescape"), end)
        self._taken = end
        return self._data[start:end]

    def rest(self) -> bytes:
        """Return everything that is left."""
        rest = b"".join([self._data[self._taken :], *self._parts])
        self._parts.clear()
        self._data = b""
        self._taken = 0
        return rest

    def _length(self, part: str, start: int) -> int:
        """Return how many bytes from `start` correspond to `part`, the beginning of a line."""
        if len(self._newline) > 1 and INVALID not in part:
            return len(part.encode(self._encoding))
        decoder = codecs.getincrementaldecoder(self._encoding)(_HANDLER)
        read = length = 0
        while read < len(part):
            read += len(decoder.decode(self._data[start + length : start + length + 1]))
            length += 1
        return length

    def _after_last_newline(self, raw: bytes) -> int:
        """Return where the last whole line of `raw` ends, line end included; 0 if there is none."""
        width = len(self._newline)
        at = raw.rfind(self._newline)
        while at >= 0 and at % width:
            at = raw.rfind(self._newline, 0, at + width - 1)
        return at + width if at >= 0 else 0


def split_lines(raw: bytes, newline: bytes) -> list[bytes]:
    """Return the lines of `raw`, which starts with a line, without their line ends."""
    lines = []
    start = 0
    while (end := find_newline(raw, newline, start)) >= 0:
        lines.append(raw[start:end])
        start = end + len(newline)
    return [*lines, raw[start:]]


def find_newline(raw: bytes, newline: bytes, start: int) -> int:
    """Return where the next line of `raw` from `start` ends; -1 if it has no line end.

    A line end of n bytes begins at a multiple of n.
    """
    at = raw.find(newline, start)
    while at >= 0 and at % len(newline):
        at = raw.find(newline, at + 1)
    return at


_HANDLER = "corpuscli-invalid"


def _mark_invalid(error: UnicodeError) -> tuple[str, int]:
    """Return a single `INVALID` for bytes that cannot be decoded."""
    assert isinstance(error, UnicodeDecodeError)
    return INVALID, error.end


codecs.register_error(_HANDLER, _mark_invalid)
