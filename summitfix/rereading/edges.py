"""A line as a lattice of bytes: what a codec of Chinese, Japanese or Korean made of UTF-8, and where it lost some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from summitfix import codecs

MARKS = {"gbk": "?\ufffd", "cp949": "?\ufffd", "big5": "?\ufffd", "cp932": "・?\ufffd"}
"""The codecs whose reading of UTF-8 loses bytes, and what stands for those: the codec's own mark, or that of programs that know U+FFFD."""

LONE = frozenset({"cp949", "big5"})
"""The codecs for which programs differ about a lone byte 80: a control character for some, an error for others."""

SWALLOWED = (
    # An ASCII sign that a lost pair took with it, what must stand behind it ("": the end of the line; None: anything), nats
    ("", "", 0.1),
    (".", "", 2.0),
    (" ", None, 0.1),
    (".", " ", 1.0),
    (",", " ", 2.5),
    (":", " ", 3.5),
    ("\n", " \t", 2.0),
    ("<", "/", 0.3),
    *((sign, None, 5.0) for sign in ".,:;!/-<>=~*|"),
    *((sign, None, 7.0) for sign in "()\"'[]{}`"),
)

CLOSING = (("'", "'"), ('"', '"'), ("`", "`"), ("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"))
"""Signs that come in twos: where the second is missing from a line, a lost pair likely took it."""

MISSING = 0.5
"""What such a sign costs then."""

CROWDED = 5.0
"""How much more a swallowed space costs before a sign that no space precedes, or another space."""


@cache
def pairs(codec: str) -> frozenset[int]:
    """The two-byte sequences that a codec reads as a character, as numbers (first byte times 256 plus second)."""
    found = set()
    for lead in range(0x81, 0xFF):
        try:
            codecs.decode(bytes((lead,)), codec)
        except UnicodeDecodeError:
            for trail in range(0x30, 0xFF):
                try:
                    codecs.decode(bytes((lead, trail)), codec)
                except UnicodeDecodeError:
                    continue
                found.add(lead << 8 | trail)
    return frozenset(found)


COMPATIBLE: dict[str, list[str]] = {}
"""Han character -> those that become it in any normal form of Unicode, which cp949 holds beside it: a text may have been normalized since it was misread."""
for _char in map(chr, range(0xF900, 0xFA0C)):
    COMPATIBLE.setdefault(normalize("NFC", _char), []).append(_char)

LOST = -1
"""A byte that is not known."""


class Edge(NamedTuple):
    """A byte between two nodes of the lattice: its value or LOST, the node behind it, and which characters of the line it comes from.

    `lost` says of a byte that it and the next one are no pair of the codec. `swallowed` are the ASCII signs it may have been, with their nats.
    """

    value: int
    after: int
    start: int
    end: int
    lost: bool = False
    swallowed: tuple[tuple[str, float], ...] = ()


def _mark(edges: dict[int, list[Edge]], node: int, line: str, at: int, *, codec: str, careful: bool) -> int:
    """Add the edges of a mark at `at`; the node behind it. `careful` programs put a mark for one byte and read on from the next."""
    mark, end = line[at], at + 1
    behind = node + 2
    if mark != "\ufffd":
        edges[node].append(Edge(LOST, node + 1, at, end, lost=True))
        edges[node + 1].append(Edge(LOST, behind, at, end, swallowed=tuple(_swallowed(line, end, codec))))
        return behind
    if codec in LONE:
        edges[node].append(Edge(0x80, behind, at, end))
    if careful or not line[end : end + 1].strip() or line[end].isascii():
        edges[node].append(Edge(LOST, behind, at, end, lost=True))
    if not careful:
        edges[node].append(Edge(LOST, node + 1, at, end, lost=True))
        edges[node + 1].append(Edge(LOST, behind, at, end))
    return behind


def _swallowed(line: str, at: int, codec: str) -> Iterator[tuple[str, float]]:
    """Which ASCII signs a lost pair before offset `at` may have taken with it, and what each costs."""
    behind = line[at : at + 1].rstrip("\r")
    missing = {last for first, last in CLOSING if (line.count(first) % 2 if first == last else line.count(first) > line.count(last))}
    for sign, before, nats in SWALLOWED:
        if sign in missing:
            yield sign, MISSING
        elif before is None or (bool(behind) and behind in before if before else not behind):
            yield sign, nats + CROWDED * (sign == " " and _is_crowding(line, at, codec))


def _is_crowding(line: str, at: int, codec: str) -> bool:
    """Whether no space stands before what is at offset `at` of a line: its end, white space, a closing sign."""
    sign = line[at : at + 1] or " "
    if sign in "\"'`":
        return line.count(sign, 0, at) % 2 == 1
    return sign in " \t,.;:!?)]}" and sign not in MARKS[codec]


@lru_cache(maxsize=1 << 12)
def _twins(char: str, codec: str) -> tuple[bytes, ...]:
    """The bytes that a codec may have made a character from, more than one if it is the normal form of others (`泥` of two in cp949); none if it lacks it."""
    found = []
    for twin in (char, *COMPATIBLE.get(char, ())):
        try:
            found.append(codecs.encode(twin, codec))
        except UnicodeEncodeError:
            continue
    return tuple(found)


def edges_of(line: str, codec: str, careful: bool) -> tuple[dict[int, list[Edge]], dict[int, tuple[int, int]], int]:
    """The lattice of a line: the edges that leave each node; node -> the character that may stay and the node behind it; the last node."""
    edges: dict[int, list[Edge]] = defaultdict(list)
    literal: dict[int, tuple[int, int]] = {}
    node = 0
    for at, char in enumerate(line):
        if char in MARKS[codec]:
            behind = _mark(edges, node, line, at, codec=codec, careful=careful)
        else:
            twins = _twins(char, codec)
            behind = node + 1 + sum(len(data) - 1 for data in twins)
            between = node
            for data in twins:
                here = node
                for byte in data[:-1]:
                    between += 1
                    edges[here].append(Edge(byte, between, at, at + 1))
                    here = between
                edges[here].append(Edge(data[-1], behind, at, at + 1))
        if not char.isascii() or char in MARKS[codec]:
            literal[node] = (at, behind)
        node = behind
    return edges, literal, node
