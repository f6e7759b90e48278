"""Spam and honest text of many trades and languages: made up for these tests, most of the phrases in no row as they stand."""

import pytest

from summitfix.core import SURE, Document, apply
from summitfix.passes.spam import spam

PIER = "The harbour office said on Friday that the ferry would not sail before the storm had passed, and that tickets stay valid."
HALL = "Passengers who had slept in the waiting hall were given blankets, soup and a long apology by the director herself."

ADVERTISED = {
    "ko": (
        "오리지날 야마토",
        "무료충전 릴게임",
        "백경 바다이야기",
        "파라다이스카지노 주소",
        "스포츠토토 사이트 순위",
        "해외배팅업체",
        "룸알바",
        "카마그라 구매",
        "레비트라 판매 사이트",
        "급전 대출 당일",
        "10원 릴게임",
        "양귀비게임 하는곳",
    ),
    "zh": (
        "银河国际娱乐城",
        "北京pk10开奖直播",
        "bob体育综合app",
        "捕鱼达人赌博平台",
        "腾讯分分彩",
        "线上老虎机送彩金",
        "日本无码在线播放",
        "久久热视频精品",
        "代开发票",
        "信用卡套现 电话",
        "壮阳药哪里买",
        "迷药购买网站",
    ),
    "zh-hant": (
        "娛樂城體驗金",
        "老虎機app推薦",
        "運彩分析 賴",
        "犀利士 網購",
        "借錢 當舖 免留車",
        "約妹 外約",
    ),
    "ja": (
        "カジノ 登録不要 フリースピン",
        "オンラインスロット ランキング",
        "シャネル 偽物 通販 優良店",
        "シアリス 個人輸入",
        "クレカ現金化 優良店",
        "無料 アダルト 動画",
        "人妻 出会い 掲示板",
        "競馬 予想 的中",
    ),
    "th": (
        "สล็อต xo ทดลองเล่น",
        "รับเครดิตฟรี ไม่ต้องฝาก",
        "รูเล็ตออนไลน์ เว็บตรง",
        "ยาไวอากร้า ราคา",
        "เงินกู้ด่วน โอนไว",
        "หวยฮานอยวันนี้",
        "ufa888 ทางเข้า",
        "เว็บบอลดีที่สุด",
    ),
    "vi": (
        "bắn cá H5 đổi thưởng",
        "nhà cái 789bet đăng ký",
        "quay hũ nổ lớn",
        "cược bóng đá trực tuyến",
        "nhận định kèo nhà cái",
        "gái gọi cao cấp",
        "đăng nhập Kubet",
        "lô đề 3 miền uy tín",
    ),
    "tr": (
        "çevrimsiz deneme bonusu veren siteler",
        "betboo yeni giriş",
        "casino hoşgeldin bonusu",
        "canlı poker siteleri",
        "İstanbul eskort",
        "sahte diploma satın al",
        "takipçi satın al ucuz",
        "freebet veren bahis siteleri",
    ),
    "ru": (
        "слоты демо бесплатно",
        "онлайн казино с выводом",
        "мостбет официальный сайт",
        "дженерик сиалис цена",
        "купить права категории б",
        "интим услуги выезд",
        "кредит наличными без справок",
        "курсовые и дипломные на заказ",
    ),
    "id": (
        "situs slot88 gampang maxwin",
        "togel hongkong malam ini",
        "judi poker online uang asli",
        "demo slot pragmatic",
        "bonus new member 100 di depan",
        "agen casino baccarat",
        "prediksi togel jitu",
        "slot server kamboja",
    ),
    "en": (
        "kamagra oral jelly for sale",
        "free spins no deposit casino",
        "write my dissertation cheap",
        "bad credit personal loans online",
        "cheap oakley sunglasses outlet",
        "buy xanax bars without prescription",
        "play real money slots online",
        "best forex signals telegram",
    ),
    "es": (
        "ruleta online dinero real",
        "comprar viagra en farmacia online",
        "bonos de casino sin depósito",
        "créditos online al instante",
        "prostitutas a domicilio",
        "comprar seguidores instagram",
    ),
    "pt": (
        "slots online grátis",
        "fortune tiger demo",
        "cialis genérico preço",
        "acompanhantes de luxo",
        "melhores casas de apostas online",
        "comprar seguidores brasileiros",
    ),
    "pl": (
        "ruletka online na pieniądze",
        "kasyno internetowe opinie",
        "tanie leki na potencję",
        "pożyczki pozabankowe online",
        "sex anonse warszawa",
        "prawo jazdy kupić",
    ),
    "ar": (
        "كازينو عبر الانترنت مكافأة",
        "موقع مراهنات كرة القدم",
        "روليت اون لاين",
        "قروض سريعة بدون ضمان",
    ),
}
"""By language, what has been seen of the kind."""


def cleaned(text):
    return apply(text, [change for change in sorted(spam(Document(text))) if change.confidence >= SURE and change.before != change.after])


@pytest.mark.parametrize("phrase", [phrase for phrases in ADVERTISED.values() for phrase in phrases])
def test_a_word_split_by_an_advertisement_is_joined(phrase):
    before = PIER.replace("harbour", f"har\n{phrase} bour") + "\n" + HALL
    assert cleaned(before) == f"{PIER}\n{HALL}"


@pytest.mark.parametrize("phrase", [phrase for language, phrases in ADVERTISED.items() if language not in ("en", "vi") for phrase in phrases])
def test_an_advertisement_in_another_language_breaks_no_paragraph(phrase):
    before = PIER.replace("storm had", f"storm\n{phrase}\nhad") + "\n" + HALL
    assert cleaned(before) == PIER.replace("storm had", "storm\nhad") + "\n" + HALL


INNOCENT = {
    "nike store": f"{PIER}\nNike store\n{HALL}",
    "instagram followers": f"{PIER}\nHer Instagram followers\n{HALL}",
    "heading followers": (
        "The singer has two million followers and never reads what they write.\n"
        "Buying followers\n"
        "She was once accused of buying followers, which she denied in an interview."
    ),
    "heading loans": (
        "Student loans have become a burden for a whole generation, the report says.\n"
        "Personal loans\n"
        "Banks have made it harder to get a loan since the spring, and fees have gone up."
    ),
    "payday heading": (
        "The new law limits what lenders may ask for small credits.\n"
        "Payday loans\n"
        "Payday loans were invented in the nineties and grew quickly in poorer districts."
    ),
    "gabapentin": (
        "Doctors may prescribe several drugs against nerve pain.\nGabapentin side effects\nPatients report dizziness and tiredness in the first weeks."
    ),
    "ozempic news": (
        "The maker of Ozempic said that demand was higher than expected.\n"
        "Generic semaglutide\n"
        "Several companies plan to sell generic semaglutide once the patent runs out in Canada."
    ),
    "crypto": (
        "The town accepts bitcoin for parking fines, which nobody has used so far.\nCrypto casino\nThe casino next door had the idea first, its manager says."
    ),
    "essay contest": ("The library invites pupils to write about the sea.\nEssay help\nTeachers will be there on Mondays to help with essays and homework."),
    "essay heading": f"{PIER}\nEssays and papers\n{HALL}",
    "poker night": f"{PIER}\nPoker night\n{HALL}",
    "bingo": f"{PIER}\nBingo and tombola\n{HALL}",
    "casino royale": f"{PIER}\nCasino Royale\n{HALL}",
    "casino subhead": (
        "The council voted on Monday about the old spa.\nA casino on the pier\nThe investor wants to open forty slot machines and a restaurant by summer."
    ),
    "live casino list": "Live music\nLive casino\nDinner show\nBar",
    "seo": (
        "Our guide explains how search engines rank pages.\n"
        "Backlinks and SEO\n"
        "A backlink is a link from another site; buying backlinks is against the rules of most engines."
    ),
    "download": "The band put its last album on the net.\nFree download\nFans can take it until Sunday, after that it costs five euros.",
    "apk": "The update fixes three bugs on older telephones.\nDownload the APK\nUsers without a store account may install the APK by hand.",
    "keygen": ("The tool writes a pair of keys to your home directory.\nssh-keygen\nRun it once on each machine and keep the private half to yourself."),
    "cracks": "Engineers inspected the dam after the earthquake.\nCracks in the wall\nNone of the cracks is deeper than a finger, they reported.",
    "escort": "Two cruisers went with the convoy as far as the cape.\nEscort duty\nThe escorts turned back when the fog came in.",
    "viagra news": f"{PIER}\nViagra maker sues town\n{HALL}",
    "pharmacy own line": f"{PIER}\nOnline pharmacy opens\n{HALL}",
    "watches": "The museum shows two hundred clocks.\nReplica watches\nSome of the watches are replicas, made for the film.",
    "wrapped prose online casino": (
        "The authority warned on Tuesday that an unlicensed\nonline casino had sent letters to pensioners, and asked\nthem not to answer."
    ),
    "wrapped viagra": "In the trial the patients were given either a placebo or\nviagra for six weeks, and nobody knew which until the end.",
    "wrapped foreign word": "The dish is called\n寿司 in Japan, and it is eaten with the fingers more often than visitors think.",
    "wrapped foreign word 2": "The old name of the town,\nКёнигсберг, is still seen on some stones near the river and on the gate.",
    "korean term wrap": "What Koreans call\n먹튀 is a customer who eats and runs, and the word has found its way into politics.",
    "korean term casino": "The sign above the door reads\n카지노 and below it, in smaller letters, closed.",
    "german news": (
        "Die Polizei hat in der Nacht drei Lokale durchsucht.\n"
        "Illegale Spielautomaten\n"
        "In zwei Fällen fanden die Beamten Spielautomaten ohne Zulassung und nahmen sie mit."
    ),
    "german kredit": (
        "Die Bank senkt im Herbst die Gebühren für kleine Konten.\n"
        "Kredit ohne Schufa\n"
        "Verbraucherschützer warnen vor Angeboten, die einen Kredit ohne Schufa versprechen."
    ),
    "german casino": ("Der Stadtrat will das alte Kurhaus verkaufen.\nOnline Casino\nDer Käufer betreibt bereits ein Online Casino auf Malta und zwei Hotels."),
    "french pari": ("La commune a voté le budget de la fête.\nParis sportifs\nLes paris sportifs restent interdits aux mineurs, rappelle la préfecture."),
    "french voyance": ("Le marché de Noël ouvre samedi à dix heures.\nVoyance et tarot\nUne dame lira les cartes près de la fontaine, au profit de l'école."),
    "spanish": "El ayuntamiento cerró tres locales en julio.\nApuestas deportivas\nLas casas de apuestas no podrán abrir cerca de los colegios.",
    "spanish prestamos": "La biblioteca cambia su horario desde el lunes.\nPréstamos\nLos préstamos de libros se amplían a tres semanas.",
    "pt": "A prefeitura fechou três bares no centro.\nApostas esportivas\nAs casas de apostas terão de pagar imposto a partir de maio.",
    "it": "Il comune ha chiuso due locali vicino alla stazione.\nScommesse sportive\nLe scommesse restano vietate ai minori, ricorda il sindaco.",
    "pl": "Policja zamknęła dwa lokale w centrum.\nNielegalne automaty\nW środku stało dwanaście automatów do gry, wszystkie bez zezwolenia.",
    "pl2": "Bank obniża opłaty od października.\nKredyty i pożyczki\nPożyczki dla studentów będą tańsze o jeden punkt.",
    "ru kredit": (
        "Банк снижает ставки по вкладам с первого октября.\nКредит наличными\nКредит наличными теперь можно оформить в любом отделении, сообщили в банке."
    ),
    "ru lottery": "В субботу на площади разыграли лотерею.\nПокер и рулетка\nВечером в клубе играли в покер на конфеты.",
    "ru bonus": "Магазин объявил о новых правилах.\nБонус за регистрацию\nПокупатели получат бонус за регистрацию в приложении до конца месяца.",
    "ru kursovaya": "Студенты сдали работы до пятницы.\nКурсовые и дипломные\nКурсовые приняли все, дипломные вернули на доработку двоим.",
    "tr haber": (
        "Polis üç eve baskın yaptı ve on iki kişiyi gözaltına aldı.\n"
        "Kaçak bahis operasyonu\n"
        "Şüphelilerin kaçak bahis siteleri üzerinden para topladığı belirtildi."
    ),
    "tr kredi": "Banka ekimde faizleri düşürecek.\nAnında kredi\nAnında kredi başvuruları telefonla da yapılabilecek.",
    "id berita": (
        "Polisi menangkap enam orang di sebuah ruko pada malam hari.\n"
        "Judi online\n"
        "Mereka diduga mengelola situs judi online sejak Maret dan mengirim tautan lewat pesan."
    ),
    "id obat": "Dinas kesehatan membuka pos di pasar lama.\nObat gratis\nWarga bisa mengambil obat batuk tanpa biaya sampai Jumat.",
    "vi tin": "Công an huyện vừa bắt tám người trong một quán nước.\nĐánh bài ăn tiền\nNhóm này đánh bài ăn tiền từ đầu tháng và ghi sổ nợ.",
    "vi vay": "Ngân hàng giảm lãi suất từ tháng mười.\nVay tiền mua nhà\nNgười dân có thể vay tiền mua nhà trong hai mươi năm.",
    "vi bong da": "Đội tuyển nữ thắng trận mở màn với tỷ số hai không.\nKết quả bóng đá hôm nay\nTrận thứ hai diễn ra vào tối thứ bảy trên sân nhà.",
    "th news": ("ตำรวจเข้าตรวจค้นบ้านเช่าสามหลังเมื่อคืนนี้ และยึดเครื่องเล่นได้หลายเครื่อง\nพนันออนไลน์\nผู้ต้องหารับว่าเปิดเว็บพนันออนไลน์มาตั้งแต่ต้นปี"),
    "ja news": "警察は昨夜、市内の三か所を捜索し、十二人から事情を聴いている。\nオンラインカジノ\nオンラインカジノの利用は違法であると、担当者は改めて注意を呼びかけた。",  # noqa: E501
    "ja shop": "駅前の商店街は来週から改装工事に入る。\n激安セール\n最終日には全品が半額になると店主は話している。",
    "ja keiba": "日曜日の競馬は雨で中止になった。\n競馬予想\n次の開催は来月の第二土曜日になる見通しだ。",
    "zh news": "警方昨晚突击检查了三家茶馆，带走了十二名嫌疑人。\n网络赌博\n嫌疑人承认从年初开始经营网上赌场，并在微信群里拉人下注。",
    "zh ad": "市图书馆下周起延长开放时间，周末也开到晚上九点。\n免费阅读\n读者可以在一楼免费阅读新到的杂志和报纸。",
    "zh movie": "电影节将在本周末开幕，共有三十部影片参展。\n国产电影\n今年的国产电影占了一半以上，评委来自八个国家。",
    "zh lottery": "本期双色球开奖结果公布，头奖开出三注。\n彩票开奖结果\n中奖者请在六十天内到当地的体彩中心领奖。",
    "zh invoice": "本店本月起调整营业时间，请顾客留意门口的告示。\n代开发票\n请注意：代开发票是违法行为，本店从不提供。",
    "ko news": "경찰은 어젯밤 주택가 세 곳을 수색해 열두 명을 조사하고 있다고 밝혔다.\n온라인 도박\n이들은 올해 초부터 온라인 도박 사이트를 운영해 온 것으로 알려졌다.",  # noqa: E501
    "ko loan": "은행은 다음 달부터 예금 금리를 내린다고 발표했다.\n비대면 대출\n비대면 대출은 휴대전화로도 신청할 수 있게 된다.",
    "ko film": "영화제는 이번 주말에 막을 올리며 서른 편이 상영된다.\n타짜 포커\n첫날에는 포커 선수 이야기를 다룬 작품이 나온다.",
    "ko travel": "여행사는 겨울 상품을 새로 내놓았다.\n마카오 카지노 여행\n마카오의 카지노 호텔에서 이틀을 묵는 상품이 가장 인기라고 한다.",
    "ar": "أغلقت البلدية ثلاثة محال قرب المحطة يوم الاثنين.\nالقمار والمراهنات\nوقال المتحدث إن المراهنات ممنوعة على من هم دون الثامنة عشرة.",
    "novel site": (
        "The reader meets the hero in the third chapter, on a bridge in the rain.\n"
        "Read more chapters\n"
        "The publisher has put two more chapters on its site for free."
    ),
    "novel own": "Thank you for reading! The next chapter comes on Friday.\nVote for this novel\nIf you like the story, leave a review.",
    "continue": f"{PIER}\nContinue reading\n{HALL}",
    "first published": f"{PIER}\nThis article was first published in The Gull.\n{HALL}",
    "footer": f"{PIER}\nVisit www.gullhill.example for the latest news\n{HALL}",
    "contact line": f"{PIER}\nTickets: www.ferry-office.com, from $12\n{HALL}",
    "contact price": f"{PIER}\nAdmission $7, children free\n{HALL}",
    "hidden nav": f'<div style="display:none"><a href="https://www.example.org/a">Home</a><a href="https://www.example.org/b">Shop</a></div>\n<p>{PIER}</p>',
    "hidden tracking": f'<div style="width:1px;height:1px;overflow:hidden"><img src="https://stats.example.org/p.gif"></div><p>{PIER}</p>',
    "moderation": f'BANNED = {{"online casino", "buy viagra", "slot gacor", "bahis siteleri"}}\n{PIER}',
    "spam report": f"{PIER}\nThe hacked page showed these words:\nslot gacor terpercaya bonus new member\nThe webmaster removed them the same night.",
    "spam list md": (
        "Typical keywords of the campaign are:\n"
        "\n"
        "* casibom giriş\n"
        "* deneme bonusu veren siteler\n"
        "* bahis siteleri güncel giriş\n"
        "\n"
        "They were found on four hundred pages of schools."
    ),
    "transl dict": "casino — казино\nroulette — рулетка\nbet — ставка\nslot machine — игровой автомат",
    "menu tr": "Anasayfa\nGündem\nİddaa\nPuan Durumu\nCanlı Skor",
    "sport menu en": "Football\nTennis\nBetting\nPoker\nRacing",
    "bilingual casino": (
        "KANGWON TABLES REOPEN\n"
        "江原ランドのカジノ再開\n"
        "The casino in the mountains will open its tables again on Friday, after repairs.\n"
        "カジノは金曜日に再開する予定で、従業員は半分が戻ってくると会社は話した。"
    ),
    "quote kr": f"{PIER}\n“토토사이트 추천”\n{HALL}",
    "paren": f"{PIER} The arcade (바다이야기게임) was closed in 2006.\n{HALL}",
    "title kr movie": f"{PIER}\n알라딘\n{HALL}",
    "kr caption": f"{PIER}\n야마토 전함\n{HALL}",
    "ru caption": f"{PIER}\nВулкан Ключевской\n{HALL}",
    "zh caption": f"{PIER}\n澳门金沙酒店\n{HALL}",
    "zh caption2": (
        "The hotel in Macau has three thousand rooms and its own canal.\n澳门威尼斯人酒店\nGuests reach the casino by boat, which takes eleven minutes."
    ),
    "ja caption casino": "The resort bill passed the lower house on Tuesday.\nカジノ法案\nThe casino may not open before 2029, officials say.",
    "th caption": f"{PIER}\nบาคาร่า\n{HALL}",
    "ar caption": f"{PIER}\nكازينو الروشة\n{HALL}",
    "pdf header mid word": "It was a question that the gov\nJournal of Gambling Studies 12 (3)\nernment had never asked before in public.",
    "zh glued": f"寿司Sushi is eaten with the fingers.\n{PIER}",
    "lang menu": f"한국어Korean\n中文Chinese\nРусскийRussian\n{PIER}",
    "ko names": f"{PIER}\n김지우Kim Ji-woo is the captain of the ferry, and her sister is the cook.\n{HALL}",
    "wiki title": f"카지노Casino is a Korean series of 2022. {PIER}\n{HALL}",
    "swedish": "Banken sänker avgifterna i oktober.\nLån utan UC\nKonsumentverket varnar för lån utan UC och andra snabba lån.",
    "dutch huren": "Ze vertelden dat ze verliefd waren.\nJulia en Tom huren een deel van dat huis af, om er samen met hun zoon te wonen.",
}


@pytest.mark.parametrize("name", INNOCENT)
def test_honest_text_stays(name):
    assert cleaned(INNOCENT[name]) == INNOCENT[name]
