"""A text as its pieces, what stands between spaces and line feeds: most come again and again, so what was found of one need not be found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

PART = 1 << 14
"""Code points whose pieces are taken apart together: they stay in the cache of the processor."""

SHARED = 1 << 20
"""Up to so many code points a text is taken apart once for all passes that look at it one after another; the pieces of more would take much memory."""


def parts(text: str) -> Iterable[frozenset[str]]:
    """The pieces of a text, part after part."""
    return _shared(text) if len(text) <= SHARED else _apart(text)


@lru_cache(maxsize=1)
def _shared(text: str) -> tuple[frozenset[str], ...]:
    return tuple(_apart(text))


def _apart(text: str) -> Iterator[frozenset[str]]:
    spaced, start = text.replace("\n", " "), 0
    while start <= len(spaced):
        end = spaced.find(" ", start + PART)
        end = end if end >= 0 else len(spaced)
        yield frozenset(spaced[start:end].split(" "))
        start = end + 1


def rest(text: str, *known: Iterable[str]) -> set[str]:
    """The pieces of a text but for those that are known.

    >>> sorted(rest("one two\\none three", {"one"}))
    ['three', 'two']
    """
    found = set[str]()
    for part in parts(text):
        found.update(part.difference(*known))
    return found
