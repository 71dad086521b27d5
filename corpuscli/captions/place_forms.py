"""How captions set a place, as patterns, and the words that speak for a place or against it."""

import re

from corpuscli.captions.gazetteer import LANDMARKS
from corpuscli.captions.months import MONTHS
from corpuscli.captions.place_words import NAME, UPPER
from corpuscli.captions.words import word_set

# How firmly a preposition says that the place after it is the picture's.
_FIRMNESS = {
    **dict.fromkeys(word_set("in near outside inside off nahe à en près cerca"), 2),
    **dict.fromkeys(word_set("в во возле около близ под em"), 2),
    **dict.fromkeys(word_set("at on along across around above over into through down"), 1),
    **dict.fromkeys(word_set("bei vor im au aux dans durch i på w v на"), 1),
    **dict.fromkeys(word_set("from of to de von aus"), 0),
}
PREPOSITIONS = _FIRMNESS | {word.capitalize(): firm for word, firm in _FIRMNESS.items()}
# No place is further from its preposition: `in the port city of Derna`.
LIFE = re.compile(r"(?:[Bb]orn|[Dd]ied) (?:in|at) \Z")
LIVES = re.compile(" (?:gestorben|geboren|ermordet|getötet)")
# After these only what has a comma belongs to the place: `at the White House in Washington`.
ALONE = word_set("at of from to on through")

# What a candidate needs to be the answer, and what its surroundings add.
ENOUGH = 2
BESIDE_DATE = 3
TOLD = -3
SURE = 7  # a known place with its country, beside the date, after `in`

# Before a preposition: what the story tells of a place that the picture need not show.
TELLING = word_set("""
    war wars conflict crisis ceasefire truce situation coup genocide famine against regarding
    president minister king queen mayor ambassador invasion fighting elections election peace
    rights ties relations deal agreement policy sanctions influence violence involvement
    intervention born died escalation developments unrest role exports killings over
    missiles rockets escalating tensions abducted kidnapped killed being having
    krieg konflikt bürgermeister
    guerre conflit maire président
    guerra conflicto presidente
    войны война конфликта президент
""")
# `that crashed in`, `in support of Palestinians in`
RELATIVES = word_set("that who which whose")
PEOPLE = word_set("palestinians civilians refugees hostages people prisoners victims")
FOR = word_set("of for to with against")
# `during the municipal election in`: what the picture shows
DURING = re.compile(
    r"\b(?:during|amid) (?:[\w-]+ ){0,4}elections? (?:in|at|near|across) (?:the )?\Z"
)
PHOTOS = word_set("photo picture image footage video bild foto aufnahme imagen")
# Before `of` or `de`: what can be seen of a place.
VIEWS = word_set("""
    view views visit trip aérienne
    waters harbour harbor beach landgericht amtsgericht stadtteil innenstadt altstadt strand
    stadtzentrum bahnhof flughafen dunes plage plages port préfecture mairie parque zoo río puerto
    residents skyline streets port center centre heart side rathaus hafen
    commune municipalité dunas desierto alrededores afueras
    gare ville village rue rues habitants
    vista vecinos incendio mercado playa barrio universidad puerto ciudad calle calles plaza
    casa estación aeropuerto centro hospital catedral cárcel estadio mercado
    krankenhaus klinik universität zentrum rande nähe
    site usine dépôt tribunal hôpital lycée commissariat prison université aéroport
    cathédrale quartier marché vieux-port grand-place banlieue périphérie
""")

DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th|er|\.)?[ -](?:of |de )?[^\W\d]{3,10}\.?,?(?: (?:de )?\d{4})?"
    r"|\d{1,2}\. ?\d{1,2}\. ?\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d"
    r"|[^\W\d]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?(?:, ?\d{4}| \d{4})?)"
)
# None of the forms that lead begins without one of these.
MAY_LEAD = re.compile(r"[–—;:]| -|--|\.-|\. ?\d|(?:Россия|СССР)\. |\A\W?[^\W\d_a-zß-öø-ÿа-яё]{2}")
LEADS = (
    # ARCHIV - 09.06.2024, Region, City: …
    re.compile(
        rf"(?:\W?[^\W\d]{{4,12}}(?: PHOTO)?\W{{1,4}}|[^:]{{4,70}}: )?{DAY} ?[,،–-]+ ?"
        r"([^:\d]{2,90}?)(?::| [–—-]) "
    ),
    # CITY, COUNTRY - MARCH 12: …; ABC123. CITY (COUNTRY), 12/03/2024.- …
    re.compile(
        r"(?:[A-Z]{2,4}\d{2,6}\. )?"
        rf"([^\W\d_](?:(?! [–—-] )[^:\d()]){{1,80}}?(?: \([^\W\d]{{3,20}}\)(?=,))?)"
        rf"(?:,| ?[–—-]|\.) ?{DAY}"
        r" ?(?:\([^()]{2,20}\) ?)?[–—:.-]"
    ),
    # Soccer Football - Serie A - Stadium, City, Country - May 19, 2024
    re.compile(rf"(?:[^–—:-]{{2,60}} [–—-] ){{1,4}}([^–—:-]{{2,80}}) ?[–—-] {DAY}"),
    re.compile(rf"(?:[^–—:-]{{2,60}} [–—-] ){{1,4}}([^–—:-]{{2,80}}), {DAY} [–—-] "),
    # Dec 27, 2014; City, ST, USA; …
    re.compile(rf"{DAY}; ([^:;\d]{{2,80}});"),
    # Март 1991 г. Россия. Республика Карелия. …
    re.compile(
        rf"(?:{DAY}\. |[^\W\d]{{3,8}} \d{{4}} (?:г|года)\. |\d{{4}} год\. )?"
        r"((?:Россия|СССР|РСФСР|Украина|Белоруссия|Казахстан)"
        r"(?:\. (?:[А-ЯЁ][\w-]+|Республика [А-ЯЁ][\w-]+"
        r"|[А-ЯЁ][\w-]+ (?:область|край|район|АССР|ССР)))*)"
        r"\. (?=[А-ЯЁ\d])"
    ),
    # CITY, Country (AGENCY) - …
    re.compile(
        r"((?:[^\W\d_a-zß-öø-ÿа-яё]|[’'. -]){3,40}(?:, [A-Z][\w .]{2,20}?)?)"
        r" ?(?:\([\w/ ]{2,20}\) ?)?(?:[–—-]{1,2}|:) "
    ),
)
NOT_LEADS = word_set("""
    FILE FILED FILES PHOTO ARCHIV ARCHIVO ARCHIVE ARCHIVES UPDATE EDITORS EDS NOTE TOPSHOT COMBO
    HANDOUT VIDEO AFP AP REUTERS EPA PRODUKTION SYMBOLBILD
""")
LINKS = word_set("of de del al am an der and near la the bei in область край район stadium arena")

SLUG = re.compile(r"^\(\d{6}\) -- ")  # (230131) -- CITY, …
LABEL = re.compile(r"(?:FILE PHOTO|FILE|TOPSHOT|ARCHIV|ARCHIVO)(?::| [-–—]) ")
FIRST_NAME = re.compile(
    r"(?:[A-Z][\w'’-]+ ){1,3}(?:Square|Street|Avenue|Bridge|Palace|Airport|Port|Island|Bay|Lake"
    r"|Mountain|camp|village|town|city|district|province|island|crossing|neighbou?rhood)\b"
)
ENDS = re.compile(r"[.,]? ?(?:\d{4}\b|on |\(|[-–—] |$)|[.:] ")
# `Reims, France. A baker …`: a town that the gazetteer lacks
FIRST_PAIR = re.compile(rf"([{UPPER}][\w-]+, ({NAME}))[.:] (?=[{UPPER}(])")
# `a Bari, in Italia`: `a` leads to a place in Italian alone
ITALIAN = re.compile(
    rf" ad? (?={NAME}, (?:in|nel|nell['’]\w+|a (?:nord|sud|est|ovest) (?:di|del)) )"
)
ITALIAN_WORDS = re.compile(" (?:di|del|della|dei|delle|nel|alla|una|un|il|gli|per|contro) ", re.I)

_BUILDINGS = word_set("""
    street road market airport port harbor harbour suburb skyline hospital shop store mall hotel
    court courtroom courthouse beach square cafe café restaurant school university mosque church
    cathedral cemetery slum prison park stadium neighborhood neighbourhood district apartment
    building factory plant station metro subway bridge waterfront corniche souk bazaar bakery studio
    gallery museum clinic camp border crossing zoo highway alley rooftop bank pharmacy gym nightclub
""")
# `a Harare street`, `outside Beirut's port`
ADJECTIVE = re.compile(
    r" (?:[Aa]n?|[Tt]he|[Ii]n|[Aa]t|[Oo]utside|[Ii]nside|[Nn]ear|[Oo]n|of|from) (?:an? |the )?"
    rf"({NAME})(?:['’]s)?(?: [a-z-]+){{0,2}}? "
    rf"(?:{'|'.join(sorted(_BUILDINGS))})s?\b"
)
SHOWS = word_set("premiere screening show marathon derby")
# `the 2024 Paris, France, premiere`
PREMIERE = re.compile(
    rf" the (?:\d{{4}} )?({NAME}(?:, {NAME})?),? (?:premiere|screening|show|marathon|derby)\b"
)
TOWN = re.compile(r" [Tt]he (?=(?:[\w-]+ ){0,4}(?:city|town|village|province|district) of )")
VENUE = re.compile(
    r"(?:[\w’'.-]+ ){0,5}(?:Building|University|Highway|Street|Avenue|Road|Stadium|Zoo|Park"
    r"|Hospital|Palace|Hotel|Museum|Hall|Church|Mosque|Cathedral|Theat(?:re|er)|Station|Bridge|School"
    r"|Court|Arena|Plaza|Place|Tower|Mall|Prison|Cemetery|Institute|Club|Library|House|Cent(?:er|re)"
    r"|Jail|Penitentiary|Infirmary|Clinic|Academy|Courthouse"
    r"|square|stadium|hall|palace|mosque|church|hospital|airport|university|market)"
    r"(?:,? in |, )(?:the )?"
    r"|(?:Plaza|Calle|Catedral|Universidad|Estadio|Avenida|Palacio|Hospital|Place|Palais|Stade|Rue|Inmaculada)"
    r"(?: [\w’'.-]+){1,4}?,? (?:en|à|de) (?=[A-Z])"
)
HAS_NUMBERS = re.compile(r"\d[./-] ?\d{1,2}[./-] ?\d")
MONTH_WORDS = frozenset(
    form for months in MONTHS for month in months for form in (month, month.title(), month.upper())
)
RUN = re.compile(
    rf"(?<![\w'’-])({NAME}(?:, {NAME}){{0,3}})(?=(?:,| -| –)? (?:on )?(?:[A-Z][a-z]+,? )?{DAY})"
)
# `(Bern, 25. 10. 2023)`
IN_BRACKETS = re.compile(rf"\(({NAME}(?:, {NAME})?), {DAY}\)")
# `fotografiert im`, `pictured here in`, `taken from`: what follows is the picture's.
TAKEN = re.compile(
    rf"(?:fotografiert|aufgenommen|photographed|pictured|photographiée?s?|fotografiad[oa]s?)"
    rf"(?: here)?(?: (?:am|on|le|el) {DAY},?)? (?=(?:in|im|bei|nahe|near|à|en) )"
    r"|(?:[Pp]icture|[Pp]hoto|[Ii]mage|[Pp]hotograph) (?:was )?taken (?=from [A-Z])"
)
# `will perform in`, `, 41, allegedly stabbed … in`: nothing that can be seen.
UNSEEN = re.compile(
    r"\b(?:will|would|had to|(?:is|are) (?:due|set|scheduled|expected) to|plans? to) [a-z]+ "
    r"[^,.:“”\"]*\Z"
    r"|, allegedly [a-z]+ [^,.]*\Z"
)
# What is no venue but a piece of the map.
MAP = re.compile(
    rf" (?:at|in|on|of|near|over|off|outside|crosses|leaves) (?:the )?(Mount {NAME}"
    rf"|{NAME} (?:Airport|Bridge"
    r"|Island|Islands|Beach|Square|Sea|Gulf|Strait|Canal|Desert|Mountains?|Lake|River|Valley|Bay))"
    r"(?![\w’'-]| [A-Z])"
)
# What comes after a name that runs on into a credit.
RUNS_ON = re.compile(r"$|[/|@©]| [/|@©–—-]| via\b|\.[^\W\d_]")
# Not the stop of `St.`, `Ave.` or `Gov.`
SENTENCE_END = re.compile(
    r"\. (?=[^\W\d_])(?:(?<=[^\W_A-ZА-Я]{4}\. )|(?<=[^\W_A-ZА-Я]{4}[\"”)]\. ))"
)
GLUED = re.compile(r"[^\W\d_]{3,}\.(?=[^\W\d_])")
# A credit that is set off from the sentence cannot run on from its place.
SET_OFF = re.compile(r"Foto: |Photo: |Photograph: |Credit: |Picture: |Image: |REUTERS/|[.:] ©")
# `das Landgericht Aschaffenburg`
HOUSES = word_set("""
    Landgericht Amtsgericht Stadtteil Ortsteil Flughafen Hauptbahnhof Klinikum Stadtbezirk
    Oberlandesgericht Landkreis
""")
HOUSE = re.compile(
    rf" (?:am|im|vom|zum|beim|dem)(?: [A-ZÄÖÜ]\w+er)? (?:{'|'.join(sorted(HOUSES))}) ({NAME})"
)
ELIDED = re.compile(rf" (\w+) d['’]({NAME})")
# `the 2021 Venice International Film Festival`, `Sanaa University`
_EVENT = "Festival|Week|Marathon|Show|Fair|Airshow|Expo|Derby|Exchange"
EVENTS = word_set(_EVENT.replace("|", " "))
CITY_EVENT = re.compile(rf" ({NAME}?)(?: [A-Z]\w+){{0,4}}? (?:{_EVENT})\b")
OF_CITY = re.compile(rf"({NAME}?)(?: [A-Z]\w+){{0,4}}? (?:{_EVENT}|University|Zoo|Police)$")
TOWNS = word_set("city town village province district")
MAP_WORDS = word_set("""
    Mount Airport Bridge Island Islands Beach Square Sea Gulf Strait Canal Desert Mountain Mountains
    Lake River Valley Bay
""")
BUILDINGS = _BUILDINGS | {f"{word}s" for word in _BUILDINGS}
LANDMARK_WORDS = frozenset(word for name in LANDMARKS for word in name.title().split())
AT_LANDMARK = re.compile(
    rf" (?:at|in|inside|outside|near|on|im|vor dem|en la|à la|из|в) (?:the )?((?:10 )?{NAME})"
)
