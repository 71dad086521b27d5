"""Test dates in every language: dates are read, anything else is null. All captions are made up."""

from __future__ import annotations

import pytest

from corpuscli.captions import find_date, lexicon

MONTHS = {
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
}


@pytest.mark.parametrize("language", MONTHS)
def test_every_month(language: str) -> None:
    for number, month in enumerate(MONTHS[language].split(), 1):
        for text in (f"7 {month} 2021", f"Oslo, 7 {month} 2021 (AFP)", f"7 {month.upper()} 2021."):
            if text != text.upper() or language != "tr":  # elsewhere İ is not the capital of i
                assert find_date(text) == f"2021-{number:02}-07", text


@pytest.mark.parametrize(
    "text",
    [
        *("İstanbul'da bir vapur, 1 Ekim 2023.", "Kadıköy'de yürüyenler, 1 Ekim 2023 Pazar. (AA)"),
        *("Mulher lava roupa em Belém, em 1º de outubro de 2023.", "Lisboa, 1 de outubro de 2023"),
        *("Un peschereccio a Bari, 1° ottobre 2023.", "Un tram a Milano, il 1 ottobre 2023 (ANSA)"),
        *("Een boot in Delft op 1 oktober 2023. Foto: Jan Ott", "Delft, zondag 1 oktober 2023"),
        *("Targ w Gdańsku, 1 października 2023 r. Fot. Jan Kowal", "Gdańsk, 01.10.2023"),
        *("Жінка біля школи в Харкові, 1 жовтня 2023 року.", "Харків, 1 жовтня 2023 р."),
        *("قایقی در بندر، ۱ اکتبر ۲۰۲۳", "تهران، یکشنبه ۱ اکتبر ۲۰۲۳ (ایرنا)"),
        *("لاہور، 1 اکتوبر 2023ء", "کراچی میں کشتیاں، 1 اکتوبر 2023 (اے ایف پی)"),
        *("סירה בנמל יפו, 1 באוקטובר 2023", "חיפה, 1 באוקטובר, 2023. צילום: רועי"),
        *("दिल्ली में लोग, 1 अक्टूबर 2023", "१ अक्टूबर २०२३, मुंबई"),
        *("Nelayan di Ambon, 1 Oktober 2023. (Antara)", "Pasar di Bogor pada 1 Oktober 2023."),
        *("Chợ ở Huế, ngày 1 tháng 10 năm 2023.", "Hà Nội, 1 tháng 10, 2023"),
        *("2023年10月1日，北京，游客。", "渔民在港口(2023年10月1日摄)。", "2023 年 10 月 1 日"),
        *("2023年10月1日、東京で。", "東京の市場=2023年10月1日撮影", "２０２３年１０月１日"),
        *("2023년 10월 1일 서울.", "부산 시장, 2023년 10월 1일 (연합뉴스)", "2023. 10. 1. 서울"),
    ],
)  # fmt: skip
def test_the_first_of_october(text: str) -> None:
    assert find_date(text) == "2023-10-01", text


@pytest.mark.parametrize(
    "text",
    [
        *("Ekim 2023, İstanbul", "1 Ekim 2023'te ölen şair için çiçekler", "Salı, 10:00"),
        *("Foto de outubro de 2023", "Flores para o poeta morto em 1 de outubro de 2023"),
        *("Ottobre 2023 a Bari", "Fiori per il poeta morto il 1 maggio 2023", "dal 1 maggio 2023"),
        *("Oktober 2023", "De brug is dicht sinds 1 mei 2023", "dichter, geboren op 1 mei 1923"),
        *("październik 2023 r.", "Poeta zmarł 1 października 2023 r.", "od 1 października 2023 r."),
        *("жовтень 2023 року", "Поет помер 1 жовтня 2023 року", "від 1 жовтня 2023 року"),
        *("اکتبر ۲۰۲۳", "۱ مهر ۱۴۰۲", "شاعر که ۱ اکتبر ۲۰۲۳ درگذشت"),
        *("اکتوبر 2023", "شاعر 1 اکتوبر 2023 کو وفات پا گئے"),
        *("אוקטובר 2023", "מאז 1 באוקטובר 2023", "המשורר נהרג 1 באוקטובר 2023"),
        *("अक्टूबर 2023", "1 अक्टूबर 2023 को कवि का निधन"),
        *("Oktober 2023", "Penyair meninggal pada 1 Oktober 2023", "sejak 1 Oktober 2023"),
        *("tháng 10 năm 2023", "từ 1 tháng 10 năm 2023", "1 tháng 13 năm 2023"),
        *("2023年10月", "10月1日", "令和5年10月1日", "2023年13月1日", "2023年10月1日死亡した詩人"),
        *("2023年10月1日以来", "诗人于2023年10月1日去世", "2023年10月"),
        *("2023년 10월", "10월 1일", "2023년 10월 1일 사망한 시인", "2023년 10월 1일부터"),
        *("15 out of 2023 voters", "12 set 2023 records", "10 des 2023 ouvrages", "3 lis 2023"),
    ],
)  # fmt: skip
def test_what_is_no_day_of_the_picture_is_null(text: str) -> None:
    assert find_date(text) is None, text


def test_all_months_are_words_of_the_lexicon() -> None:
    for names in MONTHS.values():
        for name in names.split():
            assert lexicon.look_up(name).dates & lexicon.DATE_BIT["month"], name
