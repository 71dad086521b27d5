"""How a name of a place is written, and the words that stand around one, as patterns and tables."""

import re

from corpuscli.captions.months import MONTHS, WEEKDAYS
from corpuscli.captions.words import word_set

DATE_WORDS = WEEKDAYS.union(*MONTHS)

# Capitalised words after a preposition that begin no place.
NOT_PLACES = DATE_WORDS | word_set(
    """
    parliament congress senate court cabinet government army navy police ramadan eid easter
    christmas hajj english arabic french german spanish russian chinese hebrew persian turkish
    ukrainian muslim islam islamic christian group round game match operation covid covid-19 world
    olympic olympics premier league super cup champions formula grand serie bundesliga wimbledon
    president prime minister king queen prince princess crown pope sheikh dr general house state
    supreme high security foreign interior defense defence mr mrs ms sir lord lady allah god jesus
    i he she they it this these those an a the his her their photo image picture file left right
    front first second nato eu european un hamas hezbollah houthi taliban isis fatah israeli
    palestinian lebanese syrian iraqi iranian saudi egyptian american british republican
    democratic conservative labour labor reuters afp ap dpa epa xinhua getty spa day memorial
    independence victory national international federal royal air force fashion instagram twitter
    facebook telegram tiktok youtube whatsapp x google apple innenstadt altstadt
    hauptstadt großstadt ihrer ihrem ihren
    nacht macht abend morgen regen nebel schnee tageslicht рождество пасху
    handschellen trümmern flammen betrieb
    uniform sicht deckung tracht kraft zivil haft aktion richtung schutzkleidung bundestag landtag
    consejo división comisión congreso asamblea tribunal audiencia ministerio conseil assemblée
    sénat cour tribunal ministère gericht kanzleramt stellung position anwesenheit begleitung
    совете совет госдуме кремле
    """
)  # fmt: skip

UPPER = "A-ZÀ-ÖØ-ÞĀČĆĐĞİŁŌŚŞŠŪŽА-ЯЁ"
WORD = (
    rf"(?:(?:St|Ft|Mt)\. )?(?:[A-Za-z]{{1,3}}[-'’])?[{UPPER}]"
    r"(?:\w|-(?=\w)|['’](?![sS]\b)|/(?=[A-Z])|\.(?=[A-Z]\.))*"
)
LINK = (
    "(?:de la|de los|de las|de|del|da|do|dos|di|du|des|la|las|los|le|el|al|of the|of|an der|upon|y"
    r"|am(?! (?:\w+tag|Hafen|Strand|Ufer|Rande?|Bahnhof|Flughafen|Abend|Morgen|Mittwoch)))"
)
NAME = rf"{WORD}(?: (?:{LINK} )?{WORD}){{0,4}}"
NAME_ENDS = DATE_WORDS | word_set("photo foto credit image bild picture photograph video fotos")
# Countries of which the capitals tell only half.
LONG = (
    r"République(?: [a-zé]+)? (?:du Congo|centrafricaine|tchèque|dominicaine)|Arabie saoudite"
    r"|[ÉE]mirats arabes unis|Demokratischen? Republik Kongo|Afrique du Sud|Isle of [A-Z][a-z]+"
    r"|(?:Gulf|Sea|Strait|Bay) of (?:the )?[A-Z]\w+"
    r"|(?:[Mm]ar|[Gg]olfo|[Mm]er|[Gg]olfe|[Rr]ío|[Ll]ago|[Ii]slas?) (?:de |del |d['’])?[A-ZÁÉ]\w+"
)
NAMED = re.compile(f"(?=[RAÉEDIMGLSBmgrli])(?:{LONG})|{NAME}")

SIDE = "(?:north|south|east|west|central)(?:-?(?:east|west))?(?:ern)?"
MODIFIER = (
    rf"(?:{SIDE}|downtown|rural|coastal|mainland|occupied|upper|lower"
    r"|[A-Z][a-z]+[ -](?:occupied|annexed|administered|controlled|held)|[a-z]+-held"
    r"|(?:nörd|süd|öst|west)lichen)"
)
MODIFIERS = re.compile(
    rf"(?:the |l['’]|la |le |el |les |los |las |der |die |den |dem )?((?:{MODIFIER} ){{0,3}})"
)
SIDES = word_set("north south east west northern southern eastern western central")
# What a modifier or an area begins with: a look ahead of the patterns for them.
MAY_MODIFY = re.compile(
    r"[a-zß-ÿ]|.{0,11}-|(?:Nord|Süd|Ost|West)en |[A-Z][a-z]+ (?:controlled|administered|occupied) "
)

TOWN = "(?:port city|capital city|city|town|village|township|hamlet|settlement|capital|port)"
AREA = (
    "(?:region|province|state|district|county|governorate|islands?|peninsula|valley|desert|camp"
    "|crossing|countryside|oblast|prefecture|municipality|neighbou?rhood|suburbs?|outskirts|area"
    "|archipelago|highlands|mountains?|hills?|forest|river|lake|quarter|coast|borough|mine|base"
    "|airport|terminal|street|square|avenue|necropolis|oasis|oil field"
    "|border gate|области|края|района)"
)
KIND_AFTER = re.compile(
    r" (?:(?:refugee|border|air|naval|military|autonomous|displacement|mountain|industrial|port"
    r"|[a-z]+i) )?"
    rf"(?:({AREA})|(?!capital|port){TOWN})(?![\w-])"
)
# `the northern Lebanese city of Tripoli`, `the outskirts of Jerusalem`: what leads to a name.
STOPS = r"(?:in|on|at|near|of|from|and|for|with|to|by|after|during)\b"
CIUDAD = re.compile(
    r"(?:la |el |le |l['’]|der |die |im |un |una |una )?(?:ciudad|localidad|pueblo|municipio|barrio"
    r"|aldea|provincia|región|parque|playa|isla|ville|village|commune|localité|région|province|île"
    r"|Stadt|Ortschaft|Gemeinde|Stadtteil|Ortsteil|Provinz|Region|Zentrum|Rande|Nähe"
    r"|(?:[а-яё]+ )?(?:городе|селе|деревне|посёлке|поселке|станице|центре|окраине|окраинах"
    r"|пригороде|районе|окрестностях|улицах|аэропорту|порту|севере|юге|востоке|западе))"
    r"(?: [a-zà-ÿ]+){0,2}?"
    r" (?:(?:de|von) |d['’])?(?:la |las |los |el )?(?=[^\W\d_a-zß-öø-ÿ])"
)
TOWN_BEFORE = re.compile(
    rf"(?:the |a |an )?(?:(?!{STOPS})[\w'’.-]+ ){{0,5}}?"
    rf"(?:{TOWN}(?: of| called| named)?|{AREA} of|streets of)(?: the)? "
)
AREA_OF = re.compile(
    rf"(?:the )?((?:{MODIFIER} )?"
    r"(?:outskirts|suburbs?|coast|countryside|mountains|hills) of "
    r"|(?:Norden|Süden|Osten|Westen) (?:von|der|des) )(?:the )?"
)
OWNED = re.compile(r"['’]s ((?:(?!(?:in|on|at|near|after|during)\b)[a-z-]+ ){0,4})")
OWNED_AREA = re.compile(rf"['’]s (?:(?!(?:in|on|at|near)\b)[a-z-]+ ){{0,3}}?{AREA}\b")
REGION_WORDS = word_set(
    """
    Province Region County State District Governorate Oblast Island Islands Prefecture
    Village Town Township Peninsula
    """
)
# Clubs and papers of a city.
CLUB = re.compile(r"\w (?:United|Wanderers|Rovers|Hotspur|Athletic|FC|Times|Post|Stock Exchange)$")
KIND_NOUN = re.compile(
    r"(?:(?:US-)?Bundesstaat|Bundesland|Kanton|Stadtteil|Ortsteil|Gemeinde|Stadt|Provinz) "
    r"(?=[A-ZÄÖÜ])"
)
GERMAN_VENUE = re.compile(
    r"(?:d(?:er|ie|en|em|as) )?(?:[a-zäöüß]+e[nrm] ){0,2}(?:[A-ZÄÖÜ][a-zäöüß]*)?"
    r"(?:stelle|schule|halle"
    r"|[Hh]aus|[Bb]ahnhof|[Hh]afen|[Ww]erk|[Kk]linik|[Kk]linikum|[Zz]entrum|zentrale|[Hh]eim"
    r"|[Ss]tadion|[Mm]useum|[Tt]heater|[Uu]niversität|bibliothek|wache|anstalt|[Gg]efängnis"
    r"|[Ii]nstitut|[Aa]kademie|[Gg]ericht|kaserne|[Zz]oo|[Tt]ierpark|[Kk]aserne) (?=[A-ZÄÖÜ])"
)
CITY_WORD = re.compile(r"[A-ZÄÖÜ][\w-]+")
ARTICLES = ("der ", "die ", "den ", "dem ")
GERMAN_ARTICLES = word_set("der die den dem")
IN = ("in", "en", "im", "au", "em", "dans")

WAY = (
    rf"(?:(?:about |some |around )?\d+ (?:kms?|kilomet(?:er|re)s|miles) "
    rf"(?:\([^()]{{2,20}}\) )?)?{SIDE} of"
    r"|(?:en|dans|au|à|am) (?:el |le |la |l['’])?(?:norte|sur|este|oeste|centro|nord|sud|est|ouest"
    r"|centre|noreste|noroeste|sureste|suroeste)(?:-est|-ouest)? (?:de la|de l['’]|de|du|d['’]|des)"
    r"|(?:nel(?: |l['’])|a )(?:nord|sud|est|ovest|centro|sudest|sudovest|nordest|nordovest)"
    r"(?:-est|-ovest)? (?:del|della|dell['’]|di|dei|delle)"
    r"|(?:(?:the|an?) (?:[a-z]+ ){0,2}?(?:town|city|county|village|suburb|seat)"
    r"|(?:the )?(?:[a-z]+ )?capital(?: city)?) (?:of|in|on|near)"
    r"|(?:à la périphérie|aux abords|en las afueras|a las afueras) (?:de |d['’])"
    r"|on the (?:[A-Za-z]+ ){0,2}(?:islands?|Isle|coast|shores?|banks) of|auf (?:der Insel|dem)|auf"
    r"|(?:on|near|close to|along) the (?:[\w-]+ )?border with"
    "|near|outside|just outside|on the outskirts of|close to|off"
    "|on the [a-z]+ outskirts of|in|en|im|au|aux|à|près de|cerca de|bei|nahe|под|возле|dans|em"
)
PART = re.compile(rf"( ?,)?(?: ({WAY}|of))? ?(?<=[ '’])")
CITY = re.compile(rf"(?:downtown |central )?({NAME}), [A-Z]")
IN_BRACKETS = re.compile(rf" \(({NAME})\)")
IN_AREA = re.compile(rf" in the {NAME}, ({NAME})")
ALIAS = re.compile(rf" \({NAME}\)(?=, )")  # Kyiv (Kiev), Ukraine


# The lower-case words with which a place may begin, or that lead to its name.
ARTICLE = word_set("the a an la le el les los las un una une der die den dem das")
OPENERS = word_set("""
    north south east west central northern southern eastern western northeast northwest southeast
    southwest northeastern northwestern southeastern southwestern downtown rural coastal mainland
    occupied upper lower nördlichen südlichen östlichen westlichen río mar lago isla golfo mer
""")
LEADERS = word_set("""
    city town village township hamlet settlement capital port outskirts suburb suburbs coast
    countryside mountains hills region province state district county governorate island islands
    peninsula valley desert camp crossing oblast prefecture municipality neighborhood neighbourhood
    area archipelago highlands forest river lake quarter borough streets mine base airport street
    ciudad localidad pueblo municipio barrio aldea provincia región parque playa isla ville commune
    localité région île stadt ortschaft gemeinde stadtteil ortsteil provinz городе селе деревне
    посёлке поселке станице центре окраине окраинах пригороде районе окрестностях улицах аэропорту
    порту севере юге востоке западе zentrum rande nähe river mountain square
""")


# `in Schutzanzügen`: German nouns have capitals too.
GERMAN_NOUN = re.compile(r"^\S+(?:en|ern|eln|ung|heit|keit|schaft|tion)$")
GERMAN_TOWN = re.compile(
    r"(?:(?:Bad|Sankt|St\.) )?[A-ZÄÖÜ][\w-]*"
    r"(?:dorf|torf|(?<!n)(?<!t)stadt|burg|berg|hausen|heim|ingen|feld|bach|furt|haven|kirchen|münde|münster|brück|rode|leben|walde|weiler|stedt|stetten|büttel|hagen"
    r"|brunn|hofen|kreuz|rath|stein|born|beck)$|Bad [A-ZÄÖÜ]\w+$"
)
# `Choisy-le-Roi`
FRENCH_TOWN = re.compile(
    r"[A-ZÉ]\w+(?:-\w+)?-(?:sur|sous|lès|les|le|la|en|de|du|aux|l['’]|d['’])-?[A-ZÉ]\w+$"
)
# `North Sea`, `Gulf of Oman`
WATER = re.compile(r"(?:Gulf|Sea|Strait|Bay) of |.+ (?:Sea|Gulf|Ocean|Bay|Straits?|Channel)$")
# Words of a Russian name after which it may go on: `Нижнем Новгороде`.
RUSSIAN_ADJECTIVE = re.compile("[а-яё]+(?:[оеы]й|[ыи]й|[ая]я|[оеы]м|им|[ои]го|[ыи]х|ой)$", re.I)
GERMAN = re.compile(
    r" (?:der|die|das|und|ein|eine|mit|auf|den|dem|des|im|am|von|zum|zur|ist|wird|sich|nicht) "
)
AGE = re.compile(r", \d+ (?:ans|años|Jahre|years|лет|anni)\b")
LOWER_WORD = re.compile(r" ([a-zß-ÿа-я][^\W\d_]*)")
ENGLISH = re.compile(r" (?:the|an?|of|and|on|at|with|for|after|is) ")
AFTER_PLACES = word_set(
    """
    on in at near during after before as for and where to with by while when following amid ahead
    of from over under since until against early late this last that which who is are was were has
    yesterday today tonight tomorrow recently earlier
    have am le el vom den um bei mit nach während und wird ist zu lors pendant durante y et во в
    на после
    """
)
BEFORE_DATES = word_set(
    """
    on am le el vom late early den the this
    """
)


DEMONYM = re.compile(
    r"[A-Z][a-z]+(?:ian|ean|nese|ish)|Greek|French|Dutch|Czech|Thai|Swiss|Iraqi|Israeli|Saudi|Yemeni"
    r"|Omani|Kuwaiti|Pakistani|Somali|Bangladeshi|German|American|Mexican"
)
