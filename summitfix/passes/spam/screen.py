"""A first look that costs clean text next to nothing: may there be spam at all?

The text is looked at as lower-case UTF-8, where `bytes.split`, `bytes.find` and `bytes.translate` work at 100 to 4,000 MB/s. It asks for words that
every Latin or Cyrillic phrase of the table has one of, for stems of the phrases of scripts that have no spaces, for markup that hides, for fancy
letters, and for a few letters of another script where an injected line could begin. Words are what takes the time: they are split and looked up a
few kilobytes at a time, so that they stay in the cache and their number is bounded (of 4 MiB at once they take 60 MB and twice the time).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import add
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from summitfix.passes.spam.rows import Rows

PATH = os.path.join(os.path.dirname(__file__), *[os.pardir] * 2, "data", "screen.txt")
"""Words one of which every phrase of a spaced language in the table has, and stems one of which every other phrase has (`build_screen`)."""


class Signs(NamedTuple):
    """What a text with a phrase has at least one of, in lower-case UTF-8, and stems by their first two characters.

    `words` has each word that is a sign by itself, and the longest word of each phrase of common words with those phrases; `known` are all these words.
    """

    words: Mapping[bytes, tuple[bytes, ...]]
    known: frozenset[bytes]
    stems: Mapping[str, tuple[str, ...]]


NO_SIGNS = Signs({}, frozenset(), {})

PIECE = 4096
"""Bytes whose words are looked up together."""

LONGEST = 64
"""Bytes of a phrase at most: so far one piece reaches into the next."""

ASCII, FOLLOWING = bytes(range(0x80)), bytes(range(0x80, 0xC0))
"""Bytes that stand alone in UTF-8, and those that stand behind others."""

_PUNCTUATION = frozenset(b"\xe2")
"""The bytes that begin quotation marks, dashes and the like."""

MESSENGERS = ("飞机", "电报", "電報", "威信", "微信", "加微")
"""Names for messengers, which stand in lists of contacts."""

MARKUP = {
    b"<": (b"1px", b"display:", b"overflow:", b"visibility:", b"-9999", b"font-size:"),
    b"[": (b"[url=", b"[.]", b"](http"),
    b"(": (b"(.)",),
    b"/": (b"t.me/",),
}
"""What hides a link or chops up a name, by a sign that plain prose hardly has."""

PLAIN = bytes(
    byte if byte >= 0x80 or chr(byte).isdigit() or chr(byte).islower() else ord(chr(byte).lower()) if chr(byte).isupper() else 0x20 for byte in range(256)
)
"""Lower case, and spaces for signs."""

UNDECODED = "(?:^|[\n\r.])[\u00a1-\u00ff][\u00a1-\u00ff\u0100-\u2fff]{3}"
"""What no good text begins a line with: four letters in a row that bytes of another codec are in latin-1."""

BEGUN = bytes(0x0A if byte in b"\n\r." else 0xC3 if byte == 0xC2 else byte for byte in range(256))
"""What a line or a sentence begins behind, all the same, and the first bytes of such letters."""

LOOKALIKES = bytes(0x61 if 0x61 <= byte | 0x20 <= 0x7A else 0xD0 if 0xD0 <= byte <= 0xD3 else 0x20 for byte in range(256))
"""Latin letters and the first bytes of Cyrillic ones, all the same."""

FANCY = "[\U0001d400-\U0001d7ff\uff21-\uff5a\u24b6-\u24e9]"
FANCY_LEADS = (b"\xf0\x9d", b"\xef\xbc", b"\xef\xbd", b"\xe2\x92", b"\xe2\x93")
WIDTHLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WIDTHLESS = tuple(character.encode() for character in WIDTHLESS)
BEGINNING = "(?:^|[\n.!?…])[ \t>*•-]{0,4}[%s]"
GROUPS = (
    # the bytes that begin its letters in UTF-8, a range of its letters
    (range(0xCD, 0xD0), "\u0370-\u03ff"),
    (range(0xD0, 0xD4), "\u0400-\u052f"),
    (range(0xD6, 0xDC), "\u0590-\u06ff"),
    (range(0xE0, 0xE2), "\u0900-\u0fff"),
    (range(0xE3, 0xEA), "\u3040-\u30ff\u3400-\u9fff"),
    (range(0xEA, 0xEE), "\u1100-\u11ff\uac00-\ud7af"),
)
"""Scripts; one that is rare in a text is looked for where a line or a sentence begins."""

UNSPACED = bytes(range(0xE0, 0xEE))
"""The bytes that begin letters of scripts that are written without spaces, or joined freely."""

RARE = 4
"""A script with less than one in this many of a text's characters may be foreign to it."""


def may_hold_spam(text: str, added: Signs = NO_SIGNS) -> bool:
    """Whether the text must be looked at closely. Never false for a text that the pass would change; `added` are the signs of a user's rows.

    >>> may_hold_spam("An ordinary sentence."), may_hold_spam("Write to us.\\nCheap pills, best price"), may_hold_spam("So said\\n릴게임몰메가 he.")
    (False, True, True)
    """
    is_ascii = text.isascii()
    data = text.encode("utf-8", "surrogatepass")
    beyond = b"" if is_ascii else data.translate(None, ASCII)
    if not is_ascii and (signs_beyond := beyond.decode("utf-8", "surrogatepass")) != signs_beyond.lower():
        data = text.lower().encode("utf-8", "surrogatepass")
    for character in () if is_ascii else _WIDTHLESS:
        if character in beyond:
            data = data.replace(character, b"")
    plain = data.translate(PLAIN)
    known = _signs()
    if _has_words(plain, known) or (added.known and _has_words(plain, added)):
        return True
    if any(sign in data for sign in MARKUP):
        lower = data.lower()
        if any(sign in lower and any(mark in lower for mark in marks) for sign, marks in MARKUP.items()):
            return True
    leads = frozenset(beyond.translate(None, FOLLOWING))
    if leads <= _PUNCTUATION and not any(lead in beyond for lead in FANCY_LEADS):
        return False
    if _count(beyond, UNSPACED) > _count(beyond, b"\xe2") and _has_stem(text, known.stems, added.stems):
        return True
    if (b"\xc3" in beyond or b"\xc2" in beyond) and b"\n\xc3" in b"\n" + data.translate(BEGUN) and re.search(UNDECODED, text):
        return True
    if b"\xd0" in beyond and b"a\xd0" in data.translate(LOOKALIKES):
        return True
    if any(lead in beyond for lead in FANCY_LEADS) and re.search(FANCY, text):
        return True
    return any(_begins_rarely(text, beyond, bytes(group), letters) for group, letters in GROUPS if not leads.isdisjoint(group))


def _has_stem(text: str, *known: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether one of the stems stands in a text: of a thousand all but a few are ruled out at once by the pairs of characters that it has."""
    text = text.translate(dict.fromkeys(map(ord, WIDTHLESS))) if any(character in text for character in WIDTHLESS) else text
    text = text if text.islower() else text.lower()
    pairs = set(map(add, text, text[1:]))
    found = (stem for stems in known for pair in pairs.intersection(stems) for stem in stems[pair])
    return any(pairs.issuperset(map(add, stem, stem[1:])) and stem in text for stem in found)


def _count(data: bytes, leads: bytes) -> int:
    """How many of the bytes `leads` there are."""
    return len(data) - len(data.translate(None, leads))


def _begins_rarely(text: str, beyond: bytes, leads: bytes, letters: str) -> bool:
    """Whether a line or a sentence begins in a script that is rare in the text; `beyond` are its bytes beyond ASCII."""
    return 0 < _count(beyond, leads) * RARE < len(text) and bool(re.search(BEGINNING % letters, text))


@cache
def _signs() -> Signs:
    with open(PATH, encoding="utf-8") as file:  # pathlib would take longer to import than all of this takes
        words, phrases, stems = map(str.split, file)
    return _signed(words, [phrase.replace("+", " ") for phrase in phrases], [*stems, *MESSENGERS])


@cache
def signs(rows: Rows) -> Signs:
    """The signs of a user's rows."""
    from summitfix.passes.spam.phrases import UNSPACED, WORD, fold

    phrases = [(row.language in UNSPACED, fold(phrase)) for row in rows.families for phrase in row.strong + row.weak]
    phrases += [(False, fold(line)) for line, _ in rows.furniture]
    words = {max(WORD.findall(phrase), key=len) for unspaced, phrase in phrases if WORD.search(phrase) and (not unspaced or phrase.isascii())}
    return _signed(words, (), [max(phrase.split(), key=len) for unspaced, phrase in phrases if unspaced])


def _signed(words: Iterable[str], phrases: Iterable[str], stems: Iterable[str]) -> Signs:
    known: dict[bytes, tuple[bytes, ...]] = {}
    for phrase in map(str.encode, phrases):
        longest = max(phrase.split(), key=len)
        known[longest] = (*known.get(longest, ()), phrase)
    known.update((word.encode(), (word.encode(),)) for word in words)
    found: dict[str, list[str]] = {}
    for stem in stems:
        found.setdefault(stem[:2], []).append(stem)
    return Signs(known, frozenset(known), {pair: tuple(listed) for pair, listed in found.items()})


def _has_words(plain: bytes, signs: Signs) -> bool:
    """Whether one of the words, or one of the phrases, is in a text."""
    return any(phrase in piece for piece in _pieces(plain) for word in signs.known.intersection(piece.split()) for phrase in signs.words[word])


def _pieces(plain: bytes) -> Iterator[bytes]:
    """A text of words in pieces, each with the end of the one before it, where a phrase may begin (and half a word: that is one more to look up)."""
    start = end = 0
    while end < len(plain):
        end = plain.find(b" ", start + PIECE)
        end = len(plain) if end < 0 else end
        yield plain[start:end]
        start = end - LONGEST
