"""What the tests of the engines share: records, good and bad, and what must become of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from summitfix.core import Change, Document


class Record(NamedTuple):
    """A text as it comes in, and as it must go out."""

    before: str | None
    after: str | None


def damaged(text: str, meant: str, read: str) -> Record:
    """A text whose bytes in one codec were read as another."""
    return Record(text.encode(meant).decode(read), text)


RECORDS = [
    damaged("Le théâtre était fermé, et le café d’à côté aussi.", "utf-8", "cp1252"),
    damaged("Der Bäcker öffnet früh, die Brötchen sind noch heiß.", "utf-8", "latin-1"),
    damaged("Паром отходит в семь, а другого на острове нет.", "cp1251", "latin-1"),
    damaged("배는 일곱 시에 떠나고 섬에는 다른 배가 없습니다.", "cp949", "latin-1"),
    Record("The harbour master said it wasn?t his boat.", "The harbour master said it wasn’t his boat."),
    Record(None, None),
    Record("", ""),
    Record("The ferry leaves at seven, and the island has no other.", "The ferry leaves at seven, and the island has no other."),
    Record("船は七時に出ます。島にはほかの船がないのです。😀", "船は七時に出ます。島にはほかの船がないのです。😀"),
    Record("Où est passé le garçon ? Il est allé à la pêche.", "Où est passé le garçon ? Il est allé à la pêche."),
]
"""Sentences of our own."""

BEFORES = [record.before for record in RECORDS]
AFTERS = [record.after for record in RECORDS]
DAMAGED = sum(before != after for before, after in RECORDS)

BOOM = "A storm that no pass survives: boom"
"""A text at which `breaking` raises."""


def breaking(document: Document) -> Iterable[Change]:
    """A pass with a bug."""
    if "boom" in document.text:
        raise ZeroDivisionError("a bug")
    return ()
