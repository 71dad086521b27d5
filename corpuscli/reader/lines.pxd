cdef int OPENING
cdef Py_ssize_t _FEW
cdef bytes _IS_SETTLED
cdef const unsigned char* _settled
cdef unsigned long long _SEED
cdef unsigned long long _PRIME

cdef int white_width(const unsigned char* p, Py_ssize_t at, Py_ssize_t end) noexcept nogil
cdef Py_ssize_t text_start(const unsigned char* p, Py_ssize_t at, Py_ssize_t end) noexcept nogil
cdef Py_ssize_t text_end(const unsigned char* p, Py_ssize_t start, Py_ssize_t end) noexcept nogil
cdef int settled_width(const unsigned char* p, Py_ssize_t at, Py_ssize_t end) noexcept nogil

cpdef Py_ssize_t count_lines(bytes data, Py_ssize_t start, Py_ssize_t end)
cpdef Py_ssize_t first_text(bytes data)
cpdef Py_ssize_t find_bom(bytes data, Py_ssize_t start, Py_ssize_t end)

cdef class Lines:
    cdef readonly bytes data
    cdef readonly Py_ssize_t size
    cdef const unsigned char* p
    cpdef Py_ssize_t line_end(self, Py_ssize_t start) noexcept
    cpdef Py_ssize_t line_start(self, Py_ssize_t at, Py_ssize_t floor) noexcept
    cpdef bint is_blank(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cpdef bytes key(self, Py_ssize_t start, Py_ssize_t end)
    cpdef long long opening(self, Py_ssize_t start, Py_ssize_t end)
