"""Quotes, apostrophes, dashes and letters that a conversion lost, restored by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summitfix.core import Change, Document
from summitfix.passes.glyphs.marks import is_suspicious

if TYPE_CHECKING:
    from summitfix.passes.glyphs.guess import Guess


def glyphs(document: Document) -> Iterator[Change]:
    """Restore quotes, apostrophes, dashes and letters of which a conversion left a question mark or less.

    A codec that has no such glyph writes `?`, a decoder that meets a stray byte U+FFFD, a program that cuts code points to bytes a control character.
    Which glyph it was cannot be computed back; the word, the sentence, the rest of the document and the codec tell. Where they leave a doubt the
    change is yielded with less confidence than is needed to make it.

    >>> [change[:3] for change in glyphs(Document("They don?t know; is it far?"))]
    [(8, '?', '’')]
    """
    if not is_suspicious(document.text):
        return
    from summitfix.passes.glyphs.evidence import guesses

    for guess in guesses(document):
        yield _change(document.text, guess)


def _change(text: str, guess: Guess) -> Change:
    return Change(guess.start, text[guess.start : guess.end], guess.glyph, (guess.reason,))
