"""Text that was read with the wrong codec."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from summitfix.core import Change, Document, Reason

if TYPE_CHECKING:
    from summitfix.rereading import Verdict

_WORD = re.compile(r"[^\x00-\x2c/:-?]*[^\x00-\x7f][^\x00-\x2c/:-?]*")
# No codec has a second byte below 0x40 but for the digits of GB 18030, so a word never reaches over such a sign. "`", "[" and the like can be second bytes.

_ASCII = re.compile(r"[\x00-\x7f]+")
LONGEST = 400
"""Words of more code points than this are judged in parts, so that the work grows with the text and no faster."""

SAMPLE = 200
"""How many lines tell the languages of a document."""

NEIGHBOURS = 5
"""At how many of its places a word is seen among its neighbours."""


def mojibake(document: Document) -> Iterator[Change]:
    """Read again what was read with the wrong codec.

    >>> [change.after for change in mojibake(Document("un cafÃ© trÃ¨s serrÃ©"))]
    ['é', 'è', 'é']
    """
    if document.text.isascii():
        return
    from summitfix import language, rereading

    lines = document.text.split("\n")
    places: dict[str, list[int]] = {}
    numbers: dict[str, list[int]] = {}
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for number, line in enumerate(lines):
        for match in _WORD.finditer(line):
            for start in range(match.start(), match.end(), LONGEST):
                word = line[start : min(start + LONGEST, match.end())]
                places.setdefault(word, []).append(starts[number] + start)
                numbers.setdefault(word, []).append(number)
    prior = language.languages(lines[:SAMPLE])
    quoted = _quoted(document.text)
    words = {word: rereading.Word(word not in quoted and not rereading.is_comfortable(word, prior), tuple(numbers[word][:NEIGHBOURS])) for word in places}
    verdicts = rereading.solve(words, prior, document.rows)
    for word, verdict in verdicts.items():
        for start in places[word]:
            yield from _changes(start, word, verdict)
    in_play = {verdict.reading.chain for verdict in verdicts.values()}
    for word in words.keys() - verdicts.keys() - quoted:
        for start, number in zip(places[word], numbers[word], strict=True):
            at = start - starts[number]
            found = rereading.lossy(lines[number], at, at + len(word), prior, in_play)
            if found:
                yield from _changes(start, *found)


def _changes(start: int, before: str, verdict: Verdict) -> Iterator[Change]:
    chain = verdict.reading.chain
    note = ", then ".join(step.note for step in reversed(chain))
    why = (Reason(f"mojibake.{'+'.join(step.name for step in reversed(chain))}", note, verdict.confidence),)
    for offset, one, other in _differences(before, verdict.reading.text):
        yield Change(start + offset, one, other, why)


_ABOUT = re.compile(
    r"mojibake|garbled|乱码|亂碼|文字化け|кракозябр|кодировк|koi-?8|\bcp-?\d{3,4}\b|windows-?12\d\d|iso-?8859|gb-?18030|\bgbk\b|\bbig-?5|shift.?jis|euc-?(?:jp|kr)"
    r"|latin-?1|QUOTATION MARK|LATIN SMALL LETTER|LATIN CAPITAL LETTER",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"([`'\"/|«“「‘])[^\S\n]*([^\n`'\"|«»“”「」‘’]*[^\x00-\x7f\n][^\n`'\"|«»“”「」‘’]*?)[^\S\n]*[`'\"/|»”」’]")


def _quoted(text: str) -> set[str]:
    """The words that stand in quotation marks in a text that speaks of codecs: there damage is shown on purpose, unless more than it shows the same."""
    if not _ABOUT.search(text):
        return set()
    return {word for match in _QUOTED.finditer(text) for around in (match[0], match[2]) for word in _WORD.findall(around)}


def _differences(word: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Where a word and its reading differ: between the ASCII that both hold if it is the same, else from the first to the last difference."""
    if _ASCII.findall(word) == _ASCII.findall(text):
        before, after = _ASCII.split(word), _ASCII.split(text)
        offset = 0
        for gap, one, other in zip([*_ASCII.findall(word), ""], before, after, strict=False):
            if one != other:
                yield offset, one, other
            offset += len(one) + len(gap)
        return
    start = 0
    while start < min(len(word), len(text)) and word[start] == text[start]:
        start += 1
    end = 0
    while end < min(len(word), len(text)) - start and word[-1 - end] == text[-1 - end]:
        end += 1
    yield start, word[start : len(word) - end], text[start : len(text) - end]
