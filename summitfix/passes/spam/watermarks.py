"""Watermarks of aggregators: names in mixed fancy letters, and names chopped up so that no filter knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import name

from summitfix.passes.spam.page import Page
from summitfix.passes.spam.spans import Span

FANCY = re.compile("\\S*[\U0001d400-\U0001d7ff\uff21-\uff5a\u24b6-\u24e9]\\S*")
CHOPPED = re.compile(r"\S{3,80}[\[({]\.[\])}](?:com|net|org|cc|me|io|co|xyz)\b")


def tokens(page: Page) -> Iterator[Span]:
    """A span for each name in disguise, with the words of its advertisement around it."""
    yield from ()


def styles(token: str) -> int:
    """How many styles the letters of a token are in: bold, italic, script, plain."""
    found = set()
    for character in token:
        if character.isalpha():
            words = name(character, "").split()
            found.add(" ".join(words[:-2]) if words and words[0] in ("MATHEMATICAL", "FULLWIDTH", "CIRCLED") else "PLAIN")
    return len(found)
