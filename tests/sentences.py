"""Sentences in many languages, all free of damage: what the tests damage, and what they demand to be left alone."""

from __future__ import annotations

SENTENCES = {
    "af": (
        "Die ou brug oor die rivier is gister weer vir voetgangers geopen.",
        "Môre gaan ons vroeg opstaan en die hele oggend by die see deurbring.",
        "Sy het gesê dat die hoë mure van die tuin eers volgende jaar gebou word.",
    ),
    "ar": (
        "افتتحت البلدية أمس حديقة جديدة قرب محطة القطار القديمة.",
        "قال الجيران إن الأطفال يلعبون هناك كل مساء بعد المدرسة.",
        "سوف يزرع المتطوعون مئة شجرة زيتون قبل نهاية الشهر.",
    ),
    "az": (
        "Dünən axşam şəhərin köhnə kitabxanasında böyük bir sərgi açıldı.",
        "Uşaqlar məktəbdən sonra bağçada ağac əkməyə başladılar.",
        "Qonşumuz dedi ki, gələn il bu küçədə yeni körpü tikiləcək.",
    ),
    "be": (
        "Учора ўвечары ў нашай бібліятэцы адкрылася вялікая выстава старых карт.",
        "Дзеці пасля школы пачалі садзіць дрэвы каля рэчкі.",
        "Суседка сказала, што новы мост пабудуюць толькі ў наступным годзе.",
    ),
    "bg": (
        "Вчера вечерта в старата библиотека беше открита голяма изложба на карти.",
        "След училище децата започнаха да садят дървета край реката.",
        "Съседката каза, че новият мост ще бъде построен чак догодина.",
    ),
    "bn": (
        "গতকাল সন্ধ্যায় পুরোনো গ্রন্থাগারে একটি বড় প্রদর্শনী শুরু হয়েছে।",
        "স্কুলের পর শিশুরা নদীর ধারে গাছ লাগাতে শুরু করেছে।",
        "প্রতিবেশী বললেন নতুন সেতু আগামী বছর তৈরি হবে।",
    ),
    "ca": (
        "L’exposició de mapes antics es va inaugurar ahir a la biblioteca del poble.",
        "Els nens van començar a plantar arbres prop del riu després de l’escola.",
        "La veïna diu que el pont nou no s’acabarà fins a l’any que ve, però això és una llàstima.",
    ),
    "cs": (
        "Včera večer byla ve staré knihovně otevřena velká výstava map.",
        "Děti po škole začaly sázet stromy u řeky a příští týden budou pokračovat.",
        "Sousedka řekla, že nový most postaví až během příštího roku.",
    ),
    "cy": (
        "Agorwyd arddangosfa fawr o hen fapiau yn llyfrgell y dref neithiwr.",
        "Dechreuodd y plant blannu coed ger yr afon ar ôl yr ysgol, ac mae’r tŷ yn llawn dŵr.",
        "Dywedodd ein cymydog na fydd y bont newydd yn barod tan y flwyddyn nesaf, ond mae’n gobeithio’n fawr.",
    ),
    "da": (
        "I går aftes åbnede en stor udstilling af gamle kort på byens bibliotek.",
        "Efter skole begyndte børnene at plante træer langs åen.",
        "Naboen sagde, at den nye bro først bliver færdig næste år.",
    ),
    "de": (
        "Gestern Abend wurde in der alten Bücherei eine große Ausstellung eröffnet.",
        "Nach der Schule begannen die Kinder, am Fluss Bäume zu pflanzen.",
        "Die Nachbarin erzählte, dass die neue Brücke frühestens nächstes Jahr fertig wird.",
    ),
    "el": (
        "Χθες το βράδυ άνοιξε στην παλιά βιβλιοθήκη μια μεγάλη έκθεση χαρτών.",
        "Μετά το σχολείο τα παιδιά άρχισαν να φυτεύουν δέντρα κοντά στο ποτάμι.",
        "Η γειτόνισσα είπε ότι η καινούργια γέφυρα θα είναι έτοιμη του χρόνου.",
    ),
    "en": (
        "The old observatory on the hill opened its doors again last night.",
        "The children began to plant trees beside the river after school, and the baker’s dog helped.",
        "“The new bridge won’t be finished before next summer,” our neighbour said — and she should know.",
    ),
    "eo": (
        "Hieraŭ vespere en la malnova biblioteko malfermiĝis granda ekspozicio de mapoj.",
        "Post la lernejo la infanoj komencis planti arbojn ĉe la rivero.",
        "La najbarino diris, ke oni finos la novan ponton nur en la venonta jaro, ĉar mono mankas.",
    ),
    "es": (
        "Anoche se inauguró en la vieja biblioteca una gran exposición de mapas antiguos.",
        "Después de la escuela los niños empezaron a plantar árboles junto al río.",
        "La vecina dijo que el puente nuevo no estará terminado hasta el próximo año; ¿será verdad?",
    ),
    "et": (
        "Eile õhtul avati vanas raamatukogus suur kaartide näitus.",
        "Pärast kooli hakkasid lapsed jõe äärde puid istutama.",
        "Naaber ütles, et uus sild saab valmis alles järgmisel aastal.",
    ),
    "eu": (
        "Atzo gauean mapa zaharren erakusketa handi bat ireki zuten liburutegian.",
        "Eskolatik atera ondoren haurrek zuhaitzak landatzen hasi ziren ibaiaren ondoan.",
        "Auzokoak esan zuen zubi berria datorren urtean bukatuko dutela.",
    ),
    "fa": (
        "دیشب در کتابخانهٔ قدیمی شهر نمایشگاه بزرگی از نقشه‌ها گشایش یافت.",
        "بچه‌ها پس از مدرسه کنار رودخانه درخت کاشتند.",
        "همسایه گفت که پل تازه تا سال آینده ساخته نمی‌شود.",
    ),
    "fi": (
        "Eilen illalla vanhassa kirjastossa avattiin suuri karttanäyttely.",
        "Koulun jälkeen lapset alkoivat istuttaa puita joen äärelle.",
        "Naapuri sanoi, että uusi silta valmistuu vasta ensi vuonna.",
    ),
    "fr": (
        "Hier soir, une grande exposition de cartes anciennes a été inaugurée à la bibliothèque.",
        "Après l’école, les élèves ont commencé à planter des arbres près de la rivière.",
        "La voisine a répété : « Le pont ne sera pas achevé avant l’été, hélas ! »",
    ),
    "ga": (
        "Osclaíodh taispeántas mór de sheanléarscáileanna sa leabharlann aréir.",
        "Thosaigh na páistí ag cur crann cois na habhann tar éis na scoile.",
        "Dúirt an chomharsa nach mbeidh an droichead nua críochnaithe go dtí an bhliain seo chugainn.",
    ),
    "gl": (
        "Onte á noite abriuse na vella biblioteca unha gran exposición de mapas.",
        "Despois da escola os nenos comezaron a plantar árbores xunto ao río.",
        "A veciña dixo que a ponte nova non estará rematada ata o próximo ano.",
    ),
    "he": (
        "אתמול בערב נפתחה בספרייה הישנה תערוכה גדולה של מפות.",
        "אחרי בית הספר התחילו הילדים לשתול עצים ליד הנהר.",
        "השכנה אמרה שהגשר החדש יהיה מוכן רק בשנה הבאה.",
    ),
    "hi": (
        "कल शाम पुराने पुस्तकालय में नक्शों की एक बड़ी प्रदर्शनी शुरू हुई।",
        "स्कूल के बाद बच्चों ने नदी के किनारे पेड़ लगाना शुरू किया।",
        "पड़ोसन ने कहा कि नया पुल अगले साल ही बन पाएगा।",
    ),
    "hr": (
        "Jučer navečer u staroj je knjižnici otvorena velika izložba karata.",
        "Djeca su poslije škole počela saditi drveće uz rijeku.",
        "Susjeda je rekla da će novi most biti završen tek sljedeće godine.",
    ),
    "hu": (
        "Tegnap este nagy térképkiállítás nyílt a régi könyvtárban.",
        "A gyerekek iskola után fákat kezdtek ültetni a folyó mellett.",
        "A szomszédasszony azt mondta, hogy az új híd csak jövőre készül el, és ez elég rossz hír.",
    ),
    "hy": (
        "Երեկ երեկոյան հին գրադարանում բացվեց քարտեզների մեծ ցուցահանդես։",
        "Դպրոցից հետո երեխաները սկսեցին ծառեր տնկել գետի ափին։",
        "Հարևանն ասաց, որ նոր կամուրջը պատրաստ կլինի միայն հաջորդ տարի։",
    ),
    "id": (
        "Tadi malam sebuah pameran peta kuno dibuka di perpustakaan kota.",
        "Sepulang sekolah anak-anak mulai menanam pohon di tepi sungai.",
        "Tetangga kami berkata bahwa jembatan baru akan selesai tahun depan.",
    ),
    "is": (
        "Í gærkvöldi var opnuð stór sýning á gömlum kortum í bókasafninu.",
        "Eftir skóla byrjuðu börnin að gróðursetja tré við ána.",
        "Nágranninn sagði að nýja brúin yrði ekki tilbúin fyrr en á næsta ári, það þótti öllum leitt.",
    ),
    "it": (
        "Ieri sera nella vecchia biblioteca è stata inaugurata una grande mostra di carte.",
        "Dopo la scuola i bambini hanno cominciato a piantare alberi perché la città è grigia.",
        "La vicina ha detto che il ponte nuovo non sarà finito prima dell’anno prossimo, cioè più tardi.",
    ),
    "ja": (
        "昨日の夜、古い図書館で地図の大きな展覧会が始まりました。",
        "子どもたちは放課後、川のそばに木を植えています。",
        "隣の人によると、新しい橋は来年の夏まで完成しないそうです。",
    ),
    "ka": (
        "გუშინ საღამოს ძველ ბიბლიოთეკაში რუკების დიდი გამოფენა გაიხსნა.",
        "სკოლის შემდეგ ბავშვებმა მდინარესთან ხეების დარგვა დაიწყეს.",
        "მეზობელმა თქვა, რომ ახალი ხიდი მხოლოდ მომავალ წელს დასრულდება.",
    ),
    "kk": (
        "Кеше кешке ескі кітапханада үлкен карта көрмесі ашылды.",
        "Балалар сабақтан кейін өзен жағасына ағаш отырғыза бастады.",
        "Көршіміз жаңа көпір тек келесі жылы салынады деп айтты.",
    ),
    "ko": (
        "어제 저녁 오래된 도서관에서 커다란 지도 전시회가 열렸습니다.",
        "아이들은 학교가 끝난 뒤 강가에 나무를 심기 시작했습니다.",
        "이웃은 새 다리가 내년 여름까지 완성되지 않을 것이라고 말했습니다.",
    ),
    "lt": (
        "Vakar vakare senojoje bibliotekoje atidaryta didelė žemėlapių paroda.",
        "Po pamokų vaikai pradėjo sodinti medžius prie upės.",
        "Kaimynė sakė, kad naujas tiltas bus baigtas tik kitąmet, nes trūksta pinigų.",
    ),
    "lv": (
        "Vakar vakarā vecajā bibliotēkā atklāja lielu karšu izstādi.",
        "Pēc skolas bērni sāka stādīt kokus upes krastā.",
        "Kaimiņiene teica, ka jaunais tilts būs gatavs tikai nākamgad, jo trūkst naudas.",
    ),
    "mi": (
        "I tīmatahia te whakaaturanga nui o ngā mahere tawhito i te whare pukapuka inanahi.",
        "I muri i te kura ka whakatō rākau ngā tamariki ki te taha o te awa.",
        "Ko te kōrero a te kiritata, ka oti te piriti hou ā tērā tau.",
    ),
    "mk": (
        "Синоќа во старата библиотека беше отворена голема изложба на карти.",
        "Децата по училиште почнаа да садат дрвја крај реката.",
        "Соседката рече дека новиот мост ќе биде готов дури следната година.",
    ),
    "nb": (
        "I går kveld åpnet en stor utstilling av gamle kart på byens bibliotek.",
        "Etter skolen begynte barna å plante trær langs elva.",
        "Naboen sa at den nye brua ikke blir ferdig før neste år, men det får gå.",
    ),
    "nl": (
        "Gisteravond werd in de oude bibliotheek een grote tentoonstelling van landkaarten geopend.",
        "Na school zijn de kinderen begonnen bomen te planten langs de rivier.",
        "De buurvrouw vertelde dat de nieuwe brug pas volgend jaar klaar is; één bouwvakker is geïnteresseerd in het café.",
    ),
    "pl": (
        "Wczoraj wieczorem w starej bibliotece otwarto wielką wystawę map.",
        "Po szkole dzieci zaczęły sadzić drzewa nad rzeką.",
        "Sąsiadka powiedziała, że nowy most będzie gotowy dopiero w przyszłym roku.",
    ),
    "pt": (
        "Ontem à noite foi inaugurada na velha biblioteca uma grande exposição de mapas.",
        "Depois da escola as crianças começaram a plantar árvores junto ao rio.",
        "A vizinha disse que a ponte nova não estará pronta antes do próximo verão.",
    ),
    "ro": (
        "Aseară s-a deschis în vechea bibliotecă o mare expoziție de hărți.",
        "După școală copiii au început să planteze copaci lângă râu.",
        "Vecina a spus că podul nou nu va fi gata înainte de anul următor.",
    ),
    "ru": (
        "Вчера вечером в старой библиотеке открылась большая выставка карт.",
        "После школы дети начали сажать деревья возле реки.",
        "Соседка сказала, что новый мост достроят только в следующем году.",
    ),
    "sk": (
        "Včera večer bola v starej knižnici otvorená veľká výstava máp.",
        "Deti po škole začali sadiť stromy pri rieke a budúci týždeň budú pokračovať.",
        "Suseda povedala, že nový most postavia až na budúci rok.",
    ),
    "sl": (
        "Včeraj zvečer so v stari knjižnici odprli veliko razstavo zemljevidov.",
        "Otroci so po šoli začeli saditi drevesa ob reki.",
        "Soseda je rekla, da bo novi most končan šele prihodnje leto.",
    ),
    "sq": (
        "Mbrëmë në bibliotekën e vjetër u hap një ekspozitë e madhe hartash.",
        "Pas shkollës fëmijët filluan të mbjellin pemë pranë lumit.",
        "Fqinja tha se ura e re do të jetë gati vetëm vitin që vjen, gjë që është për të ardhur keq.",
    ),
    "sr": (
        "Синоћ је у старој библиотеци отворена велика изложба мапа.",
        "Деца су после школе почела да саде дрвеће поред реке.",
        "Комшиница је рекла да ће нови мост бити завршен тек следеће године.",
    ),
    "sv": (
        "I går kväll öppnades en stor utställning av gamla kartor på biblioteket.",
        "Efter skolan började barnen plantera träd längs ån.",
        "Grannen sade att den nya bron inte blir färdig förrän nästa år.",
    ),
    "sw": (
        "Jana jioni maonyesho makubwa ya ramani yalifunguliwa katika maktaba ya zamani.",
        "Baada ya shule watoto walianza kupanda miti kando ya mto.",
        "Jirani alisema kwamba daraja jipya litakamilika mwaka ujao tu.",
    ),
    "ta": (
        "நேற்று மாலை பழைய நூலகத்தில் வரைபடங்களின் பெரிய கண்காட்சி தொடங்கியது.",
        "பள்ளி முடிந்ததும் குழந்தைகள் ஆற்றின் அருகில் மரங்களை நட்டனர்.",
        "புதிய பாலம் அடுத்த ஆண்டு தான் முடியும் என்று பக்கத்து வீட்டுக்காரர் சொன்னார்.",
    ),
    "th": (
        "เมื่อวานตอนเย็นมีการเปิดนิทรรศการแผนที่ครั้งใหญ่ที่ห้องสมุดเก่า",
        "หลังเลิกเรียนเด็กๆ เริ่มปลูกต้นไม้ริมแม่น้ำ",
        "เพื่อนบ้านบอกว่าสะพานใหม่จะสร้างเสร็จในปีหน้าเท่านั้น",
    ),
    "tr": (
        "Dün akşam eski kütüphanede büyük bir harita sergisi açıldı.",
        "Çocuklar okuldan sonra ırmağın kıyısına ağaç dikmeye başladı.",
        "Komşumuz yeni köprünün ancak gelecek yıl biteceğini söyledi, ama kimse şaşırmadı.",
    ),
    "uk": (
        "Учора ввечері в старій бібліотеці відкрилася велика виставка мап.",
        "Після школи діти почали садити дерева біля річки.",
        "Сусідка сказала, що новий міст добудують лише наступного року.",
    ),
    "ur": (
        "کل شام پرانے کتب خانے میں نقشوں کی ایک بڑی نمائش شروع ہوئی۔",
        "اسکول کے بعد بچوں نے دریا کے کنارے درخت لگانا شروع کیے۔",
        "پڑوسن نے کہا کہ نیا پل اگلے سال ہی مکمل ہوگا۔",
    ),
    "vi": (
        "Tối hôm qua một cuộc triển lãm bản đồ lớn đã khai mạc tại thư viện cũ.",
        "Sau giờ học bọn trẻ bắt đầu trồng cây bên bờ sông.",
        "Bà hàng xóm nói rằng cây cầu mới phải đến sang năm mới hoàn thành.",
    ),
    "yo": (
        "Ní alẹ́ àná ni wọ́n ṣí ìfihàn ńlá kan ní ilé ìkàwé àtijọ́.",
        "Lẹ́yìn ilé ẹ̀kọ́ àwọn ọmọdé bẹ̀rẹ̀ sí í gbin igi létí odò.",
        "Aládùúgbò wa sọ pé afárá tuntun náà kò ní parí títí di ọdún tó ń bọ̀.",
    ),
    "zh-hans": (
        "昨天晚上，旧图书馆里举办了一场很大的地图展览。",
        "放学以后，孩子们开始在河边种树。",
        "邻居说，新桥要到明年夏天才能建成。",
    ),
    "zh-hant": (
        "昨天晚上，舊圖書館裡舉辦了一場很大的地圖展覽。",
        "放學以後，孩子們開始在河邊種樹。",
        "鄰居說，新橋要到明年夏天才能蓋好。",
    ),
}
"""Language -> three sentences, one subject in all: an exhibition of maps, children who plant trees, a bridge that is late."""

PARAGRAPHS = {language: "\n".join(lines) + "\n" for language, lines in SENTENCES.items()}
