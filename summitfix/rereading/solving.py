"""Which chains of misreadings are in play in a document, and what each of its words was."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from summitfix import codecs
from summitfix.codecs import is_encodable
from summitfix.core import SURE, confidence
from summitfix.language import Prior, account
from summitfix.languages import languages
from summitfix.rereading.believing import FEW, is_judged, is_outnumbered, is_word, wordless
from summitfix.rereading.readings import Reading, readings
from summitfix.rereading.rows import DAMAGED, Chain, Step, are_cousins, is_proven, nats, needs_no_witness, told_of
from summitfix.rereading.sound import is_sound
from summitfix.rereading.undoing import made_by, may_be, undo
from summitfix.rereading.witnesses import NO_WITNESS, doubt, is_explained, vote

NEAR = 5
"""So many lines before and behind tell whether a chain leaves what it would have damaged: lists have a word or two on each."""

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

RARELY_PART = 0.05
"""What is added to both counts: little, because the words of a line are mostly all damaged or none."""

SETTLING = 3
"""So many words that it clearly explains settle that a chain is what happened."""

VOTERS, CALLED = 12, 4
"""How many words vote at a time, enough to prove a chain, and how many new ones are called: few enough to be quick."""


class Verdict(NamedTuple):
    """What to make of a word: its best reading, the margin in nats by which it is preferred to all others and to leaving the word, the runner-up."""

    reading: Reading
    margin: float
    runner_up: Reading | None

    @property
    def confidence(self) -> float:
        """The probability that the reading is right."""
        return confidence(self.margin)

    @property
    def note(self) -> str:
        """For a reader: what happened; behind a semicolon what that gains, and the runner-up."""
        told = f"{told_of(self.reading.chain)}; {self.reading.gain:.0f} nats likelier than the text as it stands"
        if self.runner_up:
            told += f"; next, {self.margin:.0f} nats behind: {self.runner_up.text!r}, {told_of(self.runner_up.chain)}"
        return told


class Word(NamedTuple):
    """What `solve` is told of a word: how suspicious it is in nats (0.0: not at all), and the numbers of the first few lines where it stands."""

    suspicion: float
    lines: tuple[int, ...]


def suspicion(word: str, prior: Prior) -> float:
    """By how many nats a word looks unlike good text; 0.0 if it is good text as it stands, so that no other reading need be sought."""
    if _is_alphabet(word) or is_sound(word):
        return 0.0
    found = account(word, prior, listed=False)
    if found.unknown and not found.excess:
        found = account(word, prior)
    if found.nats < CHEAP[0] * len(word) + CHEAP[1]:
        return 0.0
    if found.odd or found.excess or RARE.search(word) or _is_cut(word, prior):
        return found.nats
    return max(0.0, found.letter_nats - DEAR * found.letters - DEAR) if found.unknown else 0.0


_CUT = re.compile("^[^A-Za-z]*([a-z]{3,})[…—”“„]+$", re.IGNORECASE)


def _is_cut(word: str, prior: Prior) -> bool:
    """Whether a sign ends a word that ends like none: `attivit…`."""
    return any(account(match[1], prior, listed=False).nats > DEAR * len(match[1]) + DEAR for match in _CUT.finditer(word))


_CLASS = re.compile("a-z|A-Z|0-9|а-я|А-Я")


def _is_alphabet(word: str) -> bool:
    """Whether a word is a list: letters beyond ASCII whose base letters ascend (`àéïöü`, `ÂÎÛ`), or in pairs of capitals and small ones, currency signs.

    So is a class of a regular expression.
    """
    if _CLASS.search(word):
        return True
    beyond = [char for char in word if not char.isascii()]
    if len(beyond) >= 2 * PAIRED and [char.lower() for char in beyond[::2]] == beyond[1::2]:
        return True
    if len(set(beyond)) > 1 and all(unicodedata.category(char) == "Sc" for char in beyond):
        return True
    parts = [unicodedata.normalize("NFD", char.lower()) for char in beyond]
    bases, accents = [part[0] for part in parts], {part[1:] for part in parts}
    least = ACCENTED if len(accents) == 1 and "" not in accents and not any(char.isascii() and char.isalpha() for char in word) else LISTED
    return len(bases) >= least and len(set(bases)) >= least - (least == LISTED) and bases == sorted(bases)


LISTED = 5
"""So many letters in the order of the alphabet are a list of them."""

PAIRED = 3
"""So many capitals, each with its small letter behind it, are a list too."""

ACCENTED = 3
"""So many are where all have the same accent: `ÂÎÛ`, of which some codec of Cyrillic makes a word."""

SERIOUS = 5.0
"""How suspicious a word must be to be looked at when the VOTERS most suspicious ones have shown no damage."""

DEAR = 2.5
"""How many nats a letter, and in all, a word that no list knows may cost before another reading is sought."""

CHEAP = (1.0, 6.0)
"""A word that costs less than this a character, and this in all, has no reading that would pay for saying that the document is damaged."""


RARE = re.compile(
    "[\x80-\xa0¢¤-¦¨ª¬-¯±-¶¸-ºÃÂ¼-¾×÷\u02c6-\u02dd\u0300-\u036f\u201a\u2020-\u2022\u2030-\u203a\u20a0-\u2fff\u3300-\u33ff\ua000-\uabff\ue000-\U0010ffff]"
    "|[A-Za-z]·[A-Za-km-z]|¿[a-z]|[^\\W\\d_][¡¿£§©«®°†-•‰€™“„‘]|[£§©®»†-•‰€™][^\\W\\d_]|[¡¿](?![^\\W\\d_])|(?<![0-9])°"
)
"""Signs that are rare in good text or are what the bytes of other text often become."""


def solve(words: Mapping[str, Word], prior: Prior, proven: Mapping[str, int], sound: Set[str] = frozenset()) -> dict[str, Verdict]:
    """The verdicts on the distinct `words` of a document for which some reading is better than leaving them.

    `words` are those that hold a character beyond ASCII; those that are not suspicious are judged only by chains that others have proven.
    `proven` counts the rows of which earlier blocks or rounds were sure; words that are `sound` at a first look speak against all chains but those that
    others have proven.
    """
    found: dict[str, list[Reading]] = {}
    in_play: list[Chain] = []
    waiting = sorted((word for word, kind in words.items() if kind.suspicion), key=lambda word: -words[word].suspicion)
    voters: list[str] = []
    while waiting:
        called, waiting = waiting[:CALLED], waiting[CALLED:]
        for word in called:
            found[word] = [] if word in sound else first_readings(word, prior)
        voters = [*voters, *called][-VOTERS:]
        elected = _elect({word: found[word] for word in voters}, in_play, proven)
        if elected:
            in_play, voters = in_play + elected, []
            for word in waiting:
                found[word] = [] if word in sound else _readings(word, in_play, prior, 0.0)
            waiting = [word for word in waiting if not found[word]]
        elif not in_play and len(found) == VOTERS:
            waiting = [word for word in waiting if words[word].suspicion >= SERIOUS]
    shown = _shown(found, words, in_play)
    words = {word: kind for word, kind in words.items() if word not in shown}
    found = {word: options for word, options in found.items() if word not in shown}
    if not in_play:
        verdicts = {word: verdict for word, options in found.items() if (verdict := _decide(word, options, {}, {}, proven))}
        return _believed(verdicts, words, sound, proven, told=prior, prior=prior)
    read_so = (_best(word, options, in_play) for word, options in found.items())
    told = languages([*(word for word in words if word not in found), *read_so], prior.said)
    in_play += [chain for chain in _wider(in_play, found) if chain not in in_play]
    if sum(len(chain) == 1 and not needs_no_witness(chain) for chain in in_play) > 1:  # few voters may have been for a cousin of what explains all
        alone = {word: [reading for chain in in_play for reading in _readings(word, [chain], told, -MOST)] for word in found}
        in_play = list(dict.fromkeys([*_elect(alone, [], proven), *in_play]))
    settled = [chain for chain, gains in _totals(found, in_play).items() if sum(gain >= CLEAR for gain in gains.values()) >= SETTLING]
    for word in words:
        others = [reading.chain for reading in found.get(word, ()) if reading.chain not in in_play]
        found[word] = _readings(word, [*in_play, *others], told, -MOST, settled)
    totals, leanings = _totals(found, in_play), {chain: _leanings(words, found, chain, proven) for chain in in_play}
    verdicts = {word: verdict for word, options in found.items() if (verdict := _decide(word, options, totals, leanings, proven))}
    return _believed(verdicts, words, sound, proven, told=told, prior=prior)


def _believed(
    verdicts: dict[str, Verdict], words: Mapping[str, Word], sound: Set[str], proven: Mapping[str, int], *, told: Prior, prior: Prior
) -> dict[str, Verdict]:
    """The verdicts less those of chains that make no words, or that leave most of what they would have damaged.

    Where the words are suspects alone the `sound` ones stay too. `told` are the languages as the readings tell them, `prior` as the text does.
    """
    by: dict[Chain, dict[str, Reading]] = {}
    for word, verdict in verdicts.items():
        by.setdefault(verdict.reading.chain, {})[word] = verdict.reading
    staying = [*(word for word in words if word not in verdicts), *sorted(sound - words.keys())]
    unbelieved = wordless(by, staying, told, prior, proven)
    for chain in by.keys() - unbelieved:
        if is_judged(chain, proven):
            kin = {word for word, verdict in verdicts.items() if are_cousins(chain, verdict.reading.chain) and verdict.confidence >= SURE}
            found = {word: reading for word, reading in by[chain].items() if word in kin}
            lines = {line for word in found for line in words[word].lines}
            near = {line + off for line in lines for off in range(-NEAR, NEAR + 1)} if chain[0].read in codecs.EIGHT_BIT else lines
            few = chain[0].read in codecs.EIGHT_BIT and len(found) <= FEW and not any(map(is_word, found.values()))
            beside = (
                word
                for word, kind in words.items()
                if word not in kin and (few or not lines.isdisjoint(kind.lines) or (word not in verdicts and not near.isdisjoint(kind.lines)))
            )
            unbelieved |= {chain} if found and is_outnumbered(chain, [*found.values()], beside, told) else set()
    return {word: verdict for word, verdict in verdicts.items() if verdict.reading.chain not in unbelieved}


@lru_cache(maxsize=1 << 14)
def first_readings(word: str, prior: Prior, least: float = 0.0) -> list[Reading]:
    """The readings of a word by any chain. Not to be changed."""
    return readings(word, None, prior, least)


def _readings(word: str, chains: Iterable[Chain], prior: Prior, least: float, settled: Sequence[Chain] = ()) -> list[Reading]:
    """`readings`, at once none where no chain can have made any of a word."""
    possible = [chain for chain in chains if may_be(word, chain)]
    return readings(word, possible, prior, least, settled) if possible else []


def _wider(in_play: Iterable[Chain], unread: Iterable[str]) -> Iterator[Chain]:
    """For each legacy chain in play that latin-1 read the same by cp1252, which has all its letters, if that can have made more of some word."""
    for chain in in_play:
        if len(chain) == 1 and chain[0].read == "latin-1" and not needs_no_witness(chain):
            wider = (Step(chain[0].meant, "cp1252"),)
            if any(made_by(word, "cp1252") != made_by(word, "latin-1") for word in unread):
                yield wider


def _shown(found: Mapping[str, list[Reading]], words: Mapping[str, Word], in_play: Sequence[Chain]) -> set[str]:
    """The words that are damaged on purpose: those of a chain half of whose readings stand undamaged on the same lines, beside what they show."""
    readings_by: dict[Chain, dict[str, Reading]] = {}
    for word, options in found.items():
        for reading in options:
            if reading.gain >= CLEAR and reading.brought.letters and _core(reading.text) not in word:
                readings_by.setdefault(reading.chain, {})[word] = reading
    damaged = {word for word, options in found.items() if any(reading.gain >= CLEAR and reading.chain in in_play for reading in options)}
    shown: set[str] = set()
    for mine in readings_by.values():
        sound = {(_core(word), line) for word, kind in words.items() if word not in mine and word not in damaged for line in kind.lines}
        if 2 * sum(any((_core(reading.text), line) in sound for line in words[word].lines) for word, reading in mine.items()) > len(mine):
            shown |= mine.keys()
    return shown


def _best(word: str, options: Iterable[Reading], in_play: Sequence[Chain]) -> str:
    """The text of the best reading by a chain in play, else the word."""
    return max(((reading.gain, reading.text) for reading in options if reading.chain in in_play), default=(0.0, word))[1]


def _cost(chain: Chain, proven: Mapping[str, int], in_play: Iterable[Chain] = ()) -> float:
    """What must be paid before a chain is believed: nothing if it was proven before, little if a near relative is in play."""
    if is_proven(chain, proven):
        return 0.0
    if any(are_cousins(chain, other) for other in in_play):
        return COUSIN
    return DAMAGED + nats(chain)


def _elect(found: Mapping[str, list[Reading]], in_play: Sequence[Chain], proven: Mapping[str, int]) -> list[Chain]:
    """The chains that explain the words: again and again the one that gains most beyond those already in play, while it pays for itself."""
    gained = {word: max((reading.gain for reading in options if reading.chain in in_play), default=0.0) for word, options in found.items()}
    elected: list[Chain] = []
    while True:
        totals: dict[Chain, dict[str, tuple[float, Reading]]] = {}
        for word, options in found.items():
            for reading in options:
                more = vote(reading, reading.gain - gained[word])
                if more > 0:
                    core = _core(word)  # the same letters in other brackets are no second witness
                    mine = totals.setdefault(reading.chain, {})
                    if core not in mine or mine[core][0] < more:
                        mine[core] = more, reading
        sums = ((sum(gain for gain, _ in mine.values()), [reading for _, reading in mine.values()], chain) for chain, mine in totals.items())
        net, chain = max(((gain - _cost(chain, proven) - doubt(chain, readings, proven), chain) for gain, readings, chain in sums), default=(0.0, ()))
        if net <= 0:
            return elected
        elected.append(chain)
        for word, options in found.items():
            gained[word] = max([gained[word], *(reading.gain for reading in options if reading.chain == chain)])


_AROUND = re.compile(r"^[\x00-\x7f]+|(?<![\x00-\x7f])[\x00-\x7f]+$")
_PARTS = re.compile(r"(?<![^\W\d_])[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")


@lru_cache(maxsize=1 << 14)
def _core(word: str) -> str:
    """The letters of a word that has some beyond ASCII, else its signs: in other brackets or beside other words they are no second witness."""
    parts = {part for part in _PARTS.findall(word) if any(char.isalpha() for char in part if not char.isascii())}
    return " ".join(sorted(parts)) or _AROUND.sub("", word)


def _totals(found: Mapping[str, list[Reading]], in_play: Sequence[Chain]) -> dict[Chain, dict[str, float]]:
    """What each chain in play gains on the cores of the words that it reads best."""
    totals: dict[Chain, dict[str, float]] = {chain: {} for chain in in_play}
    for word, options in found.items():
        mine = max((reading for reading in options if reading.chain in totals and reading.gain > 0), default=None)
        if mine:
            core = _core(word)
            totals[mine.chain][core] = max(totals[mine.chain].get(core, 0.0), mine.gain)
    return totals


def _leanings(words: Mapping[str, Word], found: Mapping[str, list[Reading]], chain: Chain, proven: Mapping[str, int]) -> dict[str, float]:
    """For each word, by how many nats the others speak for its being damaged by `chain`: the log odds of those clearly damaged to those clearly not.

    The words of its own lines count fully, those of the rest of the document little: two languages in two codecs may share a file.
    """
    signs: dict[str, int] = {}
    may_be_mended = is_proven(chain, proven)  # then sound words may be those that it has mended
    for word in words:
        gain = max((reading.gain for reading in found[word] if reading.chain == chain), default=None)
        if gain is None:
            is_sound = undo(word, chain[0]) and not any(are_cousins(reading.chain, chain) for reading in found[word])
            signs[word] = -1 if is_sound and not (may_be_mended and is_encodable(word, chain[0].meant)) else 0
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


COMMON, RARITY = 4.5, 1.5
"""The nats of a misreading up to which one letter of one word may show it, and how often those above count then: `Śiva` is no `Živa`."""


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
        paid = totals.get(reading.chain, {})
        others = sum(paid.values()) - paid.get(_core(word), 0.0)
        beyond = 0.0 if reading.chain in totals or cousin else doubt(reading.chain, [reading], proven) + reading.gain - vote(reading, reading.gain)
        if others <= 0.0 and is_explained(word, reading):
            beyond += NO_WITNESS
        elif (
            others <= 0.0
            and not any(other != reading.chain and are_cousins(reading.chain, other) for other in totals)
            and reading.replaced == 1
            and len(reading.chain) == 1
        ):
            beyond += RARITY * max(0.0, reading.chain[0].nats - COMMON)
        owed = max(0.0, _cost(reading.chain, proven, totals) - others) + beyond
        priced.append((reading.gain + (leanings[reading.chain][word] if reading.chain in leanings else -PLACE) - owed, reading))
    priced.sort(reverse=True)
    if not priced or priced[0][0] <= 0:
        return None
    if len(priced) > 1 and priced[0][0] - priced[1][0] < CLEAR and priced[0][1].chain[: len(priced[1][1].chain)] == priced[1][1].chain:
        del priced[0]  # what is sure of it comes first; what remains is judged when that is done
    margin = priced[0][0] - max([0.0, *(net for net, _ in priced[1:2])])
    return Verdict(priced[0][1], margin, priced[1][1] if len(priced) > 1 else None)
