from corpuscli.reader.bodies cimport Body
from corpuscli.reader.caption_lines cimport CaptionLines
from corpuscli.reader.lines cimport Lines

cdef class ParsedArticle:
    cdef readonly str dump
    cdef readonly object span
    cdef readonly object layout
    cdef readonly object header
    cdef readonly bint is_plain
    cdef readonly Lines text
    cdef CaptionLines _captions
    cdef Body _body
    cdef list _runs
    cdef int _looked
    cpdef int look(self)
    cpdef CaptionLines caption_lines(self)
    cdef Body _counts(self)
    cdef bint _has_runs(self)
    cdef object _unit(self, Py_ssize_t start, Py_ssize_t end, str joint)
    cdef bint _is_sound(self)
