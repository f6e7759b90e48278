"""What bytes show without any model: marks, the zero bytes of UTF-16 and UTF-32, the escapes of ISO-2022, valid UTF-8."""

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
    (rb"\x1b\$\)C", "iso2022_kr"),
    (rb"\x1b(?:\$[@B]|\([JI]|\$\([DOPQ])", "iso2022_jp_ext"),
    (rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}", "hz"),
)


def plain(data: bytes) -> Decoded | None:
    """The text, if the bytes alone show what it is."""
    head = data[:4096]
    if re.search(CONTROLS, head) and (found := _wide(data, head)):
        return found
    if data.isascii():
        for pattern, name in ESCAPES:
            if re.search(pattern, data) and (found := _escaped(data, name)):
                return found
    try:
        return Decoded(data.decode("utf-8"), "utf-8", b"", "valid UTF-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            return Decoded(data.decode("utf-8", "surrogateescape"), "utf-8", b"", "valid UTF-8, cut off within its last character")
    return None


def _escaped(data: bytes, name: str) -> Decoded | None:
    """Text with escapes, which are ASCII: what is cut off at the end stays as it is. Two tildes and braces may stand in any code, so Hanzi must be good."""
    text, evidence = "", "its escape sequences"
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        if error.start + CUT >= len(data):
            text, evidence = data[: error.start].decode(name, "ignore") + data[error.start :].decode("ascii"), f"{evidence}, cut off within the last"
    if text.isascii() or "\x1b" in text[:-CUT] or (name == "hz" and not _is_chinese(text)):
        return None
    return Decoded(text, name, b"", evidence)


CUT = 4
"""How many bytes at the end of a text may belong to a character or an escape that was cut off."""


def _is_chinese(text: str) -> bool:
    from summitfix.language import account

    return all(account(word).strain <= 0 for word in text.split() if not word.isascii())


CONTROLS = rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]"
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
        if len(text) > 2 and nats < best and not re.search(CONTROLS, text.encode("utf-8")):
            best, found = nats, name
    return found
