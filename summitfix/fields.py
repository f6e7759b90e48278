r"""JSON Lines: repair string fields of one JSON object a line, and leave every other byte as it is.

The value of each chosen string is a document of its own. What is changed in it is changed in the raw line, escapes and all, so that a patch, a list and
every other surface show the user's file, and nothing is parsed and written anew: numbers, doubled keys, spaces and the order of keys stay.

>>> from functools import partial
>>> from summitfix.chain import CHAIN
>>> by_all = partial(core.repair, chain=CHAIN)
>>> repair(r'{"id": 1e2, "text": "caf\u00c3\u00a9 tr\u00c3\u00a8s serr\u00c3\u00a9"}', ["text"], by_all)[0].after
'{"id": 1e2, "text": "caf\\u00e9 tr\\u00e8s serr\\u00e9"}'
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import NamedTuple

from summitfix import core
from summitfix.core import Change, Repair, Stage

_DECODER = json.JSONDecoder(parse_int=len, parse_float=len)
"""What numbers are does not matter here, and `int` refuses those of more than 4,300 digits."""

_SPACES = " \t\r\n"
_SPACE = f"[{_SPACES}]*"
_KEY = rf'"([^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*)"{_SPACE}:{_SPACE}'
_FIRST = {"{": re.compile(rf"\{{{_SPACE}(?:{_KEY}|\}}{_SPACE})"), "[": re.compile(rf"\[{_SPACE}(?:\]{_SPACE}|())")}
"""From the bracket to the first value inside; the group, a key or nothing, is missing where the other bracket closes it."""

_NEXT = {"{": re.compile(rf"{_SPACE}(?:,{_SPACE}{_KEY}|\}}{_SPACE})"), "[": re.compile(rf"{_SPACE}(?:(,){_SPACE}|\]{_SPACE})")}
"""From behind a value to the next one, in the same way."""

_PIECE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)
"""What a literal writes for one code point."""

_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])")
"""An escape of what is not ASCII."""


class Wanted(NamedTuple):
    """What is wanted of a JSON value: whether itself, if it is a string, and what of the values that stand in it under these keys (see `_wanted`)."""

    chosen: bool
    keys: Mapping[str, tuple[frozenset[str], bool]]


_NOTHING = Wanted(False, {})


class Literal(NamedTuple):
    """A string in a line: `start` and `end` are offsets within its quotation marks, `value` is what it says."""

    start: int
    end: int
    value: str


def repair(
    text: str, names: Iterable[str], repair_value: Callable[..., Repair], *, encoding: str | None = None, rows: Mapping[str, int] | None = None
) -> tuple[Repair, list[int]]:
    """What `repair_value` does to the strings that `names` choose in each line of `text`; and the offsets of the lines that are no JSON object.

    It is `core.repair` with passes and options bound, so that these are named in one place. A name is a key, or keys with dots between them (`a.b`: what
    stands under `b` in the objects under `a`); a key that has dots is meant too. An array stands for all that is in it. Lines end at LF, and must be whole;
    blank ones are no trouble. `rows` proven in one value reach those behind it. Changes are in code points of `text` and hold whole escapes; a `permit` is
    asked about changes of the value.
    """
    wanted = _wanted(frozenset(names), False)
    known = dict(rows or {})
    changes, doubts, stages, bad = list[Change](), list[Change](), list[Stage](), list[int]()
    start = grown = 0
    codec = _codec(text, encoding)
    for line in text.split("\n"):
        try:
            found = _literals(line, wanted)
        except ValueError:
            bad.append(start)
            found = []
        for literal in found:
            result = repair_value(literal.value, encoding=encoding, rows=known)
            if result.stages or result.doubts:
                raw = _spelled(result, line[literal.start : literal.end], codec(line))
                place = start + literal.start
                changes += _moved(raw.changes, place)
                doubts += _moved(raw.doubts, place)
                stages += (Stage(stage.name, tuple(_moved(stage.changes, place + grown))) for stage in raw.stages)
                grown += len(raw.after) - len(raw.before)
                for rule, number in raw.rows.items():
                    known[rule] = known.get(rule, 0) + number
        start += len(line) + 1
    return Repair(text, core.apply(text, changes), tuple(changes), tuple(doubts), tuple(stages)), bad


@lru_cache
def _wanted(names: frozenset[str], chosen: bool) -> Wanted:
    """What is wanted of a value in which `names` are to be looked for."""
    rests: dict[str, set[str | None]] = {}
    for name in names:
        dots = [match.start() for match in re.finditer(r"\.", name)]
        for dot in dots:
            rests.setdefault(name[:dot], set()).add(name[dot + 1 :])
        rests.setdefault(name, set()).add(None)
    return Wanted(chosen, {key: (frozenset(rest for rest in found if rest is not None), None in found) for key, found in rests.items()})


def _literals(line: str, wanted: Wanted) -> list[Literal]:
    """The strings that are wanted of the JSON object in `line`, in their order; none in a blank line. Raises ValueError if that is not what it is.

    What nothing is wanted of is left to json, in C. That gives up on what is nested a thousand deep, so then every bracket is looked at here.
    """
    at = len(line) - len(line.removeprefix("\ufeff").lstrip(_SPACES))  # files that were put together keep their byte-order marks
    found: list[Literal] = []
    if at == len(line):
        return found
    inside: list[tuple[str, Wanted]] = []
    deep = False
    while True:
        sign = line[at : at + 1]
        if not inside and sign != "{":
            raise ValueError("no object")
        match: re.Match[str] | None = None
        if sign in _FIRST and (deep or not inside or wanted.keys or (wanted.chosen and sign == "[")):
            match = _FIRST[sign].match(line, at)
            inside.append((sign, wanted))
        else:
            try:
                value, end = _DECODER.raw_decode(line, at)
            except RecursionError:
                deep = True
                continue
            if wanted.chosen and sign == '"':
                found.append(Literal(at + 1, end - 1, value))
            match = _NEXT[inside[-1][0]].match(line, end)
        while match and match[1] is None:  # closed: what comes behind it belongs to what it stands in
            inside.pop()
            at = match.end()
            if not inside:
                if at < len(line):
                    raise ValueError("more than an object")
                return found
            match = _NEXT[inside[-1][0]].match(line, at)
        if not match:
            raise ValueError("no value, or nothing that may stand behind it")
        at = match.end()
        bracket, wanted = inside[-1]
        if bracket == "{":
            key = match[1] if "\\" not in match[1] else _DECODER.raw_decode(line, match.start(1) - 1)[0]
            wanted = _wanted(*wanted.keys[key]) if key in wanted.keys else _NOTHING


def _codec(text: str, encoding: str | None) -> Callable[[str], str]:
    """What tells of a line which codec holds the characters that stand in it as they are: what it shows itself, else what the whole text shows."""
    common = lru_cache(lambda: bool(_is_escaped(text)))

    @lru_cache(maxsize=1)
    def codec(line: str) -> str:
        own = _is_escaped(line)
        return "ascii" if (common() if own is None else own) else encoding or "utf-8"

    return codec


def _is_escaped(text: str) -> bool | None:
    """Whether all that is not ASCII is written as escapes; None if there is no such character."""
    if not text.isascii():
        return False
    return True if _ESCAPED.search(text) else None


def _spelled(result: Repair, raw: str, codec: str) -> Repair:
    """The repair of a value as the repair of the literal `raw` that says it. What `codec` cannot hold is written as escapes."""
    pieces: Sequence[str] = _PIECE.findall(raw) if "\\" in raw else raw
    doubts = tuple(change for change, _ in _rewritten(result.doubts, pieces, codec))
    changes, stages = tuple[Change, ...](), list[Stage]()
    for name, found in result.stages:
        left, done, made = list[str](), 0, list[Change]()
        for change, (mapped, after) in zip(found, _rewritten(found, pieces, codec), strict=True):
            left += [*pieces[done : change.start], *after]
            done = change.end
            made.append(mapped)
        pieces = [*left, *pieces[done:]]
        changes = core.compose(raw, changes, made)
        stages.append(Stage(name, tuple(made)))
    return Repair(raw, "".join(pieces), changes, doubts, tuple(stages))


def _rewritten(changes: Iterable[Change], pieces: Sequence[str], codec: str) -> Iterator[tuple[Change, list[str]]]:
    """`changes` of a value, sorted, as changes of the literal that `pieces` make up, one for each code point; each with the pieces that it puts there."""
    at = offset = 0
    for change in changes:
        offset += sum(map(len, pieces[at : change.start]))
        at = change.start
        old = pieces[change.start : change.end]
        new = _written(change, old, codec)
        yield Change(offset, "".join(old), "".join(new), change.why), new


def _written(change: Change, old: Sequence[str], codec: str) -> list[str]:
    r"""What a change puts into its literal for each code point. One that stood there, in `old`, keeps its spelling: `\/`, or a stray byte and not `\udc80`."""
    spellings: dict[str, list[str]] = {}
    for sign, piece in zip(change.before, old, strict=True):
        spellings.setdefault(sign, []).append(piece)
    for held in spellings.values():
        held.reverse()
    written = []
    for sign in change.after:
        held = spellings.get(sign, [])
        written.append(held.pop() if len(held) > 1 else held[0] if held else _escaped(sign, codec))
    return written


def _escaped(sign: str, codec: str) -> str:
    """A character as it stands in a literal: as it is, if JSON and the codec allow."""
    if sign.isascii():
        return encode_basestring(sign)[1:-1]
    try:
        sign.encode(codec)
    except UnicodeEncodeError:
        return encode_basestring_ascii(sign)[1:-1]
    return sign


def _moved(changes: Iterable[Change], by: int) -> Iterator[Change]:
    """`changes` that many code points further on."""
    return (change._replace(start=change.start + by) for change in changes)
