"""Tell what a file looks like by its first bytes: kinds that are often mistaken for dumps.

Signatures come from the formats' own specifications. Text is judged by more than its first line,
and a single line never decides that it is something else.
"""

from __future__ import annotations

import codecs
import re
from enum import Enum
from typing import NamedTuple

from .transcode import HEAD as HEAD
from .transcode import UTF8, encoding_of, is_clean


class Kind(Enum):
    """How reliable a look is, and what follows from it."""

    SIGNATURE = "signature"
    """Another kind of file, by its first bytes: not a dump."""
    CONTENT = "content"
    """Another kind of file, by its contents: not a dump, unless headers are found in it."""
    ENCODING = "encoding"
    """Possibly a dump, but not in UTF-8."""


class Look(NamedTuple):
    """What a file looks like."""

    kind: Kind
    name: str
    """With its indefinite article: `a PDF document`."""
    encoding: str | None = None
    """For `Kind.ENCODING`, the name of the encoding to try; None if nothing points to one."""

    @property
    def advice(self) -> str:
        """Return what to do about an encoding that does not fit."""
        return f"try --encoding {self.encoding}" if self.encoding else "name its --encoding"

    def is_foreign(self, has_headers: bool) -> bool:
        """Return True for a file of another kind. Headers in a text prove that it is a dump."""
        return self.kind is Kind.SIGNATURE or (self.kind is Kind.CONTENT and not has_headers)


WARC = "a WARC web archive"

_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"%!PS-", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a zip archive (so are docx, xlsx, odt and epub)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x1f\x8b\x08", "gzip data inside the compressed data"),
    (b"\x1f\x9d", "compress (.Z) data"),
    (b"\x04\x22\x4d\x18", "lz4 data"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"Obj\x01", "an Avro file"),
    (b"ARROW1\0\0", "an Arrow file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"WARC/", WARC),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 image"),
    (b"OggS\0", "an Ogg recording"),
    (b"ID3\x03\0", "an MP3 recording"),
    (b"ID3\x04\0", "an MP3 recording"),
)

_RIFF = {b"WEBP": "a WebP image", b"WAVE": "a WAV recording", b"AVI ": "an AVI video"}

_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""The byte order marks of UTF-16 and UTF-32."""

_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\f\r")) + b"\x7f"

_ENVELOPE = re.compile(rb"From \S.*\d\d:\d\d.*\r?\n[A-Za-z][A-Za-z-]*: ")
_MAIL_FIELD = re.compile(
    rb"(?i)(?:received|return-path|message-id|mime-version|delivered-to|reply-to|from|to|cc"
    rb"|subject|date|content-type|x-[a-z-]+|dkim-signature|list-id): "
)
_HTML = re.compile(
    rb"(?i)<!doctype\s+html|<(?:html|head|body|meta|script|article|section|table|div|p)[\s>]"
)
_XML_KINDS = (
    (b"<rss", "an RSS feed"),
    (b"<feed", "an Atom feed"),
    (b"<mediawiki", "a MediaWiki export"),
    (b"<svg", "an SVG image"),
    (b"<html", "an HTML file"),
)
_JSON = re.compile(
    rb'\{\s*"(?:[^"\\\n]|\\.)*"\s*:'  # an object and its first key
    rb'|\[\s*(?:\{\s*["}]|"(?:[^"\\\n]|\\.)*"\s*[,\]]|\[|-?\d+(?:\.\d+)?\s*,)'
)
_FRONT = re.compile(rb"(?:\xef\xbb\xbf|\s+|<!--.*?-->)*", re.S)


def looks_like(head: bytes) -> Look | None:
    """Return what a file that begins with `head`, its first `HEAD` bytes, looks like.

    Returns None if it may be a dump. `head` is decompressed; if it is shorter than `HEAD` bytes, it
    is the whole file.
    """
    head = head[:HEAD]
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return Look(Kind.SIGNATURE, name)
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return Look(Kind.SIGNATURE, _RIFF[head[8:12]])
    if head[257:262] == b"ustar":
        return Look(Kind.SIGNATURE, "a tar archive")
    if head[4:8] == b"ftyp" and b"\0" in head[:4]:
        return Look(Kind.SIGNATURE, "a video or image (MP4, MOV, HEIC, AVIF)")
    if head.startswith(_BOMS):
        return None
    return _wide(head) or _binary(head) or _text(head) or _narrow(head)


def _wide(head: bytes) -> Look | None:
    """Recognise UTF-16 or UTF-32 without a byte order mark: many nulls, and sound text."""
    pairs = len(head) // 2
    nulls = {"be": head[0 : 2 * pairs : 2].count(0), "le": head[1 : 2 * pairs : 2].count(0)}
    if pairs < 4 or sum(nulls.values()) * 20 < pairs:
        return None
    for order in sorted(nulls, key=lambda order: nulls[order], reverse=True):
        if _is_sound(head, f"utf-32-{order}"):
            return Look(Kind.ENCODING, "UTF-32 without a byte order mark", f"utf-32-{order}")
    few, order = min((count, order) for order, count in nulls.items())
    order = "le" if order == "be" else "be"
    if few * 50 > nulls[order] or not _is_sound(head, f"utf-16-{order}"):
        return None
    return Look(Kind.ENCODING, "UTF-16 without a byte order mark", f"utf-16-{order}")


def _is_sound(head: bytes, encoding: str) -> bool:
    """Return True if `head` decodes, and almost all of it is printable."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    odd = sum(not (c.isprintable() or c in "\t\n\r\xa0\ufeff\u200e\u200f") for c in text)
    return bool(text) and odd * 100 <= len(text)


def _binary(head: bytes) -> Look | None:
    """Recognise binary data: at least one byte in twenty is one that no text has."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls >= 8 and controls * 20 >= len(head):
        return Look(Kind.CONTENT, "binary data")
    return None


def _text(head: bytes) -> Look | None:
    """Recognise text in a format of its own."""
    front = _FRONT.match(head)
    text = head[front.end() :] if front else head
    name = _mail(head) or _markup(text) or _json(text) or _table(head)
    return Look(Kind.CONTENT, name) if name else None


def _mail(head: bytes) -> str | None:
    if _ENVELOPE.match(head):
        return "a mailbox (mbox)"
    fields = 0
    for line in head.split(b"\n", 40)[:40]:
        if _MAIL_FIELD.match(line):
            fields += 1
        elif not line[:1].isspace() or not fields:
            break
    return "an e-mail message" if fields >= 3 else None


def _markup(text: bytes) -> str | None:
    if _HTML.match(text):
        return "an HTML file"
    if text.startswith(b"<?xml"):
        root = next((name for tag, name in _XML_KINDS if tag in text[:4096].lower()), None)
        return root or "an XML file"
    return next((name for tag, name in _XML_KINDS if text.lower().startswith(tag)), None)


def _json(text: bytes) -> str | None:
    if not _JSON.match(text):
        return None
    lines = [line for line in text.split(b"\n", 3)[:3] if line.strip()]
    many = len(lines) > 1 and all(line.lstrip().startswith(b"{") for line in lines)
    return "JSON Lines" if many else "JSON"


def _table(head: bytes) -> str | None:
    """Recognise rows with the same number of cells, none of them blank: prose has no such lines."""
    for delimiter, least, name in (
        ("\t", 2, "a table of tab-separated values (TSV)"),
        (",", 3, "a table of comma-separated values (CSV)"),
        (";", 3, "a table of semicolon-separated values (CSV)"),
        ("|", 3, "a table of values separated by |"),
    ):
        if _are_quoted(head, f'"{delimiter}"'.encode()):
            least = 2
        if head.count(delimiter.encode()) >= 2 * (least - 1) and _is_table(head, delimiter, least):
            return name
    return None


def _are_quoted(head: bytes, between: bytes) -> bool:
    """Return True if every line begins with a quotation mark and has two more with `between`."""
    lines = head.split(b"\n")
    lines = [line for line in lines[: -1 if len(head) == HEAD else None] if line]
    return all(line[:1] == b'"' and between in line for line in lines)


def _is_table(head: bytes, delimiter: str, least: int) -> bool:
    """Return True if `head` has at least three rows, all with the same number of cells.

    That number is at least `least`.
    """
    import csv
    import io

    text = head.decode("utf-8-sig", "replace").replace("\0", "")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return False
    while rows and not rows[-1]:
        rows.pop()
    if len(head) == HEAD:
        rows.pop()
    width = len(rows[0]) if rows else 0
    return len(rows) >= 3 and width >= least and all(len(row) == width for row in rows)


def _narrow(head: bytes) -> Look | None:
    """Recognise an encoding of one byte per character: most non-ASCII bytes are not UTF-8."""
    letters = head.translate(None, bytes(range(0x80)))
    invalid = len(head) - len(head.decode("utf-8", "ignore").encode())
    if len(letters) < 8 or len(set(letters)) < 3 or invalid * 2 < len(letters):
        return None
    name = _narrow_name(head, letters)
    return Look(Kind.ENCODING, "text that is not UTF-8", name)


def _narrow_name(head: bytes, letters: bytes) -> str | None:
    """Return the likeliest of three encodings, by how common their commonest letters are.

    Returns None if none of them fits. Western text is mostly ASCII; in Arabic, alef and lam are a
    fifth of all letters; Cyrillic is nearly all small letters, which fill the last 32 code points.
    """
    words = len(head.translate(None, bytes(range(0x41))))
    if len(letters) * 4 < words:
        return "windows-1252"
    if (letters.count(0xC7) + letters.count(0xE1)) * 8 > len(letters):
        return "windows-1256"
    small = sum(letter >= 0xE0 for letter in letters)
    return "windows-1251" if small * 4 > len(letters) * 3 else None


def other_encoding(head: bytes, encoding: str) -> Look | None:
    """Return what a dump that begins with `head` looks like when `encoding` does not fit it."""
    marked = encoding_of(head)
    if marked not in (UTF8, encoding):
        return Look(Kind.ENCODING, f"text with the byte order mark of {marked}", marked)
    if encoding != UTF8 and _is_utf8_not(encoding, head):
        return Look(Kind.ENCODING, "UTF-8", UTF8)
    wide = encoding.startswith(("utf-16", "utf-32"))
    look = looks_like(head) if encoding == UTF8 else _wide(head) if wide else None
    if look is None or look.kind is not Kind.ENCODING or look.encoding == encoding:
        return None
    return look


def _is_utf8_not(encoding: str, head: bytes) -> bool:
    """Return True if `head` is UTF-8, and would mean something else in `encoding`.

    Four non-ASCII characters are not chance, nor are many bytes without a null in UTF-16.
    """
    if len(head) < 32 or not is_clean(head):
        return False
    text = head.decode(UTF8, "ignore")
    if "\n".encode(encoding) == b"\n" and sum(not c.isascii() for c in text) < 4:
        return False
    return head.decode(encoding, "replace")[: len(text) - 1] != text[:-1]
