"""Names of countries, states, regions and large cities, in the languages of the captions.

Short on purpose: the rules of `places` read a place from how a caption is set, and the gazetteer
only tells `Harare` in `a Harare street` from `Toyota`, and `Cairo, Egypt` from `Cairo, Prime
Minister`. Russian names stand in the nominative and in the case that follows `в`.
"""

_SOVEREIGN = """
Afghanistan; Albania; Algeria; Andorra; Angola; Argentina; Armenia; Australia; Austria; Azerbaijan;
Bahamas; Bahrain; Bangladesh; Barbados; Belarus; Belgium; Belize; Benin; Bhutan; Bolivia; Bosnia;
Bosnia and Herzegovina; Bosnia-Herzegovina; Botswana; Brazil; Britain; Great Britain; Brunei;
Bulgaria; Burkina Faso; Burundi; Cambodia; Cameroon; Canada; Cape Verde; Central African Republic;
Chad; Chile; China; Colombia; Comoros; Congo; Democratic Republic of Congo;
Democratic Republic of the Congo; DR Congo; Republic of Congo; DRC; Costa Rica; Croatia; Cuba;
Cyprus; Czech Republic; Czechia; Denmark; Djibouti; Dominica; Dominican Republic; East Timor;
Timor-Leste; Ecuador; Egypt; El Salvador; England; Eritrea; Estonia; Eswatini; Ethiopia; Fiji;
Finland; France; Gabon; Gambia; Georgia; Germany; Ghana; Greece; Grenada; Guatemala; Guinea;
Guinea-Bissau; Guyana; Haiti; Honduras; Hungary; Iceland; India; Indonesia; Iran; Iraq; Ireland;
Northern Ireland; Israel; Italy; Ivory Coast; Côte d'Ivoire; Jamaica; Japan; Jordan; Kazakhstan;
Kenya; Kiribati; Kosovo; Kuwait; Kyrgyzstan; Laos; Latvia; Lebanon; Lesotho; Liberia; Libya;
Liechtenstein; Lithuania; Luxembourg; Madagascar; Malawi; Malaysia; Maldives; Mali; Malta;
Marshall Islands; Mauritania; Mauritius; Mexico; Micronesia; Moldova; Monaco; Mongolia; Montenegro;
Morocco; Mozambique; Myanmar; Burma; Namibia; Nauru; Nepal; Netherlands; New Zealand; Nicaragua;
Niger; Nigeria; North Korea; North Macedonia; Norway; Oman; Pakistan; Palau; Palestine;
Palestinian Territories; Occupied Palestine; Panama; Papua New Guinea; Paraguay; Peru; Philippines;
Poland; Portugal; Puerto Rico; Qatar; Romania; Russia; Russian Federation; Rwanda; Samoa;
San Marino; Saudi Arabia; Scotland; Senegal; Serbia; Seychelles; Sierra Leone; Singapore; Slovakia;
Slovenia; Solomon Islands; Somalia; Somaliland; South Africa; South Korea; Republic of Korea;
South Sudan; Spain; Sri Lanka; Sudan; Suriname; Sweden; Switzerland; Syria; Taiwan; Tajikistan;
Tanzania; Thailand; Togo; Tonga; Trinidad and Tobago; Tunisia; Turkey; Türkiye; Turkiye;
Turkmenistan; Tuvalu; Uganda; Ukraine; United Arab Emirates; UAE; U.A.E.; United Kingdom; UK; U.K.;
United States; United States of America; USA; U.S.; US; U.S.A.; Uruguay; Uzbekistan; Vanuatu;
Vatican; Vatican City; Venezuela; Vietnam; Viet Nam; Wales; Western Sahara; Yemen; Zambia;
Zimbabwe; Greenland; Hong Kong; Macau
"""

_REGIONS = """
Alabama; Alaska; Arizona; Arkansas; California; Colorado; Connecticut; Delaware; Florida; Georgia;
Hawaii; Idaho; Illinois; Indiana; Iowa; Kansas; Kentucky; Louisiana; Maine; Maryland;
Massachusetts; Michigan; Minnesota; Mississippi; Missouri; Montana; Nebraska; Nevada;
New Hampshire; New Jersey; New Mexico; New York; North Carolina; North Dakota; Ohio; Oklahoma;
Oregon; Pennsylvania; Rhode Island; South Carolina; South Dakota; Tennessee; Texas; Utah; Vermont;
Virginia; Washington; West Virginia; Wisconsin; Wyoming; District of Columbia; Ala.; Ariz.; Ark.;
Calif.; Colo.; Conn.; Del.; Fla.; Ga.; Ill.; Ind.; Kan.; Ky.; La.; Md.; Mass.; Mich.; Minn.; Miss.;
Mo.; Mont.; Neb.; Nev.; N.H.; N.J.; N.M.; N.Y.; N.C.; N.D.; Okla.; Ore.; Pa.; R.I.; S.C.; S.D.;
Tenn.; Tex.; Vt.; Va.; Wash.; W.Va.; W. Va.; Wis.; Wyo.; D.C.; DC; Ont.; B.C.; Que.; Alta.; N.S.;
AL; AK; AZ; AR; CA; CO; CT; DE; FL; GA; ID; IL; KS; KY; LA; MA; MD; ME; MI; MN; MO; MS; MT; NC; ND;
NE; NH; NJ; NM; NV; NY; OH; OK; PA; RI; SC; SD; TN; TX; UT; VA; VT; WA; WI; WV; WY; NSW; BC;
Ontario; Quebec; British Columbia; Alberta; Manitoba; Saskatchewan; Nova Scotia; New Brunswick;
Newfoundland; New South Wales; Queensland; Tasmania; Western Australia; South Australia;
Northern Territory; Kashmir; Jammu and Kashmir; Indian-administered Kashmir; Punjab; Gujarat;
Maharashtra; Uttar Pradesh; Kerala; Tamil Nadu; West Bengal; Assam; Bihar; Rajasthan; Karnataka;
Telangana; Haryana; Manipur; Sindh; Balochistan; Khyber Pakhtunkhwa; Xinjiang; Tibet; Sichuan;
Yunnan; Guangdong; Zhejiang; Jiangsu; Hubei; Henan; Hebei; Hunan; Fujian; Shandong; Guizhou; Gansu;
Inner Mongolia; Hainan; Crimea; Donbas; Donbass; Donetsk; Luhansk; Zaporizhzhia; Kherson; Chechnya;
Dagestan; Siberia; Nagorno-Karabakh; Karabakh; Kurdistan; Darfur; North Darfur; West Darfur;
South Darfur; Tigray; Amhara; Oromia; North Kivu; South Kivu; Kordofan; North Kordofan; Gezira;
Gaza; Gaza Strip; West Bank; East Jerusalem; Galilee; Golan Heights; Golan; Sinai; North Sinai;
Negev; Upper Egypt; Bekaa; Bekaa Valley; Idlib; Hasakah; Deir ez-Zor; Deir Ezzor; Sweida; Latakia;
Tartus; Quneitra; Daraa; Anbar; Nineveh; Kirkuk; Hodeidah; Marib; Taiz; Catalonia; Andalusia;
Basque Country; Galicia; Sicily; Sardinia; Lombardy; Tuscany; Lampedusa; Crete; Lesbos; Corsica;
Brittany; Normandy; Provence; Bavaria; Saxony; Hesse; Brandenburg; Lower Saxony; Thuringia;
North Rhine-Westphalia; Schleswig-Holstein; Kent; Surrey; Essex; Sussex; Cornwall; Yorkshire;
Lancashire; Cumbria; Devon; Norfolk; Oxfordshire; Merseyside; Channel; English Channel; Bali; Java;
Sumatra; Sulawesi; Aceh; Borneo; Mindanao; Luzon; Okinawa; Hokkaido; Lagos State; Borno; Kaduna;
Oaxaca; Chiapas; Sinaloa; Jalisco; Veracruz; Mato Grosso; Amazonas; Bahia; Patagonia; Red Sea;
Black Sea; Mediterranean Sea; Arabian Sea; Gulf of Aden; Strait of Hormuz; South China Sea;
Baltic Sea; Persian Gulf; Sahel; Balkans; Caucasus; Antarctica; Arctic
"""

_CITIES = """
Abidjan; Abu Dhabi; Abuja; Accra; Addis Ababa; Aden; Ahmedabad; Ajman; Aleppo; Alexandria; Algiers;
Almaty; Amman; Amsterdam; Anchorage; Ankara; Antakya; Antalya; Antananarivo; Arbil; Asmara; Astana;
Asuncion; Aswan; Athens; Atlanta; Auckland; Austin; Baghdad; Bahrain; Baku; Bamako; Bangalore;
Bengaluru; Bangkok; Bangui; Banjul; Barcelona; Bari; Basel; Basra; Beijing; Beirut; Beit Lahia;
Beit Hanoun; Belfast; Belgrade; Benghazi; Berlin; Bern; Bethlehem; Bilbao; Birmingham; Bishkek;
Bissau; Bogota; Bogotá; Bologna; Bonn; Bordeaux; Boston; Brasilia; Brasília; Bratislava;
Brazzaville; Bremen; Brisbane; Bristol; Brussels; Bucharest; Budapest; Buenos Aires; Bujumbura;
Cairo; Cali; Canberra; Cannes; Cape Town; Caracas; Cardiff; Casablanca; Charlotte; Chennai;
Chicago; Chisinau; Chongqing; Cleveland; Cologne; Colombo; Conakry; Copenhagen; Córdoba; Curitiba;
Dakar; Dallas; Damascus; Dammam; Dar es Salaam; Davos; Deir al-Balah; Deir el-Balah; Denver;
Detroit; Dhaka; Dili; Djibouti; Dnipro; Dodoma; Doha; Dortmund; Dover; Dresden; Dubai; Dublin;
Durban; Dushanbe; Düsseldorf; Edinburgh; El Fasher; El Geneina; Entebbe; Erbil; Essen; Fallujah;
Fez; Florence; Fort Worth; Frankfurt; Freetown; Fukuoka; Gaborone; Gaza City; Gdansk; Geneva;
Georgetown; Glasgow; Goma; Gothenburg; Guadalajara; Guangzhou; Guatemala City; Hague; The Hague;
Haifa; Hama; Hamburg; Hangzhou; Hanoi; Hanover; Harare; Havana; Hebron; Helsinki; Herat; Hiroshima;
Ho Chi Minh City; Homs; Honolulu; Houston; Hyderabad; Irbil; Isfahan; Islamabad; Istanbul; Izmir;
Jabalia; Jakarta; Jeddah; Jenin; Jerusalem; Johannesburg; Juba; Kabul; Kampala; Kandahar; Kano;
Karachi; Karbala; Kathmandu; Kazan; Khan Younis; Khan Yunis; Kharkiv; Khartoum; Kiev; Kigali;
Kingston; Kinshasa; Kobe; Kolkata; Krakow; Kuala Lumpur; Kuwait City; Kyiv; Kyoto; La Paz; Lagos;
Lahore; Las Vegas; Leeds; Leipzig; Libreville; Lille; Lilongwe; Lima; Lisbon; Liverpool; Ljubljana;
Lomé; London; Los Angeles; Luanda; Lusaka; Lviv; Lyon; Madinah; Madrid; Malé; Managua; Manama;
Manchester; Manila; Maputo; Mariupol; Marrakech; Marrakesh; Marseille; Maseru; Mashhad; Mecca;
Makkah; Medan; Medellin; Medina; Melbourne; Memphis; Mexico City; Miami; Milan; Milwaukee;
Minneapolis; Minsk; Misrata; Mogadishu; Mombasa; Monrovia; Monterrey; Montevideo; Montreal;
Montréal; Moscow; Mosul; Mumbai; Munich; Muscat; Nablus; Nagasaki; Nairobi; Najaf; Nantes; Naples;
Nashville; Nasiriyah; N'Djamena; NEOM; New Delhi; Delhi; New Orleans; New York City; Niamey; Nice;
Nicosia; Nouakchott; Nuremberg; Odesa; Odessa; Omdurman; Osaka; Oslo; Ottawa; Ouagadougou; Palermo;
Palmyra; Panama City; Paris; Perth; Peshawar; Philadelphia; Phnom Penh; Phoenix; Pittsburgh;
Podgorica; Port-au-Prince; Port Sudan; Port Said; Porto; Portland; Prague; Pretoria; Pristina;
Pyongyang; Qamishli; Qom; Quetta; Quito; Rabat; Rafah; Ramallah; Ramadi; Raqqa; Ras Lanuf;
Rawalpindi; Reykjavik; Riga; Rio de Janeiro; Riyadh; Rome; Rotterdam; Sacramento; Saint Petersburg;
St. Petersburg; Salt Lake City; San Antonio; San Diego; San Francisco; San José; San Jose;
San Juan; San Salvador; Sanaa; Sana'a; Santiago; Santo Domingo; Sao Paulo; São Paulo; Sapporo;
Sarajevo; Seattle; Sebha; Seoul; Seville; Sfax; Shanghai; Sharjah; Sharm el-Sheikh; Shenzhen;
Shiraz; Sidon; Sirte; Sochi; Sofia; Srinagar; Stockholm; Strasbourg; Stuttgart; Suez; Sulaimaniyah;
Sumy; Surabaya; Sydney; Tabuk; Taif; Taipei; Tallinn; Tangier; Tashkent; Tbilisi; Tegucigalpa;
Tehran; Tel Aviv; Thessaloniki; Tikrit; Tirana; Tobruk; Tokyo; Toronto; Toulouse; Tripoli;
Tulkarem; Tunis; Turin; Tyre; Ulaanbaatar; Utrecht; Valencia; Valletta; Vancouver; Venice; Vienna;
Vientiane; Vilnius; Vladivostok; Volgograd; Warsaw; Washington, D.C.; Windhoek; Winnipeg; Wuhan;
Xi'an; Yamoussoukro; Yangon; Yaounde; Yaoundé; Yerevan; Yokohama; Zagreb; Zanzibar; Zurich; Zürich
"""

_OTHER_LANGUAGES = """
Ägypten; Äthiopien; Afghanistan; Albanien; Algerien; Argentinien; Armenien; Aserbaidschan;
Australien; Bangladesch; Belgien; Bosnien; Brasilien; Bulgarien; Dänemark; Deutschland;
Elfenbeinküste; Estland; Finnland; Frankreich; Georgien; Griechenland; Großbritannien; Indien;
Indonesien; Irak; Irland; Island; Italien; Jemen; Jordanien; Kambodscha; Kanada; Kasachstan; Katar;
Kenia; Kolumbien; Kroatien; Kuba; Lettland; Libanon; Libyen; Litauen; Luxemburg; Marokko; Mexiko;
Moldau; Mongolei; Niederlande; Nordkorea; Norwegen; Österreich; Palästinensische Gebiete;
Philippinen; Polen; Rumänien; Russland; Sambia; Saudi-Arabien; Schottland; Schweden; Schweiz;
Serbien; Simbabwe; Slowakei; Slowenien; Spanien; Südafrika; Südkorea; Sudan; Südsudan; Syrien;
Tadschikistan; Tansania; Tschechien; Tunesien; Türkei; Ungarn; Usbekistan;
Vereinigte Arabische Emirate; Vereinigte Staaten; Weißrussland; Zypern; Baden-Württemberg; Bayern;
Hessen; Mecklenburg-Vorpommern; Niedersachsen; Nordrhein-Westfalen; Rheinland-Pfalz; Saarland;
Sachsen; Sachsen-Anhalt; Thüringen; Athen; Bagdad; Brüssel; Bukarest; Genf; Gazastreifen;
Gaza-Stadt; Istanbul; Jerusalem; Kairo; Kiew; Kopenhagen; Köln; Lissabon; Mailand; Mekka; Moskau;
München; Nürnberg; Peking; Prag; Rom; Straßburg; Teheran; Tokio; Warschau; Wien; Hannover;
Damaskus; Venedig; Neapel; Singapur; Westjordanland; Mossul; Havanna; Kapstadt; Algérie; Allemagne;
Arabie saoudite; Argentine; Arménie; Autriche; Belgique; Brésil; Bulgarie; Cameroun; Chine;
Colombie; Corée du Sud; Corée du Nord; Croatie; Danemark; Égypte; Egypte; Espagne; Estonie;
États-Unis; Etats-Unis; Éthiopie; Finlande; Géorgie; Grèce; Haïti; Hongrie; Inde; Indonésie;
Irlande; Islande; Israël; Italie; Japon; Jordanie; Liban; Libye; Lituanie; Maroc; Mauritanie;
Mexique; Norvège; Nouvelle-Calédonie; Nouvelle-Zélande; Ouganda; Pays-Bas; Pérou; Pologne;
Roumanie; Royaume-Uni; Russie; Sénégal; Serbie; Slovaquie; Soudan; Suède; Suisse; Syrie; Tchad;
Tunisie; Turquie; Ukraine; Venezuela; Yémen; Alger; Athènes; Beyrouth; Bruxelles; Le Caire; Caire;
Damas; Genève; Jérusalem; Kaboul; Kiev; Le Cap; Lisbonne; Londres; Moscou; Nouakchott; Pékin;
Rabat; Téhéran; Varsovie; Vienne; Tunis; Dakar; Bretagne; Normandie; Occitanie; Alsace;
Bouches-du-Rhône; Gironde; Mayotte; Guadeloupe; Martinique; La Réunion; Cisjordanie; Bande de Gaza;
Alemania; Arabia Saudita; Argelia; Bélgica; Bolivia; Brasil; Canadá; Corea del Sur;
Corea del Norte; Croacia; Dinamarca; Egipto; España; Estados Unidos; EE. UU.; EE.UU.; Filipinas;
Francia; Grecia; Haití; Hungría; Irán; Irlanda; Italia; Japón; Jordania; Líbano; Libia; Marruecos;
México; Noruega; Países Bajos; Panamá; Perú; Polonia; Reino Unido; República Dominicana; Rumania;
Rusia; Siria; Sudáfrica; Suecia; Suiza; Túnez; Turquía; Ucrania; Argel; Atenas; Berlín; Bruselas;
El Cairo; Ciudad de México; Ciudad de Guatemala; Ciudad de Panamá; Damasco; Estambul; Ginebra;
Jerusalén; La Habana; La Paz; Lisboa; Moscú; Nueva York; Pekín; París; Roma; Sevilla; Teherán;
Varsovia; Viena; Cataluña; Andalucía; Galicia; País Vasco; Comunidad Valenciana; Franja de Gaza;
Cisjordania; Gaza
"""

_RUSSIAN = """
Россия; России; Украина; Украине; Белоруссия; Белоруссии; Беларусь; Казахстан; Казахстане;
Германия; Германии; Франция; Франции; Италия; Италии; Испания; Испании; Великобритания;
Великобритании; США; Китай; Китае; Япония; Японии; Индия; Индии; Турция; Турции; Сирия; Сирии;
Ирак; Ираке; Иран; Иране; Израиль; Израиле; Египет; Египте; Ливан; Ливане; Иордания; Иордании;
Саудовская Аравия; Саудовской Аравии; ОАЭ; Катар; Катаре; Йемен; Йемене; Ливия; Ливии; Судан;
Судане; Польша; Польше; Грузия; Грузии; Армения; Армении; Азербайджан; Азербайджане; Сербия;
Сербии; Греция; Греции; Венгрия; Венгрии; Швейцария; Швейцарии; Австрия; Австрии; Бельгия; Бельгии;
Узбекистан; Узбекистане; Москва; Москве; Подмосковье; Московская область; Московской области;
Санкт-Петербург; Санкт-Петербурге; Киев; Киеве; Минск; Минске; Казань; Казани; Сочи; Владивосток;
Владивостоке; Новосибирск; Новосибирске; Екатеринбург; Екатеринбурге; Ростов-на-Дону;
Ростове-на-Дону; Волгоград; Волгограде; Грозный; Грозном; Донецк; Донецке; Луганск; Луганске;
Мариуполь; Мариуполе; Харьков; Харькове; Одесса; Одессе; Львов; Львове; Херсон; Херсоне;
Севастополь; Севастополе; Крым; Крыму; Белгород; Белгороде; Курск; Курске; Берлин; Берлине; Париж;
Париже; Лондон; Лондоне; Рим; Риме; Мадрид; Мадриде; Вена; Вене; Варшава; Варшаве; Брюссель;
Брюсселе; Женева; Женеве; Вашингтон; Вашингтоне; Нью-Йорк; Нью-Йорке; Пекин; Пекине; Токио; Дели;
Анкара; Анкаре; Стамбул; Стамбуле; Дамаск; Дамаске; Багдад; Багдаде; Тегеран; Тегеране; Каир;
Каире; Бейрут; Бейруте; Эр-Рияд; Эр-Рияде; Иерусалим; Иерусалиме; Газа; Газе; Тбилиси; Ереван;
Ереване; Баку; Астана; Астане; Алматы; Ташкент; Ташкенте; Бишкек; Бишкеке; Душанбе; Белград;
Белграде; Прага; Праге; Будапешт; Будапеште; Хельсинки; Рига; Риге; Вильнюс; Вильнюсе; Таллин;
Таллине; Доха; Дохе; Дубай; Дубае
"""

_ARABIC = """
السعودية; المملكة العربية السعودية; مصر; لبنان; سوريا; سورية; العراق; الأردن; فلسطين; إسرائيل;
اليمن; عُمان; عمان; الإمارات; قطر; الكويت; البحرين; السودان; جنوب السودان; ليبيا; تونس; الجزائر;
المغرب; موريتانيا; الصومال; جيبوتي; تركيا; إيران; أفغانستان; باكستان; الهند; الصين; اليابان; روسيا;
أوكرانيا; ألمانيا; فرنسا; بريطانيا; المملكة المتحدة; إيطاليا; إسبانيا; بلجيكا; سويسرا; النمسا;
بولندا; اليونان; الولايات المتحدة; كندا; المكسيك; البرازيل; إثيوبيا; كينيا; نيجيريا; جنوب أفريقيا;
قطاع غزة; غزة; مدينة غزة; الضفة الغربية; رفح; خان يونس; دير البلح; جباليا; جنين; نابلس; رام الله;
الخليل; بيت لحم; القدس; تل أبيب; حيفا; بيروت; صيدا; صور; طرابلس; النبطية; بعلبك; دمشق; حلب; حمص;
حماة; إدلب; اللاذقية; طرطوس; درعا; السويداء; القنيطرة; دير الزور; الرقة; الحسكة; القامشلي; بغداد;
البصرة; الموصل; أربيل; كركوك; النجف; كربلاء; الأنبار; السليمانية; الرياض; جدة; مكة; مكة المكرمة;
المدينة المنورة; الدمام; الطائف; أبها; نيوم; العلا; تبوك; صنعاء; عدن; تعز; الحديدة; مأرب; مسقط;
دبي; أبوظبي; الشارقة; الدوحة; المنامة; الخرطوم; أم درمان; بورتسودان; الفاشر; بنغازي; مصراتة; سرت;
القاهرة; الإسكندرية; الجيزة; العريش; السويس; الأقصر; أسوان; الرباط; الدار البيضاء; مراكش; طنجة;
فاس; نواكشوط; مقديشو; إسطنبول; أنقرة; طهران; كابل; كابول; إسلام آباد; نيودلهي; بكين; طوكيو; موسكو;
كييف; برلين; ميونيخ; باريس; لندن; روما; مدريد; بروكسل; جنيف; فيينا; واشنطن; نيويورك; أديس أبابا;
نيروبي
"""

# Palaces and squares that say by their name alone where a picture was taken.
_LANDMARKS = """
White House; Kremlin; Pentagon; US Capitol; U.S. Capitol; Downing Street; 10 Downing Street;
Tahrir Square; Times Square; Red Square; Trafalgar Square; Al-Aqsa Mosque; Al-Aqsa compound;
St. Peter's Square; Elysee Palace; Élysée Palace; Buckingham Palace; Camp David; Mar-a-Lago;
Capitol Hill; Oval Office
"""


def _names(table: str) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in table.replace("\n", " ").split(";"))


COUNTRIES = _names(_SOVEREIGN)
LANDMARKS = _names(_LANDMARKS)
CITIES = _names(_CITIES)
PLACES = (
    COUNTRIES
    | CITIES
    | _names(_REGIONS)
    | _names(_OTHER_LANGUAGES)
    | _names(_RUSSIAN)
    | _names(_ARABIC)
)
