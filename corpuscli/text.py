"""Lines and white space: when a line is blank, and when two lines are the same.

A line ends at `\\n` and nowhere else: `\\r` before it is white space, and VT, FF, NEL, U+2028 and
U+2029 are characters like others (FORMAT.md, "Words").
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import is_normalized, normalize

BOM = "\ufeff"

WHITE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000" + BOM
)
"""What `str.isspace` calls white space, and U+FEFF."""


def trim(text: str) -> str:
    """`text` without white space at its ends; inside it stays as it is."""
    if text and "!" <= text[0] <= "~" and "!" <= text[-1] <= "~":
        # As most begin and end. There are forty characters to strip.
        return text
    return text.strip(WHITE)


def fold(line: str) -> str:
    """What two lines have in common exactly when they are the same.

    They are when equal after NFC, U+FEFF dropped, and runs of white space as one space.
    """
    if not line.isascii():
        if BOM in line:
            line = line.replace(BOM, "")
        if not is_normalized("NFC", line):
            line = normalize("NFC", line)
    return " ".join(line.split())


def has_letter(text: str) -> bool:
    """True if `text` says something: a number, a rule of dashes or a bullet does not."""
    return any(map(str.isalpha, text))


class Codec:
    """How the bytes of a dump become text: an encoding in which `\\n` is the one byte 0x0A."""

    __slots__ = ("bom", "is_utf8", "name")

    def __init__(self, name: str = "utf-8") -> None:
        self.name = name
        self.is_utf8 = name == "utf-8"
        try:
            self.bom = BOM.encode(name)
        except UnicodeEncodeError:
            self.bom = b""
        """The bytes of U+FEFF; empty where the encoding has no such character."""

    def decode(self, data: bytes) -> str:
        """`data` as text; bytes that are not valid become U+FFFD."""
        return data.decode(self.name, "replace")

    def is_blank(self, line: bytes) -> bool:
        """True for a line of white space only."""
        if not line.strip():
            return True
        # A first byte of printable ASCII settles nearly every line without decoding it.
        return not 0x20 < line[0] < 0x7F and not trim(self.decode(line))

    def fold(self, line: bytes) -> str:
        """`fold` of the line's text."""
        return _fold_short(line, self.name) if len(line) < SHORT else fold(self.decode(line))


SHORT = 1024
"""Bytes of a line that is worth remembering: headers say everything twice, or four times."""


@lru_cache(maxsize=1024)
def _fold_short(line: bytes, encoding: str) -> str:
    return fold(line.decode(encoding, "replace"))
