"""Find spam that was injected into a text, cut it, and join the words it split."""

from __future__ import annotations

from collections.abc import Iterator

from summitfix.core import Change, Document


def spam(document: Document, *, boilerplate: bool = False) -> Iterator[Change]:
    """Cut injected spam and join the words it split.

    Knows advertisements by what they say and by where they stand, and cuts only where both agree; see `data/spam.toml` for the families. What is
    merely suspicious is shown and stays.

    >>> from summitfix.core import apply
    >>> text = "The council promised a stable relationshi\\n릴게임몰메가 p with its neighbours, and the mayor agreed to it."
    >>> apply(text, spam(Document(text)))
    'The council promised a stable relationship with its neighbours, and the mayor agreed to it.'
    """
    from summitfix.passes.spam.screen import may_hold_spam

    if may_hold_spam(document.text):
        from summitfix.passes.spam.judging import judge

        yield from judge(document.text, document.rows, boilerplate=boilerplate)
