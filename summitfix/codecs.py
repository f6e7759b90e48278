"""The codecs that text really went through, where Python's own differ: Windows and WHATWG variants, as rows.

An 8-bit codec is a string of 256 characters, byte for byte; holes are the C1 controls of the same number, as in Windows and browsers. A multi-byte
codec is Python's, with rows for the bytes that Python rejects and Windows maps: single bytes, and areas of private-use characters.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

EIGHT_BIT = {
    # our name: Python's
    "latin-1": "latin_1",
    "iso-8859-2": "iso8859_2",
    "iso-8859-5": "iso8859_5",
    "iso-8859-7": "iso8859_7",
    "iso-8859-9": "iso8859_9",
    "iso-8859-13": "iso8859_13",
    "iso-8859-15": "iso8859_15",
    "cp1250": "cp1250",
    "cp1251": "cp1251",
    "cp1252": "cp1252",
    "cp1253": "cp1253",
    "cp1254": "cp1254",
    "cp1255": "cp1255",
    "cp1256": "cp1256",
    "cp1257": "cp1257",
    "cp1258": "cp1258",
    "cp874": "cp874",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "cp437": "cp437",
    "cp850": "cp850",
    "cp852": "cp852",
    "cp855": "cp855",
    "cp866": "cp866",
    "mac-roman": "mac_roman",
    "mac-cyrillic": "mac_cyrillic",
    "mac-centraleurope": "mac_latin2",
}

OWN = {
    # Codecs that Python lacks: what stands at the bytes 80 to FF. From RFC 1456 (VISCII) and TCVN 5712:1993, VN3; their few letters below 20 are
    # left out, because such control characters do not reach us.
    "viscii": ("ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"),
    "tcvn3": (
        "\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008a\u008b\u008c\u008d\u008e\u008f\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009a\u009b\u009c\u009d\u009e\u009f"
        "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
    ),
}

MULTI_BYTE = {
    # our name: Python's, for decoding and for encoding
    "utf-8": "utf_8",
    "cp949": "cp949",
    "gbk": "gbk",
    "gb18030": "gb18030",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "cp932": "cp932",
    "euc-jp": "euc_jp",
}

SINGLES = {
    # codec: bytes that Python rejects and Windows maps to a character
    "cp949": {0x80: "\x80", 0xFF: "\uf8f7"},
    "gbk": {0x80: "€", 0xFF: "\uf8f5"},
    "gb18030": {0x80: "€"},
    "big5": {0x80: "\x80", 0xFF: "\uf8f8"},
    "euc-jp": {byte: chr(byte) for byte in (*range(0x80, 0x8E), *range(0x90, 0xA0))},
}

_LOW_HIGH = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
_LOW = (*range(0x40, 0x7F), *range(0x80, 0xA1))
_HIGH = tuple(range(0xA1, 0xFF))

PRIVATE = (
    # codec, first and last lead byte, trail bytes, first private-use character: the user-defined areas of Windows code pages
    ("gbk", 0xAA, 0xAF, _HIGH, 0xE000),
    ("gbk", 0xF8, 0xFE, _HIGH, 0xE234),
    ("gbk", 0xA1, 0xA7, _LOW, 0xE4C6),
    ("big5", 0xFA, 0xFE, _LOW_HIGH, 0xE000),
    ("big5", 0x8E, 0xA0, _LOW_HIGH, 0xE311),
    ("big5", 0x81, 0x8D, _LOW_HIGH, 0xEEB8),
    ("big5", 0xC6, 0xC6, _HIGH, 0xF6B1),
    ("big5", 0xC7, 0xC8, _LOW_HIGH, 0xF70F),
    ("cp949", 0xC9, 0xC9, _HIGH, 0xE000),
    ("cp949", 0xFE, 0xFE, _HIGH, 0xE05E),
)


def is_ours(name: str) -> bool:
    """Whether `encode` and `decode` know a codec of this name."""
    return name in EIGHT_BIT or name in OWN or name in MULTI_BYTE


@cache
def table(name: str) -> str:
    """The 256 characters of an 8-bit codec. Raises KeyError if `name` is none of ours."""
    if name in OWN:
        return bytes(range(0x80)).decode("ascii") + OWN[name]
    chars = bytes(range(256)).decode(EIGHT_BIT[name], "surrogateescape")
    return re.sub("[\udc80-\udcff]", lambda match: chr(ord(match[0]) - 0xDC00), chars)


@cache
def bytes_of(name: str) -> dict[str, int]:
    """The byte of each character of an 8-bit codec. Raises KeyError if `name` is none of ours."""
    return {char: byte for byte, char in enumerate(table(name))}


@cache
def _extra(name: str) -> tuple[dict[bytes, str], dict[str, bytes]]:
    """What Windows maps and Python does not: bytes to characters, and back."""
    decoding = {bytes((byte,)): char for byte, char in SINGLES.get(name, {}).items()}
    for codec, first, last, trails, code in PRIVATE:
        if codec == name:
            pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in trails)
            decoding.update((pair, chr(code + i)) for i, pair in enumerate(pairs))
    return decoding, {char: data for data, char in decoding.items()}


def _register(name: str) -> None:
    """Error handlers that supply what Windows maps: `<name>.strict` raises elsewhere, `<name>.keep` escapes the byte (U+DC80 to U+DCFF)."""

    def strict(error: UnicodeError) -> tuple[str | bytes, int]:
        decoding, encoding = _extra(name)
        if isinstance(error, UnicodeDecodeError):
            for width in (2, 1):
                found = error.object[error.start : error.start + width]
                if found in decoding:
                    return decoding[found], error.start + len(found)
        elif isinstance(error, UnicodeEncodeError) and error.object[error.start] in encoding:
            return encoding[error.object[error.start]], error.start + 1
        raise error

    def keep(error: UnicodeError) -> tuple[str | bytes, int]:
        try:
            return strict(error)
        except UnicodeDecodeError as failed:
            byte = failed.object[failed.start]
            return chr(0xDC00 + byte if byte >= 0x80 else byte), failed.start + 1

    codecs.register_error(f"{name}.strict", strict)
    codecs.register_error(f"{name}.keep", keep)


for _name in MULTI_BYTE:
    _register(_name)


def _own(name: str) -> codecs.CodecInfo | None:
    """The codecs that Python lacks, for its own registry: a decoded file is encoded again under the name of its codec."""
    if name not in OWN:
        return None
    chars = table(name)
    encoding = codecs.charmap_build(chars)

    class Decoder(codecs.IncrementalDecoder):
        def decode(self, data: ReadableBuffer, final: bool = False) -> str:
            return codecs.charmap_decode(data, self.errors, chars)[0]

    return codecs.CodecInfo(
        lambda text, errors="strict": codecs.charmap_encode(text, errors, encoding),
        lambda data, errors="strict": codecs.charmap_decode(data, errors, chars),
        incrementaldecoder=Decoder,
        name=name,
    )


codecs.register(_own)


ISLANDS = {"latin-1-islands": "latin-1", "cp1252-islands": "cp1252"}
"""What ftfy's `decode_inconsistent_utf8` leaves of legacy text: an 8-bit reading in which runs that happened to be valid UTF-8 were read again.

Their bytes are those of the 8-bit codec where it has the character, else the character's UTF-8 (`Ÿ` in `¾ß¸¶Å俬Ÿ` is C5 B8, from latin-1).
"""


def encode(text: str, name: str) -> bytes:
    """`text` as bytes of the codec. Raises UnicodeEncodeError where it lacks a character."""
    if name in ISLANDS:
        byte_of = bytes_of(ISLANDS[name])
        return b"".join(bytes((byte_of[char],)) if char in byte_of else char.encode("utf-8") for char in text)
    if name in MULTI_BYTE:
        return text.encode(MULTI_BYTE[name], f"{name}.strict")
    byte_of = bytes_of(name)
    try:
        return bytes([byte_of[char] for char in text])
    except KeyError as error:
        at = text.index(error.args[0])
        raise UnicodeEncodeError(name, text, at, at + 1, "the codec lacks this character") from None


def is_encodable(text: str, name: str) -> bool:
    """Whether the codec has all characters of `text`."""
    try:
        encode(text, name)
    except UnicodeEncodeError:
        return False
    return True


_SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def decode(data: bytes, name: str, *, keep: bool = False) -> str:
    """`data` as text of the codec. Raises UnicodeDecodeError where it cannot be, unless `keep`: then such bytes are escaped as U+DC80 to U+DCFF."""
    if name == "utf-8" and b"\xed" in data:  # CESU-8: characters beyond U+FFFF as two surrogates of three bytes each
        data = _SURROGATES.sub(lambda match: match[0].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode(), data)
    if name in MULTI_BYTE:
        return data.decode(MULTI_BYTE[name], f"{name}.{'keep' if keep else 'strict'}")
    return codecs.charmap_decode(data, "strict", table(name))[0]


@cache
def exchanged(read: str, meant: str) -> dict[int, str]:
    """What becomes of each character that an 8-bit codec read if another 8-bit codec was meant, for `str.translate`."""
    chars = table(meant)
    return {ord(char): chars[byte] for char, byte in bytes_of(read).items() if chars[byte] != char}


def errors(data: bytes, name: str) -> int:
    """How many sequences of `data` a multi-byte codec cannot decode, at least; characters of its private-use area are counted as such."""
    lost = data.decode(MULTI_BYTE[name], "replace").count("\ufffd")
    return lost - len(data) + len(data.translate(None, bytes(SINGLES.get(name, ())))) if lost else 0


@cache
def repertoire(name: str) -> re.Pattern[str]:
    """Runs of characters that an 8-bit codec holds."""
    return re.compile(f"[\x00-\x7f{re.escape(table(name)[0x80:])}]+")
