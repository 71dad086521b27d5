# cython: annotation_typing=False, infer_types=True, boundscheck=False, wraparound=False
# cython: initializedcheck=False
"""Whom a caption credits for its photo.

A caption is read as agencies set it: a sentence or two, and then, or before them, the credit: in
brackets, after a label, after a dash, or bare (`REUTERS/Name`, `Name/AFP`). Of several the first is
the answer. Its brackets, its label, a year and a day do not belong to it.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.captions.dates import Found, find_dates
    from cython.cimports.corpuscli.captions.tokens import FIRST, NUMBER, OWNER, WORD, Tokens, cut
else:
    from corpuscli.captions.dates import Found, find_dates
    from corpuscli.captions.tokens import FIRST, NUMBER, OWNER, WORD, Tokens, cut

from corpuscli.captions.lexicon import (
    ARABIC,
    CAPITAL,
    CASELESS,
    CREDIT_BIT,
    LOWER,
    PLACE_BIT,
    RUSSIAN,
    UPPER,
    bits,
    load_places,
)
from corpuscli.captions.tokens import one_line, release

_AGENCY, _FIRM, _BYLINE, _AFTER_FIRM, _TAIL, _OFFICE = bits(
    CREDIT_BIT, "agency|firm firm byline after-firm agency|firm|after-firm office"
)
_LABEL, _ALONE, _ARCHIVE_LABEL, _LABELS, _TRIGGER, _JOINT, _END_NOTE, _IN_LABEL, _IN_NAME = bits(
    CREDIT_BIT,
    "label label-alone archive-label label|label-alone|archive-label "
    "label|label-alone|archive-label|byline joint|agency|firm end-note in-label in-name",
)
_PARTY, _ASIDE, _ALL_ASIDE, _SOURCE, _ARCHIVE, _COURTESY, _TITLE = bits(
    CREDIT_BIT, "party aside|party all-aside source archive courtesy title"
)
_PLACE_IN, _PLACE = bits(PLACE_BIT, "place-in|place-at|place-of city|country|region")

_MOST = 160  # characters of a credit
_SLASH, _STOP, _COMMA, _COLON, _BAR, _AT, _HYPHEN, _OPEN, _CLOSE = map(ord, "/.,:|@-()")
_LONG_DASH, _COPYRIGHT = map(ord, "—©")
_BRACKETS = frozenset(map(ord, "()[]"))
_OPENING = frozenset(map(ord, "(["))
_DASHES = frozenset(map(ord, "-–—|"))
_AROUND = frozenset(map(ord, ",;:|\"“”'’\u200e\u200f\ufeff-–—/()[]"))
_BEHIND = frozenset(map(ord, ",;:|\"“”'’\u200e\u200f\ufeff-–—/([*"))
_ENDS_SENTENCE = frozenset(map(ord, ".!?…"))
_BEFORE_SENTENCE = frozenset(map(ord, '.!?…"”)]-–—|»>'))
_SETS_APART = frozenset(map(ord, '.!?…"”)]'))
_ENDS_BYLINE = frozenset(map(ord, "():;"))


@cython.cclass
class Credit:
    """A credit: the tokens `first` up to `last`; its brackets or its label begin at `block`."""

    def __init__(self, block: int, first: int, last: int) -> None:
        self.block = block
        self.first = first
        self.last = last


def find_credit(text: str) -> str | None:
    """Return photographer and agency as the caption writes them, or None."""
    load_places()
    tokens = cut(one_line(text))
    credit = credit_text(tokens, read_credit(tokens, find_dates(tokens)))
    release(tokens)
    return credit


def credit_text(t: Tokens, credit: Credit | None) -> str | None:
    """Return a credit as it is written."""
    return None if credit is None else t.slice(credit.first, credit.last)


def read_credit(t: Tokens, found: list[Found]) -> Credit | None:
    """Return the credit of a caption whose dates were found."""
    return _marked(t, found) or _unmarked(t, found)


# What a token is.


def _name_roles(t: Tokens, i: int) -> int:
    """The roles of the name that begins with token `i`, of one word or of several."""
    return t.credits[i] | t.firm_roles[i]


def _end_of_name(t: Tokens, i: int, roles: int) -> int:
    """Where a name with one of these roles ends that begins with token `i`; or `i`."""
    if t.firm_roles[i] & roles:
        return t.firm_ends[i]
    return i + 1 if t.credits[i] & roles else i


def _is_stop(t: Tokens, i: int) -> bool:
    """Whether a sentence ends with sign `i`, or a dash sets off what follows."""
    kind = t.kinds[i]
    if kind <= OWNER:
        return False
    is_glued = t.is_glued(i)
    if kind in _DASHES:
        return not is_glued or ((kind == _LONG_DASH or kind == _BAR) and t.kinds[i - 1] <= OWNER)
    if kind not in _ENDS_SENTENCE or not is_glued:
        return False
    shape = t.shapes[i - 1]
    if kind == _STOP and shape & CAPITAL:
        if t.length(i - 1) == 1 or (t.length(i - 1) == 2 and not shape & UPPER):
            return False  # J. Smith, Mr. Smith
    if not t.is_glued(i + 1):
        return True
    if t.kinds[i + 1] != WORD:
        return t.kinds[i + 1] > OWNER and not t.is_glued(i + 2)  # .” He
    if kind != _STOP or t.length(i - 1) < 3 or not shape & LOWER:
        return False
    return t.shapes[i + 1] & (CAPITAL | UPPER) == CAPITAL  # mayo.Carla


# What tokens `first` up to `last` are together.


def _has(t: Tokens, roles: int, first: int, last: int) -> bool:
    """Whether a name with one of these roles is among them, not glued to a stop before it."""
    for i in range(first, last):
        if _name_roles(t, i) & roles and not (t.kinds[i - 1] == _STOP and t.is_glued(i)):
            return True
    return False


def _has_sign(t: Tokens, kind: int, first: int, last: int) -> bool:
    for i in range(first, last):
        if t.kinds[i] == kind:
            return True
    return False


def _is_names(t: Tokens, first: int, last: int) -> bool:
    """Whether these are names and what joins them, no sentence."""
    if first >= last or t.ends[last - 1] - t.starts[first] > _MOST:
        return False
    count = 0
    for i in range(first, last):
        if i == first or not t.is_glued(i):
            count += 1
        if t.shapes[i] & LOWER and not _is_joint(t, i):
            return False
    return count <= (6 if t.shapes[first] & CASELESS else 16)


def _is_joint(t: Tokens, i: int) -> bool:
    """Whether a word in lower case may be part of a credit."""
    if t.credits[i] & _JOINT:
        return True
    if t.is_glued(i) and t.kinds[i - 1] in (_AT, _STOP, 39, 0x2019):
        return True  # @name
    return "." in t.words[i]  # picturedesk.com


def _count_words(t: Tokens, first: int, last: int) -> int:
    count = 0
    for i in range(first, last):
        if t.kinds[i] == WORD and not (count and t.is_glued(i)):
            count += 1
    return count


def _tidy(t: Tokens, found: list[Found], block: int, a: int, b: int) -> Credit:
    """Return tokens without the signs around them, notes to editors, years and days."""
    for i in range(a + 1, b):
        if t.kinds[i] == 43 or _name_roles(t, i) & _END_NOTE:
            b = i
            break
    while True:
        while a < b and t.kinds[a] in _AROUND:
            if t.kinds[a] != _SLASH and t.is_glued(a + 1) and t.kinds[a + 1] == _SLASH:
                break  # -/AFP
            a += 1
        while a < b and _is_behind(t, a, b):
            b -= 1
        if b > a + 1 and (
            t.words[a] == "by" or (t.words[a] == "i" and _name_roles(t, a + 1) & _FIRM)
        ):
            a += 1  # By Name/AFP; I EFE, with a letter for a bar
        if b - a < 2:
            break
        if t.is_year(a) and t.kinds[a + 1] == WORD:
            a += 1  # © 2019 Reuters
        elif t.is_year(b - 1):
            day = b - 1
            for one in found:
                if one.last == b:
                    day = one.first if t.kinds[one.first - 1] == _COMMA else a
            if day <= a:
                break
            b = day
            if t.places[b - 1] & _PLACE_IN and t.shapes[b - 1] & LOWER:
                b -= 1  # Judge Amara Diallo in 2019
        else:
            break
    return Credit(block, a, b)


def _is_behind(t: Tokens, first: int, last: int) -> bool:
    """Whether the last token is a sign that does not belong to a credit."""
    kind = t.kinds[last - 1]
    if kind == _CLOSE:
        return not _has_sign(t, _OPEN, first, last - 1)
    if kind == _STOP:
        return t.words[last - 2] not in ("inc", "ltd", "jr", "co")
    return kind == 93 or kind in _BEHIND


# Credits that something sets apart: brackets, a label, or the agency's own name and a slash.


def _marked(t: Tokens, found: list[Found]) -> Credit | None:
    """Return the first credit that brackets, a label or an agency's slash mark as one."""
    if t.words[FIRST] == "image" and t.words[FIRST + 1] in ("copyright", "source"):
        for i in range(FIRST + 3, min(t.n, FIRST + 20)):  # as the BBC begins
            if t.words[i] == "image" and t.words[i + 1] == "caption":
                return _tidy(t, found, FIRST, FIRST + 2, i)
    for i in range(FIRST, t.n):
        kind = t.kinds[i]
        credit: Credit | None = None
        if kind == _OPEN or kind == 91:
            credit = _bracketed(t, found, i)
        elif kind == _COPYRIGHT:
            credit = _labelled(t, found, i, i + 1)
        elif t.credits[i] & _TRIGGER or t.firm_roles[i]:
            credit = _after_label(t, found, i)
            if credit is None and _name_roles(t, i) & _BYLINE:
                credit = _byline(t, found, i)
        if credit is not None:
            return credit
    return None


def _bracketed(t: Tokens, found: list[Found], i: int) -> Credit | None:
    """`(Photo by Name / AFP)`, `[Name/Anadolu Agency]`, `(AFP)`, left open at the end, too."""
    end = _closing(t, i)
    if end <= i + 1:
        return None
    first = _end_of_label(t, i + 1) or _bare_label(t, i + 1)
    is_labelled = first > 0
    if is_labelled:
        first = _end_of_label(t, first) or first
    else:
        first = i + 1
    credit = _tidy(t, found, i, first, end)
    a, b = credit.first, credit.last
    if a >= b or _is_aside(t, a, b) or (not is_labelled and _is_aside(t, i + 1, end)):
        return None
    if is_labelled and not t.slice(a, b).islower():
        return credit if end < t.n or _is_names(t, a, b) else None
    after = end + 1
    while t.kinds[after] == _STOP or t.kinds[after] == 42:
        after += 1
    is_last = after >= t.n
    is_apart = i == FIRST or t.kinds[i - 1] in _SETS_APART
    is_followed = t.kinds[after] in _OPENING or (  # (AP Photo/Name) The …
        t.shapes[after] & CAPITAL != 0 and _has_sign(t, _SLASH, a, b) and _has(t, _FIRM, a, b)
    )
    if not (is_apart or is_last or is_followed):
        return None
    if _has(t, _AGENCY, a, b) and _is_names(t, a, b):
        name = _name_before(t, i)
        return credit if name < 0 else Credit(name, name, min(end + 1, t.n))
    if end >= t.n or t.kinds[end] == _OPEN:
        return None
    if _has(t, _SOURCE, a, b) or t.credits[a] & _COURTESY:
        return credit
    if not is_last or not _is_names(t, a, b) or _is_where_or_when(t, i + 1, end):
        return None
    return credit if is_apart or _has_sign(t, _SLASH, a, b) or t.shapes[a] & ARABIC else None


def _closing(t: Tokens, i: int) -> int:
    """The bracket that closes bracket `i`; the end of the caption; or 0."""
    k = i + 1
    while k < t.n and t.starts[k] < t.starts[i] + 200:
        if t.kinds[k] in _BRACKETS:
            if t.kinds[k] != _OPEN:
                return k if t.kinds[k] != 91 else 0
            last = k + 1  # (Name / Keystone (Genf, 8. 9. 2022))
            while last < t.n and t.kinds[last] not in _BRACKETS:
                last += 1
            is_double = t.kinds[last] == _CLOSE and t.kinds[last + 1] == _CLOSE
            return k if is_double and t.is_year(last - 1) else 0
        k += 1
    return k if k == t.n else 0


def _bare_label(t: Tokens, i: int) -> int:
    """In brackets a label needs no colon: `(Photo AFP)`, `(File photo Name)`."""
    k = i
    while k < i + 2 and t.credits[k] & _LABELS:
        k += 1
    if k == i:
        return 0
    if t.words[k + 1] == "by" and t.words[k] in ("supplied", "provided"):
        return k + 2
    kind = t.kinds[k]
    if kind == _HYPHEN or (kind == _SLASH and t.credits[k - 1] & _ALONE):
        # Photo/Anadolu Agency, not File/SPA
        return k + 1 if t.kinds[k + 1] == WORD and not t.shapes[k + 1] & LOWER else 0
    return k if t.is_capital(k) and not t.is_glued(k) else 0


def _is_aside(t: Tokens, first: int, last: int) -> bool:
    """Whether words in brackets are a remark: `left`, `2nd from right`, or a party."""
    if t.kinds[first] == NUMBER or t.credits[first] & _ALL_ASIDE:
        return True
    if t.words[first] == "from" or t.words[first + 1] == "from":
        return True
    for i in range(first, last):
        if t.kinds[i] <= NUMBER and not t.credits[i] & _ASIDE:
            return False
    return True


def _is_where_or_when(t: Tokens, first: int, last: int) -> bool:
    """Whether words in brackets, which name no agency, say where or in which year."""
    if t.is_year(last - 1):
        return True
    i = first
    while i < last:
        if t.name_places[i] & _PLACE:
            i = t.name_ends[i]
        elif t.places[i] & _PLACE or t.kinds[i] == _COMMA:
            i += 1
        else:
            return False
    return True


def _name_before(t: Tokens, bracket: int) -> int:
    """Where a name begins that is one sentence with its bracket: `mayo.Carla Pons (EFE)`."""
    i = bracket - 1
    count = 0
    while t.is_capital(i):
        count += 1
        i -= 1
        if t.kinds[i] == _STOP and t.length(i - 1) == 1 and t.is_glued(i):
            i -= 1  # J. Smith
    return i + 1 if 1 < count < 5 and t.kinds[i] in (_STOP, 33, 63) else -1


# Labels.


def _end_of_label(t: Tokens, i: int) -> int:
    """Where the label ends that begins with token `i`, with its colon or its `by`; or 0."""
    if t.kinds[i] == _COPYRIGHT:
        return i + 1
    k = i
    while k < i + 7 and (t.credits[k] & _LABELS or (k > i and t.credits[k] & _IN_LABEL)):
        k += 1
    if k == i or k >= t.n:
        return 0
    if t.words[k - 1] == "read" or t.words[k] == "courtesy":
        return k  # photo credit should read
    kind = t.kinds[k]
    if kind == _COLON or kind == _COPYRIGHT or kind == _BAR:
        return k + 2 if t.kinds[k + 1] == _COPYRIGHT else k + 1
    if kind == _STOP and t.kinds[k + 2] == _STOP and t.is_glued(k + 2):
        return k + 3  # Credit...Name
    if kind == _STOP and t.words[k - 1] == "fot":
        return k + 1
    if t.words[k] == "by":
        return k + 2 if t.kinds[k + 1] == _COLON else k + 1
    if kind in _DASHES and not t.is_glued(k) and (k > i + 1 or t.shapes[i] & ARABIC):
        for at in range(i, k):
            if t.credits[at] & _ARCHIVE_LABEL:
                return k + 1  # صورة أرشيفية - رويترز
    return 0


def _after_label(t: Tokens, found: list[Found], i: int) -> Credit | None:
    """The credit after a label at token `i`, or None."""
    if WORD <= t.kinds[i - 1] <= OWNER and (t.is_glued(i) or t.credits[i - 1] & _LABELS):
        return None
    end = _end_of_label(t, i)
    if end == 0 and t.credits[i] & (_ALONE | _ARCHIVE_LABEL):
        if i != FIRST and t.kinds[i - 1] not in _BEFORE_SENTENCE:
            return None
        end = i + 1  # Photo Name, Foto/ EFE, Credit Name
        while t.credits[end] & _ALONE:
            end += 1
        if t.kinds[end] == _SLASH and t.credits[end - 1] & _ALONE:
            end += 1
        elif t.is_year(end):
            end += 1  # Copyright 2020 Reuters
        elif not t.credits[i] & _ALONE:
            return None
        elif i == FIRST and not _name_roles(t, end) & _AGENCY and t.words[i] in ("photo", "foto"):
            return None
        if t.kinds[end] != WORD or t.shapes[end] & LOWER:
            return None
    if end == 0 and t.words[i] == "source" and t.words[i - 1] == "x":
        end = i + 1  # DATE 12/09/2023 SIZE x SOURCE
    return _labelled(t, found, i, end) if 0 < end < t.n else None


def _labelled(t: Tokens, found: list[Found], i: int, a: int) -> Credit | None:
    """The credit that begins with token `a`, after the label at token `i`."""
    for _ in range(2):  # Credit: Photo: PA
        end = _end_of_label(t, a)
        a = end if 0 < end < t.n else a
    if a >= t.n or t.words[a] == "provided":
        return None
    b = _end_of_credit(t, a)
    if t.kinds[b] == _OPEN and b > a and not _has(t, _AGENCY, a, b):
        k = _closing(t, b)
        if k and _has(t, _AGENCY, b, k):
            b = min(k + 1, t.n)  # Photo: Name (AFP)
    elif t.kinds[b] in (_BAR, _HYPHEN) and not t.is_glued(b):
        if halves := _halves(t, found, i, a, b):
            return halves
    credit = _tidy(t, found, i, a, b)
    a, b = credit.first, credit.last
    if a >= b:
        return None
    if i == FIRST or (i == FIRST + 1 and t.kinds[FIRST] in _OPENING):
        b = _ahead(t, i, a, b)
    for k in range(a + 1, b):  # Name/Reuters REUTERS/Name
        if not t.is_glued(k) and _name_roles(t, k) & _BYLINE and _has(t, _FIRM, a, k):
            if t.kinds[_end_of_name(t, k, _BYLINE)] == _SLASH:
                b = k
                break
    if a >= b or (t.credits[a] & _PARTY and b == a + 1):
        return None
    if _has_sign(t, _SLASH, a, b) and b - a < 10 and _has(t, _FIRM, a, b):
        return Credit(i, a, b)
    return Credit(i, a, b) if _is_names(t, a, b) and not _is_day(t, found, a, b) else None


def _is_day(t: Tokens, found: list[Found], first: int, last: int) -> bool:
    """Whether these are a date or a number, not a name: `Photo: 12 April 2026`."""
    if t.kinds[last - 1] == NUMBER:
        for one in found:
            if one.last == last and one.first >= first:
                return True
        return last - first == 1
    return False


def _end_of_credit(t: Tokens, i: int) -> int:
    """Where the sentence of a credit ends: at a stop or a bracket."""
    k = i
    while k < t.n and t.starts[k] < t.starts[i] + _MOST:
        if t.kinds[k] in _BRACKETS or _is_stop(t, k):
            break
        k += 1
    return k


def _halves(t: Tokens, found: list[Found], block: int, a: int, b: int) -> Credit | None:
    """`dpa | Name`, `Getty - Contributor`: a second half that belongs to the first."""
    if t.kinds[b] == _HYPHEN and not t.credits[b + 1] & _TITLE:
        return None
    first = _tidy(t, found, block, a, b)
    second = _tidy(t, found, block, b + 1, _end_of_credit(t, b + 1))
    if not _is_names(t, first.first, first.last) or not _is_names(t, second.first, second.last):
        return None
    if t.slice(second.first, second.last).lower() in t.slice(a, first.last).lower():
        return first
    return Credit(block, first.first, second.last)


def _ahead(t: Tokens, i: int, a: int, b: int) -> int:
    """Where a credit ends whose label begins the caption: `© Getty Images LONDON (…)`."""
    end = _end_of_name(t, a, _FIRM)
    is_archive = False  # FILE PHOTO: The …
    for k in range(i, a):
        if t.credits[k] & _ARCHIVE_LABEL:
            is_archive = True
    if is_archive and end == a and not _has_sign(t, _SLASH, a, b):
        return a
    if t.shapes[a] & CASELESS and (is_archive or _count_words(t, a, b) > 4):
        return a
    if _is_names(t, a, b) and t.kinds[b] != _OPEN:
        return b
    if end > a:  # © AFP/Name Surname People wait
        return _two_names(t, end + 1) if t.kinds[end] == _SLASH else end
    k = _two_names(t, a)  # © Jan Ott People wait
    return k if k < b and t.shapes[k] & CAPITAL else a


def _two_names(t: Tokens, i: int) -> int:
    """Where a name and a surname end: `Jan Ott`, `Ann B. Lee`."""
    k = i + 1
    if t.kinds[k + 1] == _STOP and t.length(k) == 1:
        k += 2
    return k + 1 if t.shapes[i] & t.shapes[k] & CAPITAL else i


def _byline(t: Tokens, found: list[Found], i: int) -> Credit | None:
    """`REUTERS/Name`, `Handout via Reuters`, anywhere in a caption."""
    end = _end_of_name(t, i, _BYLINE)
    first = i
    if t.words[end - 1] != "via":
        if t.kinds[end] != _SLASH:
            return None
        end += 2 if t.kinds[end + 1] == _SLASH else 1
    if end >= t.n or t.kinds[end] == _STOP or t.kinds[end] in _ENDS_BYLINE:
        return None
    if t.words[i - 1] == "via":
        k = i - 1
        while k > FIRST and t.starts[i] - t.starts[k - 1] < 80:
            if t.kinds[k - 1] == NUMBER or _is_stop(t, k - 1):
                break
            k -= 1
        if k > FIRST and _is_names(t, k, i):
            first = k  # Action Images via Reuters/Name
    elif t.is_glued(i) or (t.kinds[i - 1] == _SLASH and t.kinds[i - 2] not in _SETS_APART):
        return None  # Name / AFP / …
    stop = end
    while stop < t.n and t.starts[stop] - t.starts[end] < 100:
        if t.kinds[stop] in _ENDS_BYLINE or _is_stop(t, stop):
            break
        if t.kinds[stop] == _STOP and t.length(stop - 1) > 1 and not t.is_glued(stop + 1):
            break
        stop += 1
    if t.kinds[stop] == _COLON and t.credits[stop - 1] & _LABEL:
        stop -= 1  # EFE/Name Foto: EFE
    credit = _tidy(t, found, first, first, stop)
    return credit if _is_names(t, credit.first, credit.last) else None


# Credits that nothing sets apart.


def _unmarked(t: Tokens, found: list[Found]) -> Credit | None:
    """Return a credit that only its names tell."""
    for i in range(FIRST + 1, t.n):
        firm = _AGENCY if t.kinds[i - 3] == _AT else _FIRM
        if _name_roles(t, i) & firm and _is_signed(t, i):
            if credit := _signed(t, found, i):
                return credit
    return _last_words(t, found) or _first_words(t, found) or _last_agency(t) or _dateline(t)


def _is_signed(t: Tokens, i: int) -> bool:
    """Whether a slash, `|` or a long dash comes before an agency: `Name/AFP`."""
    k = i - 1
    if t.words[k] in ("via", "pool") and t.kinds[k - 1] == _SLASH:
        k -= 1
    elif t.is_year(k) and t.words[k - 1] == "copyright":
        k -= 2
    if t.kinds[k] == _BAR:
        return not t.is_glued(k) and not t.is_glued(i)
    return t.kinds[k] == _SLASH or (t.kinds[k] == _LONG_DASH and t.is_glued(k) and t.is_glued(i))


def _signed(t: Tokens, found: list[Found], i: int) -> Credit | None:
    """`Name Surname/AFP`, `Name / Pool / AFP`: the names before the slash, and the agency."""
    last = _end_of_firm(t, i)
    if t.kinds[last] == _SLASH and t.is_glued(last):
        return None
    slash = i - 1
    while t.kinds[slash] == WORD or t.kinds[slash] == NUMBER:
        slash -= 1
    first = slash
    while first > FIRST and t.starts[slash] - t.starts[first - 1] < 80:
        if not _is_name_token(t, first - 1):
            break
        if t.kinds[first - 1] == t.kinds[slash - 1] == WORD:
            if (t.shapes[first - 1] ^ t.shapes[slash - 1]) & CASELESS:
                break  # another script
        first -= 1
    first = _without_place(t, first, slash, i)
    while first < slash and t.shapes[first] & LOWER:
        first += 1
    if first >= slash or _count_words(t, first, slash) > 5:
        return None
    rest = last
    while rest < t.n and t.kinds[rest] not in _BRACKETS and not _is_stop(t, rest):
        rest += 1
    if rest == t.n and last < rest and t.ends[rest - 1] - t.ends[last - 1] < 60:
        if t.kinds[last] <= OWNER or t.kinds[last] in (_SLASH, _COMMA):
            whole = _tidy(t, found, first, first, rest)
            if _is_names(t, whole.first, whole.last):
                return whole
    return _tidy(t, found, first, first, last)


def _end_of_firm(t: Tokens, i: int) -> int:
    """Where an agency ends, with what belongs to it: `AFP via Getty Images`, `AP/File`."""
    end = _end_of_name(t, i, _AGENCY)
    while True:
        k = end
        if (
            t.kinds[k] == _SLASH
            or t.words[k] == "via"
            or (t.kinds[k] == _HYPHEN and not t.is_glued(k))
        ):
            k += 1
        if not _name_roles(t, k) & (_TAIL if k > end else _AFTER_FIRM):
            return end
        end = _end_of_name(t, k, _TAIL)


def _is_name_token(t: Tokens, i: int) -> bool:
    """Whether token `i` may be part of a photographer's name."""
    kind = t.kinds[i]
    if kind == WORD:
        if t.is_capital(i) or t.credits[i] & (_AFTER_FIRM | _IN_NAME):
            return True
        return t.kinds[i - 1] == _AT and t.is_glued(i)
    if kind == _STOP:  # B. Name
        return t.is_glued(i) and t.shapes[i - 1] & CAPITAL != 0 and t.length(i - 1) < 3
    return kind in (_AT, _SLASH, 39, 0x2019, OWNER)


def _without_place(t: Tokens, first: int, slash: int, firm: int) -> int:
    """Where a name begins that runs on from its place: `in Paris Name Surname/AFP`."""
    i = slash
    while i > FIRST and t.starts[slash] - t.starts[i - 1] < 80 and not _is_stop(t, i - 1):
        i -= 1
        if t.credits[i] & _OFFICE:
            return i  # Пресс-служба президента России/ТАСС
    for i in range(first, slash):
        if t.kinds[i] == _AT:
            return i  # @name
    count = _count_words(t, first, slash)
    if t.shapes[slash - 1] & RUSSIAN and count > 2 and first > FIRST:
        if t.kinds[first - 1] != _STOP:
            return slash - 2
    if not t.places[first - 1] & _PLACE_IN:
        return first
    if count == 1:
        return firm  # in Rabat / AFP
    i = slash - 2
    while i > first and (t.kinds[i] == _STOP or t.length(i) == 1 or t.shapes[i] & LOWER):
        i -= 1
    return i


def _last_words(t: Tokens, found: list[Found]) -> Credit | None:
    """A credit set as the caption's last sentence, or after its last dash."""
    i = t.n - 1
    while i >= FIRST and t.starts[i] >= len(t.text) - _MOST - 40:
        is_short = t.n - FIRST < 5 or (len(t.text) < 60 and not t.shapes[FIRST] & CASELESS)
        if _is_stop(t, i - 1) if i > FIRST else is_short:
            credit = _tidy(t, found, i, i, t.n)
            a, b = credit.first, credit.last
            if _is_names(t, a, b):
                if _has_sign(t, _SLASH, a, b) or _has(t, _AGENCY, a, b):
                    return credit
                if t.credits[a] & _COURTESY or (
                    i > FIRST and b - a > 1 and t.credits[b - 1] & _ARCHIVE
                ):
                    return credit
        i -= 1
    return None


def _first_words(t: Tokens, found: list[Found]) -> Credit | None:
    """A credit before the caption's first dash or colon: `AFP | A farmer …`."""
    for i in range(FIRST, t.n):
        if t.starts[i] >= 80:
            break
        if _is_stop(t, i) or (t.kinds[i] == _COLON and not t.is_glued(i + 1)):
            credit = _tidy(t, found, FIRST, FIRST, i)
            a, b = credit.first, credit.last
            return credit if _is_names(t, a, b) and _has(t, _AGENCY, a, b) else None
    return None


def _last_agency(t: Tokens) -> Credit | None:
    """An agency that ends the caption with nothing before it: `in Madrid Getty Images`."""
    for i in range(max(FIRST + 1, t.n - 8), t.n):
        if _name_roles(t, i) & _FIRM and _end_of_firm(t, i) == t.n:
            return None if t.credits[i - 1] & _JOINT else Credit(i, i, t.n)
    return None


def _dateline(t: Tokens) -> Credit | None:
    """`HARBIN, Jan. 15, 2024 (Xinhua) -- People …`: the agency of a dateline."""
    for i in range(FIRST, t.n):
        if t.starts[i] >= 90:
            break
        if t.kinds[i] == _OPEN and _name_roles(t, i + 1) & _FIRM:
            end = _end_of_name(t, i + 1, _FIRM)
            if t.kinds[end] == _CLOSE and t.kinds[end + 1] in _DASHES:
                return Credit(i, i + 1, end)
    return None
