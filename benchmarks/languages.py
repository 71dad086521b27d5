"""The languages of the made dump, as data: sounds, common words, dates and captions of each.

Every word that carries meaning is invented. The syllables never produce the words that
make_dump.py plants. Names of countries and agencies are real, as they are in captions.

In a caption, `{what}` is a few words that describe a picture, `{city}`, `{region}` and `{country}`
a place, `{name}` and `{NAME}` a photographer, and `{d}`, `{dd}`, `{mm}`, `{month}`, `{mon}` and
`{y}` the parts of a date. `{weekday}` is a day without a date.
"""

from __future__ import annotations

from dataclasses import dataclass

Texts = tuple[str, ...]


@dataclass(frozen=True)
class Language:
    """What a language looks like on a page."""

    name: str
    script: str
    """The row of the report that this language counts in."""
    share: int
    """Pages of this language, per 1000 pages of the dump."""
    syllables: Texts
    common: Texts
    """Short words between the invented ones."""
    months: Texts
    short_months: Texts
    weekdays: Texts
    countries: Texts
    dated: Texts
    """Captions with a full date."""
    undated: Texts
    """Captions with a part of a date or with none."""
    advertisement: str
    subscribe: str
    related: str
    quotes: tuple[str, str] = ("“", "”")
    sentence: tuple[int, int] = (7, 24)
    """Words of the first half of a sentence, from and to; the second half is shorter."""
    comma: str = ","
    stop: str = "."
    space: str = " "
    """What is between two words."""
    number: str = "{}\u00a0percent"
    """A figure in running text; a no-break space keeps it together."""


def texts(lines: str) -> Texts:
    """Return the lines of a literal, without indentation."""
    return tuple(line.strip() for line in lines.strip().splitlines())


def syllables(consonants: str, vowels: str, ends: str = "") -> Texts:
    """Return each consonant with each vowel; half of the syllables end in one of `ends`."""
    every = ["", "", *ends] if ends else [""]
    return tuple(
        one + two + end for one in consonants.split() for two in vowels.split() for end in every
    )


ENGLISH = Language(
    name="English",
    script="Latin",
    share=666,
    syllables=syllables("b d f g h k l m n p r s t v w sh", "a e i o u", "ns"),
    common=tuple(
        "the the the of of and and to to in in a a said that for on with was is by as at from it "
        "has had were will after who not its be are their it’s don’t".split()
    ),
    months=tuple(
        "January February March April May June July August September October November "
        "December".split()
    ),
    short_months=tuple("Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()),
    weekdays=tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
    countries=(
        *("Germany", "France", "Egypt", "United Kingdom", "Japan", "Brazil", "Kenya", "Poland"),
        *("South Africa", "Indonesia", "Mexico", "Norway", "India", "Turkey", "Canada", "Spain"),
    ),
    dated=texts(
        """
        {d} {month} {y}, {region}, {city}: {what}. (dpa)
        {d} {month} {y}, {country}, {city}: {what}. Photo: {name}/dpa
        {d} {month} {y}, {country}, {city}: {what}. Photo: {name}/PA Wire/dpa
        {d} {month} {y}, {country}, {region}: {what}. Photo: {name}/AP/dpa
        {what} in {city}, {country}, {month} {d}, {y}. (Reuters)
        {what} in {city}, {country}, {month} {d}, {y}. REUTERS/{name}
        FILE PHOTO: {what} in {city}, {country}, {month} {d}, {y}. REUTERS/{name}/File Photo
        {what} in {city} on {mon} {d}, {y}. (AP Photo/{name})
        {what} during a meeting in {city}, {country}, on {mon} {d}, {y}. (AP Photo/{name}, File)
        {what} in {city} on {month} {d}, {y}. (Photo by {NAME} / AFP)
        {what}, near {city}, {country}, {d} {month} {y}. Credit: {name}/EPA
        (FILES) {what} in {city}, {region}, on {month} {d}, {y}. (Photo by {NAME} / POOL / AFP)
        """
    ),
    undated=texts(
        """
        {what} in {city}, {country}. (Reuters)
        {what}. Photo: {name}/dpa
        {what} on a {city} street, {weekday}. (AP Photo/{name})
        {what} in {city}, {region}. — Bernama pic
        {what}, {month} {y}. {name}/Handout via REUTERS
        {what}. Courtesy {name}
        File photo: {what} in {city} last {month}.
        {what} outside {city} in {y}. (Photo by {NAME} / AFP)
        """
    ),
    advertisement="Advertisement",
    subscribe="Subscribe to our newsletter: the news of the day in your inbox every morning",
    related="Read more: ",
)

GERMAN = Language(
    name="German",
    script="accented Latin",
    share=40,
    syllables=syllables("b d f g h k l m n r s t w sch", "a e i o u ä ö ü ei", "ns"),
    common=tuple(
        "der die das und in den von zu mit sich auf für ist im dem nicht ein eine als auch es an "
        "werden aus er hat daß über größte straße".split()
    ),
    months=tuple(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
    ),
    short_months=tuple("Jan. Feb. März April Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split()),
    weekdays=tuple("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()),
    countries=("Belgien", "Österreich", "Frankreich", "Großbritannien", "Ägypten", "Polen"),
    dated=texts(
        """
        {dd}.{mm}.{y}, {country}, {city}: {what}. Foto: {name}/dpa
        {dd}.{mm}.{y}, {region}, {city}: {what}. Foto: {name}/dpa-Zentralbild/dpa
        {d}. {month} {y}, {region}, {city}: {what}. Foto: {name}/dpa
        {what} in {city} ({country}) am {d}. {month} {y}. Quelle: {name}/Reuters
        """
    ),
    undated=texts(
        """
        {what} in {city}. Foto: {name}/dpa
        Archivbild: {what} in {city} im {month} {y}. Quelle: dpa
        {what} am {weekday} in {city}. (Foto: {name})
        """
    ),
    advertisement="Anzeige",
    subscribe="Abonnieren Sie unseren Newsletter: die Nachrichten des Tages für Sie",
    related="Lesen Sie auch: ",
    quotes=("„", "“"),
    sentence=(6, 21),
    number="{}\u00a0%",
)

FRENCH = Language(
    name="French",
    script="accented Latin",
    share=30,
    syllables=syllables("b d f g j l m n p r s t v ch", "a e i o u é è ê ou", "ns"),
    common=tuple(
        "le la les de des du et à en un une que qui dans pour sur est par au avec ne pas plus été "
        "où l’on d’un s’est".split()
    ),
    months=tuple(
        "janvier février mars avril mai juin juillet août septembre octobre novembre "
        "décembre".split()
    ),
    short_months=tuple("janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.".split()),
    weekdays=tuple("lundi mardi mercredi jeudi vendredi samedi dimanche".split()),
    countries=("Algérie", "Belgique", "Sénégal", "Égypte", "Suède", "Allemagne"),
    dated=texts(
        """
        {what} à {city}, {country}, le {d} {month} {y}. (AFP)
        {what}, le {d} {month} {y} à {city}. (Photo {name}/AFP)
        {what} à {city}, en {country}, le {d} {month} {y}. REUTERS/{name}
        {d} {month} {y}, {region}, {city} : {what}. Crédit : {name}/AFP
        """
    ),
    undated=texts(
        """
        {what} à {city}. (Photo d’illustration {name}/AFP)
        {what} à {city}, {weekday}. © {name}
        {what}, en {month} {y}. (AFP)
        """
    ),
    advertisement="Publicité",
    subscribe="Abonnez-vous à notre lettre : l’essentiel de l’actualité chaque matin",
    related="À lire aussi : ",
    quotes=("«\u00a0", "\u00a0»"),
    sentence=(6, 20),
    number="{}\u00a0%",
)

SPANISH = Language(
    name="Spanish",
    script="accented Latin",
    share=30,
    syllables=syllables("b d f g j l m n ñ p r s t v ll", "a e i o u á é í ó ú", "ns"),
    common=tuple(
        "el la los las de del que y en un una por con para se no su al lo más como pero fue este "
        "ha también según".split()
    ),
    months=tuple(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
        "diciembre".split()
    ),
    short_months=tuple("ene. feb. mar. abr. mayo jun. jul. ago. sept. oct. nov. dic.".split()),
    weekdays=tuple("lunes martes miércoles jueves viernes sábado domingo".split()),
    countries=("España", "México", "Perú", "Panamá", "Túnez", "Japón"),
    dated=texts(
        """
        {what} en {city}, {country}, el {d} de {month} de {y}. (EFE/{name})
        {d} de {month} de {y}, {country}, {city}: {what}. Foto: {name}/dpa
        {what} en {city} el {d} de {month} de {y}. (AP Foto/{name})
        FOTO DE ARCHIVO: {what} en {city}, {country}, {d} de {month} de {y}. REUTERS/{name}
        """
    ),
    undated=texts(
        """
        {what} en {city}, {country}. (EFE)
        {what} este {weekday} en {city}. Foto: {name}
        {what} en {month} de {y}. (AP Foto/{name})
        """
    ),
    advertisement="Publicidad",
    subscribe="Suscríbase a nuestro boletín: las noticias del día, cada mañana",
    related="Lea también: ",
    quotes=("«", "»"),
    sentence=(6, 19),
    number="{}\u00a0%",
)

RUSSIAN = Language(
    name="Russian",
    script="Cyrillic",
    share=75,
    syllables=syllables("б в г д ж з к л м н п р с т х ч", "а е и о у ы я ю", "нсй"),
    common=tuple(
        "и в во не на что с по из за к от о для это как но был его до после который также года "
        "ещё её".split()
    ),
    months=tuple(
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
    ),
    short_months=tuple("янв. фев. марта апр. мая июня июля авг. сент. окт. нояб. дек.".split()),
    weekdays=tuple("понедельник вторник среду четверг пятницу субботу воскресенье".split()),
    countries=("Россия", "Германия", "Египет", "Польша", "Казахстан", "Франция"),
    dated=texts(
        """
        {d} {month} {y} года, {country}, {city}: {what}. Фото: {name}/ТАСС
        {d} {month} {y}, {region}, {city}: {what}. Фото: {name}/РИА Новости
        {what} в городе {city}, {country}, {d} {month} {y} года. (Reuters)
        {dd}.{mm}.{y}, {country}, {city}: {what}. Фото: {name}/dpa
        """
    ),
    undated=texts(
        """
        {what} в городе {city}. Фото: {name}/ТАСС
        {what} в {weekday}. © {name}
        {what} в городе {city}, архивное фото. (Reuters)
        """
    ),
    advertisement="Реклама",
    subscribe="Подпишитесь на нашу рассылку: главные новости дня каждое утро",
    related="Читайте также: ",
    quotes=("«", "»"),
    sentence=(4, 12),
    number="{}\u00a0процентов",
)

ARABIC = Language(
    name="Arabic",
    script="Arabic",
    share=110,
    syllables=syllables("ب ت ث ج ح د ر ز س ش ص ط ع ف ق ك ل م ن ه", "ا و ي", "نسر"),
    common=tuple(
        "في من على إلى أن عن التي الذي هذا هذه كان قال وقال بعد قبل مع ما لا ثم أو كما بين حيث "
        "أكّد".split()
    ),
    months=tuple(
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
    ),
    short_months=tuple(
        "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,"
        "تشرين الثاني,كانون الأول".split(",")
    ),
    weekdays=tuple("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()),
    countries=("مصر", "الأردن", "المغرب", "ألمانيا", "تركيا", "فرنسا", "العراق", "لبنان"),
    dated=texts(
        """
        {d} {month} {y}، {country}، {city}: {what}. (د ب أ)
        {d} {month} {y}، {region}، {city}: {what}. تصوير: {name}/رويترز
        {what} في {city}، {country}، {d} {month} {y}. (رويترز)
        {what} في {city}، {d} {mon} {y}. (أ ف ب)
        صورة أرشيفية: {what} في {city}، {country}، {d} {month} {y}. (أ ب)
        """
    ),
    undated=texts(
        """
        {what} في {city}، {country}. (رويترز)
        {what} يوم {weekday}. تصوير: {name}
        {what} في {month} {y}. (أ ف ب)
        صورة أرشيفية: {what} في {city}.
        """
    ),
    advertisement="إعلان",
    subscribe="اشترك في نشرتنا البريدية: أخبار اليوم كل صباح",
    related="اقرأ أيضا: ",
    quotes=("«", "»"),
    sentence=(3, 12),
    comma="،",
    number="{}\u00a0في المئة",
)

ENGLISH_ON_CJK = texts(
    """
    {d} {month} {y}, {country}, {city}: {what}. (Xinhua/{name})
    {what} in {city}, {country}, {month} {d}, {y}. REUTERS/{name}
    {what} in {city} on {month} {d}, {y}. (Photo by {NAME} / AFP)
    """
)
"""Captions with a date on pages in CJK scripts, which often keep those of an agency."""

CHINESE = Language(
    name="Chinese",
    script="CJK",
    share=20,
    syllables=tuple(
        "山水火木金土日月星云风雨雪江河海湖石田林森花草竹鸟鱼马牛羊门户室宫城市乡村路桥车船"
        "书画笔纸音声光明早晚春夏秋冬东西南北上下左右内外大小多少高低长短新旧青红白黑黄"
    ),
    common=tuple("的 了 在 是 和 有 不 这 为 以 于 与 将 对 及".split()),
    months=ENGLISH.months,
    short_months=ENGLISH.short_months,
    weekdays=tuple("周一 周二 周三 周四 周五 周六 周日".split()),
    countries=("China", "Japan", "Thailand", "Germany"),
    dated=ENGLISH_ON_CJK,
    undated=("{what}。{name} 摄", "{weekday}，{what}。（新华社）", "{what}。图：{name}/路透社"),
    advertisement="广告",
    subscribe="订阅我们的电子报：每天早上的新闻",
    related="相关阅读：",
    sentence=(12, 36),
    comma="，",
    stop="。",
    space="",
    number="{}%",
)

JAPANESE = Language(
    name="Japanese",
    script="CJK",
    share=15,
    syllables=(
        *"山川森町村市海空雨雪春夏秋冬朝夜東西南北",
        *"かきくけこさしすせそたちつてとなにぬねのはひふへほまみむめも",
    ),
    common=tuple("の は が を に で と も から まで した という".split()),
    months=ENGLISH.months,
    short_months=ENGLISH.short_months,
    weekdays=tuple("月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日".split()),
    countries=("Japan", "Korea", "Australia", "Germany"),
    dated=ENGLISH_ON_CJK,
    undated=("{what}＝{name}撮影", "{weekday}、{what}（共同）", "{what}。写真：{name}／ロイター"),
    advertisement="広告",
    subscribe="ニュースレターに登録する：毎朝その日のニュース",
    related="関連記事：",
    quotes=("「", "」"),
    sentence=(12, 32),
    comma="、",
    stop="。",
    space="",
    number="{}％",
)

KOREAN = Language(
    name="Korean",
    script="CJK",
    share=14,
    syllables=tuple(
        "가나다라마바사아자차카타파하고노도로모보소오조구누두루무부수우주기니디리미비시이지"
    ),
    common=tuple("그 이 것 수 및 등 또 더 위해 대한 통해 있는 했다 밝혔다".split()),
    months=ENGLISH.months,
    short_months=ENGLISH.short_months,
    weekdays=tuple("월요일 화요일 수요일 목요일 금요일 토요일 일요일".split()),
    countries=("Korea", "Japan", "Vietnam", "Germany"),
    dated=ENGLISH_ON_CJK,
    undated=("{what}. {name} 기자", "{weekday} {what}. (연합뉴스)", "{what}. 사진: {name}/로이터"),
    advertisement="광고",
    subscribe="뉴스레터 구독하기: 매일 아침 오늘의 뉴스",
    related="관련 기사: ",
    sentence=(9, 26),
    number="{}%",
)

LANGUAGES = (
    *(ENGLISH, GERMAN, FRENCH, SPANISH, RUSSIAN, ARABIC),
    *(CHINESE, JAPANESE, KOREAN),
)
