"""Whom a caption credits for its photo.

A caption is read as agencies set it: a sentence or two, and then, or before, the credit: in brackets,
after a label, after a dash, or bare (`REUTERS/Name`). Of several the first is the answer.
"""

import re

from corpuscli.captions.words import word_set

# Credits stand at the ends of a caption: of a longer text only these many characters are read.
_HEAD, _TAIL = 400, 2000
_LONGEST = 160

# Names of agencies, archives and libraries. In a bare credit they count only as written here.
_AGENCIES = (
    r"A\.?F\.?P|AP|Associated Press|REUTERS|Reuters|dpa|DPA|EPA|EFE|Getty|GETTY|Xinhua|XINHUA|Anadolu|AA"
    r"|SPA|WAM|PA|Bernama|BERNAMA|TASS|Tass|Sputnik|SPUTNIK|RIA|ANSA|Ansa|Kyodo|KYODO|Jiji|Yonhap|YONHAP"
    r"|KCNA|IRNA|ISNA|Tasnim|TASNIM|Fars|WANA|SANA|MENA|Petra|PETRA|KUNA|QNA|BNA|ONA|NNA|INA|MAP|TAP|APS"
    r"|UPI|ANI|PTI|APA|Keystone|KEYSTONE|NTB|TT|Ritzau|Scanpix|Lehtikuva|Imago|imago|IMAGO|picture[ -]alliance"
    r"|Shutterstock|SHUTTERSTOCK|Bloomberg|NurPhoto|ZUMA|Zuma|SIPA|Sipa|Abaca|ABACA|MAXPPP|Hans Lucas"
    r"|LaPresse|Europa Press|Ukrinform|UKRINFORM|Alamy|ALAMY|iStock|Rex Features|REX|Redux|Magnum|CP|AAP|AFPTV|CNS"
    r"|Canadian Press|Press Association|Antara|Agerpres|AGERPRES|BELGA|Belga|ANP|CTK|ČTK|PAP|MTI|LUSA|Lusa"
    r"|GovernmentZA|POOL|Pool|Handout|HANDOUT|NASA|Maxar|Planet Labs|UNHCR|UNICEF|WFP|Wikimedia(?: Commons)?|Wikipedia"
    r"|Twitter|Facebook|Instagram|Telegram|YouTube|Unsplash|Pixabay|Pexels|Flickr|X"
    r"|Asharq Al-Awsat|AAWSAT|Arab News|Al Arabiya|The New York Times|The Guardian|WireImage|FilmMagic"
    r"|ТАСС|РИА Новости|Рейтер|Рейтерс|Интерфакс|Коммерсантъ|АП|АФП|ЕРА"
    r"|رويترز|أ\.? ?ف\.? ?ب|إ\.? ?ب\.? ?أ|أ\.? ?ب|د\.? ?ب\.? ?أ|واس|وام|الأناضول|غيتي|سانا|الشرق الأوسط|بترا"
    r"|كونا|قنا|شينخوا|سبوتنيك|إكس|تويتر|وكالة الأنباء \w+|أسوشييتد برس|فرانس برس"
)
_AGENCY = re.compile(rf"(?<![\w.])(?:{_AGENCIES})(?![\w])")

_LABEL_WORDS = (
    r"(?:file |archive |undated |handout |stock |representational |illustrative )?"
    r"(?:photo(?:graph|graphy|grapher)?s?|picture|pic|image|video|screen ?grab|crédit(?: photo)?|credits?|source"
    r"|foto(?:s|grafie|graf|grafía|grafo)?|archivfoto|archivbild|symbolbild|symbolfoto|bild(?:quelle|nachweis)?|quelle"
    r"|photo d['’]archives?|crédito(?: de la foto)?|fuente|imagen|foto de archivo|cortesía"
    r"|фото|источник(?: фото)?|снимок|автор(?: фото)?|архивное фото"
    r"|تصوير|المصدر|مصدر الصورة|الصورة|صورة|عدسة)"
)
# What introduces a credit and is no part of it.
_LABEL = re.compile(
    rf"(?<!\w)(?:{_LABEL_WORDS}(?: credits?| source| courtesy)?(?: should read)? ?(?::|©|\|)+"
    rf"|{_LABEL_WORDS} by\b:?|photo(?:graph)?ed by\b|(?:photo|image|picture|video)(?= courtesy\b)|photo (?=(?:AFP|AP|EPA|EFE|Reuters|dpa)\b)|(?:(?:file|archive) (?:photo|picture|image)s?|(?:صورة )?أرشيفية) ?[-–—,:] ?|(?<![a-z] )photo/(?=\w)|credit\.\.\.|© ?(?=\S)) ?",
    re.IGNORECASE,
)

# Brackets that say where a person stands, which party, what kind of photo, are no credits.
_ASIDES = re.compile(
    r"""(?ix)
    (?: [lrc] | (?:far\ |top\ |bottom\ |front\ |back\ |upper\ |lower\ |second\ |\d(?:st|nd|rd|th)\ )*
        (?:[lrc]|left|right|cent(?:er|re)|middle|top|bottom|front|back|rear|above|below|row)
        (?:\ to\ (?:r|right|l|left))?
      | l-r | from\ .* | \w+\ from\ .* | unseen | not\ (?:seen|pictured|in\ .*) | pictured | seen.*
      | links | rechts | mitte | [rlm]\.? | \d.* | (?:in\ )?(?:red|white|blue|black|green|yellow)
      | (?:archive|files?|undated|stock|illustrative|representational)(?:\ (?:photo|picture|image|pic)s?)?
      | (?:photo|picture|image|archiv|archives?|archivo|foto\ de\ archivo|archivbild|archivfoto|symbolbild)
      | à\ (?:gauche|droite) | (?:gauche|droite|centre) | [dgi] | (?:a\ la\ )?(?:izquierda|derecha)(?:\ .*)? | centro
      | слева | справа | в\ центре | архив(?:ное\ фото)? | أرشيفية | أرشيف | يسار | يمين | يساراً | يميناً | صورة\ أرشيفية
      | age[ds]?\ .* | cdu | csu | cdu/csu | spd | fdp | afd | grüne | die\ grünen | bsw | linke | die\ linke | övp | fpö | spö
      | [rdi]-[\w.]+ | psoe | pp | vox | lfi | rn | lr | ps
    )""",
)

# What besides an agency gives a photo to the press.
_SOURCE = re.compile(
    r"(?i)\b(?:website|social media|press (?:office|service)|media office|ministry|presidency|news agency"
    r"|state tv|state media|royal court|via (?:x|twitter|facebook|instagram|telegram))\b"
)

_LOWER_OK = word_set(
    """
    via by of courtesy photo photos file the and de von van der den di da del la le el al bin pic
    pics picture archive archives archiv handout for from image images alliance press agency
    service video screengrab grab dpa imago pool stringer contributor foto photography library
    media social ministry office on with staff photographer x afp reuters epa ap und et y e via/
    dos ten ibn bint cortesía tomada gracias mit durch für über website social-media collection
    """
)

_NAMES = r"[\w.,'’&/@\- ]"
_BARE = re.compile(
    r"(?:(?<=[^/]\s)|^)(?:(?:REUTERS|XINHUA|Xinhua|EPA(?:-EFE)?|EFE|AP Photo|AFP PHOTO|AFP Photo|AFP|EPA-EFE/EPA"
    r"|Reuters|PA Wire|SPUTNIK|TASS|UPI) ?/ ?[^\s().:;][^().:;]{1,100}(?:\.(?=\w)[^().:;]{1,40})?"
    r"|(?:Handout|HANDOUT|Photo|Pool|Courtesy) (?:via|of) [A-Z][^().:;]{1,80})"
)
_ENDNOTES = re.compile(
    r"[ ,.]*\b(?:TPX IMAGES|ATTENTION EDITORS|(?:[A-Z]+ )?OUT\b(?=[. ]|$)|NO (?:RESALES|COMMERCIAL|USE|ARCHIVES?)"
    r"|EDITORIAL USE|BEST QUALITY|MANDATORY|[Aa]ll rights reserved|Editorial use).*$"
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,200})[)\]]")
_STOP = re.compile(
    r"(?<![\s.(][A-ZА-ЯÀ-Þ])(?<!\b[A-Z][a-z])[.!?…]['\"”’»)]* +| [-–—|]{1,2} ?|(?<=\w)[—|] ?"
)


def find_credit(text: str) -> str | None:
    """Photographer and agency as the caption writes them, without brackets and label, or None."""
    text = " ".join(text.split())
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    found = [credit for credit in (_bracketed(text), _labelled(text), _bare(text)) if credit]
    if found:
        return min(found)[1]
    return _last_words(text) or _first_words(text)


def _bracketed(text: str) -> tuple[int, str] | None:
    for match in _BRACKET.finditer(text):
        inner = match[1].strip()
        labelled = _LABEL.match(inner)
        credit = _tidy(inner[labelled.end() :] if labelled else inner)
        if not credit or _ASIDES.fullmatch(credit):
            continue
        if labelled and len(credit) > 1:
            return match.start(), credit
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip(" .*")
        is_apart = not before or before.endswith((".", "!", "?", "…", '"', "”", ")", "]"))
        if not is_apart and after[:1] not in ("", "(", "["):
            continue
        if _SOURCE.search(credit) or (
            _is_names(credit) and (_AGENCY.search(credit) or not after or _is_courtesy(credit))
        ):
            return match.start(), credit
    return None


def _labelled(text: str) -> tuple[int, str] | None:
    for match in _LABEL.finditer(text):
        rest = text[match.end() : match.end() + _LONGEST]
        stop = _STOP.search(rest)
        bracket = re.search(r"[()\[\]\n]", rest)
        ends = [m.start() for m in (stop, bracket) if m]
        credit = _tidy(rest[: min(ends, default=len(rest))])
        if credit and _is_names(credit) and not _ASIDES.fullmatch(credit):
            return match.start(), credit
    return None


def _bare(text: str) -> tuple[int, str] | None:
    for match in _BARE.finditer(text):
        stop = _STOP.search(match[0])
        credit = _tidy(match[0][: stop.start()] if stop else match[0])
        if _is_names(credit):
            return match.start(), credit
    return None


def _last_words(text: str) -> str | None:
    """A credit set as the caption's last sentence, or after its last dash."""
    tail = text[-_LONGEST - 40 :]
    stops = list(_STOP.finditer(tail))
    ends = [m.end() for m in stops] or [0] * (len(text) < 60)
    for start in reversed(ends):
        credit = _tidy(tail[start:])
        if (
            credit
            and _is_names(credit)
            and (_AGENCY.search(credit) or "/" in credit or _is_courtesy(credit))
        ):
            return credit
    return None


def _first_words(text: str) -> str | None:
    stop = _STOP.search(text, 0, _LONGEST)
    colon = text.find(": ", 0, 80)
    ends = [n for n in (stop.start() if stop else -1, colon) if n > 0]
    if not ends:
        return None
    credit = _tidy(text[: min(ends)])
    return credit if _is_names(credit) and _AGENCY.search(credit) else None


def _is_courtesy(credit: str) -> bool:
    return credit.lower().startswith(
        ("courtesy", "handout", "via ", "supplied", "provided", "cortesía")
    )


def _is_names(credit: str) -> bool:
    """Whether these are names and what joins them, no sentence."""
    words = credit.replace("/", " ").split()
    if not 0 < len(words) <= 16 or len(credit) > _LONGEST:
        return False
    return all(
        not word[0].islower()
        or _PARTICLE.match(word)
        or word.strip(".,'’") in _LOWER_OK
        or "." in word
        for word in words
    )


_PARTICLE = re.compile(r"[a-z]{1,3}[-'’][A-Z]")


def _tidy(credit: str) -> str:
    credit = _ENDNOTES.sub("", credit).strip(' ,;:-–—|/\u200e\u200f\ufeff"“”')
    if credit.endswith(".") and not credit.endswith(("Inc.", "Ltd.", "Jr.", "Co.")):
        credit = credit[:-1].rstrip()
    return credit
