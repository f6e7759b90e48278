"""What no exchange of codecs betters is sound; what one does is looked at."""

from __future__ import annotations

import pytest
from sentences import SENTENCES

from summitfix import codecs
from summitfix.language import Prior
from summitfix.model import alphabet
from summitfix.rereading import STEPS
from summitfix.rereading.exchanges import is_clear
from summitfix.rereading.readings import in_cyrillic

SCRIPTS = {language: script for script in ("Latin", "Cyrillic", "Greek") for language in alphabet(script).languages if language in SENTENCES}
EXCHANGES = [step for step in STEPS if {step.meant, step.read}.isdisjoint({*codecs.MULTI_BYTE, *codecs.ISLANDS})]


def clear(word: str, language: str) -> bool:
    return is_clear(word, language, SCRIPTS[language], Prior({language: 0.0, "": 3.0}))


def words(language: str) -> set[str]:
    """The words of the sentences of a language with three letters and more, one of them beyond ASCII."""
    return {word for line in SENTENCES[language] for word in line.split() if not word.isascii() and sum(map(str.isalpha, word)) > 2}


@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_most_words_of_a_language_are_clear(language: str) -> None:
    found = words(language)
    assert sum(not clear(word, language) for word in found) <= max(1.0, 0.1 * len(found))


@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_what_an_exchange_makes_of_a_word_is_not_clear(language: str) -> None:
    """But for the few that are as good words as what they were made of (of `ő` an `õ` in Estonian): one in a hundred."""
    made = set()
    for step in EXCHANGES:
        for word in words(language):
            try:
                made.add(codecs.decode(codecs.encode(word, step.meant), step.read))
            except UnicodeError:
                continue
    made -= words(language)
    assert sum(clear(word, language) for word in made) <= 0.01 * len(made)


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("attivit…", "it"),
        ("exposici—n", "es"),
        ("inaugur„", "es"),
        ("deðil", "tr"),
        ("Ûrgano", "es"),
        ("elsõ", "hu"),
        ("paginã", "ro"),
        ("Тслово", "ru"),
        ("ôîðóì", "fr"),
        ("Å¡koda", "cs"),
    ],
)
def test_damage_that_looks_like_a_word_is_not_clear(word: str, language: str) -> None:
    assert not clear(word, language)


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("etti…", "tr"),
        ("Brantôme", "fr"),
        ("Saint-Exupéry", "fr"),
        ("“château”", "fr"),
        ("Spéracèdes", "fr"),
        ("Köpenick", "de"),
        ("Нгерулмуд", "ru"),
        ("Зимбабве.", "ru"),
        ("сьомогодні", "uk"),
    ],
)
def test_names_and_rare_words_are_clear(word: str, language: str) -> None:
    assert clear(word, language)


@pytest.mark.parametrize(
    ("word", "plain"), [("кiнь", "кінь"), ("Cкидка", "Скидка"), ("caf\u0439", "caf\u0439"), ("p\u0435", "p\u0435"), ("Web-сайт", "Web-сайт"), ("word", "word")]
)
def test_latin_letters_among_cyrillic_ones_are_these(word: str, plain: str) -> None:
    assert in_cyrillic(word) == plain
