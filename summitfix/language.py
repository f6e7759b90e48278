"""How plausible a text is, in nats: the one judge of every guess that summitfix makes.

A text is split into tokens: runs of letters of one script. An alphabetic token costs the sum of its character-pair costs in the best of the
script's languages, or what the whole word costs in that language's word list, if that is less; Han and Hangul tokens likewise, cut into listed words
and single characters. What stands between the letters costs what such a sign costs in running text (`signs`). Costs are -log probabilities in nats,
so those of tokens add up.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from summitfix import words
from summitfix.model import IDEOGRAPHIC, SCALE, alphabet, characters, fold, trained
from summitfix.scripts import NAMES, marks
from summitfix.signs import BETWEEN, DRAWN, HYPHENATED, INNER, MIXED, OPENED, OPENING, REPEATED, SPACED, is_drawn, sign_nats

UNTRAINED = 5.0
"""What a letter costs in a script that the model does not hold: one of some sixty that are about as likely as each other, and a little for rarity."""


class Judgement(NamedTuple):
    """What a token costs in nats, the language in which it costs least, and that word's Zipf frequency there (0.0: not in the list)."""

    nats: float
    language: str
    zipf: float


COMMON = 5.0
"""The Zipf frequency from which a word of two letters says something: one in ten thousand words."""

MOST_COMMON = 6.5
"""The same where the language of the document is not sure: the dozen commonest words of a language, `że` and `är`."""

HOME, SURELY_HOME = 2.6, 1.0
"""Up to which cost of its language a Latin word counts as known; that of two letters: some language has a word for most strings of Latin letters."""

LONGEST_WORD = 5
"""Of how many characters a listed word of Chinese, Japanese or Korean may be."""

ALONE = 3.0
"""How much more the languages of the document count for a word of one letter, which by itself says next to nothing."""

LISTED = 5
"""In how many languages, the best by their pairs, a word is looked up: in the two best, and in the others if it is short or the document has shown them."""

SHORT = 4
"""Up to how many letters a word says little of its language by its pairs."""

LISTABLE = (3.2, 5.0)
"""A word whose pairs cost more than this a letter and this in all is not looked up: no list would hold it, and reading a list takes milliseconds."""


class Prior(dict[str, float]):
    """Language -> nats that each of its tokens costs more than one of the document's main language; "" stands for those not shown so far.

    `said` is the main language where somebody said it. Not to be changed once made: what is judged by it is remembered under its identity.
    """

    said: str | None = None
    __hash__ = object.__hash__  # type: ignore[assignment]


NO_PRIOR = Prior()

STRANGER = 3.0
"""The most that a token of a language costs more that the document has not shown."""


KEPT = 9
"""How many languages of a script, the best by their pairs, a word is weighed in."""


EUROPEAN = frozenset("acg")
"""The marks of the scripts whose digits are ASCII."""

LISTED_LETTERS = (6.0, 6.0)
"""The most that a word costs a letter, and in all: what letters cost that follow each other in no language, as in a list of them (`ÆŒß`)."""


@lru_cache(maxsize=1 << 16)
def _options(word: str, script: str) -> tuple[tuple[float, str], ...]:
    """What a folded word costs by its pairs in the languages where that is least, the best first."""
    if script in ("Han", "Hangul"):
        return tuple(sorted((sum(characters(language).costs(word)), language) for language in (("ko", "ja") if script == "Hangul" else IDEOGRAPHIC)))
    if script not in trained():
        return ((UNTRAINED * len(word), ""),)
    letters = alphabet(script)
    spread = spread_of(word, script)
    most = LISTED_LETTERS[0] * len(word) + LISTED_LETTERS[1] if len(word) > 2 else math.inf
    return tuple((min(most, nats / SCALE), language) for nats, language in sorted(zip(spread, letters.languages, strict=True))[:KEPT])


@lru_cache(maxsize=1 << 16)
def spread_of(word: str, script: str) -> list[int]:
    """What a folded word costs by its pairs in each language of its script, in steps of 1/SCALE nat."""
    letters = alphabet(script)
    return letters.spread(letters.lanes(word)).tolist()


def _paired(word: str, script: str, prior: Prior) -> Judgement:
    """The best of `_options` in the light of the document's languages."""
    spread, places = spread_of(word, script), alphabet(script).places
    weight = 1.0 if len(word) > 1 else ALONE
    most = LISTED_LETTERS[0] * len(word) + LISTED_LETTERS[1] if len(word) > 2 else math.inf
    stranger, least = weight * prior.get("", 0.0), min(spread)
    best = min(most, least / SCALE) + stranger, alphabet(script).languages[spread.index(least)]
    for language, foreign in prior.items():
        if language in places:
            cost = spread[places[language]]
            nats = min(most, cost / SCALE) + weight * foreign, language
            if nats < best and sorted(spread)[:KEPT][-1] >= cost:
                best = nats
    return Judgement(*best, 0.0)


def best(word: str, script: str) -> tuple[str, ...]:
    """The two languages of a script in which a folded word costs least by its pairs."""
    return tuple([language for _, language in _options(word, script)[:2]])


def word_nats(zipf: float) -> float:
    """-log of the probability of a word of that Zipf frequency (log10 of occurrences in a billion words)."""
    return (9.0 - zipf) * math.log(10)


@lru_cache(maxsize=1 << 14)
def _segmented(run: str, language: str, extra: float) -> Judgement:
    """The cheapest account of a run without spaces: cut into listed words of two to LONGEST_WORD characters and characters that follow each other.

    The Zipf frequency is that of its commonest listed word, or 0.0 if listed words cover less than half of it.
    """
    table, spelled = words.table(language), words.fold(run, language) if language == "zh-hant" else run
    best, covered, top = [extra], [0], [0.0]
    for end, single in enumerate(characters(language).costs(run), 1):
        options = [(best[end - 1] + single, covered[end - 1], top[end - 1])]
        for start in range(max(0, end - LONGEST_WORD), end - 1):
            zipf = table.get(spelled[start:end], 0.0)
            if zipf:
                options.append((best[start] + word_nats(zipf), covered[start] + end - start, max(top[start], zipf)))
        nats, cover, zipf = min(options)
        best.append(nats)
        covered.append(cover)
        top.append(zipf)
    return Judgement(best[-1], language, top[-1] if 2 * covered[-1] >= len(run) else 0.0)


def judge(word: str, script: str, prior: Prior = NO_PRIOR, *, listed: bool = True) -> Judgement:
    """The best account of a folded word of one script: in which language, by its pairs or (if `listed`) by the word list."""
    if (not listed or len(word) == 1) and script in trained() and script not in ("Han", "Hangul"):
        return _paired(word, script, prior)
    options = _options(word, script)
    if prior:
        stranger = prior.get("", 0.0)
        weight = 1.0 if len(word) > 1 else ALONE
        options = tuple([(nats + weight * prior.get(language, stranger), language) for nats, language in options])
        if listed:
            options = tuple(sorted(options))
    best = Judgement(*min(options), 0.0)
    if not listed or len(word) == 1:
        return best
    for number, (nats, language) in enumerate(options[:LISTED]):
        extra = prior.get(language, prior.get("", 0.0))
        if number > 1 and len(word) > SHORT and language not in prior:
            continue
        if script in ("Han", "Hangul"):
            best = min(best, _segmented(word, language, extra))
        elif nats < LISTABLE[0] * len(word) + LISTABLE[1]:
            zipf = words.zipf(word, language)
            if zipf and word_nats(zipf) + extra < best.nats:
                best = Judgement(word_nats(zipf) + extra, language, zipf)
    return best


class Account(NamedTuple):
    """What a text costs, and what speaks for its being text at all.

    `nats` is the whole cost. `odd` counts signs between letters and changes of script or case within a word. Of the tokens that hold a letter beyond
    ASCII: `letters` counts their letters, `letter_nats` is their share of the cost, `known` counts the words of three and more letters (two, of Han
    and Hangul or if they are very common) that the word lists hold, `unknown` those that they do not, `excess` is by how many nats they cost more than
    all but one in two hundred words of good text do, `strain` by how many nats more than all but one in eight.
    """

    nats: float
    odd: int
    letters: int
    letter_nats: float
    known: int
    unknown: int
    excess: float
    strain: float


BUDGET = {
    # script: nats a letter, and nats a token, within which 99.5 of 100 tokens of news sentences stay; then some 88 of 100; "" for all other scripts
    "Latin": ((3.2, 8.0), (2.7, 2.5)),
    "Cyrillic": ((3.0, 8.0), (2.6, 2.0)),
    "Greek": ((3.0, 8.0), (2.6, 2.0)),
    "Hangul": ((7.0, 8.0), (6.2, 1.5)),
    "Han": ((8.5, 9.0), (7.0, 2.0)),
    "": ((4.0, 9.0), (3.0, 3.0)),
}


DENSE = frozenset({"Hebrew"})
"""Scripts without vowels: one in eleven strings of three Hebrew letters is a listed word; of other scripts at most one in thirty."""


def _is_known(judged: Judgement, letters: int, script: str, prior: Prior) -> bool:
    """Whether a word of so many letters is in the list of a language that may well be the document's, so that its being one says something."""
    foreign = prior.get(judged.language, prior.get("", 0.0))
    if letters > 2 + (script in DENSE):
        return judged.zipf > 0.0 and (foreign <= HOME or script != "Latin")
    if script in ("Han", "Hangul"):
        return judged.zipf > 0.0 and foreign <= SURELY_HOME
    return letters == 2 and (judged.zipf > COMMON if foreign <= SURELY_HOME else judged.zipf > MOST_COMMON and foreign <= HOME and script == "Latin")


TOKEN = re.compile(r"[jk]+|([a-ilmno-z])\1*|0+|[ .*]")


HUMP = 5.0
"""What a capital costs after a small letter in a word with letters beyond ASCII: names in code have them, `capacitÚs` has one by accident."""


def case_nats(token: str, folded: str) -> tuple[float, int]:
    """What the shape of a word's capitals costs, and how many of its changes of case are odd: none in lower, Title or UPPER."""
    if token == folded:
        return 0.0, 0
    if token[1:] == folded[1:]:
        return 1.0, 0
    if token.isupper():
        return 2.0, 0
    if token.isascii():
        return 3.0, 0
    odd = sum(one.islower() and other.isupper() for one, other in pairwise(token)) or 1
    return 2.0 + HUMP * odd, odd


class _Token(NamedTuple):
    """What a token adds to the account of its text. `excess` and `strain` are negative where it costs less than what they count begins at."""

    nats: float
    odd: int
    letters: int
    known: bool
    unknown: bool
    excess: float
    strain: float


@lru_cache(maxsize=1 << 16)
def _token(token: str, script: str, prior: Prior, listed: bool) -> _Token:
    folded = fold(token)
    judged = judge(folded, script, prior, listed=listed)
    shape, humps = case_nats(token, folded)
    cost, size = judged.nats + shape, len(token)
    if token.isascii():
        return _Token(cost, humps, 0, False, False, 0.0, 0.0)
    (most, more), (usual, extra) = BUDGET.get(script, BUDGET[""])
    strain = cost - prior.get(judged.language, prior.get("", 0.0)) - usual * size - extra
    return _Token(cost, humps, size, _is_known(judged, size, script, prior), not judged.zipf, cost - most * size - more, strain)


@lru_cache(maxsize=1 << 15)
def account(text: str, prior: Prior = NO_PRIOR, *, listed: bool = True) -> Account:
    """What `text` costs under the model, given the languages of its document; without the word lists, which take time to load, if not `listed`."""
    nats = letter_nats = 0.0
    excess = strain = 0.0
    letters = known = unknown = odd = 0
    kinds = marks(text)
    previous, sign = "", ""
    for match in TOKEN.finditer(kinds):
        kind, (start, end) = match[0][0], match.span()
        if kind in NAMES:
            if start and text[start - 1] == "\\" and text[start] in "nrt" and end > start + 1:  # `\nÈ` of a string in code is no capital behind a letter
                start += 1
            found = _token(text[start:end], NAMES["k" if "k" in match[0] else kind], prior, listed)
            mixed = 0.0
            if previous and previous not in "jk" and kind not in "jk" and start and kinds[start - 1] in NAMES:
                mixed, odd = MIXED, odd + 1
            nats, odd = nats + found.nats + mixed, odd + found.odd
            if found.letters:
                letter_nats, letters = letter_nats + found.nats + mixed, letters + found.letters
                excess += max(0.0, found.excess + mixed)
                strain += max(0.0, found.strain + mixed)
                known += found.known
                unknown += found.unknown
            previous, sign = kind, ""
            continue
        if kind == " ":
            nats += 1.5
        elif kind == "0":
            nats += (2.0 if text[start].isascii() else 7.0) * (end - start)
            if not text[start].isascii() and (previous in EUROPEAN or kinds[end : end + 1] in EUROPEAN):  # `sub๐tro`: a soft hyphen read as a Thai nought
                nats, odd = nats + BETWEEN, odd + 1
        else:
            char = text[start]
            nats += REPEATED if char == sign else DRAWN if sign and char >= "\u2190" and is_drawn(char) and is_drawn(sign) else sign_nats(char)
            if kinds[end : end + 1] in SPACED:
                if char == "\u00ad" and previous in SPACED:
                    nats -= HYPHENATED
                elif char in OPENING:
                    nats -= OPENED
                elif "\u2500" <= char <= "\u259f":
                    nats += BETWEEN
                elif kind == "*" and previous in SPACED and char not in INNER and not "\u3000" <= char <= "\uffef":
                    nats, odd = nats + BETWEEN, odd + 1
            sign = char
        previous, sign = "", sign if kind in ".*" else ""
    return Account(nats, odd, letters, letter_nats, known, unknown, excess, strain)


COMMONEST = 2.3, 0.9
"""What the commonest word of a list costs at least, in nats; what a character of a Chinese, Japanese or Korean one does."""

BEGINNING = 24
"""So many letters of a word tell that it costs more than another."""


def costs_more(text: str, most: float) -> bool:
    """Whether it is clear at a glance that a text costs more than `most` nats, in whatever language and by whatever list; `account` tells it exactly."""
    folded, kinds, nats = fold(text), marks(text), 0.0
    for match in TOKEN.finditer(kinds):
        kind, start, end = match[0][0], match.start(), match.end()
        if kind in NAMES:
            script, size = NAMES[kind], end - start
            if script in ("Han", "Hangul"):
                nats += COMMONEST[1] * size
            elif script not in trained():
                nats += UNTRAINED * size
            else:
                letters = alphabet(script)
                lanes = letters.lanes(folded[start:end]) if size <= BEGINNING else letters.lanes(folded[start : start + BEGINNING], is_whole=False)
                least = min(min(letters.spread(lanes)) / SCALE, LISTED_LETTERS[0] * size + LISTED_LETTERS[1])
                nats += least if size == 1 or least > LISTABLE[0] * size + LISTABLE[1] else min(least, COMMONEST[0])
        elif kind == " ":
            nats += 1.5
        elif kind == "0":
            nats += (2.0 if text[start].isascii() else 7.0) * (end - start)
        else:
            nats += _sign(text[start], text[start - 1 : start])
        if nats > most + HYPHENATED:
            return True
    return nats > most


@lru_cache(maxsize=1 << 12)
def _sign(char: str, before: str) -> float:
    """What a sign costs at least, wherever it stands behind another character."""
    nats = min(sign_nats(char), REPEATED if char == before else DRAWN if is_drawn(char) else math.inf)
    return nats - (HYPHENATED if char == "\u00ad" else OPENED if char in OPENING else 0.0)
