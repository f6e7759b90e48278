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
"""What stands before an apostrophe in French, Italian, Catalan: d??t? was d’été."""


def letter(text: str, start: int, end: int, habits: Habits) -> Letter | None:
    """The letter lost at the mark from `start` to `end`, or None. Two of them, or an apostrophe and one, where the mark has two signs."""
    lefts, rights = _lefts(text, start), _rights(text, end)
    left, right = lefts[-1], rights[-1]
    if ODD_CASE.search(left + right) or not GAP.sub("", left + right).isalpha():
        return None
    if len(left + right) == 1 and habits.language == "en":
        return None
    if (twin := habits.twins.get((left, right))) and (glyph := twin.most_common(1)[0][0]).isalpha():
        return Letter(glyph, 5.0 + min(len(left + right), 5) * 0.3, _twin_share(left, right, twin, habits.language), left + glyph + right)
    found = [(parts, reading) for parts in product(lefts, rights) if (reading := _reading(*parts, end - start, habits.language)) is not None]
    if found:
        return _judged(text, (start, end), *max(found, key=lambda pair: pair[1][1].zipf), habits)
    if end - start == 2 and left.lower() in ELIDED and habits.language in {"fr", "it", "ca"}:
        vowel = fill(f"\0{_gapped(right)}", habits.language)
        return None if vowel is None else Letter(f"’{vowel.letters[0]}", 5.0, vowel.share, f"{left}’{vowel.letters[0]}{right}")
    return None


def _reading(left: str, right: str, size: int, language: str) -> tuple[str, Reading] | None:
    """The letters of the gap between two parts of a word, and the reading that they come from. A mark of two signs may be one letter or two."""
    found = []
    for width in (1, 2) if size == 2 else (1,):
        reading = _read(f"{_gapped(left)}{NUL * width}{_gapped(right)}", language, is_name=left[:1].isupper())
        if reading is not None:
            first = len(GAP.findall(left))
            found.append(("".join(reading.letters[first : first + width]), reading))
    return max(found, key=lambda pair: pair[1].zipf) if found else None


def _judged(text: str, mark: tuple[int, int], parts: tuple[str, str], found: tuple[str, Reading], habits: Habits) -> Letter:
    """How sure a reading is, and its letter in the case that the word asks for."""
    (start, end), (left, right), (glyph, reading) = mark, parts, found
    share = reading.share
    upper = (right[:1].isupper() and (left[-1:].isupper() or not left)) or (not right and len(left) > 1 and left.isupper())
    if not left and right.islower():
        upper = SENTENCE.search(text[max(0, start - 20) : start]) is not None
        if not upper and reading.zipf < COMMON:
            share = min(share, 0.8 if habits.language == "de" else 0.95)  # a noun or a name has a capital there, and the list is folded
    if reading.language != habits.language and len(left + right) < 5:
        share = min(share, 0.98)  # short words of other languages fit too many gaps
    if not right and glyph in ENDINGS.get(reading.language, "") and reading.zipf < COMMON:
        share = min(share, 0.97)
    weight = _weight(parts, reading, habits) if left and right else _edge(text, end, parts, reading, habits)
    last = end + len(right)
    if right[-1:] == "?" and not (BEFORE_SMALL.match(text, last) or STOP.match(text, last)):
        weight -= 3.0  # the word takes in a question mark that may be one
    return Letter(glyph.upper() if upper and glyph != "ß" else glyph, weight, share, f"{left}{glyph}{right}")


ENDINGS = {"pl": "ąęćł", "es": "áéó"}
"""Letters in which forms of one word end: robotę and robotą, habló and hablé. The list may lack the form that was meant."""

COMMON = 5.6
"""Zipf frequency from which a word is no name."""


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
    if alone > reading.zipf + 0.5:
        return -5.0  # mejor? is a question more likely than mejoró
    weight = (reading.zipf - alone) * MARGIN - 0.5 + min(len(left + right) - 2, 3) * 0.3 + (1.5 if reading.language == habits.language != "en" else 0.0)
    if not left:
        return weight if reading.language == habits.language != "en" else weight - 4.0
    return weight + ((3.8 if left.islower() else 1.5) if BEFORE_SMALL.match(text, end) else 1.5 if STOP.match(text, end) else 0.0)


ODD_CASE = re.compile(r"[a-zß-ÿ][A-Z]")
BEFORE_SMALL = re.compile(f" {SMALL}")
STOP = re.compile(r"[,;.](?:\s|$)")


NUL = "\0"
BEFORE = re.compile(r"(?:[^\W\d_]|[?\ufffd]{1,2}(?=[^\W\d_])){0,30}")
BEHIND = re.compile(r"(?:[^\W\d_]|[?\ufffd]{1,2}(?=[^\W\d_?\ufffd])){0,30}")


def _lefts(text: str, start: int) -> list[str]:
    """The part of the word before the mark: with a gap at its own beginning, if one may be there, and without."""
    found = BEFORE.match(text[max(0, start - 30) : start][::-1])
    left = found[0][::-1] if found else ""
    opening = start - len(left) - 1
    return [text[opening] + left, left] if left and opening >= 0 and text[opening] in "?\ufffd" else [left]


def _rights(text: str, end: int) -> list[str]:
    """The part of the word behind the mark: with a gap at its own end, if one may be there, and without."""
    found = BEHIND.match(text, end)
    right = found[0] if found else ""
    closing = text[end + len(right) : end + len(right) + 2]
    return [right + closing[0], right] if right and closing[:1] in {"?", "\ufffd"} and closing[1:] not in {"?", "\ufffd"} else [right]


def _gapped(part: str) -> str:
    return GAP.sub(NUL, part).lower()


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
