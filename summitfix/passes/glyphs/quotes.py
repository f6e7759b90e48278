"""Quotation marks come in pairs: an opening one before a word, a closing one behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from summitfix.passes.glyphs.guards import words_before, words_behind
from summitfix.passes.glyphs.marks import Mark
from summitfix.passes.glyphs.spelling import NUL, fill
from summitfix.words import zipf

LENGTH = 500
"""How long a quotation is looked for, in code points; it does not run over an empty line."""

OPENS = re.compile(r"(?:^|[\s(\[{\"'“‘>—–]|(?:^|[\s(])[*_]{1,2}|\\[nrt])\Z")
WORD_BEHIND = re.compile(r"[\"'‘“(*_]?[^\W_]|\?[^\W_]|[.…]{2,3}")
CLOSES = re.compile(r"(?<=[^\s?(\[{\"“‘—–-])(\?{1,3}|\ufffd{1,3}|â(?:\?\?|\?\ufffd|\ufffd{1,2})|â€[?\ufffd])(?!\?)(?=$|[\s.,;:!)\]}\"'”’<\\*_&—–/-])")
WONDERS = (
    "who what when where why which how whose whom qué quién quiénes cómo dónde cuándo cuál cuáles "
    "cuánto cuántos wer wie wo warum wann qui quand pourquoi comment où est-ce vous avez-vous chi cosa dove perché quando onde quem kto gdzie dlaczego "
    "czy czyż кто где почему когда зачем разве неужели сколько куда откуда "
    "ты вы тебе вам можно kdo kde proč kdy jak "
    "hvem hva hvor hvorfor hvordan vem vad varför hur wie waar waarom wanneer welke kim neden nasıl nerede hangi"
)
INVERTS = (
    "is are was were do does did can could will would should shall have has had am may isn don aren ist sind hat habt hast bist seid kann kannst können wird "
    "wirst soll sollen darf dürfen gibt geht kommt kommst weißt heeft heb hebben hebt weet mag zou bent kun kunnen wil zijn gaat har är kan ska "
    "vill finns er skal peut-on est-ce a-t-il hay puede puedes tiene tienes sabes quieres usted masz macie chcesz możesz wiesz jesteś máš víš chceš "
    "c’è hai sai puoi vuoi você tem há pode"
)
WORDS = re.sub("[áéíóúèù]", lambda letter: f"[{letter[0]}?\ufffd]", WONDERS.replace(" ", "|"))
QUESTION = re.compile(
    rf"(?i)(?:(?:\A|[.!?:;]\s|\b(?:and|but|so|or|well|then),?\s)\W*(?:{WORDS})|"
    rf"(?:\A|[.!?:;,]\s|\b(?:well|then|so),?\s)\W*(?:{INVERTS.replace(' ', '|')}))\b[^.!?]*\Z"
)
"""A clause that asks."""

INTRODUCED = re.compile(
    r"(?i)\b(?:so[- ]called|called|named|known as|term|word|phrase|titled?|entitled|said|says?|wrote|saying|told|asked|added|the|as|of|an?|"
    r"sogenannte[nrms]?|dit|appelée?|llamad[oa]|detto|chamad[oa])[:,]? \W?\Z"
)
OPTIONS = re.compile(
    r"\bpattern\b|\?[-\w]+(?: [-\w]+){0,3}\?\s+\?[-\w]|\.\.\.\?|\?-\w+|\?\w+ \?\w+ |\(\?\w+\s+\?|[{(.;]\s*\?\w+ \S+ \?\w|^\s*\?\w+ \w+:\w", re.MULTILINE
)
"""Optional arguments of Tcl (`?access? ?permissions?`), variables of SPARQL, CLIPS and PDDL: question marks that belong to words."""

PARAMETER = re.compile(r"[\w\\]+ *(?:[,)=;|\]]|\$|->|:)|\w+ \$|\w+\\")
"""A nullable type (`?string $name`, `?Foo)`), a variable: not a quoted sentence."""


INVERTED = re.compile(r"(?P<inner>(?:[^.!?\n¿¡]|\?(?=\w)|(?<=\w)\?(?= [a-z])){1,200})(?P<end>[!?])(?=$|[\s\"”»)<'’])", re.MULTILINE)


def inverted(text: str, mark: Mark) -> tuple[str, float] | None:
    """The inverted sign that opens a Spanish question or exclamation at the mark, and its weight in nats."""
    found = INVERTED.match(text, mark.end) if opens(text, mark) else None
    if found is None:
        return None
    if found["end"] == "!":
        return "¡", 4.0
    return "¿", 5.0 if QUESTION.search(found["inner"]) else 2.6 if re.compile(r"\s+[^\W\d_A-Z]|,").match(text, found.end()) is None else 0.0


SPACED = re.compile(
    r"(?:(?<=\A)|(?<=\n)|(?<=[^\W\d_][ ,:(])|(?<=[,:] )|(?<=[^\W\d_] )|(?<=\())(\?{1,2}|\ufffd{1,2}) "
    r"(?=[?\ufffd]?[^\W_])([^?\ufffd\n]|[?\ufffd](?=[^\W_])|(?<=[^\W_])[?\ufffd](?= [^\W_])){2,300}?(?<=[\w.,!)…]) \1"
    r"(?=(?: (?=[^\W\dA-ZÀ-Ý_]))|[,.;:)](?:\s|\Z))"
)
OUTSIDE = re.compile(
    r"\b(?i:un|une|le|la|les|des|du|de|ce|cette|ces|que|qu[’'?]\w*"
    r"|comme|appel\w+|dit\w*|sur|par|et|:|d[’'?]une?|son|sa|ses)\s*\Z|:\s*\Z|\A\Z|\n\Z"
)
"""What stands before a French quotation, and never before à."""


def spaced(text: str) -> Iterator[tuple[Mark, Mark, float]]:
    """The French quotations of the text, `« mot »`: both marks, and the weight in nats of both together."""
    found = SPACED.search(text)
    while found is not None:
        size, kind = len(found[1]), found[1][0]
        inner = text[found.end(1) + 1 : found.end() - size - 1]
        outside = OUTSIDE.search(text[max(0, found.start() - 20) : found.start()]) is not None
        if outside:
            weight = 5.0 - (6.0 if CODE.search(inner) or is_torn(inner) else 0.0) - (4.0 if QUESTION.search(inner) else 0.0)
            yield Mark(*found.span(1), kind), Mark(found.end() - size, found.end(), kind), weight
        found = SPACED.search(text, found.end() if outside else found.start() + 1)


class Pair(NamedTuple):
    """An opening mark, its closing one (None if it stands alone), and the weight in nats of both together."""

    opening: Mark
    closing: Mark | None
    weight: float


def pairs(text: str, candidates: Iterable[Mark], taken: set[int], language: str, *, loses_letters: bool) -> Iterator[Pair]:
    """The quotations of the text whose opening mark is among `candidates`; marks at the offsets `taken` are something else.

    Where letters were lost as well an opening mark that is never closed is sooner one of these.
    """
    reach = 0
    opening = [mark for mark in candidates if mark.start not in taken and opens(text, mark)]
    for i, mark in enumerate(opening):
        if mark.start < reach:
            continue
        limit = opening[i + 1].start if i + 1 < len(opening) else len(text)
        closing = _closing(text, mark, min(limit, mark.end + LENGTH), taken)
        if closing is not None:
            reach = closing.end
        yield Pair(mark, closing, _weight(text, mark, closing, language, loses_letters=loses_letters))


def opens(text: str, mark: Mark) -> bool:
    """Whether a quotation may begin at the mark."""
    return bool(OPENS.search(text[max(0, mark.start - 3) : mark.start]) and WORD_BEHIND.match(text, mark.end))


HEDGES = frozenset({"optional", "maybe", "sic", "required", "unknown", "arg", "args", "argument", "arguments", "option", "options", "name", "value"})
"""Words around which people write question marks of their own."""

CODE = re.compile(r"[{}=<>$\\\\|]{2}|[{}$|]|\A(\S+) .*\b(?:or|and) \1\Z")
"""Signs of code; and "?word or word?", which tells of the question mark itself."""


def is_torn(inner: str) -> bool:
    """Whether a straight quote or a bracket inside has its partner outside: then the marks belong to two strings, not to one sentence."""
    return TORN.search(inner) is not None or inner.count('"') % 2 == 1 or inner.count("(") != inner.count(")") or inner.count("[") != inner.count("]")


TORN = re.compile(r"['\"]\s*[,)+:]\s*[('\"]|\A[^'\"]*[^\s\w]'\s")


def _closing(text: str, opening: Mark, limit: int, taken: set[int]) -> Mark | None:
    """The first mark of the same make behind the opening one that may close it."""
    if (gap := re.compile(r"\n[ \t*#/%;>-]*\n").search(text, opening.end, limit)) is not None:
        limit = gap.start() + 1
    size = opening.end - opening.start
    fallback = None
    for found in CLOSES.finditer(text, opening.end, limit):
        start, end = found.span(1)
        if start in taken:
            continue
        if opening.kind == "?":
            if found[1] == "?" * (size + 1):  # a real question mark and the closing quotation mark: whoever asks has his own inside
                before = text[max(0, opening.start - 2) : opening.start].strip()
                inside = not before or before[-1] in ":,.!?" or QUESTION.search(text[opening.end : start]) is not None
                return Mark(start + 1, end, "?") if inside else Mark(start, end - 1, "?")
            if found[1] != "?" * size:
                continue
            if fallback is not None and text[start - 1].isalnum():
                continue
            if fallback is None and (QUESTION.search(text[opening.end : start]) or (text[start - 1].isalnum() and NEXT.match(text, end))):
                fallback = Mark(start, end, "?")
                continue
            return Mark(start, end, "?")
        if found[1][0] in "\ufffdâ":
            return Mark(start, end, opening.kind)
    return fallback


NEXT = re.compile(r"\s+[^\W\d_a-zß-ÿ]")
"""A new sentence: the mark before it may well be a question mark."""


def _unlikely(inner: str, language: str, *, whole: bool = True, loses_letters: bool = False) -> float:
    """Nats against a quotation that begins or (if it is the `whole` one) ends with something that is no word: there a letter was lost."""
    ends = [FIRST.match(inner), LAST.search(inner) if whole else None]
    rare = 0.0 if whole and not loses_letters else RARE
    strange = [found[1] for found in ends if found and found[1] and not found[1][0].isupper() and zipf(found[1], language) <= rare]
    gapped = GAPPED.match(inner)
    torn = gapped is not None and fill(re.sub("[?\ufffd]", NUL, gapped[1].lower()), language) is None
    return (2.0 if language == "en" else 8.0) * len(strange) + 8.0 * torn


DIGIT = re.compile(r"\d")
RARE = 3.0
"""The Zipf frequency up to which a word is not believed to begin a quotation of which only the opening mark is found."""

FIRST = re.compile(r"[^\w?\ufffd]*([^\W\d_]*)(?![\w?\ufffd’-])")
GAPPED = re.compile(r"([^\W\d_]+(?:[?\ufffd][^\W\d_]+)+)(?<!n[?\ufffd]t)(?<![?\ufffd]ll)(?<![?\ufffd]re)(?<![?\ufffd]ve)(?<![?\ufffd][sdm])(?![\w?\ufffd])")
"""A word with gaps, and no contraction."""

LAST = re.compile(r"(?<![\w?\ufffd’'-])([^\W\d_]+)[.,!…;:]*\Z")


def _weight(text: str, opening: Mark, closing: Mark | None, language: str, *, loses_letters: bool) -> float:
    """Nats that the marks are quotation marks, if they are question marks."""
    start, end = opening.start, opening.end
    outside = words_before(text, start)
    nats = -5.0 if OPTIONS.search(text, max(0, start - 200), end + 200) else 0.0
    if PARAMETER.match(text, end) and closing is None:
        nats -= 4.0
    introduced = INTRODUCED.search(text[max(0, start - 20) : start]) is not None
    if DIGIT.match(text, end):
        nats -= 5.0 if closing else 9.0
    if closing is None and text[start - 1 : start] in {"'", '"'}:
        nats -= 4.0
    if closing is None and end - start == 2:
        nats -= 4.0
    if closing is None:
        nats -= 6.0 if loses_letters else 0.0
        citation = re.search(r"[^\W\d_][,:] \Z", text[max(0, start - 3) : start]) is not None
        sentence = re.compile(r"(?:[A-Z][\w’?-]*|An?|I)(?: [\w’?-]+){3}").match(text, end)
        nats -= _unlikely(text[end : end + 40], language, whole=False) * 3
        return nats + (4.8 if citation and sentence and outside >= 2 else 1.5 if outside + words_behind(text, end) >= 5 else -1.0)
    inner = text[end : closing.start]
    outside += words_behind(text, closing.end)
    if CODE.search(inner) or is_torn(inner):
        nats -= 10.0
    if text[start - 1 : start] == "(" and text[closing.end : closing.end + 1] == ")":
        nats -= 3.0  # an afterthought in doubt, as (?list of?)
    nats -= _unlikely(inner, language, loses_letters=loses_letters)
    if inner[-1] in ",.!…":
        nats += 1.5  # “I knew,” she whispered: no question mark stands behind a comma
    words = len(inner.split())
    nats += 3.6 if words == 1 else 5.2
    if len(inner) == 1:
        nats -= 4.0  # rock ’n’ roll
    if words == 1 and inner.lower() in HEDGES:
        nats -= 2.0
    if words == 1 and inner.isupper() and len(inner) > 1:
        nats -= 2.5
    if words == 1 and not re.fullmatch(r"[^\W\d_][\w’'?-]+[.,;!]?", inner):
        nats -= 2.0
    nats += (1.2 if introduced else 0.0) + (0.6 if outside >= 6 else 0.0 if outside >= 3 else -1.5)
    if closing.end - closing.start == opening.end - opening.start and text[closing.start - 1] != "?" and QUESTION.search(inner):
        nats -= 3.5
    return nats
