"""Find spam that was injected into a text, cut it, and join the words it split."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summitfix.core import Change, Document

if TYPE_CHECKING:
    from summitfix.passes.spam.rows import Rows


def spam(document: Document, *, boilerplate: bool = False, rows: Rows | None = None) -> Iterator[Change]:
    """Cut injected spam and join the words it split.

    Knows advertisements by what they say and by where they stand, and cuts only where both agree; see `data/spam.toml` for the families. What is
    merely suspicious is shown and stays. `boilerplate` also cuts full lines of site furniture; `rows` (`rows.read_rows`) are looked for as well.

    >>> from summitfix.core import apply
    >>> text = "The council promised a stable relationshi\\n릴게임몰메가 p with its neighbours, and the mayor agreed to it."
    >>> apply(text, spam(Document(text)))
    'The council promised a stable relationship with its neighbours, and the mayor agreed to it.'
    """
    from summitfix.passes.spam.screen import looked_at

    if found := looked_at(document.text, rows):
        from summitfix.passes.spam.rows import NO_ROWS
        from summitfix.passes.spam.suspects import suspects

        added = rows or NO_ROWS
        near = suspects(found, added)
        if near != []:
            from summitfix.passes.spam.judging import judge

            yield from judge(document.text, document.rows, boilerplate=boilerplate, added=added, near=near)
