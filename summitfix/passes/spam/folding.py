"""A text as it is matched: in small letters, without the disguises that a reader sees through. Everything here keeps the length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

MIXED = re.compile("(?<![a-z])[a-z]+[\u0430-\u0458][a-z\u0430-\u0458]*|(?<![\u0430-\u0458])[\u0430-\u0458]+[a-z][a-z\u0430-\u0458]*")
MEETING = re.compile("[\u0430-\u0458](?:(?<=[a-z].)|(?=[a-z]))")
"""A Cyrillic letter beside a Latin one, which every such word has."""

LATIN, CYRILLIC = "aceopxykmhtbijs", "асеорхукмнтвіјѕ"
"""Letters of two scripts that look the same."""

LEET = re.compile(r"[01](?:(?<=0)(?<![0-9]0)(?=[a-z])|(?<=[a-z][01])(?![0-9]))")
"""A figure among letters."""


TOUCHED = 72
"""How much around a place is changed with it: more than a word."""

COMMON = "。，、"
"""Signs that Chinese and Japanese texts are full of."""


STRANGE = (
    "[^\x00-\x7f\u00df-\u00f6\u00f8-\u012f\u0133-\u017e\u0180-\u02af\u03ac-\u03ce\u0430-\u0481\u0561-\u0587\u05d0-\u05ea\u0620-\u0669\u066e-\u06d3\u0900-\u0963"
    "\u0985-\u09f1\u0a01-\u0a75\u0a81-\u0ae3\u0b01-\u0b6f\u0b82-\u0bf2\u0c00-\u0c6f\u0c85-\u0d4e\u0d7a-\u0df3\u0e01-\u0e3a\u0e40-\u0e4e\u10d0-\u10fa"
    "\u1e9c-\u1eff\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]"
)
"""What must be folded in a text of small letters: all but letters, and marks above and below them, that are folded to themselves.

Like the other wide expressions here it is compiled where it is needed: ASCII text needs none of them.
"""

CYRILLIC_LEADS, MARKED_LEADS = b"\xd0\xd1", bytes(range(0xD6, 0xE1))
"""The bytes that begin Cyrillic letters, and letters and marks of scripts that have marks within words, which end a word of another."""

SCRIPTS = bytes(0x61 if 0x61 <= byte <= 0x7A else 0xD0 if 0xD0 <= byte <= 0xE0 else 0x80 if 0x80 <= byte < 0xC0 else 0x20 for byte in range(256))
"""Latin letters all the same, these bytes all the same, and those that stand behind first bytes."""

MARK = re.compile(r"[^\w\x00-\x7f]")
_OTHERS, _MARKED, _CYRILLIC = "\u0400-\u0fff", "\u0590-\u0fff", "\u0430-\u045f"
LATIN_MEETING = f"[a-z](?:(?<=[{_OTHERS}].)|(?=[{_OTHERS}]))"
MEETING_LATIN = f"[{_OTHERS}](?:(?<=[a-z].)|(?=[a-z]))"
MEETING_CYRILLIC = f"[{_MARKED}](?:(?<=[{_CYRILLIC}].)|(?=[{_CYRILLIC}]))"
CYRILLIC_MEETING = f"[{_CYRILLIC}](?:(?<=[{_MARKED}].)|(?=[{_MARKED}]))"
"""Letters of two scripts side by side, the rarer of them first: so the others cost nothing."""


class _Folding(dict[int, str | int]):
    """Code point -> the plain lower-case one it is read as, one for one, worked out at first sight: fancy, full-width and circled letters."""

    def __missing__(self, code: int) -> str | int:
        from unicodedata import normalize

        character = chr(code)
        plain = normalize("NFKC", character) if code > 0xFF and not 0x3130 <= code <= 0x318F else character
        self[code] = folded = (plain if len(plain) == 1 else character).lower()[:1] or code
        return folded


_folding = _Folding({0x131: "i", 0x130: "i", 0x2019: "'", 0xA0: " ", 0x0AE6: "o", 0x3000: " "})


def fold(text: str) -> str:
    """`text` in lower case, fancy and full-width letters plain, dotless i dotted.

    >>> fold("𝗳𝒓𝙚e Ｃasino SLOT")
    'free casino slot'
    """
    return text.lower().replace("’", "'") if text.isascii() else text.translate(_folding)


def unmixed(folded: str) -> str:
    """A folded text with the letters that disguise a word by another script made those of the word: `кaзино` with a Latin a."""
    return MIXED.sub(_of_one_script, folded) if not folded.isascii() and MEETING.search(folded) else folded


def _of_one_script(match: re.Match[str]) -> str:
    token = match.group()
    latin = sum(map(str.isascii, token)) * 2 > len(token)
    return token.translate(str.maketrans(CYRILLIC, LATIN) if latin else str.maketrans(LATIN, CYRILLIC))


def spelled(folded: str) -> str:
    """A folded text with letters for the figures that stand for them: `c0m`, `v1agra`.

    >>> spelled("v1agra 10 0nline 1st")
    'viagra 10 online 1st'
    """
    return LEET.sub(_letter, folded)


def _letter(match: re.Match[str]) -> str:
    return "o" if match.group() == "0" else "i"


def matched(text: str) -> str:
    """`text` folded in all these ways."""
    return spelled(unmixed(fold(text)))


class _Plain(dict[str, str]):
    """Character -> what stands for it in the folded text, worked out at first sight: a full stop for signs, but for what may stand within a claim."""

    def __missing__(self, character: str) -> str:
        from summitfix.scripts import marks

        plain = fold(character)
        is_mark = plain >= "\u0370" and marks(plain).isalpha()
        self[character] = plain = plain if plain.isalnum() or plain.isascii() or is_mark else "-" if plain in "–·" else "."
        return plain


_plain = _Plain()


def shown(text: str) -> str:
    """`text` as `fold` has it, but with a full stop for each sign beyond ASCII, which ends words: much faster, for texts that need little folding."""
    if COMMON[0] in text:
        for sign in COMMON:
            text = text.replace(sign, ".")
    return re.sub(STRANGE, lambda match: _plain[match.group()], text.replace("İ", "i").lower())


def meetings(folded: str, data: bytes) -> list[int]:
    """Where letters of scripts meet one of which may disguise the other, or have marks that end a word of the other."""
    found = list[int]()
    cyrillic, marked = (len(data) - len(data.translate(None, leads)) for leads in (CYRILLIC_LEADS, MARKED_LEADS))
    if cyrillic or marked:
        scripts = data.translate(SCRIPTS)
        if b"a\xd0" in scripts or b"\x80a" in scripts:
            rarer = LATIN_MEETING if 2 * len(data) > 3 * len(folded) else MEETING_LATIN
            found += [match.start() for match in re.finditer(rarer, folded)]
    if cyrillic and marked:
        rarer = CYRILLIC_MEETING if cyrillic < marked else MEETING_CYRILLIC
        found += [match.start() for match in re.finditer(rarer, folded)]
    return found


def patched(text: str, places: Iterable[int], change: Callable[[str], str]) -> str:
    """A text with what is around some places changed, to the same length."""
    parts, done = [], 0
    for start, end in around(places, TOUCHED, len(text)):
        parts += [text[done:start], change(text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def unmarked(text: str) -> str:
    """`text` with a full stop for all that is no part of a word."""
    return MARK.sub(".", text)


def around(places: Iterable[int], reach: int, size: int) -> Iterator[tuple[int, int]]:
    """What is within reach of some places of so many, in order and apart.

    >>> list(around([1, 5, 20], 3, 22))
    [(0, 9), (17, 22)]
    """
    start, end = 0, 0
    for place in sorted(places):
        if place - reach > end:
            if end:
                yield start, end
            start = place - reach
        end = min(size, place + reach + 1)
    if end:
        yield start, end
