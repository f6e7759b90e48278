"""The packed language model: what pairs of letters cost in each language, and how common the characters of Chinese, Japanese and Korean are.

`data/model.bin` is read script by script, when a token of that script is judged for the first time; `data/build.py` says how it is laid out.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from operator import add
from pathlib import Path
from typing import Any

SCALE = 16
"""Costs are stored in steps of 1/16 nat."""

EDGE = " "
"""Stands for the edge of a word in the model's pairs."""

IDEOGRAPHIC = ("ja", "ko", "zh-hans", "zh-hant")
"""Languages with a section of their own, because their characters number thousands."""

UNKNOWN = 15.0
"""What a letter costs that no language of its script was seen to use."""


MOST = 128
"""So many pairs of letters fit into the lanes, even if each costs as much as two bytes can say: 32 nats."""

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
        self.places = {language: place for place, language in enumerate(self.languages)}
        self.letters: str = header["letters"]
        letters, count = self.letters, header["pairs"]
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

    def alone(self, letter: str) -> memoryview:
        """What a letter of the script costs wherever it stands, one cost a language, in steps of 1/SCALE nat."""
        return self.spread(self._row(self._single[letter]))

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

    def lanes(self, word: str, *, is_whole: bool = True) -> int:
        """The costs of a folded word, or of the beginning of one, in all languages, as lanes. Words of more than MOST letters are judged by their beginning."""
        padded = EDGE + word[:MOST] + (EDGE if is_whole else "")
        return sum(map(self.__getitem__, map(add, padded, padded[1:])))

    def total(self, words: Sequence[str]) -> list[int]:
        """The costs of folded words together, one for each language, in steps of 1/SCALE nat."""
        line, totals = EDGE + EDGE.join(words) + EDGE, [0] * self.width
        for start in range(0, len(line) - 1, MOST):  # more would not fit into the lanes
            part = line[start : start + MOST + 1]
            totals = list(map(add, totals, self.spread(sum(map(self.__getitem__, map(add, part, part[1:]))))))
        return totals

    def spread(self, lanes: int) -> memoryview:
        """One cost a language, in steps of 1/SCALE nat."""
        return memoryview(lanes.to_bytes(2 * self.width, "little")).cast("H")


_NOTHING = ("", b"")


def _successors(heads: Sequence[str], lengths: memoryview, seconds: str, costs: bytes) -> dict[str, tuple[str, bytes]]:
    """Head -> what may follow it, as a string to search in, and the costs of these."""
    found: dict[str, tuple[str, bytes]] = {}
    done = 0
    for head, length in zip(heads, lengths, strict=True):
        if length:
            found[head] = seconds[done : done + length], costs[done : done + length]
            done += length
    return found


class Characters:
    """The characters of a language that has thousands of them, each with its cost alone and the costs of what may follow it."""

    def __init__(self, section: str) -> None:
        header, body = _section(section)
        count, tails = header["chars"], header["tails"]
        chars = body[: 4 * count].decode("utf-32-le")
        at = 4 * count
        self._single = dict(zip(chars, body[at : at + count], strict=True))
        self._back = dict(zip(chars, body[at + count : at + 2 * count], strict=True))
        lengths = memoryview(body[at + 2 * count : at + 4 * count]).cast("H")
        at += 4 * count
        self._next = _successors(chars, lengths, body[at : at + 4 * tails].decode("utf-32-le"), body[at + 4 * tails :])

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


class Running(Characters):
    """The characters of running text, each with its costs after the two before it: what lost bytes are guessed by.

    `Characters` takes every word of the lists for a run of its own, which is the better judge of a word that stands alone.
    """

    def __init__(self, language: str) -> None:
        super().__init__(f"{language} running")
        header, body = _section(f"{language} third")
        count, tails = header["heads"], header["tails"]
        text = body[: 8 * count].decode("utf-32-le")
        heads = [text[2 * i : 2 * i + 2] for i in range(count)]
        at = 8 * count
        self._further = dict(zip(heads, body[at : at + count], strict=True))
        lengths = memoryview(body[at + count : at + 3 * count]).cast("H")
        at += 3 * count
        self._third = _successors(heads, lengths, body[at : at + 4 * tails].decode("utf-32-le"), body[at + 4 * tails :])
        self.followers = lru_cache(maxsize=1 << 12)(self._followers)

    def known(self) -> Collection[str]:
        """The characters that the language was seen to use, and those that its standard holds."""
        return self._single.keys()

    def cost(self, before: str, char: str) -> float:
        """The cost in nats of `char` after the last two characters, EDGE for each that is none of the language; after "" that of it anywhere."""
        if not before:
            return self._single.get(char, 240) / SCALE
        thirds, costs = self._third.get(before, _NOTHING)
        i = thirds.find(char)
        if i >= 0:
            return costs[i] / SCALE
        seconds, costs = self._next.get(before[-1], _NOTHING)
        i = seconds.find(char)
        nats = costs[i] if i >= 0 else self._back.get(before[-1], 0) + self._single.get(char, 240)
        return (self._further.get(before, 0) + nats) / SCALE

    def _followers(self, before: str) -> frozenset[str]:
        """The characters that were seen after the last two characters, or after the last of them."""
        return frozenset(self._next.get(before[-1:], _NOTHING)[0]) | frozenset(self._third.get(before, _NOTHING)[0])


alphabet = cache(Alphabet)
characters = cache(Characters)
running = cache(Running)


@cache
def trained() -> frozenset[str]:
    """The scripts that the model holds, and the languages of its ideographs."""
    return frozenset(section for section in _file()[0] if " " not in section)
