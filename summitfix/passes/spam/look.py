"""Where may there be spam? A look at the whole of a text, for those in which the first look (`screen`) found signs.

Looked for is what no phrase of the table, no name in disguise and no hidden link can be without (`build_screen`): the rarest word of a phrase that is made
of words, the rarest pair of characters of one that is found inside longer strings. `bytes.split`, `bytes.find` and `re` do that at 100 to 4,000 MB/s.
Words are what takes the time: they are split and looked up a few kilobytes at a time, so that they stay in the cache and their number is bounded (of
4 MiB at once they take 60 MB and twice the time).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import AnyStr, NamedTuple

from summitfix.passes.spam.folding import around, meetings, patched, shown, spelled, unmarked, unmixed
from summitfix.passes.spam.signs import ENDINGS, MESSENGERS, Signs, packaged


class Look(NamedTuple):
    """A text as it was looked at, and where in it something may be.

    `text` has LF for all line ends and no characters without width; `folded` is that folded (`folding.shown`). `places` are offsets of signs of phrases, in
    order, `names` those of names in disguise and of messengers; `humps` are where a word begins inside another. `hidden`: there may be hidden markup.
    `paired`: there are letters in a row that text in another codec is full of. `broken`: a line ends in a letter, and there are letters that are not Latin.
    """

    text: str
    folded: str
    places: list[int]
    humps: frozenset[int]
    names: list[int]
    hidden: bool
    paired: bool
    broken: bool


PIECE = 4096
"""Bytes whose words are looked up together."""

LONGEST = 72
"""Bytes of a phrase at most, with room for dashes in it: so far one piece reaches into the next."""

FAR = 200
"""How far from a letter of a script without spaces a stem that belongs to it may be."""

PLAIN = bytes(
    byte if byte >= 0x80 or chr(byte).isdigit() or chr(byte).islower() else ord(chr(byte).lower()) if chr(byte).isupper() else 0x20 for byte in range(256)
)
"""Lower case, and spaces for signs."""

NAMES = (b"line", b"qq")
COLON = re.compile(rb"\s*[:@]")
"""Names of messengers, and what stands behind them."""

WIDTHLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters without width, which hide in words."""

UNDECODED = re.compile("[\u00a1-\u00ff\u0152-\u0178][\u00a1-\u00ff\u0152-\u0178]")
PAIR_LEADS = (b"\xc2", b"\xc3", b"\xc5")
"""Letters in a row that text in another codec is full of, and the bytes that they begin with."""

MULTIBYTE = b"x" * 8
"""Four characters beyond ASCII in a row, as BEYOND has them: text in another codec has no less."""

BROKEN = re.compile(r"\n(?<=[^\W\d_]\n)")
HIDING = (b"display", b"overflow", b"visibility", b"font-size", b"width", b"height", b"opacity", b"-")
"""What a style that hides has one of."""

SHY = re.compile(f"[{WIDTHLESS}]")

_ODD = (
    r"[A-Z\u00c0-\u00de0-9%s](?:(?<=[a-z\u00df-\u00ff][A-Z\u00c0-\u00de])(?=[a-z\u00df-\u00ff]+[ ,])()"
    r"|(?:(?<=[A-Za-z][01])(?![0-9])|(?<=0)(?<![0-9]0)(?=[A-Za-z]))()"
    r"|(?:(?<=(?i:bet)[0-9])|(?<=(?i:sino|oker|ogel|judi|ahis|slot|lots)[0-9])|(?<=[0-9])(?=(?i:x?(?:bet|casino|bahis))))()|%s())"
)
_FANCY = "\u24b6-\u24e9\uff23\uff2d\uff2f\uff43\uff4d\uff4f\U0001d400-\U0001d7ff"
ODD = re.compile(_ODD % ("", r"(?!)")), _ODD % (_FANCY, f"(?<=[{_FANCY}])")
"""In ASCII text and in other: a capital behind a small letter; a figure for a letter; a house of gambling; a fancy letter, or one of `．ｃｏｍ`.

The second is compiled where it is needed.
"""

HUMP, LEET, HOUSE, FANCY = 1, 2, 3, 4
"""Which of these it is, by the number of its group."""


def _table(*kinds: tuple[int, int, bytes]) -> bytes:
    """A table for `bytes.translate`: what stands for the bytes from one to another, a space for all others."""
    table = bytearray(b" " * 256)
    for first, last, kind in kinds:
        table[first : last + 1] = kind * (last - first + 1)
    return bytes(table)


CASES = _table((0x41, 0x5A, b"A"), (0x61, 0x7A, b"a"), (0x80, 0x9E, b"U"), (0x9F, 0xBF, b"u"), (0xC3, 0xC3, b"C"))
BEYOND = _table((0x80, 0xFF, b"x"))
KINDS = _table((0x30, 0x39, b"9"), (0x41, 0x5A, b"a"), (0x61, 0x7A, b"a"))
"""Small letters all the same, and capitals; letters all the same, and figures. In UTF-8 one of `À-ß` begins with C, and ends as capitals do or, like many
others, as small letters do."""

CAPITAL = re.compile(rb"A(?<=[au]A)")
CAPITAL_BEYOND = re.compile(rb"C(?<=[au]C)(?=U)")
FIGURE = re.compile(rb"9(?:(?<=a9)|(?=a))")
"""What may be odd among them. Each begins with a literal that is rare, to which `re` leaps."""

CIRCLED = re.compile(rb"\xe2[\x92\x93]")
MATHEMATICAL, FULL_WIDTH = b"\xf0\x9d", "ＣＭＯｃｍｏ"
"""What fancy letters begin with, and those of the ends of domains."""

FOREIGN_LEADS = bytes((*range(0xCD, 0xE2), *range(0xE3, 0xEE), 0xEF, 0xF0))
"""The bytes that begin letters that are not Latin."""

UNSPACED = "[\u0e00-\u0e7f\u1100-\u11ff\u3040-\ud7ff\uf900-\ufaff]"
UNSPACED_LEADS = bytes(range(0xE3, 0xEE))
"""Letters of scripts that are written without spaces, or joined freely, and the bytes that begin those of them that are not Thai."""

INDIC_LEAD = b"\xe0"
"""What Thai letters begin with, like those of India."""

NO_SMALL = bytes(byte for byte in range(256) if not 0x61 <= byte <= 0x7A)
"""All but small letters of ASCII."""


def look(text: str, added: Signs | None = None) -> Look | None:
    r"""Where a text must be looked at closely, None if nowhere; `added` are the signs of a user's rows.

    >>> look("An ordinary sentence.")
    >>> look("So said\n릴게임몰메가 he.").places
    [8]
    """
    is_ascii = text.isascii()
    if not is_ascii and any(character in text for character in WIDTHLESS):
        text = SHY.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    folded, data, odd, _ = folded_of(text)
    plain = data.translate(PLAIN)
    every = [packaged(), added] if added else [packaged()]
    words = [hit for signs in every for hit in words_of(plain, signs)]
    places = [i for i, word in words if word not in ENDINGS]
    names = [*names_of(data), *(i for i, word in words if word in ENDINGS and is_domain(data, i))]
    if not is_ascii and (places or names):
        offsets = offsets_of(data, {*places, *names})
        places, names = [offsets[i] for i in places], [offsets[i] for i in names]
    if unspaced := 0 if is_ascii else _unspaced(data):
        stems = [place for signs in every for place in stems_of(folded, signs, all_over=8 * unspaced > len(folded))]
        places, names = places + stems, names + [i for i in stems if folded.startswith(MESSENGERS, i)]
    places += odd[HOUSE] + [i for i in odd[HUMP] if any(meet(folded, i, signs.known) for signs in every)]
    names += odd[FANCY] + [i for i in odd[LEET] if is_ending(text, i)]
    hidden = b"](http" in data or (b"<" in data and b"<a" in data and any(mark in data for mark in HIDING))
    paired = not is_ascii and is_paired(text)
    broken = is_broken(text)
    if not (places or names or hidden or paired or broken):
        return None
    return Look(text, folded, sorted({*places}), frozenset(odd[HUMP]), sorted({*names}), hidden, paired, broken)


class Folded(NamedTuple):
    """A text folded, with disguises undone; the same in UTF-8, in which marks end words; the places of odd things; those where scripts meet."""

    text: str
    data: bytes
    odd: dict[int, list[int]]
    meetings: list[int]


def folded_of(text: str) -> Folded:
    """A text as it is looked at."""
    is_ascii = text.isascii()
    folded = text.lower() if is_ascii else shown(text)
    odd = _odd(text)
    if odd[LEET]:
        folded = patched(folded, odd[LEET], spelled)
        odd[HOUSE] += [match.start() for i in odd[LEET] for match in ODD[0].finditer(folded, max(0, i - LONGEST), i + LONGEST) if match.lastindex == HOUSE]
    data = folded.encode("utf-8", "surrogatepass")
    meeting = [] if is_ascii else meetings(folded, data)
    if meeting:
        folded = patched(folded, meeting, unmixed)
        data = patched(folded, meeting, unmarked).encode("utf-8", "surrogatepass")
    return Folded(folded, data, odd, meeting)


def is_domain(data: bytes, i: int) -> bool:
    """Whether the ending of a domain stands behind no letter."""
    return data[i - 1 : i] == b"." and not data[i - 2 : i - 1].isalpha()


def is_broken(text: str) -> bool:
    """Whether a line ends in a letter, in a text with letters that are not Latin."""
    if text.isascii():
        return False
    lines = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    data = text.encode("utf-8", "surrogatepass")
    return bool(BROKEN.search(lines)) and len(data.translate(None, FOREIGN_LEADS)) < len(data)


def is_unspaced(text: str) -> bool:
    """Whether there are letters of scripts without spaces."""
    return not text.isascii() and bool(_unspaced(text.encode("utf-8", "surrogatepass")))


def _unspaced(data: bytes) -> int:
    """How many letters of scripts without spaces there are in a text, roughly."""
    thai = b"\xe0" in data and (b"\xe0\xb8" in data or b"\xe0\xb9" in data)
    return len(data) - len(data.translate(None, UNSPACED_LEADS)) + (data.count(b"\xe0") if thai else 0)


def is_paired(text: str) -> bool:
    """Whether there are letters in a row that text in another codec is full of."""
    data = text.encode("utf-8", "surrogatepass")
    return any(lead in data for lead in PAIR_LEADS) and MULTIBYTE in data.translate(BEYOND) and bool(UNDECODED.search(text))


def is_ending(text: str, i: int) -> bool:
    """Whether a figure for a letter is that of the end of a domain."""
    return "c0m" in text[i - 1 : i + 3].lower() or "0rg" in text[i : i + 3].lower()


def _odd(text: str) -> dict[int, list[int]]:
    """The places of each kind of odd thing. Letters and figures are compared by kind first, which `re` would take three to five times as long for."""
    odd: dict[int, list[int]] = {HUMP: [], LEET: [], HOUSE: [], FANCY: []}
    data = text.encode("utf-8", "surrogatepass")
    cases, pattern = data.translate(CASES), ODD[0]
    places = {match.start() for match in chain(CAPITAL.finditer(cases), FIGURE.finditer(data.translate(KINDS)))}
    if not text.isascii():
        places.update(match.start() for match in chain(CAPITAL_BEYOND.finditer(cases), CIRCLED.finditer(data)))
        places.update(places_of(data, MATHEMATICAL) if MATHEMATICAL[:1] in data else ())
        places = set(offsets_of(data, places).values())
        places.update(i for char in FULL_WIDTH if char in text for i in places_of(text, char))
        pattern = re.compile(ODD[1]) if places else pattern
    for i in sorted(places):
        if match := pattern.match(text, i):
            odd[match.lastindex or 0].append(i)
    return odd


def meet(folded: str, i: int, known: frozenset[bytes]) -> bool:
    """Whether one of two words that meet at an offset is a sign."""
    before, behind = folded[max(0, i - LONGEST) : i].encode("utf-8", "surrogatepass"), folded[i : i + LONGEST].encode("utf-8", "surrogatepass")
    return not known.isdisjoint((before.translate(PLAIN).rpartition(b" ")[2], behind.translate(PLAIN).partition(b" ")[0]))


def words_of(plain: bytes, signs: Signs) -> Iterator[tuple[int, bytes]]:
    """Where words stand that are signs, with the phrases that they stand for."""
    for start, end in pieces(plain):
        words = plain[start:end].split()
        if found := signs.known.intersection(words):
            whole = b"+".join(words)
            for word in found:
                if any(phrase in whole for phrase in signs.words[word]):
                    yield from ((i, word) for i in places_of(plain, word, start, end) if _is_phrase(plain, i, word, signs))


def _is_phrase(plain: bytes, i: int, word: bytes, signs: Signs) -> bool:
    """Whether a word stands at an offset, with a phrase that it stands for."""
    near = b"+".join(plain[max(0, i - LONGEST) : i + LONGEST].split())
    return plain[i - 1 : i] in b" " and plain[i + len(word) : i + len(word) + 1] in b" " and any(phrase in near for phrase in signs.words[word])


def places_of(data: AnyStr, part: AnyStr, start: int = 0, end: int = sys.maxsize) -> Iterator[int]:
    """Where a part of a text stands."""
    i = data.find(part, start, end)
    while i >= 0:
        yield i
        i = data.find(part, i + len(part), end)


def names_of(data: bytes) -> Iterator[int]:
    """Where there is the name of a messenger, or a full stop in brackets."""
    for name in NAMES:
        yield from (i for i in places_of(data, name) if COLON.match(data, i + len(name)))
    for bracket in (b"[", b"(", b"{"):
        if bracket in data:
            yield from (i for i in places_of(data, bracket + b".") if data[i + 2 : i + 3] in (b"]", b")", b"}"))


def pieces(plain: bytes, back: int = LONGEST) -> Iterator[tuple[int, int]]:
    """A text of words in pieces, each with the end of the one before it, `back` bytes, where a phrase may begin (and half a word)."""
    start = end = 0
    while end < len(plain):
        end = plain.find(b" ", start + PIECE)
        end = len(plain) if end < 0 else end
        yield start, end
        start = end - back


def offsets_of(data: bytes, places: Iterable[int]) -> dict[int, int]:
    """For places in a text's bytes: those in the text."""
    found, byte, offset = {}, 0, 0
    for place in sorted(places):
        offset += len(data[byte:place].decode("utf-8", "surrogatepass"))
        byte = place
        found[place] = offset
    return found


def stems_of(text: str, signs: Signs, *, all_over: bool) -> Iterator[int]:
    """Where stems stand: anywhere, or near the letters of scripts without spaces, where a text has few of these."""
    parts = [(0, len(text))] if all_over else around((match.start() for match in re.finditer(UNSPACED, text)), FAR, len(text))
    for start, end in parts:
        yield from (start + i for i in _stems(text[start:end], signs))


def _stems(folded: str, signs: Signs) -> Iterator[int]:
    """Where stems stand in a part of a text; they may be written with spaces."""
    tight, data = folded.replace(" ", "").replace("\t", ""), folded.encode("utf-8", "surrogatepass")
    hits: list[tuple[int, str]] = []
    if signs.pairs:
        met = signs.stems.keys() & {*re.findall(signs.pairs, tight)}
        hits += [(i, stem) for pair in met for stem in signs.stems[pair] for i in places_of(tight, stem)]
    if signs.thai and INDIC_LEAD in data:
        hits += [(i, stem) for stem in signs.thai for i in places_of(tight, stem)]
    yield from _loosened(folded, tight, sorted(hits))
    letters = data.translate(None, NO_SMALL).decode() if signs.names else ""
    for name, pattern in signs.names.items():
        if name in letters:
            yield from (match.start() for match in re.finditer(pattern, folded))


def _loosened(folded: str, tight: str, hits: list[tuple[int, str]]) -> Iterator[int]:
    """For places of stems in a text without spaces: those in the text. A stem is looked for on its line, where it stands as often."""
    begin = done = 0  # of a line in the text, and how far line ends were counted in the other
    seen: set[str] = set()
    for i, stem in hits:
        for _ in range(tight.count("\n", done, i)):
            begin = folded.find("\n", begin) + 1
            seen.clear()
        done = i
        if stem not in seen:
            seen.add(stem)
            end = folded.find("\n", begin)
            loose = re.compile(r"[ \t]*".join(map(re.escape, stem)))
            yield from (match.start() for match in loose.finditer(folded, begin, end if end >= 0 else len(folded)))
