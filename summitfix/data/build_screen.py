"""Build `screen.txt`: the words and stems without which no text holds a phrase of `spam.toml`.

    python -m summitfix.data.build_screen

Of each phrase of whole words the rarest word is taken, by the word lists and by how many phrases need it, so that few clean texts are looked at
closely; of phrases of scripts without spaces the shortest ones that the others contain. The same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from summitfix.passes.spam.phrases import UNSPACED, WORD
from summitfix.passes.spam.rows import Row, Rows, packaged
from summitfix.words import zipf

PATH = Path(__file__).parent / "screen.txt"
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "sv", "cs", "ru", "id", "vi")
"""Whose texts the screen meets most: a word is as common as in the one where it is commonest."""


def main() -> None:
    """Write `screen.txt`: a line of words, a line of stems."""
    words, stems = signs(packaged())
    PATH.write_text(" ".join(words) + "\n" + " ".join(stems) + "\n", encoding="utf-8")


def signs(rows: Rows) -> tuple[list[str], list[str]]:
    """The words one of which every phrase of a spaced language has, and the stems one of which every other phrase has.

    A dotless i may come as a dotted one: in capitals, or written so.
    """
    spaced = [tuple(WORD.findall(phrase)) for row in rows.families if row.language not in UNSPACED for phrase in phrases(row)]
    spaced += [tuple(WORD.findall(line.lower())) for line, _ in rows.furniture if line.isascii() or max(line) < "\u1100"]
    unspaced = [phrase for row in rows.families if row.language in UNSPACED for phrase in phrases(row)]
    unspaced += [line for line, _ in rows.furniture if max(line) >= "\u1100"]
    words = _words([*spaced, *(tuple(WORD.findall(phrase)) for phrase in unspaced if phrase.isascii())])
    return sorted(words | {word.replace("ı", "i") for word in words}), sorted(_stems({max(phrase.split(), key=len) for phrase in unspaced}))


def phrases(row: Row) -> Iterator[str]:
    """What of a row may prove something: lures do not, and of texts that are its tests the words that do are in its phrases."""
    yield from map(str.lower, row.strong + row.weak)


def _commonness(word: str) -> float:
    """The highest Zipf frequency of a word; figures stand anywhere, accents in few languages."""
    return max(zipf(word, language) for language in LANGUAGES) + (3.0 if word.isdigit() else 0.0 if word.isascii() else -1.5) if len(word) > 2 and not word.isdigit() else 9.0


def _words(phrases: Sequence[tuple[str, ...]]) -> set[str]:
    """The rarest word of each phrase."""
    return {min(phrase, key=lambda word: (_commonness(word), word)) for phrase in phrases}


def _stems(phrases: set[str]) -> list[str]:
    """The phrases that hold no other."""
    chosen: list[str] = []
    for phrase in sorted(phrases, key=lambda phrase: (len(phrase), phrase)):
        if not any(stem in phrase for stem in chosen):
            chosen.append(phrase)
    return chosen


if __name__ == "__main__":
    main()
