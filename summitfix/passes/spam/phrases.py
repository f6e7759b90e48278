"""What injected spam says: the rows of `data/spam.toml`, and where a folded text holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from summitfix.passes.spam.rows import NO_ROWS, Rows, packaged

STRONG, WEAK, LURE = 3, 2, 1

UNSPACED = frozenset({"ko", "zh", "ja", "th"})
"""Languages whose phrases are found inside longer strings, with or without spaces: they do not mark words, or (Korean) join them freely."""

GAP = re.compile(r"[ \t\-–·/|:+]{0,3}(?:(?:[a-z]{0,8}\d{1,4}[a-z]{0,4}|@[a-z]\w{2,}|\d[\d.,]{0,6}%?)[ \t\-–·/|:+]{1,3}){0,2}")
"""What may stand between the phrases of one claim: hardly more than a space, a brand with figures, a handle, a year."""

JOINTS = frozenset({" ", "  ", "-", " - ", "'", ".", "/", "\t", "\n"})
"""What may stand between the words of one phrase."""

WORD = re.compile(r"[^\W_]+")
_UNSPACED_LETTERS = r"\u0e00-\u0e7f\u1100-\u11ff\u3040-\ud7ff\uf900-\ufaff"
UNSPACED_RUN = re.compile(rf"[0-9a-z]{{0,8}}(?: ?[0-9a-z]{{1,8}} )?[{_UNSPACED_LETTERS}][0-9a-z \t{_UNSPACED_LETTERS}]*")


BRANDED = re.compile(r"[a-z]{0,4}\d{0,3}x?(?:bet|casino|poker|togel|judi|bahis)\d{2,4}|\d{1,3}x?(?:bet|casino|bahis)|slots?(?:777?|88\d?|99\d?|138|168|303)")
"""How houses of gambling call themselves: `slot88`, `1xcasino`."""

HOUSE = "*"
"""The language of such a name: any."""

MIXED = re.compile("(?<![a-z])[a-z]+[\u0430-\u0458][a-z\u0430-\u0458]*|(?<![\u0430-\u0458])[\u0430-\u0458]+[a-z][a-z\u0430-\u0458]*")
LATIN, CYRILLIC = "aceopxykmhtbijs", "асеорхукмнтвіјѕ"
"""Letters of two scripts that look the same."""


class Family(NamedTuple):
    """A row: what one trade says in one language."""

    name: str
    language: str


class Find(NamedTuple):
    """A phrase of a family at an extent of the folded text. `strength` is STRONG, WEAK or LURE; `word` is the phrase as the row spells it."""

    start: int
    end: int
    family: Family
    strength: int
    word: str


class Claim(NamedTuple):
    """Neighbouring finds of one family, in whatever language, as one.

    `strong` counts its strong parts, and one more where weaker parts make a strong one together.
    """

    start: int
    end: int
    family: Family
    strong: int
    finds: tuple[Find, ...]


Owners = Sequence[tuple[Family, int]]


class Lexicon(NamedTuple):
    """The rows made ready.

    `anywhere` has phrases of unspaced languages by their first character, the longest first; `words` has others by their first word, as tuples of
    words, the longest first.
    """

    anywhere: Mapping[str, Sequence[tuple[str, Owners]]]
    words: Mapping[str, Sequence[tuple[tuple[str, ...], Owners]]]
    mentions: frozenset[str]
    stops: Mapping[str, frozenset[str]]
    furniture: Mapping[str, str]
    edges: frozenset[str]
    promotion: frozenset[str]


@cache
def lexicon(added: Rows = NO_ROWS) -> Lexicon:
    """The rows of the packaged table, and those that were added, made ready once."""
    rows = packaged()
    families = rows.families + added.families
    owners: dict[str | tuple[str, ...], list[tuple[Family, int]]] = {}
    for row in families:
        family = Family(row.name, row.language)
        for phrases, strength in ((row.strong, STRONG), (row.weak, WEAK), (row.lure, LURE)):
            for phrase in map(fold, phrases):
                shape = phrase.replace(" ", "") if family.language in UNSPACED else tuple(WORD.findall(phrase))
                owners.setdefault(shape, []).append((family, strength))
                if isinstance(shape, str) and shape.isascii() and strength == STRONG:
                    owners.setdefault(tuple(WORD.findall(phrase)), []).append((family, strength))
    anywhere: dict[str, list[tuple[str, Owners]]] = {}
    words: dict[str, list[tuple[tuple[str, ...], Owners]]] = {}
    for shape, owned in sorted(owners.items(), key=lambda item: -len(item[0])):
        if isinstance(shape, str):
            anywhere.setdefault(shape[0], []).append((shape, owned))
        else:
            words.setdefault(shape[0], []).append((shape, owned))
    edges = [row for row in families if row.edges]
    return Lexicon(
        anywhere,
        words,
        mentions=frozenset(map(fold, rows.mentions + added.mentions)),
        stops={language: frozenset(stops) for language, stops in rows.stops},
        furniture={line.casefold(): language for line, language in rows.furniture + added.furniture},
        edges=frozenset(row.name for row in edges),
        promotion=frozenset(word for row in edges for phrase in row.weak + row.lure for word in WORD.findall(fold(phrase))),
    )


class _Folding(dict[int, str | int]):
    """Code point -> the plain lower-case one it is read as, one for one, worked out at first sight: fancy, full-width and circled letters."""

    def __missing__(self, code: int) -> str | int:
        from unicodedata import normalize

        character = chr(code)
        plain = normalize("NFKC", character) if code > 0xFF and not 0x3130 <= code <= 0x318F else character
        self[code] = folded = (plain if len(plain) == 1 else character).lower()[:1] or code
        return folded


_folding = _Folding({0x131: "i", 0x130: "i", 0x2019: "'", 0xA0: " ", 0x0AE6: "o", 0x3000: " "})


def fold(text: str) -> str:
    """`text` for matching, of the same length: lower case, fancy and full-width letters plain, dotless i dotted.

    >>> fold("𝗳𝒓𝙚e Ｃasino SLOT")
    'free casino slot'
    """
    return text.lower().replace("’", "'") if text.isascii() else text.translate(_folding)


def unmixed(folded: str) -> str:
    """A folded text with the letters that disguise a word by another script made those of the word: `кaзино` with a Latin a."""
    return MIXED.sub(_of_one_script, folded) if not folded.isascii() else folded


def _of_one_script(match: re.Match[str]) -> str:
    token = match.group()
    latin = sum(map(str.isascii, token)) * 2 > len(token)
    return token.translate(str.maketrans(CYRILLIC, LATIN) if latin else str.maketrans(LATIN, CYRILLIC))


def finds(folded: str, known: Lexicon, humps: frozenset[int] = frozenset()) -> list[Find]:
    """All phrases in a folded text, in order. One phrase may belong to several families. At `humps` a word begins inside another: `slotsPresident`."""
    return sorted([*_anywhere(folded, known), *_words(folded, known, humps)])


def _anywhere(folded: str, known: Lexicon) -> Iterator[Find]:
    """Phrases of unspaced languages, at any place of a run of their letters, spaces passed over."""
    rows = known.anywhere
    for run in UNSPACED_RUN.finditer(folded):
        places = [i for i in range(run.start(), run.end()) if folded[i] not in " \t"]
        tight = run.group().replace(" ", "").replace("\t", "")
        done = 0
        for i, character in enumerate(tight):
            if i < done or character not in rows:
                continue
            for phrase, owned in rows[character]:
                end = i + len(phrase)
                if tight.startswith(phrase, i) and not (_is_ascii_pair(tight, i) or _is_ascii_pair(tight, end)):
                    for family, strength in owned:
                        yield Find(places[i], places[end - 1] + 1, family, strength, phrase)
                    done = end
                    break


def _is_ascii_pair(text: str, i: int) -> bool:
    """Whether the place `i` lies inside a Latin word: `av` in java is no phrase."""
    return 0 < i < len(text) and text[i - 1].isascii() and text[i].isascii() and text[i - 1].isalpha() and text[i].isalpha()


def _tokens(folded: str, humps: frozenset[int]) -> Iterator[tuple[str, int, int]]:
    for match in WORD.finditer(folded):
        cuts = [match.start(), *sorted(humps.intersection(range(match.start(), match.end()))), match.end()] if humps else match.span()
        yield from ((folded[start:end], start, end) for start, end in pairwise(cuts))


def _words(folded: str, known: Lexicon, humps: frozenset[int]) -> Iterator[Find]:
    """Phrases of whole words."""
    rows = known.words
    tokens = list(_tokens(folded, humps))
    done = 0
    for i, (first, start, end) in enumerate(tokens):
        if i < done:
            continue
        if first not in rows:
            if not first.isalpha() and BRANDED.fullmatch(first):
                yield Find(start, end, Family("casino", HOUSE), WEAK, first)
            continue
        for phrase, owned in rows[first]:
            last = i + len(phrase) - 1
            if last < len(tokens) and all(
                tokens[i + k][0] == phrase[k] and folded[tokens[i + k - 1][2] : tokens[i + k][1]] in JOINTS for k in range(1, len(phrase))
            ):
                for family, strength in owned:
                    yield Find(start, tokens[last][2], family, strength, " ".join(phrase))
                done = last + 1
                break


def claims(folded: str, found: Sequence[Find], known: Lexicon) -> list[Claim]:
    """The finds joined into what they say together, family by family."""
    result: list[Claim] = []
    chains: dict[str, list[Find]] = {}
    for find in found:
        chain = chains.setdefault(find.family.name, [])
        if chain and find.start < chain[-1].end:
            if (find.start, find.end) == (chain[-1].start, chain[-1].end):
                chain.append(find)
            continue
        if chain and not (GAP.fullmatch(folded, chain[-1].end, find.start)):
            result.extend(_claim(chain, known))
            chain.clear()
        chain.append(find)
    for chain in chains.values():
        result.extend(_claim(chain, known))
    return sorted(result)


def _claim(chain: list[Find], known: Lexicon) -> Iterator[Claim]:
    """What a chain of neighbouring finds claims: nothing if it is made of lures alone."""
    strong = len({find.word for find in chain if find.strength == STRONG})
    weak = {(find.family.language, find.word) for find in chain if find.strength == WEAK}
    parts = {(find.family.language, find.word) for find in chain if find.strength < STRONG}
    composes = chain[0].family.name not in known.edges
    put_together = composes and any(
        sum(HOUSE in (language, other) or language == other for other, _ in parts) > 1 for language in {language for language, _ in weak}
    )
    if strong or weak:
        yield Claim(chain[0].start, chain[-1].end, max(chain, key=lambda find: find.strength).family, strong + put_together, tuple(chain))
