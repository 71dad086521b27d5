"""Whether a date in a caption is the picture's or the story's.

Agencies write the picture's date at the lead, or at the end of the sentence that says what the
picture shows, mostly with its place before it. A date of the story hangs on another word: `since
May 3, 2023`, `the May 3, 2023 attack`, `who died on May 3, 2023`. The words are read from the date
outwards; a comma that closes the phrase before the date frees it again: `ahead of the vote, in
Quito, May 3, 2023`.

A caption says what its picture shows in the present (`Smoke rises on …`), with a participle, or
with no verb at all. A finite verb in the past, of the kind that a news story reports, makes the
date the story's: `Iran fired missiles on …`. What merely happened before the camera (`met`,
`visited`, `marched`) stays the picture's, in whatever tense a newsroom writes.
"""

from __future__ import annotations

from corpuscli.captions import lexicon, tokens
from corpuscli.captions.lexicon import DATE_BIT
from corpuscli.captions.tokens import Tokens

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

NUMBER = cython.declare(cython.int, tokens.NUMBER)
OWNER = cython.declare(cython.int, tokens.OWNER)
WORD = cython.declare(cython.int, tokens.WORD)
ASCII = cython.declare(cython.longlong, lexicon.ASCII)
CAPITAL = cython.declare(cython.longlong, lexicon.CAPITAL)
CASELESS = cython.declare(cython.longlong, lexicon.CASELESS)
ED = cython.declare(cython.longlong, lexicon.ED)
FRENCH_PARTICIPLE = cython.declare(cython.longlong, lexicon.FRENCH_PARTICIPLE)
GERMAN_PARTICIPLE = cython.declare(cython.longlong, lexicon.GERMAN_PARTICIPLE)
ING = cython.declare(cython.longlong, lexicon.ING)
LOWER = cython.declare(cython.longlong, lexicon.LOWER)
LY = cython.declare(cython.longlong, lexicon.LY)
RA = cython.declare(cython.longlong, lexicon.RA)
RUSSIAN_EVENT = cython.declare(cython.longlong, lexicon.RUSSIAN_EVENT)
RUSSIAN_PAST = cython.declare(cython.longlong, lexicon.RUSSIAN_PAST)
RUSSIAN_VERB = cython.declare(cython.longlong, lexicon.RUSSIAN_VERB)
SPANISH_PAST = cython.declare(cython.longlong, lexicon.SPANISH_PAST)
TE = cython.declare(cython.longlong, lexicon.TE)
TOLD = cython.declare(cython.longlong, lexicon.TOLD)
S = cython.declare(cython.longlong, lexicon.S)
T = cython.declare(cython.longlong, lexicon.T)

STORY, PLAIN, PICTURE = 0, 1, 2
"""Whose a date is: a story's; nobody's in particular; said to be the picture's."""

_WEEKDAY = cython.declare(cython.longlong, DATE_BIT["weekday"])
_FILLER = cython.declare(cython.longlong, DATE_BIT["filler"])
_ENGLISH_LEAD = cython.declare(cython.longlong, DATE_BIT["english-lead"])
_GERMAN_LEAD = cython.declare(cython.longlong, DATE_BIT["german-lead"])
_GERMAN_ARTICLE = cython.declare(cython.longlong, DATE_BIT["german-article"])
_BINDER = cython.declare(cython.longlong, DATE_BIT["binder"])
_DETERMINER = cython.declare(cython.longlong, DATE_BIT["determiner"])
_PICTURE = cython.declare(cython.longlong, DATE_BIT["picture"])
_PICTURE_BINDER = cython.declare(cython.longlong, DATE_BIT["picture-binder"])
_TAKEN = cython.declare(cython.longlong, DATE_BIT["taken"])
_PUBLISHED = cython.declare(cython.longlong, DATE_BIT["published"])
_RELEASED = cython.declare(cython.longlong, DATE_BIT["released"])
_EVENT = cython.declare(cython.longlong, DATE_BIT["event"])
_TOLD_AFTER = cython.declare(cython.longlong, DATE_BIT["told-after"])
_COMING = cython.declare(cython.longlong, DATE_BIT["coming"])
_FUTURE = cython.declare(cython.longlong, DATE_BIT["future"])
_RELATIVE = cython.declare(cython.longlong, DATE_BIT["relative"])
_AHEAD = cython.declare(cython.longlong, DATE_BIT["ahead-of"])
_TELLING = cython.declare(
    cython.longlong, DATE_BIT["telling"] | _COMING | _FUTURE | _RELATIVE | _AHEAD
)
_AWAITED = cython.declare(cython.longlong, DATE_BIT["awaited"])
_OCCASION = cython.declare(cython.longlong, DATE_BIT["occasion"])
_DURING = cython.declare(cython.longlong, DATE_BIT["during"])
_EVENT_NOUN = cython.declare(cython.longlong, DATE_BIT["event-noun"])
_PAST = cython.declare(cython.longlong, DATE_BIT["past"])
_WHERE = cython.declare(cython.longlong, DATE_BIT["where"])
_AFTER = cython.declare(cython.longlong, DATE_BIT["after-date"])
_LIFE = cython.declare(cython.longlong, DATE_BIT["life"])
_SCENE = cython.declare(cython.longlong, DATE_BIT["scene"])
_READS = cython.declare(cython.longlong, DATE_BIT["reads"])
_TOLD_PAST = cython.declare(cython.longlong, DATE_BIT["told-past"])
_TOLD_NEXT = cython.declare(cython.longlong, DATE_BIT["told-next"])
_TOLD_VERB = cython.declare(cython.longlong, DATE_BIT["told-verb"])
_TOLD_END = cython.declare(cython.longlong, DATE_BIT["told-end"])
_DAYTIME = cython.declare(cython.longlong, DATE_BIT["daytime"])
_GERMAN_PAST = cython.declare(cython.longlong, DATE_BIT["german-past"])
_PRONOUN = cython.declare(cython.longlong, DATE_BIT["pronoun"])
_CHARGED = cython.declare(cython.longlong, DATE_BIT["charged"])
_SHOWN = cython.declare(cython.longlong, DATE_BIT["shown"])
_NOW = cython.declare(cython.longlong, DATE_BIT["now"])
_JOINING = cython.declare(cython.longlong, DATE_BIT["joining"])
_ENDED = cython.declare(cython.longlong, DATE_BIT["ended"])
_DONE = cython.declare(cython.longlong, DATE_BIT["done"])
_POSED = cython.declare(cython.longlong, DATE_BIT["posed"])
_AUXILIARY = cython.declare(cython.longlong, DATE_BIT["auxiliary"])
_FRENCH_AUXILIARY = cython.declare(cython.longlong, DATE_BIT["french-auxiliary"])
_AFTER_PARTICIPLE = cython.declare(cython.longlong, DATE_BIT["after-participle"])
_BEFORE_OBJECT = cython.declare(cython.longlong, DATE_BIT["before-object"])
_MODAL = cython.declare(cython.longlong, DATE_BIT["modal"])
_ARTICLE = cython.declare(cython.longlong, DATE_BIT["article"])
_ORDINAL = cython.declare(cython.longlong, DATE_BIT["ordinal"])
_ORDINARY = cython.declare(cython.longlong, DATE_BIT["ordinary"])
_NOUN_IN_ING = cython.declare(cython.longlong, DATE_BIT["noun-in-ing"])
_NO_VERB = cython.declare(cython.longlong, DATE_BIT["no-verb"])

_STOPS = cython.declare(cython.longlong, _JOINING | _SHOWN | _NOW)
_STORY_HINTS = cython.declare(cython.longlong, _PICTURE | _TELLING | _CHARGED | _LIFE | _TOLD_VERB)
_PAST_HINTS = cython.declare(
    cython.longlong, _EVENT | _PAST | _TOLD_PAST | _ENDED | _TOLD_VERB | _LIFE
)
_NO_PLACE = cython.declare(cython.longlong, _FILLER | _BINDER | _DETERMINER)
_PAST_FORMS = cython.declare(cython.longlong, _DONE | _ENDED)
_TELLS_PAST = cython.declare(cython.longlong, _PAST_FORMS | _ORDINAL)

_BEFORE = 160  # how far a caption is read before a date, in characters
# Signs that close a phrase before a date.
_MARKS = frozenset(map(ord, ",:-–—|/)("))
_PHRASE_ENDS = frozenset(map(ord, ".;:()[]/|–—©"))
_CLAUSE_ENDS = frozenset(map(ord, ".,;:()[]"))
_SENTENCE_ENDS = frozenset(map(ord, ".;:()[]"))
_TOLD_PHRASES = (
    *(" last seen on ", " comes out on ", " goes on sale on ", " takes effect on "),
    *(" date: ", " data: "),
)


def role_of(tokens: Tokens, first: int, last: int) -> int:
    """Return whose the date from token `first` up to `last` is."""
    return _Clause(tokens, first, last).role()


def is_told_after(tokens: Tokens, i: int) -> bool:
    """`1 Ekim 2023'te ölen`, `2023年10月1日に死亡した`: a verb that follows its date."""
    n: cython.Py_ssize_t = min(len(tokens.kinds), i + 6)
    k: cython.Py_ssize_t
    # A day's own sign may begin the word: 日死亡した
    for k in range(i - 1, n):
        if tokens.kinds[k] in _SENTENCE_ENDS:
            break
        if tokens.dates[k] & _TOLD_AFTER or tokens.shapes[k] & TOLD:
            return True
    return False


@cython.cclass
class _Clause:
    """A date, and the words before it up to the beginning of its sentence.

    `at` has the tokens of the words, `roles` and `shapes` what they are; a word to which a sign is
    glued has no role, because it is not the word that the rules ask for: `who, in Oslo,`.
    """

    tokens: Tokens
    text: str
    starts: list[int]
    ends: list[int]
    kinds: list[int]
    all_roles: list[int]
    all_shapes: list[int]
    words: list[str]
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    n: cython.Py_ssize_t  # tokens
    count: cython.Py_ssize_t  # words
    at: list[int]
    roles: list[int]
    shapes: list[int]
    leads: cython.Py_ssize_t  # words between the clause and the date: `on`, `am Montag`
    lead: cython.longlong  # the roles of the first of them
    only_am: cython.bint
    is_marked: cython.bint  # there is a sign between the clause and the date
    is_later: cython.bint  # another sentence comes before
    union: cython.longlong  # the roles of all words

    def __init__(self, tokens: Tokens, first: int, last: int) -> None:
        self.tokens = tokens
        self.text = tokens.text
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.kinds = tokens.kinds
        self.all_roles = tokens.dates
        self.all_shapes = tokens.shapes
        self.words = tokens.words
        self.first = first
        self.last = last
        self.n = len(tokens.kinds)
        self.count = 0

    @cython.cfunc
    @cython.inline
    def has_role(self, i: cython.Py_ssize_t, wanted: cython.longlong) -> cython.bint:
        """Whether word `i` has one of these roles."""
        found: cython.longlong = self.roles[i]
        return (found & wanted) != 0

    @cython.cfunc
    @cython.inline
    def has_shape(self, i: cython.Py_ssize_t, wanted: cython.longlong) -> cython.bint:
        """Whether word `i` has one of these shapes."""
        found: cython.longlong = self.shapes[i]
        return (found & wanted) != 0

    @cython.cfunc
    @cython.inline
    def token_has(self, i: cython.Py_ssize_t, wanted: cython.longlong) -> cython.bint:
        """Whether token `i` has one of these roles."""
        found: cython.longlong = self.all_roles[i]
        return (found & wanted) != 0

    @cython.cfunc
    @cython.inline
    def token_looks(self, i: cython.Py_ssize_t, wanted: cython.longlong) -> cython.bint:
        """Whether token `i` has one of these shapes."""
        found: cython.longlong = self.all_shapes[i]
        return (found & wanted) != 0

    @cython.cfunc
    def role(self) -> int:
        """Return whose the date is."""
        ends_sentence: cython.bint = self.ends_sentence()
        if ends_sentence and self.is_set_off():
            return PLAIN
        self.look_around()
        if (ends_sentence or self.goes_on_plainly()) and self.is_scene():
            return PLAIN
        clause = self.text[max(0, self.starts[self.first] - 20) : self.starts[self.first]]
        if clause.lower().endswith(_TOLD_PHRASES):
            return STORY
        next_one: cython.longlong = self.following(0)
        if self.count and self.has_role(self.count - 1, _RELEASED):
            return STORY
        if self.is_pictures(next_one | self.following(1)):
            return PICTURE
        if self.is_told_around(next_one) or is_told_after(self.tokens, self.last):
            return STORY
        is_story: cython.bint
        if self.count == 0:
            is_story = self.is_lead_told()
        elif self.is_marked:
            is_story = self.is_told_before_mark()
        else:
            is_story = self.is_told_before()
        return STORY if is_story else PLAIN

    # What is around the date.

    @cython.cfunc
    @cython.inline
    def is_glued(self, i: cython.Py_ssize_t) -> cython.bint:
        return 0 < i < self.n and self.starts[i] == self.ends[i - 1]

    @cython.cfunc
    def next_sign(self) -> cython.int:
        """The sign that is glued to the date, or 0."""
        if self.is_glued(self.last) and self.kinds[self.last] > OWNER:
            return self.kinds[self.last]
        return 0

    @cython.cfunc
    def ends_sentence(self) -> cython.bint:
        """Whether nothing of the sentence follows the date."""
        i: cython.Py_ssize_t = self.last
        if i >= self.n:
            return True
        if self.kinds[i] == 46:
            return i + 1 >= self.n or not self.is_glued(i + 1)
        return self.kinds[i] == 40 and not self.is_glued(i)

    @cython.cfunc
    def is_set_off(self) -> cython.bint:
        """`…, Spain, May 3, 2023.`, `…, Spain, Friday, May 3, 2023.`, `…, Spain May 3, 2023.`"""
        i: cython.Py_ssize_t = self.first - 1
        if i < 2 or self.is_glued(self.first):
            return False
        if self.kinds[i] == WORD:  # `Spain` with a comma before it
            if not self.token_looks(i, CAPITAL) or self.token_has(i, _NO_PLACE):
                return False
            return self.kinds[i - 1] == 44
        if self.kinds[i] != 44 or self.kinds[i - 1] != WORD:
            return False
        if not self.token_has(i - 1, _FILLER):
            return True
        return bool(self.token_has(i - 1, _WEEKDAY)) and self.kinds[i - 2] == 44

    @cython.cfunc
    def look_around(self) -> cython.int:
        """Find the words of the clause, and what leads to the date."""
        i: cython.Py_ssize_t = self.first - 1
        limit: cython.Py_ssize_t = self.starts[self.first] - _BEFORE
        self.is_later = False
        self.leads = 0
        self.lead = 0
        self.only_am = False
        self.is_marked = False
        stop: cython.Py_ssize_t = i
        kind: cython.int
        while stop >= 0 and self.starts[stop] >= limit:
            kind = self.kinds[stop]
            if kind > OWNER and not self.is_glued(stop + 1):
                if kind == 46:
                    if self.ends_with_word(stop):
                        self.is_later = True
                        break
                elif kind == 63 or kind == 59 or kind == 41:
                    self.is_later = kind == 63
                    break
            stop -= 1
        i = self.take_leads(i, stop)
        self.at = []
        self.roles = []
        self.shapes = []
        self.union = 0
        role: cython.longlong
        while stop < i:
            stop += 1
            kind = self.kinds[stop]
            if kind == OWNER and self.at:
                self.roles[len(self.roles) - 1] = 0
            if kind != WORD and kind != NUMBER:
                continue
            role = self.all_roles[stop]
            if self.is_glued(stop + 1) and self.kinds[stop + 1] > OWNER:
                role = 0
            elif stop > 0 and self.is_glued(stop) and self.kinds[stop - 1] > OWNER:
                role = 0
            self.at.append(stop)
            self.roles.append(role)
            self.shapes.append(self.all_shapes[stop] if role or not self.is_glued(stop + 1) else 0)
            self.union |= role
        self.count = len(self.at)
        if not self.count and not self.leads:
            self.is_later = False
        return 0

    @cython.cfunc
    def ends_with_word(self, stop: cython.Py_ssize_t) -> cython.bint:
        """Whether a stop ends a sentence: four letters before it are no abbreviation."""
        i: cython.Py_ssize_t = self.starts[stop]
        if self.kinds[stop - 1] == NUMBER and self.ends[stop - 1] - self.starts[stop - 1] == 4:
            return stop > 0
        return self.is_glued(stop) and i > 3 and self.text[i - 4 : i].isalpha()

    @cython.cfunc
    def take_leads(self, i: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Step over what leads to the date: `on`, `am Montag, dem`, `in the early hours of`."""
        if i > stop and self.all_roles[i] and self.is_a(i):
            i -= 1  # a 15 de mayo de 2025
        if i > stop + 1 and self.word(i) == "of" and self.is_daytime(i):
            while i > stop and not self.token_has(i, _WHERE):
                i -= 1
            if i > stop:
                self.leads = 1
                self.lead = self.all_roles[i]
                i -= 1
        while i > stop:
            k: cython.Py_ssize_t = i
            if (self.kinds[k] == 44 or self.kinds[k] == 46) and k - 1 > stop:
                k -= 1
            if self.kinds[k] != WORD or not self.token_has(k, _FILLER):
                break
            self.leads += 1
            self.lead = self.all_roles[k]
            self.only_am = self.leads == 1 and self.word(k) == "am"
            i = k - 1
        if i > stop and self.lead & _WEEKDAY and self.word(i) in ("in", "at"):
            i -= 1  # in Monday, a slip
        self.is_marked = i > stop and self.kinds[i] in _MARKS
        return i

    @cython.cfunc
    def is_a(self, i: cython.Py_ssize_t) -> cython.bint:
        """Whether the date is Spanish, with `a` before it."""
        if self.word(i) != "a":
            return False
        return " de " in self.text[self.starts[self.first] : self.ends[self.last - 1]]

    @cython.cfunc
    def is_daytime(self, i: cython.Py_ssize_t) -> cython.bint:
        roles: cython.longlong = self.all_roles[i - 1] | self.all_roles[i - 2]
        return (roles & _DAYTIME) != 0

    @cython.cfunc
    @cython.inline
    def word(self, i: cython.Py_ssize_t) -> str:
        return self.words[i]

    @cython.cfunc
    @cython.inline
    def any(
        self, roles: cython.longlong, first: cython.Py_ssize_t, last: cython.Py_ssize_t
    ) -> cython.bint:
        """Whether one of the words from `first` up to `last` has one of these roles."""
        if first < 0:
            first = 0
        while first < last:
            if self.roles[first] & roles:
                return True
            first += 1
        return False

    @cython.cfunc
    def ends_with_comma(self, k: cython.Py_ssize_t) -> cython.bint:
        i: cython.Py_ssize_t = self.at[k] + 1
        return self.is_glued(i) and self.kinds[i] == 44

    @cython.cfunc
    def is_behind_name(self) -> cython.bint:
        """Whether the word before what leads to the date is a name."""
        if self.count == 0:
            return False
        return (self.has_shape(self.count - 1, CAPITAL)) != 0

    @cython.cfunc
    def following(self, which: cython.Py_ssize_t) -> cython.longlong:
        """The roles of one of the two words after the date that belong to its phrase."""
        i: cython.Py_ssize_t = self.last
        limit: cython.Py_ssize_t = self.ends[self.last - 1] + 40
        if self.next_sign() in (46, 58, 41):
            return 0
        while i < self.n and self.starts[i] < limit and self.kinds[i] not in _PHRASE_ENDS:
            if self.kinds[i] == WORD or self.kinds[i] == NUMBER:
                if which == 0:
                    return self.all_roles[i]
                which -= 1
            i += 1
        return 0

    @cython.cfunc
    def goes_on_plainly(self) -> cython.bint:
        """`…, 2023, after`, `… 2023 in`."""
        i: cython.Py_ssize_t = self.last
        if self.next_sign() == 44:
            i += 1
        if i >= self.n or self.is_glued(i) or self.kinds[i] != WORD:
            return False
        return self.word(i) in ("in", "after", "amid", "during")

    # The commonest date.

    @cython.cfunc
    def is_scene(self) -> cython.bint:
        """Whether a date follows a name, with no word before it that could tell a story.

        Most dates do, and this one look at the words spares them all the others.
        """
        n: cython.Py_ssize_t = self.count
        if n == 0 or self.is_later or self.union & _STORY_HINTS:
            return False
        if self.ends_with_owner() or self.may_tell_past(0, n) or not self.is_behind_name():
            return False
        return self.any(_WHERE, n - 6, n - 1) or not self.may_follow_past()

    @cython.cfunc
    def ends_with_owner(self) -> cython.bint:
        """`Iran's May 3, 2023 attack`."""
        i: cython.Py_ssize_t = self.at[self.count - 1] + 1
        return i < self.n and self.kinds[i] == OWNER

    @cython.cfunc
    def may_follow_past(self) -> cython.bint:
        k: cython.Py_ssize_t
        if self.union & _PAST_HINTS:
            return True
        for k in range(self.count):
            if self.has_shape(k, ED):
                return True
        return False

    # What is said to be the picture's.

    @cython.cfunc
    def is_pictures(self, following: cython.longlong) -> cython.bint:
        """`taken on`, `in this photo released by the army on`, `… file photo`."""
        n: cython.Py_ssize_t = self.count
        low: cython.Py_ssize_t = max(0, n - 10)
        k: cython.Py_ssize_t
        if following & _PICTURE:
            return True
        if n - low > 1 and self.has_role(n - 1, _PICTURE_BINDER):
            n -= 1  # Archivfoto vom, photo from
            if self.word(self.at[n - 1]) == "stammt":
                return True
            if self.ends_with_comma(n - 1) and self.word(self.at[n]) in ("vom", "von"):
                return True
        if n > 1 and self.word(self.at[n - 1]) == "archives":
            n -= 2  # photo d'archives du
        if n == 0 or self.ends_with_comma(n - 1):
            return False
        last: cython.longlong = self.roles[n - 1]
        if last & _PICTURE or (last & _TAKEN and not last & (_EVENT | _PUBLISHED)):
            return True
        k = n - 1
        while k >= low and not self.has_role(k, _PICTURE):
            k -= 1
        if k < low:
            return False
        return self.any(_TAKEN, k + 1, n) and not self.any(_RELATIVE, k + 1, n)

    # What the words right at the date tell.

    @cython.cfunc
    def is_told_around(self, following: cython.longlong) -> cython.bint:
        """Whether the words right at the date, before it or after it, make it the story's."""
        n: cython.Py_ssize_t = self.count
        last: cython.longlong = self.roles[n - 1] if n else 0
        shape: cython.longlong = self.shapes[n - 1] if n else 0
        if self.only_am and n:
            if last & _GERMAN_ARTICLE:
                return True  # die am 3. Mai 2021 verstorbene
            if shape & TE and not last & _POSED:
                return True  # kündigte am
            if last & _GERMAN_PAST:
                return not self.is_taken_then()
        if following:
            if following & _EVENT_NOUN or (self.leads and following & _TOLD_NEXT):
                return True
            if following & _AUXILIARY and following & _PAST and n and self.next_sign() == 44:
                return not self.any(_TAKEN, 0, n)  # those killed on May 3, 2023, were tourists
        if (self.leads == 0 or self.lead & _ENGLISH_LEAD) and self.describes_noun():
            return True
        if last & _READS and self.leads == 0:
            return True
        return self.has_french_past()

    @cython.cfunc
    def describes_noun(self) -> cython.bint:
        """`on March 13, 2021 prices`: a word in lower case without a comma is what it describes."""
        i: cython.Py_ssize_t = self.last
        if i >= self.n or self.is_glued(i) or self.kinds[i] != WORD:
            return False
        if not self.token_looks(i, LOWER) or self.text[self.starts[i]] > "\u024f":
            return False
        return not self.token_has(i, _AFTER)

    @cython.cfunc
    def has_french_past(self) -> cython.bint:
        """`a été tué le`, `est entré en éruption le`."""
        k: cython.Py_ssize_t
        for k in range(max(0, self.count - 5), self.count):
            if not self.has_shape(k, ASCII):
                if k >= self.count - 4 and self.word(self.at[k]) == "été":
                    return True
                if k and self.has_role(k, _EVENT) and self.word(self.at[k - 1]) in ("est", "sont"):
                    return True
        return False

    @cython.cfunc
    def is_taken_then(self) -> cython.bint:
        """`wurde am 3. Mai 2021 aufgenommen`."""
        i: cython.Py_ssize_t = self.last
        limit: cython.Py_ssize_t = self.ends[self.last - 1] + 80
        while i < self.n and self.starts[i] < limit and self.kinds[i] != 46:
            if self.kinds[i] == WORD and self.word(i) in ("aufgenommen", "fotografiert"):
                return True
            i += 1
        return False

    # What the clause before the date tells.

    @cython.cfunc
    def is_lead_told(self) -> cython.bint:
        """Whether a sentence that begins with its date tells of the past: `On May 3, fire …`."""
        if self.leads == 0:
            return False
        if self.ends_told():
            return True
        rest = _Clause(self.tokens, self.first, self.last)
        rest.take_rest()
        if rest.count == 0 or rest.union & _PICTURE:
            return False  # Oslo. Friday 3 March 2023. A tram …
        if rest.tells_past(0, rest.count):
            return True
        return self.is_later and not rest.shows_any()

    @cython.cfunc
    def take_rest(self) -> cython.int:
        """Take the words after the date, up to the end of its sentence, for those of the clause."""
        i: cython.Py_ssize_t = self.last
        limit: cython.Py_ssize_t = self.ends[self.last - 1] + 120
        self.at = []
        self.roles = []
        self.shapes = []
        self.union = 0
        while i < self.n and self.starts[i] < limit and self.kinds[i] not in _SENTENCE_ENDS:
            if self.kinds[i] == WORD or self.kinds[i] == NUMBER:
                self.at.append(i)
                self.roles.append(self.all_roles[i])
                self.shapes.append(self.all_shapes[i])
                self.union |= self.all_roles[i]
            i += 1
        self.count = len(self.at)
        return 0

    @cython.cfunc
    def shows_any(self) -> cython.bint:
        k: cython.Py_ssize_t
        for k in range(self.count):
            if self.shows(k):
                return True
        return False

    @cython.cfunc
    def is_told_before_mark(self) -> cython.bint:
        """Whether a date is the story's although a comma sets it off."""
        n: cython.Py_ssize_t = self.count
        if self.leads == 0:
            return False
        if n > 2 and self.ends_with_comma(n - 2) and self.any(_WHERE, n - 4, n - 1):
            # `that was hit in Dnipro, Ukraine,`: only the sentence's own verb reaches beyond it.
            return self.tells_past(0, n)
        return self.is_told() or self.tells_past(0, n) or self.ends_told()

    @cython.cfunc
    def is_told_before(self) -> cython.bint:
        """Whether the clause that runs up to a date makes it the story's."""
        n: cython.Py_ssize_t = self.count
        if self.leads == 0 and n > 1 and self.is_on_the():
            return False  # on the 4th of July 2023
        if self.only_am and self.word(self.at[n - 1]) in ("wird", "werden"):
            return not self.ends_german_passive()
        if self.any(_TOLD_VERB, n - 4, n) or self.hangs_on():
            return True
        if self.is_told() and (self.leads or not self.is_behind_name()):
            return True  # not in Odesa May 3, 2022
        if self.tells_past(0, n) or self.is_embedded():
            return True
        if self.leads == 0:
            return False
        is_english: cython.bint = (self.lead & _ENGLISH_LEAD) != 0
        if not self.lead & _WEEKDAY and (not is_english or self.may_follow_past()):
            if self.follows_past():
                return True
        if self.is_charged() or self.ends_told():
            return True
        if not self.is_later or (self.only_am and self.has_shape(n - 1, T)):
            return False  # the later sentence's verb is in the present: spricht am
        return (self.has_role(0, _PRONOUN)) != 0 or self.is_unplaced()

    @cython.cfunc
    def is_on_the(self) -> cython.bint:
        n: cython.Py_ssize_t = self.count
        if self.kinds[self.first] != NUMBER or self.word(self.at[n - 1]) != "the":
            return False
        return self.word(self.at[n - 2]) == "on"

    @cython.cfunc
    def hangs_on(self) -> cython.bint:
        """`since May 3, 2023`, `died on May 3, 2023`: the word before the date makes it told."""
        n: cython.Py_ssize_t = self.count
        last: cython.longlong = self.roles[n - 1]
        if last & (_BINDER | _DETERMINER) or self.ends_with_owner():
            return True
        if last & _EVENT or self.has_shape(n - 1, RUSSIAN_EVENT | RUSSIAN_PAST):
            return n < 2 or not self.has_role(n - 2, _NOW)
        if self.leads == 0:
            return bool(self.has_shape(n - 1, ING)) and n > 1 and bool(self.has_role(n - 2, _PAST))
        if last & _AWAITED:
            return not self.any(_DURING, n - 5, n - 1)
        if last & _OCCASION and self.leads_to_occasion():
            return True
        if self.is_past(n - 1):
            return True
        # `took office on`, `was last seen alive on`, but not `were arrested in Rome on`.
        if last & _TAKEN or self.any(_WHERE, n - 5, n):
            return False
        return self.any(_PAST, n - 5, n)

    @cython.cfunc
    def leads_to_occasion(self) -> cython.bint:
        """Tickets `to the final on`, a stage `for the concert on`."""
        k: cython.Py_ssize_t
        for k in range(max(0, self.count - 4), self.count - 1):
            if self.word(self.at[k]) in ("to", "for"):
                return True
        return False

    @cython.cfunc
    def is_embedded(self) -> cython.bint:
        """`The pact, signed in Bern on May 3, 2021, is on show`: set in between commas."""
        k: cython.Py_ssize_t
        if self.next_sign() != 44:
            return False
        for k in range(self.count - 2, -1, -1):
            if self.ends_with_comma(k):
                return (self.has_role(k + 1, _EVENT | _PAST_FORMS)) != 0
        return False

    @cython.cfunc
    def is_charged(self) -> cython.bint:
        """`accused of robbing a bank in Lima on`: the day of the deed."""
        k: cython.Py_ssize_t
        if not self.union & _CHARGED:
            return False
        for k in range(self.count - 2, -1, -1):
            if self.ends_with_comma(k) or self.has_role(k, _SHOWN):
                return False
            if self.has_role(k, _CHARGED):
                return self.word(self.at[k + 1]) in ("of", "with", "over")
        return False

    @cython.cfunc
    def is_unplaced(self) -> cython.bint:
        """Whether neither a verb of the picture nor a place is in the date's sentence."""
        if self.shows_any() or self.any(_WHERE, self.count - 6, self.count):
            return False
        i: cython.Py_ssize_t = self.last
        if self.next_sign() == 44:
            i += 1
        if i >= self.n or self.word(i) not in ("in", "at", "near", "outside"):
            return True
        i += 1
        if i < self.n and self.word(i) == "the":
            i += 1
        return i >= self.n or not self.token_looks(i, CAPITAL | CASELESS)

    # What is to come, and clauses that belong to another noun.

    @cython.cfunc
    def is_told(self) -> cython.bint:
        """Whether the words before the date open a clause of the story that runs up to the date."""
        n: cython.Py_ssize_t = self.count
        if not self.union & _TELLING:
            return False
        if self.any(_COMING, n - 4, n) or self.is_to_come():
            return True
        low: cython.Py_ssize_t = max(0, n - 20)
        k: cython.Py_ssize_t = n - 1
        while k >= low:
            if k + 1 < n and self.ends_with_comma(k) and self.has_role(k + 1, _WHERE):
                return False
            if self.has_role(k, _FUTURE):
                return True
            if self.has_role(k, _RELATIVE) and self.opens_past(k + 1):
                # A relative clause between two commas ends before the date.
                return not (k > low and self.ends_with_comma(k - 1) and self.ends_with_comma(n - 1))
            k -= 1
        return self.is_ahead()

    @cython.cfunc
    def is_to_come(self) -> cython.bint:
        """`are set to be under a warning on`, but not `his nomination to be director on`."""
        n: cython.Py_ssize_t = self.count
        if n > 2 and self.word(self.at[n - 3]) == "to" and self.word(self.at[n - 2]) == "be":
            return True
        k: cython.Py_ssize_t = n - 3
        stop: cython.Py_ssize_t = max(0, n - 14)
        while k > stop:
            if self.ends_with_comma(k):
                return False
            if self.has_role(k, _COMING) and not self.has_role(k + 2, _DETERMINER):
                if self.word(self.at[k + 1]) == "to":
                    return True
            k -= 1
        return False

    @cython.cfunc
    def opens_past(self, k: cython.Py_ssize_t) -> cython.bint:
        """Whether a relative clause is in the past, with no verb of the picture after it."""
        n: cython.Py_ssize_t = self.count
        i: cython.Py_ssize_t
        if k >= n:
            return False
        if k + 1 >= n or not self.has_role(k + 1, _DETERMINER):  # that made a landing, the record
            for i in range(k, min(k + 3, n)):
                if self.has_role(i, _TAKEN) and not self.has_role(i, _EVENT):
                    return False
        if not (self.has_role(k, _PAST | _EVENT | _ENDED) or self.has_shape(k, ED)):
            return False
        return not self.any(_NOW | _SHOWN, k + 1, n)

    @cython.cfunc
    def is_ahead(self) -> cython.bint:
        """`ahead of the vote on`, but not `ahead of the vote in Quito on`."""
        n: cython.Py_ssize_t = self.count
        k: cython.Py_ssize_t = n - 1
        i: cython.Py_ssize_t
        while k >= 0 and not self.has_role(k, _AHEAD):
            k -= 1
        if k < 0 or self.leads == 0:
            return False
        if self.word(self.at[k]) == "before" and self.any(_AUXILIARY, k, n):
            return True  # the statue before it was toppled in Gent on
        for i in range(k + 1, n):
            if self.has_role(i, _WHERE) and not self.has_role(i - 1, _EVENT_NOUN):  # the attack on
                return False
            if self.word(self.at[i]) == "capital":  # the fall of the capital Sanaa on
                return False
        return True

    # Verbs of the past.

    @cython.cfunc
    def may_tell_past(self, k: cython.Py_ssize_t, n: cython.Py_ssize_t) -> cython.bint:
        """Whether any word of a sentence is of those that `tells_past` looks for."""
        if self.union & _TELLS_PAST:
            return True
        while k < n:
            if not self.has_shape(k, ASCII) and self.kinds[self.at[k]] == WORD:
                return True
            if self.has_shape(k, ED) and k + 1 < n:
                if self.has_role(k + 1, _BEFORE_OBJECT) or self.has_shape(k + 1, S):
                    return True
            if self.has_role(k, _FRENCH_AUXILIARY) and self.word(self.at[k]) != "a":
                return True
            k += 1
        return False

    @cython.cfunc
    def tells_past(self, first: cython.Py_ssize_t, n: cython.Py_ssize_t) -> cython.bint:
        """Whether a sentence, up to its date or on from it, reports an event of the past."""
        k: cython.Py_ssize_t
        i: cython.Py_ssize_t
        role: cython.longlong
        if not self.may_tell_past(first, n):
            return False
        for k in range(first, n):
            role = self.roles[k]
            if role & _STOPS:
                if role & _JOINING or k == 0 or not self.has_role(k - 1, _MODAL):
                    return False
            elif role & _POSED:
                break
            elif self.is_past(k):
                # What was taken for the past of the sentence may be a participle before its verb.
                for i in range(k + 1, n):
                    if self.has_role(i, _NOW):
                        return False
                    if self.has_role(i, _SHOWN) and not self.has_role(i - 1, _MODAL):
                        return False
                return True
            elif self.is_doing(k) and (k == 0 or not self.has_role(k - 1, _ARTICLE)):
                return False
        return self.is_milestone()

    @cython.cfunc
    @cython.inline
    def is_doing(self, k: cython.Py_ssize_t) -> cython.bint:
        return (self.has_shape(k, ING)) != 0 and not self.has_role(k, _NOUN_IN_ING)

    @cython.cfunc
    @cython.inline
    def shows(self, k: cython.Py_ssize_t) -> cython.bint:
        """Whether a word is a verb in the form that captions use for what is in the picture."""
        return (self.has_role(k, _SHOWN | _NOW)) != 0 or self.is_doing(k)

    @cython.cfunc
    def is_past(self, k: cython.Py_ssize_t) -> cython.bint:
        """Whether a word is a finite verb in the past."""
        if self.has_role(k, _PAST_FORMS):
            return self.is_finite(k)
        if self.has_shape(k, ED):
            return k > 0 and k + 1 < self.count and (self.has_role(k + 1, _BEFORE_OBJECT)) != 0
        if k and self.has_role(k - 1, _FRENCH_AUXILIARY):
            return (self.has_shape(k, FRENCH_PARTICIPLE)) != 0
        return (self.has_shape(k, RUSSIAN_VERB)) != 0 and not self.has_role(k, _NO_VERB)

    @cython.cfunc
    def is_finite(self, k: cython.Py_ssize_t) -> cython.bint:
        """Whether a past form is its clause's verb, not a participle."""
        before: cython.Py_ssize_t = k - 1
        if before > 0 and self.has_shape(before, LY):
            before -= 1  # was fatally shot
        if before >= 0:
            if self.has_role(before, _AUXILIARY):
                return True
            if self.word(self.at[before]) in ("has", "have", "to"):
                return False
            if self.has_role(before, _ARTICLE) and self.has_shape(k, ASCII):
                return False
            if self.has_shape(before, S) and self.word(self.at[k]) == "hit":
                return False  # police officers hit
        if self.has_role(k, _ENDED) or k + 1 >= self.count:
            return True
        return not self.has_role(k + 1, _AFTER_PARTICIPLE)

    @cython.cfunc
    def is_milestone(self) -> cython.bint:
        """`the first patients were treated`, `hosted its last match`, not `met the first lady`."""
        k: cython.Py_ssize_t
        if not self.union & _ORDINAL:
            return False
        for k in range(self.count):
            if self.has_role(k, _AUXILIARY | _POSED) or self.has_shape(k, ED):
                break
        else:
            return False
        for k in range(self.count):
            if self.has_role(k, _ORDINAL):
                return k + 1 < self.count and not self.has_role(k + 1, _ORDINARY)
        return False

    @cython.cfunc
    def follows_past(self) -> cython.bint:
        """`sanctions imposed on`, `last seen on`, `entró en vigor el`: no place between them."""
        n: cython.Py_ssize_t = self.count
        k: cython.Py_ssize_t = n - 1
        role: cython.longlong
        if self.any(_LIFE, n - 6, n):
            return True
        while k >= 0 and k > n - 9:
            role = 0 if self.has_shape(k, CAPITAL) else self.roles[k]
            if role & _WHERE and self.leads_to_name(k + 1):
                return False
            if self.ends_with_comma(k) or role & (_NOW | _PICTURE | _POSED):
                return False
            if role & _SHOWN and (k == 0 or not self.has_role(k - 1, _MODAL)):
                return False
            if not self.has_shape(k, LOWER):
                k -= 1
                continue  # Mohammed, United States
            if k < n - 6:
                if role & _EVENT:
                    return True
                k -= 1
                continue  # of the words that far only the plainest count
            if role & _TOLD_VERB or (k > n - 4 and self.has_shape(k, SPANISH_PAST)):
                return True
            if self.is_told_past(k):
                return k == 0 or not self.has_role(k - 1, _NOW)
            k -= 1
        return False

    @cython.cfunc
    def is_told_past(self, k: cython.Py_ssize_t) -> cython.bint:
        role: cython.longlong = self.roles[k]
        if role & (_PAST | _EVENT | _TOLD_PAST | _ENDED):
            return True
        if self.has_shape(k, RA) and self.count - k < 3:
            return True
        if not self.has_shape(k, ED) or role & (_SCENE | _TAKEN):
            return False
        word = self.word(self.at[k])
        return len(word) > 4 and "-" not in word

    @cython.cfunc
    def leads_to_name(self, k: cython.Py_ssize_t) -> cython.bint:
        """Whether what follows `in` is a place: `in the city of Basra`, but not `in prison`."""
        stop: cython.Py_ssize_t = min(k + 4, self.count)
        while k < stop:
            if self.token_looks(self.at[k], CAPITAL | CASELESS):
                return True
            k += 1
        return False

    # German, whose verb comes last.

    @cython.cfunc
    def ends_told(self) -> cython.bint:
        """`Am 3. Mai 2021 wurde er in Bonn verurteilt`: only German has its verb so late."""
        if not self.lead & _GERMAN_LEAD:
            return False
        i: cython.Py_ssize_t = self.last
        limit: cython.Py_ssize_t = self.ends[self.last - 1] + 160
        while i < self.n and self.starts[i] < limit:
            if self.token_has(i, _TOLD_END) and self.ends_clause(i):
                return True
            i += 1
        # `dass hier am 3. Mai 2021 die Brücke einstürzte`: a clause of the past runs on.
        if not self.union & _JOINING:
            return False
        i = self.last_word()
        return i >= 0 and (self.token_looks(i, TE)) != 0

    @cython.cfunc
    def ends_clause(self, i: cython.Py_ssize_t) -> cython.bint:
        return i + 1 >= self.n or self.kinds[i + 1] in _CLAUSE_ENDS

    @cython.cfunc
    def last_word(self) -> cython.Py_ssize_t:
        """The last word of the clause that goes on after the date."""
        i: cython.Py_ssize_t = self.last
        while i < self.n and self.kinds[i] not in _CLAUSE_ENDS:
            i += 1
        return i - 1 if i > self.last and self.kinds[i - 1] == WORD else -1

    @cython.cfunc
    def ends_german_passive(self) -> cython.bint:
        """`wird am 3. Mai 2021 in den Saal geführt`: no future."""
        i: cython.Py_ssize_t = self.last_word()
        if i < 0 or self.token_has(i, _TOLD_END):
            return False
        return (self.token_looks(i, GERMAN_PARTICIPLE)) != 0
