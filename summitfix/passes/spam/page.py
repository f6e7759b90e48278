"""A text laid out for judging: lines, scripts, language, and what the lexicon finds where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from summitfix.passes.spam.folding import around, matched
from summitfix.passes.spam.look import PLAIN, UNDECODED, pieces
from summitfix.passes.spam.phrases import HOUSE, WORD, Claim, claims, finds, lexicon
from summitfix.passes.spam.rows import NO_ROWS, Rows
from summitfix.passes.spam.undecoded import decoded
from summitfix.scripts import SCRIPTS, marks

DROPPED = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Characters without width that break a phrase up for a reader of bytes and for nobody else."""

HUMP = re.compile("(?m)^[^\n\r]{4,80}?[a-z\u00df-\u00ff][A-Z\u00c0-\u00de](?=[a-z\u00df-\u00ff]+[ ,])")
"""A capital behind a small letter, early in a line."""

BREAK = re.compile("\r\n|\n|\r")
ENDS = ".!?…。！？‽؟।"
CLOSERS = "\"'”’»)]」』》）】*_ \t"
CASELESS = frozenset("jkihrdbputemsox")
"""Marks of scripts in which a word that goes on cannot be told by its lower case: all but Latin, Greek, Cyrillic, Armenian."""

KIN = {"reel-games": "casino", "money-and-goods": "services", "dating-and-credit": "services", "escort-and-credit": "services", "essay": "services"}
"""Families of one trade under other names: a text about the one is about the other."""

UNSPACED = frozenset("ji")
"""Marks of Han with kana, and Thai: scripts that put no spaces between words."""


AROUND = 4
"""How many lines before and behind a suspect one are looked at; three may be blank or less before the one that counts."""

LONG = 60
"""Of how many characters a line is running text, whatever it says."""

DEBRIS = re.compile(r"[\s•*-]*(?:</?[a-z]+(?: [a-z]+=\"[^\"<>]*\")*>\s*)+")
"""A line of nothing but empty elements: what a copying tool leaves beside the keywords it put in."""

ASCII = bytes(range(0x80))
ASCII_LETTERS = bytes(code for code in ASCII if chr(code).isalpha())


def _laid_out(text: str, undecoded: Sequence[tuple[int, int, str]]) -> tuple[str, Sequence[int] | None]:
    """`text` decoded and without characters of no width, and for each offset of it that in the text; None where they are the same."""
    if not undecoded and not DROPPED.search(text):
        return text, None
    parts, kept, done = [], [], 0
    for start, end, said in (*undecoded, (len(text), len(text), "")):
        places = [i for i in range(done, start) if not DROPPED.match(text[i])]
        parts += [*(text[i] for i in places), said]
        kept += [*places, *[start] * len(said)]
        done = end
    return "".join(parts), [*kept, len(text)]


def letters(text: str) -> Counter[str]:
    """How many letters of each script a text has, by mark."""
    data = text.encode("utf-8", "surrogatepass")
    found = Counter({"a": len(data) - len(data.translate(None, ASCII_LETTERS))})
    for character, count in Counter(data.translate(None, ASCII).decode("utf-8", "surrogatepass")).items():
        if (mark := marks(character)).isalpha():
            found[mark] += count
    return +found


def scripts(text: str) -> tuple[str, Counter[str]]:
    """The mark of the script that most letters are in, long lines before short ones, and how many letters of each script there are."""
    lines = BREAK.split(text) if "\r" in text else text.split("\n")
    prose, rest = "\n".join(line for line in lines if len(line) >= LONG), "\n".join(line for line in lines if len(line) < LONG)
    found, others = letters(prose), letters(rest)
    ranked = found if prose else others
    most = [mark for mark, count in ranked.items() if count == max(ranked.values())]
    main = next(mark for mark in marks(prose or rest) if mark in most) if len(most) > 1 else most[0] if most else "a"
    return main, found + others


def words(text: str) -> Counter[str]:
    """How often each word stands in a text, as it is matched."""
    data = text.encode("utf-8", "surrogatepass").translate(PLAIN)
    tokens: Counter[bytes] = Counter()
    for start, end in pieces(data, 0):
        tokens.update(data[start:end].split())
    found: Counter[str] = Counter()
    for token, count in tokens.items():
        word = token.decode("utf-8", "surrogatepass")
        for part in (word,) if token.isalpha() else WORD.findall(matched(word)):
            found[part] += count
    return found


def excerpt(text: str, near: Iterable[int]) -> tuple[str, list[int], list[int]]:
    """The lines of a text that are near some, with a blank one for what is left out; where each part begins, and where it began in the text."""
    begins = [0, *(match.end() for match in BREAK.finditer(text))]
    parts: list[str] = []
    places: list[int] = []
    origins: list[int] = []
    last = -1
    for number, end in around(near, AROUND, len(begins)):
        first = number
        while first - 1 > last and DEBRIS.fullmatch(text, begins[first], begins[first + 1] if first + 1 < len(begins) else len(text)):
            first -= 1
        places.append(sum(map(len, parts)) + len(parts))
        origins.append(begins[first])
        parts.append(text[begins[first] : begins[end] if end < len(begins) else len(text)])
        last = end - 1
    return "\n".join(parts), places, origins


@cache
def letters_of(scripts: str) -> re.Pattern[str]:
    """Finds what stands in the ranges of some scripts, by mark: their letters, and some signs."""
    ranges = [(start, end - 1) for (start, mark, _), end in zip(SCRIPTS, [*(row[0] for row in SCRIPTS[1:]), 0x110000], strict=True) if mark in scripts]
    return re.compile("[" + "".join(f"{re.escape(chr(start))}-{re.escape(chr(end))}" for start, end in ranges) + "]")


class Page:
    """A text without its zero-width characters, and what is known about it. Offsets are those of `plain`; `origin` leads back to the text.

    With `near`, the numbers of lines from 0, `plain` has no more than these, those with letters of another script than the main one, and what is around
    them; what is said of the text as a whole is still said of all of it.
    """

    def __init__(self, text: str, rows: Mapping[str, int], added: Rows = NO_ROWS, near: Sequence[int] | None = None) -> None:
        self.lexicon = lexicon(added)
        self.rows = rows
        self.undecoded = list(decoded(text, self.lexicon)) if near is None and UNDECODED.search(text) else []
        self._places, self._origins = [0], [0]
        if near is None:
            self.plain, self._kept = _laid_out(text, self.undecoded)
            self.whole = self.plain
        else:
            self.whole = DROPPED.sub("", text)
            shown, self._places, self._origins = excerpt(text, {*near, *self._foreign_lines()})
            self.plain, self._kept = _laid_out(shown, ())
        ends = [match.span() for match in BREAK.finditer(self.plain)]
        self.lines = list(zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(self.plain)], strict=True))
        self._starts = [start for start, _ in self.lines]

    @cached_property
    def folded(self) -> str:
        """The text as it is matched."""
        return matched(self.plain)

    @cached_property
    def marks(self) -> str:
        """The mark of each character."""
        return marks(self.plain)

    def _foreign_lines(self) -> Iterator[int]:
        """The lines with letters of another script than the main one, and those that follow before a letter of that."""
        others = "".join(sorted(filter(self.is_other, self.letters)))
        if not others:
            return
        lines, number, done = BREAK.split(self.whole), 0, -1
        for number, line in enumerate(lines):
            if number > done and letters_of(others).search(line):
                done = number
                while self.main not in marks(lines[done]) and done + 1 < len(lines):
                    done += 1
                yield from range(number, done + 1)

    def origin(self, i: int) -> int:
        """The offset in the text itself of offset `i`."""
        i = self._kept[i] if self._kept is not None else i
        part = bisect_right(self._places, i) - 1
        return i - self._places[part] + self._origins[part]

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
    def _scripts(self) -> tuple[str, Counter[str]]:
        return scripts(self.whole)

    @property
    def main(self) -> str:
        """The mark of the script that most letters are in; long lines count before short ones."""
        return self._scripts[0]

    @property
    def letters(self) -> Counter[str]:
        """How many letters of each script the text has, by mark."""
        return self._scripts[1]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the text, folded."""
        return words(self.whole)

    @cached_property
    def language(self) -> str:
        """The language of the text by its little words; for scripts of one language that language."""
        if self.main in "kji":
            return {"k": "ko", "i": "th"}.get(self.main) or ("ja" if re.search("[\u3040-\u30ff]", self.whole) else "zh")
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
