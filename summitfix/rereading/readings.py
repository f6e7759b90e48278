"""What a word would be if a misreading were undone: the generator of readings, and how plausible each is."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from summitfix import codecs
from summitfix.language import Account, Prior, account, costs_more
from summitfix.rereading.rows import Chain, lacking, nats
from summitfix.rereading.undoing import beyond_ascii, chains, made_by, undo, undo_cached
from summitfix.scripts import marks


class Reading(NamedTuple):
    """What a word would be if `chain` were undone, and by how many nats that is more plausible.

    `account` is that of the text, `brought` that of the letters it brings in; `replaced` counts the characters beyond ASCII that it does
    away with, for a legacy codec those that can be seen.
    """

    gain: float
    text: str
    chain: Chain
    account: Account
    brought: Account
    replaced: int


WITNESS = 1.5
"""What each UTF-8 sequence of a word says for its having been UTF-8, in nats, beyond what its characters cost as they stand."""

_ASCII = re.compile("[\x00-\x7f]+")

KEPT = {True: 3.0, False: 14.0}
"""What each byte costs, in nats, that a reading leaves as the character it was: where UTF-8 was meant (True), whose bytes are often lost, and else."""

_IMPOSSIBLE = re.compile(
    # No meant text holds C1 controls, private-use or noncharacters, planes that hold no character, letters
    # around a sign that is none of words, a letter beside a box or block, one or two
    # Han, kana or Hangul among Latin letters, or Latin letters that touch fewer than four
    # Greek, Cyrillic or Hebrew ones (whole words are glued: names in code, spam at the start of a paragraph).
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ue000-\\uf8ff\\ufff0-\\ufffc\\ufffe\\uffff\U00040000-\U000dffff]"
    "|[^\\W\\d_][¡-©«-±´¶¸¹»-¿€]+(?=[^\\W\\d_])|[a-z][\uff21-\uff5a]|[^\\W\\d_][\\u2500-\\u259f]|[\\u2500-\\u259f][^\\W\\d_]"
    "|^[^\\u3041-\\ud7a3]*[a-zA-Z\\u00c0-\\u024f](?:[\\u3041-\\ud7a3]{1,2}|[\\u3041-\\ud7a3]?[\\uff61-\\uff9f]+)[a-zA-Z\\u00c0-\\u024f][^\\u3041-\\ud7a3]*$"
    "|^(?:[^\\u3041-\\ud7a3]*[a-z\\u00df-\\u024f][\\u4e00-\\u9fff](?=[a-z\\u00df-\\u024f]))+[^\\u3041-\\ud7a3]*$"
    "|[a-zA-Z\\u00c0-\\u024f][\\u0370-\\u05ff](?![\\u0370-\\u05ff]{3})|(?<![\\u0370-\\u05ff]{3})[\\u0370-\\u05ff][a-zA-Z\\u00c0-\\u024f]"
)


_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]{6}")
"""So many Latin letters beyond ASCII in a row no language has; only a scream that was UTF-8."""

_UNSEEN = re.compile("[\xa0\xad\u200b\u200d-\u200f\u2028-\u202e]|(?<![\u0600-\u06ff])\u200c|\u200c(?![\u0600-\u06ff])")
"""Signs that nobody sees: a legacy codec that turns letters into them is not believed. The parts of a Persian word are joined by U+200C."""

_WITNESSLESS = re.compile("[\x00-\x7f\xa0\u2000-\u200f\u2028-\u202f]+")
"""What shows no misreading between legacy codecs: ASCII, and spaces, of which a page may have hundreds."""

_SHY = "\xad"
"""The soft hyphen shows none either where it becomes no letter (`¡` for the one of `<<\\xadhonderd`), as it does `ư` in TCVN3."""

ASCENDING = 6
"""So many characters in the order of a codec's bytes are its table, not text; no language spells so."""


_SINGLE = re.compile(r"(?<!\w)[A-Za-z](?!\w)")


def is_table(line: str) -> bool:
    """Whether `line` shows a code page: characters beyond ASCII in the order of the bytes of a codec, or of Unicode; or an alphabet, letter by letter."""
    singles = [letter.lower() for letter in _SINGLE.findall(line[:400])]
    if len(set(singles)) >= ASCENDING and singles == sorted(singles):
        return True
    signs = _ASCII.sub("", line)[:200]
    pieces = {signs[i : i + ASCENDING] for i in range(len(signs) - ASCENDING + 1)}
    tables = [codecs.table(name) for name in codecs.EIGHT_BIT] if pieces else []
    return any(piece in table for piece in pieces for table in tables) or any(
        ord(piece[-1]) - ord(piece[0]) == ASCENDING - 1 and list(piece) == sorted(piece) for piece in pieces
    )


def _is_plausible(chain: Chain, before: Account, after: Account, gain: float, *, is_settled: bool) -> bool:
    """Whether a reading is good text in itself, not merely better than what it replaces."""
    most = before.odd if chain[-1].meant == "utf-8" else min(before.odd, after.letters // ODD)
    return after.odd <= most and after.excess <= STRANGE[is_settled] * max(0.0, gain) + EXCESS[chain[-1].meant == "utf-8"]


STRANGE = {True: 0.5, False: 0.1}
"""How many nats beyond good text a word may cost for each that its reading gains: more where other words have settled what happened (True)."""

EXCESS = {True: 6.0, False: 0.0}
"""How many nats beyond good text a word may cost that was UTF-8 (True), and else: names and rare languages are words too."""

SIGNS = 2
"""More signs than these, and than there are letters, are no word of a legacy codec: `¥ رو ¥ ‚ ¥€ ر` was UTF-8 that lost bytes."""

ODD = 6
"""For each so many letters a legacy reading may have one sign between letters or odd change of case: names in code have them."""


_LETTERS = re.compile("[^\x00-@\\[-`{-\xa9\xab-\xbf\xd7\xf7\u2000-\u206f\u20a0-\u2bff\u3000-\u303f\uff00-\uffef]+")


def brought(before: str, after: str, prior: Prior) -> Account:
    """The account of the letters of `after` that are not in `before`: what a reading leaves as it was says nothing for it, nor what it leaves of a word."""
    same = " ".join(_LETTERS.findall(before))
    return account(" ".join(run for run in _LETTERS.findall(after) if run not in same), prior)


FINALISTS = 8
"""How many readings of a word are weighed with the word lists: those that cost least by their letters."""

BEHIND = 16.0
"""A reading that by its letters costs this much more than the best one is not weighed further: no word list makes up for that."""


_SIGN = re.compile("[\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u2020-\u2bff\uff61-\uffee]")
SIGN_NATS = 6.5
"""The least that such a sign costs in a text."""


@cache
def _sign_bytes(meant: str) -> frozenset[int]:
    """The bytes that an 8-bit codec makes such signs of."""
    return frozenset(byte for byte, char in enumerate(codecs.table(meant)) if _SIGN.match(char)) if meant in codecs.EIGHT_BIT else frozenset()


@lru_cache(maxsize=1 << 14)
def _beyond(word: str, read: str) -> frozenset[int]:
    """The bytes that the codec `read` can have made a word of."""
    return frozenset(byte for _, _, data in made_by(word, read) for byte in data)


@lru_cache(maxsize=1 << 14)
def _lacked(word: str, read: str) -> int:
    """How many characters of a word a codec lacks that others of its family have."""
    return len(lacking(read).findall(word))


def _undone(word: str, limit: float, chains: Iterable[Chain]) -> Iterator[tuple[Chain, str, float]]:
    """What each chain makes of a word, and what the bytes themselves say for it, in nats."""
    for chain in chains:
        first, said = chain[0], 0.0
        if len(chain) > 1:
            undone = undo_cached(word, first)
        elif len(_beyond(word, first.read) & _sign_bytes(first.meant)) * SIGN_NATS > limit:
            continue
        else:
            if first.meant != "utf-8" and first.read in codecs.EIGHT_BIT:
                said -= KEPT[False] * _lacked(word, first.read)
            undone = undo(word, first, limit / KEPT[first.meant == "utf-8"] + (WITNESS * len(word) if first.meant == "utf-8" else 0.0))
        for step, following in zip(chain, (*chain[1:], None), strict=True):
            if not undone:
                break
            text = undone[0]
            said += WITNESS * beyond_ascii(text) * (step.meant == "utf-8") - KEPT[step.meant == "utf-8"] * undone[1]
            undone = undo_cached(text, following) if following else undone
        else:
            if said > -limit:
                yield chain, text, said


def _candidates(word: str, chains: Iterable[Chain], limit: float) -> dict[str, tuple[Chain, float]]:
    """Text of each possible reading that may cost less than `limit` nats -> its likeliest chain, and what the bytes themselves say for it, in nats.

    UTF-8 is rarely valid by chance, and bytes that had to be kept speak against a codec.
    """
    impossible = {match[0] for match in _IMPOSSIBLE.finditer(word)}
    unseen = len(_UNSEEN.findall(word))
    is_latin = _LATIN.issuperset(marks(_ASCII.sub("", word)))
    found: dict[str, tuple[Chain, float]] = {word: ((), 0.0)}
    for chain, text, said in _undone(word, limit, chains):
        if text in found or SIGN_NATS * len(set(_SIGN.findall(text))) > limit:
            continue
        if is_latin and chain[0].meant != "utf-8" and chain[0].read in codecs.MULTI_BYTE:
            continue  # `Siŋ` is no `Się»`: what Korean or Chinese codecs make of other text is not Latin letters alone
        if chain[0].meant != "utf-8" and (len(_UNSEEN.findall(text)) > unseen or _ACCENTED.search(text) or _is_mostly_sound(word, text, chain)):
            continue
        if chain[0].meant == "utf-8" and (_unquotes(word, text) or (chain[0].read in LETTERED and is_by_chance(word, text))):
            continue
        if chain[0].read in codecs.MULTI_BYTE and not _CHINESE.search(word) and len(_ASCII_SIGN.findall(text)) > len(_ASCII_SIGN.findall(word)):
            continue  # `ahyεnso` is Akan, and no ``ahyú`nso``
        if chain[-1].meant in codecs.MULTI_BYTE and chain[-1].meant != "utf-8" and _is_strange(word, text, chain[0].read):
            continue
        if all(match[0] in impossible for match in _IMPOSSIBLE.finditer(text)) and not costs_more(text, limit + said):
            found[text] = chain, said
    del found[word]
    return found


QUOTED = re.compile("[»«“„‘‚‹›][^\\W\\d_][«»”“’‘›‹]")
"""A letter between quotation marks."""


def _unquotes(word: str, text: str) -> bool:
    """Whether what was UTF-8 takes the mark behind a letter and leaves the one before: it was not misread, nor was its other half (`»ß«` is no N'Ko)."""
    return any(match[0] not in text and match[0][0] in text for match in QUOTED.finditer(word))


_LATIN = frozenset("a")
"""The mark of Latin letters."""

_CHINESE = re.compile("[\u3041-\ud7a3\ue000-\ufaff]")


def _is_strange(word: str, text: str, read: str) -> bool:
    """Whether what a codec of Chinese, Japanese or Korean makes of a word cannot be what was meant: it has too little of the script, or no cause to."""
    return _is_swallowed(word, text) if read in codecs.EIGHT_BIT else read in codecs.MULTI_BYTE and not _CHINESE.search(word)


def _is_swallowed(word: str, text: str) -> bool:
    """Whether letters of a word became a sign or a Latin letter of a codec of Chinese (`êy` is `ú` in HKSCS, `ñ` a comma in Shift-JIS), or two of Chinese.

    Half of the second bytes of such codecs are beyond ASCII: pairs that all end in ASCII letters are chance, unless there are many.
    """
    swallowed = len(_ASCII_LETTER.findall(word)) - len(_ASCII_LETTER.findall(text))
    if not _CHINESE.search(text):
        begun = "¡¿" if all(char.isalpha() for char in text if char > "\x7f" and char not in word) else ""  # `¡È` is a quotation mark, and `¿Ñ` no `ē`
        return all((char.isalpha() or char in begun) and char not in "ªº" for char in word if char > "\x7f" and char not in text)
    return swallowed <= 2 and swallowed == beyond_ascii(word)


_ASCII_LETTER = re.compile("[A-Za-z]")
_ASCII_SIGN = re.compile("[@\\[-`{-~]")

LETTERED = frozenset(read for read in codecs.EIGHT_BIT if read not in ("latin-1", "cp1252"))


def is_by_chance(word: str, text: str) -> bool:
    """Whether letters at the end or the beginning of a word happen to be valid UTF-8 (`ром` of `Паром` in cp866), while as many others are right."""
    first = _alike(word, text)
    last = min(_alike(word[first:][::-1], text[first:][::-1]), len(text) - first - 1)  # `Ĺže` does not lose its `Ĺ`: both letters were one of `že`
    changed = word[first : len(word) - last]
    return changed.isalpha() and sum(char > "\x7f" and char.isalpha() for char in word[:first] + word[len(word) - last :]) >= len(changed) - 1


def _alike(one: str, other: str) -> int:
    """How many code points two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _is_mostly_sound(word: str, text: str, chain: Chain) -> bool:
    """Whether as many letters of `word` as an 8-bit reading changes are none that its codec can have made.

    They are right as they stand, so the few others are too: a stress mark in `за́мок`, a Latin vowel in `сè`, `Ω` in `Ωmega`.
    """
    if len(chain) > 1 or len(word) != len(text) or chain[0].read not in codecs.EIGHT_BIT:
        return False
    changed = sum(one != other for one, other in zip(word, text, strict=True))
    table = codecs.table(chain[0].read)
    return sum(char > "\x7f" and char.isalpha() and char not in table for char in word) >= changed


JOINED = 10.0
"""What it costs that a no-break space was a letter where no list knows the word."""


def _joins(word: str, text: str, chain: Chain) -> bool:
    """Whether a legacy reading takes nothing but a no-break space for a letter: it also stands between a Czech preposition and its noun."""
    return chain[-1].meant != "utf-8" and {char for char in _ASCII.sub("", word) if char not in text} == {"\xa0"}


STEP = 6.0
"""To a multiple of this a limit is raised before candidates are sought: so they are those of the word in any document, and sought once."""


@lru_cache(maxsize=1 << 12)
def _all_candidates(word: str, limit: float) -> dict[str, tuple[Chain, float]]:
    """`_candidates` by all chains there are. Not to be changed."""
    return _candidates(word, chains(word), limit)


def readings(word: str, among: Iterable[Chain] | None, prior: Prior, least: float = 0.0, settled: Collection[Chain] = ()) -> list[Reading]:
    """The plausible readings of `word` by some chains (None: by all) that gain more than `least` nats, each by its likeliest chain.

    Less is asked of those by chains that other words have `settled`.
    """
    limit = account(word, prior, listed=False).nats - least
    candidates = _all_candidates(word, STEP * math.ceil(limit / STEP)) if among is None else _candidates(word, among, limit)
    priced = []
    for text, (chain, said) in candidates.items():
        rough = account(text, prior, listed=False)
        if rough.nats < limit + BEHIND and (
            rough.letters or chain[-1].meant == "utf-8" or len(chain) == 1
        ):  # signs alone never show that text was misread twice
            priced.append((rough.nats - said + nats(chain), text))
    finalists = sorted(priced)[:FINALISTS]
    found = []
    if finalists:
        before = account(word, prior)
        for quick, text in finalists:
            if quick > finalists[0][0] + BEHIND:
                break
            chain, said = candidates[text]
            unsaid = _ASCII if chain[0].meant == "utf-8" else _WITNESSLESS
            after = account(text, prior)
            letters = brought(word, text, prior)
            gain = before.nats - after.nats + said - JOINED * bool(letters.unknown and letters.letters > 1 and _joins(word, text, chain))
            is_settled = chain in settled
            if gain <= least or not _is_plausible(chain, before, after, gain, is_settled=is_settled):
                continue
            if chain[-1].meant != "utf-8" and 0 < after.letters < len(_SIGN.findall(text)) > SIGNS:
                continue
            if is_settled or chain[0].meant == "utf-8" or not _is_lookalike(word, after, prior):
                seen = unsaid.sub("", word if letters.letters or chain[-1].meant == "utf-8" else word.replace(_SHY, ""))
                found.append(Reading(gain, text, chain, after, letters, sum(char not in text for char in seen)))
    return found


_ALIKE = "АВЕЅІЈКМНОРСТХУаеѕіјорсух", "ABESIJKMHOPCTXYaesijopcyx"
"""Cyrillic and Latin letters that look the same."""

_TO_LATIN, _TO_CYRILLIC = str.maketrans(*_ALIKE), str.maketrans(*reversed(_ALIKE))

TYPED = 6.0
"""What a Cyrillic word may cost more than a reading, in nats, that was typed with Latin letters that look the same: much of the Ukrainian web writes `i`."""


def in_cyrillic(word: str) -> str:
    """A word of mostly Cyrillic letters whose Latin ones look like others of them in these; any other as it is.

    >>> in_cyrillic("вi\u043d") == "він", in_cyrillic("cafй")
    (True, 'cafй')
    """
    latin = len(_ASCII_LETTER.findall(word))
    plain = word.translate(_TO_CYRILLIC) if 0 < latin < len(re.findall("[\u0400-\u04ff]", word)) else word
    return word if _ASCII_LETTER.search(plain) else plain


def in_latin(word: str) -> str:
    """A word in which Cyrillic letters that look like Latin ones are these."""
    return word.translate(_TO_LATIN)


def _is_lookalike(word: str, after: Account, prior: Prior) -> bool:
    """Whether letters that look like those of another script make a better word as these than the reading does: `Еlmira` was typed so, `Espaсa` was not."""
    plain, typed = in_latin(word), in_cyrillic(word)
    if plain != word and not re.search("[\u0400-\u04ff]", plain) and account(plain, prior).nats <= after.nats:
        return True
    return typed != word and account(typed, prior).nats <= after.nats + TYPED
