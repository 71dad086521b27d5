cimport cython
from corpuscli.captions.tokens cimport FIRST, NUMBER, OWNER, WORD, Tokens

cdef int STORY, PLAIN, PICTURE
cdef Py_ssize_t _BEFORE, _AFTERWARDS, _ROOM
cdef int _COMMA, _STOP, _COLON
cdef long long ASCII, CAPITAL, CASELESS, LOWER, TOLD
cdef long long _ED, _ING, _TE, _FRENCH_PARTICIPLE
cdef long long _WEEKDAY, _FILLER, _ENGLISH_LEAD, _GERMAN_LEAD, _GERMAN_ARTICLE, _ARTICLE
cdef long long _PICTURE, _PICTURE_BINDER, _TAKEN, _PUBLISHED, _RELEASED, _READS
cdef long long _BINDER, _DETERMINER, _EVENT, _EVENT_NOUN, _LIFE, _TOLD_AFTER, _CHARGED
cdef long long _COMING, _FUTURE, _AWAITED, _OCCASION, _DURING, _RELATIVE, _AHEAD, _LEADS_ON
cdef long long _PAST, _TOLD_PAST, _TOLD_NEXT, _TOLD_VERB, _TOLD_END, _GERMAN_PAST, _ENDED, _DONE
cdef long long _SHOWN, _NOW, _POSED, _SCENE, _JOINING, _AUXILIARY, _FRENCH_AUXILIARY, _MODAL
cdef long long _WHERE, _AFTER, _DAYTIME, _PRONOUN, _AFTER_PARTICIPLE, _BEFORE_OBJECT
cdef long long _ORDINAL, _ORDINARY, _PERFECT, _TELLING, _HINTS_PAST
cdef frozenset _MARKS, _PHRASE_ENDS, _CLAUSE_ENDS, _SENTENCE_ENDS, _QUOTES
cdef list _spare

@cython.final
cdef class Clause:
    cdef Tokens t
    cdef Py_ssize_t first, last, count, leads
    cdef long long lead, union
    cdef bint only_am, is_marked, is_later
    cdef long long[::1] at, roles, shapes
    cdef look_before(self, Tokens t, Py_ssize_t first, Py_ssize_t last)
    cdef bint ends_sentence(self, Py_ssize_t stop)
    cdef Py_ssize_t take_leads(self, Py_ssize_t i, Py_ssize_t stop)
    cdef take(self, Py_ssize_t first, Py_ssize_t last)
    cdef str word(self, Py_ssize_t k)
    cdef bint has(self, Py_ssize_t k, long long roles) noexcept
    cdef bint any(self, long long roles, Py_ssize_t first, Py_ssize_t last) noexcept
    cdef bint ends_with(self, Py_ssize_t k, int kind) noexcept
    cdef bint ends_with_comma(self, Py_ssize_t k) noexcept
    cdef int next_sign(self) noexcept
    cdef long long following(self, int which)
    cdef int role(self) except -1
    cdef bint is_set_off(self)
    cdef bint is_pictures(self, long long following)
    cdef bint is_told_around(self, long long following)
    cdef bint describes_noun(self)
    cdef bint is_taken_then(self)
    cdef bint is_lead_told(self)
    cdef bint shows_any(self) noexcept
    cdef bint is_told_before_mark(self)
    cdef bint is_told_before(self)
    cdef bint hangs_on(self)
    cdef bint is_embedded(self)
    cdef bint is_charged(self)
    cdef bint is_unplaced(self)
    cdef bint is_told(self)
    cdef bint is_to_come(self)
    cdef bint opens_past(self, Py_ssize_t k)
    cdef bint is_ahead(self)
    cdef bint tells_past(self)
    cdef bint shows(self, Py_ssize_t k) noexcept
    cdef bint is_past(self, Py_ssize_t k)
    cdef bint is_finite(self, Py_ssize_t k)
    cdef bint is_milestone(self)
    cdef bint follows_past(self)
    cdef bint is_told_past(self, Py_ssize_t k)
    cdef bint leads_to_name(self, Py_ssize_t k)
    cdef bint ends_told(self)
    cdef Py_ssize_t last_word(self)
    cdef bint ends_german_passive(self)

@cython.locals(c=Clause)
cpdef int role_of(Tokens t, Py_ssize_t first, Py_ssize_t last) except -1
cpdef bint is_told_after(Tokens t, Py_ssize_t i)
