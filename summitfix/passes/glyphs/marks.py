"""Where a glyph may have been lost: the screen that clean text passes, and the marks of the text that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

CONTROLS = {"\x13": "–", "\x14": "—", "\x18": "‘", "\x19": "’", "\x1a": "‚", "\x1c": "“", "\x1d": "”", "\x1e": "„"}
"""A curly glyph cut to the low byte of its code point: U+2019 became U+0019."""

SIGNS = ("\ufffd", *CONTROLS)
CUT = ("â??", "â?\ufffd", "â\ufffd", "â€?", "â€\ufffd")
"""What is there only because something was lost. Looked for one by one: `in` runs at 25 to 100 GB/s for a single character, at 1 GB/s for several, and a
character class at 200 MB/s."""

SMALL = r"[^\W\d_A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽȘȚΆ-ΏΑ-ΫЀ-Я]"
"""A small letter, or one of a script that has no others."""

SHAPES = r"""
    \?                                              # first of all a literal: the engine leaps from one to the next
    (?<!\?\?)                                       # the first of its run
    (?:
        (?<=[^\W_]\?) (?: \?{0,3} (?=[^\W_]) | (?=\?[^\W\d_]) )     # don?t, 10?12, Fran??ois, don???t
      | (?<![^\s("'“‘„>\[{*_/—–\\-]\?) \?{0,2} (?=[^\W_])     # ?stories, ?50
      | (?<![^\s("'“‘„>\[{*_/—–-]\?) \?{0,2} (?=["“‘]?\ [^\W_])       # trip ? an uncommon move; a bullet
      | (?<=[^\W_]\?) \?{0,2} (?= \ (?:SMALL|\?\ ) | [,;.](?:\s|$) )           # workers? rights, caf?,
      | (?<=[,.!]\?) \?{0,2} (?=[\s<])                       # decisions,? includes
      | (?<=\d[ ]\?)(?=[CF]\b)
    )
    (?!\?)
"""
"""A question mark where none belongs. Of real questions in prose, those followed by a small letter and no others."""

LOST = r"\ufffd{1,4}|â(?:\?\?|\?\ufffd|\ufffd\ufffd?|\ufffd\?)|â€[?\ufffd]|[\x13\x14\x18\x19\x1a\x1c-\x1e]"


class Mark(NamedTuple):
    """A place where a glyph may have been lost. `kind` is "?", "�" (something certainly was lost), or the glyph itself where the mark tells it."""

    start: int
    end: int
    kind: str


@cache
def _shapes() -> re.Pattern[str]:
    return re.compile(SHAPES.replace("SMALL", SMALL), re.VERBOSE)


@cache
def _lost() -> re.Pattern[str]:
    return re.compile(LOST)


def is_suspicious(text: str) -> bool:
    """Whether there is any mark in the text: the screen that clean text must pass."""
    return _has_loss(text) or ("?" in text and _shapes().search(text) is not None)


def _has_loss(text: str) -> bool:
    """Whether there is a mark that is no question mark alone."""
    for sign in SIGNS:  # a generator would take longer than a small text does
        if sign in text:
            return True
    return "â" in text and any(cut in text for cut in CUT)


def marks(text: str) -> Iterator[Mark]:
    """The marks of the text: those that are no question marks first, each kind in order."""
    if _has_loss(text):
        for found in _lost().finditer(text):
            kind = "”" if found[0].startswith("â€") else CONTROLS.get(found[0], "�")
            yield Mark(found.start(), found.end(), kind)
    for found in _shapes().finditer(text):
        if not text.endswith(("â", "â€"), max(0, found.start() - 2), found.start()):
            yield Mark(found.start(), found.end(), "?")


def endings(text: str) -> Iterator[Mark]:
    """The question marks at the ends of words that look like any other."""
    for found in re.finditer(r"\?(?<=[^\W\d_]\?)(?=\s|$|[)\"”»:!])", text):
        yield Mark(found.start(), found.end(), "?")
