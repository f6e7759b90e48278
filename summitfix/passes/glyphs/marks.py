"""Where a glyph may have been lost, and the places where none was: addresses, patterns, placeholders, text about damage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

CONTROLS = {"\x13": "–", "\x14": "—", "\x18": "‘", "\x19": "’", "\x1a": "‚", "\x1c": "“", "\x1d": "”", "\x1e": "„"}
"""A curly glyph cut to the low byte of its code point: U+2019 became U+0019."""

LOSSES = ("\ufffd", "â??", "â?\ufffd", "â\ufffd", "â€?", "â€\ufffd", *CONTROLS)
"""What is there only because something was lost. Looked for one by one: `in` runs at several GB/s, a character class at 200 MB/s."""

SMALL = r"[^\W\d_A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽȘȚΆ-ΏΑ-ΫЀ-Я]"
"""A small letter, or one of a script that has no others."""

SHAPES = r"""
    \?                                              # first of all a literal: the engine leaps from one to the next
    (?<!\?\?)                                       # the first of its run
    (?:
        (?<=[^\W_]\?) (?: \?{0,2} (?=[^\W_]) | (?=\?[^\W\d_]) )     # don?t, 10?12, Fran??ois, don???t
      | (?<![^\s("'“‘„>\[{*_/—–\\-]\?) \?{0,2} (?=[^\W_])     # ?stories, ?50
      | (?<![^\s("'“‘„>\[{*_/—–-]\?) \?{0,2} (?=["“‘]?\ [^\W_])       # trip ? an uncommon move; a bullet
      | (?<=[^\W_]\?) \?{0,2} (?= \ (?:SMALL|\?\ ) | [,;.](?:\s|$) )           # workers? rights, caf?,
      | (?<=[,.!]\?) \?{0,2} (?=[\s<])                       # decisions,? includes
      | (?<=\d[ ]\?)(?=[CF]\b)
    )
    (?!\?)
"""
"""A question mark where none belongs. Of real questions in prose, those followed by a small letter and no others."""

LOST = r"\ufffd{1,3}|â(?:\?\?|\?\ufffd|\ufffd\ufffd?|\ufffd\?)|â€[?\ufffd]|[\x13\x14\x18\x19\x1a\x1c-\x1e]"


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
    return any(loss in text for loss in LOSSES) or ("?" in text and _shapes().search(text) is not None)


def marks(text: str) -> Iterator[Mark]:
    """The marks of the text, in no order."""
    if any(loss in text for loss in LOSSES):
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


REACH = 120
"""How far around a mark its surroundings are looked at, in code points."""

PROSE = re.compile(r"[^{}=<>$\\|`@^~#\n\r\t]*")
WORD = re.compile(r"(?<![^\s\"“‘(’'?\ufffd—–-])[^\W\d_]{1,20}(?:[’'?\ufffd-][^\W\d_]{1,20}){0,2}(?![^\s\"”’'),.;:!?\ufffd—–-])")


def prose(text: str, start: int, end: int) -> int:
    """How many words of prose stand around the mark, without signs of code between."""
    return words_before(text, start) + words_behind(text, end)


def words_before(text: str, start: int) -> int:
    """How many words of prose stand before `start`, in its line and near."""
    found = PROSE.match(text[max(0, start - REACH) : start][::-1])
    return len(WORD.findall(found[0][::-1])) if found else 0


def words_behind(text: str, end: int) -> int:
    """How many words of prose stand behind `end`, in its line and near."""
    found = PROSE.match(text, end, end + REACH)
    return len(WORD.findall(found[0])) if found else 0


ADDRESS = re.compile(
    r"://|www\.|\w/\S*[?&]\S*=|[?&][\w.-]+=|\.(?:com|org|net|html?|php|aspx?|jsp|cgi)\b/?\?|/[\w-]+\?\w|[\w)\]]\?\.\w|\)\?|\]\?|\(\?(?:[:=!<#>P]|[aiLmsux-]{1,6}[:)])|\w\?\w+[.(\[=:]\w"
)
"""What a run of characters without a space holds if it is an address, a pattern or code. k?v stays out of it: that is what a lost glyph looks like."""

PATTERN = re.compile(
    r"\\[bdswDSW](?![a-z]{2})|\[[^\]\s]*\w-\w[^\]\s]*\]|\(\?[:=!<P]|[\w)\]]\*\?|\.\*|\.\+|\|\w+\?[|)]|\[\^|\\s[+*]|re\.compile|RegExp|preg_|=~"
)
"""What a line holds if it is a regular expression."""

CHECK = re.compile(r"\bassert\w*\W|\bexpect\(|\.to(?:Be|Equal|StrictEqual)\(|\bstrcmp\(|\bEXPECT_\w+\(")
"""What a line holds if it is a test: there the damage may be what is expected."""

STREWN = re.compile(r"[^\W\d_]([!#$%^&*+;\[\]{}|~=<>:])(?=[^\W\d_])")
"""A sign between two letters: several kinds of them near are there on purpose."""

CROWD = 24
"""So many U+FFFD around one are a table of codes, or a text in a script of which nothing is left."""

ABOUT = re.compile(
    r"(?i)mojibake|U\+FFFD|\\ufffd|replacement character|question marks?\b|garbled|smart[ _-]?quotes?|curly[ _-]?quotes?|mangled|"
    r"\bwrong(?:ly)? (?:en|de)coded|\bcp125\d\b|windows-125\d|\blatin-?1\b|iso-?8859|encoding (?:error|problem|issue|bug)|non-?ascii|"
    r"\busage:|\bregexp?\b|wildcard|glob\b|"
    r"\.(?:en|de)code\(|['\"](?:replace|ignore|xmlcharrefreplace)['\"]|errors=|(?:bad|broken|wrong|fix\w*) (?:quotes|quotation|characters|encoding|accents)"
)
"""Text about damage, or about patterns: there it may be quoted."""


def is_quoted_alone(text: str, start: int, end: int) -> bool:
    """Whether the word of the mark stands alone between straight quotes, backticks or slashes: a pattern or an example, as in 'they?re'."""
    left = re.search(r"([\"'`/])[^\W_]{0,30}\Z", text[max(0, start - 32) : start])
    right = re.compile(r"[^\W_]{0,30}(?:[?\ufffd][^\W_]{1,30}){0,3}([\"'`/])").match(text, end)
    return bool(left and right and left[1] == right[1])


def is_shown(text: str, start: int, end: int) -> bool:
    """Whether what stands between quotes here stands so elsewhere near, undamaged: a test, a table of repairs, a list of variants."""
    found = re.search(r"[\"'`“]([^\"'`“\n]{1,60})\Z", text[max(0, start - 61) : start])
    if found is None:
        return False
    right = re.split(r"[\"'`”?\ufffd\n]", text[end : end + 12], maxsplit=1)[0]
    window = text[max(0, start - 300) : end + 300]
    place = window.find(found[1])
    while place >= 0:
        rest = window[place + len(found[1]) :][: len(right) + 3]
        if window[place - 1 : place] in {'"', "'", "`", "“"} and rest[:1] not in {"?", "\ufffd"} and any(rest.startswith(right, size) for size in (1, 2, 3)):
            return True
        place = window.find(found[1], place + 1)
    return False


def suspicion(text: str, mark: Mark) -> float:
    """Nats by which the surroundings of the mark speak against a lost glyph, whatever the shape."""
    start, end = mark.start, mark.end
    left, right = text[max(0, start - REACH) : start], text[end : end + REACH]
    token = re.split(r"[\s\"'<>`]", left)[-1] + text[start:end] + re.split(r"[\s\"'<>`]", right)[0]
    nats = 6.0 if is_quoted_alone(text, start, end) else 0.0
    line = left.rpartition("\n")[2] + "?" + right.partition("\n")[0]
    if CHECK.search(line):
        nats += 3.0 if mark.kind == "?" else 9.0
    if is_shown(text, start, end):
        nats += 9.0
    if ABOUT.search(text, max(0, start - 2 * REACH), end + 2 * REACH):
        nats += 3.0 if mark.kind == "?" else 9.0
    if len({found[1] for found in STREWN.finditer(left[-80:] + "?" + right[:80])} - set("<>=:")) >= 3:
        nats += 8.0
    if (left + right).count("\ufffd") > CROWD:
        nats += 10.0
    if mark.kind != "?":
        return nats
    if ADDRESS.search(token) or left.endswith("\\"):
        nats += 8.0
    if PATTERN.search(line):
        nats += 4.0
    words = prose(text, start, end)
    return nats + (0.0 if words >= 3 else 1.5 if words == 2 else 3.0 if words == 1 else 6.0)
