from __future__ import annotations

from collections.abc import Iterator

from summitfix.core import Change, Document


def glyphs(document: Document) -> Iterator[Change]:
    yield from ()
