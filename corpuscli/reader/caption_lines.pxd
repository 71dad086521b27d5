from corpuscli.reader.lines cimport Lines

cdef Py_ssize_t NEAR

cdef class CaptionLine:
    cdef readonly Py_ssize_t start
    cdef readonly Py_ssize_t end
    cdef readonly bytes key
    cdef readonly bint above
    cdef readonly bint touching

cdef class CaptionLines:
    cdef readonly list lines
    cdef readonly Py_ssize_t body

cpdef CaptionLines read_captions(Lines text, object header)
