"""The forms in which captions set a credit, as patterns."""

import re

from corpuscli.captions.agencies import AGENCIES, BYLINES, FIRMS, LABELS


def any_of(table: str, guard: str = "") -> str:
    """A pattern of the names of a table, of which it takes the longest.

    The names are parted letter by letter, so that the engine tries a few letters at a place, not
    each of a hundred names. What `guard` says of the first letter stands after it, for the engine
    to skip from one such letter to the next.
    """
    return _one_of({" ".join(name.split()) for name in table.split(";")}, guard)


def _one_of(names: set[str], guard: str = "") -> str:
    rests: dict[str, set[str]] = {}
    for name in names - {""}:
        rests.setdefault(name[0], set()).add(name[1:])
    branches = [re.escape(first) + guard + _one_of(rests[first]) for first in sorted(rests)]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in names:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in names else "")


ANY_AGENCY = any_of(AGENCIES)
_APART = r"(?<![\w.].)"
AGENCY = re.compile(rf"{any_of(AGENCIES, _APART)}(?!\w)")
FIRM = re.compile(rf"{any_of(FIRMS, _APART)}(?!\w)")
FIRMS_LAST = re.compile(rf"{any_of(FIRMS, _APART)}(?:(?: via | - | ?/ ?){any_of(FIRMS)}){{0,3}}$")

# `Photo:`, `File photo by`, `Photo courtesy`, `©`. Looking for a label takes long, so it is looked
# for only where one of its ends is.
LABEL = re.compile(
    r"(?:(?<!\w)(?:"
    r"(?:(?:file|archive|undated|handout|stock|illustrative) )?"
    rf"{any_of(LABELS)}(?: credits?| source)?"
    r"(?:(?: should read)? ?(?:(?::|©|\|) ?©?|\.\.\.|by\b:?|(?=courtesy\b))| should read)"
    r"|date [\d/.]{8,10} size x source"
    r"|(?:\A|(?<=[.!?)] ))(?:file )?(?:photo|foto)"
    r"(?:/(?= ?\w)| (?=(?:AFP|AP|EPA|EFE|Reuters|dpa)\b))"
    r"|(?<=[.!?)] )(?:photo|foto) (?=\w)"
    r"|(?:\A|(?<=[.!?)\"”’»>] )|(?<=[-–—|] ))(?:credit |copyright ){1,2}"
    r"|(?:(?:file|archive) (?:photo|picture|image)s?|(?:صورة )?أرشيفية) ?[-–—:]"
    r")|©) ?",
    re.IGNORECASE,
)
LABEL_END = re.compile(
    r":|©|\||by (?<= by )|\.\.\.|Photo[ /]|photo[ /]|Foto[ /]|foto[ /]|courtesy|Courtesy"
    r"|SOURCE |should read "
    r"|Credit |credit |Copyright |copyright "
)
# How the words end that may stand before a label's colon.
BEFORE_COLON = (
    *(" ".join(label.split()) for label in LABELS.split(";")),
    *("credit", "credits", "source", "should read", "by", "أرشيفية"),
)
# A first label that may say of what kind the picture is, not whose: `FILE PHOTO: The Name …`.
ARCHIVE = re.compile(r"(?:file|arch|symbol|foto de arch|photo d.arch|арх|أرش|صورة أرش)", re.I)
# The label and the credit with which the BBC begins.
HEADED = re.compile(r"Image (?:copyright|source),? (.{2,80}?),? Image caption\b")
# In brackets a label needs no colon.
BARE_LABEL = re.compile(
    r"(?:Photo|Picture|Image)s? (?:supplied|provided) by |"
    r"(?:(?:File|Archive) )?(?:[Pp]hotos?|Fotos?|Pictures?|Images?|Bild|Crédits?|Credits?|Files?"
    r"|Фото|صورة|تصوير)(?::| -)? (?=[^\W\d_a-zß-ÿ])"
)

# Brackets that say where a person stands, or what kind of photo it is, are no credits.
ASIDE = re.compile(
    r"(?:(?:far|top|bottom|front|back|upper|lower|second|\d(?:st|nd|rd|th)) )*"
    r"(?:[lrcm]|left|right|cent(?:er|re)|middle|top|bottom|front|back|rear|above|below|row)"
    r"(?: to (?:r|l|right|left))?|l-r"
    r"|(?:\w+ )?from .*|unseen|not (?:seen|pictured|in .*)|pictured|seen.*|\d.*|age[ds]? .*"
    r"|(?:in )?(?:red|white|blue|black|green|yellow)|[rdi]-[\w.]+"
    r"|(?:archive|files?|undated|stock|illustrative)(?: (?:photo|picture|image|pic)s?)?"
    r"|photo|picture|image"
    r"|links|rechts|mitte|archiv|archivbild|archivfoto|symbolbild|symbolfoto|ausschnitt"
    r"|(?:bündnis 90/)?die .*"
    r"|(?:à )?(?:gauche|droite)|au centre|[dg]|archives?"
    r"|(?:a la )?(?:izquierda|derecha)(?: .*)?|centro|[di]|archivo|foto de archivo"
    r"|слева|справа|в центре|архив(?:ное фото)?"
    r"|(?:صورة )?أرشيفية|أرشيف|يسار|يمين|يساراً|يميناً",
    re.IGNORECASE,
)

# What besides an agency gives a photo to the press.
SOURCE = re.compile(
    r"\b(?:website|social media|press (?:office|service)|media office|ministry|presidency"
    r"|news agency|delegation|government|embassy|council|army|police|state tv|state media"
    r"|royal court|via (?:x|twitter|facebook|instagram))\b",
    re.IGNORECASE,
)
# A day, behind a name or a place, or alone.
_DAY = r"(?:[^\W\d_]{3,} )?\d{1,2}(?:[./]|[.,]? ) ?(?:[^\W\d_]{3,}\.?|\d{1,2}[./])?,? ?\d{4}"
DAY = re.compile(rf"(?:.*\D[, ])?{_DAY}")
YEAR_LAST = re.compile(r"(?<!\d)(?:19|20)\d\d$")
HOUSE = re.compile(r"\b(?:Archives?|Library|Museum|Collection|Images|Pictures|Photos?|Press)$")

BYLINE = re.compile(
    rf"{any_of(BYLINES + '; Handout via; HANDOUT via; Pool via')}"
    r"(?:(?<! via) ?/{1,2} ?|(?<= via) )"
    r"[^\s().:;](?:[^().:;\n]|(?<=[\s/.][A-ZÀ-Þ])\.){1,100}(?:\.(?=\w)[^().:;\n]{1,40})?"
)
# `Name/AFP`, `Name / Pool / AFP`, `Name—Getty Images`, of which the agency is found first.
SIGNED = re.compile(
    r"(?:/ ?|\| (?<= \| )|—(?<=\w—))(?:Pool/|via |Copyright \d{4} The )?"
    rf"({any_of(FIRMS)}(?: Photo)?(?: - Getty Images|/{ANY_AGENCY}| via {ANY_AGENCY}"
    r"| ?/ ?File(?: Photo)?| files?| Europe| pool)*)(?![\w/])"
)
NAME_WORD = re.compile(
    r"@[\w.]+|via|[^\W\d_a-zß-öø-ÿа-яё](?:[\w’'/.-]*[\w’'])?\.?|II|III|de|van|von|al|el|bin|der"
)
INITIAL = re.compile(r"[^\W\d_]\.?|de|van|von|al|el|bin|der|II|III|Jr\.?")
_NAMES = r"[A-Z][\w’'-]+ (?:[A-Z]\. )?[A-Z][\w’'-]+"
TWO_NAMES = re.compile(rf"(?!Provided|The |An? ){_NAMES}(?= [^\W\d_a-zß-öø-ÿ])")
FIRM_FIRST = re.compile(rf"{FIRM.pattern}(?:/ ?{_NAMES})?")
WHERE = frozenset("in at near of from outside inside to on à en im bei em в на во".split())
CYRILLIC = re.compile("[а-яё]")
# `Пресс-служба президента России/ТАСС`
OFFICE = re.compile(r"(?:Пресс-служба|Пресс-центр|Администрация|Министерство)[^.!?]{0,60}$")

# Brackets, left open where the caption ends, or where a place and a day stand in brackets in them.
BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,200})(?:[)\]]|\Z|(?=\([^()]{1,60}\d{4}\)\)))")
DATELINE = re.compile(rf"\(({any_of(FIRMS)})\) ?[-–—]")  # CITY, May 3 (AGENCY) -- …
ANY_BRACKET = re.compile(r"[()\[\]\n]")
ALONE_BEFORE = re.compile(r"(?:[^\W\d_][\w’'.-]* ){2,4}$")

# Where a sentence ends, or a dash sets off what follows. No initial and no title ends one.
STOP = re.compile(
    r"(?<![\s.(][A-ZА-ЯÀ-Þ])(?<!\b[A-Z][a-z])[.!?…]['\"”’»)]* +| [-–—|]{1,2} ?|(?<=\w)[—|] ?|\n"
    r"|(?<=[a-zß-ÿ]{3})\.(?=[A-ZÀ-Þ][a-zß-ÿ])"
)
# `dpa | Name`, `Getty - Contributor`: a second half that belongs to the first, or repeats it.
HALVES = re.compile(r" (?:\||-(?= (?:Contributor|Stringer|Pool|Handout)$)) ")
# What an agency says to editors after a credit, a page's own buttons, and a day.
ENDNOTE = re.compile(
    r"(?:\+\+\+|\b(?:TPX IMAGES|ORG XMIT|ATTENTION|(?:[A-Z]+ )?OUT\b(?=[. ]|$)|EDITORIAL USE"
    r"|THIS (?:IMAGE|PICTURE|PHOTO)|MANDATORY|BEST QUALITY|[Aa]ll rights reserved"
    r"|NO (?:RESALES|COMMERCIAL|USE|ARCHIVES?)|Editorial use|Purchase Licensing"
    r"|(?:hide|toggle) caption|Close$|Enlarge|Vis mer|[Rr]ead more)).*$"
    rf"|, {_DAY}$"
)
