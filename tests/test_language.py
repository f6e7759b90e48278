"""The judge: scripts, the packed model, what words cost, which language a text is in, and that the model is built the same each time."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import PARAGRAPHS, SENTENCES

import summitfix
from summitfix.language import NO_PRIOR, account, judge, word_nats
from summitfix.languages import Told, languages, main
from summitfix.model import IDEOGRAPHIC, alphabet, characters, fold, trained
from summitfix.scripts import NAMES, SCRIPTS, marks
from summitfix.signs import is_common

PACKAGE = Path(summitfix.__file__).parent


# Scripts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it’s 5 °C", "aa*a 0 *a"),
        ("naïve\n", "aaaaa "),
        ("Straße", "aaaaaa"),
        ("слово", "ccccc"),
        ("λόγος", "ggggg"),
        ("מילה", "hhhh"),
        ("كلمة", "rrrr"),
        ("한글", "kk"),
        ("漢字かな", "jjjj"),
        ("शब्द", "dddd"),
        ("คำ", "ii"),
        ("ქართული", "ooooooo"),
        ("բառ", "yyy"),
        ("சொல்", "tttt"),
        ("শব্দ", "bbbb"),
        ("1º 5µ", "0* 0g"),
        ("٣ 3", "0 0"),
        ("Ａｶ", "**"),
        ("\u00a0\x92\ufffd", "***"),
        ("e\u0301", "aa"),
        ("\t\r\n ", "    "),
        ("!~[", "..."),
    ],
)
def test_marks_name_the_kind_of_each_character(text: str, expected: str) -> None:
    assert marks(text) == expected


@given(text=st.text(max_size=50))
def test_marks_are_one_for_one(text: str) -> None:
    assert len(marks(text)) == len(text)
    assert set(marks(text)) <= {*NAMES, "0", " ", ".", "*"}


def test_scripts_are_in_order_and_each_mark_is_one_script() -> None:
    starts = [first for first, _, _ in SCRIPTS]
    assert starts == sorted(set(starts))
    assert len({mark for _, mark, _ in SCRIPTS}) == len({name for _, _, name in SCRIPTS})


@pytest.mark.parametrize(
    ("word", "folded"), [("İstanbul", "istanbul"), ("ÉTÉ", "été"), ("e\u0301te\u0301", "été"), ("Straße", "straße"), ("ΛΌΓΟΣ", "λόγος"), ("5 µm", "5 μm")]
)
def test_folding_leaves_lower_composed_letters(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(text=st.text(alphabet=st.characters(exclude_characters="ΣςΣ"), max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# The model


@pytest.mark.parametrize("script", sorted({"Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Devanagari", "Thai", "Georgian", "Armenian", "Tamil", "Bengali"}))
def test_the_model_holds_the_script(script: str) -> None:
    assert script in trained()
    letters = alphabet(script)
    assert letters.width == len(letters.languages) == len(set(letters.languages))


@pytest.mark.parametrize("language", IDEOGRAPHIC)
def test_the_model_holds_the_characters_of(language: str) -> None:
    costs = characters(language).costs("".join(re.findall("[\u3041-\ud7a3]", PARAGRAPHS[language])))
    assert all(0 < nats < 16 for nats in costs)
    assert sum(costs) < 7 * len(costs)


def test_the_model_is_loaded_only_for_the_scripts_that_are_judged() -> None:
    code = (
        "import sys, summitfix.language as language, summitfix.model as model\n"
        "assert model.alphabet.cache_info().currsize == 0\n"
        "language.account('schöne Grüße', listed=False)\n"
        "assert model.alphabet.cache_info().currsize == 1, model.alphabet.cache_info()\n"
        "assert model.characters.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# Costs

MODELLED = sorted({*SENTENCES} - {"id", "sw", "ga", "mi", "yo", "xh", "eu"})


def shuffled(word: str, seed: int) -> str:
    letters = list(word)
    random.Random(seed).shuffle(letters)
    return "".join(letters)


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_words_cost_less_than_their_letters_shuffled(language: str) -> None:
    """Over the words of three sentences, several shufflings each: a single short word may lose."""
    words = re.findall(r"[^\W\d_]{3,}", fold(PARAGRAPHS[language]))
    real = sum(account(word, listed=False).nats for word in words)
    mixed = [sum(account(shuffled(word, seed), listed=False).nats for word in words) for seed in range(5)]
    assert real < min(mixed)


@pytest.mark.parametrize("language", MODELLED)
def test_sentences_are_good_text(language: str) -> None:
    for sentence in SENTENCES[language]:
        found = account(sentence, languages(SENTENCES[language]))
        assert found.odd == 0
        assert found.excess <= 3.0


@pytest.mark.parametrize("language", sorted({*SENTENCES} - {"en", "id", "sw", "mi", "eu", "he", "ar", "fa", "ur"}))
def test_a_sentence_costs_less_than_its_utf_8_misread(language: str) -> None:
    for sentence in SENTENCES[language]:
        if not sentence.isascii():
            assert account(sentence).nats < account(sentence.encode().decode("latin-1")).nats


@pytest.mark.parametrize(
    ("right", "wrong"), [("ja", "utf-8"), ("ko", "cp949"), ("ru", "koi8-r"), ("el", "cp1253"), ("he", "cp1255"), ("tr", "cp1254"), ("pl", "cp1250")]
)
def test_a_sentence_costs_less_than_its_bytes_read_otherwise(right: str, wrong: str) -> None:
    for sentence in SENTENCES[right]:
        plain = re.sub("[’“”«»—]", "", sentence)
        assert account(plain).nats < account(plain.encode(wrong).decode("latin-1")).nats


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("nouveauté", 0),
        ("aujourd’hui l'été", 0),
        ("NOUVEAUTÉ Été", 0),
        ("col·lecció l'été", 0),
        ("NÃ©vÃ©", 4),
        ("словоword", 1),
        ("caf€e", 1),
        ("日本語abc한글", 0),
    ],
)
def test_signs_and_scripts_that_touch_within_a_word_are_odd(text: str, odd: int) -> None:
    found = account(text).odd
    assert (found == 0) == (odd == 0)
    assert found <= odd


@pytest.mark.parametrize(("text", "letters"), [("plain words", 0), ("un été chaud", 3), ("слово и дело", 10), ("한글", 2), ("5 °C — 7 €", 0), ("", 0)])
def test_letters_are_those_of_words_beyond_ascii(text: str, letters: int) -> None:
    found = account(text)
    assert found.letters == letters
    assert (found.letter_nats > 0) == (letters > 0)
    assert found.letter_nats <= found.nats


@pytest.mark.parametrize(
    "text", ["también", "größe", "będzie", "правительство", "також", "λόγος", "değil", "też również", "정부는", "政府", "därför", "także", "kapcsolódó", "după"]
)
def test_words_of_the_lists_are_known(text: str) -> None:
    assert account(text).known == len(text.split())
    assert account(text).unknown == 0
    assert account(text, listed=False).known == 0


@pytest.mark.parametrize("text", ["qzéxw", "ĸŋħŧ", "ждщкъ", "ξψζχθ", "Ã©", "ÐÑÐ¸", "바뛟쒫"])
def test_what_nobody_writes_is_not_known(text: str) -> None:
    assert account(text).known == 0


@pytest.mark.parametrize("text", ["ÐÐÐÐ Ð¢ÑÑÑ", "qxzéjqvwk", "ÞðÐþÞð", "ъъьщщжжй", "ŧħŋĸđŧħŋ"])
def test_what_no_language_writes_has_excess_and_strain(text: str) -> None:
    assert account(text).excess > 0
    assert account(text).strain > 0


def test_a_listed_word_makes_a_text_cheaper_never_dearer() -> None:
    for sentences in SENTENCES.values():
        for sentence in sentences:
            assert account(sentence).nats <= account(sentence, listed=False).nats + 1e-6


def test_costs_of_tokens_add_up() -> None:
    one, other = "слово", "été"
    assert account(f"{one} {other}").nats == pytest.approx(account(one).nats + account(other).nats + account(" ").nats)


@pytest.mark.parametrize(("less", "more"), [("“", "¤"), ("’", "¬"), ("é", "\x92"), (".", "¶"), ("—", "\ue000"), ("…", "\U000f0000"), ("€", "¸"), ("。", "〄")])
def test_common_signs_cost_less_than_rare_ones(less: str, more: str) -> None:
    assert account(less).nats < account(more).nats


@pytest.mark.parametrize("sign", "’“”„«»—–…•°€©™¿¡。，、·")
def test_signs_of_running_text_are_common(sign: str) -> None:
    assert is_common(sign)


@pytest.mark.parametrize("sign", "¤¬¦¯¶¸\x80\x92\ufffd\ue000¨´\u00ad")
def test_signs_that_damage_brings_are_not(sign: str) -> None:
    assert not is_common(sign)


def test_capitals_cost_a_little_and_humps_more() -> None:
    costs = [account(word, listed=False).nats for word in ("größe", "Größe", "GRÖẞE".replace("ẞ", "SS"), "grÖßE")]
    assert costs[0] < costs[1] < costs[3]
    assert account("grÖßE").odd > 0


def test_a_drawing_costs_little_beside_as_many_letters() -> None:
    assert account("┌──────────┐").nats < account("┌Ä╗Ü╝Ö╣é╦à┐").nats


def test_the_language_of_the_document_makes_its_own_words_cheaper() -> None:
    word = "vår"
    swedish, french = languages(SENTENCES["sv"]), languages(SENTENCES["fr"])
    assert judge(word, "Latin", swedish).nats < judge(word, "Latin", french).nats
    assert judge("été", "Latin", french).language == "fr"


def test_word_costs_fall_as_frequency_rises() -> None:
    assert word_nats(9.0) == 0.0
    assert word_nats(6.0) < word_nats(3.0)


@given(text=st.text(max_size=80))
def test_any_text_can_be_judged(text: str) -> None:
    found = account(text, NO_PRIOR, listed=False)
    assert found.nats >= 0 or "¡" in text or "¿" in text
    assert found.letters <= len(text)
    assert found.excess >= 0


def test_a_word_of_a_hundred_thousand_letters_is_judged_at_once() -> None:
    assert account("é" * 100_000, listed=False).letters == 100_000


# Languages


@pytest.mark.parametrize("language", sorted({*SENTENCES} - {"ja", "zh-hans", "sr", "yo"}))
def test_the_language_of_three_sentences_is_found(language: str) -> None:
    told = {name: nats for name, nats in languages(SENTENCES[language]).items() if name}
    assert min(told, key=lambda name: told[name]) == language
    assert told[language] == 0.0


@pytest.mark.parametrize(("one", "other"), [("de", "ru"), ("en", "ko"), ("fr", "el"), ("pl", "he"), ("uk", "tr"), ("vi", "hi")])
def test_both_languages_of_a_document_are_found(one: str, other: str) -> None:
    told = languages([*SENTENCES[one], *SENTENCES[other]])
    assert told[one] < 1.0
    assert told[other] < 2.0
    assert told[""] > told[one]


def test_damage_does_not_choose_the_language() -> None:
    damaged = [sentence.encode("cp1251").decode("latin-1") for sentence in SENTENCES["ru"]]
    told = languages([*SENTENCES["en"], *damaged])
    assert told["en"] == 0.0
    assert all(nats > 1.0 for name, nats in told.items() if name != "en")


def test_no_text_is_in_no_language() -> None:
    assert languages([]) == languages([""]) == languages(["12 34 -- !"]) == {"": 0.0}


# Building


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Languages most of which the word lists lack: reading a list takes longer than counting the text."""
    folder = tmp_path_factory.mktemp("corpus")
    for language in ("eu", "id", "th", "ja"):
        (folder / f"{language}.txt").write_text(PARAGRAPHS[language] * 40, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def package(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with a model built from the corpus: never the one that is tested."""
    copy = tmp_path_factory.mktemp("copy") / "summitfix"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    built(copy, corpus)
    return copy


def built(package: Path, folder: Path) -> bytes:
    """What building in a copy of the package writes."""
    command = [sys.executable, "-m", "summitfix.data.build", str(folder)]
    done = subprocess.run(command, cwd=package.parent, env={"PYTHONPATH": str(package.parent)}, capture_output=True, text=True, check=True)
    data = (package / "data" / "model.bin").read_bytes()
    assert done.stdout == f"model.bin: {len(data):,} bytes\n"
    return data


def test_the_model_is_built_the_same_each_time(corpus: Path, package: Path) -> None:
    first = (package / "data" / "model.bin").read_bytes()
    assert first != (PACKAGE / "data" / "model.bin").read_bytes()
    assert built(package, corpus) == first


def test_a_built_model_judges(package: Path) -> None:
    code = (
        "from summitfix.language import account\n"
        "from summitfix.model import alphabet, trained\n"
        "assert alphabet('Latin').languages == ['eu', 'id']\n"
        "assert trained() == {'Latin', 'Thai', 'ja'}, trained()\n"
        "assert account('zuhaitzak', listed=False).nats < account('zkhaiuzta', listed=False).nats\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=package.parent, env={"PYTHONPATH": str(package.parent)}, check=True)


def test_building_from_nothing_says_how(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "summitfix.data.build"], cwd=tmp_path, env={"PYTHONPATH": str(PACKAGE.parent)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "python -m summitfix.data.build FOLDER" in done.stderr


ALPHABETIC = [(script, code) for script in ("Latin", "Cyrillic", "Greek") for code in alphabet(script).languages if code in SENTENCES]


@pytest.mark.parametrize(("script", "language"), ALPHABETIC)
def test_a_sample_tells_the_main_language_or_none(script: str, language: str) -> None:
    text = "\n".join(SENTENCES[language])
    assert main(text, script) in (language, "")
    assert main("The ferry leaves at seven, and nobody knows whether it returns.\n" * 16 + text, "Latin") == "en"
    assert main(text[:12], script) == ""


@pytest.mark.parametrize("language", ["ja", "ko", "zh-hans", "zh-hant"])
def test_a_sample_of_chinese_japanese_or_korean_tells_which_it_is(language: str) -> None:
    assert main("\n".join(SENTENCES[language]), "Han") in (language, "")
    assert main("漢字 " + "Nobody said a word. " * 40, "Han") == ""


def test_what_was_said_is_the_main_language() -> None:
    assert Told("\n".join(SENTENCES["fr"]), "pt").main("Latin") == "pt"
    assert Told("\n".join(SENTENCES["fr"] * 2), "ru").main("Latin") == "fr"
