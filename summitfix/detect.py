"""Bytes to text: which codec, and on what evidence.

What can be known is decided first: byte-order marks, the zero bytes of UTF-16 and UTF-32, the escapes of ISO-2022, valid UTF-8. Else a declaration in
the text, all codecs of `rereading.rows` and charset-normalizer propose, and the language model says whose reading is the most plausible text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from summitfix.core import SummitfixError


class Decoded(NamedTuple):
    """Decoded bytes.

    `text` holds bytes that do not decode as surrogate escapes (U+DC80 to U+DCFF), so that `bom + text.encode(encoding, "surrogateescape")` gives the
    bytes back, but for lines that `evidence` says are in another codec. `encoding` is Python's name of the codec.
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
    if b"\0" in head:
        for name, zeros in (("utf-32-le", (1, 2, 3)), ("utf-32-be", (0, 1, 2)), ("utf-16-le", (1,)), ("utf-16-be", (0,))):
            width = 4 if name.startswith("utf-32") else 2
            if len(data) % width == 0 and all(head[zero::width].count(0) >= 0.7 * (len(head) // width) for zero in zeros):
                return Decoded(data.decode(name), name, b"", "zero bytes where its ASCII has them")
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


def _declared(data: bytes) -> str | None:
    """The codec that the text itself names, if Python has it."""
    match = DECLARATION.search(data[:1024])
    if match:
        try:
            name = codecs.lookup(next(group for group in match.groups() if group).decode("ascii")).name
        except LookupError:
            return None
        return {"iso8859-1": "cp1252", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "big5": "cp950"}.get(name, name)
    return None


def _proposals(sample: bytes) -> Iterator[str]:
    """Python's names of the codecs that may be tried, each once."""
    from summitfix.codecs import EIGHT_BIT, MULTI_BYTE
    from summitfix.rereading.rows import MEANT

    names = {**EIGHT_BIT, **MULTI_BYTE, "gbk": "gb18030"}
    seen = {"utf_8"}
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


def _weigh(lines: Iterable[bytes], names: Iterable[str]) -> list[_Weight]:
    """The codecs that decode the lines, the most plausible first."""
    from summitfix.codecs import EIGHT_BIT, MULTI_BYTE
    from summitfix.language import account
    from summitfix.rereading.rows import MEANT

    rarity = {({**EIGHT_BIT, **MULTI_BYTE, "gbk": "gb18030"}).get(codec, codec): nats for codec, nats in MEANT.items()}
    sample = b"\n".join(lines)
    rough = []
    for name in names:
        try:
            text = sample.decode(name, "surrogateescape")
        except (UnicodeDecodeError, LookupError):
            continue
        lost = len(re.findall("[\udc80-\udcff]", text))
        if lost * 200 > len(sample) + 200:
            continue
        cost = sum(account(word, listed=False).nats for word in text.split()) + LOST * lost + rarity.get(name, 5.0)
        rough.append(_Weight(cost, name, text))
    finalists = sorted(rough)[:4]
    return sorted(weight._replace(nats=weight.nats + _listed(weight.text)) for weight in finalists)


LOST = 16.0
"""What a byte costs that a codec cannot decode."""


def _listed(text: str) -> float:
    """By how much the word lists make a text cheaper (a negative number of nats)."""
    from summitfix.language import account, languages

    prior = languages(text.split("\n"))
    return sum(account(word, prior).nats - account(word, listed=False).nats for word in set(text.split()) if not word.isascii())


def _weighed(data: bytes) -> Decoded:
    """Decoded by the codec that makes the most plausible text, line by line if the text is UTF-8 but for some lines."""
    lines = _lines_beyond_ascii(data)
    valid = [line for line in lines if _is_utf8(line)]
    if 2 * len(valid) >= len(lines) and valid:
        return _by_line(data)
    weights = _weigh(lines, _proposals(b"\n".join(lines)))
    if not weights:
        return Decoded(data.decode("utf-8", "surrogateescape"), "utf-8", b"", "no codec explains the bytes; they are kept as they are")
    best = weights[0]
    declared = _declared(data)
    evidence = f"the most plausible text, {best.nats / max(1, len(best.text)):.1f} nats a character"
    if declared and declared != best.name:
        told = [weight for weight in _weigh(lines, [declared]) if weight.nats <= best.nats + MARGIN or weight.text == best.text]
        if told:
            return Decoded(data.decode(told[0].name, "surrogateescape"), told[0].name, b"", "declared in the text")
        evidence += f"; the declaration of {declared} is wrong"
    others = [weight for weight in weights[1:] if weight.text != best.text]
    if others:
        evidence += f"; next {others[0].name}, {others[0].nats - best.nats:.0f} nats behind"
    if len(others) < len(weights) - 1:
        evidence += f"; the same text in {', '.join(weight.name for weight in weights[1:] if weight.text == best.text)}"
    return Decoded(data.decode(best.name, "surrogateescape"), best.name, b"", evidence)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_line(data: bytes) -> Decoded:
    """UTF-8 text, but for lines that are no valid UTF-8 and good text in another codec."""
    from summitfix.language import account

    pieces, other = [], {}
    names: list[str] = []
    for number, line in enumerate(re.findall(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", data), 1):
        text = line.decode("utf-8", "surrogateescape")
        if not _is_utf8(line):
            names = names or [weight.name for weight in _weigh([line for line in _lines_beyond_ascii(data) if not _is_utf8(line)], _proposals(line))][:1]
            for name in names:
                reading = line.decode(name, "surrogateescape")
                found = account(reading.strip())
                if found.letters > 1 and not found.excess and not found.odd and not re.search("[\udc80-\udcff\x80-\x9f]", reading):
                    text, other[number] = reading, name
        pieces.append(text)
    said = (
        f"UTF-8, but for {len(other)} lines in {', '.join(sorted(set(other.values())))} (the first is line {min(other)})" if other else "UTF-8 with stray bytes"
    )
    return Decoded("".join(pieces), "utf-8", b"", said)
