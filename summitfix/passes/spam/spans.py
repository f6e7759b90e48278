"""Where injected spam can stand: the spans that are judged, each with what it would leave behind when cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from summitfix.passes.spam.evidence import BRAND, DISGUISE, LINK, MESSENGER, PRICE, TOKEN, contacts, coverage, disguised, form, is_keyword_list
from summitfix.passes.spam.page import CASELESS, DEBRIS, ENDS, UNSPACED, Page
from summitfix.passes.spam.phrases import WORD, Claim
from summitfix.passes.spam.seams import Span, line_head, pushed_in, seam

SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*\s+|[。！？]['\"”’」』)\]]*\s*")
APART = frozenset(",;:.!?…–—)”’")
"""What stands before a phrase that a sentence can do without."""

STUCK = frozenset(".!?…")
"""Behind what a paragraph ends, and nothing but an advertisement goes on without a space."""

MENDED = frozenset({"split word", "split text", "breaks a sentence", "glued"})
"""Places that taking a span out mends."""

OPENERS = "\"'“‘«„‹「『《【〈([{<`"
SHUTTERS = "\"'”’»“›」』》】〉)]}>`"

ENTRY = re.compile(r"['\"`]?[\w.$@-]+['\"`]?\s*(?:[:=(]|,?$)|[)\]}]+[,;]?$", re.ASCII)
"""How an entry of an object, an argument or a name of a list begins, in code or configuration: `slot: slots.default,`; or what closes one."""

BRACKETS = "《》【】「」『』〈〉（）()[]，,、:：_/\\＼ "
BLOCK = 6
"""The longest run of lines that is judged as one span: advertisements come in a few lines, honest lists are longer."""


def spans(page: Page) -> Iterator[Span]:
    """All spans of a page that are worth judging, a line at a time."""
    names = [match.start() for expression in (DISGUISE, MESSENGER) for match in expression.finditer(page.plain)]
    suspects = {page.line(i) for i in (*(claim.start for claim in page.claims), *foreign_letters(page), *names)}
    whole = {number for number in suspects if is_whole(page, number)}
    done = -1
    for number in sorted(suspects):
        if number <= done:
            continue
        head = line_head(page, number)
        if not (head and "glued" in head.structure):
            head = pushed_in(page, number) or head
        own = own_lines(page, number, number) if head and number in whole else None
        if own and head and own.end > head.end and _fits(own.structure) >= max(1, _fits(head.structure)):
            yield own
        elif head and set(head.structure) & MENDED:
            yield head
        elif number in whole:
            last = number
            while last + 1 in whole:
                last += 1
            done = last
            if last - number < BLOCK:
                yield own_lines(page, number, last)
        elif end := line_end(page, number):
            yield end
        else:
            yield from inside(page, number)
            if head:
                yield head


def _fits(structure: tuple[str, ...]) -> int:
    """How well a span is known to be all that was put in: by the word it splits, by its glue, by what it breaks."""
    return next((3 - rank for rank, items in enumerate(({"split word"}, {"split text", "glued"}, {"breaks a sentence"})) if items & set(structure)), 0)


def foreign_letters(page: Page) -> Iterator[int]:
    """One place in each run of letters of another script than the main one."""
    others = "".join(filter(page.is_other, page.letters))
    if others:
        for match in re.finditer(f"[{others}][^{page.main}]*", page.marks):
            yield from _line_places(page, match.start(), match.end())


def _line_places(page: Page, start: int, end: int) -> Iterator[int]:
    """A place on each line of an extent that has letters there."""
    for number in range(page.line(start), page.line(max(end - 1, start)) + 1):
        first, last = max(start, page.lines[number][0]), min(end, page.lines[number][1])
        if any(map(str.isalpha, page.marks[first:last])):
            yield first


def is_whole(page: Page, number: int) -> bool:
    """Whether a line is a candidate as a whole: foreign throughout, or short and full of phrases."""
    start, end = page.body(number)
    letters = [mark for mark in page.marks[start:end] if mark.isalpha()]
    if not letters:
        return False
    claimed = page.claimed(start, end)
    covered = coverage(page, start, end, claimed)
    early = SENTENCE_END.search(page.plain, start, claimed[0].start) if claimed else None
    if page.is_prose(number) and (early or (covered < 0.5 and page.marks[start:end].count(page.main) > 60)):
        return is_keyword_list(page.folded[start:end], page, start)
    if claimed and goes_on(page, number, claimed[-1].end):
        return False
    names = disguised(page, start, end)
    foreign = sum(map(page.is_other, letters)) / len(letters)
    if foreign > 0.5 and page.marks[start:end].rstrip(".* ?")[-1:] != page.main:
        return True
    if is_keyword_list(page.folded[start:end], page, start):
        return True
    if names and (first_last := _advertisement(page, start, end, names[0][0], names[-1][1])) and first_last[1] - first_last[0] > 0.8 * (end - start):
        return True
    if not claimed or (form(page, start, end) == "sentence" and not names and covered < 0.6):
        return False
    if any(claim.strong for claim in claimed):
        linked = bool(LINK.search(page.folded, start, end)) and not SENTENCE_END.search(page.plain, start, claimed[0].start)
        return covered > 0.3 or linked
    return covered > 0.6


def goes_on(page: Page, number: int, i: int) -> bool:
    """Whether a line goes on behind offset `i` with the sentence of the line before: two words in lower case at least, and an end like a sentence's."""
    end = page.body(number)[1]
    rest = page.plain[i:end].split()
    begun = number and not page.is_blank(number - 1) and not page.is_ended(page.body(number - 1)[1])
    return bool(begun) and len(rest) > 1 and rest[0][:1].islower() and page.is_ended(end) and page.main not in CASELESS


def own_lines(page: Page, first: int, last: int) -> Span:
    """A block of whole lines, with what stands before and behind it."""
    start, end = page.body(first)[0], page.body(last)[1]
    foreign = main_share(page, start, end) < 0.5
    if not page.is_blank(first - 1) and not page.is_blank(last + 1) and not _are_entries(page, first - 1, last):
        before, right = page.body(first - 1)[1], page.body(last + 1)[0]
        structure, put = seam(page, first - 1, right, on_line=False, foreign=foreign)
        if structure:
            edge = before if put != " " else page.lines[first - 1][1]
            if put is None or put == "\n":
                return Span(start, end, page.lines[first][0], page.lines[last + 1][0], "", "own line", structure)
            return Span(start, end, edge, right, "" if put == " " else put, "own line", structure)
    cut = whole_lines(page, first, last)
    return Span(start, end, *cut, "", "own line", setting(page, first, last))


def _are_entries(page: Page, first: int, last: int) -> bool:
    """Whether all lines from `first` to `last` are entries of one list, which break no sentence."""
    return all(ENTRY.match(page.plain[slice(*page.body(number))]) for number in range(first, last + 1))


def whole_lines(page: Page, first: int, last: int) -> tuple[int, int]:
    """What is cut when whole lines go: one line break with them, and one blank line where two would meet or where the text would begin with it."""
    if last + 1 >= len(page.lines):
        return (page.lines[first - 1][1] if first else 0), page.lines[last][1]
    while first and DEBRIS.fullmatch(page.plain, *page.lines[first - 1]) and is_keyword_list(page.folded[slice(*page.body(last))], page, page.body(last)[0]):
        first -= 1
    follow = last + 1
    if page.is_blank(follow) and (first == 0 or page.is_blank(first - 1)) and follow + 1 < len(page.lines):
        follow += 1
    return page.lines[first][0], page.lines[follow][0]


def setting(page: Page, first: int, last: int) -> tuple[str, ...]:
    """Where whole lines stand that break nothing: between paragraphs of running text, or among the lines of a list."""
    before, after = page.neighbour(first, -1), page.neighbour(last, 1)
    prose = [page.is_prose(before), page.is_prose(after)]
    if all(prose) or (any(prose) and is_wordy(page, before) and is_wordy(page, after)):
        return ("between paragraphs",)
    if prose[0] and after is None:
        return ("at the end",)
    if not any(prose) and before is not None and after is not None:
        return ("a list",)
    return ()


def is_wordy(page: Page, number: int | None) -> bool:
    """Whether a line has several words."""
    if number is None:
        return False
    start, end = page.body(number)
    return len(WORD.findall(page.folded, start, end)) >= 4 or (page.main in UNSPACED and end - start >= 8)


def main_share(page: Page, start: int, end: int) -> float:
    """Which part of the letters of an extent is in the main script."""
    letters = [mark for mark in page.marks[start:end] if mark.isalpha()]
    return letters.count(page.main) / len(letters) if letters else 1.0


def line_end(page: Page, number: int) -> Span | None:
    """Foreign spam behind the last sentence of a line."""
    start, end = page.body(number)
    stuck = next((claim.start for claim in page.claimed(start, end) if claim.strong and page.plain[claim.start - 1 : claim.start] in STUCK), None)
    named = bool(stuck and LINK.search(page.folded, stuck - 20, stuck + 4))
    if stuck and not named and page.stop_share(stuck, end) < 0.2 and end - stuck < 120 and page.plain[end - 1] not in ENDS:
        return Span(stuck, end, stuck, end, "", "line end", ("glued",))
    first = next((i for i in range(start, end) if page.is_other(page.marks[i])), end)
    while first > start and first < end and page.plain[first - 1].isalnum() and page.marks[first - 1] != ("" if page.main == "a" else page.main):
        first -= 1
    if first == end and page.main != "a" and page.main not in CASELESS:
        first = next((claim.start for claim in page.claimed(start, end) if claim.strong and page.is_ended(claim.start)), end)
    first = min([first, *(claim.start for claim in page.claimed(start, end) if claim.start < first < claim.end)])
    if first in (start, end) or not page.is_ended(first):
        return None
    linked = sum(match.end() - match.start() for expression in (LINK, BRAND) for match in expression.finditer(page.folded, first, end))
    if page.marks.count(page.main, first, end) - linked > 0.2 * (end - first):
        return None
    glued = page.plain[first - 1] not in " \t"
    return Span(first, end, first, end, "", "line end", ("glued",) if glued else ("between sentences",))


def inside(page: Page, number: int) -> Iterator[Span]:
    """Spam inside a line: run into a paragraph between two sentences, or phrases of another language inside one."""
    start, end = page.body(number)
    yield from disguises(page, start, end)
    yield from contact_lists(page, start, end)
    cuts = [start, *(match.end() for match in SENTENCE_END.finditer(page.plain, start, end)), end]
    for first, last in pairwise(cuts):
        claimed = [claim for claim in page.claimed(first, last) if claim.strong]
        if not claimed:
            continue
        lead = len(WORD.findall(page.folded, first, claimed[0].start))
        if lead <= 2 and first > start and (stop := _fused(page, first, last, _reach(claimed), end)):
            yield Span(first, stop, first, stop, "", "inside", ("between sentences",))
            continue
        enough = 0.25 if claimed[0].family.name in page.lexicon.edges else 0.5
        if lead <= 2 and LINK.search(page.folded, first, last) and coverage(page, first, last, page.claimed(first, last)) > enough:
            yield Span(first, first + len(page.plain[first:last].rstrip()), first, last, "", "sentence", ("between sentences",))
            continue
        for claim in claimed:
            yield Span(claim.start, claim.end, *_swallow(page, claim.start, claim.end), "", "inside", _interruption(page, claim.start, claim.end))


def disguises(page: Page, start: int, end: int) -> Iterator[Span]:
    """Names in disguise inside a line, with the words of their advertisement on both sides, and one of the spaces around."""
    for token in disguised(page, start, end):
        first, last = token
        near = [claim for claim in page.claimed(start, end) if claim.family.name in page.lexicon.edges and claim.start - last < 30 and first - claim.end < 30]
        first, last = min([first, *(claim.start for claim in near)]), max([last, *(claim.end for claim in near)])
        first, last = _advertisement(page, start, end, first, last)
        first -= 2 if page.plain[first - 2 : first] in ("/ ", "| ", "* ") else 0
        stop = last + 1 if page.plain[last : last + 1] == " " and last < end else last
        yield Span(first, last, first, stop, "", "inside", ("between sentences",) if page.is_ended(first) or stop >= end else ("breaks a sentence",))


def _advertisement(page: Page, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """An extent grown to the sentence around it, on each side where nothing stands but little words and words of such advertisements."""
    cuts = [start, *(match.end() for match in SENTENCE_END.finditer(page.plain, start, end)), end]
    lead, trail = max(cut for cut in cuts if cut <= first), min(cut for cut in cuts if cut >= last)
    words_of_trade = page.lexicon.promotion | _stops(page)
    if all(word in words_of_trade for word in WORD.findall(page.folded, lead, first)):
        first = lead
    behind = page.plain[last:trail].rstrip()
    if all(word in words_of_trade for word in WORD.findall(page.folded, last, trail)) and (behind[-1:] in ENDS or trail == end):
        last += len(behind)
    return first, last


def contact_lists(page: Page, start: int, end: int) -> Iterator[Span]:
    """Links and handles stuck between two sentences without a space, with the brackets and commas around them."""
    for extent in contacts(page, start, end) if page.main in "jki" else ():
        first, last = extent
        while first > start and page.plain[first - 1] in BRACKETS:
            first -= 1
        while last < end and page.plain[last] in BRACKETS:
            last += 1
        if first > start and page.is_ended(first) and page.plain[first - 1] not in " \t" and (last == end or page.marks[last] == page.main):
            yield Span(first, last, first, last, "", "inside", ("glued",))


def _reach(claimed: list[Claim]) -> int:
    """Where the first group of claims ends: those that follow each other with a few words between them at most."""
    reach = claimed[0].end
    for claim in claimed:
        if claim.start - reach > 40:
            break
        reach = max(reach, claim.end)
    return reach


def _fused(page: Page, first: int, last: int, claimed: int, end: int) -> int | None:
    """Where keywords that stand in a sentence's place end: at the capital letter of the next sentence, or with the line."""
    links = [token.end() for token in TOKEN.finditer(page.folded, first, last) if LINK.search(token.group()) or PRICE.search(token.group())]
    reach = max([claimed, *links])
    stranger = page.is_stranger(page.claimed(first, reach)[-1]) and not links
    for token in TOKEN.finditer(page.plain, reach, last):
        if stranger and token.group()[:1].isupper() and page.marks[token.start()] == page.main and page.plain[token.start() - 1] == " ":
            return token.start()
        if token.start() > reach and token.group()[:1].isupper() and token.group().casefold().strip(",") in _stops(page):
            return token.start()
    for token in TOKEN.finditer(page.plain, reach, last):
        if token.start() > reach and token.group()[:1].isupper() and page.marks[token.start()] == page.main and page.stop_share(token.start(), last) > 0.1:
            return token.start()
    return last if last == end and page.stop_share(first, last) < 0.15 and page.plain[last - 1] not in ".!?" else None


def _stops(page: Page) -> frozenset[str]:
    """The little words of the page's language."""
    return page.lexicon.stops.get(page.language, frozenset())


def _swallow(page: Page, start: int, end: int) -> tuple[int, int]:
    """An extent with one of the two spaces around it."""
    return (start, end + 1) if page.plain[end : end + 1] == " " and page.plain[start - 1 : start] in ("", " ") else (start, end)


def _interruption(page: Page, start: int, end: int) -> tuple[str, ...]:
    """Whether a sentence goes on, in lower case, on both sides."""
    behind = page.plain[end : end + 2].strip()[:1]
    if not (start and page.plain[start - 1] == " " and behind.islower() and page.marks[end + 1 : end + 2] == page.main):
        return ()
    return ("breaks a sentence", "set apart") if page.plain[start - 2] in APART else ("breaks a sentence",)
