"""Text that looks odd to whoever knows one language only, and is right: every line stays as it is, alone and beside the others."""

from __future__ import annotations

import pytest

import summitfix
from summitfix.rereading.sound import ROWS, is_sound

LINES = (
    "Resistance of 10 Ω and a film 5 µm thick; 4.7 kΩ, 2 MΩ, 3 µF, 20 µs.",
    "Mihail Sergeevič Gorbačëv, Dostoevskij, Čajkovskij i Šostakovič; obʺektʹ.",
    "L’alphabet phonétique : [ʁɛ̃], [ɔ̃], [œ̃], [ɑ̃], [ɥi], [ɲ], [ʃ], [ʒ].",
    "Sanskrit: saṃskṛtam, ātman, brahman, mokṣa, jñāna, ṛṣi, Kṛṣṇa, Śiva.",
    "Lingua Latīna: puellae in viā ambulant; rosās amāmus; dē rē pūblicā.",
    "Hwæt! Wē Gārdena in gēardagum, þēodcyninga, þrym gefrūnon.",
    "Boris: “Пу́шкин — э́то на́ше всё”, — сказа́л он, и все́ засмея́лись.",
    "Čeština: příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Gaeilge: Ḃí ṫú ag an ḋoras? Ċonaic mé an ḟuinneog.",
    "Davvisámegiella: Áigi, čáhci, đuođi, ŋuolla, ŧ, šaddat, žilli.",
    "Malti: il-ħobż, iż-żejt, għajnuna, ċavetta, ġobon.",
    "ʻŌlelo Hawaiʻi: ʻāina, ʻohana, Oʻahu, Liliʻuokalani, kāne, wahine.",
    "Te reo Māori: whānau, kōrero, tāngata, Ngāi Tahu, Pākehā.",
    "Tiếng Việt: Chữ quốc ngữ, Nguyễn Ái Quốc, Trường Đại học Bách khoa Hà Nội.",
    "Ελληνικά: Ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν.",
    "Türkçe: İstanbul’da ışıklar, çığlık, ağaç, şöför, kâğıt, rüzgâr, hâlâ.",
    "Azərbaycan: gözəl, qəhvə, çörək, İçərişəhər, əmək, ığlı.",
    "Português: À noite, às vezes, Conceição não sabia se ia à missa, à praia ou à avó.",
    "Brezhoneg: c’hoazh, Naoned, evit ar c’hentañ wech, gwelloc’h, aet eo kuit.",
    "Íslenska: Það er ekki öll vitleysan eins; Þórður fór í Hafnarfjörð, Ægir líka.",
    "Føroyskt: Eg eiti Jógvan og eg búgvi í Havn, í Føroyum; tað er gott.",
    "Esperanto: Ĉiuj homoj estas denaske liberaj; laŭ leĝo, ĵaŭdo, ŝanĝi, ĥoro.",
    "Lietuvių: ąžuolas, ėjo, įvairūs, šiandien, ūkis, žąsis; Vìlnius, Kaũnas.",
    "Slovenščina: člôvek, bèrem, nôga, sóba, žêna, ôče; Prešeren je pisal.",
    "Hrvatski: grȁd, grâd, vòda, rúka, glâva, vrijéme.",
    "Română: Țara și județul, știință, însă, când, pâine, mâine; Constanţa, Bucureşti.",
    "Қазақша: Қазақстан Республикасы, ғылым, үй, өнер, һәм, әке, ңг.",
    "Монгол: Өнөөдөр, үүл, Улаанбаатар, өвөө, Чингис хаан, зүүн.",
    "Српски: Ђорђе, њему, љубав, џеп, ћерка; “нè” није наше.",
    "Македонски: нè гледаат, сè е добро, ѝ реков, Ѓорѓи, ќерка, ѕвезда.",
    "Українська: ґанок, її, об’єкт, є, Ґалаґан; сього́дні, за́втра.",
    "Беларуская: Ў, ўсё, дзень, Мінск, з’ява, ёсць.",
    "עברית: שָׁלוֹם עֲלֵיכֶם, בְּרֵאשִׁית בָּרָא אֱלֹהִים.",
    "العربية: بِسْمِ اللَّهِ الرَّحْمٰنِ الرَّحِيمِ، الكتاب.",
    "فارسی: می\u200cخواهم به خانه\u200cی شما بیایم؛ کتاب\u200cها، آن\u200cها.",
    "हिन्दी: संस्कृत, विद्यार्थी, ज़िन्दगी, क़लम, ऑफ़िस।",
    "ไทย: น้ำ ค่ำ ร่ำไร ฯลฯ ๑๒๓ เปล่า…ไม่ใช่",
    "한국어: 닭갈비, 값싼, 뷁, 쀍, 힣, 훼손, 꿰매다, 쓔, 믜; ㅋㅋㅋ ㅠㅠ.",
    "오늘 날씨 좋아ㅋㅋㅋㅋ 네ㅠㅠㅠㅠ!! 진짜ㅋㅋㅋㅋ?ㅋㅋ 헐ㄷㄷㄷ ㅋㅋㅋㅎㅎㅎ 아ㅋㅋㅎㅎ ㅠㅜㅠㅜ ㅋㅅㅋ ㄱㅅㄱㅅ ㅇㅇ",
    "中文：彧、喆、翀、旻、昇、淼、鑫、龘、饕餮、魑魅魍魉、囧。",
    "日本語：髙橋さん、﨑、①②③、㈱、℡、№、〒100-0001、ﾊﾝｶｸ。",
    "Math: ∀x∈ℝ ∃y: x²+y² ≤ r², ∑ᵢ aᵢ ≈ ∫₀¹ f(x)dx, ∂f/∂x, √2, π≈3.14, α→β, ¬p∧q.",
    "Chess: ♔♕♖ e4 e5 ♘f3 ± ∓ □ ⩲ ⩱ ∞ ↑ → Δ",
    "Music: C♯ minor, B♭ major, F𝄪, ♪♫",
    "Currency: €5, £3, ¥100, ₩1000, ₹50, ₽20, ¢5, ₫, ₺, ₴, ₪, ﷼",
    "Names: Bjørk, Søren, Zoë, François, Núñez, Øystein, Åsa, Žižek, Łukasz, Ōe, Čapek, Dvořák, Ağaoğlu.",
    "Legal: § 5 Abs. 2, ¶ 3, © 2020, ® ™ ℠, º ª 1ª 2º, n°5, N° 3.",
    "Arrows & boxes: ┌─┐│x│└─┘ ←↑→↓ ▲▼◄► ░▒▓█ ■□●○",
    "Greek letters in text: the β-carotene, α-particles, γ-rays, the Δv and Ω baryon, λ-calculus, μ-law.",
    "German: „Straße“, Größe, Maßstab, STRASSE, SCHÖN, ÄRGER, ẞ, «Schweiz».",
    "Desenează un arc: unghi %3.2f°, distanță %s; așază-le, rotindu-le și aranjându-le într-un șir.",
    "French: « L’œuvre », cœur, Noël, où, çà, août, ŒUVRE, ÉTÉ, À VENDRE, Ça.",
    "ALL CAPS: SÃO PAULO, ÅRHUS, ØSTERÅS, MÄRZ, AÇÃO, ATENÇÃO, JÄÄÄÄÄR, ÅÄÖ.",
    "Spanish: ¿Qué? ¡Olé! 1ª, 2º, pingüino, Ñandú, ÁÉÍÓÚ.",
    "Catalan: l·l, col·lecció, Lluís, què, cafè, València, plaça.",
    "Welsh: tŷ, ŵyr, gŵr, dŵr, môr, tân, ẅ, ỳ.",
    "Yoruba: ẹ̀kọ́, ọmọ, àwọn, Ọ̀ṣun, ṣé, Ìbàdàn.",
    "Hausa: ɓera, ɗaki, ƙasa, 'yanci, ƴan.",
    "Polytonic mix: naïve coöperation, façade, rôle, Brontë, résumé, déjà vu, piñata, jalapeño.",
    "Tibetan བོད་ཡིག and Burmese မြန်မာ, Khmer ខ្មែរ, Lao ລາວ, Amharic አማርኛ, Georgian ქართული, Armenian Հայերեն.",
    "Emoji 👩\u200d🚀🏳️\u200d🌈👍🏽 ✔️ ❤️ ☕️ 1️⃣ ©️",
)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:12])
def test_it_stays(line: str) -> None:
    assert summitfix.repair(line).changes == ()


def test_it_stays_among_others() -> None:
    assert summitfix.repair("\n".join(LINES)).changes == ()


@pytest.mark.parametrize("text", ["漏", "찌", "瓣", "小樽 邪", "芯 预告片 巧合 冰岛", "臂 出发点 三名 吹 弹簧 私下", "세 값은 찼 다", "狭义\n裔", "1. 柄"])
def test_a_character_that_stands_alone_is_no_misread_letter(text: str) -> None:
    assert summitfix.repair(text).changes == ()


def test_in_a_text_of_an_alphabet_it_may_be_one() -> None:
    assert summitfix.fix("Elle arrive 脿 la maison avec son chien.") == "Elle arrive à la maison avec son chien."


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.hits[:12])
def test_rows_of_sound_words(row: tuple[str, str, str]) -> None:
    _, hits, misses = row
    assert [word for word in hits.split() if not is_sound(word)] == []
    assert [word for word in misses.split() if is_sound(word)] == []


@pytest.mark.parametrize(
    "text",
    ["1.1.\xa0First chapter\n1.2.\xa0Second one\n2.\xa0Another one\n" * 5, "Le prix\xa0: 5\xa0€, «\xa0tout compris\xa0».", "The c̶a̶t̶ dog barked, u̲n̲derlined."],
)
def test_what_cannot_be_seen_or_only_strikes_out_stays(text: str) -> None:
    assert summitfix.repair(text).changes == ()


def test_text_struck_through_comes_back() -> None:
    text = "it was $9̶5̶ and is $49 now"
    assert summitfix.fix(text.encode().decode("latin-1")) == text


@pytest.mark.parametrize(
    "text",
    [
        "Arif, Vaqif, Еlmira, Еlminaz adlı qızları var.",
        "A hotel in Wаrsaw near the river.",
        "Cкидка 50 % на всё.",
        "Старий кiнь стояв біля річки і пив воду, а хлопець спав під вербою. Вітер гуляє полем, і надвечір буде дощ.",
        "渡轮七点开，岛上没有别的船。Паром отходит в семь.",
    ],
)
def test_letters_typed_in_another_script_that_look_the_same_stay(text: str) -> None:
    assert summitfix.repair(text).changes == ()


@pytest.mark.parametrize("text", ["Viva España y la acción", "Ett litet barn på dagis"])
def test_letters_that_look_like_latin_ones_by_a_misreading_come_back(text: str) -> None:
    assert summitfix.fix(text.encode("cp1252").decode("cp1251")) == text


@pytest.mark.parametrize("text", ["return names.size>0?n:void 0;", 'let kind = known["x"] ?n:other;', "f=a>0?n+1:n-1;g=(h)?s:t"])
@pytest.mark.parametrize("language", ["ro", "pl", "cs", "fr", "es"])
def test_a_letter_alone_behind_a_question_mark_is_a_name_of_code(text: str, language: str) -> None:
    assert summitfix.repair(text, language=language).changes == ()


def test_a_letter_before_another_one_comes_back_in_prose() -> None:
    assert summitfix.repair("A venit ?n casa lui.", language="ro").after == "A venit în casa lui."


@pytest.mark.parametrize(
    "entry", ["slot: slots.default,", "slot: slots,", "casino: casinoBonus,", "online: casino.slots(),", "viagra: prices.viagra ?? 0,", "slots,", "casino"]
)
@pytest.mark.parametrize(
    "around",
    [
        "\t\tname: box.name,\n\t\t{}\n\t\tlabel: item.label\n",
        "    header,\n    {}\n    footer\n",
        "  size(box),\n  {}\n  kind: top\n",
        "  size(box, {{\n    width: 3\n  }}),\n  {}\n  total: sum(box)\n",
    ],
)
def test_entries_of_code_break_no_sentence(around: str, entry: str) -> None:
    assert summitfix.repair(around.format(entry)).changes == ()


STRANGERS = {
    "Maltese": (
        "Il-ktieb tiegħi huwa fuq il-mejda ħdejn it-tieqa, u l-qattus qed jorqod taħtha.\n"
        "Għada filgħodu mmorru l-baħar, għax ix-xita waqfet u x-xemx ħarġet mill-ġdid.\n"
        "Il-messaġġ wasal tard, u n-neħħija tal-abbużi baqgħet għall-ġimgħa d-dieħla.\n"
        "Ħu ħsieb it-tfal, agħlaq il-bieb u żomm iċ-ċavetta fil-but; jiġi żball ieħor.\n"
    ),
    "Walloon": (
        "Li fitchî a stî candjî, et l’ pådje a stî tcherdjeye.\nDeus modêyes, troes modêyes: li dierinne modêye a stî fwaite îr.\n"
        "Ene seule pådje a stî djondowe; li documint a stî tcherdjî.\n"
    ),
    "Maltese of CLDR": "iċ-ċavetta | il-ħġieġ | riġġ ħħ ġġ | ċċekkja | żżejjed\niddaħħal | ġġudikat | ġġenerat | riġġenerat | miġġieled",
    "Ossetic": "In Ossetic the word for “or” is written кæнæ, and the one for “and” æмæ.\nOssetic has кæнæ between two words, where English has the word or.\n",
    "Mongolian": "дБ\n»%s« файл үл олдох байна\n",
    "Wolof": "Xéj-na dangaa juum, walla xëy.\nXèj-na ñépp dem nañu; ñu ñaan ko.\n",
    "Quechua": "ñuñu | wawa ñuñu | ñuñuq\nñuqa ñuñuni",
    "Tajik names": (
        '\t\t<name sign="♻" kind="tts">гули &quot;сафедкардашуда&quot;</name>\n\t\t<name sign="⚜">савсан</name>\n'
        '\t\t<name sign="⚜" kind="tts">савсан</name>\n\t\t<name sign="🔱">асбоб | киштӣ | лангар | нишон</name>'
    ),
    "Tajik": "Баъзеи меҳмонон дер омаданд, баъзеи дигар зуд рафтанд.\n",
    "Guarani": (
        "Ñemoñe'ẽ, ñe'ẽpoty ha ñembo'e oĩ ko kuatiañe'ẽme.\n"
        "Mitãnguéra oñembosarái okápe ha ñande ñañomongeta ñande rógape.\n"
        "Ñeimo'ã hetave mba'e: Ñemurã, Ñemoambue, Ñembojoaju ha Ñemboguata.\n"
        "Kuãrendaty ha marandurãme ohai hikuái, ha oñembohasa avañe'ẽme.\n"
    ),
    "West Frisian": (
        "Wy brûke it âlde boek net mear, want de brûkers wolle in nij.\n"
        "De ûntwikkeling fan de skûle hat ús hûndert dagen koste.\n"
        "Jo kinne jo ôfmelde of de side tydlik útskeakelje, sei de frou yn 'e tún.\n"
    ),
    "Kurmanji": (
        "Ew gihîştin malê û derî vekirin, lê kes li wir nedîtin.\n"
        "Wekî din jî pirtûkên me hene, û zarokan hemû xwendin.\n"
        "Li ser maseyê nan, penîr û hingivîn hebû; wan şîv xwarin û razan.\n"
    ),
    "Upper Sorbian": (
        "Zapisajće prošu płaćiwu hódnotu, kotraž je krótša hač dźesać znamješkow.\n"
        "Lisćina njeměła wjace hač pjeć elementow wobsahować, štož smy wčera rjekli.\n"
    ),
    "Esperanto with a slip of the pen": (
        "Ĉiuj paĝoj ŝanĝiĝis hodiaŭ, kaj neniu laŭdis la aŭtoron.\nAntaûvidu la ŝablonon, antaŭ ol vi konservas ĝin; ĝi eble estas malĝusta.\n"
    ),
    "West Frisian among names of code": "const lastWeek = \"'ôfrûne' eeee 'om' p\";\n",
    "Ligurian among names of code": (
        '{\n\t"page-history-title": "Strutûa do domandòu: repigiâ l\'ID",\n\t"page-key-error": "Ciâve do modéllo no vàlida inta strutûa",\n'
        '\t"page-note": "Indicâ a ciâve ($1) e domandâ o mòddo de specificâ a pàgina"\n}\n'
    ),
    "Ligurian, with â at the ends": (
        "Pe métte a giórno a pàgina, indicâ l'ùrtima versción into còrpo.\n"
        "Inposcìbile repigiâ l'orâio pe-a nêutte; o tìtolo o contêgne tròppe paròlle pe repigiâ sto contézzo chi.\n"
        "Inta strutûa de sótta ghe son e ciâve, e no se peu ciù intrâ.\n"
    ),
    "Adyghe": ("Тхылъыр къэсщэфын лъэкIырэп.\nМы унэр сэ слъэгъун лъэкIырэп; екIыжьы.\nТхьамафэм ыкIэм лъыплъ, нэужым еплъыжь.\n"),
    "Chechen": "Йуьхьанцара цхьатерра дерг хьажа дерг схьаэцар.\nЦхьаьна нохчийн мотт буйцу, цхьацца йалта кхиадо.\nХьехархо школехь болх беш ву.\n",
    "Hakka": (
        "Ngì-tú Yî-hâ kóng-mìn, kî-hi-ngìn lâi-chhùng.\nYîn-vi thiên-hì yûng-yi lâu-fóng, kám-sìn mò-yû.\nSiû-kói lî-pai-yit, lièn-kiet Hak-ngìn pún-chhàm.\n"
    ),
    "Rutul": "Джыъын хал гьыъыд Риша, ыIын сад гьыъын вы.\nГьамыъды гада хъуъ ыIр, ыIыр риш хъуъ.\n",
    "Crimean Tatar": "Къач саат сонъки автобус къала?\nСыкъ-сыкъ сонъки сёз сакъла, сизсинъиз.\nБу сонъки къарышыкълыкъ, ред.\n",
    "Lak": "Гьуртту хьхьи кэш аьш бувну, гьуртту хъанай.\nАьш чичлай, хьхьичI кэш.\n",
    "Skolt Sami": "Jõšmõs siiskâžseeid di âʹšše, õhttâst kõõšš.\nPâšš âʹšš, mâŋŋa âž âʹlddnõõšš.\nÕõutâst kâšttâž mõõšš.\n",
    "days of the week in Tajik": "дшб | сшб | чшб | пшб | ҷмъ | шнб | якш",
    "Uzbek numbers": '<pattern one="¤\xa00млн">¤\xa00млн</pattern>\n<pattern one="¤\xa00млрд">¤\xa000млрд</pattern>\n',
    "Uzbek captions": "Курсор ўрни\nҚўшиладиган изоҳлар\nЁйиш\nМенюнинг ўнг томони\nҲодисалар ойнаси\n",
    "Uzbek menu": "%1 бўш\nТафсилотларни кўриб чиқиш\nНишончаларни ёпиш\nҚўшилган жойлар\n",
    "Danish": "Læs om læsninger",
    "German, a word of many languages": "Die Funktion ist das Äquivalent der Funktion daneben.",
    "Uzbek, an apostrophe": "qayiq arqonga bog‘lanmagan",
    "an alphabet": '"index": "[AÂÅ B C D EÉÈÊ G H IÌ J K L M N OÒ P R S T UÙ W Y]",',
    "Akan with Greek letters": "Wᴐ sε ekuo ba",
    "Akan with Greek letters, a list": '"kuobayε",\n"ahyεnso",\n"ahyεnsodeε",\n"kεtεkε",\n"aduanε",',
    "Kabyle with Greek letters": "profil = Amaγnu-agi yettwaseqdec deg usnas-nniḍen\nmessage = Tuccḍa deg tukksa n umaγnu",
    "a capital behind an escaped line end": '"help": "Tutto pronto.\\nÈ consigliato chiudere la porta.\\nÀ presto."',
    "English with an ellipsis in a menu": '<span class="menu">Filters</span> → <span class="item">Recursive Transform…</span>.',
    "letters in pairs": "% ÉéĚěÍíĹĺ",
    "Betawi": "Kalkir Ètung-ètungan",
    "Navajo, one word": "Yaʼiishjáástsoh",
    "Votic, one word": "Prestavleńńa",
    "Guarani, one word": "rekorosãrã",
    "Vai, one word": "Siŋ",
    "Kurmanji, one word": "Kirgîz\nFînlandiya\n",
    "Sango, one word": "Maldîva",
    "Nheengatu, one word": "biliãu",
    "Literary Chinese, one character": '"delete": "刪"',
    "Friulian": (
        "O ai cjatât il sît e tu tu âs lassât dut culì.\nSe tu âs di cjatâ une part dal sît.\n"
        "Impedìs al sît di domandâ ancjemò.\nI dâts personâls a son salvâts culì.\n"
    ),
    "Kurmanji captions": "Modela lîner\nModel lîner nîn.\nKomara Cîbûtî\nvî\nserê mîl kareyê\nLi ser karê vegotinê pêk nehat.\n",
    "Ligurian, one line with dots": "comando = Arvi torna sensa conponenti dizabilitæ…\n",
    "Latin, one syllable of a pattern": "3s4phæ",
    "Sicilian with an entity": "Còdici&nbsp;dâ&nbsp;pàggina",
    "Inari Sami": "ameriklâš\nbrittilâš\n",
    "soft hyphens in rules": (
        "2: twee\xadën\xad;\n4: =%cardinal=\xaden\xad;\n200: <<\xadhonderd[\xad>>];\n1000: duizend[\xad>>];\n2000: <<\xadduizend[\xad>>];\n"
    ),
    "Guarani, a question": "¿Ñongatu kuatia?",
    "phonetic transcription": 'say("θin", "θɪn")\nsay("θin")\n',
    "Chinese with its sound": "戡\tkān\n貈\thé\n",
    "capitals with one accent": 'upper = "ÂÎÛ"\n',
    "currency signs": "if (/[$£€¥%]/.test(sum)) return 0;\n",
    "Ligurian": "I mæ amixi an camminou pe-o caruggio, aotomatizæ da-a seia, e ascì e lengoe ciù veje.\n",
}


@pytest.mark.parametrize("name", STRANGERS)
def test_letters_of_a_language_that_no_list_knows_stay(name: str) -> None:
    assert summitfix.repair(STRANGERS[name]).changes == ()
    assert [change[:3] for line in STRANGERS[name].splitlines() for change in summitfix.repair(line).changes] == []


@pytest.mark.parametrize("text", ["Lāpule", "Fâs un zîr tal ort.", "Algâttâs", "Do terminå", "Høgra"])
def test_words_of_a_language_that_no_list_knows_stay_alone(text: str) -> None:
    """A codec of Vietnamese makes no Estonian and no Romanian, and an apostrophe stands where a language has one."""
    assert summitfix.repair(text).changes == ()


def test_lists_of_short_lines_tell_what_a_misreading_leaves() -> None:
    """In Faroese `ø` is all over the lines near those where a reading makes it an Icelandic `æ`."""
    text = (
        "Hægri hond\nHøgri fingur\nVeðrið er gott í dag.\nSvørt kaffi\nTjørnin er djúp.\nFuglarnir sita á takinum.\nBørnini spæla úti.\n"
        "Størsti maðurin\nHøgra eyga\nMørk nátt\nFøðingardagur í morgin\nSvørð\nÍslendskt mál\nDømi um orð\n"
    )
    assert summitfix.repair(text).changes == ()


def test_short_words_that_end_questions_are_not_cut() -> None:
    """Altai, like Mongolian, asks with a word at the end; that the text also has a longer word which begins like it is no reason."""
    assert summitfix.repair("Слер келген ба? Ӧйи кичинек. Мында бар.").changes == ()


def test_keys_of_translations_are_no_advertisements() -> None:
    text = (
        '{\n\t"undo-failure": "Правка не може быти врачена назад, зато же в той час друга правка была уже записана на том самом месту текста,",\n'
        '\t"undo-main-slot-only": "Правка не може быти врачена, ибо менја не только главны текст, но и друге части."\n}\n'
    )
    assert summitfix.repair(text).changes == ()


@pytest.mark.parametrize(
    "text", ["Znaki * oraz ? zastępują dowolne litery w nazwie pliku, jeśli takie są.", "Tecknen ’*’ och ? står för vilka bokstäver som helst."]
)
def test_wildcards_are_no_lost_dashes(text: str) -> None:
    assert summitfix.repair(text).changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "<p>Les param&egrave;tres demand&eacute;&nbsp;: aucun n'est pr&eacute;cis&eacute;&nbsp;&raquo; sur cette page.</p>",
        "<p>Le tunnel est &laquo;&nbsp;ferm&eacute;&nbsp;&raquo; par le gardien.</p>",
        "Saiz imej ialah (%d&nbsp;&times;&nbsp;%d) piksel",
        "(5&nbsp;&times;&nbsp;7 cm)",
        "<p>Der Betrag: =ABS(-56) ergibt 56, und =ABS(0) ergibt 0.</p>",
        "Пишется ГГГГ-ММ-ДД, чч:мм:сс; skrivs ÅÅÅÅ-MM-DD; µµµµµµ",
        "<p>Ne r&eacute;glez pas &agrave; &laquo;&nbsp;loin&nbsp;&raquo; le phare du port.</p>",
        '<value xml:lang="ga">~Fan anseo&#xED;&#x2026;</value>',
    ],
)
def test_entities_of_good_text_stay(text: str) -> None:
    assert summitfix.repair(text).changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "\treturn box ? box === null || box === void 0 ? void 0 : box.part : null;\n",
        "\tvar found = list.first === void 0 ? list.last : list.first;\n",
        "  kind = name == other ? the one that was here : the other\n",
        "  if a && b ? they go : they stay\n",
        'It waits for a letter (either ?y or ?n) before the rows are counted.\n  (interactive "nHow many rows? (y or n) ")\n',
    ],
)
def test_choices_in_code_are_no_lost_dashes(text: str) -> None:
    assert summitfix.repair(text).changes == ()


def test_points_that_are_scattered_are_no_gamble() -> None:
    text = "    points : list of Drop\n        Scatter data points.\n    line : Rope or None\n        The line through them.\n"
    assert summitfix.repair(text).changes == ()


def test_letters_of_which_only_bytes_are_left_are_no_quotation_marks() -> None:
    """Runs of U+FFFD of many lengths were letters of a script that had two bytes and more for each."""
    assert summitfix.repair("//[zh]: \ufffd\ufffd\ufffd\ufffdnl\ufffd\ufffdn\ufffd\ufffd\ufffdl\ufffd\ufffdl\ufffd\ufffd\ufffdn").changes == ()


@pytest.mark.parametrize("letter", "ÄÜßØÐÞÑÓÅÉ")
@pytest.mark.parametrize("marks", ["»%s«", "«%s»", "“%s”", "„%s“", "‘%s’"])
def test_a_letter_between_quotation_marks_stays(letter: str, marks: str) -> None:
    """The mark behind it is a byte of UTF-8 in many a codec; that before it shows that nothing was misread."""
    quoted = marks.replace("%s", letter)
    for text in quoted, f"Das Zeichen {quoted} steht hier.", f"Bogstavet {quoted} er sjældent.", f"La letra {quoted} no se usa.":
        assert summitfix.repair(text, only=["mojibake"]).changes == ()
