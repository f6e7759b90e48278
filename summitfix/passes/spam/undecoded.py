"""Spam that still stands in the letters of another codec, because a fixer that knows nothing but UTF-8 decoded parts of it.

`추천` in CP949 is C3 DF C3 B5; read as latin-1 it is `ÃßÃµ`, and such a fixer takes the last two for an `õ`: `Ãßõ`. Which letters were two bytes once
cannot be told from the letters, but the lexicon knows what such lines say. So they are decoded for matching alone, and cut as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from summitfix.passes.spam.folding import fold
from summitfix.passes.spam.phrases import Lexicon, claims, finds

_FIRST, _ANY = "[\u00a1-\u00ff\u0152-\u0178\u2018-\u2122\u0192\u02c6\u02dc]", "[^\\x00-\\xa0\u3000\uac00-\ud7a3]*"
RUN = re.compile(f"{_FIRST}(?:{_ANY}{_FIRST}){{2}}{_ANY}")
"""Letters that bytes above A0 are in latin-1 and cp1252, and what UTF-8 makes of runs of them."""

CODECS = ("cp949", "cp874", "gbk", "big5", "cp932", "euc_jp")
LONGEST, ISLANDS = 40, 3
"""Of how many characters a run may be, and how many of them, below U+0100, may have been two bytes."""

MOST = 50
"""How many different runs of a text are tried: a text full of them was never half decoded, and each costs milliseconds."""

LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
KNOWN = 0.6
"""Which part of a decoded run phrases must cover."""


def decoded(text: str, known: Lexicon) -> Iterator[tuple[int, int, str]]:
    """(start, end, what it says) of each run that says something the lexicon knows well."""
    read: dict[str, str] = {}
    for match in RUN.finditer(text):
        run = match.group()
        if 4 <= len(run) <= LONGEST and (run in read or len(read) < MOST):
            if run not in read:
                read[run] = _read(run, known)
            if read[run]:
                yield match.start(), match.end(), read[run]


def _read(run: str, known: Lexicon) -> str:
    """The reading of a run that phrases cover best, or nothing."""
    single = [_byte(character) for character in run]
    double = [character.encode("utf-8", "surrogatepass") for character in run]
    free = [i for i, byte in enumerate(single) if byte and "\u00a0" <= run[i] <= "\u00ff" and double[i][1] > 0xA0]
    readings: dict[str, None] = {}
    for count in range(min(ISLANDS if len(free) < 20 else ISLANDS - 1, len(free)) + 1):
        for islands in combinations(free, count):
            data = b"".join(double[i] if i in islands else single[i] or double[i] for i in range(len(run)))
            readings.update(dict.fromkeys(_readings(data)))
        best = max(((_covered(reading, known), reading) for reading in readings), default=(0.0, ""))
        if best[0] >= KNOWN:
            return best[1]
        readings.clear()
    return ""


def _byte(character: str) -> bytes:
    """The byte that a character was in latin-1 or cp1252, or none."""
    if character <= "\u00ff":
        return character.encode("latin-1")
    try:
        return character.encode("cp1252")
    except UnicodeError:
        return b""


def _readings(data: bytes) -> Iterator[str]:
    for codec in CODECS:
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        if not LATIN.search(text) and text.isprintable():
            yield text


def _covered(reading: str, known: Lexicon) -> float:
    """Which part of a reading strong phrases of three characters and more cover."""
    folded = fold(reading)
    extents = [(claim.start, claim.end) for claim in claims(folded, finds(folded, known), known) if claim.strong and claim.end - claim.start > 2]
    return len({i for start, end in extents for i in range(start, end)}) / len(reading)
