"""A text laid out for judging: lines, scripts, language, and what the lexicon finds where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from summitfix.passes.spam.phrases import HOUSE, WORD, Claim, claims, finds, fold, lexicon, unmixed
from summitfix.passes.spam.rows import NO_ROWS, Rows
from summitfix.passes.spam.undecoded import decoded
from summitfix.scripts import marks

DROPPED = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Characters without width that break a phrase up for a reader of bytes and for nobody else."""

HUMP = re.compile("(?m)^[^\n\r]{4,80}?[a-z\u00df-\u00ff][A-Z\u00c0-\u00de](?=[a-z\u00df-\u00ff]+[ ,])")
"""A capital behind a small letter, early in a line."""

UNDECODED = re.compile("[\u00a1-\u00ff\u0152-\u0178]{2}")

BREAK = re.compile("\r\n|\n|\r")
ENDS = ".!?…。！？‽؟।"
CLOSERS = "\"'”’»)]」』》）】*_ \t"
LEET = re.compile(r"(?<![0-9])0(?=[a-z])|(?<=[a-z])[01](?![0-9])")

CASELESS = frozenset("jkihrdbputemsox")
"""Marks of scripts in which a word that goes on cannot be told by its lower case: all but Latin, Greek, Cyrillic, Armenian."""

KIN = {"reel-games": "casino", "money-and-goods": "services", "dating-and-credit": "services", "escort-and-credit": "services", "essay": "services"}
"""Families of one trade under other names: a text about the one is about the other."""

UNSPACED = frozenset("ji")
"""Marks of Han with kana, and Thai: scripts that put no spaces between words."""


def _spelled(match: re.Match[str]) -> str:
    """The letter that a figure among letters stands for: `C0M`, `v1agra`."""
    return "o" if match.group() == "0" else "i"


def _laid_out(text: str, undecoded: Sequence[tuple[int, int, str]]) -> tuple[str, Sequence[int]]:
    """`text` decoded and without characters of no width, and for each offset of it that in the text."""
    parts, kept, done = [], [], 0
    for start, end, said in (*undecoded, (len(text), len(text), "")):
        places = [i for i in range(done, start) if not DROPPED.match(text[i])]
        parts += [*(text[i] for i in places), said]
        kept += [*places, *[start] * len(said)]
        done = end
    return "".join(parts), [*kept, len(text)]


class Page:
    """A text without its zero-width characters, and what is known about it. Offsets are those of `plain`; `origin` leads back to the text."""

    def __init__(self, text: str, rows: Mapping[str, int], added: Rows = NO_ROWS) -> None:
        self.plain = text
        self.lexicon = lexicon(added)
        self.rows = rows
        self._kept: Sequence[int] | None = None
        self.undecoded = list(decoded(text, self.lexicon)) if UNDECODED.search(text) else []
        if self.undecoded or DROPPED.search(text):
            self.plain, self._kept = _laid_out(text, self.undecoded)
        self.folded = LEET.sub(_spelled, unmixed(fold(self.plain)))
        self.marks = marks(self.plain)
        ends = [match.span() for match in BREAK.finditer(self.plain)]
        self.lines = list(zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(self.plain)], strict=True))
        self._starts = [start for start, _ in self.lines]

    def origin(self, i: int) -> int:
        """The offset in the text itself of offset `i`."""
        return self._kept[i] if self._kept is not None else i

    def line(self, i: int) -> int:
        """The number of the line that holds offset `i`."""
        return bisect_right(self._starts, i) - 1

    @cached_property
    def humps(self) -> frozenset[int]:
        """Where a word begins with a capital right behind a small letter, in a word that could open a paragraph."""
        return frozenset(match.end() - 1 for match in HUMP.finditer(self.plain))

    @cached_property
    def claims(self) -> list[Claim]:
        """What the lexicon finds, in order."""
        return claims(self.folded, finds(self.folded, self.lexicon, self.humps), self.lexicon)

    @cached_property
    def _claim_starts(self) -> list[int]:
        return [claim.start for claim in self.claims]

    def claimed(self, start: int, end: int) -> list[Claim]:
        """The claims that begin within an extent, cut off where they reach beyond it."""
        inside = self.claims[bisect_left(self._claim_starts, start) : bisect_left(self._claim_starts, end)]
        return [claim for claim in inside if claim.end <= end]

    @cached_property
    def letters(self) -> Counter[str]:
        """How many letters of each script the text has, by mark."""
        return Counter({mark: self.marks.count(mark) for mark in set(self.marks) if mark.isalpha()})

    @cached_property
    def main(self) -> str:
        """The mark of the script that most letters are in; long lines count before short ones."""
        prose: Counter[str] = Counter()
        for start, end in self.lines:
            if end - start >= 60:
                prose.update(self.marks[start:end])
        ranked = [mark for mark, _ in (prose or self.letters).most_common() if mark.isalpha()]
        return ranked[0] if ranked else "a"

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the text, folded."""
        return Counter(WORD.findall(self.folded))

    @cached_property
    def language(self) -> str:
        """The language of the text by its little words; for scripts of one language that language."""
        if self.main in "kji":
            return {"k": "ko", "i": "th"}.get(self.main) or ("ja" if re.search("[\u3040-\u30ff]", self.plain) else "zh")
        score = {language: sum(self.counts[word] for word in stops) for language, stops in self.lexicon.stops.items()}
        second, best = sorted(score, key=lambda language: score[language])[-2:]
        return best if score[best] >= 2 and score[best] * 3 >= score[second] * 4 else ""

    @cached_property
    def trades(self) -> dict[str, list[tuple[int, bool]]]:
        """Per trade: the lines that speak of it, and whether with a strong phrase."""
        found: dict[str, list[tuple[int, bool]]] = {}
        for claim in self.claims:
            found.setdefault(KIN.get(claim.family.name, claim.family.name), []).append((self.line(claim.start), claim.strong > 0))
        return found

    def is_other(self, mark: str) -> bool:
        """Whether a mark is that of letters in another script than the main one. Latin is at home everywhere."""
        return mark.isalpha() and mark not in (self.main, "a")

    def is_stranger(self, claim: Claim) -> bool:
        """Whether a claim is strong, and in a language that the text is not in. English is at home everywhere, like Latin."""
        return bool(
            claim.strong
            and self.language
            and all(find.family.language not in ("en", HOUSE, self.language) for find in claim.finds if find.strength == claim.finds[0].strength)
        )

    def body(self, number: int) -> tuple[int, int]:
        """The extent of a line without white space around it."""
        start, end = self.lines[number]
        text = self.plain[start:end]
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip())

    def is_blank(self, number: int) -> bool:
        """Whether there is nothing on a line, or no such line."""
        return not 0 <= number < len(self.lines) or not self.plain[slice(*self.lines[number])].strip()

    def neighbour(self, number: int, step: int) -> int | None:
        """The next line with text before (`step` -1) or behind (1), at most two blank lines away."""
        for distance in range(1, 4):
            other = number + step * distance
            if not 0 <= other < len(self.lines):
                return None
            if not self.is_blank(other):
                return other
        return None

    def is_ended(self, i: int) -> bool:
        """Whether the text before offset `i` ends as sentences do, on its line."""
        last = self.plain[max(self.lines[self.line(max(i - 1, 0))][0], i - 20) : i].rstrip(CLOSERS)[-1:]
        return bool(last) and last in ENDS

    def is_prose(self, number: int | None) -> bool:
        """Whether a line is running text: long enough, in the main script, with little words, or punctuation within."""
        if number is None:
            return False
        start, end = self.body(number)
        letters = self.marks.count(self.main, start, end)
        if letters < (12 if self.main in "jk" else 25) or letters < (end - start) * 0.5:
            return False
        return self.is_ended(end) or letters >= 60 or (letters >= 40 and self.stop_share(start, end) > 0.2)

    def stop_share(self, start: int, end: int) -> float:
        """Which part of the words of an extent are little words of the text's language, those of strong phrases aside."""
        spoken = {i for claim in self.claimed(start, end) if claim.strong for find in claim.finds for i in range(find.start, find.end)}
        tokens = [match.group() for match in WORD.finditer(self.folded, start, end) if match.start() not in spoken]
        stops = self.lexicon.stops.get(self.language, frozenset())
        return sum(token in stops for token in tokens) / len(tokens) if tokens else 0.0
