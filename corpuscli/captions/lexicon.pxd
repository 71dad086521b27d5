cimport cython

cdef class Word:
    cdef readonly str folded
    cdef readonly long long dates
    cdef readonly long long places
    cdef readonly long long credits
    cdef readonly long long shape

cdef class Name:
    cdef readonly dict after
    cdef public long long places
    cdef public long long credits
    cdef public dict exact

cdef dict KNOWN
cdef dict NAMES
cdef dict _WORDS, _ENDINGS, _BEGINNINGS
cdef tuple _NO_ROLES
cdef Py_ssize_t _MOST
cdef long long _NO_ENDING, _AGENCY

@cython.locals(folded=str, roles=tuple, exact=tuple, firm="long long", found=Word)
cpdef Word look_up(str word)
@cython.locals(size=Py_ssize_t, longest=Py_ssize_t, parts=dict, part=tuple)
cdef tuple _with_parts(tuple roles, str word, bint is_lower)
cpdef str fold(str word)
cdef tuple _joined(tuple one, tuple other)
cdef _shape(str word, str folded)
