"""A first look that costs clean text next to nothing: may there be spam at all?

The text is looked at as lower-case UTF-8, where `bytes.split`, `bytes.find` and `bytes.translate` work at 60 to 1,500 MB/s: all together
about 20 MB/s for English, Greek and Cyrillic, 4 million characters a second for Korean and Chinese, on a busy machine. It asks for words that
every Latin or Cyrillic phrase of the table has one of, for stems of the phrases of scripts that have no spaces, for markup that hides, for fancy
letters, and for a few letters of another script where an injected line could begin.
"""

from __future__ import annotations

import re
from functools import cache
from operator import add

WORDS = """
1xbet ufabet pk10 bbin aams accutane adderall ads agen ambien apostas apuestas azino assignment automaty baccarat backlinks bahis bandarqq bandar bednovel
betting bik bingo bkr blackjack bonus bonuses bonusu bookmaker boxnovel bukmacher bukmacherskie casibom casino casinos casinò cassino cassinos cbd
chwilówka chwilówki cialis clomid coquine coursework cul dating depozytu dissertation dominoqq dépôt depósito enlargement enhancement escort escorts essay
essays followers forex freespin freewebnovel freispiele führerschein gacor gamstop gambling ghostwriter gokkasten gucci gummies homework iddaa innread
ivermectin jackpot jerseys judi kamagra kasino kasinot kasyna kasyno kumar lightnovelpub lightnovelworld levitra loan loans lån machines maxwin mahjong
modafinil nettikasino nettikasinoita nettikasinot níqueis novelbin novelfull novelpub olympus onlyfans outlet oxycontin pandanovel paris payday pharmacy
phentermine pikavippi pills poker porn potenzmittel pożyczka pożyczki prescription priligy propecia pulsa qq readnovelfull replica rodadas rolex roleta
roulette rtp rulet ruletka ruleta sabung sbobet schufa scommesse seguidores sightings sildenafil singles situs slot slots spelautomater spielautomaten
spielothek spilleautomater spins spiny sportifs sportsbook sportwetten sterydy tadalafil tigrinho tiger togel toto tragamonedas tragaperras tramadol ugg
unlawfully uc valium vardenafil viagra voyance vuitton wager watches webcam webnovel wettanbieter wuxiaworld xanax xenical xxx pfizer uptodate plagiarism
signals cams videos leaks handbags sites ban préstamos créditos empréstimo prestiti pagando kopen lenen giros licens unauthorized zeus crédit cá cược cái
xổ xỉu xóc đá đề hũ nạp kèo cầu độ bài казино вулкан бонус бонусы ставки рулетка покер слоты джекпот букмекер букмекерская фриспины азино лотерея автоматы
аппараты зеркало диплом дипломная займ займы микрозайм виагра виагру сиалис проститутки проститутку индивидуалки кредит курсовая реферат накрутка дженерики
дженерик закладки знакомства заработок регистрацию деньги бездепозитный كازينو مراهنات المراهنات فياجرا روليت chapters novels scatter menang akun potongan
bạc giriş tekli джойказино thesis paper papers advance hosting earn guest girls giri bono boas talletusta machine novel chapter episodes taken reading
originates narrative stolen amazon consent home source original updated newsletter scroll promoted sponsorizzato sponsorowany reklamą reklamou annonsen
annoncen leyendo kaydırın gulir lanjut advertisement advertisements advertising sponsored anzeige werbung publicité publicidad pubblicità publicidade
advertentie reklama annons annonse annonce mainos реклама рекламы reklam inzerce iklan anúncio
"""
"""Every phrase of a spaced language in the table has one of these words, and so has every line of site furniture."""

STEMS = """
飞机 电报 電報 威信 微信 加微
콜걸 슬롯 급전 베팅 토토 맞고 먹튀 잭팟 배팅 포커 일수 홀덤 오션 경마 안마 백경 룰렛 대출 골드몽 바카라 현금화 황금성 파워볼 출장 신천지 정력제 카지노
최음제 알라딘 야마토 파칭코 미프진 빠찡꼬 빠칭코 릴게임 릴박스 손오공 마사지 바둑이 머니 블랙잭 낙태약 바다신 유흥 아드레닌 레비트라 시알리스 비아그라
오피 놀이터 사다리 체리마스터 흥분제 치료제 방지제 바다이야기 사이트 게임 광고 무료 赌 賭 熟女 约炮 无码 色情 麻豆 黄色 皇冠 成人 偷拍 自拍 裸聊 投注
体彩 捕鱼 下注 葡京 金沙 人妻 博彩 棋牌 情色 永利 牛牛 快三 彩票 时时彩 時時彩 三级片 笔趣阁 筆趣閣 六合彩 老虎机 老虎機 娱乐城 娛樂城 弹窗 彈窗
太阳城 百家 现金网 現金網 最新網址 最新网址 百度搜索 本章未完 首发域名 首發域名 一秒记住 电子 游艺 pk10 德州扑克 送金 送彩金 威尼斯人 txt下载 av 一区
一區 国产 精品 轮盘 斗地主 bbin 現金 日韩 免费视频 在线观看 中文字幕 亚洲 欧美 午夜 激情 二区 三区 美女 老妇 性感 小說 阅读 閱讀 首发 网址 域名 章节
更新 收藏 手机 阅读网 顶点小说 请收藏 全本小说 澳门 澳門 首存 真人 丝袜 性视频 久久 线上 福利 赛车 广告 廣告 最新章节 点击下一页 小说 コーチ 融資 闇金
激安 通販 副業 援交 コピー 無修正 グッチ 逆援助 プラダ 現金化 バカラ n級品 カジノ 出会い系 スロット パチスロ デリヘル エルメス ポーカー 裏ビデオ
シャネル レプリカ オンカジ セリーヌ パチンコ ロレックス 募集 ルーレット ブランド 出金 アウトレット ルイヴィトン モンクレール ブックメーカー 競馬
ブラックジャック 入金不要 広告 スポンサー หวย ไฮโล พนัน สล็อต ufabet คาสิโน ยิงปลา แทงบอล รูเล็ต บาคาร่า เว็บตรง เครดิต โป๊กเกอร์ ฝากถอน โบนัส
เอเย่นต์
"""
"""Every phrase of an unspaced language in the table has one of these in it."""

MARKUP = {
    b"<": (b"1px", b"display:", b"overflow:", b"visibility:", b"-9999", b"font-size:"),
    b"[": (b"[url=", b"[.]", b"](http"),
    b"(": (b"(.)",),
    b"/": (b"t.me/",),
}
"""What hides a link or chops up a name, by a sign that plain prose hardly has."""

PLAIN = bytes(
    byte if byte >= 0x80 or chr(byte).isdigit() or chr(byte).islower() else ord(chr(byte).lower()) if chr(byte).isupper() else 0x20 for byte in range(256)
)
"""Lower case, and spaces for signs."""

FANCY = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff5a\u24b6-\u24e9]")
FANCY_LEADS = (b"\xf0\x9d", b"\xef\xbc", b"\xef\xbd", b"\xe2\x92", b"\xe2\x93")
WIDTHLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
BEGINNING = "(?:^|[\n.!?…])[ \t>*•-]{0,4}[%s]"
GROUPS = (
    # the bytes that begin its letters in UTF-8, a range of its letters
    (range(0xCD, 0xD0), "\u0370-\u03ff"),
    (range(0xD0, 0xD4), "\u0400-\u052f"),
    (range(0xD6, 0xDC), "\u0590-\u06ff"),
    (range(0xE0, 0xE2), "\u0900-\u0fff"),
    (range(0xE3, 0xEA), "\u3040-\u30ff\u3400-\u9fff"),
    (range(0xEA, 0xEE), "\u1100-\u11ff\uac00-\ud7af"),
)
"""Scripts; one that is rare in a text is looked for where a line or a sentence begins."""

UNSPACED = bytes(range(0xE0, 0xEE))
"""The bytes that begin letters of scripts that are written without spaces, or joined freely."""

RARE = 4
"""A script with less than one in this many of a text's characters may be foreign to it."""


def may_hold_spam(text: str) -> bool:
    """Whether the text must be looked at closely. Never false for a text that the pass would change.

    >>> may_hold_spam("An ordinary sentence."), may_hold_spam("Write to us.\\nCheap pills, best price"), may_hold_spam("So said\\n릴게임몰메가 he.")
    (False, True, True)
    """
    data = (text if text.isascii() else text.lower()).encode("utf-8", "surrogatepass")
    for character in () if text.isascii() else WIDTHLESS:
        data = data.replace(character.encode(), b"")
    plain = data.translate(PLAIN)
    if not _words().isdisjoint(plain.split()) or any(sign in data and any(mark in data for mark in marks) for sign, marks in MARKUP.items()):
        return True
    if text.isascii():
        return False
    if _count(data, UNSPACED) > _count(data, b"\xe2") and _has_stem(text):
        return True
    if any(lead in data for lead in FANCY_LEADS) and FANCY.search(text):
        return True
    return any(_begins_rarely(text, data, bytes(leads), letters) for leads, letters in GROUPS)


def _has_stem(text: str) -> bool:
    """Whether one of the stems stands in a text: of 260 all but a few are ruled out at once by the pairs of characters that it has."""
    text = text.translate(dict.fromkeys(map(ord, WIDTHLESS))) if any(character in text for character in WIDTHLESS) else text
    text = text if text.islower() else text.lower()
    pairs = set(map(add, text, text[1:]))
    return any(pairs.issuperset(map(add, stem, stem[1:])) and stem in text for stem in STEMS.split())


def _count(data: bytes, leads: bytes) -> int:
    """How many of the bytes `leads` there are."""
    return len(data) - len(data.translate(None, leads))


def _begins_rarely(text: str, data: bytes, leads: bytes, letters: str) -> bool:
    """Whether a line or a sentence begins in a script that is rare in the text."""
    return 0 < _count(data, leads) * RARE < len(text) and bool(re.search(BEGINNING % letters, text))


@cache
def _words() -> frozenset[bytes]:
    return frozenset(word.encode() for word in WORDS.split())
