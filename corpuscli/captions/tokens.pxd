cimport cython
from corpuscli.captions.lexicon cimport KNOWN, NAMES, Name, Word, look_up

cdef Py_ssize_t MARGIN, FIRST, _ROOM, _LONGEST
cdef int WORD, NUMBER, OWNER, END
cdef long long BEGINS_NAME, CAPITAL, CASELESS, LOWER, _MONTH
cdef list _spare

@cython.final
cdef class Tokens:
    cdef readonly str text
    cdef readonly Py_ssize_t room
    cdef public Py_ssize_t n, low
    cdef public long long union
    cdef readonly list words
    cdef long long[::1] kinds, starts, ends, values, dates, places, credits, shapes
    cdef long long[::1] name_ends, name_places, firm_ends, firm_roles
    cpdef clear(self, Py_ssize_t first, Py_ssize_t last)
    cpdef str slice(self, Py_ssize_t first, Py_ssize_t last)
    cpdef bint is_glued(self, Py_ssize_t i) noexcept
    cpdef Py_ssize_t length(self, Py_ssize_t i) noexcept
    cpdef bint is_name(self, Py_ssize_t i) noexcept
    cpdef bint is_capital(self, Py_ssize_t i) noexcept
    cpdef bint is_day(self, Py_ssize_t i) noexcept
    cpdef bint is_year(self, Py_ssize_t i) noexcept

cpdef str one_line(str text)
cpdef release(Tokens tokens)
@cython.locals(t=Tokens, word=Word)
cpdef Tokens cut(str text)

@cython.locals(node=Name)
cdef _find_name(Tokens t, Py_ssize_t i)
cdef bint _is_latin(Py_UCS4 c) noexcept
cdef bint _is_letter(Py_UCS4 c) noexcept
cdef Py_ssize_t _end_of_word(str text, Py_ssize_t start, Py_ssize_t n)
cdef bint _is_owner(str text, Py_ssize_t i, Py_ssize_t n)
cdef bint _is_elided(str text, Py_ssize_t start, Py_ssize_t i)
cdef bint _is_dash(str text, Py_ssize_t i, Py_ssize_t n)
