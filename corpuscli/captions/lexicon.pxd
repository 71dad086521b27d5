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
cpdef Word look_up(str word)
