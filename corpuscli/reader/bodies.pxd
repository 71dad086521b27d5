from corpuscli.reader.lines cimport Lines

cdef int GAP
cdef Py_ssize_t _BLOCK

cdef class Body:
    cdef readonly Py_ssize_t texts
    cdef readonly bint has_gap
    cdef readonly bint has_twins
    cdef readonly bint has_touching

cpdef Body count_body(Lines lines, Py_ssize_t start)
cpdef Py_ssize_t count_words(Lines lines, Py_ssize_t start, Py_ssize_t end)
cpdef int look_at(Lines lines)
