"""How plausible a text is, in nats: the one judge of every guess that summitfix makes.

A text is split into tokens: runs of letters of one script. An alphabetic token costs the sum of its character-pair costs in the best of the
script's languages, or what the whole word costs in that language's word list, if that is less; Han and Hangul tokens cost likewise, with the
frequency levels of the national standards as a floor. What stands between the letters costs what such a sign costs in running text (SYMBOLS).
Costs are -log probabilities in nats, so those of tokens add up.

The model is loaded script by script, when a token of that script is judged for the first time.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
import zlib
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from summitfix import words
from summitfix.scripts import NAMES, marks

SCALE = 16
"""Costs are stored in steps of 1/16 nat."""

EDGE = " "
"""Stands for the edge of a word in the model's pairs."""

IDEOGRAPHIC = ("ja", "ko", "zh-hans", "zh-hant")
"""Languages with a section of their own, because their characters number thousands."""

UNKNOWN = 15.0
"""What a letter costs that no language of its script was seen to use."""

UNTRAINED = 5.0
"""What a letter costs in a script that the model does not hold: one of some sixty that are about as likely as each other, and a little for rarity."""

SYMBOLS = (
    # signs, nats each. Ordered by how often each stands in 21 million characters of sentences in 70 languages; the quotation marks and dashes,
    # which read-aloud sentences lack, by their place in printed text.
    ("’", 5.0),
    ("“”", 5.5),
    ("—…–‘", 6.0),
    ("„«»‚‹›", 6.5),
    ("。，、", 4.0),
    ("？！：；（）「」『』《》【】・ー～〜", 5.5),
    ("।॥؟،؛۔։՝՞", 4.0),
    ("\u200c\u200d", 5.0),
    ("¡¿·°•€£©®™№§", 7.5),
    ("\u00a0\u202f\u2009\u3000\ufeff\ufe0f", 6.5),
    ("º½×²³±→←✓★−", 8.5),
    ("¢¥ªµ¼¾÷´¨¹‰†‡", 10.0),
    ("¤¦¬¯¶¸\u00ad", 11.5),
)

RANGES = (
    # first and last code point, nats
    (0x00, 0x08, 13.0),
    (0x0B, 0x1F, 13.0),
    (0x21, 0x2F, 2.5),
    (0x3A, 0x40, 2.5),
    (0x5B, 0x60, 3.0),
    (0x7B, 0x7E, 3.0),
    (0x7F, 0x9F, 20.0),
    (0x2010, 0x206F, 9.0),
    (0x20A0, 0x20CF, 9.5),
    (0x2100, 0x214F, 10.0),
    (0x2150, 0x218F, 10.0),
    (0x2190, 0x22FF, 9.5),
    (0x2300, 0x243F, 10.5),
    (0x2460, 0x24FF, 9.5),
    (0x2500, 0x257F, 8.5),
    (0x2580, 0x25FF, 9.5),
    (0x2600, 0x27BF, 9.0),
    (0x27C0, 0x2BFF, 11.0),
    (0x3001, 0x303F, 8.0),
    (0xFE10, 0xFE6F, 11.0),
    (0xFF01, 0xFF60, 7.5),
    (0xFF61, 0xFF9F, 8.5),
    (0xFFE0, 0xFFEE, 10.0),
    (0xE000, 0xF8FF, 16.0),
    (0xFFFD, 0xFFFD, 8.0),
    (0xFFF0, 0xFFFF, 16.0),
    (0x1F000, 0x1FAFF, 9.0),
    (0xE0000, 0x10FFFF, 17.0),
)

REST = 13.0
"""What any other sign costs."""

INNER = frozenset("’'-‐‑·\u200c\u200d\u00ad\u2060´ʼ\ufffd")
"""Signs that stand between letters in good text."""

DRAWN = 4.0
"""What a line, box, block, arrow or shape costs beside another: drawings are made of many."""

BETWEEN = 4.0
"""What a sign that is not INNER costs more between two letters: `NÃ©voa`."""

MIXED = 3.0
"""What it costs that letters of two scripts touch; Han, kana and Hangul touch everything."""

OPENING = "¡¿"
OPENED = 3.5
"""How much less the signs that open a Spanish sentence cost before a letter."""

SPACED = frozenset(NAMES) - {"j", "k"}
"""The marks of scripts that put spaces between words."""

REPEATED = 0.7
"""What a sign costs that repeats the one before it: rules and boxes."""


_COMBINING = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """Lower case and composed, the Turkish dotted capital as a plain i, the micro sign as the letter that Greek text means by it."""
    lowered = text.lower()
    if len(lowered) != len(text) or "µ" in lowered:
        lowered = "".join(char.lower()[0] for char in text).replace("µ", "μ")
    return unicodedata.normalize("NFC", lowered) if _COMBINING.search(lowered) else lowered


@cache
def _file() -> tuple[dict[str, dict[str, Any]], bytes]:
    """The index of the model's sections, and the sections."""
    head, _, body = (Path(__file__).parent / "data" / "model.bin").read_bytes().partition(b"\n")
    return json.loads(head), body


def _section(name: str) -> tuple[dict[str, Any], bytes]:
    index, body = _file()
    section = index[name]
    return section, zlib.decompress(body[section["offset"] : section["offset"] + section["length"]])


class Alphabet(dict[str, int]):
    """The pairs of a script. A pair's value is one big integer with a 16-bit lane for each language: adding two adds the costs of all languages."""

    def __init__(self, name: str) -> None:
        header, body = _section(name)
        self.languages: list[str] = header["languages"]
        self.width = len(self.languages)
        letters, count = header["letters"], header["pairs"]
        pairs = body[: 8 * count].decode("utf-32-le")
        self._pairs = {pairs[2 * i : 2 * i + 2]: i for i in range(count)}
        self._single = {letter: i for i, letter in enumerate(letters)}
        self._body = body[8 * count :]
        self._letters = len(letters)
        self.ones = self._widen(b"\1" * self.width)

    def _widen(self, row: bytes) -> int:
        lanes = bytearray(2 * self.width)
        lanes[::2] = row
        return int.from_bytes(lanes, "little")

    def _row(self, number: int) -> int:
        return self._widen(self._body[number * self.width : (number + 1) * self.width])

    def __missing__(self, pair: str) -> int:
        number = self._pairs.get(pair)
        if number is not None:
            lanes = self._row(2 * self._letters + number)
        else:
            head, tail = self._single.get(pair[0]), self._single.get(pair[1])
            lanes = self._row(tail) if tail is not None else round(UNKNOWN * SCALE) * self.ones
            lanes += self._row(self._letters + head) if head is not None else 0
        self[pair] = lanes
        return lanes

    def lanes(self, word: str) -> int:
        """The costs of a folded word in all languages, as lanes. Words of more than 200 letters are judged by their beginning."""
        padded = EDGE + word[:200] + EDGE
        return sum(map(self.__getitem__, map("".join, pairwise(padded))))

    def spread(self, lanes: int) -> memoryview:
        """One cost a language, in steps of 1/SCALE nat."""
        return memoryview(lanes.to_bytes(2 * self.width, "little")).cast("H")


_NOTHING = ("", b"")


class Characters:
    """The characters of a language that has thousands of them, each with its cost alone and the costs of what may follow it."""

    def __init__(self, language: str) -> None:
        header, body = _section(language)
        count, tails = header["chars"], header["tails"]
        chars = body[: 4 * count].decode("utf-32-le")
        at = 4 * count
        self._single = dict(zip(chars, body[at : at + count], strict=True))
        self._back = dict(zip(chars, body[at + count : at + 2 * count], strict=True))
        lengths = memoryview(body[at + 2 * count : at + 4 * count]).cast("H")
        at += 4 * count
        seconds, costs = body[at : at + 4 * tails].decode("utf-32-le"), body[at + 4 * tails :]
        self._next: dict[str, tuple[str, bytes]] = {}
        done = 0
        for char, length in zip(chars, lengths, strict=True):
            if length:
                self._next[char] = seconds[done : done + length], costs[done : done + length]
                done += length

    def costs(self, run: str) -> list[float]:
        """The cost of each character of a run in nats, given the one before it."""
        result, head = [], EDGE
        single, back, following = self._single, self._back, self._next
        for char in run:
            seconds, costs = following.get(head, _NOTHING)
            i = seconds.find(char)
            result.append((costs[i] if i >= 0 else back.get(head, 0) + single.get(char, 240)) / SCALE)
            head = char
        return result


alphabet = cache(Alphabet)
characters = cache(Characters)


@cache
def trained() -> frozenset[str]:
    """The scripts that the model holds."""
    return frozenset(_file()[0])


class Judgement(NamedTuple):
    """What a token costs in nats, the language in which it costs least, and that word's Zipf frequency there (0.0: not in the list)."""

    nats: float
    language: str
    zipf: float


COMMON = 5.0
"""The Zipf frequency from which a word of two letters says something: one in ten thousand words."""

HOME, SURELY_HOME = 2.6, 1.0
"""Up to which cost of its language a Latin word counts as known; that of two letters: some language has a word for most strings of Latin letters."""

LONGEST_WORD = 5
"""Of how many characters a listed word of Chinese, Japanese or Korean may be."""

ALONE = 3.0
"""How much more the languages of the document count for a word of one letter, which by itself says next to nothing."""

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


LISTED = 3
"""In how many languages, the best by their pairs, a word is looked up: in the two best, and in the third if the document has shown it."""

LISTABLE = (3.2, 5.0)
"""A word whose pairs cost more than this a letter and this in all is not looked up: no list would hold it, and reading a list takes milliseconds."""


class Prior(dict[str, float]):
    """Language -> nats that each of its tokens costs more than one of the document's main language; "" stands for those not shown so far.

    Not to be changed once made: what is judged by it is remembered under its identity.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]


NO_PRIOR = Prior()

STRANGER = 3.0
"""The most that a token of a language costs more that the document has not shown."""


KEPT = 9
"""How many languages of a script, the best by their pairs, a word is weighed in."""


@lru_cache(maxsize=1 << 16)
def _options(word: str, script: str) -> tuple[tuple[float, str], ...]:
    """What a folded word costs by its pairs in the languages where that is least, the best first."""
    if script in ("Han", "Hangul"):
        return tuple(sorted((sum(characters(language).costs(word)), language) for language in (("ko", "ja") if script == "Hangul" else IDEOGRAPHIC)))
    if script not in trained():
        return ((UNTRAINED * len(word), ""),)
    letters = alphabet(script)
    spread = letters.spread(letters.lanes(word)).tolist()
    return tuple((nats / SCALE, language) for nats, language in sorted(zip(spread, letters.languages, strict=True))[:KEPT])


def word_nats(zipf: float) -> float:
    """-log of the probability of a word of that Zipf frequency (log10 of occurrences in a billion words)."""
    return (9.0 - zipf) * math.log(10)


@lru_cache(maxsize=1 << 14)
def _segmented(run: str, language: str, extra: float) -> Judgement:
    """The cheapest account of a run without spaces: cut into listed words of two to LONGEST_WORD characters and characters that follow each other.

    The Zipf frequency is that of its commonest listed word, or 0.0 if listed words cover less than half of it.
    """
    table = words.table(language)
    best, covered, top = [extra], [0], [0.0]
    for end, single in enumerate(characters(language).costs(run), 1):
        options = [(best[end - 1] + single, covered[end - 1], top[end - 1])]
        for start in range(max(0, end - LONGEST_WORD), end - 1):
            zipf = table.get(run[start:end], 0.0)
            if zipf:
                options.append((best[start] + word_nats(zipf), covered[start] + end - start, max(top[start], zipf)))
        nats, cover, zipf = min(options)
        best.append(nats)
        covered.append(cover)
        top.append(zipf)
    return Judgement(best[-1], language, top[-1] if 2 * covered[-1] >= len(run) else 0.0)


def judge(word: str, script: str, prior: Prior = NO_PRIOR, *, listed: bool = True) -> Judgement:
    """The best account of a folded word of one script: in which language, by its pairs or (if `listed`) by the word list."""
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
        if number > 1 and language not in prior:
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
    all but one in two hundred words of good text do, `strain` by how many more (or less: negative) than all but one in ten.
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
    # script: nats a letter, and nats a token, within which 99.5 of 100 tokens of news sentences stay; then 90 of 100; "" for all other scripts
    "Latin": ((3.2, 8.0), (2.7, 3.5)),
    "Cyrillic": ((3.0, 8.0), (2.6, 3.0)),
    "Greek": ((3.0, 8.0), (2.6, 3.0)),
    "Hangul": ((7.0, 8.0), (6.2, 2.5)),
    "Han": ((8.5, 9.0), (7.0, 3.0)),
    "": ((4.0, 9.0), (3.0, 4.0)),
}


_TOKEN = re.compile(r"[jk]+|([a-ilmno-z])\1*|0+|[ .*]")
_CAPITALS = re.compile("[A-Z]")


@cache
def _sign(char: str) -> float:
    code = ord(char)
    for signs, nats in SYMBOLS:
        if char in signs:
            return nats
    return next((nats for first, last, nats in RANGES if first <= code <= last), REST)


def is_common(char: str) -> bool:
    """Whether a sign is common in running text, as quotation marks, dashes, bullets and degree signs are."""
    return _sign(char) <= 7.5 and char.isprintable()


def _is_drawn(char: str) -> bool:
    return "\u2190" <= char <= "\u21ff" or "\u2500" <= char <= "\u28ff"


def _case(token: str, folded: str) -> tuple[float, int]:
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
    return 2.0 + 3.0 * odd, odd


@lru_cache(maxsize=1 << 15)
def account(text: str, prior: Prior = NO_PRIOR, *, listed: bool = True) -> Account:
    """What `text` costs under the model, given the languages of its document; without the word lists, which take time to load, if not `listed`."""
    nats = letter_nats = 0.0
    excess = strain = 0.0
    letters = known = unknown = odd = 0
    kinds = marks(text)
    previous, sign = "", ""
    for match in _TOKEN.finditer(kinds):
        kind, start, end = match[0][0], match.start(), match.end()
        if kind == " ":
            nats += 1.5
        elif kind == "0":
            nats += (2.0 if text[start].isascii() else 7.0) * (end - start)
            if previous in SPACED and not text[start].isascii():  # `sub๐tro`: a soft hyphen read as a Thai nought
                nats, odd = nats + BETWEEN, odd + 1
        elif kind in ".*":
            char = text[start]
            nats += REPEATED if char == sign else DRAWN if sign and char >= "\u2190" and _is_drawn(char) and _is_drawn(sign) else _sign(char)
            if kinds[end : end + 1] in SPACED:
                if char in OPENING:
                    nats -= OPENED
                elif "\u2500" <= char <= "\u259f":
                    nats += BETWEEN
                elif kind == "*" and previous in SPACED and char not in INNER and not "\u3000" <= char <= "\uffef":
                    nats, odd = nats + BETWEEN, odd + 1
            sign = char
        else:
            token = text[start:end]
            folded = fold(token)
            script = NAMES["k" if "k" in match[0] else kind]
            judged = judge(folded, script, prior, listed=listed)
            shape, humps = _case(token, folded)
            cost = judged.nats + shape
            if previous and previous not in "jk" and kind not in "jk" and start and kinds[start - 1] in NAMES:
                cost, odd = cost + MIXED, odd + 1
            nats, odd = nats + cost, odd + humps
            if not token.isascii():
                letter_nats, letters = letter_nats + cost, letters + end - start
                (most, more), (usual, extra) = BUDGET.get(script, BUDGET[""])
                excess += max(0.0, cost - most * (end - start) - more)
                strain += cost - usual * (end - start) - extra
                at_home = prior.get(judged.language, prior.get("", 0.0)) <= (HOME if end - start > 2 else SURELY_HOME)
                known += judged.zipf > (0.0 if end - start > 2 or kind in "jk" else COMMON if end - start == 2 else 9.0) and (
                    at_home or (script != "Latin" and end - start > 2)
                )
                unknown += not judged.zipf
        previous, sign = (kind, "") if kind in NAMES else ("", sign if kind in ".*" else "")
    return Account(nats, odd, letters, letter_nats, known, unknown, excess, strain)


def languages(lines: Iterable[str]) -> Prior:
    """The languages of a document: each with the nats that a token of it costs more than one of the main language.

    Each line votes for the language in which its words cost least, with its number of letters. Words that are no good text in any language do not
    vote: damage must not choose the language by which it is judged.
    """
    votes: dict[str, float] = {}
    for line in lines:
        tokens: dict[str, list[str]] = {}
        for match in _TOKEN.finditer(marks(line)):
            token = line[match.start() : match.end()]
            if match[0][0] in NAMES and (
                token.isascii() or (not account(token, listed=False).excess and account(token, listed=False).letter_nats < 3.0 * len(token) + 5.0)
            ):
                tokens.setdefault("Hangul" if "k" in match[0] else NAMES[match[0][0]], []).append(fold(token))
        for script, found in tokens.items():
            language = _language(found, script)
            if language:
                votes[language] = votes.get(language, 0.0) + sum(map(len, found))
    most = max(votes.values(), default=0.0) + 2.0
    votes[""] = 0.0
    return Prior({language: round(min(STRANGER, math.log(most / (count + 2.0))), 1) for language, count in votes.items()})


def _language(found: list[str], script: str) -> str:
    """The language in which tokens of one script cost least."""
    if script in ("Han", "Hangul"):
        return min((sum(sum(characters(language).costs(token)) for token in found), language) for language in IDEOGRAPHIC)[1]
    if script not in trained():
        return ""
    letters = alphabet(script)
    spread = letters.spread(sum(letters.lanes(token) for token in found[:100]))
    return min((nats / SCALE + _world(language), language) for nats, language in zip(spread, letters.languages, strict=True))[1]
