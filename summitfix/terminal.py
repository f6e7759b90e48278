"""Text as a terminal may be given it: nothing that it obeys, nothing hidden, in lines that fit."""

from __future__ import annotations

import re


def short(text: str) -> str:
    """A text that fits a line of a report."""
    text = text if len(text) <= 60 else f"{text[:40]} … {text[-15:]}"
    return flat(text)


def flat(text: str) -> str:
    """A text on one line of a terminal."""
    return visible(text).replace("\n", "␊").replace("\t", "␉")


def label(name: str) -> str:
    """A file name on one line of a terminal, or of a log of GitHub's, which obeys lines that begin with two colons."""
    return f"./{flat(name)}" if name.lstrip().startswith("::") else flat(name)


def visible(text: str) -> str:
    """`text` with everything harmless to a terminal and nothing hidden: control pictures for controls, code points for what has no glyph.

    LF and TAB stay, and joiners between letters of scripts that need them. Stray bytes show as `<0xFF>`.

    >>> visible("\\x1b[31mred\\u202e")
    '␛[31mred<U+202E>'
    """
    if text.isascii() and text.isprintable():
        return text
    parts = re.split(_JOINER, text)
    parts[::2] = ("".join(sign if sign.isprintable() or sign in "\t\n" else _picture(ord(sign)) for sign in part).translate(_UNSEEN) for part in parts[::2])
    shown = re.sub(_STRAY_SELECTOR, lambda found: _picture(ord(found[0])), "".join(parts))
    return re.sub(_HEAP, lambda found: _heaped(found[0]), shown)


_JOINER = "(?<=[\u0620-\u0dff])([\u200c\u200d])(?=[\u0620-\u0dff])"
"""Persian and the scripts of India are spelled with zero-width joiners and non-joiners."""


_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_STRAY_SELECTOR = f"(?<![^\x00-\x22$-)+-/:-\xa8{_SELECTORS}])[{_SELECTORS}]"
"""A variation selector behind what has no variants, or behind another one: bytes are smuggled in them, for Unicode calls them printable."""

_HEAP = "[^\\w\x00-\u02ff\u2000-\u20cf\u2100-\u2dff\u3000-\u3029]{9,}"
"""Where marks might be heaped on a letter, told by what they are not."""

HEAPED = 8
"""Marks that a letter may have: Hebrew with points and accents has five, a stack of Tibetan seven."""


def _heaped(signs: str) -> str:
    """Signs with all marks behind the first HEAPED in a row as code points: a tower of them would cover the lines above."""
    from unicodedata import category

    shown, marks = "", 0
    for sign in signs:
        marks = marks + 1 if category(sign).startswith("M") else 0
        shown += sign if marks <= HEAPED else _picture(ord(sign))
    return shown


_UNSEEN = {code: f"<U+{code:04X}>" for code in (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0)}
"""Code points without a glyph that Unicode calls printable."""


def _picture(code: int) -> str:
    """A code point that does not print, as something that does."""
    if code < 0x20 or code == 0x7F:
        return chr(0x2400 + code) if code < 0x20 else "␡"
    if 0xDC80 <= code <= 0xDCFF:
        return f"<0x{code - 0xDC00:02X}>"
    return chr(code) if chr(code).isspace() and code not in (0x85, 0x2028, 0x2029) else f"<U+{code:04X}>"


def wide(text: str) -> int:
    """How many columns a text takes on a terminal."""
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(sign) else 1 + (east_asian_width(sign) in "FW") for sign in text)


def wrapped(text: str, first: str = "", rest: str = "", width: int = 80) -> list[str]:
    """`text` in lines of at most `width` columns, broken at spaces, and anywhere in a word that fills a line; `first` and `rest` stand before them.

    >>> wrapped("one two three", "- ", "  ", 9)
    ['- one two', '  three']
    """
    lines, line = [], first
    for word in text.split(" "):
        gap = "" if line in (first, rest) else " "
        if wide(line) + len(gap) + wide(word) > width and gap:
            lines.append(line.rstrip())
            line, gap = rest, ""
        line += gap
        for sign in word:
            if wide(line) + wide(sign) > width:
                lines.append(line)
                line = rest
            line += sign
    return [*lines, line.rstrip()]
