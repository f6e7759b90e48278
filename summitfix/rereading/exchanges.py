"""Is a word sound in a text of its language, whatever 8-bit codecs were exchanged?

What a misreading left was a word of the text's language as a rule, of that language's letters. Few exchanges of codecs make one letter of a language of
another of it, so that nearly all words that are spelled as the language spells are cleared at once: without the search, which takes a hundred times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from summitfix import codecs
from summitfix.language import Prior, account
from summitfix.model import SCALE, alphabet, fold
from summitfix.rereading import wear
from summitfix.rereading.lossy import READ
from summitfix.rereading.readings import LETTERED, WITNESS, is_by_chance
from summitfix.rereading.rows import STEPS
from summitfix.rereading.undoing import beyond_ascii, undo

LETTER = 12.5
"""What a letter costs at most that a language is seen to use, loanwords and the mistakes of its sources included, in nats."""

SIGNS = "…“”„‘’‚–—«»‹›•·°§"
"""Signs of running text; what stands for one may be a letter, and what stands for a letter one of them."""

SPELLED = (4.0, 10.0)
"""What the letters of a word cost at most that is cleared, each and in all, in nats: names too are spelled by the habits of a language."""

SHORTEST = 3
"""A word of fewer letters says nothing."""

_STEPS = [step for step in STEPS if {step.meant, step.read}.isdisjoint({*codecs.MULTI_BYTE, *codecs.ISLANDS})]
_WORD = re.compile(r"[^\W\d_]+")
HUMP = re.compile("[a-zß-öø-ÿα-ωά-ώа-џ][Α-ΩΆ-ΏЀ-ЯÀ-ÖØ-Þ]|[Α-ΩΆ-ΏЀ-ЯÀ-ÖØ-Þ]{2}[a-zß-öø-ÿα-ωά-ώа-џ]|[ß-öø-ÿ][A-Z]")
"""Capitals, one of them beyond ASCII, where a word has none: what exchanged codecs often make of small letters."""


class _Exchange(NamedTuple):
    """What an exchange of codecs would make of the letters of a language: `table` for those that it changes; `possible` are those that it may stand beside."""

    table: Mapping[int, str]
    changed: frozenset[str]
    possible: frozenset[str]


@cache
def _characters(language: str, script: str) -> frozenset[str]:
    """The letters beyond ASCII that a language uses, small ones and capitals, and the signs of running text."""
    letters = alphabet(script)
    place = letters.places[language]
    used = {letter for letter in letters.letters if letter > "\x7f" and letters.alone(letter)[place] <= LETTER * SCALE}
    return frozenset(used | {letter.upper() for letter in used if len(letter.upper()) == 1} | {*SIGNS})


@cache
def _exchanges(language: str, script: str) -> list[_Exchange]:
    characters = _characters(language, script)
    found: dict[tuple[tuple[str, str | None], ...], _Exchange] = {}
    held = {read: [(char, byte) for char, byte in codecs.bytes_of(read).items() if char in characters] for read in {step.read for step in _STEPS}}
    for step in _STEPS:
        table = codecs.table(step.meant)
        made = tuple([(char, other if (other := table[byte]) in characters else None) for char, byte in held[step.read] if table[byte] != char])
        if made not in found:
            changed = {char: other for char, other in made if other}
            lost = {char for char, other in made if not other}
            found[made] = _Exchange({ord(char): other for char, other in changed.items()}, frozenset(changed), characters - lost)
    return [exchange for exchange in found.values() if exchange.table]


def is_clear(piece: str, language: str, script: str, prior: Prior) -> bool:
    """Whether a piece of a text in a language is spelled as the language spells, and no other reading of it is better."""
    beyond = frozenset(char for char in piece if char > "\x7f")
    if not beyond <= _characters(language, script) or HUMP.search(piece):
        return False
    words = _WORD.findall(fold(piece))
    if sum(map(len, words)) < SHORTEST or not all(_is_spelled(word, language, script) for word in words if not word.isascii()):
        return False
    least = account(piece, prior).nats
    return all(account(other, prior).nats - said >= least for other, said in _others(piece, beyond, language, script))


def _others(piece: str, beyond: frozenset[str], language: str, script: str) -> Iterator[tuple[str, float]]:
    """What else a piece can have been: other letters of the language, or whatever UTF-8 says that a codec read; and what its bytes say for that, in nats."""
    for exchange in _exchanges(language, script):
        if beyond <= exchange.possible and not beyond.isdisjoint(exchange.changed):
            other = piece.translate(exchange.table)
            if not HUMP.search(other):
                yield other, 0.0
    for step in READ:
        undone = undo(piece, step) if wear.plain(step.read).search(piece) else None
        if undone and not (step.read in LETTERED and is_by_chance(piece, undone[0])):
            yield undone[0], WITNESS * beyond_ascii(undone[0])


def _is_spelled(word: str, language: str, script: str) -> bool:
    letters = alphabet(script)
    each, more = SPELLED
    return letters.spread(letters.lanes(word))[letters.places[language]] <= (each * len(word) + more) * SCALE
