"""Lost quotes, apostrophes, dashes and letters: what comes back, and what must stay."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitfix.core import SURE, Document, apply, repair
from summitfix.passes.glyphs import glyphs
from summitfix.passes.glyphs.letters import fill
from summitfix.passes.glyphs.marks import is_suspicious, marks
from summitfix.passes.glyphs.rows import ROWS, Row


def restored(text: str, encoding: str | None = None, rows: dict[str, int] | None = None) -> str:
    return repair(text, {"glyphs": glyphs}, encoding=encoding, rows=rows).after


def lose(text: str, glyphs: str = "’‘“”„«»–—…•°©", mark: str = "?") -> str:
    return text.translate(dict.fromkeys(map(ord, glyphs), mark))


def lose_bytes(text: str) -> str:
    """Every byte of UTF-8 beyond ASCII becomes a question mark."""
    return "".join(char if char.isascii() else "?" * len(char.encode()) for char in text)


def cut(text: str) -> str:
    """Curly glyphs become the low bytes of their code points."""
    return "".join(chr(ord(char) & 0xFF) if 0x2010 <= ord(char) <= 0x201F else char for char in text)


HITS = [(row, hit) for row in ROWS for hit in row.hits]
MISSES = [(row, miss) for row in ROWS for miss in row.misses]
GLYPHS = {"dash": "—–", "range": "–", "à": "àâçéèêëîïôùûü’", "è": "àèéìòù’"}


@pytest.mark.parametrize(("row", "hit"), HITS, ids=[hit for _, hit in HITS])
def test_what_a_row_is_for_comes_back(row: Row, hit: str) -> None:
    lost = GLYPHS.get(row.glyph, row.glyph)
    assert restored(lose(hit, lost)) == hit
    assert restored(lose(hit, lost, "\ufffd")) == hit


@pytest.mark.parametrize(("row", "miss"), MISSES, ids=[miss for _, miss in MISSES])
def test_what_a_row_must_not_explain_stays(row: Row, miss: str) -> None:
    assert restored(miss) == miss


ENGLISH = (
    "We don’t think it’s over; they’ll be back, and we’re ready.",
    "The committee’s report didn’t mention the city’s oldest bridge.",
    "He called it “the longest winter” and she laughed.",
    "The so-called “experts” had never been to the village.",
    "Her new book, “The Gardens of the North and Their Keepers,” sold well in spring.",
    "She wrote, “The road was closed, so we walked.” Nobody believed her.",
    "It isn’t “art” in the usual sense — it’s a map of sounds.",
    "The bakery is open Monday–Friday and it’s always full.",
    "See pp. 12–19 of the manual; it doesn’t say more.",
    "The museum (founded 1898–1902) hasn’t changed since.",
    "It was five o’clock and the rock of the ’80s was playing.",
    "Mr O’Leary’s dog wasn’t there at twenty past three.",
    "The water was 35 °C, which isn’t what we’d hoped for.",
    "I’ve read the book that you’d left on my desk, and I’m grateful.",
)
OTHERS = (
    "Les élèves n’ont pas compris qu’il fallait partir à l’aube, après l’été.",
    "Die Straße führt über eine Brücke, und später können wir für die Kinder größere Schuhe kaufen.",
    "La dirección de la compañía publicó además un informe económico sobre la situación.",
    "L’università ha già deciso che la città avrà più di un’opportunità per l’anno prossimo.",
    "A situação econômica também não é boa, e a educação é uma questão que ninguém vê.",
    "Hij heeft drie auto’s en twee foto’s van zijn oma’s, en ’s avonds is hij thuis.",
    "Wszystkie książki są już w bibliotece, ponieważ później będzie remont.",
    "Er nannte das Buch „einen großen Wurf“ und schrieb darüber einen Bericht für die Zeitung.",
    "El niño volvió a su país después de muchos años, pero ya no encontró a su mamá.",
    "Cet homme a été élu président de la société grâce à son expérience.",
)
LETTERS = "éèêàçâîôûëïüöäßáíóúñãõìòùąćęłńśźżÉ"


@pytest.mark.parametrize("text", ENGLISH)
@pytest.mark.parametrize("mark", ["?", "\ufffd", "???", "\ufffd\ufffd\ufffd", "â??"])
def test_english_comes_back_whatever_the_mark(text: str, mark: str) -> None:
    glyphs = "’‘“”–—" if len(mark) > 1 else "’‘“”–—°"
    assert restored(lose(text, glyphs, mark)) == text


@pytest.mark.parametrize("text", [text for text in ENGLISH if "°" not in text and "–" not in text])
def test_glyphs_cut_to_their_low_bytes_come_back(text: str) -> None:
    assert restored(cut(text)) == text


@pytest.mark.parametrize("text", OTHERS)
@pytest.mark.parametrize("mark", ["?", "\ufffd"])
def test_other_languages_come_back_or_are_left(text: str, mark: str) -> None:
    """What cannot be told stays as it is; nothing is restored wrongly, and most is restored."""
    damaged = lose(text, "’„“" + LETTERS, mark)
    after = restored(damaged)
    assert len(after) == len(text)
    wrong = [(is_, was) for is_, was, seen in zip(after, text, damaged, strict=True) if is_ not in {was, seen}]
    assert not wrong
    assert sum(is_ == was for is_, was in zip(after, text, strict=True)) - sum(a == b for a, b in zip(damaged, text, strict=True)) >= 0.5 * damaged.count(mark)
