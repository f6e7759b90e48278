"""What is asked before an expression is compiled and before ftfy is imported: neither may hide what these would find."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import SENTENCES

from summitfix.rereading import may_be_proposed, wear
from summitfix.rereading.lossy import READ

CODECS = [step.read for step in READ]


@pytest.mark.parametrize("codec", CODECS)
@given(data=st.data())
def test_what_an_expression_finds_may_begin(codec, data):
    for pattern in (wear.screen(codec), wear.whole(codec), wear.plain(codec)):
        text = data.draw(st.from_regex(pattern))
        assert not pattern.search(text) or wear.may_begin(text, codec)


@pytest.mark.parametrize("codec", CODECS)
def test_plain_text_begins_nothing(codec):
    assert not wear.may_begin("The ferry leaves at seven; bring bread, a coat and something to read.", codec)


@pytest.mark.parametrize("codec", ["latin-1", "cp1252", "cp1250", "mac-roman"])
def test_misread_sentences_may_be_proposed(codec):
    for language in ("fr", "cs", "de"):
        for sentence in SENTENCES[language][:4]:
            damaged = "".join(wear.codecs.table(codec)[byte] for byte in sentence.encode())
            assert sentence.isascii() or may_be_proposed(damaged)


@pytest.mark.parametrize("line", ["dÃ©jÃ\xa0 vu", "dÃ©jÃ vu", "voilÃ\ufffd", "donâ€™t", "l’Ã®le", "a\x92 é b"])
def test_what_is_left_of_a_sequence_may_be_proposed(line):
    assert may_be_proposed(line)


@pytest.mark.parametrize("line", ["à sept heures, et l’île n’en a pas d’autre", "Паром отходит в семь, а другого нет.", "plain", "où ? là"])
def test_good_text_is_not_proposed(line):
    assert not may_be_proposed(line)


def test_a_misread_article_needs_no_ftfy():
    line = "Le bac part à sept heures, et l’île n’en a pas d’autre ; emportez du pain, un manteau et de la lecture.\n"
    text = ("The ferry leaves at seven, and the island has no other; bring bread, a coat and something to read.\n" * 20 + line) * 2
    program = (
        "import sys, summitfix\n"
        f"assert summitfix.fix({text.encode().decode('latin-1')!r}) == {text!r}\n"
        "print([name for name in ('ftfy', 'lzma', 'wcwidth') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"
