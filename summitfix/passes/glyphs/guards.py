"""What speaks against a lost glyph: addresses, code, patterns, placeholders, and text that tells of damage and shows it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from summitfix.passes.glyphs.marks import Mark


class Guard(NamedTuple):
    """One sign that a mark was meant.

    `scope` is what `pattern` is looked for in: the "token" around the mark, without spaces and quotes; what stands "beside" it; its "line"; or some
    lines "near". `question` is the weight in nats against a question mark, `certain` that against U+FFFD and its like, which mean a loss in all text
    but that about losses. `example` is a text that must stay.
    """

    name: str
    scope: str
    pattern: str
    question: float
    certain: float
    example: str


GUARDS = (
    Guard("address", "token", r"://|www\.|\w/\S*[?&]\S*=|[?&][\w.-]+=|/[\w-]+\?\w", 8.0, 0.0, "see example.org/na?ve for what we mean by that"),
    Guard("page", "token", r"\.(?:com|org|net|html?|php|aspx?|jsp|cgi)\b/?\?", 8.0, 0.0, "the file index.php?s old and slow pages are gone"),
    Guard("operator", "token", r"[\w)\]]\?\.\w|\)\?|\]\?|\w\?\w+[.(\[=:]\w", 8.0, 0.0, "the call na?ve(text) is made by this function"),
    Guard("comparison", "line", r"[\w)\]] ?[=!]==? |&&|\bvoid 0\b", 6.0, 0.0, "if (late == now) they don?t wait && leave"),
    Guard("group", "token", r"\(\?(?:[:=!<#>P]|[aiLmsux-]{1,6}[:)])|\\\?", 8.0, 0.0, "they write (?i:don?t stop now) in this language"),
    Guard("misread", "token", r"[\x80-\x9f]", 0.0, 8.0, "The word that was meant by Ω\x8aΩ\x14Ω† is not known to any of them."),
    Guard("Han or Hangul", "beside", r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]", 8.0, 8.0, "그 파일은 \ufffd 코드 다음에 있다"),
    Guard(
        "pattern",
        "line",
        r"\\[bdswDSW](?![a-z]{2})|\[[^\]\s]*\w-\w[^\]\s]*\]|\(\?[:=!<P]|[\w)\]]\*\?|\.\*|\.\+|\|\w+\?[|)]|\[\^|\\s[+*]|re\.compile|RegExp|preg_|=~",
        4.0,
        0.0,
        "don?t [a-z]+ is what they look for in it",
    ),
    Guard("wildcards", "line", r"\S\s+[\"'`„‘’(]?\*[\"'`”“’)]?[\s,.;:]", 6.0, 0.0, "Die Zeichen * und ? stehen für beliebige andere Zeichen im Namen."),
    Guard(
        "test",
        "line",
        r"\bassert\w*\W|\bexpect\(|\.to(?:Be|Equal|StrictEqual)\(|\bstrcmp\(|\bEXPECT_\w+\(",
        3.0,
        9.0,
        "assert find('we don\ufffdt know it') == 3",
    ),
    Guard(
        "about damage",
        "near",
        r"(?i)mojibake|U\+FFFD|\\ufffd|replacement character|question marks?\b|garbled|mangled|smart[ _-]?quotes?|curly[ _-]?quotes?|non-?ascii|"
        r"\bwrong(?:ly)? (?:en|de)coded|\bcp125\d\b|windows-125\d|\blatin-?1\b|iso-?8859|encoding (?:error|problem|issue|bug)|"
        r"(?:bad|broken|wrong|fix\w*) (?:quotes|quotation|characters|encoding|accents)",
        3.0,
        9.0,
        "Mojibake looks like don\ufffdt or caf\ufffd in most of the editors.",
    ),
    Guard(
        "about codecs",
        "near",
        r"\.(?:en|de)code\(|['\"](?:replace|ignore|xmlcharrefreplace)['\"]|errors=",
        3.0,
        9.0,
        "print(raw.decode('ascii', 'replace')) shows that we don\ufffdt know",
    ),
    Guard(
        "about patterns", "near", r"(?i)\busage:|\bregexp?\b|\bwildcard|\bglob\b", 3.0, 0.0, "In this regexp language the word na?ve stands for nave and naive."
    ),
)

REACH = 120
"""How far around a mark its surroundings are looked at, in code points."""

BLOCK = 256
"""What stands near is looked for in blocks of so many code points, each once, with the block before and the one behind."""

CROWD = 24
"""So many U+FFFD around one are a table of codes, or a text in a script of which nothing is left."""

TATTERED = 3
"""Runs of U+FFFD of so many lengths in one token are letters of two bytes and more; those of lost signs are of one length or two."""

SOLID = 50
"""A run of so many code points without space or quote on one side is a table, a key, code made small."""

STREWN = re.compile(r"[^\W\d_]([!#$%^&*+;\[\]{}|~])(?=[^\W\d_])")
"""A sign between two letters: several kinds of them near are there on purpose."""

PROSE = re.compile(r"[^{}=<>$\\|`@^~#\n\r\t]*")
WORD = re.compile(r"(?<![^\s\"“‘(’'?\ufffd—–-])[^\W\d_]{1,20}(?:[’'?\ufffd-][^\W\d_]{1,20}){0,2}(?![^\s\"”’'),.;:!?\ufffd—–-])")
_RUNS = re.compile("\ufffd+")
CUT = re.compile(r"[\s\"'<>`]")
LONELY = (6.0, 3.0, 1.5, 0.0)
"""Nats against a question mark with no, one, two, more words of prose around."""


def words_before(text: str, start: int) -> int:
    """How many words of prose stand before `start`, in its line and near, without signs of code between."""
    return len(WORD.findall(PROSE.match(text[max(0, start - REACH) : start][::-1])[0][::-1]))  # type: ignore[index]


def words_behind(text: str, end: int) -> int:
    """How many words of prose stand behind `end`, in its line and near, without signs of code between."""
    return len(WORD.findall(PROSE.match(text, end, end + REACH)[0]))  # type: ignore[index]


class Surroundings:
    """What stands around the marks of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._near: dict[int, tuple[Guard, ...]] = {}

    def suspicion(self, mark: Mark) -> float:
        """Nats by which the surroundings of a mark speak against a lost glyph, whatever its shape."""
        text, start, end = self.text, mark.start, mark.end
        left, right = text[max(0, start - REACH) : start], text[end : end + REACH]
        token = CUT.split(left)[-1] + text[start:end] + CUT.split(right, maxsplit=1)[0]
        line = left.rpartition("\n")[2] + "?" + right.partition("\n")[0]
        sure = mark.kind != "?"
        found = {*_found("token", token), *_found("beside", left[-2:] + right[:2]), *_found("line", line), *self._about(start)}
        nats = sum(guard.certain if sure else guard.question for guard in found)
        if _stands_alone(text, start, end):
            nats += 6.0
        if _is_shown(text, start, end):
            nats += 9.0
        if len({sign[1] for sign in STREWN.finditer(left[-80:] + "?" + right[:80])}) >= 3:
            nats += 8.0
        if (left + right).count("\ufffd") > CROWD or len(set(_RUNS.findall(token))) >= TATTERED:
            nats += 10.0
        if len(left) >= SOLID <= len(right) and not (CUT.search(left[-SOLID:]) and CUT.search(right[:SOLID])):
            nats += 10.0
        return nats if sure else nats + LONELY[min(3, words_before(text, start) + words_behind(text, end))]

    def _about(self, start: int) -> set[Guard]:
        """The guards found in the block of `start` and its neighbours."""
        found: set[Guard] = set()
        for block in range(start // BLOCK - 1, start // BLOCK + 2):
            if block not in self._near:
                self._near[block] = tuple(_found("near", self.text[max(0, block * BLOCK - 30) : (block + 1) * BLOCK])) if block >= 0 else ()
            found.update(self._near[block])
        return found


def _found(scope: str, text: str) -> list[Guard]:
    return [guard for guard, pattern in _compiled(scope) if pattern.search(text)]


@cache
def _compiled(scope: str) -> tuple[tuple[Guard, re.Pattern[str]], ...]:
    return tuple((guard, re.compile(guard.pattern)) for guard in GUARDS if guard.scope == scope)


BEFORE_ALONE = re.compile(r"([\"'`/])[^\W_]{0,30}\Z")
BEHIND_ALONE = re.compile(r"[^\W_]{0,30}(?:[?\ufffd][^\W_]{1,30}){0,3}([\"'`/])")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the word of the mark stands alone between straight quotes, backticks or slashes: a pattern or an example, as in 'they?re'."""
    left = BEFORE_ALONE.search(text[max(0, start - 32) : start])
    right = BEHIND_ALONE.match(text, end) if left else None
    return bool(left and right and left[1] == right[1])


QUOTED = re.compile(r"[\"'`“]([^\"'`“\n]{1,60})\Z")
REST = re.compile(r"[\"'`”?\ufffd\n]")


def _is_shown(text: str, start: int, end: int) -> bool:
    """Whether what stands between quotes here stands so elsewhere near, undamaged: a test, a table of repairs, a list of variants."""
    found = QUOTED.search(text[max(0, start - 61) : start])
    if found is None:
        return False
    right = REST.split(text[end : end + 12], maxsplit=1)[0]
    window = text[max(0, start - 300) : end + 300]
    place = window.find(found[1])
    while place >= 0:
        rest = window[place + len(found[1]) :][: len(right) + 3]
        itself = place + len(found[1]) == start - max(0, start - 300)
        if (
            not itself
            and window[place - 1 : place] in {'"', "'", "`", "“"}
            and rest[:1] not in {"?", "\ufffd", "â"}
            and any(rest.startswith(right, size) for size in (1, 2, 3))
        ):
            return True
        place = window.find(found[1], place + 1)
    return False
