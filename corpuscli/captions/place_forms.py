"""How captions set a place, as patterns, and the words that speak for a place or against it."""

import re

from corpuscli.captions.place_names import NAME
from corpuscli.captions.words import word_set

# How firmly a preposition says that the place after it is the picture's.
PREPOSITIONS = {
    **dict.fromkeys(word_set("in near outside inside off nahe à en près cerca"), 2),
    **dict.fromkeys(word_set("в во возле около близ em"), 2),
    **dict.fromkeys(word_set("at on along across around above over into through down"), 1),
    **dict.fromkeys(word_set("bei vor im au aux dans под на"), 1),
    **dict.fromkeys(word_set("from of to de von aus"), 0),
}
PREPOSITION = re.compile(
    rf" ({'|'.join(f'{word}|{word.capitalize()}' for word in PREPOSITIONS)})(?: de)?(?= \S)"
)
# No place is further from its preposition: `in the port city of Derna`.
LIFE = re.compile(r"(?:[Bb]orn|[Dd]ied) (?:in|at) \Z")
LIVES = re.compile(" (?:gestorben|geboren|ermordet|getötet)")
CAPITAL_AHEAD = re.compile(
    r" (?:[^\W\d_A-ZÀ-ÖØ-ÞА-Я][^\s.,;:()]* ){0,7}[^\s.,;:()]*[^\sa-zß-öø-ÿ.,;:()]"
)
# After these only what has a comma belongs to the place: `at the White House in Washington`.
ALONE = word_set("at of from to on")

# What a candidate needs to be the answer, and what its surroundings add.
ENOUGH = 2
BESIDE_DATE = 3
TOLD = -3

# Before a preposition: what the story tells of a place that the picture need not show.
TELLING = word_set("""
    war wars conflict crisis ceasefire truce situation coup genocide famine against regarding
    president minister king queen mayor ambassador invasion fighting elections election peace
    rights ties relations deal agreement policy sanctions influence violence involvement
    intervention born died escalation developments unrest role exports killings over
    missiles rockets
    krieg konflikt bürgermeister
    guerre conflit maire président
    guerra conflicto presidente
    войны война конфликта президент
""")
# Before `of` or `de`: what can be seen of a place.
VIEWS = word_set("""
    photo picture image footage video view views visit trip bild foto aufnahme imagen aérienne
    residents skyline streets port center centre heart side rathaus hafen
    gare ville village rue rues habitants
    vista vecinos incendio mercado playa barrio universidad puerto ciudad calle calles plaza
    casa estación aeropuerto centro
""")

DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th|er|\.)?[ -](?:of |de )?[^\W\d]{3,10}\.?,?(?: (?:de )?\d{4})?"
    r"|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d"
    r"|[^\W\d]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?(?:, ?\d{4}| \d{4})?)"
)
LEADS = (
    # ARCHIV - 09.06.2024, Region, City: …
    re.compile(
        rf"(?:\W?[^\W\d]{{4,12}}(?: PHOTO)?\W{{1,4}})?{DAY} ?[,،–-]+ ?"
        r"([^:\d]{2,90}?)(?::| [–—-]) "
    ),
    # CITY, COUNTRY - MARCH 12: …
    re.compile(
        rf"([^\W\d_](?:(?! [–—-] )[^:\d()]){{1,80}}?)(?:,| ?[–—-]|\.) ?{DAY}"
        r" ?(?:\([^()]{2,20}\) ?)?[–—:.-]"
    ),
    # Soccer Football - Serie A - Stadium, City, Country - May 19, 2024
    re.compile(rf"(?:[^–—:-]{{2,60}} [–—-] ){{1,4}}([^–—:-]{{2,80}}) [–—-] {DAY}"),
    re.compile(rf"(?:[^–—:-]{{2,60}} [–—-] ){{1,4}}([^–—:-]{{2,80}}), {DAY} [–—-] "),
    # Dec 27, 2014; City, ST, USA; …
    re.compile(rf"{DAY}; ([^:;\d]{{2,80}});"),
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
LINKS = word_set("of de del al am an der and near la the bei in")

SLUG = re.compile(r"^\(\d{6}\) -- ")  # (230131) -- CITY, …
LABEL = re.compile(r"(?:FILE PHOTO|FILE|TOPSHOT|ARCHIV|ARCHIVO)(?::| [-–—]) ")
FIRST_NAME = re.compile(
    r"(?:[A-Z][\w'’-]+ ){1,3}(?:Square|Street|Avenue|Bridge|Palace|Airport|Port|Island|Bay|Lake"
    r"|Mountain|camp|village|town|city|district|province|island|crossing|neighbou?rhood)\b"
)
ENDS = re.compile(r"[.,]? ?(?:\d{4}\b|on |\(|[-–—] |$)|\. ")

# `a Harare street`, `outside Beirut's port`
ADJECTIVE = re.compile(
    r" (?:[Aa]n?|[Tt]he|[Ii]n|[Aa]t|[Oo]utside|[Ii]nside|[Nn]ear|[Oo]n|of|from) (?:an? |the )?"
    rf"({NAME})(?:['’]s)?(?: [a-z-]+){{0,2}}? "
    r"(?:street|road|market|airport|port|harbou?r|suburb|skyline|hospital|shop|store|mall|hotel"
    r"|court|courtroom|courthouse|beach|square|caf[eé]|restaurant|school|university|mosque|church"
    r"|cathedral|cemetery|slum|prison|park|stadium|neighbou?rhood|district|apartment|building"
    r"|factory|plant|station|metro|subway|bridge|waterfront|corniche|souk|bazaar|bakery|studio"
    r"|gallery|museum|clinic|camp|border|crossing|zoo|highway|alley|rooftop|bank|pharmacy|gym"
    r"|nightclub)s?\b"
)
# `the 2024 Paris, France, premiere`
PREMIERE = re.compile(
    rf" the (?:\d{{4}} )?({NAME}(?:, {NAME})?),? (?:premiere|screening|show|marathon|derby)\b"
)
TOWN = re.compile(r" [Tt]he (?=(?:[\w-]+ ){0,4}(?:city|town|village|province|district) of )")
VENUE = re.compile(
    r"(?:[\w’'.-]+ ){0,5}(?:Building|University|Highway|Street|Avenue|Road|Stadium|Zoo|Park"
    r"|Hospital|Palace|Hotel|Museum|Hall|Church|Mosque|Cathedral|Theat(?:re|er)|Station|Bridge|School"
    r"|Court|Arena|Plaza|Tower|Mall|Prison|Cemetery|Institute|Club|Library|House|Cent(?:er|re))"
    r"(?:,? in |, )(?:the )?"
    r"|(?:Plaza|Calle|Catedral|Universidad|Estadio|Avenida|Place|Palais|Stade|Rue|Inmaculada)"
    r"(?: [\w’'.-]+){1,4}?,? (?:en|à|de) (?=[A-Z])"
)
RUN = re.compile(
    rf"(?<![\w'’-])({NAME}(?:, {NAME}){{0,3}})(?=(?:,| -| –)? (?:on )?(?:[A-Z][a-z]+,? )?{DAY})"
)
IN_BRACKETS = re.compile(rf"\(({NAME}(?:, {NAME})?), {DAY}\)")
# What is no venue but a piece of the map.
MAP = re.compile(
    rf" (?:at|in|on|of|near|over|off|outside|crosses|leaves) (?:the )?(Mount {NAME}"
    rf"|{NAME} (?:Airport|Bridge"
    r"|Island|Islands|Beach|Square|Sea|Gulf|Strait|Canal|Desert|Mountains?|Lake|River|Valley|Bay))"
    r"(?![\w’'-]| [A-Z])"
)
AT_LANDMARK = re.compile(
    rf" (?:at|in|inside|outside|near|on|im|vor dem|en la|à la|из|в) (?:the )?((?:10 )?{NAME})"
)
