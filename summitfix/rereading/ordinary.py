"""Words that are ordinary beyond doubt, struck out together: most of what a clean text holds, at a microsecond each.

All words are laid end to end and their pairs of characters priced in one go; a word's cost is the difference of two running sums. What `screen` says of
a word by itself it says more slowly, and of these no differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, islice
from operator import add

from summitfix.model import EDGE, SCALE, Alphabet, alphabet, characters, fold
from summitfix.rereading import wear
from summitfix.rereading.lossy import READ

WHOLE = {"Latin": (3.2, 8.0), "Greek": (3.0, 6.5), "Cyrillic": (2.9, 6.5)}
"""What the letters of an ordinary word cost at most, each and in all, in nats.

Of the words of Russian news of four letters and more 96 in 100 cost no more, and of what a codec of Cyrillic makes of them 3 at most (8 where mac-cyrillic
was read).
"""

PAIRED = {"Latin": 7.0, "Greek": 8.0, "Cyrillic": 8.0}
"""What a pair of letters costs at most in an ordinary word, in nats: Latin ones in the language of the document, Greek and Cyrillic ones in any.

With 8.0 for Latin the Turkish `deðil` (`değil`) would pass.
"""

_NEVER = 1 << 20
"""A cost that no word can afford, in steps of 1/SCALE nat."""

AROUND = "".join(map(chr, range(0x21, 0x41))) + "[]_`{|}~\\^"
"""ASCII signs and digits, which say nothing of the word that they stand beside."""

_OPENING, _CLOSING = "«“„‘", "»”’…"
_INSIDE = {ord(sign): EDGE for sign in "'’-"}
_TORN = frozenset("ÂÃÄÅÆÇÎÏÐÑÒÓØÙÚÛâ")
"""What at the end of a word may be the first byte of UTF-8 that lost the others."""

SAMPLE = 100
"""So many words, or characters of Chinese and Japanese, tell which language most of them are in."""


@cache
def _read_with_sign() -> frozenset[str]:
    """A letter and a sign that closes, where a codec reads them as UTF-8: `ή»` in cp1253."""
    tables = [(wear.leads(step.read), wear.exact(step.read)) for step in READ]
    return frozenset(
        lead + sign for leads, others in tables for lead, forms in leads.items() if forms[0].byte < 0xE0 for sign in _CLOSING if others.get(sign, 0xFF) < 0xC0
    )


class _Costs(dict[str, int]):
    """Two small letters of a script, or one and EDGE -> what they cost in a language, in steps of 1/SCALE nat, if good text has them at all."""

    def __init__(self, script: str, language: str, *, strict: bool) -> None:
        self._letters, self._strict, self._most = alphabet(script), strict, PAIRED[script] * SCALE
        self._place = self._letters.places[language]

    def __missing__(self, pair: str) -> int:
        costs = self._letters.spread(self._letters[pair])
        mine = costs[self._place]
        found = self[pair] = 0 if pair == 2 * EDGE else mine if (mine if self._strict else min(costs)) <= self._most else _NEVER
        return found


_costs = cache(_Costs)


def core(piece: str) -> str:
    """The word of a piece in small letters if it is in one of the usual shapes, and ends so that no sign beside it belongs to it; else "".

    The Russian ё is е, as most texts write it.
    """
    word = piece.strip(AROUND)
    if word and word[0] in _OPENING:
        word = word[1:]
    if word and word[-1] in _CLOSING and word[-2:] not in _read_with_sign():
        word = word[:-1]
    if word.isascii():
        return ""
    plain = word.translate(_INSIDE) if "-" in word or "’" in word or "'" in word else word
    if not (plain if plain is word else plain.replace(EDGE, "")).isalpha():
        plain = fold(plain)  # perhaps with combining marks, as Vietnamese texts have them
        if not plain.replace(EDGE, "").isalpha():
            return ""
    shaped = word.islower() or (word[1:].islower() and word[0].isupper()) or (word.isupper() and word[-1] == piece[-1])
    return fold(plain).replace("ё", "е") if shaped and word[-1] not in _CLOSING and word[-1] not in _TORN else ""


def script_of(word: str) -> str:
    """The script of a word by its last letter beyond ASCII, "" if it is none of an alphabet that codecs are read as."""
    last = max(word)
    return "Latin" if last < "\u0250" or "\u1e00" <= last < "\u1f00" else "Greek" if last < "\u0400" else "Cyrillic" if last < "\u0530" else ""


def ordinary(pieces: Iterable[str], language: str) -> Iterator[str]:
    """Those of the pieces that are ordinary words: Latin ones in `language`, if that is known, Greek and Cyrillic ones in the language of most of them."""
    by_script: dict[str, list[tuple[str, str]]] = {}
    for piece in pieces:
        word = core(piece)
        if word:
            by_script.setdefault(script_of(word), []).append((word, piece))
    for script, found in by_script.items():
        if script in WHOLE and (language in alphabet(script).places or script != "Latin"):
            main = language if script == "Latin" else _main(alphabet(script), [word for word, _ in found[:SAMPLE]])
            yield from _affordable(found, _costs(script, main, strict=script == "Latin"), WHOLE[script])


def _main(letters: Alphabet, words: list[str]) -> str:
    """The language in which words cost least."""
    costs = letters.total(words)
    return letters.languages[costs.index(min(costs))]


def _affordable(found: list[tuple[str, str]], costs: _Costs, whole: tuple[float, float]) -> Iterator[str]:
    """The pieces whose words cost no more than ordinary ones."""
    each, more = (round(nats * SCALE) for nats in whole)
    line = EDGE + EDGE.join([word for word, _ in found]) + EDGE
    sums = list(accumulate(map(costs.__getitem__, map(add, line, islice(line, 1, None))), initial=0))
    at = 0
    for word, piece in found:
        end = at + len(word) + 1
        if sums[end] - sums[at] <= each * len(word) + more:
            yield piece
        at = end


RUN = "\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3々〆ヶ"
"""What runs of Chinese, Japanese and Korean are made of."""

WINDOW, MOST = 3, 33.0
"""So many characters of Chinese, Japanese or Korean in a row cost at most this in good text, in nats, in one of these languages."""

_SIGNS = dict.fromkeys([*range(0x20, 0x61), *range(0x7B, 0x7F), *range(0xFF01, 0xFF5F), *map(ord, "、。〃〈〉《》「」『』【】〔〕〜“”‘’…—–·")], EDGE)
"""What stands between such runs; a small Latin letter that touches one is nothing ordinary."""


class _Follow(dict[str, int]):
    """Two characters -> what the second costs after the first in a language of thousands, in steps of 1/SCALE nat.

    A sign costs what a character may, so that a run of two between signs may cost no more than two of them.
    """

    def __init__(self, language: str) -> None:
        self._characters = characters(language)

    def __missing__(self, pair: str) -> int:
        head, char = pair[0], pair[1]
        if char == EDGE:
            cost = MOST / WINDOW
        elif not "\u3041" <= char <= "\ud7a3" or char == "・" or "\u9fff" < char < "\uac00" or "\u30ff" < char < "\u3400":
            cost = _NEVER / SCALE
        else:
            cost = self._characters.costs(char if head == EDGE else pair)[-1]
        found = self[pair] = round(cost * SCALE)
        return found


_follow = cache(_Follow)


DIGIT = re.compile("[0-9A-Za-z]")
"""What a lone character may stand beside: `1월`."""


def running(pieces: Iterable[str]) -> Iterator[str]:
    """Those of the pieces that are Chinese, Japanese or Korean, each in one language, and in which no three characters in a row are all rare."""
    found = list(pieces)
    if not found:
        return
    line = EDGE + EDGE.join(found) + EDGE
    sample, plain = "".join(found[:SAMPLE]), line.translate(_SIGNS)
    costs = list(map(_follow(_running_in(sample)).__getitem__, map(add, plain, islice(plain, 1, None))))
    rows = list(map(add, costs, map(add, islice(costs, 1, None), islice(costs, 2, None))))
    at, most = 0, MOST * SCALE
    for piece in found:
        end = at + len(piece) + 1
        if max(rows[at : end - 2], default=_NEVER) <= most and (len(plain[at:end].strip(EDGE)) > 1 or DIGIT.search(piece)):
            yield piece
        at = end


def _running_in(sample: str) -> str:
    """Which of the languages with thousands of characters a text is in."""
    if any("\uac00" <= char <= "\ud7a3" for char in sample):
        return "ko"
    if any("\u3041" <= char <= "\u30ff" for char in sample):
        return "ja"
    return min(("zh-hans", "zh-hant"), key=lambda language: sum(characters(language).costs(sample[:SAMPLE])))
