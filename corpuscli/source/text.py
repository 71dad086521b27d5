"""Lines and white space: when a line is blank, and when two lines are the same.

A line ends at `\\n` and nowhere else: a `\\r` before it is white space, and VT, FF, NEL, U+2028 and
U+2029 are ordinary characters (FORMAT.md, "Words").
"""

from __future__ import annotations

import os
from unicodedata import is_normalized, normalize

BOM = "\ufeff"

WHITE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000" + BOM
)
"""The characters that `str.isspace` accepts, and U+FEFF."""


def trim(text: str) -> str:
    """Return `text` without white space at its ends; white space inside it is kept."""
    if text and "!" <= text[0] <= "~" and "!" <= text[-1] <= "~":
        # Most texts begin and end this way, and there are forty characters to strip.
        return text
    return text.strip(WHITE)


STRETCH = 512
"""The most characters that are normalised together: marks in a row take quadratic time."""


def _compose(line: str) -> str:
    """Return `line` in NFC; a word longer than `STRETCH` is composed in pieces of that size."""
    if len(line) <= STRETCH:
        return normalize("NFC", line)
    pieces = [
        [word[at : at + STRETCH] for at in range(0, len(word), STRETCH)] for word in line.split()
    ]
    return " ".join("".join([normalize("NFC", piece) for piece in word]) for word in pieces)


def fold(line: str) -> str:
    """Return a form of a line that is equal for exactly those lines that are the same.

    Lines are the same if they are equal in NFC, with U+FEFF dropped and each run of white space
    replaced by one space.
    """
    if not line.isascii():
        if BOM in line:
            line = line.replace(BOM, "")
        if not is_normalized("NFC", line):
            line = _compose(line)
    return " ".join(line.split())


def has_letter(text: str) -> bool:
    """Return whether `text` has a letter; a number, a rule of dashes or a bullet has none."""
    return any(map(str.isalpha, text))


def decode(data: bytes) -> str:
    """Return UTF-8 as text; invalid bytes become U+FFFD."""
    return data.decode("utf-8", "replace")


def path_text(path: str) -> str:
    """Return a path as records give it: JSON cannot hold invalid UTF-8, so it becomes U+FFFD."""
    return decode(os.fsencode(path))


def is_blank(line: bytes) -> bool:
    """Return whether a line of UTF-8 is only white space."""
    if not line.strip():
        return True
    # If the first byte is printable ASCII, as in almost every line, nothing needs decoding.
    return not 0x20 < line[0] < 0x7F and not trim(decode(line))
