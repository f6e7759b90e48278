"""A first look that costs clean text little: may any of it have been misread?

A text is looked at by its *pieces*, what stands between spaces and line feeds. Most are known to be sound, and are struck out together, as one set less
another. What remains is judged by itself, whatever document it stands in, and once: a piece is sound if its letters follow each other as in good text, or
if no chain of misreadings makes anything plausible of it. Only the lines with other pieces are searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from operator import add

from summitfix import pieces
from summitfix.language import NO_PRIOR, Prior, best
from summitfix.languages import Told
from summitfix.model import EDGE, IDEOGRAPHIC, SCALE, alphabet, characters, fold
from summitfix.rereading import wear
from summitfix.rereading.exchanges import HUMP, SIGNS, is_clear
from summitfix.rereading.lossy import READ
from summitfix.rereading.ordinary import AROUND, DIGIT, MOST, PAIRED, RUN, WHOLE, WINDOW, core, ordinary, running, script_of
from summitfix.rereading.readings import in_cyrillic
from summitfix.rereading.solving import RARE, first_readings, suspicion
from summitfix.scripts import NAMES, marks
from summitfix.signs import is_common
from summitfix.words import zipf

_BEYOND = re.compile(r"(?<![^\x00-\x2c/:-?])[^\x00-\x2c/:-?]*[^\x00-\x7f][^\x00-\x2c/:-?]*")

FOREIGN = 3.0
"""By how many nats a word may cost more in its document than in one of the same language of which nothing else is known."""

_FREE = "\u0531-\u06ff\u0750-\u077f\u0900-\u10ff\u1200-\u13ff\u1780-\u17ff\u200c\u200d"
_UNREADABLE = re.compile(f"(?=[\x00-\x7f«»“”„‘’…–—]*[{_FREE}])[\x00-\x7f{_FREE}«»“”„‘’…–—]*")
"""Pieces whose letters no codec reads bytes as, so that nothing can have become them; Thai, Hebrew, Arabic and the scripts of India are such."""

_IDEOGRAPHIC = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_RUN = re.compile(f"[{RUN}]+")
_NO_RUN = re.compile(
    "[^\x00-\x7f\u3001-\u3003\u3005-\u3011\u3014\u3015\u301c\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff5e“”‘’…—–·]"
    "|[a-z][\u3041-\u9fff\uac00-\ud7a3]|[\u3041-\u9fff\uac00-\ud7a3][a-z]"
)
"""What does not stand in ordinary Chinese, Japanese or Korean: other signs, and small Latin letters that touch theirs (`caf茅`)."""

LONE = 7.5
"""What a character of Chinese, Japanese or Korean costs at most in good text where it stands alone."""


class _Pairs(dict[str, bool]):
    """Two characters, lower case -> whether they follow each other in good text: letters as in a language, beside signs that are common."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __missing__(self, pair: str) -> bool:
        found = self[pair] = pair.isascii() or self._is_common(pair)
        return found

    def _is_common(self, pair: str) -> bool:
        kinds = marks(pair)
        if any(kind in "*0" and not char.isascii() and not is_common(char) for kind, char in zip(kinds, pair, strict=True)):
            return False
        one, other = (char if kind in NAMES else EDGE for kind, char in zip(kinds, pair, strict=True))
        scripts = {kind for kind in kinds if kind in NAMES}
        if not scripts or len(scripts) > 1 or not scripts <= {*"acg"}:
            return not scripts
        script = NAMES[scripts.pop()]
        letters = alphabet(script)
        costs = letters.spread(letters[fold(one)[:1] + fold(other)[:1]])
        place = letters.places.get(self._language)
        return (min(costs) if place is None else costs[place]) <= PAIRED[script] * SCALE


_pairs = cache(_Pairs)
_SIGNED = re.compile("[^\\W\\d_][–—…“„‘•”][^\\W\\d_]|^[^A-Za-z]*[A-Za-z]{3,}[…—”“„]+$")
"""Signs that stand for letters in more codecs than others (`exposici—n`, `attivit…`)."""

_ANY_LATIN = re.compile("[A-Za-z\xaa\xb5\xba\xc0-\u0370\u1e00-\u1eff]")
_BEYOND_ASCII = "\xdf-\xf6\xf8-\u024f\u0370-\u052f\u1e00-\u1fff"
_WORDS = re.compile(f"(?<![a-z{_BEYOND_ASCII}])[a-z{_BEYOND_ASCII}]*[{_BEYOND_ASCII}][a-z{_BEYOND_ASCII}]*")


def _is_spelled(piece: str, language: str) -> bool:
    """Whether the letters of a piece, of an alphabet, follow each other as in good text."""
    if RARE.search(piece) or HUMP.search(piece) or _SIGNED.search(piece):
        return False
    lowered = piece.lower()
    common = _pairs(language)
    return all(map(common.__getitem__, map(add, EDGE + lowered, lowered + EDGE))) and all(_is_cheap(word, language) for word in _WORDS.findall(lowered))


def _is_cheap(word: str, language: str) -> bool:
    script = marks(word[0])
    letters, (each, more) = alphabet(NAMES[script]), WHOLE[NAMES[script]]
    costs = letters.spread(letters.lanes(word))
    place = letters.places.get(language)
    return (min(costs) if place is None else costs[place]) <= (each * len(word) + more) * SCALE


def _is_running(piece: str) -> bool:
    """Whether a piece is ordinary Chinese, Japanese or Korean: whether no few characters in a row are all rare where they stand."""
    if _NO_RUN.search(piece):
        return False
    runs = _RUN.findall(piece)
    lone = MOST if len(runs) > 1 or DIGIT.search(piece) else LONE
    return any(all(_is_usual(run, language, lone) for run in runs) for language in IDEOGRAPHIC)


def _is_usual(run: str, language: str, alone: float) -> bool:
    costs = characters(language).costs(run)
    if len(costs) <= WINDOW:
        return sum(costs) <= (MOST * len(costs) / WINDOW if len(costs) > 1 else alone)
    return max(map(sum, zip(costs, costs[1:], costs[2:], strict=False))) <= MOST


@cache
def _prior(language: str) -> Prior:
    """That of a document of whose languages no more is known: what is good text there is good text in any of that language."""
    return Prior({language: 0.0, "": 3.0})


SOUND, WORN, SUSPECT = 0, 1, 2
"""What a piece may be: undamaged for sure, misread UTF-8 (worn or not), anything that was misread."""


ANY, UNTOLD = "any", ""
"""In place of a language: any document, and one whose language is not told."""


def _judge(piece: str, language: str) -> int:
    """What a piece may be in a document of a language. In ANY one, pieces of an alphabet are suspects that one language must be asked about."""
    if piece.isascii() or _UNREADABLE.fullmatch(piece):
        return SOUND
    if _TORN.search(piece) or _may_be_read(piece):
        return WORN
    main_language = "" if language == ANY else language
    if main_language in alphabet("Cyrillic").places:
        piece = in_cyrillic(piece)
    if _is_running(piece) if _IDEOGRAPHIC.search(piece) else (main_language or not _ANY_LATIN.search(piece)) and _is_spelled(piece, main_language):
        return SOUND
    if _is_listed(piece, main_language):
        return SOUND
    if len(piece) > LONGEST or (language == ANY and _ALPHABETIC.search(piece)):
        return SUSPECT
    prior = _prior(main_language)
    if any(main_language in alphabet(script).places and is_clear(piece, main_language, script, prior) for script in WHOLE):
        return SOUND
    return (
        SUSPECT
        if any(suspicion(word, prior) and first_readings(word, prior if main_language else NO_PRIOR, -FOREIGN) for word in _BEYOND.findall(piece))
        else SOUND
    )


_ALPHABETIC = re.compile("[\u0370-\u052f]")

LISTED, SHORT, LISTED_SHORT = 3.0, 4, 5.0
"""How common a word must be that is sound because a list holds it; one of fewer letters in a document of whose language nothing is known."""


def _is_listed(piece: str, language: str) -> bool:
    """Whether a piece is a word of the lists: of the language, if one is given, else of one of the two that its letters speak for."""
    if language in IDEOGRAPHIC and _IDEOGRAPHIC.search(piece):
        return zipf(piece.strip(AROUND), language) >= LISTED
    word = core(piece)
    script = script_of(word) if word else ""
    if script not in WHOLE or (script == "Latin" and not language):
        return False
    if script == "Latin":
        return zipf(word, language) >= LISTED
    return max(zipf(word, other) for other in best(word, script)) >= (LISTED if len(word) >= SHORT else LISTED_SHORT)


LONGEST = 200
"""Pieces of more code points than this are left to the search, which judges them in parts, so that the work grows with the text and no faster."""


_TORN = re.compile("[ÂÃÄÅÆÇÎÏÐÑÒÓØÙÚÛâ](?![A-Za-z\xaa-\u024f\u1e00-\u1eff])|[a-z][ÂÃ]")
"""What may be the first byte of UTF-8 that lost others: that is a matter for `lossy`, whatever the rows make of it."""


@cache
def _sequences() -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Codecs, each with what the first and the other bytes of UTF-8 are in it, but for letters."""
    kept = {step.read: frozenset(char for char, byte in wear.exact(step.read).items() if byte < 0xC0 and not char.isalpha()) for step in READ}
    return [(read, frozenset(wear.leads(read)), others) for read, others in kept.items()]


def _may_be_read(piece: str) -> bool:
    """Whether a piece holds a sequence of UTF-8 that a codec read, not of letters alone."""
    return any(
        not kept.isdisjoint(piece) and not leads.isdisjoint(piece) and any(not match[0].isalpha() for match in wear.plain(read).finditer(piece))
        for read, leads, kept in _sequences()
    )


KEPT = 1 << 17
"""So many pieces of a language are remembered."""


class _Judged:
    """The pieces that have been judged in documents of one language, by what they may be."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._by: tuple[set[str], set[str], set[str]] = set(), set(), set()

    @property
    def sound(self) -> set[str]:
        """The pieces that are known to be sound."""
        return self._by[SOUND]

    def unsound(self, pieces: set[str]) -> tuple[set[str], set[str]]:
        """Those of the pieces that may be misread UTF-8, and those that may be anything else that was misread."""
        if sum(map(len, self._by)) > KEPT:
            for kept in self._by:
                kept.clear()
        new = pieces.difference(*self._by)
        new -= self._found(piece for piece in new if piece.isascii())
        new -= self._found(ordinary(new, "" if self._language == ANY else self._language))
        new -= self._found(running(piece for piece in new if _IDEOGRAPHIC.search(piece)))
        for piece in new:
            self._by[_judge(piece, self._language)].add(piece)
        return pieces & self._by[WORN], pieces & self._by[SUSPECT]

    def _found(self, pieces: Iterable[str]) -> set[str]:
        """Pieces that have been found sound."""
        found = set(pieces)
        self._by[SOUND].update(piece for piece in found if len(piece) <= LONGEST)
        return found


_judged = cache(_Judged)


_LATIN = re.compile("[\xaa\xb5\xba\xc0-\u0370\u1e00-\u1eff]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_GREEK = re.compile("[\u0370-\u03ff]")
_SIGNS_BESIDE = re.compile(f"[\x00-@\\[-`{{-\x7f{SIGNS}]*[A-Za-z][\x00-\x7f{SIGNS}]*")
"""ASCII letters with signs of running text: those stand for letters in more codecs than others (`attivit…`)."""

_LONE = re.compile(f"[\x00-\x7f]*[{RUN}]{{1,2}}[\x00-\x7f]*")
"""One or two characters of Chinese, Japanese or Korean that stand alone: what they say depends on the language of the text, as with letters."""


def unsound(text: str, told: Told) -> tuple[set[str], set[str]]:
    """The pieces of a text that may be misread UTF-8, and those that may be anything that was misread.

    `told` tells the languages of the document.
    """
    found = pieces.rest(text, _judged(ANY).sound)
    latin = {piece for piece in found if _LATIN.search(piece) or (not piece.isascii() and _SIGNS_BESIDE.fullmatch(piece))}
    lone = {piece for piece in found - latin if _LONE.fullmatch(piece)}
    worn, suspects = _judged(ANY).unsound(found - latin - lone)
    cyrillic = {piece for piece in suspects if _CYRILLIC.search(piece)}
    greek = {piece for piece in suspects - cyrillic if _GREEK.search(piece)}
    suspects -= cyrillic | greek
    for script, group in (("Latin", latin), ("Cyrillic", cyrillic), ("Greek", greek), ("Han", lone)):
        if group:
            also, more = _judged(told.main(script) or UNTOLD).unsound(group)
            worn, suspects = worn | also, suspects | more
    return worn, {piece for piece in suspects if len(piece) > LONGEST or _may_be_anything(piece, told.prior)}


def _may_be_anything(piece: str, prior: Prior) -> bool:
    """Whether a piece has other readings in a document of these languages."""
    return any(suspicion(word, prior) and first_readings(word, prior) for word in _BEYOND.findall(piece))
