"""Build `screen.txt`: the words, phrases and stems without which no text holds a phrase of `spam.toml`.

    python -m summitfix.passes.spam.build_screen

Of each phrase of whole words the rarest word is taken, with the phrase to look for where it stands, so that few clean texts are looked at closely; of
phrases of scripts without spaces the shortest ones that the others contain, with the pair of their characters that is rarest. The same rows give the
same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from summitfix.passes.spam.folding import fold
from summitfix.passes.spam.look import UNSPACED as UNSPACED_LETTERS
from summitfix.passes.spam.phrases import UNSPACED, WORD
from summitfix.passes.spam.rows import Rows, packaged
from summitfix.passes.spam.signs import MESSENGERS, PATH, THAI
from summitfix.words import table, zipf

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "sv", "cs", "ru", "id", "vi")
"""Whose texts the screen meets most: a word is as common as in the one where it is commonest."""


def main() -> None:
    """Write `screen.txt`."""
    Path(PATH).write_text(written(packaged()), encoding="utf-8")


def written(rows: Rows) -> str:
    """What the file says: a line of words, a line with the phrases of each, a line of stems."""
    return "".join(" ".join(line) + "\n" for line in listed(rows, rarity))


def listed(rows: Rows, rarity: Callable[[str], float]) -> tuple[list[str], list[str], list[str]]:
    """The words, the phrases that they stand for, and the stems of rows."""
    unspaced = [fold(phrase) for row in rows.families if row.language in UNSPACED for phrase in row.strong + row.weak]
    spaced = [fold(phrase) for row in rows.families for phrase in row.strong + row.weak if row.language not in UNSPACED]
    spaced += [fold(phrase) for row in rows.families if row.language in UNSPACED for phrase in row.strong if phrase.isascii()]
    for line, _ in rows.furniture:
        (unspaced if re.search(UNSPACED_LETTERS, line) else spaced).append(fold(line))
    phrases: dict[str, list[str]] = {}
    shorter = ""
    for words in sorted({tuple(WORD.findall(phrase)) for phrase in spaced}, key=lambda words: (len(words), words)):
        phrase = "+".join(words)
        if not any(f" {'+'.join(words[i:j])} " in shorter for i in range(len(words)) for j in range(i + 1, len(words) + 1)):
            phrases.setdefault(max(words, key=lambda word: (rarity(word), word)), []).append(phrase)
            shorter += f" {phrase} "
    counts = _characters()
    stems = sorted(_stems({*(phrase.replace(" ", "") for phrase in unspaced), *MESSENGERS}))
    return sorted(phrases), ["|".join(phrases[word]) for word in sorted(phrases)], [_paired(stem, counts) for stem in stems]


def _characters() -> dict[str, float]:
    """How often each character stands in texts without spaces, by the lists of words."""
    counts: dict[str, float] = {}
    for language in UNSPACED:
        for word, level in table(language).items():
            for character in set(word):
                counts[character] = counts.get(character, 0.0) + 10**level
    return counts


def rarity(word: str) -> float:
    """How rare a word is: less the highest Zipf frequency; figures and short words stand anywhere, accents in few languages."""
    if len(word) < 4 or word.isdigit():
        return -9.0
    zipfs = max(zipf(word, language) for language in LANGUAGES)
    strange = any(map(str.isdigit, word)) or (not zipfs and len(word) < 5)
    return -zipfs - (3.9 if strange else 0.0 if word.isascii() else -1.5)


def length(word: str) -> float:
    """How rare a word may be, for those who have no time to ask: its length."""
    return len(word)


def _stems(phrases: Iterable[str]) -> list[str]:
    """The phrases that hold no other."""
    chosen: list[str] = []
    for phrase in sorted(phrases, key=lambda phrase: (len(phrase), phrase)):
        if not any(stem in phrase for stem in chosen):
            chosen.append(phrase)
    return chosen


def _paired(stem: str, counts: Mapping[str, float]) -> str:
    """A stem with a plus before the pair of its characters that is rarest; one of ASCII letters, or of those of Thai, as it is."""
    if stem.isascii() or THAI.search(stem):
        return stem
    i = min(
        (i for i, pair in enumerate(pairwise(stem)) if not "".join(pair).isascii()),
        key=lambda i: (counts.get(stem[i], 1.0) ** 2 * counts.get(stem[i + 1], 1.0), i),
    )
    return f"{stem[:i]}+{stem[i:]}"


if __name__ == "__main__":
    main()
