"""Names of months and days in many languages, and the words that come before an author's name."""

from __future__ import annotations

_NAMES = """
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
januar jänner februar märz mai juni juli oktober dezember mär okt dez
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
janvier février mars avril juin juillet août septembre octobre novembre décembre
janv févr avr juil déc lundi mardi mercredi jeudi vendredi samedi dimanche
enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
ene abr ago dic lunes martes miércoles jueves viernes sábado domingo
janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
fev mai set out dez segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre
gen mag giu lug ott lunedì martedì mercoledì giovedì venerdì sabato domenica
januari februari maart april mei augustus oktober december mrt okt
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
pazartesi salı çarşamba perşembe cuma cumartesi pazar
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
понедельник вторник среда четверг пятница суббота воскресенье
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
понеділок вівторок середа четвер п'ятниця субота неділя
يناير فبراير مارس أبريل إبريل ابريل مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر
ديسمبر شباط آذار نيسان أيار حزيران تموز آب أيلول
الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
poniedziałek wtorek środa czwartek piątek sobota niedziela
ledna února března dubna května června července srpna září října listopadu prosince
pondělí úterý středa čtvrtek pátek sobota neděle
januari februari maret mei juni juli agustus oktober desember senin selasa rabu kamis jumat sabtu
minggu जनवरी फरवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर सितम्बर अक्टूबर नवंबर दिसंबर
सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag
maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
"""

NAMES = frozenset(_NAMES.split())
"""Small letters."""

CJK_DAYS = frozenset("月火水木金土日一二三四五六")

_BYLINE = {
    "by", "von", "par", "por", "di", "da", "door", "af", "av", "от", "автор", "текст", "autor",
    "author", "authors", "yazan", "haber", "oleh", "penulis", "作者", "记者", "記者", "بقلم", "كتب",
    "byline", "written", "de",
}  # fmt: skip
_CREDIT = {
    "foto", "photo", "photograph", "picture", "fotos", "bild", "credit", "image", "фото", "foto:",
    "fotoğraf", "fotografía", "crédit", "crédits", "©", "写真", "사진", "图片", "تصوير",
}  # fmt: skip


def says_author(text: str) -> bool:
    """Return True if a line begins with a word that comes before an author's name."""
    return text.split(" ", 1)[0].strip(":：").lower() in _BYLINE


def says_credit(text: str) -> bool:
    """Return True if a line begins with a word that comes before a photographer's name."""
    return text.split(" ", 1)[0].strip(":：(").lower() in _CREDIT
