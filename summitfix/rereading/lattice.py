"""UTF-8 that a codec of Chinese, Japanese or Korean read and that lost bytes on the way: the bytes found again, as far as they can be.

Most UTF-8 does not survive such a reading. Where two bytes are no pair of the codec, a mark stands for them (`?`, `・`, U+FFFD), and the second of them
may have been an ASCII sign of the text: a space, a quotation mark, a line end. Yet which pairs the codec lacks is known, UTF-8's grammar leaves few
characters for the bytes that are left, and the language model knows which of those are likely.

A line becomes a lattice: its nodes are places between bytes, its edges bytes, known or lost. A path is a text. The likeliest path is found by a beam
search, and the sums over all paths (the forward-backward algorithm) tell how sure each of its characters is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple
from unicodedata import category, normalize

from summitfix import codecs, words
from summitfix.language import LONGEST_WORD, word_nats
from summitfix.model import EDGE, IDEOGRAPHIC, running
from summitfix.signs import sign_nats

MARKS = {"gbk": "?\ufffd", "cp949": "?\ufffd", "big5": "?\ufffd", "cp932": "・?\ufffd"}
"""The codecs whose reading of UTF-8 loses bytes, and what stands for those: the codec's own mark, or that of programs that know U+FFFD."""

LONE = frozenset({"cp949", "big5"})
"""The codecs for which programs differ about a lone byte 80: a control character for some, an error for others."""

HOME = {"gbk": "zh-hans", "cp949": "ko", "big5": "zh-hant", "cp932": "ja"}
"""The language that a codec mostly meets."""

LITERAL = {"?": 6.0, "・": 6.0, "\ufffd": 12.0}
"""What it costs, in nats, that a mark is no mark: a question in damaged text."""

KEPT = 8.0
"""What it costs to leave a character of a damaged line as it is."""

FOREIGN = 5.0
"""How much more the full-width signs of Chinese and Japanese cost in Korean, which has ASCII ones."""

ENDED = 1.0
"""What the end of a word costs on average."""

BROKEN = 16.0
"""What it costs to give up a byte."""

BEAM = 128
"""How many histories are kept at a place."""

WIDTH = 16.0
"""How far in nats behind the best a history may be."""

LIKELY = 64
"""How many of the characters that a place leaves open are tried for being common; all are that were seen where they would stand."""

SWALLOWED = (
    # An ASCII sign that a lost pair took with it, what must stand behind it ("": the end of the line; None: anything), nats
    ("", "", 0.1),
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

SIGNS = "、。〈〉《》「」『』【】〔〕〜！（），：；？～–—‘’“”•…→←↑↓─│├└●○■□▲△▼▽◆◇★☆※✅✓✔❌✗⚠€™"
"""Which signs may be found for lost bytes."""

SEEN = {"，": 3.2, "。": 3.4, "、": 4.0, "：": 5.0, "（": 5.3, "）": 5.3, "—": 6.0, "’": 5.0, "✅": 7.0, "❌": 7.5, "✓": 8.5, "→": 7.5, "─": 7.5}
"""What the common ones of these cost, in nats, in text that loses bytes: comments of programs and notes."""

RARER = 1.5
"""How much more the others cost than in running text, where they come in crowds."""


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

Pattern = tuple[int, ...]


@cache
def _known() -> dict[Pattern, list[str]]:
    """Three bytes of UTF-8, each known or LOST -> the characters of the model and the signs that fit."""
    chars = {char for language in IDEOGRAPHIC for char in running(language).known()} | set(SIGNS)
    found: dict[Pattern, list[str]] = defaultdict(list)
    for char in sorted(chars - {EDGE}):
        data = char.encode()
        if len(data) == 3:
            for mask in range(1, 8):
                found[tuple(LOST if mask >> i & 1 else data[i] for i in range(3))].append(char)
    return found


Fitting = Mapping[str, tuple[int, int]]
"""Characters, the commonest first, each with its first and last byte, or LOST where that does not matter."""


@lru_cache(maxsize=1 << 12)
def _fitting(codec: str, language: str, pattern: Pattern, lost: tuple[int, ...]) -> Fitting:
    """The characters that fit a pattern; the pairs that begin at `lost` must be none of the codec's."""
    model = running(language)
    if LOST not in pattern:
        try:
            found = [char for char in bytes(pattern).decode() if category(char) != "Cn"]
        except UnicodeDecodeError:
            found = []
    else:
        found = [char for char in _known().get(pattern, ()) if not is_ideographic(char) or (char in model.known() and not _is_strange(char, language))]
        found.sort(key=lambda char: model.cost("", char) if is_ideographic(char) else SEEN.get(char, 8.0))
    valid = pairs(codec)
    data = {char: char.encode() for char in found}
    return {char: (code[0], code[-1]) for char, code in data.items() if all(code[i] << 8 | code[i + 1] not in valid for i in lost)}


STRANGE = 10.0
"""What a simplified character costs at least, in nats, that traditional Chinese does not use as well."""


def _is_strange(char: str, language: str) -> bool:
    """Whether a character is of the other way to write Chinese: the list of words, which folds them, would speak for it."""
    return language == "zh-hant" and running(language).cost("", char) > STRANGE and char in _simple()


@cache
def _simple() -> frozenset[str]:
    return frozenset(words.simplified().values())


@cache
def _listed(language: str) -> Mapping[str, float]:
    return words.table(language).whole()


@cache
def _continuing(language: str) -> Mapping[str, str]:
    """The beginnings of listed words of two to LONGEST_WORD characters -> the characters that complete one."""
    found: dict[str, str] = {}
    for word in _listed(language):
        if 1 < len(word) <= LONGEST_WORD:
            found[word[:-1]] = found.get(word[:-1], "") + word[-1]
    return found


def is_ideographic(char: str) -> bool:
    """Whether a character is Han, kana or Hangul: one that the model knows by what stands before it."""
    return "\u3041" <= char <= "\ud7a3" and char != "・"


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


class Arc(NamedTuple):
    """What may stand between two nodes: one of the characters that fit, at `nats` beyond what the model says.

    `carried` says that the last byte is the first of a lost pair, which goes on in the next character.
    """

    after: int
    start: int
    end: int
    chars: Fitting
    nats: float
    carried: bool


class State:
    """The histories at a node that end alike: what the best costs, the costs of its last places, its last characters, and how it came here.

    `carry` is the first byte of a lost pair, or LOST. `before` holds (state, nats, start, end, text) of all arcs that lead here, the best first.
    """

    __slots__ = ("backward", "before", "carry", "costs", "forward", "last", "nats")

    def __init__(self, nats: float, costs: tuple[float, ...], last: str, carry: int) -> None:
        self.nats, self.costs, self.last, self.carry = nats, costs, last, carry
        self.before: list[tuple[State, float, int, int, str]] = []
        self.forward = self.backward = -math.inf


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


def _edges(line: str, codec: str, careful: bool) -> tuple[dict[int, list[Edge]], dict[int, tuple[int, int]], int]:
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


def _arcs(node: int, edges: dict[int, list[Edge]], codec: str, language: str) -> Iterator[Arc]:
    """The arcs of whole characters that leave a node."""
    for first in edges.get(node, ()):
        if 0 <= first.value < 0x80:
            yield Arc(first.after, first.start, first.end, {chr(first.value): (first.value, first.value)}, 0.0, False)
            continue
        for sign, nats in first.swallowed:
            yield Arc(first.after, first.start, first.end, {sign: (ord(sign or "\r"), LOST)}, nats, False)
        width = (
            3 if first.value == LOST else next((n for n, least, most in ((2, 0xC2, 0xDF), (3, 0xE0, 0xEF), (4, 0xF0, 0xF4)) if least <= first.value <= most), 0)
        )
        for path in _paths((first,), edges, width):
            chars = _fitting(codec, language, tuple(edge.value for edge in path), tuple(i for i, edge in enumerate(path[:-1]) if edge.lost))
            if chars:
                yield Arc(path[-1].after, first.start, path[-1].end, chars, 0.0, path[-1].lost)
        yield Arc(first.after, first.start, first.end, {"\ufffd": (LOST, LOST)}, BROKEN, False)


def _paths(path: tuple[Edge, ...], edges: dict[int, list[Edge]], width: int) -> Iterator[tuple[Edge, ...]]:
    """The ways to go on from `path` to `width` bytes of one character."""
    if len(path) >= width:
        if width:
            yield path
        return
    for edge in edges.get(path[-1].after, ()):
        if edge.value == LOST or 0x80 <= edge.value < 0xC0:
            yield from _paths((*path, edge), edges, width)


CLASS = {" ": " ", "\n": " ", "\t": " ", "": " "}
OPENING, CLOSED, PAUSES, STOPS, DASHES = "“‘「『【《〈（〔([{", "”’」』】》〉）〕", "、，", "。！？", "—–→←•"


class Costs:
    """What a character costs behind others, in a language."""

    def __init__(self, language: str, own: Mapping[str, float]) -> None:
        self.language, self.own = language, own
        self.characters, self.words, self.continuing = running(language), _listed(language), _continuing(language)

    def likely(self, state: State, chars: Fitting) -> Iterable[str]:
        """Those of the characters that are worth trying behind a state."""
        if len(chars) <= LIKELY:
            return chars
        before = state.last if is_ideographic(state.last[-1]) else ""
        found = set(islice(chars, LIKELY)) | (chars.keys() & self.characters.followers((EDGE + EDGE + before)[-2:]))
        spelled = words.fold(before, self.language) if self.language == "zh-hant" else before
        for size in range(1, len(spelled) + 1):
            found |= chars.keys() & set(self.continuing.get(spelled[-size:], ()))
        return found

    def after(self, state: State, char: str) -> tuple[float, tuple[float, ...], str]:
        """The nats, the costs of the last places and the last characters of a state that `char` follows."""
        before = state.last if is_ideographic(state.last[-1]) else ""
        if not is_ideographic(char):
            nats = state.nats + self._sign(state.last[-1], char)
            if before and self.language == "ko":  # the only one of them that puts spaces between its words
                nats += self.characters.cost((EDGE + before)[-2:], EDGE) - ENDED
            return nats, (nats,), CLASS.get(char) or ("a" if char.isascii() and char.isalnum() else char)
        best = state.nats + self.characters.cost(before[-2:] if state.last == "a" or len(before) > 1 else EDGE + (before or EDGE), char)
        here, costs = before + char, state.costs
        spelled = words.fold(here, self.language) if self.language == "zh-hant" else here
        for size in range(2, min(len(costs), len(here), LONGEST_WORD) + 1):
            zipf = self.words.get(spelled[-size:], 0.0)
            if self.own:
                zipf = max(zipf, self.own.get(here[-size:], 0.0))
            if zipf:
                best = min(best, costs[-size] + word_nats(zipf))
        return best, ((*costs, best) if before else (state.nats, best))[-LONGEST_WORD:], here[1 - LONGEST_WORD :]

    def _sign(self, last: str, char: str) -> float:
        """What a sign, a space or a letter of another script costs behind `last`."""
        if char in " \t\n":
            return 0.5 + 5.0 * (last in OPENING) + 2.0 * (last in PAUSES) + (2.0 * (last in PAUSES) - 1.0 * (last in STOPS)) * (char == "\n")
        if char == "":
            return 4.0 * (last in PAUSES) - 1.0 * (last in STOPS)
        if char.isascii():
            return 0.3 if char.isalnum() else 0.5 + 4.0 * (last in STOPS + PAUSES and char in ".,;:")
        nats = SEEN.get(char) or sign_nats(char) + RARER
        if self.language == "ko" and "\u3001" <= char <= "\uff5e":
            nats += FOREIGN
        if char in CLOSED or char in PAUSES or char in STOPS:
            return nats + 4.0 * (last == " ")
        if self.language == "ko" and is_ideographic(last):
            return nats + 4.0 * (char not in "·…～")
        return nats + 3.0 * (char in DASHES and last != " ")


class Piece(NamedTuple):
    """Characters of a line, from `start` to `end`, what they would be, and how probable that is: 0.0 if a byte of it had to be given up."""

    start: int
    end: int
    text: str
    probability: float


TEMPERATURE = 1.4
"""By how much the model is too sure of itself: it knows sentences that people read aloud, and is asked about all kinds."""


def restore(line: str, codec: str, language: str, careful: bool, own: Mapping[str, float]) -> tuple[float, list[Piece]]:
    """What the likeliest path through the lattice of a line costs in nats, and its pieces that differ from the line.

    `own` are sequences of characters that the document holds elsewhere, with their Zipf frequencies there.
    """
    edges, literal, final = _edges(line, codec, careful)
    costs, valid = Costs(language, own), pairs(codec)
    nodes: dict[int, dict[tuple[str, int], State]] = defaultdict(dict)
    start = State(0.0, (0.0,), " ", LOST)
    start.forward = 0.0
    nodes[0][start.last, start.carry] = start
    order: list[State] = []
    for node in range(final + 1):
        states = sorted(nodes.pop(node, {}).values(), key=lambda state: state.nats)[:BEAM]
        states = [state for state in states if state.nats <= states[0].nats + WIDTH]
        order += states
        if node == final:
            return states[0].nats, _pieces(line, order, states)
        arcs = list(_arcs(node, edges, codec, language)) if states else []
        if node in literal:
            at, behind = literal[node]
            arcs.append(Arc(behind, at, at + 1, {line[at]: (LOST, LOST)}, LITERAL.get(line[at], KEPT), False))
        for state in states:
            for arc in arcs:
                _follow(nodes[arc.after], state, arc, costs, valid)
    raise AssertionError("a literal or a broken byte always leads on")


def _follow(states: dict[tuple[str, int], State], before: State, arc: Arc, costs: Costs, valid: frozenset[int]) -> None:
    """Add to the states behind an arc those that its characters, the LIKELY ones, make of `before`."""
    following = []
    for char in costs.likely(before, arc.chars):
        head, tail = arc.chars[char]
        if before.carry == LOST or (head == LOST and char == "\ufffd") or (head != LOST and before.carry << 8 | head not in valid):
            following.append((*costs.after(before, char), char, tail))
    for plain, places, last, char, tail in following:
        nats, key = plain + arc.nats, (last, tail if arc.carried else LOST)
        step = (before, nats - before.nats, arc.start, arc.end, char)
        state = states.get(key)
        if state is None or nats < state.nats:
            ways = state.before if state else []
            state = states.setdefault(key, State(nats, places, *key))
            state.nats, state.costs = nats, tuple([place + arc.nats for place in places]) if arc.nats else places
            state.before = [step, *ways]
        else:
            state.before.append(step)


def _sum(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers given by theirs."""
    most, least = max(one, other), min(one, other)
    return most + math.log1p(math.exp(least - most)) if least > -math.inf else most


def _masses(order: Sequence[State], ends: Iterable[State]) -> dict[tuple[int, int, str], float]:
    """How probable it is that these characters of the line, from start to end, were this text: summed over all paths."""
    for state in order:
        for before, nats, *_ in state.before:
            state.forward = _sum(state.forward, before.forward - nats / TEMPERATURE)
    total = -math.inf
    for state in ends:
        state.backward = 0.0
        total = _sum(total, state.forward)
    masses: dict[tuple[int, int, str], float] = defaultdict(float)
    for state in reversed(order):
        if state.backward > -math.inf:
            for before, nats, start, end, text in state.before:
                onward = state.backward - nats / TEMPERATURE
                before.backward = _sum(before.backward, onward)
                masses[start, end, text] += math.exp(before.forward + onward - total)
    return masses


def _pieces(line: str, order: Sequence[State], ends: Sequence[State]) -> list[Piece]:
    """The pieces of the likeliest path: characters of the line whose bytes are shared by characters of the text stay together."""
    masses = _masses(order, ends)
    path, state = [], ends[0]
    while state.before:
        state, _, start, end, text = state.before[0]
        path.append(Piece(start, end, text, 0.0 if text == "\ufffd" else min(1.0, masses[start, end, text])))
    pieces: list[Piece] = []
    for piece in reversed(path):
        if pieces and piece.start < pieces[-1].end:
            last = pieces.pop()
            pieces.append(Piece(last.start, max(last.end, piece.end), last.text + piece.text, min(last.probability, piece.probability)))
        else:
            pieces.append(piece)
    return [piece for piece in pieces if line[piece.start : piece.end] != piece.text]
