"""Which chains of misreadings are in play in a document, and what each of its words was."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from summitfix import codecs
from summitfix.codecs import MULTI_BYTE
from summitfix.language import Prior, account, languages
from summitfix.rereading.readings import Reading, chains, readings, undo
from summitfix.rereading.rows import CERTAIN, Chain, are_cousins, name, nats
from summitfix.scripts import marks
from summitfix.signs import is_common, sign_nats

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

COUSIN = 2.0
"""What a chain costs when one is in play that differs from it only within a family of codecs."""

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


WITNESSED = 18.0
"""How many nats of letters that no word list knows are as good a witness as a known word: seven Latin letters, three syllables of Hangul."""

STRAIN = 0.25
"""How much dearer the words that a chain makes may be than ordinary ones, as a share of what it gains."""

UNUSUAL_WITNESSED = 0.6
"""How good a witness one UTF-8 sequence of two bytes needs that a rarer 8-bit codec is said to have read: two signs in a row are that by chance (`∆°`)."""

LONE_STRAIN = 0.08
"""The same for one word or two that no list knows: lists of accented letters make such words."""


class Word(NamedTuple):
    """What `solve` is told of a word: how suspicious it is in nats (0.0: not at all), and the numbers of the first few lines where it stands."""

    suspicion: float
    lines: tuple[int, ...]


def suspicion(word: str, prior: Prior) -> float:
    """By how many nats a word looks unlike good text; 0.0 if it is good text as it stands, so that no other reading need be sought."""
    found = account(word, prior, listed=False)
    if found.unknown and not found.excess:
        found = account(word, prior)
    if found.nats < CHEAP[0] * len(word) + CHEAP[1]:
        return 0.0
    if found.odd or found.excess or _RARE.search(word):
        return found.nats
    return max(0.0, found.strain + 1.0) if found.unknown else 0.0


SERIOUS = 5.0
"""How suspicious a word must be to be looked at when the VOTERS most suspicious ones have shown no damage."""

CHEAP = (1.0, 8.0)
"""A word that costs less than this a character, and this in all, has no reading that would pay for saying that the document is damaged."""


_RARE = re.compile(
    "[\x80-\xa0¢¤-¦¨ª¬-¯±-¶¸-ºÃÂ¼-¾×÷\u02c6-\u02dd\u0300-\u036f\u201a\u2020-\u2022\u2030-\u203a\u20ac-\u2fff\ua000-\uabff\ue000-\U0010ffff]"
    "|[^\\W\\d_][¡¿£§©«®°†-•‰€™“„‘]|[£§©®»†-•‰€™][^\\W\\d_]|[¡¿](?![^\\W\\d_])|(?<![0-9])°"
)
"""Signs that are rare in good text or are what the bytes of other text often become."""


def solve(words: Mapping[str, Word], prior: Prior, proven: Mapping[str, int]) -> dict[str, Verdict]:
    """The verdicts on the distinct `words` of a document for which some reading is better than leaving them.

    `words` are those that hold a character beyond ASCII; those that are not suspicious are judged only by chains that others have proven.
    `proven` counts the rows of which earlier blocks or rounds were sure.
    """
    found: dict[str, list[Reading]] = {}
    in_play: list[Chain] = []
    waiting = sorted((word for word, kind in words.items() if kind.suspicion), key=lambda word: -words[word].suspicion)
    while waiting:
        voters, waiting = waiting[:VOTERS], waiting[VOTERS:]
        for word in voters:
            found[word] = readings(word, chains(word), prior)
        elected = _elect({word: found[word] for word in voters}, in_play, proven)
        if elected:
            in_play += elected
            for word in waiting:
                found[word] = readings(word, in_play, prior)
            waiting = [word for word in waiting if not found[word]]
        elif not in_play:
            waiting = [word for word in waiting if words[word].suspicion >= SERIOUS]
    shown = _shown(found, words)
    words = {word: kind for word, kind in words.items() if word not in shown}
    found = {word: options for word, options in found.items() if word not in shown}
    if not in_play:
        return {word: verdict for word, options in found.items() if (verdict := _decide(word, options, {}, {}, proven))}
    told = languages([*(word for word in words if word not in found), *(_best(word, options, in_play) for word, options in found.items())])
    for word in words:
        again = readings(word, in_play, told, least=-MOST)
        found[word] = again + [reading for reading in found.get(word, ()) if reading.chain not in in_play]
    totals, leanings = _totals(found, in_play), {chain: _leanings(words, found, chain) for chain in in_play}
    return {word: verdict for word, options in found.items() if (verdict := _decide(word, options, totals, leanings, proven))}


def _shown(found: Mapping[str, list[Reading]], words: Mapping[str, Word]) -> set[str]:
    """The words that are damaged on purpose: those of a chain half of whose readings stand undamaged on the same lines, beside what they show."""
    readings_by: dict[Chain, dict[str, Reading]] = {}
    for word, options in found.items():
        for reading in options:
            if reading.gain >= CLEAR:
                readings_by.setdefault(reading.chain, {})[word] = reading
    shown: set[str] = set()
    for mine in readings_by.values():
        sound = {(_core(word), line) for word, kind in words.items() if word not in mine for line in kind.lines}
        if 2 * sum(any((_core(reading.text), line) in sound for line in words[word].lines) for word, reading in mine.items()) >= len(mine):
            shown |= mine.keys()
    return shown


def _best(word: str, options: Iterable[Reading], in_play: Sequence[Chain]) -> str:
    """The text of the best reading by a chain in play, else the word."""
    return max(((reading.gain, reading.text) for reading in options if reading.chain in in_play), default=(0.0, word))[1]


def _cost(chain: Chain, proven: Mapping[str, int], in_play: Iterable[Chain] = ()) -> float:
    """What must be paid before a chain is believed: nothing if it was proven before, little if a near relative is in play."""
    if f"mojibake.{name(chain)}" in proven:
        return 0.0
    return COUSIN if any(are_cousins(chain, other) for other in in_play) else DAMAGED + nats(chain)


def _is_believable(chain: Chain, gain: float, found: Sequence[Reading]) -> bool:
    """Whether what a chain makes of the words is ordinary text, and enough of it.

    A word of the lists is witness enough, or letters that cost as much as a word, or two different signs: one rare letter that could be another is
    none. Valid UTF-8 and C1 controls need no witness.
    """
    if all(step in CERTAIN or step.meant == "utf-8" for step in chain):
        usual = chain[0].read in ("latin-1", "cp1252", *MULTI_BYTE) or len(found) > 1 or found[0].replaced > 2
        return (usual or _witnesses(found[0]) >= UNUSUAL_WITNESSED) and not (len(found) == 1 and _is_chance(found[0]))
    if len(chain) > 1 and not any(reading.brought.known for reading in found):
        return False  # the UTF-8 around it gains so much that it would pay for anything
    strain, known = sum(reading.account.strain for reading in found), any(reading.account.known for reading in found)
    return sum(map(_witnesses, found)) >= 1.0 and strain <= (STRAIN if known or len(found) > 2 else LONE_STRAIN) * gain


_CLOSED = re.compile("[\x80-\U0010ffff][‘’“”–—…]")


def _is_chance(reading: Reading) -> bool:
    """Whether a reading may be valid UTF-8 by chance: three letters that make one sign that nobody uses (`Ôôô`), a letter before a quotation mark."""
    signs = [char for char in reading.text if char > "\x7f"]
    if len(reading.chain) > 1 or reading.chain[0].read not in codecs.EIGHT_BIT or len(signs) != 1 or reading.account.known:
        return False
    before = codecs.decode("".join(signs).encode(), reading.chain[0].read)
    return _CLOSED.fullmatch(before) is not None or (before.isalpha() and not signs[0].isalpha() and sign_nats(signs[0]) > 9.0)


def _witnesses(reading: Reading) -> float:
    """How good a witness a reading is for its chain; 1.0 is enough. A word of letters is no better a witness for being rare."""
    brought = reading.brought
    if brought.known or brought.letters > 1:
        ideographic = brought.letter_nats > 4.5 * brought.letters
        return 1.0 if brought.known else (brought.letter_nats if ideographic else 2.6 * brought.letters) / WITNESSED
    if brought.letters:
        return 0.3
    if reading.chain[0].read in MULTI_BYTE and reading.replaced == 1:
        return 0.0  # `†` for `Ｅ`: every sign is another one in another codec
    if not any(char.isalnum() for char in reading.text):
        return 0.0  # `æ` for `‘`: a quotation mark that stands alone opens nothing
    return 0.5 * all(is_common(char) for char, mark in zip(reading.text, marks(reading.text), strict=True) if mark == "*")


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


_AROUND = re.compile(r"^[\x00-\x7f]+|[\x00-\x7f]+$")
_EDGES = re.compile(r"^[\x00-/:-@\[-`{-\x7f]+|[\x00-/:-@\[-`{-\x7f]+$")


def _core(word: str) -> str:
    """A word without the ASCII signs around it; without the ASCII letters too if only signs are left: `x²` and `y²` are one witness for `²`."""
    signs = _AROUND.sub("", word)
    return _EDGES.sub("", word) if any(map(str.isalpha, signs)) else signs


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
        cousin = any(are_cousins(reading.chain, other) for other in totals)
        if reading.chain not in totals and not cousin and not _is_believable(reading.chain, reading.gain, [reading]):
            continue
        paid = totals.get(reading.chain, {})
        others = sum(paid.values()) - paid.get(_core(word), 0.0)
        owed = max(0.0, _cost(reading.chain, proven, totals) - others)
        priced.append((reading.gain + (leanings[reading.chain][word] if reading.chain in leanings else -PLACE) - owed, reading))
    priced.sort(reverse=True)
    if not priced or priced[0][0] <= 0:
        return None
    margin = priced[0][0] - max([0.0, *(net for net, _ in priced[1:2])])
    return Verdict(priced[0][1], margin, priced[1][1] if len(priced) > 1 else None)
