"""What becomes of the characters that UTF-8 bytes were misread as, on the way to us: how each byte may be spelled now, as rows.

Mojibake is text like any other to the programs that it passes: quotation marks are straightened, control characters dropped, what a codec lacks
becomes `?`, capitals are lowered, letters are written as entities. Each such mark leaves few bytes that it can have been.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from summitfix import codecs

TWINS = (
    # character, what editors, typewriter fonts and transliterating converters write for it, nats
    ("“”„", '"', 1.0),
    ("‘’‚", "'", 1.0),
    ("–—", "-", 2.0),
    ("…", "...", 2.0),
    ("‹", "<", 3.0),
    ("›", ">", 3.0),
    ("˜", "~", 1.0),
    ("ˆ", "^", 1.0),
    ("•", "*", 3.0),
    ("€", "EUR", 1.0),
    ("™", "(tm)", 1.0),
    ("™", "TM", 2.0),
    ("™", "T", 3.0),
    ("œ", "oe", 1.0),
    ("œ", "o", 4.0),
    ("š", "s", 3.0),
    ("ž", "z", 3.0),
    ("®", "(r)", 1.0),
    ("©", "(c)", 1.0),
    ("\xa0", " ", 0.5),
    ("\xa0", "", 0.5),
    ("\xad", "", 1.0),
    ("\xad", "-", 3.0),
)
"""The ASCII twins of characters beyond it: `â€"` was `â€”`, `donâEUR(tm)t` was `donâ€™t`, `Ã ` was `Ã\\xa0`."""

LATIN = frozenset({"latin-1", "iso-8859-15", "cp1250", "cp1252", "cp1254", "cp1257", "cp1258"})
"""Codecs whose first bytes of UTF-8 are Latin letters and whose other bytes are mostly signs: what lower-casing does to them can be told."""

CAPITALS = "ŠŒŽŸŚŤŹ"
"""The letters among the other bytes of those codecs."""

DROPPED, BLANK, QUESTION, REPLACED, LOWERED = 4.6, 7.5, 2.0, 1.0, 1.0
"""What it costs, in nats, that a character was dropped, became a space, `?`, U+FFFD, or a small letter."""

DECODED = 5.0
"""What U+FFFD costs in place of a byte that the codec decodes: decoders write it for bytes that they cannot."""

ENTITY = 0.5
"""What it costs that a character was written as an entity."""


class Form(NamedTuple):
    """A byte, and what it costs to say that it is spelled so."""

    byte: int
    nats: float


@cache
def exact(codec: str) -> dict[str, int]:
    """The byte beyond ASCII of each character that an 8-bit codec reads; C1 controls are their bytes in all, as in browsers."""
    return {chr(byte): byte for byte in range(0x80, 0xA0)} | {char: byte for byte, char in enumerate(codecs.table(codec)) if byte >= 0x80}


@cache
def leads(codec: str) -> dict[str, tuple[Form, ...]]:
    """What the first byte of a UTF-8 sequence may be spelled as: its character, or its small letter."""
    table = codecs.table(codec)
    found: dict[str, list[Form]] = {}
    for byte in range(0xC2, 0xF5):
        char = table[byte]
        found.setdefault(char, []).append(Form(byte, 0.0))
        if codec in LATIN and char.lower() != char and len(char.lower()) == 1:
            found.setdefault(char.lower(), []).append(Form(byte, LOWERED))
        if codec in ("latin-1", "cp1252") and char == "Ã":
            found.setdefault("â", []).append(Form(byte, 2 * LOWERED))  # Vietnamese writers lower Ã to â, which their alphabet has
    return {char: tuple(forms) for char, forms in found.items()}


@cache
def trails(codec: str, *, thinned: bool, dropped: bool) -> dict[str, tuple[Form, ...]]:
    """What each other byte of a sequence may be spelled as if not as its character; "" for what was dropped.

    `thinned`: characters beyond latin-1 were lost, so that `?` can be any of them; else only C1 controls were, for which codecs have no character.
    `dropped`: they may be gone without a trace.
    """
    found: dict[str, dict[int, float]] = {}
    for byte in range(0x80, 0xC0):
        for mark, nats in _marks(codecs.table(codec)[byte], thinned, DECODED if codec == "latin-1" else REPLACED):
            if not (mark or dropped or byte in (0xA0, 0xAD)):
                continue
            known = found.setdefault(mark, {})
            known[byte] = min(nats, known.get(byte, nats))
    return {mark: tuple(Form(byte, nats) for byte, nats in known.items()) for mark, known in found.items()}


class Wear(NamedTuple):
    """How UTF-8 that a codec read may be spelled now: its bytes as they were, its first bytes, and the marks that stand for others."""

    exact: dict[str, int]
    leads: dict[str, tuple[Form, ...]]
    trails: dict[str, tuple[Form, ...]]


def wear(codec: str, *, thinned: bool, dropped: bool) -> Wear:
    """How UTF-8 that the codec read may be spelled now; see `trails`."""
    return Wear(exact(codec), leads(codec), trails(codec, thinned=thinned, dropped=dropped))


def is_thinned(text: str, codec: str) -> bool:
    """Whether `text` has lost the characters beyond latin-1 that the codec reads some bytes as: it holds none of them."""
    return not any(char in text for char in codecs.table(codec)[0x80:0xC0] if char > "\xff")


def _marks(char: str, thinned: bool, replaced: float) -> Iterator[tuple[str, float]]:
    """How a character may be spelled now, and what each costs; U+FFFD in place of a control costs `replaced`."""
    yield from ((twin, nats) for chars, twin, nats in TWINS if char in chars)
    if "\x80" <= char < "\xa0":
        yield from (("", DROPPED), (" ", BLANK), ("?", QUESTION), ("\ufffd", replaced))
    elif char > "\xff" and thinned:
        yield from (("?", QUESTION), ("\ufffd", DECODED))
    elif char in "\xa0\xad":
        yield from (("?", 2 * QUESTION), ("\ufffd", 3 * REPLACED))
    if char in CAPITALS:
        yield char.lower(), LOWERED


@cache
def lowered(codec: str) -> Wear:
    """How a sequence goes on whose first byte was lowered: its capitals were lowered too, and nothing else is worn but the no-break space."""
    signs = {char: byte for char, byte in exact(codec).items() if char >= "\xa0" and not char.isupper()}
    capitals = {char.lower(): (Form(byte, LOWERED),) for char, byte in exact(codec).items() if char in CAPITALS}
    return Wear(signs, {}, {" ": (Form(0xA0, 0.5),), **capitals})


@cache
def _following(codec: str) -> frozenset[str]:
    """What may stand behind the first byte of a sequence: a byte as it was, or the first character of what wear makes of it."""
    worn = (mark[0] for mark in trails(codec, thinned=True, dropped=False) if mark)
    return frozenset(codecs.table(codec)[0x80:0xC0]) | frozenset(map(chr, range(0x80, 0xA0))) | frozenset(worn)


def may_begin(text: str, codec: str) -> bool:
    """Whether what may be a first byte stands before what may be another: asked before an expression is compiled, which takes milliseconds."""
    following = _following(codec)
    for lead in leads(codec).keys() & set(text):
        at = text.find(lead)
        while at >= 0:
            if text[at + 1 : at + 2] in following:
                return True
            at = text.find(lead, at + 1)
    return False


@cache
def plain(codec: str) -> re.Pattern[str]:
    """A UTF-8 sequence read as the codec, as it was read."""
    table = codecs.table(codec)
    kept = f"[{re.escape(table[0x80:0xC0])}\\x80-\\x9f]"
    sizes = {1: range(0xC2, 0xE0), 2: range(0xE0, 0xF0), 3: range(0xF0, 0xF5)}
    return re.compile("|".join(f"[{re.escape(''.join(table[byte] for byte in leads))}]{kept}{{{size}}}" for size, leads in sizes.items()))


@cache
def whole(codec: str) -> re.Pattern[str]:
    """A UTF-8 sequence read as the codec of which no byte is to be guessed, though its first one may have been lowered."""
    kept = f"[{re.escape(codecs.table(codec)[0x80:0xC0])}\\x80-\\x9f]"
    sizes: dict[int, str] = {}
    for char, forms in leads(codec).items():
        for size in {1 if form.byte < 0xE0 else 2 if form.byte < 0xF0 else 3 for form in forms}:
            sizes[size] = sizes.get(size, "") + char
    return re.compile("|".join(f"[{re.escape(chars)}]{kept}{{{size}}}" for size, chars in sizes.items()))


@cache
def screen(codec: str) -> re.Pattern[str]:
    """What shows that UTF-8 read as the codec may be there, and worn: a first byte and as many others as it asks for, one of them in another spelling.

    Of three bytes and more one is as it was, but for those of quotation marks and dashes.
    """
    table, marks = codecs.table(codec), sorted({mark for mark in trails(codec, thinned=True, dropped=False) if mark}, key=len, reverse=True)
    kept = f"[{re.escape(table[0x80:0xC0])}\x80-\x9f]"
    worn = f"(?:{'|'.join(map(re.escape, marks))})"
    shapes = {1: worn, 2: f"(?:{worn}{kept}|{kept}{worn})", 3: f"(?={worn}?{worn}?{kept})(?={kept}?{kept}?{worn})(?:{kept}|{worn}){{3}}"}
    sizes = {1: range(0xC2, 0xE0), 2: range(0xE0, 0xF0), 3: range(0xF0, 0xF5)}
    found = [f"[{re.escape(''.join(table[byte] for byte in sizes[size]))}]{shape}" for size, shape in shapes.items()]
    lowered = [char for char, forms in leads(codec).items() if any(form.nats for form in forms)]
    if lowered:
        found.append(f"[{re.escape(''.join(lowered))}]{kept}")
    return re.compile("|".join([*found, f"{re.escape(table[0xE2])}{worn}{worn}"]))


_ENTITY = re.compile(r"&(?:#(?:\d{3,4}|[xX][0-9a-fA-F]{2,4})|[A-Za-z]{3,8}\d{0,2});")


def entities(text: str) -> Iterator[tuple[int, int, str]]:
    """The entities of characters beyond ASCII in `text`: start, end, character; those of C1 controls are controls, not what browsers show for them."""
    for match in _ENTITY.finditer(text):
        name = match[0][1:-1]
        if name[0] == "#":
            code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
            char = chr(code) if 0x80 <= code < 0x3000 else ""
        else:
            from html import unescape  # with its table of two thousand names

            char = unescape(match[0])
        if len(char) == 1 and char > "\x7f":
            yield match.start(), match.end(), char
