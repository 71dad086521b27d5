"""Lines and white space: when a line is blank, and when two lines are the same.

A line ends at `\\n` and nowhere else: `\\r` before it is white space, and VT, FF, NEL, U+2028 and
U+2029 are characters like others (FORMAT.md, "Words").
"""

from __future__ import annotations

from unicodedata import is_normalized, normalize

BOM = "\ufeff"

WHITE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000" + BOM
)
"""What `str.isspace` calls white space, and U+FEFF."""


def trim(text: str) -> str:
    """Return `text` without white space at its ends; inside it stays as it is."""
    if text and "!" <= text[0] <= "~" and "!" <= text[-1] <= "~":
        # As most begin and end. There are forty characters to strip.
        return text
    return text.strip(WHITE)


STRETCH = 512
"""Characters that are normalised together, at most: marks in a row take quadratic time."""


def _compose(line: str) -> str:
    """Return `line` in NFC; a word that is longer than `STRETCH` in pieces of that size."""
    if len(line) <= STRETCH:
        return normalize("NFC", line)
    pieces = [
        [word[at : at + STRETCH] for at in range(0, len(word), STRETCH)] for word in line.split()
    ]
    return " ".join("".join([normalize("NFC", piece) for piece in word]) for word in pieces)


def fold(line: str) -> str:
    """Return what a line has in common with exactly the lines that are the same.

    Those are equal after NFC, with U+FEFF dropped and each run of white space as one space.
    """
    if not line.isascii():
        if BOM in line:
            line = line.replace(BOM, "")
        if not is_normalized("NFC", line):
            line = _compose(line)
    return " ".join(line.split())


def has_letter(text: str) -> bool:
    """Return whether `text` says something: a number, a rule of dashes or a bullet does not."""
    return any(map(str.isalpha, text))


def decode(data: bytes) -> str:
    """Return UTF-8 as text; bytes that are not valid become U+FFFD."""
    return data.decode("utf-8", "replace")


def is_blank(line: bytes) -> bool:
    """Return whether a line of UTF-8 is nothing but white space."""
    if not line.strip():
        return True
    # A first byte of printable ASCII settles nearly every line without decoding it.
    return not 0x20 < line[0] < 0x7F and not trim(decode(line))
