"""Which lines must be judged: a second look at the places that the first one found, each with no more than what is around it.

Nothing is cut or shown for anything but a strong phrase, a name in disguise, a list of contacts, hidden markup, furniture, or a word or a text that a span
splits. So a text with none of these is done with here, whatever words of the trade it has; one with any is judged near all such words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from summitfix.passes.spam import markup
from summitfix.passes.spam.evidence import DISGUISE, LINK, MESSENGER
from summitfix.passes.spam.folding import around
from summitfix.passes.spam.look import BROKEN, Look
from summitfix.passes.spam.page import CASELESS, letters_of, scripts
from summitfix.passes.spam.phrases import Lexicon, claims, finds, lexicon
from summitfix.passes.spam.rows import Rows
from summitfix.passes.spam.spans import BLOCK
from summitfix.passes.spam.undecoded import decoded
from summitfix.scripts import NAMES, marks

REACH = 96
"""Code points on each side of a place that are looked at with it: more than a claim is long."""

WIDEST = 64
"""Code points of a line of furniture, or of the name of a messenger, at most."""


class Lines:
    """The lines of a text as places are visited in order, so that the work grows with the text and no faster."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.number = self.begin = self._place = 0

    def visit(self, place: int) -> int:
        """Go to the line of a place, not before the last one; its number, from 0."""
        self.number += self._text.count("\n", self._place, place)
        self.begin = max(self.begin, self._text.rfind("\n", self._place, place) + 1)
        self._place = place
        return self.number

    def goes_on(self) -> bool:
        """Whether the line may split a word or a text: the one before ends in a letter, and where small letters cannot tell, it is in another script."""
        mark = marks(self._text[max(0, self.begin - WIDEST) : max(0, self.begin - 1)].rstrip()[-1:])
        if not mark.isalpha() or mark not in CASELESS:
            return mark.isalpha() and self._text[self.begin - 2].isalnum()
        end = self.begin
        for _ in range(BLOCK):
            end = (self._text.find("\n", end) + 1) or len(self._text)
        return any(_is_other(marks(line), mark) for line in self._text[self.begin : end].split("\n"))


def _is_other(line: str, main: str) -> bool:
    """Whether the marks of a line are not mostly those of one script, or some are neither of it nor Latin."""
    letters = [mark for mark in line if mark.isalpha()]
    return 2 * letters.count(main) < len(letters) or any(mark not in (main, "a") for mark in letters)


def suspects(look: Look, added: Rows) -> list[int] | None:
    """The lines that must be judged, by number from 0, none if there is nothing to judge; None if the whole text must be."""
    text, known = look.text, lexicon(added)
    if (look.hidden and markup.is_hiding(text)) or (look.paired and any(decoded(text, known))):
        return None
    found, sure, weak = set[int](), False, Counter[int]()
    lines = Lines(text)
    for place, is_strong, size in sorted({*_claims(look, known), *_furniture(look, known)}):
        found.add(lines.visit(place))
        sure = sure or is_strong
        if not is_strong and lines.goes_on():
            weak[lines.begin] += size
    sure = sure or any(_is_covered(look, begin, size) for begin, size in weak.items())
    foreign = _foreign_lines(text) if look.names else (lambda _: False)
    lines = Lines(text)
    for place in look.names:
        near, number = slice(max(0, place - WIDEST), place + WIDEST), lines.visit(place)
        listed = MESSENGER.search(text[near]) or MESSENGER.search(look.folded[near])
        if (listed and (number in found or foreign(number))) or DISGUISE.search(text[near]):
            found.add(number)
            sure = True
    if look.broken:
        split = list(_split_lines(text))
        found.update(split)
        sure = sure or bool(split)
    return sorted(found) if sure else []


def _is_covered(look: Look, begin: int, size: int) -> bool:
    """Whether weak words of so many characters may be worth a line as a whole: Latin lines begin with no more, and are none for less than half of them."""
    end = look.text.find("\n", begin)
    line = slice(begin, end if end >= 0 else len(look.text))
    letters = sum(map(str.isalpha, look.text[line]))
    return 2 * size > letters or bool(LINK.search(look.folded[line])) or any(mark.isalpha() and mark != "a" for mark in marks(look.text[line]))


def _claims(look: Look, known: Lexicon) -> Iterator[tuple[int, bool, int]]:
    """Where claims begin that are strong or weak, which it is, and of how many characters they are."""
    for start, end in around(look.places, REACH, len(look.folded)):
        folded = look.folded[start:end]
        humps = frozenset(i - start for i in look.humps if start < i < end)
        for cuts in (frozenset[int](), humps) if humps else (humps,):
            for claim in claims(folded, finds(folded, known, cuts), known):
                yield start + claim.start, claim.strong > 0, claim.end - claim.start


def _furniture(look: Look, known: Lexicon) -> Iterator[tuple[int, bool, int]]:
    """Lines of furniture."""
    for place in look.places:
        start, end = look.text.rfind("\n", max(0, place - WIDEST), place) + 1, look.text.find("\n", place, place + WIDEST)
        if look.text[start or max(0, place - WIDEST) : end if end >= 0 else place + WIDEST].strip().casefold() in known.furniture:
            yield place, True, 0


def _foreign_lines(text: str) -> Callable[[int], bool]:
    """Tells whether a text, or the line of a number, has letters that are not Latin."""
    lines = text.split("\n")
    is_foreign = cache(lambda: not text.isascii() and scripts(text)[0] != "a")
    return cache(lambda number: any(mark.isalpha() and mark != "a" for mark in marks(lines[number])) or is_foreign())


def _split_lines(text: str) -> Iterator[int]:
    """The lines with letters of a script that is foreign to the text, behind a letter of the text's own."""
    lines = Lines(text)
    own = ""
    for match in BROKEN.finditer(text):
        mark = marks(text[match.start() - 1])
        if not mark.isalpha() or mark in CASELESS:
            continue
        end = text.find("\n", match.end())
        if letters_of("".join(sorted(NAMES.keys() - {mark, "a"}))).search(text, match.end(), end if end >= 0 else len(text)):
            own = own or scripts(text)[0]
            if mark == own:
                yield lines.visit(match.end())
