"""Text that was read with the wrong codec."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from summitfix.core import SURE, Change, Document, Reason, apply, confidence

if TYPE_CHECKING:
    from summitfix.languages import Told
    from summitfix.rereading import Restored, Verdict

_WORD = re.compile(r"(?<![^\x00-\x2c/:-?])[^\x00-\x2c/:-?]*[^\x00-\x7f][^\x00-\x2c/:-?]*")
# No codec has a second byte below 0x40 but for the digits of GB 18030, so a word never reaches over such a sign. "`", "[" and the like can be second bytes.

_RESIDUE = "[?\ufffd][\x80-\x9f]|[\x80-\x9f]\ufffd|[\u3041-\ud7a3][\x80-\x9f]"
"""A C1 control beside a loss, or behind Han, kana or Hangul: a byte of UTF-8 that was read as Korean, and of nothing else."""

_SCREEN = re.compile("[^\x00-\x7f](?:(?<![‘’“”–—…•])|(?=[^\x00-\x7f])|(?<=[A-Za-z][“‘•])|(?<=•)(?=[A-Za-z]))")
"""What undamaged English never holds: any letter or sign beyond ASCII but quotation marks, dashes, ellipses and bullets that stand alone."""

_ENTITIES = re.compile("&[A-Za-z]{3,6};&|&#[0-9xX][0-9a-fA-F]{2,3};&")
"""Two entities in a row: misread UTF-8 may be written so."""

_SPELLED = re.compile("=[89A-Fa-f][0-9A-Fa-f]"), re.compile("u[0-9a-dA-D][0-9a-fA-F]{3}")
"""What characters that are spelled out begin with; two literals, each leapt to, are found at four times the speed of a choice."""

_STRAY = re.compile("[\udc80-\udcff]")
_CHARACTERS = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}
_CONTROL = re.compile("[\x80-\x9f]")
"""Bytes that do not decode, what they are in latin-1, and the controls that some of them would be."""

_ASCII = re.compile(r"[\x00-\x7f]+")
LONGEST = 400
"""Words of more code points than this are judged in parts, so that the work grows with the text and no faster."""

NEIGHBOURS = 5
"""At how many of its places a word is seen among its neighbours."""


def mojibake(document: Document) -> Iterator[Change]:
    """Read again what was read with the wrong codec.

    >>> [change.after for change in sorted(mojibake(Document("un cafÃ© trÃ¨s serrÃ©")))]
    ['é', 'è', 'é']
    """
    reread = list(_among_strays(document) if _has_strays(document.text) else _reread(document))
    yield from reread
    if any(pattern.search(document.text) for pattern in _SPELLED):
        yield from _spelled(document, reread)


def _has_strays(text: str) -> bool:
    """Whether there are bytes that do not decode: UTF-8, which has no escapes for them, is written at twice the speed of a search."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _STRAY.search(text) is not None
    return False


def _among_strays(document: Document) -> Iterator[Change]:
    """What was read with the wrong codec in a text with stray bytes: each is the character of its number, so that what it belongs to can be read.

    A byte that then is a C1 control still is none that a codec explains, and stays.
    """
    text = document.text
    for change in _reread(document._replace(text=text.translate(_CHARACTERS))):
        before = text[change.start : change.end]
        if before == change.before or not _CONTROL.search(change.after):
            yield change._replace(before=before)


def _spelled(document: Document, reread: list[Change]) -> Iterator[Change]:
    """Write the characters that are spelled out, but for those in places that are `reread`."""
    from summitfix import languages, rereading

    if rereading.may_be_spelled(document.text):
        prior = languages.Told(document.text, document.language).prior
        for place in rereading.escapes(document.text, prior):
            if not any(change.start < place.start + len(place.before) and place.start < change.end for change in reread):
                yield Change(place.start, place.before, place.after, (Reason(place.rule, rereading.NOTES[place.rule], place.confidence),))


def _reread(document: Document) -> Iterator[Change]:
    """What was read with the wrong codec, and perhaps worn since."""
    if (document.text.isascii() or not _SCREEN.search(document.text)) and not ("&" in document.text and _ENTITIES.search(document.text)):
        return
    from summitfix import languages, rereading

    everything = document.text.split("\n")
    if _ENTITIES.search(document.text) or rereading.has_entities(document.text):
        yield from _searched(document, everything, None)
        return

    told = languages.Told(document.text, document.language)
    if _is_damaged_throughout(everything, told):
        yield from _searched(document, everything, None)
        return
    worn, suspects = rereading.unsound(document.text, told)
    pieces = worn | suspects
    lines = [line for line in dict.fromkeys(everything) if not pieces.isdisjoint(line.split(" "))] if pieces else []
    lines += rereading.losing(document.text)
    # The suspects are searched alone first; then, as sound words speak against damage, among all words.
    if lines and any(_searched(document, lines, (worn, pieces), alone=True)):
        yield from _searched(document, everything, (worn, pieces))


PROBES, PROBED = 4, 3
"""How many lines, and how many pieces beyond ASCII of each, tell whether a text is damaged throughout: then none of it need be looked at twice."""


def _is_damaged_throughout(lines: list[str], told: Told) -> bool:
    """Whether most of a few lines, taken evenly, begin with what may have been misread."""
    from summitfix import rereading

    beyond = [line for line in dict.fromkeys(lines) if not line.isascii()]
    probes = beyond[:: -(-len(beyond) // PROBES)] if beyond else []
    begun = (" ".join(islice((piece for piece in line.split(" ") if not piece.isascii()), PROBED)) for line in probes)
    return 2 * sum(any(rereading.unsound(text, told)) for text in begun) > len(probes)


def _searched(document: Document, everything: list[str], unsound: tuple[set[str], set[str]] | None, *, alone: bool = False) -> Iterator[Change]:
    """What is found in these lines of a document, in the coordinates of their text; if the `unsound` pieces are given, in these only.

    They are searched `alone`, or among the words that look sound.
    """
    from summitfix import languages, rereading

    lines = list(dict.fromkeys(everything))  # a line that comes again is no second witness, and takes no time
    places: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(lines):
        for match in _WORD.finditer(line):
            for start in range(match.start(), match.end(), LONGEST):
                places.setdefault(line[start : min(start + LONGEST, match.end())], []).append((number, start))
    prior = languages.Told(document.text, document.language).prior
    sound = set() if unsound is None else places.keys() - {word for piece in unsound[1] for word in _WORD.findall(piece)}
    places = {word: found for word, found in places.items() if word not in sound} if alone else places
    quoted = _quoted("\n".join(lines))
    words = {
        word: rereading.Word(0.0 if word in quoted else rereading.suspicion(word, prior), tuple(number for number, _ in found[:NEIGHBOURS]))
        for word, found in places.items()
    }
    verdicts = {
        word: verdict
        for word, verdict in rereading.solve(words, prior, document.rows, sound).items()
        if verdict.reading.chain[0].meant == "utf-8" or not _is_residue(word, verdict.reading.text, [(lines[number], start) for number, start in places[word]])
    }
    changes: dict[int, list[Change]] = {}
    for word, verdict in verdicts.items():
        ours = list(_changes(word, verdict))  # once for all places: a note for each would take most of the memory
        for number, start in places[word]:
            changes.setdefault(number, []).extend(Change(start + at, before, after, why) for at, before, after, why in ours)
    sure = {word for word, verdict in verdicts.items() if verdict.confidence >= SURE}
    unexplained = {number for word, kind in words.items() if kind.suspicion and word not in sure for number, _ in places[word]}
    proven = {step.name for word in sure for step in verdicts[word].reading.chain} | _steps(document.rows)
    unsound = None if sure else unsound  # where there is damage, sound words may be damaged too
    if unsound is not None:
        unexplained = {number for number in unexplained if not unsound[1].isdisjoint(lines[number].split(" "))}
    _wear(
        {number: line for number, line in enumerate(lines) if unsound is None or not unsound[0].isdisjoint(line.split(" "))},
        changes,
        unexplained,
        quoted,
        proven,
        said=document.language,
    )
    for number in sorted(number for number in unexplained if number not in changes and rereading.may_be_proposed(lines[number])):
        if not quoted.intersection(_WORD.findall(lines[number])) and (whole := rereading.proposed(lines[number], lines[number], prior)):
            changes[number] = list(_changes(lines[number], whole))
    losing = {number: line for number, line in enumerate(lines) if rereading.may_have_lost(line) and not quoted.intersection(_WORD.findall(line))}
    for number, restored in rereading.restored(losing, proven).items():
        changes[number] = list(_pieces(lines[number], restored))
    by_line = {lines[number]: found for number, found in changes.items() if not rereading.is_table(lines[number])}
    start = 0
    for line in everything:
        for before in by_line.get(line, ()):
            yield Change(start + before.start, before.before, before.after, before.why)
        start += len(line) + 1


def _is_residue(word: str, text: str, places: list[tuple[str, int]]) -> bool:
    """Whether a word is what a loss left: it holds such a rest, or is one behind a question mark (but `?\x94` closes a quotation)."""
    if re.search(_RESIDUE, word):
        return True
    return _CONTROL.match(word) is not None and text[0] not in "’”…–—›»" and any(line[start - 1 : start] in ("?", "\ufffd") for line, start in places)


def _steps(rows: Mapping[str, int]) -> set[str]:
    """The steps of the chains that others have proven."""
    return {step for row in rows for step in row.removeprefix("mojibake.").split("+")}


def _wear(lines: Mapping[int, str], changes: dict[int, list[Change]], unexplained: set[int], quoted: set[str], proven: set[str], *, said: str | None) -> None:
    """Put in place of what the rows made of worn lines, by their numbers, what is made of them when wear is reckoned with."""
    from summitfix import languages, rereading

    ours = {number: [change for change in sorted(changes.get(number, ())) if change.confidence >= SURE] for number in lines}
    legacy = {number: _legacy(mine) for number, mine in ours.items()}
    is_legacy = sum(legacy.values()) > LONGEST
    worn = {
        number: line
        for number, line in lines.items()
        if not ((is_legacy or len(line) > LONGEST) and 2 * legacy[number] > rereading.beyond_ascii(line))
        and (number in unexplained or rereading.is_worn(apply(line, ours[number]), proven))
    }
    if not worn:
        return
    prior = languages.languages((apply(line, ours[number]) for number, line in islice(lines.items(), languages.LINES)), said)
    for number, found in rereading.lossy(rereading.Page(worn, ours, unexplained, quoted, proven, prior)).items():
        kept = [change for change in changes.get(number, ()) if not any(change.start < other.end and other.start < change.end for other in found)]
        changes[number] = kept + found


def _legacy(ours: list[Change]) -> int:
    """How many characters beyond ASCII of a line are another codec's than UTF-8: where many are, what looks like worn UTF-8 is chance, and takes long."""
    from summitfix import rereading

    return sum(rereading.beyond_ascii(change.before) for change in ours if "utf-8-as" not in change.why[0].rule)


def _pieces(line: str, restored: Restored) -> Iterator[Change]:
    """The changes and doubts of a line that lost bytes. No other row has a say in it: what a loss leaves looks like much else."""
    sure = confidence(restored.gain)
    for piece in restored.pieces:
        before = line[piece.start : piece.end]
        why = (Reason(f"mojibake.{restored.step.name}", f"{restored.step.note}, bytes lost", min(sure, piece.probability)),)
        yield Change(piece.start, before, piece.text if piece.probability else before, why)


def _changes(before: str, verdict: Verdict) -> Iterator[Change]:
    """The changes that make `before` what the verdict says."""
    chain = verdict.reading.chain
    why = (Reason(f"mojibake.{'+'.join(step.name for step in reversed(chain))}", verdict.note, verdict.confidence),)
    for offset, one, other in _differences(before, verdict.reading.text):
        yield Change(offset, one, other, why)


_ABOUT = (
    r"(?i)mojibake|garbled|乱码|亂碼|文字化け|кракозябр|кодировк|koi-?8|\bcp-?\d{3,4}\b|windows-?12\d\d|iso-?8859|gb-?18030|\bgbk\b|\bbig-?5|shift.?jis|euc-?(?:jp|kr)"
    r"|latin-?1|QUOTATION MARK|LATIN SMALL LETTER|LATIN CAPITAL LETTER"
)
_QUOTED = r"([`'\"/|«“「‘])[^\S\n]{0,4}([^\n`'\"|«»“”「」‘’]{0,300}[^\x00-\x7f\n][^\n`'\"|«»“”「」‘’]{0,300}?)[^\S\n]{0,4}[`'\"/|»”」’]"
"""Big expressions, compiled where they are needed: a clean text needs none of them. What is quoted has an end, or every letter of it might be the last one."""


def _quoted(text: str) -> set[str]:
    """The words that stand in quotation marks in a text that speaks of codecs: there damage is shown on purpose, unless more than it shows the same."""
    if not re.search(_ABOUT, text):
        return set()
    return {word for match in re.finditer(_QUOTED, text) for around in (match[0], match[2]) for word in _WORD.findall(around)}


def _differences(before: str, after: str) -> Iterator[tuple[int, str, str]]:
    """Where two texts differ: what stands between the ASCII that both hold if that is the same, else what difflib finds."""
    gaps = _ASCII.findall(before)
    if gaps == _ASCII.findall(after):
        offset = 0
        for gap, one, other in zip([*gaps, ""], _ASCII.split(before), _ASCII.split(after), strict=False):
            if one != other:
                yield offset, one, other
            offset += len(one) + len(gap)
        return
    from difflib import SequenceMatcher

    for tag, start, end, begin, finish in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start, before[start:end], after[begin:finish]
