"""Which letter was lost inside a word: the one that the word lists, or the document itself, leave."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from typing import NamedTuple

from summitfix.passes.glyphs.habits import Habits
from summitfix.passes.glyphs.marks import SMALL
from summitfix.passes.glyphs.spelling import ALPHABETS, GREEK, NUL, Reading, fill, read
from summitfix.words import DOTTED, zipf

STRANGERS = ("fr", "es", "de", "pt", "it", "sv")
"""Languages whose names and words stand in texts of others, by how often."""

GAP = re.compile(r"[?\ufffd]+")
SENTENCE = re.compile(r"(?:^|(?<!\d)[.!:…]\s+|[\n\r]\s*|[\"“«„(>*#]\s*|(?:^|\s)-\s*)\Z")

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


ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "un", "dell", "all", "nell", "sull", "dall"})
"""What stands before an apostrophe in French, Italian, Catalan: d??t? was d’été."""

ELIDING = frozenset({"fr", "it", "ca"})
RARER = 1.5
"""How much rarer, in Zipf, a word is behind an elided one than by itself."""


def letter(text: str, start: int, end: int, habits: Habits) -> Letter | None:
    """The letter lost at the mark from `start` to `end`, or None. Several of them, or an apostrophe and one, where the mark has more signs."""
    if text[start] == "â":
        return None  # the first byte of three: a glyph
    lefts, rights = _lefts(text, start, habits.language), _rights(text, end)
    left, right = lefts[-1], rights[-1]
    if ODD_CASE.search(left + right) or not GAP.sub("", left + right).isalpha():
        return None
    if not left and right[:1].isupper() and right[1:2].islower():
        return None
    if len(left + right) == 1 and habits.language == "en":
        return None
    ends = text[start] == "?" and not right and len(left) <= PARTICLE and _ends(text, end)
    twin = None if ends else habits.twins.get((left, right))
    if twin and (glyph := twin.most_common(1)[0][0]).isalpha() and end - start in {1, 1 if habits.is_sign_a_letter else len(glyph.encode())}:
        return Letter(glyph, 5.0 + min(len(left + right), 5) * 0.3, _twin_share(left, right, twin, habits.language), left + glyph + right)
    found = [(parts, filled) for parts in product(lefts, rights) if (filled := _reading(*parts, end - start, habits)) is not None]
    elided = left.lower() in ELIDED and habits.language in ELIDING
    if found:
        parts, (glyph, reading) = max(found, key=lambda option: (option[1][1].zipf, option[1][1].share))
        if elided and end - start == 1:
            reading = _against_elision(reading, right, habits.language)
        if not elided or reading.zipf:
            return _judged(text, (start, end), parts, (glyph, reading), habits)
    if end - start == 2 and elided:
        vowel = fill(f"\0{_gapped(right, 1)}", habits.language)
        if vowel is None:
            return None
        word = f"{vowel.letters[0]}{_gapped(right, 1)}"
        first = word[0].upper() if is_name(word, habits.language) else word[0]
        return Letter(f"’{first}", 5.0, min(vowel.share, _small(word, habits.language)), f"{left}’{first}{right}")
    return None


def _against_elision(reading: Reading, right: str, language: str) -> Reading:
    """A reading whose share is less by that of an apostrophe: l?on is l’on rather than Léon."""
    word = _gapped(right, 1)
    rest = fill(word, language) if NUL in word else None
    alone = rest.zipf if rest else zipf(word, language)
    return reading._replace(share=reading.share / (1 + 10 ** (alone - RARER - reading.zipf))) if alone else reading


def _reading(left: str, right: str, size: int, habits: Habits) -> tuple[str, Reading] | None:
    """The letters of the gap between two parts of a word, and the reading that they come from. Two signs may be one letter, of two bytes, or two."""
    found = []
    runs = [len(run) for run in GAP.findall(left + right)]
    for signs in (1,) if habits.is_sign_a_letter else (1, 2):
        if any(run % signs for run in (*runs, size)):
            continue
        reading = _read(f"{_gapped(left, signs)}{NUL * (size // signs)}{_gapped(right, signs)}", habits.language, is_name=left[:1].isupper())
        if reading is not None and (signs == 1 or reading.zipf or not habits.document.rows.get("glyphs.letter")):
            first = _gapped(left, signs).count(NUL)
            found.append(("".join(reading.letters[first : first + size // signs]), reading))
    return max(found, key=lambda pair: (pair[1].zipf, pair[1].share)) if found else None


def _judged(text: str, mark: tuple[int, int], parts: tuple[str, str], found: tuple[str, Reading], habits: Habits) -> Letter:
    """How sure a reading is, and its letter in the case that the word asks for."""
    (start, end), (left, right), (glyph, reading) = mark, parts, found
    share = reading.share
    upper = (right[:1].isupper() and (left[-1:].isupper() or not left)) or (not right and len(left) > 1 and left.isupper())
    if not left and right.islower():
        upper = SENTENCE.search(text[max(0, start - 20) : start]) is not None or is_name(glyph + right, reading.language)
        if not upper and reading.zipf < COMMON:
            share = min(share, _small(glyph + right, habits.language))
    if reading.language != habits.language and len(left + right) < 5:
        share = min(share, 0.98)  # short words of other languages fit too many gaps
    if not right and glyph in ENDINGS.get(reading.language, "") and reading.zipf < COMMON:
        share = min(share, 0.97)
    weight = _weight(parts, reading, habits) if left and right else _edge(text, end, parts, reading, habits)
    if (not reading.zipf or not left or not right) and habits.keeps(glyph):
        weight -= KEPT if glyph < GREEK else 2 * KEPT
    last = end + len(right)
    if right[-1:] == "?" and not (BEFORE_SMALL.match(text, last) or STOP.match(text, last)):
        weight -= 3.0  # the word takes in a question mark that may be one
    glyph = glyph.translate(DOTS) if reading.language in DOTTED else glyph
    if upper and glyph != "ß":
        glyph = glyph[0].upper() + glyph[1:] if right.islower() else glyph.upper()
    return Letter(glyph, weight, share, f"{left}{glyph}{right}")


KEPT = 5.0
"""Nats against a letter that stands undamaged elsewhere, where the word does not prove it; twice that where a codec has all letters of a script or none."""

DOTS = {ord("i"): "İ"}
"""Of the four letters i of Turkish, i and I are ASCII and not lost."""


ENDINGS = {"pl": "ąęćł", "es": "áéó"}
"""Letters in which forms of one word end: robotę and robotą, habló and hablé. The list may lack the form that was meant."""

LOWER = {"de": 0.8, "tr": 0.9, "es": 0.95, "pl": 0.95}
"""The share of small letters among those that begin a word within a sentence and are no `NAMES`; 97 to 99 % elsewhere (18,000 words of news)."""

NAMES = {
    "cs": "čech čína číny číně čínou říma římě římem římané římanů řecko španělsko švédsko švýcarsko židů",
    "de": "österreich ägypten ägypter äthiop übersicht überblick übergang überfall übergabe ökonom ökolog äquator",
    "es": "áfrica ámsterdam ángel álvar álava ávila óscar índico úrsula",
    "fr": "étienne égypte équateur éthiopie érythrée édouard émile éric édith élysée écosse",
    "pl": "łukasz łotw śródziemn żydz żydów żoliborz",
    "pt": "áfrica ásia áustria índia índico évora ávila ângel óscar",
    "sv": "österrike östersjö östeuropa öland åland århus åbo öresund",
    "tr": "ingil istanbul islam ital isviç ispany ispanyol iskoç irland israil isveç iran izmir imparator çin çanakkale ömer üsküdar şanlı",
}
"""How names and nouns begin that have a capital first letter beyond ASCII wherever they stand."""

EITHER = {"de": "älter", "es": "álbum", "fr": "état église âge île équestre", "pl": "świata świętego łodzi łódź", "pt": "índice"}
"""Words that have a capital about as often as not: l’État and l’état."""


def _small(word: str, language: str) -> float:
    """How likely a word within a sentence begins with a small letter: a noun or a name has a capital there, and the lists are folded."""
    return 0.6 if word.startswith(tuple(EITHER.get(language, "\0").split())) else LOWER.get(language, 0.98)


def is_name(word: str, language: str) -> bool:
    """Whether a word in small letters is one that has a capital in its language: `NAMES`, and German nouns told by their endings."""
    if language == "de" and re.search(r"(?:ung|ungen|heit|keit|tion|nis)\Z", word):
        return True
    return word.startswith(tuple(NAMES.get(language, "\0").split()))


COMMON = 5.6
"""Zipf frequency from which a word is no name."""


UNLISTED = -4.0
"""Nats less for a letter in a word that no list holds: only others that were lost for sure make one there likely."""


def _weight(parts: tuple[str, str], reading: Reading, habits: Habits) -> float:
    """Nats that a letter stood between `parts`, if the mark is a question mark."""
    left, right = parts
    size = len(left + right) + 1
    weight = 2.5 + min(size - 3, 4) * 0.7 + (min(reading.zipf - 2.0, 2.5) * 0.6 if reading.zipf else UNLISTED)
    weight += 1.0 if reading.language == "en" else 2.5 if reading.language == habits.language else 0.0
    both = min(zipf(left, habits.language), zipf(right, habits.language)) if min(len(left), len(right)) > 2 else 0.0
    return weight - max(0.0, both - 3.0) * 1.5


LONE = 6.0
"""The most nats for a letter before another one that is all there is of a word: every letter stands alone in code, as in `size>0?n:1`."""


def _edge(text: str, end: int, parts: tuple[str, str], reading: Reading, habits: Habits) -> float:
    """Nats that a letter stood before or behind the rest of a word, if the mark is a question mark: what is left must be a rarer word, or none."""
    left, right = parts
    alone = _alone(left or right, habits.language)
    own = reading.language == habits.language != "en"
    before_small = BEFORE_SMALL.match(text, end) is not None
    if not reading.zipf and habits.loses_letters is not True:
        return -5.0
    if alone > reading.zipf + (2.5 if left and before_small and own and reading.zipf else 0.5):
        return -5.0  # mejor? is a question more likely than mejoró
    if left and len(left) <= PARTICLE and _ends(text, end):
        return -5.0
    weight = max(reading.zipf - alone, -1.0) * MARGIN - 0.5 + min(len(left + right) - 2, 3) * 0.3 + 1.5 * own
    if not left:
        return (weight if own else weight - 4.0) if len(right) > 1 else min(weight, LONE)
    return weight + ((3.8 if left.islower() else 1.5) if before_small else 1.5 + own if STOP.match(text, end) else 0.0)


def _ends(text: str, end: int) -> bool:
    """Whether a sentence ends before `end`: a capital follows, or the end of the line or of a quotation."""
    return text[end : end + 1] in ("", "\n", '"', "”", "»") or (text[end] == " " and text[end + 1 : end + 2].isupper())


def _alone(part: str, language: str) -> float:
    """The Zipf frequency of what is left of a word, with its own gaps filled."""
    if GAP.search(part) is None:
        return zipf(part, language)
    rest = fill(_gapped(part, 1), language)
    return rest.zipf if rest else 0.0


ODD_CASE = re.compile(r"[a-zß-ÿ][A-Z]")
BEFORE_SMALL = re.compile(f" {SMALL}")
PARTICLE = 2
"""Behind a word of so few letters a sentence that ends is a question: those of Mongolian, Altai and Turkish end in such words."""

STOP = re.compile(r"[,;.](?:\s|$)")


SIGNS = r"[?\ufffd]{1,4}"
BEFORE = re.compile(rf"(?:[^\W\d_]|{SIGNS}(?=[^\W\d_])){{0,30}}")
BEHIND = re.compile(rf"(?:[^\W\d_]|{SIGNS}(?=[^\W\d_?\ufffd])){{0,30}}")
EDGE = re.compile(r"[?\ufffd]{1,3}(?![?\ufffd])")
APOSTROPHE = re.compile(rf"(?i)(?:{'|'.join(sorted(ELIDED))})[?\ufffd](?=.)")


def _lefts(text: str, start: int, language: str) -> list[str]:
    """The part of the word before the mark: with a gap at its own beginning, if one may be there, and without; without an elided word."""
    found = BEFORE.match(text[max(0, start - 30) : start][::-1])
    left = found[0][::-1] if found else ""
    if language in ELIDING and (elided := APOSTROPHE.match(left)) is not None:
        return [left, left[elided.end() :]]
    opening = EDGE.match(text[max(0, start - len(left) - 4) : start - len(left)][::-1])
    return [opening[0] + left, left] if left and opening is not None else [left]


def _rights(text: str, end: int) -> list[str]:
    """The part of the word behind the mark: with a gap at its own end, if one may be there, and without."""
    found = BEHIND.match(text, end)
    right = found[0] if found else ""
    closing = EDGE.match(text, end + len(right))
    return [right + closing[0], right] if right and closing is not None else [right]


def _gapped(part: str, signs: int) -> str:
    """A part of a word with a NUL for each lost letter, of which so many signs are left."""
    return GAP.sub(lambda run: NUL * (len(run[0]) // signs), part).lower()


def _read(damaged: str, language: str, *, is_name: bool) -> Reading | None:
    """The best reading of a word with gaps: in its own language; for names, and in English for long words, in any whose words travel."""
    own = read(damaged, language)
    if own is not None and own.zipf and not is_name:
        return own
    if not is_name and (language != "en" or len(damaged) < 6):
        return fill(damaged, "en") or own
    found = [reading for code in dict.fromkeys((language, "en", *STRANGERS)) if (reading := fill(damaged, code)) and (code == language or reading.zipf >= 3.0)]
    if not found:
        return own
    best = max(found, key=lambda reading: reading.zipf + (reading.language in {language, "en"}))
    rivals = [reading.zipf - (reading.language not in {language, "en"}) for reading in found if reading.letters != best.letters]
    return best._replace(share=best.share / (1 + sum(10 ** (other - best.zipf) for other in rivals)))
