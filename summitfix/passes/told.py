"""Text that was read with the wrong codec, on the word of somebody who knows which."""

from __future__ import annotations

import codecs as python
import re
from collections.abc import Iterator

from summitfix import codecs
from summitfix.core import Change, Document, Pass, Reason, SummitfixError

_WORD = re.compile(r"(?<![^\x00-\x2f])[^\x00-\x2f]*[^\x00-\x7f][^\x00-\x2f]*")
"""No codec has a second byte below the digits of GB 18030, so each such run decodes or fails by itself."""


def told(meant: str, read: str) -> Pass:
    """Read again with the codec `meant` what was read with `read`, wherever the bytes allow it. Raises SummitfixError for the name of no codec.

    Once only: what stands there then was never misread, though its bytes may well allow another reading.

    >>> [change.after for change in told("cp1251", "latin-1")(Document("Ïðèâåò, you"))]
    ['Привет']
    """
    meant, read = _named(meant), _named(read)
    why = (Reason(f"mojibake.{meant}-as-{read}", f"{meant} read as {read}; so the command line says", 1.0),)

    def find(document: Document) -> Iterator[Change]:
        for match in () if document.round else _WORD.finditer(document.text):
            try:
                after = _decode(_encode(match[0], read), meant)
            except UnicodeError:
                continue
            if after != match[0]:
                yield Change(match.start(), match[0], after, why)

    return find


def _named(name: str) -> str:
    """The codec called `name`, as we call it."""
    if codecs.is_ours(name.lower()):
        return name.lower()
    try:
        found = python.lookup(name).name
        "".encode(found)
    except (LookupError, ValueError):
        raise SummitfixError(f"no text codec is called {name!r}") from None
    ours = codecs.EIGHT_BIT | codecs.MULTI_BYTE
    return next((row for row, theirs in ours.items() if python.lookup(theirs).name == found), found)


def _encode(text: str, name: str) -> bytes:
    """`text` as bytes of a codec of ours or of Python's. Raises UnicodeError."""
    return codecs.encode(text, name) if codecs.is_ours(name) else text.encode(name)


def _decode(data: bytes, name: str) -> str:
    """Bytes of a codec of ours or of Python's as text. Raises UnicodeError."""
    return codecs.decode(data, name) if codecs.is_ours(name) else data.decode(name)
