"""The first look at clean text: it hides nothing that the full search would find, and lets clean text pass."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import SENTENCES

from summitfix import codecs
from summitfix.core import Change, Document, repair
from summitfix.languages import Told
from summitfix.passes import mojibake as module
from summitfix.passes.mojibake import mojibake
from summitfix.rereading import STEPS, losing, unsound
from summitfix.rereading.rows import MEANT, READ, Step

screen = sys.modules["summitfix.rereading.screen"]
LANGUAGES = sorted(SENTENCES)


def off(text: str) -> list[Change]:
    """What the full search finds where there is anything to look at."""
    if not module._SCREEN.search(text) and not module._ENTITIES.search(text):
        return []
    return sorted(module._searched(Document(text), text.split("\n"), None))


def on(text: str) -> list[Change]:
    """What is found behind the screen."""
    return sorted(module._reread(Document(text)))


def told(changes: Iterable[Change]) -> list[tuple[int, str, str, str]]:
    """Changes but for their confidence."""
    return [(change.start, change.before, change.after, change.why[0].rule) for change in changes]


def misread(text: str, step: Step) -> str | None:
    """`text` after a misreading; None if it cannot be, or does nothing."""
    try:
        damaged = codecs.decode(codecs.encode(text, step.meant), step.read.removesuffix("-islands"))
    except (UnicodeError, KeyError):
        return None
    return None if damaged == text else damaged


def damaged(step: Step) -> list[str]:
    """Two sentences that the step may damage, of languages that its codec has, the second one in part."""
    found = []
    for language in Random(step.name).sample(LANGUAGES, len(LANGUAGES)):
        lines = SENTENCES[language]
        text = misread(lines[0], step)
        if text:
            found.append(text if not found else "\n".join([*lines[1:], text]))
        if len(found) == 2:
            break
    return found


@pytest.mark.parametrize("meant", MEANT)
def test_nothing_that_a_row_undoes_is_hidden(meant: str) -> None:
    """For every row, a sentence that it damaged alone, and one among clean ones of its language."""
    for step in STEPS:
        if step.meant == meant and step.read not in codecs.ISLANDS:
            for text in damaged(step):
                assert told(on(text)) == told(off(text)), (step.name, text)


@pytest.mark.parametrize("read", sorted({"latin-1", "cp1252", *READ} - {*codecs.ISLANDS}))
def test_a_damaged_word_is_not_hidden_in_a_long_text(read: str) -> None:
    """One misread word among sixty clean lines in many languages."""
    clean = [line for language in LANGUAGES for line in SENTENCES[language][:1]]
    for language in ("fr", "ru", "ko", "zh-hans", "el"):
        word = max((word for line in SENTENCES[language] for word in line.strip(".。").split() if not word.isascii()), key=len)
        text = misread(word, Step("utf-8", read))
        if text:
            whole = "\n".join([*clean[:30], f"{SENTENCES['en'][0]} {text}", *clean[30:]])
            assert told(on(whole)) == told(off(whole)), (read, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_clean_text_passes(language: str) -> None:
    """Nothing in it needs the full search; for most languages not even one piece of it."""
    text = "\n".join(SENTENCES[language] * 2)
    assert on(text) == off(text) == []
    worn, suspects = unsound(text, Told(text))
    assert len(worn | suspects) <= 2
    assert losing(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Le caf茅 ferme à midi, et la maison reste vide.",
        "La nuit est tombee sur le port, et le cafÃ",
        "Il a dit : «\xa0c'est l'Ã©tÃ©\xa0».",
        "donâ??t go there before the rain stops",
        "Привет, мир! оПХБЕР, ЛХП!",
        "鐩戞帶 and nothing else",
        "当前鎬?，没有别的。",
        "She said &acirc;&euro;&trade; and left",
        "the price is Â£5 today",
        "naïve «à «",
    ],
)
def test_what_is_half_damaged_is_not_hidden(text: str) -> None:
    """Odd ends: one sign, one letter, what lost bytes, what is spelled in entities."""
    assert told(on(text)) == told(off(text))


def test_latin_letters_are_judged_by_their_own_language_beside_another_script() -> None:
    """Portuguese has `rã`, Romanian has not; that most of the text is Tamil says nothing of it."""
    text = "\n".join(["Asearã s-a deschis în vechea bibliotecă o mare expoziție de hărți.", SENTENCES["ta"][0]])
    assert told(on(text)) == told(off(text)) != []


def test_a_piece_is_judged_alike_whatever_came_before() -> None:
    """What is remembered of a piece does not depend on the document where it was first seen."""
    texts = ["\n".join(SENTENCES[language]) for language in ("fr", "de", "ru", "ko", "tr", "vi")] + ["Èeský dům", "âàì", "çalýþma"]

    def judged(order: Iterable[str]) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        screen._judged.cache_clear()
        found = {}
        for text in order:
            worn, suspects = unsound(text, Told(text))
            found[text] = frozenset(worn), frozenset(suspects)
        return found

    assert judged(texts) == judged(reversed(texts))


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long run does not remember all that it has seen."""
    monkeypatch.setattr(screen, "KEPT", 50)
    screen._judged.cache_clear()
    for language in LANGUAGES:
        assert repair("\n".join(SENTENCES[language]), {"mojibake": mojibake}).changes == ()
    assert sum(map(len, screen._judged("")._by)) < 200
    screen._judged.cache_clear()


LINES = st.sampled_from([line for lines in SENTENCES.values() for line in lines])


@given(
    st.lists(LINES, min_size=1, max_size=6),
    st.lists(st.tuples(LINES, st.sampled_from(STEPS), st.integers(0, 60), st.integers(1, 60)), max_size=2),
    st.randoms(),
)
@settings(max_examples=60)
def test_the_screen_hides_nothing(clean: list[str], misreadings: list[tuple[str, Step, int, int]], random: Random) -> None:
    """Documents of clean lines in any languages, with parts of lines misread by any row."""
    lines = list(clean)
    for line, step, start, length in misreadings:
        part = misread(line[start : start + length], step)
        if part and "\n" not in part:
            lines.insert(random.randrange(len(lines) + 1), line[:start] + part + line[start + length :])
    text = "\n".join(lines)
    assert told(on(text)) == told(off(text))
