"""Words that are struck out together: what each by itself would be found to be, and nothing that a codec has made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import SENTENCES

from summitfix import codecs
from summitfix.language import account, costs_more
from summitfix.rereading.ordinary import core, ordinary, running
from summitfix.rereading.rows import STEPS

ALPHABETIC = {"ru": "ru", "el": "", "uk": "", "fr": "fr", "de": "de", "pl": "pl", "tr": "tr", "vi": "vi", "cs": "cs"}
"""Languages with an alphabet, and the language that is told of their documents."""


def words(language: str) -> set[str]:
    """The words of its sentences that hold a letter beyond ASCII."""
    return {word for line in SENTENCES[language] for word in line.split() if not word.isascii()}


@pytest.mark.parametrize("language", ALPHABETIC)
def test_most_words_of_clean_text_are_ordinary(language: str) -> None:
    found = words(language)
    assert 2 * len(set(ordinary(found, ALPHABETIC[language]))) > len(found)


@pytest.mark.parametrize("language", ["ko", "ja", "zh-hans", "zh-hant"])
def test_most_of_what_runs_on_without_spaces_is_ordinary(language: str) -> None:
    found = {piece for line in SENTENCES[language] for piece in line.split()}
    assert 2 * len(set(running(found))) > len(found)


@pytest.mark.parametrize(
    "word",
    [
        "cafÃ©",
        "Ã©tÃ©",
        "РџСЂРёРІРµС‚",
        "оПХБЕР",
        "ОПХБЕР",
        "Ïðèâåò",
        "ΟΞ¬Ξ½ΟΞ±",
        "attivit…",
        "С»",
        "ή»",
        "Ôhe",
        "çalýþma",
        "Â",
        "l’Ã",
        "nÃ¤r",
        "Hу",
        "caf茅",
    ],
)
def test_what_a_codec_has_made_is_not(word: str) -> None:
    assert list(ordinary([word], "fr")) == [] and list(running([word])) == []


def test_latin_words_are_ordinary_only_where_the_language_is_known() -> None:
    assert list(ordinary(["déjà", "été"], "fr")) == ["déjà", "été"] and list(ordinary(["déjà", "été"], "")) == []


def test_a_word_is_taken_without_what_stands_around_it() -> None:
    assert [core(piece) for piece in ("«Слово»", "(ёлка),", "l’été.", "cafe", "été2été", "ÉTÉ!")] == ["слово", "елка", "l été", "", "", ""]


def test_a_korean_syllable_may_stand_alone_beside_a_figure_and_not_without() -> None:
    assert list(running(["1월", "채"])) == ["1월"]


@given(st.sampled_from(sorted(SENTENCES)), st.sampled_from(STEPS), st.data())
@settings(max_examples=150)
def test_a_glance_never_says_too_much(language: str, step: object, data: st.DataObject) -> None:
    """What costs more at a glance costs more when it is weighed."""
    word = data.draw(st.sampled_from(" ".join(SENTENCES[language]).split()))
    meant, read = step.meant, step.read.removesuffix("-islands")  # type: ignore[attr-defined]
    try:
        text = codecs.decode(codecs.encode(word, meant), read)
    except (UnicodeError, KeyError):
        text = word
    most = data.draw(st.floats(0.0, 120.0))
    if costs_more(text, most):
        assert account(text).nats > most
