"""Build `screen.txt`: the words, phrases and stems without which no text holds a phrase of `spam.toml`.

    python -m summitfix.passes.spam.build_screen

Of each phrase of whole words the rarest word is taken, or all of it if that is a common one, so that few clean texts are looked at closely; of phrases
of scripts without spaces the shortest ones that the others contain. The same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from summitfix.passes.spam.phrases import UNSPACED, WORD
from summitfix.passes.spam.rows import Row, Rows, packaged
from summitfix.passes.spam.screen import PATH
from summitfix.words import zipf

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "sv", "cs", "ru", "id", "vi")
"""Whose texts the screen meets most: a word is as common as in the one where it is commonest."""


RARE = 3.9
"""Zipf frequency up to which one word of a phrase is sign enough."""


def main() -> None:
    """Write `screen.txt`."""
    Path(PATH).write_text(written(packaged()), encoding="utf-8")


def written(rows: Rows) -> str:
    """What the file says: a line of words, a line of phrases, a line of stems."""
    spaced = [tuple(WORD.findall(phrase)) for row in rows.families if row.language not in UNSPACED for phrase in phrases(row)]
    spaced += [tuple(WORD.findall(line.lower())) for line, _ in rows.furniture if max(line) < "\u1100"]
    unspaced = [phrase for row in rows.families if row.language in UNSPACED for phrase in phrases(row)]
    unspaced += [line for line, _ in rows.furniture if max(line) >= "\u1100"]
    spaced += [tuple(WORD.findall(phrase)) for phrase in unspaced if phrase.isascii() and len(phrase) > 3]
    signs = {sign for phrase in spaced for sign in (_sign(phrase), _sign(phrase).replace("ı", "i"))}  # capitals become a dotted i
    words = {sign for sign in signs if "+" not in sign}
    several = {sign for sign in signs - words if words.isdisjoint(sign.split("+"))}
    return "".join(" ".join(sorted(line)) + "\n" for line in (words, several, _stems({max(phrase.split(), key=len) for phrase in unspaced})))


def phrases(row: Row) -> Iterator[str]:
    """What of a row may prove something: lures do not, and of texts that are its tests the words that do are in its phrases."""
    yield from map(str.lower, row.strong + row.weak)


def _commonness(word: str) -> float:
    """The highest Zipf frequency of a word; figures and short names stand anywhere, accents in few languages."""
    zipfs = max(zipf(word, language) for language in LANGUAGES)
    strange = any(map(str.isdigit, word)) or (not zipfs and word.isascii() and len(word) < 5)
    return zipfs + (9.0 if word.isdigit() else 3.9 if strange else 0.0 if word.isascii() else -1.5)


def _sign(phrase: tuple[str, ...]) -> str:
    """The rarest word of a phrase, or all of it with a plus between."""
    rarest = min(phrase, key=lambda word: (_commonness(word), word))
    return rarest if _commonness(rarest) < RARE else "+".join(phrase)


def _stems(phrases: set[str]) -> list[str]:
    """The phrases that hold no other."""
    chosen: list[str] = []
    for phrase in sorted(phrases, key=lambda phrase: (len(phrase), phrase)):
        if not any(stem in phrase for stem in chosen):
            chosen.append(phrase)
    return chosen


if __name__ == "__main__":
    main()
