"""The ways through a lattice of what was misread and worn, and which is the likeliest text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from summitfix.language import HOME, STRANGER, Prior, account
from summitfix.model import EDGE, IDEOGRAPHIC, SCALE, alphabet, characters, fold, trained
from summitfix.rereading.readings import WITNESS
from summitfix.rereading.worn import Edge, Lattice
from summitfix.scripts import NAMES, marks

BEAM = 32
"""So many ways through the lattice are kept."""

FINALISTS = 12
"""So many readings of a stretch are weighed with the word lists."""


class Path(NamedTuple):
    """A way through the lattice: its cost by the wear (in the end by the model too), its text, and the places that it changes with the edges taken there.

    `settled` is about what its words cost but for the last one, of the script `script`, whose costs so far in all languages are `lanes`.
    """

    nats: float
    text: str
    taken: tuple[tuple[int, Edge], ...]
    settled: float = 0.0
    script: str = ""
    lanes: int = 0


def paths(text: str, edges: Lattice, start: int, end: int, prior: Prior) -> list[Path]:
    """The best ways through a stretch of the lattice, the best first; among them is the one that changes nothing."""
    waiting: dict[int, dict[str, Path]] = {start: {"": Path(0.0, "", ())}}
    for at in range(start, end):
        here = list(waiting.pop(at, {}).values())
        if len(here) > BEAM:
            here = sorted(here, key=lambda path: path.nats + _settled(path, prior))[:BEAM]
        usable = [edge for edge in edges[at] if edge.layer]
        sound = max((edge.end for edge in usable if not edge.nats), default=0)
        for path in here:
            for edge in usable:
                if edge.end <= end and (edge.nats or edge.end >= sound):
                    cost = edge.nats - WITNESS * (edge.char > "\x7f") + _dash_nats(text, at, edge, prior)
                    _keep(waiting, edge.end, _grown(path, edge.char, prior, path.nats + cost, (*path.taken, (at, edge))))
            if not sound:
                _keep(waiting, at + 1, _grown(path, text[at], prior, path.nats, path.taken))
    best = sorted(waiting.get(end, {}).values(), key=lambda path: path.nats + _settled(path, prior))[:FINALISTS]
    return sorted(path._replace(nats=path.nats + guess_nats(path.text, prior)) for path in best)


@lru_cache(maxsize=1 << 14)
def _letter(char: str) -> tuple[str, str]:
    """The script of a character, and its folded form if it is a letter whose pairs the model holds, else ""."""
    script = NAMES.get(marks(char), "")
    return script, "" if script in ("Han", "Hangul") or script not in trained() else fold(char)[:1]


def _grown(path: Path, char: str, prior: Prior, nats: float, taken: tuple[tuple[int, Edge], ...]) -> Path:
    """A path with one more character, at what it costs then and with what it has taken then."""
    _, text, _, settled, before, lanes = path
    script, folded = _letter(char)
    if not folded:
        more = min(costs[-1] for costs in _ideograph(text[-1:], char)) if script in ("Han", "Hangul") else _single(char)
        return Path(nats, text + char, taken, _settled(path, prior) + more)
    letters = alphabet(script)
    if script == before:
        return Path(nats, text + char, taken, settled, script, lanes + letters[_letter(text[-1])[1] + folded])
    return Path(nats, text + char, taken, _settled(path, prior), script, letters[EDGE + folded])


@lru_cache(maxsize=1 << 12)
def _single(char: str) -> float:
    return account(char, listed=False).nats


@lru_cache(maxsize=1 << 14)
def _ideograph(before: str, char: str) -> tuple[list[float], ...]:
    """What a character of Chinese, Japanese or Korean costs in each language after the one before it."""
    return tuple(characters(language).costs(before + char) for language in IDEOGRAPHIC)


def _settled(path: Path, prior: Prior) -> float:
    """About what the text of a path costs whose last word may go on."""
    if not path.script:
        return path.settled
    return path.settled + _least(path.script, path.lanes, prior)


@lru_cache(maxsize=1 << 15)
def _least(script: str, lanes: int, prior: Prior) -> float:
    """What the cheapest language of a script makes of a word's costs."""
    letters, stranger = alphabet(script), prior.get("", 0.0)
    spread = letters.spread(lanes)
    least = min(spread) / SCALE + stranger
    for language, nats in prior.items():
        if nats < stranger and (place := letters.places.get(language)) is not None:
            least = min(least, spread[place] / SCALE + nats)
    return least


def _keep(waiting: dict[int, dict[str, Path]], at: int, path: Path) -> None:
    """Keep the cheapest of the paths that reach a place with the same text."""
    known = waiting.setdefault(at, {})
    if path.text not in known or path.nats < known[path.text].nats:
        known[path.text] = path


DASH = 6.0
"""What `–` costs more than `—` where a quotation mark is all that is left to tell them apart, but between digits the other way round."""

SPACED_DASH = frozenset(["cs", "da", "de", "et", "fi", "hu", "is", "nb", "nl", "nn", "pl", "sk", "sl", "sv"])
"""Languages that write the short dash between spaces, so that neither is likelier."""


def _dash_nats(text: str, at: int, edge: Edge, prior: Prior) -> float:
    """What a dash that is guessed costs more for being the rarer one."""
    if not edge.lost or edge.char not in "–—":
        return 0.0
    if text[at - 1 : at].isdigit() and text[edge.end : edge.end + 1].isdigit():
        return DASH * (edge.char == "—")
    short = prior.get("", 0.0) >= STRANGER and any(prior.get(language) == 0.0 for language in SPACED_DASH)
    return DASH * (edge.char == "–" and not short)


ODD = 3.0
"""What each sign between letters and odd change of case costs more in a text that is guessed."""

LISTED = 3.0
"""How much less a word costs that the lists hold than others: seven of eight words are listed, and few of those that a wrong letter makes."""

MIXED = 8.0
"""What it costs more that a letter of another script touches Han, kana or Hangul, which all but Latin ones rarely do."""

_MIXED = "[\u0250-\u1fff](?=[\u3041-\ud7a3])|[\u3041-\ud7a3](?=[\u0250-\u1fff])"

DOUBLE = 5.0
"""What a space costs more that follows another or stands among Han and kana: it was the no-break space of a sequence."""

_DOUBLE = "[\u3041-\u9fff] (?=[\u3041-\u9fff])"

_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]+")
_VOWELS = re.compile("ού|[αεηοω]ί|[αεο]ύ|ηύ|ου|[αεο]ι|[αεη]υ|[αεηιουωάέήίόύώϊϋΐΰ]")
_TONOS = re.compile("[άέήίόύώΐΰ]")
UNACCENTED = 5.0
"""What a Greek word costs more that has two syllables and not one accent: the orthography since 1982 asks for just one."""

ELISIONS = {
    # languages: where they have an apostrophe
    ("en",): re.compile(
        "(?i)(?<![^\\W\\d_])(?:(?:do|does|did|is|are|was|were|has|have|had|ca|could|wo|would|sha|should|might|must|need|ai)n’t"
        "|(?:I|you|he|she|it|we|they|who|what|that|this|there|here|how|where|when|why|[^\\W\\d_]*(?:one|body)|(?:[cw]|sh)ould|might|must)’(?:re|ve|ll|d|m)"
        "|[^\\W\\d_]{2,}’s)(?![^\\W\\d_])"
    ),
    ("fr", "it", "ca"): re.compile("(?<![^\\W\\d_])[lLdDjJmMnNsStTcC]’[aeiouyhéèêâàôîAEIOUYHÉÈÊÂÀÔÎ]"),
}
APOSTROPHE = 4.0
"""How much less an apostrophe costs where English has it in `don’t` and `it’s`, French and Italian in `l’été`."""


_APOSTROPHE = re.compile("(?<=[^\\W\\d_])’(?=[^\\W\\d_])")


def elides(text: str, before: str, prior: Prior) -> bool:
    """Whether a text has apostrophes where a language of its document has them, and none elsewhere that it did not have `before`.

    `ci’ve` in Ligurian would be English, `Alg’tt’s` (`Algâttâs` in Inari Sami) none at all.
    """
    usual = [found for codes, found in ELISIONS.items() if min(prior.get(code, prior.get("", 0.0)) for code in codes) <= HOME]
    elided = {match.start() + match[0].index("’") for found in usual for match in found.finditer(text)}
    return bool(elided) and len({match.start() for match in _APOSTROPHE.finditer(text)} - elided) <= len(_APOSTROPHE.findall(before))


def guess_nats(text: str, prior: Prior) -> float:
    """What a text costs that was put together from guesses."""
    found = account(text, prior)
    listed = LISTED * found.known
    greek = sum(len(_VOWELS.findall(word)) > 1 and len(_TONOS.findall(word)) != 1 for word in _GREEK.findall(text) if word.islower())
    ideographic = max(text, default="") > "\u3040"  # else there is no need to compile what takes milliseconds
    mixed = MIXED * len(re.findall(_MIXED, text)) if ideographic else 0.0
    double = DOUBLE * (text.count("  ") + (len(re.findall(_DOUBLE, text)) if ideographic else 0))
    elided = APOSTROPHE * sum(len(pattern.findall(text)) for pattern in ELISIONS.values())
    return found.nats - listed + mixed + double + ODD * found.odd + UNACCENTED * greek - elided
