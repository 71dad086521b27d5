cimport cython
from corpuscli.captions.credits cimport Credit, read_credit
from corpuscli.captions.tokens cimport FIRST, NUMBER, OWNER, WORD, Tokens, cut

cdef long long ARABIC, CASELESS, LOWER, RUSSIAN, UPPER
cdef long long _MONTH, _DAY_WORD, _WEEKDAY, _COMING, _AWAITED, _TAKEN, _LIFE, _IN, _AT
cdef long long _PREPOSITION, _BEFORE_NAME, _ALONE, _FOR, _CITY, _COUNTRY, _PLACE, _LANDMARK
cdef long long _NAMED, _DOTTED, _NOT_LEAD, _NOT_PLACE, _NAME_END, _ARTICLE, _LINK, _AFTER_PLACE
cdef long long _BEFORE_DATE, _LEAD_LINK, _AREA, _TOWN, _KIND, _REGION_WORD, _ON_MAP, _MAP_WORD
cdef long long _KIND_PREFIX, _KIND_NOUN, _WATER, _MODIFIER, _HELD, _SIDE, _WAY_SIDE, _OPENER
cdef long long _LEADS_TO, _LEADER, _WAY, _WAY_LEAD, _WAY_NOUN, _WAY_OF, _UNIT, _TELLING
cdef long long _RELATIVE, _PEOPLE, _PHOTO, _VIEW, _BUILDING, _HOUSE, _VENUE, _VENUE_LOWER
cdef long long _VENUE_FIRST, _FESTIVAL, _SHOW, _GERMAN, _ENGLISH, _FRENCH, _ITALIAN, _DEMONYM
cdef long long _GERMAN_TOWN, _GERMAN_VENUE, _GERMAN_NOUN, _RUSSIAN_ADJECTIVE
cdef long long _ARABIC_WAY, _ARABIC_KIND, _ARABIC_TOWN
cdef int _COMMA, _STOP, _COLON, _SEMICOLON, _OPEN, _CLOSE, _HYPHEN, _QUOTE, _SLASH
cdef int _MOST_PARTS, _ENOUGH, _BESIDE_DATE, _TOLD
cdef frozenset _DASHES, _SETS_OFF, _COMMA_OR_DASH, _BEFORE_DAY, _ENDS_DATELINE, _AFTER_CREDIT, _ENDS_CLAUSE

cdef class Place:
    cdef readonly Py_ssize_t start, end
    cdef readonly bint is_known, is_set_out

cpdef choose_place(Tokens t, Credit credit)

cdef Py_ssize_t _without(Tokens t, Credit credit)
cdef bint _is_plain(Tokens t, Py_ssize_t i, long long roles)
cdef bint _is_dash(Tokens t, Py_ssize_t i)
cdef bint _is_elided(Tokens t, Py_ssize_t i)
cdef bint _has_exactly(Tokens t, Py_ssize_t first, Py_ssize_t last, long long roles)
cdef bint _is_dotted(Tokens t, Py_ssize_t i)
cdef bint _is_known(Tokens t, Py_ssize_t first, Py_ssize_t last)
cdef Py_ssize_t _end_of_words(Tokens t, Py_ssize_t i)
cdef bint _is_river(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _end_of_name(Tokens t, Py_ssize_t i)
cdef bint _is_german_noun(Tokens t, Py_ssize_t k)
cdef Py_ssize_t _end_of_day(Tokens t, Py_ssize_t i)
cdef bint _is_dated(Tokens t, Py_ssize_t i)
cdef Place _read(Tokens t, Py_ssize_t i, bint alone)
cdef bint _is_water(Tokens t, Py_ssize_t first, Py_ssize_t last)
cdef bint _is_town(Tokens t, Py_ssize_t first, Py_ssize_t last)
cdef bint _is_no_place(Tokens t, Py_ssize_t first, Py_ssize_t last)
cdef bint _is_adjective(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _end_of_kind(Tokens t, Py_ssize_t i)
cdef bint _is_kind_word(Tokens t, Py_ssize_t i)
cdef Place _before(Tokens t, Py_ssize_t i)
cdef bint _is_modifier(Tokens t, Py_ssize_t i)
cdef bint _is_area_of(Tokens t, Py_ssize_t i)
cdef bint _is_people(Tokens t, Py_ssize_t name)
cdef Py_ssize_t _leads_to_town(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _after_town(Tokens t, Py_ssize_t k)
cdef Py_ssize_t _after_leader(Tokens t, Py_ssize_t k)
cdef Py_ssize_t _german_venue(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _end_of_owned(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _end_of_parts(Tokens t, Py_ssize_t i, bint alone, bint is_kind, bint known)
cdef Py_ssize_t _end_of_bracket(Tokens t, Py_ssize_t i)
cdef Place _part(Tokens t, Py_ssize_t i, bint alone, bint is_kind, bint known_before)
cdef bint _is_city_with_country(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _end_of_way(Tokens t, Py_ssize_t i)
cdef str _without_venue(Tokens t, Place place)
cdef Py_ssize_t _end_of_city(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _end_of_venue(Tokens t, Py_ssize_t i, Py_ssize_t end)
cdef Place _lead(Tokens t, bint is_russian)
cdef Place _lead_with_day(Tokens t, Py_ssize_t day, Py_ssize_t end)
cdef Place _up_to(Tokens t, Py_ssize_t i, bint is_listed)
cdef Place _checked(Tokens t, Py_ssize_t first, Py_ssize_t last, bint is_dated)
cdef Place _soviet(Tokens t)
cdef Place _capitals(Tokens t)
cdef Place _first(Tokens t)
cdef Place _pair(Tokens t, Py_ssize_t i, Py_ssize_t end)
cdef Place _own_sentence(Tokens t)
cdef Place _set_apart(Tokens t)
cdef bint _is_photographed(Tokens t, Py_ssize_t i)
cdef Place _italian(Tokens t)
@cython.locals(best=Place, place=Place)
cdef Place _in_sentence(Tokens t)
cdef Py_ssize_t _end_of_sentence(Tokens t)
cdef bint _may_begin(Tokens t, Py_ssize_t i)
cdef Py_ssize_t _firmness_of(Tokens t, Py_ssize_t i)
cdef bint _is_joint(Tokens t, Py_ssize_t i)
cdef int _weigh(Tokens t, int firmness, Py_ssize_t i, Place place)
cdef bint _is_told(Tokens t, Py_ssize_t i)
cdef bint _is_during(Tokens t, Py_ssize_t i)
cdef bint _is_unseen(Tokens t, Py_ssize_t i)
cdef Place _otherwise(Tokens t)
cdef Place _adjective(Tokens t, Py_ssize_t i)
cdef Place _town(Tokens t, Py_ssize_t i)
cdef Place _after_noun(Tokens t, Py_ssize_t i)
cdef Place _before_day(Tokens t)
cdef Place _landmark(Tokens t)
cdef Place _on_map(Tokens t)
cdef Place _at_last(Tokens t)
cdef Place _arabic(Tokens t)
cdef Py_ssize_t _end_of_arabic(Tokens t, Py_ssize_t i)
