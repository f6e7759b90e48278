"""How sure changes say they are, and how often they are right: `python tests/confidence.py FOLDER [NUMBER]` prints the table of the README.

FOLDER holds <language>.txt; the second half of the lines of each is used, for the first may have built the model. For each pair below, NUMBER lines and as many
pieces of lines are written in the codec that is meant and read by one drawn by chance. A change is right if it is what its bytes mean. Lines that are changed
as they stand are left out: either they came damaged, or they would be wrong here and there alike.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import summitfix

PAIRS = {
    "utf-8": "ar de el fa fr he hi it ja ko pl pt ru th tr vi zh",
    "cp949": "ko",
    "gb18030": "zh",
    "gbk": "zh",
    "cp932": "ja",
    "euc-jp": "ja",
    "cp1251": "bg ru uk",
    "koi8-r": "ru",
    "cp866": "ru",
    "cp1253": "el",
    "cp1254": "tr",
    "cp1255": "he",
    "cp1256": "ar fa",
    "cp874": "th",
    "cp1250": "cs pl",
    "iso8859-2": "hu ro",
    "cp1257": "lt lv",
    "mac-roman": "de",
    "cp850": "fr",
    "cp437": "pt",
}
"""Codecs that were meant, and languages that were written in them."""

READ = ("latin-1", "cp1252", "cp1250", "cp1251", "mac-roman", "cp437", "cp850", "koi8-r", "gbk", "cp949", "cp932")
STEPS = (0.0, 0.3, 0.9, 0.95, 0.99, 0.999, 1.1)
PIECE = 30
"""About how many characters a piece of a line has."""


def borders(text: str, codec: str) -> list[int]:
    """Where each character of `text` begins in its bytes, and where the last one ends. Raises UnicodeError."""
    places = [0]
    for character in text:
        places.append(places[-1] + len(character.encode(codec)))
    return places


def judged(text: str, meant: str, read: str) -> Iterator[tuple[float, bool]]:
    """The confidence of each change of a misread text, and whether it is right. Raises UnicodeError if the text cannot be so misread."""
    damaged = text.encode(meant).decode(read)
    true, seen = {place: offset for offset, place in enumerate(borders(text, meant))}, borders(damaged, read)
    if damaged == text or seen[-1] != max(true):
        raise UnicodeError("no misreading, or one that lost bytes")
    repair = summitfix.repair(damaged, only=["mojibake"])
    for change in (*repair.changes, *repair.doubts):
        if change.before != change.after:
            start, end = true.get(seen[change.start]), true.get(seen[change.end])
            yield change.confidence, start is not None and end is not None and text[start:end] == change.after


def texts(folder: Path, language: str, pick: random.Random) -> Iterator[tuple[str, str]]:
    """Lines of a language in any order, each with a piece of it."""
    lines = (folder / f"{language}.txt").read_text(encoding="utf-8").split("\n")
    for line in pick.sample(lines[len(lines) // 2 :], k=len(lines) - len(lines) // 2):
        start = pick.randrange(max(1, len(line) - PIECE))
        yield line, line[start : start + PIECE]


def main() -> None:
    """Print the table."""
    folder, number = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 12
    found = {step: [0, 0] for step in STEPS[:-1]}
    count = 0
    for meant, languages in PAIRS.items():
        for language in languages.split():
            pick, left = random.Random(f"{meant} {language}"), number
            for both in texts(folder, language, pick):
                if left and not any(text.isascii() or "\ufffd" in text for text in both) and not summitfix.repair(both[0]).changes:
                    try:
                        results = [pair for text in both for pair in judged(text, meant, pick.choice(READ))]
                    except UnicodeError:
                        continue
                    left, count = left - 1, count + len(both)
                    for confidence, good in results:
                        step = max(step for step in found if step <= confidence)
                        found[step][0] += good
                        found[step][1] += 1
    print(f"{count} texts in {sum(len(languages.split()) for languages in PAIRS.values())} pairs\n\n| confidence | right |\n|---|---|")
    for step, (right, of) in found.items():
        print(f"| {step} and more | {right:,} of {of:,} |")


if __name__ == "__main__":
    main()
