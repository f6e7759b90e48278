"""Which misreadings between legacy codecs are not believed, whatever they gain: those that make no words.

The letters of a language that the model does not know look odd to it, and some codec makes something that looks less odd of nearly any letter. What it
makes of real damage are words, a quarter of them listed; what it makes of such letters are none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice

from summitfix.codecs import EIGHT_BIT, MULTI_BYTE, is_encodable
from summitfix.language import Account, Prior, account, judge
from summitfix.model import IDEOGRAPHIC, fold
from summitfix.rereading.readings import Reading, in_cyrillic, in_latin
from summitfix.rereading.rows import Chain, are_cousins, is_proven, nats, needs_no_witness
from summitfix.rereading.undoing import may_be, undo

MAKES = 0.15
"""How many listed words there are for each other one beyond ASCII, at least: in real damage as it is read a quarter, in good text
of listed languages a third.

In Maltese, Guarani, West Frisian, Kurdish, Ligurian, Sorbian, Wolof it is 0.00 to 0.09, and up to 0.13 as chance makes them be read.
"""

OUTWEIGHED = {True: 0.75, False: 0.5}
"""How many unlisted words that stay, though the chain would have damaged them, one is worth that it reads, if that then is listed (True), and if not.

Of some 640 pieces of news, damaged in 150 ways, nine in ten have none that stays, and the others mostly one beside twenty that are read. In Adyghe,
Chechen, Hakka, Lak one to forty stay for each: the letters of a language that the model does not know are all over its lines.
"""

FEW = 2
"""So few words that no list knows are weighed against the whole document: `Ёйиш` on a line of its own in Uzbek."""

STANDING = 3
"""So many other words that stay as they are outweigh one that is read otherwise and is no listed word then either: `antaûvidas` is a slip of the pen."""

SAMPLE = 200
"""How many of the words that stay are looked at."""

_LATIN = re.compile("[\xc0-\u024f\u1e00-\u1eff]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7a3]")
"""Scripts whose words are not told apart by spaces, or have too many forms for a list."""

_PHONETIC = str.maketrans("βγεθχ", "bgeth")
"""Greek letters that phonetic transcription sets among Latin ones (`θin`), and who writes Akan or Kabyle without their own (`sε`, `Amaγnu`)."""

_SIGN = re.compile("[\xa1-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\u2020-\u2022\u2030\u20a0-\u2bff](?<![«»])")
"""Signs, but for quotation marks and dashes: beside letters of a word that is unlisted they are no witness (`ôfrûne` is no `™fržne`)."""

SHORT = 3
"""So few letters of a script without spaces, and no listed word among them, are chance: nearly all words of two Chinese characters are listed."""

RARE = 4.5
"""The nats of a misreading above which two other letters show it no better than one, nor many words with the same one."""

RAREST = 5.4
"""The nats above which one letter in a listed word of a language that the text is not in is chance: `Høgra` is Faroese, and `Hægra` Icelandic."""

LONG = 8
"""A listed word of so many letters is no chance."""

USUAL = 3.0
"""The nats up to which one letter again and again shows a misreading: `yatýrýlarak` is Turkish, `Alîkarî` (an `ī` by cp1257) Kurdish as it stands."""

VARIED = 3
"""So many accented letters real damage shows soon; fewer are chance where most of their words are not listed: `stå`, `fitchå`, `candjå` for Walloon."""

WHOLLY = 5
"""A word of so many letters and more, all brought in by the reading, is no word of an unknown language by chance: those keep some plain letter. Short
ones beside it say nothing."""

_LONE = re.compile(r"[\x00-/:-@\[-`{-\x7f]*[^\x00-\x7f][\x00-/:-@\[-`{-\x7f]*")
"""A character that stands alone: of the commonest 3,755 of Chinese every twelfth is a letter or a short word in some other codec (`脿` is `à`). So
it is damage only in a text of an alphabet (`il va 脿 Paris`), not in lists and tables of characters, nor in texts with a space between words.
"""

VIETNAMESE = frozenset({"tcvn3", "viscii", "cp1258"})
"""Codecs in which nothing but Vietnamese was written: `Lāpule` is Hawaiian, and no `Lõpule`, which is Estonian."""

_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile("[A-Za-z]")
_RUN, _FIGURE = re.compile("[A-Za-z]{3,}"), re.compile("[0-9]")


def wordless(by: Mapping[Chain, Mapping[str, Reading]], staying: Collection[str], told: Prior, prior: Prior, proven: Mapping[str, int]) -> set[Chain]:
    """Those of the chains, each with what it reads of which words, that make no words, in a document in which the words `staying` stay as they are.

    `told` are its languages as the readings tell them, `prior` as it stands.
    """
    unproven = {chain: mine for chain, mine in by.items() if not is_proven(chain, proven)}
    doubtful = {chain: _of_kin(chain, by) for chain in unproven if not needs_no_witness(chain)}
    standing = {word: account(word, told) for word in islice(filter(_LATIN.search, staying), SAMPLE)} if doubtful else {}
    lone = {chain for chain, mine in unproven.items() if chain[0].read in MULTI_BYTE and _stand_alone(mine)}
    if lone and prior.keys() - {"", *IDEOGRAPHIC} and not any(map(_UNSPACED.search, staying)):
        lone = set()
    foreign = {chain for chain, mine in doubtful.items() if chain[-1].meant in VIETNAMESE and not _is_vietnamese(mine, told)}
    scattered = {
        chain
        for chain, mine in doubtful.items()
        if nats(chain) > RARE and all(_is_plain(word, reading.text) for word, reading in mine.items()) and not _agree(mine.values(), told)
    }
    return (
        lone
        | foreign
        | scattered
        | {
            chain
            for chain, mine in doubtful.items()
            if sum(map(_is_mixed, mine)) < MIXED
            and not _makes_words(
                [*mine.values()],
                standing,
                told,
                main=_main(prior),
                plain=[_is_plain(word, reading.text) for word, reading in mine.items()],
                seen=[account(word, told) for word in mine],
            )
        }
    )


MIXED = 2
"""So many words that mix Latin letters with Cyrillic ones that do not look like these, or with Greek capitals, are damage, whether a list knows them or
not: no language has them."""

_MIXTURE = re.compile("[A-Za-z][\u0391-\u03a9\u0400-\u04ff]|[\u0391-\u03a9\u0400-\u04ff][A-Za-z]")


def _is_mixed(word: str) -> bool:
    """Whether a word mixes scripts inside, and not by letters that look like others."""
    return _MIXTURE.search(in_cyrillic(word)) is not None and _MIXTURE.search(in_latin(word)) is not None


def _of_kin(chain: Chain, by: Mapping[Chain, Mapping[str, Reading]]) -> dict[str, Reading]:
    """What a chain reads, and those that differ from it only within a family of codecs: they are one misreading, and speak for each other."""
    return {word: reading for other, mine in by.items() if are_cousins(chain, other) for word, reading in mine.items()}


def _stand_alone(found: Mapping[str, Reading]) -> bool:
    """Whether half of what a chain reads are characters that stand alone, and nothing of the rest is a listed word."""
    others = [reading for word, reading in found.items() if not _LONE.fullmatch(word)]
    return 2 * len(others) <= len(found) and not any(map(is_word, others))


def _main(prior: Prior) -> str:
    """The main language of a document as it stands, "" if nothing is told of it."""
    return min((nats, language) for language, nats in prior.items())[1] if prior else ""


def _is_in(text: str, language: str, prior: Prior) -> bool:
    """Whether a word of a text with Latin letters beyond ASCII is likeliest in a language."""
    return language in _languages(text, prior)


def _is_vietnamese(found: Mapping[str, Reading], prior: Prior) -> bool:
    """Whether some reading is likeliest Vietnamese, which has a letter beyond ASCII in nearly every word: a single plain one shows nothing (`vî`)."""
    if sum(reading.replaced for reading in found.values()) == 1 and all(_is_plain(word, reading.text) for word, reading in found.items()):
        return False
    return any(_is_in(reading.text, "vi", prior) for reading in found.values())


def _languages(text: str, prior: Prior) -> set[str]:
    """The languages in which the words of a text that have Latin letters beyond ASCII are likeliest."""
    return {judge(fold(word), "Latin", prior).language for word in _WORD.findall(text) if _LATIN.search(word)}


def _makes_words(found: Sequence[Reading], standing: Mapping[str, Account], prior: Prior, *, main: str, plain: Sequence[bool], seen: Sequence[Account]) -> bool:
    """Whether some of the words that a chain reads are listed, and of those that stay in their script; or their signs stand at listed words.

    More of them must be if words are `plain` as they are `seen`, and a rare misreading is not believed of one letter if some of these may well be
    words: `læsninger` is no `løsninger`, and `Äquivalent` in German no `équivalent`.
    """
    known, unknown = _listed([reading.brought for reading in found])
    if known or unknown:
        unknown += sum(not (reading.brought.letters or _stands_at_a_word(reading.text, prior)) for reading in found)
        if any(_UNSPACED.search(reading.text) for reading in found):
            return known > 0 or sum(reading.brought.letters for reading in found) > SHORT
        letters = {letter for reading in found for letter in _LATIN.findall(reading.text)}
        if not letters and sum(reading.brought.letters for reading in found) < SHORT:
            return False  # `дБ` is no `Да`
        stay = _listed(standing.values()) if all(_LATIN.search(reading.text) for reading in found) else (0, 0)
        if any(plain) and known and nats(found[0].chain) > RARE and 0 < len(letters) < VARIED:
            if len(letters) == 1 and nats(found[0].chain) > RAREST:
                is_foreign = not any(_is_in(reading.text, main, prior) for reading in found)
                is_short = any(reading.brought.letters < LONG for reading in found)
                if not all(word.strain for word in seen) or (is_foreign and (is_short or (main and not all(word.excess for word in seen)))):
                    return False
            return known > unknown - (len(letters) > 1)
        if known and all(plain) and len(letters) == 1 and nats(found[0].chain) >= USUAL and known < unknown:
            return False  # `salvāts`, `dāts`, `personāls` for Friulian, and only the last is listed
        if known:
            return known > MAKES * unknown and known + stay[0] > MAKES * (unknown + stay[1])
        sizes = [reading.brought.letters for reading in found if not _PLAIN.search(reading.text)]
        if len(sizes) == len(found) and max(sizes) >= WHOLLY and not any(SHORT <= size < WHOLLY for size in sizes):
            return True
        is_at_home = stay[0] >= TOLD * max(1, stay[1]) and any(_fits(reading, main, prior) for reading in found)
        named = any(plain) and not is_at_home and any(map(_is_name, found))
        against = sum(_listed(kind for word, kind in standing.items() if _would_change(word, found[0].chain))) if sum(stay) >= STANDING else 0
        return unknown == 1 and against < STANDING and not named and not any(_SIGN.search(reading.text) for reading in found)
    return any(reading.brought.letters for reading in found) or 2 * sum(_stands_at_a_word(reading.text, prior) for reading in found) > len(found)


TOLD = 3
"""So many listed words that stay, and as many for each other one, show that a text is in the language that it is taken for."""


def _fits(reading: Reading, main: str, prior: Prior) -> bool:
    """Whether a reading is like any other small word of the main language."""
    return reading.text.islower() and not reading.account.strain and _is_in(reading.text, main, prior)


def _would_change(word: str, chain: Chain) -> bool:
    """Whether a word would not be what it is if `chain` had damaged it: `á` is the same in the codecs of Western and of Central Europe."""
    return undo(word, chain[0]) is not None or not is_encodable(word, chain[0].read)


def _agree(found: Collection[Reading], prior: Prior) -> bool:
    """Whether most of the words that a chain reads are in one language: those that chance makes of a language that no list knows are each in another."""
    counts = Counter(language for reading in found for language in _languages(reading.text, prior))
    return not counts or 2 * max(counts.values()) > len(found)


def _is_plain(word: str, text: str) -> bool:
    """Whether a reading `text` takes nothing but Latin letters of a word, and its capitals stand where words have them: no damage shows in it (`formÔ`).

    What is left, as the dots of `Avviâ…`, shows none either.
    """
    word = word.translate(_PHONETIC)
    return not account(word).odd and all(_LATIN.match(char) or char in text for char in word if char > "\x7f")


def _is_name(reading: Reading) -> bool:
    """Whether a reading takes nothing but a Latin letter for another, or two for a rare misreading: `Slovčnie` for `Slovènie` is as good as any name."""
    letters = _LATIN.findall(reading.text)
    how_rare = nats(reading.chain)
    return bool(letters) and (
        reading.replaced == 1
        or (how_rare > USUAL and len({*letters}) < (VARIED if reading.brought.letters < LONG else 2))
        or (how_rare > RARE and reading.replaced == 2)
    )


def is_judged(chain: Chain, proven: Mapping[str, int]) -> bool:
    """Whether a chain must have more for it than what it reads: none that is proven, and none of UTF-8 that a codec read which mostly reads it."""
    return not is_proven(chain, proven) and (not needs_no_witness(chain) or (chain[0].read in EIGHT_BIT and chain[0].read not in ("latin-1", "cp1252")))


def is_word(reading: Reading) -> bool:
    """Whether a reading is a listed word, and none of two letters, which chance makes of any word."""
    return reading.brought.known > 0 and reading.brought.letters > 2


def is_outnumbered(chain: Chain, found: Sequence[Reading], beside: Iterable[str], prior: Prior) -> bool:
    """Whether a chain that reads what is `found` leaves more unlisted words `beside` than that is worth, though it would have damaged them too.

    They are those of the same lines, and of the whole document where only a FEW words are read, none of which is listed. Of UTF-8 only letters are asked
    about that no list knows: its quotation marks and dashes stand among sound words of any language.
    """
    known = sum(map(is_word, found))
    if needs_no_witness(chain) and (known or not any(reading.brought.letters for reading in found)):
        return False
    most, left = OUTWEIGHED[True] * known + OUTWEIGHED[False] * (len(found) - known), 0
    for word in islice(beside, SAMPLE):
        damaged = may_be(word, chain) if needs_no_witness(chain) else undo(word, chain[0]) is not None
        left += damaged and not account(word, prior).known
        if left > most:
            return True
    return False


def _listed(accounts: Iterable[Account]) -> tuple[int, int]:
    """How many of these have a listed word, and how many have none but unlisted ones."""
    found = [(found.known > 0, found.unknown > 0) for found in accounts]
    return sum(known for known, _ in found), sum(unknown and not known for known, unknown in found)


def _stands_at_a_word(text: str, prior: Prior) -> bool:
    """Whether the signs of a reading stand at a number, or at words that are all listed."""
    runs = _RUN.findall(text)
    return all(judge(fold(run), "Latin", prior).zipf for run in runs) if runs else _FIGURE.search(text) is not None
