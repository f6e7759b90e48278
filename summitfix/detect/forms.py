"""What bytes show without any model: marks, the zero bytes of UTF-16 and UTF-32, the escapes of ISO-2022, valid UTF-8, and what a text says of itself."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple


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
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|charset\s*=\s*["']?([\w.:-]+)|@charset\s*["']([\w.:-]+)"""
    rb"""|(?:^|\n)[^\n]{0,80}?coding[:=][ \t]*([\w.-]+)|\\usepackage\s*\[([\w-]+)\]\s*\{inputenc\}""",
    re.IGNORECASE,
)
"""How XML, HTML, mail and message catalogues, CSS, the coding lines of Emacs, Vim and Python, and LaTeX name the codec; looked for in the HEAD."""

HEAD = 2048

NO_CHARSETS = frozenset({"utf-7", "punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "rot13", "base64", "hex"})
"""What Python calls codecs and no text is in."""

WIDER_NAMES = {
    # what is declared: what is meant by it, as browsers have it
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "big5": "cp950",
    "ansinew": "cp1252",
    "applemac": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-sjis": "cp932",
}


def declared(data: bytes) -> str | None:
    """The codec that the text itself names, if Python has it.

    >>> declared(b'"Content-Type: text/plain; charset=ISO-8859-2"')
    'iso8859-2'
    """
    match = DECLARATION.search(data[:HEAD])
    if not match:
        return None
    told = next(group for group in match.groups() if group).decode("ascii", "ignore").lower()
    told = WIDER_NAMES.get(told, told)
    try:
        name = codecs.lookup(told).name
        "".encode(name)
    except (LookupError, UnicodeError):
        return None
    return None if name in NO_CHARSETS or name.startswith(("utf-16", "utf-32")) else WIDER_NAMES.get(name, name)


def plain(data: bytes) -> Decoded | None:
    """The text, if the bytes alone show what it is."""
    head = data[:4096]
    if CONTROLS.search(head) and (found := _wide(data, head)):
        return found
    if data.isascii():
        for pattern, name in ESCAPES:
            if pattern.search(data) and (found := _escaped(data, name)):
                return found
    try:
        return Decoded(data.decode("utf-8"), "utf-8", b"", "valid UTF-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            return Decoded(data.decode("utf-8", "surrogateescape"), "utf-8", b"", "valid UTF-8, cut off within its last character")
    return None


def _escaped(data: bytes, name: str) -> Decoded | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    if text.isascii() or text.encode(name, "ignore") != data:
        return None
    return Decoded(text, name, b"", "its escape sequences")


CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that text of any width but UTF-16 and UTF-32 rarely holds: half of the bytes of Russian in UTF-16 are 0x04."""

ZEROS = (("utf-32-le", 4, (1, 2, 3)), ("utf-32-be", 4, (0, 1, 2)), ("utf-16-le", 2, (1,)), ("utf-16-be", 2, (0,)))
"""Codec, its bytes a character, and at which of them ASCII has zeros."""


def _wide(data: bytes, head: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark. Raises UnicodeDecodeError where the rest of the text is not what its beginning was."""
    for name, width, zeros in ZEROS:
        if len(data) % width == 0 and all(head[zero::width].count(0) >= 0.7 * (len(head) // width) for zero in zeros):
            text = data.decode(name)
            if "\0" not in text:
                return Decoded(text, name, b"", "zero bytes where its ASCII has them")
    wide = _wider(head)
    if wide and len(data) % 2 == 0:
        return Decoded(data.decode(wide), wide, b"", "pairs of bytes make good text, single ones do not")
    return None


WIDER = 0.6
"""What share of the nats that the bytes cost one by one the text of two or four bytes a character may cost."""


def _wider(head: bytes) -> str | None:
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
