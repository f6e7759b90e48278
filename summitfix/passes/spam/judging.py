"""Weigh the spans of a text, decide which are cut, and say why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from summitfix.core import Change, Reason
from summitfix.passes.spam import furniture, markup
from summitfix.passes.spam.evidence import CODE, CONTENT, CUT, FLAG, LINK, POINTS, SELF_PROVING, STRUCTURE, Content, content, disguised, is_foreign
from summitfix.passes.spam.page import KIN, Page
from summitfix.passes.spam.phrases import WORD
from summitfix.passes.spam.rows import NO_ROWS, Rows
from summitfix.passes.spam.seams import Span, bare_splits
from summitfix.passes.spam.spans import OPENERS, SHUTTERS, spans

CODECS = {"k": ("cp949", "euc-kr"), "j": ("gb", "big5", "cp932", "euc-jp", "shift"), "c": ("cp1251", "koi8", "cp866"), "i": ("cp874",)}
"""By script mark: the codecs whose misreading would be evidence that a span came from elsewhere."""


DAMAGING = frozenset({"split word", "split text", "glued", "siblings", "breaks a sentence", "broken word", "between sentences"})
PROVING = frozenset({"contact", "saturated", "more phrases", "foreign language", "keyword list", "contact list", "mixed letters", "hidden"})
"""A line between paragraphs needs one of these: a single phrase there may be a heading or a caption."""


class Verdict(NamedTuple):
    """A span with the items of evidence found, and what they come to."""

    span: Span
    said: Content
    items: tuple[str, ...]
    vetoed: bool

    @property
    def points(self) -> int:
        """What the items come to."""
        return sum(POINTS[item] for item in self.items)

    @property
    def is_cut(self) -> bool:
        """Enough points, content and structure, and something the lexicon knows, or the one place where no honest text stands."""
        items = set(self.items)
        damaging = items & {"split word", "split text", "glued", "siblings"}
        known = bool(self.said.family and (damaging or items & {"phrase", "keyword list"}))
        known = known or bool(items & {"hidden", "contact list"}) or {"mixed letters", "contact"} <= items
        if self.span.place == "inside" and "breaks a sentence" in items:
            foreign = "set apart" in items and bool(items & {"foreign language", "foreign script"})
            known = known and (foreign or ("mixed letters" in items and bool(self.said.family)))
        if not items & (DAMAGING | PROVING) and self.said.covered < (0.75 if "foreign script" in items else 2.0):
            known = False
        if "glued" in items and not items & {"phrase", "siblings", "keyword list", "contact list"}:
            known = False
        founding = "split word" in items and "foreign script" in items and self.span.place == "line head"
        placed = bool(items & (STRUCTURE | SELF_PROVING))
        content = items & CONTENT or {"split word", "word of the trade"} <= items
        return not self.vetoed and self.points >= CUT and bool(content) and placed and (known or founding)

    @property
    def is_flagged(self) -> bool:
        """Whether a span that stays is worth showing: points and content, where a foreign script is content only if it damages the text."""
        items = set(self.items)
        content = items & (CONTENT - {"foreign script"}) or {"foreign script", "split word"} <= items
        return self.points >= FLAG and bool(content)


def judge(text: str, rows: Mapping[str, int], *, boilerplate: bool, added: Rows = NO_ROWS, near: Sequence[int] | None = None) -> Iterator[Change]:
    """The changes that cut what is sure, and flags (which change nothing) for what is suspicious.

    `near` are the lines that there is something on, by number from 0, where that is known.
    """
    page = Page(text, rows, added, near)
    found = [*markup.elements(page), *spans(page)]
    said = {span: content(page, span.start, span.end) for span in found}
    elsewhere = _letters_elsewhere(page, found, said)
    verdicts = [_weigh(page, span, said[span], elsewhere) for span in found]
    verdicts = _with_siblings(verdicts)
    verdicts = _apart(verdicts)
    whole = _is_all_spam(page, verdicts)
    done = 0
    for verdict in verdicts:
        cut = verdict.is_cut and not whole
        if verdict.span.first >= done and (cut or verdict.is_flagged):
            yield _change(page, text, verdict, cut=cut)
            done = verdict.span.last if cut else verdict.span.end
    if any("split word" in verdict.items and verdict.is_cut for verdict in verdicts):  # only then is it worth looking at every line
        everywhere = page if near is None else Page(text, rows, added)
        for start, end, word in bare_splits(everywhere):
            first, last = everywhere.origin(start), everywhere.origin(end)
            yield Change(first, text[first:last], text[first:last], (Reason("spam.split-word", f"a line break inside {word!r}, with nothing between", 0.5),))
    yield from furniture.lines(page, text, boilerplate=boilerplate)


def _apart(verdicts: list[Verdict]) -> list[Verdict]:
    """The verdicts in order, without those that overlap one of more points."""
    kept: list[Verdict] = []
    for verdict in sorted(verdicts, key=lambda verdict: (verdict.span.first, -verdict.span.last)):
        if kept and verdict.span.first < kept[-1].span.last:
            if (verdict.is_cut, verdict.points) <= (kept[-1].is_cut, kept[-1].points):
                continue
            kept.pop()
        kept.append(verdict)
    return kept


def _letters_elsewhere(page: Page, found: Sequence[Span], said: Mapping[Span, Content]) -> Counter[str]:
    """How many letters of each script stand outside of spans that something else already speaks against."""
    letters = Counter(page.letters)
    for span in found:
        if "phrase" in said[span].items or {"split word", "split text"} & set(span.structure) or (span.place == "line head" and "glued" in span.structure):
            letters.subtract(mark for mark in page.marks[span.start : span.end] if mark.isalpha())
    return letters


def _weigh(page: Page, span: Span, said: Content, elsewhere: Mapping[str, int]) -> Verdict:
    """All evidence for one span."""
    items = [*span.structure, *said.items]
    if span.place == "inside" and "between sentences" not in items:
        items = [item for item in items if item != "no sentence"]
    if "at the end" in items and said.family in page.lexicon.edges:
        items[items.index("at the end")] = "between paragraphs"
    letters = Counter(mark for mark in page.marks[span.start : span.end] if page.is_other(mark))
    for mark, count in letters.most_common(1):
        if count > 1 and is_foreign(page, mark, elsewhere[mark]):
            items.append("foreign script")
            if page.undecoded or any(rule.startswith("mojibake.") and any(codec in rule for codec in CODECS.get(mark, ())) for rule in page.rows):
                items.append("foreign codec")
    structural = {"split word", "split text"} & set(items)
    vetoed = _is_quoted(page, span) and not structural and "contact list" not in items
    pushed_in = "glued" in items or ("breaks a sentence" in items and "foreign script" in items and span.place == "line head")
    if "phrase" not in items and structural and _rest(page, span, said):
        items = [item for item in items if item != "word of the trade"]
    if not pushed_in and not structural:
        vetoed = vetoed or _is_mentioned(page, span)
        items = _on_topic(page, span, said, items)
    return Verdict(span, said, tuple(items), vetoed and "hidden" not in items)


def _is_quoted(page: Page, span: Span) -> bool:
    """Whether a span is quoted, bracketed, an item of a list, code, or announced by a colon."""
    before = page.plain[max(0, span.start - 2) : span.start].rstrip(" ")[-1:]
    text = page.plain[span.start : span.end]
    number = page.line(span.start)
    if span.place == "own line":
        previous = page.neighbour(number, -1)
        announced = previous is not None and page.plain[page.body(previous)[1] - 1] in ":："
        itemised = text[:2] in ("- ", "* ", "• ", "> ", "# ") or text[:1] in "#|" or text[:4].lstrip("0123456789")[:2] in (". ", ") ")
        return (
            announced
            or (bool(CODE.search(text)) and not LINK.search(page.folded, span.start, span.end))
            or (itemised and not _is_list_of_keywords(page, span))
            or (text[:1] in OPENERS and text[-1:] in SHUTTERS)
        )
    return (
        before in tuple(OPENERS)
        or (before in (":", "：") and span.place == "inside" and not disguised(page, span.start, span.end))
        or (text[:1] in OPENERS and text[-1:] in SHUTTERS)
    )


def _is_list_of_keywords(page: Page, span: Span) -> bool:
    """Whether a span earns its place by being a list of keywords."""
    return "keyword list" in content(page, span.start, span.end).items


def _is_mentioned(page: Page, span: Span) -> bool:
    """Whether the lines around a span talk about spam, keywords, names: then the span is what they talk about."""
    number = page.line(span.start)
    nearby = [other for other in (page.neighbour(number, -1), number, page.neighbour(page.line(max(span.end - 1, 0)), 1)) if other is not None]
    text = " ".join(page.folded[slice(*page.lines[other])] for other in nearby)
    padded = f" {' '.join(WORD.findall(text))} "
    return any(word in text if word[0] > "\u2e7f" else f" {word} " in padded for word in page.lexicon.mentions)


def _rest(page: Page, span: Span, said: Content) -> list[bool]:
    """For each claim of the span's trade on other lines, whether it is strong: what the rest of the text has to do with it."""
    first, last = page.line(span.start), page.line(max(span.end - 1, 0))
    return [strong for number, strong in page.trades.get(KIN.get(said.family, said.family), []) if not first <= number <= last]


def _on_topic(page: Page, span: Span, said: Content, items: list[str]) -> list[str]:
    """The items, less some where the rest of the text is about the same: there what a line says proves half as much, a quiet place nothing."""
    rest = _rest(page, span, said)
    if not rest:
        return items
    kept = [item for item in items if item not in ("more phrases", "word of the trade")] if any(rest) or len(rest) > 1 else items
    if span.place == "inside" and not {"foreign script", "foreign language", "mixed letters", "between sentences"} & set(items):
        kept = [item for item in kept if item != "breaks a sentence"]
    if "contact" not in items and not {"saturated", "more phrases"} <= set(items):
        kept = [item for item in kept if item != "between paragraphs"]
    return kept


def _with_siblings(verdicts: list[Verdict]) -> list[Verdict]:
    """The verdicts again, knowing of each other: spam comes in families, and where two spans are sure a third of their make is too."""
    sure = Counter(_make(verdict) for verdict in verdicts if verdict.is_cut and {"split word", "split text", "glued", "breaks a sentence"} & set(verdict.items))
    result = []
    for verdict in verdicts:
        others = sure[_make(verdict)] - verdict.is_cut
        placed = {"split word", "split text", "glued", "breaks a sentence"} & set(verdict.items)
        if others >= 1 and placed:
            items = (*verdict.items, "siblings")
            family = verdict.said.family or ("unknown" if others >= 2 and "foreign script" in items and "sentence" not in items else "")
            result.append(verdict._replace(items=items, said=verdict.said._replace(family=family)))
        else:
            result.append(verdict)
    return result


def _make(verdict: Verdict) -> str:
    """What siblings share: the script where that is foreign, else the family."""
    return "foreign" if "foreign script" in verdict.items else verdict.said.family


def _is_all_spam(page: Page, verdicts: Sequence[Verdict]) -> bool:
    """Whether cutting would leave hardly anything: such a text is shown, not minced."""
    letters = sum(page.letters.values())
    cut = sum(sum(map(str.isalpha, page.marks[verdict.span.start : verdict.span.end])) for verdict in verdicts if verdict.is_cut)
    return (cut > 0.8 * letters or (cut > 0.6 * letters and letters - cut < 40)) and not all(
        {"split word", "mixed letters", "hidden", "keyword list"} & set(verdict.items) for verdict in verdicts if verdict.is_cut
    )


def _change(page: Page, text: str, verdict: Verdict, *, cut: bool) -> Change:
    """The verdict as a change, or as a flag that changes nothing."""
    span = verdict.span
    shown = " ".join(page.plain[span.start : span.end].split())
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    note = f"spam: {shown}, {verdict.points} points ({', '.join(verdict.items)})"
    family = verdict.said.family or "unknown"
    if cut:
        first, last = page.origin(span.first), page.origin(span.last)
        return Change(first, text[first:last], span.put, (Reason(f"spam.{family}", note, min(0.999, 0.99 + 0.001 * (verdict.points - CUT))),))
    first, last = page.origin(span.start), page.origin(span.end)
    return Change(first, text[first:last], text[first:last], (Reason(f"spam.{family}", note, min(0.9, 0.1 * verdict.points)),))
