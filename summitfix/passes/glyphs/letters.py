"""Which letter was lost inside a word: the one that the word lists, or the document itself, leave."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from summitfix.passes.glyphs.habits import Habits
from summitfix.passes.glyphs.marks import SMALL
from summitfix.words import zipf

ALPHABETS = {
    # The letters beyond ASCII of each language that has a list; for Cyrillic and Greek, all of them.
    "en": "éèêëïíîöôóñçâäáàüøåã",
    "de": "äöüßéè",
    "fr": "éèêëàâçîïôûùüœæ",
    "es": "áéíóúñü",
    "it": "àèéìòùíóú",
    "pt": "áâãàçéêíóôõúü",
    "nl": "ëéïöüèáóíúê",
    "pl": "ąćęłńóśźż",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ca": "àçèéíïòóúü",
    "tr": "çğıöşüâîûi",
    "cs": "áčďéěíňóřšťúůýž",
    "sv": "åäöé",
    "da": "æøåé",
    "nb": "æøåéò",
    "fi": "äöå",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșț",
    "hr": "čćđšž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "is": "áðéíóúýþæö",
    "el": "αάβγδεέζηήθιίκλμνξοόπρστυύφχψωώς",
}
STRANGERS = ("fr", "es", "de", "pt", "it", "sv")
"""Languages whose names and words stand in texts of others, by how often."""

GAP = re.compile(r"[?\ufffd]{1,2}")
DAMAGED = re.compile(r"(?:[^\W\d_]|[?\ufffd]{1,2}(?=[^\W\d_?\ufffd])){0,30}")
SENTENCE = re.compile(r"(?:^|[.!:…]\s+|[\n\r]\s*|[\"“«„(>*#]\s*|(?:^|\s)-\s*)\Z")

COMBINATIONS = 5000
"""How many ways to fill the places of one word are tried: two letters of any alphabet, three of most."""

MARGIN = 2.3
"""Nats for each step of the Zipf scale, which is a decimal one."""


class Letter(NamedTuple):
    """A letter that may have been lost: its weight in nats as in rows, and `share`, the probability that it is this one and no other."""

    glyph: str
    weight: float
    share: float
    word: str


def _twin_share(left: str, right: str, twin: Counter[str], language: str) -> float:
    """How sure it is that the same word was meant: Spanish has incorporó and incorporé, and only one of them may stand elsewhere."""
    glyph, count = twin.most_common(1)[0]
    share = min(count / sum(twin.values()), 0.999)
    found = {glyph: zipf(left + glyph + right, language) for glyph in ALPHABETS.get(language, "")}
    rivals = sum(10 ** (found[other] - found.get(glyph, 0.0)) for other in found if other != glyph and found[other])
    return share / (1 + rivals / TWIN)


TWIN = 20.0
"""How many times more likely a word is where the document has it already."""


class Reading(NamedTuple):
    """The most frequent word that fills the gaps, its Zipf frequency, its language, and its share among all that do."""

    letters: tuple[str, ...]
    zipf: float
    language: str
    share: float


ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "un", "dell", "all", "nell", "sull", "dall"})


def letter(text: str, start: int, end: int, habits: Habits) -> Letter | None:
    """The letter lost at the mark from `start` to `end`, or None."""
    left, right = _left(text, start), _right(text, end)
    if not _is_damaged(left + right):
        return None
    if len(left + right) < (2 if habits.language == "en" else 1) or ODD_CASE.search(left + right):
        return None
    if (twin := habits.twins.get((left, right))) and (glyph := twin.most_common(1)[0][0]).isalpha():
        return Letter(glyph, 5.0 + min(len(left + right), 5) * 0.3, _twin_share(left, right, twin, habits.language), left + glyph + right)
    gaps = _gaps(left) + 1 + _gaps(right)
    if gaps > 3:
        return None
    is_name = left[:1].isupper()
    before, behind = re.sub(GAP, "\0", left).lower(), re.sub(GAP, "\0", right).lower()
    size = 1
    reading = _read(f"{before}\0{behind}", habits.language, is_name=is_name)
    if text[start:end] in {"??", "\ufffd\ufffd"} and left.lower() in ELIDED and habits.language in {"fr", "it", "ca"}:
        vowel = fill(f"\0{behind}", habits.language)
        if vowel is not None:
            return Letter(f"’{vowel.letters[0]}", 5.0, vowel.share, f"{left}’{vowel.letters[0]}{right}")
    double = _read(f"{before}\0\0{behind}", habits.language, is_name=is_name) if text[start:end] in {"??", "\ufffd\ufffd"} else None
    if double is not None and (reading is None or double.zipf > reading.zipf):
        reading, size = double, 2
    if reading is None:
        return None
    glyph = "".join(reading.letters[_gaps(left) : _gaps(left) + size])
    upper = (right[:1].isupper() and (left[-1:].isupper() or not left)) or (not right and len(left) > 1 and left.isupper())
    share = reading.share
    if not left and right.islower():
        upper = SENTENCE.search(text[max(0, start - 20) : start]) is not None
        if not upper and reading.zipf < 5.2:
            share = min(share, 0.8 if habits.language == "de" else 0.95)  # a noun or a name has a capital there, and the list is folded
    if reading.language != habits.language and len(left + right) < 5:
        share = min(share, 0.98)  # short words of other languages fit too many gaps
    weight = _weight((left, right), reading, habits) if left and right else _edge(text, end, (left, right), reading, habits)
    word = f"{left}{glyph}{right}"
    return Letter(glyph.upper() if upper and glyph != "ß" else glyph, weight, share, word)


def _weight(parts: tuple[str, str], reading: Reading, habits: Habits) -> float:
    """Nats that a letter stood between `parts`, if the mark is a question mark."""
    left, right = parts
    size = len(left + right) + 1
    weight = 2.5 + min(size - 3, 4) * 0.7 + min(reading.zipf - 2.0, 2.5) * 0.6
    weight += 1.0 if reading.language == "en" else 2.5 if reading.language == habits.language else 0.0
    both = min(zipf(left, habits.language), zipf(right, habits.language)) if min(len(left), len(right)) > 2 else 0.0
    return weight - max(0.0, both - 3.0) * 1.5


def _edge(text: str, end: int, parts: tuple[str, str], reading: Reading, habits: Habits) -> float:
    """Nats that a letter stood before or behind the rest of a word, if the mark is a question mark: what is left must be a rarer word, or none."""
    left, right = parts
    alone = zipf(left or right, habits.language)
    weight = (reading.zipf - alone) * MARGIN - 0.5 + min(len(left + right) - 2, 3) * 0.3 + (1.5 if reading.language == habits.language != "en" else 0.0)
    if not left:
        return weight if reading.language == habits.language != "en" else weight - 4.0
    return weight + ((3.8 if left.islower() else 1.5) if BEFORE_SMALL.match(text, end) else 1.5 if STOP.match(text, end) else 0.0)


ODD_CASE = re.compile(r"[a-zß-ÿ][A-Z]")
BEFORE_SMALL = re.compile(f" {SMALL}")
STOP = re.compile(r"[,;.](?:\s|$)")


def _left(text: str, start: int) -> str:
    return DAMAGED_LEFT.match(text[max(0, start - 30) : start][::-1])[0][::-1]  # type: ignore[index]


def _right(text: str, end: int) -> str:
    return DAMAGED.match(text, end)[0]  # type: ignore[index]


DAMAGED_LEFT = re.compile(r"(?:[^\W\d_]|[?\ufffd]{1,2}(?=[^\W\d_])){0,30}")


def _gaps(part: str) -> int:
    return len(GAP.findall(part))


def _is_damaged(part: str) -> bool:
    return GAP.sub("", part).isalpha()


def _read(damaged: str, language: str, *, is_name: bool) -> Reading | None:
    """The best reading of a word with gaps: in its own language; for names, and in English for long words, in any whose words travel."""
    own = fill(damaged, language)
    if own is not None and not is_name:
        return own
    if not is_name and (language != "en" or len(damaged) < 6):
        return fill(damaged, "en")
    found = [reading for code in dict.fromkeys((language, "en", *STRANGERS)) if (reading := fill(damaged, code)) and (code == language or reading.zipf >= 3.0)]
    if not found:
        return None
    best = max(found, key=lambda reading: reading.zipf + (reading.language in {language, "en"}))
    rivals = [reading.zipf - (reading.language not in {language, "en"}) for reading in found if reading.letters != best.letters]
    return best._replace(share=best.share / (1 + sum(10 ** (other - best.zipf) for other in rivals)))


@lru_cache(maxsize=4096)
def fill(damaged: str, language: str) -> Reading | None:
    """The most frequent word of `language` that `damaged` is with its gaps (NUL) filled by letters of the language's own.

    >>> fill("validaci\\0n", "es").letters
    ('ó',)
    """
    parts = damaged.split("\0")
    alphabet = ALPHABETS.get(language, "")
    if not alphabet or len(alphabet) ** (len(parts) - 1) > COMBINATIONS:
        return None
    found = []
    for letters in product(alphabet, repeat=len(parts) - 1):
        word = "".join(part + glyph for part, glyph in zip(parts, (*letters, ""), strict=True))
        if frequency := zipf(word, language):
            found.append((frequency, letters))
    if not found:
        return None
    best = max(found)
    whole = sum(10 ** (frequency - best[0]) for frequency, _ in found)
    return Reading(best[1], best[0], language, 1 / whole)
