"""What is looked at first in search of spam hides nothing: what is found behind it is what judging everything finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from random import Random
from unicodedata import category

import pytest
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import SENTENCES

from summitfix.core import Change, Document
from summitfix.passes.spam import folding, judging, look, page, phrases, rows, screen, spam
from summitfix.passes.spam.suspects import suspects
from summitfix.scripts import marks

LANGUAGES = sorted(SENTENCES)
ROWS = rows.packaged().families
PHRASES = sorted({phrase for row in ROWS for phrase in row.strong + row.weak + row.hits} | {line for line, _ in rows.packaged().furniture})
LURES = sorted({phrase for row in ROWS for phrase in row.lure})
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
BOLD = {0x61 + i: 0x1D5EE + i for i in range(26)}
LINKS = (
    "www.abc88.com",
    "t.me/abc",
    "QQ：123456",
    "微信:abc123",
    "LINE: @abc99",
    "飞机:@abcde 9988.com",
    "abc[.]com",
    "abc．ｃｏｍ",
    "abc。c0m",
    "bet365",
    "slot88 bonus",
)

DISGUISES = (
    str,
    str.upper,
    str.title,
    " ".join,
    lambda phrase: phrase.translate(FULL_WIDTH),
    lambda phrase: phrase.translate(BOLD),
    lambda phrase: phrase.replace("o", "0").replace("i", "1"),
    lambda phrase: phrase.replace("a", "а").replace("o", "о"),
    lambda phrase: phrase.replace("а", "a").replace("о", "o"),
    lambda phrase: phrase[:1] + "\u200b" + phrase[1:],
    lambda phrase: phrase.replace(" ", " - "),
    lambda phrase: phrase.replace(" ", "\u00a0"),
    lambda phrase: phrase.replace(" ", "\n"),
    lambda phrase: f"“{phrase}”",
    lambda phrase: f"«{phrase}»,",
    lambda phrase: f"{phrase}。",
    lambda phrase: f'<div style="display:none"><a href="https://x.example/">{phrase}</a> <a href="https://y.example/">y</a></div>',
)

PLACES = (
    lambda phrase, head, tail: f"{head}\n{phrase} {tail}",
    lambda phrase, head, tail: f"{head}\n{phrase}{tail}",
    lambda phrase, head, tail: f"{head}\n{phrase}\n{tail}",
    lambda phrase, head, tail: f"{head}{tail}\n{phrase}",
    lambda phrase, head, tail: f"{phrase}{head}{tail}",
    lambda phrase, head, tail: f"{head}{tail}{phrase}",
    lambda phrase, head, tail: f"{head}{phrase}{tail}",
    lambda phrase, head, tail: f"{head} {phrase} {tail}",
    lambda phrase, head, tail: f"{head}{tail}\n\n{phrase}\n",
)


def on(text: str) -> list[Change]:
    return list(spam(Document(text)))


def off(text: str) -> list[Change]:
    return list(judging.judge(text, {}, boilerplate=False))


def injected(random: Random, clean: Iterable[str], times: int) -> str:
    """A text of clean lines, with phrases in all disguises at all places."""
    lines = list(clean)
    for _ in range(times):
        phrase = random.choice(DISGUISES)(random.choice(PHRASES))
        if random.random() < 0.4:
            phrase += random.choice(("", " ", ", ", "|")) + random.choice((random.choice(LURES), random.choice(PHRASES), random.choice(LINKS)))
        number = random.randrange(len(lines))
        at = random.randrange(len(lines[number]) + 1)
        lines[number] = random.choice(PLACES)(phrase, lines[number][:at], lines[number][at:])
    return random.choice(("\n", "\n", "\n\n", "\r\n", "\r")).join(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_injected_is_hidden(language: str) -> None:
    random = Random(language)
    for _ in range(10):
        lines = SENTENCES[language] * random.choice((1, 1, 4)) + SENTENCES[random.choice(LANGUAGES)][:1] * random.choice((0, 0, 1))
        text = injected(random, lines, random.choice((1, 1, 2, 3)))
        assert on(text) == off(text), text


@given(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3), st.integers(0, 4), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_nothing_is_hidden_in_any_text(languages: list[str], times: int, random: Random) -> None:
    text = injected(random, [line for language in languages for line in SENTENCES[language]], times)
    assert on(text) == off(text)


@given(st.text(st.sampled_from("ab оa0i\n\r .,“»카지노 슬롯赌场娱乐สล็อต\u200bÉßİıﬁ①𝗯:@<>[]()/-"), max_size=60), st.sampled_from(PHRASES), st.integers(0, 60))
@settings(max_examples=100)
def test_nothing_is_hidden_among_odd_characters(text: str, phrase: str, at: int) -> None:
    text = text[:at] + phrase + text[at:]
    assert on(text) == off(text)


@pytest.mark.parametrize(
    "text",
    [
        "The council met.\nslot resmiEm conclusion, nothing was said about it.",
        "He said: “casino online” is closed.",
        "Il a fermé le casino\u00a0en\u00a0ligne hier soir, et la rue aussi.",
        "buy v1agra onl1ne now",
        "Вечером открыли казинo онлайн, и все пошли домой.",
        "अब casino onlineा यहाँ है।",
        "The best bet365 bonus of the year is here.",
        "Write to\nLINE: @abc123 飞机：@abc15688 today.",
        "今天天气很好。》376838.com》，威《zdn200》 飞机：@lc15688我们去公园。",
        "He read it twice.\nAdvertisement\nThen he read it to his daughter, who laughed so much that the neighbours came.",
        "plan - cul gratuit",
        "国产 a v 在线",
    ],
)
def test_what_a_simple_look_would_miss(text: str) -> None:
    assert on(text) == off(text)


def test_a_long_text_is_judged_as_a_whole_one() -> None:
    """What stands far from the suspects counts too: the language, the script, the words, the trade."""
    random = Random(6)
    for language in ("en", "fr", "ru", "ko", "zh-hans", "ja", "th", "ar", "tr"):
        lines = [random.choice(SENTENCES[language]) for _ in range(120)]
        for number in random.sample(range(120), 4):
            lines[number] = injected(random, [lines[number]], 1)
        for end in ("\n", "\n\n", "\r\n"):
            text = end.join(lines)
            assert on(text) == off(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_clean_text_is_not_judged(language: str) -> None:
    found = look.look("\n".join(SENTENCES[language] * 2))
    assert found is None or suspects(found, rows.NO_ROWS) == []


@pytest.mark.parametrize("text", ["The casino opened in 1953.", "A gambling law was passed.\nThe lottery sold fewer tickets."])
def test_words_of_the_trade_alone_are_no_reason_to_judge(text: str) -> None:
    found = look.look(text)
    assert found is not None
    assert suspects(found, rows.NO_ROWS) == []


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_scripts_and_words_are_counted_as_one_by_one(text: str) -> None:
    text = text.replace("\r", "")
    assert page.letters(text) == Counter(filter(str.isalpha, marks(text)))
    assert page.words(text) == Counter(phrases.WORD.findall(folding.matched(text)))


def test_what_is_not_folded_needs_no_folding() -> None:
    """All that the screen takes as it is in small letters is folded to itself, and is a letter, a mark or unassigned."""
    for character in map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x20000))):
        if not re.match(folding.STRANGE, character) and character == character.lower():
            assert folding.fold(character) == character, hex(ord(character))
            assert character.isalnum() or category(character)[0] in "MC", hex(ord(character))


def test_a_phrase_is_seen_wherever_it_stands_in_a_long_text() -> None:
    """The screen looks at a text a piece at a time: no phrase falls between two of them."""
    for phrase in ("buy research papers online", "казино", "viagra"):
        for before in range(look.PIECE - 80, look.PIECE + 10, 7):
            found = look.look("so " * (before // 3) + "x" * (before % 3) + f" {phrase} and so on. " + "so " * 9000)
            assert found is not None
            assert found.places


def test_a_word_without_end_takes_time_in_proportion() -> None:
    def read(number: int) -> None:
        assert not look.look("a " * 3000 + "x" * number + " so" * 3000)

    assert growth(read, 2_000_000, 8) < 20


@pytest.mark.parametrize(
    "unit", ["casino ", "casino\n", "릴게임 ", "릴 게임\n", "av 国", "a1", "bet3", "aB c", "aб ", "((.", "line:", "9.com ", "«»ÄÖ", "é\nα "]
)
def test_time_is_linear(unit: str) -> None:
    assert growth(lambda size: on(unit * (size // len(unit))), 20_000, 8) < 14


@pytest.mark.parametrize("text", ["BUY VIAGRA", "КАЗИНО", "ＣＡＳＩＮＯ", "cаsinо", '<P STYLE="DISPLAY:NONE"><A HREF="HTTP://X.EXAMPLE">x</A></P>'])
def test_capitals_and_disguises_hide_nothing_from_the_screen(text: str) -> None:
    assert look.look(text) is not None


def test_rows_of_a_user_are_seen_behind_the_screen() -> None:
    added = rows.read_rows(
        '[[family]]\nname = "pets"\nlanguage = "en"\nstrong = "discount llamas"\n\n[[family]]\nname = "tea"\nlanguage = "zh"\nstrong = "便宜茶叶"', "x.toml"
    )
    for text in ("He was late for the har\ndiscount llamas bour and left it.", "便 宜茶叶", "discount - llamas"):
        assert list(spam(Document(text), rows=added)) == list(judging.judge(text, {}, boilerplate=False, added=added)) != []


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece that is forgotten is looked at again, a long one each time."""
    monkeypatch.setattr(screen, "KEPT", 40)
    screen._seen.cache_clear()
    random = Random(2)
    for language in LANGUAGES:
        text = injected(random, [*SENTENCES[language], "x" * 5000 + "casino" * 900], 1)
        assert on(text) == off(text)
        kept = {*screen._seen(None)._plain, *screen._seen(None)._signed}
        assert len(kept) < 200
        assert all(len(piece) <= screen.LONG for piece in kept)
    screen._seen.cache_clear()


def test_a_word_of_the_trade_is_no_reason_to_look_where_no_phrase_is() -> None:
    """`approval` stands for phrases of which nothing else is there; the rest of one may stand on the line before."""
    assert screen.looked_at("The plan needs the approval of the council, and the net was mended.") is None
    assert screen.looked_at("Nobody reads\nthis casino\nonline page") is not None
