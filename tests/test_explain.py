"""The story of a change: what it says is worked out again from the text, is true, and fits a terminal."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import SENTENCES

import summitfix
from summitfix import codecs, retelling
from summitfix.core import Change, Reason
from summitfix.explain import stories, story
from summitfix.files import Block, blocks
from summitfix.rereading import STEPS, Step
from summitfix.terminal import wide


def told(text: str, before: str, after: str, *reasons: tuple[str, str, float], encoding: str = "utf-8") -> str:
    """The story of a change of the first `before` in a text."""
    block = Block(text, encoding, text.encode(encoding), b"", "given")
    lines = story(block, Change(text.index(before), before, after, tuple(Reason(*reason) for reason in reasons)))
    assert max(map(wide, lines)) <= 80
    return "\n".join(lines) + "\n"


def test_mojibake_with_its_runner_up() -> None:
    note = "utf-8 read as cp1252; 22 nats likelier than the text as it stands; next, 25 nats behind: 'wasnít', mac-roman read as cp1252"
    assert told("One\nIt wasnâ€™t true.", "â€™", "’", ("mojibake.utf-8-as-cp1252", note, 0.99999)) == (
        """\
line 2, column 8 (offset 11, byte 11; utf-8)
  before                â€™
                        U+00E2 U+20AC U+2122
  in the file           C3 A2 E2 82 AC E2 84 A2
  after                 ’
                        U+2019

mojibake.utf-8-as-cp1252: utf-8 read as cp1252
  meant                 ’
  in utf-8              E2 80 99
  read as cp1252        â€™
  gain                  22 nats likelier than the text as it stands
  next                  25 nats behind: 'wasnít', mac-roman read as cp1252

Sure: 99.9 %, where 90.0 % is enough.
"""
    )


def test_what_was_decoded_and_then_cut() -> None:
    """Spam in CP949 that a fixer took for UTF-8 in parts: the text that was meant is no longer there, and is shown all the same."""
    spam = "¹Ù´ÙÀ̾߱â¸±°ÔÀÓ"
    story_of_it = told(
        f"Lines.\n{spam}President Lee said so.",
        spam,
        "",
        ("mojibake.cp949-as-latin-1-islands", "cp949 read as latin-1, partly read again as utf-8; 115 nats likelier than the text as it stands", 1.0),
        ("spam.reel-games", "spam: 바다이야기릴게임, 7 points (glued, phrase, word of the trade)", 0.991),
    )
    assert story_of_it == (
        """\
line 2, column 1 (offset 7, byte 7; utf-8)
  before                ¹Ù´ÙÀ̾߱â¸±°ÔÀÓ
                        U+00B9 U+00D9 U+00B4 U+00D9 U+00C0 U+033E U+07F1 U+00E2
                        U+00B8 U+00B1 U+00B0 U+00D4 U+00C0 U+00D3
  in the file           C2 B9 C3 99 C2 B4 C3 99 C3 80 CC BE DF B1 C3 A2 C2 B8 C2
                        B1 C2 B0 C3 94 C3 80 C3 93
  after                 nothing

mojibake.cp949-as-latin-1-islands: cp949 read as latin-1, partly read again as
    utf-8
  meant                 바다이야기릴게임
  in cp949              B9 D9 B4 D9 C0 CC BE DF B1 E2 B8 B1 B0 D4 C0 D3
  read as latin-1       ¹Ù´ÙÀÌ¾ß±â¸±°ÔÀÓ
  since then            "Ì¾ß±" was read again as utf-8: """
        + '"\u033e\u07f1"'
        + """
  gain                  115 nats likelier than the text as it stands
  confidence            99.9 %

spam.reel-games: 7 points of 6
  says                  바다이야기릴게임
  +3                    glued
  +3                    phrase
  +1                    word of the trade
  confidence            99.1 %

Sure: 99.1 %, where 90.0 % is enough.
"""
    )


def test_an_unsure_guess_says_what_would_settle_it() -> None:
    assert told("Er lief los ? und kam an.", "?", "—", ("glyphs.clause", "clause", 0.622), encoding="cp949") == (
        """\
line 1, column 13 (offset 12, byte 12; cp949)
  before                ?
                        U+003F
  in the file           3F
  after                 —
                        U+2014

glyphs.clause: clause
  restored              the dash between clauses
  codec                 cp949 has no —: a converter to it had to lose it

Unsure: 62.2 %, where 90.0 % is enough. --unsure makes it all the same, and -i
asks. More glyphs lost alike in the same text would settle it; so would
--language.
"""
    )


def test_a_flag_changes_nothing_and_says_so() -> None:
    found = told("Advertisement\nSome prose.", "Advertisement", "Advertisement", ("spam.boilerplate", "site furniture: Advertisement", 0.5))
    assert "  after" not in found
    assert found.endswith("\nspam.boilerplate: site furniture: Advertisement\n\nFlagged: it looks suspicious, and stays as it is. --boilerplate cuts it.\n")


SINCE = {
    # what became of a misreading, and what the story says of it
    "dropped": ("â€", "”", "U+009D is gone"),
    "lost": ("â€?", "”", 'U+009D became "?": a codec had no such character'),
    "replaced": ("â€\ufffd", "”", "U+009D became U+FFFD: a decoder had no character for it"),
    "straightened": ('â€"', "—", "U+201D was straightened to U+0022"),
    "blank": ("Ã ", "à", 'U+00A0 was straightened to " "'),
    "entities": ("&acirc;&euro;&trade;", "’", "U+00E2 U+20AC U+2122 was written in entities: &acirc;&euro;&trade;"),
    "lowered": ("ã©", "é", 'U+00C3 was lowered to "ã"'),
}


@pytest.mark.parametrize(("before", "after", "fate"), SINCE.values(), ids=SINCE)
def test_what_became_of_a_misreading_since(before: str, after: str, fate: str) -> None:
    found = told(f"x {before}", before, after, ("mojibake.utf-8-as-cp1252", "utf-8 read as cp1252", 0.99))
    assert f"  meant                 {after}\n  in utf-8              {after.encode().hex(' ').upper()}\n" in found
    assert f"  since then            {fate}" in re.sub(r"\n {24}(?=&)", " ", found)


@pytest.mark.parametrize(
    ("before", "after", "codec", "read", "fate"),
    [
        ("?먯꽌", "에서", "cp949", "\ufffd먯꽌", 'the bytes that are no character became "?"'),  # Windows takes two bytes for one loss
        ("\ufffd씤", "인", "cp949", "\ufffd씤", ""),  # others take one, and go on behind it
        ("鎬?", "性", "gbk", "鎬\ufffd", 'the bytes that are no character became "?"'),
    ],
)
def test_bytes_that_a_codec_of_two_bytes_lost(before: str, after: str, codec: str, read: str, fate: str) -> None:
    found = told(f"x {before}", before, after, (f"mojibake.utf-8-as-{codec}", f"utf-8 read as {codec}, bytes lost", 0.99))
    assert f"  read as {codec:<13} {read}\n" in found
    assert (f"  since then            {fate}" in found) if fate else ("since then" not in found)


def test_two_misreadings_are_told_in_their_order() -> None:
    found = told(
        "Ã„Ã®Ã¡Ã°Ã»Ã©", "Ã„Ã®Ã¡Ã°Ã»Ã©", "Добрый", ("mojibake.cp1251-as-latin-1+utf-8-as-cp1252", "cp1251 read as latin-1, then utf-8 read as cp1252", 0.99)
    )
    assert [line.split("  ")[1] for line in found.splitlines() if re.match("  (?:meant|in [a-z]|read)", line)][1:] == [
        "meant",
        "in cp1251",
        "read as latin-1",
        "in utf-8",
        "read as cp1252",
    ]
    assert "since then" not in found


def test_half_a_character_is_told_by_the_word_around_it() -> None:
    """The second byte of `―` is an ASCII letter, which the change leaves where it is no part of what differs."""
    meant = "データベース"
    read = retelling.misread(meant, (Step("cp932", "latin-1"),))
    found = told(f"see {read} there", read[:1], "デ", ("mojibake.cp932-as-latin-1", "cp932 read as latin-1", 0.99))
    assert f"  meant                 {meant}\n" in found
    assert "since then" not in found


def test_long_texts_are_told_by_their_beginning() -> None:
    found = told("a" * 50_000, "a" * 50_000, "", ("spam.casino", "spam: aaa, 9 points (hidden, phrase)", 0.99))
    assert len(found.splitlines()) < 30
    flat = " ".join(found.split())
    assert f"before {'a' * 40}… (50000 code points)" in flat and f"in the file {'61 ' * 39}61… (50000 bytes)" in flat


@pytest.mark.parametrize(
    ("language", "meant", "read"), [("ru", "cp1251", "latin-1"), ("ko", "cp949", "latin-1"), ("fr", "utf-8", "cp1252"), ("ja", "cp932", "cp1252")]
)
def test_the_stories_of_real_repairs_are_whole(language: str, meant: str, read: str) -> None:
    """Whatever the model says of them: each misreading is worked out again without a remainder, and its gain is told."""
    text = codecs.decode(codecs.encode(SENTENCES[language][0], meant), read)
    repair = summitfix.repair(text)
    assert repair.changes
    (block,) = blocks(io.BytesIO(text.encode()))
    told_in_order = list(stories(block, repair))
    assert told_in_order == [story(block, change) for change in sorted([*repair.changes, *repair.doubts])]
    for change in repair.changes:
        lines = story(block, change)
        assert sum(line.startswith("  meant ") for line in lines) == len(change.why)
        assert not any(line.startswith("  since then") for line in lines)
        assert any(line.startswith("  gain ") for line in lines)
        assert max(map(wide, lines)) <= 80


def test_the_evidence_for_spam_is_told_point_by_point() -> None:
    text = "The council promised a stable relationshi\n릴게임몰메가 p with its neighbours, and the mayor agreed to it."
    (change,) = summitfix.repair(text).changes
    (block,) = blocks(io.BytesIO(text.encode()))
    found = "\n".join(story(block, change))
    points = [int(sign) for sign in re.findall(r"^  ([+-]\d+) ", found, re.MULTILINE)]
    assert f"spam.reel-games: {sum(points)} points of 6" in found and "  says                  릴게임몰메가" in found


HOSTILE = st.text(st.sampled_from("aÃ©â€™?&;’\n\t\x1b\u202e\udcff漢가") | st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE), st.lists(st.sampled_from(STEPS), min_size=1, max_size=2), st.floats(0, 1))
@settings(max_examples=150)
def test_no_story_harms_a_terminal(texts: tuple[str, str, str, str], steps: list[Step], confidence: float) -> None:
    head, before, after, note = texts
    text = head + before + head
    block = Block(text, "utf-8", text.encode("utf-8", "surrogateescape"), b"", "given")
    why = (
        Reason("mojibake." + "+".join(step.name for step in steps), f"x; {note}; next, {note}", confidence),
        Reason("spam.casino", f"spam: {note}, 3 points ({note})", confidence),
    )
    for reasons in (why, why[:1], (Reason("glyphs.clause", note, confidence),), ()):
        lines = story(block, Change(len(head), before, after, reasons))
        assert max(map(wide, lines)) <= 80
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", "".join(lines))
