"""What else could these characters have been: the search for the codec that was meant and the one that read its bytes.

Text that was read with a wrong codec is undone by a *step* (meant, read): encode with the codec that read it, decode with the codec that was meant.
A *chain* is the steps that undo a misreading, the last misreading first. `solve` proposes the readings of all chains for every suspicious word of a
document, lets the words vote on which chains are in play, and says for each word which reading is best, always including "exactly what we see".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from summitfix import codecs
from summitfix.language import Account, Prior, account, languages

MEANT = {
    # codec that was meant: -log of how often text in it is met misread, in nats; ordered by how often public files show it
    "utf-8": 0.5,
    "cp1251": 1.5,
    "cp1250": 2.0,
    "cp1252": 2.0,
    "cp1254": 2.0,
    "cp949": 2.0,
    "gbk": 2.0,
    "cp932": 2.0,
    "big5": 2.5,
    "koi8-r": 2.5,
    "iso-8859-2": 2.5,
    "cp1253": 2.5,
    "cp1255": 2.5,
    "cp1256": 2.5,
    "cp1257": 2.5,
    "cp874": 2.5,
    "euc-jp": 3.0,
    "cp850": 3.0,
    "cp866": 3.0,
    "mac-roman": 3.0,
    "cp437": 3.5,
    "iso-8859-7": 3.5,
    "iso-8859-9": 3.5,
    "koi8-u": 3.5,
    "cp852": 4.0,
    "cp1258": 4.0,
    "tcvn3": 4.0,
    "iso-8859-13": 4.0,
    "iso-8859-15": 4.0,
    "mac-centraleurope": 4.5,
    "viscii": 5.0,
    "iso-8859-5": 5.0,
    "cp855": 5.0,
    "mac-cyrillic": 5.0,
    "big5-hkscs": 5.0,
}

READ = {
    # codec that read the bytes: the same
    "latin-1": 1.0,
    "cp1252": 1.0,
    "cp1250": 2.5,
    "cp1251": 2.5,
    "gbk": 2.5,
    "iso-8859-15": 3.0,
    "cp1254": 3.0,
    "mac-roman": 3.0,
    "cp437": 3.0,
    "cp850": 3.0,
    "cp949": 3.0,
    "cp932": 3.0,
    "cp866": 3.5,
    "big5": 3.5,
    "cp1253": 4.0,
    "koi8-r": 4.0,
    "cp1257": 4.5,
    "cp1258": 4.5,
    "cp852": 4.5,
    "euc-jp": 5.0,
    "iso-8859-2": 5.0,
}

SAME = ({"latin-1", "cp1252", "iso-8859-15"}, {"iso-8859-9", "cp1254"}, {"cp949"}, {"gbk"}, {"big5", "big5-hkscs"})
"""Codecs that differ in so few characters that reading one as the other is no damage that letters could show."""


class Step(NamedTuple):
    """One misreading: bytes of the codec `meant` were read as `read`."""

    meant: str
    read: str

    @property
    def nats(self) -> float:
        """What it costs to say that this happened."""
        return MEANT[self.meant] + READ[self.read]

    @property
    def name(self) -> str:
        """The name of its row: `cp949-as-latin-1`."""
        return f"{self.meant}-as-{self.read}"


Chain = tuple[Step, ...]


def nats(chain: Chain) -> float:
    """What it costs to say that the steps of `chain` happened: a step that repeats the one before it is nearly free."""
    return sum(step.nats if step != previous else 1.0 for previous, step in zip((None, *chain), chain, strict=False))


class Reading(NamedTuple):
    """What a word would be if `chain` were undone, by how many nats that is more plausible, and its account."""

    gain: float
    text: str
    chain: Chain
    account: Account


LAYERS = 6
"""How many misreadings in a row are looked for; five have been seen in one file."""

KEPT = 3.0
"""What each byte costs, in nats, that a reading leaves as the character it was."""

_ESCAPED = re.compile("[\\udc80-\\udcff]")
_IMPOSSIBLE = re.compile(
    # No meant text holds C1 controls, private-use or noncharacters, or a letter with a box, block or currency sign on both sides.
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ue000-\\uf8ff\\ufff0-\\uffff]"
    "|[^\\W\\d_][¤¦¬¯¸\\u2500-\\u259f][^\\W\\d_]"
    "|[a-zA-Z\\u00c0-\\u024f][\\u0370-\\u05ff]|[\\u0370-\\u05ff][a-zA-Z\\u00c0-\\u024f]"
)


@lru_cache(maxsize=1 << 14)
def _bytes(word: str, read: str) -> tuple[tuple[int, int, bytes], ...]:
    """The pieces of `word` that the codec `read` can have made: start, end and bytes of each that holds a byte beyond ASCII."""
    if read not in codecs.MULTI_BYTE:
        pieces = [(match.start(), match.end()) for match in codecs.repertoire(read).finditer(word)]
    else:
        pieces = [(0, len(word))]
    found = []
    for start, end in pieces:
        try:
            data = codecs.encode(word[start:end], read)
        except UnicodeEncodeError:
            continue
        if not data.isascii():
            found.append((start, end, data))
    return tuple(found)


def undo(word: str, step: Step) -> tuple[str, int] | None:
    """`word` with one misreading undone, and how many bytes could not be decoded and stay the characters they are. None if nothing changes."""
    result, done, kept = "", 0, 0
    for start, end, data in _bytes(word, step.read):
        try:
            text = codecs.decode(data, step.meant)
        except UnicodeDecodeError:
            if step.read in codecs.MULTI_BYTE:
                continue
            table = codecs.table(step.read)
            text, count = _ESCAPED.subn(lambda match: table[ord(match[0]) - 0xDC00], codecs.decode(data, step.meant, keep=True))  # noqa: B023
            kept += count
        result += word[done:start] + text
        done = end
    result += word[done:]
    return (result, kept) if done and result != word else None


STEPS = tuple(
    sorted(
        (Step(meant, read) for meant in MEANT for read in READ if meant != read and not any({meant, read} <= same for same in SAME)),
        key=lambda step: step.nats,
    )
)
"""All rows, the likeliest first."""

_LAYERED = tuple(step for step in STEPS if step.meant == "utf-8")


def _is_plausible(before: Account, after: Account, gain: float) -> bool:
    """Whether a reading is good text in itself, not merely better than what it replaces."""
    return after.odd <= before.odd and after.excess <= 0.1 * max(0.0, gain)


FINALISTS = 8
"""How many readings of a word are weighed with the word lists: those that cost least by their letters."""

BEHIND = 16.0
"""A reading that by its letters costs this much more than the best one is not weighed further: no word list makes up for that."""


def _candidates(word: str, chains: Iterable[Chain]) -> dict[str, tuple[Chain, int]]:
    """Text of each possible reading -> its likeliest chain, and the number of bytes that were kept."""
    impossible = {match[0] for match in _IMPOSSIBLE.finditer(word)}
    found: dict[str, tuple[Chain, int]] = {}
    for chain in chains:
        text, kept = word, 0
        for step in chain:
            undone = undo(text, step)
            if not undone:
                break
            text, kept = undone[0], kept + undone[1]
        else:
            if text != word and text not in found and all(match[0] in impossible for match in _IMPOSSIBLE.finditer(text)):
                found[text] = chain, kept
    return found


def readings(word: str, chains: Iterable[Chain], prior: Prior, least: float = 0.0) -> list[Reading]:
    """The plausible readings of `word` by `chains` that gain more than `least` nats, each by its likeliest chain."""
    candidates = _candidates(word, chains)
    finalists = sorted((account(text, prior, listed=False).nats + KEPT * kept, text) for text, (_, kept) in candidates.items())[:FINALISTS]
    found = []
    if finalists:
        before = account(word, prior)
        for quick, text in finalists:
            if quick > finalists[0][0] + BEHIND:
                break
            chain, kept = candidates[text]
            after = account(text, prior)
            gain = before.nats - after.nats - KEPT * kept
            if gain > least and _is_plausible(before, after, gain):
                found.append(Reading(gain, text, chain, after))
    return found


def _chains(word: str, depth: int = LAYERS) -> Iterator[Chain]:
    """All chains of one step, and of more where the first is UTF-8 misread and leaves what may be damaged again."""
    for step in STEPS:
        yield (step,)
    if depth > 1:
        for step in _LAYERED:
            undone = undo(word, step)
            if undone and not undone[1] and not undone[0].isascii() and len(undone[0]) < len(word):
                yield from ((step, *chain) for chain in _chains(undone[0], depth - 1))


DAMAGED = 3.0
"""What it costs to say that a document is damaged at all."""

CLEAR = 4.0
"""A gain or loss of this many nats says by itself whether a word is damaged by a chain; between, the other words of the document decide."""

MOST = 5.0
"""The most nats by which the other words of a document may speak for a word's being damaged too (`ñ` for `с` in Russian), or against it."""

VOTERS = 48
"""How many words vote at a time: enough to prove a chain, few enough to be quick."""


class Verdict(NamedTuple):
    """What to make of a word: its best reading, the margin in nats by which it is preferred to all others and to leaving the word, the runner-up."""

    reading: Reading
    margin: float
    runner_up: Reading | None

    @property
    def confidence(self) -> float:
        """The probability that the reading is right."""
        return 1.0 - math.exp(-max(0.0, self.margin))


def is_comfortable(word: str, prior: Prior) -> bool:
    """Whether a word is good text as it stands, so that no other reading need be sought."""
    found = account(word, prior, listed=False)
    if found.unknown and not found.excess:
        found = account(word, prior)
    return not found.odd and not found.excess and not _RARE.search(word) and (not found.unknown or found.letter_nats < 2.6 * found.letters)


_RARE = re.compile("[\x80-\xa0¢-¦¨©ª-¯±-¶¸-ºÃÂ¼-¾×÷\u02c6-\u02dd\u0300-\u036f\u2018-\u203a\u20ac-\uabff\ue000-\U0010ffff]|[¡¿](?![^\\W\\d_])|(?<![0-9])°")
"""Signs that are rare in good text or are what the bytes of other text often become."""


def solve(words: Mapping[str, bool], prior: Prior, proven: Mapping[str, int]) -> dict[str, Verdict]:
    """The verdicts on the distinct `words` of a document for which some reading is better than leaving them.

    `words` are those that hold a character beyond ASCII, each with whether it is suspicious; the others are judged only by chains that the suspicious
    ones have proven. `proven` counts the rows of which earlier blocks or rounds were sure.
    """
    found: dict[str, list[Reading]] = {}
    in_play: list[Chain] = []
    waiting = [word for word, suspicious in words.items() if suspicious]
    while waiting:
        voters, waiting = waiting[:VOTERS], waiting[VOTERS:]
        for word in voters:
            found[word] = readings(word, _chains(word), prior)
        elected = _elect({word: found[word] for word in voters}, in_play, proven)
        if not elected:
            break
        in_play += elected
        for word in waiting:
            found[word] = readings(word, in_play, prior)
        waiting = [word for word in waiting if not found[word]]
    if not in_play:
        return {word: verdict for word, options in found.items() if (verdict := _decide(word, options, {}, {}, proven))}
    told = languages([*(word for word in words if word not in found), *(_best(word, options, in_play) for word, options in found.items())])
    for word in words:
        again = readings(word, in_play, told, least=-MOST)
        found[word] = again + [reading for reading in found.get(word, ()) if reading.chain not in in_play]
    totals, leanings = _totals(found, in_play), {chain: _leaning(words, found, chain) for chain in in_play}
    return {word: verdict for word, options in found.items() if (verdict := _decide(word, options, totals, leanings, proven))}


def _best(word: str, options: Iterable[Reading], in_play: Sequence[Chain]) -> str:
    """The text of the best reading by a chain in play, else the word."""
    return max(((reading.gain, reading.text) for reading in options if reading.chain in in_play), default=(0.0, word))[1]


def _cost(chain: Chain, proven: Mapping[str, int]) -> float:
    return 0.0 if f"mojibake.{name(chain)}" in proven else DAMAGED + nats(chain)


def name(chain: Chain) -> str:
    """The rule of a chain: `utf-8-as-cp1252`, or `cp1254-as-latin-1+utf-8-as-cp1252` for the misreadings in the order in which they happened."""
    return "+".join(step.name for step in reversed(chain))


def _elect(found: Mapping[str, list[Reading]], in_play: Sequence[Chain], proven: Mapping[str, int]) -> list[Chain]:
    """The chains that explain the words: again and again the one that gains most beyond those already in play, while it pays for itself."""
    gained = {word: max((reading.gain for reading in options if reading.chain in in_play), default=0.0) for word, options in found.items()}
    elected: list[Chain] = []
    while True:
        totals: dict[Chain, dict[str, float]] = {}
        for word, options in found.items():
            for reading in options:
                if reading.gain > gained[word]:
                    core = _core(word)  # the same letters in other brackets are no second witness
                    mine = totals.setdefault(reading.chain, {})
                    mine[core] = max(mine.get(core, 0.0), reading.gain - gained[word])
        net, chain = max(((sum(mine.values()) - _cost(chain, proven), chain) for chain, mine in totals.items()), default=(0.0, ()))
        if net <= 0:
            return elected
        elected.append(chain)
        for word, options in found.items():
            gained[word] = max([gained[word], *(reading.gain for reading in options if reading.chain == chain)])


_EDGES = re.compile(r"^[\x00-\x7f]*|[\x00-\x7f]*$")


def _core(word: str) -> str:
    """A word from its first to its last character beyond ASCII."""
    return _EDGES.sub("", word)


def _totals(found: Mapping[str, list[Reading]], in_play: Sequence[Chain]) -> dict[Chain, dict[str, float]]:
    """What each chain in play gains on the cores of the words that it reads best."""
    totals: dict[Chain, dict[str, float]] = {chain: {} for chain in in_play}
    for word, options in found.items():
        mine = max((reading for reading in options if reading.chain in totals and reading.gain > 0), default=None)
        if mine:
            core = _core(word)
            totals[mine.chain][core] = max(totals[mine.chain].get(core, 0.0), mine.gain)
    return totals


def _leaning(words: Iterable[str], found: Mapping[str, list[Reading]], chain: Chain) -> float:
    """By how many nats the other words speak for a word's being damaged by `chain`: the log odds of those clearly damaged to those clearly not."""
    damaged = sound = 0
    for word in words:
        gain = max((reading.gain for reading in found[word] if reading.chain == chain), default=None)
        if gain is not None and gain >= CLEAR:
            damaged += 1
        elif gain is None and undo(word, chain[0]):
            sound += 1
    return max(-MOST, min(MOST, math.log((damaged + 0.5) / (sound + 0.5)))) - 0.5


def _decide(
    word: str,
    options: list[Reading],
    totals: Mapping[Chain, Mapping[str, float]],
    leanings: Mapping[Chain, float],
    proven: Mapping[str, int],
) -> Verdict | None:
    """The best reading of a word, all chains considered: what the other words do not pay of a chain's cost it must pay here."""
    priced = []
    for reading in options:
        paid = totals.get(reading.chain, {})
        others = sum(paid.values()) - paid.get(_core(word), 0.0)
        owed = max(0.0, _cost(reading.chain, proven) - others)
        priced.append((reading.gain + leanings.get(reading.chain, -1.0) - owed, reading))
    priced.sort(reverse=True)
    if not priced or priced[0][0] <= 0:
        return None
    margin = priced[0][0] - max([0.0, *(net for net, _ in priced[1:2])])
    return Verdict(priced[0][1], margin, priced[1][1] if len(priced) > 1 else None)
