from corpuscli.captions.dates cimport Found, find_dates
from corpuscli.captions.tokens cimport FIRST, NUMBER, OWNER, WORD, Tokens, cut

cdef long long ARABIC, CAPITAL, CASELESS, LOWER, RUSSIAN, UPPER
cdef long long _AGENCY, _FIRM, _BYLINE, _AFTER_FIRM, _TAIL, _OFFICE, _LABEL, _ALONE, _ARCHIVE_LABEL
cdef long long _LABELS, _TRIGGER, _JOINT, _END_NOTE, _IN_LABEL, _IN_NAME, _PARTY, _ASIDE, _ALL_ASIDE
cdef long long _SOURCE, _ARCHIVE, _COURTESY, _TITLE, _PLACE_IN, _PLACE
cdef int _MOST, _SLASH, _STOP, _COMMA, _COLON, _BAR, _AT, _HYPHEN, _OPEN, _CLOSE, _LONG_DASH
cdef int _COPYRIGHT
cdef frozenset _BRACKETS, _OPENING, _DASHES, _AROUND, _BEHIND, _ENDS_SENTENCE, _BEFORE_SENTENCE
cdef frozenset _SETS_APART, _ENDS_BYLINE

cdef class Credit:
    cdef readonly Py_ssize_t block, first, last

cpdef credit_text(Tokens t, Credit credit)
cpdef Credit read_credit(Tokens t, list found)

cdef long long _name_roles(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _end_of_name(Tokens t, Py_ssize_t i, long long roles)
cdef bint _is_stop(Tokens t, Py_ssize_t i)
cdef bint _has(Tokens t, long long roles, Py_ssize_t first, Py_ssize_t last)
cdef bint _has_sign(Tokens t, int kind, Py_ssize_t first, Py_ssize_t last)
cdef bint _is_names(Tokens t, Py_ssize_t first, Py_ssize_t last)
cdef bint _is_joint(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _count_words(Tokens t, Py_ssize_t first, Py_ssize_t last)
cdef Credit _tidy(Tokens t, list found, Py_ssize_t block, Py_ssize_t a, Py_ssize_t b)
cdef bint _is_behind(Tokens t, Py_ssize_t first, Py_ssize_t last)
cdef Credit _marked(Tokens t, list found)
cdef Credit _bracketed(Tokens t, list found, Py_ssize_t i)
cdef Py_ssize_t _closing(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _bare_label(Tokens t, Py_ssize_t i)
cdef bint _is_aside(Tokens t, Py_ssize_t first, Py_ssize_t last)
cdef bint _is_where_or_when(Tokens t, Py_ssize_t first, Py_ssize_t last)
cdef Py_ssize_t _name_before(Tokens t, Py_ssize_t bracket)
cdef Py_ssize_t _end_of_label(Tokens t, Py_ssize_t i)
cdef Credit _after_label(Tokens t, list found, Py_ssize_t i)
cdef Credit _labelled(Tokens t, list found, Py_ssize_t i, Py_ssize_t a)
cdef bint _is_day(Tokens t, list found, Py_ssize_t first, Py_ssize_t last)
cdef Py_ssize_t _end_of_credit(Tokens t, Py_ssize_t i)
cdef Credit _halves(Tokens t, list found, Py_ssize_t block, Py_ssize_t a, Py_ssize_t b)
cdef Py_ssize_t _ahead(Tokens t, Py_ssize_t i, Py_ssize_t a, Py_ssize_t b)
cdef Py_ssize_t _two_names(Tokens t, Py_ssize_t i)
cdef Credit _byline(Tokens t, list found, Py_ssize_t i)
cdef Credit _unmarked(Tokens t, list found)
cdef bint _is_signed(Tokens t, Py_ssize_t i)
cdef Credit _signed(Tokens t, list found, Py_ssize_t i)
cdef Py_ssize_t _end_of_firm(Tokens t, Py_ssize_t i)
cdef bint _is_name_token(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _without_place(Tokens t, Py_ssize_t first, Py_ssize_t slash, Py_ssize_t firm)
cdef Credit _last_words(Tokens t, list found)
cdef Credit _first_words(Tokens t, list found)
cdef Credit _last_agency(Tokens t)
cdef Credit _dateline(Tokens t)
