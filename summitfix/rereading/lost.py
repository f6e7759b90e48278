"""Lines of UTF-8 that a codec of Chinese, Japanese or Korean read and that lost bytes: which they are, and what of them can be found again."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from summitfix import codecs, words
from summitfix.language import NO_PRIOR, account
from summitfix.rereading.costs import is_ideographic
from summitfix.rereading.edges import MARKS
from summitfix.rereading.lattice import HOME, Piece, restore
from summitfix.rereading.rows import DAMAGED, Step, nats
from summitfix.scripts import NAMES, marks

_LOSSES = {mark: re.compile(f"{re.escape(mark)}(?:(?<=[^\x00-\x7f]{re.escape(mark)})|(?=[^\x00-\x7f]))") for mark in ("?", "\ufffd", "・")}
"""Where a mark may stand for lost bytes: beside a character beyond ASCII. Each begins with a literal, to which `re` leaps."""

VALID = 0.6
"""The least share of a line's bytes beyond ASCII that is UTF-8 where the line was. Chinese in its own codec hardly ever reaches a fifth."""

FEWEST = 4
"""The least number of such bytes: two characters of UTF-8, or what is left of them."""

_MARK = re.compile("[?\ufffd・]")

MOST = 1.5
"""How many marks a line may hold for each character of the codec: sentences have fewer marks than characters, in all four codecs."""

LONGEST = 200
"""Lines are cut at a space behind so many code points, and anywhere behind twice as many."""

GUESSED = 2.0
"""What each mark of a line that is read as lost bytes costs, in nats."""

TELLING = 0.95
"""How probable a piece must be for its words to speak for other pieces of the document."""


class Restored(NamedTuple):
    """What a line was: the step that misread it, by how many nats the likeliest text is more plausible, and its pieces."""

    step: Step
    gain: float
    pieces: list[Piece]


def may_have_lost(line: str) -> bool:
    """Whether a line holds a mark where lost bytes leave one."""
    return any(mark in line and loss.search(line) for mark, loss in _LOSSES.items())


def losing(text: str) -> list[str]:
    """The lines of a text in which `restored` may find something if nothing else is known."""
    found: dict[str, bool] = {}
    for mark, loss in _LOSSES.items():
        match = loss.search(text) if mark in text else None
        while match:
            start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.start())
            line = text[start : end if end >= 0 else None]
            if line not in found:
                found[line] = any(_utf_8(line, codec) for codec in MARKS)
            match = loss.search(text, start + len(line))
    return [line for line in found if found[line]]


class _Bytes(dict[str, bytes]):
    """The bytes that a codec made a character beyond ASCII from, FF if it cannot have made it; a space for any other and for marks."""

    def __init__(self, codec: str) -> None:
        self._codec = codec

    def __missing__(self, char: str) -> bytes:
        if char.isascii() or char in MARKS[self._codec]:
            data = b" "
        else:
            try:
                data = codecs.encode(char, self._codec)
            except UnicodeEncodeError:
                data = b"\xff"
        self[char] = data
        return data


_bytes = cache(_Bytes)


_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\xe0-\xf4][\x80-\xbf]?(?= )|(?<= )[\x80-\xbf]{1,2}")


def _utf_8(line: str, codec: str) -> bytes:
    """The UTF-8 in the bytes of a line, if that is most of them, whole characters or what a loss left of one; else nothing."""
    data = b" " + b"".join(map(_bytes(codec).__getitem__, line)) + b" "
    beyond = len(data) - data.count(b" ")
    found = _UTF_8.findall(data)
    return b"".join(found) if beyond >= FEWEST and sum(map(len, found)) >= VALID * beyond and any(len(piece) > 2 for piece in found) else b""


_ALPHABETS = {*NAMES} - {*"ajk"}


def _is_beyond_hope(line: str, codec: str) -> bool:
    """Whether too many marks stand beside what is left of a line, or that is mostly of an alphabet other than Latin: the lattice knows none.

    A line of 100 Ukrainian letters that Big5 read would keep it busy for five seconds, five kana and 47 question marks for eight, and for nothing.
    """
    read = [*map(_bytes(codec).__getitem__, line)]
    marked, left = len(_MARK.findall(line)), sum(data not in (b" ", b"\xff") for data in read)
    found = marks(b"".join(read).decode("utf-8", "ignore"))
    return marked > MOST * left or sum(map(_ALPHABETS.__contains__, found)) > found.count("j") + found.count("k")


def _language(text: str, codec: str) -> str:
    """The language of what is left of a text: by its script, and Chinese by its characters."""
    hangul, kana, han = (sum(first <= char <= last for char in text) for first, last in (("\uac00", "\ud7a3"), ("\u3041", "\u30ff"), ("\u4e00", "\u9fff")))
    if hangul > han:
        return "ko"
    if 4 * kana > han:
        return "ja"
    if not han:
        return HOME[codec]
    full = sum(ord(char) in words.simplified() for char in text)
    plain = sum(char in words.simplified().values() for char in text)
    return "zh-hant" if full > plain else "zh-hans" if plain > full else HOME[codec] if HOME[codec].startswith("zh") else "zh-hans"


def restored(lines: Mapping[int, str], proven: Collection[str]) -> dict[int, Restored]:
    """What the lines (number -> text) that lost bytes were. `proven` names the steps that are known to have happened."""
    found: dict[int, Restored] = {}
    for codec in MARKS:
        step = Step("utf-8", codec)
        is_proven = step.name in proven
        left = {number: _utf_8(line, codec) for number, line in lines.items() if number not in found}
        mine = {number: lines[number] for number, data in left.items() if (data or is_proven) and not _is_beyond_hope(lines[number], codec)}
        if not mine:
            continue
        language = _language("".join(left[number].decode("utf-8", "ignore") or line for number, line in mine.items()), codec)
        ways = (True, False) if any("\ufffd" in line for line in mine.values()) else (False,)
        read = min((_read(mine, step, language, careful) for careful in ways), key=lambda read: read[0])[1]
        if is_proven or sum(max(0.0, line.gain) for line in read.values()) > DAMAGED + nats((step,)):
            found.update({number: line for number, line in read.items() if line.gain > 0})
    return found


def _read(lines: Mapping[int, str], step: Step, language: str, careful: bool) -> tuple[float, dict[int, Restored]]:
    """What the most probable texts of all lines cost together, and these, the second time in the light of each other."""
    first = {number: _whole(line, step.read, language, careful, {}) for number, line in lines.items()}
    own = _own(replaced(lines[number], [piece for piece in pieces if piece.probability >= TELLING]) for number, (_, pieces) in first.items())
    total, result = 0.0, {}
    for number, line in lines.items():
        cost, pieces = first[number]
        if own and any(piece.probability < TELLING for piece in pieces):
            cost, pieces = _whole(line, step.read, language, careful, own)
        total += cost
        marked = sum(line[piece.start : piece.end].count(mark) for piece in pieces for mark in MARKS[step.read])
        after = account(replaced(line, pieces), NO_PRIOR)
        result[number] = Restored(step, account(line, NO_PRIOR).nats - after.nats - GUESSED * marked, pieces)
    return total, result


def _whole(line: str, codec: str, language: str, careful: bool, own: Mapping[str, float]) -> tuple[float, list[Piece]]:
    """`restore` for a line of any length."""
    total, found = 0.0, []
    for start, end in _parts(line):
        cost, pieces = restore(line[start:end], codec, language, careful, own)
        total += cost
        found += [piece._replace(start=piece.start + start, end=piece.end + start) for piece in pieces]
    return total, found


def _parts(line: str) -> Iterator[tuple[int, int]]:
    """The parts in which a line is read: start and end of each."""
    start = 0
    while len(line) - start > LONGEST:
        space = line.find(" ", start + LONGEST, start + 2 * LONGEST)
        end = space + 1 if space >= 0 else min(len(line), start + 2 * LONGEST)
        yield start, end
        start = end
    yield start, len(line)


def replaced(line: str, pieces: Iterable[Piece]) -> str:
    """A line with pieces of it put in their places."""
    result, done = "", 0
    for piece in pieces:
        result += line[done : piece.start] + piece.text
        done = piece.end
    return result + line[done:]


def _own(texts: Iterable[str]) -> dict[str, float]:
    """Sequences of two to four characters that stand more than once in `texts`, with their Zipf frequencies there, were the document a large one."""
    counts: Counter[str] = Counter()
    size = 1_000
    for text in texts:
        size += len(text)
        for length in (2, 3, 4):
            counts.update(text[i : i + length] for i in range(len(text) - length + 1) if all(map(is_ideographic, text[i : i + length])))
    return {run: 9 + math.log10(count / size) for run, count in counts.items() if count > 1}
