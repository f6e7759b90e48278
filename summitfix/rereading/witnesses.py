"""What a word is worth as a witness that a chain of misreadings is in play, and what must be gained where it is worth little."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from summitfix import codecs
from summitfix.codecs import MULTI_BYTE
from summitfix.model import fold
from summitfix.rereading.readings import QUOTED, Reading
from summitfix.rereading.rows import Chain, is_proven, needs_no_witness
from summitfix.scripts import SELDOM, marks
from summitfix.signs import is_common, sign_nats
from summitfix.words import zipf

WITNESSED, NO_WITNESS = 40.0, 14.0
"""How many nats a word that no list knows must gain more than its chain costs: the first shared among its letters, but at most the second."""

STRAINED = 2.5
"""How many nats more for each by which such a word costs more than ordinary words do: lists of accented letters make such words."""


def vote(reading: Reading, gain: float) -> float:
    """What a word says for a chain: what the chain gains on it, less what its reading costs more than ordinary words do; a lone letter has no vote."""
    if not reading.replaced:
        return -math.inf
    if needs_no_witness(reading.chain):
        return gain
    return -math.inf if reading.brought.letters == 1 else gain - STRAINED * reading.account.strain


def doubt(chain: Chain, found: Sequence[Reading], proven: Mapping[str, int]) -> float:
    """How many nats the readings must gain beyond what `chain` costs, because they are not quite what good text is.

    A word of the lists is witness enough; other letters are the better the more of them; one rare letter that could be another, or a sign for a letter,
    is next to none.
    """
    if not any(reading.replaced for reading in found):
        return math.inf
    if needs_no_witness(chain):
        usual = chain[0].read in ("latin-1", "cp1252", *MULTI_BYTE) or len(found) > 1 or found[0].replaced > 2
        if all(map(_is_chance, found)):
            return math.inf
        return 0.0 if usual or found[0].brought.known or found[0].brought.letters > 1 else NO_WITNESS
    if is_proven(chain, proven) or any(reading.brought.known for reading in found):
        return 0.0
    if len(chain) > 1:
        return math.inf  # the UTF-8 around it gains so much that it would pay for anything
    letters = sum(_letters(reading) for reading in found if len(_stars(reading.text)) <= reading.brought.letters)
    if letters:
        return min(NO_WITNESS, WITNESSED / letters) if any(map(_is_spelled, found)) else WITNESSED
    signs = {sign for reading in found for sign in _signs(reading)}
    return 2 * NO_WITNESS / min(len(signs), len(found)) ** 2 if signs else math.inf


ELSEWHERE_SIGNS = frozenset("।॥؟،؛۔։՝՞")
"""Signs of scripts of India and Arabia, and of Armenian, that stand beside letters of these."""

_ASCII = re.compile("[\x00-\x7f]+")
_HARDLY = re.compile(f"{SELDOM.pattern}|(?![\x00-\xff])[\\W\\d_]")
"""Letters that are seldom written, and what is no letter beyond Latin-1: marks, digits of Arabic."""

RARELY = 9.0
"""What a sign costs, in nats, that hardly stands beside a letter."""

_CLOSED = re.compile("[^\x00-\x7f][‘’“”–—…]")


def _is_chance(reading: Reading) -> bool:
    """Whether a reading may be valid UTF-8 by chance: letters that make one sign that nobody uses (`Ôôô`, `тай`), a letter before a quotation mark.

    One Chinese character that makes a mark above nothing (`無`), a digit of Arabic (`戡`), or a letter of a script that is hardly written (`刪`), is one too.
    """
    if reading.chain[0].read in MULTI_BYTE and reading.replaced == 1 and len(_ASCII.sub("", reading.text)) == 1 and _HARDLY.search(reading.text):
        return True
    unusual = reading.chain[0].read in codecs.EIGHT_BIT and reading.chain[0].read not in ("latin-1", "cp1252")
    if (
        unusual
        and not reading.brought.letters
        and 1 < reading.replaced < 5
        and any(sign_nats(sign) > 9.0 or sign in ELSEWHERE_SIGNS for sign in _stars(reading.text))
    ):
        return True
    signs = [char for char in reading.text if char > "\x7f"]
    if len(reading.chain) > 1 or reading.chain[0].read not in codecs.EIGHT_BIT or len(signs) != 1 or reading.account.known:
        return False
    before = codecs.decode("".join(signs).encode(), reading.chain[0].read)
    if _CLOSED.fullmatch(before) or SELDOM.match(signs[0]):
        return True
    sign, at = signs[0], reading.text.find(signs[0])
    beside = reading.text[max(0, at - 1) : at + 2].replace(sign, "")
    return before.isalpha() and not sign.isalpha() and (sign_nats(sign) > RARELY or is_spelled_out(before, sign, beside))


def is_spelled_out(before: str, sign: str, beside: str) -> bool:
    """Whether small letters that make a rare sign are letters, since others stand beside them: `âšš` of `Pâšš` is no `⚚`, as `âœŒ` is `✌`."""
    return before.isalpha() and before.islower() and not sign.isalpha() and sign_nats(sign) >= RARELY and any(map(str.isalpha, beside))


def _is_spelled(reading: Reading) -> bool:
    """Whether a reading brings in more letters than lists of accented letters hold together (`åäö æøå`), or Chinese, Japanese or Korean ones."""
    return reading.brought.letters > 3 or (reading.brought.letters > 0 and _IDEOGRAPHIC.search(reading.text) is not None)


def _letters(reading: Reading) -> float:
    """How many letters a reading brings in: a single one says nothing, one in a word of Chinese, Japanese or Korean as much as two or three."""
    brought = reading.brought
    if brought.letters < 2:
        return 0.0
    return brought.letter_nats / 2.6 if _IDEOGRAPHIC.search(reading.text) else brought.letters


_IDEOGRAPHIC = re.compile("[\u3040-\u9fff\uac00-\ud7a3]")


def _stars(text: str) -> list[str]:
    """The signs beyond ASCII of a text."""
    return [char for char, mark in zip(text, marks(text), strict=True) if mark == "*"]


def _signs(reading: Reading) -> Iterable[str]:
    """The signs of a reading without letters of its own, if they are such as text is full of, and stand beside a word or number."""
    if reading.brought.letters or (reading.chain[0].read in MULTI_BYTE and reading.replaced == 1):
        return ()  # `†` for `Ｅ`: every sign is another one in another codec
    if not any(char.isalnum() for char in reading.text):
        return ()  # `æ` for `‘`: a quotation mark that stands alone opens nothing
    signs = _stars(reading.text)
    return signs[: reading.replaced] if all(map(is_common, signs)) else ()  # what stood there before is no witness


_TORN = re.compile("[a-zß-öø-ÿ][ÂÃ](?![^\x00-\x7f])")
_STRESSED = re.compile("(?<=[\u0400-\u04ff])[àáèéìíòóùúýÀÁÈÉÌÍÒÓÙÚÝ](?![a-zA-Z])")
_ENDED = re.compile("^[^A-Za-z]*([A-Za-z]{3,})…[^A-Za-z]*$")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[‘’](?=[^\W\d_])")
_MARK = re.compile("(?<=[^\x00-\u036f‘-•])[‘’“”–—…•](?=[^\x00-\u036f‘-•])")


def is_explained(word: str, reading: Reading) -> bool:
    """Whether the one odd sign of a word has a better explanation than a legacy codec that nothing else shows.

    `cafÃ` lost the second byte of a UTF-8 sequence; `сè` is Cyrillic with the stress written by a Latin vowel, as Macedonians do; a dash or an ellipsis
    between words of a script without spaces is just that, and so are a letter between quotation marks and an apostrophe (`bog‘lan` is Uzbek),
    and an ellipsis behind a word of English, which menus in any language hold (`Transform…` is no Catalan).
    """
    if reading.chain[0].meant == "utf-8":
        return False
    ended = _ENDED.match(word)
    if ended and zipf(fold(ended[1]), "en"):
        return True
    return (
        QUOTED.search(word) is not None
        or _TORN.search(word) is not None
        or (reading.replaced == 1 and any(kind.search(word) for kind in (_STRESSED, _MARK, _APOSTROPHE)))
    )
