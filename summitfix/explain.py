"""The whole story of a change: what stood there, what it was, what was done to it on the way, and why that is believed.

What a reason does not say is worked out again from its rule: the bytes, what was read, what an intermediate program did to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from summitfix.core import SURE, Change, Reason, Repair
from summitfix.files import Block
from summitfix.lines import starts
from summitfix.passes.spam import furniture
from summitfix.passes.spam.evidence import CUT, POINTS
from summitfix.places import Place, placed, places
from summitfix.report import owner, percent
from summitfix.rereading import Chain
from summitfix.rereading.undoing import undo
from summitfix.retelling import chain_named, codes, misread, retold, since
from summitfix.rules import GLYPHS
from summitfix.terminal import flat, wrapped

LONGEST = 40
"""Of longer texts the story shows so many code points and how many there are."""

REACH = 60
"""So many code points around a change are searched for the ends of its word."""

_SPACE = re.compile(r"\s+")
_POINTS = re.compile(r"spam: (?P<text>.*), (?P<points>-?\d+) points \((?P<items>.*)\)", re.DOTALL)

SETTLED_BY = {
    # pass: what would make an unsure change sure, or settle it
    "mojibake": "More text that is damaged alike would settle it; so would --language, or --meant and --read if it is known what happened.",
    "glyphs": "More glyphs lost alike in the same text would settle it; so would --language.",
    "spam": "It is cut without being asked for only where what it says and where it stands both speak against it.",
}


class Told(NamedTuple):
    """A misreading worked out again: the text that was meant, and what became of it after it was read.

    `skip` is how the program that read it went on behind bytes that are no character (see `retelling.read`).
    """

    meant: str
    fates: tuple[str, ...]
    skip: int


def stories(block: Block, repair: Repair) -> Iterator[list[str]]:
    """The stories of all changes and doubts of a block, in their order in the text; see `story`."""
    for record in placed(block, repair):
        yield _story(block, record.change, record.start, record.end)


def story(block: Block, change: Change) -> list[str]:
    """The story of a change of a block, in lines of at most 80 columns that are harmless to a terminal."""
    at = places(block, starts(block.text), (change.start, change.end))
    return _story(block, change, at[change.start], at[change.end])


def _story(block: Block, change: Change, start: Place, end: Place) -> list[str]:
    reasons = (line for reason in change.why for line in _reason(block, change, reason))
    return [*_facts(block, change, start, end), *reasons, *_verdict(change)]


def _facts(block: Block, change: Change, start: Place, end: Place) -> Iterator[str]:
    """Where a change is, and what it changes into what."""
    byte = "" if start.byte is None else f", byte {start.byte}"
    yield from wrapped(f"line {start.line}, column {start.column} (offset {start.offset}{byte}; {start.encoding})")
    yield from _shown("before", change.before)
    if start.byte is not None and end.byte is not None:
        first = start.byte - block.byte_offset - len(block.bom)
        yield from _row("in the file", _hex(block.data[first : first + end.byte - start.byte]))
    if change.after != change.before:
        yield from _shown("after", change.after) if change.after else _row("after", "nothing")


def _reason(block: Block, change: Change, reason: Reason) -> Iterator[str]:
    """What a pass has to say, and what can be worked out of it."""
    note, *more = reason.note.split("; ", 1)
    spam = _POINTS.fullmatch(reason.note)
    note = f"{spam['points']} points of {CUT}" if spam else note
    yield ""
    yield from wrapped(flat(f"{reason.rule}: {note.removeprefix('spam: ')}" if note else reason.rule), "", "    ")
    chain = chain_named(reason.rule)
    if chain:
        yield from _misreading(block, change, chain, reason is change.why[-1])
    if spam:
        yield from _row("says", spam["text"])
        for item in filter(None, spam["items"].split(", ")):
            yield from _row(f"{POINTS.get(item, 0):+d}", item)
    kind = reason.rule.removeprefix("glyphs.")
    if kind in GLYPHS:
        yield from _row("restored", GLYPHS[kind])
    if kind in GLYPHS and not _has(block.encoding, change.after):
        yield from _row("codec", f"{block.encoding} has no {change.after}: a converter to it had to lose it")
    for part in more:
        gain, _, runner_up = part.partition("; next, ")
        yield from _row("gain", gain)
        if runner_up:
            yield from _row("next", runner_up)
    if len(change.why) > 1:
        yield from _row("confidence", percent(reason.confidence))


def _misreading(block: Block, change: Change, chain: Chain, is_last: bool) -> Iterator[str]:
    """A misreading, step by step, and what became of it since."""
    told = _told(block.text, change, chain, is_last)
    if told is None:
        return
    for name, value in retold(told.meant, chain, again=False, skip=told.skip):
        yield from _row(name, _hex(value) if isinstance(value, bytes) else _short(value))
    for fate in told.fates:
        yield from _row("since then", fate)


def _told(text: str, change: Change, chain: Chain, is_last: bool) -> Told | None:
    """The misreading of a change worked out again: from what stands there, from the word around it, or else from what is said to have been meant."""
    for start, end in ((change.start, change.end), _word(text, change)):
        now = meant = text[start:end]
        for step in reversed(chain):
            undone = undo(meant, step)
            meant = undone[0] if undone and not undone[1] else ""
        is_whole = (start, end) == (change.start, change.end)
        if meant and (not is_last or (meant == change.after if is_whole else change.after in meant)):
            return _compared(meant, now, chain)
    if is_last and change.after and "\ufffd" not in change.after:
        return _compared(change.after, change.before, chain)
    return None


def _compared(meant: str, now: str, chain: Chain) -> Told:
    """A misreading by the program after which the least must have become of it."""
    readings = {skip: misread(meant, chain, again=False, skip=skip) for skip in (2, 1)}
    skip = max(readings, key=lambda skip: SequenceMatcher(None, readings[skip], now, autojunk=False).ratio())
    return Told(meant, tuple(since(readings[skip], now)), skip)


def _word(text: str, change: Change) -> tuple[int, int]:
    """Where the word around a change begins and ends."""
    start, end = max(0, change.start - REACH), change.end + REACH
    before = [match.end() for match in _SPACE.finditer(text, start, change.start)]
    behind = _SPACE.search(text, change.end, end)
    return before[-1] if before else start, behind.start() if behind else min(end, len(text))


def _verdict(change: Change) -> Iterator[str]:
    """How sure the change is, and what would make it sure."""
    yield ""
    if change.before == change.after:
        asked = any(reason.rule == furniture.RULE for reason in change.why)
        yield from wrapped(f"Flagged: it looks suspicious, and stays as it is.{' --boilerplate cuts it.' * asked}")
    elif change.confidence >= SURE:
        yield from wrapped(f"Sure: {percent(change.confidence)}, where {percent(SURE)} is enough.")
    else:
        asking = "--unsure makes it all the same, and -i asks."
        yield from wrapped(f"Unsure: {percent(change.confidence)}, where {percent(SURE)} is enough. {asking} {SETTLED_BY.get(owner(change), '')}")


def _row(name: str, text: str) -> Iterator[str]:
    """A fact behind its label."""
    yield from wrapped(flat(text).replace("\xa0", "<U+00A0>"), f"  {name:<22}", " " * 24)


def _shown(name: str, text: str) -> Iterator[str]:
    """A text, and its code points."""
    yield from _row(name, _short(text))
    yield from _row("", codes(text[:LONGEST]))


def _short(text: str) -> str:
    """The beginning of a text, and how long it is."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} code points)"


def _hex(data: bytes) -> str:
    """Bytes as figures, or the first of them."""
    return data[:LONGEST].hex(" ").upper() + ("" if len(data) <= LONGEST else f"… ({len(data)} bytes)")


def _has(codec: str, text: str) -> bool:
    """Whether a codec can write a text."""
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
