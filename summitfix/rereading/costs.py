"""What the characters cost that may stand where bytes were lost, in nats: running text of Chinese, Japanese or Korean, and the signs in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Protocol

from summitfix import words
from summitfix.language import LONGEST_WORD, word_nats
from summitfix.model import EDGE, running
from summitfix.signs import sign_nats

FOREIGN = 5.0
"""How much more the full-width signs of Chinese and Japanese cost in Korean, which has ASCII ones."""

ENDED = 1.0
"""What the end of a word costs on average."""

LIKELY = 64
"""How many of the characters that a place leaves open are tried for being common; all are that were seen where they would stand."""

SIGNS = "、。〈〉《》「」『』【】〔〕〜！（），：；？～–—‘’“”•…→←↑↓─│├└●○■□▲△▼▽◆◇★☆※✅✓✔❌✗⚠€™"
"""Which signs may be found for lost bytes."""

SEEN = {"，": 3.2, "。": 3.4, "、": 4.0, "：": 5.0, "（": 5.3, "）": 5.3, "—": 6.0, "’": 5.0, "✅": 7.0, "❌": 7.5, "✓": 8.5, "→": 7.5, "─": 7.5}
"""What the common ones of these cost, in nats, in text that loses bytes: comments of programs and notes."""

RARER = 1.5
"""How much more the others cost than in running text, where they come in crowds."""


Fitting = Mapping[str, tuple[int, int]]
"""Characters, the commonest first, each with its first and last byte, or LOST where that does not matter."""

STRANGE = 10.0
"""What a simplified character costs at least, in nats, that traditional Chinese does not use as well."""


def is_strange(char: str, language: str) -> bool:
    """Whether a character is of the other way to write Chinese: the list of words, which folds them, would speak for it."""
    return language == "zh-hant" and running(language).cost("", char) > STRANGE and char in _simple()


@cache
def _simple() -> frozenset[str]:
    return frozenset(words.simplified().values())


@cache
def _listed(language: str) -> Mapping[str, float]:
    return words.table(language).whole()


@cache
def _continuing(language: str) -> Mapping[str, str]:
    """The beginnings of listed words of two to LONGEST_WORD characters -> the characters that complete one."""
    found: dict[str, str] = {}
    for word in _listed(language):
        if 1 < len(word) <= LONGEST_WORD:
            found[word[:-1]] = found.get(word[:-1], "") + word[-1]
    return found


def is_ideographic(char: str) -> bool:
    """Whether a character is Han, kana or Hangul: one that the model knows by what stands before it."""
    return "\u3041" <= char <= "\ud7a3" and char != "・"


class Place(Protocol):
    """Where a character may follow: what the best way there costs, the costs of its last places, and its last characters."""

    nats: float
    costs: tuple[float, ...]
    last: str


CLASS = {" ": " ", "\n": " ", "\t": " ", "": " "}
OPENING, CLOSED, PAUSES, STOPS, DASHES = "“‘「『【《〈（〔([{", "”’」』】》〉）〕", "、，", "。！？", "—–→←•"


class Costs:
    """What a character costs behind others, in a language."""

    def __init__(self, language: str, own: Mapping[str, float]) -> None:
        self.language, self.own = language, own
        self.characters, self.words, self.continuing = running(language), _listed(language), _continuing(language)

    def likely(self, state: Place, chars: Fitting) -> Iterable[str]:
        """Those of the characters that are worth trying behind a state."""
        if len(chars) <= LIKELY:
            return chars
        before = state.last if is_ideographic(state.last[-1]) else ""
        found = set(islice(chars, LIKELY)) | (chars.keys() & self.characters.followers((EDGE + EDGE + before)[-2:]))
        spelled = words.fold(before, self.language) if self.language == "zh-hant" else before
        for size in range(1, len(spelled) + 1):
            found |= chars.keys() & set(self.continuing.get(spelled[-size:], ()))
        return found

    def after(self, state: Place, char: str) -> tuple[float, tuple[float, ...], str]:
        """The nats, the costs of the last places and the last characters of a state that `char` follows."""
        before = state.last if is_ideographic(state.last[-1]) else ""
        if not is_ideographic(char):
            nats = state.nats + self._sign(state.last[-1], char)
            if before and self.language == "ko":  # the only one of them that puts spaces between its words
                nats += self.characters.cost((EDGE + before)[-2:], EDGE) - ENDED
            return nats, (nats,), CLASS.get(char) or ("a" if char.isascii() and char.isalnum() else char)
        best = state.nats + self.characters.cost(before[-2:] if state.last == "a" or len(before) > 1 else EDGE + (before or EDGE), char)
        here, costs = before + char, state.costs
        spelled = words.fold(here, self.language) if self.language == "zh-hant" else here
        for size in range(2, min(len(costs), len(here), LONGEST_WORD) + 1):
            zipf = self.words.get(spelled[-size:], 0.0)
            if self.own:
                zipf = max(zipf, self.own.get(here[-size:], 0.0))
            if zipf:
                best = min(best, costs[-size] + word_nats(zipf))
        return best, ((*costs, best) if before else (state.nats, best))[-LONGEST_WORD:], here[1 - LONGEST_WORD :]

    def _sign(self, last: str, char: str) -> float:
        """What a sign, a space or a letter of another script costs behind `last`."""
        if char in " \t\n":
            return 0.5 + 5.0 * (last in OPENING) + 2.0 * (last in PAUSES) + (2.0 * (last in PAUSES) - 1.0 * (last in STOPS)) * (char == "\n")
        if char == "":
            return 4.0 * (last in PAUSES) - 1.0 * (last in STOPS)
        if char == "." and self.language != "ko" and is_ideographic(last):
            return 5.0  # Chinese and Japanese sentences end in a full stop of their own
        if char.isascii():
            return 0.3 if char.isalnum() else 0.5 + 4.0 * (last in STOPS + PAUSES and char in ".,;:")
        nats = SEEN.get(char) or sign_nats(char) + RARER
        if "\u0370" <= char <= "\u07ff":
            nats += 2 * FOREIGN  # sound characters of the codec are two bytes of UTF-8 by chance: `夜` is `ҹ`
        if self.language == "ko" and "\u3001" <= char <= "\uff5e":
            nats += FOREIGN
        if char in CLOSED or char in PAUSES or char in STOPS:
            return nats + 4.0 * (last == " ")
        if self.language == "ko" and is_ideographic(last):
            return nats + 4.0 * (char not in "·…～")
        return nats + 3.0 * (char in DASHES and last != " ")
