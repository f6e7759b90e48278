"""What a text says of its own codec."""

from __future__ import annotations

import codecs
import re

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
    'iso8859_2'
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
    return None if name in NO_CHARSETS or name.startswith(("utf-16", "utf-32")) else WIDER_NAMES.get(name, name).replace("-", "_")
