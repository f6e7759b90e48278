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
from summitfix.language import Account, Prior, account, is_common, languages

MEANT = {
    # codec that was meant: -log of how often text in it is met misread, in nats; ordered by how often public files show it
    "utf-8": 0.5,
    "cp1251": 1.5,
    "cp1250": 2.0,
    "cp1252": 1.8,
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

SAME = ({"latin-1", "iso-8859-15"}, {"iso-8859-9", "cp1254"}, {"cp949"}, {"gbk"}, {"big5", "big5-hkscs"})
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


LAYER = 6.0
"""What it costs more to say that text was misread again, in another way."""


def nats(chain: Chain) -> float:
    """What it costs to say that the steps of `chain` happened: a step that repeats the one before it is nearly free."""
    return chain[0].nats + sum(1.0 if step == previous else step.nats + LAYER for previous, step in zip(chain, chain[1:], strict=False))


class Reading(NamedTuple):
    """What a word would be if `chain` were undone, by how many nats that is more plausible, and its account."""

    gain: float
    text: str
    chain: Chain
    account: Account


LAYERS = 6
"""How many misreadings in a row are looked for; five have been seen in one file."""

WITNESS = 1.5
"""What each UTF-8 sequence of a word says for its having been UTF-8, in nats, beyond what its characters cost as they stand."""

_ASCII = re.compile("[\x00-\x7f]+")

KEPT = {True: 3.0, False: 8.0}
"""What each byte costs, in nats, that a reading leaves as the character it was: where UTF-8 was meant (True), whose bytes are often lost, and else."""

_ESCAPED = re.compile("[\\udc80-\\udcff]")
_IMPOSSIBLE = re.compile(
    # No meant text holds C1 controls, private-use or noncharacters, or a letter with a box, block or currency sign on both sides.
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ue000-\\uf8ff\\ufff0-\\ufffc\\ufffe\\uffff]"
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


def _witness(text: str, chain: Chain, kept: int) -> float:
    """What the bytes themselves say for a reading: UTF-8 is rarely valid by chance, and bytes that had to be kept speak against the codec."""
    unicode = chain[0].meant == "utf-8"
    return WITNESS * len(_ASCII.sub("", text)) * unicode - KEPT[unicode] * kept


def readings(word: str, chains: Iterable[Chain], prior: Prior, least: float = 0.0) -> list[Reading]:
    """The plausible readings of `word` by `chains` that gain more than `least` nats, each by its likeliest chain."""
    candidates = _candidates(word, chains)
    priced = ((account(text, prior, listed=False).nats - _witness(text, chain, kept) + nats(chain), text) for text, (chain, kept) in candidates.items())
    finalists = sorted(priced)[:FINALISTS]
    found = []
    if finalists:
        before = account(word, prior)
        for quick, text in finalists:
            if quick > finalists[0][0] + BEHIND:
                break
            chain, kept = candidates[text]
            after = account(text, prior)
            gain = before.nats - after.nats + _witness(text, chain, kept)
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

PLACE = 1.0
"""What it costs to say that a word is damaged by a chain of which nothing else is known."""

CLEAR = 4.0
"""A gain or loss of this many nats says by itself whether a word is damaged by a chain; between, the other words of the document decide."""

MOST = 5.0
"""The most nats by which the other words of a document may speak for a word's being damaged too (`ñ` for `с` in Russian), or against it."""

ELSEWHERE = 0.2
"""How much a word of another line counts beside one of the same line."""

RARELY_PART = 0.1
"""What is added to both counts: little, because the words of a line are mostly all damaged or none."""

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


CERTAIN = frozenset({Step("cp1252", "latin-1")})
"""Misreadings that only C1 controls betray, which no good text holds."""

WITNESSED = 18.0
"""How many nats of letters that no word list knows are as good a witness as a known word: seven Latin letters, three syllables of Hangul."""

STRAIN = 0.25
"""How much dearer the words that a chain makes may be than ordinary ones, as a share of what it gains."""

LONE_STRAIN = 0.08
"""The same for one word or two that no list knows: lists of accented letters make such words."""


class Word(NamedTuple):
    """What `solve` is told of a word: whether it is suspicious, and the numbers of the first few lines where it stands."""

    is_suspicious: bool
    lines: tuple[int, ...]


def is_comfortable(word: str, prior: Prior) -> bool:
    """Whether a word is good text as it stands, so that no other reading need be sought."""
    found = account(word, prior, listed=False)
    if found.unknown and not found.excess:
        found = account(word, prior)
    return not found.odd and not found.excess and not _RARE.search(word) and (not found.unknown or found.letter_nats < 2.6 * found.letters)


_RARE = re.compile("[\x80-\xa0¢-¦¨©ª-¯±-¶¸-ºÃÂ¼-¾×÷\u02c6-\u02dd\u0300-\u036f\u2018-\u203a\u20ac-\uabff\ue000-\U0010ffff]|[¡¿](?![^\\W\\d_])|(?<![0-9])°")
"""Signs that are rare in good text or are what the bytes of other text often become."""


def solve(words: Mapping[str, Word], prior: Prior, proven: Mapping[str, int]) -> dict[str, Verdict]:
    """The verdicts on the distinct `words` of a document for which some reading is better than leaving them.

    `words` are those that hold a character beyond ASCII; those that are not suspicious are judged only by chains that others have proven. `proven` counts the rows of which earlier blocks or rounds were sure.
    """
    found: dict[str, list[Reading]] = {}
    in_play: list[Chain] = []
    waiting = [word for word, kind in words.items() if kind.is_suspicious]
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
    shown = {chain for chain in {reading.chain for options in found.values() for reading in options} if _is_shown(chain, found, words)}
    in_play = [chain for chain in in_play if chain not in shown]
    found = {word: [reading for reading in options if reading.chain not in shown] for word, options in found.items()}
    if not in_play:
        return {word: verdict for word, options in found.items() if (verdict := _decide(word, options, {}, {}, proven))}
    told = languages([*(word for word in words if word not in found), *(_best(word, options, in_play) for word, options in found.items())])
    for word in words:
        again = readings(word, in_play, told, least=-MOST)
        found[word] = again + [reading for reading in found.get(word, ()) if reading.chain not in in_play]
    totals, leanings = _totals(found, in_play), {chain: _leanings(words, found, chain) for chain in in_play}
    return {word: verdict for word, options in found.items() if (verdict := _decide(word, options, totals, leanings, proven))}


def _is_shown(chain: Chain, found: Mapping[str, list[Reading]], words: Mapping[str, Word]) -> bool:
    """Whether half of what a chain reads stands undamaged on the same lines: then the damage is shown beside what was meant, on purpose."""
    readings_of = {word: reading for word, options in found.items() for reading in options if reading.chain == chain and reading.gain >= CLEAR}
    sound = {(_core(word), line) for word, kind in words.items() if word not in readings_of for line in kind.lines}
    shown = sum(any((_core(reading.text), line) in sound for line in words[word].lines) for word, reading in readings_of.items())
    return shown * 2 >= max(1, len(readings_of))


def _best(word: str, options: Iterable[Reading], in_play: Sequence[Chain]) -> str:
    """The text of the best reading by a chain in play, else the word."""
    return max(((reading.gain, reading.text) for reading in options if reading.chain in in_play), default=(0.0, word))[1]


def _cost(chain: Chain, proven: Mapping[str, int]) -> float:
    return 0.0 if f"mojibake.{name(chain)}" in proven else DAMAGED + nats(chain)


def name(chain: Chain) -> str:
    """The rule of a chain: `utf-8-as-cp1252`, or `cp1254-as-latin-1+utf-8-as-cp1252` for the misreadings in the order in which they happened."""
    return "+".join(step.name for step in reversed(chain))


def _is_believable(chain: Chain, gain: float, found: Sequence[Reading]) -> bool:
    """Whether what a chain makes of the words is ordinary text, and enough of it.

    A word of the lists is witness enough, or letters that cost as much as a word, or two different signs: one rare letter that could be another is
    none. Valid UTF-8 and C1 controls need no witness.
    """
    if all(step in CERTAIN or step.meant == "utf-8" for step in chain):
        return True
    strain, known = sum(reading.account.strain for reading in found), any(reading.account.known for reading in found)
    return sum(map(_witnesses, found)) >= 1.0 and strain <= (STRAIN if known or len(found) > 2 else LONE_STRAIN) * gain


def _witnesses(reading: Reading) -> float:
    """How good a witness a reading is for its chain; 1.0 is enough."""
    account = reading.account
    if account.known or account.letters > 1:
        return 1.0 if account.known else account.letter_nats / WITNESSED
    return 0.3 if account.letters else 0.5 * all(is_common(char) for char in reading.text if char > "\x7f")


def _elect(found: Mapping[str, list[Reading]], in_play: Sequence[Chain], proven: Mapping[str, int]) -> list[Chain]:
    """The chains that explain the words: again and again the one that gains most beyond those already in play, while it pays for itself."""
    gained = {word: max((reading.gain for reading in options if reading.chain in in_play), default=0.0) for word, options in found.items()}
    elected: list[Chain] = []
    while True:
        totals: dict[Chain, dict[str, tuple[float, Reading]]] = {}
        for word, options in found.items():
            for reading in options:
                more = reading.gain - gained[word]
                if more > 0:
                    core = _core(word)  # the same letters in other brackets are no second witness
                    mine = totals.setdefault(reading.chain, {})
                    if core not in mine or mine[core][0] < more:
                        mine[core] = more, reading
        sums = ((sum(gain for gain, _ in mine.values()), [reading for _, reading in mine.values()], chain) for chain, mine in totals.items())
        net, chain = max(((gain - _cost(chain, proven), chain) for gain, readings, chain in sums if _is_believable(chain, gain, readings)), default=(0.0, ()))
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


def _leanings(words: Mapping[str, Word], found: Mapping[str, list[Reading]], chain: Chain) -> dict[str, float]:
    """For each word, by how many nats the others speak for its being damaged by `chain`: the log odds of those clearly damaged to those clearly not.

    The words of its own lines count fully, those of the rest of the document little: two languages in two codecs may share a file.
    """
    signs: dict[str, int] = {}
    for word in words:
        gain = max((reading.gain for reading in found[word] if reading.chain == chain), default=None)
        if gain is None:
            signs[word] = -1 if undo(word, chain[0]) else 0
        else:
            signs[word] = 1 if gain >= CLEAR else 0
    damaged, sound = sum(sign == 1 for sign in signs.values()), sum(sign == -1 for sign in signs.values())
    lines: dict[int, list[int]] = {}
    for word, kind in words.items():
        for line in kind.lines:
            count = lines.setdefault(line, [0, 0])
            count[0] += signs[word] == 1
            count[1] += signs[word] == -1
    leanings = {}
    for word, kind in words.items():
        one, other = signs[word] == 1, signs[word] == -1
        with_it = sum(lines[line][0] - one for line in kind.lines) + ELSEWHERE * (damaged - one)
        against = sum(lines[line][1] - other for line in kind.lines) + ELSEWHERE * (sound - other)
        odds = (with_it + RARELY_PART) / (against + RARELY_PART)
        leanings[word] = max(-MOST, min(MOST, math.log(odds)))
    return leanings


def _decide(
    word: str,
    options: list[Reading],
    totals: Mapping[Chain, Mapping[str, float]],
    leanings: Mapping[Chain, Mapping[str, float]],
    proven: Mapping[str, int],
) -> Verdict | None:
    """The best reading of a word, all chains considered: what the other words do not pay of a chain's cost it must pay here."""
    priced = []
    for reading in options:
        if reading.chain not in totals and not _is_believable(reading.chain, reading.gain, [reading]):
            continue
        paid = totals.get(reading.chain, {})
        others = sum(paid.values()) - paid.get(_core(word), 0.0)
        owed = max(0.0, _cost(reading.chain, proven) - others)
        priced.append((reading.gain + (leanings[reading.chain][word] if reading.chain in leanings else -PLACE) - owed, reading))
    priced.sort(reverse=True)
    if not priced or priced[0][0] <= 0:
        return None
    margin = priced[0][0] - max([0.0, *(net for net, _ in priced[1:2])])
    return Verdict(priced[0][1], margin, priced[1][1] if len(priced) > 1 else None)
