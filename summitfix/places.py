"""Where changes are in the whole input: lines and columns, code points, bytes.

A byte offset is promised only where it is true: the bytes there, decoded, are the text that the change names. Lines that do not round-trip (cp932, big5),
lines of other codecs in a file that mixes them, and stray bytes are placed by their own bytes; inside the shifts of ISO-2022 there is no such place.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from summitfix.core import SURE, Change, Reason, Repair, SummitfixError
from summitfix.files import CLEAN, Block
from summitfix.lines import starts
from summitfix.outgoing import line_places
from summitfix.report import owner
from summitfix.terminal import flat, short


class Place(NamedTuple):
    """A place in the whole input: line and column from 1, offset in code points behind the byte-order mark, and in bytes from the beginning.

    `byte` is None where that cannot be known; `encoding` is the codec of its line.
    """

    line: int
    column: int
    offset: int
    byte: int | None
    encoding: str


class Placed(NamedTuple):
    """A change with the places where what it changes begins and ends (behind the last code point).

    `kind` is "change" (made), "doubt" (unsure, not made) or "flag" (it would change nothing).
    """

    change: Change
    kind: str
    start: Place
    end: Place

    @property
    def length(self) -> int | None:
        """How many bytes it changes, if that is known."""
        return None if self.start.byte is None or self.end.byte is None else self.end.byte - self.start.byte

    @property
    def is_sure(self) -> bool:
        """Whether it changes something, and is sure enough to be made without being asked for."""
        return self.kind != "flag" and self.change.confidence >= SURE

    @property
    def reason(self) -> Reason:
        """That of the pass that had the last word."""
        return self.change.why[-1] if self.change.why else Reason(owner(self.change), "", self.change.confidence)

    @property
    def told(self) -> str:
        """What it does and why, in one line for a reader."""
        note = flat(self.reason.note)
        if self.kind == "flag":
            return f"left as it is: {note or short(self.change.before)}"
        return f'"{short(self.change.before)}" -> "{short(self.change.after)}"{" (unsure)" * (not self.is_sure)}{": " * bool(note)}{note}'


def placed(block: Block, repair: Repair) -> Iterator[Placed]:
    """The changes and doubts of a block, in their order in the text."""
    found = [(change, "change") for change in repair.changes]
    found += [(doubt, "flag" if doubt.before == doubt.after else "doubt") for doubt in repair.doubts]
    if not found:
        return
    begins = starts(block.text)
    at = places(block, begins, (offset for change, _ in found for offset in (change.start, change.end)))
    for change, kind in sorted(found, key=lambda item: (item[0].start, item[0].end, item[1])):
        yield Placed(change, kind, at[change.start], at[change.end])


def places(block: Block, begins: list[int], offsets: Iterable[int]) -> dict[int, Place]:
    """The places of code points of a block, whose lines begin at `begins`."""
    wanted = sorted(set(offsets))
    found = _bytes(block, begins, wanted)
    return {offset: Place(*block.position(begins, offset), block.offset + offset, *found[offset]) for offset in wanted}


def _bytes(block: Block, begins: Sequence[int], offsets: Iterable[int]) -> dict[int, tuple[int | None, str]]:
    """For each of the sorted offsets the byte in the whole input, if it can be known, and the codec of its line."""
    try:
        lines = line_places(block, list(begins))
    except SummitfixError:
        begins, lines = [0], [0, len(block.data)]  # what it says as a whole is known all the same
    found = dict[int, tuple[int | None, str]]()
    for line, group in groupby(offsets, key=lambda offset: bisect_right(begins, offset) - 1):
        text = block.text[begins[line] : begins[line + 1] if line + 1 < len(begins) else None]
        data = block.data[lines[line] : lines[line + 1]]
        inside = [offset - begins[line] for offset in group]
        codec = _codec(block, data, text)
        sizes = _sizes(data, text, codec, inside) if codec else [None] * len(inside)
        before = block.byte_offset + len(block.bom) + lines[line]
        for offset, size in zip(inside, sizes, strict=True):
            found[begins[line] + offset] = None if size is None else before + size, codec or block.encoding
    return found


def _codec(block: Block, data: bytes, text: str) -> str | None:
    """The codec that reads a line of a block as it was read: that of the block, but for lines of a file that mixes codecs."""
    if _says(data, block.encoding, text):
        return block.encoding
    if block.evidence == CLEAN:
        return None
    from summitfix.detect.rows import CODECS

    return next((name for name in CODECS if _says(data, name, text)), None)


def _says(data: bytes, codec: str, text: str) -> bool:
    """Whether bytes are `text` in a codec."""
    try:
        return data.decode(codec, "surrogateescape") == text
    except UnicodeError:
        return False


def _sizes(data: bytes, text: str, codec: str, offsets: Iterable[int]) -> Iterator[int | None]:
    """How many bytes of a line stand before each of the sorted offsets."""
    done = size = 0
    for offset in offsets:
        more = _size(data, size, text[done:offset], codec)
        if more is not None:
            done, size = offset, size + more
        yield None if more is None else size


def _size(data: bytes, start: int, text: str, codec: str) -> int | None:
    """How many bytes of `data` from `start` on are `text`: as many as it is encoded to, else as many as the decoder takes for it."""
    try:
        size = len(text.encode(codec, "surrogateescape"))
        if _is_apart(data[start : start + size], codec, text):
            return size
    except UnicodeError:
        pass
    decoder = codecs.getincrementaldecoder(codec)("surrogateescape")
    length = 0
    for size in range(len(data) - start + 1):
        if length == len(text) and _is_apart(data[start : start + size], codec, text):
            return size
        try:
            length += len(decoder.decode(data[start + size : start + size + 1]))
        except UnicodeError:
            return None
        if length > len(text):
            return None
    return None


def _is_apart(data: bytes, codec: str, text: str) -> bool:
    """Whether bytes are `text` in a codec, and what follows does not depend on them, as it does inside the shifts of ISO-2022."""
    decoder = codecs.getincrementaldecoder(codec)("surrogateescape")
    before = decoder.getstate()
    try:
        return decoder.decode(data, True) == text and decoder.getstate() == before
    except UnicodeError:
        return False
