cimport cython
from corpuscli.captions.story cimport PICTURE, PLAIN, is_told_after, role_of
from corpuscli.captions.tokens cimport FIRST, NUMBER, OWNER, WORD, Tokens, cut, one_line

cdef Py_ssize_t _MOST
cdef long long _MONTH, _WEEKDAY, _JOINT, _RANGE, _FILLER, _THIS
cdef int _COMMA, _STOP, _SLASH, _HYPHEN, _COLON
cdef frozenset _DASHES, _BEFORE_NO_DAY, _IN_NO_DATE
cdef dict MONTHS, WEEKDAYS

cdef class Found:
    cdef readonly Py_ssize_t first
    cdef readonly Py_ssize_t last
    cdef readonly str day

@cython.locals(tokens=Tokens, found=list, before=Py_ssize_t)
cpdef only_date(str text)
cpdef bint may_have_year(str text)
cpdef list find_dates(Tokens t)
cpdef choose_date(Tokens t, list found)

cdef Found _read(Tokens t, Py_ssize_t i, Py_ssize_t after)
cdef Found _found(Py_ssize_t first, Py_ssize_t last, int year, int month, int day)
cdef bint _is_run_on(Tokens t, Py_ssize_t i)
cdef Found _year_first(Tokens t, Py_ssize_t i)
cdef bint _goes_on(Tokens t, Py_ssize_t i)
cdef bint _may_begin(Tokens t, Py_ssize_t i)
cdef Found _numbers(Tokens t, Py_ssize_t i, Py_ssize_t after)
cdef int _weekday_of(Found found)
cdef int _weekday_before(Tokens t, Py_ssize_t i)
cdef int _this_weekday(Tokens t, Py_ssize_t i)
cdef Found _named(Tokens t, Py_ssize_t i, Py_ssize_t after)
cdef bint _may_follow(Tokens t, Py_ssize_t day)
cdef bint _ends_range(Tokens t, Py_ssize_t day)
cdef Found _month_first(Tokens t, Py_ssize_t at, Py_ssize_t i, Py_ssize_t after)
cdef bint _is_second(Tokens t, Py_ssize_t i)
cdef int _month(Tokens t, Py_ssize_t i)
cdef bint _is_span(Tokens t, Py_ssize_t end, Py_ssize_t start)
cdef _dateline_day(Tokens t, list found)
cdef bint _is_signed_year(Tokens t, list found, Py_ssize_t i)
