"""How common a word is, and whether two halves would be one word.

The packed lists (`data/words.bin`, built by `data/build_words.py`, sources in `data/SOURCES.md`) give Zipf frequencies: the base-10 logarithm of a
word's occurrences in a billion words, so 7 is "the", 3 is a word a reader meets every few days. Twelve languages have their frequent words of any
spelling; the others only words with a letter beyond ASCII, which is what misread and lost letters ask for.
"""

from __future__ import annotations

import math
import re
import zlib
from bisect import bisect_right
from codecs import charmap_decode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

PATH = Path(__file__).parent / "data" / "words.bin"
HEADER = b"summitfix words 2\n"

ALIASES = {"bs": "hr", "sh": "hr", "nn": "nb", "no": "nb"}
"""Languages that share a list: the standards of Serbo-Croatian in Latin script, the two of Norwegian."""

DOTTED = frozenset({"tr", "az"})
"""Languages in which I is the capital of ı and İ that of i."""

COMMAS = str.maketrans("şţŞŢ", "șțȘȚ")
"""Romanian written with the cedillas of its 8-bit codecs."""

GAIN = 0.5
"""By how much, in Zipf, a join must be more common than the rarer of its halves to be believed."""

LIFT = 3.0
"""Or by how much more common than its halves would meet by chance.

GAIN alone rejoins 88.0 % of randomly split English words of four letters and more at 0.01 % of false joins of neighbouring words, both together
93.5 % at 0.04 %; mere membership in a list of this size gives 2.3 % of false joins.
"""

REPEATED = 2
"""How often the document itself must hold a join for that to be proof."""

ACROSS = 2
"""How many letters of the second half an unlisted join must share with a listed word that begins like it (`unveröffent|lichtes`).

Asked only where neither half is a word. German splits rejoined rise from 77 to 81 %, Polish from 71 to 76, Turkish from 66 to 70; none falsely.
"""

PART = (4, 3.0)
"""Of how many letters at least, and how frequent, each part of an unlisted compound must be."""

LINKS = ("", "s", "n", "en", "es", "er", "e")
"""What German, Dutch and the Scandinavian languages put between the parts of a compound."""


class Join(NamedTuple):
    """Whether two halves are one word.

    `word` is the join as it would stand in the text, `evidence` says why it is or is not believed.

    `lift` is by how many orders of magnitude it is more common than its halves would meet by chance, 0.0 if it is not believed.
    """

    word: str
    is_word: bool
    evidence: str
    lift: float = 0.0


def fold(word: str, language: str) -> str:
    """The form of a word under which lists know it: `str.casefold`, straight apostrophes, Turkish and Azeri dotless i kept, Romanian commas.

    German ß becomes ss as casefold has it, in the list and in what is looked up alike; traditional Chinese characters the simplified ones.

    >>> fold("İSTANBUL’da", "tr"), fold("KIŞ", "tr"), fold("Straße", "de"), fold("資料", "zh-hant")
    ("istanbul'da", 'kış', 'strasse', '资料')
    """
    if language.startswith("zh"):
        return word.casefold().translate(simplified())
    if language in DOTTED:
        word = word.replace("I", "ı").replace("İ", "i")
    elif language == "ro":
        word = word.translate(COMMAS)
    return word.casefold().replace("’", "'")


def zipf(word: str, language: str) -> float:
    """The Zipf frequency of a word, 0.0 if its list does not hold it or the language has none.

    >>> zipf("relationship", "en") > zipf("generative", "en") > zipf("relationshi", "en")
    True
    """
    return table(language).get(fold(word, language), 0.0)


BLOCK, CHUNK = 128, 16
"""Every so many words the file spells one out in full, and so many such blocks are compressed together: of a list, a look-up unpacks no more than these.

One article asks some thirty languages for a word or two each; whole lists under lzma took it 90 ms, a quarter of its time; these take 15.
"""

RAW = -15
"""zlib's streams without head and checksum."""

FULL = "\x1f"
"""Stands before a word that is spelled out. Before any other one stands the control character whose number says how many letters of the last word go."""

_GOING = re.compile("([\x00-\x1e])")


class Table(Mapping[str, float]):
    """The list of a language: folded word to Zipf frequency. It is unpacked block by block, as words are looked up.

    `part` is its part of the file. A line gives the letters that bytes from 0x20 on stand for (none: it is UTF-8), the compressed sizes, and the first word
    of each chunk. Then come, for each chunk, the frequencies in tenths and the words; these are compressed in the light of the first chunk.
    """

    def __init__(self, count: int, part: bytes) -> None:
        head, _, self._packed = part.partition(b"\n")
        letters, sizes, *self._firsts = head.decode().split(" ")
        self._count, self._letters = count, "".join(map(chr, range(0x20))) + letters if letters else ""
        self._ends = [0, *accumulate(map(int, sizes.split(",")))]
        self._chunks: list[tuple[bytes, list[str]] | None] = [None] * len(self._firsts)
        self._blocks: dict[int, dict[str, float]] = {}

    def _unpacked(self, number: int, known: bytes = b"") -> bytes:
        return zlib.decompressobj(RAW, zdict=known).decompress(self._packed[self._ends[number] : self._ends[number + 1]])

    @cached_property
    def _first(self) -> bytes:
        return self._unpacked(1)

    def _chunk(self, number: int) -> tuple[bytes, list[str]]:
        """The frequencies of the words in a chunk, and its blocks."""
        found = self._chunks[number]
        if found is None:
            data = self._unpacked(2 * number + 1, self._first) if number else self._first
            text = charmap_decode(data, "strict", self._letters)[0] if self._letters else data.decode()
            found = self._chunks[number] = self._unpacked(2 * number), text.split(FULL)[1:]
        return found

    def _block(self, number: int) -> dict[str, float]:
        found = self._blocks.get(number)
        if found is None:
            levels, blocks = self._chunk(number // CHUNK)
            place = number % CHUNK
            word, *rests = _GOING.split(blocks[place])
            levels = levels[place * BLOCK : (place + 1) * BLOCK]
            found = {word: levels[0] / 10}
            for level, going, rest in zip(levels[1:], rests[::2], rests[1::2], strict=True):
                word = word[: len(word) - ord(going)] + rest
                found[word] = level / 10
            self._blocks[number] = found
        return found

    def _place(self, word: str) -> int:
        """The number of the block where a word stands if the list holds it; -1 for what comes before all words."""
        chunk = bisect_right(self._firsts, word) - 1
        return chunk * CHUNK + bisect_right(self._chunk(chunk)[1], word + FULL) - 1 if chunk >= 0 else -1

    def get(self, word: str, default: float = 0.0) -> float:  # type: ignore[override]  # no list holds anything but numbers
        """The Zipf frequency of a folded word, `default` if the list does not hold it."""
        number = self._place(word)
        return self._block(number).get(word, default) if number >= 0 else default

    def begins(self, prefix: str) -> bool:
        """Whether the list holds a word that begins so."""
        number = max(self._place(prefix), 0)
        return any(word.startswith(prefix) for block in range(number, min(number + 2, self._size())) for word in self._block(block))

    def _size(self) -> int:
        """How many blocks there are."""
        return -(-self._count // BLOCK)

    def __getitem__(self, word: str) -> float:
        number = self._place(word)
        if number < 0:
            raise KeyError(word)
        return self._block(number)[word]

    def whole(self) -> dict[str, float]:
        """All of it at once, for those who look up many thousands of words."""
        return {word: zipf for number in range(self._size()) for word, zipf in self._block(number).items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole())

    def __len__(self) -> int:
        return self._count


NO_TABLE = Table(0, b" 0\n")


@cache
def table(language: str) -> Table:
    """The list of a language, empty for a language without one.

    A code with a region or script (`zh-hant`) has the list of its language; what is looked up in a table must be folded.
    """
    language = ALIASES.get(language, language).partition("-")[0]
    return Table(*_read(language)) if language in _index() else NO_TABLE


def _read(name: str) -> tuple[int, bytes]:
    """How many entries a part of the file holds, and the part."""
    count, start, size = _index()[name]
    with PATH.open("rb") as file:
        file.seek(start)
        return count, file.read(size)


SIMPLIFIED = "zh-hant"
"""The part of the file that holds no words but traditional characters, and then the simplified ones of each."""


@cache
def simplified() -> Mapping[int, str]:
    """Traditional Chinese character -> its simplified form, for `str.translate`. The list of Chinese holds simplified forms alone."""
    count, packed = _read(SIMPLIFIED)
    pairs = zlib.decompress(packed, RAW).decode()
    return dict(zip(map(ord, pairs[:count]), pairs[count:], strict=True))


@cache
def _index() -> dict[str, tuple[int, int, int]]:
    """Language to number of words, offset and size in bytes of its list."""
    with PATH.open("rb") as file:
        if file.readline() != HEADER:
            raise ValueError(f"{PATH} is not a word list of this version")
        rows = []
        while line := file.readline().strip():
            language, count, size = line.decode().split()
            rows.append((language, int(count), int(size)))
        start = file.tell()
    index = {}
    for code, words, length in rows:
        index[code] = (words, start, length)
        start += length
    return index


def __getattr__(name: str) -> frozenset[str]:
    """`LANGUAGES`: the codes that have a list, read when it is first asked for."""
    if name == "LANGUAGES":
        return frozenset(_index()) - {SIMPLIFIED}
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def joins(left: str, right: str, languages: Sequence[str], counts: Mapping[str, int]) -> Join:
    """Would `left` and `right` be one word?

    Yes if in one of `languages` the join is frequent, and clearly more so than the rarer half or than the halves would meet by chance; if the document
    itself holds it; or if neither half is a word and a listed one, or a compound of two, goes on across the break. `counts` are the document's own
    words, case-folded, with the halves where they stand. Halves that are not letters throughout are no halves of a word.

    >>> joins("relationshi", "p", ["en"], {}).is_word, joins("in", "come", ["en"], {}).is_word, joins("of", "the", ["en"], {}).is_word
    (True, False, False)
    >>> joins("Gartenf", "reundes", ["de"], {}).evidence
    "'Gartenfreundes' goes on as a word of its language does (de)"
    """
    word = left + right
    if not (_is_letters(left) and _is_letters(right)):
        return Join(word, False, "not letters throughout")
    for language in languages:
        whole, one, other = zipf(word, language), zipf(left, language), zipf(right, language)
        if whole and (whole >= min(one, other) + GAIN or whole + 9.0 >= one + other + LIFT):
            return Join(word, True, f"{word!r} is a word ({language}, Zipf {whole:.1f})", whole + 9.0 - one - other)
    if (seen := counts.get(word.casefold(), 0)) >= REPEATED:
        return Join(word, True, f"{word!r} stands {seen} times in the text", math.log10(seen) + 6.0)
    if all(counts.get(half.casefold(), 0) < REPEATED for half in (left, right)):
        for language in languages:
            if not zipf(left, language) and not zipf(right, language) and _goes_on(left, right, language):
                return Join(word, True, f"{word!r} goes on as a word of its language does ({language})", LIFT)
    return Join(word, False, f"{word!r} is no known word")


def _goes_on(left: str, right: str, language: str) -> bool:
    """Whether a listed word, or two in one, bridges the break between two halves."""
    word, seam, listed = fold(left + right, language), len(left), table(language)
    if len(right) >= ACROSS and (shared := max(seam + ACROSS, PART[0] + 1)) <= len(word) and listed.begins(word[:shared]):
        return True
    for end in range(PART[0], len(word) - PART[0] + 1):
        if end != seam and listed.get(word[:end]) >= PART[1]:
            rests = (word[end + len(link) :] for link in LINKS if word.startswith(link, end))
            if any(len(rest) >= PART[0] and listed.get(rest) >= PART[1] for rest in rests):
                return True
    return False


def _is_letters(half: str) -> bool:
    """Whether a half is made of letters, with perhaps an apostrophe or a hyphen inside."""
    return half.translate({0x27: None, 0x2019: None, 0x2D: None, 0xB7: None}).isalpha() and half.isprintable()
