"""Bytes to text: which codec, and on what evidence.

What can be known is decided first: byte-order marks, the zero bytes of UTF-16 and UTF-32, the escapes of ISO-2022, valid UTF-8. Else a declaration in
the text, all codecs of `rereading.rows` and charset-normalizer propose, and the language model says whose reading is the most plausible text. Bytes of
which no codec makes good text are carried through as they are.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from summitfix.core import SummitfixError


class Decoded(NamedTuple):
    """Decoded bytes.

    `text` holds bytes that do not decode as surrogate escapes (U+DC80 to U+DCFF), so that `bom + text.encode(encoding, "surrogateescape")` gives the
    bytes back, but for lines that `evidence` says are in another codec, and for the characters that the codecs of Chinese, Japanese and Korean hold
    twice. `encoding` is Python's name of the codec.
    """

    text: str
    encoding: str
    bom: bytes
    evidence: str


BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

ESCAPES = (
    # what announces the codec, the codec
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b(?:\$[@B]|\([JI]|\$\([DOPQ])"), "iso2022_jp_ext"),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}"), "hz"),
)

DECLARATION = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)|(?:^|\n)[^\n]{0,80}?coding[:=][ \t]*([\w.-]+)""",
    re.IGNORECASE,
)
"""How XML, HTML, and the coding lines of Emacs, Vim and Python name the codec; looked for in the first KiB."""

NO_CHARSETS = frozenset({"utf-7", "punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "rot13", "base64", "hex"})
"""What Python calls codecs and no text is in."""

SAMPLE = 6_000
"""How many bytes of the lines that hold any beyond ASCII are weighed."""

MARGIN = 4.0
"""By how many nats another codec must beat the declared one to be believed: 55 to 1."""


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Decode `data`, in `encoding` if that is given, else in the codec that gives the most plausible text.

    Raises SummitfixError for the name of no codec, and where UTF-16, UTF-32 or ISO-2022 does not decode.

    >>> decode("Слово не воробей".encode("cp1251")).encoding
    'cp1251'
    """
    if encoding is not None:
        return _given(data, encoding)
    for bom, name in BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data[len(bom) :].decode(name), name, bom, "byte-order mark")
            except UnicodeDecodeError:
                if name == "utf-8":
                    return _by_line(data[len(bom) :])._replace(bom=bom)
    try:
        return _unmarked(data)
    except UnicodeDecodeError:
        pass
    return _weighed(data)


def _given(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except LookupError:
        raise SummitfixError(f"no codec is called {encoding!r}; try utf-8, cp1252, cp949 or the like") from None
    name = {"utf-8-sig": "utf-8"}.get(name, name)
    for bom, marked in BOMS:
        if data.startswith(bom) and (name == marked or (name in ("utf-16", "utf-32") and marked.startswith(name))):
            return _strict(data[len(bom) :], marked, bom, "as told")
    name = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(name, name)
    return _strict(data, name, b"", "as told")


def _strict(data: bytes, name: str, bom: bytes, evidence: str) -> Decoded:
    """Decoded by a codec that is known: stray bytes are kept where that can be."""
    errors = "strict" if name.startswith(("utf-16", "utf-32", "iso2022", "hz", "utf-7")) else "surrogateescape"
    try:
        return Decoded(data.decode(name, errors), name, bom, evidence)
    except UnicodeError as error:
        place = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise SummitfixError(f"not valid {name}{place} ({evidence}); try --encoding with another codec") from None


def _unmarked(data: bytes) -> Decoded:
    """What the bytes alone show. Raises UnicodeDecodeError if it is none of these."""
    head = data[:4096]
    if CONTROLS.search(head):
        for name, zeros in (("utf-32-le", (1, 2, 3)), ("utf-32-be", (0, 1, 2)), ("utf-16-le", (1,)), ("utf-16-be", (0,))):
            width = 4 if name.startswith("utf-32") else 2
            if len(data) % width == 0 and all(head[zero::width].count(0) >= 0.7 * (len(head) // width) for zero in zeros):
                text = data.decode(name)
                if "\0" not in text:
                    return Decoded(text, name, b"", "zero bytes where its ASCII has them")
        wide = _wide(head)
        if wide and len(data) % 2 == 0:
            return Decoded(data.decode(wide), wide, b"", "pairs of bytes make good text, single ones do not")
    if data.isascii():
        for pattern, name in ESCAPES:
            if pattern.search(data):
                try:
                    text = data.decode(name)
                except UnicodeDecodeError:
                    continue
                if text.encode(name, "ignore") == data and not text.isascii():
                    return Decoded(text, name, b"", "its escape sequences")
    return Decoded(data.decode("utf-8"), "utf-8", b"", "valid UTF-8")


CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that text of any width but UTF-16 and UTF-32 rarely holds: half of the bytes of Russian in UTF-16 are 0x04."""

WIDER = 0.6
"""What share of the nats that the bytes cost one by one the text of two or four bytes a character may cost."""


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark and without much ASCII, told by whether its text is more plausible than that of its single bytes.

    English with a few control characters is Chinese of a sort as UTF-16 (`Bush hid the facts`), but dear; Russian in UTF-16 is digits and signs
    between control characters as ASCII, and far dearer.
    """
    from summitfix.language import account

    sample = head[:1024]
    best = WIDER * sum(account(word, listed=False).nats for word in sample.decode("latin-1").split(" "))
    found = None
    for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        nats = sum(account(word, listed=False).nats for word in text.split(" "))
        if len(text) > 2 and nats < best and not CONTROLS.search(text.encode("utf-8")):
            best, found = nats, name
    return found


def _declared(data: bytes) -> str | None:
    """The codec that the text itself names, if Python has it."""
    match = DECLARATION.search(data[:1024])
    if match:
        try:
            name = codecs.lookup(next(group for group in match.groups() if group).decode("ascii")).name
        except LookupError:
            return None
        if name in NO_CHARSETS:
            return None
        return {"iso8859-1": "cp1252", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "big5": "cp950"}.get(name, name)
    return None


_UTF_8 = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")


def _proposals(sample: bytes) -> Iterator[str]:
    """Python's names of the codecs that may be tried, each once."""
    from summitfix.codecs import EIGHT_BIT, MULTI_BYTE
    from summitfix.rereading.rows import MEANT

    names = {**EIGHT_BIT, **MULTI_BYTE, "gbk": "gb18030"}
    seen = set() if _UTF_8.search(sample) else {"utf_8"}
    for codec in MEANT:
        name = names.get(codec)
        if name and name not in seen:
            seen.add(name)
            yield name
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample).best()
    if best and best.encoding not in seen and not best.encoding.startswith(("utf", "ascii", "latin_1")):
        yield best.encoding


def _lines_beyond_ascii(data: bytes) -> list[bytes]:
    """Lines that hold bytes beyond ASCII, up to SAMPLE bytes of them."""
    lines, size = [], 0
    for match in re.finditer(rb"[^\r\n]*[\x80-\xff][^\r\n]*", data):
        lines.append(match[0][:SAMPLE])
        size += len(lines[-1])
        if size >= SAMPLE:
            break
    return lines


class _Weight(NamedTuple):
    """What the text costs that a codec makes of the sample, in nats with the codec's own cost, and the text."""

    nats: float
    name: str
    text: str


ROUGH = 1_500
"""How many bytes are weighed of what every codec proposes; of the BEST of them all that is sampled."""

BEST = 6


def _weigh(lines: Iterable[bytes], names: Iterable[str]) -> list[_Weight]:
    """The codecs that decode the lines, the most plausible first."""
    sample = b"\n".join(lines)
    rough = [weight for name in names if (weight := _roughly(sample, name, ROUGH))]
    if len(sample) > ROUGH:
        rough = [weight for best in sorted(rough)[:BEST] if (weight := _roughly(sample, best.name, len(sample)))]
    return sorted(weight._replace(nats=weight.nats + _listed(weight.text)) for weight in sorted(rough)[:4])


@cache
def _rarity() -> dict[str, float]:
    """Python's name of a codec -> what it costs to say that a text is in it, in nats."""
    from summitfix.codecs import EIGHT_BIT, MULTI_BYTE
    from summitfix.rereading.rows import MEANT

    return {({**EIGHT_BIT, **MULTI_BYTE, "gbk": "gb18030"}).get(codec, codec): nats for codec, nats in MEANT.items()}


def _roughly(sample: bytes, name: str, size: int) -> _Weight | None:
    """What the first `size` bytes of the sample cost in a codec without the word lists; None if it does not decode the sample."""
    from summitfix.language import account

    try:
        text = sample.decode(name, "surrogateescape")
    except (UnicodeError, LookupError):
        return None
    lost = len(_STRAY.findall(text))
    if lost * 200 > len(sample) + 200:
        return None
    words = Counter(_WORD.findall(text[: size * len(text) // (len(sample) or 1)]))
    nats = sum(count * account(word, listed=False).nats for word, count in words.items())
    return _Weight(nats + LOST * lost + _rarity().get(name, 5.0), name, text)


_STRAY = re.compile("[\udc80-\udcff]")
_WORD = re.compile(r"[^ \t\r\n]+")  # a no-break space, what many codecs have for 0xA0 or 0xFF, is to be paid for

LOST = 16.0
"""What a byte costs that a codec cannot decode."""


TELLING = 20
"""How many lines tell the languages of a text."""


def _listed(text: str) -> float:
    """By how much the word lists make a text cheaper (a negative number of nats)."""
    from summitfix.language import account, languages

    prior = languages(text.split("\n")[:TELLING])
    return sum(account(word, prior).nats - account(word, listed=False).nats for word in set(_WORD.findall(text)) if not word.isascii())


def _weighed(data: bytes) -> Decoded:
    """Decoded by the codec that makes the most plausible text, line by line if the text is UTF-8 but for some lines."""
    lines = _lines_beyond_ascii(data)
    valid = [line for line in lines if _is_utf8(line)]
    if 2 * len(valid) >= len(lines) and valid:
        return _by_line(data)
    weights = _weigh(lines, _proposals(b"\n".join(lines)))
    if not weights:
        return Decoded(data.decode("utf-8", "surrogateescape"), "utf-8", b"", "no codec explains the bytes; they are kept as they are")
    if not _is_good(weights[0].text, weights[0].name):
        return Decoded(data.decode("utf-8", "surrogateescape"), "utf-8", b"", "stray bytes: no codec makes good text of them, and they are kept as they are")
    best = _usual(weights, data)
    if best.name == "utf_8":
        return Decoded(data.decode("utf-8", "surrogateescape"), "utf-8", b"", "UTF-8 with stray bytes")
    declared = _declared(data)
    evidence = f"the most plausible text, {best.nats / max(1, len(best.text)):.1f} nats a character"
    if declared and declared != best.name:
        told = [weight for weight in _weigh(lines, [declared]) if weight.nats <= best.nats + MARGIN or weight.text == best.text]
        if told:
            return Decoded(data.decode(told[0].name, "surrogateescape"), told[0].name, b"", "declared in the text")
        evidence += f"; the declaration of {declared} is wrong"
    others = [weight for weight in weights if weight.text != best.text]
    if others:
        evidence += f"; next {others[0].name}, {others[0].nats - best.nats:.0f} nats behind"
    if len(others) < len(weights) - 1:
        evidence += f"; the same text in {', '.join(weight.name for weight in weights if weight.text == best.text and weight is not best)}"
    return Decoded(data.decode(best.name, "surrogateescape"), best.name, b"", evidence)


FEW = 2.5
"""How rare in nats a codec may be that is believed for signs alone."""


HOMELY = 6.0
"""Below how many nats a word of one letter (`è`, `å`) is one of the language of the rest."""


def _is_good(text: str, name: str) -> bool:
    """Whether what a codec makes of the bytes is worth anything: letters within a good word, or common signs in a common codec.

    A lone 0xFF is a no-break space in cp850 and an apostrophe in ISO 8859-13: always something, and never a witness.
    """
    from summitfix.language import account, languages
    from summitfix.signs import is_common

    told = languages(re.sub(r"(?<!\S)\S(?!\S)", "", text).split("\n")[:TELLING])
    found = [account(word, told) for word in set(_WORD.findall(text)) if not word.isascii()]
    good = sum(not one.excess and not one.odd and (one.letters > 1 or (one.letters == 1 and one.nats < HOMELY and len(told) > 1)) for one in found)
    signs = {char for char in text if char > "\x7f" and not char.isalnum() and is_common(char)}
    return (found != [] and 2 * good >= len(found)) or bool(signs and _rarity().get(name, 5.0) <= FEW)


def _usual(weights: list[_Weight], data: bytes) -> _Weight:
    """The best of the codecs, but cp1252 where it makes the same text: English with curly quotes is cp1252, not cp1251."""
    best = weights[0]
    for other in weights[1:]:
        if other.name == "cp1252" and other.text == best.text and data.decode("cp1252", "surrogateescape") == data.decode(best.name, "surrogateescape"):
            return other
    return best


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_UNREAD = re.compile("[\x80-\x9f\udc80-\udcff]")


def _by_line(data: bytes) -> Decoded:
    """UTF-8 text, but for lines that are no valid UTF-8 and good text in another codec."""
    lines = _LINE.findall(data)
    wrong = [line for line in lines if not _is_utf8(line)]
    sample = _lines_beyond_ascii(b"".join(wrong))
    name = next((weight.name for weight in _weigh(sample, _proposals(b"\n".join(sample)))), "utf-8")
    pieces, other = [], {}
    for number, line in enumerate(lines, 1):
        text = line.decode("utf-8", "surrogateescape")
        if not _is_utf8(line):
            reading = line.decode(name, "surrogateescape")
            if _is_good(reading, name) and not _UNREAD.search(reading):
                text, other[number] = reading, name
        pieces.append(text)
    said = (
        f"UTF-8, but for {len(other)} lines in {', '.join(sorted(set(other.values())))} (the first is line {min(other)})" if other else "UTF-8 with stray bytes"
    )
    return Decoded("".join(pieces), "utf-8", b"", said)
