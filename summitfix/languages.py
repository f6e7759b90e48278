"""The languages of a document: by which of them its words are judged.

Each line votes; where only the main language is asked for, a sample of the words tells it (`main`), at a hundredth of the time.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

from summitfix.language import BUDGET, STRANGER, TOKEN, Prior, case_nats, judge, spread_of
from summitfix.model import IDEOGRAPHIC, SCALE, alphabet, characters, fold, trained
from summitfix.scripts import NAMES, marks

WORLD = (
    # languages, nats that a text costs more for being in one of them, before anything of it is known; all others 4.0
    (frozenset({"en"}), 0.0),
    (frozenset(["ar", "cs", "de", "es", "fa", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "vi", "zh-hans", "zh-hant"]), 2.0),
    (frozenset(["af", "br", "cy", "eo", "eu", "ga", "la", "lg", "mi", "sn", "so", "sq", "st", "sw", "tl", "ts", "xh", "yo"]), 8.0),
)
"""How rare the languages are in which texts are written, roughly as on the web: a short text is rarely Welsh."""


@cache
def _world(language: str) -> float:
    return next((nats for languages, nats in WORLD if language in languages), 4.0)


SAID = 20.0
"""How many texts of the same length speak for a language that somebody said."""


def known() -> list[str]:
    """The codes of the languages that can be told."""
    return sorted({*IDEOGRAPHIC, *(language for script in trained() - {*IDEOGRAPHIC} for language in alphabet(script).languages)})


def languages(lines: Iterable[str], said: str | None = None) -> Prior:
    """The languages of a document: each with the nats that a token of it costs more than one of the main language, which is `said`, if known.

    Each line votes for the language in which its words cost least, with its number of letters. Words that are no good text in any language do not
    vote: damage must not choose the language by which it is judged.
    """
    votes: dict[str, float] = {}
    for line in lines:
        for language, count in _votes(line):
            votes[language] = votes.get(language, 0.0) + count
    if said:
        votes[said] = SAID * (sum(votes.values()) + 2.0)
    most = max(votes.values(), default=0.0) + 2.0
    votes[""] = 0.0
    return _prior(tuple((language, round(min(STRANGER, math.log(most / (count + 2.0))), 1)) for language, count in votes.items()), said)


@lru_cache(maxsize=1 << 10)
def _prior(nats: tuple[tuple[str, float], ...], said: str | None) -> Prior:
    """The prior with these costs, one object for all documents alike: what is remembered of words is remembered under it."""
    prior = Prior(nats)
    prior.said = said
    return prior


@lru_cache(maxsize=1 << 12)
def _votes(line: str) -> list[tuple[str, int]]:
    """The languages that a line votes for, one for each script, with the numbers of its letters."""
    tokens: dict[str, list[str]] = {}
    folded, kinds = fold(line), marks(line)
    for match in TOKEN.finditer(kinds):
        if kinds[match.start()] in NAMES:
            start, end = match.span()
            script = NAMES["k" if "k" in match[0] else match[0][0]]
            token = line[start:end]
            word = folded[start:end] if len(folded) == len(line) else fold(token)
            if token.isascii() or _may_vote(token, word, script):
                tokens.setdefault(script, []).append(word)
    told = ((_language(found, script), sum(map(len, found))) for script, found in tokens.items())
    return [(language, count) for language, count in told if language]


@lru_cache(maxsize=1 << 15)
def _may_vote(token: str, word: str, script: str) -> bool:
    """Whether a token, and `word` in small letters, costs no more than good text does."""
    nats = judge(word, script, listed=False).nats if script in ("Han", "Hangul") or script not in trained() else min(spread_of(word, script)) / SCALE
    cost = nats + case_nats(token, word)[0]
    most, more = BUDGET.get(script, BUDGET[""])[0]
    return cost < 3.0 * len(token) + 5.0 and cost <= most * len(token) + more


TELLING = 40
"""So many characters of a line of Chinese or Japanese tell which it is."""


def _language(found: list[str], script: str) -> str:
    """The language in which tokens of one script cost least."""
    if script == "Hangul":
        return "ko"
    if script == "Han":
        run = "".join(found)[:TELLING]
        return min((sum(characters(language).costs(run)), language) for language in IDEOGRAPHIC)[1]
    if script not in trained():
        return ""
    letters = alphabet(script)
    spread = letters.total(found[:100])
    return min((nats / SCALE + _world(language), language) for nats, language in zip(spread, letters.languages, strict=True))[1]


MARGIN = 20.0
"""By how many nats the main language of a sample must be likelier than the next: one of 6,828 texts in 55 languages was told wrong."""

WINDOWS, WIDE = 8, 120
"""The sample: so many pieces of the text, evenly spread, of so many code points."""

_LETTERS = {
    "Latin": re.compile("[a-z\xdf-\xf6\xf8-\u024f\u1e00-\u1eff]{2,}"),
    "Cyrillic": re.compile("[\u0430-\u045f\u0460-\u052f]{2,}"),
    "Greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]{2,}"),
}


LEAST = 30
"""Of how many letters the words of a sample must be that are good text in some language, and of how many characters a run of Chinese."""


def main(text: str, script: str) -> str:
    """The main language of what a text says in an alphabet, or (with "Han") in Chinese, Japanese or Korean; "" if it is not sure."""
    sample = fold(" ".join([text[i : i + WIDE] for i in range(0, len(text), max(WIDE, len(text) // WINDOWS))]))
    if script == "Han":
        return _ideographic(sample)
    letters = alphabet(script)
    found = [_sampled(word, script) for word in _LETTERS[script].findall(sample)]
    if sum(size for _, size in found) < LEAST:
        return ""
    costs = memoryview(sum([lanes for lanes, _ in found]).to_bytes(4 * letters.width, "little")).cast("I")
    (least, language), *others = sorted((nats / SCALE + _world(language), language) for nats, language in zip(costs, letters.languages, strict=True))
    return language if not others or others[0][0] - least >= MARGIN else ""


_HANGUL, _KANA, _HAN = "[\uac00-\ud7a3]", "[\u3041-\u30ff]", "[\u3400-\u9fff]"
"""Wide classes, compiled where they are needed: that takes milliseconds."""


def _ideographic(sample: str) -> str:
    """The language of a sample of Chinese, Japanese or Korean: told by its kana or Hangul, else by which Chinese its characters are."""
    hangul, kana, han = (len(re.findall(pattern, sample)) for pattern in (_HANGUL, _KANA, _HAN))
    if hangul + kana + han < LEAST or (hangul and kana):
        return ""
    if hangul or kana:
        return ("ko" if hangul else "ja") if 4 * (hangul + kana) > han else ""
    run = "".join([char for char in sample if "\u3400" <= char <= "\u9fff"][:LEAST])
    (least, language), (more, _) = sorted((sum(characters(language).costs(run)), language) for language in ("zh-hans", "zh-hant"))
    return language if more - least >= MARGIN else ""


STRANGE = 6.0
"""What a word costs more at most in a language that it is not of: no few words of another language outweigh the rest of a text."""


@lru_cache(maxsize=1 << 16)
def _sampled(word: str, script: str) -> tuple[int, int]:
    """What a word costs in each language of its script, in lanes of 32 bits, and its letters; nothing if it is no good text in any."""
    spread = alphabet(script).spread(alphabet(script).lanes(word))
    each, more = BUDGET.get(script, BUDGET[""])[0]
    least = min(spread)
    if least > (each * len(word) + more) * SCALE:
        return 0, 0
    most = least + round(STRANGE * SCALE)
    return int.from_bytes(array("I", [min(cost, most) for cost in spread]).tobytes(), "little"), len(word)


LINES = 200
"""How many lines tell the languages of a document."""


class Told:
    """The languages of a document, found out when they are asked for: `said` is the main one, if somebody said it."""

    def __init__(self, text: str, said: str | None = None) -> None:
        self._text, self._said = text, said
        self._main: dict[str, str] = {}

    @cached_property
    def prior(self) -> Prior:
        """All of them."""
        return languages(self._text.split("\n", LINES)[:LINES], self._said)

    def main(self, script: str) -> str:
        """The main one of a script, as `main` has it."""
        if script not in self._main:
            languages = IDEOGRAPHIC if script == "Han" else alphabet(script).languages
            self._main[script] = self._said if self._said and self._said in languages else main(self._text, script)
        return self._main[script]
