"""Characters that are spelled out: escapes that lost their backslash (`Rudolphu2019s`), quoted-printable that nobody decoded (`caf=C3=A9`).

A place is believed when the word that comes out is one and the word that stands there is none; what proves nothing by itself (`=20`, a line cut at `=`)
is believed in a text where others are proven.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from summitfix import codecs
from summitfix.language import Prior, account

UNESCAPED = "mojibake.escape-without-backslash"
PRINTABLE = "mojibake.quoted-printable"
NOTES = {UNESCAPED: "an escape that lost its backslash", PRINTABLE: "quoted-printable that was not decoded"}


class Spelled(NamedTuple):
    """A place of a text where characters are spelled out: what stands there, what it spells, by which rule, and how sure that is."""

    start: int
    before: str
    after: str
    rule: str
    confidence: float


_CODES = "20[0-3][0-9a-f]|20ac|2122|00[a-f][0-9a-f]|0[1-6][0-9a-f]{2}|0e[0-7][0-9a-f]|1e[a-f][0-9a-f]|3[01][0-9a-f]{2}|[4-9a-d][0-9a-f]{3}"
_ESCAPE = f"(?:ud83[c-e]ud[c-f][0-9a-f]{{2}}|u(?:{_CODES}))"
_UNESCAPED = re.compile(
    # a word, its letters and escapes and no digits or signs of identifiers; `\u2019`, `%u2019`, `U+2019` and `&#x2019;` are escapes that are whole
    # a pair of surrogates can be read in two ways, so what was found is not tried otherwise (`(?=(...))\1`), which took time without end
    rf"(?<![\w\\%+&#@$./-])(?=([A-Za-z\u00c0-\u024f]*?{_ESCAPE}(?:{_ESCAPE}|[A-Za-z\u00c0-\u024f])*))\1(?![\w(\[=])",
    re.IGNORECASE,
)
_ONE = re.compile(_ESCAPE, re.IGNORECASE)

_ENCODED = re.compile(r"(?<![=\w])[^\W_]*(?:(?:=[0-9A-F]{2})*=[89A-F][0-9A-F](?:=[0-9A-F]{2})*[^\W_]*)+")
_PLACE = re.compile(rf"=[89A-F][0-9A-F]|{_ESCAPE}", re.IGNORECASE)
_BYTES = re.compile("(?:=[0-9A-F]{2})+")
_PARAMETER = re.compile(r"[?&;/][^\s\"'<>]*$|://\S*$")

SURE_NATS = 3.0
"""What a spelled word must gain to be believed."""

WHOLE = re.compile(
    "[“‘„«]*[^\\W\\d_]+’(?:s|t|re|ve|ll|d|m)[”’»…]*$|[“„«][^\\W\\d_]+[”“»]?$|[^\\W\\d_]{2,}[–—][^\\W\\d_]{2,}$|[\U0001f300-\U0001faff]$", re.IGNORECASE
)
"""The shapes of words with signs that are believed: contractions and genitives, quotation marks that open, dashes between words, and emoji."""

PART = re.compile("[“‘„«]?[^\\W\\d_]*[”’»…]$|[‘][^\\W\\d_]+$|[“„«–—…‘]$")
"""Those that are believed where others are: quotation marks that only close, and signs that stand alone."""

CUT = (50, 77)
"""In which columns lines are cut at `=`."""

PROOF = 2
"""So many proven places make a text one that is spelled so."""


class Spelling(NamedTuple):
    """A way to spell characters: the shape of the words that hold them, the places in them, how a place is read, and the rule."""

    words: re.Pattern[str]
    places: re.Pattern[str]
    read: Callable[[str], str]
    rule: str


def escapes(text: str, prior: Prior) -> Iterator[Spelled]:
    """The places of `text` where characters are spelled out."""
    yield from _sifted(text, Spelling(_UNESCAPED, _ONE, _character, UNESCAPED), prior)
    printable = list(_sifted(text, Spelling(_ENCODED, _BYTES, _decoded, PRINTABLE), prior))
    yield from printable
    if len(printable) >= PROOF:
        yield from _proven(text, printable)


_FORMULA = re.compile(r"=[A-Z]{3,}\(")
"""A function of a spreadsheet: `=ABS(-56)`."""


def _sifted(text: str, spelling: Spelling, prior: Prior) -> Iterator[Spelled]:
    """The places of one kind: those of words that are believed by themselves, and if there are any, those of words that might be."""
    words: dict[int, list[re.Match[str]]] = {}
    for match in _words(text, spelling.words):
        meant = spelling.places.sub(lambda found: spelling.read(found[0]), match[0])
        if "\x00" not in meant and not _FORMULA.match(text, match.start()) and not _PARAMETER.search(text, max(0, match.start() - 200), match.start()):
            words.setdefault(_worth(match[0], meant, prior), []).append(match)
    for match in words.get(SURELY, []) + (words.get(PERHAPS, []) if SURELY in words else []):
        for found in spelling.places.finditer(match[0]):
            yield Spelled(match.start() + found.start(), found[0], spelling.read(found[0]), spelling.rule, 0.995)


def _words(text: str, shape: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The words of a shape, on the lines where something may be spelled out: their expressions are slow."""
    match = _PLACE.search(text)
    while match:
        start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        yield from shape.finditer(text, start, end if end >= 0 else len(text))
        match = _PLACE.search(text, end) if end >= 0 else None


def _character(escape: str) -> str:
    """The character of an escape; NUL if it is half of one."""
    codes = [int(code, 16) for code in re.findall("u([0-9a-f]{4})", escape.lower())]
    if len(codes) == 2:
        return chr(0x10000 + (codes[0] - 0xD800) * 0x400 + codes[1] - 0xDC00)
    return "\x00" if 0xD800 <= codes[0] < 0xE000 else chr(codes[0])


def _decoded(spelled: str) -> str:
    """What the bytes are in UTF-8, else in cp1252; NUL if controls come out."""
    data = bytes.fromhex(spelled.replace("=", ""))
    try:
        meant = data.decode("utf-8")
    except UnicodeDecodeError:
        meant = codecs.decode(data, "cp1252")
    return meant if meant.isprintable() or not meant.strip("\xa0 ") else "\x00"


SURELY, PERHAPS, NOT = 2, 1, 0
"""Whether what a word spells is believed by itself, in a text where others are, or not at all."""


def _worth(before: str, meant: str, prior: Prior) -> int:
    """How far to believe what a word spells: it must be a word, and more plausible than what stands there."""
    if re.sub(r"[^\W_]", "", meant):
        if WHOLE.match(meant):
            return SURELY
        return PERHAPS if PART.match(meant) else NOT
    found = account(meant, prior)
    if found.odd or found.excess or not meant.isalpha() or account(before, prior).nats - found.nats < SURE_NATS:
        return NOT
    listed = found.known > 0 or (found.letters > 2 and not found.unknown)
    return SURELY if len(meant) > 1 and (listed or not re.search("[A-Za-z]", meant)) else PERHAPS


_REST = re.compile(r"=(?:20|09|3D|2E|0D=0A)|=\r?\n")


def _proven(text: str, known: list[Spelled]) -> Iterator[Spelled]:
    """What is left to decode of a text that is quoted-printable: spaces, signs, and lines cut at 76 characters."""
    taken = {at for place in known for at in range(place.start, place.start + len(place.before))}
    for match in _REST.finditer(text):
        cut = match[0].endswith("\n")
        column = match.start() - text.rfind("\n", 0, match.start())
        if match.start() not in taken and (not cut or CUT[0] <= column <= CUT[1]):
            after = "" if cut else bytes.fromhex(match[0].replace("=", "")).decode("ascii")
            yield Spelled(match.start(), match[0], after, PRINTABLE, 0.995)


_SCREEN = re.compile(rf"=[89A-F][0-9A-F]|(?:[A-Za-z]|\b){_ESCAPE}", re.IGNORECASE)


def may_be_spelled(text: str) -> bool:
    """Whether a text may spell out characters."""
    return _SCREEN.search(text) is not None
