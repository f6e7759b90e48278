"""A first look that costs clean text next to nothing: may there be spam at all?

Nearly all that a phrase of the table, a name in disguise or a hidden link cannot be without stands within one piece of a text (`pieces`), whatever is
around it: so a piece is looked at once. The rarest word of a phrase is no reason for more unless its other words are there as well. Of scripts without
spaces most pieces are new, and the whole text is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from summitfix import pieces
from summitfix.passes.spam import look
from summitfix.passes.spam.look import Look
from summitfix.passes.spam.signs import ENDINGS, Signs, packaged, signs_of

if TYPE_CHECKING:
    from summitfix.passes.spam.rows import Rows

KEPT, LONG = 1 << 17, 64
"""So many pieces are remembered, of so many code points at most: longer ones hardly come again."""

ANY, WORD, NAME, COLON, PAIR = 1, 2, 4, 8, 16
"""What a piece may hold: a sign by itself; the rarest word of a phrase; the end of the name of a messenger, and what stands behind one; letters in a row that
text in another codec is full of."""

_SPACE = re.compile(rb"\s")
_COLON = re.compile(r"[:@](?<=\s[:@])")
_LINK = ("](http", "<a")


def looked_at(text: str, rows: Rows | None = None) -> Look | None:
    r"""What `look` says of a text; `rows` are a user's.

    >>> looked_at("An ordinary sentence.")
    >>> looked_at("So said\n릴게임몰메가 he.").places
    [8]
    """
    may_hold = look.is_unspaced(text) or _seen(rows).may_hold(text)
    return look.look(text, signs_of(rows) if rows else None) if may_hold else None


@cache
def _seen(rows: Rows | None) -> _Seen:
    return _Seen([packaged(), signs_of(rows)] if rows else [packaged()])


class _Seen:
    """The pieces that have been looked at for some signs: those with none, and what the others hold, with their words that are signs."""

    def __init__(self, every: Sequence[Signs]) -> None:
        self._every = every
        self._bare = [signs._replace(words=dict.fromkeys(signs.known, (b"",))) for signs in every]
        self._plain: set[str] = set()
        self._signed: dict[str, tuple[int, frozenset[bytes]]] = {}

    def may_hold(self, text: str) -> bool:
        """Whether a text must be looked at as a whole."""
        if len(self._plain) + len(self._signed) > KEPT:
            self._plain.clear()
            self._signed.clear()
        found = pieces.rest(text, self._plain)
        signed = [self._signed[piece] for piece in found & self._signed.keys()]
        if new := found - self._signed.keys():
            signed += self._look_at(new)
        kinds, words = 0, set[bytes]()
        for kind, signs in signed:
            kinds |= kind
            words |= signs
        is_named, is_paired = kinds & NAME and kinds & COLON, kinds & PAIR and look.is_paired(text)
        return bool(kinds & ANY or is_named or is_paired) or look.is_broken(text) or (bool(words) and self._is_met(text, words))

    def _is_met(self, text: str, words: set[bytes]) -> bool:
        """Whether one of the words stands where a phrase is that it stands for."""
        plain = look.folded_of(text).data.translate(look.PLAIN)
        return any(True for signs in self._every for _ in look.words_of(plain, signs._replace(known=signs.known & words)))

    def _look_at(self, new: set[str]) -> Iterable[tuple[int, frozenset[bytes]]]:
        """Look at pieces that are new, all at once: what is in those that hold anything. Long ones are not remembered."""
        text, end, piece = f" {' '.join(new)} ", 0, ""
        kinds, words = dict[str, int](), dict[str, set[bytes]]()
        for place, kind, *known in sorted(self._signs(text)):
            if place >= end:
                start, end = text.rfind(" ", 0, place) + 1, text.find(" ", place)
                piece = text[start:end]
            kinds[piece] = kinds.get(piece, 0) | kind
            words.setdefault(piece, set()).update(known)
        signed = {piece: (kind, frozenset(words[piece])) for piece, kind in kinds.items()}
        self._signed |= {piece: found for piece, found in signed.items() if len(piece) <= LONG}
        self._plain |= {piece for piece in new - kinds.keys() if len(piece) <= LONG}
        return signed.values()

    def _signs(self, text: str) -> Iterator[tuple[int, int] | tuple[int, int, bytes]]:
        """The places in a text of pieces of what they hold, which it is, and the word that it is."""
        folded, data, odd, meeting = look.folded_of(text)
        names = list(look.names_of(data))
        hits = [hit for bare in self._bare for hit in look.words_of(data.translate(look.PLAIN), bare)]
        ends = [i for name in look.NAMES for i in look.places_of(data, name) if _SPACE.match(data, i + len(name))]
        offsets = look.offsets_of(data, {*names, *ends, *(i for i, _ in hits)})
        for i, word in hits:
            if word not in ENDINGS:
                yield offsets[i], WORD, word
            elif look.is_domain(data, i):
                yield offsets[i], ANY
        strange = [match.start() for match in look.SHY.finditer(text)] if any(char in text for char in look.WIDTHLESS) else []
        links = [i for link in _LINK for i in look.places_of(folded, link)]
        humps = [i for i in odd[look.HUMP] if any(look.meet(folded, i, signs.known) for signs in self._every)]
        figures = [i for i in odd[look.LEET] if look.is_ending(text, i)]
        yield from ((i, ANY) for i in (*(offsets[name] for name in names), *odd[look.HOUSE], *odd[look.FANCY], *humps, *figures, *meeting, *strange, *links))
        yield from ((offsets[i], NAME) for i in ends)
        yield from ((match.start(), COLON) for match in _COLON.finditer(text))
        yield from ((match.start(), PAIR) for match in look.UNDECODED.finditer(text))
