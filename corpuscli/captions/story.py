# cython: annotation_typing=False, infer_types=True, boundscheck=False, wraparound=False
# cython: initializedcheck=False
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

from array import array

try:
    import cython
except ImportError:
    from corpuscli import interpreted as cython  # type: ignore[no-redef]

if cython.compiled:
    from cython.cimports.corpuscli.captions.tokens import FIRST, NUMBER, OWNER, WORD, Tokens
else:
    from corpuscli.captions.tokens import FIRST, NUMBER, OWNER, WORD, Tokens

from corpuscli.captions.lexicon import ASCII, CAPITAL, DATE_BIT, LOWER, TOLD, bits

STORY, PLAIN, PICTURE = range(3)
"""Whose a date is: a story's; nobody's in particular; said to be the picture's."""

_ED, _ING, _TE, _FRENCH_PARTICIPLE = bits(DATE_BIT, "ed ing te french-participle")
_WEEKDAY, _FILLER, _ENGLISH_LEAD, _GERMAN_LEAD, _GERMAN_ARTICLE, _ARTICLE = bits(
    DATE_BIT, "weekday filler english-lead german-lead german-article article"
)
_PICTURE, _PICTURE_BINDER, _TAKEN, _PUBLISHED, _RELEASED, _READS = bits(
    DATE_BIT, "picture picture-binder taken published released reads"
)
_BINDER, _DETERMINER, _EVENT, _EVENT_NOUN, _LIFE, _TOLD_AFTER, _CHARGED = bits(
    DATE_BIT, "binder determiner event event-noun life told-after charged"
)
_COMING, _FUTURE, _AWAITED, _OCCASION, _DURING, _RELATIVE, _AHEAD, _LEADS_ON = bits(
    DATE_BIT, "coming future awaited occasion during relative ahead-of leads-on"
)
_PAST, _TOLD_PAST, _TOLD_NEXT, _TOLD_VERB, _TOLD_END, _GERMAN_PAST, _ENDED, _DONE = bits(
    DATE_BIT, "past told-past told-next told-verb told-end german-past ended done"
)
_SHOWN, _NOW, _POSED, _SCENE, _JOINING, _AUXILIARY, _FRENCH_AUXILIARY, _MODAL = bits(
    DATE_BIT, "shown now posed scene joining auxiliary french-auxiliary modal"
)
_WHERE, _AFTER, _DAYTIME, _PRONOUN, _AFTER_PARTICIPLE, _BEFORE_OBJECT, _ORDINAL, _ORDINARY = bits(
    DATE_BIT, "where after-date daytime pronoun after-participle before-object ordinal ordinary"
)
_PERFECT, _TELLING, _HINTS_PAST = bits(
    DATE_BIT, "perfect coming|future|relative|ahead-of event|past|told-past|ended|told-verb|life|ed"
)

_BEFORE = 160  # how far a caption is read before a date, in characters
_AFTERWARDS = 120  # and after it
_ROOM = 200  # words of a clause: more than `_BEFORE` and `_AFTERWARDS` characters have
_COMMA, _STOP, _COLON = map(ord, ",.:")
# Signs that set a date off from the phrase before it.
_MARKS = frozenset(map(ord, ",:-–—|/)("))
_PHRASE_ENDS = frozenset(map(ord, ".;:()[]/|–—©"))
_CLAUSE_ENDS = frozenset(map(ord, ".,;:()[]"))
_QUOTES = frozenset(map(ord, '"”“»'))
_SENTENCE_ENDS = frozenset(map(ord, ".;:()[]"))


def role_of(t: Tokens, first: int, last: int) -> int:
    """Return whose the date from token `first` up to `last` is."""
    try:
        c = _spare.pop()
    except IndexError:
        c = Clause()
    c.look_before(t, first, last)
    role = c.role()
    _spare.append(c)
    return role


def is_told_after(t: Tokens, i: int) -> bool:
    """`1 Ekim 2023'te ölen`, `2023年10月1日に死亡した`: a verb that follows its date."""
    for k in range(i - 1, min(t.n, i + 6)):  # a day's own sign may begin the word: 日死亡した
        if t.kinds[k] in _SENTENCE_ENDS:
            break
        if t.dates[k] & _TOLD_AFTER or t.shapes[k] & TOLD:
            return True
    return False


@cython.cclass
class Clause:
    """A date, and the words before it up to the beginning of its sentence.

    `at` has the tokens of the words, `roles` and `shapes` what they are; a word to which a sign is
    glued has no role, because it is not the word that the rules ask for: `who, in Oslo,`.
    """

    def __init__(self) -> None:
        zeros = bytes(8 * _ROOM)
        self.at = array("q", zeros)
        self.roles = array("q", zeros)
        self.shapes = array("q", zeros)

    # What is around the date.

    def look_before(self, t: Tokens, first: int, last: int) -> None:
        """Find the words of the clause, and what leads to the date."""
        self.t = t
        self.first = first
        self.last = last
        self.is_later = False  # another sentence comes before
        self.leads = 0  # words between the clause and the date: `on`, `am Montag`
        self.lead = 0  # the roles of the first of them
        self.only_am = False
        stop = first - 1
        while stop >= FIRST and t.starts[stop] >= t.starts[first] - _BEFORE:
            kind = t.kinds[stop]
            if kind > OWNER and not t.is_glued(stop + 1):
                if kind == _STOP and self.ends_sentence(stop):
                    self.is_later = True
                    break
                if kind in (63, 59, 41):
                    break
            stop -= 1
        i = self.take_leads(first - 1, stop)
        self.is_marked = i > stop and t.kinds[i] in _MARKS
        self.take(stop + 1, i + 1)
        if not self.count and not self.leads:
            self.is_later = False

    def ends_sentence(self, stop: int) -> bool:
        """Whether a stop ends a sentence: four letters before it are no abbreviation."""
        t = self.t
        if t.is_year(stop - 1):
            return True
        return t.is_glued(stop) and t.text[max(0, t.starts[stop] - 4) : t.starts[stop]].isalpha()

    def take_leads(self, i: int, stop: int) -> int:
        """Step over what leads to the date: `on`, `am Montag, dem`, `in the early hours of`."""
        t = self.t
        if t.words[i] == "a" and " de " in t.slice(self.first, self.last):
            i -= 1  # a 15 de mayo de 2025
        if t.words[i] == "of" and (t.dates[i - 1] | t.dates[i - 2]) & _DAYTIME:
            while i > stop and not t.dates[i] & _WHERE:
                i -= 1
        while i > stop:
            k = i
            if t.kinds[k] == _COMMA or t.kinds[k] == _STOP:
                k -= 1
            if k <= stop or not t.dates[k] & _FILLER:
                break
            self.leads += 1
            self.lead = t.dates[k]
            self.only_am = self.leads == 1 and t.words[k] == "am"
            i = k - 1
        return i

    def take(self, first: int, last: int) -> None:
        """Take the words of some tokens for those of the clause."""
        t = self.t
        count = 0
        self.union = 0
        for i in range(first, last):
            kind = t.kinds[i]
            if kind == WORD or kind == NUMBER:
                role = t.dates[i]
                if (t.is_glued(i + 1) and t.kinds[i + 1] >= OWNER) or (
                    t.is_glued(i) and t.kinds[i - 1] > OWNER
                ):
                    role = 0
                self.at[count] = i
                self.roles[count] = role
                self.shapes[count] = t.shapes[i]
                self.union |= role
                count += 1
        self.count = count

    def word(self, k: int) -> str:
        return self.t.words[self.at[k]] if 0 <= k < self.count else ""

    def has(self, k: int, roles: int) -> bool:
        return 0 <= k < self.count and self.roles[k] & roles != 0

    def any(self, roles: int, first: int, last: int) -> bool:
        """Whether one of the words from `first` up to `last` has one of these roles."""
        for k in range(max(0, first), last):
            if self.roles[k] & roles:
                return True
        return False

    def ends_with(self, k: int, kind: int) -> bool:
        """Whether a sign is glued to a word."""
        if not 0 <= k < self.count:
            return False
        i = self.at[k] + 1
        return self.t.kinds[i] == kind and self.t.is_glued(i)

    def ends_with_comma(self, k: int) -> bool:
        return self.ends_with(k, _COMMA)

    def next_sign(self) -> int:
        """The sign that is glued to the date, or 0."""
        sign = self.t.kinds[self.last]
        return sign if sign > OWNER and self.t.is_glued(self.last) else 0

    def following(self, which: int) -> int:
        """The roles of one of the two words after the date that belong to its phrase."""
        t = self.t
        if self.next_sign() in (_STOP, _COLON, 41):
            return 0
        for i in range(self.last, min(t.n, self.last + 6)):
            if t.kinds[i] in _PHRASE_ENDS:
                break
            if t.kinds[i] == WORD or t.kinds[i] == NUMBER:
                if which == 0:
                    return t.dates[i]
                which -= 1
        return 0

    # The rules, in the order in which they are asked.

    def role(self) -> int:
        """Return whose the date is."""
        if self.is_set_off():
            return PLAIN
        following = self.following(0)
        if self.has(self.count - 1, _RELEASED):
            return STORY
        if self.is_pictures(following | self.following(1)):
            return PICTURE
        if self.is_told_around(following) or is_told_after(self.t, self.last):
            return STORY
        if self.count == 0:
            is_story = self.is_lead_told()
        elif self.is_marked:
            is_story = self.is_told_before_mark()
        else:
            is_story = self.is_told_before()
        return STORY if is_story else PLAIN

    def is_set_off(self) -> bool:
        """`…, Spain, May 3, 2023.`, `…, Spain, Friday, May 3, 2023.`, `…, Spain May 3, 2023.`"""
        t = self.t
        i = self.first - 1
        if self.last < t.n and not (t.kinds[self.last] == _STOP and not t.is_glued(self.last + 1)):
            return False
        if t.kinds[i] == WORD:  # a name with a comma before it
            roles = _FILLER | _BINDER | _DETERMINER
            return t.kinds[i - 1] == _COMMA and t.is_name(i) and not t.dates[i] & roles
        if t.kinds[i] != _COMMA or t.kinds[i - 1] != WORD:
            return False
        return not t.dates[i - 1] & _FILLER or (
            t.dates[i - 1] & _WEEKDAY != 0 and t.kinds[i - 2] == _COMMA
        )

    def is_pictures(self, following: int) -> bool:
        """`taken on`, `in this photo released by the army on`, `… file photo`."""
        n = self.count
        if following & _PICTURE:
            return True
        if n > 1 and self.has(n - 1, _PICTURE_BINDER):
            n -= 1  # Archivfoto vom, photo from
            if self.ends_with_comma(n - 1) and self.word(n) in ("vom", "von"):
                return True
        if n > 1 and self.word(n - 1) == "archives":
            n -= 2  # photo d'archives du
        if n == 0 or self.ends_with_comma(n - 1):
            return False
        last = self.roles[n - 1]
        if last & _PICTURE:
            return True
        if last & _TAKEN and not last & (_EVENT | _PUBLISHED):
            return not self.has(n - 2, _ORDINAL)
        for k in range(n - 1, max(-1, self.count - 11), -1):
            if self.roles[k] & _PICTURE:
                return self.any(_TAKEN, k + 1, n) and not self.any(_RELATIVE, k + 1, n)
        return False

    def is_told_around(self, following: int) -> bool:
        """Whether the words right at the date, before it or after it, make it the story's."""
        t = self.t
        n = self.count
        last = self.roles[n - 1] if n else 0
        if self.only_am and n:
            if last & _GERMAN_ARTICLE:
                return True  # die am 3. Mai 2021 verstorbene
            if last & _TE and not last & _POSED:
                return True  # kündigte am
            if last & _GERMAN_PAST:
                return not self.is_taken_then()
        if self.next_sign() in _QUOTES and t.kinds[FIRST] not in _QUOTES:
            return True  # the painting "Meeting of May 7, 1901"
        if following & _EVENT_NOUN or (self.leads and following & _TOLD_NEXT):
            return True  # the May 3, 2023 attack
        if following & _AUXILIARY and following & _PAST and n and self.next_sign() == _COMMA:
            return not self.any(_TAKEN, 0, n)  # those killed on May 3, 2023, were tourists
        if (self.leads == 0 or self.lead & _ENGLISH_LEAD) and self.describes_noun():
            return True
        if last & _READS and self.leads == 0:
            return True  # a sign reading May 3, 2023
        if last & _TAKEN and self.has(n - 2, _ORDINAL):
            return True  # last seen on
        for k in range(max(0, n - 5), n):  # a été tué le, est entré en éruption le
            if self.word(k) == "été" and k >= n - 4:
                return True
            if self.roles[k] & _EVENT and not self.shapes[k] & ASCII:
                if self.word(k - 1) in ("est", "sont"):
                    return True
        return t.kinds[self.first - 1] == _COLON and t.words[self.first - 2] in ("date", "data")

    def describes_noun(self) -> bool:
        """`on March 13, 2021 prices`: a word in lower case without a comma is what it describes."""
        t = self.t
        i = self.last
        if t.is_glued(i) or not t.shapes[i] & LOWER or t.dates[i] & _AFTER:
            return False
        return t.text[t.starts[i]] <= "\u024f"

    def is_taken_then(self) -> bool:
        """`wurde am 3. Mai 2021 aufgenommen`."""
        t = self.t
        for i in range(self.last, min(t.n, self.last + 12)):
            if t.kinds[i] == _STOP:
                break
            if t.dates[i] & _TAKEN and not t.dates[i] & _RELEASED:
                return True
        return False

    # What the clause before the date tells.

    def is_lead_told(self) -> bool:
        """Whether a sentence that begins with its date tells of the past: `On May 3, fire …`."""
        t = self.t
        if self.leads == 0:
            return False
        if self.ends_told():
            return True
        i = self.last
        while i < t.n and t.kinds[i] not in _SENTENCE_ENDS:
            if t.starts[i] > t.ends[self.last - 1] + _AFTERWARDS:
                break
            i += 1
        self.take(self.last, i)
        if self.count == 0 or self.union & _PICTURE:
            return False  # Oslo. Friday 3 March 2023. A tram …
        if self.tells_past():
            return True
        return self.is_later and not self.shows_any()

    def shows_any(self) -> bool:
        for k in range(self.count):
            if self.shows(k):
                return True
        return False

    def is_told_before_mark(self) -> bool:
        """Whether a date is the story's although a comma sets it off."""
        n = self.count
        if self.leads == 0:
            return False
        if self.ends_with_comma(n - 2) and self.any(_WHERE, n - 4, n - 1):
            # `that was hit in Dnipro, Ukraine,`: only the sentence's own verb reaches beyond it.
            return self.tells_past()
        return self.is_told() or self.tells_past() or self.ends_told()

    def is_told_before(self) -> bool:
        """Whether the clause that runs up to a date makes it the story's."""
        n = self.count
        if self.leads == 0 and self.word(n - 1) == "the" and self.word(n - 2) == "on":
            return self.t.kinds[self.first] != NUMBER  # on the 4th of July 2023
        if self.only_am and self.word(n - 1) in ("wird", "werden"):
            return not self.ends_german_passive()
        if self.any(_TOLD_VERB, n - 4, n) or self.hangs_on():
            return True
        if self.is_told() and (self.leads or not self.shapes[n - 1] & CAPITAL):
            return True  # not in Odesa May 3, 2022
        if self.tells_past() or self.is_embedded():
            return True
        if self.leads == 0:
            return False
        if not self.lead & (_WEEKDAY | _ENGLISH_LEAD) or (
            not self.lead & _WEEKDAY and self.union & _HINTS_PAST
        ):
            if self.follows_past():
                return True
        if self.is_charged() or self.ends_told():
            return True
        if not self.is_later or (self.only_am and self.word(n - 1).endswith("t")):
            return False  # the later sentence's verb is in the present: spricht am
        return self.has(0, _PRONOUN) or self.is_unplaced()

    def hangs_on(self) -> bool:
        """`since May 3, 2023`, `died on May 3, 2023`: the word before the date makes it told."""
        n = self.count
        last = self.roles[n - 1]
        if last & (_BINDER | _DETERMINER) or self.ends_with(n - 1, OWNER):
            return True
        if last & _EVENT:
            return not self.has(n - 2, _NOW)
        if self.leads == 0:
            return last & _ING != 0 and self.has(n - 2, _PAST)
        if last & _AWAITED:
            return not self.any(_DURING, n - 5, n - 1)
        if last & _OCCASION and self.any(_LEADS_ON, n - 4, n - 1):
            return True  # tickets to the final on, a stage for the concert on
        if self.is_past(n - 1):
            return True
        # `took office on`, `was last seen alive on`, but not `were arrested in Rome on`.
        return not last & _TAKEN and not self.any(_WHERE, n - 5, n) and self.any(_PAST, n - 5, n)

    def is_embedded(self) -> bool:
        """`The pact, signed in Bern on May 3, 2021, is on show`: set in between commas."""
        if self.next_sign() != _COMMA:
            return False
        for k in range(self.count - 2, -1, -1):
            if self.ends_with_comma(k):
                return self.has(k + 1, _EVENT | _DONE | _ENDED)
        return False

    def is_charged(self) -> bool:
        """`accused of robbing a bank in Lima on`: the day of the deed."""
        for k in range(self.count - 2, -1, -1):
            if self.ends_with_comma(k) or self.roles[k] & _SHOWN:
                return False
            if self.roles[k] & _CHARGED:
                return self.word(k + 1) in ("of", "with", "over")
        return False

    def is_unplaced(self) -> bool:
        """Whether neither a verb of the picture nor a place is in the date's sentence."""
        t = self.t
        if self.shows_any() or self.any(_WHERE, self.count - 6, self.count):
            return False
        i = self.last
        if self.next_sign() == _COMMA:
            i += 1
        if not t.dates[i] & _WHERE:
            return True
        return not t.is_capital(i + 2 if t.words[i + 1] == "the" else i + 1)

    # What is to come, and clauses that belong to another noun.

    def is_told(self) -> bool:
        """Whether the words before the date open a clause of the story that runs up to the date."""
        n = self.count
        if self.word(n - 2) == "be" and self.word(n - 3) == "to":
            return True  # to be played on
        if not self.union & _TELLING:
            return False
        if self.any(_COMING, n - 4, n) or self.is_to_come():
            return True
        low = max(0, n - 20)
        for k in range(n - 1, low - 1, -1):
            if self.ends_with_comma(k) and self.has(k + 1, _WHERE):
                return False
            if self.roles[k] & _FUTURE:
                return True
            if self.roles[k] & _RELATIVE and self.opens_past(k + 1):
                # A relative clause between two commas ends before the date.
                return not (k > low and self.ends_with_comma(k - 1) and self.ends_with_comma(n - 1))
        return self.is_ahead()

    def is_to_come(self) -> bool:
        """`are set to be under a warning on`, but not `his nomination to be director on`."""
        n = self.count
        for k in range(n - 3, max(0, n - 14), -1):
            if self.ends_with_comma(k):
                return False
            if self.roles[k] & _COMING and not self.has(k + 2, _DETERMINER):
                if self.word(k + 1) == "to":
                    return True
        return False

    def opens_past(self, k: int) -> bool:
        """Whether a relative clause is in the past, with no verb of the picture after it."""
        n = self.count
        if not self.has(k + 1, _DETERMINER):  # that made a landing, the record
            for i in range(k, min(k + 3, n)):
                if self.roles[i] & _TAKEN and not self.roles[i] & _EVENT:
                    return False
        if not self.has(k, _PAST | _EVENT | _ENDED | _ED):
            return False
        return not self.any(_NOW | _SHOWN, k + 1, n)

    def is_ahead(self) -> bool:
        """`ahead of the vote on`, but not `ahead of the vote in Quito on`."""
        n = self.count
        k = n - 1
        while k >= 0 and not self.roles[k] & _AHEAD:
            k -= 1
        if k < 0 or self.leads == 0:
            return False
        if self.word(k) == "before" and self.any(_AUXILIARY, k, n):
            return True  # the statue before it was toppled in Gent on
        for i in range(k + 1, n):
            if self.roles[i] & _WHERE and not self.has(i - 1, _EVENT_NOUN):  # the attack on
                return False
            if self.word(i) == "capital":  # the fall of the capital Sanaa on
                return False
        return True

    # Verbs of the past.

    def tells_past(self) -> bool:
        """Whether a sentence, up to its date or on from it, reports an event of the past."""
        n = self.count
        for k in range(n):
            role = self.roles[k]
            if role & (_JOINING | _SHOWN | _NOW):
                if role & _JOINING or not self.has(k - 1, _MODAL):
                    return False
            elif role & _POSED:
                break
            elif self.is_past(k):
                # What was taken for the past of the sentence may be a participle before its verb.
                for i in range(k + 1, n):
                    if self.roles[i] & _NOW:
                        return False
                    if self.roles[i] & _SHOWN and not self.has(i - 1, _MODAL):
                        return False
                return True
            elif role & _ING and not self.has(k - 1, _ARTICLE):
                return False
        return self.is_milestone()

    def shows(self, k: int) -> bool:
        """Whether a word is a verb in the form that captions use for what is in the picture."""
        return self.roles[k] & (_SHOWN | _NOW | _ING) != 0

    def is_past(self, k: int) -> bool:
        """Whether a word is a finite verb in the past."""
        role = self.roles[k]
        if role & (_DONE | _ENDED):
            return self.is_finite(k)
        if role & _ED:
            return k > 0 and self.has(k + 1, _BEFORE_OBJECT)
        return role & _FRENCH_PARTICIPLE != 0 and self.has(k - 1, _FRENCH_AUXILIARY)

    def is_finite(self, k: int) -> bool:
        """Whether a past form is its clause's verb, not a participle."""
        before = k - 1
        if self.word(before).endswith("ly"):
            before -= 1  # was fatally shot
        if self.has(before, _AUXILIARY):
            return True
        if self.has(before, _PERFECT) or self.word(before) == "to":
            return False
        if self.has(before, _ARTICLE) and self.shapes[k] & ASCII:
            return False
        return self.roles[k] & _ENDED != 0 or not self.has(k + 1, _AFTER_PARTICIPLE)

    def is_milestone(self) -> bool:
        """`the first patients were treated`, `hosted its last match`, not `met the first lady`."""
        if not self.any(_AUXILIARY | _POSED | _ED, 0, self.count):
            return False
        for k in range(self.count):
            if self.roles[k] & _ORDINAL:
                return k + 1 < self.count and not self.has(k + 1, _ORDINARY)
        return False

    def follows_past(self) -> bool:
        """`sanctions imposed on`, `last seen on`, `entró en vigor el`: no place between them."""
        n = self.count
        if self.any(_LIFE, n - 6, n):
            return True
        for k in range(n - 1, max(-1, n - 10), -1):
            role = 0 if self.shapes[k] & CAPITAL else self.roles[k]
            if role & _WHERE and self.leads_to_name(k + 1):
                return False
            if self.ends_with_comma(k) or role & (_NOW | _PICTURE | _POSED):
                return False
            if role & _SHOWN and not self.has(k - 1, _MODAL):
                return False
            if not self.shapes[k] & LOWER:
                continue  # Mohammed, United States
            if k < n - 6:  # of the words that far only the plainest count
                if role & _EVENT:
                    return True
            elif role & _TOLD_VERB:
                return True
            elif self.is_told_past(k):
                return not self.has(k - 1, _NOW)
        return False

    def is_told_past(self, k: int) -> bool:
        role = self.roles[k]
        if role & (_PAST | _EVENT | _TOLD_PAST | _ENDED):
            return True
        return role & _ED != 0 and not role & (_SCENE | _TAKEN) and "-" not in self.word(k)

    def leads_to_name(self, k: int) -> bool:
        """Whether what follows `in` is a place: `in the city of Basra`, but not `in prison`."""
        for i in range(k, min(k + 4, self.count)):
            if self.t.is_capital(self.at[i]):
                return True
        return False

    # German, whose verb comes last.

    def ends_told(self) -> bool:
        """`Am 3. Mai 2021 wurde er in Bonn verurteilt`: only German has its verb so late."""
        t = self.t
        if not self.lead & _GERMAN_LEAD:
            return False
        for i in range(self.last, t.n):
            if t.starts[i] > t.ends[self.last - 1] + _BEFORE:
                break
            if t.dates[i] & _TOLD_END and (i + 1 >= t.n or t.kinds[i + 1] in _CLAUSE_ENDS):
                return True
        # `dass hier am 3. Mai 2021 die Brücke einstürzte`: a clause of the past runs on.
        return self.union & _JOINING != 0 and t.dates[self.last_word()] & _TE != 0

    def last_word(self) -> int:
        """The last token of the clause that goes on after the date."""
        t = self.t
        i = self.last
        while i < t.n and t.kinds[i] not in _CLAUSE_ENDS:
            i += 1
        return i - 1

    def ends_german_passive(self) -> bool:
        """`wird am 3. Mai 2021 in den Saal geführt`: no future."""
        word = self.t.words[self.last_word()]
        if self.t.dates[self.last_word()] & _TOLD_END:
            return False
        return word.endswith("t") or ("ge" in word and word.endswith("en"))


_spare: list[Clause] = []
