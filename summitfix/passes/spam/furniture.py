"""Site furniture between paragraphs ("Advertisement", "Anzeige"): exact full lines, cut only on request."""

from __future__ import annotations

from collections.abc import Iterator

from summitfix.core import Change, Reason
from summitfix.passes.spam.page import Page
from summitfix.passes.spam.spans import whole_lines

RULE = "spam.boilerplate"


def lines(page: Page, text: str, *, boilerplate: bool) -> Iterator[Change]:
    """A change for each line of furniture beside running text: a cut if `boilerplate` asks for it, else a flag."""
    known = page.lexicon.furniture
    for number in range(len(page.lines)):
        start, end = page.body(number)
        if end - start > 60 or page.plain[start:end].casefold() not in known:
            continue
        if not (page.is_prose(page.neighbour(number, -1)) or page.is_prose(page.neighbour(number, 1))):
            continue
        first, last = whole_lines(page, number, number) if boilerplate else (start, end)
        first, last = page.origin(first), page.origin(last)
        note = f"site furniture: {page.plain[start:end]}"
        yield Change(first, text[first:last], "" if boilerplate else text[first:last], (Reason(RULE, note, 0.995 if boilerplate else 0.5),))
