"""The names of the months in the languages of the captions.

A row holds every spelling of one month: English, German, French, Spanish, Russian (nominative and
the genitive that dates use), then Arabic: the names of Egypt and the Gulf, of the Maghreb, of the
Levant. Names are in lower case; a name of two words is written without its space, as `month_number`
looks it up.
"""

from corpuscli.captions.words import word_set

MONTHS: tuple[tuple[str, ...], ...] = (
    (
        *("january", "jan", "januar", "jänner", "jän", "janvier", "janv", "enero", "ene"),
        *("январь", "января", "янв", "يناير", "جانفي", "ينایر", "كانونالثاني", "كانونثاني"),
    ),
    (
        *("february", "feb", "februar", "feber", "février", "fevrier", "févr", "fév", "febrero"),
        *("февраль", "февраля", "фев", "февр", "فبراير", "فيفري", "شباط"),
    ),
    (
        *("march", "mar", "märz", "maerz", "mär", "mars", "marzo", "март", "марта", "мар"),
        *("مارس", "آذار", "اذار", "أذار"),
    ),
    (
        *("april", "apr", "avril", "avr", "abril", "abr", "апрель", "апреля", "апр"),
        *("أبريل", "ابريل", "إبريل", "أفريل", "افريل", "نيسان"),
    ),
    ("may", "mai", "mayo", "май", "мая", "مايو", "ماي", "أيار", "ايار", "أيّار"),
    (
        *("june", "jun", "juni", "juin", "junio", "июнь", "июня", "июн"),
        *("يونيو", "يونيه", "جوان", "حزيران"),
    ),
    (
        *("july", "jul", "juli", "juillet", "juil", "julio", "июль", "июля", "июл"),
        *("يوليو", "يوليه", "جويلية", "يوليوز", "تموز", "تمّوز"),
    ),
    (
        *("august", "aug", "août", "aout", "agosto", "ago", "август", "августа", "авг"),
        *("أغسطس", "اغسطس", "أوت", "اوت", "غشت", "آب", "اب"),
    ),
    (
        *("september", "sept", "sep", "septembre", "septiembre", "setiembre"),
        *("сентябрь", "сентября", "сент", "сен", "سبتمبر", "شتنبر", "أيلول", "ايلول"),
    ),
    (
        *("october", "oct", "oktober", "okt", "octobre", "octubre"),
        *("октябрь", "октября", "окт", "أكتوبر", "اكتوبر", "تشرينالأول", "تشرينالاول", "تشرينأول"),
    ),
    (
        *("november", "nov", "novembre", "noviembre", "ноябрь", "ноября", "нояб", "ноя"),
        *("نوفمبر", "نونبر", "تشرينالثاني", "تشرينثاني"),
    ),
    (
        *("december", "dec", "dezember", "dez", "décembre", "decembre", "déc", "diciembre", "dic"),
        *("декабрь", "декабря", "дек", "ديسمبر", "دجنبر", "كانونالأول", "كانونالاول", "كانونأول"),
    ),
)

# From Monday to Sunday.
_WEEK = (
    "monday mon montag lundi lunes понедельник الاثنين الإثنين",
    "tuesday tue tues dienstag mardi martes вторник الثلاثاء",
    "wednesday wed mittwoch mercredi miércoles среда среду الأربعاء الاربعاء",
    "thursday thu thur thurs donnerstag jeudi jueves четверг الخميس",
    "friday fri freitag vendredi viernes пятница пятницу الجمعة",
    "saturday sat samstag sonnabend samedi sábado суббота субботу السبت",
    "sunday sun sonntag dimanche domingo воскресенье الأحد الاحد",
)
WEEKDAYS: frozenset[str] = word_set(" ".join(_WEEK))
WEEKDAY_NUMBERS = {name: number for number, row in enumerate(_WEEK) for name in row.split()}


def month_number(words: list[str]) -> int | None:
    """The month (1 to 12) that all these words name, in one language or in two.

    Arabic captions name a month twice: `تشرين الأول/أكتوبر`, `أكتوبر (تشرين الأول)`. Words that
    are no month, or two different ones, give None.
    """
    found: set[int | None] = set()
    i = 0
    while i < len(words):
        number = _NUMBERS.get("".join(words[i : i + 2]))
        if number is None or i + 1 == len(words):
            found.add(_NUMBERS.get(words[i]))
            i += 1
        else:
            found.add(number)
            i += 2
    return found.pop() if len(found) == 1 else None


_NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
