"""What the rows work on: all of it is made here, of sentences and word lists that are in the repository."""

from __future__ import annotations

import random
from itertools import cycle, islice

from sentences import SENTENCES as BY_LANGUAGE

from summitfix import codecs, words

SENTENCES = {
    "English, ASCII": "The ferry leaves at seven, and the island has no other; bring bread, a coat and something to read.\n",
    "French": "Le bac part à sept heures, et l’île n’en a pas d’autre ; emportez du pain, un manteau et de la lecture.\n",
    "Russian": "Паром отходит в семь, а другого на острове нет; возьмите хлеба, пальто и что-нибудь почитать.\n",
    "Korean": "배는 일곱 시에 떠나고 섬에는 다른 배가 없으니 빵과 외투와 읽을거리를 가져오세요.\n",
}


def misread(text: str, meant: str, read: str) -> str:
    """`text` as it looks when its bytes in one codec were read as another."""
    return codecs.decode(codecs.encode(text, meant), read)


DAMAGED = {
    "French, UTF-8 read as latin-1": misread(SENTENCES["French"], "utf-8", "latin-1"),
    "Korean, CP949 read as latin-1": misread(SENTENCES["Korean"], "cp949", "latin-1"),
}

PROSE = SENTENCES["English, ASCII"] * 8 + "“It’s late,” said the ferryman — and he was right.\n"
MIXED = PROSE * 4 + SENTENCES["French"] + PROSE * 4 + SENTENCES["Russian"]
HUNDREDTH = SENTENCES["English, ASCII"] * 99 + DAMAGED["French, UTF-8 read as latin-1"]
"""Damage on each hundredth line."""


def numbered(language: str, size: int, part: int = 0) -> str:
    """About so many bytes of the sentences of a language, each line with its number, so that none comes twice; no two parts have lines in common."""
    lines = [*BY_LANGUAGE[language]]
    count = size // len("\n".join(lines).encode()) * len(lines)
    return "".join(f"{number} {line}\n" for number, line in enumerate(islice(cycle(lines), count), part * count))


CHAINS = (
    # language, codec that was meant, codec that read it
    ("fr", "utf-8", "cp1252"),
    ("ru", "cp1251", "latin-1"),
    ("de", "utf-8", "latin-1"),
    ("pl", "cp1250", "cp1252"),
    ("es", "utf-8", "cp1252"),
    ("tr", "cp1254", "latin-1"),
    ("cs", "utf-8", "cp1250"),
    ("ru", "utf-8", "cp1251"),
    ("pt", "utf-8", "latin-1"),
    ("sv", "cp1252", "mac-roman"),
)

COMMON = 8_000
"""From so many of the commonest words of a language the articles are drawn."""


def articles(number: int, size: int = 7_000) -> list[str]:
    """Damaged articles of about so many bytes: words drawn at random, so that most are new to each, in languages and chains in turn."""
    pick, made = random.Random(6), []
    for language, meant, read in islice(cycle(CHAINS), number):
        listed = words.table(language).whole()
        known = sorted(listed, key=lambda word: (-listed[word], word))[:COMMON]
        text = ""
        while len(text.encode()) < size:
            text += " ".join(pick.choices(known, k=pick.randrange(6, 18))).capitalize() + ".\n"
        kept = "".join(char for char in text if codecs.is_encodable(char, meant))
        made.append("\n".join(_misread(line, meant, read) for line in kept.split("\n")))
    return made


def _misread(line: str, meant: str, read: str) -> str:
    """A line misread, if the codec that read it has a character for each byte; else as it is."""
    try:
        return misread(line, meant, read)
    except UnicodeError:
        return line
