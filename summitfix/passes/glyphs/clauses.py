"""What stands between two spaces: a dash within a sentence, or something else."""

from __future__ import annotations

import re

from summitfix.passes.glyphs.guards import words_before, words_behind
from summitfix.passes.glyphs.guess import LOST
from summitfix.passes.glyphs.habits import Habits
from summitfix.passes.glyphs.marks import Mark
from summitfix.passes.glyphs.quotes import QUESTION

LETTER_WORDS = frozenset({"fr", "it", "pt"})
"""Languages in which à, è or é is a word: there a mark between spaces is seldom a dash."""

UNLIKELY = 8.0
"""Nats against a letter where others of its kind are undamaged."""

SELDOM = 0.3
"""The share of dashes among the marks between spaces where à, è or é were lost too, or behind amounts, and nothing else is known of them."""


def is_dash_rare(text: str, mark: Mark, known: Habits) -> bool:
    """Whether what stands between the spaces was more likely a letter than a dash, or the sign of a currency."""
    if known.language in LETTER_WORDS and known.loses_letters:
        return True
    if known.language in SPACING and len(LOOSE.findall(text, max(0, mark.start - 150), mark.end + 150)) > 1:
        return not _is_parenthesis(text, mark)
    return bool(known.currency) and AMOUNT.search(text[max(0, mark.start - 12) : mark.start]) is not None


LOOSE = re.compile(r" [?\ufffd]{1,3}[ ,.;)]")
AMOUNT = re.compile(r"(?<![\d\w])(?!(?:1\d|20)\d\d )\d{1,3}(?:[.,]?\d{2,3})* \Z")

SENTENCED = 4.0
"""Nats for a dash within a sentence of prose, capital at its start and a full stop at its end; writers of English put stray question marks there too."""


def clause(text: str, mark: Mark, known: Habits) -> float:
    """Nats that the mark between two spaces is a dash, by its sentence."""
    size = mark.end - mark.start
    nats = 0.0
    if known.language in LETTER_WORDS:
        nats -= 3.0 if known.loses_letters and size < 3 else 2.5 if size == 1 and known.language == "fr" else 0.0
    if mark.kind == LOST:
        return nats + (1.0 if size == 3 else 0.0)
    if known.language != "fr" and _is_parenthesis(text, mark):
        return nats + 4.0
    asks = question(text, mark)
    if known.language not in {"en", "fr"} and not asks and _is_sentence(text, mark, known.language):
        return nats + SENTENCED
    return nats - asks


START = re.compile(r"(?:\A|(?<! )[.!?…:]\s+|\n\s*)[\"“„«(>*\s-]*([^\W\d_](?:[^.!…:\n](?<!\w\? ))*)\Z")
STOPPED = re.compile(r"(?:[^.!?\n]|\?(?=\w| [^\W\dA-ZÀ-ÞА-Я_])|(?<= )\?(?= (?![^\W\dA-ZÀ-ÞА-Я_])))*[^\W_][)”»\"]?[.!…](?:\s|\Z)")


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


TAGGED = re.compile(
    r"(?i)\bли\b|\bczy\b|\bm[ıiuü](?:s[ıi]n(?:[ıi]z)?|yd[ıi])?\Z"
    r"|, (?:oder|nicht|nicht wahr|verdad|no|non|né|hein|n’est-ce pas|да|нет|правда|right|ok|toch|va)\Z"
)
"""Particles and tags that make a question of a clause wherever its words stand."""

ASKING = re.compile(r"(?i)\b(?:who|what|when|where|why|which|how|whose|whom)\b")


def question(text: str, mark: Mark) -> float:
    """Nats by which the clause before the mark looks like a question."""
    left = text[max(0, mark.start - 300) : mark.start]
    clause = re.split(r"[.!?:;…](?=\s)|\n\s*\n", left)[-1].strip()
    if QUESTION.search(clause) or TAGGED.search(clause):
        return 6.0
    return 1.5 if ASKING.search(clause) else 0.0
