
cdef class Row:
    cdef readonly Py_ssize_t start
    cdef readonly Py_ssize_t end
    cdef readonly Py_ssize_t place
    cdef readonly long long kind

