"""Which legacy codec: every codec of `rows` proposes its reading, and the language model says which one is the most plausible text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from summitfix.detect.rows import CODECS
from summitfix.language import Account, Prior, account
from summitfix.languages import languages
from summitfix.signs import is_common


class Weight(NamedTuple):
    """A reading of the sample: what it costs in nats, the codec and its text.

    `own` is that part of the cost that is the codec's: its rarity, and the bytes that it cannot read. `same` are the other codecs of the same text.
    """

    nats: float
    name: str
    text: str
    own: float
    same: tuple[str, ...] = ()


STAGES = ((400, 16), (1_500, 6))
"""How many bytes of the sample are weighed by pairs of letters alone, and how many readings are then weighed further, by more and more of it."""

REACH = (25.0, 0.15)
"""By how many nats, and what part of the best one's besides, a reading may be behind that is weighed so: the lists make words cheaper by no more."""

LOST = 16.0
"""What a byte costs that a codec cannot decode."""

CUT = 10.0
"""What the first half of a character costs at the end of the sample: more than most characters would."""

DAMPED = 0.6
"""How much less that part of a word's cost counts that no good text reaches: a list of capitals with accents must not outweigh the sentences round it."""

ODD = 3.0
"""What a sign between letters and a change of script within a word cost besides: they are commoner in wrong readings than in damaged text."""

FOREIGN = 1.5
"""How much the languages of the text count for the codec: a text is hardly ever in a codec that was not made for its language."""

UNKNOWN = 6.0
"""What a codec costs that no row names."""

TELLING = 20
"""How many lines tell the languages of a text."""

STRAY = re.compile("[\udc80-\udcff]")
WORD = re.compile(r"[^ \t\r\n]+")  # a no-break space, what many codecs have for 0xA0 or 0xFF, is to be paid for
_UTF_8 = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
_MISPLACED = re.compile(r"(?<=\w)[‚„]|(?<!\S)[…‘’“”](?!\S)|(?<!\S)’(?=[α-ω])|(?<=[a-z])[\u3400-\u9fff]{1,2}(?![\u3000-\u9fff])")
_OPENING = re.compile(r"(?<!\w)[‚„]")
"""Signs that betray another codec: low quotation marks behind a letter or never closed (`dirig‚`, `‚conomique` are cp850), dots and
quotation marks that stand alone (`et … l'analyse` is `et à l'analyse`), `’ρα` for Άρα, ideographs in Latin words (`c杜puto`)."""

MISPLACED = 6.0
"""What each of them costs."""

HOLLOW = 8.0
"""What it costs that a codec of another script makes but signs of the bytes: `〉etmektedir` is cp857, `؟ hemos llegado?` cp1252."""

_BEYOND_LATIN = frozenset(["ru", "uk", "kk", "el", "he", "ar", "th", "ja", "ko", "zh-hans", "zh-hant"])


def proposals(sample: bytes) -> list[str]:
    """The codecs that may be tried: UTF-8 too where a pair of bytes could be its."""
    return [name for name in CODECS if name != "utf_8" or _UTF_8.search(sample)]


def others(sample: bytes) -> list[str]:
    """What charset-normalizer proposes that no row names, for bytes of which no codec of the rows makes good text.

    Asked about everything it changes nothing (2,944 of 2,980 lines and snippets right with it and without), and it takes more time than all the rest.
    """
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample).best()
    if not best or best.encoding in CODECS or best.encoding.startswith(("utf", "ascii")) or (_is_ebcdic(best.encoding) and not _EBCDIC.fullmatch(sample)):
        return []
    return [best.encoding]


_EBCDIC = re.compile(rb"[^ \n@]*@[^ \n]*")
"""EBCDIC has its space at 0x40, and controls that no text holds at 0x20 and 0x0A: `nd\xe2\x80o` is no `>ÀSØ?`."""


def _is_ebcdic(name: str) -> bool:
    """Whether a codec reads ASCII letters as something else."""
    return b"a".decode(name, "ignore") != "a"


def weigh(lines: Iterable[bytes], names: Iterable[str]) -> list[Weight]:
    """The readings of the lines, the most plausible first, each but once."""
    sample = b"\n".join(lines)
    found = _distinct(weight for name in names if (weight := _proposed(sample, name)))
    for size, best in STAGES:
        found = sorted(_rough(weight, size * len(weight.text) // (len(sample) or 1)) for weight in found)
        if len(sample) <= size:
            break
        found = found[:best]
    else:
        found = sorted(_rough(weight, len(weight.text)) for weight in found)
    return sorted(_fine(weight) for weight in found if weight.nats <= found[0].nats * (1 + REACH[1]) + REACH[0])


def read(sample: bytes, name: str) -> tuple[str, float]:
    """What a codec makes of bytes that may be cut off within a character, and the cost of those that it cannot read. Raises LookupError, UnicodeError."""
    decoder = codecs.getincrementaldecoder(name)("surrogateescape")
    text = decoder.decode(sample)
    return text, LOST * len(STRAY.findall(text)) + CUT * bool(decoder.getstate()[0])


def _proposed(sample: bytes, name: str) -> Weight | None:
    """The reading of a codec; None if there are too many bytes that it cannot read."""
    try:
        text, lost = read(sample, name)
    except (UnicodeError, LookupError):
        return None
    if lost * 200 > LOST * (len(sample) + 200):
        return None
    return Weight(lost + rarity(name), name, text, lost + rarity(name))


def _distinct(weights: Iterable[Weight]) -> list[Weight]:
    """The cheapest codec of each reading, with the names of the others."""
    by_text: dict[str, list[Weight]] = {}
    for weight in weights:
        by_text.setdefault(weight.text, []).append(weight)
    return [min(same)._replace(same=tuple(one.name for one in sorted(same)[1:])) for same in by_text.values()]


def _rough(weight: Weight, length: int) -> Weight:
    """Weighed by its first `length` characters, without the word lists."""
    words = Counter(_words(weight.text[:length]))
    return weight._replace(nats=weight.own + sum(count * _damped(account(word, listed=False)) for word, count in words.items()))


def _damped(found: Account) -> float:
    return found.nats - DAMPED * found.excess


def _misplaced(text: str) -> int:
    """How many quotation marks stand where none belongs; one that opens a quotation must be closed by another."""
    closed = max(map(text.rfind, "‘’“”«»"))
    return len(_MISPLACED.findall(text)) + len(_OPENING.findall(text, closed + 1))


def _fine(weight: Weight) -> Weight:
    """Weighed by the word lists too, by what is odd in it, and by whether the codec was made for its languages."""
    told = languages(weight.text.split("\n")[:TELLING])
    nats = weight.nats + MISPLACED * _misplaced(weight.text)
    for word in set(_words(weight.text)):
        if not word.isascii():
            found = account(word, told)
            nats += _damped(found) - _damped(account(word, listed=False)) + ODD * found.odd
    hollow = HOLLOW if all(char < "\u0370" or not char.isalpha() for char in weight.text) else 0.0
    usual = sorted(
        (rarity(name) + FOREIGN * _strangeness(name, told) + hollow * (not _BEYOND_LATIN.isdisjoint(_homes(name))), name)
        for name in (weight.name, *weight.same)
    )
    return weight._replace(nats=nats - rarity(weight.name) + usual[0][0], name=usual[0][1], same=tuple(name for _, name in usual[1:]))


def rarity(name: str) -> float:
    """What it costs to say that a text is in a codec."""
    return CODECS.get(name, (UNKNOWN, ""))[0]


def _strangeness(name: str, told: Prior) -> float:
    """By how many nats a token costs more in the languages for which a codec was made than in the main language of the text."""
    return min((told.get(language, told.get("", 0.0)) for language in _homes(name)), default=0.0)


@cache
def _homes(name: str) -> list[str]:
    return CODECS.get(name, (UNKNOWN, ""))[1].split()


FEW = 2.5
"""How rare in nats a codec may be that is believed for signs alone."""

HOMELY = 6.0
"""Below how many nats a word of one letter (`è`, `å`) is one of the language of the rest."""

HUMP = 5
"""One in how many letters may have an odd neighbour in a good word: Cyrillic with a Latin `i`, `SeniorRådet`."""

WITNESS = 4.0
"""By how many nats and the codec's rarity the readings of words must be better than stray bytes in them to be believed: one accent in a strange name.

Of 100 bytes thrown into English words 6 make such a word, of 150 accents that are alone in a line of any language 140.
"""


NOISY = 20
"""From how many words on a text is none if three in four cost more than nine in ten of good text do: of random bytes nearly all, of an odd page a third."""


def is_good(text: str, name: str) -> bool:
    """Whether what a codec makes of the bytes is worth anything: letters within a good word, or common signs in a common codec.

    A lone 0xFF is a no-break space in cp850 and an apostrophe in ISO 8859-13: always something, and never a witness.
    """
    told = languages(re.sub(r"(?<!\S)\S(?!\S)", "", text).split("\n")[:TELLING])
    good = found = strained = 0
    gain = 0.0
    for word in set(_words(text)):
        if word.isascii():
            continue
        one = account(word, told)
        found, strained = found + 1, strained + (one.strain > 0)
        if one.letters and word.isprintable() and HUMP * one.odd <= one.letters:
            alone = one.letters == 1 and len(told) == 1
            good += not one.excess and not alone and (one.letters > 1 or one.nats < HOMELY)
            gain += 0.0 if alone else _gain(word, one.nats)
    if found >= NOISY and 4 * strained > 3 * found:
        return False
    signs = {char for char in text if char > "\x7f" and not char.isalnum() and is_common(char)}
    return (found > 0 and 2 * good >= found) or gain > WITNESS + rarity(name) or bool(signs and rarity(name) <= FEW)


EASE = 10.0
"""By how many nats more all words together may cost: a rare word, and no two heaps of letters."""


def is_natural(text: str) -> bool:
    """Whether the words beyond ASCII cost little more than nine in ten of good text do."""
    told = languages(text.split("\n")[:TELLING])
    return sum(account(word, told).strain for word in set(_words(text)) if not word.isascii()) <= EASE


def _gain(word: str, nats: float) -> float:
    """By how many nats a word is better than its ASCII with stray bytes between; 0.0 if it is not mostly ASCII, or a letter alone."""
    strange = sum(char > "\x7f" for char in word)
    if len(word) > 1 and 2 * strange > len(word):
        return 0.0
    pieces = re.sub(r"[^\x00-\x7f]+", " ", word).split()
    return sum(account(piece, listed=False).nats for piece in pieces) + LOST * strange - nats


def _words(text: str) -> list[str]:
    """The words of a text, composed: cp1258 holds Vietnamese in pieces."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def difference(one: str, other: str) -> tuple[str, str]:
    """The first words in which two readings differ."""
    pairs = zip(WORD.findall(one), WORD.findall(other), strict=False)
    return next(((word, counterpart) for word, counterpart in pairs if word != counterpart), ("", ""))
