"""The signs without which no text holds a phrase of the table: read, and made ready to be looked for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from summitfix.passes.spam.rows import Rows

PATH = os.path.join(os.path.dirname(__file__), *[os.pardir] * 2, "data", "screen.txt")
"""Words one of which every phrase of a spaced language in the table has, and stems one of which every other phrase has (`build_screen`)."""


MESSENGERS = ("飞机", "电报", "電報", "威信", "微信", "加微")
"""Names for messengers, which stand in lists of contacts."""

ENDINGS = (b"com", b"net", b"cc", b"vip", b"top")
"""What domains of such lists end in, behind a number."""

BARE = 8
"""Of how many letters a name is a phrase though other letters touch it: so far a run of letters without spaces reaches into Latin words."""

THAI = re.compile("[\u0e00-\u0e7f]")


class Signs(NamedTuple):
    """What a text with a phrase has at least one of, folded.

    `words` has the rarest word of each phrase with the phrases that it stands for, words with a plus between; `known` are these words.
    `stems` are by the pair of their characters that is rarest; the expression `pairs` finds the first character of a pair before the
    second of one. `names` has expressions for stems of ASCII letters, which are phrases only beside letters of a script without spaces, by the letters that
    they begin with. `thai` are those of Thai, which are few, and whose pairs are common.
    """

    words: Mapping[bytes, tuple[bytes, ...]]
    known: frozenset[bytes]
    stems: Mapping[tuple[str, str], tuple[str, ...]]
    pairs: str
    names: Mapping[str, str]
    thai: tuple[str, ...]


@cache
def packaged() -> Signs:
    """The signs of the rows that come with summitfix."""
    with open(PATH, encoding="utf-8") as file:  # pathlib would take longer to import than all of this takes
        words, phrases, stems = map(str.split, file)
    return signed(words, phrases, stems)


@cache
def signs_of(rows: Rows) -> Signs:
    """The signs of a user's rows."""
    from summitfix.passes.spam.build_screen import length, listed

    return signed(*listed(rows, length))


def signed(words: Iterable[str], phrases: Iterable[str], stems: Iterable[str]) -> Signs:
    """Signs made ready: words, the phrases that each stands for, and stems with a plus before their pair; those of ASCII letters have none."""
    known = dict.fromkeys(ENDINGS, (b"",)) | {word.encode(): tuple(listed.encode().split(b"|")) for word, listed in zip(words, phrases, strict=True)}
    paired: dict[tuple[str, str], tuple[str, ...]] = {}
    names = []
    for stem in stems:
        before, plus, behind = stem.rpartition("+")
        if plus:
            pair = behind[0], behind[1]
            paired[pair] = (*paired.get(pair, ()), before + behind)
        else:
            names.append(stem)
    pairs = f"([{_class(first for first, _ in paired)}])(?=([{_class(second for _, second in paired)}]))"
    named: dict[str, list[str]] = {}
    for name in filter(str.isascii, names):
        bare = len(name) >= BARE
        letters = [name[0] if bare else f"{name[0]}(?<![a-z]{name[0]})", *name[1:]]
        named.setdefault(name.rstrip("0123456789"), []).append(r"[ \t]*".join(letters) + ("" if bare else "(?![a-z])"))
    patterns = {letters: "|".join(patterns) for letters, patterns in named.items()}
    thai = tuple(name for name in names if not name.isascii())
    return Signs(known, frozenset(known), paired, pairs if paired else "", patterns, thai)


def _class(characters: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(set(characters))))
