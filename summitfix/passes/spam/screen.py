"""A first look that costs clean text next to nothing: may there be spam at all?

The text is looked at as lower-case UTF-8, where `bytes.split`, `bytes.find` and `bytes.translate` work at 60 to 1,500 MB/s. It asks for words that
every Latin or Cyrillic phrase of the table has one of, for stems of the phrases of scripts that have no spaces, for markup that hides, for fancy
letters, and for a few letters of another script where an injected line could begin.
"""

from __future__ import annotations

import re
from functools import cache

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

MARKUP = (
    *(b"[url=", b"[.]", b"(.)", b"1px", b"display:", b"overflow:", b"visibility:", b"-9999", b"font-size:", b"](http", b"t.me/"),
    *("飞机".encode(), "微信".encode(), "威信".encode()),
)
"""What hides a link, chops up a name, or tells a contact."""

PLAIN = bytes(
    byte if byte >= 0x80 or chr(byte).isdigit() or chr(byte).islower() else ord(chr(byte).lower()) if chr(byte).isupper() else 0x20 for byte in range(256)
)
"""Lower case, and spaces for signs."""

LATIN = bytes(byte for byte in range(256) if not (0xCD <= byte <= 0xDF or byte in (0xE0, 0xE1) or 0xE3 <= byte <= 0xED or byte == 0xF0))
"""Bytes that do not begin a letter of another script in UTF-8."""

FANCY = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff5a\u24b6-\u24e9]")
BEGINNING = "(?:^|[\n.!?…])[ \t>*•-]{0,4}[%s]"
GROUPS = ("\u0370-\u03ff", "\u0400-\u052f", "\u0590-\u06ff", "\u0900-\u0dff", "\u0e00-\u0e7f", "\u1100-\u11ff\uac00-\ud7af", "\u3040-\u30ff\u3400-\u9fff")
"""Scripts; one that is rare in a text is looked for where a line or a sentence begins."""

RARE = 4
"""A script with less than one in this many of a text's characters may be foreign to it."""


def may_hold_spam(text: str) -> bool:
    """Whether the text must be looked at closely. Never false for a text that the pass would change.

    >>> may_hold_spam("An ordinary sentence."), may_hold_spam("Write to us.\\nCheap pills, best price"), may_hold_spam("So said\\n릴게임몰메가 he.")
    (False, True, True)
    """
    ascii_only = text.isascii()
    data = (text if ascii_only else text.lower()).encode("utf-8", "surrogatepass")
    plain = data.translate(PLAIN)
    if not _words().isdisjoint(plain.split()) or any(mark in data for mark in MARKUP):
        return True
    if ascii_only:
        return False
    others = len(data.translate(None, LATIN))
    if not others:
        return False
    return any(stem in data for stem in _stems()) or bool(FANCY.search(text)) or _has_foreign_beginning(text)


def _has_foreign_beginning(text: str) -> bool:
    """Whether a line or a sentence begins in a script that is rare in the text."""
    return any(re.search(BEGINNING % group, text) and len(re.findall(f"[{group}]", text)) * RARE < len(text) for group in GROUPS)


@cache
def _words() -> frozenset[bytes]:
    return frozenset(word.encode() for word in WORDS.split())


@cache
def _stems() -> tuple[bytes, ...]:
    return tuple(stem.encode() for stem in STEMS.split())
