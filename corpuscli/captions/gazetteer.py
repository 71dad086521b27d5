"""Names of countries, states, regions and large cities, in the languages of the captions.

Short on purpose: the rules of `places` read a place from how a caption is set, and the gazetteer
only tells `Harare` in `a Harare street` from `Toyota`, and `Cairo, Egypt` from `Cairo, Prime
Minister`.
"""

from corpuscli.captions.arabic_names import ARABIC
from corpuscli.captions.russian_names import RUSSIAN
from corpuscli.captions.words import name_set

_SOVEREIGN = """
Afghanistan; Albania; Algeria; Andorra; Angola; Argentina; Armenia; Australia; Austria;
Azerbaijan; Bahamas; Bahrain; Bangladesh; Barbados; Belarus; Belgium; Belize; Benin; Bhutan;
Bolivia; Bosnia; Bosnia and Herzegovina; Bosnia-Herzegovina; Botswana; Brazil; Britain;
Great Britain; Brunei; Bulgaria; Burkina Faso; Burundi; Cambodia; Cameroon; Canada; Cape Verde;
Central African Republic; Chad; Chile; China; Colombia; Comoros; Congo;
Democratic Republic of Congo; Democratic Republic of the Congo; DR Congo; Republic of Congo; DRC;
Costa Rica; Croatia; Cuba; Cyprus; Czech Republic; Czechia; Denmark; Djibouti; Dominica;
Dominican Republic; East Timor; Timor-Leste; Ecuador; Egypt; El Salvador; England; Eritrea;
Estonia; Eswatini; Ethiopia; Fiji; Finland; France; Gabon; Gambia; Georgia; Germany; Ghana;
Greece; Grenada; Guatemala; Guinea; Guinea-Bissau; Guyana; Haiti; Honduras; Hungary; Iceland;
India; Indonesia; Iran; Iraq; Ireland; Northern Ireland; Israel; Italy; Ivory Coast;
Côte d'Ivoire; Jamaica; Japan; Jordan; Kazakhstan; Kenya; Kiribati; Kosovo; Kuwait; Kyrgyzstan;
Laos; Latvia; Lebanon; Lesotho; Liberia; Libya; Liechtenstein; Lithuania; Luxembourg; Madagascar;
Malawi; Malaysia; Maldives; Mali; Malta; Marshall Islands; Mauritania; Mauritius; Mexico;
Micronesia; Moldova; Monaco; Mongolia; Montenegro; Morocco; Mozambique; Myanmar; Burma; Namibia;
Nauru; Nepal; Netherlands; New Zealand; Nicaragua; Niger; Nigeria; North Korea; North Macedonia;
Norway; Oman; Pakistan; Palau; Palestine; Palestinian Territories; Occupied Palestine; Panama;
Papua New Guinea; Paraguay; Peru; Philippines; Poland; Portugal; Puerto Rico; Qatar; Romania;
Russia; Russian Federation; Rwanda; Samoa; San Marino; Saudi Arabia; Scotland; Senegal; Serbia;
Seychelles; Sierra Leone; Singapore; Slovakia; Slovenia; Solomon Islands; Somalia; Somaliland;
South Africa; South Korea; Republic of Korea; South Sudan; Spain; Sri Lanka; Sudan; Suriname;
Sweden; Switzerland; Syria; Taiwan; Tajikistan; Tanzania; Thailand; Togo; Tonga;
Trinidad and Tobago; Tunisia; Turkey; Türkiye; Turkiye; Turkmenistan; Tuvalu; Uganda; Ukraine;
United Arab Emirates; UAE; U.A.E.; United Kingdom; UK; U.K.; United States;
United States of America; USA; U.S.; US; U.S.A.; Uruguay; Uzbekistan; Vanuatu; Vatican;
Vatican City; Venezuela; Vietnam; Viet Nam; Wales; Western Sahara; Yemen; Zambia; Zimbabwe;
Greenland; Hong Kong; Macau; Bermuda; Cayman Islands; Antigua and Barbuda; Saint Lucia; St. Lucia;
Bahama Islands; Cook Islands; Faroe Islands; Gibraltar; Guam; New Caledonia; French Polynesia
"""

_REGIONS = """
Alabama; Alaska; Arizona; Arkansas; California; Colorado; Connecticut; Delaware; Florida; Georgia;
Hawaii; Idaho; Illinois; Indiana; Iowa; Kansas; Kentucky; Louisiana; Maine; Maryland;
Massachusetts; Michigan; Minnesota; Mississippi; Missouri; Montana; Nebraska; Nevada;
New Hampshire; New Jersey; New Mexico; New York; North Carolina; North Dakota; Ohio; Oklahoma;
Oregon; Pennsylvania; Rhode Island; South Carolina; South Dakota; Tennessee; Texas; Utah; Vermont;
Virginia; Washington; West Virginia; Wisconsin; Wyoming; District of Columbia; Ala.; Ariz.; Ark.;
Calif.; Colo.; Conn.; Del.; Fla.; Ga.; Ill.; Ind.; Kan.; Ky.; La.; Md.; Mass.; Mich.; Minn.;
Miss.; Mo.; Mont.; Neb.; Nev.; N.H.; N.J.; N.M.; N.Y.; N.C.; N.D.; Okla.; Ore.; Pa.; Penn.; R.I.;
S.C.; S.D.; Tenn.; Tex.; Vt.; Va.; Wash.; W.Va.; W. Va.; Wis.; Wyo.; D.C.; DC; Ont.; B.C.; Que.;
Alta.; N.S.; AL; AK; AZ; AR; CA; CO; CT; DE; FL; GA; ID; IL; KS; KY; LA; MA; MD; ME; MI; MN; MO;
MS; MT; NC; ND; NE; NH; NJ; NM; NV; NY; OH; OK; PA; RI; SC; SD; TN; TX; UT; VA; VT; WA; WI; WV;
WY; NSW; BC; Ontario; Quebec; British Columbia; Alberta; Manitoba; Saskatchewan; Nova Scotia;
New Brunswick; Newfoundland; New South Wales; Queensland; Tasmania; Western Australia;
South Australia; Northern Territory; Kashmir; Jammu and Kashmir; Indian-administered Kashmir;
Punjab; Gujarat; Maharashtra; Uttar Pradesh; Kerala; Tamil Nadu; West Bengal; Assam; Bihar;
Rajasthan; Karnataka; Telangana; Haryana; Manipur; Sindh; Balochistan; Khyber Pakhtunkhwa;
Xinjiang; Tibet; Sichuan; Yunnan; Guangdong; Zhejiang; Jiangsu; Hubei; Henan; Hebei; Hunan;
Fujian; Shandong; Guizhou; Gansu; Inner Mongolia; Hainan; Crimea; Donbas; Donbass; Donetsk;
Luhansk; Zaporizhzhia; Kherson; Chechnya; Dagestan; Siberia; Nagorno-Karabakh; Karabakh;
Kurdistan; Darfur; North Darfur; West Darfur; South Darfur; Tigray; Amhara; Oromia; North Kivu;
South Kivu; Kordofan; North Kordofan; Gezira; Gaza; Gaza Strip; West Bank; East Jerusalem;
Galilee; Golan Heights; Golan; Sinai; North Sinai; Negev; Upper Egypt; Bekaa; Bekaa Valley; Idlib;
Hasakah; Deir ez-Zor; Deir Ezzor; Sweida; Latakia; Tartus; Quneitra; Daraa; Anbar; Nineveh;
Kirkuk; Hodeidah; Marib; Taiz; Catalonia; Andalusia; Basque Country; Galicia; Sicily; Sardinia;
Lombardy; Tuscany; Lampedusa; Crete; Lesbos; Corsica; Brittany; Normandy; Provence; Bavaria;
Saxony; Hesse; Brandenburg; Lower Saxony; Thuringia; North Rhine-Westphalia; Schleswig-Holstein;
Kent; Surrey; Essex; Sussex; Cornwall; Yorkshire; Lancashire; Cumbria; Devon; Norfolk;
Oxfordshire; Merseyside; Channel; English Channel; Bali; Java; Sumatra; Sulawesi; Aceh; Borneo;
Mindanao; Luzon; Okinawa; Hokkaido; Lagos State; Borno; Kaduna; Oaxaca; Chiapas; Sinaloa; Jalisco;
Veracruz; Mato Grosso; Amazonas; Bahia; Patagonia; Red Sea; Black Sea; Mediterranean Sea;
Arabian Sea; Gulf of Aden; Arabian Gulf; Strait of Hormuz; South China Sea; Baltic Sea;
Persian Gulf; Sahel; Balkans; Caucasus; Antarctica; Arctic; Indian Ocean; Pacific Ocean;
Atlantic Ocean; Middle East; Isle of Wight; Isle of Man; Isle of Mull; Isle of Skye; East Sea;
Caspian Sea; Aegean Sea; Cotswolds; Highlands; Peak District; Lake District; Donetsk Oblast;
Gaza Envelope
"""

_CITIES = """
Manhattan; Brooklyn; Queens; Bronx; Staten Island; Harlem; Hollywood; Beverly Hills; Santa Monica;
Silicon Valley; Long Beach; Pasadena; Palo Alto; Hialeah; Fort Lauderdale; Charleston; Tuscaloosa;
Kharkov; Tiflis; Kundus; Charkiw; Lemberg; Odessa; Bachmut; Mariupol; Cherson; Aleppo; Kabul;
Hsinchu; Poonch; Akhnoor; Jammu; Muridke; Bahawalpur; Huwara; Tarzana; Encino; Sacramento; Ankeny;
Ferguson; Selma; Cupertino; Mountain View; Menlo Park; Redmond; Arlington; Bethesda; Annapolis;
Westminster; Whitehall; Wembley; Wimbledon; Silverstone; Ascot; Epsom; Aintree; Grimsby; Luton;
Aachen; Aarhus; Abadan; Aberdeen; Abha; Abidjan; Abqaiq; Abu Dhabi; Abuja; Acapulco; Accra; Adana;
Addis Ababa; Adelaide; Aden; Adrar; Adre; Adré; Agadez; Agadir; Agra; Ahmedabad; Ahvaz;
Ain Sukhna; Ajman; Al-Arish; Al-Bab; Al-Hasakah; Al-Hol; Albuquerque; Aleppo; Alexandria;
Algeciras; Algiers; Alicante; Almaty; Almería; Amara; Amiens; Amman; Amritsar; Amsterdam;
Anchorage; Angers; Ankara; Annaba; Annecy; Antakya; Antalya; Antananarivo; Antofagasta; Antwerp;
Aqaba; Arbil; Arequipa; Arish; Arusha; Ashdod; Ashkelon; Asmara; Astana; Asuncion; Asunción;
Aswan; Asyut; Atbara; Athens; Atlanta; Auckland; Augsburg; Austin; Avdiivka; Avignon; Ayodhya;
Azaz; Baalbek; Bab al-Mandab; Badajoz; Baghdad; Bahrain; Baidoa; Bakhmut; Baku; Baltimore; Bamako;
Bandar Abbas; Bangalore; Bangkok; Bangui; Banja Luka; Banjul; Baquba; Barcelona; Bari; Bariloche;
Barranquilla; Basel; Basra; Bath; Baton Rouge; Batroun; Batumi; Beersheba; Beijing; Beira; Beirut;
Beit Hanoun; Beit Lahia; Beit Lahiya; Bejaïa; Belem; Belfast; Belgorod; Belgrade; Belmopan;
Belo Horizonte; Belém; Bengaluru; Benghazi; Benin City; Bentiu; Berbera; Bergamo; Bergen; Berlin;
Bern; Besançon; Bethlehem; Bhopal; Biarritz; Bielefeld; Bilbao; Bint Jbeil; Birmingham; Bishkek;
Bissau; Bizerte; Blackpool; Blida; Bloemfontein; Bochum; Bogota; Bogotá; Boise; Bologna; Bonn;
Bordeaux; Bosaso; Boston; Bouaké; Bouira; Bournemouth; Bradford; Braga; Brasilia; Brasília;
Bratislava; Braunschweig; Brazzaville; Bregenz; Bremen; Brescia; Brest; Brighton; Brisbane;
Bristol; Brno; Bruges; Brumadinho; Brussels; Bryansk; Bucha; Bucharest; Budapest; Buenos Aires;
Buffalo; Bujumbura; Bukavu; Bukhara; Bulawayo; Bunia; Buraidah; Burgas; Burgos; Burlington; Bursa;
Busan; Bushehr; Byblos; Caen; Cairns; Cairo; Calais; Calgary; Cali; Cambridge; Canberra; Cancun;
Cannes; Cap-Haitien; Cape Town; Caracas; Cardiff; Cartagena; Casablanca; Catania; Cebu; Ceuta;
Chandigarh; Charleroi; Charleston; Charlotte; Charlottesville; Chelyabinsk; Chemnitz; Chengdu;
Chennai; Chernihiv; Chernobyl; Chiang Mai; Chicago; Chisinau; Chittagong; Chongqing; Christchurch;
Cincinnati; Ciudad Juarez; Ciudad Juárez; Cleveland; Cluj; Cochabamba; Coimbra; Cologne; Colombo;
Columbus; Como; Conakry; Concepción; Concord; Constanta; Constantine; Copenhagen; Cork; Coventry;
Cox's Bazar; Cremona; Cucuta; Cuenca; Culiacan; Curitiba; Cusco; Cuxhaven; Cádiz; Córdoba; Cúcuta;
Da Nang; Daegu; Dahab; Dakar; Dalian; Dallas; Damascus; Dammam; Dar es Salaam; Darmstadt; Darwin;
Davao; Davos; Debrecen; Deir al-Balah; Deir el-Balah; Deir Hafer; Delhi; Denpasar; Denver; Derby;
Derna; Des Moines; Detroit; Dhahran; Dhaka; Dijon; Dili; Dire Dawa; Diriyah; Diyarbakir; Djibouti;
Dnipro; Dodoma; Doha; Dohuk; Dortmund; Douma; Dover; Dresden; Dubai; Dublin; Dubrovnik; Duhok;
Duisburg; Duluth; Dundee; Dunkirk; Durban; Dushanbe; Düsseldorf; East London; Edinburgh; Edmonton;
Eilat; Eindhoven; El Fasher; El Geneina; El Obeid; El Paso; Eldoret; Emden; Entebbe; Erbil;
Erfurt; Espoo; Essaouira; Essen; Exeter; Faisalabad; Fallujah; Famagusta; Faro; Ferrara; Fez;
Flensburg; Flint; Florence; Folkestone; Fordow; Fort Worth; Fortaleza; Frankfurt; Freetown;
Freiburg; Fresno; Fujairah; Fukuoka; Fukushima; Fulda; Gabes; Gaborone; Galle; Galway; Ganja; Gao;
Garissa; Gaza City; Gaziantep; Gdansk; Gedaref; Geneva; Genoa; Georgetown; Gera; Ghazni; Ghent;
Gijón; Giza; Glasgow; Goa; Gold Coast; Goma; Gomel; Gondar; Gori; Gothenburg; Granada; Graz;
Grenoble; Grodno; Groningen; Grozny; Guadalajara; Guangzhou; Guatemala City; Guayaquil; Gulu;
Guwahati; Gwadar; Gwangju; Gyumri; Görlitz; Göttingen; Hague; Haifa; Hail; Haiphong; Halabja;
Halifax; Halle; Hama; Hamburg; Hamilton; Hamm; Hanau; Hangzhou; Hanoi; Hanover; Harare; Harbin;
Hargeisa; Hartford; Hatay; Havana; Hebron; Hefei; Heidelberg; Heilbronn; Helsinki; Heraklion;
Herat; Hiroshima; Ho Chi Minh City; Hobart; Homs; Honiara; Honolulu; Houston; Hualien; Hue;
Huelva; Hull; Hurghada; Hyderabad; Iasi; Ibb; Ibiza; Imphal; Incheon; Indianapolis; Indore;
Ingolstadt; Innsbruck; Inverness; Ipoh; Irbil; Irpin; Isfahan; Islamabad; Ismailia; Istanbul;
Izmir; Jabalia; Jacksonville; Jaffna; Jaipur; Jakarta; Jalalabad; Jammu; Jazan; Jbeil; Jeddah;
Jena; Jenin; Jericho; Jerusalem; Jinan; Jinja; Jizan; Johannesburg; Johor Bahru; Jos; Jounieh;
Juba; Jubail; Kabul; Kafr el-Sheikh; Kahramanmaras; Kairouan; Kaiserslautern; Kampala; Kandahar;
Kandy; Kano; Kanpur; Kansas City; Kaohsiung; Karachi; Karbala; Karlsruhe; Kassala; Kassel;
Kathmandu; Katowice; Kaunas; Kazan; Kerman; Kfar Kila; Khan Younis; Khan Yunis; Kharkiv; Khartoum;
Khobar; Khost; Khujand; Kiel; Kiev; Kigali; Kingston; Kinshasa; Kiryat Shmona; Kisangani; Kismayo;
Kisumu; Klagenfurt; Kobane; Kobani; Kobe; Koblenz; Kochi; Kolkata; Konstanz; Konya; Kosice;
Kota Kinabalu; Krakow; Kramatorsk; Krasnodar; Kryvyi Rih; Kuala Lumpur; Kuching; Kufa; Kumasi;
Kunduz; Kunming; Kursk; Kuwait City; Kyiv; Kyoto; La Paz; Lagos; Lahaina; Lahij; Lahore; Lalibela;
Lansing; Lanzarote; Lanzhou; Larnaca; Las Palmas; Las Vegas; Lausanne; Le Havre; Leeds; Leh;
Leicester; Leipzig; León; Lhasa; Libreville; Liege; Lille; Lilongwe; Lima; Limassol; Limerick;
Limoges; Linz; Lisbon; Little Rock; Liverpool; Livorno; Liège; Ljubljana; Lodz; Lomé; London;
Londonderry; Los Angeles; Louisville; Luanda; Lublin; Lubumbashi; Lucerne; Lucknow; Lugano;
Lusaka; Luxor; Luzern; Lviv; Lyon; Lübeck; Maastricht; Madinah; Madison; Madrid; Magdeburg;
Mahdia; Maiduguri; Mainz; Makassar; Makha; Makkah; Malaga; Malakal; Mallorca; Malmo; Malmö; Malé;
Managua; Manama; Manaus; Manbij; Manchester; Mandalay; Manila; Mannheim; Mansoura; Maputo;
Maracaibo; Mariupol; Marjayoun; Marrakech; Marrakesh; Marseille; Maseru; Mashhad; Matamoros; Maui;
Mazar-i-Sharif; Mbarara; Mecca; Medan; Medellin; Medina; Mekele; Mekelle; Melbourne; Melilla;
Memphis; Mendoza; Mersin; Messina; Metula; Metz; Mexico City; Miami; Milan; Milwaukee;
Minneapolis; Minsk; Misrata; Mobile; Modena; Mogadishu; Mokha; Mombasa; Monastir; Monrovia;
Monterrey; Montevideo; Montgomery; Montpellier; Montreal; Montreux; Montréal; Mopti; Moscow;
Mostar; Mosul; Mukalla; Mulhouse; Multan; Mumbai; Munich; Murcia; Murmansk; Murree; Muscat;
Muzaffarabad; Mykolaiv; Málaga; Mérida; Münster; N'Djamena; Nabatieh; Nabatiyeh; Nablus; Nadi;
Nagasaki; Nagoya; Nagpur; Nairobi; Najaf; Nakuru; Nampula; Namur; Nancy; Nanjing; Nantes; Naples;
Naqoura; Nashville; Nasiriyah; Natanz; Naypyidaw; Naypyitaw; Nazareth; NEOM; Netanya; New Delhi;
New Haven; New Orleans; New York City; Newark; Newcastle; Niamey; Nice; Nicosia; Niigata; Ningbo;
Nis; Nizwa; Norfolk; Norwich; Nottingham; Nouakchott; Noumea; Novi Sad; Novosibirsk; Nuremberg;
Nuseirat; Nyala; Nyon; Nîmes; Oakland; Oaxaca; Odense; Odesa; Odessa; Oklahoma City; Oldenburg;
Omaha; Omdurman; Omsk; Oran; Orlando; Orléans; Osaka; Osh; Oslo; Osnabrück; Ostend; Ostrava;
Ottawa; Ouagadougou; Ouargla; Ouarzazate; Oviedo; Oxford; Padang; Paderborn; Padua; Palermo;
Palm Beach; Palma; Palmyra; Palu; Pamplona; Panama City; Papeete; Paris; Parma; Passau; Patna;
Patras; Pattaya; Pemba; Penang; Perpignan; Perth; Perugia; Peshawar; Philadelphia; Phnom Penh;
Phoenix; Phuket; Piraeus; Pisa; Pittsburgh; Plovdiv; Plymouth; Podgorica; Poitiers; Pokhara;
Pokrovsk; Polokwane; Poltava; Ponce; Port Moresby; Port Said; Port Sudan; Port-au-Prince;
Portland; Porto; Porto Alegre; Portsmouth; Potsdam; Poznan; Prague; Prayagraj; Pretoria; Pristina;
Puebla; Pune; Punta Arenas; Punta del Este; Putrajaya; Pyongyang; Qalqilya; Qamishli; Qatif;
Qingdao; Qom; Quebec City; Quetta; Quezon City; Quito; Rabat; Rabigh; Rafah; Raleigh; Ramadi;
Ramallah; Ramsgate; Ranchi; Raqqa; Ras al-Khaimah; Ras Lanuf; Ras Tanura; Rashidiya; Ravenna;
Rawalpindi; Recife; Regensburg; Regina; Reims; Renk; Rennes; Reno; Reykjavik; Richmond; Riga;
Rijeka; Rimini; Rio de Janeiro; Riyadh; Rome; Rosario; Rostock; Rostov-on-Don; Rotterdam; Rouen;
Rzeszow; Saarbrücken; Sacramento; Saint Petersburg; Saint-Denis; Salalah; Salamanca; Salamiyah;
Salt Lake City; Salta; Salvador; Salzburg; Samara; Samarkand; Samarra; San Antonio;
San Bernardino; San Diego; San Francisco; San Jose; San José; San Juan; San Pedro Sula;
San Salvador; San Sebastián; Sana'a; Sanaa; Sanliurfa; Santa Cruz; Santander; Santiago;
Santiago de Cuba; Santo Domingo; Santos; Sanya; Sao Paulo; Sapporo; Sarajevo; Saskatoon; Savannah;
Schwerin; Sderot; Seattle; Sebha; Sendai; Seoul; Setif; Sevastopol; Seville; Sfax; Shabwa;
Shanghai; Sharjah; Sharm el-Sheikh; Sheffield; Shenyang; Shenzhen; Shimla; Shiraz; Sialkot; Sidon;
Siegen; Siem Reap; Siena; Simferopol; Sirte; Skopje; Sloviansk; Sochi; Sofia; Sohar; Solingen;
Sousse; Southampton; Southport; Soweto; Split; Spokane; Srinagar; St. Gallen; St. Louis; St. Paul;
St. Petersburg; Stepanakert; Stockholm; Stoke; Strasbourg; Stuttgart; Sucre; Suez; Sulaimaniya;
Sulaimaniyah; Sulaymaniyah; Sumy; Sunderland; Sur; Surabaya; Surat; Suva; Suzhou; Swansea; Swat;
Sydney; Sylhet; São Paulo; Tabas; Tabqa; Tabriz; Tabuk; Taif; Tainan; Taipei; Tal Afar;
Tallahassee; Tallinn; Tampa; Tampere; Tangier; Tanta; Tarifa; Tartu; Tashkent; Tataouine; Tawila;
Tbilisi; Tegucigalpa; Tehran; Tel Aviv; Tenerife; The Hague; Thessaloniki; Thimphu; Tianjin;
Tijuana; Tikrit; Timbuktu; Timisoara; Tirana; Tizi Ouzou; Toamasina; Tobruk; Tokyo; Toledo;
Toronto; Toulon; Toulouse; Tours; Trabzon; Trier; Trieste; Tripoli; Trondheim; Tucson; Tulkarem;
Tulsa; Tunis; Turin; Turku; Tyr; Tyre; Tübingen; Ulaanbaatar; Ulan-Ude; Ulm; Umm Qasr; Uppsala;
Urmia; Urumqi; Ushuaia; Utrecht; Uvalde; Uzhhorod; Vadodara; Valencia; Valladolid; Valletta;
Valparaiso; Valparaíso; Van; Vancouver; Varanasi; Varna; Venice; Verona; Versailles; Vienna;
Vientiane; Vigo; Vilnius; Vladivostok; Volgograd; Wad Madani; Warsaw; Washington, D.C.;
Washington D.C.; Washington DC; Wau; Weimar; Wellington; Wichita; Wiesbaden; Windhoek; Windsor;
Winnipeg; Wolfsburg; Wroclaw; Wuhan; Wuppertal; Würzburg; Xi'an; Xiamen; Xian; Yalta;
Yamoussoukro; Yanbu; Yangon; Yaounde; Yaoundé; Yekaterinburg; Yerevan; Yogyakarta; Yokohama; York;
Zabadani; Zagreb; Zahedan; Zahle; Zalingei; Zamora; Zanzibar; Zaragoza; Zarqa; Zawiya; Zhengzhou;
Zhuhai; Zhytomyr; Zinder; Zintan; Zliten; Zurich; Zwickau; Zürich; Łódź
"""

_OTHER_LANGUAGES = """
Ägypten; Äthiopien; Afghanistan; Albanien; Algerien; Argentinien; Armenien; Aserbaidschan;
Australien; Bangladesch; Belgien; Bosnien; Brasilien; Bulgarien; Dänemark; Deutschland;
Elfenbeinküste; Estland; Finnland; Frankreich; Georgien; Griechenland; Großbritannien; Indien;
Indonesien; Irak; Irland; Island; Italien; Jemen; Jordanien; Kambodscha; Kanada; Kasachstan;
Katar; Kenia; Kolumbien; Kroatien; Kuba; Lettland; Libanon; Libyen; Litauen; Luxemburg; Marokko;
Mexiko; Moldau; Mongolei; Niederlande; Nordkorea; Norwegen; Österreich; Palästinensische Gebiete;
Philippinen; Polen; Rumänien; Russland; Sambia; Saudi-Arabien; Schottland; Schweden; Schweiz;
Serbien; Simbabwe; Slowakei; Slowenien; Spanien; Südafrika; Südkorea; Sudan; Südsudan; Syrien;
Tadschikistan; Tansania; Tschechien; Tunesien; Türkei; Ungarn; Usbekistan;
Vereinigte Arabische Emirate; Vereinigte Staaten; Weißrussland; Zypern; Baden-Württemberg; Bayern;
Hessen; Mecklenburg-Vorpommern; Niedersachsen; Nordrhein-Westfalen; Rheinland-Pfalz; Saarland;
Sachsen; Sachsen-Anhalt; Thüringen; Athen; Bagdad; Brüssel; Bukarest; Genf; Gazastreifen;
Gaza-Stadt; Istanbul; Jerusalem; Kairo; Kiew; Kopenhagen; Köln; Lissabon; Mailand; Mekka; Moskau;
München; Nürnberg; Peking; Prag; Rom; Straßburg; Teheran; Tokio; Warschau; Wien; Hannover;
Damaskus; Venedig; Neapel; Singapur; Westjordanland; Mossul; Havanna; Kapstadt; Algérie;
Allemagne; Arabie saoudite; Argentine; Arménie; Autriche; Belgique; Brésil; Bulgarie; Cameroun;
Chine; Colombie; Corée du Sud; Corée du Nord; Croatie; Danemark; Égypte; Egypte; Espagne; Estonie;
États-Unis; Etats-Unis; Éthiopie; Finlande; Géorgie; Grèce; Haïti; Hongrie; Inde; Indonésie;
Irlande; Islande; Israël; Italie; Japon; Jordanie; Liban; Libye; Lituanie; Maroc; Mauritanie;
Mexique; Norvège; Nouvelle-Calédonie; Nouvelle-Zélande; Ouganda; Pays-Bas; Pérou; Pologne;
Roumanie; Royaume-Uni; Russie; Sénégal; Serbie; Slovaquie; Soudan; Suède; Suisse; Syrie; Tchad;
Tunisie; Turquie; Ukraine; Venezuela; Yémen; Alger; Athènes; Beyrouth; Bruxelles; Le Caire; Caire;
Damas; Genève; Jérusalem; Kaboul; Kiev; Le Cap; Lisbonne; Londres; Moscou; Nouakchott; Pékin;
Rabat; Téhéran; Varsovie; Vienne; Tunis; Dakar; Bretagne; Normandie; Occitanie; Alsace;
Bouches-du-Rhône; Gironde; Mayotte; Guadeloupe; Martinique; La Réunion; Cisjordanie;
Bande de Gaza; République démocratique du Congo; République centrafricaine; Émirats arabes unis;
Emirats arabes unis; Bermudas; Corea del Sur; EE UU; Emiratos Árabes Unidos; Seúl; Nueva Delhi;
Lausitz; Ruhrgebiet; Eifel; Spessart; Schwarzwald; Sauerland; Allgäu; Oberbayern; Oberpfalz;
Uckermark; Usedom; Rügen; Sylt; Erzgebirge; Münsterland; Emsland; Ostsee; Nordsee; Bodensee;
Ostukraine; Südukraine; Westukraine; Nordsyrien; Südlibanon; Nordirak; Nordirland; Südtirol; Tirol;
Steiermark; Kärnten; Graubünden; Wallis; Oberösterreich; Niederösterreich; Alemania; Arabia Saudita;
Argelia; Bélgica; Bolivia; Brasil; Canadá; Corea del Sur;
Corea del Norte; Croacia; Dinamarca; Egipto; España; Estados Unidos; EE. UU.; EE.UU.; Filipinas;
Francia; Grecia; Haití; Hungría; Irán; Irlanda; Italia; Japón; Jordania; Líbano; Libia; Marruecos;
México; Noruega; Países Bajos; Panamá; Perú; Polonia; Reino Unido; República Dominicana; Rumania;
Rusia; Siria; Sudáfrica; Suecia; Suiza; Túnez; Turquía; Ucrania; Argel; Atenas; Berlín; Bruselas;
El Cairo; Ciudad de México; Ciudad de Guatemala; Ciudad de Panamá; Damasco; Estambul; Ginebra;
Jerusalén; La Habana; La Paz; Lisboa; Moscú; Nueva York; Pekín; París; Roma; Sevilla; Teherán;
Varsovia; Viena; Cataluña; Andalucía; Galicia; País Vasco; Comunidad Valenciana; Franja de Gaza;
Cisjordania; Gaza
"""

# Buildings that say by their name alone where a picture was taken, when no city is written.
_LANDMARKS = """
White House; Kremlin; Pentagon; US Capitol; U.S. Capitol; Capitol Hill; Oval Office; Camp David;
Mar-a-Lago; Downing Street; 10 Downing Street; Buckingham Palace; Elysee Palace; Élysée Palace;
Al-Aqsa Mosque; Al-Aqsa compound; Capitol; Weißen Haus;
Weissen Haus; Weißes Haus; Kreml; Casa Blanca; Maison Blanche;
Westminster Abbey; Windsor Castle
"""


COUNTRIES = name_set(_SOVEREIGN)
LANDMARKS = name_set(_LANDMARKS)
CITIES = name_set(_CITIES)
PLACES = (
    COUNTRIES
    | CITIES
    | name_set(_REGIONS)
    | name_set(_OTHER_LANGUAGES)
    | name_set(RUSSIAN)
    | name_set(ARABIC)
)
