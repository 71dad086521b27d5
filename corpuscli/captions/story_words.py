"""The words by which `story` tells a date of the story from the picture's, in lower case.

A table's rows are languages: English, German, French, Spanish, Russian, Arabic.
"""

from corpuscli.captions.months import WEEKDAYS
from corpuscli.captions.words import word_set

# What may stand between a date and the word it hangs on.
FILLERS = WEEKDAYS | word_set("""
    on late early morning afternoon evening night
    am dem den der
    le
    el día
    в во
    يوم في بتاريخ بيوم
""")

# Between these and a date there is no room for the picture: `since May 3, 2023`.
BINDERS = word_set("""
    since until till before after from between through following by of to and or versus vs for at in
    starting beginning effective expires expiring born against than as marking dated
    version room flight platform page article section chapter
    vom seit bis nach vor ab zum zwischen von und geboren anlässlich
    du depuis avant après jusqu'au dès entre et né née à
    del desde hasta antes después tras entre y nacido nacida fechada fechado
    с до после к перед между и от со
    منذ حتى قبل بعد من إلى بين عن
""")

# A date after one of these belongs to a noun: `the May 3, 2023 attack`, `his May 3, 2023 speech`.
DETERMINERS = word_set("the a an his her its their our my that which whose")

PICTURES = word_set("""
    photo photos photograph photographs picture pictures image images frame still video footage
    handout grab framegrab screengrab screenshot photo.
    foto fotos bild archivbild archivfoto aufnahme
    cliché d'archives
    imagen fotografía archivo
    фото снимок снимке фотография кадр
    صورة الصورة صور لقطة
""")

PICTURE_BINDERS = word_set("from of by dated vom von du de del от من")

# What is done to a picture: `taken on`, `released on`.
TAKEN = word_set("""
    taken photographed pictured captured filmed taped aired broadcast shot recorded snapped
    released created provided made seen obtained published from dated
    aufgenommen fotografiert veröffentlicht entstand zeigt
    prise pris publiée diffusée fournie
    tomada captada difundida facilitada fechada
    сделано снято сделан опубликовано опубликованном предоставленном предоставлено
    التقطت التُقطت ملتقطة نشرت وزعت
""")

# Of these, what is also done to reports: `figures published on`.
PUBLISHED = word_set("published released provided obtained issued")

# A picture is older than the day on which it was given out.
RELEASED = word_set("""
    released published issued
    veröffentlicht
    publiée diffusée
    difundida publicada
    опубликовано опубликованном
    نشرت وزعت
""")

# What happened then, not when the picture was taken: `died on`, `who died in Oslo on`.
EVENTS = word_set("""
    died killed born murdered assassinated executed slain shot drowned disappeared vanished
    abducted kidnapped captured arrested detained jailed sentenced convicted elected appointed
    founded established created signed ratified adopted passed launched began started erupted
    ended collapsed sank crashed exploded struck occurred happened declared announced expired
    effect force office place postponed opens begins starts ends closes opened takes take resigned
    retired married divorced joined independence invaded seized
    starb starben gestorben getötet ermordet beginnt begann stattfindet stattfinden stattfand
    ereignete stürzte
    entré entrée tombé tombée devenu devenue
    mort morte tué tuée tués décédé décédée assassiné prévu prévue prévus prévues
    murió falleció fallecido asesinado asesinada muerto prevista previsto previstas previstos
    погиб погибла погибших умер умерла скончался родился назначены намечены запланированных
    взрыва теракта аварии катастрофы
    انفجار هجوم هجمات أحداث مجزرة زلزال اعتداءات ذكرى
    توفي قتل قُتل اغتيل ولد وُلد المقرر المقررة وقع وقعت اندلعت
""")

# Participles, of which each has a dozen forms.
RUSSIAN_EVENTS = ("произош", "случивш", "начавш", "состоявш", "погибш", "убит", "умерш", "родивш")

RUSSIAN_PASTS = ("лся", "лась", "лось", "лись", "рело", "рела", "нула")

COMING = word_set("scheduled slated due set expected planned premiering airing debuting")
FUTURE = word_set("will upcoming wird werden soll sera seront tendrá será будет состоятся")

# What is spoken of by its day, unless the picture was taken `during the vote on May 3, 2023`.
AWAITED = word_set("""
    election elections vote referendum deadline anniversary
    wahl wahlen bundestagswahl abstimmung
    élection élections scrutin
    elección elecciones votación
    выборы выборов
    الانتخابات
""")
# Tickets `to the final on`, a stage `for the concert on`.
OCCASIONS = word_set("final match game race concert summit show festival premiere ceremony")
DURING = word_set("during at in after following amid bei während nach lors pendant durante en на")

# `ahead of the vote on`
AHEAD = (
    *("ahead of ", "prior to ", "before ", "in advance of ", "anniversary of "),
    *("vor der ", "vor den ", "avant ", "à l'approche ", "antes de ", "перед ", "قبل "),
)


# What a date can be the adjective of: `May 3, 2023 attacks`.
EVENT_NOUNS = word_set("""
    attack attacks assault massacre bombing bombings killing killings murder shooting shootings
    strike strikes raid war invasion coup uprising revolution crash earthquake quake tsunami
    explosion blast fire disaster election elections referendum vote deadline agreement accord
    deal treaty ceasefire truce speech statement ruling decision law decree memo letter interview
    resignation death funeral summit meeting riot riots siege insurrection hostage kidnapping
    verstorbene verstorbenen getötete getöteten geborene geborenen
    terror terrorist deadly hamas-led hamas anniversary game match edition issue
""")

RELATIVES = word_set("""
    who which that whose whom when
    qui dont
    que quien cuyo
    который которая которые
    الذي التي الذين
""")
PASTS = word_set("was were had did lost left won fell came went took became made")
WHERE = word_set("in at near outside on during as while en à dans в на في")

# What may follow a date without a comma. Another word in lower case is what the date describes:
# `on March 13, 2021 prices`.
AFTER = word_set("""
    in at on near outside inside off over along across during as after before following amid when
    where while with without by for from to of and or but ahead until via against under between
    through around nearby beside behind above below onto towards toward within throughout despite
    because since next just even this that these those a an the his her its their he she they it
    who which whose also not no as into upon file photo show shows showing is are
    aus auf bei mit nach vor während zeigt zu zum zur im am an und der die das
    à en dans lors au aux sur pendant après avant devant montre et
    durante tras al ante muestra y con contra
    г года
""")
ENGLISH_FILLERS = word_set("on monday tuesday wednesday thursday friday saturday sunday")

# `Born in Lima on 28 March`: told even with a place.
LIVES = word_set("born died geboren gestorben né née nacido nacida nació murió falleció décédé")

# Participles of what a picture shows: `a house destroyed by shelling on May 3, 2023`.
SCENES = word_set("""
    destroyed damaged organised organized held hosted attended led surrounded accompanied called
    named parked displayed hit flooded covered based dressed crowded stranded abandoned deployed
    displaced gathered occupied besieged annexed controlled deserted wounded injured masked armed
""")
TOLD_PHRASES = (
    " last seen on ",
    " comes out on ",
    " goes on sale on ",
    " takes effect on ",
    " date: ",
)
# What a sign or a calendar does with a date.
READS = word_set(
    "shows showing reads reading says saying displays displaying zeigt indique muestra"
)
TOLD_PASTS = word_set("""
    met fought shot sold bought hit set cut began rose sank saw said got gave flew
    wrote spoke fue fueron
""")

# Verbs after a date that put it ahead: `Am 19. Oktober 2019 gastiert …`.
TOLD_NEXT = word_set("""
    gastiert spielt startet beginnt findet trifft soll sollen feiert feiern jährt
    endet öffnet kommt
""")
# Verbs that put a date of the languages without `will` ahead, or tell of it.
TOLD_VERBS = word_set("""
    findet finden trat traten startet starten erschien erscheint endet endete
    вступит вступил вступила пройдет пройдёт пройдут состоится состоялся состоялась начнется
    начнётся начался началась откроется открылся завершится погиб погибли
    تجرى ستجرى يبدأ تبدأ سيبدأ ستبدأ سيعقد ستعقد
""")
TOLD_ENDINGS = (
    "ront",
    "uvo",
    "uvieron",
    "ujo",
    "ará",
    "erá",
    "irá",
    "arán",
    "erán",
    "irán",
    "ó",
    "aron",
    "ieron",
)
GERMAN_PASTS = word_set("war waren wurde wurden hatte hatten")
# How a German sentence ends whose date is the story's: `ist am 13.04.2025 in Lima gestorben`.
TOLD_ENDS = word_set("""
    statt kraft gestorben geboren getötet ermordet gewählt verhaftet festgenommen gegründet
    eröffnet verurteilt verschwunden entführt verletzt starben kollidierten
""")

# Without one of these no clause before a date is the story's.
TELLING = (
    COMING
    | FUTURE
    | RELATIVES
    | word_set("be ahead prior before advance anniversary vor avant l'approche antes перед قبل")
)

DAYTIMES = word_set("morning afternoon evening night hours dawn")
GERMAN_LEADS = word_set("am dem den")
GERMAN_ARTICLES = word_set("der die das des")
# A verb after a date that closes the sentence's subject: `those killed on May 3, 2023, were`.
SUBJECT_ENDS = word_set("was were had")
# A later sentence about these tells on.
PRONOUNS = word_set("he she it they er sie es il elle ils elles")
# `accused of robbing a bank on`
CHARGED = word_set("accused charged suspected convicted acquitted")
