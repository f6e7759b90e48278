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
from typing import NamedTuple
from unicodedata import category

from summitfix.model import EDGE, IDEOGRAPHIC, running
from summitfix.rereading.costs import SEEN, SIGNS, Costs, Fitting, is_ideographic, is_strange
from summitfix.rereading.edges import LOST, Edge, edges_of, pairs

HOME = {"gbk": "zh-hans", "cp949": "ko", "big5": "zh-hant", "cp932": "ja"}
"""The language that a codec mostly meets."""

LITERAL = {"?": 6.0, "・": 6.0, "\ufffd": 12.0}
"""What it costs, in nats, that a mark is no mark: a question in damaged text."""

KEPT = 8.0
"""What it costs to leave a character of a damaged line as it is."""

BROKEN = 16.0
"""What it costs to give up a byte."""

BEAM = 128
"""How many histories are kept at a place."""

WIDTH = 16.0
"""How far in nats behind the best a history may be."""

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
        found = [char for char in _known().get(pattern, ()) if not is_ideographic(char) or (char in model.known() and not is_strange(char, language))]
        found.sort(key=lambda char: model.cost("", char) if is_ideographic(char) else SEEN.get(char, 8.0))
    valid = pairs(codec)
    data = {char: char.encode() for char in found}
    return {char: (code[0], code[-1]) for char, code in data.items() if all(code[i] << 8 | code[i + 1] not in valid for i in lost)}


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


class Piece(NamedTuple):
    """Characters of a line, from `start` to `end`, what they would be, and how probable that is: 0.0 if a byte of it had to be given up."""

    start: int
    end: int
    text: str
    probability: float


TEMPERATURE = {"big5": 1.5}
"""Codec -> by how much the model is too sure of itself, 1.0 for the others, of which 639 of 656 said to be 0.9 sure and more were right in news.

Read as Big5 nearly every character loses bytes, and the model of traditional Chinese knows only sentences that people read aloud; the value is set by hand.
"""


def restore(line: str, codec: str, language: str, careful: bool, own: Mapping[str, float]) -> tuple[float, list[Piece]]:
    """What the likeliest path through the lattice of a line costs in nats, and its pieces that differ from the line.

    `own` are sequences of characters that the document holds elsewhere, with their Zipf frequencies there.
    """
    edges, literal, final = edges_of(line, codec, careful)
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
            return states[0].nats, _pieces(line, order, states, TEMPERATURE.get(codec, 1.0))
        arcs = list(_arcs(node, edges, codec, language)) if states else []
        if node in literal:
            at, behind = literal[node]
            head = LOST if arcs else 0  # what the codec lacks is all that leads on, also behind half a pair, which goes on with any byte but a valid one
            arcs.append(Arc(behind, at, at + 1, {line[at]: (head, LOST)}, LITERAL.get(line[at], KEPT), False))
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


def _masses(order: Sequence[State], ends: Iterable[State], temperature: float) -> dict[tuple[int, int, str], float]:
    """How probable it is that these characters of the line, from start to end, were this text: summed over all paths."""
    for state in order:
        for before, nats, *_ in state.before:
            state.forward = _sum(state.forward, before.forward - nats / temperature)
    total = -math.inf
    for state in ends:
        state.backward = 0.0
        total = _sum(total, state.forward)
    masses: dict[tuple[int, int, str], float] = defaultdict(float)
    for state in reversed(order):
        if state.backward > -math.inf:
            for before, nats, start, end, text in state.before:
                onward = state.backward - nats / temperature
                before.backward = _sum(before.backward, onward)
                masses[start, end, text] += math.exp(before.forward + onward - total)
    return masses


def _pieces(line: str, order: Sequence[State], ends: Sequence[State], temperature: float) -> list[Piece]:
    """The pieces of the likeliest path: characters of the line whose bytes are shared by characters of the text stay together."""
    masses = _masses(order, ends, temperature)
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
