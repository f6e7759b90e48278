"""Which script a character belongs to: runs of one script are the tokens that the language model judges."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

SCRIPTS = (
    # first code point, mark, script. One mark stands for every letter of a script, so that the tokens of a text are found by one expression.
    (0x0000, "a", "Latin"),
    (0x0370, "g", "Greek"),
    (0x0400, "c", "Cyrillic"),
    (0x0530, "y", "Armenian"),
    (0x0590, "h", "Hebrew"),
    (0x0600, "r", "Arabic"),
    (0x0700, "x", "other"),
    (0x0750, "r", "Arabic"),
    (0x0780, "x", "other"),
    (0x0870, "r", "Arabic"),
    (0x0900, "d", "Devanagari"),
    (0x0980, "b", "Bengali"),
    (0x0A00, "p", "Gurmukhi"),
    (0x0A80, "u", "Gujarati"),
    (0x0B00, "x", "other"),
    (0x0B80, "t", "Tamil"),
    (0x0C00, "e", "Telugu"),
    (0x0C80, "x", "other"),
    (0x0D00, "m", "Malayalam"),
    (0x0D80, "s", "Sinhala"),
    (0x0E00, "i", "Thai"),
    (0x0E80, "x", "other"),
    (0x10A0, "o", "Georgian"),
    (0x1100, "k", "Hangul"),
    (0x1200, "x", "other"),
    (0x1C80, "c", "Cyrillic"),
    (0x1C90, "o", "Georgian"),
    (0x1CC0, "x", "other"),
    (0x1D00, "a", "Latin"),
    (0x1F00, "g", "Greek"),
    (0x2000, "a", "Latin"),
    (0x2DE0, "c", "Cyrillic"),
    (0x2E80, "j", "Han"),
    (0x3130, "k", "Hangul"),
    (0x3190, "j", "Han"),
    (0xA000, "x", "other"),
    (0xA640, "c", "Cyrillic"),
    (0xA6A0, "x", "other"),
    (0xA720, "a", "Latin"),
    (0xA800, "x", "other"),
    (0xA8E0, "d", "Devanagari"),
    (0xA900, "x", "other"),
    (0xAB30, "a", "Latin"),
    (0xAB70, "x", "other"),
    (0xAC00, "k", "Hangul"),
    (0xD7FC, "x", "other"),
    (0xF900, "j", "Han"),
    (0xFB00, "a", "Latin"),
    (0xFB13, "y", "Armenian"),
    (0xFB1D, "h", "Hebrew"),
    (0xFB50, "r", "Arabic"),
    (0xFF00, "j", "Han"),
    (0x10000, "x", "other"),
    (0x20000, "j", "Han"),
    (0x323B0, "x", "other"),
)

NAMES = {mark: name for _, mark, name in SCRIPTS}
_STARTS = [row[0] for row in SCRIPTS]


SELDOM = re.compile("[\u0700-\u074f\u0780-\u07ff]")
"""Letters of Syriac, Thaana and N'Ko, which are two bytes of UTF-8 and hardly written: one alone is chance (`Ü™` is no `ܙ`), and none is guessed."""

STROKES = range(0x332, 0x339)
"""Combining signs that are laid over whatever stands before them: `$̶6̶3̶`."""


class _Marks(dict[int, str]):
    """Code point -> its mark, worked out at first sight.

    The script's mark for letters and combining marks; else 0 for a digit, a space for white space, . for an ASCII sign, * for another symbol.

    Feminine and masculine ordinal, full-width letters and half-width katakana stand in text as signs do, whatever their category, and so do the strokes
    that strike text through or underline it; the micro sign as a Greek letter.
    """

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        if category[0] in "LM" and code not in (0xAA, 0xBA, *STROKES) and not 0xFE00 <= code <= 0xFE0F and not 0xFF00 <= code <= 0xFFEF:
            mark = "g" if code == 0xB5 else SCRIPTS[bisect_right(_STARTS, code) - 1][1]
        elif category == "Nd":
            mark = "0"
        elif code in {0x09, 0x0A, 0x0D, 0x20}:
            mark = " "
        else:
            mark = "." if 0x20 < code < 0x7F else "*"
        self[code] = mark
        return mark


_marks = _Marks()


def marks(text: str) -> str:
    """`text` with each character replaced by the mark of its kind, one for one.

    >>> marks("it’s 5 ° 한글")
    'aa*a 0 * kk'
    """
    return text.translate(_marks)
