# cython: annotation_typing=False, infer_types=True, boundscheck=False, wraparound=False
# cython: initializedcheck=False
"""A caption, cut once into tokens, which the rules for date, place and credit share.

A token is a word (`Cairo`, `al-Sayed`, `U.S.`), a number, the `'s` of an owner, or one sign. `d'`
and `l'` are words of their own: `l'ouest d'Almaty`. The tokens of a caption are `FIRST` up to `n`;
`MARGIN` empty ones before and after, so rules need not check where a caption ends.
"""

from __future__ import annotations

from array import array

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.captions.lexicon import KNOWN, NAMES, Name, look_up
else:
    from corpuscli.captions.lexicon import KNOWN, NAMES, Name, look_up

from corpuscli.captions.lexicon import BEGINS_NAME, CAPITAL, CASELESS, DATE_BIT, LOWER

MARGIN = 16
FIRST = MARGIN
WORD = 1
NUMBER = 2
OWNER = 3
"""The kind of a token; a sign's kind is its code."""
END = 0
"""The kind of what is outside a caption."""

_MONTH = DATE_BIT["month"]
_ROOM = 600  # tokens for which room is kept
_LONGEST = 4000


@cython.cclass
class Tokens:
    """The tokens of one caption.

    Token `i` is `text[starts[i]:ends[i]]`. `dates`, `places` and `credits` have the roles of a word
    around each, `shapes` what its letters tell, `words` how the lexicon keeps it; `values` has the
    value of a number of up to four digits. Where a name of several words begins that the lexicon
    has, `name_ends` tells where it ends as a place's and `name_places` its roles; `firm_ends` and
    `firm_roles` the same around a credit.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.text = ""
        self.n = FIRST
        self.low = FIRST  # where the place is looked for, and the roles of the words there
        self.union = 0
        self.words: list[str] = [""] * room
        zeros = bytes(8 * room)
        self.kinds = array("q", zeros)
        self.starts = array("q", zeros)
        self.ends = array("q", zeros)
        self.values = array("q", zeros)
        self.dates = array("q", zeros)
        self.places = array("q", zeros)
        self.credits = array("q", zeros)
        self.shapes = array("q", zeros)
        self.name_ends = array("q", zeros)
        self.name_places = array("q", zeros)
        self.firm_ends = array("q", zeros)
        self.firm_roles = array("q", zeros)

    def clear(self, first: int, last: int) -> None:
        """Empty the tokens `first` up to `last`."""
        for i in range(first, last):
            self.kinds[i] = self.values[i] = self.dates[i] = self.places[i] = self.credits[i] = 0
            self.shapes[i] = self.name_ends[i] = self.name_places[i] = 0
            self.firm_ends[i] = self.firm_roles[i] = 0
            self.starts[i] = self.ends[i] = -1 if i < FIRST else len(self.text) + 1
            self.words[i] = ""

    def slice(self, first: int, last: int) -> str:
        """Return tokens as they are written."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def is_glued(self, i: int) -> bool:
        """Whether a token follows the one before it without a space."""
        return self.starts[i] == self.ends[i - 1]

    def length(self, i: int) -> int:
        """Return how many characters a token has."""
        return self.ends[i] - self.starts[i]

    def is_name(self, i: int) -> bool:
        """Whether a token is a word with a capital: `Cairo`, `al-Hol`."""
        return self.kinds[i] == WORD and not self.shapes[i] & (LOWER | CASELESS)

    def is_capital(self, i: int) -> bool:
        """Whether a word begins with a capital, or with a letter of a script that has none."""
        return self.shapes[i] & (CAPITAL | CASELESS) != 0

    def is_day(self, i: int) -> bool:
        """Whether a token is a number of one or two digits."""
        return self.kinds[i] == NUMBER and self.length(i) < 3

    def is_year(self, i: int) -> bool:
        """Whether a token is a year of photography."""
        return self.kinds[i] == NUMBER and self.length(i) == 4 and 1800 <= self.values[i] < 2100


def one_line(text: str) -> str:
    """Return a text with one space wherever there is white space, and none at its ends.

    No caption is long: of a text longer than `_LONGEST` only the head and the tail are read.
    """
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(text.split())


_spare: list[Tokens] = []


def release(tokens: Tokens) -> None:
    """Keep the room of tokens that are no longer needed for the next caption."""
    if tokens.room == _ROOM and len(_spare) < 4:
        _spare.append(tokens)


def cut(text: str) -> Tokens:
    """Return the tokens of a caption, whose text is one line."""
    n = len(text)
    if n + 2 * MARGIN <= _ROOM:
        try:
            t = _spare.pop()
        except IndexError:
            t = Tokens(_ROOM)
    else:
        t = Tokens(n + 2 * MARGIN)
    t.text = text
    at = FIRST
    i = 0
    while i < n:
        c = text[i]
        if c == " ":
            i += 1
            continue
        t.starts[at] = i
        t.values[at] = t.name_ends[at] = t.name_places[at] = t.firm_ends[at] = t.firm_roles[at] = 0
        if _is_latin(c) or (c > "\x7f" and _is_letter(c)):
            j = _end_of_word(text, i, n)
            written = text[i:j]
            word = KNOWN.get(written)
            if word is None:
                word = look_up(written)
            t.kinds[at] = WORD
            t.dates[at] = word.dates
            t.places[at] = word.places
            t.credits[at] = word.credits
            t.shapes[at] = word.shape
            t.words[at] = word.folded
        else:
            j = i + 1
            if "0" <= c <= "9" or (c > "\x7f" and c.isdecimal()):
                while j < n and text[j].isdecimal():
                    j += 1
                kind = NUMBER
                if j - i <= 4:
                    t.values[at] = int(text[i:j])
            elif c.isspace():
                i = j
                continue
            elif (c == "'" or c == "’") and _is_owner(text, i, n):
                kind = OWNER
                j += 1
            elif c == "،":
                kind = 44
            else:
                kind = ord(c)
            t.kinds[at] = kind
            t.dates[at] = t.places[at] = t.credits[at] = t.shapes[at] = 0
            t.words[at] = text[i:j]
        t.ends[at] = j
        at += 1
        i = j
    t.n = at
    t.clear(0 if t.starts[0] == 0 else FIRST, FIRST)
    t.clear(at, at + MARGIN)
    if NAMES:
        for i in range(FIRST, at):
            if t.shapes[i] & BEGINS_NAME or t.kinds[i] == NUMBER:
                _find_name(t, i)
    return t


def _find_name(t: Tokens, i: int) -> None:
    """Find the longest name of several words that begins with token `i`."""
    node: Name | None = NAMES.get(t.words[i])
    k = i + 1
    while node is not None:
        node = node.after.get(t.words[k])
        k += 1
        if node is None:
            break
        roles = node.credits
        if node.exact is not None:
            roles |= node.exact.get(t.slice(i, k), 0)
        if node.places:
            t.name_ends[i] = k
            t.name_places[i] = node.places
        if roles:
            t.firm_ends[i] = k
            t.firm_roles[i] = roles


def _is_latin(c: str) -> bool:
    return "a" <= c <= "z" or "A" <= c <= "Z"


def _is_letter(c: str) -> bool:
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


def _end_of_word(text: str, start: int, n: int) -> int:
    """Where the word that begins at `start` ends."""
    i = start + 1
    while i < n:
        c = text[i]
        if _is_latin(c):
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
                return i if i == start + 1 else i + 1
            if i - start < 3 or not "a" <= after <= "z":
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


def _is_owner(text: str, i: int, n: int) -> bool:
    """Whether `'s` begins at `i` and ends a word."""
    if i + 1 >= n or (text[i + 1] != "s" and text[i + 1] != "S"):
        return False
    return i + 2 == n or not text[i + 2].isalnum()


def _is_elided(text: str, start: int, i: int) -> bool:
    """Whether `text[start:i]` is `d'`, `l'` or `dell'`, with its apostrophe."""
    if i - start == 2:
        c = text[start]
        return c == "d" or c == "l" or (c == "L" and text[i].islower())
    return i - start == 5 and text[start : i - 1] in ("dell", "nell", "dall", "sull")


def _is_dash(text: str, i: int, n: int) -> bool:
    """Whether a hyphen is a dash, because a month and a day follow: `China-April 24`."""
    if not text[i].isupper():
        return False
    space = text.find(" ", i, i + 11)
    if space < 0 or space + 1 == n or not text[space + 1].isdecimal():
        return False
    return look_up(text[i:space]).dates & _MONTH != 0
