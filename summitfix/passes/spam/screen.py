"""A first look that costs clean text next to nothing: may there be spam at all?

The text is looked at as lower-case UTF-8, where `bytes.split`, `bytes.find` and `bytes.translate` work at 60 to 1,500 MB/s: all together
about 20 MB/s for English, Greek and Cyrillic, 4 million characters a second for Korean and Chinese, on a busy machine. It asks for words that
every Latin or Cyrillic phrase of the table has one of, for stems of the phrases of scripts that have no spaces, for markup that hides, for fancy
letters, and for a few letters of another script where an injected line could begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from summitfix.passes.spam.rows import Rows

PATH = Path(__file__).parents[2] / "data" / "screen.txt"
"""Words one of which every phrase of a spaced language in the table has, and stems one of which every other phrase has (`build_screen`)."""


class Signs(NamedTuple):
    """What a text with a phrase has at least one of: words, phrases of common words with these words (lower-case UTF-8), stems by their first two characters.

    `all` are the words of either kind.
    """

    words: frozenset[bytes]
    phrases: tuple[tuple[bytes, frozenset[bytes]], ...]
    stems: Mapping[str, tuple[str, ...]]
    all: frozenset[bytes]


NO_SIGNS = Signs(frozenset(), (), {}, frozenset())

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

UNDECODED = re.compile("(?:^|[\n\r.])[\u00a1-\u00ff][\u00a1-\u00ff\u0100-\u2fff]{3}")
"""What no good text begins a line with: four letters in a row that bytes of another codec are in latin-1."""

LOOKALIKES = bytes(0x61 if 0x61 <= byte <= 0x7A else 0xD0 if 0xD0 <= byte <= 0xD3 else 0x20 for byte in range(256))
"""Latin letters and the first bytes of Cyrillic ones, all the same."""

FANCY = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff5a\u24b6-\u24e9]")
FANCY_LEADS = (b"\xf0\x9d", b"\xef\xbc", b"\xef\xbd", b"\xe2\x92", b"\xe2\x93")
WIDTHLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
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
    data = (text if text.isascii() else text.lower()).encode("utf-8", "surrogatepass")
    for character in () if text.isascii() else WIDTHLESS:
        data = data.replace(character.encode(), b"")
    plain = data.translate(PLAIN)
    known = _signs()
    words = plain.split()
    if (
        _has_words(known, plain, words)
        or _has_words(added, plain, words)
        or any(sign in data and any(mark in data for mark in marks) for sign, marks in MARKUP.items())
    ):
        return True
    if text.isascii():
        return False
    if _count(data, UNSPACED) > _count(data, b"\xe2") and _has_stem(text, known.stems, added.stems):
        return True
    if (b"\xc3" in data or b"\xc2" in data) and UNDECODED.search(text):
        return True
    if b"\xd0" in data and b"a\xd0" in data.translate(LOOKALIKES):
        return True
    if any(lead in data for lead in FANCY_LEADS) and FANCY.search(text):
        return True
    return any(_begins_rarely(text, data, bytes(leads), letters) for leads, letters in GROUPS)


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


def _begins_rarely(text: str, data: bytes, leads: bytes, letters: str) -> bool:
    """Whether a line or a sentence begins in a script that is rare in the text."""
    return 0 < _count(data, leads) * RARE < len(text) and bool(re.search(BEGINNING % letters, text))


@cache
def _signs() -> Signs:
    words, phrases, stems = (line.split() for line in PATH.read_text(encoding="utf-8").splitlines())
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
    single = frozenset(word.encode() for word in words)
    several = tuple((phrase.encode(), frozenset(phrase.encode().split())) for phrase in phrases)
    found: dict[str, list[str]] = {}
    for stem in stems:
        found.setdefault(stem[:2], []).append(stem)
    return Signs(single, several, {pair: tuple(listed) for pair, listed in found.items()}, single.union(*(words for _, words in several)))


def _has_words(known: Signs, plain: bytes, listed: list[bytes]) -> bool:
    """Whether one of the words, or one of the phrases, is in a text. A phrase is searched for only where all of its words are there."""
    found = known.all.intersection(listed) if known.all else known.all
    if not found:
        return False
    return not known.words.isdisjoint(found) or any(found.issuperset(words) and phrase in plain for phrase, words in known.phrases)
