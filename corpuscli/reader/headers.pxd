from corpuscli.reader.lines cimport Lines

cdef Py_ssize_t REACH
cdef Py_ssize_t LOOK_BEHIND
cdef Py_ssize_t MAX_BLOCKS
cdef Py_ssize_t MOST_KINDS
cdef int CHROME
cdef int CHROME_TAIL

cdef class Line:
    cdef readonly Py_ssize_t start
    cdef readonly Py_ssize_t end
    cdef public bytes key

cdef class Text(Lines):
    cdef readonly object layout
    cdef readonly Py_ssize_t base
    cdef readonly bint at_start
    cdef bint has_marks
    cdef readonly Py_ssize_t longest_chrome
    cdef dict _kinds
    cpdef Line line(self, Py_ssize_t start, Py_ssize_t end)
    cpdef int kind(self, bytes key)
    cpdef bint is_chrome(self, Py_ssize_t start, Py_ssize_t end)
    cpdef bint may_be_title(self, bytes key)
    cpdef Py_ssize_t previous_line(self, Py_ssize_t start, Py_ssize_t floor)
    cpdef bint blank_above(self, Py_ssize_t start)
    cpdef bint blank_below(self, Py_ssize_t end)
    cpdef bint opens_block(self, Py_ssize_t start)
    cpdef bint begins_file(self, Py_ssize_t start)
    cpdef Line joined_line(self, Py_ssize_t start, Py_ssize_t end)
    cpdef bint is_alone(self, Line line)
    cpdef Line first_below(self, Py_ssize_t start, Py_ssize_t limit)

cpdef object header_at_chrome(Text text, Py_ssize_t chrome)
cpdef bint continues_chrome(Text text, Py_ssize_t chrome)
cpdef object header_between(Text text, Py_ssize_t one, Py_ssize_t other)
