"""UTF-8 that an 8-bit codec read, and that was worn since: a lattice of what each place of a text can have been.

Every character is an edge of the lattice; a layer adds an edge for each UTF-8 sequence that edges, or the marks that `wear` tells of, can spell.
A mark stands for one byte, and the grammar of UTF-8 and the codec leave few. The layers of a text that was misread twice are layers here, and
parts that were read once stay edges of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from summitfix import codecs
from summitfix.rereading import wear
from summitfix.scripts import SELDOM
from summitfix.signs import sign_nats

LAYERS = 3
"""So many misreadings in a row are looked for."""

MARK = 4
"""The longest mark, in code points: `(tm)`."""

AGAIN = 0.5
"""What a second dropped byte of a sequence costs: what dropped the first dropped all."""

DEEPER = 1.0
"""What each character costs more for each further layer."""

DEAREST = 8.0
"""What the wear of one sequence may cost in all."""

LOST = 2
"""So many bytes of a sequence may be guessed."""


class Edge(NamedTuple):
    """A character that may stand from some place of a text to `end`: what the wear costs, how many of its bytes are guessed, in which layer."""

    end: int
    char: str
    nats: float = 0.0
    lost: int = 0
    layer: int = 0


Lattice = list[list[Edge]]


@lru_cache(maxsize=1 << 12)
def _char(data: bytes) -> str:
    """The character of a UTF-8 sequence, "" if it is none, or one that nobody uses."""
    try:
        char = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if unicodedata.category(char) in ("Cn", "Co") else char


USUAL = "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬█▓▒░■□▪▲▼►◄●○◆★☆✓✔✗✘✅❌⚠→←↑↓↔⇒≤≥≠≈√∞∑∆−"
"""Signs that are guessed though they are not as common in running text as others: those of drawings, lists and formulas."""

EMOJI = frozenset(map(chr, (*range(0x1F300, 0x1F700), *range(0x1F900, 0x1FA00))))
"""Emoji that are guessed."""

MARKS = "’“”‘–—…•"
"""Signs that are guessed where nothing but their first byte is left."""


@lru_cache(maxsize=1 << 12)
def is_usual(char: str) -> bool:
    """Whether a character is common enough to be guessed: a letter, or a sign that texts often hold."""
    if char in "\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f" or SELDOM.match(char):
        return False
    return unicodedata.category(char)[0] in "LM" or char in USUAL or sign_nats(char) <= 8.0 or char in EMOJI


def _may_be_guessed(char: str, wholly: bool) -> bool:
    """Whether a character may be guessed from some of its bytes, or `wholly` from its first byte alone."""
    if wholly:
        return char in MARKS or ("\x80" <= char < "\u0800" and unicodedata.category(char)[0] == "L" and not SELDOM.match(char))
    return is_usual(char)


def _layer(text: str, edges: Lattice, places: Iterable[int], wears: tuple[wear.Wear, wear.Wear], number: int) -> Lattice:
    """The edges that a layer of the lattice adds: each UTF-8 sequence that begins in one of `places`.

    `wears` tell how its bytes may be spelled, and how behind a first byte that was lowered.
    """
    added: Lattice = [[] for _ in edges]
    worn, lowered = wears
    for start in places:
        mine = edges[start]
        best: dict[tuple[int, str], Edge] = {}
        for edge in mine:
            for form in worn.leads.get(edge.char, ()):
                for found in _sequences(text, edges, lowered if form.nats else worn, edge._replace(nats=edge.nats + form.nats), form.byte):
                    key = found.end, found.char
                    if key not in best or found.nats < best[key].nats:
                        best[key] = found._replace(layer=number, nats=found.nats + DEEPER * (number - 1))
        added[start] = [found for found in best.values() if not any(found[:2] == other[:2] for other in mine)]
    return added


class _Begun(NamedTuple):
    """A sequence as far as it is spelled: the place that it has reached, its bytes, what the wear costs, how many bytes are guessed."""

    at: int
    data: bytes
    nats: float
    lost: int


def _sequences(text: str, edges: Lattice, worn: wear.Wear, lead: Edge, byte: int) -> Iterator[Edge]:
    """The characters whose UTF-8 can be spelled from `lead`, which is `byte`."""
    size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
    found = [_Begun(lead.end, bytes((byte,)), lead.nats, lead.lost)]
    for left in reversed(range(size - 1)):
        found = [longer for begun in found for longer in _continued(text, edges, worn, begun, left, guessed=lead.lost > 0)]
    for at, data, nats, lost in found:
        char = _char(data)
        if "\x80" <= char < "\xa0" and lost and codecs.table("cp1252")[ord(char)] in MARKS:
            char = codecs.table("cp1252")[ord(char)]  # cp1252 was called latin-1 before: `Â\x92`, then `Â’`, then `Â'`
        if char and (not lost or _may_be_guessed(char, lost == size - 1) or (char == "\xa0" and at > lead.end)):
            yield Edge(at, char, nats, lost)


GENERAL = b"\xe2\x80"
"""The first bytes of MARKS: of no other sequence of three bytes two may be guessed."""


def _exact(edges: Lattice, worn: wear.Wear, at: int) -> Iterator[tuple[Edge, int]]:
    """What stands in a place as the codec read it from a byte that is not the first of a sequence, and that byte."""
    for edge in edges[at] if at < len(edges) else ():
        value = worn.exact.get(edge.char, 0)
        if 0x80 <= value < 0xC0 and (worn.leads or not edge.nats):  # who writes `â&nbsp;` means it: only what stood there as it was is lowered
            yield edge, value


def _continued(text: str, edges: Lattice, worn: wear.Wear, begun: _Begun, left: int, *, guessed: bool) -> Iterator[_Begun]:
    """A sequence with its next byte, behind which so many are `left`, as it was read or as what wear left.

    Nothing more is guessed where the first byte was `guessed`, and nothing behind which no byte can stand.
    """
    at, data, nats, lost = begun
    sound = False
    for edge, value in _exact(edges, worn, at):
        sound = sound or not edge.nats
        if nats + edge.nats <= DEAREST:
            yield _Begun(edge.end, data + bytes((value,)), nats + edge.nats, lost + edge.lost)
    if sound or guessed or lost >= LOST or nats >= DEAREST:
        return
    torn = wear.DROPPED if at < len(text) and not text[at].isspace() else 0.0
    for width in range(min(MARK, len(text) - at) + 1):
        mark = text[at : at + width]
        forms = worn.trails.get(mark, ())
        goes_on = not left or any(_exact(edges, worn, at + width))
        if not forms or (not goes_on and lost + 1 == LOST):
            continue
        is_general = len(data) + left == 2 and (not goes_on or (not left and lost > 0))
        for form in forms:
            if is_general and not (data + bytes((form.byte,))).startswith(GENERAL):
                continue
            cost = form.nats if mark else AGAIN if lost else max(torn, form.nats)
            yield _Begun(at + width, data + bytes((form.byte,)), nats + cost, lost + 1)


def lattice(text: str, codec: str, places: Sequence[int], *, thinned: bool, dropped: bool) -> Lattice:
    """For each place of `text` the characters that may begin there: itself, and in `places` what UTF-8 read as `codec` can have been.

    `thinned` and `dropped` are what `wear.trails` is told; only what was misread last lost its C1 controls.
    """
    edges = [[Edge(start + 1, char)] for start, char in enumerate(text)]
    for start, end, char in wear.entities(text):
        edges[start].append(Edge(end, char, wear.ENTITY))
    for number in range(1, LAYERS + 1):
        wears = wear.wear(codec, thinned=thinned, dropped=dropped and number == 1), wear.lowered(codec)
        added = _layer(text, edges, places, wears, number)
        if not any(added):
            break
        edges = [mine + more for mine, more in zip(edges, added, strict=True)]
    return edges


def stretches(text: str, edges: Lattice) -> Iterator[tuple[int, int]]:
    """The stretches between spaces of `text` in which something can be read."""
    done = 0
    for start, mine in enumerate(edges):
        if start < done or not any(edge.layer for edge in mine):
            continue
        begin = max(done, _space_before(text, start) + 1)
        end, at = start, begin
        while at < len(text) and (at < end or not text[at].isspace() or at <= start):
            end = max([end, *(edge.end for edge in edges[at] if edge.layer)])
            at += 1
        done = max(at, end)
        yield begin, done


def _space_before(text: str, at: int) -> int:
    return max(text.rfind(" ", 0, at), text.rfind("\t", 0, at))
