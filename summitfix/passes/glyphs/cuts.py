"""Curly glyphs cut to the low bytes of their code points: the mark tells which it was, its neighbours whether it was one."""

from __future__ import annotations

import re
from typing import NamedTuple

from summitfix.passes.glyphs.guards import Surroundings, words_before, words_behind
from summitfix.passes.glyphs.guess import Guess
from summitfix.passes.glyphs.marks import Mark

PAIRED = 1500
"""Within so many code points a quotation mark cut to its low byte has its partner; alone it separates fields."""

CUT_IN = (-2.0, 0.0, 3.5, 5.0, 5.5)
"""Nats for a control character with no, one, two, three, more words of prose around."""


class Cut(NamedTuple):
    """Where a glyph may stand of which the mark tells what it was: its `shape`, and the partners of which one must stand `ahead` of it or before."""

    glyph: str
    shape: str
    partners: str = ""
    ahead: bool = False


CUTS = (
    Cut("’", r"[\w.,!?)]¤| ¤\w"),
    Cut("‘", r"(?<!\w)¤\w"),
    Cut("“", r"(?<!\w)¤[\w‘.…$£€(]", "\x1d", ahead=True),
    Cut("“", r"[\w.,!?…]¤(?!\w)", "\x1e„"),
    Cut("”", r"[\w.,!?)…’%]¤(?!\w)", "\x1c\x1e“„"),
    Cut("„", r"(?<!\w)¤\w", "\x1c\x1d", ahead=True),
    Cut("–", r"[\w ”\"),.]¤[\w “\"(]"),
    Cut("—", r"[\w ”\"),.]¤[\w “\"(]"),
)
"""A quotation mark alone separates fields: U+001C and U+001D were made for that."""


def cut(around: Surroundings, mark: Mark) -> Guess | None:
    """A glyph of which its mark tells what it was, where it may stand."""
    text, start, end = around.text, mark.start, mark.end
    beside = f"{text[max(0, start - 1) : start]}¤{text[end : end + 1]}"
    for row in CUTS:
        if row.glyph == mark.kind and re.search(row.shape, beside) and _has_partner(text, mark, row):
            nats = CUT_IN[min(4, words_before(text, start) + words_behind(text, end))]
            return Guess(start, end, mark.kind, "low-byte", f"U+{ord(mark.kind):04X} cut short", "^", nats - around.suspicion(mark))
    return None


def _has_partner(text: str, mark: Mark, cut: Cut) -> bool:
    """Whether there is one of the partners, and no letter where it should have space."""
    if not cut.partners:
        return True
    window = text[mark.end : mark.end + PAIRED] if cut.ahead else text[max(0, mark.start - PAIRED) : mark.start]
    shape = rf"[\w.,!?)…’%][{cut.partners}](?!\w)" if cut.ahead else rf"(?<!\w)[{cut.partners}](?=\S)"
    return re.search(shape, window) is not None
