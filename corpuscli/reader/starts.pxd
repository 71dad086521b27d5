cdef Py_ssize_t REACH
cdef Py_ssize_t LOOK_BEHIND
