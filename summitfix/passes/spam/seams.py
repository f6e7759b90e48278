"""Spans at the head of a line that goes on behind them, and the seam they leave: whether taking one out joins a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from summitfix import words
from summitfix.passes.spam.evidence import BRAND, LINK, PRICE, TOKEN
from summitfix.passes.spam.page import CASELESS, UNSPACED, Page
from summitfix.scripts import NAMES

LAST_WORD = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]['’])[^\W\d_]+(?:['’][^\W\d_]+)*\Z")
FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ITEM = re.compile(r"[-*•·>#]\s|\d{1,3}[.)]\s")
"""How an item of a list begins: no word goes on there."""

KEY = re.compile(r"(['\"`])[\w.$@-]+\1\s*[:=]", re.ASCII)
"""How an entry of an object begins: `"undo-slot-only": "…"` is no advertisement before a translation."""

HOLDS_ON = "-–’'“‘(„«"
HANGS_ON = "-–’'”),.;:!?»"

RARE = 3.5
"""Zipf frequency below which a half is hardly a word by itself."""

BRIDGE = 12
"""Within how many characters behind a word that no row has the next phrase must begin for the word to belong to the advertisement."""

FREQUENT = 5.5
"""Zipf frequency of words that stand beside any other."""


class Span(NamedTuple):
    """A span under suspicion: its text is `start` to `end`; cutting it replaces `first` to `last` by `put`. `structure` says where it stands."""

    start: int
    end: int
    first: int
    last: int
    put: str
    place: str
    structure: tuple[str, ...] = ()


def seam(page: Page, number: int, right: int, *, on_line: bool, foreign: bool) -> tuple[tuple[str, ...], str | None]:
    """What taking out the text between the end of a line and offset `right` would mend, and what must stand there instead.

    A space stands for white space that is there already or is needed; None leaves the line break. `on_line` says that the span and what follows share
    a line: then the break came in with the span.
    """
    left = page.body(number)[1]
    spaced = page.lines[number][1] > left
    if left == page.lines[number][0] or page.is_ended(left) or page.plain[left - 1] in ":":
        return (), None
    before, behind = page.plain[left - 1], page.plain[right]
    kept = " " if spaced else ("\n" if not on_line else " ")
    if page.marks[left - 1] == page.marks[right] == page.main:
        if page.main in UNSPACED:
            stopped = page.main == "j" and left - page.lines[number][0] >= 8  # Thai has no mark for the end of a sentence
            return (("split text",) if foreign else ("breaks a sentence",) if stopped else ()), ""
        if page.main in CASELESS:
            return (("split text",) if foreign else ()), " " if spaced else ("" if on_line else kept)
        if behind.islower() or (behind.isupper() and before.isupper()):
            return _halves(page, left, right, spaced=spaced, on_line=on_line)
        return (("breaks a sentence",) if on_line and foreign and page.is_prose(number) else ()), kept
    if (before in HOLDS_ON or behind in HANGS_ON) and not spaced and on_line:
        return ("breaks a sentence",), ""
    if behind.islower() or (before == "," and page.is_prose(number)):
        return ("breaks a sentence",), kept
    return (), None


def _halves(page: Page, left: int, right: int, *, spaced: bool, on_line: bool) -> tuple[tuple[str, ...], str | None]:
    """Two halves that may be one word.

    Where the join is not proven, the way it was done tells: a break right behind a letter and one space before the next came in with the span, so the
    halves are one word unless they are words that a space is likely to stand between: a join that is none and a frequent second half (`talks`, `were`).
    """
    kept = " " if on_line else "\n"
    if spaced or page.plain[right - 2 : right] == "  ":
        return ("breaks a sentence",), " "
    one, other = LAST_WORD.search(page.plain, page.lines[page.line(left - 1)][0], left), FIRST_WORD.match(page.plain, right)
    if one is None or other is None:
        return ("breaks a sentence",), kept
    languages = [page.language or "en"]
    halves = one.group(), other.group()
    if words.joins(*halves, languages, page.counts).is_word:
        return ("split word",), ""
    unknown = [not words.zipf(half, languages[0]) and page.counts[half.casefold()] < 2 for half in halves]
    gain = _gain(page, *halves, languages[0])
    if all(unknown) and gain > 0 and words.table(languages[0]):
        return ("breaks a sentence", "broken word"), ""
    listed = words.zipf("".join(halves), languages[0]) > 0
    likely = max(words.zipf(other.group(), languages[0]), words.zipf(one.group(), languages[0]) - 1) >= FREQUENT
    return ("breaks a sentence",), "" if (any(unknown) or listed or not likely if on_line else gain > (1.0 if any(unknown) else 3.0)) else kept


def _gain(page: Page, left: str, right: str, code: str) -> float:
    """By how many nats two halves are likelier as one word than as two, by the pairs of their letters.

    Of splits with one half that is no word 76 in 100 gain a nat, of neighbours where one is no listed word 11 (12 languages).
    """
    from summitfix.language import Prior, judge
    from summitfix.model import fold

    prior, script = Prior({code: 0.0, "": 3.0}), NAMES.get(page.main, NAMES["a"])
    apart, joined = (judge(fold(left), script, prior).nats + judge(fold(right), script, prior).nats), judge(fold(left + right), script, prior).nats
    return apart - joined


def bare_splits(page: Page) -> Iterator[tuple[int, int, str]]:
    """(start, end, word) of each word that a line break splits with nothing between: where spam stood, or a copying tool went wrong."""
    language = page.language or "en"
    for number in range(1, len(page.lines)):
        left, right = page.lines[number - 1][1], page.lines[number][0]
        if not (page.plain[left - 1 : left].isalpha() and page.plain[right : right + 1].islower()):
            continue
        one, other = LAST_WORD.search(page.plain, page.lines[number - 1][0], left), FIRST_WORD.match(page.plain, right)
        if one and other and min(words.zipf(half, language) for half in (one.group(), other.group())) < RARE:
            join = words.joins(one.group(), other.group(), [language], page.counts)
            if join.lift > 2 * words.LIFT:
                yield one.start(), other.end(), join.word


def line_head(page: Page, number: int) -> Span | None:
    """Spam at the head of a line whose rest goes on with the text."""
    start, end = page.body(number)
    stop, glued, foreign = _run(page, start, end)
    stranger = foreign or bool(stop and any(page.is_stranger(claim) for claim in page.claimed(start, stop)))
    if stop is None or stop >= end or not any(map(str.isalpha, page.marks[stop:end])):
        return None
    right = stop + len(page.plain[stop:end]) - len(page.plain[stop:end].lstrip())
    if glued:
        capital = page.plain[stop].isupper() or page.main in CASELESS
        after_end = page.is_blank(number - 1) or page.is_ended(page.body(number - 1)[1])
        if capital and after_end:
            return Span(start, stop, start, stop, "", "line head", ("glued",))
    if number and not page.is_blank(number - 1) and not ITEM.match(page.plain, start) and not KEY.match(page.plain, start):
        structure, put = seam(page, number - 1, right, on_line=True, foreign=foreign)
        if structure and (stranger or {"split word", "broken word"} & set(structure)):
            spaced = put == " " and page.lines[number - 1][1] > page.body(number - 1)[1]
            first = page.lines[number - 1][1] if spaced else page.body(number - 1)[1]
            return Span(start, stop, first, right, "" if spaced else put or "", "line head", structure)
    return Span(start, stop, start, right, "", "line head", ("between sentences",) if page.plain[right].isupper() and not foreign else ())


def pushed_in(page: Page, number: int) -> Span | None:
    """Spam with words that no row has at the head of a line, known by the word that it splits: the tail stands further on than phrases reach."""
    if page.main in CASELESS or not number or page.is_blank(number - 1) or ITEM.match(page.plain, page.body(number)[0]):
        return None
    left, (start, end) = page.body(number - 1)[1], page.body(number)
    one = LAST_WORD.search(page.plain, page.lines[number - 1][0], left)
    known = [claim.end for claim in page.claimed(start, end) if claim.strong] + [i for i in range(start, min(end, start + 40)) if page.is_other(page.marks[i])]
    if one is None or page.lines[number - 1][1] > left or not known:
        return None
    foreign = any(map(page.is_other, page.marks[start:end]))
    if not page.is_blank(number + 1) and "split word" in seam(page, number - 1, page.body(number + 1)[0], on_line=False, foreign=foreign)[0]:
        return None
    language, tails = page.language or "en", []
    for token in TOKEN.finditer(page.plain, min(known), min(end, start + 120)):
        other = FIRST_WORD.match(page.plain, token.start())
        if page.stop_share(start, token.start()) > 0.34:
            break
        if other is None or token.start() == min(known) or not other.group()[0].islower() or page.marks[token.start()] != page.main:
            continue
        halves = one.group(), other.group()
        rare = min(words.zipf(half, language) for half in halves) < RARE
        if rare and (join := words.joins(*halves, [language], page.counts)).lift > words.LIFT:
            tails.append((join.lift, -token.start()))
        if foreign and words.zipf(other.group(), language):
            break
    if not tails:
        return None
    right = -max(tails)[1]
    return Span(start, start + len(page.plain[start:right].rstrip()), left, right, "", "line head", ("split word",))


def _run(page: Page, start: int, end: int) -> tuple[int | None, bool, bool]:
    """Where a run of spam from `start` on ends, whether the text goes on there without a space, and whether the run is in another script."""
    stop, foreign = None, False
    claimed = [(i, claim.strong) for claim in page.claimed(start, end) for i in range(claim.start, claim.end)]
    strong, any_claim = {i for i, is_strong in claimed if is_strong}, {i for i, _ in claimed}
    for token in TOKEN.finditer(page.plain, start, end):
        first, last = token.span()
        marks = page.marks[first:last]
        latin = page.main not in CASELESS and page.main != "a" and "a" in marks and (stop is not None or any(i in any_claim for i in range(first, last)))
        if latin or any(map(page.is_other, marks)):
            foreign = foreign or any(map(page.is_other, marks))
            if page.main in marks and (inner := _inner(page, first, last)) is not None and (inner < last - 3 or last < end):
                return inner, True, foreign
            if marks[0] == page.main and first not in any_claim and not BRAND.search(page.folded, first, last):
                break
            stop = last
        elif hump := next((i for i in range(first + 1, last) if i in page.humps and i - 1 in strong | any_claim and (stop is not None or first in strong)), 0):
            return hump, True, foreign
        elif first in strong or (stop is not None and (first in any_claim or is_contact(page, first, last))):
            stop = last
        elif any(map(str.isalpha, marks)) and (stop is None or strong.isdisjoint(range(last, last + BRIDGE))):
            break
    return stop, False, foreign


def _inner(page: Page, first: int, last: int) -> int | None:
    """Where, inside a token, the text goes on behind spam: at the beginning of its last letters in the main script, or of the word in capitals there."""
    inner = last
    while inner > first and (page.marks[inner - 1] == page.main or page.marks[inner - 1] in ".*"):
        inner -= 1
    while inner < last and page.marks[inner] != page.main:
        inner += 1
    before = page.marks[inner - 1]
    if not first < inner < last or before in " .*0" or LINK.search(page.folded, first, last):
        return None
    for i in range(inner + 2, last - 1):  # `app下载appThe`
        if page.plain[i].isupper() and page.plain[i - 1].islower():
            return i
    return inner


def is_contact(page: Page, start: int, end: int) -> bool:
    """Whether a token is a link, a brand with figures, a handle or a price."""
    return bool(BRAND.fullmatch(page.folded, start, end) or LINK.match(page.folded, start, end) or PRICE.match(page.folded, start, end))
