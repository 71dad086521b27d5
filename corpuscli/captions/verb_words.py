"""The verbs by which `tenses` tells what a picture shows from what a story says happened.

All in lower case. Only what captions write again and again is here: a verb that is missing makes a
date count as the picture's, as most dates are.
"""

from corpuscli.captions.words import word_set


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeo":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "go")) else f"{verb}s"


# What people and things do in pictures. A plural that is as often a noun is not here: `protest`.
_SHOWN_PLURALS = word_set("""
    sit stand walk look wave speak attend arrive hold carry cry mourn react wait gather pray ride
    run leave pose smile
    take give deliver make talk address meet greet shake hug kiss receive welcome sign pass drive
    fly sail perform sing dance celebrate compete throw catch jump appear testify answer ask listen
    write gesture raise lift pull push load unload sell buy eat drink sleep rest lie lay rise hang
    cover flow shine inspect check search clear clean repair build dig pick feed tend patrol guard
    secure block detain escort confront chant cast campaign unveil join cross enter depart board
    try prepare wear pay collect distribute cook bake move transport evacuate flee go come kneel
    embrace applaud cheer chair sort stack burn fill follow lead lean climb swim fish learn pack
    keep chat inhale adjust place put remove rescue extinguish examine emerge reflect get use see
""")
# Of these only the third person is a verb and no noun: `marches`, but not `march`.
_SHOWN_SINGULARS = word_set("""
    waits watches reacts protests works plays marches shoots scores kicks hits serves returns warms
    reads points lights billows falls treats casts counts presents opens visits tours heads exits
    lands hands loses shows serves answers questions warns answers uses goes does tosses lives
    experiences competes discusses announces pauses addresses graze grazes clash confer
""")
SHOWN = _SHOWN_PLURALS | _SHOWN_SINGULARS | frozenset(map(_third_person, _SHOWN_PLURALS))

NOW = word_set("is are being ist sind est sont es está están am be")

# With these a picture's people are doing something; other words in `ing` may be nouns.
ING_NOUNS = word_set("""
    during following killing injuring wounding leaving causing sparking triggering including
    according building meeting bombing shooting hearing wedding opening morning evening king spring
    housing beijing sterling starting beginning pending string wing ring
    lightning spring painting warning training ruling ceiling clothing
""")

# What starts a clause of its own, whose verb is not the sentence's.
JOINING = word_set("""
    who whom whose that which where when while after since before because as until how what if
    wo als nachdem weil dass
    qui que où après lorsque quand dont
    quien donde cuando después cuyo
    который которая которое которые где после когда
    الذي التي الذين حيث بعد عندما
""")

# Past forms that are never participles of a noun: `the volcano erupted`.
ENDED = word_set("""
    exploded erupted collapsed crashed burst sank capsized died vanished disappeared resigned
    retired landed derailed collided surrendered debuted fell rose plunged soared broke began
    went became fled withdrew declared announced reported said say says told ruled admitted denied
    claimed confirmed voted swept tore overthrew shook slammed won beat opened ended started closed
    drew wrote grew chose froze stole swore flew overran struck agreed failed refused decided
    happened occurred emerged stopped returned stepped slowed
    ran came bit blew drank ate swam sprang shrank woke forgot forgave awoke knew
    starb starben tötete töteten explodierte explodierten brannte brannten stürzte kollidierten
    verlor verloren gewann gewannen fiel fielen kam kamen scheiterte beschloss beschlossen wählte
    ereignete begann brach griff griffen überfiel ermordete erschoss sank sanken trat endete
    estalló murió murieron mató mataron falleció estrelló derrumbó hundió dimitió renunció atacó
    atacaron aprobó colapsó
    взорвался взорвалась взорвалось рухнул рухнула сгорел сгорела сгорело
    انهار انهارت انفجر انفجرت سقط سقطت قصف قصفت هاجم هاجمت هاجموا استهدف استهدفت شن شنت استقال
    استقالت غرق غرقت احترق احترقت وقع وقعت اندلع اندلعت دمر دمره دمرها دمرت دمرته أطلق أطلقت
    اعتقل اعتقلت احتجز احتجزت فاز فازت أقر أقرت وافق وافقت أعلن أعلنت
""")
# Past forms that are participles as well: `Iran fired missiles`, but `missiles fired by Iran`.
DONE = word_set("""
    fired killed struck hit attacked shot stabbed murdered assassinated executed bombed shelled
    seized captured stormed invaded toppled ousted deposed abducted kidnapped raided jailed
    sentenced convicted acquitted indicted elected appointed founded adopted ratified passed
    approved signed launched crossed lost sacked fined suspended banned found born injured wounded
    buried laid released overturned revoked acquired merged hosted raised
    bought sold built caught fought sought taught thought brought cost dealt got left led lent made
    sent spent won spread stuck shut
""")
# What people did before the camera, in a newsroom's past: the day stays the picture's.
POSED = word_set("""
    met visited greeted received attended spoke addressed performed played marched rallied gathered
    protested demonstrated celebrated drove walked posed welcomed unveiled presented held gave took
    arrived toured chaired joined led inspected paid hugged kissed prayed waved watched waited
    queued lined stood sat cheered danced sang embraced competed faced carried inaugurated
    threw demonstrierten protestierten feierten eröffnete eröffneten begrüßte begrüßten
    versammelten besuchte besuchten
    stellte empfing traf sprach präsentierte präsentierten hielt nahm nahmen
    rencontré visité prononcé assisté participé accueilli
    посетил посетила выступил выступила провел провела открыл открыла
""")
WERE = word_set("was were been wurde wurden war waren had")

# `a signé`, `ont repris`, `s'est effondré`
FRENCH_AUXILIARIES = word_set("a ont s'est s’est avait avaient")
FRENCH_ENDINGS = ("é", "ée", "és", "ées", "ris", "uvert", "ait", "du", "nu")
RUSSIAN_ENDINGS = (
    "ал",
    "ил",
    "ел",
    "ула",
    "али",
    "или",
    "ели",
    "ала",
    "ила",
    "ела",
    "яли",
    "ял",
    "лся",
    "лась",
)
RUSSIAN_NOUNS = word_set("вокзал журнал генерал материал капитал персонал интервал начала недели")

# After these a verb that might be a participle is one.
PARTICIPLE_NEXT = word_set("""
    by from in at on during with near to for into over outside inside against amid along after
    between and while within as through under prior
""")
# After these a word in `ed` is no participle: `issued a recall`.
OBJECTS = word_set("a an the his her its their our two three four five dozens hundreds thousands")
MODALS = word_set("to will would could can may")
ARTICLES = word_set("a an the this his her its their of in newly")

# `the first patients were treated`, `its last match`: what is told of by its day.
ORDINALS = word_set("first last")
ORDINARY = word_set("lady ladies gentleman minister vice day week half round quarter period year")
