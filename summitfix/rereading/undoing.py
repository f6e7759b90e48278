"""A misreading undone: the bytes that a codec can have made a word of, and what another one makes of them; which chains can have happened to it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from summitfix import codecs
from summitfix.model import characters
from summitfix.rereading.rows import READ, STEPS, Chain, Step

LAYERS = 6
"""How many misreadings in a row are looked for; five have been seen in one file."""

_ESCAPED = re.compile("[\\udc80-\\udcff]")

_ISLAND = re.compile("[^\x00-\xff]")
_MIXED = re.compile("[\x00-\x7f]*[\xe0-\xff\u0400-\u04ff]{1,7}[\x00-\x7f]*")
"""Few Cyrillic and small Latin letters, and no sign: `æмæ` is Ossetic."""


def beyond_ascii(text: str) -> int:
    """How many characters of a text are beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


@lru_cache(maxsize=1 << 14)
def made_by(word: str, read: str) -> tuple[tuple[int, int, bytes], ...]:
    """The pieces of `word` that the codec `read` can have made: start, end and bytes of each that holds a byte beyond ASCII."""
    if read in codecs.ISLANDS:
        table = codecs.table(codecs.ISLANDS[read])
        islands = sum(char not in table for char in _ISLAND.findall(word))  # few, or the word is of letters that no step has touched: Maltese, Sindhi
        pieces = [(0, len(word))] if islands and 2 * islands <= beyond_ascii(word) and not _MIXED.fullmatch(word) else []
    elif read not in codecs.MULTI_BYTE:
        pieces = [(match.start(), match.end()) for match in codecs.repertoire(read).finditer(word)]
    else:
        pieces = [(0, len(word))]
    found = []
    for start, end in pieces:
        try:
            data = codecs.encode(word[start:end], read)
        except UnicodeEncodeError:
            continue
        if not data.isascii():
            found.append((start, end, data))
    return tuple(found)


def undo(word: str, step: Step, most: float = math.inf) -> tuple[str, int] | None:
    """`word` with one misreading undone, and how many bytes could not be decoded and stay the characters they are.

    None if nothing changes, and if it is not worth the time: where more than `most` bytes, if that is given, cannot be decoded but by private-use characters.
    """
    is_multi_byte, is_whole = step.meant in codecs.MULTI_BYTE, step.read in codecs.MULTI_BYTE or step.read in codecs.ISLANDS
    if not (is_multi_byte or is_whole):
        text = word.translate(codecs.exchanged(step.read, step.meant))
        return None if text == word else (text, word.count("\ufffd"))  # hardly such a codec lacks a byte: what is lost speaks of UTF-8
    result, done, kept, left = "", 0, 0, 0
    for start, end, data in made_by(word, step.read):
        if step.read == "cp932" and step.meant in DOUBLED:
            data = _likeliest(word[start:end], data, step.meant)  # noqa: PLW2901
        if is_multi_byte and most < math.inf and b"\xed" not in data and codecs.errors(data, step.meant) > (0 if is_whole else most):
            if is_whole:
                continue
            return None
        try:
            text = codecs.decode(data, step.meant)
        except UnicodeDecodeError:
            if is_whole:
                continue
            table = codecs.table(step.read)
            text, count = _ESCAPED.subn(lambda match: table[ord(match[0]) - 0xDC00], codecs.decode(data, step.meant, keep=True))  # noqa: B023
            kept += count
        result += word[done:start] + text
        left += beyond_ascii(word[done:start])
        done = end
    if not done:
        return None
    left += beyond_ascii(word[done:])
    if not is_multi_byte:
        kept += word.count("\ufffd")
    elif step.meant != "utf-8":
        kept += (left + 2) // 3  # characters that the codec lacks may be right as they are, or cut its two-byte ones in half
    result += word[done:]
    return (result, kept) if result != word else None


DOUBLED = {
    # codec: the language in whose text is told which of two bytes were meant
    "gbk": "zh-hans",
    "big5": "zh-hant",
    "cp949": "ko",
}


@cache
def _doubles() -> dict[str, bytes]:
    """The characters that cp932 has twice, and their second bytes: IBM's extensions, up to FC4B, of which NEC had chosen most for ED40 and on."""
    pairs = [bytes((lead, trail)) for lead in range(0xFA, 0xFD) for trail in (*range(0x40, 0x7F), *range(0x80, 0xFD))][:388]
    return {pair.decode("cp932"): pair for pair in pairs if pair.decode("cp932").encode("cp932") != pair}


FEW = 24
"""More characters than these that a codec has twice are looked at in no word: of Chinese that cp932 read they are one in thirty-two."""


def _likeliest(word: str, data: bytes, meant: str) -> bytes:
    """The bytes that cp932 made a word of, of which `data` are some: at each of a FEW characters that it has twice those that make the likelier text."""
    if not 0 < sum(map(_doubles().__contains__, word)) <= FEW:
        return data

    def cost(data: bytes) -> float:
        return sum(characters(DOUBLED[meant]).costs(data.decode(codecs.MULTI_BYTE[meant], "replace")))

    at = 0
    for char in word:
        size = len(codecs.encode(char, "cp932"))
        if char in _doubles():
            data = min(data, data[:at] + _doubles()[char] + data[at + size :], key=cost)
        at += size
    return data


def may_be(word: str, chain: Chain) -> bool:
    """Whether the codec that read a word last can have made any of it from bytes beyond ASCII."""
    return bool(made_by(word, chain[0].read))


undo_cached = lru_cache(maxsize=1 << 12)(undo)

_LAYERED = tuple(step for step in STEPS if step.meant == "utf-8")


@lru_cache(maxsize=1 << 10)
def _steps(groups: tuple[tuple[str, ...], ...]) -> tuple[Chain, ...]:
    """All steps but those that do the same: of the codecs of a group, which make the same bytes of a word, the likeliest for each codec that was meant."""
    found: dict[tuple[int, str], Chain] = {}
    group = {read: number for number, reads in enumerate(groups) for read in reads}
    for step in STEPS:
        if step.read in group:
            found.setdefault((group[step.read], step.meant), (step,))
    return tuple(found.values())


def chains(word: str, depth: int = LAYERS) -> Iterator[Chain]:
    """All chains of one step that do not do the same to `word`, and of more where the first is UTF-8 misread and leaves what may be damaged again."""
    groups: dict[tuple[tuple[int, int, bytes], ...], list[str]] = {}
    for read in READ:
        if pieces := made_by(word, read):
            groups.setdefault(pieces, []).append(read)
    yield from _steps(tuple(map(tuple, groups.values())))
    seen = set()
    for step in _LAYERED if depth > 1 else ():
        undone = undo_cached(word, step)
        if undone and undone not in seen and not undone[1] and not undone[0].isascii() and len(undone[0]) < len(word):
            seen.add(undone)
            yield from ((step, *chain) for chain in chains(undone[0], depth - 1))
