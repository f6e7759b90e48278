"""Weigh, for each mark, what it may have been: the rows, the words, the pairs, and what the rest of the document shows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from summitfix.core import SURE, Document, Reason, confidence
from summitfix.passes.glyphs.guards import Surroundings, words_before, words_behind
from summitfix.passes.glyphs.habits import Habits
from summitfix.passes.glyphs.letters import letter
from summitfix.passes.glyphs.marks import Mark, endings, marks
from summitfix.passes.glyphs.quotes import QUESTION, Pair, inverted, pairs, spaced
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

PAIRED = 1500
"""Within so many code points a quotation mark cut to its low byte has its partner; alone it separates fields."""

DENSE, SPAN = 12, 40
"""More marks than 12 within so many code points are no prose, whatever was lost."""

CUT_IN = (-2.0, 0.0, 3.5, 5.0, 5.5)
"""Nats for a control character with no, one, two, three, more words of prose around."""

LOST = "\ufffd"
"""The kind of a mark that tells of a loss, but not of what was lost."""

SPANISH = frozenset({"es", "gl"})
"""Languages that open a question with a sign of its own."""

LETTER_WORDS = frozenset({"fr", "it", "pt"})
"""Languages in which à, è or é is a word: there a mark between spaces is seldom a dash."""

PROVEN = 2
"""After so many letters surely lost, the question marks at the ends of words are looked at too."""

LEAST = 0.3
"""A guess of less confidence is not worth a doubt."""

CAP = 0.999
"""No guess is surer: what is lost is lost."""

WHICH = 0.77
"""By which power of it the doubt which of several glyphs was lost counts: of letters with a share of 0.95 to 0.98 some 95 in 100 were right."""

CLOSING = "closing-quote"


class Guess(NamedTuple):
    """What may have stood at a mark. `share` is the probability that it was this glyph if it was any, `nats` are the log odds that one was lost."""

    start: int
    end: int
    glyph: str
    rule: str
    note: str
    kind: str
    nats: float
    share: float = CAP

    @property
    def confidence(self) -> float:
        """The probability that the guess is right: no less than both doubts leave, that anything was lost and which glyph it was."""
        lost = confidence(-math.log(1.0 - min(CAP, 1 / (1 + math.exp(-self.nats)))))
        return max(0.0, lost - (1.0 - self.share) ** WHICH)

    @property
    def is_witness(self) -> bool:
        """Whether it is so sure that it tells of a converter that writes question marks. A pair of quotation marks is one witness, not two."""
        return self.kind == "?" and self.confidence >= SURE and self.rule != CLOSING

    @property
    def reason(self) -> Reason:
        """The guess as a reason."""
        return Reason(f"glyphs.{self.rule}", self.note, round(self.confidence, 4))


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
    for guess in (*_inverted(around, places, found, known), *_quoted(around, places, taken, known), *_spaced(around, known)):
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
        return _cut(around, mark)
    text = around.text
    found = list(_by_shape(text, mark, known))
    lost = letter(text, mark.start, mark.end, known)
    if lost is not None and (lost.share > 0.5 or not found):
        nats = lost.weight + _codec(known, lost.glyph) - _misfit(text, mark, lost.glyph)
        found.append(Guess(mark.start, mark.end, lost.glyph, "letter", f"letter lost: {lost.word}", mark.kind, nats, lost.share))
    if not found:
        return None
    best = max(found, key=lambda guess: guess.nats)
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
            nats += _clause(text, mark, known)
        if row.name == "word":
            nats -= (_question(text, mark) if mark.kind == "?" else 0.0) + (UNLIKELY if known.loses_letters is False else 0.0)
        share = row.share
        if row.name == "clause" and mark.end - mark.start < 3 and _is_dash_rare(text, mark, known):
            share = SELDOM
        yield Guess(mark.start, mark.end, glyph, row.name.replace(" ", "-"), _note(text, mark, row.name), mark.kind, nats, share)


UNLIKELY = 8.0
"""Nats against a letter where others of its kind are undamaged."""

SELDOM = 0.3
"""The share of dashes among the marks between spaces where à, è or é were lost too, or behind amounts, and nothing else is known of them."""

def _is_dash_rare(text: str, mark: Mark, known: Habits) -> bool:
    """Whether what stands between the spaces was more likely a letter than a dash, or the sign of a currency."""
    if known.language in LETTER_WORDS:
        return known.loses_letters is True
    return bool(known.currency) and AMOUNT.search(text[max(0, mark.start - 12) : mark.start]) is not None


AMOUNT = re.compile(r"(?<![\d\w])(?!(?:1\d|20)\d\d )\d{1,3}(?:[.,]?\d{2,3})* \Z")

SENTENCED = 4.0
"""Nats for a dash within a sentence of prose, capital at its start and a full stop at its end; writers of English put stray question marks there too."""


def _clause(text: str, mark: Mark, known: Habits) -> float:
    """Nats that the mark between two spaces is a dash, by its sentence."""
    size = mark.end - mark.start
    nats = 0.0
    if known.language in LETTER_WORDS:
        nats -= 3.0 if known.loses_letters and size < 3 else 2.5 if size == 1 and known.language == "fr" else 0.0
    if mark.kind == LOST:
        return nats + (1.0 if size == 3 else 0.0)
    if known.language != "fr" and _is_parenthesis(text, mark):
        return nats + 4.0
    question = _question(text, mark)
    if known.language not in {"en", "fr"} and not question and _is_sentence(text, mark, known.language):
        return nats + SENTENCED
    return nats - question


START = re.compile(r"(?:\A|(?<! )[.!?…:]\s+|\n\s*)[\"“„«(>*\s-]*([^\W\d_](?:[^.!…:\n](?<!\w\? ))*)\Z")
STOPPED = re.compile(r"(?:[^.!?\n]|(?<= )\?(?= )|\?(?=\w))*[^\W_][)”“»\"]?[.!…](?:\s|\Z)")


def _is_sentence(text: str, mark: Mark, language: str) -> bool:
    """Whether the mark stands within a sentence of prose, with words on both sides."""
    before, behind = START.search(text[max(0, mark.start - 300) : mark.start]), STOPPED.match(text, mark.end, mark.end + 300)
    if before is None or behind is None or not before[1][0].isupper():
        return False
    if language in SPACING and " ? " in before[1] + behind[0]:
        return False
    return PLAIN.search(before[1] + behind[0]) is None and len(before[1].split()) >= 2 and len(behind[0].split()) >= 2


SPACING = frozenset({"fr", "nl"})
"""Languages in which some set « quotation marks » with spaces."""

PLAIN = re.compile(r"[{}=<>$\\|_^~#]|\w\(")
"""What does not stand in a sentence of prose."""


def _certain(mark: Mark) -> float:
    """Nats that something was lost, by what the mark is made of."""
    return CERTAIN if mark.kind != "?" else TRIPLE if mark.end - mark.start == 3 else 0.0


class Cut(NamedTuple):
    """Where a glyph may stand of which the mark tells what it was: its `shape`, and the partners of which one must stand `ahead` of it or before."""

    glyph: str
    shape: str
    partners: str = ""
    ahead: bool = False


CUTS = (
    Cut("’", r"[\w.,!?)]¤| ¤\w"),
    Cut("‘", r"(?<!\w)¤\w"),
    Cut("“", r"(?<!\w)¤[\w‘.…$£€(]", "\x1d", ahead=True),
    Cut("“", r"[\w.,!?…]¤(?!\w)", "\x1e„"),
    Cut("”", r"[\w.,!?)…’%]¤(?!\w)", "\x1c\x1e“„"),
    Cut("„", r"(?<!\w)¤\w", "\x1c\x1d", ahead=True),
    Cut("–", r"[\w ”\"),.]¤[\w “\"(]"),
    Cut("—", r"[\w ”\"),.]¤[\w “\"(]"),
)
"""A quotation mark alone separates fields: U+001C and U+001D were made for that."""


def _cut(around: Surroundings, mark: Mark) -> Guess | None:
    """A glyph of which its mark tells what it was, where it may stand."""
    text, start, end = around.text, mark.start, mark.end
    beside = f"{text[max(0, start - 1) : start]}¤{text[end : end + 1]}"
    for cut in CUTS:
        if cut.glyph == mark.kind and re.search(cut.shape, beside) and _has_partner(text, mark, cut):
            nats = CUT_IN[min(4, words_before(text, start) + words_behind(text, end))]
            return Guess(start, end, mark.kind, "low-byte", f"U+{ord(mark.kind):04X} cut short", "^", nats - around.suspicion(mark))
    return None


def _has_partner(text: str, mark: Mark, cut: Cut) -> bool:
    """Whether there is one of the partners, and no letter where it should have space."""
    if not cut.partners:
        return True
    window = text[mark.end : mark.end + PAIRED] if cut.ahead else text[max(0, mark.start - PAIRED) : mark.start]
    shape = rf"[\w.,!?)…’%][{cut.partners}](?!\w)" if cut.ahead else rf"(?<!\w)[{cut.partners}](?=\S)"
    return re.search(shape, window) is not None


def _inverted(around: Surroundings, places: list[Mark], found: dict[int, Guess], known: Habits) -> Iterator[Guess]:
    """The guesses that are signs before a Spanish question or exclamation."""
    for mark in places if known.language in SPANISH else ():
        if mark.kind in {"?", LOST} and mark.start not in found and (sign := inverted(around.text, mark)) is not None:
            nats = sign[1] - around.suspicion(mark) + _certain(mark)
            yield Guess(mark.start, mark.end, sign[0], "inverted", f"{sign[0]} lost", mark.kind, nats)


def _spaced(around: Surroundings, known: Habits) -> Iterator[Guess]:
    """The guesses that are French quotation marks, which have spaces inside."""
    for opening, closing, weight in spaced(around.text, is_alone=known.loses_letters is False) if known.language == "fr" else ():
        nats = _certain(opening) + weight - around.suspicion(opening)
        for mark, glyph, rule in ((opening, "«", "quote"), (closing, "»", CLOSING)):
            yield Guess(mark.start, mark.end, glyph, rule, "quotation marks lost", mark.kind, nats)


def _quoted(around: Surroundings, places: list[Mark], taken: set[int], known: Habits) -> Iterator[Guess]:
    """The guesses that are pairs of quotation marks."""
    text = around.text
    for pair in pairs(text, (mark for mark in places if mark.kind in {"?", LOST}), taken, known.language):
        nats = _certain(pair.opening) + pair.weight - around.suspicion(pair.opening) + _codec(known, known.quotes[0])
        if known.language in SPANISH and (sign := inverted(text, pair.opening)) is not None and sign[1] > 0:
            nats -= 6.0
        if known.language != "en" and _begins_word(text, pair, known):
            nats -= 6.0
        if pair.closing is not None and known.language != "en" and (lost := letter(text, pair.closing.start, pair.closing.end, known)) and lost.weight > 1.0:
            nats -= 6.0
        opening, closing = known.quotes
        note = "quotation marks lost" if pair.closing else "opening quotation mark lost"
        yield Guess(*pair.opening[:2], opening, "quote", note, pair.opening.kind, nats)
        if pair.closing is not None:
            yield Guess(*pair.closing[:2], closing, CLOSING, note, pair.closing.kind, nats)


def _begins_word(text: str, pair: Pair, known: Habits) -> bool:
    """Whether a letter at the opening mark makes a commoner word of what stands behind it; for one that is never closed any word."""
    lost = letter(text, pair.opening.start, pair.opening.end, known)
    return lost is not None and (lost.weight > 1.0 or (pair.closing is None and known.loses_letters is not False))


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


ASIDE = re.compile(r"(?<=\w) (\?|\?\?\?|\ufffd{1,3}) (?=[a-z“\"(])[^.!?:;\ufffd]{8,120}(?<=[\w)”]) \1 (?=[a-z])")
"""Two dashes around an aside: glyph advances ? and so every line ? are the same."""


BLANK = re.compile(r"\n\s*\n")
SENTENCES = re.compile(r"[.!]\s|\n")


def _is_parenthesis(text: str, mark: Mark) -> bool:
    """Whether the mark is one of two, and no more, that set off an aside in a sentence of prose."""
    start = max(0, mark.start - 130)
    found = [pair for pair in ASIDE.finditer(text, start, mark.end + 130) if mark.start in {pair.start(1), pair.end() - 1 - len(pair[1])}]
    if len(found) != 1:
        return False
    before, behind = SENTENCES.split(text[start : found[0].start()])[-1], SENTENCES.split(text[found[0].end() : mark.end + 130], maxsplit=1)[0]
    if f" {found[0][1]} " in before + behind or BLANK.search(found[0][0]) or QUESTION.search(before):
        return False  # three and more separate the parts of something
    return words_before(text, found[0].start()) >= 2 and words_behind(text, found[0].end() - 1) >= 1 and len(found[0][0].split()) >= 4


def _are_words(text: str, mark: Mark, language: str) -> bool:
    """Whether there are common words on both sides of the mark."""
    left = re.search(r"[^\W\d_]+\Z", text[max(0, mark.start - 30) : mark.start])
    right = re.compile(r"[^\W\d_]+").match(text, mark.end)
    return bool(left and right and min(zipf(left[0], language), zipf(right[0], language)) >= 3.5)


TERNARY = re.compile(r"\w{1,20}\s+:\s")
"""What stands behind the mark of `late?now : then`; in French of a word before a colon too."""

ASKING = re.compile(r"(?i)\b(?:who|what|when|where|why|which|how|whose|whom)\b")


def _question(text: str, mark: Mark) -> float:
    """Nats by which the clause before the mark looks like a question."""
    left = text[max(0, mark.start - 300) : mark.start]
    clause = re.split(r"[.!?:;…](?=\s)|\n\s*\n", left)[-1].strip()
    if QUESTION.search(clause):
        return 6.0
    return 1.5 if ASKING.search(clause) else 0.0


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
