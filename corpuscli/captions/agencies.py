"""The words by which `credits` tells a credit: agencies, archives, libraries, and what joins names.

A name in a table may hold spaces, so semicolons part them. Case counts: `AP` is an agency, `ap` is
not; agencies that are written both ways stand here twice.
"""

from corpuscli.captions.words import word_set

AGENCIES = """
AFP; A.F.P; AFPTV; AP; Associated Press; REUTERS; Reuters; dpa; DPA; EPA; EFE; Efe; Getty; GETTY;
PA; Press Association; Xinhua; XINHUA; Anadolu; AA; IHA; DHA; SPA; WAM; Bernama; BERNAMA; TASS;
Tass; Sputnik; SPUTNIK; RIA; ANSA; Ansa; Kyodo; KYODO; Jiji; Yonhap; YONHAP; KCNA; CNS; ANI; PTI;
IRNA; ISNA; Tasnim; TASNIM; Fars; Mehr; WANA; IRIB; SANA; MENA; Petra; PETRA; KUNA; QNA; BNA; ONA;
NNA; INA; Saba; SABA; SUNA; MAP; TAP; APS; WAFA; Wafa; Rudaw; UPI; APA; Keystone; KEYSTONE; NTB; TT;
Ritzau; Scanpix; Lehtikuva; BELGA; Belga; ANP; CTK; ČTK; PAP; MTI; LUSA; Lusa; Agerpres; AGERPRES;
Colprensa; Antara; BTA; Azertac; Ukrinform; UKRINFORM; Europa Press; LaPresse; CP; Canadian Press;
AAP; Imago; imago; IMAGO; picture alliance; picture-alliance; Shutterstock; SHUTTERSTOCK;
Bloomberg; NurPhoto; ZUMA; Zuma; SIPA; Sipa; Abaca; ABACA; MAXPPP; Hans Lucas; Alamy; ALAMY;
iStock; Rex Features; REX; Redux; Magnum; WireImage; FilmMagic; Pool; POOL; Handout; HANDOUT;
NASA; Maxar; Planet Labs; UNHCR; UNICEF; WFP; Wikimedia; Wikipedia; Twitter; Facebook; Instagram;
Telegram; YouTube; Unsplash; Pixabay; Pexels; Flickr; X; Asharq Al-Awsat; Asharq Al Awsat; AAWSAT;
Arab News; Al Arabiya; The New York Times; The Guardian;
ТАСС; РИА Новости; Рейтер; Рейтерс; Интерфакс; Коммерсантъ; АП; АФП; МЧС;
رويترز; أ.ف.ب; أ ف ب; أ. ف. ب; إ.ب.أ; إ ب أ; أ.ب; أ ب; أ. ب; د.ب.أ; د ب أ; واس; وام; الأناضول;
غيتي; سانا; بترا; كونا; قنا;
الشرق الأوسط; شينخوا; سبوتنيك; إكس; تويتر; أسوشييتد برس; فرانس برس; الوكالة الوطنية
"""

# Agencies and libraries, of those above, whose names are nothing else's, so that a caption may end
# with one and a photographer's name and a slash may stand before it.
FIRMS = """
AFP; AP; Associated Press; The Associated Press; The AP; REUTERS; Reuters; dpa; EPA; EPA-EFE; EFE;
Getty; Getty Images; GETTY IMAGES; PA; PA Wire; PA Images; Press Association; Xinhua; Anadolu;
Anadolu Agency; AA; SPA; WAM; Bernama; TASS; Sputnik; ANSA; Kyodo; Yonhap; ANI; PTI; Keystone; NTB;
Scanpix; Belga; ANP; LUSA; Europa Press; LaPresse; Canadian Press; The Canadian Press; AAP; Imago;
imago; IMAGO; picture alliance; Shutterstock; Bloomberg; NurPhoto; ZUMA; SIPA; Sipa; MAXPPP;
Hans Lucas; Alamy; iStock; Redux; Magnum; WireImage; The New York Times; The Washington Post;
ТАСС; РИА Новости; Рейтер; Коммерсантъ; رويترز; أ.ف.ب; أ ف ب; د ب أ; د.ب.أ; إ ب أ; واس; الأناضول
"""

# Agencies whose name, a slash and a photographer make a credit wherever they stand.
BYLINES = """
REUTERS; Reuters; XINHUA; Xinhua; EPA-EFE/EPA; EPA-EFE; EPA; EFE; AP Photo; AFP PHOTO; AFP Photo;
AFP; PA Wire; SPUTNIK; TASS; UPI
"""

# What introduces a credit, before a colon or `by`, in lower case.
LABELS = """
photo; photos; photograph; photographs; photographer; photography; picture; pictures; pic; image;
images; video; screengrab; screen grab; credit; credits; credit image; source;
foto; fotos; fotografie; fotograf; archivfoto; archivbild; symbolbild; symbolfoto; bild;
bildquelle; bildnachweis; quelle;
crédit; crédits; crédit photo; photo d'archives; photo d’archives;
crédito; créditos; fuente; imagen; fotografía; fotógrafo; foto de archivo;
фото; источник; источник фото; снимок; автор; автор фото; архивное фото;
تصوير; المصدر; مصدر الصورة; الصورة; صورة; عدسة
"""

# Words in lower case that stand between the names of a credit.
JOINTS = word_set("""
    via vía by of and the for from in on at with de von van der den di da del la le el al bin
    ibn bint
    dos y e et und mit für courtesy supplied photo photos file pic pics picture image images
    archive archives archiv video screengrab grab handout pool stringer contributor staff
    photographer photography collection library media social website social-media press agency
    service ministry office alliance dpa imago afp reuters epa ap x
    cortesía familia family tomada gracias files
""")

# Brackets that say which party, in lower case.
PARTIES = word_set("""
    cdu csu cdu/csu spd fdp afd grüne grünen bsw linke övp fpö spö neos svp
    psoe pp vox lfi rn lr ps
""")
