"""A caption, cut once into tokens, which the rules for date, place and credit share.

A token is a word (`Cairo`, `al-Sayed`, `U.S.`), a number, the `'s` of an owner, or one sign. `d'`
and `l'` are words of their own: `l'ouest d'Almaty`. Token `i` is `text[starts[i]:ends[i]]`; its
kind is WORD, NUMBER, OWNER, or the code of the sign. `dates`, `places` and `credits` have the roles
of a word around each, `shapes` what its letters tell, and `words` the word as the lexicon keeps it;
all other tokens have 0 or nothing there.
"""

from __future__ import annotations

from corpuscli.captions.lexicon import DATE_BIT, KNOWN, look_up

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

_MONTH = DATE_BIT["month"]
WORD = 1
NUMBER = 2
OWNER = 3


class Tokens:
    """The tokens of one caption, as lists of equal length."""

    __slots__ = ("credits", "dates", "ends", "kinds", "places", "shapes", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[int] = []
        self.dates: list[int] = []
        self.places: list[int] = []
        self.credits: list[int] = []
        self.shapes: list[int] = []
        self.words: list[str] = []


def one_line(text: str) -> str:
    """Return a text with one space wherever there is white space, and none at its ends."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(text.split())


def cut(text: str) -> Tokens:
    """Return the tokens of a caption."""
    tokens = Tokens(text)
    starts: list[int] = tokens.starts
    ends: list[int] = tokens.ends
    kinds: list[int] = tokens.kinds
    dates: list[int] = tokens.dates
    places: list[int] = tokens.places
    roles: list[int] = tokens.credits
    shapes: list[int] = tokens.shapes
    words: list[str] = tokens.words
    known: dict[str, tuple[int, int, int, int, str]] = KNOWN
    n: cython.Py_ssize_t = len(text)
    i: cython.Py_ssize_t = 0
    j: cython.Py_ssize_t
    kind: cython.int
    c: cython.Py_UCS4
    while i < n:
        c = text[i]
        if c == " ":
            i += 1
            continue
        starts.append(i)
        if "a" <= c <= "z" or "A" <= c <= "Z" or (c > "\x7f" and _is_letter(c)):
            j = _end_of_word(text, i, n)
            word = text[i:j]
            found = known.get(word)
            if found is None:
                found = look_up(word)
            kinds.append(WORD)
            dates.append(found[0])
            places.append(found[1])
            roles.append(found[2])
            shapes.append(found[3])
            words.append(found[4])
            ends.append(j)
            i = j
            continue
        j = i + 1
        if "0" <= c <= "9" or (c > "\x7f" and c.isdecimal()):
            kind = NUMBER
            while j < n and text[j].isdecimal():
                j += 1
        elif c.isspace():
            starts.pop()
            i = j
            continue
        elif (c == "'" or c == "’") and _is_owner(text, i, n):
            kind = OWNER
            j = i + 2
        elif c == "،":
            kind = 44
        else:
            kind = ord(c)
        kinds.append(kind)
        dates.append(0)
        places.append(0)
        roles.append(0)
        shapes.append(0)
        words.append("")
        ends.append(j)
        i = j
    return tokens


@cython.cfunc
@cython.inline
def _is_letter(c: cython.Py_UCS4) -> cython.bint:
    """Whether a character is a letter, or a mark that belongs to one."""
    if c.isalpha():
        return True
    return (
        "\u0300" <= c <= "\u036f"
        or "\u0591" <= c <= "\u05bd"
        or "\u064b" <= c <= "\u065f"
        or c == "\u0670"
        or ("\u0900" <= c <= "\u0963" and c != "\u0950")
        or c == "\u200c"
        or c == "\u200d"
    )


@cython.cfunc
def _end_of_word(text: str, i: cython.Py_ssize_t, n: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where the word that begins at `i` ends."""
    start: cython.Py_ssize_t = i
    c: cython.Py_UCS4
    after: cython.Py_UCS4
    i += 1
    while i < n:
        c = text[i]
        if "a" <= c <= "z" or "A" <= c <= "Z":
            i += 1
        elif c == " " or c == ",":
            break
        elif c == "'" or c == "’":
            if i + 1 == n or not _is_letter(text[i + 1]) or _is_owner(text, i, n):
                break
            i += 1
            if _is_elided(text, start, i):
                break
        elif c == "-":
            if i + 1 == n or not text[i + 1].isalnum() or _is_dash(text, i + 1, n):
                break
            i += 1
        elif c == ".":
            after = text[i + 1] if i + 1 < n else " "
            if i == start + 1 or text[i - 2] == ".":
                # U.S., D.C.; one letter with its stop is an initial.
                if after.isalpha() and (i + 2 == n or not text[i + 2].isalpha()):
                    i += 1
                    continue
                if i > start + 1:
                    i += 1
                break
            if not (i - start > 2 and "a" <= after <= "z"):
                break
            i += 1  # picturedesk.com
        elif c.isdecimal():
            if text[start] >= "\u3040":
                break  # 年10月
            i += 1
        elif c == "_" or _is_letter(c):
            i += 1
        else:
            break
    return i


@cython.cfunc
@cython.inline
def _is_owner(text: str, i: cython.Py_ssize_t, n: cython.Py_ssize_t) -> cython.bint:
    """Whether `'s` begins at `i` and ends a word."""
    if i + 1 >= n or (text[i + 1] != "s" and text[i + 1] != "S"):
        return False
    return i + 2 == n or not text[i + 2].isalnum()


@cython.cfunc
def _is_elided(text: str, start: cython.Py_ssize_t, i: cython.Py_ssize_t) -> cython.bint:
    """Whether `text[start:i]` is `d'`, `l'` or `dell'`, with its apostrophe."""
    length: cython.Py_ssize_t = i - start - 1
    if length == 1:
        c: cython.Py_UCS4 = text[start]
        return c == "d" or c == "l" or (c == "L" and text[i].islower())
    return length == 4 and text[start : i - 1] in ("dell", "nell", "dall", "sull")


@cython.cfunc
def _is_dash(text: str, i: cython.Py_ssize_t, n: cython.Py_ssize_t) -> cython.bint:
    """Whether a hyphen is a dash, because a month and a day follow: `China-April 24`."""
    if not text[i].isupper():
        return False
    space = text.find(" ", i, i + 11)
    if space < 0 or space + 1 == n or not text[space + 1].isdecimal():
        return False
    return look_up(text[i:space])[0] & _MONTH != 0
