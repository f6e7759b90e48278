"""Weigh, for each mark, what it may have been: the rows, the words, the pairs, and what the rest of the document shows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from summitfix.core import SURE, Document
from summitfix.passes.glyphs.clauses import SELDOM, UNLIKELY, clause, is_dash_rare, question
from summitfix.passes.glyphs.cuts import cut
from summitfix.passes.glyphs.guards import Surroundings
from summitfix.passes.glyphs.guess import CAP, CLOSING, LOST, Guess
from summitfix.passes.glyphs.habits import Habits
from summitfix.passes.glyphs.letters import letter
from summitfix.passes.glyphs.marks import Mark, endings, marks
from summitfix.passes.glyphs.quotes import Pair, inverted, pairs, spaced
from summitfix.passes.glyphs.rows import matches
from summitfix.words import zipf

CERTAIN = 6.0
"""Nats in favour of a loss if the mark is no question mark: U+FFFD stands in no text on purpose, except in text about it."""

TRIPLE = 2.5
"""Nats if it is three question marks: one for each byte of a curly glyph in UTF-8."""

OTHERS = (0.0, 2.4, 4.0, 4.7)
"""Nats that no, one, two, three other sure losses in the document add; each doubling of these adds another one."""

LACKS, HAS = 4.0, -2.0
"""Nats if the codec of the document lacks the glyph, or has it."""

DENSE, SPAN = 12, 40
"""More marks than 12 within so many code points are no prose, whatever was lost."""

SPANISH = frozenset({"es", "gl"})
"""Languages that open a question with a sign of its own."""

PROVEN = 2
"""After so many letters surely lost, the question marks at the ends of words are looked at too."""

LEAST = 0.3
"""A guess of less confidence is not worth a doubt."""

UNPAIRED = 0.9
"""The share of quotation marks among the marks before a word that nothing closes, where dashes are set so too."""

TIGHT = frozenset({"tr", "es", "pt", "fr"})
"""Languages in which some set dashes close to the word behind them: –palabra."""

CITED = 4.0
"""The weight of an opening mark, that nothing closes, from which its citation proves it."""


def guesses(document: Document) -> list[Guess]:
    """What was lost in `document`, sorted and disjoint, sure or not."""
    known, around = Habits(document), Surroundings(document.text)
    places = _loose(sorted(marks(document.text)))
    found = {mark.start: guess for mark in places if (guess := _single(around, mark, known)) is not None}
    if sum(guess.rule == "letter" and guess.kind == "?" and guess.confidence >= SURE for guess in found.values()) >= PROVEN:
        for mark in endings(document.text):
            if mark.start not in found and (guess := _single(around, mark, known)) is not None and guess.rule == "letter":
                found[mark.start] = guess
    taken = {start for start, guess in found.items() if _is_taken(guess, known)}
    for guess in (*_inverted(around, places, found, known), *_quoted(around, places, taken, known), *_spaced(around, known), *_listed(around, places, known)):
        if guess.start not in found or found[guess.start].nats < guess.nats:
            found[guess.start] = guess
    return _disjoint(_supported(list(found.values())))


def _loose(places: list[Mark]) -> list[Mark]:
    """The marks without those that stand too close together to be in words."""
    crowd = {k for i in range(len(places) - DENSE) if places[i + DENSE].start - places[i].start <= SPAN for k in range(i, i + DENSE + 1)}
    return [mark for i, mark in enumerate(places) if i not in crowd]


def _is_taken(guess: Guess, known: Habits) -> bool:
    """Whether a mark is so likely something else that it is no quotation mark."""
    if guess.rule == "plural-possessive":
        return False
    nats = guess.nats - (CERTAIN if guess.kind == LOST else 0.0)
    return nats >= 3.0 or guess.kind == "^" or (guess.rule == "letter" and nats > 0.0 and known.language != "en")


def _single(around: Surroundings, mark: Mark, known: Habits) -> Guess | None:
    """The best guess at one mark by itself, quotation marks apart."""
    if mark.kind not in {"?", LOST}:
        return cut(around, mark)
    text = around.text
    found = list(_by_shape(text, mark, known))
    lost = letter(text, mark.start, mark.end, known)
    if lost is not None and (lost.share > 0.5 or not found):
        nats = lost.weight + _codec(known, lost.glyph) - _misfit(text, mark, lost.glyph)
        found.append(Guess(mark.start, mark.end, lost.glyph, "letter", f"letter lost: {lost.word}", mark.kind, nats, lost.share))
    if not found:
        return None
    best = max(found, key=lambda guess: guess.nats + math.log(guess.share))
    ternary = 6.0 if TERNARY.match(text, mark.end) and known.language != "fr" else 0.0
    return best._replace(nats=best.nats + _certain(mark) - around.suspicion(mark) - ternary)


def _by_shape(text: str, mark: Mark, known: Habits) -> Iterator[Guess]:
    """What the rows make of a mark."""
    size = mark.end - mark.start
    for row, weight in matches(text, mark.start, mark.end, known):
        glyph = _glyph(row.glyph, known)
        if not glyph:
            continue
        nats = weight + _codec(known, glyph) - _misfit(text, mark, glyph)
        if row.name == "joined clauses" and not (size == 3 or _are_words(text, mark, known.language)):
            continue
        if row.glyph == "range":
            nats -= _descent(text, mark)
        if row.name == "clause":
            nats += clause(text, mark, known)
        if row.name == "word":
            nats -= (question(text, mark) if mark.kind == "?" else 0.0) + (UNLIKELY if known.loses_letters is False else 0.0)
        share = row.share
        if row.name == "clause" and mark.end - mark.start < 3 and is_dash_rare(text, mark, known):
            share = SELDOM
        yield Guess(mark.start, mark.end, glyph, row.name.replace(" ", "-"), _note(text, mark, row.name), mark.kind, nats, share)


def _certain(mark: Mark) -> float:
    """Nats that something was lost, by what the mark is made of."""
    return CERTAIN if mark.kind != "?" else TRIPLE if mark.end - mark.start == 3 else 0.0


def _inverted(around: Surroundings, places: list[Mark], found: dict[int, Guess], known: Habits) -> Iterator[Guess]:
    """The guesses that are signs before a Spanish question or exclamation."""
    for mark in places if known.language in SPANISH else ():
        if mark.kind in {"?", LOST} and mark.start not in found and (sign := inverted(around.text, mark)) is not None:
            nats = sign[1] - around.suspicion(mark) + _certain(mark)
            yield Guess(mark.start, mark.end, sign[0], "inverted", f"{sign[0]} lost", mark.kind, nats)


def _spaced(around: Surroundings, known: Habits) -> Iterator[Guess]:
    """The guesses that are French quotation marks, which have spaces inside."""
    for opening, closing, weight in spaced(around.text) if known.language == "fr" else ():
        nats = _certain(opening) + weight - around.suspicion(opening)
        for mark, glyph, rule in ((opening, "«", "quote"), (closing, "»", CLOSING)):
            yield Guess(mark.start, mark.end, glyph, rule, "quotation marks lost", mark.kind, nats)


def _quoted(around: Surroundings, places: list[Mark], taken: set[int], known: Habits) -> Iterator[Guess]:
    """The guesses that are pairs of quotation marks."""
    text = around.text
    for pair in pairs(text, (mark for mark in places if mark.kind in {"?", LOST}), taken, known.language, loses_letters=bool(known.loses_letters)):
        nats = _certain(pair.opening) + pair.weight - around.suspicion(pair.opening) + _codec(known, known.quotes[0])
        if known.language in SPANISH and (sign := inverted(text, pair.opening)) is not None and sign[1] > 0:
            nats -= 6.0
        if known.language != "en" and _begins_word(text, pair, known):
            nats -= 6.0
        if pair.closing is not None and known.language != "en" and (lost := letter(text, pair.closing.start, pair.closing.end, known)) and lost.weight > 1.0:
            nats -= 6.0
        share = UNPAIRED if pair.closing is None and pair.weight < CITED and known.language in TIGHT else CAP
        opening, closing = known.quotes
        note = "quotation marks lost" if pair.closing else "opening quotation mark lost"
        yield Guess(*pair.opening[:2], opening, "quote", note, pair.opening.kind, nats, share)
        if pair.closing is not None:
            yield Guess(*pair.closing[:2], closing, CLOSING, note, pair.closing.kind, nats)


def _begins_word(text: str, pair: Pair, known: Habits) -> bool:
    """Whether a letter at the opening mark makes a commoner word of what stands behind it; for one that is never closed any word."""
    lost = letter(text, pair.opening.start, pair.opening.end, known)
    return lost is not None and (lost.weight > 1.0 or (pair.closing is None and known.loses_letters is not False))


def _listed(around: Surroundings, places: list[Mark], known: Habits) -> Iterator[Guess]:
    """The guesses that are bullets: the same mark at the starts of lines near each other, which are no speech."""
    text = around.text
    items = [mark for mark in places if mark.kind in {"?", LOST} and _begins_line(text, mark.start)]
    items = [mark for mark in items if ITEM.match(text, mark.end)]
    for one, mark, other in zip([None, *items], items, [*items[1:], None], strict=False):
        if any(near and abs(near.start - mark.start) < NEAR and text[near.start : near.end] == text[mark.start : mark.end] for near in (one, other)):
            nats = BULLET + _certain(mark) - around.suspicion(mark)
            yield Guess(mark.start, mark.end, known.bullet, "bullet", "bullets lost", mark.kind, nats)


def _begins_line(text: str, place: int) -> bool:
    """Whether there is but space between a place and the begin of its line, which may be indented as far as the next item is off."""
    begin = text.rfind("\n", max(0, place - NEAR), place) + 1
    return (begin > 0 or place <= NEAR) and not text[begin:place].strip()


ITEM = re.compile(r"[ \t]+[^\W_](?:[^.!?\n]|[.!?](?=\S)){0,300}[^.!?…\s](?=\n|\Z)")
"""What stands behind a bullet: a line that ends as no sentence does, for speech has dashes."""

NEAR = 300
"""Within so many code points a list has its next item."""

BULLET = 0.6
"""Nats for a bullet: `? file` is how version control lists files, and how YAML begins a key."""


def _glyph(glyph: str, known: Habits) -> str:
    return known.dash if glyph == "dash" else "–" if glyph == "range" else known.currency if glyph == "currency" else glyph


def _misfit(text: str, mark: Mark, glyph: str) -> float:
    """Nats against a glyph that has another number of bytes in UTF-8 than there are signs in the mark. One sign may stand for any glyph."""
    size = 1 if text[mark.start] == "â" else mark.end - mark.start
    if size == 1 or sum(len(letter.encode()) for letter in glyph) in {size, 2 * size}:
        return 0.0
    return 4.0 if size == 3 else 2.0  # the glyphs of CJK codecs have two bytes


def _descent(text: str, mark: Mark) -> float:
    """Nats against a range that does not go up; 1998?99 does."""
    left, right = re.search(r"\d+\Z", text[max(0, mark.start - 6) : mark.start]), re.compile(r"\d+").match(text, mark.end)
    if left is None or right is None or int(left[0]) < int(right[0]) or (len(left[0]) == 4 and len(right[0]) == 2 and left[0][2:] < right[0]):
        return 0.0
    return 5.0


def _codec(known: Habits, glyph: str) -> float:
    lacks = known.lacks(glyph)
    return 0.0 if lacks is None else LACKS if lacks else HAS


def _note(text: str, mark: Mark, name: str) -> str:
    left = re.split(r"\s", text[max(0, mark.start - 20) : mark.start])[-1]
    right = re.split(r"\s", text[mark.end : mark.end + 20])[0]
    return f"{name}: {left}{text[mark.start : mark.end]}{right}" if left or right else name


def _are_words(text: str, mark: Mark, language: str) -> bool:
    """Whether there are common words on both sides of the mark."""
    left = re.search(r"[^\W\d_]+\Z", text[max(0, mark.start - 30) : mark.start])
    right = re.compile(r"[^\W\d_]+").match(text, mark.end)
    return bool(left and right and min(zipf(left[0], language), zipf(right[0], language)) >= 3.5)


TERNARY = re.compile(r"[^?:\n]{1,60}\s:\s")
"""What stands behind the mark of `late?now : then`; in French of words before a colon too."""


def _supported(found: list[Guess]) -> list[Guess]:
    """The guesses with what they lend each other: a document that lost one glyph has lost others."""
    sure = sum(guess.is_witness for guess in found)
    for _ in range(2):
        support = _support(sure)
        result = [guess._replace(nats=guess.nats + support) if guess.kind == "?" and guess.confidence < SURE else guess for guess in found]
        if (now := sum(guess.is_witness for guess in result)) <= sure:
            return result
        sure = now
    return result


def _support(sure: int) -> float:
    """Nats that so many other sure losses add to a guess."""
    return OTHERS[sure] if sure < len(OTHERS) else OTHERS[-1] + math.log2(sure / (len(OTHERS) - 1))


def _disjoint(found: list[Guess]) -> list[Guess]:
    """The likelier ones of those that overlap, in order."""
    chosen: list[Guess] = []
    for guess in sorted(found):
        if guess.confidence < LEAST:
            continue
        if chosen and guess.start < chosen[-1].end:
            if guess.nats <= chosen[-1].nats:
                continue
            chosen.pop()
        chosen.append(guess)
    return chosen
