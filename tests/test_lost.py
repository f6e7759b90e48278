"""UTF-8 that a codec of Chinese, Japanese or Korean read, with bytes lost: what is found again is right, and nothing else is touched."""

from __future__ import annotations

import pytest
from sentences import SENTENCES

import summitfix
from summitfix import codecs
from summitfix.core import SURE, Repair, apply
from summitfix.rereading import lost
from summitfix.rereading.edges import COMPATIBLE, MARKS, pairs
from summitfix.rereading.lattice import restore
from summitfix.rereading.lost import may_have_lost

WAYS = ("windows", "browser", "careful")
"""How programs mark bytes that are no character: a mark for two of them, whatever the second; U+FFFD for two, but for an ASCII sign; U+FFFD for one."""


def misread(text: str, codec: str, way: str) -> tuple[str, dict[int, int]]:
    """UTF-8 read as a codec, and where the damaged text and the text stand at the same byte: offset in the one -> offset in the other."""
    data, valid = text.encode(), pairs(codec)
    offsets, at = {}, 0
    for number, char in enumerate(text):
        offsets[at] = number
        at += len(char.encode())
    offsets[at] = len(text)
    result, same, i = "", {0: 0}, 0
    while i < len(data):
        lead, trail = data[i], data[i + 1] if i + 1 < len(data) else 0
        if lead < 0x80:
            result, i = result + chr(lead), i + 1
        elif lead << 8 | trail in valid:
            result, i = result + codecs.decode(data[i : i + 2], codec), i + 2
        elif lead == 0x80 or (codec == "cp932" and 0xA0 <= lead <= 0xDF):
            result, i = result + codecs.decode(data[i : i + 1], codec), i + 1
        else:
            result += MARKS[codec][0] if way == "windows" else "\ufffd"
            i += 2 if way == "windows" or (way == "browser" and trail >= 0x80) else 1
        if i in offsets:
            same[len(result)] = offsets[i]
    return result, same


LOSING = [
    (language, number, codec, way)
    for language, codec in (("ko", "cp949"), ("ja", "cp932"), ("zh-hans", "gbk"), ("zh-hant", "big5"), ("ko", "gbk"), ("ja", "gbk"))
    for number in range(3)
    for way in WAYS
]

SPELLED = [(language, number, codec, way) for language, codec in (("hy", "cp949"), ("el", "cp949"), ("uk", "big5")) for number in range(3) for way in WAYS]
"""Alphabets, of which nobody can guess the letters."""


@pytest.mark.parametrize(("language", "number", "codec", "way"), LOSING + SPELLED)
def test_what_is_sure_is_right(language: str, number: int, codec: str, way: str) -> None:
    text = SENTENCES[language][number]
    damaged, same = misread(text, codec, way)
    found = summitfix.repair(damaged, only=["mojibake"])
    assert apply(damaged, found.changes) == found.after
    for change in found.changes:
        assert change.start in same and change.end in same, change
        assert change.after == text[same[change.start] : same[change.end]], change


@pytest.mark.parametrize("text", ["子どもたち??????????????????? ????????????????????????????", "?���?謔?篧?鴔€"])
def test_a_line_of_marks_is_not_looked_into(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(lost, "restore", lambda *_: pytest.fail("they took eight seconds and half a minute"))
    summitfix.repair(text)


def test_half_a_lost_pair_may_stand_before_what_the_codec_lacks() -> None:
    """Every way that was likely led to half a pair, and none on from there: `琯` is not in cp932."""
    assert restore("���琯恝郭關", "cp932", "zh-hant", True, {})[1]


def score(least: float) -> tuple[int, int, int]:
    """Of all sentences: places where bytes were lost, those that were changed, and those that became what they were."""
    lost = made = right = 0
    for language, number, codec, way in LOSING:
        text = SENTENCES[language][number]
        damaged, same = misread(text, codec, way)
        found = summitfix.repair(damaged, only=["mojibake"], least=least)
        lost += sum(damaged.count(mark) for mark in MARKS[codec])
        for change in found.changes:
            marks = sum(change.before.count(mark) for mark in MARKS[codec])
            made += marks
            right += marks * (change.start in same and change.end in same and change.after == text[same[change.start] : same[change.end]])
    return lost, made, right


def test_most_places_are_found_by_whoever_asks_for_guesses() -> None:
    lost, made, right = score(0.5)
    assert right / lost > 0.5
    assert right / made > 0.8


def repair(text: str) -> Repair:
    found = summitfix.repair(text, only=["mojibake"])
    assert summitfix.repair(found.after, only=["mojibake"]).after == found.after
    return found


def test_a_line_is_repaired_up_to_the_loss() -> None:
    """The last character of the line has lost its last byte: 统 or 组, one of sixty-four."""
    damaged, _ = misread("// 这个函数检查输入的数据是否完整，然后返回结", "gbk", "windows")
    found = repair(damaged)
    assert found.after.startswith("// 这个函数检查输入的数据是否完整，然后返回")
    assert all(doubt.confidence < SURE for doubt in found.doubts)


def test_a_doubt_marks_the_place_and_proposes() -> None:
    damaged, _ = misread("// 사용자가 로그인하면 화면을 새로 고칩니다", "cp949", "windows")
    found = repair(damaged)
    assert "사용" in found.after
    assert found.doubts
    assert all("utf-8 read as cp949" in doubt.why[0].note for doubt in found.doubts)


def test_a_program_that_marks_single_bytes_is_recognized() -> None:
    damaged, _ = misread("파일을 저장하지 못했습니다. 다시 시도해 주세요.", "cp949", "careful")
    assert "장하지 못했습니다. " in repair(damaged).after


def test_text_that_was_normalized_since_is_read_too() -> None:
    assert COMPATIBLE["泥"] == ["\uf9e3"]
    damaged, _ = misread("처리 중입니다", "cp949", "windows")
    plain = damaged.replace("\uf9e3", "泥")
    assert plain != damaged
    assert restore(plain, "cp949", "ko", False, {})[1][0].text == "처리"


STAY = [
    "정말? 네, 정말입니다. 왜? 그냥.",
    "이게 뭐예요?? 저도 몰라요??",
    "다음 주에 만날까?그래, 좋아.",
    "你吃饭了吗?我还没吃。",
    "为什么??? 谁知道呢",
    "這是什麼?我不知道。",
    "いつ?どこで?誰が?",
    "赤・青・黄の三色を使う",
    "ジョン・スミス・ジュニア",
    "「A・B・C」から選ぶ?",
    "価格は?円です",
    "이름: ?, 나이: ?",
    "SELECT * FROM 회원 WHERE 이름 = ? AND 나이 > ?",
    "https://example.org/검색?q=날씨",
    "cond ? '예' : '아니오'",
    "값이 없으면 ?? 연산자를 씁니다",
    "文件名含有 ? 或 * 时会出错",
    "Что? Где? Когда?",
    "déjà vu? oui, bien sûr?",
    "x = a ? “yes” : “no”",
    "한글 파일이 깨져서 �만 보여요",
    "本文に�が混じっています",
    "乱码变成了���怎么办",
    "電話番号・住所・氏名を記入してください・・・",
    "カタカナ・ひらがな・漢字",
    "¿Qué? ¿Cómo?",
    "Ποιος; Τι?",
    "서울?부산?대구?",
]


@pytest.mark.parametrize("text", STAY)
def test_questions_and_dots_between_good_text_stay(text: str) -> None:
    assert may_have_lost(text) or "?" in text or "・" in text
    assert not repair(text).changes
