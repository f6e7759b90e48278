"""A worn stretch of a line, and whether its best reading is good text that rests on enough."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from summitfix.language import Prior, account
from summitfix.rereading import wear, worn
from summitfix.rereading.readings import EXCESS
from summitfix.rereading.rows import Step
from summitfix.rereading.ways import Path, elides
from summitfix.rereading.witnesses import ELSEWHERE_SIGNS, is_spelled_out
from summitfix.scripts import NAMES, marks

SLIGHT = 4.0
"""What a reading must gain where its codec is proven."""

PLAIN = 15.0
"""What a word must gain that some list holds, though not one of the document's languages, to be read as a rarer codec read it (`m√©s`)."""

ALONE = 5.0
"""What a word of one letter may cost that is read as a rarer codec read it: `è` in Italian."""

USUAL = ("latin-1", "cp1252")
"""The codecs that mostly read UTF-8: only of what they read all sequences may have lost bytes."""


class Stretch(NamedTuple):
    """A stretch of a line: its best readings by one codec, the best first, and how many nats the best gains on what the rows made of it."""

    line: int
    start: int
    text: str
    step: Step
    paths: list[Path]
    gain: float

    @property
    def end(self) -> int:
        """The offset behind its last code point."""
        return self.start + len(self.text)


def is_plausible(stretch: Stretch, prior: Prior, *, met: bool) -> bool:
    """Whether a reading is good text in itself: words that are no stranger than others, of no more than one script besides Latin and those of China.

    `met` says that other text of the document was read by this codec, or by its next of kin.
    """
    before, after = account(stretch.text, prior), account(stretch.paths[0].text, prior)
    guessed = any(edge.nats for _, edge in stretch.paths[0].taken) or not met
    most = EXCESS[True] if guessed else max(EXCESS[True], before.excess)
    return after.odd <= before.odd and len(scripts(stretch.paths[0].text)) <= 1 and after.excess <= most + 0.1 * stretch.gain


def scripts(text: str) -> set[str]:
    """The scripts of a text besides Latin, Han and Hangul, which stand beside any."""
    return {*marks(text)} & {*NAMES} - {*"ajk"}


def _is_strange(char: str) -> bool:
    """Whether a character is a letter of another script than Latin, or a mark above or below letters."""
    return unicodedata.category(char)[0] == "M" or (char.isalpha() and "a" not in marks(char))


def is_believable(stretch: Stretch, prior: Prior, *, met: bool, plain: bool) -> bool:
    """Whether a reading rests on enough: on a codec that is proven, on words that the lists know, on sequences of which little was guessed.

    Nothing worn is a matter for the rows, but for what they did not read at all (`plain`).
    """
    best = stretch.paths[0]
    whole = not any(edge.nats for _, edge in best.taken)
    if whole and not plain:
        return False
    if 2 * _left(stretch, best) > len(best.taken):
        return False
    if plain and all(is_spelled_out(*_around(stretch, at, edge)) for at, edge in best.taken):
        return False
    if "&" in stretch.text and sum(_is_strange(edge.char) for _, edge in best.taken) == 1:
        return False  # `&eacute;&nbsp;&raquo;`, `&times;&nbsp;` and `&agrave; &laquo;` are good text, and valid UTF-8 by chance
    if met:
        return stretch.gain > SLIGHT
    before, after = account(stretch.text, prior), account(best.text, prior)
    known = after.known > before.known or elides(best.text, stretch.text, prior)
    usual = stretch.step.read in USUAL
    if not usual and all(edge.lost or edge.char in ELSEWHERE_SIGNS for _, edge in best.taken):
        return False
    if not usual and not all(worn.is_usual(edge.char) and not unicodedata.combining(edge.char[0]) and "x" not in marks(edge.char) for _, edge in best.taken):
        return False  # `⠩` of `тай`, U+0333 of `ěł`, old Mongolian letters of `савсан`: letters that are valid UTF-8 by chance
    if whole and not usual:
        listed = (stretch.gain > PLAIN and after.letters > 1 and not after.unknown) or (after.letters == 1 and after.nats < ALONE)
        return known or listed or sum(len(edge.char.encode()) for _, edge in best.taken) > 3
    return known or any(edge.lost < len(edge.char.encode()) - 1 for _, edge in best.taken)


def _around(stretch: Stretch, at: int, edge: worn.Edge) -> tuple[str, str, str]:
    """What an edge reads at a place of a line, what it makes of that, and what stands beside it."""
    text, begin, end = stretch.text, at - stretch.start, edge.end - stretch.start
    return text[begin:end], edge.char, text[max(0, begin - 1) : begin] + text[end : end + 1]


def _left(stretch: Stretch, path: Path) -> int:
    """How many characters that the codec makes of bytes a path leaves as they are, small letters aside."""
    left = list(stretch.text)
    for at, edge in path.taken:
        left[at - stretch.start : edge.end - stretch.start] = [""] * (edge.end - at)
    return sum(char in wear.exact(stretch.step.read) and not char.islower() for char in left)
