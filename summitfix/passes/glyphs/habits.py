"""What a document does elsewhere: its language, its dashes and quotes, its undamaged words, the codec that lost its glyphs."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from summitfix.core import Document
from summitfix.languages import languages
from summitfix.passes.glyphs.marks import marks
from summitfix.passes.glyphs.spelling import ALPHABETS, NUL, fill
from summitfix.words import zipf


class Style(NamedTuple):
    """How a language is set: its quotation marks and its dash."""

    opening: str
    closing: str
    dash: str


STYLES = {
    # As the newspapers of each language set them.
    "en": Style("“", "”", "—"),
    "ca": Style("«", "»", "–"),
    "cs": Style("„", "“", "–"),
    "da": Style("”", "”", "–"),
    "de": Style("„", "“", "–"),
    "fi": Style("”", "”", "–"),
    "fr": Style("“", "”", "–"),  # « and » have spaces inside there: marks that touch a word are the others
    "hr": Style("„", "“", "–"),
    "hu": Style("„", "”", "–"),
    "pl": Style("„", "”", "–"),
    "ro": Style("„", "”", "–"),
    "ru": Style("«", "»", "—"),
    "sv": Style("”", "”", "–"),
    "uk": Style("«", "»", "—"),
}
OTHERS = Style("“", "”", "–")
"""es it pt nl tr and all that have no row."""

MOJIBAKE = re.compile(r"mojibake\.(.+?)-as-.+")


class Habits:
    """What decides between glyphs, each found out when it is first asked for: most marks of innocent text ask for none of it."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def language(self) -> str:
        """The language of the lines that have marks; see `language`."""
        return self.document.language or language(self.document.text)

    @cached_property
    def codec(self) -> str | None:
        """The legacy codec that the text went through, None if none is known."""
        return _codec(self.document)

    @cached_property
    def dash(self) -> str:
        """The dash of the text, else of its language."""
        return _dash(self.document.text, STYLES.get(self.language, OTHERS), self.codec)

    @cached_property
    def quotes(self) -> tuple[str, str]:
        """The opening and the closing quotation mark of the text, else of its language."""
        return _quotes(self.document.text, STYLES.get(self.language, OTHERS))

    @cached_property
    def twins(self) -> dict[tuple[str, str], Counter[str]]:
        """The glyphs that stand undamaged in words of the text; see `_twins`."""
        return _twins(self.document.text)

    @cached_property
    def is_sign_a_letter(self) -> bool:
        """Whether every lost letter left one sign: single ones stand within words. Else it may have left one for each byte."""
        return SINGLE.search(self.document.text) is not None

    @cached_property
    def loses_letters(self) -> bool | None:
        """Whether the letters beyond ASCII of its language were lost too: it has none. None if the text is too short to tell, or needs none."""
        own = ALPHABETS.get(self.language, "")
        if self.language == "en" or not own or own.isupper():
            return None
        text = self.document.text.lower()
        restored = self.document.rows.get("glyphs.letter", 0) + self.document.rows.get("glyphs.word", 0)
        intact = sum(text.count(letter) for letter in own) - restored
        return None if intact <= 0 and not restored and len(text) < TELLING else intact <= restored

    @cached_property
    def bullet(self) -> str:
        """The sign that begins the items of lists in the text, else the usual one."""
        found = Counter(re.findall(r"^[ \t]*([•·▪◦‣●■])[ \t]", self.document.text, re.MULTILINE))
        return found.most_common(1)[0][0] if found else "•"

    def keeps(self, letter: str) -> bool:
        """Whether a letter stands undamaged in the text: a codec loses it everywhere or nowhere."""
        return letter in self.document.text and not self.document.rows.get("glyphs.letter")

    @cached_property
    def currency(self) -> str:
        """The sign of money that the text itself uses, else that of its language; empty if there are several."""
        found = [sign for sign in "€£$¥" if sign in self.document.text]
        return found[0] if len(found) == 1 else "€" if not found and self.language in EURO else ""

    def lacks(self, glyph: str) -> bool | None:
        """Whether the codec of the text has no such glyph. None if no legacy codec is known, or if one that only a misreading showed has it.

        Such a one says nothing against a loss: the text went through others too, and once the misreading is repaired nothing shows that codec any more.
        """
        if self.codec is None:
            return None
        if not encodes(self.codec, glyph):
            return True
        return False if self.codec == self.document.encoding else None


TELLING = 80
"""A text of so many code points has a letter beyond ASCII in all languages that have any, English and Dutch apart."""

EURO = frozenset(["de", "fr", "es", "it", "pt", "nl", "fi", "el", "ca"])

SINGLE = re.compile(r"[^\W\d_](?:\?|\ufffd)[^\W\d_](?!t\b|s\b)")


@lru_cache(maxsize=512)
def encodes(codec: str, glyph: str) -> bool:
    """Whether `codec` has `glyph`."""
    try:
        glyph.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _codec(document: Document) -> str | None:
    """The legacy codec of the text: of a misreading proven in it, else of its file. Unicode has every glyph and tells nothing, nor does ASCII."""
    proven = {found[1]: count for row, count in document.rows.items() if (found := MOJIBAKE.fullmatch(row))}
    codec = max(proven, key=lambda name: proven[name]) if proven else document.encoding
    if codec is None or codec.lower().replace("_", "-").startswith(("utf", "ucs", "gb18030", "ascii", "us-ascii")):
        return None
    try:
        codecs.lookup(codec)
    except LookupError:
        return None
    return codec


def _dash(text: str, style: Style, codec: str | None) -> str:
    em, en = text.count("—"), text.count("–")
    if em != en:
        return "—" if em > en else "–"
    if codec and encodes(codec, style.dash) and not encodes(codec, "—"):
        return "—"
    return style.dash


QUOTED = ("“”", "„“", "„”", "«»", "»«", "‘’", "‚‘")


def _quotes(text: str, style: Style) -> tuple[str, str]:
    """The quotation marks that the text itself uses, if it does so twice; else those of its language."""
    counts = {pair: min(text.count(pair[0]), text.count(pair[1])) for pair in QUOTED}
    if text.count("„"):
        counts["“”"] = 0
    if text.count("«") and style.opening == "«":
        counts["»«"] = 0
    best = max(counts, key=lambda pair: counts[pair])
    return (best[0], best[1]) if counts[best] >= 2 else (style.opening, style.closing)


WORD = re.compile(r"(?<![?\ufffd\w])[^\W\d_]+(?:['’][^\W\d_]+)*(?![?\ufffd\w])")

LONGEST = 40
"""No word is longer, in code points; what is, is data."""


def _twins(text: str) -> dict[tuple[str, str], Counter[str]]:
    """(what stands before, what stands behind) a glyph beyond ASCII or an apostrophe inside a word -> how often which glyph."""
    result: dict[tuple[str, str], Counter[str]] = {}
    for word, count in Counter(WORD.findall(text)).items():
        if len(word) > LONGEST or (word.isascii() and "'" not in word):
            continue
        for i, char in enumerate(word):
            if char in "'’" or not char.isascii():
                result.setdefault((word[:i], word[i + 1 :]), Counter())["’" if char == "'" else char] += count
    return result


SAMPLE = 200
"""How many lines the language is told from."""


def language(text: str) -> str:
    """The language of the lines that have marks; English if they have no words to tell by.

    The model names it by the shape of its words. Where that is not English the words themselves are asked too, because a line of a comment is short.
    """
    lines = dict.fromkeys(text[text.rfind("\n", 0, mark.start) + 1 : mark.end + 200].partition("\n")[0][:400] for mark in islice(marks(text), SAMPLE))
    whole = [WHOLE.sub(" ", line) for line in lines]
    told = languages(whole)
    best = (min(told, key=lambda code: told[code]) if told else "") or "en"
    words = re.findall(r"[^\W\d_]+", " ".join(whole).lower())[:SAMPLE]
    if not words:
        return _by_gaps(best, lines)
    known = {code: _familiarity(words, code) for code in dict.fromkeys((best, "en")) if code in {*LISTED, "en"}}
    if best not in {*LISTED, "en"} or (best in {*WESTERN, "en"} and known[best] < FAMILIAR):
        known |= {code: _familiarity(words, code) for code in WESTERN}
    likely = max(known, key=lambda code: known[code])
    return _by_gaps(likely if best in LISTED or known[likely] >= FAMILIAR else best, lines)


def _by_gaps(language: str, lines: Iterable[str]) -> str:
    """`language`, or the neighbour of it whose words fill the gaps of damaged words better."""
    others = [code for family in NEIGHBOURS if language in family for code in family]
    if not others:
        return language
    gapped = [re.sub("[?\ufffd]", NUL, word.lower()) for word in re.findall(r"(?<![^\W\d_])[^\W\d_]+(?:[?\ufffd]{1,3}[^\W\d_]+)+", " ".join(lines))][:SAMPLE]
    sums = {code: sum(reading.zipf for word in gapped if (reading := fill(word, code))) for code in others}
    best = max(sums, key=lambda code: sums[code])
    return best if sums[best] > 1.3 * sums[language] and sums[best] >= ENOUGH else language


ENOUGH = 7.0
"""The sum of Zipf frequencies of two or three words whose gaps a language fills."""

NEIGHBOURS = (("sv", "da", "nb"), ("cs", "sk", "sl", "hr", "pl"), ("es", "gl", "ca", "pt"), ("hu", "fi"))
"""Languages between which the letters that are left decide too little; what was lost tells them apart."""


def _familiarity(words: list[str], language: str) -> float:
    """The mean Zipf frequency of `words` in a language."""
    return sum(zipf(word, language) for word in words) / len(words)


FAMILIAR = 4.2
"""The mean Zipf frequency that words of other languages do not reach: prose has 5 to 6 in its own, 2 to 4 in another."""

WESTERN = ("fr", "es", "de", "it", "pt", "nl")
LISTED = (*WESTERN, "pl", "ru", "tr", "sv", "cs")
"""Languages whose list has their frequent words of any spelling. A short line that is told to be Breton is French more often than not."""

WHOLE = re.compile(r"(?<!\S)\S*\w[?\ufffd\x13-\x1e]+\w\S*|(?<!\S)\S*(?:[=<>{}/\\|_]|\w[.(]\w|[a-z][A-Z])\S*|[?\ufffd\x13-\x1e]")
"""What is not a whole word; one that lost a letter at its end tells nearly as much as a whole one."""
