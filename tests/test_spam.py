"""Injected spam: what is cut, what words are joined, and above all what stays."""

import functools
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from growth import growth

from summitfix import core
from summitfix.core import Document, apply
from summitfix.passes.spam import build_screen, folding, judging, look, phrases, rows, signs, spam
from summitfix.passes.spam.page import Page

SURE = core.SURE

ENGLISH = (
    "The harbour office said on Friday that the ferry would not sail before the storm had passed, and that tickets stay valid.",
    "Passengers who had slept in the waiting hall were given blankets, soup and a long apology by the director herself.",
    "“We have seen worse winters, but never one that began so early,” she told the reporters on the pier.",
)
GERMAN = (
    "Die Feuerwehr hat am Montag den Turm der alten Brauerei gesichert, nachdem sich Ziegel vom Dach gelöst hatten.",
    "Die Anwohner mussten ihre Wohnungen für einige Stunden verlassen und wurden in der Schule mit Tee versorgt.",
)
RUSSIAN = (
    "Жители посёлка с утра собирались на площади, чтобы обсудить с главой района ремонт единственного моста через реку.",
    "Строители обещали закончить работу до первых морозов, но в начале осени на берегу не было ни одной машины.",
)
CHINESE = (
    "昨天下午，镇上的老图书馆重新开放，居民们排着长队，等着看修好的阅览室和那面画了三年的墙。",
    "馆长说，修缮花的钱比预想的少，因为许多木匠和学生都是自愿来帮忙的。",
)
KOREAN = (
    "어제 오후 마을 도서관이 다시 문을 열자 주민들은 새로 고친 열람실을 보려고 길게 줄을 섰다.",
    "관장은 목수와 학생들이 자원해서 도와준 덕분에 공사비가 예상보다 적게 들었다고 말했다.",
)
JAPANESE = (
    "昨日の午後、町の古い図書館が再び開館し、住民たちは新しくなった閲覧室を見ようと長い列を作った。",
    "館長は、大工や学生が進んで手伝ってくれたので費用は予想より少なく済んだと話した。",
)


def cleaned(text, **options):
    return apply(text, [change for change in sorted(spam(Document(text), **options)) if change.confidence >= SURE and change.before != change.after])


def flags(text):
    return [change for change in spam(Document(text)) if change.before == change.after or change.confidence < SURE]


def split(line, head, keyword, tail=" "):
    """`line` broken behind `head` with a keyword on the next line, as on hacked boards."""
    assert line.startswith(head) or head in line
    at = line.index(head) + len(head)
    return f"{line[:at]}\n{keyword}{tail}{line[at:]}"


SPLIT_BY = [
    "릴게임몰메가",
    "야마토연타",
    "황금성 게임랜드 추천",
    "손오공릴 체험머니",
    "온라인카지노 먹튀 검증",
    "澳门葡京官网开户",
    "สล็อตเว็บตรง แตกง่าย",
    "казино онлайн бонус за регистрацию",
    "オンラインカジノ おすすめ",
    "бездепозитный бонус казино",
]


@pytest.mark.parametrize("keyword", SPLIT_BY)
@pytest.mark.parametrize("tail", [" ", "\n"])
def test_a_split_word_is_joined(keyword, tail):
    before = "\n".join([split(ENGLISH[0], "har", keyword, tail), *ENGLISH[1:]])
    assert cleaned(before) == "\n".join(ENGLISH)


@pytest.mark.parametrize("keyword", SPLIT_BY[:7])
def test_a_split_word_is_joined_in_german(keyword):
    before = "\n".join([split(GERMAN[0], "Feuer", keyword), GERMAN[1]])
    assert cleaned(before) == "\n".join(GERMAN)


@pytest.mark.parametrize("keyword", [*SPLIT_BY[:7], SPLIT_BY[8]])
def test_a_split_word_is_joined_in_russian(keyword):
    before = "\n".join([RUSSIAN[0], split(RUSSIAN[1], "стро".capitalize(), keyword)])
    assert cleaned(before) == "\n".join(RUSSIAN)


@pytest.mark.parametrize(
    "keyword", ["cheap viagra online", "no deposit casino bonus", "buy essays online cheap", "HB88 nhà cái uy tín", "polskie kasyno online"]
)
def test_a_split_word_is_joined_though_the_script_is_the_same(keyword):
    before = "\n".join([split(ENGLISH[0], "har", keyword, "\n"), *ENGLISH[1:]])
    assert cleaned(before) == "\n".join(ENGLISH)


def test_several_splits_in_one_text_and_a_phrase_that_no_row_has():
    text = "\n".join(ENGLISH)
    before = split(split(split(text, "har", "릴게임몰메가"), "wait", "바다이야기슬롯"), "apo", "뻘쭘한무언가")
    assert cleaned(before) == text


def test_a_foreign_phrase_that_no_row_has_is_cut_where_it_splits_a_word_on_its_line():
    assert cleaned("\n".join([split(ENGLISH[0], "har", "뿅뿅사랑방"), *ENGLISH[1:]])) == "\n".join(ENGLISH)


def test_spam_glued_to_the_first_word_of_a_paragraph():
    before = f"{ENGLISH[0]}\n바다이야기슬롯{ENGLISH[1]}\n{ENGLISH[2]}"
    assert cleaned(before) == "\n".join(ENGLISH)


@pytest.mark.parametrize("keyword", ["slot gacor hari ini", "kaçak bahis siteleri", "buy cheap viagra online", "casino en ligne fiable"])
def test_spam_of_the_same_script_glued_to_a_paragraph(keyword):
    assert cleaned(f"{ENGLISH[0]}\n{keyword}{ENGLISH[1]}\n{ENGLISH[2]}") == "\n".join(ENGLISH)
    assert cleaned(f"{ENGLISH[0]}{keyword}\n{ENGLISH[1]}\n{ENGLISH[2]}") == "\n".join(ENGLISH)


def test_spam_glued_to_the_end_of_a_paragraph():
    before = f"{ENGLISH[0]}바카라사이트추천【 KKA700。COM 】카지노주소인터넷카지노ゎ\n{ENGLISH[1]}"
    assert cleaned(before) == f"{ENGLISH[0]}\n{ENGLISH[1]}"


@pytest.mark.parametrize(
    ("keyword", "prose"),
    [
        ("황금성오리지널 42.rkx117.top 인터넷릴게임", ENGLISH),
        ("シャネル バッグ コピー 激安 通販", ENGLISH),
        ("코리아바카라,바카라사이트,카지노사이트,월드카지노,온라인바카라", ENGLISH),
        ("Custom Dissertation Writing Services from $9 per page", ENGLISH),
        ("cheap kamagra online https://pills-depot.example.com/ - kamagra prices", ENGLISH),
        ("best online casino bonus - real money slots - no deposit casino", ENGLISH),
        ("click88.top slot gacor terpercaya bonus new member 100%", ENGLISH),
        ("canlı casino siteleri deneme bonusu veren bahis siteleri", ENGLISH),
        ("казино онлайн игровые автоматы без регистрации играть бесплатно", RUSSIAN),
        ("купить диплом недорого займ онлайн на карту срочно без отказа", RUSSIAN),
        ("릴게임 황금성 먹튀 피해 복구", KOREAN),
        ("온라인카지노 카지노사이트 추천 vx77.top", KOREAN),
        ("オンラインカジノ おすすめ ランキング 入金不要ボーナス", JAPANESE),
        ("online casino ohne lizenz freispiele ohne einzahlung casino bonus", GERMAN),
    ],
)
def test_a_line_of_nothing_but_phrases_between_two_paragraphs(keyword, prose):
    assert cleaned("\n".join([prose[0], keyword, *prose[1:]])) == "\n".join(prose)


def test_a_letter_may_be_all_that_stands_behind_a_phrase():
    assert list(spam(Document("ağtrкупитьвиагру 바다이야기슬롯é"))) != []


def test_a_line_that_breaks_a_sentence_between_words():
    before = ENGLISH[0].replace("ferry would", "ferry\n야마토게임 44.qwt209.top 릴게임사이트\nwould")
    assert cleaned(before) == ENGLISH[0].replace("ferry would", "ferry\nwould")


def test_a_line_pushed_in_at_a_space_goes_with_its_line_breaks():
    before = ENGLISH[0].replace("ferry would", "ferry \n야마토게임 44.qwt209.top 릴게임사이트\nwould")
    assert cleaned(before) == ENGLISH[0]


def test_chinese_is_joined_without_a_space():
    before = CHINESE[0].replace("图书馆重新", "图书\n릴게임몰메가 馆重新") + "\n" + CHINESE[1]
    assert cleaned(before) == "\n".join(CHINESE)


def test_chinese_is_joined_where_the_spam_is_chinese_too():
    before = CHINESE[0].replace("图书馆重新", "图书\n重庆时时彩平台 注册送金 \n馆重新") + "\n" + CHINESE[1]
    assert cleaned(before) == "\n".join(CHINESE)


def test_keywords_run_into_a_paragraph_between_two_sentences():
    before = f"{ENGLISH[0]} Cheapest Levitra Pills qwzzra https://artsz.example.com/ - levitra online The office closes at noon."
    assert cleaned(before) == f"{ENGLISH[0]} The office closes at noon."


def test_a_keyword_list_above_a_copied_article():
    before = "国产精品在线播放_美女午夜视频免费_亚洲熟女中文字幕_av高清免费观看_欧美日韩激情视频 ?\n\n" + "\n".join(CHINESE)
    assert cleaned(before) == "\n".join(CHINESE)


@pytest.mark.parametrize(
    "mark",
    [
        "This content is taken from light/nove/lwo/rld/[.]com",
        "Visit bed/novel[.]com for the best novel reading experience",
        "Please keep reading on FreewebNOVEL.C0M",
        "Support the author by reading at quill/hub[.]com",
        "𝔯𝔢𝔞𝔡 𝔞𝔱 𝓃𝑜𝓋𝑒𝓁𝓀𝒾𝓉𝑒.𝓃𝑒𝓉",
        "Follow new episodes on the nov𝒆lkite.net platform.",
    ],
)
def test_a_watermark_between_paragraphs(mark):
    assert cleaned("\n".join([ENGLISH[0], mark, ENGLISH[1]])) == "\n".join(ENGLISH[:2])


def test_a_watermark_in_fancy_letters_inside_a_paragraph():
    before = ENGLISH[0] + " 𝗳𝒓𝙚e𝓌e𝚋𝙣𝚘𝐯𝙚𝙡.𝑐𝐨𝐦 " + ENGLISH[1]
    assert cleaned(before) == ENGLISH[0] + " " + ENGLISH[1]


def test_hidden_links_are_cut():
    hidden = (
        '<div style="position:absolute; left:-9999px"><a href="http://kq77.example.com">온라인카지노</a> <a href="http://kq78.example.com">토토사이트</a></div>'
    )
    assert cleaned(f"<p>{ENGLISH[0]}</p>\n{hidden}\n<p>{ENGLISH[1]}</p>") == f"<p>{ENGLISH[0]}</p>\n<p>{ENGLISH[1]}</p>"


def test_a_link_on_a_full_stop_alone_is_cut():
    assert cleaned("文章到这里结束[。](http://4471239.com/)下一段从这里开始。") == "文章到这里结束。下一段从这里开始。"


def test_contacts_stuck_between_two_sentences():
    before = f"{CHINESE[0]}》5512873.com》，威《kdn300》 飞机：@pc22871{CHINESE[1]}"
    assert cleaned(before) == CHINESE[0] + CHINESE[1]


def test_the_reason_shows_the_decoded_text_and_the_points():
    (change,) = spam(Document("\n".join([split(ENGLISH[0], "har", "릴게임몰메가"), *ENGLISH[1:]])))
    assert change.why[0].rule == "spam.reel-games"
    assert "릴게임몰메가" in change.why[0].note
    assert "points" in change.why[0].note
    assert change.before == "\n릴게임몰메가 "
    assert change.after == ""


INNOCENT = {
    "quoted": ENGLISH[0] + "\nThe sign over the door said “릴게임몰메가” in letters a foot high.\n" + ENGLISH[1],
    "listed": "Names that were registered last year:\n릴게임몰메가\n바다이야기슬롯\n황금성게임\n" + ENGLISH[1],
    "bulleted": ENGLISH[0] + "\n- 릴게임몰메가\n- 카지노사이트 추천\n- 토토사이트\n" + ENGLISH[1],
    "reported on": ENGLISH[0] + " The police closed 바다이야기슬롯, an arcade near the port, on Sunday.\n" + ENGLISH[1],
    "announced": "The page carried one line:\ncheap viagra online without prescription\n" + ENGLISH[0],
    "about spam": "Most spam of the kind is short.\nbuy cheap viagra online\nis a typical keyword line, the report says, and it recurs on ten thousand pages.",
    "a lesson": "How do you say it in Korean?\n"
    "주말에 뭐 했어요?\nWhat did you do last weekend?\n친구하고 영화를 봤어요.\nI saw a film with my friend, and then we went home.",
    "bilingual": "\n".join(f"{english}\n{korean}" for english, korean in zip(ENGLISH, KOREAN * 2, strict=False)),
    "a caption": f"{ENGLISH[0]}\n부산항의 겨울 아침\n{ENGLISH[1]}",
    "a language menu": "English\nDeutsch\n한국어 (Korean)\n日本語 (Japanese)\nРусский (Russian)\nPowered by the council",
    "a song list": f"{ENGLISH[0]}\n夜来香\n月亮代表我的心\n甜蜜蜜\n{ENGLISH[1]}",
    "a name in another script": ENGLISH[0] + " Her teacher, Kim Ji-woo (김지우), retired in May.",
    "a foreign line in a paragraph": ENGLISH[0][:40] + "\n서울신문 p. 12\n" + ENGLISH[0][40:],
    "a title in russian": ENGLISH[0] + "\nВойна и мир\n" + ENGLISH[1],
    "a restaurant": "영수증\n88,000원 일시불\n10/03 21:24 바다이야기",
    "a battleship": KOREAN[0] + "\n야마토\n" + KOREAN[1],
    "a slot in prose": KOREAN[0] + " 메모리 슬롯을 먼저 확인해야 한다.",
    "news about gambling": "경찰은 온라인카지노 사이트를 운영한 일당을 붙잡았다고 밝혔다.\n"
    "이들은 토토사이트와 카지노 주소를 수시로 바꾸며 단속을 피한 것으로 드러났다.\n" + KOREAN[1],
    "a headline about gambling": "온라인카지노 먹튀 피해 급증\n\n"
    "경찰은 올해 온라인카지노 피해 신고가 두 배로 늘었다고 밝혔다. 카지노사이트 운영자들은 해외에 있는 것으로 알려졌다.",
    "english casino news": "The casino on the pier will close in March.\n"
    "Online casino bonus rules\nThe new law limits casino bonuses and bans free spins for players under 21.",
    "english medicine": "Viagra was first tested against angina.\n"
    "Generic Viagra\nSince the patent ran out, generic Viagra has been sold by a dozen makers in Europe.",
    "cialis in specialist": "The specialists met on socialist ideas of specialised care, and the specialist nurses agreed.",
    "turkish crime news": "Polis, yasa dışı bahis sitelerine yönelik operasyonda on iki kişiyi gözaltına aldı.\n"
    "Yasa Dışı Bahis Operasyonu: 12 Gözaltı\nZanlıların kaçak bahis siteleri üzerinden para topladığı öğrenildi.",
    "russian law": "Закон запретил казино на всей территории страны.\n"
    "\nигровые автоматы\n\nЗалы игровых автоматов закрылись в тот же день, сообщили в полиции.",
    "a volcano": RUSSIAN[0] + "\nВулкан\n" + RUSSIAN[1],
    "indonesian crime news": "Polisi menangkap empat pelaku judi online di sebuah rumah kos.\n"
    "Mereka mengelola situs judi slot dan menyebar tautan lewat pesan singkat.",
    "vietnamese crime news": "Công an vừa triệt phá đường dây cá độ bóng đá qua trang mạng bong88.\nNhóm này lập nhà cái và cho vay nặng lãi.",
    "thai crime news": "ตำรวจจับกุมผู้ต้องหาเว็บพนันออนไลน์ได้สี่ราย\nพบตู้สล็อตห้าตู้ในบ้านเช่า",
    "japanese law": "カジノを含む統合型リゾートの整備計画が認可された。\nカジノ\nオンラインカジノは違法である、と警察は繰り返し警告している。",
    "chinese crime news": "警方破获一起网络赌博案，涉案的百家乐平台设在境外。\n娱乐城\n嫌疑人通过代理在网上开户，吸引玩家投注。",
    "a moderation list": "blocked = ['카지노', '바카라', '릴게임', 'viagra', 'cialis', 'casino bonus', 'slot gacor']",
    "a pattern": "赌博: /赌博|赌场|百家乐|时时彩|六合彩|老虎机|彩票/,",
    "a menu": "Weather\nLotto results\nOnline casino\nTelevision\nHoroscope",
    "a price list": "Pharmacy\nSildenafil 50 mg 12.00\nTadalafil 20 mg 14.50\nBandages 2.10",
    "computing slots": ENGLISH[0] + "\nFree slots\nSlots reduce the memory that each instance of a class takes.",
    "an essay": "Her essay on exile won the prize.\nEssays and letters\nThe second volume collects essays that she wrote abroad between the wars.",
    "a page header": "The question has been asked before by several of the commit-\nJournal of Harbour Studies 12\ntees that met in spring.",
    "a footnote": "It was the last sailing of the gener\n1 See the appendix.\nation that built the pier.",
    "a hyphenated break": "The ferry that had been built for the is-\nlands sank in view of the town.",
    "defanged addresses": "The malware calls home to update[.]example[.]com and cdn[.]evil[.]net, the analysts write.",
    "names of programs": "Robux4 fixed the build.\n\nwin32: link with crypt32\n\n" + ENGLISH[0] + " It fixes Win32/Win64 builds, slot12 and alphabet26 too.",
    "maths letters": "Let 𝑓 be a map from 𝐀 to 𝓑, and 𝔤 its inverse; then 𝑓∘𝔤 is the identity on 𝓑.",
    "a bold post": ENGLISH[0] + " 𝗡𝗲𝘄 𝗯𝗼𝗼𝗸 𝗼𝘂𝘁 𝗻𝗼𝘄! " + ENGLISH[1],
    "full-width letters": "駅前のＡＴＭは夜の十時まで使える。ＪＲの切符もここで買える。",
    "a hidden menu": '<div style="display:none"><a href="https://www.example.org/help">Help</a></div>\n<p>' + ENGLISH[0] + "</p>",
    "skip link": '<a style="position:absolute;left:-9999px" href="#main">Skip to content</a><p>' + ENGLISH[0] + "</p>",
    "a provenance notice": ENGLISH[0] + "\nThis story has been unlawfully lifted from Royal Road. If you see it on Amazon, report it.\n" + ENGLISH[1],
    "furniture": ENGLISH[0] + "\nAdvertisement\n" + ENGLISH[1],
    "an address list": "* https://forge.example.com/a/b\n* https://forge.example.com/a/c\n* www.example.net",
    "a changelog": "\t* arm64/fat/aes128-encrypt.asm: New file.\n\t* arm64/fat/aes192-encrypt.asm: New file.\n\t* base64.c, base64.h: Likewise.",
    "all spam": "황금성오리지널 42.rka119.top 인터넷릴게임\n황금성오리지널 43.rka119.top 인터넷릴게임\n온라인카지노 카지노사이트 추천",
    "a foreign test string in code": "for size in range(9):\n"
    '    for line in wrap("""这是对亚洲语言支持的测试。面对想法，拒绝猜测的诱惑。""", 8):\n        print(line)\n',
    "a name in disguise that a sentence needs": ENGLISH[0] + " He sent them to quill/hub[.]com and never wrote again.",
    "reading in prose": ENGLISH[0] + "\nNew novels and chapters\n" + ENGLISH[1],
    "fancy identifiers": "The names `𝕡𝓻ᵢ𝓃𝘁`, `𝖕𝒓𝗂𝑛ᵗ` and `print` are all the same to the compiler, as the manual says.",
    "a split with nothing between": "It was a stable relationshi\np with the neighbours, as the mayor never tired of saying.",
}


@pytest.mark.parametrize("name", INNOCENT)
def test_innocent_text_stays(name):
    assert cleaned(INNOCENT[name]) == INNOCENT[name]


@pytest.mark.parametrize("prose", [ENGLISH, GERMAN, RUSSIAN, CHINESE, KOREAN, JAPANESE])
@pytest.mark.parametrize("inner", [ENGLISH[1], GERMAN[1], RUSSIAN[1], CHINESE[1], KOREAN[1], JAPANESE[1]])
def test_a_sentence_in_another_language_stays(prose, inner):
    text = "\n".join([prose[0], inner, prose[1]])
    assert cleaned(text) == text


@pytest.mark.parametrize("prose", [ENGLISH, GERMAN, RUSSIAN, CHINESE, KOREAN, JAPANESE])
def test_clean_text_yields_nothing_at_all(prose):
    assert list(spam(Document("\n\n".join(prose)))) == []


def test_suspicious_text_is_flagged_not_cut():
    text = INNOCENT["announced"]
    assert [change.before for change in flags(text)] == ["cheap viagra online without prescription"]


def test_a_word_split_by_nothing_is_shown_beside_others_that_spam_split():
    text = "\n".join([split(ENGLISH[0], "har", "릴게임몰메가"), ENGLISH[1].replace("blankets", "blan\nkets"), ENGLISH[2]])
    assert cleaned(text) == text.replace("\n릴게임몰메가 ", "")
    assert [(change.before, change.why[0].rule) for change in flags(text)] == [("blan\nkets", "spam.split-word")]
    assert flags(text.replace("\n릴게임몰메가 ", "")) == []


def test_a_provenance_notice_is_never_cut():
    assert cleaned(INNOCENT["a provenance notice"], boilerplate=True) == INNOCENT["a provenance notice"]


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("Advertisement", ENGLISH),
        ("ADVERTISEMENT", ENGLISH),
        ("Anzeige", GERMAN),
        ("- Anzeige -", GERMAN),
        ("Реклама", RUSSIAN),
        ("广告", CHINESE),
        ("광고", KOREAN),
    ],
)
def test_furniture_is_cut_on_request_only(line, prose):
    text = f"{prose[0]}\n{line}\n{prose[1]}"
    assert cleaned(text) == text
    assert cleaned(text, boilerplate=True) == f"{prose[0]}\n{prose[1]}"
    assert cleaned(text.replace("\n", "\n\n"), boilerplate=True) == f"{prose[0]}\n\n{prose[1]}"


@pytest.mark.parametrize(
    "text", ["Advertisement", "Advertisement\nAnzeige\nWerbung", f"{ENGLISH[0]} Advertisement\n{ENGLISH[1]}", "Advertisement fees rose.\nThey fell."]
)
def test_what_is_no_furniture_stays_on_request_too(text):
    assert cleaned(text, boilerplate=True) == text


def test_the_option_binds_as_a_pass():
    text = f"{ENGLISH[0]}\nAdvertisement\n{ENGLISH[1]}"
    repaired = core.repair(text, {"spam": functools.partial(spam, boilerplate=True)})
    assert repaired.after == "\n".join(ENGLISH[:2])


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_newline(newline):
    before = "\n".join([split(ENGLISH[0], "har", "릴게임몰메가"), *ENGLISH[1:]])
    assert cleaned(before.replace("\n", newline)) == newline.join(ENGLISH)


def test_characters_without_width_do_not_hide_a_phrase():
    before = "\n".join([split(ENGLISH[0], "har", "릴\u200b게임\u00ad몰메가"), *ENGLISH[1:]])
    assert cleaned(before) == "\n".join(ENGLISH)


def test_a_second_run_finds_nothing():
    before = "\n".join([split(ENGLISH[0], "har", "릴게임몰메가"), split(ENGLISH[1], "wait", "바다이야기슬롯"), ENGLISH[2]])
    assert cleaned(cleaned(before)) == cleaned(before) == "\n".join(ENGLISH)


HALF_DECODED = {
    "파칭코먹튀": "ÆÄĪÄÚ¸ÔÆ¢",
    "신천지주소": "½ÅõÁöÁÖ¼Ò",
    "백경추천무료체험": "¹é°æÃßõ¹«·áüÇè",
    "สล็อตออนไลน์": "ÊÅç͵Í͹äŹì",
}


@pytest.mark.parametrize("meant", HALF_DECODED)
def test_spam_that_a_fixer_half_decoded_is_known_by_what_it_says(meant):
    codec = "cp949" if meant[0] > "\uac00" else "cp874"
    seen = HALF_DECODED[meant]
    assert seen != meant.encode(codec).decode("latin-1")
    before = "\n".join([split(ENGLISH[0], "har", seen), ENGLISH[1], seen + ENGLISH[2][1:]])
    assert cleaned(before) == "\n".join([*ENGLISH[:2], ENGLISH[2][1:]])
    assert meant in next(iter(spam(Document(before)))).why[0].note


@pytest.mark.parametrize("line", ["ÄÖÜäöüß", "ÀÉÎÕÜ is a list", "¡¡¡Ñañaña!!!", "ÆØÅ ÆØÅ", "½ÅõÁö", "ÐÞþð"])
def test_letters_of_latin_that_say_nothing_stay(line):
    text = "\n".join([ENGLISH[0], line, *ENGLISH[1:]])
    assert cleaned(text) == text


def test_letters_of_another_script_do_not_disguise_a_phrase():
    before = "\n".join([split(ENGLISH[0], "har", "buy v\u0456agr\u0430 online"), *ENGLISH[1:]])
    assert cleaned(before) == "\n".join(ENGLISH)
    before = "\n".join([RUSSIAN[0], "к\u0061зино онл\u0061йн игр\u0061ть н\u0061 деньги", RUSSIAN[1]])
    assert cleaned(before) == "\n".join(RUSSIAN)


OWN_ROWS = """
# llamas are sold in spam of our town

[[family]]
name = "llamas"
language = "en"
strong = "discount llamas, llamas wholesale"
weak = "llamas"
lure = "cheap, overnight"
hits = "cheap llamas | Discount Llamas"
misses = "Llamas graze on the hill."

[[furniture]]
language = "en"
lines = "Sent from the Gull Hill Herald"
"""


def test_rows_of_a_users_file_are_looked_for_as_well():
    own = rows.read_rows(OWN_ROWS, "my-spam.toml")
    before = "\n".join([split(ENGLISH[0], "har", "discount llamas"), *ENGLISH[1:]])
    assert cleaned(before) == before
    assert cleaned(before, rows=own) == "\n".join(ENGLISH)
    assert cleaned("\n".join([split(ENGLISH[0], "har", "buy cheap viagra online"), *ENGLISH[1:]]), rows=own) == "\n".join(ENGLISH)
    text = f"{ENGLISH[0]}\nSent from the Gull Hill Herald\n{ENGLISH[1]}"
    assert cleaned(text, rows=own) == text
    assert cleaned(text, rows=own, boilerplate=True) == f"{ENGLISH[0]}\n{ENGLISH[1]}"
    assert "llamas" in {row.name for row in rows.families(own)}
    assert {row.name for row in rows.families()} >= {"reel-games", "pharma", "watermark"}


def test_rows_bind_to_the_pass_and_can_be_pickled():
    own = pickle.loads(pickle.dumps(rows.read_rows(OWN_ROWS, "my-spam.toml")))
    before = "\n".join([split(ENGLISH[0], "har", "discount llamas"), *ENGLISH[1:]])
    assert core.repair(before, {"spam": functools.partial(spam, rows=own)}).after == "\n".join(ENGLISH)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('name = "llamas"', 'name = "Big Llamas"', 5, "name of small letters"),
        ('name = "llamas"\n', "", 4, "name of small letters"),
        ('language = "en"\nstrong', 'language = "English"\nstrong', 6, "language, by its code"),
        ("discount llamas, llamas wholesale", "discount.*llamas", 7, "not expressions: 'discount.*llamas'"),
        ("discount llamas, llamas wholesale", "!!, llamas", 7, "needs two letters: '!!'"),
        ("discount llamas, llamas wholesale", "llamas, 广", 7, "needs two letters: '广'"),
        ("Sent from the Gull Hill Herald", "* | Sent", 15, "needs two letters: '*'"),
        ('lure = "cheap, overnight"', 'lures = "cheap"', 9, "no 'lures'"),
        ('lure = "cheap, overnight"', "lure = 3", 9, "lure is a string with commas"),
        ("Discount Llamas", "Alpacas", 10, "does not find a strong phrase in 'Alpacas'"),
        ("Llamas graze on the hill.", "cheap llamas", 11, "does find a strong phrase"),
        ("[[furniture]]", "[[furnitures]]", 13, "there is no 'furnitures'"),
        ("[[furniture]]", "[furniture]", 13, "in double brackets"),
        ('lines = "Sent', 'line = "Sent', 13, "furniture has a language and lines"),
        ('lure = "cheap, overnight"', 'lure = "cheap, overnight', 9, ""),
        ('weak = "llamas"', 'weak = "llamas" "alpacas"', 8, ""),
    ],
)
def test_what_is_wrong_with_rows_is_told_by_line(old, new, line, says):
    assert old in OWN_ROWS
    with pytest.raises(core.SummitfixError, match=f"^my-spam.toml:{line}: ") as caught:
        rows.read_rows(OWN_ROWS.replace(old, new, 1), "my-spam.toml")
    assert says in str(caught.value)


ROWS = rows.packaged().families
NAMES = [f"{row.name}-{row.language}" for row in ROWS]
KNOWN = phrases.lexicon()


def claimed(text):
    folded = phrases.fold(text)
    return {claim.family.name for claim in phrases.claims(folded, phrases.finds(folded, KNOWN), KNOWN) if claim.strong}


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_every_row_finds_its_hits_and_none_of_its_misses(row):
    assert row.hits
    assert row.misses
    assert [text for text in row.hits if row.name not in claimed(text)] == []
    assert [text for text in row.misses if row.name in claimed(text)] == []
    assert row.note
    assert row.source


def test_no_two_rows_are_of_one_family_and_language():
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_the_screen_lets_no_phrase_of_a_row_pass(row):
    listed = [phrase for phrase in row.strong + row.weak + row.hits if folding.spelled(phrase) == phrase]  # `noveltop1` is read with an i
    assert [phrase for phrase in listed if not look.look(phrase) and not (phrase.isascii() and row.language in phrases.UNSPACED)] == []


def test_the_screen_knows_all_furniture():
    assert [line for line, _ in rows.packaged().furniture if not look.look(line)] == []


def test_the_screen_is_what_its_builder_makes():
    assert Path(signs.PATH).read_text(encoding="utf-8") == build_screen.written(rows.packaged())


def test_folding_keeps_the_length():
    text = "İstanbul ＡＢＣ 𝗳𝒓𝙚e ﬁ ß ½ 릴게임 Ⅷ ǅ"
    assert len(phrases.fold(text)) == len(text)
    page = Page(text, {})
    assert len(page.folded) == len(page.marks) == len(page.plain)


def test_a_clean_text_loads_no_table():
    script = (
        "import sys; from summitfix.core import Document; from summitfix.passes.spam import spam; list(spam(Document('A plain sentence.')))\n"
        "print([name for name in ('tomllib', 'tomli', 'lzma', 'summitfix.passes.spam.suspects') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.parametrize(
    "unit",
    [
        "릴게임 ",
        "릴게임\n",
        "a/",
        "casino. ",
        "<div style='display:none'>",
        "[.]com ",
        "𝗳𝒓",
        "99_av_",
        "카지노,",
        "http://",
        "viagra Buy. ",
        "0a",
        "( ",
        "ÆÄĪÄÚ ",
        "¸±°Ô\n",
    ],
)
def test_time_is_linear(unit):
    assert growth(lambda size: list(judging.judge(unit * (size // len(unit)), {}, boilerplate=False)), 10_000, 8) < 14


@pytest.mark.parametrize(
    "keyword",
    [
        "situs judi slot gacor hari ini RTP live 97%",
        "Buy Generic Levitra Online - Lowest Price Guaranteed",
        "hot singles near you - free adult dating",
        "daftar bandar togel terpercaya 4d",
        "casino utan svensk licens med snabba uttag",
        "파워볼 실시간 사이트 가입코드 vvip",
        "Link vào KV377 đá gà trực tuyến",
    ],
)
def test_spam_with_words_that_no_row_has_is_known_by_the_word_it_splits(keyword):
    before = "\n".join([split(ENGLISH[0], "har", keyword), *ENGLISH[1:]])
    assert cleaned(before) == "\n".join(ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "The commission wrote that the gov\nonline casino bonus is what most players come for.",
        "Those who play know the best\nonline casino bonus rarely pays, and those who run them know it too.",
        "It is hard to say in\nno deposit casino terms come as a rule what a player may keep.",
    ],
)
def test_wrapped_lines_of_prose_about_the_subject_stay(text):
    assert cleaned(text) == text
