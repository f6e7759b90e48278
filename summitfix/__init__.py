"""Repair damaged text: mojibake of any codec, lost quotation marks, injected spam.

>>> import summitfix
>>> summitfix.fix("all is well")
'all is well'
"""

from __future__ import annotations

from collections.abc import Collection

from summitfix import core
from summitfix.chain import CHAIN
from summitfix.core import SURE, Change, Reason, Repair, SummitfixError
from summitfix.detect import Decoded, decode

__version__ = "0.1.0"
__all__ = ["CHAIN", "Change", "Decoded", "Reason", "Repair", "SummitfixError", "decode", "fix", "repair"]


def repair(
    text: str,
    *,
    only: Collection[str] | None = None,
    skip: Collection[str] | None = None,
    least: float = SURE,
    language: str | None = None,
    inline: bool = False,
) -> Repair:
    """Repair `text` and say what was done.

    `only` and `skip` name passes (see `CHAIN`) to run or to leave out. Changes whose confidence is below `least` are not made but listed as
    doubts. `language` is the code of the text's language, where it is known; `inline` honours markers such as `summitfix: ignore` in the text.
    Raises SummitfixError for the name of no pass, and for the code of no language.

    >>> repair("all is well").changes
    ()
    """
    for name in {*(only or ()), *(skip or ())} - CHAIN.keys():
        raise SummitfixError(f"no pass is called {name!r}; there are {', '.join(CHAIN)}")
    chosen = {name: find for name, find in CHAIN.items() if (only is None or name in only) and name not in (skip or ())}
    permit = None
    if language is not None:
        check_language(language)
    if inline:
        from summitfix.ignoring import Guard

        guard = Guard()
        guard.enter(text, first=True)
        permit = guard.permit
    return core.repair(text, chosen, least=least, language=language, permit=permit)


def check_language(code: str) -> None:
    """Raise SummitfixError if no language has this code."""
    from summitfix import languages

    if code not in (codes := languages.known()):
        raise SummitfixError(f"no language is called {code!r}; there are {', '.join(codes)}")


def fix(text: str) -> str:
    """The repaired text alone."""
    return repair(text).after
